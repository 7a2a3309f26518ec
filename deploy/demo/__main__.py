"""``python -m deploy.demo [FILE…]``: articles through a real Kafka and the real worker, and what comes out."""

import json
import os
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from deploy.broker import Cluster
from deploy.demo import show
from deploy.demo.outcome import outcomes
from deploy.demo.service import Service
from deploy.local.tools import BUILD, ServerError

SAMPLES = Path(__file__).parent / "articles"
PAGE = BUILD / "demo.html"
PROCESS_TIMEOUT_S = 60.0


def main(arguments: list[str]) -> int:
    """Run the demo on the given files, or on the samples; return the exit code."""
    files = [Path(each) for each in arguments] or sorted(SAMPLES.iterdir())
    missing = [str(file) for file in files if not file.is_file()]
    if missing:
        print(f"no such file: {', '.join(missing)}", file=sys.stderr)
        return 2
    try:
        run(files)
    except ServerError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130  # as a shell counts it: 128 and the signal's number
    return 0


def run(files: list[Path]) -> None:
    """Start everything, send the articles, show what they became, verify it, and stop everything.

    Raises:
        ServerError: a server could not start, or the worker failed.
    """
    console = show.console()
    began = time.monotonic()

    def step(what: str) -> None:
        console.print(f"[dim]{time.monotonic() - began:5.1f} s[/]  {what}")

    with ExitStack() as stack:
        given = os.environ.get("KAFKA_BOOTSTRAP_SERVERS")
        bootstrap = given or stack.enter_context(Cluster()).bootstrap
        step(f"Apache Kafka at {bootstrap}")
        service = stack.enter_context(Service(bootstrap, shared=given is not None))
        step("topics made, worker running: python -m worker run")
        service.produce(files)
        step(f"{len(files)} articles sent to {service.topics['articles.raw']}")
        service.await_processed(len(files), PROCESS_TIMEOUT_S)
        step("every article and observation accounted for by a receipt")
        gathered = outcomes(
            files,
            events=[record["value"] for record in service.consume("missions.status-changed")],
            observations=[record["value"] for record in service.consume("missions.observations")],
            dead_letters=service.consume("articles.dead-letter"),
        )
        console.print()
        console.print(show.articles(gathered))
        console.print()
        console.print(show.counters(service.counters()))
        console.print()
        subject = show.most_observed(json.loads(service.command("status", "--json")))
        if subject is not None:
            console.print(show.history(subject, service.command("timeline", subject)))
            console.print()
        console.print(service.command("verify").rstrip(), markup=False)
        service.command("report", "--out", str(PAGE))
        step(f"a page of it all to look at: {PAGE}")
        code, seconds = service.stop()
        step(f"SIGTERM: the worker ended with {code} after {seconds:.1f} s")
        if code != 0:
            raise ServerError(f"the worker ended with {code}")
    step("Kafka stopped, its data removed" if given is None else f"done; its topics, {service.prefix}*, stay")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
