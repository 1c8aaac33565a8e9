"""Which dossiers a change can touch: for all others both sides say the same."""

from collections.abc import Iterator

from generator.model.dossier import Dossier
from generator.register import Register


def touched(toen: Register, nu: Register) -> set[str]:
    """The dossiers that changed, those linked to them, and those under rules or a calendar that changed."""
    names = toen.dossiers.keys() | nu.dossiers.keys()
    if _calendar(toen) != _calendar(nu):
        return names
    ruled = {traject for traject in toen.trajecten | nu.trajecten if rules_of(toen, traject) != rules_of(nu, traject)}
    changed = {
        name
        for name in names
        if toen.dossiers.get(name) != nu.dossiers.get(name)
        or any(side.dossiers[name].traject in ruled for side in (toen, nu) if name in side.dossiers)
    }
    links = [*_links(toen), *_links(nu)]
    while more := {other for pair in links if changed & {*pair} for other in pair} & names - changed:
        changed |= more
    return changed


def rules_of(register: Register, traject: str) -> list[tuple[object, object]]:
    """What a traject asks, whatever its files look like; also that one of them cannot be read."""
    versies = register.trajecten.get(traject, ())
    return [(versie.vanaf, versie.regels) for versie in versies] + [(None, traject in register.onleesbaar)]


def _calendar(register: Register) -> tuple[object, ...]:
    """What every dossier goes by."""
    return register.kalender.overleg, register.verslagen, register.organisatie.bewaartermijn


def _links(register: Register) -> Iterator[tuple[str, str]]:
    dossiers: dict[str, Dossier] = register.dossiers
    return ((name, dossier.vervolg_op) for name, dossier in dossiers.items() if dossier.vervolg_op)
