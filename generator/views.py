"""Who may see what: the register as one audience sees it on a date. Renderers are handed views, nothing else."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from itertools import chain
from typing import NamedTuple

from generator import bewerkadres
from generator.aanmelding import stand_van_aanmelding
from generator.agenda import added_since, count_contacts, make_agenda, meeting_of
from generator.conclusies import make_conclusies
from generator.geheim import make_token
from generator.handboek import make_handboek
from generator.history import History
from generator.intervisie import make_intervisie
from generator.kalender import Overlegmaand, feestdagen, running_month
from generator.mails import current_mails, mails_of_month
from generator.model.dossier import Bezoek, Dossier, Gesprek
from generator.model.protocol import Partner
from generator.model.view import (
    COORDINATIE,
    PUBLIEK,
    TAKEN,
    Aangekondigd,
    AanmeldingView,
    Agenda,
    Conclusie,
    Doelgroep,
    Dossierblad,
    DossierView,
    FeedView,
    Intervisie,
    Kader,
    Mail,
    MomentView,
    OverlegView,
    PartnerOverlegView,
    PartnerView,
    Taak,
    Vergadering,
    View,
)
from generator.protocollen import make_protocols
from generator.protocoltekst import waarden_algemeen
from generator.register import Register
from generator.report import make_report
from generator.traject import LOPEND, Moment, Stand, Standen, zoals_op
from generator.uitleg import explain, rule_of, title_of
from generator.vergadering import make_vergaderingen
from generator.werklijst import make_partnerlijst, make_werklijst, took_place
from generator.wie_ziet import make_inkijk
from generator.zicht import ZICHT, begeleidt, leest, velden, ziet

ARCHIEF = 12
"""How many earlier agendas a site keeps."""


def audiences(register: Register) -> tuple[Doelgroep, ...]:
    """The public, the coordinators, and every partner that guides or refers."""
    involved = {periode.partner for dossier in register.dossiers.values() for periode in dossier.begeleiding}
    involved |= {dossier.aanmelder for dossier in register.dossiers.values() if dossier.aanmelder}
    partners = (Doelgroep("partner", partner) for partner in register.partners if partner in involved)
    return (PUBLIEK, COORDINATIE, *partners)


def make_view(standen: Standen, history: History, doelgroep: Doelgroep, op: date, geheim: str) -> View:
    """What an audience may see on a date: nothing else leaves here. `geheim` makes the addresses of its feeds."""
    return fill_view(standen, history, make_kader(standen, history, doelgroep, op), geheim)


def fill_view(standen: Standen, history: History, kader: Kader, geheim: str) -> View:
    """The same with what stands around its dossiers made before."""
    register, doelgroep, op = standen.register, kader.doelgroep, kader.datum
    dossiers = tuple(make_dossiers(standen, history, doelgroep, op))
    # All of a partner in turn: it asks for the same days of the same dossiers.
    partners = [audience.partner for audience in audiences(register) if doelgroep in (COORDINATIE, audience)]
    parts = [_of_partner(standen, kader, partner, op) for partner in filter(None, partners)]
    newest = sorted(chain(*(part.agendas for part in parts)), key=lambda item: item[0].overleg or op, reverse=True)
    agendas = tuple(agenda for agenda, _ in newest)
    return View(
        **vars(kader),
        dossiers=dossiers,
        feeds=tuple(_feeds(register, doelgroep, dossiers, geheim)),
        agendas=agendas,
        aangekondigd={(agenda.partner, agenda.maand): announced for agenda, announced in newest if announced},
        vergaderingen=tuple(_meetings(standen, agendas, op)) if doelgroep == COORDINATIE else (),
        aanmeldingen=tuple(_aanmeldingen(standen, doelgroep, op)),
        conclusies=dict(_concluded(standen, doelgroep, agendas, op)),
        mails=tuple(mail for part in parts for mail in part.mails),
        intervisies=tuple(_intervisies(standen, op)) if doelgroep == COORDINATIE else (),
        rapport=make_report(standen, op) if doelgroep == COORDINATIE else None,
        werklijst=tuple(_werklijst(standen, doelgroep, op)),
    )


def make_kader(standen: Standen, history: History, doelgroep: Doelgroep, op: date) -> Kader:
    """What stands around the dossiers of an audience."""
    register = standen.register
    maanden, overleggen = make_maanden(standen, history, doelgroep, op)
    geldend = standen.kalender.geldend(op.replace(day=1))
    waarden = waarden_algemeen(register.organisatie, geldend.regel, geldend.aankondiging)
    return Kader(
        doelgroep=doelgroep,
        datum=op,
        naam=_naam(register, doelgroep),
        organisatie=register.organisatie.naam,
        dienst=register.organisatie.dienst,
        email=register.organisatie.email,
        kantoor=register.organisatie.kantoor,
        webadres=register.organisatie.webadres,
        bewerken=bewerkadres.of_protocol(register) if doelgroep == COORDINATIE else {},
        demonstratie=register.organisatie.demonstratie,
        bezoek_plannen_weken=register.organisatie.werklijst.bezoek_plannen_weken,
        conclusies_dagen=register.organisatie.werklijst.conclusies_dagen,
        op_tijd_dagen=register.organisatie.op_tijd_dagen,
        waarden=waarden,
        protocollen=tuple(make_protocols(register, waarden, op)),
        partners=tuple(_partner(key, partner) for key, partner in register.partners.items()),
        maanden=maanden,
        feestdagen={day: naam for year in _years(op) for day, naam in feestdagen(year).items()},
        overleggen=overleggen,
        trajecten={traject: versies[-1].regels.titel for traject, versies in register.trajecten.items() if versies},
        zicht=tuple(ZICHT.items()) if doelgroep == COORDINATIE else (),
        handboek=make_handboek(register, doelgroep, op),
        bladen=tuple(dossier.id for dossier in _seen(standen, doelgroep, op)),
    )


def part_of(register: Register, doelgroep: Doelgroep) -> Register:
    """The part of a register that is all an audience is told of: nothing else counts for its view."""
    if doelgroep == COORDINATIE:
        return register
    return register.met_alleen(register.per_partner.get(doelgroep.partner, ()))


def make_maanden(
    standen: Standen, history: History, doelgroep: Doelgroep, op: date
) -> tuple[tuple[OverlegView, ...], tuple[PartnerOverlegView, ...]]:
    """Every overleg from a year ago to the end of next year, and the same per partner of the audience."""
    kalender = [maand for year in _years(op) for maand in standen.kalender.jaar(year)]
    maanden = tuple(_overleg(maand, history, op) for maand in kalender)
    months = list(zip(kalender, maanden, strict=True))
    return maanden, tuple(_partner_overleggen(standen.register, doelgroep, months))


def _years(op: date) -> range:
    return range(op.year - 1, op.year + 2)


def make_mails(standen: Standen, history: History, maand: str, op: date) -> Iterator[Mail]:
    """Every mail of a month `JJJJ-MM`, each with what its receiver may read on a date."""
    overleg = standen.kalender.maand(maand)
    months = [(overleg, _overleg(overleg, history, op))] if overleg else []
    meetings = {item.partner: item for item in _partner_overleggen(standen.register, COORDINATIE, months)}
    for audience in audiences(standen.register):
        if audience.partner:
            yield from mails_of_month(standen, audience.partner, maand, meetings.get(audience.partner), op)


def _concluded(
    standen: Standen, doelgroep: Doelgroep, agendas: Collection[Agenda], op: date
) -> Iterator[tuple[str, tuple[Conclusie, ...]]]:
    """What each overleg that took place concluded with the partner (VT-6.5)."""
    for agenda in agendas if doelgroep.partner else ():
        overleg = standen.kalender.maand(agenda.maand)
        held = overleg and overleg.datum and overleg.datum <= op
        if overleg and held and took_place(standen, doelgroep.partner, overleg):
            yield agenda.maand, make_conclusies(standen, doelgroep.partner, agenda.maand, op)


class _VanPartner(NamedTuple):
    """What is made of a partner by itself; coordinators see every partner's."""

    agendas: list[tuple[Agenda, Aangekondigd | None]]
    mails: list[Mail]
    """As the partner gets them."""


def _of_partner(standen: Standen, kader: Kader, partner: str, op: date) -> _VanPartner:
    agendas = _agendas(standen, kader.doelgroep, partner, kader.maanden, op)
    pairs = [(agenda, _announced(standen, agenda, kader.doelgroep, op)) for agenda in agendas]
    own = [item for item in kader.overleggen if item.partner == partner]
    return _VanPartner(pairs, [*current_mails(standen, partner, own, op)])


def make_dossiers(
    standen: Standen, history: History, doelgroep: Doelgroep, op: date, ids: Collection[str] | None = None
) -> Iterator[DossierView]:
    """The dossiers that an audience may see on a date (or only those with these ids), in order of id."""
    for dossier in _seen(standen, doelgroep, op):
        if ids is None or dossier.id in ids:
            yield _dossier(standen, history, doelgroep, dossier, op)


def make_bladen(
    standen: Standen, history: History, doelgroep: Doelgroep, op: date, ids: Collection[str] | None = None
) -> Iterator[Dossierblad]:
    """The same with all that the audience may see of each."""
    for dossier in _seen(standen, doelgroep, op):
        if ids is None or dossier.id in ids:
            yield _blad(standen, doelgroep, dossier, _dossier(standen, history, doelgroep, dossier, op), op)


def _seen(standen: Standen, doelgroep: Doelgroep, op: date) -> Iterator[Dossier]:
    """The dossiers that an audience may see on a date, in order of id."""
    register = standen.register
    concerned = (
        register.dossiers.values() if doelgroep == COORDINATIE else register.per_partner.get(doelgroep.partner, ())
    )
    return (dossier for dossier in concerned if _may_see(standen, doelgroep, dossier, op))


def _may_see(standen: Standen, doelgroep: Doelgroep, dossier: Dossier, op: date) -> bool:
    return doelgroep == COORDINATIE or (doelgroep.soort == "partner" and ziet(standen, dossier, doelgroep.partner, op))


def _dossier(standen: Standen, history: History, doelgroep: Doelgroep, dossier: Dossier, op: date) -> DossierView:
    register, stand = standen.register, standen.stand(dossier, op)
    versie = register.versie_van(dossier)
    assert versie is not None  # the stand has its rules
    leesbaar = doelgroep == COORDINATIE or leest(standen, dossier, doelgroep.partner, op)
    own = leesbaar or begeleidt(dossier, doelgroep.partner, op)
    guide = dossier.begeleiding_op(op) if own else None
    facts = [item for _, item in stand.feiten] if leesbaar else []
    outcomes = [item for item in facts if isinstance(item, Gesprek)]
    counted = count_contacts(facts)
    linked = (register.dossiers.get(dossier.vervolg_op or ""), *register.vervolgen.get(dossier.id, ()))
    seen = {other.id for other in linked if other and leesbaar and _may_see(standen, doelgroep, other, op)}
    visits = [
        item for item in outcomes if isinstance(item, Bezoek) and item.soort == "huisbezoek" and item.heeft_uitkomst
    ]
    return DossierView(
        id=dossier.id,
        traject=dossier.traject,
        traject_titel=stand.regels.titel,
        regels_vanaf=versie.vanaf,
        vervolg_op=dossier.vervolg_op if dossier.vervolg_op in seen else None,
        vervolgen=tuple(sorted(seen - {dossier.vervolg_op or ""})),
        fase=stand.fase,
        start=dossier.start,
        einde=stand.einde,
        termijnen=tuple(filter(None, map(stand.termijnen.einde, range(len(stand.termijnen.verlengingen) + 1)))),
        maand=running_month(dossier.start, op) if dossier.start and stand.fase in LOPEND else None,
        momenten=tuple(moment_view(stand, moment) for moment in stand.momenten),
        leesbaar=leesbaar,
        partner=guide.partner if guide else None,
        begeleider=guide.begeleider if guide else None,
        verlopen=tuple(item.verloop for item in outcomes if item.verloop),
        bezoeken=len(visits) if leesbaar else None,
        contacten=counted.contacten if counted else None,
        afwijkingen=len(dossier.afwijkingen) if doelgroep == COORDINATIE else 0,
        gewijzigd=history.of_dossier(register, dossier, op),
    )


def _blad(standen: Standen, doelgroep: Doelgroep, dossier: Dossier, shown: DossierView, op: date) -> Dossierblad:
    register, stand, versie = standen.register, standen.stand(dossier, op), standen.register.versie_van(dossier)
    coordinatie = doelgroep == COORDINATIE
    return Dossierblad(
        dossier=shown,
        uitleg=tuple(explain(stand, moment, versie.path if versie else "") for moment in stand.momenten),
        verplichtingen=stand.regels.verplichtingen,
        documenten=tuple((key, document.titel) for key, document in stand.regels.documenten.items()),
        gegevens=velden(
            zoals_op(dossier, op), "coordinatie" if coordinatie else "toestemming" if shown.leesbaar else "altijd"
        ),
        wie_ziet=tuple(make_inkijk(standen, dossier, op)) if coordinatie else (),
        bewerken=bewerkadres.of_dossier(register, dossier, op) if coordinatie else None,
    )


def _feeds(
    register: Register, doelgroep: Doelgroep, dossiers: Collection[DossierView], geheim: str
) -> Iterator[FeedView]:
    """The calendars of an audience; each worker of a partner has one too."""
    organisatie, partner = register.organisatie, doelgroep.partner

    def feed(naam: str, wie: str, versie: str, begeleider: str | None = None) -> FeedView:
        token = make_token(geheim, f"{doelgroep.naam}/{naam}", versie)
        return FeedView(naam, wie, begeleider, f"feeds/{token}/{naam}.ics")

    if doelgroep == PUBLIEK:
        yield feed("overleg", f"Overleg {organisatie.naam}", "1")
    elif doelgroep == COORDINATIE:
        versie = str(organisatie.kalenderadres.versie)
        yield feed("alles", f"Woontraject {organisatie.naam}", versie)
        yield feed(TAKEN, f"Taken {organisatie.naam}", versie)
    else:
        adres = register.partners[partner].kalenderadres
        yield feed(partner, f"Woontraject {register.partners[partner].naam}", str(adres.versie))
        for worker in sorted({d.begeleider for d in dossiers if d.partner == partner and d.begeleider}):
            versie = f"{adres.versie}.{adres.begeleiders.get(worker, 1)}"
            yield feed(worker, f"Woontraject {worker}", versie, begeleider=worker)


def _werklijst(standen: Standen, doelgroep: Doelgroep, op: date) -> list[Taak]:
    if doelgroep == COORDINATIE:
        return make_werklijst(standen, op)
    return make_partnerlijst(standen, doelgroep.partner, op) if doelgroep.partner else []


def moment_view(stand: Stand, moment: Moment) -> MomentView:
    """A moment of a dossier, for everyone who sees the dossier."""
    return MomentView(
        id=moment.id,
        titel=title_of(moment),
        soort=moment.soort,
        streefdatum=moment.streefdatum,
        datum=moment.datum,
        uur=moment.uur,
        status=moment.status,
        afspraak=moment.afspraak,
        extra=moment.plan.herkomst == "extra",
        regel=rule_of(moment, stand.regels),
    )


def _agendas(
    standen: Standen, doelgroep: Doelgroep, partner: str, maanden: tuple[OverlegView, ...], op: date
) -> Iterator[Agenda]:
    """A partner's coming agenda and those of the year before, newest first; coordinators see those with dossiers."""
    held = sorted((m for m in maanden if m.datum), key=lambda m: m.datum or op, reverse=True)
    coming = [m for m in held if m.datum and m.datum >= op][-1:]
    past = [m for m in held if m.datum and m.datum < op][:ARCHIEF]
    for maand in (*coming, *past):
        agenda = make_agenda(standen, partner, maand.maand, op, op, alles=doelgroep == COORDINATIE)
        if agenda.lopend or agenda.andere or doelgroep.soort == "partner":
            yield agenda


def _announced(standen: Standen, agenda: Agenda, doelgroep: Doelgroep, op: date) -> Aangekondigd | None:
    """An agenda as it was on its notice date, with what was added since."""
    notice = agenda.aankondiging
    if not notice or notice > op:
        return None
    key, alles = (agenda.partner, agenda.maand), doelgroep == COORDINATIE
    before, after = (make_agenda(standen, *key, day, op, alles=True) for day in (notice, agenda.datum))
    announced = before if alles else make_agenda(standen, *key, notice, op)
    return Aangekondigd(announced, added_since(before, after, agenda))


def _meetings(standen: Standen, agendas: Collection[Agenda], op: date) -> Iterator[Vergadering]:
    """Of the two newest months: the coming overleg, and the last one, of which the outcomes may still be missing."""
    months = sorted({agenda.maand for agenda in agendas}, reverse=True)[:2]
    return make_vergaderingen(standen, [agenda for agenda in agendas if agenda.maand in months], op)


def _aanmeldingen(standen: Standen, doelgroep: Doelgroep, op: date) -> Iterator[AanmeldingView]:
    """The state of every aanmelding that the audience made itself, newest first (WW-11)."""
    seen = _seen(standen, doelgroep, op)
    found = [(stand, dossier) for dossier in seen if (stand := stand_van_aanmelding(dossier, op))]
    for stand, dossier in sorted(found, key=lambda pair: (pair[0].datum, pair[1].id), reverse=True):
        versie = standen.register.versie_van(dossier)
        if versie and (doelgroep == COORDINATIE or doelgroep.partner == stand.partner):
            days = (op - stand.sinds).days
            titel = versie.regels.titel
            yield AanmeldingView(dossier.id, titel, stand.datum, stand.partner, stand.toestand, stand.sinds, days)


def _intervisies(standen: Standen, op: date) -> Iterator[Intervisie]:
    """The coming one and those of the year before, the newest first (WW-8)."""
    dates = sorted(standen.register.kalender.intervisie.data, reverse=True)
    coming = [day for day in dates if day >= op][-1:]
    past = [day for day in dates if op - timedelta(days=366) <= day < op]
    return (make_intervisie(standen, day, op) for day in (*coming, *past))


def _overleg(maand: Overlegmaand, history: History, op: date) -> OverlegView:
    return OverlegView(
        maand=maand.maand,
        volgens_regel=maand.volgens_regel,
        datum=maand.datum,
        aankondiging=maand.aankondiging,
        uur=maand.uur,
        duur=maand.duur,
        reden=maand.reden,
        gewijzigd=history.of_kalender(op),
    )


def _partner_overleggen(
    register: Register, doelgroep: Doelgroep, months: list[tuple[Overlegmaand, OverlegView]]
) -> Iterator[PartnerOverlegView]:
    """Where and when each partner of the audience meets (VT-6.4)."""
    partners = [item.partner for item in audiences(register) if item.soort == "partner"]
    for key in partners:
        if doelgroep == COORDINATIE or doelgroep.partner == key:
            for maand, overleg in months:
                meeting = meeting_of(register, key, maand)
                yield PartnerOverlegView(
                    partner=key,
                    partner_naam=register.partners[key].naam,
                    overleg=overleg,
                    uur=meeting.uur,
                    plaats=meeting.plaats,
                    adres=register.organisatie.kantoor if meeting.plaats == "kantoor" else "",
                    link=meeting.link,
                    vervalt=meeting.vervalt,
                )


def _partner(key: str, partner: Partner) -> PartnerView:
    contact = partner.contact
    return PartnerView(key, partner.naam, partner.rol, contact.email, contact.telefoon, contact.kantooruren)


def _naam(register: Register, doelgroep: Doelgroep) -> str:
    if doelgroep.soort == "partner":
        return register.partners[doelgroep.partner].naam
    return "Publiek" if doelgroep == PUBLIEK else "Coördinatie"
