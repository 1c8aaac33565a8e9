"""How long a dossier is kept, and until when partners see it."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.aanmelding import stand_van_aanmelding
from generator.kalender import add_months
from generator.model.dossier import Dossier
from generator.traject import Standen

Soort = Literal["gesloten", "geweigerd", "wachtend"]


@dataclass(frozen=True)
class Bewaard:
    """From when the terms of a dossier are counted, and when they end; None: without end."""

    soort: Soort
    sinds: date
    zichtbaar_tot: date | None
    """From this day on partners no longer see it."""
    bewaard_tot: date | None
    """From this day on it is due for removal."""


def bewaard(standen: Standen, dossier: Dossier, op: date) -> Bewaard | None:
    """The terms of a dossier as of a date; None while it runs."""
    anchor = _anchor(standen, dossier, op)
    if anchor is None:
        return None
    soort, sinds = anchor
    termijn = getattr(standen.register.organisatie.bewaartermijn, soort)
    return Bewaard(soort, sinds, _after(sinds, termijn.zichtbaar), _after(sinds, termijn.bewaren))


def zichtbaar(standen: Standen, dossier: Dossier, op: date) -> bool:
    """Whether it is still within the term in which partners see it."""
    termijnen = standen.register.organisatie.bewaartermijn
    if not (termijnen.gesloten.zichtbaar or termijnen.geweigerd.zichtbaar or termijnen.wachtend.zichtbaar):
        return True
    kept = bewaard(standen, dossier, op)
    return kept is None or kept.zichtbaar_tot is None or op < kept.zichtbaar_tot


def te_verwijderen_sinds(standen: Standen, dossier: Dossier, op: date) -> date | None:
    """Since when it is due for removal: not before every dossier that follows on it is (WW-6)."""
    kept = [bewaard(standen, other, op) for other in (dossier, *standen.register.keten(dossier.id))]
    ends = [term.bewaard_tot for term in kept if term and term.bewaard_tot and term.bewaard_tot <= op]
    return max(ends) if len(ends) == len(kept) else None


def _anchor(standen: Standen, dossier: Dossier, op: date) -> tuple[Soort, date] | None:
    sluiting = standen.stand(dossier, op).sluiting
    if sluiting:
        if sluiting.datum > op:
            return None
        return ("geweigerd" if sluiting.fase == "geweigerd" else "gesloten"), sluiting.datum
    state = stand_van_aanmelding(dossier, op) if dossier.start is None else None
    return ("wachtend", state.sinds) if state else None


def _after(sinds: date, months: int | None) -> date | None:
    return add_months(sinds, months) if months else None
