"""What stops a build halfway (a kill, a signal, a full disk, rights, another build): it tells, and nothing is lost.

Every test builds for real, in a process of its own, over an earlier build of another day. Afterwards `build/` is that
earlier one or the whole new one, byte for byte, and nothing lies beside it.
"""

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from tests.conftest import BASIS, PROJECT
from tests.parts import without_privileges
from tests.test_build import dossier, files_of
from tests.test_reading import mode

DONE = "geen fouten, geen waarschuwingen"
EARLIER, LATER, OTHER = "2026-11-20", "2026-11-21", "2026-11-22"
BESIDE = {"dossiers", "protocol", "build", ".build.lock"}
"""What lies in a register after a build: of a build on its way there is more."""
RANDOM = Random("stopped")
MOMENTS = [RANDOM.uniform(number / 20, (number + 1) / 20) for number in range(20)]
"""Parts of the duration of a whole build."""

Files = dict[str, bytes]


class Builds(NamedTuple):
    """A register that was built for the earlier day, and what a build of each day gives."""

    root: Path
    old: Files
    new: Files
    seconds: float
    """How long the build of the later day took."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Builds:
    root = make_register(tmp_path_factory.mktemp("gebouwd") / "register")
    finish(start(root, EARLIER))
    old = files_of(root / "build")
    copy = copy_of(root, tmp_path_factory.mktemp("later") / "register")
    begin = time.monotonic()
    finish(start(copy, LATER))
    return Builds(root, old, files_of(copy / "build"), time.monotonic() - begin)


@pytest.fixture
def root(made: Builds, tmp_path: Path) -> Path:
    return copy_of(made.root, tmp_path / "register")


def make_register(root: Path) -> Path:
    shutil.copytree(BASIS, root)
    (root / "dossiers").mkdir()
    (root / "dossiers/VT-2026-001.yaml").write_text(dossier(), encoding="utf-8")
    (root / "dossiers/VT-2026-002.yaml").write_text(dossier("VT-2026-002"), encoding="utf-8")
    return root


def copy_of(root: Path, target: Path) -> Path:
    shutil.copytree(root, target)
    return target


def start(
    root: Path, day: str, *arguments: str, prefix: Sequence[str] = (), prepare: Callable[[], None] | None = None
) -> subprocess.Popen[str]:
    """A build in a session of its own, as a terminal would start it; `prefix` is what runs it."""
    (root.parent / "tijdelijk").mkdir(exist_ok=True)
    environment = os.environ | {
        "PYTHONPATH": str(PROJECT),
        "TMPDIR": str(root.parent / "tijdelijk"),
        "WOONTRAJECT_GEHEIM": "geheim van de test",
    }
    command = [*prefix, sys.executable, "-B", "-m", "generator", "--root", str(root), "build", "--date", day]
    return subprocess.Popen(
        [*command, "--jobs", "2", *arguments],
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment,
        start_new_session=True,
        preexec_fn=prepare,
    )


def finish(process: subprocess.Popen[str], code: int = 0, said: str = "") -> str:
    """Wait for a build that ends with this code, and says this and never a traceback."""
    _, errors = process.communicate(timeout=60)
    assert process.returncode == code, errors
    assert said in errors
    assert "Traceback" not in errors
    assert "Error" not in errors
    return errors


def wait_until(true: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + 20
    while not true():
        assert time.monotonic() < deadline, what
        time.sleep(0.005)


def is_writing(root: Path) -> bool:
    return any(root.glob(".build.woontraject-*/sites"))


def alive(session: int) -> list[str]:
    """The processes of a session that are not dead, though perhaps nobody buried them yet."""
    found = []
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # gone meanwhile
            state, _, _, of = file.read_text().rpartition(")")[2].split()[:4]
            found += [file.parent.name] if int(of) == session and state != "Z" else []
    return found


def assert_whole(root: Path, made: Builds) -> None:
    assert files_of(root / "build") in (made.old, made.new)


def assert_nothing_beside(root: Path) -> None:
    assert {path.name for path in root.iterdir()} == BESIDE
    assert list((root.parent / "tijdelijk").iterdir()) == []


# Killed ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: f"{moment:.0%}")
def test_killed_at_any_moment(moment: float, made: Builds, root: Path) -> None:
    """The last good build stays whole, no worker lives on, and the next build cleans up and works."""
    process = start(root, LATER)
    time.sleep(moment * made.seconds)
    process.kill()
    process.communicate()
    assert_whole(root, made)
    wait_until(lambda: not alive(process.pid), "a worker outlives its build")
    assert_whole(root, made)
    finish(start(root, LATER))
    assert files_of(root / "build") == made.new
    assert_nothing_beside(root)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
@pytest.mark.parametrize("delay", [0.0, 0.2])
def test_stopped_by_a_signal(number: signal.Signals, delay: float, made: Builds, root: Path) -> None:
    """Ctrl+C, which a terminal sends to the workers too, and what a machine sends that closes down."""
    process = start(root, LATER)
    wait_until(lambda: is_writing(root), "the build never began to write")
    time.sleep(delay)
    (os.killpg if number == signal.SIGINT else os.kill)(process.pid, number)
    _, errors = process.communicate(timeout=20)
    assert "Traceback" not in errors
    wait_until(lambda: not alive(process.pid), "a worker outlives its build")
    assert (process.returncode, errors.splitlines()[-1]) in ((0, DONE), (130, "woontraject: afgebroken"))
    assert_whole(root, made)
    assert_nothing_beside(root)


# Two at once ----------------------------------------------------------------------------------------------------------


def test_two_builds_at_once(made: Builds, root: Path) -> None:
    """The second one stops, the first one goes on; who reads meanwhile always finds a whole page."""
    page = root / "build/sites/publiek/index.html"
    first = start(root, LATER)
    wait_until(lambda: is_writing(root), "the build never began to write")
    os.killpg(first.pid, signal.SIGSTOP)  # however busy the machine, the second comes in time
    finish(start(root, OTHER), 1, "er loopt al een bouw")
    os.killpg(first.pid, signal.SIGCONT)
    pages = set()
    while first.poll() is None:
        pages.add(page.read_bytes())
    finish(first)
    assert pages <= {files["sites/publiek/index.html"] for files in (made.old, made.new)}
    assert files_of(root / "build") == made.new
    assert_nothing_beside(root)


# Full disks -----------------------------------------------------------------------------------------------------------

PAGE = 4096
ON_A_SMALL_DISK = """
mount -t tmpfs -o size="$SIZE" none "$DISK" && cp -a "$OLD" "$DISK/build" || exit 9
TMPDIR="$DISK" "$@"
code=$?
ls -A "$DISK" >"$AFTER.txt"
cp -a "$DISK/build" "$AFTER"
exit $code
"""


def may_mount() -> bool:
    """Whether the system lets us have a disk of our own; in a container it may not."""
    tried = ["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"]
    return bool(shutil.which("unshare")) and not subprocess.run(tried, capture_output=True, check=False).returncode


class SmallDisk:
    """A build on a disk with little room: one of its own where the system lets us, else files that may not grow."""

    def __init__(self, made: Builds, folder: Path) -> None:
        self.made, self.folder = made, folder
        self.real = may_mount()
        sizes = [-(-len(raw) // PAGE) * PAGE for raw in made.old.values()]
        self.used, self.largest = sum(sizes), max(sizes)

    def build(self, room: float) -> bool:
        """Whether it worked; when it did not the message says why and the old build is there. `room`: 1 is enough for
        the pages alone."""
        root = copy_of(self.made.root, self.folder / str(room) / "register")
        if self.real:
            process = self.start_on_disk(root, int(self.used * (1 + room)))
        else:
            most = int(self.largest * room)
            process = start(root, LATER, prepare=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)))
        _, errors = process.communicate(timeout=60)
        refused = "de schijf is vol: maak plaats vrij" if self.real else "een bestand mag hier niet zo groot worden"
        if process.returncode:
            assert process.returncode == 1
            assert re.fullmatch(rf"(Sites\n)?woontraject: {refused}: /\S+\n", errors), errors
        out = root.parent / "after" if self.real else root / "build"
        assert files_of(out) == (self.made.old if process.returncode else self.made.new)
        if self.real:
            beside = (root.parent / "after.txt").read_text(encoding="utf-8").split()
            assert set(beside) <= {".build.lock", "build"}
        assert_nothing_beside(root)
        return process.returncode == 0

    def start_on_disk(self, root: Path, size: int) -> subprocess.Popen[str]:
        disk = self.folder / "disk"
        disk.mkdir(exist_ok=True)
        values = {"SIZE": size, "DISK": disk, "OLD": self.made.root / "build", "AFTER": root.parent / "after"}
        given = (f"{name}={value}" for name, value in values.items())
        prefix = ("env", *given, "unshare", "-rm", "sh", "-c", ON_A_SMALL_DISK, "sh")
        return start(root, LATER, "--out", str(disk / "build"), prefix=prefix)


def test_a_full_disk(made: Builds, tmp_path: Path) -> None:
    """However full: no room at all, a little, and from both sides up to just too little and just enough."""
    disk = SmallDisk(made, tmp_path)
    assert not disk.build(0)
    assert not disk.build(0.3)
    full, enough = 0.9, 1.4
    assert disk.build(enough)
    for _ in range(3):
        middle = (full + enough) / 2
        full, enough = (full, middle) if disk.build(middle) else (middle, enough)


# Rights ---------------------------------------------------------------------------------------------------------------


def test_a_register_that_may_not_be_written(made: Builds, root: Path) -> None:
    with mode(root, 0o555):
        finish(start(root, LATER, prefix=without_privileges()), 1, "hier mag niet gelezen of geschreven worden: /")
        assert files_of(root / "build") == made.old
        assert_nothing_beside(root)


def test_an_earlier_build_that_may_not_be_written(made: Builds, root: Path) -> None:
    """It is replaced as any other: that is for the folder that it lies in to say."""
    for folder in [path for path in (root / "build").rglob("*") if path.is_dir()]:
        folder.chmod(0o555)
    (root / "build").chmod(0o555)
    finish(start(root, LATER, prefix=without_privileges()))
    assert files_of(root / "build") == made.new
    assert_nothing_beside(root)


# Nobody who listens ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("check >&-", 0),
        ("check >&- 2>&- <&-", 0),
        ("check --format json >/dev/full", 1),
        ("--help >/dev/full", 1),
        ("planning --format json >/dev/full", 1),
        ("planning --format json 2>/dev/full", 0),
        ("build --date 2026-11-21 >&- 2>&-", 0),
        ("build --date 2026-11-21 2>/dev/full", 1),
    ],
)
def test_output_that_goes_nowhere(line: str, code: int, made: Builds, root: Path) -> None:
    """Closed, or a full disk: nothing to be told, or told without a traceback; and a build is whole."""
    result = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m generator --root "{root}" {line}'],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ
        | {"PYTHONPATH": str(PROJECT), "WOONTRAJECT_GEHEIM": "geheim van de test", "PYTHONUNBUFFERED": ""},
    )
    assert result.returncode == code, result.stderr
    assert "Traceback" not in result.stderr
    assert "Exception" not in result.stderr
    assert files_of(root / "build") == (made.new if line.startswith("build") and not code else made.old)


@pytest.mark.parametrize("command", ["check", "planning", "--help"])
def test_a_reader_that_leaves(command: str, root: Path) -> None:
    """As `head` does: no traceback."""
    reader, writer = os.pipe()
    os.close(reader)
    line = [sys.executable, "-m", "generator", "--root", str(root), command]
    (root / "dossiers/VT-2026-003.yaml").write_text("[\n", encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}
    result = subprocess.run(line, stdout=writer, stderr=subprocess.PIPE, text=True, check=False, env=environment)
    os.close(writer)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert "Exception" not in result.stderr
