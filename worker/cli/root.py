"""The command `mission-worker`: finds and loads the others, and turns faults into one clear line."""

import difflib
import importlib
from typing import Any, Final

import click

import worker
from worker.cli.catalogue import SECTIONS, SUMMARIES

_INTERRUPTED: Final = 130  # what a shell reports of a process that SIGINT ended


class Root(click.Group):
    """A group whose commands are imported when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """All names, in the order of the catalogue."""
        return list(SUMMARIES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import the command of this name; None if there is none."""
        if cmd_name not in SUMMARIES:
            return None
        command = importlib.import_module(f"worker.cli.{cmd_name}").command
        if not isinstance(command, click.Command):
            raise TypeError(f"worker.cli.{cmd_name}.command is no command")
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is named first; suggest the nearest where there is none."""
        name = args[0]
        if name not in SUMMARIES and not name.startswith("-"):
            nearest = difflib.get_close_matches(name, SUMMARIES, n=1)
            hint = f"Did you mean {nearest[0]}?" if nearest else f"There are: {', '.join(SUMMARIES)}."
            raise click.UsageError(f"There is no command {name!r}. {hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's
        """List the commands by section, without importing them."""
        for section, commands in SECTIONS.items():
            with formatter.section(section):
                formatter.write_dl(list(commands.items()))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; say what the system refused in one line."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise  # click ends quietly: `… | head`
        except OSError as error:
            what = f"{error.filename}: " if error.filename is not None else ""
            raise click.ClickException(f"{what}{error.strerror or error}") from error
        except KeyboardInterrupt:
            ctx.exit(_INTERRUPTED)


@click.command(
    cls=Root,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Each command has its own --help. Settings come from environment variables.",
)
@click.version_option(worker.__version__, prog_name="mission-worker", message="%(prog)s %(version)s")
def main() -> None:
    """Reads news articles and reports how military and peace missions change their status.

    The service takes raw articles from Kafka and publishes each change as an Avro event, exactly once. The same
    reading works on files, without Kafka.
    """
