"""A cell of a spreadsheet → a value of a dossier, as its column wants it; or in Dutch why it is none."""

import re
from datetime import date, datetime
from typing import Any

from generator.checks.dossier import unknown
from generator.kolommen import gewoon
from generator.load import printable
from generator.model.base import read_datum, tonen
from generator.model.kolom import Kolom
from generator.werkmap import Cel

_BELGISCH = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{2}|\d{4})", re.ASCII)
_JA_NEE = {"ja": True, "j": True, "true": True, "waar": True, "nee": False, "n": False, "false": False, "onwaar": False}
_GETAL = re.compile(r"[-+]?(0|[1-9][0-9]{0,17})", re.ASCII)


class Onleesbaar(ValueError):
    """What is wrong with a cell."""


def read_cel(kolom: Kolom, cel: Cel) -> Any:
    """The value of a cell; None: it is empty. Raises Onleesbaar."""
    if cel.fout:
        raise Onleesbaar(cel.fout)
    if cel.waarde is None:
        return None
    value = cel.waarde
    if isinstance(value, str) and printable(value) != re.sub(r"[\t\r\n]", " ", value):
        raise Onleesbaar("deze tekst bevat een onzichtbaar stuurteken: verwijder het")
    match kolom.soort:
        case "datum":
            return _datum(value)
        case "getal":
            return _getal(value)
        case "ja-nee":
            return _ja_nee(value)
        case "vrij":
            return _vrij(value)
    return _chosen(kolom, _tekst(value))


def _datum(value: object) -> date:
    """A date of the spreadsheet, `2026-11-26`, or the day first as in Belgium: `26/11/2026`."""
    match value:
        case datetime() if (value.hour, value.minute, value.second) != (0, 0, 0):
            raise Onleesbaar(f"verwacht een dag zonder uur, niet {value:%d/%m/%Y %H:%M}")
        case datetime():
            return _in_range(value.date().isoformat())
        case str() if found := _BELGISCH.fullmatch(value):
            return _belgisch(value, *found.groups())
        case str():
            return _in_range(value)
    raise Onleesbaar(f"verwacht een datum, niet {_shown(value)}: geef de cel de opmaak Datum")


def _belgisch(text: str, dag: str, maand: str, jaar: str) -> date:
    if len(jaar) == 2:
        raise Onleesbaar(f"schrijf het jaar met vier cijfers, niet {tonen(text)}")
    if int(maand) > 12 >= int(dag):
        raise Onleesbaar(f"verwacht eerst de dag en dan de maand, zoals 26/11/2026, niet {tonen(text)}")
    return _in_range(f"{jaar}-{int(maand):02}-{int(dag):02}")


def _in_range(text: str) -> date:
    try:
        return read_datum(text)
    except ValueError as error:
        raise Onleesbaar(str(error).replace("een datum als 2026-11-26", "een datum als 26/11/2026")) from None


def _getal(value: object) -> int:
    match value:
        case bool():
            pass
        case int():
            return value
        case float() if value.is_integer() and abs(value) < 10**15:
            return int(value)
        case str() if _GETAL.fullmatch(value):
            return int(value)
    raise Onleesbaar(f"verwacht een geheel getal, niet {_shown(value)}")


def _ja_nee(value: object) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and gewoon(value) in _JA_NEE:
        return _JA_NEE[gewoon(value)]
    raise Onleesbaar(f"verwacht ja of nee, niet {_shown(value)}")


def _vrij(value: object) -> bool | int | str:
    if isinstance(value, bool) or (isinstance(value, str) and gewoon(value) in _JA_NEE):
        return _ja_nee(value)
    if isinstance(value, int | float) or _GETAL.fullmatch(str(value)):
        return _getal(value)
    return _tekst(value)


def _tekst(value: object) -> str:
    match value:
        case str():
            return value
        case int() if not isinstance(value, bool):
            return str(value)
        case float() if value.is_integer() and abs(value) < 10**15:
            return str(int(value))
    raise Onleesbaar(f"verwacht tekst, niet {_shown(value)}: geef de cel de opmaak Tekst en vul ze opnieuw in")


def _chosen(kolom: Kolom, text: str) -> str:
    """A word or a partner as the YAML writes it, whatever its capitals; of an unknown word the model will tell."""
    for keuze in kolom.keuzes:
        if gewoon(text) in (gewoon(keuze.waarde), gewoon(keuze.tekst)):
            return keuze.waarde
    if kolom.soort == "partner":
        raise Onleesbaar(unknown("partner", text, [keuze.tekst for keuze in kolom.keuzes]))
    return text


def _shown(value: object) -> str:
    match value:
        case bool():
            return "ja" if value else "nee"
        case datetime():
            return f"de datum {value:%d/%m/%Y}"
        case float():
            return tonen(str(value).replace(".", ","))
    return tonen(value)
