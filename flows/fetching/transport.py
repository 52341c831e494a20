"""Connections: to checked addresses only, and never past a wall-clock deadline.

`requests` bounds the wait for a single read; a server that sends a byte now and then holds it for
ever. Here every read of a socket asks how much is left of the whole request. And it connects to
whatever address a name resolves to; here the address is checked and then connected to, in one step.
"""

from __future__ import annotations

import logging
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import certifi
import requests
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.poolmanager import ProxyManager

from flows.fetching.addresses import forbidden_address, host_of, plain
from flows.fetching.policy import FetchPolicy
from transforms.errors import FetchError

Resolver = Callable[[str, int], list[tuple[Any, ...]]]
"""Host and port to rows as `socket.getaddrinfo` gives them."""

_MOST_ADDRESSES = 4
"""Addresses of one host that are tried; more only use up the deadline."""


def resolve(host: str, port: int) -> list[tuple[Any, ...]]:
    """The addresses of a host, by the system's resolver."""
    return list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))


@dataclass(slots=True)
class _Request:
    """What the connection code must know of the request under way in this thread."""

    ends_at: float
    connect_timeout: float
    internal_hosts: frozenset[str]
    resolver: Resolver
    proxied: bool


_CURRENT: ContextVar[_Request] = ContextVar("current_request")


@contextmanager
def bounded_request(
    *, ends_at: float, policy: FetchPolicy, internal_hosts: frozenset[str], resolver: Resolver
) -> Iterator[None]:
    """Hold every connection and read of this thread to one deadline and one set of addresses.

    Args:
        ends_at: `time.monotonic()` value at which everything stops.
        policy: gives the connect time-out and the proxy.
        internal_hosts: hosts whose addresses may be private or loopback.
        resolver: turns names into addresses.
    """
    token = _CURRENT.set(
        _Request(ends_at, policy.connect_timeout, internal_hosts, resolver, bool(policy.proxy))
    )
    try:
        yield
    finally:
        _CURRENT.reset(token)


def _remaining() -> float:
    left = _CURRENT.get().ends_at - time.monotonic()
    if left <= 0:
        raise TimeoutError("the deadline of the whole request has passed")
    return left


class _DeadlineSocket(socket.socket):
    """A socket whose every read is bounded by what is left of the request."""

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        self.settimeout(_remaining())
        return super().recv_into(*args, **kwargs)


class _DeadlineTLSSocket(ssl.SSLSocket):
    """The same under TLS."""

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        self.settimeout(_remaining())
        return super().recv_into(*args, **kwargs)


def _lookup(host: str, port: int, request: _Request) -> list[tuple[Any, ...]]:
    """Resolve within the deadline; the system's resolver itself can't be interrupted."""
    found: list[tuple[Any, ...]] = []
    failed: list[Exception] = []

    def look_up() -> None:
        try:
            found.extend(request.resolver(host, port))
        except (OSError, UnicodeError) as error:
            failed.append(error)

    worker = threading.Thread(target=look_up, daemon=True, name="resolve")
    worker.start()
    worker.join(min(_remaining(), request.connect_timeout))
    if worker.is_alive():
        raise FetchError("dns", f"no answer for {plain(host)} in time")
    if failed or not found:
        why = plain(str(failed[0])) if failed else "no address"
        raise FetchError("dns", f"{plain(host)}: {why}")
    return found


def _checked_rows(host: str, port: int, request: _Request) -> list[tuple[Any, ...]]:
    rows = _lookup(host, port, request)
    if request.proxied:
        return rows
    internal = host.rstrip(".").lower() in request.internal_hosts
    for row in rows:
        why = forbidden_address(str(row[4][0]), internal=internal)
        if why:
            raise FetchError("ssrf", f"{plain(host)}: {why}")
    return rows[:_MOST_ADDRESSES]


def _connect(host: str, port: int) -> socket.socket:
    """A connection to a checked address of the host.

    Raises:
        FetchError: `dns`, `ssrf`, `refused`, `deadline` or `connection`.
    """
    request = _CURRENT.get()
    failure = FetchError("connection", f"{plain(host)}: no address")
    for family, kind, protocol, _, address in _checked_rows(host, port, request):
        sock = _DeadlineSocket(family, kind, protocol)
        try:
            sock.settimeout(min(_remaining(), request.connect_timeout))
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.connect(address)
        except TimeoutError:
            failure = FetchError("deadline", f"{plain(host)} port {port}: no connection in time")
        except ConnectionRefusedError:
            failure = FetchError("refused", f"{plain(host)} port {port} refuses connections")
        except OSError as error:
            failure = FetchError("connection", f"{plain(host)} port {port}: {plain(str(error))}")
        else:
            return sock
        sock.close()
    raise failure


class _CheckedHTTPConnection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self._dns_host, self.port)


class _CheckedHTTPSConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _connect(self._dns_host, self.port)


class _CheckedHTTPPool(HTTPConnectionPool):
    ConnectionCls = _CheckedHTTPConnection


class _CheckedHTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _CheckedHTTPSConnection


_POOLS = {"http": _CheckedHTTPPool, "https": _CheckedHTTPSPool}


class CheckedAdapter(HTTPAdapter):
    """Puts the checked connections under `requests`; certificates are verified, always.

    It is used without a `requests.Session`: a session reads the environment and .netrc, keeps
    cookies and reads the bodies of redirects without a bound.
    """

    def __init__(self, policy: FetchPolicy) -> None:
        # at DEBUG urllib3 logs every path with its query, which may hold a secret
        logging.getLogger("urllib3").setLevel(logging.WARNING)
        self._context = ssl.create_default_context(cafile=str(policy.ca_file or certifi.where()))
        self._context.sslsocket_class = _DeadlineTLSSocket
        super().__init__(pool_connections=256, pool_maxsize=policy.per_host + 1, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Pools of checked connections under the shared TLS context."""
        super().init_poolmanager(*args, ssl_context=self._context, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> ProxyManager:
        """The same for a proxy; the tunnel through it ends in verified TLS with the target."""
        manager: ProxyManager = super().proxy_manager_for(
            proxy, ssl_context=self._context, **kwargs
        )
        manager.pool_classes_by_scheme = _POOLS
        return manager

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, verify: Any, cert: Any = None
    ) -> tuple[Any, Any]:
        """The host alone: all pools share the context that was loaded once."""
        host, _ = super().build_connection_pool_key_attributes(request, verify, cert)
        return host, {}

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """Nothing to set: the shared context verifies, and nothing can turn it off."""


def check_proxied_target(url: str, internal_hosts: frozenset[str], proxied: bool) -> None:
    """Refuse an address that is plainly private although a proxy makes the connection.

    The proxy resolves names, so only an address written out can be judged here.

    Raises:
        FetchError: `ssrf`.
    """
    if not proxied:
        return
    host = host_of(url)
    if host == "localhost" or host.endswith(".localhost"):
        raise FetchError("ssrf", f"{plain(host)} is local")
    try:
        address = socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        if ":" not in host:
            return
        address = host
    why = forbidden_address(address, internal=host in internal_hosts)
    if why:
        raise FetchError("ssrf", why)
