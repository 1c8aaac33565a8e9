"""A real mail server (aiosmtpd) on loopback, encrypted with certificates of its own, that misbehaves on demand."""

import asyncio
import ssl
import subprocess
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Literal

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.nginx import free_port
from tests.parts import require_command

LOGIN = ("dienst", "Zeer-geheim-1")


@dataclass(frozen=True)
class Certificates:
    """An authority, a certificate that it gave to `localhost`, and one that nobody vouches for."""

    folder: Path

    @property
    def authority(self) -> str:
        return str(self.folder / "ca.pem")

    def context(self, name: str = "localhost") -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / f"{name}.pem", self.folder / f"{name}.key")
        return context


def make_certificates(folder: Path) -> Certificates:
    openssl = require_command("openssl", "apt-get install openssl")

    def make(name: str, *more: str) -> None:
        key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", f"{name}.key"]
        command = [openssl, "req", "-x509", *key, "-out", f"{name}.pem", "-days", "2", *more]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)

    make("ca", "-subj", "/CN=Tests", "-addext", "keyUsage=critical,keyCertSign")  # Python 3.13 asks it (RFC 5280)
    leaf = ("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=CA:false")
    make("localhost", *leaf, "-CA", "ca.pem", "-CAkey", "ca.key")
    make("vreemd", *leaf)
    return Certificates(folder)


Gedrag = Literal[
    "weigert", "straks", "weigert inhoud", "breekt voor", "breekt na", "zwijgt", "traag", "sluit", "herstart", "gaat"
]


@dataclass
class Mailbox:
    """What a server took, and how it behaves to each recipient."""

    gedrag: dict[str, Gedrag] = field(default_factory=dict)
    """Once, except what is refused."""
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    connections: int = 0
    logins: list[str] = field(default_factory=list)

    @property
    def to(self) -> list[str]:
        return [to for to, _ in self.taken]

    def messages(self) -> list[EmailMessage]:
        return [parse(raw) for _, raw in self.taken]


def parse(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


class _Handler:
    def __init__(self, server: "MailServer") -> None:
        self.server, self.box = server, server.box

    async def handle_RCPT(self, server: SMTP, _: Session, envelope: Envelope, to: str, *__: Any) -> str:  # noqa: N802
        match self.box.gedrag.get(to):
            case "weigert":
                return "550 5.1.1 <b>onbekend</b>"
            case "straks":
                return "450 4.2.0 probeer straks"
            case "sluit":
                del self.box.gedrag[to]
                return "421 4.3.0 tot straks"
            case "breekt voor" | "herstart" | "gaat" as what:
                del self.box.gedrag[to]
                if what != "breekt voor":
                    self.server.restart() if what == "herstart" else self.server.go(self.server.stop)
                _abort(server)
                await asyncio.sleep(5)
            case "traag":
                await asyncio.sleep(0.5)
        envelope.rcpt_tos.append(to)
        return "250 2.1.5 goed"

    async def handle_DATA(self, server: SMTP, _: Session, envelope: Envelope) -> str:  # noqa: N802
        to = envelope.rcpt_tos[0]
        what = self.box.gedrag.get(to)
        if what == "weigert inhoud":
            return "554 5.7.1 lijkt op spam"
        assert isinstance(envelope.content, bytes)
        self.box.taken.append((to, envelope.content))
        if what in ("breekt na", "zwijgt"):
            del self.box.gedrag[to]
            if what == "breekt na":
                _abort(server)
            await asyncio.sleep(30)
        if what == "traag":
            await asyncio.sleep(0.5)
        return "250 2.0.0 in de rij"


def _abort(server: SMTP) -> None:
    transport: Any = server.transport
    transport.abort()


class _Controller(Controller):
    def __init__(self, server: "MailServer") -> None:
        self.box = server.box
        starttls = server.modus == "starttls"
        tls: dict[str, Any] = {"tls_context": server.context, "require_starttls": True} if starttls else {}
        super().__init__(
            _Handler(server),
            hostname="127.0.0.1",
            port=server.port,
            ssl_context=None if starttls else server.context,
            authenticator=self._authenticate,
            server_hostname="localhost",
            auth_required=server.login,
            auth_require_tls=starttls,
            **tls,
        )

    def factory(self) -> SMTP:
        self.box.connections += 1
        with warnings.catch_warnings(action="ignore", category=UserWarning):  # that a login asks for TLS: it is there
            return super().factory()

    def _authenticate(self, *given: Any) -> AuthResult:
        data = given[-1]
        assert isinstance(data, LoginPassword)
        self.box.logins.append(data.login.decode())
        good = (data.login.decode(), data.password.decode()) == LOGIN
        return AuthResult(success=good, handled=good)


@dataclass
class MailServer:
    """`modus`: how it encrypts; `login`: it wants one."""

    box: Mailbox
    context: ssl.SSLContext
    modus: str
    login: bool
    port: int = field(default_factory=free_port)

    def start(self) -> None:
        self.controller: _Controller | None = _Controller(self)
        self.controller.start()
        self.box.connections -= 1  # it looks whether it answers

    def stop(self) -> None:
        if self.controller:
            self.controller.stop()
        self.controller = None

    def restart(self) -> None:
        """Go away, and come back after a while."""

        def again() -> None:
            self.stop()
            time.sleep(0.3)
            self.start()

        self.go(again)

    def go(self, action: Callable[[], None]) -> None:
        self.gone = threading.Thread(target=action)
        self.gone.start()


@contextmanager
def running(box: Mailbox, context: ssl.SSLContext, modus: str = "starttls", *, login: bool = False) -> Iterator[int]:
    """The port of a server."""
    server = MailServer(box, context, modus, login)
    server.start()
    try:
        yield server.port
    finally:
        if hasattr(server, "gone"):
            server.gone.join(timeout=10)
        server.stop()
