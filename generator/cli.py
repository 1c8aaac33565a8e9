"""The command `woontraject`: arguments, the clock, printing. Every side effect begins here."""

import os
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn, TypeVar
from zoneinfo import ZoneInfo

import click

from generator.checks import check as check_all
from generator.findings import Finding, Gestopt, VerkeerdGebruik, has_errors
from generator.model.base import read_datum
from generator.register import read_register
from generator.traject import Standen

F = TypeVar("F", bound=Callable[..., Any])
WRONG_USE = 2


class _Formatter(click.HelpFormatter):
    """The help page in Dutch."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "Gebruik: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading({"Options": "Opties", "Commands": "Opdrachten"}.get(heading, heading))


click.Context.formatter_class = _Formatter


class _Date(click.ParamType[date]):
    name = "JJJJ-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        try:
            return read_datum(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


def _format(*forms: str) -> Callable[[F], F]:
    help_text = "Vorm van de uitvoer."
    return click.option("--format", "vorm", type=click.Choice(forms), default=forms[0], help=help_text)


def _help(function: F) -> F:
    return click.help_option("--help", "-h", help="Toon deze uitleg.")(function)


def _root(function: F) -> F:
    kind = click.Path(exists=True, file_okay=False, path_type=Path)
    return click.option("--root", type=kind, metavar="MAP", help="Map van het register (standaard: hier).")(function)


def _date(function: F) -> F:
    return click.option("--date", "op", type=_Date(), help="Dag waarop gekeken wordt (standaard: vandaag).")(function)


@click.group(context_settings={"max_content_width": 100}, options_metavar="[OPTIES]", subcommand_metavar="OPDRACHT …")
@_root
@_date
@_help
@click.pass_context
def cli(context: click.Context, root: Path | None, op: date | None) -> None:
    """Dossiers in YAML en een protocol als gegevens: agenda’s, kalenders en sites voor woonbegeleiding."""
    context.obj = {"root": root, "op": op}


@cli.command(options_metavar="[OPTIES]")
@click.argument("paden", nargs=-1, metavar="[PAD]…")
@click.option(
    "--format",
    "vorm",
    type=click.Choice(["text", "json", "github", "gitlab"]),
    default="text",
    help="Vorm van de uitvoer.",
)
@_root
@_date
@_help
def check(paden: tuple[str, ...], vorm: str, root: Path | None, op: date | None) -> None:
    """Lees en controleer alles; meld wat er op de gegeven paden niet klopt."""
    from generator.render import data

    root, op = _resolve(root, op)
    wanted = [_path_in(root, pad) for pad in paden]
    register, findings = read_register(root)
    if register:
        findings += check_all(Standen(register), op, _today())
    shown = sorted({f for f in findings if not wanted or any(_below(f.path, path) for path in wanted)})
    click.echo(getattr(data, f"findings_{vorm}")(shown), nl=False)
    click.echo(_summary(shown), err=True)
    sys.exit(1 if has_errors(shown) else 0)


@cli.command(options_metavar="[OPTIES]")
@click.argument("ids", nargs=-1, metavar="[ID]…")
@_format("table", "json")
@click.option("--explain", is_flag=True, help="Zeg van elk moment waarom het op die datum valt.")
@_root
@_date
@_help
def planning(ids: tuple[str, ...], vorm: str, explain: bool, root: Path | None, op: date | None) -> None:
    """Fase, einde en momenten van elk dossier."""
    from generator.history import History
    from generator.model.view import COORDINATIE
    from generator.render import data, text
    from generator.views import make_dossiers

    root, op = _resolve(root, op)
    standen = _read(root)
    for name in ids:
        if name not in standen.register.dossiers:
            _stop(f"het dossier {name} bestaat niet", WRONG_USE)
    _stop_on_errors(standen, op, list(ids or standen.register.dossiers))
    dossiers = list(make_dossiers(standen, History(), COORDINATIE, op, ids or None))
    if explain:
        click.echo("\n".join(map(text.explain_text, dossiers)), nl=False)
    elif vorm == "json":
        click.echo(data.planning_json(op, dossiers), nl=False)
    else:
        click.echo(text.planning_text(dossiers), nl=False)


@cli.command(options_metavar="[OPTIES]")
@click.argument("partner")
@click.argument("maand", metavar="JJJJ-MM")
@_format("text", "json")
@_root
@_date
@_help
def agenda(partner: str, maand: str, vorm: str, root: Path | None, op: date | None) -> None:
    """De agenda van één partner voor één maand, zoals die partner ze krijgt."""
    from generator.agenda import make_agenda
    from generator.render import data, text

    root, op = _resolve(root, op)
    try:
        read_datum(f"{maand}-01")
    except ValueError:
        _stop(f"verwacht een maand als 2026-11, niet ‘{maand}’", WRONG_USE)
    standen = _read(root)
    if partner not in standen.register.partners:
        _stop(f"de partner {partner} bestaat niet (wel: {', '.join(standen.register.partners)})", WRONG_USE)
    own = [d.id for d in standen.register.dossiers.values() if partner in (d.aanmelder, *d.begeleiders)]
    _stop_on_errors(standen, op, own)
    result = make_agenda(standen, partner, maand, op, op)
    if vorm == "json":
        click.echo(data.value_json(result), nl=False)
    else:
        click.echo(text.agenda_text(result, standen.register.partners[partner].naam), nl=False)


@cli.command(options_metavar="[OPTIES]")
@click.argument("datum", type=_Date(), metavar="JJJJ-MM-DD")
@_format("text", "json")
@_root
@_date
@_help
def intervisie(datum: date, vorm: str, root: Path | None, op: date | None) -> None:
    """De agenda van de intervisie van een dag: cliënten, aanmeldingen, diensten."""
    from generator.intervisie import make_intervisie
    from generator.render import data, text

    root, op = _resolve(root, op)
    standen = _read(root)
    _stop_on_errors(standen, op, list(standen.register.dossiers))
    known = standen.register.kalender.intervisie.data
    if datum not in known:
        _stop(f"op {datum} is er geen intervisie (wel: {', '.join(map(str, sorted(known))) or 'nooit'})", WRONG_USE)
    result = make_intervisie(standen, datum, op)
    click.echo(data.value_json(result) if vorm == "json" else text.intervisie_text(result), nl=False)


@cli.command(options_metavar="[OPTIES]")
@click.option("--van", type=_Date(), help="Eerste dag (standaard: het begin).")
@click.option("--tot", type=_Date(), help="Laatste dag (standaard: de dag waarop gekeken wordt).")
@_format("text", "json")
@_root
@_date
@_help
def rapport(van: date | None, tot: date | None, vorm: str, root: Path | None, op: date | None) -> None:
    """De cijfers voor de stuurgroep over een periode."""
    from generator.render import data, text
    from generator.report import BEGIN, make_report

    root, op = _resolve(root, op)
    van, tot = van or BEGIN, tot or op
    if van > tot:
        _stop(f"--van ({van}) ligt na --tot ({tot})", WRONG_USE)
    standen = _read(root)
    _stop_on_errors(standen, tot, list(standen.register.dossiers))
    result = make_report(standen, tot, van)
    click.echo(data.value_json(result) if vorm == "json" else text.report_text(result), nl=False)


@cli.command(options_metavar="[OPTIES]")
@click.option("--only", multiple=True, metavar="DOELGROEP", help="Alleen deze site, zoals partners/cgg; mag meermaals.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Map van het resultaat (standaard: build)."
)
@click.option(
    "--jobs", type=click.IntRange(1, 64), metavar="N", help="Hoeveel sites tegelijk (standaard: zoveel als kan)."
)
@_root
@_date
@_help
def build(only: tuple[str, ...], out: Path | None, jobs: int | None, root: Path | None, op: date | None) -> None:
    """Bouw de sites en kalenders; bij een fout blijft het vorige resultaat staan."""
    from generator.build import build as build_all

    root, op = _resolve(root, op)
    out, jobs = out or root / "build", jobs or os.cpu_count() or 1
    findings = build_all(root, op, _today(), out, only=only, jobs=jobs, progress=_Progress())
    click.echo(f"{_lines(findings)}{_summary(findings)}", err=True)
    sys.exit(1 if has_errors(findings) else 0)


@cli.command(options_metavar="[OPTIES]")
@click.option("--port", type=click.IntRange(1, 65535), default=8000, metavar="N", help="Poort (standaard: 8000).")
@_root
@_date
@_help
def serve(port: int, root: Path | None, op: date | None) -> None:
    """Toon de sites op deze computer; ze volgen elke bewaarde wijziging."""
    from generator.serve import serve as serve_sites

    given = op or click.get_current_context().obj["op"]
    root, _ = _resolve(root, op)
    try:
        server = serve_sites(root, lambda: given or _today(), _today, "127.0.0.1", port, os.cpu_count() or 1, _tell)
        click.echo(f"De sites staan op http://127.0.0.1:{port}/ (stop met Ctrl+C).", err=True)
        server.serve()  # type: ignore[no-untyped-call]
    except OSError as error:
        _stop(f"poort {port} is niet vrij ({error.strerror}): kies een andere met --port", 1)
    except KeyboardInterrupt:
        server.shutdown()


def _tell(result: list[Finding] | Gestopt) -> None:
    if isinstance(result, Gestopt):
        click.echo(f"woontraject: {result}", err=True)
    else:
        click.echo(f"{_lines(result)}{_now():%H:%M:%S}  {_summary(result)}", err=True)


@cli.command(options_metavar="[OPTIES]")
@click.argument("map_", metavar="MAP", type=click.Path(file_okay=False, path_type=Path))
@_help
def init(map_: Path) -> None:
    """Maak een nieuw register in MAP: een protocol om aan te passen en plaats voor dossiers."""
    from generator.new_register import init_register

    for path in init_register(map_):
        click.echo(path)
    click.echo(f"Klaar. Pas protocol/organisatie.yaml aan en ga verder met: woontraject --root {map_} check", err=True)


class _Progress:
    """A bar on a terminal; elsewhere one line."""

    def __init__(self) -> None:
        self.bar: Any = None

    def __call__(self, done: int, total: int, name: str) -> None:
        if self.bar is None:
            self.bar = click.progressbar(length=total, label="Sites", file=sys.stderr, item_show_func=lambda item: item)
            self.bar.render_progress()
        self.bar.update(1, name)
        if done == total:
            self.bar.render_finish()


def main() -> None:
    """Run the command; wrong use is told in Dutch, with exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        sys.exit(cli.main(prog_name="woontraject", standalone_mode=False))
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.ctx.get_help() if error.ctx else "", err=True)
        sys.exit(WRONG_USE)
    except click.ClickException as error:
        _stop(_in_dutch(error), WRONG_USE)
    except Gestopt as stopped:
        _stop(str(stopped), WRONG_USE if isinstance(stopped, VerkeerdGebruik) else 1)
    except click.Abort:
        _stop("afgebroken", 130)


def _in_dutch(error: click.ClickException) -> str:
    """What click says of wrong use, in Dutch."""
    match error:
        case click.NoSuchOption():
            known = f" (bedoelt u {', '.join(error.possibilities)}?)" if error.possibilities else ""
            return f"de optie {error.option_name} bestaat niet{known}"
        case click.BadOptionUsage():
            return f"de optie {error.option_name} is verkeerd gebruikt (zie --help)"
        case click.MissingParameter():
            name = error.param.make_metavar(error.ctx) if error.param and error.ctx else ""
            return f"{name} ontbreekt (zie --help)"
        case click.BadParameter():
            return _bad_value(error)
        case click.exceptions.NoSuchCommand():
            known = f" (bedoelt u {', '.join(error.possibilities)}?)" if error.possibilities else ""
            return f"de opdracht ‘{error.command_name}’ bestaat niet{known}"
        case click.UsageError():
            return "dit gaat niet samen, of er staat iets te veel (zie --help)"
    return error.format_message()


def _bad_value(error: click.BadParameter) -> str:
    name = error.param.opts[0] if error.param else ""
    match error.param and error.param.type:
        case click.Choice() as kind:
            return f"{name} is {', '.join(kind.choices[:-1])} of {kind.choices[-1]}"
        case click.IntRange() as kind:
            return f"{name} is een getal van {kind.min} tot en met {kind.max}"
        case click.Path():
            return f"{name}: dit is geen map, of ze mag niet gelezen worden"
    return f"{name}: {error.message}"


def _resolve(root: Path | None, op: date | None) -> tuple[Path, date]:
    """Root and date, given before or after the command; else here, today."""
    given = click.get_current_context().obj
    return root or given["root"] or Path(), op or given["op"] or _today()


def _now() -> datetime:
    return datetime.now(ZoneInfo("Europe/Brussels"))


def _today() -> date:
    return _now().date()


def _read(root: Path) -> Standen:
    """The register, when every file can be read."""
    register, findings = read_register(root)
    if register is None or has_errors(findings):
        _report(findings)
    return Standen(register)


def _stop_on_errors(standen: Standen, op: date, dossiers: Sequence[str]) -> None:
    """What follows from a dossier that breaks a rule is not worth telling."""
    paths = {standen.register.paden[name] for name in dossiers}
    findings = [f for f in check_all(standen, op, _today()) if f.path in paths]
    if has_errors(findings):
        _report(findings)


def _report(findings: list[Finding]) -> NoReturn:
    click.echo(f"{_lines(findings)}{_summary(findings)}", err=True)
    sys.exit(1)


def _lines(findings: Sequence[Finding]) -> str:
    return "".join(f"{finding}\n" for finding in sorted(set(findings)))


def _stop(text: str, code: int) -> NoReturn:
    click.echo(f"woontraject: {text}", err=True)
    sys.exit(code)


def _summary(findings: Sequence[Finding]) -> str:
    errors = sum(finding.level == "fout" for finding in findings)
    return f"{_count(errors, 'fout', 'fouten')}, {_count(len(findings) - errors, 'waarschuwing', 'waarschuwingen')}"


def _count(number: int, one: str, more: str) -> str:
    return f"{number or 'geen'} {one if number == 1 else more}"


def _path_in(root: Path, pad: str) -> str:
    """A path that was given, from here or from the root, as findings name it."""
    for base in (Path(), root):
        found = base / pad
        if found.exists() or found.is_symlink():
            try:
                return (
                    Path(os.path.normpath(found.absolute())).relative_to(os.path.normpath(root.absolute())).as_posix()
                )
            except ValueError:
                continue  # it is there, but outside the register: perhaps the root has one of that name too
    _stop(f"{pad}: dit pad bestaat niet in het register", WRONG_USE)


def _below(path: str, folder: str) -> bool:
    return folder in (".", path) or path.startswith(f"{folder}/")
