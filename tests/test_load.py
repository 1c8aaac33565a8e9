"""Reading one file: what cannot stand in `reading/` as a file (bytes, sizes, links), and what holds for any text."""

import json
import os
import re
from collections.abc import Callable
from datetime import time
from pathlib import Path
from random import Random
from time import process_time  # not of the wall: another program may keep the machine busy
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.findings import Finding
from generator.load import Document, Loc, Place, load
from generator.model.dossier import Dossier
from generator.validate import validate

HEAD = b"id: WB-1\ntraject: woonbegeleiding\n"
NO_TEXT = "1:1: fout BESTAND: het bestand is geen tekst of staat in UTF-16: bewaar het als UTF-8"
NO_UTF8 = "fout BESTAND: het bestand is geen UTF-8-tekst: bewaar het als UTF-8"
EMPTY = "1:1: fout BESTAND: het bestand is leeg: vul het in of verwijder het"
CONTROL = "fout YAML: hier staat een onzichtbaar stuurteken ({}): verwijder het"
TOO_DEEP = "fout YAML: dit is te diep genest (meer dan 20 niveaus)"
NO_KEY = "fout YAML: een sleutel moet een gewoon woord zijn (of zet de tekst tussen aanhalingstekens)"
NO_COLON = "fout YAML: hier ontbreekt een dubbele punt met een spatie erna, zoals in ‘woning: W-1043’"
SWALLOWED = (
    "fout YAML: vanaf dit hekje leest YAML de rest als commentaar: zet de tekst tussen aanhalingstekens "
    "(of schrijf ‘# ’ met een spatie)"
)
UNCLOSED = "fout YAML: het bestand eindigt te vroeg: sluit het haakje [ of de accolade {"
UNQUOTED = "fout YAML: deze aanhalingstekens worden niet gesloten: sluit ze (tekst als 's avonds hoort tussen dubbele)"
MARKED = "fout YAML: {} zoals {} mag niet: {} (of zet tekst die met {} begint tussen aanhalingstekens)"
NO_DATE = "fout WAARDE: de datum 2026-02-30 bestaat niet"
UNKNOWN = "fout SLEUTEL: onbekende sleutel ‘wonning’: bedoelt u ‘woning’?"

CONTROLS = (
    "\x01\x07\x08\x0b\x0c\x1b\x7f\x80\x85\x9b\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\uffff"
)

# Name, bytes of the file, everything that is reported: after `x.yaml:`.
FILES: list[tuple[str, bytes, list[str]]] = [
    # not text
    ("bytes", bytes(range(256)), [NO_TEXT]),
    ("picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", [f"1:1: {NO_UTF8}"]),
    ("zip", b"PK\x03\x04\x14\0\x08\0", [f"1:3: {CONTROL.format('U+0003')}"]),
    ("one-nul", b"\0", [NO_TEXT]),
    ("nul-in-text", HEAD + b"woning: W\0-1\n", [f"3:10: {CONTROL.format('U+0000')}"]),
    ("utf-16-with-mark", HEAD.decode().encode("utf-16"), [NO_TEXT]),
    ("utf-16-be-with-mark", b"\xfe\xff" + HEAD.decode().encode("utf-16-be"), [NO_TEXT]),
    ("utf-16-le", HEAD.decode().encode("utf-16-le"), [NO_TEXT]),
    ("utf-16-be", HEAD.decode().encode("utf-16-be"), [NO_TEXT]),
    ("utf-32", HEAD.decode().encode("utf-32"), [NO_TEXT]),
    # not UTF-8: at the first byte that is none
    ("latin-1", HEAD + "woning: café\n".encode("latin-1"), [f"3:12: {NO_UTF8}"]),
    ("latin-1-after-utf-8", HEAD + "woning: é😀".encode() + b"\xe9\n", [f"3:11: {NO_UTF8}"]),
    ("latin-1-after-mark", b"\xef\xbb\xbfid: \xe9\n", [f"1:5: {NO_UTF8}"]),
    ("latin-1-old-mac", b"id: WB-1\rwoning: \xe9\r", [f"2:9: {NO_UTF8}"]),
    ("windows-quotes", HEAD + b"woning: \x93W-1\x94\n", [f"3:9: {NO_UTF8}"]),
    ("cut-off", HEAD + "woning: é".encode()[:-1], [f"3:9: {NO_UTF8}"]),
    ("surrogate", HEAD + "woning: \ud800".encode("utf-8", "surrogatepass"), [f"3:9: {NO_UTF8}"]),
    # the byte-order mark is fine at the start, and shifts nothing
    ("mark", b"\xef\xbb\xbf" + HEAD, []),
    ("mark-alone", b"\xef\xbb\xbf", [EMPTY]),
    ("mark-and-places", b"\xef\xbb\xbfwonning: W-1\n" + HEAD + b"start: 2026-02-30\n",
     [f"1:1: {UNKNOWN}", f"4:8: {NO_DATE}"]),
    ("mark-and-hash", b"\xef\xbb\xbfwoning: W #1\n" + HEAD, [f"1:11: {SWALLOWED}"]),
    ("mark-twice", b"\xef\xbb\xbf" * 2 + HEAD, [f"1:1: {CONTROL.format('U+FEFF')}"]),
    ("mark-inside", HEAD + "woning: W\ufeff".encode(), [f"3:10: {CONTROL.format('U+FEFF')}"]),
    # control characters and what turns the direction of text around
    *((f"control-{ord(char):04x}", HEAD + f"woning: é{char}x\n".encode(),
       [f"3:10: {CONTROL.format(f'U+{ord(char):04X}')}"]) for char in CONTROLS),
    ("control-in-comment", HEAD + b"# \x1b[31m\n", [f"3:3: {CONTROL.format('U+001B')}"]),
    # line ends
    ("crlf", (HEAD + b"wonning: W-1\nwoning: W #1\nstart: 2026-02-30\n").replace(b"\n", b"\r\n"),
     [f"3:1: {UNKNOWN}", f"4:11: {SWALLOWED}", f"5:8: {NO_DATE}"]),
    ("crlf-control", (HEAD + b"woning: \x07\n").replace(b"\n", b"\r\n"), [f"3:9: {CONTROL.format('U+0007')}"]),
    ("cr", (HEAD + b"wonning: W-1\nwoning: W #1\nstart: 2026-02-30\n").replace(b"\n", b"\r"),
     [f"3:1: {UNKNOWN}", f"4:11: {SWALLOWED}", f"5:8: {NO_DATE}"]),
    ("cr-control", (HEAD + b"woning: \x07\n").replace(b"\n", b"\r"), [f"3:9: {CONTROL.format('U+0007')}"]),
    ("cr-crlf-lf", b"id: WB-1\rtraject: woonbegeleiding\r\nwoning: W-1\nstart: 2026-02-30", [f"4:8: {NO_DATE}"]),
    ("no-line-end", HEAD + b"start: 2026-02-30", [f"3:8: {NO_DATE}"]),
    # never closed: at the end, or where it begins; never past the end
    ("open-bracket", HEAD + b"documenten: [2026-01-15\n", [f"3:24: {UNCLOSED} (geopend op regel 3)"]),
    ("open-brace", HEAD + b"aanmelding: {\n  datum: 2026-01-15\n\n\n", [f"4:20: {UNCLOSED} (geopend op regel 3)"]),
    ("open-brace-after-key", HEAD + b"aanmelding: {datum: \n", [f"3:20: {UNCLOSED}"]),
    ("open-bracket-alone", b"[", [f"1:2: {UNCLOSED}"]),
    ("open-quote", HEAD + b"woning: 'W-1\nstart: 2026-02-01\n", [f"3:9: {UNQUOTED}"]),
    ("key-alone-at-the-end", HEAD + b"woning", [f"3:1: {NO_COLON}"]),
    # sizes
    ("empty", b"", [EMPTY]),
    ("64-kb", (HEAD + b"# ").ljust(65_536, b"x"), []),
    ("one-too-many", (HEAD + b"# ").ljust(65_537, b"x"),
     ["1:1: fout BESTAND: het bestand is te groot (65537 bytes; hoogstens 65536): kort het in"]),
    ("10-mb", HEAD * 300_000,
     ["1:1: fout BESTAND: het bestand is te groot (10200000 bytes; hoogstens 65536): kort het in"]),
    ("long-line", HEAD + b"documenten: [" + b"2026-01-15, " * 5000 + b"]\n",
     ["3:13: fout WAARDE: verwacht een blok met sleutels, niet een lijst"]),
    ("long-line-far-place", HEAD + b"documenten: {a: [" + b"2026-01-15, " * 5000 + b"2026-02-30]}\n",
     [f"3:60018: {NO_DATE}"]),
    ("long-key", HEAD + b"w" * 60_000 + b": x\n", [f"3:1: {NO_COLON}"]),
    ("long-text", HEAD + b"woning: " + b"w" * 60_000,
     ["3:9: fout WAARDE: deze tekst is te lang (hoogstens 4000 tekens)"]),
    ("long-id", b"traject: woonbegeleiding\nid: " + b"W-" * 30_000,
     ["2:5: fout WAARDE: deze tekst is te lang (hoogstens 40 tekens)"]),
    ("long-anchor", HEAD + b"woning: &" + b"a" * 60_000 + b" x",
     [f"3:9: {MARKED.format('een anker', '&' + 'a' * 40, 'schrap het', '&')}"]),
    ("long-alias", HEAD + b"woning: *" + b"a" * 60_000,
     [f"3:9: {MARKED.format('een verwijzing', '*' + 'a' * 40, 'schrijf de waarde voluit', '*')}"]),
    ("long-tag", HEAD + b"woning: !" + b"a" * 60_000 + b" x",
     [f"3:9: {MARKED.format('een label', '!' + 'a' * 39, 'schrap het', '!')}"]),
    ("line-end-in-tag", HEAD + b"woning: !a%0Ab%1B x",
     [f"3:9: {MARKED.format('een label', '!a b' + chr(0xFFFD), 'schrap het', '!')}"]),
    # depth, as far as libyaml would go
    ("brackets", b"id: " + b"[" * 40_000, [f"1:24: {TOO_DEEP}"]),
    ("brackets-closed", b"id: " + b"[" * 30_000 + b"]" * 30_000, [f"1:24: {TOO_DEEP}"]),
    ("braces", b"id: " + b"{" * 40_000, [f"1:6: {NO_KEY}"]),
    ("braces-with-keys", b"id: " + b"{a: " * 15_000, [f"1:81: {TOO_DEEP}"]),
    ("brackets-and-braces", b"[{a: " * 12_000, [f"1:51: {TOO_DEEP}"]),
    ("question-marks", b"? " * 30_000, [f"1:3: {NO_KEY}"]),
    ("dashes", b"- " * 30_000, [f"1:41: {TOO_DEEP}"]),
    ("blocks", b"".join(b" " * depth + b"a:\n" for depth in range(350)), [f"21:21: {TOO_DEEP}"]),
]  # fmt: skip


def read(file: Path, kind: Any = Dossier) -> list[str]:
    """Everything reported of one file, in the order of the check, without `x.yaml:`."""
    document, findings = load(file, "x.yaml")
    if document is not None:
        value, wrong = validate(kind, document)
        assert (value is None) == bool(wrong)
        findings = findings + wrong
    return [str(finding).removeprefix("x.yaml:") for finding in sorted(findings)]


@pytest.mark.parametrize(("raw", "expected"), [case[1:] for case in FILES], ids=[case[0] for case in FILES])
def test_file(raw: bytes, expected: list[str], tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes(raw)
    begin = process_time()
    assert read(file) == expected
    assert process_time() - begin < 1


@pytest.mark.parametrize(
    ("raw", "count"),
    [
        (b"".join(b"begeleid%d: 1\n" % number for number in range(3600)), 3602),
        (b"".join(b"k%d: a #b\n" % number for number in range(4500)), 9002),
        (HEAD + b"woning: [" + b"&a b," * 12_000 + b"]", 12_001),
        (HEAD + b"aanmelding: {" + b"a: ," * 12_000 + b"}", 12_002),
        (HEAD + b"logboek: [" + b"{}," * 20_000 + b"]", 20_000),
        (HEAD + b"begeleiding: [" + b"{}," * 10_000 + b"]", 30_000),
        (HEAD + b"start: x\n" * 7000, 7000),
    ],
    ids=["unknown", "swallowed", "anchors", "doubles", "entries", "missing", "lines"],
)
def test_every_finding_of_a_file_full_of_errors(raw: bytes, count: int, tmp_path: Path) -> None:
    """None is held back, and there is no input that takes long."""
    file = tmp_path / "x.yaml"
    file.write_bytes(raw)
    begin = process_time()
    assert len(set(read(file))) == count
    assert process_time() - begin < 1


NOT_A_FILE = "1:1: fout BESTAND: dit is geen gewoon bestand: geef een map of iets anders geen naam op .yaml"
NOWHERE = "1:1: fout BESTAND: deze verwijzing (link) leidt nergens heen: verwijder ze of herstel het doel"


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (Path.mkdir, [NOT_A_FILE]),
        (os.mkfifo, [NOT_A_FILE]),
        (lambda file: file.symlink_to("nergens.yaml"), [NOWHERE]),
        (lambda file: file.symlink_to(file.name), [NOWHERE]),
        (lambda file: file.symlink_to(file.parent), [NOT_A_FILE]),
        (lambda file: file.symlink_to("/dev/zero"), [NOT_A_FILE]),
        (lambda file: file.symlink_to("goed"), []),
    ],
    ids=["folder", "fifo", "dangling", "loop", "link-to-folder", "link-to-device", "link-to-file"],
)
def test_no_regular_file(make: Callable[[Path], object], expected: list[str], tmp_path: Path) -> None:
    (tmp_path / "goed").write_bytes(HEAD)
    make(tmp_path / "x.yaml")
    assert read(tmp_path / "x.yaml") == expected


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((text, text) for text in ("012", "no", "yes", "off", "10:00", "1_000", "0x1F", "0o17", "1e3", "1.5", ".5")),
        *((text, text) for text in ("2026-02-01", "2026-02-30", "2026-02-01T10:00:00", "+", "1-2", "a:b", "kamer#4")),
        *((text, text) for text in (".inf", "=", "<<", "tRue", "nULL", "٣", "1234567890123456789")),
        *((f"'{text}'", text) for text in ("5", "true", "null", "~", "kamer #4")),
        ("0", 0), ("-0", 0), ("5", 5), ("+5", 5), ("-5", -5), ("123456789012345678", 123456789012345678),
        ("true", True), ("True", True), ("TRUE", True), ("false", False), ("False", False), ("FALSE", False),
        ('"a\\tb\\n\\u00e9"', "a\tb\né"), ("'it''s'", "it's"), ("|\n  a\n  #b\n", "a\n#b\n"), (">-\n  a\n  b\n", "a b"),
        ("a\n  b", "a b"), ("[]", ()), ("{}", {}), ("[1, '', a, ~, [], \" \"]", (1, "a", ())),
        ("{a: 1, b: '', c: ~, d: , e: [~]}", {"a": 1, "e": ()}), ("\n- a\n-\n- b", ("a", "b")),
    ],
)  # fmt: skip
def test_value(text: str, value: object, tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(f"sleutel: {text}\n", encoding="utf-8")
    document, findings = load(file, "x.yaml")
    assert not findings
    assert document
    assert document.data == {"sleutel": value}
    assert type(document.data["sleutel"]) is type(value)


@pytest.mark.parametrize(
    "text", ["", "~", "null", "Null", "NULL", "''", '""', '"  "', "'\t'", "|\n\n", '"\u00a0"', "# leeg"]
)
def test_an_empty_text_counts_as_left_out(text: str, tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes(HEAD + f"woning: {text}\n".encode())
    document, findings = load(file, "x.yaml")
    assert not findings
    assert document
    assert "woning" not in document.data
    dossier, wrong = validate(Dossier, document)
    assert not wrong
    assert dossier
    assert dossier.woning is None


def test_dossier_of_text_that_yaml_would_misread(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    entry = b"{soort: huisbezoek, datum: 2026-05-06, uur: 10:00, moment: 1, bevestigd: '', aanwezig: ['', no, 7]}"
    file.write_bytes(HEAD + b"woning: 012\nankerfiguur: no\nlogboek: [" + entry + b"]\n")
    document, findings = load(file, "x.yaml")
    assert document
    dossier, wrong = validate(Dossier, document)
    assert not findings + wrong
    assert dossier
    visit: Any = dossier.logboek[0]
    assert (dossier.woning, dossier.ankerfiguur, visit.uur, visit.moment) == ("012", "no", time(10), "1")
    assert (visit.bevestigd, visit.aanwezig) == (None, ("no", "7"))


def test_places(tmp_path: Path) -> None:
    """What is not in the file is passed over: the tags of a union, a key that is missing."""
    file = tmp_path / "x.yaml"
    file.write_text("a: 1\nb:\n  - {c: x}\n  -\n  - d:   y\nc:\n", encoding="utf-8")
    document, _ = load(file, "x.yaml")
    assert document
    assert document.place(()) == (1, 1)
    assert document.place(("a",)) == (1, 4)
    assert document.place(("a",), key=True) == (1, 1)
    assert document.place(("b",)) == (3, 3)
    assert document.place(("b", 0, "c")) == (3, 9)
    assert document.place(("b", 1, "d")) == (5, 10)
    assert document.place(("b", 1, "tag", "d")) == (5, 10)
    assert document.place(("b", 1, "ontbreekt")) == (5, 5)
    assert document.place(("b", 1, "ontbreekt"), key=True) == (5, 5)
    assert document.place(("c",), key=True) == (6, 1)
    assert document.place(("ontbreekt", 3)) == (1, 1)


# What holds for any text.

ANY = settings(
    max_examples=300,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)


TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn", "Zl", "Zp"])
    | st.sampled_from("\n\t :#-'\"{}[],&*!|>%@`\\?~0159"),
    max_size=12,
)
KEYS = st.text(st.sampled_from("abcz09_- :#'\"{}[],&*!é😀"), min_size=1, max_size=8)
SCALARS = (
    TEXT
    | st.integers(-(10**17), 10**17)
    | st.booleans()
    | st.sampled_from(["012", "no", "10:00", "", "null", "5", "woning W-1"])
)
NODES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=25
)
MAPPINGS = st.dictionaries(KEYS, NODES, min_size=1, max_size=5)


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002
        return True


@ANY
@given(
    data=MAPPINGS,
    flow=st.sampled_from([True, False, None]),
    unicode=st.booleans(),
    width=st.sampled_from([20, 80, 4000]),
)
def test_data_come_back_as_another_program_wrote_them(
    data: dict[str, Any], flow: bool | None, unicode: bool, width: int, tmp_path: Path
) -> None:
    text = yaml.dump(data, Dumper=_Dumper, default_flow_style=flow, allow_unicode=unicode, width=width, sort_keys=False)
    assert loaded(tmp_path / "x.yaml", text.encode()).data == without_empty(data)


@ANY
@given(
    data=MAPPINGS,
    random=st.randoms(use_true_random=False),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    mark=st.booleans(),
)
def test_data_and_places_come_back(data: dict[str, Any], random: Random, end: str, mark: bool, tmp_path: Path) -> None:
    """The place of each value is that of its first character, in any style of writing; and so for each key."""
    writer = Writer(random)
    writer.block(data, (), 0)
    raw = b"\xef\xbb\xbf" * mark + (writer.text + "\n").replace("\n", end).encode()
    document = loaded(tmp_path / "x.yaml", raw)
    assert document.data == without_empty(data)
    assert {loc: document.place(loc) for loc in writer.values} == writer.values
    assert {loc: document.place(loc, key=True) for loc in writer.keys} == writer.keys
    assert list(document.regels) == [key for key in data if key in document.data]
    for key, lines in document.regels.items():
        items = document.data[key] if isinstance(document.data[key], tuple) else ()
        assert lines[0] == document.place((key,), key=True).line
        assert lines[1:] == tuple(document.place((key, index)).line for index in range(len(items)))


def test_data_that_were_let_go_are_read_anew(tmp_path: Path) -> None:
    document = loaded(tmp_path / "x.yaml", b"a: {b: [1, x, ~]}\nc:\nd: 2026-01-15\n")
    for number in range(50):
        loaded(tmp_path / "x.yaml", f"a: {number}".encode())
    assert document.data == {"a": {"b": (1, "x")}, "d": "2026-01-15"}


def loaded(file: Path, raw: bytes) -> Document:
    file.write_bytes(raw)
    document, findings = load(file, "x.yaml")
    assert not findings, raw
    assert document
    return document


def is_empty(value: Any) -> bool:
    return isinstance(value, str) and not value.strip()


def without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: without_empty(item) for key, item in value.items() if not is_empty(item)}
    if isinstance(value, list):
        return tuple(without_empty(item) for item in value if not is_empty(item))
    return value


class Writer:
    """Writes data as YAML, each time in another style, and keeps where each value and each key begins."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.text = ""
        self.values: dict[Loc, Place] = {}
        self.keys: dict[Loc, Place] = {}

    @property
    def place(self) -> Place:
        return Place(self.text.count("\n") + 1, len(self.text) - self.text.rfind("\n"))

    def block(self, value: Any, loc: Loc, indent: int) -> None:
        """A mapping or a list with something in it, from where the text ends."""
        self.values[loc] = self.place
        for number, (inner, key, item) in enumerate(self.items(value, loc)):
            if number:
                self.newline(indent)
            self.text += "-" if key is None else self.key(key, inner) + ":"
            if not (isinstance(item, dict | list) and item and self.random.random() < 0.7):
                self.text += " " * self.random.randrange(1, 4)
                self.flow(item, inner)
            elif key is None:
                self.text += " "
                self.block(item, inner, indent + 2)
            else:
                self.newline(indent + 3)
                self.block(item, inner, indent + 3)

    def flow(self, value: Any, loc: Loc) -> None:
        if not is_empty(value):
            self.values[loc] = self.place
        if not isinstance(value, dict | list):
            self.text += self.scalar(value)
            return
        self.text += "{" if isinstance(value, dict) else "["
        for number, (inner, key, item) in enumerate(self.items(value, loc)):
            self.text += ", " if number else " " * self.random.randrange(2)
            self.text += "" if key is None else self.key(key, inner) + ": "
            self.flow(item, inner)
        self.text += "}" if isinstance(value, dict) else "]"

    def items(self, value: Any, loc: Loc) -> list[tuple[Loc, str | None, Any]]:
        """The loc, the key and the value of each item; in a list, an empty one does not count."""
        if isinstance(value, dict):
            return [((*loc, key), key, item) for key, item in value.items()]
        before = 0
        result: list[tuple[Loc, str | None, Any]] = []
        for item in value:
            result.append(((*loc, before), None, item))
            before += not is_empty(item)
        return result

    def key(self, key: str, loc: Loc) -> str:
        self.keys[loc] = self.place
        return self.scalar(key)

    def newline(self, indent: int) -> None:
        self.text += self.random.choice(["", "", "  # opmerking", "\n", "\n# opmerking"]) + "\n" + " " * indent

    def scalar(self, value: Any) -> str:
        if not isinstance(value, str):
            return json.dumps(value)
        plain = re.fullmatch(r"[a-z][a-z-]*( [A-Z0-9-]+)?", value) and value not in {"true", "false", "null"}
        if plain and self.random.random() < 0.7:
            return value
        if not re.search(r"[\n\t]", value) and self.random.random() < 0.5:
            return "'" + value.replace("'", "''") + "'"
        return json.dumps(value, ensure_ascii=False)


def test_findings_read_as_the_reader_of_a_log_expects() -> None:
    assert (
        str(Finding("dossiers/x.yaml", 31, 58, "fout", "VT-7.4", "tekst"))
        == "dossiers/x.yaml:31:58: fout VT-7.4: tekst"
    )
