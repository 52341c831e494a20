"""Names and words of a report: what two texts about one event share beside numbers.

Names are capitalised words inside sentences, and pairs of them; words are the rest, without those
that any report of violence may hold. They are kept as 32-bit hashes: only their equality counts.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

import numpy as np

_WORD = re.compile(r"[^\W\d_][\w'’-]*|[.!?:\"”“]")
_STEMS = re.compile(r"(?:'s|’s|s|ed|ing)$")

MAX_NAMES = 64
MAX_WORDS = 48
"""More than an article or a report's sentences mostly hold; bounds what one can cost."""

_COMMON_TEXT = """
a about after again against all also am an and another any are around as at away back be because
been before being between both but by came can case could day days did do does down during each
early either even ever every few first for from gave get go going got had has have he her here
hers him his home house how i if in into is it its just kill killed killing kills know last late
later least left like made man many may me men might missing more morning most much must my near
new next night no nor not now of off officer officers official officials old on one only or
other others our out over own people person police put report reported reports said same
saturday saw say says second see seen several she shot shots should since so some still such
sunday suspect than that the their them then there these they thing third this those three
through time to today told took two under until up us very victim victims was way we week went
were what when where which while who whom why will with woman women would year years yesterday
yet you your dead death deaths die died dies wound wounded injured injury injuries hurt hospital
attack attacks authorities four five six seven eight nine ten eleven twelve dozen dozens
hundreds monday tuesday wednesday thursday friday weekend month months hour hours minute minutes
january february march april june july august september october november december north south
east west northern southern eastern western county city town village province district state
country area street road avenue north-east gun gunman gunmen shooting shoot military army
soldiers soldier forces force government group security sources source statement according
incident scene local news afternoon evening
"""

_NO_NAMES_TEXT = """
mr mrs ms dr sgt lt capt col gen cpl det sheriff chief mayor president minister prime court
judge department office university school church center centre medical district attorney high
general he she they it but and the in on at photo image video read related copyright associated
press reuters afp ap cnn bbc nbc abc cbs fox twitter facebook us u.s un united nations states
america american god jr sr avenue street st ave drive rd blvd lane monday's jan feb mar apr jun
jul aug sep sept oct nov dec
"""
_COMMON = frozenset(_COMMON_TEXT.split())
_NO_NAMES = _COMMON | frozenset(_NO_NAMES_TEXT.split())


class Words(NamedTuple):
    """Hashes of the names, pairs of names and words of a text, each sorted without repeats."""

    names: list[int]
    pairs: list[int]
    words: list[int]


@lru_cache(maxsize=65536)
def word_hash(word: str) -> int:
    """The 32-bit hash by which a folded word is known."""
    return crc32(word.encode("utf-8", "surrogatepass"))


def read_words(title: str, sentences: list[str]) -> Words:
    """The names and words of a headline and sentences.

    Args:
        title: headline; where most of its words are capitalised they are words, not names.
        sentences: the report's sentences.
    """
    names: set[int] = set()
    pairs: set[int] = set()
    words: set[int] = set()
    for text in (title, *sentences):
        tokens = _WORD.findall(text)
        named = not _shouts(tokens)
        before = ""
        start = True
        for word in tokens:
            if len(word) == 1 and not word.isalnum():
                before, start = "", True
                continue
            lower = word.lower()
            folded = _fold(lower)
            if named and word[0].isupper() and lower not in _NO_NAMES:
                if before:
                    names.update((word_hash(before), word_hash(folded)))
                    pairs.add(word_hash(f"{before} {folded}"))
                elif not start:
                    names.add(word_hash(folded))
                before = folded
            else:
                before = ""
            if len(folded) > 2 and lower not in _COMMON:
                words.add(word_hash(folded))
            start = False
    return Words(sorted(names)[:MAX_NAMES], sorted(pairs)[:MAX_NAMES], sorted(words)[:MAX_WORDS])


def place_hash(name: str) -> int:
    """The hash of a place as a name in a text: of a name of several words its first pair."""
    words = [w.lower() for w in _WORD.findall(name) if w[0].isalpha()]
    folded = [_fold(word) for word in words if word not in _NO_NAMES][:2]
    return word_hash(" ".join(folded)) if folded else 0


def _fold(lower: str) -> str:
    return _STEMS.sub("", lower) if len(lower) > 4 else lower


def _shouts(tokens: list[str]) -> bool:
    """Whether most words are capitalised, so that capitals tell nothing."""
    letters = [token for token in tokens if token[0].isalpha()]
    capitals = sum(token[0].isupper() for token in letters)
    return capitals == len(letters) or (len(letters) > 4 and capitals > 0.6 * len(letters))


def pack_hashes(hashes: list[int]) -> bytes:
    """Hashes as bytes."""
    return np.array(hashes, np.uint32).tobytes()


def unpack_hashes(packed: bytes) -> list[int]:
    """Hashes from the bytes that `pack_hashes` made."""
    return [int(value) for value in np.frombuffer(packed, np.uint32)]
