"""The forms on a machine of one's own: each change becomes a branch of the clone, ready to be proposed."""

import shutil
import subprocess
from pathlib import Path

from generator.findings import Gestopt

_NOT_FREE = 3
"""The exit code of server.mjs."""


def current_branch(root: Path) -> str:
    """The branch that the clone stands on; the forms change between branches, so nothing may wait to be committed."""
    top = _git(root, "rev-parse", "--show-toplevel")
    if top is None or Path(top).resolve() != root.resolve():
        raise Gestopt(f"{root} is geen kloon van een git-repository: kloon het register en probeer daar opnieuw")
    branch = _git(root, "symbolic-ref", "--quiet", "--short", "HEAD")
    if not branch:
        raise Gestopt("deze kloon staat op geen enkele tak: kies er een met ‘git switch main’")
    if _git(root, "status", "--porcelain"):
        raise Gestopt("in deze kloon zijn er wijzigingen die nog niet vastgelegd zijn: doe dat eerst (git commit)")
    return branch


def start_server(tools: Path, folder: Path, root: Path, port: int, policy: str) -> tuple["subprocess.Popen[str]", int]:
    """The server of the forms in `folder`, on this machine alone, and its port (0: one that is free)."""
    command = [shutil.which("node") or "node", str(tools / "server.mjs"), str(folder), str(root), str(port), policy]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    assert process.stdout
    listening = process.stdout.readline().strip()
    if not listening:
        if process.wait() == _NOT_FREE:
            raise Gestopt(f"poort {port} is niet vrij: kies een andere met --port")
        raise Gestopt("de formulieren beginnen niet: kijk na of Node 20 of nieuwer geïnstalleerd is")
    return process, int(listening)


def _git(root: Path, *arguments: str) -> str | None:
    try:
        command = ["git", "-C", str(root), *arguments]
        result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    except FileNotFoundError:
        raise Gestopt("git ontbreekt: installeer het en probeer opnieuw") from None
    return result.stdout.strip() if result.returncode == 0 else None
