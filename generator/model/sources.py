"""What a site is made of beside its view, as plain texts."""

from dataclasses import dataclass, field

from generator.model.begrip import Begrip


@dataclass(frozen=True)
class Sources:
    """The texts of `site/`: templates by name, and hand-written pages by kind of audience and path."""

    templates: dict[str, str]
    pages: dict[str, str]
    begrippen: dict[str, Begrip] = field(default_factory=dict)
    """The glossary."""
