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
_MERK = re.compile(rf"(?P<item>{_ITEM})(?P<tussen>\s*){_ITEM}|{_TITEL}|{_ANKER}|{_NAAM}", re.DOTALL)
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
    bestand: Path
    """Where its body lies, with those of others, and"""
    begin: int
    lengte: int
    """in which of its bytes."""

    @property
    def soort(self) -> Soort:
        return self.page.path.rpartition("/")[0], min(len(self.toc), _KOPPEN)

    @property
    def body(self) -> str:
        with self.bestand.open("rb") as file:
            file.seek(self.begin)
            return file.read(self.lengte).decode()


def set_apart(pages: Iterable[Page], bestand: Path) -> tuple[list[Page], list[Kopie]]:
    """The pages that the theme must make one by one, and those that may be copies: their bodies go to a file.

    No copies are those of the navigation, in Markdown, of which the title holds a mark, or that leave their title to
    the theme.
    """
    alone, copies = [], []
    with bestand.open("wb") as file:
        for page in pages:
            if page.nav or page.markdown or _H1 not in page.html or not _PLAIN.fullmatch(page.titel):
                alone.append(page)
                continue
            begin = file.tell()
            length = file.write(page.html.encode())
            found = [*entries(page, page.html)]
            copies.append(Kopie(replace(page, html=""), page.toc, found, bestand, begin, length))
    return alone, copies


def linked_from(pages: Iterable[Page], copies: Iterable[Kopie]) -> list[Kopie]:
    """Those that a page in Markdown links to: MkDocs must know them, so they are no copies."""
    markdown = "\n".join(page.markdown for page in pages)
    return [copy for copy in copies if source_of(copy.page.path).rpartition("/")[2] in markdown]


def make_mould(copy: Kopie) -> Page:
    """The page that the theme renders for a kind, in the place of one of them: marks in place of its texts."""
    return replace(copy.page, titel=_TITEL, html=_body(copy.soort))


def make_copies(rendered: str, copies: Sequence[Kopie]) -> Iterator[tuple[Kopie, tuple[str, str, str]]]:
    """Each page of a kind in three parts, the second its body: from what the theme rendered of their mould."""
    before, after = map(_cut, rendered.split(_body(copies[0].soort)))
    for copy in copies:
        yield copy, (_filled(before, copy), copy.body, _filled(after, copy))


def _body(soort: Soort) -> str:
    return _H1 + _KOP * soort[1] + _INHOUD


def _cut(html: str) -> list[str | re.Match[str]]:
    """What is the same on every page, and in between the marks."""
    found: list[str | re.Match[str]] = []
    at = 0
    for mark in _MERK.finditer(html):
        found += [html[at : mark.start()], mark]
        at = mark.end()
    return [*found, html[at:]]


def _filled(pieces: list[str | re.Match[str]], copy: Kopie) -> str:
    return "".join(piece if isinstance(piece, str) else _text_of(piece, copy) for piece in pieces)


def _text_of(mark: re.Match[str], copy: Kopie) -> str:
    if item := mark["item"]:
        return mark["tussen"].join(item.replace(_ANKER, key).replace(_NAAM, name) for key, name in copy.toc)
    if mark[0] == _TITEL:
        return copy.page.titel
    key, name = copy.toc[0]  # beside the list, what skips to the contents leads to the first
    return key if mark[0] == _ANKER else name
