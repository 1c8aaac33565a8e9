"""Removing dossiers from the register: what they counted is kept, and everything else that holds them is told."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path

from generator.bewaring import bewaard
from generator.bewerken import remove_value
from generator.checks.dossier import unknown
from generator.findings import Gestopt, VerkeerdGebruik
from generator.model.view import Vergeten, VergetenDossier
from generator.output import write_files
from generator.register import Register
from generator.sporen import pattern_of, read_traces
from generator.tellingen import add, count_removed, tellingen_text
from generator.traject import Standen

GROEP = ("dossiers", "protocol", "site")
NODIG = (".woontraject", "build")
"""What git passes over, and a new working copy needs: the secret of the calendars, and what is published."""


def forget(root: Path, register: Register, names: Collection[str], op: date) -> Vergeten:
    """Remove the files of some dossiers: all of them, or none. What they counted up to `op` is added first."""
    files = {name: _file(root, register, name) for name in dict.fromkeys(names)}
    _refuse_followed(root, register, files)
    counts, records = _counts(root, register, files, op), _records(root, register, files)
    changes = {**counts, **records, **dict.fromkeys(files.values())}
    others = {name: path for name, path in register.paden.items() if name not in files}
    result = Vergeten(
        datum=op,
        root=str(root.resolve()),
        dossiers=tuple(_forgotten(register, name, path, op) for name, path in files.items()),
        tellingen=tuple(counts),
        verslagen=tuple(records),
        genoemd=tuple(_mentions(root, files, others, changes)),
        bewaren=tuple(name for name in NODIG if (root / name).exists()),
        sporen=read_traces(root, files, others, changes),
    )
    write_files(root, changes)
    return result


def _file(root: Path, register: Register, name: str) -> str:
    """The one file of a dossier; one that cannot be read goes by its name."""
    found = {path: _id_of(register, path) for path in _dossier_files(root)}
    own = [path for path, known in found.items() if known == name]
    if not own:
        raise VerkeerdGebruik(unknown("het dossier", name, [*found.values()]))
    if len(own) > 1:
        text = f"{name} is de id van meer dan één bestand ({', '.join(own)})"
        raise Gestopt(f"{text}: kijk na welk dossier het is, en geef het andere een eigen id")
    return own[0]


def _dossier_files(root: Path) -> list[str]:
    files = (root / "dossiers").rglob("*")
    return sorted(path.relative_to(root).as_posix() for path in files if path.name.endswith(".yaml"))


def _id_of(register: Register, path: str) -> str:
    if path in register.ids:
        return register.ids[path]
    known = register.bronnen[path].data.get("id") if path in register.bronnen else None
    return known if isinstance(known, str) else Path(path).stem


def _refuse_followed(root: Path, register: Register, files: dict[str, str]) -> None:
    """A dossier that follows on one of them goes with it, or it would follow on nothing (WW-6)."""
    for name in files:
        stay = [other.id for other in register.keten(name) if other.id not in files]
        if stay:
            together = " ".join(dict.fromkeys((*files, *stay)))
            text = f"{' en '.join(stay)} volgt op {name}, en blijft: er is niets verwijderd"
            raise Gestopt(f"{text}. Geef ze samen: woontraject forget {together}")
        for path in _dossier_files(root):
            readable = _id_of(register, path) in register.dossiers
            if not readable and path not in files.values() and _follows(root / path, name):
                raise Gestopt(f"{path} volgt op {name}, en kan niet gelezen worden: maak dat eerst in orde")


def _follows(file: Path, name: str) -> bool:
    line = rf"vervolg_op[\"']?:\s*[\"']?{re.escape(name)}(?![A-Za-z0-9-])"
    return bool(re.search(line, file.read_bytes().decode("utf-8", "replace")))


def _counts(root: Path, register: Register, files: dict[str, str], op: date) -> dict[str, str]:
    """The files of `protocol/tellingen/` as they will be."""
    readable = [name for name in files if _is_known(register, name)]
    texts: dict[str, str] = {}
    for year, new in count_removed(Standen(register), readable, op).items():
        path = f"protocol/tellingen/{year}.yaml"
        known = register.tellingen.get(year)
        before = (root / path).read_text(encoding="utf-8") if known else ""
        texts[path] = tellingen_text(add(known, new) if known else new, before)
    return texts


def _records(root: Path, register: Register, names: Collection[str]) -> dict[str, str | None]:
    """The records of an overleg, without when and how the aanmelder was told of a decision; None: nothing is left."""
    changed: dict[str, str | None] = {}
    for maand, verslagen in register.verslagen.items():
        path = f"protocol/overleg/{maand}.yaml"
        keys = [
            (partner, *where, name)
            for partner, verslag in verslagen.items()
            for where, known in (
                (("aanmeldingen_verstuurd",), verslag.aanmeldingen_verstuurd),
                (("verzonden", "aanmeldingen"), verslag.verzonden.aanmeldingen),
            )
            for name in names
            if name in known
        ]
        if keys:
            changed[path] = _without(root / path, path, keys)
    return changed


def _without(file: Path, path: str, keys: list[tuple[str, ...]]) -> str | None:
    with file.open(encoding="utf-8", newline="") as source:  # line endings stay as they are
        text = source.read()
    try:
        for key in keys:
            text = remove_value(text, key)
    except ValueError:
        raise Gestopt(f"{path}: schrap hier zelf wat over {keys[0][-1]} staat, en begin opnieuw") from None
    return text or None


def _is_known(register: Register, name: str) -> bool:
    """It could be read, and so could its rules."""
    return name in register.dossiers and register.versie_van(register.dossiers[name]) is not None


def _forgotten(register: Register, name: str, path: str, op: date) -> VergetenDossier:
    known = _is_known(register, name)
    kept = bewaard(Standen(register), register.dossiers[name], op) if known else None
    if kept is None:
        return VergetenDossier(name, path, known, None, None, None)
    return VergetenDossier(name, path, known, kept.soort, kept.sinds, kept.bewaard_tot)


def _mentions(
    root: Path, files: dict[str, str], others: Collection[str], changes: Mapping[str, str | None]
) -> Iterator[str]:
    """The files of the register that still name one of them then, in their text or their name."""
    named = re.compile(pattern_of(files, others).encode())
    found = {path for name in GROEP for path in (root / name).rglob("*")} | {*root.glob("*")}
    for file in sorted(found):
        path = file.relative_to(root).as_posix()
        if path in changes:
            holds = bool(named.search((changes[path] or "").encode()))
        else:
            holds = file.is_file() and (bool(named.search(path.encode())) or _holds(file, named))
        if holds:
            yield path


def _holds(file: Path, named: re.Pattern[bytes]) -> bool:
    try:
        return bool(named.search(file.read_bytes()))
    except OSError:
        return True  # nobody knows: somebody should look
