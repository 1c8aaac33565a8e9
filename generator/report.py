"""What the steering group asks of the register, over a period (WW-8, WW-9). For coordinators only."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from statistics import median

from generator.aanmelding import stand_van_aanmelding
from generator.model.dossier import Dienst, Dossier, Stopzetting
from generator.model.view import (
    Capaciteitscijfer,
    Dienstcijfers,
    Partnercijfers,
    Rapport,
    Tijdigheid,
    Trajectcijfers,
    Wachttijd,
)
from generator.traject import LOPEND, Stand, Standen

BEGIN = date(2000, 1, 1)


def make_report(standen: Standen, tot: date, van: date = BEGIN) -> Rapport:
    """The figures of the steering group's tracks: what happened from `van` to `tot`, and how it stands on `tot`."""
    return _Report(standen, van, tot).report()


class _Report:
    def __init__(self, standen: Standen, van: date, tot: date) -> None:
        self.standen, self.van, self.tot = standen, van, tot
        self.register = standen.register
        self.per_traject = {
            traject: self.register.per_traject.get(traject, [])
            for traject in self.register.trajecten
            if (versie := self.register.versie_op(traject, tot)) and versie.regels.stuurgroep
        }
        self.dossiers = [dossier for dossiers in self.per_traject.values() for dossier in dossiers]

    def report(self) -> Rapport:
        figures = {traject: self.figures(dossiers) for traject, dossiers in self.per_traject.items()}
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
        )

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
            afwijkingen=sum(len(dossier.afwijkingen) for dossier in dossiers),
        )

    def states(self, dossiers: list[Dossier]) -> Counter[str]:
        """How many aanmeldingen are in each state on the last day."""
        stands = (stand_van_aanmelding(dossier, self.tot) for dossier in dossiers)
        return Counter(stand.toestand for stand in stands if stand)

    def per_quarter(self) -> dict[str, dict[str, int]]:
        """Aanmeldingen per quarter and track, quarters without any too."""
        counts = {
            traject: Counter(_quarter(d.aanmelding.datum) for d in dossiers if d.aanmelding and self.came_in(d))
            for traject, dossiers in self.per_traject.items()
        }
        known = sorted({quarter for counter in counts.values() for quarter in counter})
        quarters = _quarters(known[0], known[-1]) if known else []
        return {quarter: {traject: counter[quarter] for traject, counter in counts.items()} for quarter in quarters}

    def per_partner(self) -> Iterator[Partnercijfers]:
        """By the partner that referred."""
        came_in = [dossier for dossier in self.dossiers if self.came_in(dossier)]
        for partner in self.register.partners:
            own = [dossier for dossier in came_in if dossier.aanmelder == partner]
            if own:
                states = self.states(own)
                waiting = states["in behandeling"] + states["wachtlijst"]
                yield Partnercijfers(partner, len(own), states["gestart"], waiting, states["geweigerd"])

    def capacity(self) -> Iterator[Capaciteitscijfer]:
        """Different dwellings started per calendar year, beside how many there are (WW-4)."""
        for traject, dossiers in self.per_traject.items():
            versie = self.register.versie_op(traject, self.tot)
            started = [d for d in dossiers if self.started(d)]
            if versie and versie.regels.capaciteit:
                for year in sorted({d.start.year for d in started if d.start}):
                    used = {d.woning or d.id for d in started if d.start and d.start.year == year}
                    yield Capaciteitscijfer(traject, year, len(used), versie.regels.capaciteit.woningen_per_jaar)

    def waiting(self) -> Iterator[Wachttijd]:
        """Median days from aanmelding to decision and to start."""
        for traject, dossiers in self.per_traject.items():
            came_in = [(d, d.aanmelding) for d in dossiers if d.aanmelding and self.came_in(d)]
            decisions = [
                (a.besluit.datum - a.datum).days for _, a in came_in if a.besluit and a.besluit.datum <= self.tot
            ]
            starts = [(d.start - a.datum).days for d, a in came_in if d.start and self.started(d)]
            yield Wachttijd(traject, len(decisions), _median(decisions), len(starts), _median(starts))

    def on_time(self) -> Iterator[Tijdigheid]:
        """Evaluations that were due in the period, and how many were held in time."""
        grace = self.register.organisatie.op_tijd_dagen
        for traject, dossiers in self.per_traject.items():
            due = [
                moment
                for dossier in dossiers
                for moment in self.stand(dossier).momenten
                if moment.plan.herkomst in ("protocol", "einde")
                and self.van <= moment.streefdatum <= self.tot
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
                if isinstance(item, Dienst) and self.van <= item.datum <= self.tot:
                    asked.setdefault(item.naam, []).append(item)
        for name in sorted(asked):
            waits = [(i.gestart - i.datum).days for i in asked[name] if i.gestart and i.gestart <= self.tot]
            yield Dienstcijfers(name, len(asked[name]), len(waits), len(asked[name]) - len(waits), _median(waits))

    def visits(self) -> dict[str, dict[str, int]]:
        """Visits and evaluations to come, per month and worker."""
        counts: dict[str, Counter[str]] = {}
        for dossier in self.dossiers:
            for moment in self.stand(dossier).momenten:
                if moment.open and moment.soort != "overleg" and moment.datum >= self.tot:
                    periode = dossier.begeleiding_op(moment.datum)
                    worker = periode.begeleider if periode else "nog geen begeleider"
                    counts.setdefault(f"{moment.datum:%Y-%m}", Counter())[worker] += 1
        return {month: dict(sorted(counts[month].items())) for month in sorted(counts)}

    def stand(self, dossier: Dossier) -> Stand:
        return self.standen.stand(dossier, self.tot)

    def came_in(self, dossier: Dossier) -> bool:
        """It came in as an aanmelding in the period."""
        aanmelding = dossier.aanmelding
        return aanmelding is not None and dossier.vervolg_op is None and self.van <= aanmelding.datum <= self.tot

    def started(self, dossier: Dossier) -> bool:
        return dossier.start is not None and self.van <= dossier.start <= self.tot

    def closed_as(self, dossier: Dossier, fase: str) -> bool:
        sluiting = self.stand(dossier).sluiting
        return sluiting is not None and sluiting.fase == fase and self.van <= sluiting.datum <= self.tot

    def went_on(self, dossier: Dossier) -> bool:
        return any(self.started(other) for other in self.register.vervolgen.get(dossier.id, []))

    def dropped_out(self, dossier: Dossier) -> bool:
        stops = (item for item in dossier.logboek if isinstance(item, Stopzetting))
        return any(item.reden == "afgehaakt" and self.van <= item.datum <= self.tot for item in stops)


def _median(days: Iterable[int]) -> int | None:
    known = list(days)
    return round(median(known)) if known else None


def _quarter(day: date) -> str:
    return f"{day.year}-K{(day.month + 2) // 3}"


def _quarters(first: str, last: str) -> list[str]:
    """Every quarter from one to another."""
    years = range(int(first[:4]), int(last[:4]) + 1)
    return [name for year in years for name in (f"{year}-K{n}" for n in range(1, 5)) if first <= name <= last]
