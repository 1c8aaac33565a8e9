"""Where each rule shows in the system, from what the code itself says of it.

A function, a class and a field of a model name the rules that they are about between the brackets of their docstring.
Here they get the name that people know them by; fields go by their place in the YAML.
"""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from inspect import getdoc, getsource
from itertools import pairwise
from typing import Any, get_args

from pydantic import BaseModel

from generator import intervisie, werklijst, zicht
from generator.checks import dossier, logboek, protocol, woning
from generator.model import view
from generator.model.base import Model
from generator.model.dossier import Dossier
from generator.model.protocol import KalenderBestand, OverlegVerslag, Partner, Trajectregels
from generator.model.protocolview import Plek

_PARTNER, _COORDINATIE = "partner", "coordinatie"
_INGELOGD = (_PARTNER, _COORDINATIE)

CONTROLES: dict[Any, str] = {
    dossier.partners_exist: "elke partner in een dossier staat in het register",
    dossier.follows_on_existing: "een vervolg verwijst naar een dossier dat bestaat",
    dossier.term_within_bounds: "de termijn ligt tussen het minimum en het maximum",
    dossier.start_has_guide: "bij de start is er een begeleider",
    dossier.no_overlap: "periodes van begeleiding overlappen niet",
    dossier.documents_in_time: "documenten zijn er, en op tijd",
    dossier.consent_for_information: "informatie staat er alleen met toestemming",
    dossier.final_evaluation_not_too_early: "de eindevaluatie valt niet voor het minimum",
    woning.target_group_stated: "een aanmelding zegt alles over de doelgroep",
    woning.target_group_met: "wie toegelaten wordt, hoort bij de doelgroep",
    woning.no_domicile: "geen domicilie in de woning",
    woning.within_capacity: "niet meer woningen dan er zijn",
    woning.one_dossier_a_dwelling: "één dossier per woning tegelijk",
    woning.no_move: "geen verhuis als de begeleiding bij de woning hoort",
    woning.follows_on_well: "een vervolg begint na het vorige dossier",
    woning.services_in_time: "een dienst wacht niet langer dan de termijn",
    logboek.extension_is_multiple: "de duur van een verlenging",
    logboek.decisions_hold_together: "besluiten spreken elkaar niet tegen",
    logboek.overleg_has_a_moment: "een verslag van een overleg hoort bij een overleg en bij een moment",
    logboek.in_order_of_protocol: "momenten volgen elkaar in de volgorde van het protocol op",
    protocol.guides_can_be_reached: "een partner die begeleidt, is bereikbaar",
    protocol.records_name_partners: "verslagen horen bij een maand met een overleg",
    protocol.exceptions_make_sense: "uitzonderingen in de kalender kloppen",
    protocol.changes_begin_a_month: "een andere regel voor het overleg begint met een maand",
    protocol.notice_before_overleg: "de aankondiging komt voor het overleg",
    protocol.no_two_on_a_day: "twee maanden hebben hun overleg nooit op één dag",
    protocol.holidays_ahead: "een overleg of een aankondiging op een feestdag",
}
WERKLIJST: dict[Any, str] = {
    werklijst.safety: "gevaar gemeld, nog niet afgesloten",
    werklijst.overdue: "een moment is voorbij en niet gehouden",
    werklijst.to_plan: "een afspraak maken voor een bezoek of een evaluatie",
    werklijst.unconfirmed: "de begeleider bevestigde het bezoek nog niet",
    werklijst.decision: "er is een besluit nodig",
    werklijst.documents: "een document of de toestemming ontbreekt",
    werklijst.gap: "niemand begeleidt",
    werklijst.absent: "de begeleider is afwezig zonder vervanger",
    werklijst.question: "een vraag is nog niet beantwoord",
    werklijst.outcome: "een besproken dossier heeft geen verslag",
    werklijst.service: "een dienst wacht langer dan de termijn",
    werklijst.anchor: "er is geen ankerfiguur",
    werklijst.decided: "een besluit meedelen aan de aanmelder",
    werklijst.notice: "de aankondiging versturen",
    werklijst.conclusions: "de conclusies versturen",
    werklijst.uncertain: "nagaan of een mail aankwam",
    werklijst.holiday: "een overleg of aankondiging op een feestdag verplaatsen",
    werklijst.to_answer: "een vraag beantwoorden (partner)",
    werklijst.to_join: "een bezoek waar de begeleider verwacht wordt (partner)",
    werklijst.to_discuss: "een dossier kan nog op de agenda (partner)",
}
ELDERS: tuple[tuple[Any, Plek], ...] = (
    (view.Agenda, Plek("pagina", "Agenda’s", "agenda/index.html", _INGELOGD)),
    (view.Vergadering, Plek("pagina", "Overleg leiden")),
    (view.TeBespreken, Plek("pagina", "Agenda’s: wat te bespreken is", "agenda/index.html", _INGELOGD)),
    (view.Aangekondigd, Plek("pagina", "Agenda’s: aanvullingen", "agenda/index.html", _INGELOGD)),
    (view.Contacten, Plek("pagina", "Dossier en agenda: contacten thuis", "dossiers/index.html", _INGELOGD)),
    (view.DossierView, Plek("pagina", "Dossier", "dossiers/index.html", _INGELOGD)),
    (view.OverlegView, Plek("pagina", "Datums van het overleg", "data.html", ("publiek", *_INGELOGD))),
    (view.AanmeldingView, Plek("pagina", "Aanmeldingen", "aanmeldingen.html", _INGELOGD)),
    (view.PartnerView, Plek("pagina", "Partners", "partners.html", (_COORDINATIE,))),
    (view.Rapport, Plek("pagina", "Rapport voor de stuurgroep", "rapport.html", (_COORDINATIE,))),
    (intervisie, Plek("pagina", "Intervisie", "intervisie/index.html", (_COORDINATIE,))),
    (zicht.begeleidt, Plek("pagina", "Wie ziet wat", "zicht.html", (_COORDINATIE,))),
    (zicht.ziet, Plek("pagina", "Wie ziet wat", "zicht.html", (_COORDINATIE,))),
    (zicht.leest, Plek("pagina", "Wie ziet wat", "zicht.html", (_COORDINATIE,))),
    (view.Aangekondigd, Plek("mail", "aankondiging van het overleg, met de agenda")),
    (view.Conclusie, Plek("mail", "conclusies van het overleg")),
    (view.Aanmeldingbesluit, Plek("mail", "besluit over een aanmelding")),
    (view.OverlegView, Plek("kalender", "de dag van het overleg", "kalender.html", ("publiek", *_INGELOGD))),
    (view.PartnerOverlegView, Plek("kalender", "het overleg met uur, plaats en link", "kalender.html", _INGELOGD)),
)
"""What is shown, and on which page, in which mail or calendar."""

_BESTANDEN: tuple[tuple[type[BaseModel], str], ...] = (
    (Trajectregels, ""),
    (KalenderBestand, "kalender.yaml: "),
    (Partner, "partners.yaml: "),
    (OverlegVerslag, "overleg/JJJJ-MM.yaml: "),
)
"""The files of `protocol/`; without a name those of a traject."""


def cited(thing: object) -> tuple[str, ...]:
    """The ids of rules that a function, class, module or docstring names between brackets, each once, in order."""
    text = thing if isinstance(thing, str) else getdoc(thing) or ""
    return tuple(dict.fromkeys(rule for group in re.findall(r"\(([^()]*)\)", text) for rule in _ID.findall(group)))


_ID = re.compile(r"\b[A-Z]{2,10}-\d{1,2}(?:\.\d{1,2})?(?![\w-])")


@cache
def plekken_in_code() -> dict[str, tuple[Plek, ...]]:
    """Everything in the system that names each rule."""
    found: dict[str, dict[Plek, None]] = {}
    for thing, plek in (*_fields(), *_named(CONTROLES, "controle"), *_named(WERKLIJST, "werklijst"), *ELDERS):
        for rule in cited(thing):
            found.setdefault(rule, {})[plek] = None
    return {rule: tuple(plekken) for rule, plekken in found.items()}


def _named(things: dict[Any, str], soort: Any) -> Iterator[tuple[object, Plek]]:
    return ((thing, Plek(soort, naam)) for thing, naam in things.items())


def _fields() -> Iterator[tuple[object, Plek]]:
    """What a dossier records, and what can be set in `protocol/`, by its place in the YAML."""
    for text, path in _walk(Dossier, ""):
        yield text, Plek("gegeven", path)
    for model, file in _BESTANDEN:
        for text, path in _walk(model, file):
            yield text, Plek("instelling", path)


def _walk(model: type[BaseModel], path: str) -> Iterator[tuple[str, str]]:
    """Docstring and place of a model's fields, and of the models below it."""
    docs = _docs(model)
    for name, field in model.model_fields.items():
        yield docs.get(name, ""), f"{path}{name}"
        for below in _models(field.annotation):
            soort = get_args(below.model_fields["soort"].annotation) if "soort" in below.model_fields else ()
            place = f"{path}{name}" + (f" ({soort[0]})" if len(soort) == 1 else "")
            yield getdoc(below) or "", place
            yield from _walk(below, f"{place}.")


def _docs(model: type[BaseModel]) -> dict[str, str]:
    """The docstring under each field of a model. Read here: pydantic would read them whenever the program starts."""
    bases = [base for base in model.__mro__ if issubclass(base, Model)]
    return {name: text for base in reversed(bases) for name, text in _docs_in(base.__module__)[base.__name__].items()}


@cache
def _docs_in(module: str) -> dict[str, dict[str, str]]:
    """Those of every class of a module."""
    found: dict[str, dict[str, str]] = {}
    for model in ast.parse(getsource(sys.modules[module])).body:
        if isinstance(model, ast.ClassDef):
            for field, below in pairwise(model.body):
                match field, below:
                    case ast.AnnAssign(target=ast.Name(name)), ast.Expr(ast.Constant(str(text))):
                        found.setdefault(model.name, {})[name] = text
    return defaultdict(dict, found)


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models in a type, however it is wrapped."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models(inner)
