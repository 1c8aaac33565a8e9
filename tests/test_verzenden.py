"""`mail send` to a real server that refuses, breaks off, keeps silent, restarts: each mail goes once, all is noted."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from generator import verzenden
from generator.cli import cli
from generator.findings import Gestopt
from generator.model.view import Mail
from generator.smtp import read_server
from tests.conftest import PROJECT
from tests.mailserver import LOGIN, Certificates, Mailbox, make_certificates, running

Make = Callable[..., Path]
OP = "2026-11-19"
PARTNERS = ("alfa", "beta", "gamma", "delta")
NOTES = "protocol/overleg/2026-11.yaml"


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return make_certificates(tmp_path_factory.mktemp("certificaten"))


def adres(partner: str) -> str:
    return f"onthaal@{partner}.example"


def partners(**contact: str) -> str:
    """Four partners, with an address each unless told otherwise."""
    return "".join(
        f"{name}:\n  naam: {name.title()}\n  rol: welzijn\n"
        f"  contact: {contact.get(name, f'{{email: {adres(name)}, kantooruren: altijd}}')}\n"
        for name in PARTNERS
    )


def dossier(number: int, partner: str, rest: str = "") -> dict[str, str]:
    name = f"VT-2026-00{number}"
    text = f"""\
id: {name}
traject: versnelde-toewijzing
start: 2026-08-01
aanmelding: {{datum: 2026-06-04, partner: {partner}{rest}}}
documenten: {{toestemmingsverklaring: 2026-06-05, begeleidingsovereenkomst: 2026-07-20, huurovereenkomst: 2026-07-20}}
begeleiding: [{{partner: {partner}, begeleider: {partner.upper()}-01, vanaf: 2026-08-01}}]
"""
    return {f"dossiers/{name}.yaml": text}


@dataclass
class Opdracht:
    """The command on a register, with a server to send to."""

    root: Path
    environ: dict[str, str]

    def send(self, *arguments: str, op: str = OP, **environ: str) -> Result:
        given = ["--root", str(self.root), "mail", "send", *(arguments or ("2026-11",)), "--date", op]
        env: dict[str, str | None] = {**self.environ, **environ}
        result = CliRunner().invoke(cli, given, env=env)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    def notes(self) -> dict[str, Any]:
        file = self.root / NOTES
        return yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else {}

    def stand(self) -> dict[str, str]:
        """How each notice stands: `verstuurd` when the day is noted too."""
        found = {}
        for partner, item in self.notes().items():
            attempt = item["verzonden"]["aankondiging"]
            assert re.fullmatch("[b-df-hj-np-t]{20}", attempt["kenmerk"])
            assert str(attempt["op"]) == OP
            assert ("aankondiging_verstuurd" in item) == ("stand" not in attempt)
            found[partner] = attempt.get("stand", "verstuurd")
        return found


@pytest.fixture
def four(register: Make) -> Path:
    """Four partners with a dossier each."""
    files = {"protocol/partners.yaml": partners()}
    for number, partner in enumerate(PARTNERS, start=1):
        files |= dossier(number, partner)
    return register(files)


def to(port: int, certificates: Certificates, modus: str = "starttls", **environ: str) -> dict[str, str]:
    values = {"HOST": "localhost", "PORT": str(port), "MODE": modus, "CA": certificates.authority, "TIMEOUT": "5"}
    return {f"WOONTRAJECT_SMTP_{name}": value for name, value in (values | environ).items()}


@pytest.fixture
def box(monkeypatch: pytest.MonkeyPatch) -> Mailbox:
    monkeypatch.setattr("generator.smtp.PAUZES", (0.1, 0.2, 0.4, 0.8, 1.6))
    return Mailbox()


@pytest.fixture
def opdracht(four: Path, box: Mailbox, certificates: Certificates) -> Iterator[Opdracht]:
    with running(box, certificates.context()) as port:
        yield Opdracht(four, to(port, certificates))


ALLE = [adres(partner) for partner in PARTNERS]
VERSTUURD = dict.fromkeys(PARTNERS, "verstuurd")


# What arrives


def test_each_once_over_one_connection(opdracht: Opdracht, box: Mailbox) -> None:
    result = opdracht.send()
    assert result.exit_code == 0
    assert result.stderr == "Mails\n"
    assert result.stdout == (
        "".join(f"aankondiging-{partner}: verstuurd aan {adres(partner)}\n" for partner in PARTNERS)
        + f"4 van 4 mails verstuurd; dat staat in {NOTES}.\n"
    )
    assert (box.to, box.connections) == (ALLE, 1)
    assert opdracht.stand() == VERSTUURD
    again = opdracht.send()
    assert (again.exit_code, box.to, box.connections) == (0, ALLE, 1)
    assert again.stdout == (
        "".join(f"aankondiging-{partner}: al verstuurd op {OP}\n" for partner in PARTNERS)
        + "Er is niets te versturen.\n"
    )


def test_the_head_of_a_mail(opdracht: Opdracht, box: Mailbox) -> None:
    opdracht.send("2026-11", "--partner", "alfa", WOONTRAJECT_SMTP_SENDER="robot@verzender.example")
    (message,) = box.messages()
    kenmerk = opdracht.notes()["alfa"]["verzonden"]["aankondiging"]["kenmerk"]
    assert message.keys() == [
        "From",
        "To",
        "Reply-To",
        "Date",
        "Message-ID",
        "Subject",
        "MIME-Version",
        "Content-Type",
    ]
    assert message["From"] == "Bewonerscontacten Huisvester <robot@verzender.example>"
    assert (message["To"], message["Reply-To"]) == (adres("alfa"), "dienst@huisvester.example")
    assert message["Message-ID"] == f"<{kenmerk}@verzender.example>"
    assert abs(message["Date"].datetime.timestamp() - time.time()) < 60
    assert message["Subject"] == "Overleg Huisvester – Alfa: donderdag 26 november 2026"


def test_without_another_sender_the_service_sends(opdracht: Opdracht, box: Mailbox) -> None:
    opdracht.send("2026-11", "--partner", "alfa")
    (message,) = box.messages()
    assert message["From"] == "Bewonerscontacten Huisvester <dienst@huisvester.example>"
    assert "Reply-To" not in message


@pytest.mark.parametrize("modus", ["starttls", "tls"])
def test_a_login_over_an_encrypted_line(four: Path, box: Mailbox, certificates: Certificates, modus: str) -> None:
    with running(box, certificates.context(), modus, login=True) as port:
        opdracht = Opdracht(four, to(port, certificates, modus, USER=LOGIN[0], SECRET=LOGIN[1]))
        assert opdracht.send().exit_code == 0
        assert (box.to, box.logins, box.connections) == (ALLE, ["dienst"], 1)
        wrong = opdracht.send("2026-11", "--again", WOONTRAJECT_SMTP_SECRET="fout")
        assert wrong.exit_code == 0  # nothing to send: nobody logs in


@pytest.mark.parametrize("modus", ["starttls", "tls"])
@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "de mailserver vraagt een gebruiker: vul WOONTRAJECT_SMTP_USER en WOONTRAJECT_SMTP_SECRET in"),
        (
            {"USER": "dienst", "SECRET": "fout"},
            "de mailserver weigert WOONTRAJECT_SMTP_USER en WOONTRAJECT_SMTP_SECRET (535 ",
        ),
    ],
    ids=["none", "wrong"],
)
def test_without_the_right_login_nothing_is_sent(
    four: Path, box: Mailbox, certificates: Certificates, modus: str, given: dict[str, str], said: str
) -> None:
    with running(box, certificates.context(), modus, login=True) as port:
        result = (opdracht := Opdracht(four, to(port, certificates, modus, **given))).send()
    assert result.exit_code == 1
    assert said in result.stderr
    assert "fout)" not in result.output
    assert (box.taken, opdracht.notes()) == ([], {})


# What goes wrong


def test_refused_recipients_are_told_and_the_others_go_on(opdracht: Opdracht, box: Mailbox) -> None:
    box.gedrag = {adres("beta"): "weigert", adres("gamma"): "weigert inhoud", adres("delta"): "straks"}
    result = opdracht.send()
    assert result.exit_code == 1
    assert "aankondiging-alfa: verstuurd aan" in result.stdout
    try_again = "): kijk het adres na en probeer opnieuw\n"
    for partner, said in (
        ("beta", "550 5.1.1 <b>onbekend</b>"),
        ("gamma", "554 5.7.1 lijkt op spam"),
        ("delta", "450 4.2.0 probeer straks"),
    ):
        assert f"aankondiging-{partner}: geweigerd aan {adres(partner)} ({said}{try_again}" in result.stdout
    assert "1 van 4 mails verstuurd" in result.stdout
    assert (box.to, box.connections) == ([adres("alfa")], 1)
    assert opdracht.stand() == {partner: "verstuurd" if partner == "alfa" else "geweigerd" for partner in PARTNERS}
    box.gedrag.clear()
    assert opdracht.send().exit_code == 0
    assert sorted(box.to) == sorted(ALLE)
    assert opdracht.stand() == VERSTUURD


@pytest.mark.parametrize("what", ["breekt na", "zwijgt"])
def test_no_answer_leaves_it_uncertain(opdracht: Opdracht, box: Mailbox, what: Any) -> None:
    """The server took it, and nobody heard so: it goes again only when somebody says so, and then as the same mail."""
    box.gedrag = {adres("beta"): what}
    result = opdracht.send(WOONTRAJECT_SMTP_TIMEOUT="1")
    assert result.exit_code == 1
    said = "geen antwoord" if what == "zwijgt" else "de verbinding is verbroken"
    assert f"aankondiging-beta: onzeker aan {adres('beta')} ({said}): vraag na of hij aankwam" in result.stdout
    assert (box.to, box.connections) == (ALLE, 2)
    assert opdracht.stand() == VERSTUURD | {"beta": "onzeker"}
    quiet = opdracht.send()
    assert (quiet.exit_code, len(box.taken)) == (0, 4)
    assert (
        f"aankondiging-beta: onzeker sinds {OP}: vraag na of hij aankwam (--again stuurt hem nog eens)" in quiet.stdout
    )
    assert opdracht.send("2026-11", "--again").exit_code == 0
    assert box.to == [*ALLE, adres("beta")]
    first, second = (message["Message-ID"] for message in box.messages() if message["To"] == adres("beta"))
    assert first == second
    assert opdracht.stand() == VERSTUURD
    assert opdracht.send("2026-11", "--again").exit_code == 0
    assert len(box.taken) == 5


@pytest.mark.parametrize("what", ["breekt voor", "sluit", "herstart"])
def test_lost_before_the_content_it_goes_once(opdracht: Opdracht, box: Mailbox, what: Any) -> None:
    """Broken off, closed in good order, or gone for a while: another connection, and the same mail."""
    box.gedrag = {adres("beta"): what}
    result = opdracht.send()
    assert result.exit_code == 0, result.output
    assert (box.to, opdracht.stand()) == (ALLE, VERSTUURD)
    assert box.connections == 2


def test_a_server_that_always_breaks_off_stops_the_rest(
    opdracht: Opdracht, box: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(box, "gedrag", _Always({adres("beta"): "sluit"}))
    result = opdracht.send()
    assert result.exit_code == 1
    assert "de mailserver verbreekt telkens de verbinding" in result.stderr
    assert "aankondiging-beta: niet verstuurd aan" in result.stdout
    assert "aankondiging-delta: niet verstuurd aan" in result.stdout
    assert "1 van 4 mails verstuurd" in result.stdout
    assert opdracht.stand() == {"alfa": "verstuurd"}
    box.gedrag = {}
    assert opdracht.send().exit_code == 0
    assert box.to == ALLE


class _Always(dict[str, Any]):
    def __delitem__(self, key: str) -> None:
        pass


def test_a_slow_server_is_waited_for(opdracht: Opdracht, box: Mailbox) -> None:
    box.gedrag = {adres("alfa"): "traag"}
    assert opdracht.send("2026-11", "--partner", "alfa").exit_code == 0
    assert opdracht.stand() == {"alfa": "verstuurd"}


def test_a_server_that_does_not_come_back(
    four: Path, box: Mailbox, certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.smtp.PAUZES", (0.1,))
    box.gedrag = {adres("beta"): "gaat"}
    with running(box, certificates.context()) as port:
        opdracht = Opdracht(four, to(port, certificates))
        result = opdracht.send()
    assert result.exit_code == 1
    assert f"localhost:{port} is niet te bereiken (Connection refused)" in result.stderr
    assert "1 van 4 mails verstuurd" in result.stdout
    assert opdracht.stand() == {"alfa": "verstuurd"}


@pytest.mark.parametrize(("number", "code"), [(signal.SIGKILL, -9), (signal.SIGINT, 130)], ids=["SIGKILL", "SIGINT"])
def test_stopped_while_it_waits_for_an_answer(opdracht: Opdracht, box: Mailbox, number: int, code: int) -> None:
    """Not even then is anything sent twice, or forgotten."""
    box.gedrag = {adres("beta"): "zwijgt"}
    command = [sys.executable, "-m", "generator", "--root", str(opdracht.root), "mail", "send", "2026-11"]
    env = os.environ | opdracht.environ | {"WOONTRAJECT_SMTP_TIMEOUT": "30"}
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "encoding": "utf-8"}
    process = subprocess.Popen([*command, "--date", OP], cwd=PROJECT, env=env, **pipes)
    deadline = time.monotonic() + 20
    while adres("beta") not in box.to:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    process.send_signal(number)
    said, errors = process.communicate(timeout=10)
    assert process.returncode == code
    if code == 130:
        assert f"aankondiging-beta: onzeker aan {adres('beta')} (afgebroken): vraag na of hij aankwam" in said
        assert f"aankondiging-gamma: niet verstuurd aan {adres('gamma')}" in said
        assert errors.endswith("woontraject: afgebroken\n")
    assert opdracht.stand() == {"alfa": "verstuurd", "beta": "onzeker"}
    assert opdracht.send().exit_code == 0
    assert box.to == ALLE
    assert opdracht.stand() == VERSTUURD | {"beta": "onzeker"}
    assert [path.name for path in (opdracht.root / NOTES).parent.iterdir()] == ["2026-11.yaml"]


# Never in the clear, never to anybody else


@pytest.mark.parametrize(
    ("host", "certificate", "said"),
    [
        ("localhost", "vreemd", "self-signed certificate"),
        ("127.0.0.1", "localhost", "IP address mismatch"),
    ],
)
@pytest.mark.parametrize("modus", ["starttls", "tls"])
def test_a_wrong_certificate_stops(
    four: Path, box: Mailbox, certificates: Certificates, modus: str, host: str, certificate: str, said: str
) -> None:
    with running(box, certificates.context(certificate), modus, login=True) as port:
        given = {"HOST": host, "USER": LOGIN[0], "SECRET": LOGIN[1]}
        result = (opdracht := Opdracht(four, to(port, certificates, modus, **given))).send()
    assert result.exit_code == 1
    assert f"het certificaat van {host}:{port} klopt niet (" in result.stderr
    assert said in result.stderr
    assert (box.taken, box.logins, opdracht.notes()) == ([], [], {})


def test_the_authorities_of_the_system_do_not_know_ours(opdracht: Opdracht, box: Mailbox) -> None:
    result = opdracht.send(WOONTRAJECT_SMTP_CA="")
    assert result.exit_code == 1
    assert "Komt het van een eigen autoriteit, noem haar bestand dan in WOONTRAJECT_SMTP_CA" in result.stderr
    assert box.taken == []


@contextmanager
def between(lines: list[bytes]) -> Iterator[tuple[int, list[bytes]]]:
    """Somebody on the line who answers in place of the server: the port, and all that is said to them."""
    heard: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0))

    def answer() -> None:
        connection, _ = listener.accept()
        with connection, connection.makefile("rb") as source, suppress(ConnectionResetError):
            for line in lines:
                connection.sendall(line)
                heard.append(source.readline())
            heard.append(source.read())

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1], heard
    finally:
        thread.join(timeout=10)
        listener.close()


STRIPPED = [b"220 x\r\n", b"250-localhost\r\n250 AUTH PLAIN LOGIN\r\n"]
REFUSED = [b"220 x\r\n", b"250-localhost\r\n250-AUTH PLAIN\r\n250 STARTTLS\r\n", b"454 4.7.0 nu niet\r\n"]
INJECTED = [b"220 x\r\n", b"250-localhost\r\n250-AUTH PLAIN\r\n250 STARTTLS\r\n", b"220 go\r\n250 x\r\n250 x\r\n"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (STRIPPED, "biedt geen beveiligde verbinding aan (STARTTLS): er is niets verstuurd"),
        (REFUSED, "weigert: 454 4.7.0 nu niet"),
        (INJECTED, "is niet te bereiken (geen antwoord)"),
    ],
    ids=["stripped", "refused", "answers put in before encryption"],
)
def test_without_encryption_nothing_is_said(
    four: Path, certificates: Certificates, lines: list[bytes], said: str
) -> None:
    with between(lines) as (port, heard):
        given = {"USER": LOGIN[0], "SECRET": LOGIN[1], "TIMEOUT": "1"}
        result = (opdracht := Opdracht(four, to(port, certificates, **given))).send()
    assert result.exit_code == 1
    assert said in result.stderr
    assert opdracht.notes() == {}
    plain = b"".join(heard)
    assert plain.startswith(b"ehlo huisvester.example\r\n")
    assert not re.search(rb"(?i)mail from|rcpt|auth|data|alfa", plain)


def test_a_line_without_tls_in_place_of_tls(four: Path, certificates: Certificates) -> None:
    with between([b"220 welkom\r\n"]) as (port, heard):
        result = Opdracht(four, to(port, certificates, "tls")).send()
    assert result.exit_code == 1
    assert "geeft geen beveiligde verbinding: kijk WOONTRAJECT_SMTP_MODE en WOONTRAJECT_SMTP_PORT na" in result.stderr
    assert b"ehlo" not in b"".join(heard).lower()


def test_a_server_that_is_not_there(four: Path, certificates: Certificates) -> None:
    result = Opdracht(four, to(1, certificates)).send()
    assert result.exit_code == 1
    assert "localhost:1 is niet te bereiken (Connection refused): kijk" in result.stderr
    for host in ("bestaat.niet.invalid", "a..b"):
        nowhere = Opdracht(four, to(25, certificates, HOST=host)).send()
        assert f"{host}:25 is niet te vinden: kijk WOONTRAJECT_SMTP_HOST na" in nowhere.stderr


# Before anything is sent


def test_an_error_in_the_register_stops_it(opdracht: Opdracht, box: Mailbox, register: Make) -> None:
    register({"dossiers/VT-2026-009.yaml": "id: VT-2026-009\nstart: 2026-02-30\n"})
    for more in ([], ["--dry-run"]):
        result = opdracht.send("2026-11", *more)
        assert result.exit_code == 1
        assert "VT-2026-009.yaml:2:8: fout WAARDE: de datum 2026-02-30 bestaat niet" in result.stderr
    assert box.connections == 0


def test_a_broken_rule_stops_it(opdracht: Opdracht, box: Mailbox, register: Make) -> None:
    register({"protocol/overleg/2026-11.yaml": "omega: {gehouden: true}\n"})
    result = opdracht.send()
    assert (result.exit_code, box.connections) == (1, 0)
    assert "protocol/overleg/2026-11.yaml:1:1: fout VERWIJZING" in result.stderr


def test_a_partner_without_an_address_stops_it(opdracht: Opdracht, box: Mailbox, register: Make) -> None:
    without = dict.fromkeys(("beta", "delta"), "{telefoon: 050 00 00 02, kantooruren: altijd}")
    register({"protocol/partners.yaml": partners(**without)})
    for more in ([], ["--dry-run"]):
        result = opdracht.send("2026-11", *more)
        assert (result.exit_code, box.connections) == (1, 0)
        assert result.stderr == (
            "woontraject: zonder e-mailadres in protocol/partners.yaml kan er niets vertrekken: "
            "vul ‘contact: {email: …}’ in voor beta, delta\n"
        )
    assert opdracht.send("2026-11", "--partner", "alfa", "--partner", "gamma").exit_code == 0
    assert box.to == [adres("alfa"), adres("gamma")]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("2026-13",), 2, "verwacht een maand als 2026-11, niet ‘2026-13’"),
        (("2026-11", "brieven"), 2, "aankondiging, conclusies of aanmelding"),
        (("2026-11", "--partner", "omega"), 2, "de partner omega bestaat niet (wel: alfa, beta, gamma, delta)"),
        (("2026-12",), 0, "Er is niets te versturen."),
        (("2026-11", "conclusies"), 0, "Er is niets te versturen."),
    ],
)
def test_wrong_use(opdracht: Opdracht, box: Mailbox, arguments: tuple[str, ...], code: int, said: str) -> None:
    result = opdracht.send(*arguments)
    assert (result.exit_code, box.connections) == (code, 0)
    assert said in result.output


def test_a_dry_run_shows_all_and_does_nothing(opdracht: Opdracht, box: Mailbox) -> None:
    result = opdracht.send("2026-11", "--dry-run", WOONTRAJECT_SMTP_HOST="")
    assert result.exit_code == 0
    for partner in PARTNERS:
        assert f"aankondiging-{partner}\nAan: {adres(partner)}\nOnderwerp: Overleg Huisvester – " in result.stdout
    assert "- VT-2026-003: maand 4" in result.stdout
    assert result.stdout.endswith("Mails die zouden vertrekken: 4. Er is niets verstuurd.\n")
    assert (box.connections, opdracht.notes()) == (0, {})


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "WOONTRAJECT_SMTP_HOST is niet ingevuld"),
        ({"HOST": "x", "MODE": "plat"}, "WOONTRAJECT_SMTP_MODE is starttls of tls, niet ‘plat’"),
        ({"HOST": "x", "PORT": "70000"}, "WOONTRAJECT_SMTP_PORT is een getal van 1 tot en met 65535"),
        ({"HOST": "x", "TIMEOUT": "kort"}, "WOONTRAJECT_SMTP_TIMEOUT is een getal"),
        ({"HOST": "x", "USER": "u"}, "WOONTRAJECT_SMTP_USER en WOONTRAJECT_SMTP_SECRET horen samen"),
        ({"HOST": "x", "USER": "u", "SECRET": "é"}, "zonder letters met accenten"),
        ({"HOST": "x", "SENDER": "Dienst <a@b.example>"}, "WOONTRAJECT_SMTP_SENDER is een e-mailadres en niets meer"),
        ({"HOST": "x", "SENDER": "a@b.example\r\nBcc: c"}, "WOONTRAJECT_SMTP_SENDER is een e-mailadres en niets meer"),
    ],
)
def test_settings_that_cannot_be(given: dict[str, str], said: str) -> None:
    with pytest.raises(Gestopt, match=re.escape(said)):
        read_server({f"WOONTRAJECT_SMTP_{name}": value for name, value in given.items()}, "dienst@huisvester.example")


def test_settings_left_out() -> None:
    for modus, port in (("", 587), ("starttls", 587), ("tls", 465)):
        server = read_server(
            {"WOONTRAJECT_SMTP_HOST": "x", "WOONTRAJECT_SMTP_MODE": modus}, "dienst@huisvester.example"
        )
        assert (server.port, server.afzender, server.ca, server.wacht) == (port, "dienst@huisvester.example", None, 60)
    assert "Zeer" not in repr(
        read_server(
            {"WOONTRAJECT_SMTP_HOST": "x", "WOONTRAJECT_SMTP_USER": "u", "WOONTRAJECT_SMTP_SECRET": "Zeer"},
            "a@b.example",
        )
    )


def test_a_file_of_certificates_that_is_none(opdracht: Opdracht, four: Path) -> None:
    for path in ("weg.pem", "partners.yaml"):
        file = four / "protocol" / path
        result = opdracht.send(WOONTRAJECT_SMTP_CA=str(file))
        assert result.exit_code == 1
        assert f"{file} (WOONTRAJECT_SMTP_CA) is niet te lezen: " in result.stderr


def test_two_at_once(opdracht: Opdracht, box: Mailbox) -> None:
    import fcntl

    folder = opdracht.root / "protocol/overleg"
    folder.mkdir()
    handle = os.open(folder, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    result = opdracht.send()
    os.close(handle)
    assert (result.exit_code, box.connections) == (1, 0)
    assert "er is al iemand mails aan het versturen uit dit register" in result.stderr


# What is noted

WRITTEN = """\
# November, by hand

beta:   { plaats: kantoor,  uur: 15:30 }   # zaal 2
alfa:
    aankondiging_verstuurd: 2026-11-18     # per brief


# einde
"""


def test_what_people_wrote_stays(opdracht: Opdracht, box: Mailbox, register: Make) -> None:
    register({NOTES: WRITTEN})
    assert opdracht.send().exit_code == 0
    assert box.to == ALLE[1:]
    one = f"verzonden: {{aankondiging: {{op: {OP}, kenmerk: …}}}}, aankondiging_verstuurd: {OP}"
    told = re.sub(r"kenmerk: [a-z]{20}", "kenmerk: …", (opdracht.root / NOTES).read_text(encoding="utf-8"))
    new = "".join(f"{partner}: {{{one}}}\n" for partner in ("gamma", "delta"))
    assert told == WRITTEN.replace("15:30 }", f"15:30, {one} }}").replace("# per brief\n", f"# per brief\n{new}")


@pytest.mark.parametrize(
    ("moment", "arrived", "said"),
    [
        ("onzeker", ["alfa"], f"{NOTES}: hier kan het programma niets noteren: kijk het bestand na"),
        (
            "verstuurd",
            ["alfa", "beta"],
            f"aankondiging-beta is verstuurd op {OP}, en dat is niet genoteerd: noteer het zelf",
        ),
    ],
    ids=["before", "after"],
)
def test_a_file_that_is_broken_meanwhile_stops_the_rest(
    opdracht: Opdracht, box: Mailbox, monkeypatch: pytest.MonkeyPatch, moment: str, arrived: list[str], said: str
) -> None:
    """Nothing leaves that cannot be noted; what left is told."""
    first = verzenden.note

    def note(root: Path, mail: Mail, kenmerk: str, stand: str, op: date) -> str:
        if (mail.partner, stand) == ("beta", moment):
            (opdracht.root / NOTES).write_text("alfa: [", encoding="utf-8")
        return first(root, mail, kenmerk, stand, op)

    monkeypatch.setattr(verzenden, "note", note)
    result = opdracht.send()
    assert result.exit_code == 1
    assert said in result.stderr
    assert box.to == [adres(partner) for partner in arrived]
    for partner in PARTNERS:
        stand = "verstuurd" if partner in arrived else "niet verstuurd"
        assert f"aankondiging-{partner}: {stand} aan" in result.stdout


def test_a_folder_that_may_not_be_written_stops_it(opdracht: Opdracht, box: Mailbox) -> None:
    (opdracht.root / "protocol/overleg").write_text("", encoding="utf-8")
    result = opdracht.send()
    assert (result.exit_code, box.connections) == (1, 0)
    assert "Traceback" not in result.output


def test_a_changed_mail_goes_again_only_when_asked(opdracht: Opdracht, box: Mailbox, register: Make) -> None:
    assert opdracht.send().exit_code == 0
    signaal = "logboek: [{soort: signaal, datum: 2026-11-10, aard: schade, omschrijving: een lek}]\n"
    path, text = next(iter(dossier(1, "alfa").items()))
    register({path: text + signaal})
    quiet = opdracht.send()
    assert (quiet.exit_code, len(box.taken)) == (0, 4)
    changed = f"aankondiging-alfa: al verstuurd op {OP}, en intussen gewijzigd (--again stuurt hem opnieuw)\n"
    assert changed in quiet.stdout
    assert opdracht.send("2026-11", "--again").exit_code == 0
    assert box.to == [*ALLE, adres("alfa")]
    first, second = (message for message in box.messages() if message["To"] == adres("alfa"))
    assert first["Message-ID"] != second["Message-ID"]
    assert "een lek" in str(second.get_body(("plain",)))


# Decisions and conclusions


def test_decisions_and_conclusions(opdracht: Opdracht, box: Mailbox, register: Make) -> None:
    entry = "logboek: [{soort: overleg, datum: 2026-10-29, verloop: goed, conclusie: gaat vooruit}]\n"
    path, text = next(iter(dossier(1, "alfa", ", besluit: {datum: 2026-10-05, uitkomst: toegelaten}").items()))
    register({path: text + entry})
    assert opdracht.send("2026-10", "aanmelding").exit_code == 0
    assert opdracht.send("2026-10").exit_code == 0
    notes = yaml.safe_load((opdracht.root / "protocol/overleg/2026-10.yaml").read_text(encoding="utf-8"))["alfa"]
    assert str(notes["aanmeldingen_verstuurd"]["VT-2026-001"]) == OP
    assert str(notes["conclusies_verstuurd"]) == OP
    assert notes["verzonden"].keys() == {"aanmeldingen", "conclusies"}
    decision, conclusions = box.messages()
    assert decision["Subject"] == "Besluit over uw aanmelding VT-2026-001"
    assert conclusions["Subject"] == "Conclusies van het overleg Huisvester – Alfa van donderdag 29 oktober 2026"
    assert opdracht.send("2026-10").stdout.endswith("Er is niets te versturen.\n")
    register({path: text.replace("10-05, uitkomst: toegelaten", "10-20, uitkomst: wachtlijst") + entry})
    assert opdracht.send("2026-10").stdout.endswith("Er is niets te versturen.\n")
