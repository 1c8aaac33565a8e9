"""The fields of `organisatie.yaml` and `partners.yaml`, in Dutch."""

from generator.teksten.veld import PLAATSEN, Veldtekst, Veldteksten

ORGANISATIE: Veldteksten = {
    "Organisatie": {
        "naam": Veldtekst("Naam", "De huisvestingsmaatschappij die het register bijhoudt.", "Vivendo"),
        "dienst": Veldtekst(
            "Dienst", "De dienst die het overleg voorbereidt en de mails verstuurt.", "Bewonerscontacten"
        ),
        "email": Veldtekst(
            "E-mailadres",
            "Waar partners die dienst bereiken. Antwoorden op de mails komen hier aan.",
            "dienst@voorbeeld.example",
        ),
        "kantoor": Veldtekst("Kantoor", "Het adres waar een overleg kan doorgaan.", "Straatnaam 1, Gemeente"),
        "webadres": Veldtekst(
            "Webadres",
            "Waar de sites staan. Daarmee kent elke partner het adres van zijn kalenders, en verwijzen mails naar de "
            "site.",
            "https://woontraject.voorbeeld.example",
            soort="het adres van een webserver, zonder iets erachter, zoals https://woontraject.voorbeeld.be",
        ),
        "bewerken": Veldtekst(
            "Adres om te bewerken",
            "Waar de git-host een regel van een bestand toont. Daarmee verwijzen de pagina’s van de coördinatie naar "
            "wat ze tonen. {bestand} en {regel} worden ingevuld.",
            "https://github.com/vivendo/dossiers/blob/main/{bestand}#L{regel}",
            soort="een adres dat begint met https://, met {bestand} en eventueel {regel} erin",
        ),
        "formulieren": Veldtekst(
            "Formulieren",
            "Waar de formulieren de dossiers bewaren. Zonder dit veld werken ze alleen op een eigen computer.",
            "{git: gitlab, project: vivendo/dossiers, toepassing: 0123abcd}",
        ),
        "mail": Veldtekst(
            "Inhoud van mails",
            "Wat er in een mail aan een partner staat. ‘verwijzing’ vraagt ook een webadres.",
            "agenda",
            {
                "agenda": "de agenda, de conclusies of het besluit zelf",
                "verwijzing": "geen enkel dossier, alleen een link naar de site van de partner",
            },
        ),
        "kalenderadres": Veldtekst(
            "Kalenderadres",
            "Welke versie van het geheime adres van de kalenders van de coördinatie geldt.",
            "{versie: 2}",
        ),
        "bewaartermijn": Veldtekst(
            "Bewaartermijn",
            "Hoelang dossiers te zien zijn en bewaard blijven, in maanden. Spreek de cijfers af met uw functionaris "
            "voor gegevensbescherming.",
            "{gesloten: {zichtbaar: 6, bewaren: 84}}",
        ),
        "werklijst": Veldtekst("Werklijst", "Wanneer iets op de werklijst verschijnt.", "{antwoord_dagen: 10}"),
        "op_tijd_dagen": Veldtekst(
            "Op tijd tot en met",
            "Hoeveel dagen na de streefdatum een evaluatie in het rapport nog als op tijd telt.",
            "14",
        ),
        "demonstratie": Veldtekst(
            "Demonstratie", "‘true’: elke pagina zegt dat alle gegevens verzonnen zijn.", "false"
        ),
    },
    "Formulieren": {
        "git": Veldtekst(
            "Git-host",
            "Waar het project staat. ‘github’ vraagt ook ‘aanmelden’, ‘gitlab’ ook ‘toepassing’.",
            "gitlab",
            {"github": "GitHub", "gitlab": "GitLab"},
        ),
        "project": Veldtekst("Project", "De groep en het project met de dossiers.", "vivendo/dossiers"),
        "tak": Veldtekst("Tak", "De hoofdtak: waarvoor wijzigingen voorgesteld worden.", "main"),
        "server": Veldtekst(
            "Server",
            "Het adres van een eigen GitHub of GitLab. Laat dit weg voor github.com en gitlab.com.",
            "https://git.voorbeeld.example",
            soort="het adres van een webserver, zonder iets erachter",
        ),
        "aanmelden": Veldtekst(
            "Aanmelddienst",
            "Alleen voor GitHub: het adres van de dienst waarmee mensen inloggen (OAuth). Zie het handboek.",
            "https://aanmelden.voorbeeld.example",
            soort="het adres van een webserver, zonder iets erachter",
        ),
        "toepassing": Veldtekst(
            "Toepassing", "Alleen voor GitLab: de id van de toepassing waarmee mensen inloggen.", "0123abcd"
        ),
    },
    "Kalenderadres": {
        "versie": Veldtekst(
            "Versie",
            "Met een hoger getal krijgen de kalenders een nieuw geheim adres. Het oude werkt na de volgende bouw niet "
            "meer.",
            "2",
        ),
    },
    "Bewaartermijn": {
        "gesloten": Veldtekst(
            "Gesloten dossiers", "Geteld vanaf de dag waarop de begeleiding eindigde.", "{zichtbaar: 6, bewaren: 84}"
        ),
        "geweigerd": Veldtekst(
            "Geweigerde aanmeldingen", "Geteld vanaf de dag van het besluit.", "{zichtbaar: 3, bewaren: 24}"
        ),
        "wachtend": Veldtekst(
            "Wachtende aanmeldingen",
            "Aanmeldingen die niet startten, geteld vanaf de dag van hun laatste stand.",
            "{bewaren: 36}",
        ),
    },
    "Bewaring": {
        "zichtbaar": Veldtekst(
            "Zichtbaar",
            "Na zoveel maanden zien partners het dossier niet meer. Weggelaten: zolang het in het register staat.",
            "6",
        ),
        "bewaren": Veldtekst(
            "Bewaren",
            "Na zoveel maanden komt het dossier op de werklijst om te verwijderen. Weggelaten: nooit.",
            "84",
        ),
    },
    "Werklijstregels": {
        "bezoek_plannen_weken": Veldtekst(
            "Weken om een bezoek te plannen",
            "Zoveel weken voor de streefdatum vraagt de werklijst een afspraak.",
            "4",
        ),
        "bezoek_bevestigen_dagen": Veldtekst(
            "Dagen om een bezoek te bevestigen",
            "Zoveel dagen voor een bezoek staat op de werklijst dat de begeleider nog niet bevestigde.",
            "14",
        ),
        "aankondiging_dagen": Veldtekst(
            "Dagen om de aankondiging voor te bereiden",
            "Zoveel dagen voor haar datum staat de aankondiging op de werklijst.",
            "7",
        ),
        "conclusies_dagen": Veldtekst(
            "Dagen om conclusies te versturen",
            "Binnen zoveel dagen na het overleg vertrekken de conclusies. Voor het besluit over een aanmelding geldt "
            "hetzelfde.",
            "7",
        ),
        "antwoord_dagen": Veldtekst(
            "Dagen om te antwoorden", "Binnen zoveel dagen antwoordt een partner op een vraag.", "14"
        ),
        "vanaf": Veldtekst(
            "Vanaf",
            "De eerste dag waarop u met het register werkte. Naar een overleg van voor die dag vraagt de werklijst "
            "niet.",
            "2026-06-01",
        ),
    },
}
ORGANISATIE_VOORBEELD = """\
naam: Huisvestingsmaatschappij
dienst: Huurbegeleiding
email: huurbegeleiding@voorbeeld.example
kantoor: Straatnaam 1, Gemeente
webadres: https://woontraject.voorbeeld.example
mail: agenda
bewaartermijn:
  gesloten: {zichtbaar: 6, bewaren: 84}
  geweigerd: {zichtbaar: 3, bewaren: 24}
  wachtend: {bewaren: 36}
werklijst: {bezoek_plannen_weken: 4, vanaf: 2026-06-01}
"""

PARTNERS: Veldteksten = {
    "Partner": {
        "naam": Veldtekst("Naam", "De naam van de organisatie, zoals iedereen ze leest.", "CAW RegioBrugge"),
        "rol": Veldtekst(
            "Rol",
            "Wat voor partner het is.",
            "welzijn",
            {"woon": "een huisvester", "welzijn": "een organisatie die aanmeldt of begeleidt"},
        ),
        "contact": Veldtekst(
            "Contact",
            "De algemene contactgegevens van de dienst, nooit die van één persoon. Een partner die begeleidt, heeft "
            "kantooruren nodig en een telefoonnummer of e-mailadres.",
            "{email: onthaal@partner.example, kantooruren: ma–vr 9.00–17.00}",
        ),
        "overleg": Veldtekst(
            "Overleg", "Waar en hoe laat het overleg met deze partner gewoonlijk is.", "{plaats: teams, uur: 09:00}"
        ),
        "kalenderadres": Veldtekst(
            "Kalenderadres", "Welke versie van de geheime adressen van zijn kalenders geldt.", "{versie: 2}"
        ),
    },
    "Partnercontact": {
        "email": Veldtekst(
            "E-mailadres",
            "Naar dit adres gaan de mails. Zonder adres kan er geen mail vertrekken.",
            "onthaal@partner.example",
        ),
        "telefoon": Veldtekst("Telefoon", "Het nummer van de dienst.", "050 00 01 01"),
        "kantooruren": Veldtekst("Kantooruren", "Wanneer een huurder er een collega bereikt.", "ma–vr 9.00–17.00"),
    },
    "PartnerOverleg": {
        "plaats": Veldtekst("Plaats", "Waar het overleg is.", "teams", PLAATSEN),
        "link": Veldtekst("Link", "De link van het overleg op Teams.", "https://teams.example/overleg/partner"),
        "uur": Veldtekst("Uur", "Het uur waarop het begint. Weggelaten: dat van kalender.yaml.", "09:00"),
    },
    "Kalenderadres": {
        "versie": Veldtekst(
            "Versie",
            "Met een hoger getal krijgen alle kalenders van deze partner een nieuw geheim adres. De oude werken na de "
            "volgende bouw niet meer.",
            "2",
        ),
    },
    "Partnerkalenderadres": {
        "begeleiders": Veldtekst(
            "Begeleiders",
            "Een eigen versie per functiecode: met een hoger getal verandert alleen de kalender van die begeleider.",
            "{CAW-03: 2}",
        ),
    },
}
PARTNERS_VOORBEELD = """\
partner-welzijn:
  naam: Naam van de welzijnspartner
  rol: welzijn
  contact:
    email: begeleiding@voorbeeld.example
    telefoon: 050 00 01 01
    kantooruren: ma–vr 9.00–12.00 en 13.00–16.30
  overleg:
    plaats: teams
    link: https://teams.example/overleg/partner-welzijn
partner-wonen:
  naam: Naam van de woonpartner
  rol: woon
"""
