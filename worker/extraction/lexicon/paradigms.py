"""From a verb's principal parts to all its forms, so that no form is forgotten in a list.

A lexeme is written as its principal parts; `|` after a particle marks a separable (Dutch, German) or a
phrasal (English) verb: `terug|trekken trek trok/trokken getrokken`, `ab|ziehen zieht zog gezogen`,
`pull|out`, `retirer`. Parts that a regular verb would repeat are left out. Only the forms that news is
written in are made: third persons, participles, infinitives.
"""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from worker.extraction.text.fold import fold


class Form(StrEnum):
    """What a form of a verb or noun is, as far as tense and voice depend on it."""

    PRESENT = "present"
    PAST = "past"
    FUTURE = "future"
    CONDITIONAL = "conditional"
    PARTICIPLE = "participle"
    PAST_OR_PARTICIPLE = "past_or_participle"
    GERUND = "gerund"
    INFINITIVE = "infinitive"
    PRESENT_OR_INFINITIVE = "present_or_infinitive"
    SUBJUNCTIVE = "subjunctive"
    NOUN = "noun"
    ATTRIBUTIVE = "attributive"
    IMPERFECT = "imperfect"  # the French past of what lasts or is recalled
    HOMOGRAPH = "homograph"  # written as a noun too: a verb only where its surroundings say so


class VerbForm(NamedTuple):
    """One written form in the notation of the phrase book.

    `particle` is what must stand later in the clause for it to count, or empty.
    """

    text: str
    form: Form
    particle: str = ""


def _particle(infinitive: str) -> tuple[str, str]:
    """Part `terug|trekken`; an underscore stands for a space within a particle (`naar_huis|gaan`)."""
    particle, bar, verb = infinitive.rpartition("|")
    return (particle.replace("_", " "), verb) if bar else ("", infinitive)


def dutch(lexeme: str) -> Iterator[VerbForm]:
    """`infinitive stem past[/past plural] participle`: `op|schorten schort schortte geschort`."""
    infinitive, stem, past, participle = lexeme.split()
    particle, infinitive = _particle(infinitive)
    singular, _, plural = past.partition("/")
    plural = plural or singular + "n"
    third = stem if stem.endswith("t") else stem + "at" if stem in ("ga", "sta", "sla") else stem + "t"
    finite = [(stem, Form.PRESENT), (third, Form.PRESENT), (singular, Form.PAST), (plural, Form.PAST)]
    if not particle:
        yield VerbForm(infinitive, Form.PRESENT_OR_INFINITIVE)
        yield VerbForm(participle, Form.PARTICIPLE)
        for text, form in finite:
            yield VerbForm(text, form)
        return
    joint = particle + " " if " " in particle else particle
    yield VerbForm(joint + infinitive, Form.INFINITIVE)
    yield VerbForm(f"{particle} te {infinitive}", Form.INFINITIVE)
    yield VerbForm(joint + participle, Form.PARTICIPLE)
    for text, form in finite:
        yield VerbForm(joint + text, form)
    if " " in particle:
        # "een einde aan de missie te maken": what stands between the noun and the verb of an expression
        yield VerbForm(f"te {infinitive}", Form.INFINITIVE, particle)
        yield VerbForm(participle, Form.PARTICIPLE, particle)
        yield VerbForm(infinitive, Form.PRESENT_OR_INFINITIVE, particle)
    else:
        yield VerbForm(infinitive, Form.PRESENT, particle)
    for text, form in finite:
        yield VerbForm(text, form, particle)


def german(lexeme: str) -> Iterator[VerbForm]:
    """`infinitive third-person past participle`, the participle without the particle: `ab|ziehen zieht zog gezogen`.

    A participle with an ending only ever describes a noun. All are written with `=`, for the umlaut tells verbs apart
    (*fordern*, *fördern*); finite forms and infinitives in small letters only: with a capital they are nouns (*Ende*,
    *das Verlassen*) or open a question or a condition.
    """
    infinitive, third, past, participle = lexeme.split()
    particle, infinitive = _particle(infinitive)
    apart = " " in particle or particle[:1].isupper()  # a noun or more is written apart: *Stellung bezogen*
    joint = particle + " " if apart else particle
    past_plural = past + ("n" if past.endswith("e") else "en")
    subjunctive = infinitive.removesuffix("n") if infinitive.endswith("en") else infinitive.removesuffix("n") + "e"
    finite = [
        (third, Form.PRESENT),
        (past, Form.PAST),
        (past_plural, Form.PAST),
        (subjunctive, Form.SUBJUNCTIVE),
    ]
    for ending in ("", "e", "en", "er", "es"):
        text = joint + participle + ending
        form = Form.ATTRIBUTIVE if ending else Form.PARTICIPLE
        yield VerbForm("=" + text, form)
        yield VerbForm("=" + text[0].upper() + text[1:], form)
    for text, form in finite:
        yield VerbForm("=" + joint + text, form)
    if not particle:
        yield VerbForm("=" + infinitive, Form.PRESENT_OR_INFINITIVE)
        yield VerbForm("=zu " + infinitive, Form.INFINITIVE)
        return
    yield VerbForm("=" + joint + infinitive, Form.INFINITIVE)
    yield VerbForm(f"={joint}zu{' ' if apart else ''}{infinitive}", Form.INFINITIVE)
    yield VerbForm("=" + infinitive, Form.PRESENT, particle)
    if apart:
        # "Zustimmung zur Entsendung gegeben": what stands between the noun and the verb of an expression
        yield VerbForm("=" + participle, Form.PARTICIPLE, particle)
        yield VerbForm("=zu " + infinitive, Form.INFINITIVE, particle)
    for text, form in finite:
        yield VerbForm("=" + text, form, particle)


def english(lexeme: str) -> Iterator[VerbForm]:
    """`base [past [participle [gerund]]]`; a regular verb is its base alone; `pull|out`, `bring|home brought`."""
    base, *parts = lexeme.split()
    base, _, particle = base.partition("|")
    particle = particle.replace("_", " ")
    stem = base.removesuffix("e")
    sibilant = base.endswith(("s", "sh", "ch", "x", "z", "go", "to"))
    third = base[:-1] + "ies" if base.endswith("y") and base[-2] not in "aeou" else base + ("es" if sibilant else "s")
    regular = base[:-1] + "ied" if base.endswith("y") and base[-2] not in "aeou" else stem + "ed"
    past = parts[0] if parts else regular
    participle = parts[1] if len(parts) > 1 else past
    gerund = parts[2] if len(parts) > 2 else (base if base.endswith("ee") else stem) + "ing"
    forms = [(base, Form.PRESENT_OR_INFINITIVE), (third, Form.PRESENT), (gerund, Form.GERUND)]
    if past == participle:
        forms.append((past, Form.PAST_OR_PARTICIPLE))
    else:
        forms += [(past, Form.PAST), (participle, Form.PARTICIPLE)]
    for text, form in forms:
        yield VerbForm(text, form, particle)
        if particle:
            yield VerbForm(f"{text} {particle}", form)


_FRENCH_ENDINGS: Final = {
    "er": {
        Form.PRESENT: ("e", "ent"),
        Form.IMPERFECT: ("ait", "aient"),
        Form.PAST: ("a", "èrent"),
        Form.FUTURE: ("era", "eront"),
        Form.CONDITIONAL: ("erait", "eraient"),
        Form.PARTICIPLE: ("é", "ée", "és", "ées"),
        Form.GERUND: ("ant",),
        Form.INFINITIVE: ("er",),
    },
    "ir": {
        Form.PRESENT: ("it", "issent"),
        Form.IMPERFECT: ("issait", "issaient"),
        Form.PAST: ("irent",),
        Form.FUTURE: ("ira", "iront"),
        Form.CONDITIONAL: ("irait", "iraient"),
        Form.PARTICIPLE: ("i", "ie", "is", "ies"),
        Form.GERUND: ("issant",),
        Form.INFINITIVE: ("ir",),
    },
    "re": {
        Form.PRESENT: ("", "ent"),
        Form.IMPERFECT: ("ait", "aient"),
        Form.PAST: ("it", "irent"),
        Form.FUTURE: ("ra", "ront"),
        Form.CONDITIONAL: ("rait", "raient"),
        Form.PARTICIPLE: ("u", "ue", "us", "ues"),
        Form.GERUND: ("ant",),
        Form.INFINITIVE: ("re",),
    },
}


def french(lexeme: str) -> Iterator[VerbForm]:
    """Make the forms of a regular verb in -er, -ir (type *finir*) or -re; others list theirs.

    An irregular verb is `infinitive present present-plural imperfect-stem future-stem participle [simple-past]`:
    `partir part partent part partir parti`. Support verbs name the rest of their expression before a bar, with
    alternatives parted by slashes: `fin_à/un_terme|mettre met mettent mett mettr mis mit`. Accents fold away, so
    *achève* needs no rule of its own; where they alone tell two forms apart (*retire*, *retiré*), they count.
    """
    infinitive, *parts = lexeme.split()
    tails, bar, infinitive = infinitive.rpartition("|")
    particles = [tail.replace("_", " ") for tail in tails.split("/")] if bar else [""]
    forms = list(_french_irregular(infinitive, *parts) if parts else _french_regular(infinitive))
    spellings: dict[bytes, set[Form]] = {}
    for text, form in forms:
        spellings.setdefault(fold(text), set()).add(form)
    for text, form in forms:
        alone = len(spellings[fold(text)]) == 1
        for written in (text,) if alone else (f"={text}", f"={text.upper()}"):
            yield from (VerbForm(written, form, particle) for particle in particles)


def _french_irregular(
    infinitive: str, present: str, plural: str, imperfect: str, future: str, participle: str, past: str = ""
) -> Iterator[tuple[str, Form]]:
    forms: dict[Form, tuple[str, ...]] = {
        Form.PRESENT: (present, plural),
        Form.IMPERFECT: (f"{imperfect}ait", f"{imperfect}aient"),
        Form.PAST: (past, _french_plural(past)) if past else (),
        Form.FUTURE: (f"{future}a", f"{future}ont"),
        Form.CONDITIONAL: (f"{future}ait", f"{future}aient"),
        Form.PARTICIPLE: tuple(participle + ending for ending in ("", "e", "s", "es")),
        Form.GERUND: (f"{imperfect}ant",),
        Form.INFINITIVE: (infinitive,),
    }
    for form, texts in forms.items():
        yield from ((text, form) for text in dict.fromkeys(texts))


def _french_plural(past: str) -> str:
    """The plural of a simple past: *mit*, *mirent*; *envoya*, *envoyèrent*."""
    return f"{past[:-1]}èrent" if past.endswith("a") else f"{past.removesuffix('t')}rent"


def _french_regular(infinitive: str) -> Iterator[tuple[str, Form]]:
    stem, group = infinitive[:-2], infinitive[-2:]
    for form, endings in _FRENCH_ENDINGS[group].items():
        for ending in endings:
            soft = stem + "e" if group == "er" and stem.endswith("g") and ending[0] == "a" else stem
            if group == "er" and stem.endswith("c") and ending[0] == "a":
                soft = stem[:-1] + "ç"
            yield soft + ending, form


PARADIGMS: Final[Mapping[str, Callable[[str], Iterator[VerbForm]]]] = MappingProxyType(
    {"nl": dutch, "fr": french, "en": english, "de": german}
)
"""How to expand the lexemes of each language."""
