"""Nothing from elsewhere: no page, style, script or calendar asks anything of another computer.

Two proofs: every file of a whole build is read, and a browser records every request that the pages make. A link that a
person clicks may lead anywhere.
"""

import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser import kinds, looking, search, serving

ELSEWHERE = re.compile(r"(?i)\b(?:https?|wss?|ftp):/*[\w$][^\s\"'`<>)]*|(?:^|[\"'`(=]|,\s*)//[\w$][^\s\"'`<>)]*")
"""An absolute address, or one that only leaves out the scheme."""

# What the scripts of the theme name without asking anything of it here.
HARMLESS = {
    "http://www.w3.org/": "names of the languages of XML",
    "https://unpkg.com/resize-observer-polyfill": "only for browsers from before ResizeObserver (2020)",
    "https://unpkg.com/mermaid@11/": "only for a page with a diagram in Mermaid: no page has one, as a test says",
    "https://api.github.com/": "only with repo_url in mkdocs.yml: no page links to a repository, as a test says",
    "https://${e}/api/v4/projects/": "the same, for GitLab",
    # Comments about who wrote what.
    "http://code.google.com/p/urim/": "comment",
    "http://lunrjs.com": "comment",
    "http://snowball.tartarus.org/": "comment",
    "http://tartarus.org/~martin/PorterStemmer/": "comment",
    "http://www.mozilla.org/MPL/": "comment",
    "https://bit.ly/2s3ChXG": "comment",
    "https://clipboardjs.com/": "comment",
    "https://fontawesome.com": "comment",
    "https://github.com/MihaiValentin/lunr-languages": "comment",
}
LOADING = ("src", "srcset", "href", "xlink:href", "poster", "data", "action", "formaction", "background", "ping")
SCHEME = re.compile(r"(?i)\s*[a-z][a-z0-9+.-]*:")
LINKS = ("https://", "mailto:", "webcal://")
"""Where a link that a person clicks may lead."""


class _Page(HTMLParser):
    """What a page names elsewhere, other than where its links lead."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.code = False
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.code = tag in ("script", "style")
        for name, value in attrs:
            text = value or ""
            link = (tag, name) in (("a", "href"), ("area", "href"))
            if name.startswith("xmlns") or (link and text.startswith(LINKS)):
                continue
            if ELSEWHERE.search(text) or (name in LOADING and SCHEME.match(text)):
                self.found.append(f'<{tag} {name}="{text}">')

    def handle_endtag(self, _tag: str) -> None:
        self.code = False

    def handle_data(self, data: str) -> None:
        if self.code:
            self.found += ELSEWHERE.findall(data)


def of_page(text: str) -> list[str]:
    return _Page(text).found


def of_style(text: str) -> Iterator[str]:
    """Every `url(…)` but those with the image itself in it, and every `@import`."""
    for _, address in re.findall(r"(?i)url\(\s*([\"']?)(.*?)\1\s*\)", text, re.S):
        if not address.startswith("data:") and (":" in address or address.startswith("//")):
            yield address
    yield from re.findall(r"(?i)@import[^;]*", text)
    yield from (word for word in ELSEWHERE.findall(re.sub(r"(?s)url\(.*?\)", "", text)) if not _harmless(word))


def of_script(text: str) -> Iterator[str]:
    yield from (address for address in ELSEWHERE.findall(text) if not _harmless(address))
    for source_map in re.findall(r"[#@] sourceMappingURL=(\S+)", text):
        if ":" in source_map or source_map.startswith("/"):
            yield source_map


def of_json(text: str) -> Iterator[str]:
    """The search shows text of its index as HTML."""
    for value in _strings(json.loads(text)):
        yield from of_page(value)


def of_calendar(text: str) -> Iterator[str]:
    """Addresses to click; nothing that a program fetches by itself (RFC 5545, RFC 7986)."""
    for line in text.replace("\r\n ", "").splitlines():
        name = re.split("[;:]", line)[0]
        if ELSEWHERE.search(line) and name not in ("URL", "DESCRIPTION", "LOCATION"):
            yield line


def of_image(_text: str) -> tuple[()]:
    return ()


READ: dict[str, Callable[[str], Any]] = {
    ".html": of_page,
    ".svg": of_page,
    ".css": of_style,
    ".js": of_script,
    ".json": of_json,
    ".ics": of_calendar,
    ".png": of_image,
}


def _harmless(address: str) -> bool:
    return address.startswith(tuple(HARMLESS))


def _strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for item in value:
                yield from _strings(item)
        case dict():
            for key, item in value.items():
                yield key
                yield from _strings(item)


def test_no_file_asks_anything_of_elsewhere(published: Path) -> None:
    """Every file, and every kind of file is known."""
    files = [path for name in ("sites", "feeds") for path in (published / "build" / name).rglob("*") if path.is_file()]
    assert len(files) > 600
    assert {path.suffix for path in files} <= READ.keys()
    found = {
        str(path): named
        for path in files
        if (named := list(READ[path.suffix](path.read_text(encoding="utf-8", errors="replace"))))
    }
    assert found == {}


def test_what_the_scripts_of_the_theme_wait_for_is_on_no_page(published: Path) -> None:
    pages = [path.read_text(encoding="utf-8") for path in (published / "build/sites").rglob("*.html")]
    assert [page for page in pages if "mermaid" in page or 'data-md-component="source"' in page] == []


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (of_page, '<script src="https://elders.example/a.js"></script>'),
        (of_page, '<script src="//elders.example/a.js"></script>'),
        (of_page, '<link rel="preconnect" href="https://elders.example">'),
        (of_page, '<img srcset="a.png, https://elders.example/a.png 2x">'),
        (of_page, '<p style="background: url(https://elders.example/a.png)">'),
        (of_page, "<style>p { background: url(//elders.example/a.png) }</style>"),
        (of_page, "<script>fetch('https://elders.example/')</script>"),
        (of_page, '<svg><use href="https://elders.example/a.svg#b"/></svg>'),
        (of_page, '<form action="https://elders.example/"></form>'),
        (of_page, '<meta http-equiv="refresh" content="0; url=https://elders.example/">'),
        (of_page, '<a href="index.html" ping="https://elders.example/">'),
        (of_page, '<a href="javascript:fetch(1)">'),
        (of_page, '<iframe srcdoc="&lt;img src=https://elders.example/a.png&gt;">'),
        (of_style, '@import "a.css";'),
        (of_style, "p { background: url('https://elders.example/a.png') }"),
        (of_style, "p { background: image-set('https://elders.example/a.png' 1x) }"),
        (of_script, "new WebSocket(`wss://elders.example/`)"),
        (of_script, 'importScripts("//elders.example/a.js")'),
        (of_script, "//# sourceMappingURL=https://elders.example/a.map"),
        (of_json, '{"docs": [{"text": "<img src=https://elders.example/a.png>"}]}'),
        (of_calendar, "ATTACH:https://elders.example/a.png\r\n"),
        (of_calendar, "IMAGE;VALUE=URI:https://elders.exa\r\n mple/a.png\r\n"),
    ],
)
def test_what_would_be_found(read: Callable[[str], Any], text: str) -> None:
    assert list(read(text))


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (of_page, '<a href="https://teams.example/a">Teams</a> <a href="mailto:a@b.example">a</a>'),
        (of_page, '<a href="webcal://woontraject.example/a.ics"><img src="../a.png" alt="https: //"></a>'),
        (of_page, '<svg xmlns="http://www.w3.org/2000/svg"><path d="M2//3"/></svg>'),
        (of_page, "<p>https://elders.example/ in een tekst</p>"),
        (of_style, "p { mask: url('data:image/svg+xml;charset=utf-8,<svg xmlns=\"http://www.w3.org/2000/svg\"/>') }"),
        (of_script, "a // b\n x = 1 //2"),
        (of_calendar, "URL:https://teams.example/a\r\n"),
    ],
)
def test_what_is_no_request(read: Callable[[str], Any], text: str) -> None:
    assert list(read(text)) == []


@pytest.mark.parametrize("site", ["publiek", "partners/cgg", "coordinatie"])
def test_a_browser_asks_only_our_server(chromium: Browser, published: Path, site: str) -> None:
    """Every kind of page and the search, served without a policy that would hold a request back."""
    sites = published / "build/sites"
    with serving(sites) as url, looking(chromium) as (page, seen):
        for path in kinds(sites / site):
            page.goto(f"{url}/{site}/{path}")
            page.locator("html.js").wait_for()
        search(page, "overleg")
        page.wait_for_load_state("networkidle")
    assert len(seen.requests) > 50
    assert [address for address in seen.requests if not address.startswith(f"{url}/{site}/")] == []
    assert seen.console == seen.errors == []
