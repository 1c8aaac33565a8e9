"""What removed dossiers counted: the years of `protocol/tellingen/` that a period holds, and what a removal adds."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import TypeVar

from generator.aanmelding import stand_van_aanmelding
from generator.cijfers import Periode
from generator.model.base import Model
from generator.model.dossier import Dossier
from generator.model.tellingen import Jaartelling, Partnertelling, Standtelling, Trajecttelling
from generator.model.view import Partnercijfers, Trajectcijfers
from generator.register import Versie
from generator.traject import GESLOTEN, Standen

M = TypeVar("M", bound=Model)
WACHT = ("in_behandeling", "wachtlijst", "toegelaten")


class Geteld:
    """What removed dossiers counted in a period: of the years that lie wholly inside it.

    Of the last year that is enough up to the day on which the last one was removed: nothing is counted after it.
    """

    def __init__(self, tellingen: Mapping[int, Jaartelling], van: date, tot: date) -> None:
        self.tot, self.alle = tot, tellingen
        self.vorig = van.year - 1 if van == date(van.year, 1, 1) else van.year
        near = {year: found for year, found in tellingen.items() if van.year <= year <= tot.year}
        self.jaren = {
            year: found for year, found in near.items() if van <= date(year, 1, 1) and self._ended(found, year)
        }
        cut = any(_changes(found, tot.year) and not self._ended(found, tot.year) for found in self.jaren.values())
        self.onvolledig = tuple(sorted({*(near.keys() - self.jaren.keys()), *([tot.year] if cut else ())}))
        """Years that lie in it for a part: what removed dossiers counted in them is left out."""

    def traject(self, traject: str) -> Trajectcijfers:
        found = [(year, jaar.trajecten[traject]) for year, jaar in self.jaren.items() if traject in jaar.trajecten]
        states = [self._state(year, telling.stand) for year, telling in found]
        last = [telling for year, telling in found if year == self.tot.year]
        waiting = sum(item.in_behandeling for item in states)
        listed = sum(item.wachtlijst for item in states)
        return Trajectcijfers(
            aangemeld=sum(sum(telling.aangemeld.values()) for _, telling in found),
            gestart=sum(item.gestart for item in states),
            vervolg_gestart=sum(telling.vervolg_gestart for _, telling in found),
            lopend=sum(telling.lopend for telling in last),
            positief=sum(telling.positief for _, telling in found),
            vervolg=sum(telling.vervolg for _, telling in found),
            stopgezet=sum(telling.stopgezet for _, telling in found),
            afgehaakt=sum(telling.afgehaakt for _, telling in found),
            geweigerd=sum(item.geweigerd for item in states),
            wachtend=waiting + listed,
            wachtlijst=listed,
            toegelaten=sum(item.toegelaten for item in states),
            afwijkingen=sum(telling.afwijkingen for _, telling in found),
            verwijderd=sum(item.verwijderd for item in states),
        )

    def per_quarter(self, traject: str) -> Counter[str]:
        """Aanmeldingen by quarter: `2025-K1`."""
        found = ((year, jaar.trajecten[traject]) for year, jaar in self.jaren.items() if traject in jaar.trajecten)
        return Counter({f"{year}-{name}": number for year, item in found for name, number in item.aangemeld.items()})

    def dwellings(self, traject: str) -> dict[int, int]:
        """Different dwellings that started, per year."""
        found = {year: jaar.trajecten.get(traject, Trajecttelling()).woningen for year, jaar in self.jaren.items()}
        return {year: number for year, number in found.items() if number}

    @property
    def partners(self) -> set[str]:
        return {partner for jaar in self.jaren.values() for partner in jaar.partners}

    def partner(self, partner: str) -> Partnercijfers:
        found = [(year, jaar.partners[partner]) for year, jaar in self.jaren.items() if partner in jaar.partners]
        states = [self._state(year, telling.stand) for year, telling in found]
        return Partnercijfers(
            partner=partner,
            aangemeld=sum(telling.aangemeld for _, telling in found),
            gestart=sum(item.gestart for item in states),
            wachtend=sum(item.in_behandeling + item.wachtlijst for item in states),
            geweigerd=sum(item.geweigerd for item in states),
        )

    def dossiers(self, trajecten: Collection[str]) -> int:
        """How many removed dossiers had to do with the period: those that began in it, and those that were there."""
        began = [item for jaar in self.jaren.values() for key, item in jaar.trajecten.items() if key in trajecten]
        return sum(item.dossiers for item in began) + sum(self._there_before(traject) for traject in trajecten)

    def _there_before(self, traject: str) -> int:
        """Those that ran or waited when the period began."""
        there = 0
        for year, jaar in self.alle.items():
            if year <= self.vorig and (telling := jaar.trajecten.get(traject)):
                states = _at(telling.stand, self.vorig)
                there += sum(getattr(states, name) for name in WACHT) + (telling.lopend if year == self.vorig else 0)
        return there

    def _state(self, year: int, stand: Mapping[str, Standtelling]) -> Standtelling:
        """How the aanmeldingen of a year stand at the end of the period."""
        return _at(stand, self.tot.year if self._ended(self.jaren[year], self.tot.year) else self.tot.year - 1)

    def _ended(self, found: Jaartelling, year: int) -> bool:
        """Whether the period holds all that is counted of a year."""
        return min(date(year, 12, 31), found.bijgewerkt) <= self.tot


def _changes(found: Jaartelling, year: int) -> bool:
    """Whether aanmeldingen of this file changed in that year."""
    stands = [item.stand for item in found.trajecten.values()] + [item.stand for item in found.partners.values()]
    return any(str(year) in stand for stand in stands)


def _at(stand: Mapping[str, Standtelling], year: int) -> Standtelling:
    """How it stood at the end of a year."""
    known = [name for name in sorted(stand) if int(name) <= year] or sorted(stand)[:1]
    return stand[known[-1]] if known else Standtelling()


def count_removed(standen: Standen, ids: Collection[str], op: date) -> dict[int, Jaartelling]:
    """What the register counts less without some dossiers, per year, from the facts dated up to `op`."""
    register = standen.register
    rest = {key: dossier for key, dossier in register.dossiers.items() if key not in ids}
    after = Standen(replace(register, dossiers=rest))
    reported = {
        traject: [dossier for dossier in register.per_traject.get(traject, []) if register.versie_van(dossier)]
        for traject, versies in register.trajecten.items()
        if any(versie.regels.stuurgroep for versie in versies)
    }
    gone = [dossier for dossiers in reported.values() for dossier in dossiers if dossier.id in ids]
    first = min((day.year for dossier in gone if (day := _begin(dossier, op))), default=op.year)
    counted: dict[int, Jaartelling] = {}
    for year in range(first, op.year + 1):
        removal = _Removal(standen, after, ids, year, op)
        tracks = {key: removal.track(register.trajecten[key], dossiers) for key, dossiers in reported.items()}
        trajecten = {key: telling for key, telling in tracks.items() if telling != Trajecttelling()}
        partners = dict(removal.partners(gone))
        if trajecten or partners or (year == op.year and any(removal.was_open(dossier) for dossier in gone)):
            counted[year] = Jaartelling(bijgewerkt=op, trajecten=trajecten, partners=partners)
    return counted


def _begin(dossier: Dossier, op: date) -> date | None:
    """The first day of a dossier that is not ahead: its aanmelding, else its start."""
    days = (dossier.aanmelding.datum if dossier.aanmelding else None, dossier.start)
    return min((day for day in days if day and day <= op), default=None)


class _Removal:
    """What is counted less in one year."""

    def __init__(self, before: Standen, after: Standen, ids: Collection[str], year: int, op: date) -> None:
        first, last = date(year, 1, 1), min(date(year, 12, 31), op)
        self.before, self.after = Periode(before, first, last), Periode(after, first, last)
        self.ids, self.year, self.op = ids, year, op

    def track(self, versies: Iterable[Versie], dossiers: list[Dossier]) -> Trajecttelling:
        """Of a follow-up that goes, the dossier before it counts one less too; a dwelling only when no other has it."""
        gone = [dossier for dossier in dossiers if dossier.id in self.ids]
        stay = [dossier for dossier in dossiers if dossier.id not in self.ids]
        figures, came_in = self.before.figures(gone), self.came_in(gone)
        went_on = sum(map(self.before.went_on, dossiers)) - sum(map(self.after.went_on, stay))
        dwellings = self.before.dwellings(dossiers).get(self.year, 0) - self.after.dwellings(stay).get(self.year, 0)
        quarters = Counter(f"K{(d.aanmelding.datum.month + 2) // 3}" for d in came_in if d.aanmelding)
        began = sum(self.before.holds(_begin(dossier, self.op)) for dossier in gone)
        return Trajecttelling.model_validate(
            {
                "dossiers": began,
                "aangemeld": dict(sorted(quarters.items())),
                "stand": self.standen(came_in),
                "vervolg_gestart": figures.vervolg_gestart,
                "lopend": figures.lopend if self.year < self.op.year else 0,
                "positief": figures.positief,
                "vervolg": went_on,
                "stopgezet": figures.stopgezet,
                "afgehaakt": figures.afgehaakt,
                "afwijkingen": figures.afwijkingen,
                "woningen": dwellings if any(versie.regels.capaciteit for versie in versies) else 0,
            }
        )

    def partners(self, gone: list[Dossier]) -> Iterator[tuple[str, Partnertelling]]:
        """By the partner that referred, of all tracks together."""
        came_in = self.came_in(gone)
        for partner in sorted({dossier.aanmelder for dossier in came_in if dossier.aanmelder}):
            own = [dossier for dossier in came_in if dossier.aanmelder == partner]
            yield partner, Partnertelling(aangemeld=len(own), stand=self.standen(own))

    def came_in(self, dossiers: Iterable[Dossier]) -> list[Dossier]:
        return [dossier for dossier in dossiers if self.before.came_in(dossier)]

    def standen(self, came_in: list[Dossier]) -> dict[str, Standtelling]:
        """The states of the aanmeldingen of the year, at the end of it and of each later year."""
        years = range(self.year, self.op.year + 1) if came_in else ()
        return _shortened({str(year): _counted(self.state(dossier, year) for dossier in came_in) for year in years})

    def state(self, dossier: Dossier, year: int) -> str:
        """At the end of a year; what still waits when it is removed waits no longer."""
        found = stand_van_aanmelding(dossier, min(date(year, 12, 31), self.op))
        name = found.toestand.replace(" ", "_") if found else "in_behandeling"
        return "verwijderd" if year == self.op.year and name in WACHT and self.was_open(dossier) else name

    def was_open(self, dossier: Dossier) -> bool:
        """It was not closed on the day of its removal."""
        sluiting = self.before.standen.stand(dossier, self.op).sluiting
        return sluiting is None or sluiting.fase not in GESLOTEN or sluiting.datum > self.op


def _counted(states: Iterable[str]) -> Standtelling:
    return Standtelling(**Counter(states))


def _shortened(stand: dict[str, Standtelling]) -> dict[str, Standtelling]:
    """Without the years that are as the one before."""
    kept: dict[str, Standtelling] = {}
    for year in sorted(stand):
        if not kept or kept[max(kept)] != stand[year]:
            kept[year] = stand[year]
    return kept


def add(one: Jaartelling, other: Jaartelling) -> Jaartelling:
    """Both together."""
    return Jaartelling(
        bijgewerkt=max(one.bijgewerkt, other.bijgewerkt),
        trajecten=_merged(one.trajecten, other.trajecten),
        partners=_merged(one.partners, other.partners),
    )


def _merged(one: dict[str, M], other: dict[str, M]) -> dict[str, M]:
    both = {key: _sum(one[key], other[key]) for key in one.keys() & other.keys()}
    return {key: (one | other | both)[key] for key in sorted(one | other)}


def _sum(one: M, other: M) -> M:
    """Number by number; a state that one does not name is as it was."""
    values: dict[str, object] = {}
    for name in type(one).model_fields:
        first, second = getattr(one, name), getattr(other, name)
        if name == "stand":
            years = sorted(first | second)
            values[name] = _shortened({year: _sum(_at(first, int(year)), _at(second, int(year))) for year in years})
        elif isinstance(first, dict):
            values[name] = {key: first.get(key, 0) + second.get(key, 0) for key in sorted(first | second)}
        else:
            values[name] = first + second
    return type(one).model_validate(values)


def tellingen_text(telling: Jaartelling, before: str = "") -> str:
    """The file of a year. What people wrote above its first key stays."""
    head = "".join(_head(before)) or KOP
    values = telling.model_dump(mode="json", exclude_defaults=True)
    return head + "".join(f"{line}\n" for line in _yaml(values))


KOP = """\
# Wat verwijderde dossiers telden, voor het rapport. ‘woontraject forget’ houdt dit bij: pas het niet met de hand aan.
"""


def _head(text: str) -> Iterator[str]:
    for line in text.splitlines(keepends=True):
        if line.strip() and not line.startswith("#"):
            return
        yield line


def _yaml(values: dict[str, object], indent: str = "") -> Iterator[str]:
    """A block with keys; what holds nothing but numbers on one line."""
    for key, value in values.items():
        if not isinstance(value, dict):
            yield f"{indent}{key}: {value}"
        elif any(isinstance(item, dict) for item in value.values()):
            yield f"{indent}{key}:"
            yield from _yaml(value, f"{indent}  ")
        else:
            yield f"{indent}{key}: {{{', '.join(f'{name}: {item}' for name, item in value.items())}}}"
