"""The one form of a dossier: what people wrote stays, in the order of the model, and every reader reads the same."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.cli import cli
from generator.load import load_text
from generator.model.dossier import Dossier
from generator.opmaak import dossier_text, make_canonical, make_opmaak
from generator.schrijfwijze import BREEDTE, flow, scalar, to_yaml
from generator.teksten.bestanden import BESTANDEN
from generator.validate import validate
from tests.conftest import PROJECT

Make = Callable[..., Path]
PATH = "dossiers/VT-2026-001.yaml"
HEAD = "id: VT-2026-001\ntraject: versnelde-toewijzing\n"
SENTENCE = "De huurder opent de deur en toont de woning."
LONG = f"{SENTENCE} " * 5


def formatted(text: str) -> str:
    document, findings = load_text(text, PATH)
    assert document is not None
    assert not findings
    result, wrong = make_opmaak(document)
    assert not wrong
    assert result is not None
    return result


# What stands behind the first two keys, and what becomes of it.
FORMS: dict[str, tuple[str, str]] = {
    "order of keys": (
        "start: 2026-02-01\nwoning: W-1\n",
        "woning: W-1\nstart: 2026-02-01\n",
    ),
    "order of an entry, and of the logboek": (
        "logboek:\n"
        "  - {datum: 2026-04-02, aard: schade, soort: signaal, omschrijving: b}\n"
        "  - {soort: overleg, verloop: goed, datum: 2026-03-26, moment: overleg-1m}\n"
        "  - {soort: signaal, datum: 2026-03-26, omschrijving: a, aard: andere}\n",
        "logboek:\n"
        "  - {soort: overleg, datum: 2026-03-26, moment: overleg-1m, verloop: goed}\n"
        "  - {soort: signaal, datum: 2026-03-26, aard: andere, omschrijving: a}\n"
        "  - {soort: signaal, datum: 2026-04-02, aard: schade, omschrijving: b}\n",
    ),
    "nothing empty": (
        'woning: ""\nhuisvester:\nafwijkingen: []\ndocumenten: {}\nlogboek:\n'
        '  - {soort: contact, datum: 2026-03-26, doorgegaan: true, reden: ""}\n',
        "logboek:\n  - {soort: contact, datum: 2026-03-26, doorgegaan: true}\n",
    ),
    "documents": (
        "documenten:\n"
        "  huurovereenkomst: {ondertekend: 2026-01-19}\n"
        "  begeleidingsovereenkomst: [2026-01-15]\n"
        "  toestemmingsverklaring: [{ingetrokken: 2026-02-01, ondertekend: 2026-01-15}, {ondertekend: 2026-03-01}]\n",
        "documenten:\n"
        "  huurovereenkomst: 2026-01-19\n"
        "  begeleidingsovereenkomst: 2026-01-15\n"
        "  toestemmingsverklaring: [{ondertekend: 2026-01-15, ingetrokken: 2026-02-01}, 2026-03-01]\n",
    ),
    "quotes": (
        "woning: 'W-1'\nstart: \"2026-02-01\"\nankerfiguur: NO\nlogboek:\n"
        "  - {soort: huisbezoek, datum: 2026-05-06, uur: 10:00, moment: extra-1, aanwezig: [012, on, buur]}\n",
        'woning: W-1\nstart: 2026-02-01\nankerfiguur: "NO"\nlogboek:\n'
        '  - {soort: huisbezoek, datum: 2026-05-06, uur: "10:00", moment: extra-1, aanwezig: ["012", "on", buur]}\n',
    ),
    "a number stays one": ("woning: 1043\n", "woning: 1043\n"),
    "margins, brackets and blank lines": (
        "\n\nbegeleiding: [{partner: alfa,\n     begeleider: A-1, vanaf: 2026-02-01}]\n\n"
        "aanmelding: {partner: alfa, datum: 2026-01-01}\n",
        "aanmelding:\n  datum: 2026-01-01\n  partner: alfa\n"
        "begeleiding:\n  - {partner: alfa, begeleider: A-1, vanaf: 2026-02-01}\n",
    ),
    "a long text": (
        f"afwijkingen: [{{datum: 2026-02-01, regel: WW-1, reden: {LONG.strip()}}}]\n",
        "afwijkingen:\n  - regel: WW-1\n    datum: 2026-02-01\n    reden: >-\n"
        f"      {SENTENCE} {SENTENCE} De huurder opent de deur\n"
        f"      en toont de woning. {SENTENCE} {SENTENCE}\n",
    ),
    "a text of more lines": (
        'afwijkingen: [{regel: WW-1, datum: 2026-02-01, reden: "een\\n\\n- twee: drie"}]\n',
        "afwijkingen:\n  - regel: WW-1\n    datum: 2026-02-01\n    reden: |-\n      een\n\n      - twee: drie\n",
    ),
}


@pytest.mark.parametrize(("before", "after"), FORMS.values(), ids=FORMS)
def test_one_form(before: str, after: str) -> None:
    assert formatted(HEAD + before) == HEAD + after
    assert formatted(HEAD + after) == HEAD + after


# A whole file with comments, and what becomes of it.
COMMENTS: dict[str, tuple[str, str]] = {
    "at the head and at the end": (
        "# yaml-language-server: $schema=x.json\n# twee\n\ntraject: t\nid: X-1\n# einde\n  # nog een\n",
        "# yaml-language-server: $schema=x.json\n# twee\nid: X-1\ntraject: t\n# einde\n# nog een\n",
    ),
    "above a key and behind a value": (
        "id: X-1 # een\ntraject: t\nstart: 2026-02-01   # drie\n    # vier\n# twee\nwoning: W-1\n",
        "id: X-1 # een\ntraject: t\n# vier\n# twee\nwoning: W-1\nstart: 2026-02-01 # drie\n",
    ),
    "with its entry": (
        "id: X-1\ntraject: t\nlogboek: # alles\n"
        "  # laatste\n  - {soort: verhuis, datum: 2026-03-02, woning: W-2} # twee\n"
        "  - soort: verhuis # eerste\n    datum: 2026-03-01\n    # hier\n    woning: W-1 # daar\n",
        "id: X-1\ntraject: t\nlogboek: # alles\n"
        "  - soort: verhuis # eerste\n    datum: 2026-03-01\n    # hier\n    woning: W-1 # daar\n"
        "  # laatste\n  - {soort: verhuis, datum: 2026-03-02, woning: W-2} # twee\n",
    ),
    "inside brackets": (
        "id: X-1\ntraject: t\nlogboek:\n"
        "  - {soort: verhuis, # een\n     datum: 2026-03-02,\n     # twee\n     woning: W-2}\n",
        "id: X-1\ntraject: t\nlogboek:\n  - soort: verhuis # een\n    datum: 2026-03-02\n    # twee\n    woning: W-2\n",
    ),
    "above what comes first in an entry": (
        "id: X-1\ntraject: t\nlogboek:\n"
        "  - woning: W-2\n    datum: 2026-03-02 # dag\n    # boven\n    soort: verhuis # achter\n",
        "id: X-1\ntraject: t\nlogboek:\n  # boven\n"
        "  - soort: verhuis # achter\n    datum: 2026-03-02 # dag\n    woning: W-2\n",
    ),
    "behind the head of a text": (
        "id: X-1\ntraject: t\nankerfiguur: | # een\n  a\n\n  # geen opmerking\n# twee\nlogboek: []\n# drie\n",
        "id: X-1\ntraject: t\nankerfiguur: | # een\n  a\n\n  # geen opmerking\n# twee\n# drie\n",
    ),
    "a sign in a text": (
        'id: X-1\ntraject: t\nwoning: "kamer # 4"\n',
        'id: X-1\ntraject: t\nwoning: "kamer # 4"\n',
    ),
}


@pytest.mark.parametrize(("before", "after"), COMMENTS.values(), ids=COMMENTS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_comments_stay_with_what_they_are_about(before: str, after: str, newline: str) -> None:
    before, after = before.replace("\n", newline), after.replace("\n", newline)
    if "twee\nlogboek: []" in before.replace("\r\n", "\n"):
        assert "# twee" in refused(before)
        before = before.replace(f"logboek: []{newline}", "")
    assert formatted(before) == after
    assert formatted(after) == after


def refused(text: str) -> str:
    """The line of the comment that keeps a file from being written."""
    document, _ = load_text(text, PATH)
    assert document is not None
    result, findings = make_opmaak(document)
    assert result is None
    assert [(found.code, found.level) for found in findings] == [("OPMAAK", "fout")]
    return text.splitlines()[findings[0].line - 1][findings[0].column - 1 :]


@pytest.mark.parametrize(
    "text",
    [
        "woning: # onbekend\n",
        "# nog niet\nwoning:\nstart: 2026-02-01\n",
        "documenten:\n  huurovereenkomst:\n    # op papier\n    ondertekend: 2026-02-01\n",
    ],
)
def test_a_comment_on_what_goes_is_refused(text: str) -> None:
    assert refused(HEAD + text).startswith("#")


DEMONSTRATION = sorted((PROJECT / "dossiers").rglob("*.yaml"))


@settings(deadline=None)
@given(st.sampled_from(DEMONSTRATION), st.lists(st.tuples(st.integers(0, 99), st.booleans()), max_size=5))
def test_no_comment_is_lost(path: Path, places: list[tuple[int, bool]]) -> None:
    """Wherever it stands, on a line of its own or behind one; what is no comment there is text, and stays too."""
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, (at, alone) in enumerate(places):
        where = at % len(lines)
        if alone:
            lines.insert(where, f"{' ' * (at % 7)}# nummer {number}")
        else:
            lines[where] = f"{lines[where]} # nummer {number}"
    document, findings = load_text("\n".join(lines) + "\n", PATH)
    if document is None or findings:
        return
    text, refused = make_opmaak(document)
    assert not refused
    assert text is not None
    again, _ = load_text(text, PATH)
    assert again is not None
    assert again.data == document.data
    assert [text.count(f"# nummer {number}") for number in range(len(places))] == [1] * len(places)
    assert formatted(text) == text


@pytest.mark.parametrize("path", DEMONSTRATION, ids=lambda path: path.stem)
def test_the_demonstration_is_in_its_one_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert formatted(text) == text, "run: woontraject fmt"


def test_the_example_of_the_handbook_is_in_its_one_form() -> None:
    assert formatted(BESTANDEN["dossier"].voorbeeld) == BESTANDEN["dossier"].voorbeeld


WORDS = ["NO", "y", "on", "True", "null", "~", "012", "0x1F", "1e3", "1_000", "1,5", "10:00", "1:20:30", "-5", "+1"]
WORDS += [".5", "2026-02-01", "2026-02-30", "2026-2-1", "2026-02-01 10:00", "=", "<<", "- a", "a: b", "a:", "a #b"]
WORDS += ["#a", "a#b", "[a]", "{a", "a, b", "'s avonds", '"a"', "*a", "&a", "!a", "|", ">", "%a", "@a", "`a", "---"]
WORDS += ["...", "?", "a\\nb", "een\nlijn", "\n", "a\n", "a\n\n", "\n a", "a \nb", "a\n  b\nc", " a", "a ", "a\tb"]
WORDS += ["\ta", "é – ’t 🙂", "\xa0a", "a:b"]
SIGNS = st.text(alphabet=st.sampled_from("ab1 :#-,'\"{}[]\n|>é0."), max_size=40)
LONG_TEXT = st.lists(st.sampled_from([*WORDS, "woord", "een", "lang"]), min_size=20, max_size=40).map(" ".join)
TEXT = st.one_of(st.sampled_from(WORDS), SIGNS, LONG_TEXT)
FILLED = TEXT.filter(str.strip)


DAY = st.dates(date(2026, 1, 1), date(2026, 1, 9)).map(str)
HOUR = st.sampled_from(["9:30", "10:00"])


def entry_of(soort: str, required: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"soort": st.just(soort), "datum": DAY, **required}, optional=optional)


@st.composite
def dossiers(draw: st.DrawFn) -> dict[str, Any]:
    """A dossier in any order, with texts full of signs."""
    entry = st.one_of(
        entry_of("signaal", {"aard": st.just("andere"), "omschrijving": FILLED}, {}),
        entry_of("huisbezoek", {"moment": st.just("extra-1"), "aanwezig": st.lists(FILLED).map(tuple)}, {"uur": HOUR}),
        entry_of("contact", {"doorgegaan": st.just(True)}, {"reden": TEXT}),
    )
    signed = st.one_of(DAY, st.fixed_dictionaries({"ondertekend": DAY}))
    answers = st.dictionaries(st.sampled_from("abc"), st.booleans() | st.integers(-9, 9) | FILLED)
    values = draw(
        st.fixed_dictionaries(
            {"id": st.just("VT-2026-001"), "traject": st.just("versnelde-toewijzing")},
            optional={
                "woning": TEXT,
                "termijn": st.integers(1, 120),
                "documenten": st.dictionaries(
                    st.sampled_from(["a", "b_c"]), signed | st.lists(signed, min_size=1).map(tuple)
                ),
                "aanmelding": st.fixed_dictionaries(
                    {"datum": DAY, "partner": st.just("alfa")}, optional={"doelgroep": answers}
                ),
                "logboek": st.lists(entry, max_size=5).map(tuple),
            },
        )
    )
    return {key: values[key] for key in draw(st.permutations(sorted(values)))}


@settings(deadline=None)
@given(dossiers())
def test_content_stays(data: dict[str, Any]) -> None:
    """The model is the same before and after, but for the order of the logboek; a second time changes nothing."""
    source, findings = load_text(to_yaml(data), PATH)
    assert source is not None
    assert not findings
    before, wrong = validate(Dossier, source)
    if before is None:
        assert wrong
        return
    text = formatted(source.text)
    again, _ = load_text(text, PATH)
    assert again is not None
    after, _ = validate(Dossier, again)
    entries = tuple(sorted(before.logboek, key=lambda entry: entry.datum))
    assert after == before.model_copy(update={"logboek": entries})
    assert formatted(text) == text == dossier_text(source.data)


@settings(deadline=None)
@given(
    st.recursive(
        FILLED | st.integers(-9, 9) | st.booleans(), lambda inner: st.lists(inner, min_size=1).map(tuple), max_leaves=4
    )
)
def test_every_reader_reads_the_same(value: Any) -> None:
    """Ours, a YAML 1.1 reader; in a block, in a flow."""
    for text in (to_yaml({"a": value, "b": {"c": value}}), f"a: {flow(value)}\nb: {{c: {flow(value)}}}\n"):
        document, findings = load_text(text, PATH)
        assert document is not None
        assert not findings
        assert document.data == {"a": value, "b": {"c": value}}
        assert _dates_as_text(yaml.safe_load(text)["a"]) == value
        assert type(_dates_as_text(yaml.safe_load(text)["a"])) in (type(value), list)


def _dates_as_text(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_dates_as_text, value))
    return str(value) if isinstance(value, date) else value


def test_lines_are_short() -> None:
    lines = to_yaml({"a": LONG.strip(), "b": ({"c": "x" * 50, "d": "y" * 50, "e": LONG.strip()},)}).splitlines()
    assert max(map(len, lines)) <= BREEDTE


def test_plain_words_have_no_quotes() -> None:
    texts = ["goed", "VT-2026-001", "2026-02-01", "’s nachts (soms) 50%", "a:b", "it's"]
    assert [scalar(text, in_flow=False) for text in texts] == texts


def test_a_removed_key_leaves_no_trace_in_the_numbers() -> None:
    data, moved = make_canonical(
        {"id": "X-1", "logboek": ({"datum": "2026-02-01"}, {"datum": "2026-01-01"})} | {"woning": ()}
    )
    assert (list(data), moved) == (["id", "logboek"], {0: 1, 1: 0})


# The command.


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["fmt", "--root", str(root), *words])


UGLY = "traject: versnelde-toewijzing\nid: VT-2026-001\nwoning: ''\naanmelding: {datum: 2025-12-04, partner: alfa}\n"
TIDY = f"{HEAD}aanmelding:\n  datum: 2025-12-04\n  partner: alfa\n"


def test_the_command_writes_what_differs(register: Make) -> None:
    other = "dossiers/2026/VT-2026-002.yaml"
    root = register({PATH: UGLY, other: TIDY.replace("001", "002")})
    (root / PATH).chmod(0o640)
    before = (root / other).stat().st_mtime_ns
    checked = run(root, "--check")
    assert (checked.exit_code, checked.stdout) == (1, f"{PATH}\n")
    assert (root / PATH).read_text(encoding="utf-8") == UGLY
    written = run(root)
    assert (written.exit_code, written.stdout) == (0, f"{PATH}\n")
    assert (root / PATH).read_text(encoding="utf-8") == TIDY
    assert ((root / PATH).stat().st_mode & 0o777, (root / other).stat().st_mtime_ns) == (0o640, before)
    assert [run(root, *words).exit_code for words in ((), ("--check",), ("--check", "dossiers"))] == [0, 0, 0]


def test_only_the_paths_that_are_given(register: Make) -> None:
    root = register({PATH: UGLY, "dossiers/x/VT-2026-002.yaml": UGLY.replace("001", "002")})
    assert run(root, "--check", PATH).stdout == f"{PATH}\n"
    assert run(root, "dossiers/x").stdout == "dossiers/x/VT-2026-002.yaml\n"
    assert run(root, "--check").stdout == f"{PATH}\n"
    for wrong in ("protocol/partners.yaml", "protocol", "bestaat-niet.yaml"):
        assert run(root, wrong).exit_code != 0


@pytest.mark.parametrize(
    "wrong", ["id: [", "id: X-1\nsoort: x\n", "id: X-1\nid: X-2\ntraject: t\n", f"{HEAD}woning: # x\n"]
)
def test_nothing_is_written_when_one_cannot_be_read(register: Make, wrong: str) -> None:
    root = register({PATH: UGLY, "dossiers/X-1.yaml": wrong})
    done = run(root)
    assert done.exit_code == 1
    assert "dossiers/X-1.yaml:" in done.stderr
    assert "er is niets geschreven" in done.stderr
    assert (root / PATH).read_text(encoding="utf-8") == UGLY


def test_the_whole_demonstration_reads_the_same(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "dossiers", tmp_path / "dossiers")
    assert run(tmp_path, "--check").exit_code == 0
