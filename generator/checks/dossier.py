"""Checks on who and what a dossier names, its guidance and its documents."""

from collections.abc import Iterator
from datetime import date, timedelta
from difflib import get_close_matches
from itertools import pairwise

from generator.checks.zaak import Zaak
from generator.findings import Finding
from generator.kalender import add_months
from generator.model.dossier import Bezoek, Informatievraag, Signaal
from generator.model.protocol import Niveau, Termijn


def prefix_of_id(zaak: Zaak) -> Iterator[Finding]:
    """The id begins with the prefix of the traject."""
    if not zaak.dossier.id.startswith(f"{zaak.regels.voorvoegsel}-"):
        text = f"de id van een dossier in dit traject begint met {zaak.regels.voorvoegsel}-: kijk id en traject na"
        yield zaak.fout("ID", text, "id")


def partners_exist(zaak: Zaak) -> Iterator[Finding]:
    """Every partner that is named stands in the register of partners (WW-3)."""
    dossier = zaak.dossier
    named: list[tuple[str | None, tuple[str | int, ...]]] = [
        (dossier.aanmelder, ("aanmelding", "partner")),
        (dossier.huisvester, ("huisvester",)),
        *((periode.partner, ("begeleiding", i, "partner")) for i, periode in enumerate(dossier.begeleiding)),
    ]
    for partner, loc in named:
        if partner is not None and partner not in zaak.register.partners:
            yield zaak.fout("VERWIJZING", unknown("partner", partner, zaak.register.partners), *loc)


def worker_is_no_partner(zaak: Zaak) -> Iterator[Finding]:
    """The function code of a worker names a calendar, as the id of a partner does: they differ."""
    for i, periode in enumerate(zaak.dossier.begeleiding):
        if periode.begeleider.lower() in zaak.register.partners:
            text = f"‘{periode.begeleider}’ is de id van een partner: kies een functiecode zoals CAW-03"
            yield zaak.fout("WAARDE", text, "begeleiding", i, "begeleider")


def follows_on_existing(zaak: Zaak) -> Iterator[Finding]:
    """`vervolg_op` names another dossier, and the chain has no circle (WW-6)."""
    dossiers, previous = zaak.register.dossiers, zaak.dossier.vervolg_op
    if previous and previous not in dossiers and previous not in zaak.register.onleesbaar:
        yield zaak.fout("WW-6", unknown("dossier", previous, dossiers), "vervolg_op")
    seen = {zaak.dossier.id}
    while previous and previous in dossiers:
        if previous in seen:
            text = f"dossiers volgen hier in een kring op elkaar (langs {previous}): kijk ‘vervolg_op’ na"
            yield zaak.fout("WW-6", text, "vervolg_op")
            return
        seen.add(previous)
        previous = dossiers[previous].vervolg_op


def has_aanmelding(zaak: Zaak) -> Iterator[Finding]:
    """A dossier begins with an aanmelding, unless it follows on another or its traject asks none."""
    dossier, aanmelding = zaak.dossier, zaak.dossier.aanmelding
    if aanmelding is None and dossier.vervolg_op is None and zaak.regels.aanmelding == "verplicht":
        yield zaak.fout("SLEUTEL", "de sleutel ‘aanmelding’ ontbreekt (ze mag weg bij een dossier met ‘vervolg_op’)")
    if aanmelding and aanmelding.besluit and aanmelding.besluit.datum < aanmelding.datum:
        text = f"het besluit dateert van voor de aanmelding ({aanmelding.datum}): kijk beide datums na"
        yield zaak.fout("DATUM", text, "aanmelding", "besluit", "datum")


def deviations_allowed(zaak: Zaak) -> Iterator[Finding]:
    """A dossier sets aside only rules that the protocol marks so."""
    for i, afwijking in enumerate(zaak.dossier.afwijkingen):
        if afwijking.regel not in zaak.regels.afwijkbaar:
            others = zaak.regels.afwijkbaar
            allowed = f"wel van {', '.join(others)}" if others else "en van geen enkele andere"
            text = f"van regel {afwijking.regel} kan dit traject niet afwijken ({allowed}): schrap deze afwijking"
            yield zaak.fout("AFWIJKING", text, "afwijkingen", i, "regel")


def term_within_bounds(zaak: Zaak) -> Iterator[Finding]:
    """A term that is chosen per dossier stays within its bounds (WW-5); a traject without a term has none."""
    bounds, termijn = zaak.regels.termijn, zaak.dossier.termijn
    if bounds is None and termijn is not None:
        yield zaak.fout("TERMIJN", "dit traject heeft geen termijn: schrap de sleutel", "termijn", key=True)
    elif isinstance(bounds, Termijn) and termijn is None and zaak.dossier.start:
        term = f"een termijn van {bounds.minimum} tot en met {bounds.maximum} maanden"
        text = f"bij een start hoort {term}: vul ‘termijn’ in"
        yield zaak.fout("WW-5", text, "start")
    elif isinstance(bounds, Termijn) and termijn and not bounds.minimum <= termijn <= bounds.maximum:
        text = f"de termijn is {bounds.minimum} tot en met {bounds.maximum} maanden, niet {termijn}: pas ze aan"
        yield zaak.fout("WW-5", text, "termijn")


def start_has_guide(zaak: Zaak) -> Iterator[Finding]:
    """On the start a partner guides (VT-4)."""
    start = zaak.dossier.start
    if start and zaak.dossier.begeleiding_op(start) is None:
        text = f"op de start ({start}) is er geen begeleidende partner: vul ‘begeleiding’ aan met ‘vanaf: {start}’"
        yield zaak.fout("VT-4", text, "start")


def no_overlap(zaak: Zaak) -> Iterator[Finding]:
    """Two partners never guide on one day: a handover ends one period before it begins the next (VT-4)."""
    ordered = sorted(enumerate(zaak.dossier.begeleiding), key=lambda item: item[1].vanaf)
    for (_, first), (i, then) in pairwise(ordered):
        if first.tot is None or then.vanaf <= first.tot:
            text = f"overlapt met de begeleiding vanaf {first.vanaf}: "
            if first.vanaf < then.vanaf:
                text += f"sluit die af met ‘tot: {then.vanaf - timedelta(days=1)}’"
            else:
                text += "een overname begint op een latere dag"
            yield zaak.fout("VT-4", text, "begeleiding", i, "vanaf")


def documents_known(zaak: Zaak) -> Iterator[Finding]:
    """Only documents that the traject knows."""
    for name in zaak.dossier.documenten:
        if name not in zaak.regels.documenten:
            yield zaak.fout("SLEUTEL", unknown("document", name, zaak.regels.documenten), "documenten", name, key=True)


def documents_in_time(zaak: Zaak) -> Iterator[Finding]:
    """A document is there, and not later, once what it must precede is there (VT-1, WW-4, WW-5)."""
    dossier, regels = zaak.dossier, zaak.regels
    for name, regel in regels.documenten.items():
        if regel.voor is None:
            continue
        anchor = dossier.start if regel.voor == "start" else _first_signed(zaak, regel.voor)
        signed = _first_signed(zaak, name)
        if anchor is None or (signed is not None and signed <= anchor):
            continue
        at = ("start",) if regel.voor == "start" else ("documenten", regel.voor)
        what = "de start" if regel.voor == "start" else f"‘{regels.documenten[regel.voor].titel}’"
        if signed is None:
            text = f"‘{regel.titel}’ is niet ondertekend, en hoort er te zijn voor {what}: vul documenten.{name} aan"
            yield _of_level(zaak, regel.ontbreekt, regel.regel, text, at)
        elif regel.later:
            text = f"‘{regel.titel}’ is pas ondertekend op {signed}, na {what} ({anchor}): kijk beide datums na"
            yield _of_level(zaak, regel.later, regel.regel, text, ("documenten", name))


def consent_for_information(zaak: Zaak) -> Iterator[Finding]:
    """A signaal or an answer is recorded with the tenant's consent only, safety excepted (VT-5.0)."""
    what_to_do = "kijk documenten.toestemmingsverklaring na"
    for i, item in enumerate(zaak.dossier.logboek):
        if isinstance(item, Signaal) and item.aard != "veiligheid" and not zaak.dossier.toestemming_op(item.datum):
            text = f"er is op {item.datum} geen toestemming van de huurder om dit signaal te delen: {what_to_do}"
            yield zaak.waarschuwing("VT-5.0", text, "logboek", i, "datum")
        day = item.beantwoord if isinstance(item, Informatievraag) else None
        if day and not zaak.dossier.toestemming_op(day):
            text = f"er is op {day} geen toestemming van de huurder om dit antwoord te delen: {what_to_do}"
            yield zaak.waarschuwing("VT-5.0", text, "logboek", i, "beantwoord")


def final_evaluation_not_too_early(zaak: Zaak) -> Iterator[Finding]:
    """The final evaluation is not before the least term (WW-5)."""
    bounds, final, start = zaak.regels.termijn, zaak.regels.eindevaluatie, zaak.dossier.start
    if isinstance(bounds, Termijn) and final and start:
        least = add_months(start, bounds.minimum)
        for i, item in zaak.gesprekken:
            if isinstance(item, Bezoek) and item.moment == final.id and item.datum < least and not item.afgelast:
                text = f"de begeleiding duurt minstens {bounds.minimum} maanden: evalueer ze ten vroegste op {least}"
                yield zaak.waarschuwing("WW-5", text, "logboek", i, "datum")


def _first_signed(zaak: Zaak, document: str) -> date | None:
    days = (item.ondertekend for item in zaak.dossier.documenten.get(document, ()))
    return min((day for day in days if day), default=None)


def _of_level(zaak: Zaak, level: Niveau, code: str, text: str, loc: tuple[str, ...]) -> Finding:
    return zaak.fout(code, text, *loc) if level == "fout" else zaak.waarschuwing(code, text, *loc)


def unknown(what: str, name: str, known: object, when: str = "") -> str:
    """What to say of a name that does not exist (on a date), with the nearest that does."""
    names = list(known) if isinstance(known, dict | list | tuple | set) else []
    close = get_close_matches(name, names, n=1)
    hint = f": bedoelt u ‘{close[0]}’?" if close else (f" (wel: {', '.join(names)})" if 0 < len(names) <= 8 else "")
    return f"{what} ‘{name}’ bestaat {when}niet{hint}"


CHECKS = (
    prefix_of_id,
    partners_exist,
    worker_is_no_partner,
    follows_on_existing,
    has_aanmelding,
    deviations_allowed,
    term_within_bounds,
    start_has_guide,
    no_overlap,
    documents_known,
    documents_in_time,
    consent_for_information,
    final_evaluation_not_too_early,
)
