"""The sources of the site: those of the register lie over those that come with the package."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator.begrippen import check_begrippen, read_begrippen
from generator.findings import Finding, Gestopt
from generator.model.begrip import Begrip
from generator.model.sources import Sources
from generator.register import Register

HERE = Path(__file__).parent
PACKAGED = HERE / "data" if (HERE / "data").is_dir() else HERE.parent
"""Packed in the wheel, or beside the package in a checkout."""
BEGRIPPEN = "site/begrippen.yaml"


@dataclass(frozen=True)
class SiteSources:
    """Everything that a site is made of beside its view."""

    texts: Sources
    assets: dict[str, bytes]
    """Styles and images by their path in the site."""
    config: Path
    """The `mkdocs.yml` in use; its `site/theme` lies beside it."""
    theme: dict[str, bytes]
    """What lies over the theme, by path."""

    @cached_property
    def inhoud(self) -> bytes:
        """All of it, to tell one from another."""
        return repr((self.texts, self.assets, self.config.read_bytes(), self.theme)).encode()


def read_sources(root: Path) -> SiteSources:
    """`site/` and `mkdocs.yml` of the register where it has them, file by file; else the packaged ones."""
    try:
        return _read_sources(root)
    except OSError as error:
        raise Gestopt(f"{error.filename} kan niet gelezen worden ({error.strerror})") from None


def check_sources(root: Path, register: Register) -> list[Finding]:
    """What is wrong in the data files of `site/`."""
    return check_begrippen(_begrippen(root), BEGRIPPEN, register)


def _begrippen(root: Path) -> Path:
    own = root / BEGRIPPEN
    return own if own.exists() else PACKAGED / BEGRIPPEN


def _words(root: Path) -> dict[str, Begrip]:
    begrippen, wrong = read_begrippen(_begrippen(root), BEGRIPPEN)
    if wrong:
        raise Gestopt("\n".join(map(str, wrong)))
    return begrippen


def _read_sources(root: Path) -> SiteSources:
    own = root / "mkdocs.yml"
    config = own if own.is_file() else PACKAGED / "mkdocs.yml"
    return SiteSources(
        texts=Sources(_texts(root, "templates"), _texts(root, "pages"), _words(root)),
        assets={f"assets/{name}": path.read_bytes() for name, path in _files(root, "assets").items()},
        config=config,
        theme={name: path.read_bytes() for name, path in _below(config.parent / "site/theme").items()},
    )


def _texts(root: Path, folder: str) -> dict[str, str]:
    return {name: _read(path) for name, path in _files(root, folder).items()}


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (UnicodeDecodeError, PermissionError):
        raise Gestopt(f"{path} is geen leesbare tekst in UTF-8") from None


def _files(root: Path, folder: str) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for base in (PACKAGED / "site" / folder, root / "site" / folder):
        found |= _below(base)
    return dict(sorted(found.items()))


def _below(base: Path) -> dict[str, Path]:
    return {path.relative_to(base).as_posix(): path for path in sorted(base.rglob("*")) if path.is_file()}
