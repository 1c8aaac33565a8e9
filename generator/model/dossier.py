"""A dossier as it stands in `dossiers/**/<id>.yaml`: facts with dates, nothing that can be derived."""

from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BeforeValidator, Field, model_validator

from generator.model.base import (
    Datum,
    DossierId,
    FoutBij,
    Functiecode,
    Maanden,
    Model,
    RegelId,
    Slug,
    Tekst,
    Uur,
    Woord,
    share_set,
)

Verloop = Literal["goed", "moeilijk"]
Wooncultuur = Literal["goed", "aandacht", "ernstige-gebreken"]
Besluit = Literal["positief", "verlengen", "toewijzing", "negatief"]
TOESTEMMING = "toestemmingsverklaring"


class Afwijking(Model):
    """A rule set aside for this dossier, with the reason."""

    regel: RegelId
    """Id of the rule, such as WW-4."""
    datum: Datum
    reden: Tekst


class AanmeldingBesluit(Model):
    """What was decided on an aanmelding."""

    datum: Datum
    uitkomst: Literal["toegelaten", "wachtlijst", "geweigerd"]


class Aanmelding(Model):
    """Who referred the tenant, and when."""

    datum: Datum
    partner: Slug
    doelgroep: dict[str, bool | int | Woord] = {}
    """What the aanmelder states of each criterion of the target group (WW-1)."""
    besluit: AanmeldingBesluit | None = None


class Ondertekening(Model):
    """A document that was signed, and perhaps withdrawn."""

    ondertekend: Datum | None = None
    ingetrokken: Datum | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Ondertekening":
        if self.ingetrokken and not self.ondertekend:
            raise FoutBij(
                "ingetrokken", "ingetrokken staat er zonder ondertekend: vul in wanneer het document ondertekend is"
            )
        if self.ingetrokken and self.ondertekend and self.ingetrokken < self.ondertekend:
            raise FoutBij(
                "ingetrokken", f"ingetrokken op {self.ingetrokken}, maar pas ondertekend op {self.ondertekend}"
            )
        return self

    def geldt(self, op: date) -> bool:
        """Whether it is signed and not withdrawn on that date; on the day of withdrawal it no longer is."""
        return bool(self.ondertekend and self.ondertekend <= op and not (self.ingetrokken and self.ingetrokken <= op))


def _as_mapping(value: Any) -> Any:
    return value if isinstance(value, dict | Ondertekening) else {"ondertekend": value}


def _as_list(value: Any) -> Any:
    return tuple(value) if isinstance(value, list | tuple) else (value,)


Ondertekeningen = Annotated[
    tuple[Annotated[Ondertekening, BeforeValidator(_as_mapping)], ...], BeforeValidator(_as_list)
]


class Begeleiding(Model):
    """One period in which a partner guides; a handover is a next entry (VT-4)."""

    partner: Slug
    begeleider: Functiecode
    """Function code of the support worker, never a name."""
    vanaf: Datum
    tot: Datum | None = None
    """Last day, included; left out: still going on."""
    reden: Tekst | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Begeleiding":
        if self.tot and self.tot < self.vanaf:
            raise FoutBij("tot", f"tot ({self.tot}) ligt voor vanaf ({self.vanaf})")
        return self


class Feit(Model):
    """What every entry of the logboek has."""

    datum: Datum


F = TypeVar("F", bound=Feit)


def _not_before(item: F, sleutel: str, day: date | None) -> F:
    """A later date of an entry is not before its own."""
    if day and day < item.datum:
        raise FoutBij(sleutel, f"{sleutel} ({day}) ligt voor datum ({item.datum}): kijk beide na")
    return item


class Gesprek(Feit):
    """What an evaluation of any kind can record: its course and what was decided."""

    verloop: Verloop | None = None
    besluit: Besluit | None = None
    maanden: Annotated[int, Field(ge=-120, le=120)] | None = None
    """Months of the extension: with `besluit: verlengen` only (VT-7.4)."""

    @model_validator(mode="after")
    def _maanden_with_verlengen(self) -> "Gesprek":
        if self.besluit == "verlengen" and self.maanden is None:
            raise FoutBij("besluit", "besluit ‘verlengen’ vraagt ‘maanden’: hoeveel maanden komen erbij?")
        if self.maanden is not None and self.besluit != "verlengen":
            raise FoutBij(
                "maanden", "‘maanden’ hoort alleen bij ‘besluit: verlengen’: schrap het of vul dat besluit in"
            )
        return self


class Overleg(Gesprek):
    """What the monthly meeting said of this dossier (VT-6.1)."""

    soort: Literal["overleg"]
    moment: Slug | None = None
    """Left out: every moment of the dossier whose overleg is on this date."""
    conclusie: Tekst | None = None
    registratie_contacten: bool | None = None
    """From here on contacts at home are counted, or no longer (VT-2.3)."""


class Bezoek(Gesprek):
    """A visit or an evaluation: an appointment, until it says how it went."""

    soort: Literal["huisbezoek", "evaluatie"]
    uur: Uur | None = None
    moment: Slug
    wooncultuur: Wooncultuur | None = None
    bevindingen: Tekst | None = None
    voorwaarde: Tekst | None = None
    """Condition of an allocation: with `besluit: toewijzing` only (WW-6)."""
    bevestigd: Datum | None = None
    """When the worker confirmed to be there."""
    aanwezig: tuple[Tekst, ...] = ()
    """Functions of those present, never names."""
    afgelast: Tekst | None = None
    """Why it was called off."""

    @property
    def heeft_uitkomst(self) -> bool:
        return bool(self.verloop or self.wooncultuur or self.besluit)

    @model_validator(mode="after")
    def _consistent(self) -> "Bezoek":
        if self.bevindingen and not self.heeft_uitkomst and not self.afgelast:
            raise FoutBij(
                "bevindingen", "bevindingen zonder verloop, wooncultuur of besluit: vul aan hoe het bezoek verliep"
            )
        if self.afgelast and self.heeft_uitkomst:
            raise FoutBij(
                "afgelast", "een afgelast bezoek heeft geen verloop, wooncultuur of besluit: schrap een van beide"
            )
        if self.voorwaarde and self.besluit != "toewijzing":
            raise FoutBij("voorwaarde", "‘voorwaarde’ hoort alleen bij ‘besluit: toewijzing’")
        return self


class Huisbezoek(Bezoek):
    """A visit at the tenant's home (VT-7.1, VT-7.2, VT-7.3)."""

    soort: Literal["huisbezoek"]


class Evaluatie(Bezoek):
    """An evaluation with the resident (WW-5)."""

    soort: Literal["evaluatie"]


class Signaal(Feit):
    """Something that Vivendo had to be told (VT-5.1, VT-5.3), open until closed."""

    soort: Literal["signaal"]
    aard: Literal["medewerking", "resultaten", "agressie", "leefbaarheid", "schade", "veiligheid", "andere"]
    gemeld_door: Tekst | None = None
    omschrijving: Tekst
    afgesloten: Datum | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Signaal":
        return _not_before(self, "afgesloten", self.afgesloten)


class Bespreking(Feit):
    """A request to discuss the dossier at the next overleg (VT-6.3)."""

    soort: Literal["bespreking"]
    gevraagd_door: Literal["partner", "vivendo"]
    reden: Tekst


class Informatievraag(Feit):
    """A question of Vivendo on how the support goes (VT-5.2), open until answered."""

    soort: Literal["informatievraag"]
    vraag: Tekst
    beantwoord: Datum | None = None
    antwoord: Tekst | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Informatievraag":
        if self.antwoord and not self.beantwoord:
            raise FoutBij("antwoord", "een antwoord vraagt ook ‘beantwoord’: vul in wanneer het kwam")
        return _not_before(self, "beantwoord", self.beantwoord)


class Contact(Feit):
    """A planned contact at home that took place or did not (VT-2.3)."""

    soort: Literal["contact"]
    doorgegaan: bool
    reden: Tekst | None = None

    @model_validator(mode="after")
    def _reden(self) -> "Contact":
        if not self.doorgegaan and not self.reden:
            raise FoutBij("doorgegaan", "een contact dat niet doorging, vraagt een reden")
        return self


class Afwezigheid(Feit):
    """The support worker is out for long (VT-3.1)."""

    soort: Literal["afwezigheid"]
    tot: Datum | None = None

    vervanger: Functiecode | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Afwezigheid":
        return _not_before(self, "tot", self.tot)


class Dienst(Feit):
    """A service asked for, that may have a waiting list (WW-10)."""

    soort: Literal["dienst"]
    naam: Tekst
    verwacht: Datum | None = None
    gestart: Datum | None = None


class Verhuis(Feit):
    """The tenant moves to another dwelling (WW-7)."""

    soort: Literal["verhuis"]
    woning: Tekst


class Stopzetting(Feit):
    """The support ends before its term."""

    soort: Literal["stopzetting"]
    reden: Literal["afgehaakt", "verhuis", "huur-beeindigd", "opname", "overlijden", "andere"]
    toelichting: Tekst | None = None


Item = Annotated[
    Overleg
    | Huisbezoek
    | Evaluatie
    | Signaal
    | Bespreking
    | Informatievraag
    | Contact
    | Afwezigheid
    | Dienst
    | Verhuis
    | Stopzetting,
    Field(discriminator="soort"),
]


class Dossier(Model):
    """The record of one guided tenancy. No name, address, number, telephone or e-mail of a tenant."""

    id: DossierId
    traject: Slug
    woning: Tekst | None = None
    """Reference of the dwelling, never an address."""
    huisvester: Slug | None = None
    start: Datum | None = None
    """Anchor date of all terms; left out: an aanmelding."""
    termijn: Maanden | None = None
    """Months; left out: the term of the traject."""
    vervolg_op: DossierId | None = None
    ankerfiguur: Tekst | None = None
    """A function, not a name (WW-11)."""
    afwijkingen: tuple[Afwijking, ...] = ()
    aanmelding: Aanmelding | None = None
    documenten: dict[str, Ondertekeningen] = {}
    domicilie_op_adres: bool | None = None
    begeleiding: tuple[Begeleiding, ...] = ()
    logboek: tuple[Item, ...] = ()

    @property
    def aanmelder(self) -> str | None:
        """The partner that referred the tenant."""
        return self.aanmelding.partner if self.aanmelding else None

    @property
    def begeleiders(self) -> tuple[str, ...]:
        """Every partner that guides, did or will."""
        return tuple(periode.partner for periode in self.begeleiding)

    def begeleiding_op(self, op: date) -> Begeleiding | None:
        """Who guides on a date: in a gap or after the last, the one before it (VT-4)."""
        found = None
        for periode in self.begeleiding:
            if periode.vanaf <= op and (found is None or periode.vanaf > found.vanaf):
                found = periode
        return found

    def share_sets(self) -> None:
        """Hold the names of its filled fields together with other dossiers."""
        signed = (item for items in self.documenten.values() for item in items)
        for part in (self, self.aanmelding, *self.begeleiding, *self.logboek, *signed):
            if part:
                share_set(part)

    def toestemming_op(self, op: date) -> bool:
        """Whether the tenant's signed consent holds on a date (VT-5.0)."""
        return any(ondertekening.geldt(op) for ondertekening in self.documenten.get(TOESTEMMING, ()))
