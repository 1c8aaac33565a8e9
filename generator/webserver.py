"""The configuration of nginx that publishes a build: each audience its site, each person a login."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.findings import Gestopt
from generator.sources import PACKAGED

_PLAIN = re.compile(r"/[\w./ +@=,-]*")


def make_server_config(out: Path, logins: Path, webadres: str | None, forms: Path | None = None) -> str:
    """For the sites of the build in `out`; logins are kept in the folder `logins`, the forms (None: there are none) in
    `forms`."""
    bouw = out.absolute()
    sites = sorted(page.parent.relative_to(bouw / "sites").as_posix() for page in bouw.glob("sites/**/planning.json"))
    if not sites or not (bouw / "csp.conf").is_file():
        raise Gestopt(f"in {out} staat geen bouw: maak ze eerst met ‘woontraject build’, of wijs ze aan met --out")
    if forms and not (forms / "csp.conf").is_file():
        raise Gestopt(f"in {forms} staan geen formulieren: maak ze eerst met ‘woontraject forms’")
    adres = urlsplit(webadres or "https://INVULLEN.example").netloc
    server, _, poort = adres.partition(":")
    folder = FileSystemLoader(PACKAGED / "deploy")
    environment = Environment(loader=folder, undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True)
    return environment.get_template("nginx.conf.j2").render(
        bouw=_plain(bouw),
        formulieren=_plain(forms.absolute()) if forms else None,
        logins=_plain(logins.absolute()),
        sites=[name for name in sites if name != "publiek"],
        adres=adres,
        server=server,
        poort=poort or "443",
    )


def _plain(path: Path) -> str:
    """A path that means itself between quotes in a configuration of nginx."""
    if not _PLAIN.fullmatch(str(path)):
        raise Gestopt(f"{path} bevat een teken dat nginx anders leest: kies een map met een eenvoudiger naam")
    return str(path)
