"""The configuration of the forms (Decap CMS), made from the models, the protocol and the partners."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.checks.woning import in_words
from generator.formuliervelden import Keuzes, make_fields
from generator.model.dossier import Bezoek
from generator.model.protocol import Formulieren, MomentRegel, Trajectregels
from generator.register import Register

EXTRA, VERLENGINGEN = 9, 4
"""How many extra visits, and final evaluations of extensions, people can choose."""


def make_config(register: Register, backend: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that Decap must know: one list of dossiers per traject, each with a form of its own."""
    return {
        "backend": {**backend, "commit_messages": _MESSAGES},
        "publish_mode": "editorial_workflow",
        "load_config_file": False,
        "locale": "nl",
        "media_folder": "media",
        "show_preview_links": False,
        "editor": {"preview": False},
        "collections": [_collection(register, traject) for traject in register.trajecten],
    }


def make_backend(formulieren: Formulieren) -> dict[str, Any]:
    """Where the dossiers are kept, and how people log in there."""
    found = {"name": formulieren.git, "repo": formulieren.project, "branch": formulieren.tak}
    if formulieren.git == "gitlab":
        login = {"auth_type": "pkce", "app_id": formulieren.toepassing, "auth_endpoint": "oauth/authorize"}
        return found | login | {"base_url": formulieren.adres, "api_root": f"{formulieren.adres}/api/v4"}
    own = {"api_root": f"{formulieren.server}/api/v3"} if formulieren.server else {}
    return found | {"base_url": formulieren.aanmelden, "auth_endpoint": "auth"} | own


def make_forms_policy(formulieren: Formulieren | None) -> str:
    """What the page of the forms may do; Decap makes code while it runs. None: it asks its own server alone."""
    asks, shows = _others(formulieren)
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self' 'unsafe-eval'",
            "style-src 'self' 'unsafe-inline'",
            " ".join(("connect-src 'self' blob: data:", *asks)),
            " ".join(("img-src 'self' blob: data:", *shows)),
            "font-src 'self' data:",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )


def _others(formulieren: Formulieren | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The servers that the forms ask, and those of which they show the pictures of people."""
    if formulieren is None:
        return (), ()
    if formulieren.git == "gitlab":
        return (formulieren.adres,), (formulieren.adres, "https://secure.gravatar.com")
    if formulieren.server:
        return (formulieren.server,), (formulieren.server,)
    return ("https://api.github.com", "https://www.githubstatus.com"), ("https://avatars.githubusercontent.com",)


_MESSAGES = {
    "create": "{{slug}}: nieuw dossier",
    "update": "{{slug}}: gewijzigd",
    "delete": "{{slug}}: verwijderd",
    "uploadMedia": "{{path}}: toegevoegd",
    "deleteMedia": "{{path}}: verwijderd",
}


def _collection(register: Register, traject: str) -> dict[str, Any]:
    return {
        "name": traject,
        "label": register.trajecten[traject][-1].regels.titel,
        "label_singular": "dossier",
        "folder": "dossiers",
        "filter": {"field": "traject", "value": traject},
        "extension": "yaml",
        "format": "dossier",
        "create": True,
        "delete": False,
        "identifier_field": "id",
        "slug": "{{id}}",
        "path": "{{year}}/{{slug}}",
        "summary": "{{id}}",
        "sortable_fields": ["id", "start"],
        "fields": make_fields(_choices(register, traject)),
    }


def _choices(register: Register, traject: str) -> Keuzes:
    """What every version of the rules of a traject allows: a dossier follows that of its start."""
    versies = [versie.regels for versie in register.trajecten[traject]]
    partners = register.partners
    return Keuzes(
        traject=traject,
        voorvoegsel=versies[-1].voorvoegsel,
        partners={key: partner.naam for key, partner in partners.items()},
        huisvesters={key: partner.naam for key, partner in partners.items() if partner.rol == "woon"},
        documenten={key: document.titel for regels in versies for key, document in regels.documenten.items()},
        doelgroep={key: _asked(criterium) for regels in versies for key, criterium in regels.doelgroep.items()},
        waarheden=frozenset(
            key for regels in versies for key, criterium in regels.doelgroep.items() if isinstance(criterium, bool)
        ),
        afwijkbaar=dict(pair for regels in versies for pair in _may_be_set_aside(regels)),
        besluiten=frozenset(besluit for regels in versies for besluit in regels.besluiten),
        momenten={soort: _moments(register, traject, versies, soort) for soort in ("huisbezoek", "evaluatie")},
    )


def _asked(criterium: Any) -> str:
    return "elk antwoord mag: ja, nee of een woord" if criterium == "vrij" else f"gevraagd: {in_words(criterium)}"


def _may_be_set_aside(regels: Trajectregels) -> Iterator[tuple[str, str]]:
    titles = {regel.id: regel.titel for regel in regels.regels}
    return ((code, titles.get(code, "")) for code in regels.afwijkbaar)


def _moments(register: Register, traject: str, versies: Iterable[Trajectregels], soort: str) -> dict[str, str]:
    """The moments that a visit or an evaluation can be; also those that dossiers name already."""
    found = dict(
        pair
        for regels in versies
        for moment in regels.momenten
        if moment.soort == soort
        for pair in _named(moment, regels)
    )
    found |= {f"extra-{number}": f"Extra {soort}" for number in range(1, EXTRA + 1)}
    used = (item for dossier in register.per_traject.get(traject, ()) for item in dossier.logboek)
    named = (item.moment for item in used if isinstance(item, Bezoek) and item.soort == soort)
    return found | {name: "" for name in named if name not in found}


def _named(moment: MomentRegel, regels: Trajectregels) -> Iterator[tuple[str, str]]:
    titel = moment.titel or ""
    if moment.elke:
        yield from ((f"{moment.id}-{n}m", titel) for n in regels.maanden_van(moment))
    else:
        yield moment.id, titel
    if moment.na == "einde" and regels.verlenging:
        yield from ((f"{moment.id}-verlenging-{n}", f"{titel}, verlenging {n}") for n in range(1, VERLENGINGEN + 1))
