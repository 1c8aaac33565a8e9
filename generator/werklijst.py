"""What is to be done on a date, the most urgent first: nothing of the month is forgotten (VT-6.2 to VT-6.5).

One small function a kind, listed at the end. A task tells a reference, a moment and dates, never a text of a dossier.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import zip_longest

from generator.agenda import make_agenda, open_signalen, reasons_to_discuss
from generator.bewaring import te_verwijderen_sinds
from generator.eenmaal import cached_property
from generator.kalender import Kalender, Overlegmaand, feestdag
from generator.model.dossier import TOESTEMMING, Afwezigheid, Bezoek, Dienst, Dossier, Informatievraag, Overleg
from generator.model.protocol import OverlegVerslag, Werklijstregels
from generator.model.view import Taak
from generator.register import Register
from generator.traject import GESLOTEN, LOPEND, Moment, Stand, Standen, feiten, outlasts
from generator.uitleg import rule_of, title_of
from generator.zicht import begeleidt, leest, ziet

TERUG = timedelta(days=366)
"""How long an overleg that is not rounded off stays on the list."""
VOORUIT = timedelta(days=366)
"""How far ahead a holiday is told."""
BEZOEK_VOORUIT = timedelta(days=30)
"""How far ahead a partner's visits are told."""


def make_werklijst(standen: Standen, op: date) -> list[Taak]:
    """The coordinators' list: a danger first, then by the day on which it is due; what only tidies up comes last."""
    tasks = [task for kind in PER_OVERLEG for task in kind(standen, op)]
    for dossier in standen.register.dossiers.values():
        zaak = _Zaak(standen, dossier, op)
        tasks += [task for kind in PER_DOSSIER for task in kind(zaak)]
    return _in_order(tasks)


def make_partnerlijst(standen: Standen, partner: str, op: date) -> list[Taak]:
    """What one partner is asked: nothing of a dossier that it may not see on that day (VT-4, VT-5.0)."""
    tasks: list[Taak] = []
    for dossier in standen.register.per_partner.get(partner, ()):
        if ziet(standen, dossier, partner, op):
            zaak = _Zaak(standen, dossier, op)
            tasks += [replace(task, partner=partner) for kind in PER_PARTNER for task in kind(zaak, partner)]
    return _in_order(tasks)


def _in_order(tasks: list[Taak]) -> list[Taak]:
    """The most urgent first; what two facts ask in the same words is asked once."""
    return sorted(dict.fromkeys(tasks), key=_urgency)


def _urgency(task: Taak) -> tuple[int, date, str, str, str, str]:
    place = {"veiligheid": 0, "bewaartermijn": 2}.get(task.soort, 1)
    return (place, task.tegen, task.soort, task.id or "", task.partner or "", task.reden)


@dataclass(frozen=True)
class _Zaak:
    """One dossier on the day of the list."""

    standen: Standen
    dossier: Dossier
    op: date

    @property
    def register(self) -> Register:
        return self.standen.register

    @property
    def regels(self) -> Werklijstregels:
        return self.register.organisatie.werklijst

    @cached_property
    def stand(self) -> Stand:
        return self.standen.stand(self.dossier, self.op)

    @property
    def loopt(self) -> bool:
        return self.stand.fase in LOPEND

    @property
    def dienst(self) -> str:
        return self.register.organisatie.dienst

    def taak(self, soort: str, reden: str, regel: str, tegen: date, wie: str | None = None) -> Taak:
        return Taak(soort, self.dossier.id, self.dossier.traject, self.partner, reden, regel, tegen, wie or self.dienst)

    @property
    def partner(self) -> str | None:
        """Who guides, else who referred."""
        return self.stand.partner_op(self.op) or self.dossier.aanmelder

    def begeleider(self, op: date) -> str:
        """The worker on a date by function code, or who replaces that worker; beside the name of the service."""
        periode, away = self.dossier.begeleiding_op(op), self.afwezig(op)
        if periode is None:
            return self.dienst
        return f"{_name(self.register, periode.partner)}, {(away and away.vervanger) or periode.begeleider}"

    def afwezig(self, op: date) -> Afwezigheid | None:
        """The last absence of the worker who guides on a date, when it is not over by then."""
        periode = self.dossier.begeleiding_op(op)
        absences = [item for _, item in feiten(self.dossier, self.op) if isinstance(item, Afwezigheid)]
        last = next((item for item in reversed(absences) if periode and periode.vanaf <= item.datum), None)
        return last if last and (last.tot is None or op <= last.tot) else None

    @cached_property
    def overdue(self) -> list[Moment]:
        """What should have taken place: of a kind the last one, for that takes the place of those before it."""
        passed = [moment for moment in self.stand.momenten if moment.status in ("gehouden", "te-laat")]
        last = {_kind(m): m for m in sorted(passed, key=lambda m: (m.streefdatum, m.plan.volgorde)) if _kind(m)}
        return [moment for moment in last.values() if moment.status == "te-laat"]

    def open_visits(self) -> Iterator[Moment]:
        return (moment for moment in self.stand.momenten if moment.open and moment.soort != "overleg")


def _known(day: date | None, op: date) -> bool:
    """Whether something was done by a date."""
    return day is not None and day <= op


def _name(register: Register, partner: str | None) -> str:
    return register.partners[partner].naam if partner in register.partners else partner or ""


def _kind(moment: Moment) -> str | None:
    """Of what a moment takes the place; None: each agenda asks it anew, for as long as it is needed."""
    match moment.plan.herkomst:
        case "verlenging" | "besluit":
            return None
        case "extra":
            return moment.id
    return moment.soort


# Of a dossier.


def safety(zaak: _Zaak) -> Iterator[Taak]:
    """A danger to somebody's safety is open: the first thing to do (VT-5.3)."""
    for item in open_signalen([item for _, item in feiten(zaak.dossier, zaak.op)], zaak.op):
        if item.aard == "veiligheid":
            yield zaak.taak("veiligheid", "gevaar gemeld, nog niet afgesloten", "VT-5.3", item.datum)


def overdue(zaak: _Zaak) -> Iterator[Taak]:
    """A moment that should have taken place (VT-6.1, VT-7.2, WW-5, or the rule that the protocol gives it)."""
    for moment in zaak.overdue:
        due = moment.datum if moment.afspraak or moment.plan.overleg else moment.streefdatum
        what = "de afspraak is voorbij, zonder verslag" if moment.afspraak else "nog niet gehouden"
        yield zaak.taak("te-laat", f"{title_of(moment)}: {what}", _rule(moment, zaak), due, _planner(zaak, moment))


def to_plan(zaak: _Zaak) -> Iterator[Taak]:
    """A visit or evaluation without appointment, some weeks before it is due (VT-7.1, VT-7.2, VT-7.3, WW-5)."""
    ahead = timedelta(weeks=zaak.regels.bezoek_plannen_weken)
    for moment in zaak.open_visits():
        if moment.status == "te-plannen" and zaak.op >= moment.streefdatum - ahead:
            text = f"{title_of(moment)}: maak een afspraak"
            yield zaak.taak("plannen", text, _rule(moment, zaak), moment.streefdatum, _planner(zaak, moment))


def unconfirmed(zaak: _Zaak) -> Iterator[Taak]:
    """A home visit is near, and its worker did not say to be there (VT-7.1)."""
    until = zaak.op + timedelta(days=zaak.regels.bezoek_bevestigen_dagen)
    for moment in zaak.open_visits():
        near = moment.soort == "huisbezoek" and moment.afspraak and zaak.op <= moment.datum <= until
        if near and not _is_confirmed(zaak, moment):
            text = f"{title_of(moment)}: de begeleider bevestigde nog niet"
            yield zaak.taak("bevestigen", text, _rule(moment, zaak), moment.datum, zaak.begeleider(moment.datum))


def _is_confirmed(zaak: _Zaak, moment: Moment) -> bool:
    """The appointment says since when its worker is sure to be there."""
    visits = (item for item in zaak.dossier.logboek if isinstance(item, Bezoek) and not item.afgelast)
    days = [item.bevestigd for item in visits if (item.moment, item.datum) == (moment.id, moment.datum)]
    return any(day is not None and day <= zaak.op for day in days)


def decision(zaak: _Zaak) -> Iterator[Taak]:
    """The final evaluation left a decision open, or the last overleg before it took none (VT-7.3)."""
    stand, final = zaak.stand, zaak.stand.regels.eindevaluatie
    if not zaak.loopt or final is None:
        return
    rule, waiting = final.regel or "VT-7.3", stand.termijnen.wacht_sinds
    if waiting:
        text = "besluit nodig: de eindevaluatie liet het open"
        yield zaak.taak("besluit", text, rule, stand.einde or waiting)
    elif stand.regels.verlenging and stand.onbeslist and stand.einde:
        text = "besluit nodig: het overleg besliste nog niet of de begeleiding eindigt of verlengt"
        yield zaak.taak("besluit", text, rule, stand.einde)


def documents(zaak: _Zaak) -> Iterator[Taak]:
    """The consent or another document is missing (VT-5.0, VT-1, WW-4, WW-5)."""
    dossier, start = zaak.dossier, zaak.dossier.start
    if zaak.stand.fase in GESLOTEN:
        return
    for key, regel in zaak.stand.regels.documenten.items():
        signed = dossier.documenten.get(key, ())
        if key == TOESTEMMING:
            if not dossier.toestemming_op(zaak.op):
                withdrawn = [item.ingetrokken for item in signed if item.ingetrokken and item.ingetrokken <= zaak.op]
                text = f"toestemming van de huurder {'ingetrokken' if withdrawn else 'ontbreekt'}"
                yield zaak.taak("document", text, regel.regel, max(withdrawn, default=start or zaak.op))
        elif regel.voor and start and not any(item.ondertekend and item.ondertekend <= zaak.op for item in signed):
            yield zaak.taak("document", f"document ontbreekt: {regel.titel}", regel.regel, start)


def gap(zaak: _Zaak) -> Iterator[Taak]:
    """Nobody guides, or nobody will: the last partner finds another (VT-4)."""
    start, end = zaak.dossier.start, zaak.stand.einde
    if start is None or zaak.stand.fase in GESLOTEN:
        return
    periods = sorted(zaak.dossier.begeleiding, key=lambda periode: periode.vanaf)
    for periode, then in zip_longest(periods, periods[1:]):
        if periode.tot is None:
            continue
        first = max(periode.tot + timedelta(days=1), start)
        taken_over = then and then.vanaf <= max(first, zaak.op)
        beyond = end and (first >= end if zaak.stand.sluiting else first > max(end, zaak.op))
        if not taken_over and not beyond:
            text = "vanaf dan begeleidt niemand: zoek een andere organisatie"
            task = zaak.taak("geen-begeleiding", text, "VT-4", first, _name(zaak.register, periode.partner))
            yield replace(task, partner=periode.partner)


def absent(zaak: _Zaak) -> Iterator[Taak]:
    """The worker is out, and no replacement is known: the partner tells who it is (VT-3.1)."""
    away = zaak.afwezig(zaak.op)
    if zaak.loopt and away and not away.vervanger:
        text = "de begeleider is afwezig, en een vervanger is niet bekend"
        yield zaak.taak("afwezig", text, "VT-3.1", away.datum, _name(zaak.register, zaak.partner))


def question(zaak: _Zaak) -> Iterator[Taak]:
    """A question to the partner waits for its answer (VT-5.2)."""
    if zaak.stand.fase in GESLOTEN:
        return
    for item in _questions(zaak):
        text = "onze vraag over de begeleiding is nog niet beantwoord"
        due = item.datum + timedelta(days=zaak.regels.antwoord_dagen)
        yield zaak.taak("vraag", text, "VT-5.2", due, _name(zaak.register, zaak.partner))


def _questions(zaak: _Zaak) -> Iterator[Informatievraag]:
    for _, item in feiten(zaak.dossier, zaak.op):
        if isinstance(item, Informatievraag) and not (item.beantwoord and item.beantwoord <= zaak.op):
            yield item


def outcome(zaak: _Zaak) -> Iterator[Taak]:
    """It stood on the agenda of a past overleg, and no entry of that day or later says what came of it (VT-6.5)."""
    start, kalender = zaak.dossier.start, zaak.stand.kalender
    if not zaak.loopt or start is None:
        return
    entries = (item.datum for _, item in feiten(zaak.dossier, zaak.op) if isinstance(item, Overleg))
    since = max(entries, default=start - timedelta(days=1))
    for overleg in _past(zaak.register, kalender, zaak.op):
        if overleg.datum and overleg.datum > since and _stood_open(zaak, overleg, overleg.datum):
            text = "stond op de agenda van dit overleg, en heeft er geen verslag van"
            yield replace(zaak.taak("uitkomst", text, "VT-6.5", overleg.datum), maand=overleg.maand)


def _stood_open(zaak: _Zaak, overleg: Overlegmaand, day: date) -> bool:
    """Whether it was to be discussed there, and not for an evaluation alone: that one is told when it is overdue."""
    month = zaak.standen.kalender.maand(overleg.maand)
    guide = zaak.register.verslag(overleg.maand, zaak.stand.partner_op(day) or "")
    if month is None or month.datum is None or guide.vervalt or guide.gehouden is False:
        return False
    told = any(moment.soort == "overleg" and moment.datum == day for moment in zaak.overdue)
    reasons = reasons_to_discuss(zaak.standen, zaak.dossier, day, day - timedelta(days=1))
    return not told and bool(set(reasons) - {"evaluatie"})


def service(zaak: _Zaak) -> Iterator[Taak]:
    """A service waits longer than the term (WW-10)."""
    if not (zaak.loopt and zaak.stand.regels.stuurgroep):
        return
    for _, item in feiten(zaak.dossier, zaak.op):
        if isinstance(item, Dienst) and (end := outlasts(zaak.stand.einde, item, zaak.op)):
            yield zaak.taak("dienst", "een dienst wacht langer dan de termijn", "WW-10", end)


def anchor(zaak: _Zaak) -> Iterator[Taak]:
    """Support ended well, and nobody stays to turn to (WW-11)."""
    sluiting = zaak.stand.sluiting
    ended = zaak.stand.fase == "afgerond" and zaak.stand.regels.ankerfiguur and not zaak.dossier.ankerfiguur
    follow_ups = (zaak.standen.stand(other, zaak.op) for other in zaak.register.vervolgen.get(zaak.dossier.id, ()))
    if sluiting and ended and all(stand.fase == "geweigerd" for stand in follow_ups):
        yield zaak.taak("ankerfiguur", "goed afgerond zonder ankerfiguur", "WW-11", sluiting.datum)


def decided(zaak: _Zaak) -> Iterator[Taak]:
    """The aanmelder is told of each decision on an aanmelding (WW-11)."""
    aanmelding = zaak.dossier.aanmelding
    besluit = aanmelding.besluit if aanmelding else None
    since = max(zaak.op - TERUG, zaak.regels.vanaf or date.min)
    if not aanmelding or not besluit or not since <= besluit.datum <= zaak.op:
        return
    verslag = zaak.register.verslag(f"{besluit.datum:%Y-%m}", aanmelding.partner)
    told = verslag.aanmelding_op(zaak.dossier.id, besluit.datum)
    if not _known(told, zaak.op) and ziet(zaak.standen, zaak.dossier, aanmelding.partner, zaak.op):
        due = besluit.datum + timedelta(days=zaak.regels.conclusies_dagen)
        task = zaak.taak("aanmelding", "het besluit meedelen aan de aanmelder", "WW-11", due)
        yield replace(task, partner=aanmelding.partner)


def retention(zaak: _Zaak) -> Iterator[Taak]:
    """It has been kept for as long as the organisation says."""
    if due := te_verwijderen_sinds(zaak.standen, zaak.dossier, zaak.op):
        yield zaak.taak("bewaartermijn", "de bewaartermijn is voorbij: verwijder het dossier", "PRIVACY", due)


def _rule(moment: Moment, zaak: _Zaak) -> str:
    own = {"overleg": "VT-6.1", "huisbezoek": "VT-7.2", "evaluatie": "WW-5"}
    return rule_of(moment, zaak.stand.regels) or own[moment.soort]


def _planner(zaak: _Zaak, moment: Moment) -> str:
    """The company plans home visits and the overleg; an evaluation is the worker's (VT-7.1, WW-5)."""
    return zaak.begeleider(max(moment.datum, zaak.op)) if moment.soort == "evaluatie" else zaak.dienst


# Of an overleg.


def notice(standen: Standen, op: date) -> Iterator[Taak]:
    """The notice of the coming overleg is to be sent (VT-6.2)."""
    register = standen.register
    overleg = standen.kalender.eerste_vanaf(op)
    due, ahead = overleg.aankondiging, timedelta(days=register.organisatie.werklijst.aankondiging_dagen)
    if due is None or op < due - ahead:
        return
    for partner, verslag in _partners(register, overleg.maand):
        agenda = make_agenda(standen, partner, overleg.maand, op, op, alles=True)
        if (agenda.lopend or agenda.andere) and not _known(verslag.aankondiging_op, op) and not verslag.vervalt:
            text = "de aankondiging van het overleg versturen"
            yield _of_overleg(register, "aankondiging", text, "VT-6.2", due, overleg, partner)


def conclusions(standen: Standen, op: date) -> Iterator[Taak]:
    """An overleg took place, and its conclusions are not sent (VT-6.5)."""
    register = standen.register
    within = timedelta(days=register.organisatie.werklijst.conclusies_dagen)
    for overleg in _past(register, standen.kalender, op):
        for partner, verslag in _partners(register, overleg.maand):
            if overleg.datum and not _known(verslag.conclusies_op, op) and took_place(standen, partner, overleg):
                text = "de conclusies van het overleg versturen"
                due = overleg.datum + within
                yield _of_overleg(register, "conclusies", text, "VT-6.5", due, overleg, partner)


def uncertain(standen: Standen, op: date) -> Iterator[Taak]:
    """The mail server never said whether it took a mail: only people can find out (VT-6.2, VT-6.5, WW-11)."""
    register = standen.register
    for maand, verslagen in register.verslagen.items():
        for partner, verslag in verslagen.items():
            sent = verslag.verzonden
            for soort, regel, dossier, item in (
                ("aankondiging", "VT-6.2", None, sent.aankondiging),
                ("conclusies", "VT-6.5", None, sent.conclusies),
                *(("besluit", "WW-11", name, item) for name, item in sent.aanmeldingen.items()),
            ):
                if item and item.stand == "onzeker" and op - TERUG <= item.op <= op:
                    text = f"vraag of de mail ({soort}) aankwam, en vul dan ‘stand’ in: verstuurd of geweigerd"
                    dienst = register.organisatie.dienst
                    yield Taak("mail-onzeker", dossier, None, partner, text, regel, item.op, dienst, maand)


def took_place(standen: Standen, partner: str, overleg: Overlegmaand) -> bool:
    """The overleg of a partner was held: its record says so, or a dossier of the partner has an entry of that day."""
    register = standen.register
    verslag = register.verslag(overleg.maand, partner)
    if verslag.vervalt or verslag.gehouden is not None or overleg.datum is None:
        return bool(verslag.gehouden) and not verslag.vervalt
    return any(
        _discussed(standen, dossier, partner, overleg.maand) for dossier in register.per_partner.get(partner, ())
    )


def _discussed(standen: Standen, dossier: Dossier, partner: str, maand: str) -> bool:
    """Whether it has an entry of the overleg of its track in a month, while the partner guided or referred."""
    versie = standen.register.versie_van(dossier)
    meeting = standen.kalender_van(versie.regels).maand(maand) if versie else None
    days = {item.datum for item in dossier.logboek if isinstance(item, Overleg)}
    day = meeting.datum if meeting and meeting.datum in days else None
    return day is not None and (dossier.aanmelder == partner or begeleidt(dossier, partner, day))


def holiday(standen: Standen, op: date) -> Iterator[Taak]:
    """An overleg or its notice falls on a public holiday, also that of a track with a rule of its own (VT-6.2)."""
    versies = (standen.register.versie_op(traject, op) for traject in standen.register.trajecten)
    own = (standen.kalender_van(versie.regels) for versie in versies if versie)
    for kalender in dict.fromkeys((standen.kalender, *own)):
        for overleg in (month for year in range(op.year - 1, op.year + 2) for month in kalender.jaar(year)):
            for what, day in (("overleg", overleg.datum), ("aankondiging", overleg.aankondiging)):
                if day and op <= day <= op + VOORUIT and (name := feestdag(day)):
                    text = f"{what} op een feestdag ({name}): kies een andere datum"
                    yield _of_overleg(standen.register, "feestdag", text, "VT-6.2", day, overleg)


def _of_overleg(
    register: Register,
    soort: str,
    reden: str,
    regel: str,
    tegen: date,
    overleg: Overlegmaand,
    partner: str | None = None,
) -> Taak:
    return Taak(soort, None, None, partner, reden, regel, tegen, register.organisatie.dienst, overleg.maand)


def _past(register: Register, kalender: Kalender, op: date) -> Iterator[Overlegmaand]:
    """Every overleg of the year before, since the register is worked with."""
    first = max(op - TERUG, register.organisatie.werklijst.vanaf or date.min)
    return kalender.tussen(first - timedelta(days=1), op - timedelta(days=1))


def _partners(register: Register, maand: str) -> Iterator[tuple[str, OverlegVerslag]]:
    return ((partner, register.verslag(maand, partner)) for partner in register.partners)


# Of a partner.


def to_answer(zaak: _Zaak, partner: str) -> Iterator[Taak]:
    """A question to this partner: where it may read the dossier (VT-5.0, VT-5.2)."""
    if partner == zaak.partner and leest(zaak.standen, zaak.dossier, partner, zaak.op):
        yield from question(zaak)


def to_join(zaak: _Zaak, partner: str) -> Iterator[Taak]:
    """A visit that its worker is expected to join (VT-7.1)."""
    until = zaak.op + BEZOEK_VOORUIT
    for moment in zaak.open_visits():
        if moment.afspraak and zaak.op <= moment.datum <= until and begeleidt(zaak.dossier, partner, moment.datum):
            hour = f" om {moment.uur:%H.%M} uur" if moment.uur else ""
            asked = moment.soort == "huisbezoek" and not _is_confirmed(zaak, moment)
            text = f"{title_of(moment)}{hour}{': is de begeleider erbij?' if asked else ''}"
            soort = "bevestigen" if asked else "bezoek"
            yield zaak.taak(soort, text, _rule(moment, zaak), moment.datum, zaak.begeleider(moment.datum))


def to_discuss(zaak: _Zaak, partner: str) -> Iterator[Taak]:
    """Until the eve of the overleg the guiding partner may still ask to discuss what is not on its agenda (VT-6.3)."""
    overleg = zaak.stand.kalender.na(zaak.op)
    if not zaak.stand.regels.overleg or not overleg.datum or not begeleidt(zaak.dossier, partner, zaak.op):
        return
    runs = zaak.stand.fase_op(overleg.datum) in LOPEND
    known = reasons_to_discuss(zaak.standen, zaak.dossier, overleg.datum, zaak.op)
    if runs and not known and not zaak.stand.kalender.vervalt_voor(overleg, partner):
        text = "kan nog op de agenda van het volgende overleg"
        yield zaak.taak("agenda", text, "VT-6.3", overleg.datum - timedelta(days=1), _name(zaak.register, partner))


PER_DOSSIER: tuple[Callable[[_Zaak], Iterator[Taak]], ...] = (
    safety,
    overdue,
    to_plan,
    unconfirmed,
    decision,
    documents,
    gap,
    absent,
    question,
    outcome,
    service,
    anchor,
    decided,
    retention,
)
PER_OVERLEG: tuple[Callable[[Standen, date], Iterator[Taak]], ...] = (notice, conclusions, uncertain, holiday)
PER_PARTNER: tuple[Callable[[_Zaak, str], Iterator[Taak]], ...] = (to_answer, to_join, to_discuss)
