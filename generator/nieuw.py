"""A new dossier: its id, the file that its answers make, and what is wrong with the register then."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Any

from generator.checks import check_change
from generator.findings import Finding
from generator.load import load_text
from generator.model.dossier import Dossier
from generator.opmaak import dossier_text
from generator.register import Register
from generator.schemas import modeline
from generator.validate import validate
from generator.vragen import Antwoorden, anchor_of, rules_of


@dataclass(frozen=True)
class Nieuw:
    """A dossier that is not written yet."""

    id: str
    pad: str
    tekst: str
    register: Register
    """The register with it; as it was, when the dossier cannot be read."""
    bevindingen: list[Finding]
    """What is wrong with it, and the errors that it causes elsewhere."""


def make_new(
    register: Register, traject: str, known: Antwoorden, gebruikt: Collection[str], op: date, vandaag: date
) -> Nieuw:
    """The dossier that the answers make; `gebruikt` are ids that it may not have, beside those of the register."""
    regels = rules_of(register, traject, known, op)
    assert regels
    name = next(register.vrije_ids(f"{regels.voorvoegsel}-{anchor_of(known, op).year}", gebruikt))
    path = f"{_folder(register, name)}/{name}.yaml"
    text = f"{modeline(path)}\n{dossier_text({'id': name, 'traject': traject, **_data(known)})}"
    document, findings = load_text(text, path)
    dossier, wrong = validate(Dossier, document) if document else (None, [])
    findings += wrong
    if document is None or dossier is None:
        return Nieuw(name, path, text, register, findings)
    after = register.met({name: (dossier, document)})
    findings += check_change(register, after, {path}, op, vandaag)
    return Nieuw(name, path, text, after, findings)


def _data(known: Antwoorden) -> dict[str, Any]:
    """The answers as they stand in the file."""

    def part(kind: str) -> dict[str, Any]:
        start = f"{kind}:"
        return {key.removeprefix(start): value for key, value in _given(known).items() if key.startswith(start)}

    def block(**keys: str) -> dict[str, Any]:
        return {name: known[key] for name, key in keys.items() if known.get(key) is not None}

    aanmelding = block(datum="aanmelding-datum", partner="aanmelder")
    aanmelding |= {"doelgroep": part("doelgroep"), "besluit": block(datum="besluit-datum", uitkomst="uitkomst")}
    guide = block(partner="partner", begeleider="begeleider", vanaf="start")
    return {
        **block(woning="woning", huisvester="huisvester", start="start", termijn="termijn", vervolg_op="vervolg-op"),
        "aanmelding": {key: value for key, value in aanmelding.items() if value},
        "documenten": part("document"),
        "begeleiding": (guide,) if "begeleider" in guide else (),
    }


def _given(known: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in known.items() if value is not None}


def _folder(register: Register, name: str) -> str:
    """Where the others of this traject and year are, else of this year; else a folder of the year."""
    prefix, year = name.rsplit("-", 1)[0], name.split("-")[-2]
    for like in (lambda other: other.startswith(f"{prefix}-"), lambda other: f"-{year}-" in other):
        found = Counter(str(PurePosixPath(path).parent) for other, path in register.paden.items() if like(other))
        if found:
            return min(found, key=lambda folder: (-found[folder], folder))
    folders = {str(PurePosixPath(path).parent) for path in register.paden.values()}
    return "dossiers" if folders == {"dossiers"} else f"dossiers/{year}"
