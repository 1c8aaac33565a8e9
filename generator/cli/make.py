"""The commands that write: sites and calendars, a new register; and what publishes them."""

import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click

from generator.cli.options import Deel, date_option, help_option, now, resolve, root_option, today
from generator.cli.read import read_or_report, read_with_protocol
from generator.cli.tell import lines, stop, summary
from generator.findings import Finding, Gestopt, has_errors
from generator.geheim import read_geheim


@click.command(options_metavar="[OPTIES]")
@click.option("--only", multiple=True, metavar="DOELGROEP", help="Alleen deze site, zoals partners/cgg; mag meermaals.")
@click.option(
    "--part", "deel", type=Deel(), help="Alleen dit deel van de doelgroepen, zoals 2/4; zie ‘woontraject merge’."
)
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Map van het resultaat (standaard: build)."
)
@click.option(
    "--plain",
    is_flag=True,
    help="Schrijf in plaats van de sites hun bronnen: gewone Markdown en een mkdocs.yml zonder toevoegingen.",
)
@click.option(
    "--jobs", type=click.IntRange(1, 64), metavar="N", help="Hoeveel sites tegelijk (standaard: zoveel als kan)."
)
@root_option
@date_option
@help_option
def build(
    only: tuple[str, ...],
    deel: tuple[int, int] | None,
    out: Path | None,
    plain: bool,
    jobs: int | None,
    root: Path | None,
    op: date | None,
) -> None:
    """Bouw de sites en kalenders; bij een fout blijft het vorige resultaat staan."""
    from generator.build import build as build_all

    root, op = resolve(root, op)
    out, jobs = out or root / "build", jobs or os.cpu_count() or 1
    geheim = read_geheim(root, os.environ)
    findings = build_all(
        root, op, today(), out, geheim=geheim, only=only, deel=deel, plain=plain, jobs=jobs, progress=_Progress()
    )
    click.echo(f"{lines(findings)}{summary(findings)}", err=True)
    sys.exit(1 if has_errors(findings) else 0)


@click.command(options_metavar="[OPTIES]")
@click.argument("delen", nargs=-1, required=True, metavar="DEEL…", type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Map van het resultaat (standaard: build)."
)
@root_option
@help_option
def merge(delen: tuple[Path, ...], out: Path | None, root: Path | None) -> None:
    """Voeg de delen van een bouw (‘build --part’) samen tot één geheel."""
    from generator.samenvoegen import join_parts

    root, _ = resolve(root, None)
    join_parts(delen, out or root / "build")


@click.command(options_metavar="[OPTIES]")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, metavar="N", help="Poort (standaard: 8000).")
@root_option
@date_option
@help_option
def serve(port: int, root: Path | None, op: date | None) -> None:
    """Toon de sites op deze computer; ze volgen elke bewaarde wijziging."""
    from generator.serve import serve as serve_sites

    given = op or click.get_current_context().obj["op"]
    root, _ = resolve(root, op)
    geheim, jobs = read_geheim(root, os.environ), os.cpu_count() or 1
    server = serve_sites(root, lambda: given or today(), today, "127.0.0.1", port, geheim, jobs, _tell)
    try:
        click.echo(f"De sites staan op http://127.0.0.1:{port}/ (stop met Ctrl+C).", err=True)
        server.serve()  # type: ignore[no-untyped-call]
    except OSError as error:
        stop(f"poort {port} is niet vrij ({error.strerror}): kies een andere met --port", 1)
    except KeyboardInterrupt:
        server.shutdown()


def _tell(result: list[Finding] | Gestopt) -> None:
    if isinstance(result, Gestopt):
        click.echo(f"woontraject: {result}", err=True)
    else:
        click.echo(f"{lines(result)}{now():%H:%M:%S}  {summary(result)}", err=True)


@click.command(options_metavar="[OPTIES]")
@click.argument("map_", metavar="MAP", type=click.Path(file_okay=False, path_type=Path))
@help_option
def init(map_: Path) -> None:
    """Maak een nieuw register in MAP: een protocol om aan te passen en plaats voor dossiers."""
    from generator.new_register import init_register

    for path in init_register(map_):
        click.echo(path)
    click.echo(f"Klaar. Pas protocol/organisatie.yaml aan en ga verder met: woontraject --root {map_} check", err=True)


@click.command(options_metavar="[OPTIES]")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Map van het resultaat (standaard: schema)."
)
@click.option("--check", "alleen_melden", is_flag=True, help="Schrijf niets, en meld wat niet meer klopt.")
@root_option
@help_option
def schema(out: Path | None, alleen_melden: bool, root: Path | None) -> None:
    """Schrijf de schema’s waarmee een editor elk veld uitlegt en aanvult; opnieuw na elke wijziging van protocol/."""
    from generator.output import write_files
    from generator.schemas import MAP, make_schemas

    root, _ = resolve(root, None)
    register = read_with_protocol(root)
    out = out or root / MAP
    texts = {name: text for name, text in make_schemas(register).items() if not _is_same(out / name, text)}
    if not alleen_melden:
        out.mkdir(parents=True, exist_ok=True)
        write_files(out, texts)
    click.echo("".join(f"{out / name}\n" for name in texts), nl=False)
    if texts and alleen_melden:
        stop("deze schema’s zijn verouderd: maak ze opnieuw met ‘woontraject schema’", 1)


def _is_same(file: Path, text: str) -> bool:
    return file.is_file() and file.read_bytes() == text.encode()


@click.command(options_metavar="[OPTIES]")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Map van de bouw (standaard: build).")
@click.option(
    "--logins",
    type=click.Path(path_type=Path),
    metavar="MAP",
    default=Path("/etc/woontraject"),
    help="Map op de webserver met de logins (standaard: /etc/woontraject).",
)
@click.option(
    "--forms",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="MAP",
    help="Map van de formulieren (standaard: build-forms, als die er is).",
)
@root_option
@help_option
def server_config(out: Path | None, logins: Path, forms: Path | None, root: Path | None) -> None:
    """Toon een configuratie van nginx die de bouw publiceert, elke site voor wie ze bedoeld is."""
    from generator.webserver import make_server_config

    root, _ = resolve(root, None)
    register, _ = read_or_report(root)
    made = root / "build-forms"
    forms = forms or (made if made.is_dir() else None)
    click.echo(make_server_config(out or root / "build", logins, register.organisatie.webadres, forms), nl=False)


class _Progress:
    """A bar on a terminal; elsewhere one line."""

    def __init__(self) -> None:
        self.bar: Any = None

    def __call__(self, done: int, total: int, name: str) -> None:
        if self.bar is None:
            self.bar = click.progressbar(length=total, label="Sites", file=sys.stderr, item_show_func=lambda item: item)
            self.bar.render_progress()
        self.bar.update(done - self.bar.pos, name)
        if done == total:
            self.bar.render_finish()
