"""A new register: a protocol to adapt, an empty `dossiers/`, and files for CI and editors."""

import shutil
from pathlib import Path

from generator.findings import Gestopt
from generator.sources import PACKAGED


def init_register(target: Path) -> list[str]:
    """Write a new register in a folder that is empty or does not exist yet; gives the paths written."""
    try:
        if target.exists() and not target.is_dir():
            raise Gestopt(f"{target} is geen map: kies een nieuwe map")
        if target.exists() and any(target.iterdir()):
            raise Gestopt(f"{target} bestaat al en is niet leeg: kies een nieuwe map")
        shutil.copytree(PACKAGED / "deploy" / "register", target, dirs_exist_ok=True)
        for rules in sorted((PACKAGED / "protocol").glob("*/[0-9]*-[0-9]*-[0-9]*.yaml")):
            folder = target / "protocol" / rules.parent.name
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(rules, folder)
    except OSError as error:
        raise Gestopt(f"hier mag niet geschreven worden: {error.filename}") from None
    return sorted(path.relative_to(target).as_posix() for path in target.rglob("*") if path.is_file())
