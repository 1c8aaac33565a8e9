"""The values of the protocol that texts may use, in words: `{overleg-4m}` is 4, `{overleg}` the day of the month."""

import re

from generator.model.protocol import Organisatie, Termijn, Trajectregels

_RANG = {1: "eerste", 2: "tweede", 3: "derde", 4: "vierde", -1: "laatste", -2: "voorlaatste"}
_DAG = {
    "MO": "maandag",
    "TU": "dinsdag",
    "WE": "woensdag",
    "TH": "donderdag",
    "FR": "vrijdag",
    "SA": "zaterdag",
    "SU": "zondag",
}


def waarden_algemeen(organisatie: Organisatie, overleg: str, aankondiging: str) -> dict[str, str]:
    """The values that every text may use; `overleg` and `aankondiging` are the recurrence rules in force."""
    return {
        "organisatie": organisatie.naam,
        "dienst": organisatie.dienst,
        "email": organisatie.email,
        "kantoor": organisatie.kantoor,
        "overleg": in_woorden(overleg),
        "aankondiging": in_woorden(aankondiging),
    }


def waarden_van(regels: Trajectregels) -> dict[str, str]:
    """The values of a traject: months of its moments, its term, its extension."""
    waarden: dict[str, str] = {}
    for moment in regels.momenten:
        if isinstance(moment.na, int):
            waarden[moment.id] = str(moment.na)
        elif moment.elke:
            waarden[f"{moment.id}.elke"] = str(moment.elke)
    if isinstance(regels.termijn, Termijn):
        waarden["termijn.minimum"] = str(regels.termijn.minimum)
        waarden["termijn.maximum"] = str(regels.termijn.maximum)
    elif regels.termijn:
        waarden["termijn"] = str(regels.termijn)
    if regels.verlenging:
        waarden["verlenging"] = str(regels.verlenging.veelvoud)
    return waarden


def in_woorden(regel: str) -> str:
    """A recurrence rule (RFC 5545) in Dutch: `laatste donderdag van de maand`."""
    parts = dict(part.partition("=")[::2] for part in regel.upper().split(";"))
    interval = int(parts.get("INTERVAL", "1")) if parts.get("INTERVAL", "1").isdigit() else 0
    period = {1: "van de maand", 2: "van elke tweede maand", 3: "van elke derde maand"}.get(interval)
    plain = (
        parts.keys() <= {"FREQ", "BYDAY", "BYMONTHDAY", "INTERVAL", "BYSETPOS", "WKST"} and parts["FREQ"] == "MONTHLY"
    )
    day = re.fullmatch(r"([+-]?\d)?([A-Z]{2})", parts.get("BYDAY", ""))
    rank = (day and day[1]) or parts.get("BYSETPOS", "")
    if plain and period and day and _is_number(rank) and int(rank) in _RANG:
        return f"{_RANG[int(rank)]} {_DAG.get(day[2], day[2])} {period}"
    if plain and period and parts.get("BYMONTHDAY", "").isdigit() and not day:
        return f"{parts['BYMONTHDAY']}e {period}"
    return f"dag volgens de regel {regel}"


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[+-]?\d+", text))
