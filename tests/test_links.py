"""Every link of every site leads somewhere: to a file that is there, and to a place in it that is there."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from tests.engines.plain import content

ELSEWHERE = ("https:", "mailto:", "tel:", "webcal:", "data:")


@dataclass
class Named(HTMLParser):
    """The links and ids of a page."""

    text: str
    links: list[tuple[str, str, str]] = field(default_factory=list)
    """Element, address and `rel`."""
    ids: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        self.links += [(tag, known[name], known.get("rel", "")) for name in ("href", "src") if name in known]
        self.ids.update(known[name] for name in ("id",) if name in known)


def wrong_links(site: Path, place: str) -> Iterator[str]:
    """What is wrong in the pages of a site that a server has at `place`."""
    pages = {f"{place}{path.relative_to(site).as_posix()}": path for path in site.rglob("*") if path.is_file()}
    named = {at: Named(path.read_text(encoding="utf-8")) for at, path in pages.items() if path.suffix == ".html"}
    for at, page in named.items():
        yield from (f"{at}: id {key} stands twice" for key, times in page.ids.items() if times > 1)
        for tag, address, rel in page.links:
            if wrong := _wrong(at, tag, address, rel, pages, named):
                yield f"{at}: <{tag}> {address}: {wrong}"


def _wrong(at: str, tag: str, address: str, rel: str, pages: dict[str, Path], named: dict[str, Named]) -> str | None:
    if address.startswith(ELSEWHERE):
        return "tells where it comes from" if address.startswith("https:") and "noreferrer" not in rel.split() else None
    target = urlsplit(urljoin(at, address))
    path, part = unquote(target.path), unquote(target.fragment)
    if target.scheme or path not in pages:
        return "is not there"
    if tag == "a" and part and (path not in named or part not in named[path].ids):
        return "has no such place"
    return None


def test_every_link_is_alive(published: Path) -> None:
    sites = published / "build/sites"
    built = [site.parent for site in sites.rglob("planning.json")]
    assert len(built) >= 4
    assert [wrong for site in built for wrong in wrong_links(site, f"/{site.relative_to(sites).as_posix()}/")] == []


def test_the_search_finds_pages_that_are_there(published: Path) -> None:
    for index in (published / "build/sites").rglob("search_index.json"):
        site, found = index.parent.parent, json.loads(index.read_text(encoding="utf-8"))["docs"]
        places = {urlsplit(item["location"]) for item in found}
        ids = {path: Named((site / path).read_text(encoding="utf-8")).ids for path in {at.path for at in places} - {""}}
        assert ids
        assert [at for at in places if at.fragment and unquote(at.fragment) not in ids[at.path]] == []


def test_events_lead_to_pages_that_are_there(published: Path) -> None:
    sites = published / "build/sites"
    address = (
        (published / "protocol/organisatie.yaml").read_text(encoding="utf-8").partition("webadres: ")[2].split()[0]
    )
    links = {
        line.removeprefix("URL:")
        for feed in sites.rglob("*.ics")
        for line in content(feed.read_bytes())
        if line.startswith("URL:")
    }
    own = {urlsplit(link.removeprefix(f"{address}/")) for link in links if link.startswith(address)}
    for link in own:
        page = Named((sites / link.path).read_text(encoding="utf-8"))
        assert not link.fragment or link.fragment in page.ids, link.geturl()


@pytest.mark.parametrize(
    ("page", "wrong"),
    [
        ('<a href="b.html">', "/s/a.html: <a> b.html: is not there"),
        ('<a href="../t/a.html">', "/s/a.html: <a> ../t/a.html: is not there"),
        ('<img src="/a.png">', "/s/a.html: <img> /a.png: is not there"),
        ('<a href="javascript:0">', "/s/a.html: <a> javascript:0: is not there"),
        ('<p id="b"><a href="#c">', "/s/a.html: <a> #c: has no such place"),
        ('<p id="b"><p id="b">', "/s/a.html: id b stands twice"),
        ('<a href="https://elders.example">', "/s/a.html: <a> https://elders.example: tells where it comes from"),
        ('<p id="b"><a href="#b"><a href="a.html#b"><a href="/s/a.html">', None),
        ('<a href="https://elders.example" rel="noreferrer"><a href="mailto:a@b.example">', None),
    ],
)
def test_what_would_be_found(tmp_path: Path, page: str, wrong: str | None) -> None:
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    assert list(wrong_links(tmp_path, "/s/")) == ([wrong] if wrong else [])
