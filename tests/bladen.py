"""Spreadsheets for the tests, made by hand from rows of values."""

import csv
import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

Row = Sequence[Any]


def xlsx(file: Path, rows: Sequence[Row], change: Callable[[Any], None] = lambda _: None) -> Path:
    """A workbook with one sheet, ‘Blad1’; `change` gets the workbook before it is saved."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Blad1"
    for row in rows:
        sheet.append(list(row))
    change(book)
    book.save(file)
    return file


def csv_text(rows: Sequence[Row], separator: str = ";") -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def with_parts(file: Path, parts: Mapping[str, bytes | None]) -> Path:
    """The same workbook with parts of the zip replaced, added or (None) removed."""
    with zipfile.ZipFile(file) as old:
        known = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in (known | dict(parts)).items():
            if content is not None:
                new.writestr(name, content)
    return file


def filled(template: Path, rows: Sequence[Mapping[str, Any]]) -> Path:
    """A template with rows typed in, each value below its heading."""
    book = load_workbook(template)
    sheet = book["Dossiers"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for number, row in enumerate(rows, start=2):
        for heading, value in row.items():
            sheet.cell(number, columns[heading], value)
    book.save(template)
    return template
