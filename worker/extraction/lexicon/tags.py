"""What a phrase of the lexicon means to the rules."""

from enum import StrEnum
from typing import NamedTuple

from worker.extraction.lexicon.paradigms import Form


class Kind(StrEnum):
    """The classes of phrases: what the first level of a lexicon's tables is called."""

    TRIGGER = "trigger"  # a word that can report a change; the value is its frame
    PARTICLE = "particle"  # the part of a separable or phrasal verb that stands apart
    CUE = "cue"  # a word that commits the text to an event, or does not
    ASPECT = "aspect"  # begins, continues, completes the event that a noun names
    AUXILIARY = "auxiliary"  # carries tense and voice
    OBJECT = "object"  # what can change: a mission, a force, a mandate, a base, a contribution
    PLACE = "place"  # a country or region by its name
    SITE = "site"  # a town, province or base; the value is its country
    SEAT = "seat"  # a capital or a house that stands for a government
    ADJECTIVE = "adjective"  # French
    PEOPLE = "people"  # Frenchmen
    MASK = "mask"  # contains the name of a place and means none: Agence France-Presse
    ORGANISATION = "organisation"
    BODY = "body"  # an army, parliament or ministry that belongs to one country: Bundeswehr, Tweede Kamer
    LEADER = "leader"  # a person in office; the value is the code and the years: laid out as a body while in office
    HOME = "home"  # a government or parliament of the outlet's own country, unless another is named beside it
    MISSION = "mission"  # a mission of the register; the value is its slug
    FUNCTION = "function"  # prepositions and quantifiers that the binding looks at
    PARTY = "party"  # who does not own a mission: the opposition, protesters, rebels, a junta
    REASON = "reason"  # what can be a reason, where a link ties it to the change; the value is its code
    GROUND = "ground"  # what states a ground by itself: *the job is done*; the value is the reason's code
    LINK = "link"  # because, after, citing: what ties a reason to a change
    NATURE = "nature"  # what a mission is for, in a description of it: training mission; the value is a kind of mission
    TOPIC = "topic"  # what an article that only sounds like ours is about


class Tag(NamedTuple):
    """One meaning of a phrase. `form` matters for verbs and nouns, `particle` is what a split verb still needs."""

    kind: Kind
    value: str
    form: Form | None = None
    particle: str = ""
