"""HTML of our own templates → plain Markdown: headings, tables, lists, links, as people write them.

What people typed stays text: each mark that Markdown would read is escaped. Drawings, forms and scripts are left out:
the table beside a drawing says the same.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote

_VOID = {"br", "col", "hr", "img", "input", "link", "meta", "wbr"}
_LEFT_OUT = {"button", "form", "input", "label", "script", "select", "style", "svg", "template", "textarea"}
_BLOCKS = {
    *(
        "address",
        "article",
        "aside",
        "blockquote",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
    ),
    *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary"),
    *("table", "ul"),
}
_MARKS = {"strong": "**", "b": "**", "summary": "**", "th": "**", "dt": "**", "em": "*", "i": "*"}
_APART = "<!-- -->"
"""Between a list and what Markdown would else take as more of it."""


@dataclass
class _Element:
    tag: str
    attributes: dict[str, str]
    children: list["_Element | str"] = field(default_factory=list)

    @property
    def left_out(self) -> bool:
        drawn = self.tag == "figure" and any(self.elements("svg"))
        return self.tag in _LEFT_OUT or "hidden" in self.attributes or drawn

    def elements(self, *tags: str) -> Iterator["_Element"]:
        """Those below it with one of these names, not looking within them."""
        for child in self.children:
            if isinstance(child, _Element):
                if child.tag in tags:
                    yield child
                else:
                    yield from child.elements(*tags)

    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


_Nodes = Sequence[_Element | str]


def to_markdown(html: str) -> str:
    """The body of a page as Markdown; links to pages lead to their Markdown."""
    return "\n\n".join(_blocks(_parse(html).children)) + "\n"


# Reading -------------------------------------------------------------------------------------------------------------


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [_Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = _Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(_Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag in (element.tag for element in self.open):
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        """In text that keeps its lines, a new line is a break."""
        if not any("wt-tekst" in element.attributes.get("class", "").split() for element in self.open):
            self.open[-1].children.append(data)
            return
        for number, line in enumerate(re.split(r"\r\n?|\n", data)):
            self.open[-1].children += [_Element("br", {}), line] if number else [line]


def _parse(html: str) -> _Element:
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.open[0]


# Blocks --------------------------------------------------------------------------------------------------------------


def _blocks(nodes: _Nodes) -> list[str]:
    """The paragraphs, lists, tables and so on of a part of a page."""
    found: list[str] = []
    for block in _split(nodes):
        made = _block(block) if isinstance(block, _Element) else _paragraphs(_inline(block))
        for text in filter(None, made):
            if found and _is_list(found[-1]) and (_is_list(text) or text.startswith("    ")):
                found.append(_APART)
            found.append(text)
    return found


def _split(nodes: _Nodes) -> Iterator["_Element | list[_Element | str]"]:
    """Blocks one by one, and what stands between two of them together."""
    run: list[_Element | str] = []
    for node in nodes:
        if isinstance(node, _Element) and (node.tag in _BLOCKS or any(node.elements(*_BLOCKS))):
            yield run
            yield node
            run = []
        else:
            run.append(node)
    yield run


def _block(element: _Element) -> list[str]:
    if element.left_out:
        return []
    children = element.children
    match element.tag:
        case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
            return [_heading(element)]
        case "ul" | "ol" | "dl":
            return [_list(element)]
        case "table":
            return _table(element)
        case "pre":
            return ["\n".join(f"    {line}" for line in element.text().strip("\n").splitlines())]
        case "hr":
            return ["---"]
        case "blockquote":
            return ["\n".join(f"> {line}".rstrip() for line in "\n\n".join(_blocks(children)).split("\n"))]
        case "summary":
            return _paragraphs(_inline([element]))
    return [*filter(None, [_anchor(element)]), *_blocks(children)]


def _paragraphs(text: str) -> list[str]:
    """Lines of text, of which an empty one ends a paragraph."""
    paragraphs = re.split(r"\n{2,}", "\n".join(line.strip(" ") for line in text.split("\n")).strip("\n"))
    return ["  \n".join(map(_begin, paragraph.split("\n"))) for paragraph in paragraphs if paragraph]


def _heading(element: _Element) -> str:
    text = re.sub(r"(?<!&)#", r"\\#", _one_line(_inline(element.children)))
    return f"{'#' * int(element.tag[1])} {text}{_id(element)}"


def _list(element: _Element) -> str:
    if element.tag == "dl":
        return "\n".join(_facts(element))
    items = []
    for number, item in enumerate(element.elements("li"), start=1):
        mark = f"{number}. " if element.tag == "ol" else "- "
        items.append(_item(mark, _anchor(item), _blocks(item.children)))
    return ("\n\n" if any("\n\n" in item for item in items) else "\n").join(items)


def _item(mark: str, anchor: str, blocks: list[str]) -> str:
    text = blocks[0] if blocks else ""
    for block in blocks[1:]:
        text += f"\n{block}" if _is_list(block) else f"\n\n{block}"
    first, *rest = f"{anchor}{text}".split("\n")
    return "\n".join([f"{mark}{first}", *(f"    {line}" if line.strip() else "" for line in rest)])


def _facts(element: _Element) -> Iterator[str]:
    """Each term with what is said of it."""
    terms: list[tuple[str, list[str]]] = []
    for child in element.elements("dt", "dd"):
        if child.tag == "dt" or not terms:
            terms.append((f"{_anchor(child)}{_one_line(_inline([child]))}", []))
        else:
            terms[-1][1].append(_lines(child.children))
    for term, said in terms:
        yield f"- {term}: {'<br>'.join(said)}" if said else f"- {term}"


def _is_list(block: str) -> bool:
    return bool(re.match(r"(?:- |\d+\. )", block))


# Tables --------------------------------------------------------------------------------------------------------------


def _table(element: _Element) -> list[str]:
    caption = [text for part in element.elements("caption") for text in _paragraphs(_inline(part.children))]
    rows = [[*_cells(row)] for row in element.elements("tr")]
    width = max(map(len, rows), default=0)
    if not width:
        return caption
    lines = [f"| {' | '.join([*row, *[''] * (width - len(row))])} |" for row in rows]
    return [*caption, "\n".join([lines[0], f"|{' --- |' * width}", *lines[1:]])]


def _cells(row: _Element) -> Iterator[str]:
    place = row.attributes.get("id")
    head = all(cell.tag == "th" for cell in row.elements("td", "th"))
    for cell in row.elements("td", "th"):
        text = _lines([cell] if cell.tag == "th" and not head else cell.children).replace("|", "&#124;")
        yield f"{text}{_id(cell)}" if not place else f"{_anchor(cell)}{text}{_id(row)}"
        place = None
        yield from [""] * (int(cell.attributes.get("colspan") or 1) - 1)


def _lines(nodes: _Nodes) -> str:
    """Blocks on one line, as in a cell of a table, with `<br>` between them."""
    found: list[str] = []
    for block in _split(nodes):
        if not isinstance(block, _Element):
            found += _inline(block).split("\n")
        elif block.tag in ("ul", "ol"):
            marks = (f"{number}. " if block.tag == "ol" else "– " for number in range(1, 1000))
            found += [f"{mark}{_lines(item.children)}" for mark, item in zip(marks, block.elements("li"), strict=False)]
        elif block.tag in _MARKS:
            found.append(_inline([block]))
        elif not block.left_out:
            found += [_lines(block.children)]
    return "<br>".join(line.strip() for line in found if line.strip())


# Text ----------------------------------------------------------------------------------------------------------------


def _inline(nodes: _Nodes) -> str:
    """Text with its marks and links; a new line in it is one that is shown."""
    return "".join(_escape(node) if isinstance(node, str) else _inline_element(node) for node in nodes)


def _inline_element(element: _Element) -> str:
    if element.left_out:
        return ""
    text = _inline(element.children)
    match element.tag:
        case "br":
            return "\n"
        case "a" if element.attributes.get("href"):
            return f"{_anchor(element)}[{_one_line(text)}]({_target(element.attributes['href'])})"
        case "img":
            source = _target(element.attributes.get("src", ""))
            return f"![{_one_line(_escape(element.attributes.get('alt', '')))}]({source})"
        case "code":
            return _code(element.text(), text)
        case "span" if "wt-stil" in element.attributes.get("class", "").split():
            return "\n".join(_marked(line, "*") for line in text.split("\n"))
        case tag if tag in _MARKS:
            return "\n".join(_marked(line, _MARKS[tag]) for line in text.split("\n"))
    return f"{_anchor(element)}{text}"


def _marked(text: str, mark: str) -> str:
    """Marks close to the words; within each other they are one."""
    if not (words := text.strip().replace("**", "") if mark == "**" else text.strip()):
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{mark}{words}{mark}{after}"


def _code(text: str, escaped: str) -> str:
    return escaped if re.search(r"[`<&|\n\\]", text) or text != text.strip() or not text else f"`{text}`"


def _target(address: str) -> str:
    """An address without what Markdown would read as its end."""
    if not re.match(r"[a-z][a-z0-9+.-]*:", address):
        address = re.sub(r"\.html(?=$|[?#])", ".md", address, count=1)
    return quote(address, safe=":/?#@!$&',;=+%-._~").replace("&", "&amp;")


def _anchor(element: _Element) -> str:
    key = element.attributes.get("id", "")
    return f'<a id="{quote(key)}"></a>' if key else ""


def _id(element: _Element) -> str:
    key = element.attributes.get("id", "")
    return f" {{#{quote(key)}}}" if key else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


_READ = re.compile(r"[\\`*{}\[\]]|(?<![^\W_])_|_(?![^\W_])")
"""What Markdown reads anywhere in a line; within a word it does not read a low line."""


def _escape(text: str) -> str:
    """Text of a page, in which white space is one space."""
    text = _READ.sub(r"\\\g<0>", re.sub(r"[ \t\r\n\f]+", " ", text))
    text = re.sub(r"&(?=#?\w+;)", "&amp;", text).replace("<", "&lt;")
    return text.replace("~~", "&#126;&#126;")


def _begin(line: str) -> str:
    """A line that Markdown does not read as the beginning of something else."""
    line = re.sub(r"^(\d+)([.)])(?=\s|$)", r"\1\\\2", line)
    if re.match(r"[#+>!-]", line) and not line.startswith("!["):
        return f"\\{line}"
    return f"&#{ord(line[0])};{line[1:]}" if re.match(r"[=:|~?/^%]", line) else line
