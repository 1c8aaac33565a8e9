"""Seeded registers of any size, for measuring: the project's protocol with invented dossiers."""

import random
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from generator.kalender import Kalender, add_months
from generator.register import read_register

PROJECT = Path(__file__).parent.parent
PARTNERS = tuple(f"dienst-{number:02}" for number in range(1, 16))
"""Beside those of the protocol, which guide nobody here."""
PARTNER = """\
{id}:
  naam: Dienst {id}
  rol: welzijn
  contact: {{email: {id}@voorbeeld.example, telefoon: 050 00 00 00, kantooruren: ma–vr 9–17}}
  overleg: {{plaats: teams, link: https://teams.example/{id}}}
"""
TODAY = date(2026, 11, 21)
TEXTS = (
    "klachten van buren over lawaai",
    "de tuin is niet onderhouden",
    "betaalt de huur op tijd",
    "veel afspraken gemist",
)


def _kalender() -> Kalender:
    register, findings = read_register(PROJECT)
    if register is None:
        raise SystemExit(f"the protocol of the project cannot be read: {findings}")
    return Kalender(register.kalender.overleg, {})


KALENDER = _kalender()


def make_register(root: Path, dossiers: int, seed: int = 1) -> None:
    """Write a register with that many dossiers; the same seed gives the same bytes."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(PROJECT / "protocol", root / "protocol")
    shutil.rmtree(root / "protocol/overleg", ignore_errors=True)
    with (root / "protocol/partners.yaml").open("a", encoding="utf-8") as partners:
        partners.writelines(PARTNER.format(id=partner) for partner in PARTNERS)
    (root / "dossiers").mkdir()
    chance = random.Random(seed)
    for number in range(1, dossiers + 1):
        start = date(2025, 1, 1) + timedelta(days=chance.randrange(650))
        name = f"VT-{start.year}-{number:05}"
        (root / f"dossiers/{name}.yaml").write_text(_dossier(name, start, chance), encoding="utf-8")


def _dossier(name: str, start: date, chance: random.Random) -> str:
    partner = chance.choice(PARTNERS)
    signed = start - timedelta(days=chance.randint(1, 20))
    entries = [*_events(start, chance), *_evaluations(start, chance)]
    entries = [line for _, line in sorted(entries)]
    return "\n".join(
        [
            f"id: {name}",
            "traject: versnelde-toewijzing",
            f"woning: W-{chance.randrange(10000):05}",
            f"start: {start}",
            "aanmelding:",
            f"  datum: {start - timedelta(days=60)}",
            f"  partner: {partner}",
            "documenten:",
            f"  toestemmingsverklaring: {signed}",
            f"  begeleidingsovereenkomst: {signed}",
            f"  huurovereenkomst: {signed}",
            "begeleiding:",
            f"  - {{partner: {partner}, begeleider: W-{chance.randint(1, 9):02}, vanaf: {start}}}",
            "logboek:" if entries else "",
            *entries,
            "",
        ]
    )


def _events(start: date, chance: random.Random) -> Iterator[tuple[date, str]]:
    """What happens in between: signals and contacts."""
    for _ in range(chance.randrange(5)):
        day = start + timedelta(days=chance.randrange(300))
        closed = f", afgesloten: {day + timedelta(days=30)}" if chance.random() < 0.7 else ""
        text = chance.choice(TEXTS)
        yield day, f"  - {{soort: signaal, datum: {day}, aard: leefbaarheid, omschrijving: {text}{closed}}}"
    for _ in range(chance.randrange(5)):
        day = start + timedelta(days=chance.randrange(300))
        yield day, f"  - {{soort: contact, datum: {day}, doorgegaan: true}}"


def _evaluations(start: date, chance: random.Random) -> Iterator[tuple[date, str]]:
    """The moments that took place, up to the extension of one in three."""
    for months in (1, 4, 10):
        day = KALENDER.eerste_vanaf(add_months(start, months)).datum
        if day is None or day > TODAY:
            return
        extended = months == 10 and chance.random() < 0.33
        more = ", besluit: verlengen, maanden: 6" if extended else ""
        yield day, f"  - {{soort: overleg, datum: {day}, moment: overleg-{months}m, verloop: goed{more}}}"
        if months == 1 and (visit := add_months(start, 3)) <= TODAY:
            yield visit, f"  - {{soort: huisbezoek, datum: {visit}, moment: huisbezoek-3m, wooncultuur: goed}}"
        if extended:
            for overleg in KALENDER.tussen(day, min(TODAY, add_months(start, 18))):
                name = f"overleg-verlenging-{overleg.maand}"
                yield (
                    overleg.datum or day,
                    f"  - {{soort: overleg, datum: {overleg.datum}, moment: {name}, verloop: goed}}",
                )
