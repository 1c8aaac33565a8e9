"""What the steering group asks of the register, over a period (WW-8, WW-9). For coordinators only."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import fields
from datetime import date
from statistics import median

from generator.cijfers import Periode
from generator.model.dossier import Dienst, Dossier
from generator.model.view import (
    Capaciteitscijfer,
    Dienstcijfers,
    Partnercijfers,
    Rapport,
    Tijdigheid,
    Trajectcijfers,
    Wachttijd,
)
from generator.tellingen import Geteld
from generator.traject import Standen

BEGIN = date(2000, 1, 1)


def make_report(standen: Standen, tot: date, van: date = BEGIN) -> Rapport:
    """The figures of the steering group's tracks: what happened from `van` to `tot`, and how it stands on `tot`.

    What removed dossiers counted is in the counts; what only the dossiers themselves could tell is without them.
    """
    return _Report(standen, van, tot).report()


class _Report:
    def __init__(self, standen: Standen, van: date, tot: date) -> None:
        self.van, self.tot = van, tot
        self.register = standen.register
        self.periode = Periode(standen, van, tot)
        self.geteld = Geteld(self.register.tellingen, van, tot)
        self.per_traject = {
            traject: self.register.per_traject.get(traject, [])
            for traject in self.register.trajecten
            if (versie := self.register.versie_op(traject, tot)) and versie.regels.stuurgroep
        }
        self.dossiers = [dossier for dossiers in self.per_traject.values() for dossier in dossiers]

    def report(self) -> Rapport:
        figures = {traject: self.figures(traject, dossiers) for traject, dossiers in self.per_traject.items()}
        return Rapport(
            van=self.van,
            tot=self.tot,
            trajecten=figures,
            aangemeld=sum(item.aangemeld for item in figures.values()),
            per_kwartaal=self.per_quarter(),
            per_partner=tuple(self.per_partner()),
            capaciteit=tuple(self.capacity()),
            wachttijden=tuple(self.waiting()),
            tijdigheid=tuple(self.on_time()),
            diensten=tuple(self.services()),
            bezoeken=self.visits(),
            verwijderd=self.geteld.dossiers(self.per_traject),
            onvolledig=self.geteld.onvolledig,
        )

    def figures(self, traject: str, dossiers: list[Dossier]) -> Trajectcijfers:
        """The counts of one track, removed dossiers included."""
        here, gone = self.periode.figures(dossiers), self.geteld.traject(traject)
        names = (field.name for field in fields(Trajectcijfers))
        return Trajectcijfers(**{name: getattr(here, name) + getattr(gone, name) for name in names})

    def per_quarter(self) -> dict[str, dict[str, int]]:
        """Aanmeldingen per quarter and track, quarters without any too."""
        counts = {
            traject: Counter(_quarter(d.aanmelding.datum) for d in dossiers if d.aanmelding and self.periode.came_in(d))
            + self.geteld.per_quarter(traject)
            for traject, dossiers in self.per_traject.items()
        }
        known = sorted({quarter for counter in counts.values() for quarter in counter})
        quarters = _quarters(known[0], known[-1]) if known else []
        return {quarter: {traject: counter[quarter] for traject, counter in counts.items()} for quarter in quarters}

    def per_partner(self) -> Iterator[Partnercijfers]:
        """By the partner that referred."""
        came_in = [dossier for dossier in self.dossiers if self.periode.came_in(dossier)]
        for partner in dict.fromkeys((*self.register.partners, *sorted(self.geteld.partners))):
            own = [dossier for dossier in came_in if dossier.aanmelder == partner]
            states, gone = self.periode.states(own), self.geteld.partner(partner)
            if own or gone.aangemeld:
                yield Partnercijfers(
                    partner=partner,
                    aangemeld=len(own) + gone.aangemeld,
                    gestart=states["gestart"] + gone.gestart,
                    wachtend=states["in behandeling"] + states["wachtlijst"] + gone.wachtend,
                    geweigerd=states["geweigerd"] + gone.geweigerd,
                )

    def capacity(self) -> Iterator[Capaciteitscijfer]:
        """Different dwellings started per calendar year, beside how many there are (WW-4)."""
        for traject, dossiers in self.per_traject.items():
            versie = self.register.versie_op(traject, self.tot)
            started = Counter(self.periode.dwellings(dossiers)) + Counter(self.geteld.dwellings(traject))
            if versie and versie.regels.capaciteit:
                for year in sorted(started):
                    yield Capaciteitscijfer(traject, year, started[year], versie.regels.capaciteit.woningen_per_jaar)

    def waiting(self) -> Iterator[Wachttijd]:
        """Median days from aanmelding to decision and to start."""
        for traject, dossiers in self.per_traject.items():
            came_in = [(d, d.aanmelding) for d in dossiers if d.aanmelding and self.periode.came_in(d)]
            decisions = [
                (a.besluit.datum - a.datum).days for _, a in came_in if a.besluit and a.besluit.datum <= self.tot
            ]
            starts = [(d.start - a.datum).days for d, a in came_in if d.start and self.periode.started(d)]
            yield Wachttijd(traject, len(decisions), _median(decisions), len(starts), _median(starts))

    def on_time(self) -> Iterator[Tijdigheid]:
        """Evaluations that were due in the period, and how many were held in time."""
        grace = self.register.organisatie.op_tijd_dagen
        for traject, dossiers in self.per_traject.items():
            due = [
                moment
                for dossier in dossiers
                for moment in self.periode.stand(dossier).momenten
                if moment.plan.herkomst in ("protocol", "einde")
                and self.periode.holds(moment.streefdatum)
                and moment.status != "vervallen"
            ]
            held = [moment for moment in due if moment.status == "gehouden"]
            in_time = [moment for moment in held if (moment.datum - moment.streefdatum).days <= grace]
            yield Tijdigheid(traject, len(due), len(held), len(in_time))

    def services(self) -> Iterator[Dienstcijfers]:
        """Services asked, started and waiting, with the median wait in days (WW-10)."""
        asked: dict[str, list[Dienst]] = {}
        for dossier in self.dossiers:
            for item in dossier.logboek:
                if isinstance(item, Dienst) and self.periode.holds(item.datum):
                    asked.setdefault(item.naam, []).append(item)
        for name in sorted(asked):
            waits = [(i.gestart - i.datum).days for i in asked[name] if i.gestart and i.gestart <= self.tot]
            yield Dienstcijfers(name, len(asked[name]), len(waits), len(asked[name]) - len(waits), _median(waits))

    def visits(self) -> dict[str, dict[str, int]]:
        """Visits and evaluations to come, per month and worker."""
        counts: dict[str, Counter[str]] = {}
        for dossier in self.dossiers:
            for moment in self.periode.stand(dossier).momenten:
                if moment.open and moment.soort != "overleg" and moment.datum >= self.tot:
                    periode = dossier.begeleiding_op(moment.datum)
                    worker = periode.begeleider if periode else "nog geen begeleider"
                    counts.setdefault(f"{moment.datum:%Y-%m}", Counter())[worker] += 1
        return {month: dict(sorted(counts[month].items())) for month in sorted(counts)}


def _median(days: Iterable[int]) -> int | None:
    known = list(days)
    return round(median(known)) if known else None


def _quarter(day: date) -> str:
    return f"{day.year}-K{(day.month + 2) // 3}"


def _quarters(first: str, last: str) -> list[str]:
    """Every quarter from one to another."""
    years = range(int(first[:4]), int(last[:4]) + 1)
    return [name for year in years for name in (f"{year}-K{n}" for n in range(1, 5)) if first <= name <= last]
