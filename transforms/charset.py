"""Bytes to characters, for feeds and pages: by evidence first, then by declaration.

Servers name a character set by habit, so bytes that are valid UTF-8 are read as UTF-8 whatever was
declared. Whenever the answer was not certain the text is marked as a guess.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from w3lib.encoding import (
    html_body_declared_encoding,
    http_content_type_encoding,
    read_bom,
    resolve_encoding,
)

_SEVEN_BIT = re.compile(
    rb"""(?i)(?:encoding|charset)=["']?(utf-7|iso-2022-[a-z]{2}|hz-gb-2312)\b"""
)
"""Encodings whose bytes are all ASCII, so that being valid UTF-8 proves nothing."""

_WIDER = {"latin-1": "cp1252", "iso8859-1": "cp1252", "ascii": "cp1252", "euc_kr": "cp949",
          "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "iso8859-9": "cp1254",
          "tis-620": "cp874", "iso8859-11": "cp874", "big5": "big5hkscs"}  # fmt: skip
"""What browsers read when a page declares the narrower set (WHATWG Encoding Standard, 4.2)."""

_LEGACY = {"ar": "cp1256", "fa": "cp1256", "ur": "cp1256", "ps": "cp1256", "ru": "cp1251",
           "uk": "cp1251", "bg": "cp1251", "sr": "cp1251", "mk": "cp1251", "be": "cp1251",
           "kk": "cp1251", "el": "cp1253", "tr": "cp1254", "az": "cp1254", "ku": "cp1254",
           "he": "cp1255", "vi": "cp1258", "th": "cp874", "pl": "cp1250", "cs": "cp1250",
           "sk": "cp1250", "hu": "cp1250", "ro": "cp1250", "hr": "cp1250", "sl": "cp1250",
           "bs": "cp1250", "lt": "cp1257", "lv": "cp1257", "et": "cp1257", "ja": "cp932",
           "ko": "cp949", "zh": "gb18030"}  # fmt: skip
"""The set that pages of a language used before UTF-8 (the same standard's fallbacks by locale)."""

_WIDE = frozenset({"cp932", "cp949", "gb18030"})


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding that gave it, and whether that was a guess."""

    text: str
    encoding: str
    guessed: bool


def decode_document(
    body: bytes, content_type: str | None = None, language: str | None = None
) -> Decoded:
    """Decode a feed or page; always gives text.

    Args:
        body: the bytes as they came.
        content_type: value of the Content-Type header, or None.
        language: ISO 639-1 code of what the text should be in; decides the last resort.
    """
    encoding, bom = read_bom(body)
    if encoding and bom:
        return _marked(body[len(bom) :], encoding)
    wide = _unmarked_utf16(body)
    if wide:
        return _marked(body, wide)
    if body.isascii():
        return _seven_bit(body)
    header, declared = (
        _resolved(http_content_type_encoding(content_type)),
        _resolved(html_body_declared_encoding(body[:4096])),
    )
    named = (header, declared)
    text = _strict(body, "utf-8")
    if text is not None:
        return Decoded(text, "utf-8", any(n not in (None, "utf-8", "cp1252") for n in named))
    # a header that says Latin-1 is a server's default; what the document says of itself weighs more
    order = [declared, header] if header == "cp1252" else [header, declared]
    for name in order:
        text = _strict(body, name) if name and name != "utf-8" else None
        if text is not None:
            return Decoded(text, name or "", bool(header and declared and header != declared))
    return _patched(body, _LEGACY.get(language or "", "cp1252"))


def as_utf8(body: bytes, content_type: str | None = None, language: str | None = None) -> bytes:
    """What `decode_document` reads, as UTF-8: almost always the very bytes, which costs little.

    Args:
        body: the bytes as they came.
        content_type: value of the Content-Type header, or None.
        language: ISO 639-1 code of what the text should be in; decides the last resort.
    """
    marked = read_bom(body)[0] or _unmarked_utf16(body)
    if not marked and _is_utf8(body) and not (body.isascii() and _SEVEN_BIT.search(body[:4096])):
        return body
    return decode_document(body, content_type, language).text.encode("utf-8", "replace")


def _is_utf8(body: bytes) -> bool:
    """As `bytes.decode` would have it, without the characters."""
    borders = pa.py_buffer(np.array([0, len(body)], dtype=np.int64))
    column = pa.Array.from_buffers(pa.large_string(), 1, [None, borders, pa.py_buffer(body)])
    try:
        column.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _marked(body: bytes, encoding: str) -> Decoded:
    text = body.decode(encoding, "replace")
    return Decoded(text, encoding, "\ufffd" in text)


def _unmarked_utf16(body: bytes) -> str | None:
    """UTF-16 without a mark shows in the zero bytes around a leading `<` or `{`."""
    if body[:1] in (b"<", b"{") and body[1:2] == b"\0" and body[2:4] != b"\0\0":
        return "utf-16-le"
    return "utf-16-be" if body[:1] == b"\0" and body[1:2] in (b"<", b"{") else None


def _seven_bit(body: bytes) -> Decoded:
    found = _SEVEN_BIT.search(body[:4096])
    name = found[1].decode() if found else ""
    text = _strict(body, name) if name else None
    return (
        Decoded(body.decode(), "utf-8", bool(name)) if text is None else Decoded(text, name, True)
    )


def _resolved(name: str | None) -> str | None:
    """The codec to use for a declared name, or None where there is no such text encoding."""
    if not name:
        return None
    try:
        codec = codecs.lookup(resolve_encoding(name) or name)
    except (LookupError, ValueError):
        return None
    wider = _WIDER.get(codec.name, codec.name)
    if wider.startswith(("utf-16", "utf-32")):
        return None  # those bytes would have shown their zeros
    return wider if codec._is_text_encoding else None


def _strict(body: bytes, encoding: str) -> str | None:
    try:
        return body.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _patched(body: bytes, legacy: str) -> Decoded:
    """Text that no declared encoding fits: UTF-8 where it is valid, an older set for the rest."""
    if legacy in _WIDE:
        text = _strict(body, legacy)
        return Decoded(text or body.decode("utf-8", "replace"), legacy if text else "utf-8", True)
    text = body.decode("utf-8", "surrogateescape")
    table = {0xDC00 + byte: bytes([byte]).decode(legacy, "replace") for byte in range(128, 256)}
    return Decoded(text.translate(table), f"utf-8 with {legacy}", True)
