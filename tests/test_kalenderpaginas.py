"""The calendar as pages: every day in its place, what is on it, who sees it, and one sheet of paper for each."""

import json
import re
import subprocess
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator.history import History
from generator.model.view import COORDINATIE, PUBLIEK, Doelgroep, View
from generator.render.afspraken import Afspraak, make_afspraken
from generator.render.kalenderpaginas import Dag, Maandblad, make_months
from generator.render.pages import make_pages
from generator.render.site import Inhoud, make_site
from generator.sources import read_sources
from generator.views import make_view
from tests.browser import looking, serving
from tests.conftest import BASIS, GEHEIM, PROJECT, VANDAAG, read
from tests.parts import require_command

Make = Callable[..., Path]
ALFA = Doelgroep("partner", "alfa")
BETA = Doelgroep("partner", "beta")


def view_of(root: Path, audience: Doelgroep = PUBLIEK, op: date = VANDAAG) -> View:
    return make_view(read(root), History(), audience, op, GEHEIM)


def month_of(view: View, maand: str) -> Maandblad:
    return next(month for month in make_months(view) if month.maand == maand)


def on(view: View, day: str) -> list[Afspraak]:
    return [item for item in make_afspraken(view) if item.datum == date.fromisoformat(day)]


# The days


@pytest.mark.parametrize(
    ("maand", "first", "weeks", "days"),
    [
        ("2026-02", 6, [5, 6, 7, 8, 9], 28),  # begins on a Sunday
        ("2026-11", 6, [44, 45, 46, 47, 48, 49], 30),  # begins on a Sunday, six weeks
        ("2027-02", 0, [5, 6, 7, 8], 28),  # four weeks and no day more
        ("2024-02", 3, [5, 6, 7, 8, 9], 29),  # a leap day
        ("2028-02", 1, [5, 6, 7, 8, 9], 29),
        ("2027-01", 4, [53, 1, 2, 3, 4], 31),  # begins in the last week of the year before
        ("2025-12", 0, [49, 50, 51, 52, 1], 31),  # ends in the first week of the next
    ],
)
def test_a_month_by_week(maand: str, first: int, weeks: list[int], days: int) -> None:
    month = month_of(view_of(BASIS, op=date.fromisoformat(f"{maand}-15")), maand)
    places = [day for week in month.weken for day in week.dagen]
    assert [week.nummer for week in month.weken] == weeks
    assert places[:first] == [None] * first
    assert [day.datum.day for day in places[first : first + days] if day] == list(range(1, days + 1))
    assert not any(places[first + days :])


@pytest.mark.parametrize("op", [date(2024, 2, 29), date(2026, 1, 1), date(2026, 12, 31)])
def test_every_day_of_three_years_once(op: date) -> None:
    """Under its weekday, today marked once, and every month beside the one before and the next."""
    months = make_months(view_of(BASIS, op=op))
    days = [day for month in months for day in month.dagen]
    assert [days[0].datum, days[-1].datum] == [date(op.year - 1, 1, 1), date(op.year + 1, 12, 31)]
    assert all(after.datum - before.datum == timedelta(days=1) for before, after in pairwise(days))
    assert [day.datum for day in days if day.vandaag] == [op]
    for month in months:
        assert all(len(week.dagen) == 7 for week in month.weken)
        assert all(day.datum.weekday() == place for week in month.weken for place, day in enumerate(week.dagen) if day)
        assert len(month.dagen) == monthrange(int(month.maand[:4]), int(month.maand[5:]))[1]
    assert [month.vorige for month in months] == ["", *(month.maand for month in months[:-1])]
    assert [month.volgende for month in months] == [*(month.maand for month in months[1:]), ""]


def test_public_holidays_by_name() -> None:
    days = {day.datum: day.feestdag for month in make_months(view_of(BASIS)) for day in month.dagen}
    assert days[date(2025, 12, 25)] == "Kerstmis"
    assert days[date(2026, 7, 21)] == "Nationale feestdag"
    assert days[date(2026, 12, 24)] == ""
    assert len([name for day, name in days.items() if name and day.year == 2026]) == 12  # two of them on a Sunday


# What is on them


OVERLEG = [
    ("2025-12-11", "aankondiging", "gepland", "", ""),
    ("2025-12-18", "overleg", "gepland", "verplaatst van do 25 december 2025", "kerstdag"),
    ("2025-12-25", "overleg", "verplaatst", "verplaatst", "naar do 18 december 2025: kerstdag"),
    ("2026-07-30", "overleg", "vervallen", "vervalt", "zomer"),
    ("2026-08-27", "overleg", "gepland", "", ""),
    ("2026-11-19", "aankondiging", "gepland", "", ""),
]


@pytest.mark.parametrize("audience", [PUBLIEK, COORDINATIE, ALFA], ids=lambda audience: audience.naam)
@pytest.mark.parametrize(("day", "kind", "stand", "text", "why"), OVERLEG)
def test_overleg_and_notices(
    register: Make, audience: Doelgroep, day: str, kind: str, stand: str, text: str, why: str
) -> None:
    (item,) = on(view_of(register(dossiers_of_both()), audience), day)
    assert (item.soort, item.stand, item.stand_tekst, item.uitleg) == (kind, stand, text, why)


def test_a_cancelled_overleg_has_no_notice_and_stands_on_the_day_of_the_rule() -> None:
    month = month_of(view_of(BASIS), "2026-07")
    assert [day.datum for day in month.dagen if day.afspraken] == [date(2026, 7, 30)]


def test_an_overleg_dropped_for_one_partner(register: Make) -> None:
    """That partner reads so, coordinators of whom it is, others and the public nothing."""
    root = register(
        {"protocol/overleg/2026-11.yaml": "alfa: {vervalt: alles loopt goed}\nbeta: {uur: '16:00'}\n"}
        | dossiers_of_both()
    )
    (own,), (other,), (public,), (all_,) = (
        on(view_of(root, who), "2026-11-26") for who in (ALFA, BETA, PUBLIEK, COORDINATIE)
    )
    assert (own.stand, own.stand_tekst, own.uitleg) == ("vervallen", "vervalt voor u", "alles loopt goed")
    assert (other.stand, other.stand_tekst, other.uitleg, f"{other.uur}") == ("gepland", "", "", "16:00:00")
    assert (public.stand, public.stand_tekst, public.uitleg, public.uur) == ("gepland", "", "", None)
    assert all_.per_partner == ("Alfa: vervalt, alles loopt goed", "Beta: 16.00\N{NO-BREAK SPACE}uur")
    assert other.per_partner == public.per_partner == ()


def dossier(name: str, partner: str, *entries: str) -> dict[str, str]:
    lines = "".join(f"  - {{{entry}}}\n" for entry in entries)
    return {
        f"dossiers/{name}.yaml": f"""\
id: {name}
traject: versnelde-toewijzing
start: 2026-02-01
aanmelding: {{datum: 2025-12-04, partner: {partner}}}
documenten: {{begeleidingsovereenkomst: 2026-01-19, huurovereenkomst: 2026-01-19}}
begeleiding:
  - {{partner: {partner}, begeleider: {partner.upper()}-01, vanaf: 2026-02-01}}
logboek:
  - {{soort: overleg, datum: 2026-03-26, moment: overleg-1m, verloop: goed}}
{lines}"""
    }


def dossiers_of_both() -> dict[str, str]:
    return dossier("VT-2026-001", "alfa") | dossier("VT-2026-002", "beta")


@pytest.mark.parametrize(
    ("entries", "op", "day", "stand", "text"),
    [
        # Nobody made an appointment: the day is only when it is due.
        ((), "2026-03-28", "2026-05-04", "te-plannen", "nog te plannen"),
        ((), "2026-06-01", "2026-05-04", "te-plannen", "nog te plannen, te laat"),
        (("datum: 2026-05-06, uur: 10:00",), "2026-03-28", "2026-05-06", "gepland", "gepland"),
        (("datum: 2026-05-06, uur: 10:00",), "2026-06-01", "2026-05-06", "te-laat", "te laat"),
        (("datum: 2026-05-06, wooncultuur: goed",), "2026-06-01", "2026-05-06", "gehouden", "gehouden"),
        # Called off: it is to be planned again.
        (("datum: 2026-04-28, afgelast: ziek",), "2026-04-29", "2026-05-04", "te-plannen", "nog te plannen"),
    ],
)
def test_a_visit(register: Make, entries: tuple[str], op: str, day: str, stand: str, text: str) -> None:
    logged = (f"soort: huisbezoek, moment: huisbezoek-3m, {entry}" for entry in entries)
    view = view_of(register(dossier("VT-2026-001", "alfa", *logged)), ALFA, date.fromisoformat(op))
    found = [item for item in make_afspraken(view) if item.pad == "dossiers/VT-2026-001.html#huisbezoek-3m"]
    assert [(f"{item.datum}", item.stand, item.stand_tekst) for item in found] == [(day, stand, text)]


def test_what_a_closed_dossier_no_longer_needs_is_gone(register: Make) -> None:
    root = register(dossier("VT-2026-001", "alfa", "soort: stopzetting, datum: 2026-06-01, reden: verhuis"))
    assert [
        item for item in make_afspraken(view_of(root, COORDINATIE)) if item.datum > date(2026, 6, 1) and item.dossier
    ] == []


def test_an_overleg_of_a_track_of_its_own(register: Make) -> None:
    """Its moments stand on their own days; those of the monthly overleg are on the agenda, not here."""
    path = "protocol/versnelde-toewijzing/2024-01-01.yaml"
    rules = (BASIS / path).read_text(encoding="utf-8")
    own = rules.replace("overleg: true", "overleg: {regel: FREQ=MONTHLY;BYDAY=1TU}", 1)
    monthly, weekly = (
        {item.pad for item in make_afspraken(view_of(register(files), ALFA, date(2026, 3, 28))) if item.dossier}
        for files in (dossiers_of_both(), {path: own})
    )
    assert weekly - monthly == {f"dossiers/VT-2026-001.html#overleg-{n}m" for n in (4, 10)}


def test_a_crowded_day_counts_what_it_does_not_show() -> None:
    def visit(n: int) -> Afspraak:
        return Afspraak(VANDAAG, "bezoek", "Huisbezoek", "gepland", "gepland", "", dossier=f"VT-{n}")

    meeting = Afspraak(VANDAAG, "overleg", "Overleg", "gepland", "", "")
    for count, shown in [(0, 0), (1, 1), (3, 3), (4, 2), (40, 2)]:
        day = Dag(VANDAAG, False, "", (meeting, *map(visit, range(count))))
        assert (len(day.getoond), day.meer) == (1 + shown, count - shown)
        assert day.samenvatting == {0: "overleg", 1: "overleg, 1 bezoek"}.get(count, f"overleg, {count} bezoeken")


def test_an_empty_month_says_so(register: Make) -> None:
    """Not one of which the overleg is cancelled: that stands on its day."""
    assert "Deze maand staat er niets op de kalender" not in html_of(view_of(BASIS))["maanden/2026-07.html"]
    rule = "FREQ=YEARLY;BYMONTH=1,2,3;BYDAY=-1TH"
    text = f"overleg:\n  regel: {rule}\n  aankondiging: {rule.replace('-1TH', '-2TH')}\n  uur: 14:00\n"
    seldom = html_of(view_of(register({"protocol/kalender.yaml": text})))
    empty = {path for path, html in seldom.items() if "Deze maand staat er niets op de kalender" in html}
    assert empty == {"maanden/index.html"} | {
        f"maanden/{year}-{month:02}.html" for year in (2025, 2026, 2027) for month in range(4, 13)
    }


# The pages


def html_of(view: View) -> dict[str, str]:
    return {page.path: page.html for page in make_pages(view, read_sources(BASIS).texts)}


def test_the_pages_and_the_way_between_them() -> None:
    pages = [*make_pages(view_of(BASIS), read_sources(BASIS).texts)]
    own = {page.path: page for page in pages if page.path.startswith("maanden/")}
    assert own.keys() == {
        "maanden/index.html",
        *(f"maanden/{year}.html" for year in (2025, 2026, 2027)),
        *(f"maanden/{year}-{month:02}.html" for year in (2025, 2026, 2027) for month in range(1, 13)),
    }
    assert [page.path for page in own.values() if page.nav] == ["maanden/index.html"]
    assert any(page.path == "data.html" for page in pages)
    assert own["maanden/index.html"].html == own["maanden/2026-11.html"].html
    assert [path for path, page in own.items() if 'aria-current="date"' in page.html] == [
        "maanden/index.html",
        "maanden/2026-11.html",
        "maanden/2026.html",
    ]


def test_each_site_holds_the_visits_of_its_own_planning(published: Path) -> None:
    """In the month of each, with a link; and no other dossier's."""
    sites = published / "build/sites"
    for site in (sites / "coordinatie", *(sites / "partners").iterdir()):
        planning = json.loads((site / "planning.json").read_text(encoding="utf-8"))["dossiers"]
        expected = {
            (moment["datum"][:7], f"../dossiers/{item['id']}.html#{moment['id']}")
            for item in planning
            for moment in item["momenten"]
            if moment["soort"] != "overleg" and moment["status"] != "vervallen" and "2025" <= moment["datum"] < "2028"
        }
        found = set(_visits(site))
        assert expected <= found
        ids = {item["id"] for item in planning}
        assert {re.sub(r".*/|\.html.*", "", link) for _, link in found} <= ids
    public = " ".join(page.read_text(encoding="utf-8") for page in (sites / "publiek/maanden").glob("*.html"))
    assert "dossiers/" not in public
    assert "bezoek" not in public


def _visits(site: Path) -> Iterator[tuple[str, str]]:
    for page in (site / "maanden").glob("????-??.html"):
        for link in re.findall(r'href="(\.\./dossiers/[^"]+#[^"]+)"', page.read_text(encoding="utf-8")):
            yield page.stem, link


# In a browser


def sheets(tab: object, path: Path) -> list[str]:
    """The text of each sheet of paper, as the style of the page lays it out."""
    pdftotext = require_command("pdftotext", "apt-get install poppler-utils")
    tab.pdf(path=path, prefer_css_page_size=True)  # type: ignore[attr-defined]
    printed = subprocess.run([pdftotext, "-layout", path, "-"], capture_output=True, check=True)
    return printed.stdout.decode().split("\f")[:-1]


@pytest.mark.parametrize("site", ["publiek", "partners/caw-regiobrugge", "coordinatie"])
def test_each_is_one_sheet(site: str, published: Path, chromium: Browser, tmp_path: Path) -> None:
    folder = published / "build/sites" / site
    pages = ["index", "2025", "2026", "2027", "2025-12", *(f"2026-{month:02}" for month in range(1, 13))]
    with serving(folder) as address, looking(chromium) as (tab, seen):
        for page in pages:
            tab.goto(f"{address}/maanden/{page}.html")
            found = sheets(tab, tmp_path / "blad.pdf")
            full = tab.locator(".wt-maand--vol").count() > 0
            assert len(found) == 1 or full, page
            last = "31" if page.endswith("12") else "30" if page == "2026-11" else "28"
            assert last in found[0].split()
            assert "Vivendo –" not in found[0]
        assert seen.errors == seen.console == []


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The coordinators' site with every dossier of the demonstration twelve times."""
    folder = tmp_path_factory.mktemp("vol")
    view = view_of(PROJECT, COORDINATIE)
    more = [replace(item, id=f"{item.id}{letter}") for item in view.dossiers for letter in ["", *"ABCDEFGHIJK"]]
    view = replace(view, dossiers=tuple(sorted(more, key=lambda item: item.id)))
    sources = read_sources(PROJECT)
    pages = [page for page in make_pages(view, sources.texts) if page.path.startswith(("index", "maanden/"))]
    make_site(
        view,
        Inhoud(pages, (), sources.assets, sources.inhoud, folder / "before"),
        sources.config,
        folder / "cache",
        folder / "site",
    )
    return folder / "site"


def test_a_crowded_month_is_one_sheet_and_a_list(crowded: Path, chromium: Browser, tmp_path: Path) -> None:
    with serving(crowded) as address, looking(chromium) as (tab, _):
        for month, last in (("2026-06", "30"), ("2026-11", "30"), ("2026-12", "31")):
            tab.goto(f"{address}/maanden/{month}.html")
            first, second, *_ = sheets(tab, tmp_path / "blad.pdf")
            assert last in first.split()
            assert re.search(r"nog \d+ bezoeken", first)
            assert second.split()[:3] == ["Dag", "na", "dag"]
            tab.set_viewport_size({"width": 1280, "height": 900})
            assert tab.evaluate("document.documentElement.scrollWidth") <= 1280


def test_on_a_phone_a_month_is_a_list(published: Path, chromium: Browser) -> None:
    folder = published / "build/sites/partners/caw-regiobrugge"
    with serving(folder) as address, looking(chromium, viewport={"width": 360, "height": 740}) as (tab, seen):
        for page in ("index", "2025-12", "2026-07", "2026"):
            tab.goto(f"{address}/maanden/{page}.html")
            assert tab.evaluate("document.documentElement.scrollWidth") <= 360
            assert not tab.locator(".wt-maand").is_visible() if page != "2026" else True
            assert tab.locator(".wt-daglijst tr[id]").first.is_visible() if page != "2026" else True
        tab.goto(f"{address}/maanden/2025-12.html")
        assert "verplaatst: naar do 18 december 2025: kerstdag" in tab.inner_text(".wt-daglijst").replace("\n", " ")
        assert seen.errors == seen.console == []


def test_targets_of_the_year_are_large_enough(published: Path, chromium: Browser) -> None:
    """24 by 24 pixels at least (WCAG 2.2, 2.5.8), on a phone and on a desk."""
    for width in (360, 1280):
        folder = published / "build/sites/coordinatie"
        with serving(folder) as address, looking(chromium, viewport={"width": width, "height": 900}) as (tab, _):
            tab.goto(f"{address}/maanden/2026.html")
            boxes = tab.evaluate(
                "[...document.querySelectorAll('.wt-maandje td a')].map(e => e.getBoundingClientRect())"
                ".map(box => [box.width, box.height])"
            )
            assert len(boxes) > 24
            assert min(min(box) for box in boxes) >= 24
