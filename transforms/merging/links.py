"""The links table: why two reports stand together, or why they do not although they nearly do.

Of the pairs inside an event those are kept that joined it; of the pairs between two events the best
one. So the table stays small where hundreds of reports tell of one event.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from transforms import schema
from transforms.merging.clusters import Edge
from transforms.merging.features import NO_DAY_START, Array, Features
from transforms.merging.scores import JOIN, explain_pairs


def make_links(
    features: Features,
    left: Array,
    right: Array,
    score: Array,
    group: Array,
    joined: list[Edge],
    held: dict[tuple[int, int], str],
) -> tuple[pd.DataFrame, Array]:
    """Links of pairs.

    Args:
        features: the reports.
        left: row of each scored pair; `right` the other row and `score` beside it.
        right: see left.
        score: see left.
        group: number of the event of each row; of a recalled event that of the event it supports,
            and otherwise a number of its own.
        joined: the pairs that joined incident reports.
        held: the pairs that a contradiction held apart, and which.

    Returns:
        Rows of the links table, one per pair, sorted by the reports; and for each the two rows.
    """
    pair = (left.astype(np.int64) << 32) | right
    tree = np.array([(one << 32) | other for _, one, other in joined], np.int64)
    same = group[left] == group[right]
    support = same & ~(features.incident[left] & features.incident[right])
    keep = np.isin(pair, tree) | _best(support, left, right, score, features, group)
    keep |= _best(~same, left, right, score, features, group)
    left, right, score, same = left[keep], right[keep], score[keep], same[keep]
    rows = np.unique(np.concatenate((left, right)))
    scores = explain_pairs(
        features.take(rows), np.searchsorted(rows, left), np.searchsorted(rows, right)
    )
    reasons = [scores.reasons(row) for row in range(len(left))]
    decision = np.where(same, "joined", np.where(score >= JOIN, "separate", "near_miss"))
    for row, (one, other) in enumerate(zip(left.tolist(), right.tolist(), strict=True)):
        if not same[row] and (one, other) in held:
            reasons[row].append(f"held apart: {held[one, other]}")
    night = np.maximum(features.night[left], features.night[right])
    frame = _frame(features, left, right, score, reasons, decision, night)
    frame = frame.assign(left=left, right=right)
    frame = frame.sort_values(["report_a", "report_b"], ignore_index=True)
    rows = frame[["left", "right"]].to_numpy(dtype=np.int32)
    return schema.cast_frame("links", frame.drop(columns=["left", "right"])), rows


def _best(
    mask: Array, left: Array, right: Array, score: Array, features: Features, group: Array
) -> Array:
    """Of the masked pairs the one with the best score between each two events or supporters."""
    rows = np.flatnonzero(mask)
    one = np.where(features.incident, group, np.arange(len(group)) + len(group))
    low = np.minimum(one[left[rows]], one[right[rows]])
    high = np.maximum(one[left[rows]], one[right[rows]])
    ranks = features.rank
    order = np.lexsort((ranks[right[rows]], ranks[left[rows]], -score[rows], high, low))
    low, high = low[order], high[order]
    fresh = np.concatenate(([True], (low[1:] != low[:-1]) | (high[1:] != high[:-1])))
    out = np.zeros(len(mask), bool)
    out[rows[order[fresh[: len(order)]]]] = True
    return out


def _frame(
    features: Features,
    left: Array,
    right: Array,
    score: Array,
    reasons: list[list[str]],
    decision: Array,
    night: Array,
) -> pd.DataFrame:
    one, other = features.report_id[left], features.report_id[right]
    turned = one > other
    days = night.astype("datetime64[D]").astype("datetime64[us]")
    days[night == NO_DAY_START] = np.datetime64("NaT")
    return pd.DataFrame(
        {
            "report_a": np.where(turned, other, one),
            "report_b": np.where(turned, one, other),
            "score": np.round(score.astype(np.float64), 4),
            "reasons": pd.Series(reasons, dtype=object),
            "decision": decision,
            "decided_by": "rule",
            "observed_at": days,
        }
    )
