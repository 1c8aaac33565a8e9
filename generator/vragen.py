"""What is asked for a new dossier, and whether an answer will do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel, create_model

from generator.checks.dossier import unknown
from generator.checks.woning import in_words, wrong_kind
from generator.load import load_text
from generator.model.base import Model, read_datum
from generator.model.dossier import Aanmelding, AanmeldingBesluit, Begeleiding, Dossier, Ondertekening
from generator.model.protocol import Termijn, Trajectregels
from generator.register import Register
from generator.schrijfwijze import scalar
from generator.teksten.bestanden import BESTANDEN
from generator.validate import validate
from generator.velden import text_of, words_in

Antwoorden = dict[str, Any]
"""What is known, by the key of its question; None: nobody has an answer."""
VELDEN: dict[str, tuple[type[BaseModel], str, str]] = {
    "vervolg-op": (Dossier, "vervolg_op", ""),
    "aanmelding-datum": (Aanmelding, "datum", "Datum van de aanmelding"),
    "aanmelder": (Aanmelding, "partner", "Organisatie die aanmeldde"),
    "uitkomst": (AanmeldingBesluit, "uitkomst", "Besluit over de aanmelding"),
    "besluit-datum": (AanmeldingBesluit, "datum", "Datum van het besluit"),
    "start": (Dossier, "start", ""),
    "woning": (Dossier, "woning", ""),
    "huisvester": (Dossier, "huisvester", ""),
    "termijn": (Dossier, "termijn", ""),
    "partner": (Begeleiding, "partner", "Organisatie die begeleidt"),
    "begeleider": (Begeleiding, "begeleider", ""),
}
"""The field of each question that every traject has, and what to call it where its own title says too little."""
PARTNERS = ("aanmelder", "huisvester", "partner")


@dataclass(frozen=True)
class Vraag:
    """Something to ask."""

    sleutel: str
    titel: str
    uitleg: str
    verplicht: bool
    voorstel: str = ""
    """What most answers will be."""


def title_of(sleutel: str) -> str:
    """What the field of a question is called."""
    model, naam, titel = VELDEN[sleutel]
    return titel or text_of(model, naam, BESTANDEN["dossier"].velden).titel


def next_question(register: Register, traject: str, known: Antwoorden, op: date) -> Vraag | None:
    """The first question without an answer; which there are follows from the answers before it."""
    return next((vraag for vraag in _questions(register, traject, known, op) if vraag.sleutel not in known), None)


def rules_of(register: Register, traject: str, known: Antwoorden, op: date) -> Trajectregels | None:
    """The rules that the dossier will follow: in force on its start, else on its aanmelding."""
    versie = register.versie_op(traject, anchor_of(known, op))
    return versie.regels if versie else None


def read_answer(register: Register, traject: str, known: Antwoorden, op: date, sleutel: str, tekst: str) -> Any:
    """An answer as it will stand in the file; ValueError with what is wrong with it."""
    kind, _, name = sleutel.partition(":")
    regels = rules_of(register, traject, known, op)
    value: Any = _value(tekst)
    if kind == "doelgroep" and regels:
        if name not in regels.doelgroep:
            raise ValueError(unknown("criterium", name, regels.doelgroep))
        if wanted := wrong_kind(regels.doelgroep[name], value):
            raise ValueError(f"verwacht {wanted}, niet ‘{tekst}’")
        return value
    if kind == "document":
        if regels and name not in regels.documenten:
            raise ValueError(unknown("document", name, regels.documenten))
        return _validated(Ondertekening, "ondertekend", tekst)
    model, naam, _ = VELDEN[sleutel]
    value = _validated(model, naam, value)
    if sleutel in PARTNERS and value not in register.partners:
        raise ValueError(unknown("partner", str(value), register.partners))
    if sleutel == "vervolg-op" and value not in register.dossiers:
        raise ValueError(unknown("dossier", str(value), register.dossiers))
    return value


def _questions(register: Register, traject: str, known: Antwoorden, op: date) -> Iterator[Vraag]:
    regels = rules_of(register, traject, known, op)
    follows = known.get("vervolg-op") is not None
    asked = bool(regels and regels.aanmelding == "verplicht" and not follows)
    yield _of_field("aanmelding-datum", asked, str(op) if asked else "")
    if known.get("aanmelding-datum"):
        yield _of_field("aanmelder", True, known.get("partner") or "")
        yield from _criteria(regels)
        yield _of_field("uitkomst", False)
        if known.get("uitkomst"):
            yield _of_field("besluit-datum", True, str(op))
    if known.get("uitkomst") in (None, "toegelaten"):
        yield _of_field("start", False)
    if known.get("start"):
        yield from _at_start(regels, known)
    yield from _documents(regels, known)


def _at_start(regels: Trajectregels | None, known: Antwoorden) -> Iterator[Vraag]:
    yield _of_field("woning", False)
    yield _of_field("huisvester", False)
    if regels and isinstance(regels.termijn, Termijn):
        yield _of_field("termijn", True, str(regels.termijn.maximum))
    yield _of_field("partner", True, known.get("aanmelder") or "")
    yield _of_field("begeleider", True)


def _of_field(sleutel: str, verplicht: bool, voorstel: str = "") -> Vraag:
    """A question in the words of the field."""
    model, naam, _ = VELDEN[sleutel]
    tekst = text_of(model, naam, BESTANDEN["dossier"].velden)
    words = words_in(model.model_fields[naam].annotation)
    choice = f" Kies {', '.join(words[:-1])} of {words[-1]}." if words else f" Bijvoorbeeld {tekst.voorbeeld}."
    return Vraag(sleutel, title_of(sleutel), f"{tekst.uitleg}{choice}", verplicht, voorstel)


def _criteria(regels: Trajectregels | None) -> Iterator[Vraag]:
    for key, criterium in (regels.doelgroep if regels else {}).items():
        asked = "" if criterium == "vrij" else f" Gevraagd: {in_words(criterium)}."
        yield Vraag(f"doelgroep:{key}", key.replace("_", " ").capitalize(), f"Een criterium.{asked}", True)


def _documents(regels: Trajectregels | None, known: Antwoorden) -> Iterator[Vraag]:
    """Those that must be there by the start are asked with it; the others of every dossier."""
    for key, document in (regels.documenten if regels else {}).items():
        if known.get("start") or document.voor is None:
            text = "De dag waarop het document ondertekend is. Leeg: nog niet."
            yield Vraag(f"document:{key}", document.titel, text, False)


def anchor_of(known: Antwoorden, op: date) -> date:
    """The day that says which rules hold: the start, else the aanmelding."""
    found = known.get("start") or known.get("aanmelding-datum")
    return read_datum(found) if found else op


def _value(tekst: str) -> Any:
    """What a reader of YAML makes of it: true, false, a whole number, else text."""
    document, findings = load_text(f"x: {tekst}\n", "x")
    value = document.data.get("x") if document and not findings else None
    return value if isinstance(value, bool | int) else tekst


def _validated(model: type[BaseModel], naam: str, value: Any) -> Any:
    """A value that its field takes."""
    field = model.model_fields[naam]
    alone: dict[str, Any] = {naam: (field.annotation, field)}
    document, findings = load_text(f"{naam}: {scalar(value)}\n", "x")
    if document and not findings:
        _, findings = validate(create_model("Alleen", __base__=Model, **alone), document)
    if findings:
        raise ValueError(findings[0].text)
    return value
