"""The forms as a folder of files: Decap CMS from npm, our own scripts, and the configuration of this register."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.findings import Gestopt, stopped_by
from generator.output import whole_folder
from generator.sources import PACKAGED

_OWN = PACKAGED / "deploy" / "forms"
_PAGE = ("index.html", "forms.css", "*.js")
_TOOLS = ("package.json", "package-lock.json", "server.mjs")
_LOWER_CASE = ".trim().toLocaleLowerCase().replace(/["
"""Decap writes the names of new files in lower case; those of dossiers are their ids."""


def write_forms(out: Path, modules: Path, config: Mapping[str, Any], policy: str) -> None:
    """The forms in a folder that appears whole, with the policy under which a web server shows them."""
    with whole_folder(out) as folder:
        for pattern in _PAGE:
            for path in _OWN.glob(pattern):
                shutil.copy(path, folder / path.name)
        for path in (modules / "decap-cms/dist").glob("*decap-cms.js"):
            shutil.copy(path, folder / path.name)
        shutil.copytree(modules / "yaml/browser", folder / "yaml")
        _keep_case(folder / "decap-cms.js")
        (folder / "config.json").write_text(json.dumps(config, ensure_ascii=False, indent=1), encoding="utf-8")
        (folder / "csp.conf").write_text(f'add_header Content-Security-Policy "{policy}" always;\n', encoding="utf-8")


def install_modules(here: Path) -> Path:
    """What the forms ask from npm, in a folder beside the secret that git passes over; once for each version."""
    try:
        modules, lock = here / "node_modules", _OWN / "package-lock.json"
        known = here / "package-lock.json"
        fresh = (modules / ".package-lock.json").is_file() and known.read_bytes() == lock.read_bytes()
        here.mkdir(parents=True, exist_ok=True)
        (here.parent / ".gitignore").write_text("*\n", encoding="utf-8")
        for name in _TOOLS:
            shutil.copy(_OWN / name, here / name)
        if not fresh:
            _npm_ci(here)
        return modules
    except OSError as error:
        raise stopped_by(error, here) from None


def _npm_ci(here: Path) -> None:
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        raise Gestopt("voor de formulieren zijn Node en npm nodig (nodejs.org): installeer ze en probeer opnieuw")
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    result = subprocess.run(command, cwd=here, capture_output=True, text=True, encoding="utf-8", check=False)
    if result.returncode:
        raise Gestopt(f"npm kan de onderdelen van de formulieren niet ophalen:\n{result.stderr.strip()}")


def _keep_case(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    if text.count(_LOWER_CASE) != 1:
        raise Gestopt("deze versie van Decap CMS is niet die waarvoor de formulieren gemaakt zijn")
    file.write_text(text.replace(_LOWER_CASE, ".trim().replace(/["), encoding="utf-8")
