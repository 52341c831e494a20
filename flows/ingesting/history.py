"""What earlier nights left: read from the committed shards, so that it can't be out of step."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import takewhile
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from flows.bucket import StorePath
from flows.fetching.policy import Validators
from flows.rawstore import Shard, iter_shards, read_index
from flows.rawstore.index import FEED, PAGE
from transforms.nights import is_of_later_night

LOOK_BACK = timedelta(days=30)
"""How far back a feed's own past is read."""

NIGHTS_TO_BELIEVE = 3
"""Nights in a row after which a move is followed, a 404 retires a feed and a page is given up."""

_ANSWERED = ("fetched", "unchanged")
_RANK = {"fetched": 2, "unchanged": 1}
_FEED_COLUMNS = [
    *("kind", "outcome", "reason", "feed_id", "url", "final_url", "permanent_url"),
    *("etag", "last_modified", "entries", "known", "entry_keys"),
    *("consecutive_failures", "last_success", "night", "sha256", "newest_entry", "fetched_at"),
]
_PAGE_COLUMNS = ["kind", "outcome", "feed_id", "url", "page_key", "entry_key", "entry", "tries"]


@dataclass(frozen=True, slots=True)
class FeedPast:
    """What earlier nights know of one feed.

    Attributes:
        nights: one row per earlier night, its best run, oldest first, as dicts of the index.
        tonight: the same of earlier runs of tonight, or None.
        validators: of the newest good answer, or None.
        sha256: of the newest stored document, or None.
        failures: nights in a row on which it failed, before tonight.
        last_success: last night on which it answered, or None.
        moved_to: address to which it has moved for good, or None.
        retired: why it is not asked any more, or None.
    """

    nights: tuple[dict[str, Any], ...] = ()
    tonight: dict[str, Any] | None = None
    validators: Validators | None = None
    sha256: str | None = None
    failures: int = 0
    last_success: date | None = None
    moved_to: str | None = None
    retired: str | None = None

    @property
    def entry_keys(self) -> frozenset[int] | None:
        """Keys of the entries of the newest document that was read, or None."""
        for row in reversed(self.nights):
            if row["outcome"] == "fetched" and row["entry_keys"] is not None:
                return frozenset(row["entry_keys"])
        return None


@dataclass(frozen=True, slots=True)
class Pending:
    """A page put off to this night, with the entry that leads to it and the nights it was tried."""

    feed_id: str
    url: str
    page_key: int
    entry: dict[str, Any]
    tries: int


@dataclass(frozen=True, slots=True)
class KnownPages:
    """Pages that are settled: for each key, in order, what the entry said when it was."""

    keys: NDArray[np.int64]
    entry_keys: NDArray[np.int64]

    def entry_key(self, page: int) -> int | None:
        """What the entry said when the page was fetched or rejected; None where it never was."""
        at = int(np.searchsorted(self.keys, page))
        if at == len(self.keys) or self.keys[at] != page:
            return None
        return int(self.entry_keys[at])


@dataclass(frozen=True, slots=True)
class Past:
    """All that earlier nights left."""

    feeds: dict[str, FeedPast] = field(default_factory=dict)
    pages: KnownPages = field(
        default_factory=lambda: KnownPages(np.empty(0, np.int64), np.empty(0, np.int64))
    )
    pending: dict[str, list[Pending]] = field(default_factory=dict)

    def feed(self, feed_id: str) -> FeedPast:
        """The past of a feed; empty for a new one."""
        return self.feeds.get(feed_id, FeedPast())


def read_past(root: StorePath, night: date, urls: dict[str, str]) -> Past:
    """What the committed shards say about these feeds and about pages.

    Args:
        root: folder of the raw store.
        night: tonight; feeds are judged by the nights up to it, an earlier run of it included.
        urls: for each feed its address as the raw store writes it; rows of another address are of
            the past of another feed.
    """
    recent = iter_shards(root, night - LOOK_BACK, night)
    rows: dict[str, list[dict[str, Any]]] = {feed_id: [] for feed_id in urls}
    for shard in recent:
        for row in _rows(shard, FEED, _FEED_COLUMNS):
            if urls.get(row["feed_id"]) == row["url"]:
                rows[row["feed_id"]].append(row)
    feeds = {feed_id: _feed_past(found, night) for feed_id, found in rows.items() if found}
    return Past(feeds, _known_pages(iter_shards(root)), _pending(recent, night))


def _rows(shard: Shard, kind: str, columns: list[str]) -> list[dict[str, Any]]:
    table = read_index(shard, columns)
    rows: list[dict[str, Any]] = table.filter(pc.equal(table["kind"], kind)).to_pylist()
    return rows


def _feed_past(rows: list[dict[str, Any]], night: date) -> FeedPast:
    by_night: dict[date, dict[str, Any]] = {}
    for row in rows:
        by_night[row["night"]] = better_row(by_night.get(row["night"]), row)
    nights = [by_night[n] for n in sorted(by_night) if n < night]
    # a document from which entries were left to a later night must come again
    whole = [r for r in rows if not _left_entries(r)]
    good = [r for r in whole if r["outcome"] in _ANSWERED]
    bodies = [r for r in whole if r["outcome"] == "fetched"]
    last = rows[-1]
    retired = last["reason"] if last["reason"] == "gone" else None
    if _streak(nights, lambda r: r["reason"] == "not_found") >= NIGHTS_TO_BELIEVE:
        retired = "not_found"
    elif last["outcome"] == "skipped":
        retired = last["reason"]
    return FeedPast(
        nights=tuple(nights),
        tonight=by_night.get(night),
        validators=_validators(good),
        sha256=bodies[-1]["sha256"] if bodies else None,
        failures=(nights[-1]["consecutive_failures"] or 0) if nights else 0,
        last_success=last["last_success"],
        moved_to=_moved_to(nights),
        retired=retired,
    )


def _left_entries(row: dict[str, Any]) -> bool:
    if row["newest_entry"] is None or row["fetched_at"] is None:
        return False
    return is_of_later_night(row["newest_entry"], row["night"], row["fetched_at"])


def better_row(first: dict[str, Any] | None, later: dict[str, Any]) -> dict[str, Any]:
    """Of two rows of one feed and night the one that says more of it; the later, if equal."""
    if first is None or _RANK.get(later["outcome"], 0) >= _RANK.get(first["outcome"], 0):
        return later
    return first


def _streak(nights: Sequence[dict[str, Any]], fits: Callable[[dict[str, Any]], bool]) -> int:
    """How many of the last nights in a row fit."""
    return sum(1 for _ in takewhile(fits, reversed(nights)))


def _validators(good: list[dict[str, Any]]) -> Validators | None:
    for row in reversed(good):
        if row["etag"] or row["last_modified"]:
            return Validators(row["final_url"], row["etag"], row["last_modified"])
        if row["outcome"] == "fetched":
            # a newer document came without validators: older ones would bring the old one back
            return None
    return None


def _moved_to(nights: Sequence[dict[str, Any]]) -> str | None:
    target = nights[-1]["permanent_url"] if nights else None
    if not target:
        return None
    agreeing = _streak(nights, lambda r: r["outcome"] in _ANSWERED and r["permanent_url"] == target)
    return target if agreeing >= NIGHTS_TO_BELIEVE else None


def _known_pages(shards: Iterable[Shard]) -> KnownPages:
    keys, entries = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for shard in shards:
        table = read_index(shard, ["kind", "outcome", "page_key", "entry_key"])
        settled = pc.and_(
            pc.equal(table["kind"], PAGE),
            pc.is_in(table["outcome"], pa.array(["fetched", "rejected"])),
        )
        table = table.filter(settled)
        keys.append(table["page_key"].to_numpy())
        entries.append(table["entry_key"].to_numpy())
    all_keys, all_entries = np.concatenate(keys), np.concatenate(entries)
    # the last of equal keys is the newest: reversed, it is the first that unique() keeps
    unique, first = np.unique(all_keys[::-1], return_index=True)
    return KnownPages(unique, all_entries[::-1][first])


def _pending(shards: Sequence[Shard], night: date) -> dict[str, list[Pending]]:
    """Pages whose last word, in the last nights that there were, was to wait."""
    nights = sorted({shard.night for shard in shards})[-NIGHTS_TO_BELIEVE:]
    newest: dict[int, Shard] = {}
    waiting: list[tuple[Shard, dict[str, Any]]] = []
    for shard in shards:
        if shard.night in nights:
            table = read_index(shard, _PAGE_COLUMNS)
            table = table.filter(pc.equal(table["kind"], PAGE))
            newest.update(dict.fromkeys(table["page_key"].to_pylist(), shard))
            deferred = table.filter(pc.equal(table["outcome"], "deferred"))
            waiting += [(shard, row) for row in deferred.to_pylist()]
    found: dict[str, list[Pending]] = {}
    for shard, row in waiting:
        if newest[row["page_key"]] == shard:
            entry = json.loads(row["entry"])
            tries = row["tries"] - (1 if shard.night == night else 0)
            one = Pending(row["feed_id"], row["url"], row["page_key"], entry, tries)
            found.setdefault(row["feed_id"], []).append(one)
    return found
