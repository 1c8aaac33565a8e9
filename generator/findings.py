"""What is wrong in a file, at its place, in words that say what to do."""

import errno
from dataclasses import dataclass
from typing import Literal

_FULL = {
    errno.ENOSPC: "de schijf is vol: maak plaats vrij",
    errno.EDQUOT: "de schijf is vol: maak plaats vrij",
    errno.EFBIG: "een bestand mag hier niet zo groot worden",
}
_REFUSED = {
    errno.EACCES: "hier mag niet gelezen of geschreven worden",
    errno.EPERM: "hier mag niet gelezen of geschreven worden",
    errno.EROFS: "hier mag niet gelezen of geschreven worden",
    errno.EEXIST: "dit is geen map",
    errno.ENOTDIR: "dit is geen map",
    errno.ENAMETOOLONG: "deze naam is te lang",
}


class Gestopt(Exception):
    """Something outside the files stops the run; the text says in Dutch what to do."""


class VerkeerdGebruik(Gestopt):
    """The command was asked something that is not there."""


def stopped_by(error: OSError, place: object = None) -> Gestopt:
    """What the system refused, in Dutch; at `place` when the error names no file, or one that nobody knows."""
    if text := _FULL.get(error.errno or 0):
        where = place or error.filename
    else:
        text = _REFUSED.get(error.errno or 0, f"dit lukt niet ({error.strerror or error})")
        where = error.filename or place
    return Gestopt(f"{text}: {where}" if where else text)


Level = Literal["fout", "waarschuwing"]


@dataclass(frozen=True, order=True)
class Finding:
    """One finding. Lines and columns count from 1; `code` is the id of the rule that is broken, or a general code."""

    path: str
    line: int
    column: int
    level: Level
    code: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.level} {self.code}: {self.text}"


def has_errors(findings: list[Finding]) -> bool:
    return any(finding.level == "fout" for finding in findings)
