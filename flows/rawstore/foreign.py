"""Reads WARC archives made by others, such as Common Crawl's news archives, record by record."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from transforms.errors import StoreError

_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class ForeignRecord:
    """One response of an archive.

    Attributes:
        url: WARC-Target-URI.
        date: WARC-Date, or None where it can't be read.
        status: HTTP status, or None where it is no HTTP.
        headers: HTTP header fields.
        body: the body as the archive has it.
        whole: whether the body is as long as the record says.
        start: offset of the record in the file, in bytes.
        end: offset of the record after it, or the file's end.
    """

    url: str
    date: datetime | None
    status: int | None
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)
    whole: bool
    start: int
    end: int

    def header(self, name: str) -> str | None:
        """The first header field of that name, or None."""
        return next((v for k, v in self.headers if k.lower() == name), None)


def read_archive(path: Path, start: int = 0) -> Iterator[ForeignRecord]:
    """The responses of an archive, one after the other, in memory one at a time.

    Args:
        path: a .warc or .warc.gz file.
        start: offset of the record to begin with, in bytes: the `end` of an earlier one.

    Raises:
        StoreError: the file can't be read or is no WARC.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            file.seek(start)
            held: ForeignRecord | None = None
            for record in ArchiveIterator(file, record_types=WarcRecordType.any_type):
                at = record.stream_pos
                if held:
                    yield _ended(held, at)
                held = _take(record, at) if record.record_type == WarcRecordType.response else None
            if held:
                yield _ended(held, size)
    except OSError as error:
        raise StoreError(f"{path}: can't be read as WARC: {error}") from error


def _ended(held: ForeignRecord, end: int) -> ForeignRecord:
    return ForeignRecord(
        held.url, held.date, held.status, held.headers, held.body, held.whole, held.start, end
    )


def _take(record: WarcRecord, at: int) -> ForeignRecord:
    http = record.http_headers if record.is_http else None
    promised = record.content_length
    body = record.reader.read()
    date = None
    with suppress(ValueError):
        date = datetime.fromisoformat(record.headers.get("WARC-Date") or "").astimezone(UTC)
    return ForeignRecord(
        url=str(record.headers.get("WARC-Target-URI") or "").strip("<>"),
        date=date,
        status=http.status_code if http else None,
        headers=tuple((str(k), str(v)) for k, v in http.items()) if http else (),
        body=body,
        whole=len(body) == promised,
        start=at,
        end=at,
    )


def copy_member(path: Path, record: ForeignRecord) -> bytes:
    """The record as it stands in its archive, as one gzip member.

    Raises:
        StoreError: the file can't be read.
    """
    try:
        with path.open("rb") as file:
            file.seek(record.start)
            raw = file.read(record.end - record.start)
    except OSError as error:
        raise StoreError(f"{path}: can't be read: {error}") from error
    return raw if raw.startswith(_GZIP) else gzip.compress(raw, 6, mtime=0)
