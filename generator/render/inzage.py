"""All that is held on one dossier as plain text, for the tenant who asks it."""

import re
from collections.abc import Iterator
from datetime import date, time
from typing import Any

from generator.model.view import Bewaarstand, Inzage, UitgelegdMoment, Vindplaats
from generator.render.woorden import INKIJK, MAILSOORTEN, VELDEN, dag, maandnaam, uur, woord

INSPRONG = "   "
PARTNERS = ("partner", "huisvester")
"""Fields that hold the id of an organisation."""


def inzage_text(inzage: Inzage) -> str:
    """Every field, what follows from it, who sees it, where it is and how long it stays."""
    parts = (
        (f"Alles wat we bijhouden over dossier {inzage.id}", _about(inzage)),
        ("Wat er opgeschreven is", _recorded(inzage)),
        ("Logboek", _log(inzage)),
        ("Wat daaruit volgt", _derived(inzage)),
        ("Andere dossiers van dezelfde huurder", _linked(inzage)),
        ("Wat de aanmelder te horen kreeg", _told(inzage)),
        ("Wie het vandaag ziet", _seen(inzage)),
        ("Waar het staat", _places(inzage)),
        ("Hoelang we het bewaren", _kept(inzage.bewaring)),
        ("Wanneer het gewijzigd is", _changed(inzage)),
        ("Uw rechten", _rights(inzage)),
    )
    return "\n".join(line for title, lines in parts for line in (title.upper(), "", *lines, "")).rstrip("\n") + "\n"


def _about(inzage: Inzage) -> Iterator[str]:
    yield f"Opgemaakt op {dag(inzage.datum)} door {inzage.dienst}, {inzage.organisatie} ({inzage.email})."


def _recorded(inzage: Inzage) -> Iterator[str]:
    yield from _fields({key: value for key, value in inzage.gegevens.items() if key != "logboek"}, inzage)


def _log(inzage: Inzage) -> Iterator[str]:
    """Entry by entry, in the order of the file."""
    entries = inzage.gegevens.get("logboek")
    if not isinstance(entries, list):
        yield from _fields({"logboek": entries}, inzage) if entries else ["Er staat nog niets in."]
        return
    for entry in entries:
        values = dict(entry) if isinstance(entry, dict) else {"inhoud": entry}
        head = [_value("datum", values.pop("datum", "zonder datum"), inzage), str(values.pop("soort", ""))]
        yield ": ".join(part for part in head if part)
        yield from _fields(values, inzage, INSPRONG)


def _fields(values: dict[str, Any], inzage: Inzage, indent: str = "") -> Iterator[str]:
    """Each with its name; what holds more is set in below it."""
    for key, value in values.items():
        name = inzage.titels.get(key) or VELDEN.get(key) or key.replace("_", " ").capitalize()
        if isinstance(value, dict):
            yield f"{indent}{name}:"
            yield from _fields(value, inzage, indent + INSPRONG)
        elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
            yield f"{indent}{name}:"
            for item in value:
                inside = _fields(item if isinstance(item, dict) else {key: item}, inzage, indent + INSPRONG * 2)
                first = next(inside, "").removeprefix(indent + INSPRONG * 2)
                yield f"{indent}{INSPRONG}-  {first}"
                yield from inside
        else:
            first, *more = _value(key, value, inzage).splitlines() or [""]
            yield f"{indent}{name}: {first}"
            yield from (f"{indent}{INSPRONG}{line}" for line in more)


def _value(key: str, value: Any, inzage: Inzage) -> str:
    """A value as people read it."""
    match value:
        case bool():
            return "ja" if value else "nee"
        case date():
            return dag(value)
        case list():
            return ", ".join(_value(key, item, inzage) for item in value)
    if not isinstance(value, str):
        return str(value)
    if key in PARTNERS:
        return inzage.namen.get(value, value)
    if key == "moment" and value in inzage.titels:
        return f"{inzage.titels[value]} ({value})"
    if key == "uur" and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        return uur(time.fromisoformat(value))
    return _day(value) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) else woord(value)


def _derived(inzage: Inzage) -> Iterator[str]:
    found = inzage.afgeleid
    if found is None:
        yield "Niets: er staat een fout in het dossier of in de regels."
        return
    yield f"Traject: {found.traject} (regels van {dag(found.regels_vanaf)})"
    yield f"Fase: {woord(found.fase)}{f', maand {found.maand}' if found.maand else ''}"
    if found.aanmelding:
        yield f"Aanmelding: {found.aanmelding}"
    if found.begeleidt:
        partner, worker = found.begeleidt
        yield f"Begeleiding op deze dag: {inzage.namen.get(partner, partner)}, {worker}"
    if found.einde:
        yield f"Einde: {dag(found.einde)}"
    if found.bezoeken is not None:
        yield f"Gehouden huisbezoeken: {found.bezoeken}"
    if found.contacten:
        yield f"Contacten thuis: {found.contacten.doorgegaan} doorgegaan, {found.contacten.niet} niet"
    for moment in found.momenten:
        yield from _moment(moment)


def _moment(moment: UitgelegdMoment) -> Iterator[str]:
    hour = f", {uur(moment.uur)}" if moment.uur else ""
    yield f"{dag(moment.datum)}{hour}: {moment.titel} ({moment.id}), {woord(moment.status)}"
    yield from (f"{INSPRONG}{_in_words(step)}" for step in moment.uitleg)


def _linked(inzage: Inzage) -> Iterator[str]:
    earlier = inzage.gegevens.get("vervolg_op")
    if earlier:
        yield f"Dit dossier volgt op {earlier}."
    if inzage.vervolgen:
        yield f"Op dit dossier volgt {', '.join(inzage.vervolgen)}."
    if not earlier and not inzage.vervolgen:
        yield "Geen."


def _told(inzage: Inzage) -> Iterator[str]:
    for item in inzage.berichten:
        yield f"Het besluit over de aanmelding, aan {item.partner} ({item.bestand}):"
        if item.gemeld:
            yield f"{INSPRONG}gemeld op {dag(item.gemeld)}"
        if item.verzonden:
            yield f"{INSPRONG}mail van {dag(item.verzonden)}, {item.stand} (kenmerk {item.kenmerk})"
    if not inzage.berichten:
        yield "Daarover is niets bijgehouden."


def _seen(inzage: Inzage) -> Iterator[str]:
    """Each organisation; of the one that guides, the worker is in the list of guidance above."""
    if not inzage.wie_ziet:
        yield "Alleen wie het register zelf beheert: zolang er een fout in staat, wordt er niets van gepubliceerd."
    for item in inzage.wie_ziet:
        yield f"{item.naam}: {INKIJK[item.niveau]}"
        yield from (f"{INSPRONG}{_in_words(reason)}" for reason in item.redenen)


def _places(inzage: Inzage) -> Iterator[str]:
    yield f"In het register: {inzage.bestand}"
    for place in inzage.vindplaatsen:
        yield f"Op de site {place.naam} ({place.site}):"
        yield from (f"{INSPRONG}{line}" for line in _place(place))


def _place(place: Vindplaats) -> Iterator[str]:
    if place.pagina:
        yield "een eigen pagina, de lijst van dossiers, planning.json en wat de zoekfunctie vindt"
    if place.aanmeldingen:
        yield "de lijst van aanmeldingen"
    if place.agendas:
        yield f"de agenda van het overleg van {', '.join(map(maandnaam, place.agendas))}"
    if place.intervisies:
        yield f"de agenda van de intervisie van {', '.join(map(dag, place.intervisies))}"
    if place.werklijst:
        yield f"de werklijst: {'; '.join(map(_in_words, place.werklijst))}"
    if place.kalenders:
        yield f"de kalender {', '.join(place.kalenders)}"
    for soort, maand in place.mails:
        yield f"een mail: {MAILSOORTEN[soort]}, {maandnaam(maand)}"


def _kept(kept: Bewaarstand | None) -> Iterator[str]:
    if kept is None:
        yield "Dat is niet te zeggen zolang er een fout in staat."
        return
    if kept.soort is None or kept.sinds is None:
        shown = f", partners zien het dan nog {kept.maanden_zichtbaar} maanden" if kept.maanden_zichtbaar else ""
        if kept.maanden_bewaren:
            yield f"Tot {kept.maanden_bewaren} maanden na het einde van de begeleiding{shown}."
        else:
            yield f"Er is geen termijn vastgelegd voor na het einde van de begeleiding{shown}."
        return
    yield f"{kept.soort.capitalize()} sinds {dag(kept.sinds)}."
    if kept.zichtbaar_tot:
        yield f"Partners zien het tot {dag(kept.zichtbaar_tot)}."
    yield f"Het blijft tot {dag(kept.bewaard_tot)}." if kept.bewaard_tot else "Er is geen termijn vastgelegd."
    if kept.te_verwijderen_sinds:
        yield f"Het moest verwijderd worden op {dag(kept.te_verwijderen_sinds)}."
    elif kept.bewaard_tot:
        yield "Volgt er een ander dossier op, dan blijft het zolang dat blijft."


def _changed(inzage: Inzage) -> Iterator[str]:
    yield from (f"{dag(day)}" for day in inzage.gewijzigd)
    if not inzage.gewijzigd:
        yield "Dat is hier niet te zien: er is geen (hele) geschiedenis in git."


def _rights(inzage: Inzage) -> Iterator[str]:
    yield f"U kunt vragen om iets te verbeteren, aan te vullen of te wissen: {inzage.dienst}, {inzage.email}."
    yield "Uw toestemming om gegevens te delen kunt u altijd intrekken."
    yield "Een klacht kan bij de Gegevensbeschermingsautoriteit (www.gegevensbeschermingsautoriteit.be)."


def _in_words(text: str) -> str:
    """Its dates as people write them; not those in the name of a file."""
    return re.sub(r"(?<![\w/.-])\d{4}-\d{2}-\d{2}(?![\w/.-]*\.yaml|\w)", lambda found: _day(found[0]), text)


def _day(text: str) -> str:
    try:
        return dag(date.fromisoformat(text))
    except ValueError:
        return text
