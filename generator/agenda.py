"""The agenda of one partner for one month, as of a date (VT-6.2, VT-6.3)."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, time, timedelta
from typing import NamedTuple

from generator.eenmaal import cached_property
from generator.kalender import Overlegmaand, running_month
from generator.model.dossier import Bespreking, Bezoek, Contact, Dossier, Feit, Gesprek, Overleg, Signaal
from generator.model.view import Agenda, Andere, Contacten, LopendDossier, TeBespreken, Toegevoegd, Volgende
from generator.register import Register
from generator.traject import LOPEND, Stand, Standen
from generator.zicht import begeleidt, leest, ziet


def make_agenda(
    standen: Standen, partner: str, maand: str, op: date, gemaakt_op: date, *, alles: bool = False
) -> Agenda:
    """The agenda of `partner` for the month `JJJJ-MM`, from the facts dated up to `op`.

    `op` is at the latest the eve of the overleg. What a partner gets depends on `gemaakt_op` too: only dossiers that
    it may see on that day, texts with consent on both days. `alles` is for coordinators.
    """
    overleg = standen.kalender.maand(maand)
    if overleg is None or overleg.datum is None:
        return Agenda(partner, maand, op, None, None, None, None, None, None, False, (), (), ())
    op = min(op, overleg.datum - timedelta(days=1))
    key = ("agenda", partner, maand, op, None if alles else gemaakt_op)
    return standen.once(key, lambda: _make_agenda(standen, partner, overleg, op, gemaakt_op, alles=alles))


def _make_agenda(
    standen: Standen, partner: str, overleg: Overlegmaand, op: date, gemaakt_op: date, *, alles: bool
) -> Agenda:
    maand = overleg.maand
    running = list(_lines(standen, partner, maand, op, gemaakt_op, alles=alles))
    lopend = [(line, leesbaar) for line, leesbaar in running if line.stand.regels.overleg]
    asked = [pair for pair in running if not pair[0].stand.regels.overleg and "vivendo" in pair[0].redenen]
    bespreken = tuple(line.te_bespreken(leesbaar) for line, leesbaar in lopend if line.redenen)
    andere = tuple(line.andere(leesbaar) for line, leesbaar in asked)
    meeting = meeting_of(standen.register, partner, overleg)
    return Agenda(
        partner=partner,
        maand=maand,
        datum=op,
        overleg=overleg.datum,
        aankondiging=overleg.aankondiging,
        uur=meeting.uur,
        plaats=meeting.plaats,
        link=meeting.link,
        vervalt=meeting.vervalt,
        nodig=bool(bespreken or andere),
        lopend=tuple(line.lopend(leesbaar) for line, leesbaar in lopend),
        bespreken=bespreken,
        andere=andere,
    )


def added_since(notice: Agenda, agenda: Agenda, shown: Agenda) -> tuple[Toegevoegd, ...]:
    """What came on the agenda after its notice: dossiers to discuss, or more reasons to (VT-6.3).

    Of both agendas as coordinators have them, for the reader of `shown`: a consent that came or went in between adds
    nothing to discuss, and the reasons stay with who may read them (VT-5.0).
    """
    told, now, readable = _reasons(notice), _reasons(agenda), _reasons(shown)
    new = {
        name: tuple(reden for reden in reasons if reden not in told.get(name, ()) and reden in readable[name])
        for name, reasons in now.items()
        if name in readable
    }
    return tuple(Toegevoegd(name, reasons) for name, reasons in new.items() if reasons or name not in told)


def _reasons(agenda: Agenda) -> dict[str, tuple[str, ...]]:
    """Why each dossier is to be discussed."""
    return {item.id: item.redenen for item in agenda.bespreken} | {item.id: () for item in agenda.andere}


def _lines(
    standen: Standen, partner: str, maand: str, op: date, gemaakt_op: date, *, alles: bool
) -> Iterator[tuple["_Line", bool]]:
    """The running dossiers of a partner that the agenda may show, and whether it may tell their texts.

    A track with a meeting of its own goes by its date.
    """
    for dossier in standen.register.per_partner.get(partner, ()):
        versie = standen.register.versie_van(dossier)
        meeting = standen.kalender_van(versie.regels).maand(maand) if versie else None
        if meeting is None or meeting.datum is None or dossier.start is None or dossier.start > meeting.datum:
            continue
        day = min(op, meeting.datum - timedelta(days=1))
        line = _line(standen, dossier, meeting.datum, day)
        shown = line.loopt and (alles or _may_be_shown(standen, dossier, partner, meeting.datum, gemaakt_op))
        if shown and _concerns(standen, dossier, partner, day, meeting.datum):
            yield line, alles or _may_be_read(standen, dossier, partner, day, gemaakt_op)


def _line(standen: Standen, dossier: Dossier, overleg: date, op: date) -> "_Line":
    """The same for every reader of the agenda, and on every day until something of the dossier changes."""
    since = bisect_right(_days_of_change(standen, dossier), op)
    key = "agendalijn", since, overleg
    return standen.once_of(dossier, key, lambda: _Line(standen.stand(dossier, op), overleg))


def _days_of_change(standen: Standen, dossier: Dossier) -> list[date]:
    """The days on which an agenda may begin to say something else of a dossier, in order: of its entries, of what
    closes them, of the decision on its aanmelding, and of every overleg that was dropped for a partner."""
    return standen.once_of(dossier, "wijzigingen", lambda: sorted(_changes(standen, dossier)))


def _changes(standen: Standen, dossier: Dossier) -> set[date]:
    closed = {item.afgesloten for item in dossier.logboek if isinstance(item, Signaal) and item.afgesloten}
    decided = {dossier.aanmelding.besluit.datum} if dossier.aanmelding and dossier.aanmelding.besluit else set()
    versie = standen.register.versie_van(dossier)
    dropped = standen.kalender_van(versie.regels).vervallen if versie else frozenset()
    return {item.datum for item in dossier.logboek} | closed | decided | dropped


def reasons_to_discuss(standen: Standen, dossier: Dossier, overleg: date, op: date) -> tuple[str, ...]:
    """Why an overleg of its track discusses a dossier, from the facts dated up to a date before it.

    In a track that does not join the overleg a question of Vivendo alone (VT-6.2).
    """
    line = _line(standen, dossier, overleg, op)
    if not line.loopt:
        return ()
    reasons = line.redenen
    return reasons if line.stand.regels.overleg else tuple(reden for reden in reasons if reden == "vivendo")


def goes_well(standen: Standen, agenda: Agenda, op: date) -> tuple[LopendDossier, ...]:
    """The evaluations that nobody wants to discuss, less what is recorded by a date: of who guides (VT-6.3)."""
    discussed, dossiers = {item.id for item in agenda.bespreken}, standen.register.dossiers
    return tuple(
        line
        for line in agenda.lopend
        if line.evaluatie
        and line.id not in discussed
        and begeleidt(dossiers[line.id], agenda.partner, line.overleg)
        and not is_recorded(dossiers[line.id], line.overleg, op, line.evaluatie)
    )


def is_recorded(dossier: Dossier, overleg: date, op: date, moment: str | None = None) -> bool:
    """Whether an entry dated up to `op` says what an overleg made of a dossier, or names a moment."""
    entries = [item for item in dossier.logboek if isinstance(item, Overleg) and item.datum <= op]
    return any(item.datum == overleg or (moment is not None and item.moment == moment) for item in entries)


class Meeting(NamedTuple):
    """When and where a partner meets (VT-6.4)."""

    uur: time
    plaats: str
    link: str | None
    vervalt: str | None
    """Why it was dropped."""


def meeting_of(register: Register, partner: str, overleg: Overlegmaand) -> Meeting:
    """The record of the month goes before the partner's own habit, and that before the calendar's hour."""
    own = register.partners[partner].overleg
    verslag = register.verslag(overleg.maand, partner)
    plaats = verslag.plaats or own.plaats
    link = None if plaats == "kantoor" else verslag.link or own.link
    return Meeting(verslag.uur or own.uur or overleg.uur, plaats, link, verslag.vervalt)


def _concerns(standen: Standen, dossier: Dossier, partner: str, op: date, overleg: date) -> bool:
    """P guides it on d or on the overleg's date, or referred."""
    return begeleidt(dossier, partner, overleg) or ziet(standen, dossier, partner, op)


def _may_be_shown(standen: Standen, dossier: Dossier, partner: str, overleg: date, gemaakt_op: date) -> bool:
    """What is made on a day shows what may be seen on that day; a handover still ahead shows on its coming overleg."""
    ahead = overleg >= gemaakt_op and begeleidt(dossier, partner, overleg)
    return ahead or ziet(standen, dossier, partner, gemaakt_op)


def _may_be_read(standen: Standen, dossier: Dossier, partner: str, op: date, gemaakt_op: date) -> bool:
    """The consent holds on the day of the facts and on the day on which the agenda is made (VT-5.0)."""
    return all(leest(standen, dossier, partner, day) for day in (op, gemaakt_op))


class Geteld(NamedTuple):
    """The contacts at home since they are counted, and why some did not take place (VT-2.3)."""

    contacten: Contacten
    redenen: tuple[str, ...]


def count_contacts(items: list[Feit]) -> Geteld | None:
    """The contacts among entries in order of date, since an overleg agreed to count them; None when they are not."""
    agreed = [item for item in items if isinstance(item, Overleg) and item.registratie_contacten is not None]
    if not agreed or not agreed[-1].registratie_contacten:
        return None
    last_off = max((i for i, item in enumerate(agreed) if not item.registratie_contacten), default=-1)
    since = agreed[last_off + 1].datum
    counted = [item for item in items if isinstance(item, Contact) and item.datum >= since]
    missed = [item for item in counted if not item.doorgegaan]
    reasons = tuple(item.reden for item in missed if item.reden)
    return Geteld(Contacten(len(counted) - len(missed), len(missed)), reasons)


def laatste_verloop(items: list[Feit]) -> str | None:
    """The last course that was recorded, among entries in order of date."""
    return next((item.verloop for item in reversed(items) if isinstance(item, Gesprek) and item.verloop), None)


def open_signalen(items: list[Feit], op: date) -> list[Signaal]:
    """Those that are not closed on a date."""
    return [item for item in items if isinstance(item, Signaal) and not (item.afgesloten and item.afgesloten <= op)]


def open_bevindingen(items: list[Feit]) -> Bezoek | None:
    """The last visit that records the state of the dwelling, when it is not good and no overleg came after."""
    last = next((item for item in reversed(items) if isinstance(item, Bezoek) and item.wooncultuur), None)
    if last is None or last.wooncultuur == "goed":
        return None
    after = any(isinstance(item, Overleg) and item.datum > last.datum for item in items)
    return None if after else last


class _Line:
    """What an agenda says of one dossier; texts only for who may read them."""

    def __init__(self, stand: Stand, overleg: date) -> None:
        self.stand = stand
        self.overleg = overleg

    @cached_property
    def loopt(self) -> bool:
        """It runs on the day of the overleg."""
        return self.stand.fase_op(self.overleg) in LOPEND

    @cached_property
    def feiten(self) -> list[Feit]:
        return [item for _, item in self.stand.feiten]

    def lopend(self, leesbaar: bool) -> LopendDossier:
        return self._gelezen if leesbaar else self._ongelezen

    @cached_property
    def _ongelezen(self) -> LopendDossier:
        """Without what needs the tenant's consent (VT-5.0)."""
        return replace(self._gelezen, verloop=None, contacten=None, niet_doorgegaan=())

    @cached_property
    def _gelezen(self) -> LopendDossier:
        dossier, stand = self.stand.dossier, self.stand
        start = dossier.start or self.overleg
        first = stand.eerstvolgende
        counted = count_contacts(self.feiten)
        return LopendDossier(
            id=dossier.id,
            overleg=self.overleg,
            start=start,
            fase=stand.fase_op(self.overleg),
            maand=running_month(start, self.overleg),
            volgende=Volgende(first.id, first.datum) if first else None,
            verloop=self.verloop,
            evaluatie=self.evaluatie,
            contacten=counted.contacten if counted else None,
            niet_doorgegaan=counted.redenen if counted else (),
        )

    def te_bespreken(self, leesbaar: bool) -> TeBespreken:
        return TeBespreken(self.stand.dossier.id, self.redenen if leesbaar else (), self._problematiek(leesbaar))

    def andere(self, leesbaar: bool) -> Andere:
        return Andere(self.stand.dossier.id, self._problematiek(leesbaar))

    @cached_property
    def verloop(self) -> str:
        return laatste_verloop(self.feiten) or "onbekend"

    @cached_property
    def evaluatie(self) -> str | None:
        """The last of the protocol's own overleg moments up to this overleg, when it has no outcome yet."""
        due = [
            plan
            for plan in self.stand.plan
            if plan.herkomst == "protocol"
            and plan.overleg
            and plan.overleg.datum
            and plan.overleg.datum <= self.overleg
        ]
        last = max(due, key=lambda plan: (plan.streefdatum, plan.volgorde), default=None)
        owed = last and not self.stand.uitkomsten(last) and not self.stand.gevallen(last)
        return last.id if last and owed else None

    @cached_property
    def signalen(self) -> list[Signaal]:
        return open_signalen(self.feiten, self.stand.op)

    @cached_property
    def bevindingen(self) -> Bezoek | None:
        return open_bevindingen(self.feiten)

    @cached_property
    def besprekingen(self) -> list[Bespreking]:
        """The requests that count for this overleg: the first one later than their date."""
        asked = [item for item in self.feiten if isinstance(item, Bespreking)]
        return [item for item in asked if self.stand.kalender.na(item.datum).datum == self.overleg]

    @cached_property
    def redenen(self) -> tuple[str, ...]:
        termijnen, asked = self.stand.termijnen, {item.gevraagd_door for item in self.besprekingen}
        extended = bool(termijnen.verlengingen) and not termijnen.wacht_sinds and not termijnen.sluiting
        holds = {
            "signaal": bool(self.signalen),
            "verloop": self.verloop == "moeilijk",
            "bevindingen": self.bevindingen is not None,
            "evaluatie": self.evaluatie is not None and self.verloop == "onbekend",
            "verlenging": extended,
            "besluit": termijnen.wacht_sinds is not None,
            "partner": "partner" in asked,
            "vivendo": "vivendo" in asked,
        }
        return tuple(reden for reden, holding in holds.items() if holding)

    def _problematiek(self, leesbaar: bool) -> tuple[str, ...]:
        """The texts of the open signals, of the requests that count, and of the findings."""
        if not leesbaar:
            return ()
        findings = self.bevindingen
        return (
            *(item.omschrijving for item in self.signalen),
            *(item.reden for item in self.besprekingen),
            *((findings.bevindingen,) if findings and findings.bevindingen else ()),
        )
