"""What tests share: a register in a folder of their own, made from a base protocol and what a test adds."""

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator.checks import check
from generator.findings import Finding
from generator.register import read_register
from generator.traject import Standen
from tests.browser import open_chromium
from tests.nginx import free_port

TESTS = Path(__file__).parent
PROJECT = TESTS.parent
BASIS = TESTS / "basis"
VANDAAG = date(2026, 11, 21)
GEHEIM = "the secret of the tests, long enough"


@pytest.fixture(autouse=True, scope="session")
def signals() -> None:
    """A job in the background of a shell ignores Ctrl+C, and so would every command that a test runs."""
    for number, handler in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
        if signal.getsignal(number) == signal.SIG_IGN:
            signal.signal(number, handler)


@pytest.fixture(autouse=True, scope="session")
def geheim() -> Iterator[None]:
    """A command that a test runs has a secret for its feeds, as CI asks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WOONTRAJECT_GEHEIM", GEHEIM)
        yield


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a worker."""
    with open_chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration register, to be published on this machine, built for every audience."""
    root = tmp_path_factory.mktemp("demonstratie")
    for name in ("protocol", "dossiers"):
        shutil.copytree(PROJECT / name, root / name)
    organisation = root / "protocol/organisatie.yaml"
    text = re.sub(r"(?m)^webadres:.*\n", "", organisation.read_text(encoding="utf-8"))
    organisation.write_text(f"{text}webadres: https://localhost:{free_port()}\n", encoding="utf-8")
    command = [sys.executable, "-m", "generator", "--root", str(root), "build", "--date", str(VANDAAG)]
    result = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert result.returncode == 0, result.stderr
    return root


@pytest.fixture
def register(tmp_path: Path) -> Callable[..., Path]:
    """Makes a register: the base protocol with files laid over it, by path; None removes a file."""

    def make(files: dict[str, str | None] | None = None) -> Path:
        root = tmp_path / "register"
        if not root.exists():
            shutil.copytree(BASIS, root)
        for path, text in (files or {}).items():
            target = root / path
            if text is None:
                target.unlink()
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8")
        return root

    return make


def read(root: Path) -> Standen:
    """A register that must be readable."""
    found, findings = read_register(root)
    assert found is not None, findings
    assert not [finding for finding in findings if finding.level == "fout"], findings
    return Standen(found)


def findings_of(root: Path, op: date = VANDAAG, vandaag: date = VANDAAG) -> list[Finding]:
    """Everything that `check` reports, in its order."""
    found, findings = read_register(root)
    return sorted({*findings, *(check(Standen(found), op, vandaag) if found else [])})
