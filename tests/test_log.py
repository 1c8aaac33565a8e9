"""The command `log`: one line more in a file, whatever its style, or nothing at all."""

import difflib
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from generator.cli import cli
from generator.load import load_text
from generator.schrijfwijze import flow
from generator.werklijst import make_werklijst
from tests.conftest import PROJECT, findings_of, read
from tests.test_werklijst import (
    ASKED,
    FIRST,
    FOURTH,
    GUIDE,
    OWN_DAY,
    TENTH,
    VISIT,
    bezoek,
    dossier,
    overleg,
    protocol,
    signaal,
    verslag,
)

Make = Callable[..., Path]
Files = dict[str, str]
NAME, PATH = "VT-2026-001", "dossiers/VT-2026-001.yaml"
HEAD = """\
id: VT-2026-001
traject: versnelde-toewijzing   # zie het verslag
start: 2026-02-01
aanmelding: {datum: 2025-12-04, partner: alfa}
documenten: {toestemmingsverklaring: 2026-01-10, begeleidingsovereenkomst: 2026-01-10, huurovereenkomst: 2026-01-10}
begeleiding: [{partner: alfa, begeleider: ALFA-01, vanaf: 2026-02-01}]
"""
NEW = "{soort: overleg, datum: 2026-08-27, verloop: goed}"
NOW = date(2027, 6, 1)


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that these tests record is ahead of the clock."""
    monkeypatch.setattr("generator.cli.edit.today", lambda: NOW)


def log(root: Path, *words: str, op: str = "2026-08-27") -> Result:
    return CliRunner().invoke(cli, ["log", "--root", str(root), "--date", op, *words])


def contents(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def changed(before: str, after: str) -> list[str]:
    """The lines that differ, as `diff` says it."""
    lines = difflib.ndiff(before.splitlines(keepends=True), after.splitlines(keepends=True))
    return [line for line in lines if line[0] in "+-"]


# The text of the logboek, and what differs when an overleg of 27 August is added.
STYLES: dict[str, tuple[str, list[str]]] = {
    "a list of lines": (
        f"logboek:\n  - {FIRST}\n  - {VISIT}\n  - {FOURTH}\n",
        [f"+   - {NEW}\n"],
    ),
    "dashes at the margin, comments, quotes, blocks": (
        "logboek:\n"
        "# eerst\n"
        f"- {FIRST} # goed\n"
        "- soort: huisbezoek   # met twee\n"
        '  datum: "2026-05-06"\n'
        "  moment: 'huisbezoek-3m'\n"
        "  wooncultuur: goed\n"
        "  bevindingen: |\n"
        "    alles proper\n"
        "\n"
        "    en droog\n"
        f"- {FOURTH}\n"
        "\n"
        "# einde\n",
        [f"+ - {NEW}\n"],
    ),
    "between what is earlier and what is later": (
        f"logboek:\n  - {FIRST}\n\n  # nog te doen\n  - {bezoek('extra-1', '2026-09-30')}\n",
        [f"+   - {NEW}\n"],
    ),
    "before everything that is later": (
        f"logboek:\n  - {bezoek('extra-1', '2026-09-30')}\n",
        [f"+   - {NEW}\n"],
    ),
    "behind what is of the same day": (
        f"logboek:\n  - {signaal('2026-08-27', 'schade')}\n  - {bezoek('extra-1', '2026-08-28')}\n",
        [f"+   - {NEW}\n"],
    ),
    "in brackets": (f"logboek: [{FIRST}]\n", [f"- logboek: [{FIRST}]\n", f"+ logboek: [{FIRST}, {NEW}]\n"]),
    "an empty list": ("logboek: []\n", ["- logboek: []\n", f"+ logboek: [{NEW}]\n"]),
    "an empty key": ("logboek:\nwoning: W-1\n", [f"+   - {NEW}\n"]),
    "an empty key at the end": ("logboek:", ["- logboek:", "+ logboek:\n", f"+   - {NEW}\n"]),
    "no key": ("", ["+ logboek:\n", f"+   - {NEW}\n"]),
    "no line break at the end": (
        f"logboek:\n  - {FIRST}",
        [f"-   - {FIRST}", f"+   - {FIRST}\n", f"+   - {NEW}\n"],
    ),
    "indented by one, and a key behind it": (
        f"logboek:\n - {FIRST}\nwoning: W-1\n",
        [f"+  - {NEW}\n"],
    ),
}


@pytest.mark.parametrize(("mark", "newline"), [("", "\n"), ("", "\r\n"), ("\ufeff", "\n")], ids=["LF", "CRLF", "BOM"])
@pytest.mark.parametrize(("logboek", "difference"), STYLES.values(), ids=STYLES)
def test_one_line_more(register: Make, logboek: str, difference: list[str], mark: str, newline: str) -> None:
    """Everything else stays byte for byte, in every file."""
    root = register({PATH: ""})
    text = f"{mark}{HEAD}{logboek}"
    (root / PATH).write_bytes(text.replace("\n", newline).encode())
    (root / PATH).chmod(0o640)
    before = contents(root)
    result = log(root, NAME, "overleg", "verloop=goed")
    assert result.exit_code == 0, result.output
    assert f"{PATH}: {NEW}\n" in result.output
    after = contents(root)
    assert {path for path in after.keys() | before.keys() if after.get(path) != before.get(path)} == {PATH}
    raw = after[PATH].decode()
    assert raw.count(newline) == raw.count("\n")
    assert changed(text, raw.replace("\r\n", "\n")) == difference
    assert (root / PATH).stat().st_mode & 0o777 == 0o640


def test_an_entry_is_added_in_its_one_form(register: Make) -> None:
    """Keys in order, and on lines of their own where one is too short: what `fmt` would make of it."""
    root = register({PATH: ""})
    (root / PATH).write_text(f"{HEAD}logboek:\n  - {FIRST}\n", encoding="utf-8")
    assert CliRunner().invoke(cli, ["fmt", "--root", str(root)]).exit_code == 0
    before = (root / PATH).read_text(encoding="utf-8")
    long = "De huurder toont de hele woning en legt uit wat er nog moet gebeuren voor de winter begint."
    assert log(root, NAME, "overleg", f"conclusie={long}", "verloop=goed", "moment=overleg-4m").exit_code == 0
    assert log(root, NAME, "signaal", "omschrijving=lek", "aard=schade").exit_code == 0
    assert (root / PATH).read_text(encoding="utf-8") == (
        f"{before}"
        f"  - soort: overleg\n    datum: 2026-08-27\n    moment: overleg-4m\n    verloop: goed\n    conclusie: {long}\n"
        "  - {soort: signaal, datum: 2026-08-27, aard: schade, omschrijving: lek}\n"
    )
    assert CliRunner().invoke(cli, ["fmt", "--check", "--root", str(root)]).exit_code == 0


def test_the_date_is_that_of_the_command_or_its_own(register: Make) -> None:
    root = register({PATH: f"{HEAD}logboek:\n  - {FIRST}\n"})
    assert log(root, NAME, "signaal", "aard=schade", "omschrijving=lek").exit_code == 0
    assert log(root, NAME, "contact", "doorgegaan=true", "datum=2026-03-02").exit_code == 0
    lines = (root / PATH).read_text(encoding="utf-8").splitlines()[-3:]
    assert [line.partition("datum: ")[2][:10] for line in lines] == ["2026-03-02", "2026-03-26", "2026-08-27"]


# Words of the command, and the entry that they make.
WORDS: dict[str, tuple[list[str], dict[str, object]]] = {
    "number": (
        ["overleg", "besluit=verlengen", "maanden=3"],
        {"besluit": "verlengen", "maanden": 3},
    ),
    "hour, several": (
        ["huisbezoek", "moment=extra-1", "uur=9:30", "wooncultuur=goed", "aanwezig=huurder", "aanwezig=begeleider"],
        {
            "moment": "extra-1",
            "uur": "9:30",
            "wooncultuur": "goed",
            "aanwezig": ("huurder", "begeleider"),
        },
    ),
    "one of several": (
        ["huisbezoek", "moment=extra-1", "aanwezig=huurder"],
        {"moment": "extra-1", "aanwezig": ("huurder",)},
    ),
    "false": (["contact", "doorgegaan=false", "reden=niet thuis"], {"doorgegaan": False, "reden": "niet thuis"}),
    "equals sign": (["overleg", "conclusie=a=b"], {"conclusie": "a=b"}),
    "colon and hash": (["overleg", "conclusie=let op: kelder #4"], {"conclusie": "let op: kelder #4"}),
    "quotes": (["overleg", 'conclusie=\'s avonds "stil"'], {"conclusie": '\'s avonds "stil"'}),
    "braces": (["overleg", "conclusie={a: 1}, [b]"], {"conclusie": "{a: 1}, [b]"}),
    "line break": (["overleg", "conclusie=goed\n- {soort: overleg}"], {"conclusie": "goed\n- {soort: overleg}"}),
    "backslash and tab": (["overleg", "conclusie=a\\n\tb"], {"conclusie": "a\\n\tb"}),
    "letters": (["overleg", "conclusie=één – ’t is 🙂"], {"conclusie": "één – ’t is 🙂"}),
    "leading zeros": (["overleg", "conclusie=007"], {"conclusie": "007"}),
    "dashes": (["overleg", "conclusie=--5"], {"conclusie": "--5"}),
    "spaces": (["overleg", "conclusie= a "], {"conclusie": " a "}),
    "what YAML reads as something else": (["overleg", "conclusie=null"], {"conclusie": "null"}),
    "nothing": (["overleg", "conclusie="], {}),
}


@pytest.mark.parametrize(("words", "entry"), WORDS.values(), ids=WORDS)
def test_what_the_words_make(register: Make, words: list[str], entry: dict[str, object]) -> None:
    root = register({PATH: f"{HEAD}logboek:\n  - {FIRST}\n"})
    result = log(root, NAME, *words)
    assert result.exit_code == 0, result.output
    document, wrong = load_text((root / PATH).read_text(encoding="utf-8"), PATH)
    assert document is not None
    assert wrong == []
    assert document.data["logboek"][-1] == {"soort": words[0], "datum": "2026-08-27"} | entry
    assert document.text.startswith(f"{HEAD}logboek:\n  - {FIRST}\n")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_comes_back(text: str) -> None:
    """On one line; what may not stand in a file is refused when it is read."""
    line = flow({"conclusie": text})
    assert len(line.splitlines()) == 1
    assert yaml.load(line, Loader=yaml.CBaseLoader) == {"conclusie": text}


# Words of the command, exit code, what is said.
REFUSED: dict[str, tuple[list[str], int, str]] = {
    "no words": ([], 2, "dit schrijft u zo: woontraject log VT-2026-014 overleg verloop=goed"),
    "no kind": ([NAME], 2, "dit schrijft u zo"),
    "no equals sign": ([NAME, "overleg", "goed"], 2, "dit schrijft u zo"),
    "unknown dossier": (["VT-2026-009", "overleg"], 2, "het dossier VT-2026-009 bestaat niet"),
    "unknown kind": ([NAME, "gesprek"], 1, "WAARDE"),
    "unknown key": ([NAME, "overleg", "verlop=goed"], 1, "onbekende sleutel ‘verlop’: bedoelt u ‘verloop’?"),
    "no key": ([NAME, "overleg", "=goed"], 2, "‘’ is geen sleutel"),
    "a key that is none": ([NAME, "overleg", "a: b, verloop=goed"], 2, "‘a: b, verloop’ is geen sleutel"),
    "a value that is none": ([NAME, "overleg", "verloop=best"], 1, "verwacht goed of moeilijk, niet ‘best’"),
    "a key twice": ([NAME, "overleg", "verloop=goed", "verloop=goed"], 1, "niet een lijst"),
    "no date": ([NAME, "overleg", "datum=morgen"], 1, "verwacht een datum als 2026-11-26, niet ‘morgen’"),
    "a rule": ([NAME, "overleg", "besluit=verlengen", "maanden=4"], 1, "fout VT-7.4: een verlenging duurt"),
    "ahead of the clock": ([NAME, "overleg", "datum=2027-06-24"], 1, "een uitkomst kan niet van later dan vandaag"),
    "a control character": ([NAME, "overleg", "conclusie=a\x07b"], 1, "onzichtbaar stuurteken (U+0007)"),
    "a line separator": ([NAME, "overleg", "conclusie=a\u2028b"], 1, "onzichtbaar stuurteken (U+2028)"),
    "personal data": ([NAME, "overleg", "conclusie=bel 0470 12 34 56"], 1, "PRIVACY"),
    "only --goed": ([NAME, "overleg", "--goed"], 2, "--goed hoort bij --overleg"),
    "an overleg without --goed": (["--overleg", "2026-08", "alfa"], 2, "log --overleg 2026-11 PARTNER --goed"),
    "an overleg without partner": (["--overleg", "2026-08", "--goed"], 2, "log --overleg 2026-11 PARTNER --goed"),
    "an overleg of two": (["--overleg", "2026-08", "alfa", "beta", "--goed"], 2, "PARTNER --goed"),
    "an unknown partner": (["--overleg", "2026-08", "zeta", "--goed"], 2, "de partner zeta bestaat niet"),
    "no month": (["--overleg", "augustus", "alfa", "--goed"], 2, "verwacht een maand als 2026-11"),
}


@pytest.mark.parametrize(("words", "code", "text"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_changes_nothing(register: Make, words: list[str], code: int, text: str) -> None:
    root = register(dossier())
    before = contents(root)
    result = log(root, *words)
    assert (result.exit_code, text in result.output) == (code, True), result.output
    assert contents(root) == before
    assert code == 2 or "er is niets geschreven" in result.output


def test_an_error_that_it_causes_elsewhere(register: Make) -> None:
    """An extension opens a dossier again that another follows on; what was wrong before does not count."""
    decided = TENTH.replace("goed}", "goed, besluit: positief}")
    follow_up = {"vervolg_op": NAME, "start": "2027-02-05", "begeleiding": f"[{GUIDE.replace('2026-', '2027-')}]"}
    root = register(
        dossier(NAME, decided, bezoek("eindevaluatie", "2027-01-20", "verloop: goed"))
        | dossier("VT-2026-002", quiet=(), **follow_up)
        | dossier("VT-2026-003", quiet=(), begeleiding="")
    )
    wrong = [(found.path[9:20], found.code) for found in findings_of(root, NOW, NOW) if found.level == "fout"]
    assert wrong == [("VT-2026-003", "VT-4")]
    assert log(root, NAME, "signaal", "aard=schade", "omschrijving=lek", op="2027-01-14").exit_code == 0
    before = contents(root)
    result = log(root, NAME, "overleg", "besluit=verlengen", "maanden=3", op="2027-01-14")
    assert result.exit_code == 1
    assert "VT-2026-002.yaml:3:8: fout WW-6: VT-2026-001 is nog niet gesloten" in result.output
    assert "VT-2026-003" not in result.output
    assert contents(root) == before


def test_text_that_is_no_utf_8(register: Make) -> None:
    """As a terminal with another encoding sends it."""
    root = register(dossier())
    before = contents(root)
    command = [sys.executable, "-m", "generator", "--root", str(root), "log", NAME, "overleg"]
    arguments = [*map(os.fsencode, command), b"conclusie=caf\xe9"]
    done = subprocess.run(arguments, cwd=PROJECT, capture_output=True, check=False)
    assert (done.returncode, b"Traceback" in done.stderr) == (2, False)
    assert "deze tekst is geen UTF-8" in done.stderr.decode()
    assert contents(root) == before


# A whole overleg

PLAIN = (overleg("2026-05-28", "moment: overleg-1m, verloop: goed"), VISIT.replace("05-06", "07-02"))
GOOD = "{soort: overleg, datum: 2026-08-27, moment: overleg-4m, verloop: goed}"


def owing(name: str, *logboek: str, **keys: str) -> Files:
    """Of a start on 1 April: on 27 August the evaluation of four months is owed, and the course is known."""
    return dossier(name, *logboek, quiet=PLAIN, start="2026-04-01", **keys)


def ids(numbers: str) -> list[str]:
    return [f"VT-2026-00{n}" for n in numbers]


WITH_BETA = "[{partner: beta, begeleider: BETA-02, vanaf: 2026-04-01}]"
MANY = (
    owing("VT-2026-001")
    | owing("VT-2026-002", signaal("2026-08-03", "schade"))
    | owing("VT-2026-003", "{soort: bespreking, datum: 2026-08-26, gevraagd_door: partner, reden: lawaai}")
    | owing("VT-2026-004", begeleiding=WITH_BETA)
    | owing("VT-2026-005", overleg("2026-08-27", "verloop: moeilijk"))
    | owing("VT-2026-006", overleg("2026-09-24", "moment: overleg-4m, verloop: goed"))
    | owing("VT-2026-007", documenten="{begeleidingsovereenkomst: 2026-01-10, huurovereenkomst: 2026-01-10}")
    | dossier("VT-2026-008")
    | dossier("VT-2026-009", quiet=(), start="2026-07-01", begeleiding=WITH_BETA.replace("beta", "alfa"))
)
# Files, day, partner; which dossiers get an entry, and of which is told that it was discussed.
WHOLE: dict[str, tuple[Files, str, str, str, str]] = {
    "what is owed and not to be discussed": (MANY, "2026-08-27", "alfa", "17", "239"),
    "later": (MANY, "2026-10-05", "alfa", "17", "239"),
    "of who guides, not of who referred": (MANY, "2026-08-27", "beta", "4", ""),
    "asked on the day itself is for the next": (
        owing("VT-2026-001", ASKED.replace("08-12", "08-27")),
        "2026-08-28",
        "alfa",
        "1",
        "",
    ),
    "nothing owed": (dossier("VT-2026-008"), "2026-08-27", "alfa", "", ""),
    "a signal that came on the day does not count": (
        owing("VT-2026-001", signaal("2026-08-27", "schade")),
        "2026-08-27",
        "alfa",
        "1",
        "",
    ),
}


@pytest.mark.parametrize(("files", "op", "partner", "entered", "discussed"), WHOLE.values(), ids=WHOLE)
def test_a_whole_overleg(register: Make, files: Files, op: str, partner: str, entered: str, discussed: str) -> None:
    """Every evaluation that is owed and that nobody wanted to discuss, of the dossiers that the partner guides."""
    root = register(files)
    before = contents(root)
    result = log(root, "--overleg", "2026-08", partner, "--goed", op=op)
    assert result.exit_code == 0, result.output
    assert [line[9:20] for line in result.output.splitlines() if line.endswith(GOOD)] == ids(entered)
    after = {path: text.decode() for path, text in contents(root).items() if text != before[path]}
    assert sorted(path[9:20] for path in after) == ids(entered)
    for path, text in after.items():
        old, *rest = changed(before[path].decode(), text)
        assert [line for line in rest if GOOD in line] == rest
        assert GOOD not in old
    told = f"Noteer zelf wat er besproken is van {', '.join(ids(discussed))}.\n"
    assert (told in result.output) == bool(discussed)
    assert ("Er was geen evaluatie te noteren." in result.output) == (not entered)
    assert [found for found in findings_of(root, NOW, NOW) if found.level == "fout"] == []
    again = log(root, "--overleg", "2026-08", partner, "--goed", op=op)
    assert (again.exit_code, "Er was geen evaluatie te noteren." in again.output) == (0, True)


def test_what_is_recorded_is_off_the_worklist(register: Make) -> None:
    """The loop closes: what stood on the agenda is checked off by an entry."""
    root, day = register(owing("VT-2026-001")), date(2026, 8, 28)
    assert [task.soort for task in make_werklijst(read(root), day) if task.id] == ["te-laat"]
    assert log(root, "--overleg", "2026-08", "alfa", "--goed", op=str(day)).exit_code == 0
    assert [task.soort for task in make_werklijst(read(root), day) if task.id] == []


def test_a_track_that_meets_on_a_day_of_its_own(register: Make) -> None:
    """With the entry on its own day; the command waits for the overleg of the month."""
    early = (overleg("2026-05-05", "moment: overleg-1m, verloop: goed"), PLAIN[1])
    root = register(OWN_DAY | dossier("VT-2026-001", quiet=early, start="2026-04-01"))
    assert log(root, "--overleg", "2026-08", "alfa", "--goed", op="2026-08-05").exit_code == 1
    result = log(root, "--overleg", "2026-08", "alfa", "--goed", op="2026-08-27")
    assert "{soort: overleg, datum: 2026-08-04, moment: overleg-4m, verloop: goed}" in result.output


MOVED = protocol("kalender.yaml", "    2026-07:", "    2026-08: {overleg: 2026-08-31, reden: test}\n    2026-07:")
# Files, day, what is said.
NOT_YET: dict[str, tuple[Files, str, str]] = {
    "the eve": ({}, "2026-08-26", "het overleg van 2026-08 is pas op 2026-08-27: noteer het daarna"),
    "moved": (MOVED, "2026-08-30", "het overleg van 2026-08 is pas op 2026-08-31: noteer het daarna"),
    "dropped": (verslag("2026-08", "vervalt: loopt goed"), "2026-08-27", "is voor alfa geschrapt: dan geldt elke"),
    "not held": (verslag("2026-08", "gehouden: false"), "2026-08-27", "met alfa ging niet door"),
}


@pytest.mark.parametrize(("files", "op", "text"), NOT_YET.values(), ids=NOT_YET)
def test_an_overleg_that_cannot_be_noted(register: Make, files: Files, op: str, text: str) -> None:
    root = register(files | owing("VT-2026-001"))
    before = contents(root)
    result = log(root, "--overleg", "2026-08", "alfa", "--goed", op=op)
    assert (result.exit_code, text in result.output) == (1, True), result.output
    assert contents(root) == before


def test_a_month_without_overleg(register: Make) -> None:
    result = log(register(owing("VT-2026-001")), "--overleg", "2026-07", "alfa", "--goed")
    assert (result.exit_code, "in 2026-07 is er geen overleg" in result.output) == (1, True)


def test_all_files_or_none(register: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """When a file cannot be replaced, those before it are put back."""
    root = register(MANY)
    before, replace = contents(root), Path.replace
    for refused in ("VT-2026-001", "VT-2026-007"):

        def fail(self: Path, target: Path, refused: str = refused) -> Path:
            if target.name.startswith(refused):
                raise PermissionError(13, "Permission denied", str(target))
            return replace(self, target)

        monkeypatch.setattr(Path, "replace", fail)
        result = log(root, "--overleg", "2026-08", "alfa", "--goed")
        assert (result.exit_code, "kan niet geschreven worden" in result.output) == (1, True)
        assert contents(root) == before


def test_an_error_in_one_file_leaves_all_as_they_were(register: Make) -> None:
    """One of the dossiers was stopped on a day before the overleg, and that was noted after its eve."""
    closed = "{soort: stopzetting, datum: 2026-08-27, reden: andere}"
    early = owing("VT-2026-007", "{soort: contact, datum: 2026-03-02, doorgegaan: true}")
    wrong = {path: text.replace("2025-12-04", "2026-03-05") for path, text in early.items()}
    root = register(owing("VT-2026-001", closed) | wrong)
    before = contents(root)
    result = log(root, "--overleg", "2026-08", "alfa", "--goed")
    assert (result.exit_code, "VT-2026-007.yaml" in result.output) == (1, True)
    assert "er is niets geschreven" in result.output
    assert contents(root) == before
