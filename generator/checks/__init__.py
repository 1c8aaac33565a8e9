"""Every check, one small function a rule: `CHECKS` of each module lists them."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date

from generator.checks import dossier, logboek, privacy, protocol, woning
from generator.checks.zaak import Zaak, finding
from generator.findings import Finding
from generator.model.dossier import Dossier
from generator.register import Register, without_collector
from generator.traject import Standen

_PER_DOSSIER = (*dossier.CHECKS, *woning.CHECKS, *logboek.CHECKS)


def check(standen: Standen, op: date, vandaag: date) -> list[Finding]:
    """Everything wrong beyond single files. Errors depend on the files; warnings on `op` too.

    `vandaag` is the clock's: an outcome is never dated later, whatever day is looked at.
    """
    with without_collector():
        return [
            *(found for rule in protocol.CHECKS for found in rule(standen, op)),
            *check_dossiers(standen, op, vandaag),
        ]


def check_dossiers(standen: Standen, op: date, vandaag: date) -> list[Finding]:
    """The same of the dossiers alone."""
    with without_collector():
        findings = [found for rule in privacy.CHECKS for found in rule(standen, op)]
        for item in standen.register.dossiers.values():
            findings += _check_dossier(standen, item, op, vandaag)
        return findings


def check_change(before: Register, after: Register, touched: Collection[str], op: date, vandaag: date) -> list[Finding]:
    """What is wrong in the files that a change touches, and the errors that it causes in others."""
    found = check(Standen(after), op, vandaag)
    elsewhere = {item for item in found if item.path not in touched and item.level == "fout"}
    if elsewhere:
        elsewhere -= set(check(Standen(before), op, vandaag))
    return [*(item for item in found if item.path in touched), *elsewhere]


def _check_dossier(standen: Standen, item: Dossier, op: date, vandaag: date) -> Iterator[Finding]:
    register = standen.register
    bron = register.bronnen[register.paden[item.id]]
    versies, versie = register.trajecten.get(item.traject), register.versie_van(item)
    if item.traject in register.onleesbaar:
        return  # its rules are a finding already, and which version holds is not known
    if versie is not None:
        zaak = Zaak(standen, item, versie.regels, bron, op, vandaag)
        findings = (found for rule in _PER_DOSSIER for found in rule(zaak))
        yield from (_with_deviation(zaak, found) for found in findings) if item.afwijkingen else findings
    elif not versies:
        yield finding(
            bron, "fout", "VERWIJZING", dossier.unknown("traject", item.traject, register.trajecten), ("traject",)
        )
    else:
        first = f"de eerste gelden vanaf {versies[0].vanaf}: {versies[0].path}"
        text = f"op deze datum had dit traject nog geen regels ({first}): kijk de datum na"
        yield finding(bron, "fout", "VERSIE", text, ("start",) if item.start else ("aanmelding", "datum"))


def _with_deviation(zaak: Zaak, found: Finding) -> Finding:
    """The error of a rule that the dossier sets aside, where the protocol allows, is a warning."""
    for afwijking in zaak.dossier.afwijkingen:
        if found.level == "fout" and found.code == afwijking.regel and found.code in zaak.regels.afwijkbaar:
            return replace(found, level="waarschuwing", text=f"{found.text} (afwijking van {afwijking.datum})")
    return found
