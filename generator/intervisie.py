"""The agenda of the intervision: running clients, new aanmeldingen, services that wait too long (WW-8, WW-10)."""

from collections.abc import Iterator
from datetime import date

from generator.aanmelding import stand_van_aanmelding
from generator.agenda import laatste_verloop, open_bevindingen, open_signalen
from generator.kalender import running_month
from generator.model.dossier import Bespreking, Dienst, Dossier, Feit, Gesprek
from generator.model.view import Intervisie, IntervisieAanmelding, IntervisieClient, IntervisieDienst
from generator.traject import LOPEND, Standen, feiten, outlasts


def make_intervisie(standen: Standen, datum: date, op: date) -> Intervisie:
    """The agenda of the intervision of a date, from the facts dated up to `op` and up to that date."""
    op = min(op, datum)
    dossiers = [d for d in standen.register.dossiers.values() if standen.register.in_stuurgroep(d)]
    return Intervisie(
        datum=datum,
        stand_op=op,
        lopend=tuple(_client(standen, d, op) for d in dossiers if standen.stand(d, op).fase in LOPEND),
        aanmeldingen=tuple(item for d in dossiers for item in _aanmelding(d, op)),
        diensten=tuple(item for d in dossiers for item in _services(standen, d, op)),
    )


def _client(standen: Standen, dossier: Dossier, op: date) -> IntervisieClient:
    items = [item for _, item in feiten(dossier, op)]
    findings, last = open_bevindingen(items), _last_talk(items)
    points = (
        *(item.omschrijving for item in open_signalen(items, op)),
        *(item.reden for item in items if isinstance(item, Bespreking) and item.datum > last),
        *((findings.bevindingen,) if findings and findings.bevindingen else ()),
    )
    month = running_month(dossier.start, op) if dossier.start else 0
    fase, verloop = standen.stand(dossier, op).fase, laatste_verloop(items) or "onbekend"
    return IntervisieClient(dossier.id, dossier.traject, fase, month, verloop, points)


def _last_talk(items: list[Feit]) -> date:
    """When it was last evaluated: what was asked before was answered then."""
    return max((item.datum for item in items if isinstance(item, Gesprek) and item.verloop), default=date.min)


def _aanmelding(dossier: Dossier, op: date) -> Iterator[IntervisieAanmelding]:
    """One that awaits a decision, or waits on the list."""
    stand = stand_van_aanmelding(dossier, op)
    if stand and stand.toestand in ("in behandeling", "wachtlijst"):
        days = (op - stand.datum).days
        yield IntervisieAanmelding(dossier.id, dossier.traject, stand.partner, stand.datum, stand.toestand, days)


def _services(standen: Standen, dossier: Dossier, op: date) -> Iterator[IntervisieDienst]:
    stand = standen.stand(dossier, op)
    if stand.fase in LOPEND:
        for _, item in feiten(dossier, op):
            if isinstance(item, Dienst) and (end := outlasts(stand.einde, item, op)):
                yield IntervisieDienst(dossier.id, item.naam, item.datum, item.verwacht, end)
