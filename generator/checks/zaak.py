"""What a check looks at: one dossier beside its rules, with the places of its values."""

from dataclasses import dataclass
from datetime import date

from generator.eenmaal import cached_property
from generator.findings import Finding, Level
from generator.load import Document, Loc, printable
from generator.model.dossier import Bezoek, Dossier, Overleg, Stopzetting
from generator.model.protocol import Trajectregels
from generator.register import Register
from generator.traject import Stand, Standen, is_uitkomst

ALLES = date(2199, 12, 31)
"""Later than any date in a file: a stand on it takes in all that is written."""


@dataclass(frozen=True)
class Zaak:
    """One dossier under examination. `op`: the date looked at; `vandaag`: the clock's."""

    standen: Standen
    dossier: Dossier
    regels: Trajectregels
    bron: Document
    op: date
    vandaag: date

    @property
    def register(self) -> Register:
        return self.standen.register

    @cached_property
    def gesprekken(self) -> list[tuple[int, Overleg | Bezoek]]:
        """What may evaluate and decide: each overleg, visit and evaluation, with its place in the logboek."""
        return [(i, item) for i, item in enumerate(self.dossier.logboek) if isinstance(item, Overleg | Bezoek)]

    @cached_property
    def stand(self) -> Stand:
        """On the date looked at."""
        return self.standen.stand(self.dossier, self.op)

    @cached_property
    def slot(self) -> Stand:
        """Its terms and its closing from all that is written, whatever the day: errors depend on the files alone.

        A visit that is only planned says nothing of them.
        """
        besluit = self.dossier.aanmelding.besluit if self.dossier.aanmelding else None
        ahead = (item for item in self.dossier.logboek if item.datum > self.op)
        decided_ahead = besluit is not None and besluit.datum > self.op
        if decided_ahead or any(is_uitkomst(item) or isinstance(item, Stopzetting) for item in ahead):
            return self.standen.stand(self.dossier, ALLES)
        return self.stand

    def fout(self, code: str, text: str, *loc: str | int, key: bool = False) -> Finding:
        return finding(self.bron, "fout", code, text, loc, key=key)

    def waarschuwing(self, code: str, text: str, *loc: str | int) -> Finding:
        return finding(self.bron, "waarschuwing", code, text, loc)


def finding(bron: Document, level: Level, code: str, text: str, loc: Loc, *, key: bool = False) -> Finding:
    return Finding(bron.path, *bron.place(loc, key=key), level, code, printable(text))
