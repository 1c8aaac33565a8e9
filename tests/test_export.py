"""What an audience may see in a spreadsheet: no text is taken for a formula, and the same day makes the same bytes."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from generator.cli import cli
from generator.history import History
from generator.model.view import COORDINATIE, Doelgroep, View
from generator.render.tabellen import Tabel, make_tabellen
from generator.render.werkblad import to_csv, to_xlsx
from generator.views import make_bladen, make_view
from generator.werkmap import is_formula, read_blad
from tests.bladen import xlsx
from tests.conftest import PROJECT, VANDAAG, findings_of, read
from tests.test_import import GOOD, GOOD_YAML, HEAD, import_, new

Make = Callable[..., Path]
HOSTILE = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://elders.example";"klik")',
    "+32 50",
    "-1",
    "@SUM(A1)",
    "\t=1",
    " =1",
    "＝1+1",
    "＋1",
    "－1",
    "＠A1",
    "\n=1",
]


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.cli.exchange.today", lambda: VANDAAG)


def export(root: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["export", "--root", str(root), "--date", str(VANDAAG), *words])


def view_of(root: Path, audience: Doelgroep) -> View:
    return make_view(read(root), History(), audience, VANDAAG, "")


def rows_of(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


@pytest.mark.parametrize("audience", ["coordinatie", "partners/cgg"])
def test_a_dossier_is_a_row(audience: str) -> None:
    """With what its view says of it."""
    partner = audience.partition("/")[2]
    doelgroep = Doelgroep("partner", partner) if partner else COORDINATIE
    result = export(PROJECT, "--format", "csv", "--doelgroep", audience)
    assert result.exit_code == 0, result.stderr
    assert b"\r\n" in result.stdout_bytes
    assert not re.search(rb"[^\r]\n", result.stdout_bytes)
    rows = {row["Referentie"]: row for row in rows_of(result.stdout_bytes)}
    bladen = {blad.dossier.id: blad for blad in make_bladen(read(PROJECT), History(), doelgroep, VANDAAG)}
    assert rows.keys() == bladen.keys()
    for name, blad in bladen.items():
        row, dossier = rows[name], blad.dossier
        assert row["Start"] == str(dossier.start or "")
        assert row["Einde"] == str(dossier.einde or "")
        assert row["Volgend op"] == (str(dossier.volgende.datum) if dossier.volgende else "")
        assert row["Begeleider"] == (dossier.begeleider or "")
        assert row["Referentie van de woning"] == blad.gegevens.get("woning", "")
    assert {row["Verloop"] for row in rows.values()} & {"goed", "moeilijk"}


def test_without_consent_a_partner_gets_reference_phase_and_dates(register: Make) -> None:
    """And the coordinators all of it."""
    text = GOOD_YAML.replace("  toestemmingsverklaring: 2026-10-01\n", "").replace("start:", "woning: W-1\nstart:")
    root = register({"dossiers/VT-2026-001.yaml": text})
    [row] = rows_of(export(root, "--format", "csv", "--doelgroep", "partners/alfa").stdout_bytes)
    filled = {heading: value for heading, value in row.items() if value}
    assert filled == {
        "Referentie": "VT-2026-001",
        "Traject": "Versnelde toewijzing",
        "Fase": "aangemeld",
        "Start": "2026-12-01",
        "Einde": "2027-12-01",
        "Volgend moment": "overleg-1m",
        "Volgend op": "2027-01-28",
    }
    [row] = rows_of(export(root, "--format", "csv").stdout_bytes)
    assert row["Referentie van de woning"] == "W-1"
    assert row["Aanmelding: organisatie"] == "Alfa"


def test_a_workbook_has_the_moments_and_the_logboek(tmp_path: Path) -> None:
    out = tmp_path / "uit.xlsx"
    result = export(PROJECT, "--format", "xlsx", "--out", str(out))
    assert result.exit_code == 0, result.stderr
    assert out.stat().st_mode & 0o777 == 0o600
    book = load_workbook(out)
    assert book.sheetnames == ["Dossiers", "Begeleiding", "Momenten", "Logboek", "Aanmeldingen", "Over dit bestand"]
    view, bladen = view_of(PROJECT, COORDINATIE), [*make_bladen(read(PROJECT), History(), COORDINATIE, VANDAAG)]
    sizes = {sheet.title: sheet.max_row - 1 for sheet in book}
    assert sizes["Momenten"] == sum(len(dossier.momenten) for dossier in view.dossiers)
    assert sizes["Logboek"] == sum(len(blad.gegevens.get("logboek", ())) for blad in bladen)
    assert sizes["Aanmeldingen"] == len(view.aanmeldingen)
    heads = [cell.value for cell in book["Logboek"][1]]
    assert {"Dossier", "Datum", "Soort", "Verloop", "Conclusie", "Omschrijving"} <= set(heads)
    told = {heading: row for row, heading in enumerate(heads)}
    found = [[cell.value for cell in row] for row in book["Logboek"].iter_rows(min_row=2)]
    texts = [
        entry["conclusie"] for blad in bladen for entry in blad.gegevens.get("logboek", ()) if "conclusie" in entry
    ]
    assert [row[told["Conclusie"]] for row in found if row[told["Conclusie"]]] == texts
    days = [cell for cell in book["Momenten"]["E"][1:] if cell.value]
    assert all(isinstance(cell.value, datetime) and cell.number_format == "dd/mm/yyyy" for cell in days)
    assert "zaterdag 21 november 2026" in [cell.value for cell in book["Over dit bestand"]["B"]]


def test_equal_input_makes_equal_bytes() -> None:
    """No part of the file holds the hour at which it was made."""
    partner = Doelgroep("partner", "cgg")
    bladen = [*make_bladen(read(PROJECT), History(), partner, VANDAAG)]
    tables = make_tabellen(view_of(PROJECT, partner), bladen)
    made = to_xlsx(tables)
    assert made == to_xlsx(tables)
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        stamps = set(re.findall(rb"\d{4}-\d\d-\d\dT[0-9:]+Z", parts.read("docProps/core.xml")))
    assert stamps == {b"1980-01-01T00:00:00Z"}


@pytest.mark.parametrize("text", HOSTILE)
def test_what_looks_like_a_formula_is_text(text: str) -> None:
    table = Tabel("Dossiers", ("Kop", text), (("a", text),))
    for row in csv.reader(io.StringIO(to_csv(table).decode("utf-8-sig"), newline=""), delimiter=";"):
        assert row[1] == f"'{text}"
    made = to_xlsx([table])
    sheet = load_workbook(io.BytesIO(made))["Dossiers"]
    assert [(cell.value, cell.data_type, cell.quotePrefix, cell.hyperlink) for cell in sheet["B"]] == [
        (text, "s", True, None)
    ] * 2
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert not any(b"<f>" in parts.read(name) or b"<hyperlink" in parts.read(name) for name in parts.namelist())


SIGNS = st.text(st.sampled_from("=+-@\t\r\n＝＋－＠ '\";,a1"), max_size=8)


@given(SIGNS)
@example("'=1")
@settings(max_examples=300, deadline=None)
def test_no_cell_of_a_csv_begins_as_a_formula(text: str) -> None:
    [_, [cell]] = csv.reader(
        io.StringIO(to_csv(Tabel("T", ("Kop",), ((f"{text}.",),))).decode("utf-8-sig"), newline=""), delimiter=";"
    )
    assert not is_formula(cell)
    assert cell in (f"{text}.", f"'{text}.")


def test_a_link_is_text() -> None:
    """Nothing in the file leads elsewhere."""
    made = to_xlsx([Tabel("T", ("Kop",), (("https://elders.example",),))])
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        told = b"".join(parts.read(name) for name in parts.namelist() if name.endswith(".rels"))
    assert b"External" not in told


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_an_import_wrote_comes_back_through_an_export(kind: str, register: Make, tmp_path: Path) -> None:
    """An export is a list that can be imported: the same files again."""
    root = register()
    rows = [
        GOOD,
        new(GOOD, Referentie="VT-2026-002", Begeleider="B-1"),
        new(GOOD, Referentie="VT-2026-003", Start=None),
    ]
    rows[2] = [*GOOD[:1], None, *GOOD[2:4], *[None] * 6]
    rows[2][0] = "VT-2026-003"
    assert import_(root, xlsx(tmp_path / "een.xlsx", [HEAD, *rows]), "--yes").exit_code == 0
    written = {path.name: path.read_text(encoding="utf-8") for path in (root / "dossiers").rglob("*.yaml")}
    out = tmp_path / f"uit.{kind}"
    assert export(root, "--format", kind, "--out", str(out)).exit_code == 0
    for path in (root / "dossiers").rglob("*.yaml"):
        path.unlink()
    result = import_(root, out, "--yes")
    assert result.exit_code == 0, result.output
    assert {path.name: path.read_text(encoding="utf-8") for path in (root / "dossiers").rglob("*.yaml")} == written
    assert len(written) == 3
    assert [str(found) for found in findings_of(root) if found.level == "fout"] == []


def test_a_harmless_cell_is_read_as_it_was(tmp_path: Path) -> None:
    out = tmp_path / "uit.csv"
    out.write_bytes(to_csv(Tabel("T", ("Kop",), (("=1+1",), ("’s avonds",), ("'s avonds",)))))
    assert [rij.cellen[1].waarde for rij in read_blad(out).rijen] == ["Kop", "=1+1", "’s avonds", "'s avonds"]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["--format", "csv", "--doelgroep", "publiek"], "publiek ziet geen dossiers: kies coordinatie, partners/alfa"),
        (["--format", "csv", "--doelgroep", "partners/x"], "de doelgroep partners/x bestaat niet (wel: coordinatie,"),
        (["--format", "xlsx"], "een .xlsx komt niet op het scherm: geef --out BESTAND"),
        (["--format", "ods"], "--format is csv of xlsx"),
    ],
)
def test_wrong_use_is_told(words: list[str], text: str, register: Make) -> None:
    result = export(register({"dossiers/VT-2026-001.yaml": GOOD_YAML}), *words)
    assert result.exit_code == 2
    assert text in result.stderr


def test_nothing_is_told_of_a_register_with_errors(register: Make, tmp_path: Path) -> None:
    root = register({"dossiers/VT-2026-001.yaml": GOOD_YAML.replace("partner: alfa\n", "partner: onbekend\n", 1)})
    out = tmp_path / "uit.csv"
    result = export(root, "--format", "csv", "--out", str(out))
    assert (result.exit_code, out.exists()) == (1, False)
    assert "VERWIJZING" in result.stderr
