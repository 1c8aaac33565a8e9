"""How values are said in Dutch: dates, hours, and the words of the vocabulary."""

import re
import unicodedata
from datetime import date, time
from functools import cache

from babel.dates import format_date

from generator.model.view import Rapport
from generator.teksten.dossier import DOSSIER
from generator.teksten.veld import titles

LOCALE = "nl_BE"
WOORDEN = {
    "te-plannen": "te plannen",
    "te-laat": "te laat",
    "wacht-op-besluit": "wacht op besluit",
    "ernstige-gebreken": "ernstige gebreken",
    "huur-beeindigd": "huur beëindigd",
    "vivendo": "Vivendo",
}
NIVEAUS = {
    "altijd": "elke partner die het dossier ziet, en de coördinatoren",
    "toestemming": "elke partner die het dossier ziet, als de huurder toestemming gaf, en de coördinatoren",
    "coordinatie": "alleen de coördinatoren",
}
INKIJK = {
    None: "niets",
    "altijd": "referentie, fase en datums",
    "toestemming": "alles, behalve wat alleen coördinatoren zien",
    "coordinatie": "alles",
}
CIJFERS = {
    "aangemeld": "Aangemeld",
    "gestart": "Gestart",
    "vervolg_gestart": "Gestart als vervolg",
    "lopend": "Lopend",
    "positief": "Goed afgerond",
    "vervolg": "Verder begeleid in een vervolg",
    "stopgezet": "Stopgezet",
    "afgehaakt": "Waarvan afgehaakt",
    "geweigerd": "Geweigerd",
    "wachtend": "Wachten op een besluit of een plaats",
    "wachtlijst": "Waarvan op de wachtlijst",
    "toegelaten": "Toegelaten, nog niet gestart",
    "verwijderd": "Verwijderd voor een besluit of een start",
    "afwijkingen": "Vastgelegde afwijkingen",
}
ONDERWERPEN = {
    "vraag": "Antwoord over",
    "bevestigen": "Bezoek bij",
    "bezoek": "Bezoek bij",
    "agenda": "Graag bespreken:",
}
VELDEN = titles(DOSSIER)
"""What a field of a dossier is called, for who does not know the YAML."""
REDENEN = {
    "signaal": "open signaal",
    "verloop": "moeilijk verloop",
    "bevindingen": "bevindingen bij het laatste bezoek",
    "evaluatie": "evaluatie zonder gekend verloop",
    "verlenging": "verlenging loopt of is beslist",
    "besluit": "wacht op een besluit",
    "partner": "gevraagd door de partner",
    "vivendo": "gevraagd door Vivendo",
}

MAILSOORTEN = {
    "aankondiging": "Aankondiging van het overleg",
    "conclusies": "Conclusies van het overleg",
    "aanmelding": "Besluit over een aanmelding",
}
UITKOMSTEN = {"toegelaten": "toegelaten", "wachtlijst": "op de wachtlijst", "geweigerd": "geweigerd"}


def slug(text: str) -> str:
    """A name as part of an address: letters without accents, digits and hyphens; empty where there are none."""
    return re.sub(r"[^a-z0-9]+", "-", unaccented(text)).strip("-")


def unaccented(text: str) -> str:
    """Small letters without accents."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


def woord(value: str) -> str:
    """A value of the vocabulary as people read it."""
    return WOORDEN.get(value, value)


@cache
def dag(day: date) -> str:
    """`do 26 november 2026`."""
    return str(format_date(day, "EEE d MMMM y", locale=LOCALE))


@cache
def dag_voluit(day: date) -> str:
    """`donderdag 26 november 2026`."""
    return str(format_date(day, "EEEE d MMMM y", locale=LOCALE))


@cache
def dag_kort(day: date) -> str:
    """`26 nov 2026`."""
    return str(format_date(day, "d MMM y", locale=LOCALE)).replace(".", "")


def weekdagen() -> list[str]:
    """`maandag` to `zondag`."""
    return [str(format_date(date(2024, 1, day), "EEEE", locale=LOCALE)) for day in range(1, 8)]


@cache
def maandnaam(maand: str) -> str:
    """`2026-11` as `november 2026`."""
    return str(format_date(date(int(maand[:4]), int(maand[5:7]), 1), "MMMM y", locale=LOCALE))


def uur(value: time) -> str:
    """`14.00 uur`, on one line."""
    return f"{value:%H.%M}\N{NO-BREAK SPACE}uur"


def uur_kort(value: time) -> str:
    """`14.00`, where there is little room."""
    return f"{value:%H.%M}"


def removal_notes(rapport: Rapport) -> list[str]:
    """What a report no longer knows, because dossiers were removed."""
    notes = []
    if number := rapport.verwijderd:
        what = "doorlooptijden, evaluaties op tijd, diensten en komende bezoeken"
        notes.append(f"De aantallen tellen ook wat verwijderd is; {what} zijn zonder {_removed(number)}.")
    if rapport.onvolledig:
        years = " en ".join(map(str, rapport.onvolledig))
        notes.append(f"Van {years} telt niet mee wat verwijderd is: de periode bevat niet het hele jaar.")
    return notes


def _removed(number: int) -> str:
    return "1 verwijderd dossier" if number == 1 else f"{number} verwijderde dossiers"
