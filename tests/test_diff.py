"""`diff`: what a change means for people, against a revision of git."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from html import unescape
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator import verschil
from generator.cli import cli
from generator.history import History
from generator.model.verschil import Basis, Verschil
from generator.register import read_register
from generator.render.ical import _Events, in_window
from generator.render.verschil import escape, verschil_markdown, verschil_text
from generator.revisie import blob_id, find_base, read_revision
from generator.traject import Standen
from generator.verschil import feeds
from generator.verschil.kant import Kant
from generator.verschil.raakt import touched
from generator.views import audiences, make_view
from tests.canary import DAY, WORD, Aviary
from tests.conftest import GEHEIM, PROJECT, VANDAAG

Make = Callable[..., Path]
DOSSIER = """\
id: VT-2026-001
traject: versnelde-toewijzing
woning: W-1
start: 2026-08-01
aanmelding: {datum: 2026-05-04, partner: gamma, besluit: {datum: 2026-06-01, uitkomst: toegelaten}}
documenten:
  toestemmingsverklaring: 2026-07-01
  begeleidingsovereenkomst: 2026-07-02
  huurovereenkomst: 2026-07-03
begeleiding:
  - {partner: alfa, begeleider: ALFA-01, vanaf: 2026-08-01}
logboek:
  - {soort: overleg, datum: 2026-09-24, moment: overleg-1m, verloop: goed, conclusie: rustig}
"""
PATH = "dossiers/VT-2026-001.yaml"
KALENDER = "protocol/kalender.yaml"
REGELS = "protocol/versnelde-toewijzing/2024-01-01.yaml"
VISIT = "  - {soort: huisbezoek, datum: 2026-11-25, uur: 10:00, moment: huisbezoek-3m}\n"
SIGNAL = "  - {soort: signaal, datum: 2026-11-20, aard: schade, omschrijving: deur stuk}\n"


def git(root: Path, *arguments: str) -> str:
    names = ("-c", "user.name=test", "-c", "user.email=test@voorbeeld.example", "-c", "commit.gpgsign=false")
    command = ["git", "-C", str(root), *names, *arguments]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout.strip()


def commit(root: Path, text: str = "stand") -> str:
    git(root, "add", "-A")
    git(root, "commit", "-q", "--allow-empty", "-m", text)
    return git(root, "rev-parse", "HEAD")


@pytest.fixture
def root(register: Make) -> Path:
    """A register with two dossiers, in git."""
    made = register({PATH: DOSSIER, other(2): DOSSIER.replace("001", "002").replace("alfa", "beta")})
    git(made, "init", "-q", "-b", "main")
    commit(made)
    return made


def other(number: int) -> str:
    return f"dossiers/VT-2026-{number:03}.yaml"


def change(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), encoding="utf-8")


def add(root: Path, path: str, text: str) -> None:
    with (root / path).open("a", encoding="utf-8") as file:
        file.write(text)


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--root", str(root), "--date", str(VANDAAG), "diff", *arguments])


def told(root: Path, *arguments: str) -> dict[str, Any]:
    result = run(root, *arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    return dict(json.loads(result.stdout))


def compare(root: Path, basis: str = "HEAD", op: date = VANDAAG) -> Verschil:
    nu, findings = read_register(root)
    assert nu is not None
    base = find_base(root, basis)
    toen, found = read_revision(root, base, nu)
    return verschil.make_verschil(toen, nu, (found, findings), base, op, op)


def test_no_change(root: Path) -> None:
    assert compare(root).leeg
    assert "verandert niets" in run(root).output
    change(root, PATH, "woning: W-1\n", "woning: W-1 # met commentaar\n")
    assert compare(root).leeg


def test_a_visit_is_planned(root: Path) -> None:
    add(root, PATH, VISIT)
    found = told(root)
    assert [(d["id"], d["wat"], d["velden"]) for d in found["dossiers"]] == [
        ("VT-2026-001", "gewijzigd", ["logboek.huisbezoek"])
    ]
    (moment,) = found["momenten"]
    assert (moment["moment"], moment["wat"]) == ("huisbezoek-3m", "verschoven")
    assert moment["van"] == {"datum": "2026-11-02", "uur": None, "status": "te-laat"}
    assert moment["naar"] == {"datum": "2026-11-25", "uur": "10:00", "status": "gepland"}
    assert "datum uit het logboek: 2026-11-25" in moment["uitleg"]
    changes = {f"{f['doelgroep']}/{f['naam']}": (len(f["verplaatst"]), len(f["verwijderd"])) for f in found["feeds"]}
    assert changes == {
        "coordinatie/alles": (1, 0),
        "coordinatie/taken": (0, 1),
        "partners/alfa/ALFA-01": (1, 0),
        "partners/alfa/alfa": (1, 0),
        "partners/gamma/gamma": (1, 0),
    }
    (event,) = found["feeds"][0]["verplaatst"]
    assert (event["van"], event["naar"]) == ("2026-11-02", "2026-11-25T10:00:00+01:00")
    assert (found["agendas"], found["zicht"], found["overleggen"]) == ([], [], [])


def test_a_signal_puts_a_dossier_on_agendas(root: Path) -> None:
    assert not compare(root).agendas
    add(root, PATH, SIGNAL)
    found = compare(root)
    assert {(a.partner, a.maand, a.nodig_van, a.nodig_naar) for a in found.agendas} >= {
        ("alfa", "2026-11", False, True),
        ("gamma", "2026-11", False, True),
    }
    assert {a.bespreken_erbij[0].redenen for a in found.agendas} == {("signaal",)}
    assert "het overleg is nu wel nodig" in verschil_text(found)


def test_an_agenda_that_was_needed_for_another_dossier_stays_so(root: Path) -> None:
    change(root, other(2), "partner: beta", "partner: alfa")
    add(root, other(2), SIGNAL)
    commit(root)
    add(root, PATH, SIGNAL)
    found = compare(root)
    assert {(a.nodig_van, a.nodig_naar) for a in found.agendas if a.partner == "alfa"} == {(True, True)}
    assert {a.bespreken_erbij[0].id for a in found.agendas} == {"VT-2026-001"}


def test_a_handover_changes_who_sees_what(root: Path) -> None:
    change(root, PATH, "vanaf: 2026-08-01}", "vanaf: 2026-08-01, tot: 2026-11-19}")
    change(root, PATH, "logboek:", "  - {partner: beta, begeleider: BETA-01, vanaf: 2026-11-20}\nlogboek:")
    found = compare(root)
    seen = {item.partner: (item.van, item.naar) for item in found.zicht}
    assert seen == {"alfa": ("toestemming", None), "beta": (None, "toestemming")}
    assert "begeleidt sinds 2026-11-20" in next(item.redenen for item in found.zicht if item.partner == "beta")
    assert not found.momenten
    kinds = {(feed.doelgroep, feed.naam): feed.stand for feed in found.feeds}
    assert kinds["partners/beta", "BETA-01"] == "nieuw"
    assert kinds["partners/alfa", "ALFA-01"] == "verdwenen"


def test_consent_withdrawn_leaves_the_dates(root: Path) -> None:
    change(root, PATH, "g: 2026-07-01", "g: {ondertekend: 2026-07-01, ingetrokken: 2026-11-20}")
    found = compare(root)
    assert {(item.partner, item.van, item.naar) for item in found.zicht} == {
        ("alfa", "toestemming", "altijd"),
        ("gamma", "toestemming", "altijd"),
    }
    assert found.dossiers[0].velden == ("documenten.toestemmingsverklaring.ingetrokken",)


def test_a_dossier_closes_and_opens_again(root: Path) -> None:
    add(root, PATH, "  - {soort: stopzetting, datum: 2026-11-19, reden: opname}\n")
    closed = compare(root)
    assert [(d.wat, d.fase_van, d.fase_naar, d.einde_naar) for d in closed.dossiers] == [
        ("gesloten", "lopend", "stopgezet", date(2026, 11, 19))
    ]
    assert {(m.wat, m.naar.status) for m in closed.momenten if m.naar} == {("status", "vervallen")}
    alles = next(feed for feed in closed.feeds if feed.naam == "alles")
    assert len(alles.geannuleerd) == len(closed.momenten)
    commit(root)
    (root / PATH).write_text(DOSSIER, encoding="utf-8")
    assert [d.wat for d in compare(root).dossiers] == ["heropend"]


def test_new_untracked_and_removed(root: Path) -> None:
    (root / other(2)).unlink()
    (root / "dossiers/map").mkdir()
    (root / "dossiers/map/VT-2026-003.yaml").write_text(
        DOSSIER.replace("001", "003").replace("W-1", "W-3"), encoding="utf-8"
    )
    found = compare(root)
    assert [(d.id, d.wat) for d in found.dossiers] == [("VT-2026-002", "verwijderd"), ("VT-2026-003", "nieuw")]
    assert {(m.id, m.wat) for m in found.momenten} == {("VT-2026-002", "verdwenen"), ("VT-2026-003", "nieuw")}
    open_ = {"te-plannen", "gepland", "te-laat"}
    assert {(m.van or m.naar).status for m in found.momenten if m.van or m.naar} <= open_  # type: ignore[union-attr]
    assert {(z.id, z.partner, z.naar) for z in found.zicht} >= {
        ("VT-2026-002", "gamma", None),
        ("VT-2026-003", "gamma", "toestemming"),
    }


@pytest.mark.parametrize("moved", [False, True], ids=["in-place", "in-another-file"])
def test_another_id(root: Path, moved: bool) -> None:
    change(root, PATH, "VT-2026-001", "VT-2026-901")
    if moved:
        (root / PATH).rename(root / other(901))
    result = run(root, "--format", "json")
    found = json.loads(result.stdout)
    if not moved:  # the name of the file is an error then
        assert result.exit_code == 1
        assert [(o["kant"], o["codes"]) for o in found["onvolledig"]] == [("nu", ["ID"])]
        return
    assert [(d["id"], d["vorige_id"], d["wat"]) for d in found["dossiers"]] == [
        ("VT-2026-901", "VT-2026-001", "andere-id")
    ]
    assert (found["momenten"], found["zicht"]) == ([], [])
    alles = next(feed for feed in found["feeds"] if feed["naam"] == "alles")
    assert len(alles["toegevoegd"]) == len(alles["verwijderd"]) > 0


def test_another_folder_changes_nothing(root: Path) -> None:
    (root / "dossiers/oud").mkdir()
    (root / PATH).rename(root / "dossiers/oud/VT-2026-001.yaml")
    assert compare(root).leeg


def test_a_meeting_is_moved(root: Path) -> None:
    for number in range(3, 48):
        text = DOSSIER.replace("001", f"{number:03}").replace("W-1", f"W-{number}")
        (root / other(number)).write_text(text, encoding="utf-8")
    commit(root)
    moved = "2026-12: {overleg: 2026-12-17, aankondiging: 2026-12-10, reden: oudejaar}"
    change(root, KALENDER, "2026-07: {", f"{moved}\n    2026-07: {{")
    found = compare(root)
    assert found.protocol == (KALENDER,)
    assert not found.dossiers
    assert [(o.maand, o.van, o.naar) for o in found.overleggen] == [("2026-12", date(2026, 12, 31), date(2026, 12, 17))]
    assert len(found.momenten) == 47
    text = verschil_text(found)
    lines = [line for line in text.splitlines() if "VT-2026-" in line]
    assert len(lines) == 1
    assert "47 keer overleg-4m: van do 31 december 2026 naar do 17 december 2026, 14 dagen vroeger" in lines[0]
    assert "VT-2026-001, VT-2026-002, VT-2026-003 en nog 44" in lines[0]
    public = next(feed for feed in found.feeds if feed.doelgroep == "publiek")
    assert [str(event.naar) for event in public.verplaatst] == ["2026-12-10", "2026-12-17"]


def test_a_rule_changes(root: Path) -> None:
    change(root, REGELS, "id: overleg-4m, soort: overleg, na: 4", "id: overleg-4m, soort: overleg, na: 5")
    found = compare(root)
    assert {(m.moment, m.wat) for m in found.momenten} == {("overleg-4m", "verschoven")}
    assert "overleg-4m (na: 5)" in found.momenten[0].uitleg[0]


def test_a_cancelled_meeting(root: Path) -> None:
    change(root, KALENDER, "2026-07: {", "2026-12: {vervalt: true, reden: feest}\n    2026-07: {")
    found = compare(root)
    assert [(o.maand, o.naar) for o in found.overleggen] == [("2026-12", None)]
    assert "vervalt" in verschil_text(found)
    assert any(feed.geannuleerd for feed in found.feeds)


def test_of_a_track_that_changed_only_its_dossiers_are_looked_at(root: Path) -> None:
    before, _ = read_register(root)
    change(root, "protocol/woonbegeleiding/2024-01-01.yaml", "titel: ", "titel: Andere ")
    after, _ = read_register(root)
    assert before is not None
    assert after is not None
    assert touched(before, after) == set()


def test_linked_dossiers_are_looked_at(register: Make) -> None:
    chain = {other(1): "", other(2): "vervolg_op: VT-2026-001\n", other(3): "vervolg_op: VT-2026-002\n", other(4): ""}
    files = {path: DOSSIER.replace("VT-2026-001", Path(path).stem) + more for path, more in chain.items()}
    before, _ = read_register(register(files))
    after, _ = read_register(register({other(2): files[other(2)].replace("W-1", "W-9")}))
    assert before is not None
    assert after is not None
    assert touched(before, after) == {"VT-2026-001", "VT-2026-002", "VT-2026-003"}


EDITS: list[Callable[[str, Random], str]] = [
    lambda text, _: re.sub(r"(?m)^woning: .*$", "woning: elders", text),
    lambda text, chance: re.sub(r"vanaf: (\S+)-\d\d\b", rf"vanaf: \1-{chance.randint(10, 28)}", text, count=1),
    lambda text, _: re.sub(r"(?m)^documenten:\n  toestemming.*\n", "documenten:\n", text),
    lambda text, _: text + SIGNAL if "logboek:" in text else text,
    lambda text, _: (
        text + "  - {soort: stopzetting, datum: 2026-11-18, reden: opname}\n" if "logboek:" in text else text
    ),
    lambda text, _: (
        text + "  - {soort: huisbezoek, datum: 2026-12-03, uur: 09:30, moment: extra-7}\n"
        if "logboek:" in text
        else text
    ),
    lambda _text, _chance: "",
]


def edited(folder: Path, seed: int) -> Path:
    """A register in git with dossiers of every kind, some of them changed since."""
    chance = Random(seed)
    aviary = Aviary(chance)
    aviary.dossiers(14)
    root = aviary.write(folder / "register")
    git(root, "init", "-q", "-b", "main")
    commit(root)
    for path in chance.sample(sorted((root / "dossiers").iterdir()), 6):
        text = chance.choice(EDITS)(path.read_text(encoding="utf-8"), chance)
        path.write_text(text, encoding="utf-8") if text else path.unlink()
    return root


@pytest.mark.parametrize("seed", range(6))
def test_what_is_not_looked_at_is_the_same(seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = edited(tmp_path, seed)
    quick = compare(root)
    assert not quick.leeg
    everything: Callable[..., set[str]] = lambda toen, nu: toen.dossiers.keys() | nu.dossiers.keys()  # noqa: E731
    monkeypatch.setattr(verschil, "touched", everything)
    assert compare(root) == quick


@pytest.mark.parametrize("seed", range(6))
def test_nothing_that_somebody_wrote_is_told(seed: int, tmp_path: Path) -> None:
    root = edited(tmp_path, seed)
    names = {path.stem.lower() for path in (root / "dossiers").iterdir()}
    names |= set(git(root, "ls-tree", "-r", "--name-only", "HEAD", "dossiers").lower().split())
    workers = re.findall(r"begeleider: (\S+?)[,}]", git(root, "grep", "-h", "begeleider:", "HEAD"))
    allowed = {word for name in names for word in WORD.findall(name)} | {worker.lower() for worker in workers}
    for form in ("text", "markdown", "json"):
        output = run(root, "--format", form).output.lower().replace("\\", "")
        found = set(WORD.findall(output))
        assert found
        assert found <= allowed


@pytest.mark.parametrize("seed", range(3))
def test_the_calendars_are_those_of_a_build(seed: int, tmp_path: Path) -> None:
    aviary = Aviary(Random(seed))
    aviary.dossiers(14)
    found, _ = read_register(aviary.write(tmp_path / "register"))
    assert found is not None
    standen, expected = Standen(found), {}
    for audience in audiences(found):
        view = make_view(standen, History(), audience, DAY, GEHEIM)
        for feed in view.feeds:
            events = [event for event in _Events(view).of(feed) if in_window(event, DAY)]
            expected[audience.naam, feed.naam] = {(event.uid, event.start, event.status) for event in events}
    made = feeds.make_events(Kant(found, found, DAY))
    told = {tuple(feed): {(e.uid, e.start, e.status) for e in events.values()} for feed, events in made.items()}
    assert told == expected


def test_back_and_forth(root: Path) -> None:
    """What comes one way goes the other way."""
    first = commit(root)
    add(root, PATH, VISIT + SIGNAL)
    (root / other(2)).unlink()
    forth = compare(root, first)
    second = commit(root)
    git(root, "checkout", "-q", first)
    back = compare(root, second)
    assert [(m.id, m.moment, m.van, m.naar) for m in forth.momenten] == [
        (m.id, m.moment, m.naar, m.van) for m in back.momenten
    ]
    assert {(z.id, z.partner, z.van, z.naar) for z in forth.zicht} == {
        (z.id, z.partner, z.naar, z.van) for z in back.zicht
    }


def test_errors_at_the_base_are_said(root: Path) -> None:
    change(root, PATH, "start: 2026-08-01", "start: geheim kanarie")
    change(root, other(2), "overleg-1m", "overleg-99m")
    commit(root)
    (root / PATH).write_text(DOSSIER, encoding="utf-8")
    change(root, other(2), "overleg-99m", "overleg-1m")
    (root / other(3)).write_text(DOSSIER.replace("001", "003"), encoding="utf-8")
    result = run(root)
    assert result.exit_code == 0
    assert f"{PATH}, regel 4, in de versie waarmee vergeleken is: WAARDE" in result.output
    assert other(2) in result.output
    assert "kanarie" not in result.output
    found = told(root)
    assert [d["id"] for d in found["dossiers"]] == ["VT-2026-003"]
    assert {m["id"] for m in found["momenten"]} == {"VT-2026-003"}


def test_errors_now_are_said_and_fail(root: Path) -> None:
    change(root, PATH, "start: 2026-08-01", "start: geheim kanarie")
    add(root, other(2), VISIT)
    result = run(root)
    assert result.exit_code == 1
    assert "in de wijziging: WAARDE" in result.output
    assert "VT-2026-002" in result.output
    assert "kanarie" not in result.output


def test_a_base_without_a_readable_protocol(root: Path) -> None:
    text = (root / KALENDER).read_text(encoding="utf-8")
    (root / KALENDER).write_text("overleg: [\n", encoding="utf-8")
    commit(root)
    (root / KALENDER).write_text(text, encoding="utf-8")
    add(root, PATH, VISIT)
    found = told(root)
    assert [o["bestand"] for o in found["onvolledig"]] == [KALENDER]
    assert [m["moment"] for m in found["momenten"]] == ["huisbezoek-3m"]


def test_a_base_without_a_register(root: Path) -> None:
    git(root, "checkout", "-q", "--orphan", "leeg")
    git(root, "rm", "-q", "-r", "--cached", ".")
    git(root, "commit", "-q", "--allow-empty", "-m", "leeg")
    found = told(root, "HEAD")
    assert {o["bestand"] for o in found["onvolledig"]} >= {KALENDER, "protocol/partners.yaml"}
    assert {d["wat"] for d in found["dossiers"]} == {"nieuw"}


def test_the_base_is_where_the_branch_began(root: Path) -> None:
    start = git(root, "rev-parse", "HEAD")
    git(root, "checkout", "-q", "-b", "voorstel")
    add(root, PATH, VISIT)
    commit(root)
    git(root, "checkout", "-q", "main")
    (root / other(2)).unlink()
    commit(root)
    git(root, "checkout", "-q", "voorstel")
    assert find_base(root, None) == Basis("main", start)
    assert [d["id"] for d in told(root)["dossiers"]] == ["VT-2026-001"]
    assert find_base(root, "main").commit == git(root, "rev-parse", "main")
    git(root, "branch", "-q", "-m", "main", "stam")
    assert find_base(root, None) == Basis("HEAD", git(root, "rev-parse", "HEAD"))


def test_a_register_in_a_folder_of_a_repository(root: Path, tmp_path: Path) -> None:
    shutil.rmtree(root / ".git")
    git(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path)
    add(root, PATH, VISIT)
    assert [m["moment"] for m in told(root)["momenten"]] == ["huisbezoek-3m"]


@pytest.mark.parametrize("naam", ["bestaat-niet", "--output=x", "HEAD:protocol", "", "a\x1bb"])
def test_an_unknown_revision(root: Path, naam: str) -> None:
    result = run(root, "--", naam)
    assert result.exit_code == 2
    assert "git kent ‘" in result.stderr
    assert "\x1b" not in result.stderr
    assert not (root / "x").exists()


def test_without_git(register: Make) -> None:
    result = run(register({PATH: DOSSIER}))
    assert result.exit_code == 1
    assert "staat niet in git" in result.stderr


def test_a_shallow_clone(root: Path, tmp_path: Path) -> None:
    commit(root)
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{root}", "ondiep")
    result = run(tmp_path / "ondiep")
    assert result.exit_code == 1
    assert "git fetch --unshallow" in result.stderr


def test_blobs_are_named_as_git_does(root: Path, tmp_path: Path) -> None:
    assert blob_id(DOSSIER.encode(), 40) == git(root, "rev-parse", f"HEAD:{PATH}")
    git(tmp_path, "init", "-q", "--object-format=sha256", "nieuw")
    (tmp_path / "nieuw/bestand").write_text(DOSSIER, encoding="utf-8")
    commit(tmp_path / "nieuw")
    assert blob_id(DOSSIER.encode(), 64) == git(tmp_path / "nieuw", "rev-parse", "HEAD:bestand")


def test_hostile_names_are_harmless_in_markdown(root: Path) -> None:
    hostile = "[x](https://kwaad.example) @iedereen <img src=x onerror=y> #12 `code` **vet** | www.kwaad.example !9"
    change(root, "protocol/partners.yaml", "naam: Alfa", f"naam: '{hostile}'")
    add(root, PATH, SIGNAL)
    git(root, "branch", "-q", "a_b`c")
    text = run(root, "a_b`c", "--format", "markdown").stdout
    assert "a\\_b\\`c" in text
    (line,) = {line for line in text.splitlines() if "iedereen" in line and "november" in line}
    assert not re.search(r"(?<!\\)[!#$%()*+:@\[\]_`|~<>]", line.split(", november")[0])
    assert "www\\.kwaad" in line
    assert "&lt;img" in line
    assert "\\@\N{WORD JOINER}iedereen" in line
    assert escape("een\n# kop") == "een \\#\N{WORD JOINER} kop"


def test_markdown_and_text_say_the_same(root: Path) -> None:
    add(root, PATH, VISIT + SIGNAL)
    found = compare(root)
    plain = unescape(re.sub(r"\\(.)", r"\1", verschil_markdown(found)).replace("\N{WORD JOINER}", ""))
    for line in verschil_text(found).splitlines()[1:]:
        assert line.strip() in plain


def test_the_demonstration(tmp_path: Path) -> None:
    root = tmp_path / "register"
    for folder in ("dossiers", "protocol"):
        shutil.copytree(PROJECT / folder, root / folder)
    git(root, "init", "-q", "-b", "main")
    commit(root)
    assert compare(root).leeg
    moved = "2026-12: {overleg: 2026-12-17, aankondiging: 2026-12-10, reden: oudejaar}"
    change(root, KALENDER, "2026-07: {", f"{moved}\n    2026-07: {{")
    found = compare(root)
    assert found.momenten
    lines = verschil_text(found).splitlines()
    assert len(lines) < 40
    assert max(map(len, lines)) < 1000
