"""What the handbook tells of the register, as values."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Keuze:
    """A word that a field takes, and what it means."""

    waarde: str
    betekenis: str


@dataclass(frozen=True)
class PerTraject:
    """What the protocol of one traject allows in a field."""

    traject: str
    keuzes: tuple[Keuze, ...]


@dataclass(frozen=True)
class Veld:
    """One field of a file."""

    pad: str
    """Where it stands, such as `aanmelding.besluit.datum`; in the logboek with the kind of entry."""
    titel: str
    uitleg: str
    soort: str
    """What kind of value it takes."""
    keuzes: tuple[Keuze, ...]
    """The words that it takes, where these are fixed."""
    verplicht: bool
    standaard: str | None
    """What holds when it is left out, as YAML; None: nothing."""
    voorbeeld: str
    """A value as YAML."""
    model: str
    """The mapping that it is part of, by the name of its model."""
    per_traject: tuple[PerTraject, ...] = ()
    """The words that it takes, where the protocol says so."""
    zicht: str | None = None
    """Who sees it: a level of the table of sight; None: it is no field of a dossier, or holds others."""

    @property
    def naam(self) -> str:
        return self.pad.rpartition(".")[2]


@dataclass(frozen=True)
class Blok:
    """Fields that stand together."""

    naam: str
    """Part of the address on its page; empty: the file itself."""
    uitleg: str
    velden: tuple[Veld, ...]


@dataclass(frozen=True)
class Bestandssoort:
    """A kind of file, with every field."""

    naam: str
    titel: str
    pad: str
    uitleg: str
    blokken: tuple[Blok, ...]
    voorbeeld: str
    """A whole file."""


@dataclass(frozen=True)
class Oorzaak:
    """How a finding comes about, and what to do."""

    niveau: str
    """`fout` or `waarschuwing`."""
    oorzaak: str
    oplossing: str


@dataclass(frozen=True)
class Bevindingsoort:
    """Every finding of one code."""

    code: str
    titel: str
    oorzaken: tuple[Oorzaak, ...]


@dataclass(frozen=True)
class Handboek:
    """The handbook of an audience: what of it follows from the register."""

    waarden: dict[str, str]
    """The values that its hand-written pages may use."""
    eerste: tuple[str, str] | None = None
    """For coordinators: the path and the text of a first dossier that this register takes; None: it cannot yet."""
    bestanden: tuple[Bestandssoort, ...] = ()
    """For coordinators."""
    bevindingen: tuple[Bevindingsoort, ...] = ()
    """For coordinators."""
