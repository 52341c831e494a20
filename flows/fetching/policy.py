"""What a fetch is asked and what it gives: rules, validators, answers and reason codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

MIB = 1024 * 1024

REASONS: Mapping[str, str] = MappingProxyType(
    {
        # can pass: taken up again the next night
        "dns": "deferred",
        "refused": "deferred",
        "connection": "deferred",
        "deadline": "deferred",
        "truncated": "deferred",
        "redirects": "deferred",
        "tls": "deferred",
        "rate_limited": "deferred",
        "server_error": "deferred",
        "robots_unreachable": "deferred",
        "host_down": "deferred",
        "window": "deferred",
        "max_pages": "deferred",
        "internal_error": "deferred",
        # can't pass by itself: kept as a reject
        "bad_url": "rejected",
        "ssrf": "rejected",
        "robots": "rejected",
        "too_large": "rejected",
        "bomb": "rejected",
        "encoding": "rejected",
        "protocol": "rejected",
        "forbidden": "rejected",
        "not_found": "rejected",
        "gone": "rejected",
        "http_status": "rejected",
    }
)
"""Every reason for which a request brings nothing, and the class of the balance it falls into.

`deferred` can pass by itself, `rejected` can't. The reasons of `FeedError` (not_a_feed, empty, ...)
come on top and are rejected.
"""


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """How polite and how bounded a fetch is.

    Attributes:
        user_agent: name and version of the program; the first word is what robots.txt is asked for.
        contact: address or mailbox that a web master can turn to; goes into the User-Agent header.
        deadline: longest time for one fetch with its redirects and retries, in seconds.
        connect_timeout: longest time for one connection to open, in seconds.
        feed_bytes: most bytes of a feed document, as sent and decompressed.
        page_bytes: most bytes of a page, as sent and decompressed.
        retries: further tries after a failure that can pass.
        retry_wait: wait before the first retry, in seconds; doubles, with jitter.
        redirects: most redirects that are followed.
        per_host: most requests to one host at a time.
        delay: seconds between the starts of two requests to one host.
        max_delay: longest crawl-delay of a robots.txt that is obeyed, in seconds.
        robots: whether robots.txt is asked; off only for hosts of one's own.
        host_failures: failures in a row after which a host is left alone for the night.
        workers: requests in flight at a time, over all hosts.
        window: longest time in which a night's requests may start, in seconds.
        proxy: address of a proxy, or None; proxies named by the environment are never used.
        ca_file: certificates of the authorities to trust in place of the usual ones, or None.
    """

    user_agent: str = "casualty-ledger/0.1"
    contact: str = ""
    deadline: float = 30.0
    connect_timeout: float = 10.0
    feed_bytes: int = 15 * MIB
    page_bytes: int = 5 * MIB
    retries: int = 2
    retry_wait: float = 0.5
    redirects: int = 5
    per_host: int = 2
    delay: float = 1.0
    max_delay: float = 60.0
    robots: bool = True
    host_failures: int = 3
    workers: int = 16
    window: float = 3 * 3600.0
    proxy: str | None = None
    ca_file: Path | None = None

    @property
    def agent_header(self) -> str:
        """The User-Agent header: the program and where to complain."""
        return f"{self.user_agent} (+{self.contact})" if self.contact else self.user_agent


@dataclass(frozen=True, slots=True)
class Validators:
    """What the last good answer of an address offered for a conditional request.

    They are sent only to `url`, the address that gave them, as `redact_url` writes it: another
    server could mistake them.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """One answer: 200 with its whole body, or 304 without one.

    Attributes:
        url: address as asked.
        final_url: address that answered, after redirects.
        permanent_url: where the address has moved for good (by 301 or 308 redirects), or None.
        status: HTTP status, 200 or 304.
        headers: header fields in order, as received.
        body: the decoded body, whole.
        content_type: Content-Type, or None.
        etag: ETag, or None.
        last_modified: Last-Modified, or None.
        wire_bytes: bytes of the body as sent.
        seconds: time that it took.
        notes: oddities, as reason codes (`lying_encoding`, `trailing_bytes`).
    """

    url: str
    final_url: str
    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = field(default=b"", repr=False)
    permanent_url: str | None = None
    wire_bytes: int = 0
    seconds: float = 0.0
    notes: tuple[str, ...] = ()

    def header(self, name: str) -> str | None:
        """The first header field of that name that is not blank, or None."""
        wanted = name.lower()
        return next((v.strip() for k, v in self.headers if k.lower() == wanted and v.strip()), None)

    @property
    def content_type(self) -> str | None:
        """The Content-Type."""
        return self.header("content-type")

    @property
    def etag(self) -> str | None:
        """The ETag."""
        return self.header("etag")

    @property
    def last_modified(self) -> str | None:
        """The Last-Modified time as the server wrote it."""
        return self.header("last-modified")

    @property
    def unchanged(self) -> bool:
        """Whether the server said that nothing is new."""
        return self.status == 304
