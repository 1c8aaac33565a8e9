"""Which column of a sheet is which field of a dossier: guessed from the headings, or as somebody said."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from generator.checks.dossier import unknown
from generator.findings import VerkeerdGebruik
from generator.kolommen import gewoon
from generator.model.kolom import Kolom
from generator.werkmap import Blad, letters


@dataclass(frozen=True)
class Gekoppeld:
    """A column of the sheet."""

    nummer: int
    kop: str
    kolom: Kolom | None
    """None: it is not taken over."""
    lijkt_op: str | None
    """The title of a field that the heading resembles."""


@dataclass(frozen=True)
class Koppeling:
    """Every column of a sheet with its field, and what has no column."""

    kolommen: tuple[Gekoppeld, ...]
    ontbreekt: tuple[Kolom, ...]
    fouten: tuple[str, ...]
    """What is wrong with the headings themselves, each with its cell."""


def koppel(blad: Blad, kolommen: Iterable[Kolom], gevraagd: Mapping[str, str]) -> Koppeling:
    """The first row that is not empty holds the headings. `gevraagd`: heading → field, or nothing to leave it out."""
    known = tuple(kolommen)
    head = blad.rijen[0]
    numbers = sorted({number for rij in blad.rijen for number in rij.cellen})
    headings = {number: _heading(head.cellen[number].waarde) for number in numbers if number in head.cellen}
    columns = tuple(_columns(headings, numbers, known, _asked(headings.values(), known, gevraagd)))
    wrong = [
        f"{blad.plaats(head.nummer, number)}: fout KOP: {cel.fout}" for number, cel in head.cellen.items() if cel.fout
    ]
    return Koppeling(columns, _missing(columns, known), (*wrong, *_doubles(blad, columns)))


def _heading(value: object) -> str:
    return " ".join(str(value).split()) if value is not None else ""


def _asked(headings: Iterable[str], known: tuple[Kolom, ...], gevraagd: Mapping[str, str]) -> dict[str, Kolom | None]:
    """What somebody said of a column, by its heading without capitals and signs."""
    present, names, asked = {gewoon(heading) for heading in headings}, _names(known), dict[str, Kolom | None]()
    for heading, field in gevraagd.items():
        if gewoon(heading) not in present:
            raise VerkeerdGebruik(f"--map: het blad heeft geen kolom ‘{heading}’")
        if field.strip() and gewoon(field) not in names:
            raise VerkeerdGebruik(f"--map: {unknown('het veld', field, [kolom.veld for kolom in known])}")
        asked[gewoon(heading)] = names.get(gewoon(field))
    return asked


def _names(known: tuple[Kolom, ...]) -> dict[str, Kolom]:
    """The title and the path of each field."""
    return {gewoon(part): kolom for kolom in known for part in (kolom.titel, kolom.veld)}


def _short_names(known: tuple[Kolom, ...]) -> dict[str, Kolom]:
    """The last part of those, where no other field has it."""
    short: dict[str, list[Kolom]] = {}
    for kolom in known:
        for part in {gewoon(kolom.veld.rpartition(".")[2]), gewoon(kolom.titel.rpartition(": ")[2])}:
            short.setdefault(part, []).append(kolom)
    return {name: found[0] for name, found in short.items() if len(found) == 1}


def _columns(
    headings: Mapping[int, str], numbers: Iterable[int], known: tuple[Kolom, ...], asked: Mapping[str, Kolom | None]
) -> Iterator[Gekoppeld]:
    """A short name counts only for a field that no column has by its whole name."""
    names: dict[str, Kolom | None] = {**_names(known), **asked}
    whole = {number: names[gewoon(heading)] for number, heading in headings.items() if gewoon(heading) in names}
    taken = {kolom.veld for kolom in whole.values() if kolom}
    short = {name: kolom for name, kolom in _short_names(known).items() if kolom.veld not in taken}
    titles = [kolom.titel for kolom in known if kolom.veld not in taken]
    for number in numbers:
        heading = headings.get(number, "")
        found = whole[number] if number in whole else short.get(gewoon(heading))
        close = [] if found or number in whole else get_close_matches(heading, titles, n=1, cutoff=0.7)
        yield Gekoppeld(number, heading, found, close[0] if close else None)


def _missing(columns: tuple[Gekoppeld, ...], known: tuple[Kolom, ...]) -> tuple[Kolom, ...]:
    present = {column.kolom.veld for column in columns if column.kolom}
    return tuple(kolom for kolom in known if kolom.veld not in present)


def _doubles(blad: Blad, columns: tuple[Gekoppeld, ...]) -> list[str]:
    """Two columns of one field: nobody can tell which is meant."""
    first: dict[str, int] = {}
    wrong = []
    for column in columns:
        if column.kolom and column.kolom.veld in first:
            other = letters(first[column.kolom.veld])
            text = f"ook kolom {other} is ‘{column.kolom.titel}’: laat er met --map een weg"
            wrong.append(f"{blad.plaats(blad.rijen[0].nummer, column.nummer)}: fout KOP: {text}")
        elif column.kolom:
            first[column.kolom.veld] = column.nummer
    return wrong
