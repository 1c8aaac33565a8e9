"""The demonstration register: it exercises every rule, holds no person, and is good enough to be copied from."""

import re
from collections import Counter
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Literal, get_args, get_origin

import pytest

from generator.agenda import make_agenda
from generator.checks import check
from generator.model.dossier import Bezoek, Dossier, Feit, Gesprek, Item, Overleg
from generator.register import read_register
from generator.traject import GESLOTEN, Fase, Standen, Status
from generator.views import audiences
from tests.conftest import PROJECT, read

OP = date(2026, 11, 21)


@cache
def demonstration() -> Standen:
    return read(PROJECT)


def dossiers(traject: str | None = None) -> list[Dossier]:
    found = demonstration().register.dossiers.values()
    return [dossier for dossier in found if traject in (None, dossier.traject)]


def entries() -> list[Feit]:
    return [item for dossier in dossiers() for item in dossier.logboek]


def test_no_errors_and_few_warnings() -> None:
    register, findings = read_register(PROJECT)
    assert register is not None
    findings += check(Standen(register), OP, OP)
    assert [finding for finding in findings if finding.level == "fout"] == []
    assert len([finding for finding in findings if finding.path.startswith("dossiers/")]) <= 12


def test_forty_dossiers_over_five_partners() -> None:
    found = dossiers("versnelde-toewijzing")
    assert 38 <= len(found) <= 50
    assert len({periode.partner for dossier in found for periode in dossier.begeleiding}) >= 5


def test_every_phase_and_every_status() -> None:
    stands = [demonstration().stand(dossier, OP) for dossier in dossiers("versnelde-toewijzing")]
    assert {stand.fase for stand in stands} == set(get_args(Fase))
    assert {moment.status for stand in stands for moment in stand.momenten} == set(get_args(Status))
    assert {stand.fase for stand in stands if stand.sluiting and stand.sluiting.datum > OP} - set(GESLOTEN)


@pytest.mark.parametrize("kind", get_args(get_args(Item)[0]), ids=lambda kind: kind.__name__.lower())
def test_every_kind_of_entry_with_every_value(kind: type[Feit]) -> None:
    """Every field of every entry, and every value that it may have."""
    found = [item for item in entries() if type(item) is kind]
    assert found
    for name, field in kind.model_fields.items():
        values = {getattr(item, name) for item in found}
        for annotation in [field.annotation, *get_args(field.annotation)]:
            if get_origin(annotation) is Literal:
                wanted = set(get_args(annotation)) - {"toewijzing", "negatief"}  # not in this traject
                optional = kind.__name__ == "Evaluatie"
                assert optional or wanted <= values, (name, wanted - values)


def test_what_a_course_can_bring() -> None:
    """Handovers done, ahead and with a gap; consent in all its states; extensions in a row and taken back."""
    found = dossiers("versnelde-toewijzing")
    assert any(len(dossier.begeleiding) > 1 and dossier.begeleiding[-1].vanaf <= OP for dossier in found)
    assert any(dossier.begeleiding and dossier.begeleiding[-1].vanaf > OP for dossier in found)
    papers = [dossier.documenten.get("toestemmingsverklaring", ()) for dossier in found]
    assert any(not signed for signed in papers)
    assert any(item.ingetrokken for signed in papers for item in signed)
    assert any(len(signed) > 1 for signed in papers)
    stands = [demonstration().stand(dossier, OP) for dossier in found]
    assert any(len(stand.termijnen.verlengingen) >= 2 for stand in stands)
    assert any(stand.termijnen.wacht_sinds and stand.termijnen.gebreken for stand in stands)
    finals = [item for item in entries() if isinstance(item, Bezoek) and item.moment.startswith("eindevaluatie")]
    assert any(item.wooncultuur == "ernstige-gebreken" for item in finals)
    taken_back = 0
    for dossier in found:
        decisions = [item.besluit for item in dossier.logboek if isinstance(item, Overleg) and item.besluit]
        taken_back += any(pair == ("verlengen", "positief") for pair in pairwise(decisions))
    assert taken_back


def test_starts_on_the_last_days_of_months() -> None:
    starts = {(dossier.start.month, dossier.start.day) for dossier in dossiers() if dossier.start}
    assert {(1, 31), (2, 29), (8, 31), (11, 30)} <= starts


def test_the_coming_overleg_is_needed_by_some_and_can_be_dropped_by_others() -> None:
    standen = demonstration()
    partners = [audience.partner for audience in audiences(standen.register) if audience.partner]
    agendas = [make_agenda(standen, partner, "2026-11", OP, OP) for partner in partners]
    needed = Counter(agenda.nodig for agenda in agendas if agenda.lopend)
    assert needed[True] >= 3
    assert needed[False] >= 1
    reasons = {reden for agenda in agendas for item in agenda.bespreken for reden in item.redenen}
    assert reasons >= {"signaal", "verloop", "bevindingen", "evaluatie", "verlenging", "besluit", "partner", "vivendo"}
    assert any(agenda.andere for agenda in agendas)


def test_no_person_and_no_real_address() -> None:
    """No name after a form of address, no telephone, e-mail, street with a number or national number in a dossier."""
    person = re.compile(
        r"(?i:\b(?:mevrouw|meneer|mijnheer|dhr|mevr|mw)\b\.?\s+)[A-Z]|@|\b0\d[\d ./]{7,}|\b\d{2}\.\d{2}\.\d{2}-"
        r"|\b[A-Z][a-z]+(?:straat|laan|weg|plein|dreef)\b \d"
    )
    for path in sorted((PROJECT / "dossiers").rglob("*.yaml")):
        assert not person.search(path.read_text(encoding="utf-8")), path


def test_invented_contacts_are_plainly_invented() -> None:
    for partner in demonstration().register.partners.values():
        assert partner.contact.email is None or partner.contact.email.endswith(".example")
        assert partner.contact.telefoon is None or partner.contact.telefoon.startswith("050 00 ")
        assert partner.overleg.link is None or partner.overleg.link.startswith("https://teams.example/")


def test_every_course_is_told() -> None:
    """A dossier that runs longer than a month says how it goes, unless that is the point of it."""
    silent = [
        dossier.id
        for dossier in dossiers("versnelde-toewijzing")
        if demonstration().stand(dossier, OP).fase == "lopend"
        and dossier.start
        and (OP - dossier.start).days > 120
        and not any(isinstance(item, Gesprek) and item.verloop for item in dossier.logboek)
    ]
    assert len(silent) <= 3
