"""The kinds of file of a register, in Dutch."""

from typing import NamedTuple

from generator.teksten.dossier import DOSSIER
from generator.teksten.dossier import VOORBEELD as DOSSIER_VOORBEELD
from generator.teksten.kalender import KALENDER, KALENDER_VOORBEELD, OVERLEG, OVERLEG_VOORBEELD
from generator.teksten.organisatie import ORGANISATIE, ORGANISATIE_VOORBEELD, PARTNERS, PARTNERS_VOORBEELD
from generator.teksten.tellingen import TELLINGEN, TELLINGEN_VOORBEELD
from generator.teksten.traject import TRAJECT, TRAJECT_VOORBEELD
from generator.teksten.veld import Veldteksten


class Bestandstekst(NamedTuple):
    """The text of one kind of file."""

    titel: str
    pad: str
    """Where it stands in a register."""
    uitleg: str
    velden: Veldteksten
    voorbeeld: str
    """A whole file."""


BESTANDEN = {
    "dossier": Bestandstekst(
        "Een dossier",
        "dossiers/JJJJ/<referentie>.yaml",
        "Elk dossier is een bestand. Het staat in dossiers/ of in een map daarin, en heet naar zijn referentie. Het "
        "bevat feiten met een datum. Wat daaruit volgt, zoals de fase, de momenten en de agenda, berekent het "
        "register: dat vult u nooit in. Zet in een dossier nooit een naam, adres, telefoonnummer, e-mailadres of "
        "rijksregisternummer.",
        DOSSIER,
        DOSSIER_VOORBEELD,
    ),
    "organisatie": Bestandstekst(
        "De organisatie",
        "protocol/organisatie.yaml",
        "Wie het register bijhoudt, waar de sites staan, en hoelang gegevens blijven.",
        ORGANISATIE,
        ORGANISATIE_VOORBEELD,
    ),
    "partners": Bestandstekst(
        "De partners",
        "protocol/partners.yaml",
        "Elke partner heeft een korte naam in kleine letters, cijfers en streepjes: de sleutel. Dossiers verwijzen "
        "naar die sleutel, verander ze dus later niet meer. De velden hieronder staan onder die sleutel.",
        PARTNERS,
        PARTNERS_VOORBEELD,
    ),
    "kalender": Bestandstekst(
        "De kalender",
        "protocol/kalender.yaml",
        "Wanneer het overleg, de aankondiging, de intervisie en de stuurgroep zijn. Verplaats een overleg dat op een "
        "feestdag valt: het register doet dat nooit uit zichzelf.",
        KALENDER,
        KALENDER_VOORBEELD,
    ),
    "overleg": Bestandstekst(
        "Het verslag van een overleg",
        "protocol/overleg/JJJJ-MM.yaml",
        "Wat er voor het overleg van één maand anders was en wat er verstuurd is, per partner. Het bestand heet naar "
        "zijn maand. De sleutel is die van de partner; de velden hieronder staan onder die sleutel.",
        OVERLEG,
        OVERLEG_VOORBEELD,
    ),
    "traject": Bestandstekst(
        "De regels van een traject",
        "protocol/<traject>/JJJJ-MM-DD.yaml",
        "De map heet naar het traject, het bestand naar de dag waarop de regels ingaan. Een dossier volgt de regels "
        "die golden op zijn start. Veranderen de regels, maak dan een nieuw bestand en laat het oude staan.",
        TRAJECT,
        TRAJECT_VOORBEELD,
    ),
    "tellingen": Bestandstekst(
        "De tellingen",
        "protocol/tellingen/JJJJ.yaml",
        "Wat verwijderde dossiers telden, voor het rapport: aantallen, en niets over een dossier. ‘woontraject forget’ "
        "houdt dit bij. Pas het niet met de hand aan.",
        TELLINGEN,
        TELLINGEN_VOORBEELD,
    ),
}
"""By name: the name is part of the address of its page."""
