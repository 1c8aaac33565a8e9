"""Two registers on one date → what the change from the one to the other means for people.

Only what can differ is derived: the dossiers that changed and those linked to them, or all that follow rules or a
calendar that changed.
"""

from dataclasses import replace
from datetime import date

from generator.findings import Finding
from generator.model.verschil import Basis, Onvolledig, Verschil
from generator.register import Register, without_collector
from generator.verschil.agendas import compare_agendas
from generator.verschil.dossiers import compare_dossiers, renamed
from generator.verschil.feeds import compare_feeds
from generator.verschil.fouten import incomplete, unusable
from generator.verschil.kant import Kant
from generator.verschil.momenten import compare_momenten
from generator.verschil.protocol import compare_overleggen, compare_protocol
from generator.verschil.raakt import touched
from generator.verschil.zicht import compare_zicht


def make_verschil(
    toen: Register, nu: Register, gelezen: tuple[list[Finding], list[Finding]], basis: Basis, op: date, vandaag: date
) -> Verschil:
    """What changes from `toen` to `nu`, as of a date. `gelezen`: what reading each found."""
    with without_collector():
        ids = touched(toen, nu)
        before, after = (Kant(register, _only(register, ids), op) for register in (toen, nu))
        wrong = ([*gelezen[0], *before.check(vandaag)], [*gelezen[1], *after.check(vandaag)])
        left_out = unusable(before, wrong[0]) | unusable(after, wrong[1])
        onvolledig = (*incomplete("basis", wrong[0]), *incomplete("nu", wrong[1]))
        return _compare(before.without(left_out), after.without(left_out), basis, onvolledig)


def _compare(toen: Kant, nu: Kant, basis: Basis, onvolledig: tuple[Onvolledig, ...]) -> Verschil:
    names = renamed(toen, nu)
    return Verschil(
        datum=nu.op,
        basis=basis,
        protocol=tuple(compare_protocol(toen.heel, nu.heel)),
        onvolledig=onvolledig,
        dossiers=tuple(compare_dossiers(toen, nu, names)),
        overleggen=tuple(compare_overleggen(toen, nu)),
        momenten=tuple(compare_momenten(toen, nu, names)),
        agendas=tuple(compare_agendas(toen, nu)),
        feeds=tuple(compare_feeds(toen, nu)),
        zicht=tuple(compare_zicht(toen, nu, names)),
    )


def _only(register: Register, ids: set[str]) -> Register:
    return replace(register, dossiers={name: found for name, found in register.dossiers.items() if name in ids})
