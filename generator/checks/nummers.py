"""Numbers that prove themselves in a text: national and BIS numbers, IBANs; and telephones, by how they are written."""

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple


class Vondst(NamedTuple):
    """Where something stands in a text, and what kind of thing it looks like."""

    start: int
    end: int
    soort: str


_BETWEEN = r" \t./()\-‐‑‒–—−_"
_GAP = rf"(?:[{_BETWEEN}]{{0,3}}|[{_BETWEEN}]{{0,80}}\r?\n[ ]{{0,80}})"
"""What may stand between two digits of one number."""
_NUMMER = re.compile(rf"[0-9](?<![0-9][0-9])(?:{_GAP}[0-9]){{8,}}")
_GROEP = re.compile(
    r"(?<![0-9])(?:(?:19|20)[0-9]{2}(?P<a>[-/.])[0-9]{1,2}(?P=a)[0-9]{1,2}"
    r"|[0-9]{1,2}(?P<b>[-/.])[0-9]{1,2}(?P=b)(?:19|20)[0-9]{2})(?![0-9])|[0-9]+"
)
"""A date, or digits together."""
_IBAN = re.compile(rf"(?<![^\W_])(?:IBAN|iban)?(?=([A-Za-z]{{2}}{_GAP}[0-9]{{2}}(?:{_GAP}[A-Za-z0-9]){{11,30}}))")
_VAST_OF_MOBIEL = re.compile(r"04[5-9][0-9]{7}|0[1-9][0-9]{7}")
_MET_LANDCODE = re.compile(r"320?(?:4[5-9][0-9]{7}|[1-9][0-9]{7})|(?!32)[1-9][0-9]{8,14}")
_MET_NULLEN = re.compile(r"00(?:320?(?:4[5-9][0-9]{7}|[1-9][0-9]{7})|(?!32)(?:[34][0-9]|21[236]|9[0-9])[0-9]{7,12})")
_ZONES = ("02", "03", "04", "09")
_NO_TELEPHONE_AFTER = re.compile(r"(?:[0-9][-./_]|\b[A-Z]{1,2}-|\bBE ?)$")
"""The rest of a date or a reference, a reference itself (W-…), the number of an enterprise (BE …)."""
_ELEVEN = b"0" * 11
_TO_ZERO, _DROPPED = bytes.maketrans(b"123456789", b"000000000"), b" \t\r\n./()-_?"
_FROM_ZERO = re.compile(rf"0(?<![0-9]0)(?<![0-9][-./_]0)[0-9\r\n{_BETWEEN}]{{8}}")


def has_many_digits(text: str) -> bool:
    """A first look: eleven digits that may be one number, or a number that begins with a zero or a plus."""
    digits = text.encode("latin-1", "replace").translate(_TO_ZERO, _DROPPED)
    return _ELEVEN in digits or "+" in text or _FROM_ZERO.search(text) is not None


def find_rekeningnummers(text: str) -> Iterator[Vondst]:
    """IBANs of any country."""
    end = 0
    for found in _IBAN.finditer(text):
        from stdnum import iban  # slow to import, and most registers have no such number

        start, number = found.start(1), ""
        for group in re.finditer(r"[A-Za-z0-9]+", found[1]):
            number += group[0]
            if start >= end and iban.is_valid(number, check_country=False):
                end = start + group.end()
                yield Vondst(start, end, "rekeningnummer")


def find_nummers(text: str) -> Iterator[Vondst]:
    """National and BIS numbers, and telephones: digits in groups, that a date breaks off."""
    for found in _NUMMER.finditer(text):
        groups: list[re.Match[str]] = []
        for group in _GROEP.finditer(text, found.start(), found.end()):
            if group[0].isdigit():
                groups.append(group)
                continue
            yield from _in_groups(text, groups)
            groups = []
        yield from _in_groups(text, groups)


def _in_groups(text: str, groups: list[re.Match[str]]) -> Iterator[Vondst]:
    at = 0
    while at < len(groups):
        start = groups[at].start()
        soort, size = _number_at([group[0] for group in groups[at : at + 15]], text[max(0, start - 4) : start])
        if soort:
            start -= text[start - 1 : start] in ("+", "(")
            yield Vondst(start, groups[at + size - 1].end(), soort)
        at += size


def _number_at(groups: list[str], before: str) -> tuple[str, int]:
    """Which number begins here, and how many of the groups it takes; none: one group is passed over."""
    numbers = [(digits, size) for size, digits in enumerate(accumulate(groups), 1)]
    abroad = before.rstrip().endswith("+")
    for digits, size in numbers:
        if abroad and _MET_LANDCODE.fullmatch(digits):
            return "telefoonnummer", size
    for digits, size in numbers:
        if len(digits) == 11 and (soort := _proven(digits)):
            return soort, size
    for digits, size in numbers:
        if _is_dialled(digits, groups[:size]) and not _NO_TELEPHONE_AFTER.search(before):
            return "telefoonnummer", size
    return "", 1


def _proven(digits: str) -> str:
    """Which number of a person these eleven digits are, if any."""
    from stdnum.be import bis, nn  # slow to import, and most registers have no such number

    if nn.is_valid(digits):
        return "rijksregisternummer"
    return "bisnummer" if bis.is_valid(digits) else ""


def _is_dialled(digits: str, groups: list[str]) -> bool:
    """A telephone as it is written in Belgium: an area code, then groups of two digits or more; no date with more."""
    code, *rest = groups
    if _MET_NULLEN.fullmatch(digits):
        return len(code) > 3 or rest[0].startswith("32")
    if not _VAST_OF_MOBIEL.fullmatch(digits) or any(len(group) < 2 for group in rest):
        return False
    return len(code) > 2 or (code in _ZONES and (len(digits) == 10 or len(rest[0]) in (3, 7)))
