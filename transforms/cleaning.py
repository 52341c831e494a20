"""Characters put in order: what a text holds before it is stored. Used by `normalise`."""

from __future__ import annotations

import re
import unicodedata

import ftfy
from ftfy.badness import is_bad

from transforms.markup import is_plain, tidy_text

_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\ufff9-\ufffb]"
)
_MOJIBAKE = re.compile(
    "[\u00c2-\u00f4][\u0080-\u00bf‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ€]|[РС][\u0080-\u00bfЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—™љ›њќћџ]"
)
"""How UTF-8 looks when it was read as one of the Windows sets; ftfy's own test takes ten times
longer than this."""
_KINDS = bytes(
    1 if 0xC2 <= code <= 0xF4 else 2 if 0x80 <= code <= 0xBF or code == ord("?") else 0
    for code in range(256)
)
"""Of Latin-1: what may begin a pair of `_MOJIBAKE`, and what may end it or is no Latin-1."""
_HYPHENS = re.compile("[\u2010\u2011]")
_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")


def clean_text(text: str) -> str:
    """Text as it is stored: NFC, no control characters, soft hyphens or mojibake, tidy paragraphs.

    Joiners and direction marks stay, for scripts need them. To clean twice is to clean once: what
    a control character hid from the repair is repaired when it is gone.
    """
    while True:
        cleaned = _clean_once(text)
        if cleaned == text or not _is_mojibake(cleaned):
            return cleaned
        text = cleaned


def _clean_once(text: str) -> str:
    if _is_mojibake(text):
        text = ftfy.fix_encoding(text)
    plain = is_plain(text)
    if not plain:
        text = _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))
    if not text.isascii():
        text = _HYPHENS.sub("-", unicodedata.normalize("NFC", text))
    return tidy_text(text, plain=plain)


def count_words(text: str) -> int:
    """Words of a text as `clean_text` leaves it, as `len(text.split())` counts them.

    Single spaces, or one or two line breaks, are all that stands between words there.
    """
    breaks = text.count("\n") - text.count("\n\n")
    return text.count(" ") + breaks + 1 if text else 0


def _is_mojibake(text: str) -> bool:
    return (
        not text.isascii()
        and _may_hold_mojibake(text)
        and _MOJIBAKE.search(text) is not None
        and is_bad(text)
    )


def _may_hold_mojibake(text: str) -> bool:
    """Whether `_MOJIBAKE` is worth a search, which takes ten times as long as this."""
    kinds = text.encode("latin-1", "replace").translate(_KINDS)
    return b"\1\2" in kinds or "Р" in text or "С" in text
