"""The whole run: read → check → derive → view → render → write."""

import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from generator.checks import check
from generator.findings import Finding, Gestopt, VerkeerdGebruik, has_errors
from generator.history import History, read_history
from generator.model.view import COORDINATIE, PUBLIEK, Doelgroep, Kader, View
from generator.output import clean_up, whole_folder
from generator.processen import begun, give_way, side_by_side
from generator.register import Register, read_register, without_collector
from generator.render.data import planning_json, werklijst_json
from generator.render.ical import make_feeds
from generator.render.mail import draft, make_letter
from generator.render.mal import Kopie, set_apart
from generator.render.pages import Page, make_dossier_pages, make_pages
from generator.render.plain import make_plain
from generator.render.policy import policy_nginx
from generator.sources import SiteSources, check_sources, read_sources
from generator.stempel import (
    SITES,
    Sitestempel,
    Stempel,
    audience_is_unchanged,
    digest,
    digest_of_folder,
    digest_of_program,
    is_unchanged,
    pieces,
    read_stempel,
    site_is_unchanged,
    stamped,
    take_over,
    take_over_site,
    write_stempel,
)
from generator.traject import Standen
from generator.views import audiences, make_bladen, make_kader, make_view, part_of

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
    """What the build before it was made from, and made."""
    out: Path
    """Where that one is."""
    folder: Path
    """Where this one is made."""
    cache: Path | None
    """For compiled templates, and bodies of pages; None: only the sources of each site are written."""
    jobs: int


class Gebouwd(NamedTuple):
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
    inhoud: str
    """The digest of what they were made from."""
    pages: list[Page]
    copies: list[Kopie]


PER_KEER = 500
"""How many dossiers are on a page at once: all at once would be as much text as a site."""
GROOT = 300
"""From so many dossiers on it pays to make their pages in a process of its own."""


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
    van = _derived_from(register, history, sources, op, geheim)
    if not plain and is_unchanged(out, before, van, [audience.naam for audience in wanted]):
        clean_up(out)
        return findings
    ordered = sorted(wanted, key=_sizes(register).__getitem__, reverse=True)  # no worker is left with the largest
    with whole_folder(out) as folder:
        with tempfile.TemporaryDirectory(prefix=".cache-", dir=folder) as cache:
            place = None if plain else Path(cache)
            bouw = Bouw(standen, history, sources, op, geheim, before, out, folder, place, jobs)
            built = _run(bouw, ordered, jobs, progress)
        (folder / "feeds").mkdir(exist_ok=True)
        (folder / "feeds" / "index.html").touch()  # a server that lists folders shows this instead
        if not plain:
            stamps = {item.doelgroep.naam: item.stempel for item in built if item.stempel}
            write_policy(folder, stamps)
            write_stempel(folder, van, [audience.naam for audience in known], stamps)
    return findings


def _derived_from(register: Register, history: History, sources: SiteSources, op: date, geheim: str) -> str:
    """The digest of all that views and what is made of them follow from."""
    files = ((path, bron.text) for path, bron in register.bronnen.items())
    return digest(chain([digest_of_program(), sources.inhoud, op, geheim, history], files))


def _run(bouw: Bouw, wanted: list[Doelgroep], jobs: int, progress: Progress) -> list[Gebouwd]:
    built: list[Gebouwd] = []
    for item in side_by_side(partial(build_audience, bouw), wanted, jobs):
        built.append(item)
        progress(len(built), len(wanted), item.doelgroep.naam if item.nieuw else "")
    return built


def build_audience(bouw: Bouw, doelgroep: Doelgroep) -> Gebouwd:
    """All that one audience gets, from its part of the register: what follows from the same is taken over."""
    naam, bouw = doelgroep.naam, _for_audience(bouw, doelgroep)
    register = bouw.standen.register
    uit = _derived_from(register, bouw.history, bouw.sources, bouw.op, bouw.geheim)
    if bouw.cache and audience_is_unchanged(bouw.out, bouw.stempel, naam, uit):
        take_over(bouw.out, bouw.folder, bouw.stempel, naam)
        return Gebouwd(doelgroep, bouw.stempel.sites[naam], nieuw=False)
    kader = make_kader(bouw.standen, bouw.history, doelgroep, bouw.op)
    batches = [*enumerate(_batches(kader.bladen))]
    others = 1 if bouw.jobs > 1 and len(kader.bladen) > GROOT else 0
    if bouw.jobs > 1 and not others:
        give_way()
    with begun(partial(_make_bladen, bouw, kader), batches, others) as made, without_collector():
        view = make_view(bouw.standen, bouw.history, doelgroep, bouw.op, bouw.geheim)
        feeds = make_feeds([view])[doelgroep]
        bladen = sorted(made, key=lambda item: item.nummer)
    beside = _mails(view, bouw.sources) | _at_address(view, feeds)
    _write_all(bouw.folder, beside)
    if bouw.cache is None:
        write_sources(bouw, view, feeds, bladen)
        return Gebouwd(doelgroep, None, nieuw=True)
    pages = (item.inhoud for item in bladen)
    van = digest(chain([digest_of_program(), bouw.sources.inhoud], pieces(view), pages))
    naast = stamped(beside)
    if site_is_unchanged(bouw.out, bouw.stempel, naam, van):
        take_over_site(bouw.out, bouw.folder, naam)
        known = bouw.stempel.sites[naam]
        return Gebouwd(doelgroep, Sitestempel(uit, van, known.inhoud, known.scripts, naast), nieuw=False)
    scripts = write_site(bouw, view, feeds, bladen)
    inhoud = digest_of_folder(bouw.folder / SITES / naam)
    return Gebouwd(doelgroep, Sitestempel(uit, van, inhoud, sorted(scripts), naast), nieuw=True)


def _for_audience(bouw: Bouw, doelgroep: Doelgroep) -> Bouw:
    """The same with no more of the register than its view follows from."""
    register = bouw.standen.register
    part = part_of(register, doelgroep)
    if part is register:
        return bouw
    return replace(bouw, standen=Standen(part, bouw.op), history=bouw.history.met_alleen(part.bronnen))


def _batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[first : first + PER_KEER] for first in range(0, len(ids), PER_KEER))


def _make_bladen(bouw: Bouw, kader: Kader, batch: tuple[int, Collection[str]]) -> Bladen:
    """The pages of some dossiers of an audience."""
    number, ids = batch
    with without_collector():
        bladen = [*make_bladen(bouw.standen, bouw.history, kader.doelgroep, bouw.op, set(ids))]
        pages = make_dossier_pages(kader, bladen, bouw.sources.texts)
        if bouw.cache is None:
            return Bladen(number, "", [*pages], [])
        return Bladen(number, digest(bladen), *set_apart(pages, _bodies(bouw, kader, f"{number}")))


def _bodies(bouw: Bouw, kader: Kader, deel: str) -> Path:
    """Where bodies of the pages of an audience are laid aside."""
    folder = Path(bouw.cache or bouw.folder, "bladen", kader.doelgroep.naam)
    folder.mkdir(parents=True, exist_ok=True)
    return folder / deel


def _at_address(view: View, feeds: Mapping[str, bytes]) -> dict[str, bytes]:
    """The feeds behind secret addresses, for calendar programs that cannot log in."""
    return {feed.pad: feeds[feed.naam] for feed in view.feeds}


def _mails(view: View, sources: SiteSources) -> dict[str, bytes]:
    """The drafts of the mails to partners."""
    templates = sources.texts.templates
    return {f"mail/{mail.maand}/{mail.naam}.eml": draft(make_letter(mail, templates)) for mail in view.mails}


def write_policy(folder: Path, stamps: Mapping[str, Sitestempel]) -> None:
    """What the pages of all sites may run, for the web server."""
    policy = policy_nginx({script for stamp in stamps.values() for script in stamp.scripts})
    (folder / "csp.conf").write_text(policy, encoding="utf-8")


def write_site(bouw: Bouw, view: View, feeds: Mapping[str, bytes], bladen: Collection[Bladen]) -> frozenset[str]:
    """One site with its pages, its feeds and its planning; gives the scripts that stand in its pages."""
    from generator.render.site import Inhoud, make_site  # MkDocs is slow to import, and only workers need it

    assert bouw.cache
    others, copies = set_apart(make_pages(view, bouw.sources.texts), _bodies(bouw, view, "site"))
    pages = [*others, *(page for item in bladen for page in item.pages)]
    copies = [*(copy for item in bladen for copy in item.copies), *copies]
    inhoud = Inhoud(pages, copies, _static(bouw, view, feeds), bouw.sources.inhoud)
    return make_site(view, inhoud, bouw.sources.config, bouw.cache, bouw.folder / SITES / view.doelgroep.naam)


def write_sources(bouw: Bouw, view: View, feeds: Mapping[str, bytes], bladen: Collection[Bladen]) -> None:
    """The same as plain Markdown, for other programs to build."""
    pages = [*make_pages(view, bouw.sources.texts), *(page for item in bladen for page in item.pages)]
    config = bouw.sources.config.read_text(encoding="utf-8")
    files = make_plain(view, pages, _static(bouw, view, feeds), config, bouw.sources.theme)
    _write_all(bouw.folder / "plain" / view.doelgroep.naam, files)


def _static(bouw: Bouw, view: View, feeds: Mapping[str, bytes]) -> dict[str, bytes]:
    """What a site holds beside its pages."""
    told = {"planning.json": planning_json(view.datum, view.dossiers).encode()}
    if view.doelgroep != PUBLIEK:
        told["werklijst.json"] = werklijst_json(view.datum, view.werklijst).encode()
    return bouw.sources.assets | {f"kalender/{name}.ics": feed for name, feed in feeds.items()} | told


def _write_all(folder: Path, files: Mapping[str, bytes]) -> None:
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
