"""What holds for every check: all in one run, whatever the day looked at; and how the command tells it."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from subprocess import CompletedProcess

import pytest
import yaml

from generator.findings import Finding
from tests.conftest import BASIS, findings_of
from tests.test_cases import CASES

Register = Callable[..., Path]
OWN = [case for case in CASES if case.name.startswith(("fout-", "let-op-"))]
DAYS = (date(2024, 1, 1), date(2026, 11, 21), date(2030, 1, 1))
COMMAND = (sys.executable, "-m", "generator")

GOED = """\
id: VT-2026-001
traject: versnelde-toewijzing
start: 2026-02-01
aanmelding: {datum: 2025-12-04, partner: alfa}
documenten:
  begeleidingsovereenkomst: 2026-01-19
  huurovereenkomst: 2026-01-19
begeleiding:
  - {partner: alfa, begeleider: ALFA-01, vanaf: 2026-02-01}
"""
OVERLAPT = f"""\
{GOED.replace("001", "002")}  - {{partner: beta, begeleider: BETA-01, vanaf: 2026-06-01}}
"""
LET_OP = f"""\
{GOED.replace("001", "003")}logboek:
  - {{soort: overleg, datum: 2026-03-25, moment: overleg-1m, verloop: goed}}
"""
REGELS = """\
titel: Wisselwonen
voorvoegsel: VT
documenten:
  toestemmingsverklaring: {titel: Toestemmingsverklaring}
"""


def register_of(case: Path, root: Path) -> tuple[Path, date]:
    """The register of a case, and its today."""
    shutil.copytree(BASIS, root)
    for folder in ("dossiers", "protocol"):
        if (case / folder).exists():
            shutil.copytree(case / folder, root / folder, dirs_exist_ok=True)
    settings = yaml.safe_load((case / "geval.yaml").read_text(encoding="utf-8"))
    return root, settings.get("vandaag", max(settings["datums"]))


def errors(findings: list[Finding]) -> set[Finding]:
    return {finding for finding in findings if finding.level == "fout"}


# Every case


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_errors_do_not_depend_on_the_date_looked_at(case: Path, tmp_path: Path) -> None:
    root, vandaag = register_of(case, tmp_path / "register")
    first, *others = [errors(findings_of(root, op, vandaag)) for op in DAYS]
    assert all(other == first for other in others)


@pytest.mark.parametrize("case", OWN, ids=lambda case: case.name)
def test_the_name_of_a_case_says_how_bad_it_is(case: Path) -> None:
    """`fout-` has an error and nothing less; `let-op-` has warnings only."""
    found = (case / "verwacht" / "bevindingen.txt").read_text(encoding="utf-8").splitlines()
    level = "fout" if case.name.startswith("fout-") else "waarschuwing"
    assert {line.split(": ")[1].split()[0] for line in found} == {level}


@pytest.mark.parametrize("case", OWN, ids=lambda case: case.name)
def test_a_case_names_the_rules_that_it_shows(case: Path) -> None:
    found = re.findall(
        r"(?:fout|waarschuwing) ((?:VT|WW)-[\d.]+):",
        (case / "verwacht" / "bevindingen.txt").read_text(encoding="utf-8"),
    )
    told = yaml.safe_load((case / "geval.yaml").read_text(encoding="utf-8"))["wat"]
    assert not [rule for rule in found if rule not in told]


# All in one run


BROKEN = {
    "dossiers/VT-2026-001.yaml": GOED.replace("partner: alfa}", "partner: [alfa}"),
    "dossiers/VT-2026-002.yaml": OVERLAPT.replace("huurovereenkomst", "huurcontract").replace("alfa}", "alpha}"),
    "dossiers/VT-2026-003.yaml": LET_OP,
    "dossiers/VT-2026-004.yaml": GOED.replace("001", "005"),
    "dossiers/oud/VT-2026-006.yaml": GOED.replace("001", "006").replace("-02-01", "-02-30") + "kleur: rood\n",
    "dossiers/oud/WB-2026-001.yaml": "id: WB-2026-001\ntraject: woonbegeleiding\ntermijn: 6\n",
    "protocol/kalender.yaml": (BASIS / "protocol" / "kalender.yaml").read_text(encoding="utf-8")
    + "    2026-12: {overleg: 2026-12-17, reden: verlof}\n",
    "protocol/overleg/2026-10.yaml": "alfa: {gehouden: true}\nzeta: {gehouden: true}\n",
    "protocol/wisselwonen/2024-01-01.yaml": REGELS,
    "protocol/woonbegeleiding/2026-01-01.yaml": "titel: Woonbegeleiding\n",
}
FOUND = [
    ("dossiers/VT-2026-001.yaml", 4, "YAML"),
    ("dossiers/VT-2026-002.yaml", 3, "VT-1"),
    ("dossiers/VT-2026-002.yaml", 4, "VERWIJZING"),
    ("dossiers/VT-2026-002.yaml", 7, "SLEUTEL"),
    ("dossiers/VT-2026-002.yaml", 10, "VT-4"),
    ("dossiers/VT-2026-003.yaml", 11, "VT-6.2"),
    ("dossiers/VT-2026-004.yaml", 1, "ID"),
    ("dossiers/oud/VT-2026-006.yaml", 3, "WAARDE"),
    ("dossiers/oud/VT-2026-006.yaml", 9, "WAARDE"),
    ("dossiers/oud/VT-2026-006.yaml", 10, "SLEUTEL"),
    ("protocol/kalender.yaml", 13, "VT-6.2"),
    ("protocol/overleg/2026-10.yaml", 2, "VERWIJZING"),
    ("protocol/wisselwonen/2024-01-01.yaml", 2, "PROTOCOL"),
    ("protocol/woonbegeleiding/2026-01-01.yaml", 1, "SLEUTEL"),
]


def test_everything_wrong_in_many_files_is_told_at_once(register: Register) -> None:
    """And of what cannot be read, nothing more: WB-2026-001 has a term, but no rules are known that forbid it."""
    findings = findings_of(register(BROKEN))
    assert [(found.path, found.line, found.code) for found in findings] == FOUND


def test_the_command_tells_them_in_order_of_place(register: Register) -> None:
    result = run("check", cwd=register(BROKEN))
    told = [re.fullmatch(r"(.+?):(\d+):(\d+): (fout|waarschuwing) (\S+): (.+)", line) for line in lines(result)]
    places = [(found[1], int(found[2]), int(found[3])) for found in told if found]
    assert len(places) == len(FOUND)
    assert places == sorted(places)
    assert result.stderr.strip() == "12 fouten, 2 waarschuwingen"


# Today


def test_only_the_clock_moves_an_outcome_dated_ahead(register: Register) -> None:
    """`--date` looks at another day; it makes nothing of tomorrow true."""
    root = register({"dossiers/VT-2026-001.yaml": f"{GOED}logboek:\n  - {uitkomst('2026-11-26')}\n"})
    for op in DAYS:
        assert {f.code for f in errors(findings_of(root, op, vandaag=date(2026, 11, 25)))} == {"DATUM"}
        assert not errors(findings_of(root, op, vandaag=date(2026, 11, 26)))


def uitkomst(datum: str) -> str:
    return f"{{soort: huisbezoek, datum: {datum}, moment: extra-1, verloop: goed}}"


def test_errors_of_a_calendar_far_ahead_are_told_today(register: Register) -> None:
    basis = (BASIS / "protocol" / "kalender.yaml").read_text(encoding="utf-8")
    moved = "    2090-03: {overleg: 2090-04-27, aankondiging: 2090-05-01, reden: verbouwing}\n"
    found = findings_of(register({"protocol/kalender.yaml": basis + moved, "dossiers/VT-2026-001.yaml": GOED}))
    assert [(f.line, f.level, f.code) for f in found] == [(13, "fout", "VT-6.2")] * 2
    assert "2090-04" in found[1].text  # that month's overleg is on the same day


# The command


@pytest.mark.parametrize(
    ("text", "code", "summary"),
    [
        (GOED, 0, "geen fouten, geen waarschuwingen"),
        (LET_OP.replace("003", "001"), 0, "geen fouten, 1 waarschuwing"),
        (OVERLAPT.replace("002", "001"), 1, "1 fout, geen waarschuwingen"),
    ],
)
def test_the_exit_code_tells_errors_from_warnings(register: Register, text: str, code: int, summary: str) -> None:
    result = run("check", cwd=register({"dossiers/VT-2026-001.yaml": text}))
    assert (result.returncode, result.stderr.strip()) == (code, summary)


@pytest.mark.parametrize(
    ("paths", "reported"),
    [
        ([], ["dossiers/VT-2026-002.yaml", "dossiers/noord/VT-2026-003.yaml"]),
        (["."], ["dossiers/VT-2026-002.yaml", "dossiers/noord/VT-2026-003.yaml"]),
        (["dossiers"], ["dossiers/VT-2026-002.yaml", "dossiers/noord/VT-2026-003.yaml"]),
        (["dossiers/VT-2026-002.yaml"], ["dossiers/VT-2026-002.yaml"]),
        (["./dossiers/noord/"], ["dossiers/noord/VT-2026-003.yaml"]),
        (["dossiers/VT-2026-001.yaml"], []),
        (["dossiers/VT-2026-001.yaml", "dossiers/noord"], ["dossiers/noord/VT-2026-003.yaml"]),
        (["protocol"], []),
    ],
)
def test_only_what_lies_on_the_paths_is_reported(register: Register, paths: list[str], reported: list[str]) -> None:
    root = three_dossiers(register)
    result = run("check", *paths, cwd=root)
    assert [line.split(":")[0] for line in lines(result)] == reported
    assert result.returncode == ("dossiers/VT-2026-002.yaml" in reported)


@pytest.mark.parametrize(
    ("here", "root", "path"),
    [
        (".", "register", "register/dossiers/VT-2026-002.yaml"),  # from here
        (".", "register", "dossiers/VT-2026-002.yaml"),  # or from the root
        ("register/dossiers/noord", "{root}", "dossiers/VT-2026-002.yaml"),
        ("register/dossiers/noord", "{root}", "{root}/dossiers/VT-2026-002.yaml"),
        ("register/dossiers", "{root}", "VT-2026-002.yaml"),
        ("register/dossiers", "..", "VT-2026-002.yaml"),
        ("register/dossiers/noord", "../..", "../VT-2026-002.yaml"),
        ("register", ".", "../register/dossiers/VT-2026-002.yaml"),
    ],
)
def test_paths_are_found_from_any_folder(register: Register, here: str, root: str, path: str) -> None:
    folder = three_dossiers(register)
    result = run("check", "--root", root.format(root=folder), path.format(root=folder), cwd=folder.parent / here)
    assert [line.split(":")[0] for line in lines(result)] == ["dossiers/VT-2026-002.yaml"]
    assert result.returncode == 1


def three_dossiers(register: Register) -> Path:
    """One right, one with an error, one with a warning in a folder below."""
    return register(
        {
            "dossiers/VT-2026-001.yaml": GOED,
            "dossiers/VT-2026-002.yaml": OVERLAPT,
            "dossiers/noord/VT-2026-003.yaml": LET_OP,
        }
    )


def test_json_carries_every_field(register: Register) -> None:
    result = run("check", "--format", "json", cwd=three_dossiers(register))
    first, second = json.loads(result.stdout)
    assert {key: first[key] for key in ("path", "line", "column", "level", "code")} == {
        "path": "dossiers/VT-2026-002.yaml",
        "line": 10,
        "column": 49,
        "level": "fout",
        "code": "VT-4",
    }
    assert (second["level"], second["code"], second["line"]) == ("waarschuwing", "VT-6.2", 11)
    assert second["text"].startswith("op 2026-03-25 is er geen overleg")
    assert result.returncode == 1


def test_github_marks_the_lines(register: Register) -> None:
    result = run("check", "--format", "github", cwd=three_dossiers(register))
    assert [line.split("::")[1] for line in lines(result)] == [
        "error file=dossiers/VT-2026-002.yaml,line=10,col=49,title=VT-4",
        "warning file=dossiers/noord/VT-2026-003.yaml,line=11,col=29,title=VT-6.2",
    ]
    assert result.returncode == 1


def test_github_shows_ten_of_a_kind_and_all_in_the_summary(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = {f"dossiers/VT-2026-{n:03}.yaml": GOED.replace("001", f"{n:03}") + "onbekend: ja\n" for n in range(1, 13)}
    warned = {f"dossiers/VT-2026-{n:03}.yaml": LET_OP.replace("003", f"{n:03}") for n in range(21, 33)}
    summary = tmp_path / "summary.md"
    summary.write_text("eerder\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    result = run("check", "--format", "github", cwd=register(wrong | warned))
    kinds = Counter(line.split(" ")[0] for line in lines(result) if line.startswith("::"))
    assert kinds == {"::error": 10, "::warning": 10}
    assert len(lines(result)) == 24
    rows = summary.read_text(encoding="utf-8").splitlines()
    assert rows[0] == "eerder"
    assert [row.split(" | ")[0] for row in rows[5:]] == ["| fout"] * 12 + ["| waarschuwing"] * 12


def test_a_summary_says_that_nothing_is_wrong(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    run("check", "--format", "github", cwd=register({"dossiers/VT-2026-001.yaml": GOED}))
    assert "Er is niets gevonden." in (tmp_path / "summary.md").read_text(encoding="utf-8")


def test_gitlab_keeps_findings_that_say_the_same_apart(register: Register) -> None:
    twice = LET_OP + LET_OP.splitlines()[-1] + "\n"
    result = run("check", "--format", "gitlab", cwd=register({"dossiers/VT-2026-003.yaml": twice}))
    issues = json.loads(result.stdout)
    same = [issue for issue in issues if issue["description"].startswith("VT-6.2: op 2026-03-25")]
    assert len(same) == 2
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def test_gitlab_reads_a_code_quality_report(register: Register) -> None:
    result = run("check", "--format", "gitlab", cwd=three_dossiers(register))
    issues = json.loads(result.stdout)
    assert [(issue["check_name"], issue["severity"], issue["location"]) for issue in issues] == [
        ("VT-4", "major", {"path": "dossiers/VT-2026-002.yaml", "lines": {"begin": 10}}),
        ("VT-6.2", "minor", {"path": "dossiers/noord/VT-2026-003.yaml", "lines": {"begin": 11}}),
    ]
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    assert result.returncode == 1


@pytest.mark.parametrize("vorm", ["json", "gitlab"])
def test_nothing_wrong_is_an_empty_list(register: Register, vorm: str) -> None:
    result = run("check", "--format", vorm, cwd=register({"dossiers/VT-2026-001.yaml": GOED}))
    assert (result.returncode, json.loads(result.stdout)) == (0, [])


@pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
def test_root_and_date_go_before_or_after_the_command(register: Register, tmp_path: Path, first: bool) -> None:
    """A collision on 2028-05-25 is a warning up to that day; on the next it is past."""
    basis = (BASIS / "protocol" / "kalender.yaml").read_text(encoding="utf-8")
    uncorrected = "".join(line for line in basis.splitlines(keepends=True) if "2028-05" not in line)
    root = register({"dossiers/VT-2026-001.yaml": GOED, "protocol/kalender.yaml": uncorrected})
    for day, warned in (("2028-05-25", True), ("2028-05-26", False)):
        options = ("--root", str(root), "--date", day)
        result = run(*options, "check", cwd=tmp_path) if first else run("check", *options, cwd=tmp_path)
        assert result.returncode == 0
        assert ("2028-05-25" in result.stdout) is warned


# Wrong use


WRONG = {
    "no command": [],
    "unknown command": ["chekc"],
    "unknown option": ["check", "--dat", "2026-01-01"],
    "unknown letter": ["check", "-x"],
    "no such day": ["check", "--date", "2026-02-30"],
    "no date": ["check", "--date", "morgen"],
    "date left out": ["check", "--date"],
    "date before the command": ["--date", "11-2026", "check"],
    "no such root": ["--root", "nergens", "check"],
    "root is a file": ["check", "--root", "protocol/kalender.yaml"],
    "no such path": ["check", "dossiers/VT-2026-999.yaml"],
    "path elsewhere": ["check", os.sep],
    "unknown format": ["check", "--format", "xml"],
    "unknown dossier": ["planning", "VT-2026-999"],
    "agenda of nobody": ["agenda"],
    "agenda of no month": ["agenda", "alfa"],
    "no such month": ["agenda", "alfa", "2026-13"],
    "unknown partner": ["agenda", "alpha", "2026-11"],
    "too much": ["agenda", "alfa", "2026-11", "2026-12"],
    "no jobs": ["build", "--jobs", "0"],
    "jobs in words": ["build", "--jobs", "veel"],
    "unknown audience": ["build", "--only", "partners/niemand"],
}
ENGLISH = re.compile(r"\b(error|usage|options?|commands?|invalid|missing|such|is not|does not|unexpected|Traceback)\b")


@pytest.mark.parametrize("arguments", WRONG.values(), ids=WRONG)
def test_wrong_use_is_told_in_dutch(register: Register, arguments: list[str]) -> None:
    result = run(*arguments, cwd=register({"dossiers/VT-2026-001.yaml": GOED}))
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith(("woontraject: ", "Gebruik: "))
    assert not ENGLISH.findall(result.stderr)


def test_a_folder_that_is_no_register_is_told_file_by_file(tmp_path: Path) -> None:
    result = run("check", cwd=tmp_path)
    told = {line.split(":")[0] for line in lines(result)}
    assert told >= {"protocol/organisatie.yaml", "protocol/partners.yaml", "protocol/kalender.yaml"}
    assert result.returncode == 1
    assert not ENGLISH.findall(result.stdout + result.stderr)


def run(*arguments: str, cwd: Path) -> CompletedProcess[str]:
    """The command as people give it, in a folder."""
    return subprocess.run([*COMMAND, *arguments], cwd=cwd, capture_output=True, encoding="utf-8", check=False)


def lines(result: CompletedProcess[str]) -> list[str]:
    return result.stdout.splitlines()
