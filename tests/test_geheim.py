"""Secret addresses of feeds: who has one, how it is revoked, where the secret comes from."""

import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from generator.build import build
from generator.findings import Gestopt, has_errors
from generator.geheim import make_token, read_geheim
from tests.conftest import GEHEIM, VANDAAG

Make = Callable[..., Path]
ADRES = "https://woontraject.voorbeeld.be"
TOKEN = re.compile(r"[a-z2-7]{32}")


def dossier(name: str, partner: str, worker: str) -> str:
    return f"""\
id: {name}
traject: versnelde-toewijzing
start: 2026-02-01
aanmelding: {{datum: 2025-12-04, partner: {partner}}}
documenten: {{begeleidingsovereenkomst: 2026-01-19, huurovereenkomst: 2026-01-19}}
begeleiding: [{{partner: {partner}, begeleider: {worker}, vanaf: 2026-02-01}}]
"""


@pytest.fixture
def two(register: Make) -> Path:
    """Two partners, one of them with two workers."""
    root = register(
        {
            "dossiers/VT-2026-001.yaml": dossier("VT-2026-001", "alfa", "ALFA-01"),
            "dossiers/VT-2026-002.yaml": dossier("VT-2026-002", "alfa", "ALFA-02"),
            "dossiers/VT-2026-003.yaml": dossier("VT-2026-003", "beta", "ALFA-01"),
        }
    )
    append(root / "protocol/organisatie.yaml", f"webadres: {ADRES}/\n")
    return root


def append(file: Path, text: str) -> None:
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def made(root: Path, geheim: str = GEHEIM, op: date = VANDAAG) -> Path:
    out = root / "build"
    findings = build(root, op, VANDAAG, out, geheim=geheim, progress=lambda *_: None)
    assert not has_errors(findings), findings
    return out


def addresses(out: Path) -> dict[str, str]:
    """The token of each feed, by its audience and name, as the sites tell it."""
    found = {}
    for page in sorted(out.glob("sites/**/kalender.html")):
        text = page.read_text(encoding="utf-8")
        for token, name in re.findall(rf"{ADRES}/feeds/([a-z2-7]+)/([\w-]+)\.ics", text):
            found[f"{page.parent.relative_to(out / 'sites')}/{name}"] = token
    return found


def test_every_site_tells_its_own_addresses(two: Path) -> None:
    out = made(two)
    found = addresses(out)
    assert found.keys() == {
        "coordinatie/alles",
        "coordinatie/taken",
        "partners/alfa/alfa",
        "partners/alfa/ALFA-01",
        "partners/alfa/ALFA-02",
        "partners/beta/beta",
        "partners/beta/ALFA-01",
    }
    assert len(set(found.values())) == len(found)
    assert all(TOKEN.fullmatch(token) for token in found.values())
    for name, token in found.items():
        site, _, feed = name.rpartition("/")
        secret = out / "feeds" / token / f"{feed}.ics"
        assert secret.read_bytes() == (out / "sites" / site / "kalender" / f"{feed}.ics").read_bytes()
        telling = {str(p.relative_to(out)) for p in out.rglob("*") if p.is_file() and token in text_of(p)}
        assert telling
        assert all(path.startswith(f"sites/{site}/") for path in telling)


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8", errors="replace")


def test_the_public_address_is_no_secret(two: Path) -> None:
    page = text_of(made(two) / "sites/publiek/kalender.html")
    assert f"{ADRES}/publiek/kalender/overleg.ics" in page
    assert "webcal://woontraject.voorbeeld.be/publiek/kalender/overleg.ics" in page
    assert "/feeds/" not in page


def test_a_folder_of_feeds_is_not_listed(two: Path) -> None:
    assert (made(two) / "feeds/index.html").read_bytes() == b""


@pytest.mark.parametrize(
    ("file", "after", "text", "changed"),
    [
        (
            "organisatie",
            "naam: Huisvester\n",
            "kalenderadres: {versie: 2}\n",
            {"coordinatie/alles", "coordinatie/taken"},
        ),
        (
            "partners",
            "alfa:\n",
            "  kalenderadres: {versie: 2}\n",
            {"partners/alfa/alfa", "partners/alfa/ALFA-01", "partners/alfa/ALFA-02"},
        ),
        ("partners", "alfa:\n", "  kalenderadres: {begeleiders: {ALFA-01: 2}}\n", {"partners/alfa/ALFA-01"}),
    ],
)
def test_a_version_revokes(two: Path, file: str, after: str, text: str, changed: set[str]) -> None:
    old = addresses(made(two))
    source = two / f"protocol/{file}.yaml"
    source.write_text(source.read_text(encoding="utf-8").replace(after, after + text, 1), encoding="utf-8")
    out = made(two)
    new = addresses(out)
    assert {name for name in old if old[name] != new[name]} == changed
    assert not [name for name in changed if (out / "feeds" / old[name]).exists()]


def test_another_secret_gives_other_addresses(two: Path) -> None:
    one, other = addresses(made(two)), addresses(made(two, "another secret"))
    assert not set(one.values()) & set(other.values())


def test_who_no_longer_guides_loses_the_address(two: Path) -> None:
    before = addresses(made(two))
    path = two / "dossiers/VT-2026-002.yaml"
    path.write_text(dossier("VT-2026-002", "alfa", "ALFA-03"), encoding="utf-8")
    out = made(two)
    assert "partners/alfa/ALFA-02" not in addresses(out)
    assert not (out / "feeds" / before["partners/alfa/ALFA-02"]).exists()


def test_without_an_address_of_the_site_the_page_says_so(two: Path) -> None:
    file = two / "protocol/organisatie.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace(f"webadres: {ADRES}/\n", ""), encoding="utf-8")
    page = text_of(made(two) / "sites/partners/alfa/kalender.html")
    assert "webcal" not in page
    assert "volgt zodra bekend is waar deze site staat" in page


def test_a_token_holds_160_bits_of_the_right_hmac() -> None:
    """Reckoned apart: `printf 'partners/alfa/alfa\\n1' | openssl dgst -sha256 -hmac geheim -binary`, 20 bytes of it."""
    assert make_token("geheim", "partners/alfa/alfa", "1") == "yktolh3rpo4tbzhvcxbvj3m3suunodl7"


def test_the_first_build_makes_a_secret_that_only_its_owner_reads(tmp_path: Path) -> None:
    first = read_geheim(tmp_path, {})
    file = tmp_path / ".woontraject/geheim"
    assert len(first) >= 43  # 256 bits in base64
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert read_geheim(tmp_path, {}) == first
    assert read_geheim(tmp_path, {"CI": "true"}) == first
    assert sorted(path.name for path in file.parent.iterdir()) == [".gitignore", "geheim"]


def test_git_passes_over_the_secret(tmp_path: Path) -> None:
    read_geheim(tmp_path, {})
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    listed = subprocess.run(["git", "status", "--porcelain"], cwd=tmp_path, check=True, capture_output=True)
    assert listed.stdout == b""


def test_the_environment_goes_first(tmp_path: Path) -> None:
    assert read_geheim(tmp_path, {"WOONTRAJECT_GEHEIM": " van de CI\n"}) == "van de CI"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("given", [{}, {"WOONTRAJECT_GEHEIM": ""}, {"WOONTRAJECT_GEHEIM": " "}])
def test_ci_never_makes_a_secret(tmp_path: Path, given: dict[str, str]) -> None:
    with pytest.raises(Gestopt, match="WOONTRAJECT_GEHEIM is niet ingevuld"):
        read_geheim(tmp_path, {"CI": "true", **given})
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_no_secret(tmp_path: Path) -> None:
    (tmp_path / ".woontraject").mkdir()
    (tmp_path / ".woontraject/geheim").write_text("\n")
    with pytest.raises(Gestopt, match="is leeg"):
        read_geheim(tmp_path, {})


def test_a_build_in_ci_without_a_secret_stops_and_leaves_the_last_one(two: Path) -> None:
    out = made(two)
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    env = {key: value for key, value in os.environ.items() if key != "WOONTRAJECT_GEHEIM"} | {"CI": "true"}
    command = [sys.executable, "-m", "generator", "--root", str(two), "build", "--date", str(VANDAAG)]
    result = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("woontraject: WOONTRAJECT_GEHEIM is niet ingevuld")
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
