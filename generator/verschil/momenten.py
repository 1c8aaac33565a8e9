"""Moments that appear, disappear, move or get another status."""

from collections.abc import Iterator, Mapping

from generator.model.verschil import Beweging, MomentStand, MomentVerschil
from generator.traject import Moment
from generator.uitleg import title_of
from generator.verschil.kant import Kant


def compare_momenten(toen: Kant, nu: Kant, names: Mapping[str, str]) -> Iterator[MomentVerschil]:
    """By dossier, then by date. Of a dossier that came or went only what is still to happen."""
    former = {name: names.get(name, name) for name in nu.bekeken.dossiers}
    gone = {name: name for name in toen.bekeken.dossiers if name not in former.values()}
    for name, old in sorted((former | gone).items()):
        before, after = toen.momenten(old), nu.momenten(name)
        whole = toen.stand(old) is None or nu.stand(name) is None
        for key in sorted(before.keys() | after.keys(), key=lambda key: ((after.get(key) or before[key]).datum, key)):
            one, other = before.get(key), after.get(key)
            moment = after.get(key) or before[key]
            if _place(one) == _place(other) or (whole and not moment.open):
                continue
            side, owner = (nu, name) if other else (toen, old)
            yield MomentVerschil(
                id=name,
                moment=key,
                titel=title_of(moment),
                wat=_what(one, other),
                van=_stand(one),
                naar=_stand(other),
                uitleg=side.uitleg(owner, moment),
            )


def _what(one: Moment | None, other: Moment | None) -> Beweging:
    if one is None or other is None:
        return "verdwenen" if one else "nieuw"
    return "verschoven" if (one.datum, one.uur) != (other.datum, other.uur) else "status"


def _place(moment: Moment | None) -> tuple[object, ...] | None:
    return (moment.datum, moment.uur, moment.status) if moment else None


def _stand(moment: Moment | None) -> MomentStand | None:
    return MomentStand(moment.datum, moment.uur, moment.status) if moment else None
