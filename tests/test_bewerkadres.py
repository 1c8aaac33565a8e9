"""Links to the line of a file at the git host: on the coordinators' pages, and nowhere else."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import bewerkadres
from tests.conftest import PROJECT, VANDAAG, findings_of, read

HOST = "bewerken: https://git.example/wonen/-/blob/main/register/{bestand}#L{regel}\n"
DOSSIER = """\
# wat hierboven staat, telt mee
id: VT-2026-001
traject: versnelde-toewijzing
start: 2026-02-01
aanmelding: {datum: 2025-12-04, partner: alfa}
documenten:
  toestemmingsverklaring: 2026-01-15
  begeleidingsovereenkomst: 2026-01-19
  huurovereenkomst: 2026-01-19
begeleiding:
  - {partner: alfa, begeleider: CAW-03, vanaf: 2026-02-01}
logboek:
  - {soort: contact, datum: 2026-05-06, doorgegaan: true}
  - {soort: contact, datum: 2026-12-06, doorgegaan: true}
  - soort: huisbezoek
    datum: 2026-12-09
    moment: extra-1
"""


def test_a_link_leads_to_its_line(register: Callable[..., Path]) -> None:
    """Each key, and each entry of the logboek that exists on the day: a later one is told only when it is a visit."""
    root = register({"dossiers/2026/VT-2026-001.yaml": DOSSIER})
    organisation = root / "protocol/organisatie.yaml"
    organisation.write_text(organisation.read_text(encoding="utf-8") + HOST, encoding="utf-8")
    standen = read(root)
    found = bewerkadres.of_dossier(standen.register, standen.register.dossiers["VT-2026-001"], VANDAAG)
    base = "https://git.example/wonen/-/blob/main/register/dossiers/2026/VT-2026-001.yaml#L"
    assert found is not None
    assert found.bestand == f"{base}1"
    assert (found.delen["documenten"], found.delen["begeleiding"]) == (f"{base}6", f"{base}10")
    assert found.logboek == (f"{base}13", f"{base}15")
    partner = bewerkadres.of_protocol(standen.register)["protocol/partners.yaml#alfa"]
    line = int(partner.rpartition("#L")[2])
    assert (root / "protocol/partners.yaml").read_text(encoding="utf-8").splitlines()[line - 1] == "alfa:"


def test_without_a_git_host_there_are_none(register: Callable[..., Path]) -> None:
    standen = read(register({"dossiers/VT-2026-001.yaml": DOSSIER}))
    assert bewerkadres.of_protocol(standen.register) == {}
    assert bewerkadres.of_dossier(standen.register, standen.register.dossiers["VT-2026-001"], VANDAAG) is None


@pytest.mark.parametrize(
    "address",
    [
        "http://git.example/{bestand}",
        "https://git.example/",
        "https://git.example/{bestand}/{tak}",
        '"https://git.example/ {bestand}"',
    ],
)
def test_an_address_that_cannot_be_one_is_an_error(register: Callable[..., Path], address: str) -> None:
    root = register()
    organisation = root / "protocol/organisatie.yaml"
    lines = organisation.read_text(encoding="utf-8").count("\n") + 1
    organisation.write_text(organisation.read_text(encoding="utf-8") + f"bewerken: {address}\n", encoding="utf-8")
    errors = [finding for finding in findings_of(root) if finding.level == "fout"]
    assert [(finding.path, finding.line, finding.column) for finding in errors] == [
        ("protocol/organisatie.yaml", lines, 11)
    ]
    assert "{bestand}" in errors[0].text


def test_only_coordinators_get_them(published: Path) -> None:
    """And every link of a built site leads to a line that is there."""
    sites = published / "build/sites"
    links = {
        (page, link)
        for page in sites.rglob("*.html")
        for link in re.findall(r'href="(https://git\.vivendo\.example/[^"]+)"', page.read_text(encoding="utf-8"))
    }
    assert {page.relative_to(sites).parts[0] for page, _ in links} == {"coordinatie"}
    assert len({page.parent for page, _ in links}) > 2
    for _, link in links:
        path, line = re.fullmatch(
            r"https://git\.vivendo\.example/wonen/dossiers/-/blob/main/(.+)#L(\d+)", link
        ).groups()  # type: ignore[union-attr]
        assert len((PROJECT / path).read_text(encoding="utf-8").splitlines()) >= int(line)
