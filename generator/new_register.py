"""A new register: a protocol to adapt, an empty `dossiers/`, and files for CI and editors."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from generator.findings import Gestopt, stopped_by
from generator.output import write_files
from generator.register import read_register
from generator.schemas import MAP, make_schemas
from generator.sources import PACKAGED


def init_register(target: Path) -> list[str]:
    """Write a new register in a folder that is empty or does not exist yet; gives the paths written."""
    try:
        if target.exists() and not target.is_dir():
            raise Gestopt(f"{target} is geen map: kies een nieuwe map")
        if target.exists() and any(target.iterdir()):
            raise Gestopt(f"{target} bestaat al en is niet leeg: kies een nieuwe map")
        for path, source in _sources().items():
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target / path)
        schemas = _schemas(target)
        write_files(target, schemas)
    except OSError as error:
        raise stopped_by(error, target) from None
    return sorted([*_sources(), *schemas])


def _schemas(target: Path) -> Mapping[str, str]:
    """What editors know of the files, by path: it follows from the protocol of the register."""
    register, findings = read_register(target)
    if register is None:
        raise Gestopt("\n".join(map(str, findings)))
    return {f"{MAP}/{name}": text for name, text in make_schemas(register).items()}


def _sources() -> dict[str, Path]:
    """The packaged file for each path of a new register."""
    register, rules = PACKAGED / "deploy" / "register", PACKAGED.glob("protocol/*/[0-9]*-[0-9]*-[0-9]*.yaml")
    found = {path.relative_to(register).as_posix(): path for path in register.rglob("*") if path.is_file()}
    return found | {path.relative_to(PACKAGED).as_posix(): path for path in rules}
