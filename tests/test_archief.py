"""Agendas across time: as they were announced, on the eve of the overleg, and what was added in between (VT-6.3)."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from generator.history import History
from generator.model.view import COORDINATIE, Doelgroep, View
from generator.render.pages import make_pages
from generator.sources import read_sources
from generator.views import make_view
from tests.conftest import GEHEIM, read
from tests.test_werklijst import ASKED, HANDOVER, TO_BETA, WB, dossier, overleg, protocol, signaal

Make = Callable[..., Path]
Files = dict[str, str]
ALFA = Doelgroep("partner", "alfa")
REQUEST = "{soort: bespreking, datum: 2026-08-22, gevraagd_door: partner, reden: lawaai}"
NOISE = signaal("2026-08-03", "schade")
SIGNED = "begeleidingsovereenkomst: 2026-01-10, huurovereenkomst: 2026-01-10"


def consent(text: str) -> dict[str, str]:
    return {"documenten": f"{{toestemmingsverklaring: {text}, {SIGNED}}}"}


def view_of(root: Path, who: Doelgroep, op: str) -> View:
    return make_view(read(root), History(), who, date.fromisoformat(op), GEHEIM)


def added(view: View, maand: str = "2026-08") -> list[tuple[str, tuple[str, ...]]] | None:
    """What came on Alfa's agenda since its notice; None before that."""
    found = view.aangekondigd.get(("alfa", maand))
    return [(item.id, item.redenen) for item in found.toegevoegd] if found else None


NEW = [("VT-2026-001", ("partner",))]
# Files, day, what Alfa and the coordinators are told; the notice is on 20 August, the overleg on 27 August.
ADDED: dict[str, tuple[Files, str, object, object]] = {
    "before the notice": (dossier("VT-2026-001", REQUEST), "2026-08-19", None, None),
    "on the day of the notice": (dossier("VT-2026-001", REQUEST), "2026-08-20", [], []),
    "asked after it": (dossier("VT-2026-001", REQUEST), "2026-08-22", NEW, NEW),
    "after the overleg it stays as it was on the eve": (
        dossier("VT-2026-001", REQUEST, overleg("2026-08-27", "verloop: moeilijk")),
        "2026-10-05",
        NEW,
        NEW,
    ),
    "asked on the day of the overleg is for the next": (
        dossier("VT-2026-001", REQUEST.replace("08-22", "08-27")),
        "2026-09-01",
        [],
        [],
    ),
    "asked before it": (dossier("VT-2026-001", REQUEST.replace("08-22", "08-20")), "2026-08-26", [], []),
    "one more reason": (dossier("VT-2026-001", NOISE, REQUEST), "2026-08-26", NEW, NEW),
    "a reason that went adds nothing": (
        dossier("VT-2026-001", NOISE.replace("omsch", "afgesloten: 2026-08-24, omsch")),
        "2026-08-26",
        [],
        [],
    ),
    "in another track": (
        dossier("WB-2026-001", ASKED.replace("08-12", "08-21"), quiet=(), **WB),
        "2026-08-26",
        [("WB-2026-001", ())],
        [("WB-2026-001", ())],
    ),
    "without consent the fact alone": (
        dossier("VT-2026-001", REQUEST, documenten=f"{{{SIGNED}}}"),
        "2026-08-26",
        [("VT-2026-001", ())],
        NEW,
    ),
    "without consent a further reason is no news": (
        dossier("VT-2026-001", NOISE, REQUEST, documenten=f"{{{SIGNED}}}"),
        "2026-08-26",
        [],
        NEW,
    ),
    "a consent that comes in between adds nothing to discuss": (
        dossier("VT-2026-001", NOISE, **consent("2026-08-24")),
        "2026-08-26",
        [],
        [],
    ),
    "a consent that comes in between shows what came": (
        dossier("VT-2026-001", NOISE, REQUEST, **consent("2026-08-24")),
        "2026-08-26",
        NEW,
        NEW,
    ),
    "a consent that is withdrawn later hides the reason": (
        dossier("VT-2026-001", REQUEST, **consent("{ondertekend: 2026-01-10, ingetrokken: 2026-09-10}")),
        "2026-09-10",
        [("VT-2026-001", ())],
        NEW,
    ),
    "a former guide no longer sees it": (
        dossier("VT-2026-001", REQUEST, begeleiding=TO_BETA, aanmelding="{datum: 2025-12-04, partner: beta}"),
        "2026-09-01",
        [],
        NEW,
    ),
    "a notice that is moved": (
        protocol("kalender.yaml", "    2026-07:", "    2026-08: {aankondiging: 2026-08-24, reden: test}\n    2026-07:")
        | dossier("VT-2026-001", REQUEST),
        "2026-08-26",
        [],
        [],
    ),
}


@pytest.mark.parametrize(("files", "op", "alfa", "all_of_it"), ADDED.values(), ids=ADDED)
def test_what_was_added(register: Make, files: Files, op: str, alfa: object, all_of_it: object) -> None:
    root = register(files)
    assert added(view_of(root, ALFA, op)) == alfa
    assert added(view_of(root, COORDINATIE, op)) == all_of_it


def test_the_archive_holds_both_agendas(register: Make) -> None:
    """As of the notice and as of the eve: neither changes by what comes later."""
    root = register(dossier("VT-2026-001", REQUEST, overleg("2026-08-27", "verloop: moeilijk")))
    for op in ("2026-08-28", "2026-10-05", "2027-07-01"):
        view = view_of(root, ALFA, op)
        eve = next(agenda for agenda in view.agendas if agenda.maand == "2026-08")
        notice = view.aangekondigd["alfa", "2026-08"].agenda
        assert (notice.datum, eve.datum) == (date(2026, 8, 20), date(2026, 8, 26))
        assert (notice.bespreken, notice.nodig) == ((), False)
        assert [(item.id, item.redenen, item.problematiek) for item in eve.bespreken] == [
            ("VT-2026-001", ("partner",), ("lawaai",))
        ]
        assert [line.verloop for line in (*notice.lopend, *eve.lopend)] == ["goed", "goed"]


def test_the_archive_goes_back_a_year(register: Make) -> None:
    """Twelve earlier months, and the coming one; a cancelled month has no agenda."""
    view = view_of(register(dossier()), ALFA, "2026-08-10")
    months = [agenda.maand for agenda in view.agendas]
    assert (months[0], months[1], len(months)) == ("2026-08", "2026-06", 13)
    assert set(view.aangekondigd) == {("alfa", maand) for maand in months[1:]}


def test_who_guides_next_sees_what_is_added(register: Make) -> None:
    """A handover before the overleg: it is on the agenda of both, as far as each may read (VT-4)."""
    ahead = HANDOVER.replace("08-31", "08-25") + "{partner: beta, begeleider: BETA-02, vanaf: 2026-08-26}]"
    root = register(dossier("VT-2026-001", REQUEST, begeleiding=ahead))
    view = view_of(root, Doelgroep("partner", "beta"), "2026-08-24")
    assert [(item.id, item.redenen) for item in view.aangekondigd["beta", "2026-08"].toegevoegd] == [
        ("VT-2026-001", ())
    ]


def test_the_page_says_what_was_added(register: Make) -> None:
    root = register(dossier("VT-2026-001", REQUEST))
    for who in (ALFA, COORDINATIE):
        pages = make_pages(view_of(root, who, "2026-08-26"), read_sources(root).texts)
        html = next(page.html for page in pages if page.path == "agenda/2026-08.html")
        assert "Na de aankondiging van do 20 augustus 2026 kwam erbij:" in html
        assert "gevraagd door de partner" in html.partition("Sinds de aankondiging")[2]
        assert "De agenda zoals aangekondigd op do 20 augustus 2026" in html
        earlier = next(page.html for page in pages if page.path == "agenda/2026-06.html")
        assert "Na de aankondiging van do 18 juni 2026 kwam er niets bij" in earlier
