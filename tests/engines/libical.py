"""Reads iCalendar feeds with libical and prints the events of each as JSON. Zones come from the feed itself.

Run with the system's Python: `apt-get install gir1.2-ical-3.0 python3-gi`.
"""

import json
import sys
from pathlib import Path
from typing import Any

import gi

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib  # noqa: E402

PROPERTY, COMPONENT = ICalGLib.PropertyKind, ICalGLib.ComponentKind


def read(path: str) -> list[dict[str, Any]]:
    calendar = ICalGLib.Parser.parse_string(Path(path).read_bytes().decode())
    if calendar is None or not calendar.is_valid() or not calendar.check_restrictions() or calendar.count_errors():
        raise SystemExit(f"{path}: libical refuses it:\n{calendar and calendar.as_ical_string()}")
    events = []
    event = calendar.get_first_component(COMPONENT.VEVENT_COMPONENT)
    while event:
        events.append(describe(event, calendar))
        event = calendar.get_next_component(COMPONENT.VEVENT_COMPONENT)
    return events


def describe(event: Any, calendar: Any) -> dict[str, Any]:
    start = moment(event, PROPERTY.DTSTART_PROPERTY, calendar)
    end = moment(event, PROPERTY.DTEND_PROPERTY, calendar)
    url = event.get_first_property(PROPERTY.URL_PROPERTY)
    return {
        "uid": event.get_uid(),
        "all_day": event.get_dtstart().is_date(),
        "start": start[0],
        "end": end[0],
        "utc_start": start[1],
        "utc_end": end[1],
        "summary": event.get_summary(),
        "location": event.get_location(),
        "url": url.get_url() if url else None,
        "status": event.get_first_property(PROPERTY.STATUS_PROPERTY).get_value_as_string(),
        "sequence": event.get_sequence(),
    }


def moment(event: Any, kind: Any, calendar: Any) -> tuple[str, str | None]:
    """Wall-clock time and UTC instant; the zone is the VTIMEZONE of the calendar, never a built-in one."""
    found = event.get_first_property(kind)
    value = found.get_datetime_with_component(calendar)
    if value.is_date():
        return text(value), None
    zone = calendar.get_timezone(found.get_first_parameter(ICalGLib.ParameterKind.TZID_PARAMETER).get_tzid())
    value.set_timezone(zone)
    utc = value.convert_to_zone(ICalGLib.Timezone.get_utc_timezone())
    return text(utc.convert_to_zone(zone)), f"{text(utc)}Z"


def text(value: Any) -> str:
    day = f"{value.get_year():04}-{value.get_month():02}-{value.get_day():02}"
    return day if value.is_date() else f"{day}T{value.get_hour():02}:{value.get_minute():02}:{value.get_second():02}"


print(json.dumps({path: read(path) for path in sys.argv[1:]}))
