"""Where an aanmelding stands on a date (WW-11)."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from generator.model.dossier import Dossier

Toestand = Literal["in behandeling", "wachtlijst", "toegelaten", "geweigerd", "gestart"]


@dataclass(frozen=True)
class Aanmeldingstand:
    """The state of an aanmelding, and since when."""

    datum: date
    partner: str
    toestand: Toestand
    sinds: date


def stand_van_aanmelding(dossier: Dossier, op: date) -> Aanmeldingstand | None:
    """From the facts dated up to a date; None for a follow-up, or before the aanmelding."""
    aanmelding = dossier.aanmelding
    if aanmelding is None or aanmelding.datum > op:
        return None
    besluit = aanmelding.besluit
    if besluit and besluit.datum <= op and besluit.uitkomst == "geweigerd":
        return Aanmeldingstand(aanmelding.datum, aanmelding.partner, "geweigerd", besluit.datum)
    if dossier.start and dossier.start <= op:
        return Aanmeldingstand(aanmelding.datum, aanmelding.partner, "gestart", dossier.start)
    if besluit and besluit.datum <= op:
        return Aanmeldingstand(aanmelding.datum, aanmelding.partner, besluit.uitkomst, besluit.datum)
    return Aanmeldingstand(aanmelding.datum, aanmelding.partner, "in behandeling", aanmelding.datum)
