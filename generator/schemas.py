"""A register → the JSON Schemas of its files: what the models take, and what its own protocol allows there."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from generator.model.protocol import Criterium, Minstens, MomentRegel, Termijn, Trajectregels
from generator.register import Register
from generator.teksten.bestanden import BESTANDEN
from generator.teksten.veld import BESLUITEN
from generator.veldschema import Schema, make_schema

MAP = "schema"
"""The folder of a register in which they stand."""


def make_schemas(register: Register) -> dict[str, str]:
    """The schema of each kind of file as JSON, by the name of its file in `schema/`."""
    schemas = {soort: make_schema(soort) for soort in BESTANDEN}
    _with_partners(schemas["dossier"], register)
    _with_trajecten(schemas["dossier"], register)
    _per_partner(schemas["overleg"], register)
    return {
        f"{soort}.json": json.dumps(schema, ensure_ascii=False, indent=1) + "\n" for soort, schema in schemas.items()
    }


def modeline(path: str) -> str:
    """The first line of a dossier: it tells editors where its schema is, from the folder of the file."""
    return f"# yaml-language-server: $schema={'../' * path.count('/')}{MAP}/dossier.json"


def _choices(words: Mapping[str, str]) -> Schema:
    """One of these words, each with what it means; without any, nothing will do."""
    if not words:
        return {"not": {}}
    told = list(words.values())
    return {"enum": list(words), "enumDescriptions": told, "markdownEnumDescriptions": told}


def _with_partners(schema: Schema, register: Register) -> None:
    names = _choices({key: partner.naam for key, partner in register.partners.items()})
    properties = schema["properties"]
    for block, key in (
        (properties, "huisvester"),
        (properties["aanmelding"]["properties"], "partner"),
        (properties["begeleiding"]["items"]["properties"], "partner"),
    ):
        block[key] = {**block[key], **names}


def _per_partner(schema: Schema, register: Register) -> None:
    """The keys of a record are partners."""
    schema["definitions"] = {"verslag": schema["additionalProperties"]}
    schema["properties"] = {
        key: {"title": partner.naam, "$ref": "#/definitions/verslag"} for key, partner in register.partners.items()
    }
    schema["additionalProperties"] = False
    del schema["propertyNames"]


def _with_trajecten(schema: Schema, register: Register) -> None:
    """What the rules of a traject, in any of their versions, allow its dossiers."""
    titles = {key: versies[-1].regels.titel for key, versies in register.trajecten.items()}
    schema["properties"]["traject"] |= _choices(titles)
    signed = schema["properties"]["documenten"]["additionalProperties"]
    schema["allOf"] = [
        {
            "if": {"properties": {"traject": {"const": key}}, "required": ["traject"]},
            "then": {"properties": _allowed([versie.regels for versie in versies], signed)},
        }
        for key, versies in register.trajecten.items()
    ]


def _allowed(versies: Sequence[Trajectregels], signed: Schema) -> Schema:
    prefixes = sorted({regels.voorvoegsel for regels in versies})
    found: Schema = {
        "id": {
            "pattern": f"^({'|'.join(prefixes)})-",
            "patternErrorMessage": f"in dit traject begint de referentie met {' of '.join(prefixes)}-",
        },
        "documenten": _keys(
            {
                key: {"title": item.titel, "description": f"Wanneer ondertekend: {item.titel}.", **signed}
                for regels in versies
                for key, item in regels.documenten.items()
            }
        ),
        "afwijkingen": {"items": {"properties": {"regel": _choices(_rules(versies))}}},
        "aanmelding": {"properties": {"doelgroep": _keys(_criteria(versies))}},
        "logboek": {"items": {"allOf": list(_per_kind(versies))}},
    }
    if term := _term(versies):
        found["termijn"] = term
    return found


def _keys(properties: Schema) -> Schema:
    """No key but these."""
    return {"properties": properties, "propertyNames": {"enum": list(properties)} if properties else {"not": {}}}


def _rules(versies: Sequence[Trajectregels]) -> dict[str, str]:
    titles = {regel.id: regel.titel for regels in versies for regel in regels.regels}
    return {code: titles.get(code, "") for regels in versies for code in regels.afwijkbaar}


def _criteria(versies: Sequence[Trajectregels]) -> Schema:
    """What an aanmelding states of each criterion; what it must be to be admitted is for `check`."""
    found: dict[str, list[Criterium]] = {}
    for regels in versies:
        for key, criterium in regels.doelgroep.items():
            found.setdefault(key, []).append(criterium)
    return {key: {"anyOf": [_answer(item) for item in items]} for key, items in found.items()}


def _answer(criterium: Criterium) -> Schema:
    match criterium:
        case bool():
            return {"type": "boolean"}
        case Minstens():
            return {"type": "integer"}
        case tuple():
            return {"type": "string", "examples": list(criterium)}
    return {"type": ["boolean", "string", "number"]}


def _term(versies: Sequence[Trajectregels]) -> Schema | None:
    """Bounds that no deviation sets aside."""
    terms = [regels.termijn for regels in versies]
    if any("WW-5" in regels.afwijkbaar for regels in versies) or not all(isinstance(t, Termijn) for t in terms):
        return None
    bounds = [term for term in terms if isinstance(term, Termijn)]
    return {"minimum": min(term.minimum for term in bounds), "maximum": max(term.maximum for term in bounds)}


def _per_kind(versies: Sequence[Trajectregels]) -> Iterator[Schema]:
    """Of an overleg, a visit and an evaluation: the moments that it can be of, and the decisions that it can take."""
    besluiten: dict[str, str] = {besluit: BESLUITEN[besluit] for regels in versies for besluit in regels.besluiten}
    multiple = {regels.verlenging.veelvoud if regels.verlenging else 0 for regels in versies}
    for soort in ("overleg", "huisbezoek", "evaluatie"):
        properties: Schema = {"moment": _moments(soort, versies), "besluit": _choices(besluiten)}
        if len(multiple) == 1 and 0 not in multiple and not any("VT-7.4" in regels.afwijkbaar for regels in versies):
            properties["maanden"] = {"minimum": min(multiple), "multipleOf": min(multiple)}
        yield {
            "if": {"properties": {"soort": {"const": soort}}, "required": ["soort"]},
            "then": {"properties": properties},
        }


def _moments(soort: str, versies: Sequence[Trajectregels]) -> Schema:
    named: dict[str, str] = {}
    patterns: list[str] = []
    for regels in versies:
        for moment in regels.momenten:
            if moment.soort == soort:
                named |= dict.fromkeys(_names(moment, regels), moment.titel or moment.id)
                patterns += [f"{re.escape(moment.id)}-[0-9]+m"] if moment.elke else []
                patterns += [f"{re.escape(moment.id)}-verlenging-[1-9][0-9]{{0,2}}"] if moment.na == "einde" else []
    if soort == "overleg":
        patterns.append("overleg-(verlenging|besluit)-20[0-9]{2}-(0[1-9]|1[0-2])")
    else:
        named["extra-1"] = "Een extra bezoek of gesprek, buiten het protocol; het volgende is extra-2"
        patterns.append("extra-[1-9][0-9]{0,2}")
    pattern = f"^({'|'.join(dict.fromkeys(patterns))})$"
    return {"anyOf": [_choices(named), {"pattern": pattern}]} if named else {"pattern": pattern}


def _names(moment: MomentRegel, regels: Trajectregels) -> list[str]:
    """The moments that a rule makes within the longest term."""
    return [f"{moment.id}-{months}m" for months in regels.maanden_van(moment)] if moment.elke else [moment.id]
