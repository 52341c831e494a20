"""Feed health: tiny histories and what is said of them."""

from datetime import timedelta

import pandas as pd
import pytest

from transforms.health import HEALTH_COLUMNS, judge_feeds

START = pd.Timestamp("2026-11-01")


def night(**fields):
    return {
        "outcome": "fetched", "reason": None, "full_text": True, "entries": 20, "fresh": 10,
        "bare_entries": 0, "newest_entry": None, "fetched_at": None, "clock_skew": 0.0,
        "permanent_url": None, "consecutive_failures": 0, **fields,
    }  # fmt: skip


def frame(*nights, feed_id="courier"):
    rows = [
        {**row, "feed_id": feed_id, "night": START + timedelta(days=n)}
        for n, row in enumerate(nights)
    ]
    columns = {n: pd.Series([r[n] for r in rows], dtype=object) for n in HEALTH_COLUMNS}
    return pd.DataFrame(columns).astype(HEALTH_COLUMNS)


def codes(*nights):
    return [line.partition(":")[0] for line in judge_feeds(frame(*nights))]


UNCHANGED = night(outcome="unchanged", entries=None, fresh=0)
FAILED = night(outcome="deferred", reason="dns", entries=None, fresh=None)
BLANK = night(outcome="rejected", reason="not_a_feed", entries=None, fresh=None)
EMPTY = night(entries=0, fresh=0)
FIRST = night(fresh=None)


def test_no_feeds_no_findings():
    assert judge_feeds(frame()) == []


def test_a_night_of_nulls_is_no_finding():
    nothing = dict.fromkeys(night())
    assert codes({**nothing, "outcome": "deferred"}) == []


def test_an_ordinary_feed_is_not_mentioned():
    assert codes(FIRST) == []
    assert codes(FIRST, *[night()] * 20) == []
    assert codes(FIRST, *[night(), UNCHANGED] * 10) == []


@pytest.mark.parametrize(
    ("failures", "said"), [(1, []), (2, []), (3, ["failing"]), (9, ["failing"])]
)
def test_failing(failures, said):
    assert codes(FIRST, {**FAILED, "consecutive_failures": failures}) == said


@pytest.mark.parametrize(
    "row", [night(outcome="rejected", reason="gone"), night(outcome="skipped", reason="not_found")]
)
def test_gone_and_nothing_else(row):
    assert codes(*[night()] * 10, {**row, "consecutive_failures": 5}) == ["gone"]


def test_moved_needs_three_nights_of_one_address():
    a, b = night(permanent_url="https://a.example/"), night(permanent_url="https://b.example/")
    assert codes(night(), a, a) == []
    assert codes(a, a, a) == ["moved"]
    assert codes(a, b, a) == []


@pytest.mark.parametrize("blank", [BLANK, EMPTY])
def test_silence_is_an_alarm_only_for_a_feed_that_always_spoke(blank):
    assert codes(*[night()] * 7, blank) == ["silent"]
    assert codes(*[night()] * 6, blank) == []
    assert codes(*[night()] * 6, EMPTY, night(), blank) == []


def test_a_feed_that_failed_is_not_silent():
    assert codes(*[night()] * 8, FAILED) == []


def test_quiet_for_three_nights_after_lively_ones():
    assert codes(FIRST, *[night()] * 8, UNCHANGED, UNCHANGED) == []
    assert codes(FIRST, *[night()] * 8, UNCHANGED, UNCHANGED, UNCHANGED) == ["quiet"]
    weekly = [night(fresh=1), *[UNCHANGED] * 6]
    assert codes(FIRST, *weekly, *weekly) == []


def test_a_drop_against_the_feeds_own_median():
    assert codes(FIRST, *[night()] * 8, night(fresh=2)) == ["volume_drop"]
    assert codes(FIRST, *[night()] * 8, night(fresh=3)) == []
    assert codes(FIRST, *[night(fresh=4)] * 8, night(fresh=1)) == [], "too small to tell"
    assert codes(FIRST, *[night()] * 5, night(fresh=2)) == [], "too young to tell"


def test_a_gap_where_no_entry_was_there_before():
    assert codes(night(), night(fresh=20)) == ["gap"]
    assert codes(FIRST) == []


def test_entries_without_text_in_a_feed_of_full_text():
    assert codes(night(bare_entries=11)) == ["bare"]
    assert codes(night(bare_entries=10)) == []
    assert codes(night(bare_entries=20, full_text=False)) == []


@pytest.mark.parametrize(
    ("days", "said"), [(0, []), (1.9, []), (2.1, ["date_drift"]), (-29, []), (-31, ["date_drift"])]
)
def test_dates_that_drift(days, said):
    at = pd.Timestamp("2026-11-20T03:00Z")
    row = night(fetched_at=at, newest_entry=at + pd.Timedelta(days=days))
    assert codes(row) == said


@pytest.mark.parametrize(
    ("skew", "said"), [(299, []), (-301, ["clock_skew"]), (86400, ["clock_skew"])]
)
def test_clocks(skew, said):
    assert codes(night(clock_skew=float(skew))) == said


def test_each_feed_is_judged_by_itself_and_only_tonight():
    old = frame(*[night()] * 3, feed_id="stopped")
    young = frame(*[night()] * 5, night(clock_skew=999.0), feed_id="b")
    younger = frame(*[night()] * 5, night(clock_skew=999.0), feed_id="a")
    lines = judge_feeds(pd.concat([old, young, younger]).sample(frac=1, random_state=1))
    assert [line.split(":")[1] for line in lines] == [" feed a", " feed b"]
