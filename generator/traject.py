"""A dossier, its rules and a date → phase, end and moments. The whole logic of terms stands here, once."""

import re
from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any, Literal, NamedTuple, TypeGuard, TypeVar, cast

from generator.eenmaal import cached_property
from generator.kalender import Kalender, Overlegmaand, add_months, first_workday
from generator.model.dossier import Bezoek, Dienst, Dossier, Feit, Informatievraag, Overleg, Signaal, Stopzetting
from generator.model.protocol import EigenOverleg, MomentRegel, Soort, Trajectregels
from generator.register import Register, Versie

T = TypeVar("T")
Fase = Literal["aangemeld", "geweigerd", "lopend", "verlenging", "wacht-op-besluit", "afgerond", "stopgezet"]
Status = Literal["te-plannen", "gepland", "gehouden", "te-laat", "vervallen"]
LOPEND: tuple[Fase, ...] = ("lopend", "verlenging", "wacht-op-besluit")
GESLOTEN: tuple[Fase, ...] = ("geweigerd", "stopgezet", "afgerond")
MAX_MAANDEN = 1200  # a term never gets past a century, forth or back, whatever a file says


class Verlengd(NamedTuple):
    """An extension, and the date of the first decision since which it has stood."""

    maanden: int
    beslist: date


class Sluiting(NamedTuple):
    """A known closing; its date may lie ahead."""

    datum: date
    fase: Fase


class Beslisfout(NamedTuple):
    """A decision that cannot be: number of the entry in the logboek (from 0), its key, rule and text."""

    nummer: int
    sleutel: str
    code: str
    text: str


class Planmoment(NamedTuple):
    """A moment that must take place, before anyone looks at what did."""

    id: str
    soort: Soort
    streefdatum: date
    herkomst: Literal["protocol", "einde", "verlenging", "besluit", "extra"]
    regel: MomentRegel | None = None
    """The protocol's own line, for `protocol` and `einde`."""
    maanden: int | None = None
    """Months after the start."""
    verlenging: int = 0
    """Which extension asks it: 0 for the first term."""
    overleg: Overlegmaand | None = None
    """The overleg it is for: the first on or after the streefdatum."""
    volgorde: tuple[int, int] = (0, 0)


class Moment(NamedTuple):
    """A moment on a date: where it stands."""

    plan: Planmoment
    datum: date
    uur: time | None
    status: Status
    afspraak: bool
    """`datum` comes from an entry of the logboek."""
    afgelast: bool
    """Entries name it, and all are called off."""

    @property
    def id(self) -> str:
        return self.plan.id

    @property
    def soort(self) -> Soort:
        return self.plan.soort

    @property
    def streefdatum(self) -> date:
        return self.plan.streefdatum

    @property
    def open(self) -> bool:
        return self.status not in ("gehouden", "vervallen")


def is_uitkomst(item: Feit) -> TypeGuard[Overleg | Bezoek]:
    """Every overleg is an outcome; a visit or evaluation when it says how it went."""
    return isinstance(item, Overleg) or (isinstance(item, Bezoek) and item.heeft_uitkomst)


def feiten(dossier: Dossier, op: date) -> list[tuple[int, Feit]]:
    """The entries dated up to a date, with their index, in order of date; of one date as in the file."""
    return [fact for fact in op_datum(dossier) if fact[1].datum <= op]


def op_datum(dossier: Dossier) -> list[tuple[int, Feit]]:
    """Every entry with its index, in order of date; of one date as in the file."""
    return sorted(enumerate(dossier.logboek), key=lambda fact: fact[1].datum)


def zoals_op(dossier: Dossier, op: date) -> Dossier:
    """The dossier as it stood on a date: a later visit is an appointment, whatever else it says; other later facts
    do not exist yet."""
    aanmelding = dossier.aanmelding
    if aanmelding and aanmelding.besluit and aanmelding.besluit.datum > op:
        aanmelding = aanmelding.model_copy(update={"besluit": None})
    documenten = {
        key: tuple(
            item if not item.ingetrokken or item.ingetrokken <= op else item.model_copy(update={"ingetrokken": None})
            for item in items
            if item.ondertekend and item.ondertekend <= op
        )
        for key, items in dossier.documenten.items()
    }
    logboek = tuple(_zoals_op(dossier.logboek[index], op) for index in bekend(dossier, op))
    return dossier.model_copy(update={"aanmelding": aanmelding, "documenten": documenten, "logboek": logboek})


def bekend(dossier: Dossier, op: date) -> list[int]:
    """The entries of the logboek that exist on a date, by index in the order of the file: what is later does not,
    unless it is a visit."""
    return [i for i, item in enumerate(dossier.logboek) if item.datum <= op or isinstance(item, Bezoek)]


_SLUIT: dict[type, str] = {Signaal: "afgesloten", Informatievraag: "beantwoord", Dienst: "gestart"}
"""The date at which an entry of a kind is closed."""


def _zoals_op(item: Feit, op: date) -> Feit:
    """An entry less what was not known yet: the results of a later visit, a later closing or answer."""
    name = _SLUIT.get(type(item))
    day = getattr(item, name) if name else None
    later: dict[str, Any] = {name: None} if name and day and day > op else {}
    if "beantwoord" in later:
        later["antwoord"] = None
    if item.datum > op:
        later |= dict.fromkeys(
            ("verloop", "wooncultuur", "bevindingen", "besluit", "maanden", "voorwaarde", "bevestigd")
        )
        later["aanwezig"] = ()
    return item.model_copy(update=later) if later else item


@dataclass
class Termijnen:
    """What the entries up to a date make of the terms, read one by one in order of date (VT-7.3, VT-7.4)."""

    dossier: Dossier
    regels: Trajectregels
    feiten: list[tuple[int, Feit]]
    gemaakt: list[Verlengd] = field(default_factory=list)
    """Extensions of which the term has begun to count: c of them."""
    staand: Verlengd | None = None
    """An extension decided before the final evaluation of term c is held."""
    positief: bool = False
    """`positief` is the standing decision."""
    wacht_sinds: date | None = None
    """Date of the final evaluation that left it waiting for a decision."""
    gebreken: bool = False
    """That visit found serious defects."""
    wachtten: list[date] = field(default_factory=list)
    """The final evaluations that ever left it waiting."""
    sluiting: Sluiting | None = None
    fouten: list[Beslisfout] = field(default_factory=list)

    def __post_init__(self) -> None:
        for index, item in self.feiten:
            if isinstance(item, Stopzetting):
                if not self.sluiting or item.datum <= self.sluiting.datum:
                    self.sluiting = Sluiting(item.datum, "stopgezet")
            elif self.dossier.start and is_uitkomst(item):
                self._read(index, item)

    @property
    def c(self) -> int:
        return len(self.gemaakt)

    @property
    def verlengingen(self) -> list[Verlengd]:
        """Every extension that exists: one decided exists at once."""
        return [*self.gemaakt, self.staand] if self.staand else self.gemaakt

    @property
    def basis(self) -> int | None:
        """Months of term 0."""
        return termijn_van(self.dossier, self.regels)

    def einde(self, c: int) -> date | None:
        """E_c: always counted from the start."""
        if self.dossier.start is None or self.basis is None:
            return None
        months = self.basis + sum(verlengd.maanden for verlengd in self.verlengingen[:c])
        return add_months(self.dossier.start, max(-MAX_MAANDEN, min(months, MAX_MAANDEN)))

    def _read(self, index: int, item: Overleg | Bezoek) -> None:
        if isinstance(item, Bezoek):
            if item.besluit in ("positief", "toewijzing") and item.wooncultuur == "ernstige-gebreken":
                self._fout(
                    index, "VT-7.3", f"‘{item.besluit}’ kan niet bij ernstige gebreken: laat het besluit hier weg"
                )
            self._read_bezoek(index, item)
        elif item.besluit:
            self._read_overleg(index, item)

    def _read_overleg(self, index: int, item: Overleg) -> None:
        if self.sluiting:
            self._fout(
                index, "GESLOTEN", f"de sluiting op {self.sluiting.datum} staat al vast: dit besluit kan niet meer"
            )
        elif item.besluit in ("toewijzing", "negatief"):
            self._fout(index, "WW-6", f"‘{item.besluit}’ hoort bij een eindevaluatie, niet bij een overleg")
        elif item.besluit == "verlengen":
            self._extend(index, item)
        elif self.wacht_sinds:
            if self.gebreken:
                self._fout(
                    index, "VT-7.3", "na ernstige gebreken bij de eindevaluatie kan het overleg alleen verlengen"
                )
            self.wacht_sinds, self.sluiting = None, Sluiting(item.datum, "afgerond")
        else:
            self.staand, self.positief = None, True

    def _extend(self, index: int, item: Overleg) -> None:
        end = self.einde(self.c)
        if self.staand and end and item.datum > end:
            text = f"er is al een verlenging beslist en de eindevaluatie van {end} is nog niet gehouden"
            self._fout(index, "VT-7.4", f"{text}: noteer die eerst")
        self.positief = False
        self.staand = Verlengd(item.maanden or 0, self.staand.beslist if self.staand else item.datum)
        if self.wacht_sinds:
            self.wacht_sinds = None
            self._begin_next_term()
        self._check_end(index, item)

    def _read_bezoek(self, index: int, item: Bezoek) -> None:
        term = self.term_of(item.moment)
        if term == self.c + 1 and self.staand and not self.sluiting:
            self._begin_next_term()
        if term == self.c and not self.wacht_sinds and not self.sluiting:
            self._hold_final_evaluation(index, item)
        elif item.besluit:
            self._decide_at_visit(index, item)

    def _hold_final_evaluation(self, index: int, item: Bezoek) -> None:
        other_term = item.besluit == "verlengen" and self.staand and item.maanden != self.staand.maanden
        if self.staand and (item.besluit == "positief" or other_term):
            text = f"het overleg besliste al om met {self.staand.maanden} maanden te verlengen: kijk beide besluiten na"
            self._fout(index, "VT-7.3", text)
        if item.besluit == "verlengen":
            self.staand = Verlengd(item.maanden or 0, self.staand.beslist if self.staand else item.datum)
        elif item.besluit:
            self.staand = None
        undone = item.wooncultuur == "ernstige-gebreken"
        if self.staand:
            self._begin_next_term()
            if item.besluit:
                self._check_end(index, item)
        elif item.besluit == "negatief":
            self.sluiting = Sluiting(item.datum, "stopgezet")
        elif item.besluit or (self.positief and not undone):
            end = self.einde(self.c) if isinstance(self.regels.termijn, int) else None
            self.sluiting = Sluiting(max(item.datum, end or item.datum), "afgerond")
        else:
            self.wacht_sinds, self.gebreken = item.datum, undone
            self.wachtten.append(item.datum)

    def _decide_at_visit(self, index: int, item: Bezoek) -> None:
        """In a track that does not join the overleg a later visit or evaluation decides while the dossier waits."""
        if self.sluiting:
            self._fout(
                index, "GESLOTEN", f"de sluiting op {self.sluiting.datum} staat al vast: dit besluit kan niet meer"
            )
        elif self.wacht_sinds and not self.regels.overleg and item.besluit != "verlengen":
            self.wacht_sinds = None
            self.sluiting = Sluiting(item.datum, "stopgezet" if item.besluit == "negatief" else "afgerond")
        else:
            self._fout(
                index, "VT-7.3", "een besluit hoort niet bij dit bezoek, wel bij de eindevaluatie: schrap het hier"
            )

    def _begin_next_term(self) -> None:
        if self.staand:
            self.gemaakt = [*self.gemaakt, self.staand]
        self.staand, self.positief = None, False

    def _check_end(self, index: int, item: Overleg | Bezoek) -> None:
        end = self.einde(len(self.verlengingen))
        if end and end <= item.datum:
            self._fout(
                index,
                "VT-7.4",
                f"de verlenging loopt tot {end}, niet later dan dit besluit: kies meer maanden",
                "maanden",
            )

    def term_of(self, moment: str | None) -> int | None:
        """Which term a moment is the final evaluation of, by its id."""
        final = self.regels.eindevaluatie
        if final is None or moment is None:
            return None
        if moment == final.id:
            return 0
        found = re.fullmatch(re.escape(final.id) + r"-verlenging-([1-9]\d{0,2})", moment)
        return int(found[1]) if found else None

    def _fout(self, index: int, code: str, text: str, sleutel: str = "besluit") -> None:
        self.fouten.append(Beslisfout(index, sleutel, code, text))


def own_moments(dossier: Dossier, regels: Trajectregels, kalender: Kalender) -> Iterator[Planmoment]:
    """The moments of the protocol in term 0: they depend on the start alone (VT-6.1, VT-7.1, VT-7.3, WW-5)."""
    if dossier.start is None:
        return
    for order, regel in enumerate(regels.momenten):
        if isinstance(regel.na, int):
            names = {regel.na: regel.id}
        else:
            step, term = regel.elke or MAX_MAANDEN, termijn_van(dossier, regels) or 0
            names = {months: f"{regel.id}-{months}m" for months in range(step, term, step)}
        for months, name in names.items():
            streef = add_months(dossier.start, months)
            overleg = kalender.eerste_vanaf(streef) if regel.soort == "overleg" else None
            place = (order, months)
            yield Planmoment(name, regel.soort, streef, "protocol", regel, months, overleg=overleg, volgorde=place)
    if (final := regels.eindevaluatie) and (end := termijn_van(dossier, regels)) is not None:
        yield final_evaluation(regels, final, 0, add_months(dossier.start, end))


def final_evaluation(regels: Trajectregels, regel: MomentRegel, c: int, end: date) -> Planmoment:
    """That of term c, at its end (VT-7.3, VT-7.4)."""
    name = regel.id if c == 0 else f"{regel.id}-verlenging-{c}"
    order = next(i for i, other in enumerate(regels.momenten) if other is regel)
    return Planmoment(name, regel.soort, end, "einde", regel, verlenging=c, volgorde=(order, c))


def termijn_van(dossier: Dossier, regels: Trajectregels) -> int | None:
    """Months of term 0: the dossier's own, else the traject's."""
    return dossier.termijn or (regels.termijn if isinstance(regels.termijn, int) else None)


class Gedateerd(NamedTuple):
    """A moment with the date that is known, before the day is known on which it is looked at."""

    plan: Planmoment
    datum: date
    uur: time | None
    gehouden: bool
    afspraak: bool
    afgelast: bool


@dataclass(frozen=True)
class Bekend:
    """What the entries dated up to a day say of a dossier: the same on every day until the next entry."""

    dossier: Dossier
    regels: Trajectregels
    kalender: Kalender
    eigen: tuple[Planmoment, ...]
    """The protocol's own moments, the same on every date (see `own_moments`)."""
    feiten: list[tuple[int, Feit]]
    """See `feiten`."""
    bezoeken: dict[str, list[Bezoek]]
    """Every visit and evaluation by its moment, in order of date; a later one is an appointment, whatever it says."""

    @cached_property
    def termijnen(self) -> Termijnen:
        return Termijnen(self.dossier, self.regels, self.feiten)

    @cached_property
    def plan(self) -> tuple[Planmoment, ...]:
        """What must take place, in the protocol's order."""
        if self.dossier.start is None:
            return ()
        return (
            *self.eigen,
            *self._final_evaluations(),
            *self.maandelijks,
            *self._for_decision(),
            *self._extra(),
        )

    @cached_property
    def gedateerd(self) -> list[Gedateerd]:
        """Every moment of the plan, by date, then in the protocol's order."""
        return sorted(map(self.gedateerd_als, self.plan), key=lambda item: (item.datum, item.plan.volgorde))

    @cached_property
    def maandelijks(self) -> tuple[Planmoment, ...]:
        """What extensions ask every month (VT-7.4): they follow from the decisions alone."""
        return tuple(self._monthly_in_extension())

    def uitkomsten(self, plan: Planmoment) -> list[Overleg | Bezoek]:
        """The outcomes that belong to a moment, in order of date."""
        day = plan.overleg.datum if plan.overleg else None
        return [
            item
            for item in self._outcomes
            if item.moment == plan.id or (isinstance(item, Overleg) and day is not None and item.datum == day)
        ]

    @cached_property
    def _outcomes(self) -> list[Overleg | Bezoek]:
        return [item for _, item in self.feiten if is_uitkomst(item)]

    def gedateerd_als(self, plan: Planmoment) -> Gedateerd:
        """A moment with its date: of its outcome, of the last appointment, of its overleg, else of its streefdatum."""
        held = self.uitkomsten(plan)
        source: Overleg | Bezoek | None = held[0] if held else self._source(plan.id)
        if source:
            datum = source.datum
        elif plan.overleg and plan.overleg.datum:
            datum = plan.overleg.datum
        else:
            datum = first_workday(plan.streefdatum)
        uur = source.uur if isinstance(source, Bezoek) else None
        return Gedateerd(plan, datum, uur, bool(held), source is not None, source is None and plan.id in self.bezoeken)

    def _source(self, moment: str) -> Bezoek | None:
        """The visit that gives a moment its date: the first outcome, else the last appointment."""
        entries = [item for item in self.bezoeken.get(moment, ()) if not item.afgelast]
        tot = self.feiten[-1][1].datum if self.feiten else date.min
        held = [item for item in entries if item.datum <= tot and item.heeft_uitkomst]
        return held[0] if held else entries[-1] if entries else None

    def _final_evaluations(self) -> Iterator[Planmoment]:
        """One per term that was extended (VT-7.4); that of term 0 is one of its own."""
        regel = self.regels.eindevaluatie
        for c in range(1, len(self.termijnen.verlengingen) + 1):
            end = self.termijnen.einde(c)
            if regel and end:
                yield final_evaluation(self.regels, regel, c, end)

    def _monthly_in_extension(self) -> Iterator[Planmoment]:
        """Every overleg after the decision up to the new end, each once (VT-7.4)."""
        if not (self.regels.overleg and self.regels.verlenging and self.regels.verlenging.maandelijks_overleg):
            return
        seen: set[str] = set()
        for number, verlengd in enumerate(self.termijnen.verlengingen, start=1):
            end = self.termijnen.einde(number)
            for overleg in self.kalender.tussen(verlengd.beslist, end) if end else ():
                if overleg.maand not in seen:
                    seen.add(overleg.maand)
                    yield self._for_overleg("overleg-verlenging", overleg, "verlenging", number)

    def _for_decision(self) -> Iterator[Planmoment]:
        """The first overleg after each final evaluation that left it waiting, each once (VT-7.3)."""
        if self.regels.overleg:
            after = {self.kalender.na(visit).maand: self.kalender.na(visit) for visit in self.termijnen.wachtten}
            for overleg in after.values():
                yield self._for_overleg("overleg-besluit", overleg, "besluit", 0)

    def _for_overleg(
        self, prefix: str, overleg: Overlegmaand, herkomst: Literal["verlenging", "besluit"], number: int
    ) -> Planmoment:
        day = overleg.datum or overleg.volgens_regel
        order = (len(self.regels.momenten), number)
        return Planmoment(
            f"{prefix}-{overleg.maand}", "overleg", day, herkomst, verlenging=number, overleg=overleg, volgorde=order
        )

    def _extra(self) -> Iterator[Planmoment]:
        """The extra visits, by the name that their entries give them (VT-7.2)."""
        order = len(self.regels.momenten) + 1
        names = [
            name for name in self.bezoeken if name.startswith("extra-") and re.fullmatch(r"extra-[1-9]\d{0,2}", name)
        ]
        for name in sorted(names, key=lambda name: int(name[6:])):
            entries = self.bezoeken[name]
            source = self._source(name) or entries[-1]
            yield Planmoment(name, entries[0].soort, source.datum, "extra", volgorde=(order, int(name[6:])))


@dataclass(frozen=True)
class Stand:
    """Where a dossier stands, from the facts dated up to `op`."""

    bekend: Bekend
    op: date

    @property
    def dossier(self) -> Dossier:
        return self.bekend.dossier

    @property
    def regels(self) -> Trajectregels:
        return self.bekend.regels

    @property
    def kalender(self) -> Kalender:
        return self.bekend.kalender

    @property
    def eigen(self) -> tuple[Planmoment, ...]:
        return self.bekend.eigen

    @property
    def feiten(self) -> list[tuple[int, Feit]]:
        return self.bekend.feiten

    @property
    def termijnen(self) -> Termijnen:
        return self.bekend.termijnen

    @property
    def plan(self) -> tuple[Planmoment, ...]:
        return self.bekend.plan

    @cached_property
    def sluiting(self) -> Sluiting | None:
        """The known closing: a refusal, a decision or a stop."""
        besluit = self.dossier.aanmelding.besluit if self.dossier.aanmelding else None
        if besluit and besluit.uitkomst == "geweigerd" and besluit.datum <= self.op:
            return Sluiting(besluit.datum, "geweigerd")
        return self.termijnen.sluiting

    @cached_property
    def fase(self) -> Fase:
        return self.fase_op(self.op)

    def fase_op(self, day: date) -> Fase:
        """The phase on a date, from the facts dated up to `op`."""
        start, sluiting, termijnen = self.dossier.start, self.sluiting, self.termijnen
        if sluiting and sluiting.fase in ("geweigerd", "stopgezet"):
            return sluiting.fase
        if start is None or day < start:
            return "aangemeld"
        if sluiting and sluiting.datum <= day:
            return "afgerond"
        if termijnen.wacht_sinds:
            return "wacht-op-besluit"
        if termijnen.staand and not termijnen.c:
            end = termijnen.einde(0)
            return "verlenging" if end is not None and day >= end else "lopend"
        return "verlenging" if termijnen.c else "lopend"

    @cached_property
    def einde(self) -> date | None:
        """When it ends, as far as is known."""
        if self.sluiting:
            return self.sluiting.datum
        if self.termijnen.wacht_sinds and self.regels.overleg:
            return self.kalender.eerste_vanaf(max(self.termijnen.wacht_sinds + timedelta(days=1), self.op)).datum
        return self.termijnen.einde(len(self.termijnen.verlengingen))

    @cached_property
    def momenten(self) -> tuple[Moment, ...]:
        """Every moment of the dossier, by date, then in the protocol's order."""
        return tuple(map(self._moment, self.bekend.gedateerd))

    @property
    def eerstvolgende(self) -> Moment | None:
        """The first moment that is still open."""
        return next((moment for moment in map(self._moment, self.bekend.gedateerd) if moment.open), None)

    def uitkomsten(self, plan: Planmoment) -> list[Overleg | Bezoek]:
        """The outcomes that belong to a moment, in order of date."""
        return self.bekend.uitkomsten(plan)

    def partner_op(self, day: date) -> str | None:
        """The guiding partner on a date (VT-4)."""
        periode = self.dossier.begeleiding_op(day)
        return periode.partner if periode else None

    @property
    def onbeslist(self) -> bool:
        """The last overleg before the final evaluation was held, and decided nothing (VT-7.3)."""
        final, termijnen = self.regels.eindevaluatie, self.termijnen
        if final is None or self.sluiting or termijnen.c or termijnen.wacht_sinds:
            return False
        last = [m for m in self.momenten if m.plan.regel and m.plan.regel.voor == final.id and m.soort == "overleg"]
        return not (termijnen.positief or termijnen.staand) and any(m.status == "gehouden" for m in last)

    def gevallen(self, plan: Planmoment) -> bool:
        """Whether the overleg of a moment was dropped for the partner that guides on its date (VT-6.3)."""
        overleg = plan.overleg
        if overleg is None or overleg.datum is None or overleg.datum not in self.kalender.vervallen:
            return False
        return self.kalender.vervalt_voor(overleg, self.partner_op(overleg.datum))

    def _moment(self, item: Gedateerd) -> Moment:
        return Moment(item.plan, item.datum, item.uur, self._status(item), item.afspraak, item.afgelast)

    def _status(self, item: Gedateerd) -> Status:
        plan, datum = item.plan, item.datum
        if item.gehouden or (plan.overleg and datum <= self.op and self.gevallen(plan)):
            return "gehouden"
        if self.sluiting or (plan.herkomst == "extra" and item.afgelast):
            return "vervallen"
        if item.afspraak or plan.overleg:
            return "te-laat" if datum < self.op else "gepland"
        return "te-laat" if plan.streefdatum < self.op else "te-plannen"


def outlasts(end: date | None, dienst: Dienst, op: date) -> date | None:
    """The end of the term, when a service that has not started on a date waits longer (WW-10)."""
    started = dienst.gestart is not None and dienst.gestart <= op
    if end is None or started or dienst.datum > op:
        return None
    return end if (dienst.verwacht or op) > end else None


BEWAARD = 40_000
"""How much is kept of what was derived of single dossiers: about a kilobyte each."""


class Standen:
    """The stand of every dossier of a register on any date, each made once."""

    def __init__(self, register: Register, dag: date | None = None) -> None:
        """`dag`: the day that is looked at, of which every stand is kept."""
        self.register = register
        self.dag = dag
        self.kalender = Kalender(register.kalender.overleg, register.verslagen)
        self._derived: dict[Hashable, Any] = {}
        self._of_dossier: dict[str, dict[Hashable, Any]] = {}
        self._kept = 0

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What is derived from the register alone, made the first time that it is asked; `key` says what it is."""
        if key not in self._derived:
            self._derived[key] = make()
        return cast("T", self._derived[key])

    def once_of(self, dossier: Dossier, key: Hashable, make: Callable[[], T]) -> T:
        """The same of what is about one dossier: as much is kept as fits. Who asks much asks it dossier by dossier."""
        known = self._of_dossier.setdefault(dossier.id, {})
        if key not in known:
            known[key] = make()
            self._kept += 1
            if self._kept > BEWAARD:
                self._forget(dossier.id)
        return cast("T", known[key])

    def _forget(self, but: str) -> None:
        """What was derived of the dossier that was asked first."""
        other = next((name for name in self._of_dossier if name != but), None)
        if other:
            self._kept -= len(self._of_dossier.pop(other))

    def kalender_van(self, regels: Trajectregels) -> Kalender:
        """The calendar of a track's overleg: the register's, or one by a rule of its own."""
        own = regels.overleg
        if not isinstance(own, EigenOverleg):
            return self.kalender
        return self.once(("kalender", own), lambda: self._eigen(own))

    def _eigen(self, own: EigenOverleg) -> Kalender:
        base = self.register.kalender.overleg
        rule = {"regel": own.regel, "aankondiging": own.aankondiging or base.aankondiging}
        bestand = base.model_copy(update={**rule, "uitzonderingen": {}, "wijzigingen": {}})
        return Kalender(bestand, self.register.verslagen)

    def stand(self, dossier: Dossier, op: date) -> Stand:
        """Where a dossier stands on a date. Its rules are in force (a check sees to it)."""
        if op == self.dag:
            return self.once(("stand", dossier.id), lambda: self._stand(dossier, op))
        return self.once_of(dossier, ("stand", op), lambda: self._stand(dossier, op))

    def _stand(self, dossier: Dossier, op: date) -> Stand:
        versie = self.register.versie_van(dossier)
        if versie is None:
            raise LookupError(f"{dossier.id}: no rules in force for {dossier.traject}")
        facts, visits = self.once_of(dossier, "feiten", lambda: _in_order(dossier))
        known = bisect_right(facts, op, key=lambda fact: fact[1].datum)
        same = "bekend", known
        return Stand(self.once_of(dossier, same, lambda: self._bekend(dossier, versie, facts[:known], visits)), op)

    def _bekend(
        self, dossier: Dossier, versie: Versie, feiten: list[tuple[int, Feit]], bezoeken: dict[str, list[Bezoek]]
    ) -> Bekend:
        kalender = self.kalender_van(versie.regels)
        same = ("momenten", versie.path, dossier.start, dossier.termijn)  # what began on one day has one plan
        eigen = self.once(same, lambda: tuple(own_moments(dossier, versie.regels, kalender)))
        return Bekend(dossier, versie.regels, kalender, eigen, feiten, bezoeken)


def _in_order(dossier: Dossier) -> tuple[list[tuple[int, Feit]], dict[str, list[Bezoek]]]:
    facts = op_datum(dossier)
    visits: dict[str, list[Bezoek]] = {}
    for _, item in facts:
        if isinstance(item, Bezoek):
            visits.setdefault(item.moment, []).append(item)
    return facts, visits
