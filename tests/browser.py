"""A real browser (Debian's Chromium) that looks at built pages and records all that they do."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request, sync_playwright

from tests.parts import require

# No sandbox: containers of CI have none. The rest keeps the browser itself from asking anything of the network.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def open_chromium() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    require(path, "Chromium", "apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@dataclass
class Seen:
    """What pages did while they were looked at."""

    requests: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@contextmanager
def looking(browser: Browser, **options: Any) -> Iterator[tuple[Page, Seen]]:
    """A page in a context of its own (`options`: viewport, login, …) and what is seen of it."""
    context = browser.new_context(reduced_motion="reduce", **options)  # nothing slides or fades into place
    seen = Seen()

    def dialog(item: Dialog) -> None:
        seen.dialogs.append(item.message)
        item.dismiss()

    def request(item: Request) -> None:
        seen.requests.append(item.url)

    def failed(item: Request) -> None:
        seen.failed.append(f"{item.url} {item.failure}")

    def console(item: ConsoleMessage) -> None:
        seen.console.append(f"{item.type}: {item.text}")

    # Of the context, not of the page: workers and frames count too.
    context.on("request", request)
    context.on("requestfailed", failed)
    context.on("console", console)
    context.on("dialog", dialog)
    context.on("weberror", lambda item: seen.errors.append(str(item.error)))
    try:
        yield context.new_page(), seen
    finally:
        context.close()


NO_SEARCH = "window.Worker = class extends EventTarget { postMessage() {} terminate() {} }"
"""The search loads its index on every page: half of the time. A script for pages that are not searched."""


def kinds(site: Path) -> list[str]:
    """The largest page of every kind, and so one at every depth, of a built site: the paths below it."""
    found: dict[str, str] = {}
    for page in sorted(site.rglob("*.html"), key=lambda page: (-page.stat().st_size, page)):
        path = page.relative_to(site)
        plain = path.name if path.name == "index.html" or len(path.parts) == 1 else "…"
        found.setdefault(f"{path.parent}/{plain}", path.as_posix())
    return list(found.values())


def search(page: Page, text: str) -> None:
    """Search on a page until there are results: of the whole text, as no shorter one was ever asked for."""
    query = page.locator(".md-search__input")
    query.fill(text)
    query.press("End")  # it listens to keys
    page.locator(".md-search-result__item").first.wait_for(timeout=10000)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a plain web server of a folder, on loopback."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
