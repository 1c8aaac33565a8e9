"""The check on personal data: a file names no tenant, and holds no number, address or telephone of one.

A file is read as it stands, comments and its own name included: what is added to a dossier is looked at by itself.
A finding never repeats what stands there.
"""

import re
from collections.abc import Iterator
from datetime import date

from generator.checks.nummers import Vondst
from generator.checks.persoonsgegevens import find_all
from generator.findings import Finding
from generator.load import START, Document
from generator.register import Register
from generator.traject import Standen

_ERROR = {
    "rijksregisternummer": "dit lijkt een rijksregisternummer: haal het weg en gebruik de referentie",
    "bisnummer": "dit lijkt een bisnummer: haal het weg en gebruik de referentie",
    "rekeningnummer": "dit lijkt een rekeningnummer: haal het weg",
    "telefoonnummer": "dit lijkt een telefoonnummer: haal het weg (dat van een dienst hoort in protocol/partners.yaml)",
    "e-mailadres": "dit lijkt een e-mailadres: haal het weg (dat van een dienst hoort in protocol/partners.yaml)",
    "geboortedatum": "dit lijkt een geboortedatum: haal ze weg",
}
_WARNING = {
    "naam": "dit lijkt de naam van een persoon: haal hem weg en schrijf bijvoorbeeld ‘de huurder’ of een functie",
    "adres": "dit lijkt een adres: haal het weg en gebruik de referentie van de woning",
}
_FREE = ("dossiers/", "protocol/overleg/", "protocol/kalender.yaml")
"""Where coordinators write; the other files of the protocol hold the details of organisations."""
_LINK = re.compile(r"https?://\S+")
"""Of an overleg: digits and an @ in it are not a person's."""


def holds_no_personal_data(standen: Standen, _op: date) -> Iterator[Finding]:
    """No dossier, record of an overleg or exception of the calendar says who the tenant is."""
    register = standen.register
    organisaties = _names_of(register)
    for path, bron in register.bronnen.items():
        if path.startswith(_FREE):
            text = bron.text if path.startswith("dossiers/") else _LINK.sub(lambda link: "\0" * len(link[0]), bron.text)
            for vondst in find_all(f"{path}\n{text}", organisaties):
                yield _finding(bron, vondst, vondst.start - len(path) - 1)


def _names_of(register: Register) -> tuple[str, ...]:
    """Organisations, that may follow on ‘de cliënt van’ as a name would."""
    return (register.organisatie.naam, *(partner.naam for partner in register.partners.values()))


def _finding(bron: Document, vondst: Vondst, index: int) -> Finding:
    text = _ERROR.get(vondst.soort) or _WARNING[vondst.soort]
    place = START if index < 0 else bron.place_at(index)
    where = " (het staat in de naam van dit bestand of van zijn map)" if index < 0 else ""
    return Finding(bron.path, *place, "fout" if vondst.soort in _ERROR else "waarschuwing", "PRIVACY", text + where)


CHECKS = (holds_no_personal_data,)
