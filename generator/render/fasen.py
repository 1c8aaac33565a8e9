"""How many dossiers are in each phase, as a bar: where each part of it stands, in units of a drawing 360 wide."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from generator.model.view import DossierView
from generator.render.tijdlijn import BREEDTE

FASEN = ("aangemeld", "lopend", "verlenging", "wacht-op-besluit", "afgerond", "stopgezet", "geweigerd")
"""In the order in which a dossier goes through them."""


@dataclass(frozen=True)
class Deel:
    """A phase with its part of the bar."""

    fase: str
    aantal: int
    x: float
    breedte: float


def phase_bar(dossiers: Sequence[DossierView]) -> tuple[Deel, ...]:
    """The phases in which there are dossiers; nothing without dossiers."""
    counts = Counter(dossier.fase for dossier in dossiers)
    scale, x, parts = BREEDTE / max(len(dossiers), 1), 0.0, []
    for fase in FASEN:
        if counts[fase]:
            parts.append(Deel(fase, counts[fase], round(x, 1), round(counts[fase] * scale, 1)))
            x += counts[fase] * scale
    return tuple(parts)
