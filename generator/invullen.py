"""Texts with values filled in: `{overleg-4m}` becomes 4, and follows when the protocol changes."""

import re
from collections.abc import Iterator

_PLACEHOLDER = re.compile(r"\{([^{}\n]{1,80})\}")


def fill(text: str, waarden: dict[str, str]) -> str:
    """The text with every placeholder replaced by its value; one without a value stays, a check reports it."""
    return _PLACEHOLDER.sub(lambda found: waarden.get(found[1], found[0]), text)


def placeholders(text: str) -> list[str]:
    """The names between braces, in order."""
    return _PLACEHOLDER.findall(text)


def unknown_placeholders(text: str, waarden: dict[str, str]) -> Iterator[str]:
    """The placeholders that have no value."""
    return (name for name in placeholders(text) if name not in waarden)
