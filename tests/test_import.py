# ruff: noqa: DTZ001 (a cell holds a civil date)
"""A first load from a spreadsheet: every bad cell is told in Dutch, and nothing is written unless all is good."""

import re
import shutil
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from generator.celwaarden import Onleesbaar, read_cel
from generator.cli import cli
from generator.findings import Gestopt, VerkeerdGebruik
from generator.invoer import make_invoer
from generator.kolommen import make_kolommen
from generator.koppelen import koppel
from generator.load import load_text
from generator.model.dossier import Dossier
from generator.model.kolom import Keuzewaarde, Kolom, Kolomsoort
from generator.register import Register
from generator.validate import validate
from generator.werkmap import Blad, Cel, Rij, letters, read_blad
from tests.bladen import csv_text, filled, with_parts, xlsx
from tests.conftest import PROJECT, VANDAAG, findings_of, read

Make = Callable[..., Path]
VT = "versnelde-toewijzing"
HEAD = [
    "Referentie", "Start", "Aanmelding: datum", "Aanmelding: organisatie", "Bevestiging", "Huurovereenkomst",
    "Toestemmingsverklaring", "Begeleiding: organisatie", "Begeleider", "Vanaf",
]  # fmt: skip
START = datetime(2026, 12, 1)
GOOD = ["VT-2026-001", START, "1/10/2026", "Alfa", "20-11-2026", "2026-11-20", "1.10.2026", "ALFA", "A-01", START]
GOOD_YAML = """\
id: VT-2026-001
traject: versnelde-toewijzing
start: 2026-12-01
aanmelding:
  datum: 2026-10-01
  partner: alfa
documenten:
  toestemmingsverklaring: 2026-10-01
  begeleidingsovereenkomst: 2026-11-20
  huurovereenkomst: 2026-11-20
begeleiding:
  - {partner: alfa, begeleider: A-01, vanaf: 2026-12-01}
"""


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.cli.exchange.today", lambda: VANDAAG)


def import_(root: Path, file: Path, *words: str, traject: str = VT, typed: str | None = None) -> Result:
    args = ["import", "--root", str(root), "--date", str(VANDAAG), str(file), traject, *words]
    return CliRunner().invoke(cli, args, input=typed)


def new(old: list[Any], **values: Any) -> list[Any]:
    """A row with other values, by heading."""
    return [
        values.get(heading.replace(": ", "_").replace(" ", "_"), value)
        for heading, value in zip(HEAD, old, strict=True)
    ]


def files_in(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


# What is written.


@pytest.mark.parametrize("kind", ["xlsx", "csv", "csv-komma", "csv-1252"])
def test_a_row_becomes_a_file(kind: str, register: Make, tmp_path: Path) -> None:
    root = register()
    if kind == "xlsx":
        file = xlsx(tmp_path / "lijst.xlsx", [HEAD, GOOD])
    else:
        row = [f"{value:%d/%m/%Y}" if isinstance(value, datetime) else value for value in GOOD]
        text = csv_text([[*HEAD, "Café"], row], "," if kind == "csv-komma" else ";")
        file = tmp_path / "lijst.csv"
        file.write_bytes(text.encode("cp1252" if kind == "csv-1252" else "utf-8-sig"))
    result = import_(root, file, "--yes")
    assert result.exit_code == 0, result.output
    assert ("Gelezen als Windows-1252" in result.stdout) is (kind == "csv-1252")
    assert (root / "dossiers/2026/VT-2026-001.yaml").read_text(encoding="utf-8") == GOOD_YAML
    assert [str(found) for found in findings_of(root) if found.level == "fout"] == []


def test_numbers_are_given_and_empty_rows_passed_over(register: Make, tmp_path: Path) -> None:
    """After those of the register and of the sheet; by the year of the start, beside the others of the series."""
    root = register({"dossiers/oud/VT-2026-004.yaml": GOOD_YAML.replace("VT-2026-001", "VT-2026-004")})
    rows = [
        new(GOOD, Referentie=None), [None] * 10, ["", " ", *[None] * 8], new(GOOD, Referentie="VT-2026-007"),
        new(GOOD, Referentie=None), new(GOOD, Referentie=None, Start=datetime(2027, 1, 4), Vanaf=datetime(2027, 1, 4)),
    ]  # fmt: skip
    result = import_(root, xlsx(tmp_path / "lijst.xlsx", [HEAD, *rows]), "--yes")
    assert result.exit_code == 0, result.output
    written = [line for line in result.stdout.splitlines() if line.startswith("dossiers/")]
    assert written == [
        "dossiers/oud/VT-2026-008.yaml",
        "dossiers/oud/VT-2026-007.yaml",
        "dossiers/oud/VT-2026-009.yaml",
        "dossiers/2027/VT-2027-001.yaml",
    ]


@pytest.mark.parametrize(
    ("words", "typed", "code", "written"),
    [
        (["--yes"], None, 0, True),
        (["--dry-run"], None, 0, False),
        (["--dry-run", "--yes"], None, 0, False),
        ([], None, 2, False),
        ([], "ja\n", 0, True),
        ([], "\n", 0, False),
        ([], "nee\n", 0, False),
    ],
)
def test_it_is_written_only_when_somebody_says_so(
    words: list[str],
    typed: str | None,
    code: int,
    written: bool,
    register: Make,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without a terminal nobody can be asked."""
    monkeypatch.setattr("generator.cli.exchange._on_terminal", lambda: typed is not None)
    root = register()
    result = import_(root, xlsx(tmp_path / "lijst.xlsx", [HEAD, GOOD]), *words, typed=typed)
    assert (result.exit_code, (root / "dossiers").exists()) == (code, written), result.output


def test_one_bad_row_keeps_all_from_being_written(register: Make, tmp_path: Path) -> None:
    root = register()
    before = files_in(root)
    file = xlsx(tmp_path / "lijst.xlsx", [HEAD, GOOD, new(GOOD, Referentie="VT-2026-002", Huurovereenkomst="gisteren")])
    result = import_(root, file, "--yes")
    assert result.exit_code == 1
    assert "lijst.xlsx:Blad1!F3: fout WAARDE: " in result.stderr
    assert "Er is niets geschreven." in result.stderr
    assert files_in(root) == before


BAD = [
    new(GOOD, Referentie="VT-2026-004"),
    new(GOOD, Referentie="VT-2026-005", Start="12/31/2026", Aanmelding_organisatie="Alfaa"),
    new(GOOD, Referentie="VT-2026-005"),
    new(GOOD, Referentie="vt 6", Begeleider=None),
    new(GOOD, Referentie="PW-2026-001", Begeleiding_organisatie="Gamma"),
    new(GOOD, Referentie="VT-2026-007", Aanmelding_datum=None, Begeleider="0472 12 34 56"),
    new(GOOD, Referentie="VT-2026-008", Bevestiging="=TODAY()", Huurovereenkomst=True, Vanaf=12),
    new(GOOD, Referentie="VT-2026-009", Bevestiging=None, Toestemmingsverklaring=datetime(2026, 10, 1, 9, 30)),
    new(GOOD, Referentie=datetime(2026, 1, 2), Start="1/12/26"),
]
TOLD = """\
B!A2: fout ID: de id VT-2026-004 bestaat al in dossiers/VT-2026-004.yaml: kies een andere, of haal de rij weg
B!B3: fout WAARDE: verwacht eerst de dag en dan de maand, zoals 26/11/2026, niet ‘12/31/2026’
B!D3: fout WAARDE: partner ‘Alfaa’ bestaat niet: bedoelt u ‘Alfa’?
B!A4: fout ID: de id VT-2026-005 staat ook op rij 3: kies een andere
B!A5: fout WAARDE: verwacht hoofdletters, cijfers en streepjes, zoals VT-2026-014
B!I5: fout SLEUTEL: de sleutel ‘begeleider’ ontbreekt
B!A6: fout ID: de id van een dossier in dit traject begint met VT-: kijk id en traject na
B!C7: fout SLEUTEL: de sleutel ‘datum’ ontbreekt
B!I7: fout PRIVACY: dit lijkt een telefoonnummer: haal het weg (dat van een dienst hoort in protocol/partners.yaml)
B!I7: fout WAARDE: verwacht letters, cijfers en streepjes, zoals CAW-03 (nooit een naam)
B!E8: fout WAARDE: hier staat een formule: vervang ze door haar waarde (Plakken speciaal, Waarden)
B!F8: fout WAARDE: verwacht een datum, niet ja: geef de cel de opmaak Datum
B!J8: fout WAARDE: verwacht een datum, niet ‘12’: geef de cel de opmaak Datum
B!G9: fout WAARDE: verwacht een dag zonder uur, niet 01/10/2026 09:30
B!A10: fout WAARDE: verwacht tekst, niet de datum 02/01/2026: geef de cel de opmaak Tekst en vul ze opnieuw in
B!B10: fout WAARDE: schrijf het jaar met vier cijfers, niet ‘1/12/26’
protocol/partners.yaml:11:1: fout VT-3.2: ‘gamma’ begeleidt, en heeft dus een telefoon of e-mail nodig, \
en kantooruren: vul ‘contact’ aan"""


def test_every_bad_cell_is_told_in_one_run(register: Make, tmp_path: Path) -> None:
    """Of every row, in the words of the models and the checks; also what a row breaks in another file."""
    root = register({"dossiers/VT-2026-004.yaml": GOOD_YAML.replace("VT-2026-001", "VT-2026-004")})

    def name_sheet(book: Any) -> None:
        book.worksheets[0].title = "B"

    result = import_(root, xlsx(tmp_path / "lijst.xlsx", [HEAD, *BAD], name_sheet), "--yes")
    assert result.exit_code == 1
    told = [line.removeprefix("lijst.xlsx:") for line in result.stderr.splitlines()]
    assert "\n".join(told[:-2]) == TOLD


def test_a_row_that_follows_on_a_bad_row_is_not_blamed(register: Make, tmp_path: Path) -> None:
    rows = [
        ["Referentie", "Vervolg op", "Aanmelding: datum", "Aanmelding: organisatie"],
        ["WB-1", None, "gisteren", "Alfa"],
        ["WB-2", "WB-1", None, None],
        ["WB-3", "WB-9", None, None],
    ]
    result = import_(register(), xlsx(tmp_path / "lijst.xlsx", rows), "--yes", traject="woonbegeleiding")
    places = [line.partition(": ")[0] for line in result.stderr.splitlines() if ": fout" in line]
    assert places == ["lijst.xlsx:Blad1!C2", "lijst.xlsx:Blad1!B4"], result.stderr


# The headings.

KOLOMMEN = make_kolommen(read(PROJECT).register.trajecten["proefwonen"][-1].regels, read(PROJECT).register.partners)


def blad_of(*headings: str) -> Blad:
    return Blad("l.csv", "", (Rij(1, {nr: Cel(text) for nr, text in enumerate(headings, 1)}),))


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Referentie", "id"),
        ("REFERENTIE *", "id"),
        ("id", "id"),
        ("Aanmelding: datum", "aanmelding.datum"),
        ("aanmelding.datum", "aanmelding.datum"),
        ("aanmelding datum", "aanmelding.datum"),
        ("Begeleider", "begeleiding.begeleider"),
        ("vanaf", "begeleiding.vanaf"),
        ("uitkomst", "aanmelding.besluit.uitkomst"),
        ("Psychische  Problematiek", "aanmelding.doelgroep.psychische_problematiek"),
        ("akte_van_bruikleen", "documenten.akte_van_bruikleen"),
        ("Domicílie op het adres van de woning", "domicilie_op_adres"),
        ("Datum", None),
        ("Naam van de huurder", None),
        ("Partner", None),
        ("", None),
    ],
)
def test_a_heading_is_recognised(heading: str, field: str | None) -> None:
    [column] = koppel(blad_of(heading), KOLOMMEN, {}).kolommen
    assert (column.kolom.veld if column.kolom else None) == field


def test_a_short_name_does_not_take_the_place_of_a_whole_one() -> None:
    mapped = koppel(blad_of("Begeleider", "Begeleiding: functiecode van de begeleider"), KOLOMMEN, {})
    assert [column.kolom and column.kolom.veld for column in mapped.kolommen] == [None, "begeleiding.begeleider"]
    assert mapped.fouten == ()


def test_what_is_unknown_missing_or_double_is_told() -> None:
    mapped = koppel(blad_of("Startt", "Huisvester", "huisvester"), KOLOMMEN, {})
    assert [column.lijkt_op for column in mapped.kolommen] == ["Start", None, None]
    assert "start" in {kolom.veld for kolom in mapped.ontbreekt}
    assert mapped.fouten == ("l.csv:C1: fout KOP: ook kolom B is ‘Huisvester’: laat er met --map een weg",)


def test_the_mapping_can_be_put_right() -> None:
    asked = {"Startt": "start", "huur=der": "woning", "Huisvester": "", "uitkomst": "Besluit: datum"}
    mapped = koppel(blad_of("Startt", "huur=der", "Huisvester", "Uitkomst"), KOLOMMEN, asked)
    assert [c.kolom and c.kolom.veld for c in mapped.kolommen] == ["start", "woning", None, "aanmelding.besluit.datum"]


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ({"Einde": "start"}, "--map: het blad heeft geen kolom ‘Einde’"),
        ({"Start": "strat"}, "--map: het veld ‘strat’ bestaat niet: bedoelt u ‘start’?"),
    ],
)
def test_a_wrong_mapping_is_refused(asked: dict[str, str], text: str) -> None:
    with pytest.raises(VerkeerdGebruik) as refused:
        koppel(blad_of("Start"), KOLOMMEN, asked)
    assert str(refused.value) == text


def test_the_mapping_is_shown_before_the_rows(register: Make, tmp_path: Path) -> None:
    file = xlsx(tmp_path / "lijst.xlsx", [["Naam", "Aangemeld", *HEAD[3:]], ["X", "1/1/2026", *GOOD[3:]]])
    result = import_(register(), file, "--dry-run", "--map", "Aangemeld=aanmelding.datum")
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    assert lines[0] == "Kolommen van lijst.xlsx, blad Blad1:"
    assert lines[1:3] == ["A Naam wordt niet overgenomen", "B Aangemeld → aanmelding.datum"]
    assert "Start (start)" in lines
    assert import_(register(), file, "--dry-run", "--map", "Aangemeld").exit_code == 2
    assert import_(register(), file, "--dry-run", traject="onbekend").exit_code == 2


# The cells.


def column(soort: Kolomsoort, *words: str) -> Kolom:
    return Kolom(
        "veld", "Veld", "", "", soort, tuple(Keuzewaarde(word, word.upper()) for word in words), verplicht=False
    )


@pytest.mark.parametrize(
    ("soort", "value", "result"),
    [
        ("datum", datetime(2026, 11, 26), date(2026, 11, 26)),
        ("datum", "2026-11-26", date(2026, 11, 26)),
        ("datum", "26/11/2026", date(2026, 11, 26)),
        ("datum", "3/4/2026", date(2026, 4, 3)),
        ("datum", "3 4 2026", date(2026, 4, 3)),
        ("datum", "31-12-2026", date(2026, 12, 31)),
        ("datum", "31/02/2026", "de datum 2026-02-31 bestaat niet"),
        ("datum", "2/13/2026", "verwacht eerst de dag en dan de maand, zoals 26/11/2026, niet ‘2/13/2026’"),
        ("datum", "13/13/2026", "de datum 2026-13-13 bestaat niet"),
        ("datum", "1/2/26", "schrijf het jaar met vier cijfers, niet ‘1/2/26’"),
        ("datum", "november", "verwacht een datum als 26/11/2026, niet ‘november’"),
        ("datum", datetime(1899, 12, 31), "het jaar van 1899-12-31 ligt niet tussen 2000 en 2099"),
        ("datum", 46352, "verwacht een datum, niet ‘46352’: geef de cel de opmaak Datum"),
        ("getal", 12, 12),
        ("getal", 12.0, 12),
        ("getal", "12", 12),
        ("getal", 12.5, "verwacht een geheel getal, niet ‘12,5’"),
        ("getal", "012", "verwacht een geheel getal, niet ‘012’"),
        ("getal", True, "verwacht een geheel getal, niet ja"),
        ("ja-nee", "Ja", True),
        ("ja-nee", "nee", False),
        ("ja-nee", False, False),
        ("ja-nee", 1, "verwacht ja of nee, niet ‘1’"),
        ("ja-nee", "soms", "verwacht ja of nee, niet ‘soms’"),
        ("tekst", "NO", "NO"),
        ("tekst", 1043, "1043"),
        ("tekst", 1043.0, "1043"),
        ("tekst", 1.5, "verwacht tekst, niet ‘1,5’: geef de cel de opmaak Tekst en vul ze opnieuw in"),
        ("tekst", "a\x07b", "deze tekst bevat een onzichtbaar stuurteken: verwijder het"),
        ("tekst", "a\u202eb", "deze tekst bevat een onzichtbaar stuurteken: verwijder het"),
        ("keuze", "EEN", "een"),
        ("keuze", "drie", "drie"),
        ("partner", "Eén", "een"),
        ("partner", "drie", "partner ‘drie’ bestaat niet (wel: EEN, TWEE)"),
        ("vrij", "ja", True),
        ("vrij", 7, 7),
        ("vrij", "7", 7),
        ("vrij", "soms", "soms"),
        ("vrij", None, None),
    ],
)
def test_a_cell_is_read_as_its_column_wants(soort: Kolomsoort, value: Any, result: Any) -> None:
    kolom = column(soort, *(("een", "twee") if soort in ("keuze", "partner") else ()))
    try:
        found = read_cel(kolom, Cel(value))
    except Onleesbaar as error:
        found = str(error)
    assert (type(found), found) == (type(result), result)


@given(st.integers(1, 16_384))
def test_columns_have_letters(number: int) -> None:
    assert letters(number) == get_column_letter(number)


# The files.


def _protect(file: Path) -> None:
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))


def _bomb(file: Path) -> None:
    with_parts(file, {"xl/media/image1.png": bytes(21_000_000)})


def _many_cells(file: Path) -> None:
    with_parts(file, {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row>" + b"<c/>" * 250_001})


def _entities(file: Path) -> None:
    """A sheet that is good, but for an entity that it declares."""
    with zipfile.ZipFile(file) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml")
    with_parts(file, {"xl/worksheets/sheet1.xml": b'<!DOCTYPE worksheet [<!ENTITY a "ha">]>' + sheet})


def _many_parts(file: Path) -> None:
    with_parts(file, {f"xl/media/{number}.png": b"" for number in range(1001)})


def _hide(file: Path) -> None:
    book = load_workbook(file)
    book.create_sheet("Leeg")
    book["Blad1"].sheet_state = "hidden"
    book.save(file)


def _two_sheets(file: Path) -> None:
    book = load_workbook(file)
    book.create_sheet("Tweede")["A1"] = "iets"
    book.save(file)


def _far(file: Path) -> None:
    book = load_workbook(file)
    book["Blad1"]["A1048576"] = "ver"
    book.save(file)


NO_XLSX = "dit is geen .xlsx: open het in Excel of LibreOffice en bewaar het als .xlsx"
BROKEN = "dit bestand is beschadigd of geen .xlsx: open het en bewaar het opnieuw"
NO_CSV = "dit is geen CSV in UTF-8: bewaar het als ‘CSV UTF-8’"
BAD_CSV = "regel 1 is geen geldige CSV: kijk de aanhalingstekens na"
BOMB = "dit bestand bevat uitgepakt te veel: kopieer alleen de lijst naar een nieuw bestand"
LOCKED = "dit bestand is met een wachtwoord beveiligd, of een oud .xls: bewaar het als gewone .xlsx"
HUGE = "dit bestand is te groot (hoogstens 10 MB): splits de lijst"
MACROS = "dit bestand bevat macro’s: bewaar het als gewone .xlsx"
LARGE = (
    "er staan meer dan 5000 rijen of 100 kolommen in dit blad: verwijder de lege onderaan en rechts, of splits de lijst"
)


@pytest.mark.parametrize(
    ("name", "change", "text"),
    [
        ("l.xls", None, "dit is het oude formaat van Excel: bewaar het als .xlsx"),
        ("l.xlsm", None, "dit bestand kan macro’s bevatten: bewaar het als .xlsx"),
        ("l.ods", None, "dit is een blad van LibreOffice: bewaar het als .xlsx"),
        ("l.txt", None, "verwacht een bestand dat op .xlsx of .csv eindigt"),
        ("l", None, "verwacht een bestand dat op .xlsx of .csv eindigt"),
        ("l.csv", None, NO_CSV),
        ("l.xlsx", lambda file: file.write_bytes(b"Referentie;Start"), NO_XLSX),
        ("l.xlsx", lambda file: file.write_bytes(b""), NO_XLSX),
        ("l.xlsx", lambda file: file.write_bytes(file.read_bytes()[:2000]), NO_XLSX),
        ("l.xlsx", lambda file: file.write_bytes(bytes(11_000_000)), HUGE),
        ("l.xlsx", lambda file: with_parts(file, {"xl/workbook.xml": None}), BROKEN),
        ("l.xlsx", lambda file: with_parts(file, {"xl/workbook.xml": b"<workbook"}), BROKEN),
        ("l.xlsx", lambda file: with_parts(file, {"xl/worksheets/sheet1.xml": b"\xff<x"}), BROKEN),
        ("l.xlsx", _entities, BROKEN),
        ("l.xlsx", _protect, LOCKED),
        ("l.xlsx", lambda file: with_parts(file, {"xl/vbaProject.bin": b"x"}), MACROS),
        ("l.xlsx", _bomb, BOMB),
        ("l.xlsx", _many_parts, BOMB),
        ("l.xlsx", _many_cells, BOMB),
        ("l.xlsx", _hide, "er staat niets in een blad dat te zien is"),
        ("l.xlsx", _two_sheets, "er zijn 2 ingevulde bladen (Blad1, Tweede): kies er een met --blad"),
        ("l.xlsx", _far, LARGE),
        ("l.xlsx", lambda file: file.unlink(), "dit bestand bestaat niet"),
        ("l.csv", lambda file: file.write_text('a;"b"c\n', encoding="utf-8"), BAD_CSV),
        ("l.csv", lambda file: file.write_text("a" * 200_000, encoding="utf-8"), BAD_CSV),
        ("l.csv", lambda file: file.write_text("a\n" * 5_001, encoding="utf-8"), LARGE),
        ("l.csv", lambda file: file.write_text("\n;;\n", encoding="utf-8"), "er staat niets in dit blad"),
        ("l.csv", lambda file: file.write_bytes("a;b".encode("utf-16")), NO_CSV),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_told(
    name: str, change: Callable[[Path], Any] | None, text: str, tmp_path: Path
) -> None:
    file = tmp_path / name
    xlsx(tmp_path / "made.xlsx", [["Referentie"], ["VT-2026-001"]]).replace(file)
    if change:
        change(file)
    with pytest.raises(Gestopt) as stopped:
        read_blad(file)
    assert str(stopped.value) == f"{file}: {text}"


def test_a_folder_is_no_spreadsheet(tmp_path: Path) -> None:
    (tmp_path / "l.xlsx").mkdir()
    with pytest.raises(Gestopt, match="dit is geen gewoon bestand"):
        read_blad(tmp_path / "l.xlsx")


@given(at=st.integers(0, 6000), bits=st.integers(1, 255))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_broken_file_makes_a_traceback(at: int, bits: int, tmp_path: Path) -> None:
    file = xlsx(tmp_path / "l.xlsx", [HEAD, GOOD])
    raw = bytearray(file.read_bytes())
    raw[at % len(raw)] ^= bits
    file.write_bytes(raw)
    with suppress(Gestopt):  # any other exception fails
        assert read_blad(file).rijen


def test_cells_that_say_something_else_than_they_hold(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book.worksheets[0]
        sheet["A2"], sheet["B2"], sheet["C2"], sheet["D2"] = "=1+1", "#N/A", "zelf", time(10, 0)
        sheet.merge_cells("C2:C3")
        sheet["A4"].hyperlink = "https://elders.example"
        sheet["A4"] = "met link"

    blad = read_blad(xlsx(tmp_path / "l.xlsx", [["Een", "Twee", "Drie", "Vier"]], change))
    told = {blad.plaats(rij.nummer, nr): cel.fout for rij in blad.rijen for nr, cel in rij.cellen.items() if cel.fout}
    assert told == {
        "l.xlsx:Blad1!A2": "hier staat een formule: vervang ze door haar waarde (Plakken speciaal, Waarden)",
        "l.xlsx:Blad1!B2": "hier staat een fout van het rekenblad (#N/A): vul een waarde in",
        "l.xlsx:Blad1!C2": "deze cellen zijn samengevoegd (C2:C3): splits ze, en vul elke rij in",
        "l.xlsx:Blad1!C3": "deze cellen zijn samengevoegd (C2:C3): splits ze, en vul elke rij in",
        "l.xlsx:Blad1!D2": "hier staat een uur of een duur: vul een datum of tekst in",
    }
    assert blad.rijen[-1].cellen[1] == Cel("met link")


def test_a_merged_heading_is_told(register: Make, tmp_path: Path) -> None:
    file = xlsx(
        tmp_path / "l.xlsx", [["Lijst", None], HEAD, GOOD], lambda book: book.worksheets[0].merge_cells("A1:B1")
    )
    result = import_(register(), file, "--yes")
    assert result.exit_code == 1
    assert "l.xlsx:Blad1!A1: fout KOP: deze cellen zijn samengevoegd (A1:B1)" in result.stderr


def test_a_sheet_is_chosen_by_name(tmp_path: Path) -> None:
    file = xlsx(tmp_path / "l.xlsx", [["Een"]], lambda book: book.create_sheet("Ander").append(["Twee"]))
    assert read_blad(file, "Ander").rijen[0].cellen == {1: Cel("Twee")}
    with pytest.raises(Gestopt, match=r"het blad ‘Nee’ bestaat niet of is verborgen \(wel: Blad1, Ander\)"):
        read_blad(file, "Nee")


# Everything that fits on a row.


def as_row(dossier: Dossier) -> dict[str, Any]:
    """The fields of a dossier by their path, as far as they fit."""
    found: dict[str, Any] = {}

    def walk(value: Any, path: str) -> None:
        match value:
            case dict():
                for key, inner in value.items():
                    walk(inner, f"{path}.{key}" if path else key)
            case [only]:
                walk(only, path)
            case [] | () | None:
                pass
            case _:
                found[path.removesuffix(".ondertekend")] = value

    walk(dossier.model_dump(mode="json", exclude={"logboek", "traject"}), "")
    return found


def fits(dossier: Dossier) -> bool:
    lists = (dossier.begeleiding, dossier.afwijkingen, *dossier.documenten.values())
    withdrawn = [
        item for key, items in dossier.documenten.items() for item in items if item.ingetrokken and key[0] != "t"
    ]
    return all(len(items) <= 1 for items in lists) and not withdrawn


def sheet_of(rows: list[dict[str, Any]]) -> Blad:
    heads = list(dict.fromkeys(path for row in rows for path in row))
    lines = [Rij(1, {nr: Cel(head) for nr, head in enumerate(heads, 1)})]
    for number, row in enumerate(rows, 2):
        lines.append(Rij(number, {nr: Cel(row[head]) for nr, head in enumerate(heads, 1) if head in row}))
    return Blad("l.csv", "", tuple(lines))


def read_files(files: dict[str, str]) -> dict[str, Dossier]:
    found = {}
    for path, text in files.items():
        document, wrong = load_text(text, path)
        assert document is not None
        dossier, invalid = validate(Dossier, document)
        assert dossier is not None, (wrong, invalid)
        found[dossier.id] = dossier
    return found


def empty(register: Register) -> Register:
    """The same rules without dossiers."""
    protocol = {path: bron for path, bron in register.bronnen.items() if path.startswith("protocol/")}
    return replace(register, dossiers={}, paden={}, bronnen=protocol)


@pytest.mark.parametrize("traject", ["proefwonen", "versnelde-toewijzing", "woonbegeleiding", "zittende-huurder"])
def test_every_dossier_of_the_demonstration_comes_back_as_it_was(traject: str) -> None:
    """All but its logboek."""
    register = read(PROJECT).register
    dossiers = [dossier for dossier in register.per_traject[traject] if fits(dossier)]
    assert len(dossiers) >= 4
    blad = sheet_of([as_row(dossier) for dossier in dossiers])
    kolommen = make_kolommen(register.trajecten[traject][-1].regels, register.partners)
    made = make_invoer(empty(register), blad, kolommen, koppel(blad, kolommen, {}), traject, VANDAAG, VANDAAG)
    assert read_files(made.bestanden) == {d.id: d.model_copy(update={"logboek": ()}) for d in dossiers}


TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co", "Cf", "Zl", "Zp")), min_size=1, max_size=60)


@given(TEXTS)
@example("NO")
@example("012")
@example("2026-11-26")
@example("10:00")
@example("- {a: b} # c")
@example("'\"\\")
@settings(max_examples=80, deadline=None)
def test_a_text_comes_back_as_it_was(text: str) -> None:
    register = empty(read_once())
    guidance = {"begeleiding.partner": "cgg", "begeleiding.begeleider": "A-1", "begeleiding.vanaf": "2026-01-01"}
    shown = text.strip() or None  # as a cell is read
    blad = sheet_of([{"id": "WB-1", "woning": shown, **guidance, "begeleiding.reden": shown}])
    kolommen = make_kolommen(register.trajecten["woonbegeleiding"][-1].regels, register.partners)
    made = make_invoer(register, blad, kolommen, koppel(blad, kolommen, {}), "woonbegeleiding", VANDAAG, VANDAAG)
    dossier = read_files(made.bestanden)["WB-1"]
    assert (dossier.woning, dossier.begeleiding[0].reden) == (shown, shown)


_once: list[Register] = []


def read_once() -> Register:
    if not _once:
        _once.append(read(PROJECT).register)
    return _once[0]


# The template.


@pytest.mark.parametrize("traject", ["proefwonen", "versnelde-toewijzing", "woonbegeleiding", "zittende-huurder"])
def test_a_filled_in_template_is_imported(traject: str, tmp_path: Path) -> None:
    """Its own examples, with what a person would type; into the rules of the demonstration."""
    root = tmp_path / "register"
    shutil.copytree(PROJECT / "protocol", root / "protocol")
    file = tmp_path / "sjabloon.xlsx"
    made = import_(root, file, "--sjabloon", traject=traject)
    assert made.exit_code == 0, made.output
    register = read_once()
    kolommen = make_kolommen(register.trajecten[traject][-1].regels, register.partners)
    filled(file, [{kolom.titel: typed(kolom) for kolom in kolommen if kolom.veld not in LEFT_OPEN}])
    result = import_(root, file, "--yes", traject=traject)
    assert result.exit_code == 0, result.output
    assert len(list((root / "dossiers").rglob("*.yaml"))) == 1
    assert [str(found) for found in findings_of(root) if found.level == "fout"] == []


LEFT_OPEN = {
    "id", "vervolg_op", "domicilie_op_adres", "documenten.toestemmingsverklaring.ingetrokken", "begeleiding.tot",
    "begeleiding.reden", "afwijkingen.regel", "afwijkingen.datum", "afwijkingen.reden",
}  # fmt: skip
DAYS = {"start": "2026-02-01", "begeleiding.vanaf": "2026-02-01", "documenten.toestemmingsverklaring": "2026-01-09"}


def typed(kolom: Kolom) -> Any:
    """What stands in the sheet: dates as dates, words and organisations as the list has them."""
    if kolom.soort == "datum":
        return datetime.fromisoformat(DAYS.get(kolom.veld, kolom.voorbeeld))
    if kolom.keuzes:
        by_word = {keuze.waarde: keuze.tekst for keuze in kolom.keuzes}
        return by_word.get(kolom.voorbeeld, kolom.keuzes[0].tekst)
    return {"ja-nee": "ja", "vrij": "nee", "getal": 12}.get(kolom.soort, kolom.voorbeeld)


def test_a_template_has_a_list_or_a_check_for_each_column(tmp_path: Path) -> None:
    file = tmp_path / "sjabloon.xlsx"
    import_(PROJECT, file, "--sjabloon", traject="proefwonen")
    book = load_workbook(file)
    sheet, lists = book["Dossiers"], book["Lijsten"]
    assert [cell.value for cell in sheet[1]] == [kolom.titel for kolom in KOLOMMEN]
    assert (sheet.max_row, lists.sheet_state) == (1, "hidden")
    checks = {str(check.sqref).partition("2:")[0]: check for check in sheet.data_validations.dataValidation}
    kinds = {"datum": "date", "getal": "whole", "ja-nee": "list", "keuze": "list", "partner": "list"}
    for number, kolom in enumerate(KOLOMMEN, 1):
        check = checks[letters(number)]
        assert check.type == kinds.get(kolom.soort, "list" if kolom.keuzes else None), kolom.titel
        assert bool(check.showErrorMessage) is (kolom.soort not in ("tekst", "vrij"))
        assert len(check.promptTitle) <= 32
        assert max(len(check.prompt), len(check.error)) <= 255
        assert sheet.cell(1, number).comment.text == kolom.uitleg
        if check.type == "list":
            words = [cell.value for cell in lists[letters(number)] if cell.value]
            assert check.formula1 == f"Lijsten!${letters(number)}$1:${letters(number)}${len(words)}"
            assert words == ([keuze.tekst for keuze in kolom.keuzes] or ["ja", "nee"])


def test_a_sheet_is_explained_without_words_of_yaml() -> None:
    for kolom in KOLOMMEN:
        assert not re.search("partners.yaml|true|false", f"{kolom.titel} {kolom.uitleg}"), kolom.veld


def test_a_template_never_takes_the_place_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "sjabloon.xlsx"
    file.write_text("mijn werk", encoding="utf-8")
    result = import_(PROJECT, file, "--sjabloon", traject="proefwonen")
    assert (result.exit_code, file.read_text(encoding="utf-8")) == (1, "mijn werk")
    assert import_(PROJECT, tmp_path / "sjabloon.csv", "--sjabloon").exit_code == 2


def test_two_columns_never_have_the_same_heading(register: Make) -> None:
    """Not even when the protocol gives two documents one title, or that of a field."""
    path = f"protocol/{VT}/2024-01-01.yaml"
    root = register()
    text = (root / path).read_text(encoding="utf-8").replace("titel: Bevestiging,", "titel: START,")
    found = read(register({path: text})).register
    kolommen = make_kolommen(found.trajecten[VT][-1].regels, found.partners)
    titles = [kolom.titel.casefold() for kolom in kolommen]
    assert len(set(titles)) == len(titles)
    assert "documenten.begeleidingsovereenkomst" in titles
