"""Checks on the protocol itself: tracks, partners and the calendar."""

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from generator.checks.dossier import unknown
from generator.checks.zaak import finding
from generator.findings import Finding
from generator.invullen import unknown_placeholders
from generator.kalender import Kalender, Overlegmaand, feestdag
from generator.load import Loc
from generator.protocoltekst import waarden_algemeen, waarden_van
from generator.register import Register, Versie
from generator.traject import Standen

KALENDER, PARTNERS = "protocol/kalender.yaml", "protocol/partners.yaml"
JAREN_VOORUIT = 5
MAX_VERSCHUIVING = 62
"""Days that an overleg may move away from its rule."""


def guides_can_be_reached(standen: Standen, _op: date) -> Iterator[Finding]:
    """A partner that guides has a telephone or e-mail, and office hours (VT-3.2)."""
    register = standen.register
    guides = {periode.partner for dossier in register.dossiers.values() for periode in dossier.begeleiding}
    for partner in sorted(guides & register.partners.keys()):
        contact = register.partners[partner].contact
        if not (contact.telefoon or contact.email) or not contact.kantooruren:
            text = (
                f"‘{partner}’ begeleidt, en heeft dus een telefoon of e-mail nodig, en kantooruren: vul ‘contact’ aan"
            )
            yield finding(register.bronnen[PARTNERS], "fout", "VT-3.2", text, (partner,), key=True)


def records_name_partners(standen: Standen, _op: date) -> Iterator[Finding]:
    """The records of an overleg are of partners that exist, and of a month that has one."""
    register = standen.register
    for maand, verslagen in register.verslagen.items():
        bron = register.bronnen.get(f"protocol/overleg/{maand}.yaml")
        if bron is None:
            continue
        if standen.kalender.maand(maand) is None:
            text = f"de kalender heeft geen overleg in {maand}: verwijder dit bestand"
            yield finding(bron, "fout", "VT-6.2", text, ())
        for partner in verslagen:
            if partner not in register.partners:
                text = unknown("partner", partner, register.partners)
                yield finding(bron, "fout", "VERWIJZING", text, (partner,), key=True)


def exceptions_make_sense(standen: Standen, _op: date) -> Iterator[Finding]:
    """An exception is about a month of the rule, moves or cancels, and stays near its month (VT-6.2)."""
    bron, kalender = standen.register.bronnen[KALENDER], standen.kalender
    for maand, exception in kalender.bestand.uitzonderingen.items():
        loc: Loc = ("overleg", "uitzonderingen", maand)
        overleg = kalender.maand(maand)
        if overleg is None:
            text = f"de regel geeft geen overleg in {maand}: schrap deze uitzondering"
            yield finding(bron, "fout", "VT-6.2", text, loc, key=True)
        elif exception.vervalt and (exception.overleg or exception.aankondiging):
            text = "een overleg dat vervalt, heeft geen datum: schrap ‘vervalt’ of de datums"
            yield finding(bron, "fout", "VT-6.2", text, (*loc, "vervalt"))
        elif overleg.datum and abs((overleg.datum - overleg.volgens_regel).days) > MAX_VERSCHUIVING:
            text = f"{overleg.datum} ligt meer dan {MAX_VERSCHUIVING} dagen van {maand}"
            yield finding(bron, "fout", "VT-6.2", text, (*loc, "overleg"))


def changes_begin_a_month(standen: Standen, _op: date) -> Iterator[Finding]:
    """Another rule begins on the first day of a month, so that no month has two."""
    for since in standen.kalender.bestand.wijzigingen:
        if since.day != 1:
            text = "een wijziging gaat in op de eerste dag van een maand"
            loc = ("overleg", "wijzigingen", since.isoformat())
            yield finding(standen.register.bronnen[KALENDER], "fout", "VT-6.2", text, loc, key=True)


def notice_before_overleg(standen: Standen, op: date) -> Iterator[Finding]:
    """A notice is before its overleg (VT-6.2). One finding for each place that is wrong."""
    seen: set[Loc] = set()
    for overleg in _months(standen.kalender, 2020, op.year + JAREN_VOORUIT):
        loc = _place_of_notice(standen.kalender, overleg)
        if overleg.datum is None or loc in seen:
            continue
        if overleg.aankondiging is None or overleg.aankondiging >= overleg.datum:
            seen.add(loc)
            when = f"op {overleg.aankondiging}" if overleg.aankondiging else "nooit"
            text = f"de aankondiging valt {when}, niet voor het overleg van {overleg.datum}: verplaats ze"
            yield finding(standen.register.bronnen[KALENDER], "fout", "VT-6.2", text, loc)


def no_two_on_a_day(standen: Standen, op: date) -> Iterator[Finding]:
    """Two months never have their overleg on one day."""
    months = [m for m in _months(standen.kalender, 2020, op.year + JAREN_VOORUIT) if m.datum]
    for first, then in pairwise(sorted(months, key=lambda m: (m.datum or op, m.maand))):
        if first.datum == then.datum:
            moved = first if first.datum != first.volgens_regel else then
            text = f"op {then.datum} is er ook al het overleg van {(then if moved is first else first).maand}"
            loc = ("overleg", "uitzonderingen", moved.maand, "overleg")
            yield finding(standen.register.bronnen[KALENDER], "fout", "VT-6.2", text, loc)


def holidays_ahead(standen: Standen, op: date) -> Iterator[Finding]:
    """An overleg or notice still to come on a public holiday: never silently moved (VT-6.2)."""
    bron = standen.register.bronnen[KALENDER]
    for overleg in _months(standen.kalender, op.year, op.year + JAREN_VOORUIT):
        for what, key, day in (
            ("overleg", "regel", overleg.datum),
            ("aankondiging", "aankondiging", overleg.aankondiging),
        ):
            if day and day >= op and (name := feestdag(day)):
                loc: Loc = ("overleg", "uitzonderingen", overleg.maand)
                at = (*loc, what) if loc in bron.values else ("overleg", key)
                text = f"{what} van {overleg.maand} valt op {day}, een feestdag ({name}): verplaats in ‘uitzonderingen’"
                yield finding(bron, "waarschuwing", "VT-6.2", text, at)


def tracks_hold_together(standen: Standen, _op: date) -> Iterator[Finding]:
    """A track's own references and texts are right; two tracks never share a prefix."""
    prefixes: dict[str, str] = {}
    for traject, versies in standen.register.trajecten.items():
        for versie in versies:
            owner = prefixes.setdefault(versie.regels.voorvoegsel, traject)
            if owner != traject:
                text = f"het voorvoegsel {versie.regels.voorvoegsel} is al dat van {owner}: kies een ander"
                yield finding(versie.bron, "fout", "PROTOCOL", text, ("voorvoegsel",))
            yield from _references(versie)
            yield from _placeholders(versie, standen.register)


def _references(versie: Versie) -> Iterator[Finding]:
    regels = versie.regels
    ids = {moment.id for moment in regels.momenten}
    for i, moment in enumerate(regels.momenten):
        if moment.voor and moment.voor not in ids:
            yield finding(versie.bron, "fout", "PROTOCOL", unknown("moment", moment.voor, ids), ("momenten", i, "voor"))
        if moment.id.startswith(("extra-", "overleg-verlenging", "overleg-besluit")) or "-verlenging-" in moment.id:
            text = "deze naam is voor afgeleide momenten: kies een andere id"
            yield finding(versie.bron, "fout", "PROTOCOL", text, ("momenten", i, "id"))
    for name, document in regels.documenten.items():
        if document.voor not in (None, "start") and document.voor not in regels.documenten:
            text = unknown("document", document.voor or "", ["start", *regels.documenten])
            yield finding(versie.bron, "fout", "PROTOCOL", text, ("documenten", name, "voor"))
    if "verlengen" in regels.besluiten and regels.verlenging is None:
        text = "het besluit ‘verlengen’ vraagt ‘verlenging’: vul in welk veelvoud van maanden"
        yield finding(versie.bron, "fout", "PROTOCOL", text, ("besluiten",))


def _placeholders(versie: Versie, register: Register) -> Iterator[Finding]:
    known = waarden_algemeen(register.organisatie, register.kalender) | waarden_van(versie.regels)
    for i, regel in enumerate(versie.regels.regels):
        for key in ("tekst", "toepassing"):
            for name in unknown_placeholders(getattr(regel, key) or "", known):
                text = f"‘{{{name}}}’ is geen waarde van het protocol (wel: {', '.join(sorted(known))})"
                yield finding(versie.bron, "fout", "PROTOCOL", text, ("regels", i, key))


def _months(kalender: Kalender, first: int, last: int) -> Iterator[Overlegmaand]:
    return (overleg for year in range(first, last + 1) for overleg in kalender.jaar(year))


def _place_of_notice(kalender: Kalender, overleg: Overlegmaand) -> Loc:
    """Where the notice of a month is set: its exception, the change in force, or the rule."""
    if overleg.maand in kalender.bestand.uitzonderingen:
        return ("overleg", "uitzonderingen", overleg.maand)
    since = [day for day in kalender.bestand.wijzigingen if f"{day:%Y-%m}" <= overleg.maand]
    return ("overleg", "wijzigingen", max(since).isoformat()) if since else ("overleg", "aankondiging")


CHECKS = (
    guides_can_be_reached,
    records_name_partners,
    exceptions_make_sense,
    changes_begin_a_month,
    notice_before_overleg,
    no_two_on_a_day,
    holidays_ahead,
    tracks_hold_together,
)
