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
    return _json({"datum": datum, "dossiers": [_planning(dossier) for dossier in dossiers]})


def werklijst_json(datum: date, taken: Iterable[Taak]) -> str:
    """What is to be done on a date, the most urgent first."""
    return _json({"datum": datum, "taken": [dataclasses.asdict(taak) for taak in taken]})


def value_json(value: Agenda | Intervisie | Rapport | WieZiet | Inzage | Verschil) -> str:
    """A value that stands on its own, with its keys."""
    return _json(dataclasses.asdict(value))


def _planning(dossier: DossierView) -> dict[str, Any]:
    return {
        "id": dossier.id,
        "traject": dossier.traject,
        "fase": dossier.fase,
        "einde": dossier.einde,
        "momenten": [_moment(moment) for moment in dossier.momenten],
    }


def _moment(moment: MomentView) -> dict[str, Any]:
    return {
        "id": moment.id,
        "soort": moment.soort,
        "streefdatum": moment.streefdatum,
        "datum": moment.datum,
        "uur": moment.uur,
        "status": moment.status,
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, default=_plain) + "\n"


def _plain(value: Any) -> str:
    """Civil dates as `JJJJ-MM-DD`, hours as `UU:MM`."""
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"not for JSON: {type(value).__name__}")
