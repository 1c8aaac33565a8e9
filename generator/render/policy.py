"""The Content Security Policy of the sites: a browser runs the theme's own scripts, and nothing else.

A script between the tags of a page runs when the policy names its hash. Hashes are made at build, so that a new version
of the theme asks nothing but a build.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from hashlib import sha256

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script", re.DOTALL | re.IGNORECASE)
_SRC = re.compile(r"\ssrc\s*=", re.IGNORECASE)
_TYPE = re.compile(r"""\stype\s*=\s*["']?([^"'\s]*)""", re.IGNORECASE)
_EXECUTABLE = {"", "module", "text/javascript", "application/javascript"}


def inline_scripts(html: str) -> Iterator[str]:
    """The text of each script in a page that a browser would run: not those of a file, and no data."""
    for attributes, text in _SCRIPT.findall(html):
        kind = _TYPE.search(attributes)
        if not _SRC.search(attributes) and (kind[1].lower() if kind else "") in _EXECUTABLE:
            yield text


def make_policy(scripts: Iterable[str]) -> str:
    """What a page may load and run: from its own server alone, no `eval`, no style or script in an attribute."""
    return "; ".join(
        [
            "default-src 'none'",
            " ".join(["script-src 'self'", *sorted({_source(text) for text in scripts})]),
            "style-src 'self'",
            "img-src 'self' data:",  # the icons in the style of the theme
            "font-src 'self'",
            "connect-src 'self'",
            "worker-src 'self'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        ]
    )


def policy_nginx(scripts: Iterable[str]) -> str:
    """The policy as a line that a configuration of nginx includes."""
    return f'add_header Content-Security-Policy "{make_policy(scripts)}" always;\n'


def _source(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
