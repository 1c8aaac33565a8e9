"""What a change means, for a terminal and for a comment on a pull request. A Markdown text holds nothing but text:
names that people wrote in the protocol make no link, mention, image or HTML there."""

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from generator.model.verschil import (
    AgendaVerschil,
    DossierVerschil,
    FeedVerschil,
    MomentStand,
    MomentVerschil,
    OverlegVerschil,
    Punt,
    Verschil,
    ZichtVerschil,
)
from generator.render.groepen import VOORBEELDEN, Groep, examples, group
from generator.render.woorden import INKIJK, REDENEN, dag, maandnaam, uur, woord

Safe = Callable[[str], str]
"""Makes what somebody may have written harmless."""
MAX_REGELS = 40
"""More lines of one kind nobody reads: the rest is counted."""
NIETS = "Deze wijziging verandert niets aan dossiers, momenten, agenda’s, kalenders of wie wat ziet."


def verschil_text(verschil: Verschil) -> str:
    """For a terminal."""
    lines = [_head(verschil, str), "", *([NIETS, ""] if verschil.leeg else [])]
    for title, found in _sections(verschil, str):
        lines += [title, *(f"  {line}" for line in found), ""]
    return "\n".join(lines[:-1]) + "\n"


def verschil_markdown(verschil: Verschil) -> str:
    """For the summary of a workflow, or a comment."""
    lines = ["## Wat deze wijziging betekent", "", _head(verschil, escape), ""]
    lines += [NIETS, ""] if verschil.leeg else []
    for title, found in _sections(verschil, escape):
        lines += [f"### {title}", "", *(f"- {line}" for line in found), ""]
    return "\n".join(lines[:-1]) + "\n"


def escape(text: str) -> str:
    """Text that GitHub and GitLab show as it is: a word joiner keeps `@name` and `#12` from becoming a mention."""
    plain = html.escape(re.sub(r"\s+", " ", text), quote=False)
    escaped = re.sub(r"([!#$%()*+.:@\[\\\]_`|~])", r"\\\1", plain)
    return re.sub(r"(\\[@#!~%$]|&amp;)", "\\1\N{WORD JOINER}", escaped)


def _head(verschil: Verschil, safe: Safe) -> str:
    basis = verschil.basis
    return f"Tegenover {safe(basis.naam)} ({basis.commit[:10]}), zoals het is op {dag(verschil.datum)}."


def _sections(verschil: Verschil, safe: Safe) -> Iterator[tuple[str, list[str]]]:
    """Each part that has something to tell."""
    names = {"nu": "in de wijziging", "basis": "in de versie waarmee vergeleken is"}
    wrong = [
        f"{safe(i.bestand)}, regel {i.regel}, {names[i.kant]}: {safe(', '.join(i.codes))}" for i in verschil.onvolledig
    ]
    parts = {
        "Niet vergeleken: deze bestanden bevatten fouten": wrong,
        "Gewijzigd in het protocol": [safe(path) for path in verschil.protocol],
        "Overleg": [_overleg(item) for item in verschil.overleggen],
        "Dossiers": [line for item in _kinds(verschil.dossiers) for line in _dossiers(item)],
        "Momenten": [line for item in group(verschil.momenten) for line in _momenten(item, safe)],
        "Agenda’s": list(_agendas(verschil.agendas, safe)),
        "Wie wat ziet": list(_zicht(verschil.zicht, safe)),
        "Kalenders": list(_feeds(verschil.feeds, safe)),
    }
    return ((title, _capped(lines)) for title, lines in parts.items() if lines)


def _capped(lines: list[str]) -> list[str]:
    more = len(lines) - MAX_REGELS
    return lines if more <= 1 else [*lines[:MAX_REGELS], f"… en nog {more} regels (alles staat in --format json)"]


def _overleg(item: OverlegVerschil) -> str:
    name = f"Het overleg van {maandnaam(item.maand)}"
    if item.naar is None:
        return f"{name} ({dag(item.van)}) vervalt" if item.van else name
    return f"{name}: {_from_to(item.van, item.naar)}"


def _from_to(van: date | None, naar: date) -> str:
    return f"van {dag(van)} naar {dag(naar)}" if van else f"komt erbij, op {dag(naar)}"


def _kinds(found: Sequence[DossierVerschil]) -> list[list[DossierVerschil]]:
    """The same change together: what came, what closed, and so on."""
    kinds: dict[tuple[object, ...], list[DossierVerschil]] = {}
    for item in found:
        if item.wat == "andere-id":
            kinds[item.id,] = [item]
        else:
            kinds.setdefault((item.wat, item.fase_van, item.fase_naar, item.velden), []).append(item)
    return list(kinds.values())


def _dossiers(same: list[DossierVerschil]) -> Iterator[str]:
    what = _change(same[0])
    if len(same) > VOORBEELDEN:
        yield f"{len(same)} dossiers: {what} ({examples([item.id for item in same])})"
    else:
        for item in same:
            yield f"{item.id}: {what}{_end(item)}"


def _change(item: DossierVerschil) -> str:
    """What happened to a dossier, in words."""
    fase = woord(item.fase_naar or item.fase_van or "")
    fields = f"; gewijzigd: {', '.join(item.velden)}" if item.velden else ""
    match item.wat:
        case "nieuw":
            return f"nieuw ({fase})"
        case "verwijderd":
            return f"verwijderd (was {fase})"
        case "andere-id":
            return f"heette {item.vorige_id}; voor kalenders is het een ander dossier{fields}"
        case "gesloten" | "heropend":
            return f"{item.wat}, van {woord(item.fase_van or '')} naar {fase}{fields}"
        case "fase":
            return f"van {woord(item.fase_van or '')} naar {fase}{fields}"
    return fields.removeprefix("; ") or f"{fase}, met een ander einde"


def _end(item: DossierVerschil) -> str:
    if item.einde_van == item.einde_naar or item.wat in ("nieuw", "verwijderd"):
        return ""
    ends = [dag(day) if day else "onbekend" for day in (item.einde_van, item.einde_naar)]
    return f"; einde van {ends[0]} naar {ends[1]}"


def _momenten(groep: Groep, safe: Safe) -> Iterator[str]:
    """A line each; many of a kind as one, between the first date and the last."""
    if len(groep.items) <= VOORBEELDEN:
        for item in groep.items:
            name = f"{item.id}, {safe(item.titel)} ({item.moment})"
            yield f"{name}: {_move(item.wat, item.van, item.naar)}.{_why(item, safe)}"
        return
    count, first = len(groep.items), groep.items[0]
    what = f"{count} keer {safe(groep.titel)}" if groep.titel else f"{count} momenten"
    yield f"{what}: {_moves(groep)} ({examples([item.id for item in groep.items])}).{_why(first, safe, of=first.id)}"


def _why(item: MomentVerschil, safe: Safe, of: str = "") -> str:
    steps = safe("; ".join(item.uitleg))
    return f" Waarom{f' bij {of}' if of else ''}: {steps}." if steps else ""


def _move(wat: str, van: MomentStand | None, naar: MomentStand | None) -> str:
    if van is None or naar is None:
        stand = naar or van
        assert stand is not None  # a moment is on one of both sides
        return f"{'komt erbij' if naar else 'valt weg'}, {_when(stand)} ({woord(stand.status)})"
    if wat == "status":
        return f"van {woord(van.status)} naar {woord(naar.status)}, {_when(naar)}"
    status = "" if van.status == naar.status else f"; van {woord(van.status)} naar {woord(naar.status)}"
    return f"van {_when(van)} naar {_when(naar)}{status}"


def _moves(groep: Groep) -> str:
    """Of many: what they share, and between which dates they lie."""
    before = [item.van.datum for item in groep.items if item.van]
    after = [item.naar.datum for item in groep.items if item.naar]
    first = groep.items[0]
    if not before or not after:
        days = sorted(before or after)
        return f"{'komt erbij' if after else 'valt weg'}, {_between(days)}"
    if first.wat == "status" and first.van and first.naar:
        return f"van {woord(first.van.status)} naar {woord(first.naar.status)}, {_between(after)}"
    shifts = sorted((b - a).days for a, b in zip(before, after, strict=True))
    return f"van {_between(before)} naar {_between(after)}, {_shift(shifts[0], shifts[-1])}"


def _between(days: Sequence[date]) -> str:
    low, high = min(days), max(days)
    return dag(low) if low == high else f"{dag(low)} … {dag(high)}"


def _shift(low: int, high: int) -> str:
    if low == high == 0:
        return "op een ander uur"
    if low >= 0 or high <= 0:
        ends = sorted({abs(low), abs(high)})
        days = " tot ".join(map(str, ends))
        return f"{days} {'dag' if ends == [1] else 'dagen'} {'later' if high > 0 else 'vroeger'}"
    return f"{-low} dagen vroeger tot {high} dagen later"


def _when(stand: MomentStand) -> str:
    return f"{dag(stand.datum)}{f' om {uur(stand.uur)}' if stand.uur else ''}"


def _agendas(found: Sequence[AgendaVerschil], safe: Safe) -> Iterator[str]:
    """A line for each partner, of the months in which the same changes."""
    same: dict[AgendaVerschil, list[str]] = {}
    for item in found:
        same.setdefault(replace(item, maand=""), []).append(maandnaam(item.maand))
    for item, months in same.items():
        yield f"{safe(item.naam)}, {', '.join(months)}: {'; '.join(_agenda(item))}"


def _agenda(item: AgendaVerschil) -> Iterator[str]:
    """What changes on an agenda."""
    if item.nodig_van != item.nodig_naar:
        yield "het overleg is nu wel nodig" if item.nodig_naar else "het overleg kan nu vervallen"
    lists = {
        "loopt mee": examples(item.lopend_erbij),
        "loopt niet meer mee": examples(item.lopend_eraf),
        "te bespreken": _points(item.bespreken_erbij),
        "niet meer te bespreken": examples(item.bespreken_eraf),
        "andere redenen": _points(item.andere_redenen),
    }
    yield from (f"{text}: {names}" for text, names in lists.items() if names)


def _points(points: Sequence[Punt]) -> str:
    return examples([f"{p.id} ({', '.join(REDENEN[reason] for reason in p.redenen) or '–'})" for p in points])


def _zicht(found: Sequence[ZichtVerschil], safe: Safe) -> Iterator[str]:
    """A line each; where many see the same change, one for each partner."""
    same: dict[tuple[str, str | None, str | None], list[ZichtVerschil]] = {}
    for item in found:
        same.setdefault((item.partner, item.van, item.naar), []).append(item)
    for items in same.values():
        first = items[0]
        name, seen = safe(first.naam), f"ziet nu {_level(first.naar)} (was: {_level(first.van)})"
        if len(items) > VOORBEELDEN:
            yield f"{name} {seen} van {len(items)} dossiers ({examples([item.id for item in items])})"
        else:
            for item in items:
                yield f"{item.id}: {name} {seen}: {safe('; '.join(item.redenen))}"


def _level(niveau: str | None) -> str:
    return INKIJK[niveau]


def _feeds(found: Sequence[FeedVerschil], safe: Safe) -> Iterator[str]:
    """A line for each audience: how much changes in each of its calendars. What it is stands above."""
    audiences: dict[str, list[FeedVerschil]] = {}
    for item in found:
        audiences.setdefault(item.doelgroep, []).append(item)
    for name, feeds in audiences.items():
        yield f"{safe(name)}: {'; '.join(f'{safe(feed.naam)} {_counts(feed)}' for feed in feeds)}"


def _counts(item: FeedVerschil) -> str:
    if item.stand != "gewijzigd":
        return "komt erbij" if item.stand == "nieuw" else "valt weg (wie hem volgt, krijgt niets meer)"
    kinds = {
        "nieuw": item.toegevoegd,
        "verplaatst": item.verplaatst,
        "geannuleerd": item.geannuleerd,
        "weg": item.verwijderd,
    }
    return ", ".join(f"{len(events)} {kind}" for kind, events in kinds.items() if events)
