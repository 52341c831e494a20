"""One request to one address and its answer, read within the bounds; no redirects, no retries."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import requests
import urllib3

from flows.fetching.addresses import authority_of, host_of, plain, redact_url
from flows.fetching.answers import (
    DEFAULT_WAIT,
    REDIRECTS,
    retry_after,
    status_failure,
    transport_failure,
)
from flows.fetching.decoding import ACCEPT_ENCODING, decode_body, read_codings
from flows.fetching.hosts import Hosts
from flows.fetching.policy import REASONS, Fetched, FetchPolicy, Validators
from flows.fetching.transport import (
    CheckedAdapter,
    Resolver,
    bounded_request,
    check_proxied_target,
)
from transforms.errors import FetchError

_PIECE = 64 * 1024
_UNBELIEVABLE = 1 << 40
"""A Content-Length of a terabyte is a lie and treated as none."""

_LONGEST_DRAIN = 16 * 1024
_OK, _NOT_MODIFIED, _TOO_MANY, _UNAVAILABLE = 200, 304, 429, 503
_ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9,"
    " text/html;q=0.9, */*;q=0.5"
)


@dataclass(frozen=True, slots=True)
class Ask:
    """One address to ask, with its bounds.

    Attributes:
        url: checked address.
        limit: most bytes, as sent and decompressed.
        ends_at: `time.monotonic()` value at which everything stops.
        validators: for a conditional request, or None.
        internal_hosts: hosts that may have private or loopback addresses.
    """

    url: str
    limit: int
    ends_at: float
    validators: Validators | None = None
    internal_hosts: frozenset[str] = frozenset()

    @property
    def conditions(self) -> dict[str, str]:
        """The conditional headers; empty where the validators belong to another address."""
        known = self.validators
        if known is None or known.url != redact_url(self.url):
            return {}
        fields = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        return {name: value for name, value in fields.items() if value}


class Exchange:
    """Sends single requests over kept connections.

    Args:
        policy: how bounded.
        hosts: told when a host asks to be left in peace.
        resolver: turns a host into addresses.
    """

    def __init__(self, policy: FetchPolicy, hosts: Hosts, resolver: Resolver) -> None:
        self._policy = policy
        self._hosts = hosts
        self._resolver = resolver
        # a connection kept open to an internal host must not serve a feed that may not go there:
        # addresses are checked where a connection is made, so the two kinds share none
        self._adapter = CheckedAdapter(policy)
        self._internal = CheckedAdapter(policy)
        self._proxies = {"http": policy.proxy, "https": policy.proxy} if policy.proxy else {}

    def close(self) -> None:
        """Close the connections that are kept open."""
        self._adapter.close()
        self._internal.close()

    def ask(self, ask: Ask) -> Fetched:
        """The answer: 200 with its whole body, 304 to a condition, or a redirect without its body.

        Raises:
            FetchError: any other status, and whatever goes wrong on the way.
        """
        conditions = ask.conditions
        got = self._ask_once(ask, conditions)
        if got.status == _NOT_MODIFIED and not conditions:
            got = self._ask_once(ask, {"Cache-Control": "no-cache"})
            if got.status == _NOT_MODIFIED:
                raise FetchError("http_status", "status 304 without a condition, twice")
        return got

    def _ask_once(self, ask: Ask, extra: Mapping[str, str]) -> Fetched:
        check_proxied_target(ask.url, ask.internal_hosts, bool(self._policy.proxy))
        with bounded_request(
            ends_at=ask.ends_at,
            policy=self._policy,
            internal_hosts=ask.internal_hosts,
            resolver=self._resolver,
        ):
            response = self._send(ask, extra)
            try:
                return self._take(ask, response.status_code, response.raw)
            finally:
                # a body read to its end has already given its connection back to the pool
                response.close()

    def _send(self, ask: Ask, extra: Mapping[str, str]) -> requests.Response:
        headers = {
            "User-Agent": self._policy.agent_header,
            "Accept": _ACCEPT,
            "Accept-Encoding": ACCEPT_ENCODING,
            **extra,
        }
        left = max(ask.ends_at - time.monotonic(), 0.001)
        timeout = (min(left, self._policy.connect_timeout), left)
        try:
            prepared = requests.Request("GET", ask.url, headers=headers).prepare()
            adapter = self._internal if host_of(ask.url) in ask.internal_hosts else self._adapter
            return adapter.send(
                prepared, stream=True, timeout=timeout, verify=True, proxies=self._proxies
            )
        except FetchError:
            raise
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as e:
            # the cause is cut off: its message repeats the address, which may hold a secret
            raise transport_failure(e, in_body=False) from None

    def _take(self, ask: Ask, status: int, raw: urllib3.BaseHTTPResponse) -> Fetched:
        fields = tuple((str(k), str(v)) for k, v in raw.headers.items())
        got = Fetched(ask.url, ask.url, status, headers=fields)
        if status not in (_OK, _NOT_MODIFIED):
            self._drain(raw)
            if status in REDIRECTS:
                return got
            raise self._failure(ask, got)
        codings = read_codings(got.header("content-encoding"))
        body: bytes | None = None
        try:
            body = self._read(ask, raw)
            whole, notes = decode_body(body, codings, ask.limit)
        except FetchError as error:
            if REASONS[error.reason] != "rejected":
                raise
            # the bytes are evidence; what may come whole another night is asked for again instead
            kept = body if body is not None else error.body
            raise FetchError(error.reason, error.detail, body=kept, headers=fields) from None
        return replace(got, body=whole, wire_bytes=len(body), notes=notes)

    def _drain(self, raw: urllib3.BaseHTTPResponse) -> None:
        """Read a short body that nobody wants, so that the connection can be used again."""
        if raw.length_remaining is not None and raw.length_remaining <= _LONGEST_DRAIN:
            with suppress(urllib3.exceptions.HTTPError, OSError):
                raw.read(_LONGEST_DRAIN, decode_content=False)

    def _read(self, ask: Ask, raw: urllib3.BaseHTTPResponse) -> bytes:
        """The body as sent, in pieces, up to the limit."""
        if (raw.length_remaining or 0) > _UNBELIEVABLE:
            raw.enforce_content_length = False  # type: ignore[attr-defined]  # urllib3 leaves it untyped
        body = bytearray()
        try:
            while piece := raw.read(_PIECE, decode_content=False):
                body += piece
                if len(body) > ask.limit:
                    said = raw.headers.get("content-length", "no length")
                    raise FetchError(
                        "too_large",
                        f"more than {ask.limit} bytes ({plain(said, 30)} announced)",
                        body=bytes(body),
                    )
                if time.monotonic() > ask.ends_at:
                    raise FetchError("deadline", f"stopped at the deadline after {len(body)} bytes")
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            raise transport_failure(error, in_body=True) from None
        return bytes(body)

    def _failure(self, ask: Ask, got: Fetched) -> FetchError:
        asked = got.header("retry-after")
        wait = retry_after(asked, got.header("date"), datetime.now(UTC))
        if got.status == _TOO_MANY or (got.status == _UNAVAILABLE and wait is not None):
            wait = DEFAULT_WAIT if wait is None else wait
            self._hosts.block(authority_of(ask.url), wait)
            return FetchError("rate_limited", f"status {got.status}, asked to wait {wait:.0f} s")
        return status_failure(got.status)
