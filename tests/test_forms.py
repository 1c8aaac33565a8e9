"""The forms as people meet them: in a real browser, on a clone with Decap's own server; and behind a real nginx."""

import http.client
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from generator.bewerkserver import current_branch
from generator.findings import Gestopt
from generator.forms import write_forms
from generator.formulieren import make_backend, make_config, make_forms_policy
from generator.model.protocol import Formulieren
from generator.register import read_register
from generator.webserver import make_server_config
from tests.browser import Seen, looking
from tests.conftest import PROJECT, VANDAAG
from tests.forms import TOOLS, fetched_modules
from tests.nginx import free_port, serving
from tests.test_server import LISTEN, proxy

MAAK = Callable[..., Path]
DOSSIER = "dossiers/2026/VT-2026-001.yaml"
BRANCH = "cms/versnelde-toewijzing/2026/VT-2026-001"
LONG = "De huurder vroeg zelf om hulp met de post en met de meterstanden, en toonde de ‘nieuwe’ berging. " * 4
GITLAB = Formulieren(git="gitlab", project="wonen/dossiers", toepassing="0123abcd")


def git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), "-c", "user.name=Test", "-c", "user.email=test@example.org", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration register as a clone, with what npm gives beside it."""
    fetched_modules()
    root = tmp_path_factory.mktemp("bewerken") / "register"
    for name in ("protocol", "dossiers"):
        shutil.copytree(PROJECT / name, root / name)
    shutil.copy(PROJECT / "deploy/register/.gitignore", root / ".gitignore")
    (root / ".woontraject").mkdir()
    (root / ".woontraject/forms").symlink_to(TOOLS)
    git(root, "init", "--quiet", "--initial-branch=main")
    git(root, "config", "user.name", "Test")
    git(root, "config", "user.email", "test@example.org")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=begin")
    return root


@pytest.fixture(scope="module")
def address(clone: Path) -> Iterator[str]:
    """Where `edit` shows the forms, as it tells itself."""
    command = [sys.executable, "-m", "generator", "--root", str(clone), "edit", "--port", "0"]
    with subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stderr
        told = process.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/", told)
        assert found, told
        yield found[0]
        process.terminate()
        assert process.wait(timeout=20) == 0
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", _port(found[0])), timeout=5)


def _port(address: str) -> int:
    return int(address.rstrip("/").rpartition(":")[2])


@pytest.fixture
def begun(chromium: Browser, address: str) -> Iterator[tuple[Page, Seen]]:
    """The forms, opened; at the end nothing was asked of another machine, and nothing went wrong."""
    with looking(chromium, locale="nl-BE", viewport={"width": 1280, "height": 1000}) as (page, seen):
        page.set_default_timeout(20000)
        page.add_init_script(LISTEN)
        page.goto(address)
        page.get_by_role("button", name="Beginnen").click()
        page.get_by_role("link", name="Versnelde toewijzing").click()
        yield page, seen
    assert [url for url in seen.requests if not url.startswith((address, "data:", "blob:"))] == []
    # Decap asks whether there is a proposal already, and its server says 404 when there is none.
    known = "error: Failed to load resource: the server responded with a status of 404 (Not Found)"
    assert [line for line in seen.console if not line.startswith("log: ") and line != known] == []
    assert set(seen.errors) <= {"undefined"}  # Decap's own, when a form is not right yet


def field(place: Page | Locator, name: str) -> Locator:
    """The input of a field, by its key in the file."""
    return place.locator(f"[id^={name}-field]:is(input, textarea)").first


def choose(page: Page, place: Locator, name: str, word: str) -> None:
    """An option of a choice, by what it is called."""
    field(place, name).fill(word)
    page.get_by_role("option", name=word).first.click()


def save(page: Page) -> None:
    page.get_by_role("button", name="Opslaan").click()
    page.get_by_text("Opgeslagen als voorstel").wait_for()


def test_changing_a_dossier(begun: tuple[Page, Seen], clone: Path) -> None:
    """A date, an emptied field, initials, a visit with an hour and a long text: the proposal says that and no more."""
    page, _ = begun
    page.get_by_role("link", name="VT-2026-001").click()
    field(page, "woning").fill("")
    field(page, "ankerfiguur").fill("NO")
    page.locator("[id^=aanmelding-field] input[id^=datum-field]").first.fill("2026-01-08")
    page.get_by_role("button", name="Voeg aantekening toe").click()
    page.get_by_role("menuitem", name="Huisbezoek").click()
    visit = page.locator("[class*=SortableListItem]").last
    field(visit, "datum").fill("2026-11-10")
    field(visit, "uur").fill("10:00")
    choose(page, visit, "moment", "extra-1: Extra huisbezoek")
    choose(page, visit, "verloop", "goed: het loopt goed")
    field(visit, "bevindingen").fill(LONG)
    save(page)
    assert git(clone, "diff", "--name-only", "main", BRANCH) == f"{DOSSIER}\n"
    before, after = (git(clone, "show", f"{name}:{DOSSIER}") for name in ("main", BRANCH))
    changed = [line for line in git(clone, "diff", "--unified=0", "main", BRANCH).splitlines() if line[0] in "+-"]
    removed = [line for line in changed[2:] if line[0] == "-"]
    assert removed == [line for line in removed if line in ("-woning: W-1077", "-  datum: 2026-01-07")]
    added = "\n".join(line[1:] for line in changed[2:] if line[0] == "+")
    assert added.startswith('ankerfiguur: "NO"\n  datum: 2026-01-08\n  - soort: huisbezoek\n    datum: 2026-11-10\n')
    assert '    uur: "10:00"\n    moment: extra-1\n    verloop: goed\n    bevindingen: ' in added
    assert LONG.split() == added.split("bevindingen: ")[1].strip('>-"\n ').split()
    assert before != after
    assert accepted(clone, BRANCH, DOSSIER)


def accepted(clone: Path, branch: str, path: str) -> bool:
    """Whether `check` takes a file of a proposal."""
    place = clone.parent / branch.replace("/", "-")
    git(clone, "worktree", "add", "--quiet", "--detach", str(place), branch)
    command = [sys.executable, "-m", "generator", "--root", str(place), "--date", str(VANDAAG), "check", path]
    result = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, encoding="utf-8", check=False)
    git(clone, "worktree", "remove", "--force", str(place))
    assert result.returncode == 0, result.stdout
    return True


def test_a_new_dossier(begun: tuple[Page, Seen], clone: Path) -> None:
    """Its file has its id for a name; before it is right the form says what is wrong, in Dutch."""
    page, _ = begun
    page.get_by_role("link", name="Item van type dossier maken").click()
    field(page, "id").fill("nieuw")
    page.get_by_role("button", name="Opslaan").click()
    expect(page.get_by_text("Begin met VT-, zoals VT-2026-014.").first).to_be_visible()
    field(page, "id").press("ControlOrMeta+a")
    page.keyboard.type("VT-2026-950")
    place = page.locator("[id^=aanmelding-field]").first
    field(place, "datum").fill("2026-11-02")
    choose(page, place, "partner", "CAW RegioBrugge")
    save(page)
    branches = git(clone, "branch", "--list", "--format=%(refname:short)", "cms/*VT-2026-950").split()
    assert [re.sub(r"/20\d\d/", "/JJJJ/", name) for name in branches] == ["cms/versnelde-toewijzing/JJJJ/VT-2026-950"]
    path = git(clone, "diff", "--name-only", "main", branches[0]).strip()
    assert re.fullmatch(r"dossiers/20\d\d/VT-2026-950\.yaml", path)
    assert git(clone, "show", f"{branches[0]}:{path}") == (
        "id: VT-2026-950\ntraject: versnelde-toewijzing\n"
        "aanmelding: \n  datum: 2026-11-02\n  partner: caw-regiobrugge\n".replace(" \n", "\n")
    )
    assert accepted(clone, branches[0], path)
    page.evaluate("location.hash = '#/workflow'")
    page.get_by_role("heading", name="VT-2026-950").wait_for()


# Who may ask the server of the forms.


def test_only_this_machine_and_only_this_page(address: str) -> None:
    """Not another site that is open in the browser, and not a name that leads here."""
    port = _port(address)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.2", port), timeout=5)
    here = f"127.0.0.1:{port}"
    for headers, status in (
        ({}, 200),
        ({"Origin": f"http://{here}"}, 200),
        ({"Origin": "https://elders.example"}, 403),
        ({"Origin": "http://localhost:3000"}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": f"elders.example:{port}"}, 403),
        ({"Host": f"localhost:{port}"}, 403),
    ):
        for method, path in (("GET", "/config.json"), ("POST", "/api/v1")):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            body = b'{"action": "info"}' if method == "POST" else None
            connection.request(method, path, body, {"Content-Type": "application/json", **headers})
            answer = connection.getresponse()
            assert (headers, path, answer.status) == (headers, path, status)
            assert status == 200 or b"register" not in answer.read()
            connection.close()


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "generator", *arguments]
    return subprocess.run(line, capture_output=True, text=True, encoding="utf-8", check=False, cwd=PROJECT)


def test_what_waits_to_be_committed_stops_the_forms(register: MAAK) -> None:
    root = register()
    with pytest.raises(Gestopt, match="is geen kloon"):
        current_branch(root)
    git(root, "init", "--quiet", "--initial-branch=hoofd")
    with pytest.raises(Gestopt, match="nog niet vastgelegd"):
        current_branch(root)
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=begin")
    assert current_branch(root) == "hoofd"
    with pytest.raises(Gestopt, match="is geen kloon"):
        current_branch(root / "protocol")
    git(root, "checkout", "--quiet", "--detach")
    with pytest.raises(Gestopt, match="op geen enkele tak"):
        current_branch(root)


def test_a_port_in_use(clone: Path, address: str) -> None:
    git(clone, "checkout", "--quiet", "main")
    result = command("--root", str(clone), "edit", "--port", str(_port(address)))
    assert result.returncode == 1
    assert "is niet vrij: kies een andere met --port" in result.stderr


def test_without_node(clone: Path, tmp_path: Path) -> None:
    """Nothing else of the program asks it; here it is told what to install."""
    (tmp_path / "git").symlink_to(shutil.which("git") or "git")
    root = tmp_path / "register"
    git(clone, "clone", "--quiet", str(clone), str(root))
    line = [sys.executable, "-m", "generator", "--root", str(root), "edit"]
    environment = {**os.environ, "PATH": str(tmp_path)}
    result = subprocess.run(line, env=environment, capture_output=True, text=True, cwd=PROJECT, check=False)
    assert result.returncode == 1
    assert "zijn Node en npm nodig" in result.stderr


def test_no_forms_without_a_git_host() -> None:
    result = command("forms")
    assert result.returncode == 2
    assert "vul ‘formulieren’ in" in result.stderr


# Behind nginx.


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The forms of the demonstration register, for a project at GitLab."""
    register, _ = read_register(PROJECT)
    assert register
    out = tmp_path_factory.mktemp("formulieren") / "forms"
    config = make_config(register, make_backend(GITLAB))
    write_forms(out, fetched_modules(), config, make_forms_policy(GITLAB))
    return out


def test_behind_nginx(chromium: Browser, published: Path, made: Path, tmp_path: Path) -> None:
    """For coordinators alone, under a policy of their own; every other page keeps the strict one."""
    here = tmp_path / "here"
    result = command("server-config", "--root", str(published), "--logins", str(here), "--forms", str(made))
    assert (result.returncode, result.stderr) == (0, "")
    with serving(result.stdout, {"anna": "partners/cgg", "dirk": "coordinatie"}, here) as server:
        for path, login, status in (
            ("/forms", None, 302),
            ("/forms/", None, 401),
            ("/forms/config.json", None, 401),
            ("/forms/", "anna:anna", 401),
            ("/forms/", "dirk:dirk", 200),
            ("/forms/yaml/index.js", "dirk:dirk", 200),
            ("/forms/.woontraject", "dirk:dirk", 404),
            ("/forms/bestaat-niet.js", "dirk:dirk", 404),
            ("/forms/../csp.conf", "dirk:dirk", 404),
        ):
            answer = server.get(path, login)
            assert (path, login, answer.status) == (path, login, status)
        answer = server.get("/forms/", "dirk:dirk")
        assert answer.headers["content-security-policy"] == make_forms_policy(GITLAB)
        strict = server.get("/coordinatie/index.html", "dirk:dirk").headers
        assert "unsafe" not in strict["content-security-policy"]
        own = {"content-security-policy", "cache-control", "cross-origin-opener-policy"}
        for name in ("strict-transport-security", "x-content-type-options", "referrer-policy", "permissions-policy"):
            assert answer.headers[name] == strict[name]
        assert own <= answer.headers.keys()
        assert '"dirk" ' in server.logs()
        assert '"GET /forms/yaml/index.js" 200' in server.logs()
        credentials = {"username": "dirk", "password": "dirk"}
        with looking(chromium, ignore_https_errors=True, http_credentials=credentials) as (page, seen):
            page.add_init_script(LISTEN)
            page.goto(f"{server.url}/forms/")
            page.get_by_role("button", name="Inloggen met GitLab").wait_for()
        assert [line for line in seen.console if not line.startswith("log: ")] == []
        assert seen.errors == []
        assert [url for url in seen.requests if not url.startswith((server.url, "data:"))] == []


def test_behind_nginx_with_accounts(published: Path, made: Path, tmp_path: Path) -> None:
    text = make_server_config(published / "build", tmp_path / "here", f"https://localhost:{free_port()}", made)
    replaced = re.sub(r"(?m)^.*# login\n", "", text)
    replaced = re.sub(r"#oidc# ?", "", replaced)
    logins = {"anna@cgg.example": "partners/cgg", "dirk@vivendo.example": "coordinatie"}
    with (
        proxy() as port,
        serving(replaced.replace("127.0.0.1:4180", f"127.0.0.1:{port}"), logins, tmp_path / "here") as server,
    ):
        for who, status in (("", 302), ("anna@cgg.example", 404), ("dirk@vivendo.example", 200), ("niemand@a.be", 404)):
            assert (who, server.get("/forms/", Cookie=f"_oauth2_proxy={who}").status) == (who, status)


def test_forms_that_were_not_made(published: Path, tmp_path: Path) -> None:
    with pytest.raises(Gestopt, match="staan geen formulieren"):
        make_server_config(published / "build", tmp_path, None, tmp_path)
