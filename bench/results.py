"""What was measured, kept over time: `results.json`, and `results.html` with a chart of each measure."""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from generator.render.charts import bar_chart

HERE = Path(__file__).parent
STYLE = """body { font-family: sans-serif } h2 { font-size: 1rem }
svg { max-width: 32rem; display: block } td { padding: 0 1em }"""


@dataclass(frozen=True)
class Result:
    """What a measure gave, and what it should stay under; `one` and `other` are the two that a ratio is of."""

    name: str
    value: float
    target: float
    unit: str
    one: float = 0
    other: float = 0


def keep(result: Result) -> None:
    """Beside those of earlier versions; what was measured of this one before is measured anew."""
    path = HERE / "results.json"
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    revision = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False, cwd=HERE
    ).stdout.strip()
    if not known or known[-1]["versie"] != revision:
        known.append({"op": f"{datetime.now(UTC):%Y-%m-%d}", "versie": revision, "resultaten": {}})
    known[-1]["resultaten"][result.name] = {
        "waarde": round(result.value, 3),
        "doel": result.target,
        "tegen": result.unit,
    }
    path.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    (HERE / "results.html").write_text(_page(known), encoding="utf-8")


def _page(runs: Sequence[dict[str, Any]]) -> str:
    """The newest results beside their targets, and a chart of each over time."""
    newest = {name: result for run in runs for name, result in run["resultaten"].items()}
    rows = "".join(
        f"<tr><td>{name}<td>{result['tegen']}<td>{result['waarde']:g}<td>{result['doel']:g}"
        for name, result in newest.items()
    )
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Measures</title><style>{STYLE}</style>'
        f"<table><tr><th>Measure<th>Against<th>Result<th>Target{rows}</table>"
        f"{''.join(_chart(name, runs) for name in newest)}</html>\n"
    )


def _chart(name: str, runs: Sequence[dict[str, Any]]) -> str:
    measured = [run for run in runs if name in run["resultaten"]]
    values = [round(1000 * run["resultaten"][name]["waarde"]) for run in measured]
    newest = measured[-1]["resultaten"][name]
    title = f"{name}: {newest['waarde']:g} against at most {newest['doel']:g} (times 1000)"
    labels = [f"{run['op']}\n{run['versie']}" for run in measured]
    return f"<h2>{title}</h2>{bar_chart(title, labels, {'': values})}"
