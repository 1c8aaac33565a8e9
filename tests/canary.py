"""Registers in which every text, reference and worker carries a word of its own, and who may meet each of them.

Who may is decided here from the rules alone (VT-4, VT-5.0, WW-11), apart from the code that decides it for the sites.
"""

import gzip
import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from email import message_from_bytes, policy
from html import unescape
from pathlib import Path
from random import Random
from typing import Literal
from urllib.parse import unquote

from generator.geheim import make_token
from generator.schrijfwijze import flow
from tests.conftest import BASIS, GEHEIM

DAY = date(2026, 11, 21)
OVERLEG = date(2026, 11, 26)
"""The coming one: the last Thursday of November."""
VORIGE = date(2026, 10, 29)
"""The one before it."""
PARTNERS = ("alfa", "beta", "gamma")
WORD = re.compile(r"kanarie[a-z]{6}")
Level = Literal["referentie", "toestemming", "coordinatie"]


@dataclass
class Case:
    """A dossier with what decides who sees it, beside its YAML."""

    id: str
    aanmelder: str | None
    toegelaten: bool
    guides: list[tuple[str, date, date | None, str]]
    """Partner, from, until (included), worker."""
    consents: list[tuple[date, date | None]]
    """Signed, withdrawn."""
    words: dict[str, Level] = field(default_factory=dict)

    def guide(self, op: date) -> tuple[str, date, date | None, str] | None:
        """In a gap the one before it (VT-4)."""
        return max((g for g in self.guides if g[1] <= op), key=lambda g: g[1], default=None)

    def consent(self, op: date) -> bool:
        return any(signed <= op and not (withdrawn and withdrawn <= op) for signed, withdrawn in self.consents)

    def seen_by(self, partner: str) -> bool:
        """It referred, or guides today what was admitted (VT-4, WW-11)."""
        now = self.guide(DAY)
        return self.aanmelder == partner or (self.toegelaten and now is not None and now[0] == partner)

    def words_for(self, partner: str) -> set[str]:
        now, then = self.guide(DAY), self.guide(OVERLEG)
        if not self.seen_by(partner):
            coming = then is not None and then[0] == partner  # its reference is on the agenda that it will attend
            return {self.id.lower()[-13:]} if coming else set()
        own = {now[3].lower()} if now and now[0] == partner else set()
        levels = ("referentie", "toestemming") if self.consent(DAY) else ("referentie",)
        return own | {word for word, level in self.words.items() if level in levels}


@dataclass
class Aviary:
    """Makes registers from a seed; each word is used once."""

    random: Random
    cases: list[Case] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    used: int = 0

    def word(self) -> str:
        self.used += 1
        number, letters = self.used * 7919, ""
        for _ in range(6):
            number, rest = divmod(number, 26)
            letters += chr(97 + rest)
        return f"kanarie{letters}"

    def dossiers(self, count: int) -> None:
        """Tenancies of every kind: running, extended, stopped, refused, waiting, followed up."""
        for number in range(count):
            state = ("loopt", "loopt", "loopt", "geweigerd", "wacht", "gestopt", "vervolgd")[number % 7]
            if state == "vervolgd":
                first = self.dossier("PW", "afgerond")
                self.dossier("ZH", "loopt", vervolg_op=first)
            else:
                self.dossier(self.random.choice(("VT", "VT", "VT", "WB")), state)

    def dossier(self, prefix: str, state: str, vervolg_op: str | None = None) -> str:
        reference = self.word()
        name = f"{prefix}-{reference.upper()}"
        start = DAY - timedelta(days=self.random.randint(70, 260))
        if state == "afgerond":
            start = date(2025, 10, 1)
        if vervolg_op:
            start = date(2026, 6, 15) + timedelta(days=self.random.randint(0, 60))
        started = state not in ("geweigerd", "wacht")
        case = Case(name, None, started, self._guides(start, state), self._consents(start))
        case.words[reference] = "referentie"
        self.cases.append(case)
        lines = [f"id: {name}", f"traject: {TRACKS[prefix]}"]
        if vervolg_op is None:
            case.aanmelder = self.random.choice(PARTNERS)
            uitkomst = {"geweigerd": "geweigerd", "wacht": self.random.choice(("wachtlijst", ""))}.get(
                state, "toegelaten"
            )
            aanmelding: dict[str, object] = {"datum": start - timedelta(days=60), "partner": case.aanmelder}
            if uitkomst:
                aanmelding["besluit"] = {"datum": start - timedelta(days=30), "uitkomst": uitkomst}
            lines.append(f"aanmelding: {flow(aanmelding)}")
        else:
            lines.append(f"vervolg_op: {vervolg_op}")
        lines += [f"woning: {self.text(case)}", f"ankerfiguur: {self.text(case)}"]
        if started:
            lines += [f"start: {start}", *(["termijn: 12"] if prefix in ("PW", "ZH") else [])]
        if prefix == "PW":
            deviation = {"regel": "WW-4", "datum": start, "reden": self.text(case, "coordinatie")}
            lines.append(f"afwijkingen: [{flow(deviation)}]")
        lines += self._papers(case, prefix, start)
        if case.guides:
            lines += ["begeleiding:", *(f"  - {flow(self._guidance(case, *guide))}" for guide in case.guides)]
        if started:
            lines += ["logboek:", *(f"  - {flow(item)}" for item in self._log(case, prefix, state, start))]
        self.texts[name] = "\n".join(lines) + "\n"
        return name

    def text(self, case: Case, level: Level = "toestemming") -> str:
        word = self.word()
        case.words[word] = level
        return word

    def _guides(self, start: date, state: str) -> list[tuple[str, date, date | None, str]]:
        """One guide, a handover done, one ahead (before or after the coming overleg), or a gap."""
        first, second = self.random.sample(PARTNERS, 2)
        if state in ("geweigerd", "wacht"):
            return [(first, start, None, self.word().upper())] if self.random.random() < 0.5 else []
        kind = self.random.choice(("een", "voorbij", "straks", "later", "gat"))
        handover = {
            "voorbij": DAY - timedelta(days=self.random.randint(1, 40)),
            "straks": OVERLEG - timedelta(days=self.random.randint(0, 4)),
            "later": OVERLEG + timedelta(days=self.random.randint(1, 30)),
        }.get(kind)
        if handover:
            day_before = handover - timedelta(days=1)
            return [(first, start, day_before, self.word().upper()), (second, handover, None, self.word().upper())]
        until = DAY - timedelta(days=10) if kind == "gat" else None
        return [(first, start, until, self.word().upper())]

    def _guidance(self, case: Case, partner: str, vanaf: date, tot: date | None, worker: str) -> dict[str, object]:
        case.words[worker.lower()] = "toestemming"
        end: dict[str, object] = {"tot": tot} if tot else {}
        return {"partner": partner, "begeleider": worker, "vanaf": vanaf, **end, "reden": self.text(case)}

    def _consents(self, start: date) -> list[tuple[date, date | None]]:
        """None, valid, withdrawn, renewed, or signed later than today."""
        before, recent = start - timedelta(days=20), DAY - timedelta(days=self.random.randint(0, 30))
        return self.random.choice(
            [
                [],
                [(before, None)],
                [(before, None)],
                [(before, recent)],
                [(before, recent), (DAY, None)],
                [(DAY + timedelta(days=1), None)],
            ]
        )

    def _papers(self, case: Case, prefix: str, start: date) -> list[str]:
        signed = [flow({"ondertekend": s, **({"ingetrokken": w} if w else {})}) for s, w in case.consents]
        papers = [f"  toestemmingsverklaring: [{', '.join(signed)}]"] if signed else []
        if case.toegelaten:
            own = {"VT": ["begeleidingsovereenkomst", "huurovereenkomst"], "WB": []}.get(prefix)
            deeds = ["begeleidingsovereenkomst", "akte_van_bruikleen", "huishoudelijk_reglement"]
            names = own if own is not None else deeds if prefix == "PW" else deeds[:1]
            papers += [f"  {name}: {start - timedelta(days=10)}" for name in names]
        return ["documenten:", *papers] if papers else []

    def _log(self, case: Case, prefix: str, state: str, start: date) -> Iterator[dict[str, object]]:
        """Every kind of entry, each text with a word of its own."""
        days = iter(start + timedelta(days=5 * n) for n in range(1, 14))

        def text() -> str:
            return self.text(case)

        joins = prefix == "VT"
        if joins:
            yield {
                "soort": "overleg",
                "datum": next(days),
                "verloop": "goed",
                "conclusie": text(),
                "registratie_contacten": True,
            }
        yield {"soort": "signaal", "datum": next(days), "aard": "schade", "gemeld_door": text(), "omschrijving": text()}
        yield {"soort": "bespreking", "datum": next(days), "gevraagd_door": "vivendo", "reden": text()}
        asked = next(days)
        yield {"soort": "informatievraag", "datum": asked, "vraag": text(), "beantwoord": asked, "antwoord": text()}
        yield {"soort": "informatievraag", "datum": next(days), "vraag": text()}
        yield {"soort": "contact", "datum": next(days), "doorgegaan": False, "reden": text()}
        replacement = self.word()
        case.words[replacement] = "toestemming"
        yield {"soort": "afwezigheid", "datum": next(days), "vervanger": replacement.upper()}
        yield {"soort": "dienst", "datum": next(days), "naam": text()}
        visit = {"soort": "huisbezoek", "moment": "extra-1", "wooncultuur": "aandacht", "verloop": "moeilijk"}
        yield {**visit, "datum": next(days), "bevindingen": text(), "aanwezig": [text()]}
        yield {"soort": "huisbezoek", "datum": next(days), "moment": "extra-2", "afgelast": text()}
        if prefix in ("VT", "ZH"):
            yield {"soort": "verhuis", "datum": next(days), "woning": text()}
        if state == "afgerond":
            final = {"soort": "evaluatie", "moment": "eindevaluatie", "verloop": "goed", "besluit": "toewijzing"}
            yield {**final, "datum": date(2026, 6, 10), "voorwaarde": text()}
        if state == "gestopt":
            why = self.text(case, "coordinatie")
            yield {"soort": "stopzetting", "datum": DAY - timedelta(days=1), "reden": "andere", "toelichting": why}
        elif joins:
            yield {"soort": "overleg", "datum": VORIGE, "verloop": "goed", "conclusie": text()}
            yield {"soort": "bespreking", "datum": DAY, "gevraagd_door": "partner", "reden": text()}

    def write(self, root: Path) -> Path:
        shutil.copytree(BASIS, root)
        partners = root / "protocol/partners.yaml"
        reachable = "gamma:\n  contact: {telefoon: 050 00 00 03, kantooruren: ma–vr 9–12}"
        partners.write_text(partners.read_text(encoding="utf-8").replace("gamma:", reachable), encoding="utf-8")
        (root / "dossiers").mkdir()
        for name, text in self.texts.items():
            (root / "dossiers" / f"{name}.yaml").write_text(text, encoding="utf-8")
        return root


TRACKS = {"VT": "versnelde-toewijzing", "WB": "woonbegeleiding", "PW": "proefwonen", "ZH": "zittende-huurder"}


def allowed(cases: list[Case], audience: str) -> set[str]:
    """The words that an audience may meet."""
    if audience == "coordinatie":
        return {word for case in cases for word in case.words}
    partner = audience.removeprefix("partners/")
    return {word for case in cases for word in case.words_for(partner)} if partner != audience else set()


def owned(cases: list[Case], out: Path) -> dict[str, list[Path]]:
    """Every file of a build by the audience that gets it: sites, feeds behind their addresses, mails."""
    files: dict[str, list[Path]] = {"publiek": [], "coordinatie": []} | {f"partners/{name}": [] for name in PARTNERS}
    tokens = {make_token(GEHEIM, "publiek/overleg", "1"): "publiek"}
    tokens |= {make_token(GEHEIM, f"coordinatie/{name}", "1"): "coordinatie" for name in ("alles", "taken")}
    workers = {guide[3] for case in cases for guide in case.guides}
    for partner in PARTNERS:
        tokens[make_token(GEHEIM, f"partners/{partner}/{partner}", "1")] = f"partners/{partner}"
        tokens |= {make_token(GEHEIM, f"partners/{partner}/{w}", "1.1"): f"partners/{partner}" for w in workers}
    by_id = {case.id: case.aanmelder for case in cases}
    for path in sorted(path for path in out.rglob("*") if path.is_file()):
        match path.relative_to(out).parts:
            case ("sites", "partners", partner, *_):
                files[f"partners/{partner}"].append(path)
            case ("sites", audience, *_):
                files[audience].append(path)
            case ("feeds", token, _):
                files[tokens[token]].append(path)
            case ("export", *audience, _):
                files["/".join(audience)].append(path)
            case ("mail", _, name):
                kind, _, key = name.removesuffix(".eml").partition("-")
                files[f"partners/{by_id[key] if kind == 'aanmelding' else key}"].append(path)
            case ("csp.conf",) | (".woontraject",) | ("feeds", "index.html"):
                files["publiek"].append(path)
            case other:
                raise AssertionError(f"nobody is known to get {other}")
    return files


def words_in(paths: list[Path], out: Path) -> set[str]:
    """Every word in the files and in their names, however they are written down."""
    return {word for path in paths for form in _forms(path, out) for word in WORD.findall(form.lower())}


def _forms(path: Path, out: Path) -> Iterator[str]:
    raw = path.read_bytes()
    if raw[:2] == b"\x1f\x8b":
        raw = gzip.decompress(raw)
    if raw[:2] == b"PK":
        with zipfile.ZipFile(path) as parts:
            raw = b"\n".join(name.encode() + b"\n" + parts.read(name) for name in parts.namelist())
    text = raw.decode("utf-8", "replace")
    yield str(path.relative_to(out))
    yield text
    yield re.sub(r"\r?\n[ \t]", "", text)  # folded lines of a calendar or a mail
    yield unescape(text)
    yield unquote(text)
    if path.suffix == ".eml":
        for part in message_from_bytes(raw, policy=policy.default).walk():
            yield " ".join(part.values())
            if not part.is_multipart():
                yield unescape(str(part.get_content()))
