"""Sketches of texts: what is needed to find near duplicates without keeping the texts.

A sketch is a one-permutation MinHash over shingles of four words: the words are hashed with numpy
over a whole batch of texts, each shingle falls into one of 256 bins, and every bin keeps its
smallest hash. Sketches are compared by the share of bins on which they agree, and neighbours are
found by bands of bins that agree wholly (LSH), sorted instead of looked up. 560 bytes an article.

Source: P. Li, A. Owen, C.-H. Zhang, "One Permutation Hashing", NIPS 2012; A. Shrivastava, P. Li,
"Densifying One Permutation Hashing via Rotation", ICML 2014.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt
import pandas as pd
import re2

U64 = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int64]

BINS = 256
SHINGLE = 4
BAND = 3
"""Bins a band: 85 bands of 3 find 99% of the pairs that share four tenths of their shingles."""

BATCH_CHARACTERS = 500_000
"""Texts hashed at a time: larger batches fall out of the processor's cache."""

_EMPTY = np.uint16(65535)
_NUMBER = (
    r"\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|scores"
    r"|hundreds|thousands|several|many"
)
_TRIGGER = (
    r"(?:kill|dead|deaths?\b|die[ds]?\b|wound|injur|hurt\b|abduct|kidnap|missing|toll|casualt)"
)
_FIGURES = tuple(
    re2.compile(pattern)
    for pattern in (
        rf"(?i)\b({_NUMBER})\s(?:[\w'-]+\s){{0,4}}{_TRIGGER}",
        rf"(?i)\b{_TRIGGER}\w*\s(?:[\w'-]+\s){{0,4}}({_NUMBER})\b",
    )
)
_TOLD = re2.compile(rf"(?i)\b{_TRIGGER}")
_PLACE = re2.compile(r"\b(?:in|at|near|of|outside|around|on)\s(?:the\s)?([A-Z][\w'’-]+)")
_DAYS = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June"
    " July August September October November December".split()
)


@dataclass(frozen=True, slots=True)
class Sketches:
    """Sketches of articles, one row each in the order in which they were made.

    Attributes:
        body: hash of the text, 0 for an empty one.
        words: number of words.
        figures: the figures beside casualty words, one bit each of 64; a copy adds none.
        places: the names after "in", "near" and the like in sentences with casualty words, one bit
            each of 64; a copy puts none in the place of another.
        bins: the sketch, 256 smallest hashes, 16 bits each.
    """

    body: U64
    words: Ints
    figures: U64
    places: U64
    bins: npt.NDArray[np.uint16]

    def __len__(self) -> int:
        """Number of articles."""
        return len(self.body)

    def take(self, rows: Ints) -> Sketches:
        """The sketches of some rows, in that order."""
        return Sketches(
            self.body[rows],
            self.words[rows],
            self.figures[rows],
            self.places[rows],
            self.bins[rows],
        )


def join_sketches(parts: Sequence[Sketches]) -> Sketches:
    """The sketches of several batches as one."""
    if not parts:
        return sketch_texts(pd.Series(dtype="str"))
    return Sketches(
        np.concatenate([part.body for part in parts]),
        np.concatenate([part.words for part in parts]),
        np.concatenate([part.figures for part in parts]),
        np.concatenate([part.places for part in parts]),
        np.concatenate([part.bins for part in parts]),
    )


def sketch_texts(texts: pd.Series, *, key: int = 0, shingle: int = SHINGLE) -> Sketches:
    """Sketches of texts.

    Args:
        texts: normalised texts; null counts as empty.
        key: salt of the word hashes; another key gives other sketches, so that a text can't be
            written to collide in a data set whose key its author does not know.
        shingle: words a shingle; shorter ones outlive more changes and tell less.
    """
    listed = texts.fillna("").tolist()
    body = np.fromiter((_body(text, key) for text in listed), np.uint64, len(listed))
    figures = np.fromiter((_figures(text) for text in listed), np.uint64, len(listed))
    places = np.fromiter((_places(text) for text in listed), np.uint64, len(listed))
    words = np.zeros(len(listed), np.int64)
    bins = np.full((len(listed), BINS), _EMPTY, np.uint16)
    for start, stop in _batches(listed):
        words[start:stop], bins[start:stop] = _sketch_batch(listed[start:stop], key, shingle)
    return Sketches(body, words, figures, places, bins)


def _body(text: str, key: int) -> int:
    if not text:
        return 0
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8, salt=_salt(key))
    return int.from_bytes(digest.digest(), "little") or 1


def _salt(key: int) -> bytes:
    return (key % 2**64).to_bytes(8, "little")


def _figures(text: str) -> int:
    mask = 0
    for pattern in _FIGURES:
        for number in pattern.findall(text):
            mask |= _bit(number.lower().rstrip(",."))
    return mask


def _places(text: str) -> int:
    mask = ended = 0
    for hit in _TOLD.finditer(text):
        start = hit.start()
        if start < ended:
            continue
        begin = max(text.rfind(".", ended, start), text.rfind("\n", ended, start), ended)
        stops = (text.find(".", start), text.find("\n", start))
        ended = min((stop for stop in stops if stop >= 0), default=len(text))
        for name in _PLACE.findall(text[begin:ended]):
            if name not in _DAYS:
                mask |= _bit(name.lower())
    return mask


def _bit(word: str) -> int:
    return 1 << (blake2b(word.encode(), digest_size=1).digest()[0] % 64)


def _batches(texts: list[str]) -> Iterator[tuple[int, int]]:
    start = size = 0
    for row, text in enumerate(texts):
        size += len(text) + 1
        if size >= BATCH_CHARACTERS:
            yield start, row + 1
            start, size = row + 1, 0
    if start < len(texts):
        yield start, len(texts)


_BYTES = np.arange(256, dtype=np.uint8)
_FOLD = np.where((_BYTES >= 65) & (_BYTES <= 90), _BYTES + 32, _BYTES).astype(np.uint8)
_FOLD[[b for b in range(1, 128) if not chr(b).isalnum()]] = 32
"""ASCII letters in lower case, every other ASCII character a space; other bytes stay."""


def _sketch_batch(texts: list[str], key: int, shingle: int) -> tuple[Ints, npt.NDArray[np.uint16]]:
    joined = "\0".join(text.replace("\0", " ") for text in texts) + "\0"
    raw = _FOLD[np.frombuffer(joined.encode("utf-8", "surrogatepass"), np.uint8)]
    hashes, documents = _word_hashes(raw, key)
    words = np.bincount(documents, minlength=len(texts))
    shingles, owners = _shingles(hashes, documents, shingle)
    bins = np.full(len(texts) * BINS, _EMPTY, np.uint16)
    slots = owners * BINS + (shingles >> np.uint64(56)).astype(np.int64)
    values = np.minimum((shingles >> np.uint64(40)) & np.uint64(0xFFFF), np.uint64(65534))
    np.minimum.at(bins, slots, values.astype(np.uint16))
    return words, _densify(bins.reshape(len(texts), BINS))


def _word_hashes(raw: npt.NDArray[np.uint8], key: int) -> tuple[U64, Ints]:
    """A hash of each word (its bytes, weighted by place) and the number of its document."""
    letter = (raw != 32) & (raw != 0)
    before = np.concatenate(([False], letter[:-1]))
    starts = np.flatnonzero(letter & ~before)
    if not len(starts):
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    ends = np.flatnonzero(~letter & before)
    documents = np.cumsum(raw == 0)[starts]
    longest = int((ends - starts).max())
    weights = _mix(np.arange(longest, dtype=np.uint64) + np.uint64(key % 2**64)) | np.uint64(1)
    inside = np.flatnonzero(letter)
    offset = inside - np.repeat(starts, ends - starts)
    terms = (raw[inside].astype(np.uint64) + np.uint64(1)) * weights[offset]
    firsts = np.concatenate(([0], np.cumsum(ends - starts)[:-1]))
    return _mix(np.add.reduceat(terms, firsts)), documents


def _shingles(hashes: U64, documents: Ints, size: int) -> tuple[U64, Ints]:
    """A hash of every run of `size` words that stands within one document, and its document."""
    count = len(hashes) - size + 1
    if count <= 0:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    whole = documents[:count] == documents[size - 1 :]
    combined = np.zeros(count, np.uint64)
    for step in range(size):
        combined = combined * np.uint64(0x9E3779B97F4A7C15) + hashes[step : step + count]
    return _mix(combined[whole]), documents[:count][whole]


def _mix(values: U64) -> U64:
    """The finaliser of splitmix64: every bit of the input moves every bit of the output."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _densify(bins: npt.NDArray[np.uint16]) -> npt.NDArray[np.uint16]:
    """Empty bins borrow from the next full one to the right, changed by the distance."""
    twice = np.concatenate((bins, bins), axis=1)
    column = np.arange(2 * BINS, dtype=np.int32)
    full = np.where(twice != _EMPTY, column, 2 * BINS)
    source = np.minimum.accumulate(full[:, ::-1], axis=1)[:, ::-1][:, :BINS]
    found = source < 2 * BINS
    source = np.where(found, source, 0)
    distance = (source - column[:BINS]).astype(np.uint16) * np.uint16(40503)
    borrowed = np.take_along_axis(twice, source, axis=1) ^ distance
    return np.where(found, borrowed, _EMPTY).astype(np.uint16)


def candidate_pairs(sketches: Sketches) -> tuple[Ints, Ints]:
    """Pairs of rows that agree on a whole band: (earlier row, later row), without repeats.

    A row meets the first of its band and the one before it: rows only ever meet earlier ones, and a
    band shared by a thousand copies gives two thousand pairs, not a million.
    """
    kept = np.flatnonzero((sketches.bins != _EMPTY).any(axis=1))
    pairs = [np.zeros(0, np.uint64)]
    for band in range(BINS // BAND):
        keys = np.full(len(kept), band, np.uint64)
        for column in range(band * BAND, band * BAND + BAND):
            keys = (keys << np.uint64(16)) | sketches.bins[kept, column]
        order = np.argsort(keys, kind="stable")
        same = keys[order][1:] == keys[order][:-1]
        at = np.flatnonzero(same) + 1
        fresh = np.concatenate(([True], ~same))
        first = np.maximum.accumulate(np.where(fresh, np.arange(len(fresh)), 0))
        later = kept[order[at]].astype(np.uint64)
        for earlier in (kept[order[first[at]]], kept[order[at - 1]]):
            pairs.append((earlier.astype(np.uint64) << np.uint64(32)) | later)
        if band % 8 == 7:
            pairs = [np.unique(np.concatenate(pairs))]
    both = np.unique(np.concatenate(pairs))
    right = (both & np.uint64(0xFFFFFFFF)).astype(np.int64)
    return (both >> np.uint64(32)).astype(np.int64), right


def resemblance(sketches: Sketches, left: Ints, right: Ints) -> npt.NDArray[np.float64]:
    """Estimated share of shingles that two texts have in common, for pairs of rows."""
    out = np.empty(len(left))
    for start in range(0, len(left), 65536):
        part = slice(start, start + 65536)
        out[part] = (sketches.bins[left[part]] == sketches.bins[right[part]]).mean(axis=1)
    return out
