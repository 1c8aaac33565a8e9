"""Every field has its text in Dutch, and every text its field: what the handbook and editors tell of the files."""

import inspect
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, create_model

from generator.load import load_text
from generator.model import dossier, protocol, tellingen
from generator.model.base import Model
from generator.model.handboek import Veld
from generator.register import read_register
from generator.teksten.bestanden import BESTANDEN
from generator.validate import validate
from generator.velden import SOORTEN, make_bestanden, make_velden, models_in, text_of, words_in
from generator.zicht import ZICHT
from tests.conftest import findings_of

MAAK = Callable[..., Path]

ABSTRACT = {dossier.Feit, dossier.Gesprek, dossier.Bezoek}
"""What other models inherit from, and what no file holds by itself."""
SOORT_EN_VELD = [(soort, veld) for soort in BESTANDEN for veld in make_velden(soort)]


def models() -> dict[str, type[Model]]:
    found = (
        kind for module in (dossier, protocol, tellingen) for _, kind in inspect.getmembers(module, inspect.isclass)
    )
    return {kind.__name__: kind for kind in found if issubclass(kind, Model) and kind is not Model}


def reached(soort: str) -> set[type[BaseModel]]:
    """Every model that a kind of file holds."""
    found: set[type[BaseModel]] = set()
    ahead = models_in(SOORTEN[soort])
    while ahead:
        model = ahead.pop()
        found.add(model)
        fields = (field.annotation for field in model.model_fields.values())
        ahead += [inner for annotation in fields for inner in models_in(annotation) if inner not in found]
    return found


def test_every_model_is_told() -> None:
    """Each model is part of a kind of file, and so each of its fields has a text."""
    assert {model for soort in BESTANDEN for model in reached(soort)} == {*models().values()} - ABSTRACT
    assert BESTANDEN.keys() == SOORTEN.keys()


@pytest.mark.parametrize("soort", BESTANDEN)
def test_every_field_is_told(soort: str) -> None:
    told = {(veld.model, veld.naam) for veld in make_velden(soort)}
    assert told == {(model.__name__, name) for model in reached(soort) for name in model.model_fields}


@pytest.mark.parametrize("soort", BESTANDEN)
def test_no_text_without_a_field(soort: str) -> None:
    teksten = BESTANDEN[soort].velden
    used = {id(text_of(model, name, teksten)) for model in reached(soort) for name in model.model_fields}
    unused = [(model, name) for model in teksten for name in teksten[model] if id(teksten[model][name]) not in used]
    assert not unused


@pytest.mark.parametrize("soort", BESTANDEN)
def test_every_word_has_its_meaning(soort: str) -> None:
    """And no meaning is of a word that the field does not take."""
    teksten = BESTANDEN[soort].velden
    taken: dict[int, set[str]] = {}
    for model in reached(soort):
        for name, field in model.model_fields.items():
            taken.setdefault(id(text_of(model, name, teksten)), set()).update(words_in(field.annotation))
    for model_name, fields in teksten.items():
        for name, tekst in fields.items():
            assert taken[id(tekst)] == tekst.waarden.keys(), (model_name, name)
            assert all(tekst.waarden.values())


@pytest.mark.parametrize(
    ("soort", "veld"), SOORT_EN_VELD, ids=lambda item: item.pad if isinstance(item, Veld) else item
)
def test_every_example_is_valid(soort: str, veld: Veld) -> None:
    """An example is YAML that reads without a finding, and a value of the field."""
    field = models()[veld.model].model_fields[veld.naam]
    document, findings = load_text(f"{veld.naam}: {veld.voorbeeld}\n", "voorbeeld.yaml")
    assert document is not None
    assert not findings
    definition: Any = {veld.naam: (field.annotation, field)}
    value = create_model("Alleen", __base__=Model, **definition).model_validate(document.data)
    assert getattr(value, veld.naam) not in (None, (), {}), soort


def test_what_is_told_of_a_field_is_what_the_model_says() -> None:
    for _, veld in SOORT_EN_VELD:
        field = models()[veld.model].model_fields[veld.naam]
        assert veld.verplicht == field.is_required()
        assert not (veld.verplicht and veld.standaard)
        assert "iets anders" not in veld.soort
        assert veld.titel[0].isupper()
        assert veld.uitleg.endswith((".", "…"))
    values = {veld.pad: veld for soort, veld in SOORT_EN_VELD if soort == "organisatie"}
    assert (values["werklijst.antwoord_dagen"].standaard, values["mail"].standaard) == ("14", "agenda")
    assert values["werklijst.antwoord_dagen"].soort == "een geheel getal van 0 tot en met 365"
    assert values["werklijst.vanaf"].soort == "een datum (JJJJ-MM-DD)"
    assert [keuze.waarde for keuze in values["mail"].keuzes] == ["agenda", "verwijzing"]


def test_one_name_has_one_title_in_a_dossier() -> None:
    """People meet a field by its name alone, where all that is held on them is printed."""
    titles: dict[str, set[str]] = {}
    for veld in make_velden("dossier"):
        titles.setdefault(veld.naam, set()).add(veld.titel)
    assert {name: found for name, found in titles.items() if len(found) > 1} == {}


def test_fields_go_by_the_paths_of_the_table_of_sight() -> None:
    paths = {veld.pad for veld in make_velden("dossier")}
    assert ZICHT.keys() <= paths
    assert {path for path in paths - ZICHT.keys() if not any(other.startswith(f"{path}.") for other in paths)} == set()


def test_an_entry_of_the_logboek_stands_by_itself() -> None:
    soort = next(item for item in make_bestanden() if item.naam == "dossier")
    kinds = [
        keuze.waarde for blok in soort.blokken for veld in blok.velden if veld.naam == "soort" for keuze in veld.keuzes
    ]
    assert [blok.naam for blok in soort.blokken] == ["", *kinds]
    assert len(kinds) == len(set(kinds)) == len(models_in(dossier.Item))
    for blok in soort.blokken[1:]:
        assert [veld.naam for veld in blok.velden[:2]] == ["soort", "datum"]
        assert blok.uitleg


@pytest.mark.parametrize("soort", BESTANDEN)
def test_a_whole_example_is_valid(soort: str) -> None:
    document, findings = load_text(BESTANDEN[soort].voorbeeld, "voorbeeld.yaml")
    assert document is not None
    value, wrong = validate(SOORTEN[soort], document)
    assert (findings, wrong) == ([], [])
    assert value is not None


def test_whole_examples_pass_every_check(register: MAAK) -> None:
    """Together they are a register: the dossier beside the partners, the calendar and a new traject."""
    partners = "".join(
        f"{name}: {{naam: {name}, rol: welzijn, contact: {{email: a@b.example, kantooruren: ma}}}}\n"
        for name in ("caw-regiobrugge", "cgg", "alfa", "beta", "gamma", "huisvester")
    )
    root = register(
        {
            "dossiers/2026/VT-2026-014.yaml": BESTANDEN["dossier"].voorbeeld,
            "protocol/organisatie.yaml": BESTANDEN["organisatie"].voorbeeld,
            "protocol/partners.yaml": partners,
            "protocol/kalender.yaml": BESTANDEN["kalender"].voorbeeld,
            "protocol/overleg/2026-11.yaml": BESTANDEN["overleg"].voorbeeld,
            "protocol/na-verhuis/2026-01-01.yaml": BESTANDEN["traject"].voorbeeld,
            "protocol/tellingen/2026.yaml": BESTANDEN["tellingen"].voorbeeld,
        }
    )
    assert [found for found in findings_of(root, date(2026, 11, 21)) if found.level == "fout"] == []
    found, _ = read_register(root)
    assert found is not None
    assert {"VT-2026-014"} == found.dossiers.keys()
    assert "na-verhuis" in found.trajecten


def test_the_example_of_partners_is_complete(register: MAAK) -> None:
    root = register({"protocol/partners.yaml": BESTANDEN["partners"].voorbeeld})
    assert isinstance(root, Path)
    assert [found for found in findings_of(root) if found.level == "fout"] == []
