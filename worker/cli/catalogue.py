"""What commands there are, in the order and the sections of `--help`.

The command `NAME` is the object `command` of the module `worker.cli.NAME`, which is imported when the command is used
and not before: `extract` starts without Kafka, `run` without tables.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

SECTIONS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "The service": {
            "run": "Read articles from Kafka and publish what they report.",
            "topics": "Make the topics, or check them.",
            "verify": "Prove from the log that everything was processed exactly once.",
        },
        "What is known": {
            "status": "Show how missions stand, all or one.",
            "timeline": "Draw the history of a mission, with sources and quotes.",
            "report": "Make a page that shows the history of missions, to look at in a browser.",
        },
        "When rules or register change": {
            "diff": "Show what new rules or a new register would have published differently.",
            "replay": "Rebuild all derived topics under another prefix.",
        },
        "Messages": {
            "produce": "Send raw articles.",
            "consume": "Print the records of a topic, decoded.",
            "deadletters": "Count the dead letters, or put them back.",
        },
        "Reading articles, without a broker": {
            "extract": "Print what articles report: a table, JSON, or JSON lines.",
            "backfill": "Read files, folders and web archives in bulk, into a file of events or into Kafka.",
            "explain": "Show why an article is read as it is: evidence, rules, near misses.",
        },
    }
)
"""Section → command → its summary, one line without a verb form other than the imperative."""

SUMMARIES: Final[Mapping[str, str]] = MappingProxyType(
    {name: summary for section in SECTIONS.values() for name, summary in section.items()}
)
"""Command → its summary."""
