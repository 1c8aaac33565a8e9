"""Planning and worklist as JSON: laid out by hand, to the bytes of the library."""

import dataclasses
import json
from datetime import date
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from generator.model.view import MomentView, Taak
from generator.render.data import planning_json, werklijst_json

TEXTS = st.text() | st.text(st.sampled_from('},\n {[]":\\\u2028é😀'), max_size=40)
MAYBE = st.none() | TEXTS
DAYS = st.dates()
HOURS = st.none() | st.times()
MOMENTS = st.builds(MomentView, id=TEXTS, soort=TEXTS, status=TEXTS, datum=DAYS, streefdatum=DAYS, uur=HOURS)
DOSSIERS = st.builds(
    SimpleNamespace,
    id=TEXTS,
    traject=TEXTS,
    fase=TEXTS,
    einde=st.none() | DAYS,
    momenten=st.lists(MOMENTS, max_size=4).map(tuple),
)
TASKS = st.builds(Taak, id=MAYBE, traject=MAYBE, partner=MAYBE, reden=TEXTS, tegen=DAYS, maand=MAYBE)


@given(DAYS, st.lists(DOSSIERS, max_size=4))
def test_the_planning_has_the_bytes_of_the_library(op: date, dossiers: list[Any]) -> None:
    names = ("id", "soort", "streefdatum", "datum", "uur", "status")
    told = [
        {name: getattr(dossier, name) for name in ("id", "traject", "fase", "einde")}
        | {"momenten": [{name: getattr(moment, name) for name in names} for moment in dossier.momenten]}
        for dossier in dossiers
    ]
    assert planning_json(op, dossiers) == library({"datum": op, "dossiers": told})


@given(DAYS, st.lists(TASKS, max_size=4))
def test_the_worklist_has_the_bytes_of_the_library(op: date, tasks: list[Taak]) -> None:
    assert werklijst_json(op, tasks) == library({"datum": op, "taken": [dataclasses.asdict(task) for task in tasks]})


def library(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=plain) + "\n"


def plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else f"{value:%H:%M}"
