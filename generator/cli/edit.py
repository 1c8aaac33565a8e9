"""The commands that change files of the register: they leave what people wrote there as it is."""

import re
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from generator.checks.dossier import unknown
from generator.cli.ask import below, path_in, read_maand, read_standen
from generator.cli.options import date_option, help_option, resolve, root_option, today
from generator.cli.read import read_with_protocol
from generator.cli.tell import lines, report, summary
from generator.findings import Finding, VerkeerdGebruik, has_errors
from generator.model.base import tonen
from generator.register import Register
from generator.traject import Standen
from generator.vragen import VELDEN, Vraag, next_question, read_answer, rules_of, title_of

F = TypeVar("F", bound=Callable[..., Any])
NIETS = ": er is niets geschreven"


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
        report(findings, NIETS)
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


def _several(name: str, what: str) -> Callable[[F], F]:
    """An option for what each traject names by itself; it may be given more than once."""
    return click.option(f"--{name}", f"{name}en", multiple=True, metavar="NAAM=WAARDE", help=f"{what}; mag meermaals.")


def _fields(function: F) -> F:
    """An option for each question that every traject has, in the words of its field."""
    for name in reversed(VELDEN):
        function = click.option(f"--{name}", name.replace("-", "_"), metavar="WAARDE", help=title_of(name))(function)
    return function


@click.command(options_metavar="[OPTIES]")
@click.argument("traject")
@_fields
@_several("doelgroep", "Wat de aanmelder opgaf over een criterium")
@_several("document", "De dag waarop een document ondertekend is")
@root_option
@date_option
@help_option
def new(
    traject: str,
    doelgroepen: tuple[str, ...],
    documenten: tuple[str, ...],
    root: Path | None,
    op: date | None,
    **gegeven: str | None,
) -> None:
    """Begin een dossier: vraagt wat nog niet gegeven is, toont welke momenten volgen, en schrijft het bestand."""
    from generator.history import History, read_history
    from generator.model.view import COORDINATIE
    from generator.nieuw import make_new
    from generator.output import write_files
    from generator.render.text import planning_text
    from generator.views import make_dossiers

    root, op = resolve(root, op)
    register = read_standen(root).register
    if traject not in register.trajecten:
        raise VerkeerdGebruik(unknown("het traject", traject, register.trajecten))
    given = {name.replace("_", "-"): value for name, value in gegeven.items() if value}
    given |= dict(_named("doelgroep", doelgroepen)) | dict(_named("document", documenten))
    known = _answers(register, traject, given, op)
    used = [Path(path).stem for path in read_history(root).commits if below(path, "dossiers")]
    made = make_new(register, traject, known, used, op, today())
    if has_errors(made.bevindingen):
        report(made.bevindingen, NIETS)
    dossiers = list(make_dossiers(Standen(made.register), History(), COORDINATIE, op, [made.id]))
    click.echo(planning_text(dossiers), nl=False)
    write_files(root, {made.pad: made.tekst})
    click.echo(f"Geschreven: {made.pad}")
    click.echo(f"{lines(made.bevindingen)}{summary(made.bevindingen)}", err=True)


def _named(kind: str, words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for word in words:
        name, sign, value = word.partition("=")
        if not sign or not value:
            raise VerkeerdGebruik(f"dit schrijft u zo: --{kind} NAAM=WAARDE, niet ‘{word}’")
        yield f"{kind}:{name}", value


def _answers(register: Register, traject: str, given: dict[str, str], op: date) -> dict[str, Any]:
    """What was given, and on a terminal what is asked for the rest: again, until it will do."""
    known: dict[str, Any] = {}
    ask = sys.stdin.isatty()
    for name in sorted(given, key=lambda name: name not in ("start", "aanmelding-datum")):  # they say which rules hold
        try:
            known[name] = read_answer(register, traject, known, op, name, given[name])
        except ValueError as error:
            raise VerkeerdGebruik(f"{_option(name)}: {error}") from None
    _refuse_without_rules(register, traject, known, op)
    missing = []
    while vraag := next_question(register, traject, known, op):
        if ask:
            known[vraag.sleutel] = _ask(register, traject, known, op, vraag)
        else:
            missing += [vraag] if vraag.verplicht and not _stands_in(vraag) else []
            known[vraag.sleutel] = vraag.voorstel if _stands_in(vraag) else None
    if missing:
        wanted = ", ".join(f"{_option(vraag.sleutel)} ({vraag.titel.lower()})" for vraag in missing)
        raise VerkeerdGebruik(f"dit ontbreekt nog: {wanted}")
    if known.get("begeleider") and not known.get("start"):
        raise VerkeerdGebruik("een begeleider vraagt een start: vul ook --start in")
    _refuse_without_rules(register, traject, known, op)
    return known


def _refuse_without_rules(register: Register, traject: str, known: dict[str, Any], op: date) -> None:
    if rules_of(register, traject, known, op) is None:
        raise VerkeerdGebruik(f"op die dag had het traject {traject} nog geen regels: kijk de datum na")


def _stands_in(vraag: Vraag) -> bool:
    """Who refers mostly guides: one name will do for both."""
    return vraag.verplicht and vraag.sleutel in ("aanmelder", "partner") and bool(vraag.voorstel)


def _option(sleutel: str) -> str:
    kind, sign, name = sleutel.partition(":")
    return f"--{kind}{f' {name}=…' if sign else ''}"


def _ask(register: Register, traject: str, known: dict[str, Any], op: date, vraag: Vraag) -> Any:
    click.echo(f"\n{vraag.uitleg}{'' if vraag.verplicht else ' (leeg mag)'}")
    while True:
        text = click.prompt(vraag.titel, default=vraag.voorstel, show_default=bool(vraag.voorstel)).strip()
        if not text and not vraag.verplicht:
            return None
        try:
            if text:
                return read_answer(register, traject, known, op, vraag.sleutel, text)
            click.echo("Dit is nodig: vul iets in.")
        except ValueError as error:
            click.echo(f"Dat kan niet: {error}")


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
        report(findings, NIETS)
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
    register = read_with_protocol(root)
    click.echo(forgotten_text(forget_dossiers(root, register, ids, op)), nl=False)
