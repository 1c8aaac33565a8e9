"""The rules and the organisation as they stand in `protocol/`: every number, weekday and address."""

import re
from datetime import date, datetime
from functools import cached_property
from typing import Annotated, Any, Literal, cast

from dateutil.rrule import rrule, rrulestr
from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator

from generator.model.base import (
    Datum,
    DossierId,
    FoutBij,
    Functiecode,
    Link,
    Maanden,
    MaandId,
    Mailadres,
    Model,
    RegelId,
    Slug,
    Tekst,
    Uur,
    Woord,
    tonen,
)
from generator.model.dossier import Besluit

Niveau = Literal["fout", "waarschuwing"]
Plaats = Literal["teams", "kantoor"]
Soort = Literal["overleg", "huisbezoek", "evaluatie"]
EINDE = "einde"
Sleutel = Annotated[Woord, Field(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$", max_length=40)]


class Bewaring(Model):
    """How long something is kept, in months; left out: without end."""

    zichtbaar: Maanden | None = None
    """From then on partners no longer see it on their site, in their agendas and calendars."""
    bewaren: Maanden | None = None
    """From then on it is due for removal from the register."""

    @model_validator(mode="after")
    def _in_order(self) -> "Bewaring":
        if self.zichtbaar and self.bewaren and self.zichtbaar > self.bewaren:
            raise FoutBij("zichtbaar", "‘zichtbaar’ duurt langer dan ‘bewaren’: maak het even kort of korter")
        return self


class Bewaartermijn(Model):
    """How long dossiers are kept, by what became of them."""

    gesloten: Bewaring = Bewaring()
    """Counted from the day on which the support ended."""
    geweigerd: Bewaring = Bewaring()
    """A refused aanmelding, counted from the decision."""
    wachtend: Bewaring = Bewaring()
    """An aanmelding that did not start, counted from when it is in its present state."""


Dagen = Annotated[int, Field(ge=0, le=365)]


class Werklijstregels(Model):
    """When something appears on the worklist."""

    bezoek_plannen_weken: Annotated[int, Field(ge=0, le=52)] = 4
    """How long before its streefdatum a visit without appointment is to be planned."""
    bezoek_bevestigen_dagen: Dagen = 14
    """How long before a visit its worker must have confirmed."""
    aankondiging_dagen: Dagen = 7
    """How long before its date a notice is to be prepared."""
    conclusies_dagen: Dagen = 7
    """Within how many days after the overleg its conclusions are sent."""
    antwoord_dagen: Dagen = 14
    """Within how many days a question is answered."""
    vanaf: Datum | None = None
    """The first day that the register was worked with: what an overleg before it left open is not asked."""


Adresversie = Annotated[int, Field(ge=1, le=9999)]


class Kalenderadres(Model):
    """Which version of the secret address of a calendar is in use: a higher number revokes the former address."""

    versie: Adresversie = 1


class Partnerkalenderadres(Kalenderadres):
    """`versie` revokes every address of the partner; a worker's own number that worker's alone."""

    begeleiders: dict[Functiecode, Adresversie] = {}


def _read_webadres(value: str) -> str:
    """The address of a server, nothing behind it: `https://host` or `https://host:port`."""
    if not re.fullmatch(r"https://[a-z0-9-]+(\.[a-z0-9-]+)*(:[0-9]{1,5})?/?", value):
        raise ValueError(f"verwacht een adres als https://woontraject.voorbeeld.be, niet {tonen(value)}")
    return value.rstrip("/")


Webadres = Annotated[Tekst, AfterValidator(_read_webadres)]


def _read_bewerkadres(value: str) -> str:
    """The address at the git host of a line of a file: `{bestand}` and `{regel}` are filled in."""
    names = set(re.findall(r"\{([^{}]*)\}", value))
    if not re.fullmatch(r"https://[^\s\"'<>\\]+", value) or "bestand" not in names or names - {"bestand", "regel"}:
        example = "https://github.com/vivendo/dossiers/blob/main/{bestand}#L{regel}"
        raise ValueError(
            f"verwacht een adres met {{bestand}} en eventueel {{regel}}, zoals {example}, niet {tonen(value)}"
        )
    return value


Bewerkadres = Annotated[Tekst, AfterValidator(_read_bewerkadres)]


class Formulieren(Model):
    """Where the forms keep the dossiers: a project at GitHub or GitLab, in which each change is proposed."""

    git: Literal["github", "gitlab"]
    project: Annotated[Tekst, Field(pattern=r"^[0-9A-Za-z._-]+(/[0-9A-Za-z._-]+)+$", max_length=200)]
    tak: Annotated[Tekst, Field(pattern=r"^[0-9A-Za-z._/-]+$", max_length=100)] = "main"
    """The branch that proposals are for."""
    server: Webadres | None = None
    """A server of one's own; left out: github.com, gitlab.com."""
    aanmelden: Webadres | None = None
    """GitHub: the service at which people log in."""
    toepassing: Annotated[Tekst, Field(pattern=r"^[0-9A-Za-z_-]+$", max_length=100)] | None = None
    """GitLab: the id of the application."""

    @property
    def adres(self) -> str:
        """The server of the git host."""
        return self.server or f"https://{self.git}.com"

    @model_validator(mode="after")
    def _people_can_log_in(self) -> "Formulieren":
        if self.git == "github" and not self.aanmelden:
            raise FoutBij("git", "‘git: github’ vraagt ook ‘aanmelden’: vul het adres van uw aanmelddienst in")
        if self.git == "gitlab" and not self.toepassing:
            raise FoutBij("git", "‘git: gitlab’ vraagt ook ‘toepassing’: vul de id van de toepassing bij GitLab in")
        return self


class Organisatie(Model):
    """The housing company that runs the register."""

    naam: Tekst
    dienst: Tekst
    email: Mailadres
    kantoor: Tekst
    webadres: Webadres | None = None
    """Where the sites are published, such as `https://woontraject.voorbeeld.be`."""
    bewerken: Bewerkadres | None = None
    """Where the git host shows a line of a file, to be edited there: `https://…/{bestand}#L{regel}`."""
    formulieren: Formulieren | None = None
    """Where the forms keep the dossiers; left out: there are none, but on a machine of one's own."""
    mail: Literal["agenda", "verwijzing"] = "agenda"
    """What a mail to a partner holds: the agenda itself, or no dossier at all and a link to the partner's site."""
    kalenderadres: Kalenderadres = Kalenderadres()
    """Of the coordinators' calendar."""
    bewaartermijn: Bewaartermijn = Bewaartermijn()
    werklijst: Werklijstregels = Werklijstregels()
    op_tijd_dagen: Annotated[int, Field(ge=0, le=365)] = 14
    """How many days after its streefdatum an evaluation still counts as held on time."""
    demonstratie: bool = False
    """True: every page says that the data are invented."""

    @model_validator(mode="after")
    def _mail_leads_somewhere(self) -> "Organisatie":
        if self.mail == "verwijzing" and self.webadres is None:
            raise FoutBij(
                "mail", "‘mail: verwijzing’ vraagt ook ‘webadres’: vul in waar de sites staan, of kies ‘mail: agenda’"
            )
        return self


class Partnercontact(Model):
    """General contact details of a service (VT-3.2)."""

    email: Mailadres | None = None
    telefoon: Tekst | None = None
    kantooruren: Tekst | None = None


class PartnerOverleg(Model):
    """Where a partner's overleg is by default (VT-6.4)."""

    plaats: Plaats = "teams"
    link: Link | None = None
    uur: Uur | None = None


class Partner(Model):
    """A partner organisation."""

    naam: Tekst
    rol: Literal["woon", "welzijn"]
    contact: Partnercontact = Partnercontact()
    overleg: PartnerOverleg = PartnerOverleg()
    kalenderadres: Partnerkalenderadres = Partnerkalenderadres()


def _read_regel(value: str) -> str:
    """A recurrence rule of RFC 5545 that gives at most one date a month, without end."""
    parts = dict(part.partition("=")[::2] for part in value.upper().split(";"))
    if parts.get("FREQ") not in {"MONTHLY", "YEARLY"} or parts.keys() & {"COUNT", "UNTIL"}:
        raise ValueError("de regel moet beginnen met FREQ=MONTHLY en heeft geen COUNT of UNTIL")
    if not re.fullmatch(r"[A-Za-z0-9=;,+-]+", value) or set(parts.get("INTERVAL", "1")) == {"0"}:
        raise ValueError(f"{tonen(value)} is geen geldige herhalingsregel, zoals FREQ=MONTHLY;BYDAY=-1TH")
    try:
        rule = cast("rrule", rrulestr(value, dtstart=date_time(2000, 1, 1))).replace(until=date_time(2029, 1, 1))
        months = [(day.year, day.month) for day in rule.between(date_time(2023, 12, 31), date_time(2029, 1, 1))]
    except (ValueError, TypeError, KeyError, IndexError, AttributeError):
        raise ValueError(f"{tonen(value)} is geen geldige herhalingsregel, zoals FREQ=MONTHLY;BYDAY=-1TH") from None
    if not months:
        raise ValueError("deze regel geeft geen enkele datum: kies er een zoals FREQ=MONTHLY;BYDAY=-1TH")
    if len(set(months)) < len(months):
        raise ValueError("deze regel geeft meer dan één datum in een maand: kies er een zoals FREQ=MONTHLY;BYDAY=-1TH")
    return value


Herhaling = Annotated[Tekst, AfterValidator(_read_regel)]
Duur = Annotated[int, Field(ge=5, le=600)]


class Uitzondering(Model):
    """A month in which the overleg or its notice differs from the rule."""

    overleg: Datum | None = None
    aankondiging: Datum | None = None
    vervalt: bool = False
    reden: Tekst


class Wijziging(Model):
    """What differs from a date on; the months before keep theirs."""

    regel: Herhaling | None = None
    aankondiging: Herhaling | None = None
    uur: Uur | None = None
    duur: Duur | None = None


class OverlegKalender(Model):
    """When the monthly overleg is (VT-6.2)."""

    regel: Herhaling
    aankondiging: Herhaling
    uur: Uur
    duur: Duur = 60
    """Minutes."""
    uitzonderingen: dict[MaandId, Uitzondering] = {}
    wijzigingen: dict[Datum, Wijziging] = {}


class Data(Model):
    """Dates that are set one by one."""

    data: tuple[Datum, ...] = ()


class KalenderBestand(Model):
    """The file `kalender.yaml`."""

    overleg: OverlegKalender
    intervisie: Data = Data()
    stuurgroep: Data = Data()


class Verzending(Model):
    """A mail that was handed over to the mail server."""

    op: Datum
    kenmerk: Annotated[Woord, Field(pattern=r"^[a-z]{8,40}$")]
    """What it said, in short: the first part of its Message-ID. Letters alone, so that nothing reads a number in it."""
    stand: Literal["verstuurd", "onzeker", "geweigerd"] = "verstuurd"
    """`onzeker`: the server never answered."""


class Verzendingen(Model):
    """The last time that each mail to a partner was handed over."""

    aankondiging: Verzending | None = None
    conclusies: Verzending | None = None
    aanmeldingen: dict[DossierId, Verzending] = {}


class OverlegVerslag(Model):
    """What differs and what was done for one partner's overleg in one month."""

    plaats: Plaats | None = None
    uur: Uur | None = None
    link: Link | None = None
    vervalt: Tekst | None = None
    """Why this partner's overleg was dropped (VT-6.3)."""
    gehouden: bool | None = None
    aankondiging_verstuurd: Datum | None = None
    conclusies_verstuurd: Datum | None = None
    aanmeldingen_verstuurd: dict[DossierId, Datum] = {}
    """When the aanmelder was told of a decision that was taken in this month, by dossier (WW-11)."""
    verzonden: Verzendingen = Verzendingen()
    """What `mail send` keeps, beside the days on which the partner was told."""

    @property
    def aankondiging_op(self) -> date | None:
        """When the partner was told of the overleg."""
        return self.aankondiging_verstuurd or _sent_on(self.verzonden.aankondiging)

    @property
    def conclusies_op(self) -> date | None:
        """When the partner was told of its conclusions."""
        return self.conclusies_verstuurd or _sent_on(self.verzonden.conclusies)

    def aanmelding_op(self, dossier: str, besluit: date) -> date | None:
        """When the aanmelder was told of a decision: a day before it is that of an earlier one."""
        told = self.aanmeldingen_verstuurd.get(dossier) or _sent_on(self.verzonden.aanmeldingen.get(dossier))
        return told if told and told >= besluit else None

    @property
    def over_het_overleg(self) -> bool:
        """Whether it says anything beside decisions on aanmeldingen."""
        other = self.model_copy(update={"aanmeldingen_verstuurd": {}, "verzonden": Verzendingen()})
        return other != OverlegVerslag() or bool(self.verzonden.aankondiging or self.verzonden.conclusies)


def _sent_on(verzending: Verzending | None) -> date | None:
    return verzending.op if verzending and verzending.stand == "verstuurd" else None


Verslagen = dict[str, dict[str, OverlegVerslag]]
"""Per month `JJJJ-MM` and partner."""


class Termijn(Model):
    """A term that each dossier chooses within bounds, in months."""

    minimum: Maanden
    maximum: Maanden

    @model_validator(mode="after")
    def _in_order(self) -> "Termijn":
        if self.minimum > self.maximum:
            raise FoutBij("minimum", "minimum is groter dan maximum")
        return self


def _kind_of_termijn(value: Any) -> str:
    return "bereik" if isinstance(value, dict | Termijn) else "vast"


def _kind_of_na(value: Any) -> str:
    return "einde" if isinstance(value, str) else "maanden"


class Verlenging(Model):
    """How a term can be extended (VT-7.4)."""

    veelvoud: Maanden
    """An extension is a positive multiple of this many months."""
    maandelijks_overleg: bool = False
    """Every overleg up to the new end discusses the dossier."""
    regel: RegelId | None = None


class DocumentRegel(Model):
    """A document that dossiers of the traject may have, and by when it must be there."""

    titel: Tekst
    voor: Tekst | None = None
    """`start` or another document: once that is there, this one must be too."""
    ontbreekt: Niveau = "waarschuwing"
    """How bad it is when it is missing then."""
    later: Niveau | None = None
    """How bad it is when it is dated later than that; left out: not checked."""
    regel: RegelId = "DOCUMENT"
    """Id of the rule that asks it."""


class MomentRegel(Model):
    """A moment that every dossier of the traject has, or one every so many months."""

    id: Slug
    titel: Tekst | None = None
    soort: Soort
    na: (
        Annotated[
            Annotated[Maanden, Tag("maanden")] | Annotated[Literal["einde"], Tag("einde")], Discriminator(_kind_of_na)
        ]
        | None
    ) = None
    """Months after the start, or `einde`: the end of each term."""
    elke: Maanden | None = None
    """Every so many months, before the end of the term."""
    voor: Slug | None = None
    """Another moment that should come later; a warning when the dates break the order."""
    regel: RegelId | None = None
    """Id of the rule that asks it."""

    @model_validator(mode="after")
    def _one_of(self) -> "MomentRegel":
        if (self.na is None) == (self.elke is None):
            raise ValueError("vul ofwel ‘na’ in, ofwel ‘elke’")
        return self


class Minstens(Model):
    """A criterion that asks a least number."""

    minstens: int


def _kind_of_criterium(value: Any) -> str:
    match value:
        case bool():
            return "waarheid"
        case dict() | Minstens():
            return "minstens"
        case str():
            return "vrij"
    return "keuze"


Criterium = Annotated[
    Annotated[bool, Tag("waarheid")]
    | Annotated[tuple[Woord, ...], Tag("keuze")]
    | Annotated[Minstens, Tag("minstens")]
    | Annotated[Literal["vrij"], Tag("vrij")],
    Discriminator(_kind_of_criterium),
]
"""What an aanmelding must state: true or false, one of a list, at least a number; `vrij`: anything."""


class Capaciteit(Model):
    """How much there is of something in a calendar year."""

    woningen_per_jaar: Annotated[int, Field(ge=1, le=1000)]


class Regel(Model):
    """A rule of the protocol: `{…}` in its text stands for a value of the protocol."""

    id: RegelId
    titel: Tekst
    tekst: Tekst
    toepassing: Tekst | None = None
    """How the system applies it."""


class Stap(Model):
    """Something that the protocol asks of people: who does it, who answers for it, who is asked and who is told."""

    wat: Tekst
    regel: RegelId
    """Id of the rule that asks it."""
    wanneer: Tekst | None = None
    """In words; `{…}` stands for a value of the protocol."""
    momenten: tuple[Slug, ...] = ()
    """Moments of the track at which it happens: their months say when."""
    doet: Annotated[tuple[Sleutel, ...], Field(min_length=1)]
    """Who carries it out: keys of `rollen`, here and below."""
    staat_in: tuple[Sleutel, ...] = ()
    """Who is accountable for it."""
    denkt_mee: tuple[Sleutel, ...] = ()
    """Who is consulted."""
    hoort: tuple[Sleutel, ...] = ()
    """Who is informed, and"""
    bericht: Tekst | None = None
    """of what, in a few words; left out: what is done."""


class EigenOverleg(Model):
    """An overleg of a traject by a rule of its own; its hour and exceptions are none of the calendar's."""

    regel: Herhaling
    aankondiging: Herhaling | None = None
    """Left out: on the day of the calendar's notice."""


def _kind_of_overleg(value: Any) -> str:
    return "eigen" if isinstance(value, dict | EigenOverleg) else "mee"


class Trajectregels(Model):
    """One version of the rules of a traject, in force from the date in the file's name."""

    titel: Tekst
    inleiding: Tekst | None = None
    voorvoegsel: Annotated[Tekst, Field(pattern=r"^[A-Z0-9]+$", max_length=10)]
    overleg: Annotated[
        Annotated[bool, Tag("mee")] | Annotated[EigenOverleg, Tag("eigen")], Discriminator(_kind_of_overleg)
    ] = False
    """Its dossiers join the overleg: that of the calendar, or one by a rule of the traject's own."""
    aanmelding: Literal["verplicht", "mag"] = "verplicht"
    besluiten: tuple[Besluit, ...] = ()
    documenten: dict[Sleutel, DocumentRegel] = {}
    afwijkbaar: tuple[RegelId, ...] = ()
    """Ids of the rules that a dossier may set aside."""
    doelgroep: dict[Sleutel, Criterium] = {}
    """What an aanmelding states of the criteria of the target group, and what each asks (WW-1)."""
    capaciteit: Capaciteit | None = None
    """Different dwellings that may start in a calendar year (WW-4)."""
    woninggebonden: bool = False
    """The support is tied to the dwelling: no move, one dossier a dwelling, a follow-up in the same one (WW-6)."""
    domicilie: Literal["mag", "niet"] = "mag"
    """Whether the resident may have their domicile at the dwelling (WW-4)."""
    ankerfiguur: bool = False
    """A dossier that ends well without a follow-up names an anchor figure (WW-11)."""
    stuurgroep: bool = False
    """It is on the agenda of the intervision and in the report to the steering group (WW-8)."""
    termijn: (
        Annotated[Annotated[Maanden, Tag("vast")] | Annotated[Termijn, Tag("bereik")], Discriminator(_kind_of_termijn)]
        | None
    ) = None
    """Months, or the bounds between which each dossier chooses (VT-0, WW-5); left out: no term."""
    verlenging: Verlenging | None = None
    momenten: tuple[MomentRegel, ...] = ()
    verplichtingen: tuple[Tekst, ...] = ()
    """What the tenant must observe: a checklist on the page of each dossier (VT-2.1)."""
    regels: tuple[Regel, ...] = ()
    rollen: dict[Sleutel, Tekst] = {}
    """Who takes part, by what people call them; `{…}` stands for a value of the protocol."""
    stappen: tuple[Stap, ...] = ()
    """Who does what when."""

    @property
    def langste_termijn(self) -> int | None:
        """Months of the first term, at most; None: it has no term."""
        return self.termijn.maximum if isinstance(self.termijn, Termijn) else self.termijn

    def maanden_van(self, moment: "MomentRegel") -> range:
        """When a moment that comes every so many months does, within the longest term."""
        return range(moment.elke, self.langste_termijn or 0, moment.elke) if moment.elke else range(0)

    @cached_property
    def eindevaluatie(self) -> MomentRegel | None:
        return next((moment for moment in self.momenten if moment.na == EINDE), None)

    @model_validator(mode="after")
    def _consistent(self) -> "Trajectregels":
        ids = [moment.id for moment in self.momenten]
        ends = [moment for moment in self.momenten if moment.na == EINDE]
        if len(set(ids)) < len(ids):
            double = next(name for name in ids if ids.count(name) > 1)
            raise FoutBij("momenten", f"twee momenten hebben dezelfde id, ‘{double}’: geef er een een andere")
        if (self.termijn is None) != (not ends) or len(ends) > 1:
            raise FoutBij(
                "momenten", "een traject met een termijn heeft één moment met ‘na: einde’, een traject zonder geen"
            )
        if self.termijn is None and (self.verlenging or any(moment.elke for moment in self.momenten)):
            raise FoutBij("momenten", "‘elke’ en ‘verlenging’ vragen een termijn")
        if any(moment.soort == "overleg" for moment in ends):
            raise FoutBij("momenten", "de eindevaluatie is een huisbezoek of een evaluatie, geen overleg")
        if not self.overleg and any(moment.soort == "overleg" for moment in self.momenten):
            raise FoutBij("momenten", "een moment van soort overleg vraagt ‘overleg: true’")
        return self


def date_time(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day)  # noqa: DTZ001 (a civil date, as dateutil wants it)
