"""A build takes over what did not change, and is then the same, byte for byte, as one from nothing."""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from generator import levering
from generator.build import build
from generator.findings import has_errors
from generator.model.view import View
from generator.output import MARK
from generator.stempel import read_stempel
from tests.conftest import GEHEIM, PROJECT, VANDAAG

NAMES = [f"VT-2026-{number:03}" for number in range(1, 6)]
PARTNERS = ("alfa", "beta")


def dossier(name: str, partner: str, start: str = "2026-02-01", text: str = "lawaai") -> str:
    return f"""\
id: {name}
traject: versnelde-toewijzing
start: {start}
aanmelding: {{datum: 2025-12-04, partner: {partner}}}
documenten:
  toestemmingsverklaring: 2026-01-15
  begeleidingsovereenkomst: 2026-01-19
  huurovereenkomst: 2026-01-19
begeleiding:
  - {{partner: {partner}, begeleider: W-01, vanaf: {start}}}
logboek:
  - {{soort: signaal, datum: 2026-05-06, aard: leefbaarheid, omschrijving: {text}}}
"""


def made(root: Path, out: Path, op: date = VANDAAG, **options: object) -> list[str]:
    """Build; gives the sites that were built anew."""
    anew: list[str] = []
    findings = build(root, op, op, out, geheim=GEHEIM, progress=lambda *told: anew.append(told[2]), **options)  # type: ignore[arg-type]
    assert not has_errors(findings), findings
    return sorted(filter(None, anew))


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def root(register: Callable[..., Path]) -> Path:
    return register({f"dossiers/{name}.yaml": dossier(name, PARTNERS[i % 2]) for i, name in enumerate(NAMES[:4])})


def test_only_who_sees_something_else_is_built_again(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "build"
    everyone = ["coordinatie", "partners/alfa", "partners/beta", "publiek"]
    assert made(root, out) == everyone
    assert made(root, out) == []
    (root / "dossiers/VT-2026-001.yaml").write_text(dossier("VT-2026-001", "alfa", text="geur"), encoding="utf-8")
    assert made(root, out) == ["coordinatie", "partners/alfa"]
    (root / "dossiers/VT-2026-002.yaml").unlink()
    assert made(root, out) == ["coordinatie", "partners/beta"]
    assert made(root, out, VANDAAG + timedelta(days=1)) == everyone  # every page says its day
    rules = next((root / "protocol/versnelde-toewijzing").glob("*.yaml"))
    rules.write_text(rules.read_text(encoding="utf-8").replace("na: 4", "na: 5"), encoding="utf-8")
    assert made(root, out, VANDAAG + timedelta(days=1)) == everyone
    style = root / "site/assets/woontraject.css"
    style.parent.mkdir(parents=True)
    style.write_text("p { color: black }", encoding="utf-8")
    assert made(root, out, VANDAAG + timedelta(days=1)) == everyone


def test_no_view_is_derived_from_what_did_not_change(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of an audience with the same part of the register; its mails and calendars are taken over as they are."""
    out, derived = tmp_path / "build", []
    made(root, out)
    fill_view = levering.fill_view

    def told(*arguments: Any) -> View:
        derived.append(arguments[2].doelgroep.naam)
        return fill_view(*arguments)

    monkeypatch.setattr(levering, "fill_view", told)
    (root / "dossiers/VT-2026-001.yaml").write_text(dossier("VT-2026-001", "alfa", text="geur"), encoding="utf-8")
    made(root, out)
    assert sorted(derived) == ["coordinatie", "partners/alfa"]
    made(root, tmp_path / "clean")
    assert files_of(out) == files_of(tmp_path / "clean")
    derived.clear()
    feed = next((out / "feeds").rglob("beta.ics"))
    feed.write_text("?", encoding="utf-8")
    assert made(root, out) == []
    assert derived == ["partners/beta"]
    assert files_of(out) == files_of(tmp_path / "clean")


def test_a_page_that_says_the_same_is_the_same_file(root: Path, tmp_path: Path) -> None:
    """Of a site that is made again: its time stays, so browsers need not load it again; a link is never followed."""
    out = tmp_path / "build"
    made(root, out)
    pages = out / "sites/coordinatie/dossiers"
    before = {path.name: path.stat() for path in pages.glob("VT-*.html")}
    elsewhere = tmp_path / "elsewhere.html"
    shutil.move(pages / "VT-2026-004.html", elsewhere)
    (pages / "VT-2026-004.html").symlink_to(elsewhere)
    (root / "dossiers/VT-2026-001.yaml").write_text(dossier("VT-2026-001", "alfa", text="geur"), encoding="utf-8")
    assert "coordinatie" in made(root, out)
    after = {path.name: path.lstat() for path in pages.glob("VT-*.html")}
    same = [name for name in before if os.path.samestat(before[name], after[name])]
    assert same == [f"{name}.html" for name in NAMES[1:3]]
    assert all(before[name].st_mtime_ns == after[name].st_mtime_ns for name in same)
    assert not (pages / "VT-2026-004.html").is_symlink()
    made(root, tmp_path / "clean")
    assert files_of(out) == files_of(tmp_path / "clean")


@pytest.mark.parametrize("plain", [False, True])
def test_pages_in_lots_by_another_process_are_the_same(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plain: bool
) -> None:
    made(root, tmp_path / "alone", plain=plain)
    monkeypatch.setattr(levering, "PER_KEER", 1)
    monkeypatch.setattr(levering, "GROOT", 1)
    made(root, tmp_path / "lots", plain=plain, jobs=2)
    assert files_of(tmp_path / "lots") == files_of(tmp_path / "alone")


def test_a_build_with_nothing_to_do_removes_what_a_killed_one_left(root: Path, tmp_path: Path) -> None:
    """Killed when its sites were in place, and those before them not yet gone."""
    out = tmp_path / "build"
    made(root, out)
    left = tmp_path / ".build.woontraject-abc"
    shutil.copytree(out, left)
    assert made(root, out) == []
    assert not left.exists()


def test_what_somebody_touched_is_built_again(root: Path, tmp_path: Path) -> None:
    out = tmp_path / "build"
    made(root, out)
    clean = files_of(out)
    page = out / "sites/partners/beta/index.html"
    for spoil in (
        lambda: page.write_text("?", encoding="utf-8"),
        page.unlink,
        lambda: (page.parent / "extra.html").write_text("", encoding="utf-8"),
    ):
        spoil()
        assert made(root, out) == ["partners/beta"]
        assert files_of(out) == clean
    for spoil in (
        lambda: (out / "csp.conf").unlink(),
        lambda: (out / MARK).write_text("{", encoding="utf-8"),
        lambda: (out / MARK).write_text('{"van": 1, "inhoud": 2, "sites": {"publiek": {}}}', encoding="utf-8"),
    ):
        spoil()
        made(root, out)
        assert files_of(out) == clean
    assert read_stempel(tmp_path) == read_stempel(tmp_path / "nowhere")


def killed(root: Path, out: Path, op: date, chance: random.Random) -> None:
    """A build that is killed at some moment; it may just have ended."""
    command = [sys.executable, "-m", "generator", "--root", str(root), "build", "--date", str(op), "--out", str(out)]
    process = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        process.wait(chance.uniform(0.3, 3))
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@pytest.mark.parametrize("seed", range(int(os.environ.get("SEQUENCES", "2"))))
def test_after_any_sequence_of_changes_it_is_a_clean_build(root: Path, tmp_path: Path, seed: int) -> None:
    """Edits, deletions, new names, another protocol, another day, a killed build: nothing stays of what is gone."""
    chance, out, op = random.Random(seed), tmp_path / "build", VANDAAG
    for _ in range(7):
        known = sorted((root / "dossiers").rglob("*.yaml"))
        match chance.choice(["edit", "delete", "rename", "protocol", "day", "kill", "template"]):
            case "edit":
                name = chance.choice(NAMES)
                text = dossier(name, chance.choice(PARTNERS), text=chance.choice(["lawaai", "geur", "afval"]))
                for path in (root / "dossiers").rglob(f"{name}.yaml"):
                    path.unlink()
                (root / f"dossiers/{name}.yaml").write_text(text, encoding="utf-8")
            case "delete" if len(known) > 1:
                chance.choice(known).unlink()
            case "rename" if known:
                path = chance.choice(known)
                target = root / "dossiers" / chance.choice(["", "oud", "2026"]) / path.name
                target.parent.mkdir(exist_ok=True)
                path.rename(target)
            case "protocol":
                rules = next((root / "protocol/versnelde-toewijzing").glob("*.yaml"))
                text = rules.read_text(encoding="utf-8")
                rules.write_text(text.replace("na: 3", "na: 2") if "na: 3" in text else text.replace("na: 2", "na: 3"))
            case "day":
                op += timedelta(days=chance.choice([-40, 1, 7, 31]))
            case "kill":
                killed(root, out, op, chance)
            case "template":
                page = root / "site/templates/data.html"
                page.parent.mkdir(parents=True, exist_ok=True)
                page.write_text(f"<h1>Datums</h1><p>{chance.randrange(3)}</p>", encoding="utf-8")
        made(root, out, op)
        clean = tmp_path / "clean"
        shutil.rmtree(clean, ignore_errors=True)
        made(root, clean, op)
        assert files_of(out) == files_of(clean)
