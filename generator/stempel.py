"""What a build may take over from the one before it: what was made from the same, and what nobody touched since.

The stamp stands in the mark of a build. It holds digests alone: of all that the build was made from, of what each site
was made from, and of the files that came of it. So a build that takes over is the same, byte for byte, as one that does
not; and a stamp that cannot be read, or files that were changed, cost nothing but time.
"""

import json
import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import cache
from hashlib import blake2b
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from generator.output import MARK, link

SITES = "sites"
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Sitestempel:
    """Of one site, and of what its audience gets beside it."""

    uit: str
    """What its view was derived from."""
    van: str
    """What it was made from: the view itself."""
    inhoud: str
    """What it holds."""
    scripts: list[str]
    """Those in its pages."""
    naast: dict[str, str]
    """The digest of each file beside it, by that of its path: names and addresses are not for everyone."""


@dataclass(frozen=True)
class Stempel:
    """Of a build."""

    van: str = ""
    """What it was made from; the same whichever of the sites it made."""
    doelgroepen: list[str] = field(default_factory=list)
    """Every audience that there is."""
    inhoud: str = ""
    """Of all beside the sites."""
    sites: dict[str, Sitestempel] = field(default_factory=dict)
    """By name of the audience."""

    @property
    def is_deel(self) -> bool:
        """Whether it made some of the sites only."""
        return self.sites.keys() < set(self.doelgroepen)


def read_stempel(out: Path) -> Stempel:
    """The stamp of an earlier build; an empty one where there is none to be read."""
    try:
        known = json.loads((out / MARK).read_text(encoding="utf-8"))
        sites = {name: Sitestempel(**site) for name, site in known["sites"].items()}
        return Stempel(known["van"], known["doelgroepen"], known["inhoud"], sites)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Stempel()


def write_stempel(folder: Path, van: str, doelgroepen: list[str], sites: dict[str, Sitestempel]) -> None:
    """The stamp of a build that is whole."""
    stempel = Stempel(van, doelgroepen, digest_of_folder(folder, beside=SITES), dict(sorted(sites.items())))
    (folder / MARK).write_text(json.dumps(asdict(stempel), indent=1) + "\n", encoding="utf-8")


def digest(parts: Iterable[object]) -> str:
    """Of values that say what they are: text, bytes, dates, and dataclasses of these."""
    found = blake2b(digest_size=20)
    for part in parts:
        data = part if isinstance(part, bytes) else repr(part).encode()
        found.update(len(data).to_bytes(8, "big") + data)
    return found.hexdigest()


def pieces(value: Any) -> Iterator[object]:
    """The fields of a dataclass, of a long one each item: all at once would be as much text as a site."""
    for item in fields(value):
        held = getattr(value, item.name)
        yield item.name
        yield from (held if isinstance(held, tuple) else held.items() if isinstance(held, dict) else [held])


def digest_of_folder(folder: Path, beside: str = "") -> str:
    """Of the path and the bytes of every file but the mark, and but what lies in the folder `beside`."""
    return digest(part for path in files_in(folder, beside) for part in (path, (folder / path).read_bytes()))


def files_in(folder: Path, beside: str = "") -> list[str]:
    """The path from a folder to every file in it but the mark, and but what lies in the folder `beside`; folders that
    are links are not entered."""
    found: list[str] = []
    for top, folders, names in os.walk(folder):
        here = Path(top).relative_to(folder).as_posix()
        if here == "." and beside in folders:
            folders.remove(beside)
        found += ((name if here == "." else f"{here}/{name}") for name in names if name != MARK)
    return sorted(found)


def is_unchanged(out: Path, stempel: Stempel, van: str, wanted: list[str]) -> bool:
    """Whether a build from this of these audiences would be the one that is there."""
    return stempel.van == van and stempel.sites.keys() == set(wanted) and is_untouched(out, stempel)


def is_untouched(out: Path, stempel: Stempel) -> bool:
    """Whether a build holds what it was made with: nothing else, and nobody touched it."""
    sites = all(site_is_unchanged(out, stempel, name, site.van) for name, site in stempel.sites.items())
    return bool(stempel.van) and sites and _holds(out, stempel.inhoud, beside=SITES)


def site_is_unchanged(out: Path, stempel: Stempel, naam: str, van: str) -> bool:
    """Likewise for one site."""
    site = stempel.sites.get(naam)
    return site is not None and site.van == van and _holds(out / SITES / naam, site.inhoud)


def unchanged_beside(out: Path, stempel: Stempel, naam: str, uit: str) -> list[str] | None:
    """What an audience has beside its site, when all that it gets, derived from this, would be what is there."""
    site = stempel.sites.get(naam)
    if site is None or site.uit != uit or not site_is_unchanged(out, stempel, naam, site.van):
        return None
    try:
        beside = [path for path in files_in(out, beside=SITES) if digest([path]) in site.naast]
        same = stamped({path: (out / path).read_bytes() for path in beside}) == site.naast
    except OSError:
        return None
    return beside if same else None


def stamped(files: Mapping[str, bytes]) -> dict[str, str]:
    """The digests of files by path."""
    return dict(sorted((digest([path]), digest([content])) for path, content in files.items()))


def _holds(folder: Path, inhoud: str, beside: str = "") -> bool:
    try:
        return digest_of_folder(folder, beside) == inhoud
    except OSError:
        return False


def take_over_site(out: Path, folder: Path, naam: str) -> None:
    """The same site in another build: by hard link where the system has them, for a build never changes a file."""
    shutil.copytree(out / SITES / naam, folder / SITES / naam, copy_function=link)


def take_over(out: Path, folder: Path, naam: str, beside: Iterable[str]) -> None:
    """Likewise all that an audience gets; what lies beside the sites is copied, for two audiences may write it."""
    take_over_site(out, folder, naam)
    for path in beside:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(out / path, folder / path)


@cache
def digest_of_program() -> str:
    """This program, and every version of what it is installed with."""
    installed = sorted({(item.name, item.version) for item in distributions()})
    own = (path.read_bytes() for path in sorted(HERE.rglob("*")) if path.suffix in (".py", ".json"))
    return digest([sys.version, installed, *own])
