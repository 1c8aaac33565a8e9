"""New entries in logboeken: where they go in each file, and whether the register still holds together with them."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import yaml

from generator.agenda import goes_well, is_recorded, make_agenda
from generator.bewerken import add_item
from generator.checks import check_change
from generator.findings import Finding, Gestopt
from generator.load import load_text
from generator.model.base import read_datum
from generator.model.dossier import Dossier
from generator.opmaak import ordered_entry
from generator.register import Register
from generator.schrijfwijze import flow, item_lines
from generator.traject import Standen
from generator.validate import validate

BOM = "\ufeff"
Ingang = dict[str, object]
"""An entry as it will stand in the file: key and value, `datum` among them."""


@dataclass(frozen=True)
class Wijziging:
    """A file as it will be."""

    path: str
    tekst: str
    regel: str
    """The line that is new."""


def owed_evaluations(standen: Standen, partner: str, maand: str, op: date) -> tuple[dict[str, Ingang], list[str]]:
    """The entries of an overleg for the evaluations that nobody wants to discuss, and what is still to be recorded.

    Every evaluation that the agenda owes went well, unless the dossier is to be discussed (VT-6.3): of the dossiers
    that the partner guides, for the others are evaluated with who does.
    """
    agenda = make_agenda(standen, partner, maand, op, op, alles=True)
    if agenda.overleg is None:
        raise Gestopt(f"in {maand} is er geen overleg: kijk protocol/kalender.yaml na")
    if agenda.overleg > op:
        raise Gestopt(f"het overleg van {maand} is pas op {agenda.overleg}: noteer het daarna")
    if agenda.vervalt:
        raise Gestopt(f"het overleg van {maand} is voor {partner} geschrapt: dan geldt elke evaluatie als gehouden")
    verslag = standen.register.verslag(maand, partner)
    if verslag.gehouden is False:
        raise Gestopt(f"het overleg van {maand} met {partner} ging niet door: zo staat het in protocol/overleg/")
    owed: dict[str, Ingang] = {
        line.id: {"soort": "overleg", "datum": line.overleg, "moment": line.evaluatie, "verloop": "goed"}
        for line in goes_well(standen, agenda, date.max)
        if line.overleg <= op
    }
    days = {line.id: line.overleg for line in agenda.lopend}
    discussed = (*(item.id for item in agenda.bespreken), *(item.id for item in agenda.andere))
    dossiers = standen.register.dossiers
    open_ = (name for name in discussed if not is_recorded(dossiers[name], days.get(name, agenda.overleg), date.max))
    return owed, sorted(open_)


def note(
    root: Path, register: Register, entries: dict[str, Ingang], op: date, vandaag: date
) -> tuple[list[Wijziging], list[Finding]]:
    """The files with an entry more each, by the id of the dossier; and what is wrong with them then.

    Nothing is written here. Findings are those of the files that change, and the errors that they cause elsewhere.
    """
    before = register
    changes: list[Wijziging] = []
    findings: list[Finding] = []
    for name, given in entries.items():
        entry = ordered_entry(given)
        path, item = register.paden[name], flow(entry)
        text = _read(root / path)
        index = _index(register.dossiers[name], entry)
        try:
            changed = add_item(text, "logboek", item, index, partial(item_lines, entry))
        except (ValueError, yaml.YAMLError):
            raise Gestopt(
                f"{path}: hier kan het programma niets tussen zetten: voeg deze regel zelf toe: {item}"
            ) from None
        changes.append(Wijziging(path, changed, item))
        document, wrong = load_text(changed.removeprefix(BOM), path)
        dossier, invalid = validate(Dossier, document) if document else (None, [])
        findings += [*wrong, *invalid]
        if document and dossier:
            register = register.met({name: (dossier, document)})
    return changes, findings + check_change(before, register, {change.path for change in changes}, op, vandaag)


def _index(dossier: Dossier, entry: Ingang) -> int:
    """Behind every entry that is not later."""
    try:
        day = read_datum(str(entry["datum"]))
    except ValueError:
        return len(dossier.logboek)  # the date is a finding of its own
    return max((index for index, item in enumerate(dossier.logboek, start=1) if item.datum <= day), default=0)


def _read(file: Path) -> str:
    with file.open(encoding="utf-8", newline="") as source:  # line endings stay as they are
        return source.read()
