"""What an overleg concluded with one partner, from the entries of its day (VT-6.5)."""

from collections.abc import Iterator
from datetime import date

from generator.agenda import make_agenda
from generator.model.dossier import Dossier, Overleg
from generator.model.view import Conclusie, Volgende
from generator.traject import Standen
from generator.zicht import begeleidt, leest, ziet


def make_conclusies(standen: Standen, partner: str, maand: str, op: date) -> tuple[Conclusie, ...]:
    """Per dossier, as the partner may read it on a date: what is recorded, or that it is not.

    A dossier is told to who guided it at the overleg or referred, and only while that partner still sees it (VT-4).
    """
    return standen.once(("conclusies", partner, maand, op), lambda: tuple(_conclusies(standen, partner, maand, op)))


def _conclusies(standen: Standen, partner: str, maand: str, op: date) -> Iterator[Conclusie]:
    expected = set(_on_agenda(standen, partner, maand, op))
    for dossier in standen.register.per_partner.get(partner, ()):
        versie = standen.register.versie_van(dossier)
        meeting = standen.kalender_van(versie.regels).maand(maand) if versie else None
        day = meeting.datum if meeting else None
        if day and day <= op and _concerns(standen, dossier, partner, day, op):
            entry = _entry(dossier, day)
            if entry or dossier.id in expected:
                yield _conclude(standen, dossier, partner, day, op, entry)


def _on_agenda(standen: Standen, partner: str, maand: str, op: date) -> Iterator[str]:
    """What was to be discussed, or owed an evaluation, as of the eve."""
    agenda = make_agenda(standen, partner, maand, op, op)
    yield from (item.id for item in agenda.bespreken)
    yield from (item.id for item in agenda.andere)
    yield from (item.id for item in agenda.lopend if item.evaluatie)


def _concerns(standen: Standen, dossier: Dossier, partner: str, day: date, op: date) -> bool:
    took_part = dossier.aanmelder == partner or begeleidt(dossier, partner, day)
    return took_part and ziet(standen, dossier, partner, op)


def _entry(dossier: Dossier, day: date) -> Overleg | None:
    """What the overleg of a day said of a dossier; of two entries the last."""
    found = [item for item in dossier.logboek if isinstance(item, Overleg) and item.datum == day]
    return found[-1] if found else None


def _conclude(
    standen: Standen, dossier: Dossier, partner: str, day: date, op: date, entry: Overleg | None
) -> Conclusie:
    """Texts and decisions with consent on both days (VT-5.0); the next moment as it stood after the overleg."""
    stand = standen.stand(dossier, day)
    readable = all(leest(standen, dossier, partner, when) for when in (day, op))
    told = entry if readable else None
    following = stand.eerstvolgende
    return Conclusie(
        id=dossier.id,
        overleg=day,
        verslag=entry is not None,
        leesbaar=readable,
        fase=stand.fase,
        einde=stand.einde,
        volgende=Volgende(following.id, following.datum) if following else None,
        verloop=told.verloop if told else None,
        besluit=told.besluit if told else None,
        maanden=told.maanden if told else None,
        conclusie=told.conclusie if told else None,
        registratie_contacten=told.registratie_contacten if told else None,
    )
