"""The commands that exchange dossiers with a spreadsheet."""

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from generator.checks import check as check_all
from generator.cli.ask import read_standen
from generator.cli.options import date_option, help_option, resolve, root_option, today
from generator.cli.tell import report, summary
from generator.findings import Gestopt, VerkeerdGebruik, has_errors
from generator.invoer import Invoer, make_invoer
from generator.kolommen import gewoon, make_kolommen
from generator.koppelen import Koppeling, koppel
from generator.model.kolom import Kolom
from generator.model.view import PUBLIEK
from generator.output import write_files, write_private
from generator.traject import Standen
from generator.werkmap import Blad, letters, read_blad


@click.command(options_metavar="[OPTIES]")
@click.option(
    "--doelgroep",
    metavar="DOELGROEP",
    default="coordinatie",
    help="Wat deze doelgroep mag zien: coordinatie (standaard) of zoals partners/cgg.",
)
@click.option("--format", "vorm", type=click.Choice(["csv", "xlsx"]), required=True, help="Vorm van het rekenblad.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="BESTAND",
    help="Schrijf het hierin; alleen u kunt het lezen (csv: standaard op het scherm).",
)
@root_option
@date_option
@help_option
def export(doelgroep: str, vorm: str, out: Path | None, root: Path | None, op: date | None) -> None:
    """Zet wat een doelgroep mag zien in een rekenblad: een dossier per rij."""
    from generator.history import History
    from generator.render.tabellen import make_tabellen
    from generator.render.werkblad import to_csv, to_xlsx
    from generator.views import audiences, make_bladen, make_view

    root, op = resolve(root, op)
    if vorm == "xlsx" and out is None:
        raise VerkeerdGebruik("een .xlsx komt niet op het scherm: geef --out BESTAND")
    standen = read_standen(root)
    known = {audience.naam: audience for audience in audiences(standen.register) if audience != PUBLIEK}
    if doelgroep == PUBLIEK.naam:
        raise VerkeerdGebruik(f"publiek ziet geen dossiers: kies {', '.join(known)}")
    if doelgroep not in known:
        raise VerkeerdGebruik(f"de doelgroep {doelgroep} bestaat niet (wel: {', '.join(known)})")
    findings = check_all(standen, op, today())
    if has_errors(findings):
        report([found for found in findings if found.level == "fout"])
    seen = standen, History(), known[doelgroep], op
    tables = make_tabellen(make_view(*seen, ""), [*make_bladen(*seen)])
    content = to_csv(tables[0]) if vorm == "csv" else to_xlsx(tables)
    if out is None:
        click.echo(content, nl=False)
    else:
        write_private(out, content)
        click.echo(f"Geschreven in {out}: {_count(len(tables[0].rijen))}.")


@click.command("import", options_metavar="[OPTIES]")
@click.argument("bestand", metavar="BESTAND", type=click.Path(path_type=Path))
@click.argument("traject")
@click.option(
    "--sjabloon", is_flag=True, help="Lees niets: schrijf een leeg blad om in te vullen naar BESTAND (.xlsx)."
)
@click.option("--blad", metavar="NAAM", help="Het blad met de lijst, als er meer dan een ingevuld is.")
@click.option(
    "--map",
    "koppen",
    multiple=True,
    metavar="KOP=VELD",
    help="Welk veld een kolom is (KOP= laat ze weg); mag meermaals.",
)
@click.option("--dry-run", is_flag=True, help="Zeg wat er zou gebeuren, en schrijf niets.")
@click.option("--yes", "ja", is_flag=True, help="Schrijf zonder te vragen, als alles klopt.")
@root_option
@date_option
@help_option
def import_(
    bestand: Path,
    traject: str,
    sjabloon: bool,
    blad: str | None,
    koppen: Sequence[str],
    dry_run: bool,
    ja: bool,
    root: Path | None,
    op: date | None,
) -> None:
    """Maak dossiers van een rekenblad (.xlsx of .csv): een dossier per rij, of niets als er iets niet klopt."""
    root, op = resolve(root, op)
    standen = read_standen(root)
    kolommen = _columns(standen, traject)
    if sjabloon:
        _write_template(bestand, standen, traject, kolommen)
    elif not (ja or dry_run or _on_terminal()):
        raise VerkeerdGebruik("er is geen terminal om iets te vragen: geef --yes om te schrijven, of --dry-run")
    else:
        sheet = read_blad(bestand, blad)
        koppeling = _mapped(sheet, kolommen, koppen)
        invoer = make_invoer(standen.register, sheet, kolommen, koppeling, traject, op, today())
        _finish(root, invoer, ja=ja, dry_run=dry_run)


def _columns(standen: Standen, traject: str) -> tuple[Kolom, ...]:
    versies = standen.register.trajecten.get(traject)
    if not versies:
        raise VerkeerdGebruik(f"het traject {traject} bestaat niet (wel: {', '.join(standen.register.trajecten)})")
    return make_kolommen(versies[-1].regels, standen.register.partners)


def _write_template(bestand: Path, standen: Standen, traject: str, kolommen: tuple[Kolom, ...]) -> None:
    from generator.render.invulblad import make_invulblad

    if bestand.suffix.lower() != ".xlsx":
        raise VerkeerdGebruik(f"{bestand}: een sjabloon is een .xlsx")
    if bestand.exists():
        raise Gestopt(f"{bestand} bestaat al: kies een andere naam")
    write_private(bestand, make_invulblad(standen.register.trajecten[traject][-1].regels.titel, kolommen))
    click.echo(f"Geschreven in {bestand}. Vul het in en ga verder met: woontraject import {bestand} {traject}")


def _mapped(blad: Blad, kolommen: tuple[Kolom, ...], koppen: Sequence[str]) -> Koppeling:
    """What each column is, told before anything is told of the rows."""
    koppeling = koppel(blad, kolommen, _asked(koppen))
    _show(blad, koppeling)
    if koppeling.fouten:
        click.echo("\n".join((*koppeling.fouten, "Er is niets geschreven.")), err=True)
        sys.exit(1)
    return koppeling


def _asked(koppen: Sequence[str]) -> dict[str, str]:
    for kop in koppen:
        if "=" not in kop:
            raise VerkeerdGebruik(
                f"--map schrijft u zo: --map 'Ondertekend op=documenten.huurovereenkomst', niet ‘{kop}’"
            )
    return {heading: field for heading, _, field in (kop.rpartition("=") for kop in koppen)}


def _show(blad: Blad, koppeling: Koppeling) -> None:
    """The mapping."""
    where = f", blad {blad.naam}" if blad.naam else ""
    click.echo(f"Kolommen van {blad.bestand}{where}:")
    width = max(len(column.kop) for column in koppeling.kolommen)
    for column in koppeling.kolommen:
        hint = f" (lijkt op ‘{column.lijkt_op}’: geef --map)" if column.lijkt_op else ""
        target = f"→ {column.kolom.veld}" if column.kolom else f"wordt niet overgenomen{hint}"
        click.echo(f"  {letters(column.nummer):<3} {column.kop:<{width}}  {target}")
    if koppeling.ontbreekt:
        click.echo("Zonder kolom:")
        for kolom in koppeling.ontbreekt:
            click.echo(f"  {kolom.titel} ({kolom.veld})")
    if blad.codering:
        click.echo(f"Gelezen als {blad.codering}: kijk letters met een accent na, of bewaar het als ‘CSV UTF-8’.")
    click.echo("Een datum in tekst wordt gelezen als dag/maand/jaar of als JJJJ-MM-DD.")


def _finish(root: Path, invoer: Invoer, *, ja: bool, dry_run: bool) -> None:
    """Tell what is wrong; write when nothing is, and somebody wants it."""
    for melding in invoer.meldingen:
        click.echo(str(melding), err=True)
    click.echo(summary(invoer.meldingen), err=True)
    if not invoer.goed:
        click.echo("Er is niets geschreven.", err=True)
        sys.exit(1)
    if not invoer.bestanden:
        raise Gestopt("er is geen rij met een dossier")
    new = _count(len(invoer.bestanden))
    if dry_run:
        click.echo(f"Alles klopt voor {new}. Er is niets geschreven.")
    elif ja or _agrees(f"{new} schrijven? (ja of nee)"):
        write_files(root, invoer.bestanden)
        for path in invoer.bestanden:
            click.echo(path)
        click.echo(f"Geschreven: {new}.")
    else:
        click.echo("Er is niets geschreven.")


def _on_terminal() -> bool:
    return sys.stdin.isatty()


def _agrees(question: str) -> bool:
    return gewoon(click.prompt(question, default="nee", show_default=False)) in ("j", "ja")


def _count(number: int) -> str:
    return "1 dossier" if number == 1 else f"{number} dossiers"
