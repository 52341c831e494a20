"""What an answer means: its status, its Retry-After, and the errors of the libraries below."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException

import requests
import urllib3

from flows.fetching.addresses import plain
from transforms.errors import FetchError

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
_BUSY = frozenset({408, 425, 500, 502, 503, 504})
_NAMED = {401: "forbidden", 403: "forbidden", 451: "forbidden", 404: "not_found", 410: "gone"}

SHORTEST_WAIT, LONGEST_WAIT = 1.0, 6 * 3600.0
"""Bounds of a Retry-After, in seconds."""

DEFAULT_WAIT = 60.0
"""Wait after a 429 that does not say how long, in seconds."""


def status_failure(status: int) -> FetchError:
    """The error for a status that brings nothing: neither 200, 304 nor a redirect."""
    if status in _NAMED:
        return FetchError(_NAMED[status], f"status {status}")
    if status in _BUSY:
        return FetchError("server_error", f"status {status}")
    return FetchError("http_status", f"status {status} is of no use here")


def retry_after(value: str | None, date: str | None, now: datetime) -> float | None:
    """The wait that a Retry-After header asks for, in seconds from 1 to 21,600; None for garbage.

    Args:
        value: the header, seconds or a date.
        date: the Date header of the same answer; a server's date is read by the server's clock.
        now: our time, where the answer has no usable Date.
    """
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return min(max(float(text[:12]), SHORTEST_WAIT), LONGEST_WAIT)
    until = http_date(text)
    if until is None:
        return None
    seconds = (until - (http_date(date or "") or now)).total_seconds()
    return min(max(seconds, SHORTEST_WAIT), LONGEST_WAIT)


def http_date(text: str) -> datetime | None:
    """A date header in UTC, or None where it can't be read."""
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def transport_failure(error: Exception, *, in_body: bool) -> FetchError:
    """The error for an exception of requests, urllib3, ssl or http.client.

    Args:
        error: what was raised.
        in_body: True where status and headers had already come.
    """
    chain = list(_causes(error))
    if any(
        isinstance(e, TimeoutError | requests.Timeout | urllib3.exceptions.TimeoutError)
        for e in chain
    ):
        return FetchError("deadline", "stopped at the deadline")
    if in_body:
        return FetchError("truncated", f"the body broke off ({_words(chain)})")
    if any(isinstance(e, ssl.SSLError | urllib3.exceptions.SSLError) for e in chain):
        return FetchError("tls", _words(chain))
    if any(isinstance(e, ConnectionError) for e in chain):
        return FetchError("connection", _words(chain))
    if any(
        isinstance(e, HTTPException | requests.exceptions.InvalidHeader | ValueError) for e in chain
    ):
        return FetchError("protocol", _words(chain))
    return FetchError("connection", _words(chain))


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The exception, what it wraps in its arguments and what it came from."""
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        inner = [
            a for a in (*one.args, getattr(one, "reason", None)) if isinstance(a, BaseException)
        ]
        waiting += [*inner, one.__cause__, one.__context__]


def _words(chain: list[BaseException]) -> str:
    """The innermost message: outer ones repeat addresses, which may hold secrets."""
    last = chain[-1]
    for one in chain:
        if isinstance(one, ssl.SSLError):
            last = one
    return f"{type(last).__name__}: {plain(str(last), 200)}"
