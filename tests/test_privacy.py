"""What is taken for personal data and what is not, that every text of a dossier is looked at, and that none repeats it.

No number here is a person's: national numbers with the counters 000 and 999 are never issued, and the rest is invented.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from stdnum.iso7064 import mod_97_10

from generator.checks.persoonsgegevens import find_all
from generator.checks.privacy import CHECKS
from generator.findings import Finding
from generator.load import MAX_BYTES, Document
from generator.model.dossier import Dossier
from generator.model.protocol import OverlegVerslag
from generator.register import Register, read_register
from generator.traject import Standen
from tests.conftest import BASIS, VANDAAG, findings_of

MakeRegister = Callable[..., Path]
ORGANISATIES = ("Vivendo", "De Sleutel", "OCMW Brugge")
ERRORS = {"rijksregisternummer", "bisnummer", "rekeningnummer", "telefoonnummer", "e-mailadres", "geboortedatum"}

FOUND = {
    "rijksregisternummer": [
        "85.07.30-999.32",
        "het nummer 85073099932 staat op de brief",
        "RR850730-999.32",
        "85 07 30 999 32",
        "85/07/30-999/32",
        "85-07-30-999-32",
        "850730 999 32",
        "850 730 999 32",
        "85.07.30 – 999.32",
        "85.07.30-\n    999.32",
        "12.03.15-000.46",  # born in this century
        "W-85073099932",
        "2026-11-26 85.07.30-999.32",
        "3 85.07.30-999.32",
    ],
    "bisnummer": ["85.47.30-999.21", "bis: 85473099921"],
    "rekeningnummer": [
        "BE68 5390 0754 7034",
        "be68539007547034",
        "storten op IBAN:BE68-5390-0754-7034 graag",
        "IBANBE68539007547034",
        "om 10 uur op BE 68 5390.0754.7034 gestort",
        "NL91 ABNA 0417 1643 00",
        "GR16 0110 1050 0000 1054 7023 795",
        "BE68 5390 0754\n  7034 van de huurder",
    ],
    "telefoonnummer": [
        "0470 00 00 01",
        "0470/00.00.01",
        "0470-00-00-01",
        "gsm0470000001",
        "0470 000 001",
        "04 70 00 00 01",
        "+32 470 00 00 01",
        "+32(0)470 00 00 01",
        "+32 (0) 470-00.00.01",
        "(+32) 470 00 00 01",
        "0032 470 00 00 01",
        "0032 (0)470 000 001",
        "00 32 470 00 00 01",
        "050 00 01 02",
        "(050) 00 01 02",
        "050/00.01.02",
        "050-00-01-02",
        "bel 050000102 3 keer",
        "02 100 00 01",
        "02/100.00.01",
        "09/100 0001",
        "+32 50 10 01 02",
        "+31 6 10000001",
        "+33 1 10 00 00 01",
        "0031 6 10000001",
        "huurder belde op 2026-11-26 met 0470 00 00 01",
    ],
    "e-mailadres": [
        "anna@voorbeeld.example",
        "mail naar Anna.P+huur@sub.voorbeeld.example, graag",
        "anna @ voorbeeld.example",
        "anna (at) voorbeeld.example",
    ],
    "geboortedatum": [
        "geboren op 30/07/1985",
        "Geboren: 1985-07-30",
        "geboren te Sint-Niklaas, op 30 juli 1985",
        "GEBOREN TE BRUGGE OP 30.07.1985",
        "geboortedatum 30071985",
        "geb. 30.7.85",
        "geb.dat.: 30-07-1985",
        "°30/07/1985",
        "(° Brugge, 30-07-1985)",
        "op 30/07/1985 geboren",
        "een dochter, 2026-03-01 (geboren in het ziekenhuis)",
        "het kind is geboren op maandag 1 maart 2026",
    ],
    "naam": [
        "mevrouw Peeters",
        "Mevr. Peeters belt",
        "mevrouw De Smet",
        "meneer van den Berghe",
        "dhr.Peeters",
        "mw. J. Peeters",
        "heer en mevrouw Peeters",
        "mevr./dhr. Peeters",
        "MEVROUW PEETERS",
        "mevrouw van ’t Hof",
        "meneer Łukasz",
        "mevrouw\n    Peeters",
        "cliënt Jan",
        "de cliënte Fatima",
        "Huurder Jan deed open",
        "kandidaat-huurder Jan",
        "de bewoner (zoon Jan)",
        "familie Peeters",
        "huurder: Jan Peeters",
        "mevrouw\xa0Peeters",
    ],
    "adres": [
        "Langestraat 12",
        "langestraat 12a",
        "Langestraat nr. 12",
        "Langestraat 12 bus 3",
        "Sint-Jansstraat 4",
        "Koning Albert I-laan 3",
        "Boeveriestr. 8",
        "Gistelse Steenweg 1023",
        "Oude Markt 3",
        "Lange Rei 12",
        "Stationsplein 5",
        "Coupuredreef 7",
        "Langestraat\n    12",
    ],
}
FINE = [
    "",
    "2026-11-26",
    "26/11/2026",
    "van 2026-11-26 tot 2026-12-03",
    "2026-01-15, 2026-02-03",
    "- 2026-01-15\n- 2026-02-03\n- 2026-03-04",
    "10u30",
    "9.00–12.30 en 13.00–17.00",
    "09.30-10.30 uur",
    "10.00-12.00 13.00-16.30",
    "W-1043",
    "W-012345678",
    "VT-2026-014",
    "ondernemingsnummer BE 0470.000.001",
    "3 maanden",
    "bus 12",
    "120 euro op 26/11/2026",
    "26.11.2026 120 euro",
    "2026-11-26 120 euro",
    "04/03/26 120 euro",
    "05/03/2026 3 keer",
    "02/2026 120 euro",
    "1.050.334.455 euro",
    "85.07.30-999.33",  # another check
    "85.07.30-999.3",
    "850730999321",
    "BE68 5390 0754 7035",
    "om 9 uur @ kantoor",
    "18 °C op 26/11/2026",
    "geboren",
    "De baby is geboren en het bezoek verhuist naar 2026-11-26",
    "De baby is geboren. Op 2026-11-26 volgt een bezoek",
    "gebeld op 26/11/2026",
    "gebreken gemeld op 26/11/2026",
    "geboortepremie aangevraagd op 26/11/2026",
    "mevrouw",
    "gesprek met mevrouw over de huur",
    "De huurder. De tuin is niet onderhouden",
    "De cliënt komt",
    "mevrouw P.",
    "OCMW Brugge",
    "De Sleutel",
    "cliënt OCMW",
    "cliënt van De Sleutel",
    "cliënt De Sleutel",
    "mevrouw van Vivendo",
    "Kind en Gezin Brugge",
    "gesprek met de huurder\n    Volgende keer meer",
    "huurder: De tuin is niet onderhouden",
    "straat",
    "in de straat 12 klachten",
    "Langestraat",
    "in de Langestraat 2 keer lawaai",
    "Langestraat 2026",
    "Langestraat 26/11/2026",
    "de supermarkt 2 straten verder",
    "is 3 dagen onderweg 2 nachten",
    "heeft een baan 38 uur",
    "is weg 3 dagen",
    "De huurder is op 26/11 om 14 uur niet thuis. Twee meldingen van buren, 3 huisbezoeken afgezegd.",
    "Klachten van buren over lawaai; het OCMW en CAW volgen op. Budgetbeheer start in 2027.",
]


@pytest.mark.parametrize(("soort", "text"), [(soort, text) for soort, texts in FOUND.items() for text in texts])
def test_is_taken_for(soort: str, text: str) -> None:
    assert [found.soort for found in find_all(f"reden: {text}\n", ORGANISATIES)] == [soort]


@pytest.mark.parametrize("text", FINE)
def test_is_not_taken_for_anything(text: str) -> None:
    assert find_all(f"reden: {text}\n", ORGANISATIES) == []


def test_each_thing_is_found_once_at_its_place() -> None:
    text = "Mevrouw Peeters, geboren op 30/07/1985 (geboortedatum), 0470 00 00 01, woont in de Langestraat 12."
    found = sorted((item.soort, text[item.start : item.end]) for item in find_all(text))
    assert found == [
        ("adres", "Langestraat 12"),
        ("geboortedatum", "30/07/1985"),
        ("naam", "Peeters"),
        ("telefoonnummer", "0470 00 00 01"),
    ]


# In a register


@cache
def basis() -> Register:
    found, _ = read_register(BASIS)
    assert found is not None
    return found


def privacy_in(text: str, path: str = "dossiers/VT-2026-001.yaml") -> list[Finding]:
    """What is said of one file, whether its data are right or not."""
    register = replace(basis(), bronnen={path: Document(path, text)})
    return [found for rule in CHECKS for found in rule(Standen(register), VANDAAG)]


def privacy_of(root: Path) -> list[Finding]:
    return [finding for finding in findings_of(root) if finding.code == "PRIVACY"]


GOED = """\
id: VT-2026-001
traject: versnelde-toewijzing
start: 2026-02-01
aanmelding: {datum: 2025-12-04, partner: alfa}
documenten:
  toestemmingsverklaring: 2026-01-15
  begeleidingsovereenkomst: 2026-01-19
  huurovereenkomst: 2026-01-19
begeleiding:
  - {partner: alfa, begeleider: ALFA-01, vanaf: 2026-02-01}
"""
NUMMER = "85.07.30-999.32"


def test_comments_and_the_names_of_folders_are_looked_at(register: MakeRegister) -> None:
    path = f"dossiers/{NUMMER}/VT-2026-001.yaml"
    first, second = privacy_of(register({path: f"{GOED}# mevrouw Peeters\n"}))
    assert (first.path, first.line, first.column, first.level) == (path, 1, 1, "fout")
    assert first.text.endswith("(het staat in de naam van dit bestand of van zijn map)")
    assert (second.line, second.column, second.level) == (11, 11, "waarschuwing")


def test_a_dossier_that_is_otherwise_wrong_is_looked_at(register: MakeRegister) -> None:
    """Also where no rules are known, and what is in a key that nobody knows."""
    text = GOED.replace("versnelde-toewijzing", "onbekend") + f"? {NUMMER}\n: anna@voorbeeld.example\n"
    assert [f.column for f in privacy_of(register({"dossiers/VT-2026-001.yaml": text}))] == [3, 3]


def test_only_what_a_coordinator_writes_about_tenants_is_looked_at(register: MakeRegister) -> None:
    """An overleg's link, and the telephone, e-mail and office of an organisation, are no tenant's."""
    verslag = f"alfa: {{vervalt: gemeld aan 0470 00 00 01, link: 'https://teams.example/{NUMMER}/19@teams.example'}}\n"
    [found] = privacy_of(register({"dossiers/VT-2026-001.yaml": GOED, "protocol/overleg/2026-10.yaml": verslag}))
    assert (found.path, found.line, found.column) == ("protocol/overleg/2026-10.yaml", 1, 28)


def test_an_exception_of_the_calendar_is_looked_at(register: MakeRegister) -> None:
    root = register({"dossiers/VT-2026-001.yaml": GOED})
    kalender = root / "protocol/kalender.yaml"
    kalender.write_text(kalender.read_text(encoding="utf-8").replace("zomer", "huwelijk van mevrouw Peeters"), "utf-8")
    assert [(f.path, f.level) for f in privacy_of(root)] == [("protocol/kalender.yaml", "waarschuwing")]


# Every text of the models, also one that is added later


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models_in(part)


def holds_text(annotation: Any) -> bool:
    """A text, some texts, or texts by a name; a word of a fixed list is none."""
    if get_origin(annotation) is Literal:
        return False
    return annotation is str or any(holds_text(part) for part in get_args(annotation))


def texts_of(model: type[BaseModel]) -> Iterator[tuple[str, ...]]:
    """The path of each text that a model can hold, with the `soort` of an entry where it has one."""
    for name, field in model.model_fields.items():
        inner = list(models_in(field.annotation))
        for other in inner:
            kind = get_args(other.model_fields["soort"].annotation)[0] if "soort" in other.model_fields else ""
            yield from ((name, kind, *path) if kind else (name, *path) for path in texts_of(other))
        if not inner and holds_text(field.annotation):
            yield (name,)


def nested(path: tuple[str, ...], text: str) -> Any:
    return {path[0]: nested(path[1:], text)} if path else text


TEXTS = [(model, path) for model in (Dossier, OverlegVerslag) for path in texts_of(model) if path != ("link",)]


def test_the_models_hold_texts() -> None:
    assert {path for _, path in TEXTS} >= {
        ("woning",),
        ("vervolg_op",),
        ("aanmelding", "doelgroep"),
        ("begeleiding", "begeleider"),
        ("begeleiding", "reden"),
        ("logboek", "huisbezoek", "aanwezig"),
        ("vervalt",),
    }


@pytest.mark.parametrize(("model", "path"), TEXTS)
def test_every_text_of_the_models_is_looked_at(model: type[BaseModel], path: tuple[str, ...]) -> None:
    file = "protocol/overleg/2026-10.yaml" if model is OverlegVerslag else "dossiers/VT-2026-001.yaml"
    data = nested(path, NUMMER)
    found = privacy_in(yaml.safe_dump({"alfa": data} if model is OverlegVerslag else data), file)
    assert [finding.path for finding in found] == [file]


# Whatever the number and however it is written


@st.composite
def national_numbers(draw: st.DrawFn) -> tuple[str, str]:
    """A kind and a number of that kind, with a counter that nobody gets."""
    born = date(1900, 1, 2) + timedelta(days=draw(st.integers(0, 45_000)))
    extra = draw(st.sampled_from([0, 20, 40]))
    front = f"{born:%y}{born.month + extra:02}{born:%d}{draw(st.sampled_from(['000', '999']))}"
    check = 97 - int(("2" if born.year >= 2000 else "") + front) % 97
    return ("bisnummer" if extra else "rijksregisternummer"), f"{front}{check:02}"


@st.composite
def ibans(draw: st.DrawFn) -> tuple[str, str]:
    """An IBAN of a country where it has digits only, or four letters first."""
    country, letters, digits = draw(st.sampled_from([("BE", 0, 12), ("LU", 0, 16), ("DE", 0, 18), ("GB", 4, 14)]))
    bank = draw(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=letters, max_size=letters))
    front = bank + draw(st.text("0123456789", min_size=digits, max_size=digits))
    return "rekeningnummer", f"{country}{mod_97_10.calc_check_digits(front + country)}{front}"


SEPARATORS = ["", " ", ".", "-", "/", " - ", "–", "\xa0"]
AROUND = [("", ""), ("nummer ", " van de huurder"), ("(", ")"), ("op 2026-11-26: ", "."), ("zie ", ", 3 keer")]


def written(draw: st.DrawFn, number: str, sizes: list[int]) -> str:
    """A number in groups, with something between."""
    groups = []
    for size in [*sizes, len(number)]:
        groups.append(number[:size])
        number = number[size:]
    return "".join(group + draw(st.sampled_from(SEPARATORS)) for group in groups if group).rstrip(" .-/–\xa0")


@st.composite
def numbers_in_text(draw: st.DrawFn) -> tuple[str, str, str]:
    if draw(st.booleans()):
        soort, number = draw(national_numbers())
        sizes = draw(st.sampled_from([[2, 2, 2, 3, 2], [6, 3, 2], [6, 5], [11], [3, 3, 3, 2]]))
    else:
        soort, number = draw(ibans())
        sizes = draw(st.sampled_from([[4, 4, 4, 4, 4, 4], [2, 2, 4, 4, 4], [22]]))
        number = draw(st.sampled_from([number, number.lower()]))
    before, after = draw(st.sampled_from(AROUND))
    shown = written(draw, number, sizes)
    return soort, number, f"{before}{shown}{after}"


@settings(max_examples=400)
@given(numbers_in_text())
def test_a_number_is_found_however_it_is_written(case: tuple[str, str, str]) -> None:
    soort, number, text = case
    found = [item for item in find_all(f"reden: {text}\n") if item.soort == soort]
    assert len(found) == 1
    shown = f"reden: {text}\n"[found[0].start : found[0].end]
    assert "".join(char for char in shown if char.isalnum()) == number


@given(numbers_in_text())
def test_a_finding_never_repeats_a_number(case: tuple[str, str, str]) -> None:
    findings = privacy_in(f"reden: {case[2]}\n")
    assert findings
    assert not any(char.isdigit() for finding in findings for char in finding.text)


@pytest.mark.parametrize("soort", FOUND)
def test_a_finding_says_one_thing_for_each_kind(soort: str) -> None:
    """So nothing of what stands there can be in it."""
    [told] = {(f.level, f.text) for text in FOUND[soort] for f in privacy_in(f"reden: {text}\n")}
    assert told[0] == ("fout" if soort in ERRORS else "waarschuwing")


# Quick, whatever stands in it


LONG = [
    "0", "1", " ", "1 ", "1   ", "1 \n ", "\n", "straat", "straat 1 ", "a", "a@", "@.a", "b.1.", "geb ", "geboren Aa ",
    "°", "aa11", "aa11 ", "A ", "A.A", "mevrouw van ", "van ", "+1 ", "12/03/", "1.1.1.", "’", "a-", "x’", "é",
]  # fmt: skip


@pytest.mark.parametrize("part", LONG)
@pytest.mark.parametrize("end", ["", " A 12 @"])
def test_no_text_takes_long(part: str, end: str) -> None:
    """A file as large as can be read, of one thing only."""
    text = part * (MAX_BYTES // len(part)) + end
    start = time.process_time()
    find_all(text)
    assert time.process_time() - start < 5
