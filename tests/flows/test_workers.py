"""The pool that survives documents which hang, crash or eat memory."""

import multiprocessing
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows.workers import BoundedPool, Bounds, run_bounded
from transforms.errors import FeedError, LedgerError

ROOT = Path(__file__).parents[2]


def work(item):
    kind, value = item
    if kind == "hang":
        time.sleep(60)
    if kind == "spin":
        re.match(r"(a+)+$", "a" * 60 + "b")  # holds the interpreter lock: no alarm would fire
    if kind == "orphan":
        aside = value.with_suffix(".part")
        aside.write_text(str(os.getpid()))
        aside.rename(value)
        re.match(r"(a+)+$", "a" * 60 + "b")
    if kind == "die":
        os.kill(os.getpid(), signal.SIGSEGV)
    if kind == "eat":
        return len(bytearray(value * 2**20))
    if kind == "refuse":
        raise FeedError("xml_limits", "too deep")
    if kind == "break":
        raise ValueError("odd")
    return value * 2


@pytest.fixture(scope="module")
def pool():
    with BoundedPool(work, Bounds(workers=2, deadline_seconds=1.0, max_memory_mb=200)) as pool:
        yield pool


def test_outcomes_come_in_the_order_of_the_items(pool):
    found = list(pool.run(("double", n) for n in range(50)))
    assert [o.at for o in found] == list(range(50))
    assert [o.value for o in found] == [2 * n for n in range(50)]
    assert {o.reason for o in found} == {None}


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (("hang", 0), "deadline"),
        (("spin", 0), "deadline"),
        (("die", 0), "crashed"),
        (("eat", 2000), "memory"),
        (("refuse", 0), "xml_limits"),
        (("break", 0), "internal_error"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else value,
)
def test_a_bad_document_costs_only_itself(pool, item, reason):
    started = time.monotonic()
    found = list(pool.run([("double", 1), item, ("double", 2), ("double", 3)]))
    assert [o.reason for o in found] == [None, reason, None, None]
    assert [o.value for o in found] == [2, None, 4, 6]
    assert time.monotonic() - started < 20


def test_memory_below_the_bound_is_granted(pool):
    assert [o.value for o in pool.run([("eat", 20)])] == [20 * 2**20]


def test_the_detail_names_the_cause(pool):
    found = list(pool.run([("refuse", 0), ("break", 0)]))
    assert found[0].detail == "too deep"
    assert "ValueError: odd" in found[1].detail


def test_no_items_start_no_worker():
    assert list(run_bounded(work, [], workers=2, deadline_seconds=1, max_memory_mb=100)) == []


def test_a_caller_that_stops_early_can_go_on(pool):
    run = pool.run(("double", n) for n in range(20))
    assert next(run).value == 0
    run.close()
    assert [o.value for o in pool.run([("double", 7)])] == [14]


class Fatal:
    """A function that ends the process that unpickles it."""

    def __call__(self, item):
        return item

    def __reduce__(self):
        return os._exit, (3,)


def test_workers_that_never_start_end_the_run():
    with pytest.raises(LedgerError, match="no worker process can be started"):
        list(run_bounded(Fatal(), [1], workers=1, deadline_seconds=1, max_memory_mb=100))


def in_daemon(connection):
    run = run_bounded(work, [("double", 4)], workers=1, deadline_seconds=5, max_memory_mb=200)
    connection.send([o.value for o in run])


def test_workers_start_from_a_daemonic_process():
    """Such are the workers of a Dask cluster, and they may have no `multiprocessing` children."""
    ours, theirs = multiprocessing.Pipe()
    spawn = multiprocessing.get_context("spawn")
    daemon = spawn.Process(target=in_daemon, args=(theirs,), daemon=True)
    daemon.start()
    theirs.close()
    assert ours.recv() == [8]
    daemon.join(10)


def test_an_idle_worker_that_dies_costs_one_document_at_most(pool):
    list(pool.run([("double", 1)]))
    for worker in pool._workers:
        worker.process.kill()
        worker.process.wait()
    found = list(pool.run(("double", n) for n in range(10)))
    assert {o.reason for o in found} <= {None, "crashed"}
    assert sum(o.reason is None for o in found) >= 10 - pool._bounds.workers


ORPHANING = """
import os, sys, time
from pathlib import Path
from flows.workers import run_bounded
from tests.flows.test_workers import work
def items():
    yield "orphan", Path(sys.argv[1])
    while not Path(sys.argv[1]).exists():
        time.sleep(0.1)
    os.kill(os.getpid(), 9)
list(run_bounded(work, items(), workers=1, deadline_seconds=1, max_memory_mb=200))
"""


def test_a_worker_does_not_outlive_for_long_the_one_who_started_it(tmp_path):
    """Not even one that spins in C: its CPU time is bounded too."""
    note = tmp_path / "pid"
    started = subprocess.run([sys.executable, "-c", ORPHANING, str(note)], cwd=ROOT, check=False)
    assert started.returncode == -signal.SIGKILL
    orphan = Path("/proc", note.read_text())
    deadline = time.monotonic() + 30
    while orphan.exists() and "zombie" not in (orphan / "status").read_text():
        assert time.monotonic() < deadline, "the worker still spins"
        time.sleep(0.2)


def test_the_loss_of_a_worker_is_one_line_with_its_reason(pool, caplog):
    list(pool.run([("die", 0)]))
    [line] = [record for record in caplog.records if record.name == "flows.workers"]
    assert line.data == {"reason": "crashed"}
