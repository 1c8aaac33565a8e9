"""What is told of a field, beside what its model says."""

from collections.abc import Mapping
from typing import NamedTuple


class Veldtekst(NamedTuple):
    """The text of one field."""

    titel: str
    """What it is called, for who does not know the YAML."""
    uitleg: str
    voorbeeld: str
    """A value as it stands in YAML."""
    waarden: Mapping[str, str] = {}
    """What each word that it takes means."""
    soort: str = ""
    """What kind of value it takes, where the type alone does not tell."""


Veldteksten = dict[str, dict[str, Veldtekst]]
"""By model and field. A field that more models inherit has its text at the first of them."""

HERHALING = "een herhalingsregel die hoogstens één dag per maand geeft, zoals FREQ=MONTHLY;BYDAY=-1TH"
BESLUITEN = {
    "positief": "de begeleiding eindigt goed",
    "verlengen": "er komen maanden bij; vul ook ‘maanden’ in",
    "toewijzing": "de woning wordt definitief toegewezen; alleen bij een eindevaluatie",
    "negatief": "de begeleiding stopt zonder goed einde; alleen bij een eindevaluatie",
}
PLAATSEN = {"teams": "online, via Teams", "kantoor": "op het kantoor van de organisatie"}


def titles(teksten: Veldteksten) -> dict[str, str]:
    """What each field is called, by its name alone: one name has one title in a file."""
    return {name: tekst.titel for fields in teksten.values() for name, tekst in fields.items()}
