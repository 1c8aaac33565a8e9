"""Reads iCalendar feeds with vobject and prints the events of each as JSON. Zones come from the feed itself."""

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import vobject


def read(path: str) -> list[dict[str, Any]]:
    text = Path(path).read_bytes().decode()
    calendars = list(vobject.readComponents(text, validate=True))
    return [describe(event) for calendar in calendars for event in calendar.vevent_list]


def describe(event: Any) -> dict[str, Any]:
    start, end = event.dtstart.value, event.dtend.value
    return {
        "uid": event.uid.value,
        "all_day": not isinstance(start, datetime),
        "start": local(start),
        "end": local(end),
        "utc_start": utc(start),
        "utc_end": utc(end),
        "summary": event.summary.value,
        "location": event.location.value if "location" in event.contents else None,
        "url": event.url.value if "url" in event.contents else None,
        "status": event.status.value,
        "sequence": int(event.sequence.value),
    }


def local(value: date) -> str:
    """Wall-clock time, there and back through UTC."""
    if isinstance(value, datetime):
        value = value.astimezone(UTC).astimezone(value.tzinfo).replace(tzinfo=None)
    return value.isoformat()


def utc(value: date) -> str | None:
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if isinstance(value, datetime) else None


print(json.dumps({path: read(path) for path in sys.argv[1:]}))
