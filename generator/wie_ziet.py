"""Who sees what of a dossier on a date, and why: the answers of `zicht` in words."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from generator.bewaring import bewaard, zichtbaar
from generator.model.dossier import TOESTEMMING, Dossier
from generator.model.view import Inkijk, WieZiet
from generator.traject import Standen, zoals_op
from generator.zicht import Niveau, begeleidt, leest, velden, ziet

_LEVELS: tuple[Niveau, ...] = ("altijd", "toestemming", "coordinatie")


def who_sees(standen: Standen, dossier: Dossier, op: date) -> WieZiet:
    """Every audience that has, had or will have to do with a dossier, and the fields that each level holds."""
    return WieZiet(dossier.id, op, tuple(make_inkijk(standen, dossier, op)), dict(_fields(zoals_op(dossier, op))))


def make_inkijk(standen: Standen, dossier: Dossier, op: date) -> Iterator[Inkijk]:
    """How much each of these audiences sees, and why."""
    yield Inkijk("coordinatie", "Coördinatie", "coordinatie", ("coördinatoren zien elk dossier",))
    for partner in dict.fromkeys(filter(None, (dossier.aanmelder, *dossier.begeleiders))):
        seen, read = ziet(standen, dossier, partner, op), leest(standen, dossier, partner, op)
        niveau: Niveau | None = "toestemming" if read else "altijd" if seen else None
        name = standen.register.partners[partner].naam if partner in standen.register.partners else partner
        yield Inkijk(f"partners/{partner}", name, niveau, tuple(_reasons(standen, dossier, partner, op)))
    yield Inkijk("partners", "Andere partners", None, ("begeleiden niet en meldden niet aan",))
    yield Inkijk("publiek", "Publiek", None, ("ziet geen enkel dossier",))


def _reasons(standen: Standen, dossier: Dossier, partner: str, op: date) -> Iterator[str]:
    if dossier.aanmelder == partner and dossier.aanmelding:
        yield f"meldde aan op {dossier.aanmelding.datum}"
    yield from _guidance(standen, dossier, partner, op)
    kept = bewaard(standen, dossier, op)
    if kept and not zichtbaar(standen, dossier, op):
        yield f"{kept.soort} sinds {kept.sinds}, en daarom niet meer te zien vanaf {kept.zichtbaar_tot}"
    if ziet(standen, dossier, partner, op):
        yield _consent(dossier, op)


def _guidance(standen: Standen, dossier: Dossier, partner: str, op: date) -> Iterator[str]:
    """What the partner is to the dossier: guide now, before or later (VT-4)."""
    periods = [periode for periode in dossier.begeleiding if periode.partner == partner]
    if begeleidt(dossier, partner, op):
        now = dossier.begeleiding_op(op)
        since = now.vanaf if now else op
        yield f"begeleidt sinds {since}"
        if now and now.tot and now.tot < op:
            yield f"de begeleiding liep tot {now.tot}, en er is nog geen opvolger"
        if not ziet(standen, dossier, partner, op) and zichtbaar(standen, dossier, op):
            yield "een aanmelding zonder toelating ziet alleen wie aanmeldde"
        return
    for periode in periods:
        if periode.vanaf > op:
            yield (
                f"begeleidt pas vanaf {periode.vanaf}: ziet tot dan alleen de referentie, de fase en de datums, op de"
                " agenda van een overleg vanaf die dag"
            )
        else:
            yield f"begeleidde vanaf {periode.vanaf}{f' tot {periode.tot}' if periode.tot else ''}, en nu niet meer"


def _consent(dossier: Dossier, op: date) -> str:
    """Why it may read texts, or not (VT-5.0)."""
    signed = [item for item in dossier.documenten.get(TOESTEMMING, ()) if item.ondertekend and item.ondertekend <= op]
    valid = next((item for item in signed if item.geldt(op)), None)
    if valid:
        return f"de huurder gaf toestemming op {valid.ondertekend}"
    if signed:
        withdrawn = max(item.ingetrokken for item in signed if item.ingetrokken)
        return f"geen teksten: de huurder trok de toestemming in op {withdrawn}"
    return "geen teksten: er is geen toestemming van de huurder"


def _fields(dossier: Dossier) -> Iterator[tuple[Niveau, tuple[str, ...]]]:
    """The fields with a value by the level that shows them first, each once."""
    known: set[str] = set()
    for niveau in _LEVELS:
        found = dict.fromkeys(_paths(velden(dossier, niveau)))
        yield niveau, tuple(path for path in found if path not in known)
        known |= found.keys()


def _paths(value: Any, prefix: str = "") -> Iterator[str]:
    """The name of each field with a value; entries of the logboek by their `soort`."""
    if isinstance(value, dict):
        kind = f"{value['soort']}." if "soort" in value else ""
        for key, item in value.items():
            yield from _paths(item, f"{prefix}{kind}{key}.")
    elif isinstance(value, list):
        for item in value:
            yield from _paths(item, prefix)
    else:
        yield prefix.removesuffix(".")
