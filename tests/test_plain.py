"""`build --plain`: Markdown that people read and other programs build as it is, in which text stays text."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator.render.markdown import to_markdown
from tests.browser import NO_SEARCH, looking, serving
from tests.conftest import PROJECT, VANDAAG
from tests.test_build import DATUM, run
from tests.test_free_text import difference, garbled, harmless, hostile, pages_of, texts_of, word, write
from tests.test_links import Named, wrong_links


def plain(root: Path) -> Path:
    result = run("build", "--plain", "--date", DATUM, root=root)
    assert result.returncode == 0, result.stderr
    return root / "build/plain"


def build(program: str, folder: Path, out: Path) -> Path:
    """The site that a program makes of a folder; a warning is an error."""
    command = [sys.executable, "-W", "ignore", "-m", program, "build", "--strict", "--site-dir", str(out)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("plat")
    for name in ("protocol", "dossiers"):
        shutil.copytree(PROJECT / name, root / name)
    return plain(root)


@pytest.mark.parametrize(("program", "audience"), [("mkdocs", "publiek"), ("properdocs", "coordinatie")])
def test_programs_build_it_as_it_is(
    demonstration: Path, published: Path, tmp_path: Path, program: str, audience: str
) -> None:
    """With the pages, the places in them and the files of the site that is made from it otherwise, and no dead link."""
    site = build(program, demonstration / audience, tmp_path / "site")
    made = published / "build/sites" / audience
    assert pages_of(site) == pages_of(made)
    assert {path.name for path in made.rglob("*.ics")} <= {path.name for path in site.rglob("*.ics")}
    assert (site / "planning.json").is_file()
    for page in set(pages_of(site)) - {"404.html"}:
        assert places(made / page) <= places(site / page), page
    assert [
        wrong for wrong in wrong_links(site, "/") if not re.search("404.html|tells where it comes from", wrong)
    ] == []
    if audience == "publiek":
        assert "Demonstratie." in (site / "index.html").read_text(encoding="utf-8")


def places(page: Path) -> set[str]:
    """Where links may lead: what is not of the theme, nor within a drawing."""
    text = re.sub(r"<svg.*?</svg>|<(input|label|form|select)\b[^>]*>", "", page.read_text(encoding="utf-8"), flags=re.S)
    content = text.partition("<article")[2].partition("</article>")[0]
    return {key for key in Named(content).ids if not key.startswith("__")}


def test_it_is_plain(demonstration: Path) -> None:
    """No HTML but line breaks and places in a text; every table and link of the Markdown kind."""
    tags = {
        tag
        for path in demonstration.rglob("docs/**/*.md")
        for tag in re.findall(
            r"<(/?[a-z!][^\s>]*)", re.sub(r"(?m)^ {4,}.*$|`[^`]*`", "", path.read_text(encoding="utf-8"))
        )
    }
    assert tags <= {"br", "a", "/a", "!--"}
    config = (demonstration / "coordinatie/mkdocs.yml").read_text(encoding="utf-8")
    assert "hooks" not in config


def test_the_same_bytes_every_time(demonstration: Path, tmp_path: Path) -> None:
    root = tmp_path / "register"
    shutil.copytree(demonstration.parent.parent, root, ignore=shutil.ignore_patterns("build"))
    result = run("build", "--plain", "--date", str(VANDAAG), "--jobs", "1", "--only", "coordinatie", root=root)
    assert result.returncode == 0, result.stderr
    again = root / "build/plain"
    files = [path.relative_to(again) for path in again.rglob("*") if path.is_file()]
    assert len(files) > 50
    assert [path for path in files if (again / path).read_bytes() != (demonstration / path).read_bytes()] == []


def test_it_needs_no_mkdocs(tmp_path: Path) -> None:
    """The way out is open when MkDocs is not to be had."""
    root = write(tmp_path / "register", harmless)
    (tmp_path / "mkdocs.py").write_text("raise ImportError('gone')\n", encoding="utf-8")
    path = os.pathsep.join((str(tmp_path), str(PROJECT)))
    result = run("build", "--plain", "--date", DATUM, root=root, env={"PYTHONPATH": path})
    assert result.returncode == 0, result.stderr
    assert run("build", "--date", DATUM, "--out", str(tmp_path / "b"), root=root, env={"PYTHONPATH": path}).returncode


def test_it_takes_no_sites_away(tmp_path: Path) -> None:
    """What is published stays; an error writes nothing."""
    root = write(tmp_path / "register", harmless)
    (root / "build/sites/publiek").mkdir(parents=True)
    for name in ("build/.woontraject", "build/sites/publiek/planning.json"):
        (root / name).touch()
    result = run("build", "--plain", "--date", DATUM, root=root)
    assert result.returncode == 1
    assert "bevat sites" in result.stderr
    (root / "dossiers/VT-2026-001.yaml").write_text("fout", encoding="utf-8")
    result = run("build", "--plain", "--date", DATUM, "--out", str(tmp_path / "elders"), root=root)
    assert (result.returncode, (tmp_path / "elders").exists()) == (1, False)
    assert (root / "build/sites/publiek/planning.json").exists()


# Text stays text -----------------------------------------------------------------------------------------------------

ARTICLE = """page => {
  const count = {};
  for (const element of page.querySelectorAll('article *')) {
    for (const name of ['', ...element.getAttributeNames()]) {
      const key = `${element.localName} ${name}`;
      count[key] = (count[key] || 0) + 1;
    }
  }
  return count;
}"""
COUNT = f"text => ({ARTICLE})(new DOMParser().parseFromString(text, 'text/html'))"


@pytest.fixture(scope="module")
def registers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One with every syntax in every text, and one in plain words."""
    folder = tmp_path_factory.mktemp("vrije tekst")
    return {text.__name__: plain(write(folder / text.__name__, text)) for text in (hostile, harmless)}


@pytest.mark.parametrize(("program", "audience"), [("mkdocs", "coordinatie"), ("properdocs", "partners/alfa")])
def test_text_stays_text(
    chromium: Browser, registers: dict[str, Path], tmp_path: Path, program: str, audience: str
) -> None:
    """Every text is shown as typed, on pages with the elements of those in plain words; nothing is run or asked."""
    both = [build(program, made / audience, tmp_path / name) for name, made in registers.items()]
    texts, seen_texts = texts_of(hostile), set[str]()
    with serving(both[0]) as url, looking(chromium) as (tab, seen):
        tab.add_init_script(NO_SEARCH)
        for page in pages_of(both[0]):
            tab.goto(f"{url}/{page}")
            shown, title = tab.evaluate("[document.body.innerText, document.title]")
            assert garbled(shown, texts) == garbled(title, texts) == [], page
            counts = [tab.evaluate(COUNT, (site / page).read_text(encoding="utf-8")) for site in both]
            # A text that code in Markdown cannot hold stands there without its marks.
            assert difference(*counts).keys() <= {"code "}, page
            seen_texts |= {name for name in texts if word(name) in shown}
        assert (seen.dialogs, seen.errors) == ([], [])
        assert {asked for asked in seen.requests if not asked.startswith(f"{url}/")} == set()
    if audience == "coordinatie":
        # The names of the charts' series stand in their tables too.
        assert {name for name in texts if not name.startswith("link")} == seen_texts


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ('<h1>Een &amp; twee</h1><h2 id="a">Drie # vier</h2>', "# Een & twee\n\n## Drie \\# vier {#a}\n"),
        (
            "<p>Een <strong>woord </strong>en <em>nog <a href='b/c.html#d'>een</a></em>.</p>",
            "Een **woord** en *nog [een](b/c.md#d)*.\n",
        ),
        ("<p><a href='a.html?fase=lopend&amp;b=c#d'>e</a></p>", "[e](a.md?fase=lopend&amp;b=c#d)\n"),
        (
            "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul><ul><li>d</li></ul>",
            "- a\n    - b\n- c\n\n<!-- -->\n\n- d\n",
        ),
        ("<ol><li><p>a</p><p>b</p></li></ol>", "1. a\n\n    b\n"),
        ("<dl><dt>Start</dt><dd>maandag<br>dinsdag</dd></dl>", "- **Start**: maandag<br>dinsdag\n"),
        (
            "<table><tr><th>a</th><th></th></tr><tr id='r'><th>b|c</th><td><ul><li>d</li></ul></td></tr></table>",
            "| a |  |\n| --- | --- |\n| **b&#124;c** {#r} | – d |\n",
        ),
        ("<pre><code>a\n  &lt;b></code></pre>", "    a\n      <b>\n"),
        ("<p class='wt-tekst'>a\n\n- b\n1. c\n# d</p>", "a\n\n\\- b  \n1\\. c  \n\\# d\n"),
        (
            "<p>*a* _b_ c_d [e](f) `g` \\ &amp;amp; &lt;i> {h}</p>",
            "\\*a\\* \\_b\\_ c_d \\[e\\](f) \\`g\\` \\\\ &amp;amp; &lt;i> \\{h\\}\n",
        ),
        (
            "<figure><svg><text>a</text></svg><figcaption>b</figcaption></figure><form><input></form><p hidden>c</p>",
            "\n",
        ),
        ("<details><summary>Waarom?</summary><p>Daarom.</p></details>", "**Waarom?**\n\nDaarom.\n"),
        (
            '<p><code>a b</code> <code>a`b</code> <a href="mailto:a@b?subject=c d">e</a></p>',
            "`a b` a\\`b [e](mailto:a@b?subject=c%20d)\n",
        ),
    ],
)
def test_markdown(html: str, markdown: str) -> None:
    assert to_markdown(html) == markdown
