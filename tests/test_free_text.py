"""Free text is data: nothing that people type becomes markup, a script, a template, a header or an event.

One register holds every syntax that anything on the way understands, in every text of every file. Its sites are looked
at in a real browser beside those of the same register in plain words; its feeds are read by calendar engines.
"""

import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab
from pydantic import AfterValidator, BaseModel

from generator.cli import cli
from generator.model.dossier import Dossier
from generator.model.protocol import KalenderBestand, Organisatie, OverlegVerslag, Partner, Trajectregels
from generator.render.charts import bar_chart
from tests.browser import NO_SEARCH, looking, search, serving
from tests.conftest import findings_of, read
from tests.engines import NAMES, command_of, read_feeds
from tests.test_build import DATUM, run
from tests.test_zicht import models_in

Text = Callable[[str], str]
"""Gives the text of a field, by a name of its own."""

# What people type ----------------------------------------------------------------------------------------------------

INLINE = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> \"><svg onload=alert(1)> '><b onclick=alert(1)>b</b> "
    "</title></textarea></style><!-- weg --> [x](javascript:alert(1)) ![x](https://elders.example/x.png) "
    "<https://elders.example> https://elders.example/a **vet** __vet__ *schuin* ~~weg~~ `code` ``` &amp; &lt;b&gt; "
    r"&#60; \ \\ \n \N \; \, \* ; , ::: $x^2$ $\frac$ #010203 style=\"a:b\" %0A %s 😀 👩‍👧 "
    "e\N{COMBINING ACUTE ACCENT} a\N{ZERO WIDTH JOINER}b"
)
BRACES = " {0} {{ 7*7 }} {% raw %} {% endraw %} {# x #} {overleg} {organisatie}"
LINES = (
    "# kop",
    "- punt",
    "1. punt",
    "> citaat",
    "| a | b |",
    "| - | - |",
    "!!! note",
    "    ingesprongen",
    '--8<-- "mkdocs.yml"',
    "<div markdown>",
    "*[x]: y",
    "===",
    "BEGIN:VEVENT\r",
    "END:VCALENDAR\r",
    "Bcc: elders",
    "---",
)
LINK = "https://teams.example/'\"><svg/onload=alert(1)>?a={{7*7}}&amp;b=[x](y),c;d\\n"


def hostile(name: str) -> str:
    """Every syntax, between two words by which the text is found. In its own texts the protocol fills in braces."""
    if name.startswith("link"):
        return f"{LINK}#{word(name)}"
    if name.startswith("kort"):
        return f"{word(name)} <b>{{{{ 7*7 }}}}</b> &amp;"
    braces = "" if name.startswith("vult in") else BRACES
    return "\n".join((f"{word(name)} {INLINE}{braces}", *LINES, f"slot{word(name)}"))


def harmless(name: str) -> str:
    """As many lines of plain words, of which one is very long."""
    if name.startswith("link"):
        return f"https://teams.example/{word(name)}"
    if name.startswith("kort"):
        return word(name)
    return "\n".join((f"{word(name)} {'lang' * 950}", *("tekst" for _ in LINES), f"slot{word(name)}"))


def word(name: str) -> str:
    """Of letters alone, so that a search finds it whole."""
    return "woord" + "".join(
        "abcdefghij"[int(letter)] if letter.isdigit() else letter for letter in name if letter.isalnum()
    )


# A register with a text of its own in every field --------------------------------------------------------------------


def register_of(text: Text) -> dict[str, Any]:
    """The data of each file by its path."""
    return {
        "protocol/organisatie.yaml": {"email": "post@huisvester.example"}
        | {key: text(f"organisatie {key}") for key in ("naam", "dienst", "kantoor")},
        "protocol/partners.yaml": {
            "alfa": {
                "naam": text("partner naam"),
                "rol": "welzijn",
                "contact": {"email": "post@alfa.example"}
                | {key: text(f"contact {key}") for key in ("telefoon", "kantooruren")},
                "overleg": {"link": text("link van de partner")},
            },
            "huisvester": {"naam": text("huisvester naam"), "rol": "woon"},
        },
        "protocol/kalender.yaml": {
            "overleg": {
                "regel": "FREQ=MONTHLY;BYDAY=-1TH",
                "aankondiging": "FREQ=MONTHLY;BYDAY=-2TH",
                "uur": "14:00",
                "uitzonderingen": {
                    "2026-06": {"overleg": "2026-06-24", "reden": text("reden verplaatst")},
                    "2026-07": {"vervalt": True, "reden": text("reden vervalt")},
                },
            },
            "intervisie": {"data": ["2026-11-24"]},
        },
        "protocol/overleg/2026-09.yaml": {"alfa": {"plaats": "kantoor"}},
        "protocol/overleg/2026-10.yaml": {"alfa": {"link": text("link van de maand")}},
        "protocol/overleg/2026-11.yaml": {"alfa": {"vervalt": text("verslag vervalt")}},
        "protocol/versnelde-toewijzing/2024-01-01.yaml": rules_of(text, "VT", "huisbezoek")
        | {"overleg": True, "stuurgroep": True, "termijn": 6, "verlenging": {"veelvoud": 3, "regel": "VT-1"}},
        "protocol/proefwonen/2023-01-01.yaml": {
            "titel": "Proefwonen",
            "voorvoegsel": "PW",
            "documenten": {"oud": {"titel": text("kort document")}},
        },
        "protocol/proefwonen/2024-01-01.yaml": rules_of(text, "PW", "evaluatie")
        | {
            "termijn": {"minimum": 6, "maximum": 12},
            "stuurgroep": True,
            "doelgroep": {"herkomst": [text("herkomst")]},
            "capaciteit": {"woningen_per_jaar": 5},
        },
        "dossiers/VT-2026-001.yaml": running(text, "VT-2026-001", "huisbezoek"),
        "dossiers/VT-2026-002.yaml": closed(text, "VT-2026-002", "huisbezoek"),
        "dossiers/VT-2026-003.yaml": stopped(text, "VT-2026-003"),
        "dossiers/PW-2026-001.yaml": running(text, "PW-2026-001", "evaluatie"),
        "dossiers/PW-2026-002.yaml": closed(text, "PW-2026-002", "evaluatie"),
    }


def rules_of(text: Text, name: str, soort: str) -> dict[str, Any]:
    """A track with every text that rules can have."""
    regel = f"{name}-1"
    paper = {"titel": text(f"{name} document"), "regel": regel}
    rule = {"id": regel, "titel": text(f"{name} regel titel")}
    step = {"regel": regel, "doet": ["huurder"], "hoort": ["huurder"]}
    final = {"id": "eindevaluatie", "soort": soort, "na": "einde", "titel": text(f"{name} moment"), "regel": regel}
    return {
        "titel": text(f"{name} titel"),
        "voorvoegsel": name,
        "inleiding": text(f"vult in {name} inleiding"),
        "besluiten": ["toewijzing"],
        "documenten": {"toestemmingsverklaring": paper, "overeenkomst": paper | {"voor": "start"}},
        "afwijkbaar": [regel],
        "momenten": [final],
        "verplichtingen": [text(f"{name} verplichting")],
        "rollen": {"huurder": text(f"vult in {name} rol")},
        "stappen": [step | {key: text(f"vult in {name} stap {key}") for key in ("wat", "wanneer", "bericht")}],
        "regels": [rule | {key: text(f"vult in {name} {key}") for key in ("tekst", "toepassing")}],
    }


def dossier(text: Text, name: str, logboek: list[dict[str, Any]]) -> dict[str, Any]:
    """What every dossier has beside its logboek."""
    vt = name.startswith("VT")
    told = {} if vt else {"doelgroep": {"herkomst": text("herkomst")}}
    guided = {"partner": "alfa", "begeleider": "ALFA-01"}
    return {
        "id": name,
        "traject": "versnelde-toewijzing" if vt else "proefwonen",
        "woning": text(f"{name} woning"),
        "ankerfiguur": text(f"{name} ankerfiguur"),
        "start": "2026-03-02",
        **({} if vt else {"termijn": 10}),
        "aanmelding": {"datum": "2026-01-05", "partner": "alfa"} | told,
        "documenten": {"toestemmingsverklaring": "2026-01-05", "overeenkomst": "2026-01-05"},
        "afwijkingen": [{"regel": f"{name[:2]}-1", "datum": "2026-01-05", "reden": text(f"{name} afwijking")}],
        "begeleiding": [
            guided | {"vanaf": "2026-03-01", "tot": "2026-03-31", "reden": text(f"{name} wissel")},
            guided | {"vanaf": "2026-04-01"},
        ],
        "logboek": logboek,
    }


def running(text: Text, name: str, soort: str) -> dict[str, Any]:
    """With every kind of entry."""

    def entry(kind: str, day: str, *texts: str, **values: Any) -> dict[str, Any]:
        return {"soort": kind, "datum": day} | values | {key: text(f"{name} {kind} {key}") for key in texts}

    def talk() -> dict[str, Any]:
        return entry("overleg", "2026-04-30", "conclusie", verloop="moeilijk", registratie_contacten=True)

    present = {"aanwezig": [text(f"{name} aanwezig")]}
    return dossier(
        text,
        name,
        [
            *([talk()] if name.startswith("VT") else []),
            entry(soort, "2026-06-02", "bevindingen", moment="extra-1", uur="10:00", wooncultuur="aandacht", **present),
            entry(soort, "2026-12-01", "afgelast", moment="extra-2"),
            entry("signaal", "2026-06-03", "omschrijving", "gemeld_door", aard="schade"),
            entry("bespreking", "2026-11-20", "reden", gevraagd_door="vivendo"),
            entry("informatievraag", "2026-06-04", "vraag", "antwoord", beantwoord="2026-06-05"),
            entry("contact", "2026-06-06", "reden", doorgegaan=False),
            entry("dienst", "2026-06-07", "naam", verwacht="2028-01-01"),
        ],
    )


def closed(text: Text, name: str, soort: str) -> dict[str, Any]:
    end = {"soort": soort, "datum": "2026-10-05", "moment": "eindevaluatie", "besluit": "toewijzing"}
    return dossier(text, name, [end | {"voorwaarde": text(f"{name} voorwaarde")}])


def stopped(text: Text, name: str) -> dict[str, Any]:
    end = {"soort": "stopzetting", "datum": "2026-10-05", "reden": "andere"}
    move = {"soort": "verhuis", "datum": "2026-09-01", "woning": text(f"{name} verhuis")}
    return dossier(text, name, [move, end | {"toelichting": text(f"{name} toelichting")}])


HAND_WRITTEN = """\
# Welkom bij {organisatie}

{organisatie} begint hier een regel, en [mail](mailto:{email}) komt aan bij *{dienst}*.

{kantoor}

- {organisatie}

| Wie | Waar |
|---|---|
| {organisatie} | {kantoor} |
"""


def write(root: Path, text: Text) -> Path:
    """The register in a folder, with a hand-written page that begins lines and cells with what is filled in."""
    for path, data in register_of(text).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    for audience in ("partner", "coordinatie"):
        page = root / "site/pages" / audience / "eigen.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(HAND_WRITTEN, encoding="utf-8")
    return root


def texts_of(text: Text) -> dict[str, str]:
    """Every text of the register by its name."""
    found: dict[str, str] = {}

    def note(name: str) -> str:
        found[name] = text(name)
        return found[name]

    register_of(note)
    return found


def test_the_register_has_a_text_in_every_field(tmp_path: Path) -> None:
    """A field that takes any text and comes later must come into the register above."""
    standen = read(write(tmp_path, hostile))
    register = standen.register
    values: list[object] = [register.organisatie, register.kalender, *register.partners.values()]
    values += [item for verslagen in register.verslagen.values() for item in verslagen.values()]
    values += [versie.regels for versies in register.trajecten.values() for versie in versies]
    filled = {field for value in (*values, *register.dossiers.values()) for field in filled_fields(value)}
    kinds = (Dossier, KalenderBestand, Organisatie, OverlegVerslag, Partner, Trajectregels)
    assert filled == {field for kind in kinds for field in free_fields(kind)} - {"DocumentRegel.voor"}


def free_fields(kind: type[BaseModel]) -> Iterator[str]:
    """The fields of a model, and of those in it, that take any text."""
    for name, field in kind.model_fields.items():
        if is_free(field.annotation, field.metadata):
            yield f"{kind.__name__}.{name}"
        for inner in models_in(field.annotation):
            yield from free_fields(inner)


def is_free(annotation: Any, metadata: Sequence[Any] = ()) -> bool:
    """Whether some text in it is held to no shape but that of a link."""
    if get_origin(annotation) is Annotated:
        return is_free(annotation.__origin__, annotation.__metadata__)
    if annotation is str:
        shapes = [shape for item in metadata for shape in getattr(item, "metadata", [item])]
        patterns = [str(getattr(shape, "pattern", None) or "^https") for shape in shapes]
        return all(pattern.startswith("^https") for pattern in patterns) and not any(
            isinstance(shape, AfterValidator) for shape in shapes
        )
    inner = get_args(annotation)[1:] if get_origin(annotation) is dict else get_args(annotation)
    return any(is_free(part) for part in inner)


def filled_fields(value: object) -> Iterator[str]:
    """The fields that hold a text of the register, with the name of their model."""
    match value:
        case BaseModel():
            for name, item in value:
                if any("woord" in text for text in strings_of(item)):
                    yield f"{type(value).__name__}.{name}"
                yield from filled_fields(item)
        case dict():
            for item in value.values():
                yield from filled_fields(item)
        case tuple() | list():
            for item in value:
                yield from filled_fields(item)


def strings_of(value: object, *, keys: bool = False) -> Iterator[str]:
    """The texts in plain data."""
    match value:
        case str():
            yield value
        case dict():
            for item in (*value, *value.values()) if keys else value.values():
                yield from strings_of(item, keys=keys)
        case tuple() | list():
            for item in value:
                yield from strings_of(item, keys=keys)


# On pages ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sites:
    hostile: Path
    harmless: Path


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Sites:
    """The sites of both registers, built as people build them."""
    folder = tmp_path_factory.mktemp("vrije tekst")
    for name, text in (("hostile", hostile), ("harmless", harmless)):
        result = run("build", "--date", DATUM, root=write(folder / name, text))
        assert result.returncode == 0, result.stderr
        assert not re.search("Warning|Traceback", result.stderr)
    return Sites(folder / "hostile/build/sites", folder / "harmless/build/sites")


LOOK = """([here, plain]) => {
  const count = (root, withAttributes) => {
    const found = {};
    for (const element of root.querySelectorAll('*')) {
      const attributes = withAttributes ? element.getAttributeNames() : [];
      for (const name of ['', ...attributes]) {
        const key = `${element.localName} ${name}`;
        found[key] = (found[key] || 0) + 1;
      }
    }
    return found;
  };
  const parse = text => new DOMParser().parseFromString(text, 'text/html');
  const elements = count(document, false);
  for (const element of document.querySelectorAll('details')) element.open = true;
  for (const drawing of document.querySelectorAll('.wt-grafiek')) drawing.remove();
  return {
    text: document.body.innerText,
    title: document.title,
    elements: [count(parse(here), true), count(parse(plain), true)],
    live: [elements, count(parse(plain), false)],
  };
}"""
"""What a page shows, how many elements and attributes it has, and how many after its scripts ran; the last two beside
those of the page in plain words. (Of a chart the names are shortened; a test of their own looks at them.)"""


def pages_of(site: Path) -> list[str]:
    return [page.relative_to(site).as_posix() for page in sorted(site.rglob("*.html"))]


def squeezed(text: str) -> str:
    """As a page shows white space."""
    return " ".join(text.split())


def garbled(shown: str, texts: dict[str, str]) -> list[str]:
    """The texts of which the first word is shown, and not all the rest behind it."""
    shown = squeezed(shown)
    wanted = {word(name): squeezed(text) for name, text in texts.items()}
    begun = re.finditer(r"(?<![A-Za-z])woord(?!en\b)[A-Za-z]+", shown)
    return [found[0] for found in begun if not shown.startswith(wanted[found[0]], found.start())]


@pytest.mark.parametrize("audience", ["publiek", "partners/alfa", "coordinatie"])
def test_every_text_appears_as_typed(chromium: Browser, sites: Sites, audience: str) -> None:
    """On every page and in its title, with the elements and attributes of the page in plain words and no others.

    No dialog opens, no script fails, nothing is asked but files of the site.
    """
    texts, seen_texts, site = texts_of(hostile), set[str](), sites.hostile / audience
    with serving(sites.hostile) as url, looking(chromium) as (tab, seen):
        tab.add_init_script(NO_SEARCH)
        for page in pages_of(site):
            tab.goto(f"{url}/{audience}/{page}")
            both = [
                (folder / audience / page).read_text(encoding="utf-8") for folder in (sites.hostile, sites.harmless)
            ]
            shown = tab.evaluate(LOOK, both)
            assert garbled(shown["text"], texts) == garbled(shown["title"], texts) == [], page
            assert squeezed(texts["organisatie naam"]) in squeezed(shown["title"])
            assert difference(*shown["elements"]) == {}, page
            # Around tables; the colour of the bar; to copy with one click; to sort with.
            assert difference(*shown["live"]).keys() <= {"div ", "meta ", "nav ", "button ", "span "}, page
            seen_texts |= {name for name in texts if word(name) in shown["text"]}
        assert (seen.dialogs, seen.errors, seen.console) == ([], [], [])
        assert set(seen.requests) <= {
            f"{url}/{audience}/{path.relative_to(site).as_posix()}" for path in site.rglob("*")
        }
    if audience == "coordinatie":
        assert {name for name in texts if not name.startswith("link")} == seen_texts


def difference(found: dict[str, int], expected: dict[str, int]) -> dict[str, int]:
    every = found.keys() | expected.keys()
    return {key: found.get(key, 0) - expected.get(key, 0) for key in every if found.get(key) != expected.get(key)}


def test_links_lead_where_they_say(chromium: Browser, sites: Sites) -> None:
    """Out of the site only to the addresses of meetings and of mail, and with nothing added to those."""
    with serving(sites.hostile / "partners") as url, looking(chromium) as (tab, _):
        tab.add_init_script(NO_SEARCH)
        found: set[str] = set()
        for page in ("alfa/index", "alfa/eigen", "alfa/agenda/2026-10", "alfa/dossiers/VT-2026-001"):
            tab.goto(f"{url}/{page}.html")
            found |= set(tab.evaluate("[...document.links].map(link => link.getAttribute('href'))"))
    mail = {"mailto:post@huisvester.example", "mailto:post@alfa.example"}
    meetings = {hostile(f"link van de {where}") for where in ("maand", "partner")}
    assert {link for link in found if re.match("[a-z]+:", link)} == mail | meetings


def test_search_shows_text_as_text(chromium: Browser, sites: Sites) -> None:
    """The theme puts titles and texts of its index into the page as HTML."""
    with serving(sites.hostile / "coordinatie") as url, looking(chromium) as (tab, seen):
        tab.goto(f"{url}/index.html")
        for name in ("VT titel", "partner naam", "organisatie naam"):
            found = results_of(tab, word(name))
            assert "<script>alert(1)</script> <img src=x onerror=alert(1)>" in squeezed(found["text"]), name
            assert not set(found["elements"]) & {"script", "img", "svg", "b", "title", "textarea", "style"}
        assert (seen.dialogs, seen.errors, seen.console) == ([], [], [])


def results_of(tab: Tab, typed: str) -> dict[str, Any]:
    search(tab, typed)
    tab.wait_for_function(
        "word => document.querySelector('.md-search-result__list').innerText.includes(word)", arg=typed
    )
    return dict(
        tab.evaluate(
            """() => {
              const list = document.querySelector('.md-search-result__list');
              const elements = [...list.querySelectorAll('*')];
              return {text: list.textContent, elements: elements.map(element => element.localName)};
            }"""
        )
    )


def test_no_word_is_too_long_for_a_phone(chromium: Browser, sites: Sites) -> None:
    """A word of 4,000 letters breaks, or scrolls within its table: the page itself never scrolls sideways."""
    site = sites.harmless / "coordinatie"
    with serving(sites.harmless) as url, looking(chromium, viewport={"width": 360, "height": 800}) as (tab, _):
        tab.add_init_script(NO_SEARCH)
        wide = []
        for page in pages_of(site):
            if not re.match(r"agenda/2026-0|dossiers/.*-00[23]", page):  # as good as the others
                tab.goto(f"{url}/coordinatie/{page}")
                wide += [page] if tab.evaluate("document.documentElement.scrollWidth") > 360 else []
    assert wide == []


def test_names_in_a_chart(chromium: Browser) -> None:
    """A drawing knows formulas between dollars and leaves out what begins with a dash below; a long name is cut."""
    names = ["_$\\frac$", "<b>&amp;</b> #010203", ' style="a:b" 😀\u0301', "x" * 4000]
    with looking(chromium) as (tab, _):
        tab.set_content(bar_chart("Titel", ["2026"], {name: [1] for name in names}))
        shown = tab.evaluate("[...document.querySelectorAll('text')].map(element => element.textContent)")
    assert shown[-4:] == [*names[:3], "x" * 39 + "…"]


# In feeds, JSON and findings -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_engines_read_every_text_as_typed(name: str, sites: Sites, tmp_path: Path) -> None:
    """Titles, places and addresses come back, from as many events as the feed of plain words has."""
    command = command_of(name)
    feeds = {
        kind: read_feeds(command, tmp_path, {kind: (site / "partners/alfa/kalender/alfa.ics").read_bytes()})[kind]
        for kind, site in (("hostile", sites.hostile), ("harmless", sites.harmless))
    }
    uids = {kind: [event["uid"].partition("@")[0] for event in found] for kind, found in feeds.items()}
    assert uids["hostile"] == uids["harmless"]
    typed = {key: text.replace("\r", "") for key, text in texts_of(hostile).items()}
    titles = {event["summary"] for event in feeds["hostile"]}
    assert f"Overleg {typed['organisatie naam']} – {typed['partner naam']}" in titles
    assert f"VT-2026-001: {typed['VT moment']}" in titles
    assert {event["location"] for event in feeds["hostile"]} == {None, "Teams", typed["organisatie kantoor"]}
    assert {event["url"] for event in feeds["hostile"]} == {None, *(typed[key] for key in typed if "link" in key)}


def test_json_holds_every_text_as_typed(tmp_path: Path) -> None:
    """What `agenda`, `intervisie` and `rapport` print for other programs."""
    root, typed = write(tmp_path, hostile), set(texts_of(hostile).values())
    for arguments in (["agenda", "alfa", "2026-11"], ["intervisie", "2026-11-24"], ["rapport"]):
        result = CliRunner().invoke(cli, ["--root", str(root), "--date", DATUM, *arguments, "--format", "json"])
        found = {text for text in strings_of(json.loads(result.output), keys=True) if "woord" in text}
        assert found, arguments
        assert found <= typed


@pytest.mark.parametrize("form", ["text", "github"])
def test_a_finding_stays_on_its_line(tmp_path: Path, form: str) -> None:
    """Whatever text it quotes: a text makes no other finding, and no command for the CI."""
    result = CliRunner().invoke(
        cli, ["--root", str(write(tmp_path, hostile)), "--date", DATUM, "check", "--format", form]
    )
    begin = r"(protocol|dossiers)/" if form == "text" else r"(::(error|warning) file=)?(protocol|dossiers)/"
    assert "woord" in result.stdout
    assert [line for line in result.stdout.split("\n")[:-1] if not re.match(begin, line)] == []


HIDDEN = {  # what is in the file, and how it is named
    "turns the direction of text": ("\u202e", "U+202E"),
    "the same, escaped": (r"\u202e", "U+202E"),
    "isolates text": (r"\u2067", "U+2067"),
    "rings a bell": (r"\x07", "U+0007"),
    "begins a sequence of a terminal": (r"\e", "U+001B"),
    "takes back": ("\b", "U+0008"),
}
IN_EACH_FILE = (  # a text of each kind of file
    ("protocol/organisatie.yaml", "organisatie naam"),
    ("protocol/partners.yaml", "contact kantooruren"),
    ("protocol/kalender.yaml", "reden vervalt"),
    ("protocol/overleg/2026-11.yaml", "verslag vervalt"),
    ("protocol/proefwonen/2024-01-01.yaml", "PW moment"),
    ("dossiers/VT-2026-001.yaml", "VT-2026-001 signaal omschrijving"),
)


@pytest.mark.parametrize(("hidden", "named"), HIDDEN.values(), ids=HIDDEN)
@pytest.mark.parametrize(("path", "name"), IN_EACH_FILE, ids=[path for path, _ in IN_EACH_FILE])
def test_what_cannot_be_seen_is_an_error(tmp_path: Path, path: str, name: str, hidden: str, named: str) -> None:
    """At its place: of the character itself, or where the text begins that writes it with a backslash."""
    file = write(tmp_path, word) / path
    text = file.read_text(encoding="utf-8").replace(f'"{word(name)}"', f'"{word(name)}{hidden}"')
    file.write_text(text, encoding="utf-8")
    begin = text.index(f'"{word(name)}') + 1
    column = begin if hidden.startswith("\\") else begin + 1 + len(word(name))
    found = [finding for finding in findings_of(tmp_path) if finding.code == "YAML"]
    assert [(item.path, item.line, item.column, item.level) for item in found] == [(path, 1, column, "fout")]
    assert named in found[0].text


@pytest.mark.parametrize("name", ["../x", "a/b", "a b", "<b>", "a;b", ".", "a\nb", "é"])
def test_what_becomes_a_file_or_a_link_has_a_shape(tmp_path: Path, name: str) -> None:
    """Ids and codes name files, events and places in a page; an address of mail goes into links and messages."""
    root, quoted = write(tmp_path, word), json.dumps(name)
    for path, old in (
        ("dossiers/VT-2026-001.yaml", '"VT-2026-001"'),
        ("dossiers/VT-2026-002.yaml", '"ALFA-01"'),
        ("dossiers/VT-2026-003.yaml", '"VT-1"'),
        ("dossiers/PW-2026-001.yaml", '"proefwonen"'),
        ("dossiers/PW-2026-002.yaml", '"eindevaluatie"'),
        ("protocol/partners.yaml", '"post@alfa.example"'),
        ("protocol/organisatie.yaml", '"post@huisvester.example"'),
        ("protocol/versnelde-toewijzing/2024-01-01.yaml", '"eindevaluatie"'),
        ("protocol/proefwonen/2024-01-01.yaml", '"PW-1"'),
        ("protocol/overleg/2026-10.yaml", '"alfa"'),
    ):
        text = (root / path).read_text(encoding="utf-8")
        assert old in text
        (root / path).write_text(text.replace(old, quoted), encoding="utf-8")
        assert path in {finding.path for finding in findings_of(root) if finding.level == "fout"}
        (root / path).write_text(text, encoding="utf-8")
