"""Who sees a dossier, and which of its fields: one table, complete (VT-4, VT-5.0)."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from generator import zicht
from generator.model.dossier import Dossier
from generator.zicht import ZICHT, Niveau, begeleidt, leest, velden, ziet
from tests.conftest import read

NIVEAUS: tuple[Niveau, ...] = ("altijd", "toestemming", "coordinatie")

VOL: dict[str, Any] = {
    "id": "VT-2026-001",
    "traject": "versnelde-toewijzing",
    "woning": "W-1",
    "huisvester": "huisvester",
    "start": "2026-02-01",
    "termijn": 12,
    "vervolg_op": "PW-2025-003",
    "ankerfiguur": "wijkwerker",
    "domicilie_op_adres": False,
    "afwijkingen": ({"regel": "WW-4", "datum": "2026-01-02", "reden": "voorlopig adres"},),
    "aanmelding": {
        "datum": "2025-12-04",
        "partner": "gamma",
        "doelgroep": {
            "volwassen": True,
            "psychische_problematiek": "vermoed",
            "verslaving": False,
            "herhaalde_woonproblematiek": True,
            "ingeschreven_sociale_woning": True,
            "maanden_domicilie_brugge": 0,
        },
        "besluit": {"datum": "2026-01-08", "uitkomst": "toegelaten"},
    },
    "documenten": {
        "toestemmingsverklaring": (
            {"ondertekend": "2026-01-15", "ingetrokken": "2026-03-01"},
            {"ondertekend": "2026-04-01"},
        ),
        "huurovereenkomst": "2026-01-19",
    },
    "begeleiding": (
        {"partner": "alfa", "begeleider": "ALFA-01", "vanaf": "2026-02-01", "tot": "2026-05-31", "reden": "gestopt"},
        {"partner": "beta", "begeleider": "BETA-01", "vanaf": "2026-07-01"},
    ),
    "logboek": (
        {
            "soort": "overleg",
            "datum": "2026-03-26",
            "moment": "overleg-1m",
            "verloop": "goed",
            "besluit": "verlengen",
            "maanden": 3,
            "conclusie": "gaat door",
            "registratie_contacten": False,
        },
        *(
            entry
            for soort in ("huisbezoek", "evaluatie")
            for entry in (
                {
                    "soort": soort,
                    "datum": "2026-05-06",
                    "uur": "10:00",
                    "moment": "eindevaluatie",
                    "verloop": "goed",
                    "wooncultuur": "goed",
                    "bevindingen": "niets",
                    "besluit": "toewijzing",
                    "voorwaarde": "begeleiding",
                    "bevestigd": "2026-05-01",
                    "aanwezig": ("begeleider",),
                },
                {"soort": soort, "datum": "2026-05-07", "moment": "extra-1", "afgelast": "ziekte"},
                {
                    "soort": soort,
                    "datum": "2026-05-08",
                    "moment": "eindevaluatie",
                    "besluit": "verlengen",
                    "maanden": 3,
                },
            )
        ),
        {
            "soort": "signaal",
            "datum": "2026-05-10",
            "aard": "schade",
            "gemeld_door": "partner",
            "omschrijving": "ruit",
            "afgesloten": "2026-05-12",
        },
        {"soort": "bespreking", "datum": "2026-05-10", "gevraagd_door": "vivendo", "reden": "huur"},
        {
            "soort": "informatievraag",
            "datum": "2026-05-10",
            "vraag": "hoe gaat het",
            "beantwoord": "2026-05-12",
            "antwoord": "goed",
        },
        {"soort": "contact", "datum": "2026-05-10", "doorgegaan": False, "reden": "niet thuis"},
        {"soort": "afwezigheid", "datum": "2026-05-10", "tot": "2026-06-10", "vervanger": "BETA-02"},
        {
            "soort": "dienst",
            "datum": "2026-05-10",
            "naam": "poetshulp",
            "verwacht": "2026-08-01",
            "gestart": "2026-08-03",
        },
        {"soort": "verhuis", "datum": "2026-05-10", "woning": "W-2"},
        {"soort": "stopzetting", "datum": "2026-05-10", "reden": "andere", "toelichting": "wil niet meer"},
    ),
}
"""A dossier with every field that there is. It need not make sense: it only has to be readable."""


def models_in(annotation: Any) -> list[type[BaseModel]]:
    """Every model that an annotation names, however deep."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in models_in(part)]


def paths_of(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    """Every field below a model that holds a value and not another model; entries of a union go by their `soort`."""
    for name, field in model.model_fields.items():
        below = models_in(field.annotation)
        if not below:
            yield f"{prefix}{name}"
        for inner in below:
            kind = inner.model_fields.get("soort")
            tags = get_args(kind.annotation) if kind else ()
            assert len(tags) <= 1, f"{inner.__name__} has no `soort` of its own"
            yield from paths_of(inner, ".".join([f"{prefix}{name}", *tags]) + ".")


def paths_in(value: Any, prefix: str = "") -> Iterator[str]:
    """The same paths in plain data, less the keys of `documenten` and `doelgroep` and the places of a list."""
    match value:
        case dict() if prefix == "aanmelding.doelgroep":
            yield prefix  # its keys are the protocol's
        case dict():
            inside = f"{prefix}.{value['soort']}" if "soort" in value else prefix
            for key, item in value.items():
                path = f"{inside}.{key}" if inside else key
                for found in item.values() if path == "documenten" else [item]:
                    yield from paths_in(found, path)
        case list() | tuple() if value and isinstance(value[0], dict):
            for item in value:
                yield from paths_in(item, prefix)
        case None | () | []:
            pass
        case _:
            yield prefix


def test_every_field_of_a_dossier_stands_in_the_table_and_nothing_else_does() -> None:
    """A new field is seen by nobody until someone decides who sees it: this test asks."""
    fields = list(paths_of(Dossier))
    assert len(fields) == len(set(fields))
    assert sorted(ZICHT) == sorted(fields)


def test_no_field_stands_in_the_table_twice() -> None:
    """A field named at two levels would silently take the last."""
    written = [
        f"{prefix}{name}"
        for groups in zicht._PER_NIVEAU.values()
        for prefix, names in groups.items()
        for name in names.split()
    ]
    assert len(written) == len(ZICHT)
    assert set(ZICHT.values()) == set(NIVEAUS)


def test_the_full_dossier_of_this_test_has_every_field() -> None:
    dossier = Dossier.model_validate(VOL)
    assert set(paths_in(dossier.model_dump())) == set(ZICHT)


@pytest.mark.parametrize("niveau", NIVEAUS)
def test_a_level_shows_exactly_its_fields(niveau: Niveau) -> None:
    """Each level sees its own fields and those of the levels below it, no more and no fewer (VT-5.0)."""
    dossier = Dossier.model_validate(VOL)
    allowed = NIVEAUS[: NIVEAUS.index(niveau) + 1]
    assert set(paths_in(velden(dossier, niveau))) == {path for path, level in ZICHT.items() if level in allowed}


def test_without_consent_only_reference_track_and_dates_remain() -> None:
    """Nothing but reference, phase and dates reaches a partner without consent (VT-5.0)."""
    shown = velden(Dossier.model_validate(VOL), "altijd")
    assert shown == {
        "id": "VT-2026-001",
        "traject": "versnelde-toewijzing",
        "start": date(2026, 2, 1),
        "termijn": 12,
    }


def test_all_entries_stay_for_who_sees_everything() -> None:
    shown = velden(Dossier.model_validate(VOL), "coordinatie")
    assert [item["soort"] for item in shown["logboek"]] == [item["soort"] for item in VOL["logboek"]]
    assert shown["domicilie_op_adres"] is False
    assert shown["aanmelding"]["doelgroep"]["maanden_domicilie_brugge"] == 0
    assert shown["aanmelding"]["doelgroep"]["verslaving"] is False
    assert [len(items) for items in shown["documenten"].values()] == [2, 1]


@pytest.mark.parametrize("niveau", NIVEAUS)
def test_what_is_empty_is_left_out(niveau: Niveau) -> None:
    visit = {"soort": "huisbezoek", "datum": "2026-05-06", "moment": "extra-1"}
    dossier = Dossier.model_validate({"id": "VT-2026-001", "traject": "versnelde-toewijzing", "logboek": (visit,)})
    expected: dict[str, Any] = {"id": "VT-2026-001", "traject": "versnelde-toewijzing"}
    if niveau != "altijd":
        expected["logboek"] = [visit | {"datum": date(2026, 5, 6)}]
    assert velden(dossier, niveau) == expected


def test_a_field_outside_the_table_is_seen_by_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(ZICHT, "woning")
    monkeypatch.delitem(ZICHT, "logboek.signaal.omschrijving")
    monkeypatch.setattr(zicht, "_namen", zicht._namen.__wrapped__)
    shown = set(paths_in(velden(Dossier.model_validate(VOL), "coordinatie")))
    assert shown == set(ZICHT)


@pytest.mark.parametrize(
    ("op", "guide", "readers"),
    [
        ("2026-01-31", None, {"gamma"}),
        ("2026-02-01", "alfa", {"alfa", "gamma"}),
        ("2026-02-28", "alfa", {"alfa", "gamma"}),
        ("2026-03-01", "alfa", set()),  # on the day of the withdrawal consent no longer holds
        ("2026-03-31", "alfa", set()),
        ("2026-04-01", "alfa", {"alfa", "gamma"}),  # signed again
        ("2026-05-31", "alfa", {"alfa", "gamma"}),
        ("2026-06-15", "alfa", {"alfa", "gamma"}),  # in a gap the last one stays the guide
        ("2026-07-01", "beta", {"beta", "gamma"}),
        ("2027-01-01", "beta", {"beta", "gamma"}),
    ],
)
def test_who_sees_and_who_reads(op: str, guide: str | None, readers: set[str], register: Callable[..., Path]) -> None:
    """The guide and the referring partner see a dossier (VT-4); with the tenant's consent they read it (VT-5.0)."""
    dossier, day, standen = Dossier.model_validate(VOL), date.fromisoformat(op), read(register())
    partners = ("alfa", "beta", "gamma", "huisvester")
    assert {partner for partner in partners if begeleidt(dossier, partner, day)} == ({guide} if guide else set())
    seen = {partner for partner in partners if ziet(standen, dossier, partner, day)}
    assert seen == {"gamma"} | ({guide} if guide else set())
    assert {partner for partner in partners if leest(standen, dossier, partner, day)} == readers
