"""The calendar as pages: a sheet for each month and each year, and the month of today to begin with."""

from calendar import Calendar
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import ceil
from typing import Any

from generator.model.view import View
from generator.render.afspraken import Afspraak, make_afspraken
from generator.render.woorden import maandnaam, weekdagen

_VOL = 3
"""More visits than this on a day are counted in the grid, and told in the list below it."""
_BLAD, _LEGE_DAG, _BREEDTE = 50, 7, 26
"""A sheet of A4 in print: the lines that its weeks have together, those of an empty day, the letters of a line."""
_WEKEN = Calendar(firstweekday=0)


@dataclass(frozen=True)
class Dag:
    """A day with all that is on it."""

    datum: date
    vandaag: bool
    feestdag: str
    afspraken: tuple[Afspraak, ...]

    @property
    def getoond(self) -> list[Afspraak]:
        """As much as a cell of the grid takes: every overleg and notice, and a few visits."""
        visits = [item for item in self.afspraken if item.soort == "bezoek"]
        shown = visits if len(visits) <= _VOL else visits[: _VOL - 1]
        return [item for item in self.afspraken if item.soort != "bezoek"] + shown

    @property
    def meer(self) -> int:
        return len(self.afspraken) - len(self.getoond)

    @property
    def regels(self) -> float:
        """How many lines of print it takes, at least those of an empty day."""
        return max(_LEGE_DAG, 1 + bool(self.feestdag) + sum(map(_lines, self.getoond)))

    @property
    def soorten(self) -> list[str]:
        """What kinds there are, each once; what is cancelled or moved away counts as `anders`."""
        kinds = ("anders" if item.stand in ("vervallen", "verplaatst") else item.soort for item in self.afspraken)
        return sorted(set(kinds))

    @property
    def samenvatting(self) -> str:
        """Such as `overleg, 3 bezoeken`."""
        visits = Counter(item.soort for item in self.afspraken)["bezoek"]
        parts = [" ".join(filter(None, (item.soort, item.stand_tekst))) for item in self.afspraken if not item.dossier]
        if visits:
            parts.append("1 bezoek" if visits == 1 else f"{visits} bezoeken")
        return ", ".join(filter(None, [self.feestdag, *parts]))


@dataclass(frozen=True)
class Week:
    """From Monday to Sunday; None: a day of another month."""

    nummer: int
    dagen: tuple[Dag | None, ...]


@dataclass(frozen=True)
class Maandblad:
    """A month, by week."""

    maand: str
    vorige: str
    """The months beside it as `JJJJ-MM`; empty where the calendar ends."""
    volgende: str
    weken: tuple[Week, ...]

    @cached_property
    def dagen(self) -> list[Dag]:
        return [day for week in self.weken for day in week.dagen if day]

    @property
    def lijst(self) -> list[Dag]:
        """The days on which there is something, a public holiday included."""
        return [day for day in self.dagen if day.afspraken or day.feestdag]

    @property
    def leeg(self) -> bool:
        return not any(day.afspraken for day in self.dagen)

    @property
    def vol(self) -> bool:
        """One sheet of paper does not hold all: there the grid names visits by reference, and the list follows."""
        lines = sum(max((day.regels for day in week.dagen if day), default=0) for week in self.weken)
        return lines > _BLAD or any(day.meer for day in self.dagen)


@dataclass(frozen=True)
class Jaarblad:
    """A year at a glance."""

    jaar: int
    vorige: int | None
    volgende: int | None
    maanden: tuple[Maandblad, ...]

    @property
    def anders(self) -> list[Afspraak]:
        """The overleg that is cancelled, moved or dropped."""
        items = (item for month in self.maanden for day in month.dagen for item in day.afspraken)
        return [item for item in items if item.soort == "overleg" and item.stand in ("vervallen", "verplaatst")]

    @property
    def feestdagen(self) -> list[Dag]:
        return [day for month in self.maanden for day in month.dagen if day.feestdag]


@dataclass(frozen=True)
class Blad:
    """What becomes a page."""

    pad: str
    sjabloon: str
    titel: str
    nav: str
    waarden: dict[str, Any]


def make_sheets(view: View) -> Iterator[Blad]:
    """The page of the navigation, which shows the month of today, and then each month and year of the view."""
    months = make_months(view)
    years = sorted({int(month.maand[:4]) for month in months})
    today = next(month for month in months if month.maand == f"{view.datum:%Y-%m}")
    values = {"jaren": years, "deze_maand": today.maand, "weekdagen": weekdagen()}
    yield Blad("maanden/index.html", "maand.html", "Kalender", "Kalender", values | {"blad": today})
    for month in months:
        titel = f"Kalender van {maandnaam(month.maand)}"
        yield Blad(f"maanden/{month.maand}.html", "maand.html", titel, "", values | {"blad": month})
    for year in years:
        own = tuple(month for month in months if int(month.maand[:4]) == year)
        before, after = (number if number in years else None for number in (year - 1, year + 1))
        sheet = Jaarblad(year, before, after, own)
        yield Blad(f"maanden/{year}.html", "jaar.html", f"Kalender van {year}", "", values | {"blad": sheet})


def make_months(view: View) -> list[Maandblad]:
    """Every month of the years that the view knows the overleg of, and always of this year."""
    days: dict[date, list[Afspraak]] = {}
    for item in make_afspraken(view):
        days.setdefault(item.datum, []).append(item)
    years = sorted({view.datum.year, *(int(overleg.maand[:4]) for overleg in view.maanden)})
    names = [f"{year}-{month:02}" for year in years for month in range(1, 13)]
    beside = zip(["", *names], names, [*names[1:], ""], strict=False)
    return [Maandblad(name, before, after, tuple(_weeks(view, name, days))) for before, name, after in beside]


def _lines(item: Afspraak) -> float:
    """With the room between one and the next."""
    return 1.3 + sum(ceil(len(text) / _BREEDTE) for text in (item.wat, item.stand_tekst + item.uitleg))


def _weeks(view: View, maand: str, days: dict[date, list[Afspraak]]) -> Iterator[Week]:
    year, month = int(maand[:4]), int(maand[5:])
    for week in _WEKEN.monthdatescalendar(year, month):
        yield Week(week[0].isocalendar().week, _days(view, month, week, days))


def _days(view: View, month: int, week: Sequence[date], days: dict[date, list[Afspraak]]) -> tuple[Dag | None, ...]:
    return tuple(
        Dag(day, day == view.datum, view.feestdagen.get(day, ""), tuple(days.get(day, ())))
        if day.month == month
        else None
        for day in week
    )
