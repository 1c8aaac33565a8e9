"""What the search of a site knows: an entry for each page, or for each part of one that is found by all its text."""

import re
from collections.abc import Iterator
from html import unescape

from markupsafe import escape

from generator.render.pages import Page

Ingang = dict[str, str | int]
"""`location`, `title` and `text` as HTML, which the theme shows; `boost` weighs it."""

_PART = re.compile(r"<h([1-6])\b([^>]*)>(.*?)</h\1>", re.DOTALL)
_ID = re.compile(r'\bid="([^"]+)"')
_UNSEEN = re.compile(r"<(svg|script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)


def entries(page: Page, html: str) -> Iterator[Ingang]:
    """The entries of a page. `html`: its body, which counts where the page does not say what it is found by."""
    if page.zoek is None:
        yield from _parts(page, html)
    else:
        yield _entry(page.path, page.titel, " · ".join(page.zoek))
    for suffix, titel, text in page.zoek_ook:
        yield _entry(page.path + suffix, titel, text) | {"boost": 2}


def _parts(page: Page, html: str) -> Iterator[Ingang]:
    """What stands under each heading with an id; of a page with none the whole."""
    place, titel, text = page.path, page.titel, ""
    ahead = 0
    for heading in _PART.finditer(html):
        text += _text(html[ahead : heading.start()])
        ahead = heading.end()
        anchor = _ID.search(heading[2])
        if anchor:
            yield _entry(place, titel, text)
            place, titel, text = f"{page.path}#{anchor[1]}", _text(heading[3]), ""
        elif heading[1] != "1":  # that is the title of the page
            text += f" {_text(heading[3])} "
    yield _entry(place, titel, text + _text(html[ahead:]))


def _text(html: str) -> str:
    """The text of HTML, words apart that stand in elements of their own."""
    return " ".join(unescape(_UNSEEN.sub(" ", html)).split())


def _entry(location: str, titel: str, text: str) -> Ingang:
    return {"location": location, "title": str(escape(titel)), "text": str(escape(text))}
