"""The fields of a dossier, in Dutch."""

from generator.teksten.veld import BESLUITEN, Veldtekst, Veldteksten

LOGBOEKSOORTEN = {
    "overleg": "Wat het maandelijkse overleg over dit dossier zei.",
    "huisbezoek": "Een bezoek bij de huurder thuis. Zonder verloop, wooncultuur of besluit is het een afspraak.",
    "evaluatie": "Een gesprek met de bewoner over hoe het gaat. Zonder verloop, wooncultuur of besluit is het een "
    "afspraak.",
    "signaal": "Iets wat de huisvester moest weten. Het blijft open tot u ‘afgesloten’ invult.",
    "bespreking": "De vraag om dit dossier op het eerstvolgende overleg na die dag te bespreken.",
    "informatievraag": "Een vraag van de huisvester aan de partner over hoe het gaat. Ze blijft open tot u "
    "‘beantwoord’ invult.",
    "contact": "Een gepland contact bij de huurder thuis, voor dossiers waarvan de contacten geteld worden.",
    "afwezigheid": "De begeleider is lange tijd afwezig.",
    "dienst": "Een dienst die voor de huurder gevraagd is, zoals poetshulp.",
    "verhuis": "De huurder verhuist en het traject loopt door.",
    "stopzetting": "De begeleiding stopt voor het einde van de termijn.",
}

DOSSIER: Veldteksten = {
    "Dossier": {
        "id": Veldtekst(
            "Referentie",
            "Zo heet het dossier overal: op de agenda, in mails en in de kalender. De naam van het bestand is "
            "dezelfde, met .yaml erachter. De referentie begint met het voorvoegsel van het traject.",
            "VT-2026-014",
        ),
        "traject": Veldtekst(
            "Traject",
            "Welke regels gelden. Het is de naam van een map in protocol/.",
            "versnelde-toewijzing",
        ),
        "woning": Veldtekst(
            "Referentie van de woning",
            "De referentie waarmee u de woning terugvindt. Schrijf hier nooit een adres.",
            "W-1043",
        ),
        "huisvester": Veldtekst(
            "Huisvester", "De organisatie die de woning verhuurt: een sleutel uit partners.yaml.", "vivendo"
        ),
        "start": Veldtekst(
            "Start",
            "De eerste dag van de huur, van het bruikleen of van de begeleiding. Alle datums van het dossier worden "
            "vanaf hier geteld. Zolang de start ontbreekt, is het dossier een aanmelding.",
            "2026-02-01",
        ),
        "termijn": Veldtekst(
            "Termijn in maanden",
            "Hoeveel maanden de begeleiding duurt. Laat dit weg als het traject een vaste termijn heeft. Ligt de "
            "termijn van het traject tussen twee grenzen, dan is dit veld verplicht zodra er een start is.",
            "12",
        ),
        "vervolg_op": Veldtekst(
            "Vervolg op", "De referentie van het vorige dossier van dezelfde persoon.", "PW-2025-003"
        ),
        "ankerfiguur": Veldtekst(
            "Ankerfiguur",
            "Bij wie de huurder na de begeleiding terechtkan. Schrijf een functie, nooit een naam. Is dat het project "
            "zelf, schrijf dan ‘project’.",
            "wijkwerker",
        ),
        "afwijkingen": Veldtekst(
            "Regels waarvan afgeweken wordt",
            "Regels die in dit dossier niet gelden, met de reden. Dat kan alleen voor regels die het protocol daarvoor "
            "openstelt. Een fout tegen zo’n regel wordt dan een waarschuwing.",
            "[{regel: WW-4, datum: 2026-03-02, reden: geen ander adres mogelijk}]",
        ),
        "aanmelding": Veldtekst(
            "Aanmelding",
            "Wie de huurder aanmeldde, en wanneer. Bij een dossier met ‘vervolg_op’ mag dit weg, en ook in een traject "
            "dat geen aanmelding vraagt.",
            "{datum: 2025-12-04, partner: caw-regiobrugge}",
        ),
        "documenten": Veldtekst(
            "Documenten",
            "Wanneer welk document ondertekend is. De sleutels komen uit het protocol van het traject.",
            "{toestemmingsverklaring: 2026-01-15, huurovereenkomst: 2026-01-19}",
            soort="een blok met per document de dag waarop het ondertekend is; of {ondertekend: …, ingetrokken: …}; of "
            "een lijst daarvan als het later opnieuw ondertekend is",
        ),
        "domicilie_op_adres": Veldtekst(
            "Domicilie op het adres van de woning",
            "Of de bewoner zijn domicilie in de woning heeft. In een traject waar dat niet mag, is ‘true’ een fout, "
            "tenzij er een afwijking vastligt.",
            "false",
        ),
        "begeleiding": Veldtekst(
            "Begeleiding",
            "Wie begeleidt, in de volgorde van de tijd. Neemt een andere organisatie het over, sluit dan de vorige "
            "periode af met ‘tot’ en voeg er een toe.",
            "[{partner: caw-regiobrugge, begeleider: CAW-03, vanaf: 2026-02-01}]",
        ),
        "logboek": Veldtekst(
            "Logboek",
            "Wat er gebeurde en wat er afgesproken is, in de volgorde van de datum. Elke aantekening heeft een soort; "
            "die bepaalt welke velden erbij kunnen.",
            "[{soort: overleg, datum: 2026-03-26, moment: overleg-1m, verloop: goed}]",
            soort="een lijst van aantekeningen: elk een blok met een ‘soort’ (zie hieronder per soort)",
        ),
    },
    "Afwijking": {
        "regel": Veldtekst("Regel", "De regel die in dit dossier niet geldt.", "WW-4"),
        "datum": Veldtekst("Datum", "De dag waarop dat beslist is.", "2026-03-02"),
        "reden": Veldtekst("Reden", "Waarom de regel hier niet geldt.", "geen ander adres mogelijk"),
    },
    "Aanmelding": {
        "datum": Veldtekst("Datum", "De dag van de aanmelding.", "2025-12-04"),
        "partner": Veldtekst(
            "Organisatie", "De organisatie die aanmeldde: een sleutel uit partners.yaml.", "caw-regiobrugge"
        ),
        "doelgroep": Veldtekst(
            "Wat de aanmelder opgaf over de doelgroep",
            "Het antwoord van de aanmelder op elk criterium van de doelgroep. De sleutels komen uit het protocol van "
            "het traject; heeft het er geen, laat dit dan weg.",
            "{volwassen: true, psychische_problematiek: vermoed, maanden_domicilie_brugge: 14}",
            soort="een blok met per criterium true, false, een geheel getal of een woord",
        ),
        "besluit": Veldtekst(
            "Besluit",
            "Wat er over de aanmelding beslist is. Zonder besluit is ze nog in behandeling.",
            "{datum: 2026-01-08, uitkomst: toegelaten}",
        ),
    },
    "AanmeldingBesluit": {
        "datum": Veldtekst("Datum", "De dag van het besluit, niet voor de aanmelding.", "2026-01-08"),
        "uitkomst": Veldtekst(
            "Uitkomst",
            "Hoe het besluit luidt. De aanmelder krijgt er een mail over.",
            "toegelaten",
            {
                "toegelaten": "de persoon kan starten",
                "wachtlijst": "er is nog geen plaats",
                "geweigerd": "het traject gaat niet door; het dossier is gesloten",
            },
        ),
    },
    "Ondertekening": {
        "ondertekend": Veldtekst("Ondertekend", "De dag waarop het document ondertekend is.", "2026-01-15"),
        "ingetrokken": Veldtekst(
            "Ingetrokken",
            "De dag vanaf wanneer het document niet meer geldt. Bij een toestemmingsverklaring ziet de partner vanaf "
            "die dag geen teksten meer.",
            "2026-06-30",
        ),
    },
    "Begeleiding": {
        "partner": Veldtekst(
            "Organisatie", "De organisatie die begeleidt: een sleutel uit partners.yaml.", "caw-regiobrugge"
        ),
        "begeleider": Veldtekst(
            "Functiecode van de begeleider", "De code van de begeleider, nooit een naam.", "CAW-03"
        ),
        "vanaf": Veldtekst("Vanaf", "De eerste dag. Vanaf dan ziet deze partner het dossier.", "2026-02-01"),
        "tot": Veldtekst("Tot en met", "De laatste dag. Laat dit weg zolang de begeleiding loopt.", "2026-08-31"),
        "reden": Veldtekst("Reden", "Waarom de begeleiding door deze partner eindigt.", "dienst stopt"),
    },
    "Feit": {
        "soort": Veldtekst("Soort", "Wat voor aantekening dit is.", "", LOGBOEKSOORTEN),
    },
    "Gesprek": {
        "verloop": Veldtekst(
            "Verloop",
            "Hoe de begeleiding loopt. Een dossier waarvan het laatste verloop ‘moeilijk’ is, komt op de agenda.",
            "goed",
            {"goed": "het loopt goed", "moeilijk": "er zijn moeilijkheden, en het dossier wordt besproken"},
        ),
        "besluit": Veldtekst(
            "Besluit",
            "Wat er beslist is over het einde van de begeleiding. Alleen besluiten die het traject kent.",
            "positief",
            BESLUITEN,
        ),
        "maanden": Veldtekst(
            "Maanden verlenging",
            "Hoeveel maanden erbij komen. Verplicht bij het besluit ‘verlengen’, en alleen daar. Het protocol zegt van "
            "welk getal het een veelvoud is.",
            "3",
            soort="een positief geheel getal",
        ),
    },
    "Overleg": {
        "datum": Veldtekst("Datum", "De dag van het overleg.", "2026-03-26"),
        "moment": Veldtekst(
            "Moment",
            "Over welk moment van het dossier het gaat. Laat dit weg: dan hoort de aantekening bij elk moment van het "
            "dossier waarvan het overleg op die dag is.",
            "overleg-1m",
        ),
        "conclusie": Veldtekst(
            "Conclusie", "De conclusie in een of twee zinnen. Ze staat in de mail aan de partner.", "loopt goed"
        ),
        "registratie_contacten": Veldtekst(
            "Contacten thuis worden geteld",
            "‘true’: vanaf dit overleg worden de geplande contacten thuis genoteerd en geteld. ‘false’: niet langer.",
            "true",
        ),
    },
    "Bezoek": {
        "datum": Veldtekst(
            "Datum", "De dag van het bezoek of het gesprek. Een latere dag dan vandaag is een afspraak.", "2026-05-06"
        ),
        "uur": Veldtekst(
            "Uur", "Het uur van de afspraak. Zonder uur staat ze voor de hele dag in de kalender.", "10:00"
        ),
        "moment": Veldtekst(
            "Moment",
            "Welk moment van het dossier dit is. Is het er geen van het protocol, kies dan extra-1, extra-2, …",
            "huisbezoek-3m",
        ),
        "wooncultuur": Veldtekst(
            "Staat van de woning",
            "Hoe de woning erbij ligt. Is dat bij het laatste bezoek niet ‘goed’, dan wordt het dossier besproken.",
            "aandacht",
            {
                "goed": "in orde",
                "aandacht": "er zijn punten om op te volgen",
                "ernstige-gebreken": "er zijn ernstige gebreken; een goed einde kan dan nog niet",
            },
        ),
        "bevindingen": Veldtekst(
            "Bevindingen",
            "Wat er vastgesteld is, kort en zonder namen. Vul dan ook verloop, wooncultuur of besluit in.",
            "de berging staat vol",
        ),
        "voorwaarde": Veldtekst(
            "Voorwaarde",
            "Onder welke voorwaarde de woning toegewezen wordt. Alleen bij het besluit ‘toewijzing’.",
            "verder begeleid als zittende huurder",
        ),
        "bevestigd": Veldtekst("Bevestigd", "De dag waarop de begeleider liet weten dat hij erbij is.", "2026-04-20"),
        "aanwezig": Veldtekst("Aanwezig", "Wie erbij was: functies, nooit namen.", "[begeleider, wijkwerker]"),
        "afgelast": Veldtekst(
            "Afgelast", "Waarom het bezoek niet doorging. Er is dan geen uitkomst.", "huurder in het ziekenhuis"
        ),
    },
    "Signaal": {
        "datum": Veldtekst("Datum", "De dag waarop het gemeld is.", "2026-09-14"),
        "aard": Veldtekst(
            "Aard",
            "Waarover het gaat.",
            "leefbaarheid",
            {
                "medewerking": "de huurder werkt te weinig mee",
                "resultaten": "de begeleiding levert te weinig op",
                "agressie": "agressie",
                "leefbaarheid": "de leefbaarheid in of rond de woning is bedreigd",
                "schade": "er is schade aan de woning, of ze dreigt",
                "veiligheid": "gevaar voor iemands veiligheid: dit staat bovenaan op de werklijst",
                "andere": "iets anders",
            },
        ),
        "gemeld_door": Veldtekst("Gemeld door", "Wie het meldde: een functie, nooit een naam.", "partner"),
        "omschrijving": Veldtekst(
            "Omschrijving", "Wat er aan de hand is, kort en zonder namen.", "geluidshinder ’s nachts"
        ),
        "afgesloten": Veldtekst(
            "Afgesloten",
            "De dag waarop het opgelost was. Tot dan is het een reden om het dossier te bespreken.",
            "2026-10-01",
        ),
    },
    "Bespreking": {
        "datum": Veldtekst(
            "Datum",
            "De dag van de vraag. Ze telt voor het eerste overleg na die dag.",
            "2026-11-20",
        ),
        "gevraagd_door": Veldtekst(
            "Gevraagd door",
            "Wie de bespreking vroeg.",
            "partner",
            {"partner": "de partner", "vivendo": "de huisvester"},
        ),
        "reden": Veldtekst("Reden", "Waarom, in een zin.", "huurachterstand loopt op"),
    },
    "Informatievraag": {
        "datum": Veldtekst("Datum", "De dag waarop de vraag gesteld is.", "2026-11-02"),
        "vraag": Veldtekst("Vraag", "De vraag.", "hoe loopt het contact met de buren?"),
        "beantwoord": Veldtekst("Beantwoord", "De dag waarop het antwoord kwam.", "2026-11-09"),
        "antwoord": Veldtekst(
            "Antwoord", "Het antwoord, kort en zonder namen. Vul dan ook ‘beantwoord’ in.", "beter sinds oktober"
        ),
    },
    "Contact": {
        "datum": Veldtekst("Datum", "De dag waarvoor het contact gepland was.", "2026-10-06"),
        "doorgegaan": Veldtekst("Doorgegaan", "Of het contact plaatsvond.", "true"),
        "reden": Veldtekst("Reden", "Waarom het niet doorging. Verplicht bij ‘doorgegaan: false’.", "niemand thuis"),
    },
    "Afwezigheid": {
        "datum": Veldtekst("Datum", "De eerste dag van de afwezigheid.", "2026-09-01"),
        "tot": Veldtekst("Tot en met", "De laatste dag. Laat dit weg als die niet bekend is.", "2026-12-31"),
        "vervanger": Veldtekst(
            "Functiecode van de vervanger",
            "De code van wie de begeleider vervangt. Zolang die ontbreekt, staat het dossier op de werklijst.",
            "CAW-07",
        ),
    },
    "Dienst": {
        "datum": Veldtekst("Datum", "De dag waarop de dienst gevraagd is.", "2026-05-12"),
        "naam": Veldtekst("Naam", "Welke dienst: wat voor hulp, geen naam van een persoon.", "poetshulp"),
        "verwacht": Veldtekst("Verwacht", "De dag waarop de dienst verwacht wordt.", "2026-12-01"),
        "gestart": Veldtekst("Gestart", "De dag waarop de dienst begon. Tot dan wacht de huurder.", "2026-11-15"),
    },
    "Verhuis": {
        "datum": Veldtekst("Datum", "De dag van de verhuizing.", "2026-07-01"),
        "woning": Veldtekst(
            "Referentie van de woning", "De referentie van de nieuwe woning, nooit een adres.", "W-2210"
        ),
    },
    "Stopzetting": {
        "datum": Veldtekst(
            "Datum", "De dag waarop de begeleiding stopt. Daarna is het dossier gesloten.", "2026-08-31"
        ),
        "reden": Veldtekst(
            "Reden",
            "Waarom de begeleiding stopt.",
            "afgehaakt",
            {
                "afgehaakt": "de huurder haakte af",
                "verhuis": "de huurder verhuisde",
                "huur-beeindigd": "de huur is beëindigd",
                "opname": "de huurder is opgenomen",
                "overlijden": "de huurder is overleden",
                "andere": "iets anders",
            },
        ),
        "toelichting": Veldtekst(
            "Toelichting", "Meer uitleg. Alleen coördinatoren zien dit.", "reageert niet meer op brieven en telefoon"
        ),
    },
}

VOORBEELD = """\
id: VT-2026-014
traject: versnelde-toewijzing
woning: W-1043
start: 2026-02-01
aanmelding:
  datum: 2025-12-04
  partner: caw-regiobrugge
  besluit: {datum: 2026-01-08, uitkomst: toegelaten}
documenten:
  toestemmingsverklaring: 2026-01-15
  begeleidingsovereenkomst: 2026-01-19
  huurovereenkomst: 2026-01-19
begeleiding:
  - {partner: caw-regiobrugge, begeleider: CAW-03, vanaf: 2026-02-01}
logboek:
  - {soort: overleg, datum: 2026-03-26, moment: overleg-1m, verloop: goed, conclusie: loopt goed}
  - soort: huisbezoek
    datum: 2026-05-06
    uur: "10:00"
    moment: huisbezoek-3m
    wooncultuur: aandacht
    bevindingen: de berging staat vol
  - {soort: overleg, datum: 2026-06-25, moment: overleg-4m, verloop: goed, conclusie: de berging is opgeruimd}
  - soort: signaal
    datum: 2026-09-14
    aard: leefbaarheid
    gemeld_door: partner
    omschrijving: geluidshinder
    afgesloten: 2026-10-01
"""
"""A whole file."""
