"""A register that is read again and again: only the dossiers that changed since the time before are parsed."""

from pathlib import Path
from typing import TypeVar

from generator.findings import Finding
from generator.load import read_text
from generator.model.dossier import Dossier
from generator.register import Reader, Register, without_collector

T = TypeVar("T")


class Herlezer:
    """Reads what `read_register` does, and remembers it: of a thousand dossiers in a tenth of the time."""

    def __init__(self) -> None:
        self.eerder: Register | None = None

    def read(self, root: Path) -> tuple[Register | None, list[Finding]]:
        with without_collector():
            register, findings = _Reader(root, self.eerder).register()
        self.eerder = register or self.eerder
        return register, findings


class _Reader(Reader):
    """A dossier that could be read before, and has the same text, is the one of then."""

    def __init__(self, root: Path, eerder: Register | None) -> None:
        super().__init__(root)
        self.eerder = eerder

    def read(self, path: str, kind: type[T]) -> T | None:
        known = self.eerder.ids.get(path) if self.eerder and kind is Dossier else None
        if self.eerder and known and self.eerder.bronnen[path].text == read_text(self.root / path, path):
            self.bronnen[path] = self.eerder.bronnen[path]
            return self.eerder.dossiers[known]  # type: ignore[return-value]
        return super().read(path, kind)
