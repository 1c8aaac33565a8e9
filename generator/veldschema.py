"""The models and their Dutch texts → JSON Schema (draft 7), in the form that editors of YAML serve best.

Nothing here knows a register: what its protocol adds comes in `schemas`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.load import load_text
from generator.model.dossier import Ondertekening, Ondertekeningen
from generator.teksten.bestanden import BESTANDEN
from generator.teksten.dossier import LOGBOEKSOORTEN
from generator.teksten.veld import Veldtekst, Veldteksten
from generator.validate import shape_of
from generator.velden import SOORTEN, bounds_of, in_order, is_union, kind_of_entry, models_in, text_of, words_in

Schema = dict[str, Any]
DRAFT = "http://json-schema.org/draft-07/schema#"
_DAY = "(0[1-9]|[12][0-9]|30)"
_DATUM = (
    f"^20([0-9]{{2}}-((0[13578]|1[02])-({_DAY[1:-1]}|31)|(0[469]|11)-{_DAY}|02-(0[1-9]|1[0-9]|2[0-8]))"
    "|([02468][048]|[13579][26])-02-29)$"
)
_UUR = "^([01]?[0-9]|2[0-3]):[0-5][0-9]$"
_TEKST = ["string", "number"]
"""`woning: 1043` is text too; what editors take for another number is text for us."""

VERBANDEN: Mapping[str, Sequence[Schema]] = {
    "Ondertekening": [{"dependencies": {"ingetrokken": ["ondertekend"]}}],
    "Gesprek": [
        {
            "if": {"properties": {"besluit": {"const": "verlengen"}}, "required": ["besluit"]},
            "then": {"required": ["maanden"]},
        },
        {
            "if": {"required": ["maanden"]},
            "then": {"required": ["besluit"], "properties": {"besluit": {"const": "verlengen"}}},
        },
    ],
    "Bezoek": [
        {
            "if": {"required": ["bevindingen"]},
            "then": {"anyOf": [{"required": [name]} for name in ("verloop", "wooncultuur", "besluit", "afgelast")]},
        },
        {
            "if": {"required": ["afgelast"]},
            "then": {"not": {"anyOf": [{"required": [name]} for name in ("verloop", "wooncultuur", "besluit")]}},
        },
        {
            "if": {"required": ["voorwaarde"]},
            "then": {"required": ["besluit"], "properties": {"besluit": {"const": "toewijzing"}}},
        },
    ],
    "Informatievraag": [{"dependencies": {"antwoord": ["beantwoord"]}}],
    "Contact": [
        {
            "if": {"properties": {"doorgegaan": {"const": False}}, "required": ["doorgegaan"]},
            "then": {"required": ["reden"]},
        }
    ],
    "MomentRegel": [{"oneOf": [{"required": ["na"]}, {"required": ["elke"]}]}],
}
"""What the fields of a model ask of each other, where a schema can say it; the models say it in full."""
_IN_SNIPPET = ("uur", "moment", "conclusie")


def make_schema(soort: str) -> Schema:
    """The schema of a kind of file, whatever the register."""
    tekst = BESTANDEN[soort]
    maker = _Maker(tekst.velden)
    head = {"$schema": DRAFT, "title": tekst.titel, "description": tekst.uitleg}
    return head | maker.value(SOORTEN[soort], ())


class _Maker:
    def __init__(self, teksten: Veldteksten) -> None:
        self.teksten = teksten

    def value(self, annotation: Any, metadata: Sequence[Any]) -> Schema:
        """What a value of a type may be."""
        origin, parts = get_origin(annotation), get_args(annotation)
        if annotation == Ondertekeningen:
            return self.signed()
        if origin is Annotated:
            return self.value(parts[0], [*parts[1:], *metadata])
        if origin is Literal:
            return {"type": "string", "enum": list(parts)}
        if origin is tuple:
            least = next((item.min_length for item in metadata if hasattr(item, "min_length")), 0)
            return {"type": "array", "items": self.value(parts[0], ()), **({"minItems": least} if least else {})}
        if origin is dict:
            return {
                "type": "object",
                "propertyNames": _key(self.value(parts[0], ())),
                "additionalProperties": self.value(parts[1], ()),
            }
        if is_union(annotation):
            return self.union([part for part in parts if part is not type(None)], metadata)
        if models := models_in(annotation):
            return self.model(models[0])
        return _simple(annotation, bounds_of(metadata))

    def union(self, parts: Sequence[Any], metadata: Sequence[Any]) -> Schema:
        if len(parts) == 1:
            return self.value(parts[0], metadata)
        if all(isinstance(part, type) and issubclass(part, BaseModel) and kind_of_entry(part) for part in parts):
            return self.entries(parts)
        return {"anyOf": [self.value(part, ()) for part in parts]}

    def model(self, model: type[BaseModel]) -> Schema:
        """A block of which every key is known."""
        fields = model.model_fields
        required = [name for name in in_order(fields) if fields[name].is_required()]
        among = [rule for base in model.__mro__ for rule in VERBANDEN.get(base.__name__, ())]
        return {
            "type": "object",
            "properties": {name: self.field(model, name, fields[name]) for name in in_order(fields)},
            "additionalProperties": False,
            **({"required": required} if required else {}),
            **({"allOf": among} if among else {}),
        }

    def field(self, model: type[BaseModel], naam: str, field: FieldInfo) -> Schema:
        """A value with what is told of it."""
        tekst = text_of(model, naam, self.teksten)
        schema = self.value(field.annotation, field.metadata)
        _explain_words(schema, tekst)
        told = {"title": tekst.titel, "description": tekst.uitleg, **schema}
        if tekst.voorbeeld:
            told["examples"] = [_data_of(naam, tekst.voorbeeld)]
        if isinstance(field.default, bool | int | str):
            told["default"] = field.default
        return told

    def signed(self) -> Schema:
        """A day on which a document was signed, a block, or a list of these."""
        one = [_simple(date, {}), self.model(Ondertekening)]
        return {"anyOf": [*one, {"type": "array", "items": {"anyOf": one}}]}

    def entries(self, models: Sequence[type[BaseModel]]) -> Schema:
        """Entries that their `soort` tells apart, each with a text to begin from."""
        kinds = {kind_of_entry(model): model for model in models}
        tekst = text_of(models[0], "soort", self.teksten)
        words = [LOGBOEKSOORTEN[kind] for kind in kinds]
        soort = {"title": tekst.titel, "description": tekst.uitleg, "type": "string", "enum": list(kinds)}
        return {
            "type": "object",
            "required": ["soort", "datum"],
            "properties": {"soort": soort | {"enumDescriptions": words, "markdownEnumDescriptions": words}},
            "allOf": [{"if": _is_of("soort", kind), "then": self.model(model)} for kind, model in kinds.items()],
            "defaultSnippets": [self.snippet(kind, model) for kind, model in kinds.items()],
        }

    def snippet(self, kind: str, model: type[BaseModel]) -> Schema:
        """What an entry of a kind begins with: the keys that it must have, and those that it mostly has."""
        fields = model.model_fields
        mostly = (*_IN_SNIPPET, "verloop") if "conclusie" in fields else _IN_SNIPPET
        names = [name for name in in_order(fields) if fields[name].is_required() or name in mostly]
        body = {"soort": kind} | {
            name: self.placeholder(model, name, number) for number, name in enumerate(names[1:], start=1)
        }
        return {"label": kind, "description": LOGBOEKSOORTEN[kind], "body": body}

    def placeholder(self, model: type[BaseModel], naam: str, number: int) -> str:
        """A place to fill in: a choice of the words, else the example."""
        words = words_in(model.model_fields[naam].annotation)
        tekst = text_of(model, naam, self.teksten)
        if words:
            return f"${{{number}|{','.join(words)}|}}"
        other_kind = naam == "moment" and not tekst.voorbeeld.startswith(kind_of_entry(model))
        return f"${{{number}:{'extra-1' if other_kind else tekst.voorbeeld}}}"


def _is_of(naam: str, waarde: str) -> Schema:
    return {"properties": {naam: {"const": waarde}}, "required": [naam]}


def _explain_words(schema: Schema, tekst: Veldtekst) -> None:
    """What each word means, where the words stand: perhaps in a list, or beside another kind of value."""
    for part in _with_words(schema):
        part["enumDescriptions"] = [tekst.waarden.get(word, "") for word in part["enum"]]
        part["markdownEnumDescriptions"] = part["enumDescriptions"]


def _with_words(schema: Schema) -> Iterator[Schema]:
    if "enum" in schema:
        yield schema
    inner = [schema.get(name) for name in ("items", "propertyNames", "additionalProperties")]
    for part in (*inner, *schema.get("anyOf", ())):
        if isinstance(part, dict) and "properties" not in part:
            yield from _with_words(part)


def _key(schema: Schema) -> Schema:
    """What a key may be: it is always text."""
    return {**schema, "type": "string"}


def _simple(kind: Any, bounds: Mapping[str, Any]) -> Schema:
    """A value without parts."""
    if kind is date:
        return {"type": "string", "pattern": _DATUM, "patternErrorMessage": "verwacht een datum als 2026-11-26"}
    if kind is time:
        return {"type": "string", "pattern": _UUR, "patternErrorMessage": "verwacht een uur als 10:00"}
    if kind is bool:
        return {"type": "boolean"}
    if kind is int:
        limits = {"ge": "minimum", "le": "maximum"}
        return {"type": "integer", **{limits[name]: bounds[name] for name in limits if name in bounds}}
    return _text(bounds)


def _text(bounds: Mapping[str, Any]) -> Schema:
    schema: Schema = {"type": _TEKST}
    if pattern := bounds.get("pattern"):
        schema = {"type": _TEKST if re.match(pattern, "12") else "string", "pattern": pattern}
        schema["patternErrorMessage"] = f"verwacht {shape_of(pattern)}"
    if "max_length" in bounds:
        schema["maxLength"] = bounds["max_length"]
    return schema


def _data_of(naam: str, voorbeeld: str) -> Any:
    """An example as data."""
    document, _ = load_text(f"{naam}: {voorbeeld}\n", "voorbeeld.yaml")
    return _as_json(document.data[naam]) if document else voorbeeld


def _as_json(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_as_json(item) for item in value]
    return {key: _as_json(item) for key, item in value.items()} if isinstance(value, dict) else value
