"""What is wrong in a file, at its place, in words that say what to do."""

from dataclasses import dataclass
from typing import Literal


class Gestopt(Exception):
    """Something outside the files stops the run; the text says in Dutch what to do."""


class VerkeerdGebruik(Gestopt):
    """The command was asked something that is not there."""


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
