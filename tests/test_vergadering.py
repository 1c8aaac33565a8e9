"""The page of an overleg: what it says of each dossier, the lines to paste, how it looks on a screen and on paper."""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given, settings
from playwright.sync_api import Browser

from generator.agenda import make_agenda
from generator.bewerken import add_item
from generator.build import build
from generator.findings import Finding
from generator.history import History
from generator.model.dossier import Dossier
from generator.model.view import COORDINATIE, Vergadering
from generator.render.pages import make_pages
from generator.sources import read_sources
from generator.traject import zoals_op
from generator.vergadering import KIES, make_vergaderingen
from generator.views import make_view
from tests.browser import looking, serving
from tests.conftest import GEHEIM, PROJECT, VANDAAG, findings_of, read
from tests.parts import require_command
from tests.test_properties import LATER, PARTNERS, Geval, months_around, registers, wrong_entries
from tests.test_werklijst import (
    ASKED,
    FIRST,
    OWN_DAY,
    TENTH,
    VISIT,
    WB,
    bezoek,
    dossier,
    overleg,
    signaal,
    verslag,
)

Make = Callable[..., Path]
Files = dict[str, str]
COURSE, WELL, LONGER = (
    "Hoe verloopt de begeleiding?",
    "Eindigt de begeleiding goed?",
    "Wordt ze verlengd, met een veelvoud van 3 maanden?",
)
NO_DECISION = TENTH
EXTENDED = TENTH.replace("goed}", "goed, besluit: verlengen, maanden: 3}")
NOISE = signaal("2026-08-03", "schade")
OPEN = bezoek("eindevaluatie", "2027-02-02", "verloop: moeilijk")
DEFECTS = bezoek("eindevaluatie", "2027-02-02", "wooncultuur: ernstige-gebreken")
MONTHLY = tuple(overleg(day, "verloop: goed") for day in ("2027-01-28", "2027-02-25", "2027-03-25"))
NEXT_FINAL = bezoek("eindevaluatie", "2027-02-01", "verloop: goed")


def line(datum: str, moment: str = "", besluit: str = "") -> str:
    named = f"moment: {moment}, " if moment else ""
    decided = f"{besluit}, " if besluit else ""
    return f'- {{soort: overleg, datum: {datum}, {named}verloop: {KIES}, {decided}conclusie: ""}}'


def either(datum: str, moment: str = "", maanden: int = 3) -> list[str]:
    return [
        line(datum, moment, "besluit: positief"),
        line(datum, moment, f"besluit: verlengen, maanden: {maanden}"),
    ]


# Files, day, what there is to decide of VT-2026-001, and the lines to paste.
POINTS: dict[str, tuple[Files, str, list[str], list[str]]] = {
    "an evaluation without known course": (
        dossier(quiet=()),
        "2026-03-20",
        [COURSE],
        [line("2026-03-26", "overleg-1m")],
    ),
    "a signal beside no moment": (dossier("VT-2026-001", NOISE), "2026-08-20", [COURSE], [line("2026-08-27")]),
    "an evaluation that is late": (
        dossier("VT-2026-001", NOISE, quiet=(FIRST, VISIT)),
        "2026-08-20",
        [COURSE],
        [line("2026-08-27", "overleg-4m")],
    ),
    "the last evaluation decides": (
        dossier("VT-2026-001", NOISE),
        "2026-12-20",
        [WELL, LONGER],
        either("2026-12-31", "overleg-10m"),
    ),
    "the last evaluation is late: an extension ends after it is decided": (
        dossier("VT-2026-001", NOISE),
        "2027-05-20",
        [WELL, LONGER],
        either("2027-05-27", "overleg-10m", 6),
    ),
    "the last evaluation decided nothing": (
        dossier("VT-2026-001", NOISE, NO_DECISION),
        "2027-01-20",
        [COURSE, WELL, LONGER],
        [line("2027-01-28"), *either("2027-01-28")],
    ),
    "the last evaluation decided": (
        dossier("VT-2026-001", NOISE, NO_DECISION.replace("goed}", "goed, besluit: positief}")),
        "2027-01-20",
        [COURSE],
        [line("2027-01-28")],
    ),
    "the final evaluation left it open": (
        dossier("VT-2026-001", NO_DECISION, OPEN),
        "2027-02-20",
        [WELL, LONGER],
        either("2027-02-25", "overleg-besluit-2027-02"),
    ),
    "it still waits, a month later": (
        dossier("VT-2026-001", NO_DECISION, OPEN),
        "2027-03-20",
        [WELL, LONGER],
        either("2027-03-25"),
    ),
    "it waits for long: an extension ends after it is decided": (
        dossier("VT-2026-001", NO_DECISION, OPEN),
        "2027-05-20",
        [WELL, LONGER],
        either("2027-05-27", maanden=6),
    ),
    "after serious defects it is extended": (
        dossier("VT-2026-001", NO_DECISION, DEFECTS),
        "2027-02-20",
        [LONGER],
        either("2027-02-25", "overleg-besluit-2027-02")[1:],
    ),
    "an extension that is decided": (
        dossier("VT-2026-001", EXTENDED),
        "2027-01-20",
        [COURSE],
        [line("2027-01-28", "overleg-verlenging-2027-01")],
    ),
    "the last overleg of an extension": (
        dossier("VT-2026-001", EXTENDED, NEXT_FINAL, *MONTHLY),
        "2027-04-20",
        [COURSE, WELL, LONGER],
        [line("2027-04-29", "overleg-verlenging-2027-04"), *either("2027-04-29", "overleg-verlenging-2027-04")],
    ),
    "the overleg before it": (
        dossier("VT-2026-001", EXTENDED, NEXT_FINAL, *MONTHLY[:2]),
        "2027-03-20",
        [COURSE],
        [line("2027-03-25", "overleg-verlenging-2027-03")],
    ),
    "a closing that is known": (
        dossier("VT-2026-001", NOISE, bezoek("eindevaluatie", "2027-01-18", "besluit: positief")),
        "2027-01-20",
        [COURSE],
        [line("2027-01-28", "overleg-10m")],
    ),
    "a track that meets on a day of its own": (
        OWN_DAY
        | dossier(
            "VT-2026-001",
            NOISE,
            quiet=(overleg("2026-03-03", "moment: overleg-1m"), VISIT, overleg("2026-06-02", "moment: overleg-4m")),
        ),
        "2026-08-20",
        [COURSE],
        [line("2026-08-04")],
    ),
    "recorded": (dossier("VT-2026-001", NOISE, overleg("2026-08-27", "verloop: moeilijk")), "2026-08-31", [COURSE], []),
}


def meeting(root: Path, op: str, partner: str = "alfa") -> Vergadering:
    """The meeting with a partner of the month of a day."""
    view = make_view(read(root), History(), COORDINATIE, date.fromisoformat(op), GEHEIM)
    return next(v for v in view.vergaderingen if (v.agenda.maand, v.agenda.partner) == (op[:7], partner))


@pytest.mark.parametrize(("files", "op", "decide", "lines"), POINTS.values(), ids=POINTS)
def test_what_there_is_to_decide(register: Make, files: Files, op: str, decide: list[str], lines: list[str]) -> None:
    (point,) = meeting(register(files), op).punten
    assert (list(point.beslissen), list(point.regels)) == (decide, lines)


@pytest.mark.parametrize(
    ("files", "op", "name"),
    [(files, op, "VT-2026-001") for files, op, _, _ in POINTS.values()]
    + [(dossier("WB-2026-001", ASKED, quiet=(), **WB), "2026-08-20", "WB-2026-001")],
    ids=[*POINTS, "another track"],
)
def test_a_line_is_refused_until_the_course_is_chosen(register: Make, files: Files, op: str, name: str) -> None:
    """As it stands in the page, pasted in the file."""
    path, now = f"dossiers/{name}.yaml", meeting(register(files), op)
    lines = [item for point in now.punten for item in point.regels] + [item for _, item in now.andere if item]
    for item in lines:
        assert [str(found) for found in pasted(register, files[path], path, item)] == [
            f"{path}:{len(files[path].splitlines())}:{column_of(register, path)}: fout WAARDE: "
            f"verwacht goed of moeilijk, niet ‘{KIES}’"
        ]
        assert pasted(register, files[path], path, item.replace(KIES, "moeilijk")) == []
        register({path: files[path]})


def pasted(register: Make, text: str, path: str, item: str) -> list[Finding]:
    """The errors of a register in which a line is added to the logboek of a dossier."""
    count = len(yaml.safe_load(text)["logboek"])
    root = register({path: add_item(text, "logboek", item.removeprefix("- "), count)})
    return [found for found in findings_of(root, LATER, LATER) if found.level == "fout"]


def column_of(register: Make, path: str) -> int:
    return (register() / path).read_text(encoding="utf-8").splitlines()[-1].index(KIES) + 1


@given(registers())
@settings(max_examples=25)
def test_every_line_is_accepted_once_the_course_is_chosen(geval: Geval) -> None:
    """In any register, of the last overleg and the next ones; as long as nothing later is recorded."""
    kalender = geval.standen.kalender
    held = [month for maand in months_around(geval) if (month := kalender.maand(maand)) and month.datum]
    for month in held:
        eve = (month.datum or LATER) - timedelta(days=1)
        now = replace(geval, op=eve)
        for item in geval.dossiers:
            now = now.with_dossier(item.model_copy(update={"logboek": zoals_op(item, eve).logboek}))
        assume(not any(wrong_entries(now, item) for item in now.dossiers))
        agendas = [make_agenda(now.standen, partner, month.maand, eve, eve, alles=True) for partner in PARTNERS]
        for vergadering in make_vergaderingen(now.standen, agendas, eve):
            for name, regel in lines_of(vergadering):
                after = with_entry(now, name, regel.replace(KIES, "goed"))
                assert wrong_entries(after, after.register.dossiers[name]) == set(), regel


def lines_of(vergadering: Vergadering) -> Iterator[tuple[str, str]]:
    for point in vergadering.punten:
        yield from ((point.bespreken.id, regel) for regel in point.regels)
    yield from ((item.id, regel) for item, regel in vergadering.andere if regel)


def with_entry(geval: Geval, name: str, regel: str) -> Geval:
    """The register with a pasted line; a text that is left empty is left out, as reading does."""
    known = geval.register.dossiers[name]
    entry = {key: value for key, value in yaml.load(regel, yaml.BaseLoader)[0].items() if value}
    entry |= {"maanden": int(entry["maanden"])} if "maanden" in entry else {}
    plain = known.model_dump() | {"logboek": (entry,)}
    added = Dossier.model_validate(plain).logboek
    return geval.with_dossier(known.model_copy(update={"logboek": (*known.logboek, *added)}))


PLAIN = (overleg("2026-05-28", "moment: overleg-1m, verloop: goed"), VISIT.replace("05-06", "07-02"))
"""Of a start on 1 April: on 27 August the evaluation of four months is owed, and the course is known."""


def owing(name: str, *logboek: str, **keys: str) -> Files:
    return dossier(name, *logboek, quiet=PLAIN, start="2026-04-01", **keys)


def test_parts_of_a_meeting(register: Make) -> None:
    """What goes well is noted together, by who guides; the third part has its lines too (VT-6.2, VT-6.3)."""
    by_beta = "[{partner: beta, begeleider: BETA-02, vanaf: 2026-04-01}]"
    root = register(
        dossier("VT-2026-001", NOISE)
        | owing("VT-2026-002")
        | owing("VT-2026-003", overleg("2026-08-27", "verloop: goed"))
        | owing("VT-2026-004", begeleiding=by_beta)
        | dossier("WB-2026-001", ASKED, quiet=(), **WB)
        | dossier("WB-2026-002", ASKED, overleg("2026-08-27"), quiet=(), **WB)
    )
    now = meeting(root, "2026-08-31")
    assert [line.id for line in now.agenda.lopend] == [f"VT-2026-00{n}" for n in (1, 2, 3, 4)]
    assert [point.bespreken.id for point in now.punten] == ["VT-2026-001"]
    assert now.vlot == ("VT-2026-002",)
    assert [(item.id, regel) for item, regel in now.andere] == [
        ("WB-2026-001", line("2026-08-27")),
        ("WB-2026-002", None),
    ]
    assert meeting(root, "2026-08-31", "beta").vlot == ("VT-2026-004",)


def test_what_a_point_tells(register: Make) -> None:
    """The visit, the contacts, the open points: of the dossier as of the agenda (VT-2.3, VT-7.1)."""
    counted = overleg("2026-06-25", "moment: overleg-4m, verloop: moeilijk, registratie_contacten: true")
    missed = "{soort: contact, datum: 2026-07-06, doorgegaan: false, reden: niet thuis}"
    kept = "{soort: contact, datum: 2026-07-13, doorgegaan: true}"
    found = VISIT.replace("verloop: goed, wooncultuur: goed", "wooncultuur: aandacht, bevindingen: vocht")
    later = bezoek("extra-1", "2026-08-27", "wooncultuur: goed")
    root = register(dossier("VT-2026-001", NOISE, missed, kept, later, quiet=(FIRST, found, counted)))
    (point,) = meeting(root, "2026-08-31").punten
    assert point.lopend.contacten is not None
    assert (point.lopend.contacten.doorgegaan, point.lopend.contacten.niet) == (1, 1)
    assert point.lopend.niet_doorgegaan == ("niet thuis",)
    assert point.bezoek is not None
    assert (point.bezoek.datum, point.bezoek.wooncultuur, point.bezoek.bevindingen) == (
        date(2026, 5, 6),
        "aandacht",
        "vocht",
    )
    assert (point.bespreken.redenen, point.bespreken.problematiek) == (("signaal", "verloop"), ("lawaai",))


@pytest.mark.parametrize("known", ["", "plaats: kantoor, aankondiging_verstuurd: 2026-08-20"], ids=["first", "more"])
def test_the_record_of_the_month_is_one_line(register: Make, known: str) -> None:
    """A line of its own, or something more in the one that is there; a dropped overleg has no page (VT-6.3)."""
    files = dossier("VT-2026-001", NOISE) | (verslag("2026-08", known) if known else {})
    now = meeting(register(files), "2026-08-20")
    assert now.verslag_begonnen == bool(known)
    for text, key in zip(now.verslag, ("gehouden", "vervalt"), strict=True):
        line = f"alfa: {{{known}, {text}}}" if known else text
        root = register({"protocol/overleg/2026-08.yaml": f"{line}\n"})
        assert [found for found in findings_of(root) if found.level == "fout"] == []
        assert getattr(read(root).register.verslagen["2026-08"]["alfa"], key)
    view = make_view(read(root), History(), COORDINATIE, date(2026, 8, 20), GEHEIM)
    assert "2026-08" not in {vergadering.agenda.maand for vergadering in view.vergaderingen}


def test_the_page_shows_what_to_paste(register: Make) -> None:
    """For each of the two newest months a page, reached from the first page and from the agenda."""
    root = register(dossier("VT-2026-001", NOISE) | owing("VT-2026-002"))
    view = make_view(read(root), History(), COORDINATIE, date(2026, 8, 20), GEHEIM)
    pages = {page.path: page.html for page in make_pages(view, read_sources(root).texts)}
    assert sorted(path for path in pages if path.startswith("overleg/")) == [
        "overleg/2026-06.html",
        "overleg/2026-08.html",
    ]
    shown = pages["overleg/2026-08.html"].replace("&#34;", '"')
    assert f"<code>{line('2026-08-27')}\n</code>" in shown
    assert "<code>woontraject log --overleg 2026-08 alfa --goed</code>" in shown
    assert 'href="overleg/2026-08.html"' in pages["index.html"]
    assert 'href="../overleg/2026-08.html"' in pages["agenda/2026-08.html"]


# In a browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The coordinators' site of the demonstration."""
    root = tmp_path_factory.mktemp("overleg")
    for name in ("protocol", "dossiers"):
        shutil.copytree(PROJECT / name, root / name)
    out = root / "build"
    build(root, VANDAAG, VANDAAG, out, geheim=GEHEIM, only=("coordinatie",), progress=lambda *_: None)
    return out / "sites/coordinatie"


def test_on_paper_each_partner_begins_on_a_new_page(site: Path, chromium: Browser, tmp_path: Path) -> None:
    """A4, nothing cut off: every dossier and every line stands on it."""
    pdftotext = require_command("pdftotext", "apt-get install poppler-utils")
    source = (site / "overleg/2026-11.html").read_text(encoding="utf-8")
    partners = re.findall(r'<h2 id="[^"]+">([^<]+)</h2>', source)
    with serving(site) as address, looking(chromium) as (page, _):
        page.goto(f"{address}/overleg/2026-11.html")
        page.pdf(path=tmp_path / "overleg.pdf", format="A4")
        page.emulate_media(media="print")
        page.set_viewport_size({"width": 700, "height": 1000})  # A4 less its margins
        assert page.evaluate(TOO_WIDE) == []
        assert not page.is_visible(".md-header")
    printed = subprocess.run([pdftotext, "-layout", tmp_path / "overleg.pdf", "-"], capture_output=True, check=True)
    sheets = [sheet.split("\n") for sheet in printed.stdout.decode().split("\f")]
    begins = [[text.strip() for text in sheet if text.strip()][:2] for sheet in sheets]
    assert begins[0] == ["Overleg van november 2026", partners[0]]
    assert [first[0] for first in begins[1:] if first and first[0] in partners] == partners[1:]
    text = re.sub(r"\s+", "", printed.stdout.decode())
    for item in {*re.findall(r">([A-Z]{2}-\d{4}-\d{3})<", source), *re.findall(r"^- \{.*", source, re.MULTILINE)}:
        assert re.sub(r"\s+", "", item.replace("&#34;", '"')) in text


TOO_WIDE = """() => [document.documentElement, ...document.querySelectorAll('.md-content *')]
  .filter(e => getComputedStyle(e).overflowX != 'auto' && e.getBoundingClientRect().right > innerWidth + 1)
  .filter(e => !e.closest('.wt-breed, pre'))
  .map(e => e.outerHTML.slice(0, 80))"""


def test_on_a_phone_nothing_is_wider_than_the_screen(site: Path, chromium: Browser) -> None:
    with serving(site) as address, looking(chromium, viewport={"width": 360, "height": 640}) as (page, seen):
        for path in ("overleg/2026-11.html", "agenda/2026-10.html", "index.html"):
            page.goto(f"{address}/{path}")
            assert page.evaluate("document.documentElement.scrollWidth") <= 360
            assert page.evaluate(TOO_WIDE) == []
        assert seen.errors == []
