"""Tracks as configuration: the steering group's two, their rules, and one that a third party adds by one file."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.agenda import make_agenda
from generator.cli import cli
from generator.history import History
from generator.intervisie import make_intervisie
from generator.model.view import COORDINATIE, PUBLIEK, Doelgroep
from generator.render.ical import make_feeds
from generator.render.pages import make_pages
from generator.report import make_report
from generator.sources import read_sources
from generator.views import make_view
from tests.conftest import GEHEIM, PROJECT, findings_of, read

MAAK = Callable[..., Path]
OP = date(2026, 11, 21)
RULES = """\
titel: Proefwonen
voorvoegsel: PW
stuurgroep: true
woninggebonden: true
domicilie: niet
ankerfiguur: true
capaciteit: {woningen_per_jaar: 2}
besluiten: [toewijzing, negatief]
afwijkbaar: [WW-1, WW-4]
doelgroep:
  volwassen: true
  psychische_problematiek: [gekend, vermoed]
  verslaving: vrij
  maanden_domicilie_brugge: {minstens: 3}
documenten:
  toestemmingsverklaring: {titel: Toestemming}
termijn: {minimum: 6, maximum: 12}
momenten:
  - {id: evaluatie, soort: evaluatie, elke: 2, regel: WW-5}
  - {id: eindevaluatie, soort: evaluatie, na: einde, regel: WW-6}
"""
GROUP = "{volwassen: true, psychische_problematiek: gekend, verslaving: true, maanden_domicilie_brugge: 3}"


def dossier(name: str, woning: str = "W-1", start: str = "2026-02-02", extra: str = "", group: str = GROUP) -> str:
    return f"""\
id: {name}
traject: proefwonen
woning: {woning}
start: {start}
termijn: 6
aanmelding:
  datum: 2026-01-05
  partner: alfa
  doelgroep: {group}
  besluit: {{datum: 2026-01-13, uitkomst: toegelaten}}
documenten: {{toestemmingsverklaring: 2026-01-05}}
begeleiding: [{{partner: alfa, begeleider: A-1, vanaf: {start}}}]
{extra}"""


def told(root: Path) -> list[tuple[str, int, str, str]]:
    """Path, line, level and code of what is found in dossiers."""
    found = findings_of(root, OP, OP)
    return [
        (f.path.removeprefix("dossiers/"), f.line, f.level, f.code) for f in found if f.path.startswith("dossiers/")
    ]


FAILING = GROUP.replace("brugge: 3", "brugge: 2")
ENDED = "logboek:\n  - {soort: evaluatie, datum: 2026-08-03, moment: eindevaluatie, besluit: toewijzing}\n"
CASES: dict[str, tuple[dict[str, str], list[tuple[str, int, str, str]]]] = {
    "goed": ({"PW-1": dossier("PW-1")}, []),
    "doelgroep niet gehaald": ({"PW-1": dossier("PW-1", group=FAILING)}, [("PW-1.yaml", 9, "fout", "WW-1")]),
    "afwijking van de doelgroep": (
        {
            "PW-1": dossier(
                "PW-1", group=FAILING, extra="afwijkingen: [{regel: WW-1, datum: 2026-01-13, reden: dringend}]\n"
            )
        },
        [("PW-1.yaml", 9, "waarschuwing", "WW-1")],
    ),
    "niet gehaald en geweigerd": (
        {
            "PW-1": dossier("PW-1", group=FAILING)
            .replace("toegelaten", "geweigerd")
            .replace("start: 2026-02-02\ntermijn: 6\n", "")
            .replace("begeleiding: [{partner: alfa, begeleider: A-1, vanaf: 2026-02-02}]\n", "")
        },
        [],
    ),
    "criterium ontbreekt": (
        {"PW-1": dossier("PW-1", group="{volwassen: true, psychische_problematiek: gekend, verslaving: false}")},
        [("PW-1.yaml", 9, "fout", "WW-1")],
    ),
    "onbekend criterium": (
        {"PW-1": dossier("PW-1", group=GROUP.replace("{", "{leeftijd: 30, "))},
        [("PW-1.yaml", 9, "fout", "SLEUTEL")],
    ),
    "verkeerde soort waarde": (
        {"PW-1": dossier("PW-1", group=GROUP.replace("volwassen: true", "volwassen: ja"))},
        [("PW-1.yaml", 9, "fout", "WAARDE"), ("PW-1.yaml", 9, "fout", "WW-1")],
    ),
    "termijn te kort": (
        {"PW-1": dossier("PW-1").replace("termijn: 6", "termijn: 5")},
        [("PW-1.yaml", 5, "fout", "WW-5")],
    ),
    "domicilie": (
        {"PW-1": dossier("PW-1", extra="domicilie_op_adres: true\n")},
        [("PW-1.yaml", 13, "fout", "WW-4")],
    ),
    "verhuis": (
        {"PW-1": dossier("PW-1", extra="logboek:\n  - {soort: verhuis, datum: 2026-03-02, woning: W-9}\n")},
        [("PW-1.yaml", 14, "fout", "WW-6")],
    ),
    "derde woning in een jaar": (
        {
            "PW-1": dossier("PW-1", "W-1"),
            "PW-2": dossier("PW-2", "W-2", "2026-03-02"),
            "PW-3": dossier("PW-3", "W-3", "2026-04-02"),
        },
        [("PW-3.yaml", 4, "waarschuwing", "WW-4")],
    ),
    "twee in een woning": (
        {"PW-1": dossier("PW-1"), "PW-2": dossier("PW-2", "W-1", "2026-03-02")},
        [("PW-2.yaml", 3, "fout", "WW-4")],
    ),
    "na elkaar in een woning": (
        {"PW-1": dossier("PW-1", extra=ENDED), "PW-2": dossier("PW-2", "W-1", "2026-08-03")},
        [],
    ),
    "dienst na de termijn": (
        {
            "PW-1": dossier(
                "PW-1", extra="logboek:\n  - {soort: dienst, datum: 2026-03-02, naam: hulp, verwacht: 2026-08-03}\n"
            )
        },
        [("PW-1.yaml", 14, "waarschuwing", "WW-10")],
    ),
    "vervolg voor de sluiting": (
        {
            "PW-1": dossier("PW-1", extra=ENDED),
            "PW-2": dossier("PW-2", "W-1", "2026-08-02", extra="vervolg_op: PW-1\n"),
        },
        [("PW-2.yaml", 3, "fout", "WW-4"), ("PW-2.yaml", 4, "fout", "WW-6")],
    ),
    "vervolg in een andere woning": (
        {
            "PW-1": dossier("PW-1", extra=ENDED),
            "PW-2": dossier("PW-2", "W-2", "2026-08-03", extra="vervolg_op: PW-1\n"),
        },
        [("PW-2.yaml", 3, "fout", "WW-6")],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_rules_of_a_track(name: str, register: MAAK) -> None:
    dossiers, expected = CASES[name]
    files = {f"dossiers/{key}.yaml": text for key, text in dossiers.items()}
    assert told(register({"protocol/proefwonen/2024-01-01.yaml": RULES, **files})) == expected


def test_the_report_counts_as_reported_once() -> None:
    """41 aanmeldingen: 30 proefwoners and 11 sitting tenants, 5 and 5 started, 2 went on, 1 dropped out (WW-9)."""
    report = make_report(read(PROJECT), OP)
    trial, sitting = report.trajecten["proefwonen"], report.trajecten["zittende-huurder"]
    assert report.aangemeld == 41
    assert (trial.aangemeld, trial.gestart, trial.positief, trial.vervolg, trial.afgehaakt) == (30, 5, 2, 2, 0)
    assert (sitting.aangemeld, sitting.gestart, sitting.afgehaakt, sitting.vervolg_gestart) == (11, 5, 1, 2)
    for counts in (trial, sitting):
        assert counts.aangemeld == counts.gestart + counts.wachtend + counts.toegelaten + counts.geweigerd
    assert sum(quarter["proefwonen"] for quarter in report.per_kwartaal.values()) == 30
    assert sum(partner.aangemeld for partner in report.per_partner) == 41


def test_a_period_counts_what_happened_in_it() -> None:
    years = [make_report(read(PROJECT), date(year, 12, 31), date(year, 1, 1)) for year in (2024, 2025)]
    rest = make_report(read(PROJECT), OP, date(2026, 1, 1))
    assert sum(report.aangemeld for report in (*years, rest)) == 41
    assert make_report(read(PROJECT), date(2023, 12, 31)).aangemeld == 0


def test_report_and_intervision_as_commands() -> None:
    options = ["--root", str(PROJECT), "--date", "2026-11-21"]
    report = CliRunner().invoke(cli, [*options, "rapport", "--format", "json"])
    assert report.exit_code == 0, report.output
    assert json.loads(report.stdout)["trajecten"]["proefwonen"]["aangemeld"] == 30
    agenda = CliRunner().invoke(cli, [*options, "intervisie", "2027-01-12", "--format", "json"])
    assert agenda.exit_code == 0, agenda.output
    assert {item["toestand"] for item in json.loads(agenda.stdout)["aanmeldingen"]} == {"in behandeling", "wachtlijst"}
    assert CliRunner().invoke(cli, [*options, "intervisie", "2027-01-13"]).exit_code == 2
    assert CliRunner().invoke(cli, [*options, "rapport", "--van", "2027-01-01"]).exit_code == 2


def test_intervision_only_knows_facts_up_to_its_day() -> None:
    standen = read(PROJECT)
    before, after = (make_intervisie(standen, date(2026, 9, 8), day) for day in (date(2026, 9, 8), OP))
    assert before == after
    assert before.lopend
    assert before.aanmeldingen


def test_only_coordinators_get_the_report() -> None:
    standen = read(PROJECT)
    assert make_view(standen, History(), COORDINATIE, OP, GEHEIM).rapport
    for audience in (PUBLIEK, Doelgroep("partner", "cgg")):
        view = make_view(standen, History(), audience, OP, GEHEIM)
        assert view.rapport is None
        assert view.intervisies == ()


def test_an_aanmelder_sees_its_own_aanmeldingen() -> None:
    """The state of each, and nobody else's (WW-11)."""
    standen = read(PROJECT)
    mine = {d.id for d in standen.register.dossiers.values() if d.aanmelder == "pet"}
    view = make_view(standen, History(), Doelgroep("partner", "pet"), OP, GEHEIM)
    assert {item.id for item in view.aanmeldingen} == mine
    assert make_view(standen, History(), PUBLIEK, OP, GEHEIM).aanmeldingen == ()


OTHER = """\
titel: Kort traject
voorvoegsel: KT
overleg: {regel: FREQ=MONTHLY;BYDAY=1TU}
stuurgroep: true
besluiten: [positief]
documenten: {toestemmingsverklaring: {titel: Toestemming}, contract: {titel: Contract, voor: start}}
termijn: 6
momenten:
  - {id: overleg-2m, soort: overleg, na: 2, titel: Halfweg}
  - {id: slot, soort: huisbezoek, na: einde, titel: Slotbezoek}
regels:
  - {id: KT-1, titel: Duur, tekst: "Het traject duurt {termijn} maanden, met een overleg na {overleg-2m} maanden."}
"""
SHORT = """\
id: KT-2026-001
traject: kort-traject
start: 2026-09-10
aanmelding: {datum: 2026-09-01, partner: alfa}
documenten: {toestemmingsverklaring: 2026-09-01, contract: 2026-09-10}
begeleiding: [{partner: alfa, begeleider: A-1, vanaf: 2026-09-10}]
"""


def test_a_track_is_one_file(register: MAAK) -> None:
    """Other months, meeting rule and documents, no extension: checks, planning, agenda, page and report follow."""
    root = register({"protocol/kort-traject/2026-01-01.yaml": OTHER, "dossiers/KT-2026-001.yaml": SHORT})
    assert told(root) == []
    standen = read(root)
    stand = standen.stand(standen.register.dossiers["KT-2026-001"], date(2026, 10, 1))
    assert [(m.id, str(m.datum)) for m in stand.momenten] == [("overleg-2m", "2026-12-01"), ("slot", "2027-03-10")]
    agenda = make_agenda(standen, "alfa", "2026-12", date(2026, 11, 21), OP)
    assert [(line.id, str(line.overleg), line.evaluatie) for line in agenda.lopend] == [
        ("KT-2026-001", "2026-12-01", "overleg-2m")
    ]
    view = make_view(standen, History(), COORDINATIE, OP, GEHEIM)
    pages = {page.path: page.html for page in make_pages(view, read_sources(root).texts)}
    assert "ja, op de eerste dinsdag van de maand" in pages["protocol/kort-traject.html"]
    assert "duurt 6 maanden, met een overleg na 2 maanden" in pages["protocol/kort-traject.html"]
    assert view.rapport
    assert view.rapport.trajecten["kort-traject"].gestart == 1
    feed = make_feeds([view])[COORDINATIE]["alles"].decode()
    assert "UID:KT-2026-001.overleg-2m@" in feed
    assert "DTSTART;VALUE=DATE:20261201" in feed
    wrong = (
        SHORT + "logboek:\n  - {soort: huisbezoek, datum: 2027-03-10, moment: slot, besluit: verlengen, maanden: 3}\n"
    )
    found = told(register({"dossiers/KT-2026-001.yaml": wrong}))
    assert ("KT-2026-001.yaml", 8, "fout", "BESLUIT") in found


def test_versions_of_rules(register: MAAK) -> None:
    """A dossier follows the version of its start; the page shows what each version changed."""
    later = OTHER.replace("na: 2", "na: 3").replace("termijn: 6", "termijn: 9")
    files = {
        "protocol/kort-traject/2026-01-01.yaml": OTHER,
        "protocol/kort-traject/2026-10-01.yaml": later.replace("overleg-2m", "overleg-3m").replace("KT-1", "KT-2"),
        "dossiers/KT-2026-001.yaml": SHORT,
        "dossiers/KT-2026-002.yaml": SHORT.replace("001", "002").replace("2026-09-10", "2026-10-01"),
    }
    standen = read(register(files))
    plans = [[m.id for m in standen.stand(d, OP).momenten] for d in standen.register.dossiers.values()]
    assert plans == [["overleg-2m", "slot"], ["overleg-3m", "slot"]]
    (protocol,) = (
        p for p in make_view(standen, History(), PUBLIEK, OP, GEHEIM).protocollen if p.traject == "kort-traject"
    )
    assert [str(version.vanaf) for version in protocol.versies] == ["2026-10-01", "2026-01-01"]
    assert "termijn: 6 → 9" in protocol.versies[0].wijzigingen
    assert "momenten.overleg-2m.na: 2 → geen" in protocol.versies[0].wijzigingen
