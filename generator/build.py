"""The whole run: read → check → derive → view → render → write."""

import tempfile
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

from generator.checks import check
from generator.findings import Finding, Gestopt, VerkeerdGebruik, has_errors
from generator.history import History, read_history
from generator.model.view import COORDINATIE, PUBLIEK, Doelgroep, View
from generator.output import clean_up, whole_folder
from generator.processen import side_by_side
from generator.register import Register, read_register, without_collector
from generator.render.data import planning_json, werklijst_json
from generator.render.ical import make_feeds
from generator.render.mail import draft, make_letter
from generator.render.pages import make_pages
from generator.render.plain import make_plain
from generator.render.policy import policy_nginx
from generator.sources import SiteSources, check_sources, read_sources
from generator.stempel import (
    SITES,
    Sitestempel,
    Stempel,
    digest,
    digest_of_folder,
    digest_of_program,
    is_unchanged,
    pieces,
    read_stempel,
    site_is_unchanged,
    take_over,
    write_stempel,
)
from generator.traject import Standen
from generator.views import audiences, make_view

Progress = Callable[[int, int, str], None]
"""Told after each site: how many are ready, of how many, and which was made; none: it was taken over."""


@dataclass(frozen=True)
class Bouw:
    """What every site of a build is derived from, and where it goes."""

    standen: Standen
    history: History
    sources: SiteSources
    op: date
    geheim: str
    stempel: Stempel
    """What it is made from, and what the build before it made."""
    out: Path
    """Where that one is."""
    folder: Path
    """Where this one is made."""
    cache: Path | None
    """For compiled templates; None: only the sources of each site are written."""


@dataclass(frozen=True)
class Site:
    """One site to write, apart from all others: what it is made from, and where."""

    view: View
    feeds: dict[str, bytes]
    """By name."""
    sources: SiteSources
    cache: Path | None
    out: Path


class Gebouwd(NamedTuple):
    """What an audience gets beside its site."""

    doelgroep: Doelgroep
    bestanden: dict[str, bytes]
    """Feeds behind their secret addresses, and mails, by path in the build."""
    stempel: Sitestempel | None
    """Of its site; None where only sources are written."""
    nieuw: bool
    """Its site was made; else it was taken over."""


def build(
    root: Path,
    op: date,
    vandaag: date,
    out: Path,
    *,
    geheim: str,
    only: tuple[str, ...] = (),
    deel: tuple[int, int] | None = None,
    plain: bool = False,
    jobs: int = 1,
    progress: Progress,
) -> list[Finding]:
    """Build every site and feed of the register in `root`, as of a date, into the folder `out`.

    `geheim` makes the addresses of the feeds. `only` names the audiences to build; `deel` (2, 4) is the second of four
    parts, about as large as each other, that `join_parts` makes whole. With `plain` the sources of each site, for other
    programs to build, are made in place of the sites. Where there is an error nothing is written. Gives every finding.
    """
    register, findings = read_register(root)
    if register is None:
        return findings
    standen = Standen(register, op)
    findings += check(standen, op, vandaag) + check_sources(root, register)
    if has_errors(findings):
        return findings
    if plain and deel:
        raise VerkeerdGebruik("--plain en --part gaan niet samen: kies met --only welke doelgroepen")
    known = audiences(register)
    wanted = _part_of(_wanted(known, only), register, deel)
    before = read_stempel(out)
    if not (deel and before.is_deel):  # a part is of other audiences when one of them has grown
        _refuse_partial(out, [audience.naam for audience in wanted] if only or deel else None, plain)
    history, sources = read_history(root), read_sources(root)
    files = [(path, bron.text) for path, bron in register.bronnen.items()]
    van = digest([digest_of_program(), sources.inhoud, op, geheim, history, files])
    if not plain and is_unchanged(out, before, van, [audience.naam for audience in wanted]):
        clean_up(out)
        return findings
    stempel = replace(before, van=van, doelgroepen=[audience.naam for audience in known])
    ordered = sorted(wanted, key=_sizes(register).__getitem__, reverse=True)  # no worker is left with the largest
    with whole_folder(out) as folder:
        with tempfile.TemporaryDirectory(prefix=".cache-", dir=folder) as cache:
            place = None if plain else Path(cache)
            bouw = Bouw(standen, history, sources, op, geheim, stempel, out, folder, place)
            built = _run(bouw, ordered, jobs, progress)
        _write_beside(folder, built)
        if not plain:
            stamps = {item.doelgroep.naam: item.stempel for item in built if item.stempel}
            write_policy(folder, stamps)
            write_stempel(folder, van, stempel.doelgroepen, stamps)
    return findings


def _run(bouw: Bouw, wanted: list[Doelgroep], jobs: int, progress: Progress) -> list[Gebouwd]:
    built: list[Gebouwd] = []
    for item in side_by_side(partial(build_audience, bouw), wanted, jobs):
        built.append(item)
        progress(len(built), len(wanted), item.doelgroep.naam if item.nieuw else "")
    return built


def build_audience(bouw: Bouw, doelgroep: Doelgroep) -> Gebouwd:
    """All that one audience gets, from its view alone."""
    with without_collector():
        view = make_view(bouw.standen, bouw.history, doelgroep, bouw.op, bouw.geheim)
    feeds, stempel, nieuw = _build_site(bouw, view)
    return Gebouwd(doelgroep, _mails(view, bouw.sources) | _at_address(view, feeds), stempel, nieuw)


def _build_site(bouw: Bouw, view: View) -> tuple[dict[str, bytes], Sitestempel | None, bool]:
    """Its feeds by name, the stamp, and whether it was made: one of which the view and the sources are those of the
    build before is taken over from it."""
    naam = view.doelgroep.naam
    place = bouw.folder / ("plain" if bouw.cache is None else SITES) / naam
    van = digest([digest_of_program(), bouw.sources.inhoud, *pieces(view)])
    if bouw.cache and site_is_unchanged(bouw.out, bouw.stempel, naam, van):
        take_over(bouw.out / SITES / naam, place)
        feeds = {feed.naam: (place / f"kalender/{feed.naam}.ics").read_bytes() for feed in view.feeds}
        return feeds, bouw.stempel.sites[naam], False
    feeds = make_feeds([view])[view.doelgroep]
    scripts = write_site(Site(view, feeds, bouw.sources, bouw.cache, place))
    return feeds, Sitestempel(van, digest_of_folder(place), sorted(scripts)) if bouw.cache else None, True


def _at_address(view: View, feeds: Mapping[str, bytes]) -> dict[str, bytes]:
    """The feeds behind secret addresses, for calendar programs that cannot log in."""
    return {feed.pad: feeds[feed.naam] for feed in view.feeds}


def _mails(view: View, sources: SiteSources) -> dict[str, bytes]:
    """The drafts of the mails to partners."""
    templates = sources.texts.templates
    return {f"mail/{mail.maand}/{mail.naam}.eml": draft(make_letter(mail, templates)) for mail in view.mails}


def _write_beside(folder: Path, built: Collection[Gebouwd]) -> None:
    """What lies beside the sites; coordinators and a partner have the same mails."""
    _write_all(folder, {path: content for item in built for path, content in item.bestanden.items()})
    (folder / "feeds").mkdir(exist_ok=True)
    (folder / "feeds" / "index.html").touch()  # a server that lists folders shows this instead


def write_policy(folder: Path, stamps: Mapping[str, Sitestempel]) -> None:
    """What the pages of all sites may run, for the web server."""
    policy = policy_nginx({script for stamp in stamps.values() for script in stamp.scripts})
    (folder / "csp.conf").write_text(policy, encoding="utf-8")


def write_site(site: Site) -> frozenset[str]:
    """One site with its pages, its feeds and its planning; gives the scripts that stand in its pages."""
    view = site.view
    told = {"planning.json": planning_json(view.datum, view.dossiers).encode()}
    if view.doelgroep != PUBLIEK:
        told["werklijst.json"] = werklijst_json(view.datum, view.werklijst).encode()
    calendars = {f"kalender/{name}.ics": feed for name, feed in site.feeds.items()}
    static = site.sources.assets | calendars | told
    pages = make_pages(view, site.sources.texts)
    if site.cache is None:
        config = site.sources.config.read_text(encoding="utf-8")
        _write_all(site.out, make_plain(view, pages, static, config, site.sources.theme))
        return frozenset()
    from generator.render.site import make_site  # MkDocs is slow to import, and only workers need it

    return make_site(view, pages, static, site.sources.config, site.cache, site.out)


def _write_all(folder: Path, files: dict[str, bytes]) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def _part_of(wanted: list[Doelgroep], register: Register, deel: tuple[int, int] | None) -> list[Doelgroep]:
    """The audiences of one part: the largest first, each to the part that has least to do; some may be empty."""
    if deel is None:
        return wanted
    number, parts = deel
    size = _sizes(register)
    given: list[list[Doelgroep]] = [[] for _ in range(parts)]
    for audience in sorted(wanted, key=size.__getitem__, reverse=True):
        min(given, key=lambda part: (sum(size[one] for one in part), len(part))).append(audience)
    return [audience for audience in wanted if audience in given[number - 1]]


def _sizes(register: Register) -> dict[Doelgroep, int]:
    """The dossiers of each audience."""
    partners = {Doelgroep("partner", name): len(dossiers) for name, dossiers in register.per_partner.items()}
    return {PUBLIEK: 0, COORDINATIE: len(register.dossiers), **partners}


def _refuse_partial(out: Path, only: Collection[str] | None, plain: bool) -> None:
    """A build of some audiences never takes the place of one that holds others, nor sources that of sites."""
    sites, sources = out / "sites", out / "plain"
    others = {page.parent.relative_to(sites).as_posix() for page in sites.rglob("planning.json")}
    if plain and others:
        raise Gestopt(f"{out} bevat sites, en die zouden verdwijnen: kies met --out een andere map")
    others |= {page.parent.relative_to(sources).as_posix() for page in sources.rglob("mkdocs.yml")}
    if only is not None and (others := others - set(only)):
        raise Gestopt(f"{out} bevat ook {min(others)}, en dat zou verdwijnen: kies met --out een andere map")


def _wanted(known: tuple[Doelgroep, ...], only: tuple[str, ...]) -> list[Doelgroep]:
    names = [audience.naam for audience in known]
    if unknown := [name for name in only if name not in names]:
        raise VerkeerdGebruik(f"de doelgroep {unknown[0]} bestaat niet (wel: {', '.join(names)})")
    return [audience for audience in known if not only or audience.naam in only]
