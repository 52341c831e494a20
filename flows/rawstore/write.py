"""Writes shards: records as they come, the index last."""

from __future__ import annotations

import gzip
import json
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import IO
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

import pyarrow.parquet as pq
from fastwarc.warc import ArchiveIterator, WarcRecordType
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from flows.bucket import StorePath, describe
from flows.fetching.addresses import redact_url
from flows.rawstore.index import Kept, Outcome, index_table
from flows.rawstore.shards import Shard, publish_file, shard_at, sync_folder, temporary_file
from transforms.errors import StoreError
from transforms.feeds import Feed

_COMPRESSION = 6
"""warcio itself compresses at 9: twice the time for 1% on news pages."""

_GZIP = b"\x1f\x8b"
_DROPPED = frozenset(
    {"content-length", "transfer-encoding", "connection", "set-cookie", "set-cookie2"}
)
_RENAMED = {"content-encoding": "X-Crawl-Content-Encoding"}
"""Bodies are stored decoded; Common Crawl keeps the old header under the same name."""


class ShardWriter:
    """One shard being written; `add` may be called from several threads.

    Args:
        shard: which shard.
        file: its WARC file, open for writing.
        feeds: the feeds known from the start; more may be added to `feeds` by their id.

    Attributes:
        metadata: what the index says beside its rows, for those who can read it.
    """

    def __init__(self, shard: Shard, file: IO[bytes], feeds: Iterable[Feed]) -> None:
        self.shard = shard
        self.feeds = {feed.id: feed for feed in feeds}
        self.metadata: dict[str, str] = {}
        self.rows: list[tuple[Outcome, Kept | None]] = []
        self._file = file
        self._lock = threading.Lock()

    def add(
        self,
        outcome: Outcome,
        body: bytes | None = None,
        headers: Iterable[tuple[str, str]] = (),
    ) -> str | None:
        """Add one outcome, with the bytes of its answer where there are any to keep.

        Args:
            outcome: how the request ended.
            body: the decoded body, or None; as sent where the outcome says `unread`.
            headers: header fields of the answer.

        Returns:
            The raw_ref of the bytes, or None.
        """
        if body is None:
            with self._lock:
                self.rows.append((outcome, None))
            return None
        return self.add_member(outcome, body, _response_record(self.shard, outcome, body, headers))

    def add_member(self, outcome: Outcome, body: bytes, member: bytes) -> str:
        """Add one outcome with its WARC record as one gzip member.

        Args:
            outcome: how the request ended.
            body: the decoded body, as it will be read from the record (see `reads_as`).
            member: the record.

        Returns:
            The raw_ref of the bytes.
        """
        digest = sha256(body).hexdigest()
        with self._lock:
            kept = Kept(self._file.tell(), len(body), digest)
            self._file.write(member)
            self.rows.append((outcome, kept))
        return f"{self.shard.name}#{kept.offset}"


def reads_as(member: bytes, data: bytes, body: bytes) -> bool:
    """Whether a WARC record of others will be read as that body.

    Args:
        member: the record, which is to be one gzip member.
        data: the same behind its compression.
        body: what is to be read.
    """
    if not member.startswith(_GZIP):
        return False
    try:
        read = [
            record.reader.read()
            for record in ArchiveIterator(BytesIO(data), record_types=WarcRecordType.response)
        ]
    except OSError:
        return False
    return read == [body]


@contextmanager
def write_shard(
    root: StorePath, *, night: date, run_id: str, batch: int, feeds: Iterable[Feed]
) -> Iterator[ShardWriter]:
    """Write one shard; it is committed when the block ends well, and leaves nothing otherwise.

    Args:
        root: folder or bucket of the raw store; a folder is made where it is missing.
        night: logical date of the run.
        run_id: the run; part of the file name.
        batch: number of the batch within the run.
        feeds: the feeds whose answers it holds, with the settings that later stages need.

    Raises:
        StoreError: the shard exists, or can't be written.
    """
    shard = shard_at(root, night, run_id, batch)
    listed = list(feeds)
    if shard.index_path.exists():
        raise StoreError(
            f"raw shard {shard.name} exists; a run is stored once, under its own run_id"
        )
    try:
        if isinstance(root, Path):
            (root / shard.name).parent.mkdir(parents=True, exist_ok=True)
            sync_folder(root)
        with temporary_file(shard.warc_path) as (tmp, file):
            file.write(_info_record(shard, listed))
            writer = ShardWriter(shard, file, listed)
            yield writer
            file.flush()
            os.fsync(file.fileno())
            _commit(writer, tmp)
    except OSError as error:
        raise StoreError(f"raw shard {shard.name} can't be written: {describe(error)}") from error


def _settings_of(feed: Feed) -> dict[str, object]:
    """What later stages need of a feed; the raw store must not spread a token in its address."""
    return {**asdict(feed), "url": redact_url(feed.url)}


def _commit(writer: ShardWriter, tmp: Path) -> None:
    shard = writer.shard
    size = tmp.stat().st_size
    publish_file(tmp, shard.warc_path)
    settings = json.dumps([_settings_of(f) for f in writer.feeds.values()], ensure_ascii=False)
    metadata = {**writer.metadata, "feeds": settings, "warc_bytes": str(size)}
    table = index_table(writer.rows, night=shard.night, run_id=shard.run_id, metadata=metadata)
    try:
        with temporary_file(shard.index_path) as (index_tmp, file):
            pq.write_table(table, file, compression="zstd")
            file.flush()
            os.fsync(file.fileno())
            publish_file(index_tmp, shard.index_path)
    except OSError:
        shard.warc_path.unlink(missing_ok=True)
        raise


def _response_record(
    shard: Shard, outcome: Outcome, body: bytes, headers: Iterable[tuple[str, str]]
) -> bytes:
    fields = [
        (_RENAMED.get(k.lower(), _ascii(k)), _ascii(v))
        for k, v in headers
        if k.lower() not in _DROPPED
    ]
    fields.append(("Content-Length", str(len(body))))
    http = StatusAndHeaders(f"{outcome.http_status or 200} -", fields, protocol="HTTP/1.1")
    uri = outcome.final_url or outcome.url
    extra = {"Ledger-Feed": quote(outcome.feed_id, safe=""), "Ledger-Kind": outcome.kind}
    if outcome.reason == "too_large":
        extra["WARC-Truncated"] = "length"
    moment = outcome.fetched_at or datetime.combine(shard.night, datetime.min.time(), UTC)
    return _warc_bytes(
        "response",
        quote(uri, safe="%/:?#[]@!$&'()*+,;=-._~"),
        moment,
        body,
        identity=f"{shard.name}/{outcome.kind}/{outcome.feed_id}/{outcome.url}",
        extra=extra,
        http=http,
    )


def _info_record(shard: Shard, feeds: Sequence[Feed]) -> bytes:
    info = {
        "software": "casualty-ledger",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "night": shard.night.isoformat(),
        "run": shard.run_id,
        "feeds": json.dumps([_settings_of(feed) for feed in feeds]),
    }
    text = "".join(f"{key}: {value}\r\n" for key, value in info.items())
    moment = datetime.combine(shard.night, datetime.min.time(), UTC)
    return _warc_bytes(
        "warcinfo",
        None,
        moment,
        text.encode(),
        identity=shard.name,
        extra={"Content-Type": "application/warc-fields", "WARC-Filename": shard.warc_path.name},
    )


def _warc_bytes(
    kind: str,
    uri: str | None,
    moment: datetime,
    payload: bytes,
    *,
    identity: str,
    extra: dict[str, str],
    http: StatusAndHeaders | None = None,
) -> bytes:
    """One WARC record as one gzip member, so that it can be read from its offset."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="WARC/1.1")
    stamp = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    fields = {
        "WARC-Record-ID": f"<urn:uuid:{uuid5(NAMESPACE_URL, identity)}>",
        "WARC-Date": stamp,
        **extra,
    }
    record = writer.create_warc_record(
        uri, kind, payload=BytesIO(payload), length=len(payload), warc_headers_dict=fields,
        http_headers=http,
    )  # fmt: skip
    writer.write_record(record)
    return gzip.compress(out.getvalue(), _COMPRESSION, mtime=0)


def _ascii(text: str) -> str:
    """A header as one line of ASCII, whatever the server sent."""
    return text.encode("ascii", "backslashreplace").decode().replace("\r", " ").replace("\n", " ")
