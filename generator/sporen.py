"""What git holds of a dossier: every path that it ever had, on any branch, and where else its history is kept."""

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

from generator.history import git, in_git, versions_of
from generator.model.view import Remote, Sporen


def read_traces(
    root: Path, weg: Mapping[str, str], blijft: Mapping[str, str], gewijzigd: Mapping[str, str | None]
) -> Sporen | None:
    """What git holds of some dossiers (path by id), beside those that stay; None where there is no git.

    `gewijzigd`: every file that their removal writes, or removes (None). All paths are below the root.
    """
    if not in_git(root):
        return None
    return _Tracer(root, weg, blijft).traces(gewijzigd)


def pattern_of(ids: Collection[str], others: Collection[str]) -> str:
    """An expression that finds these ids, and none of another dossier: `VT-2026-01` is no part of `VT-2026-01-2`."""
    names = "|".join(_pattern(name, [other for other in others if name in other]) for name in ids)
    return f"(?<![A-Za-z0-9])({names})(?![A-Za-z0-9])"


def _pattern(name: str, longer: list[str]) -> str:
    before = "".join(f"(?<!{re.escape(other.removesuffix(name))})" for other in longer if other.endswith(f"-{name}"))
    after = "".join(f"(?!{re.escape(other.removeprefix(name))})" for other in longer if other.startswith(f"{name}-"))
    letters = "".join(f"[{c.upper()}{c.lower()}]" if c.isalpha() else c if c in "-_" else re.escape(c) for c in name)
    return f"{before}{letters}{after}"


class _Tracer:
    def __init__(self, root: Path, weg: Mapping[str, str], blijft: Mapping[str, str]) -> None:
        self.top = Path(git(root, "rev-parse", "--show-toplevel").stdout.strip())
        self.prefix = git(root, "rev-parse", "--show-prefix").stdout.strip()
        self.now = {self.prefix + path for path in weg.values()}
        self.others = {self.prefix + path for path in blijft.values()}
        self.weg, self.blijft = weg, blijft

    def traces(self, gewijzigd: Mapping[str, str | None]) -> Sporen:
        ever = set(self.names("log", "--all", "-m", "--no-renames", "--format=", "--name-only"))
        chain = [version for path in sorted(self.now) for version in versions_of(self.top, path)]
        mine = {version.blob for version in chain if set(version.blob) != {"0"}}
        ids = sorted({*self.weg, *filter(self.is_former, {self.id_in(blob) for blob in mine})})
        own = {path for path in ever if re.search(pattern_of(ids, self.blijft), path)} | self.holding(ids) | self.now
        paths = (own | {version.pad for version in chain}) & ever
        held = {path: self.blobs(path) for path in paths}
        shared = {path: blobs for path, blobs in held.items() if self.is_shared(path, own, blobs)}
        versions = {
            blob
            for blobs in shared.values()
            for blob, name in blobs.items()
            if name in ids or (blob in mine and name not in self.blijft)
        }
        return Sporen(
            map=str(self.top),
            kloon=str(self.beside()),
            bestanden=tuple(self.to_commit(gewijzigd)),
            paden=tuple(sorted(paths - shared.keys())),
            gedeeld=tuple(sorted(shared)),
            versies=tuple(sorted(versions)),
            ids=tuple(ids),
            patroon=pattern_of(ids, self.blijft),
            genoemd=bool(paths) or self.mentioned(ids),
            remote=self.remote(),
            andere_remotes=tuple(self.remotes()[1:]),
            werkmappen=tuple(sorted({*self.worktrees()} - {str(self.top)})),
        )

    def beside(self) -> Path:
        """A folder that is not there yet."""
        names = (f"{self.top.name}.opgeschoond{nr or ''}" for nr in count())
        return next(path for name in names if not (path := self.top.with_name(name)).exists())

    def is_former(self, name: str) -> bool:
        """Whether an earlier id was of this dossier alone: not a word, and not one that others began with too."""
        looks_so = re.fullmatch(r"[A-Z0-9]+(-[A-Z0-9]+)+", name) and name not in self.blijft
        return bool(looks_so) and not self.holding([name]) & self.others

    def holding(self, ids: Collection[str]) -> set[str]:
        """Every path that ever held a file with one of these ids, copies on a branch too."""
        names = "|".join(map(re.escape, ids))
        line = f"^[\"']?id[\"']?:[[:space:]]*[\"']?({names})[\"']?[[:space:]]*(#.*)?$"
        options = ("--all", "-m", "--no-renames", "--format=", "--name-only", "-i", "-E", f"-G{line}")
        return set(self.names("log", *options))

    def blobs(self, path: str) -> dict[str, str]:
        """Each version that a path had, on any branch, with the id in it."""
        options = ("--all", "-m", "--no-renames", "--format=", "--raw", "--no-abbrev")
        rows = git(self.top, "log", *options, "--", path).stdout.splitlines()
        return {blob: self.id_in(blob) for row in rows for blob in row.split()[2:4] if set(blob) != {"0"}}

    def id_in(self, blob: str) -> str:
        line = re.search(r"(?im)^[\"']?id[\"']?:\s*[\"']?([A-Z0-9-]+)", git(self.top, "cat-file", "blob", blob).stdout)
        return line[1].upper() if line else ""

    def is_shared(self, path: str, own: set[str], blobs: dict[str, str]) -> bool:
        """Whether another dossier has, or once had, this path: then only the versions of these go."""
        exists = path not in own and (self.top / path).exists()
        return path in self.others or exists or bool(self.blijft.keys() & {*blobs.values()})

    def mentioned(self, ids: Collection[str]) -> bool:
        """Whether a message, a text or the name of a branch or label in the history names one of them."""
        refs = git(self.top, "for-each-ref", "--format=%(refname)").stdout
        looks = [("-F", f"--grep={name}") for name in ids] + [(f"-G{re.escape(name)}",) for name in ids]
        found = (git(self.top, "log", "--all", "-1", "--format=%H", "-i", *look).stdout.strip() for look in looks)
        return bool(re.search(pattern_of(ids, self.blijft), refs)) or any(found)

    def to_commit(self, gewijzigd: Mapping[str, str | None]) -> Iterator[str]:
        """What was written, and what git knows of what was removed."""
        known = set(self.names("ls-tree", "-r", "--name-only", "HEAD"))
        paths = {self.prefix + path: text for path, text in gewijzigd.items()}
        return (path for path in sorted(paths) if paths[path] is not None or path in known)

    def remotes(self) -> list[str]:
        """The one that the history is published at comes first."""
        return sorted(git(self.top, "remote").stdout.split(), key=lambda name: name != "origin")

    def remote(self) -> Remote | None:
        """Where the history is published, and what is kept there beside branches and labels."""
        if not self.remotes():
            return None
        name = self.remotes()[0]
        url = git(self.top, "remote", "get-url", name).stdout.strip()
        folder = self.top / url.removeprefix("file://")
        local = str(folder.resolve()) if folder.is_dir() else None
        rows = git(self.top, "ls-remote", local).stdout.splitlines() if local else []
        refs = [row.partition("\t")[2] for row in rows]
        kept = [ref for ref in refs if ref.startswith("refs/") and not ref.startswith(("refs/heads/", "refs/tags/"))]
        secret = "@" in urlsplit(url).netloc and not url.startswith("ssh://")
        return Remote(
            naam=name,
            adres=None if secret else local or url,
            host=urlsplit(url).hostname or url.partition(":")[0].rpartition("@")[2],
            lokaal=local,
            verwijzingen=tuple(kept),
        )

    def worktrees(self) -> Iterator[str]:
        rows = git(self.top, "worktree", "list", "--porcelain").stdout.splitlines()
        return (row.removeprefix("worktree ") for row in rows if row.startswith("worktree "))

    def names(self, *arguments: str) -> list[str]:
        """What git lists, whatever stands in a name."""
        return [name.strip("\n") for name in git(self.top, *arguments, "-z").stdout.split("\0") if name.strip("\n")]
