"""Pages that follow from one that the theme rendered are the ones that the theme makes, byte for byte."""

import json
from pathlib import Path
from typing import Any

import pytest

from generator.build import Site, write_site
from generator.history import read_history
from generator.model.view import COORDINATIE, PUBLIEK, Doelgroep
from generator.render import mal, site
from generator.render.pages import Page, make_pages
from generator.render.zoekindex import entries
from generator.sources import read_sources
from generator.views import make_view
from tests.conftest import GEHEIM, PROJECT, VANDAAG, read


def files_of(folder: Path) -> dict[str, Any]:
    """Every file; of the search index what it holds, in whatever order."""
    found: dict[str, Any] = {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
    index = json.loads(found["search/search_index.json"])
    found["search/search_index.json"] = sorted(index["docs"], key=lambda entry: (entry["location"], entry["title"]))
    return found


@pytest.mark.parametrize("doelgroep", [PUBLIEK, COORDINATIE, Doelgroep("partner", "caw-regiobrugge")])
def test_a_copy_is_what_the_theme_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, doelgroep: Doelgroep) -> None:
    standen = read(PROJECT)
    view = make_view(standen, read_history(PROJECT), doelgroep, VANDAAG, GEHEIM)
    sources, made = read_sources(PROJECT), []
    for name, kinds in (("copies", mal.by_kind), ("theme", lambda _: {})):
        monkeypatch.setattr(site, "by_kind", kinds)
        made.append(write_site(Site(view, {}, sources, tmp_path / "cache", tmp_path / name)))
    copies, theme = files_of(tmp_path / "copies"), files_of(tmp_path / "theme")
    assert copies.keys() == theme.keys()
    assert [path for path in copies if copies[path] != theme[path]] == []
    assert made[0] == made[1]
    pages = make_pages(view, sources.texts)
    assert sum(map(len, mal.by_kind(pages).values())) >= len(view.dossiers) + 30


@pytest.mark.parametrize(
    ("page", "copied"),
    [
        (Page("a/b.html", "VT-2026-014", html="<h1>x</h1>"), True),
        (Page("a/b.html", "Overleg – CGG: do 26 november", html="<h1>x</h1>"), True),
        (Page("a/b.html", "x & y", html="<h1>x</h1>"), False),
        (Page("a/b.html", "<b>", html="<h1>x</h1>"), False),
        (Page("a/b.html", "x", html="<h1>x</h1>", nav="X"), False),
        (Page("a/b.html", "x", html="<p>x</p>"), False),
        (Page("a/linked.html", "x", html="<h1>x</h1>"), False),
        (Page("a/b.html", "x", markdown="# x"), False),
    ],
)
def test_what_may_be_a_copy(page: Page, copied: bool) -> None:
    other = Page("a/c.html", "y", html="<h1>y</h1>")
    written = Page("d.html", "d", markdown="[x](a/linked.md)")
    kinds = mal.by_kind([page, other, written])
    assert [page in same for same in kinds.values()] == [True] * copied


def test_what_the_search_knows_of_a_page() -> None:
    """Text under each heading, words apart, no drawing, and nothing that could be a tag."""
    html = (
        '<h1>Titel</h1><p>Voor &lt;b&gt;</p><h2 id="een">E&eacute;n</h2><table><tr><td>a</td><td>b</td></tr></table>'
        '<svg><title>weg</title></svg><h3>Zonder</h3><p>c</p><h3 id="twee">Twee <em>x</em></h3>d'
    )
    found = list(entries(Page("p.html", "T & t", html=html), html))
    assert found == [
        {"location": "p.html", "title": "T &amp; t", "text": "Voor &lt;b&gt;"},
        {"location": "p.html#een", "title": "Eén", "text": "a b Zonder c"},
        {"location": "p.html#twee", "title": "Twee x", "text": "d"},
    ]
    assert list(entries(Page("p.html", "T", html=html, zoek=("a", "b")), html)) == [
        {"location": "p.html", "title": "T", "text": "a · b"}
    ]
