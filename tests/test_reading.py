"""Every folder of `reading/` is a test: files that lie over the base protocol, with all that reading them reports.

`bevindingen.txt` holds every finding, of every file; `weg.txt`, when there, names files of the base to leave out.
`make accept` writes `bevindingen.txt` anew: review the difference before you commit it. What cannot stand in a
folder (links, rights, names that git or another system would not keep) follows as code.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from generator.register import read_register
from tests.conftest import BASIS, PROJECT, TESTS
from tests.parts import without_privileges

CASES = sorted((TESTS / "reading").iterdir())
GOOD = "id: WB-1\ntraject: woonbegeleiding\naanmelding: {datum: 2026-01-15, partner: alfa}\n"
NOT_A_FILE = "1:1: fout BESTAND: dit is geen gewoon bestand: geef een map of iets anders geen naam op .yaml"
NOWHERE = "1:1: fout BESTAND: deze verwijzing (link) leidt nergens heen: verwijder ze of herstel het doel"
NOT_READABLE = "1:1: fout BESTAND: dit bestand mag niet gelezen worden: pas de leesrechten aan"
NOT_OPEN = "1:1: fout BESTAND: deze map mag niet gelezen worden: pas de leesrechten aan"

Register = Callable[..., Path]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_reading(case: Path, tmp_path: Path) -> None:
    made, expected = _findings_of_case(case, tmp_path / "register"), case / "bevindingen.txt"
    if os.environ.get("ACCEPT"):
        expected.write_text(made, encoding="utf-8")
    assert made == expected.read_text(encoding="utf-8")


def _findings_of_case(case: Path, root: Path) -> str:
    shutil.copytree(BASIS, root)
    (root / "dossiers").mkdir()
    for folder in ("dossiers", "protocol"):
        if (case / folder).exists():
            shutil.copytree(case / folder, root / folder, dirs_exist_ok=True)
    if (away := case / "weg.txt").exists():
        for name in away.read_text(encoding="utf-8").split():
            (root / name).unlink()
    return "".join(f"{line}\n" for line in reported(root))


def reported(root: Path) -> list[str]:
    _, findings = read_register(root)
    return [str(finding) for finding in sorted(findings)]


def test_what_is_no_file(register: Register) -> None:
    """Each is a finding, nothing waits, and what lies below or behind it is not read."""
    root = register({"dossiers/WB-1.yaml": GOOD, "dossiers/map.yaml/WB-2.yaml": "[", "elders/WB-3.yaml": "["})
    (root / "dossiers/los.yaml").symlink_to("nergens.yaml")
    (root / "dossiers/rond.yaml").symlink_to("rond.yaml")
    (root / "dossiers/link").symlink_to("../elders")
    (root / "dossiers/link.yaml").symlink_to("../elders")
    (root / "protocol/ook").symlink_to("overleg")
    os.mkfifo(root / "dossiers/pijp.yaml")
    os.mkfifo(root / "protocol/overleg.yaml")
    assert check(root).stdout.splitlines() == [
        "dossiers/link:1:1: fout BESTAND: deze map is een verwijzing (link): zet de bestanden zelf hier",
        f"dossiers/link.yaml:{NOT_A_FILE}",
        f"dossiers/los.yaml:{NOWHERE}",
        f"dossiers/map.yaml:{NOT_A_FILE}",
        f"dossiers/pijp.yaml:{NOT_A_FILE}",
        f"dossiers/rond.yaml:{NOWHERE}",
        "protocol/overleg.yaml:1:1: fout BESTAND: dit bestand hoort niet in protocol/: verplaats of verwijder het",
    ]


def test_required_file_that_is_none(register: Register) -> None:
    """Without the calendar there is no register, but everything else is still read."""
    root = register({"protocol/kalender.yaml": None, "protocol/partners.yaml": None, "dossiers/WB-1.yaml": "id: 1\n"})
    (root / "protocol/kalender.yaml").mkdir()
    os.mkfifo(root / "protocol/partners.yaml")
    assert check(root).stdout.splitlines() == [
        "dossiers/WB-1.yaml:1:1: fout SLEUTEL: de sleutel ‘traject’ ontbreekt",
        "dossiers/WB-1.yaml:1:5: fout WAARDE: verwacht hoofdletters, cijfers en streepjes, zoals VT-2026-014",
        f"protocol/kalender.yaml:{NOT_A_FILE}",
        f"protocol/partners.yaml:{NOT_A_FILE}",
    ]
    assert read_register(root)[0] is None


def test_file_that_leads_elsewhere_is_read(register: Register) -> None:
    root = register({"elders.txt": GOOD})
    (root / "dossiers").mkdir()
    (root / "dossiers/WB-1.yaml").symlink_to("../elders.txt")
    found, findings = read_register(root)
    assert found
    assert list(found.dossiers) == ["WB-1"]
    assert not findings


def test_dossier_with_the_id_of_another_is_not_read(register: Register) -> None:
    """The first in order of name stays; what could not be read is known by its name."""
    broken = {"dossiers/WB-2.yaml": "id: [\n", "dossiers/WB-3.yaml": GOOD.replace("WB-1", "&a WB-3")}
    root = register({f"dossiers/{name}/WB-1.yaml": GOOD for name in "ba"} | broken)
    found, _ = read_register(root)
    assert found
    assert found.paden == {"WB-1": "dossiers/a/WB-1.yaml"}
    assert list(found.dossiers) == ["WB-1"]
    assert found.onleesbaar == {"WB-2", "WB-3"}


def test_without_rights(shared: Path) -> None:
    """A file or a folder that may not be read is a finding, and the rest is read; root may read all, so not as root."""
    files = {"dossiers/WB-1.yaml": GOOD.replace("2026-01-15", "2026-02-30"), "dossiers/dicht/WB-2.yaml": GOOD}
    for path, text in {**files, "dossiers/WB-3.yaml": GOOD, "dossiers/zicht/WB-4.yaml": GOOD}.items():
        (shared / path).parent.mkdir(parents=True, exist_ok=True)
        (shared / path).write_text(text, encoding="utf-8")
    closed = mode(shared / "dossiers/WB-3.yaml", 0o000), mode(shared / "dossiers/dicht", 0o000)
    with closed[0], closed[1], mode(shared / "dossiers/zicht", 0o444):
        done = check_as_other_user(shared)
    assert (done.returncode, done.stdout.splitlines()) == (
        1,
        [
            "dossiers/WB-1.yaml:3:21: fout WAARDE: de datum 2026-02-30 bestaat niet",
            f"dossiers/WB-3.yaml:{NOT_READABLE}",
            f"dossiers/dicht:{NOT_OPEN}",
            f"dossiers/zicht/WB-4.yaml:{NOT_READABLE}",
        ],
    ), done.stderr


def test_protocol_without_rights(shared: Path) -> None:
    with mode(shared / "protocol/kalender.yaml", 0o000), mode(shared / "protocol/proefwonen", 0o000):
        done = check_as_other_user(shared)
    assert (done.returncode, done.stdout.splitlines()) == (
        1,
        [
            f"protocol/kalender.yaml:{NOT_READABLE}",
            f"protocol/proefwonen:{NOT_OPEN}",
        ],
    ), done.stderr


def test_folder_in_a_folder_that_may_only_be_listed(shared: Path) -> None:
    (shared / "dossiers/zicht/dieper").mkdir(parents=True)
    with mode(shared / "dossiers/zicht", 0o444):
        done = check_as_other_user(shared)
    assert done.stdout.splitlines() == [f"dossiers/zicht/dieper:{NOT_OPEN}"]


def test_no_folder_of_dossiers(register: Register) -> None:
    """Git does not keep an empty folder: a register without dossiers is a good one."""
    assert reported(register()) == []


@pytest.mark.parametrize("name", [b"caf\xe9.yaml", b"a\nb.yaml", b"\x1b[31m.yaml", "a\u202eb.yaml".encode()])
def test_name_that_cannot_be_printed(name: bytes, register: Register) -> None:
    root = register({"dossiers/WB-1.yaml": GOOD})
    (root / "dossiers" / os.fsdecode(name)).write_text(GOOD, encoding="utf-8")
    done = check(root)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert [line.split(":", 3)[3] for line in done.stdout.splitlines()] == [
        " fout BESTAND: de naam bevat een teken dat niet kan: hernoem het bestand"
    ]


@pytest.mark.parametrize(
    "rule", ["FREQ=MONTHLY;INTERVAL=0;BYDAY=-1TH", '"FREQ=MONTHLY;BYDAY=-1TH\\nEXDATE:20261126T000000"']
)
def test_recurrence_without_end(rule: str, register: Register) -> None:
    calendar = f"overleg:\n  regel: {rule}\n  aankondiging: FREQ=MONTHLY;BYDAY=-2TH\n  uur: 14:00\n"
    root = register({"protocol/kalender.yaml": calendar, "dossiers/WB-1.yaml": GOOD})
    (line,) = check(root, timeout=5).stdout.splitlines()
    assert line.startswith("protocol/kalender.yaml:2:10: fout WAARDE:")


@contextmanager
def mode(path: Path, bits: int) -> Iterator[None]:
    """Other rights, until the folder has to be cleaned up."""
    before = path.stat().st_mode
    path.chmod(bits)
    try:
        yield
    finally:
        path.chmod(before)


@pytest.fixture
def shared() -> Iterator[Path]:
    """The base protocol in a folder that every user reaches, which pytest's own is not."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        root = Path(folder) / "register"
        shutil.copytree(BASIS, root)
        (root / "dossiers").mkdir()
        yield root


def check(root: Path, user: Sequence[str] = (), timeout: int = 20) -> subprocess.CompletedProcess[str]:
    """`woontraject check` in a process of its own, which may wait or crash without an end to all tests."""
    program = f"import sys; sys.path.insert(0, {str(PROJECT)!r}); from generator.cli import main; main()"
    command = [*user, sys.executable, "-B", "-c", program, "--root", str(root), "--date", "2026-11-21", "check"]
    return subprocess.run(
        command, capture_output=True, text=True, errors="replace", timeout=timeout, cwd="/", check=False
    )


def check_as_other_user(root: Path) -> subprocess.CompletedProcess[str]:
    return check(root, without_privileges())


def test_a_dossier_holds_what_its_file_fills_in_and_shares_that_with_its_like() -> None:
    """Which fields a file fills in is kept once in a register that a build keeps: a copy with another has its own."""
    register, _ = read_register(PROJECT)
    assert register
    register.share_sets()
    entries = [item for dossier in register.dossiers.values() for item in dossier.logboek]
    assert len({id(item.model_fields_set) for item in entries}) == len({frozenset(i.model_fields_set) for i in entries})
    for dossier in register.dossiers.values():
        data = register.bronnen[register.paden[dossier.id]].data
        assert dossier.model_fields_set == data.keys()
        assert [item.model_fields_set for item in dossier.logboek] == [item.keys() for item in data.get("logboek", ())]
    first = next(dossier for dossier in register.dossiers.values() if dossier.huisvester is None)
    changed = first.model_copy(update={"huisvester": "caw"})
    assert "huisvester" in changed.model_fields_set - first.model_fields_set
