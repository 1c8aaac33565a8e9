"""The protocol as pages show it: rules with their values filled in, and what became of them from version to version."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Pleksoort = Literal[
    "moment", "document", "gegeven", "instelling", "controle", "werklijst", "pagina", "mail", "kalender"
]


@dataclass(frozen=True)
class Plek:
    """Where a rule shows in the system."""

    soort: Pleksoort
    naam: str
    pad: str | None = None
    """The page that shows it, and"""
    voor: tuple[str, ...] = ()
    """the kinds of audience that have that page."""


@dataclass(frozen=True)
class WaardeView:
    """A value of the protocol that a text names."""

    naam: str
    """As texts name it, such as `overleg-4m`."""
    titel: str
    tekst: str
    """Such as `4 maanden`."""
    bestand: str
    lijn: int
    sleutel: str
    """Where it stands in the file, such as `momenten.overleg-4m.na`."""


@dataclass(frozen=True)
class VormView:
    """What a rule says in one or more versions on end, with the values of the first of them filled in."""

    vanaf: date
    tot: date | None
    """The first day on which it is said otherwise."""
    titel: str
    tekst: str
    toepassing: str | None


@dataclass(frozen=True)
class RegelView:
    """A rule with the protocol's values filled in."""

    id: str
    titel: str
    tekst: str
    toepassing: str | None
    sinds: date
    """Since when it says this."""
    tot: date | None
    """When it was dropped, or will be said otherwise."""
    eerder: tuple[VormView, ...]
    """What it said before, the newest first."""
    later: tuple[VormView, ...]
    """What versions still to come say, the first one first."""
    waarden: tuple[WaardeView, ...]
    plekken: tuple[Plek, ...]


@dataclass(frozen=True)
class ProtocolMoment:
    """A moment as the protocol asks it."""

    id: str
    titel: str
    soort: str
    wanneer: str
    """Such as `na 4 maanden`."""
    maanden: tuple[int, ...]
    """The same as months after the start; for the end of a range its longest."""
    regel: str | None


@dataclass(frozen=True)
class ProtocolDocument:
    """A document that a dossier has."""

    titel: str
    wanneer: str
    """By when it must be there; nothing: whenever."""
    regel: str


@dataclass(frozen=True)
class StapView:
    """Something that the protocol asks of people: `rollen` are keys of the track's roles."""

    wat: str
    regel: str
    wanneer: str
    doet: tuple[str, ...]
    staat_in: tuple[str, ...]
    denkt_mee: tuple[str, ...]
    hoort: tuple[str, ...]
    bericht: str
    """What those are told."""


@dataclass(frozen=True)
class VersieView:
    """A version of the rules, with what it changed to the one before."""

    vanaf: date
    bestand: str
    wijzigingen: tuple[str, ...]


@dataclass(frozen=True)
class ProtocolView:
    """The rules of a traject that are in force on the day of the view."""

    traject: str
    titel: str
    inleiding: str | None
    vanaf: date
    versies: tuple[VersieView, ...]
    """Every version, the newest first."""
    voorvoegsel: str
    overleg: str | None
    """When its overleg is; None: it does not join one."""
    termijn: str | None
    maanden: int | None
    """The longest first term."""
    verlenging: str | None
    besluiten: tuple[str, ...]
    capaciteit: int | None
    """Dwellings a year."""
    afwijkbaar: tuple[str, ...]
    """Ids of the rules that a dossier may set aside."""
    momenten: tuple[ProtocolMoment, ...]
    documenten: tuple[ProtocolDocument, ...]
    rollen: dict[str, str]
    """Who takes part, by key."""
    stappen: tuple[StapView, ...]
    regels: tuple[RegelView, ...]
    vervallen: tuple[RegelView, ...]
    """Rules of earlier versions alone, as they were last."""
    waarden: dict[str, str]
    """The values that texts about the traject may use."""

    @property
    def alle_regels(self) -> tuple[RegelView, ...]:
        """Those in force, and those that only dossiers of earlier versions follow."""
        return (*self.regels, *self.vervallen)
