"""Where a night ends: a night caught up later takes only what it would have seen in its time.

Used by `ingest` to plan, and by `normalise` to make articles, so that both leave the same entries
to a later night.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

MAX_AHEAD = timedelta(hours=48)
"""A date of publication further ahead than this is an error of the feed."""


def start_of(night: date) -> datetime:
    """The first moment of a night's day, UTC."""
    return datetime.combine(night, time.min, UTC)


def is_of_later_night(published_at: datetime | None, night: date, fetched_at: datetime) -> bool:
    """Whether an entry was published after a night had ended, and fetched later still.

    Args:
        published_at: when the entry was published, UTC; None where it does not say.
        night: logical date of the run.
        fetched_at: when the feed was fetched, UTC. What is dated far ahead of that is no news of a
            later night but an error of the feed.
    """
    end = start_of(night) + timedelta(days=1)
    if published_at is None or fetched_at < end:
        return False
    return end <= published_at <= fetched_at + MAX_AHEAD
