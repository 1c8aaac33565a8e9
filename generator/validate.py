"""Plain data → a model, or findings in Dutch at the place of each value."""

import re
from difflib import get_close_matches
from operator import attrgetter
from typing import Any, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from generator.findings import Finding
from generator.load import Document, Loc, printable
from generator.model.base import FoutBij, tonen

T = TypeVar("T")

_EXPECTED = {
    "int_type": "verwacht een geheel getal, niet {input}",
    "bool_type": "verwacht true of false, niet {input}",
    "string_type": "verwacht tekst, niet {input}",
    "tuple_type": "verwacht een lijst (regels met een streepje), niet {input}",
    "dict_type": "verwacht een blok met sleutels, niet {input}",
    "model_type": "verwacht een blok met sleutels, niet {input}",
    "model_attributes_type": "verwacht een blok met sleutels, niet {input}",
    "greater_than_equal": "verwacht minstens {ge}, niet {input}",
    "less_than_equal": "verwacht hoogstens {le}, niet {input}",
    "string_too_long": "deze tekst is te lang (hoogstens {max_length} tekens)",
    "too_short": "deze lijst is leeg: vul minstens een waarde in",
}
_PATTERNS = {
    "^[A-Z0-9]+(-": "hoofdletters, cijfers en streepjes, zoals VT-2026-014",
    "^[a-z0-9]+(-": "kleine letters, cijfers en streepjes, zoals caw-regiobrugge",
    "^[a-z0-9]+(_": "kleine letters, cijfers en liggende streepjes, zoals akte_van_bruikleen",
    "^[A-Za-z0-9]": "letters, cijfers en streepjes, zoals CAW-03 (nooit een naam)",
    "^[A-Za-z]": "de id van een regel, zoals VT-6.1",
    "^[A-Za-z0-9._": "een e-mailadres, zoals onthaal@partner.example",
    "^[A-Z0-9]+$": "hoofdletters en cijfers, zoals VT",
    "^20[0-9]": "een jaar, zoals 2026",
    "^20": "een maand, zoals 2026-11",
    "^[a-z]{": "het kenmerk dat bij het versturen genoteerd is: alleen kleine letters",
    "^[0-9A-Za-z._-]+(/": "een groep en een project met een schuine streep ertussen, zoals vivendo/dossiers",
    "^[0-9A-Za-z._/": "de naam van een tak, zoals main",
    "^[0-9A-Za-z_-]": "de id die GitLab gaf: letters en cijfers",
    "^https": "een adres dat begint met https://",
}
_INT = "[-+]?(0|[1-9][0-9]{0,17})"
_QUOTED = {"int_type": _INT, "'einde'": _INT, "bool_type": "true|false"}
_HINTS = {"uur": "een uur hoort alleen bij een huisbezoek of een evaluatie: schrap het"}


def validate(kind: type[T], document: Document) -> tuple[T | None, list[Finding]]:
    """The document as a value of that kind, or None and every reason why not."""
    value, errors = _try(kind, document.data)
    if document.empty:  # left out of the data, and yet a mistake when nothing of that name is known
        _, again = _try(kind, _with_empty(document.data, document, ()))
        errors += [error for error in again if error["type"] == "extra_forbidden" and error["input"] is None]
    if errors:
        return None, sorted({_finding(kind, document, error) for error in errors}, key=_order)
    return value, []


def _try(kind: type[T], data: Any) -> tuple[T | None, list[dict[str, Any]]]:
    try:
        return _adapter(kind).validate_python(data), []
    except ValidationError as error:
        return None, [dict(details) for details in error.errors(include_url=False)]


def _with_empty(value: Any, document: Document, loc: Loc) -> Any:
    """The data with the keys that were left empty."""
    if isinstance(value, tuple):
        return tuple(_with_empty(item, document, (*loc, index)) for index, item in enumerate(value))
    if isinstance(value, dict):
        filled = {key: _with_empty(item, document, (*loc, key)) for key, item in value.items()}
        return {**filled, **document.empty.get(loc, {})}
    return value


_order = attrgetter("line", "column", "text")
_adapters: dict[Any, TypeAdapter[Any]] = {}


def _adapter(kind: type[T]) -> TypeAdapter[T]:
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


def _finding(kind: Any, document: Document, error: dict[str, Any]) -> Finding:
    loc: Loc = tuple(part for part in error["loc"] if part != "[key]")
    if error["type"] in ("union_tag_invalid", "union_tag_not_found"):
        loc = (*loc, "soort")
    elif isinstance(wrong := error.get("ctx", {}).get("error"), FoutBij):
        loc = (*loc, wrong.sleutel)
    code, text = _explain(kind, document, loc, error)
    at_key = code == "SLEUTEL" or error["loc"][-1:] == ("[key]",)
    return Finding(document.path, *document.place(_in_file(document, loc), key=at_key), "fout", code, printable(text))


def _in_file(document: Document, loc: Loc) -> Loc:
    """The loc without the parts that pydantic adds (tags of a union); a last key that is missing stays."""
    at: Loc = ()
    values = document.values
    for index, part in enumerate(loc):
        if (*at, part) in values or index == len(loc) - 1:
            at = (*at, part)
    return at


def _explain(kind: Any, document: Document, loc: Loc, error: dict[str, Any]) -> tuple[str, str]:
    context, name = error.get("ctx", {}), str(loc[-1]) if loc else ""
    match error["type"]:
        case "missing" | "union_tag_not_found":
            empty = _in_file(document, loc) in document.keys
            return "SLEUTEL", f"{tonen(name)} is leeg: vul een waarde in" if empty else f"de sleutel ‘{name}’ ontbreekt"
        case "extra_forbidden":
            return "SLEUTEL", _unknown_key(kind, loc, name)
        case "value_error":
            return "WAARDE", str(context["error"])
        case "int_type" | "bool_type" | "literal_error" if _is_quoted(error):
            return "WAARDE", f"schrap de aanhalingstekens rond {error['input']}"
        case "literal_error" | "enum":
            return "WAARDE", f"verwacht {_of(context['expected'])}, niet {tonen(error['input'])}"
        case "union_tag_invalid":
            return "WAARDE", _unknown_soort(context["expected_tags"], error["input"]["soort"])
        case "string_pattern_mismatch":
            return "WAARDE", f"verwacht {shape_of(context['pattern'])}"
        case other:
            template = _EXPECTED.get(other, "deze waarde kan niet: {input}")
            return "WAARDE", template.format(input=tonen(error["input"]), **context)


def shape_of(pattern: str) -> str:
    """What a pattern of a model asks, in Dutch."""
    return next((text for start, text in _PATTERNS.items() if pattern.startswith(start)), "iets anders")


def _is_quoted(error: dict[str, Any]) -> bool:
    """What looks like a number or a boolean, and still was read as text."""
    pattern = _QUOTED.get(error["ctx"]["expected"] if error["type"] == "literal_error" else error["type"])
    return bool(pattern and isinstance(error["input"], str) and re.fullmatch(pattern, error["input"]))


def _of(expected: str) -> str:
    """pydantic's list of allowed values, in Dutch."""
    if expected == "'einde'":
        return "een aantal maanden of einde"
    return expected.replace("'", "").replace(" or ", " of ")


def _unknown_soort(expected: str, soort: Any) -> str:
    known = expected.replace("'", "").split(", ")
    close = get_close_matches(soort, known, n=1) if isinstance(soort, str) else []
    if close:
        return f"onbekende soort {tonen(soort)}: bedoelt u ‘{close[0]}’?"
    return f"verwacht {', '.join(known[:-1])} of {known[-1]}, niet {tonen(soort)}"


def _unknown_key(kind: Any, loc: Loc, name: str) -> str:
    known = _known_keys(kind, loc[:-1])
    close = get_close_matches(name, known, n=1)
    if close:
        return f"onbekende sleutel {tonen(name)}: bedoelt u ‘{close[0]}’?"
    return f"onbekende sleutel {tonen(name)}: " + _HINTS.get(name, f"hier kan {', '.join(known)}")


def _known_keys(kind: Any, loc: Loc) -> list[str]:
    """The keys that the model at this loc allows."""
    models = _models_in(kind)
    for part in loc:
        within = [field.annotation for model in models for key, field in model.model_fields.items() if key == part]
        tagged = [model for model in models if "soort" in model.model_fields and part in _literals(model)]
        models = [inner for annotation in within for inner in _models_in(annotation)] or tagged or models
    return list(dict.fromkeys(key for model in models for key in model.model_fields))


def _literals(model: type[BaseModel]) -> tuple[Any, ...]:
    annotation = model.model_fields["soort"].annotation
    return get_args(annotation) if get_origin(annotation) is Literal else ()


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models_in(part)]
