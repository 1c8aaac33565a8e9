"""What is counted of the dossiers that are there, over a period: what happened in it, and how it stands at its end."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from generator.aanmelding import stand_van_aanmelding
from generator.model.dossier import Dossier, Stopzetting
from generator.model.view import Trajectcijfers
from generator.traject import LOPEND, Stand, Standen


@dataclass(frozen=True)
class Periode:
    """From `van` to `tot`, both included: only facts dated up to `tot` are known."""

    standen: Standen
    van: date
    tot: date

    def figures(self, dossiers: list[Dossier]) -> Trajectcijfers:
        """The counts of one track. A follow-up is not an aanmelding, and is counted apart."""
        came_in = [dossier for dossier in dossiers if self.came_in(dossier)]
        states = self.states(came_in)
        return Trajectcijfers(
            aangemeld=len(came_in),
            gestart=states["gestart"],
            vervolg_gestart=sum(self.started(dossier) for dossier in dossiers if dossier.vervolg_op),
            lopend=sum(self.stand(dossier).fase in LOPEND for dossier in dossiers),
            positief=sum(self.closed_as(dossier, "afgerond") for dossier in dossiers),
            vervolg=sum(self.went_on(dossier) for dossier in dossiers),
            stopgezet=sum(self.closed_as(dossier, "stopgezet") for dossier in dossiers),
            afgehaakt=sum(self.dropped_out(dossier) for dossier in dossiers),
            geweigerd=states["geweigerd"],
            wachtend=states["in behandeling"] + states["wachtlijst"],
            wachtlijst=states["wachtlijst"],
            toegelaten=states["toegelaten"],
            afwijkingen=sum(self.holds(item.datum) for dossier in dossiers for item in dossier.afwijkingen),
        )

    def states(self, dossiers: Iterable[Dossier]) -> Counter[str]:
        """How many aanmeldingen are in each state on the last day."""
        stands = (stand_van_aanmelding(dossier, self.tot) for dossier in dossiers)
        return Counter(stand.toestand for stand in stands if stand)

    def dwellings(self, dossiers: Iterable[Dossier]) -> dict[int, int]:
        """Different dwellings that started, per calendar year (WW-4)."""
        used: dict[int, set[str]] = {}
        for dossier in dossiers:
            if dossier.start and self.started(dossier):
                used.setdefault(dossier.start.year, set()).add(dossier.woning or dossier.id)
        return {year: len(used[year]) for year in sorted(used)}

    def stand(self, dossier: Dossier) -> Stand:
        return self.standen.stand(dossier, self.tot)

    def holds(self, day: date | None) -> bool:
        return day is not None and self.van <= day <= self.tot

    def came_in(self, dossier: Dossier) -> bool:
        """It came in as an aanmelding in the period."""
        return dossier.aanmelding is not None and dossier.vervolg_op is None and self.holds(dossier.aanmelding.datum)

    def started(self, dossier: Dossier) -> bool:
        return self.holds(dossier.start)

    def closed_as(self, dossier: Dossier, fase: str) -> bool:
        sluiting = self.stand(dossier).sluiting
        return sluiting is not None and sluiting.fase == fase and self.holds(sluiting.datum)

    def went_on(self, dossier: Dossier) -> bool:
        return any(self.started(other) for other in self.standen.register.vervolgen.get(dossier.id, []))

    def dropped_out(self, dossier: Dossier) -> bool:
        stops = (item for item in dossier.logboek if isinstance(item, Stopzetting))
        return any(item.reden == "afgehaakt" and self.holds(item.datum) for item in stops)
