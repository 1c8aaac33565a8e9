"""The fields of the rules of a traject, in Dutch."""

from generator.teksten.veld import BESLUITEN, HERHALING, Veldtekst, Veldteksten

NIVEAUS = {
    "fout": "een fout: er wordt niets gebouwd tot ze rechtgezet is",
    "waarschuwing": "een waarschuwing: ze houdt niets tegen",
}

TRAJECT: Veldteksten = {
    "Trajectregels": {
        "titel": Veldtekst("Titel", "De naam van het traject, zoals iedereen ze leest.", "Versnelde toewijzing"),
        "inleiding": Veldtekst(
            "Inleiding", "Een paar zinnen bovenaan de pagina van het protocol.", "Voor wie versneld een woning krijgt."
        ),
        "voorvoegsel": Veldtekst(
            "Voorvoegsel", "Waarmee de referenties van de dossiers beginnen. Elk traject heeft een eigen.", "VT"
        ),
        "overleg": Veldtekst(
            "Overleg",
            "Of de dossiers op het maandelijkse overleg komen. Een traject kan ook een overleg op een eigen dag "
            "hebben.",
            "true",
            soort="true of false, of een blok met een eigen regel",
        ),
        "aanmelding": Veldtekst(
            "Aanmelding",
            "Of elk dossier een aanmelding nodig heeft.",
            "verplicht",
            {"verplicht": "ja, behalve bij ‘vervolg_op’", "mag": "nee"},
        ),
        "besluiten": Veldtekst(
            "Besluiten", "Welke besluiten er in dit traject zijn.", "[positief, verlengen]", BESLUITEN
        ),
        "documenten": Veldtekst(
            "Documenten",
            "Welke documenten de dossiers hebben. De sleutel is de naam die in het dossier bij ‘documenten’ staat.",
            "{huurovereenkomst: {titel: Huurovereenkomst, voor: start}}",
        ),
        "afwijkbaar": Veldtekst(
            "Afwijkbaar", "De regels waarvan een dossier mag afwijken, met een reden.", "[WW-1, WW-4]"
        ),
        "doelgroep": Veldtekst(
            "Doelgroep",
            "Wat een aanmelding moet zeggen over de doelgroep. De sleutel is de naam die in het dossier bij "
            "‘doelgroep’ staat; de waarde zegt wat er gevraagd wordt.",
            "{volwassen: true, psychische_problematiek: [gekend, vermoed], verslaving: vrij}",
            {"vrij": "elk antwoord mag"},
            soort="een blok met per criterium true of false (het antwoord moet dat zijn), een lijst van woorden (het "
            "antwoord is er een van), {minstens: getal}, of vrij",
        ),
        "capaciteit": Veldtekst("Capaciteit", "Hoeveel woningen er per kalenderjaar zijn.", "{woningen_per_jaar: 5}"),
        "woninggebonden": Veldtekst(
            "Aan de woning gebonden",
            "‘true’: de begeleiding hoort bij de woning. Een verhuis kan niet, er loopt één dossier per woning, en een "
            "vervolg is in dezelfde woning.",
            "true",
        ),
        "domicilie": Veldtekst(
            "Domicilie",
            "Of de bewoner zijn domicilie in de woning mag hebben.",
            "niet",
            {"mag": "ja", "niet": "nee, tenzij het dossier een afwijking vermeldt"},
        ),
        "ankerfiguur": Veldtekst(
            "Ankerfiguur",
            "‘true’: eindigt een dossier goed en volgt er geen ander, dan vraagt de werklijst een ankerfiguur.",
            "true",
        ),
        "stuurgroep": Veldtekst(
            "Stuurgroep", "‘true’: het traject staat op de agenda van de intervisie en in het rapport.", "true"
        ),
        "termijn": Veldtekst(
            "Termijn",
            "Hoeveel maanden de begeleiding duurt, of tussen welke grenzen elk dossier kiest. Weggelaten: er is geen "
            "termijn.",
            "12",
        ),
        "verlenging": Veldtekst(
            "Verlenging", "Hoe een termijn verlengd kan worden. Weggelaten: dat kan niet.", "{veelvoud: 3}"
        ),
        "momenten": Veldtekst(
            "Momenten",
            "Wat er in elk dossier op een vast moment gebeurt.",
            "[{id: overleg-1m, soort: overleg, na: 1}, {id: eindevaluatie, soort: huisbezoek, na: einde}]",
        ),
        "verplichtingen": Veldtekst(
            "Verplichtingen",
            "Wat de huurder moet nakomen: een controlelijst op de pagina van elk dossier.",
            "[Rekening houden met de buurt]",
        ),
        "regels": Veldtekst(
            "Regels",
            "De regels zelf, in woorden. {organisatie} of {overleg-4m} in een tekst wordt vervangen door de waarde.",
            "[{id: VT-0, titel: Doel, tekst: De huurder leert zelfstandig wonen.}]",
        ),
        "rollen": Veldtekst(
            "Rollen",
            "Wie er meedoet in dit traject. De sleutel is de naam die bij ‘stappen’ staat, de waarde hoe mensen het "
            "noemen.",
            "{dienst: Bewonerscontacten, begeleider: begeleider, huurder: huurder}",
        ),
        "stappen": Veldtekst(
            "Stappen",
            "Wie wat wanneer doet: de tabel op de pagina van het protocol.",
            "[{wat: De afspraak maken, regel: VT-7.1, doet: [dienst], hoort: [huurder]}]",
        ),
    },
    "Stap": {
        "wat": Veldtekst("Wat", "Wat er moet gebeuren.", "De afspraak voor het huisbezoek maken"),
        "regel": Veldtekst("Regel", "De regel die het vraagt.", "VT-7.1"),
        "wanneer": Veldtekst("Wanneer", "Wanneer het gebeurt, in woorden.", "voor de huurovereenkomst getekend wordt"),
        "momenten": Veldtekst(
            "Momenten", "Bij welke momenten van het traject het hoort: hun maanden zeggen wanneer.", "[huisbezoek-3m]"
        ),
        "doet": Veldtekst("Doet", "Wie het uitvoert: sleutels van ‘rollen’, minstens één.", "[dienst]"),
        "staat_in": Veldtekst("Staat ervoor in", "Wie ervoor verantwoordelijk is: sleutels van ‘rollen’.", "[dienst]"),
        "denkt_mee": Veldtekst("Denkt mee", "Wie vooraf gevraagd wordt: sleutels van ‘rollen’.", "[begeleider]"),
        "hoort": Veldtekst("Hoort", "Wie het te horen krijgt: sleutels van ‘rollen’.", "[huurder]"),
        "bericht": Veldtekst(
            "Bericht", "Wat die te horen krijgt, in enkele woorden. Weggelaten: dat het gedaan is.", "de dag en het uur"
        ),
    },
    "EigenOverleg": {
        "regel": Veldtekst(
            "Regel", "Op welke dag van de maand het eigen overleg is.", "FREQ=MONTHLY;BYDAY=1TU", soort=HERHALING
        ),
        "aankondiging": Veldtekst(
            "Aankondiging",
            "Op welke dag het aangekondigd wordt. Weggelaten: op de dag van de gewone aankondiging.",
            "FREQ=MONTHLY;BYDAY=-2TH",
            soort=HERHALING,
        ),
    },
    "DocumentRegel": {
        "titel": Veldtekst("Titel", "De naam van het document.", "Huurovereenkomst"),
        "voor": Veldtekst(
            "Voor",
            "‘start’ of de sleutel van een ander document: zodra dat er is, moet dit er ook zijn. Weggelaten: er is "
            "geen uiterste dag.",
            "start",
        ),
        "ontbreekt": Veldtekst("Ontbreekt", "Hoe erg het is als het dan ontbreekt.", "fout", NIVEAUS),
        "later": Veldtekst(
            "Later",
            "Hoe erg het is als het later ondertekend is. Weggelaten: dat wordt niet nagekeken.",
            "fout",
            NIVEAUS,
        ),
        "regel": Veldtekst("Regel", "De regel die het document vraagt. De melding draagt die code.", "VT-1"),
    },
    "Minstens": {
        "minstens": Veldtekst("Minstens", "Het antwoord is een getal, en minstens zoveel.", "3"),
    },
    "Capaciteit": {
        "woningen_per_jaar": Veldtekst(
            "Woningen per jaar", "In hoeveel verschillende woningen er per kalenderjaar gestart kan worden.", "5"
        ),
    },
    "Termijn": {
        "minimum": Veldtekst("Minimum", "Het kleinste aantal maanden.", "6"),
        "maximum": Veldtekst("Maximum", "Het grootste aantal maanden.", "12"),
    },
    "Verlenging": {
        "veelvoud": Veldtekst("Veelvoud", "Een verlenging duurt een veelvoud van zoveel maanden.", "3"),
        "maandelijks_overleg": Veldtekst(
            "Elke maand op het overleg",
            "‘true’: het dossier komt op elk overleg na het besluit, tot het nieuwe einde.",
            "true",
        ),
        "regel": Veldtekst("Regel", "De regel die de verlenging regelt.", "VT-7.4"),
    },
    "MomentRegel": {
        "id": Veldtekst("Naam in dossiers", "Hoe het moment in het logboek heet.", "overleg-4m"),
        "titel": Veldtekst("Titel", "Hoe mensen het noemen. Weggelaten: de naam.", "Tussentijdse evaluatie"),
        "soort": Veldtekst(
            "Soort",
            "Wat er dan gebeurt.",
            "overleg",
            {
                "overleg": "het komt op het eerste overleg op of na die dag",
                "huisbezoek": "een bezoek bij de huurder thuis",
                "evaluatie": "een gesprek met de bewoner",
            },
        ),
        "na": Veldtekst(
            "Na",
            "Hoeveel maanden na de start. Vul ‘na’ of ‘elke’ in, niet allebei.",
            "4",
            {"einde": "op het einde van de termijn, en van elke verlenging"},
            soort="een geheel getal van 1 tot en met 120, of einde",
        ),
        "elke": Veldtekst("Elke", "Om de hoeveel maanden, tot het einde van de termijn.", "2"),
        "voor": Veldtekst(
            "Voor",
            "De naam van een moment dat later hoort te komen. Klopt dat niet, dan komt er een waarschuwing.",
            "eindevaluatie",
        ),
        "regel": Veldtekst("Regel", "De regel die het moment vraagt.", "VT-6.1"),
    },
    "Regel": {
        "id": Veldtekst("Code", "De code van de regel. Meldingen en pagina’s verwijzen ernaar.", "VT-6.1"),
        "titel": Veldtekst("Titel", "Waarover de regel gaat.", "Evaluatie op het overleg"),
        "tekst": Veldtekst(
            "Tekst",
            "De regel zelf. Een lege regel begint een alinea, een streepje een lijst.",
            "Na een maand is er een evaluatie.",
        ),
        "toepassing": Veldtekst(
            "Toepassing", "Hoe het register de regel toepast.", "Ze hoort bij het eerste overleg na die maand."
        ),
    },
}
TRAJECT_VOORBEELD = """\
titel: Begeleiding na verhuis
voorvoegsel: NV
overleg: true
besluiten: [positief, verlengen]
documenten:
  toestemmingsverklaring: {titel: Toestemmingsverklaring, regel: NV-1}
  begeleidingsovereenkomst: {titel: Begeleidingsovereenkomst, voor: start, ontbreekt: fout, regel: NV-1}
termijn: 6
verlenging: {veelvoud: 3, maandelijks_overleg: true, regel: NV-3}
momenten:
  - {id: overleg-2m, soort: overleg, na: 2, titel: Eerste evaluatie, regel: NV-2}
  - {id: huisbezoek-4m, soort: huisbezoek, na: 4, titel: Huisbezoek, regel: NV-2}
  - {id: eindevaluatie, soort: huisbezoek, na: einde, titel: Eindevaluatie, regel: NV-2}
regels:
  - {id: NV-1, titel: Documenten, tekst: De huurder en de partner tekenen voor de start.}
  - {id: NV-2, titel: Evaluatie, tekst: 'Na {overleg-2m} maanden is er een evaluatie op het overleg.'}
  - {id: NV-3, titel: Verlenging, tekst: 'Een verlenging duurt een veelvoud van {verlenging} maanden.'}
"""
