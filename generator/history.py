"""When each part of a register last really changed, from git: one `git log` for all."""

import os
import re
import subprocess
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from generator.findings import Gestopt
from generator.model.dossier import Dossier
from generator.register import KALENDER, ORGANISATIE, PARTNERS, Register

BRUSSEL = ZoneInfo("Europe/Brussels")
GELIJK = "-M70%"
"""From here on a file that appears where another goes is that one by a new name: dossiers look much like each other."""
_OVERLEG = (KALENDER, "protocol/overleg/")


@dataclass(frozen=True)
class History:
    """The newest commit of each path below the root, as of the whole first-parent history."""

    commits: dict[str, datetime] = field(default_factory=dict)
    _known: dict[tuple[str, ...], datetime] = field(default_factory=dict, repr=False, compare=False)
    """The newest commit below each group of prefixes: every dossier of a track asks the same."""

    def met_alleen(self, paths: Collection[str]) -> "History":
        """The history of the protocol and of these dossiers."""
        known = {path: when for path, when in self.commits.items() if path in paths or path.startswith("protocol/")}
        return History(known)

    def of_dossier(self, register: Register, dossier: Dossier, op: date) -> datetime:
        """The newest commit of the dossier, its track's rules or the calendar; else its newest date not ahead."""
        path = register.paden[dossier.id]
        if path not in self.commits:
            return _newest_date(dossier, op)
        return max(self.commits[path], self._newest((f"protocol/{dossier.traject}/", *_OVERLEG)))

    def of_kalender(self, op: date) -> datetime:
        """The newest commit of the calendar, the partners or the organisation; else the first of the year before."""
        found = self._newest((*_OVERLEG, PARTNERS, ORGANISATIE))
        return found if self.commits else datetime(op.year - 1, 1, 1, tzinfo=UTC)

    def _newest(self, prefixes: tuple[str, ...]) -> datetime:
        if prefixes not in self._known:
            found = (when for path, when in self.commits.items() if path.startswith(prefixes))
            self._known[prefixes] = max(found, default=_EPOCH)
        return self._known[prefixes]


_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)


def read_history(root: Path) -> History:
    """The history of a root that is, or lies in, a git work tree; an empty one elsewhere.

    A merge counts from when it reached the main line, so that times never go back.
    """
    if not in_git(root):
        return History()
    log = git(root, *_LOG)
    if log.returncode:
        raise Gestopt(f"git kan de geschiedenis niet lezen: {log.stderr.strip()}")
    return History(_parse(log.stdout))


class Versie(NamedTuple):
    """What a commit made of a file, or made another of."""

    moment: datetime
    pad: str
    """From the top of the working copy."""
    blob: str
    """Its id in git; zeros: there was none."""


def versions_of(root: Path, path: str) -> Iterator[Versie]:
    """Each version of a file, the newest first, back through its renames.

    Git takes a new file for a copy of one that looks like it, as dossiers do: there its history begins.
    """
    log = git(root, "log", "--follow", GELIJK, "--format=%x01%ct", "--raw", "--no-abbrev", "-z", "--", path).stdout
    for commit in log.split("\x01")[1:]:
        stamp, *parts = commit.split("\0")
        moment = datetime.fromtimestamp(int(stamp), BRUSSEL)
        for index, part in enumerate(parts):
            if found := re.fullmatch(r"\s*:\d+ \d+ ([0-9a-f]+) ([0-9a-f]+) ([A-Z])\d*", part):
                before, after, kind = found.groups()
                if kind == "C":
                    yield Versie(moment, parts[index + 2], after)
                    return
                yield Versie(moment, parts[index + (2 if kind == "R" else 1)], after)
                yield Versie(moment, parts[index + 1], before)


def days_of_change(root: Path, path: str) -> tuple[date, ...]:
    """The days on which a file was changed, the first one first; none where there is no history."""
    found = versions_of(root, path) if in_git(root) else ()
    return tuple(sorted({version.moment.date() for version in found}))


def in_git(root: Path) -> bool:
    """Whether the root is, or lies in, a git work tree with commits; one that cannot be read whole stops the run."""
    try:
        shallow = git(root, "rev-parse", "--is-shallow-repository")
    except FileNotFoundError:
        if _in_checkout(root):
            raise Gestopt("git ontbreekt op deze computer, en de geschiedenis staat erin") from None
        return False
    if shallow.returncode:
        if "dubious ownership" in shallow.stderr:
            text = "git vertrouwt deze map niet (andere eigenaar): voer uit: git config --global --add safe.directory"
            raise Gestopt(f"{text} {root.resolve()}")
        if _in_checkout(root):
            raise Gestopt(f"git kan de geschiedenis niet lezen: {shallow.stderr.strip()}")
        return False
    if shallow.stdout.strip() == "true":
        raise Gestopt("dit is een ondiepe kloon, zonder de hele geschiedenis: voer uit: git fetch --unshallow")
    return git(root, "rev-parse", "--verify", "-q", "HEAD").returncode == 0


def _in_checkout(root: Path) -> bool:
    """Whether git should know this folder: without its history, times would silently go back."""
    return any((folder / ".git").exists() for folder in (root.resolve(), *root.resolve().parents))


_LOG = (
    *("-c", "core.quotePath=false", "-c", "log.showRoot=true"),
    *("log", "-z", "--first-parent", "--diff-merges=first-parent", "--no-renames"),
    *("--relative", "--name-only", "--format=%x01%ct", "--", "dossiers", "protocol"),
)


def git(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Git in the root itself, in English: its hooks set GIT_DIR to another place."""
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(
        command, capture_output=True, encoding="utf-8", errors="replace", check=False, env=_environment()
    )


def git_bytes(root: Path, *arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The same for what is no text; `given` is what it reads."""
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, input=given, capture_output=True, check=False, env=_environment())


def _environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key not in _OF_HOOKS} | {"LC_ALL": "C"}


_OF_HOOKS = {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY"}


def _parse(log: str) -> dict[str, datetime]:
    commits: dict[str, datetime] = {}
    for commit in log.split("\x01")[1:]:
        stamp, _, paths = commit.partition("\x00")
        when = datetime.fromtimestamp(int(stamp), UTC)
        for path in paths.lstrip("\n").split("\x00"):
            if name := path.strip("\n"):
                commits[name] = max(when, commits.get(name, when))
    return commits


def _newest_date(dossier: Dossier, op: date) -> datetime:
    """The newest date in the dossier that is not ahead."""
    found = [day for day in _dates_in(dossier.model_dump()) if day <= op]
    return datetime.combine(max(found, default=_EPOCH.date()), time(), UTC)


def _dates_in(value: object) -> list[date]:
    match value:
        case date():
            return [value]
        case dict():
            return [day for item in value.values() for day in _dates_in(item)]
        case list() | tuple():
            return [day for item in value for day in _dates_in(item)]
    return []
