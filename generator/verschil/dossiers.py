"""Dossiers that came, went or changed, by the names of their fields."""

from collections.abc import Collection, Iterator, Mapping
from itertools import zip_longest
from typing import Any

from generator.model.dossier import Dossier
from generator.model.verschil import DossierVerschil, Wat
from generator.traject import GESLOTEN
from generator.verschil.kant import Kant


def compare_dossiers(toen: Kant, nu: Kant, names: Mapping[str, str]) -> Iterator[DossierVerschil]:
    """Each dossier that is not the same, or of which the phase or the end changes; `names`: see `renamed`."""
    before, after = toen.bekeken.dossiers, nu.bekeken.dossiers
    for name in sorted((before.keys() - names.values()) | after.keys()):
        former = names.get(name, name)
        old, new = before.get(former), after.get(name)
        then, now = toen.stand(former), nu.stand(name)
        fields = _fields(old, new)
        found = DossierVerschil(
            id=name,
            wat="gewijzigd",
            vorige_id=former if former != name else None,
            fase_van=then.fase if then else None,
            fase_naar=now.fase if now else None,
            einde_van=then.einde if then else None,
            einde_naar=now.einde if now else None,
            velden=fields,
        )
        if fields or (found.fase_van, found.einde_van) != (found.fase_naar, found.einde_naar):
            yield DossierVerschil(**{**vars(found), "wat": _what(found)})


def renamed(toen: Kant, nu: Kant) -> dict[str, str]:
    """The former id of each dossier that got another one: in the same file, or with all else the same."""
    before, after = toen.bekeken.dossiers, nu.bekeken.dossiers
    gone = {name: before[name] for name in before if name not in nu.heel.dossiers}
    found: dict[str, str] = {}
    for name in (name for name in after if name not in toen.heel.dossiers):
        same = [
            other
            for other, old in gone.items()
            if toen.heel.paden[other] == nu.heel.paden[name] or old == after[name].model_copy(update={"id": other})
        ]
        if len(same) == 1 and same[0] not in found.values():
            found[name] = same[0]
    return found


def _what(found: DossierVerschil) -> Wat:
    if found.fase_van is None:
        return "nieuw"
    if found.fase_naar is None:
        return "verwijderd"
    if found.vorige_id:
        return "andere-id"
    if found.fase_van == found.fase_naar:
        return "gewijzigd"
    if found.fase_naar in GESLOTEN:
        return "gesloten"
    return "heropend" if found.fase_van in GESLOTEN else "fase"


def _fields(old: Dossier | None, new: Dossier | None) -> tuple[str, ...]:
    """The names of the fields that differ; none of one that came or went."""
    if old is None or new is None or old == new:
        return ()
    before, after = old.model_dump(mode="json"), new.model_dump(mode="json")
    found: dict[str, None] = {}
    for key in before:
        if before[key] != after[key]:
            found |= dict.fromkeys(_names(before[key], after[key], key))
    return tuple(found)


def _names(old: Any, new: Any, path: str) -> Iterator[str]:
    """The fields that differ below one; entries of a list that are on both sides do not count."""
    match old, new:
        case (dict(), dict()):
            for key in dict.fromkeys((*old, *new)):
                if old.get(key) != new.get(key):
                    yield from _names(old.get(key), new.get(key), f"{path}.{key}")
        case (list(), list()):
            for one, other in zip_longest(_less(old, new), _less(new, old)):
                yield from _entry(one, other, path)
        case _:
            yield path


def _entry(old: Any, new: Any, path: str) -> Iterator[str]:
    """What differs in an entry; one that came or went, or of which the `soort` is another, is told whole."""
    kinds = [f"{path}.{item['soort']}" if isinstance(item, dict) and "soort" in item else path for item in (old, new)]
    if isinstance(old, dict) and isinstance(new, dict) and kinds[0] == kinds[1]:
        yield from _names(old, new, kinds[0])
    else:
        yield from (kind for item, kind in zip((old, new), kinds, strict=True) if item is not None)


def _less(items: Collection[Any], others: Collection[Any]) -> list[Any]:
    left = [*others]
    found = []
    for item in items:
        if item in left:
            left.remove(item)
        else:
            found.append(item)
    return found
