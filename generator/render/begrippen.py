"""Words of the glossary in pages: the first time that a page uses one, it leads to what it means.

A link with a title, not `<abbr>`: it can be reached by touch and by keyboard, and needs no script. Only texts of the
protocol, hand-written pages and labels get them: what people wrote in a dossier is never touched.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from markupsafe import Markup

from generator.invullen import fill
from generator.model.begrip import Begrip
from generator.render.woorden import slug, unaccented

PAGINA = "begrippen.html"
_TOKEN = re.compile(r"""(<!--.*?-->|<(?:"[^"]*"|'[^']*'|[^'">])*>)""", re.DOTALL)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_IN = ("p", "li")
_NOT_IN = (
    "a",
    "button",
    "code",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "pre",
    "script",
    "style",
    "summary",
    "svg",
    "table",
)
_DT = re.compile(r"<dt>([^<]+)</dt>")


@dataclass(frozen=True)
class Uitleg:
    """A word of the glossary with its values filled in. `anker`: where it stands on the page."""

    woord: str
    anker: str
    tekst: str
    ook: tuple[str, ...]
    zie: tuple[str, ...]
    in_tekst: bool


class Woordenlijst:
    """The glossary, and the links to it."""

    def __init__(self, begrippen: Mapping[str, Begrip], waarden: Mapping[str, str]) -> None:
        self.items = tuple(
            Uitleg(woord, slug(woord), fill(item.tekst, dict(waarden)), item.ook, item.zie, item.in_tekst)
            for woord, item in sorted(begrippen.items(), key=lambda pair: unaccented(pair[0]))
        )
        self.by_form = {form.lower(): item for item in self.items for form in (item.woord, *item.ook)}

    @property
    def letters(self) -> dict[str, list[Uitleg]]:
        """The words by their first letter."""
        found: dict[str, list[Uitleg]] = {}
        for item in self.items:
            found.setdefault(unaccented(item.woord)[:1].upper(), []).append(item)
        return found

    @cached_property
    def _forms(self) -> re.Pattern[str]:
        forms = sorted(
            (form for form, item in self.by_form.items() if item.in_tekst), key=lambda form: (-len(form), form)
        )
        # By itself: right beside a brace, or a reference to a character, it is part of something that people typed.
        return re.compile(rf"(?<![\w{{;-])(?:{'|'.join(map(re.escape, forms)) or '(?!)'})(?![\w}}&-])", re.IGNORECASE)

    def link_texts(self, html: str, root: str) -> str:
        """The first use of each word in a paragraph or a list is a link. `root`: from the page to the site's top."""
        seen: set[str] = set()
        inside: list[str] = []
        parts = _TOKEN.split(html)
        for i, part in enumerate(parts):
            if i % 2:
                _follow(part, inside)
            elif _may_link(inside):
                parts[i] = self._forms.sub(lambda found: self._first(found[0], root, seen), part)
        return "".join(parts)

    def link_labels(self, html: str, root: str) -> str:
        """A label of facts (`<dt>`) that is a word of the glossary is a link to it."""
        return _DT.sub(lambda found: f"<dt>{self._label(found[1], root)}</dt>", html)

    def _label(self, text: str, root: str) -> str:
        item = self.by_form.get(text.strip().lower())
        return _link(item, text, root) if item else text

    def _first(self, text: str, root: str, seen: set[str]) -> str:
        item = self.by_form[text.lower()]
        if item.anker in seen:
            return text
        seen.add(item.anker)
        return _link(item, text, root)


@lru_cache(maxsize=4096)
def _link(item: Uitleg, text: str, root: str) -> str:
    """`text` is HTML already. Pages have the same labels over and over: to make them anew is a tenth of a page."""
    place = f"{root}{PAGINA}#{item.anker}"
    return Markup('<a class="wt-begrip" href="{}" title="{}">{}</a>').format(place, item.tekst, Markup(text))


def _follow(tag: str, inside: list[str]) -> None:
    """Keep the elements that are open, as far as they matter."""
    found = _TAG.match(tag)
    name = found[2].lower() if found else ""
    if found and name in (*_IN, *_NOT_IN) and not tag.endswith("/>"):
        if not found[1]:
            inside.append(name)
        elif name in inside:
            del inside[len(inside) - 1 - inside[::-1].index(name) :]


def _may_link(inside: Collection[str]) -> bool:
    return any(name in inside for name in _IN) and not any(name in inside for name in _NOT_IN)
