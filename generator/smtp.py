"""Handing mails over to a mail server (RFC 5321), always encrypted: never a word or a password in the clear."""

import re
import smtplib
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

from generator.findings import Gestopt
from generator.load import printable

PREFIX = "WOONTRAJECT_SMTP_"
PAUZES = (1.0, 5.0, 15.0)
"""Seconds between attempts to reach a server that went away."""
_LOST = (smtplib.SMTPException, OSError)
_CLOSING, _LOGIN_FIRST = 421, 530
_ADDRESS = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


@dataclass(frozen=True)
class Server:
    """Where to hand mails over, and as whom."""

    host: str
    port: int
    modus: Literal["starttls", "tls"]
    afzender: str
    user: str = ""
    secret: str = field(default="", repr=False)
    ca: Path | None = None
    """Certificates of an authority of one's own."""
    wacht: float = 60
    """Seconds to wait for each answer."""


class Antwoord(NamedTuple):
    """What became of a mail."""

    stand: Literal["verstuurd", "geweigerd", "onzeker"]
    tekst: str = ""
    """What the server said."""


def read_server(environ: Mapping[str, str], afzender: str) -> Server:
    """From `WOONTRAJECT_SMTP_…`; `afzender` sends when no other is given."""
    given = {name.removeprefix(PREFIX): value.strip() for name, value in environ.items() if name.startswith(PREFIX)}
    modus, user, secret = given.get("MODE") or "starttls", given.get("USER", ""), given.get("SECRET", "")
    afzender = given.get("SENDER") or afzender
    if modus not in ("starttls", "tls"):
        raise Gestopt(f"{PREFIX}MODE is starttls of tls, niet ‘{printable(modus)}’")
    if not given.get("HOST"):
        raise Gestopt(f"{PREFIX}HOST is niet ingevuld: vul in welke mailserver de mails verstuurt")
    if bool(user) != bool(secret) or not (user + secret).isascii():
        raise Gestopt(f"{PREFIX}USER en {PREFIX}SECRET horen samen, zonder letters met accenten: kijk ze allebei na")
    if not _ADDRESS.fullmatch(afzender):
        raise Gestopt(f"{PREFIX}SENDER is een e-mailadres en niets meer, niet ‘{printable(afzender)}’")
    return Server(
        host=given["HOST"],
        port=_number(given.get("PORT") or ("465" if modus == "tls" else "587"), "PORT", 65535),
        modus="tls" if modus == "tls" else "starttls",
        afzender=afzender,
        user=user,
        secret=secret,
        ca=Path(given["CA"]) if given.get("CA") else None,
        wacht=_number(given.get("TIMEOUT") or "60", "TIMEOUT", 3600),
    )


def _number(text: str, name: str, most: int) -> int:
    if not re.fullmatch("[0-9]{1,5}", text) or not 1 <= int(text) <= most:
        raise Gestopt(f"{PREFIX}{name} is een getal van 1 tot en met {most}, niet ‘{printable(text)}’")
    return int(text)


class Postbode:
    """One connection for all mails; when the server goes away, a new one once it is back."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.smtp: smtplib.SMTP | None = None

    def __enter__(self) -> "Postbode":
        self.smtp = connect(self.server)
        return self

    def __exit__(self, *_: object) -> None:
        if self.smtp:
            with suppress(*_LOST):
                self.smtp.quit()
            self._drop()

    def deliver(self, aan: str, message: bytes, begin: Callable[[], None]) -> Antwoord:
        """Hand one mail over. `begin` is called just before its content leaves: when no answer follows, nobody knows.

        Before that a lost connection costs nothing: it is tried once more.
        """
        for last in (False, True):
            smtp = self._reached()
            try:
                refused = _envelope(smtp, self.server.afzender, aan)
                break
            except _LOST as error:
                self._drop()
                if last:
                    raise _Weg(f"de mailserver verbreekt telkens de verbinding ({_said(error)})") from None
        if refused:
            return refused
        try:
            begin()
            return self._content(smtp, message)
        except BaseException:
            self._drop()  # the server waits for content: nothing else can be said
            raise

    def _content(self, smtp: smtplib.SMTP, message: bytes) -> Antwoord:
        try:
            return _content(smtp, message)
        except _LOST as error:
            self._drop()
            return Antwoord("onzeker", _said(error))

    def _reached(self) -> smtplib.SMTP:
        """The connection, or a new one; a server that restarts gets some time."""
        for pause in PAUZES:
            try:
                self.smtp = self.smtp or connect(self.server)
            except _Weg:
                time.sleep(pause)
        self.smtp = self.smtp or connect(self.server)
        return self.smtp

    def _drop(self) -> None:
        if self.smtp:
            self.smtp.close()
        self.smtp = None


def _envelope(smtp: smtplib.SMTP, afzender: str, aan: str) -> Antwoord | None:
    """From whom and to whom; None when the server waits for the content."""
    for command, wanted in ((f"MAIL FROM:<{afzender}>", 250), (f"RCPT TO:<{aan}>", 250), ("DATA", 354)):
        code, said = smtp.docmd(command)
        if code == _CLOSING:
            raise smtplib.SMTPServerDisconnected(_text(said))
        if code == _LOGIN_FIRST:
            raise Gestopt(f"de mailserver vraagt een gebruiker: vul {PREFIX}USER en {PREFIX}SECRET in")
        if code != wanted and not (wanted == 250 and code == 251):
            with suppress(*_LOST):  # a server that hangs up after a refusal: the next mail finds out
                smtp.rset()
            return Antwoord("geweigerd", f"{code} {_text(said)}")
    return None


def _content(smtp: smtplib.SMTP, message: bytes) -> Antwoord:
    """A line with a dot alone ends it; others that begin with one get another (RFC 5321 section 4.5.2)."""
    smtp.send(re.sub(rb"(?m)^\.", b"..", message) + b".\r\n")
    code, said = smtp.getreply()
    if code == _CLOSING:
        smtp.close()
    if 200 <= code < 300:
        return Antwoord("verstuurd", f"{code} {_text(said)}")
    return Antwoord("geweigerd" if 400 <= code < 600 else "onzeker", f"{code} {_text(said)}")


class _Weg(Gestopt):
    """The server cannot be reached: it may come back."""


def connect(server: Server) -> smtplib.SMTP:
    """An encrypted connection to a server that proves its name, logged in; whatever is wrong stops here."""
    name = server.afzender.partition("@")[2]
    where = f"{server.host}:{server.port}"
    try:
        context = ssl.create_default_context(cafile=server.ca)
    except OSError as error:
        raise Gestopt(f"{server.ca} ({PREFIX}CA) is niet te lezen: {error.strerror or error}") from None
    try:
        if server.modus == "tls":
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, name, timeout=server.wacht, context=context)
        else:
            smtp = smtplib.SMTP(server.host, server.port, name, timeout=server.wacht)
    except (*_LOST, UnicodeError) as error:  # a name that cannot be one
        raise _explained(error, where) from None
    try:
        if server.modus == "starttls":
            _encrypt(smtp, context, where)
        smtp.ehlo_or_helo_if_needed()
        if server.user:
            _log_in(smtp, server)
    except _LOST as error:
        smtp.close()
        raise _explained(error, where) from None
    except Gestopt:
        smtp.close()
        raise
    return smtp


def _encrypt(smtp: smtplib.SMTP, context: ssl.SSLContext, where: str) -> None:
    """Whoever sits between may leave the offer out: then nothing is said any more."""
    smtp.ehlo_or_helo_if_needed()
    if not smtp.has_extn("starttls"):
        raise Gestopt(f"{where} biedt geen beveiligde verbinding aan (STARTTLS): er is niets verstuurd")
    smtp.starttls(context=context)


def _log_in(smtp: smtplib.SMTP, server: Server) -> None:
    if not smtp.has_extn("auth"):
        raise Gestopt(f"{server.host} vraagt geen gebruiker: laat {PREFIX}USER en {PREFIX}SECRET leeg")
    try:
        smtp.login(server.user, server.secret)
    except smtplib.SMTPAuthenticationError as error:
        text = f"{error.smtp_code} {_text(error.smtp_error)}"
        raise Gestopt(f"de mailserver weigert {PREFIX}USER en {PREFIX}SECRET ({text})") from None


def _explained(error: smtplib.SMTPException | OSError | UnicodeError, where: str) -> Gestopt:
    """What went wrong before any mail, in words that say what to do."""
    match error:
        case ssl.SSLCertVerificationError():
            own = f"Komt het van een eigen autoriteit, noem haar bestand dan in {PREFIX}CA"
            return Gestopt(f"het certificaat van {where} klopt niet ({error.verify_message}): niets verstuurd. {own}")
        case ssl.SSLError():
            return Gestopt(f"{where} geeft geen beveiligde verbinding: kijk {PREFIX}MODE en {PREFIX}PORT na")
        case socket.gaierror() | UnicodeError():
            return _Weg(f"{where} is niet te vinden: kijk {PREFIX}HOST na")
        case smtplib.SMTPResponseException():
            return _Weg(f"{where} weigert: {error.smtp_code} {_text(error.smtp_error)}")
    return _Weg(f"{where} is niet te bereiken ({_said(error)}): kijk {PREFIX}HOST, PORT en MODE na")


def _said(error: BaseException) -> str:
    """Why there is no answer."""
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return "geen antwoord"
    return str(error.strerror) if isinstance(error, ConnectionRefusedError) else "de verbinding is verbroken"


def _text(said: bytes | str) -> str:
    text = said if isinstance(said, str) else said.decode("utf-8", "replace")
    return printable(text)[:200]
