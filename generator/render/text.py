"""Planning and agenda as plain text, for a terminal."""

from collections.abc import Iterable, Iterator

from generator.model.view import Agenda, Dossierblad, DossierView, Intervisie, LopendDossier, Rapport, Taak, WieZiet
from generator.render.woorden import CIJFERS, INKIJK, NIVEAUS, REDENEN, dag, maandnaam, removal_notes, woord


def planning_text(dossiers: list[DossierView]) -> str:
    """Each dossier on a line, with its moments below."""
    return "".join(f"{line}\n" for dossier in dossiers for line in _planning(dossier)) or "Geen dossiers.\n"


def explain_text(blad: Dossierblad) -> str:
    """Each moment of a dossier with the steps to its date."""
    dossier = blad.dossier
    lines = [f"{dossier.id}: {dossier.traject_titel}, regels van {dossier.regels_vanaf}, fase {woord(dossier.fase)}"]
    for moment, steps in zip(dossier.momenten, blad.uitleg, strict=True):
        lines += ["", f"{moment.id}  {moment.datum}  {woord(moment.status)}", *(f"    {step}" for step in steps)]
    return "\n".join(lines) + "\n"


def agenda_text(agenda: Agenda, partner: str) -> str:
    """The agenda in its three parts (VT-6.2)."""
    return "\n".join(_agenda(agenda, partner)) + "\n"


def sight_text(sight: WieZiet) -> str:
    """Who sees what of a dossier, and why; below it, which fields that are."""
    lines = [f"{sight.id} op {dag(sight.datum)}"]
    for item in sight.doelgroepen:
        lines += ["", f"{item.naam} ({item.doelgroep}): {INKIJK[item.niveau]}", *(f"    {why}" for why in item.redenen)]
    for niveau, fields in sight.velden.items():
        lines += ["", f"Voor {NIVEAUS[niveau]}:", f"    {', '.join(fields) or 'niets'}"]
    return "\n".join(lines) + "\n"


def werklijst_text(taken: Iterable[Taak]) -> str:
    """A task on a line, the most urgent first."""
    return "".join(map(_taak, taken)) or "Er is niets te doen.\n"


def _taak(taak: Taak) -> str:
    maand = f" ({taak.maand})" if taak.maand else ""
    return f"{taak.tegen}  {taak.id or taak.partner or '':24}  {taak.reden}{maand} ({taak.regel}; {taak.wie})\n"


def intervisie_text(intervisie: Intervisie) -> str:
    """The agenda of an intervision in its three parts (WW-8)."""
    waiting = [f"{i.id}  {i.toestand}, aangemeld op {i.datum} door {i.partner}" for i in intervisie.aanmeldingen]
    running = [
        "; ".join((f"{i.id}  maand {i.maand}, {woord(i.fase)}, verloop {i.verloop}", *i.open_punten))
        for i in intervisie.lopend
    ]
    services = [f"{i.id}  {i.naam}, verwacht {i.verwacht or 'onbekend'}, einde {i.einde}" for i in intervisie.diensten]
    lines = [
        f"Intervisie van {dag(intervisie.datum)} (stand op {dag(intervisie.stand_op)})",
        *_part("1. Aanmeldingen die op een besluit wachten", waiting),
        *_part("2. Lopende begeleidingen", running),
        *_part("3. Diensten die langer wachten dan de termijn", services),
    ]
    return "\n".join(lines) + "\n"


def report_text(rapport: Rapport) -> str:
    """The counts of each track; everything else is on the page and in the JSON."""
    lines = [f"Rapport tot en met {dag(rapport.tot)}: {rapport.aangemeld} aanmeldingen"]
    for traject, counts in rapport.trajecten.items():
        lines += ["", traject, *(f"   {name}: {getattr(counts, key)}" for key, name in CIJFERS.items())]
    if notes := removal_notes(rapport):
        lines += ["", *notes]
    return "\n".join(lines) + "\n"


def _planning(dossier: DossierView) -> Iterator[str]:
    end = f", einde {dossier.einde}" if dossier.einde else ""
    yield f"{dossier.id}  {dossier.traject}  {woord(dossier.fase)}{end}"
    for moment in dossier.momenten:
        hour = f" {moment.uur:%H:%M}" if moment.uur else " " * 6
        yield f"    {moment.datum}{hour}  {woord(moment.status):<10}  {moment.id}"


def _agenda(agenda: Agenda, partner: str) -> Iterator[str]:
    yield f"Agenda {partner}, overleg van {maandnaam(agenda.maand)}"
    if agenda.overleg is None:
        yield "Er is deze maand geen overleg."
        return
    where = agenda.link or agenda.plaats
    yield f"Overleg: {dag(agenda.overleg)}, {agenda.uur:%H.%M} uur, {where} (stand op {dag(agenda.datum)})"
    if agenda.vervalt:
        yield f"Dit overleg vervalt: {agenda.vervalt}"
    else:
        yield "Overleg nodig." if agenda.nodig else "Het overleg kan vervallen."
    yield from _part("1. Lopende dossiers", [_lopend(item) for item in agenda.lopend])
    yield from _part(
        "2. Te bespreken", [_redenen(item.id, item.redenen, item.problematiek) for item in agenda.bespreken]
    )
    yield from _part(
        "3. Andere woonbegeleidingen", [_redenen(item.id, (), item.problematiek) for item in agenda.andere]
    )


def _part(title: str, lines: list[str]) -> Iterator[str]:
    yield ""
    yield title
    yield from (f"   {line}" for line in lines or ["geen"])


def _lopend(item: LopendDossier) -> str:
    parts = [f"{item.id}  maand {item.maand:>2}  {woord(item.fase)}", f"verloop {item.verloop or 'niet gedeeld'}"]
    if item.evaluatie:
        parts.append(f"te evalueren: {item.evaluatie}")
    if item.contacten:
        missed = f" ({'; '.join(item.niet_doorgegaan)})" if item.niet_doorgegaan else ""
        parts.append(f"contacten: {item.contacten.doorgegaan} doorgegaan, {item.contacten.niet} niet{missed}")
    if item.volgende:
        parts.append(f"volgende: {item.volgende.id} op {item.volgende.datum}")
    return ", ".join(parts)


def _redenen(dossier: str, redenen: tuple[str, ...], problematiek: tuple[str, ...]) -> str:
    words = ", ".join(REDENEN[reden] for reden in redenen)
    return "; ".join(part for part in (dossier, words, *problematiek) if part)
