"""The pool that survives documents which hang, crash or eat memory."""

import os
import re
import signal
import time

import pytest

from flows.workers import BoundedPool, Bounds, run_bounded
from transforms.errors import FeedError, LedgerError


def work(item):
    kind, value = item
    if kind == "hang":
        time.sleep(60)
    if kind == "spin":
        re.match(r"(a+)+$", "a" * 60 + "b")  # holds the interpreter lock: no alarm would fire
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


def unstartable(item):
    return item


def test_workers_that_never_start_end_the_run(monkeypatch):
    monkeypatch.setattr("flows.workers._serve", fail_at_once)
    with pytest.raises(LedgerError, match="no worker process can be started"):
        list(run_bounded(unstartable, [1], workers=1, deadline_seconds=1, max_memory_mb=100))


def fail_at_once(*_):
    os._exit(3)
