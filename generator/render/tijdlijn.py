"""A timeline as a figure: where everything stands, in units of a drawing 360 wide. The template draws it.

It reads without colour: the shape tells the kind, the filling the status. A table beside it says the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from generator.model.protocolview import ProtocolView
from generator.model.view import Dossierblad, DossierView, MomentView
from generator.render.woorden import dag_kort, woord

BREEDTE = 360
_RAND, _RIJ, _KOP = 8, 32, 22
_VORMEN = {"overleg": "cirkel", "huisbezoek": "vierkant", "evaluatie": "ruit"}


@dataclass(frozen=True)
class Punt:
    """A moment: `vorm` tells its kind, `status` how it is filled."""

    x: float
    y: int
    vorm: str
    status: str
    titel: str


@dataclass(frozen=True)
class Balk:
    """A period; without `breedte` for less than a day it is as wide as a line."""

    x: float
    y: int
    breedte: float
    soort: str
    tekst: str
    titel: str


@dataclass(frozen=True)
class Streep:
    """A mark on the axis."""

    x: float
    tekst: str


@dataclass(frozen=True)
class Tijdlijn:
    """The whole figure."""

    titel: str
    hoogte: int
    strepen: tuple[Streep, ...]
    koppen: tuple[tuple[int, str], ...]
    """The name of each row, and how high it stands."""
    balken: tuple[Balk, ...]
    punten: tuple[Punt, ...]
    vandaag: float | None


def dossier_timeline(blad: Dossierblad, op: date) -> Tijdlijn | None:
    """Term, extensions, moments, signals and handovers of a dossier; None before there is a start."""
    dossier = blad.dossier
    if dossier.start is None or not (dossier.momenten or dossier.einde):
        return None
    days = [moment.datum for moment in dossier.momenten] + [*dossier.termijnen, *filter(None, [dossier.einde])]
    scale = _Scale(min([dossier.start, *days]), max([dossier.start, *days]))
    rows = _Rows()
    balken = [*_terms(dossier, scale, rows)]
    punten = [*_points(dossier.momenten, scale, rows)]
    balken += _signals(blad, scale, rows, op)
    balken += _guidance(blad, scale, rows)
    today = scale.x(op) if scale.first <= op <= scale.last else None
    return Tijdlijn(
        f"Tijdlijn van {dossier.id}",
        rows.height,
        tuple(scale.marks()),
        tuple(rows.titles),
        tuple(balken),
        tuple(punten),
        today,
    )


def protocol_timeline(protocol: ProtocolView) -> Tijdlijn | None:
    """The moments of a track by months after the start; None for a track without."""
    last = protocol.maanden
    if not last:
        return None

    def x(months: int) -> float:
        return round(_RAND + (BREEDTE - 2 * _RAND) * months / last, 1)

    rows = _Rows()
    balk = Balk(x(0), rows.add("Termijn"), round(x(last) - x(0), 1), "termijn", "", f"{last} maanden")
    punten: list[Punt] = []
    for name, kinds in (("Overleg", ("overleg",)), ("Huisbezoek en evaluatie", ("huisbezoek", "evaluatie"))):
        found = [moment for moment in protocol.momenten if moment.soort in kinds]
        y = rows.add(name) if found else 0
        for moment in found:
            punten += [
                Punt(x(n), y, _VORMEN[moment.soort], "gepland", f"{moment.titel}: {moment.wanneer}")
                for n in moment.maanden
            ]
    step = next(step for step in (1, 2, 3, 6, 12, 24, 120) if last / step <= 12)
    strepen = [Streep(x(n), str(n)) for n in range(0, last + 1, step)]
    return Tijdlijn(
        f"Momenten van {protocol.titel}, in maanden na de start",
        rows.height,
        tuple(strepen),
        tuple(rows.titles),
        (balk,),
        tuple(punten),
        None,
    )


class _Rows:
    """The rows from top to bottom, each with its name above it."""

    def __init__(self) -> None:
        self.titles: list[tuple[int, str]] = []
        self.height = _KOP

    def add(self, titel: str) -> int:
        """Gives the middle of a new row."""
        self.titles.append((self.height + 9, titel))
        self.height += _RIJ
        return self.height - 8


class _Scale:
    """From dates to places."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.last = first, last
        self.days = max((last - first).days, 1)

    def x(self, day: date) -> float:
        passed = (min(max(day, self.first), self.last) - self.first).days
        return round(_RAND + (BREEDTE - 2 * _RAND) * passed / self.days, 1)

    def marks(self) -> Iterator[Streep]:
        """The first of a month, as often as there is room for its name."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 1200) if months / step <= 5)
        for n in range(1, months + 1):
            index = self.first.year * 12 + self.first.month - 1 + n
            if index % 12 % step == 0 or step > 12:
                day = date(index // 12, index % 12 + 1, 1)
                x = self.x(day)
                if (step <= 12 or index % step == 0) and _RAND + 18 < x < BREEDTE - _RAND - 18:
                    yield Streep(x, dag_kort(day).split(" ", 1)[1])


def _terms(dossier: DossierView, scale: _Scale, rows: _Rows) -> Iterator[Balk]:
    if dossier.start and dossier.termijnen:
        y, since = rows.add("Termijn"), dossier.start
        for number, end in enumerate(dossier.termijnen):
            name = f"verlenging {number}" if number else "termijn"
            titel = f"{name}: {dag_kort(since)} tot {dag_kort(end)}"
            soort = "verlenging" if number else "termijn"
            yield Balk(scale.x(since), y, round(scale.x(end) - scale.x(since), 1), soort, "", titel)
            since = end


def _points(momenten: tuple[MomentView, ...], scale: _Scale, rows: _Rows) -> Iterator[Punt]:
    for name, kinds in (("Overleg", ("overleg",)), ("Huisbezoek en evaluatie", ("huisbezoek", "evaluatie"))):
        found = [moment for moment in momenten if moment.soort in kinds]
        y = rows.add(name) if found else 0
        for moment in found:
            titel = f"{moment.titel}: {dag_kort(moment.datum)}, {woord(moment.status)}"
            yield Punt(scale.x(moment.datum), y, _VORMEN[moment.soort], moment.status, titel)


def _signals(blad: Dossierblad, scale: _Scale, rows: _Rows, op: date) -> Iterator[Balk]:
    """From the report to the closing, or to today."""
    found = [item for item in blad.gegevens.get("logboek", ()) if item["soort"] == "signaal"]
    y = rows.add("Signalen") if found else 0
    for item in found:
        end = item.get("afgesloten") or op
        closed = "afgesloten" if "afgesloten" in item else "open"
        titel = f"signaal ({woord(item['aard'])}), {dag_kort(item['datum'])}: {closed}"
        width = max(scale.x(end) - scale.x(item["datum"]), 3)
        yield Balk(scale.x(item["datum"]), y, round(width, 1), f"signaal-{closed}", "", titel)


def _guidance(blad: Dossierblad, scale: _Scale, rows: _Rows) -> Iterator[Balk]:
    """Who guides, one after another: shown when there was a handover (VT-4)."""
    periods = blad.gegevens.get("begeleiding", ()) if blad.dossier.leesbaar else ()
    if len(periods) < 2:
        return
    y = rows.add("Begeleiding")
    for periode in periods:
        end = periode.get("tot") or scale.last
        width = round(scale.x(end) - scale.x(periode["vanaf"]), 1)
        titel = f"{periode['begeleider']} vanaf {dag_kort(periode['vanaf'])}"
        tekst = periode["begeleider"] if width > 50 else ""
        yield Balk(scale.x(periode["vanaf"]), y, width, "begeleiding", tekst, titel)
