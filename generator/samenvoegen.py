"""The parts of a build, each made on a machine of its own, made whole."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from generator.build import write_policy
from generator.findings import Gestopt
from generator.output import MARK, whole_folder
from generator.stempel import SITES, Stempel, files_in, is_untouched, read_stempel, write_stempel

POLICY = "csp.conf"


def join_parts(parts: Sequence[Path], out: Path) -> None:
    """Write to `out` what one build of all audiences would have written, byte for byte.

    The parts must be whole, of one state of the register on one day, and together hold every audience.
    """
    stempels = [_stempel_of(part) for part in parts]
    _refuse_others(parts, stempels)
    with whole_folder(out) as folder:
        for part, stempel in zip(parts, stempels, strict=True):
            _add(part, stempel, folder)
        sites = {name: site for stempel in stempels for name, site in stempel.sites.items()}
        write_policy(folder, sites)
        write_stempel(folder, stempels[0].van, stempels[0].doelgroepen, sites)


def _stempel_of(part: Path) -> Stempel:
    if not (part / MARK).is_file():
        raise Gestopt(f"{part} is geen bouw: geef mappen die ‘woontraject build --part’ maakte")
    stempel = read_stempel(part)
    if not is_untouched(part, stempel):
        raise Gestopt(f"{part} is niet volledig of werd gewijzigd: bouw dit deel opnieuw")
    return stempel


def _refuse_others(parts: Sequence[Path], stempels: Sequence[Stempel]) -> None:
    """Parts that are not of one build, and a build that lacks a part."""
    for part, stempel in zip(parts, stempels, strict=True):
        if stempel.van != stempels[0].van:
            raise Gestopt(
                f"{part} en {parts[0]} zijn niet van dezelfde bouw: bouw alle delen van dezelfde versie van het"
                " register, op dezelfde dag, met hetzelfde programma en hetzelfde geheim"
            )
    known = {name for stempel in stempels for name in stempel.sites}
    if missing := [name for name in stempels[0].doelgroepen if name not in known]:
        raise Gestopt(f"{missing[0]} ontbreekt: geef ook het deel waarin die site staat")


def _add(part: Path, stempel: Stempel, folder: Path) -> None:
    """The files that the stamp of a part is about. What two parts hold, such as a mail, is the same in both."""
    places = [f"{SITES}/{name}" for name in stempel.sites]
    files = [*files_in(part, beside=SITES), *(f"{place}/{path}" for place in places for path in files_in(part / place))]
    for path in files:
        if path != POLICY:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(part / path, folder / path)
