"""What looks like personal data in a text: a number that proves itself, an address, a name after a title.

Nearly every text holds none, so each kind is looked for at a rare character, and looks around from there. No pattern
runs over a text more than once, whatever stands in it.
"""

import re
from collections.abc import Callable, Iterator
from itertools import chain

from generator.checks.nummers import Vondst, find_nummers, find_rekeningnummers, has_many_digits


def find_all(text: str, organisaties: tuple[str, ...] = ()) -> list[Vondst]:
    """Everything in a text that looks like personal data. The names of organisations are none."""
    text = text.replace("\xa0", " ").replace("\u2009", " ").replace("\u202f", " ")
    found: list[Vondst] = []
    for find in (find_rekeningnummers, find_nummers) if has_many_digits(text) else ():
        text = _take(found, text, find)
    for find in (_mailadressen, _geboortedatums):
        text = _take(found, text, find)
    return [*found, *_namen_en_adressen(text, organisaties)]


def _take(found: list[Vondst], text: str, find: Callable[[str], Iterator[Vondst]]) -> str:
    """The text with what is found made unreadable, each character in its place: it is one thing only."""
    if not (new := sorted(set(find(text)))):
        return text
    found += new
    rest, at = "", 0
    for start, end, _ in new:
        rest += text[at:start]
        rest += "\0" * (end - len(rest))
        at = max(at, end)
    return rest + text[at:]


_MAIL = re.compile(r"[\w.%+-]{1,64}\s?(?:@|\(at\))\s?[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,24}\b")
_MAAND = "(?i:jan|feb|mrt|maa|apr|mei|jun|jul|aug|sep|okt|nov|dec)"
_DAG = (
    r"(?:[0-9]{4}[-/. ][0-9]{1,2}[-/. ][0-9]{1,2}|[0-9]{1,2} ?[-/. ] ?[0-9]{1,2} ?[-/. ] ?(?:[0-9]{4}|[0-9]{2})"
    rf"|[0-9]{{8}}|[0-9]{{1,2}}(?:e|ste|de)? {_MAAND}[a-z]*\.?(?: [0-9]{{4}})?)(?![0-9])"
)
_GEBOREN = {
    "eb": re.compile(r"eb(?<=[Gg]eb)(?<!\w...)(?:oren\b|oorte(?:datum|dag)?\b|\b\.?(?: ?dat(?:um)?\b\.?)?)"),
    "EB": re.compile(r"EB(?<=GEB)(?<!\w...)(?:OREN\b|OORTE(?:DATUM|DAG)?\b|\b\.?(?: ?DAT(?:UM)?\b\.?)?)"),
    "°": re.compile(r"°(?<![0-9]°)(?!C\b)"),
}
"""Words of birth from their second letter on, as few words have these two together, by what they begin with."""
_DAARNA = re.compile(
    r"[\s:(=]*+(?:(?:(?i:te|in|op|de|den|dd\.?|is|was|werd|(?:maan|dins|woens|donder|vrij|zater|zon)dag)"
    rf"|[A-ZÀ-Þ][\w’'-]*+,?)[\s:()=]++){{0,5}}({_DAG})"
)
"""A date after a word of birth, with at most a place between."""
_DAARVOOR = re.compile(rf"(?<![0-9])({_DAG})[ ,(]{{0,3}}[Gg]?$")

_HOOFDLETTER = "A-ZÀ-ÖØ-ÞĆČĐĞİŁŃŒŚŞŠŸŹŻŽ"
_BEGIN = (
    re.compile(rf" (?=[0-9{_HOOFDLETTER}])(?<=[^:,\-\[{{] )"),
    re.compile(rf"\n *(?=[0-9{_HOOFDLETTER}])"),
    re.compile(rf"\.(?=[{_HOOFDLETTER}])"),
    re.compile(rf": (?=[{_HOOFDLETTER}][a-z])"),
)
"""Where a capital or a number comes after a word: in a line, on the next, after ‘dhr.’, after ‘huurder:’."""
_WOORD = re.compile(r"[\w’'-]*")
_VOLLE_NAAM = re.compile(rf"[{_HOOFDLETTER}][\w’'-]+ (?:(?:van|de|den|der|ten|ter) )*[{_HOOFDLETTER}][\w’'-]+")
_TITEL = re.compile(r"mevrouw|juffrouw|meneer|mijnheer|menheer|heer|(?:mevr|mvr|mw|mej|dhr)\.?", re.IGNORECASE)
_ROL = re.compile(
    r"cli[ëe]nte?|(?:mede)?huurder|huurster|bewoner|bewoonster|kandidaat|familie|buur(?:man|vrouw)?"
    r"|zoon|dochter|broer|zus|vader|moeder|echtgeno(?:ot|te)|vriend(?:in)?",
    re.IGNORECASE,
)
_VOORVOEGSEL = re.compile(r"van|vande[rn]?|de[nr]?|te[nr]?|la|le|el|al|t|d|[A-Z]\.")
_STRAAT = re.compile(
    r"(?<![\w’'-])(?:(?i:[\w’'-]+(?:straat|straatje|str\.?|laan|plein|dreef|kaai|steenweg))"
    rf"|(?=[{_HOOFDLETTER}])(?i:(?!onderweg)[\w’'-]+(?:weg|lei|rei|markt|hof|pad|baan|dijk|vest|singel|gracht)"
    r"|laan|plein|dreef|kaai|steenweg|weg|rei|markt|burg|dijk|vest))\s+(?i:(?:nr|n°|nummer|huisnummer)\.?\s+)?$"
)
"""A word that ends as a street does; one that is also a common word (markt, weg) with a capital only."""
_HUISNUMMER = re.compile(
    r"(?!(?:19|20)[0-9]{2}(?![0-9]))[0-9]{1,4}(?![0-9]|[:.][0-9]|[-/][0-9]{1,2}[-/]|u[0-9]"
    r"| ?(?:%|€|(?:x|u|uur|uren|keer|maal|euro|dag|dagen|weken|maand|maanden|jaar|klachten|meldingen|personen|kinderen"
    r"|januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)\b))[a-zA-Z]?"
)
"""No year, date, hour or amount."""


def _mailadressen(text: str) -> Iterator[Vondst]:
    if "@" in text or "(at)" in text:
        yield from (Vondst(*found.span(), "e-mailadres") for found in _MAIL.finditer(text))


def _geboortedatums(text: str) -> Iterator[Vondst]:
    """A date beside a word of birth; other dates are fine."""
    for word in chain.from_iterable(pattern.finditer(text) for begin, pattern in _GEBOREN.items() if begin in text):
        start, end = word.span()
        if found := _DAARNA.match(text, end) or _DAARVOOR.search(text, max(0, start - 32), start):
            yield Vondst(*found.span(1), "geboortedatum")


def _namen_en_adressen(text: str, organisaties: tuple[str, ...]) -> Iterator[Vondst]:
    for at in sorted({begin.end() for pattern in _BEGIN for begin in pattern.finditer(text)}):
        before = text[max(0, at - 60) : at]
        if text[at].isdigit():
            yield from _adres(text, at, before)
        elif _is_naam(text, at, before) and not text.startswith(organisaties, at):
            yield Vondst(at, at + len(_word_at(text, at)), "naam")


def _is_naam(text: str, at: int, before: str) -> bool:
    """A capital after a title, ‘van’ or initials between; or after a role, on the same line."""
    words = before.split()
    after = _pop(words)
    if _ROL.fullmatch(after):
        return "\n" not in before[len(before.rstrip()) :] and not _is_acronym(_word_at(text, at))
    if after[-1:] == ":":
        return bool((_TITEL.fullmatch(after[:-1]) or _ROL.fullmatch(after[:-1])) and _VOLLE_NAAM.match(text, at))
    while _VOORVOEGSEL.fullmatch(after):
        after = _pop(words)
    return _TITEL.fullmatch(after) is not None and len(_word_at(text, at)) > 1


def _pop(words: list[str]) -> str:
    """Take the last word off, without what it is joined to."""
    return words.pop().rpartition("-")[2].rpartition("/")[2].lstrip("(\"'‘’“") if words else ""


def _word_at(text: str, at: int) -> str:
    found = _WOORD.match(text, at)
    return found[0] if found else ""


def _is_acronym(word: str) -> bool:
    """An initial, OCMW or CAW-03."""
    return (word.isupper() and len(word) <= 5) or any(char.isdigit() for char in word)


def _adres(text: str, at: int, before: str) -> Iterator[Vondst]:
    """A house number after a street."""
    street, number = _STRAAT.search(before), _HUISNUMMER.match(text, at)
    if street and number:
        yield Vondst(at - len(before) + street.start(), number.end(), "adres")
