"""The pairs of reports worth comparing.

Two reports meet where they share a key and their days touch. Keys are the place; the province or
country, where one of the two names nothing finer; the toll; a name; the article, for its versions.
Country and days only generate candidates: how well two reports fit is the score's business.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from transforms.merging.features import NO_DAY_START, Array, Features, Lists, expand

PAD = 1
"""Days by which two spans may miss each other: newsrooms stand in other time zones."""

LONG = 10
"""Days from which a span counts as long, like an unknown one, and is matched from its own side."""

TELLING_TOLL = 3
"""People killed and injured from which a toll alone brings two reports together."""

COMMON_NAME = 400
"""Reports that share a name, beyond which it brings none of them together."""

RARE_PAIR = 40
"""Reports that share a pair of names, up to which it does so whatever the days: what is told of
trials and funerals comes late."""

_CHUNK = 4_000_000
Pairs = tuple[Array, Array]


def candidate_pairs(features: Features, fresh: Array | None = None) -> Pairs:
    """Pairs of rows to compare, each once, the lower rank first.

    Args:
        features: the reports.
        fresh: mask of rows; only pairs with at least one of them are wanted. None: all pairs.
    """
    found: list[Array] = [np.zeros(0, np.uint64)]
    waiting = 0
    for left, right in _generate(features, fresh):
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
    """Not two countries, not two accounts of one article version, not two recalled events."""
    one, other = features.country[left], features.country[right]
    abroad = (one != other) & (one != 0) & (other != 0)
    same = features.article[left] == features.article[right]
    rivals = same & (features.version[left] == features.version[right])
    news = features.incident[left] | features.incident[right]
    out: Array = ~abroad & ~rivals & news
    return out


def _generate(features: Features, fresh: Array | None) -> Iterator[Pairs]:
    f, rows = features, np.arange(len(features))
    toll = _toll_keys(f)
    coarse = f.level >= 3
    whole = f.level == 6
    kind = np.where((f.country != 0) & (f.event_type >= 0), f.country ^ (f.event_type + 1), 0)
    yield from _meet(f, f.place, rows, rows, fresh)
    yield from _meet(f, f.admin1, rows[coarse], rows, fresh)
    yield from _meet(f, kind, rows[whole], rows, fresh)
    yield from _meet(f, toll, rows, rows, fresh)
    yield from _meet_lists(f, f.names, COMMON_NAME, fresh)
    yield from _meet_lists(f, f.pairs, RARE_PAIR, fresh, always=True)
    yield from _meet(f, f.article, rows, rows, fresh, always=True)


def _toll_keys(features: Features) -> Array:
    """A key for killed and injured together, 0 where they are few, unknown or a span."""
    low, high = features.low[:, :2], features.high[:, :2]
    sharp = ((low == high) | np.isnan(low)).all(axis=1)
    low = np.nan_to_num(low).astype(np.int64)
    telling = sharp & (low.sum(axis=1) >= TELLING_TOLL)
    return np.where(telling, low[:, 0] * 2**31 + low[:, 1] + 1, 0)


def _meet_lists(
    features: Features, lists: Lists, limit: int, fresh: Array | None, *, always: bool = False
) -> Iterator[Pairs]:
    """Pairs of rows that share a hash which no more than `limit` rows have."""
    rows = np.repeat(np.arange(len(lists)), lists.sizes())
    keys = lists.hashes + 1
    if fresh is not None:
        met = np.isin(keys, keys[fresh[rows]])
        rows, keys = rows[met], keys[met]
    _, code, count = np.unique(keys, return_inverse=True, return_counts=True)
    rare = (count[code] > 1) & (count[code] <= limit)
    rows, keys = rows[rare], keys[rare]
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
    left, right = left[keys[left] != 0], right[keys[right] != 0]
    yield from _meet_entries(features, left, keys[left], right, keys[right], fresh, always)


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
    if fresh is not None:
        new_left, new_right = fresh[left], fresh[right]
        near_left = np.isin(left_keys, right_keys[new_right])
        near_right = np.isin(right_keys, left_keys[new_left])
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
