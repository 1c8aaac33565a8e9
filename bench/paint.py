"""When start pages show what matters (largest contentful paint), on a processor four times as slow."""

import shutil
import statistics
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser
from results import Result

from generator.build import build
from tests.browser import looking, open_chromium, serving

RUNS, SLOWER = 5, 4
TARGET = 2500
"""Milliseconds: what Web Vitals call good."""
AUDIENCES = ("coordinatie", "partners/dienst-01")

PAINT = """() => new Promise(done => {
  new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))
    .observe({type: 'largest-contentful-paint', buffered: true});
})"""


def measure_paint(root: Path, day: date) -> Iterator[Result]:
    """Build the sites of a register and tell how long their start pages take."""
    if not any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
        print("Chromium is missing; install it with: apt-get install chromium")
        return
    out = root / "build"
    shutil.rmtree(out, ignore_errors=True)
    build(root, day, day, out, geheim="the secret of the bench, long enough", only=AUDIENCES, progress=lambda *_: None)
    with open_chromium() as browser, serving(out / "sites") as url:
        for audience in AUDIENCES:
            times = [paint(browser, f"{url}/{audience}/index.html") for _ in range(RUNS + 1)][1:]
            yield Result(
                f"paint, {audience}", statistics.median(times), TARGET, f"ms, processor {SLOWER} times as slow"
            )


def paint(browser: Browser, address: str) -> float:
    """Milliseconds from the request to the last large paint, on a first visit with a phone."""
    with looking(browser, viewport={"width": 360, "height": 800}) as (tab, _):
        slow = tab.context.new_cdp_session(tab)
        slow.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        tab.goto(address)
        tab.wait_for_load_state("networkidle")
        return float(tab.evaluate(PAINT))
