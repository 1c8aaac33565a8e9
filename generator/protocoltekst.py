"""The values of the protocol that texts may use, in words: `{overleg-4m}` is 4, `{overleg}` the day of the month."""

import re
from collections.abc import Iterator

from generator.model.protocol import Minstens, Organisatie, Termijn, Trajectregels

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
    if regels.capaciteit:
        waarden["capaciteit"] = str(regels.capaciteit.woningen_per_jaar)
    for name, criterium in regels.doelgroep.items():
        if isinstance(criterium, Minstens):
            waarden[f"{name}.minstens"] = str(criterium.minstens)
    if regels.verlenging:
        waarden["verlenging"] = str(regels.verlenging.veelvoud)
    return waarden


def changes(before: Trajectregels, after: Trajectregels) -> Iterator[str]:
    """What changed between two versions of the rules: `momenten.overleg-4m.na: 4 → 5`."""
    old, new = dict(_flat(before.model_dump())), dict(_flat(after.model_dump()))
    for key in sorted(old.keys() | new.keys()):
        if old.get(key) != new.get(key):
            was, becomes = (str(side.get(key, "geen")) for side in (old, new))
            long = len(was) + len(becomes) > 120
            yield f"{key}: {'nieuwe tekst' if long else f'{was} → {becomes}'}"


def _flat(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Every value of a version by its path; what has an id goes by that."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _flat(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, tuple) and value and isinstance(value[0], dict):
        for item in value:
            yield from _flat(item, f"{path}.{item.get('id', '')}")
    elif value is not None:
        yield path, ", ".join(map(str, value)) if isinstance(value, tuple) else value


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
