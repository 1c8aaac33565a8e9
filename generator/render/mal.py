"""Pages that differ in title, contents and body alone: the theme renders one of each kind, the others follow from it.

A page of the theme takes some milliseconds, most of them for what is the same on every page. A test holds each copy
against the page that the theme makes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from generator.render.opzet import source_of
from generator.render.pages import Page

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


def by_kind(pages: Sequence[Page]) -> dict[Soort, list[Page]]:
    """The pages that may be copies, of each kind with more than one.

    Not those of the navigation, in Markdown or that Markdown links to, of which the title holds a mark, or that leave
    their title to the theme.
    """
    found: dict[Soort, list[Page]] = {}
    markdown = "\n".join(page.markdown for page in pages)
    for page in pages:
        linked = source_of(page.path).rpartition("/")[2] in markdown
        alone = page.nav or page.markdown or linked or _H1 not in page.html
        if not alone and _PLAIN.fullmatch(page.titel):
            kind = page.path.rpartition("/")[0], min(len(page.toc), _KOPPEN)
            found.setdefault(kind, []).append(page)
    return {kind: same for kind, same in found.items() if len(same) > 1}


def make_mould(page: Page, soort: Soort) -> Page:
    """The page that the theme renders for a kind, in the place of one of them: marks in place of its texts."""
    return replace(page, titel=_TITEL, html=_body(soort))


def make_copies(rendered: str, soort: Soort, pages: Iterable[Page]) -> Iterator[tuple[Page, str]]:
    """Each page of a kind, from what the theme rendered of its mould."""
    before, after = rendered.split(_body(soort))
    for page in pages:
        yield page, _filled(before, page) + page.html + _filled(after, page)


def _body(soort: Soort) -> str:
    return _H1 + _KOP * soort[1] + _INHOUD


def _filled(html: str, page: Page) -> str:
    toc = page.toc
    if toc:
        key, name = toc[0]  # beside the list, what skips to the contents leads to the first
        html = _ITEMS.sub(lambda found: _items(found, toc), html).replace(_ANKER, key).replace(_NAAM, name)
    return html.replace(_TITEL, page.titel)


def _items(found: re.Match[str], toc: list[tuple[str, str]]) -> str:
    return found["tussen"].join(found["item"].replace(_ANKER, key).replace(_NAAM, name) for key, name in toc)
