"""Who sees more or less of a dossier, and why."""

from collections.abc import Iterator, Mapping

from generator.model.verschil import ZichtVerschil
from generator.verschil.kant import Kant
from generator.wie_ziet import who_sees


def compare_zicht(toen: Kant, nu: Kant, names: Mapping[str, str]) -> Iterator[ZichtVerschil]:
    """Each partner of which the level changes, by dossier; a dossier by its new id (`names`)."""
    gone = toen.bekeken.dossiers.keys() - names.values()
    for name in sorted(gone | nu.bekeken.dossiers.keys()):
        before, after = toen.zicht(names.get(name, name)), nu.zicht(name)
        for partner in sorted(before.keys() | after.keys()):
            if before.get(partner) != after.get(partner):
                yield ZichtVerschil(
                    id=name,
                    partner=partner,
                    naam=(nu if partner in nu.heel.partners else toen).naam_van(partner),
                    van=before.get(partner),
                    naar=after.get(partner),
                    redenen=_reasons(nu, name, partner),
                )


def _reasons(side: Kant, name: str, partner: str) -> tuple[str, ...]:
    dossier = side.bekeken.dossiers.get(name)
    if dossier is None:
        return ("het dossier is er niet meer",)
    audiences = who_sees(side.standen, dossier, side.op).doelgroepen
    found = [item.redenen for item in audiences if item.doelgroep == f"partners/{partner}"]
    return found[0] if found else ("begeleidt niet en meldde niet aan",)
