"""Changes to a YAML file that leave everything else as it was written."""

import string

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.bewerken import add_item, remove_value, set_value
from generator.schrijfwijze import flow, scalar

# Text, path, value, text after.
SET: list[tuple[str, tuple[str, ...], str, str]] = [
    ("", ("alfa", "gehouden"), "true", "alfa: {gehouden: true}\n"),
    ("# november\n", ("alfa", "gehouden"), "true", "# november\nalfa: {gehouden: true}\n"),
    ("alfa: {plaats: kantoor} # x\n", ("alfa", "op"), "1", "alfa: {plaats: kantoor, op: 1} # x\n"),
    ("alfa: {}\n", ("alfa", "op"), "1", "alfa: {op: 1}\n"),
    ("alfa: { a: 1 , op: 2 }\n", ("alfa", "op"), "3", "alfa: { a: 1 , op: 3 }\n"),
    ("alfa:\nbeta: {a: 1}\n", ("alfa", "op"), "1", "alfa: {op: 1}\nbeta: {a: 1}\n"),
    ("alfa:   # straks\n", ("beta", "op"), "1", "alfa:   # straks\nbeta: {op: 1}\n"),
    (
        "alfa:\n    a: 1 # b\n# c\nbeta: {a: 1}\n",
        ("alfa", "op"),
        "2",
        "alfa:\n    a: 1 # b\n    op: 2\n# c\nbeta: {a: 1}\n",
    ),
    ("alfa:\n  a: 'x\n    y'\n", ("alfa", "op"), "2", "alfa:\n  a: 'x\n    y'\n  op: 2\n"),
    (
        "alfa:\n  a: |\n    x\n\n\nbeta: {b: 1}\n",
        ("alfa", "op"),
        "2",
        "alfa:\n  a: |\n    x\n  op: 2\n\n\nbeta: {b: 1}\n",
    ),
    ("alfa: {a: 1}", ("beta", "op"), "2", "alfa: {a: 1}\nbeta: {op: 2}\n"),
    ("alfa: {a: 1}\r\n", ("beta", "op"), "2", "alfa: {a: 1}\r\nbeta: {op: 2}\r\n"),
    ("alfa: {v: {n: {op: 1}}}\n", ("alfa", "v", "c", "op"), "2", "alfa: {v: {n: {op: 1}, c: {op: 2}}}\n"),
    ("alfa: [1]\n", ("beta",), "2", "alfa: [1]\nbeta: 2\n"),
    ("a: 1\nb: [x,\n  y]\n", ("b",), "[z]", "a: 1\nb: [z]\n"),
]
# Text, index, text after, of the item {n: 9} in `logboek`.
ADD: list[tuple[str, int, str]] = [
    ("id: X\n", 0, "id: X\nlogboek:\n  - {n: 9}\n"),
    ("id: X", 0, "id: X\nlogboek:\n  - {n: 9}\n"),
    ("logboek: []\nz: 1\n", 0, "logboek: [{n: 9}]\nz: 1\n"),
    ("logboek:\nz: 1\n", 0, "logboek:\n  - {n: 9}\nz: 1\n"),
    ("logboek: [{n: 1}] # c\n", 1, "logboek: [{n: 1}, {n: 9}] # c\n"),
    ("logboek: [{n: 1}]\n", 0, "logboek: [{n: 9}, {n: 1}]\n"),
    ("logboek:\n- {n: 1} # c\n# d\n- {n: 2}\n", 1, "logboek:\n- {n: 1} # c\n- {n: 9}\n# d\n- {n: 2}\n"),
    ("logboek:\n  # boven\n  - {n: 1}\n", 0, "logboek:\n  # boven\n  - {n: 9}\n  - {n: 1}\n"),
    ("logboek:\n  - n: 1\n    m: 2\n\n# einde\n", 1, "logboek:\n  - n: 1\n    m: 2\n  - {n: 9}\n\n# einde\n"),
    ("logboek:\n  - n: |\n      x\n      y\nz: 1\n", 1, "logboek:\n  - n: |\n      x\n      y\n  - {n: 9}\nz: 1\n"),
    ("logboek:\r\n  - {n: 1}\r\n", 1, "logboek:\r\n  - {n: 1}\r\n  - {n: 9}\r\n"),
    ("logboek:\n  - {n: 1}", 1, "logboek:\n  - {n: 1}\n  - {n: 9}\n"),
]
# Text, path, text after.
REMOVE: list[tuple[str, tuple[str, ...], str]] = [
    ("a: {b: 1, c: 2, d: 3} # x\n", ("a", "b"), "a: {c: 2, d: 3} # x\n"),
    ("a: {b: 1, c: 2, d: 3} # x\n", ("a", "c"), "a: {b: 1, d: 3} # x\n"),
    ("a: { b: 1, c: [2], }\n", ("a", "c"), "a: { b: 1, }\n"),
    ("a: {b: {c: 1}, d: 2}\n", ("a", "b", "c"), "a: {d: 2}\n"),
    ("# een\na:\n  b: 1 # x\n  c: 2\n# twee\nd: 3\n", ("a", "b"), "# een\na:\n  c: 2\n# twee\nd: 3\n"),
    ("a:\n  b: |\n    x\n    y\n\nd: 3\n", ("a", "b"), "\nd: 3\n"),
    ("a:\r\n  b:\r\n    c: 1\r\nd: 3\r\n", ("a", "b", "c"), "d: 3\r\n"),
    ("d: 3\na: 'x\n  y'", ("a",), "d: 3\n"),
    ("# alleen dit\na: {b: {c: 1}}\n", ("a", "b", "c"), ""),
]


@pytest.mark.parametrize(("text", "path", "after"), REMOVE)
def test_remove_value(text: str, path: tuple[str, ...], after: str) -> None:
    assert remove_value(text, path) == after


@pytest.mark.parametrize("text", ["- a\n", "tekst\n", "a: [b]\n", "a: {c: 1}\n", ""])
def test_what_is_not_there_is_not_removed(text: str) -> None:
    with pytest.raises(ValueError, match="is not there"):
        remove_value(text, ("a", "b"))


@pytest.mark.parametrize(("text", "path", "value", "after"), SET)
def test_set_value(text: str, path: tuple[str, ...], value: str, after: str) -> None:
    assert set_value(text, path, value) == after


@pytest.mark.parametrize(("text", "index", "after"), ADD)
def test_add_item(text: str, index: int, after: str) -> None:
    assert add_item(text, "logboek", "{n: 9}", index) == after


@pytest.mark.parametrize("text", ["- a\n", "tekst\n", "alfa: [1]\n", "alfa: tekst\n"])
def test_what_is_no_mapping_is_not_changed(text: str) -> None:
    with pytest.raises(ValueError, match=r"is no mapping|without rewriting"):
        set_value(text, ("alfa", "op"), "1")


WORDS = st.text(string.ascii_lowercase, min_size=1, max_size=4)
VALUES = st.recursive(
    WORDS, lambda inner: st.dictionaries(WORDS, inner, max_size=3) | st.lists(inner, max_size=3), max_leaves=6
)


@given(st.dictionaries(WORDS, VALUES, max_size=4), st.lists(WORDS, min_size=1, max_size=3), st.booleans())
def test_any_mapping(data: dict[str, object], path: list[str], block: bool) -> None:
    """Set in any style of writing: the data change as asked, and every line that is not concerned stays."""
    text = yaml.safe_dump(data, default_flow_style=not block) if data else ""
    place: object = data
    for key in path[:-1]:
        place = place.get(key, {}) if isinstance(place, dict) else None
    if not isinstance(place, dict):
        return
    changed = set_value(text, path, "nieuw")
    read = yaml.load(changed, Loader=yaml.BaseLoader)
    for key in path:
        read = read[key]
    assert read == "nieuw"
    if path[-1] not in place:
        lines = changed.splitlines()
        assert len([line for line in text.splitlines() if line not in lines]) <= 1


@given(st.dictionaries(WORDS, VALUES, min_size=1, max_size=4), st.booleans(), st.data())
def test_anything_can_be_removed(data: dict[str, object], block: bool, choice: st.DataObject) -> None:
    """In any style of writing: the rest of the data and of the lines stays."""
    path, place = list[str](), data
    while not path or (isinstance(place, dict) and place and choice.draw(st.booleans())):
        path.append(choice.draw(st.sampled_from(sorted(place))))
        place = place[path[-1]]  # type: ignore[assignment]
    text = yaml.safe_dump(data, default_flow_style=not block)
    changed = remove_value(text, path)
    if changed:
        read = yaml.load(changed, Loader=yaml.BaseLoader)
        for key in path[:-1]:
            read = read.get(key, {}) if isinstance(read, dict) else {}
        assert path[-1] not in read
    else:
        assert len(data) == 1
    if block:
        lines = text.splitlines()
        assert [line for line in changed.splitlines() if line not in lines] == []


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30) | st.integers() | st.booleans()
)
def test_a_value_comes_back_as_it_was(value: object) -> None:
    read = yaml.load(flow({"k": value}), Loader=yaml.BaseLoader)["k"]
    assert read == (str(value).lower() if isinstance(value, bool) else str(value))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("rustig verloop", "rustig verloop"),
        ("true", '"true"'),
        ("12", '"12"'),
        (12, "12"),
        ("2026-11-26", "2026-11-26"),
        ("kamer #4", '"kamer #4"'),
        ("a: b", '"a: b"'),
        ("", '""'),
        ("NO", '"NO"'),
        (True, "true"),
    ],
)
def test_scalar(value: object, text: str) -> None:
    assert scalar(value) == text
