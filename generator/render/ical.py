"""Views → iCalendar feeds (RFC 5545, RFC 7986).

One event a date and no recurrence (Outlook knows no "second-last Thursday"); no METHOD, VALARM or CLASS. What an
event is gives its UID, never its date, so that calendars move it. It names a reference and a moment, nothing else of
the tenancy.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

from icalendar import Calendar, vDuration, vText
from icalendar.parser import Contentline

from generator.model.view import (
    COORDINATIE,
    PUBLIEK,
    TAKEN,
    Doelgroep,
    DossierView,
    FeedView,
    MomentView,
    OverlegView,
    PartnerOverlegView,
    View,
)
from generator.render.woorden import maandnaam, slug

BRUSSEL = ZoneInfo("Europe/Brussels")
SEQUENCE_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
VERLEDEN = timedelta(days=366)
"""How long what took place stays in a feed."""
VERVALLEN = timedelta(days=62)
"""How long what was cancelled stays after its date."""
BEZOEK = timedelta(hours=1)
MAX_EVENTS, MAX_BYTES = 1000, 900_000  # Google takes no more of a feed
FOLD = 75
"""The library folds a line of so many octets."""
VERVERS = timedelta(hours=6)

# Two yearly rules, written out: libraries write lists of dates that Outlook misreads.
_VTIMEZONE = b"""BEGIN:VTIMEZONE
TZID:Europe/Brussels
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
""".replace(b"\n", b"\r\n")
_END = b"END:VCALENDAR\r\n"


class Tekst(vText):
    """TEXT (RFC 5545 section 3.3.11). The library makes a new line of a backslash before N, and escapes no title."""

    def to_ical(self) -> bytes:
        return _escaped(self).encode()


_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


@dataclass(frozen=True)
class Gebeurtenis:
    """What becomes a VEVENT. `start` is a date (all day) or a wall-clock time in Brussels."""

    uid: str
    titel: str
    start: date | datetime
    einde: date | datetime
    status: Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]
    gewijzigd: datetime
    """In UTC."""
    omschrijving: str = ""
    plaats: str = ""
    link: str = ""

    @property
    def dag(self) -> date:
        return self.start.date() if isinstance(self.start, datetime) else self.start


Feeds = dict[Doelgroep, dict[str, bytes]]
"""By audience and name."""


def make_feeds(views: list[View]) -> Feeds:
    """Every feed of every view. Each event that a feed holds is serialised once and shared by its feeds."""
    serialised = cache(serialise)
    feeds: Feeds = {}
    for view in views:
        own = feeds[view.doelgroep] = {}
        events = _Events(view)
        for feed in view.feeds:
            recent = [event for event in events.of(feed) if in_window(event, view.datum)]
            head = _header(feed.titel) + _VTIMEZONE
            chosen = _capped(recent, serialised, view.datum, len(head) + len(_END))
            own[feed.naam] = b"".join([head, *map(serialised, chosen), _END])
    return feeds


def serialise(event: Gebeurtenis) -> bytes:
    """A VEVENT: CRLF, folded at 75 octets, the same bytes for the same event.

    They are those that the library writes, as a test holds, in a sixth of its time: a feed has a thousand.
    """
    return b"".join(map(_folded, _lines(event)))


def _lines(event: Gebeurtenis) -> Iterator[str]:
    """The content lines, in the order of the library."""
    cancelled = event.status == "CANCELLED"
    timed = isinstance(event.start, datetime) and not cancelled
    changed = f"{event.gewijzigd:%Y%m%dT%H%M%SZ}"
    yield "BEGIN:VEVENT"
    yield f"SUMMARY:{_escaped(f'Vervallen: {event.titel}' if cancelled else event.titel)}"
    yield f"DTSTART;{_when(event.start)}"
    yield f"DTEND;{_when(event.einde)}"
    yield f"DTSTAMP:{changed}"
    yield f"UID:{_escaped(event.uid)}"
    yield f"SEQUENCE:{max(0, int((event.gewijzigd - SEQUENCE_EPOCH).total_seconds() // 60))}"
    if event.omschrijving:
        yield f"DESCRIPTION:{_escaped(event.omschrijving)}"
    yield f"LAST-MODIFIED:{changed}"
    if event.plaats:
        yield f"LOCATION:{_escaped(event.plaats)}"
    yield f"STATUS:{event.status}"
    yield f"TRANSP:{'OPAQUE' if timed else 'TRANSPARENT'}"
    if event.link:
        yield f"URL:{event.link}"
    yield "END:VEVENT"


def _when(value: date | datetime) -> str:
    if isinstance(value, datetime):
        return f"TZID={BRUSSEL.key}:{value:%Y%m%dT%H%M%S}"
    return f"VALUE=DATE:{value:%Y%m%d}"


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)


def _folded(line: str) -> bytes:
    """With its line break; the library folds what is too long."""
    octets = line.encode()
    if len(octets) >= FOLD or "\n" in line:  # this the library refuses
        octets = Contentline(line).to_ical()  # type: ignore[no-untyped-call]
    return octets + b"\r\n"


def one_meeting(item: PartnerOverlegView, organisatie: str) -> bytes:
    """The event of the feed by itself, for a calendar that does not follow it: a name would make a calendar of it."""
    event = meeting_event(item, organisatie, source_of(organisatie))
    head = bytes(_calendar().to_ical()).removesuffix(_END)
    return b"".join([head, _VTIMEZONE, serialise(event), _END])


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//woontraject//kalender//NL")
    calendar.add("calscale", "GREGORIAN")
    return calendar


def _header(titel: str) -> bytes:
    calendar = _calendar()
    calendar.add("name", Tekst(titel))
    calendar.add("x-wr-calname", Tekst(titel))
    calendar.add("x-wr-timezone", "Europe/Brussels")
    calendar.add("refresh-interval", VERVERS, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(VERVERS))
    return bytes(calendar.to_ical()).removesuffix(_END)


class _Events:
    """The events of an audience, each made once."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.source = source_of(view.organisatie)
        self.notices = [event for overleg in view.maanden for event in notice_events(overleg, self.source)]
        self.meetings = [meeting_event(item, view.organisatie, self.source) for item in view.overleggen]
        self.moments = {
            item.id: [moment_event(item.id, moment, item.gewijzigd, self.source) for moment in item.momenten]
            for item in view.dossiers
        }

    def of(self, feed: FeedView) -> list[Gebeurtenis]:
        """Those of one feed: a worker's holds the dossiers that this worker guides."""
        view = self.view
        if view.doelgroep == PUBLIEK:
            return [*(overleg_event(overleg, self.source) for overleg in view.maanden), *self.notices]
        if feed.naam == TAKEN and view.doelgroep == COORDINATIE:
            return [*self.notices, *self._duties()]
        chosen = [d for d in view.dossiers if feed.begeleider is None or _guides(view, feed.begeleider, d)]
        moments = [event for dossier in chosen for event in self.moments[dossier.id]]
        notices = self.notices if view.doelgroep == COORDINATIE else []
        return [*notices, *self.meetings, *moments]

    def _duties(self) -> Iterator[Gebeurtenis]:
        view = self.view
        yield from overleg_duties(view.maanden, view.conclusies_dagen, self.source)
        rules = max((overleg.gewijzigd for overleg in view.maanden), default=SEQUENCE_EPOCH)
        for dossier in view.dossiers:
            for moment in dossier.momenten:
                changed = max(dossier.gewijzigd, rules)
                yield from visit_duties(dossier.id, moment, view.bezoek_plannen_weken, changed, self.source)


def _guides(view: View, begeleider: str, dossier: DossierView) -> bool:
    """Whether a worker of the partner guides it."""
    return (dossier.partner, dossier.begeleider) == (view.doelgroep.partner, begeleider)


def moment_event(naam: str, moment: MomentView, gewijzigd: datetime, source: str) -> Gebeurtenis:
    """A moment of a dossier: timed when an hour is agreed, else all day; tentative while a visit has no hour."""
    cancelled = moment.status == "vervallen"
    start, end = _span(moment.datum, moment.uur if moment.soort != "overleg" else None, BEZOEK)
    certain = moment.soort == "overleg" or moment.uur is not None or moment.status == "gehouden"
    return Gebeurtenis(
        uid=f"{naam}.{moment.id}@{source}.woontraject",
        titel=f"{naam}: {moment.titel}",
        start=start,
        einde=end,
        status="CANCELLED" if cancelled else "CONFIRMED" if certain else "TENTATIVE",
        gewijzigd=gewijzigd,
        omschrijving=moment.id,
    )


def meeting_event(item: PartnerOverlegView, organisatie: str, source: str) -> Gebeurtenis:
    """The overleg of a partner in a month, with its hour, place and link (VT-6.4)."""
    overleg = item.overleg
    start, end = _span(overleg.datum or overleg.volgens_regel, item.uur, timedelta(minutes=overleg.duur))
    return Gebeurtenis(
        uid=f"overleg.{item.partner}.{overleg.maand}@{source}.woontraject",
        titel=f"Overleg {organisatie} – {item.partner_naam}",
        start=start,
        einde=end,
        status="CANCELLED" if item.vervalt or overleg.datum is None else "CONFIRMED",
        gewijzigd=overleg.gewijzigd,
        omschrijving=f"Maandelijks overleg van {maandnaam(overleg.maand)}",
        plaats=item.adres or "Teams",
        link=item.link or "",
    )


def overleg_event(overleg: OverlegView, source: str) -> Gebeurtenis:
    """The day of the overleg, for everyone: the hour differs by partner."""
    start, end = _span(overleg.datum or overleg.volgens_regel, None, BEZOEK)
    return Gebeurtenis(
        uid=f"overleg.{overleg.maand}@{source}.woontraject",
        titel="Overleg met de partners",
        start=start,
        einde=end,
        status="CONFIRMED" if overleg.datum else "CANCELLED",
        gewijzigd=overleg.gewijzigd,
    )


def overleg_duties(maanden: Iterable[OverlegView], conclusies_dagen: int, source: str) -> Iterator[Gebeurtenis]:
    """The days of the overleg, and when its conclusions are due (VT-6.2, VT-6.5)."""
    for overleg in maanden:
        yield overleg_event(overleg, source)
        if overleg.datum:
            due = overleg.datum + timedelta(days=conclusies_dagen)
            titel = f"Conclusies van het overleg van {maandnaam(overleg.maand)} versturen"
            yield _duty(f"conclusies.{overleg.maand}@{source}.woontraject", titel, due, overleg.gewijzigd)


def visit_duties(naam: str, moment: MomentView, weken: int, gewijzigd: datetime, source: str) -> Iterator[Gebeurtenis]:
    """When a visit is to be planned, weeks ahead (VT-7.1)."""
    open_ = moment.status in ("te-plannen", "te-laat") and not moment.afspraak
    if moment.soort == "huisbezoek" and open_:
        uid, titel = f"plannen.{naam}.{moment.id}@{source}.woontraject", f"{naam}: {moment.titel} plannen"
        yield _duty(uid, titel, moment.streefdatum - timedelta(weeks=weken), gewijzigd)


def _duty(uid: str, titel: str, day: date, gewijzigd: datetime) -> Gebeurtenis:
    """Something to do on a day."""
    start, end = _span(day, None, BEZOEK)
    return Gebeurtenis(uid=uid, titel=titel, start=start, einde=end, status="CONFIRMED", gewijzigd=gewijzigd)


def notice_events(overleg: OverlegView, source: str) -> Iterator[Gebeurtenis]:
    """The day on which the agenda is mailed (VT-6.2)."""
    if overleg.aankondiging:
        start, end = _span(overleg.aankondiging, None, BEZOEK)
        yield Gebeurtenis(
            uid=f"aankondiging.{overleg.maand}@{source}.woontraject",
            titel=f"Aankondiging van het overleg van {maandnaam(overleg.maand)}",
            start=start,
            einde=end,
            status="CONFIRMED",
            gewijzigd=overleg.gewijzigd,
        )


def _span(day: date, uur: time | None, duration: timedelta) -> tuple[date | datetime, date | datetime]:
    """Start and end: all day ends on the next day, as RFC 5545 section 3.6.1 asks."""
    if uur is None:
        return day, day + timedelta(days=1)
    start = datetime.combine(day, uur, BRUSSEL)
    return start, start + duration


def in_window(event: Gebeurtenis, op: date) -> bool:
    """Whether a feed of that date still holds it."""
    return event.dag >= op - (VERVALLEN if event.status == "CANCELLED" else VERLEDEN)


def _capped(
    events: list[Gebeurtenis], serialised: Callable[[Gebeurtenis], bytes], op: date, size: int
) -> list[Gebeurtenis]:
    """As many events as a calendar program takes: those to come first, then the latest past ones. In order of date.

    `size` is what the feed counts in bytes before its first event.
    """
    chosen: list[Gebeurtenis] = []
    for event in sorted(events, key=lambda event: (event.dag < op, abs((event.dag - op).days), event.uid)):
        size += len(serialised(event))
        if len(chosen) == MAX_EVENTS or size > MAX_BYTES:
            break
        chosen.append(event)
    return sorted(chosen, key=lambda event: (event.dag, event.uid))


def source_of(text: str) -> str:
    """What every UID of an organisation ends with, from its name."""
    return slug(text) or "register"
