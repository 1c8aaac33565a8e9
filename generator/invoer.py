"""Rows of a spreadsheet → the files of new dossiers, or everything wrong at its cell. Nothing is written here."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from generator.celwaarden import Onleesbaar, read_cel
from generator.checks import check_change
from generator.findings import Finding, Level
from generator.koppelen import Koppeling
from generator.load import MAX_BYTES, Document, Loc, Place, load_text
from generator.model.dossier import Dossier
from generator.model.kolom import Kolom
from generator.opmaak import dossier_text
from generator.register import Register
from generator.validate import validate
from generator.werkmap import Blad, Cel, Rij


@dataclass(frozen=True)
class Melding:
    """What is wrong: of a row at its cell, of another file at its place."""

    plaats: str
    level: Level
    code: str
    text: str

    def __str__(self) -> str:
        return f"{self.plaats}: {self.level} {self.code}: {self.text}"


@dataclass(frozen=True)
class Invoer:
    """What an import would write, and all that is to be said of it."""

    bestanden: dict[str, str]
    """The text of each new file, by its path."""
    meldingen: tuple[Melding, ...]

    @property
    def goed(self) -> bool:
        return not any(melding.level == "fout" for melding in self.meldingen)


@dataclass
class _Rijdocument(Document):
    """The file that a row becomes: its places are cells, the row as the line."""

    cellen: dict[Loc, Place] = field(default_factory=dict)
    rij: int = 1

    def place(self, loc: Loc, *, key: bool = False) -> Place:  # noqa: ARG002 (a cell has no key)
        """The cell of a value; of a block the first cell in it; else the first of the row."""
        for length in range(len(loc), 0, -1):
            found = [place for other, place in self.cellen.items() if other[:length] == loc[:length]]
            if found:
                return found[0]
        return self.cellen.get(("id",), Place(self.rij, 1))

    def place_at(self, index: int) -> Place:
        """The cell of which the text stands there in the file."""
        at = super().place_at(index)
        before = [loc for loc, mark in self.values.items() if loc and (mark.line + 1, mark.column + 1) <= at]
        return self.place(max(before, key=lambda loc: self.values[loc].index, default=()))


@dataclass(frozen=True)
class _Nieuw:
    """A row as a file."""

    naam: str
    path: str
    document: _Rijdocument | None
    dossier: Dossier | None
    onleesbaar: list[Finding]
    """Of cells that are no value of their column."""
    bevindingen: list[Finding]


def make_invoer(
    register: Register,
    blad: Blad,
    kolommen: Iterable[Kolom],
    koppeling: Koppeling,
    traject: str,
    op: date,
    vandaag: date,
) -> Invoer:
    """Every row that is not empty as a dossier of a traject, checked together with the register."""
    numbers = {column.kolom.veld: column.nummer for column in koppeling.kolommen if column.kolom}
    columns = {numbers[kolom.veld]: kolom for kolom in kolommen if kolom.veld in numbers}
    rows = list(_rows(register, blad, columns, traject, op))
    good = {row.naam: (row.dossier, row.document) for row in rows if row.dossier and row.document}
    after = replace(
        register.met(good),
        bronnen={**register.bronnen, **{row.path: row.document for row in rows if row.document}},
        onleesbaar=register.onleesbaar | {row.naam for row in rows if row.naam not in good},
    )
    new = {row.path for row in rows}
    checked = check_change(register, after, new, op, vandaag)
    elsewhere = [found for found in checked if found.path not in new]
    return Invoer(
        {document.path: document.text for _, document in good.values()},
        (
            *(_at_cell(blad, found) for found in _in_rows(rows, checked)),
            *(Melding(f"{f.path}:{f.line}:{f.column}", f.level, f.code, f.text) for f in sorted(elsewhere)),
        ),
    )


def _in_rows(rows: list[_Nieuw], checked: list[Finding]) -> list[Finding]:
    """In order of the rows. What else is said of a cell that cannot be read, only follows from that."""
    unread = [found for row in rows for found in row.onleesbaar]
    cells, new = {(found.line, found.column) for found in unread}, {row.path for row in rows}
    found = {*(f for row in rows for f in row.bevindingen), *(f for f in checked if f.path in new)}
    rest = [found for found in found if (found.line, found.column) not in cells]
    return sorted([*unread, *rest], key=lambda found: (found.line, found.column, found.text))


def _at_cell(blad: Blad, found: Finding) -> Melding:
    return Melding(blad.plaats(found.line, found.column), found.level, found.code, found.text)


# A row.


def _rows(register: Register, blad: Blad, columns: Mapping[int, Kolom], traject: str, op: date) -> Iterator[_Nieuw]:
    filled = [rij for rij in blad.rijen[1:] if rij.cellen.keys() & columns.keys()]
    read = [(rij, *_values(rij, columns)) for rij in filled]
    used = {str(values.get("id")) for _, values, _ in read}
    prefix, folders = register.trajecten[traject][-1].regels.voorvoegsel, _folders(register)
    free = {year: register.vrije_ids(f"{prefix}-{year}", used) for year in {_year(values, op) for _, values, _ in read}}
    seen: dict[str, int] = {}
    for rij, values, wrong in read:
        year = _year(values, op)
        name = values["id"] if "id" in values else next(free[year])
        double = _double(register, name, seen)
        seen.setdefault(name, rij.nummer)
        path = f"rij {rij.nummer}" if double else f"{folders.get(_series(name)) or _of_year(name, year)}/{name}.yaml"
        cells = {_loc(kolom): Place(rij.nummer, number) for number, kolom in columns.items()}
        text = _as_yaml({"id": name, "traject": traject} | values)
        document, dossier, found = _validated(text, path, cells, rij.nummer)
        unread = [Finding(path, rij.nummer, number, "fout", "WAARDE", text) for number, text in wrong]
        if double:
            place = cells.get(("id",), Place(rij.nummer, 1))
            found.append(Finding(path, *place, "fout", "ID", double))
        yield _Nieuw(name, path, document, None if unread or double else dossier, unread, found)


def _values(rij: Rij, columns: Mapping[int, Kolom]) -> tuple[dict[str, Any], list[tuple[int, str]]]:
    """The value of each field, and what is wrong in which column."""
    values: dict[str, Any] = {}
    wrong: list[tuple[int, str]] = []
    for number, kolom in columns.items():
        try:
            value = read_cel(kolom, rij.cellen.get(number, Cel(None)))
        except Onleesbaar as error:
            wrong.append((number, str(error)))
        else:
            values |= {kolom.veld: value} if value is not None else {}
    return values, wrong


def _validated(
    text: str, path: str, cells: dict[Loc, Place], rij: int
) -> tuple[_Rijdocument | None, Dossier | None, list[Finding]]:
    if len(text.encode()) > MAX_BYTES:
        return None, None, [Finding(path, rij, 1, "fout", "BESTAND", "deze rij bevat te veel tekst: kort ze in")]
    read, wrong = load_text(text, path)
    if read is None:
        return None, None, [replace(found, line=rij, column=1) for found in wrong]
    document = _Rijdocument(read.path, read.text, read.has_empty, read.regels, cells, rij)
    dossier, invalid = validate(Dossier, document)
    return document, dossier, [*(replace(found, line=rij, column=1) for found in wrong), *invalid]


def _double(register: Register, name: str, seen: Mapping[str, int]) -> str | None:
    """An id is never used twice, and what is there is never written over."""
    if name in register.dossiers or name in register.onleesbaar:
        return f"de id {name} bestaat al in {register.bestand(name)}: kies een andere, of haal de rij weg"
    return f"de id {name} staat ook op rij {seen[name]}: kies een andere" if name in seen else None


def _year(values: Mapping[str, Any], op: date) -> int:
    """Of the start, else of the aanmelding."""
    day: date = values.get("start") or values.get("aanmelding.datum") or op
    return day.year


def _series(name: str) -> str:
    """A track and a year: `VT-2026`."""
    return name.rpartition("-")[0]


def _folders(register: Register) -> dict[str, str]:
    """Where the dossiers of each series are."""
    return {_series(name): PurePosixPath(path).parent.as_posix() for name, path in register.paden.items()}


def _of_year(name: str, year: int) -> str:
    """A folder of the year in the id, else of that of the dossier."""
    written = re.search(r"-(20\d\d)-", name)
    return f"dossiers/{written[1] if written else year}"


# The file.


def _loc(kolom: Kolom) -> Loc:
    """Where a field stands in the file: of a list in its first entry."""
    block, *rest = kolom.veld.split(".")
    return (block, 0, *rest) if block in _LIJSTEN else (block, *rest)


_LIJSTEN = ("begeleiding", "afwijkingen")


def _as_yaml(values: Mapping[str, Any]) -> str:
    data: dict[str, Any] = {}
    for veld, value in values.items():
        _put(data, veld.split("."), value)
    return dossier_text({key: [value] if key in _LIJSTEN else value for key, value in data.items()})


def _put(data: dict[str, Any], path: list[str], value: Any) -> None:
    """A value at its path; the day on which a document was signed may stand there by itself."""
    key, *rest = path
    if not rest:
        data[key] = value
        return
    inner = data.setdefault(key, {})
    if isinstance(inner, date):
        inner = data[key] = {"ondertekend": inner}
    _put(inner, rest, value)
