"""Templates of `site/templates/`: they escape what they are given, and stop at a name that they are not given."""

import traceback
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateError

from generator.findings import Gestopt


def make_environment(templates: Mapping[str, str]) -> Environment:
    """An environment that finds templates by name."""
    known = dict(templates)
    return Environment(
        loader=FunctionLoader(lambda name: (known[name], f"site/templates/{name}", None) if name in known else None),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def compile_all(environment: Environment, names: Iterable[str]) -> None:
    """Compile templates ahead, for all that is made in this process and in those that begin with what it has."""
    for name in names:
        with suppress(TemplateError):  # told when it is filled
            environment.get_template(name)


def fill_template(environment: Environment, name: str, values: Mapping[str, Any]) -> str:
    """A template filled in; where it cannot be, the place in it to look at."""
    try:
        return environment.get_template(name).render(values)
    except TemplateError as error:
        frames = traceback.extract_tb(error.__traceback__)
        where = next((frame for frame in reversed(frames) if frame.filename.startswith("site/")), frames[-1])
        raise Gestopt(f"{where.filename}:{where.lineno}: dit sjabloon klopt niet ({error})") from None
