"""Texts with odd white space, evened out before they are read; where each character stood.

A user's own text is read as it is given, and offsets of claims count into it: so what is taken out
(soft hyphens, joiners, doubled spaces) must not move them.
"""

from __future__ import annotations

import re
from array import array
from typing import TypeAlias

from transforms.markup import is_plain

Offsets: TypeAlias = "array[int]"
"""For each character of an evened text, where it stood; one number more for the end."""

_INVISIBLE = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_SPACE = " \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BREAK = "\r\x0b\x0c\x85\u2028\u2029"
_RUN = re.compile(f"[{_INVISIBLE}{_SPACE}{_BREAK}]+|[\u2010\u2011]")
_BREAKS, _SPACES = re.compile(f"[{_BREAK}]"), re.compile(f"[{_SPACE}]")
_HYPHENS = "\u2010\u2011"


def even_out(text: str) -> tuple[str, Offsets | None]:
    """The text with single plain spaces, plain hyphens and nothing that does not print.

    Returns:
        The text, and where its characters stood; None where the text was in order.
    """
    if is_plain(text) and "  " not in text and not any(sign in text for sign in _HYPHENS):
        return text, None
    pieces: list[str] = []
    offsets: Offsets = array("L")
    last = 0
    for match in _RUN.finditer(text):
        run, start = match.group(), match.start()
        if run == " ":
            continue
        offsets.extend(range(last, start))
        pieces.append(text[last:start])
        sign = _even(run, text[match.end() : match.end() + 1])
        if sign:
            offsets.append(start)
            pieces.append(sign)
        last = match.end()
    offsets.extend(range(last, len(text) + 1))
    pieces.append(text[last:])
    return "".join(pieces), offsets


def _even(run: str, follows: str) -> str:
    """What stands for a run of odd characters."""
    if run in _HYPHENS:
        return "-"
    if _BREAKS.search(run):
        return "" if follows == "\n" else "\n"
    return " " if _SPACES.search(run) else ""
