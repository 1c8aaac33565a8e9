"""A view → the pages of its site, as values: path, title, body. What makes a site of them is not known here."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import cache, partial
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape

from generator.invullen import fill
from generator.model.sources import Sources
from generator.model.view import (
    COORDINATIE,
    PUBLIEK,
    Agenda,
    Dossierblad,
    DossierView,
    Kader,
    OverlegView,
    PartnerOverlegView,
    Rapport,
    Taak,
    Vergadering,
    View,
)
from generator.render import woorden
from generator.render.begrippen import Woordenlijst
from generator.render.fasen import phase_bar
from generator.render.handboek import handbook_blocks, handbook_pages, handbook_values
from generator.render.kalenderpaginas import make_sheets
from generator.render.mail import Brief, make_letters
from generator.render.overzicht import make_filters, make_rows
from generator.render.protocolpaginas import protocol_pages
from generator.render.sjabloon import compile_all, fill_template, make_environment
from generator.render.tijdlijn import dossier_timeline


@dataclass(frozen=True)
class Page:
    """A page of a site: its body is HTML from a template, or hand-written Markdown."""

    path: str
    """Below the site, such as `dossiers/VT-2026-014.html`."""
    titel: str
    html: str = ""
    markdown: str = ""
    nav: str = ""
    """Its title in the navigation; pages without one are reached from others."""
    zoek: tuple[str, ...] | None = None
    """What the search finds it by beside its title; None: all that it says."""
    zoek_ook: tuple[tuple[str, str, str], ...] = ()
    """Further results of the search: what is added to the address, a title, and a text."""
    afwerking: Callable[[str], str] | None = None
    """What is done to the HTML that its Markdown becomes."""

    @property
    def toc(self) -> list[tuple[str, str]]:
        """Id and text of each heading of the second level; of Markdown MkDocs makes the ids."""
        if self.markdown:
            return [("", text) for text in re.findall(r"(?m)^## (.+)$", self.markdown)]
        return re.findall(r'<h2 id="([^"]+)">([^<]+)</h2>', self.html)


def make_dossier_pages(kader: Kader, bladen: Iterable[Dossierblad], sources: Sources) -> Iterator[Page]:
    """The page of each dossier."""
    writer = _Writer(kader, sources)
    for blad in bladen:
        yield writer.page(
            f"dossiers/{blad.dossier.id}.html",
            "dossier.html",
            blad.dossier.id,
            zoek=_known_by(writer, blad.dossier),
            dossier=blad.dossier,
            blad=blad,
            tijdlijn=dossier_timeline(blad, kader.datum),
        )


def make_pages(view: View, sources: Sources) -> Iterator[Page]:
    """Every other page of the audience's site."""
    letters = make_letters(view.mails, sources.templates)
    yield from make_main_pages(view, letters, sources)
    yield from make_overleg_pages(view, sources)


def make_main_pages(view: View, letters: Sequence[Brief], sources: Sources) -> Iterator[Page]:
    """All but those of each overleg; those of the navigation in its order."""
    writer = _ViewWriter(view, sources)
    yield _home(writer)
    if view.doelgroep != PUBLIEK:
        yield _dossiers(writer)
        yield writer.page(
            "agenda/index.html", "agendas.html", "Agenda’s", nav="Agenda’s", maanden=_per_month(view.agendas)
        )
    if view.doelgroep == COORDINATIE:
        yield writer.page("mails/index.html", "mails.html", "Mails", nav="Mails", maanden=_newest_first(letters))
        yield from (_mail(writer, brief) for brief in letters)
    if view.doelgroep != PUBLIEK:
        yield writer.page("aanmeldingen.html", "aanmeldingen.html", "Aanmeldingen", nav="Aanmeldingen")
    if view.rapport:
        yield from _project(writer, view.rapport)
    for sheet in make_sheets(view):
        yield writer.page(sheet.pad, sheet.sjabloon, sheet.titel, nav=sheet.nav, **sheet.waarden)
    yield writer.page("data.html", "data.html", "Datums van het overleg", jaren=_per_year(view))
    yield from _hand_written(writer, sources)
    yield from handbook_pages(writer.page, view.handboek)
    yield from protocol_pages(writer)
    yield writer.page(
        "kalender.html", "kalender.html", "Kalender volgen", nav="Kalender volgen", feeds=[*_addresses(view)]
    )
    if view.doelgroep == COORDINATIE:
        names = tuple(writer.known["namen"].values())
        yield writer.page("partners.html", "partners.html", "Partners", nav="Partners", zoek=names)
        yield writer.page("zicht.html", "zicht.html", "Wie ziet wat", nav="Wie ziet wat", zoek=None)


def make_overleg_pages(view: View, sources: Sources) -> Iterator[Page]:
    """Those of each overleg, the largest: its agenda, and for coordinators the meeting on a screen."""
    writer = _ViewWriter(view, sources)
    if view.doelgroep != PUBLIEK:
        yield from _agendas(writer)
    yield from _meetings(writer)


def _home(writer: "_ViewWriter") -> Page:
    """The first page: what is to come, and what asks attention."""
    view = writer.view
    if view.doelgroep == PUBLIEK:
        return writer.page("index.html", "publiek.html", "Woonbegeleiding", nav="Start", zoek=None)
    coming = [agenda for agenda in view.agendas if agenda.overleg and agenda.overleg >= view.datum]
    moments = [(dossier, moment) for dossier in view.dossiers for moment in dossier.momenten]
    soon = view.datum + timedelta(days=30)
    visits = [
        (dossier, moment)
        for dossier, moment in moments
        if moment.soort != "overleg"
        and view.datum <= moment.datum <= soon
        and moment.status in ("gepland", "te-plannen")
    ]
    values: dict[str, Any] = {
        "volgend": next((item for item in view.overleggen if _is_coming(item, view.datum)), None),
        "agenda": coming[0] if coming else None,
        "agendas": coming,
        "bezoeken": sorted(visits, key=lambda pair: (pair[1].datum, pair[0].id)),
        "gevraagd": [taak for taak in view.werklijst if taak.soort in ("vraag", "bevestigen")],
        "aan_te_vragen": _by_day(taak for taak in view.werklijst if taak.soort == "agenda"),
        "afwijkingen": [(dossier, dossier.afwijkingen) for dossier in view.dossiers if dossier.afwijkingen],
        "fasen": phase_bar(view.dossiers),
    }
    return writer.page("index.html", f"{view.doelgroep.soort}.html", "Start", nav="Start", **values)


def _by_day(tasks: Iterable[Taak]) -> dict[date, list[Taak]]:
    """By the day on which they are due, the first one first: a track may meet on a day of its own."""
    days: dict[date, list[Taak]] = {}
    for task in tasks:
        days.setdefault(task.tegen, []).append(task)
    return days


def _is_coming(item: PartnerOverlegView, op: date) -> bool:
    return item.overleg.datum is not None and item.overleg.datum >= op


def _per_year(view: View) -> dict[str, list[OverlegView]]:
    years: dict[str, list[OverlegView]] = {}
    for overleg in view.maanden:
        years.setdefault(overleg.maand[:4], []).append(overleg)
    return years


def _addresses(view: View) -> Iterator[dict[str, str]]:
    """Each calendar with the addresses to subscribe at: the public one's is no secret."""
    for feed in view.feeds:
        pad = f"publiek/kalender/{feed.naam}.ics" if view.doelgroep == PUBLIEK else feed.pad
        adres = f"{view.webadres}/{pad}" if view.webadres else ""
        yield {"naam": feed.naam, "titel": feed.titel, "adres": adres, "webcal": f"webcal{adres.removeprefix('https')}"}


def _dossiers(writer: "_ViewWriter") -> Page:
    """The overview."""
    rows = make_rows(writer.view)
    values: dict[str, Any] = {"rijen": rows, "filters": make_filters(writer.view, rows)}
    overview = writer.page("dossiers/index.html", "dossiers.html", "Dossiers", nav="Dossiers", **values)
    return replace(overview, zoek_ook=tuple(_filters(writer)))


def _filters(writer: "_ViewWriter") -> Iterator[tuple[str, str, str]]:
    """The overview by phase and by guiding partner: what people look for when they type one of these."""
    for part in phase_bar(writer.view.dossiers):
        yield f"?fase={part.fase}", f"Dossiers: {woorden.woord(part.fase)} ({part.aantal})", ""
    guides = Counter(dossier.partner for dossier in writer.view.dossiers if dossier.partner)
    for partner, number in sorted(guides.items()):
        yield f"?partner={partner}", f"Dossiers: {writer.known['namen'][partner]} ({number})", ""


def _known_by(writer: "_Writer", dossier: DossierView) -> tuple[str, ...]:
    """What people look for a dossier by, beside its reference."""
    guide = (writer.known["namen"][dossier.partner], dossier.begeleider) if dossier.partner else ()
    return (dossier.traject_titel, woorden.woord(dossier.fase), *filter(None, guide))


def _agendas(writer: "_ViewWriter") -> Iterator[Page]:
    """One page a month; the coordinators' holds every partner's agenda."""
    for maand, agendas in _per_month(writer.view.agendas).items():
        titel = f"Agenda van {woorden.maandnaam(maand)}"
        yield writer.page(f"agenda/{maand}.html", "agenda.html", titel, maand=maand, agendas=agendas)


def _per_month(agendas: Iterable[Agenda]) -> dict[str, list[Agenda]]:
    months: dict[str, list[Agenda]] = {}
    for agenda in agendas:
        months.setdefault(agenda.maand, []).append(agenda)
    return months


def _meetings(writer: "_ViewWriter") -> Iterator[Page]:
    """One page an overleg, to share on screen and to print."""
    months: dict[str, list[Vergadering]] = {}
    for item in writer.view.vergaderingen:
        months.setdefault(item.agenda.maand, []).append(item)
    for maand, items in months.items():
        titel = f"Overleg van {woorden.maandnaam(maand)}"
        dossiers = {dossier.id: dossier for dossier in writer.view.dossiers}
        yield writer.page(
            f"overleg/{maand}.html", "overleg.html", titel, maand=maand, vergaderingen=items, dossiers=dossiers
        )


def _newest_first(letters: Iterable[Brief]) -> dict[str, list[Brief]]:
    """By month, the last one first."""
    months: dict[str, list[Brief]] = {}
    for brief in sorted(letters, key=lambda brief: (brief.mail.maand, brief.mail.soort, brief.mail.sleutel)):
        months.setdefault(brief.mail.maand, []).append(brief)
    return dict(reversed(months.items()))


def _mail(writer: "_ViewWriter", brief: Brief) -> Page:
    """A mail to a partner, to be copied (VT-6.2, VT-6.5, WW-11)."""
    return writer.page(f"mails/{brief.mail.maand}/{brief.mail.naam}.html", "mail.html", brief.onderwerp, brief=brief)


def _project(writer: "_ViewWriter", rapport: Rapport) -> Iterator[Page]:
    """What the steering group and the intervision ask (WW-8)."""
    yield writer.page("intervisie/index.html", "intervisies.html", "Intervisie", nav="Intervisie")
    for item in writer.view.intervisies:
        titel = f"Intervisie van {woorden.dag(item.datum)}"
        yield writer.page(f"intervisie/{item.datum}.html", "intervisie.html", titel, intervisie=item)
    titles = writer.view.trajecten
    values: dict[str, Any] = {
        "rapport": rapport,
        "notities": woorden.removal_notes(rapport),
        "cijfers": woorden.CIJFERS,
        "op_tijd_dagen": writer.view.op_tijd_dagen,
        "kwartalen": [quarter.replace("-", "\n") for quarter in rapport.per_kwartaal],
        "per_traject": {
            titles[traject]: [counts[traject] for counts in rapport.per_kwartaal.values()]
            for traject in rapport.trajecten
        },
        "capaciteit_jaren": [str(item.jaar) for item in rapport.capaciteit],
        "capaciteit_reeksen": {
            "gestart": [item.gestart for item in rapport.capaciteit],
            "beschikbaar": [item.beschikbaar for item in rapport.capaciteit],
        },
        "maanden": [month.replace("-", "\n") for month in rapport.bezoeken],
        "bezoeken_reeks": {"bezoeken": [sum(counts.values()) for counts in rapport.bezoeken.values()]},
    }
    yield writer.page("rapport.html", "rapport.html", "Rapport voor de stuurgroep", nav="Rapport", **values)


def _hand_written(writer: "_ViewWriter", sources: Sources) -> Iterator[Page]:
    """Pages in Markdown, with values filled in (`{proefwonen:termijn.minimum}`); the first line is the title.

    Of a folder only `index.md` is in the navigation: it leads to the others.
    """
    view, prefix = writer.view, f"{writer.view.doelgroep.soort}/"
    waarden = writer.waarden | handbook_values(view)
    for name, text in sorted(sources.pages.items()):
        if name.startswith(prefix) and name.endswith(".md"):
            titel = fill(text.partition("\n")[0].removeprefix("# ").strip(), waarden)
            path = name.removeprefix(prefix).removesuffix(".md") + ".html"
            nav = titel if "/" not in path or path.endswith("/index.html") else ""
            markdown = fill(text, _escaped(waarden) | handbook_blocks(view))
            finish = partial(writer.begrippen.link_texts, root="../" * path.count("/"))
            yield Page(path, titel, markdown=markdown, nav=nav, afwerking=finish)


_MARK = re.compile(r"(?<=\w)[@.-](?=\w)|([!-/:-@\[-`{-~])")
"""A character that Markdown could read as a mark or a tag; within a word or an address these three never are one."""


def _escaped(waarden: dict[str, str]) -> dict[str, str]:
    """Values for Markdown, which takes HTML and its own marks as they come: on one line, each mark as a reference."""
    return {key: _MARK.sub(_reference, " ".join(value.split())) for key, value in waarden.items()}


def _reference(found: re.Match[str]) -> str:
    return f"&#{ord(found[1])};" if found[1] else found[0]


class _Writer:
    """Fills the templates for one audience."""

    def __init__(self, kader: Kader, sources: Sources) -> None:
        self.environment = _environment(tuple(sorted(sources.templates.items())))
        self.waarden = kader.waarden | {
            f"{item.traject}:{name}": value for item in kader.protocollen for name, value in item.waarden.items()
        }
        self.begrippen = Woordenlijst(sources.begrippen, self.waarden)
        partners = {partner.id: partner for partner in kader.partners}
        self.known: dict[str, Any] = {
            "view": kader,
            "partners": partners,
            "namen": {key: partner.naam for key, partner in partners.items()},
            "dossierpaginas": set(kader.bladen),
            "regels_in": {regel.id: p.traject for p in reversed(kader.protocollen) for regel in p.alle_regels},
            "regels": {(p.traject, regel.id) for p in kader.protocollen for regel in p.alle_regels},
        }

    def page(
        self, path: str, template: str, titel: str, *, nav: str = "", zoek: tuple[str, ...] | None = (), **values: Any
    ) -> Page:
        root = "../" * path.count("/")
        html = fill_template(self.environment, template, self.known | {"titel": titel, "root": root} | values)
        return Page(path, titel, html=self.begrippen.link_labels(html, root), nav=nav, zoek=zoek)


class _ViewWriter(_Writer):
    """The same for pages that tell of many dossiers."""

    def __init__(self, view: View, sources: Sources) -> None:
        super().__init__(view, sources)
        self.view = view
        mails = view.mails if view.doelgroep == COORDINATIE else ()
        self.known |= {
            "titels": {(d.id, moment.id): moment.titel for d in view.dossiers for moment in d.momenten},
            "mailpaginas": {(mail.maand, mail.naam) for mail in mails},
            "mailmaanden": {mail.maand for mail in mails},
            "overlegpaginas": {item.agenda.maand for item in view.vergaderingen},
        }


def compile_templates(sources: Sources) -> None:
    """Compile the templates of the pages, for every site of this process and of those that begin with it."""
    own = (name for name in sources.templates if not name.startswith("mail/"))
    compile_all(_environment(tuple(sorted(sources.templates.items()))), own)


@cache
def _environment(templates: tuple[tuple[str, str], ...]) -> Environment:
    environment = make_environment(dict(templates))
    environment.filters |= {
        "dag": woorden.dag,
        "dag_kort": woorden.dag_kort,
        "maandnaam": woorden.maandnaam,
        "uur": woorden.uur,
        "uur_kort": woorden.uur_kort,
        "woord": woorden.woord,
        "alineas": _alineas,
        "sleutel": lambda key: key.replace("_", " "),
        "waarde": _waarde,
        "inhoud": lambda item: [(key, value) for key, value in item.items() if key not in _KOP],
    }
    environment.globals |= {
        "grafiek": _grafiek,
        "redenen": woorden.REDENEN,
        "onderwerpen": woorden.ONDERWERPEN,
        "niveaus": woorden.NIVEAUS,
        "inkijk": woorden.INKIJK,
        "mailsoorten": woorden.MAILSOORTEN,
    }
    return environment


def _grafiek(titel: str, labels: list[str], series: dict[str, list[int]]) -> Markup:
    from generator.render.charts import bar_chart  # slow to import, and most sites have no chart

    return bar_chart(titel, labels, series)


_KOP = ("soort", "datum", "uur", "moment")
"""What the table of the logboek shows of an entry before its content."""


def _waarde(value: Any) -> str:
    """A value of a dossier as people read it."""
    match value:
        case bool():
            return "ja" if value else "nee"
        case date():
            return woorden.dag(value)
        case time():
            return woorden.uur(value)
        case list() | tuple():
            return ", ".join(map(_waarde, value))
    return woorden.woord(str(value))


def _alineas(text: str) -> Markup:
    """Plain text as paragraphs; lines that begin with a dash as a list."""
    blocks = (block.strip("\n") for block in re.split(r"\n[ \t]*\n", text.strip()))
    return Markup("\n").join(_block(block.split("\n")) for block in blocks)


def _block(lines: list[str]) -> Markup:
    if all(line.startswith("- ") for line in lines):
        items = Markup("").join(Markup("<li>{}</li>").format(line[2:]) for line in lines)
        return Markup("<ul>{}</ul>").format(items)
    return Markup("<p>{}</p>").format(Markup("<br>").join(escape(line) for line in lines))
