"""How long `serve` takes from a saved file to the page that shows it, in a browser."""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import Page
from works import DAY, SECRET

from tests.browser import looking, open_chromium
from tests.nginx import free_port


def measure_serve(root: Path, runs: int) -> list[float]:
    """Seconds of each run; none where Chromium is missing."""
    if not any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
        print("Chromium is missing; install it with: apt-get install chromium")
        return []
    path, port = min((root / "dossiers").iterdir()), free_port()
    command = [sys.executable, "-m", "generator", "--root", str(root), "serve", "--date", str(DAY), "--port", str(port)]
    environment = {**os.environ, "WOONTRAJECT_GEHEIM": SECRET}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as server:
        assert server.stderr
        while "http://" not in server.stderr.readline():
            pass
        try:
            with open_chromium() as browser, looking(browser) as (tab, _):
                tab.goto(f"http://127.0.0.1:{port}/coordinatie/dossiers/{path.stem}.html")
                return [_saved(path, run, tab) for run in range(runs)]
        finally:
            server.terminate()


def _saved(path: Path, run: int, tab: Page) -> float:
    time.sleep(2)  # nothing else is going on
    text = path.read_text(encoding="utf-8")
    began = time.monotonic()
    with tab.expect_navigation(timeout=120_000):  # to look at the page meanwhile would slow down what is measured
        path.write_text(re.sub(r"(?m)^woning: .*$", f"woning: W-9{run:04}", text), encoding="utf-8")
    passed = time.monotonic() - began
    assert f"W-9{run:04}" in tab.inner_text("body")
    return passed
