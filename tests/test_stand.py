"""How old a page is: it says so, and warns when nobody built it for over two days."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import looking, serving


@pytest.mark.parametrize(
    ("now", "warned"),
    [
        ("2026-11-21T08:00+01:00", False),
        ("2026-11-23T23:59+01:00", False),
        ("2026-11-24T00:01+01:00", True),
        ("2027-03-28T12:00+02:00", True),
        ("2026-11-20T12:00+01:00", False),
    ],
)
def test_a_page_of_over_two_days_old_warns(published: Path, chromium: Browser, now: str, warned: bool) -> None:
    options = {"timezone_id": "Europe/Brussels", "viewport": {"width": 360, "height": 800}}
    with serving(published / "build/sites") as url, looking(chromium, **options) as (page, seen):
        page.clock.set_fixed_time(now)
        page.goto(f"{url}/partners/caw-regiobrugge/index.html")
        warning = page.locator("[data-stand]")
        expect(warning).to_be_visible(visible=warned)
        expect(page.locator(".wt-stand")).to_contain_text("stand op za 21 november 2026 · regels van 1 jan 2024")
        if warned:
            expect(warning).to_contain_text("niet meer bijgewerkt")
            expect(warning.get_by_role("link")).to_have_attribute("href", "mailto:bewonerscontacten@vivendo.example")
        assert seen.console == []
