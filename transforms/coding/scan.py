"""Words of a text with their offsets, for the many stages that look at words by one pattern each.

A split at a pattern in brackets gives gaps and words in turn, and the running sum of their lengths
is the offsets: half the cost of a match object for every word.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import accumulate
from typing import TypeVar

V = TypeVar("V")

Scan = tuple[list[str], list[int], list[int]]
"""Words, the offset of each in the text, and the offset after each."""


class Memory(dict[str, V]):
    """What is known of words, each looked at once; it forgets all when it has grown too large.

    The same few thousand words make up most of the news.

    Args:
        look: what tells it of one word.
        size: words that are remembered.
    """

    def __init__(self, look: Callable[[str], V], size: int = 50_000) -> None:
        super().__init__()
        self._look, self._size = look, size

    def __missing__(self, word: str) -> V:
        """Look at a word for the first time."""
        if len(self) >= self._size:
            self.clear()
        known = self[word] = self._look(word)
        return known


def compile_scan(words: str) -> re.Pattern[str]:
    """A pattern for `scan_words` from one for words, which may have no groups of its own."""
    return re.compile(f"({words})")


def scan_words(pattern: re.Pattern[str], text: str) -> Scan:
    """The words of a text by a pattern of `compile_scan`, left to right."""
    parts = pattern.split(text)
    ends = list(accumulate(map(len, parts)))
    return parts[1::2], ends[:-1:2], ends[1::2]
