"""What holds for every register: invariants, tried on random registers made in memory.

A register is drawn with handovers, consent and a calendar of its own; what the checks call an error is then left out of
its logboek, so that what remains is a register that people could have written.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from generator.agenda import make_agenda
from generator.checks import check
from generator.checks import dossier as dossier_checks
from generator.checks import logboek as logboek_checks
from generator.checks.zaak import Zaak
from generator.findings import Finding
from generator.history import History
from generator.kalender import Kalender, add_months, running_month
from generator.load import Place
from generator.model.dossier import Bezoek, Dossier, Overleg, Signaal
from generator.model.protocol import KalenderBestand, OverlegVerslag, Uitzondering
from generator.model.view import COORDINATIE, Agenda, DossierView, View
from generator.register import Register, read_register
from generator.render.data import planning_json, value_json
from generator.render.ical import VERLEDEN, VERVALLEN, make_feeds
from generator.render.text import agenda_text, planning_text
from generator.traject import GESLOTEN, LOPEND, Standen
from generator.views import audiences, make_bladen, make_dossiers, make_view, part_of
from generator.zicht import begeleidt, leest, ziet
from tests.conftest import BASIS, GEHEIM

LATER = date(2098, 12, 31)
"""The clock's date of these registers: no outcome is ever ahead of it."""
DAG = timedelta(days=1)
PARTNERS = ("alfa", "beta", "gamma")

settings.register_profile(
    "woontraject",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=100,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
settings.load_profile("woontraject")


# Making registers ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Bron:
    """Stands in for the file of a dossier: the line of a finding is the number of its entry, or 0."""

    path: str
    text: str = ""

    def place(self, loc: tuple[str | int, ...], *, key: bool = False) -> Place:  # noqa: ARG002
        return Place(int(loc[1]) + 1 if loc[:1] == ("logboek",) and len(loc) > 1 else 0, 1)


@dataclass(frozen=True)
class Geval:
    """A register and the date on which it is looked at."""

    register: Register
    op: date

    @property
    def standen(self) -> Standen:
        return Standen(self.register)

    @property
    def dossiers(self) -> tuple[Dossier, ...]:
        return tuple(self.register.dossiers.values())

    def with_dossier(self, dossier: Dossier) -> "Geval":
        return Geval(replace(self.register, dossiers=self.register.dossiers | {dossier.id: dossier}), self.op)


@cache
def basis() -> Register:
    found, _ = read_register(BASIS)
    assert found is not None
    return found


def make_register(dossiers: list[Dossier], kalender: KalenderBestand, verslagen: dict[str, Any]) -> Register:
    paths = {dossier.id: f"dossiers/{dossier.id}.yaml" for dossier in dossiers}
    bronnen: Any = basis().bronnen | {path: Bron(path) for path in paths.values()}
    return replace(
        basis(),
        kalender=kalender,
        verslagen=verslagen,
        bronnen=bronnen,
        dossiers={dossier.id: dossier for dossier in dossiers},
        paden=paths,
    )


def errors_of(register: Register, op: date) -> list[Finding]:
    return [found for found in check(Standen(register), op, LATER) if found.level == "fout"]


def wrong_entries(geval: Geval, dossier: Dossier) -> set[int]:
    """The entries of a logboek that the checks call an error; None of the rest of the dossier may be wrong."""
    zaak = zaak_of(geval, dossier)
    found = [item for rule in (*dossier_checks.CHECKS, *logboek_checks.CHECKS) for item in rule(zaak)]
    return {item.line - 1 for item in found if item.level == "fout"}


def zaak_of(geval: Geval, dossier: Dossier) -> Zaak:
    versie = geval.register.versie_van(dossier)
    assert versie is not None
    bron: Any = geval.register.bronnen[geval.register.paden[dossier.id]]
    return Zaak(geval.standen, dossier, versie.regels, bron, geval.op, LATER)


@cache
def plain_kalender(regel: str, aankondiging: str) -> KalenderBestand:
    rule = {"regel": f"FREQ=MONTHLY;BYDAY={regel}", "aankondiging": f"FREQ=MONTHLY;BYDAY={aankondiging}"}
    return KalenderBestand.model_validate({"overleg": rule | {"uur": "14:00"}})


@st.composite
def kalenders(draw: st.DrawFn) -> KalenderBestand:
    """The last Thursday or the second Tuesday, with months moved (also past each other's) or cancelled."""
    plain = plain_kalender(*draw(st.sampled_from([("-1TH", "-2TH"), ("-1TH", "-2TH"), ("2TU", "1TU")])))
    months = [m for year in (2026, 2027) for m in Kalender(plain.overleg, {}).jaar(year)]
    taken = {month.volgens_regel for month in months}
    exceptions: dict[str, Uitzondering] = {}
    for month in draw(st.lists(st.sampled_from(months), max_size=6, unique_by=lambda m: m.maand)):
        moved = month.volgens_regel + timedelta(days=draw(st.integers(-20, 35)))
        if draw(st.sampled_from([True, False, False])):
            exceptions[month.maand] = Uitzondering(vervalt=True, reden="test")
        elif moved not in taken:
            exceptions[month.maand] = Uitzondering(overleg=moved, aankondiging=moved - 7 * DAG, reden="test")
            taken.add(moved)
    overleg = plain.overleg.model_copy(update={"uitzonderingen": exceptions})
    return plain.model_copy(update={"overleg": overleg})


@st.composite
def verslagen(draw: st.DrawFn) -> dict[str, dict[str, OverlegVerslag]]:
    """A few overleggen that were dropped for one partner."""
    maanden = st.sampled_from([f"{year}-{month:02}" for year in (2026, 2027) for month in range(1, 13)])
    record = st.dictionaries(st.sampled_from(PARTNERS[:2]), st.just(OverlegVerslag(vervalt="loopt goed")), max_size=2)
    return draw(st.dictionaries(maanden, record, max_size=5))


class Maker:
    """Draws one dossier. Every text holds a word of its own, found nowhere else: `geheim<nr>x<n>`."""

    def __init__(self, draw: st.DrawFn, nr: int, kalender: Kalender) -> None:
        self.draw, self.nr, self.kalender, self.words = draw, nr, kalender, 0

    def word(self) -> str:
        self.words += 1
        return f"geheim{self.nr}x{self.words}"

    def one_of(self, *values: Any) -> Any:
        return self.draw(st.sampled_from(values))

    def days(self, first: int, last: int) -> timedelta:
        return timedelta(days=self.draw(st.integers(first, last)))

    def dossier(self) -> dict[str, Any]:
        prefix, traject = self.one_of(
            *[("VT", "versnelde-toewijzing")] * 5,
            ("PW", "proefwonen"),
            ("ZH", "zittende-huurder"),
            ("WB", "woonbegeleiding"),
        )
        start = self.one_of(date(2026, 1, 31), date(2026, 3, 31), date(2025, 12, 1) + self.days(0, 180))
        signed = (start - 10 * DAG).isoformat()
        papers = {
            "VT": ("begeleidingsovereenkomst", "huurovereenkomst"),
            "PW": ("begeleidingsovereenkomst", "akte_van_bruikleen", "huishoudelijk_reglement"),
            "ZH": ("begeleidingsovereenkomst",),
            "WB": (),
        }[prefix]
        entries = sorted((self.entry(prefix, start) for _ in range(self.one_of(10, 12, 14, 8, 4, 0))), key=_datum)
        result: dict[str, Any] = {
            "id": f"{prefix}-2026-{self.nr:03}",
            "traject": traject,
            "woning": self.word(),
            "ankerfiguur": self.word(),
            "start": start.isoformat(),
            "aanmelding": {"datum": (start - 90 * DAG).isoformat(), "partner": self.one_of(*PARTNERS)},
            "documenten": dict.fromkeys(papers, signed) | {"toestemmingsverklaring": self.consent(start)},
            "begeleiding": tuple(self.guidance(start)),
            "logboek": tuple(entries),
        }
        if prefix in ("PW", "ZH"):
            result["termijn"] = self.draw(st.integers(6, 12))
        if prefix == "PW":
            result["afwijkingen"] = ({"regel": "WW-4", "datum": signed, "reden": self.word()},)
        match self.one_of(*["gestart"] * 12, "aangemeld", "geweigerd"):
            case "aangemeld":
                del result["start"]
            case "geweigerd":
                result["aanmelding"] |= {"besluit": {"datum": signed, "uitkomst": "geweigerd"}}
        return result

    def consent(self, start: date) -> tuple[dict[str, str], ...]:
        """None, signed before or after the start, withdrawn, or signed again."""
        signed = start + self.days(-60, 60)
        withdrawn = signed + self.days(0, 300)
        first = {"ondertekend": signed.isoformat()}
        gone = first | {"ingetrokken": withdrawn.isoformat()}
        again = {"ondertekend": (withdrawn + self.days(0, 60)).isoformat()}
        choices: tuple[tuple[dict[str, str], ...], ...] = ((first,), (first,), (gone,), (gone,), (gone, again), ())
        return self.one_of(*choices)

    def guidance(self, start: date) -> Iterator[dict[str, Any]]:
        """One to three periods, with or without a gap between them; the last one may have ended."""
        day = start - self.days(0, 20)
        periods = self.draw(st.integers(1, 3))
        for nr in range(1, periods + 1):
            last = day + self.days(20, 200)
            open_end = nr == periods and self.one_of(True, True, False)
            period = {"partner": self.one_of("alfa", "beta"), "begeleider": f"W{self.nr}-{nr}", "reden": self.word()}
            yield period | {"vanaf": day.isoformat()} | ({} if open_end else {"tot": last.isoformat()})
            day = last + DAG + self.one_of(0 * DAG, 0 * DAG, 30 * DAG)

    def entry(self, prefix: str, start: date) -> dict[str, Any]:
        visits = {
            "VT": (
                ("huisbezoek-3m", 70, 130),
                ("eindevaluatie", 320, 420),
                ("eindevaluatie", 320, 420),
                ("eindevaluatie-verlenging-1", 400, 500),
                ("eindevaluatie-verlenging-2", 480, 560),
                ("extra-1", 10, 500),
                ("extra-2", 10, 500),
            ),
            "WB": (("extra-1", 10, 400),),
        }.get(prefix, (("evaluatie-2m", 40, 80), ("evaluatie-4m", 100, 140), ("eindevaluatie", 170, 400)))
        kinds = {"VT": ("overleg",) * 4 + ("bezoek",) * 4 + ("ander",) * 4}.get(prefix, ("bezoek", "bezoek", "ander"))
        match self.one_of(*kinds):
            case "overleg":
                return self.overleg(start + self.days(20, 560))
            case "bezoek":
                moment, first, last = self.one_of(*visits)
                extra_soort = "huisbezoek" if prefix in ("VT", "WB") else "evaluatie"
                return self.bezoek(extra_soort, moment, start + self.days(first, last), prefix)
        return self.ander(start + self.days(-20, 500))

    def overleg(self, day: date) -> dict[str, Any]:
        held = self.kalender.eerste_vanaf(day).datum or day
        entry = {"soort": "overleg", "datum": held.isoformat(), "conclusie": self.word()}
        return entry | self.one_of(
            {"verloop": "moeilijk", "besluit": "verlengen", "maanden": 3},
            {"besluit": "verlengen", "maanden": 6},
            {"verloop": "goed", "besluit": "positief"},
            {"verloop": "moeilijk", "registratie_contacten": True},
            {"verloop": "goed", "registratie_contacten": False},
            {"verloop": "moeilijk"},
            {"verloop": "goed"},
            {},
        )

    def bezoek(self, soort: str, moment: str, day: date, prefix: str) -> dict[str, Any]:
        decisions = {"VT": "positief", "PW": "toewijzing", "ZH": "positief"}
        entry = {"soort": soort, "datum": day.isoformat(), "moment": moment, "aanwezig": (self.word(),)}
        outcomes: list[dict[str, Any]] = [
            {"verloop": "goed", "wooncultuur": "goed"},
            {"verloop": "moeilijk", "wooncultuur": "ernstige-gebreken", "bevindingen": self.word()},
            {"wooncultuur": "aandacht", "bevindingen": self.word()},
            {"uur": "10:30"},
            {"afgelast": self.word()},
            {},
        ]
        if prefix in decisions and moment.startswith("eindevaluatie"):
            outcomes.append({"verloop": "goed", "besluit": decisions[prefix]})
            outcomes.append(
                {"besluit": "verlengen", "maanden": 3, "verloop": "moeilijk"}
                if prefix == "VT"
                else {"besluit": "negatief", "verloop": "moeilijk"}
            )
        return entry | self.one_of(*outcomes)

    def ander(self, day: date) -> dict[str, Any]:
        later = (day + self.days(0, 60)).isoformat()
        by = self.one_of("partner", "vivendo")
        return {"datum": day.isoformat()} | self.one_of(
            {"soort": "signaal", "aard": "schade", "omschrijving": self.word(), "gemeld_door": self.word()},
            {"soort": "signaal", "aard": "veiligheid", "omschrijving": self.word(), "afgesloten": later},
            {"soort": "bespreking", "gevraagd_door": by, "reden": self.word()},
            {"soort": "bespreking", "gevraagd_door": by, "reden": self.word()},
            {"soort": "informatievraag", "vraag": self.word(), "beantwoord": later, "antwoord": self.word()},
            {"soort": "contact", "doorgegaan": False, "reden": self.word()},
            {"soort": "contact", "doorgegaan": True},
            {"soort": "afwezigheid", "vervanger": f"W{self.nr}-9"},
            {"soort": "dienst", "naam": self.word()},
            {"soort": "verhuis", "woning": self.word()},
            {"soort": "stopzetting", "reden": "afgehaakt", "toelichting": self.word()},
        )


def _datum(entry: dict[str, Any]) -> str:
    return str(entry["datum"])


@st.composite
def written_registers(draw: st.DrawFn) -> Geval:
    """A register as someone might write it, errors included."""
    kalender, records = draw(kalenders()), draw(verslagen())
    maker = Kalender(kalender.overleg, {})
    plain = [Maker(draw, nr, maker).dossier() for nr in range(1, draw(st.integers(1, 2)) + 1)]
    op = date(2027, 12, 20) - timedelta(days=draw(st.integers(0, 660)))
    return Geval(make_register([Dossier.model_validate(item) for item in plain], kalender, records), op)


@st.composite
def registers(draw: st.DrawFn) -> Geval:
    """A register without errors: the entries that the checks refuse are left out."""
    geval = draw(written_registers())
    for dossier in geval.dossiers:
        kept = dossier
        while wrong := wrong_entries(geval, kept):
            assume(min(wrong) >= 0)
            items = tuple(item for i, item in enumerate(kept.logboek) if i not in wrong)
            kept = kept.model_copy(update={"logboek": items})
            geval = geval.with_dossier(kept)
    return geval


# Looking at them -----------------------------------------------------------------------------------------------------


def views_of(geval: Geval) -> list[View]:
    standen = geval.standen
    return [make_view(standen, History(), audience, geval.op, GEHEIM) for audience in audiences(geval.register)]


def told_in(view: View, geval: Geval) -> list[object]:
    """All that is handed to what renders for an audience."""
    return [view, *make_bladen(geval.standen, History(), view.doelgroep, geval.op)]


def planning_of(geval: Geval, op: date) -> tuple[DossierView, ...]:
    return tuple(make_dossiers(geval.standen, History(), COORDINATIE, op))


def months_around(geval: Geval) -> list[str]:
    """The months of the last overleg before the date and of the next three, cancelled ones too."""
    years = (geval.op.year - 1, geval.op.year, geval.op.year + 1)
    months = [month for year in years for month in geval.standen.kalender.jaar(year)]
    passed = [month for month in months if month.volgens_regel < geval.op]
    return [month.maand for month in months[len(passed) - 1 : len(passed) + 3]]


def agendas_of(geval: Geval, op: date, gemaakt_op: date, standen: Standen | None = None) -> list[Agenda]:
    standen = standen or geval.standen
    return [
        make_agenda(standen, partner, maand, op, gemaakt_op, alles=alles)
        for maand in months_around(geval)
        for partner in PARTNERS
        for alles in (False, True)
    ]


def secrets_in(value: object) -> set[str]:
    return set(re.findall(r"geheim\d+x\d+", repr(value)))


# Properties ----------------------------------------------------------------------------------------------------------


@given(written_registers())
def test_checks_never_raise(geval: Geval) -> None:
    """Everything that can be read can be checked, and told to people."""
    for found in check(geval.standen, geval.op, geval.op):
        assert str(found)


@given(written_registers())
@settings(max_examples=200)
def test_an_entry_may_name_what_stood_in_the_plan_of_its_day(geval: Geval) -> None:
    """With and without what is recorded that day; an entry that was called off, what stood in it on the day of any."""
    for dossier in geval.dossiers:
        zaak = zaak_of(geval, dossier)
        for item in dossier.logboek:
            if not isinstance(item, Overleg | Bezoek):
                continue
            days = {item.datum, item.datum - DAG}
            if isinstance(item, Bezoek) and item.afgelast:
                days |= {other.datum for other in dossier.logboek}
            planned = {plan for day in days for plan in geval.standen.stand(dossier, day).plan}
            found = set(logboek_checks.moments_on(zaak, item))
            assert {(plan.id, plan.overleg) for plan in found} == {(plan.id, plan.overleg) for plan in planned}


@given(registers())
@settings(max_examples=60)
def test_nothing_raises_for_a_register_without_errors(geval: Geval) -> None:
    """Every view, feed, planning and agenda can be made on any date, also long before and after."""
    for op in (geval.op, date(2025, 11, 3), date(2031, 2, 28)):
        on = replace(geval, op=op)
        views = views_of(on)
        assert make_feeds(views).keys() == {view.doelgroep for view in views}
        for view in views:
            assert planning_json(op, view.dossiers)
            assert planning_text(list(view.dossiers))
            for agenda in view.agendas:
                assert value_json(agenda)
                assert agenda_text(agenda, agenda.partner)


@given(registers())
def test_errors_depend_on_the_files_alone(geval: Geval) -> None:
    """What becomes wrong because a day passes is never an error: a build does not start to fail overnight."""
    for op in (date(2025, 11, 3), geval.op + 400 * DAG, date(2031, 2, 28)):
        assert errors_of(geval.register, op) == []


@given(registers())
def test_an_overleg_not_yet_held_lies_on_the_first_one_from_its_streefdatum(geval: Geval) -> None:
    """Moved and cancelled overleggen take their dossiers along (VT-6.1)."""
    kalender = geval.standen.kalender
    held = sorted(month.datum for year in range(2024, 2031) for month in kalender.jaar(year) if month.datum)
    for dossier in planning_of(geval, geval.op):
        for moment in dossier.momenten:
            if moment.soort == "overleg" and not moment.afspraak:
                assert moment.datum == min(day for day in held if day >= moment.streefdatum)


@given(registers())
def test_moments_agree_with_phase_and_date(geval: Geval) -> None:
    """Status, phase and end tell one story."""
    for dossier in planning_of(geval, geval.op):
        closed = dossier.fase in GESLOTEN
        ids = [moment.id for moment in dossier.momenten]
        assert len(ids) == len(set(ids))
        assert [moment.datum for moment in dossier.momenten] == sorted(moment.datum for moment in dossier.momenten)
        assert (dossier.maand is not None) == (dossier.fase in LOPEND)
        assert dossier.einde is None or not closed or dossier.einde <= geval.op
        for moment in dossier.momenten:
            match moment.status:
                case "gehouden":
                    assert moment.datum <= geval.op
                case "gepland":
                    assert moment.datum >= geval.op
                case "te-plannen":
                    assert moment.streefdatum >= geval.op
                case "te-laat":
                    assert min(moment.datum, moment.streefdatum) < geval.op
                case "vervallen":
                    assert moment.extra or closed or (dossier.einde or geval.op) >= geval.op
            assert moment.status in ("gehouden", "vervallen") or not closed
            assert moment.soort == "overleg" or moment.status != "gehouden" or moment.afspraak


@given(registers(), st.integers(1, 300))
def test_what_is_closed_or_held_stays_so(geval: Geval, days: int) -> None:
    """Time takes nothing back: only a later fact about a closing that lay ahead still can."""
    later = {dossier.id: dossier for dossier in planning_of(geval, geval.op + timedelta(days=days))}
    for dossier in planning_of(geval, geval.op):
        after = later[dossier.id]
        if dossier.fase in GESLOTEN:
            assert (after.fase, after.einde) == (dossier.fase, dossier.einde)
        held = {moment.id: moment.datum for moment in after.momenten if moment.status == "gehouden"}
        for moment in dossier.momenten:
            if moment.status == "gehouden" and moment.id in {item.id for item in after.momenten}:
                assert held[moment.id] == moment.datum


@given(registers(), st.integers(1, 40), st.integers(0, 20))
@settings(max_examples=60)
def test_an_event_keeps_its_uid_when_its_date_changes(geval: Geval, days: int, which: int) -> None:
    """A UID comes from what an event is: unique in each feed, and the same on another date."""
    visits = [
        (dossier, i, item)
        for dossier in geval.dossiers
        for i, item in enumerate(dossier.logboek)
        if isinstance(item, Bezoek) and not item.afgelast
    ]
    assume(visits)
    dossier, i, item = visits[which % len(visits)]
    moved = item.model_copy(update={"datum": item.datum + timedelta(days=days)})
    items = (*dossier.logboek[:i], moved, *dossier.logboek[i + 1 :])
    after = geval.with_dossier(dossier.model_copy(update={"logboek": items}))
    before, then = events_of(geval), events_of(after)
    name = (dossier.id, item.moment)
    assume(name in before and name in then)
    assert [event["UID"] for event in then[name]] == [event["UID"] for event in before[name]]
    assert len(then[name]) == 1


@given(registers())
@settings(max_examples=60)
def test_every_feed_says_what_the_planning_says(geval: Geval) -> None:
    """Date, hour and whether it is cancelled: the same in `planning.json` and in the feed, within its window."""
    views = views_of(geval)
    feeds = make_feeds(views)
    for view in views:
        planned = {
            f"{dossier['id']}.{moment['id']}": moment
            for dossier in json.loads(planning_json(view.datum, view.dossiers))["dossiers"]
            for moment in dossier["momenten"]
        }
        for name, body in feeds[view.doelgroep].items():
            events = {event["UID"]: event for event in parse(body)}
            assert len(events) == body.count(b"BEGIN:VEVENT")
            moments = {uid.split("@")[0]: event for uid, event in events.items() if re.match(r"(VT|PW|ZH|WB)-", uid)}
            for key, event in moments.items():
                assert said_by(event) == planned_as(planned[key])
            if name in ("alles", view.doelgroep.partner):
                shown = {key for key, moment in planned.items() if in_window(moment, view.datum)}
                assert moments.keys() == shown


@given(registers())
def test_an_agenda_lists_what_runs_on_its_overleg(geval: Geval) -> None:
    """Its lines agree with the phase on the overleg's date, when nothing happens in between (VT-6.2)."""
    standen = geval.standen
    for agenda in agendas_of(geval, geval.op, geval.op):
        assert agenda.nodig == bool(agenda.bespreken or agenda.andere)
        listed = {line.id: line for line in agenda.lopend}
        assert {item.id for item in agenda.bespreken} <= listed.keys()
        for items in (agenda.lopend, agenda.bespreken, agenda.andere):
            assert [item.id for item in items] == sorted(item.id for item in items)
        if agenda.overleg is None:
            assert not listed
            assert not agenda.andere
            continue
        assert agenda.datum == min(geval.op, agenda.overleg - DAG)
        for dossier in geval.dossiers:
            if any(agenda.datum < day <= agenda.overleg for day in days_of(dossier)):
                continue
            stand = standen.stand(dossier, agenda.overleg)
            mine = ziet(geval.standen, dossier, agenda.partner, geval.op) and (
                ziet(geval.standen, dossier, agenda.partner, agenda.datum)
                or begeleidt(dossier, agenda.partner, agenda.overleg)
            )
            if dossier.id in listed:
                line = listed[dossier.id]
                assert stand.regels.overleg
                assert stand.fase in LOPEND
                assert (line.fase, line.start) == (stand.fase, dossier.start)
                assert line.maand == running_month(line.start, agenda.overleg)
            elif mine:
                assert not (stand.regels.overleg and stand.fase in LOPEND)


@given(registers(), st.randoms(use_true_random=False))
@settings(max_examples=300, deadline=None)
def test_an_agenda_says_the_same_whatever_was_asked_before(geval: Geval, chance: Random) -> None:
    """What is kept of one day serves others, until something of a dossier changes: asked around each of these days."""
    shared = geval.standen
    held = [shared.kalender.maand(maand) for maand in months_around(geval)]
    signals = [item for dossier in geval.dossiers for item in dossier.logboek if isinstance(item, Signaal)]
    changes = {day for dossier in geval.dossiers for day in days_of(dossier)} | {m.datum for m in held if m and m.datum}
    changes |= {item.afgesloten for item in signals if item.afgesloten}
    days = sorted({day + timedelta(days=number) for day in changes for number in (-1, 0)})
    for op in chance.sample(days, len(days)):
        assert agendas_of(geval, op, geval.op, shared) == agendas_of(geval, op, geval.op)


LATER_ENTRIES: tuple[dict[str, Any], ...] = (
    {"soort": "signaal", "aard": "agressie", "omschrijving": "later"},
    {"soort": "bespreking", "gevraagd_door": "partner", "reden": "later"},
    {"soort": "overleg", "verloop": "moeilijk", "besluit": "verlengen", "maanden": 3, "registratie_contacten": True},
    {"soort": "overleg", "verloop": "goed", "besluit": "positief", "moment": "overleg-1m"},
    {"soort": "contact", "doorgegaan": True},
    {"soort": "stopzetting", "reden": "opname"},
    {"soort": "huisbezoek", "moment": "extra-9", "afgelast": "later"},
)


@given(registers(), st.sampled_from(LATER_ENTRIES), st.integers(1, 200), st.integers(0, 60))
def test_an_agenda_ignores_what_comes_later(geval: Geval, entry: dict[str, Any], days: int, made: int) -> None:
    """Only facts dated up to the agenda's own date count; consent also on the day on which it is made (VT-6.2)."""
    gemaakt_op = geval.op + timedelta(days=made)
    before = agendas_of(geval, geval.op, gemaakt_op)
    planned = planning_of(geval, geval.op)
    later = (geval.op + timedelta(days=days)).isoformat()
    withdrawal = gemaakt_op + timedelta(days=days)
    changed = geval
    for dossier in geval.dossiers:
        changed = changed.with_dossier(happens_later(dossier, entry | {"datum": later}, withdrawal))
    assert agendas_of(changed, geval.op, gemaakt_op) == before
    if entry.get("moment") != "extra-9":
        assert [whole(item) for item in planning_of(changed, geval.op)] == [whole(item) for item in planned]


@given(registers())
def test_an_agenda_ignores_what_an_appointment_will_turn_out_to_be(geval: Geval) -> None:
    """A visit dated after the date is an appointment, whatever else it says."""
    changed = geval
    for dossier in geval.dossiers:
        items = [
            item.model_copy(update={"verloop": None, "wooncultuur": None, "besluit": None, "maanden": None})
            if isinstance(item, Bezoek) and item.datum > geval.op
            else item
            for item in dossier.logboek
        ]
        changed = changed.with_dossier(dossier.model_copy(update={"logboek": tuple(items)}))
    assert agendas_of(changed, geval.op, geval.op) == agendas_of(geval, geval.op, geval.op)
    assert [whole(d) for d in planning_of(changed, geval.op)] == [whole(d) for d in planning_of(geval, geval.op)]


@given(registers())
def test_a_partner_without_sight_gets_no_trace(geval: Geval) -> None:
    """What an audience may not see on the day is in no part of its view (VT-4, VT-5.0)."""
    for view in views_of(geval):
        if view.doelgroep == COORDINATIE:
            continue
        partner, shown = view.doelgroep.partner, repr(view)
        for dossier in geval.dossiers:
            sees = bool(partner) and ziet(geval.standen, dossier, partner, geval.op)
            coming = {agenda.overleg for agenda in view.agendas if agenda.overleg and agenda.overleg >= geval.op}
            if not sees:
                assert not [
                    word for word in secrets_in(told_in(view, geval)) if word.startswith(f"geheim{dossier.id[-1]}x")
                ]
                assert not re.search(rf"W{dossier.id[-1]}-\d", shown)
            if not sees and not any(begeleidt(dossier, partner, day) for day in coming):
                assert dossier.id not in shown


@given(registers())
def test_without_consent_no_text_reaches_a_partner(geval: Geval) -> None:
    """No consent, not yet signed, or withdrawn: only reference, phase and dates (VT-5.0)."""
    for view in views_of(geval):
        if view.doelgroep.soort != "partner":
            continue
        seen = secrets_in(told_in(view, geval))
        bladen = {blad.dossier.id: blad for blad in make_bladen(geval.standen, History(), view.doelgroep, geval.op)}
        for dossier in geval.dossiers:
            words = {word for word in seen if word.startswith(f"geheim{dossier.id[-1]}x")}
            assert not words or dossier.toestemming_op(geval.op)
            for item in view.dossiers:
                if item.id == dossier.id and not leest(geval.standen, dossier, view.doelgroep.partner, geval.op):
                    assert bladen[item.id].gegevens.keys() <= {"id", "traject", "start", "termijn"}
                    assert (item.leesbaar, item.verlopen, item.contacten, item.bezoeken) == (False, (), None, None)
            for agenda in view.agendas:
                if not leest(geval.standen, dossier, view.doelgroep.partner, agenda.datum):
                    told = [item for item in (*agenda.bespreken, *agenda.andere) if item.id == dossier.id]
                    lines = [line for line in agenda.lopend if line.id == dossier.id]
                    assert all(item.problematiek == () for item in told)
                    assert all(getattr(item, "redenen", ()) == () for item in told)
                    assert all(
                        (line.verloop, line.contacten, line.niet_doorgegaan) == (None, None, ()) for line in lines
                    )


@given(registers())
def test_what_an_audience_is_not_told_of_changes_nothing_for_it(geval: Geval) -> None:
    """All follows from its part of the register."""
    for view in views_of(geval):
        part = replace(geval, register=part_of(geval.register, view.doelgroep))
        again = make_view(part.standen, History(), view.doelgroep, geval.op, GEHEIM)
        assert told_in(again, part) == told_in(view, geval)


@given(registers())
def test_coordinators_see_at_least_what_a_partner_sees(geval: Geval) -> None:
    """Every line of a partner's agenda is on the coordinators' agenda of that partner too."""
    standen = geval.standen
    for maand in months_around(geval):
        for partner in PARTNERS:
            own = make_agenda(standen, partner, maand, geval.op, geval.op)
            whole_agenda = make_agenda(standen, partner, maand, geval.op, geval.op, alles=True)
            for mine, theirs in ((own.lopend, whole_agenda.lopend), (own.bespreken, whole_agenda.bespreken)):
                assert {item.id for item in mine} <= {item.id for item in theirs}
            reasons = {item.id: item.redenen for item in whole_agenda.bespreken}
            assert all(reasons.values())
            assert all(item.redenen in ((), reasons[item.id]) for item in own.bespreken)


DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@given(DAYS, DAYS, st.integers(-24, 120), st.integers(-24, 120))
def test_add_months_is_monotone_and_stays_in_its_month(one: date, other: date, few: int, many: int) -> None:
    """S + n months is in the n-th month after S, on the same day or the last of the month."""
    first, last = sorted((one, other))
    n, m = sorted((few, many))
    assert add_months(first, n) <= add_months(last, n)
    assert add_months(first, n) <= add_months(first, m)
    result = add_months(one, n)
    assert (result.year * 12 + result.month) - (one.year * 12 + one.month) == n
    assert result.day == one.day or (result.day < one.day and (result + DAG).day == 1)


@given(DAYS, st.integers(0, 4000))
def test_the_running_month_is_the_largest_that_has_begun(start: date, days: int) -> None:
    """n - 1 months after the start have passed, n have not."""
    op = start + timedelta(days=days)
    month = running_month(start, op)
    assert month >= 1
    assert add_months(start, month - 1) <= op < add_months(start, month)


# Helpers -------------------------------------------------------------------------------------------------------------


def parse(body: bytes) -> list[dict[str, str]]:
    """The events of a feed, each property by its name, less its parameters."""
    lines = body.decode().replace("\r\n ", "").split("\r\n")
    events: list[dict[str, str]] = []
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events:
            events[-1][name.partition(";")[0]] = value
    return events


def events_of(geval: Geval) -> dict[tuple[str, str], list[dict[str, str]]]:
    """The coordinators' events by dossier and moment; a UID stands for one event."""
    view = make_view(geval.standen, History(), COORDINATIE, date(2026, 6, 1), GEHEIM)
    events = parse(make_feeds([view])[COORDINATIE]["alles"])
    uids = [event["UID"] for event in events]
    assert len(uids) == len(set(uids))
    found: dict[tuple[str, str], list[dict[str, str]]] = {}
    for event in events:
        dossier, _, rest = event["SUMMARY"].removeprefix("Vervallen: ").partition(": ")
        if rest:
            found.setdefault((dossier, event["DESCRIPTION"]), []).append(event)
    return found


def said_by(event: dict[str, str]) -> tuple[str, str | None, bool]:
    """Date, hour and whether it is cancelled: `20260506`, or `20260506T103000`."""
    day, _, hour = event["DTSTART"].partition("T")
    return (
        f"{day[:4]}-{day[4:6]}-{day[6:]}",
        f"{hour[:2]}:{hour[2:4]}" if hour else None,
        event["STATUS"] == "CANCELLED",
    )


def planned_as(moment: dict[str, Any]) -> tuple[str, str | None, bool]:
    return moment["datum"], moment["uur"], moment["status"] == "vervallen"


def in_window(moment: dict[str, Any], op: date) -> bool:
    kept = VERVALLEN if moment["status"] == "vervallen" else VERLEDEN
    return date.fromisoformat(moment["datum"]) >= op - kept


def days_of(dossier: Dossier) -> list[date]:
    """The days on which something happened."""
    besluit = dossier.aanmelding.besluit if dossier.aanmelding else None
    return [item.datum for item in dossier.logboek] + ([besluit.datum] if besluit else [])


def happens_later(dossier: Dossier, entry: dict[str, Any], withdrawal: date) -> Dossier:
    """The dossier with one more entry, and with its consent withdrawn and its aanmelding refused."""
    plain = dossier.model_dump()
    plain["aanmelding"]["besluit"] = plain["aanmelding"]["besluit"] or {"datum": withdrawal, "uitkomst": "geweigerd"}
    consent = plain["documenten"].get("toestemmingsverklaring", ())
    withdrawn = [
        item if item["ingetrokken"] or item["ondertekend"] > withdrawal else item | {"ingetrokken": withdrawal}
        for item in consent
    ]
    plain["documenten"] |= {"toestemmingsverklaring": tuple(withdrawn)}
    items = Dossier.model_validate(plain | {"logboek": (entry,)})
    return items.model_copy(update={"logboek": (*dossier.logboek, *items.logboek)})


def whole(dossier: DossierView) -> DossierView:
    """A view less what stands in the file itself."""
    return replace(dossier, afwijkingen=0)
