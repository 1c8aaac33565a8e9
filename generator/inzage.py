"""All that is held on one dossier, for the tenant who asks it (GDPR articles 15 and 20). Nothing of anyone else's."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from generator.aanmelding import stand_van_aanmelding
from generator.bewaring import bewaard, te_verwijderen_sinds
from generator.history import History
from generator.model.dossier import Dossier
from generator.model.view import (
    COORDINATIE,
    Afgeleid,
    Bericht,
    Bewaarstand,
    Dossierblad,
    Inzage,
    UitgelegdMoment,
    View,
    Vindplaats,
)
from generator.register import Register
from generator.render.ical import make_feeds
from generator.traject import Standen
from generator.views import audiences, make_bladen, make_view


def make_inzage(
    register: Register, name: str, path: str, op: date, gewijzigd: tuple[date, ...], *, afleiden: bool = True
) -> Inzage:
    """What is held on a dossier, as of a date. `gewijzigd`: the days on which its file changed.

    A dossier of which a field is wrong is given as it stands in the file: nothing follows from it. The same where
    nothing can be derived from the protocol.
    """
    organisatie, dossier = register.organisatie, register.dossiers.get(name)
    gegevens = _filled(dossier.model_dump() if dossier else register.bronnen[path].data)
    inzage = Inzage(
        id=name,
        datum=op,
        organisatie=organisatie.naam,
        dienst=organisatie.dienst,
        email=organisatie.email,
        bestand=path,
        gegevens=gegevens,
        vervolgen=tuple(other.id for other in register.vervolgen.get(name, ())),
        afgeleid=None,
        berichten=tuple(_told(register, name)),
        wie_ziet=(),
        vindplaatsen=(),
        bewaring=None,
        gewijzigd=gewijzigd,
        namen={key: register.partners[key].naam for key in _words(gegevens) if key in register.partners},
        titels={},
    )
    if dossier is None or register.versie_van(dossier) is None or not afleiden:
        return inzage
    standen = _alone(register, dossier)
    views = [make_view(standen, History(), audience, op, "") for audience in audiences(standen.register)]
    shown = next(make_bladen(standen, History(), COORDINATIE, op, [name]))
    return replace(
        inzage,
        afgeleid=_derived(shown, dossier, op),
        wie_ziet=shown.wie_ziet,
        vindplaatsen=tuple(place for place in (_place(view, name) for view in views) if not _is_empty(place)),
        bewaring=_kept(standen, dossier, op),
        titels=dict(shown.documenten) | {moment.id: moment.titel for moment in shown.dossier.momenten},
    )


def _told(register: Register, name: str) -> Iterator[Bericht]:
    for maand, verslagen in register.verslagen.items():
        for partner, verslag in verslagen.items():
            told, sent = verslag.aanmeldingen_verstuurd.get(name), verslag.verzonden.aanmeldingen.get(name)
            if told or sent:
                yield Bericht(
                    partner=register.partners[partner].naam if partner in register.partners else partner,
                    gemeld=told,
                    verzonden=sent.op if sent else None,
                    stand=sent.stand if sent else None,
                    kenmerk=sent.kenmerk if sent else None,
                    bestand=f"protocol/overleg/{maand}.yaml",
                )


def _alone(register: Register, dossier: Dossier) -> Standen:
    """The register with this dossier, what it follows on and what follows on it: others are out of reach."""
    earlier = register.dossiers.get(dossier.vervolg_op or "")
    chain = [dossier, *([earlier] if earlier else ()), *register.keten(dossier.id)]
    found = {other.id: other for other in chain if register.versie_van(other)}
    return Standen(replace(register, dossiers=dict(sorted(found.items()))))


def _derived(blad: Dossierblad, dossier: Dossier, op: date) -> Afgeleid:
    shown = blad.dossier
    explained = zip(shown.momenten, blad.uitleg, strict=True)
    state = stand_van_aanmelding(dossier, op)
    return Afgeleid(
        traject=shown.traject_titel,
        regels_vanaf=shown.regels_vanaf,
        fase=shown.fase,
        einde=shown.einde,
        maand=shown.maand,
        aanmelding=state.toestand if state else None,
        begeleidt=(shown.partner, shown.begeleider) if shown.partner and shown.begeleider else None,
        bezoeken=shown.bezoeken,
        contacten=shown.contacten,
        momenten=tuple(UitgelegdMoment(**asdict(moment), uitleg=steps) for moment, steps in explained),
    )


def _place(view: View, name: str) -> Vindplaats:
    feeds = make_feeds([replace(view, maanden=(), overleggen=())])[view.doelgroep]  # what is of no dossier is left out
    return Vindplaats(
        site=view.doelgroep.naam,
        naam=view.naam,
        pagina=any(dossier.id == name for dossier in view.dossiers),
        agendas=tuple(dict.fromkeys(item.maand for item in view.agendas if _names(item, name))),
        aanmeldingen=any(item.id == name for item in view.aanmeldingen),
        intervisies=tuple(item.datum for item in view.intervisies if _names(item, name)),
        werklijst=tuple(task.reden for task in view.werklijst if task.id == name),
        kalenders=tuple(feed.titel for feed in view.feeds if _holds(feeds[feed.naam], name)),
        mails=tuple((mail.soort, mail.maand) for mail in view.mails if _names(mail, name)),
    )


def _is_empty(place: Vindplaats) -> bool:
    return place == Vindplaats(place.site, place.naam)


def _holds(feed: bytes, name: str) -> bool:
    """Whether an event of a calendar names it."""
    events = feed.replace(b"\r\n ", b"").decode()
    return bool(re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", events))


def _names(value: object, name: str) -> bool:
    """Whether a value holds a dossier, by its reference."""
    return f"'{name}'" in repr(value)


def _kept(standen: Standen, dossier: Dossier, op: date) -> Bewaarstand:
    kept, terms = bewaard(standen, dossier, op), standen.register.organisatie.bewaartermijn.gesloten
    return Bewaarstand(
        soort=kept.soort if kept else None,
        sinds=kept.sinds if kept else None,
        zichtbaar_tot=kept.zichtbaar_tot if kept else None,
        bewaard_tot=kept.bewaard_tot if kept else None,
        te_verwijderen_sinds=te_verwijderen_sinds(standen, dossier, op),
        maanden_zichtbaar=terms.zichtbaar,
        maanden_bewaren=terms.bewaren,
    )


def _filled(value: Any) -> Any:
    """What is filled in, as plain data."""
    match value:
        case Mapping():
            filled = {key: _filled(item) for key, item in value.items()}
            return {key: item for key, item in filled.items() if item not in (None, {}, [])}
        case list() | tuple():
            return [_filled(item) for item in value]
    return value


def _words(value: Any) -> set[str]:
    match value:
        case Mapping():
            return {word for item in value.values() for word in _words(item)}
        case list():
            return {word for item in value for word in _words(item)}
    return {value} if isinstance(value, str) else set()
