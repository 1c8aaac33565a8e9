"""What subscribers of the calendars see happen: events that come, move, are cancelled or go."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from generator.history import History
from generator.model.verschil import EventVerschil, FeedVerschil
from generator.model.view import COORDINATIE, PUBLIEK, TAKEN, MomentView, PartnerOverlegView
from generator.render.ical import (
    Gebeurtenis,
    in_window,
    meeting_event,
    moment_event,
    notice_events,
    overleg_duties,
    overleg_event,
    source_of,
    visit_duties,
)
from generator.verschil.kant import Kant
from generator.views import audiences, make_maanden, moment_view
from generator.zicht import ziet

_SAME = datetime(2020, 1, 1, tzinfo=UTC)
"""When it changed is not compared."""
Events = dict[str, Gebeurtenis]
"""By UID."""


class Feed(NamedTuple):
    """A calendar, by its audience and its name there."""

    doelgroep: str
    naam: str


_DUTIES = Feed(COORDINATIE.naam, TAKEN)


def compare_feeds(toen: Kant, nu: Kant) -> Iterator[FeedVerschil]:
    """Each calendar in which something changes; the coordinators' first."""
    before, after = make_events(toen), make_events(nu)
    for feed in sorted(before.keys() | after.keys()):
        found = _compare(feed, before.get(feed), after.get(feed))
        if found.stand != "gewijzigd" or found.toegevoegd or found.verplaatst or found.geannuleerd or found.verwijderd:
            yield found


def make_events(side: Kant) -> dict[Feed, Events]:
    """Every calendar, with the events of what is looked at and those of the overleg."""
    maker = _Maker(side)
    return {feed: {event.uid: event for event in maker.of(feed)} for feed in _feeds(side)}


def _feeds(side: Kant) -> Iterator[Feed]:
    """The calendars that a build makes: those of the audiences, and one for each worker of a partner."""
    yield Feed(PUBLIEK.naam, "overleg")
    yield Feed(COORDINATIE.naam, "alles")
    yield _DUTIES
    for audience in audiences(side.heel):
        if audience.partner:
            yield Feed(audience.naam, audience.partner)
            for worker in sorted(_workers(side, audience.partner)):
                yield Feed(audience.naam, worker)


def _workers(side: Kant, partner: str) -> set[str]:
    """Those of the partner that guide today."""
    return {
        now.begeleider
        for dossier in side.heel.per_partner.get(partner, ())
        if (now := dossier.begeleiding_op(side.op))
        and now.partner == partner
        and side.heel.versie_van(dossier)
        and ziet(side.standen_heel, dossier, partner, side.op)
    }


class _Maker:
    """The events of a side, each made once."""

    def __init__(self, side: Kant) -> None:
        self.side, self.organisatie = side, side.heel.organisatie
        self.source = source_of(self.organisatie.naam)
        # Who takes part follows from all dossiers, whichever are looked at.
        self.maanden, self.overleggen = make_maanden(side.standen_heel, History(), COORDINATIE, side.op)
        self.notices = [event for overleg in self.maanden for event in notice_events(overleg, self.source)]
        self.momenten = {name: list(self._moments(name)) for name in side.bekeken.dossiers}
        self.events = {
            name: [moment_event(name, moment, _SAME, self.source) for moment in momenten]
            for name, momenten in self.momenten.items()
        }
        self.shown = self._shown()

    def of(self, feed: Feed) -> Iterator[Gebeurtenis]:
        """As `render.ical` puts them together, less what is long past."""
        return (event for event in self._all(feed) if in_window(event, self.side.op))

    def _all(self, feed: Feed) -> Iterator[Gebeurtenis]:
        if feed.doelgroep == PUBLIEK.naam:
            yield from (overleg_event(overleg, self.source) for overleg in self.maanden)
            yield from self.notices
        elif feed == _DUTIES:
            yield from self.notices
            yield from overleg_duties(self.maanden, self.organisatie.werklijst.conclusies_dagen, self.source)
            weeks = self.organisatie.werklijst.bezoek_plannen_weken
            for name, momenten in self.momenten.items():
                for moment in momenten:
                    yield from visit_duties(name, moment, weeks, _SAME, self.source)
        else:
            yield from self.notices if feed.doelgroep == COORDINATIE.naam else ()
            yield from (self._meeting(item) for item in self.overleggen if _is_of(feed, item))
            yield from (event for name in self.shown.get(feed, ()) for event in self.events[name])

    def _shown(self) -> dict[Feed, list[str]]:
        """The dossiers of each calendar: a worker's holds those that this worker guides."""
        found: dict[Feed, list[str]] = {Feed(COORDINATIE.naam, "alles"): list(self.momenten)}
        for name in self.momenten:
            now = self.side.bekeken.dossiers[name].begeleiding_op(self.side.op)
            for partner in self.side.zicht(name):
                workers = [now.begeleider] if now and now.partner == partner else []
                for feed in (partner, *workers):
                    found.setdefault(Feed(f"partners/{partner}", feed), []).append(name)
        return found

    def _meeting(self, item: PartnerOverlegView) -> Gebeurtenis:
        return meeting_event(item, self.organisatie.naam, self.source)

    def _moments(self, name: str) -> Iterator[MomentView]:
        stand = self.side.stand(name)
        return (moment_view(stand, moment) for moment in stand.momenten) if stand else iter(())


def _is_of(feed: Feed, item: PartnerOverlegView) -> bool:
    return feed.doelgroep in (COORDINATIE.naam, f"partners/{item.partner}")


def _compare(feed: Feed, before: Events | None, after: Events | None) -> FeedVerschil:
    old, new = before or {}, after or {}
    both = [uid for uid in new if uid in old]
    cancelled = [uid for uid in both if _is_cancelled(new[uid]) and not _is_cancelled(old[uid])]
    moved = [uid for uid in both if uid not in cancelled and _place(old[uid]) != _place(new[uid])]
    return FeedVerschil(
        doelgroep=feed.doelgroep,
        naam=feed.naam,
        stand="nieuw" if before is None else "verdwenen" if after is None else "gewijzigd",
        toegevoegd=_events([uid for uid in new if uid not in old], old, new),
        verplaatst=_events(moved, old, new),
        geannuleerd=_events(cancelled, old, new),
        verwijderd=_events([uid for uid in old if uid not in new], old, new),
    )


def _is_cancelled(event: Gebeurtenis) -> bool:
    return event.status == "CANCELLED"


def _place(event: Gebeurtenis) -> tuple[object, ...]:
    return event.start, event.einde, event.plaats, event.link, _is_cancelled(event)


def _events(uids: list[str], old: Events, new: Events) -> tuple[EventVerschil, ...]:
    found = [
        EventVerschil(
            uid=uid,
            titel=(new.get(uid) or old[uid]).titel,
            van=old[uid].start if uid in old else None,
            naar=new[uid].start if uid in new else None,
        )
        for uid in uids
    ]
    return tuple(sorted(found, key=lambda item: (str(item.naar or item.van), item.uid)))
