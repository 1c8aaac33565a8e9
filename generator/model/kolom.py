"""A column of a spreadsheet with dossiers, a dossier on each row."""

from dataclasses import dataclass
from typing import Literal

Kolomsoort = Literal["tekst", "datum", "getal", "ja-nee", "keuze", "partner", "vrij"]
"""`vrij`: yes or no, a whole number or a word."""


@dataclass(frozen=True)
class Keuzewaarde:
    """One value that a column takes."""

    waarde: str
    """As it stands in the YAML."""
    tekst: str
    """As it stands in a sheet."""


@dataclass(frozen=True)
class Kolom:
    """One field of a dossier as a column."""

    veld: str
    """Its path: `aanmelding.besluit.datum`; of a list it is the first entry."""
    titel: str
    uitleg: str
    voorbeeld: str
    soort: Kolomsoort
    keuzes: tuple[Keuzewaarde, ...]
    verplicht: bool
    """Within its block: an aanmelding without a date is none."""

    @property
    def blok(self) -> str:
        """What it is a part of: `aanmelding.besluit`; empty: of the dossier itself."""
        return self.veld.rpartition(".")[0]
