"""Plain data → YAML in one form: flow where it fits on a line, blocks elsewhere, quotes where a reader needs them.

What a reader of YAML 1.1 takes for something else than text (`NO`, `10:00`, `012`) stands between quotes, so that form
editors and other tools read what people meant.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

Loc = tuple[str | int, ...]
BREEDTE = 120
_NO_TEXT = re.compile(
    r"[-+]?[0-9][0-9_,]*(\.[0-9_]*)?(e[-+]?[0-9]+)?"  # numbers, also those of other tools
    r"|[-+]?0(x[0-9a-f_]+|o?[0-7_]+|b[01_]+)"
    r"|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?"  # YAML 1.1 counts hours and minutes in sixties
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([t \t].*)?"
    r"|y|n|yes|no|on|off|true|false|null|~|=|<<",
    re.IGNORECASE,
)
"""What some reader takes for a number, a time or a boolean."""
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INDICATOR = re.compile(r"[-?:,\[\]{}#&*!|>'\"%@`.=]")
_NEEDS_QUOTES = re.compile(r"[\t\r\n]|: |:$| #|^\s|\s$")
_IN_FLOW = re.compile(r"[,?\[\]{}:\"]")
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What YAML reads as a line break or not at all, and JSON writes as it is."""


@dataclass
class Opmerkingen:
    """Comments by the place of what they belong to."""

    boven: dict[Loc, list[str]] = field(default_factory=dict)
    """On lines of their own, before it."""
    achter: dict[Loc, str] = field(default_factory=dict)
    """Behind its first line."""
    einde: list[str] = field(default_factory=list)
    """At the end of the file."""

    def within(self, loc: Loc) -> bool:
        """Whether something inside that place has a comment."""
        return any(len(other) > len(loc) and other[: len(loc)] == loc for other in (*self.boven, *self.achter))


def to_yaml(data: Mapping[str, Any], opmerkingen: Opmerkingen | None = None) -> str:
    """A whole file, of dicts, lists, text, whole numbers, booleans and dates."""
    writer = _Writer(opmerkingen or Opmerkingen())
    lines = [*writer.mapping(data, (), 0), *writer.opmerkingen.einde]
    return "".join(f"{line}\n" for line in lines)


def item_lines(value: Mapping[str, Any], indent: int) -> list[str]:
    """An item of a list that is written as lines."""
    return list(_Writer(Opmerkingen()).sequence([value], ("",), indent))


def scalar(value: object, *, in_flow: bool = True) -> str:
    """A value as YAML on one line: dates and plain words as they are, other text between double quotes."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    if isinstance(value, int) or _is_plain(text, in_flow):
        return text
    return _UNSAFE.sub(_escape, json.dumps(text, ensure_ascii=False))


def _is_plain(text: str, in_flow: bool) -> bool:
    if _DATE.fullmatch(text):
        return _is_date(text)
    if not text or _INDICATOR.match(text) or _NEEDS_QUOTES.search(text) or _UNSAFE.search(text):
        return False
    return not _NO_TEXT.fullmatch(text) and not (in_flow and _IN_FLOW.search(text))


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def flow(value: object) -> str:
    """A value on one line, such as `{soort: overleg, datum: 2026-11-26}`."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(key)}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def _key(key: object) -> str:
    """A key as YAML; readers take a month `2026-07` or a date for a key of text."""
    return scalar(str(key))


class _Writer:
    """Lines of blocks, each comment at what it belongs to."""

    def __init__(self, opmerkingen: Opmerkingen) -> None:
        self.opmerkingen = opmerkingen

    def mapping(self, values: Mapping[str, Any], loc: Loc, indent: int, *, begun: bool = False) -> Iterator[str]:
        """The keys of a block; `begun`: what stands above the first is told already."""
        for key, value in values.items():
            inner = (*loc, key)
            if not begun:
                yield from self.above(inner, indent)
            begun = False
            yield from self.entry(f"{' ' * indent}{_key(key)}:", value, inner, indent + 2)

    def entry(self, head: str, value: Any, loc: Loc, indent: int) -> Iterator[str]:
        """A key or a dash, and its value; what stands inside it is indented."""
        behind = self.behind(loc)
        if self.fits(f"{head} ", value, loc):
            parts = isinstance(value, Mapping | list | tuple)
            yield f"{head} {flow(value) if parts else scalar(value, in_flow=False)}{behind}"
        elif isinstance(value, Mapping):
            yield f"{head}{behind}"
            yield from self.mapping(value, loc, indent)
        elif isinstance(value, list | tuple):
            yield f"{head}{behind}"
            yield from self.sequence(value, loc, indent)
        else:
            yield from _long_text(head, str(value), behind, indent)

    def sequence(self, values: Sequence[Any], loc: Loc, indent: int) -> Iterator[str]:
        for index, value in enumerate(values):
            inner, dash = (*loc, index), f"{' ' * indent}-"
            yield from self.above(inner, indent)
            if isinstance(value, Mapping) and value and not self.fits(f"{dash} ", value, inner):
                yield from self.above((*inner, next(iter(value))), indent)
                first, *rest = self.mapping(value, inner, indent + 2, begun=True)
                yield f"{dash}{first[indent + 1 :]}{self.behind(inner)}"
                yield from rest
            else:
                yield from self.entry(dash, value, inner, indent + 2)

    def fits(self, head: str, value: Any, loc: Loc) -> bool:
        """Whether it goes on the line of its key or its dash."""
        if isinstance(value, Mapping | list | tuple):
            at_margin = len(loc) == 1
            if value and (at_margin or _has_break(value) or self.opmerkingen.within(loc)):
                return False
            return not value or len(head) + len(flow(value)) <= BREEDTE
        return "\n" not in str(value) and len(head) + len(scalar(value, in_flow=False)) <= BREEDTE

    def above(self, loc: Loc, indent: int) -> Iterator[str]:
        yield from (f"{' ' * indent}{text}" for text in self.opmerkingen.boven.get(loc, ()))

    def behind(self, loc: Loc) -> str:
        text = self.opmerkingen.achter.get(loc)
        return f" {text}" if text else ""


def _has_break(value: Any) -> bool:
    """Whether it holds a text of more lines."""
    if isinstance(value, Mapping):
        return any(map(_has_break, value.values()))
    return any(map(_has_break, value)) if isinstance(value, list | tuple) else "\n" in str(value)


def _long_text(head: str, text: str, behind: str, indent: int) -> Iterator[str]:
    """A text that does not go on the line: more lines as they are, one long line folded between its words."""
    lines = text.removesuffix("\n").split("\n")
    plain = not re.search(r"[\t\r]|^\s|\s$", text.removesuffix("\n")) and not _UNSAFE.search(text)
    if len(lines) == 1 and plain and not text.endswith("\n"):
        yield f"{head} >-{behind}"
        yield from (f"{' ' * indent}{line}" for line in _folded(text, BREEDTE - indent))
    elif plain and not any(line != line.rstrip() for line in lines):
        yield f"{head} {'|' if text.endswith(chr(10)) else '|-'}{behind}"
        yield from (f"{' ' * indent}{line}" if line else "" for line in lines)
    else:
        yield f"{head} {scalar(text, in_flow=False)}{behind}"


def _folded(text: str, width: int) -> Iterator[str]:
    """Lines that a single space joins again: YAML keeps what else stands between words."""
    line = ""
    for word in re.split(r"(?<! ) (?! )", text):
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line
