"""YAML text → plain data with the place of each value.

YAML is read strictly (1.2 core scalars without dates; no aliases, tags or second document), from libyaml's
events rather than its nodes: nothing recurses before the depth is known, and an alias never gets to expand.
"""

import re
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from generator.findings import Finding

Loc = tuple[str | int, ...]
MAX_BYTES = 64 * 1024
MAX_DEPTH = 20

_INT = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})", re.ASCII)
_WORDS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NULLS = {"", "~", "null", "Null", "NULL"}
_SWALLOWED = re.compile(r"[ \t]*#[^\s#]")
_SWALLOWED_AFTER_INDICATOR = re.compile(r"[|>][-+0-9]*[ \t]+#[^\s#]")
# What YAML allows, less the C1 controls and the characters that turn the direction of text around.
_CONTROL = re.compile(r"[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u2028-\u202e\u2066-\u2069]")
_MESSAGES = (
    ("found character that cannot start any token", "dit teken kan hier niet staan (een tab? spring in met spaties)"),
    ("found a tab character", "een tab kan hier niet staan: spring in met spaties"),
    (
        "mapping values are not allowed",
        "een dubbele punt kan hier niet staan: zet tekst met ‘: ’ tussen aanhalingstekens",
    ),
    ("could not find expected ':'", "hier ontbreekt een dubbele punt na de sleutel"),
    ("did not find expected key", "de insprong of een haakje klopt niet: hier werd een sleutel verwacht"),
    ("did not find expected '-' indicator", "de insprong van de lijst klopt niet: hier werd een streepje verwacht"),
    ("did not find expected ',' or '}'", "hier ontbreekt een komma of een sluitende accolade }"),
    ("did not find expected ',' or ']'", "hier ontbreekt een komma of een sluitend haakje ]"),
    ("found unexpected end of stream", "het bestand eindigt te vroeg: sluit de aanhalingstekens of haakjes"),
    ("found unexpected document indicator", "--- of ... kan hier niet staan"),
    ("block sequence entries are not allowed", "een streepje kan hier niet staan: begin de lijst op een nieuwe regel"),
    ("found unknown escape character", "na \\ staat een onbekend teken: gebruik enkele aanhalingstekens"),
)


class Place(NamedTuple):
    """Line and column, both from 1."""

    line: int
    column: int


START = Place(1, 1)


@dataclass
class Document:
    """One file as plain data: dicts, tuples, text, whole numbers, booleans. A value that is left empty is left out."""

    path: str
    data: dict[str, Any]
    values: dict[Loc, Place] = field(default_factory=dict)
    keys: dict[Loc, Place] = field(default_factory=dict)

    def place(self, loc: Loc, *, key: bool = False) -> Place:
        """The place of a value, or of its key; what is not in the file (tags of a union, defaults) is passed over."""
        at: Loc = ()
        for part in loc:
            if (*at, part) in self.values:
                at = (*at, part)
        if key and loc in self.keys:
            return self.keys[loc]
        return self.values.get(at, START)


def load(file: Path, path: str) -> tuple[Document | None, list[Finding]]:
    """The file as data, or None; and everything wrong with its YAML. `path` is how findings name it."""
    try:
        return _compose(_read(file, path), path)
    except _Fatal as fatal:
        return None, [fatal.finding]


class _Fatal(Exception):
    def __init__(self, path: str, place: Place, code: str, text: str) -> None:
        super().__init__(text)
        self.finding = Finding(path, *place, "fout", code, text)


def _read(file: Path, path: str) -> str:
    """The text of a file of at most 64 kB in UTF-8, with or without byte-order mark."""

    def fatal(text: str, place: Place = START, code: str = "BESTAND") -> _Fatal:
        return _Fatal(path, place, code, text)

    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            raise fatal("dit is geen gewoon bestand: geef een map of iets anders geen naam op .yaml")
        if status.st_size > MAX_BYTES:
            raise fatal(f"het bestand is te groot ({status.st_size} bytes; hoogstens {MAX_BYTES})")
        raw = file.read_bytes()
    except FileNotFoundError:
        raise fatal("deze verwijzing (link) leidt nergens heen: verwijder ze of herstel het doel") from None
    except PermissionError:
        raise fatal("dit bestand mag niet gelezen worden: pas de leesrechten aan") from None
    except OSError as error:
        raise fatal(f"dit bestand kan niet gelezen worden ({error.strerror})") from None
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise fatal("het bestand staat in UTF-16: bewaar het als UTF-8")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        raise fatal("het bestand is geen UTF-8-tekst: bewaar het als UTF-8", _place_of(before)) from None
    if found := _CONTROL.search(text):
        place = _place_of(text[: found.start()])
        raise fatal(f"hier staat een onzichtbaar stuurteken (U+{ord(found[0]):04X}): verwijder het", place, "YAML")
    return text


def _place_at(mark: Any) -> Place:
    """Where a mark of PyYAML points."""
    return Place(mark.line + 1, mark.column + 1)


def _place_of(before: str) -> Place:
    line = before.count("\n") + 1
    return Place(line, len(before) - (before.rfind("\n") + 1) + 1)


def _compose(text: str, path: str) -> tuple[Document | None, list[Finding]]:
    composer = _Composer(text, path)
    try:
        return composer.document(), composer.findings
    except yaml.YAMLError as error:
        mark = _mark_of(error)
        place = _place_at(mark) if mark else START
        return None, [*composer.findings, Finding(path, *place, "fout", "YAML", _explain(error))]
    except _Fatal as fatal:
        return None, [*composer.findings, fatal.finding]


def _mark_of(error: yaml.YAMLError) -> Any:
    """Where to look: for what was never closed or never got its colon, where it begins."""
    scanning = str(getattr(error, "context", "") or "").startswith(
        ("while scanning a simple key", "while scanning a quo")
    )
    return getattr(error, "context_mark" if scanning else "problem_mark", None) or getattr(error, "problem_mark", None)


def _explain(error: yaml.YAMLError) -> str:
    problem = str(getattr(error, "problem", "") or "")
    for start, text in _MESSAGES:
        if problem.startswith(start):
            return text
    return "dit is geen geldige YAML: kijk na of de insprong, haakjes en aanhalingstekens kloppen"


class _Composer:
    """Builds the data from the events; what is wrong but can be read past is collected."""

    def __init__(self, text: str, path: str) -> None:
        self.text, self.path = text, path
        self.events: Any = yaml.CBaseLoader(text)
        self.findings: list[Finding] = []
        self.result = Document(path, {})

    def document(self) -> Document:
        self.events.get_event()  # start of the stream
        if self.events.check_event(yaml.StreamEndEvent):
            raise _Fatal(self.path, START, "BESTAND", "het bestand is leeg")
        self.events.get_event()  # start of the document
        root = self.events.peek_event()
        data = self.node((), 1)
        self.events.get_event()  # end of the document
        if not self.events.check_event(yaml.StreamEndEvent):
            raise self.fatal(self.events.peek_event(), "hier begint een tweede document: één document per bestand")
        if not isinstance(data, dict):
            raise self.fatal(root, "het bestand moet uit sleutels en waarden bestaan, zoals ‘id: VT-2026-014’")
        self.result.data = data
        return self.result

    def node(self, loc: Loc, depth: int) -> Any:
        event: Any = self.events.get_event()
        if isinstance(event, yaml.AliasEvent):
            raise self.fatal(event, f"een verwijzing zoals *{event.anchor} mag niet: schrijf de waarde voluit")
        if event.anchor:
            self.error(event, f"een anker zoals &{event.anchor} mag niet: schrap het")
        if event.tag:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.error(event, f"een label zoals {tag} mag niet: schrap het")
        if depth > MAX_DEPTH:
            raise self.fatal(event, f"dit is te diep genest (meer dan {MAX_DEPTH} niveaus)")
        self.result.values[loc] = _place_at(event.start_mark)
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(loc, depth)
        return self.mapping(loc, depth)

    def sequence(self, loc: Loc, depth: int) -> tuple[Any, ...]:
        items: list[Any] = []
        while not self.events.check_event(yaml.SequenceEndEvent):
            items.append(self.node((*loc, len(items)), depth + 1))
        self.events.get_event()
        return tuple(items)

    def mapping(self, loc: Loc, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        seen: dict[str, int] = {}
        while not self.events.check_event(yaml.MappingEndEvent):
            event: Any = self.events.get_event()
            if not isinstance(event, yaml.ScalarEvent):
                raise self.fatal(event, "een sleutel moet een gewoon woord zijn")
            key, mark = event.value, event.start_mark
            if key in seen:
                self.error(event, f"de sleutel ‘{key}’ staat er al op regel {seen[key]}: schrap er een", "SLEUTEL")
                self.node((*loc, key, "dubbel"), depth + 1)
                continue
            place = self.result.keys[(*loc, key)] = _place_at(mark)
            seen[key] = place.line
            value = self.node((*loc, key), depth + 1)
            if value is not None and value != "":
                result[key] = value
        self.events.get_event()
        return result

    def scalar(self, event: Any) -> Any:
        self.look_for_swallowed_text(event)
        text: str = event.value
        if event.style == '"' and (found := _CONTROL.search(text)):
            self.error(event, f"deze tekst bevat een onzichtbaar stuurteken (U+{ord(found[0]):04X}): verwijder het")
        if event.style or event.tag:
            return text
        if text in _NULLS:
            return None
        if text in _WORDS:
            return _WORDS[text]
        return int(text) if _INT.fullmatch(text) else text

    def look_for_swallowed_text(self, event: Any) -> None:
        block = event.style in ("|", ">")
        pattern = _SWALLOWED_AFTER_INDICATOR if block else _SWALLOWED
        if found := pattern.match(self.text, (event.start_mark if block else event.end_mark).index):
            place = _place_of(self.text[: found.end() - 2])
            text = "vanaf dit hekje leest YAML de rest als commentaar: zet de tekst tussen aanhalingstekens"
            self.findings.append(Finding(self.path, *place, "fout", "YAML", f"{text} (of schrijf ‘# ’ met een spatie)"))

    def fatal(self, event: Any, text: str) -> _Fatal:
        return _Fatal(self.path, _place_at(event.start_mark), "YAML", text)

    def error(self, event: Any, text: str, code: str = "YAML") -> None:
        self.findings.append(Finding(self.path, *_place_at(event.start_mark), "fout", code, text))
