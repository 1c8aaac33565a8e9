"""The coordinators' site for Hugo: the same pages, in the same skeleton, with a search index."""

import json
import re
import shutil
import subprocess
from pathlib import Path

from generator.levering import Bouw
from generator.model.view import Dossierblad, View
from generator.render.pages import make_dossier_pages, make_pages

INDEX = """[{{ range $i, $p := .Site.RegularPages }}{{ if $i }},{{ end }}{"location": {{ $p.RelPermalink | jsonify }},
"title": {{ $p.Title | jsonify }}, "text": {{ if hasPrefix $p.RelPermalink "/dossiers/" }}""{{ else }}\
{{ $p.Plain | jsonify }}{{ end }}}{{ end }}]"""
"""Of a dossier its reference, of other pages all that they say: as the sites have it."""


def make_sources(bouw: Bouw, view: View, bladen: list[Dossierblad], made: Path, folder: Path) -> None:
    """Every page of HTML of a site as content, and a layout that is what the theme made of one of them, in `made`."""
    shutil.rmtree(folder, ignore_errors=True)
    texts = bouw.sources.texts
    pages = [page for page in (*make_dossier_pages(view, bladen, texts), *make_pages(view, texts)) if page.html]
    example = next(page for page in reversed(pages) if page.nav)
    rendered = (made / example.path).read_text(encoding="utf-8")
    for name, text in {
        "config.toml": 'baseURL = "/"\nuglyURLs = true\n'
        'disableKinds = ["taxonomy", "term", "sitemap", "RSS", "section"]\n[outputs]\nhome = ["HTML", "JSON"]\n',
        "layouts/_default/single.html": _layout(rendered, example.html),
        "layouts/index.html": "",
        "layouts/index.json": INDEX,
    }.items():
        _write(folder / name, text)
    for number, page in enumerate(pages):  # Hugo takes an index.html for a folder of one page
        head = json.dumps({"title": page.titel, "url": f"/{page.path}"}, ensure_ascii=False)
        _write(folder / f"content/{number}.html", f"{head}\n\n{page.html}")


def _layout(rendered: str, html: str) -> str:
    """The page with its body and its title left open; braces of its own are no instructions."""
    before, after = (part.replace("{{", '{{ "{{" }}') for part in rendered.split(html))
    return re.sub(r"<title>.*?</title>", "<title>{{ .Title }}</title>", before) + "{{ .Content }}" + after


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def build_by_hugo(folder: Path) -> None:
    shutil.rmtree(folder / "public", ignore_errors=True)
    subprocess.run(["hugo", "--quiet", "--source", str(folder)], check=True)
