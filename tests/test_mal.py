"""Pages that follow from one that the theme rendered are the ones that the theme makes, byte for byte."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from generator import levering
from generator.history import read_history
from generator.model.view import COORDINATIE, PUBLIEK, Doelgroep
from generator.render import mal
from generator.render.pages import Page
from generator.render.zoekindex import entries
from generator.sources import read_sources
from generator.stempel import Stempel
from generator.views import make_dossiers
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
    history, sources, copied = read_history(PROJECT), read_sources(PROJECT), []

    def counted(pages: Iterable[Page], bestand: Path) -> tuple[list[Page], list[mal.Kopie]]:
        alone, copies = mal.set_apart(pages, bestand)
        copied.extend(copies)
        return alone, copies

    found = []
    for name, apart in (("copies", counted), ("theme", lambda pages, _: ([*pages], []))):
        monkeypatch.setattr(levering, "set_apart", apart)
        folder, cache = tmp_path / name, tmp_path / "cache" / name
        bouw = levering.Bouw(standen, history, sources, VANDAAG, GEHEIM, Stempel(), folder, folder, cache, 1)
        made = levering.make_levering(bouw, doelgroep)
        found.append((files_of(folder / "sites" / doelgroep.naam), made.stempel and made.stempel.scripts))
    (copies, scripts), (theme, same) = found
    assert copies.keys() == theme.keys()
    assert [path for path in copies if copies[path] != theme[path]] == []
    assert scripts == same
    dossiers = [*make_dossiers(standen, history, doelgroep, VANDAAG)]
    assert len(copied) >= len(dossiers) + 30


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
def test_what_may_be_a_copy(page: Page, copied: bool, tmp_path: Path) -> None:
    other = Page("a/c.html", "y", html="<h1>y</h1>")
    written = Page("d.html", "d", markdown="[x](a/linked.md)")
    alone, copies = mal.set_apart([page, other, written], tmp_path / "bodies")
    kept = [copy for copy in copies if copy not in mal.linked_from(alone, copies)]
    assert [copy.page.path for copy in kept] == [page.path] * copied + ["a/c.html"]
    assert [copy.body for copy in kept] == [page.html] * copied + ["<h1>y</h1>"]


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
