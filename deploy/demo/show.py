"""What the demo prints."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console, Group
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from deploy.demo.outcome import Outcome
from deploy.demo.service import Record

WIDTH_WITHOUT_TERMINAL = 150


def console() -> Console:
    """Return where to print: wide enough for the tables where there is no terminal."""
    plain = Console(highlight=False)
    return plain if plain.is_terminal else Console(highlight=False, width=WIDTH_WITHOUT_TERMINAL)


def articles(outcomes: Sequence[Outcome]) -> Table:
    """Return a table of the articles, each with its events and what else became of it."""
    table = Table(title="Articles and their events", title_justify="left", expand=True)
    table.add_column("Article", ratio=3)
    table.add_column("Event", ratio=3)
    table.add_column("When", ratio=2)
    table.add_column("Evidence", ratio=4)
    for outcome in outcomes:
        headline = f"[bold]{escape(outcome.headline)}[/]\n[dim]{escape(outcome.origin)}[/]"
        remark = f"[dim]{escape(outcome.remark)}[/]"
        if not outcome.events:
            table.add_row(headline, remark, "", "", end_section=True)
        for number, event in enumerate(outcome.events, start=1):
            last = number == len(outcome.events)
            what = _what(event) + (f"\n{remark}" if last and outcome.remark else "")
            table.add_row(headline, what, _when(event), f"“{escape(event['evidence']['quote'])}”", end_section=last)
            headline = ""
    return table


def most_observed(states: Sequence[Record]) -> str | None:
    """Return the mission that most of the articles tell of, or None where nothing is known of any.

    Args:
        states: what `status --json` prints.
    """
    told: Counter[str] = Counter()
    for state in states:
        told[state["subject"].partition("/")[0]] += state["observations"]
    return told.most_common(1)[0][0] if told else None


def history(subject: str, drawn: str) -> Group:
    """Return what `timeline` draws of a mission; lines that are too long for the screen are cut, not wrapped."""
    title = Text(f"What several articles together tell: python -m worker timeline {subject}", "italic")
    return Group(title, Text(drawn.rstrip(), no_wrap=True, overflow="ellipsis"))


def counters(samples: Iterable[tuple[str, Mapping[str, str], float]]) -> Table:
    """Return a table of what the metrics counted, a line a metric, all processes together."""
    metrics: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, labels, value in samples:
        # The stage follows from the metric or from the other label wherever it matters to a reader.
        shown = " ".join(value for key, value in labels.items() if key not in ("process", "stage"))
        metrics[name][shown or labels.get("stage", "")] += int(value)
    table = Table(title="What the metrics counted", title_justify="left")
    table.add_column("Metric")
    table.add_column("Count", justify="right")
    table.add_column("Of these", style="dim")
    for name, counts in metrics.items():
        parts = " · ".join(f"{label} {count:,}" for label, count in counts.items())
        table.add_row(name, f"{counts.total():,}", parts)
    return table


def _what(event: Record) -> str:
    before = event["previous_status"] or "unknown"
    lines = [
        f"[bold]{escape(event['subject'])}[/] [cyan]{event['change']}[/]",
        f"{before} → [bold]{event['status']}[/]",
        f"{', '.join(event['actors'])} in {', '.join(event['theatre'])}",
    ]
    if event["relocated_to"]:
        lines.append(f"goes on in {event['relocated_to']}")
    if event["reasons"]:
        lines.append(f"because: {', '.join(event['reasons'])}")
    lines += [_strength(each) for each in event["strengths"]]
    if event["sources"] > 1:
        lines.append(f"{event['sources']} sources")
    return "\n".join(lines)


def _when(event: Record) -> str:
    lines = [event["occurred"]]
    if event["effective"]:
        lines.append(f"effective {event['effective']}")
    lines += [f"[yellow]{flag}[/]" for flag in ("late", "contradicts") if event[flag]]
    return "\n".join(lines)


def _strength(strength: Record) -> str:
    qualifier = "" if strength["qualifier"] == "exact" else f"{strength['qualifier']} "
    when = f" ({strength['when']})" if strength["when"] else ""
    return f"{qualifier}{strength['count']:,} {strength['actor']} in {strength['place']}{when}"
