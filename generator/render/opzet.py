"""What stands around every page of a site, whatever makes the site."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from markupsafe import escape

from generator.model.view import View
from generator.render.pages import Page
from generator.render.woorden import dag, dag_kort


def site_name(view: View) -> str:
    """Themes take it as HTML."""
    return str(escape(f"{view.organisatie} – {view.naam}"))


def site_extra(view: View) -> dict[str, Any]:
    """What the theme must know."""
    return {
        "demonstratie": view.demonstratie,
        "datum": str(view.datum),
        "stand": dag(view.datum),
        "regels": _rules(view),
        "dienst": view.dienst,
        "email": view.email,
    }


def navigation(pages: Sequence[Page]) -> list[dict[str, str]]:
    """Title and source of each page in the navigation."""
    return [{str(escape(page.nav)): source_of(page.path)} for page in pages if page.nav]


def source_of(path: str) -> str:
    """The Markdown of a page."""
    return path.removesuffix(".html") + ".md"


def _rules(view: View) -> str:
    """Since when the rules of each track are in force, those of one date together."""
    titles: dict[date, list[str]] = {}
    for protocol in view.protocollen:
        titles.setdefault(protocol.vanaf, []).append(protocol.titel)
    if len(titles) == 1:
        return f"regels van {dag_kort(min(titles))}"
    return " · ".join(f"regels van {dag_kort(day)}: {', '.join(titles[day])}" for day in sorted(titles))
