"""Where the git host shows a file of the register, at the line to edit."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from urllib.parse import quote

from generator.model.dossier import Dossier
from generator.model.view import DossierAdres
from generator.register import PARTNERS, Register
from generator.traject import bekend


def of_dossier(register: Register, dossier: Dossier, op: date) -> DossierAdres | None:
    """A dossier's file, and the entries of its logboek that exist on a date; None: no git host is known."""
    bron = register.bronnen[register.paden[dossier.id]]
    if not register.organisatie.bewerken:
        return None
    return DossierAdres(
        bestand=_address(register, bron.path),
        delen={key: _address(register, bron.path, lines[0]) for key, lines in bron.regels.items()},
        logboek=tuple(
            _address(register, bron.path, bron.regels["logboek"][1 + index]) for index in bekend(dossier, op)
        ),
    )


def of_protocol(register: Register) -> dict[str, str]:
    """Every file of `protocol/`, by its path; each partner as `protocol/partners.yaml#id`; each rule likewise."""
    return dict(_of_protocol(register)) if register.organisatie.bewerken else {}


def _of_protocol(register: Register) -> Iterator[tuple[str, str]]:
    for path in register.bronnen:
        if path.startswith("protocol/"):
            yield path, _address(register, path)
    for partner in register.partners:
        yield f"{PARTNERS}#{partner}", _address(register, PARTNERS, register.bronnen[PARTNERS].regels[partner][0])
    for versies in register.trajecten.values():
        for versie in versies:
            for index, regel in enumerate(versie.regels.regels):
                line = versie.bron.regels["regels"][1 + index]
                yield f"{versie.path}#{regel.id}", _address(register, versie.path, line)


def _address(register: Register, path: str, line: int = 1) -> str:
    address = register.organisatie.bewerken or ""
    return address.replace("{bestand}", _quoted(path)).replace("{regel}", str(line))


_quoted = lru_cache(maxsize=64)(quote)
"""Each file has many addresses."""
