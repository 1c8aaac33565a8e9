"""The fields of `kalender.yaml` and of the records of an overleg, in Dutch."""

from generator.teksten.veld import HERHALING, PLAATSEN, Veldtekst, Veldteksten

KALENDER: Veldteksten = {
    "KalenderBestand": {
        "overleg": Veldtekst(
            "Overleg",
            "Wanneer het maandelijkse overleg en de aankondiging zijn.",
            "{regel: FREQ=MONTHLY;BYDAY=-1TH, aankondiging: FREQ=MONTHLY;BYDAY=-2TH, uur: 14:00}",
        ),
        "intervisie": Veldtekst("Intervisie", "Wanneer de intervisie is.", "{data: [2026-11-10, 2027-01-12]}"),
        "stuurgroep": Veldtekst("Stuurgroep", "Wanneer de stuurgroep samenkomt.", "{data: [2026-12-10]}"),
    },
    "OverlegKalender": {
        "regel": Veldtekst(
            "Regel",
            "Op welke dag van de maand het overleg is. MO, TU, WE, TH en FR zijn de werkdagen; -1TH is de laatste "
            "donderdag, 2TU de tweede dinsdag.",
            "FREQ=MONTHLY;BYDAY=-1TH",
            soort=HERHALING,
        ),
        "aankondiging": Veldtekst(
            "Aankondiging",
            "Op welke dag van de maand de agenda naar de partners gaat. Die dag ligt voor het overleg.",
            "FREQ=MONTHLY;BYDAY=-2TH",
            soort=HERHALING,
        ),
        "uur": Veldtekst("Uur", "Het uur waarop het overleg begint.", "14:00"),
        "duur": Veldtekst("Duur", "Hoelang het duurt, in minuten.", "60"),
        "uitzonderingen": Veldtekst(
            "Uitzonderingen",
            "De maanden die afwijken van de regel, elk met de reden. De sleutel is de maand van de regel.",
            "{2026-07: {vervalt: true, reden: zomer}}",
        ),
        "wijzigingen": Veldtekst(
            "Wijzigingen",
            "Wat er vanaf een dag anders is; de maanden ervoor houden hun eigen dag. De sleutel is de eerste dag van "
            "een maand.",
            "{2027-01-01: {uur: 13:30}}",
        ),
    },
    "Uitzondering": {
        "overleg": Veldtekst("Overleg", "De dag waarop het overleg die maand wel is.", "2025-12-18"),
        "aankondiging": Veldtekst("Aankondiging", "De dag waarop de agenda die maand vertrekt.", "2025-12-11"),
        "vervalt": Veldtekst(
            "Vervalt", "‘true’: er is die maand geen overleg. De dossiers gaan naar het volgende.", "true"
        ),
        "reden": Veldtekst("Reden", "Waarom. Partners lezen dit.", "kerstdag"),
    },
    "Wijziging": {
        "regel": Veldtekst("Regel", "De nieuwe dag van het overleg.", "FREQ=MONTHLY;BYDAY=-1TU", soort=HERHALING),
        "aankondiging": Veldtekst(
            "Aankondiging", "De nieuwe dag van de aankondiging.", "FREQ=MONTHLY;BYDAY=-2TU", soort=HERHALING
        ),
        "uur": Veldtekst("Uur", "Het nieuwe uur.", "13:30"),
        "duur": Veldtekst("Duur", "De nieuwe duur, in minuten.", "90"),
    },
    "Data": {
        "data": Veldtekst("Datums", "De dagen, een voor een.", "[2026-11-10, 2027-01-12]"),
    },
}
KALENDER_VOORBEELD = """\
overleg:
  regel: FREQ=MONTHLY;BYDAY=-1TH
  aankondiging: FREQ=MONTHLY;BYDAY=-2TH
  uur: 14:00
  duur: 60
  uitzonderingen:
    2025-12: {overleg: 2025-12-18, aankondiging: 2025-12-11, reden: kerstdag}
    2026-07: {vervalt: true, reden: zomer}
intervisie:
  data: [2026-11-10, 2027-01-12]
stuurgroep:
  data: [2026-12-10]
"""

OVERLEG: Veldteksten = {
    "OverlegVerslag": {
        "plaats": Veldtekst("Plaats", "Waar het overleg met deze partner die maand is.", "kantoor", PLAATSEN),
        "uur": Veldtekst("Uur", "Het uur waarop het die maand begint.", "15:30"),
        "link": Veldtekst("Link", "De link van die maand.", "https://teams.example/overleg/november"),
        "vervalt": Veldtekst(
            "Vervalt",
            "Waarom het overleg met deze partner die maand niet doorgaat. De evaluaties van die maand gelden dan als "
            "gehouden.",
            "alle dossiers lopen goed",
        ),
        "gehouden": Veldtekst(
            "Gehouden",
            "Of het overleg doorging. Weggelaten: het ging door als een dossier van deze partner er een aantekening "
            "van heeft.",
            "true",
        ),
        "aankondiging_verstuurd": Veldtekst(
            "Aankondiging verstuurd", "De dag waarop u de aankondiging mailde.", "2026-11-19"
        ),
        "conclusies_verstuurd": Veldtekst(
            "Conclusies verstuurd", "De dag waarop u de conclusies mailde.", "2026-11-27"
        ),
        "aanmeldingen_verstuurd": Veldtekst(
            "Besluiten verstuurd",
            "De dag waarop u de aanmelder een besluit meedeelde, per dossier. Het staat in het bestand van de maand "
            "van het besluit.",
            "{PW-2026-006: 2026-11-12}",
        ),
        "verzonden": Veldtekst(
            "Verzonden",
            "Wat ‘woontraject mail send’ zelf bijhoudt. U vult alleen iets in als een mail onzeker bleef.",
            "{aankondiging: {op: 2026-11-19, kenmerk: abcdefghijklmnop}}",
        ),
    },
    "Verzendingen": {
        "aankondiging": Veldtekst(
            "Aankondiging", "De laatste verzending van de aankondiging.", "{op: 2026-11-19, kenmerk: abcdefghijklmnop}"
        ),
        "conclusies": Veldtekst(
            "Conclusies", "De laatste verzending van de conclusies.", "{op: 2026-11-27, kenmerk: abcdefghijklmnop}"
        ),
        "aanmeldingen": Veldtekst(
            "Besluiten",
            "De laatste verzending van elk besluit over een aanmelding, per dossier.",
            "{PW-2026-006: {op: 2026-11-12, kenmerk: abcdefghijklmnop}}",
        ),
    },
    "Verzending": {
        "op": Veldtekst("Op", "De dag waarop de mail vertrok.", "2026-11-19"),
        "kenmerk": Veldtekst(
            "Kenmerk",
            "Waaraan het programma ziet of de mail sindsdien gewijzigd is. Laat dit staan.",
            "abcdefghijklmnop",
        ),
        "stand": Veldtekst(
            "Stand",
            "Wat de mailserver antwoordde. Kwam een onzekere mail aan, maak er dan ‘verstuurd’ van; anders "
            "‘geweigerd’.",
            "verstuurd",
            {
                "verstuurd": "de server nam de mail aan",
                "onzeker": "het antwoord kwam nooit; de mail vertrekt niet vanzelf opnieuw",
                "geweigerd": "de server nam de mail niet aan",
            },
        ),
    },
}
OVERLEG_VOORBEELD = """\
caw-regiobrugge: {plaats: kantoor, uur: 15:30, aankondiging_verstuurd: 2026-11-19}
cgg: {vervalt: alle dossiers lopen goed, aankondiging_verstuurd: 2026-11-19}
"""
