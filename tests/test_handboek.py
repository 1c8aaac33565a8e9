"""The handbook says what is true of this program and this register: its findings, its commands, its first dossier."""

import ast
import html
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import click
import pytest

from generator.cli import cli
from generator.handboek import all_findings, first_dossier, make_handboek
from generator.history import History
from generator.model.handboek import Bevindingsoort
from generator.model.protocol import DocumentRegel
from generator.model.view import COORDINATIE, PUBLIEK, Doelgroep
from generator.new_register import init_register
from generator.register import Register, read_register
from generator.render.handboek import handbook_blocks, handbook_values
from generator.teksten.bevindingen import BEVINDINGEN
from generator.traject import Standen
from generator.views import make_view
from tests.conftest import PROJECT, TESTS, VANDAAG, findings_of
from tests.test_build import run

MAAK = Callable[..., Path]
CODE = re.compile(r"(?:VT|WW)-[0-9]+(?:\.[0-9]+)?|[A-Z]{2,}")
SOURCES = [
    "load.py",
    "register.py",
    "validate.py",
    "traject.py",
    *(f"checks/{p.name}" for p in (PROJECT / "generator/checks").glob("*.py")),
]
GIVES = {"fout", "waarschuwing", "finding", "Finding", "_Fatal", "fatal", "error", "_fout", "_of_level"}
"""What makes a finding, by name: the code is one of its arguments."""
PAGES = sorted((PROJECT / "site/pages").glob("*/handboek/*.md"))


def codes_in_source() -> set[str]:
    """Every code that stands in the sources where a finding is made, or that a model gives by default."""
    trees = (ast.parse((PROJECT / "generator" / name).read_text("utf-8")) for name in SOURCES)
    return {code for tree in trees for code in _codes(tree)} | {DocumentRegel.model_fields["regel"].default}


def _codes(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in GIVES:
            yield from _of(node.args)
        elif isinstance(node, ast.FunctionDef) and node.name in GIVES:
            yield from _of(node.args.defaults)
        elif isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
            yield from _of(node.value.elts[:1])


def _name(function: ast.expr) -> str:
    return (
        function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    )


def _of(values: list[ast.expr]) -> Iterator[str]:
    """Codes, also where the code is a choice with one that a rule may bring (`regel.regel or "VOLGORDE"`)."""
    for value in values:
        for inner in value.values if isinstance(value, ast.BoolOp) else [value]:
            if isinstance(inner, ast.Constant) and isinstance(inner.value, str) and CODE.fullmatch(inner.value):
                yield inner.value


def test_every_code_of_the_sources_is_told_and_no_other() -> None:
    codes = [soort.code for soort in BEVINDINGEN]
    assert len(codes) == len(set(codes))
    assert set(codes) == codes_in_source()


def test_no_code_stands_in_the_sources_where_it_is_not_looked_for() -> None:
    """What looks like the id of a rule, and is a text by itself, is a code of a finding."""
    rules = re.compile(r'"((?:VT|WW)-[0-9]+(?:\.[0-9]+)?)"')
    written = {code for name in SOURCES for code in rules.findall((PROJECT / "generator" / name).read_text("utf-8"))}
    assert written <= codes_in_source()


def _reported() -> set[tuple[str, str]]:
    """Level and code of every finding that the cases expect, and of the demonstration; without deviations."""
    files = [*TESTS.glob("cases/*/verwacht/bevindingen.txt"), *TESTS.glob("reading/*/bevindingen.txt")]
    lines = [line for file in files for line in file.read_text("utf-8").splitlines()]
    lines += map(str, findings_of(PROJECT))
    found = [(line, re.search(r":\d+:\d+: (fout|waarschuwing) (\S+): ", line)) for line in lines]
    return {("fout" if "(afwijking van " in line else match[1], match[2]) for line, match in found if match}


def test_every_finding_of_the_cases_is_told_with_its_level() -> None:
    """The codes of rules of a protocol included: of that of the tests, and of the cases that change it."""
    registers = [read_register(root)[0] for root in (TESTS / "basis", PROJECT)]
    versies = [versie for found in registers if found for items in found.trajecten.values() for versie in items]
    told = {(oorzaak.niveau, soort.code) for soort in all_findings(versies) for oorzaak in soort.oorzaken}
    seen = _reported()
    assert len(seen) > 30
    assert seen - told == set()


def test_every_level_that_is_told_comes_about() -> None:
    """Nothing is told of the program that nothing shows. What a document of a protocol gives is of either level."""
    told = {(oorzaak.niveau, soort.code) for soort in BEVINDINGEN for oorzaak in soort.oorzaken}
    assert {code for _, code in told - _reported()} <= {"DOCUMENT"}


def test_what_a_protocol_adds_is_told(register: MAAK) -> None:
    """A document and an order of moments that a traject asks, with the code that it gives them."""
    rules = """\
titel: Eigen
voorvoegsel: EI
documenten:
  contract: {titel: Contract, voor: start, ontbreekt: fout, later: waarschuwing, regel: EI-7}
termijn: 6
momenten:
  - {id: bezoek, soort: huisbezoek, na: 2, voor: eindevaluatie, regel: EI-10}
  - {id: eindevaluatie, soort: huisbezoek, na: einde}
regels: [{id: EI-7, titel: Het contract, tekst: Teken.}]
"""
    found, _ = read_register(register({"protocol/eigen/2026-01-01.yaml": rules}))
    assert found
    kinds = {soort.code: soort for soort in all_findings(found.trajecten["eigen"])}
    assert kinds["EI-7"].titel == "Het contract"
    assert [oorzaak.niveau for oorzaak in kinds["EI-7"].oorzaken] == ["fout", "waarschuwing"]
    assert "Contract" in kinds["EI-7"].oorzaken[0].oorzaak
    codes = [*kinds]
    assert codes.index("EI-7") < codes.index("EI-10") < codes.index("VT-3.2")
    assert len(kinds) == len(BEVINDINGEN) + 2
    assert isinstance(kinds["EI-10"], Bevindingsoort)


def test_one_cause_stands_once() -> None:
    for soort in BEVINDINGEN:
        causes = [oorzaak.oorzaak for oorzaak in soort.oorzaken]
        assert len(causes) == len(set(causes)) > 0
        assert all(oorzaak.oplossing.endswith(".") and oorzaak.oorzaak.endswith(".") for oorzaak in soort.oorzaken)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration register, apart from its sources."""
    root = tmp_path_factory.mktemp("handboek") / "register"
    for name in ("protocol", "dossiers"):
        shutil.copytree(PROJECT / name, root / name)
    return root


def register_of(root: Path) -> Register:
    found, _ = read_register(root)
    assert found
    return found


def errors(root: Path, op: date) -> list[str]:
    return [str(finding) for finding in findings_of(root, op, op) if finding.level == "fout"]


@pytest.mark.parametrize("op", [VANDAAG, date(2026, 1, 31), date(2026, 12, 31), date(2028, 2, 29), date(2025, 6, 1)])
def test_the_first_dossier_is_valid(demo: Path, op: date, tmp_path: Path) -> None:
    """On any day it is added to the register as it stands there, it breaks no rule and nothing is to be warned of."""
    root = tmp_path / "register"
    shutil.copytree(demo, root)
    made = first_dossier(register_of(root), op)
    assert made
    path, text = made
    assert not (root / path).exists()
    before = findings_of(root, op, VANDAAG)
    (root / path).parent.mkdir(exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")
    assert [finding for finding in findings_of(root, op, VANDAAG) if finding not in before] == []
    assert first_dossier(register_of(root), op) != made


@pytest.mark.parametrize("traject", ["versnelde-toewijzing", "proefwonen", "zittende-huurder", "woonbegeleiding"])
def test_the_first_dossier_of_each_traject_is_valid(traject: str, tmp_path: Path) -> None:
    """Of a new register with one traject alone: what that one asks is in it."""
    root = tmp_path / "register"
    init_register(root)
    for folder in (root / "protocol").iterdir():
        if folder.is_dir() and folder.name != traject:
            shutil.rmtree(folder)
    made = first_dossier(register_of(root), VANDAAG)
    assert made
    path, text = made
    (root / path).parent.mkdir(parents=True)
    (root / path).write_text(text, encoding="utf-8")
    assert findings_of(root) == [finding for finding in findings_of(root) if finding.path == "protocol/kalender.yaml"]


def test_a_register_that_cannot_have_one_yet(tmp_path: Path) -> None:
    root = tmp_path / "register"
    init_register(root)
    partners = root / "protocol/partners.yaml"
    partners.write_text("alfa: {naam: Alfa, rol: woon}\n", encoding="utf-8")
    assert first_dossier(register_of(root), VANDAAG) is None
    view = make_view(Standen(register_of(root)), History(), COORDINATIE, VANDAAG, "")
    assert handbook_blocks(view)["eerste.yaml"].startswith("# Vul eerst")


def test_a_number_in_use_is_never_given_again(demo: Path, tmp_path: Path) -> None:
    """Also when the file that has it cannot be read."""
    root = tmp_path / "register"
    shutil.copytree(demo, root)
    made = first_dossier(register_of(root), VANDAAG)
    assert made
    (root / made[0]).write_text("kapot: [", encoding="utf-8")
    assert first_dossier(register_of(root), VANDAAG) not in (None, made)


@pytest.fixture(scope="module")
def site(published: Path) -> Path:
    return published / "build/sites"


def test_the_dossier_on_the_page_is_valid(site: Path, demo: Path, tmp_path: Path) -> None:
    """Copied from the page into the register, and the entry that the page adds by a command too."""
    page = (site / "coordinatie/handboek/eerste-dossier.html").read_text("utf-8")
    text = html.unescape(re.search(r"<pre><code[^>]*>(id: .*?)</code></pre>", page, re.S)[1])  # type: ignore[index]
    path = re.search(r"<code>(dossiers/[^<]+\.yaml)</code>", page)
    assert path
    root = tmp_path / "register"
    shutil.copytree(demo, root)
    (root / path[1]).write_text(text, encoding="utf-8")
    assert errors(root, VANDAAG) == []
    line = next(line for line in commands(page) if line.startswith("woontraject log"))
    words = [*re.findall(r"'[^']*'|\S+", line)[1:], "--date", str(VANDAAG)]
    result = run(*(word.strip("'") for word in words), root=root)
    assert result.returncode == 0, result.stderr
    assert "bespreking" in (root / path[1]).read_text("utf-8")


def commands(text: str) -> list[str]:
    """Every `woontraject …` that a page shows as code, by line."""
    blocks = re.findall(r"<code[^>]*>(.*?)</code>", text, re.S)
    lines = (line.strip() for block in blocks for line in html.unescape(re.sub("<[^>]+>", "", block)).splitlines())
    return [part.strip() for line in lines for part in line.split("&&") if re.match(r"woontraject( |$)", part.strip())]


def test_every_command_that_is_named_exists(site: Path) -> None:
    """With each of its options; nothing is told of a command that is not there."""
    pages = [*site.glob("coordinatie/handboek/*.html"), *site.glob("partners/*/handboek/*.html")]
    named = {line for page in pages for line in commands(page.read_text("utf-8"))}
    assert len({line.split()[1] for line in named if " " in line}) >= 9
    for line in named:
        words = line.partition(" > ")[0].split()[1:]
        command: click.Command = cli
        while words and isinstance(command, click.Group):
            name = words.pop(0)
            found = command.get_command(click.Context(command), name)
            assert found, line
            command = found
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= known, line


def test_every_variable_that_is_named_is_read() -> None:
    sources = "".join(path.read_text("utf-8") for path in (PROJECT / "generator").rglob("*.py"))
    for name in set(
        re.findall(
            r"`(WOONTRAJECT_[A-Z_]+)`", (PROJECT / "site/pages/coordinatie/handboek/beheer.md").read_text("utf-8")
        )
    ):
        short = name.removeprefix("WOONTRAJECT_SMTP_")
        assert f'"{name}"' in sources or (f'"{short}"' in sources and "WOONTRAJECT_SMTP_" in sources), name


def test_messages_that_are_quoted_are_given() -> None:
    """What a failed build says, word for word."""
    text = (PROJECT / "site/pages/coordinatie/handboek/beheer.md").read_text("utf-8")
    quoted = re.findall(r"(?m)^- \*\*([a-z ]{8,})\*\*", text.partition("## Als een bouw mislukt")[2])
    sources = "".join(path.read_text("utf-8") for path in (PROJECT / "generator").rglob("*.py"))
    assert len(quoted) == 5
    assert [words for words in quoted if words not in sources] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parts[-3]}-{page.stem}")
def test_every_value_is_known(page: Path, demo: Path) -> None:
    """Nothing between braces is left on a written page, but in examples of YAML."""
    audience = COORDINATIE if page.parts[-3] == "coordinatie" else Doelgroep("partner", "cgg")
    view = make_view(Standen(register_of(demo)), History(), audience, VANDAAG, "")
    known = view.waarden.keys() | handbook_values(view).keys() | handbook_blocks(view).keys()
    named = {name for name in re.findall(r"\{([^{}\n]+)\}", page.read_text("utf-8")) if ": " not in name}
    assert named <= known


def test_dates_come_from_the_calendar(demo: Path) -> None:
    """The coming overleg and the one after it, with a cancelled month between passed over."""
    op = date(2026, 6, 20)
    values = handbook_values(make_view(Standen(register_of(demo)), History(), COORDINATIE, op, ""))
    assert values["overleg.volgend"] == "donderdag 25 juni 2026"
    assert values["overleg.volgend.vooravond"] == "woensdag 24 juni 2026"
    assert values["overleg.volgend.aankondiging"] == "donderdag 18 juni 2026"
    assert values["overleg.daarna.maand"] == "augustus 2026"
    later = handbook_values(make_view(Standen(register_of(demo)), History(), COORDINATIE, op + timedelta(days=6), ""))
    assert later["overleg.volgend"] == "donderdag 27 augustus 2026"


def test_days_and_terms_come_from_the_organisation(register: MAAK) -> None:
    own = "werklijst: {antwoord_dagen: 9}\nbewaartermijn: {gesloten: {zichtbaar: 1, bewaren: 12}}\n"
    path = "protocol/organisatie.yaml"
    root = register()
    root = register({path: (root / path).read_text("utf-8") + own})
    told = make_handboek(register_of(root), Doelgroep("partner", "alfa"), VANDAAG)
    assert told
    assert (told.waarden["antwoord_dagen"], told.waarden["zichtbaar"]) == ("9", "tot 1 maand na het einde")
    assert told.waarden["bewaren"] == "12 maanden na het einde"


def test_who_has_which_handbook(demo: Path, site: Path) -> None:
    """The public has none; of a partner nothing tells what others have."""
    register = register_of(demo)
    assert make_handboek(register, PUBLIEK, VANDAAG) is None
    partner = make_handboek(register, Doelgroep("partner", "cgg"), VANDAAG)
    assert partner
    assert (partner.eerste, partner.bestanden, partner.bevindingen) == (None, (), ())
    assert not (site / "publiek/handboek").exists()
    assert [page.name for page in (site / "partners/cgg/handboek").iterdir()] == ["index.html"]


def test_the_handbook_is_one_entry_of_the_navigation(site: Path) -> None:
    page = (site / "coordinatie/rapport.html").read_text("utf-8")
    entries = re.findall(r'href="(?:\./)?(handboek/[^"#]*)"[^>]*class="md-nav__link"', page)
    assert entries == ["handboek/index.html"]


def test_every_page_of_the_handbook_is_reached_from_its_index(site: Path) -> None:
    folder = site / "coordinatie/handboek"
    links = set(re.findall(r'href="([a-z-]+\.html)"', (folder / "index.html").read_text("utf-8")))
    assert {page.name for page in folder.iterdir()} - links - {"index.html"} == set()


def test_findings_lead_to_their_rules(site: Path) -> None:
    page = (site / "coordinatie/handboek/bevindingen.html").read_text("utf-8")
    links = re.findall(r'href="\.\./protocol/([a-z-]+)\.html#([^"]+)">De regel bij', page)
    assert ("versnelde-toewijzing", "VT-6.2") in links
    for traject, code in links:
        assert f'id="{code}"' in (site / f"coordinatie/protocol/{traject}.html").read_text("utf-8")
        assert f'<h2 id="{code}"' in page


def test_words_of_the_protocol_are_told_per_traject(demo: Path) -> None:
    """Of this register: another protocol gives others."""

    def per_traject(register: Register, path: str) -> dict[str, list[str]]:
        told = make_handboek(register, COORDINATIE, VANDAAG)
        assert told
        blokken = next(soort.blokken for soort in told.bestanden if soort.naam == "dossier")
        veld = next(veld for blok in blokken for veld in blok.velden if veld.pad == path)
        return {item.traject: [keuze.waarde for keuze in item.keuzes] for item in veld.per_traject}

    here = register_of(demo)
    assert per_traject(here, "documenten")["Woonbegeleiding"] == ["toestemmingsverklaring"]
    assert "verslaving" in per_traject(here, "aanmelding.doelgroep")["Proefwonen"]
    assert per_traject(here, "logboek.overleg.besluit") == {
        "Versnelde toewijzing": ["positief", "verlengen"],
        "Zittende huurder": ["positief"],
    }
    assert per_traject(here, "logboek.evaluatie.besluit")["Proefwonen"] == ["toewijzing", "negatief"]
    assert per_traject(here, "logboek.huisbezoek.moment")["Versnelde toewijzing"] == ["huisbezoek-3m", "eindevaluatie"]
    assert per_traject(here, "afwijkingen.regel")["Proefwonen"] == ["WW-1", "WW-4"]
    versie = here.trajecten["proefwonen"][0]
    fewer = replace(versie, regels=versie.regels.model_copy(update={"besluiten": (), "afwijkbaar": ()}))
    changed = replace(here, trajecten={"proefwonen": (fewer,)})
    assert per_traject(changed, "logboek.evaluatie.besluit") == {}
    assert per_traject(changed, "afwijkingen.regel") == {}


def test_a_word_is_cleaned_from_the_history_as_the_page_says(tmp_path: Path) -> None:
    """The commands of the page, run in order, on a host that had the words in a file and in a message."""
    if not shutil.which("git-filter-repo"):
        pytest.skip("apt-get install git-filter-repo")
    page = (PROJECT / "site/pages/coordinatie/handboek/datalek.md").read_text("utf-8")
    script = re.search(r"```\n(git clone .*?)```", page, re.S)
    assert script
    secret = "Wie Hier Woont"
    begin = f"""
git init --quiet --bare --initial-branch main host
git clone --quiet host w && cd w && git config user.email a@b.example && git config user.name a && git switch -qc main
echo 'omschrijving: {secret}' > a.yaml && git add . && git commit -qm '{secret} erbij' && git push -q origin main
echo 'omschrijving: de huurder' > a.yaml && git commit -qam 'beter' && git push -q origin main
"""
    clean = script[1].replace("ADRES", str(tmp_path / "host")).replace("DE WOORDEN", secret)
    for text in (begin, clean):
        subprocess.run(["bash", "-ec", text], cwd=tmp_path, check=True, capture_output=True)
    log = subprocess.run(
        ["git", "-C", "host", "log", "-p", "main"], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert secret not in log.stdout
    assert "VERWIJDERD" in log.stdout
    assert "de huurder" in log.stdout
