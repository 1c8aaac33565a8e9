"""What other programs read: planning and agenda as JSON."""

import dataclasses
import json
from collections.abc import Iterable
from datetime import date, time
from typing import Any

from generator.model.verschil import Verschil
from generator.model.view import Agenda, DossierView, Intervisie, Inzage, MomentView, Rapport, Taak, WieZiet


def planning_json(datum: date, dossiers: Iterable[DossierView]) -> str:
    """Phase, end and moments of each dossier on a date."""
    listed = ",".join(map(_planning, dossiers))
    return _with_date(datum, "dossiers", f"[{listed}\n  ]" if listed else "[]")


def werklijst_json(datum: date, taken: Iterable[Taak]) -> str:
    """What is to be done on a date, the most urgent first."""
    return _with_date(datum, "taken", _rows([vars(taak) for taak in taken], "\n  "))


def value_json(value: Agenda | Intervisie | Rapport | WieZiet | Inzage | Verschil) -> str:
    """A value that stands on its own, with its keys."""
    return _json(dataclasses.asdict(value))


# What these hold by the thousand is laid out here, to the bytes of `json.dumps` with an indent, whose way is slow.


def _with_date(datum: date, name: str, listed: str) -> str:
    return f'{{\n  "datum": "{datum}",\n  "{name}": {listed}\n}}\n'


def _planning(dossier: DossierView) -> str:
    indent = "\n      "
    keys = {"id": dossier.id, "traject": dossier.traject, "fase": dossier.fase, "einde": dossier.einde}
    moments = _rows([_moment(moment) for moment in dossier.momenten], indent)
    return f'\n    {{{indent}{_dense(keys, indent)[1:-1]},{indent}"momenten": {moments}\n    }}'


def _moment(moment: MomentView) -> dict[str, Any]:
    return {
        "id": moment.id,
        "soort": moment.soort,
        "streefdatum": moment.streefdatum,
        "datum": moment.datum,
        "uur": moment.uur,
        "status": moment.status,
    }


def _rows(rows: list[dict[str, Any]], indent: str) -> str:
    """A list of objects in which nothing is nested. No text holds a line break: each is one between two items."""
    if not rows:
        return "[]"
    outer, inner = f"{indent}  ", f"{indent}    "
    items = _dense(rows, inner)[2:-2].replace(f"}},{inner}{{", f"{outer}}},{outer}{{{inner}")
    return f"[{outer}{{{inner}{items}{outer}}}{indent}]"


def _dense(value: Any, between: str) -> str:
    """By the fast encoder, with a line break between two items, however deep."""
    return json.dumps(value, ensure_ascii=False, separators=(f",{between}", ": "), default=_plain)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=_plain) + "\n"


def _plain(value: Any) -> str:
    """Civil dates as `JJJJ-MM-DD`, hours as `UU:MM`."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"not for JSON: {type(value).__name__}")
