"""How long a dossier is seen and kept: to the day, and on every page, calendar and list."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from generator.bewaring import bewaard, te_verwijderen_sinds, zichtbaar
from generator.history import History
from generator.model.view import COORDINATIE, Doelgroep, View
from generator.render.data import planning_json
from generator.render.ical import make_feeds
from generator.render.pages import make_dossier_pages, make_pages
from generator.sources import read_sources
from generator.traject import Standen
from generator.views import make_bladen, make_view
from tests.conftest import GEHEIM, findings_of, read

MAAK = Callable[..., Path]
DAG = timedelta(days=1)
NAME = "VT-2026-001"
TERMS = """\
bewaartermijn:
  gesloten: {zichtbaar: 6, bewaren: 84}
  geweigerd: {zichtbaar: 1, bewaren: 12}
  wachtend: {zichtbaar: 6, bewaren: 24}
"""


def day(text: str) -> date:
    return date.fromisoformat(text)


def dossier(
    name: str = NAME, besluit: str = "", start: str = "", logboek: str = "", extra: str = "", partner: str = "alfa"
) -> str:
    """An aanmelding of 15 January 2025; with a start it is a dossier that runs."""
    decided = f", besluit: {besluit}" if besluit else ""
    guide = f"begeleiding: [{{partner: {partner}, begeleider: ALFA-01, vanaf: {start}}}]\n" if start else ""
    return f"""\
id: {name}
traject: versnelde-toewijzing
aanmelding: {{datum: 2025-01-15, partner: {partner}{decided}}}
documenten: {{toestemmingsverklaring: 2025-01-15, begeleidingsovereenkomst: 2025-01-15, huurovereenkomst: 2025-01-15}}
{f"start: {start}" if start else "# nog niet gestart"}
{guide}{extra}logboek: [{logboek}]
"""


def stopped(on: str) -> str:
    return dossier(start="2025-02-01", logboek=f"{{soort: stopzetting, datum: {on}, reden: opname}}")


def with_terms(register: MAAK, files: dict[str, str], terms: str = TERMS) -> Path:
    root = register({f"dossiers/{name}.yaml": text for name, text in files.items()})
    path = root / "protocol/organisatie.yaml"
    path.write_text(path.read_text(encoding="utf-8") + terms, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("text", "soort", "sinds", "gone", "due"),
    [
        (stopped("2026-05-12"), "gesloten", "2026-05-12", "2026-11-12", "2033-05-12"),
        (stopped("2026-08-31"), "gesloten", "2026-08-31", "2027-02-28", "2033-08-31"),
        (stopped("2027-08-31"), "gesloten", "2027-08-31", "2028-02-29", "2034-08-31"),
        (stopped("2028-02-29"), "gesloten", "2028-02-29", "2028-08-29", "2035-02-28"),
        (
            dossier(besluit="{datum: 2025-01-31, uitkomst: geweigerd}"),
            "geweigerd",
            "2025-01-31",
            "2025-02-28",
            "2026-01-31",
        ),
        (dossier(), "wachtend", "2025-01-15", "2025-07-15", "2027-01-15"),
        (
            dossier(besluit="{datum: 2025-08-31, uitkomst: wachtlijst}"),
            "wachtend",
            "2025-08-31",
            "2026-02-28",
            "2027-08-31",
        ),
        (
            dossier(besluit="{datum: 2025-03-01, uitkomst: toegelaten}"),
            "wachtend",
            "2025-03-01",
            "2025-09-01",
            "2027-03-01",
        ),
    ],
)
def test_the_days_around_each_term(register: MAAK, text: str, soort: str, sinds: str, gone: str, due: str) -> None:
    """The day before it is still there; on the day it is not; and so it stays."""
    standen = read(with_terms(register, {NAME: text}))
    item = standen.register.dossiers[NAME]
    for op, seen, removal in (
        (day(gone) - DAG, True, None),
        (day(gone), False, None),
        (day(gone) + DAG, False, None),
        (day(due) - DAG, False, None),
        (day(due), False, day(due)),
        (day(due) + DAG, False, day(due)),
    ):
        assert zichtbaar(standen, item, op) == seen, op
        assert te_verwijderen_sinds(standen, item, op) == removal, op
        kept = bewaard(standen, item, op)
        assert kept is not None
        assert (kept.soort, kept.sinds, kept.zichtbaar_tot, kept.bewaard_tot) == (
            soort,
            day(sinds),
            day(gone),
            day(due),
        )


@pytest.mark.parametrize(
    ("text", "op"),
    [
        (dossier(start="2025-02-01"), "2060-01-01"),  # runs, however late
        (stopped("2026-05-12"), "2026-05-11"),
        (dossier(besluit="{datum: 2025-01-31, uitkomst: toegelaten}", start="2027-02-01"), "2026-12-01"),
    ],
)
def test_no_term_runs_while_it_is_open(register: MAAK, text: str, op: str) -> None:
    standen = read(with_terms(register, {NAME: text}))
    item = standen.register.dossiers[NAME]
    assert bewaard(standen, item, day(op)) is None
    assert zichtbaar(standen, item, day(op))
    assert te_verwijderen_sinds(standen, item, day(op)) is None


def test_a_waiting_term_begins_anew_with_each_state(register: MAAK) -> None:
    """On the day before the decision it still counts from the aanmelding."""
    standen = read(with_terms(register, {NAME: dossier(besluit="{datum: 2025-07-20, uitkomst: wachtlijst}")}))
    item = standen.register.dossiers[NAME]
    seen = [
        zichtbaar(standen, item, day(op))
        for op in ("2025-07-14", "2025-07-19", "2025-07-20", "2026-01-19", "2026-01-20")
    ]
    assert seen == [True, False, True, True, False]


def test_a_dossier_with_a_follow_up_stays_as_long_as_that_does(register: MAAK) -> None:
    """Due on the day of the last of the chain; never while one runs (WW-6)."""
    second = dossier("VT-2026-002", start="2026-01-10", extra=f"vervolg_op: {NAME}\n")
    last = dossier("VT-2026-003", start="2026-08-01", extra="vervolg_op: VT-2026-002\n")
    end = "logboek: [{soort: stopzetting, datum: %s, reden: opname}]"
    files = {
        NAME: stopped("2025-12-31"),
        "VT-2026-002": second.replace("logboek: []", end % "2026-06-30"),
        "VT-2026-003": last,
    }
    standen = read(with_terms(register, files))
    dossiers = list(standen.register.dossiers.values())
    assert [te_verwijderen_sinds(standen, item, day("2050-01-01")) for item in dossiers] == [None, None, None]
    files["VT-2026-003"] = last.replace("logboek: []", end % "2027-03-31")
    standen = read(register({f"dossiers/{name}.yaml": text for name, text in files.items()}))
    dossiers = list(standen.register.dossiers.values())
    for op, due in (("2034-03-30", [None] * 3), ("2034-03-31", [day("2034-03-31")] * 3)):
        assert [te_verwijderen_sinds(standen, item, day(op)) for item in dossiers] == due


def made_for(standen: Standen, audience: Doelgroep, op: date, root: Path) -> tuple[View, dict[str, str]]:
    """What a build of that day writes for an audience."""
    view = make_view(standen, History(), audience, op, GEHEIM)
    bladen, texts = make_bladen(standen, History(), audience, op), read_sources(root).texts
    made = (*make_pages(view, texts), *make_dossier_pages(view, bladen, texts))
    pages = {page.path: page.html + page.markdown for page in made}
    feeds = {f"{name}.ics": body.decode() for name, body in make_feeds([view])[audience].items()}
    return view, pages | feeds | {"planning.json": planning_json(op, view.dossiers)}


VISIT = "{soort: huisbezoek, datum: 2026-05-06, uur: 10:00, moment: huisbezoek-3m, wooncultuur: goed}"
SIGNAL = "{soort: signaal, datum: 2026-03-02, aard: schade, omschrijving: kapotte ruit}"
STOP = "{soort: stopzetting, datum: 2026-05-12, reden: opname}"


def test_partners_lose_it_on_the_day_and_coordinators_keep_it(register: MAAK) -> None:
    """Site, archive of agendas, calendars, aanmeldingen, planning.json: nothing of it is left for the partner."""
    text = dossier(
        start="2026-02-01",
        besluit="{datum: 2026-01-08, uitkomst: toegelaten}",
        logboek=", ".join((SIGNAL, VISIT, STOP)),
    )
    other = dossier("VT-2026-002", start="2026-02-01").replace("ALFA-01", "ALFA-02")
    root = with_terms(register, {NAME: text, "VT-2026-002": other})
    standen, alfa = read(root), Doelgroep("partner", "alfa")
    view, before = made_for(standen, alfa, day("2026-11-11"), root)
    holding = {name for name, body in before.items() if NAME in body}
    assert {f"dossiers/{NAME}.html", "aanmeldingen.html", "planning.json", "alfa.ics", "ALFA-01.ics"} <= holding
    assert {"agenda/2026-03.html", "agenda/2026-04.html", "dossiers/index.html"} <= holding
    assert any(NAME in repr(agenda) for agenda in view.agendas)
    view, after = made_for(standen, alfa, day("2026-11-12"), root)
    assert [name for name, body in after.items() if NAME in body or "kapotte ruit" in body] == []
    assert NAME not in repr(view)
    assert "ALFA-01.ics" not in after  # its worker guides nothing else
    assert [item.id for item in view.dossiers] == ["VT-2026-002"]
    for op, asked in (("2026-11-12", []), ("2033-05-11", []), ("2033-05-12", [day("2033-05-12")])):
        view, kept = made_for(standen, COORDINATIE, day(op), root)
        assert "kapotte ruit" in kept[f"dossiers/{NAME}.html"]
        assert [task.tegen for task in view.werklijst if (task.id, task.soort) == (NAME, "bewaartermijn")] == asked


def test_without_a_term_nothing_goes(register: MAAK) -> None:
    """However long ago, everything is as on the day of its end; a term for one kind says nothing of another."""
    refused = dossier("VT-2026-002", besluit="{datum: 2026-01-08, uitkomst: geweigerd}")
    files = {NAME: stopped("2026-05-12"), "VT-2026-002": refused, "VT-2026-003": dossier("VT-2026-003")}
    for terms in ("", "bewaartermijn: {}\n", "bewaartermijn: {gesloten: {bewaren: 12}}\n"):
        root = with_terms(register, files, terms)
        standen = read(root)
        view = make_view(standen, History(), Doelgroep("partner", "alfa"), day("2090-01-01"), GEHEIM)
        assert [item.id for item in view.dossiers] == [*files]
        assert [item.id for item in view.aanmeldingen] == [*reversed(files)]
        due = [te_verwijderen_sinds(standen, item, day("2090-01-01")) for item in standen.register.dossiers.values()]
        assert due == [day("2027-05-12") if "bewaren" in terms else None, None, None]
        path = root / "protocol/organisatie.yaml"
        path.write_text(path.read_text(encoding="utf-8").removesuffix(terms), encoding="utf-8")


@pytest.mark.parametrize(
    ("terms", "told"),
    [
        ("{gesloten: {zichtbaar: 12, bewaren: 12}}", None),
        (
            "{gesloten: {zichtbaar: 13, bewaren: 12}}",
            "5:39: fout WAARDE: ‘zichtbaar’ duurt langer dan ‘bewaren’: maak het even kort of korter",
        ),
        ("{geweigerd: {bewaren: 0}}", "5:38: fout WAARDE: verwacht minstens 1, niet ‘0’"),
        ("{wachtend: {bewaard: 3}}", "5:28: fout SLEUTEL: onbekende sleutel ‘bewaard’: bedoelt u ‘bewaren’?"),
    ],
)
def test_terms_that_cannot_be(register: MAAK, terms: str, told: str | None) -> None:
    found = findings_of(with_terms(register, {}, f"bewaartermijn: {terms}\n"))
    mine = [str(item).removeprefix("protocol/organisatie.yaml:") for item in found if "organisatie" in item.path]
    assert mine == ([told] if told else [])
