"""Tables → a spreadsheet, in which no text is ever taken for a formula."""

import csv
import io
import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from generator.render.tabellen import Tabel, Waarde
from generator.werkmap import is_formula

DATUM, UUR = "dd/mm/yyyy", "hh:mm"
_BREEDTE = (8, 60)
_STEMPEL = (1980, 1, 1, 0, 0, 0)
"""The oldest time that a zip holds: equal content makes equal bytes."""


def to_csv(tabel: Tabel) -> bytes:
    """As Excel in Dutch opens it: UTF-8 with a mark, semicolons, CRLF; dates as `JJJJ-MM-DD`."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerows([_in_csv(value) for value in row] for row in (tabel.koppen, *tabel.rijen))
    return text.getvalue().encode("utf-8-sig")


def _in_csv(value: Waarde) -> str:
    match value:
        case None:
            return ""
        case time():
            return f"{value:%H:%M}"
        case str() if is_formula(value):
            return f"'{value}"
    return str(value)


def to_xlsx(tabellen: Iterable[Tabel]) -> bytes:
    """A sheet for each table: dates are dates, texts are texts, and nothing links anywhere."""
    from openpyxl import Workbook  # slow to import, and rarely needed

    book = Workbook()
    book.remove(book.worksheets[0])
    for tabel in tabellen:
        sheet = book.create_sheet(tabel.naam)
        fill(sheet, tabel.koppen, tabel.rijen)
        if tabel.rijen:
            sheet.auto_filter.ref = sheet.dimensions
    return saved(book)


def fill(sheet: Any, koppen: tuple[str, ...], rijen: Iterable[tuple[Waarde, ...]]) -> None:
    """Bold headings that stay in sight, and the rows below them."""
    from openpyxl.styles import Font

    widths = [len(heading) for heading in koppen]
    for number, row in enumerate((koppen, *rijen), start=1):
        for column, value in enumerate(row, start=1):
            if value is not None:
                put(sheet.cell(number, column), value)
                shown = 10 if isinstance(value, date) else max(map(len, str(value).split("\n")))
                widths[column - 1] = max(widths[column - 1], shown)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for column, width in enumerate(widths, start=1):
        name = sheet.cell(1, column).column_letter
        sheet.column_dimensions[name].width = min(max(width + 2, _BREEDTE[0]), _BREEDTE[1])
    sheet.freeze_panes = "B2"


def put(cell: Any, value: Waarde) -> None:
    """A text stands as text, also after somebody edits the cell."""
    if isinstance(value, str):
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

        cell.value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)
        cell.data_type = "s"  # whatever it looks like
        cell.quotePrefix = is_formula(value)
    else:
        cell.value = value
        if isinstance(value, date | time):
            cell.number_format = DATUM if isinstance(value, date) else UUR


def saved(book: Any) -> bytes:
    """The bytes of a workbook, without the hour at which it was made."""
    from openpyxl.xml.functions import tostring

    made = io.BytesIO()
    book.properties.creator = "woontraject"
    book.save(made)
    book.properties.created = book.properties.modified = datetime(*_STEMPEL)  # noqa: DTZ001 (no hour is meant)
    result = io.BytesIO()
    with zipfile.ZipFile(made) as parts, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in parts.namelist():
            content = tostring(book.properties.to_tree()) if name == "docProps/core.xml" else parts.read(name)
            entry = zipfile.ZipInfo(name, _STEMPEL)
            entry.compress_type = zipfile.ZIP_DEFLATED
            fixed.writestr(entry, content)
    return result.getvalue()
