"""Removing dossiers: nothing of them stays in the register, in what is built from it and in git; all else does."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from shlex import join

import pytest
from click.testing import CliRunner, Result

from generator.cli import cli
from generator.history import days_of_change, versions_of
from generator.model.view import Vergeten
from generator.render.vergeten import forgotten_text
from generator.report import make_report
from generator.sporen import read_traces
from tests.conftest import BASIS, PROJECT, read
from tests.parts import require_command

MAAK = Callable[..., Path]
OP = "2026-11-21"
GONE, FORMER, LONGER, OTHER = "PW-2025-001", "PW-2025-1", "PW-2025-0011", "PW-2025-003"
SECRET = "zwartbruine marmot"


def dossier(name: str, tekst: str = "rustig", extra: str = "", logboek: str = "") -> str:
    return f"""\
id: {name}
traject: proefwonen
woning: W-{name}
start: 2025-02-03
termijn: 6
aanmelding:
  datum: 2025-01-07
  partner: alfa
  doelgroep: {{volwassen: true, psychische_problematiek: gekend, verslaving: true, herhaalde_woonproblematiek: true,
    ingeschreven_sociale_woning: true, maanden_domicilie_brugge: 14}}
  besluit: {{datum: 2025-01-14, uitkomst: toegelaten}}
documenten:
  toestemmingsverklaring: 2025-01-07
  begeleidingsovereenkomst: 2025-01-20
  akte_van_bruikleen: 2025-01-20
  huishoudelijk_reglement: 2025-01-20
begeleiding:
  - {{partner: alfa, begeleider: ALFA-01, vanaf: 2025-02-03}}
{extra}logboek:
  - {{soort: signaal, datum: 2025-03-03, aard: schade, omschrijving: {tekst}, afgesloten: 2025-04-01}}
{logboek}"""


STOPPED = "  - {soort: stopzetting, datum: 2025-06-02, reden: afgehaakt}\n"
RULES = {"protocol/proefwonen/2024-01-01.yaml": (PROJECT / "protocol/proefwonen/2024-01-01.yaml").read_text("utf-8")}


def forget(root: Path, *ids: str, op: str = OP) -> Result:
    return CliRunner().invoke(cli, ["--root", str(root), "--date", op, "forget", *ids])


def files_of(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def commands_of(printed: str) -> str:
    """The commands as they stand there: four spaces in."""
    return "\n".join(line[4:] for line in printed.splitlines() if line.startswith("    "))


def test_a_dossier_goes_and_its_counts_stay(register: MAAK) -> None:
    files = {f"dossiers/2025/{name}.yaml": dossier(name, logboek=STOPPED) for name in (GONE, LONGER)}
    root = register(RULES | files)
    before, kept = make_report(read(root), date(2026, 11, 21)), files_of(root)
    result = forget(root, GONE)
    assert result.exit_code == 0, result.output
    after = files_of(root)
    assert kept.keys() - after.keys() == {f"dossiers/2025/{GONE}.yaml"}
    assert after.keys() - kept.keys() == {"protocol/tellingen/2025.yaml"}
    assert [name for name in kept.keys() & after.keys() if kept[name] != after[name]] == []
    report = make_report(read(root), date(2026, 11, 21))
    assert report.trajecten == before.trajecten
    assert (report.aangemeld, report.verwijderd) == (2, 1)
    assert "gesloten sinds ma 2 juni 2025; er is geen bewaartermijn vastgelegd" in result.stdout
    assert "git" not in commands_of(result.stdout), "the folder is no git repository"
    assert commands_of(result.stdout) == f"woontraject --root {root} build"


def test_counts_are_added_to_the_file_of_the_year(register: MAAK) -> None:
    """What people wrote above it stays."""
    files = {f"dossiers/{name}.yaml": dossier(name, logboek=STOPPED) for name in (GONE, LONGER)}
    root = register(RULES | files)
    assert forget(root, GONE, op="2026-01-15").exit_code == 0
    path = root / "protocol/tellingen/2025.yaml"
    once = path.read_text(encoding="utf-8")
    assert once.startswith("# Wat verwijderde dossiers telden")
    path.write_text(f"# Nagekeken door de stuurgroep.\n{once}", encoding="utf-8")
    assert forget(root, LONGER).exit_code == 0
    assert path.read_text(encoding="utf-8") == f"# Nagekeken door de stuurgroep.\n{once}".replace(": 1", ": 2").replace(
        "2026-01-15", OP
    )


TERMS = "bewaartermijn: {gesloten: {bewaren: 12}, geweigerd: {bewaren: 12}}\n"


@pytest.mark.parametrize(
    ("logboek", "op", "said"),
    [
        (STOPPED, "2026-06-01", "gesloten sinds ma 2 juni 2025; de bewaartermijn liep nog tot di 2 juni 2026"),
        (STOPPED, "2026-06-02", "gesloten sinds ma 2 juni 2025; de bewaartermijn is voorbij sinds di 2 juni 2026"),
        ("", "2026-06-02", "het was nog niet gesloten; de bewaartermijn begint pas daarna"),
    ],
)
def test_it_says_how_long_it_should_have_been_kept(register: MAAK, logboek: str, op: str, said: str) -> None:
    root = register(RULES | {f"dossiers/{GONE}.yaml": dossier(GONE, logboek=logboek)})
    organisation = root / "protocol/organisatie.yaml"
    organisation.write_text(organisation.read_text("utf-8") + TERMS, encoding="utf-8")
    result = forget(root, GONE, op=op)
    assert result.exit_code == 0, result.output
    assert said in result.stdout


def test_a_follow_up_goes_with_it(register: MAAK) -> None:
    """Another dossier that stays never follows on nothing; it is named, and nothing changed (WW-6)."""
    follow = dossier("ZH-2026-001", extra=f"vervolg_op: {GONE}\n").replace("proefwonen", "zittende-huurder")
    last = follow.replace("ZH-2026-001", "ZH-2026-002").replace(GONE, "ZH-2026-001")
    files = {f"dossiers/{GONE}.yaml": dossier(GONE), "dossiers/ZH-2026-001.yaml": follow}
    root = register(RULES | files | {"dossiers/ZH-2026-002.yaml": last})
    before = files_of(root)
    for ids in ((GONE,), (GONE, "ZH-2026-001")):
        result = forget(root, *ids)
        assert result.exit_code == 1
        assert "ZH-2026-002 volgt op" in result.stderr.replace("ZH-2026-001 en ", "")
        assert f"woontraject forget {GONE} ZH-2026-001 ZH-2026-002" in result.stderr
        assert files_of(root) == before
    assert forget(root, "ZH-2026-002").exit_code == 0
    assert forget(root, GONE, "ZH-2026-001").exit_code == 0
    assert not list((root / "dossiers").glob("*.yaml"))


def test_what_is_not_there(register: MAAK) -> None:
    root = register(RULES | {f"dossiers/{GONE}.yaml": dossier(GONE)})
    before = files_of(root)
    result = forget(root, GONE, GONE.lower())
    assert result.exit_code == 2
    assert f"het dossier ‘{GONE.lower()}’ bestaat niet" in result.stderr
    assert forget(root, "PW-2025-002").stderr == (
        f"woontraject: het dossier ‘PW-2025-002’ bestaat niet: bedoelt u ‘{GONE}’?\n"
    )
    assert forget(root).exit_code == 2
    assert files_of(root) == before


def test_what_cannot_be_read_can_go(register: MAAK) -> None:
    """By the name of its file; it is not counted, and no other stands in its way."""
    root = register(
        RULES | {f"dossiers/{GONE}.yaml": "id: [\n", "dossiers/VT-2026-009.yaml": "id: VT-2026-009\nx: 1\n"}
    )
    result = forget(root, GONE)
    assert result.exit_code == 0, result.output
    assert "het kon niet gelezen worden, en telt niet mee in het rapport" in result.stdout
    assert not (root / "protocol/tellingen").exists()
    (root / "dossiers/VT-2026-009.yaml").write_text(f"id: VT-2026-009\nvervolg_op: {LONGER}\nx: 1\n", encoding="utf-8")
    (root / f"dossiers/{LONGER}.yaml").write_text(dossier(LONGER), encoding="utf-8")
    refused = forget(root, LONGER)
    assert refused.exit_code == 1
    assert f"dossiers/VT-2026-009.yaml volgt op {LONGER}, en kan niet gelezen worden" in refused.stderr


def test_two_files_with_one_id(register: MAAK) -> None:
    """Nobody knows which of the two is meant."""
    root = register(RULES | {f"dossiers/{GONE}.yaml": dossier(GONE), f"dossiers/{OTHER}.yaml": dossier(GONE)})
    result = forget(root, GONE)
    assert result.exit_code == 1
    assert f"(dossiers/{GONE}.yaml, dossiers/{OTHER}.yaml)" in result.stderr
    assert len(list((root / "dossiers").iterdir())) == 2


def test_counts_that_cannot_be_read_stop_it(register: MAAK) -> None:
    root = register(RULES | {f"dossiers/{GONE}.yaml": dossier(GONE), "protocol/tellingen/2025.yaml": "op: 1\n"})
    before = files_of(root)
    result = forget(root, GONE)
    assert result.exit_code == 1
    assert "protocol/tellingen/2025.yaml:1:1: fout" in result.stderr
    assert files_of(root) == before


@pytest.mark.parametrize("failing", ["unlink", "replace"])
def test_all_or_nothing(register: MAAK, monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
    """A failure half-way puts everything back."""
    root = register(RULES | {f"dossiers/{name}.yaml": dossier(name, logboek=STOPPED) for name in (GONE, LONGER, OTHER)})
    assert forget(root, OTHER).exit_code == 0
    before, real, calls = files_of(root), getattr(Path, failing), []

    def fails_the_second_time(self: Path, *arguments: object, **options: object) -> object:
        if self.parent.name == "dossiers" or failing == "replace":
            calls.append(self)
            if len(calls) == (2 if failing == "unlink" else 1):
                raise PermissionError(13, "Permission denied", str(self))
        return real(self, *arguments, **options)

    monkeypatch.setattr(Path, failing, fails_the_second_time)
    result = forget(root, GONE, LONGER)
    monkeypatch.undo()
    assert result.exit_code == 1
    assert "kan niet geschreven worden" in result.stderr
    assert files_of(root) == before


RECORD = """\
# Van de overleggen
alfa:
  gehouden: true   # op Teams
  aanmeldingen_verstuurd: {PW-2025-001: 2025-01-15, PW-2025-0011: 2025-01-16}
  verzonden:
    aanmeldingen:
      PW-2025-001: {op: 2025-01-15, kenmerk: abcdefghij}
beta: {aanmeldingen_verstuurd: {PW-2025-001: 2025-01-15}, gehouden: true}
"""


def test_when_the_aanmelder_was_told_goes_too(register: MAAK) -> None:
    """The rest of the record stays as it was; a record of nothing else goes as a whole."""
    files = {f"dossiers/{name}.yaml": dossier(name, logboek=STOPPED) for name in (GONE, LONGER)}
    records = {
        "protocol/overleg/2025-01.yaml": RECORD,
        "protocol/overleg/2025-02.yaml": f"alfa: {{aanmeldingen_verstuurd: {{{GONE}: 2025-02-01}}}}\n",
    }
    root = register(RULES | files | records)
    result = forget(root, GONE)
    assert result.exit_code == 0, result.output
    assert "is weg uit protocol/overleg/2025-01.yaml, protocol/overleg/2025-02.yaml" in result.stdout
    assert "Schrap wat er nog over gezegd wordt" not in result.stdout
    assert (
        (root / "protocol/overleg/2025-01.yaml").read_text(encoding="utf-8")
        == """\
# Van de overleggen
alfa:
  gehouden: true   # op Teams
  aanmeldingen_verstuurd: {PW-2025-0011: 2025-01-16}
beta: {gehouden: true}
"""
    )
    assert not (root / "protocol/overleg/2025-02.yaml").exists()
    read(root)


def test_what_still_names_it_is_told(register: MAAK) -> None:
    """A text in another dossier, a copy beside it; not an id that only begins the same."""
    root = register(
        RULES
        | {
            f"dossiers/{GONE}.yaml": dossier(GONE),
            f"dossiers/{GONE}.yaml~": "oud",
            f"dossiers/{OTHER}.yaml": dossier(OTHER, tekst=f"zie {GONE.lower()}"),
            f"dossiers/{LONGER}.yaml": dossier(LONGER),
        }
    )
    told = re.findall(r"(?m)^   - (.+)$", forget(root, GONE).stdout)
    assert told == [f"dossiers/{GONE}.yaml~", f"dossiers/{OTHER}.yaml"]


# In git --------------------------------------------------------------------------------------------------------------


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout


def commit(root: Path, message: str, files: dict[str, str | None]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8") if text is not None else (root / path).unlink()
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message", message)


@pytest.fixture
def published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working copy and its bare remote: the dossier was renamed, copied, changed on branches, tagged and named."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    (tmp_path / "gitconfig").write_text("[user]\nname = A\nemail = a@voorbeeld.example\n[init]\ndefaultBranch = main\n")
    remote, root = tmp_path / "bron van waarheid.git", tmp_path / "mijn register"
    git(tmp_path, "init", "--quiet", "--bare", str(remote))
    git(tmp_path, "clone", "--quiet", str(remote), str(root))
    shutil.copytree(BASIS, root, dirs_exist_ok=True)
    commit(root, "Begin", RULES | {f"dossiers/{LONGER}.yaml": dossier(LONGER), ".gitignore": "/build/\n/.build*\n"})
    commit(root, "Nieuw dossier", {f"dossiers/{OTHER}.yaml": dossier(GONE, tekst=SECRET)})  # in the wrong file
    own = dossier(FORMER, tekst=SECRET)
    commit(root, "Juiste naam", {f"dossiers/{OTHER}.yaml": None, f"dossiers/{FORMER}.yaml": own})
    own = dossier(GONE, tekst=f"{SECRET} twee keer")
    commit(root, f"{FORMER} wordt {GONE}", {f"dossiers/{FORMER}.yaml": None, f"dossiers/2025/{GONE}.yaml": own})
    commit(root, "Echt een ander", {f"dossiers/{OTHER}.yaml": dossier(OTHER)})
    note = {"site/nota.md": f"Zie {GONE} en {LONGER}.\n", f"dossiers/{LONGER}.yaml": dossier(LONGER, tekst="ook dit")}
    commit(root, f"Bezoek bij {GONE.lower()} en {LONGER}", {f"dossiers/2025/{GONE}.yaml": own + STOPPED, **note})
    git(root, "tag", "--annotate", f"stand-{GONE}", "--message", f"Voor {GONE}")
    git(root, "checkout", "--quiet", "-b", f"{GONE.lower()}-bezoek")
    commit(root, "Naar het archief", {f"dossiers/2025/{GONE}.yaml": None, "archief/oud.yaml": own + STOPPED})
    copies = {"kladje.yaml": dossier(GONE, tekst=f"nog een {SECRET}"), "vroeger.yaml": dossier(FORMER, tekst=SECRET)}
    commit(root, "Ook kopieën", copies)
    git(root, "checkout", "--quiet", "main")
    git(root, "checkout", "--quiet", "-b", "samen")
    commit(root, "Anders", {f"dossiers/2025/{GONE}.yaml": own.replace("ALFA-01", "ALFA-02") + STOPPED})
    git(root, "checkout", "--quiet", "main")
    commit(root, "Nota weg", {"site/nota.md": "Niets.\n"})
    git(root, "merge", "--quiet", "--no-ff", "samen", "--message", f"Merge van {GONE}")
    git(root, "push", "--quiet", "--all")
    git(root, "push", "--quiet", "--tags")
    git(root, "push", "--quiet", "origin", "samen:refs/pull/1/head")
    (root / f"dossiers/2025/{GONE}.yaml").write_text(own + STOPPED, encoding="utf-8")
    git(root, "stash", "--quiet")
    return root


TRACE = re.compile(rf"(?i)(?<![a-z0-9])({GONE}|{FORMER})(?![a-z0-9])|{SECRET}".encode())


def objects_of(folder: Path) -> bytes:
    """Everything that git keeps, reachable or not, and the names of branches and tags."""
    command = "git cat-file --batch-all-objects --batch --unordered; git for-each-ref"
    return subprocess.run(command, shell=True, cwd=folder, check=True, capture_output=True).stdout


def history_of(root: Path, path: str) -> list[str]:
    """Each version of a file with its message, newest first."""
    return git(root, "log", "--format=%s", "--raw", "--no-abbrev", "--", path).splitlines()


def test_the_printed_steps_leave_no_trace(published: Path, tmp_path: Path) -> None:
    """Run as printed: no object of the new working copy or of the remote holds it; what others have is whole."""
    require_command("git-filter-repo", "apt-get install git-filter-repo")
    root, remote = published, tmp_path / "bron van waarheid.git"
    (root / "build/sites").mkdir(parents=True)
    (root / "build/.woontraject").touch()
    (root / "build/sites/oud.html").write_text(SECRET, encoding="utf-8")
    before = make_report(read(root), date(2026, 11, 21))
    others = [history_of(root, f"dossiers/{name}.yaml") for name in (LONGER, OTHER)]
    assert TRACE.search(objects_of(root))
    assert TRACE.search(objects_of(remote))

    result = forget(root, GONE)
    assert result.exit_code == 0, result.output
    assert "dossiers/PW-2025-003.yaml is of was ook van een ander dossier" in " ".join(result.stdout.split())
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    run = subprocess.run(
        ["bash", "-e", "-c", commands_of(result.stdout)],
        cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout + run.stderr
    assert run.stdout.count("niets meer gevonden") == 2
    assert "NOG NIET WEG" not in run.stdout

    for folder in (root, remote):
        assert not TRACE.search(objects_of(folder)), folder
        traces = [name for name, content in files_of(folder).items() if TRACE.search(content + name.encode())]
        assert traces == [], folder
        git(folder, "fsck", "--strict")
    assert LONGER.encode() in objects_of(remote)
    names = git(remote, "for-each-ref", "--format=%(refname)").split()
    assert names == [
        "refs/heads/main",
        "refs/heads/samen",
        "refs/heads/verwijderd-bezoek",
        "refs/tags/stand-verwijderd",
    ]
    assert [history_of(root, f"dossiers/{name}.yaml") for name in (LONGER, OTHER)] == [
        [line.replace(f"bij {GONE.lower()}", "bij VERWIJDERD") for line in others[0]],
        others[1][:3],  # what stood there before was not its own
    ]
    assert git(root, "status", "--short") == ""
    assert git(root, "rev-parse", "main") == git(root, "rev-parse", "origin/main")
    built = {Path(name).name for name in files_of(root / "build")}
    assert {"planning.json", "search_index.json", "alfa.ics", "alles.ics", f"{LONGER}.html"} <= built
    assert make_report(read(root), date(2026, 11, 21)).trajecten == before.trajecten


def test_where_nothing_was_ever_committed(published: Path) -> None:
    """A dossier that git does not know asks no new history."""
    (published / "dossiers/PW-2026-077.yaml").write_text(dossier("PW-2026-077"), encoding="utf-8")
    printed = forget(published, "PW-2026-077").stdout
    assert "filter-repo" not in printed
    assert "protocol/tellingen/2025.yaml" in commands_of(printed)
    assert "dossiers/PW-2026-077.yaml" not in commands_of(printed)


def test_without_a_remote_and_in_a_folder_of_something_larger(published: Path, tmp_path: Path) -> None:
    """The new clone takes the place of the working copy, and keeps its branches and the secret of the calendars."""
    require_command("git-filter-repo", "apt-get install git-filter-repo")
    top = tmp_path / "alles"
    git(tmp_path, "init", "--quiet", str(top))
    shutil.copytree(published, top / "wonen" / "register", ignore=shutil.ignore_patterns(".git"))
    root = top / "wonen" / "register"
    commit(top, "Begin", {"leesmij.md": "Van ons.\n"})
    git(top, "branch", "ander")
    (root / ".woontraject").mkdir()
    (root / ".woontraject/geheim").write_text("van de kalenders")
    (root / ".woontraject/.gitignore").write_text("*")
    result = forget(root, GONE)
    assert result.exit_code == 0, result.output
    script = commands_of(result.stdout).replace(f"{join(['woontraject', '--root', str(root), 'build'])}\n", "")
    run = subprocess.run(["bash", "-e", "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr
    assert not TRACE.search(objects_of(top))
    assert git(top, "branch", "--format=%(refname:short)").split() == ["ander", "main"]
    assert (root / ".woontraject/geheim").read_text() == "van de kalenders"
    assert (top / "leesmij.md").read_text() == "Van ons.\n"
    assert git(top, "status", "--short") == ""


def test_what_others_began_with_too_is_no_former_id(published: Path) -> None:
    """A template’s id, or any word, in an earlier version: nothing of the others is looked for."""
    for name in ("PW-2025-020", "PW-2025-021"):
        for template in ("PW-2025-000", "sjabloon"):
            commit(published, "Nieuw", {f"dossiers/{name}.yaml": dossier(template, tekst=name.lower())})
        commit(published, "Ingevuld", {f"dossiers/{name}.yaml": dossier(name, tekst=name.lower())})
    sporen = read_traces(
        published, {"PW-2025-020": "dossiers/PW-2025-020.yaml"}, {"PW-2025-021": "dossiers/PW-2025-021.yaml"}, {}
    )
    assert sporen
    assert (sporen.ids, sporen.paden, sporen.gedeeld, sporen.versies) == (
        ("PW-2025-020",),
        ("dossiers/PW-2025-020.yaml",),
        (),
        (),
    )


def test_a_new_dossier_that_looks_like_another_is_no_copy_of_it(published: Path) -> None:
    """Its history begins where it does: git itself takes such a file for a copy."""
    assert len(days_of_change(published, f"dossiers/{LONGER}.yaml")) == 1
    found = {version.pad for version in versions_of(published, f"dossiers/{OTHER}.yaml")}
    assert found == {f"dossiers/{OTHER}.yaml"}
    renamed = {version.pad for version in versions_of(published, f"dossiers/2025/{GONE}.yaml")}
    assert renamed == {f"dossiers/{name}.yaml" for name in (f"2025/{GONE}", FORMER, OTHER)}


def test_each_host_asks_its_own(published: Path) -> None:
    """And a password in the address is never printed."""
    git(published, "remote", "add", "kopie", "/srv/kopie.git")
    for url, said in (
        ("https://github.com/vivendo/register.git", "wist alleen GitHub Support"),
        ("git@gitlab.vivendo.example:wonen/register.git", ".git/filter-repo/commit-map op bij Settings"),
        ("ssh://git@git.vivendo.example/register.git", "git gc --prune=now"),
        ("https://ik:wachtwoord@git.vivendo.example/register.git", "remote get-url origin"),
    ):
        git(published, "remote", "set-url", "origin", url)
        sporen = read_traces(published, {GONE: f"dossiers/2025/{GONE}.yaml"}, {}, {})
        printed = " ".join(
            forgotten_text(Vergeten(date(2026, 11, 21), str(published), (), (), (), (), (), sporen)).split()
        )
        assert said in printed
        assert (url in printed) == ("wachtwoord" not in url)
        assert "wachtwoord" not in printed
        assert "De remote kopie is een eigen kopie" in printed
