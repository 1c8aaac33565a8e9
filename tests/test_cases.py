"""Every folder of `cases/` is a test: dossiers (and a protocol that lies over the base one) with what must follow.

`geval.yaml` says what the case shows and on which date; `verwacht/` holds the findings, the planning and the agendas.
`make accept` writes `verwacht/` anew: review the difference before you commit it.
"""

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from generator.agenda import make_agenda
from generator.history import History
from generator.model.view import COORDINATIE
from generator.register import read_register
from generator.render.data import planning_json, value_json
from generator.traject import Standen
from generator.views import make_dossiers
from tests.conftest import BASIS, TESTS, findings_of

CASES = sorted((TESTS / "cases").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path, tmp_path: Path) -> None:
    expected = case / "verwacht"
    made = _make(case, tmp_path / "register")
    if os.environ.get("ACCEPT"):
        shutil.rmtree(expected, ignore_errors=True)
        expected.mkdir()
        for name, text in made.items():
            (expected / name).write_text(text, encoding="utf-8")
    wanted = {path.name: path.read_text(encoding="utf-8") for path in sorted(expected.iterdir())}
    assert made == wanted


def _make(case: Path, root: Path) -> dict[str, str]:
    """The findings; and, when none is an error, the planning and each agenda of every date."""
    settings = yaml.safe_load((case / "geval.yaml").read_text(encoding="utf-8"))
    shutil.copytree(BASIS, root)
    for folder in ("dossiers", "protocol"):
        if (case / folder).exists():
            shutil.copytree(case / folder, root / folder, dirs_exist_ok=True)
    dates: list[date] = settings["datums"]
    findings = findings_of(root, dates[0], settings.get("vandaag", max(dates)))
    made = {"bevindingen.txt": "".join(f"{finding}\n" for finding in findings)}
    register, _ = read_register(root)
    if register is None or any(finding.level == "fout" for finding in findings):
        return made
    standen = Standen(register)
    for op in dates:
        made[f"planning-{op}.json"] = planning_json(op, make_dossiers(standen, History(), COORDINATIE, op))
        for name in settings.get("agendas", []):
            partner, maand = name.split()
            made[f"agenda-{partner}-{maand}-{op}.json"] = value_json(make_agenda(standen, partner, maand, op, op))
    return made
