"""Many changes of one kind told as one."""

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from generator.model.verschil import MomentVerschil

VOORBEELDEN = 3
"""How many of a kind are told by themselves, and named where they are told as one."""


@dataclass(frozen=True)
class Groep:
    """Changes of the same kind, of the same moment or from the same date to the same date."""

    items: tuple[MomentVerschil, ...]

    @property
    def titel(self) -> str | None:
        """What all of them are called."""
        titles = {item.titel for item in self.items}
        return titles.pop() if len(titles) == 1 else None


def group(found: Sequence[MomentVerschil]) -> list[Groep]:
    """First what moves together from date to date, whatever moment it is, as with a meeting that is moved; then by
    moment, of which the months of an extension are one."""
    moved = _by(found, _dates)
    together = {key: items for key, items in moved.items() if key and _is_mixed(items)}
    rest = [item for key, items in moved.items() if key not in together for item in items]
    return [Groep(tuple(items)) for items in (*together.values(), *_by(rest, _kind).values())]


def _is_mixed(items: list[MomentVerschil]) -> bool:
    return len(items) > VOORBEELDEN and len({_kind(item) for item in items}) > 1


def _by(
    found: Iterable[MomentVerschil], key: Callable[[MomentVerschil], Hashable]
) -> dict[Hashable, list[MomentVerschil]]:
    groups: dict[Hashable, list[MomentVerschil]] = {}
    for item in found:
        groups.setdefault(key(item), []).append(item)
    return groups


def _dates(item: MomentVerschil) -> tuple[date, date] | None:
    return (item.van.datum, item.naar.datum) if item.wat == "verschoven" and item.van and item.naar else None


def _kind(item: MomentVerschil) -> tuple[object, ...]:
    states = (item.van and item.van.status, item.naar and item.naar.status) if item.wat == "status" else ()
    return re.sub(r"-\d{4}-\d\d$", "", item.moment), item.wat, states


def examples(names: Sequence[str], between: str = ", ") -> str:
    """The first few, and how many more there are."""
    more = len(names) - VOORBEELDEN
    shown = names if more <= 1 else names[:VOORBEELDEN]
    return between.join(shown) + (f" en nog {more}" if more > 1 else "")
