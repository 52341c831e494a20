"""Runs requests on threads, in an order that keeps every host to its pace and no thread idle."""

from __future__ import annotations

import heapq
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Generic, TypeVar

from flows.fetching.hosts import Hosts
from transforms.errors import FetchError

_LONGEST_NAP = 1.0

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Job(Generic[T]):
    """One request to a host (name and port)."""

    host: str
    task: T


class Schedule(Generic[T]):
    """Hands out jobs whose host has a place free, the longest waiting host first.

    Args:
        hosts: the pace of every host; a job that is handed out holds a place there.
        stopped: set where no further job is to be handed out.
    """

    def __init__(self, hosts: Hosts, stopped: threading.Event) -> None:
        self._hosts = hosts
        self._stopped = stopped
        self._queues: dict[str, deque[T]] = {}
        self._due: dict[str, float] = {}
        self._heap: list[tuple[float, str]] = []
        self._running = 0
        self._changed = threading.Condition()

    def add(self, jobs: Iterable[Job[T]]) -> None:
        """Queue jobs behind those that their hosts have already."""
        with self._changed:
            for job in jobs:
                self._queues.setdefault(job.host, deque()).append(job.task)
                self._note(job.host, time.monotonic())
            self._changed.notify_all()

    def take(self) -> tuple[Job[T], FetchError | None] | None:
        """The next job, or None when all are done or the schedule was stopped.

        With an error where the host gives no place any more this night; the job then holds none.
        """
        with self._changed:
            while not self._stopped.is_set():
                nap = self._next_due() - time.monotonic()
                if nap <= 0:
                    found = self._try_host(self._pop())
                    if found:
                        self._running += 1
                        return found
                elif self._heap or self._running:
                    self._changed.wait(min(nap, _LONGEST_NAP))
                else:
                    break
        return None

    def done(self, job: Job[T], *, held: bool) -> None:
        """Give back the job's place."""
        if held:
            self._hosts.leave(job.host)
        with self._changed:
            self._running -= 1
            self._note(job.host, time.monotonic())
            self._changed.notify_all()

    def _try_host(self, host: str) -> tuple[Job[T], FetchError | None] | None:
        refusal: FetchError | None = None
        try:
            wait = self._hosts.try_enter(host)
        except FetchError as error:
            wait, refusal = 0.0, error
        if wait:
            self._note(host, time.monotonic() + wait)
            return None
        task = self._queues[host].popleft()
        self._note(host, time.monotonic())
        return Job(host, task), refusal

    def _note(self, host: str, due: float) -> None:
        """Look at the host again at that time, unless it has nothing to do or comes sooner."""
        if not self._queues.get(host) or self._due.get(host, float("inf")) <= due:
            return
        self._due[host] = due
        heapq.heappush(self._heap, (due, host))

    def _next_due(self) -> float:
        while self._heap and self._due.get(self._heap[0][1]) != self._heap[0][0]:
            heapq.heappop(self._heap)
        return self._heap[0][0] if self._heap else float("inf")

    def _pop(self) -> str:
        host = heapq.heappop(self._heap)[1]
        del self._due[host]
        return host


def run_jobs(
    jobs: Iterable[Job[T]],
    work: Callable[[Job[T], FetchError | None], Iterable[Job[T]]],
    hosts: Hosts,
    *,
    workers: int,
    stopped: threading.Event | None = None,
) -> None:
    """Run jobs and those that come out of them, until none is left.

    Args:
        jobs: the first jobs.
        work: does one job, given why its host refuses it (or None), and returns further jobs; what
            it raises ends the run.
        hosts: the pace of every host.
        workers: threads.
        stopped: set from outside where the rest is not to be done.

    Raises:
        InterruptedError: the run was stopped.
    """
    stopped = stopped or threading.Event()
    schedule: Schedule[T] = Schedule(hosts, stopped)
    schedule.add(jobs)
    failures: list[BaseException] = []

    def loop() -> None:
        while not failures and (found := schedule.take()) is not None:
            job, refusal = found
            try:
                schedule.add(work(job, refusal))
            except BaseException as error:
                failures.append(error)
                raise
            finally:
                schedule.done(job, held=refusal is None)

    with ThreadPoolExecutor(workers, thread_name_prefix="fetch") as pool:
        futures = [pool.submit(loop) for _ in range(workers)]
    for future in futures:
        future.result()
    if stopped.is_set():
        raise InterruptedError("stopped before all requests were made")
