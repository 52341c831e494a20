"""What is owed to each host: few requests at a time, a pause between them, peace when it asks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from flows.fetching.policy import FetchPolicy
from transforms.errors import FetchError


@dataclass(slots=True)
class _Host:
    delay: float
    active: int = 0
    next_start: float = 0.0
    blocked_until: float = 0.0
    failures: int = 0
    down: str | None = None


class Hosts:
    """The state of every host (name and port) in one night; shared by all threads.

    Args:
        policy: gives concurrency, delay and the number of failures that a host is forgiven.
        now: monotonic clock, in seconds.
    """

    def __init__(self, policy: FetchPolicy, now: Callable[[], float] = time.monotonic) -> None:
        self._policy = policy
        self._now = now
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()
        self.window_ends = now() + policy.window

    def _get(self, name: str) -> _Host:
        return self._hosts.setdefault(name, _Host(self._policy.delay))

    def try_enter(self, name: str) -> float:
        """Take a place at the host: 0 when it was given, else the seconds to wait for one.

        Raises:
            FetchError: `host_down`, `rate_limited` or `window`: no place will come free this night.
        """
        with self._lock:
            host = self._get(name)
            now = self._now()
            if host.down:
                raise FetchError("host_down", f"{name} failed repeatedly: {host.down}")
            ready = max(host.next_start, host.blocked_until)
            if max(ready, now) > self.window_ends:
                if host.blocked_until > self.window_ends:
                    raise FetchError("rate_limited", f"{name} asked to wait beyond the night")
                raise FetchError("window", f"{name}: the night's time for requests is over")
            if host.active >= self._policy.per_host:
                return max(host.delay, 0.05)
            if ready > now:
                return ready - now
            host.active += 1
            host.next_start = now + host.delay
            return 0.0

    def enter(self, name: str) -> float:
        """Wait for a place at the host and take it; gives the seconds waited.

        Raises:
            FetchError: as `try_enter`.
        """
        started = self._now()
        while wait := self.try_enter(name):
            time.sleep(min(wait, 1.0))
        return self._now() - started

    def pace(self, name: str, patience: float) -> float:
        """Wait for the host's pause, without taking a place; gives the seconds waited.

        For the hosts that redirects lead to: whoever holds a place at one host must not wait for a
        place at another, or two that redirect to each other would wait for ever.

        Args:
            name: host and port.
            patience: longest wait, in seconds.

        Raises:
            FetchError: `host_down`, or `rate_limited` where the wait would be longer.
        """
        with self._lock:
            host = self._get(name)
            if host.down:
                raise FetchError("host_down", f"{name} failed repeatedly: {host.down}")
            now = self._now()
            start = max(now, host.next_start, host.blocked_until)
            if start - now > patience:
                raise FetchError("rate_limited", f"{name} asked to wait {start - now:.0f} s")
            host.next_start = start + host.delay
        time.sleep(start - now)
        return start - now

    def leave(self, name: str) -> None:
        """Give the place back."""
        with self._lock:
            self._get(name).active -= 1

    def slow_down(self, name: str, crawl_delay: float) -> None:
        """Obey the crawl-delay of a robots.txt, in seconds, up to the policy's cap."""
        with self._lock:
            host = self._get(name)
            host.delay = max(host.delay, min(crawl_delay, self._policy.max_delay))
            host.next_start = max(host.next_start, self._now() + host.delay)

    def block(self, name: str, seconds: float) -> None:
        """Leave the host in peace for that time: it answered 429, or 503 with Retry-After."""
        with self._lock:
            host = self._get(name)
            host.blocked_until = max(host.blocked_until, self._now() + seconds)

    def blocked_for(self, name: str) -> float | None:
        """Seconds until the host may be asked again, or None where that is beyond the night."""
        with self._lock:
            until = self._get(name).blocked_until
            return None if until > self.window_ends else max(0.0, until - self._now())

    def report(self, name: str, failure: str | None) -> None:
        """Note how a request ended: the reason of a failure of the host itself, or None."""
        with self._lock:
            host = self._get(name)
            host.failures = host.failures + 1 if failure else 0
            if failure and host.failures >= self._policy.host_failures:
                host.down = failure
