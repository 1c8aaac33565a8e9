"""Recurrences, exceptions, public holidays and month arithmetic. All dates are civil dates in Europe/Brussels."""

import calendar
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, cached_property
from itertools import count
from pathlib import Path
from typing import NamedTuple

from dateutil.rrule import rrulestr

from generator.model.protocol import OverlegKalender, Verslagen

FEESTDAGEN = Path(__file__).with_name("feestdagen.json")


def add_months(day: date, months: int) -> date:
    """S + n months, clamped to the month's end: 31 January + 1 month = 28 or 29 February."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    last = calendar.monthrange(year, month)[1] if day.day > 28 else 28
    return date(year, month, min(day.day, last))


def running_month(start: date, op: date) -> int:
    """The largest n with start + n months <= op, plus 1: 1 in the first month."""
    months = (op.year - start.year) * 12 + op.month - start.month
    return months + 1 if add_months(start, months) <= op else months


def feestdag(day: date) -> str | None:
    """The Belgian public holiday on a date, by its Dutch name."""
    return feestdagen(day.year).get(day)


@cache
def feestdagen(year: int) -> dict[date, str]:
    """The Belgian public holidays of a year, by their Dutch names."""
    return _opgeschreven().get(year) or bereken_feestdagen(year)


@cache
def _opgeschreven() -> dict[int, dict[date, str]]:
    """Those of 2020 to 2060, written down: it takes the library as long to begin as a command to check a dossier."""
    found: dict[int, dict[date, str]] = {}
    for day, name in json.loads(FEESTDAGEN.read_text(encoding="utf-8")).items():
        found.setdefault(int(day[:4]), {})[date.fromisoformat(day)] = name
    return found


def bereken_feestdagen(year: int) -> dict[date, str]:
    """What the library says of any year."""
    from holidays import country_holidays

    return dict(country_holidays("BE", years=year, language="nl").items())


def first_workday(day: date) -> date:
    """The first Monday to Friday on or after a date that is no Belgian public holiday."""
    while day.weekday() >= 5 or feestdag(day):
        day += timedelta(days=1)
    return day


@dataclass(frozen=True)
class Overlegmaand:
    """The overleg of one month of the rule: it may be moved to another date, or cancelled."""

    maand: str
    """`JJJJ-MM`, the month of the rule."""
    volgens_regel: date
    datum: date | None
    """None: cancelled."""
    aankondiging: date | None
    uur: time
    duur: int
    """Minutes."""
    regel: str
    """The recurrence rule (RFC 5545) that gives the date."""
    reden: str | None = None
    """Why it is moved or cancelled."""


class Geldend(NamedTuple):
    """What is in force in a month, before exceptions."""

    regel: str
    aankondiging: str
    uur: time
    duur: int


class Kalender:
    """The months with an overleg, in order. Nothing here knows a weekday: the rule does (VT-6.2)."""

    def __init__(self, bestand: OverlegKalender, verslagen: Verslagen) -> None:
        self.bestand = bestand
        self.verslagen = verslagen
        self._jaren: dict[int, tuple[Overlegmaand, ...]] = {}
        self._maanden: dict[str, Overlegmaand | None] = {}
        self._gehouden: dict[int, tuple[tuple[date, Overlegmaand], ...]] = {}
        self._eerste: dict[date, Overlegmaand] = {}

    def maand(self, maand: str) -> Overlegmaand | None:
        """The overleg of a month `JJJJ-MM` of the rule."""
        if maand not in self._maanden:
            self._maanden[maand] = next((m for m in self.jaar(int(maand[:4])) if m.maand == maand), None)
        return self._maanden[maand]

    def jaar(self, year: int) -> tuple[Overlegmaand, ...]:
        """Every month of the rule of that year, cancelled ones too."""
        if year not in self._jaren:
            self._jaren[year] = tuple(self._months(year))
        return self._jaren[year]

    def vanaf(self, day: date) -> Iterator[tuple[date, Overlegmaand]]:
        """Every overleg on or after a date that is not cancelled, with its actual date, in order; without end."""
        for year in count(day.year):
            yield from (item for item in self._held_in(year) if item[0] >= day)

    def eerste_vanaf(self, day: date) -> Overlegmaand:
        """The first overleg on or after a date (VT-6.1)."""
        if day not in self._eerste:
            self._eerste[day] = next(self.vanaf(day))[1]
        return self._eerste[day]

    def na(self, day: date) -> Overlegmaand:
        """The first overleg later than a date."""
        return self.eerste_vanaf(day + timedelta(days=1))

    def op(self, day: date) -> Overlegmaand | None:
        """The overleg on a date, if there is one."""
        first = self.eerste_vanaf(day)
        return first if first.datum == day else None

    def tussen(self, na: date, tot_en_met: date) -> Iterator[Overlegmaand]:
        """Every overleg later than one date and not later than another."""
        for day, overleg in self.vanaf(na + timedelta(days=1)):
            if day > tot_en_met:
                return
            yield overleg

    def vervalt_voor(self, overleg: Overlegmaand, partner: str | None) -> bool:
        """Whether the overleg was dropped for a partner (VT-6.3)."""
        verslag = self.verslagen.get(overleg.maand, {}).get(partner or "")
        return bool(verslag and verslag.vervalt)

    @cached_property
    def vervallen(self) -> frozenset[date]:
        """The dates of every overleg that was dropped for a partner (VT-6.3)."""
        months = (self.maand(maand) for maand, told in self.verslagen.items() if any(v.vervalt for v in told.values()))
        return frozenset(month.datum for month in months if month and month.datum)

    def _held_in(self, year: int) -> tuple[tuple[date, Overlegmaand], ...]:
        """A moved overleg stays near its month (a check sees to it): the years around hold all of one year."""
        if year not in self._gehouden:
            near = [(m.datum, m) for y in (year - 1, year, year + 1) for m in self.jaar(y) if m.datum]
            self._gehouden[year] = tuple(
                sorted((i for i in near if i[0].year == year), key=lambda i: (i[0], i[1].maand))
            )
        return self._gehouden[year]

    def _months(self, year: int) -> Iterator[Overlegmaand]:
        for month in range(1, 13):
            rule = self.geldend(date(year, month, 1))
            day = _expand(rule.regel, year).get(month)
            if day is None:
                continue
            maand = f"{year}-{month:02}"
            exception = self.bestand.uitzonderingen.get(maand)
            moved, notice = day, _expand(rule.aankondiging, year).get(month)
            if exception:
                moved, notice = exception.overleg or moved, exception.aankondiging or notice
            cancelled = bool(exception and exception.vervalt)
            yield Overlegmaand(
                maand=maand,
                volgens_regel=day,
                datum=None if cancelled else moved,
                aankondiging=None if cancelled else notice,
                uur=rule.uur,
                duur=rule.duur,
                regel=rule.regel,
                reden=exception.reden if exception else None,
            )

    def geldend(self, day: date) -> Geldend:
        """The rules in force in the month of a date, changes included."""
        base = self.bestand
        rule = Geldend(base.regel, base.aankondiging, base.uur, base.duur)
        for since in sorted(base.wijzigingen):
            if since <= day:
                new = base.wijzigingen[since]
                rule = Geldend(
                    new.regel or rule.regel,
                    new.aankondiging or rule.aankondiging,
                    new.uur or rule.uur,
                    new.duur or rule.duur,
                )
        return rule


@cache
def _expand(rule: str, year: int) -> dict[int, date]:
    """The date of a recurrence rule (RFC 5545) in each month of a year; intervals count from January 2000.

    Until 2100 every year has the weekdays of 28 years before: expanding those is most of a check of the protocol.
    """
    upper = rule.upper()
    if 2028 <= year < 2100 and "INTERVAL" not in upper and "EASTER" not in upper:
        return {month: day.replace(year=year) for month, day in _expand(rule, year - 28).items()}
    first, last = datetime(year, 1, 1), datetime(year, 12, 31)  # noqa: DTZ001 (civil dates, as dateutil wants them)
    start = datetime(2000, 1, 1) if "INTERVAL" in upper else first  # noqa: DTZ001
    return {day.month: day.date() for day in rrulestr(rule, dtstart=start).between(first, last, inc=True)}
