"""Why a moment is on its date: the rule, the value in the protocol and every step from the one to the other."""

from collections.abc import Iterator
from datetime import date

from generator.kalender import feestdag
from generator.model.protocol import Trajectregels
from generator.protocoltekst import counted
from generator.traject import Moment, Stand


def explain(stand: Stand, moment: Moment, bron: str) -> tuple[str, ...]:
    """The steps to the moment's date, in Dutch, without any text of the dossier. `bron`: the file with the rules."""
    return (*_source(stand, moment, bron), *_date(stand, moment), *_status(stand, moment))


def title_of(moment: Moment) -> str:
    """What people call a moment."""
    plan = moment.plan
    match plan.herkomst:
        case "verlenging":
            return "Opvolging van de verlenging op het overleg"
        case "besluit":
            return "Besluit op het overleg na de eindevaluatie"
        case "extra":
            return "Extra huisbezoek" if plan.soort == "huisbezoek" else "Extra evaluatie"
    titel = (plan.regel and plan.regel.titel) or plan.id
    if plan.regel and plan.regel.elke:
        return f"{titel} na {plan.maanden} maanden"
    return f"{titel} (verlenging {plan.verlenging})" if plan.verlenging else titel


def rule_of(moment: Moment, regels: Trajectregels) -> str | None:
    """The id of the rule that asks the moment."""
    plan = moment.plan
    if plan.herkomst == "verlenging" or (plan.herkomst == "einde" and plan.verlenging):
        return regels.verlenging.regel if regels.verlenging else None
    if plan.herkomst == "besluit":
        return regels.eindevaluatie.regel if regels.eindevaluatie else None
    return plan.regel.regel if plan.regel else None


def _source(stand: Stand, moment: Moment, bron: str) -> Iterator[str]:
    plan, regel = moment.plan, rule_of(moment, stand.regels)
    start = stand.dossier.start
    cited = f"regel {regel}" if regel else "dit traject"
    match plan.herkomst:
        case "protocol":
            key = (
                f"na: {plan.maanden}"
                if plan.regel and plan.regel.elke is None
                else f"elke: {plan.regel and plan.regel.elke}"
            )
            yield f"{cited}, {bron}: {plan.regel and plan.regel.id} ({key})"
            yield f"start {start} + {counted(plan.maanden or 0, 'maand')} = {plan.streefdatum}"
        case "einde":
            yield f"{cited}, {bron}: een eindevaluatie op het einde van elke termijn"
            yield f"start {start} + {_terms(stand, plan.verlenging)} = {plan.streefdatum}"
        case "verlenging":
            verlengd = stand.termijnen.verlengingen[plan.verlenging - 1]
            end = stand.termijnen.einde(plan.verlenging)
            yield f"{cited}, {bron}: elk overleg tijdens een verlenging (maandelijks_overleg)"
            yield f"verlengd met {counted(verlengd.maanden, 'maand')}, beslist op {verlengd.beslist}, loopt tot {end}"
        case "besluit":
            yield f"{cited}: de eindevaluatie liet een besluit open; het eerstvolgende overleg beslist"
        case "extra":
            yield "een extra bezoek, zoals het logboek het noemt"


def _date(stand: Stand, moment: Moment) -> Iterator[str]:
    overleg = moment.plan.overleg
    if overleg and overleg.datum:
        if moment.plan.herkomst == "protocol":
            yield from _passed_over(stand, moment.streefdatum, overleg.datum)
            yield f"eerste overleg op of na {moment.streefdatum} = {overleg.datum}"
        if overleg.datum != overleg.volgens_regel:
            yield f"verplaatst van {overleg.volgens_regel} (regel VT-6.2, {overleg.regel}): {overleg.reden}"
        if moment.datum != overleg.datum:
            yield f"in het logboek op {moment.datum}"
        return
    if moment.afgelast:
        yield "elke afspraak hiervoor is afgelast"
    if moment.afspraak:
        yield f"datum uit het logboek: {moment.datum}"
    elif moment.datum != moment.streefdatum:
        yield f"eerste werkdag op of na {moment.streefdatum}{_not_a_workday(moment.streefdatum)} = {moment.datum}"
    elif moment.plan.herkomst != "extra":
        yield f"nog geen afspraak; {moment.datum} is een werkdag"


def _status(stand: Stand, moment: Moment) -> Iterator[str]:
    if moment.status == "vervallen" and stand.sluiting:
        yield f"vervallen: het dossier is gesloten ({stand.sluiting.fase}) op {stand.sluiting.datum}"
    elif moment.status == "gehouden" and not stand.uitkomsten(moment.plan):
        yield "het overleg is voor de begeleidende partner geschrapt en geldt als gehouden (regel VT-6.3)"


def _passed_over(stand: Stand, first: date, last: date) -> Iterator[str]:
    """The months that a moment was carried past: cancelled, or moved to before its streefdatum."""
    for year in range(first.year, last.year + 1):
        for overleg in stand.kalender.jaar(year):
            if not first <= overleg.volgens_regel < last:
                continue
            if overleg.datum is None:
                yield f"het overleg van {overleg.maand} ({overleg.volgens_regel}) vervalt: {overleg.reden}"
            elif overleg.datum < first:
                yield f"het overleg van {overleg.maand} is verplaatst naar {overleg.datum}, te vroeg: {overleg.reden}"


def _terms(stand: Stand, c: int) -> str:
    parts = [stand.termijnen.basis or 0, *(verlengd.maanden for verlengd in stand.termijnen.verlengingen[:c])]
    return " + ".join(counted(part, "maand") for part in parts)


def _not_a_workday(day: date) -> str:
    name = feestdag(day)
    return f" ({name})" if name else " (weekend)" if day.weekday() >= 5 else ""
