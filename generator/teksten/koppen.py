"""What the columns of a spreadsheet are called: the fields of a dossier that fit on one row, in Dutch."""

from collections.abc import Mapping

from generator.teksten.dossier import DOSSIER

_BLOKKEN = {
    "": "Dossier",
    "aanmelding": "Aanmelding",
    "aanmelding.besluit": "AanmeldingBesluit",
    "begeleiding": "Begeleiding",
    "afwijkingen": "Afwijking",
}
"""The model of each block of a dossier, by its path."""
_IN_EEN_BLAD = {": een sleutel uit partners.yaml": "", "‘true’": "‘ja’", "‘false’": "‘nee’"}
_KORT = {"aanmelding.besluit": "Besluit", "afwijkingen": "Afwijking"}


def kop(pad: str, documenten: Mapping[str, str]) -> str:
    """The heading of a field such as `aanmelding.besluit.datum`: ‘Besluit: datum’.

    `documenten` holds the title of each document that the traject knows.
    """
    match pad.split("."):
        case ["documenten", key]:
            return documenten[key]
        case ["documenten", key, naam]:
            return f"{documenten[key]}: {naam}"
        case ["aanmelding", "doelgroep", key]:
            return key.replace("_", " ").capitalize()
    blok, _, naam = pad.rpartition(".")
    titel = DOSSIER[_BLOKKEN[blok]][naam].titel
    return f"{_KORT.get(blok, blok.capitalize())}: {titel[:1].lower()}{titel[1:]}" if blok else titel


def uitleg(pad: str) -> tuple[str, str]:
    """What a field means, and an example of it; for who fills in a sheet, not YAML."""
    match pad.split("."):
        case ["documenten", _]:
            tekst = DOSSIER["Ondertekening"]["ondertekend"]
        case ["documenten", _, naam]:
            tekst = DOSSIER["Ondertekening"][naam]
        case ["aanmelding", "doelgroep", _]:
            return "Wat de aanmelder hierover opgaf.", ""
        case _:
            blok, _, naam = pad.rpartition(".")
            tekst = DOSSIER[_BLOKKEN[blok]][naam]
    told = tekst.uitleg
    for written, typed in _IN_EEN_BLAD.items():
        told = told.replace(written, typed)
    return told, tekst.voorbeeld
