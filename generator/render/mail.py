"""Mails: views → what they say, the drafts that a coordinator opens, and the messages that are sent (RFC 5322, MIME).

A template gives the HTML, its title the subject, and the HTML the plain text. The same mail gives the same bytes.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from email import policy
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from hashlib import sha256
from html import unescape

from jinja2 import Environment
from markupsafe import Markup, escape

from generator.model.view import Mail, PartnerOverlegView
from generator.render import woorden
from generator.render.ical import one_meeting
from generator.render.platte_tekst import AS_TYPED, plain_text
from generator.render.sjabloon import compile_all, fill_template, make_environment

_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_LETTERS = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")


@dataclass(frozen=True)
class Brief:
    """What a mail says: twice the same, as text and as HTML."""

    mail: Mail
    onderwerp: str
    tekst: str
    html: str

    @property
    def kenmerk(self) -> str:
        """The same for the same content, and another for another: with it receivers know a mail that comes twice."""
        said = "\n".join((self.mail.soort, self.mail.maand, self.mail.partner, self.onderwerp, self.tekst))
        return sha256(said.encode()).hexdigest()[:20].translate(_LETTERS)

    @property
    def gewijzigd(self) -> bool:
        """It was sent, and would say something else now."""
        return self.mail.poging is not None and self.mail.poging.kenmerk != self.kenmerk


def make_letter(mail: Mail, templates: Mapping[str, str]) -> Brief:
    """A mail in the words of its template."""
    environment = _environment(tuple(sorted(templates.items())))
    html = fill_template(environment, f"mail/{mail.soort}.html", {"mail": mail}).lstrip()
    found = _TITLE.search(html)
    return Brief(mail, one_line(unescape(found[1])) if found else "", plain_text(html), html)


def make_letters(mails: Iterable[Mail], templates: Mapping[str, str]) -> tuple[Brief, ...]:
    """Every mail in the words of its template."""
    return tuple(make_letter(mail, templates) for mail in mails)


def draft(brief: Brief) -> bytes:
    """A file that Outlook and Thunderbird open as a mail to be sent: who sends it, and when, is not said yet."""
    return _bytes(brief, {"X-Unsent": "1", **_to(brief)})


def message(brief: Brief, afzender: str, verstuurd: datetime) -> bytes:
    """The same as it is sent. The Message-ID follows from the content."""
    mail = brief.mail
    naam = re.sub(r"[^\w .’'&-]", "", one_line(f"{mail.dienst} {mail.organisatie}"))
    return _bytes(
        brief,
        {
            "From": Address(naam, addr_spec=afzender),
            **_to(brief),
            **({"Reply-To": mail.email} if mail.email != afzender else {}),
            "Date": format_datetime(verstuurd),
            "Message-ID": f"<{brief.kenmerk}@{afzender.partition('@')[2]}>",
        },
    )


def one_line(text: str) -> str:
    """For a header: no line break, and nothing that reads as an encoded word (RFC 2047)."""
    return " ".join(text.split()).replace("=?", "= ?")


def _to(brief: Brief) -> dict[str, str]:
    return {"To": brief.mail.aan} if brief.mail.aan else {}


def _bytes(brief: Brief, headers: Mapping[str, str | Address]) -> bytes:
    """Text and HTML as alternatives, and the event of the meeting beside them. Lines end with CRLF, all ASCII."""
    result = EmailMessage(policy=policy.SMTP)
    for name, value in {**headers, "Subject": brief.onderwerp}.items():
        result[name] = value
    result.set_content(brief.tekst, cte="quoted-printable")
    result.add_alternative(brief.html, subtype="html", cte="quoted-printable")
    if brief.mail.soort == "aankondiging" and brief.mail.overleg:
        event = one_meeting(brief.mail.overleg, brief.mail.organisatie).decode()
        name = f"overleg-{brief.mail.maand}.ics"
        result.add_attachment(event, subtype="calendar", cte="quoted-printable", filename=name)
    # `=_` never stands in quoted-printable, so that no text can end a part.
    for number, part in enumerate(part for part in result.walk() if part.is_multipart()):
        part.set_boundary(f"=_woontraject_{number}")
    return result.as_bytes()


def compile_mails(templates: Mapping[str, str]) -> None:
    """Compile the templates of the mails, as those of pages are."""
    compile_all(
        _environment(tuple(sorted(templates.items()))), (name for name in templates if name.startswith("mail/"))
    )


@cache
def _environment(templates: tuple[tuple[str, str], ...]) -> Environment:
    environment = make_environment(dict(templates))
    environment.filters |= {
        "dag": woorden.dag_voluit,
        "dag_kort": woorden.dag_kort,
        "uur": _hour,
        "einduur": _end,
        "woord": woorden.woord,
        "tekst": _as_typed,
    }
    environment.globals |= {"redenen": woorden.REDENEN, "uitkomsten": woorden.UITKOMSTEN}
    return environment


def _hour(value: time) -> str:
    return f"{value:%H.%M}"


def _end(overleg: PartnerOverlegView) -> str:
    begin = datetime.combine(date.min, overleg.uur)
    return _hour((begin + timedelta(minutes=overleg.overleg.duur)).time())


def _as_typed(text: str) -> Markup:
    """Free text: nothing in it is markup, and its lines and spaces stay."""
    lines = Markup("<br>").join(escape(line) for line in re.split(r"\r\n?|\n", text))
    return Markup('<span style="{}">{}</span>').format(AS_TYPED, lines)
