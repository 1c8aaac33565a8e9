"""Root folder → everything read, or findings: every file, every reason, in one run."""

import gc
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import TypeVar

from generator.findings import Finding
from generator.load import Document, load, printable
from generator.model.base import Slug
from generator.model.dossier import Dossier
from generator.model.protocol import KalenderBestand, Organisatie, OverlegVerslag, Partner, Trajectregels, Verslagen
from generator.model.tellingen import Jaartelling
from generator.validate import validate

T = TypeVar("T")
_GEEN_VERSLAG = OverlegVerslag()
ORGANISATIE, PARTNERS, KALENDER = (f"protocol/{name}.yaml" for name in ("organisatie", "partners", "kalender"))


@dataclass(frozen=True)
class Versie:
    """The rules of a traject as they are in force from a date on."""

    traject: str
    vanaf: date
    regels: Trajectregels
    bron: Document

    @property
    def path(self) -> str:
        return self.bron.path


@dataclass(frozen=True)
class Register:
    """Everything that stands in `dossiers/` and `protocol/`, by id, in order of id."""

    organisatie: Organisatie
    partners: dict[str, Partner]
    kalender: KalenderBestand
    verslagen: Verslagen
    tellingen: dict[int, Jaartelling]
    """What removed dossiers counted, per year."""
    trajecten: dict[str, tuple[Versie, ...]]
    dossiers: dict[str, Dossier]
    bronnen: dict[str, Document]
    """The document of each file by its path, with the places of its values."""
    paden: dict[str, str]
    """The path of each dossier by its id."""
    onleesbaar: frozenset[str]
    """Ids of dossiers and names of trajecten with a file that could not be read: nothing is said of them."""

    @cached_property
    def ids(self) -> dict[str, str]:
        """The id of each dossier by its path: `paden` the other way round."""
        return {path: name for name, path in self.paden.items()}

    @cached_property
    def per_traject(self) -> dict[str, list[Dossier]]:
        """The dossiers of each traject, in order of id."""
        found: dict[str, list[Dossier]] = {}
        for dossier in self.dossiers.values():
            found.setdefault(dossier.traject, []).append(dossier)
        return found

    @cached_property
    def per_partner(self) -> dict[str, list[Dossier]]:
        """The dossiers that each partner guides, did, will, or referred; in order of id."""
        found: dict[str, list[Dossier]] = {}
        for dossier in self.dossiers.values():
            for partner in dict.fromkeys(filter(None, (dossier.aanmelder, *dossier.begeleiders))):
                found.setdefault(partner, []).append(dossier)
        return found

    @cached_property
    def vervolgen(self) -> dict[str, list[Dossier]]:
        """The dossiers that follow on each dossier (`vervolg_op`)."""
        found: dict[str, list[Dossier]] = {}
        for dossier in self.dossiers.values():
            if dossier.vervolg_op:
                found.setdefault(dossier.vervolg_op, []).append(dossier)
        return found

    def bestand(self, name: str) -> str | None:
        """The path of a dossier; one with a wrong field goes by the id that its file has, else by the file's name."""
        if name in self.paden:
            return self.paden[name]
        unread = (path for path in self.bronnen if path.startswith("dossiers/") and path not in self.ids)
        named = (path for path in unread if self.bronnen[path].data.get("id", Path(path).stem) == name)
        return next(named, None)

    def keten(self, name: str) -> list[Dossier]:
        """Every dossier that follows on one, directly or not (WW-6)."""
        found: dict[str, Dossier] = {}
        ahead = [*self.vervolgen.get(name, [])]
        while ahead:
            dossier = ahead.pop(0)
            if dossier.id not in found and dossier.id != name:
                found[dossier.id] = dossier
                ahead += self.vervolgen.get(dossier.id, [])
        return list(found.values())

    def met_alleen(self, dossiers: Iterable[Dossier]) -> "Register":
        """The register with these dossiers, and with the files that it then has."""
        kept = {dossier.id: dossier for dossier in dossiers}
        paden = {name: path for name, path in self.paden.items() if name in kept}
        gone = {path for name, path in self.paden.items() if name not in kept}
        bronnen = {path: bron for path, bron in self.bronnen.items() if path not in gone}
        return replace(self, dossiers=kept, paden=paden, bronnen=bronnen)

    def verslag(self, maand: str, partner: str) -> OverlegVerslag:
        """What is recorded of the overleg of a month `JJJJ-MM` with a partner; nothing filled in where nothing is."""
        return self.verslagen.get(maand, {}).get(partner, _GEEN_VERSLAG)

    def share_sets(self) -> None:
        """Make what it holds of its dossiers two thirds as large: for who keeps it while much else is made of it."""
        for dossier in self.dossiers.values():
            dossier.share_sets()

    def in_stuurgroep(self, dossier: Dossier) -> bool:
        """Whether its track is reported to the steering group (WW-8)."""
        versie = self.versie_van(dossier)
        return versie is not None and versie.regels.stuurgroep

    def versie_op(self, traject: str, op: date) -> Versie | None:
        """The rules in force on a date: a dossier follows those of its start."""
        return next((v for v in reversed(self.trajecten.get(traject, ())) if v.vanaf <= op), None)

    @cached_property
    def _versies(self) -> dict[tuple[str, date], Versie | None]:
        return {}

    def geldend(self, op: date) -> Iterator[Versie]:
        """The rules of each traject on a date; before its first version, that one."""
        for traject, versies in self.trajecten.items():
            if versies:
                yield self.versie_op(traject, op) or versies[0]

    def vrije_ids(self, prefix: str, gebruikt: Iterable[str] = ()) -> Iterator[str]:
        """The numbers `VT-2026-045` and on after all that are in use, or were (`gebruikt`)."""
        names = (*self.dossiers, *self.onleesbaar, *gebruikt)
        numbers = [int(found[1]) for name in names if (found := re.fullmatch(rf"{prefix}-(\d{{1,6}})", name))]
        return (f"{prefix}-{number:03}" for number in count(max(numbers, default=0) + 1))

    def met(self, dossiers: Mapping[str, tuple[Dossier, Document]]) -> "Register":
        """The register with dossiers that are new or another, each in its document."""
        return replace(
            self,
            dossiers=dict(sorted((self.dossiers | {name: dossier for name, (dossier, _) in dossiers.items()}).items())),
            bronnen=self.bronnen | {document.path: document for _, document in dossiers.values()},
            paden=self.paden | {name: document.path for name, (_, document) in dossiers.items()},
        )

    def versie_van(self, dossier: Dossier) -> Versie | None:
        """The rules that a dossier follows: in force on its start, else on its aanmelding, else the last ones."""
        anker = dossier.start or (dossier.aanmelding.datum if dossier.aanmelding else date.max)
        key = dossier.traject, anker
        if key not in self._versies:
            self._versies[key] = self.versie_op(*key)
        return self._versies[key]


def read_register(root: Path) -> tuple[Register | None, list[Finding]]:
    """All that can be read; None when the organisation, the partners or the calendar cannot."""
    with without_collector():
        return Reader(root).register()


def dossier_paths(root: Path) -> list[str]:
    """The files of dossiers, from the root, in order of name."""
    return list(Reader(root).yaml_files("dossiers"))


@contextmanager
def without_collector() -> Iterator[None]:
    """Everything read is kept: the garbage collector would walk it over and over, a third of the time.

    What was made meanwhile is set aside from it (`gc.freeze`); it still goes when nothing refers to it any more.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if enabled:
            gc.enable()


class Reader:
    """Reads a register from a folder; where its files are kept elsewhere, `exists`, `load` and `yaml_files` differ."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.findings: list[Finding] = []
        self.bronnen: dict[str, Document] = {}
        self.verslagen: Verslagen = {}
        self.tellingen: dict[int, Jaartelling] = {}
        self.trajecten: dict[str, tuple[Versie, ...]] = {}
        self.onleesbaar: set[str] = set()

    def register(self) -> tuple[Register | None, list[Finding]]:
        organisatie = self.required(ORGANISATIE, Organisatie)
        partners = self.required(PARTNERS, dict[Slug, Partner])
        kalender = self.required(KALENDER, KalenderBestand)
        self.trajecten = self.protocol()
        dossiers, paden = self.dossiers()
        if organisatie is None or partners is None or kalender is None:
            return None, self.findings
        return Register(
            organisatie, partners, kalender, self.verslagen, self.tellingen, self.trajecten, dossiers,
            self.bronnen, paden, frozenset(self.onleesbaar),
        ), self.findings  # fmt: skip

    def required(self, path: str, kind: type[T]) -> T | None:
        if not self.exists(path):
            self.error(path, "dit bestand ontbreekt (een nieuw register begint met ‘woontraject init MAP’)")
            return None
        return self.read(path, kind)

    def read(self, path: str, kind: type[T]) -> T | None:
        document, findings = self.load(path)
        self.findings += findings
        if document is None:
            return None
        self.bronnen[path] = document
        value, wrong = validate(kind, document)
        self.findings += wrong
        return None if findings else value

    def exists(self, path: str) -> bool:
        return os.path.lexists(self.root / path)

    def load(self, path: str) -> tuple[Document | None, list[Finding]]:
        return load(self.root / path, path)

    def protocol(self) -> dict[str, tuple[Versie, ...]]:
        versies: dict[str, list[Versie]] = {}
        for path in self.yaml_files("protocol"):
            match path.split("/")[1:]:
                case ["organisatie.yaml" | "partners.yaml" | "kalender.yaml"]:
                    pass
                case ["overleg", name]:
                    self.verslag(path, name)
                case ["tellingen", name]:
                    self.telling(path, name)
                case [traject, _] if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", traject) or traject == "index":
                    text = "de map van een traject heet naar het traject: kleine letters, cijfers en streepjes"
                    self.error(path, f"{text} (en niet ‘index’)")
                case [traject, name] if vanaf := _date_of(name):
                    versies.setdefault(traject, [])
                    if regels := self.read(path, Trajectregels):
                        versies[traject].append(Versie(traject, vanaf, regels, self.bronnen[path]))
                    else:
                        self.onleesbaar.add(traject)
                case [_, _]:
                    self.error(path, "een bestand met regels heet naar de dag waarop ze ingaan, zoals 2026-01-01.yaml")
                case _:
                    self.error(path, "dit bestand hoort niet in protocol/: verplaats of verwijder het")
        return {traject: tuple(sorted(items, key=lambda v: v.vanaf)) for traject, items in versies.items()}

    def verslag(self, path: str, name: str) -> None:
        """What was done for one overleg, of the month in the name."""
        if re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])\.yaml", name):
            self.verslagen[name[:7]] = self.read(path, dict[Slug, OverlegVerslag]) or {}
        else:
            self.error(path, "een bestand in protocol/overleg/ heet naar zijn maand, zoals 2026-11.yaml")

    def telling(self, path: str, name: str) -> None:
        """What removed dossiers counted, of the year in the name."""
        if not re.fullmatch(r"20[0-9]{2}\.yaml", name):
            self.error(path, "een bestand in protocol/tellingen/ heet naar zijn jaar, zoals 2026.yaml")
        elif telling := self.read(path, Jaartelling):
            self.tellingen[int(name[:4])] = telling

    def dossiers(self) -> tuple[dict[str, Dossier], dict[str, str]]:
        dossiers: dict[str, Dossier] = {}
        paden: dict[str, str] = {}
        for path in self.dossier_files():
            dossier, name = self.read(path, Dossier), Path(path).stem
            if dossier is None:
                self.onleesbaar.add(name)
            elif dossier.id in dossiers:
                self.at(path, ("id",), f"de id {dossier.id} bestaat al in {paden[dossier.id]}: kies een andere")
            else:
                dossiers[dossier.id], paden[dossier.id] = dossier, path
                if dossier.id != name:
                    self.at(
                        path, ("id",), f"de id {dossier.id} is niet de naam van het bestand ({name}): maak ze gelijk"
                    )
        return {key: dossiers[key] for key in sorted(dossiers)}, paden

    def dossier_files(self) -> Iterator[str]:
        """The dossiers that are read."""
        return self.yaml_files("dossiers")

    def yaml_files(self, folder: str) -> Iterator[str]:
        """Paths from the root, in order of name; what looks like YAML and cannot be read becomes a finding."""

        def unreadable(error: OSError) -> None:
            if not isinstance(error, FileNotFoundError):  # a new register has no dossiers/ yet
                path = Path(error.filename).relative_to(self.root).as_posix()
                self.error(path, "deze map mag niet gelezen worden: pas de leesrechten aan")

        for top, folders, files in os.walk(self.root / folder, onerror=unreadable):
            here = Path(top).relative_to(self.root).as_posix()
            folders.sort()
            odd = [name for name in folders if _is_yaml(name) or _is_link(Path(top) / name)]
            for name in sorted(files + odd):
                path = f"{here}/{name}"
                shown = printable(path.encode("utf-8", "replace").decode())
                if shown != path:
                    self.error(shown, "de naam bevat een teken dat niet kan: hernoem het bestand")
                elif name.endswith(".yaml"):
                    yield path
                elif _is_yaml(name):
                    self.error(path, f"de naam eindigt niet op .yaml: hernoem naar {Path(name).stem}.yaml")
                elif name in folders:
                    self.error(path, "deze map is een verwijzing (link): zet de bestanden zelf hier")
            folders[:] = [name for name in folders if not _is_yaml(name)]

    def at(self, path: str, loc: tuple[str, ...], text: str) -> None:
        self.findings.append(Finding(path, *self.bronnen[path].place(loc), "fout", "ID", text))

    def error(self, path: str, text: str) -> None:
        self.findings.append(Finding(path, 1, 1, "fout", "BESTAND", text))


def _is_link(path: Path) -> bool:
    try:
        return path.is_symlink()
    except PermissionError:  # a folder that may only be listed: what is in it becomes a finding of its own
        return False


def _is_yaml(name: str) -> bool:
    return name.lower().endswith((".yaml", ".yml"))


def _date_of(name: str) -> date | None:
    """The date in a file name such as `2026-01-01.yaml`."""
    try:
        return (
            date.fromisoformat(name.removesuffix(".yaml"))
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\.yaml", name)
            else None
        )
    except ValueError:
        return None
