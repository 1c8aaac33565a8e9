"""Which mails a month asks, each with what its receiver may read (VT-6.2, VT-6.5, WW-11)."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from generator.agenda import make_agenda
from generator.conclusies import make_conclusies
from generator.model.protocol import Verzending
from generator.model.view import Aanmeldingbesluit, Mail, Mailsoort, PartnerOverlegView, Poging, Volgende
from generator.register import Register
from generator.traject import Standen
from generator.uitleg import title_of
from generator.werklijst import TERUG, took_place
from generator.zicht import ziet


def current_mails(standen: Standen, partner: str, meetings: Collection[PartnerOverlegView], op: date) -> Iterator[Mail]:
    """Those of the last overleg and of the coming one; of earlier months what was not sent."""
    by_month = {item.overleg.maand: item for item in meetings}
    coming = standen.kalender.eerste_vanaf(op).maand
    past = [maand for maand, item in by_month.items() if item.overleg.datum and item.overleg.datum < op]
    since = max(op - TERUG, standen.register.organisatie.werklijst.vanaf or date.min)
    decided = {_month(besluit.datum) for besluit in _decisions(standen, partner, op)}
    for maand in sorted({coming, *past, *decided}):
        for mail in mails_of_month(standen, partner, maand, by_month.get(maand), op, since):
            if maand >= max(past, default="") or mail.verstuurd is None:
                yield mail


def mails_of_month(
    standen: Standen, partner: str, maand: str, meeting: PartnerOverlegView | None, op: date, since: date = date.min
) -> Iterator[Mail]:
    """What a partner is to be told of a month `JJJJ-MM`, as of a date: of its overleg, of decisions, since a day."""
    if meeting and meeting.overleg.datum and meeting.overleg.datum >= since:
        yield from _notice(standen, meeting, op)
        yield from _conclusions(standen, meeting, meeting.overleg.datum, op)
    for besluit in _decisions(standen, partner, op):
        if _month(besluit.datum) == maand and besluit.datum >= since:
            yield _decision(standen.register, partner, besluit)


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def _notice(standen: Standen, meeting: PartnerOverlegView, op: date) -> Iterator[Mail]:
    """Of the coming overleg, to a partner with anything on its agenda; not where it is dropped (VT-6.2, VT-6.3)."""
    partner, maand = meeting.partner, meeting.overleg.maand
    if meeting.vervalt or standen.kalender.eerste_vanaf(op).maand != maand:
        return
    agenda = make_agenda(standen, partner, maand, op, op)
    if agenda.overleg and (agenda.lopend or agenda.andere):
        verslag = standen.register.verslag(maand, partner)
        mail = replace(
            _mail(standen.register, "aankondiging", maand, partner, partner, f"agenda/{maand}.html"),
            overleg=meeting,
            tot=agenda.overleg - timedelta(days=1),
            verstuurd=verslag.aankondiging_op,
            poging=_attempt(verslag.verzonden.aankondiging),
        )
        if not mail.alleen_verwijzing:
            next_ones = {item.id: item.volgende for item in agenda.lopend}
            owed = {(item.id, item.evaluatie) for item in agenda.lopend if item.evaluatie}
            mail = replace(mail, agenda=agenda, titels=_titles(standen, next_ones, owed, agenda.datum))
        yield mail


def _conclusions(standen: Standen, meeting: PartnerOverlegView, day: date, op: date) -> Iterator[Mail]:
    """Of an overleg that took place, to be confirmed (VT-6.5)."""
    partner, maand = meeting.partner, meeting.overleg.maand
    overleg = standen.kalender.maand(maand)
    if overleg is None or day > op or not took_place(standen, partner, overleg):
        return
    verslag = standen.register.verslag(maand, partner)
    mail = replace(
        _mail(standen.register, "conclusies", maand, partner, partner, f"agenda/{maand}.html"),
        overleg=meeting,
        verstuurd=verslag.conclusies_op,
        poging=_attempt(verslag.verzonden.conclusies),
    )
    if not mail.alleen_verwijzing:
        conclusies = make_conclusies(standen, partner, maand, op)
        next_ones = {item.id: item.volgende for item in conclusies}
        mail = replace(mail, conclusies=conclusies, titels=_titles(standen, next_ones, (), day))
    yield mail


def _decisions(standen: Standen, partner: str, op: date) -> Iterator[Aanmeldingbesluit]:
    """What was decided up to a date on the aanmeldingen of a partner, as far as it still sees them (WW-11)."""
    for dossier in standen.register.per_partner.get(partner, ()):
        aanmelding, versie = dossier.aanmelding, standen.register.versie_van(dossier)
        if aanmelding is None or versie is None or aanmelding.partner != partner:
            continue
        besluit = aanmelding.besluit
        if besluit and besluit.datum <= op and ziet(standen, dossier, partner, op):
            titel = versie.regels.titel
            yield Aanmeldingbesluit(dossier.id, titel, aanmelding.datum, besluit.datum, besluit.uitkomst)


def _decision(register: Register, partner: str, besluit: Aanmeldingbesluit) -> Mail:
    """A decision that came after the aanmelder was told of another is told too."""
    maand = _month(besluit.datum)
    verslag = register.verslag(maand, partner)
    mail = replace(
        _mail(register, "aanmelding", maand, partner, besluit.id, "aanmeldingen.html"),
        verstuurd=verslag.aanmelding_op(besluit.id, besluit.datum),
        poging=_attempt(verslag.verzonden.aanmeldingen.get(besluit.id)),
    )
    return mail if mail.alleen_verwijzing else replace(mail, besluit=besluit)


def _mail(register: Register, soort: Mailsoort, maand: str, partner: str, sleutel: str, page: str) -> Mail:
    """Without anything of a dossier."""
    organisatie, site = register.organisatie, register.organisatie.webadres
    return Mail(
        soort=soort,
        maand=maand,
        partner=partner,
        partner_naam=register.partners[partner].naam,
        sleutel=sleutel,
        aan=register.partners[partner].contact.email,
        organisatie=organisatie.naam,
        dienst=organisatie.dienst,
        email=organisatie.email,
        adres=f"{site}/partners/{partner}/{page}" if site else None,
        alleen_verwijzing=organisatie.mail == "verwijzing",
    )


def _attempt(verzending: Verzending | None) -> Poging | None:
    return Poging(verzending.op, verzending.kenmerk, verzending.stand) if verzending else None


def _titles(
    standen: Standen, next_ones: dict[str, Volgende | None], owed: Iterable[tuple[str, str]], day: date
) -> dict[tuple[str, str], str]:
    """What people call the moments that a mail names."""
    named = {(key, item.id) for key, item in next_ones.items() if item} | set(owed)
    found = {
        (key, moment.id): title_of(moment)
        for key in {key for key, _ in named}
        for moment in standen.stand(standen.register.dossiers[key], day).momenten
    }
    return {key: found[key] for key in sorted(named & found.keys())}
