"""What is told of one file by itself is what the whole register tells of it."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.buren import read_with_neighbours
from generator.checks import check, check_dossiers
from generator.findings import Finding
from generator.register import dossier_paths, read_register
from generator.traject import Standen
from tests.conftest import PROJECT, VANDAAG
from tests.test_cases import CASES
from tests.test_checks import register_of

IDS = st.sampled_from([f"VT-2026-00{number}" for number in range(1, 6)])


def of_whole(root: Path, path: str) -> set[Finding]:
    register, findings = read_register(root)
    found = findings + (check(Standen(register), VANDAAG, VANDAAG) if register else [])
    return {item for item in found if item.path == path}


def of_one(root: Path, path: str) -> set[Finding]:
    register, findings = read_with_neighbours(root, path.__eq__)
    found = findings + (check_dossiers(Standen(register), VANDAAG, VANDAAG) if register else [])
    return {item for item in found if item.path == path}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_case(case: Path, tmp_path: Path) -> None:
    root, _ = register_of(case, tmp_path / "register")
    for path in dossier_paths(root):
        assert of_one(root, path) == of_whole(root, path)


@st.composite
def dossiers(draw: st.DrawFn) -> str:
    """A dossier that may share its id or dwelling with others, follow on one, or not be YAML at all."""
    name = draw(IDS)
    written = draw(st.sampled_from([name, f"'{name}'", f'"{name}"'.replace("-", r"\x2d")]))
    lines = [
        f"id: {written}",
        f"traject: {draw(st.sampled_from(['proefwonen', 'versnelde-toewijzing', 'elders']))}",
        f"woning: {draw(st.sampled_from(['W-1', 'W-2']))}",
        f"start: {draw(st.sampled_from(['2026-01-15', '2026-06-15', '2027-01-15']))}",
        *draw(st.lists((IDS | st.sampled_from(["{a: b}", "[a]", "5", "''"])).map("vervolg_op: {}".format), max_size=1)),
        *draw(st.sampled_from([[], [], [], ["logboek: ["], ["logboek: [{soort: stopzetting, datum: 2026-05-01}]"]])),
    ]
    return "\n".join(lines) + "\n"


@settings(deadline=None)
@given(st.dictionaries(IDS, dossiers(), min_size=2))
def test_dossiers_that_touch_each_other(files: dict[str, str]) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(PROJECT / "protocol", root / "protocol")
        (root / "dossiers").mkdir()
        for name, text in files.items():
            (root / f"dossiers/{name}.yaml").write_text(text, encoding="utf-8")
        for path in dossier_paths(root):
            assert of_one(root, path) == of_whole(root, path)


@pytest.mark.parametrize("back", range(5))
def test_a_chain_that_comes_back(back: int, tmp_path: Path) -> None:
    """Each of five follows on the next, and the last on one of them."""
    shutil.copytree(PROJECT / "protocol", tmp_path / "protocol")
    (tmp_path / "dossiers").mkdir()
    for number in range(5):
        followed = number + 1 if number < 4 else back
        text = f"id: VT-2026-00{number}\ntraject: versnelde-toewijzing\nvervolg_op: VT-2026-00{followed}\n"
        (tmp_path / f"dossiers/VT-2026-00{number}.yaml").write_text(text, encoding="utf-8")
    for path in dossier_paths(tmp_path):
        assert of_one(tmp_path, path) == of_whole(tmp_path, path)


def test_few_others_are_read(tmp_path: Path) -> None:
    """A dossier of a traject that counts nothing is read by itself."""
    shutil.copytree(PROJECT / "protocol", tmp_path / "protocol")
    shutil.copytree(PROJECT / "dossiers", tmp_path / "dossiers")
    path = next(path for path in dossier_paths(tmp_path) if "/VT-" in path)
    register, _ = read_with_neighbours(tmp_path, path.__eq__)
    assert register
    assert list(register.paden.values()) == [path]
