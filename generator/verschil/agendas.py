"""Agendas of the coming months that gain or lose a dossier, or become needed or not (VT-6.3)."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from generator.agenda import make_agenda
from generator.model.verschil import AgendaVerschil, Punt
from generator.model.view import Agenda
from generator.traject import Standen
from generator.verschil.kant import Kant

MAANDEN = 3
"""How many coming agendas are compared."""


def compare_agendas(toen: Kant, nu: Kant) -> Iterator[AgendaVerschil]:
    """By month and partner, as coordinators have them. Other dossiers stay on both sides where they were."""
    partners = sorted(toen.bekeken.per_partner.keys() | nu.bekeken.per_partner.keys())
    rest = _Rest(nu)
    for maand in sorted(_months(toen) | _months(nu)):
        for partner in partners:
            before, after = (_agenda(side, partner, maand) for side in (toen, nu))
            found = _compare(before, after, nu if partner in nu.heel.partners else toen)
            if before.nodig != after.nodig and rest.needs(partner, maand):
                found = replace(found, nodig_van=True, nodig_naar=True)
            if _says_something(found):
                yield found


def _months(side: Kant) -> set[str]:
    return {overleg.maand for _, overleg in islice(side.standen.kalender.vanaf(side.op), MAANDEN)}


def _agenda(side: Kant, partner: str, maand: str) -> Agenda:
    if partner not in side.heel.partners:
        return Agenda(partner, maand, side.op, None, None, None, None, None, None, False, (), (), ())
    return make_agenda(side.standen, partner, maand, side.op, side.op, alles=True)


class _Rest:
    """The dossiers that are the same on both sides: they too can make an overleg needed."""

    def __init__(self, side: Kant) -> None:
        self.side = side
        others = {name: found for name, found in side.heel.dossiers.items() if name not in side.bekeken.dossiers}
        self.standen = Standen(replace(side.heel, dossiers=others))

    def needs(self, partner: str, maand: str) -> bool:
        if partner not in self.side.heel.partners:
            return False
        return make_agenda(self.standen, partner, maand, self.side.op, self.side.op, alles=True).nodig


def _compare(before: Agenda, after: Agenda, side: Kant) -> AgendaVerschil:
    old, new = _points(before), _points(after)
    running, runs = ({item.id for item in agenda.lopend} for agenda in (before, after))
    return AgendaVerschil(
        partner=after.partner,
        naam=side.naam_van(after.partner),
        maand=after.maand,
        nodig_van=before.nodig,
        nodig_naar=after.nodig,
        lopend_erbij=tuple(sorted(runs - running)),
        lopend_eraf=tuple(sorted(running - runs)),
        bespreken_erbij=tuple(Punt(name, new[name]) for name in sorted(new.keys() - old.keys())),
        bespreken_eraf=tuple(sorted(old.keys() - new.keys())),
        andere_redenen=tuple(Punt(n, new[n]) for n in sorted(new.keys() & old.keys()) if new[n] != old[n]),
    )


def _points(agenda: Agenda) -> dict[str, tuple[str, ...]]:
    """The reasons of each dossier to discuss; those of another track are there because Vivendo asks."""
    return {item.id: item.redenen for item in agenda.bespreken} | {item.id: ("vivendo",) for item in agenda.andere}


def _says_something(found: AgendaVerschil) -> bool:
    lists = (found.lopend_erbij, found.lopend_eraf, found.bespreken_erbij, found.bespreken_eraf, found.andere_redenen)
    return any(lists) or found.nodig_van != found.nodig_naar
