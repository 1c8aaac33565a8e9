"""The protocol pages: rules with their values, places and history, who does what when, and the glossary."""

import ast
import re
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser
from pydantic import BaseModel

from generator import werklijst
from generator.aanmelding import Toestand
from generator.begrippen import check_begrippen, read_begrippen
from generator.checks import dossier, logboek, protocol, woning
from generator.findings import Gestopt
from generator.history import History
from generator.model.begrip import Begrip
from generator.model.dossier import Dossier
from generator.model.protocol import Partner, Soort
from generator.model.protocolview import Pleksoort, ProtocolView, RegelView
from generator.model.view import COORDINATIE, PUBLIEK, Doelgroep, View
from generator.render.begrippen import Woordenlijst
from generator.render.pages import make_dossier_pages, make_pages
from generator.render.protocolpaginas import PLEKSOORTEN, TAKEN, index_of, natural
from generator.render.woorden import woord
from generator.sources import check_sources, read_sources
from generator.traject import Fase, Status
from generator.views import make_bladen, make_view
from generator.vindplaatsen import CONTROLES, WERKLIJST, cited, plekken_in_code
from tests.browser import looking, serving
from tests.conftest import GEHEIM, PROJECT, findings_of, read
from tests.parts import require_command

MAAK = Callable[..., Path]
OP = date(2026, 11, 21)
GLOSSARY = PROJECT / "site/begrippen.yaml"
KT = """\
titel: Kort traject
voorvoegsel: KT
overleg: true
documenten: {toestemmingsverklaring: {titel: Toestemming, regel: KT-1}}
termijn: 6
momenten:
  - {id: overleg-2m, soort: overleg, na: 2, titel: Halfweg, regel: KT-2}
  - {id: slot, soort: huisbezoek, na: einde, titel: Slotbezoek, regel: KT-2}
rollen: {huurder: Huurder, partner: Partner, huisvester: "{organisatie}"}
stappen:
  - {wat: Bekijken, regel: KT-2, momenten: [overleg-2m, slot], doet: [partner, huisvester], staat_in: [huisvester]}
  - {wat: Agenda mailen, regel: KT-2, wanneer: "na {overleg-2m} maanden, op de {aankondiging}",
     doet: [huisvester], hoort: [partner], bericht: de agenda}
regels:
  - {id: KT-1, titel: Duur, tekst: "Het traject duurt {termijn} maanden, ook bij {organisatie}."}
  - {id: KT-2, titel: Overleg, tekst: "Op de {overleg} na {overleg-2m} maanden.",
     toepassing: "Na {overleg-2m} maanden."}
  - {id: KT-3, titel: Oud, tekst: Dit gold vroeger.}
"""


def view_of(root: Path, op: date = OP, audience: Doelgroep = PUBLIEK) -> View:
    return make_view(read(root), History(), audience, op, GEHEIM)


def track_of(root: Path, op: date = OP, traject: str = "kort-traject") -> ProtocolView:
    return next(item for item in view_of(root, op).protocollen if item.traject == traject)


def rule_of(track: ProtocolView, name: str) -> RegelView:
    return next(regel for regel in track.alle_regels if regel.id == name)


def pages_of(root: Path, audience: Doelgroep = PUBLIEK, op: date = OP) -> dict[str, str]:
    return {page.path: page.html for page in make_pages(view_of(root, op, audience), read_sources(root).texts)}


# Rules and the code.


def known_rules() -> set[str]:
    return set(re.findall(r"(?m)^  - id: (\S+)$", "".join(p.read_text("utf-8") for p in PROJECT.glob("protocol/*/2*"))))


def citations(tree: ast.AST) -> Iterator[str]:
    """The ids of rules in docstrings, and those that code gives to a finding or a task."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            yield from cited(ast.get_docstring(node) or "")
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from cited(f"({node.value})") if re.fullmatch(r"\S+", node.value) else cited(node.value)


def test_every_rule_that_code_cites_is_known_and_shown() -> None:
    """And the other way round: what a page says of a rule is in the code. Texts for people cite nothing."""
    found = {
        rule
        for path in (PROJECT / "generator").rglob("*.py")
        if path.parent.name != "teksten"
        for rule in citations(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert len(found) > 25
    assert found <= known_rules()
    assert found == plekken_in_code().keys()


@pytest.mark.parametrize("module", [dossier, logboek, protocol, woning])
def test_checks_have_a_name_and_tell_their_rules(module: Any) -> None:
    """A check that cites a rule is shown with it; the codes of its findings are in its docstring."""
    tree = {
        n.name: n for n in ast.parse(Path(module.__file__).read_text("utf-8")).body if isinstance(n, ast.FunctionDef)
    }
    for check in module.CHECKS:
        codes = {rule for node in ast.walk(tree[check.__name__]) for rule in code_of(node)}
        assert codes <= set(cited(check)), check.__name__
        assert bool(cited(check)) == (check in CONTROLES), check.__name__


def code_of(node: ast.AST) -> tuple[str, ...]:
    return cited(f"({node.value})") if isinstance(node, ast.Constant) and re.fullmatch(r"\S+", str(node.value)) else ()


def test_codes_of_the_course_of_a_dossier_are_told() -> None:
    """What `traject` finds is reported by one check."""
    tree = ast.parse((PROJECT / "generator/traject.py").read_text(encoding="utf-8"))
    codes = {rule for node in ast.walk(tree) for rule in code_of(node)}
    assert codes == set(cited(logboek.decisions_hold_together))


def test_tasks_have_a_name() -> None:
    kinds = (*werklijst.PER_DOSSIER, *werklijst.PER_OVERLEG, *werklijst.PER_PARTNER)
    assert {kind for kind in kinds if cited(kind)} == WERKLIJST.keys()
    assert [kind.__name__ for kind in kinds if not cited(kind)] == ["retention"]
    tree = ast.parse(Path(werklijst.__file__).read_text(encoding="utf-8"))
    codes = {rule for node in ast.walk(tree) for rule in code_of(node)}
    assert codes <= {rule for kind in kinds for rule in cited(kind)}


def test_kinds_of_places_and_parts_are_named() -> None:
    assert set(get_args(Pleksoort)) == PLEKSOORTEN.keys()
    assert tuple(TAKEN) == protocol.ROLSLEUTELS


def test_places_come_from_the_data_of_the_track(register: MAAK) -> None:
    track = track_of(register({"protocol/kort-traject/2026-01-01.yaml": KT}))
    first, second = ({(plek.soort, plek.naam) for plek in rule_of(track, name).plekken} for name in ("KT-1", "KT-2"))
    assert ("document", "Toestemming") in first
    assert {("moment", "Halfweg"), ("moment", "Slotbezoek")} <= second
    assert not {soort for soort, _ in first} & {"moment"}
    assert not rule_of(track, "KT-3").plekken


def test_only_pages_that_the_audience_has_are_links() -> None:
    """The link checker of a whole build proves that those are alive."""
    path = "protocol/versnelde-toewijzing.html"
    audiences = (PUBLIEK, COORDINATIE)
    public, all_of_them = (pages_of(PROJECT, audience)[path] for audience in audiences)
    assert 'href="../agenda/index.html"' not in public
    assert "Agenda’s" in public
    assert 'href="../agenda/index.html"' in all_of_them


# Values and history.


def test_values_say_where_they_stand(register: MAAK) -> None:
    track = track_of(register({"protocol/kort-traject/2026-01-01.yaml": KT}))
    file = "protocol/kort-traject/2026-01-01.yaml"
    (term,) = rule_of(track, "KT-1").waarden
    assert (term.naam, term.titel, term.tekst, term.bestand, term.lijn) == ("termijn", "Termijn", "6 maanden", file, 5)
    day, halfway = rule_of(track, "KT-2").waarden
    assert (halfway.tekst, halfway.sleutel, halfway.lijn) == ("2 maanden", "momenten.overleg-2m.na", 7)
    assert (day.tekst, day.bestand, day.sleutel) == (
        "laatste donderdag van de maand", "protocol/kalender.yaml", "overleg.regel",
    )  # fmt: skip


def test_every_placeholder_of_a_rule_is_a_named_value() -> None:
    """In the protocol that comes with the package, apart from who runs the register."""
    for track in view_of(PROJECT).protocollen:
        versie = read(PROJECT).register.trajecten[track.traject][-1].regels
        for regel, shown in zip(versie.regels, track.regels, strict=True):
            names = set(re.findall(r"\{([^}]+)\}", f"{regel.tekst}{regel.toepassing}")) - {"organisatie"}
            assert {waarde.naam for waarde in shown.waarden} == names, regel.id


def three_versions() -> dict[str, str]:
    """A number changes, then a text; a rule goes; another stays the same."""
    second = KT.replace("na: 2,", "na: 3,").replace("Dit gold vroeger", "Dit geldt niet lang meer")
    third = second.replace('"Op de {overleg} na', '"Altijd op de {overleg} na')
    third = re.sub(r"  - \{id: KT-3.*\n", "", third)
    folder = "protocol/kort-traject"
    return {f"{folder}/2026-01-01.yaml": KT, f"{folder}/2026-06-01.yaml": second, f"{folder}/2027-01-01.yaml": third}


@pytest.mark.parametrize(
    ("op", "sinds", "tot", "eerder", "later"),
    [
        (date(2026, 3, 1), "2026-01-01", "2026-06-01", [], ["na 3 maanden", "Altijd"]),
        (date(2026, 11, 21), "2026-06-01", "2027-01-01", ["na 2 maanden"], ["Altijd"]),
        (date(2027, 2, 1), "2027-01-01", "None", ["na 3 maanden", "na 2 maanden"], []),
    ],
)
def test_history_of_a_rule(register: MAAK, op: date, sinds: str, tot: str, eerder: list[str], later: list[str]) -> None:
    track = track_of(register(three_versions()), op)
    rule = rule_of(track, "KT-2")
    assert (str(rule.sinds), str(rule.tot)) == (sinds, tot)
    for said, forms in ((eerder, rule.eerder), (later, rule.later)):
        assert len(said) == len(forms)
        assert all(words in form.tekst for words, form in zip(said, forms, strict=True))
    unchanged = rule_of(track, "KT-1")
    assert (str(unchanged.sinds), unchanged.tot, unchanged.eerder, unchanged.later) == ("2026-01-01", None, (), ())


def test_a_dropped_rule_stays_for_the_dossiers_that_follow_it(register: MAAK) -> None:
    root = register(three_versions())
    track = track_of(root, date(2027, 2, 1))
    (dropped,) = track.vervallen
    assert (dropped.id, str(dropped.tot), dropped.tekst) == ("KT-3", "2027-01-01", "Dit geldt niet lang meer.")
    assert [form.tekst for form in dropped.eerder] == ["Dit gold vroeger."]
    pages = pages_of(root, op=date(2027, 2, 1))
    assert 'id="KT-3"' in pages["protocol/kort-traject.html"]
    assert "vervallen op 1 jan 2027" in pages["protocol/regels.html"]
    assert "Wat de regel zei, van wo 1 juli 2026" not in pages["protocol/kort-traject.html"]
    assert "Wat de regel zei, van do 1 januari 2026 tot ma 1 juni 2026" in pages["protocol/kort-traject.html"]


def test_a_changed_number_changes_text_values_and_table(register: MAAK) -> None:
    """Nothing of it is typed in a template."""
    seen = []
    for number in (4, 5):
        root = register()
        path = root / "protocol/kort-traject/2026-01-01.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(KT.replace("na: 2,", f"na: {number},"), encoding="utf-8")
        html = re.sub(r"<[^>]+>", " ", pages_of(root)["protocol/kort-traject.html"])
        seen.append(re.findall(rf"[nN]a {number} maanden", html))
        assert f"Halfweg:  {number} maanden" in html
    assert len(seen[0]) == len(seen[1]) == 6  # timeline, moment, two steps, text and application of the rule


# Who does what when.


def test_steps_say_when_from_the_moments(register: MAAK) -> None:
    track = track_of(register({"protocol/kort-traject/2026-01-01.yaml": KT}))
    assert [stap.wanneer for stap in track.stappen] == [
        "na 2 maanden en op het einde van de termijn",
        "na 2 maanden, op de voorlaatste donderdag van de maand",
    ]
    html = pages_of(register())["protocol/kort-traject.html"]
    assert '<td data-kop="Huisvester">doet het, staat in</td>' in html
    assert '<td data-kop="Huurder"></td>' in html
    assert "<dd>de agenda</dd>" in html


@pytest.mark.parametrize(
    ("old", "new", "line", "text"),
    [
        ("momenten: [overleg-2m, slot]", "momenten: [overleg-3m]", 11, "moment ‘overleg-3m’ bestaat niet: bedoelt u"),
        ("regel: KT-2, wanneer", "regel: KT-9, wanneer", 12, "regel ‘KT-9’ bestaat niet"),
        ("hoort: [partner]", "hoort: [partners]", 13, "rol ‘partners’ bestaat niet: bedoelt u ‘partner’?"),
        ("na {overleg-2m} maanden, op", "na {overleg-9m} maanden, op", 12, "‘{overleg-9m}’ is geen waarde"),
        ('"{organisatie}"}', '"{organisatei}"}', 9, "‘{organisatei}’ is geen waarde"),
        ("doet: [huisvester], ", "doet: [], ", 13, "deze lijst is leeg"),
        ("doet: [huisvester], ", "doet: huisvester, ", 13, "verwacht een lijst"),
        ("staat_in:", "staat in:", 11, "staat_in"),
        ("doet: [huisvester], ", "", 12, "de sleutel ‘doet’ ontbreekt"),
    ],
)
def test_a_wrong_step_is_told_at_its_place(register: MAAK, old: str, new: str, line: int, text: str) -> None:
    assert KT.count(old) == 1
    root = register({"protocol/kort-traject/2026-01-01.yaml": KT.replace(old, new)})
    (found,) = (item for item in findings_of(root) if item.level == "fout")
    assert (found.path, found.line) == ("protocol/kort-traject/2026-01-01.yaml", line)
    assert text in found.text


def test_every_track_of_the_package_says_who_does_what() -> None:
    standen = read(PROJECT)
    for traject, versies in standen.register.trajecten.items():
        regels = versies[-1].regels
        used = {role for stap in regels.stappen for key in protocol.ROLSLEUTELS for role in getattr(stap, key)}
        assert used == set(regels.rollen), traject


# Pages.


def test_every_rule_has_its_place_and_is_in_the_index() -> None:
    pages, view = pages_of(PROJECT), view_of(PROJECT)
    assert all(track.regels for track in view.protocollen)
    for track in view.protocollen:
        for regel in track.regels:
            assert f'id="{regel.id}"' in pages[f"protocol/{track.traject}.html"]
            assert f'href="../protocol/{track.traject}.html#{regel.id}"' in pages["protocol/regels.html"]


def test_rules_are_in_natural_order() -> None:
    names = ["VT-10", "VT-6.10", "VT-6.2", "VT-0", "WW-1", "VT-6", "A-1", "WW-10", "WW-9"]
    assert sorted(names, key=natural) == ["A-1", "VT-0", "VT-6", "VT-6.2", "VT-6.10", "VT-10", "WW-1", "WW-9", "WW-10"]
    shown = [regel.id for regel, _, _ in index_of(view_of(PROJECT).protocollen)]
    assert len(shown) > 40
    assert shown == sorted(shown, key=natural)


def test_the_overview_of_a_track_is_one_printed_page(published: Path, chromium: Browser, tmp_path: Path) -> None:
    """Term, moments, documents and who is told what on one A4; who does what on the next."""
    pdftotext = require_command("pdftotext", "apt-get install poppler-utils")
    site = published / "build/sites/publiek"
    tracks = [path.name for path in (PROJECT / "protocol").iterdir() if any(path.glob("2*-*-*.yaml"))]
    with serving(site) as url, looking(chromium) as (page, seen):
        for track in tracks:
            page.goto(f"{url}/protocol/{track}.html")
            page.pdf(path=tmp_path / "page.pdf", format="A4")
            command = [pdftotext, "-f", "1", "-l", "3", "-raw", str(tmp_path / "page.pdf"), "-"]
            sheets = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\f")
            assert "Wie hoort wat" in sheets[0], track
            assert sheets[1].startswith("Wie doet wat wanneer"), track
            assert sheets[2].startswith("Regels"), track
    assert not seen.errors


# The glossary.


def words(model: type[BaseModel]) -> Iterator[str]:
    """Every value that a field of a model may have by name, and so of the models below it."""

    def of(annotation: Any) -> Iterator[str]:
        if isinstance(annotation, str):
            yield annotation
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            yield from words(annotation)
        for inner in get_args(annotation):
            yield from of(inner)

    for field in model.model_fields.values():
        yield from of(field.annotation)


def test_every_word_of_the_vocabulary_is_explained() -> None:
    """Phases, statuses, kinds of moments and entries, decisions, courses, reasons, documents, states."""
    begrippen, findings = read_begrippen(GLOSSARY, "site/begrippen.yaml")
    assert findings == []
    known = {form.lower() for name, item in begrippen.items() for form in (name, *item.ook)}
    vocabulary = {*words(Dossier), *words(Partner), *get_args(Fase), *get_args(Status), *get_args(Soort)}
    vocabulary |= set(get_args(Toestand))
    for versies in read(PROJECT).register.trajecten.values():
        vocabulary |= {key.replace("_", " ") for versie in versies for key in versie.regels.documenten}
        vocabulary |= {versie.regels.titel.lower() for versie in versies}
    vocabulary -= {"vivendo", "teams", "kantoor"}  # a name, and places
    assert len(vocabulary) > 50
    assert {value for value in vocabulary if woord(value).lower() not in known} == set()


def test_an_explanation_is_short_and_whole() -> None:
    for name, item in read_begrippen(GLOSSARY, "")[0].items():
        sentences = re.findall(r"[.!?](?:\s|$)", item.tekst)
        assert 1 <= len(sentences) <= 3, name
        assert len(item.tekst) <= 220, name
        assert item.tekst.endswith("."), name


GOOD = """\
aanmelder:
  ook: [aanmelders]
  tekst: Wie iemand aanmeldt bij {organisatie}.
  zie: [traject]
traject: {tekst: Een begeleiding.}
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "text"),
    [
        ("{organisatie}", "{organisatei}", 3, "‘{organisatei}’ is geen waarde van het protocol"),
        ("zie: [traject]", "zie: [trajct]", 4, "‘trajct’ staat niet in deze lijst"),
        ("ook: [aanmelders]", "ook: [Traject]", 5, "‘traject’ staat ook bij ‘aanmelder’"),
        ("ook: [aanmelders]", "ok: [aanmelders]", 2, "bedoelt u ‘ook’"),
        ("tekst: Een begeleiding.", "ook: [x]", 5, "de sleutel ‘tekst’ ontbreekt"),
        ("{organisatie}", "{versnelde-toewijzing:termijn}{proefwonen:termijn}", 3, "‘{proefwonen:termijn}’ is geen"),
        ("aanmelder:", "aanmelder: ]", 1, ""),
    ],
)
def test_a_wrong_glossary_is_told_at_its_place(register: MAAK, old: str, new: str, line: int, text: str) -> None:
    assert old in GOOD
    root = register({"site/begrippen.yaml": GOOD})
    assert check_sources(root, read(root).register) == []
    (root / "site/begrippen.yaml").write_text(GOOD.replace(old, new), encoding="utf-8")
    found = check_sources(root, read(root).register)
    assert [(item.path, item.line, item.level) for item in found] == [("site/begrippen.yaml", line, "fout")]
    assert text in found[0].text


def test_a_glossary_that_cannot_be_read_stops_the_pages(register: MAAK) -> None:
    root = register({"site/begrippen.yaml": "aanmelder: {}\n"})
    with pytest.raises(Gestopt, match=r"site/begrippen\.yaml:1:12: fout SLEUTEL"):
        read_sources(root)


def test_a_register_has_its_own_glossary(register: MAAK) -> None:
    html = pages_of(register({"site/begrippen.yaml": GOOD}))["begrippen.html"]
    assert "Wie iemand aanmeldt bij Huisvester." in html
    assert "wooncultuur" not in html
    assert check_begrippen(GLOSSARY, "site/begrippen.yaml", read(register()).register) == []


WORDS = {"overleg": "Een gesprek.", "begeleider": "Wie helpt.", "te laat": "Voorbij.", "goed": "Prima."}
LIST = Woordenlijst(
    {word: Begrip(tekst=text, ook=("begeleiders",) if word == "begeleider" else (), in_tekst=word != "goed")
     for word, text in WORDS.items()}, {},
)  # fmt: skip


def linked(html: str) -> str:
    """The links as `[word]`."""
    return re.sub(r'<a class="wt-begrip"[^>]*>([^<]*)</a>', r"[\1]", LIST.link_texts(html, "../"))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Het overleg is op tijd, dit overleg ook.</p>", "<p>Het [overleg] is op tijd, dit overleg ook.</p>"),
        ("<ul><li>Begeleiders, begeleider</li></ul>", "<ul><li>[Begeleiders], begeleider</li></ul>"),
        ("<p>Te laat en goed.</p>", "<p>[Te laat] en goed.</p>"),
        ("<h2>Overleg</h2><p>x</p>", "<h2>Overleg</h2><p>x</p>"),
        ("<p><a href='overleg'>overleg</a> overleg</p>", "<p><a href='overleg'>overleg</a> [overleg]</p>"),
        ("<p><code>overleg</code></p><pre>overleg</pre>", "<p><code>overleg</code></p><pre>overleg</pre>"),
        ('<p title="overleg > x">overleg</p>', '<p title="overleg > x">[overleg]</p>'),
        ("<p>{overleg} is een waarde</p>", "<p>{overleg} is een waarde</p>"),
        ("<p>&#123;overleg&#125;</p>", "<p>&#123;overleg&#125;</p>"),
        ("<p>overlegdag en voor-overleg</p>", "<p>overlegdag en voor-overleg</p>"),
        ("<td>overleg</td><p>een<br>overleg</p>", "<td>overleg</td><p>een<br>[overleg]</p>"),
        ("<details><summary>overleg</summary></details>", "<details><summary>overleg</summary></details>"),
        ("<table><tr><td><p>overleg</p></td></tr></table>", "<table><tr><td><p>overleg</p></td></tr></table>"),
        ("<p><!-- overleg --></p>", "<p><!-- overleg --></p>"),
    ],
)
def test_where_words_lead_to_the_glossary(html: str, expected: str) -> None:
    assert linked(html) == expected


PARTS = st.sampled_from(["<p>", "</p>", "<a href=x>", "</a>", "<li>", "</li>", "<code>", "</code>", "<br>", "overleg",
                         " te laat ", "&lt;b&gt;", "begeleider", " ", "<h2>", "</h2>"])  # fmt: skip


@given(st.lists(PARTS, max_size=25))
def test_links_add_nothing_but_themselves(parts: list[str]) -> None:
    html = "".join(parts)
    made = LIST.link_texts(html, "")
    assert re.sub(r'<a class="wt-begrip"[^>]*>([^<]*)</a>', r"\1", made) == html
    assert made.count("wt-begrip") <= 3


def test_free_text_of_dossiers_is_never_touched() -> None:
    """In pages of dossiers, agendas and the rest only labels lead to the glossary."""
    texts = read_sources(PROJECT).texts
    view, bladen = view_of(PROJECT, audience=COORDINATIE), make_bladen(read(PROJECT), History(), COORDINATIE, OP)
    pages = [*make_pages(view, texts), *make_dossier_pages(view, bladen, texts)]
    with_labels = 0
    for page in pages:
        if not page.path.startswith("protocol/") and not page.markdown:
            labels = len(re.findall(r'<dt><a class="wt-begrip"', page.html))
            assert page.html.count('class="wt-begrip"') == labels, page.path
            with_labels += bool(labels)
    assert with_labels > 20
