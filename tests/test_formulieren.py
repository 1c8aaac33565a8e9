"""The forms: their configuration follows the models and the protocol, and what they save changes nothing else."""

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.forms import write_forms
from generator.formulieren import make_backend, make_config, make_forms_policy
from generator.load import load_text
from generator.model.dossier import Dossier
from generator.model.protocol import Formulieren
from generator.opmaak import make_opmaak
from generator.register import Register, read_register
from generator.validate import validate
from generator.velden import models_in
from tests.conftest import PROJECT
from tests.forms import fetched_modules

MAAK = Callable[..., Path]
LOCAL = {"name": "proxy", "proxy_url": "/api/v1", "branch": "main"}
LONG = "De huurder vroeg zelf om hulp met de post en met de meterstanden. " * 8


@pytest.fixture(scope="module")
def demonstration() -> Register:
    register, _ = read_register(PROJECT)
    assert register
    return register


@pytest.fixture(scope="module")
def config(demonstration: Register) -> dict[str, Any]:
    return make_config(demonstration, LOCAL)


# The configuration.


def fields_of(config: dict[str, Any], traject: str) -> dict[str, dict[str, Any]]:
    collection = next(item for item in config["collections"] if item["name"] == traject)
    return {field["name"]: field for field in collection["fields"]}


def options(field: dict[str, Any]) -> list[str]:
    return [option["value"] for option in field["options"]]


def every_field(fields: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for field in fields:
        yield field
        yield from every_field([*field.get("fields", ()), *field.get("types", ())])


def test_a_form_for_each_kind_of_entry(config: dict[str, Any]) -> None:
    kinds = [model.model_fields["soort"].annotation.__args__[0] for model in models_in(_type_of("logboek"))]
    for collection in config["collections"]:
        logboek = fields_of(config, collection["name"])["logboek"]
        assert [entry["name"] for entry in logboek["types"]] == kinds
        assert logboek["typeKey"] == "soort"


def _type_of(name: str) -> Any:
    return Dossier.model_fields[name].annotation


def test_every_field_says_what_it_is(config: dict[str, Any]) -> None:
    """A title and a hint in Dutch, and no choice between nothing."""
    for collection in config["collections"]:
        for field in every_field(collection["fields"]):
            if field["widget"] != "hidden":
                assert field["label"], field
                assert field.get("hint") or field["widget"] == "list", field
            assert field.get("options") != []
            assert field.get("fields") != []


def test_choices_come_from_the_register(demonstration: Register, config: dict[str, Any]) -> None:
    for traject, versies in demonstration.trajecten.items():
        fields = fields_of(config, traject)
        begeleiding = {field["name"]: field for field in fields["begeleiding"]["fields"]}
        assert options(begeleiding["partner"]) == list(demonstration.partners)
        documents = {field["name"] for field in fields.get("documenten", {}).get("fields", ())}
        assert documents == {key for versie in versies for key in versie.regels.documenten}
        assert fields["traject"] == fields["traject"] | {"widget": "hidden", "default": traject}
    visits = next(entry for entry in fields_of(config, "versnelde-toewijzing")["logboek"]["types"][1:2])
    moments = options({field["name"]: field for field in visits["fields"]}["moment"])
    assert moments[:4] == ["huisbezoek-3m", "eindevaluatie", "eindevaluatie-verlenging-1", "eindevaluatie-verlenging-2"]
    evaluations = {field["name"]: field for field in fields_of(config, "proefwonen")["logboek"]["types"][2]["fields"]}
    assert options(evaluations["moment"])[:3] == ["evaluatie-2m", "evaluatie-4m", "evaluatie-6m"]
    assert options(evaluations["besluit"]) == ["toewijzing", "negatief"]


@pytest.mark.parametrize("traject", ["proefwonen", "versnelde-toewijzing", "woonbegeleiding", "zittende-huurder"])
def test_every_dossier_fits_its_form(demonstration: Register, config: dict[str, Any], traject: str) -> None:
    """No key without a field, and no word that its choice lacks: what the form cannot show nobody could mend."""
    collection = fields_of(config, traject)
    for dossier in demonstration.per_traject[traject]:
        data = demonstration.bronnen[demonstration.paden[dossier.id]].data
        assert not list(_misfits(data, {"fields": list(collection.values())}, dossier.id))


def _misfits(value: Any, field: dict[str, Any], where: str) -> Iterator[str]:
    if field.get("soort"):
        return
    if isinstance(value, dict):
        known = {inner["name"]: inner for inner in field.get("fields", ())} | {"soort": {}}
        for key, inner in value.items():
            yield from _misfits(inner, known[key], f"{where}.{key}") if key in known else [f"{where}.{key}"]
    elif isinstance(value, tuple):
        types = {inner["name"]: inner for inner in field.get("types", ())}
        for item in value:
            entry = types[item["soort"]] if types else field.get("field", {"fields": field.get("fields")})
            yield from _misfits(item, entry, where)
    elif (field.get("options") and value not in options(field)) or (
        field.get("pattern") and not re.search(field["pattern"][0], str(value))
    ):
        yield f"{where}: {value}"


@pytest.mark.parametrize(
    ("given", "backend", "asks"),
    [
        (
            {"git": "gitlab", "project": "wonen/dossiers", "toepassing": "0123abcd"},
            {
                "name": "gitlab",
                "repo": "wonen/dossiers",
                "branch": "main",
                "auth_type": "pkce",
                "app_id": "0123abcd",
                "auth_endpoint": "oauth/authorize",
                "base_url": "https://gitlab.com",
                "api_root": "https://gitlab.com/api/v4",
            },
            "https://gitlab.com",
        ),
        (
            {"git": "github", "project": "vivendo/dossiers", "tak": "hoofd", "aanmelden": "https://login.example"},
            {
                "name": "github",
                "repo": "vivendo/dossiers",
                "branch": "hoofd",
                "base_url": "https://login.example",
                "auth_endpoint": "auth",
            },
            "https://api.github.com https://www.githubstatus.com",
        ),
    ],
)
def test_where_dossiers_are_kept(given: dict[str, str], backend: dict[str, str], asks: str) -> None:
    formulieren = Formulieren.model_validate(given)
    assert make_backend(formulieren) == backend
    assert f"connect-src 'self' blob: data: {asks};" in make_forms_policy(formulieren)


@pytest.mark.parametrize(
    ("lines", "finding"),
    [
        ("git: gitlab, project: a/b", "‘git: gitlab’ vraagt ook ‘toepassing’"),
        ("git: github, project: a/b", "‘git: github’ vraagt ook ‘aanmelden’"),
        ("git: gitlab, project: dossiers, toepassing: a", "verwacht een groep en een project"),
        ("git: gitlab, project: a/b, tak: 'a b', toepassing: a", "verwacht de naam van een tak"),
        ("git: gitlab, project: a/b, toepassing: 'a b'", "verwacht de id die GitLab gaf"),
        ("git: gitea, project: a/b", "verwacht github of gitlab"),
        ("git: gitlab, project: a/b, toepassing: a, server: http://a.example", "verwacht een adres als https://"),
    ],
)
def test_what_is_wrong_about_the_forms(register: MAAK, lines: str, finding: str) -> None:
    root = register()
    path = root / "protocol/organisatie.yaml"
    path.write_text(f"{path.read_text(encoding='utf-8')}formulieren: {{{lines}}}\n", encoding="utf-8")
    _, findings = read_register(root)
    assert [item.path for item in findings] == ["protocol/organisatie.yaml"]
    assert finding in findings[0].text


# What is saved: our own script, in Node.

DRIVER = """
import { readFileSync } from "node:fs";
import { makeFormat } from "./dossier.js";
const { collections } = JSON.parse(readFileSync("./config.json", "utf8"));
const lines = readFileSync(0, "utf8").split("\\n").filter(Boolean);
for (const { text, changes } of lines.map((line) => JSON.parse(line))) {
  const format = makeFormat(collections);
  const values = format.fromFile(text);
  for (const [path, value] of changes) {
    const name = path.at(-1);
    const place = path.slice(0, -1).reduce((inner, part) => inner.at ? inner.at(part) : (inner[part] ??= {}), values);
    if (name === "+") place.push(value); else if (name === "-") place.splice(value, 1); else place[name] = value;
  }
  console.log(JSON.stringify(format.toFile(values)));
}
"""


@pytest.fixture(scope="module")
def save(config: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Callable[..., list[str]]:
    """The texts that are saved when people open files and change values, each by its path."""
    folder = tmp_path_factory.mktemp("forms") / "forms"
    write_forms(folder, fetched_modules(), config, make_forms_policy(None))
    (folder / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    (folder / "driver.js").write_text(DRIVER, encoding="utf-8")

    def run(*asked: tuple[str, list[Any]]) -> list[str]:
        lines = "".join(f"{json.dumps({'text': text, 'changes': changes})}\n" for text, changes in asked)
        result = subprocess.run(
            ["node", "driver.js"],
            cwd=folder,
            input=lines,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert result.returncode == 0, result.stderr
        return [json.loads(line) for line in result.stdout.splitlines()]

    return run


def test_a_dossier_that_nobody_changed_keeps_its_bytes(save: Callable[..., list[str]]) -> None:
    texts = [path.read_text(encoding="utf-8") for path in sorted(PROJECT.glob("dossiers/**/*.yaml"))]
    assert len(texts) > 50
    assert save(*((text, []) for text in texts)) == texts


ODD = """\
# Van voor de verhuizing.
id: VT-2026-900   # vast
traject: versnelde-toewijzing
woning: 1043
huisvester: 'vivendo'

start: "2026-02-01"
documenten: {toestemmingsverklaring: {ondertekend: 2026-01-15}}
domicilie_op_adres: no
begeleiding:
- partner: caw-regiobrugge   # eerst
  begeleider: "NO"
  vanaf: 2026-02-01
logboek:
# Het eerste overleg.
- {soort: overleg, datum: 2026-03-26,
   verloop: goed}
- soort: signaal
  datum: 2026-05-06
  aard: leefbaarheid
  omschrijving: >-
    Lawaai in de
    gang.
# Einde.
"""


CASES: list[tuple[list[Any], str, str]] = [
    ([], "", ""),
    ([[["start"], "2026-02-02"]], 'start: "2026-02-01"\n', "start: 2026-02-02\n"),
    ([[["woning"], ""]], "woning: 1043\n", ""),
    ([[["woning"], None]], "woning: 1043\n", ""),
    ([[["woning"], "NO"]], "woning: 1043\n", 'woning: "NO"\n'),
    ([[["woning"], "012"]], "woning: 1043\n", 'woning: "012"\n'),
    ([[["termijn"], 12]], 'start: "2026-02-01"\n', 'start: "2026-02-01"\ntermijn: 12\n'),
    (
        [[["ankerfiguur"], "wijk: dienst"]],
        'start: "2026-02-01"\n',
        'start: "2026-02-01"\nankerfiguur: "wijk: dienst"\n',
    ),
    ([[["begeleiding", 0, "begeleider"], "ON"]], '"NO"\n', '"ON"\n'),
    (
        [[["logboek", "+"], {"soort": "huisbezoek", "datum": "2026-04-01", "uur": "10:00", "moment": "extra-1"}]],
        "- soort: signaal\n",
        '- {soort: huisbezoek, datum: 2026-04-01, uur: "10:00", moment: extra-1}\n- soort: signaal\n',
    ),
    (
        [[["logboek", "+"], {"soort": "contact", "datum": "2026-06-01", "doorgegaan": "nee", "reden": "ziek"}]],
        "    gang.\n# Einde.\n",
        "    gang.\n# Einde.\n- {soort: contact, datum: 2026-06-01, doorgegaan: false, reden: ziek}\n",
    ),
    ([[["logboek", "-"], 0]], "- {soort: overleg, datum: 2026-03-26,\n   verloop: goed}\n", ""),
    (
        [[["documenten", "toestemmingsverklaring", 0, "ingetrokken"], "2026-09-01"]],
        "documenten: {toestemmingsverklaring: {ondertekend: 2026-01-15}}\n",
        "documenten:\n  toestemmingsverklaring: {ondertekend: 2026-01-15, ingetrokken: 2026-09-01}\n",
    ),
]


@pytest.fixture(scope="module")
def saved(save: Callable[..., list[str]]) -> list[str]:
    return save(*((ODD, changes) for changes, _, _ in CASES))


@pytest.mark.parametrize("number", range(len(CASES)))
def test_only_what_changed_is_written(saved: list[str], number: int) -> None:
    _, old, new = CASES[number]
    assert old in ODD
    assert saved[number] == ODD.replace(old, new, 1)


def test_line_endings_stay(save: Callable[..., list[str]]) -> None:
    windows = ODD.replace("\n", "\r\n")
    [saved] = save((windows, [[["termijn"], 12]]))
    assert saved == windows.replace('"2026-02-01"\r\n', '"2026-02-01"\r\ntermijn: 12\r\n')


def test_a_new_dossier(save: Callable[..., list[str]]) -> None:
    """Made from nothing: in the order of the model, without what was left open."""
    values = {
        "logboek": [],
        "id": "VT-2026-901",
        "traject": "versnelde-toewijzing",
        "woning": "",
        "start": "2026-12-01",
        "aanmelding": {"datum": "2026-11-02", "partner": "cgg", "besluit": {"datum": None}},
        "documenten": {"huurovereenkomst": [{"ondertekend": "2026-11-20", "ingetrokken": ""}]},
    }
    text = "traject: versnelde-toewijzing\n"
    [saved] = save((text, [[[key], value] for key, value in values.items()]))
    assert saved == (
        "id: VT-2026-901\ntraject: versnelde-toewijzing\nstart: 2026-12-01\n"
        "aanmelding:\n  datum: 2026-11-02\n  partner: cgg\ndocumenten:\n  huurovereenkomst: 2026-11-20\n"
    )


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"), exclude_characters="\u2028\u2029\ufeff"))
LINES = st.lists(TEXTS.map(str.strip).filter(bool), min_size=1, max_size=3).map("\n".join)
AWKWARD = st.sampled_from(
    ["is dat zo ?", "NO", "10:00", "012", "true", "~", "- a", "a: b", "a #b", "'", '"', "2026-02-30", LONG]
)


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(LINES | AWKWARD, min_size=100, max_size=100))
def test_every_text_survives(save: Callable[..., list[str]], texts: list[str]) -> None:
    """What a person typed is what the reader reads."""
    asked = [(ODD, [[["logboek", 1, "omschrijving"], text]]) for text in texts]
    for text, saved in zip(texts, save(*asked), strict=True):
        document, findings = load_text(saved, "a.yaml")
        assert not findings
        assert document
        dossier, wrong = validate(Dossier, document)
        assert not [item for item in wrong if item.text not in _OWN_MISTAKES]
        assert dossier is None or dossier.logboek[1].omschrijving == text  # type: ignore[union-attr]
        assert document.data["logboek"][1]["omschrijving"] == text
        assert saved.splitlines()[:16] == ODD.splitlines()[:16]


_OWN_MISTAKES = {"verwacht true of false, niet ‘no’"}


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(LINES | AWKWARD, min_size=50, max_size=50))
def test_what_is_saved_is_in_the_one_form(save: Callable[..., list[str]], texts: list[str]) -> None:
    """What `fmt` would write: Python and the script of the forms agree on every text."""
    text = (PROJECT / "dossiers/2026/VT-2026-001.yaml").read_text(encoding="utf-8")
    visit = {"soort": "huisbezoek", "datum": "2026-10-01", "uur": "10:00", "moment": "extra-1", "verloop": "goed"}
    asked = [(text, [[["logboek", "+"], visit | {"bevindingen": found}], [["ankerfiguur"], found]]) for found in texts]
    for saved in save(*asked):
        document, _ = load_text(saved, "a.yaml")
        assert document
        assert make_opmaak(document) == (saved, [])


# What other form editors write: read as it was meant, or told.


@pytest.mark.parametrize(
    ("lines", "finding"),
    [
        ('woning: ""', None),
        ("woning: null", None),
        ("woning:", None),
        ("ankerfiguur: NO", None),
        ("ankerfiguur: >-\n  een lange tekst\n  op twee regels", None),
        ("start: '2026-02-01'", None),
        ("logboek: []", None),
        ("logboek:\n- null", None),
        ("documenten: {}", None),
        ("documenten: {huurovereenkomst: []}", None),
        ("documenten: {huurovereenkomst: {ondertekend: '', ingetrokken: null}}", None),
        ("begeleiding:\n- {vanaf: 2026-02-01, tot: '', begeleider: NO, partner: cgg}", None),
        ("start: 2026-02-01T00:00:00.000Z", "verwacht een datum als 2026-11-26"),
        ("termijn: '12'", "schrap de aanhalingstekens rond 12"),
        ("termijn: 12.0", "verwacht een geheel getal"),
        ("domicilie_op_adres: 'true'", "schrap de aanhalingstekens rond true"),
        ("aanmelding: {}", "de sleutel ‘datum’ ontbreekt"),
        ("aanmelding: {datum: '', partner: cgg}", "‘datum’ is leeg: vul een waarde in"),
        ("logboek:\n- {}", "de sleutel ‘soort’ ontbreekt"),
    ],
)
def test_what_other_form_editors_write(lines: str, finding: str | None) -> None:
    document, wrong = load_text(f"traject: versnelde-toewijzing\n{lines}\nid: VT-2026-900\n", "a.yaml")
    assert document
    assert not wrong
    _, wrong = validate(Dossier, document)
    assert [finding in item.text for item in wrong][:1] == ([True] if finding else [])
