"""The commands for mails to partners."""

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import options
from generator.cli.ask import read_maand, read_standen
from generator.cli.options import date_option, help_option, resolve, root_option
from generator.cli.tell import report
from generator.findings import Gestopt, VerkeerdGebruik, has_errors
from generator.model.view import Mailsoort
from generator.register import Register

if TYPE_CHECKING:  # it brings the templates of mails along, and no other command needs them
    from generator.render.mail import Brief

SOORTEN: tuple[Mailsoort, ...] = ("aankondiging", "conclusies", "aanmelding")


@click.group(options_metavar="[OPTIES]", subcommand_metavar="OPDRACHT …")
@help_option
def mail() -> None:
    """Mails aan partners: aankondigingen, conclusies en besluiten over aanmeldingen."""


@mail.command(options_metavar="[OPTIES]")
@click.argument("maand", metavar="JJJJ-MM")
@click.argument("soort", type=click.Choice(SOORTEN), required=False, metavar="[aankondiging|conclusies|aanmelding]")
@click.option("--partner", "partners", multiple=True, metavar="PARTNER", help="Alleen aan deze partner; mag meermaals.")
@click.option("--dry-run", is_flag=True, help="Toon wat verstuurd zou worden; verstuur en noteer niets.")
@click.option("--again", is_flag=True, help="Verstuur ook wat onzeker is, en opnieuw wat sindsdien gewijzigd is.")
@root_option
@date_option
@help_option
def send(
    maand: str,
    soort: Mailsoort | None,
    partners: tuple[str, ...],
    dry_run: bool,
    again: bool,
    root: Path | None,
    op: date | None,
) -> None:
    """Verstuur de mails van een maand die nog niet verstuurd zijn, en noteer dat in protocol/overleg/."""
    from generator.verzenden import alone

    root, op = resolve(root, op)
    read_maand(maand)
    if dry_run:
        _show(_chosen(_letters(root, op, maand, soort, partners)[1], again))
        return
    with alone(root):
        register, letters = _letters(root, op, maand, soort, partners)
        chosen = _chosen(letters, again)
        if not chosen:
            click.echo("Er is niets te versturen.")
            return
        sys.exit(0 if _send(root, register, chosen, op) else 1)


def _letters(
    root: Path, op: date, maand: str, soort: Mailsoort | None, partners: tuple[str, ...]
) -> "tuple[Register, list[Brief]]":
    """The mails of a month as their receivers get them; a register with any error sends nothing."""
    from generator.checks import check
    from generator.history import read_history
    from generator.render.mail import make_letter
    from generator.sources import read_sources
    from generator.views import make_mails

    standen = read_standen(root)
    register = standen.register
    if has_errors(findings := check(standen, op, options.today())):
        report(findings)
    for partner in partners:
        if partner not in register.partners:
            raise VerkeerdGebruik(f"de partner {partner} bestaat niet (wel: {', '.join(register.partners)})")
    templates = read_sources(root).texts.templates
    mails = make_mails(standen, read_history(root), maand, op)
    wanted = [mail for mail in mails if soort in (None, mail.soort) and (not partners or mail.partner in partners)]
    return register, [make_letter(mail, templates) for mail in wanted]


def _chosen(letters: "list[Brief]", again: bool) -> "list[Brief]":
    """Those to send now; of the others it is told why not."""
    from generator.verzenden import reason_to_skip

    reasons = [(brief, reason_to_skip(brief, again=again)) for brief in letters]
    for brief, reason in reasons:
        if reason:
            click.echo(f"{brief.mail.naam}: {reason}")
    return [brief for brief, reason in reasons if reason is None]


def _show(letters: "list[Brief]") -> None:
    """What would be sent; nothing is, and nothing is noted."""
    _refuse_nameless(letters)
    for brief in letters:
        click.echo(
            f"{brief.mail.naam}\nAan: {brief.mail.aan}\nOnderwerp: {brief.onderwerp}\n\n{brief.tekst}\n{'-' * 72}"
        )
    click.echo(f"Mails die zouden vertrekken: {len(letters)}. Er is niets verstuurd.")


def _refuse_nameless(letters: "list[Brief]") -> None:
    nameless = sorted({brief.mail.partner for brief in letters if brief.mail.aan is None})
    if nameless:
        text = "zonder e-mailadres in protocol/partners.yaml kan er niets vertrekken"
        raise Gestopt(f"{text}: vul ‘contact: {{email: …}}’ in voor {', '.join(nameless)}")


def _send(root: Path, register: Register, letters: "list[Brief]", op: date) -> bool:
    """Whether every mail was taken. What became of each is told once, whatever stops the rest."""
    from generator.smtp import Postbode, read_server
    from generator.verzenden import send_letters

    _refuse_nameless(letters)
    post = Postbode(read_server(os.environ, register.organisatie.email))
    told: list[str] = []
    sent = 0
    bar = click.progressbar(length=len(letters), label="Mails", file=sys.stderr, item_show_func=lambda item: item)
    try:
        with bar:
            for brief, answer in send_letters(root, letters, post, op, options.now):
                sent += answer.stand == "verstuurd"
                told.append(_line(brief, answer.stand, answer.tekst))
                bar.update(1, brief.mail.partner)
    finally:
        for line in told:
            click.echo(line)
        for brief in letters[len(told) :]:
            click.echo(_line(brief, "niet verstuurd", ""))
        noted = f"; dat staat in protocol/overleg/{letters[0].mail.maand}.yaml" if told else ""
        click.echo(f"{sent} van {len(letters)} mails verstuurd{noted}.")
    return sent == len(letters)


def _line(brief: "Brief", stand: str, said: str) -> str:
    what_to_do = {
        "geweigerd": f" ({said}): kijk het adres na en probeer opnieuw",
        "onzeker": f" ({said}): vraag na of hij aankwam; hij vertrekt niet nog eens zonder --again",
    }
    return f"{brief.mail.naam}: {stand} aan {brief.mail.aan}{what_to_do.get(stand, '')}"
