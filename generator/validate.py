"""Plain data → a model, or findings in Dutch at the place of each value."""

from difflib import get_close_matches
from typing import Any, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError

from generator.findings import Finding
from generator.load import Document, Loc
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
}
_PATTERNS = {
    "^[A-Z0-9]+(-": "hoofdletters, cijfers en streepjes, zoals VT-2026-014",
    "^[a-z0-9]+(-": "kleine letters, cijfers en streepjes, zoals caw-regiobrugge",
    "^[a-z0-9]+(_": "kleine letters, cijfers en liggende streepjes, zoals akte_van_bruikleen",
    "^[A-Za-z0-9]": "letters, cijfers en streepjes, zoals CAW-03 (nooit een naam)",
    "^[A-Z0-9]+$": "hoofdletters en cijfers, zoals VT",
    "^20": "een maand, zoals 2026-11",
}
_HINTS = {"uur": "een uur hoort alleen bij een huisbezoek of een evaluatie: schrap het"}


def validate(kind: type[T], document: Document) -> tuple[T | None, list[Finding]]:
    """The document as a value of that kind, or None and every reason why not."""
    try:
        return _adapter(kind).validate_python(document.data), []
    except ValidationError as error:
        found = (_finding(kind, document, dict(details)) for details in error.errors(include_url=False))
        return None, sorted({(finding.line, finding.column): finding for finding in found}.values())


_adapters: dict[Any, TypeAdapter[Any]] = {}


def _adapter(kind: type[T]) -> TypeAdapter[T]:
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


def _finding(kind: Any, document: Document, error: dict[str, Any]) -> Finding:
    loc: Loc = tuple(part for part in error["loc"] if part != "[key]")
    if error["type"] == "union_tag_invalid":
        loc = (*loc, "soort")
    elif isinstance(wrong := error.get("ctx", {}).get("error"), FoutBij):
        loc = (*loc, wrong.sleutel)
    code, text = _explain(kind, document, loc, error)
    return Finding(document.path, *document.place(_in_file(document, loc), key=code == "SLEUTEL"), "fout", code, text)


def _in_file(document: Document, loc: Loc) -> Loc:
    """The loc without the parts that pydantic adds (tags of a union); a last key that is missing stays."""
    at: Loc = ()
    for index, part in enumerate(loc):
        if (*at, part) in document.values or index == len(loc) - 1:
            at = (*at, part)
    return at


def _explain(kind: Any, document: Document, loc: Loc, error: dict[str, Any]) -> tuple[str, str]:
    context, name = error.get("ctx", {}), str(loc[-1]) if loc else ""
    match error["type"]:
        case "missing" | "union_tag_not_found":
            key = name if error["type"] == "missing" else "soort"
            empty = (*_in_file(document, loc)[:-1], key) in document.keys
            return "SLEUTEL", f"‘{key}’ is leeg: vul een waarde in" if empty else f"de sleutel ‘{key}’ ontbreekt"
        case "extra_forbidden":
            return "SLEUTEL", _unknown_key(kind, loc, name)
        case "value_error":
            return "WAARDE", str(context["error"])
        case "literal_error" | "enum":
            return "WAARDE", f"verwacht {_of(context['expected'])}, niet {tonen(error['input'])}"
        case "union_tag_invalid":
            return "WAARDE", f"soort is {_of(context['expected_tags'])}, niet {tonen(context['tag'])}"
        case "string_pattern_mismatch":
            shape = next(
                (text for start, text in _PATTERNS.items() if context["pattern"].startswith(start)), "iets anders"
            )
            return "WAARDE", f"verwacht {shape}"
        case other:
            template = _EXPECTED.get(other, "deze waarde kan niet: {input}")
            return "WAARDE", template.format(input=tonen(error["input"]), **context)


def _of(expected: str) -> str:
    """pydantic's list of allowed values, in Dutch."""
    return expected.replace("'", "").replace(" or ", " of ")


def _unknown_key(kind: Any, loc: Loc, name: str) -> str:
    known = _known_keys(kind, loc[:-1])
    close = get_close_matches(name, known, n=1)
    if close:
        return f"onbekende sleutel ‘{name}’: bedoelt u ‘{close[0]}’?"
    return f"onbekende sleutel ‘{name}’: " + _HINTS.get(name, f"hier kan {', '.join(known)}")


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
