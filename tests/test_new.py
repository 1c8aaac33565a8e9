"""The command `new`: asked or given, a dossier that is right, with nothing in it that follows by itself."""

import os
import pty
import re
import select
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from generator.cli import cli
from generator.load import load
from generator.opmaak import make_opmaak
from tests.conftest import PROJECT, findings_of

Make = Callable[..., Path]
NOW = date(2026, 11, 21)
ARRIVED = ["--aanmelding-datum", "2026-11-02", "--aanmelder", "cgg"]
STARTED = [*ARRIVED, "--start", "2026-12-01", "--woning", "W-9999", "--begeleider", "CGG-01"]
SIGNED = [
    f"--document={name}=2026-11-05"
    for name in ("toestemmingsverklaring", "begeleidingsovereenkomst", "huurovereenkomst")
]
CRITERIA = [
    "--doelgroep=volwassen=true",
    "--doelgroep=psychische_problematiek=vermoed",
    "--doelgroep=verslaving=false",
    "--doelgroep=herhaalde_woonproblematiek=true",
    "--doelgroep=ingeschreven_sociale_woning=true",
    "--doelgroep=maanden_domicilie_brugge=14",
]


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.cli.edit.today", lambda: NOW)


@pytest.fixture
def demo(tmp_path: Path) -> Path:
    root = tmp_path / "register"
    for name in ("protocol", "dossiers"):
        shutil.copytree(PROJECT / name, root / name)
    return root


def new(root: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["new", "--root", str(root), "--date", str(NOW), *words])


def files(root: Path) -> set[str]:
    return {path.relative_to(root).as_posix() for path in root.rglob("*.yaml")}


# The options, the file, its text without its first line.
MADE: dict[str, tuple[list[str], str, str]] = {
    "an aanmelding": (
        ["versnelde-toewijzing", *ARRIVED],
        "dossiers/2026/VT-2026-032.yaml",
        "id: VT-2026-032\ntraject: versnelde-toewijzing\naanmelding:\n  datum: 2026-11-02\n  partner: cgg\n",
    ),
    "a start": (
        ["versnelde-toewijzing", *STARTED, *SIGNED, "--uitkomst", "toegelaten", "--besluit-datum", "2026-11-10"],
        "dossiers/2026/VT-2026-032.yaml",
        "id: VT-2026-032\ntraject: versnelde-toewijzing\nwoning: W-9999\nstart: 2026-12-01\n"
        "aanmelding:\n  datum: 2026-11-02\n  partner: cgg\n  besluit: {datum: 2026-11-10, uitkomst: toegelaten}\n"
        "documenten:\n  toestemmingsverklaring: 2026-11-05\n  begeleidingsovereenkomst: 2026-11-05\n"
        "  huurovereenkomst: 2026-11-05\n"
        "begeleiding:\n  - {partner: cgg, begeleider: CGG-01, vanaf: 2026-12-01}\n",
    ),
    "a start in the year that comes, guided by another": (
        ["versnelde-toewijzing", *STARTED, *SIGNED, "--start", "2027-01-04", "--partner", "beschut-wonen"],
        "dossiers/2027/VT-2027-001.yaml",
        "id: VT-2027-001\ntraject: versnelde-toewijzing\nwoning: W-9999\nstart: 2027-01-04\n"
        "aanmelding:\n  datum: 2026-11-02\n  partner: cgg\n"
        "documenten:\n  toestemmingsverklaring: 2026-11-05\n  begeleidingsovereenkomst: 2026-11-05\n"
        "  huurovereenkomst: 2026-11-05\n"
        "begeleiding:\n  - {partner: beschut-wonen, begeleider: CGG-01, vanaf: 2027-01-04}\n",
    ),
    "with a target group": (
        ["proefwonen", *ARRIVED, *CRITERIA],
        "dossiers/2026/PW-2026-010.yaml",
        "id: PW-2026-010\ntraject: proefwonen\naanmelding:\n  datum: 2026-11-02\n  partner: cgg\n  doelgroep:\n"
        "    volwassen: true\n    psychische_problematiek: vermoed\n    verslaving: false\n"
        "    herhaalde_woonproblematiek: true\n    ingeschreven_sociale_woning: true\n"
        "    maanden_domicilie_brugge: 14\n",
    ),
    "a follow-up without an aanmelding": (
        ["zittende-huurder", "--vervolg-op", "PW-2025-012"],
        "dossiers/2026/ZH-2026-008.yaml",
        "id: ZH-2026-008\ntraject: zittende-huurder\nvervolg_op: PW-2025-012\n",
    ),
}


@pytest.mark.parametrize(("words", "path", "text"), MADE.values(), ids=MADE)
def test_what_is_given_becomes_a_dossier(demo: Path, words: list[str], path: str, text: str) -> None:
    before, known = files(demo), findings_of(demo, NOW, NOW)
    result = new(demo, *words)
    assert result.exit_code == 0, result.output
    assert files(demo) - before == {path}
    first, rest = (demo / path).read_text(encoding="utf-8").split("\n", 1)
    assert first == "# yaml-language-server: $schema=../../schema/dossier.json"
    assert rest == text
    assert f"Geschreven: {path}" in result.stdout
    assert not [item for item in findings_of(demo, NOW, NOW) if item.level == "fout" and item not in known]
    document, _ = load(demo / path, path)
    assert document
    assert make_opmaak(document) == (f"{first}\n{rest}", [])


def test_the_moments_that_follow_are_shown(demo: Path) -> None:
    result = new(demo, "versnelde-toewijzing", *STARTED, *SIGNED)
    shown = re.findall(r"^    (\S+) .* (\S+)$", result.stdout, re.MULTILINE)
    assert shown == [
        ("2027-01-28", "overleg-1m"),
        ("2027-03-01", "huisbezoek-3m"),
        ("2027-04-29", "overleg-4m"),
        ("2027-10-28", "overleg-10m"),
        ("2027-12-01", "eindevaluatie"),
    ]


# What is given, the exit code, and what is told.
REFUSED: dict[str, tuple[list[str], int, str]] = {
    "nothing": (["versnelde-toewijzing"], 2, "--aanmelding-datum (datum van de aanmelding)"),
    "an unknown traject": (["versneld"], 2, "het traject ‘versneld’ bestaat niet"),
    "no partner": (["versnelde-toewijzing", "--aanmelding-datum", "2026-11-02"], 2, "--aanmelder"),
    "no criteria": (["proefwonen", *ARRIVED], 2, "--doelgroep volwassen=…"),
    "a wrong date": (
        ["versnelde-toewijzing", "--aanmelding-datum", "2026-02-30"],
        2,
        "de datum 2026-02-30 bestaat niet",
    ),
    "an unknown partner": (["versnelde-toewijzing", *ARRIVED, "--aanmelder", "cg"], 2, "bedoelt u ‘cgg’?"),
    "an unknown document": (
        ["versnelde-toewijzing", *ARRIVED, "--document", "huur=2026-11-02"],
        2,
        "document ‘huur’ bestaat niet",
    ),
    "a wrong criterion": (["proefwonen", *ARRIVED, *CRITERIA[1:], "--doelgroep=volwassen=ja"], 2, "true of false"),
    "no value": (["versnelde-toewijzing", *ARRIVED, "--document", "huurovereenkomst="], 2, "NAAM=WAARDE"),
    "no sign": (["proefwonen", *ARRIVED, "--doelgroep=volwassen"], 2, "NAAM=WAARDE"),
    "a name for a code": (["versnelde-toewijzing", *STARTED, "--begeleider", "Jan Peeters"], 2, "nooit een naam"),
    "a worker without a start": (["versnelde-toewijzing", *ARRIVED, "--begeleider", "CGG-01"], 2, "--start"),
    "no rules yet": (["versnelde-toewijzing", *ARRIVED, "--aanmelding-datum", "2010-01-01"], 2, "nog geen regels"),
    "a lease without its confirmation": (["versnelde-toewijzing", *STARTED, SIGNED[2]], 1, "fout VT-1"),
    "a name": (["versnelde-toewijzing", *STARTED, *SIGNED, "--woning", "050 12 34 56"], 1, "fout PRIVACY"),
}


@pytest.mark.parametrize(("words", "code", "text"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_writes_nothing(demo: Path, words: list[str], code: int, text: str) -> None:
    before = files(demo)
    result = CliRunner().invoke(cli, ["new", "--root", str(demo), "--date", str(NOW), *words])
    assert (result.exit_code, text in result.output) == (code, True), result.output
    assert files(demo) == before


def test_an_id_is_never_given_twice(demo: Path) -> None:
    """Nor one that was removed, as far as git knows it; nor that of a file in another folder."""
    git = ["git", "-C", str(demo), "-c", "user.name=x", "-c", "user.email=x@x.example"]
    subprocess.run(["git", "init", "-q", str(demo)], check=True)
    (demo / "dossiers/oud").mkdir()
    other = demo / "dossiers/oud/VT-2026-040.yaml"
    text = (demo / "dossiers/2026/VT-2026-031.yaml").read_text(encoding="utf-8").replace("VT-2026-031", "VT-2026-040")
    other.write_text(text, encoding="utf-8")
    for message in ("one", "two"):
        subprocess.run([*git, "add", "-A"], check=True)
        subprocess.run([*git, "commit", "-qm", message], check=True)
        other.unlink(missing_ok=True)
        if message == "one":
            assert new(demo, "versnelde-toewijzing", *ARRIVED).exit_code == 0
    assert "dossiers/2026/VT-2026-041.yaml" in files(demo)
    (demo / "dossiers/2026/VT-2026-041.yaml").unlink()
    subprocess.run([*git, "commit", "-qam", "three"], check=True)
    assert new(demo, "versnelde-toewijzing", *ARRIVED).exit_code == 0
    assert "dossiers/2026/VT-2026-042.yaml" in files(demo)


def test_it_stands_where_the_others_are(register: Make) -> None:
    root = register({"dossiers/VT-2026-001.yaml": "id: VT-2026-001\ntraject: versnelde-toewijzing\nvervolg_op: X-1\n"})
    other = "id: X-1\ntraject: versnelde-toewijzing\naanmelding: {datum: 2025-01-01, partner: alfa}\n"
    (root / "dossiers/X-1.yaml").write_text(other, encoding="utf-8")
    made = new(root, "versnelde-toewijzing", "--aanmelding-datum", "2026-11-02", "--aanmelder", "alfa")
    assert made.exit_code == 0, made.output
    text = (root / "dossiers/VT-2026-002.yaml").read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../schema/dossier.json\n")


def test_the_first_of_a_register_has_a_folder_of_its_year(register: Make) -> None:
    root = register({})
    assert new(root, "versnelde-toewijzing", "--aanmelding-datum", "2026-11-02", "--aanmelder", "alfa").exit_code == 0
    assert "dossiers/2026/VT-2026-001.yaml" in files(root)


def test_a_terminal_is_asked_until_it_will_do(demo: Path) -> None:
    """On a real terminal: Dutch questions, each answer judged at once; empty takes what is proposed, or nothing."""
    answers = {
        "Datum van de aanmelding": ["2 november", "2026-11-02"],
        "Organisatie die aanmeldde": ["", "cg", "cgg"],
        "Besluit over de aanmelding": ["misschien", "toegelaten"],
        "Datum van het besluit": ["2026-11-10"],
        "Start": ["2026-12-01"],
        "Referentie van de woning": ["W-9999"],
        "Huisvester": [""],
        "Organisatie die begeleidt": [""],
        "Functiecode van de begeleider": ["Jan P.", "CGG-01"],
        "Toestemmingsverklaring": ["2026-11-05"],
        "Bevestiging van een begeleidingsovereenkomst": ["2026-11-05"],
        "Huurovereenkomst": ["2026-11-05"],
    }
    told, code = converse(demo, answers)
    assert code == 0, told
    assert told.count("Dat kan niet:") == 4
    assert "verwacht een datum als 2026-11-26, niet ‘2 november’" in told
    assert "bedoelt u ‘cgg’?" in told
    assert "Dit is nodig" in told
    made = yaml.safe_load((demo / "dossiers/2026/VT-2026-032.yaml").read_text(encoding="utf-8"))
    assert made["begeleiding"] == [{"partner": "cgg", "begeleider": "CGG-01", "vanaf": date(2026, 12, 1)}]
    assert "huisvester" not in made


def test_a_terminal_that_answers_a_day_before_the_rules(demo: Path) -> None:
    before = files(demo)
    answers = {
        "Datum van de aanmelding": ["2010-01-04"],
        "Organisatie die aanmeldde": ["cgg"],
        "Besluit over de aanmelding": [""],
        "Start": [""],
    }
    told, code = converse(demo, answers)
    assert (code, "nog geen regels" in told, "Traceback" in told) == (2, True, False)
    assert files(demo) == before


def converse(root: Path, answers: dict[str, list[str]]) -> tuple[str, int]:
    """What a terminal shows when each question gets its answers, one after the other; and the exit code."""
    mine, theirs = pty.openpty()
    options = ["--root", str(root), "--date", str(NOW)]
    command = [sys.executable, "-m", "generator", *options, "new", "versnelde-toewijzing"]
    process = subprocess.Popen(command, cwd=PROJECT, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True)
    os.close(theirs)
    shown, seen = b"", 0
    while select.select([mine], [], [], 60)[0]:
        try:
            shown += os.read(mine, 4096)
        except OSError:  # the other side is closed
            break
        text = shown.decode("utf-8", "replace")
        if found := re.search(r"\n([^\n\[]*?)(?: \[[^\n]*\])?: $", text[seen:]):
            seen = len(text)
            os.write(mine, f"{answers[found[1].strip()].pop(0)}\n".encode())
    os.close(mine)
    assert not any(answers.values()), answers
    return shown.decode(), process.wait(60)
