"""Reads shards: the index, and the records with their bytes, checked against it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from fastwarc.warc import ArchiveIterator, WarcRecordType

from flows.rawstore.index import ADDED, FEED, INDEX_SCHEMA
from flows.rawstore.shards import Shard
from transforms import schema
from transforms.errors import StoreError
from transforms.feeds import Feed
from transforms.identity import hash_id

_RECORD_COLUMNS = (
    *("kind", "outcome", "feed_id", "url", "final_url"),
    *("content_type", "fetched_at", "entry"),
)


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One stored answer.

    Attributes:
        kind: `feed`, `page`, or `part` for a sitemap that a sitemap index lists.
        outcome: `fetched`, or `rejected` where its bytes were stored but could not be used.
        feed: the feed that it belongs to, as it was configured that night.
        url: address as the feed list or the feed gave it.
        final_url: address that answered.
        content_type: Content-Type, or None.
        fetched_at: when it was fetched.
        night: logical date of the run.
        run_id: the run.
        raw_ref: name of the shard and offset of the record.
        entry: for a page, the feed entry that led to it, as JSON values of the entries frame.
        body: the decoded body.
    """

    kind: str
    outcome: str
    feed: Feed
    url: str
    final_url: str
    content_type: str | None
    fetched_at: datetime
    night: date
    run_id: str
    raw_ref: str
    entry: dict[str, Any] | None
    body: bytes = field(repr=False)


def read_index(shard: Shard, columns: list[str] | None = None) -> pa.Table:
    """The index of a shard: one row per planned request, `INDEX_SCHEMA`.

    Raises:
        StoreError: the file is missing, broken or of another form.
    """
    try:
        with shard.index_path.open("rb") as file:
            table = pq.read_table(file, columns=columns)
        for name in sorted(ADDED.difference(table.column_names) & set(columns or ADDED)):
            kind = INDEX_SCHEMA.field(name).type
            table = table.append_column(name, pa.nulls(len(table), kind))
    except (OSError, pa.ArrowException) as error:
        raise StoreError(f"{shard.index_path}: the index can't be read: {error}") from error
    wanted = columns or INDEX_SCHEMA.names
    missing = [name for name in wanted if name not in table.column_names]
    if missing:
        raise StoreError(f"{shard.index_path}: no column {', '.join(missing)}")
    return table


def read_note(shard: Shard, name: str) -> str | None:
    """What the index says under a name beside its rows; None where it says nothing.

    Raises:
        StoreError: the index can't be read.
    """
    try:
        said = _notes(shard).get(name.encode())
    except (OSError, pa.ArrowException) as error:
        raise StoreError(f"{shard.index_path}: the index can't be read: {error}") from error
    return said.decode() if said is not None else None


def read_feeds(shard: Shard) -> dict[str, Feed]:
    """The feeds of a shard by id, as they were configured that night.

    Raises:
        StoreError: the index says nothing of feeds.
    """
    known = {f.name for f in fields(Feed)}
    try:
        listed = json.loads(_notes(shard)[b"feeds"])
        feeds = [Feed(**{k: v for k, v in one.items() if k in known}) for one in listed]
    except (OSError, pa.ArrowException, KeyError, ValueError, TypeError) as error:
        raise StoreError(f"{shard.index_path}: its feeds can't be read: {error}") from error
    return {feed.id: feed for feed in feeds}


def _notes(shard: Shard) -> dict[bytes, bytes]:
    with shard.index_path.open("rb") as file:
        return dict(pq.read_schema(file).metadata or {})


def read_shard(shard: Shard) -> Iterator[RawRecord]:
    """The stored answers of a shard, one after the other, in the order of the file.

    What was kept only as evidence (`unread`) is checked like the rest and not given.

    Raises:
        StoreError: a file is missing or broken, or a body is not the one that was stored.
    """
    feeds = read_feeds(shard)
    rows = {row["offset"]: row for row in _kept_rows(shard)}
    try:
        with shard.warc_path.open("rb") as file:
            for record in ArchiveIterator(file, record_types=WarcRecordType.response):
                row = rows.pop(record.stream_pos, None)
                if row is None:
                    raise StoreError(
                        f"{shard.warc_path}: the index has no record at {record.stream_pos}"
                    )
                found = _raw_record(shard, feeds, row, record.reader.read())
                if not row["unread"]:
                    yield found
    except OSError as error:
        raise StoreError(f"{shard.warc_path}: can't be read: {error}") from error
    if rows:
        raise StoreError(f"{shard.warc_path}: {len(rows)} records of the index are missing")


def _kept_rows(shard: Shard) -> list[dict[str, Any]]:
    kept = read_index(shard, [*_RECORD_COLUMNS, "offset", "sha256", "unread"])
    return [row for row in kept.to_pylist() if row["offset"] is not None]


def _raw_record(
    shard: Shard, feeds: dict[str, Feed], row: dict[str, Any], body: bytes
) -> RawRecord:
    if sha256(body).hexdigest() != row["sha256"]:
        raise StoreError(f"{shard.warc_path}: the record at {row['offset']} was changed or damaged")
    feed = feeds.get(row["feed_id"])
    if feed is None:
        raise StoreError(f"{shard.index_path}: nothing is said of feed {row['feed_id']!r}")
    return RawRecord(
        kind=row["kind"],
        outcome=row["outcome"],
        feed=feed,
        url=row["url"],
        final_url=row["final_url"] or row["url"],
        content_type=row["content_type"],
        fetched_at=row["fetched_at"] or datetime.combine(shard.night, datetime.min.time(), UTC),
        night=shard.night,
        run_id=shard.run_id,
        raw_ref=f"{shard.name}#{row['offset']}",
        entry=json.loads(row["entry"]) if row["entry"] else None,
        body=body,
    )


def shard_feed_rows(shard: Shard) -> pd.DataFrame:
    """The rows of the feeds table that a shard stands for: one row per feed of its run.

    The entries of a sitemap index are those of the sitemaps that were read.
    `new` is left null: how many entries became new article versions is known after the build.
    """
    rows = read_index(shard).to_pylist()
    entries: dict[str, int] = {}
    for row in rows:
        if row["entries"] is not None:
            entries[row["feed_id"]] = entries.get(row["feed_id"], 0) + row["entries"]
    return schema.frame_of(
        "feeds",
        [
            {
                "run_id": row["run_id"],
                "feed_id": row["feed_id"],
                "night": row["night"],
                "http_status": row["http_status"],
                "entries": entries.get(row["feed_id"]),
                "bytes": row["wire_bytes"],
                "seconds": row["seconds"],
                "error_class": row["reason"],
                "consecutive_failures": row["consecutive_failures"],
                "last_success": row["last_success"],
            }
            for row in rows
            if row["kind"] == FEED
        ],
    )


def shard_reject_rows(shard: Shard) -> pd.DataFrame:
    """The rows of the rejects table that a shard stands for.

    One row per request that brought no bytes, or bytes that are only evidence. Answers whose bytes
    were stored whole and could not be read are left to the build, which reads them again under its
    own rules.
    """
    refused = [
        row
        for row in read_index(shard).to_pylist()
        if row["outcome"] in ("rejected", "deferred") and (row["offset"] is None or row["unread"])
    ]
    return schema.frame_of("rejects", _reject_rows(shard, refused))


def _reject_rows(shard: Shard, refused: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    # an archive may hold one address twice
    seen: dict[tuple[str, ...], int] = {}
    for row in refused:
        what = (row["kind"], row["feed_id"], row["url"])
        seen[what] = seen.get(what, -1) + 1
        yield {
            "run_id": row["run_id"],
            "reject_id": hash_id(row["run_id"], "fetch", shard.batch, *what, seen[what]),
            "night": row["night"],
            "stage": "fetch",
            "reason": row["reason"],
            "feed_id": row["feed_id"],
            "url": row["url"],
            "detail": row["detail"],
            "raw_ref": (
                row["raw_ref"] if row["offset"] is None else f"{shard.name}#{row['offset']}"
            ),
        }
