"""What stands in the calendar pages of an audience: overleg, notices, visits and evaluations, in order of date."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from typing import Literal

from generator.model.view import PUBLIEK, DossierView, MomentView, OverlegView, PartnerOverlegView, View
from generator.render.woorden import dag, uur, woord

_SOORTEN = ("overleg", "aankondiging", "bezoek")


@dataclass(frozen=True)
class Afspraak:
    """Something on a day."""

    datum: date
    soort: Literal["overleg", "aankondiging", "bezoek"]
    wat: str
    stand: str
    """As `MomentView.status`; of an overleg also `verplaatst`, on the day that it leaves."""
    stand_tekst: str
    """The same in words; empty where there is nothing to tell."""
    pad: str
    """The page that tells more, below the site."""
    uur: time | None = None
    dossier: str = ""
    begeleider: str = ""
    uitleg: str = ""
    """Why an overleg is moved or cancelled."""
    waar: str = ""
    link: str = ""
    """Of a meeting online."""
    per_partner: tuple[str, ...] = ()
    """For coordinators: where an overleg differs for a partner."""


def make_afspraken(view: View) -> list[Afspraak]:
    """Everything of the view that has a day: of a dossier all but the moments on an overleg of the month."""
    found = [*_meetings(view), *_notices(view), *_visits(view)]
    return sorted(found, key=lambda a: (a.datum, _SOORTEN.index(a.soort), a.uur or time.max, a.dossier, a.wat))


def _meetings(view: View) -> Iterator[Afspraak]:
    """A partner's own, with hour and place; the public is told the day alone, since the hour differs (VT-6.4)."""
    if view.doelgroep.partner:
        for item in view.overleggen:
            yield from _meeting(view, item.overleg, item)
    else:
        for overleg in view.maanden:
            yield from _meeting(view, overleg, None)


def _meeting(view: View, overleg: OverlegView, own: PartnerOverlegView | None) -> Iterator[Afspraak]:
    pad, reden = _page(view, overleg), overleg.reden or ""
    if overleg.datum is None:
        yield Afspraak(overleg.volgens_regel, "overleg", "Overleg", "vervallen", "vervalt", pad, uitleg=reden)
        return
    moved = overleg.datum != overleg.volgens_regel
    if moved:
        where = f"naar {dag(overleg.datum)}"
        uitleg = _joined(where, reden)
        yield Afspraak(overleg.volgens_regel, "overleg", "Overleg", "verplaatst", "verplaatst", pad, uitleg=uitleg)
    dropped = own.vervalt if own else None
    yield Afspraak(
        overleg.datum,
        "overleg",
        "Overleg",
        stand="vervallen" if dropped else "gepland",
        stand_tekst="vervalt voor u" if dropped else f"verplaatst van {dag(overleg.volgens_regel)}" if moved else "",
        pad=pad,
        uur=own.uur if own else None if view.doelgroep == PUBLIEK else overleg.uur,
        uitleg=dropped or (reden if moved else ""),
        waar=(own.adres or "Teams") if own else "",
        link=(own.link or "") if own and not own.adres else "",
        per_partner=() if own else tuple(_exceptions(view, overleg)),
    )


def _exceptions(view: View, overleg: OverlegView) -> Iterator[str]:
    """Whom it was dropped for, and who meets at another hour; the public has no overleg of a partner in its view."""
    for item in view.overleggen:
        if item.overleg.maand != overleg.maand or item.overleg != overleg:  # most are told apart by their month alone
            continue
        if item.vervalt:
            yield f"{item.partner_naam}: vervalt, {item.vervalt}"
        elif item.uur != overleg.uur:
            yield f"{item.partner_naam}: {uur(item.uur)}"


def _notices(view: View) -> Iterator[Afspraak]:
    for overleg in view.maanden:
        if overleg.aankondiging:
            pad = _page(view, overleg)
            yield Afspraak(overleg.aankondiging, "aankondiging", "Aankondiging van het overleg", "gepland", "", pad)


def _page(view: View, overleg: OverlegView) -> str:
    """Its agenda, as far as there is one."""
    if overleg.datum and any(agenda.maand == overleg.maand for agenda in view.agendas):
        return f"agenda/{overleg.maand}.html"
    return f"data.html#jaar-{overleg.maand[:4]}"


def _visits(view: View) -> Iterator[Afspraak]:
    """A track may have an overleg of its own: its moments are told by dossier, like visits."""
    days = {overleg.datum for overleg in view.maanden}
    for dossier in view.dossiers:
        for moment in dossier.momenten:
            monthly = moment.soort == "overleg" and moment.datum in days
            if not monthly and (moment.afspraak or moment.status != "vervallen"):
                yield _visit(dossier, moment)


def _visit(dossier: DossierView, moment: MomentView) -> Afspraak:
    return Afspraak(
        moment.datum,
        "bezoek",
        moment.titel,
        # Late or not: what has no appointment yet looks like nothing that has one.
        stand=moment.status if _agreed(moment) else "te-plannen",
        stand_tekst=_state(moment),
        pad=f"dossiers/{dossier.id}.html#{moment.id}",
        uur=moment.uur,
        dossier=dossier.id,
        begeleider=dossier.begeleider or "",
    )


def _state(moment: MomentView) -> str:
    if _agreed(moment):
        return woord(moment.status)
    return "nog te plannen, te laat" if moment.status == "te-laat" else "nog te plannen"


def _agreed(moment: MomentView) -> bool:
    """An overleg has a date by its rule."""
    return moment.afspraak or moment.soort == "overleg"


def _joined(*parts: str) -> str:
    return ": ".join(filter(None, parts))
