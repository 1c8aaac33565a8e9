"""What editors tell of the files, with the language server that they run: the same as the handbook and `check`."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from generator.cli import cli
from generator.load import load, load_text
from generator.model.dossier import Dossier
from generator.new_register import init_register
from generator.register import read_register
from generator.schemas import make_schemas, modeline
from generator.teksten.bestanden import BESTANDEN
from generator.teksten.dossier import LOGBOEKSOORTEN
from generator.validate import validate
from generator.velden import make_velden
from generator.veldschema import make_schema
from tests.conftest import BASIS, PROJECT, TESTS, findings_of
from tests.editor import Editor, Underlined, open_editor

CASES = sorted(path for path in (TESTS / "cases").iterdir() if path.name != "fout-protocol")
DOSSIER = BESTANDEN["dossier"].voorbeeld
WRITING = """\
id: VT-2026-099
traject: versnelde-toewijzing
logboek:
  - {{soort: huisbezoek, datum: 2026-05-06, uur: 10:00, moment: huisbezoek-3m}}
  - soort: overleg
    datum: 2026-03-26
    verloop: goed
  - datum: 2026-03-26
    soort:{}
  -{}
""".format(" ", " ")


def schemas_of(root: Path) -> dict[str, str]:
    register, _ = read_register(root)
    assert register
    return make_schemas(register)


def write_schemas(root: Path) -> None:
    (root / "schema").mkdir()
    for name, text in schemas_of(root).items():
        (root / "schema" / name).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    """An editor with the demonstration register open, bound as its own settings say."""
    root = tmp_path_factory.mktemp("register")
    for name in ("dossiers", "protocol", "schema", ".vscode"):
        shutil.copytree(PROJECT / name, root / name)
    with open_editor(root) as found:
        yield found


def test_the_schemas_of_the_demonstration_are_up_to_date() -> None:
    kept = {path.name: path.read_text(encoding="utf-8") for path in (PROJECT / "schema").iterdir()}
    assert kept == schemas_of(PROJECT), "run: woontraject schema"


def test_a_new_register_has_its_schemas_and_its_editor_is_told(tmp_path: Path) -> None:
    root = tmp_path / "register"
    written = init_register(root)
    kept = {path.name: path.read_text(encoding="utf-8") for path in (root / "schema").iterdir()}
    assert kept == schemas_of(root)
    assert {f"schema/{name}" for name in kept} <= {*written}
    assert "redhat.vscode-yaml" in (root / ".vscode/extensions.json").read_text(encoding="utf-8")
    settings = (root / ".vscode/settings.json").read_text(encoding="utf-8")
    assert settings == (PROJECT / ".vscode/settings.json").read_text(encoding="utf-8")
    assert json.loads(settings)["yaml.schemas"].keys() == {f"schema/{name}" for name in kept}


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(cli, ["schema", "--root", str(root), *words])


def test_the_command_writes_what_is_stale(tmp_path: Path) -> None:
    shutil.copytree(BASIS, tmp_path, dirs_exist_ok=True)
    assert run(tmp_path, "--check").exit_code == 1
    assert not (tmp_path / "schema").exists()
    assert run(tmp_path).exit_code == 0
    assert run(tmp_path, "--check").exit_code == 0
    partners = tmp_path / "protocol/partners.yaml"
    partners.write_text(f"{partners.read_text(encoding='utf-8')}nieuw: {{naam: Nieuw, rol: woon}}\n", encoding="utf-8")
    stale = run(tmp_path, "--check")
    assert (stale.exit_code, len(stale.stdout.splitlines())) == (1, 2), "a dossier and an overleg name partners"
    assert run(tmp_path, "--out", str(tmp_path / "x/y")).exit_code == 0
    assert json.loads((tmp_path / "x/y/dossier.json").read_text(encoding="utf-8"))["properties"]
    (tmp_path / "protocol/kalender.yaml").write_text("overleg: {}\n", encoding="utf-8")
    assert run(tmp_path).exit_code == 1


@pytest.mark.parametrize("soort", BESTANDEN)
def test_every_field_is_told_as_in_the_handbook(soort: str) -> None:
    """Title, meaning, words and their meaning: at whatever depth the field stands."""
    told = {
        (part["title"], part["description"], *_words(part)) for part in _parts(make_schema(soort)) if "examples" in part
    }
    for veld in make_velden(soort):
        if veld.naam != "soort" or veld.model == "MomentRegel":
            words = tuple((keuze.waarde, keuze.betekenis) for keuze in veld.keuzes)
            assert (veld.titel, veld.uitleg, *words) in told, veld.pad


def _parts(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if "title" in schema and "properties" not in schema.get("title", ()):
            yield schema
        for part in schema.values():
            yield from _parts(part)
    if isinstance(schema, list):
        for part in schema:
            yield from _parts(part)


def _words(schema: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if schema.get("enum"):
        yield from zip(schema["enum"], schema["markdownEnumDescriptions"], strict=True)
    inner = [schema.get(name) for name in ("items", "propertyNames", "additionalProperties")]
    for part in (*inner, *schema.get("anyOf", ())):
        if isinstance(part, dict) and "properties" not in part:
            yield from _words(part)


def test_no_null_and_no_other_key() -> None:
    for soort in BESTANDEN:
        for part in _all(make_schema(soort)):
            assert part.get("type") != "null"
            if "properties" in part and part.get("type") == "object" and "defaultSnippets" not in part:
                assert part["additionalProperties"] is False


def _all(schema: Any) -> Iterator[dict[str, Any]]:
    parts = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    if isinstance(schema, dict):
        yield schema
    for part in parts:
        yield from _all(part)


# In an editor.


def test_a_key_tells_its_text(editor: Editor) -> None:
    editor.open({"dossiers/2026/hover.yaml": WRITING})
    for line, column, title, meaning in (
        (1, 3, "Traject", "Welke regels gelden."),
        (3, 12, "Soort", "Een bezoek bij de huurder thuis."),
        (3, 27, "Datum", "De dag van het bezoek of het gesprek."),
        (3, 46, "Uur", "Het uur van de afspraak."),
        (6, 7, "Verloop", "er zijn moeilijkheden, en het dossier wordt besproken"),
    ):
        text = editor.hover("dossiers/2026/hover.yaml", line, column)
        assert f"#### {title}\n" in text
        assert meaning in text
        assert text.count(f"#### {title}\n") == 1


def test_the_kinds_of_entry_are_offered(editor: Editor) -> None:
    editor.open({"dossiers/2026/complete.yaml": WRITING})
    kinds = editor.complete("dossiers/2026/complete.yaml", 8, 11)
    assert {*LOGBOEKSOORTEN} == kinds.keys()
    for kind, meaning in LOGBOEKSOORTEN.items():
        assert kinds[kind]["documentation"]["value"] == meaning


def test_an_entry_is_offered_whole(editor: Editor) -> None:
    """With a place for each value."""
    editor.open({"dossiers/2026/snippet.yaml": WRITING})
    offered = editor.complete("dossiers/2026/snippet.yaml", 9, 4)
    assert LOGBOEKSOORTEN.keys() <= offered.keys()
    text = offered["overleg"]["insertText"]
    assert text.startswith("soort: overleg\n  datum: ${1:")
    assert "verloop: ${3|goed,moeilijk|}" in text


def test_what_is_offered_is_right_as_it_stands() -> None:
    """An entry of which nothing is filled in otherwise is one that the model takes."""
    snippets = make_schema("dossier")["properties"]["logboek"]["items"]["defaultSnippets"]
    assert [snippet["label"] for snippet in snippets] == [*LOGBOEKSOORTEN]
    for snippet in snippets:
        values = {key: re.sub(r"\$\{\d[:|]([^,}|]+).*", r"\1", value) for key, value in snippet["body"].items()}
        entry = "".join(f"    {key}: {value}\n" for key, value in values.items())
        document, _ = load_text(f"id: X-1\ntraject: t\nlogboek:\n  -\n{entry}", "x.yaml")
        assert document
        assert validate(Dossier, document)[1] == [], values


@pytest.mark.parametrize(
    ("line", "column", "label", "documentation"),
    [
        (1, 9, "versnelde-toewijzing", "Versnelde toewijzing"),
        (2, 12, "vivendo", "Vivendo"),
        (4, 2, "huurovereenkomst", "Huurovereenkomst"),
        (8, 12, "huisbezoek-3m", "Gezamenlijk huisbezoek"),
    ],
)
def test_what_the_protocol_allows_is_offered(
    editor: Editor, line: int, column: int, label: str, documentation: str
) -> None:
    path = f"dossiers/2026/protocol-{line}.yaml"
    traject = "" if line == 1 else "versnelde-toewijzing"
    head = f"id: VT-2026-098\ntraject: {traject}\nhuisvester: \ndocumenten:\n  \nlogboek:\n"
    editor.open({path: f"{head}  - soort: huisbezoek\n    datum: 2026-05-06\n    moment: \n"})
    offered = editor.complete(path, line, column)
    assert label in offered
    assert documentation in json.dumps(offered[label], ensure_ascii=False)


def test_a_right_dossier_is_not_underlined(editor: Editor) -> None:
    """Read as YAML 1.2 does: hours, dates and codes are text."""
    text = DOSSIER.replace("CAW-03", "NO").replace('"10:00"', "10:00").replace("W-1043", "012")
    assert editor.open({"dossiers/2026/VT-2026-014.yaml": text}) == {"dossiers/2026/VT-2026-014.yaml": []}


def test_the_first_line_of_a_dossier_binds_its_schema(tmp_path: Path) -> None:
    """Without any setting, in any folder."""
    shutil.copytree(PROJECT / "schema", tmp_path / "schema")
    paths = ("dossiers/a.yaml", "dossiers/2026/b.yaml", "dossiers/2026/x/c.yaml")
    wrong = {path: f"{modeline(path)}\n{DOSSIER.replace('verloop: goed', 'verloop: prima', 1)}" for path in paths}
    with open_editor(tmp_path) as editor:
        found = editor.open(wrong)
    assert {path: [item.line for item in items] for path, items in found.items()} == {path: [17] for path in paths}


# Text of the example, what stands in its place, and the line that is wrong then: for editors and for `check`.
WRONG: list[tuple[str, str, int]] = [
    ("id: VT-2026-014", "id: vt-2026", 1),
    ("id: VT-2026-014", "id: PW-2026-014", 1),
    ("traject: versnelde-toewijzing", "traject: sneller", 2),
    ("woning: W-1043", "woning: true", 3),
    ("woning: W-1043", "woonst: W-1043", 3),
    ("start: 2026-02-01", "start: 2026-02-30", 4),
    ("start: 2026-02-01", "start: 1 februari 2026", 4),
    ("start: 2026-02-01", "start: [2026-02-01]", 4),
    ("start: 2026-02-01", "termijn: 121", 4),
    ("start: 2026-02-01", 'termijn: "12"', 4),
    ("start: 2026-02-01", "huisvester: onbekend", 4),
    ("  datum: 2025-12-04", "  datum: 2025-02-29", 6),
    ("  partner: caw-regiobrugge", "  partner: caw", 7),
    ("uitkomst: toegelaten", "uitkomst: ja", 8),
    ("uitkomst: toegelaten", "uitkomst: no", 8),
    ("  toestemmingsverklaring: 2026-01-15", "  toestemming: 2026-01-15", 10),
    ("  toestemmingsverklaring: 2026-01-15", "  toestemmingsverklaring: ja", 10),
    ("  toestemmingsverklaring: 2026-01-15", "  toestemmingsverklaring: {ingetrokken: 2026-02-01}", 10),
    ("begeleider: CAW-03", "begeleider: Jan Peeters", 14),
    ("begeleider: CAW-03, vanaf", "vanaf", 14),
    ("soort: overleg, datum: 2026-03-26", "soort: vergadering, datum: 2026-03-26", 16),
    ("soort: overleg, datum: 2026-03-26", "soort: overleg", 16),
    ("verloop: goed, conclusie: loopt goed", "verloop: prima", 16),
    ("moment: overleg-1m", "moment: overleg-2m", 16),
    ("moment: overleg-1m", "moment: huisbezoek-3m", 16),
    ("verloop: goed, conclusie: loopt goed", "besluit: toewijzing", 16),
    ("verloop: goed, conclusie: loopt goed", "besluit: verlengen", 16),
    ("verloop: goed, conclusie: loopt goed", "maanden: 3", 16),
    ("verloop: goed, conclusie: loopt goed", "besluit: verlengen, maanden: 4", 16),
    ("verloop: goed, conclusie: loopt goed", "uur: 10:00", 16),
    ('uur: "10:00"', "uur: 24:00", 19),
    ('uur: "10:00"', "uur: tien uur", 19),
    ("wooncultuur: aandacht", "bevestigd: 2026-04-01", 17),
    ("aard: leefbaarheid", "aard: lawaai", 26),
]


def test_what_is_wrong_for_an_editor_is_wrong_for_check(editor: Editor, tmp_path: Path) -> None:
    """Both on the same line, or in the same entry."""
    shutil.copytree(PROJECT / "protocol", tmp_path / "protocol")
    texts = {f"dossiers/fout/{number}.yaml": DOSSIER.replace(old, new, 1) for number, (old, new, _) in enumerate(WRONG)}
    found = editor.open(texts)
    target = tmp_path / "dossiers/VT-2026-014.yaml"
    target.parent.mkdir()
    for (path, text), (old, new, line) in zip(texts.items(), WRONG, strict=True):
        assert text != DOSSIER, old
        assert line in {item.line for item in found[path]}, (new, found[path])
        target.write_text(text, encoding="utf-8")
        errors = {item.line for item in findings_of(tmp_path) if item.level == "fout"}
        assert any(line <= other <= line + 7 for other in errors), (new, errors)


WRONG_PROTOCOL: list[tuple[str, str, str]] = [
    ("protocol/organisatie.yaml", "email: ", "email: geen adres #"),
    ("protocol/partners.yaml", "rol: woon\n", "rol: huis\n"),
    ("protocol/kalender.yaml", "duur: 60", "duur: 1"),
    ("protocol/kalender.yaml", "2026-07: {", "juli: {"),
    ("protocol/overleg/2026-06.yaml", "cgg: {plaats: kantoor", "cgg: {plaats: zolder"),
    ("protocol/overleg/2026-06.yaml", "cgg: {", "niemand: {"),
    ("protocol/proefwonen/2024-01-01.yaml", "elke: 2", "elke: 2, na: 3"),
    ("protocol/proefwonen/2024-01-01.yaml", "domicilie: niet", "domicilie: nooit"),
    ("protocol/proefwonen/2024-01-01.yaml", "doet: [bewoner]", "doet: []"),
    ("protocol/tellingen/2025.yaml", "bijgewerkt: 2026-01-01", "bijgewerkt: gisteren"),
]


def test_the_protocol_has_its_schemas(tmp_path: Path) -> None:
    """Every file of it is bound: what is wrong in one is underlined, and an error for `check`."""
    bound: dict[str, list[str]] = {}
    texts: dict[str, str] = {}
    for number, (path, old, new) in enumerate(WRONG_PROTOCOL):
        root = tmp_path / str(number)
        shutil.copytree(PROJECT / "protocol", root / "protocol")
        (root / "protocol/tellingen").mkdir(exist_ok=True)
        (root / "protocol/tellingen/2025.yaml").write_text("bijgewerkt: 2026-01-01\n", encoding="utf-8")
        bound |= bind(root)
        text = (root / path).read_text(encoding="utf-8")
        wrong = text.replace(old, new, 1)
        assert wrong != text, old
        texts[f"{number}/{path}"] = wrong
        (root / path).write_text(wrong, encoding="utf-8")
        assert [item for item in findings_of(root) if item.level == "fout" and item.path == path], new
    found = underlined(tmp_path, bound, texts)
    assert [path for path, items in found.items() if not items] == []


def bind(root: Path) -> dict[str, list[str]]:
    """Write the schemas of a register; gives how settings of the folder above it bind them."""
    settings = json.loads((PROJECT / ".vscode/settings.json").read_text(encoding="utf-8"))["yaml.schemas"]
    write_schemas(root)
    return {f"{root.name}/{schema}": [f"{root.name}/{path}" for path in paths] for schema, paths in settings.items()}


def underlined(root: Path, bound: dict[str, list[str]], texts: dict[str, str]) -> dict[str, list[Underlined]]:
    """What an editor with these settings underlines in each text."""
    (root / ".vscode").mkdir()
    (root / ".vscode/settings.json").write_text(json.dumps({"yaml.schemas": bound}), encoding="utf-8")
    with open_editor(root) as editor:
        return editor.open(texts)


def test_what_check_accepts_is_never_underlined(tmp_path: Path) -> None:
    """Every file of the demonstration and of every case, each with the schemas of its own register."""
    bound: dict[str, list[str]] = {}
    texts: dict[str, str] = {}
    for case in (PROJECT, BASIS, *CASES):
        root = tmp_path / f"register-{case.name}"
        for folder in dict.fromkeys((PROJECT if case is PROJECT else BASIS, case)):
            for part in ("dossiers", "protocol"):
                if (folder / part).exists():
                    shutil.copytree(folder / part, root / part, dirs_exist_ok=True)
        register, _ = read_register(root)
        if register is None:
            continue
        bound |= bind(root)
        wrong = {item.path for item in findings_of(root) if item.level == "fout"}
        for path in sorted(root.rglob("*.yaml")):
            document, _ = load(path, "x.yaml")
            own = (case / path.relative_to(root)).exists()
            if own and path.relative_to(root).as_posix() not in wrong and document and not document.has_empty:
                texts[path.relative_to(tmp_path).as_posix()] = path.read_text(encoding="utf-8")
    assert len(texts) > 200
    found = underlined(tmp_path, bound, texts)
    assert {path: items for path, items in found.items() if items} == {}


def test_settings_are_plain_json() -> None:
    for path in ("settings.json", "extensions.json"):
        assert yaml.safe_load((PROJECT / ".vscode" / path).read_text(encoding="utf-8"))
