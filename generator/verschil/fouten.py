"""What cannot be compared: files with errors, on either side."""

from collections.abc import Collection, Iterator
from itertools import groupby
from typing import Literal

from generator.findings import Finding
from generator.model.verschil import Onvolledig
from generator.verschil.kant import Kant


def unusable(side: Kant, findings: Collection[Finding]) -> set[str]:
    """The dossiers of which nothing can be said: they, or the rules that they follow, have an error."""
    wrong, register = {found.path for found in _errors(findings)}, side.heel
    return set(register.onleesbaar) | {
        name
        for name, dossier in side.bekeken.dossiers.items()
        if register.paden[name] in wrong
        or dossier.traject in register.onleesbaar
        or register.versie_van(dossier) is None
    }


def incomplete(kant: Literal["basis", "nu"], findings: Collection[Finding]) -> Iterator[Onvolledig]:
    """Each file with errors, by its first line: the text of a finding may repeat what somebody wrote."""
    for path, found in groupby(sorted({*_errors(findings)}), key=lambda item: item.path):
        items = list(found)
        yield Onvolledig(kant, path, items[0].line, tuple(dict.fromkeys(item.code for item in items)))


def _errors(findings: Collection[Finding]) -> list[Finding]:
    return [found for found in findings if found.level == "fout"]
