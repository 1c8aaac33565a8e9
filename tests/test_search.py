"""The search of a site, in a real browser: what people type, and what it gives first."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import looking, search, serving


@pytest.fixture(scope="module")
def coordinators(published: Path, chromium: Browser) -> Iterator[Page]:
    with serving(published / "build/sites") as url, looking(chromium) as (page, seen):
        page.goto(f"{url}/coordinatie/index.html")
        yield page
        assert seen.console == []


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("VT-2025-017", "VT-2025-017"),
        ("vt-2025-017", "VT-2025-017"),
        ("2025-017", "VT-2025-017"),
        ("verlenging", "verlenging"),
        ("wacht op besluit", "wacht op besluit"),
        ("regiobrugge", "CAW RegioBrugge"),
        ("CAW-01", "CAW-01"),
        ("VT-7.4", "VT-7.4"),
        ("termijnen", "termijn"),
        ("huisbezoeken", "huisbezoek"),
        ("geevalueerd", "geëvalueerd"),
        ("geëvalueerd", "geëvalueerd"),
        ("coordinatoren", "coördinator"),
        ("woonbeg", "woonbegeleiding"),
    ],
)
def test_it_finds(coordinators: Page, text: str, first: str) -> None:
    """A reference, a phase, a partner, a worker, a rule; with and without accents, in the singular and the plural."""
    coordinators.reload()
    search(coordinators, text)
    result = coordinators.locator(".md-search-result__item").first
    expect(result).to_contain_text(first, ignore_case=True)
    assert "<" not in result.inner_text()


def test_what_nobody_wrote_is_not_found(coordinators: Page) -> None:
    coordinators.reload()
    coordinators.locator(".md-search__input").press_sequentially("zeppelin")
    coordinators.get_by_text("Geen overeenkomende documenten").wait_for()


def test_no_index_holds_what_a_logboek_says(published: Path) -> None:
    """The index of the search is one file that a browser keeps: references, phases and guides, no texts."""
    for site in ("coordinatie", "partners/caw-regiobrugge"):
        index = (published / "build/sites" / site / "search/search_index.json").read_text(encoding="utf-8")
        assert "VT-2025-017" in index
        assert "ploegen" not in index  # of a signal in that dossier
