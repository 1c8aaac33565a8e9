"""`make bench`: what must stay quick, as ratios of medians (seconds are for reading only), and when pages show.

Every pair is measured side by side, in turn. What runs on one processor is told in processor time, so that other work
on the machine counts little; a build, which uses two, in time that passes. Names on the command line choose what is
measured.
"""

import os
import resource
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import works
from live import measure_serve
from paint import measure_paint
from register import make_register
from results import Result, keep

RUNS = int(os.environ.get("RUNS", "5"))
DOSSIERS, MANY, MOST = 1_050, 10_000, 20_000
Work = Callable[[Path], None]


def processor_time() -> float:
    """Of this process and its children."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both)


@dataclass(frozen=True)
class Pair:
    """A work, what it is measured against, and the ratio that it should stay under."""

    name: str
    work: Work
    against: str
    other: Work
    target: float
    clock: Callable[[], float] = processor_time


PASSING = time.monotonic
PAIRS = (
    Pair("check", works.check_all, "check-jsonschema", works.check_by_schema, 0.08),
    Pair("read and check", works.check_in_process, "read and compose", works.compose, 2.5),
    Pair("check one dossier", works.check_one, "start Python, import pydantic and yaml", works.start_python, 5),
    Pair("feeds", works.write_feeds, "icalendar writes the same", works.parse_and_write_feeds, 0.45),
    Pair("feeds (2)", works.write_feeds, "yaml2ics, the same events", works.write_feeds_by_yaml2ics, 0.10),
    Pair("build, nothing changed", works.build_again, "build from nothing", works.build_all, 0.15, PASSING),
    Pair("build, one dossier changed", works.build_after_a_change, "build from nothing", works.build_all, 0.5, PASSING),
    Pair("build, 17 sites", works.build_all, "MkDocs, the same as Markdown", works.build_by_mkdocs, 0.25, PASSING),
    Pair(
        "pages of coordinators",
        works.build_coordinators,
        "Hugo, the same pages",
        works.build_coordinators_by_hugo,
        3,
        PASSING,
    ),
)
DIFFS = {"diff, one dossier": works.diff_one_dossier, "diff, the calendar": works.diff_calendar}
"""Told in seconds of processor time."""


def main(chosen: list[str]) -> None:
    """Measure, print, and add it to what is kept."""
    print(f"{DOSSIERS} dossiers, {RUNS} rounds; medians")
    print(f"{'':<28}{'':>9}{'against':>9}{'result':>9}{'target':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for result in measure_all(Path(folder), lambda name: not chosen or any(word in name for word in chosen)):
            seconds = f"{result.one:9.2f}{result.other:9.2f}" if result.other else f"{'':>18}"
            print(f"{result.name:<28}{seconds}{result.value:9.3f}{result.target:9.2f}  {result.unit}", flush=True)
            keep(result)


def measure_all(folder: Path, wanted: Callable[[str], bool]) -> Iterator[Result]:
    root = folder / "register"
    make_register(root, DOSSIERS)
    works.in_git(root)
    if wanted("build, 17 sites"):
        works.make_markdown(root)
    for pair in PAIRS:
        if wanted(pair.name) and (pair.other != works.build_coordinators_by_hugo or has_hugo()):
            yield measure(pair, root)
    for name, work in DIFFS.items():
        if wanted(name):
            seconds = statistics.median(_took(work, root, processor_time) for _ in range(RUNS))
            yield Result(name, seconds, 2, "s of processor time")
    if wanted("serve") and (seconds_each := measure_serve(root, RUNS)):
        yield Result("serve, saved to shown", statistics.median(seconds_each), 3, "s")
    if wanted("growth") or wanted("memory"):
        yield from measure_large(folder, wanted)
    if wanted("paint"):
        yield from measure_paint(root, works.DAY)


def measure(pair: Pair, root: Path) -> Result:
    """The median of the ratios of every round."""
    rounds = [(_took(pair.work, root, pair.clock), _took(pair.other, root, pair.clock)) for _ in range(RUNS + 1)][1:]
    ratio = statistics.median(one / other for one, other in rounds)
    one, other = (statistics.median(times) for times in zip(*rounds, strict=True))
    return Result(pair.name, ratio, pair.target, pair.against, one, other)


def measure_large(folder: Path, wanted: Callable[[str], bool]) -> Iterator[Result]:
    """What one dossier more costs a build from nothing, and how much memory it takes."""
    sizes = (DOSSIERS, MANY, MOST) if wanted("growth") else (MANY,)
    roots = {size: folder / f"{size}" for size in sizes}
    for size, root in roots.items():
        make_register(root, size)
    if wanted("growth"):
        rounds = []
        for _ in range(RUNS):
            few, many, most = (_took(works.build_all, root, processor_time) for root in roots.values())
            rounds.append(((most - many) / (MOST - MANY), (many - few) / (MANY - DOSSIERS)))
        ratio = statistics.median(late / early for late, early in rounds)
        late, early = (1000 * statistics.median(times) for times in zip(*rounds, strict=True))
        yield Result("growth", ratio, 1.1, f"a dossier more at {MANY}, against at {DOSSIERS} (ms)", late, early)
    if wanted("memory"):
        yield Result("memory", works.peak_memory(roots[MANY]), 500, f"MB, the largest process at {MANY} dossiers")


def has_hugo() -> bool:
    if shutil.which("hugo"):
        return True
    print("Hugo is missing; install it with: apt-get install hugo")
    return False


def _took(work: Work, root: Path, clock: Callable[[], float]) -> float:
    start = clock()
    work(root)
    return clock() - start


if __name__ == "__main__":
    main(sys.argv[1:])
