"""A dossier in its one form: keys in the order of the model, the logboek by date, nothing empty, comments kept."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_origin

import yaml
from pydantic import BaseModel

from generator.findings import Finding, Gestopt
from generator.load import Document, Loc, load_text
from generator.model.dossier import Dossier, Item
from generator.schrijfwijze import Opmerkingen, to_yaml
from generator.validate import validate
from generator.velden import in_order, kind_of_entry, models_in

_OPMERKING = re.compile(r"#[^\r\n]*")
_KOP_VAN_BLOK = re.compile(r"[|>][-+0-9]*[ \t]*")


def make_opmaak(document: Document) -> tuple[str | None, list[Finding]]:
    """The text of a dossier in its one form; None and why not, when it is no dossier or a comment has no place."""
    dossier, wrong = validate(Dossier, document)
    if dossier is None:
        return None, wrong
    data, moved = make_canonical(document.data)
    opmerkingen, lost = _comments(document, data, moved)
    if lost:
        return None, lost
    result = to_yaml(data, opmerkingen)
    _check(result, document, data)
    return result.replace("\n", "\r\n") if "\r\n" in document.text else result, []


def dossier_text(data: Mapping[str, Any]) -> str:
    """A new dossier in its one form."""
    return to_yaml(make_canonical(data)[0])


def make_canonical(data: Mapping[str, Any]) -> tuple[dict[str, Any], dict[int, int]]:
    """The data of a dossier as it is written, and the new number of each entry of the logboek by its old one."""
    result = _ordered(Dossier, data)
    if "documenten" in result:
        result["documenten"] = {key: _signed(value) for key, value in result["documenten"].items()}
    entries = result.get("logboek", ())
    order = sorted(range(len(entries)), key=lambda index: str(entries[index]["datum"]))
    if entries:
        result["logboek"] = tuple(entries[index] for index in order)
    return result, {old: new for new, old in enumerate(order)}


def ordered_entry(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry of the logboek with its keys in order; what its kind does not know stays behind them."""
    kind = next((model for model in models_in(Item) if kind_of_entry(model) == entry.get("soort")), None)
    names = in_order(kind.model_fields) if kind else []
    return {name: entry[name] for name in names if name in entry} | {**entry}


def _ordered(model: type[BaseModel], data: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is empty."""
    fields = model.model_fields
    found = ((name, _inner(fields[name].annotation, data[name])) for name in in_order(fields) if name in data)
    return {name: value for name, value in found if value not in ((), {})}


def _inner(annotation: Any, value: Any) -> Any:
    if isinstance(value, list | tuple):
        return tuple(_inner(annotation, item) for item in value)
    models = models_in(annotation)
    if not models or not isinstance(value, Mapping) or get_origin(annotation) is dict:
        return value
    return _ordered(next((model for model in models if kind_of_entry(model) == value.get("soort")), models[0]), value)


def _signed(value: Any) -> Any:
    """The shortest form of the days on which a document was signed: a date, else a block, else a list."""
    if isinstance(value, list | tuple):
        return _signed(value[0]) if len(value) == 1 else tuple(map(_signed, value))
    if not isinstance(value, Mapping):
        return value
    if value.keys() == {"ondertekend"}:
        return value["ondertekend"]
    return {key: value[key] for key in ("ondertekend", "ingetrokken") if key in value}


# Comments: each goes with what it stands above or behind.


def _comments(
    document: Document, data: Mapping[str, Any], moved: Mapping[int, int]
) -> tuple[Opmerkingen, list[Finding]]:
    """Every comment at its place in the new data; and a finding for each of which that place is gone."""
    result, lost = Opmerkingen(), list[Finding]()
    found = list(_found(document))
    starts = sorted(_elements(document)) if found else []
    for index, comment in found:
        alone = _is_alone(document.text, index)
        loc = _above(starts, index, data) if alone else _behind(starts, index, document.text)
        if loc[:1] == ("logboek",) and len(loc) > 1:
            loc = ("logboek", moved[int(loc[1])], *loc[2:])
        if not _exists(data, loc):
            lost.append(_no_place(document, index))
        elif not loc:
            result.einde.append(comment)
        elif alone:
            result.boven.setdefault(loc, []).append(comment)
        else:
            result.achter[loc] = " ".join(filter(None, (result.achter.get(loc), comment)))
    return result, lost


def _found(document: Document) -> Iterator[tuple[int, str]]:
    """Every comment with its place: all that begins with # between the parts of the file."""
    text, end = document.text, 0
    if "#" not in text:
        return
    events: Any = yaml.CBaseLoader(text)
    while events.check_event():
        event = events.get_event()
        start = event.start_mark.index
        yield from _within(text, end, start)
        if isinstance(event, yaml.ScalarEvent):
            if event.style in ("|", ">") and (head := _KOP_VAN_BLOK.match(text, start)):
                yield from _within(text, head.end(), head.end() + text[head.end() :].startswith("#"))
            end = event.end_mark.index  # type: ignore[union-attr]
        end = max(end, start)


def _within(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    while (index := text.find("#", start, end)) >= 0 and (found := _OPMERKING.match(text, index)):
        yield index, found[0].rstrip()
        start = found.end()


def _elements(document: Document) -> Iterator[tuple[int, int, Loc]]:
    """Every key and every item of a list: where it begins, how deep it stands, its place in the data."""
    for loc, mark in document.keys.items():
        yield mark.index, len(loc), loc
    for loc, mark in document.values.items():
        if loc and isinstance(loc[-1], int):
            yield mark.index, len(loc), loc


def _is_alone(text: str, index: int) -> bool:
    """Whether a comment has the line to itself."""
    return not text[text.rfind("\n", 0, index) + 1 : index].strip(" \t-")


def _above(starts: list[tuple[int, int, Loc]], index: int, data: Mapping[str, Any]) -> Loc:
    """What comes next; the head of the file stays its head, and behind the last comes its end."""
    if index < starts[0][0]:
        return (next(iter(data)),)
    return next((loc for start, _, loc in starts if start > index), ())


def _behind(starts: list[tuple[int, int, Loc]], index: int, text: str) -> Loc:
    """What begins on the line of a comment, at its least depth; else what began last."""
    line = text.rfind("\n", 0, index) + 1
    before = [item for item in starts if item[0] < index]
    return min((item for item in before if item[0] >= line), key=lambda item: item[1], default=before[-1])[2]


def _exists(data: Any, loc: Loc) -> bool:
    for part in loc:
        if isinstance(data, Mapping) and part in data:
            data = data[str(part)]
        elif isinstance(data, tuple) and isinstance(part, int) and part < len(data):
            data = data[part]
        else:
            return False
    return True


def _no_place(document: Document, index: int) -> Finding:
    text = "deze opmerking hoort bij iets dat leeg is of korter geschreven wordt: zet ze erboven, of schrap ze"
    return Finding(document.path, *document.place_at(index), "fout", "OPMAAK", text)


def _check(result: str, document: Document, data: Mapping[str, Any]) -> None:
    """A text that says anything else is a mistake of ours, and is never written."""
    again, findings = load_text(result, document.path)
    if findings or again is None or again.data != data or any(text not in result for _, text in _found(document)):
        raise Gestopt(f"{document.path}: dit bestand kan het programma niet herschrijven: pas het zelf aan")
