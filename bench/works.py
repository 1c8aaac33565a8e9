"""What is measured, and what it is measured against: each a function of the folder of a register."""

import multiprocessing
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from hugo import build_by_hugo, make_sources
from icalendar import Calendar, Event
from yaml2ics import event_from_yaml, events_to_calendar

from generator.checks import check
from generator.history import read_history
from generator.levering import Bladen, Bouw, Gezien, make_overleg, write_site
from generator.model.view import COORDINATIE, Dossierblad, View
from generator.register import read_register
from generator.render.ical import make_feeds
from generator.render.mail import Brief, make_letters
from generator.render.mal import set_apart
from generator.render.pages import make_dossier_pages
from generator.sources import read_sources
from generator.stempel import Stempel
from generator.traject import Standen
from generator.views import audiences, make_bladen, make_view

DAY = date(2026, 11, 21)
SECRET = "the secret of the bench, long enough"
SCHEMA = Path(__file__).parent.parent / "schema/dossier.json"


def compose(root: Path) -> None:
    """Merely read the same files and compose them with libyaml."""
    for path in sorted(root.rglob("*.yaml")):
        yaml.compose(path.read_bytes(), Loader=yaml.CSafeLoader)


def check_in_process(root: Path) -> None:
    register, findings = read_register(root)
    if register is None:
        raise SystemExit("the register of the benchmark cannot be read")
    findings += check(Standen(register), DAY, DAY)
    if any(finding.level == "fout" for finding in findings):
        raise SystemExit(f"the register of the benchmark has errors: {findings[0]}")


def check_all(root: Path) -> None:
    _woontraject(root, "check", "--date", str(DAY))


def check_one(root: Path) -> None:
    _woontraject(root, "check", "--date", str(DAY), str(min((root / "dossiers").iterdir())))


def check_by_schema(root: Path) -> None:
    """The dossiers through check-jsonschema, with the project's own schema; it says of some that they are wrong."""
    files = [str(path) for path in sorted((root / "dossiers").iterdir())]
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(SCHEMA), *files]
    subprocess.run(command, check=False, capture_output=True)


def start_python(root: Path) -> None:  # noqa: ARG001
    subprocess.run([sys.executable, "-c", "import pydantic, yaml"], check=True)


def write_feeds(root: Path) -> None:
    make_feeds(_views(root))


def parse_and_write_feeds(root: Path) -> None:
    """The library writes the same feeds."""
    for calendar in _calendars(root):
        calendar.to_ical()


def write_feeds_by_yaml2ics(root: Path) -> None:
    """yaml2ics makes a calendar of the same events, as it would have read them from YAML, for each feed."""
    for events in _events(root):
        events_to_calendar([event_from_yaml(dict(event)) for event in events]).serialize()


def build_all(root: Path) -> None:
    """From nothing."""
    shutil.rmtree(root / "build", ignore_errors=True)
    build_again(root)


def build_again(root: Path) -> None:
    _woontraject(root, "build", "--date", str(DAY), "--jobs", "2")


def build_after_a_change(root: Path) -> None:
    """One dossier has another dwelling than in the build before."""
    path = min((root / "dossiers").iterdir())
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"W-(\d{5})$", _next, text, count=1, flags=re.MULTILINE), encoding="utf-8")
    build_again(root)


def _next(found: re.Match[str]) -> str:
    return f"W-{(int(found[1]) + 1) % 100000:05}"


def build_by_mkdocs(root: Path) -> None:
    """The same pages as Markdown, by MkDocs alone, one site after another; the Markdown is there already."""
    for config in sorted((root / "plain").rglob("mkdocs.yml")):
        command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(config), "-d", str(root / "mkdocs")]
        subprocess.run(command, check=True, capture_output=True)


def make_markdown(root: Path) -> None:
    _woontraject(root, "build", "--plain", "--date", str(DAY), "--out", str(root / "plain"))


def diff_one_dossier(root: Path) -> None:
    """What it means that one dossier changed, since the last commit."""
    path = min((root / "dossiers").iterdir())
    text = path.read_text(encoding="utf-8")
    _diff(root, path, text.replace("woning: ", "termijn: 11\nwoning: "))


def diff_calendar(root: Path) -> None:
    """What it means that a meeting was moved."""
    path = root / "protocol/kalender.yaml"
    moved = "uitzonderingen:\n    2026-12: {overleg: 2026-12-17, aankondiging: 2026-12-10, reden: oudejaar}"
    _diff(root, path, path.read_text(encoding="utf-8").replace("uitzonderingen:", moved))


def _diff(root: Path, path: Path, text: str) -> None:
    before = path.read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    _woontraject(root, "diff", "HEAD", "--date", str(DAY))
    path.write_text(before, encoding="utf-8")


def in_git(root: Path) -> None:
    """Put the register in a repository of its own."""
    names = ("-c", "user.name=bench", "-c", "user.email=bench@voorbeeld.example", "-c", "commit.gpgsign=false")
    for arguments in (["init", "-q"], ["add", "-A"], [*names, "commit", "-q", "-m", "register"]):
        subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True)


@cache
def _views(root: Path) -> list[View]:
    register, _ = read_register(root)
    assert register
    standen, history = Standen(register), read_history(root)
    return [make_view(standen, history, audience, DAY, SECRET) for audience in audiences(register)]


@cache
def _events(root: Path) -> list[list[dict[str, Any]]]:
    """The events of each feed, in the words of yaml2ics."""
    return [[_event(event) for event in calendar.events] for calendar in _calendars(root)]


def _event(event: Event) -> dict[str, Any]:
    texts = ("summary", "uid", "description", "location", "status")
    found = {name: str(event[name]) for name in texts if name in event}
    times = {"begin": event["DTSTART"].dt, "end": event["DTEND"].dt, "last_modified": event["LAST-MODIFIED"].dt}
    return found | times


class Site(NamedTuple):
    """The coordinators' site, to be made from its view."""

    bouw: Bouw
    view: View
    bladen: list[Dossierblad]
    feeds: dict[str, bytes]
    brieven: tuple[Brief, ...]

    @property
    def out(self) -> Path:
        return self.bouw.folder / "sites/coordinatie"

    def write(self) -> None:
        """Its pages of dossiers, and all else of it."""
        bodies = self.bouw.cache / "dossiers"
        self.bouw.cache.mkdir()
        pages = set_apart(make_dossier_pages(self.view, self.bladen, self.bouw.sources.texts), bodies)
        gezien = Gezien(self.view, [Bladen(0, [], *pages)], self.feeds, self.brieven, {})
        write_site(self.bouw, gezien, iter([make_overleg(self.bouw, self.view, self.bouw.cache / "overleg")]))


@cache
def coordinators(root: Path) -> Site:
    register, _ = read_register(root)
    assert register
    standen, history = Standen(register), read_history(root)
    sources, folder = read_sources(root), root / "site"
    bouw = Bouw(standen, history, sources, DAY, SECRET, Stempel(), folder, folder, root / "cache", 1)
    view = next(view for view in _views(root) if view.doelgroep == COORDINATIE)
    bladen = [*make_bladen(standen, history, COORDINATIE, DAY)]
    letters = make_letters(view.mails, sources.texts.templates)
    return Site(bouw, view, bladen, make_feeds([view])[COORDINATIE], letters)


def build_coordinators(root: Path) -> None:
    """Its pages, from the view, in a process that begins."""
    shutil.rmtree(root / "site", ignore_errors=True)
    shutil.rmtree(root / "cache", ignore_errors=True)
    worker = multiprocessing.get_context("fork").Process(target=coordinators(root).write)
    worker.start()
    worker.join()
    if worker.exitcode:
        raise SystemExit("the site of the coordinators cannot be made")


def build_coordinators_by_hugo(root: Path) -> None:
    if not (root / "hugo").exists():
        site = coordinators(root)
        build_coordinators(root)
        make_sources(site.bouw, site.view, site.bladen, site.out, root / "hugo")
    build_by_hugo(root / "hugo")


def peak_memory(root: Path) -> float:
    """MB of the largest process of a build from nothing."""
    shutil.rmtree(root / "build", ignore_errors=True)
    command = [sys.executable, "-c", PEAK, sys.executable, "-m", "generator", "--root", str(root), "build"]
    done = subprocess.run(
        [*command, "--date", str(DAY), "--jobs", "2"], check=True, capture_output=True, text=True, env=_environment()
    )
    return int(done.stdout) / 1024


PEAK = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@cache
def _calendars(root: Path) -> list[Calendar]:
    return [Calendar.from_ical(feed) for feeds in make_feeds(_views(root)).values() for feed in feeds.values()]


def _woontraject(root: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "generator", "--root", str(root), *arguments]
    subprocess.run(command, check=True, capture_output=True, env=_environment())


@cache
def _environment() -> dict[str, str]:
    """Bytecode is kept, as of what pip installs: else each run of ours would compile the package, of others none."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "WOONTRAJECT_GEHEIM": SECRET}
