"""Pages → plain Markdown with a `mkdocs.yml` without hooks: MkDocs, and what comes in its place, builds it as it is.

This is the way out, should MkDocs no longer do: nothing of it is needed here.
"""

import json
import re
from collections.abc import Sequence
from typing import Any

import yaml
from markupsafe import escape

from generator.findings import Gestopt
from generator.model.view import View
from generator.render.markdown import to_markdown
from generator.render.opzet import navigation, site_extra, site_name, source_of
from generator.render.pages import Page

_OURS = ("site_name", "site_dir", "docs_dir", "nav", "hooks", "watch", "validation")
"""What is set here, whatever the configuration says."""


def make_plain(
    view: View, pages: Sequence[Page], static: dict[str, bytes], config: str, theme: dict[str, bytes]
) -> dict[str, bytes]:
    """The files of a view's folder, by path. `config`: the text of `mkdocs.yml`; `theme`: what lies over its theme."""
    texts = {source_of(page.path): _title(page.titel) + (page.markdown or to_markdown(page.html)) for page in pages}
    return {
        "mkdocs.yml": _config(view, pages, config, bool(theme)).encode(),
        **{f"docs/{path}": text.encode() for path, text in texts.items()},
        **{f"docs/{path}": content for path, content in static.items()},
        **{f"theme/{path}": content for path, content in theme.items()},
    }


def _title(titel: str) -> str:
    """Said beside the heading where it looks like HTML: themes take the heading's own text as such."""
    return f"---\ntitle: {json.dumps(escape(titel), ensure_ascii=False)}\n---\n\n" if re.search("[<>&]", titel) else ""


def _config(view: View, pages: Sequence[Page], text: str, themed: bool) -> str:
    """Changed as a tree, so that tags for the reader of the configuration stay."""
    root = _compose(text)
    root.value = [(key, value) for key, value in root.value if key.value not in _OURS]
    _put(root, "site_name", site_name(view))
    _put(root, "nav", navigation(pages))
    _put(root, "validation", {"nav": {"omitted_files": "ignore"}, "links": {"anchors": "warn"}})
    _merge(root, "extra", site_extra(view))
    if themed:
        _merge(root, "theme", {"custom_dir": "theme"})
    extensions = _get(root, "markdown_extensions")
    if isinstance(extensions, yaml.SequenceNode) and "attr_list" not in [item.value for item in extensions.value]:
        extensions.value.append(_node("attr_list"))  # it reads the ids of headings and of rows
    elif extensions is None:
        _put(root, "markdown_extensions", ["attr_list"])
    return yaml.serialize(root, Dumper=yaml.SafeDumper, allow_unicode=True, width=120)


def _compose(text: str) -> yaml.MappingNode:
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        raise Gestopt(f"mkdocs.yml kan niet gelezen worden ({error})") from None
    if not isinstance(node, yaml.MappingNode):
        raise Gestopt("mkdocs.yml heeft geen sleutels: neem die van het pakket als begin")
    return node


def _node(value: Any) -> yaml.Node:
    node = yaml.compose(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), Loader=yaml.SafeLoader)
    assert node is not None
    return node


def _get(root: yaml.MappingNode, key: str) -> yaml.Node | None:
    return next((value for name, value in root.value if name.value == key), None)


def _put(root: yaml.MappingNode, key: str, value: Any) -> None:
    root.value = [pair for pair in root.value if pair[0].value != key]
    root.value.append((_node(key), _node(value)))


def _merge(root: yaml.MappingNode, key: str, values: dict[str, Any]) -> None:
    inner = _get(root, key)
    if not isinstance(inner, yaml.MappingNode):
        _put(root, key, values)
        return
    for name, value in values.items():
        _put(inner, name, value)
