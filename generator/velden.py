"""Every field of every file: what its model says, and its text in Dutch.

What the handbook shows and what editors are told come from here, so that they say the same.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.model.base import Slug
from generator.model.dossier import Dossier
from generator.model.handboek import Bestandssoort, Blok, Keuze, Veld
from generator.model.protocol import KalenderBestand, Organisatie, OverlegVerslag, Partner, Trajectregels
from generator.model.tellingen import Jaartelling
from generator.teksten.bestanden import BESTANDEN
from generator.teksten.veld import Veldtekst, Veldteksten
from generator.validate import shape_of

SOORTEN: dict[str, Any] = {
    "dossier": Dossier,
    "organisatie": Organisatie,
    "partners": dict[Slug, Partner],
    "kalender": KalenderBestand,
    "overleg": dict[Slug, OverlegVerslag],
    "traject": Trajectregels,
    "tellingen": Jaartelling,
}
"""What each kind of file holds, by its name."""
VOORAAN = ("soort", "datum", "uur", "moment", "wooncultuur", "verloop", "conclusie", "bevindingen")
"""What an entry of the logboek begins with; the rest follows in the order of the model."""


def make_bestanden() -> Iterator[Bestandssoort]:
    """Every kind of file with every field."""
    for naam, tekst in BESTANDEN.items():
        blokken = _in_blocks(make_velden(naam))
        yield Bestandssoort(naam, tekst.titel, tekst.pad, tekst.uitleg, blokken, tekst.voorbeeld)


def make_velden(soort: str) -> tuple[Veld, ...]:
    """Every field of a kind of file, each before what stands in it."""
    teksten = BESTANDEN[soort].velden
    return tuple(veld for model in models_in(SOORTEN[soort]) for veld in _fields(model, teksten, ""))


def text_of(model: type[BaseModel], naam: str, teksten: Veldteksten) -> Veldtekst:
    """The text of a field: that of the model itself, else of the first that it inherits from."""
    return next(teksten[base.__name__][naam] for base in model.__mro__ if naam in teksten.get(base.__name__, {}))


def _fields(model: type[BaseModel], teksten: Veldteksten, prefix: str) -> Iterator[Veld]:
    for naam, field in model.model_fields.items():
        pad = f"{prefix}{naam}"
        yield _field(model, field, text_of(model, naam, teksten), pad)
        for inner in models_in(field.annotation):
            kind = kind_of_entry(inner)
            yield from _fields(inner, teksten, f"{pad}.{kind}." if kind else f"{pad}.")


def _field(model: type[BaseModel], field: FieldInfo, tekst: Veldtekst, pad: str) -> Veld:
    words = words_in(field.annotation)
    return Veld(
        pad=pad,
        titel=tekst.titel,
        uitleg=tekst.uitleg,
        soort=tekst.soort or kind_of(field.annotation, field.metadata),
        keuzes=tuple(Keuze(word, tekst.waarden[word]) for word in words),
        verplicht=field.is_required(),
        standaard=_as_yaml(field.default),
        voorbeeld=tekst.voorbeeld or words[0],
        model=model.__name__,
    )


def kind_of_entry(model: type[BaseModel]) -> str:
    """The `soort` by which an entry is told from others; empty: it has none of its own."""
    field = model.model_fields.get("soort")
    words = words_in(field.annotation) if field else ()
    return words[0] if len(words) == 1 else ""


def _in_blocks(velden: tuple[Veld, ...]) -> tuple[Blok, ...]:
    """Each kind of entry of the logboek by itself, and before them the rest of the file."""
    soorten = {keuze.waarde: keuze.betekenis for veld in velden for keuze in veld.keuzes if _is_kind(veld, keuze)}
    own = {f"logboek.{soort}.": soort for soort in soorten}
    blocks: dict[str, list[Veld]] = {"": []}
    for veld in velden:
        blocks.setdefault(next((own[start] for start in own if veld.pad.startswith(start)), ""), []).append(veld)
    return tuple(Blok(naam, soorten.get(naam, ""), _by_name(items)) for naam, items in blocks.items())


def _by_name(velden: list[Veld]) -> tuple[Veld, ...]:
    """An entry of the logboek as people write it."""
    if not all(veld.pad.startswith("logboek.") for veld in velden):
        return tuple(velden)
    return tuple(sorted(velden, key=lambda veld: _place(veld.naam)))


def in_order(names: Iterable[str]) -> list[str]:
    """The keys of a block as people write them: an entry of the logboek begins with its kind, its date, its moment."""
    names = list(names)
    return sorted(names, key=_place) if "soort" in names and "datum" in names else names


def _place(naam: str) -> int:
    return VOORAAN.index(naam) if naam in VOORAAN else len(VOORAAN)


def _is_kind(veld: Veld, keuze: Keuze) -> bool:
    return veld.pad == f"logboek.{keuze.waarde}.soort"


def models_in(annotation: Any) -> list[type[BaseModel]]:
    """The models that a type holds, each once."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return list(dict.fromkeys(model for part in get_args(annotation) for model in models_in(part)))


def words_in(annotation: Any) -> tuple[str, ...]:
    """The words that a value of this type may be, or hold, or have as keys."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    if get_origin(annotation) is Annotated:
        return words_in(get_args(annotation)[0])
    return tuple(word for part in get_args(annotation) for word in words_in(part))


def kind_of(annotation: Any, metadata: Any = ()) -> str:
    """What kind of value a type takes, in Dutch."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return kind_of(parts[0], [*parts[1:], *metadata])
    if origin is Literal:
        return f"het woord {parts[0]}" if len(parts) == 1 else "een van deze woorden"
    if origin is tuple:
        return f"een lijst met telkens {kind_of(parts[0])}"
    if origin is dict:
        return f"een blok met als sleutel {kind_of(parts[0])} en als waarde {kind_of(parts[1])}"
    if origin is not None and origin is not type(None) and is_union(annotation):
        return " of ".join(dict.fromkeys(kind_of(part, metadata) for part in parts if part is not type(None)))
    if models_in(annotation):
        return "een blok met eigen velden"
    return _simple(annotation, bounds_of(metadata))


def is_union(annotation: Any) -> bool:
    """Whether a value may be of more than one type."""
    return get_origin(annotation) is Union or isinstance(annotation, type(int | str))


def bounds_of(metadata: Any) -> dict[str, Any]:
    """What limits a value: `ge`, `le`, `pattern`, `max_length`."""
    found: dict[str, Any] = {}
    for item in metadata:
        if isinstance(item, FieldInfo):
            found |= bounds_of(item.metadata)
        else:
            names = ("ge", "le", "pattern", "max_length")
            found |= {name: getattr(item, name) for name in names if getattr(item, name, None) is not None}
    return found


def _simple(kind: Any, bounds: Mapping[str, Any]) -> str:
    """A value without parts."""
    if kind is str and "pattern" in bounds:
        return shape_of(bounds["pattern"]).partition(", zoals ")[0]  # the field has an example of its own
    if kind is str and "max_length" in bounds:
        return f"tekst, hoogstens {bounds['max_length']} tekens"
    if kind is int and "le" in bounds:
        return f"een geheel getal van {bounds['ge']} tot en met {bounds['le']}"
    return _KINDS[kind]


_KINDS = {
    bool: "true of false",
    int: "een geheel getal",
    str: "tekst",
    date: "een datum (JJJJ-MM-DD)",
    time: "een uur (UU:MM)",
}


def _as_yaml(default: Any) -> str | None:
    """A default as it would stand in the file; what is empty says nothing."""
    match default:
        case bool():
            return "true" if default else "false"
        case int() | str():
            return str(default)
    return None
