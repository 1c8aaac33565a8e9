"""Nobody sees another's tenant: every byte of a whole build is searched for words that its reader may not meet."""

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from generator import agenda, build, conclusies, levering, views, zicht
from generator.findings import has_errors
from generator.history import History
from generator.model.view import COORDINATIE
from generator.render.tabellen import make_tabellen
from generator.render.werkblad import to_csv, to_xlsx
from tests.canary import DAY, PARTNERS, Aviary, Case, allowed, owned, words_in
from tests.conftest import GEHEIM, read


def make(folder: Path, seed: int, count: int) -> tuple[list[Case], Path]:
    """A register from a seed, and its whole build."""
    aviary = Aviary(Random(seed))
    aviary.dossiers(count)
    root = aviary.write(folder / "register")
    out = root / "build"
    findings = build.build(root, DAY, DAY, out, geheim=GEHEIM, progress=lambda *_: None)
    assert not has_errors(findings), [str(finding) for finding in findings if finding.level == "fout"]
    export(root, out)
    return aviary.cases, out


def export(root: Path, out: Path) -> None:
    """The spreadsheets of every audience, beside its site."""
    standen = read(root)
    for audience in views.audiences(standen.register):
        seen = standen, History(), audience, DAY
        tables = make_tabellen(views.make_view(*seen, GEHEIM), [*views.make_bladen(*seen)])
        folder = out / "export" / audience.naam
        folder.mkdir(parents=True)
        (folder / "export.csv").write_bytes(to_csv(tables[0]))
        (folder / "export.xlsx").write_bytes(to_xlsx(tables))


def of_export(paths: list[Path], out: Path) -> list[Path]:
    return [path for path in paths if path.is_relative_to(out / "export")]


def leaks(cases: list[Case], out: Path) -> dict[str, set[str]]:
    """The words that an audience meets and may not."""
    found = {audience: words_in(paths, out) - allowed(cases, audience) for audience, paths in owned(cases, out).items()}
    return {audience: words for audience, words in found.items() if words}


@pytest.mark.parametrize("seed", range(3))
def test_every_audience_meets_its_own_words_only(seed: int, tmp_path: Path) -> None:
    cases, out = make(tmp_path, seed, 14)
    assert leaks(cases, out) == {}
    # And it does meet them: a search that finds nothing proves nothing.
    met = {audience: words_in(paths, out) for audience, paths in owned(cases, out).items()}
    assert met["coordinatie"] == allowed(cases, "coordinatie")
    assert met["publiek"] == set()
    for partner in PARTNERS:
        read = [case for case in cases if case.seen_by(partner) and case.consent(DAY)]
        texts = {word for case in read for word, level in case.words.items() if level == "toestemming"}
        assert read
        assert texts <= met[f"partners/{partner}"]


def test_an_export_holds_what_its_reader_may_see_and_no_more(tmp_path: Path) -> None:
    """The texts of a whole logboek too: the sheets alone, without the site beside them."""
    cases, out = make(tmp_path, 0, 14)
    met = {audience: words_in(of_export(paths, out), out) for audience, paths in owned(cases, out).items()}
    assert met["publiek"] == set()
    for partner in PARTNERS:
        read = [case for case in cases if case.seen_by(partner) and case.consent(DAY)]
        texts = {word for case in read for word, level in case.words.items() if level == "toestemming"}
        workers = {guide[3].lower() for case in cases for guide in case.guides}
        assert read
        assert texts - workers <= met[f"partners/{partner}"] <= allowed(cases, f"partners/{partner}")


def test_the_registers_hold_what_can_go_wrong() -> None:
    """Handovers done and ahead, gaps, consent in every state, refusals, waiting, follow-ups."""
    cases: list[Case] = []
    for seed in range(3):
        aviary = Aviary(Random(seed))
        aviary.dossiers(14)
        cases += aviary.cases
    running = [case for case in cases if case.toegelaten]
    assert any(len(case.guides) == 2 and case.guides[1][1] <= DAY for case in running)
    assert any(len(case.guides) == 2 and case.guides[1][1] > DAY for case in running)
    assert any(len(case.guides) == 1 and case.guides[0][2] for case in running)
    assert {len(case.consents) for case in cases} == {0, 1, 2}
    assert any(case.consents and not case.consent(DAY) for case in cases)
    assert any(not case.toegelaten and case.guides for case in cases)
    assert any(case.aanmelder is None for case in cases)


def _patch_consent(patch: pytest.MonkeyPatch) -> None:
    """Texts without the tenant's consent."""
    for module in (views, agenda):
        patch.setattr(module, "leest", zicht.ziet)


def _patch_sight(patch: pytest.MonkeyPatch) -> None:
    """Every partner sees every dossier."""
    patch.setattr(views, "ziet", lambda *_: True)


def _patch_former_guide(patch: pytest.MonkeyPatch) -> None:
    """Who once guided goes on seeing."""
    patch.setattr(zicht, "begeleidt", lambda dossier, partner, _: partner in dossier.begeleiders)


def _patch_field(patch: pytest.MonkeyPatch) -> None:
    """A field of the coordinators in the table of the partners."""
    patch.setitem(zicht.ZICHT, "logboek.stopzetting.toelichting", "toestemming")
    patch.setattr(zicht, "_namen", zicht._namen.__wrapped__)


def _patch_agenda(patch: pytest.MonkeyPatch) -> None:
    """The coordinators' agenda for a partner."""
    make_agenda = views.make_agenda

    def everything(*arguments: Any, **_: Any) -> Any:
        return make_agenda(*arguments, alles=True)

    patch.setattr(views, "make_agenda", everything)


def _patch_planning(patch: pytest.MonkeyPatch) -> None:
    """The planning of everyone in every site."""
    fill_view = levering.fill_view
    known: list[Any] = []

    def remember(standen: Any, history: Any, kader: Any, *rest: Any) -> Any:
        view = fill_view(standen, history, kader, *rest)
        if view.doelgroep == COORDINATIE:
            known.extend(view.dossiers)
        return view

    planning_json = levering.planning_json
    patch.setattr(levering, "fill_view", remember)
    patch.setattr(levering, "planning_json", lambda datum, _: planning_json(datum, known))


def _patch_mail(patch: pytest.MonkeyPatch) -> None:
    """Conclusions by mail without consent."""
    patch.setattr(conclusies, "leest", lambda *_: True)


@pytest.mark.parametrize(
    "leak",
    [
        _patch_consent,
        _patch_sight,
        _patch_former_guide,
        _patch_field,
        _patch_agenda,
        _patch_planning,
        _patch_mail,
    ],
)
def test_a_leak_is_found(
    leak: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    leak(monkeypatch)
    cases, out = make(tmp_path, 0, 14)
    assert leaks(cases, out)
