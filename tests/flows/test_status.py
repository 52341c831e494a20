"""How things stand, in a few lines."""

from datetime import UTC, datetime

import pytest

from flows.settings import Schedule
from flows.status import describe_status, next_firing
from transforms.errors import SettingsError

EVENING = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)


def shown(moment):
    return moment.isoformat(timespec="hours").removesuffix(":00")


@pytest.mark.parametrize(
    ("cron", "zone", "after", "fires"),
    [
        ("0 2 * * *", "UTC", EVENING, "2026-11-23T02+00"),
        ("0 2 * * *", "Africa/Nairobi", EVENING, "2026-11-23T02+03"),
        ("30 1 * * 1", "UTC", EVENING, "2026-11-23T01+00"),
        # the hour that a spring night leaves out, and the one that an autumn night has twice
        ("0 4 * * *", "Europe/Berlin", datetime(2027, 3, 27, 23, tzinfo=UTC), "2027-03-28T04+02"),
        ("0 4 * * *", "Europe/Berlin", datetime(2026, 10, 24, 23, tzinfo=UTC), "2026-10-25T04+01"),
    ],
)
def test_the_next_firing(cron, zone, after, fires):
    assert shown(next_firing(Schedule(cron=cron, time_zone=zone), after)) == fires


@pytest.mark.parametrize(
    ("cron", "zone"), [("every night", "UTC"), ("0 2 * * *", "Mars/Olympus"), ("0 2 31 2 *", "UTC")]
)
def test_a_schedule_that_says_nothing_is_refused(cron, zone):
    with pytest.raises(SettingsError, match=r"\[schedule\]"):
        next_firing(Schedule(cron=cron, time_zone=zone), EVENING)


def test_an_empty_ledger(settings):
    said = describe_status(settings, EVENING).splitlines()
    assert said[0].startswith("stores   raw 0.0 MiB in 0 shards of 0 nights, ")
    assert said[0].endswith(" free")
    assert said[1] == "schedule '0 2 * * *', next 2026-11-23 02:00 UTC"
    assert said[2].startswith("release  none")


def test_the_nights_and_the_feeds_that_fail(demo):
    said = describe_status(demo.settings, EVENING).splitlines()
    nights = [line for line in said if line.startswith("night ")]
    assert len(nights) == 3
    assert "requests fetched" in nights[-1]
    for stage in ("ingest", "normalise", "deduplicate", "code", "merge", "check"):
        assert f"{stage} " in nights[-1].partition("findings")[2]
    assert any(line.startswith("feeds ") for line in said)
