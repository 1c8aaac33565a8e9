"""What the coordinator shows on screen at an overleg: per dossier to discuss, what is known and what to decide."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from generator.agenda import goes_well, is_recorded
from generator.kalender import add_months
from generator.model.dossier import Bezoek
from generator.model.view import Agenda, LopendDossier, TeBespreken, Vergaderbezoek, Vergadering, Vergaderpunt
from generator.schrijfwijze import flow
from generator.traject import Stand, Standen

KIES = "goed/moeilijk"
"""Stands for the course until it is chosen: a check refuses it, and says which two there are."""
VERSLAG = ("gehouden: true", "vervalt: alle begeleidingen verlopen goed")
MAX_MAANDEN = 120  # the model takes no longer extension
Keuze = tuple[str, dict[str, object]]
"""What there is to decide, and the keys that record it."""


def make_vergaderingen(standen: Standen, agendas: Collection[Agenda], op: date) -> Iterator[Vergadering]:
    """One for each agenda of the coordinators that is not dropped; what is recorded says so (VT-6.2, VT-6.3)."""
    register = standen.register
    for agenda in agendas:
        if (day := agenda.overleg) and not agenda.vervalt:
            discussed = {item.id: item for item in agenda.bespreken}
            lines = [line for line in agenda.lopend if line.id in discussed]
            begun = agenda.partner in register.verslagen.get(agenda.maand, {})
            yield Vergadering(
                agenda=agenda,
                punten=tuple(_point(standen, agenda, line, discussed[line.id], op) for line in lines),
                vlot=tuple(line.id for line in goes_well(standen, agenda, op)),
                andere=tuple(
                    (item, None if is_recorded(register.dossiers[item.id], day, op) else _line(day))
                    for item in agenda.andere
                ),
                verslag=VERSLAG if begun else tuple(f"{agenda.partner}: {{{text}}}" for text in VERSLAG),
                verslag_begonnen=begun,
            )


def _point(standen: Standen, agenda: Agenda, line: LopendDossier, item: TeBespreken, op: date) -> Vergaderpunt:
    """As of the agenda; a track that meets on a day of its own, as of the eve of that."""
    dossier = standen.register.dossiers[line.id]
    stand = standen.stand(dossier, min(agenda.datum, line.overleg - timedelta(days=1)))
    moment = line.evaluatie or _moment_on(stand, line.overleg)
    choices = _choices(stand, line.overleg, moment)
    lines = (_line(line.overleg, moment, extra) for _, extra in choices)
    return Vergaderpunt(
        lopend=line,
        bespreken=item,
        bezoek=_last_visit(stand),
        beslissen=tuple(text for text, _ in choices),
        regels=() if is_recorded(dossier, line.overleg, op) else tuple(lines),
    )


def _moment_on(stand: Stand, overleg: date) -> str | None:
    """The moment of the dossier that is on this overleg: in an extension every one, while it waits the first."""
    found = [m.id for m in stand.momenten if m.plan.overleg and m.plan.overleg.datum == overleg and m.open]
    return found[0] if found else None


def _last_visit(stand: Stand) -> Vergaderbezoek | None:
    """What the last visit found (VT-7.1)."""
    visits = [item for _, item in stand.feiten if isinstance(item, Bezoek) and item.heeft_uitkomst]
    if not visits:
        return None
    last = visits[-1]
    return Vergaderbezoek(last.datum, last.moment, last.wooncultuur, last.bevindingen)


def _choices(stand: Stand, overleg: date, moment: str | None) -> list[Keuze]:
    """What there is to decide: how it goes, and when the term nears its end what comes after it (VT-7.3, VT-7.4)."""
    final, waiting = stand.regels.eindevaluatie, stand.termijnen.wacht_sinds is not None
    must = waiting or any(m.id == moment and final and m.voor == final.id for m in stand.regels.momenten)
    course: Keuze = ("Hoe verloopt de begeleiding?", {})
    if stand.sluiting:
        return [course]
    decisions = list(_decisions(stand, overleg)) if must or stand.onbeslist or _is_last(stand, overleg) else []
    return decisions if must and decisions else [course, *decisions]


def _is_last(stand: Stand, overleg: date) -> bool:
    """No other overleg comes before the end of the term, and nothing is decided for it yet."""
    termijnen = stand.termijnen
    end, following = termijnen.einde(termijnen.c), stand.kalender.na(overleg).datum
    open_end = not (stand.sluiting or termijnen.positief or termijnen.staand)
    return bool(end and following and following > end and open_end)


def _decisions(stand: Stand, overleg: date) -> Iterator[Keuze]:
    """Those that the track knows and that can stand on that day."""
    termijnen, allowed = stand.termijnen, stand.regels.besluiten
    months, end = _extension(stand, overleg), termijnen.einde(termijnen.c)
    if "positief" in allowed and not (termijnen.wacht_sinds and termijnen.gebreken):
        yield "Eindigt de begeleiding goed?", {"besluit": "positief"}
    if "verlengen" in allowed and months and not (termijnen.staand and end and overleg > end):
        text = f"Wordt ze verlengd, met een veelvoud van {_multiple(stand)} maanden?"
        yield text, {"besluit": "verlengen", "maanden": months}


def _multiple(stand: Stand) -> int | None:
    return stand.regels.verlenging.veelvoud if stand.regels.verlenging else None


def _extension(stand: Stand, overleg: date) -> int | None:
    """The shortest extension that ends later than the overleg that decides it (VT-7.4)."""
    start, step, termijnen = stand.dossier.start, _multiple(stand), stand.termijnen
    if start is None or step is None or termijnen.basis is None:
        return None
    before = termijnen.basis + sum(made.maanden for made in termijnen.gemaakt)
    return next((n for n in range(step, MAX_MAANDEN + 1, step) if add_months(start, before + n) > overleg), None)


def _line(datum: date, moment: str | None = None, extra: dict[str, object] | None = None) -> str:
    """To paste in the logboek."""
    named: dict[str, object] = {"moment": moment} if moment else {}
    return "- " + flow({"soort": "overleg", "datum": datum, **named, "verloop": KIES, **(extra or {}), "conclusie": ""})
