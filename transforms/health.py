"""Feed health: what a feed's own past says of tonight.

Beside the chain: `ingest` calls it with what the raw store knows of the feeds, and its findings go
into the report. A feed is only ever measured by itself.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

HEALTH_COLUMNS: dict[str, str] = {
    "feed_id": "str",
    "night": "datetime64[us]",
    "outcome": "str",
    "reason": "str",
    "full_text": "boolean",
    "entries": "Int32",
    "fresh": "Int32",
    "bare_entries": "Int32",
    "newest_entry": "datetime64[us, UTC]",
    "fetched_at": "datetime64[us, UTC]",
    "clock_skew": "float64",
    "permanent_url": "str",
    "consecutive_failures": "Int32",
}
"""Columns and pandas types of the frame of `judge_feeds`: one row per feed and night.

`fresh` counts the entries that the document before did not have; null where there was none before,
and 0 for a document that did not change. `clock_skew` is in seconds.
"""

FAILING_NIGHTS = 3
SETTLED_NIGHTS = 7
"""Nights on which a feed must have had entries before their absence is an alarm (fault N17)."""

QUIET_NIGHTS = 3
DROP_SHARE = 0.25
DROP_MEDIAN = 8
"""A drop is told only where the usual number is large enough to fall below by chance seldom."""

SKEW_SECONDS = 300
FUTURE = pd.Timedelta(hours=48)
STALE = pd.Timedelta(days=30)

_READ = ("fetched", "unchanged")
_BLANK = ("not_a_feed", "empty", "not_well_formed")


def judge_feeds(nights: pd.DataFrame) -> list[str]:
    """What people should know of the feeds tonight, one line each: reason code, feed, words.

    Args:
        nights: one row per feed and night with `HEALTH_COLUMNS`, in any order; the latest night in
            it is tonight.

    Returns:
        Findings, by feed; empty where all is as usual.
    """
    findings: list[str] = []
    if nights.empty:
        return findings
    tonight = nights["night"].max()
    for feed_id, rows in nights.sort_values("night").groupby("feed_id", sort=True):
        if rows["night"].iloc[-1] == tonight:
            said = _judge_feed([_plain(row) for row in rows.to_dict("records")])
            findings += [f"{code}: feed {feed_id}: {words}" for code, words in said]
    return findings


def _plain(row: dict[Any, Any]) -> dict[str, Any]:
    return {str(k): None if v is pd.NA or v is pd.NaT or v != v else v for k, v in row.items()}


def _judge_feed(rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
    now, before = rows[-1], rows[:-1]
    found = _standing(now, rows)
    if now["outcome"] in ("fetched", "rejected"):
        found += _blank(now, before)
    if now["outcome"] in _READ:
        found += _volume(now, before) + _document(now)
    return found


def _standing(now: dict[str, Any], rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Gone, failing or moved."""
    if now["outcome"] == "skipped" or now["reason"] == "gone":
        words = f"retired ({now['reason']}); give it a new address in feeds.toml or take it out"
        return [("gone", words)]
    found = []
    failures = now["consecutive_failures"] or 0
    if failures >= FAILING_NIGHTS:
        found.append(("failing", f"failed on {failures} nights in a row, now with {now['reason']}"))
    moves = [row["permanent_url"] for row in rows[-FAILING_NIGHTS:]]
    if len(moves) == FAILING_NIGHTS and moves[0] and len(set(moves)) == 1:
        found.append(("moved", f"has moved for good to {moves[0]}; followed; change feeds.toml"))
    return found


def _blank(now: dict[str, Any], before: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """No entries, or no feed at all, where there always were some."""
    blank = now["reason"] in _BLANK or (now["outcome"] == "fetched" and now["entries"] == 0)
    counts = [
        r["entries"] for r in before if r["outcome"] == "fetched" and r["entries"] is not None
    ]
    if not blank or len(before) < SETTLED_NIGHTS or not counts or not all(counts):
        return []
    return [("silent", f"no entries tonight ({now['reason'] or 'empty feed'}), always some before")]


def _volume(now: dict[str, Any], before: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Fewer fresh entries than usual, none for days, or a hole since the document before."""
    fresh = [r["fresh"] for r in before if r["fresh"] is not None]
    found = []
    if now["entries"] and now["fresh"] == now["entries"]:
        found.append(("gap", "no entry was there last time; some in between may have been missed"))
    latest = [*fresh, now["fresh"]][-QUIET_NIGHTS:]
    usual = fresh[: 1 - QUIET_NIGHTS]
    lively = sum(1 for n in usual[-SETTLED_NIGHTS:] if n)
    if not any(latest) and len(usual) >= SETTLED_NIGHTS and lively > SETTLED_NIGHTS // 2:
        found.append(("quiet", f"nothing new for {QUIET_NIGHTS} nights, unlike before"))
    median = pd.Series(fresh[-2 * SETTLED_NIGHTS :], dtype="float64").median()
    enough = len(fresh) >= SETTLED_NIGHTS and median >= DROP_MEDIAN
    if enough and now["fresh"] and now["fresh"] < DROP_SHARE * median:
        found.append(("volume_drop", f"{now['fresh']} new entries, usually about {median:.0f}"))
    return found


def _document(now: dict[str, Any]) -> list[tuple[str, str]]:
    """Empty bodies, dates that drift and clocks that are off."""
    found = []
    if now["full_text"] and now["entries"] and (now["bare_entries"] or 0) * 2 > now["entries"]:
        found.append(("bare", f"{now['bare_entries']} of {now['entries']} entries have no text"))
    newest, fetched = now["newest_entry"], now["fetched_at"]
    if newest is not None and fetched is not None:
        if newest > fetched + FUTURE:
            found.append(("date_drift", f"an entry is dated {newest:%Y-%m-%d}, in the future"))
        elif newest < fetched - STALE and now["fresh"]:
            found.append(("date_drift", f"new entries, but none dated after {newest:%Y-%m-%d}"))
    if abs(now["clock_skew"] or 0) > SKEW_SECONDS:
        found.append(("clock_skew", f"its server's clock is {now['clock_skew']:+.0f} s from ours"))
    return found
