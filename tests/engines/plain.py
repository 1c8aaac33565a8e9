"""The text of a feed as RFC 5545 lays it out, read without any library: for tests of its form."""

import re
from datetime import date

Event = dict[str, str]
"""Properties by name; parameters stand before the value: `VALUE=DATE:20261201`."""


def content(feed: bytes) -> list[str]:
    """The content lines, unfolded (RFC 5545 section 3.1)."""
    return feed.decode().replace("\r\n ", "").split("\r\n")[:-1]


def properties(lines: list[str]) -> Event:
    names = [re.split("[:;]", line)[0] for line in lines]
    assert len(set(names)) == len(names), "a property stands twice"
    return {name: line[len(name) + 1 :] for name, line in zip(names, lines, strict=True)}


def blocks(feed: bytes) -> dict[str, bytes]:
    """The bytes of each event by its UID, which is unique in the feed (RFC 5545 section 3.8.4.7)."""
    found = re.findall(rb"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", feed, re.DOTALL)
    named = {properties(content(block)[1:-1])["UID"]: block for block in found}
    assert len(named) == len(found) == feed.count(b"BEGIN:VEVENT")
    return named


def events(feed: bytes) -> dict[str, Event]:
    """The properties of each event by its UID."""
    return {uid: properties(content(block)[1:-1]) for uid, block in blocks(feed).items()}


def value(event: Event, name: str) -> str:
    """Less the parameters."""
    return event[name].partition(":")[2]


def day(event: Event, name: str = "DTSTART") -> date:
    return date.fromisoformat(value(event, name)[:8])
