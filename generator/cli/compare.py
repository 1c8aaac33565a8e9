"""The command that tells what a change means for people."""

import sys
from datetime import date
from pathlib import Path

import click

from generator.cli.options import date_option, format_option, help_option, resolve, root_option, today
from generator.cli.read import read_or_report


@click.command(options_metavar="[OPTIES]")
@click.argument("basis", required=False, metavar="[BASIS]")
@format_option("text", "markdown", "json")
@root_option
@date_option
@help_option
def diff(basis: str | None, vorm: str, root: Path | None, op: date | None) -> None:
    """Wat de wijzigingen betekenen voor mensen, tegenover BASIS: een tak, een label of een commit van git (standaard:
    waar deze tak van de hoofdtak vertrok). Alleen namen van velden en datums, nooit teksten uit een dossier."""
    from generator.render import data
    from generator.render.verschil import verschil_markdown, verschil_text
    from generator.revisie import find_base, read_revision
    from generator.verschil import make_verschil

    root, op = resolve(root, op)
    base = find_base(root, basis)
    nu, findings = read_or_report(root)
    toen, found = read_revision(root, base, nu)
    result = make_verschil(toen, nu, (found, findings), base, op, today())
    forms = {"text": verschil_text, "markdown": verschil_markdown, "json": data.value_json}
    click.echo(forms[vorm](result), nl=False)
    if wrong := [item for item in result.onvolledig if item.kant == "nu"]:
        files = "1 bestand bevat" if len(wrong) == 1 else f"{len(wrong)} bestanden bevatten"
        click.echo(f"woontraject: {files} fouten: zie ‘woontraject check’", err=True)
        sys.exit(1)
