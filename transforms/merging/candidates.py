"""The pairs of reports worth comparing.

Two reports meet where they share a key and their days touch. Keys are the place; the province or
country, where one of the two names nothing finer; the toll; a name; the article, for its versions.
Country and days only generate candidates: how well two reports fit is the score's business.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from transforms.merging.features import NO_DAY_START, Array, Features, Lists, expand

PAD = 1
"""Days by which two spans may miss each other: newsrooms stand in other time zones."""

LONG = 10
"""Days from which a span counts as long, like an unknown one, and is matched from its own side."""

COMMON_NAME = 400
"""Reports that share a name, beyond which it brings none of them together."""

RARE_PAIR = 40
"""Reports that share a pair of names, up to which it does so whatever the days: what is told of
trials and funerals comes late."""

_CHUNK = 4_000_000
_LOW_BITS = 2**20 - 1
Pairs = tuple[Array, Array]


@dataclass(frozen=True, slots=True)
class Entries:
    """Who holds which hash: a row and a hash of its list each, and how many rows hold the hash."""

    rows: Array
    hashes: Array
    holders: Array


@dataclass(frozen=True, slots=True)
class Shared:
    """The names and the pairs of names over which reports may meet."""

    names: Entries
    pairs: Entries


def read_shared(features: Features, fresh: Array | None = None) -> Shared:
    """Who shares names with whom.

    Args:
        features: the reports.
        fresh: mask of rows; only what they hold is wanted. None: all names.
    """
    return Shared(_entries(features.names, fresh), _entries(features.pairs, fresh))


def _entries(lists: Lists, fresh: Array | None) -> Entries:
    at = np.arange(len(lists.hashes))
    if fresh is not None:
        at = np.flatnonzero(among(lists.hashes, lists.take(np.flatnonzero(fresh)).hashes))
    rows = np.searchsorted(lists.starts, at, "right") - 1
    _, code, count = np.unique(lists.hashes[at], return_inverse=True, return_counts=True)
    return Entries(rows, lists.hashes[at], count[code])


def among(values: Array, wanted: Array) -> Array:
    """Which of many hashes are wanted; for few wanted ones 20 times faster than `np.isin`."""
    wanted = np.unique(wanted)
    # most are told apart by their last bits alone
    low = np.zeros(_LOW_BITS + 1, bool)
    low[wanted & _LOW_BITS] = True
    out: Array = low[values & _LOW_BITS]
    maybe = np.flatnonzero(out)
    at = np.searchsorted(wanted, values[maybe])
    out[maybe] = wanted[np.minimum(at, len(wanted) - 1)] == values[maybe]
    return out


def candidate_pairs(
    features: Features, fresh: Array | None = None, shared: Shared | None = None
) -> Pairs:
    """Pairs of rows to compare, each once, the lower rank first.

    Args:
        features: the reports.
        fresh: mask of rows; only pairs with at least one of them are wanted. None: all pairs.
        shared: as `read_shared` gives it for these, where it has been read already.
    """
    shared = shared or read_shared(features, fresh)
    found: list[Array] = [np.zeros(0, np.uint64)]
    waiting = 0
    for left, right in _generate(features, fresh, shared):
        keep = (left != right) & _may_meet(features, left, right)
        left, right = left[keep], right[keep]
        low, high = np.minimum(left, right), np.maximum(left, right)
        found.append((low.astype(np.uint64) << np.uint64(32)) | high.astype(np.uint64))
        waiting += len(low)
        if waiting > _CHUNK:
            found, waiting = [_distinct(np.concatenate(found))], 0
    both = _distinct(np.concatenate(found))
    left = (both >> np.uint64(32)).astype(np.int64)
    right = (both & np.uint64(2**32 - 1)).astype(np.int64)
    turned = features.rank[left] > features.rank[right]
    return np.where(turned, right, left), np.where(turned, left, right)


def _distinct(values: Array) -> Array:
    """The values once each, sorted; for millions of them faster than `np.unique`."""
    values = np.sort(values)
    out: Array = values[np.concatenate(([True], values[1:] != values[:-1]))[: len(values)]]
    return out


def _may_meet(features: Features, left: Array, right: Array) -> Array:
    """Not two countries, not two accounts of one article version, not two recalled events.

    A town that is named alike may have been taken for another one of its name, wherever that is.
    """
    one, other = features.country[left], features.country[right]
    named_alike = (features.place[left] == features.place[right]) & (features.place[left] != 0)
    abroad = (one != other) & (one != 0) & (other != 0) & ~named_alike
    same = features.article[left] == features.article[right]
    rivals = same & (features.version[left] == features.version[right])
    news = features.incident[left] | features.incident[right]
    out: Array = ~abroad & ~rivals & news
    return out


def _generate(features: Features, fresh: Array | None, shared: Shared) -> Iterator[Pairs]:
    f, rows = features, np.arange(len(features))
    coarse = f.level >= 3
    whole = f.level == 6
    kind = np.where((f.country != 0) & (f.event_type >= 0), f.country ^ (f.event_type + 1), 0)
    yield from _meet(f, f.place, rows, rows, fresh)
    yield from _meet(f, f.admin1, rows[coarse], rows, fresh)
    yield from _meet(f, kind, rows[whole], rows, fresh)
    yield from _meet(f, f.toll, rows, rows, fresh)
    yield from _meet_entries_of(f, shared.names, COMMON_NAME, fresh)
    yield from _meet_entries_of(f, shared.pairs, RARE_PAIR, fresh, always=True)
    yield from _meet(f, f.article, rows, rows, fresh, always=True)


def _meet_entries_of(
    features: Features, entries: Entries, limit: int, fresh: Array | None, *, always: bool = False
) -> Iterator[Pairs]:
    """Pairs of rows that share a hash which no more than `limit` rows have."""
    rare = (entries.holders > 1) & (entries.holders <= limit)
    rows, keys = entries.rows[rare], entries.hashes[rare]
    yield from _meet_entries(features, rows, keys, rows, keys, fresh, always)


def _meet(
    features: Features,
    keys: Array,
    left: Array,
    right: Array,
    fresh: Array | None,
    *,
    always: bool = False,
) -> Iterator[Pairs]:
    """Pairs of a left and a right row with one key (0: none) whose days touch, or `always`."""
    wanted = keys != 0
    if fresh is not None:
        # of hundreds of thousands of rows few have a key of a fresh one
        wanted = among(keys, keys[fresh & wanted])
    known = left[wanted[left]]
    others = known if left is right else right[wanted[right]]
    yield from _meet_entries(features, known, keys[known], others, keys[others], fresh, always)


def _meet_entries(
    features: Features,
    left: Array,
    left_keys: Array,
    right: Array,
    right_keys: Array,
    fresh: Array | None,
    always: bool,
) -> Iterator[Pairs]:
    """The same, for rows that may stand under several keys."""
    sides = [(left, left_keys, right, right_keys)]
    if fresh is not None and left is right:
        new = fresh[left]  # whoever is here has a key of a fresh row
        sides = [(left[new], left_keys[new], right, right_keys)]
    elif fresh is not None:
        new_left, new_right = fresh[left], fresh[right]
        near_left = among(left_keys, right_keys[new_right])
        near_right = among(right_keys, left_keys[new_left])
        sides = [
            (left[new_left], left_keys[new_left], right[near_right], right_keys[near_right]),
            (right[new_right], right_keys[new_right], left[near_left], left_keys[near_left]),
        ]
    for one, one_keys, other, other_keys in sides:
        yield from _sweep(features, one, one_keys, other, other_keys, always)
        if not always:
            # those that started long before are found from their own side
            long = features.day_end[other] - features.day_start[other] > LONG
            yield from _sweep(features, other[long], other_keys[long], one, one_keys, always)


def _sweep(
    features: Features, left: Array, left_keys: Array, right: Array, right_keys: Array, always: bool
) -> Iterator[Pairs]:
    """For each left row the right rows of its key that start within reach of its days."""
    if not len(left) or not len(right):
        return
    groups, code = np.unique(right_keys, return_inverse=True)
    start, end = features.day_start - NO_DAY_START, features.day_end - NO_DAY_START
    place = code.astype(np.int64) * 2**33 + (0 if always else start[right])
    order = np.argsort(place, kind="stable")
    right, place = right[order], place[order]
    mine = np.minimum(np.searchsorted(groups, left_keys), len(groups) - 1)
    known = groups[mine] == left_keys
    left, base = left[known], mine[known].astype(np.int64) * 2**33
    reach = (0, 0) if always else (start[left] - LONG - PAD, end[left] + PAD)
    first = np.searchsorted(place, base + np.maximum(reach[0], 0), "left")
    last = np.searchsorted(place, base + reach[1], "right")
    sizes = np.maximum(last - first, 0)
    bounds = np.concatenate(([0], np.cumsum(sizes)))
    at = 0
    while at < len(left):
        stop = max(int(np.searchsorted(bounds, bounds[at] + _CHUNK, "right")) - 1, at + 1)
        one = np.repeat(left[at:stop], sizes[at:stop])
        other = right[expand(first[at:stop], sizes[at:stop])]
        near = features.day_end[other] + PAD >= features.day_start[one]
        yield (one, other) if always else (one[near], other[near])
        at = stop


def crowded_rows(features: Features, fresh: Array, shared: Shared) -> Array:
    """Mask of the rows that hold a name which was not too common before the fresh ones.

    Args:
        features: the reports, the fresh ones too.
        fresh: mask of the fresh rows.
        shared: as `read_shared` gives it for these.
    """
    crowded = np.zeros(len(features), bool)
    for entries, limit in ((shared.names, COMMON_NAME), (shared.pairs, RARE_PAIR)):
        many = entries.holders > limit
        rows, hashes = entries.rows[many], entries.hashes[many]
        old = ~fresh[rows]
        _, code, count = np.unique(hashes[old], return_inverse=True, return_counts=True)
        crowded[rows[old][count[code] <= limit]] = True
    return crowded


def lapsed_pairs(features: Features, crowded: Array, left: Array, right: Array) -> Array:
    """Which of the known pairs would not be compared any more, since their name is common now.

    Args:
        features: the reports.
        crowded: mask of the rows that hold such a name.
        left: lower-ranked row of each known pair; `right` the other one.
        right: see left.

    Returns:
        Positions among the known pairs.
    """
    at = np.flatnonzero(crowded[left]) if crowded.any() else np.zeros(0, np.int64)
    at = at[crowded[right[at]]]
    if not len(at):
        return at
    rows = np.flatnonzero(crowded)
    few = replace(
        features.take(rows),
        names=_without_common(features.names, rows, COMMON_NAME),
        pairs=_without_common(features.pairs, rows, RARE_PAIR),
    )
    one, other = candidate_pairs(few)
    found = np.sort((rows[one] << 32) | rows[other])
    return at[~among((left[at].astype(np.int64) << 32) | right[at], found)]


def _without_common(lists: Lists, rows: Array, limit: int) -> Lists:
    """The lists of some rows without the hashes that more than `limit` of all rows have."""
    mine = lists.take(rows)
    wanted = np.unique(mine.hashes)
    if not len(wanted):
        return mine
    held = lists.hashes[among(lists.hashes, wanted)]
    count = np.bincount(np.searchsorted(wanted, held), minlength=len(wanted))
    rare = count[np.searchsorted(wanted, mine.hashes)] <= limit
    sizes = np.bincount(np.repeat(np.arange(len(mine)), mine.sizes())[rare], minlength=len(mine))
    return Lists(np.concatenate(([0], np.cumsum(sizes))), mine.hashes[rare])
