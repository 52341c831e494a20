"""Cuts a WARC file into its records, one at a time, and finds the way again behind damage.

A record is one gzip member (`.warc.gz`) or stands as it is (`.warc`). What can't be read costs
itself: the next record is looked for by the way in which every record starts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO

from isal import isal_zlib

_READ = 256 * 1024
MAX_RECORD_BYTES = 64 * 2**20
"""Largest record that is held in memory; crawlers of news cut pages at 1 to 5 MiB."""

_GZIP = b"\x1f\x8b\x08"
_GZIP_FORM = isal_zlib.MAX_WBITS | 16
_NoGzip: type[Exception] = isal_zlib.error  # type: ignore[assignment]  # its stubs err here
_START = b"WARC/"
_LENGTH = re.compile(rb"(?im)^content-length:[ \t]*(\d{1,15})[ \t]*\r?$")
_LONGEST_HEAD = 64 * 1024
_SEEN_TO_KNOW = 2048
"""Bytes of a gzip member after which its first word is known."""
_ANY_START = re.compile(rb"\x1f\x8b\x08|WARC/1\.[01]\r\n")
_PADDING = b"\0\r\n"


@dataclass(frozen=True, slots=True)
class Piece:
    """One record of a file, or a stretch that is none.

    Attributes:
        start: where it begins in the file, in bytes.
        end: where it ends.
        raw: the bytes as they stand in the file; empty for a stretch that is too large or damaged.
        data: the record behind its compression, as far as it could be read.
        trouble: None for a whole record; else `truncated`, `damaged` or `too_large`.
    """

    start: int
    end: int
    raw: bytes = field(default=b"", repr=False)
    data: bytes = field(default=b"", repr=False)
    trouble: str | None = None


class _Window:
    """A file with what was read ahead of it."""

    def __init__(self, file: IO[bytes], start: int) -> None:
        file.seek(start)
        self._file = file
        self.at = start
        self.held = b""

    def grow(self) -> bool:
        """Read more; False at the end of the file."""
        piece = self._file.read(_READ)
        self.held += piece
        return bool(piece)

    def drop(self, count: int) -> None:
        """Go on behind so many of the bytes held."""
        self.held = self.held[count:]
        self.at += count


def read_pieces(file: IO[bytes], start: int = 0) -> Iterator[Piece]:
    """The records of a WARC file, in order, in memory one at a time.

    Args:
        file: opened for reading bytes.
        start: where a record begins, in bytes: 0, or the `end` of an earlier piece.
    """
    window = _Window(file, start)
    while window.held or window.grow():
        window.drop(len(window.held) - len(window.held.lstrip(_PADDING)))
        if len(window.held) < len(_START) and window.grow():
            continue
        if window.held.startswith(_GZIP):
            yield _take_member(window)
        elif window.held.startswith(_START):
            yield _take_plain(window)
        elif window.held:
            yield _skip(window, window.at, b"", "damaged")


def _take_member(window: _Window) -> Piece:
    """One gzip member."""
    start, stream = window.at, isal_zlib.decompressobj(_GZIP_FORM)
    # pieces are joined once at the end: most members come in one, and copies of pages are dear
    raw: list[bytes] = []
    data: list[bytes] = []
    size = 0
    while not stream.eof:
        if not window.held and not window.grow():
            return Piece(start, window.at, data=b"".join(data), trouble="truncated")
        try:
            used, more = _inflate(stream, window.held, data, MAX_RECORD_BYTES - size)
        except _NoGzip:
            head = b"".join(data)[:_LONGEST_HEAD] or _beginning(window.held)
            return _skip(window, start, head, "damaged")
        size += more
        raw.append(window.held[:used])
        window.drop(used)
        if size > MAX_RECORD_BYTES:
            return _skip(window, start, b"".join(data)[:_LONGEST_HEAD], "too_large")
    return Piece(start, window.at, b"".join(raw), b"".join(data))


def _beginning(member: bytes) -> bytes:
    """How a damaged member begins, enough to see what it was."""
    with suppress(_NoGzip):
        return isal_zlib.decompressobj(_GZIP_FORM).decompress(member, 600)
    return b""


def _inflate(
    stream: isal_zlib.Decompress, held: bytes, data: list[bytes], most: int
) -> tuple[int, int]:
    """Decompress onto `data` until the input, the stream or the bound is used up.

    Returns:
        Bytes of input used, bytes that came out.
    """
    rest, size = held, 0
    while not stream.eof and size <= most:
        out = stream.decompress(rest, _READ)
        data.append(out)
        size += len(out)
        rest = stream.unconsumed_tail
        if not rest and len(out) < _READ:
            break
    return len(held) - len(stream.unused_data if stream.eof else rest), size


def _take_plain(window: _Window) -> Piece:
    """One record that is not compressed."""
    start = window.at
    while b"\r\n\r\n" not in window.held and len(window.held) < _LONGEST_HEAD and window.grow():
        pass
    head, found, _ = window.held.partition(b"\r\n\r\n")
    length = _LENGTH.search(head)
    if not found or length is None:
        return _skip(window, start, head[:_LONGEST_HEAD], "damaged")
    size = len(head) + 4 + int(length[1])
    if size > MAX_RECORD_BYTES:
        return _skip(window, start, head, "too_large")
    while len(window.held) < size + 4 and window.grow():
        pass
    data = window.held[:size]
    if not b"\r\n\r\n".startswith(window.held[size : size + 4]):
        # something is missing inside, so the length leads into the records behind
        return _skip(window, start, head, "damaged")
    window.drop(len(data))
    return Piece(start, window.at, data, data, None if len(data) == size else "truncated")


def _skip(window: _Window, start: int, data: bytes, trouble: str) -> Piece:
    """From `start` to the next record, whatever lies between."""
    if window.at == start:
        window.drop(1)
    while (at := _next_start(window.held)) is None:
        window.drop(max(0, len(window.held) - _SEEN_TO_KNOW))
        if not window.grow():
            window.drop(len(window.held))
            at = 0
            break
    window.drop(at)
    return Piece(start, window.at, data=data, trouble=trouble)


def _next_start(held: bytes) -> int | None:
    """Where in the bytes held a record starts."""
    for found in _ANY_START.finditer(held):
        at = found.start()
        if found[0] != _GZIP or _is_record(held[at : at + _SEEN_TO_KNOW]):
            return at
    return None


def _is_record(start: bytes) -> bool:
    try:
        return isal_zlib.decompressobj(_GZIP_FORM).decompress(start, len(_START)) == _START
    except _NoGzip:
        return False
