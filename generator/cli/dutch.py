"""What click says, in Dutch."""

import click


class Formatter(click.HelpFormatter):
    """The help page in Dutch."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "Gebruik: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading({"Options": "Opties", "Commands": "Opdrachten"}.get(heading, heading))


def in_dutch(error: click.ClickException) -> str:
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
