"""Pages as people meet them: on a phone, at a desk, on paper, light and dark, by keyboard, on a slow line.

A real browser looks at the largest page of every kind, on the sites of the public, of the coordinators, and of the
partners with the most and the fewest pages.
"""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, TimeoutError
from playwright.sync_api import Page as Tab

from tests.browser import NO_SEARCH, kinds, looking, search, serving
from tests.engines import axe_script

PHONE, DESK, PAPER = ({"width": width, "height": 900} for width in (360, 1280, 718))
"""Paper: A4 less the margins of a printer, 1 cm on each side."""
LIGHT, DARK = "default", "slate"
AUDIENCES = ("publiek", "partner met veel", "partner met weinig", "coordinatie")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

AXE = """async tags => {
  for (const part of document.querySelectorAll('details')) part.open = true;
  const options = {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']};
  const {violations} = await axe.run(options);
  return violations.map(({id, nodes}) => [id, ...nodes.map(node => node.html)]);
}"""
WIDER = """within => {
  const wider = element => element.scrollWidth > element.clientWidth + 1;
  const cut = element => element.clientWidth > 1 && getComputedStyle(element).overflowX !== 'visible' && wider(element);
  const found = [...document.querySelectorAll(within)].filter(cut);
  if (wider(document.documentElement)) found.push(document.documentElement);
  return found.map(element => element.cloneNode(false).outerHTML);
}"""
"""What is wider than its place: the page itself, and elements of which a part is cut off; what is only read aloud
may be."""
NOTHING, ANYTHING = ":not(*)", "body *"
"""On a screen some tables scroll within the page."""


@pytest.fixture(scope="module")
def sites(published: Path) -> Path:
    return published / "build/sites"


@pytest.fixture(scope="module")
def axe() -> Path:
    return axe_script()


def site_of(sites: Path, audience: str) -> str:
    if not audience.startswith("partner"):
        return audience
    partners = sorted(sites.glob("partners/*"), key=lambda site: (len([*site.rglob("*.html")]), site))
    return f"partners/{partners[-1 if audience.endswith('veel') else 0].name}"


def go(tab: Tab, address: str) -> None:
    tab.goto(address)
    tab.locator("html.js").wait_for()


# Looks ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_kind_of_page(chromium: Browser, sites: Path, axe: Path, audience: str) -> None:
    """No message, no request that fails, nothing wider than its place, nothing that axe finds.

    What stands around every page axe sees in both schemes at both widths, on the first page of the site.
    """
    site = site_of(sites, audience)
    found: dict[str, Any] = {}
    with serving(sites) as url, looking(chromium, viewport=DESK) as (tab, seen):
        tab.context.add_init_script(NO_SEARCH)
        tab.context.add_init_script(path=axe)
        for path in kinds(sites / site):
            go(tab, f"{url}/{site}/{path}")
            both = path == "index.html"
            found |= {f"{path} {where}": wrong for where, wrong in problems(tab, both=both)}
        assert found == {}
        assert (seen.console, seen.failed, seen.errors, seen.dialogs) == ([], [], [], [])


def problems(tab: Tab, *, both: bool) -> Iterator[tuple[str, list[Any]]]:
    """What is wrong with a page, by where; axe looks at the light desk and the dark phone, or at both in both."""
    for size in (DESK, PHONE):
        tab.set_viewport_size(size)
        for scheme in (LIGHT, DARK):
            if both or (size, scheme) in ((DESK, LIGHT), (PHONE, DARK)):
                tab.evaluate("scheme => document.body.setAttribute('data-md-color-scheme', scheme)", scheme)
                yield from _wrong(f"axe {size['width']} {scheme}", tab.evaluate(AXE, WCAG))
        yield from _wrong(f"breed {size['width']}", tab.evaluate(WIDER, NOTHING))
    tab.set_viewport_size(PAPER)
    tab.emulate_media(media="print")
    yield from _wrong("papier", tab.evaluate(WIDER, ANYTHING))
    tab.emulate_media(media="screen")
    tab.set_viewport_size(DESK)


def _wrong(where: str, found: list[Any]) -> Iterator[tuple[str, list[Any]]]:
    if found:
        yield where, found


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ("<p>Breed: <a href='a.html'>" + "x" * 60 + "</a></p>", {"breed 360"}),
        ("<p>" + "x" * 400 + "</p>", {"breed 360", "breed 1280", "papier"}),
        ("<div tabindex=0 style='overflow: auto'><p>" + "x" * 200 + "</p></div>", {"papier"}),
        ("<p style='color: #999'>Bleek.</p>", {"axe 1280 default", "axe 360 slate"}),
        ("<button></button>", {"axe 1280 default", "axe 360 slate"}),
        ("<details><summary>Meer</summary><img src='data:,'></details>", {"axe 1280 default", "axe 360 slate"}),
        ("<p>Goed.</p>", set()),
    ],
)
def test_what_would_be_found(chromium: Browser, axe: Path, body: str, where: set[str]) -> None:
    with looking(chromium, viewport=DESK) as (tab, _):
        tab.set_content(f"<!doctype html><html lang=nl><title>a</title><main><h1>a</h1>{body}</main></html>")
        tab.add_script_tag(path=axe)
        assert {place for place, _ in problems(tab, both=False)} == where


def test_light_or_dark_as_the_reader_likes(chromium: Browser, sites: Path) -> None:
    """As the machine is set; a press on the button changes it, and that is kept for the next page."""
    with serving(sites) as url, looking(chromium, color_scheme="dark") as (tab, _):
        go(tab, f"{url}/publiek/index.html")
        assert tab.locator("body").get_attribute("data-md-color-scheme") == DARK
        tab.locator("label.md-header__button[for^=__palette]:visible").click()
        tab.locator(f"body[data-md-color-scheme={LIGHT}]").wait_for()
        go(tab, f"{url}/publiek/data.html")
        assert tab.locator("body").get_attribute("data-md-color-scheme") == LIGHT


# Weight --------------------------------------------------------------------------------------------------------------


def packed(file: Path) -> int:
    """Bytes on the way to a browser."""
    return len(gzip.compress(file.read_bytes()))


def test_no_page_is_heavy(sites: Path) -> None:
    """Less than 60 kB, without what pages share."""
    weights = {str(page.relative_to(sites)): packed(page) for page in sites.rglob("*.html")}
    assert {page: weight for page, weight in weights.items() if weight >= 60_000} == {}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_first_visit_is_light(chromium: Browser, sites: Path, audience: str) -> None:
    """Less than 500 kB, with all that the start page loads: styles, scripts and the index of the search."""
    site = site_of(sites, audience)
    with serving(sites) as url, looking(chromium) as (tab, seen):
        go(tab, f"{url}/{site}/index.html")
        tab.wait_for_load_state("networkidle")
    weights = {path: packed(sites / path) for path in (asked.removeprefix(f"{url}/") for asked in seen.requests)}
    assert len(weights) >= 5
    assert sum(weights.values()) < 500_000, weights


# Keyboard ------------------------------------------------------------------------------------------------------------

FOCUS = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return true;
  const shown = element.matches('.md-option') ? element.nextElementSibling : element;
  const marked = shown.matches('input[type=text]') || getComputedStyle(shown).outlineStyle !== 'none';
  const inView = [...shown.getClientRects()].some(({left, right, top, bottom}) => {
    const [x, y] = [[left, right, innerWidth], [top, bottom, innerHeight]].map(
      ([begin, end, size]) => (Math.max(begin, 0) + Math.min(end, size)) / 2);
    return shown.contains(document.elementFromPoint(x, y));
  });
  return marked && inView;
}"""
"""Whether what has the focus is marked, and nothing lies over it. (The button for light or dark is a label.)"""
NAME = "() => document.activeElement === document.body ? '' : document.activeElement.outerHTML"


def stops(tab: Tab) -> Iterator[str]:
    """Everything that takes the focus, in turn, each once it can be seen."""
    for _ in range(300):
        tab.keyboard.press("Tab")
        name = tab.evaluate(NAME)
        if not name:
            return
        try:
            tab.wait_for_function(FOCUS, timeout=10_000)
        except TimeoutError as error:
            raise AssertionError(f"the focus is not seen on {name}") from error
        yield name


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("audience", ["publiek", "partner met veel"])
def test_the_focus_is_always_seen(chromium: Browser, sites: Path, audience: str, size: Any) -> None:
    site = site_of(sites, audience)
    with serving(sites) as url, looking(chromium, viewport=size) as (tab, _):
        go(tab, f"{url}/{site}/index.html")
        links = tab.locator(".md-content a:visible").count()
        passed = list(stops(tab))
    assert len(passed) > links > 0
    assert 'class="md-skip' in passed[0]
    assert any("md-search__input" in name for name in passed)
    assert any("md-nav__link" in name for name in passed)


def test_past_the_navigation_in_one_step(chromium: Browser, sites: Path) -> None:
    with serving(sites) as url, looking(chromium, viewport=DESK) as (tab, _):
        go(tab, f"{url}/coordinatie/index.html")
        tab.keyboard.press("Tab")
        tab.keyboard.press("Enter")
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.closest('.md-content') !== null")


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_searching_by_keyboard(chromium: Browser, sites: Path, axe: Path, size: Any) -> None:
    """Opened with a key, walked with arrows, followed with Enter, closed with Escape; axe looks while it is open."""
    with serving(sites) as url, looking(chromium, viewport=size) as (tab, seen):
        go(tab, f"{url}/coordinatie/index.html")
        tab.wait_for_load_state("networkidle")
        tab.keyboard.press("/")
        tab.wait_for_function("document.activeElement.matches('.md-search__input')")
        tab.keyboard.press("Escape")
        tab.wait_for_function("!document.activeElement.matches('.md-search__input')")
        # The theme gathers changes of focus for 1 ms; without this a key within it, quicker than any hand, is lost.
        tab.evaluate("new Promise(later => setTimeout(later, 50))")
        tab.keyboard.press("/")
        search(tab, "overleg")
        tab.add_script_tag(path=axe)
        assert tab.evaluate(AXE, WCAG) == []
        tab.keyboard.press("ArrowDown")
        found = str(tab.evaluate("document.activeElement.href"))
        assert found.startswith(f"{url}/coordinatie/")
        tab.keyboard.press("Enter")
        tab.wait_for_url(found)
        assert (seen.console, seen.errors) == ([], [])
