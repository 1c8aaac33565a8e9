"""The fields of a form (Decap CMS): what a model takes, with its Dutch texts and the choices of the traject."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.model.dossier import Aanmelding, Dossier, Ondertekening
from generator.teksten.bestanden import BESTANDEN
from generator.teksten.dossier import LOGBOEKSOORTEN
from generator.teksten.veld import Veldtekst
from generator.validate import shape_of
from generator.velden import bounds_of, in_order, is_union, kind_of_entry, models_in, text_of, words_in

Formulierveld = dict[str, Any]
"""A field as the configuration of Decap has it; `soort` tells our own script what stands in the file."""

LANGE_TEKSTEN = frozenset(
    ("afgelast", "antwoord", "bevindingen", "conclusie", "omschrijving", "reden", "toelichting", "voorwaarde", "vraag")
)
"""Sentences rather than names: a box of more lines."""
JA_NEE = [{"label": "Ja", "value": "ja"}, {"label": "Nee", "value": "nee"}]
_TEKSTEN = BESTANDEN["dossier"].velden
_DATUM = {"widget": "datetime", "date_format": "YYYY-MM-DD", "time_format": False}
_UUR = {"widget": "string", "pattern": [r"^([01]?\d|2[0-3]):[0-5]\d$", "Vul een uur in als 10:00."]}


@dataclass(frozen=True)
class Keuzes:
    """What the register and the protocol of a traject let people choose from; each with what it is called."""

    traject: str
    voorvoegsel: str
    partners: Mapping[str, str]
    huisvesters: Mapping[str, str]
    documenten: Mapping[str, str]
    doelgroep: Mapping[str, str]
    """What each criterion asks."""
    waarheden: frozenset[str]
    """The criteria that are answered with yes or no."""
    afwijkbaar: Mapping[str, str]
    besluiten: frozenset[str]
    momenten: Mapping[str, Mapping[str, str]]
    """By kind of entry."""


def make_fields(keuzes: Keuzes) -> list[Formulierveld]:
    """The form of a dossier of a traject, in the order in which the file is written."""
    return _pruned(_fields(Dossier, keuzes))


def _fields(model: type[BaseModel], keuzes: Keuzes, *, may_be_empty: bool = False) -> list[Formulierveld]:
    fields = model.model_fields
    return [
        _field(model, naam, fields[naam], keuzes, required=fields[naam].is_required() and not may_be_empty)
        for naam in in_order(fields)
    ]


def _field(model: type[BaseModel], naam: str, field: FieldInfo, keuzes: Keuzes, *, required: bool) -> Formulierveld:
    tekst = text_of(model, naam, _TEKSTEN)
    kind, bounds = _plain(field.annotation, field.metadata)
    head = {"name": naam, "label": tekst.titel, "hint": tekst.uitleg, "required": required}
    return head | (_by_name(model, naam, keuzes) or _by_kind(naam, kind, bounds, tekst, keuzes))


# What the protocol says of a field.


def _by_name(model: type[BaseModel], naam: str, keuzes: Keuzes) -> Formulierveld | None:
    """A field that depends on the register; None: its kind alone tells."""
    match naam:
        case "id":
            pattern = f"^{keuzes.voorvoegsel}(-[A-Z0-9]+)+$"
            return _text(pattern, f"Begin met {keuzes.voorvoegsel}-, zoals {keuzes.voorvoegsel}-2026-014.")
        case "traject":
            return {"widget": "hidden", "default": keuzes.traject}
        case "partner":
            return _select_named(keuzes.partners)
        case "huisvester":
            return _select_named(keuzes.huisvesters)
        case "regel":
            return _select(keuzes.afwijkbaar)
        case "documenten":
            return {"widget": "object", "fields": [_document(*item) for item in keuzes.documenten.items()]}
        case "doelgroep" if model is Aanmelding:
            return {"widget": "object", "fields": [_criterium(*item, keuzes) for item in keuzes.doelgroep.items()]}
        case "moment" if found := keuzes.momenten.get(kind_of_entry(model)):
            return _select(found)
        case "besluit" if words_in(model.model_fields[naam].annotation):
            return _select(_decisions(model, keuzes))
    return None


def _document(sleutel: str, titel: str) -> Formulierveld:
    fields = [
        {"name": naam, "label": tekst.titel, "hint": tekst.uitleg, "required": False, **_DATUM}
        for naam in Ondertekening.model_fields
        for tekst in [text_of(Ondertekening, naam, _TEKSTEN)]
    ]
    return {
        "name": sleutel,
        "label": titel,
        "label_singular": "ondertekening",
        "required": False,
        "widget": "list",
        "soort": "ondertekening",
        "summary": "{{fields.ondertekend}}",
        "collapsed": False,
        "fields": fields,
    }


def _criterium(sleutel: str, gevraagd: str, keuzes: Keuzes) -> Formulierveld:
    label = sleutel.replace("_", " ").capitalize()
    head = {"name": sleutel, "label": label, "hint": f"{gevraagd.capitalize()}.", "required": False}
    if sleutel in keuzes.waarheden:
        return head | {"widget": "select", "options": JA_NEE, "soort": "waarheid"}
    return head | {"widget": "string", "soort": "antwoord"}


def _decisions(model: type[BaseModel], keuzes: Keuzes) -> dict[str, str]:
    """Those of the traject; an overleg does not allocate, and does not end a traject badly (WW-6)."""
    tekst = text_of(model, "besluit", _TEKSTEN)
    not_here = ("toewijzing", "negatief") if kind_of_entry(model) == "overleg" else ()
    return {word: text for word, text in tekst.waarden.items() if word in keuzes.besluiten and word not in not_here}


# What the kind of a value says of its field.


def _by_kind(naam: str, kind: Any, bounds: dict[str, Any], tekst: Veldtekst, keuzes: Keuzes) -> Formulierveld:
    origin = get_origin(kind)
    if naam == "logboek":
        return _logboek(kind, keuzes)
    if origin is tuple:
        return _list(kind, naam, tekst, keuzes)
    if models := models_in(kind):
        return {"widget": "object", "fields": _fields(models[0], keuzes, may_be_empty=True)}
    if origin is Literal:
        return _select({word: tekst.waarden[word] for word in get_args(kind)})
    return _simple(naam, kind, bounds)


def _logboek(kind: Any, keuzes: Keuzes) -> Formulierveld:
    """One form for each kind of entry."""
    types = [
        {
            "name": soort,
            "label": soort.capitalize(),
            "hint": LOGBOEKSOORTEN[soort],
            "widget": "object",
            "summary": f"{{{{fields.datum}}}} {soort}",
            "fields": _entry_fields(model, keuzes),
        }
        for model in models_in(kind)
        for soort in [kind_of_entry(model)]
    ]
    return {"widget": "list", "label_singular": "aantekening", "typeKey": "soort", "types": types}


def _entry_fields(model: type[BaseModel], keuzes: Keuzes) -> list[Formulierveld]:
    return [field for field in _fields(model, keuzes) if field["name"] != "soort"]


def _list(kind: Any, naam: str, tekst: Veldtekst, keuzes: Keuzes) -> Formulierveld:
    inner = get_args(kind)[0]
    if not models_in(inner):
        return {"widget": "list", "field": {"name": naam, "label": tekst.titel, "widget": "string"}}
    fields = _fields(models_in(inner)[0], keuzes)
    summary = " ".join(f"{{{{fields.{field['name']}}}}}" for field in fields if field["required"])
    return {"widget": "list", "label_singular": tekst.titel.lower(), "summary": summary, "fields": fields}


def _simple(naam: str, kind: Any, bounds: dict[str, Any]) -> Formulierveld:
    if kind is bool:
        return {"widget": "select", "options": JA_NEE, "soort": "waarheid"}
    if kind is int:
        limits = {"min": max(bounds["ge"], 1), "max": bounds["le"]} if "ge" in bounds else {}
        return {"widget": "number", "value_type": "int", "step": 1, **limits}
    if kind is date:
        return dict(_DATUM)
    if kind is time:
        return dict(_UUR)
    if "pattern" in bounds:
        return _text(bounds["pattern"], f"Verwacht: {shape_of(bounds['pattern'])}.")
    return {"widget": "text" if naam in LANGE_TEKSTEN else "string"}


def _text(pattern: str, message: str) -> Formulierveld:
    return {"widget": "string", "pattern": [pattern, message]}


def _select(options: Mapping[str, str]) -> Formulierveld:
    """A choice between words, each told with what it means."""
    found = [{"label": f"{word}: {text}" if text else word, "value": word} for word, text in options.items()]
    return {"widget": "select", "options": found}


def _select_named(names: Mapping[str, str]) -> Formulierveld:
    """A choice between organisations, by their names."""
    return {"widget": "select", "options": [{"label": naam, "value": key} for key, naam in names.items()]}


def _pruned(fields: Iterable[Formulierveld]) -> list[Formulierveld]:
    """Without choices between nothing, and what asks one: a traject may have no documents, decisions or criteria."""
    found = []
    for field in fields:
        inner = {key: _pruned(field[key]) for key in ("fields", "types") if key in field}
        asked = [item for item in field.get("fields", ()) if item["required"]]
        if field.get("options") != [] and [] not in inner.values() and all(_pruned([item]) for item in asked):
            found.append(field | inner)
    return found


def _plain(annotation: Any, metadata: Iterable[Any]) -> tuple[Any, dict[str, Any]]:
    """A type without what surrounds it, and what limits its values."""
    bounds = bounds_of(metadata)
    while True:
        origin, parts = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            bounds, annotation = bounds_of(parts[1:]) | bounds, parts[0]
        elif is_union(annotation):
            others = [part for part in parts if part is not type(None)]
            if len(others) > 1:
                return annotation, bounds
            annotation = others[0]
        else:
            return annotation, bounds
