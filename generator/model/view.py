"""What is asked of the register on a date, as values: all that renderers ever get to see."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Literal


@dataclass(frozen=True)
class Volgende:
    """The first moment that is neither held nor lapsed."""

    id: str
    datum: date


@dataclass(frozen=True)
class Contacten:
    """Planned contacts at home since they are counted (VT-2.3)."""

    doorgegaan: int
    niet: int


@dataclass(frozen=True)
class LopendDossier:
    """A line of the overview of running dossiers."""

    id: str
    overleg: date
    """When it is discussed: a track may have a meeting of its own."""
    start: date
    fase: str
    maand: int
    """Running month on the overleg's date."""
    volgende: Volgende | None
    verloop: str | None
    """None: not for this reader (VT-5.0)."""
    evaluatie: str | None
    """The evaluation that this overleg owes."""
    contacten: Contacten | None
    niet_doorgegaan: tuple[str, ...] = ()
    """Why contacts did not take place."""


@dataclass(frozen=True)
class TeBespreken:
    """A dossier to discuss; for a reader without consent it gives no reasons (VT-5.0)."""

    id: str
    redenen: tuple[str, ...]
    problematiek: tuple[str, ...]


@dataclass(frozen=True)
class Andere:
    """A tenancy of another track that Vivendo asks to discuss."""

    id: str
    problematiek: tuple[str, ...]


@dataclass(frozen=True)
class Agenda:
    """The agenda of one partner for one month, as of a date (VT-6.2)."""

    partner: str
    maand: str
    datum: date
    overleg: date | None
    """None: cancelled."""
    aankondiging: date | None
    uur: time | None
    plaats: str | None
    """`teams` or `kantoor` (VT-6.4)."""
    link: str | None
    vervalt: str | None
    """Why it was dropped for this partner."""
    nodig: bool
    """False: the overleg may be dropped (VT-6.3)."""
    lopend: tuple[LopendDossier, ...]
    bespreken: tuple[TeBespreken, ...]
    andere: tuple[Andere, ...]


@dataclass(frozen=True)
class IntervisieClient:
    """A running client on the agenda of the intervision."""

    id: str
    traject: str
    fase: str
    maand: int
    verloop: str
    open_punten: tuple[str, ...]


@dataclass(frozen=True)
class IntervisieAanmelding:
    """An aanmelding that awaits a decision."""

    id: str
    traject: str
    partner: str
    datum: date
    toestand: str
    dagen: int
    """Since the aanmelding."""


@dataclass(frozen=True)
class IntervisieDienst:
    """A service that waits longer than the term."""

    id: str
    naam: str
    gevraagd: date
    verwacht: date | None
    einde: date


@dataclass(frozen=True)
class Intervisie:
    """The agenda of an intervision (WW-8)."""

    datum: date
    stand_op: date
    lopend: tuple[IntervisieClient, ...]
    aanmeldingen: tuple[IntervisieAanmelding, ...]
    diensten: tuple[IntervisieDienst, ...]


@dataclass(frozen=True)
class Trajectcijfers:
    """The counts of one track, over a period."""

    aangemeld: int
    """Came in as an aanmelding; a follow-up is none."""
    gestart: int
    """Of those."""
    vervolg_gestart: int
    """Follow-ups that started."""
    lopend: int
    positief: int
    """Ended well."""
    vervolg: int
    """Of which a follow-up started."""
    stopgezet: int
    afgehaakt: int
    """Stopped because the resident dropped out."""
    geweigerd: int
    wachtend: int
    """No decision yet, or on the waiting list."""
    wachtlijst: int
    toegelaten: int
    """Admitted, not started."""
    afwijkingen: int


@dataclass(frozen=True)
class Partnercijfers:
    """Aanmeldingen of one partner."""

    partner: str
    aangemeld: int
    gestart: int
    wachtend: int
    geweigerd: int


@dataclass(frozen=True)
class Capaciteitscijfer:
    """Dwellings started in a calendar year, beside how many there are."""

    traject: str
    jaar: int
    gestart: int
    beschikbaar: int


@dataclass(frozen=True)
class Wachttijd:
    """Median days from aanmelding to decision and to start, with how many they are the median of."""

    traject: str
    besluiten: int
    tot_besluit: int | None
    starts: int
    tot_start: int | None


@dataclass(frozen=True)
class Tijdigheid:
    """Evaluations due, held, and held in time."""

    traject: str
    verwacht: int
    gehouden: int
    op_tijd: int

    @property
    def aandeel(self) -> int | None:
        """Per cent of those due that were held in time."""
        return round(100 * self.op_tijd / self.verwacht) if self.verwacht else None


@dataclass(frozen=True)
class Dienstcijfers:
    """How often a service was asked and started, and the median wait in days."""

    naam: str
    gevraagd: int
    gestart: int
    wachtend: int
    wachttijd: int | None


@dataclass(frozen=True)
class Rapport:
    """The report to the steering group over a period (WW-8, WW-9)."""

    van: date
    tot: date
    trajecten: dict[str, Trajectcijfers]
    aangemeld: int
    per_kwartaal: dict[str, dict[str, int]]
    per_partner: tuple[Partnercijfers, ...]
    capaciteit: tuple[Capaciteitscijfer, ...]
    wachttijden: tuple[Wachttijd, ...]
    tijdigheid: tuple[Tijdigheid, ...]
    diensten: tuple[Dienstcijfers, ...]
    bezoeken: dict[str, dict[str, int]]
    """Visits to come: per month and worker."""


@dataclass(frozen=True)
class AanmeldingView:
    """The state of an aanmelding, for its aanmelder and the coordinators (WW-11)."""

    id: str
    traject_titel: str
    datum: date
    partner: str
    toestand: str
    sinds: date
    dagen: int
    """In this state."""


@dataclass(frozen=True)
class VersieView:
    """A version of the rules, with what it changed to the one before."""

    vanaf: date
    wijzigingen: tuple[str, ...]


@dataclass(frozen=True)
class Doelgroep:
    """For whom something is made: the public, the coordinators, or one partner."""

    soort: Literal["publiek", "coordinatie", "partner"]
    partner: str = ""

    @property
    def naam(self) -> str:
        """The folder of its site: `publiek`, `coordinatie`, `partners/<partner>`."""
        return f"partners/{self.partner}" if self.soort == "partner" else self.soort


PUBLIEK, COORDINATIE = Doelgroep("publiek"), Doelgroep("coordinatie")


@dataclass(frozen=True)
class MomentView:
    """A moment of a dossier: a name and dates, nothing else of the tenancy."""

    id: str
    titel: str
    soort: str
    streefdatum: date
    datum: date
    uur: time | None
    status: str
    afspraak: bool
    """The date is an appointment or what took place, not just when it is due."""
    extra: bool
    regel: str | None
    uitleg: tuple[str, ...]
    """Why it is on this date, step by step."""


@dataclass(frozen=True)
class DossierView:
    """A dossier as one audience sees it."""

    id: str
    traject: str
    traject_titel: str
    regels_vanaf: date
    """Which version of the rules it follows."""
    vervolg_op: str | None
    """The dossier it follows on, and"""
    vervolgen: tuple[str, ...]
    """those that follow on it: as far as this audience may see them."""
    fase: str
    start: date | None
    einde: date | None
    maand: int | None
    """Running month on the day of the view, while it runs."""
    momenten: tuple[MomentView, ...]
    leesbaar: bool
    """This audience may read its texts (VT-5.0)."""
    partner: str | None
    """The guiding partner: for those who may read, and for that partner itself."""
    begeleider: str | None
    """The guiding partner's worker, likewise."""
    verlopen: tuple[str, ...]
    """The recorded courses, the last one last."""
    bezoeken: int | None
    """Home visits that took place (VT-2.2)."""
    contacten: Contacten | None
    """Contacts at home, where they are counted (VT-2.3)."""
    verplichtingen: tuple[str, ...]
    documenten: tuple[tuple[str, str], ...]
    """Key and title of each document that the traject knows."""
    gegevens: dict[str, Any]
    """The fields of the dossier that this audience may see, as in the YAML."""
    gewijzigd: datetime
    """When it, its rules or the calendar last really changed (UTC)."""

    @property
    def volgende(self) -> MomentView | None:
        """The first moment that is neither held nor lapsed."""
        return next((m for m in self.momenten if m.status not in ("gehouden", "vervallen")), None)


@dataclass(frozen=True)
class OverlegView:
    """The overleg of one month, for everyone."""

    maand: str
    volgens_regel: date
    datum: date | None
    """None: cancelled."""
    aankondiging: date | None
    uur: time
    duur: int
    """Minutes."""
    reden: str | None
    """Why it is moved or cancelled."""
    gewijzigd: datetime


@dataclass(frozen=True)
class PartnerOverlegView:
    """The overleg of one month for one partner (VT-6.4)."""

    partner: str
    partner_naam: str
    overleg: OverlegView
    uur: time
    plaats: str
    """`teams` or `kantoor`."""
    adres: str
    """The address of the office, or nothing."""
    link: str | None
    vervalt: str | None
    """Why it was dropped for this partner (VT-6.3)."""


@dataclass(frozen=True)
class PartnerView:
    """A partner organisation and its general contact details (VT-3.2)."""

    id: str
    naam: str
    rol: str
    email: str | None
    telefoon: str | None
    kantooruren: str | None


@dataclass(frozen=True)
class RegelView:
    """A rule with the protocol's values filled in."""

    id: str
    titel: str
    tekst: str
    toepassing: str | None


@dataclass(frozen=True)
class ProtocolMoment:
    """A moment as the protocol asks it."""

    id: str
    titel: str
    soort: str
    wanneer: str
    """Such as `na 4 maanden`."""
    regel: str | None


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
    verlenging: str | None
    momenten: tuple[ProtocolMoment, ...]
    documenten: tuple[tuple[str, str], ...]
    """Title, and by when it must be there."""
    regels: tuple[RegelView, ...]
    waarden: dict[str, str]
    """The values that texts about the traject may use."""


@dataclass(frozen=True)
class FeedView:
    """A calendar to subscribe to."""

    naam: str
    """The file without `.ics`."""
    titel: str
    begeleider: str | None
    """Whose it is; None: of the whole audience."""
    pad: str
    """Its secret address, below that of the sites."""


@dataclass(frozen=True)
class Verwijdering:
    """A dossier that is due for removal."""

    id: str
    traject_titel: str
    soort: Literal["gesloten", "geweigerd", "wachtend"]
    sinds: date
    """When it was closed, refused, or came in its present state."""
    vanaf: date
    """Since when it is due."""


@dataclass(frozen=True)
class View:
    """The register as one audience sees it on a date: all that its site, feeds and mails are made from."""

    doelgroep: Doelgroep
    datum: date
    naam: str
    """The audience by name, for titles."""
    organisatie: str
    dienst: str
    email: str
    kantoor: str
    webadres: str | None
    """Where the sites are published."""
    demonstratie: bool
    op_tijd_dagen: int
    """How many days late an evaluation still counts as held on time."""
    waarden: dict[str, str]
    """The values that hand-written pages may use."""
    protocollen: tuple[ProtocolView, ...]
    partners: tuple[PartnerView, ...]
    maanden: tuple[OverlegView, ...]
    """Every overleg, cancelled ones too, from a year ago to the end of next year."""
    overleggen: tuple[PartnerOverlegView, ...]
    """The same per partner, as far as the audience takes part."""
    dossiers: tuple[DossierView, ...]
    feeds: tuple[FeedView, ...]
    agendas: tuple[Agenda, ...]
    """The coming one and those of the year before, the newest first."""
    aanmeldingen: tuple[AanmeldingView, ...]
    """Of the partner itself; coordinators see all."""
    intervisies: tuple[Intervisie, ...]
    """For coordinators: the coming one and those of the year before, the newest first."""
    rapport: Rapport | None
    """For coordinators."""
    te_verwijderen: tuple[Verwijdering, ...]
    """For coordinators: the longest due first."""
    trajecten: dict[str, str]
    """Title of each track."""
    zicht: tuple[tuple[str, str], ...]
    """For coordinators: every field of a dossier and who sees it."""
