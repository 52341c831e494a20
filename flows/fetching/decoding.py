"""Undoing content encodings: bounded, and only whole streams are believed."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable

import brotli
import pyarrow as pa

from flows.fetching.addresses import plain
from transforms.errors import FetchError

_PIECE = 64 * 1024
_MOST_CODINGS = 2
"""Servers behind a cache sometimes compress twice; a longer chain is an attack."""

_TEXT_STARTS = (b"<", b"{", b"[", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r\n")
_GZIP_MAGIC = b"\x1f\x8b"


class _DecodeError(Exception):
    """The bytes are not of the encoding that the header names."""


def read_codings(encoding: str | None) -> list[str]:
    """The codings that a Content-Encoding header names, in the order in which they were applied.

    Raises:
        FetchError: `encoding`: a chain of more than two.
    """
    codings = [c for c in (encoding or "").lower().replace(" ", "").split(",") if c]
    codings = [c for c in codings if c != "identity"]
    if len(codings) > _MOST_CODINGS:
        raise FetchError("encoding", f"a chain of {len(codings)} content encodings")
    return codings


def decode_body(raw: bytes, codings: list[str], limit: int) -> tuple[bytes, tuple[str, ...]]:
    """The body behind its content encodings, and notes on what was odd.

    Args:
        raw: the bytes as sent, whole.
        codings: from `read_codings`.
        limit: most bytes that may come out, at every step.

    Raises:
        FetchError: `bomb` when more than `limit` bytes come out, `truncated` when a stream has no
            end, `encoding` when it is not readable or not known.
    """
    notes: tuple[str, ...] = ()
    body = raw
    for coding in reversed(codings):
        if not body:
            break
        try:
            decode = _DECODERS[coding]
        except KeyError:
            if _looks_plain(body):
                return body, (*notes, "lying_encoding")
            raise FetchError("encoding", f"content encoding {plain(coding)} is unknown") from None
        try:
            body, note = decode(body, limit)
        except _DecodeError as error:
            if _looks_plain(body):
                return body, (*notes, "lying_encoding")
            raise FetchError("encoding", f"{coding}: {plain(str(error))}") from None
        notes += note
    return body, notes


def without_chunks(raw: bytes) -> bytes:
    """A body as sent in chunks, put together; as it is where it holds no chunks.

    Archives keep a body as it was sent or as it was read, and the header says chunked in both.
    """
    at = 0
    parts: list[bytes] = []
    while found := _CHUNK.match(raw, at):
        size = int(found[1], 16)
        if not size:
            return b"".join(parts)
        parts.append(raw[found.end() : found.end() + size])
        at = found.end() + size
        at += len(b"\r\n") if raw.startswith(b"\r\n", at) else 0
    return raw


def _looks_plain(body: bytes) -> bool:
    return body[:64].lstrip().startswith(_TEXT_STARTS)


def _grow(out: bytearray, piece: bytes, limit: int) -> None:
    out += piece
    if len(out) > limit:
        raise FetchError("bomb", f"more than {limit} bytes after decompression")


def _inflate(raw: bytes, limit: int, wbits: int) -> tuple[bytes, bytes]:
    """One zlib stream: what it holds, and the bytes after its end."""
    stream = zlib.decompressobj(wbits)
    out = bytearray()
    rest = raw
    try:
        while not stream.eof:
            piece = stream.decompress(rest, _PIECE)
            rest = stream.unconsumed_tail
            _grow(out, piece, limit)
            if not piece and not rest and not stream.eof:
                raise FetchError(
                    "truncated", f"the compressed stream breaks off at {len(raw)} bytes"
                )
    except zlib.error as error:
        raise _DecodeError(str(error)) from None
    return bytes(out), stream.unused_data


def _gunzip(raw: bytes, limit: int) -> tuple[bytes, tuple[str, ...]]:
    if not raw.startswith(_GZIP_MAGIC):
        raise _DecodeError("no gzip header")
    out = bytearray()
    rest = raw
    while rest.startswith(_GZIP_MAGIC):
        member, rest = _inflate(rest, limit - len(out), zlib.MAX_WBITS | 16)
        _grow(out, member, limit)
    return bytes(out), ("trailing_bytes",) if rest.strip(b"\0") else ()


def _undeflate(raw: bytes, limit: int) -> tuple[bytes, tuple[str, ...]]:
    """Deflate with the zlib header of the standard, or without, as some servers send it."""
    try:
        body, rest = _inflate(raw, limit, zlib.MAX_WBITS)
    except _DecodeError:
        if _looks_plain(raw):
            raise
        body, rest = _inflate(raw, limit, -zlib.MAX_WBITS)
    return body, ("trailing_bytes",) if rest else ()


def _unbrotli(raw: bytes, limit: int) -> tuple[bytes, tuple[str, ...]]:
    stream = brotli.Decompressor()
    out = bytearray()
    rest = raw
    try:
        while not stream.is_finished():
            piece = stream.process(rest, output_buffer_limit=_PIECE)
            rest = b""
            _grow(out, piece, limit)
            if not piece and stream.can_accept_more_data() and not stream.is_finished():
                if not out and _looks_plain(raw):
                    raise _DecodeError("no brotli stream")
                raise FetchError("truncated", f"the brotli stream breaks off at {len(raw)} bytes")
    except brotli.error as error:
        raise _DecodeError(str(error)) from None
    return bytes(out), ()


def _unzstd(raw: bytes, limit: int) -> tuple[bytes, tuple[str, ...]]:
    out = bytearray()
    try:
        with pa.CompressedInputStream(pa.BufferReader(raw), "zstd") as stream:
            while piece := stream.read(_PIECE):
                _grow(out, piece, limit)
    except OSError as error:
        # Arrow has one error class for both; its words are all there is to tell them apart
        if "Truncated" in str(error):
            raise FetchError(
                "truncated", f"the zstd stream breaks off at {len(raw)} bytes"
            ) from None
        raise _DecodeError(str(error)) from None
    return bytes(out), ()


_DECODERS: dict[str, Callable[[bytes, int], tuple[bytes, tuple[str, ...]]]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _undeflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}

ACCEPT_ENCODING = "gzip, deflate, br, zstd"
