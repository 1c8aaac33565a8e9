"""What changed in `protocol/`: which files, and the dates of the overleg."""

from collections.abc import Iterator
from datetime import date

from generator.model.verschil import OverlegVerschil
from generator.register import Register
from generator.verschil.kant import Kant


def compare_protocol(toen: Register, nu: Register) -> Iterator[str]:
    """The files that do not say the same."""
    paths = {path for side in (toen, nu) for path in side.bronnen if path.startswith("protocol/")}
    return (path for path in sorted(paths) if _data(toen, path) != _data(nu, path))


def compare_overleggen(toen: Kant, nu: Kant) -> Iterator[OverlegVerschil]:
    """The months from this date to the end of next year of which the overleg gets another date."""
    before, after = _dates(toen), _dates(nu)
    for maand in sorted(before.keys() | after.keys()):
        one, other = before.get(maand), after.get(maand)
        if one != other and max(filter(None, (one, other))) >= nu.op:
            yield OverlegVerschil(maand, one, other)


def _data(register: Register, path: str) -> object:
    return register.bronnen[path].data if path in register.bronnen else None


def _dates(side: Kant) -> dict[str, date]:
    years = (side.op.year - 1, side.op.year, side.op.year + 1)
    return {m.maand: m.datum for year in years for m in side.standen.kalender.jaar(year) if m.datum}
