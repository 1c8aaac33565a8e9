"""The whole run: read → check → derive → view → render → write."""

import tempfile
from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import partial
from pathlib import Path

from generator.checks import check
from generator.findings import Finding, Gestopt, VerkeerdGebruik, has_errors
from generator.history import read_history
from generator.levering import Bouw, Levering, derived_from, make_levering
from generator.model.view import COORDINATIE, PUBLIEK, Doelgroep
from generator.output import clean_up, whole_folder
from generator.processen import side_by_side
from generator.register import Register, read_register
from generator.render.policy import policy_nginx
from generator.sources import check_sources, read_sources
from generator.stempel import Sitestempel, is_unchanged, read_stempel, write_stempel
from generator.traject import Standen
from generator.views import audiences

Read = Callable[[Path], tuple[Register | None, list[Finding]]]
Progress = Callable[[int, int, str], None]
"""Told after each site: how many are ready, of how many, and which was made; none: it was taken over."""


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
    read: Read = read_register,
    progress: Progress,
) -> list[Finding]:
    """Build every site and feed of the register in `root`, as of a date, into the folder `out`.

    `geheim` makes the addresses of the feeds. `only` names the audiences to build; `deel` (2, 4) is the second of four
    parts, about as large as each other, that `join_parts` makes whole. With `plain` the sources of each site, for other
    programs to build, are made in place of the sites. Where there is an error nothing is written. `read` reads the
    register. Gives every finding.
    """
    register, findings = read(root)
    if register is None:
        return findings
    standen = Standen(register, op)
    findings += check(standen, op, vandaag) + check_sources(root, register)
    if has_errors(findings):
        return findings
    register.share_sets()
    if plain and deel:
        raise VerkeerdGebruik("--plain en --part gaan niet samen: kies met --only welke doelgroepen")
    known = audiences(register)
    wanted = _part_of(_wanted(known, only), register, deel)
    before = read_stempel(out)
    if not (deel and before.is_deel):  # a part is of other audiences when one of them has grown
        _refuse_partial(out, [audience.naam for audience in wanted] if only or deel else None, plain)
    history, sources = read_history(root), read_sources(root)
    van = derived_from(register, history, sources, op, geheim)
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


def _run(bouw: Bouw, wanted: list[Doelgroep], jobs: int, progress: Progress) -> list[Levering]:
    built: list[Levering] = []
    for item in side_by_side(partial(make_levering, bouw), wanted, jobs):
        built.append(item)
        progress(len(built), len(wanted), item.doelgroep.naam if item.nieuw else "")
    return built


def write_policy(folder: Path, stamps: Mapping[str, Sitestempel]) -> None:
    """What the pages of all sites may run, for the web server."""
    policy = policy_nginx({script for stamp in stamps.values() for script in stamp.scripts})
    (folder / "csp.conf").write_text(policy, encoding="utf-8")


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
