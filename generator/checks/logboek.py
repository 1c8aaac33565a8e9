"""Checks on the logboek: moments, outcomes and decisions."""

from collections.abc import Iterator
from datetime import date, timedelta

from generator.checks.dossier import unknown
from generator.checks.zaak import Zaak
from generator.findings import Finding
from generator.model.dossier import Bezoek, Overleg
from generator.model.protocol import MomentRegel
from generator.traject import Moment, Planmoment, is_uitkomst


def not_before_aanmelding(zaak: Zaak) -> Iterator[Finding]:
    """Nothing is recorded from before the aanmelding."""
    first = zaak.dossier.aanmelding.datum if zaak.dossier.aanmelding else date.min
    for i, item in enumerate(zaak.dossier.logboek):
        if item.datum < first:
            text = f"{item.datum} ligt voor de aanmelding ({first}): kijk beide datums na"
            yield zaak.fout("DATUM", text, "logboek", i, "datum")


def nothing_after_closing(zaak: Zaak) -> Iterator[Finding]:
    """A closed dossier gets no more entries; what was planned is called off."""
    closing = zaak.slot.sluiting
    if closing is None:
        return
    for i, item in enumerate(zaak.dossier.logboek):
        if item.datum > closing.datum and not (isinstance(item, Bezoek) and item.afgelast):
            planned = isinstance(item, Bezoek) and not item.heeft_uitkomst
            what_to_do = "vul ‘afgelast’ in, met de reden" if planned else "kijk de datum na of schrap dit"
            text = f"het dossier is gesloten op {closing.datum}: {what_to_do}"
            yield zaak.fout("GESLOTEN", text, "logboek", i, "datum")


def no_outcome_ahead(zaak: Zaak) -> Iterator[Finding]:
    """An outcome is not dated later than today, the clock's: that heals by itself."""
    for i, item in zaak.gesprekken:
        if item.datum > zaak.vandaag and is_uitkomst(item):
            text = f"een uitkomst kan niet van later dan vandaag ({zaak.vandaag}) zijn: kijk de datum na"
            yield zaak.fout("DATUM", text, "logboek", i, "datum")


def decision_allowed(zaak: Zaak) -> Iterator[Finding]:
    """Only decisions that the traject knows."""
    allowed = zaak.regels.besluiten
    for i, item in zaak.gesprekken:
        if item.besluit and item.besluit not in allowed:
            known = f"wel: {', '.join(allowed)}" if allowed else "en ook geen ander"
            text = f"dit traject kent het besluit ‘{item.besluit}’ niet ({known})"
            yield zaak.fout("BESLUIT", text, "logboek", i, "besluit")


def extension_is_multiple(zaak: Zaak) -> Iterator[Finding]:
    """An extension is a positive multiple of 3 months, or what the protocol says (VT-7.4)."""
    if zaak.regels.verlenging is None:
        return
    n = zaak.regels.verlenging.veelvoud
    for i, item in zaak.gesprekken:
        if item.maanden is not None and (item.maanden <= 0 or item.maanden % n):
            choice = f"kies {n}, {2 * n}, {3 * n}, …"
            text = f"een verlenging duurt een veelvoud van {n} maanden, niet {item.maanden} ({choice})"
            yield zaak.fout("VT-7.4", text, "logboek", i, "maanden")


def decisions_hold_together(zaak: Zaak) -> Iterator[Finding]:
    """The decisions make a course that the protocol knows (VT-7.3, VT-7.4, WW-6)."""
    for fout in zaak.slot.termijnen.fouten:
        yield zaak.fout(fout.code, fout.text, "logboek", fout.nummer, fout.sleutel)


def moment_exists(zaak: Zaak) -> Iterator[Finding]:
    """A moment that an entry names existed on the entry's date, and is of the entry's kind."""
    for i, item in zaak.gesprekken:
        if item.moment is None:
            continue
        plan = next((plan for plan in moments_on(zaak, item) if plan.id == item.moment), None)
        if zaak.dossier.start is None:
            text = "het dossier heeft nog geen start, en dus geen momenten: vul ‘start’ in"
            yield zaak.fout("MOMENT", text, "logboek", i, "moment")
        elif plan is None:
            known = dict.fromkeys(plan.id for plan in moments_on(zaak, item))
            text = unknown("moment", item.moment, known, f"op {item.datum} ")
            yield zaak.fout("MOMENT", text, "logboek", i, "moment")
        elif plan.soort != item.soort:
            text = f"‘{item.moment}’ is van de soort {plan.soort}, niet {item.soort}: pas een van beide aan"
            yield zaak.fout("MOMENT", text, "logboek", i, "moment")


def one_outcome_a_moment(zaak: Zaak) -> Iterator[Finding]:
    """Two outcomes never name one moment."""
    seen: dict[str, int] = {}
    for i, item in zaak.gesprekken:
        if is_uitkomst(item) and item.moment:
            if item.moment in seen:
                line = zaak.bron.place(("logboek", seen[item.moment])).line
                other = ", zoals extra-1" if isinstance(item, Bezoek) else " of laat het weg"
                text = f"‘{item.moment}’ heeft al een uitkomst op regel {line}: noem een ander moment{other}"
                yield zaak.fout("MOMENT", text, "logboek", i, "moment")
            seen.setdefault(item.moment, i)


def overleg_has_a_moment(zaak: Zaak) -> Iterator[Finding]:
    """An overleg entry lies on an overleg's date (VT-6.2) and belongs to a moment (VT-6.1)."""
    for i, item in zaak.gesprekken:
        if not isinstance(item, Overleg):
            continue
        if zaak.stand.kalender.op(item.datum) is None:
            first = zaak.stand.kalender.eerste_vanaf(item.datum).datum
            text = f"op {item.datum} is er geen overleg (het eerstvolgende: {first}): kijk de datum na"
            yield zaak.waarschuwing("VT-6.2", text, "logboek", i, "datum")
        same_day = (plan for plan in moments_on(zaak, item) if plan.overleg and plan.overleg.datum == item.datum)
        if item.moment is None and not any(same_day):
            hint = "klopt de datum? (een bespreking tussendoor mag blijven)"
            text = f"dit overleg hoort bij geen enkel moment van het dossier: {hint}"
            yield zaak.waarschuwing("VT-6.1", text, "logboek", i, "datum")


def in_order_of_protocol(zaak: Zaak) -> Iterator[Finding]:
    """A moment that must come before another is not dated after it (VT-7.1 and every `voor`)."""
    bekend = zaak.stand.bekend
    for plan in bekend.eigen:
        regel = plan.regel if plan.herkomst == "protocol" else None
        then = next((other for other in bekend.eigen if other.id == regel.voor), None) if regel and regel.voor else None
        if regel and then and bekend.gedateerd_als(plan).datum > bekend.gedateerd_als(then).datum:
            yield from _out_of_order(zaak, regel, plan.id)


def _out_of_order(zaak: Zaak, regel: MomentRegel, name: str) -> Iterator[Finding]:
    """Of two moments in the wrong order; none where one of them no longer takes place."""
    moments = {moment.id: moment for moment in zaak.stand.momenten}
    first, then = moments[name], moments[regel.voor or ""]
    if "vervallen" not in (first.status, then.status):
        text = f"‘{first.id}’ ({first.datum}) hoort niet later te zijn dan ‘{then.id}’ ({then.datum}): kijk beide na"
        yield zaak.waarschuwing(regel.regel or "VOLGORDE", text, *_place_of(zaak, first, then))


def _place_of(zaak: Zaak, *moments: Moment) -> tuple[str | int, ...]:
    """Where the date of the first moment that an entry dates stands, else the start they are counted from."""
    for moment in moments:
        for i, item in zaak.gesprekken:
            dates = item.moment == moment.id and item.datum == moment.datum
            if dates and not (isinstance(item, Bezoek) and item.afgelast):
                return ("logboek", i, "datum")
    return ("start",)


def moments_on(zaak: Zaak, item: Overleg | Bezoek) -> Iterator[Planmoment]:
    """The moments on the entry's date, with and without what is recorded that day; for what was called off, ever.

    Those that exist on every date come first, and those of each month of an extension where every decision was known:
    mostly nobody asks further.
    """
    yield from zaak.stand.eigen
    if all(other.datum <= item.datum for _, other in zaak.gesprekken if other.besluit):
        yield from zaak.slot.bekend.maandelijks
    days = [item.datum, item.datum - timedelta(days=1)]
    if isinstance(item, Bezoek) and item.afgelast:
        days += [other.datum for other in zaak.dossier.logboek]
    for day in days:
        yield from zaak.standen.stand(zaak.dossier, day).plan


CHECKS = (
    not_before_aanmelding,
    nothing_after_closing,
    no_outcome_ahead,
    decision_allowed,
    extension_is_multiple,
    decisions_hold_together,
    moment_exists,
    one_outcome_a_moment,
    overleg_has_a_moment,
    in_order_of_protocol,
)
