"""The values of the protocol that texts may use, in words: `{overleg-4m}` is 4, `{overleg}` the day of the month."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.load import Loc
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
    return {waarde.naam: waarde.getal for waarde in genoemde_waarden(regels)}


@dataclass(frozen=True)
class Waarde:
    """A value of a traject that texts may name, and where it stands in the file."""

    naam: str
    getal: str
    eenheid: str
    """What it counts, in the singular."""
    titel: str
    loc: Loc
    sleutel: str
    """The same place for people: what has an id goes by that."""


def genoemde_waarden(regels: Trajectregels) -> Iterator[Waarde]:
    """Every value of a traject that its texts may name, in the order of the file's description."""
    for i, moment in enumerate(regels.momenten):
        titel, place = moment.titel or moment.id, f"momenten.{moment.id}"
        if isinstance(moment.na, int):
            yield Waarde(moment.id, str(moment.na), "maand", titel, ("momenten", i, "na"), f"{place}.na")
        elif moment.elke:
            loc: Loc = ("momenten", i, "elke")
            yield Waarde(f"{moment.id}.elke", str(moment.elke), "maand", f"{titel}, telkens na", loc, f"{place}.elke")
    if isinstance(regels.termijn, Termijn):
        yield _waarde(("termijn", "minimum"), regels.termijn.minimum, "maand", "Kortste termijn")
        yield _waarde(("termijn", "maximum"), regels.termijn.maximum, "maand", "Langste termijn")
    elif regels.termijn:
        yield _waarde(("termijn",), regels.termijn, "maand", "Termijn")
    if regels.capaciteit:
        per_jaar = str(regels.capaciteit.woningen_per_jaar)
        loc = ("capaciteit", "woningen_per_jaar")
        yield Waarde("capaciteit", per_jaar, "woning", "Woningen die er per jaar zijn", loc, ".".join(loc))
    for name, criterium in regels.doelgroep.items():
        if isinstance(criterium, Minstens):
            titel, loc = f"Minstens voor de doelgroep: {name.replace('_', ' ')}", ("doelgroep", name, "minstens")
            yield Waarde(f"{name}.minstens", str(criterium.minstens), "", titel, loc, ".".join(loc))
    if regels.verlenging:
        loc = ("verlenging", "veelvoud")
        yield Waarde("verlenging", str(regels.verlenging.veelvoud), "maand", "Kortste verlenging", loc, ".".join(loc))


def _waarde(loc: tuple[str, ...], number: int, eenheid: str, titel: str) -> Waarde:
    return Waarde(".".join(loc), str(number), eenheid, titel, loc, ".".join(loc))


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
            yield from _flat(item, f"{path}.{item.get('id') or item.get('wat', '')}")
    elif value is not None:
        yield path, ", ".join(map(str, value)) if isinstance(value, tuple) else value


def counted(number: int | str, unit: str) -> str:
    """`4 maanden`, `1 maand`."""
    plural = {"maand": "maanden", "woning": "woningen"}
    return f"{number} {unit if str(number) == '1' else plural[unit]}" if unit else str(number)


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
