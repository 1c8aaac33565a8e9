"""A mail in HTML → the same words as plain text: the two can never say different things."""

import re
from functools import lru_cache
from html.parser import HTMLParser

AS_TYPED = "white-space:pre-wrap"
"""The style of a `span` in which spaces count."""
_LISTS = {"ul", "ol"}
_BLOCKS = {"p", "h1", "h2", "h3", "li", "div", "table", "tr", "blockquote", "body"}
_HIDDEN = {"head", "title", "style"}
_SPACES = re.compile(r"[ \t\r\n\f]+")
"""What HTML reads as one space: others, such as one that keeps a line together, stay."""


@lru_cache(maxsize=1024)  # a mail is a page of the coordinators' site, and a draft beside it
def plain_text(html: str) -> str:
    """Paragraphs with an empty line between them; the items of a list with a dash, each on its line."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[tuple[str, str]] = []
        """The dash of an item, or nothing, and the text."""
        self.now, self.dash = "", ""
        self.depth, self.hidden = 0, 0
        self.typed: list[bool] = []
        """Of each `span` that is open: whether spaces count in it."""
        self.loose = True
        """Another space would not show."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self.hidden += 1
        elif tag == "br":
            self.add("\n", loose=True)
        elif tag == "span":
            self.typed.append(dict(attrs).get("style") == AS_TYPED)
        elif tag in _LISTS | _BLOCKS:
            self.end_block()
            self.depth += tag in _LISTS
            self.dash = f"{'  ' * (self.depth - 1)}- " if tag == "li" else ""

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self.hidden -= 1
        elif tag == "span":
            self.typed.pop()
        elif tag in _LISTS | _BLOCKS:
            self.end_block()
            self.depth -= tag in _LISTS

    def handle_data(self, data: str) -> None:
        if self.hidden:
            return
        if any(self.typed):
            self.add(data, loose=False)
        else:
            text = _SPACES.sub(" ", data)
            self.add(text.removeprefix(" ") if self.loose else text, loose=text.endswith(" "))

    def add(self, text: str, *, loose: bool) -> None:
        if text:
            self.now += text
            self.loose = loose

    def end_block(self) -> None:
        text = self.now.removesuffix(" ") if self.loose else self.now
        if text:
            self.blocks.append((self.dash, text))
        self.now, self.dash, self.loose = "", "", True

    def text(self) -> str:
        """The text of an item goes on below its own first letter."""
        self.end_block()
        lines: list[str] = []
        for dash, text in self.blocks:
            if lines and not dash:
                lines.append("")
            lines.append(dash + text.replace("\n", "\n" + " " * len(dash)))
        return "\n".join(lines) + "\n"
