"""Every finding by its code, in Dutch: how it comes about, and what to do. Beside it comes what a protocol adds."""

from generator.model.handboek import Bevindingsoort, Oorzaak


def _fout(oorzaak: str, oplossing: str) -> Oorzaak:
    return Oorzaak("fout", oorzaak, oplossing)


def _waarschuwing(oorzaak: str, oplossing: str) -> Oorzaak:
    return Oorzaak("waarschuwing", oorzaak, oplossing)


_BESTANDEN = (
    Bevindingsoort(
        "BESTAND",
        "Een bestand kan niet gelezen worden, of hoort er niet",
        (
            _fout(
                "Het bestand is leeg, groter dan 64 kB, of geen tekst in UTF-8.",
                "Vul het in, kort het in, of bewaar het opnieuw als UTF-8.",
            ),
            _fout(
                "De naam eindigt niet op .yaml, of is niet de naam die het bestand moet hebben: een maand, een jaar, "
                "een dag of de naam van een traject.",
                "Hernoem het bestand. De melding zegt hoe het moet heten.",
            ),
            _fout("Er staat iets in protocol/ dat er niet hoort.", "Verplaats of verwijder het."),
            _fout("Een bestand van protocol/ ontbreekt.", "Zet het terug uit de geschiedenis van git."),
            _fout(
                "Het bestand of de map mag niet gelezen worden, of is een link die nergens heen leidt.",
                "Pas de rechten aan, of zet het bestand zelf op die plaats.",
            ),
        ),
    ),
    Bevindingsoort(
        "YAML",
        "De tekst is geen geldige YAML",
        (
            _fout(
                "Een dubbele punt, komma, haakje, aanhalingsteken of streepje ontbreekt of staat verkeerd, of de "
                "insprong klopt niet.",
                "Vergelijk de regel en die erboven met het voorbeeld bij de velden.",
            ),
            _fout("Er staat een tab.", "Spring in met spaties."),
            _fout(
                "Tekst begint met een bijzonder teken, zoals * of &, of er staat een hekje in.",
                "Zet de hele tekst tussen aanhalingstekens.",
            ),
            _fout(
                "Er staat een anker, een label, een tweede document of een onzichtbaar stuurteken, of het bestand is "
                "te diep genest.",
                "Schrap dat, en schrijf de waarde voluit.",
            ),
        ),
    ),
    Bevindingsoort(
        "SLEUTEL",
        "Een veld ontbreekt, is onbekend of staat er twee keer",
        (
            _fout("Een verplicht veld ontbreekt of is leeg.", "Vul het in."),
            _fout(
                "Een veld bestaat niet, of hoort niet bij deze soort. Vaak is het een tikfout.",
                "Neem de naam over die de melding voorstelt, of zoek hem op bij de velden.",
            ),
            _fout(
                "Een document of criterium komt niet voor in het protocol van het traject.",
                "Kies er een dat het protocol kent.",
            ),
            _fout("Een veld staat er twee keer.", "Schrap er een."),
        ),
    ),
    Bevindingsoort(
        "WAARDE",
        "Een waarde kan niet",
        (
            _fout(
                "De waarde is van een ander soort: geen datum, geen uur, geen getal, geen van de woorden die kunnen.",
                "De melding zegt wat er verwacht wordt. Zoek het veld op bij de velden.",
            ),
            _fout("Rond een getal, true of false staan aanhalingstekens.", "Schrap ze."),
            _fout(
                "Twee velden spreken elkaar tegen: een einddatum voor de begindatum, een afgelast bezoek met een "
                "uitkomst, een verlenging zonder aantal maanden.",
                "Kijk beide velden na.",
            ),
            _fout(
                "De functiecode van een begeleider is de sleutel van een partner.",
                "Kies een andere code, zoals CAW-03.",
            ),
        ),
    ),
)
_DOSSIERS = (
    Bevindingsoort(
        "ID",
        "De referentie van een dossier klopt niet",
        (
            _fout("De referentie en de naam van het bestand verschillen.", "Maak ze gelijk."),
            _fout("Een ander dossier heeft dezelfde referentie.", "Kies de volgende die vrij is."),
            _fout(
                "De referentie begint niet met het voorvoegsel van het traject.",
                "Kijk de referentie en het traject na.",
            ),
        ),
    ),
    Bevindingsoort(
        "VERWIJZING",
        "Een naam bestaat niet in het register",
        (
            _fout(
                "Een traject of partner komt niet voor in protocol/. Vaak is het een tikfout.",
                "Neem de naam over die de melding voorstelt. Is het een nieuwe partner, zet hem dan eerst in "
                "partners.yaml.",
            ),
        ),
    ),
    Bevindingsoort(
        "VERSIE",
        "Op die dag had het traject nog geen regels",
        (
            _fout(
                "De start, of zonder start de aanmelding, ligt voor de eerste versie van de regels.",
                "Kijk de datum na. Klopt ze, voeg dan de regels van toen toe aan protocol/.",
            ),
        ),
    ),
    Bevindingsoort(
        "DATUM",
        "Een datum kan niet",
        (
            _fout(
                "Het besluit of een aantekening ligt voor de aanmelding, of een uitkomst ligt later dan vandaag.",
                "Kijk de datum na. Een afspraak heeft nog geen verloop, wooncultuur of besluit.",
            ),
        ),
    ),
    Bevindingsoort(
        "AFWIJKING",
        "Van deze regel kan een dossier niet afwijken",
        (
            _fout(
                "Het protocol staat voor deze regel geen afwijking toe.",
                "Schrap de afwijking, en zet recht wat de regel vraagt.",
            ),
        ),
    ),
    Bevindingsoort(
        "TERMIJN",
        "Dit traject heeft geen termijn",
        (_fout("Het dossier vult ‘termijn’ in, maar het traject kent er geen.", "Schrap het veld."),),
    ),
    Bevindingsoort(
        "BESLUIT",
        "Dit traject kent dat besluit niet",
        (_fout("Het besluit is er geen van het protocol van het traject.", "Kies er een dat de melding noemt."),),
    ),
    Bevindingsoort(
        "MOMENT",
        "Een moment bestaat niet, of heeft al een uitkomst",
        (
            _fout(
                "Het dossier heeft geen moment met die naam, of nog niet op die dag.",
                "Bekijk de momenten op de pagina van het dossier, en neem de naam over.",
            ),
            _fout("Het moment is van een andere soort dan de aantekening.", "Pas de soort of het moment aan."),
            _fout(
                "Twee uitkomsten noemen hetzelfde moment.",
                "Noem het tweede bezoek extra-1, of laat bij een overleg het moment weg.",
            ),
            _fout("Het dossier heeft nog geen start, en dus geen momenten.", "Vul de start in."),
        ),
    ),
    Bevindingsoort(
        "GESLOTEN",
        "Het dossier is gesloten",
        (
            _fout(
                "Een aantekening of een besluit komt na het einde van de begeleiding.",
                "Kijk de datum na. Stond er nog een bezoek gepland, vul dan ‘afgelast’ in, met de reden.",
            ),
        ),
    ),
    Bevindingsoort(
        "DOCUMENT",
        "Een document ontbreekt of is te laat ondertekend",
        (
            _fout(
                "Een document had er al moeten zijn, en het protocol noemt dat een fout.",
                "Vul bij ‘documenten’ de dag van ondertekening in, of kijk de datums na.",
            ),
            _waarschuwing(
                "Een document had er al moeten zijn, en het protocol noemt dat een waarschuwing.",
                "Vul bij ‘documenten’ de dag van ondertekening in zodra het ondertekend is.",
            ),
        ),
    ),
    Bevindingsoort(
        "VOLGORDE",
        "Twee momenten staan in de verkeerde volgorde",
        (
            _waarschuwing(
                "Een moment valt later dan een moment dat erna hoort te komen.",
                "Maak een vroegere afspraak, of kijk de datums na.",
            ),
        ),
    ),
    Bevindingsoort(
        "PRIVACY",
        "Er staat iets wat op een persoonsgegeven lijkt",
        (
            _fout(
                "De tekst, een commentaar of de naam van het bestand bevat iets wat op een rijksregisternummer, "
                "bisnummer, rekeningnummer, telefoonnummer, e-mailadres of geboortedatum lijkt.",
                "Haal het weg en gebruik de referentie. Stond het al op de hoofdtak, dan staat het ook in de "
                "geschiedenis: lees wat u bij een datalek doet.",
            ),
            _waarschuwing(
                "De tekst bevat iets wat op de naam van een persoon of op een adres lijkt.",
                "Is het er een, haal het dan weg: schrijf ‘de huurder’, een functie of de referentie van de woning. "
                "Is het er geen, dan mag het blijven staan.",
            ),
        ),
    ),
    Bevindingsoort(
        "PROTOCOL",
        "De regels van een traject spreken zichzelf tegen",
        (
            _fout("Twee trajecten hebben hetzelfde voorvoegsel.", "Geef er een een ander."),
            _fout(
                "‘voor’ noemt een moment of document dat niet bestaat, of een moment heeft een naam die het register "
                "zelf gebruikt.",
                "Neem een naam over die er wel is, of kies een andere naam.",
            ),
            _fout(
                "Een stap noemt een regel, moment of rol die het traject niet kent.",
                "Neem de naam over die de melding voorstelt, of zet de rol bij ‘rollen’.",
            ),
            _fout(
                "Het besluit ‘verlengen’ staat er zonder ‘verlenging’.", "Vul ‘verlenging’ in, of schrap het besluit."
            ),
            _fout(
                "Tussen accolades in een tekst staat iets wat geen waarde van het protocol is.",
                "Kies een van de namen die de melding noemt.",
            ),
        ),
    ),
)
_REGELS = (
    Bevindingsoort(
        "VT-3.2",
        "Een partner die begeleidt, is niet bereikbaar",
        (
            _fout(
                "De partner begeleidt in een dossier, en heeft geen kantooruren, of geen telefoon en geen e-mail.",
                "Vul ‘contact’ aan in partners.yaml.",
            ),
        ),
    ),
    Bevindingsoort(
        "VT-4",
        "De begeleiding sluit niet aan",
        (
            _fout("Op de start begeleidt nog niemand.", "Vul een periode in die op de start begint."),
            _fout(
                "Twee periodes overlappen.",
                "Sluit de eerste af met ‘tot’, de dag voor de tweede begint.",
            ),
        ),
    ),
    Bevindingsoort(
        "VT-5.0",
        "Er is genoteerd wat zonder toestemming niet gedeeld mag worden",
        (
            _waarschuwing(
                "Op de dag van een signaal of een antwoord was er geen toestemming van de huurder. Een signaal over de "
                "veiligheid mag altijd.",
                "Kijk bij ‘documenten’ de toestemmingsverklaring na. Is er geen, bespreek dan wat er in het dossier "
                "mag staan.",
            ),
        ),
    ),
    Bevindingsoort(
        "VT-6.1",
        "Een overleg hoort bij geen enkel moment",
        (
            _waarschuwing(
                "De aantekening noemt geen moment, en geen enkel moment van het dossier heeft die dag zijn overleg.",
                "Kijk de datum na. Was het een bespreking tussendoor, dan mag ze blijven staan.",
            ),
        ),
    ),
    Bevindingsoort(
        "VT-6.2",
        "De datum van een overleg klopt niet",
        (
            _fout(
                "Een uitzondering in kalender.yaml verandert niets, spreekt zichzelf tegen, is voor een maand zonder "
                "overleg, of ligt ver van haar maand.",
                "Pas de uitzondering aan of schrap ze.",
            ),
            _fout(
                "De aankondiging ligt niet voor haar overleg, twee maanden hebben hun overleg op dezelfde dag, of een "
                "wijziging gaat niet in op de eerste dag van een maand.",
                "Kies een andere dag in kalender.yaml.",
            ),
            _fout(
                "Er is een verslag voor een maand zonder overleg.",
                "Verwijder dat bestand uit protocol/overleg/, of hernoem het naar de juiste maand.",
            ),
            _waarschuwing(
                "Een overleg of aankondiging die nog komt, valt op een feestdag.",
                "Spreek een andere dag af, en zet ze in ‘uitzonderingen’ in kalender.yaml, met de reden.",
            ),
            _waarschuwing(
                "Op de dag van een aantekening is er geen overleg.",
                "Kijk de datum na.",
            ),
        ),
    ),
    Bevindingsoort(
        "VT-7.3",
        "Een besluit past niet bij de eindevaluatie",
        (
            _fout(
                "Bij ernstige gebreken staat er een goed einde.",
                "Laat het besluit weg. Het volgende overleg beslist hoelang de begeleiding verlengd wordt.",
            ),
            _fout(
                "De eindevaluatie besluit iets anders dan het overleg al besliste.",
                "Kijk beide besluiten na.",
            ),
            _fout(
                "Een gewoon bezoek heeft een besluit.",
                "Schrap het daar, en noteer het bij de eindevaluatie of het overleg.",
            ),
        ),
    ),
    Bevindingsoort(
        "VT-7.4",
        "Een verlenging klopt niet",
        (
            _fout(
                "Het aantal maanden is niet positief of geen veelvoud van wat het protocol zegt.",
                "Kies een van de aantallen die de melding noemt.",
            ),
            _fout(
                "De verlenging zou al voorbij zijn op de dag van het besluit, of de eindevaluatie van de vorige "
                "termijn is nog niet genoteerd.",
                "Kies meer maanden, of noteer eerst die eindevaluatie.",
            ),
        ),
    ),
    Bevindingsoort(
        "WW-1",
        "De doelgroep klopt niet",
        (
            _fout("De aanmelding zegt niets over een of meer criteria.", "Vul ‘doelgroep’ aan."),
            _fout(
                "Iemand is toegelaten die niet aan een criterium voldoet.",
                "Kijk het antwoord na. Laat u de persoon toch toe, leg dan een afwijking vast met de reden, als het "
                "protocol dat toelaat.",
            ),
        ),
    ),
    Bevindingsoort(
        "WW-4",
        "Iets klopt niet met de woning",
        (
            _fout(
                "De bewoner heeft zijn domicilie in de woning, en dat mag in dit traject niet.",
                "Leg een afwijking vast met de reden, als het protocol dat toelaat.",
            ),
            _fout(
                "In dezelfde woning loopt op de start nog een ander dossier.",
                "Kijk de woning en de datums van beide dossiers na.",
            ),
            _waarschuwing(
                "Er starten dit jaar meer woningen dan er zijn.",
                "Kijk de startdatum na, of bespreek het op de stuurgroep.",
            ),
        ),
    ),
    Bevindingsoort(
        "WW-5",
        "De termijn klopt niet",
        (
            _fout(
                "Het dossier heeft een start en geen termijn, of een termijn buiten de grenzen van het traject.",
                "Vul ‘termijn’ in, binnen de grenzen die de melding noemt.",
            ),
            _waarschuwing(
                "De eindevaluatie is vroeger dan de kortste termijn.",
                "Kijk de datum na.",
            ),
        ),
    ),
    Bevindingsoort(
        "WW-6",
        "Een vervolg, verhuis of besluit past niet bij het traject",
        (
            _fout(
                "‘vervolg_op’ noemt een dossier dat niet bestaat, of dossiers volgen in een kring.",
                "Kijk ‘vervolg_op’ na.",
            ),
            _fout(
                "Een vervolg start voor het vorige dossier gesloten is, of in een andere woning terwijl de "
                "begeleiding aan de woning gebonden is.",
                "Sluit eerst het vorige dossier, of kijk de woning na.",
            ),
            _fout(
                "Er staat een verhuis terwijl de begeleiding aan de woning gebonden is.",
                "Noteer een stopzetting.",
            ),
            _fout(
                "Het besluit ‘toewijzing’ of ‘negatief’ staat bij een overleg.",
                "Noteer het bij de eindevaluatie.",
            ),
        ),
    ),
    Bevindingsoort(
        "WW-10",
        "Een dienst wacht langer dan de begeleiding duurt",
        (
            _waarschuwing(
                "De dienst is niet gestart, en wordt pas na het einde verwacht; of het einde is al voorbij.",
                "Bespreek het op de intervisie. Vul ‘gestart’ in zodra de dienst begon.",
            ),
        ),
    ),
)
BEVINDINGEN = (*_BESTANDEN, *_DOSSIERS, *_REGELS)
"""In the order in which a reader meets them: files, dossiers, rules."""
