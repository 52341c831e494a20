"""Archives in place of the network: WARC files made by others become shards of the raw store.

The way of backfills, and of more news than one machine can fetch. What was read stays read: an
import that was killed goes on after its last committed shard. Several archives are read side by
side, each in one process, for each is a run of its own and its shards know of no other.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from flows.bucket import StorePath
from flows.fetching.addresses import check_url, host_of
from flows.fetching.decoding import decode_body, read_codings, without_chunks
from flows.fetching.policy import MIB
from flows.ingesting.keys import entry_json, entry_key, page_key
from flows.lock import hold_lock, lock_path
from flows.rawstore import (
    Outcome,
    ShardWriter,
    iter_shards,
    make_root,
    write_shard,
)
from flows.rawstore.foreign import ForeignRecord, read_archive
from flows.rawstore.index import PAGE
from flows.rawstore.read import read_note
from flows.rawstore.write import reads_as
from flows.server import end_with_parent
from flows.workers import BoundedPool, Bounds
from transforms.errors import FetchError, StoreError
from transforms.feeds import ENTRY_COLUMNS, Feed
from transforms.identity import hash_id

logger = logging.getLogger(__name__)

SHARD_RECORDS = 5000
_ARCHIVE_SECONDS = 86_400.0
_ARCHIVE_MEMORY_MB = 4096
"""What a worker may take for an archive: no bounds on honest ones, which take a minute per GB and
some copies of a record."""
_LAST_MOMENTS = 1.0
"""Seconds in which the workers of an import that was killed just now have ended too."""
_READ_TO = "archive_read_to"
_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_OK = 200
_TROUBLES = {
    "truncated": "the crawler cut the record short, or the archive breaks off in it",
    "damaged": "the bytes here can't be read as a record; fetch the archive again",
    "digest": "the bytes are not those that the record's digest was made of",
    "too_large": "a record so large holds no page",
}


@dataclass(frozen=True, slots=True)
class ArchiveOptions:
    """How archives are read.

    Attributes:
        night: logical date of what they hold; by default the day of each archive's first record.
        feeds: feeds whose settings hold for pages of their hosts; others get a feed of their own.
        page_bytes: most bytes of a page, decompressed.
        shard_records: responses in a shard.
        workers: processes that read archives side by side.
    """

    night: date | None = None
    feeds: Sequence[Feed] = ()
    page_bytes: int = 5 * MIB
    shard_records: int = SHARD_RECORDS
    workers: int = 1


@dataclass(slots=True)
class ArchiveResult:
    """What an import did: responses read, and how many became pages or rejects."""

    run_ids: list[str] = field(default_factory=list)
    responses: int = 0
    fetched: int = 0
    rejected: int = 0


def ingest_archives(
    root: StorePath, archives: Iterable[Path], options: ArchiveOptions
) -> ArchiveResult:
    """Store the pages of WARC archives.

    Args:
        root: folder of the raw store; made where it is missing.
        archives: .warc or .warc.gz files.
        options: how they are read.

    Returns:
        Counts of what was read now; what an earlier import had committed is not read again.

    Raises:
        LockedError: another run has the raw store.
        StoreError: an archive can't be read, or the store can't be written; what was committed
            until then stays.
    """
    listed = list(archives)
    result = ArchiveResult(run_ids=[run_id_of(archive) for archive in listed])
    # the same archive named twice is one errand: one shard has one writer
    errands = [
        _Errand(root, run_id, listed[result.run_ids.index(run_id)], options)
        for run_id in dict.fromkeys(result.run_ids)
    ]
    make_root(root)
    path = lock_path(root)
    with hold_lock(path, purpose="ingest archives", wait_seconds=_LAST_MOMENTS) as lock:
        for errand, done in zip(errands, _carry_out(errands, options.workers, lock), strict=True):
            if isinstance(done, StoreError):
                raise done
            result.responses += done.responses
            result.fetched += done.fetched
            result.rejected += done.rejected
            logger.info("archive %s: %d responses", errand.archive.name, done.responses)
    return result


@dataclass(frozen=True, slots=True)
class _Errand:
    """One archive to be stored."""

    root: StorePath
    run_id: str
    archive: Path
    options: ArchiveOptions


def _carry_out(
    errands: Sequence[_Errand], workers: int, lock: int
) -> Iterator[ArchiveResult | StoreError]:
    """What became of each errand, in their order: here, or in processes that end with this one.

    Args:
        errands: what is to be done.
        workers: processes.
        lock: descriptor of the store's lock. The processes hold it with this one, so that none that
            outlives it, be it for a moment, writes beside another import.
    """
    if min(workers, len(errands)) < 2:
        yield from (_ingest_archive(errand) for errand in errands)
        return
    bounds = Bounds(min(workers, len(errands)), _ARCHIVE_SECONDS, _ARCHIVE_MEMORY_MB)
    with BoundedPool(_ingest_aside, bounds, keep=[lock]) as pool:
        for errand, outcome in zip(errands, pool.run(errands), strict=True):
            yield outcome.value or StoreError(
                f"{errand.archive}: its import broke off ({outcome.reason}: {outcome.detail});"
                " run it again: it goes on where it stood"
            )


def _ingest_aside(errand: _Errand) -> ArchiveResult | StoreError:
    """As `_ingest_archive`, in a worker, from which an error comes back only as a value."""
    end_with_parent()
    try:
        return _ingest_archive(errand)
    except StoreError as error:
        return error


def _ingest_archive(errand: _Errand) -> ArchiveResult:
    root, run_id, archive, options = errand.root, errand.run_id, errand.archive, errand.options
    result = ArchiveResult()
    by_host = {host_of(feed.url): feed for feed in options.feeds}
    done = [shard for shard in iter_shards(root) if shard.run_id == run_id]
    start = int(read_note(done[-1], _READ_TO) or 0) if done else 0
    night = done[-1].night if done else options.night
    records = read_archive(archive, start)
    for batch, first in enumerate(records, start=done[-1].batch + 1 if done else 0):
        night = night or (first.date or datetime(1970, 1, 1, tzinfo=UTC)).date()
        with write_shard(root, night=night, run_id=run_id, batch=batch, feeds=()) as writer:
            end = first.end
            for record in _some(first, records, options.shard_records):
                end = record.end
                _add(writer, archive, record, options, by_host)
            writer.metadata[_READ_TO] = str(end)
        outcomes = [outcome.outcome for outcome, _ in writer.rows]
        result.responses += len(outcomes)
        result.fetched += outcomes.count("fetched")
        result.rejected += outcomes.count("rejected")
        logger.info("%d responses in %s", len(outcomes), writer.shard.name)
    return result


def run_id_of(archive: Path) -> str:
    """The run that an archive is stored under: the same for the same file name and size.

    Raises:
        StoreError: there is no such file.
    """
    try:
        return f"warc-{hash_id(archive.name, archive.stat().st_size)}"
    except OSError as error:
        raise StoreError(f"{archive}: can't be read: {error.strerror}") from error


def _some(
    first: ForeignRecord, rest: Iterator[ForeignRecord], count: int
) -> Iterator[ForeignRecord]:
    yield first
    for _ in range(count - 1):
        record = next(rest, None)
        if record is None:
            return
        yield record


def _add(
    writer: ShardWriter,
    archive: Path,
    record: ForeignRecord,
    options: ArchiveOptions,
    by_host: dict[str, Feed],
) -> None:
    host = host_of(record.url) or "unknown"
    feed = by_host.get(host) or Feed(id=host, url=f"https://{host}/", publisher=host)
    writer.feeds.setdefault(feed.id, feed)
    origin = f"{archive.name}#{record.start}"
    try:
        body = _page_body(record, options.page_bytes)
    except FetchError as error:
        writer.add(_outcome(record, feed, origin, error))
        return
    outcome = _outcome(record, feed, origin)
    if body is record.body and reads_as(record.raw, record.data, body):
        writer.add_member(outcome, body, record.raw)
    else:
        writer.add(outcome, body, record.headers)


def _page_body(record: ForeignRecord, limit: int) -> bytes:
    """The page of a record; the very bytes of the record where they were not encoded.

    Raises:
        FetchError: it is no whole page, or too large.
    """
    if record.trouble:
        raise FetchError(record.trouble, _TROUBLES[record.trouble])
    if record.status != _OK:
        raise FetchError("http_status", f"status {record.status}")
    check_url(record.url)
    kind = (record.header("content-type") or "").partition(";")[0].strip().lower()
    if kind not in _PAGE_TYPES:
        raise FetchError("not_a_page", f"content type {kind[:60]!r}")
    chunked = (record.header("transfer-encoding") or "").lower().strip() == "chunked"
    sent = without_chunks(record.body) if chunked else record.body
    if len(sent) > limit:
        raise FetchError("too_large", f"{len(sent)} bytes")
    codings = read_codings(record.header("content-encoding"))
    return decode_body(sent, codings, limit)[0] if codings else sent


def _outcome(
    record: ForeignRecord, feed: Feed, origin: str, error: FetchError | None = None
) -> Outcome:
    entry: dict[str, object] = dict.fromkeys(ENTRY_COLUMNS)
    entry |= {"feed_id": feed.id, "url": record.url, "flags": []}
    return Outcome(
        kind=PAGE,
        outcome="rejected" if error else "fetched",
        feed_id=feed.id,
        url=record.url or origin,
        reason=error.reason if error else None,
        detail=error.detail if error else None,
        http_status=record.status,
        content_type=record.header("content-type"),
        wire_bytes=len(record.body),
        fetched_at=record.date,
        page_key=page_key(record.url, feed.id, None),
        entry_key=entry_key(entry),
        entry=entry_json(entry),
        tries=1,
        raw_ref=origin if error else None,
    )
