"""The order of requests: every host at its pace, nobody waiting for another host."""

import threading
import time
from itertools import pairwise

import pytest

from flows.fetch import FetchPolicy
from flows.fetching.hosts import Hosts
from flows.ingesting.schedule import Job, run_jobs


def run(jobs, work, *, workers=4, **policy):
    hosts = Hosts(FetchPolicy(**{"delay": 0.0, **policy}))
    run_jobs(jobs, work, hosts, workers=workers)


def test_no_jobs_end_at_once():
    run([], None)


def test_a_run_that_is_stopped_leaves_the_jobs_that_wait():
    done = []
    stopped = threading.Event()

    def work(job, refusal):
        done.append(job.task)
        stopped.set()
        return []

    hosts = Hosts(FetchPolicy(delay=60.0))
    started = time.monotonic()
    with pytest.raises(InterruptedError):
        run_jobs([Job("a", n) for n in range(5)], work, hosts, workers=2, stopped=stopped)
    assert done == [0]
    assert time.monotonic() - started < 30


def test_every_job_is_done_once_with_those_that_follow():
    done = []

    def work(job, refusal):
        done.append(job.task)
        return [Job("b", job.task + 1000)] if job.task < 1000 else []

    run([Job(f"h{n % 7}", n) for n in range(300)], work, workers=8)
    assert sorted(done) == sorted([*range(300), *range(1000, 1300)])


def test_a_slow_host_does_not_hold_up_the_others():
    ends = {}

    def work(job, refusal):
        time.sleep(0.1 if job.host == "slow" else 0.001)
        ends[job.host] = time.monotonic()
        return []

    jobs = [Job("slow", n) for n in range(10)] + [Job(f"h{n}", n) for n in range(200)]
    started = time.monotonic()
    run(jobs, work, workers=4, per_host=2)
    others = max(t for h, t in ends.items() if h != "slow") - started
    assert others < 0.4
    assert 0.45 < ends["slow"] - started < 1.5


def test_pauses_are_kept_while_others_run():
    starts = []

    def work(job, refusal):
        if job.host == "a":
            starts.append(time.monotonic())
        return []

    run([Job("a", n) for n in range(4)] + [Job(f"b{n}", n) for n in range(50)], work, delay=0.1)
    gaps = [b - a for a, b in pairwise(starts)]
    assert min(gaps) > 0.08
    assert max(gaps) < 0.4


def test_no_more_at_a_time_than_a_host_bears():
    lock, active, most = threading.Lock(), 0, 0

    def work(job, refusal):
        nonlocal active, most
        with lock:
            active += 1
            most = max(most, active)
        time.sleep(0.01)
        with lock:
            active -= 1
        return []

    run([Job("a", n) for n in range(30)], work, workers=8, per_host=3)
    assert most == 3


def test_a_job_whose_host_is_down_is_handed_out_with_the_reason():
    seen = []

    def work(job, refusal):
        seen.append(refusal and refusal.reason)
        return []

    run([Job("a", 1)], work, window=-1.0)
    assert seen == ["window"]


@pytest.mark.timeout(20)
def test_work_that_raises_ends_the_run():
    def work(job, refusal):
        if job.task == 50:
            raise ZeroDivisionError
        return []

    with pytest.raises(ZeroDivisionError):
        run([Job("a", n) for n in range(200)], work)


def test_ten_thousand_jobs_cost_little():
    started = time.process_time()
    run([Job(f"h{n % 200}", n) for n in range(10_000)], lambda job, refusal: [], workers=8)
    assert time.process_time() - started < 4
