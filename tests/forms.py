"""The parts of the forms for tests: what npm gives, fetched once for the whole checkout."""

import fcntl
from pathlib import Path

from generator.forms import install_modules
from tests.conftest import PROJECT
from tests.parts import require_command

TOOLS = PROJECT / ".woontraject/forms"


def fetched_modules() -> Path:
    """Those of npm, beside the server of the forms; of workers that ask at once, one fetches."""
    for name in ("node", "npm"):
        require_command(name, "apt-get install nodejs npm")
    TOOLS.parent.mkdir(exist_ok=True)
    with (TOOLS.parent / "forms.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return install_modules(TOOLS)
