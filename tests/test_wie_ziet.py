"""`zicht`: who sees what of a dossier, and why (VT-4, VT-5.0, WW-11)."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import cli
from generator.model.view import WieZiet
from generator.wie_ziet import who_sees
from generator.zicht import ZICHT
from tests.conftest import read

Make = Callable[..., Path]
OVERGEDRAGEN = """\
id: VT-2026-001
traject: versnelde-toewijzing
woning: W-1
start: 2026-02-01
aanmelding: {datum: 2025-12-04, partner: gamma, doelgroep: {}}
documenten:
  toestemmingsverklaring:
    - {ondertekend: 2026-01-15, ingetrokken: 2026-05-01}
    - {ondertekend: 2026-06-01}
  begeleidingsovereenkomst: 2026-01-19
  huurovereenkomst: 2026-01-19
begeleiding:
  - {partner: alfa, begeleider: ALFA-01, vanaf: 2026-02-01, tot: 2026-06-30}
  - {partner: beta, begeleider: BETA-01, vanaf: 2026-07-15}
logboek:
  - {soort: overleg, datum: 2026-03-26, moment: overleg-1m, verloop: goed, conclusie: rustig}
  - {soort: stopzetting, datum: 2026-09-30, reden: andere, toelichting: eigen keuze}
"""
GEWEIGERD = """\
id: VT-2026-002
traject: versnelde-toewijzing
aanmelding: {datum: 2026-02-04, partner: gamma, besluit: {datum: 2026-03-05, uitkomst: geweigerd}}
begeleiding: [{partner: alfa, begeleider: ALFA-01, vanaf: 2026-02-04}]
"""
BEWAARD = "bewaartermijn: {gesloten: {zichtbaar: 1}, geweigerd: {zichtbaar: 2}}\n"


@pytest.fixture
def root(register: Make) -> Path:
    made = register({"dossiers/VT-2026-001.yaml": OVERGEDRAGEN, "dossiers/VT-2026-002.yaml": GEWEIGERD})
    file = made / "protocol/organisatie.yaml"
    file.write_text(file.read_text(encoding="utf-8") + BEWAARD, encoding="utf-8")
    return made


def sight(root: Path, name: str, op: str) -> WieZiet:
    standen = read(root)
    return who_sees(standen, standen.register.dossiers[name], date.fromisoformat(op))


# Dossier, day, partner, what it sees, and the words that say why.
SEEN = [
    ("VT-2026-001", "2026-02-01", "alfa", "toestemming", ["begeleidt sinds 2026-02-01", "toestemming op 2026-01-15"]),
    ("VT-2026-001", "2026-05-01", "alfa", "altijd", ["geen teksten: de huurder trok de toestemming in op 2026-05-01"]),
    ("VT-2026-001", "2026-06-01", "gamma", "toestemming", ["meldde aan op 2025-12-04", "toestemming op 2026-06-01"]),
    ("VT-2026-001", "2026-07-14", "alfa", "toestemming", ["liep tot 2026-06-30, en er is nog geen opvolger"]),
    ("VT-2026-001", "2026-07-14", "beta", None, ["begeleidt pas vanaf 2026-07-15", "alleen de referentie"]),
    ("VT-2026-001", "2026-07-15", "alfa", None, ["begeleidde vanaf 2026-02-01 tot 2026-06-30, en nu niet meer"]),
    ("VT-2026-001", "2026-07-15", "beta", "toestemming", ["begeleidt sinds 2026-07-15"]),
    ("VT-2026-001", "2026-10-29", "beta", "toestemming", []),
    ("VT-2026-001", "2026-10-30", "beta", None, ["gesloten sinds 2026-09-30", "niet meer te zien vanaf 2026-10-30"]),
    ("VT-2026-002", "2026-03-04", "alfa", None, ["een aanmelding zonder toelating ziet alleen wie aanmeldde"]),
    ("VT-2026-002", "2026-03-05", "alfa", None, ["een aanmelding zonder toelating ziet alleen wie aanmeldde"]),
    ("VT-2026-002", "2026-05-04", "gamma", "altijd", ["geen teksten: er is geen toestemming van de huurder"]),
    ("VT-2026-002", "2026-05-05", "gamma", None, ["geweigerd sinds 2026-03-05"]),
]


@pytest.mark.parametrize(("name", "op", "partner", "niveau", "words"), SEEN)
def test_who_sees_and_why(root: Path, name: str, op: str, partner: str, niveau: str | None, words: list[str]) -> None:
    (found,) = (item for item in sight(root, name, op).doelgroepen if item.doelgroep == f"partners/{partner}")
    assert found.niveau == niveau
    told = "; ".join(found.redenen)
    assert [word for word in words if word not in told] == []


def test_everyone_else(root: Path) -> None:
    levels = {item.doelgroep: item.niveau for item in sight(root, "VT-2026-001", "2026-03-01").doelgroepen}
    assert levels == {
        "coordinatie": "coordinatie",
        "partners/gamma": "toestemming",
        "partners/alfa": "toestemming",
        "partners/beta": None,
        "partners": None,
        "publiek": None,
    }


def test_every_field_stands_once_at_its_level(root: Path) -> None:
    fields = sight(root, "VT-2026-001", "2026-10-01").velden
    assert fields["altijd"] == ("id", "traject", "start")
    assert "logboek.overleg.conclusie" in fields["toestemming"]
    assert fields["coordinatie"] == ("logboek.stopzetting.toelichting",)
    known = [path for paths in fields.values() for path in paths]
    assert len(known) == len(set(known))
    for niveau, paths in fields.items():
        for path in paths:
            parts = path.split(".")
            plain = f"documenten.{parts[2]}" if parts[0] == "documenten" else path
            assert ZICHT[plain] == niveau


def test_as_a_command(root: Path) -> None:
    options = ["--root", str(root), "--date", "2026-07-15", "zicht", "VT-2026-001"]
    text = CliRunner().invoke(cli, options)
    assert text.exit_code == 0, text.output
    assert (
        "Alfa (partners/alfa): niets\n    begeleidde vanaf 2026-02-01 tot 2026-06-30, en nu niet meer\n" in text.stdout
    )
    assert "Publiek (publiek): niets\n" in text.stdout
    told = json.loads(CliRunner().invoke(cli, [*options, "--format", "json"]).stdout)
    assert [item["niveau"] for item in told["doelgroepen"] if item["doelgroep"] == "partners/beta"] == ["toestemming"]
    wrong = CliRunner().invoke(cli, [*options[:-1], "VT-2026-009"])
    assert (wrong.exit_code, wrong.stderr) == (2, "woontraject: het dossier VT-2026-009 bestaat niet\n")
