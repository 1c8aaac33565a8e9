"""Small changes to a YAML file that leave everything else in it byte for byte: comments, order and spacing stay."""

from collections.abc import Callable, Sequence
from typing import Any

import yaml
from yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

Lines = Callable[[int], list[str]]


def set_value(text: str, path: Sequence[str], value: str) -> str:
    """The text with the key at `path` set to `value` (YAML on one line); parents that are missing are made.

    Raises ValueError where the file is no mapping on the way.
    """
    return _checked(text, _set(text, tuple(path), value), lambda data: _data_set(data, tuple(path), _data(value)))


def add_item(text: str, key: str, item: str, index: int, lines: Lines | None = None) -> str:
    """The text with `item` (YAML on one line) put into the list at the top-level `key`, as its entry number `index`.

    `lines` gives the same as lines at an indentation, for a list that is written so.
    """
    changed = _add(text, key, item, index, lines or (lambda indent: [f"{' ' * indent}- {item}"]))
    return _checked(text, changed, lambda data: _data_add(data, key, _data(item), index))


def remove_value(text: str, path: Sequence[str]) -> str:
    """The text without the key at `path`, and without every mapping that holds nothing else: it may be empty then.

    Raises ValueError where the key is not there.
    """
    return _checked(text, _removed(text, tuple(path)), lambda data: _data_removed(data, tuple(path)))


def _set(text: str, path: tuple[str, ...], value: str) -> str:
    node: Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    if node is None:
        return _appended(text, f"{path[0]}: {_nested(path[1:], value)}")
    for depth, key in enumerate(path):
        if not isinstance(node, MappingNode):
            raise ValueError(f"{'.'.join(path[:depth])} is no mapping")
        found = _child(node, key)
        rest = _nested(path[depth + 1 :], value)
        if found is None:
            return _with_key(text, node, key, rest)
        if depth == len(path) - 1 or _is_empty(found):
            return _replaced(text, found, rest)
        node = found
    return text


def _nested(path: Sequence[str], value: str) -> str:
    for key in reversed(path):
        value = f"{{{key}: {value}}}"
    return value


def _child(node: MappingNode, key: str) -> Node | None:
    return next((value for name, value in node.value if name.value == key), None)


def _is_empty(node: Node) -> bool:
    """A key with nothing behind it."""
    return isinstance(node, ScalarNode) and node.start_mark.index == node.end_mark.index


def _replaced(text: str, node: Node, value: str) -> str:
    start, end = node.start_mark.index, _end(node)
    space = "" if start == 0 or text[start - 1] in " \t\n" else " "
    return f"{text[:start]}{space}{value}{text[end:]}"


def _with_key(text: str, node: MappingNode, key: str, value: str) -> str:
    """A key at the end of a mapping, in the style of the mapping."""
    if node.flow_style:
        at = _end(node.value[-1][1]) if node.value else node.start_mark.index + 1
        return f"{text[:at]}{', ' if node.value else ''}{key}: {value}{text[at:]}"
    return _line_after(text, _end(node), f"{' ' * node.start_mark.column}{key}: {value}")


def _add(text: str, key: str, item: str, index: int, lines: Lines) -> str:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    found = _child(root, key) if isinstance(root, MappingNode) else None
    if found is None:
        return _appended(text, _newline(text).join([f"{key}:", *lines(2)]))
    if _is_empty(found) or not found.value:
        own = _newline(text).join(lines(2))
        return _replaced(text, found, f"[{item}]") if _is_in_flow(found) else _first_item(text, found, own)
    if _is_in_flow(found):
        at = _end(found.value[index - 1]) if index else found.value[0].start_mark.index
        return f"{text[:at]}, {item}{text[at:]}" if index else f"{text[:at]}{item}, {text[at:]}"
    line = _newline(text).join(lines(found.start_mark.column))
    if index:
        return _line_after(text, _end(found.value[index - 1]), line)
    at = text.rfind("\n", 0, found.start_mark.index) + 1
    return f"{text[:at]}{line}{_newline(text)}{text[at:]}"


def _removed(text: str, path: tuple[str, ...]) -> str:
    node: Node | None = yaml.compose(text, Loader=yaml.SafeLoader)
    steps: list[tuple[MappingNode, int]] = []
    for key in path:
        names = [name.value for name, _ in node.value] if isinstance(node, MappingNode) else []
        if not isinstance(node, MappingNode) or key not in names:
            raise ValueError(f"{'.'.join(path)} is not there")
        steps.append((node, names.index(key)))
        node = node.value[names.index(key)][1]
    while steps and len(steps[-1][0].value) == 1:
        steps.pop()
    return _without(text, *steps[-1]) if steps else ""


def _without(text: str, node: MappingNode, index: int) -> str:
    """Without one of the keys of a mapping: with the comma before or after it, or with its lines."""
    key, value = node.value[index]
    if not node.flow_style:
        start, end = text.rfind("\n", 0, key.start_mark.index) + 1, text.find("\n", _end(value)) + 1
    elif index + 1 < len(node.value):
        start, end = key.start_mark.index, node.value[index + 1][0].start_mark.index
    else:
        start, end = _end(node.value[index - 1][1]), _end(value)
    return text[:start] + (text[end:] if end else "")


def _is_in_flow(node: Node) -> bool:
    return isinstance(node, SequenceNode) and bool(node.flow_style)


def _first_item(text: str, empty: Node, line: str) -> str:
    """Under a key with nothing behind it."""
    return _line_after(text, empty.start_mark.index, line)


def _end(node: Node) -> int:
    """Where the content of a node ends: a block's own mark lies behind the comments that follow it."""
    if not isinstance(node, CollectionNode) or node.flow_style or not node.value:
        return _scalar_end(node)
    last = node.value[-1]
    return _end(last[1] if isinstance(node, MappingNode) else last)


def _scalar_end(node: Node) -> int:
    """A block text (`|`, `>`) ends with the line break behind its last line."""
    end: int = node.end_mark.index
    if isinstance(node, ScalarNode) and node.style in ("|", ">"):
        buffer = node.end_mark.buffer[: node.end_mark.pointer] if node.end_mark.buffer else ""
        end -= len(buffer) - len(buffer.rstrip())
    return end


def _line_after(text: str, at: int, line: str) -> str:
    """A line of its own behind the line of a place."""
    end = text.find("\n", at)
    if end < 0:
        return _appended(text, line)
    return f"{text[: end + 1]}{line}{_newline(text)}{text[end + 1 :]}"


def _appended(text: str, line: str) -> str:
    break_ = _newline(text)
    between = "" if not text or text.endswith("\n") else break_
    return f"{text}{between}{line}{break_}"


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


# What must come out: a change that says anything else is a mistake of ours, and is never written.


def _checked(text: str, changed: str, change: Any) -> str:
    if _data(changed) != change(_data(text)):
        raise ValueError("the file cannot be changed without rewriting it")
    return changed


def _data(text: str) -> Any:
    """Every scalar as the text that it is written with."""
    return yaml.load(text, Loader=yaml.BaseLoader)


def _data_set(data: Any, path: tuple[str, ...], value: Any) -> Any:
    if not path:
        return value
    known = data if isinstance(data, dict) else {}
    return known | {path[0]: _data_set(known.get(path[0]), path[1:], value)}


def _data_removed(data: Any, path: tuple[str, ...]) -> Any:
    inner = _data_removed(data[path[0]], path[1:]) if path[1:] else None
    rest = {key: value for key, value in data.items() if key != path[0]}
    return (data | {path[0]: inner} if inner is not None else rest) or None


def _data_add(data: Any, key: str, item: Any, index: int) -> Any:
    known = data if isinstance(data, dict) else {}
    items = list(known.get(key) or [])
    return known | {key: [*items[:index], item, *items[index:]]}
