"""The commands for the forms, with which people edit dossiers without YAML."""

import tempfile
from pathlib import Path

import click

from generator.cli.options import help_option, resolve, root_option
from generator.cli.read import read_or_report
from generator.findings import VerkeerdGebruik

_TOOLS = Path(".woontraject", "forms")


@click.command(options_metavar="[OPTIES]")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Map van het resultaat (standaard: build-forms)."
)
@root_option
@help_option
def forms(out: Path | None, root: Path | None) -> None:
    """Maak de formulieren voor op de webserver: wat men bewaart, wordt een voorstel bij GitHub of GitLab."""
    from generator.forms import install_modules, write_forms
    from generator.formulieren import make_backend, make_config, make_forms_policy

    root, _ = resolve(root, None)
    (register, _), out = read_or_report(root), out or root / "build-forms"
    where = register.organisatie.formulieren
    if where is None:
        raise VerkeerdGebruik(
            "in protocol/organisatie.yaml staat niet waar de formulieren de dossiers bewaren: vul ‘formulieren’ in, "
            "of begin met ‘woontraject edit’ op uw eigen computer"
        )
    config = make_config(register, make_backend(where))
    write_forms(out, install_modules(root / _TOOLS), config, make_forms_policy(where))
    click.echo(f"De formulieren staan in {out}. Maak nu de configuratie van de webserver: woontraject server-config")


@click.command(options_metavar="[OPTIES]")
@click.option("--port", type=click.IntRange(0, 65535), default=8001, metavar="N", help="Poort (standaard: 8001).")
@root_option
@help_option
def edit(port: int, root: Path | None) -> None:
    """Bewerk dossiers met formulieren op deze computer; elk gewijzigd dossier krijgt een tak in uw kloon."""
    from generator.bewerkserver import current_branch, start_server
    from generator.forms import install_modules, write_forms
    from generator.formulieren import make_config, make_forms_policy

    root, _ = resolve(root, None)
    branch, policy = current_branch(root), make_forms_policy(None)
    config = make_config(read_or_report(root)[0], {"name": "proxy", "proxy_url": "/api/v1", "branch": branch})
    tools = (root / _TOOLS).absolute()
    with tempfile.TemporaryDirectory(prefix="woontraject-") as temporary:
        folder = Path(temporary, "forms")
        write_forms(folder, install_modules(tools), config, policy)
        process, chosen = start_server(tools, folder, root, port, policy)
        try:
            click.echo(f"De formulieren staan op http://127.0.0.1:{chosen}/ (stop met Ctrl+C).", err=True)
            process.wait()
        except KeyboardInterrupt:
            pass
        finally:
            process.terminate()
            process.wait()
