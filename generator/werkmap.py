"""A spreadsheet (.xlsx or .csv) → its cells, or in Dutch why it cannot be read. It never runs or follows anything."""

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from generator.findings import Gestopt, stopped_by

MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 20 * 1024 * 1024
"""A small file may hold gigabytes."""
MAX_ROWS, MAX_COLUMNS, MAX_CELLS = 5_000, 100, 250_000
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_FORMULA = re.compile(r"\s*[=+\-@\t\r＝＋－＠]")
"""How a spreadsheet recognises a formula, with what it passes over before it."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHER = {
    ".xls": "dit is het oude formaat van Excel: bewaar het als .xlsx",
    ".xlsm": "dit bestand kan macro’s bevatten: bewaar het als .xlsx",
    ".xlsb": "dit is een binair formaat van Excel: bewaar het als .xlsx",
    ".ods": "dit is een blad van LibreOffice: bewaar het als .xlsx",
    ".numbers": "dit is een blad van Numbers: bewaar het als .xlsx",
}


@dataclass(frozen=True)
class Cel:
    """What stands in a cell, or why it cannot be used."""

    waarde: str | int | float | bool | datetime | None
    fout: str = ""


@dataclass(frozen=True)
class Rij:
    """A row with something in it; rows and columns count from 1."""

    nummer: int
    cellen: dict[int, Cel]


@dataclass(frozen=True)
class Blad:
    """A sheet: its rows that are not empty."""

    bestand: str
    naam: str
    """Empty: a CSV has no sheets."""
    rijen: tuple[Rij, ...]
    codering: str = ""
    """How the text was read, where that is a guess."""

    def plaats(self, rij: int, kolom: int) -> str:
        """A cell as people find it: `lijst.xlsx:Blad1!C7`."""
        return f"{self.bestand}:{self.naam}{'!' if self.naam else ''}{letters(kolom)}{rij}"


def read_blad(file: Path, wanted: str | None = None) -> Blad:
    """The one sheet of a file that has dossiers, or the one that is asked for by name."""
    kind = file.suffix.lower()
    if kind not in (".xlsx", ".csv"):
        raise _stopped(file, _OTHER.get(kind, "verwacht een bestand dat op .xlsx of .csv eindigt"))
    raw = _read(file)
    if kind == ".csv" and wanted:
        raise _stopped(file, "een CSV heeft geen bladen: laat --blad weg")
    blad = _from_csv(file, raw) if kind == ".csv" else _from_xlsx(file, raw, wanted)
    if not blad.rijen:
        raise _stopped(file, "er staat niets in dit blad")
    return blad


def is_formula(text: str) -> bool:
    """Whether a spreadsheet may take a text for a formula."""
    return bool(_FORMULA.match(text))


def letters(kolom: int) -> str:
    """A column by its letters: 1 is A, 27 is AA."""
    name = ""
    while kolom:
        kolom, rest = divmod(kolom - 1, 26)
        name = chr(65 + rest) + name
    return name


def _stopped(file: Path, text: str) -> Gestopt:
    return Gestopt(f"{file}: {text}")


def _read(file: Path) -> bytes:
    try:
        if file.exists() and not file.is_file():
            raise _stopped(file, "dit is geen gewoon bestand")
        if file.stat().st_size > MAX_BYTES:
            raise _stopped(file, f"dit bestand is te groot (hoogstens {MAX_BYTES // 1024**2} MB): splits de lijst")
        return file.read_bytes()
    except FileNotFoundError:
        raise _stopped(file, "dit bestand bestaat niet") from None
    except OSError as error:
        raise stopped_by(error, file) from None


# CSV.


def _from_csv(file: Path, raw: bytes) -> Blad:
    text, guessed = _decoded(file, raw)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    try:
        rows = list(islice(reader, MAX_ROWS + 1))
    except csv.Error:
        wrong = f"regel {reader.line_num} is geen geldige CSV: kijk de aanhalingstekens na"
        raise _stopped(file, wrong) from None
    if len(rows) > MAX_ROWS or max(map(len, rows), default=0) > MAX_COLUMNS:
        raise _too_large(file)
    numbered = ((nr, enumerate(map(_of_text, row), 1)) for nr, row in enumerate(rows, 1))
    return Blad(file.name, "", tuple(_rows(numbered)), guessed)


def _decoded(file: Path, raw: bytes) -> tuple[str, str]:
    """UTF-8, or what Excel writes without asking, Windows-1252: that is a guess."""
    if b"\0" in raw or raw.startswith((b"\xff\xfe", b"\xfe\xff", b"PK\x03\x04", _OLE)):
        raise _stopped(file, "dit is geen CSV in UTF-8: bewaar het als ‘CSV UTF-8’")
    try:
        return raw.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        pass
    try:
        return raw.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        raise _stopped(file, "dit is geen CSV in UTF-8: bewaar het als ‘CSV UTF-8’") from None


def _separator(text: str) -> str:
    """The one that the first line has most of; outside quotes."""
    outside = "".join(text.lstrip().partition("\n")[0].split('"')[::2])
    counts = Counter(outside)
    return max(";,\t", key=lambda sign: counts[sign])


def _of_text(text: str) -> Cel:
    """A text as it was before it was made harmless."""
    text = text.replace("\r\n", "\n").strip()
    return Cel(text[1:].strip() if text.startswith("'") and is_formula(text[1:]) else text or None)


# Excel.


def _from_xlsx(file: Path, raw: bytes, wanted: str | None) -> Blad:
    _refuse_harmful(file, raw)
    from openpyxl import load_workbook  # slow to import, and rarely needed

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it does not keep: nothing is kept here
        try:
            book = load_workbook(io.BytesIO(raw), keep_links=False)
        except Exception:  # whatever a broken file makes it say
            raise _stopped(file, "dit bestand is beschadigd of geen .xlsx: open het en bewaar het opnieuw") from None
    sheet = _chosen(file, book, wanted)
    if _is_large(sheet):
        raise _too_large(file)
    merged = _merged(sheet)
    rows = ((row[0].row, ((cell.column, _of_cell(cell, merged)) for cell in row)) for row in sheet.iter_rows())
    return Blad(file.name, sheet.title, tuple(_rows(rows)))


def _refuse_harmful(file: Path, raw: bytes) -> None:
    """What is protected, has macros, or unpacks to far more than a list of dossiers."""
    if raw.startswith(_OLE):
        raise _stopped(
            file, "dit bestand is met een wachtwoord beveiligd, of een oud .xls: bewaar het als gewone .xlsx"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            names, size = parts.namelist(), sum(part.file_size for part in parts.infolist())
            cells = sum(map(_count_cells, _sheets(parts))) if size <= MAX_UNPACKED else 0
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError):
        raise _stopped(file, "dit is geen .xlsx: open het in Excel of LibreOffice en bewaar het als .xlsx") from None
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise _stopped(file, "dit bestand bevat macro’s: bewaar het als gewone .xlsx")
    if len(names) > 1000 or len(set(names)) < len(names) or size > MAX_UNPACKED or cells > MAX_CELLS:
        raise _stopped(file, "dit bestand bevat uitgepakt te veel: kopieer alleen de lijst naar een nieuw bestand")


def _sheets(parts: zipfile.ZipFile) -> Iterator[bytes]:
    return (parts.read(name) for name in parts.namelist() if name.endswith(".xml"))


def _count_cells(sheet: bytes) -> int:
    """Before anything is made of them. One that is not written as every program does counts as full."""
    return MAX_CELLS + 1 if b"\0" in sheet else len(_CELL.findall(sheet))


def _chosen(file: Path, book: Any, wanted: str | None) -> Any:
    """The sheet of that name; else ‘Dossiers’, as in the template; else the only one with something in it."""
    shown = {sheet.title: sheet for sheet in book.worksheets if sheet.sheet_state == "visible"}
    if wanted:
        if wanted not in shown:
            raise _stopped(file, f"het blad ‘{wanted}’ bestaat niet of is verborgen (wel: {', '.join(shown)})")
        return shown[wanted]
    filled = [title for title, sheet in shown.items() if _is_large(sheet) or any(map(any, sheet.values))]
    if "Dossiers" in filled:
        return shown["Dossiers"]
    if len(filled) != 1:
        found = f"er zijn {len(filled)} ingevulde bladen ({', '.join(filled)}): kies er een met --blad"
        raise _stopped(file, found if filled else "er staat niets in een blad dat te zien is")
    return shown[filled[0]]


def _is_large(sheet: Any) -> bool:
    return bool(sheet.max_row > MAX_ROWS or sheet.max_column > MAX_COLUMNS)


def _merged(sheet: Any) -> dict[tuple[int, int], str]:
    """The cells that are joined with others, with the range that they are in."""
    return {
        (row, column): str(area)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, min(area.max_row, sheet.max_row) + 1)
        for column in range(area.min_col, min(area.max_col, sheet.max_column) + 1)
    }


def _of_cell(cell: Any, merged: dict[tuple[int, int], str]) -> Cel:
    if area := merged.get((cell.row, cell.column)):
        return Cel(None, f"deze cellen zijn samengevoegd ({area}): splits ze, en vul elke rij in")
    if cell.data_type == "f":
        return Cel(None, "hier staat een formule: vervang ze door haar waarde (Plakken speciaal, Waarden)")
    if cell.data_type == "e":
        return Cel(None, f"hier staat een fout van het rekenblad ({cell.value}): vul een waarde in")
    match cell.value:
        case str() as text:
            return Cel(text.replace("\r\n", "\n").strip() or None)
        case bool() | int() | float() | datetime() | None:
            return Cel(cell.value)
    return Cel(None, "hier staat een uur of een duur: vul een datum of tekst in")


def _rows(rows: Any) -> Iterator[Rij]:
    for number, cells in rows:
        filled = {column: cell for column, cell in cells if cell.waarde is not None or cell.fout}
        if filled:
            yield Rij(number, filled)


def _too_large(file: Path) -> Gestopt:
    text = f"er staan meer dan {MAX_ROWS} rijen of {MAX_COLUMNS} kolommen in dit blad"
    return _stopped(file, f"{text}: verwijder de lege onderaan en rechts, of splits de lijst")
