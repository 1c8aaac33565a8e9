"""The commands that tell what follows from the register on a date."""

import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from generator.buren import read_with_neighbours
from generator.checks import check as check_all
from generator.checks import check_dossiers
from generator.checks.dossier import unknown
from generator.cli.options import Dag, date_option, format_option, help_option, resolve, root_option, today
from generator.cli.read import read_or_report
from generator.cli.tell import lines, report, summary
from generator.findings import Gestopt, VerkeerdGebruik, has_errors
from generator.model.base import read_datum
from generator.register import read_register
from generator.traject import Standen


@click.command(options_metavar="[OPTIES]")
@click.argument("paden", nargs=-1, metavar="[PAD]…")
@click.option(
    "--format",
    "vorm",
    type=click.Choice(["text", "json", "github", "gitlab"]),
    default="text",
    help="Vorm van de uitvoer.",
)
@root_option
@date_option
@help_option
def check(paden: tuple[str, ...], vorm: str, root: Path | None, op: date | None) -> None:
    """Lees en controleer alles; meld wat er op de gegeven paden niet klopt."""
    from generator.render import bevindingen
    from generator.sources import check_sources

    root, op = resolve(root, op)
    wanted = [path_in(root, pad) for pad in paden] or ["."]

    def is_wanted(path: str) -> bool:
        return any(below(path, folder) for folder in wanted)

    if all(below(path, "dossiers") for path in wanted):
        register, findings = read_with_neighbours(root, is_wanted)
        findings += check_dossiers(Standen(register), op, today()) if register else []
    else:
        register, findings = read_register(root)
        findings += [*check_all(Standen(register), op, today()), *check_sources(root, register)] if register else []
    shown = sorted({found for found in findings if is_wanted(found.path)})
    click.echo(getattr(bevindingen, f"findings_{vorm}")(shown), nl=False)
    if vorm == "github" and (summary_file := os.environ.get("GITHUB_STEP_SUMMARY")):
        from generator.render.samenvatting import findings_markdown

        with Path(summary_file).open("a", encoding="utf-8") as file:
            file.write(findings_markdown(shown))
    click.echo(summary(shown), err=True)
    sys.exit(1 if has_errors(shown) else 0)


@click.command(options_metavar="[OPTIES]")
@click.argument("ids", nargs=-1, metavar="[ID]…")
@format_option("table", "json")
@click.option("--explain", is_flag=True, help="Zeg van elk moment waarom het op die datum valt.")
@root_option
@date_option
@help_option
def planning(ids: tuple[str, ...], vorm: str, explain: bool, root: Path | None, op: date | None) -> None:
    """Fase, einde en momenten van elk dossier."""
    from generator.history import History
    from generator.model.view import COORDINATIE
    from generator.render import data, text
    from generator.views import make_bladen, make_dossiers

    root, op = resolve(root, op)
    standen = read_standen(root)
    for name in ids:
        if name not in standen.register.dossiers:
            raise VerkeerdGebruik(f"het dossier {name} bestaat niet")
    stop_on_errors(standen, op, list(ids or standen.register.dossiers))
    if explain:
        bladen = make_bladen(standen, History(), COORDINATIE, op, ids or None)
        click.echo("\n".join(map(text.explain_text, bladen)), nl=False)
        return
    dossiers = list(make_dossiers(standen, History(), COORDINATIE, op, ids or None))
    if vorm == "json":
        click.echo(data.planning_json(op, dossiers), nl=False)
    else:
        click.echo(text.planning_text(dossiers), nl=False)


@click.command(options_metavar="[OPTIES]")
@click.argument("partner")
@click.argument("maand", metavar="JJJJ-MM")
@format_option("text", "json")
@root_option
@date_option
@help_option
def agenda(partner: str, maand: str, vorm: str, root: Path | None, op: date | None) -> None:
    """De agenda van één partner voor één maand, zoals die partner ze krijgt."""
    from generator.agenda import make_agenda
    from generator.render import data, text

    root, op = resolve(root, op)
    read_maand(maand)
    standen = read_standen(root)
    if partner not in standen.register.partners:
        raise VerkeerdGebruik(f"de partner {partner} bestaat niet (wel: {', '.join(standen.register.partners)})")
    own = [d.id for d in standen.register.dossiers.values() if partner in (d.aanmelder, *d.begeleiders)]
    stop_on_errors(standen, op, own)
    result = make_agenda(standen, partner, maand, op, op)
    if vorm == "json":
        click.echo(data.value_json(result), nl=False)
    else:
        click.echo(text.agenda_text(result, standen.register.partners[partner].naam), nl=False)


@click.command(options_metavar="[OPTIES]")
@click.argument("naam", metavar="ID")
@format_option("text", "json")
@root_option
@date_option
@help_option
def zicht(naam: str, vorm: str, root: Path | None, op: date | None) -> None:
    """Wie ziet wat van een dossier, en waarom."""
    from generator.render import data, text
    from generator.wie_ziet import who_sees

    root, op = resolve(root, op)
    standen = read_standen(root)
    if naam not in standen.register.dossiers:
        raise VerkeerdGebruik(f"het dossier {naam} bestaat niet")
    stop_on_errors(standen, op, [naam])
    result = who_sees(standen, standen.register.dossiers[naam], op)
    click.echo(data.value_json(result) if vorm == "json" else text.sight_text(result), nl=False)


@click.command(options_metavar="[OPTIES]")
@click.option("--partner", metavar="PARTNER", help="De lijst van deze partner, in plaats van die van de coördinatie.")
@format_option("text", "json")
@root_option
@date_option
@help_option
def werklijst(partner: str | None, vorm: str, root: Path | None, op: date | None) -> None:
    """Wat er te doen is, het dringendste eerst."""
    from generator.render import data, text
    from generator.werklijst import make_partnerlijst, make_werklijst

    root, op = resolve(root, op)
    standen = read_standen(root)
    if partner and partner not in standen.register.partners:
        raise VerkeerdGebruik(f"de partner {partner} bestaat niet (wel: {', '.join(standen.register.partners)})")
    stop_on_errors(standen, op, list(standen.register.dossiers))
    tasks = make_partnerlijst(standen, partner, op) if partner else make_werklijst(standen, op)
    click.echo(data.werklijst_json(op, tasks) if vorm == "json" else text.werklijst_text(tasks), nl=False)


@click.command(options_metavar="[OPTIES]")
@click.argument("datum", type=Dag(), metavar="JJJJ-MM-DD")
@format_option("text", "json")
@root_option
@date_option
@help_option
def intervisie(datum: date, vorm: str, root: Path | None, op: date | None) -> None:
    """De agenda van de intervisie van een dag: cliënten, aanmeldingen, diensten."""
    from generator.intervisie import make_intervisie
    from generator.render import data, text

    root, op = resolve(root, op)
    standen = read_standen(root)
    stop_on_errors(standen, op, list(standen.register.dossiers))
    known = standen.register.kalender.intervisie.data
    if datum not in known:
        days = ", ".join(map(str, sorted(known))) or "nooit"
        raise VerkeerdGebruik(f"op {datum} is er geen intervisie (wel: {days})")
    result = make_intervisie(standen, datum, op)
    click.echo(data.value_json(result) if vorm == "json" else text.intervisie_text(result), nl=False)


@click.command(options_metavar="[OPTIES]")
@click.option("--van", type=Dag(), help="Eerste dag (standaard: het begin).")
@click.option("--tot", type=Dag(), help="Laatste dag (standaard: de dag waarop gekeken wordt).")
@format_option("text", "json")
@root_option
@date_option
@help_option
def rapport(van: date | None, tot: date | None, vorm: str, root: Path | None, op: date | None) -> None:
    """De cijfers voor de stuurgroep over een periode."""
    from generator.render import data, text
    from generator.report import BEGIN, make_report

    root, op = resolve(root, op)
    van, tot = van or BEGIN, tot or op
    if van > tot:
        raise VerkeerdGebruik(f"--van ({van}) ligt na --tot ({tot})")
    standen = read_standen(root)
    stop_on_errors(standen, tot, list(standen.register.dossiers))
    result = make_report(standen, tot, van)
    click.echo(data.value_json(result) if vorm == "json" else text.report_text(result), nl=False)


@click.command(options_metavar="[OPTIES]")
@click.argument("naam", metavar="ID")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="BESTAND",
    help="Schrijf het hierin; alleen u kunt het lezen (standaard: op het scherm).",
)
@format_option("text", "json")
@root_option
@date_option
@help_option
def inzage(naam: str, out: Path | None, vorm: str, root: Path | None, op: date | None) -> None:
    """Alles wat over één dossier bijgehouden wordt, voor de huurder die ernaar vraagt."""
    from generator.history import days_of_change
    from generator.inzage import make_inzage
    from generator.output import write_private
    from generator.render import data
    from generator.render.inzage import inzage_text

    root, op = resolve(root, op)
    register, findings = read_or_report(root)
    path = register.bestand(naam)
    if path is None and naam in register.onleesbaar:
        report([found for found in findings if below(found.path, "dossiers") and Path(found.path).stem == naam])
    if path is None:
        raise VerkeerdGebruik(unknown("het dossier", naam, register.dossiers))
    findings += check_all(Standen(register), op, today())
    protocol = [found for found in findings if below(found.path, "protocol") and found.level == "fout"]
    findings = [*protocol, *(found for found in findings if found.path == path)]
    try:
        changed = days_of_change(root, path)
    except Gestopt as stopped:
        click.echo(f"woontraject: {stopped}", err=True)
        changed = ()
    result = make_inzage(register, naam, path, op, changed, afleiden=not protocol)
    text = data.value_json(result) if vorm == "json" else inzage_text(result)
    if out:
        write_private(out, text)
    click.echo(f"Geschreven in {out}." if out else text, nl=bool(out))
    click.echo(f"{lines(findings)}{summary(findings)}", err=True)


def read_standen(root: Path) -> Standen:
    """The register, when every file can be read."""
    register, findings = read_register(root)
    if register is None or has_errors(findings):
        report(findings)
    return Standen(register)


def read_maand(maand: str) -> str:
    """A month `JJJJ-MM` as it was given."""
    try:
        read_datum(f"{maand}-01")
    except ValueError:
        raise VerkeerdGebruik(f"verwacht een maand als 2026-11, niet ‘{maand}’") from None
    return maand


def stop_on_errors(standen: Standen, op: date, dossiers: Sequence[str]) -> None:
    """What follows from a dossier that breaks a rule is not worth telling."""
    paths = {standen.register.paden[name] for name in dossiers}
    findings = [f for f in check_all(standen, op, today()) if f.path in paths]
    if has_errors(findings):
        report(findings)


def path_in(root: Path, pad: str) -> str:
    """A path that was given, from here or from the root, as findings name it."""
    for base in (Path(), root):
        found = base / pad
        if found.exists() or found.is_symlink():
            try:
                return (
                    Path(os.path.normpath(found.absolute())).relative_to(os.path.normpath(root.absolute())).as_posix()
                )
            except ValueError:
                continue  # it is there, but outside the register: perhaps the root has one of that name too
    raise VerkeerdGebruik(f"{pad}: dit pad bestaat niet in het register")


def below(path: str, folder: str) -> bool:
    return folder in (".", path) or path.startswith(f"{folder}/")
