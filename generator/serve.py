"""The sites on this machine, rebuilt and reloaded whenever a file of the register is saved."""

import atexit
import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from html import escape
from pathlib import Path

from mkdocs.livereload import LiveReloadServer

from generator.build import build
from generator.findings import Finding, Gestopt, has_errors
from generator.herlezen import Herlezer
from generator.render import site
from generator.render.mail import compile_mails
from generator.render.pages import compile_templates
from generator.sources import read_sources

POLLING, RUST = 0.2, 0.05
"""Seconds between two looks at the files, of which one takes some hundredths for a thousand dossiers; and how long
nothing more of a look is told before a build begins."""
WATCHED = ("dossiers", "protocol", "site", "mkdocs.yml")
Today = Callable[[], date]
Report = Callable[[list[Finding] | Gestopt], None]
"""Told after each build what was found, or what stopped it."""


def serve(
    root: Path, op: Today, today: Today, host: str, port: int, geheim: str, jobs: int, report: Report
) -> LiveReloadServer:
    """A server of the sites, ready to `serve()`. After an error it goes on showing the last good sites."""
    folder = Path(tempfile.mkdtemp(prefix="woontraject-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)  # it holds everything that coordinators see
    out, reader = folder / "build", Herlezer()

    def rebuild() -> None:
        try:
            findings = build(
                root, op(), today(), out, geheim=geheim, jobs=jobs, read=reader.read, progress=lambda *_: None
            )
        except Gestopt as stopped:
            report(stopped)
            return
        report(findings)
        if not has_errors(findings):
            (out / "sites" / "index.html").write_text(_overview(out / "sites"), encoding="utf-8")
            _compile(root, read_sources(root).inhoud)

    rebuild()
    server = LiveReloadServer(rebuild, host, port, root=str(out / "sites"), polling_interval=POLLING)
    server.build_delay = RUST
    for name in WATCHED:
        if (root / name).exists():
            server.watch(str(root / name))
    return server


@lru_cache(maxsize=1)
def _compile(root: Path, bron: bytes) -> None:  # noqa: ARG001
    """The templates, once for all later builds: their workers begin with what this process has."""
    sources = read_sources(root)
    compile_templates(sources.texts)
    compile_mails(sources.texts.templates)
    site.compile_theme(sources.config, sources.inhoud)


def _overview(sites: Path) -> str:
    """A page with a link to each site."""
    names = sorted(page.parent.relative_to(sites).as_posix() for page in sites.rglob("planning.json"))
    links = "".join(f'<li><a href="{escape(name)}/index.html">{escape(name)}</a></li>' for name in names)
    return (
        f'<!doctype html><html lang="nl"><meta charset="utf-8"><title>Sites</title><body><ul>{links}</ul></body></html>'
    )
