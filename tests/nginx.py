"""A real nginx (Debian's) on loopback, with the configuration that `server-config` prints, filled in as told there."""

import base64
import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.parts import require

WRAPPER = """\
{user}
pid {here}/nginx.pid;
error_log {here}/logs/error.log;
worker_processes 2;
events {{}}
http {{
    # What Debian sets around every site.
    sendfile on;
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    ssl_protocols TLSv1 TLSv1.1 TLSv1.2 TLSv1.3;
    access_log {here}/logs/access.log;
    gzip on;
    client_body_temp_path {here}/body;
    proxy_temp_path {here}/proxy;
    fastcgi_temp_path {here}/fastcgi;
    uwsgi_temp_path {here}/uwsgi;
    scgi_temp_path {here}/scgi;
    include {here}/woontraject.conf;
}}
"""


def trusting() -> ssl.SSLContext:
    """Takes the certificate of a test for good."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


TRUSTING = trusting()


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    """By name in lower case; of a name that comes twice both values, after each other."""
    body: bytes


@dataclass
class Server:
    port: int
    http_port: int
    here: Path
    connections: dict[str | None, http.client.HTTPSConnection] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}"

    def get(self, path: str, login: str | None = None, **headers: str) -> Answer:
        """`login` is `name:password`; each has a connection of its own that stays open."""
        if login not in self.connections:
            self.connections[login] = http.client.HTTPSConnection("localhost", self.port, context=TRUSTING, timeout=10)
        connection = self.connections[login]
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if login is not None:
            given["Authorization"] = "Basic " + base64.b64encode(login.encode()).decode()
        try:
            connection.request("GET", path, headers=given)
            return _answer(connection.getresponse())
        except http.client.RemoteDisconnected:  # nginx closes what is idle for long
            connection.close()
            connection.request("GET", path, headers=given)
            return _answer(connection.getresponse())

    def raw(self, request: bytes) -> bytes:
        """Whatever comes back to these bytes, sent as they are."""
        with connected(self.port) as encrypted:
            return _exchange(encrypted, request)

    def unencrypted(self, request: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self.http_port), timeout=10) as plain:
            return _exchange(plain, request)

    def logs(self) -> str:
        """Everything that nginx wrote."""
        time.sleep(0.1)
        return "".join(path.read_text(encoding="utf-8", errors="replace") for path in self.here.glob("logs/*"))


@contextmanager
def connected(port: int, context: ssl.SSLContext = TRUSTING, name: str = "localhost") -> Iterator[ssl.SSLSocket]:
    """A connection over TLS; `name` is asked for before anything else is said (SNI)."""
    with (
        socket.create_connection(("127.0.0.1", port), timeout=10) as plain,
        context.wrap_socket(plain, server_hostname=name) as encrypted,
    ):
        yield encrypted


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(configuration: str, logins: dict[str, str], here: Path) -> Iterator[Server]:
    """The server of a configuration. `logins`: who may see what, as in `logins.map`; each password is the name."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/sbin")
    require(nginx, "nginx", "apt-get install nginx")
    port, http_port = int(re.findall(r"listen (\d+) ssl", configuration)[0]), free_port()
    (here / "logs").mkdir(parents=True)
    _write_certificate(here)
    _write_logins(here, logins)
    (here / "woontraject.conf").write_text(_fill_in(configuration, here, http_port), encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    (here / "nginx.conf").write_text(WRAPPER.format(user=user, here=here), encoding="utf-8")
    command = [str(nginx), "-c", str(here / "nginx.conf"), "-p", str(here), "-e", str(here / "logs/error.log")]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stderr
    assert "warn" not in tested.stderr, tested.stderr
    process = subprocess.Popen([*command, "-g", "daemon off;"])
    server = Server(port, http_port, here)
    try:
        _wait(process, port)
        yield server
    finally:
        for connection in server.connections.values():
            connection.close()
        process.terminate()
        process.wait(timeout=20)


def _fill_in(configuration: str, here: Path, http_port: int) -> str:
    """What an administrator fills in, and loopback instead of the world."""
    for old, new in (
        (r"/etc/INVULLEN", str(here)),
        (r"/var/log/nginx", str(here / "logs")),
        (r"    listen \[::\].*\n", ""),
        (r"listen 80;", f"listen 127.0.0.1:{http_port};"),
        (r"listen (\d+) ssl", r"listen 127.0.0.1:\1 ssl"),
    ):
        configuration, count = re.subn(old, new, configuration)
        assert count, old
    assert not [line for line in configuration.splitlines() if "INVULLEN" in line.partition("#")[0]]
    return configuration


def _write_certificate(here: Path) -> None:
    request = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    files = ["-keyout", str(here / "privkey.pem"), "-out", str(here / "fullchain.pem")]
    subprocess.run([*request, *files, "-subj", "/CN=localhost", "-days", "2"], check=True, capture_output=True)


def _write_logins(here: Path, logins: dict[str, str]) -> None:
    passwords = here / "logins.htpasswd"
    for number, name in enumerate(logins):
        new = ["-c"] if number == 0 else []
        require(shutil.which("htpasswd"), "htpasswd", "apt-get install apache2-utils")
        subprocess.run(["htpasswd", *new, "-bB", str(passwords), name, name], check=True, capture_output=True)
    lines = [f"{name} {site};\n" for name, site in logins.items() if site]
    (here / "logins.map").write_text("".join(lines), encoding="utf-8")


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("nginx does not answer")


def _answer(response: http.client.HTTPResponse) -> Answer:
    headers: dict[str, str] = {}
    for name, value in response.getheaders():
        headers[name.lower()] = headers.get(name.lower(), "") + value
    return Answer(response.status, headers, response.read())


def _exchange(connection: socket.socket, request: bytes) -> bytes:
    connection.sendall(request)
    received = bytearray()
    try:
        while part := connection.recv(65536):
            received += part
    except (TimeoutError, ConnectionResetError, ssl.SSLError):
        pass
    return bytes(received)
