"""The columns that a spreadsheet with dossiers of a traject may have: from the models, its rules and the partners."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.model.dossier import TOESTEMMING, Dossier
from generator.model.kolom import Keuzewaarde, Kolom, Kolomsoort
from generator.model.protocol import Criterium, Minstens, Partner, Trajectregels
from generator.teksten.koppen import kop, uitleg
from generator.velden import models_in, words_in

_PARTNERS = {"huisvester", "aanmelding.partner", "begeleiding.partner"}


def make_kolommen(regels: Trajectregels, partners: Mapping[str, Partner]) -> tuple[Kolom, ...]:
    """Every field of a dossier that fits on one row, in the order of the file."""
    columns = list(_columns(Dossier, "", regels, partners))
    titles = Counter(gewoon(column.titel) for column in columns)
    return tuple(
        replace(column, titel=column.veld) if titles[gewoon(column.titel)] > 1 else column for column in columns
    )


def gewoon(tekst: str) -> str:
    """A heading or a word without capitals, accents, spaces and signs, to compare it with another."""
    letters = unicodedata.normalize("NFKD", tekst.replace("’", "")).casefold()
    return "".join(letter for letter in letters if letter.isalnum())


def _columns(
    model: type[BaseModel], prefix: str, regels: Trajectregels, partners: Mapping[str, Partner]
) -> Iterator[Kolom]:
    for naam, field in model.model_fields.items():
        pad = f"{prefix}{naam}"
        if pad in _elsewhere(regels):
            continue
        if pad == "documenten":
            yield from _documents(regels)
        elif pad == "aanmelding.doelgroep":
            yield from (_criterium(key, asked) for key, asked in regels.doelgroep.items())
        elif inner := models_in(field.annotation):
            yield from _columns(inner[0], f"{pad}.", regels, partners)
        else:
            yield _column(pad, field, partners)


def _elsewhere(regels: Trajectregels) -> set[str]:
    """The traject is that of the import, and what happened is added entry by entry; what its rules do not know."""
    unknown = {"afwijkingen": not regels.afwijkbaar, "termijn": regels.termijn is None}
    return {"traject", "logboek", *(pad for pad, is_unknown in unknown.items() if is_unknown)}


def _column(pad: str, field: FieldInfo, partners: Mapping[str, Partner]) -> Kolom:
    words = words_in(field.annotation)
    keuzes = tuple(Keuzewaarde(word, word) for word in words)
    if pad in _PARTNERS:
        keuzes = tuple(Keuzewaarde(key, partner.naam) for key, partner in partners.items())
    soort: Kolomsoort = "partner" if pad in _PARTNERS else "keuze" if words else _kind(field.annotation)
    verplicht = field.is_required() and pad != "id"
    return Kolom(pad, kop(pad, {}), *uitleg(pad), soort, keuzes, verplicht)


def _kind(annotation: Any) -> Kolomsoort:
    kinds = set(_leaves(annotation))
    if date in kinds:
        return "datum"
    if bool in kinds:
        return "ja-nee"
    return "getal" if int in kinds else "tekst"


def _leaves(annotation: Any) -> Iterator[Any]:
    yield annotation
    for part in get_args(annotation):
        yield from _leaves(part)


def _documents(regels: Trajectregels) -> Iterator[Kolom]:
    """When each was signed; and when consent was withdrawn, for then nobody else may read (VT-5.0)."""
    titels = {key: document.titel for key, document in regels.documenten.items()}
    for key in regels.documenten:
        paden = (f"documenten.{key}", *((f"documenten.{key}.ingetrokken",) if key == TOESTEMMING else ()))
        for pad in paden:
            yield Kolom(pad, kop(pad, titels), *uitleg(pad), "datum", (), verplicht=False)


def _criterium(key: str, asked: Criterium) -> Kolom:
    pad = f"aanmelding.doelgroep.{key}"
    soort: Kolomsoort = "vrij"
    words: tuple[str, ...] = ()
    match asked:
        case bool():
            soort = "ja-nee"
        case Minstens():
            soort = "getal"
        case tuple():
            soort, words = "tekst", asked
    keuzes = tuple(Keuzewaarde(word, word) for word in words)
    return Kolom(pad, kop(pad, {}), *uitleg(pad), soort, keuzes, verplicht=True)
