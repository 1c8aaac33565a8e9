"""Pages that differ in title, contents and body alone: the theme renders one of each kind, the others follow from it.

A page of the theme takes some milliseconds, most of them for what is the same on every page. A test holds each copy
against the page that the theme makes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from generator.render.opzet import source_of
from generator.render.pages import Page
from generator.render.zoekindex import Ingang, entries

_TITEL, _ANKER, _NAAM, _INHOUD = "wt-mal-titel", "wt-mal-anker", "wt-mal-naam", "wt-mal-inhoud"
_KOP = f'<h2 id="{_ANKER}">{_NAAM}</h2>'
_H1 = "<h1>"
_ITEM = rf'<li class="md-nav__item">(?:(?!<li\b).)*?#{_ANKER}"(?:(?!<li\b).)*?</li>'
_ITEMS = re.compile(rf"(?P<item>{_ITEM})(?P<tussen>\s*){_ITEM}", re.DOTALL)
_PLAIN = re.compile(r"[\w .,:’–()-]+")
_KOPPEN = 2
"""With so many headings the theme shows what is on the page."""

Soort = tuple[str, int]
"""What the theme makes of a page beside its texts: the folder that its links begin in, and the headings it counts."""


class Kopie(NamedTuple):
    """A page that may follow from what the theme makes of its kind. Its body lies in a file: a site of thousands of
    dossiers does not fit in memory."""

    page: Page
    """Without its body."""
    toc: list[tuple[str, str]]
    ingangen: list[Ingang]
    """What the search knows of it."""

    @property
    def soort(self) -> Soort:
        return self.page.path.rpartition("/")[0], min(len(self.toc), _KOPPEN)

    def body(self, folder: Path) -> str:
        """Its body, from the folder that it was laid in."""
        return (folder / self.page.path).read_text(encoding="utf-8")


def set_apart(pages: Iterable[Page], folder: Path) -> tuple[list[Page], list[Kopie]]:
    """The pages that the theme must make one by one, and those that may be copies: their bodies go to `folder`.

    No copies are those of the navigation, in Markdown, of which the title holds a mark, or that leave their title to
    the theme.
    """
    alone, copies = [], []
    for page in pages:
        if page.nav or page.markdown or _H1 not in page.html or not _PLAIN.fullmatch(page.titel):
            alone.append(page)
            continue
        file = folder / page.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page.html, encoding="utf-8")
        copies.append(Kopie(replace(page, html=""), page.toc, [*entries(page, page.html)]))
    return alone, copies


def linked_from(pages: Iterable[Page], copies: Iterable[Kopie]) -> list[Kopie]:
    """Those that a page in Markdown links to: MkDocs must know them, so they are no copies."""
    markdown = "\n".join(page.markdown for page in pages)
    return [copy for copy in copies if source_of(copy.page.path).rpartition("/")[2] in markdown]


def make_mould(copy: Kopie) -> Page:
    """The page that the theme renders for a kind, in the place of one of them: marks in place of its texts."""
    return replace(copy.page, titel=_TITEL, html=_body(copy.soort))


def make_copies(rendered: str, copies: Sequence[Kopie], folder: Path) -> Iterator[tuple[Kopie, tuple[str, str, str]]]:
    """Each page of a kind in three parts, the second its body: from what the theme rendered of their mould."""
    before, after = rendered.split(_body(copies[0].soort))
    for copy in copies:
        yield copy, (_filled(before, copy), copy.body(folder), _filled(after, copy))


def _body(soort: Soort) -> str:
    return _H1 + _KOP * soort[1] + _INHOUD


def _filled(html: str, copy: Kopie) -> str:
    toc = copy.toc
    if toc:
        key, name = toc[0]  # beside the list, what skips to the contents leads to the first
        html = _ITEMS.sub(lambda found: _items(found, toc), html).replace(_ANKER, key).replace(_NAAM, name)
    return html.replace(_TITEL, copy.page.titel)


def _items(found: re.Match[str], toc: list[tuple[str, str]]) -> str:
    return found["tussen"].join(found["item"].replace(_ANKER, key).replace(_NAAM, name) for key, name in toc)
