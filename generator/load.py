"""YAML text → plain data with the place of each value.

YAML is read strictly (1.2 core scalars without dates; no aliases, tags or second document), from libyaml's
events rather than its nodes: nothing recurses before the depth is known, and an alias never gets to expand.
"""

import codecs
import errno
import re
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from sys import intern
from typing import Any, NamedTuple

import yaml

from generator.findings import Finding
from generator.model.base import tonen

Loc = tuple[str | int, ...]
MAX_BYTES = 64 * 1024
MAX_DEPTH = 20

_INT = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})", re.ASCII)
_WORDS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NULLS = {"", "~", "null", "Null", "NULL"}
_SWALLOWED = re.compile(r"([ \t]*)#+[^\s#]")
_SWALLOWED_AFTER_INDICATOR = re.compile(r"([|>][-+0-9]*[ \t]+)#+[^\s#]")
_GEWOON = bytes(range(0x20, 0x7F)) + b"\t\n\r"
# What YAML allows, less the C1 controls, the byte-order mark and what turns the direction of text around.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]")
_MESSAGES = (
    ("found a tab character", "een tab kan hier niet staan: spring in met spaties"),
    ("found character that cannot start any token", "tekst die met dit teken begint, hoort tussen aanhalingstekens"),
    (
        "mapping values are not allowed",
        "een dubbele punt kan hier niet staan: kijk de insprong en de regel erboven na, "
        "of zet tekst met ‘: ’ tussen aanhalingstekens",
    ),
    ("could not find expected ':'", "hier ontbreekt een dubbele punt met een spatie erna, zoals in ‘woning: W-1043’"),
    (
        "did not find expected key",
        "hier werd een sleutel verwacht: kijk de insprong, de haakjes en de aanhalingstekens na",
    ),
    ("did not find expected '-' indicator", "hier werd een streepje verwacht: kijk de insprong van de lijst na"),
    ("did not find expected ',' or '}'", "hier ontbreekt een komma of een sluitende accolade }"),
    ("did not find expected ',' or ']'", "hier ontbreekt een komma of een sluitend haakje ]"),
    ("did not find expected node content", "hier werd een waarde verwacht: zet tekst als deze tussen aanhalingstekens"),
    ("did not find expected alphabetic", "tekst die met * of & begint, hoort tussen aanhalingstekens"),
    ("did not find expected comment or line break", "na | of > begint de tekst op de volgende regel"),
    ("did not find expected <document start>", "hier staat nog tekst na het einde: kijk de haakjes en ‘...’ na"),
    (
        "found unexpected end of stream",
        "deze aanhalingstekens worden niet gesloten: sluit ze (tekst als 's avonds hoort tussen dubbele)",
    ),
    ("found unexpected document indicator", "--- of ... kan niet tussen aanhalingstekens staan: sluit ze eerst"),
    ("block sequence entries are not allowed", "een streepje kan hier niet staan: begin de lijst op een nieuwe regel"),
    ("found unknown escape character", "na \\ staat een onbekend teken: gebruik enkele aanhalingstekens"),
    ("found invalid Unicode character", "na \\ staat geen bestaand teken: typ het teken zelf"),
)
_UNCLOSED = ("did not find expected ',' or", "did not find expected node content")


class Place(NamedTuple):
    """Line and column, both from 1."""

    line: int
    column: int


START = Place(1, 1)


@dataclass(slots=True)
class Document:
    """One file that is YAML, and what stands in it."""

    path: str
    text: str
    has_empty: bool = False
    """Some key has an empty value, and is left out of `data`."""
    regels: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """The line of each key of the file itself, and then of each entry of its list; a key that is left empty has none.
    Coordinators get links to these of every dossier: to look for them then would be half of what a page takes."""

    @property
    def data(self) -> dict[str, Any]:
        """Plain data: dicts, tuples, text, whole numbers, booleans. A value that is left empty is left out.

        Read anew when they are asked again: most become a model, and would be a third of the memory of a register.
        """
        return _compose(self.text, self.path)[0] or {}

    def place(self, loc: Loc, *, key: bool = False) -> Place:
        """The place of a value, or of its key; what is not in the file (tags of a union, defaults) is passed over."""
        places = self.places
        at: Loc = ()
        for part in loc:
            if (*at, part) in places.values:
                at = (*at, part)
        return _place_at(places.keys[loc] if key and loc in places.keys else places.values[at])

    def place_at(self, index: int) -> Place:
        """Where a character of the text stands."""
        return _place_of(self.text[:index])

    @property
    def values(self) -> dict[Loc, Any]:
        """Where each value stands."""
        return self.places.values

    @property
    def keys(self) -> dict[Loc, Any]:
        """Where each key stands."""
        return self.places.keys

    @property
    def empty(self) -> dict[Loc, dict[str, None]]:
        """The keys of which the value is left empty, by the mapping that they stand in."""
        return self.places.empty if self.has_empty else {}

    @property
    def places(self) -> "Places":
        """The place of everything."""
        return _places_in(self.text)


@dataclass
class Places:
    """The mark of PyYAML at each value and at each key; of two equal keys, the first."""

    values: dict[Loc, Any]
    keys: dict[Loc, Any]
    empty: dict[Loc, dict[str, None]]

    def walk(self, events: Any, loc: Loc) -> bool:
        """Whether the value is left out: nothing, an empty text, a plain null."""
        event = events.get_event()
        self.values[loc] = event.start_mark
        if isinstance(event, yaml.SequenceStartEvent):
            index = 0
            while not events.check_event(yaml.SequenceEndEvent):
                index += not self.walk(events, (*loc, index))
            events.get_event()
        elif isinstance(event, yaml.MappingStartEvent):
            while not events.check_event(yaml.MappingEndEvent):
                self.walk_key(events, loc)
            events.get_event()
        else:
            return _is_empty(_read_scalar(event))
        return False

    def walk_key(self, events: Any, loc: Loc) -> None:
        key = events.get_event()
        inner = (*loc, key.value)
        if inner in self.keys:
            self.walk(events, (*inner, -1))
            return
        self.keys[inner] = key.start_mark
        reported = ":" in key.value and _lacks_space(key, events)
        if self.walk(events, inner) and not reported:
            self.empty.setdefault(loc, {})[key.value] = None


@lru_cache(maxsize=16)
def _places_in(text: str) -> Places:
    """Found when something is wrong, and kept for a few files: they are larger than all else of a document."""
    places = Places({}, {}, {})
    events: Any = yaml.CBaseLoader(text)
    events.get_event()  # start of the stream
    events.get_event()  # start of the document
    places.walk(events, ())
    return places


def load(file: Path, path: str) -> tuple[Document | None, list[Finding]]:
    """The file as data, or None; and everything wrong with its YAML. `path` is how findings name it."""
    try:
        text = _read(file, path)
    except _Fatal as fatal:
        return None, [fatal.finding]
    return load_text(text, path)


def read_text(file: Path, path: str) -> str | None:
    """The text of a file as it stands; None: it cannot be read."""
    try:
        return _read(file, path)
    except _Fatal:
        return None


def load_bytes(raw: bytes, path: str) -> tuple[Document | None, list[Finding]]:
    """The same of the bytes of a file, wherever they are kept."""
    try:
        text = _decode(raw, path)
    except _Fatal as fatal:
        return None, [fatal.finding]
    return load_text(text, path)


def load_text(text: str, path: str) -> tuple[Document | None, list[Finding]]:
    """The same of a text that is not, or not yet, in a file."""
    if not _is_plain(text) and (found := _CONTROL.search(text)):
        wrong = f"hier staat een onzichtbaar stuurteken (U+{ord(found[0]):04X}): verwijder het"
        return None, [Finding(path, *_place_of(text[: found.start()]), "fout", "YAML", wrong)]
    data, composer = _compose(text, path)
    return None if data is None else Document(path, text, composer.has_empty, composer.regels), [*composer.findings]


def _is_plain(text: str) -> bool:
    """Whether it surely holds no control character: ten times as quick as to look for one, and mostly enough."""
    if text.isascii():
        return not text.encode().translate(None, _GEWOON)
    return text.replace("\n", "").isprintable()


class _Fatal(Exception):
    def __init__(self, path: str, place: Place, code: str, text: str) -> None:
        super().__init__(text)
        self.finding = Finding(path, *place, "fout", code, text)


def _read(file: Path, path: str) -> str:
    """The text of a file of at most 64 kB in UTF-8, with or without byte-order mark."""

    def fatal(text: str) -> _Fatal:
        return _Fatal(path, START, "BESTAND", text)

    try:
        status = file.stat()
        if not stat.S_ISREG(status.st_mode):
            raise fatal("dit is geen gewoon bestand: geef een map of iets anders geen naam op .yaml")
        if status.st_size > MAX_BYTES:
            raise _too_large(status.st_size, path)
        raw = file.read_bytes()
    except PermissionError:
        raise fatal("dit bestand mag niet gelezen worden: pas de leesrechten aan") from None
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ELOOP):
            raise fatal("deze verwijzing (link) leidt nergens heen: verwijder ze of herstel het doel") from None
        raise fatal(f"dit bestand kan niet gelezen worden ({error.strerror})") from None
    return _decode(raw, path)


def _too_large(size: int, path: str) -> _Fatal:
    text = f"het bestand is te groot ({size} bytes; hoogstens {MAX_BYTES}): kort het in"
    return _Fatal(path, START, "BESTAND", text)


def _decode(raw: bytes, path: str) -> str:
    def fatal(text: str, place: Place = START) -> _Fatal:
        return _Fatal(path, place, "BESTAND", text)

    if len(raw) > MAX_BYTES:
        raise _too_large(len(raw), path)
    raw = raw.removeprefix(codecs.BOM_UTF8)
    if raw[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) or raw[:2].count(0) == 1:
        raise fatal("het bestand is geen tekst of staat in UTF-16: bewaar het als UTF-8")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        raise fatal("het bestand is geen UTF-8-tekst: bewaar het als UTF-8", _place_of(before)) from None
    return text


def _place_at(mark: Any) -> Place:
    """Where a mark of PyYAML points."""
    return Place(mark.line + 1, mark.column + 1)


def _place_of(before: str) -> Place:
    lines = re.split(r"\r\n?|\n", before)
    return Place(len(lines), len(lines[-1]) + 1)


def printable(text: str) -> str:
    """On one line, without what would garble a terminal or a log."""
    return text if text.isprintable() else _CONTROL.sub("\ufffd", re.sub(r"[\t\r\n]", " ", text))


@lru_cache(maxsize=16)
def _compose(text: str, path: str) -> tuple[dict[str, Any] | None, "_Composer"]:
    """The data, and what else was found; kept for a few files, as they are asked at once."""
    composer = _Composer(text, path)
    data = None
    try:
        data = composer.data()
    except yaml.YAMLError as error:
        composer.findings.append(Finding(path, *_where(error, text), "fout", "YAML", _explain(error, text)))
    except _Fatal as fatal:
        composer.findings.append(fatal.finding)
    return data, composer


def _where(error: yaml.YAMLError, source: str) -> Place:
    """Where to look: for what was never closed or never got its colon, where it begins; never past the end."""
    scanning = str(getattr(error, "context", "") or "").startswith(
        ("while scanning a simple key", "while scanning a quo")
    )
    mark = getattr(error, "context_mark" if scanning else "problem_mark", None) or getattr(error, "problem_mark", None)
    if mark is None:
        return START
    return _place_of(source.rstrip()) if _is_past_end(mark, source) else _place_at(mark)


def _is_past_end(mark: Any, source: str) -> bool:
    return bool(mark.index >= len(source.rstrip()))


def _explain(error: yaml.YAMLError, source: str) -> str:
    problem, mark = str(getattr(error, "problem", "") or ""), getattr(error, "problem_mark", None)
    if mark and source[mark.index : mark.index + 1] == "\t":
        problem = "found a tab character"
    elif mark and _is_past_end(mark, source) and problem.startswith(_UNCLOSED):
        return "het bestand eindigt te vroeg: sluit het haakje [ of de accolade {" + _opened(error, source)
    for start, text in _MESSAGES:
        if problem.startswith(start):
            return text + _opened(error, source) if "sluitend" in text else text
    return "dit is geen geldige YAML: kijk na of de insprong, haakjes en aanhalingstekens kloppen"


def _opened(error: yaml.YAMLError, source: str) -> str:
    mark = getattr(error, "context_mark", None)
    return f" (geopend op regel {mark.line + 1})" if mark and not _is_past_end(mark, source) else ""


class _Composer:
    """Builds the data from the events; what is wrong but can be read past is collected."""

    def __init__(self, text: str, path: str) -> None:
        self.text, self.path = text, path
        self.has_hash, self.has_empty = "#" in text, False
        self.events: Any = yaml.CBaseLoader(text)
        self.findings: list[Finding] = []
        self.regels: dict[str, tuple[int, ...]] = {}
        self.ingangen: list[int] = []
        """The lines of the entries of the list that is read, when the file itself holds it."""

    def data(self) -> dict[str, Any]:
        self.events.get_event()  # start of the stream
        if self.events.check_event(yaml.StreamEndEvent):
            raise self.nothing()
        self.events.get_event()  # start of the document
        root = self.events.peek_event()
        data = self.node(self.events.get_event(), 1)
        self.events.get_event()  # end of the document
        if not self.events.check_event(yaml.StreamEndEvent):
            raise self.fatal(self.events.peek_event(), "hier begint een tweede document: één document per bestand")
        if data is None:
            raise self.nothing()
        if not isinstance(data, dict):
            raise self.fatal(root, "het bestand moet uit sleutels en waarden bestaan, zoals ‘id: VT-2026-014’")
        return data

    def node(self, event: Any, depth: int) -> Any:
        if event.__class__ is yaml.ScalarEvent and not (self.has_hash or event.style or event.tag or event.anchor):
            return _read_plain(event.value)  # as most are
        if event.anchor is not None:
            self.refuse_anchor(event)
        if event.tag is not None:
            self.refuse_tag(event)
        if event.__class__ is yaml.ScalarEvent:
            return self.scalar(event)
        if depth > MAX_DEPTH:
            raise self.fatal(event, f"dit is te diep genest (meer dan {MAX_DEPTH} niveaus)")
        if event.__class__ is yaml.SequenceStartEvent:
            return self.sequence(depth)
        return self.mapping(depth)

    def sequence(self, depth: int) -> tuple[Any, ...]:
        items: list[Any] = []
        next_event = self.events.get_event
        while (event := next_event()).__class__ is not yaml.SequenceEndEvent:
            item = self.node(event, depth + 1)
            if not _is_empty(item):
                items.append(item)
                if depth == 2:
                    self.ingangen.append(event.start_mark.line + 1)
        return tuple(items)

    def mapping(self, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        seen: dict[str, Any] = {}
        next_event = self.events.get_event
        while (event := next_event()).__class__ is not yaml.MappingEndEvent:
            if depth == 1:
                self.ingangen = []
            word = event.__class__ is yaml.ScalarEvent and not (event.style or event.tag or event.anchor)
            key = intern(event.value) if word and "\n" not in event.value else self.key(event)
            if key in seen:
                line = seen[key].start_mark.line + 1
                text = f"de sleutel {tonen(key)} staat er al op regel {line}: schrap er een"
                self.error(event, text, "SLEUTEL")
                self.node(next_event(), depth + 1)
                continue
            seen[key] = event
            if ":" in key and _lacks_space(event, self.events):
                self.error(event, f"na de dubbele punt hoort een spatie: {tonen(key.replace(':', ': ', 1))}")
            held = next_event()
            if held.__class__ is yaml.ScalarEvent and not (self.has_hash or held.style or held.tag or held.anchor):
                value = _read_plain(held.value)  # as in `node`: for most values a call would cost as much as they do
                empty = value is None
            else:
                value = self.node(held, depth + 1)
                empty = _is_empty(value)
            if empty:
                self.has_empty = True
            else:
                result[key] = value
                if depth == 1:
                    self.regels[key] = (event.start_mark.line + 1, *self.ingangen)
        return result

    def key(self, event: Any) -> str:
        if not isinstance(event, yaml.ScalarEvent) or "\n" in event.value:
            raise self.fatal(event, "een sleutel moet een gewoon woord zijn (of zet de tekst tussen aanhalingstekens)")
        if event.anchor is not None:
            self.refuse_anchor(event)
        if event.tag is not None:
            self.refuse_tag(event)
        if event.style == '"':
            self.refuse_escaped_control(event)
        return str(event.value)

    def scalar(self, event: Any) -> Any:
        if self.has_hash:
            self.look_for_swallowed_text(event)
        if event.style == '"':
            self.refuse_escaped_control(event)
        return _read_scalar(event)

    def refuse_anchor(self, event: Any) -> None:
        if isinstance(event, yaml.AliasEvent):
            text = f"een verwijzing zoals *{str(event.anchor)[:40]} mag niet: schrijf de waarde voluit"
            raise self.fatal(event, f"{text} (of zet tekst die met * begint tussen aanhalingstekens)")
        text = f"een anker zoals &{event.anchor[:40]} mag niet: schrap het"
        self.error(event, f"{text} (of zet tekst die met & begint tussen aanhalingstekens)")

    def refuse_tag(self, event: Any) -> None:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")[:40]
        text = f"een label zoals {tag} mag niet: schrap het"
        self.error(event, f"{text} (of zet tekst die met ! begint tussen aanhalingstekens)")

    def refuse_escaped_control(self, event: Any) -> None:
        if found := _CONTROL.search(event.value):
            text = f"deze tekst bevat een onzichtbaar stuurteken (U+{ord(found[0]):04X}): verwijder het"
            self.error(event, text)

    def look_for_swallowed_text(self, event: Any) -> None:
        block = event.style in ("|", ">")
        pattern = _SWALLOWED_AFTER_INDICATOR if block else _SWALLOWED
        mark = event.start_mark if block else event.end_mark
        if found := pattern.match(self.text, mark.index):
            place = Place(mark.line + 1, mark.column + len(found[1]) + 1)
            text = "vanaf dit hekje leest YAML de rest als commentaar: zet de tekst tussen aanhalingstekens"
            self.findings.append(Finding(self.path, *place, "fout", "YAML", f"{text} (of schrijf ‘# ’ met een spatie)"))

    def nothing(self) -> _Fatal:
        return _Fatal(self.path, START, "BESTAND", "het bestand is leeg: vul het in of verwijder het")

    def fatal(self, event: Any, text: str) -> _Fatal:
        return _Fatal(self.path, _place_at(event.start_mark), "YAML", printable(text))

    def error(self, event: Any, text: str, code: str = "YAML") -> None:
        self.findings.append(Finding(self.path, *_place_at(event.start_mark), "fout", code, printable(text)))


def _read_scalar(event: Any) -> Any:
    text: str = event.value
    return text if event.style or event.tag else _read_plain(text)


@lru_cache(4096)
def _read_plain(text: str) -> Any:
    if text in _NULLS:
        return None
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _INT.fullmatch(text) else text


def _lacks_space(key: Any, events: Any) -> bool:
    """A key that nothing follows, such as that of `{datum:2026-01-15}`."""
    if key.style:
        return False
    value = events.peek_event()
    return isinstance(value, yaml.ScalarEvent) and not value.value and not value.style


def _is_empty(value: Any) -> bool:
    """An empty text counts as left out, and so does one of spaces alone."""
    return value is None or (value.__class__ is str and not value.strip())
