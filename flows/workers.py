"""Worker processes with a deadline for each document: a parser in C is stopped by killing it.

A worker that hangs, crashes or eats too much memory costs one document and is replaced; the others
go on. Workers are plain child processes and no `multiprocessing` ones: those
may not be started from a daemonic process, and that is what the workers of a Dask cluster are.
"""

from __future__ import annotations

import json
import logging
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from math import ceil
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Generic, TypeVar

from transforms.errors import ReasonedError, WorkerError

logger = logging.getLogger(__name__)

Item = TypeVar("Item")
Value = TypeVar("Value")

STARTUP_SECONDS = 60.0
"""A worker that has not said within this time that it is ready is taken for dead."""

DOCUMENTS_PER_WORKER = 2000
"""After this many a worker is replaced, so that no parser's leak grows without bound."""

_LIFE = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[2]);"
    " from flows.workers import serve_items; serve_items(int(sys.argv[1]))"
)
"""The program of a worker: where the starting process finds its modules it finds them too."""


@dataclass(frozen=True, slots=True)
class Outcome(Generic[Value]):
    """What became of one item.

    Attributes:
        at: position of the item.
        value: what the function returned, or None where it did not.
        reason: None for success; the reason code of a `ReasonedError` that the function raised;
            `deadline`, `memory`, `crashed`, or `internal_error` for any other exception.
        detail: the same for a person.
    """

    at: int
    value: Value | None
    reason: str | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What workers may take: how many there are, and time and memory for one item."""

    workers: int
    deadline_seconds: float
    max_memory_mb: int


def run_bounded(
    function: Callable[[Item], Value],
    items: Iterable[Item],
    *,
    workers: int,
    deadline_seconds: float,
    max_memory_mb: int,
) -> Iterator[Outcome[Value]]:
    """Apply a function to items in worker processes, each item bounded in time and memory.

    Args:
        function: a function of a module (a worker imports it by name); takes one item.
        items: anything that can be pickled; taken as workers become free, so a generator will do.
        workers: processes.
        deadline_seconds: wall-clock time for one item; then its worker is killed.
        max_memory_mb: memory that a worker may take beyond what it has when it is ready.

    Yields:
        One outcome per item, in the order of the items.

    Raises:
        WorkerError: no worker process can be started.
    """
    bounds = Bounds(workers, deadline_seconds, max_memory_mb)
    with BoundedPool(function, bounds) as pool:
        yield from pool.run(items)


class _Worker:
    """One process, what it works on and until when."""

    def __init__(self, function: Callable[[Any], Any], bounds: Bounds, keep: Sequence[int]) -> None:
        self.connection, theirs = Pipe()
        handle = theirs.fileno()
        self.process = subprocess.Popen(  # noqa: S603 - a program of our own
            [sys.executable, "-c", _LIFE, str(handle), json.dumps(sys.path)],
            pass_fds=(handle, *keep),
            stdin=subprocess.DEVNULL,
        )
        theirs.close()
        self.send((function, bounds))
        self.at: int | None = None
        self.ready = False
        self.served = 0
        self.until = time.monotonic() + STARTUP_SECONDS

    def give(self, at: int, item: object, deadline_seconds: float) -> None:
        self.at = at
        self.served += 1
        self.until = time.monotonic() + deadline_seconds
        self.send(item)

    def send(self, item: object) -> None:
        with suppress(ConnectionError):  # it has died; listening to it says so
            self.connection.send(item)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.connection.close()


class BoundedPool(Generic[Item, Value]):
    """Workers that stay between runs; for one thread. Use as a context manager.

    Args:
        function: as for `run_bounded`.
        bounds: how many workers, and what each may take for an item.
        keep: descriptors of files that the workers hold open as well, such as a lock.
    """

    def __init__(
        self, function: Callable[[Item], Value], bounds: Bounds, keep: Sequence[int] = ()
    ) -> None:
        self._function = function
        self._bounds = bounds
        self._keep = tuple(keep)
        self._workers: list[_Worker] = []
        self._stillborn = 0

    def __enter__(self) -> BoundedPool[Item, Value]:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all workers."""
        for worker in self._workers:
            worker.kill()
        self._workers.clear()

    def run(self, items: Iterable[Item]) -> Iterator[Outcome[Value]]:
        """Apply the function to items.

        Args:
            items: anything that can be pickled; taken as workers become free.

        Yields:
            One outcome per item, in the order of the items.

        Raises:
            WorkerError: no worker process can be started.
        """
        for worker in [w for w in self._workers if w.process.poll() is not None]:
            self._drop(worker)  # it died idle
        done: dict[int, Outcome[Value]] = {}
        following = 0
        try:
            for outcome in self._as_they_come(enumerate(items)):
                done[outcome.at] = outcome
                while following in done:
                    yield done.pop(following)
                    following += 1
        finally:
            # whoever stops listening leaves workers with items that nobody waits for
            for worker in [w for w in self._workers if w.at is not None]:
                self._drop(worker)

    def _as_they_come(self, items: Iterator[tuple[int, Item]]) -> Iterator[Outcome[Value]]:
        waiting = next(items, None)
        while waiting is not None or any(w.at is not None for w in self._workers):
            if waiting is not None and len(self._workers) < self._bounds.workers:
                self._workers.append(_Worker(self._function, self._bounds, self._keep))
            for worker in self._workers:
                if waiting is not None and worker.ready and worker.at is None:
                    worker.give(*waiting, self._bounds.deadline_seconds)
                    waiting = next(items, None)
            yield from self._collect()

    def _collect(self) -> Iterator[Outcome[Value]]:
        """Wait for the next answers or the next deadline."""
        busy = [w for w in self._workers if w.at is not None or not w.ready]
        left = max(0.0, min((w.until for w in busy), default=0.0) - time.monotonic())
        answered = wait([w.connection for w in busy], timeout=left)
        now = time.monotonic()
        for worker in busy:
            if worker.connection in answered:
                yield from self._receive(worker)
            elif now >= worker.until:
                detail = f"killed after {self._bounds.deadline_seconds:g} s"
                yield from self._lose(worker, "deadline", detail)

    def _receive(self, worker: _Worker) -> Iterator[Outcome[Value]]:
        try:
            value, reason, detail = worker.connection.recv()
        except (EOFError, OSError):
            yield from self._lose(worker, "crashed", f"exit code {worker.process.wait()}")
            return
        if not worker.ready:
            worker.ready = True
            self._stillborn = 0
            return
        at, worker.at = worker.at, None
        if at is None:
            return
        yield Outcome(at, value, reason, detail)
        if reason == "memory" or worker.served >= DOCUMENTS_PER_WORKER:
            self._drop(worker)

    def _lose(self, worker: _Worker, reason: str, detail: str) -> Iterator[Outcome[Value]]:
        at = worker.at
        self._drop(worker)
        if at is not None:
            said = {"reason": reason}
            logger.warning("worker lost: %s (%s)", reason, detail, extra={"data": said})
            yield Outcome(at, None, reason, detail)
            return
        self._stillborn += 1
        if self._stillborn > 2 * self._bounds.workers:
            raise WorkerError(f"no worker process can be started: {detail}")

    def _drop(self, worker: _Worker) -> None:
        worker.kill()
        self._workers.remove(worker)


def serve_items(handle: int) -> None:
    """The life of a worker: say that it is ready, then answer item after item.

    Args:
        handle: the file descriptor of its end of the pipe; it ends when the other end is closed.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started it
    connection = Connection(handle)
    with suppress(EOFError, ConnectionError):
        function, bounds = connection.recv()
        _bound_memory(bounds.max_memory_mb)
        connection.send((None, None, ""))
        while True:
            item = connection.recv()
            _bound_seconds(bounds.deadline_seconds)
            connection.send(_answer(function, item))


def _answer(function: Callable[[Any], Any], item: object) -> tuple[object, str | None, str]:
    try:
        return function(item), None, ""
    except ReasonedError as error:
        return None, error.reason, error.detail
    except MemoryError:
        return None, "memory", "more memory than a document may take"
    except Exception as error:
        logger.exception("a document broke its worker's function")
        return None, "internal_error", f"{type(error).__name__}: {error}"[:500]


def _bound_memory(max_memory_mb: int) -> None:
    """Bound the address space to what the imports took and so much more."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        return  # not Linux; the deadline still holds
    pages = int(statm.read_text(encoding="ascii").split()[0])
    bound = pages * resource.getpagesize() + max_memory_mb * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (bound, bound))


def _bound_seconds(deadline_seconds: float) -> None:
    """Bound the CPU time of one item, for a worker whose starter died with nobody to stop it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    bound = ceil(used.ru_utime + used.ru_stime + deadline_seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (bound, resource.RLIM_INFINITY))
