"""The commands that change files of the register: they leave what people wrote there as it is."""

import re
import sys
from datetime import date
from pathlib import Path

import click

from generator.cli.ask import below, path_in, read_maand, read_standen
from generator.cli.options import date_option, help_option, resolve, root_option, today
from generator.cli.tell import lines, report, summary
from generator.findings import Finding, VerkeerdGebruik, has_errors
from generator.model.base import tonen
from generator.register import read_register


@click.command(options_metavar="[OPTIES]")
@click.argument("woorden", nargs=-1, metavar="ID SOORT [SLEUTEL=WAARDE]… | PARTNER")
@click.option("--overleg", "maand", metavar="JJJJ-MM", help="Noteer het overleg van deze maand voor een partner.")
@click.option("--goed", is_flag=True, help="Elke evaluatie die niemand wilde bespreken, verliep goed.")
@root_option
@date_option
@help_option
def log(woorden: tuple[str, ...], maand: str | None, goed: bool, root: Path | None, op: date | None) -> None:
    """Voeg iets toe aan een logboek: ‘log VT-2026-014 overleg verloop=goed’, of het hele overleg van een partner:
    ‘log --overleg 2026-11 cgg --goed’."""
    from generator.aantekenen import Ingang, note, owed_evaluations
    from generator.output import write_files

    root, op = resolve(root, op)
    standen = read_standen(root)
    register, discussed = standen.register, list[str]()
    entries: dict[str, Ingang]
    if maand is not None:
        if not goed or len(woorden) != 1:
            raise VerkeerdGebruik("dit schrijft u zo: woontraject log --overleg 2026-11 PARTNER --goed")
        if woorden[0] not in register.partners:
            raise VerkeerdGebruik(f"de partner {woorden[0]} bestaat niet (wel: {', '.join(register.partners)})")
        entries, discussed = owed_evaluations(standen, woorden[0], read_maand(maand), op)
    else:
        name, entry = _entry(woorden, op)
        if goed or name not in register.dossiers:
            raise VerkeerdGebruik("--goed hoort bij --overleg" if goed else f"het dossier {name} bestaat niet")
        entries = {name: entry}
    changes, findings = note(root, register, entries, op, today())
    if has_errors(findings):
        click.echo(f"{lines(findings)}{summary(findings)}: er is niets geschreven", err=True)
        sys.exit(1)
    write_files(root, {change.path: change.tekst for change in changes})
    for change in changes:
        click.echo(f"{change.path}: {change.regel}")
    if maand is not None and not changes:
        click.echo("Er was geen evaluatie te noteren.")
    if discussed:
        click.echo(f"Noteer zelf wat er besproken is van {', '.join(discussed)}.")
    click.echo(f"{lines(findings)}{summary(findings)}", err=True)


def _entry(woorden: tuple[str, ...], op: date) -> tuple[str, dict[str, object]]:
    """The id of a dossier, and the entry that the words after it make."""
    if len(woorden) < 2 or not all("=" in word for word in woorden[2:]):
        raise VerkeerdGebruik(
            "dit schrijft u zo: woontraject log VT-2026-014 overleg verloop=goed 'conclusie=loopt goed'"
        )
    if any(re.search("[\ud800-\udfff]", word) for word in woorden):
        raise VerkeerdGebruik("deze tekst is geen UTF-8: kijk de instelling van uw terminal na")
    entry: dict[str, object] = {"soort": woorden[1], "datum": op}
    for key, _, value in (word.partition("=") for word in woorden[2:]):
        if not re.fullmatch("[a-z_]+", key):
            raise VerkeerdGebruik(f"{tonen(key)} is geen sleutel: schrijf er een zoals verloop, voor het gelijkteken")
        if key in entry and key not in ("soort", "datum"):
            known = entry[key]
            entry[key] = [*known, _value(value)] if isinstance(known, list) else [known, _value(value)]
        else:
            entry[key] = [value] if key == "aanwezig" else _value(value)
    return woorden[0], entry


def _value(text: str) -> object:
    """`true`, `false` and numbers as such; everything else is text."""
    if text in ("true", "false"):
        return text == "true"
    return int(text) if re.fullmatch("-?(0|[1-9][0-9]{0,5})", text) else text


@click.command(options_metavar="[OPTIES]")
@click.argument("paden", nargs=-1, metavar="[PAD]…")
@click.option("--check", "alleen_melden", is_flag=True, help="Schrijf niets, en meld wat er geschreven zou worden.")
@root_option
@help_option
def fmt(paden: tuple[str, ...], alleen_melden: bool, root: Path | None) -> None:
    """Zet dossiers in hun vaste vorm: de volgorde van de sleutels en van het logboek, niets leegs. De inhoud blijft."""
    from generator.load import load
    from generator.opmaak import make_opmaak
    from generator.output import write_files
    from generator.register import dossier_paths

    root, _ = resolve(root, None)
    wanted = [path_in(root, pad) for pad in paden]
    texts: dict[str, str | None] = {}
    findings: list[Finding] = []
    for path in _asked(dossier_paths(root), wanted):
        document, wrong = load(root / path, path)
        text, other = make_opmaak(document) if document and not wrong else (None, [])
        findings += [*wrong, *other]
        if text and document and text != document.text:
            texts[path] = text
    if findings:
        click.echo(f"{lines(findings)}{summary(findings)}: er is niets geschreven", err=True)
        sys.exit(1)
    if not alleen_melden:
        write_files(root, texts)
    click.echo("".join(f"{path}\n" for path in texts), nl=False)
    if texts and alleen_melden:
        click.echo("Deze dossiers staan niet in hun vaste vorm: zet ze erin met ‘woontraject fmt’.", err=True)
        sys.exit(1)


def _asked(found: list[str], wanted: list[str]) -> list[str]:
    """The dossiers at or below the paths that were given; all without any."""
    for path in wanted:
        if not any(below(name, path) for name in found) and (Path(path).suffix or not below(path, "dossiers")):
            raise VerkeerdGebruik(f"{path} is geen dossier: alleen bestanden in dossiers/ hebben een vaste vorm")
    return [name for name in found if not wanted or any(below(name, path) for path in wanted)]


@click.command(options_metavar="[OPTIES]")
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@root_option
@date_option
@help_option
def forget(ids: tuple[str, ...], root: Path | None, op: date | None) -> None:
    """Verwijder dossiers, en zeg wat daarna nog moet; wat ze telden voor het rapport, blijft."""
    from generator.forget import forget as forget_dossiers
    from generator.render.vergeten import forgotten_text

    root, op = resolve(root, op)
    register, findings = read_register(root)
    protocol = [found for found in findings if found.path.startswith("protocol/")]
    if register is None or has_errors(protocol):
        report(protocol)
    click.echo(forgotten_text(forget_dossiers(root, register, ids, op)), nl=False)
