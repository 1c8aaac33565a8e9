"""Reading anything: it ends in findings, and so does everything that follows from what could still be read.

`make test` tries a few thousand inputs, `make fuzz` a hundred thousand: the same every time, or others with SEED=….
What fails is shrunk and printed; should the interpreter itself go down, the input is the last `x.yaml` (or `register/`)
that pytest keeps.
"""

import gc
import json
import os
import re
import resource
import shutil
import signal
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from tempfile import NamedTemporaryFile
from time import process_time  # not of the wall: another program may keep the machine busy
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from generator.cli import cli
from generator.findings import Finding
from generator.load import load
from generator.model.base import Slug, read_datum
from generator.model.dossier import Dossier
from generator.model.protocol import KalenderBestand, Organisatie, OverlegVerslag, Partner, Trajectregels
from generator.model.tellingen import Jaartelling
from generator.register import read_register
from generator.validate import validate
from tests.conftest import BASIS, PROJECT, TESTS, VANDAAG, findings_of
from tests.test_load import MAPPINGS

INPUTS = int(os.environ.get("FUZZ", "2000"))
"""How many files are tried, in all kinds of mistakes together; one register and one command line for every hundred."""
SEED = int(os.environ.get("SEED", "0"))
PER_PART = 1250
SECONDS = 1
"""Of processor time, for one file."""
MEMORY = 200 * 2**20
"""Bytes that reading one file may add to what the process already had."""


# What a file may not cost -------------------------------------------------------------------------------------------


class TooMuch(Exception):
    """Reading took too long."""


@contextmanager
def bounded(seconds: float = SECONDS) -> Iterator[None]:
    """Past the time reading is broken off, past the memory it gets no more of it."""
    before = signal.signal(signal.SIGPROF, _break_off)
    begin = process_time()
    signal.setitimer(signal.ITIMER_PROF, seconds, 0.1)
    try:
        with _limited(resource.RLIMIT_CPU, int(begin + seconds) + 5), _limited(resource.RLIMIT_AS, _size() + MEMORY):
            yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    assert process_time() - begin < seconds


def _break_off(*_: object) -> None:
    raise TooMuch


@contextmanager
def _limited(what: int, most: int) -> Iterator[None]:
    """A limit of the kernel: to address space, of which there is always more than is used; and to time, for what does
    not even listen to a signal (the process is then killed)."""
    if sys.platform != "linux":  # elsewhere nothing says how much there is, and the limits do not hold
        yield
        return
    soft, hard = resource.getrlimit(what)
    resource.setrlimit(what, (most, hard))
    try:
        yield
    finally:
        resource.setrlimit(what, (soft, hard))


def _size() -> int:
    """Bytes of address space that this process has."""
    file = Path("/proc/self/statm")
    return int(file.read_text().split()[0]) * resource.getpagesize() if file.exists() else 0


def test_what_takes_too_long_is_broken_off() -> None:
    def wait() -> None:
        while True:
            pass

    with pytest.raises(TooMuch), bounded(0.1):
        wait()


@pytest.mark.skipif(sys.platform != "linux", reason="the limit holds on Linux")
def test_what_takes_too_much_memory_gets_none() -> None:
    with bounded():
        bytearray(MEMORY // 2)
    with pytest.raises(MemoryError), bounded():
        bytearray(2 * MEMORY)


# Trying ---------------------------------------------------------------------------------------------------------------


def shares(part_of_all: float, per_part: int = PER_PART) -> list[tuple[int, int]]:
    """The number and the size of each part of a test, so that workers divide them."""
    wanted = round(INPUTS * part_of_all)
    parts = range(0, wanted, per_part)
    return [(number, min(per_part, wanted - begin)) for number, begin in enumerate(parts)]


def attempt(part: tuple[int, int], strategy: st.SearchStrategy[Any], hold: Callable[[Any], None]) -> None:
    """Draw the inputs of one part, and hold each to what must be true of it."""
    number, wanted = part
    tried = 0

    @seed(SEED * 1000 + number)
    @settings(
        max_examples=wanted,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def every(value: Any) -> None:
        nonlocal tried
        tried += 1
        hold(value)

    every()
    assert tried >= wanted


@pytest.mark.parametrize("part", shares(0.20), ids=str)
def test_any_text_ends_in_findings(part: tuple[int, int], tmp_path: Path) -> None:
    attempt(part, texts(), lambda raw: hold(tmp_path / "x.yaml", raw))


@pytest.mark.parametrize("part", shares(0.10), ids=str)
def test_any_bytes_end_in_findings(part: tuple[int, int], tmp_path: Path) -> None:
    attempt(part, st.binary(max_size=300), lambda raw: hold(tmp_path / "x.yaml", raw))


@pytest.mark.parametrize("part", shares(0.30), ids=str)
def test_any_mistake_ends_in_findings(part: tuple[int, int], tmp_path: Path) -> None:
    attempt(part, mistaken(), lambda raw: hold(tmp_path / "x.yaml", raw))


@pytest.mark.parametrize("part", shares(0.03), ids=str)
def test_any_data_end_in_findings(part: tuple[int, int], tmp_path: Path) -> None:
    attempt(part, MAPPINGS.map(as_yaml), lambda raw: hold(tmp_path / "x.yaml", raw))


@pytest.mark.parametrize("part", shares(0.365), ids=str)
def test_any_change_ends_in_findings(part: tuple[int, int], tmp_path: Path) -> None:
    attempt(part, changed(), lambda raw: hold(tmp_path / "x.yaml", raw))


@pytest.mark.parametrize("part", shares(0.005, per_part=100), ids=str)
def test_any_full_file_ends_in_findings(part: tuple[int, int], tmp_path: Path) -> None:
    attempt(part, full(), lambda raw: hold(tmp_path / "x.yaml", raw))


@pytest.mark.parametrize("part", shares(0.01, per_part=100), ids=str)
def test_whatever_can_be_read_can_be_followed(
    part: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every command on registers that somebody got half wrong; of a build, all but what MkDocs does."""
    monkeypatch.setattr("generator.cli.options.now", lambda: datetime(2026, 11, 21, 12, tzinfo=UTC))
    monkeypatch.setattr("generator.render.site.make_site", lambda *_: frozenset())
    attempt(part, registers(), lambda geval: follow(tmp_path / "register", geval))


@pytest.mark.parametrize("part", shares(0.01, per_part=500), ids=str)
def test_any_arguments_are_told_of(part: tuple[int, int], tmp_path: Path) -> None:
    """Whatever somebody types: an answer, findings, or what is wrong with it."""
    shutil.copytree(BASIS, tmp_path / "register")
    (tmp_path / "register/dossiers").mkdir()
    (tmp_path / "register/dossiers/WB-1.yaml").write_text(f"id: WB-1\ntraject: woonbegeleiding\nstart: {VANDAAG}\n")
    arguments = st.lists(st.sampled_from(ARGUMENTS) | st.text(max_size=5), max_size=5)
    known = st.tuples(st.sampled_from(COMMANDS), arguments).map(lambda drawn: [drawn[0], *drawn[1]])
    attempt(part, known | arguments, lambda given: told(["--root", str(tmp_path / "register"), *given]))


# Files ----------------------------------------------------------------------------------------------------------------

KINDS: tuple[Any, ...] = (
    Dossier, Organisatie, dict[Slug, Partner], KalenderBestand, Trajectregels, dict[Slug, OverlegVerslag], Jaartelling,
)  # fmt: skip
BITS = [text.encode() for text in (
    " ", "  ", "\n", "\r", "\r\n", "\t", "#", " #", " #x", ":", ": ", "- ", "? ", ", ", "&a ", "*a", "!!x ", "!", "{",
    "}", "[", "]", '"', "'", "|", "|\n", ">", "%", "%YAML 1.1\n", "@", "`", "\\", '"\\x07"', '"\\u202e"', "---\n",
    "...\n", "<<: ", "a: ", "{a: ", "id: ", "soort: ", "~", "null", "true", "''", "0", "12", "1.5", "10:00", "é", "😀",
    "2026-02-30", "\0", "\x07", "\u00a0", "\u2028", "\u202e", "\ufeff",
)] + [b"\xe9", b"\xff"]  # fmt: skip
ODD: tuple[Any, ...] = (
    None, "", " ", "x", "X-1", "x" * 4001, "<b>{{ 7*7 }}</b>", "\u202e", "12", "true", "einde", "24:00",
    "2026-02-30", True, False, -(10**17), -121, -120, -1, 0, 1, 5, 120, 121, 600, 10**17, [], {}, [None], [[]], [{}],
    {"": ""}, {"soort": "overleg"}, {"soort": []}, {"x": {"x": ["x"]}},
)  # fmt: skip
DAYS = ("2000-01-01", "2024-02-29", "2025-12-31", "2026-01-31", "2026-11-21", "2026-11-26", "2099-12-31")
NUMBERS = (-120, -3, -1, 0, 1, 2, 3, 5, 6, 12, 13, 100, 119, 120)
COMMANDS = ("check", "planning", "agenda", "intervisie", "rapport", "zicht", "werklijst")
"""Those that read only: what is typed here may name any folder."""
ARGUMENTS = (
    *COMMANDS, "--help", "-h", "--", "-", "--date", "--root", "--format", "json", "text", "--explain", "--van", "--tot",
    "2026-11-26", "2026-02-30", "2026-11", "alfa", "WB-1", "dossiers", "dossiers/WB-1.yaml", ".", "..", "/dev/null", "",
    "\udcff", "x" * 300, "y" * 5000, "--datum", "--date=", "--format=x", "--jobs", "-1", "99999999999999999999",
)  # fmt: skip
RULES = (
    "FREQ=MONTHLY;BYDAY=5MO", "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    "FREQ=MONTHLY;INTERVAL=7;BYDAY=1TU", "FREQ=YEARLY;INTERVAL=25;BYMONTH=1;BYMONTHDAY=1", "FREQ=YEARLY;BYEASTER=1",
    "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=SU", "freq=monthly;byday=-1th",
)  # fmt: skip


@cache
def good_files() -> list[bytes]:
    """Every file of the demonstration and of the tests: good ones, but for those that a test breaks."""
    folders = (PROJECT / "dossiers", PROJECT / "protocol", BASIS, TESTS / "cases", TESTS / "reading")
    paths = [path for folder in folders for path in sorted(folder.rglob("*.yaml")) if path.is_file()]
    return [path.read_bytes() for path in paths if path.name != "geval.yaml"]


@cache
def good_data() -> list[Any]:
    """The same as plain data, where they can be read."""
    return [item for raw in good_files() if (item := plain(raw)) is not None]


def plain(raw: bytes) -> Any:
    """The data of a file, with lists for tuples; None when it cannot be read."""
    with NamedTemporaryFile() as file:
        file.write(raw)
        file.flush()
        document, _ = load(Path(file.name), "x.yaml")
    return document and json.loads(json.dumps(document.data))


@cache
def known() -> dict[str, list[Any]]:
    """What each key holds in any of them."""
    found: dict[str, list[Any]] = {}
    for item in good_data():
        for holder, key in spots(item):
            if isinstance(key, str):
                found.setdefault(key, []).append(holder[key])
    return found


def texts() -> st.SearchStrategy[bytes]:
    """Bits of YAML and text in any order."""
    return st.lists(st.sampled_from(BITS) | st.text(max_size=8).map(str.encode), max_size=60).map(b"".join)


@st.composite
def full(draw: st.DrawFn) -> bytes:
    """About as much as a file may hold: of the same few bits, or of what a list of a good file holds."""
    if draw(st.booleans()):
        again = draw(st.lists(st.sampled_from(BITS), min_size=1, max_size=8).map(b"".join))
        return draw(texts()) + again * (draw(st.integers(60_000, 66_000)) // len(again))
    item, random = deepcopy(draw(st.sampled_from(good_data()))), draw(st.randoms(use_true_random=True))
    fill(item, random)
    change(item, random, ODD)
    return as_yaml(item)


def fill(value: Any, random: Random) -> None:
    """Make some list in the data as long as fits."""
    lists = [holder[key] for holder, key in spots(value) if isinstance(holder[key], list) and holder[key]]
    if lists:
        chosen = random.choice(lists)
        chosen *= max(1, (64_000 - len(as_yaml(value))) // len(as_yaml(chosen)))


@st.composite
def mistaken(draw: st.DrawFn) -> bytes:
    """A good file after a few slips of the hand."""
    raw, random = draw(st.sampled_from(good_files())), draw(st.randoms(use_true_random=True))
    for _ in range(draw(st.sampled_from([1, 1, 1, 2, 3, 6]))):
        raw = mistake(raw, random)
    return raw


def mistake(raw: bytes, random: Random) -> bytes:
    """One slip of the hand: in the bytes, or in the lines."""
    at = random.randrange(len(raw) + 1)
    lines = raw.splitlines(keepends=True) or [b""]
    line = random.randrange(len(lines))
    match random.randrange(7):
        case 0:
            return raw[:at] + random.choice(BITS) + raw[at:]
        case 1:
            return raw[:at] + raw[at + random.randrange(1, 9) :]
        case 2:
            return raw[:at] + bytes([random.randrange(256)]) + raw[at + 1 :]
        case 3:
            return b"".join(lines[:line] + lines[line + 1 :])
        case 4:
            return b"".join(lines[: line + 1] + lines[line:])
        case 5:
            return b"".join([*lines[:line], b" " * random.randrange(1, 5), *lines[line:]])
        case _:
            random.shuffle(lines)
            return b"".join(lines)


@st.composite
def changed(draw: st.DrawFn) -> bytes:
    """The data of a good file after a few changes: well-formed YAML of about the right structure."""
    item, random = deepcopy(draw(st.sampled_from(good_data()))), draw(st.randoms(use_true_random=True))
    for _ in range(draw(st.sampled_from([1, 1, 1, 2, 3, 6]))):
        change(item, random, ODD)
    return as_yaml(item)


def as_yaml(value: Any) -> bytes:
    """JSON is YAML too."""
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def spots(value: Any) -> list[tuple[Any, Any]]:
    """Every place in nested data: what holds it, and by which key."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    return [spot for key in keys for spot in ((value, key), *spots(value[key]))]


def change(value: Any, random: Random, odd: Sequence[Any]) -> None:
    """One change somewhere in the data: another value, one too many or too few, or what stands elsewhere."""
    places = spots(value)
    if not places:
        return
    holder, key = random.choice(places)
    match random.randrange(8):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, list):
            holder.insert(random.randrange(len(holder) + 1), deepcopy(holder[key]))
        case 2 if odd:
            holder[key] = deepcopy(random.choice(odd))
        case 3 if odd:
            other, name = random.choice(places)
            holder[key] = deepcopy(other[name])
        case 4 if odd:
            name = random.choice(sorted(known()))
            holder[name if isinstance(holder, dict) else key] = deepcopy(random.choice(known()[name]))
        case _:
            holder[key] = another(holder[key], key, random)


def another(value: Any, key: Any, random: Random) -> Any:
    """Another value of that kind: a number, a date, a rule, a list with one more, or what the key holds elsewhere."""
    elsewhere = random.choice(known().get(key, [value]))
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return random.choice(NUMBERS)
    if day := as_day(value):
        moved = random.choice([day, day, *map(date.fromisoformat, DAYS)]) + timedelta(random.randrange(-40, 41))
        return moved.isoformat()
    if isinstance(value, str) and "FREQ=" in value:
        return random.choice(RULES)
    if isinstance(value, list) and isinstance(elsewhere, list) and elsewhere:
        return [*value, deepcopy(random.choice(elsewhere))]
    return deepcopy(elsewhere)


def as_day(value: Any) -> date | None:
    try:
        return read_datum(value)
    except ValueError:
        return None


def hold(file: Path, raw: bytes) -> None:
    """No exception, no wait; each finding on one line, at a place that exists."""
    file.write_bytes(raw)
    with bounded():
        findings = read_as_any_kind(file)
    lines = re.split(r"\r\n|\r|\n", raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace"))
    for finding in findings:
        assert finding.path == "x.yaml"
        assert finding.code in {"BESTAND", "YAML", "SLEUTEL", "WAARDE"}
        assert 1 <= finding.line <= len(lines), finding
        assert 1 <= finding.column <= len(lines[finding.line - 1]) + 1, finding
        hold_finding(finding)


def read_as_any_kind(file: Path) -> list[Finding]:
    document, findings = load(file, "x.yaml")
    assert document or findings
    for kind in KINDS if document else ():
        value, wrong = validate(kind, document)
        assert (value is None) == bool(wrong)
        findings = findings + wrong
    return findings


def hold_finding(finding: Finding) -> None:
    assert not {unicodedata.category(char) for char in str(finding)} & {"Cc", "Cs", "Zl", "Zp"}, finding
    assert len(str(finding)) < 400, finding


# Registers ------------------------------------------------------------------------------------------------------------


class Geval(NamedTuple):
    """A register that somebody changed, and the date on which it is looked at."""

    case: str
    dossiers: tuple[str, ...]
    files: dict[str, bytes]
    """By path; those of the case, and of the base protocol, that are not among them stay."""
    op: date
    maand: str


@cache
def files_of(folder: Path) -> dict[str, bytes]:
    """What a register can hold, by path from its root."""
    paths = (path for name in ("dossiers", "protocol") for path in sorted((folder / name).rglob("*.yaml")))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


@cache
def cases() -> dict[str, dict[str, bytes]]:
    """Every case over the base protocol; and the demonstration."""
    folders = [path for path in sorted((TESTS / "cases").iterdir()) if path.name != "fout-protocol"]
    return {"": files_of(PROJECT)} | {path.name: files_of(BASIS) | files_of(path) for path in folders}


@st.composite
def registers(draw: st.DrawFn) -> Geval:
    """A case, or a few dossiers of the demonstration, after changes of which most can be read."""
    case, random = draw(st.sampled_from(list(cases()))), draw(st.randoms(use_true_random=True))
    files = cases()[case]
    dossiers = [path for path in files if path.startswith("dossiers/")]
    kept = tuple(random.sample(dossiers, min(4, len(dossiers))))
    protocol = [path for path in files if path.startswith("protocol/")]
    touched = random.sample(kept, min(len(kept), random.choice([0, 1, 1, 2]))) or [random.choice(protocol)]
    changed = {path: damaged(files[path], random) for path in touched}
    return Geval(case, kept, changed, a_day(random), f"{a_day(random):%Y-%m}")


def damaged(raw: bytes, random: Random) -> bytes:
    item = plain(raw)
    if item is None:
        return raw
    if random.randrange(20) == 0:
        fill(item, random)
    for _ in range(random.choice([1, 1, 2, 3])):
        change(item, random, ())
    return as_yaml(item)


def a_day(random: Random) -> date:
    if random.random() < 0.1:
        return date.fromisoformat(random.choice(DAYS))
    return VANDAAG + timedelta(days=random.randrange(-700, 700))


def follow(root: Path, geval: Geval) -> None:
    """Everything that commands make of a register: an answer or findings."""
    shutil.rmtree(root, ignore_errors=True)
    for path, raw in (cases()[geval.case] | geval.files).items():
        if not path.startswith("dossiers/") or path in geval.dossiers:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(raw)
    with bounded():
        register, findings = read_register(root)
    for finding in findings:
        hold_finding(finding)
    commands = [["check"], ["planning", "--explain"], ["rapport", "--format", "json"], ["build", "--jobs", "1"]]
    if register:
        commands += [["agenda", partner, geval.maand] for partner in list(register.partners)[:2]]
        commands += [["planning", "--format", "json", dossier] for dossier in list(register.dossiers)[:2]]
        commands += [["intervisie", str(day)] for day in register.kalender.intervisie.data[:1]]
    gc.unfreeze()  # each reading sets aside what there is, garbage of the test too
    for command in commands:
        answer(["--root", str(root), "--date", str(geval.op), *command])


def answer(command: list[str]) -> None:
    assert told(command) in (0, 1)


def told(command: list[str]) -> int:
    """The exit code of a command; whatever it is, something was said."""
    with bounded(5):
        result = CliRunner(env={"WOONTRAJECT_GEHEIM": "geheim"}).invoke(cli, command, catch_exceptions=False)
    assert result.exit_code in (0, 1, 2)
    assert result.output
    return result.exit_code


def test_a_term_that_goes_back_for_ages(register: Callable[..., Path]) -> None:
    """Two hundred extensions of minus ten years each: found wrong, where once the year 0 stopped the run."""
    names = ("eindevaluatie", *(f"eindevaluatie-verlenging-{number}" for number in range(1, 220)))
    visit = {"soort": "huisbezoek", "datum": "2026-03-05", "besluit": "verlengen", "maanden": -120}
    dossier = {
        "id": "VT-2026-001",
        "traject": "versnelde-toewijzing",
        "start": "2026-02-01",
        "aanmelding": {"datum": "2025-12-04", "partner": "alfa"},
        "begeleiding": [{"partner": "alfa", "begeleider": "ALFA-01", "vanaf": "2026-02-01"}],
        "logboek": [visit | {"moment": name} for name in names],
    }
    found = findings_of(register({"dossiers/VT-2026-001.yaml": json.dumps(dossier)}))
    assert sum(finding.code == "VT-7.4" for finding in found) >= len(names)
