"""The protocol of a date as pages show it: rules, their values, where they show, and what earlier versions said."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby, pairwise
from operator import itemgetter

from generator.invullen import fill, placeholders
from generator.model.protocol import DocumentRegel, EigenOverleg, MomentRegel, Regel, Stap, Termijn, Trajectregels
from generator.model.protocolview import (
    Plek,
    ProtocolDocument,
    ProtocolMoment,
    ProtocolView,
    RegelView,
    StapView,
    VersieView,
    VormView,
    WaardeView,
)
from generator.protocoltekst import changes, counted, genoemde_waarden, in_woorden, waarden_van
from generator.register import KALENDER, ORGANISATIE, Register, Versie
from generator.vindplaatsen import WERKLIJST, plekken_in_code
from generator.werklijst import documents, overdue, to_plan

# Who runs the register is no value of a rule: its name stands in the head of every page.
_ORGANISATIE = {
    "dienst": ("De dienst die het overleg voorbereidt", "dienst"),
    "email": ("Het e-mailadres van de dienst", "email"),
    "kantoor": ("Het kantoor van de huisvester", "kantoor"),
}
_KALENDER = {
    "overleg": ("De dag van het overleg", "regel"),
    "aankondiging": ("De dag van de aankondiging", "aankondiging"),
}


def make_protocols(register: Register, waarden: dict[str, str], op: date) -> Iterator[ProtocolView]:
    """The rules in force on a date, by track; before the first version, that one. `waarden`: those of every text."""
    for versie in register.geldend(op):
        versies = register.trajecten[versie.traject]
        yield _Protocol(register, versie, versies, waarden, op).view(versie.traject)


class _Protocol:
    """One version of the rules of a track, among the others."""

    def __init__(
        self, register: Register, versie: Versie, versies: tuple[Versie, ...], algemeen: dict[str, str], op: date
    ) -> None:
        self.register, self.versie, self.versies, self.op = register, versie, versies, op
        self.algemeen = algemeen
        self.waarden = algemeen | waarden_van(versie.regels)
        self.momenten = {m.id: _moment(m, versie.regels) for m in versie.regels.momenten}

    def view(self, traject: str) -> ProtocolView:
        regels = self.versie.regels
        joined = self.waarden["overleg"] if regels.overleg else None
        return ProtocolView(
            traject=traject,
            titel=regels.titel,
            inleiding=fill(regels.inleiding, self.waarden) if regels.inleiding else None,
            vanaf=self.versie.vanaf,
            versies=tuple(_versions(self.versies)),
            voorvoegsel=regels.voorvoegsel,
            overleg=in_woorden(regels.overleg.regel) if isinstance(regels.overleg, EigenOverleg) else joined,
            termijn=_termijn(regels),
            maanden=regels.langste_termijn,
            verlenging=f"telkens een veelvoud van {regels.verlenging.veelvoud} maanden" if regels.verlenging else None,
            besluiten=regels.besluiten,
            capaciteit=regels.capaciteit.woningen_per_jaar if regels.capaciteit else None,
            afwijkbaar=regels.afwijkbaar,
            momenten=tuple(self.momenten.values()),
            documenten=tuple(
                ProtocolDocument(item.titel, _when(item, regels), item.regel) for item in regels.documenten.values()
            ),
            rollen={key: fill(naam, self.waarden) for key, naam in regels.rollen.items()},
            stappen=tuple(self.stap(item) for item in regels.stappen),
            regels=tuple(self.regel(item.id, self.versie) for item in regels.regels),
            vervallen=tuple(self.dropped()),
            waarden=self.waarden,
        )

    def stap(self, stap: Stap) -> StapView:
        """When: at its moments, and what it says in words."""
        moments = [self.momenten[name].wanneer for name in stap.momenten]
        words = [fill(stap.wanneer, self.waarden)] if stap.wanneer else []
        return StapView(
            wat=fill(stap.wat, self.waarden),
            regel=stap.regel,
            wanneer=", ".join([*filter(None, [_and(moments)]), *words]),
            doet=stap.doet,
            staat_in=stap.staat_in,
            denkt_mee=stap.denkt_mee,
            hoort=stap.hoort,
            bericht=fill(stap.bericht or stap.wat, self.waarden),
        )

    def regel(self, name: str, versie: Versie) -> RegelView:
        """A rule as a version says it, between what it said before and what it will say."""
        forms = self.forms(name)
        at = next(i for i, form in enumerate(forms) if form.vanaf <= versie.vanaf < (form.tot or date.max))
        form = forms[at]
        return RegelView(
            id=name,
            titel=form.titel,
            tekst=form.tekst,
            toepassing=form.toepassing,
            sinds=form.vanaf,
            tot=form.tot,
            eerder=tuple(reversed(forms[:at])),
            later=tuple(forms[at + 1 :]),
            waarden=tuple(self.named(_rule_of(versie, name), versie)),
            plekken=tuple(dict.fromkeys((*_in_data(name, versie.regels), *plekken_in_code().get(name, ())))),
        )

    def forms(self, name: str) -> list[VormView]:
        """What the rule said from version to version; versions on end that say the same are one."""
        said = [(self.said(versie, name), versie.vanaf) for versie in self.versies]
        runs = [next(group) for _, group in groupby(said, key=itemgetter(0))]
        ends = [since for _, since in runs[1:]]
        return [VormView(since, end, *form) for (form, since), end in zip(runs, [*ends, None], strict=True) if form]

    def said(self, versie: Versie, name: str) -> tuple[str, str, str | None] | None:
        """Title, text and application in a version, with that version's values; None: it does not know the rule."""
        regel = next((regel for regel in versie.regels.regels if regel.id == name), None)
        if regel is None:
            return None
        waarden = self.algemeen | waarden_van(versie.regels)
        return regel.titel, fill(regel.tekst, waarden), fill(regel.toepassing, waarden) if regel.toepassing else None

    def dropped(self) -> Iterator[RegelView]:
        """Rules of earlier versions alone, which only their dossiers still follow."""
        known = {regel.id for regel in self.versie.regels.regels}
        before = [versie for versie in self.versies if versie.vanaf < self.versie.vanaf]
        last = {regel.id: versie for versie in before for regel in versie.regels.regels}
        return (self.regel(name, versie) for name, versie in last.items() if name not in known)

    def named(self, regel: Regel, versie: Versie) -> Iterator[WaardeView]:
        """The values that a rule names, each once, and where they stand."""
        own = {waarde.naam: waarde for waarde in genoemde_waarden(versie.regels)}
        for name in dict.fromkeys(placeholders(f"{regel.tekst}\n{regel.toepassing or ''}")):
            if waarde := own.get(name):
                line = versie.bron.place(waarde.loc).line
                words = counted(waarde.getal, waarde.eenheid)
                yield WaardeView(name, waarde.titel, words, versie.path, line, waarde.sleutel)
            elif name in _ORGANISATIE:
                yield self.elsewhere(name, ORGANISATIE, *_ORGANISATIE[name])
            elif name in _KALENDER:
                titel, key = _KALENDER[name]
                yield self.elsewhere(name, KALENDER, titel, *self.place_in_calendar(key))

    def elsewhere(self, name: str, bestand: str, titel: str, *loc: str) -> WaardeView:
        line = self.register.bronnen[bestand].place(loc).line
        return WaardeView(name, titel, self.waarden[name], bestand, line, ".".join(loc))

    def place_in_calendar(self, key: str) -> tuple[str, ...]:
        """Where the recurrence in force stands: its last change, else the rule itself."""
        changed = self.register.kalender.overleg.wijzigingen
        begun = [since for since, new in changed.items() if getattr(new, key) and since <= self.op.replace(day=1)]
        return ("overleg", "wijzigingen", max(begun).isoformat(), key) if begun else ("overleg", key)


def _rule_of(versie: Versie, name: str) -> Regel:
    return next(regel for regel in versie.regels.regels if regel.id == name)


def _in_data(name: str, regels: Trajectregels) -> Iterator[Plek]:
    """What of a track's own data asks it, and the tasks that follow."""
    for moment in regels.momenten:
        if moment.regel == name:
            yield Plek("moment", moment.titel or moment.id)
            yield from (Plek("werklijst", WERKLIJST[kind]) for kind in (overdue, to_plan))
            yield Plek("kalender", "de momenten van elk dossier")
    for document in regels.documenten.values():
        if document.regel == name:
            yield Plek("document", document.titel)
            yield Plek("werklijst", WERKLIJST[documents])
    if regels.verlenging and regels.verlenging.regel == name:
        yield Plek("moment", "Elk overleg tijdens een verlenging, en een nieuwe eindevaluatie")
    if name in regels.afwijkbaar:
        yield Plek("gegeven", "afwijkingen")


def _versions(versies: tuple[Versie, ...]) -> Iterator[VersieView]:
    """Every version, newest first, with the values that it changed."""
    for before, versie in reversed(list(pairwise((None, *versies)))):
        if versie:
            changed = tuple(changes(before.regels, versie.regels)) if before else ()
            yield VersieView(versie.vanaf, versie.path, changed)


def _termijn(regels: Trajectregels) -> str | None:
    if isinstance(regels.termijn, Termijn):
        return f"{regels.termijn.minimum} tot {regels.termijn.maximum} maanden"
    return counted(str(regels.termijn), "maand") if regels.termijn else None


def _moment(moment: MomentRegel, regels: Trajectregels) -> ProtocolMoment:
    if moment.elke:
        when, months = f"om de {moment.elke} maanden", tuple(regels.maanden_van(moment))
    elif isinstance(moment.na, int):
        when, months = f"na {counted(str(moment.na), 'maand')}", (moment.na,)
    else:
        when, months = "op het einde van de termijn", (regels.langste_termijn or 0,)
    return ProtocolMoment(moment.id, moment.titel or moment.id, moment.soort, when, months, moment.regel)


def _and(parts: list[str]) -> str:
    """`a, b en c`."""
    return " en ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))


def _when(document: DocumentRegel, regels: Trajectregels) -> str:
    if document.voor is None:
        return "zodra de huurder toestemt" if document.regel == "VT-5.0" else ""
    what = "de start" if document.voor == "start" else regels.documenten[document.voor].titel.lower()
    return f"uiterlijk bij {what}"
