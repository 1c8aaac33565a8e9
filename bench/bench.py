"""`make bench`: what must stay quick, as ratios of medians (seconds are for reading only), and when pages show."""

import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import yaml
from paint import print_paint
from register import make_register

from generator.checks import check
from generator.register import read_register
from generator.traject import Standen

RUNS, DOSSIERS = 5, 1000
DAY = date(2026, 11, 21)


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


def check_as_command(root: Path) -> None:
    command = [sys.executable, "-m", "generator", "--root", str(root), "check", "--date", str(DAY)]
    subprocess.run(command, check=True, capture_output=True)


def diff_one_dossier(root: Path) -> None:
    """What it means that one dossier changed, since the commit of `in_git`."""
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
    command = [sys.executable, "-m", "generator", "--root", str(root), "diff", "HEAD", "--date", str(DAY)]
    subprocess.run(command, check=True, capture_output=True)
    path.write_text(before, encoding="utf-8")


def in_git(root: Path) -> None:
    """Put the register in a repository of its own."""
    names = ("-c", "user.name=bench", "-c", "user.email=bench@voorbeeld.example", "-c", "commit.gpgsign=false")
    for arguments in (["init", "-q"], ["add", "-A"], [*names, "commit", "-q", "-m", "register"]):
        subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True)


def processor_time(work: Callable[[Path], None], root: Path) -> float:
    """Seconds of this process and its children: other work on the machine does not count."""
    start = _used()
    work(root)
    return _used() - start


def _used() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


def main() -> None:
    works = {
        "read and compose": compose,
        "read and check": check_in_process,
        "check, whole process": check_as_command,
        "diff, one dossier": diff_one_dossier,
        "diff, the calendar": diff_calendar,
    }
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "register"
        make_register(root, DOSSIERS)
        in_git(root)
        rounds = [{name: processor_time(work, root) for name, work in works.items()} for _ in range(RUNS + 1)][1:]
        print(f"{DOSSIERS} dossiers, median of {RUNS} rounds in turn; target for read and check: at most 2.5")
        for name in works:
            seconds = statistics.median(times[name] for times in rounds)
            ratio = statistics.median(times[name] / times["read and compose"] for times in rounds)
            print(f"{name:<24}{seconds:7.3f} s   {ratio:5.2f} × reading and composing")
        print_paint(root, DAY)


if __name__ == "__main__":
    main()
