"""The handbook of an audience: what of it follows from the register, so that it cannot go stale."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from generator.checks.woning import in_words
from generator.model.dossier import TOESTEMMING
from generator.model.handboek import (
    Bestandssoort,
    Bevindingsoort,
    Handboek,
    Keuze,
    Oorzaak,
    PerTraject,
    Veld,
)
from generator.model.protocol import Criterium, DocumentRegel, Minstens, MomentRegel, Termijn, Trajectregels
from generator.model.view import COORDINATIE, PUBLIEK, Doelgroep
from generator.protocoltekst import counted
from generator.register import Register, Versie
from generator.teksten.bevindingen import BEVINDINGEN
from generator.velden import make_bestanden
from generator.zicht import ZICHT


def make_handboek(register: Register, doelgroep: Doelgroep, op: date) -> Handboek | None:
    """What the handbook of an audience tells of this register on a date; the public has none."""
    if doelgroep == PUBLIEK:
        return None
    waarden = _waarden(register)
    if doelgroep != COORDINATIE:
        return Handboek(waarden)
    versies = list(register.geldend(op))
    return Handboek(
        waarden,
        eerste=first_dossier(register, op),
        bestanden=tuple(_in_register(soort, versies) for soort in make_bestanden()),
        bevindingen=tuple(all_findings(v for versies in register.trajecten.values() for v in versies)),
    )


def _waarden(register: Register) -> dict[str, str]:
    organisatie = register.organisatie
    seen, kept = organisatie.bewaartermijn.gesloten.zichtbaar, organisatie.bewaartermijn.gesloten.bewaren
    days = {name: str(value) for name, value in organisatie.werklijst.model_dump(exclude={"vanaf"}).items()}
    return days | {
        "zichtbaar": f"tot {counted(seen, 'maand')} na het einde" if seen else "zolang het in het register staat",
        "bewaren": f"{counted(kept, 'maand')} na het einde" if kept else "nooit vanzelf",
    }


# What the protocol allows in a field.


def _in_register(soort: Bestandssoort, versies: list[Versie]) -> Bestandssoort:
    """The fields of a dossier with what the protocol of each traject allows, and with who sees them."""
    if soort.naam != "dossier":
        return soort
    blokken = tuple(
        replace(blok, velden=tuple(_with_protocol(veld, versies) for veld in blok.velden)) for blok in soort.blokken
    )
    return replace(soort, blokken=blokken)


def _with_protocol(veld: Veld, versies: list[Versie]) -> Veld:
    found = (PerTraject(versie.regels.titel, tuple(_allowed(veld.pad, versie))) for versie in versies)
    return replace(veld, per_traject=tuple(item for item in found if item.keuzes), zicht=ZICHT.get(veld.pad))


def _allowed(pad: str, versie: Versie) -> Iterator[Keuze]:
    """What the rules of a traject allow in a field, or what they ask of it."""
    regels, (start, _, naam) = versie.regels, pad.rpartition(".")
    match naam:
        case "traject":
            yield Keuze(versie.traject, f"de referenties beginnen met {regels.voorvoegsel}-")
        case "termijn":
            yield from _term(regels)
        case "doelgroep":
            yield from (Keuze(key, _asked(criterium)) for key, criterium in regels.doelgroep.items())
        case "documenten":
            yield from (Keuze(key, document.titel) for key, document in regels.documenten.items())
        case "regel" if start == "afwijkingen":
            titles = {regel.id: regel.titel for regel in regels.regels}
            yield from (Keuze(code, titles.get(code, "")) for code in regels.afwijkbaar)
        case "besluit" if start.startswith("logboek."):
            at_final = ("toewijzing", "negatief") if start == "logboek.overleg" else ()
            yield from (Keuze(besluit, "") for besluit in regels.besluiten if besluit not in at_final)
        case "maanden" if regels.verlenging:
            n = regels.verlenging.veelvoud
            yield Keuze(f"{n}, {2 * n}, {3 * n}, …", "")
        case "moment":
            moments = (moment for moment in regels.momenten if start == f"logboek.{moment.soort}")
            yield from (Keuze(_name_of(moment), moment.titel or "") for moment in moments)


def _term(regels: Trajectregels) -> Iterator[Keuze]:
    if isinstance(regels.termijn, Termijn):
        yield Keuze(f"{regels.termijn.minimum} tot en met {regels.termijn.maximum}", "kies per dossier")
    elif regels.termijn:
        yield Keuze(str(regels.termijn), "vast: laat het veld weg")


def _asked(criterium: Criterium) -> str:
    return "elk antwoord mag" if criterium == "vrij" else f"gevraagd: {in_words(criterium)}"


def _name_of(moment: MomentRegel) -> str:
    return f"{moment.id}-{moment.elke}m, {moment.id}-{2 * moment.elke}m, …" if moment.elke else moment.id


# Findings.


def all_findings(versies: Iterable[Versie]) -> Iterator[Bevindingsoort]:
    """Every kind of finding: those of the program, with what the protocol adds to them and beside them."""
    titles: dict[str, str] = {}
    added: dict[str, list[Oorzaak]] = {}
    for versie in versies:
        titles |= {regel.id: regel.titel for regel in versie.regels.regels}
        for code, oorzaak in _of_protocol(versie.regels):
            added.setdefault(code, []).append(oorzaak)
    known = {soort.code: soort for soort in BEVINDINGEN}
    others = [Bevindingsoort(code, titles.get(code, "Een regel van het protocol"), ()) for code in added]
    for soort in sorted(({soort.code: soort for soort in others} | known).values(), key=_order):
        yield replace(soort, oorzaken=tuple(dict.fromkeys((*soort.oorzaken, *added.get(soort.code, ())))))


def _order(soort: Bevindingsoort) -> tuple[int, list[tuple[str, int]]]:
    """The codes of the program as they are listed, then those of rules: VT-2 before VT-10."""
    codes = [known.code for known in BEVINDINGEN if "-" not in known.code]
    if soort.code in codes:
        return codes.index(soort.code), []
    return len(codes), [(text, int(part or 0)) for text, part in re.findall(r"(\D+)(\d*)", soort.code)]


def _of_protocol(regels: Trajectregels) -> Iterator[tuple[str, Oorzaak]]:
    """What the documents and moments of a traject can give, with the code."""
    for key, document in regels.documenten.items():
        yield from ((document.regel, oorzaak) for oorzaak in _of_document(key, document, regels))
    titles = {moment.id: moment.titel or moment.id for moment in regels.momenten}
    for moment in regels.momenten:
        if moment.voor in titles:
            text = f"{regels.titel}: ‘{titles[moment.id]}’ valt later dan ‘{titles[moment.voor]}’."
            what_to_do = "Maak een vroegere afspraak, of kijk de datums na."
            yield moment.regel or "VOLGORDE", Oorzaak("waarschuwing", text, what_to_do)


def _of_document(key: str, document: DocumentRegel, regels: Trajectregels) -> Iterator[Oorzaak]:
    if document.voor is None:
        return
    earlier = regels.documenten.get(document.voor)
    what = f"‘{earlier.titel}’" if earlier else "de start"
    text = f"{regels.titel}: {what} is er, en ‘{document.titel}’ is niet ondertekend."
    yield Oorzaak(document.ontbreekt, text, f"Vul bij ‘documenten’ de dag van {key} in, of kijk {what} na.")
    if document.later:
        text = f"{regels.titel}: ‘{document.titel}’ is later ondertekend dan {what}."
        yield Oorzaak(document.later, text, "Kijk beide datums na.")


# A first dossier.


def first_dossier(register: Register, op: date) -> tuple[str, str] | None:
    """Path and text of a new dossier that this register takes on a date; None: it has no traject or partner for one."""
    start = (op.replace(day=1) + timedelta(days=32)).replace(day=1)
    versies = sorted(register.geldend(start), key=lambda versie: not versie.regels.overleg)
    versie = next((versie for versie in versies if versie.vanaf <= start), None)
    partner = _guide(register)
    if versie is None or partner is None:
        return None
    name = next(register.vrije_ids(f"{versie.regels.voorvoegsel}-{start.year}"))
    return f"dossiers/{start.year}/{name}.yaml", "".join(
        f"{line}\n" for line in _lines(register, versie, name, partner, start, op)
    )


def _guide(register: Register) -> str | None:
    """The first partner that can be reached; one that refers before a landlord (VT-3.2)."""
    found = [
        key
        for key, partner in sorted(register.partners.items(), key=lambda item: item[1].rol != "welzijn")
        if partner.contact.kantooruren and (partner.contact.telefoon or partner.contact.email)
    ]
    return found[0] if found else None


def _lines(register: Register, versie: Versie, name: str, partner: str, start: date, op: date) -> Iterator[str]:
    regels, came_in = versie.regels, op - timedelta(days=28)
    yield from (f"id: {name}", f"traject: {versie.traject}", f"woning: {_free_dwelling(register)}", f"start: {start}")
    if isinstance(regels.termijn, Termijn):
        yield f"termijn: {regels.termijn.maximum}"
    yield from ("aanmelding:", f"  datum: {came_in}", f"  partner: {partner}")
    if regels.doelgroep:
        yield "  doelgroep:"
        yield from (f"    {key}: {_answer(criterium)}" for key, criterium in regels.doelgroep.items())
    yield f"  besluit: {{datum: {op - timedelta(days=7)}, uitkomst: toegelaten}}"
    if regels.documenten:
        yield "documenten:"
        yield from (f"  {key}: {came_in if key == TOESTEMMING else op}" for key in regels.documenten)
    yield "begeleiding:"
    yield f"  - {{partner: {partner}, begeleider: {_worker(register, partner)}, vanaf: {start}}}"


def _free_dwelling(register: Register) -> str:
    used = {dossier.woning for dossier in register.dossiers.values()}
    return next(name for name in (f"W-{number}" for number in range(1001, 1002 + len(used))) if name not in used)


def _answer(criterium: Criterium) -> str:
    """An answer that meets a criterion."""
    match criterium:
        case bool():
            return "true" if criterium else "false"
        case Minstens():
            return str(criterium.minstens)
        case tuple() if criterium:
            return criterium[0]
    return "false"


def _worker(register: Register, partner: str) -> str:
    """A code that this partner uses already, else one made from its key."""
    known = {p.begeleider for d in register.dossiers.values() for p in d.begeleiding if p.partner == partner}
    return min(known, default=f"{partner.partition('-')[0].upper()}-01")
