"""The glossary as it stands in `site/begrippen.yaml`: what each word of the domain means."""

from typing import Annotated

from pydantic import Field

from generator.model.base import Model, Tekst, Woord

Begripnaam = Annotated[Woord, Field(max_length=60)]


class Begrip(Model):
    """A word, and what it means in one or two sentences."""

    tekst: Tekst
    """`{…}` stands for a value of the protocol."""
    ook: tuple[Begripnaam, ...] = ()
    """Other forms of the word, and other words for it."""
    zie: tuple[Begripnaam, ...] = ()
    """Related words of the glossary."""
    in_tekst: bool = True
    """False: a text that uses the word does not link to it, for it mostly means something else there."""


Begrippen = dict[Begripnaam, Begrip]
