"""What a tenant gets who asks what is held: everything of the own dossier, and nothing of another (GDPR article 15)."""

import json
import os
import re
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings

from generator.checks import check
from generator.cli import cli
from generator.history import History
from generator.inzage import make_inzage
from generator.model.dossier import Dossier
from generator.register import read_register
from generator.render.data import value_json
from generator.render.ical import make_feeds
from generator.render.inzage import inzage_text
from generator.render.woorden import VELDEN, dag, woord
from generator.traject import Standen
from generator.views import audiences, make_view
from tests.conftest import GEHEIM, PROJECT, TESTS, VANDAAG, read
from tests.test_cases import CASES
from tests.test_properties import Geval, registers
from tests.test_zicht import VOL, paths_of

MAAK = Callable[..., Path]
OP = "2026-11-21"
NAME = "VT-2026-001"
GOOD = (TESTS / "cases/loopt-goed/dossiers/VT-2026-001.yaml").read_text(encoding="utf-8")


def ask(root: Path, name: str = NAME, *options: str) -> Result:
    return CliRunner().invoke(cli, ["--root", str(root), "--date", OP, "inzage", name, *options])


def leaves(value: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    match value:
        case dict():
            for key, item in value.items():
                yield from leaves(item, (*path, key))
        case list() | tuple() if value and isinstance(value[0], dict):
            for item in value:
                yield from leaves(item, path)
        case _:
            yield path, value


def human(value: Any) -> str:
    """As people write it."""
    match value:
        case bool():
            return "ja" if value else "nee"
        case list() | tuple():
            return ", ".join(map(human, value))
        case str() if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return dag(date.fromisoformat(value))
    return woord(str(value))


def test_every_field_with_a_value_appears(register: MAAK) -> None:
    """By its Dutch name, with its value as people write it; although the dossier breaks rule upon rule."""
    result = ask(register({f"dossiers/{NAME}.yaml": json.dumps(VOL)}))
    assert result.exit_code == 0, result.output
    assert f"dossiers/{NAME}.yaml:1:" in result.stderr
    text = result.stdout
    names = {"gamma": "Gamma", "alfa": "Alfa", "beta": "Beta", "huisvester": "Huisvester"}
    for path, value in leaves(VOL):
        if path[0] == "logboek" and path[-1] in ("datum", "soort"):
            continue
        label = VELDEN.get(path[-1], path[-1].replace("_", " ").capitalize())
        if path[0] == "documenten" and len(path) == 2:
            label = "Ondertekend"
        said = names.get(value, value) if path[-1] in ("partner", "huisvester") else value
        line = f"{label}: {uur_of(said) if path[-1] == 'uur' else human(said)}"
        assert line in text or (path[-1] == "moment" and f"({value})" in text), (path, line)
    for entry in VOL["logboek"]:
        assert f"{human(entry['datum'])}: {entry['soort']}\n" in text


def uur_of(value: str) -> str:
    hour, minute = value.split(":")
    return f"{hour}.{minute}\N{NO-BREAK SPACE}uur"


def test_json_holds_every_field_as_in_the_file(register: MAAK) -> None:
    """To take along (article 20): the same keys, dates as they were written."""
    result = ask(register({f"dossiers/{NAME}.yaml": json.dumps(VOL)}), NAME, "--format", "json")
    assert result.exit_code == 0, result.output
    expected = json.loads(json.dumps(VOL))
    expected["documenten"]["huurovereenkomst"] = [{"ondertekend": "2026-01-19"}]
    assert json.loads(result.stdout)["gegevens"] == expected


def test_what_the_aanmelder_was_told(register: MAAK) -> None:
    """It stands in the record of an overleg, beside that of others."""
    record = """\
alfa:
  aanmeldingen_verstuurd: {VT-2026-001: 2026-01-09, VT-2026-002: 2026-01-10}
  verzonden: {aanmeldingen: {VT-2026-001: {op: 2026-01-08, kenmerk: abcdefghij, stand: onzeker}}}
"""
    root = register({f"dossiers/{NAME}.yaml": GOOD, "protocol/overleg/2026-01.yaml": record})
    text = ask(root).stdout
    assert "Het besluit over de aanmelding, aan Alfa (protocol/overleg/2026-01.yaml):" in text
    assert "gemeld op vr 9 januari 2026" in text
    assert "mail van do 8 januari 2026, onzeker (kenmerk abcdefghij)" in text
    assert "VT-2026-002" not in text + ask(root, NAME, "--format", "json").stdout


def test_every_field_of_the_model_has_a_name() -> None:
    fields = {part for path in paths_of(Dossier) for part in path.split(".")}
    kinds = {"overleg", "huisbezoek", "evaluatie", "signaal", "bespreking", "informatievraag", "contact"}
    assert fields - VELDEN.keys() <= kinds | {"afwezigheid", "dienst", "verhuis", "stopzetting"}


@settings(max_examples=12)
@given(registers())
def test_all_of_the_own_dossier_and_nothing_of_another(geval: Geval) -> None:
    """Also where it is: what is built for each audience holds it in those places and in no other."""
    views = [make_view(geval.standen, History(), who, geval.op, GEHEIM) for who in audiences(geval.register)]
    feeds = make_feeds(views)
    for dossier in geval.dossiers:
        path = geval.register.paden[dossier.id]
        inzage = make_inzage(geval.register, dossier.id, path, geval.op, ())
        for output in (inzage_text(inzage), value_json(inzage)):
            own = set(re.findall(r"geheim\dx\d+", str(dossier.model_dump())))
            assert set(re.findall(r"geheim\dx\d+", output)) == own
            assert not [other.id for other in geval.dossiers if other.id != dossier.id and other.id in output]
        places = {place.site: place for place in inzage.vindplaatsen}
        for view in views:
            place, quoted = places.get(view.doelgroep.naam), f"'{dossier.id}'"
            assert (place is not None and place.pagina) == any(item.id == dossier.id for item in view.dossiers)
            assert (place is not None and place.aanmeldingen) == (quoted in repr(view.aanmeldingen))
            months = {agenda.maand for agenda in view.agendas if quoted in repr(agenda)}
            assert {*(place.agendas if place else ())} == months
            assert len(place.intervisies if place else ()) == sum(quoted in repr(item) for item in view.intervisies)
            assert [*(place.werklijst if place else ())] == [t.reden for t in view.werklijst if t.id == dossier.id]
            titles = {feed.naam: feed.titel for feed in view.feeds}
            holding = {titles[key] for key, body in feeds[view.doelgroep].items() if dossier.id.encode() in body}
            assert {*(place.kalenders if place else ())} == holding
            assert len(place.mails if place else ()) == sum(quoted in repr(mail) for mail in view.mails)
        seen = {item.naam for item in inzage.wie_ziet if item.niveau}
        assert seen == {view.naam for view in views if any(item.id == dossier.id for item in view.dossiers)}


@pytest.mark.parametrize("case", [case for case in CASES if case.name.startswith("fout-")], ids=lambda case: case.name)
def test_errors_stand_in_the_way_of_nothing(case: Path, register: MAAK) -> None:
    """What is wrong in the protocol or in a dossier: all that is recorded can still be told."""
    root = register()
    for folder in ("dossiers", "protocol"):
        if (case / folder).exists():
            shutil.copytree(case / folder, root / folder, dirs_exist_ok=True)
    found, findings = read_register(root)
    assert found is not None
    wrong = [item for item in (*findings, *check(Standen(found), date(2026, 11, 21), VANDAAG)) if item.level == "fout"]
    sound = not any(item.path.startswith("protocol/") for item in wrong)
    for path in sorted(path for path in found.bronnen if path.startswith("dossiers/")):
        known = re.search(r"(?m)^id: (\S+)", (root / path).read_text(encoding="utf-8"))
        name = known[1] if known else Path(path).stem
        where = found.bestand(name)
        assert where is not None
        inzage = make_inzage(found, name, where, date(2026, 11, 21), (), afleiden=sound)
        assert name in inzage_text(inzage)
        assert json.loads(value_json(inzage))["gegevens"]["traject"]


def test_a_wrong_field_is_given_as_it_stands(register: MAAK) -> None:
    text = f"id: {NAME}\nstart: 2026-02-01\nwonig: W-77\nlogboek:\n  - {{datum: 2026-03-01}}\n"
    result = ask(register({f"dossiers/{NAME}.yaml": text}))
    assert result.exit_code == 0, result.output
    assert "onbekende sleutel ‘wonig’" in result.stderr
    for line in (
        "Start: zo 1 februari 2026",
        "Wonig: W-77",
        "zo 1 maart 2026",
        "Niets: er staat een fout in",
    ):
        assert line in result.stdout


def test_what_is_no_yaml_is_told(register: MAAK) -> None:
    result = ask(register({f"dossiers/{NAME}.yaml": "id: [\n"}))
    assert result.exit_code == 1
    assert f"dossiers/{NAME}.yaml:1:6: fout YAML" in result.stderr
    assert result.stdout == ""


def test_an_unknown_dossier_is_wrong_use(register: MAAK) -> None:
    result = ask(register({f"dossiers/{NAME}.yaml": GOOD}), "VT-2026-01")
    assert result.exit_code == 2
    assert result.stderr == f"woontraject: het dossier ‘VT-2026-01’ bestaat niet: bedoelt u ‘{NAME}’?\n"


def test_into_a_file_that_nobody_else_reads(register: MAAK, tmp_path: Path) -> None:
    root, out = register({f"dossiers/{NAME}.yaml": GOOD}), tmp_path / "uit" / "inzage.txt"
    assert ask(root, NAME, "--out", str(out)).exit_code == 1
    out.parent.mkdir()
    for _ in range(2):
        result = ask(root, NAME, "--out", str(out))
        assert result.exit_code == 0, result.output
        assert result.stdout == f"Geschreven in {out}.\n"
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert out.read_text(encoding="utf-8") == ask(root).stdout
    assert [path.name for path in out.parent.iterdir()] == ["inzage.txt"]


def test_follow_ups_both_ways_and_how_long_it_stays() -> None:
    """The reference of another dossier of the same tenant, and no more of it."""
    first, then = (ask(PROJECT, name).stdout for name in ("PW-2025-004", "ZH-2026-005"))
    assert "Op dit dossier volgt ZH-2026-005." in first
    assert "Dit dossier volgt op PW-2025-004." in then
    assert "Gesloten sinds wo 1 juli 2026." in first
    assert "Partners zien het tot vr 1 januari 2027." in first
    assert "Het blijft tot vr 1 juli 2033." in first
    assert "Tot 84 maanden na het einde van de begeleiding, partners zien het dan nog 6 maanden." in then
    register = read(PROJECT).register
    for text, other in ((first, "ZH-2026-005"), (then, "PW-2025-004")):
        talks = [item for item in register.dossiers[other].logboek if getattr(item, "bevindingen", None)]
        assert talks
        assert not [item for item in talks if str(getattr(item, "bevindingen", "")) in text]


def test_when_it_changed_and_not_by_whom(register: MAAK) -> None:
    root = register({f"dossiers/{NAME}.yaml": GOOD})
    for day, name in (("2026-02-01", NAME), ("2026-03-01", "VT-2026-009"), ("2026-04-01", NAME)):
        path = root / f"dossiers/{name}.yaml"
        text = (root / f"dossiers/{NAME}.yaml").read_text("utf-8").replace(NAME, name)
        path.write_text(f"{text}# {day}\n", encoding="utf-8")
        author = ["-c", "user.name=Een Naam", "-c", "user.email=naam@voorbeeld.example"]
        when = {"GIT_AUTHOR_DATE": f"{day}T23:30:00Z", "GIT_COMMITTER_DATE": f"{day}T23:30:00Z"}
        for command in (["init", "-q"], ["add", "."], [*author, "commit", "-q", "-m", "x"]):
            subprocess.run(["git", *command], cwd=root, env={**os.environ, **when}, check=True)
    text = ask(root).stdout
    assert "WANNEER HET GEWIJZIGD IS\n\nma 2 februari 2026\ndo 2 april 2026\n\n" in text
    assert "WANNEER HET GEWIJZIGD IS\n\nma 2 maart 2026\n\n" in ask(root, "VT-2026-009").stdout
    subprocess.run(["git", "clone", "-q", "--depth=1", root.as_uri(), "ondiep"], cwd=root.parent, check=True)
    shallow = ask(root.parent / "ondiep")
    assert shallow.exit_code == 0
    assert "WANNEER HET GEWIJZIGD IS\n\nDat is hier niet te zien" in shallow.stdout
    assert "ondiepe kloon" in shallow.stderr
    assert "voorbeeld.example" not in text
    assert "Een Naam" not in text
