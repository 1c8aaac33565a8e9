"""Columns → an empty sheet to fill in, with lists to choose from, checks of each cell, and what each column means."""

from collections.abc import Sequence
from typing import Any

from generator.model.kolom import Kolom
from generator.render.tabellen import Waarde
from generator.render.werkblad import DATUM, fill, put, saved

RIJEN = 2000
"""How many rows the lists and checks cover."""
_EERSTE, _LAATSTE = 36526, 73050
"""2000-01-01 and 2099-12-31 as a spreadsheet counts days."""
_SOORTEN = {
    "tekst": "tekst",
    "datum": "een datum, zoals 26/11/2026",
    "getal": "een geheel getal",
    "ja-nee": "ja of nee",
    "keuze": "een woord uit de lijst",
    "partner": "een organisatie uit de lijst",
    "vrij": "ja, nee, een getal of een woord",
}
_JA_NEE = ("ja", "nee")


def make_invulblad(titel: str, kolommen: Sequence[Kolom]) -> bytes:
    """The sheet ‘Dossiers’ to fill in, ‘Uitleg’, and a hidden one with the lists."""
    from openpyxl import Workbook  # slow to import, and rarely needed

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Dossiers"
    fill(sheet, tuple(kolom.titel for kolom in kolommen), ())
    uitleg = book.create_sheet("Uitleg")
    fill(uitleg, ("Kolom", "Wat", "Voorbeeld", "Invullen", "Verplicht"), _explained(titel, kolommen))
    _wrap(uitleg)
    lists = book.create_sheet("Lijsten")
    lists.sheet_state = "hidden"
    for number, kolom in enumerate(kolommen, start=1):
        _comment(sheet.cell(1, number), kolom)
        _prepare(sheet, lists, number, kolom)
    return saved(book)


def _explained(titel: str, kolommen: Sequence[Kolom]) -> list[tuple[Waarde, ...]]:
    rows: list[tuple[Waarde, ...]] = [(f"Traject: {titel}", _INLEIDING, None, None, None)]
    rows += [
        (kolom.titel, kolom.uitleg, _example(kolom), _fill_in(kolom), _required(kolom, kolommen)) for kolom in kolommen
    ]
    return rows


_INLEIDING = (
    "Vul op het blad ‘Dossiers’ op elke rij een dossier in. Kolommen die u niet nodig hebt, mogen weg. Schrijf nergens "
    "een naam, adres, telefoonnummer, e-mailadres of rijksregisternummer van een huurder."
)


def _example(kolom: Kolom) -> str:
    """As it is typed in a sheet."""
    if kolom.keuzes:
        known = {keuze.waarde: keuze.tekst for keuze in kolom.keuzes}
        return known.get(kolom.voorbeeld, kolom.keuzes[0].tekst)
    if kolom.soort == "ja-nee":
        return "ja"
    year, _, day = kolom.voorbeeld.partition("-")
    return f"{day[3:]}/{day[:2]}/{year}" if kolom.soort == "datum" else kolom.voorbeeld


def _fill_in(kolom: Kolom) -> str:
    if kolom.soort == "tekst" and kolom.keuzes:
        return f"een woord, zoals {', '.join(keuze.tekst for keuze in kolom.keuzes)}"
    return _SOORTEN[kolom.soort]


def _required(kolom: Kolom, kolommen: Sequence[Kolom]) -> str:
    if kolom.veld == "id":
        return "nee: wat leeg is, krijgt het volgende vrije nummer"
    if not kolom.verplicht:
        return "nee"
    beside = [other.titel for other in kolommen if other.blok == kolom.blok and other is not kolom]
    return f"ja, zodra er iets in ‘{beside[0]}’ staat" if beside else "ja"


def _wrap(sheet: Any) -> None:
    from openpyxl.styles import Alignment

    for row in sheet.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def _comment(cell: Any, kolom: Kolom) -> None:
    from openpyxl.comments import Comment

    cell.comment = Comment(kolom.uitleg, "woontraject", height=120, width=320)


def _prepare(sheet: Any, lists: Any, number: int, kolom: Kolom) -> None:
    """The format of a column and the check of its cells."""
    from openpyxl.worksheet.datavalidation import DataValidation

    letter = sheet.cell(1, number).column_letter
    sheet.column_dimensions[letter].number_format = {"datum": DATUM, "tekst": "@"}.get(kolom.soort, "General")
    check = DataValidation(
        allow_blank=True,
        showInputMessage=True,
        promptTitle=kolom.titel[:32],
        prompt=_fill_in(kolom)[:255],
        showErrorMessage=kolom.soort not in ("tekst", "vrij"),
        errorTitle="Dit kan hier niet",
        error=f"Vul hier in: {_fill_in(kolom)}."[:255],
    )
    words = [keuze.tekst for keuze in kolom.keuzes] or (_JA_NEE if kolom.soort == "ja-nee" else ())
    if words:
        for row, word in enumerate(words, start=1):
            put(lists.cell(row, number), word)
        check.type, check.formula1 = "list", f"Lijsten!${letter}$1:${letter}${len(words)}"
    elif kolom.soort == "datum":
        check.type, check.operator, check.formula1, check.formula2 = "date", "between", str(_EERSTE), str(_LAATSTE)
    elif kolom.soort == "getal":
        check.type, check.operator, check.formula1, check.formula2 = "whole", "between", "0", "1000"
    check.add(f"{letter}2:{letter}{RIJEN + 1}")
    sheet.add_data_validation(check)
