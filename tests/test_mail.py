"""Mails as partners get them: what they say, to whom, that text and HTML say the same, and that text stays text.

Each folder of `mails/` is a register (laid over the base one) with what its mails must be, as an engine reads them;
`make accept` writes `verwacht/` anew: review the difference before you commit it.
"""

import html
import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser, Route

from generator.build import build
from generator.history import History
from generator.model.view import COORDINATIE, Mail
from generator.render.ical import make_feeds
from generator.render.mail import Brief, draft, make_letter, message
from generator.sources import read_sources
from generator.views import audiences, make_view
from generator.werklijst import make_werklijst
from tests.browser import looking
from tests.conftest import BASIS, GEHEIM, TESTS, findings_of, read
from tests.engines import mail_command
from tests.mailserver import parse
from tests.test_build import run

Make = Callable[..., Path]
CASES = sorted((TESTS / "mails").iterdir())
OP = date(2026, 11, 19)


def letters_of(root: Path, op: date = OP) -> dict[str, Brief]:
    """The current mails by month and name."""
    view = make_view(read(root), History(), COORDINATIE, op, GEHEIM)
    return {f"{mail.maand}/{mail.naam}": letter(root, mail) for mail in view.mails}


def letter(root: Path, mail: Mail) -> Brief:
    return make_letter(mail, read_sources(root).texts.templates)


def part(given: EmailMessage, kind: str) -> str:
    body = given.get_body((kind,))
    assert body is not None
    assert body["Content-Transfer-Encoding"] == "quoted-printable"
    return str(body.get_content()).replace("\r\n", "\n")


def event(given: EmailMessage) -> str:
    (attached,) = given.iter_attachments()
    assert (attached.get_content_type(), attached.get_content_disposition()) == ("text/calendar", "attachment")
    assert attached.get_param("method") is None
    return str(attached.get_content()).replace("\r\n", "\n")


# What mails say


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Path, tmp_path: Path) -> None:
    settings = yaml.safe_load((case / "geval.yaml").read_text(encoding="utf-8"))
    root = tmp_path / "register"
    shutil.copytree(BASIS, root)
    shutil.copytree(case, root, dirs_exist_ok=True)
    made = {
        f"{name.replace('/', '-')}.txt": shown(brief) for name, brief in letters_of(root, settings["datum"]).items()
    }
    expected = case / "verwacht"
    if os.environ.get("ACCEPT"):
        shutil.rmtree(expected, ignore_errors=True)
        expected.mkdir()
        for name, text in made.items():
            (expected / name).write_text(text, encoding="utf-8")
    assert made == {path.name: path.read_text(encoding="utf-8") for path in sorted(expected.iterdir())}


def shown(brief: Brief) -> str:
    """A draft as it is read: its head, its text, its HTML."""
    read_back = parse(draft(brief))
    head = "".join(f"{name}: {value}\n" for name, value in read_back.items())
    files = "".join(f"[{item.get_filename()}]\n" for item in read_back.iter_attachments())
    return f"{head}{files}\n{part(read_back, 'plain')}\n{part(read_back, 'html')}"


def words(text: str) -> list[str]:
    """Without the dashes of lists."""
    return [word for word in text.split() if word != "-"]


def words_of_html(text: str) -> list[str]:
    """Read apart from the renderer: what stands between the tags of the body."""
    body = re.sub(r"(?s).*<body>|</body>.*", "", text)
    return words(html.unescape(re.sub(r"<[^<>]*>", " ", re.sub(r"</a>", "", body))))


@pytest.fixture(scope="module", params=CASES, ids=lambda case: case.name)
def letters(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Brief]:
    root = tmp_path_factory.mktemp("mails") / "register"
    shutil.copytree(BASIS, root)
    shutil.copytree(request.param, root, dirs_exist_ok=True)
    return letters_of(root)


def test_text_and_html_hold_the_same_words(letters: dict[str, Brief]) -> None:
    for brief in letters.values():
        given = parse(draft(brief))
        assert words(part(given, "plain")) == words_of_html(part(given, "html"))
        assert len(words(part(given, "plain"))) > 20


def test_a_draft_is_one_that_programs_open(letters: dict[str, Brief]) -> None:
    """Of nobody yet, in lines of ASCII that end with CRLF and that any server passes on; twice the same bytes."""
    for brief in letters.values():
        raw = draft(brief)
        assert raw == draft(brief)
        assert raw.isascii()
        assert raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r")
        assert max(map(len, raw.split(b"\r\n"))) <= 998
        given = parse(raw)
        assert given.keys()[0] == "X-Unsent"
        assert given["X-Unsent"] == "1"
        assert not {"From", "Date", "Message-ID", "Bcc", "Auto-Submitted"} & set(given.keys())
        kinds = [item.get_content_type() for item in given.walk()]
        alternative = ["multipart/alternative", "text/plain", "text/html"]
        with_event = ["multipart/mixed", *alternative, "text/calendar"]
        assert kinds == (with_event if brief.mail.soort == "aankondiging" else alternative)
        assert [item.get_boundary() for item in given.walk() if item.is_multipart()] == [
            f"=_woontraject_{number}" for number in range(2 if brief.mail.soort == "aankondiging" else 1)
        ]


def test_another_engine_reads_the_same(letters: dict[str, Brief], tmp_path: Path) -> None:
    """postal-mime, in Node."""
    command, files = mail_command(), {}
    for name, brief in letters.items():
        path = tmp_path / f"{name.replace('/', ' ')}.eml"
        path.write_bytes(draft(brief))
        files[name] = str(path)
    done = subprocess.run([*command, *files.values()], capture_output=True, check=True)
    found = json.loads(done.stdout)
    for name, brief in letters.items():
        other = found[files[name]]
        assert other["subject"] == brief.onderwerp
        assert other["to"] == ([brief.mail.aan] if brief.mail.aan else [])
        assert other["headers"] == [
            "x-unsent",
            *(("to",) if brief.mail.aan else ()),
            "subject",
            "mime-version",
            "content-type",
        ]
        assert other["text"].replace("\r\n", "\n").rstrip("\n") == brief.tekst.rstrip("\n")
        assert other["html"].replace("\r\n", "\n").strip() == brief.html.strip()
        calendars = [f"overleg-{brief.mail.maand}.ics"] if brief.mail.soort == "aankondiging" else []
        assert other["attachments"] == calendars


def test_the_event_is_that_of_the_feed(register: Make) -> None:
    """The same bytes: whoever follows the feed and opens the mail has one event."""
    root = register({**simple(), "protocol/overleg/2026-11.yaml": "alfa: {plaats: kantoor, uur: 9:15}\n"})
    standen = read(root)
    alfa = next(who for who in audiences(standen.register) if who.partner == "alfa")
    feed = make_feeds([make_view(standen, History(), alfa, OP, GEHEIM)])[alfa]["alfa"].decode()
    brief = letters_of(root)["2026-11/aankondiging-alfa"]
    calendar = event(parse(draft(brief))).replace("\n", "\r\n")
    (found,) = re.findall("BEGIN:VEVENT.*?END:VEVENT", calendar, re.DOTALL)
    assert found in feed
    assert "UID:overleg.alfa.2026-11@huisvester.woontraject" in found
    assert not re.search("METHOD|X-WR-CALNAME|^NAME", calendar, re.MULTILINE)
    assert re.findall("BEGIN:VTIMEZONE.*?END:VTIMEZONE", calendar, re.DOTALL)


# Who gets which, and what is in it


UNSIGNED = "{begeleidingsovereenkomst: 2026-05-02, huurovereenkomst: 2026-05-03}"


def simple(name: str = "VT-2026-001", **keys: str) -> dict[str, str]:
    """A dossier of Alfa with a text in it."""
    values = {
        "id": name,
        "traject": "versnelde-toewijzing",
        "start": "2026-06-01",
        "aanmelding": "{datum: 2026-04-01, partner: alfa}",
        "documenten": UNSIGNED.replace("{", "{toestemmingsverklaring: 2026-04-02, "),
        "begeleiding": "[{partner: alfa, begeleider: ALFA-01, vanaf: 2026-06-01}]",
        "logboek": "[{soort: overleg, datum: 2026-10-29, verloop: goed, conclusie: Conclusietekst},"
        " {soort: signaal, datum: 2026-11-02, aard: schade, omschrijving: Signaaltekst}]",
    }
    return {f"dossiers/{name}.yaml": "".join(f"{key}: {value}\n" for key, value in (values | keys).items())}


WITHDRAWN = UNSIGNED.replace("{", "{toestemmingsverklaring: {ondertekend: 2026-04-02, ingetrokken: %s}, ")
GUIDE = "{partner: %s, begeleider: %s-01, vanaf: %s}"
TO_BETA = f"[{GUIDE % ('alfa', 'ALFA', '2026-06-01, tot: %s')}, {GUIDE % ('beta', 'BETA', '%s')}]"
BY_GAMMA = "{datum: 2026-04-01, partner: gamma}"
REFERENTIE = "VT-2026-001"


def organisatie(more: str) -> dict[str, str]:
    text = (BASIS / "protocol/organisatie.yaml").read_text(encoding="utf-8")
    return {"protocol/organisatie.yaml": f"{text}{more}\n"}


def kalender(exception: str) -> dict[str, str]:
    text = (BASIS / "protocol/kalender.yaml").read_text(encoding="utf-8")
    return {"protocol/kalender.yaml": text.replace("uitzonderingen:\n", f"uitzonderingen:\n    {exception}\n")}


def eigen_overleg() -> dict[str, str]:
    path = "protocol/versnelde-toewijzing/2024-01-01.yaml"
    text = (BASIS / path).read_text(encoding="utf-8")
    return {path: text.replace("\noverleg: true", "\noverleg: {regel: FREQ=MONTHLY;BYDAY=4FR}")}


SITE = "webadres: https://woontraject.huisvester.example"
ALL = {
    "aankondiging-alfa": [REFERENTIE, "Signaaltekst", "open signaal"],
    "conclusies-alfa": [REFERENTIE, "Conclusietekst"],
}
NO_TEXT = {
    "aankondiging-alfa": [REFERENTIE, "maand 6", "!Signaaltekst", "!signaal", "!verloop"],
    "conclusies-alfa": [REFERENTIE, "fase lopend", "!Conclusietekst", "!verloop"],
}

AANGEMELD = simple(
    start="2026-12-07",
    aanmelding="{datum: 2026-09-01, partner: gamma, besluit: {datum: 2026-11-03, uitkomst: toegelaten}}",
    documenten="{}",
    begeleiding="[{partner: alfa, begeleider: ALFA-01, vanaf: 2026-12-07}]",
    logboek="[]",
)


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param(simple(), ALL, id="with consent"),
        pytest.param(simple(documenten=UNSIGNED), NO_TEXT, id="never any consent"),
        pytest.param(simple(documenten=WITHDRAWN % "2026-11-19"), NO_TEXT, id="withdrawn today"),
        pytest.param(simple(documenten=WITHDRAWN % "2026-11-20"), ALL, id="withdrawn tomorrow"),
        pytest.param(
            simple(documenten=WITHDRAWN % "2026-10-29"), NO_TEXT, id="withdrawn on the day of the former overleg"
        ),
        pytest.param(
            simple(begeleiding=TO_BETA % ("2026-11-18", "2026-11-19"), aanmelding=BY_GAMMA),
            {
                "aankondiging-beta": [REFERENTIE, "Signaaltekst"],
                "aankondiging-gamma": [REFERENTIE],
                "conclusies-gamma": [REFERENTIE, "Conclusietekst"],
                "conclusies-alfa": ["!VT-", "geen enkel dossier"],
            },
            id="handed over today",
        ),
        pytest.param(
            simple(begeleiding=TO_BETA % ("2026-11-24", "2026-11-25")),
            {**ALL, "aankondiging-beta": [REFERENTIE, "!Signaaltekst", "!signaal"]},
            id="handed over before the overleg",
        ),
        pytest.param(
            simple(begeleiding=TO_BETA % ("2026-11-29", "2026-11-30")), ALL, id="handed over after the overleg"
        ),
        pytest.param(
            {**simple(), **organisatie(f"{SITE}\nmail: verwijzing")},
            {
                "aankondiging-alfa": [
                    "!VT-",
                    "!maand",
                    "!Signaal",
                    "!vervallen",
                    "donderdag 26 november 2026 van 14.00 tot 15.00 uur",
                    "https://teams.example/alfa",
                    "https://woontraject.huisvester.example/partners/alfa/agenda/2026-11.html",
                ],
                "conclusies-alfa": ["!VT-", "!Conclusietekst", "/partners/alfa/agenda/2026-10.html"],
            },
            id="a link alone",
        ),
        pytest.param(
            {**simple(), **organisatie(SITE)},
            {**ALL, "aankondiging-alfa": [REFERENTIE, "/partners/alfa/agenda/2026-11.html"]},
            id="a link beside it",
        ),
        pytest.param(
            {**simple(), "protocol/overleg/2026-11.yaml": "alfa: {vervalt: iedereen ziek}\n"},
            {"conclusies-alfa": ["Conclusietekst"]},
            id="dropped",
        ),
        pytest.param(
            {**simple(), **kalender("2026-11: {vervalt: true, reden: staking}")},
            {"aankondiging-alfa": ["donderdag 31 december 2026"], "conclusies-alfa": ["Conclusietekst"]},
            id="cancelled",
        ),
        pytest.param(
            {**simple(), **kalender("2026-11: {overleg: 2026-12-03, aankondiging: 2026-11-27, reden: staking}")},
            {
                "aankondiging-alfa": ["donderdag 3 december 2026", "tot en met woensdag 2 december 2026"],
                "conclusies-alfa": ["Conclusietekst"],
            },
            id="moved",
        ),
        pytest.param(
            {**simple(), "protocol/overleg/2026-11.yaml": "alfa: {plaats: kantoor, uur: 9:15}\n"},
            {
                "aankondiging-alfa": ["van 09.15 tot 10.15 uur", "Plaats: Plein 1, Stad", "!Teams"],
                "conclusies-alfa": ["Conclusietekst"],
            },
            id="at the office",
        ),
        pytest.param(
            {
                **simple(logboek="[{soort: overleg, datum: 2026-10-23, verloop: goed, conclusie: Eigen}]"),
                **eigen_overleg(),
            },
            {
                "aankondiging-alfa": ["donderdag 26 november 2026", f"{REFERENTIE}: maand 6", "overleg op 27 nov 2026"],
                "conclusies-alfa": [f"{REFERENTIE}: fase lopend, verloop goed; overleg op 23 okt 2026", "Eigen"],
            },
            id="a meeting by a rule of its own",
        ),
        pytest.param(
            simple(logboek="[{soort: overleg, datum: 2026-10-29, verloop: goed}]"),
            {"aankondiging-alfa": ["Dit overleg kan dus vervallen"], "conclusies-alfa": ["verloop goed"]},
            id="nothing to discuss",
        ),
        pytest.param(
            {**simple(logboek="[]"), "protocol/overleg/2026-10.yaml": "alfa: {gehouden: true}\n"},
            {"aankondiging-alfa": [REFERENTIE], "conclusies-alfa": [f"{REFERENTIE}: nog geen verslag"]},
            id="held, and nothing recorded",
        ),
        pytest.param(
            {**simple(), "protocol/overleg/2026-10.yaml": "alfa: {gehouden: false}\n"},
            {"aankondiging-alfa": [REFERENTIE]},
            id="not held",
        ),
        pytest.param(
            simple(
                start="2025-12-01",
                logboek="[{soort: overleg, datum: 2026-10-29, moment: overleg-10m, verloop: goed, besluit: positief,"
                " registratie_contacten: false}]",
            ),
            {
                "aankondiging-alfa": [REFERENTIE],
                "conclusies-alfa": [
                    "de begeleiding eindigt goed, op 1 dec 2026; contacten thuis worden niet meer geteld;",
                ],
            },
            id="ends well",
        ),
        pytest.param(
            simple(
                start="2025-12-01",
                logboek="[{soort: overleg, datum: 2026-10-29, moment: overleg-10m, verloop: moeilijk,"
                " besluit: verlengen, maanden: 6, registratie_contacten: true}]",
            ),
            {
                "aankondiging-alfa": [REFERENTIE],
                "conclusies-alfa": ["verlengd met 6 maanden, tot 1 jun 2027; contacten thuis worden voortaan geteld"],
            },
            id="extended",
        ),
        pytest.param(
            AANGEMELD,
            {
                "aanmelding-VT-2026-001": [
                    "Op dinsdag 3 november 2026",
                    "besluit: toegelaten.",
                    "(Versnelde toewijzing)",
                ]
            },
            id="admitted",
        ),
        pytest.param(
            {**AANGEMELD, **organisatie(f"{SITE}\nmail: verwijzing")},
            {"aanmelding-VT-2026-001": ["!VT-", "!toegelaten", "!november", "/partners/gamma/aanmeldingen.html"]},
            id="a decision behind a link",
        ),
    ],
)
def test_who_gets_what(register: Make, files: dict[str, str], expected: dict[str, list[str]]) -> None:
    """The mails of the day, no others; `!` is what must not be in one, its head and Message-ID included."""
    found = letters_of(register(files))
    assert {name.partition("/")[2] for name in found} == expected.keys()
    for name, brief in found.items():
        text = f"{brief.onderwerp}\n{brief.tekst}"
        sent = parse(message(brief, "dienst@huisvester.example", brief_time())).as_string() + brief.html + text
        for item in expected[name.partition("/")[2]]:
            assert (item[1:] not in sent) if item.startswith("!") else (item in text), (name, item, text)


def brief_time() -> datetime:
    return datetime(2026, 11, 19, 9, 30, tzinfo=UTC)


def test_a_link_needs_an_address(register: Make) -> None:
    root = register(organisatie("mail: verwijzing"))
    (found,) = [str(item) for item in findings_of(root) if item.level == "fout"]
    assert found == (
        "protocol/organisatie.yaml:5:7: fout WAARDE: ‘mail: verwijzing’ vraagt ook ‘webadres’: vul in waar de sites"
        " staan, of kies ‘mail: agenda’"
    )


def test_months_that_are_told(register: Make) -> None:
    """The last overleg and the coming one; of earlier months what was not sent, since the register is worked with."""
    entries = ", ".join(
        f"{{soort: overleg, datum: {day}, verloop: goed}}"
        for day in ("2026-06-25", "2026-08-27", "2026-09-24", "2026-10-29")
    )
    sent = {
        f"protocol/overleg/2026-{month}.yaml": "alfa: {conclusies_verstuurd: 2026-10-30}\n" for month in ("09", "10")
    }
    root = register({**simple(start="2026-05-20", logboek=f"[{entries}]"), **sent})
    assert letters_of(root).keys() == {
        "2026-06/conclusies-alfa",
        "2026-08/conclusies-alfa",
        "2026-10/conclusies-alfa",
        "2026-11/aankondiging-alfa",
    }
    register(organisatie("werklijst: {vanaf: 2026-08-01}"))
    assert "2026-06/conclusies-alfa" not in letters_of(root)
    on_the_day = letters_of(root, date(2026, 11, 26))
    assert {"2026-11/aankondiging-alfa", "2026-10/conclusies-alfa"} <= on_the_day.keys()
    after = letters_of(root, date(2026, 11, 27))
    assert "2026-12/aankondiging-alfa" in after
    assert "2026-11/aankondiging-alfa" not in after


def test_the_same_content_is_the_same_mail(register: Make) -> None:
    """What a mail is known by changes with what it says, and with nothing else."""
    root = register(simple())
    before = letters_of(root)["2026-11/aankondiging-alfa"]
    assert re.fullmatch("[b-df-hj-np-t]{20}", before.kenmerk)
    assert letters_of(root, date(2026, 11, 20))["2026-11/aankondiging-alfa"].kenmerk == before.kenmerk
    register({"protocol/overleg/2026-11.yaml": "alfa: {aankondiging_verstuurd: 2026-11-19}\n"})
    assert letters_of(root)["2026-11/aankondiging-alfa"].kenmerk == before.kenmerk
    register({"protocol/overleg/2026-11.yaml": "alfa: {uur: 15:00}\n"})
    assert letters_of(root)["2026-11/aankondiging-alfa"].kenmerk != before.kenmerk


def test_words_of_ones_own(register: Make) -> None:
    """A template of the register lies over ours; the text follows the HTML."""
    own = "<title>{{ mail.partner }}</title><body><div>Dag <b>{{ mail.partner_naam }}</b>,</div><ol><li>één</li></ol>"
    root = register({**simple(), "site/templates/mail/aankondiging.html": own})
    brief = letters_of(root)["2026-11/aankondiging-alfa"]
    assert (brief.onderwerp, brief.tekst) == ("alfa", "Dag Alfa,\n- één\n")


def test_names_never_reach_a_head_as_lines(register: Make) -> None:
    """Whatever a name holds, a mail goes to one address and has the head that we give it."""
    name = r"Dienst\r\nBcc: elders@elders.example\tX: y, \"z\" <a@b.example>"
    text = (BASIS / "protocol/organisatie.yaml").read_text(encoding="utf-8")
    root = register({**simple(), "protocol/organisatie.yaml": text.replace("Bewonerscontacten", f'"{name}"')})
    for brief in letters_of(root).values():
        given = parse(message(brief, "dienst@huisvester.example", brief_time()))
        assert given.keys()[:5] == ["From", "To", "Date", "Message-ID", "Subject"]
        (sender,) = given["From"].addresses
        assert sender.addr_spec == "dienst@huisvester.example"
        assert [to.addr_spec for to in given["To"].addresses] == ["alfa@alfa.example"]


# What follows


def tasks(root: Path, op: date = OP) -> list[tuple[str, str | None, str | None, str]]:
    return [
        (task.soort, task.id, task.partner, f"{task.tegen} {task.reden} ({task.regel})")
        for task in make_werklijst(read(root), op)
        if task.soort in ("aanmelding", "mail-onzeker", "aankondiging")
    ]


def test_a_decision_is_told(register: Make) -> None:
    """Until it is; another decision afterwards is another mail."""
    root = register(AANGEMELD)
    told = ("aanmelding", "VT-2026-001", "gamma", "2026-11-10 het besluit meedelen aan de aanmelder (WW-11)")
    assert tasks(root) == [told]
    assert tasks(root, date(2026, 11, 2)) == []
    register({"protocol/overleg/2026-11.yaml": "gamma: {aanmeldingen_verstuurd: {VT-2026-001: 2026-11-03}}\n"})
    assert tasks(root) == []
    register({"protocol/overleg/2026-11.yaml": "gamma: {aanmeldingen_verstuurd: {VT-2026-001: 2026-11-02}}\n"})
    assert tasks(root) == [told]


ATTEMPT = "verzonden: {%s: {op: 2026-11-18, kenmerk: bcdfghjklmnpqrstbcdf%s}}"


def test_an_uncertain_mail_is_asked_after(register: Make) -> None:
    """By people; they note what they find in one place."""
    root = register(
        {**simple(), "protocol/overleg/2026-11.yaml": f"alfa: {{{ATTEMPT % ('aankondiging', ', stand: onzeker')}}}\n"}
    )
    asked = "2026-11-18 vraag of de mail (aankondiging) aankwam, en vul dan ‘stand’ in: verstuurd of geweigerd (VT-6.2)"
    assert ("mail-onzeker", None, "alfa", asked) in tasks(root)
    assert letters_of(root)["2026-11/aankondiging-alfa"].mail.verstuurd is None
    for stand, sent in ((", stand: verstuurd", True), ("", True), (", stand: geweigerd", False)):
        register({"protocol/overleg/2026-11.yaml": f"alfa: {{{ATTEMPT % ('aankondiging', stand)}}}\n"})
        assert [task[0] for task in tasks(root)] == ([] if sent else ["aankondiging"])
        found = letters_of(root)["2026-11/aankondiging-alfa"].mail.verstuurd
        assert found == (date(2026, 11, 18) if sent else None)


def test_a_month_without_overleg_may_hold_decisions(register: Make) -> None:
    """Where the overleg is every second month, an aanmelding is decided in any."""
    text = (BASIS / "protocol/kalender.yaml").read_text(encoding="utf-8")
    every_second = re.sub("  uitzonderingen:.*", "", text, flags=re.DOTALL).replace("BYDAY", "INTERVAL=2;BYDAY")
    note = "protocol/overleg/2026-10.yaml"
    root = register(
        {"protocol/kalender.yaml": every_second, note: "gamma: {aanmeldingen_verstuurd: {VT-2026-001: 2026-10-03}}\n"}
    )

    def errors() -> list[str]:
        return [str(item) for item in findings_of(root) if item.level == "fout"]

    assert errors() == []
    register({note: "gamma: {gehouden: true}\n"})
    assert errors() == [f"{note}:1:1: fout VT-6.2: de kalender heeft geen overleg in 2026-10: verwijder dit bestand"]


# On disk and on the site


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("gebouwd") / "register"
    shutil.copytree(BASIS, root)
    shutil.copytree(TESTS / "mails/een-gewone-maand", root, dirs_exist_ok=True)
    shutil.copytree(TESTS / "mails/vreemde-tekens/dossiers", root / "dossiers/vreemd", dirs_exist_ok=True)
    (root / "dossiers/vreemd/VT-2026-001.yaml").rename(root / "dossiers/vreemd/VT-2026-009.yaml")
    vreemd = root / "dossiers/vreemd/VT-2026-009.yaml"
    vreemd.write_text(vreemd.read_text(encoding="utf-8").replace("VT-2026-001", "VT-2026-009"), encoding="utf-8")
    (root / "protocol/overleg/2026-11.yaml").write_text(
        f"beta: {{{ATTEMPT % ('aankondiging', ', stand: onzeker')}}}\nalfa: {{aankondiging_verstuurd: 2026-11-18}}\n",
        encoding="utf-8",
    )
    result = run("build", "--date", str(OP), root=root)
    assert result.returncode == 0, result.stderr
    return root


def test_drafts_lie_beside_the_sites(built: Path) -> None:
    """One for each mail, by month, with its bytes; no site holds them."""
    expected = letters_of(built)
    drafts = {path.relative_to(built / "build/mail").as_posix(): path for path in (built / "build/mail").rglob("*.eml")}
    assert drafts.keys() == {f"{name}.eml" for name in expected}
    for name, brief in expected.items():
        assert drafts[f"{name}.eml"].read_bytes() == draft(brief)
    assert list((built / "build/sites").rglob("*.eml")) == []


@pytest.mark.parametrize("only", ["publiek", "partners/beta", "coordinatie"])
def test_a_part_of_the_build_holds_its_own_mails(built: Path, tmp_path: Path, only: str) -> None:
    """The public has none, a partner its own; coordinators have all."""
    out, all_of_them = tmp_path / "build", set(letters_of(built))
    build(built, OP, OP, out, geheim=GEHEIM, only=(only,), progress=lambda *_: None)
    mails = {path.relative_to(out / "mail").as_posix().removesuffix(".eml") for path in out.rglob("*.eml")}
    expected = {"publiek": set(), "partners/beta": {"2026-11/aankondiging-beta"}, "coordinatie": all_of_them}
    assert mails == expected[only]


def test_the_coordinators_have_a_page_of_each_mail(built: Path) -> None:
    site = built / "build/sites/coordinatie"
    listed = (site / "mails/index.html").read_text(encoding="utf-8")
    for name, brief in letters_of(built).items():
        page = (site / f"mails/{name}.html").read_text(encoding="utf-8")
        assert f'href="{name}.html"' in listed
        assert f"<code>{html.escape(brief.onderwerp, quote=False)}</code>" in page
        shown = re.findall("<code>(.*?)</code>", page, re.DOTALL)
        assert html.unescape(shown[1]) == brief.tekst
        assert len(page) < 40_000
    assert "verstuurd op wo 18 november 2026" in listed
    assert "<strong>onzeker</strong>: op wo 18 november 2026 antwoordde de mailserver niet" in listed
    assert len(re.findall(r'data-kop="Stand">\s*nog niet verstuurd', listed)) == len(letters_of(built)) - 2
    for page, link in (
        ("index.html", "mails/index.html#maand-2026-11"),
        ("agenda/2026-11.html", "../mails/2026-11/aankondiging-alfa.html"),
        ("agenda/2026-10.html", "../mails/2026-10/conclusies-alfa.html"),
    ):
        assert f'href="{link}"' in (site / page).read_text(encoding="utf-8"), page
    others = [path for path in (built / "build/sites").rglob("mails") if site not in path.parents]
    assert others == []


def test_a_link_leads_to_what_the_mail_would_say(built: Path) -> None:
    """The partner's page of a month tells the conclusions; where there is no consent no more than the mail."""
    page = (built / "build/sites/partners/alfa/agenda/2026-10.html").read_text(encoding="utf-8")
    shown = page.partition("<h2>Conclusies</h2>")[2]
    for text in ("verlengd met 3 maanden, tot 1 mrt 2027", "Drie maanden erbij.", "VT-2026-001</a>: nog geen verslag"):
        assert text in shown
    assert "NIET VOOR DE PARTNER" not in page


def test_a_mail_is_copied_with_one_click(built: Path, chromium: Browser) -> None:
    """Under the policy of the server; what is pasted is what was typed."""
    build = built / "build"
    policy = (build / "csp.conf").read_text(encoding="utf-8").split('"')[1]

    def answer(route: Route) -> None:
        path = build / "sites" / route.request.url.removeprefix("https://localhost/").partition("?")[0]
        if path.is_file():
            route.fulfill(path=path, headers={"Content-Security-Policy": policy})
        else:
            route.fulfill(status=404)

    brief = letters_of(built)["2026-11/aankondiging-alfa"]
    assert "<script>alert(1)</script> </span>" in brief.tekst
    with looking(chromium, permissions=["clipboard-read", "clipboard-write"]) as (page, seen):
        page.route("**/*", answer)
        page.goto("https://localhost/coordinatie/mails/2026-11/aankondiging-alfa.html")
        for number, text in enumerate((brief.onderwerp, brief.tekst)):
            page.locator(".md-typeset pre").nth(number).hover()
            page.locator("button[title='Kopiëren naar klembord'], .md-code__button, .md-clipboard").nth(number).click()
            page.wait_for_timeout(100)
            assert page.evaluate("navigator.clipboard.readText()").strip() == text.strip()
    assert seen.dialogs == seen.errors == []
    assert [line for line in seen.console if "404" not in line] == []
