"""One polite, bounded GET: an address in, its whole body or a reason out.

Used by `ingest`, the only step of the chain that needs a network. Everything that a server may do
wrong ends in a `FetchError` with one of the reasons of `flows/fetching/policy.py`.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from flows.fetching.addresses import authority_of, check_url, join_url, plain, redact_url
from flows.fetching.answers import PERMANENT, REDIRECTS
from flows.fetching.exchange import Ask, Exchange
from flows.fetching.hosts import Hosts
from flows.fetching.policy import REASONS, Fetched, FetchPolicy, Validators
from flows.fetching.robots import ROBOTS_BYTES, Robots, parse_robots
from flows.fetching.transport import Resolver, resolve
from transforms.errors import FetchError

__all__ = ["REASONS", "FetchPolicy", "Fetched", "Fetcher", "Validators", "fetch"]

logger = logging.getLogger(__name__)

_RETRIED = frozenset({"connection", "refused", "dns", "truncated", "server_error"})
_HOST_FAILURES = frozenset({"connection", "refused", "dns", "deadline", "tls"})
_NO_ROBOTS = frozenset({"not_found", "gone", "forbidden", "http_status", "redirects"})
"""Failures of robots.txt that mean that there is none. Source: RFC 9309, 2.3.1.3."""

_ROBOTS_BROKEN = frozenset({"server_error", "rate_limited", "truncated"})


@dataclass(slots=True)
class _Trail:
    """The host that a request has come to: the one to blame when it fails."""

    host: str


class Fetcher:
    """Fetches under one policy; keeps connections, robots.txt and the hosts' state for one night.

    Safe to share between threads.

    Args:
        policy: how polite and how bounded.
        resolver: turns a host into addresses; for tests.
    """

    def __init__(self, policy: FetchPolicy, *, resolver: Resolver = resolve) -> None:
        self.policy = policy
        self.hosts = Hosts(policy)
        self._exchange = Exchange(policy, self.hosts, resolver)
        self._robots: dict[str, Robots | FetchError] = {}
        self._robots_locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close the connections that are kept open."""
        self._exchange.close()

    def fetch(
        self,
        url: str,
        *,
        limit: int | None = None,
        validators: Validators | None = None,
        internal_hosts: frozenset[str] = frozenset(),
        admitted: bool = False,
    ) -> Fetched:
        """Fetch one address: 200 with its whole body, or 304 where nothing is new.

        Args:
            url: http or https address.
            limit: most bytes, as sent and decompressed; the policy's `page_bytes` by default.
            validators: from the last good answer, for a conditional request.
            internal_hosts: hosts that may have private or loopback addresses.
            admitted: True where the caller already holds a place at the host (`Hosts.try_enter`).

        Raises:
            FetchError: with a reason of `REASONS`.
        """
        target = check_url(url)
        name = authority_of(target)
        with self._place(name, held=admitted):
            started = time.monotonic()
            ask = Ask(
                url=target,
                limit=limit or self.policy.page_bytes,
                ends_at=started + self.policy.deadline,
                validators=validators,
                internal_hosts=internal_hosts,
            )
            got = self._try_and_report(ask)
        return replace(got, url=url, seconds=time.monotonic() - started)

    def _try_and_report(self, ask: Ask) -> Fetched:
        """Try, and note at the host that was last asked how that went."""
        trail = _Trail(authority_of(ask.url))
        try:
            got = self._try_repeatedly(ask, trail, robots=self.policy.robots)
        except FetchError as error:
            blame = error.reason if error.reason in _HOST_FAILURES else None
            self.hosts.report(trail.host, blame)
            asked = plain(redact_url(ask.url))
            said = {"url": asked, "reason": error.reason}
            logger.info("fetch %s failed: %s", asked, error, extra={"data": said})
            raise
        self.hosts.report(authority_of(ask.url), None)
        return got

    @contextmanager
    def _place(self, name: str, *, held: bool) -> Iterator[None]:
        """A place at a host for the block."""
        if not held:
            self.hosts.enter(name)
        try:
            yield
        finally:
            if not held:
                self.hosts.leave(name)

    def _try_repeatedly(self, ask: Ask, trail: _Trail, *, robots: bool) -> Fetched:
        attempt = 0
        while True:
            try:
                return self._follow(ask, trail, robots=robots)
            except FetchError as error:
                wait = self.policy.retry_wait * 2**attempt * random.uniform(0.5, 1.5)  # noqa: S311 (jitter)
                late = time.monotonic() + wait >= ask.ends_at
                if error.reason not in _RETRIED or attempt >= self.policy.retries or late:
                    raise
            time.sleep(wait)
            attempt += 1

    def _follow(self, ask: Ask, trail: _Trail, *, robots: bool) -> Fetched:
        """Ask, and go where redirects lead; every hop is checked like the first address."""
        permanent: str | None = None
        lasting = True
        home = authority_of(ask.url)
        for _ in range(self.policy.redirects + 1):
            trail.host = authority_of(ask.url)
            if trail.host != home:
                waited = self.hosts.pace(trail.host, self.policy.deadline)
                ask = replace(ask, ends_at=ask.ends_at + waited)
            if robots:
                self._heed_robots(ask)
            got = self._exchange.ask(ask)
            if got.status not in REDIRECTS:
                return replace(got, permanent_url=permanent)
            location = got.header("location")
            if not location:
                raise FetchError("http_status", f"status {got.status} without Location")
            ask = replace(ask, url=check_url(join_url(ask.url, location)))
            lasting = lasting and got.status in PERMANENT
            permanent = ask.url if lasting else permanent
        raise FetchError("redirects", f"more than {self.policy.redirects} redirects")

    def _heed_robots(self, ask: Ask) -> None:
        """Refuse what the site's robots.txt forbids.

        Raises:
            FetchError: `robots`, `robots_unreachable`, or why the host could not be asked at all.
        """
        parts = urlsplit(ask.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        with self._lock:
            lock = self._robots_locks.setdefault(origin, threading.Lock())
        with lock:
            rules = self._robots.get(origin)
            if rules is None:
                rules = self._robots[origin] = self._read_robots(origin, ask)
        if isinstance(rules, FetchError):
            raise FetchError(rules.reason, rules.detail)
        if not rules.allows(ask.url):
            raise FetchError("robots", f"{origin}/robots.txt asks us not to fetch this")

    def _read_robots(self, origin: str, ask: Ask) -> Robots | FetchError:
        question = replace(ask, url=f"{origin}/robots.txt", limit=ROBOTS_BYTES, validators=None)
        try:
            text = self._try_repeatedly(question, _Trail(authority_of(origin)), robots=False).body
        except FetchError as error:
            if error.reason in _NO_ROBOTS:
                return Robots()
            if error.reason in _ROBOTS_BROKEN:
                return FetchError("robots_unreachable", f"{origin}/robots.txt: {error.detail}")
            if error.reason != "too_large" or error.body is None:
                return error
            text = error.body
        agent = self.policy.user_agent.partition("/")[0]
        rules = parse_robots(text.decode("utf-8", "replace"), agent)
        if rules.crawl_delay:
            self.hosts.slow_down(authority_of(origin), rules.crawl_delay)
        return rules


def fetch(
    url: str,
    *,
    policy: FetchPolicy,
    validators: Validators | None = None,
    internal_hosts: frozenset[str] = frozenset(),
    limit: int | None = None,
) -> Fetched:
    """Fetch one address with a fetcher of its own; for single look-ups such as `feeds check`.

    Args:
        url: http or https address.
        policy: how polite and how bounded.
        validators: from the last good answer, for a conditional request.
        internal_hosts: hosts that may have private or loopback addresses.
        limit: most bytes; the policy's `page_bytes` by default.

    Raises:
        FetchError: with a reason of `REASONS`.
    """
    fetcher = Fetcher(policy)
    try:
        return fetcher.fetch(url, limit=limit, validators=validators, internal_hosts=internal_hosts)
    finally:
        fetcher.close()
