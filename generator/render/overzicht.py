"""The overview of dossiers: what each row is sorted and filtered by, and the filters that leave a choice.

The page is a whole table; a script in `site/assets/dossiers.js` sorts and filters it in the browser.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from generator.model.view import DossierView, MomentView, View
from generator.render.woorden import maandnaam, woord

_DAGEN = (7, 30, 90)


@dataclass(frozen=True)
class Rij:
    """A dossier in the overview."""

    dossier: DossierView
    volgende: MomentView | None
    verloop: str
    """The last recorded course, or why there is none to see; empty where none is expected."""
    volgend_ook: str
    """What the next moment also answers to in its filter: `te-laat`, or `geen`."""


@dataclass(frozen=True)
class Keuze:
    """One choice of a filter: a value, or the period in which a date lies."""

    waarde: str
    tekst: str
    van: date | None = None
    tot: date | None = None


@dataclass(frozen=True)
class Filter:
    """A list to choose from; `naam` is that of the column, and its name in the address of the page."""

    naam: str
    titel: str
    keuzes: tuple[Keuze, ...]


def make_rows(view: View) -> list[Rij]:
    """Every dossier of the view, in its order."""
    return [_row(dossier) for dossier in view.dossiers]


def make_filters(view: View, rows: Iterable[Rij]) -> list[Filter]:
    """The filters that tell dossiers apart: where all are the same there is nothing to choose."""
    rows = list(rows)
    dossiers = [row.dossier for row in rows]
    names = {partner.id: partner.naam for partner in view.partners}
    filters = [
        Filter("traject", "Traject", _named((d.traject, d.traject_titel) for d in dossiers)),
        Filter("fase", "Fase", _named((d.fase, woord(d.fase)) for d in dossiers)),
        Filter("verloop", "Verloop", _named((row.verloop.replace(" ", "-"), row.verloop) for row in rows)),
        Filter("partner", "Partner", _named((d.partner, names[d.partner]) for d in dossiers if d.partner)),
        Filter("begeleider", "Begeleider", _named((d.begeleider, d.begeleider) for d in dossiers if d.begeleider)),
        Filter("volgend", "Volgend moment", tuple(_next(rows, view.datum))),
    ]
    return [item for item in filters if len(item.keuzes) > 1]


def _row(dossier: DossierView) -> Rij:
    coming = dossier.volgende
    late = "te-laat" if coming and coming.status == "te-laat" else ""
    return Rij(dossier, coming, _course(dossier), late if coming else "geen")


def _course(dossier: DossierView) -> str:
    if dossier.verlopen:
        return dossier.verlopen[-1]
    if dossier.maand is None:  # it does not run
        return ""
    return "onbekend" if dossier.leesbaar else "niet gedeeld"


def _named(pairs: Iterable[tuple[str, str]]) -> tuple[Keuze, ...]:
    """In the order of what people read."""
    return tuple(Keuze(*pair) for pair in sorted(set(pairs), key=lambda pair: (pair[1].lower(), pair)) if pair[0])


def _next(rows: list[Rij], op: date) -> Iterator[Keuze]:
    """Late, soon, by month, or none."""
    days = [row.volgende.datum for row in rows if row.volgende]
    if any(row.volgend_ook == "te-laat" for row in rows):
        yield Keuze("te-laat", "te laat")
    if days:
        yield from (Keuze(f"{n}", f"komende {n} dagen", op, op + timedelta(days=n)) for n in _DAGEN)
    for maand in sorted({f"{day:%Y-%m}" for day in days}):
        first = date.fromisoformat(f"{maand}-01")
        yield Keuze(maand, maandnaam(maand), first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1))
    if any(row.volgend_ook == "geen" for row in rows):
        yield Keuze("geen", "geen")
