"""The fields of the counts of removed dossiers, in Dutch."""

from generator.teksten.veld import Veldtekst, Veldteksten

TELLINGEN: Veldteksten = {
    "Jaartelling": {
        "bijgewerkt": Veldtekst(
            "Bijgewerkt",
            "Tot en met welke dag de aantallen kloppen: de laatste dag waarop er een dossier verwijderd is.",
            "2026-11-21",
        ),
        "trajecten": Veldtekst("Trajecten", "De aantallen per traject.", "{proefwonen: {dossiers: 1, stopgezet: 1}}"),
        "partners": Veldtekst(
            "Partners",
            "De aanmeldingen per partner, van alle trajecten samen.",
            "{cgg: {aangemeld: 1, stand: {2026: {geweigerd: 1}}}}",
        ),
    },
    "Trajecttelling": {
        "dossiers": Veldtekst("Dossiers", "Verwijderde dossiers die in dit jaar begonnen.", "2"),
        "aangemeld": Veldtekst(
            "Aangemeld",
            "Aanmeldingen per kwartaal.",
            "{K1: 1, K4: 2}",
            {
                "K1": "januari tot en met maart",
                "K2": "april tot en met juni",
                "K3": "juli tot en met september",
                "K4": "oktober tot en met december",
            },
        ),
        "stand": Veldtekst(
            "Stand",
            "Hoe het op het einde van elk jaar met de aanmeldingen van dit jaar stond. Elke aanmelding telt in elk "
            "jaar één keer mee.",
            "{2026: {gestart: 2, geweigerd: 1}}",
        ),
        "vervolg_gestart": Veldtekst("Gestart als vervolg", "Vervolgdossiers die in dit jaar startten.", "1"),
        "lopend": Veldtekst("Lopend", "Dossiers die op de laatste dag van het jaar liepen.", "1"),
        "positief": Veldtekst("Goed afgerond", "Dossiers die in dit jaar goed eindigden.", "1"),
        "vervolg": Veldtekst("Verder begeleid in een vervolg", "Daarvan, hoeveel er een vervolg kregen.", "1"),
        "stopgezet": Veldtekst("Stopgezet", "Dossiers die in dit jaar stopten.", "1"),
        "afgehaakt": Veldtekst("Waarvan afgehaakt", "Daarvan, omdat de huurder afhaakte.", "1"),
        "afwijkingen": Veldtekst("Vastgelegde afwijkingen", "Afwijkingen die in dit jaar vastgelegd zijn.", "1"),
        "woningen": Veldtekst("Woningen", "Verschillende woningen waarin in dit jaar gestart is.", "1"),
    },
    "Standtelling": {
        "in_behandeling": Veldtekst("In behandeling", "Aanmeldingen zonder besluit.", "1"),
        "wachtlijst": Veldtekst("Op de wachtlijst", "Aanmeldingen op de wachtlijst.", "1"),
        "toegelaten": Veldtekst("Toegelaten", "Toegelaten, nog niet gestart.", "1"),
        "geweigerd": Veldtekst("Geweigerd", "Geweigerde aanmeldingen.", "1"),
        "gestart": Veldtekst("Gestart", "Aanmeldingen die startten.", "1"),
        "verwijderd": Veldtekst(
            "Verwijderd", "Verwijderd terwijl ze wachtten op een besluit, een plaats of hun start.", "1"
        ),
    },
    "Partnertelling": {
        "aangemeld": Veldtekst("Aangemeld", "Aanmeldingen van deze partner in dit jaar.", "1"),
        "stand": Veldtekst(
            "Stand", "Hoe het op het einde van elk jaar met die aanmeldingen stond.", "{2026: {geweigerd: 1}}"
        ),
    },
}
TELLINGEN_VOORBEELD = """\
bijgewerkt: 2026-11-21
trajecten:
  proefwonen:
    dossiers: 1
    aangemeld: {K1: 1}
    stand: {2026: {geweigerd: 1}}
partners:
  cgg: {aangemeld: 1, stand: {2026: {geweigerd: 1}}}
"""
