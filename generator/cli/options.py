"""What commands share: the options for root, date and form; the clock."""

import re
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import click

from generator.model.base import read_datum

F = TypeVar("F", bound=Callable[..., Any])


class Dag(click.ParamType[date]):
    name = "JJJJ-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return read_datum(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


class Deel(click.ParamType[tuple[int, int]]):
    """Which part of how many: `2/4`."""

    name = "K/N"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        found = re.fullmatch(r"([1-9]\d{0,2})/([1-9]\d{0,2})", str(value), re.ASCII)
        if not found or int(found[1]) > int(found[2]):
            self.fail(f"verwacht een deel en hoeveel er zijn, zoals 2/4, niet ‘{value}’", param, ctx)
        return int(found[1]), int(found[2])


def format_option(*forms: str) -> Callable[[F], F]:
    help_text = "Vorm van de uitvoer."
    return click.option("--format", "vorm", type=click.Choice(forms), default=forms[0], help=help_text)


def help_option(function: F) -> F:
    return click.help_option("--help", "-h", help="Toon deze uitleg.")(function)


def root_option(function: F) -> F:
    kind = click.Path(exists=True, file_okay=False, path_type=Path)
    return click.option("--root", type=kind, metavar="MAP", help="Map van het register (standaard: hier).")(function)


def date_option(function: F) -> F:
    return click.option("--date", "op", type=Dag(), help="Dag waarop gekeken wordt (standaard: vandaag).")(function)


def resolve(root: Path | None, op: date | None) -> tuple[Path, date]:
    """Root and date, given before or after the command; else here, today."""
    given = click.get_current_context().obj
    return root or given["root"] or Path(), op or given["op"] or today()


def now() -> datetime:
    return datetime.now(ZoneInfo("Europe/Brussels"))


def today() -> date:
    return now().date()
