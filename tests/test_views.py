"""What reaches pages: facts up to the day alone, the rules of that day, and text as it was typed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import cli
from generator.history import History, read_history
from generator.model.view import COORDINATIE, PUBLIEK, Dossierblad
from generator.render.pages import make_pages
from generator.sources import read_sources
from generator.traject import Standen
from generator.views import audiences, make_bladen, make_view, part_of
from tests.conftest import GEHEIM, PROJECT, VANDAAG, findings_of, read

MAAK = Callable[..., Path]
DOSSIER = """\
id: VT-2026-001
traject: versnelde-toewijzing
start: 2026-02-01
aanmelding: {datum: 2025-12-04, partner: alfa, besluit: {datum: 2025-12-20, uitkomst: toegelaten}}
documenten:
  toestemmingsverklaring: {ondertekend: 2026-01-15, ingetrokken: 2026-09-01}
  begeleidingsovereenkomst: 2026-01-19
  huurovereenkomst: 2026-01-19
begeleiding:
  - {partner: alfa, begeleider: ALFA-01, vanaf: 2026-02-01}
logboek:
  - {soort: signaal, datum: 2026-03-01, aard: schade, omschrijving: lek, afgesloten: 2026-08-01}
  - {soort: informatievraag, datum: 2026-04-01, vraag: hoe gaat het, beantwoord: 2026-07-01, antwoord: goed}
  - {soort: huisbezoek, datum: 2026-06-02, uur: 10:00, moment: huisbezoek-3m, wooncultuur: aandacht, bevindingen: vuil}
  - {soort: contact, datum: 2026-06-03, doorgegaan: true}
"""


def seen_on(root: Path, op: date) -> Dossierblad:
    (found,) = make_bladen(read(root), History(), COORDINATIE, op)
    return found


@pytest.mark.parametrize(
    ("op", "kinds", "texts"),
    [
        (date(2026, 5, 15), ["signaal", "informatievraag", "huisbezoek"], {"lek", "hoe gaat het"}),
        (date(2026, 6, 2), ["signaal", "informatievraag", "huisbezoek"], {"lek", "hoe gaat het", "vuil"}),
        (
            date(2026, 11, 1),
            ["signaal", "informatievraag", "huisbezoek", "contact"],
            {"lek", "hoe gaat het", "vuil", "goed"},
        ),
    ],
)
def test_only_what_was_known_that_day(register: MAAK, op: date, kinds: list[str], texts: set[str]) -> None:
    """A later visit is an appointment, whatever else it says; other later facts do not exist yet."""
    shown = seen_on(register({"dossiers/VT-2026-001.yaml": DOSSIER}), op).gegevens
    logboek = shown["logboek"]
    assert [item["soort"] for item in logboek] == kinds
    free = {item.get(key) for item in logboek for key in ("omschrijving", "vraag", "antwoord", "bevindingen")}
    assert free - {None} == texts
    assert ("afgesloten" in logboek[0]) == (op >= date(2026, 8, 1))
    consent = shown["documenten"]["toestemmingsverklaring"][0]
    assert ("ingetrokken" in consent) == (op >= date(2026, 9, 1))


def test_before_the_decision(register: MAAK) -> None:
    shown = seen_on(register({"dossiers/VT-2026-001.yaml": DOSSIER}), date(2025, 12, 10)).gegevens
    assert "besluit" not in shown["aanmelding"]
    assert "documenten" not in shown


def test_texts_say_the_rule_of_the_day(register: MAAK) -> None:
    """Another recurrence from a date on is what pages say from then on (VT-6.2)."""
    root = register()
    path = root / "protocol/kalender.yaml"
    change = "  wijzigingen:\n    2026-12-01: {regel: FREQ=MONTHLY;BYDAY=2TU, aankondiging: FREQ=MONTHLY;BYDAY=1TU}\n"
    path.write_text(path.read_text(encoding="utf-8") + change, encoding="utf-8")
    said = [
        make_view(read(root), History(), PUBLIEK, day, GEHEIM).waarden["overleg"]
        for day in (date(2026, 11, 30), date(2026, 12, 1))
    ]
    assert said == ["laatste donderdag van de maand", "tweede dinsdag van de maand"]


def test_names_are_no_markup(register: MAAK) -> None:
    """The organisation's name appears as typed on hand-written pages too."""
    root = register()
    path = root / "protocol/organisatie.yaml"
    text = path.read_text(encoding="utf-8").replace("naam: Huisvester", "naam: <script>x</script> *Woon*_[y](z)")
    path.write_text(text, encoding="utf-8")
    view = make_view(read(root), History(), PUBLIEK, date(2026, 11, 21), GEHEIM)
    for page in make_pages(view, read_sources(root).texts):
        assert "<script>" not in page.html + page.markdown, page.path
        assert "*Woon*_[y](z)" not in page.markdown, page.path


def test_a_track_called_index(register: MAAK) -> None:
    rules = "titel: X\nvoorvoegsel: X\n"
    for name in ("index", "Mijn Traject"):
        root = register({f"protocol/{name}/2026-01-01.yaml": rules})
    assert [finding.path for finding in findings_of(root) if finding.code == "BESTAND"] == [
        "protocol/Mijn Traject/2026-01-01.yaml",
        "protocol/index/2026-01-01.yaml",
    ]


@pytest.mark.parametrize("wrong", ["traject: versnelde-toewijzig", "start: 2019-02-01"])
def test_a_dossier_without_rules_hinders_no_other(register: MAAK, wrong: str) -> None:
    key = wrong.partition(":")[0]
    lines = [wrong if line.startswith(f"{key}:") else line for line in DOSSIER.splitlines()]
    other = "\n".join(lines).replace("VT-2026-001", "VT-2026-002").replace("alfa", "beta")
    root = register({"dossiers/VT-2026-001.yaml": DOSSIER, "dossiers/VT-2026-002.yaml": other})
    options = ["--root", str(root), "--date", "2026-11-21"]
    good = CliRunner().invoke(cli, [*options, "planning", "VT-2026-001"])
    assert good.exit_code == 0, good.output
    bad = CliRunner().invoke(cli, [*options, "agenda", "beta", "2026-11"])
    assert bad.exit_code == 1
    assert "dossiers/VT-2026-002.yaml" in bad.output


def test_an_audience_is_told_of_its_part_of_the_register_alone() -> None:
    """And of its part of the history: what it sees of both is the same."""
    standen, history = read(PROJECT), read_history(PROJECT)
    for audience in audiences(standen.register):
        part = part_of(standen.register, audience)
        told, own = history.met_alleen(part.bronnen), Standen(part)
        assert make_view(own, told, audience, VANDAAG, GEHEIM) == make_view(standen, history, audience, VANDAAG, GEHEIM)
        bladen = [*make_bladen(standen, history, audience, VANDAAG)]
        assert [*make_bladen(own, told, audience, VANDAAG)] == bladen
        assert audience == COORDINATIE or len(part.dossiers) < len(standen.register.dossiers)
        assert {blad.dossier.id for blad in bladen} <= part.dossiers.keys()
