"""The handbook: pages made from what the register says of itself, and the values that its written pages use."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import TypeVar

from generator.model.handboek import Handboek
from generator.model.view import OverlegView, View
from generator.render.woorden import dag_voluit, maandnaam

P = TypeVar("P")
WIE = {
    "altijd": "wie het dossier mag zien",
    "toestemming": "wie het dossier mag zien, met toestemming van de huurder",
    "coordinatie": "coördinatoren alleen",
}
"""Who sees a field of a dossier, in short."""


def handbook_pages(page: Callable[..., P], handboek: Handboek | None) -> Iterator[P]:
    """Every field of every kind of file, a page each, and every finding. `page` fills a template."""
    for soort in handboek.bestanden if handboek else ():
        path, titel = f"handboek/velden-{soort.naam}.html", f"Velden: {soort.titel}"
        yield page(path, "handboek-velden.html", titel, zoek=None, soort=soort, wie=WIE)
    if handboek and handboek.bevindingen:
        path, kinds = "handboek/bevindingen.html", handboek.bevindingen
        yield page(path, "handboek-bevindingen.html", "Bevindingen", zoek=None, bevindingen=kinds)


def handbook_values(view: View) -> dict[str, str]:
    """The values that hand-written pages may use, beside those of the protocol: numbers, and the dates to come."""
    if view.handboek is None:
        return {}
    coming = sorted((m for m in view.maanden if m.datum and m.datum >= view.datum), key=lambda m: m.datum or view.datum)
    return view.handboek.waarden | _dates("overleg.volgend", coming[:1]) | _dates("overleg.daarna", coming[1:2])


def _dates(name: str, found: list[OverlegView]) -> dict[str, str]:
    """The days of one overleg, in words."""
    unknown = "nog niet bekend"
    overleg = found[0] if found else None
    if overleg is None or overleg.datum is None:
        return dict.fromkeys(
            (name, f"{name}.maand", f"{name}.aankondiging", f"{name}.vooravond", f"{name}.jjjj-mm"), unknown
        )
    return {
        name: dag_voluit(overleg.datum),
        f"{name}.maand": maandnaam(overleg.maand),
        f"{name}.jjjj-mm": overleg.maand,
        f"{name}.aankondiging": dag_voluit(overleg.aankondiging) if overleg.aankondiging else unknown,
        f"{name}.vooravond": dag_voluit(overleg.datum - timedelta(days=1)),
    }


def handbook_blocks(view: View) -> dict[str, str]:
    """What hand-written pages may use in code, where Markdown reads no marks."""
    if view.handboek is None:
        return {}
    if view.handboek.eerste is None:
        empty = "# Vul eerst protocol/ aan: een traject, en een partner met contactgegevens en kantooruren."
        return _first("dossiers/VT-2026-001.yaml", empty, "TRAJECT")
    path, text = view.handboek.eerste
    traject = next(line.partition(": ")[2] for line in text.splitlines() if line.startswith("traject: "))
    return _first(path, text.rstrip("\n"), traject)


def _first(path: str, text: str, traject: str) -> dict[str, str]:
    name = path.rpartition("/")[2].removesuffix(".yaml")
    return {"eerste.bestand": path, "eerste.id": name, "eerste.yaml": text, "eerste.traject": traject}
