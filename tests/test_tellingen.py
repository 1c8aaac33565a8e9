"""What removed dossiers counted: the report says the same as before they went (WW-8, WW-9)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.cli import cli
from generator.model.dossier import Dossier
from generator.model.tellingen import Jaartelling
from generator.model.view import Rapport
from generator.register import Register
from generator.report import BEGIN, make_report
from generator.tellingen import add, count_removed, tellingen_text
from generator.traject import GESLOTEN, Standen
from tests.conftest import PROJECT, findings_of, read

MAAK = Callable[..., Path]
OP = date(2026, 11, 21)
PARTNERS = ("cgg", "de-sleutel", "pet")
EVEN = settings(derandomize=True, deadline=None, database=None, max_examples=60)
Periode = tuple[date, date]


@cache
def demonstration() -> Register:
    return read(PROJECT).register


def without(register: Register, ids: set[str], op: date) -> Register:
    """The register as a removal on that day leaves it."""
    counted = count_removed(Standen(register), ids, op)
    known = register.tellingen
    tellingen = known | {year: add(known[year], new) if year in known else new for year, new in counted.items()}
    dossiers = {key: dossier for key, dossier in register.dossiers.items() if key not in ids}
    return replace(register, dossiers=dossiers, tellingen=tellingen)


def kept(register: Register, tot: date, van: date = BEGIN) -> Rapport:
    """A report less what only the dossiers themselves can tell."""
    report = make_report(Standen(register), tot, van)
    return replace(report, wachttijden=(), tijdigheid=(), diensten=(), bezoeken={}, verwijderd=0)


def closed(register: Register, op: date) -> list[str]:
    """What can go as a whole: closed, and so is all that follows on it."""
    standen = Standen(register)

    def is_closed(dossier: Dossier) -> bool:
        sluiting = standen.stand(dossier, op).sluiting
        return sluiting is not None and sluiting.fase in GESLOTEN and sluiting.datum <= op

    dossiers = [d for d in register.dossiers.values() if register.in_stuurgroep(d)]
    return [d.id for d in dossiers if is_closed(d) and all(map(is_closed, register.keten(d.id)))]


def periods(op: date) -> list[Periode]:
    """The whole history up to that day and later, each whole year before it, and years together."""
    years = range(2022, op.year)
    whole = [(date(first, 1, 1), date(last, 12, 31)) for first in years for last in years if first <= last]
    return [(BEGIN, op), (BEGIN, op + timedelta(days=400)), (date(2025, 1, 1), max(op, date(2025, 1, 1))), *whole]


def assert_same(register: Register, changed: Register, op: date) -> None:
    for van, tot in periods(op):
        before, after = kept(register, tot, van), kept(changed, tot, van)
        assert before == after, (van, tot)
        assert after.onvolledig == ()


@st.composite
def choices(draw: st.DrawFn) -> tuple[date, list[set[str]]]:
    """A day, and closed dossiers of the demonstration that go in two turns."""
    op = draw(st.sampled_from([OP, date(2025, 12, 31), date(2026, 1, 1), date(2026, 7, 15), date(2027, 3, 1)]))
    ids = draw(st.sets(st.sampled_from(closed(demonstration(), op)), min_size=1))
    ids |= {other.id for name in ids for other in demonstration().keten(name)}
    later = {name for name in ids if not {name, *(o.id for o in demonstration().keten(name))} & set(sorted(ids)[::2])}
    return op, [ids - later, later]


@settings(EVEN, max_examples=12)
@given(choices())
def test_the_report_stays_true_when_closed_dossiers_go(choice: tuple[date, list[set[str]]]) -> None:
    """Also when they go one after the other, and when nothing stays."""
    op, turns = choice
    register = demonstration()
    for ids in turns:
        register = without(register, ids, op)
    assert_same(demonstration(), register, op)


DAYS = st.dates(date(2024, 1, 1), date(2026, 12, 31))


def register_of(dossiers: list[Dossier]) -> Register:
    found = {dossier.id: dossier for dossier in sorted(dossiers, key=lambda dossier: dossier.id)}
    return replace(demonstration(), dossiers=found, tellingen={})


@st.composite
def written(draw: st.DrawFn) -> list[Dossier]:
    """A few dossiers of the tracks of the steering group, in every state, some following on each other."""
    dossiers: list[Dossier] = []
    for nr in range(1, draw(st.integers(1, 5)) + 1):
        prefix, traject = draw(st.sampled_from([("PW", "proefwonen"), ("ZH", "zittende-huurder")]))
        came, decided, began, stopped = sorted(draw(st.lists(DAYS, min_size=4, max_size=4)))
        item: dict[str, Any] = {
            "id": f"{prefix}-2026-{nr:03}",
            "traject": traject,
            "woning": draw(st.sampled_from(["W-1", "W-2"])),
            "termijn": 6,
            "aanmelding": {"datum": came.isoformat(), "partner": draw(st.sampled_from(PARTNERS))},
        }
        outcome = draw(st.sampled_from(["toegelaten", "wachtlijst", "geweigerd", None]))
        if outcome:
            item["aanmelding"]["besluit"] = {"datum": decided.isoformat(), "uitkomst": outcome}
        if outcome != "geweigerd" and draw(st.booleans()):
            item["start"] = began.isoformat()
        if dossiers and draw(st.booleans()) and not any(d.vervolg_op == dossiers[-1].id for d in dossiers):
            item["vervolg_op"] = dossiers[-1].id
        end = draw(st.sampled_from(["afgehaakt", "opname", "toewijzing", None]))
        if end in ("afgehaakt", "opname"):
            item["logboek"] = ({"soort": "stopzetting", "datum": stopped.isoformat(), "reden": end},)
        elif end and "start" in item:
            visit = {"soort": "evaluatie", "datum": stopped.isoformat(), "moment": "eindevaluatie"}
            item["logboek"] = (visit | {"verloop": "goed", "besluit": "toewijzing"},)
        if draw(st.booleans()):
            item["afwijkingen"] = ({"regel": "WW-1", "datum": decided.isoformat(), "reden": "test"},)
        dossiers.append(Dossier.model_validate(item))
    return dossiers


REMOVALS = st.dates(date(2024, 6, 1), date(2026, 12, 31))


@EVEN
@given(written(), REMOVALS, st.data())
def test_the_report_stays_true_in_any_register(dossiers: list[Dossier], op: date, data: st.DataObject) -> None:
    register = register_of(dossiers)
    choice = closed(register, op)
    ids = data.draw(st.sets(st.sampled_from(choice)) if choice else st.just(set[str]()))
    ids |= {other.id for name in ids for other in register.keten(name)}
    assert_same(register, without(register, ids, op), op)


@EVEN
@given(written(), REMOVALS)
def test_what_waits_or_runs_counts_until_it_goes(dossiers: list[Dossier], op: date) -> None:
    """Years before the removal say what they said; from then on it neither waits nor runs."""
    register = register_of(dossiers)
    changed = without(register, set(register.dossiers), op)
    for van, tot in periods(op)[3:]:
        assert kept(register, tot, van) == kept(changed, tot, van), (van, tot)
    before, after = kept(register, op), kept(changed, op)
    for traject, counts in after.trajecten.items():
        was = before.trajecten[traject]
        assert counts.lopend == 0
        assert counts.aangemeld == was.aangemeld
        assert counts.aangemeld == (
            counts.gestart + counts.wachtend + counts.toegelaten + counts.geweigerd + counts.verwijderd
        )
        assert (counts.gestart, counts.geweigerd) == (was.gestart, was.geweigerd)
    everyone = [d for d in register.dossiers.values() if d.aanmelding and d.aanmelding.datum <= op]
    assert make_report(Standen(changed), op).verwijderd == len(everyone)


@EVEN
@given(written(), REMOVALS)
def test_a_file_is_read_as_it_was_written(dossiers: list[Dossier], op: date) -> None:
    """And it holds years, tracks, partners and numbers, nothing else."""
    register = register_of(dossiers)
    allowed = {*register.trajecten, *PARTNERS, *Jaartelling.model_fields}
    for telling in count_removed(Standen(register), set(register.dossiers), op).values():
        text = tellingen_text(telling)
        values: Any = yaml.load(text, yaml.BaseLoader)
        assert Jaartelling.model_validate(_numbers(values)) == telling
        assert not [name for name in register.dossiers if name in text]
        assert "W-1" not in text
        assert set(values) | set(values.get("trajecten", {})) | set(values.get("partners", {})) <= allowed
        assert tellingen_text(telling, f"# van ons\n\n{text}") == f"# van ons\n\n{text}"


def _numbers(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _numbers(item) for key, item in value.items()}
    return int(value) if value.isdigit() else value


def test_a_year_that_lies_in_the_period_for_a_part() -> None:
    """What removed dossiers counted in it is left out, and the report says so."""
    register = without(demonstration(), {"PW-2024-002"}, OP)  # came in on 15 January 2024, stopped on 3 February 2025
    for van, tot, cut in (
        ("2024-01-02", "2026-11-21", (2024,)),
        ("2000-01-01", "2024-12-30", (2024,)),
        ("2000-01-01", "2025-06-30", (2025,)),
        ("2024-01-01", "2024-12-31", ()),
        ("2025-01-01", "2026-11-21", ()),
        ("2026-01-01", "2026-06-30", ()),
    ):
        report = make_report(Standen(register), date.fromisoformat(tot), date.fromisoformat(van))
        assert report.onvolledig == cut, (van, tot)
    assert make_report(Standen(register), date(2025, 12, 31), date(2025, 1, 1)).verwijderd == 1
    assert make_report(Standen(register), date(2026, 12, 31), date(2026, 1, 1)).verwijderd == 0


def test_a_state_that_changed_in_a_year_without_counts_of_its_own() -> None:
    """Asked in 2024, refused in 2025: on 30 June 2025 nobody knows any more how it stood."""
    item = {
        "id": "PW-2024-001",
        "traject": "proefwonen",
        "aanmelding": {
            "datum": "2024-11-05",
            "partner": "cgg",
            "besluit": {"datum": "2025-02-01", "uitkomst": "geweigerd"},
        },
    }
    before = register_of([Dossier.model_validate(item)])
    after = without(before, {"PW-2024-001"}, OP)
    assert list(after.tellingen) == [2024]
    for tot, cut in ((date(2025, 6, 30), (2025,)), (date(2024, 12, 31), ()), (date(2025, 12, 31), ()), (OP, ())):
        assert make_report(Standen(after), tot).onvolledig == cut
        assert cut or kept(before, tot) == kept(after, tot)


def test_an_aanmelding_that_was_withdrawn() -> None:
    """Closed before a decision: it counts as it did, and not as one that was removed while it waited."""
    stop = {"soort": "stopzetting", "datum": "2025-02-01", "reden": "andere"}
    item = {"id": "PW-2024-001", "traject": "proefwonen", "aanmelding": {"datum": "2024-11-05", "partner": "cgg"}}
    before = register_of([Dossier.model_validate(item | {"logboek": (stop,)})])
    assert_same(before, without(before, {"PW-2024-001"}, OP), OP)


def test_a_follow_up_goes_before_the_dossier_that_it_follows_on() -> None:
    """That somebody went on is counted with the earlier one: it stays counted, and once."""
    aanmelding = {"datum": "2024-01-05", "partner": "cgg"}
    visit = {"soort": "evaluatie", "moment": "eindevaluatie", "verloop": "goed"}
    common = {"termijn": 6, "woning": "W-1"}
    first = common | {"id": "PW-2024-001", "traject": "proefwonen", "start": "2024-02-01", "aanmelding": aanmelding}
    then = common | {
        "id": "ZH-2024-001",
        "traject": "zittende-huurder",
        "start": "2024-09-02",
        "vervolg_op": "PW-2024-001",
    }
    first["logboek"] = (visit | {"datum": "2024-08-01", "besluit": "toewijzing"},)
    then["logboek"] = (visit | {"datum": "2025-03-03", "besluit": "positief"},)
    whole = register_of([Dossier.model_validate(first), Dossier.model_validate(then)])
    half = without(whole, {"ZH-2024-001"}, date(2026, 1, 15))
    assert half.tellingen[2024].trajecten["proefwonen"].vervolg == 1
    assert_same(whole, half, OP)
    assert_same(whole, without(half, {"PW-2024-001"}, OP), OP)


def test_what_a_file_looks_like() -> None:
    """One aanmelding of 2024 that started in the same year and stopped in the next."""
    counted = count_removed(Standen(demonstration()), {"PW-2024-002"}, OP)
    assert [tellingen_text(counted[year]).partition("\n")[2] for year in counted] == [
        """\
bijgewerkt: 2026-11-21
trajecten:
  proefwonen:
    dossiers: 1
    aangemeld: {K1: 1}
    stand:
      2024: {gestart: 1}
    lopend: 1
    woningen: 1
partners:
  de-sleutel:
    aangemeld: 1
    stand:
      2024: {gestart: 1}
""",
        """\
bijgewerkt: 2026-11-21
trajecten:
  proefwonen: {stopgezet: 1}
""",
    ]


def test_a_track_that_is_not_reported_is_not_counted() -> None:
    assert count_removed(Standen(demonstration()), {"VT-2024-003"}, OP) == {}


TELLING = """\
bijgewerkt: 2026-11-21
trajecten:
  proefwonen:
    dossiers: 2
    aangemeld: {K1: 1, K3: 1}
    stand:
      2025: {in_behandeling: 2}
      2026: {geweigerd: 1, verwijderd: 1}
partners:
  alfa:
    aangemeld: 2
    stand:
      2025: {in_behandeling: 2}
"""


@pytest.mark.parametrize(
    ("path", "old", "new", "told"),
    [
        ("2025.yaml", "", "", []),
        ("25.yaml", "", "", ["1 BESTAND: een bestand in protocol/tellingen/ heet naar zijn jaar, zoals 2026.yaml"]),
        ("2025.yaml", "K3: 1", "K5: 1", ["5 WAARDE: verwacht K1, K2, K3 of K4, niet ‘K5’"]),
        (
            "2025.yaml",
            "2025: {in_behandeling: 2}",
            "'25': {in_behandeling: 2}",
            ["7 WAARDE: verwacht een jaar, zoals 2026"],
        ),
        ("2025.yaml", "dossiers: 2", "dossiers: -2", ["4 WAARDE: verwacht minstens 0, niet ‘-2’"]),
        (
            "2025.yaml",
            "verwijderd: 1}",
            "verwijderd: 2}",
            ["7 WAARDE: ‘stand’ van 2026 telt 3 aanmeldingen, en er zijn er 2: kijk beide na"],
        ),
        (
            "2025.yaml",
            "    stand:\n      2025: {in_behandeling: 2}\n      2026: {geweigerd: 1, verwijderd: 1}\n",
            "",
            ["4 WAARDE: ‘stand’ ontbreekt: in welke stand zijn deze aanmeldingen?"],
        ),
        (
            "2025.yaml",
            "dossiers: 2",
            "dossier: PW-2025-001",
            ["4 SLEUTEL: onbekende sleutel ‘dossier’: bedoelt u ‘dossiers’?"],
        ),
    ],
)
def test_the_files_are_read_strictly(register: MAAK, path: str, old: str, new: str, told: list[str]) -> None:
    text = TELLING.replace(old, new, 1) if old else TELLING
    found = findings_of(register({f"protocol/tellingen/{path}": text}))
    mine = [f for f in found if f.path.startswith("protocol/tellingen/")]
    assert [f"{f.line} {f.code}: {f.text}" for f in mine] == told


def test_counts_alone_make_a_report(register: MAAK) -> None:
    """In a register in which no dossier is left, with a partner that is gone too."""
    rules = (PROJECT / "protocol/proefwonen/2024-01-01.yaml").read_text(encoding="utf-8")
    root = register(
        {
            "protocol/proefwonen/2024-01-01.yaml": rules,
            "protocol/tellingen/2025.yaml": TELLING.replace("alfa", "weg"),
        }
    )
    options = ["--root", str(root), "--date", "2026-11-21"]
    result = CliRunner().invoke(cli, [*options, "rapport"])
    assert result.exit_code == 0, result.output
    assert "2 aanmeldingen" in result.stdout
    assert "zonder 2 verwijderde dossiers" in result.stdout
    report = make_report(read(root), OP)
    assert report.per_kwartaal == {
        "2025-K1": {"proefwonen": 1},
        "2025-K2": {"proefwonen": 0},
        "2025-K3": {"proefwonen": 1},
    }
    assert [(item.partner, item.aangemeld, item.wachtend) for item in report.per_partner] == [("weg", 2, 2)]
