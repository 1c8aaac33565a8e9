"""Findings for the summary of a workflow, which shows all of them."""

from collections.abc import Sequence

from generator.findings import Finding
from generator.render.verschil import escape

MAX_RIJEN = 500
"""A summary holds no more than a megabyte."""


def findings_markdown(findings: Sequence[Finding]) -> str:
    """A table of findings, the errors first; where nothing is wrong a line that says so."""
    if not findings:
        return "## Nakijken\n\nEr is niets gevonden.\n"
    rows = sorted(findings, key=lambda found: (found.level != "fout", found))
    more = len(rows) - MAX_RIJEN
    lines = ["## Nakijken", "", "| | Waar | Code | Wat |", "| --- | --- | --- | --- |", *map(_row, rows[:MAX_RIJEN])]
    return "\n".join([*lines, *(["", f"… en nog {more}."] if more > 0 else [])]) + "\n"


def _row(found: Finding) -> str:
    where = f"{escape(found.path)}, regel {found.line}"
    return f"| {found.level} | {where} | {escape(found.code)} | {escape(found.text)} |"
