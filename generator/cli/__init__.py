"""The command `woontraject`: arguments, the clock, printing. Every side effect begins here."""

import os
import signal
import sys
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn, TextIO

import click

from generator.cli.dutch import Formatter, in_dutch
from generator.cli.options import date_option, help_option, root_option
from generator.cli.tell import WRONG_USE, stop
from generator.findings import Gestopt, VerkeerdGebruik, stopped_by

click.Context.formatter_class = Formatter


COMMANDS = {
    "check": "ask.check",
    "planning": "ask.planning",
    "agenda": "ask.agenda",
    "zicht": "ask.zicht",
    "werklijst": "ask.werklijst",
    "intervisie": "ask.intervisie",
    "rapport": "ask.rapport",
    "inzage": "ask.inzage",
    "diff": "compare.diff",
    "new": "edit.new",
    "log": "edit.log",
    "fmt": "edit.fmt",
    "forget": "edit.forget",
    "import": "exchange.import_",
    "export": "exchange.export",
    "edit": "forms.edit",
    "build": "make.build",
    "merge": "make.merge",
    "serve": "make.serve",
    "mail": "mail.mail",
    "forms": "forms.forms",
    "server-config": "make.server_config",
    "schema": "make.schema",
    "init": "make.init",
}
"""Where each command stands in this package, in the order of the help."""


class _Commands(click.Group):
    """The commands, each read when it is asked for; what stops one is told in Dutch: exit code 1; 2 for wrong use."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            if ctx.resilient_parsing or cmd_name.startswith("-"):
                return None
            raise click.exceptions.NoSuchCommand(cmd_name, possibilities=COMMANDS, ctx=ctx)
        module, name = COMMANDS[cmd_name].split(".")
        command: click.Command = getattr(import_module(f"generator.cli.{module}"), name)
        return command

    def main(self, *args: Any, **options: Any) -> NoReturn:
        try:
            sys.exit(super().main(*args, **options | {"standalone_mode": False}))
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.ctx.get_help() if error.ctx else "", err=True)
            sys.exit(WRONG_USE)
        except click.ClickException as error:
            stop(in_dutch(error), WRONG_USE)
        except Gestopt as stopped:
            stop(str(stopped), WRONG_USE if isinstance(stopped, VerkeerdGebruik) else 1)
        except click.Abort:
            stop("afgebroken", 130)
        except OSError as error:
            stop(str(stopped_by(error)), 1)


@click.group(
    cls=_Commands,
    context_settings={"max_content_width": 100},
    options_metavar="[OPTIES]",
    subcommand_metavar="OPDRACHT …",
)
@root_option
@date_option
@help_option
@click.pass_context
def cli(context: click.Context, root: Path | None, op: date | None) -> None:
    """Dossiers in YAML en een protocol als gegevens: agenda’s, kalenders en sites voor woonbegeleiding."""
    context.obj = {"root": root, "op": op}


def main() -> None:
    """Run the command, whatever the terminal's encoding and whoever ends it."""
    for stream in filter(None, (sys.stdout, sys.stderr)):  # None: it was closed before we began
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    for name in ("SIGTERM", "SIGHUP"):
        _end_as_by_ctrl_c(name)
    try:
        cli.main(prog_name="woontraject")
    except SystemExit as ended:
        written = [_is_written(stream) for stream in (sys.stdout, sys.stderr) if stream]
        raise SystemExit(ended.code if all(written) else ended.code or 1) from None


def _is_written(stream: TextIO) -> bool:
    """Whether all that was told went out. What cannot goes nowhere: at exit Python would complain of it, in English."""
    try:
        stream.flush()
    except OSError:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
        return False
    return True


def _end_as_by_ctrl_c(name: str) -> None:
    """A signal that ends the process on the spot would leave half a folder behind. One that is ignored stays so."""
    number = getattr(signal, name, None)  # no SIGHUP on Windows
    if number and signal.getsignal(number) == signal.SIG_DFL:
        signal.signal(number, signal.default_int_handler)
