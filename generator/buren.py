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
        wanted = [path for path in paths if self.wanted(path)]
        contents = {path: document.data for path in wanted if (document := self.load(path)[0])}
        followed = {str(data["vervolg_op"]) for data in contents.values() if "vervolg_op" in data}
        if not followed <= set(map(_stem, paths)):
            return iter(paths)  # what it says then names the dossier that looks most like it
        words = {*followed, *map(_stem, wanted), *(word for data in contents.values() for word in self.words(data))}
        return (path for path in paths if self.wanted(path) or self.may_hold(path, words))

    def words(self, data: dict[str, Any]) -> Iterator[str]:
        """What other files may hold that matters: its id; its traject, if that counts or ties dwellings (WW-4)."""
        if "id" in data:
            yield str(data["id"])
        traject = str(data.get("traject"))
        if any(item.regels.capaciteit or item.regels.woninggebonden for item in self.trajecten.get(traject, ())):
            yield traject

    def may_hold(self, path: str, words: set[str]) -> bool:
        """An escape (`\\x41`) may hide a word; what cannot be read may hold anything."""
        text = read_text(self.root / path, path)
        return text is None or "\\" in text or any(word in path or word in text for word in words)


def _stem(path: str) -> str:
    """The id of a dossier, by the name of its file."""
    return Path(path).stem
