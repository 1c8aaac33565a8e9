"""What removed dossiers counted, as it stands in `protocol/tellingen/<JJJJ>.yaml`: numbers, and nothing of any dossier.

A file is of the year in which something happened. What still changes later (how an aanmelding stands) is of the year
in which it came in, and says how it stood at the end of each year.
"""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from generator.model.base import Datum, FoutBij, Model, Slug, Woord

Aantal = Annotated[int, Field(ge=0, le=1_000_000)]
Jaar = Annotated[Woord, Field(pattern=r"^20[0-9]{2}$")]
Kwartaal = Literal["K1", "K2", "K3", "K4"]


class Standtelling(Model):
    """How many aanmeldingen were in each state."""

    in_behandeling: Aantal = 0
    wachtlijst: Aantal = 0
    toegelaten: Aantal = 0
    geweigerd: Aantal = 0
    gestart: Aantal = 0
    verwijderd: Aantal = 0
    """Removed while they waited for a decision, a place or their start."""

    @property
    def samen(self) -> int:
        return sum(getattr(self, name) for name in type(self).model_fields)


Standen = dict[Jaar, Standtelling]
"""At the end of each year; a year that is left out is as the one before."""


def _check_standen(aangemeld: int, stand: Standen) -> None:
    """Every aanmelding is in one state, at every moment."""
    if not stand and aangemeld:
        raise FoutBij("stand", "‘stand’ ontbreekt: in welke stand zijn deze aanmeldingen?")
    for year, states in stand.items():
        if states.samen != aangemeld:
            text = f"‘stand’ van {year} telt {states.samen} aanmeldingen, en er zijn er {aangemeld}: kijk beide na"
            raise FoutBij("stand", text)


class Trajecttelling(Model):
    """The counts of one track."""

    dossiers: Aantal = 0
    """Removed dossiers that began in the year."""
    aangemeld: dict[Kwartaal, Aantal] = {}
    stand: Standen = {}
    """Of the aanmeldingen of the year."""
    vervolg_gestart: Aantal = 0
    lopend: Aantal = 0
    """Those that ran on the last day of the year."""
    positief: Aantal = 0
    vervolg: Aantal = 0
    stopgezet: Aantal = 0
    afgehaakt: Aantal = 0
    afwijkingen: Aantal = 0
    woningen: Aantal = 0
    """Different dwellings that started (WW-4)."""

    @model_validator(mode="after")
    def _consistent(self) -> "Trajecttelling":
        _check_standen(sum(self.aangemeld.values()), self.stand)
        return self


class Partnertelling(Model):
    """The aanmeldingen of one partner, of all tracks together."""

    aangemeld: Aantal = 0
    stand: Standen = {}

    @model_validator(mode="after")
    def _consistent(self) -> "Partnertelling":
        _check_standen(self.aangemeld, self.stand)
        return self


class Jaartelling(Model):
    """The file of one year."""

    bijgewerkt: Datum
    """Up to which day the counts hold what happened: the last day on which a dossier was removed."""
    trajecten: dict[Slug, Trajecttelling] = {}
    partners: dict[Slug, Partnertelling] = {}
