"""Reading the register for a command: what cannot be read is told, and ends it."""

from pathlib import Path

from generator.cli.tell import report
from generator.findings import Finding, has_errors
from generator.register import Register, read_register


def read_or_report(root: Path) -> tuple[Register, list[Finding]]:
    """The register, whatever is wrong in some of its files, and what that is."""
    register, findings = read_register(root)
    if register is None:
        report(findings)
    return register, findings


def read_with_protocol(root: Path) -> Register:
    """The register, when its protocol has no error; dossiers may have some."""
    register, findings = read_register(root)
    protocol = [found for found in findings if found.path.startswith("protocol/")]
    if register is None or has_errors(protocol):
        report(protocol)
    return register
