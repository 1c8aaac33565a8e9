"""The worklist: every kind of task on the days around the one on which it appears, and what makes it go."""

import json
import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings

from generator.checks import check
from generator.cli import cli
from generator.history import History
from generator.model.view import Taak
from generator.render.pages import make_pages
from generator.sources import read_sources
from generator.traject import LOPEND
from generator.views import audiences, make_view
from generator.werklijst import make_partnerlijst, make_werklijst
from generator.zicht import leest, ziet
from tests.conftest import BASIS, GEHEIM, PROJECT, TESTS, VANDAAG, read
from tests.test_properties import LATER, PARTNERS, Geval, registers, secrets_in

Make = Callable[..., Path]
Files = dict[str, str]
DIENST, ALFA, BETA = "Bewonerscontacten", "Alfa, ALFA-01", "Beta, BETA-02"
GUIDE = "{partner: alfa, begeleider: ALFA-01, vanaf: 2026-02-01}"
PAPERS = "toestemmingsverklaring: 2026-01-10, begeleidingsovereenkomst: 2026-01-10, huurovereenkomst: 2026-01-10"
FIRST = "{soort: overleg, datum: 2026-03-26, moment: overleg-1m, verloop: goed}"
VISIT = "{soort: huisbezoek, datum: 2026-05-06, moment: huisbezoek-3m, verloop: goed, wooncultuur: goed}"
FOURTH = "{soort: overleg, datum: 2026-06-25, moment: overleg-4m, verloop: goed}"
QUIET = (FIRST, VISIT, FOURTH)
"""Nothing is asked from then on, until the final evaluation of 1 February 2027 is to be planned."""


def dossier(name: str = "VT-2026-001", *logboek: str, quiet: tuple[str, ...] = QUIET, **keys: str) -> Files:
    """A dossier that Alfa referred and guides, with these entries beside what is recorded; `keys` over its own."""
    values = {
        "id": name,
        "traject": "versnelde-toewijzing",
        "start": "2026-02-01",
        "aanmelding": "{datum: 2025-12-04, partner: alfa}",
        "documenten": f"{{{PAPERS}}}",
        "begeleiding": f"[{GUIDE}]",
        "logboek": f"[{', '.join((*quiet, *logboek))}]",
    } | keys
    return {f"dossiers/{name}.yaml": "".join(f"{key}: {value}\n" for key, value in values.items() if value)}


def proefwoner(*logboek: str, **keys: str) -> Files:
    """A trial tenant of 8 months from 1 February 2026, in a track that is reported to the steering group."""
    papers = "akte_van_bruikleen: 2026-01-10, huishoudelijk_reglement: 2026-01-10"
    own = {
        "traject": "proefwonen",
        "termijn": "8",
        "documenten": f"{{toestemmingsverklaring: 2026-01-10, begeleidingsovereenkomst: 2026-01-10, {papers}}}",
    }
    rules = (BASIS / "protocol/proefwonen/2024-01-01.yaml").read_text(encoding="utf-8")
    extra = {"protocol/proefwonen/2024-01-01.yaml": f"{rules}ankerfiguur: true\nstuurgroep: true\n"}
    return extra | dossier("PW-2026-001", *logboek, quiet=(), **(own | keys))


def evaluatie(moment: str, datum: str, rest: str = "verloop: goed") -> str:
    return f"{{soort: evaluatie, moment: {moment}, datum: {datum}, {rest}}}"


def bezoek(moment: str, datum: str, rest: str = "") -> str:
    return f"{{soort: huisbezoek, moment: {moment}, datum: {datum}, {rest}}}"


def overleg(datum: str, rest: str = "") -> str:
    return f"{{soort: overleg, datum: {datum}, {rest}}}"


def signaal(datum: str, aard: str, rest: str = "") -> str:
    return f"{{soort: signaal, datum: {datum}, aard: {aard}, omschrijving: lawaai, {rest}}}"


def vraag(datum: str, rest: str = "") -> str:
    return f"{{soort: informatievraag, datum: {datum}, vraag: hoe gaat het, {rest}}}"


def verslag(maand: str, text: str) -> Files:
    return {f"protocol/overleg/{maand}.yaml": f"alfa: {{{text}}}\n"}


def protocol(name: str, old: str, new: str) -> Files:
    text = (BASIS / "protocol" / name).read_text(encoding="utf-8")
    assert old in text
    return {f"protocol/{name}": text.replace(old, new, 1)}


def organisatie(rest: str) -> Files:
    return protocol("organisatie.yaml", "naam:", f"{rest}\nnaam:")


HANDOVER = "[{partner: alfa, begeleider: ALFA-01, vanaf: 2026-02-01, tot: 2026-08-31}, "
TO_BETA = HANDOVER + "{partner: beta, begeleider: BETA-02, vanaf: 2026-09-01}]"
TO_BETA_LATER = HANDOVER + "{partner: beta, begeleider: BETA-02, vanaf: 2026-10-01}]"
ENDED = HANDOVER.replace("]", "").rstrip(", ") + "]"
STOPPED = "{soort: stopzetting, datum: 2026-08-20, reden: verhuis}"
NO_FOURTH, NO_VISIT = (FIRST, VISIT), (FIRST,)
TENTH = overleg("2026-12-31", "moment: overleg-10m, verloop: goed")
ABSENT = "{soort: afwezigheid, datum: 2026-08-10"
DIENST_LATER = "{soort: dienst, datum: 2026-06-01, naam: poetshulp, verwacht: 2026-10-02"
FINAL = evaluatie("eindevaluatie", "2026-10-01", "verloop: goed, besluit: toewijzing")
DONE = tuple(evaluatie(f"evaluatie-{n}m", f"2026-{n + 2:02}-01") for n in (2, 4, 6))
ASKED = "{soort: bespreking, datum: 2026-08-12, gevraagd_door: vivendo, reden: lawaai}"
OWN_DAY = protocol("versnelde-toewijzing/2024-01-01.yaml", "overleg: true", "overleg: {regel: FREQ=MONTHLY;BYDAY=1TU}")
RULES = (BASIS / "protocol/versnelde-toewijzing/2024-01-01.yaml").read_text(encoding="utf-8")
OPTIONAL = {"protocol/versnelde-toewijzing/2024-01-01.yaml": RULES.replace("voor: start, ", "")}
KEPT = organisatie("bewaartermijn: {gesloten: {zichtbaar: 6, bewaren: 24}}")
SOON = organisatie("werklijst: {bezoek_plannen_weken: 6, bezoek_bevestigen_dagen: 3, antwoord_dagen: 5}")
WB = {"traject": "woonbegeleiding", "documenten": "{toestemmingsverklaring: 2026-01-10}"}

# Files, and what is asked of the dossier on each day: kind, due date, rule, who; in the order of the list.
TASKS: dict[str, tuple[Files, dict[str, str]]] = {
    "nothing": (dossier(), {"2026-07-01": "", "2026-12-31": ""}),
    "danger, until it is closed": (
        dossier("VT-2026-001", signaal("2026-08-03", "veiligheid", "afgesloten: 2026-08-10")),
        {
            "2026-08-02": "",
            "2026-08-03": f"veiligheid 2026-08-03 VT-5.3 {DIENST}",
            "2026-08-09": f"veiligheid 2026-08-03 VT-5.3 {DIENST}",
            "2026-08-10": "",
        },
    ),
    "danger in a closed dossier": (
        dossier("VT-2026-001", signaal("2026-08-03", "veiligheid"), STOPPED),
        {"2026-12-01": f"veiligheid 2026-08-03 VT-5.3 {DIENST}"},
    ),
    "two dangers of one day are told once, and before what is due earlier": (
        dossier(
            "VT-2026-001",
            bezoek("extra-1", "2026-07-01"),
            signaal("2026-08-03", "veiligheid"),
            signaal("2026-08-03", "veiligheid"),
        ),
        {"2026-08-03": f"veiligheid 2026-08-03 VT-5.3 {DIENST}; te-laat 2026-07-01 VT-7.2 {DIENST}"},
    ),
    "another signal is no danger": (dossier("VT-2026-001", signaal("2026-08-03", "agressie")), {"2026-08-03": ""}),
    # Overdue, to plan, to confirm
    "evaluation at the overleg, until it is recorded there or later": (
        dossier("VT-2026-001", overleg("2026-09-24", "moment: overleg-4m, verloop: goed"), quiet=NO_FOURTH),
        {
            "2026-06-25": "",
            "2026-06-26": f"te-laat 2026-06-25 VT-6.1 {DIENST}",
            "2026-08-28": f"te-laat 2026-06-25 VT-6.1 {DIENST}",
            "2026-09-24": "",
        },
    ),
    "a later evaluation takes the place of an earlier one": (
        dossier(quiet=(VISIT, FOURTH)),
        {"2026-03-27": f"te-laat 2026-03-26 VT-6.1 {DIENST}", "2026-06-25": ""},
    ),
    "two evaluations overdue are one": (
        dossier(quiet=(VISIT,)),
        {"2026-06-25": f"te-laat 2026-03-26 VT-6.1 {DIENST}", "2026-06-26": f"te-laat 2026-06-25 VT-6.1 {DIENST}"},
    ),
    "dropped for the partner, an evaluation counts as held": (
        dossier(quiet=NO_FOURTH) | verslag("2026-06", "vervalt: loopt goed"),
        {"2026-06-26": ""},
    ),
    "an overleg that did not take place has no outcome, and the evaluation is still owed": (
        dossier("VT-2026-001", signaal("2026-08-03", "schade"), quiet=NO_FOURTH)
        | verslag("2026-08", "gehouden: false"),
        {"2026-08-28": f"te-laat 2026-06-25 VT-6.1 {DIENST}"},
    ),
    "moved, it is overdue a day after its own date": (
        dossier(quiet=NO_FOURTH)
        | protocol(
            "kalender.yaml",
            "    2026-07:",
            "    2026-06: {overleg: 2026-06-18, aankondiging: 2026-06-11, reden: test}\n    2026-07:",
        ),
        {"2026-06-18": "", "2026-06-19": f"te-laat 2026-06-18 VT-6.1 {DIENST}"},
    ),
    "cancelled, it goes along to the next": (
        dossier(quiet=NO_FOURTH)
        | protocol("kalender.yaml", "    2026-07:", "    2026-06: {vervalt: true, reden: test}\n    2026-07:"),
        {"2026-08-27": "", "2026-08-28": f"te-laat 2026-08-27 VT-6.1 {DIENST}"},
    ),
    "visit to plan, and overdue": (
        dossier(quiet=NO_VISIT),
        {
            "2026-04-02": "",
            "2026-04-03": f"plannen 2026-05-01 VT-7.1 {DIENST}",
            "2026-05-01": f"plannen 2026-05-01 VT-7.1 {DIENST}",
            "2026-05-02": f"te-laat 2026-05-01 VT-7.1 {DIENST}",
        },
    ),
    "as configured": (
        SOON | dossier("VT-2026-001", bezoek("eindevaluatie", "2027-02-01"), vraag("2026-08-03"), quiet=NO_VISIT),
        {
            "2026-03-19": "",
            "2026-03-20": f"plannen 2026-05-01 VT-7.1 {DIENST}",
            "2026-08-03": f"te-laat 2026-05-01 VT-7.1 {DIENST}; te-laat 2026-06-25 VT-6.1 {DIENST}; vraag 2026-08-08"
            " VT-5.2 Alfa",
            "2027-01-28": f"te-laat 2026-05-01 VT-7.1 {DIENST}; vraag 2026-08-08 VT-5.2 Alfa; te-laat 2026-12-31 VT-6.1"
            f" {DIENST}",
            "2027-01-29": f"te-laat 2026-05-01 VT-7.1 {DIENST}; vraag 2026-08-08 VT-5.2 Alfa; te-laat 2026-12-31 VT-6.1"
            f" {DIENST}; bevestigen 2027-02-01 VT-7.3 {ALFA}",
        },
    ),
    "visit held": (dossier(), {"2026-05-05": f"bevestigen 2026-05-06 VT-7.1 {ALFA}", "2026-05-06": ""}),
    "visit agreed: to confirm, then without report": (
        dossier(quiet=(FIRST, bezoek("huisbezoek-3m", "2026-05-06", "uur: 10:00"))),
        {
            "2026-04-21": "",
            "2026-04-22": f"bevestigen 2026-05-06 VT-7.1 {ALFA}",
            "2026-05-06": f"bevestigen 2026-05-06 VT-7.1 {ALFA}",
            "2026-05-07": f"te-laat 2026-05-06 VT-7.1 {DIENST}",
        },
    ),
    "visit confirmed": (
        dossier(quiet=(FIRST, bezoek("huisbezoek-3m", "2026-05-06", "bevestigd: 2026-04-25"))),
        {"2026-04-24": f"bevestigen 2026-05-06 VT-7.1 {ALFA}", "2026-04-25": "", "2026-05-06": ""},
    ),
    "visit called off: to plan anew; the confirmation was for the other day": (
        dossier(
            quiet=(
                FIRST,
                bezoek("huisbezoek-3m", "2026-04-28", "afgelast: ziek, bevestigd: 2026-04-02"),
                bezoek("huisbezoek-3m", "2026-05-11"),
            )
        ),
        {"2026-04-26": "", "2026-04-27": f"bevestigen 2026-05-11 VT-7.1 {ALFA}"},
    ),
    "visit called off, none agreed": (
        dossier(quiet=(FIRST, bezoek("huisbezoek-3m", "2026-04-28", "afgelast: ziek"))),
        {"2026-04-03": f"plannen 2026-05-01 VT-7.1 {DIENST}", "2026-05-02": f"te-laat 2026-05-01 VT-7.1 {DIENST}"},
    ),
    "extra visit called off": (
        dossier("VT-2026-001", bezoek("extra-1", "2026-08-05", "afgelast: ziek")),
        {"2026-08-01": "", "2026-08-06": ""},
    ),
    "after a handover the next worker confirms": (
        dossier("VT-2026-001", bezoek("extra-1", "2026-09-03"), begeleiding=TO_BETA),
        {"2026-08-25": f"bevestigen 2026-09-03 VT-7.2 {BETA}"},
    ),
    "who replaces the worker confirms, as long as the worker is out": (
        dossier(
            "VT-2026-001",
            f"{ABSENT}, tot: 2026-08-31, vervanger: ALFA-07}}",
            bezoek("extra-1", "2026-08-31"),
            bezoek("extra-2", "2026-09-01"),
        ),
        {"2026-08-20": f"bevestigen 2026-08-31 VT-7.2 Alfa, ALFA-07; bevestigen 2026-09-01 VT-7.2 {ALFA}"},
    ),
    "an evaluation is the worker's to plan, and asks no confirmation": (
        proefwoner(evaluatie("evaluatie-2m", "2026-04-02", "uur: 10:00")),
        {
            "2026-03-03": "",
            "2026-04-02": "",
            "2026-04-03": f"te-laat 2026-04-02 WW-5 {ALFA}",
            "2026-05-04": f"te-laat 2026-04-02 WW-5 {ALFA}; plannen 2026-06-01 WW-5 {ALFA}",
        },
    ),
    "an evaluation held later takes the place of one missed": (
        proefwoner(*DONE[1:], evaluatie("eindevaluatie", "2026-10-01", "uur: 9:00")),
        {"2026-05-31": f"te-laat 2026-04-01 WW-5 {ALFA}", "2026-06-01": ""},
    ),
    "a closed dossier asks nothing": (
        dossier("VT-2026-001", signaal("2026-08-03", "schade"), vraag("2026-08-03"), STOPPED, documenten="", quiet=()),
        {"2026-08-20": "", "2026-12-01": ""},
    ),
    "a refused aanmelding asks nothing": (
        dossier(
            aanmelding="{datum: 2025-12-04, partner: alfa, besluit: {datum: 2026-01-20, uitkomst: geweigerd}}",
            start="",
            documenten="",
            begeleiding="",
            quiet=(),
        ),
        {
            "2026-01-19": f"document 2026-01-19 VT-5.0 {DIENST}",
            "2026-01-20": f"aanmelding 2026-01-27 WW-11 {DIENST}",  # the aanmelder is told
        },
    ),
    # Decisions
    "the last overleg before the end decided nothing": (
        dossier("VT-2026-001", TENTH),
        {"2026-12-30": "", "2026-12-31": f"besluit 2027-02-01 VT-7.3 {DIENST}"},
    ),
    "the last overleg decided that it ends well": (
        dossier("VT-2026-001", TENTH.replace("goed}", "goed, besluit: positief}")),
        {"2026-12-31": "", "2027-01-03": "", "2027-01-04": f"plannen 2027-02-01 VT-7.3 {DIENST}"},
    ),
    "the last overleg extended it": (
        dossier("VT-2026-001", TENTH.replace("goed}", "goed, besluit: verlengen, maanden: 3}")),
        {
            "2026-12-31": "",
            "2027-01-29": f"uitkomst 2027-01-28 VT-6.5 {DIENST}; plannen 2027-02-01 VT-7.3 {DIENST}",
        },
    ),
    "an overleg after it decided": (
        dossier("VT-2026-001", TENTH, overleg("2027-01-28", "verloop: goed, besluit: positief")),
        {"2027-01-03": f"besluit 2027-02-01 VT-7.3 {DIENST}", "2027-01-28": f"plannen 2027-02-01 VT-7.3 {DIENST}"},
    ),
    "the final evaluation decided ahead: its closing is known": (
        dossier("VT-2026-001", TENTH, bezoek("eindevaluatie", "2027-01-18", "besluit: positief")),
        {
            "2027-01-17": f"bevestigen 2027-01-18 VT-7.3 {ALFA}; besluit 2027-02-01 VT-7.3 {DIENST}",
            "2027-01-18": "",
            "2027-02-01": "",
        },
    ),
    "the final evaluation left it open, until an overleg decides": (
        dossier(
            "VT-2026-001",
            TENTH,
            bezoek("eindevaluatie", "2027-02-02", "verloop: goed, bevestigd: 2027-01-04"),
            overleg("2027-03-25", "besluit: positief"),
        ),
        {
            "2027-02-01": f"besluit 2027-02-01 VT-7.3 {DIENST}",
            "2027-02-02": f"besluit 2027-02-25 VT-7.3 {DIENST}",
            "2027-02-26": f"uitkomst 2027-02-25 VT-6.5 {DIENST}; besluit 2027-03-25 VT-7.3 {DIENST}",
            "2027-03-25": "",
        },
    ),
    "a final evaluation that is skipped for the next one": (
        dossier(
            "VT-2026-001",
            TENTH.replace("goed}", "goed, besluit: verlengen, maanden: 3}"),
            *(overleg(day, "verloop: goed") for day in ("2027-01-28", "2027-02-25", "2027-03-25", "2027-04-29")),
            bezoek("eindevaluatie-verlenging-1", "2027-05-03", "verloop: goed, bevestigd: 2027-04-02"),
        ),
        {
            "2027-05-02": f"te-laat 2027-02-01 VT-7.3 {DIENST}",
            "2027-05-03": f"besluit 2027-05-27 VT-7.3 {DIENST}",
        },
    ),
    "in a track that does not join the overleg the end itself is due": (
        proefwoner(*DONE, evaluatie("eindevaluatie", "2026-09-29")),
        {"2026-09-29": f"besluit 2026-10-01 WW-6 {DIENST}", "2026-11-01": f"besluit 2026-10-01 WW-6 {DIENST}"},
    ),
    # Documents
    "consent that comes later": (
        dossier(documenten=f"{{{PAPERS.replace('2026-01-10', '2026-08-10', 1)}}}"),
        {"2026-08-09": f"document 2026-02-01 VT-5.0 {DIENST}", "2026-08-10": ""},
    ),
    "consent withdrawn, and given again": (
        dossier(
            documenten="{toestemmingsverklaring: [{ondertekend: 2026-01-10, ingetrokken: 2026-08-10},"
            " {ondertekend: 2026-08-20}], begeleidingsovereenkomst: 2026-01-10, huurovereenkomst: 2026-01-10}"
        ),
        {
            "2026-08-09": "",
            "2026-08-10": f"document 2026-08-10 VT-5.0 {DIENST}",
            "2026-08-19": f"document 2026-08-10 VT-5.0 {DIENST}",
            "2026-08-20": "",
        },
    ),
    "a lease that comes later": (
        dossier(documenten=f"{{{PAPERS[:-10]}2026-08-10}}"),
        {"2026-01-15": f"document 2026-02-01 VT-1 {DIENST}", "2026-08-09": f"document 2026-02-01 VT-1 {DIENST}"}
        | {"2026-08-10": ""},
    ),
    "a document that no moment asks": (
        OPTIONAL | dossier(documenten="{toestemmingsverklaring: 2026-01-10, begeleidingsovereenkomst: 2026-01-10}"),
        {"2026-08-01": ""},
    ),
    "an aanmelding without start: its consent, from now on": (
        dossier(start="", documenten="", begeleiding="", quiet=()),
        {"2026-08-01": f"document 2026-08-01 VT-5.0 {DIENST}"},
    ),
    # Who guides
    "a gap ahead, and now": (
        dossier(begeleiding=TO_BETA_LATER),
        {
            "2026-07-01": "geen-begeleiding 2026-09-01 VT-4 Alfa",
            "2026-09-30": "geen-begeleiding 2026-09-01 VT-4 Alfa",
            "2026-10-01": "",
        },
    ),
    "a handover without gap": (dossier(begeleiding=TO_BETA), {"2026-07-01": "", "2026-09-01": ""}),
    "nobody takes over": (
        dossier(begeleiding=ENDED),
        {"2026-07-01": "geen-begeleiding 2026-09-01 VT-4 Alfa", "2026-12-01": "geen-begeleiding 2026-09-01 VT-4 Alfa"},
    ),
    "guided until the end": (dossier(begeleiding=ENDED.replace("2026-08-31", "2027-02-01")), {"2026-12-01": ""}),
    "guided until the end, and running on": (
        dossier("VT-2026-001", TENTH, begeleiding=ENDED.replace("2026-08-31", "2027-02-01")),
        {
            "2027-02-01": f"besluit 2027-02-01 VT-7.3 {DIENST}; plannen 2027-02-01 VT-7.3 {DIENST}",
            "2027-02-02": f"besluit 2027-02-01 VT-7.3 {DIENST}; te-laat 2027-02-01 VT-7.3 {DIENST};"
            " geen-begeleiding 2027-02-02 VT-4 Alfa",
        },
    ),
    "a gap after a closing that is known": (
        dossier(
            "VT-2026-001",
            TENTH,
            bezoek("eindevaluatie", "2027-01-18", "besluit: positief, bevestigd: 2027-01-04"),
            begeleiding=ENDED.replace("2026-08-31", "2027-01-31"),
        ),
        {
            "2027-01-17": f"besluit 2027-02-01 VT-7.3 {DIENST}; geen-begeleiding 2027-02-01 VT-4 Alfa",
            "2027-01-18": "",
        },
    ),
    "a gap before the start": (
        dossier(
            begeleiding="[{partner: alfa, begeleider: ALFA-01, vanaf: 2025-12-10, tot: 2025-12-20}, "
            "{partner: beta, begeleider: BETA-02, vanaf: 2026-02-01}]",
        ),
        {"2026-01-15": ""},
    ),
    "no end known": (
        dossier("WB-2026-001", quiet=(), begeleiding=ENDED, **WB),
        {"2026-07-01": "geen-begeleiding 2026-09-01 VT-4 Alfa"},
    ),
    "worker out, until a replacement is known": (
        dossier("VT-2026-001", f"{ABSENT}}}", "{soort: afwezigheid, datum: 2026-08-20, vervanger: ALFA-07}"),
        {
            "2026-08-09": "",
            "2026-08-10": "afwezig 2026-08-10 VT-3.1 Alfa",
            "2026-08-19": "afwezig 2026-08-10 VT-3.1 Alfa",
            "2026-08-20": "",
        },
    ),
    "worker out, until back": (
        dossier("VT-2026-001", f"{ABSENT}, tot: 2026-08-20}}"),
        {"2026-08-20": "afwezig 2026-08-10 VT-3.1 Alfa", "2026-08-21": ""},
    ),
    "worker out, until another takes over": (
        dossier("VT-2026-001", f"{ABSENT}}}", begeleiding=TO_BETA),
        {"2026-08-31": "afwezig 2026-08-10 VT-3.1 Alfa", "2026-09-01": ""},
    ),
    "a question, until it is answered": (
        dossier("VT-2026-001", vraag("2026-08-03", "beantwoord: 2026-08-25, antwoord: goed")),
        {
            "2026-08-02": "",
            "2026-08-03": "vraag 2026-08-17 VT-5.2 Alfa",
            "2026-08-24": "vraag 2026-08-17 VT-5.2 Alfa",
            "2026-08-25": "",
        },
    ),
    "a question goes to who guides now": (
        dossier("VT-2026-001", vraag("2026-08-03"), begeleiding=TO_BETA),
        {"2026-08-31": "vraag 2026-08-17 VT-5.2 Alfa", "2026-09-01": "vraag 2026-08-17 VT-5.2 Beta"},
    ),
    # What an overleg leaves
    "to be discussed, until it is recorded": (
        dossier("VT-2026-001", signaal("2026-08-03", "schade"), overleg("2026-09-24", "verloop: moeilijk")),
        {
            "2026-08-27": "",
            "2026-08-28": f"uitkomst 2026-08-27 VT-6.5 {DIENST}",
            "2026-09-23": f"uitkomst 2026-08-27 VT-6.5 {DIENST}",
            "2026-09-24": "",
        },
    ),
    "recorded on its day": (
        dossier("VT-2026-001", signaal("2026-08-03", "schade"), overleg("2026-08-27")),
        {"2026-08-28": "", "2026-09-24": "", "2026-09-25": f"uitkomst 2026-09-24 VT-6.5 {DIENST}"},
    ),
    "each overleg by itself": (
        dossier("VT-2026-001", signaal("2026-08-03", "schade", "afgesloten: 2026-09-24")),
        {"2026-10-30": f"uitkomst 2026-08-27 VT-6.5 {DIENST}; uitkomst 2026-09-24 VT-6.5 {DIENST}"},
    ),
    "not to be discussed": (
        dossier("VT-2026-001", signaal("2026-08-03", "schade", "afgesloten: 2026-08-26")),
        {"2026-08-28": ""},
    ),
    "dropped: nothing to record": (
        dossier("VT-2026-001", signaal("2026-08-03", "schade", "afgesloten: 2026-09-01"))
        | verslag("2026-08", "vervalt: loopt goed"),
        {"2026-08-28": ""},
    ),
    "a question of Vivendo in another track": (
        dossier("WB-2026-001", ASKED, quiet=(), **WB),
        {"2026-08-27": "", "2026-08-28": f"uitkomst 2026-08-27 VT-6.5 {DIENST}"},
    ),
    "a question of Vivendo in another track, recorded": (
        dossier("WB-2026-001", ASKED, overleg("2026-08-27", "conclusie: in orde"), quiet=(), **WB),
        {"2026-08-28": ""},
    ),
    "before the register was worked with": (
        organisatie("werklijst: {vanaf: 2026-08-28}") | dossier("VT-2026-001", signaal("2026-08-03", "schade")),
        {"2026-08-28": "", "2026-09-25": f"uitkomst 2026-09-24 VT-6.5 {DIENST}"},
    ),
    "from the day on which the register is worked with": (
        organisatie("werklijst: {vanaf: 2026-08-27}") | dossier("VT-2026-001", signaal("2026-08-03", "schade")),
        {"2026-08-28": f"uitkomst 2026-08-27 VT-6.5 {DIENST}"},
    ),
    "a track that meets on a day of its own": (
        OWN_DAY
        | dossier(
            "VT-2026-001",
            signaal("2026-08-03", "schade"),
            quiet=(
                overleg("2026-03-03", "moment: overleg-1m, verloop: goed"),
                VISIT,
                overleg("2026-06-02", "moment: overleg-4m, verloop: goed"),
            ),
        ),
        {"2026-08-04": "", "2026-08-05": f"uitkomst 2026-08-04 VT-6.5 {DIENST}"},
    ),
    # The end, and after
    "a service that waits longer than the term": (
        proefwoner(*DONE[:1], f"{DIENST_LATER}, gestart: 2026-07-01}}"),
        {"2026-06-01": f"plannen 2026-06-01 WW-5 {ALFA}; dienst 2026-10-01 WW-10 {DIENST}"},
    ),
    "a service that started": (proefwoner(*DONE, f"{DIENST_LATER}, gestart: 2026-07-01}}"), {"2026-08-02": ""}),
    "a service on the last day": (proefwoner(*DONE, f"{DIENST_LATER.replace('10-02', '10-01')}}}"), {"2026-08-02": ""}),
    "a service in a track of which the steering group hears nothing": (
        dossier("VT-2026-001", "{soort: dienst, datum: 2026-08-03, naam: poetshulp, verwacht: 2027-06-01}"),
        {"2026-08-03": ""},
    ),
    "no anchor": (
        proefwoner(*DONE, FINAL),
        {"2026-09-30": "", "2026-10-01": f"ankerfiguur 2026-10-01 WW-11 {DIENST}"},
    ),
    "an anchor": (proefwoner(*DONE, FINAL, ankerfiguur="huisarts"), {"2026-10-01": ""}),
    "a follow-up": (
        proefwoner(*DONE, FINAL)
        | dossier(
            "ZH-2026-001",
            quiet=(),
            traject="zittende-huurder",
            vervolg_op="PW-2026-001",
            start="",
            begeleiding="",
            documenten="{toestemmingsverklaring: 2026-01-10}",
        ),
        {"2026-10-01": ""},
    ),
    "a follow-up that was refused": (
        proefwoner(*DONE, FINAL)
        | dossier(
            "ZH-2026-001",
            quiet=(),
            traject="zittende-huurder",
            vervolg_op="PW-2026-001",
            start="",
            begeleiding="",
            documenten="{toestemmingsverklaring: 2026-01-10}",
            aanmelding="{datum: 2026-09-20, partner: alfa, besluit: {datum: 2026-09-28, uitkomst: geweigerd}}",
        ),
        {"2026-10-01": f"ankerfiguur 2026-10-01 WW-11 {DIENST}; aanmelding 2026-10-05 WW-11 {DIENST}"},
    ),
    "ended badly: nobody is asked to stay": (
        proefwoner(*DONE, FINAL.replace("toewijzing", "negatief")),
        {"2026-10-01": ""},
    ),
    "kept long enough": (
        KEPT | dossier("VT-2026-001", STOPPED),
        {"2028-08-19": "", "2028-08-20": f"bewaartermijn 2028-08-20 PRIVACY {DIENST}"},
    ),
}


def of_dossiers(tasks: list[Taak]) -> str:
    return "; ".join(f"{task.soort} {task.tegen} {task.regel} {task.wie}" for task in tasks if task.id)


@pytest.mark.parametrize(("files", "days"), TASKS.values(), ids=TASKS)
def test_what_a_dossier_asks(register: Make, files: Files, days: dict[str, str]) -> None:
    standen = read(register(files))
    assert [found for found in check(standen, LATER, LATER) if found.level == "fout"] == []
    asked = {day: of_dossiers(make_werklijst(standen, date.fromisoformat(day))) for day in days}
    assert asked == days


# Of an overleg: kind, due date, rule, month, partner. The notice of 24 September 2026 is on the 17th.
MINE, BETAS = dossier(), dossier("VT-2026-002", aanmelding="{datum: 2025-12-04, partner: beta}", begeleiding=TO_BETA)
HELD = dossier("VT-2026-001", overleg("2026-09-24", "conclusie: in orde"))
BEFORE, OFTEN = (
    "werklijst: {vanaf: 2026-09-18}",
    "werklijst: {vanaf: 2026-09-01, aankondiging_dagen: 2, conclusies_dagen: 3}",
)
SINCE = organisatie(BEFORE)
NOTICE, CONCLUSIONS = "aankondiging 2026-09-17 VT-6.2 2026-09 alfa", "conclusies 2026-10-01 VT-6.5 2026-09 alfa"
COLLIDING = protocol(
    "kalender.yaml",
    "    2026-07:",
    "    2026-11: {overleg: 2026-11-11, aankondiging: 2026-11-05, reden: test}\n"
    "    2026-12: {aankondiging: 2026-12-25, reden: test}\n    2026-07:",
)
ARMISTICE, CHRISTMAS = "feestdag 2026-11-11 VT-6.2 2026-11", "feestdag 2026-12-25 VT-6.2 2026-12"
OF_OVERLEG: dict[str, tuple[Files, dict[str, str]]] = {
    "notice, a week before it until the overleg": (
        SINCE | MINE,
        {"2026-09-09": "", "2026-09-10": NOTICE, "2026-09-24": NOTICE, "2026-09-25": ""},
    ),
    "notice, as configured": (organisatie(OFTEN) | MINE, {"2026-09-14": "", "2026-09-15": NOTICE}),
    "notice sent": (
        SINCE | MINE | verslag("2026-09", "aankondiging_verstuurd: 2026-09-16"),
        {"2026-09-15": NOTICE, "2026-09-16": "", "2026-09-20": ""},
    ),
    "notice of a moved overleg": (
        SINCE
        | MINE
        | protocol(
            "kalender.yaml",
            "    2026-07:",
            "    2026-09: {overleg: 2026-09-29, aankondiging: 2026-09-22, reden: test}\n    2026-07:",
        ),
        {"2026-09-14": "", "2026-09-15": "aankondiging 2026-09-22 VT-6.2 2026-09 alfa"},
    ),
    "notice of a cancelled or dropped overleg": (
        SINCE | MINE | verslag("2026-09", "vervalt: loopt goed"),
        {"2026-07-23": "", "2026-09-17": ""},
    ),
    "notice to every partner with running dossiers": (
        SINCE | MINE | BETAS,
        {"2026-09-10": f"{NOTICE}; {NOTICE.replace('alfa', 'beta')}"},
    ),
    "conclusions of an overleg with an entry": (
        SINCE | HELD,
        {"2026-09-24": NOTICE, "2026-09-25": CONCLUSIONS, "2026-10-14": CONCLUSIONS},
    ),
    "conclusions of an overleg that is said to be held": (
        SINCE | MINE | verslag("2026-09", "gehouden: true"),
        {"2026-09-25": CONCLUSIONS},
    ),
    "conclusions, as configured": (
        organisatie(OFTEN) | HELD,
        {"2026-09-25": CONCLUSIONS.replace("10-01", "09-27")},
    ),
    "conclusions sent": (
        SINCE | HELD | verslag("2026-09", "conclusies_verstuurd: 2026-09-28"),
        {"2026-09-27": CONCLUSIONS, "2026-09-28": ""},
    ),
    "no overleg, no conclusions": (
        SINCE | HELD | verslag("2026-09", "gehouden: false"),
        {"2026-09-25": ""},
    ),
    "conclusions of a track that meets on a day of its own": (
        SINCE
        | OWN_DAY
        | dossier("VT-2026-001", overleg("2026-09-01", "conclusie: in orde"), quiet=(VISIT,), start="2026-02-01"),
        {"2026-09-25": CONCLUSIONS},
    ),
    "conclusions go to who guided on the day": (
        SINCE | BETAS | dossier("VT-2026-003", overleg("2026-09-24"), begeleiding=TO_BETA),
        {"2026-09-25": f"{CONCLUSIONS}; {CONCLUSIONS.replace('alfa', 'beta')}"},
    ),
    "holidays, a year ahead until the day itself": (
        COLLIDING,
        {
            "2025-11-09": "",
            "2025-11-10": ARMISTICE,
            "2026-11-11": f"{ARMISTICE}; {CHRISTMAS}",
            "2026-11-12": CHRISTMAS,
            "2026-12-26": "",
        },
    ),
    "holiday of a month moved over the turn of the year": (
        protocol("kalender.yaml", "    2026-07:", "    2026-12: {overleg: 2027-01-01, reden: test}\n    2026-07:"),
        {"2027-01-01": "feestdag 2027-01-01 VT-6.2 2026-12"},
    ),
    "holiday of a track that meets on a day of its own": (
        {path: text.replace("1TU", "2WE") for path, text in OWN_DAY.items()},
        {"2026-11-11": ARMISTICE},
    ),
}


@pytest.mark.parametrize(("files", "days"), OF_OVERLEG.values(), ids=OF_OVERLEG)
def test_what_an_overleg_asks(register: Make, files: Files, days: dict[str, str]) -> None:
    standen = read(register(files))
    assert [found for found in check(standen, LATER, LATER) if found.level == "fout"] == []
    found = {day: make_werklijst(standen, date.fromisoformat(day)) for day in days}
    asked = {
        day: "; ".join(
            " ".join(filter(None, (task.soort, str(task.tegen), task.regel, task.maand, task.partner)))
            for task in tasks
            if not task.id
        )
        for day, tasks in found.items()
    }
    assert asked == days


# What a partner is asked: kind, day, dossier, who.
AGREED = bezoek("extra-1", "2026-09-03", "uur: 14:00")
SURE = bezoek("extra-1", "2026-09-03", "uur: 14:00, bevestigd: 2026-08-12")
WITHDRAWN = {
    "documenten": "{toestemmingsverklaring: {ondertekend: 2026-01-10, ingetrokken: 2026-08-10},"
    " begeleidingsovereenkomst: 2026-01-10, huurovereenkomst: 2026-01-10}"
}
BY_BETA = {"aanmelding": "{datum: 2025-12-04, partner: beta}"}
CAN = "agenda 2026-08-26 VT-2026-001"
FOR_PARTNER: dict[str, tuple[Files, str, dict[str, str]]] = {
    "a question": (
        dossier("VT-2026-001", vraag("2026-08-03", "beantwoord: 2026-08-20")),
        "alfa",
        {
            "2026-08-02": f"{CAN} Alfa",
            "2026-08-03": f"vraag 2026-08-17 VT-2026-001 Alfa; {CAN} Alfa",
            "2026-08-20": f"{CAN} Alfa",
        },
    ),
    "a question without consent": (
        dossier("VT-2026-001", vraag("2026-08-03"), **WITHDRAWN),
        "alfa",
        {"2026-08-09": f"vraag 2026-08-17 VT-2026-001 Alfa; {CAN} Alfa", "2026-08-10": f"{CAN} Alfa"},
    ),
    "a question is for who guides, not for who referred": (
        dossier("VT-2026-001", vraag("2026-08-03"), **BY_BETA),
        "beta",
        {"2026-08-10": ""},
    ),
    "before anyone guides it is for who referred": (
        dossier("VT-2026-001", vraag("2026-01-12"), quiet=(), **BY_BETA),
        "beta",
        {"2026-01-20": "vraag 2026-01-26 VT-2026-001 Beta", "2026-02-01": ""},
    ),
    "from a handover on nothing is for the former guide": (
        dossier("VT-2026-001", vraag("2026-08-03"), AGREED, begeleiding=TO_BETA, **BY_BETA),
        "alfa",
        {"2026-08-31": "vraag 2026-08-17 VT-2026-001 Alfa; agenda 2026-09-23 VT-2026-001 Alfa", "2026-09-01": ""},
    ),
    "from a handover on it is for the next": (
        dossier("VT-2026-001", vraag("2026-08-03"), AGREED, begeleiding=TO_BETA),
        "beta",
        {
            "2026-08-31": "",
            "2026-09-01": f"vraag 2026-08-17 VT-2026-001 Beta; bevestigen 2026-09-03 VT-2026-001 {BETA};"
            " agenda 2026-09-23 VT-2026-001 Beta",
        },
    ),
    "who referred and guides next is asked to join by its own worker": (
        dossier("VT-2026-001", AGREED, begeleiding=TO_BETA, **BY_BETA),
        "beta",
        {"2026-08-25": f"bevestigen 2026-09-03 VT-2026-001 {BETA}"},
    ),
    "visits of a month ahead": (
        dossier("VT-2026-001", SURE),
        "alfa",
        {
            "2026-08-03": f"{CAN} Alfa",
            "2026-08-04": f"{CAN} Alfa; bevestigen 2026-09-03 VT-2026-001 {ALFA}",
            "2026-08-12": f"{CAN} Alfa; bezoek 2026-09-03 VT-2026-001 {ALFA}",
            "2026-09-03": f"bezoek 2026-09-03 VT-2026-001 {ALFA}; agenda 2026-09-23 VT-2026-001 Alfa",
            "2026-09-04": "agenda 2026-09-23 VT-2026-001 Alfa",
        },
    ),
    "visits are dates: also without consent": (
        dossier("VT-2026-001", AGREED, **WITHDRAWN),
        "alfa",
        {"2026-08-20": f"{CAN} Alfa; bevestigen 2026-09-03 VT-2026-001 {ALFA}"},
    ),
    "an evaluation asks no confirmation": (
        proefwoner(*DONE, evaluatie("eindevaluatie", "2026-09-03", "uur: 9:00")),
        "alfa",
        {"2026-08-20": f"bezoek 2026-09-03 PW-2026-001 {ALFA}"},
    ),
    "until the eve of the overleg, then for the next": (
        dossier(),
        "alfa",
        {"2026-08-26": f"{CAN} Alfa", "2026-08-27": "agenda 2026-09-23 VT-2026-001 Alfa"},
    ),
    "what is on the agenda can no longer be put there": (
        dossier("VT-2026-001", signaal("2026-08-03", "schade", "afgesloten: 2026-08-10")),
        "alfa",
        {"2026-08-02": f"{CAN} Alfa", "2026-08-03": "", "2026-08-10": f"{CAN} Alfa"},
    ),
    "asked is asked": (
        dossier("VT-2026-001", ASKED.replace("vivendo", "partner")),
        "alfa",
        {"2026-08-11": f"{CAN} Alfa", "2026-08-12": "", "2026-08-27": "agenda 2026-09-23 VT-2026-001 Alfa"},
    ),
    "only who guides may ask": (dossier(**BY_BETA), "beta", {"2026-08-10": ""}),
    "not where the overleg is dropped": (
        dossier() | verslag("2026-08", "vervalt: loopt goed"),
        "alfa",
        {"2026-08-10": ""},
    ),
    "not what starts after the overleg": (
        dossier(begeleiding=f"[{GUIDE.replace('2026-02', '2026-01')}]"),
        "alfa",
        {"2026-01-28": "", "2026-01-29": "agenda 2026-02-25 VT-2026-001 Alfa"},
    ),
    "not what is closed by then": (
        dossier("VT-2026-001", TENTH, bezoek("eindevaluatie", "2027-01-04", "wooncultuur: goed, besluit: positief")),
        "alfa",
        {"2027-01-27": "agenda 2027-01-27 VT-2026-001 Alfa", "2027-01-28": ""},
    ),
    "not in a track outside the overleg": (dossier("WB-2026-001", quiet=(), **WB), "alfa", {"2026-08-10": ""}),
    "a track that meets on a day of its own": (
        OWN_DAY | dossier(quiet=(VISIT,), start="2026-05-05"),
        "alfa",
        {"2026-05-20": "agenda 2026-06-01 VT-2026-001 Alfa"},
    ),
    "no longer seen": (
        KEPT | dossier("VT-2026-001", vraag("2026-08-03"), STOPPED),
        "alfa",
        {"2026-08-20": "", "2027-06-01": ""},
    ),
}


@pytest.mark.parametrize(("files", "partner", "days"), FOR_PARTNER.values(), ids=FOR_PARTNER)
def test_what_a_partner_is_asked(register: Make, files: Files, partner: str, days: dict[str, str]) -> None:
    standen = read(register(files))
    assert [found for found in check(standen, LATER, LATER) if found.level == "fout"] == []
    found = {day: make_partnerlijst(standen, partner, date.fromisoformat(day)) for day in days}
    asked = {
        day: "; ".join(f"{task.soort} {task.tegen} {task.id} {task.wie}" for task in tasks)
        for day, tasks in found.items()
    }
    assert asked == days
    assert {task.partner for tasks in found.values() for task in tasks} <= {partner}


# The command, the demonstration


def told(*arguments: str, root: Path = PROJECT) -> str:
    result = CliRunner().invoke(cli, ["werklijst", *arguments, "--root", str(root), "--date", str(VANDAAG)])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_command_says_who_does_what_and_why(register: Make) -> None:
    root = register(dossier("VT-2026-001", signaal("2026-11-03", "veiligheid"), vraag("2026-11-10")))
    text = told(root=root)
    assert text.startswith(
        "2026-11-03  VT-2026-001               gevaar gemeld, nog niet afgesloten (VT-5.3; Bewonerscontacten)\n"
    )
    asked = "VT-2026-001               onze vraag over de begeleiding is nog niet beantwoord (VT-5.2; Alfa)\n"
    assert told("--partner", "alfa", root=root).startswith(f"2026-11-24  {asked}")
    assert told("--partner", "beta", root=root) == "Er is niets te doen.\n"


def test_the_json_has_every_field(register: Make) -> None:
    root = register(dossier("VT-2026-001", vraag("2026-11-10")))
    found = json.loads(told("--partner", "alfa", "--format", "json", root=root))
    first = {
        "soort": "vraag",
        "id": "VT-2026-001",
        "traject": "versnelde-toewijzing",
        "partner": "alfa",
        "reden": "onze vraag over de begeleiding is nog niet beantwoord",
        "regel": "VT-5.2",
        "tegen": "2026-11-24",
        "wie": "Alfa",
        "maand": None,
    }
    assert (found["datum"], found["taken"][0]) == (str(VANDAAG), first)


def test_an_unknown_partner_and_a_register_with_errors(register: Make) -> None:
    def refused(root: Path, *arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(cli, ["werklijst", "--root", str(root), *arguments])
        return result.exit_code, result.output

    root = register(dossier())
    code, output = refused(root, "--partner", "zeta")
    assert (code, "de partner zeta bestaat niet (wel: alfa, beta, gamma" in output) == (2, True)
    code, output = refused(register(dossier(begeleiding=ENDED.replace("2026-02-01", "2026-03-01"))))
    assert (code, "fout VT-4" in output) == (1, True)


def test_the_list_of_the_demonstration() -> None:
    """What every audience is asked: `make accept` writes it anew, and you review the difference."""
    partners = [who.partner for who in audiences(read(PROJECT).register) if who.partner]
    lists = {"coördinatie": told()} | {partner: told("--partner", partner) for partner in partners}
    made, expected = "".join(f"# {who}\n\n{text}\n" for who, text in lists.items()), TESTS / "werklijst.txt"
    if os.environ.get("ACCEPT"):
        expected.write_text(made, encoding="utf-8")
    assert made == expected.read_text(encoding="utf-8")


def test_the_pages_show_it(register: Make) -> None:
    """Who coordinates gets every task, each partner its own with a mail that carries the reference alone."""
    root = register(dossier("VT-2026-001", vraag("2026-11-10"), bezoek("extra-1", "2026-12-01", "uur: 10:00")))
    standen = read(root)
    pages = {
        who.naam: next(make_pages(make_view(standen, History(), who, VANDAAG, GEHEIM), read_sources(root).texts)).html
        for who in audiences(standen.register)
    }
    assert "onze vraag over de begeleiding is nog niet beantwoord" in pages["coordinatie"]
    assert "onze vraag" not in pages["publiek"]
    mails = re.findall(r'href="(mailto:[^"]+)"', pages["partners/alfa"])
    subjects = [
        "Antwoord%20over%20VT-2026-001",
        *["Bezoek%20bij%20VT-2026-001"] * 2,
        "Graag%20bespreken%3A%20VT-2026-001",
    ]
    assert sorted(mails) == sorted(f"mailto:dienst@huisvester.example?subject={subject}" for subject in subjects)
    assert "Tot en met wo 25 november 2026" in pages["partners/alfa"]
    assert "lawaai" not in "".join(pages.values())


# Whatever a register holds

RULES_KNOWN = {"PRIVACY"} | {
    regel.id
    for versies in read(PROJECT).register.trajecten.values()
    for versie in versies
    for regel in versie.regels.regels
}


@given(registers())
@settings(max_examples=25)
def test_every_list_is_in_order_and_cites_rules(geval: Geval) -> None:
    """A danger first, then by due date, what only tidies up last; no text of a dossier, nothing twice."""
    for op in (geval.op, date(2025, 11, 3), date(2029, 2, 28)):
        lists = [make_werklijst(geval.standen, op), *(make_partnerlijst(geval.standen, p, op) for p in PARTNERS)]
        for tasks in lists:
            places = [({"veiligheid": 0, "bewaartermijn": 2}.get(task.soort, 1), task.tegen) for task in tasks]
            assert places == sorted(places)
            assert len(set(tasks)) == len(tasks)
            assert {task.regel for task in tasks} <= RULES_KNOWN
            assert secrets_in(tasks) == set()
            assert all(task.reden and task.wie for task in tasks)
            assert {task.id for task in tasks if task.id} <= geval.register.dossiers.keys()


@given(registers())
@settings(max_examples=25)
def test_a_partner_is_asked_nothing_of_what_it_may_not_see(geval: Geval) -> None:
    """Nor who guides at another organisation; nor a question without the tenant's consent (VT-4, VT-5.0)."""
    standen = geval.standen
    for partner in PARTNERS:
        for task in make_partnerlijst(standen, partner, geval.op):
            assert task.id is not None
            dossier = geval.register.dossiers[task.id]
            assert ziet(standen, dossier, partner, geval.op)
            assert task.partner == partner
            assert task.wie.split(", ")[0] == geval.register.partners[partner].naam
            assert task.soort != "vraag" or leest(standen, dossier, partner, geval.op)


@given(registers())
@settings(max_examples=25)
def test_what_is_closed_asks_little(geval: Geval) -> None:
    """A closed dossier leaves a danger, an anchor figure, word to the aanmelder and its removal: nothing else."""
    standen = geval.standen
    running = {d.id for d in geval.dossiers if standen.stand(d, geval.op).fase in (*LOPEND, "aangemeld")}
    for task in make_werklijst(standen, geval.op):
        if task.id and task.id not in running:
            assert task.soort in ("veiligheid", "ankerfiguur", "aanmelding", "bewaartermijn", "mail-onzeker")
