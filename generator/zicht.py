"""Who may see a dossier, and which of its fields. One place decides; views and agendas ask it."""

from datetime import date
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel

from generator.bewaring import zichtbaar
from generator.model.dossier import Dossier
from generator.traject import Standen

Niveau = Literal["altijd", "toestemming", "coordinatie"]
"""Who sees a field of a dossier they may see: everyone, those with the tenant's consent, coordinators only."""

_PER_NIVEAU: dict[Niveau, dict[str, str]] = {
    "altijd": {"": "id traject start termijn"},
    "toestemming": {
        "": "woning huisvester ankerfiguur domicilie_op_adres",
        "aanmelding.": "datum partner",
        "aanmelding.besluit.": "datum uitkomst",
        "documenten.": "ondertekend ingetrokken",
        "begeleiding.": "partner begeleider vanaf tot reden",
        "logboek.overleg.": "soort datum moment verloop besluit maanden conclusie registratie_contacten",
        "logboek.huisbezoek.": "soort datum uur moment verloop wooncultuur bevindingen besluit maanden voorwaarde"
        " bevestigd aanwezig afgelast",
        "logboek.evaluatie.": "soort datum uur moment verloop wooncultuur bevindingen besluit maanden voorwaarde"
        " bevestigd aanwezig afgelast",
        "logboek.signaal.": "soort datum aard gemeld_door omschrijving afgesloten",
        "logboek.bespreking.": "soort datum gevraagd_door reden",
        "logboek.informatievraag.": "soort datum vraag beantwoord antwoord",
        "logboek.contact.": "soort datum doorgegaan reden",
        "logboek.afwezigheid.": "soort datum tot vervanger",
        "logboek.dienst.": "soort datum naam verwacht gestart",
        "logboek.verhuis.": "soort datum woning",
        "logboek.stopzetting.": "soort datum reden",
    },
    "coordinatie": {
        "": "vervolg_op",
        "aanmelding.": "doelgroep",
        "afwijkingen.": "regel datum reden",
        "logboek.stopzetting.": "toelichting",
    },
}
ZICHT: dict[str, Niveau] = {
    f"{prefix}{name}": niveau
    for niveau, groups in _PER_NIVEAU.items()
    for prefix, names in groups.items()
    for name in names.split()
}
"""Every field of a dossier and who sees it; a field that is not here is seen by nobody, and fails a test."""
_ORDE: tuple[Niveau, ...] = ("altijd", "toestemming", "coordinatie")


def begeleidt(dossier: Dossier, partner: str, op: date) -> bool:
    """Whether a partner guides on a date (VT-4)."""
    periode = dossier.begeleiding_op(op)
    return periode is not None and periode.partner == partner


def ziet(standen: Standen, dossier: Dossier, partner: str, op: date) -> bool:
    """A partner sees what it guides on that date or referred; from a handover on, the former guide no longer.

    An aanmelding that is refused, or not yet admitted, appears to its aanmelder alone (WW-11). What is closed for as
    long as the organisation says is no longer seen.
    """
    concerned = dossier.aanmelder == partner or (begeleidt(dossier, partner, op) and not _only_aanmelding(dossier, op))
    return concerned and zichtbaar(standen, dossier, op)


def _only_aanmelding(dossier: Dossier, op: date) -> bool:
    besluit = dossier.aanmelding.besluit if dossier.aanmelding else None
    known = besluit if besluit and besluit.datum <= op else None
    if known and known.uitkomst == "geweigerd":
        return True
    return dossier.start is None and (known is None or known.uitkomst == "wachtlijst")


def leest(standen: Standen, dossier: Dossier, partner: str, op: date) -> bool:
    """A partner reads its texts only with the tenant's consent on that date (VT-5.0)."""
    return ziet(standen, dossier, partner, op) and dossier.toestemming_op(op)


def velden(dossier: Dossier, niveau: Niveau) -> dict[str, Any]:
    """The fields of a dossier that a reader of this level may see, as in the YAML; what is empty is left out."""
    return _velden(dossier, _ORDE.index(niveau), "")


def _velden(model: BaseModel, tot: int, prefix: str) -> dict[str, Any]:
    seen = (
        (name, _gezien(getattr(model, name), tot, path, holds=holds))
        for name, path, holds in _namen(type(model), tot, prefix)
    )
    return {name: value for name, value in seen if value is not None and value not in ({}, [], ())}


def _gezien(value: Any, tot: int, path: str, *, holds: bool) -> Any:
    """A value as it is, unless it has fields of its own: of these each is told by itself."""
    first = value[0] if isinstance(value, tuple) and value else value
    return _binnen(value, tot, path) if holds or isinstance(first, BaseModel) else value


@cache
def _namen(model: type[BaseModel], tot: int, prefix: str) -> list[tuple[str, str, bool]]:
    """The fields of a model that a level sees, and those that hold fields that it sees: name, path, which of both."""
    seen = [path for path, niveau in ZICHT.items() if _ORDE.index(niveau) <= tot]
    holding = [name for name in model.model_fields if any(path.startswith(f"{prefix}{name}.") for path in seen)]
    return [
        (name, f"{prefix}{name}", name in holding)
        for name in model.model_fields
        if name in holding or f"{prefix}{name}" in seen
    ]


def _binnen(value: Any, tot: int, path: str) -> Any:
    match value:
        case BaseModel():
            return _velden(value, tot, f"{path}.")
        case dict():
            lists = {key: _lijst(items, tot, path) for key, items in value.items()}
            return {key: items for key, items in lists.items() if items}
        case tuple():
            return _lijst(value, tot, path)
    return None


def _lijst(items: tuple[BaseModel, ...], tot: int, path: str) -> list[Any]:
    """Entries of the logboek have a table of their own per `soort`."""
    seen = (_velden(item, tot, f"{path}.{item.soort}." if hasattr(item, "soort") else f"{path}.") for item in items)
    return [item for item in seen if item]
