"""A real nginx with the configuration of `server-config`: who gets what, what is kept quiet, what pages may do."""

import base64
import re
import ssl
import subprocess
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from generator.findings import Gestopt
from generator.render.policy import inline_scripts, make_policy
from generator.webserver import make_server_config
from tests.browser import Seen, kinds, looking, search
from tests.conftest import PROJECT
from tests.nginx import Answer, Server, connected, free_port, serving, trusting

LOGINS = {
    "anna": "partners/cgg",
    "bert": "partners/cgg",
    "carla": "partners/caw-regiobrugge",
    "dirk": "coordinatie",
    "els": "coordinatie",
    "zonder.site": "",
    "begin": "partners/cg",
}
ANNA, BERT, CARLA, DIRK, ELS = (f"{name}:{name}" for name in ("anna", "bert", "carla", "dirk", "els"))
OTHER = "/partners/caw-regiobrugge/index.html"
"""Not for Anna."""


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "generator", *arguments]
    return subprocess.run(line, capture_output=True, text=True, encoding="utf-8", check=False, cwd=PROJECT)


@pytest.fixture(scope="module")
def server(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The published register, with beside its sites what must never be served."""
    here = tmp_path_factory.mktemp("nginx") / "here"
    result = command("server-config", "--root", str(published), "--logins", str(here))
    assert (result.returncode, result.stderr) == (0, "")
    secrets = [published / "build" / name for name in ("mail/brief.eml", "sites/.git/config", "sites/publiek/.geheim")]
    for path in secrets:
        path.parent.mkdir(exist_ok=True)
        path.write_text("NIET VOOR OP HET WEB", encoding="utf-8")
    with serving(result.stdout, LOGINS, here) as running:
        yield running
    for path in secrets:
        path.unlink()


@pytest.fixture(scope="module")
def files(published: Path) -> dict[str, bytes]:
    """Every file of the sites by its path on the server."""
    sites = published / "build/sites"
    found = {f"/{path.relative_to(sites).as_posix()}": path for path in sorted(sites.rglob("*")) if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if "/." not in name}


@pytest.fixture(scope="module")
def feeds(published: Path) -> dict[str, bytes]:
    """Every feed behind a secret address, by its path."""
    build = published / "build"
    return {f"/{path.relative_to(build).as_posix()}": path.read_bytes() for path in build.glob("feeds/*/*.ics")}


def site_of(path: str) -> str:
    parts = path.split("/")
    return f"partners/{parts[2]}" if parts[1] == "partners" else parts[1]


def told(answer: Answer) -> tuple[int, dict[str, str], bytes]:
    """All that an answer gives away; `connection` only tells how many went before it on the same line."""
    passing = ("date", "connection")
    return answer.status, {name: value for name, value in answer.headers.items() if name not in passing}, answer.body


# Who gets what


def test_without_a_login_only_the_public_site(server: Server, files: dict[str, bytes]) -> None:
    answers = {path: server.get(path) for path in files}
    public = [path for path in files if site_of(path) == "publiek"]
    assert len(public) > 20
    assert [path for path in public if (answers[path].status, answers[path].body) != (200, files[path])] == []
    refused = server.get("/partners/bestaat-niet/index.html")
    assert refused.status == 401
    assert refused.headers["www-authenticate"] == 'Basic realm="woontraject"'
    assert [path for path in files if path not in public and told(answers[path]) != told(refused)] == []


@pytest.mark.parametrize("login", [ANNA, BERT, CARLA])
def test_a_partner_gets_its_own_site(server: Server, files: dict[str, bytes], login: str) -> None:
    """And of every file of another the answer that anybody gets."""
    own = {"publiek", LOGINS[login.partition(":")[0]]}
    refused = told(server.get(OTHER))
    for path, content in files.items():
        answer = server.get(path, login)
        if site_of(path) in own:
            assert (path, answer.status, answer.body) == (path, 200, content)
        else:
            assert (path, told(answer)) == (path, refused)


@pytest.mark.parametrize("login", [DIRK, ELS])
def test_coordinators_get_every_site(server: Server, files: dict[str, bytes], login: str) -> None:
    answers = {path: server.get(path, login) for path in files}
    assert [path for path in files if (answers[path].status, answers[path].body) != (200, files[path])] == []


def basic(login: bytes) -> str:
    return f"Basic {base64.b64encode(login).decode()}"


@pytest.mark.parametrize(
    "header",
    [
        basic(b"anna:fout"),
        basic(b"anna:"),
        basic(b"anna"),
        basic(b":anna"),
        basic(b":"),
        basic(b"Anna:anna"),
        basic(b"ANNA:ANNA"),
        basic(b"anna\0:anna"),
        basic(b" anna:anna"),
        basic(b"niemand:niemand"),
        basic(b"zonder.site:zonder.site"),
        basic(b"begin:begin"),
        basic(b"default:"),
        basic(b"coordinatie:coordinatie"),
        basic(b"partners/cgg:partners/cgg"),
        basic(b"\xff\xfe:\xff"),
        "Basic",
        "Basic !!!",
        "Basic YW5uYTphbm5h YW5uYTphbm5h",
        "Bearer YW5uYTphbm5h",
        'Digest username="anna"',
    ],
)
def test_a_wrong_login_is_no_login(server: Server, header: str) -> None:
    for path in ("/partners/cgg/index.html", "/coordinatie/index.html"):
        assert told(server.get(path, Authorization=header)) == told(server.get(path))


SECRET = re.compile("<title>[^<]*(CAW|– Coördinatie)[^<]*</title>|BEGIN:V|NIET VOOR OP HET WEB|add_header".encode())


@pytest.fixture(scope="module")
def anna() -> str:
    return f"Authorization: {basic(ANNA.encode())}\r\n"


@pytest.mark.parametrize(
    "target",
    [
        OTHER,
        "/partners/cgg/../caw-regiobrugge/index.html",
        "/partners/cgg/../../coordinatie/index.html",
        "/publiek/../partners/caw-regiobrugge/index.html",
        "/publiek/../coordinatie/index.html",
        "/partners/cgg/%2e%2e/caw-regiobrugge/index.html",
        "/partners/cgg/.%2E/caw-regiobrugge/index.html",
        "/publiek/%2e%2e/coordinatie/index.html",
        "/publiek/..%2fcoordinatie/index.html",
        "/publiek/%2e%2e%2fcoordinatie%2findex.html",
        "/publiek%2f..%2fcoordinatie%2findex.html",
        "/publiek/%252e%252e/coordinatie/index.html",
        "/publiek/%c0%ae%c0%ae/coordinatie/index.html",
        "/publiek/%u002e%u002e/coordinatie/index.html",
        "/publiek/..\\coordinatie\\index.html",
        "/publiek/..%5ccoordinatie%5cindex.html",
        "/publiek/..;/coordinatie/index.html",
        "/publiek;/../coordinatie/index.html",
        "/partners/cgg;/../caw-regiobrugge/index.html",
        "/partners/cgg/..;/caw-regiobrugge/index.html",
        "//partners/caw-regiobrugge/index.html",
        "///coordinatie//index.html",
        "/./coordinatie/./index.html",
        "/publiek//../coordinatie/index.html",
        "/partners/cgg//..//caw-regiobrugge//index.html",
        "/PARTNERS/caw-regiobrugge/index.html",
        "/Coordinatie/index.html",
        "/partners/CAW-regiobrugge/index.html",
        "/coordinatie./index.html",
        "/coordinatie%20/index.html",
        "/coordinatie/index.html.",
        "/coordinatie/index.html/",
        "/coordinatie/index.html%00",
        "/coordinatie/index.html%00.css",
        "/coordinatie/%00/index.html",
        "/publiek/%00/../../coordinatie/index.html",
        "/coordinatie%0a/index.html",
        "/coordinatie",
        "/coordinatie/",
        "/coordinatie?/publiek/",
        "/coordinatie/index.html#/publiek/",
        "/coordinatie/?x=/partners/cgg/",
        "/coordinatie/..%00/partners/cgg/../../coordinatie/index.html",
        "/partners/",
        "/partners",
        "/sites/coordinatie/index.html",
        "/build/sites/coordinatie/index.html",
        "/feeds/../sites/coordinatie/index.html",
        "/feeds/../mail/brief.eml",
        "/feeds/%2e%2e/mail/brief.eml",
        "/feeds/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/../../mail/brief.eml",
        "/feeds/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/..%2f..%2fmail%2fbrief.ics",
        "/mail/brief.eml",
        "/publiek/../../mail/brief.eml",
        "/publiek/..%2f..%2fmail/brief.eml",
        "/csp.conf",
        "/publiek/../../csp.conf",
        "/publiek/..%2f..%2fcsp.conf",
        "/.woontraject",
        "/.git/config",
        "/publiek/.geheim",
        "/publiek/%2egeheim",
        "/publiek/./.geheim",
        "/publiek/../.git/config",
        "/oauth2/auth",
        "https://localhost/coordinatie/index.html",
        "http://localhost/coordinatie/index.html",
        "http://localhost/publiek/../coordinatie/index.html",
        "https://localhost/partners/caw-regiobrugge/index.html",
        "https://elders.example/coordinatie/index.html",
        "coordinatie/index.html",
        "?/coordinatie/index.html",
        "*",
        "/" + "coordinatie/../" * 300 + "coordinatie/index.html",
    ],
)
def test_tricks_with_a_path_lead_nowhere(server: Server, anna: str, target: str) -> None:
    """For nobody, and not for a partner after logging in."""
    for login in ("", anna):
        answer = server.raw(f"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{login}\r\n".encode())
        assert re.match(rb"HTTP/1.1 (400|401|404) ", answer) or answer == b"", answer[:200]
        assert not SECRET.search(answer)


@pytest.mark.parametrize(
    "headers",
    [
        "X-Original-URL: {0}\r\n",
        "X-Rewrite-URL: {0}\r\n",
        "X-Accel-Redirect: {0}\r\n",
        "X-Forwarded-Uri: {0}\r\nX-Forwarded-User: dirk\r\n",
        "X-Remote-User: dirk\r\nRemote-User: dirk\r\nX-Auth-Request-Email: dirk\r\n",
        "Host: localhost.\r\n",
        "Host: elders.example\r\n",
        "Host: localhost/coordinatie\r\n",
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Content-Length: 0\r\nContent-Length: 0\r\n",
        "Range: bytes=0-\r\n",
        "If-None-Match: *\r\n",
        "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n",
        "Authorization: " + basic(DIRK.encode()) + "x\r\n",
        "Authorization: " + basic(b"dirk:fout") + "\r\n",
    ],
)
def test_tricks_with_headers_lead_nowhere(server: Server, anna: str, headers: str) -> None:
    for path in (OTHER, "/coordinatie/index.html", "/publiek/"):
        for login in ("", anna):
            for first in (True, False):
                extra = headers.format(OTHER)
                lines = f"{extra}{login}" if first else f"{login}{extra}"
                head = f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{lines}Connection: close\r\n\r\n0\r\n\r\n"
                answer = server.raw(head.encode())
                assert not SECRET.search(answer)
                assert path == "/publiek/" or b" 200 OK" not in answer


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "get", "GEHEIM"])
def test_nothing_but_reading(server: Server, anna: str, method: str) -> None:
    for path in ("/publiek/index.html", "/partners/cgg/index.html", "/coordinatie/index.html", "/"):
        for login in ("", anna):
            head = f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{login}\r\n"
            answer = server.raw(head.encode())
            status = answer.split(b" ")[1]
            assert status in (b"401", b"400", b"405", b"302")
            assert b"<title>Vivendo" not in answer


def test_requests_in_a_row_are_each_their_own(server: Server, anna: str) -> None:
    """A login counts for the request that carries it, not for what follows on the connection."""
    first = f"GET /partners/cgg/index.html HTTP/1.1\r\nHost: localhost\r\n{anna}\r\n"
    second = "GET /partners/cgg/index.html HTTP/1.1\r\nHost: localhost\r\n\r\n"
    last = "GET /coordinatie/index.html HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    answer = server.raw(f"{first}{second}{last}".encode())
    assert re.findall(rb"HTTP/1\.1 (\d+)", answer) == [b"200", b"401", b"401"]


# Feeds


def test_a_feed_under_its_own_token_only(server: Server, feeds: dict[str, bytes]) -> None:
    assert len(feeds) > 20
    for (path, content), other in zip(feeds.items(), [*list(feeds)[1:], next(iter(feeds))], strict=True):
        answer = server.get(path, Accept_Encoding="gzip, br, deflate")
        assert (answer.status, answer.body) == (200, content)
        assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
        assert "content-encoding" not in answer.headers
        assert server.get(f"{path.rpartition('/')[0]}/{other.rpartition('/')[2]}").status == 404
        assert server.get(f"{path}?v=2").status == 200


def test_every_other_path_of_feeds_is_not_there(server: Server, feeds: dict[str, bytes]) -> None:
    """The same answer for what is wrong in whatever way."""
    path = next(iter(feeds))
    _, _, token, name = path.split("/")
    changed = token[:-1] + ("a" if token[-1] != "a" else "b")
    missing = told(server.get(f"/feeds/{'a' * 32}/{name}"))
    assert missing[0] == 404
    for wrong in (
        "/feeds",
        "/feeds/",
        "/feeds/index.html",
        f"/feeds/{name}",
        f"/feeds/{token}",
        f"/feeds/{token}/",
        f"/feeds/{token}/index.html",
        f"/feeds/{changed}/{name}",
        f"/feeds/{token[:-1]}/{name}",
        f"/feeds/{token}a/{name}",
        f"/feeds/{token.upper()}/{name}",
        f"/Feeds/{token}/{name}",
        f"/feeds/{token}/{name[:-4]}",
        f"/feeds/{token}/{name}.bak",
        f"/feeds/{token}/{name}/",
        f"/feeds/{token}/{name.upper()}",
        f"/feeds/{token}/x/{name}",
        f"/feeds/{token}/*.ics",
        f"/publiek/{path}",
    ):
        for login in (None, DIRK):
            answer = server.get(wrong, login)
            assert answer.status == 404, wrong
            assert answer.body == missing[2] or wrong.startswith("/publiek/"), wrong
    for wrong in (f"/feeds/{changed}/{name}", f"/feeds/{token}/anders.ics"):
        assert told(server.get(wrong)) == missing


# Headers


def test_headers(server: Server, published: Path, feeds: dict[str, bytes]) -> None:
    """On every answer, errors included; nothing that is not public is kept or found."""
    common = {
        "content-security-policy": (published / "build/csp.conf").read_text(encoding="utf-8").split('"')[1],
        "strict-transport-security": "max-age=63072000",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "server": "nginx",
    }
    for path, login, status in (
        ("/", None, 302),
        ("/publiek/", None, 200),
        ("/publiek/assets/woontraject.css", None, 200),
        ("/publiek/bestaat-niet.html", None, 404),
        ("/partners/cgg/", None, 401),
        ("/partners/cgg/", ANNA, 200),
        ("/partners/cgg", ANNA, 301),
        ("/partners/cgg/planning.json", ANNA, 200),
        ("/partners/cgg/kalender/cgg.ics", ANNA, 200),
        ("/partners/cgg/bestaat-niet.html", ANNA, 404),
        ("/coordinatie/", DIRK, 200),
        ("/partners/bestaat-niet/", DIRK, 404),
        (next(iter(feeds)), None, 200),
        ("/feeds/", None, 404),
        ("/bestaat-niet", None, 404),
    ):
        answer = server.get(path, login)
        assert (path, answer.status) == (path, status)
        public = path.startswith("/publiek/") or path == "/"
        assert answer.headers.items() >= common.items()
        assert "geolocation=()" in answer.headers["permissions-policy"]
        assert answer.headers["cache-control"] == ("no-cache" if public else "private, no-store")
        assert answer.headers.get("x-robots-tag") == (None if public else "noindex, nofollow")


def test_the_policy_is_strict(published: Path) -> None:
    policy = (published / "build/csp.conf").read_text(encoding="utf-8")
    assert policy.startswith("add_header Content-Security-Policy \"default-src 'none'; script-src 'self' 'sha256-")
    assert "unsafe" not in policy
    assert "*" not in policy
    assert "http" not in policy
    assert len(re.findall("'sha256-", policy)) == 3


@pytest.mark.parametrize(
    ("path", "kind", "packed"),
    [
        ("index.html", "text/html; charset=utf-8", True),
        ("assets/woontraject.css", "text/css; charset=utf-8", True),
        ("search/search_index.json", "application/json; charset=utf-8", True),
        ("planning.json", "application/json; charset=utf-8", True),
        ("kalender/cgg.ics", "text/calendar; charset=utf-8", False),
        ("assets/images/favicon.png", "image/png", False),
    ],
)
def test_kinds_of_files(server: Server, path: str, kind: str, packed: bool) -> None:
    answer = server.get(f"/partners/cgg/{path}", ANNA, Accept_Encoding="gzip")
    assert answer.headers["content-type"] == kind
    assert answer.headers.get("content-encoding") == ("gzip" if packed else None)


def test_no_folder_is_listed(server: Server, published: Path) -> None:
    for folder in (published / "build").rglob("*"):
        if folder.is_dir() and not (folder / "index.html").exists():
            path = folder.relative_to(published / "build").as_posix()
            for shown in (f"/{path}/", f"/{path.removeprefix('sites/')}/"):
                answer = server.get(shown, DIRK)
                assert answer.status == 404, shown
                assert b"Index of" not in answer.body


def test_what_is_not_there(server: Server, files: dict[str, bytes]) -> None:
    """A site shows its own page for it, at any depth, and only after logging in."""
    for site, login in (("publiek", None), ("partners/cgg", ANNA), ("partners/cgg", DIRK), ("coordinatie", DIRK)):
        for path in ("bestaat-niet.html", "a/b/c/d.html", "assets/"):
            answer = server.get(f"/{site}/{path}", login)
            assert (answer.status, answer.body) == (404, files[f"/{site}/404.html"])
    assert server.get("/partners/cgg/bestaat-niet.html", CARLA).status == 401


def test_the_way_to_the_right_address(server: Server) -> None:
    """Unencrypted requests are sent on; no answer repeats a name of the server that a client made up."""
    answer = server.unencrypted(b"GET /publiek/?x=1 HTTP/1.1\r\nHost: elders.example\r\nConnection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 301")
    assert f"\r\nLocation: {server.url}/publiek/?x=1\r\n".encode() in answer
    assert server.get("/").headers["location"] == "/publiek/"
    assert server.get("/partners/cgg", ANNA).headers["location"] == "/partners/cgg/"
    other = server.raw(b"GET / HTTP/1.1\r\nHost: elders.example\r\nConnection: close\r\n\r\n")
    assert other == b""


def test_only_modern_tls(server: Server) -> None:
    for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        context = trusting()
        context.minimum_version = context.maximum_version = version
        with connected(server.port, context):
            pass
    old = trusting()
    old.set_ciphers("DEFAULT:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        old.minimum_version = old.maximum_version = ssl.TLSVersion.TLSv1_1
    with pytest.raises(ssl.SSLError, match="PROTOCOL_VERSION"), connected(server.port, old):
        pass
    with pytest.raises(ssl.SSLError, match="UNRECOGNIZED_NAME"), connected(server.port, name="elders.example"):
        pass


# Logs


def test_the_log_says_who_read_what(server: Server) -> None:
    server.get("/coordinatie/dossiers/index.html?h=geheimzoekwoord", DIRK)
    server.get("/partners/cgg/bestaat-niet.html", BERT)
    server.get("/partners/cgg/../caw-regiobrugge/%69ndex.html", CARLA)
    server.get("/coordinatie/rapport.html", CARLA)
    server.get("/partners/caw-regiobrugge/data.html", 'x" 200 "dirk:y')
    logs = server.logs()
    for line in (
        r'"dirk" \[[^]]+\] "GET /coordinatie/dossiers/index\.html" 200 ',
        r'"bert" \[[^]]+\] "GET /partners/cgg/bestaat-niet\.html" 404 ',
        r'"carla" \[[^]]+\] "GET /partners/caw-regiobrugge/index\.html" 200 ',
        r'"carla" \[[^]]+\] "GET /coordinatie/rapport\.html" 401 ',
        r'"x\\x22 200 \\x22dirk" \[[^]]+\] "GET /partners/caw-regiobrugge/data\.html" 401 ',
    ):
        assert re.search(rf"(?m)^127\.0\.0\.1 {line}", logs), line
    assert "geheimzoekwoord" not in logs
    assert 'user "carla" was not found in "/dev/null"' in logs


def test_no_log_holds_a_secret_address(server: Server, published: Path, feeds: dict[str, bytes]) -> None:
    """However it is asked for: rightly, mistyped, elsewhere, in another header, with another error."""
    path = next(iter(feeds))
    _, _, token, name = path.split("/")
    coded = "".join(f"%{ord(letter):02x}" for letter in token)
    wrong = "Authorization: " + basic(b"anna:fout") + "\r\n"
    targets = [
        path,
        f"/{path}",
        f"/.{path}",
        f"/publiek/..{path}",
        f"/%66eeds/{token}/{name}",
        f"/%2566eeds/{token}/{name}",
        f"/feeds/{coded}/{name}",
        f"/feeds%2f{token}%2f{name}",
        f"/feeds;{path}",
        f"/Feeds/{token}/{name}",
        f"/feeds/{token.upper()}/{name}",
        f"/feeds/{token}",
        f"/feeds/{token}/",
        f"/feeds/{token}/{name}/",
        f"/feeds/{token}x/{name}",
        f"/feeds/{token}/{name}%00",
        f"/feeds/{token}/{name}%0a",
        f"/feeds/{token}/../../../../{name}",
        f"/feeds /{token}/{name}",
        f"/{token}/{name}",
        f"/publiek{path}",
        f"/publiek/{token}.html",
        f"/partners/cgg{path}",
        f"/partners/cgg/{token}/",
        f"/partners{path}",
        f"/coordinatie/%0a{path}",
        f"/coordinatie/?x={path}",
        f"/partners/cgg/index.html?{token}",
        f"/publiek/assets/?feeds/{token}",
        f"https://localhost{path}",
        f"http://elders.example{path}",
        f"webcal://localhost{path}",
        path[1:],
        f"{path}#{token}",
        f"{path}?{token}",
        "/partners/cgg/index.html",
        "/publiek/assets/",
    ]
    referer = f"Referer: {server.url}{path}\r\n"
    end = "Host: localhost\r\nConnection: close\r\n"
    for target in targets:
        for request in (
            f"GET {target} HTTP/1.1\r\n{end}\r\n",
            f"POST {target} HTTP/1.1\r\n{end}{wrong}{referer}\r\n",
        ):
            server.raw(request.encode())
            server.unencrypted(request.encode())
    for request in (
        f"GET {path} HTTP/1.1\r\nConnection: close\r\n\r\n",
        f"GET {path} HTTP/1.1\r\nHost: elders.example\r\nConnection: close\r\n\r\n",
        f"GET {path} HTTP/1.1\r\n{end}Content-Length: x\r\n\r\n",
        f"PUT {path} HTTP/1.1\r\n{end}Content-Length: 9999999\r\n\r\n{'x' * 9999999}",
        f"PUT /partners{path} HTTP/1.1\r\n{end}Content-Length: 9999999\r\n\r\n{'x' * 9999999}",
        f"GET {path} BAD\r\n\r\n",
        f"GET {path}\r\n",
        f"GET /{'x' * 20000}{path} HTTP/1.1\r\n{end}\r\n",
    ):
        server.raw(request.encode())
    unreadable = published / "build/feeds" / token / "lus.ics"
    unreadable.symlink_to(unreadable)
    assert server.get(f"/feeds/{token}/lus.ics").status >= 400
    unreadable.unlink()
    logs = server.logs().lower()
    assert logs.count('"get (verborgen)" 200 ') > 5
    assert [line for line in logs.splitlines() if token in line or coded in line] == []


# One account for everything


class _Proxy(BaseHTTPRequestHandler):
    """What oauth2-proxy says of a cookie."""

    def do_GET(self) -> None:
        email = (self.headers["Cookie"] or "").removeprefix("_oauth2_proxy=")
        self.send_response(202 if email else 401)
        if email:
            self.send_header("X-Auth-Request-Email", email)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def proxy() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Proxy) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running.server_port
        running.shutdown()


def test_an_account_in_place_of_a_password(published: Path, tmp_path: Path, feeds: dict[str, bytes]) -> None:
    """The lines for oauth2-proxy, taken in by the command that the configuration gives."""
    here = tmp_path / "here"
    text = make_server_config(published / "build", here, f"https://localhost:{free_port()}")
    found = re.search(r"sed -i -E '(.*)' ", text)
    assert found
    replaced = subprocess.run(["sed", "-E", found[1]], input=text, capture_output=True, text=True, check=True).stdout
    assert "auth_basic" not in replaced
    lang = f"voornaam.{'achternaam-' * 10}x@psychiatrisch-centrum.example"
    logins = {"anna@cgg.example": "partners/cgg", "dirk@vivendo.example": "coordinatie", lang: "partners/cgg"}
    with (
        proxy() as port,
        serving(replaced.replace("127.0.0.1:4180", f"127.0.0.1:{port}"), logins, here) as server,
    ):
        for who, path, status in (
            ("", "/publiek/index.html", 200),
            ("", next(iter(feeds)), 200),
            ("", "/partners/cgg/index.html", 302),
            ("", OTHER, 302),
            ("", "/coordinatie/bestaat-niet.html", 302),
            ("anna@cgg.example", "/partners/cgg/index.html", 200),
            ("anna@cgg.example", "/partners/cgg/", 200),
            (lang, "/partners/cgg/", 200),
            ("Anna@CGG.example", "/partners/cgg/planning.json", 200),
            ("anna@cgg.example", "/partners/cgg/bestaat-niet.html", 404),
            ("anna@cgg.example", OTHER, 404),
            ("anna@cgg.example", "/partners/caw-regiobrugge/", 404),
            ("anna@cgg.example", "/coordinatie/index.html", 404),
            ("niemand@cgg.example", "/partners/cgg/index.html", 404),
            ("niemand@cgg.example", "/coordinatie/", 404),
            ("dirk@vivendo.example", "/coordinatie/index.html", 200),
            ("dirk@vivendo.example", OTHER, 200),
            ("dirk@vivendo.example", "/oauth2/auth", 404),
        ):
            answer = server.get(path, Cookie=f"_oauth2_proxy={who}")
            assert (who, path, answer.status) == (who, path, status)
            assert status == 200 or b"<title>Vivendo" not in answer.body or who == "anna@cgg.example"
        refused = server.get(OTHER, Cookie="_oauth2_proxy=", X_Auth_Request_Email="dirk@vivendo.example")
        assert (refused.status, refused.headers["location"]) == (302, f"/oauth2/sign_in?rd={OTHER}")
        assert re.search(r'"anna@cgg\.example" \[[^]]+\] "GET /partners/cgg/index\.html" 200 ', server.logs())


# What is printed


def test_no_build_no_configuration(published: Path, tmp_path: Path) -> None:
    result = command("server-config", "--root", str(published), "--out", str(tmp_path))
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == (
        f"woontraject: in {tmp_path} staat geen bouw: maak ze eerst met ‘woontraject build’, of wijs ze aan met --out\n"
    )


@pytest.mark.parametrize("name", ['a"b', "a$b", "a;b", "a{b", "a*b", "a\nb", "a#b"])
def test_a_path_means_itself(published: Path, name: str) -> None:
    with pytest.raises(Gestopt, match="kies een map met een eenvoudiger naam"):
        make_server_config(published / "build", Path("/etc") / name, None)


def test_an_address_to_fill_in(published: Path) -> None:
    """Without `webadres` the name is to be filled in; a port other than the usual stands in it."""
    text = make_server_config(published / "build", Path("/etc/woontraject"), None)
    assert "    server_name INVULLEN.example;" in text
    assert "return 301 https://INVULLEN.example$request_uri;" in text
    text = make_server_config(published / "build", Path("/etc/woontraject"), "https://a.example:8443")
    assert "    server_name a.example;" in text
    assert "    listen 8443 ssl;" in text
    assert "return 301 https://a.example:8443$request_uri;" in text


# What a page may do


@pytest.mark.parametrize(
    ("html", "scripts"),
    [
        ("<script>a()</script>", ["a()"]),
        ("<SCRIPT>\na()\n</SCRIPT >", ["\na()\n"]),
        ('<script type="module">a()</script><script type=text/javascript>b()</script>', ["a()", "b()"]),
        ('<script type="application/json">{}</script>', []),
        ('<script src="a.js"></script>', []),
        ("<p>&lt;script&gt;a()&lt;/script&gt;</p>", []),
    ],
)
def test_scripts_of_a_page(html: str, scripts: list[str]) -> None:
    assert list(inline_scripts(html)) == scripts


def test_a_hash_as_browsers_make_it() -> None:
    """The example of the specification, section 2.3.1 and 8.3 (CSP level 3)."""
    assert "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='" in make_policy(["alert('Hello, world.');"])


def test_a_script_in_a_text_stops_the_build(register: object, tmp_path: Path) -> None:
    """Else its hash would let it run."""
    assert callable(register)
    root = register({"site/pages/publiek/uitleg.md": "# Uitleg\n\n<script>alert(1)</script>\n"})
    result = command("--root", str(root), "build", "--only", "publiek", "--out", str(tmp_path / "out"))
    assert result.returncode == 1
    assert "uitleg.md bevat een script, en dat weigert de webserver" in result.stderr
    assert not (tmp_path / "out").exists()


class _Inline(HTMLParser):
    """Everything between the tags of a page that would run or dress it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.refused: list[str] = []
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.inside = tag == "script" and "src" not in values and values.get("type") != "application/json"
        self.refused += [f"{tag} {name}" for name in values if name.startswith("on") or name == "style"]
        self.refused += [f"{tag} {value}" for value in values.values() if "javascript:" in (value or "").lower()]
        if tag in ("style", "iframe", "object", "embed", "base"):
            self.refused.append(tag)

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.scripts.append(data)

    def handle_endtag(self, _tag: str) -> None:
        self.inside = False


def test_every_script_of_every_page_is_in_the_policy(published: Path, files: dict[str, bytes]) -> None:
    allowed = (published / "build/csp.conf").read_text(encoding="utf-8")
    pages = {path: _Inline(content.decode()) for path, content in files.items() if path.endswith(".html")}
    assert len(pages) > 400
    assert {path: page.refused for path, page in pages.items() if page.refused} == {}
    scripts = {script for page in pages.values() for script in page.scripts}
    assert f'"{make_policy(scripts)}"' in allowed


LISTEN = "document.addEventListener('securitypolicyviolation', e => console.error('CSP', e.violatedDirective))"


@contextmanager
def visiting(chromium: Browser, login: str) -> Iterator[tuple[Page, Seen]]:
    name, _, password = login.partition(":")
    credentials = {"username": name, "password": password}
    with looking(chromium, ignore_https_errors=True, http_credentials=credentials) as (page, seen):
        page.add_init_script(LISTEN)
        yield page, seen


@pytest.mark.parametrize(("site", "login"), [("publiek", ""), ("partners/cgg", ANNA), ("coordinatie", DIRK)])
def test_pages_work_under_the_policy(chromium: Browser, server: Server, published: Path, site: str, login: str) -> None:
    """Every kind of page, the search, dark and light, with nothing refused."""
    with visiting(chromium, login) as (page, seen):
        for path in [*kinds(published / "build/sites" / site), "bestaat/niet.html"]:
            page.goto(f"{server.url}/{site}/{path}")
            page.locator("html.js").wait_for(timeout=5000)
        page.goto(f"{server.url}/{site}/")
        page.locator("label[for=__palette_1]").click()
        assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
        background = page.evaluate("getComputedStyle(document.body).backgroundColor")
        page.goto(f"{server.url}/{site}/protocol/index.html")
        assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == background != "rgb(255, 255, 255)"
        search(page, "overleg")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"\?h=overleg"))
        page.locator("mark").first.wait_for(state="attached", timeout=10000)
    assert seen.console == ["error: Failed to load resource: the server responded with a status of 404 (Not Found)"]
    assert seen.errors == seen.dialogs == []
    assert [url for url in seen.requests if not url.startswith(f"{server.url}/")] == []


def test_the_policy_refuses_what_a_page_should_not_hold(chromium: Browser, server: Server) -> None:
    """The proof that violations would have been seen."""
    with visiting(chromium, "") as (page, seen):
        page.goto(f"{server.url}/publiek/")
        page.evaluate(
            """() => {
                const script = document.createElement('script'); script.textContent = 'window.ran = 1';
                const image = new Image(); image.src = 'https://elders.example/x.png';
                const button = document.createElement('button'); button.setAttribute('onclick', 'window.ran = 1');
                document.body.append(script, image, button); button.click();
            }"""
        )
        page.wait_for_function("document.querySelector('img[src*=elders]').complete")
        assert page.evaluate("window.ran") is None
    text = "\n".join(seen.console)
    for directive in ("script-src-elem", "script-src-attr", "img-src"):
        assert f"CSP {directive}" in text
