"""The pages of the protocol: each track with its rules, every rule by its id, and the glossary."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from generator.model.protocolview import Plek, ProtocolView, RegelView, StapView
from generator.render.begrippen import PAGINA
from generator.render.tijdlijn import protocol_timeline

if TYPE_CHECKING:
    from generator.render.pages import Page, _ViewWriter

PLEKSOORTEN = {
    "moment": "Momenten",
    "document": "Documenten",
    "pagina": "Pagina’s",
    "mail": "Mails",
    "kalender": "Kalenders",
    "werklijst": "Werklijst",
    "controle": "Controles",
    "gegeven": "In een dossier",
    "instelling": "In te stellen in protocol/",
}
"""What each kind of place is called, in the order in which they are told."""
TAKEN = {
    "doet": ("doet het", "voert het uit"),
    "staat_in": ("staat in", "is er eindverantwoordelijk voor"),
    "denkt_mee": ("denkt mee", "wordt erbij betrokken en geraadpleegd"),
    "hoort": ("hoort het", "wordt op de hoogte gebracht"),
}
"""What a role is to a step: in the table, and in the legend below it."""


def protocol_pages(writer: "_ViewWriter") -> Iterator["Page"]:
    """The pages of every track, the index of the rules and the glossary."""
    protocols = writer.view.protocollen
    yield writer.page("protocol/index.html", "protocols.html", "Protocol", nav="Protocol", begrippen=writer.begrippen)
    yield writer.page("protocol/regels.html", "regels.html", "Alle regels", zoek=None, regelindex=index_of(protocols))
    for protocol in protocols:
        page = writer.page(
            f"protocol/{protocol.traject}.html",
            "protocol.html",
            protocol.titel,
            zoek=None,
            protocol=protocol,
            tijdlijn=protocol_timeline(protocol),
            gehoord=heard(protocol),
            legende=TAKEN.values(),
            stappen=[(stap, roles_in(stap, protocol)) for stap in protocol.stappen],
            plekken={regel.id: places(regel, writer.view.doelgroep.soort) for regel in protocol.alle_regels},
        )
        yield replace(page, html=writer.begrippen.link_texts(page.html, "../"))
    if writer.begrippen.items:
        page = writer.page(PAGINA, "begrippen.html", "Begrippen", nav="Begrippen", begrippen=writer.begrippen)
        found = ((f"#{item.anker}", item.woord, " ".join((item.tekst, *item.ook))) for item in writer.begrippen.items)
        yield replace(page, zoek_ook=tuple(found))


def index_of(protocols: tuple[ProtocolView, ...]) -> list[tuple[RegelView, ProtocolView, bool]]:
    """Every rule of every track in order of id, with whether it is in force: VT-6.10 comes after VT-6.2."""
    found = [(regel, item, regel in item.regels) for item in protocols for regel in item.alle_regels]
    return sorted(found, key=lambda row: natural(row[0].id))


def natural(name: str) -> list[tuple[int, str]]:
    """Numbers in a name count as numbers."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", name)]


def heard(protocol: ProtocolView) -> dict[str, str]:
    """What each role is told, by the name of the role."""
    found = {
        naam: [stap.bericht[:1].lower() + stap.bericht[1:] for stap in protocol.stappen if key in stap.hoort]
        for key, naam in protocol.rollen.items()
    }
    return {naam: "; ".join(told) for naam, told in found.items() if told}


def roles_in(stap: StapView, protocol: ProtocolView) -> list[tuple[str, str]]:
    """The name of each role, and what it is to a step: `doet het, staat in`; nothing where it has no part."""
    parts = {role: [word for key, (word, _) in TAKEN.items() if role in getattr(stap, key)] for role in protocol.rollen}
    return [(naam, ", ".join(parts[role])) for role, naam in protocol.rollen.items()]


def places(regel: RegelView, doelgroep: str) -> list[tuple[str, list[Plek]]]:
    """Where a rule shows, by kind; only pages that the audience has are links."""
    told = [plek if doelgroep in plek.voor else replace(plek, pad=None) for plek in regel.plekken]
    groups = [(kop, [plek for plek in told if plek.soort == soort]) for soort, kop in PLEKSOORTEN.items()]
    return [(kop, plekken) for kop, plekken in groups if plekken]
