"""The glossary: read, and checked."""

from collections.abc import Collection, Iterator
from pathlib import Path

from generator.findings import Finding
from generator.invullen import unknown_placeholders
from generator.load import Document, Loc, load
from generator.model.begrip import Begrip, Begrippen
from generator.protocoltekst import waarden_algemeen, waarden_van
from generator.register import Register
from generator.validate import validate


def read_begrippen(path: Path, name: str) -> tuple[dict[str, Begrip], list[Finding]]:
    """The glossary in a file, which findings call by `name`, and what is wrong with it whatever the protocol says."""
    begrippen, _, findings = _read(path, name)
    return begrippen, findings


def check_begrippen(path: Path, name: str, register: Register) -> list[Finding]:
    """Everything wrong with the glossary, also the values that it names and the protocol does not have."""
    begrippen, document, findings = _read(path, name)
    known = _waarden(register)
    for woord, begrip in begrippen.items():
        for value in unknown_placeholders(begrip.tekst, dict.fromkeys(known, "")):
            text = f"‘{{{value}}}’ is geen waarde van het protocol (wel: {', '.join(sorted(known))})"
            findings.append(_error(document, text, (woord, "tekst")))
    return findings


def _read(path: Path, name: str) -> tuple[dict[str, Begrip], Document | None, list[Finding]]:
    document, findings = load(path, name)
    if document is None:
        return {}, None, findings
    found, wrong = validate(Begrippen, document)
    findings += wrong
    return found or {}, document, findings + list(_check(found or {}, document))


def _check(begrippen: dict[str, Begrip], document: Document) -> Iterator[Finding]:
    """A word is explained once, and what it refers to is in the list."""
    owners: dict[str, str] = {}
    for woord, begrip in begrippen.items():
        for i, form in enumerate((woord, *begrip.ook)):
            owner = owners.setdefault(form.lower(), woord)
            if owner != woord or (owner == woord and i and form.lower() == woord.lower()):
                loc: Loc = (woord, "ook", i - 1) if i else (woord,)
                yield _error(
                    document, f"‘{form}’ staat ook bij ‘{owner}’: laat het op één plaats staan", loc, key=not i
                )
        for i, other in enumerate(begrip.zie):
            if other not in begrippen:
                yield _error(document, f"‘{other}’ staat niet in deze lijst: kijk de naam na", (woord, "zie", i))


def _waarden(register: Register) -> Collection[str]:
    """The values that a text may name whatever the day: of a traject those that every version has."""
    overleg = register.kalender.overleg
    names = set(waarden_algemeen(register.organisatie, overleg.regel, overleg.aankondiging))
    for traject, versies in register.trajecten.items():
        per_versie = [set(waarden_van(versie.regels)) for versie in versies]
        names |= {f"{traject}:{name}" for name in set.intersection(*per_versie)} if per_versie else set()
    return names


def _error(document: Document | None, text: str, loc: Loc, *, key: bool = False) -> Finding:
    assert document is not None  # what is in it was read from it
    return Finding(document.path, *document.place(loc, key=key), "fout", "BEGRIP", text)
