"""The codes of actors and theatres beside ISO 3166-1 alpha-2: organisations, regions, and Kosovo's `XK`."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

ORGANISATIONS: Final[frozenset[str]] = frozenset(
    {"UN", "EU", "NATO", "AFU", "ECOWAS", "SADC", "OSCE", "CSTO", "EAC", "MNJTF", "G5S"}
)
"""Actors that are no state. `AFU` is the African Union, since `AU` is Australia."""

REGION_COUNTRIES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "SAHEL": frozenset({"BF", "ML", "MR", "NE", "TD"}),
        "RED-SEA": frozenset({"DJ", "EG", "ER", "SA", "SD", "YE"}),
        "GULF-OF-GUINEA": frozenset({"BJ", "CG", "CI", "CM", "GA", "GH", "GQ", "LR", "NG", "SL", "ST", "TG"}),
        "MEDITERRANEAN": frozenset(
            {"CY", "DZ", "EG", "ES", "FR", "GR", "IL", "IT", "LB", "LY", "MA", "SY", "TN", "TR"}
        ),
        "HORN-OF-AFRICA": frozenset({"DJ", "ER", "ET", "SO"}),
        "PERSIAN-GULF": frozenset({"AE", "BH", "IQ", "IR", "KW", "OM", "QA", "SA"}),
        "BALTICS": frozenset({"EE", "LT", "LV"}),
        "BALKANS": frozenset({"AL", "BA", "BG", "HR", "ME", "MK", "RS", "SI", "XK"}),
    }
)
"""The regions of the domain, each with the countries in it or along its coast."""

REGIONS: Final[frozenset[str]] = frozenset(REGION_COUNTRIES)
"""Theatres that are no country."""
