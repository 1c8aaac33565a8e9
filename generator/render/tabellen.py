"""What an audience may see as tables, for a spreadsheet: a dossier on each row, its moments, its logboek."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from generator.model.view import Dossierblad, View
from generator.render.overzicht import Rij, make_rows
from generator.render.woorden import VELDEN, dag_voluit, woord
from generator.teksten.dossier import DOSSIER
from generator.teksten.koppen import kop

Waarde = str | int | date | time | None
_AFGELEID = ("Traject", "Fase", "Start", "Einde", "Maand", "Verloop", "Volgend moment", "Volgend op", "Huisbezoeken")
_EERST = ("traject", "start", "logboek")
"""What stands among the first columns, or on a sheet of its own."""
_BUITEN_LOGBOEK = ("Dossier", "Afwijking", "Aanmelding", "AanmeldingBesluit", "Ondertekening", "Begeleiding")
_AANTEKENING = tuple(
    dict.fromkeys(
        name
        for model, fields in DOSSIER.items()
        for name in fields
        if model not in _BUITEN_LOGBOEK and name not in ("datum", "soort")
    )
)
"""Every field of an entry of the logboek beside its date and its kind."""


@dataclass(frozen=True)
class Tabel:
    """One sheet."""

    naam: str
    koppen: tuple[str, ...]
    rijen: tuple[tuple[Waarde, ...], ...]


def make_tabellen(view: View, bladen: Collection[Dossierblad]) -> list[Tabel]:
    """All that the audience gets; the table of dossiers is the first. `bladen`: of each dossier of the view."""
    return [
        _dossiers(view, bladen),
        _begeleiding(view, bladen),
        _momenten(view),
        _logboek(bladen),
        _aanmeldingen(view),
        _over(view),
    ]


def _dossiers(view: View, bladen: Collection[Dossierblad]) -> Tabel:
    """What follows on the date, then what stands in the file, as far as the audience may see it."""
    names = {partner.id: partner.naam for partner in view.partners}
    fields = [_fields(blad, names) for blad in bladen]
    headings = _in_order(fields)
    rows = tuple(
        (row.dossier.id, *_derived(row, names), *(values.get(heading) for heading in headings))
        for row, values in zip(make_rows(view), fields, strict=True)
    )
    return Tabel("Dossiers", ("Referentie", "Partner", "Begeleider", *_AFGELEID, *headings), rows)


def _derived(row: Rij, names: Mapping[str, str]) -> tuple[Waarde, ...]:
    dossier, coming = row.dossier, row.volgende
    return (
        names[dossier.partner] if dossier.partner else None,
        dossier.begeleider,
        dossier.traject_titel,
        woord(dossier.fase),
        dossier.start,
        dossier.einde,
        dossier.maand,
        row.verloop or None,
        coming.titel if coming else None,
        coming.datum if coming else None,
        dossier.bezoeken,
    )


def _in_order(fields: list[dict[str, Waarde]]) -> tuple[str, ...]:
    """Every heading that has a value, each where the file of some dossier has it."""
    found: list[str] = []
    for values in fields:
        at = 0
        for heading in values:
            if heading in found:
                at = found.index(heading) + 1
            else:
                found.insert(at, heading)
                at += 1
    return tuple(found)


def _fields(blad: Dossierblad, names: Mapping[str, str]) -> dict[str, Waarde]:
    """What stands in the file by its heading; of a list its last entry."""
    titles, flat = dict(blad.documenten), dict(_flat(blad.gegevens, ""))
    return {kop(path, titles): _value(value, names if _names_partner(path) else {}) for path, value in flat.items()}


def _flat(data: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Any]]:
    for key, value in data.items():
        path = f"{prefix}{key}"
        match value:
            case _ if path in ("id", *_EERST):
                pass
            case dict():
                yield from _flat(value, f"{path}.")
            case list() if prefix == "documenten.":
                yield from _document(path, value[-1])
            case list():
                yield from _flat(value[-1], f"{path}.")
            case _:
                yield path, value


def _document(path: str, signed: Mapping[str, date]) -> Iterator[tuple[str, date]]:
    """When it was last signed, and when that was withdrawn."""
    if "ondertekend" in signed:
        yield path, signed["ondertekend"]
    if "ingetrokken" in signed:
        yield f"{path}.ingetrokken", signed["ingetrokken"]


def _names_partner(path: str) -> bool:
    return path == "huisvester" or path.endswith(".partner")


def _value(value: Any, names: Mapping[str, str]) -> Waarde:
    match value:
        case bool():
            return "ja" if value else "nee"
        case list() | tuple():
            return ", ".join(map(str, value))
        case str():
            return names.get(value, value)
        case int() | date() | time() | None:
            return value
    raise TypeError(f"not for a cell: {type(value).__name__}")


def _begeleiding(view: View, bladen: Collection[Dossierblad]) -> Tabel:
    """Every period in which an organisation guides, did or will: the row of a dossier has the last one."""
    names = {partner.id: partner.naam for partner in view.partners}
    keys = ("partner", "begeleider", "vanaf", "tot", "reden")
    rows = tuple(
        (blad.dossier.id, *(_value(item.get(key), names if key == "partner" else {}) for key in keys))
        for blad in bladen
        for item in blad.gegevens.get("begeleiding", ())
    )
    return Tabel("Begeleiding", ("Dossier", *(DOSSIER["Begeleiding"][key].titel for key in keys)), rows)


def _momenten(view: View) -> Tabel:
    heads = ("Dossier", "Moment", "Soort", "Streefdatum", "Datum", "Uur", "Status", "Regel")
    rows = tuple(
        (d.id, m.titel, woord(m.soort), m.streefdatum, m.datum, m.uur, woord(m.status), m.regel)
        for d in view.dossiers
        for m in d.momenten
    )
    return Tabel("Momenten", heads, rows)


def _logboek(bladen: Iterable[Dossierblad]) -> Tabel:
    """Every entry that the audience may read, by dossier, in the order of the file."""
    entries = [(blad.dossier.id, entry) for blad in bladen for entry in blad.gegevens.get("logboek", ())]
    others = [name for name in _AANTEKENING if _occurs(name, entries)]
    rows = tuple(
        (name, entry["datum"], *(_value(entry.get(key), {}) for key in ("soort", *others))) for name, entry in entries
    )
    return Tabel("Logboek", ("Dossier", "Datum", "Soort", *(VELDEN[name] for name in others)), rows)


def _occurs(name: str, entries: Iterable[tuple[str, Mapping[str, Any]]]) -> bool:
    return any(name in entry for _, entry in entries)


def _aanmeldingen(view: View) -> Tabel:
    names = {partner.id: partner.naam for partner in view.partners}
    rows = tuple(
        (item.id, item.traject_titel, item.datum, names[item.partner], item.toestand, item.sinds)
        for item in view.aanmeldingen
    )
    return Tabel("Aanmeldingen", ("Dossier", "Traject", "Aangemeld op", "Aanmelder", "Stand", "Sinds"), rows)


def _over(view: View) -> Tabel:
    """For whom it is, and of which day: a spreadsheet goes around."""
    rows: list[tuple[Waarde, ...]] = [
        ("Organisatie", view.organisatie),
        ("Voor", view.naam),
        ("Stand op", dag_voluit(view.datum)),
        (
            "Let op",
            "Dit bestand bevat gegevens over huurders. Deel het niet, en wis het als u het niet meer nodig hebt.",
        ),
    ]
    if view.demonstratie:
        rows.append(("Demonstratie", "Alle gegevens zijn verzonnen."))
    return Tabel("Over dit bestand", ("Wat", "Waarde"), tuple(rows))
