"""Real parts that tests use beside Python packages: without one its tests are skipped, but never in CI."""

import os
import shutil

import pytest


def require(found: object, what: str, install: str) -> None:
    """Skip the test where a part is missing, with the line that installs it; in CI that is a failure."""
    if found:
        return
    message = f"{what} is missing; install it with: {install}"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


def require_command(name: str, install: str) -> str:
    """The path of a program."""
    path = shutil.which(name)
    require(path, name, install)
    return path or name


def without_privileges() -> list[str]:
    """What runs a command as somebody for whom rights count: root without the privileges of root, so that the place
    does not matter."""
    if os.geteuid():
        return []
    setpriv = require_command("setpriv", "apt-get install util-linux")
    return [setpriv, "--bounding-set=-all", "--inh-caps=-all"]
