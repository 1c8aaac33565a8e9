"""What every model shares: strict, frozen, Dutch messages, civil dates and hours as text."""

import re
from datetime import date, time
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

EERSTE_JAAR, LAATSTE_JAAR = 2000, 2099
_DATUM = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_UUR = re.compile(r"\d{1,2}:\d{2}", re.ASCII)


class Model(BaseModel):
    """A mapping of the YAML: its keys are the fields, any other key is an error."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
    )


_SETS: dict[frozenset[str], set[str]] = {}


def share_set(model: Model) -> None:
    """Give a model one set of the fields that its file fills in with all that have the same.

    pydantic makes one for each: of five names it is larger than the model. Frozen models never change theirs.
    """
    own = model.__pydantic_fields_set__
    object.__setattr__(model, "__pydantic_fields_set__", _SETS.setdefault(frozenset(own), own))


class FoutBij(ValueError):
    """A value that does not fit the others of its mapping; `sleutel` is the key to look at."""

    def __init__(self, sleutel: str, text: str) -> None:
        super().__init__(text)
        self.sleutel = sleutel


def read_datum(value: Any) -> date:
    """A civil date in Europe/Brussels, written `JJJJ-MM-DD`."""
    if isinstance(value, str):
        return _datum_of(value)
    if isinstance(value, date):
        return value
    raise _no_datum(value)


@lru_cache(maxsize=16_384)
def _datum_of(value: str) -> date:
    """Dossiers name the same days over and over: one value for each is quicker, and smaller."""
    if not _DATUM.fullmatch(value):
        raise _no_datum(value)
    try:
        result = date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"de datum {value} bestaat niet") from None
    if not EERSTE_JAAR <= result.year <= LAATSTE_JAAR:
        raise ValueError(f"het jaar van {value} ligt niet tussen {EERSTE_JAAR} en {LAATSTE_JAAR}")
    return result


def _no_datum(value: Any) -> ValueError:
    return ValueError(f"verwacht een datum als 2026-11-26, niet {tonen(value)}")


def _read_uur(value: Any) -> time:
    """A wall-clock time in Europe/Brussels, written `UU:MM`."""
    if isinstance(value, time):
        return value
    if not isinstance(value, str) or not _UUR.fullmatch(value):
        raise ValueError(f"verwacht een uur als 10:00, niet {tonen(value)}")
    uur, minuut = map(int, value.split(":"))
    if uur > 23 or minuut > 59:
        raise ValueError(f"het uur {value} bestaat niet")
    return time(uur, minuut)


def tonen(value: Any) -> str:
    """A value as the user typed it, for a message; short, and never a whole structure."""
    match value:
        case bool():
            return "true" if value else "false"
        case dict():
            return "een blok met sleutels"
        case list() | tuple():
            return "een lijst"
        case None:
            return "niets"
    text = str(value)
    return f"‘{text}’" if len(text) <= 40 else f"‘{text[:37]}…’"


Datum = Annotated[date, BeforeValidator(read_datum)]
Uur = Annotated[time, BeforeValidator(_read_uur), PlainSerializer(lambda uur: f"{uur:%H:%M}", return_type=str)]
Woord = Annotated[str, Field(strict=False, coerce_numbers_to_str=True)]
"""Text; a whole number is fine too (`woning: 1043`)."""
Tekst = Annotated[Woord, Field(max_length=4000)]
Link = Annotated[Tekst, Field(pattern=r"^https?://[^\s]+$")]
"""Address of a page: `https://…`."""
Mailadres = Annotated[Tekst, Field(pattern=r"^[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$")]
"""Nothing that adds to a link or to the head of a message."""
Maanden = Annotated[int, Field(ge=1, le=120)]
DossierId = Annotated[Woord, Field(pattern=r"^[A-Z0-9]+(-[A-Z0-9]+)+$", max_length=40)]
RegelId = Annotated[Woord, Field(pattern=r"^[A-Za-z][A-Za-z0-9]*([.-][A-Za-z0-9]+)*$", max_length=40)]
"""Id of a rule: it becomes part of links."""
Slug = Annotated[Woord, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
"""Id of a partner, a traject or a moment: it becomes part of file names."""
Functiecode = Annotated[Woord, Field(pattern=r"^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$", max_length=40)]
MaandId = Annotated[Woord, Field(pattern=r"^20\d\d-(0[1-9]|1[0-2])$")]
