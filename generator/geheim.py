"""The secret addresses of feeds, for calendar programs that cannot log in."""

import hashlib
import hmac
import os
import secrets
import tempfile
from base64 import b32encode
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from generator.findings import Gestopt

VARIABELE = "WOONTRAJECT_GEHEIM"
BESTAND = Path(".woontraject", "geheim")


def make_token(geheim: str, feed: str, versie: str) -> str:
    """What stands for a feed in its address: 160 bits of HMAC-SHA256 (RFC 2104) in lower-case base32 (RFC 4648).

    The same secret, feed and version give the same token; without the secret nobody can make one.
    """
    digest = hmac.new(geheim.encode(), f"{feed}\n{versie}".encode(), hashlib.sha256).digest()
    return b32encode(digest[:20]).decode().lower()


def read_geheim(root: Path, environ: Mapping[str, str]) -> str:
    """The secret of the environment, else of a file of the register that git does not keep; the first time it is made.

    In CI a new one would break every subscription at each run: there it is never made.
    """
    if given := environ.get(VARIABELE, "").strip():
        return given
    file = root / BESTAND
    try:
        if file.exists():
            return _kept(file)
        if environ.get("CI", "").lower() in ("true", "1"):
            raise Gestopt(
                f"{VARIABELE} is niet ingevuld: zonder dat geheim krijgt elke kalender een nieuw adres en valt elk"
                " abonnement weg. Bewaar het geheim bij de geheimen van de CI"
            )
        return _make(file)
    except OSError as error:
        raise Gestopt(
            f"het geheim van de kalenderadressen in {file} kan niet gelezen of gemaakt worden ({error.strerror}):"
            f" pas de rechten aan of vul {VARIABELE} in"
        ) from None


def _kept(file: Path) -> str:
    geheim = file.read_bytes().decode(errors="replace").strip()
    if not geheim:
        raise Gestopt(f"{file} is leeg: zet het geheim terug, of verwijder het bestand voor nieuwe kalenderadressen")
    return geheim


def _make(file: Path) -> str:
    """A folder that git passes over by itself, and in it a file that only its owner reads."""
    file.parent.mkdir(mode=0o700, exist_ok=True)
    (file.parent / ".gitignore").write_text("*\n")
    with tempfile.NamedTemporaryFile("w", dir=file.parent) as new:  # its mode is 600
        new.write(f"{secrets.token_urlsafe(32)}\n")
        new.flush()
        with suppress(FileExistsError):  # another build was first
            os.link(new.name, file)
    return _kept(file)
