"""The working state of a merge, and how a night moves it on.

Good pairs connect reports into components, and a component is grouped by itself: so a night looks
again only at the components that its new reports touch.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pyarrow as pa

from transforms.merging.candidates import (
    among,
    candidate_pairs,
    crowded_rows,
    lapsed_pairs,
    read_shared,
)
from transforms.merging.clusters import Edges
from transforms.merging.features import (
    NO_DAY_START,
    Array,
    Features,
    join_features,
    read_features,
)
from transforms.merging.identity import settle_component
from transforms.merging.outcome import Outcome, list_events, list_links
from transforms.merging.pairs import Kept, Scored, keep_pairs
from transforms.merging.scores import JOIN

logger = logging.getLogger(__name__)

SUPPORT = 0.6
"""Score from which a recalled event is taken for a known one."""


@dataclass(frozen=True, slots=True)
class MergeState:
    """What is known of all incident and background reports; arrays have one row per report.

    Attributes:
        features: the reports.
        told: their report_id, as Arrow has it, which compares them without making Python's strings.
        pairs: those worth keeping.
        label: number of the component.
        group: number of the event, the lowest of its rows; -1 for a recalled event unknown here.
        ids: event_id of the event whose number the row is, else None.
        links: the links table as the rules have it, and the rows of each.
        events: as `Merged.events`, as the rules have it, and the row of each founder.
    """

    features: Features
    told: pa.ChunkedArray
    pairs: Kept
    label: Array
    group: Array
    ids: Array
    links: Outcome
    events: Outcome


@dataclass(frozen=True, slots=True)
class Advance:
    """A state, and how it came about.

    Attributes:
        state: the new state.
        rows: row of each of the reports that were given.
        touched: rows whose component was looked at.
    """

    state: MergeState
    rows: Array
    touched: Array


def advance(
    reports: pd.DataFrame,
    mine: Array,
    claims: pd.DataFrame,
    articles: pd.DataFrame,
    mentions: pd.DataFrame | None,
    previous: MergeState | None,
) -> Advance:
    """The state after reports have been merged.

    Args:
        reports: rows of the reports table.
        mine: mask of those of scope incident or background.
        claims: the claims table.
        articles: the articles table.
        mentions: names in the articles, where they are known.
        previous: the state for a part of the reports; where it knows others, all are merged anew.
    """
    told = reports["report_id"][mine]
    if previous is not None:
        rows = _rows_of(told, previous)
        if int((rows >= 0).sum()) < len(previous.features):
            # what was taken back may have held others together
            logger.info("known reports are not there any more: merging in full")
            previous = None
    if previous is None:
        rows = np.full(len(told), -1)
    new = rows < 0
    before = len(told) - int(new.sum())
    rows[new] = np.arange(before, len(told))
    unseen = reports[_spread(mine, new)]
    features, ids = (
        read_features(unseen, claims, articles, mentions),
        _as_arrow(unseen["report_id"]),
    )
    if previous is not None and before:
        logger.info("%d of %d reports are new to the merge", len(features), len(told))
        state, near, touched = _move(previous, features, ids)
    else:
        previous, state, touched = None, _begin(features, ids), np.ones(len(features), bool)
        near = state.pairs.whole()
    return Advance(_settle(state, near, touched, previous), rows, np.flatnonzero(touched))


def _rows_of(told: pd.Series, previous: MergeState) -> Array:
    """Where each report stands among the known ones, -1 where it does not."""
    count = len(previous.features)
    if _as_arrow(told.iloc[:count]).equals(previous.told):  # as a rule the new ones stand behind
        return np.where(np.arange(len(told)) < count, np.arange(len(told)), -1)
    known = pd.Index(previous.features.report_id)
    return known.get_indexer(pd.Index(told.to_numpy(dtype=object)))


def _as_arrow(texts: pd.Series) -> pa.ChunkedArray:
    return pa.chunked_array(texts, pa.large_string())


def _spread(mask: Array, inner: Array) -> Array:
    """A mask of the rows of a mask as one of all rows."""
    out = np.zeros(len(mask), bool)
    out[np.flatnonzero(mask)[inner]] = True
    return out


def _begin(features: Features, ids: pa.ChunkedArray) -> MergeState:
    """The state of reports that were never merged, not yet grouped."""
    left, right = candidate_pairs(features)
    pairs = keep_pairs(features, left, right)
    label = np.arange(len(features))
    label = _connect(label, *_bonds(features, pairs, np.ones(len(features), bool)))
    return _ungrouped(features, ids, Kept((pairs,)), label)


def _move(
    previous: MergeState, new: Features, ids: pa.ChunkedArray
) -> tuple[MergeState, Scored, Array]:
    """The state with more reports, not yet grouped again.

    Returns:
        The state; the pairs with a row to look at; and a mask of those rows.
    """
    before = len(previous.features)
    features = join_features(previous.features, new)
    fresh = np.arange(len(features)) >= before
    shared = read_shared(features, fresh)
    more = keep_pairs(features, *candidate_pairs(features, fresh, shared))
    crowded = crowded_rows(features, fresh, shared)
    alone = np.concatenate((previous.label, np.arange(before, len(features))))
    label = _connect(alone, *_bonds(features, more, fresh))
    touched = _of_components(label, np.flatnonzero(fresh))
    near = previous.pairs.near(touched | crowded)
    lapsed = lapsed_pairs(features, crowded, near.left, near.right)
    pairs = previous.pairs
    if len(lapsed):
        # without them what they connected may fall apart
        broken = near.take(lapsed)
        pairs = pairs.without(broken)
        loose = fresh | _of_components(alone, np.concatenate((broken.left, broken.right)))
        label = np.where(loose, np.arange(len(label)), alone)
        label = _connect(label, *_bonds(features, pairs.near(loose), loose))
        label = _connect(label, *_bonds(features, more, fresh))
        touched = _of_components(label, np.flatnonzero(loose))
        near = pairs.near(touched)
    near = near.take(touched[near.left] | touched[near.right]).join(more)
    pairs = pairs.join(more)
    state = replace(
        _ungrouped(
            features,
            pa.chunked_array(previous.told.chunks + ids.chunks, pa.large_string()),
            pairs,
            label,
        ),
        group=np.concatenate((previous.group, np.arange(before, len(features)))),
        ids=np.concatenate((previous.ids, np.full(len(new), None, dtype=object))),
    )
    return state, near, touched


def _of_components(label: Array, rows: Array) -> Array:
    """A mask of all rows that stand in a component with one of some rows."""
    found = np.zeros(len(label), bool)
    found[label[rows]] = True
    return found[label]


def _ungrouped(features: Features, told: pa.ChunkedArray, pairs: Kept, label: Array) -> MergeState:
    rows, nobody = np.arange(len(features)), np.full(len(features), None, dtype=object)
    links, events = Outcome.empty(2), Outcome.empty(1)
    return MergeState(features, told, pairs, label, rows, nobody, links, events)


def _settle(
    state: MergeState, near: Scored, touched: Array, previous: MergeState | None
) -> MergeState:
    """The state with the touched components grouped and named, and what follows from that.

    Args:
        state: the reports, connected but not grouped.
        near: the pairs with a touched row.
        touched: mask of the rows to look at.
        previous: the state before, for what is not touched.
    """
    f = state.features
    done = [settle_component(f, rows, edges) for rows, edges in _components(state, near, touched)]
    group, ids = state.group.copy(), state.ids.copy()
    group[touched] = -1
    for component in done:
        for name, rows in component.groups:
            group[rows] = rows[0]
            ids[rows[0]] = name
    group = _support(state, near, group)
    if previous is not None:
        # where a recalled event is told of elsewhere now, its links say so
        moved = np.flatnonzero(group[: len(previous.group)] != previous.group)
        if not touched[moved].all():
            touched = touched.copy()
            touched[moved] = True
            near = state.pairs.near(touched)
    events = list_events(f, done, touched, previous.events if previous else None)
    links = list_links(f, near, group, done, touched, previous.links if previous else None)
    return replace(state, group=group, ids=ids, events=events, links=links)


def _bonds(f: Features, pairs: Scored, fresh: Array) -> tuple[Array, Array]:
    """Pairs that bring two reports into one component: good ones, and those of one article.

    What one article says is looked at together, so that no two of its reports found one id.
    """
    good = _joinable(f, pairs)
    rows = np.flatnonzero(among(f.article, f.article[fresh]))
    rows = rows[np.lexsort((f.version[rows], f.article[rows]))]
    same = f.article[rows][1:] == f.article[rows][:-1]
    return (
        np.concatenate((pairs.left[good], rows[:-1][same])),
        np.concatenate((pairs.right[good], rows[1:][same])),
    )


def _joinable(f: Features, pairs: Scored) -> Array:
    """Mask of the pairs of incidents that agree."""
    out: Array = (pairs.score >= JOIN) & f.incident[pairs.left] & f.incident[pairs.right]
    return out


def _connect(label: Array, left: Array, right: Array) -> Array:
    """The lowest row that each row is connected with."""
    label = label.copy()
    while True:
        low = np.minimum(label[left], label[right])
        before = label.copy()
        np.minimum.at(label, before[left], low)
        np.minimum.at(label, before[right], low)
        while not np.array_equal(label, label[label]):
            label = label[label]
        if np.array_equal(label, before):
            return label


def _components(
    state: MergeState, pairs: Scored, touched: Array
) -> Iterator[tuple[list[int], Edges]]:
    """Incident rows and joinable pairs of each touched component, the strongest pairs first."""
    f = state.features
    mine = np.flatnonzero(touched & f.incident)
    mine = mine[np.argsort(state.label[mine], kind="stable")]
    good = pairs.take(np.flatnonzero(touched[pairs.left] & _joinable(f, pairs)))
    label = state.label[good.left]
    order = np.lexsort((f.rank[good.right], f.rank[good.left], -good.score, label))
    good, label = good.take(order), label[order]
    labels, first = np.unique(state.label[mine], return_index=True)
    last = np.append(first, len(mine))[1:]
    start = np.searchsorted(label, labels, "left")
    stop = np.searchsorted(label, labels, "right")
    for a, b, c, d in zip(first, last, start, stop, strict=True):
        yield mine[a:b].tolist(), Edges(good.score[c:d], good.left[c:d], good.right[c:d])


def _support(state: MergeState, pairs: Scored, group: Array) -> Array:
    """Recalled events take the number of the event that they fit best, else -1.

    Args:
        state: the reports and their pairs.
        pairs: those with a row that was looked at.
        group: numbers of the events, the recalled ones as they were before.
    """
    f = state.features
    touched = np.zeros(len(f), bool)
    touched[pairs.left] = touched[pairs.right] = True
    touched &= ~f.incident
    if not touched.any():
        return group
    group = np.where(touched, -1, group)
    # pairs of a recalled event with events that were not looked at count as well
    pairs = state.pairs.near(touched)
    good = (pairs.score >= SUPPORT) & (f.incident[pairs.left] != f.incident[pairs.right])
    pairs = pairs.take(good)
    recalled = np.where(f.incident[pairs.left], pairs.right, pairs.left)
    event = np.where(f.incident[pairs.left], pairs.left, pairs.right)
    # what is recalled has happened before it is told
    past = (f.told[recalled] == NO_DAY_START) | (f.day_start[event] <= f.told[recalled])
    recalled, event, score = recalled[past], event[past], pairs.score[past]
    order = np.lexsort((f.rank[event], -score, recalled))
    rows, first = np.unique(recalled[order], return_index=True)
    group[rows] = group[event[order[first]]]
    return group
