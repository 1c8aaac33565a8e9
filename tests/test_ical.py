"""The iCalendar feeds (RFC 5545, RFC 7986): what engines read in them, form, meaning, privacy, history and limits."""

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.findings import Gestopt
from generator.history import History, read_history
from generator.model.dossier import Dossier
from generator.model.view import COORDINATIE, View
from generator.render import ical
from generator.views import audiences, make_view
from tests.conftest import BASIS, GEHEIM, PROJECT, VANDAAG, read
from tests.engines import ENGINES, NAMES, command_of, read_feeds
from tests.engines.plain import Event, blocks, content, day, events, properties, value

Make = Callable[..., Path]
Feeds = dict[str, bytes]
"""By audience and name: `publiek/overleg`, `partners/alfa/ALFA-01`."""
ALL, PUBLIC, ALFA = "coordinatie/alles", "publiek/overleg", "partners/alfa/alfa"
DUTIES = "coordinatie/taken"
AT = "@huisvester.woontraject"
VISIT, OTHER = f"VT-2026-001.huisbezoek-3m{AT}", f"VT-2026-002.huisbezoek-3m{AT}"
MEETING, MEETING_BETA = f"overleg.alfa.2026-12{AT}", f"overleg.beta.2026-12{AT}"


# The serialiser

TEKSTEN = st.text(st.sampled_from("abé€😀\\;,:\"^\n\r '-.0"), max_size=200)
DAGEN = st.dates(date(2020, 1, 1), date(2040, 12, 31))
UREN = st.builds(time, st.integers(0, 23), st.integers(0, 59))
GEBEURTENISSEN = st.builds(
    ical.Gebeurtenis,
    uid=st.from_regex(r"[A-Z0-9a-z.@-]{1,120}", fullmatch=True),
    titel=TEKSTEN,
    start=DAGEN | st.builds(datetime.combine, DAGEN, UREN, st.just(ical.BRUSSEL)),
    einde=DAGEN | st.builds(datetime.combine, DAGEN, UREN, st.just(ical.BRUSSEL)),
    status=st.sampled_from(["CONFIRMED", "TENTATIVE", "CANCELLED"]),
    gewijzigd=st.builds(datetime.combine, DAGEN, UREN, st.just(UTC)),
    omschrijving=TEKSTEN,
    plaats=TEKSTEN,
    link=st.from_regex(r"https://[a-z0-9./?=&;,-]{1,150}", fullmatch=True),
)


@settings(deadline=None)
@given(GEBEURTENISSEN)
def test_an_event_has_the_bytes_that_the_library_writes(event: ical.Gebeurtenis) -> None:
    written = ical.serialise(event)
    assert written == as_vevent(event).to_ical()
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))


def as_vevent(event: ical.Gebeurtenis) -> icalendar.Event:
    """The event as the library knows it; of text it makes a new line of a backslash before N."""
    cancelled = event.status == "CANCELLED"
    minutes = int((event.gewijzigd - ical.SEQUENCE_EPOCH).total_seconds() // 60)
    vevent = icalendar.Event()
    vevent.add("uid", ical.Tekst(event.uid))
    vevent.add("dtstamp", event.gewijzigd)
    vevent.add("last-modified", event.gewijzigd)
    vevent.add("sequence", max(0, minutes))
    vevent.add("dtstart", event.start)
    vevent.add("dtend", event.einde)
    vevent.add("summary", ical.Tekst(f"Vervallen: {event.titel}" if cancelled else event.titel))
    for name, text in (("description", event.omschrijving), ("location", event.plaats)):
        if text:
            vevent.add(name, ical.Tekst(text))
    vevent.add("url", event.link)
    vevent.add("status", event.status)
    timed = isinstance(event.start, datetime) and not cancelled
    vevent.add("transp", "OPAQUE" if timed else "TRANSPARENT")
    return vevent


# Registers and their feeds


def dossier(
    name: str, logboek: str = "", begeleiding: str = "", aanmelder: str = "alfa", **keys: str
) -> dict[str, str]:
    """A dossier's file by its path, guided by worker ALFA-01 of Alfa unless told otherwise."""
    values = {
        "id": name,
        "traject": "versnelde-toewijzing",
        "start": "2026-09-01",
        "aanmelding": f"{{datum: 2025-08-03, partner: {aanmelder}}}",
        "documenten": "{toestemmingsverklaring: 2025-08-04}",
        "begeleiding": f"[{begeleiding or guide('ALFA-01')}]",
        "logboek": f"[{logboek}]",
    } | keys
    return {f"dossiers/{name}.yaml": "".join(f"{key}: {value}\n" for key, value in values.items())}


def guide(worker: str, vanaf: str = "2025-09-01", rest: str = "") -> str:
    return f"{{partner: {worker[:-3].lower()}, begeleider: {worker}, vanaf: {vanaf}, {rest}}},"


def visit(moment: str, datum: str, rest: str = "") -> str:
    return f"{{soort: huisbezoek, datum: {datum}, moment: {moment}, {rest}}},"


def protocol(name: str, pattern: str, new: str) -> dict[str, str]:
    """A file of the base protocol in which the first place that fits the pattern is replaced."""
    text, count = re.subn(pattern, lambda _: new, (BASIS / "protocol" / name).read_text(encoding="utf-8"), count=1)
    assert count == 1
    return {f"protocol/{name}": text}


def december(exception: str) -> dict[str, str]:
    return protocol("kalender.yaml", "(?<=uitzonderingen:\n)", f"    2026-12: {exception}\n")


def views_of(root: Path, op: date = VANDAAG) -> list[View]:
    standen, history = read(root), read_history(root)
    return [make_view(standen, history, who, op, GEHEIM) for who in audiences(standen.register)]


def feeds_from(views: list[View]) -> Feeds:
    made = ical.make_feeds(views)
    return {f"{who.naam}/{Path(path).stem}": feed for who, own in made.items() for path, feed in own.items()}


def feeds_of(root: Path, op: date = VANDAAG) -> Feeds:
    return feeds_from(views_of(root, op))


HARD = r"Wöon, Brugge; «Noord» c:\x – " + "é" * 40
WINTER = ("2026-01-14", "2026-03-28", "2026-10-25", "2026-10-26", "2027-01-13", "2027-03-27")
SUMMER = ("2026-03-29", "2026-03-30", "2026-07-15", "2026-10-24", "2027-03-28", "2027-03-29", "2027-07-14")
AT_NINE = dict.fromkeys(WINTER, 8) | dict.fromkeys(SUMMER, 7)
"""Visits at 09:00 in Brussels, on and around each change of the clock, and their hour in UTC."""
TWO = dossier("VT-2026-001") | dossier("VT-2026-002", begeleiding=guide("BETA-01"), aanmelder="beta")
EXTENDED = (
    "{soort: overleg, datum: 2026-10-29, besluit: verlengen, maanden: 3},"
    + visit("huisbezoek-3m", "2026-03-04", "uur: 10:00, wooncultuur: goed")
    + visit("extra-1", "2026-12-02", "afgelast: ziek")
)
EVALUATION = "{soort: evaluatie, datum: 2026-11-30, uur: 13:15, moment: evaluatie-2m}"
RICH = (
    protocol("organisatie.yaml", "naam: .*", f"naam: '{HARD}'")
    | protocol("partners.yaml", "naam: .*", f"naam: '{HARD}'")
    | protocol("kalender.yaml", "2025-12-18, aankondiging: 2025-12-11", "2025-12-17, aankondiging: 2025-12-10")
    | {"protocol/overleg/2026-10.yaml": "beta: {vervalt: alles loopt goed}\nalfa: {plaats: kantoor, uur: 15:00}\n"}
    | dossier("VT-2026-001", "".join(visit(f"extra-{n}", at, "uur: 09:00") for n, at in enumerate(AT_NINE, 1)))
    | dossier("VT-2026-002", "{soort: stopzetting, datum: 2026-11-02, reden: opname}")
    | dossier("VT-2026-003", EXTENDED, guide("BETA-01"), start="2025-12-01")
    | dossier("PW-2026-001", EVALUATION, traject="proefwonen", termijn="8")
)


@pytest.fixture
def rich_views(register: Make) -> list[View]:
    return views_of(register(RICH))


@pytest.fixture
def rich(rich_views: list[View]) -> Feeds:
    """The feeds of a register with something of everything, and names that are hard to write."""
    return feeds_from(rich_views)


# 1. Engines


@pytest.fixture(scope="session", params=NAMES)
def engine(request: pytest.FixtureRequest) -> list[str]:
    return command_of(request.param)


def source_spans(view: View) -> dict[str, tuple[date, time | None, int]]:
    """Date, hour and minutes of every event, from the values of the register, by UID less its domain."""
    spans: dict[str, tuple[date, time | None, int]] = {}
    for item in view.dossiers:
        spans |= {f"{item.id}.{moment.id}": (moment.datum, moment.uur, 60) for moment in item.momenten}
        due = {f"plannen.{item.id}.{m.id}": (m.streefdatum - timedelta(weeks=4), None, 0) for m in item.momenten}
        spans |= due
    for overleg in view.maanden:
        spans[f"overleg.{overleg.maand}"] = (overleg.datum or overleg.volgens_regel, None, 0)
        spans[f"aankondiging.{overleg.maand}"] = (overleg.aankondiging or date.max, None, 0)
        if overleg.datum:
            spans[f"conclusies.{overleg.maand}"] = (overleg.datum + timedelta(days=7), None, 0)
    for meeting in view.overleggen:
        on = meeting.overleg.datum or meeting.overleg.volgens_regel
        spans[f"overleg.{meeting.partner}.{meeting.overleg.maand}"] = (on, meeting.uur, meeting.overleg.duur)
    return spans


def as_engines_say(on: date, uur: time | None, minutes: int) -> dict[str, Any]:
    if uur is None:
        until = on + timedelta(days=1)
        return {"all_day": True, "start": f"{on}", "end": f"{until}", "utc_start": None, "utc_end": None}
    start = datetime.combine(on, uur, ZoneInfo("Europe/Brussels"))
    ends = {"start": start, "end": start + timedelta(minutes=minutes)}
    utc = {f"utc_{name}": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" for name, at in ends.items()}
    return {"all_day": False} | utc | {name: f"{at:%Y-%m-%dT%H:%M:%S}" for name, at in ends.items()}


def test_engines_read_the_source_values(engine: list[str], tmp_path: Path, rich_views: list[View]) -> None:
    """Every event of every feed, with its local time and its instant, as the register has it."""
    spans = source_spans(next(view for view in rich_views if view.doelgroep == COORDINATIE))
    feeds = feeds_from(rich_views)
    for name, found in read_feeds(engine, tmp_path, feeds).items():
        written = events(feeds[name])
        assert sorted(event["uid"] for event in found) == sorted(written) != []
        for event in found:
            source = written[event["uid"]]
            expected = as_engines_say(*spans[event["uid"].partition("@")[0]])
            expected |= {"status": source["STATUS"], "sequence": int(source["SEQUENCE"])}
            assert {key: event[key] for key in expected} == expected


@pytest.mark.parametrize("east", [0, 4])
def test_engines_read_nine_around_each_change(engine: list[str], tmp_path: Path, rich: Feeds, east: int) -> None:
    """By the zone in the feed: one of that name, hours further east, moves the instants and not the local times."""
    feed = rich[ALL].replace(b":+0200", b":+0%d00" % (2 + east)).replace(b":+0100", b":+0%d00" % (1 + east))
    found = read_feeds(engine, tmp_path, {ALL: feed})[ALL]
    assert {(e["start"], e["end"], e["utc_start"]) for e in found if e["uid"].startswith("VT-2026-001.extra-")} == {
        (f"{at}T09:00:00", f"{at}T10:00:00", f"{at}T0{utc - east}:00:00Z") for at, utc in AT_NINE.items()
    }


@pytest.mark.parametrize("name", [HARD, r"Huis\Noord, c:\new; d\\e", 'Zeg "ja" : nee^n \\'], ids=["hard", r"\N", "end"])
def test_engines_read_names_as_they_are(engine: list[str], tmp_path: Path, register: Make, name: str) -> None:
    """Commas, semicolons, backslashes and letters of more than one byte come through (RFC 5545 section 3.3.11)."""
    feeds = feeds_of(register(TWO | protocol("partners.yaml", "naam: .*", f"naam: '{name}'")))
    found = read_feeds(engine, tmp_path, {"alfa": feeds[ALFA]})["alfa"]
    assert f"Overleg Huisvester – {name}" in {event["summary"] for event in found}


def test_engines_refuse_what_is_wrong(engine: list[str], tmp_path: Path, rich: Feeds) -> None:
    """That they accept a feed says something."""
    broken = rich[ALL].replace(b"DTSTART;VALUE=DATE:2026", b"DTSTART;VALUE=DATE:MMXXVI")
    with pytest.raises(subprocess.CalledProcessError):
        read_feeds(engine, tmp_path, {ALL: broken})


def test_lock_file_holds_no_address() -> None:
    lock = (ENGINES / "package-lock.json").read_text(encoding="utf-8")
    assert "integrity" in lock
    asking_for_gifts = r'"url": "https://[^"]*"'
    assert not re.search("resolved|://", re.sub(asking_for_gifts, "", lock))


# 2. Form

CALENDAR = {"VERSION", "PRODID", "CALSCALE", "NAME", "X-WR-CALNAME", "X-WR-TIMEZONE"}
CALENDAR |= {"REFRESH-INTERVAL", "X-PUBLISHED-TTL"}
EVENT = {"UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "STATUS", "TRANSP"}
ZONE_RULES = ["FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"]


def test_lines(rich: Feeds) -> None:
    """CRLF everywhere, at most 75 octets, no character cut in two (RFC 5545 section 3.1)."""
    for feed in rich.values():
        lines = feed.split(b"\r\n")
        assert lines.pop() == b""
        assert not re.search(rb"[\x00-\x1f\x7f]", b"".join(lines))
        assert max(map(len, lines)) <= 75
        assert all(line.decode() for line in lines)
        assert any(line.startswith(" é".encode()) for line in lines), "no folded line in this test"


def test_one_zone_with_two_yearly_rules(rich: Feeds) -> None:
    """Outlook misreads lists of dates; the rules are those in force since 1996 (RFC 5545 section 3.6.5)."""
    for feed in rich.values():
        (zone,) = re.findall("BEGIN:VTIMEZONE\n(.*)\nEND:VTIMEZONE\n", "\n".join(content(feed)), re.DOTALL)
        assert zone.startswith("TZID:Europe/Brussels\n")
        assert sorted(re.findall("RRULE:(.*)", zone)) == ZONE_RULES
        assert (feed.count(b"BEGIN:VTIMEZONE"), feed.count(b"RRULE"), feed.count(b"RDATE")) == (1, 2, 0)


def test_calendar(register: Make) -> None:
    """No METHOD and no UID of its own; both names, in escaped text; both refresh times (RFC 7986 section 5)."""
    feeds = feeds_of(register(dossier("VT-2026-001") | protocol("organisatie.yaml", "naam: .*", r"naam: 'A, B; c:\x'")))
    found = {name: properties(content(feed[: feed.index(b"BEGIN:VTIMEZONE")])[1:]) for name, feed in feeds.items()}
    assert {name: head["NAME"] for name, head in found.items()} == {
        PUBLIC: r"Overleg A\, B\; c:\\x",
        ALL: r"Woontraject A\, B\; c:\\x",
        DUTIES: r"Taken A\, B\; c:\\x",
        ALFA: "Woontraject Alfa",
        "partners/alfa/ALFA-01": "Woontraject ALFA-01",
    }
    for head in found.values():
        assert head.keys() == CALENDAR
        assert head["NAME"] == head["X-WR-CALNAME"]
        assert (head["REFRESH-INTERVAL"], head["X-PUBLISHED-TTL"]) == ("VALUE=DURATION:PT6H", "PT6H")


def test_events(rich: Feeds) -> None:
    """What an event must and may have: no RRULE, VALARM, CLASS, ORGANIZER or ATTENDEE (RFC 5545 section 3.6.1)."""
    for feed in rich.values():
        assert set(re.findall(rb"BEGIN:(\w+)", feed)) == {
            b"VCALENDAR",
            b"VTIMEZONE",
            b"DAYLIGHT",
            b"STANDARD",
            b"VEVENT",
        }
        for event in events(feed).values():
            assert EVENT <= event.keys() <= EVENT | {"DESCRIPTION", "LOCATION", "URL"}
            assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"])
            assert not re.search(r"\d{4}-\d{2}-\d{2}|\d{8}", event["UID"]), "a date in the UID"


def test_all_day_events_end_on_the_next_day_and_block_nothing(rich: Feeds) -> None:
    """RFC 5545 section 3.6.1: DTEND is the first day after it."""
    every = [event for feed in rich.values() for event in events(feed).values()]
    all_day = [event for event in every if event["DTSTART"].startswith("VALUE=DATE:")]
    assert 0 < len(all_day) < len(every)
    assert all(event["DTSTART"].startswith("TZID=Europe/Brussels:") for event in every if event not in all_day)
    for event in all_day:
        assert event["DTEND"].startswith("VALUE=DATE:")
        assert day(event, "DTEND") - day(event) == timedelta(days=1)
        assert event["TRANSP"] == "TRANSPARENT"


# 3. Meaning

AGREED = visit("huisbezoek-3m", "2026-12-03", "uur: 09:30")
CALLED_OFF = visit("huisbezoek-3m", "2026-12-03", "uur: 09:30, afgelast: ziek")
ANEW = CALLED_OFF + visit("huisbezoek-3m", "2026-12-08", "uur: 09:30")
STOPPED = "{soort: stopzetting, datum: 2026-11-10, reden: verhuis},"
MOMENTS = {
    "nothing agreed: the working day when it is due": ("", "huisbezoek-3m", "TENTATIVE", "20261201"),
    "agreed": (AGREED, "huisbezoek-3m", "CONFIRMED", "20261203T093000"),
    "agreed without hour": (visit("huisbezoek-3m", "2026-12-03"), "huisbezoek-3m", "TENTATIVE", "20261203"),
    "called off, still owed": (CALLED_OFF, "huisbezoek-3m", "TENTATIVE", "20261201"),
    "called off, agreed anew": (ANEW, "huisbezoek-3m", "CONFIRMED", "20261208T093000"),
    "held": (visit("huisbezoek-3m", "2026-11-20", "wooncultuur: goed"), "huisbezoek-3m", "CONFIRMED", "20261120"),
    "extra": (visit("extra-1", "2026-12-04", "uur: 11:00"), "extra-1", "CONFIRMED", "20261204T110000"),
    "extra, called off": (visit("extra-1", "2026-12-04", "afgelast: ziek"), "extra-1", "CANCELLED", "20261204"),
    "dossier closed, visit agreed": (STOPPED + AGREED, "huisbezoek-3m", "CANCELLED", "20261203T093000"),
    "dossier closed": (STOPPED, "eindevaluatie", "CANCELLED", "20270901"),
    "overleg": ("", "overleg-4m", "CONFIRMED", "20270128"),
    "overleg of a closed dossier": (STOPPED, "overleg-4m", "CANCELLED", "20270128"),
}


@pytest.mark.parametrize(("logboek", "moment", "status", "start"), MOMENTS.values(), ids=MOMENTS)
def test_moment(register: Make, logboek: str, moment: str, status: str, start: str) -> None:
    """A visit with an hour is certain, one without is not; what lapsed says so (VT-6.1, VT-7.1, VT-7.2)."""
    feeds = feeds_of(register(dossier("VT-2026-001", logboek)))
    prefix, timed = "Vervallen: " if status == "CANCELLED" else "", "T" in start
    for name in (ALL, ALFA, "partners/alfa/ALFA-01"):
        found = events(feeds[name])
        event = found[f"VT-2026-001.{moment}{AT}"]
        assert len([uid for uid in found if uid.startswith("VT-")]) == (6 if moment == "extra-1" else 5)
        assert (event["STATUS"], value(event, "DTSTART")) == (status, start)
        assert event["SUMMARY"] == f"{prefix}VT-2026-001: {moment.replace('extra-1', 'Extra huisbezoek')}"
        assert event["TRANSP"] == ("OPAQUE" if timed and not prefix else "TRANSPARENT")


MEETINGS = {  # the overleg of December for everyone, for Alfa and for Beta; with ! it is cancelled
    "by the rule": ({}, "20261231 20261231T140000 20261231T153000"),
    "moved": (december("{overleg: 2026-12-18, reden: kerst}"), "20261218 20261218T140000 20261218T153000"),
    "month cancelled": (december("{vervalt: true, reden: kerst}"), "!20261231 !20261231T140000 !20261231T153000"),
    "dropped for Alfa": ("alfa: {vervalt: loopt goed}", "20261231 !20261231T140000 20261231T153000"),
    "another hour for Alfa": ("alfa: {uur: 16:45}", "20261231 20261231T164500 20261231T153000"),
}


@pytest.mark.parametrize(("change", "expected"), MEETINGS.values(), ids=MEETINGS)
def test_overleg(register: Make, change: dict[str, str] | str, expected: str) -> None:
    """A moved overleg keeps its UID; a cancelled or dropped one says so (VT-6.2, VT-6.3)."""
    feeds = feeds_of(register(TWO | ({"protocol/overleg/2026-12.yaml": change} if isinstance(change, str) else change)))
    mine, coordination = events(feeds[ALFA])[MEETING], events(feeds[ALL])
    found = [events(feeds[PUBLIC])[f"overleg.2026-12{AT}"], coordination[MEETING], coordination[MEETING_BETA]]
    assert mine == coordination[MEETING]
    for event, start in zip(found, expected.split(), strict=True):
        cancelled = start.startswith("!")
        assert value(event, "DTSTART") == start.removeprefix("!")
        assert event["STATUS"] == ("CANCELLED" if cancelled else "CONFIRMED")
        assert event["SUMMARY"].startswith("Vervallen: Overleg " if cancelled else "Overleg ")


def test_place_and_link(register: Make) -> None:
    """On Teams with its link, or at the office (VT-6.4)."""
    found = events(feeds_of(register(TWO))[ALL])
    assert (found[MEETING]["LOCATION"], found[MEETING]["URL"]) == ("Teams", "https://teams.example/alfa")
    assert (found[MEETING_BETA]["LOCATION"], "URL" in found[MEETING_BETA]) == (r"Plein 1\, Stad", False)


def test_what_is_past_goes_after_a_year_and_what_was_cancelled_after_two_months(register: Make) -> None:
    agreed = visit("extra-1", "2025-11-23", "uur: 09:00") + visit("extra-2", "2025-11-22", "uur: 09:00")
    called_off = visit("extra-3", "2026-09-23", "afgelast: ziek") + visit("extra-4", "2026-09-22", "afgelast: ziek")
    found = events(feeds_of(register(dossier("VT-2026-001", agreed + called_off)), date(2026, 11, 24))[ALL])
    assert [n for n in range(1, 5) if f"VT-2026-001.extra-{n}{AT}" in found] == [1, 3]


LATE = protocol("organisatie.yaml", "naam: .*", "naam: Huisvester\nwerklijst: {bezoek_plannen_weken: 6}")
PLANNED = visit("eindevaluatie", "2027-09-02", "uur: 10:00")
HELD = visit("huisbezoek-3m", "2026-11-20", "wooncultuur: goed")
TO_PLAN = {  # when each visit is to be planned, four weeks before it is due
    "nothing agreed": ({}, "", {"huisbezoek-3m": "20261103", "eindevaluatie": "20270804"}),
    "agreed": ({}, AGREED + PLANNED, {}),
    "held": ({}, HELD, {"eindevaluatie": "20270804"}),
    "called off": ({}, CALLED_OFF, {"huisbezoek-3m": "20261103", "eindevaluatie": "20270804"}),
    "dossier closed": ({}, STOPPED, {}),
    "six weeks before": (LATE, HELD, {"eindevaluatie": "20270721"}),
}


@pytest.mark.parametrize(("change", "logboek", "expected"), TO_PLAN.values(), ids=TO_PLAN)
def test_visits_to_plan(register: Make, change: dict[str, str], logboek: str, expected: dict[str, str]) -> None:
    """In the calendar of duties, until there is an appointment (VT-7.1)."""
    root = register(change | dossier("VT-2026-001", logboek))
    for op in (VANDAAG, date(2026, 12, 31)):  # a visit that is late is still to be planned
        found = events(feeds_of(root, op)[DUTIES])
        planned = {uid.removesuffix(AT): event for uid, event in found.items() if uid.startswith("plannen.")}
        due = {uid.removeprefix("plannen.VT-2026-001."): value(event, "DTSTART") for uid, event in planned.items()}
        assert due == expected
        for uid, event in planned.items():
            moment = uid.removeprefix("plannen.VT-2026-001.")
            assert (event["SUMMARY"], event["STATUS"]) == (f"VT-2026-001: {moment} plannen", "CONFIRMED")
            assert event["TRANSP"] == "TRANSPARENT"


@pytest.mark.parametrize(
    ("change", "overleg", "notice", "conclusions"),
    [
        ({}, "20261231", "20261224", "20270107"),
        (
            december("{overleg: 2026-12-18, aankondiging: 2026-12-11, reden: kerst}"),
            "20261218",
            "20261211",
            "20261225",
        ),
        (december("{vervalt: true, reden: kerst}"), "!20261231", None, None),
    ],
    ids=["by the rule", "moved", "cancelled"],
)
def test_duties_of_an_overleg(
    register: Make, change: dict[str, str], overleg: str, notice: str | None, conclusions: str | None
) -> None:
    """Its day, that of its notice, and when its conclusions are due (VT-6.2, VT-6.5)."""
    found = events(feeds_of(register(TWO | change))[DUTIES])
    days = {uid.split(".")[0]: event for uid, event in found.items() if uid.endswith(f".2026-12{AT}")}
    cancelled = "!" if days["overleg"]["STATUS"] == "CANCELLED" else ""
    assert f"{cancelled}{value(days['overleg'], 'DTSTART')}" == overleg
    told = {name: value(event, "DTSTART") for name, event in days.items() if name != "overleg"}
    assert told == {k: v for k, v in {"aankondiging": notice, "conclusies": conclusions}.items() if v}


def test_duties_are_for_coordinators_and_say_each_thing_once(rich: Feeds) -> None:
    """Nothing of it in another feed but the days of the overleg; an evaluation is planned by its worker (WW-5)."""
    uids = [uid for uid in events(rich[DUTIES]) if uid.startswith(("conclusies.", "plannen."))]
    assert any(uid.startswith("plannen.VT-") for uid in uids)
    assert not any(uid.startswith("plannen.PW-") for uid in uids)
    assert rich[DUTIES].count(b"BEGIN:VEVENT") == len(events(rich[DUTIES]))
    for name, feed in rich.items():
        if name != DUTIES:
            assert not events(feed).keys() & set(uids)


# 4. Privacy

TELLING = """
{soort: overleg, datum: 2026-10-29, verloop: moeilijk, conclusie: geheim},
{soort: huisbezoek, datum: 2026-11-03, moment: extra-1, wooncultuur: aandacht, bevindingen: geheim, aanwezig: [geheim]},
{soort: huisbezoek, datum: 2026-12-03, moment: huisbezoek-3m, afgelast: geheim},
{soort: huisbezoek, datum: 2027-09-02, moment: eindevaluatie, besluit: toewijzing, voorwaarde: geheim},
{soort: signaal, datum: 2026-11-04, aard: agressie, omschrijving: geheim, gemeld_door: geheim},
{soort: bespreking, datum: 2026-11-05, gevraagd_door: partner, reden: geheim},
{soort: informatievraag, datum: 2026-11-05, vraag: geheim, beantwoord: 2026-11-06, antwoord: geheim},
{soort: contact, datum: 2026-11-05, doorgegaan: false, reden: geheim},
{soort: dienst, datum: 2026-11-05, naam: geheim},
{soort: verhuis, datum: 2026-11-06, woning: geheim},
{soort: stopzetting, datum: 2026-11-20, reden: andere, toelichting: geheim},
""".replace("\n", " ")
SECRET = dossier(
    "VT-2026-001",
    TELLING,
    guide("ALFA-01", rest="reden: geheim"),
    woning="geheim",
    ankerfiguur="geheim",
    afwijkingen="[{regel: WW-4, datum: 2026-09-01, reden: geheim}]",
)


def test_a_secret_stands_in_every_free_text() -> None:
    """A free text that a dossier gets later must come into the test below."""
    schema = Dossier.model_json_schema()
    fields = [item for model in (schema, *schema["$defs"].values()) for item in model["properties"].items()]
    free = {name for name, kind in fields if '"maxLength": 4000' in json.dumps(kind)}
    assert free - {"regel"} == set(re.findall(r"(\w+): \[?geheim", "".join(SECRET.values())))


def test_an_event_names_reference_and_moment_and_nothing_else(register: Make) -> None:
    feeds = feeds_of(register(SECRET))
    assert len(feeds) == 5
    for feed in feeds.values():
        assert not re.search("geheim|aandacht|moeilijk|agressie|stop|andere", "\n".join(content(feed)))
        for uid, event in events(feed).items():
            if uid.startswith("VT-2026-001"):
                moment = uid.removeprefix("VT-2026-001.").removesuffix(AT)
                title = f"VT-2026-001: {moment.replace('extra-1', 'Extra huisbezoek')}"
                assert (event["SUMMARY"].removeprefix("Vervallen: "), event["DESCRIPTION"]) == (title, moment)
                assert event.keys() == EVENT | {"DESCRIPTION"}


ENDED = guide("ALFA-01", rest="tot: 2026-10-31")
SEEN = (
    dossier("VT-2026-001")
    | dossier("VT-2026-002", begeleiding=guide("BETA-01"))
    | dossier("VT-2026-003", aanmelder="gamma", begeleiding=ENDED + guide("BETA-02", "2026-11-01"))
    | dossier("VT-2026-004", begeleiding=guide("ALFA-02", rest="tot: 2026-11-30") + guide("BETA-02", "2026-12-01"))
    | dossier("VT-2026-005", begeleiding=ENDED + guide("ALFA-02", "2026-11-01"))
    | dossier("VT-2026-006", aanmelder="beta", begeleiding=ENDED)
    | dossier("VT-2026-007", documenten="{}")
)
READERS = {  # which dossiers stand in each feed
    PUBLIC: "",
    ALL: "1234567",
    DUTIES: "",
    ALFA: "124567",
    "partners/alfa/ALFA-01": "167",
    "partners/alfa/ALFA-02": "45",
    "partners/beta/beta": "236",
    "partners/beta/BETA-01": "2",
    "partners/beta/BETA-02": "3",
    "partners/gamma/gamma": "3",
}


def test_each_feed_holds_what_its_reader_may_see(register: Make) -> None:
    """The guide and the aanmelder see it, a former guide not, who guides next not yet; in a gap the last (VT-4)."""
    found = {name: events(feed) for name, feed in feeds_of(register(SEEN)).items()}
    dossiers = {name: sorted({uid[10] for uid in own if uid.startswith("VT-")}) for name, own in found.items()}
    assert dossiers == {name: list(numbers) for name, numbers in READERS.items()}
    for name, own in found.items():
        partners = {uid.split(".")[1] for uid in own if re.match(r"overleg\.[a-z]", uid)}
        known = {PUBLIC: set(), DUTIES: set(), ALL: {"alfa", "beta", "gamma"}}
        assert partners == known.get(name, {name.split("/")[1]})


# 5. History

FIRST, LATER = "20260105T080000Z", "20260601T103000Z"


def git(root: Path, *arguments: str, at: str = "2026-06-01T12:30:00+02:00") -> None:
    """Git, apart from the settings of who runs the tests; the time of writing is not that of the commit."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    env |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    for who, when in {"AUTHOR": "2025-12-31T00:00:00Z", "COMMITTER": at}.items():
        env |= {f"GIT_{who}_DATE": when, f"GIT_{who}_NAME": "test", f"GIT_{who}_EMAIL": "test@test.example"}
    subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True, env=env)


def commit(root: Path, at: str = "2026-06-01T12:30:00+02:00") -> None:
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", "x", at=at)


@pytest.fixture
def versioned(register: Make) -> Path:
    """Two dossiers, committed at 8 on 5 January 2026 (UTC)."""
    root = register(TWO)
    git(root, "init", "--quiet", "--initial-branch", "main")
    commit(root, "2026-01-05T09:00:00+01:00")
    return root


def stamps(root: Path) -> list[str]:
    """When the visits of both dossiers and the overleg last changed; every event says it in three ways that agree."""
    found = events(feeds_of(root)[ALL])
    for event in found.values():
        changed = datetime.strptime(event["DTSTAMP"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        assert event["LAST-MODIFIED"] == event["DTSTAMP"]
        assert int(event["SEQUENCE"]) == (changed - datetime(2020, 1, 1, tzinfo=UTC)) // timedelta(minutes=1)
    return [found[uid]["DTSTAMP"] for uid in (VISIT, OTHER, MEETING)]


CHANGES = {
    "dossiers/VT-2026-001.yaml": [LATER, FIRST, FIRST],
    "protocol/versnelde-toewijzing/2024-01-01.yaml": [LATER, LATER, FIRST],
    "protocol/proefwonen/2024-01-01.yaml": [FIRST, FIRST, FIRST],
    "protocol/kalender.yaml": [LATER, LATER, LATER],
    "protocol/overleg/2026-12.yaml": [LATER, LATER, LATER],
    "protocol/partners.yaml": [FIRST, FIRST, LATER],
    "README.md": [FIRST, FIRST, FIRST],
}


@pytest.mark.parametrize(("path", "expected"), CHANGES.items(), ids=CHANGES)
def test_an_event_is_as_old_as_what_it_comes_from(versioned: Path, path: str, expected: list[str]) -> None:
    """DTSTAMP, LAST-MODIFIED and SEQUENCE follow the last real change, not the build (RFC 5545 section 3.8.7)."""
    file = versioned / path
    file.parent.mkdir(exist_ok=True)
    file.write_text((file.read_text() if file.exists() else "alfa: {uur: 15:00}\n") + "# anders\n")
    commit(versioned)
    assert stamps(versioned) == expected


def test_a_duty_keeps_its_uid_with_a_higher_sequence(versioned: Path, register: Make) -> None:
    """When its day changes: by another start, or by another setting of the organisation."""
    uid = f"plannen.VT-2026-001.huisbezoek-3m{AT}"
    before = events(feeds_of(versioned)[DUTIES])[uid]
    other_start = dossier("VT-2026-001", start="2026-10-01")
    for at, change in (("2026-03-01T12:00:00Z", LATE), ("2026-03-01T12:01:00Z", other_start)):
        register(change)
        commit(versioned, at)
        after = events(feeds_of(versioned)[DUTIES])[uid]
        assert after["DTSTART"] != before["DTSTART"]
        assert int(after["SEQUENCE"]) > int(before["SEQUENCE"])
        before = after


@pytest.mark.parametrize("logboek", [CALLED_OFF, ANEW, AGREED.replace("12-03", "12-08"), AGREED.replace("09:", "10:")])
def test_a_moved_visit_keeps_its_uid_with_a_higher_sequence(versioned: Path, register: Make, logboek: str) -> None:
    def made(entries: str, at: str) -> dict[str, Event]:
        register(dossier("VT-2026-001", entries))
        commit(versioned, at)
        return events(feeds_of(versioned)[ALL])

    before, after = made(AGREED, "2026-03-01T12:00:00Z"), made(logboek, "2026-03-01T12:01:00Z")
    assert before.keys() == after.keys()
    assert int(after[VISIT]["SEQUENCE"]) == int(before[VISIT]["SEQUENCE"]) + 1
    assert after[VISIT]["DTSTART"] != before[VISIT]["DTSTART"]


@pytest.mark.parametrize(
    ("meanwhile", "second"), [(dossier("VT-2026-002", AGREED), "20260301T120000Z"), ({"README.md": "anders"}, FIRST)]
)
def test_a_merge_counts_from_when_it_reached_the_main_line(
    versioned: Path, register: Make, meanwhile: dict[str, str], second: str
) -> None:
    """What a branch did and undid never happened."""
    git(versioned, "switch", "--quiet", "--create", "side")
    register(dossier("VT-2026-002", STOPPED))
    commit(versioned, "2026-01-20T12:00:00Z")
    register(TWO | dossier("VT-2026-001", AGREED))
    commit(versioned, "2026-02-01T12:00:00Z")
    git(versioned, "switch", "--quiet", "main")
    register(meanwhile)
    commit(versioned, "2026-03-01T12:00:00Z")
    git(versioned, "merge", "--quiet", "--no-ff", "--no-edit", "side", at="2026-04-01T12:00:00Z")
    assert stamps(versioned) == ["20260401T120000Z", second, FIRST]


def test_a_register_in_a_folder_of_a_repository(register: Make) -> None:
    root = register(TWO)
    git(root.parent, "init", "--quiet")
    commit(root.parent)
    assert stamps(root) == [LATER, LATER, LATER]


def test_a_shallow_clone_is_refused(versioned: Path, tmp_path: Path) -> None:
    (versioned / "README.md").write_text("x")
    commit(versioned)
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{versioned}", "shallow")
    with pytest.raises(Gestopt, match=r"ondiepe kloon.*git fetch --unshallow"):
        read_history(tmp_path / "shallow")


def test_times_never_go_back(versioned: Path, register: Make) -> None:
    """A calendar program leaves out a change of which SEQUENCE is lower: a clock that ran ahead must not cause that."""
    register(dossier("VT-2026-001", AGREED))
    commit(versioned)
    register(dossier("VT-2026-001", ANEW))
    commit(versioned, "2026-03-01T12:00:00Z")
    assert stamps(versioned) == [LATER, FIRST, FIRST]


def test_no_setting_of_git_loses_the_history(versioned: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git sets GIT_DIR for its hooks: a server that builds in `post-receive` must not lose the history silently."""
    git(versioned, "config", "log.showRoot", "false")
    assert stamps(versioned) == [FIRST, FIRST, FIRST]
    monkeypatch.setenv("GIT_DIR", ".")
    assert stamps(versioned) == [FIRST, FIRST, FIRST]


def test_outside_git_the_newest_date_that_is_not_ahead(register: Make) -> None:
    """For a dossier that is not committed yet, too."""
    root = register(TWO | dossier("VT-2026-001", visit("extra-1", "2026-10-06", "verloop: goed") + AGREED))
    assert read_history(root) == History()
    assert stamps(root) == ["20261006T000000Z", "20260901T000000Z", "20250101T000000Z"]
    git(root, "init", "--quiet")
    git(root, "add", "dossiers/VT-2026-002.yaml", "protocol")
    git(root, "commit", "--quiet", "--message", "x")
    assert stamps(root) == ["20261006T000000Z", LATER, LATER]


def test_sequence_is_never_negative(register: Make) -> None:
    found = events(feeds_of(register(TWO), date(2020, 6, 1))[PUBLIC])
    assert min(int(event["SEQUENCE"]) for event in found.values()) == 0


# 6. Limits


def many(start: date) -> dict[str, str]:
    """300 dossiers of five moments, one a day."""
    starts = {f"VT-2026-{n:03}": f"{start + timedelta(days=n)}" for n in range(300)}
    return {path: text for name, on in starts.items() for path, text in dossier(name, start=on).items()}


@pytest.mark.parametrize(("start", "future_dropped"), [(date(2025, 10, 1), False), (date(2026, 9, 1), True)])
def test_a_thousand_events_and_those_to_come_win(
    register: Make, monkeypatch: pytest.MonkeyPatch, start: date, future_dropped: bool
) -> None:
    """Google takes no more of a feed: what is to come stays before what is past, and what is near before the rest."""
    views = views_of(register(many(start)))
    kept = events(feeds_from(views)[ALL])
    monkeypatch.setattr(ical, "MAX_EVENTS", 10**6)
    full = events(feeds_from(views)[ALL])
    rank = {uid: (day(event) < VANDAAG, abs(day(event) - VANDAAG)) for uid, event in full.items()}
    dropped = full.keys() - kept.keys()
    assert len(kept) == 1000 < len(full)
    assert max(rank[uid] for uid in kept) <= min(rank[uid] for uid in dropped)
    assert any(not past for past, _ in map(rank.__getitem__, dropped)) == future_dropped


def test_no_feed_over_900_000_bytes(register: Make) -> None:
    name = "versnelde-toewijzing/2024-01-01.yaml"
    long = protocol(name, "soort: huisbezoek, na: 3", f"titel: {'é' * 3900}, soort: huisbezoek, na: 3")
    sizes = [len(feed) for feed in feeds_of(register(many(date(2026, 1, 1)) | long)).values()]
    assert 890_000 < max(sizes) <= 900_000


def test_the_whole_feed_counts_for_its_size(rich_views: list[View], monkeypatch: pytest.MonkeyPatch) -> None:
    size = max(map(len, feeds_from(rich_views).values()))
    for limit in (size, size - 1, size - 1000):
        monkeypatch.setattr(ical, "MAX_BYTES", limit)
        assert limit - 2000 < max(map(len, feeds_from(rich_views).values())) <= limit


# 7. The same bytes


def digest(root: Path) -> str:
    return hashlib.sha256(repr(sorted(feeds_of(root).items())).encode()).hexdigest()


def test_same_input_same_bytes(register: Make, rich_views: list[View]) -> None:
    """Whatever the order of the audiences, the zone and language of the machine, and the seed of hashes."""
    root = register()
    assert feeds_from(rich_views[::-1]) == feeds_from(rich_views) == feeds_of(root)
    code = "import sys, pathlib, tests.test_ical as t; print(t.digest(pathlib.Path(sys.argv[1])))"
    env = os.environ | {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    done = subprocess.run([sys.executable, "-c", code, root], cwd=PROJECT, env=env, capture_output=True, check=True)
    assert done.stdout.decode().strip() == digest(root)


def test_an_event_has_the_same_bytes_in_every_feed(rich: Feeds) -> None:
    every = [(uid, block) for feed in rich.values() for uid, block in blocks(feed).items()]
    assert len(set(every)) == len(dict(every)) < len(every)
