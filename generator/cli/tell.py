"""What is printed, and with which exit code: 1 when errors were found, 2 for wrong use."""

import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn, Protocol

import click

from generator.findings import Finding, Level

WRONG_USE = 2


def report(findings: Sequence[Finding], gevolg: str = "") -> NoReturn:
    """What was found, and what comes of it."""
    click.echo(f"{lines(findings)}{summary(findings)}{gevolg}", err=True)
    sys.exit(1)


def lines(findings: Sequence[Finding]) -> str:
    return "".join(f"{finding}\n" for finding in sorted(set(findings)))


def stop(text: str, code: int) -> NoReturn:
    with suppress(OSError):  # nobody can be told: the exit code does
        click.echo(f"woontraject: {text}", err=True)
    sys.exit(code)


class HasLevel(Protocol):
    @property
    def level(self) -> Level: ...


def summary(findings: Sequence[HasLevel]) -> str:
    errors = sum(finding.level == "fout" for finding in findings)
    return f"{_count(errors, 'fout', 'fouten')}, {_count(len(findings) - errors, 'waarschuwing', 'waarschuwingen')}"


def _count(number: int, one: str, more: str) -> str:
    return f"{number or 'geen'} {one if number == 1 else more}"
