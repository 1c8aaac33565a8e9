"""A few dossiers of a register, with the others that a check of them may look at: quick, however many lie beside."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from generator.findings import Finding
from generator.load import read_text
from generator.register import Reader, Register, without_collector


def read_with_neighbours(root: Path, wanted: Callable[[str], bool]) -> tuple[Register | None, list[Finding]]:
    """The register with, of its dossiers, those of which the path is `wanted` and every file that could matter to them.

    What is found in the wanted ones is what is found in the whole register; of the other files it says less.
    """
    with without_collector():
        return _Reader(root, wanted).register()


class _Reader(Reader):
    """Which file matters is told by its text, before it is parsed: one that merely seems to is read too."""

    def __init__(self, root: Path, wanted: Callable[[str], bool]) -> None:
        super().__init__(root)
        self.wanted = wanted

    def dossier_files(self) -> Iterator[str]:
        paths = list(super().dossier_files())
        contents = dict(self.chains(paths))
        if any(data is None or str(data.get("id", _stem(path))) != _stem(path) for path, data in contents.items()):
            return iter(paths)  # what it says then names the dossier that looks most like it
        words = {word for path in contents for word in (_stem(path), *(self.words(path, contents[path] or {})))}
        return (path for path in paths if path in contents or self.may_hold(path, words))

    def chains(self, paths: list[str]) -> Iterator[tuple[str, dict[str, Any] | None]]:
        """What stands in the wanted files, and in all that these follow on, directly or not (WW-6); None: not known."""
        by_id, ahead, seen = {_stem(path): path for path in paths}, [*filter(self.wanted, paths)], set[str]()
        while ahead:
            path = ahead.pop()
            if path in seen:
                continue
            seen.add(path)
            document, _ = self.load(path)
            data = document.data if document else {}
            followed = str(data.get("vervolg_op", ""))
            yield path, data if not followed or followed in by_id else None
            ahead += [by_id[followed]] if followed in by_id else []

    def words(self, path: str, data: dict[str, Any]) -> Iterator[str]:
        """What other files may hold that matters beside its id: its traject, if it counts or ties dwellings (WW-4)."""
        traject = str(data.get("traject")) if self.wanted(path) else ""
        if any(item.regels.capaciteit or item.regels.woninggebonden for item in self.trajecten.get(traject, ())):
            yield traject

    def may_hold(self, path: str, words: set[str]) -> bool:
        """An escape (`\\x41`) may hide a word; what cannot be read may hold anything."""
        text = read_text(self.root / path, path)
        return text is None or "\\" in text or any(word in path or word in text for word in words)


def _stem(path: str) -> str:
    """The id of a dossier, by the name of its file."""
    return Path(path).stem
