"""What is created is new: *authorised a force*, not *authorised the force to stay* or *approved the extension*."""

from worker.extraction.lexicon.paradigms import Form
from worker.extraction.lexicon.tags import Kind
from worker.extraction.reading import Reading, TagHit
from worker.extraction.triggers import Trigger


def creates(reading: Reading, trigger: Trigger, thing: TagHit) -> bool:
    """Whether a trigger of creation can be about a new mission, by how its object is introduced."""
    clause = trigger.clause
    if thing.start < trigger.start:
        return clause.has(Kind.AUXILIARY, "passive", "passive_past", "perfect") or trigger.form is Form.NOUN
    for hit in clause.of(Kind.TRIGGER):
        if hit.start >= trigger.end and hit.tag.form is Form.NOUN and hit.start <= thing.start:
            return False
    if any(trigger.end <= hit.start < thing.end for hit in clause.of(Kind.FUNCTION, "new")):
        return True
    words = reading.folded[trigger.end : thing.start].split()
    return not any(word in reading.lexicon.definite or word.endswith(b"'s") for word in words)
