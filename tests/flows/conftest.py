"""A loopback server that answers with whatever bytes a test wants, however slow or broken."""

import gzip
import logging
import os
import socket
import ssl
import subprocess
import threading
import time
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import pytest

from flows.fetch import Fetcher, FetchPolicy

LOOPBACK = frozenset({"127.0.0.1"})


class Request:
    """One request as received; `rest` is what of its body came with the head."""

    def __init__(self, head: bytes, rest: bytes = b"") -> None:
        self.rest = rest
        lines = head.decode("latin-1").split("\r\n")
        self.method, self.path, _ = lines[0].split(" ", 2)
        self.headers = {
            k.strip().lower(): v.strip()
            for k, _, v in (line.partition(":") for line in lines[1:])
            if k
        }


class Server:
    """Answers on 127.0.0.1; `routes` maps a path to bytes or a function of connection and request.

    `requests` has all requests in order, `hits` counts them by path. A path without a route is 404.
    """

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.routes = {}
        self.requests = []
        self.active = self.most_active = 0
        self.times = []
        self._context = context
        self._lock = threading.Lock()
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self._socket.getsockname()[1]
        self.scheme = "https" if context else "http"
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str = "/") -> str:
        return f"{self.scheme}://{self.host}{path}"

    def hits(self, path: str) -> int:
        return sum(r.path == path for r in self.requests)

    def stop(self) -> None:
        # closing alone does not wake a thread that waits in accept()
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(2)

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        try:
            connection.settimeout(30)
            if self._context:
                connection = self._context.wrap_socket(connection, server_side=True)
            while self._answer(connection):
                pass
        except OSError:
            pass
        finally:
            connection.close()

    def _answer(self, connection: socket.socket) -> bool:
        head = b""
        while b"\r\n\r\n" not in head:
            piece = connection.recv(4096)
            if not piece:
                return False
            head += piece
        request = Request(*head.split(b"\r\n\r\n", 1))
        with self._lock:
            self.requests.append(request)
            self.times.append(time.monotonic())
            self.active += 1
            self.most_active = max(self.most_active, self.active)
        try:
            route = self.routes.get(request.path, answer(b"", status="404 Not Found"))
            done = route(connection, request) if callable(route) else connection.sendall(route)
        finally:
            with self._lock:
                self.active -= 1
        return done is not False


def answer(body=b"", *, status="200 OK", length=True, **headers):
    """The bytes of one answer; header names with underscores for dashes."""
    fields = {k.replace("_", "-"): v for k, v in headers.items()}
    if length:
        fields.setdefault("Content-Length", str(len(body)))
    lines = "".join(f"{k}: {v}\r\n" for k, v in fields.items())
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode("latin-1") + body


def drip(payload: bytes, every: float):
    """A route that sends one byte at a time, for ever where the payload is used up."""

    def route(connection, request):
        for at in range(10_000):
            connection.sendall(payload[at : at + 1] or b" ")
            time.sleep(every)
        return False

    return route


def closing(payload: bytes):
    """A route that sends the bytes and closes the connection."""

    def route(connection, request):
        connection.sendall(payload)
        return False

    return route


def sequence(*routes):
    """A route that answers differently every time, the last for ever."""
    left = list(routes)

    def route(connection, request):
        one = left.pop(0) if len(left) > 1 else left[0]
        return one(connection, request) if callable(one) else connection.sendall(one)

    return route


class Kit:
    """The makers of answers, for tests that can't import this file."""

    answer, drip, closing, sequence = map(staticmethod, (answer, drip, closing, sequence))
    gzip = staticmethod(lambda body: answer(gzip.compress(body), Content_Encoding="gzip"))


@pytest.fixture(scope="session")
def http():
    return Kit


@pytest.fixture
def make_server():
    servers = []

    def make(context=None):
        servers.append(Server(context))
        return servers[-1]

    yield make
    for server in servers:
        server.stop()


@pytest.fixture
def server(make_server):
    return make_server()


@pytest.fixture
def make_fetcher():
    """Fetchers for hosts of our own: no pause between requests, and quick retries."""
    made = []

    def make(*, resolver=None, **policy):
        rules = FetchPolicy(**{"delay": 0.0, "retry_wait": 0.01, "deadline": 5.0, **policy})
        made.append(Fetcher(rules, resolver=resolver) if resolver else Fetcher(rules))
        return made[-1]

    yield make
    for fetcher in made:
        fetcher.close()


@pytest.fixture
def get(make_fetcher):
    """Fetch one address of a loopback server."""

    def get(url, *, internal_hosts=LOOPBACK, limit=None, validators=None, **policy):
        fetcher = make_fetcher(**policy)
        return fetcher.fetch(url, internal_hosts=internal_hosts, limit=limit, validators=validators)

    return get


@pytest.fixture(scope="session")
def make_certificate(tmp_path_factory):
    """Certificates for TLS servers: signed by an authority of our own, or by themselves."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    folder = tmp_path_factory.mktemp("certificates")

    def sign(name, key, issuer_name, issuer_key, *, hosts=(), days=(-1, 30), authority=False):
        now = datetime.now(UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
            .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer_name)]))
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now + timedelta(days=days[0]))
            .not_valid_after(now + timedelta(days=days[1]))
            .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
            .add_extension(
                x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False
            )
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()),
                critical=False,
            )
        )
        if hosts:
            names = [
                x509.IPAddress(ip_address(h)) if h[0].isdigit() else x509.DNSName(h) for h in hosts
            ]
            builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
        if authority:
            usage = x509.KeyUsage(
                digital_signature=True, key_cert_sign=True, crl_sign=True, content_commitment=False,
                key_encipherment=False, data_encipherment=False, key_agreement=False,
                encipher_only=False, decipher_only=False,
            )  # fmt: skip
            builder = builder.add_extension(usage, critical=True)
        return builder.sign(issuer_key, hashes.SHA256())

    def pem(*parts):
        path = folder / f"{len(list(folder.iterdir()))}.pem"
        path.write_bytes(b"".join(parts))
        return path

    def private(key):
        return key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )

    root_key = ec.generate_private_key(ec.SECP256R1())
    root = sign("Test Root", root_key, "Test Root", root_key, authority=True)

    def make(*, hosts=("127.0.0.1",), days=(-1, 30), self_signed=False):
        key = ec.generate_private_key(ec.SECP256R1())
        issuer = ("leaf", key) if self_signed else ("Test Root", root_key)
        leaf = sign("leaf", key, *issuer, hosts=hosts, days=days)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem(leaf.public_bytes(serialization.Encoding.PEM), private(key)))
        return context

    make.root = pem(root.public_bytes(serialization.Encoding.PEM))
    return make


@pytest.fixture(scope="session")
def s3_server():
    """An S3 server on loopback; gives its host and port. Keys stand in the environment."""
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel("ERROR")  # a line a request, else
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "test")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "test")
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        running.start()
        host, port = running.get_host_and_port()
        yield f"{host}:{port}"
        running.stop()


@pytest.fixture
def bucket(s3_server, request):
    """A bucket of the test's own; `bucket("raw")` is an address in it."""
    from pyarrow import fs

    name = f"ledger-{abs(hash(request.node.nodeid)) % 10**10}"
    options = f"endpoint_override={s3_server}&scheme=http&region=us-east-1"
    client, _ = fs.FileSystem.from_uri(f"s3://{name}?{options}&allow_bucket_creation=true")
    client.create_dir(name)
    return lambda prefix: f"s3://{name}/{prefix}?{options}"


@pytest.fixture(scope="session")
def three_nights(tmp_path_factory):
    """A raw store of the sample press in shards of two feeds; nobody writes to it."""
    from flows.demo import SAMPLE, demo_settings
    from flows.ingesting import night as nightly
    from flows.reference import load_feeds
    from flows.samplepress import list_nights, serve
    from flows.settings import load_settings

    folder = tmp_path_factory.mktemp("nights")
    feeds = load_feeds(SAMPLE / "feeds.toml")
    with pytest.MonkeyPatch.context() as patch, serve(SAMPLE) as press:
        patch.setattr(nightly, "BATCH_FEEDS", 2)
        settings = demo_settings(load_settings({}, folder), folder, proxy=press.proxy)
        for night in list_nights(SAMPLE):
            press.show_night(night)
            nightly.ingest_feeds(
                settings.paths.raw, night, feeds, nightly.fetch_policy(settings.ingest)
            )
    return settings.paths.raw


@pytest.fixture
def mounted(tmp_path):
    """A file system of 3 MiB of its own."""
    folder = tmp_path / "mount"
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mounting, capture_output=True, check=False).returncode:
        pytest.skip("mounting a tmpfs needs root")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)
