"""The nights of every feed, tonight included, as the frame that feed health is judged by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from flows.ingesting.history import FeedPast, Past, better_row
from flows.rawstore import Shard, read_index
from flows.rawstore.index import FEED
from transforms.feeds import Feed
from transforms.health import HEALTH_COLUMNS


def feed_nights(past: Past, feeds: Sequence[Feed], shards: Iterable[Shard]) -> pd.DataFrame:
    """One row per feed and night with `HEALTH_COLUMNS`.

    Args:
        past: what earlier nights left.
        feeds: the feeds of tonight.
        shards: the committed shards of tonight's run.
    """
    tonight = {
        row["feed_id"]: row
        for shard in shards
        for row in read_index(shard).to_pylist()
        if row["kind"] == FEED
    }
    rows: list[dict[str, Any]] = []
    for feed in feeds:
        if feed.id in tonight:
            rows += _nights(feed, past.feed(feed.id), tonight[feed.id])
    frame = pd.DataFrame({n: pd.Series([r[n] for r in rows], dtype=object) for n in HEALTH_COLUMNS})
    return frame.astype(HEALTH_COLUMNS)


def _nights(feed: Feed, past: FeedPast, tonight: dict[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    before: frozenset[int] | None = None
    for row in (*past.nights, better_row(past.tonight, tonight)):
        fresh: int | None = None
        if row["outcome"] == "unchanged":
            fresh = 0
        elif row["outcome"] == "fetched" and row["entries"] is not None:
            keys = frozenset(row["entry_keys"] or ())
            fresh = len(keys - before) if before is not None else None
            before = keys
        known = {n: row.get(n) for n in HEALTH_COLUMNS}
        rows.append({**known, "full_text": feed.full_text, "fresh": fresh})
    return rows
