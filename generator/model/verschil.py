"""What a change means for people: two registers beside each other on one date. Names of fields and dates, no texts."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

Wat = Literal["nieuw", "verwijderd", "andere-id", "gesloten", "heropend", "fase", "gewijzigd"]
Beweging = Literal["nieuw", "verdwenen", "verschoven", "status"]


@dataclass(frozen=True)
class Basis:
    """What is compared with: a revision of git, as it was asked and as git names it."""

    naam: str
    commit: str


@dataclass(frozen=True)
class Onvolledig:
    """A file with errors: what follows from it is not compared. Its findings by code and line alone."""

    kant: Literal["basis", "nu"]
    bestand: str
    regel: int
    codes: tuple[str, ...]


@dataclass(frozen=True)
class DossierVerschil:
    """A dossier that came, went or changed."""

    id: str
    wat: Wat
    vorige_id: str | None
    fase_van: str | None
    fase_naar: str | None
    einde_van: date | None
    einde_naar: date | None
    velden: tuple[str, ...]
    """The names of the fields that changed, those of the logboek with the `soort` of their entry."""


@dataclass(frozen=True)
class MomentStand:
    """Where a moment stands on one side."""

    datum: date
    uur: time | None
    status: str


@dataclass(frozen=True)
class MomentVerschil:
    """A moment that appears, disappears, moves, or of which only the status changes."""

    id: str
    """Of the dossier."""
    moment: str
    titel: str
    wat: Beweging
    van: MomentStand | None
    naar: MomentStand | None
    uitleg: tuple[str, ...]
    """Why it is on its date now, step by step; of one that disappeared, why it was."""


@dataclass(frozen=True)
class OverlegVerschil:
    """The overleg of a month that gets another date; None: cancelled, or no overleg."""

    maand: str
    van: date | None
    naar: date | None


@dataclass(frozen=True)
class Punt:
    """A dossier on an agenda, with the reasons to discuss it."""

    id: str
    redenen: tuple[str, ...]


@dataclass(frozen=True)
class AgendaVerschil:
    """The agenda of a partner for a coming month, as coordinators have it."""

    partner: str
    naam: str
    maand: str
    nodig_van: bool
    nodig_naar: bool
    lopend_erbij: tuple[str, ...]
    lopend_eraf: tuple[str, ...]
    bespreken_erbij: tuple[Punt, ...]
    bespreken_eraf: tuple[str, ...]
    andere_redenen: tuple[Punt, ...]


@dataclass(frozen=True)
class EventVerschil:
    """An event of a feed; None: it is not in it."""

    uid: str
    titel: str
    van: date | datetime | None
    naar: date | datetime | None


@dataclass(frozen=True)
class FeedVerschil:
    """A calendar of an audience, and what its subscribers see happen."""

    doelgroep: str
    naam: str
    stand: Literal["nieuw", "verdwenen", "gewijzigd"]
    toegevoegd: tuple[EventVerschil, ...]
    verplaatst: tuple[EventVerschil, ...]
    geannuleerd: tuple[EventVerschil, ...]
    verwijderd: tuple[EventVerschil, ...]


@dataclass(frozen=True)
class ZichtVerschil:
    """A partner that sees more or less of a dossier; the levels as in `zicht`, None: nothing."""

    id: str
    partner: str
    naam: str
    van: str | None
    naar: str | None
    redenen: tuple[str, ...]


@dataclass(frozen=True)
class Verschil:
    """Everything that a change means, as of one date for both sides."""

    datum: date
    basis: Basis
    protocol: tuple[str, ...]
    """The files of `protocol/` that are not the same."""
    onvolledig: tuple[Onvolledig, ...]
    dossiers: tuple[DossierVerschil, ...]
    overleggen: tuple[OverlegVerschil, ...]
    """From this date on."""
    momenten: tuple[MomentVerschil, ...]
    agendas: tuple[AgendaVerschil, ...]
    """Of the coming months."""
    feeds: tuple[FeedVerschil, ...]
    zicht: tuple[ZichtVerschil, ...]

    @property
    def leeg(self) -> bool:
        """Nothing changes for anyone."""
        return not (
            self.dossiers or self.overleggen or self.momenten or self.agendas or self.feeds or self.zicht
        )  # fmt: skip
