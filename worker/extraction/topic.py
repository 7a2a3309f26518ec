"""Articles that only sound like ours: space, sport, trade, exercises (domain: what is no mission)."""

from collections import Counter

from worker.extraction.lexicon.tags import Kind
from worker.extraction.reading import Reading


def off_topic(reading: Reading) -> str | None:
    """The other topic that an article is about, or None: several of its words, and no mission of the register."""
    topics: Counter[str] = Counter()
    missions = 0
    for hit in reading.hits:
        if hit.tag.kind is Kind.TOPIC:
            topics[hit.tag.value] += 2 if hit.start < 400 else 1
        elif hit.tag.kind is Kind.MISSION:
            missions += 1
    if not topics:
        return None
    topic, weight = topics.most_common(1)[0]
    return topic if weight >= 2 and weight > 2 * missions else None
