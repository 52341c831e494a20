"""Where a night ends, for a night that is caught up later."""

from datetime import UTC, date, datetime

import pytest

from transforms.nights import is_of_later_night, start_of

NIGHT = date(2026, 11, 20)


def at(day, hour=0, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("published", "fetched", "later"),
    [
        (at(19, 12), at(20, 2), False),
        (at(20, 1), at(20, 2), False),
        (at(21, 5), at(20, 2), False),  # ahead of its time, in a night run in its time
        (at(20, 23, 59), at(23, 2), False),
        (at(21), at(23, 2), True),
        (at(22, 12), at(23, 2), True),
        (at(24), at(23, 2), True),  # a zone that was misread
        (at(28), at(23, 2), False),  # an error of the feed
        (None, at(23, 2), False),
    ],
)
def test_what_was_published_after_a_night_is_left_to_the_next(published, fetched, later):
    assert is_of_later_night(published, NIGHT, fetched) is later


def test_a_night_begins_at_midnight_in_utc():
    assert start_of(NIGHT) == at(20)
