"""How values are said in Dutch: dates, hours, and the words of the vocabulary."""

from datetime import date, time

from babel.dates import format_date

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
    "afwijkingen": "Vastgelegde afwijkingen",
}
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


def woord(value: str) -> str:
    """A value of the vocabulary as people read it."""
    return WOORDEN.get(value, value)


def dag(day: date) -> str:
    """`do 26 november 2026`."""
    return str(format_date(day, "EEE d MMMM y", locale=LOCALE))


def dag_kort(day: date) -> str:
    """`26 nov 2026`."""
    return str(format_date(day, "d MMM y", locale=LOCALE)).replace(".", "")


def maandnaam(maand: str) -> str:
    """`2026-11` as `november 2026`."""
    return str(format_date(date(int(maand[:4]), int(maand[5:7]), 1), "MMMM y", locale=LOCALE))


def uur(value: time) -> str:
    """`14.00 uur`, on one line."""
    return f"{value:%H.%M}\N{NO-BREAK SPACE}uur"
