"""The pace of hosts, on a clock of our own."""

import pytest

from flows.fetch import FetchPolicy
from flows.fetching.hosts import Hosts
from transforms.errors import FetchError


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def make(clock, **policy):
    return Hosts(FetchPolicy(**policy), now=clock)


def test_places_and_pauses(clock):
    hosts = make(clock, per_host=2, delay=1.0)
    assert hosts.try_enter("a") == 0
    assert hosts.try_enter("a") == 1.0
    assert hosts.try_enter("b") == 0
    clock.now += 1
    assert hosts.try_enter("a") == 0
    clock.now += 1
    assert hosts.try_enter("a") > 0, "both places are taken"
    hosts.leave("a")
    assert hosts.try_enter("a") == 0


def test_crawl_delay_only_slows(clock):
    hosts = make(clock, delay=2.0, max_delay=10)
    hosts.slow_down("a", 1.0)
    assert hosts.try_enter("a") == 2.0
    hosts.slow_down("b", 99.0)
    assert hosts.try_enter("b") == 10.0


def test_a_block_within_the_night_is_waited_for_and_one_beyond_is_not(clock):
    hosts = make(clock, window=100, delay=0)
    hosts.block("a", 50)
    assert hosts.try_enter("a") == 50
    assert hosts.blocked_for("a") == 50
    hosts.block("a", 500)
    assert hosts.blocked_for("a") is None
    with pytest.raises(FetchError, match="rate_limited"):
        hosts.try_enter("a")


def test_the_night_ends(clock):
    hosts = make(clock, window=100, delay=0)
    clock.now += 101
    with pytest.raises(FetchError, match="window"):
        hosts.try_enter("a")


def test_failures_in_a_row_take_a_host_down_and_a_success_forgives(clock):
    hosts = make(clock, host_failures=2, delay=0)
    hosts.report("a", "deadline")
    hosts.report("a", None)
    hosts.report("a", "deadline")
    assert hosts.try_enter("a") == 0
    hosts.report("a", "deadline")
    with pytest.raises(FetchError, match="host_down"):
        hosts.try_enter("a")


def test_a_redirect_does_not_wait_for_long(clock):
    hosts = make(clock, delay=0)
    hosts.block("a", 50)
    with pytest.raises(FetchError, match="rate_limited"):
        hosts.pace("a", patience=30)
    assert hosts.pace("b", patience=30) == 0
