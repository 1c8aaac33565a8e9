"""One side of a comparison: a register, what of it is looked at, and what follows from that on a date."""

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from generator.checks import check
from generator.findings import Finding
from generator.register import Register
from generator.traject import Moment, Stand, Standen
from generator.uitleg import explain
from generator.zicht import Niveau, leest, ziet


@dataclass(frozen=True)
class Kant:
    heel: Register
    """Everything."""
    bekeken: Register
    """With the dossiers that are compared alone."""
    op: date

    @cached_property
    def standen(self) -> Standen:
        return Standen(self.bekeken)

    @cached_property
    def standen_heel(self) -> Standen:
        """Of everything; the same where everything is looked at."""
        return self.standen if len(self.bekeken.dossiers) == len(self.heel.dossiers) else Standen(self.heel)

    def check(self, vandaag: date) -> list[Finding]:
        """What is wrong in what is looked at."""
        return check(self.standen, self.op, vandaag)

    def without(self, names: set[str]) -> "Kant":
        """Less the dossiers of which nothing can be said."""
        if not names & self.bekeken.dossiers.keys():
            return self
        kept = {name: found for name, found in self.bekeken.dossiers.items() if name not in names}
        return replace(self, bekeken=replace(self.bekeken, dossiers=kept))

    def stand(self, name: str) -> Stand | None:
        """Where a dossier stands; None: it is not there."""
        dossier = self.bekeken.dossiers.get(name)
        return self.standen.stand(dossier, self.op) if dossier else None

    def momenten(self, name: str) -> dict[str, Moment]:
        stand = self.stand(name)
        return {moment.id: moment for moment in stand.momenten} if stand else {}

    def uitleg(self, name: str, moment: Moment) -> tuple[str, ...]:
        """Why a moment is on its date."""
        stand = self.stand(name)
        versie = self.bekeken.versie_van(self.bekeken.dossiers[name])
        assert stand is not None  # the moment is one of it
        assert versie is not None
        return explain(stand, moment, versie.path)

    def zicht(self, name: str) -> dict[str, Niveau]:
        """The level of each partner that sees a dossier."""
        dossier = self.bekeken.dossiers.get(name)
        if dossier is None:
            return {}
        involved = dict.fromkeys(filter(None, (dossier.aanmelder, *dossier.begeleiders)))
        return {
            partner: "toestemming" if leest(self.standen, dossier, partner, self.op) else "altijd"
            for partner in involved
            if ziet(self.standen, dossier, partner, self.op)
        }

    def naam_van(self, partner: str) -> str:
        """What a partner is called."""
        found = self.heel.partners.get(partner)
        return found.naam if found else partner
