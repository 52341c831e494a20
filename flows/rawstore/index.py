"""The index of a shard: one row per planned request, with all that later nights must know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime

import pyarrow as pa

FEED, PAGE, PART = "feed", "page", "part"

_TYPES: dict[str, pa.DataType] = {
    "kind": pa.string(),
    "outcome": pa.string(),
    "reason": pa.string(),
    "detail": pa.string(),
    "feed_id": pa.string(),
    "url": pa.string(),
    "final_url": pa.string(),
    "permanent_url": pa.string(),
    "http_status": pa.int32(),
    "content_type": pa.string(),
    "etag": pa.string(),
    "last_modified": pa.string(),
    "wire_bytes": pa.int64(),
    "seconds": pa.float64(),
    "fetched_at": pa.timestamp("us", tz="UTC"),
    "page_key": pa.int64(),
    "entry_key": pa.int64(),
    "entry": pa.string(),
    "tries": pa.int32(),
    "entries": pa.int32(),
    "known": pa.int32(),
    "entry_keys": pa.list_(pa.int64()),
    "newest_entry": pa.timestamp("us", tz="UTC"),
    "bare_entries": pa.int32(),
    "clock_skew": pa.float64(),
    "consecutive_failures": pa.int32(),
    "last_success": pa.date32(),
    "raw_ref": pa.string(),
    "unread": pa.bool_(),
    "night": pa.date32(),
    "run_id": pa.string(),
    "offset": pa.int64(),
    "body_bytes": pa.int64(),
    "sha256": pa.string(),
}
INDEX_SCHEMA = pa.schema(list(_TYPES.items()))
"""Columns of an index file; the meaning of most stands at `Outcome`.

`offset` is where the record starts in the WARC file, in bytes, null where no bytes were kept;
`body_bytes` and `sha256` belong to the decoded body.
"""

ADDED = frozenset({"raw_ref", "unread"})
"""Columns that indexes of the first stores lack; they are read as null there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How one planned request ended.

    Attributes:
        kind: `feed`, `page`, or `part` for a sitemap that a sitemap index lists.
        outcome: fetched, unchanged, rejected or deferred, the classes of the balance of requests;
            `skipped` for a retired feed, which was not planned.
        reason: reason code of anything but fetched and unchanged.
        detail: the same for a person, one line.
        feed_id: the feed that it belongs to.
        url: address as the feed list or the feed gave it.
        final_url: address that answered, after redirects.
        permanent_url: where the address has moved for good, as far as this night saw.
        http_status: HTTP status, where there was an answer.
        content_type: Content-Type of the answer.
        etag: ETag of the answer.
        last_modified: Last-Modified of the answer.
        wire_bytes: bytes of the body as sent.
        seconds: time that it took.
        fetched_at: when the answer was there.
        page_key: hash of a page's canonical address.
        entry_key: hash of what the entry says of itself; another one means that it was edited.
        entry: the entry that leads to a page, as JSON with the columns of the entries frame.
        tries: nights on which a page was planned, this one included.
        entries: entries in the feed document.
        known: those of them whose page had been fetched or rejected before.
        entry_keys: the entry_key of every entry in the feed document.
        newest_entry: latest time of publication in the feed document.
        bare_entries: entries in it without any text.
        clock_skew: seconds by which the server's clock was ahead of ours.
        consecutive_failures: nights in a row on which the feed failed, this one included.
        last_success: last night on which the feed answered, this one included.
        raw_ref: where rejected bytes lie that are not in this shard: name of the archive that they
            were imported from, and offset of the record in it.
        unread: True where the bytes kept are only evidence, broken off at a bound or not decoded,
            and nothing is read out of them.
    """

    kind: str
    outcome: str
    feed_id: str
    url: str
    reason: str | None = None
    detail: str | None = None
    final_url: str | None = None
    permanent_url: str | None = None
    http_status: int | None = None
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    wire_bytes: int | None = None
    seconds: float | None = None
    fetched_at: datetime | None = None
    page_key: int | None = None
    entry_key: int | None = None
    entry: str | None = None
    tries: int | None = None
    entries: int | None = None
    known: int | None = None
    entry_keys: tuple[int, ...] | None = None
    newest_entry: datetime | None = None
    bare_entries: int | None = None
    clock_skew: float | None = None
    consecutive_failures: int | None = None
    last_success: date | None = None
    raw_ref: str | None = None
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """Where the bytes of an outcome lie: offset of the record, length and SHA-256 of the body."""

    offset: int
    body_bytes: int
    sha256: str


def index_table(
    rows: Iterable[tuple[Outcome, Kept | None]],
    *,
    night: date,
    run_id: str,
    metadata: dict[str, str],
) -> pa.Table:
    """The index of a shard as an Arrow table.

    Args:
        rows: outcomes, in order, with the place of their bytes.
        night: logical date of the run.
        run_id: the run.
        metadata: what the file says beside its rows.
    """
    listed = [
        {**_values(outcome), **(_values(kept) if kept else {}), "night": night, "run_id": run_id}
        for outcome, kept in rows
    ]
    table = pa.Table.from_pylist(listed, schema=INDEX_SCHEMA)
    return table.replace_schema_metadata(metadata)


def _values(row: Outcome | Kept) -> dict[str, object]:
    """The fields of a row; `asdict` would copy every value, at five times the cost."""
    return {field.name: getattr(row, field.name) for field in fields(row)}
