"""What one audience gets: its site, its calendars, its mails. All of it follows from its part of the register."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from generator.history import History
from generator.model.view import PUBLIEK, Doelgroep, Kader, View
from generator.processen import begun, give_way
from generator.register import Register, without_collector
from generator.render.data import planning_json, werklijst_json
from generator.render.ical import make_feeds
from generator.render.mail import Brief, draft, make_letters
from generator.render.mal import Kopie, set_apart
from generator.render.pages import Page, make_dossier_pages, make_main_pages, make_overleg_pages, make_pages
from generator.render.plain import make_plain
from generator.sources import SiteSources
from generator.stempel import (
    SITES,
    Sitestempel,
    Stempel,
    digest,
    digest_of_folder,
    digest_of_program,
    pieces,
    site_is_unchanged,
    stamped,
    take_over,
    take_over_site,
    unchanged_beside,
)
from generator.traject import Standen
from generator.views import fill_view, make_bladen, make_kader, part_of

PER_KEER = 500
"""How many dossiers are on a page at once: all at once would be as much text as a site."""
GROOT = 300
"""From so many dossiers on it pays to make their pages in a process of its own."""


@dataclass(frozen=True)
class Bouw:
    """What an audience's part is derived from, and where it goes."""

    standen: Standen
    history: History
    sources: SiteSources
    op: date
    geheim: str
    stempel: Stempel
    """What the build before it was made from, and made."""
    out: Path
    """Where that one is."""
    folder: Path
    """Where this one is made."""
    cache: Path | None
    """For compiled templates, and bodies of pages; None: only the sources of each site are written."""
    jobs: int


class Levering(NamedTuple):
    """What was made for an audience."""

    doelgroep: Doelgroep
    stempel: Sitestempel | None
    """None where only sources are written."""
    nieuw: bool
    """Its site was made; else it was taken over."""


class Bladen(NamedTuple):
    """The pages of some dossiers."""

    nummer: int
    """Of the batch that they are of, from 0."""
    inhoud: list[str]
    """The digest of what each was made from."""
    pages: list[Page]
    copies: list[Kopie]


class Gezien(NamedTuple):
    """What an audience may see, and what is made from it at once."""

    view: View
    bladen: list[Bladen]
    feeds: dict[str, bytes]
    """By name."""
    brieven: tuple[Brief, ...]
    naast: dict[str, bytes]
    """What it gets beside its site, by path in the build: feeds behind their secret addresses, and mails."""


Apart = tuple[list[Page], list[Kopie]]
"""Pages of which the bodies of most are laid aside in a file."""


def make_levering(bouw: Bouw, doelgroep: Doelgroep) -> Levering:
    """All that one audience gets; what would come out the same is taken over from the build before."""
    naam, bouw = doelgroep.naam, _for_audience(bouw, doelgroep)
    if bouw.jobs > 1 and not _others(bouw):
        give_way()
    uit = derived_from(bouw.standen.register, bouw.history, bouw.sources, bouw.op, bouw.geheim)
    beside = unchanged_beside(bouw.out, bouw.stempel, naam, uit) if bouw.cache else None
    if beside is not None:
        take_over(bouw.out, bouw.folder, naam, beside)
        return Levering(doelgroep, bouw.stempel.sites[naam], nieuw=False)
    gezien = _see(bouw, doelgroep)
    _write_all(bouw.folder, gezien.naast)
    if bouw.cache is None:
        _write_sources(bouw, gezien)
        return Levering(doelgroep, None, nieuw=True)
    bodies = _bodies(bouw.cache, gezien.view, "overleg")
    with begun(partial(make_overleg, bouw, gezien.view), [bodies], _others(bouw)) as overleg:
        return Levering(doelgroep, *_make_or_take_over(bouw, gezien, overleg, uit))


def derived_from(register: Register, history: History, sources: SiteSources, op: date, geheim: str) -> str:
    """The digest of all that views and what is made of them follow from."""
    files = ((path, bron.text) for path, bron in register.bronnen.items())
    return digest(chain([digest_of_program(), sources.inhoud, op, geheim, history], files))


def _for_audience(bouw: Bouw, doelgroep: Doelgroep) -> Bouw:
    """The same with no more of the register than its view follows from."""
    register = bouw.standen.register
    part = part_of(register, doelgroep)
    if part is register:
        return bouw
    return replace(bouw, standen=Standen(part, bouw.op), history=bouw.history.met_alleen(part.bronnen))


def _see(bouw: Bouw, doelgroep: Doelgroep) -> Gezien:
    """The view, and what is made from it at once; the pages of many dossiers in another process meanwhile."""
    kader = make_kader(bouw.standen, bouw.history, doelgroep, bouw.op)
    with begun(partial(_make_bladen, bouw, kader), _batches(kader.bladen), _others(bouw)) as made:
        with without_collector():
            view = fill_view(bouw.standen, bouw.history, kader, bouw.geheim)
            feeds = make_feeds([view])[doelgroep]
            letters = make_letters(view.mails, bouw.sources.texts.templates)
        naast = _beside(view, feeds, letters)
        return Gezien(view, sorted(made, key=lambda item: item.nummer), feeds, letters, naast)


def _others(bouw: Bouw) -> int:
    """How many processes beside its own an audience gets."""
    return 1 if bouw.jobs > 1 and len(bouw.standen.register.dossiers) > GROOT else 0


def _batches(ids: Sequence[str]) -> list[tuple[int, Sequence[str]]]:
    """The numbers of dossiers in lots, each with its own number."""
    return [*enumerate(ids[first : first + PER_KEER] for first in range(0, len(ids), PER_KEER))]


def _make_bladen(bouw: Bouw, kader: Kader, batch: tuple[int, Collection[str]]) -> Bladen:
    """The pages of some dossiers of an audience."""
    number, ids = batch
    with without_collector():
        bladen = [*make_bladen(bouw.standen, bouw.history, kader.doelgroep, bouw.op, set(ids))]
        inhoud = [digest([blad]) for blad in bladen]
    pages = make_dossier_pages(kader, bladen, bouw.sources.texts)
    if bouw.cache is None:
        return Bladen(number, inhoud, [*pages], [])
    return Bladen(number, inhoud, *set_apart(pages, _bodies(bouw.cache, kader, f"{number}")))


def _bodies(cache: Path, kader: Kader, deel: str) -> Path:
    """Where bodies of the pages of an audience are laid aside."""
    folder = cache / "bladen" / kader.doelgroep.naam
    folder.mkdir(parents=True, exist_ok=True)
    return folder / deel


def make_overleg(bouw: Bouw, view: View, bodies: Path) -> Apart:
    """The pages of each overleg, with their bodies in a file."""
    return set_apart(make_overleg_pages(view, bouw.sources.texts), bodies)


def _beside(view: View, feeds: Mapping[str, bytes], letters: Sequence[Brief]) -> dict[str, bytes]:
    """The calendars at the addresses that are told to who may see them, and the drafts of the mails."""
    calendars = {feed.pad: feeds[feed.naam] for feed in view.feeds}
    return calendars | {f"mail/{brief.mail.maand}/{brief.mail.naam}.eml": draft(brief) for brief in letters}


def _make_or_take_over(bouw: Bouw, gezien: Gezien, overleg: Iterator[Apart], uit: str) -> tuple[Sitestempel, bool]:
    """The site, and whether it was made: one of which the view and the sources are those of the build before is not."""
    naam, naast = gezien.view.doelgroep.naam, stamped(gezien.naast)
    pages = chain.from_iterable(item.inhoud for item in gezien.bladen)
    van = digest(chain([digest_of_program(), bouw.sources.inhoud], pieces(gezien.view), pages))
    if site_is_unchanged(bouw.out, bouw.stempel, naam, van):
        take_over_site(bouw.out, bouw.folder, naam)
        return replace(bouw.stempel.sites[naam], uit=uit, naast=naast), False
    scripts = write_site(bouw, gezien, overleg)
    return Sitestempel(uit, van, digest_of_folder(bouw.folder / SITES / naam), sorted(scripts), naast), True


def write_site(bouw: Bouw, gezien: Gezien, overleg: Iterator[Apart]) -> frozenset[str]:
    """One site with its pages, its feeds and its planning; gives the scripts that stand in its pages."""
    from generator.render.site import Inhoud, make_site  # MkDocs is slow to import, and only workers need it

    assert bouw.cache
    view, bodies = gezien.view, _bodies(bouw.cache, gezien.view, "main")
    main = set_apart(make_main_pages(view, gezien.brieven, bouw.sources.texts), bodies)
    static = _static(bouw, gezien)
    parts = [main, *((item.pages, item.copies) for item in gezien.bladen), *overleg]
    pages = [page for alone, _ in parts for page in alone]
    copies = [copy for _, apart in parts for copy in apart]
    place = Path(SITES, view.doelgroep.naam)
    inhoud = Inhoud(pages, copies, static, bouw.sources.inhoud, bouw.out / place)
    return make_site(view, inhoud, bouw.sources.config, bouw.cache, bouw.folder / place)


def _write_sources(bouw: Bouw, gezien: Gezien) -> None:
    """The same as plain Markdown, for other programs to build."""
    view = gezien.view
    pages = [*make_pages(view, bouw.sources.texts), *(page for item in gezien.bladen for page in item.pages)]
    config = bouw.sources.config.read_text(encoding="utf-8")
    files = make_plain(view, pages, _static(bouw, gezien), config, bouw.sources.theme)
    _write_all(bouw.folder / "plain" / view.doelgroep.naam, files)


def _static(bouw: Bouw, gezien: Gezien) -> dict[str, bytes]:
    """What a site holds beside its pages."""
    view = gezien.view
    told = {"planning.json": planning_json(view.datum, view.dossiers).encode()}
    if view.doelgroep != PUBLIEK:
        told["werklijst.json"] = werklijst_json(view.datum, view.werklijst).encode()
    return bouw.sources.assets | {f"kalender/{name}.ics": feed for name, feed in gezien.feeds.items()} | told


def _write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
