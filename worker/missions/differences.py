"""In which fields two records of a kind differ."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Final

_FOLLOWS: Final = frozenset({"id"})


def differences(one: object, other: object) -> tuple[str, ...]:
    """The names of the fields in which two records of one dataclass differ, those of a timeline's entries one by one.

    An identifier follows from the content, and is named only where nothing else differs.
    """
    found = tuple(_differences(one, other))
    return tuple(name for name in found if name not in _FOLLOWS) or found


def _differences(one: object, other: object) -> Iterator[str]:
    for field in fields(one):  # type: ignore[arg-type] # a dataclass, by contract
        mine, theirs = getattr(one, field.name), getattr(other, field.name)
        if mine == theirs:
            continue
        if field.name == "entries" and len(mine) == len(theirs):
            for nth, (left, right) in enumerate(zip(mine, theirs, strict=True)):
                yield from (f"entries[{nth}].{name}" for name in _differences(left, right))
        else:
            yield field.name
