"""What is read again is what is read for the first time, and of what stayed the same nothing is parsed."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import load
from generator.herlezen import Herlezer
from generator.register import read_register
from tests.conftest import TESTS

GOOD = "id: {name}\ntraject: woonbegeleiding\naanmelding: {{datum: 2026-01-{day:02}, partner: alfa}}\n"
WRONG = (
    "",
    "[",
    "id: WB-2026-001\n",
    GOOD.format(name="WB-2026-002", day=3),
    GOOD.format(name="WB-2026-004", day=3) + "start: 2026-13-01\n",
    "\ufeff" + GOOD.format(name="WB-2026-003", day=3).replace("\n", "\r\n"),
    (TESTS / "basis/protocol/partners.yaml").read_text(encoding="utf-8"),
)
NAMES = [f"WB-2026-{number:03}" for number in range(1, 6)]


def assert_same(reader: Herlezer, root: Path) -> None:
    register, findings = reader.read(root)
    fresh, expected = read_register(root)
    assert findings == expected
    assert register == fresh


@pytest.mark.parametrize("seed", range(20))
def test_what_is_read_again_is_what_is_read_anew(register: Callable[..., Path], seed: int) -> None:
    """After any change: of a text, to and from a wrong one, of a name, of a folder, and of the protocol."""
    chance, reader = random.Random(seed), Herlezer()
    root = register({f"dossiers/{name}.yaml": GOOD.format(name=name, day=2) for name in NAMES})
    partners = root / "protocol/partners.yaml"
    kept = partners.read_text(encoding="utf-8")
    assert_same(reader, root)
    for _ in range(25):
        path = root / "dossiers" / chance.choice(["", "2026/"]) / f"{chance.choice(NAMES)}.yaml"
        path.parent.mkdir(exist_ok=True)
        match chance.randrange(6):
            case 0 | 1:
                path.write_text(GOOD.format(name=path.stem, day=chance.randint(1, 28)), encoding="utf-8")
            case 2:
                path.write_text(chance.choice(WRONG), encoding="utf-8")
            case 3:
                path.unlink(missing_ok=True)
            case 4 if path.exists():
                shutil.move(path, path.with_stem(chance.choice(NAMES)))
            case _:
                partners.write_text(chance.choice([kept, kept, "[", kept + "beta: {}\n"]), encoding="utf-8")
        assert_same(reader, root)


def test_what_stayed_the_same_is_not_parsed(register: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    root, reader, parsed = (
        register({f"dossiers/{name}.yaml": GOOD.format(name=name, day=2) for name in NAMES}),
        Herlezer(),
        [],
    )
    load_text = load.load_text

    def told(text: str, path: str) -> object:
        parsed.append(path)
        return load_text(text, path)

    reader.read(root)
    monkeypatch.setattr(load, "load_text", told)
    (root / "dossiers/WB-2026-002.yaml").write_text(GOOD.format(name="WB-2026-002", day=9), encoding="utf-8")
    reader.read(root)
    assert [path for path in parsed if path.startswith("dossiers/")] == ["dossiers/WB-2026-002.yaml"]
