"""Findings for people and for CI."""

import dataclasses
import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from generator.findings import Finding

MAX_GITHUB = 10
"""As many errors, and as many warnings, GitHub shows of a step."""


def findings_text(findings: Sequence[Finding]) -> str:
    """One line a finding: `path:line:column: level CODE: text`."""
    return "".join(f"{finding}\n" for finding in findings)


def findings_json(findings: Sequence[Finding]) -> str:
    return _as_json([dataclasses.asdict(finding) for finding in findings])


def findings_github(findings: Sequence[Finding]) -> str:
    """Workflow commands of GitHub Actions, which mark the lines of a pull request: as many of a kind as it shows of a
    step. The rest as text, for the log."""
    left = {"fout": MAX_GITHUB, "waarschuwing": MAX_GITHUB}
    lines = []
    for found in findings:
        lines.append(_command(found) if left[found.level] else f"{found}\n")
        left[found.level] -= left[found.level] > 0
    return "".join(lines)


def findings_gitlab(findings: Sequence[Finding]) -> str:
    """A code quality report of GitLab, which takes two of one fingerprint for the same."""
    seen = Counter[tuple[str, str, str]]()
    issues = []
    for found in findings:
        identity = (found.path, found.code, found.text)
        issues.append(_issue(found, "\0".join((*identity, *(["again"] * seen[identity])))))
        seen[identity] += 1
    return _as_json(issues)


def _command(f: Finding) -> str:
    kind = "error" if f.level == "fout" else "warning"
    place = f"file={_property(f.path)},line={f.line},col={f.column},title={_property(f.code)}"
    return f"::{kind} {place}::{_data(f.text)}\n"


def _issue(finding: Finding, identity: str) -> dict[str, Any]:
    return {
        "description": f"{finding.code}: {finding.text}",
        "check_name": finding.code,
        "fingerprint": hashlib.sha256(identity.encode()).hexdigest(),
        "severity": "major" if finding.level == "fout" else "minor",
        "location": {"path": finding.path, "lines": {"begin": finding.line}},
    }


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
