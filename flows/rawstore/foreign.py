"""Reads WARC archives made by others, such as Common Crawl's news archives, record by record."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from flows.rawstore.pieces import Piece, read_pieces
from transforms.errors import StoreError

_ALGORITHMS = frozenset({"md5", "sha1", "sha256", "sha512"})
_START = b"WARC/"
_BLANK = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class ForeignRecord:
    """One response of an archive, or what is left of one.

    Attributes:
        url: WARC-Target-URI; empty where it can't be read.
        date: WARC-Date, or None where it can't be read.
        status: HTTP status, or None where it is no HTTP.
        headers: HTTP header fields.
        body: the body as the archive has it.
        start: offset of the record in the file, in bytes.
        end: offset of what comes after it.
        raw: the record as it stands in the file.
        data: the same behind its compression.
        trouble: None for a whole record; `truncated` where the crawler or the file broke off,
            `damaged` where it can't be read, `digest` where its bytes are not those that its digest
            was made of, `too_large` where no page is so large.
    """

    url: str
    date: datetime | None
    status: int | None
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)
    start: int
    end: int
    raw: bytes = field(default=b"", repr=False)
    data: bytes = field(default=b"", repr=False)
    trouble: str | None = None

    def header(self, name: str) -> str | None:
        """The first header field of that name, or None."""
        return next((v for k, v in self.headers if k.lower() == name), None)


def read_archive(path: Path, start: int = 0) -> Iterator[ForeignRecord]:
    """The responses of an archive, one after the other, in memory one at a time.

    Other records (requests, revisits, metadata) are passed over. What is damaged is given with its
    trouble, and reading goes on at the next record.

    Args:
        path: a .warc or .warc.gz file.
        start: offset of the record to begin with, in bytes: the `end` of an earlier one.

    Raises:
        StoreError: the file can't be read, is no WARC, or is not compressed record by record.
    """
    try:
        with path.open("rb") as file:
            for piece in read_pieces(file, start):
                if piece.start == 0 and not piece.data.startswith(_START):
                    raise StoreError(f"{path}: is no WARC archive, or its beginning is missing")
                record = _read(piece, path)
                if record is not None:
                    yield record
    except OSError as error:
        raise StoreError(f"{path}: can't be read: {error.strerror}") from error


def _read(piece: Piece, path: Path) -> ForeignRecord | None:
    """The response of a piece; None where it holds a record of another type."""
    data = piece.data
    at = data.find(_BLANK)
    head, begun = (data[:at], at + len(_BLANK)) if at >= 0 else (data, len(data))
    _, fields = _fields(head)
    named = dict(reversed([(name.lower(), value) for name, value in fields]))
    said = named.get("content-length", "")
    length = int(said) if said.isascii() and said.isdigit() else len(data) - begun
    if piece.trouble is None and data[begun + length :].strip(b"\r\n"):
        raise StoreError(
            f"{path}: the member at {piece.start} holds several records; compress the archive"
            " record by record (warcio recompress) and import that"
        )
    if named.get("warc-type", "response" if piece.trouble else "").lower() != "response":
        return None
    block = data[begun : begun + length]
    first, headers, body = _http(block)
    return ForeignRecord(
        url=named.get("warc-target-uri", "").strip("<>"),
        date=_date(named.get("warc-date", "")),
        status=_status(first),
        headers=tuple(headers),
        body=body,
        start=piece.start,
        end=piece.end,
        raw=piece.raw,
        data=data,
        trouble=piece.trouble or _trouble(named, length, block, body),
    )


def _trouble(named: Mapping[str, str], length: int, block: bytes, body: bytes) -> str | None:
    """What is wrong with a record that could be read."""
    if len(block) < length or "warc-truncated" in named:
        return "truncated"
    for name, content in (("warc-block-digest", block), ("warc-payload-digest", body)):
        good = _digest_holds(named.get(name, ""), content)
        if good is not None:
            # a block that is whole holds a whole payload, however that was hashed
            return None if good else "digest"
    return None


def _digest_holds(said: str, content: bytes) -> bool | None:
    """Whether a labelled digest (`sha1:BASE32`, also in hexadecimal) holds; None if unreadable."""
    name, _, value = said.partition(":")
    name = name.lower().replace("-", "")
    if name not in _ALGORITHMS or not value:
        return None
    digest = hashlib.new(name, content, usedforsecurity=False).digest()
    if value.lower() == digest.hex():
        return True
    try:
        padded = value.upper() + "=" * (-len(value) % 8)
        wanted = base64.b32decode(padded)
    except (binascii.Error, ValueError):
        return None if len(value) != len(digest.hex()) else False
    return wanted == digest


def _http(block: bytes) -> tuple[str, list[tuple[str, str]], bytes]:
    """Status line, header fields and body of an HTTP response; all body where it is none."""
    if not block.startswith(b"HTTP/"):
        return "", [], block
    at = block.find(_BLANK)
    # bare line ends only where they come first: a page is long, and may hold none
    bare = block.find(b"\n\n", 0, at + 1 if at >= 0 else len(block))
    at = bare if bare >= 0 else at
    if at < 0:
        return "", [], b""
    first, fields = _fields(block[:at])
    return first, fields, block[at + (4 if block.startswith(_BLANK, at) else 2) :]


def _fields(head: bytes) -> tuple[str, list[tuple[str, str]]]:
    """The first line of a header and its fields."""
    first, *lines = head.decode("utf-8", "replace").replace("\r\n", "\n").split("\n")
    pairs = [line.partition(":") for line in lines]
    return first, [(name.strip(), value.strip()) for name, colon, value in pairs if colon]


def _status(first: str) -> int | None:
    word = first.split(" ")[1] if first.count(" ") else ""
    return int(word) if word.isascii() and word.isdigit() and len(word) == 3 else None


def _date(text: str) -> datetime | None:
    with suppress(ValueError, OverflowError):
        at = datetime.fromisoformat(text)
        return at.replace(tzinfo=at.tzinfo or UTC).astimezone(UTC)
    return None
