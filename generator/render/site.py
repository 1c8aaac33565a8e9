"""Pages → a static site, by MkDocs and its theme Material. The one place that knows them.

The pages are handed over in memory; the navigation holds a few of them only, since MkDocs renders the whole of it on
every page.
"""

import json
import logging
import os
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader
from markupsafe import escape
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc
from mkdocs.theme import Theme
from mkdocs.utils.templates import TemplateContext

from generator.findings import Gestopt
from generator.model.view import View
from generator.output import write_or_take_over
from generator.render.mal import Kopie, Soort, linked_from, make_copies, make_mould
from generator.render.opzet import navigation, site_extra, site_name, source_of
from generator.render.pages import Page
from generator.render.policy import inline_scripts
from generator.render.sjabloon import compile_all
from generator.render.zoekindex import Ingang, entries

_USED_LUNR = ("lunr.nl.min.js", "lunr.stemmer.support.min.js")


class Inhoud(NamedTuple):
    """What a site holds."""

    pages: Sequence[Page]
    copies: Sequence[Kopie]
    """The pages that follow from others (see `set_apart`)."""
    static: dict[str, bytes]
    """Further files, by path."""
    bron: bytes
    """All templates, to tell one from another: they are compiled once in a process."""
    eerder: Path
    """Where the same site is in the build before, if it was made then."""


def make_site(view: View, inhoud: Inhoud, config: Path, cache: Path, out: Path) -> frozenset[str]:
    """Build the site of a view in the folder `out`. `cache`: compiled templates.

    Gives the scripts that stand in its pages: those of the theme.
    """
    # What MkDocs calls the time of the build is the day of the view: same input, same bytes.
    noon = datetime.combine(view.datum, time(12), UTC)
    os.environ["SOURCE_DATE_EPOCH"] = str(int(noon.timestamp()))
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    empty = cache / "docs"
    empty.mkdir(parents=True, exist_ok=True)
    try:
        site = load_config(str(config), site_name=site_name(view), site_dir=str(out), docs_dir=str(empty), strict=True)
        scripts = _build(site, view, inhoud, cache)
    except MkDocsException as error:
        raise Gestopt(f"MkDocs kan de site {view.doelgroep.naam} niet maken: {error}") from None
    for unused in ("sitemap.xml", "sitemap.xml.gz"):
        (out / unused).unlink(missing_ok=True)
    return scripts


def _build(site: MkDocsConfig, view: View, inhoud: Inhoud, cache: Path) -> frozenset[str]:
    site.nav = navigation(inhoud.pages)
    site.extra |= site_extra(view)
    site.theme.get_env = partial(_environment, site.theme, inhoud.bron, cache)  # type: ignore[method-assign]
    site.plugins["woontraject"] = plugin = _Pages(inhoud, f"/{view.doelgroep.naam}/")
    site.plugins.on_startup(command="build", dirty=False)
    try:
        build(site)
    finally:
        site.plugins.on_shutdown()
    return frozenset(plugin.scripts)


def compile_theme(config: Path, bron: bytes) -> None:
    """Compile the templates of the theme, for every site of this process and of those that begin with it."""
    with tempfile.TemporaryDirectory() as empty:
        theme = load_config(str(config), docs_dir=empty).theme
    environment = _environment(theme, bron, None)
    compile_all(environment, environment.list_templates(["html"]))


@lru_cache(maxsize=1)
def _compiled(bron: bytes) -> dict[tuple[str, ...], Environment]:  # noqa: ARG001
    """The templates that are compiled, by the folders that they are in."""
    return {}


def _environment(theme: Theme, bron: bytes, cache: Path | None) -> Environment:
    """The templates of the theme, read and compiled once for all sites of a process: a third of the time of one."""
    known, folders = _compiled(bron), tuple(theme.dirs)
    if folders not in known:
        environment = known[folders] = Theme.get_env(theme)
        environment.loader = _Templates(folders)
    known[folders].bytecode_cache = FileSystemBytecodeCache(str(cache), "%s.jinja") if cache else None
    return known[folders]


class _Templates(FileSystemLoader):
    """Lists the files of the theme once, without its thousands of icons, which are no files of a site."""

    @cached_property
    def _names(self) -> list[str]:
        return [name for name in FileSystemLoader.list_templates(self) if not name.startswith(".")]

    def list_templates(self) -> list[str]:
        return self._names


class _Pages(BasePlugin):  # type: ignore[no-untyped-call,type-arg]
    """Hands our pages to MkDocs: bodies are ours already, so that no Markdown is parsed for them."""

    def __init__(self, inhoud: Inhoud, place: str) -> None:
        linked = linked_from(inhoud.pages, inhoud.copies)
        alone = [*inhoud.pages, *(replace(copy.page, html=copy.body) for copy in linked)]
        self.kinds: dict[Soort, list[Kopie]] = {}
        for copy in inhoud.copies:
            if copy not in linked:
                self.kinds.setdefault(copy.soort, []).append(copy)
        self.moulds = {source_of(same[0].page.path): make_mould(same[0]) for same in self.kinds.values()}
        self.pages = {source_of(page.path): page for page in alone} | self.moulds
        self.static = inhoud.static
        self.eerder = inhoud.eerder
        self.place = place
        self.scripts: set[str] = set()
        self.found: list[Ingang] = []

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        for file in list(files):
            name = file.src_uri.rpartition("/")[2]
            if file.src_uri.endswith(".map") or ("/lunr/" in file.src_uri and name not in _USED_LUNR):
                files.remove(file)
        for source, page in self.pages.items():
            level = InclusionLevel.INCLUDED if page.nav else InclusionLevel.NOT_IN_NAV
            files.append(File.generated(config, source, content=_front_matter(page) + page.markdown, inclusion=level))
        for path, content in self.static.items():
            files.append(File.generated(config, path, content=content))
        return files

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """The index of the search is ours: that of the theme reads every page whole."""
        for copies in self.kinds.values():
            rendered = Path(config.site_dir, copies[0].page.path).read_text(encoding="utf-8")
            for copy, parts in make_copies(rendered, copies):
                self._refuse_scripts(copy.page.path, parts[1])
                self.found += copy.ingangen
                target = Path(config.site_dir, copy.page.path)
                target.parent.mkdir(parents=True, exist_ok=True)
                write_or_take_over(target, "".join(parts).encode(), self.eerder / copy.page.path)
        path = Path(config.site_dir, "search/search_index.json")
        index = json.loads(path.read_text(encoding="utf-8"))
        index["docs"] = self.found
        path.write_text(json.dumps(index, separators=(",", ":")), encoding="utf-8")

    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002
        own = self.pages[page.file.src_uri]
        if page.file.src_uri not in self.moulds:
            self.found += entries(own, own.html or html)
        if own.markdown:
            return own.afwerking(html) if own.afwerking else html
        page.toc = get_toc([{"level": 2, "id": key, "name": name, "children": []} for key, name in own.toc])
        return own.html

    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:  # noqa: ARG002
        self._refuse_scripts(page.file.src_uri, page.content or "")
        self.scripts.update(inline_scripts(output))
        return output

    def _refuse_scripts(self, name: str, html: str) -> None:
        """Only the theme brings scripts: what a text brings would otherwise be allowed to run too."""
        if any(inline_scripts(html)):
            raise Gestopt(
                f"{name} bevat een script, en dat weigert de webserver: zet het in een bestand in"
                " site/assets en noem dat in mkdocs.yml bij extra_javascript"
            )

    def on_template_context(self, context: TemplateContext, *, template_name: str, config: MkDocsConfig) -> Any:  # noqa: ARG002
        """The page for what is not there is shown at any depth: its links begin where the server has the site."""
        if template_name == "404.html":
            context["base_url"] = self.place
        return context

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:  # noqa: ARG002
        self.scripts.update(inline_scripts(output))
        return output


def _front_matter(page: Page) -> str:
    """The title, and what the theme must know of the page."""
    meta: dict[str, Any] = {
        "title": str(escape(page.titel)),
        "hide": ["toc"] if len(page.toc) < 2 else [],
        "search": {"exclude": True},
    }
    return f"---\n{json.dumps(meta, ensure_ascii=False)}\n---\n"
