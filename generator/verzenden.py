"""Sending the mails of a month, each once: what the server answers is noted before the next one leaves."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from generator.findings import Gestopt, stopped_by
from generator.noteren import note
from generator.render.mail import Brief, message
from generator.smtp import Antwoord, Postbode


def reason_to_skip(brief: Brief, *, again: bool) -> str | None:
    """Why a mail is not sent now; None: it is. What was surely sent and still says the same never goes again."""
    mail, attempt = brief.mail, brief.mail.poging
    if attempt and attempt.stand == "onzeker":
        return None if again else f"onzeker sinds {attempt.op}: vraag na of hij aankwam (--again stuurt hem nog eens)"
    if mail.verstuurd is None:
        return None
    if attempt and attempt.stand == "verstuurd" and not brief.gewijzigd:
        return f"al verstuurd op {mail.verstuurd}"
    if again:
        return None
    changed = ", en intussen gewijzigd (--again stuurt hem opnieuw)" if attempt else ""
    return f"al verstuurd op {mail.verstuurd}{changed}"


def send_letters(
    root: Path, letters: Sequence[Brief], post: Postbode, op: date, now: Callable[[], datetime]
) -> Iterator[tuple[Brief, Antwoord]]:
    """Send mails one by one; gives each with its answer, once that is noted.

    Before the content leaves it is noted as uncertain: whatever happens then, it is not sent again by itself.
    """
    with post:
        for brief in letters:
            yield from _send(root, brief, post, op, now())


def _send(root: Path, brief: Brief, post: Postbode, op: date, now: datetime) -> Iterator[tuple[Brief, Antwoord]]:
    mail, begun = brief.mail, False

    def begin() -> None:
        nonlocal begun
        note(root, mail, brief.kenmerk, "onzeker", op)
        begun = True

    if mail.aan is None:
        raise Gestopt(f"{mail.partner} heeft geen e-mailadres: vul het in, in protocol/partners.yaml")
    try:
        answer = post.deliver(mail.aan, message(brief, post.server.afzender, now), begin)
    except BaseException:  # somebody stops us too
        if begun:
            yield brief, Antwoord("onzeker", "afgebroken")
        raise
    problem = _noted(root, brief, answer, op)
    yield brief, answer
    if problem:
        raise problem


def _noted(root: Path, brief: Brief, answer: Antwoord, op: date) -> Gestopt | None:
    """What keeps the answer from being noted."""
    if answer.stand == "onzeker":
        return None  # it was, beforehand
    try:
        note(root, brief.mail, brief.kenmerk, answer.stand, op)
    except Gestopt as stopped:
        text = f"{brief.mail.naam} is {answer.stand} op {op}, en dat is niet genoteerd: noteer het zelf"
        return Gestopt(f"{text} ({stopped})")
    return None


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Two people who read and send at once would send twice: the second one stops."""
    folder = root / "protocol" / "overleg"
    try:
        import fcntl
    except ImportError:  # not on Windows: there it is the users' own affair
        yield
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Gestopt("er is al iemand mails aan het versturen uit dit register: wacht tot dat klaar is") from None
    except OSError as error:
        raise stopped_by(error, folder) from None
    try:
        yield
    finally:
        os.close(handle)
