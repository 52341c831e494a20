"""Words of a text with their offsets, for the many stages that look at words by one pattern each.

A split at a pattern in brackets gives gaps and words in turn, and the running sum of their lengths
is the offsets: half the cost of a match object for every word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import accumulate, chain, pairwise
from operator import add
from typing import Any, TypeVar

V = TypeVar("V")
P = TypeVar("P", bound=tuple[Any, ...])

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


@lru_cache(maxsize=2048)  # every stage asks for those of the same sentences of an article
def pieces_of(text: str) -> list[str]:
    """The pieces between a text's spaces; nobody may change the list."""
    return text.split()


def scan_pieces(known: Memory[V], text: str) -> list[tuple[int, V]]:
    """The pieces between a text's spaces of which anything is known, with their offsets.

    Words hold no spaces, so what a memory knows of a piece it knows of the words in it; a text of
    which nothing is known is left after one look at each piece.
    """
    pieces = pieces_of(text)
    found = list(map(known.__getitem__, pieces))
    if not any(found):
        return []
    return [(at, value) for at, value in zip(_starts_of(text), found, strict=True) if value]


@lru_cache(maxsize=2048)
def _starts_of(text: str) -> list[int]:
    """The offsets of a text's pieces; nobody may change the list."""
    pieces = pieces_of(text)
    lengths = list(accumulate(map(len, pieces), initial=0))
    if lengths[-1] + len(pieces) - 1 == len(text):  # one space between them
        return list(map(add, lengths, range(len(pieces))))
    return [match.start() for match in _PIECE.finditer(text)]


_PIECE = re.compile(r"\S+")


def by_second_word(phrases: Iterable[P]) -> dict[str, tuple[P, ...]]:
    """The phrases that begin with one word, by their second: many begin with "the" or "in".

    Args:
        phrases: what begins with the same word; of each the first entry is its other words.

    Returns:
        Second word -> the phrases with it and those of one word, in the order given; "" -> the
        phrases of one word alone.
    """
    listed = tuple(phrases)
    seconds = {"", *(rest[0] for rest, *_ in listed if rest)}
    return {
        second: tuple(phrase for phrase in listed if not phrase[0] or phrase[0][0] == second)
        for second in seconds
    }


class Faces(Memory[tuple[tuple[Any, ...], ...]]):
    """What is known of the words in each piece between spaces, for whole texts in one go.

    Args:
        pattern: words, compiled by `compile_scan`; at every character but a space one must begin
            or go on.
        look: what tells the same number of things of each word.
    """

    def __init__(self, pattern: re.Pattern[str], look: Callable[[str], tuple[Any, ...]]) -> None:
        super().__init__(self._look_at)
        self._pattern, self._tell = pattern, look

    def _look_at(self, piece: str) -> tuple[tuple[Any, ...], ...]:
        """For each word what is known of it, its length, and how far off the next one begins."""
        words, starts, _ = scan_words(self._pattern, piece)
        steps = [after - at for at, after in pairwise([*starts, len(piece) + 1])]
        return tuple(
            (*self._tell(word), len(word), step) for word, step in zip(words, steps, strict=True)
        )

    def scan(self, text: str) -> tuple[list[tuple[Any, ...]], list[int], list[int]]:
        """The columns of what is known of a text's words, and the offsets before and after each."""
        rows = list(chain.from_iterable(map(self.__getitem__, pieces_of(text))))
        if not rows:
            return [], [], []
        *known, lengths, steps = zip(*rows, strict=True)
        starts = list(accumulate(steps, initial=0))
        if starts.pop() == len(text) + 1:  # one space between the pieces
            return known, starts, list(map(add, starts, lengths))
        _, starts, ends = scan_words(self._pattern, text)
        return known, starts, ends


def compile_scan(words: str) -> re.Pattern[str]:
    """A pattern for `scan_words` from one for words, which may have no groups of its own."""
    return re.compile(f"({words})")


def scan_words(pattern: re.Pattern[str], text: str) -> Scan:
    """The words of a text by a pattern of `compile_scan`, left to right."""
    parts = pattern.split(text)
    ends = list(accumulate(map(len, parts)))
    return parts[1::2], ends[:-1:2], ends[1::2]
