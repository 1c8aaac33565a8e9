"""The register as it stands in a revision of git, read from git itself: nothing is checked out."""

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TypeVar

from generator.findings import Finding, Gestopt, VerkeerdGebruik
from generator.history import git, git_bytes, in_git
from generator.load import Document, load_bytes, printable
from generator.model.dossier import Dossier
from generator.model.verschil import Basis
from generator.register import Reader, Register, without_collector

T = TypeVar("T")
HOOFDTAKKEN = ("origin/main", "main", "origin/master", "master")
_LINK = "120000"


def find_base(root: Path, naam: str | None) -> Basis:
    """The revision of that name; without one where this branch left the main one, else the last commit."""
    if not in_git(root):
        raise Gestopt("deze map staat niet in git, of git heeft er nog geen versie van: er is niets om te vergelijken")
    if naam is not None:
        if commit := _commit(root, naam):
            return Basis(naam, commit)
        shown = printable(naam)[:80]
        raise VerkeerdGebruik(f"git kent ‘{shown}’ niet: geef een tak, een label of een commit (of haal die eerst op)")
    for branch in HOOFDTAKKEN:
        if _commit(root, branch) and (found := git(root, "merge-base", "HEAD", branch).stdout.strip()):
            return Basis(branch, found)
    return Basis("HEAD", _commit(root, "HEAD"))


def read_revision(root: Path, basis: Basis, nu: Register) -> tuple[Register, list[Finding]]:
    """All that can be read of it; what it lacks of the organisation, the partners or the calendar is that of `nu`.

    A dossier with the same bytes is not read again.
    """
    with without_collector():
        register, findings = _RevisionReader(root, basis.commit, nu).register()
    assert register is not None  # the files that it cannot do without are those of now
    return register, findings


def _commit(root: Path, naam: str) -> str:
    return git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{naam}^{{commit}}").stdout.strip()


class _RevisionReader(Reader):
    """Reads blobs in place of files."""

    def __init__(self, root: Path, commit: str, nu: Register) -> None:
        super().__init__(root)
        self.nu = nu
        self.tree = _tree(root, commit)
        self.known = {path: name for name, path in nu.paden.items() if self.is_same(path)}
        self.blobs = _blobs(root, {blob for path, (_, blob) in self.tree.items() if path not in self.known})

    def is_same(self, path: str) -> bool:
        """Whether a file that could be read has the same bytes."""
        mode, blob = self.tree.get(path, ("", ""))
        return mode != _LINK and blob == blob_id(self.nu.bronnen[path].text.encode(), len(blob))

    def exists(self, path: str) -> bool:
        return path in self.tree

    def load(self, path: str) -> tuple[Document | None, list[Finding]]:
        mode, blob = self.tree[path]
        if mode == _LINK:
            text = "deze verwijzing (link) kan in een vorige versie niet gevolgd worden: zet het bestand zelf hier"
            return None, [Finding(path, 1, 1, "fout", "BESTAND", text)]
        return load_bytes(self.blobs[blob], path)

    def read(self, path: str, kind: type[T]) -> T | None:
        if kind is Dossier and path in self.known:
            self.bronnen[path] = self.nu.bronnen[path]
            return self.nu.dossiers[self.known[path]]  # type: ignore[return-value]
        return super().read(path, kind)

    def required(self, path: str, kind: type[T]) -> T | None:
        value = super().required(path, kind)
        if value is not None:
            return value
        self.bronnen[path] = self.nu.bronnen[path]
        now = {"organisatie": self.nu.organisatie, "partners": self.nu.partners, "kalender": self.nu.kalender}
        return now[PurePosixPath(path).stem]  # type: ignore[return-value]

    def yaml_files(self, folder: str) -> Iterator[str]:
        """Those that git holds, in the order in which a folder is read."""
        for path in sorted((path for path in self.tree if path.startswith(f"{folder}/")), key=_order):
            if path.endswith(".yaml"):
                yield path
            elif path.lower().endswith((".yaml", ".yml")):
                self.error(path, f"de naam eindigt niet op .yaml: hernoem naar {PurePosixPath(path).stem}.yaml")


def blob_id(content: bytes, length: int) -> str:
    """How git names content of a file; `length` tells which kind of names a repository has."""
    data = b"blob %d\0%s" % (len(content), content)
    return (hashlib.sha256(data) if length == 64 else hashlib.sha1(data, usedforsecurity=False)).hexdigest()


def _tree(root: Path, commit: str) -> dict[str, tuple[str, str]]:
    """Mode and blob of each file below `dossiers/` and `protocol/`."""
    listed = git_bytes(root, "ls-tree", "-r", "-z", commit, "--", "dossiers", "protocol")
    if listed.returncode:
        raise Gestopt(f"git kan die versie niet lezen: {listed.stderr.decode('utf-8', 'replace').strip()}")
    found = {}
    for row in filter(None, listed.stdout.split(b"\0")):
        head, _, name = row.partition(b"\t")
        mode, kind, blob = head.decode().split()
        if kind == "blob":
            found[printable(name.decode("utf-8", "replace"))] = (mode, blob)
    return found


def _blobs(root: Path, names: set[str]) -> dict[str, bytes]:
    """The content of blobs, in one run of git."""
    out = git_bytes(root, "cat-file", "--batch", given="".join(f"{name}\n" for name in sorted(names)).encode()).stdout
    found, at = {}, 0
    while at < len(out):
        end = out.index(b"\n", at)
        head = re.fullmatch(rb"([0-9a-f]+) blob (\d+)", out[at:end])
        if head is None:
            raise Gestopt("git mist een deel van die versie: haal de hele geschiedenis op met git fetch --unshallow")
        start, size = end + 1, int(head[2])
        found[head[1].decode()] = out[start : start + size]
        at = start + size + 1
    return found


def _order(path: str) -> list[tuple[int, str]]:
    """The files of a folder come before its folders."""
    *folders, name = path.split("/")
    return [*((1, folder) for folder in folders), (0, name)]
