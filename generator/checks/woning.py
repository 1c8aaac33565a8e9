"""Checks on the target group, the dwelling and what follows on it (WW-1, WW-4, WW-6, WW-10)."""

from collections.abc import Iterator
from datetime import date

from generator.checks.dossier import unknown
from generator.checks.zaak import ALLES, Zaak
from generator.findings import Finding
from generator.model.base import tonen
from generator.model.dossier import Dienst, Dossier, Verhuis
from generator.model.protocol import Criterium, Minstens
from generator.traject import outlasts


def target_group_stated(zaak: Zaak) -> Iterator[Finding]:
    """An aanmelding states each criterion of the target group, and no other (WW-1)."""
    aanmelding, criteria = zaak.dossier.aanmelding, zaak.regels.doelgroep
    if aanmelding is None:
        return
    for name, stated in aanmelding.doelgroep.items():
        if name not in criteria:
            text = unknown("criterium", name, criteria)
            yield zaak.fout("SLEUTEL", text, "aanmelding", "doelgroep", name, key=True)
        elif wanted := wrong_kind(criteria[name], stated):
            yield zaak.fout("WAARDE", f"verwacht {wanted}, niet {tonen(stated)}", "aanmelding", "doelgroep", name)
    missing = [name for name in criteria if name not in aanmelding.doelgroep]
    if missing:
        text = f"de aanmelding zegt nog niets over {', '.join(missing)}: vul ‘doelgroep’ aan"
        yield zaak.fout("WW-1", text, "aanmelding", "doelgroep")


def target_group_met(zaak: Zaak) -> Iterator[Finding]:
    """Who is admitted meets every criterion of the target group (WW-1)."""
    aanmelding = zaak.dossier.aanmelding
    if aanmelding is None or not _admitted(zaak.dossier):
        return
    for name, criterium in zaak.regels.doelgroep.items():
        stated = aanmelding.doelgroep.get(name)
        if stated is not None and not meets(criterium, stated):
            text = (
                f"wie toegelaten wordt, hoort tot de doelgroep: {name} is {tonen(stated)}, niet {in_words(criterium)}"
            )
            yield zaak.fout("WW-1", text, "aanmelding", "doelgroep", name)


def no_domicile(zaak: Zaak) -> Iterator[Finding]:
    """No domicile at the dwelling, where the traject says so (WW-4)."""
    if zaak.regels.domicilie == "niet" and zaak.dossier.domicilie_op_adres:
        text = (
            "in dit traject is er geen domicilie op het adres van de woning: leg een afwijking vast als het toch moet"
        )
        yield zaak.fout("WW-4", text, "domicilie_op_adres")


def within_capacity(zaak: Zaak) -> Iterator[Finding]:
    """No more different dwellings start in a calendar year than there are (WW-4)."""
    capaciteit, start = zaak.regels.capaciteit, zaak.dossier.start
    if capaciteit is None or start is None:
        return
    before = [
        other
        for other in _same_traject(zaak)
        if other.start and other.start.year == start.year and (other.start, other.id) < (start, zaak.dossier.id)
    ]
    dwellings = {other.woning or other.id for other in before}
    if len(dwellings) >= capaciteit.woningen_per_jaar and (zaak.dossier.woning or zaak.dossier.id) not in dwellings:
        year = f"in {start.year} starten er al {len(dwellings)}"
        text = f"er zijn {capaciteit.woningen_per_jaar} woningen per jaar, en {year}: kijk de startdatum na"
        yield zaak.waarschuwing("WW-4", text, "start")


def one_dossier_a_dwelling(zaak: Zaak) -> Iterator[Finding]:
    """Where the support is tied to the dwelling, two never run in one at once (WW-4)."""
    dossier = zaak.dossier
    if not zaak.regels.woninggebonden or dossier.start is None or dossier.woning is None:
        return
    for other in _same_traject(zaak):
        if other.woning == dossier.woning and other.start and (other.start, other.id) < (dossier.start, dossier.id):
            end = _end_of(zaak, other)
            if end is None or end > dossier.start:
                text = f"in {dossier.woning} loopt op {dossier.start} ook {other.id}: kijk de woning of de datums na"
                yield zaak.fout("WW-4", text, "woning")


def no_move(zaak: Zaak) -> Iterator[Finding]:
    """Support that is tied to the dwelling does not move along (WW-6)."""
    if not zaak.regels.woninggebonden:
        return
    for i, item in enumerate(zaak.dossier.logboek):
        if isinstance(item, Verhuis):
            text = "de begeleiding is aan de woning gebonden: noteer een stopzetting in plaats van een verhuis"
            yield zaak.fout("WW-6", text, "logboek", i, "soort")


def follows_on_well(zaak: Zaak) -> Iterator[Finding]:
    """A follow-up begins when the earlier dossier is closed, in its dwelling where support is tied to it (WW-6)."""
    dossier = zaak.dossier
    earlier = zaak.register.dossiers.get(dossier.vervolg_op or "")
    versie = zaak.register.versie_van(earlier) if earlier else None
    if earlier is None or versie is None:
        return
    end = _end_of(zaak, earlier)
    if dossier.start and (end is None or dossier.start < end):
        when = f"sluit pas op {end}" if end else "is nog niet gesloten"
        yield zaak.fout("WW-6", f"{earlier.id} {when}: een vervolg start daarna", "start")
    if versie.regels.woninggebonden and dossier.woning and earlier.woning and dossier.woning != earlier.woning:
        text = f"een vervolg is in dezelfde woning als {earlier.id} ({earlier.woning}), niet in {dossier.woning}"
        yield zaak.fout("WW-6", text, "woning")


def services_in_time(zaak: Zaak) -> Iterator[Finding]:
    """A service that waits longer than the term (WW-10)."""
    if not zaak.regels.stuurgroep:
        return
    for i, item in enumerate(zaak.dossier.logboek):
        if isinstance(item, Dienst) and (end := outlasts(zaak.stand.einde, item, zaak.op)):
            when = f"wordt pas verwacht op {item.verwacht}" if item.verwacht else "is nog niet gestart"
            text = f"‘{item.naam}’ {when}, en de begeleiding loopt tot {end}: bespreek het op de intervisie"
            yield zaak.waarschuwing("WW-10", text, "logboek", i, "naam")


def wrong_kind(criterium: Criterium, stated: bool | int | str) -> str | None:
    """What kind of value a criterion wants, when another was stated."""
    match criterium:
        case bool():
            return None if isinstance(stated, bool) else "true of false"
        case Minstens():
            return None if isinstance(stated, int) and not isinstance(stated, bool) else "een geheel getal"
        case tuple():
            return None if isinstance(stated, str) else f"een woord, zoals {criterium[0] if criterium else 'geen'}"
    return None


def meets(criterium: Criterium, stated: bool | int | str) -> bool:
    """Whether what was stated meets a criterion."""
    match criterium:
        case "vrij":
            return True
        case bool():
            return stated is criterium
        case Minstens():
            return isinstance(stated, int) and not isinstance(stated, bool) and stated >= criterium.minstens
    return stated in criterium


def in_words(criterium: Criterium) -> str:
    """What a criterion asks."""
    match criterium:
        case bool():
            return "true" if criterium else "false"
        case Minstens():
            return f"minstens {criterium.minstens}"
        case str():
            return criterium
    return " of ".join(criterium)


def _admitted(dossier: Dossier) -> bool:
    besluit = dossier.aanmelding.besluit if dossier.aanmelding else None
    return dossier.start is not None or (besluit is not None and besluit.uitkomst == "toegelaten")


def _same_traject(zaak: Zaak) -> Iterator[Dossier]:
    return (other for other in zaak.register.per_traject[zaak.dossier.traject] if other.id != zaak.dossier.id)


def _end_of(zaak: Zaak, other: Dossier) -> date | None:
    """When another dossier is closed, from all that is written."""
    sluiting = zaak.standen.stand(other, ALLES).sluiting if zaak.register.versie_van(other) else None
    return sluiting.datum if sluiting else None


CHECKS = (
    target_group_stated,
    target_group_met,
    no_domicile,
    within_capacity,
    one_dossier_a_dwelling,
    no_move,
    follows_on_well,
    services_in_time,
)
