"""What was sent, noted in `protocol/overleg/<JJJJ-MM>.yaml`: whatever else stands there stays byte for byte."""

from datetime import date
from pathlib import Path

import yaml

from generator.bewerken import set_value
from generator.findings import Gestopt
from generator.load import load_text
from generator.model.base import Slug
from generator.model.protocol import OverlegVerslag
from generator.model.view import Mail
from generator.output import write_files
from generator.schrijfwijze import flow
from generator.validate import validate

_KEYS = {
    "aankondiging": ("aankondiging_verstuurd", "aankondiging"),
    "conclusies": ("conclusies_verstuurd", "conclusies"),
    "aanmelding": ("aanmeldingen_verstuurd", "aanmeldingen"),
}
"""Of each kind of mail: the key of the day, and that of the attempt in `verzonden`."""


def note(root: Path, mail: Mail, kenmerk: str, stand: str, op: date) -> str:
    """Note what became of a mail; gives the path of the file."""
    path = f"protocol/overleg/{mail.maand}.yaml"
    text = _read(root / path)
    try:
        changed = _noted(text, mail, kenmerk, stand, op)
    except (ValueError, yaml.YAMLError):
        raise Gestopt(f"{path}: hier kan het programma niets noteren: kijk het bestand na") from None
    document, wrong = load_text(changed, path)
    if document is None or wrong or validate(dict[Slug, OverlegVerslag], document)[1]:
        raise Gestopt(f"{path}: hier kan het programma niets noteren: kijk het bestand na")
    write_files(root, {path: changed})
    return path


def _noted(text: str, mail: Mail, kenmerk: str, stand: str, op: date) -> str:
    told, attempt = _KEYS[mail.soort]
    dossier = (mail.sleutel,) if mail.soort == "aanmelding" else ()
    values: dict[str, object] = {"op": op, "kenmerk": kenmerk}
    if stand == "verstuurd":
        text = set_value(text, (mail.partner, told, *dossier), str(op))
    else:
        values["stand"] = stand
    return set_value(text, (mail.partner, "verzonden", attempt, *dossier), flow(values))


def _read(file: Path) -> str:
    """With its line endings; nothing when it is not there yet."""
    if not file.exists():
        return ""
    try:
        with file.open(encoding="utf-8", newline="") as source:
            return source.read()
    except (OSError, UnicodeDecodeError) as error:
        raise Gestopt(f"{file} is niet te lezen: {error}") from None
