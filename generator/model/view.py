"""What is asked of the register on a date, as values: all that renderers ever get to see."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any, Literal

from generator.model.handboek import Handboek
from generator.model.protocolview import ProtocolView


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
    """A dossier to discuss, and why (VT-5.1, VT-7.1, VT-7.4); without consent it gives no reasons (VT-5.0)."""

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
    """The agenda of one partner for one month, as of a date (VT-6.2, VT-6.3, VT-6.4)."""

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
class Toegevoegd:
    """A dossier that came on an agenda, or for more reasons, after its notice (VT-6.3)."""

    id: str
    redenen: tuple[str, ...]
    """The new ones; for a reader without consent none."""


@dataclass(frozen=True)
class Aangekondigd:
    """An agenda as it was on its notice date, with what was added since (VT-6.2, VT-6.3)."""

    agenda: Agenda
    toegevoegd: tuple[Toegevoegd, ...]


@dataclass(frozen=True)
class Vergaderbezoek:
    """What the last visit found."""

    datum: date
    moment: str
    wooncultuur: str | None
    bevindingen: str | None


@dataclass(frozen=True)
class Vergaderpunt:
    """A dossier to discuss at an overleg."""

    lopend: LopendDossier
    bespreken: TeBespreken
    bezoek: Vergaderbezoek | None
    beslissen: tuple[str, ...]
    """What there is to decide."""
    regels: tuple[str, ...]
    """The lines of YAML that record it, one of them to paste; none when it is recorded."""


@dataclass(frozen=True)
class Vergadering:
    """An overleg with one partner, as the coordinator leads it (VT-6.2, VT-6.3)."""

    agenda: Agenda
    punten: tuple[Vergaderpunt, ...]
    vlot: tuple[str, ...]
    """Dossiers that owe an evaluation and that nobody wants to discuss."""
    andere: tuple[tuple[Andere, str | None], ...]
    """Other tenancies, each with the line of YAML that records it; None when it is recorded."""
    verslag: tuple[str, ...]
    """What says in `protocol/overleg/` that it took place, and that it was dropped: one of them to paste."""
    verslag_begonnen: bool
    """Something of this partner stands there already: it goes beside that."""


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
    verwijderd: int = 0
    """Removed from the register before a decision, a place or a start."""


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
    """The report to the steering group over a period (WW-8, WW-9), with dwellings (WW-4) and services (WW-10)."""

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
    verwijderd: int
    """Removed dossiers of which the counts are in it, and what no count can tell is not."""
    onvolledig: tuple[int, ...]
    """Years that lie in the period for a part: removed dossiers are not counted in them."""


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
class Conclusie:
    """What an overleg concluded of one dossier (VT-6.5); for a reader without consent phase and dates alone."""

    id: str
    overleg: date
    """When it was discussed: a track may have a meeting of its own."""
    verslag: bool
    """False: it was on the agenda, and nothing is recorded."""
    leesbaar: bool
    fase: str
    einde: date | None
    volgende: Volgende | None
    """As the overleg left it."""
    verloop: str | None = None
    besluit: str | None = None
    maanden: int | None = None
    """Of an extension."""
    conclusie: str | None = None
    registratie_contacten: bool | None = None
    """Contacts at home are counted from here on, or no longer (VT-2.3)."""


@dataclass(frozen=True)
class Aanmeldingbesluit:
    """What was decided on an aanmelding (WW-11)."""

    id: str
    traject_titel: str
    aangemeld: date
    datum: date
    uitkomst: str


@dataclass(frozen=True)
class Poging:
    """The last time that a mail was handed over to the mail server."""

    op: date
    kenmerk: str
    stand: Literal["verstuurd", "onzeker", "geweigerd"]


Mailsoort = Literal["aankondiging", "conclusies", "aanmelding"]


@dataclass(frozen=True)
class Mail:
    """A mail to one partner, with what that partner may read and nothing else."""

    soort: Mailsoort
    maand: str
    partner: str
    partner_naam: str
    sleutel: str
    """What the mail is about: the partner, or the dossier of a decision. It names the draft, and is no part of it."""
    aan: str | None
    """None: no e-mail address is known."""
    organisatie: str
    dienst: str
    email: str
    adres: str | None
    """The page of the partner's site that tells the same; None: it is not known where the sites are."""
    alleen_verwijzing: bool
    """It leads to the site, and holds no dossier: no agenda, conclusions or decision."""
    overleg: "PartnerOverlegView | None" = None
    """The meeting that it is about."""
    tot: date | None = None
    """Until when the partner may ask to discuss a dossier (VT-6.3)."""
    agenda: Agenda | None = None
    conclusies: tuple[Conclusie, ...] = ()
    besluit: Aanmeldingbesluit | None = None
    titels: dict[tuple[str, str], str] = field(default_factory=dict)
    """The title of each moment that it names, by dossier and moment."""
    verstuurd: date | None = None
    """When the partner was told."""
    poging: Poging | None = None

    @property
    def naam(self) -> str:
        """The draft without `.eml`."""
        return f"{self.soort}-{self.sleutel}"


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
class Inkijk:
    """How much of a dossier one audience sees, and why."""

    doelgroep: str
    """`coordinatie`, `publiek`, `partners/<partner>`, or `partners`: all others."""
    naam: str
    niveau: Literal["altijd", "toestemming", "coordinatie"] | None
    """None: nothing."""
    redenen: tuple[str, ...]


@dataclass(frozen=True)
class WieZiet:
    """Who sees what of a dossier on a date."""

    id: str
    datum: date
    doelgroepen: tuple[Inkijk, ...]
    velden: dict[str, tuple[str, ...]]
    """The fields of the dossier that have a value, by the level that shows them first."""


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class UitgelegdMoment(MomentView):
    """The same with why it is on this date, step by step."""

    uitleg: tuple[str, ...]


@dataclass(frozen=True)
class DossierAdres:
    """Where the git host shows the file of a dossier, to be edited."""

    bestand: str
    delen: dict[str, str]
    """The line of each of its keys."""
    logboek: tuple[str, ...]
    """The line of each entry that `gegevens` holds."""


@dataclass(frozen=True, slots=True)
class DossierView:
    """A dossier as one audience sees it (VT-2.1, VT-2.2, VT-3.2, VT-5.0)."""

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
    termijnen: tuple[date, ...]
    """The end of the first term and of each extension."""
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
    afwijkingen: int
    """For coordinators: in how many places a rule does not hold."""
    gewijzigd: datetime
    """When it, its rules or the calendar last really changed (UTC)."""

    @property
    def volgende(self) -> MomentView | None:
        """The first moment that is neither held nor lapsed."""
        return next((m for m in self.momenten if m.status not in ("gehouden", "vervallen")), None)


@dataclass(frozen=True)
class Dossierblad:
    """All that an audience may see of a dossier, for its own page."""

    dossier: DossierView
    uitleg: tuple[tuple[str, ...], ...]
    """Of each of its moments why it is on its date, step by step."""
    verplichtingen: tuple[str, ...]
    documenten: tuple[tuple[str, str], ...]
    """Key and title of each document that the traject knows."""
    gegevens: dict[str, Any]
    """The fields of the dossier that this audience may see, as in the YAML."""
    wie_ziet: tuple[Inkijk, ...]
    """For coordinators."""
    bewerken: DossierAdres | None
    """For coordinators, where a git host is known."""


@dataclass(frozen=True)
class OverlegView:
    """The overleg of one month, for everyone (VT-6.2)."""

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
class Taak:
    """Something to be done."""

    soort: str
    id: str | None
    """The dossier; None: it is not about one."""
    traject: str | None
    partner: str | None
    reden: str
    """What, and why, without any text of the dossier."""
    regel: str
    """Id of the rule that asks it."""
    tegen: date
    """When it is due."""
    wie: str
    """Who does it: the service, or a partner or worker by name."""
    maand: str | None = None
    """`JJJJ-MM` of the overleg that it is about."""


TAKEN = "taken"
"""The coordinators' calendar of duties, by the name of its file."""


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
class Afgeleid:
    """What follows from a dossier on a date."""

    traject: str
    regels_vanaf: date
    fase: str
    einde: date | None
    maand: int | None
    aanmelding: str | None
    """The state of its aanmelding."""
    begeleidt: tuple[str, str] | None
    """Partner and worker that guide on that date."""
    bezoeken: int | None
    contacten: Contacten | None
    momenten: tuple[UitgelegdMoment, ...]


@dataclass(frozen=True)
class Vindplaats:
    """Where a dossier is in what is made for one audience."""

    site: str
    naam: str
    pagina: bool = False
    """It has a page, and so it is in the list, in `planning.json` and in the search."""
    agendas: tuple[str, ...] = ()
    """Months."""
    aanmeldingen: bool = False
    intervisies: tuple[date, ...] = ()
    werklijst: tuple[str, ...] = ()
    kalenders: tuple[str, ...] = ()
    """By title: their addresses are secret."""
    mails: tuple[tuple[str, str], ...] = ()
    """Kind and month."""


@dataclass(frozen=True)
class Bewaarstand:
    """How long a dossier stays; a date that is None: without end, or not known yet."""

    soort: str | None
    """None: it runs, and its term begins at its end."""
    sinds: date | None
    zichtbaar_tot: date | None
    bewaard_tot: date | None
    te_verwijderen_sinds: date | None
    maanden_zichtbaar: int | None
    """After the end of the support."""
    maanden_bewaren: int | None


@dataclass(frozen=True)
class Bericht:
    """When the aanmelder was told of the decision on an aanmelding."""

    partner: str
    gemeld: date | None
    verzonden: date | None
    """By mail, and"""
    stand: str | None
    """what became of it."""
    kenmerk: str | None
    bestand: str


@dataclass(frozen=True)
class Inzage:
    """All that is held on one dossier."""

    id: str
    datum: date
    organisatie: str
    dienst: str
    email: str
    bestand: str
    gegevens: dict[str, Any]
    """Every field that is filled in, as in the YAML."""
    vervolgen: tuple[str, ...]
    """The dossiers that follow on it."""
    afgeleid: Afgeleid | None
    """None: an error stands in the way."""
    berichten: tuple[Bericht, ...]
    """What the records of the overleg say of it."""
    wie_ziet: tuple[Inkijk, ...]
    vindplaatsen: tuple[Vindplaats, ...]
    bewaring: Bewaarstand | None
    gewijzigd: tuple[date, ...]
    namen: dict[str, str]
    """Of the organisations that it names."""
    titels: dict[str, str]
    """Of its documents and moments."""


@dataclass(frozen=True)
class Remote:
    """Where a history is published."""

    naam: str
    """Such as `origin`."""
    adres: str | None
    """None: it holds a password."""
    host: str
    lokaal: str | None
    """Its folder, when it is on this machine."""
    verwijzingen: tuple[str, ...]
    """What keeps the history there beside branches and labels, as far as is known."""


@dataclass(frozen=True)
class Sporen:
    """What git holds of removed dossiers. Paths are below `map`."""

    map: str
    """The working copy."""
    kloon: str
    """A folder beside it, not there yet."""
    bestanden: tuple[str, ...]
    """What the removal changed, to be committed."""
    paden: tuple[str, ...]
    """Every path that they ever had."""
    gedeeld: tuple[str, ...]
    """Paths that another dossier has now, of which `versies` held one of these."""
    versies: tuple[str, ...]
    ids: tuple[str, ...]
    """Theirs, former ones too."""
    patroon: str
    """A regular expression that finds them, and no other dossier's."""
    genoemd: bool
    """The history holds or names one of them."""
    remote: Remote | None
    andere_remotes: tuple[str, ...]
    werkmappen: tuple[str, ...]
    """Other working copies that share this history."""


@dataclass(frozen=True)
class VergetenDossier:
    """A dossier that was removed, and how long it should have been kept."""

    id: str
    bestand: str
    leesbaar: bool
    """False: nothing could be counted of it."""
    soort: str | None
    """`gesloten`, `geweigerd` or `wachtend`; None: it ran, or its term is not known."""
    sinds: date | None
    bewaard_tot: date | None


@dataclass(frozen=True)
class Vergeten:
    """A removal, and all that is needed to say what must follow."""

    datum: date
    root: str
    dossiers: tuple[VergetenDossier, ...]
    tellingen: tuple[str, ...]
    """The files with counts that were changed."""
    verslagen: tuple[str, ...]
    """The records of an overleg that told something of them."""
    genoemd: tuple[str, ...]
    """Files of the register that still name one of them."""
    bewaren: tuple[str, ...]
    """What git passes over in the working copy, and is needed on."""
    sporen: Sporen | None
    """None: there is no git history."""


@dataclass(frozen=True)
class Kader:
    """What stands around the dossiers of an audience: the same whatever is in them."""

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
    bewerken: dict[str, str]
    """For coordinators: where the git host shows each file of the protocol, by path; a partner or a rule in it as
    `path#id`."""
    demonstratie: bool
    bezoek_plannen_weken: int
    """How long before its streefdatum a visit is to be planned."""
    conclusies_dagen: int
    """Within how many days after an overleg its conclusions are sent."""
    op_tijd_dagen: int
    """How many days late an evaluation still counts as held on time."""
    waarden: dict[str, str]
    """The values that hand-written pages may use."""
    protocollen: tuple[ProtocolView, ...]
    partners: tuple[PartnerView, ...]
    maanden: tuple[OverlegView, ...]
    """Every overleg, cancelled ones too, from a year ago to the end of next year."""
    feestdagen: dict[date, str]
    """The public holidays of those years, by name."""
    overleggen: tuple[PartnerOverlegView, ...]
    """The same per partner, as far as the audience takes part."""
    trajecten: dict[str, str]
    """Title of each track."""
    zicht: tuple[tuple[str, str], ...]
    """For coordinators: every field of a dossier and who sees it."""
    handboek: Handboek | None
    """None: this audience has none."""
    bladen: tuple[str, ...]
    """The dossiers that have a page, by id."""


@dataclass(frozen=True)
class View(Kader):
    """The register as one audience sees it on a date: all that its site, feeds and mails are made from, beside the
    pages of its dossiers."""

    dossiers: tuple[DossierView, ...]
    feeds: tuple[FeedView, ...]
    agendas: tuple[Agenda, ...]
    """The coming one and those of the year before, the newest first."""
    aangekondigd: dict[tuple[str, str], Aangekondigd]
    """The same as they were announced, by partner and month, once the notice date has come."""
    vergaderingen: tuple[Vergadering, ...]
    """For coordinators: the coming overleg and the last one, by partner."""
    aanmeldingen: tuple[AanmeldingView, ...]
    """Of the partner itself; coordinators see all."""
    conclusies: dict[str, tuple[Conclusie, ...]]
    """Of a partner: what each overleg concluded with it, by month."""
    mails: tuple[Mail, ...]
    """To the partner itself, as far as they may still be sent; coordinators see all."""
    intervisies: tuple[Intervisie, ...]
    """For coordinators: the coming one and those of the year before, the newest first."""
    rapport: Rapport | None
    """For coordinators."""
    werklijst: tuple[Taak, ...]
    """What the audience has to do, the most urgent first."""
