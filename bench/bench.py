"""`make bench`: what must stay quick, as ratios of medians (seconds are for reading only), and when pages show.

Every pair is measured side by side, in turn. What runs on one processor is told in processor time, so that other work
on the machine counts little; a build, which uses two, in time that passes.
"""

import json
import os
import resource
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import works
from paint import print_paint
from register import make_register

HERE = Path(__file__).parent
RUNS = int(os.environ.get("RUNS", "5"))
DOSSIERS = 1050
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


PAIRS = (
    Pair("check", works.check_all, "check-jsonschema", works.check_by_schema, 0.08),
    Pair("read and check", works.check_in_process, "read and compose", works.compose, 2.5),
    Pair("check one dossier", works.check_one, "start Python, import pydantic and yaml", works.start_python, 5),
    Pair("feeds", works.write_feeds, "icalendar writes the same", works.parse_and_write_feeds, 0.45),
    Pair("build, nothing changed", works.build_again, "build from nothing", works.build_all, 0.15, time.monotonic),
    Pair(
        "build, one dossier changed",
        works.build_after_a_change,
        "build from nothing",
        works.build_all,
        0.5,
        time.monotonic,
    ),
    Pair(
        "build, 17 sites", works.build_all, "MkDocs, the same as Markdown", works.build_by_mkdocs, 0.25, time.monotonic
    ),
)
ALONE = {"diff, one dossier": works.diff_one_dossier, "diff, the calendar": works.diff_calendar}
"""Told in seconds of processor time: at most 2."""


def main() -> None:
    """Measure everything, print it, and add it to `results.json`, from which `results.html` is made."""
    results: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "register"
        make_register(root, DOSSIERS)
        works.in_git(root)
        works.make_markdown(root)
        print(f"{DOSSIERS} dossiers, {RUNS} rounds; medians")
        print(f"{'':<28}{'seconds':>9}{'against':>9}{'ratio':>8}{'target':>8}")
        for pair in PAIRS:
            results[pair.name] = measure(pair, root)
        for name, work in ALONE.items():
            seconds = statistics.median(_took(work, root, processor_time) for _ in range(RUNS))
            results[name] = round(seconds, 2)
            print(f"{name:<28}{seconds:9.2f}{'':>17}{'≤ 2 s':>8}")
        print_paint(root, works.DAY)
    keep(results)


def measure(pair: Pair, root: Path) -> float:
    """The median of the ratios of every round."""
    rounds = [(_took(pair.work, root, pair.clock), _took(pair.other, root, pair.clock)) for _ in range(RUNS + 1)][1:]
    ratio = statistics.median(one / other for one, other in rounds)
    one, other = (statistics.median(times) for times in zip(*rounds, strict=True))
    print(f"{pair.name:<28}{one:9.2f}{other:9.2f}{ratio:8.3f}{pair.target:8.2f}  {pair.against}", flush=True)
    return round(ratio, 3)


def _took(work: Work, root: Path, clock: Callable[[], float]) -> float:
    start = clock()
    work(root)
    return clock() - start


def keep(results: dict[str, float]) -> None:
    """Beside the results of earlier times."""
    path = HERE / "results.json"
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    revision = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False, cwd=HERE
    )
    known.append({"op": f"{datetime.now(UTC):%Y-%m-%d}", "versie": revision.stdout.strip(), "resultaten": results})
    path.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")
    (HERE / "results.html").write_text(page(known), encoding="utf-8")


def page(runs: list[dict[str, Any]]) -> str:
    """A chart for each measure, over time."""
    from generator.render.charts import bar_chart

    labels = [f"{run['op']}\n{run['versie']}" for run in runs]
    targets = {pair.name: pair.target for pair in PAIRS}
    charts = [
        bar_chart(
            f"{name} (doel: {targets.get(name, 2)})",
            labels,
            {"maal 1000": [round(1000 * run["resultaten"].get(name, 0)) for run in runs]},
        )
        for name in runs[-1]["resultaten"]
    ]
    style = "<style>svg { max-width: 40rem; display: block }</style>"
    return (
        f'<!doctype html><html lang="nl"><meta charset="utf-8"><title>Metingen</title>{style}{"".join(charts)}</html>\n'
    )


if __name__ == "__main__":
    main()
