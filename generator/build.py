"""The whole run: read → check → derive → view → render → write."""

import multiprocessing
import os
import tempfile
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from generator.checks import check
from generator.findings import Finding, Gestopt, VerkeerdGebruik, has_errors
from generator.history import History, read_history
from generator.model.view import COORDINATIE, PUBLIEK, Doelgroep, View
from generator.output import signals_end_silently, signals_held_back, whole_folder
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
    read_stempel,
    site_is_unchanged,
    take_over,
    write_stempel,
)
from generator.traject import Standen
from generator.views import audiences, make_view

Progress = Callable[[int, int, str], None]
"""Told after each site: how many are done, of how many, and which."""


@dataclass(frozen=True)
class Task:
    """One site to build, apart from all others: what it is made from, and where."""

    view: View
    sources: SiteSources
    cache: Path | None
    """For compiled templates; None: only its sources are written."""
    out: Path


class Gebouwd(NamedTuple):
    """What a build needs of a site beside its files."""

    feeds: dict[str, bytes]
    """By name."""
    scripts: frozenset[str] = frozenset()
    """Those that stand in its pages."""


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
    standen = Standen(register)
    findings += check(standen, op, vandaag) + check_sources(root, register)
    if has_errors(findings):
        return findings
    known = audiences(register)
    wanted = _part_of(_wanted(known, only), register, deel)
    _refuse_partial(out, [audience.naam for audience in wanted] if only or deel else None, plain)
    history, sources = read_history(root), read_sources(root)
    if plain:
        views = _views(standen, history, wanted, op, geheim)
        _build_plain(views, sources, out, jobs, progress)
        return findings
    files = [(path, bron.text) for path, bron in register.bronnen.items()]
    van = digest([digest_of_program(), sources.inhoud, op, geheim, history, files])
    before = read_stempel(out)
    if is_unchanged(out, before, van, [audience.naam for audience in wanted]):
        return findings
    with without_collector():
        views = _views(standen, history, wanted, op, geheim)
    stempel = replace(before, van=van, doelgroepen=[audience.naam for audience in known])
    _build_sites(views, sources, stempel, out, jobs, progress)
    return findings


def _views(standen: Standen, history: History, wanted: list[Doelgroep], op: date, geheim: str) -> list[View]:
    """Coordinators last: their agendas are those that were made for each partner."""
    views: dict[Doelgroep, View] = {}
    for audience in sorted(wanted, key=COORDINATIE.__eq__):
        views[audience] = make_view(standen, history, audience, op, geheim)
    return [views[audience] for audience in wanted]


def _build_sites(
    views: list[View], sources: SiteSources, stempel: Stempel, out: Path, jobs: int, progress: Progress
) -> None:
    """Every site. `stempel` says what this build is made from, and what the one before it made: a site of which the
    view and the sources are the same is taken over from that.
    """
    made_from = {view.doelgroep.naam: digest([digest_of_program(), sources.inhoud, view]) for view in views}
    kept = {name: stempel.sites[name] for name, of in made_from.items() if site_is_unchanged(out, stempel, name, of)}
    changed = [view for view in views if view.doelgroep.naam not in kept]
    with whole_folder(out) as folder:
        place = folder / SITES
        with tempfile.TemporaryDirectory(prefix=".cache-", dir=folder) as cache:
            tasks = [Task(view, sources, Path(cache), place / view.doelgroep.naam) for view in changed]
            built = _run(tasks, jobs, progress)
        for name in kept:
            take_over(out / SITES / name, place / name)
        stamps = kept | {
            name: Sitestempel(made_from[name], digest_of_folder(place / name), sorted(site.scripts))
            for name, site in built.items()
        }
        feeds = {view.doelgroep.naam: _read_feeds(view, out) for view in views if view.doelgroep.naam in kept}
        _write_feeds(views, feeds | {name: site.feeds for name, site in built.items()}, folder)
        _write_mails(views, sources, folder)
        write_policy(folder, stamps)
        write_stempel(folder, stempel.van, stempel.doelgroepen, stamps)


def write_policy(folder: Path, stamps: Mapping[str, Sitestempel]) -> None:
    """What the pages of all sites may run, for the web server."""
    policy = policy_nginx({script for stamp in stamps.values() for script in stamp.scripts})
    (folder / "csp.conf").write_text(policy, encoding="utf-8")


def _build_plain(views: list[View], sources: SiteSources, out: Path, jobs: int, progress: Progress) -> None:
    """The sources of every site, for other programs to build."""
    with whole_folder(out) as folder:
        place = folder / "plain"
        tasks = [Task(view, sources, None, place / view.doelgroep.naam) for view in views]
        built = _run(tasks, jobs, progress)
        _write_feeds(views, {name: site.feeds for name, site in built.items()}, folder)
        _write_mails(views, sources, folder)


def _read_feeds(view: View, out: Path) -> dict[str, bytes]:
    """Those of a site that is taken over."""
    return {
        feed.naam: (out / SITES / view.doelgroep.naam / f"kalender/{feed.naam}.ics").read_bytes() for feed in view.feeds
    }


def _write_feeds(views: list[View], feeds: Mapping[str, dict[str, bytes]], folder: Path) -> None:
    """The feeds of each site behind secret addresses, for calendar programs that cannot log in."""
    (folder / "feeds").mkdir()
    for view in views:
        for feed in view.feeds:
            target = folder / feed.pad
            target.parent.mkdir()
            target.write_bytes(feeds[view.doelgroep.naam][feed.naam])
    (folder / "feeds" / "index.html").touch()  # a server that lists folders shows this instead


def _write_mails(views: list[View], sources: SiteSources, folder: Path) -> None:
    """The drafts of the mails to partners; coordinators' view and a partner's own hold the same ones."""
    for mail in (mail for view in views for mail in view.mails):
        target = folder / "mail" / mail.maand / f"{mail.naam}.eml"
        if not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(draft(make_letter(mail, sources.texts.templates)))


def build_site(task: Task) -> Gebouwd:
    """One site with its pages, its feeds and its planning."""
    view = task.view
    feeds = make_feeds([view])[view.doelgroep]
    told = {"planning.json": planning_json(view.datum, view.dossiers).encode()}
    if view.doelgroep != PUBLIEK:
        told["werklijst.json"] = werklijst_json(view.datum, view.werklijst).encode()
    calendars = {f"kalender/{name}.ics": feed for name, feed in feeds.items()}
    static = task.sources.assets | calendars | told
    pages = make_pages(view, task.sources.texts)
    if task.cache is None:
        config = task.sources.config.read_text(encoding="utf-8")
        _write_all(task.out, make_plain(view, pages, static, config, task.sources.theme))
        return Gebouwd(feeds)
    from generator.render.site import make_site  # MkDocs is slow to import, and only workers need it

    return Gebouwd(feeds, make_site(view, pages, static, task.sources.config, task.cache, task.out))


def _write_all(folder: Path, files: dict[str, bytes]) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def _part_of(wanted: list[Doelgroep], register: Register, deel: tuple[int, int] | None) -> list[Doelgroep]:
    """The audiences of one part: the largest first, each to the part that has least to do; some may be empty."""
    if deel is None:
        return wanted
    number, parts = deel
    size = {COORDINATIE: len(register.dossiers)} | {
        audience: len(register.per_partner.get(audience.partner, ())) for audience in wanted if audience.partner
    }
    given: list[list[Doelgroep]] = [[] for _ in range(parts)]
    for audience in sorted(wanted, key=lambda audience: -size.get(audience, 0)):
        min(given, key=lambda part: (sum(size.get(one, 0) for one in part), len(part))).append(audience)
    return [audience for audience in wanted if audience in given[number - 1]]


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


def _run(tasks: list[Task], jobs: int, progress: Progress) -> dict[str, Gebouwd]:
    """The largest first, so that no worker is left with it at the end; gives each site by its name."""
    tasks = sorted(tasks, key=lambda task: (-len(task.view.dossiers), task.view.doelgroep.naam))
    built: dict[str, Gebouwd] = {}
    if jobs <= 1 or len(tasks) <= 1:
        for done, task in enumerate(tasks, start=1):
            name = task.view.doelgroep.naam
            built[name] = build_site(task)
            progress(done, len(tasks), name)
        return built
    context = multiprocessing.get_context()
    with ProcessPoolExecutor(min(jobs, len(tasks)), context, _begin_worker, (tasks,)) as pool, _ending_workers():
        with signals_held_back():  # Python loses a Ctrl+C that comes while it forks, or a worker complains of it
            futures = {pool.submit(_build_given, nr): task.view.doelgroep.naam for nr, task in enumerate(tasks)}
        for done, future in enumerate(as_completed(futures), start=1):
            try:
                built[futures[future]] = future.result()
            except BrokenProcessPool:
                raise Gestopt(
                    "een deel van de bouw is afgebroken (te weinig geheugen?): probeer met --jobs 1"
                ) from None
            progress(done, len(tasks), futures[future])
    return built


@contextmanager
def _ending_workers() -> Iterator[None]:
    """What stops the build stops its workers at once, whatever they are at: nobody waits for sites that go."""
    try:
        yield
    except BaseException:
        for worker in multiprocessing.active_children():
            worker.terminate()
        raise


_given: list[Task] = []
"""In a worker: every task, handed over when it began. A queue still writing them waits for ever once workers end."""


def _build_given(number: int) -> Gebouwd:
    return build_site(_given[number])


def _begin_worker(tasks: list[Task]) -> None:
    """In a worker: end when the build is killed. It would wait for work for ever, and keep the lock of `out`.

    A signal ends it without a word: the build tells what stopped it.
    """
    _given[:] = tasks
    signals_end_silently()
    threading.Thread(target=_outlive_nobody, daemon=True).start()


def _outlive_nobody() -> None:
    if build := multiprocessing.parent_process():
        build.join()
    os._exit(1)
