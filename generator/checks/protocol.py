"""Checks on the protocol itself: tracks, partners and the calendar."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from generator.checks.dossier import unknown
from generator.checks.zaak import finding
from generator.findings import Finding
from generator.invullen import unknown_placeholders
from generator.kalender import Kalender, Overlegmaand, feestdag
from generator.load import Loc
from generator.model.base import LAATSTE_JAAR
from generator.model.protocol import Trajectregels
from generator.protocoltekst import waarden_algemeen, waarden_van
from generator.register import KALENDER, PARTNERS, Register, Versie
from generator.traject import Standen

EERSTE_JAAR = 2020
"""Of the months that are checked for errors: always the same ones, whatever the date looked at."""
JAREN_VOORUIT = 5
"""How far ahead a holiday is told."""
ROLSLEUTELS = ("doet", "staat_in", "denkt_mee", "hoort")
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
    """The records of an overleg are of partners that exist, and of a month that has one (VT-6.2)."""
    register = standen.register
    for maand, verslagen in register.verslagen.items():
        bron = register.bronnen.get(f"protocol/overleg/{maand}.yaml")
        if bron is None:
            continue
        about_it = not verslagen or any(verslag.over_het_overleg for verslag in verslagen.values())
        if standen.kalender.maand(maand) is None and about_it:
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
        elif not (exception.vervalt or exception.overleg or exception.aankondiging):
            text = "deze uitzondering verandert niets: vul ‘overleg’, ‘aankondiging’ of ‘vervalt’ in"
            yield finding(bron, "fout", "VT-6.2", text, loc, key=True)
        elif exception.vervalt and (exception.overleg or exception.aankondiging):
            text = "een overleg dat vervalt, heeft geen datum: schrap ‘vervalt’ of de datums"
            yield finding(bron, "fout", "VT-6.2", text, (*loc, "vervalt"))
        elif overleg.datum and abs((overleg.datum - overleg.volgens_regel).days) > MAX_VERSCHUIVING:
            by_rule = f"de datum volgens de regel ({overleg.volgens_regel})"
            text = f"{overleg.datum} ligt meer dan {MAX_VERSCHUIVING} dagen van {by_rule}: kies een dag dichterbij"
            yield finding(bron, "fout", "VT-6.2", text, (*loc, "overleg"))


def changes_begin_a_month(standen: Standen, _op: date) -> Iterator[Finding]:
    """Another rule begins on the first day of a month, so that no month has two (VT-6.2)."""
    for since in standen.kalender.bestand.wijzigingen:
        if since.day != 1:
            text = f"een wijziging gaat in op de eerste dag van een maand, zoals {since.replace(day=1)}"
            loc = ("overleg", "wijzigingen", since.isoformat())
            yield finding(standen.register.bronnen[KALENDER], "fout", "VT-6.2", text, loc, key=True)


def notice_before_overleg(standen: Standen, _op: date) -> Iterator[Finding]:
    """A notice is before its overleg (VT-6.2). One finding for each place that is wrong."""
    seen: set[Loc] = set()
    for overleg in _months(standen.kalender, EERSTE_JAAR, LAATSTE_JAAR):
        notice = overleg.aankondiging
        if overleg.datum is None or (notice and notice < overleg.datum):
            continue
        loc = _place_of(standen.kalender, overleg, "aankondiging", "regel")
        if loc not in seen:
            seen.add(loc)
            what = f"de aankondiging van {notice} is niet" if notice else "er is geen aankondiging"
            text = f"{what} voor het overleg van {overleg.datum}: zet ze op een vroegere dag"
            yield finding(standen.register.bronnen[KALENDER], "fout", "VT-6.2", text, loc)


def no_two_on_a_day(standen: Standen, _op: date) -> Iterator[Finding]:
    """Two months never have their overleg on one day (VT-6.2)."""
    months = [m for m in _months(standen.kalender, EERSTE_JAAR, LAATSTE_JAAR) if m.datum]
    for first, then in pairwise(sorted(months, key=lambda m: (m.datum or m.volgens_regel, m.maand))):
        if first.datum == then.datum:
            moved = first if first.datum != first.volgens_regel else then
            other = then if moved is first else first
            text = f"op {then.datum} is er ook al het overleg van {other.maand}: kies een andere dag"
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
                text = f"{what} van {overleg.maand} valt op {day}, een feestdag ({name}): "
                text += "zet een andere datum in ‘uitzonderingen’"
                loc = (*_place_of(standen.kalender, overleg, key), what)
                yield finding(bron, "waarschuwing", "VT-6.2", text, loc)


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
            yield from _steps(versie)
            yield from _placeholders(versie, standen.register)


def _references(versie: Versie) -> Iterator[Finding]:
    regels = versie.regels
    ids = [moment.id for moment in regels.momenten]
    for i, moment in enumerate(regels.momenten):
        if moment.voor and moment.voor not in ids:
            yield finding(versie.bron, "fout", "PROTOCOL", unknown("moment", moment.voor, ids), ("momenten", i, "voor"))
        if _is_derived(moment.id, regels):
            text = f"‘{moment.id}’ is een naam voor momenten die het register zelf maakt: kies een andere id"
            yield finding(versie.bron, "fout", "PROTOCOL", text, ("momenten", i, "id"))
    for name, document in regels.documenten.items():
        if document.voor not in (None, "start") and document.voor not in regels.documenten:
            text = unknown("document", document.voor or "", ["start", *regels.documenten])
            yield finding(versie.bron, "fout", "PROTOCOL", text, ("documenten", name, "voor"))
    if "verlengen" in regels.besluiten and regels.verlenging is None:
        text = "het besluit ‘verlengen’ vraagt ‘verlenging’: vul in welk veelvoud van maanden"
        yield finding(versie.bron, "fout", "PROTOCOL", text, ("besluiten",))


def _steps(versie: Versie) -> Iterator[Finding]:
    """Who does what: rules, moments and roles that the track knows."""
    regels = versie.regels
    rules, moments = [regel.id for regel in regels.regels], [moment.id for moment in regels.momenten]
    for i, stap in enumerate(regels.stappen):
        named = [("regel", (stap.regel,), rules, ("regel",)), ("moment", stap.momenten, moments, ("momenten",))]
        named += [("rol", getattr(stap, key), [*regels.rollen], (key,)) for key in ROLSLEUTELS]
        for what, names, known, key in named:
            for name in names:
                if name not in known:
                    yield finding(versie.bron, "fout", "PROTOCOL", unknown(what, name, known), ("stappen", i, *key))


def _is_derived(name: str, regels: Trajectregels) -> bool:
    """Whether moments that are made from others get such a name (`extra-1`, `evaluatie-4m`)."""
    repeated = [re.escape(moment.id) for moment in regels.momenten if moment.elke]
    return (
        name.startswith(("extra-", "overleg-verlenging", "overleg-besluit"))
        or "-verlenging-" in name
        or any(re.fullmatch(rf"{moment}-\d+m", name) for moment in repeated)
    )


def _placeholders(versie: Versie, register: Register) -> Iterator[Finding]:
    overleg = register.kalender.overleg
    known = waarden_algemeen(register.organisatie, overleg.regel, overleg.aankondiging) | waarden_van(versie.regels)
    texts: list[tuple[Loc, str | None]] = [(("inleiding",), versie.regels.inleiding)]
    for i, regel in enumerate(versie.regels.regels):
        texts += [(("regels", i, "tekst"), regel.tekst), (("regels", i, "toepassing"), regel.toepassing)]
    texts += [(("rollen", name), text) for name, text in versie.regels.rollen.items()]
    for i, stap in enumerate(versie.regels.stappen):
        texts += [(("stappen", i, key), getattr(stap, key)) for key in ("wat", "wanneer", "bericht")]
    for loc, filled in texts:
        for name in unknown_placeholders(filled or "", known):
            text = f"‘{{{name}}}’ is geen waarde van het protocol (wel: {', '.join(sorted(known))})"
            yield finding(versie.bron, "fout", "PROTOCOL", text, loc)


def _months(kalender: Kalender, first: int, last: int) -> Iterator[Overlegmaand]:
    return (overleg for year in range(first, last + 1) for overleg in kalender.jaar(year))


def _place_of(kalender: Kalender, overleg: Overlegmaand, *keys: str) -> Loc:
    """Where a date of a month is set: its exception, the last change of one of these keys, else the first of them."""
    if overleg.maand in kalender.bestand.uitzonderingen:
        return ("overleg", "uitzonderingen", overleg.maand)
    changes = [since for since, new in kalender.bestand.wijzigingen.items() if any(getattr(new, key) for key in keys)]
    begun = [since for since in changes if f"{since:%Y-%m}" <= overleg.maand]
    return ("overleg", "wijzigingen", max(begun).isoformat()) if begun else ("overleg", keys[0])


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
