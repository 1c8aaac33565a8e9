"""The parts of a build, each made by itself, are together the whole: every byte, and nothing else."""

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.build import build
from generator.findings import Gestopt, VerkeerdGebruik, has_errors
from generator.model.view import Doelgroep
from generator.output import MARK
from generator.samenvoegen import join_parts
from generator.views import audiences
from tests.conftest import BASIS, GEHEIM, VANDAAG, read
from tests.test_stempel import NAMES, dossier, files_of

PARTNERS = ("alfa", "beta", "gamma")
GAMMA, REACHED = "  naam: Gamma", "  contact: {email: gamma@gamma.example, kantooruren: ma–vr 9–12}"


@pytest.fixture
def root(register: Callable[..., Path]) -> Path:
    gamma = (BASIS / "protocol/partners.yaml").read_text(encoding="utf-8").replace(GAMMA, f"{GAMMA}\n{REACHED}")
    files = {f"dossiers/{name}.yaml": dossier(name, PARTNERS[i % 3]) for i, name in enumerate(NAMES)}
    return register({"protocol/partners.yaml": gamma, **files})


def made(root: Path, out: Path, deel: tuple[int, int] | None = None, op: date = VANDAAG, geheim: str = GEHEIM) -> Path:
    findings = build(root, op, op, out, geheim=geheim, deel=deel, progress=lambda *_: None)
    assert not has_errors(findings), findings
    return out


def parts_of(root: Path, folder: Path, parts: int) -> list[Path]:
    return [made(root, folder / f"{number}", (number, parts)) for number in range(1, parts + 1)]


@pytest.mark.parametrize("parts", [1, 2, 3, 4, 5, 7])
def test_the_union_of_the_parts_is_the_whole(root: Path, tmp_path: Path, parts: int) -> None:
    folders = parts_of(root, tmp_path, parts)
    join_parts(folders[::-1], tmp_path / "joined")
    assert files_of(tmp_path / "joined") == files_of(made(root, tmp_path / "whole"))
    sites = [path.relative_to(folder / "sites") for folder in folders for path in folder.rglob("planning.json")]
    assert len(sites) == len(set(sites)) == len(audiences(read(root).register))


def test_a_part_holds_what_its_audiences_see_and_no_more(root: Path, tmp_path: Path) -> None:
    """The largest audience is a part by itself; a machine that builds for a partner never writes another's dossier."""
    folders = parts_of(root, tmp_path, 5)
    register = read(root).register
    for folder in folders:
        names = {path.parent.relative_to(folder / "sites").as_posix() for path in folder.rglob("planning.json")}
        if names != {"coordinatie"}:
            seen = {d.id for one in names for d in register.per_partner.get(Doelgroep("partner", one[9:]).partner, ())}
            text = b"".join(files_of(folder).values())
            assert {name for name in NAMES if name.encode() in text} == seen


def test_a_build_goes_on_from_what_was_joined(root: Path, tmp_path: Path) -> None:
    join_parts(parts_of(root, tmp_path, 3), tmp_path / "joined")
    anew: list[str] = []
    build(root, VANDAAG, VANDAAG, tmp_path / "joined", geheim=GEHEIM, progress=lambda *told: anew.append(told[2]))
    assert not any(anew)


def test_what_is_no_part_of_a_part_is_left_out(root: Path, tmp_path: Path) -> None:
    """A site of earlier: nobody knows who may see it. A folder behind a link: nobody knows what it holds."""
    folders = parts_of(root, tmp_path, 2)
    for folder in folders:
        (folder / "sites/partners/oud").mkdir(parents=True)
        (folder / "sites/partners/oud/index.html").write_text("oud", encoding="utf-8")
        site = next(path.parent for path in folder.rglob("planning.json"))
        (site / "link").symlink_to(root, target_is_directory=True)
    join_parts(folders, tmp_path / "joined")
    assert files_of(tmp_path / "joined") == files_of(made(root, tmp_path / "whole"))


def test_a_part_takes_the_place_of_one_that_was_divided_otherwise(root: Path, tmp_path: Path) -> None:
    """One dossier more can put an audience in another part; a build of all is never lost to a part."""
    for number in (1, 2, 3):
        made(root, tmp_path / "part", (number, 3))
    whole = made(root, tmp_path / "whole")
    with pytest.raises(Gestopt, match="dat zou verdwijnen"):
        made(root, whole, (1, 3))


def test_sources_are_not_made_in_parts(root: Path, tmp_path: Path) -> None:
    with pytest.raises(VerkeerdGebruik, match="gaan niet samen"):
        build(root, VANDAAG, VANDAAG, tmp_path, geheim=GEHEIM, deel=(1, 2), plain=True, progress=lambda *_: None)


def lacking(root: Path, folder: Path) -> list[Path]:
    return parts_of(root, folder, 3)[1:]


def of_another_day(root: Path, folder: Path) -> list[Path]:
    shutil.rmtree((parts := parts_of(root, folder, 3))[2])
    made(root, parts[2], (3, 3), op=VANDAAG + timedelta(days=1))
    return parts


def with_another_secret(root: Path, folder: Path) -> list[Path]:
    shutil.rmtree((parts := parts_of(root, folder, 3))[2])
    made(root, parts[2], (3, 3), geheim="another secret, long enough too")
    return parts


def of_another_register(root: Path, folder: Path) -> list[Path]:
    shutil.rmtree((parts := parts_of(root, folder, 3))[2])
    (root / f"dossiers/{NAMES[0]}.yaml").unlink()
    made(root, parts[2], (3, 3))
    return parts


def cut_short(root: Path, folder: Path) -> list[Path]:
    parts = parts_of(root, folder, 3)
    next((parts[1] / "sites").rglob("index.html")).write_bytes(b"")
    return parts


def no_build(root: Path, folder: Path) -> list[Path]:
    return [*parts_of(root, folder, 3), root]


def without_mark(root: Path, folder: Path) -> list[Path]:
    parts = parts_of(root, folder, 3)
    (parts[0] / MARK).write_text("", encoding="utf-8")
    return parts


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        (lacking, "ontbreekt: geef ook het deel"),
        (of_another_day, "niet van dezelfde bouw"),
        (with_another_secret, "niet van dezelfde bouw"),
        (of_another_register, "niet van dezelfde bouw"),
        (cut_short, "niet volledig of werd gewijzigd"),
        (without_mark, "niet volledig of werd gewijzigd"),
        (no_build, "is geen bouw"),
    ],
)
def test_what_is_not_the_whole_is_refused(
    root: Path, tmp_path: Path, parts: Callable[[Path, Path], list[Path]], told: str
) -> None:
    with pytest.raises(Gestopt, match=told):
        join_parts(parts(root, tmp_path / "parts"), tmp_path / "joined")
    assert not (tmp_path / "joined").exists()
