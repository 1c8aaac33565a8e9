"""Whole builds, as people run them: what is written, that it is the same every time, and that nothing is lost."""

import filecmp
import json
import os
import re
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.conftest import BASIS, PROJECT

MAAK = Callable[..., Path]
DATUM = "2026-11-21"


def run(
    *arguments: str, root: Path | None = None, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """The command, in a process of its own."""
    where = ["--root", str(root)] if root else []
    command = [sys.executable, "-m", "generator", *where, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), **(env or {})}
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, env=environment)


def dossier(name: str = "VT-2026-001", start: str = "2026-02-01", partner: str = "alfa", logboek: str = "") -> str:
    return f"""\
id: {name}
traject: versnelde-toewijzing
start: {start}
aanmelding: {{datum: 2025-12-04, partner: {partner}}}
documenten:
  toestemmingsverklaring: 2026-01-15
  begeleidingsovereenkomst: 2026-01-19
  huurovereenkomst: 2026-01-19
begeleiding:
  - {{partner: {partner}, begeleider: {partner.upper()}-01, vanaf: {start}}}
logboek:
  - {{soort: overleg, datum: 2026-03-26, moment: overleg-1m, verloop: goed}}
{logboek}"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with two partners, built once."""
    root = tmp_path_factory.mktemp("register") / "register"
    shutil.copytree(BASIS, root)
    (root / "dossiers").mkdir()
    visit = "  - {soort: huisbezoek, datum: 2026-05-06, uur: 10:00, moment: huisbezoek-3m, wooncultuur: goed}\n"
    signal = "  - {soort: signaal, datum: 2026-10-01, aard: schade, omschrijving: '<b>vet</b> & {{ 7*7 }}'}\n"
    (root / "dossiers" / "VT-2026-001.yaml").write_text(dossier(logboek=visit + signal), encoding="utf-8")
    (root / "dossiers" / "VT-2026-002.yaml").write_text(dossier("VT-2026-002", partner="beta"), encoding="utf-8")
    result = run("build", "--date", DATUM, root=root)
    assert result.returncode == 0, result.stderr
    return root


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def differences(one: Path, other: Path) -> list[str]:
    """The files that are not in both with the same bytes."""
    first, second = files_of(one), files_of(other)
    return sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))


def test_every_audience_has_its_site(built: Path) -> None:
    sites = {page.parent.relative_to(built / "build/sites").as_posix() for page in built.rglob("planning.json")}
    assert sites == {"publiek", "coordinatie", "partners/alfa", "partners/beta"}
    feeds = {path.relative_to(built / "build/sites").as_posix() for path in (built / "build/sites").rglob("*.ics")}
    assert feeds == {
        "publiek/kalender/overleg.ics",
        "coordinatie/kalender/alles.ics",
        "coordinatie/kalender/taken.ics",
        "partners/alfa/kalender/alfa.ics",
        "partners/alfa/kalender/ALFA-01.ics",
        "partners/beta/kalender/beta.ics",
        "partners/beta/kalender/BETA-01.ics",
    }


def test_planning_of_a_site_is_what_planning_prints(built: Path) -> None:
    printed = json.loads(run("planning", "--format", "json", "--date", DATUM, root=built).stdout)
    published = json.loads((built / "build/sites/coordinatie/planning.json").read_text(encoding="utf-8"))
    assert published == printed
    own = json.loads((built / "build/sites/partners/alfa/planning.json").read_text(encoding="utf-8"))
    assert [dossier["id"] for dossier in own["dossiers"]] == ["VT-2026-001"]


def test_nobody_sees_the_dossier_of_another(built: Path) -> None:
    for site, hidden in (
        ("partners/alfa", b"VT-2026-002"),
        ("partners/beta", b"VT-2026-001"),
        ("publiek", b"VT-2026-00"),
    ):
        names = [name for name, content in files_of(built / "build/sites" / site).items() if hidden in content]
        assert names == []


def test_free_text_appears_as_typed(built: Path) -> None:
    page = (built / "build/sites/coordinatie/dossiers/VT-2026-001.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;vet&lt;/b&gt; &amp; {{ 7*7 }}" in page


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.found += [values[key] or "" for key in ("href", "src") if key in values]
        if values.get("id"):
            self.ids.add(values["id"] or "")


def read_links(page: Path) -> _Links:
    links = _Links()
    links.feed(page.read_text(encoding="utf-8"))
    return links


def test_every_link_is_alive(built: Path) -> None:
    """Within a site each link leads to a file, and each fragment to a place in it; nothing is asked of elsewhere."""
    for planning in (built / "build/sites").rglob("planning.json"):
        pages = {page: read_links(page) for page in planning.parent.rglob("*.html") if page.name != "404.html"}
        dead = [
            f"{page}: {link}" for page, links in pages.items() for link in links.found if not _alive(page, link, pages)
        ]
        assert dead == []


def _alive(page: Path, link: str, pages: dict[Path, _Links]) -> bool:
    if link.startswith(("mailto:", "https://teams.example/")) or link in ("", ".", "javascript:void(0)"):
        return True
    if re.match(r"[a-z]+:|//", link):
        return False
    path, _, fragment = link.partition("#")
    path = path.partition("?")[0]
    target = (page.parent / path).resolve() if path else page
    target = target / "index.html" if target.is_dir() else target
    return target.exists() and (not fragment or target not in pages or fragment in pages[target].ids)


def test_same_input_same_bytes(built: Path, tmp_path: Path) -> None:
    """Also after `touch`, in another time zone and language, with another hash seed and other workers."""
    copy = tmp_path / "elders" / "register"
    shutil.copytree(built, copy, ignore=shutil.ignore_patterns("build", ".build*"))
    for path in copy.rglob("*"):
        os.utime(path, (1, 1))
    env = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "fr_FR.UTF-8", "LANGUAGE": "fr", "PYTHONHASHSEED": "42"}
    result = run("build", "--date", DATUM, "--jobs", "1", root=copy, env=env)
    assert result.returncode == 0, result.stderr
    assert differences(built / "build", copy / "build") == []


def test_an_error_leaves_the_last_build_whole(built: Path, tmp_path: Path) -> None:
    """Every error is told at once, exit 1, and `build/` still holds the last good one."""
    root = tmp_path / "register"
    shutil.copytree(built, root)
    (root / "dossiers/VT-2026-003.yaml").write_text("id: VT-2026-003\nstart: 2026-02-30\n", encoding="utf-8")
    (root / "dossiers/VT-2026-004.yaml").write_text("id: [\n", encoding="utf-8")
    before = filecmp.dircmp(built / "build", root / "build")
    result = run("build", "--date", DATUM, root=root)
    assert result.returncode == 1
    assert "VT-2026-003.yaml:2:8: fout WAARDE: de datum 2026-02-30 bestaat niet" in result.stderr
    assert "VT-2026-004.yaml:" in result.stderr
    assert differences(built / "build", root / "build") == []
    assert not before.diff_files
    assert [path.name for path in root.iterdir() if path.name.startswith(".build.") and path.is_dir()] == []


def test_a_failing_renderer_leaves_the_last_build_whole(built: Path, tmp_path: Path) -> None:
    root = tmp_path / "register"
    shutil.copytree(built, root)
    (root / "site/templates").mkdir(parents=True)
    (root / "site/templates/dossier.html").write_text("{{ bestaat_niet }}", encoding="utf-8")
    result = run("build", "--date", DATUM, root=root)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert "dossier.html" in result.stderr
    assert differences(built / "build", root / "build") == []


def test_two_builds_at_once_lose_nothing(built: Path) -> None:
    import fcntl

    with (built / ".build.lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        result = run("build", "--date", "2026-11-22", root=built)
    assert result.returncode == 1
    assert "er loopt al een bouw" in result.stderr


def test_a_folder_with_anything_else_is_never_replaced(built: Path, tmp_path: Path) -> None:
    """`--out` on a folder of somebody's own, the register itself too, loses nothing."""
    (tmp_path / "eigen").mkdir()
    (tmp_path / "eigen/tekst.txt").write_text("van mij", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "eigen")
    (tmp_path / "www/sites").mkdir(parents=True)
    (tmp_path / "www/sites/pagina.html").write_text("van mij", encoding="utf-8")
    for out in (tmp_path, tmp_path / "eigen", tmp_path / "link", tmp_path / "www", built):
        before = files_of(built)
        result = run("build", "--date", DATUM, "--out", str(out), root=built)
        assert result.returncode == 1, out
        assert "kies een nieuwe of lege map" in result.stderr
        assert files_of(built) == before
    assert (tmp_path / "eigen/tekst.txt").read_text(encoding="utf-8") == "van mij"
    assert (tmp_path / "www/sites/pagina.html").read_text(encoding="utf-8") == "van mij"


def test_only_one_audience(built: Path, tmp_path: Path) -> None:
    out = tmp_path / "deel"
    result = run("build", "--date", DATUM, "--only", "partners/alfa", "--out", str(out), root=built)
    assert result.returncode == 0, result.stderr
    assert differences(out / "sites/partners/alfa", built / "build/sites/partners/alfa") == []
    assert [path.name for path in (out / "sites").iterdir()] == ["partners"]
    assert run("build", "--only", "partners/omega", root=built).returncode == 2
    refused = run("build", "--date", DATUM, "--only", "publiek", root=built)
    assert refused.returncode == 1
    assert "dat zou verdwijnen" in refused.stderr


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("na: 4,", "na: 5,", "protocol/versnelde-toewijzing/2024-01-01.yaml"),
        ("regel: FREQ=MONTHLY;BYDAY=-1TH", "regel: FREQ=MONTHLY;BYDAY=2TU", "protocol/kalender.yaml"),
    ],
    ids=["overleg-4m-later", "tweede-dinsdag"],
)
def test_the_protocol_is_data(tmp_path: Path, old: str, new: str, where: str) -> None:
    """A number or a weekday changes in `protocol/`: planning, agenda, feeds and protocol text follow."""
    outputs: list[dict[str, str]] = []
    for changed in (False, True):
        root = tmp_path / str(changed)
        shutil.copytree(PROJECT / "protocol", root / "protocol")
        shutil.rmtree(root / "protocol/overleg")
        kalender = root / "protocol/kalender.yaml"
        rule = "aankondiging: FREQ=MONTHLY;BYDAY=-2TH"
        text = re.sub(r"  uitzonderingen:\n(    .*\n)+", "", kalender.read_text(encoding="utf-8"))
        kalender.write_text(text.replace(rule, "aankondiging: FREQ=MONTHLY;BYDAY=1TU"), encoding="utf-8")
        (root / "dossiers").mkdir()
        text = dossier(start="2026-06-28", partner="cgg").replace("2026-03-26", "2026-07-30")
        (root / "dossiers/VT-2026-001.yaml").write_text(
            text.replace("  - {soort: overleg", "  # {soort: overleg"), encoding="utf-8"
        )
        if changed:
            before = (root / where).read_text(encoding="utf-8")
            assert old in before
            (root / where).write_text(before.replace(old, new), encoding="utf-8")
        outputs.append(_outputs(root))
    before, after = outputs
    assert [name for name in before if before[name] == after[name]] == []


def _outputs(root: Path) -> dict[str, str]:
    result = run("build", "--date", "2026-10-01", "--only", "partners/cgg", root=root)
    assert result.returncode == 0, result.stderr
    site = root / "build/sites/partners/cgg"
    return {
        "planning": run("planning", "--date", "2026-10-01", root=root).stdout,
        "agenda": run("agenda", "cgg", "2026-10", "--format", "json", "--date", "2026-10-01", root=root).stdout,
        "feed": (site / "kalender/cgg.ics").read_text(encoding="utf-8"),
        "protocol": (site / "protocol/versnelde-toewijzing.html").read_text(encoding="utf-8"),
        "dossier": (site / "dossiers/VT-2026-001.html").read_text(encoding="utf-8"),
    }


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The wheel, installed away from the sources: the environment to run it with."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(PROJECT)],
        check=True,
        capture_output=True,
    )
    wheel = next(folder.glob("woontraject-*.whl"))
    subprocess.run(
        [*pip, "install", "--no-deps", "--target", str(folder / "lib"), str(wheel)], check=True, capture_output=True
    )
    return {**os.environ, "PYTHONPATH": str(folder / "lib")}


def test_a_register_of_its_own(installed: dict[str, str], tmp_path: Path) -> None:
    """`init` makes a register that the installed wheel checks and builds, with no sources beside it."""

    def command(*arguments: str) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-m", "generator", *arguments]
        return subprocess.run(
            line, capture_output=True, text=True, encoding="utf-8", check=False, cwd=tmp_path, env=installed
        )

    code = "import generator; print(generator.__file__)"
    line = [sys.executable, "-c", code]
    where = subprocess.run(line, capture_output=True, text=True, check=True, cwd=tmp_path, env=installed)
    assert not Path(where.stdout.strip()).is_relative_to(PROJECT)
    assert command("init", "nieuw").returncode == 0
    assert command("init", "nieuw").returncode == 1
    root = tmp_path / "nieuw"
    assert {path.name for path in root.iterdir()} >= {
        "dossiers",
        "protocol",
        ".gitignore",
        ".gitlab-ci.yml",
        ".pre-commit-config.yaml",
        "CODEOWNERS",
        "ci",
        ".github",
        ".vscode",
        "README.md",
    }
    example = re.search(r"```yaml\n(id: .*?)```", (root / "README.md").read_text(encoding="utf-8"), re.S)
    assert example
    (root / "dossiers/VT-2026-001.yaml").write_text(example[1], encoding="utf-8")
    checked = command("--root", "nieuw", "check", "--date", DATUM)
    assert checked.returncode == 0, checked.stdout
    assert "dossiers/" not in checked.stdout
    result = command("--root", "nieuw", "build", "--date", DATUM)
    assert result.returncode == 0, result.stderr
    page = (root / "build/sites/partners/partner-welzijn/dossiers/VT-2026-001.html").read_text(encoding="utf-8")
    assert "Demonstratie" not in page
    assert "Gezamenlijk huisbezoek" in page
    configuration = command("--root", "nieuw", "server-config")
    assert configuration.returncode == 0, configuration.stderr
    assert "partners/partner-welzijn;" in configuration.stdout


@pytest.fixture
def serving(built: Path, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    root = tmp_path / "register"
    shutil.copytree(built, root)
    port = "18653"
    command = [sys.executable, "-m", "generator", "--root", str(root), "serve", "--date", DATUM, "--port", port]
    process = subprocess.Popen(command, cwd=PROJECT, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    try:
        yield root, f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.communicate(timeout=20)


def fetch(url: str) -> str:
    with urllib.request.urlopen(url, timeout=5) as answer:
        return str(answer.read().decode())


def wait_for(url: str, text: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if text in fetch(url):
                return
        except OSError:
            pass
        time.sleep(0.3)
    pytest.fail(f"{url} never showed {text}")


def test_serve_follows_a_saved_file(serving: tuple[Path, str]) -> None:
    """A saved YAML file shows; after an error the last good site stays."""
    root, url = serving
    page = f"{url}/partners/alfa/dossiers/VT-2026-001.html"
    wait_for(page, "zo 1 februari 2026")
    path = root / "dossiers/VT-2026-001.yaml"
    good = path.read_text(encoding="utf-8")
    path.write_text(good.replace("2026-02-01", "2026-02-03"), encoding="utf-8")
    wait_for(page, "di 3 februari 2026")
    path.write_text(good.replace("2026-02-01", "2026-02-30"), encoding="utf-8")
    time.sleep(3)
    assert "di 3 februari 2026" in fetch(page)
    assert "partners/alfa" in fetch(f"{url}/")
