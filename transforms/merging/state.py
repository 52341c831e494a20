"""The working state of a merge, and how a night moves it on.

Good pairs connect reports into components, and a component is grouped by itself: so a night looks
again only at the components that its new reports touch.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from transforms.merging.candidates import candidate_pairs
from transforms.merging.clusters import Edge
from transforms.merging.features import (
    NO_DAY_START,
    Array,
    Features,
    join_features,
    read_features,
)
from transforms.merging.identity import Component, settle_component
from transforms.merging.links import make_links
from transforms.merging.scores import JOIN, NEAR, score_pairs

SUPPORT = 0.6
"""Score from which a recalled event is taken for a known one."""


@dataclass(frozen=True, slots=True)
class MergeState:
    """What is known of all incident and background reports; arrays have one row per report.

    Attributes:
        features: the reports.
        left, right, score: rows and score of the pairs that score `NEAR` or more.
        label: number of the component.
        group: number of the event, the lowest of its rows; -1 for a recalled event unknown here.
        ids: event_id of the event whose number the row is, else None.
        links: the links table as the rules have it.
        events: as `Merged.events`, as the rules have it.
        touched: rows whose component was looked at last.
        index: the report_ids, kept so that their hash table is built once.
        rows: row of each of the reports that were given last.
    """

    features: Features
    left: Array
    right: Array
    score: Array
    label: Array
    group: Array
    ids: Array
    links: pd.DataFrame
    events: pd.DataFrame
    touched: Array
    index: pd.Index
    rows: Array


def advance(
    reports: pd.DataFrame,
    claims: pd.DataFrame,
    articles: pd.DataFrame,
    mentions: pd.DataFrame | None,
    previous: MergeState | None,
) -> MergeState:
    """The state after the given reports, of scope incident or background, have been merged.

    Args:
        reports: rows of the reports table.
        claims: the claims table.
        articles: the articles table.
        mentions: names in the articles, where they are known.
        previous: the state for a part of the reports.
    """
    state, fresh = _compare(reports, claims, articles, mentions, previous)
    if fresh.all():
        previous = None
    f = state.features
    touched = np.isin(state.label, state.label[fresh])
    done = [settle_component(f, rows, edges) for rows, edges in _components(state, touched)]
    group, ids = state.group.copy(), state.ids.copy()
    group[touched] = -1
    for component in done:
        for name, rows in component.groups:
            group[rows] = rows[0]
            ids[rows[0]] = name
    group = _support(state, group, touched[state.left] | touched[state.right])
    # a recalled event that changed its mind has links to events that nothing else touched
    moved = touched | (~f.incident & (group != state.group))
    state = replace(state, group=group, ids=ids, touched=np.flatnonzero(touched))
    events = _events(state, done, touched, previous)
    return replace(state, events=events, links=_links(state, done, moved, previous))


def _compare(
    reports: pd.DataFrame,
    claims: pd.DataFrame,
    articles: pd.DataFrame,
    mentions: pd.DataFrame | None,
    previous: MergeState | None,
) -> tuple[MergeState, Array]:
    """The state with the new reports' features and pairs, and the mask of the new ones."""
    known = pd.Index([], dtype=object) if previous is None else previous.index
    rows = known.get_indexer(pd.Index(reports["report_id"], dtype=object))
    new = rows < 0
    if int(new.sum()) + len(known) != len(reports):
        # what was taken back may have held others together
        return _compare(reports, claims, articles, mentions, None)
    rows[new] = np.arange(len(known), len(reports))
    features = read_features(reports[new], claims, articles, mentions)
    if previous is not None:
        features = join_features(previous.features, features)
    fresh = np.arange(len(features)) >= len(known)
    left, right = candidate_pairs(features, None if previous is None else fresh)
    score = score_pairs(features, left, right)
    kept = score >= NEAR
    # there are dozens of pairs a report: half the width is half the memory
    left, right = left[kept].astype(np.int32), right[kept].astype(np.int32)
    score = score[kept].astype(np.float32)
    bonds = _bonds(features, left, right, score, fresh)
    label = group = np.arange(len(features))
    ids = np.full(len(features), None, dtype=object)
    if previous is not None:
        left = np.concatenate((previous.left, left))
        right = np.concatenate((previous.right, right))
        score = np.concatenate((previous.score, score))
        label = np.concatenate((previous.label, label[fresh]))
        group = np.concatenate((previous.group, group[fresh]))
        ids[: len(known)] = previous.ids
    label = _connect(label, *bonds)
    nothing = pd.DataFrame()
    index = pd.Index(features.report_id, dtype=object)
    pairs = (left, right, score)
    return (
        MergeState(features, *pairs, label, group, ids, nothing, nothing, fresh, index, rows),
        fresh,
    )


def _bonds(
    f: Features, left: Array, right: Array, score: Array, fresh: Array
) -> tuple[Array, Array]:
    """New pairs that bring two reports into one component: good ones, and those of one article.

    What one article says is looked at together, so that no two of its reports found one id.
    """
    good = (score >= JOIN) & f.incident[left] & f.incident[right]
    rows = np.flatnonzero(np.isin(f.article, f.article[fresh]))
    rows = rows[np.lexsort((f.version[rows], f.article[rows]))]
    same = f.article[rows][1:] == f.article[rows][:-1]
    return (
        np.concatenate((left[good], rows[:-1][same])),
        np.concatenate((right[good], rows[1:][same])),
    )


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


def _components(state: MergeState, touched: Array) -> Iterator[tuple[list[int], list[Edge]]]:
    """Incident rows and joinable pairs of each touched component, the strongest pairs first.

    One component after the other, since pairs as Python objects take ten times the room.
    """
    f = state.features
    mine = np.flatnonzero(touched & f.incident)
    mine = mine[np.argsort(state.label[mine], kind="stable")]
    at = np.flatnonzero(touched[state.left])
    left, right, score = state.left[at], state.right[at], state.score[at]
    good = (score >= JOIN) & f.incident[left] & f.incident[right]
    left, right, score = left[good], right[good], score[good]
    order = np.lexsort((f.rank[right], f.rank[left], -score, state.label[left]))
    left, right, score = left[order], right[order], score[order]
    labels, first = np.unique(state.label[mine], return_index=True)
    last = np.append(first, len(mine))[1:]
    start = np.searchsorted(state.label[left], labels, "left")
    stop = np.searchsorted(state.label[left], labels, "right")
    for a, b, c, d in zip(first, last, start, stop, strict=True):
        pairs = zip(score[c:d].tolist(), left[c:d].tolist(), right[c:d].tolist(), strict=True)
        yield mine[a:b].tolist(), list(pairs)


def _support(state: MergeState, group: Array, near: Array) -> Array:
    """Recalled events take the number of the event that they fit best, else -1.

    Args:
        state: the reports and their pairs.
        group: numbers of the events, the recalled ones as they were before.
        near: mask of the pairs with a row that was looked at.
    """
    f = state.features
    touched = np.zeros(len(f), bool)
    touched[state.left[near]] = touched[state.right[near]] = True
    touched &= ~f.incident
    group = np.where(touched, -1, group)
    pair = np.flatnonzero(touched[state.left] | touched[state.right])
    left, right, score = state.left[pair], state.right[pair], state.score[pair]
    good = (score >= SUPPORT) & (f.incident[left] != f.incident[right])
    left, right, score = left[good], right[good], score[good]
    recalled = np.where(f.incident[left], right, left)
    event = np.where(f.incident[left], left, right)
    # what is recalled has happened before it is told
    past = (f.told[recalled] == NO_DAY_START) | (f.day_start[event] <= f.told[recalled])
    recalled, event, score = recalled[past], event[past], score[past]
    order = np.lexsort((f.rank[event], -score, recalled))
    rows, first = np.unique(recalled[order], return_index=True)
    group[rows] = group[event[order[first]]]
    return group


def _events(
    state: MergeState, done: list[Component], touched: Array, previous: MergeState | None
) -> pd.DataFrame:
    f = state.features
    named = [name for component in done for name in component.names]
    nights = np.array([name.night for name in named], np.int64)
    days = nights.astype("datetime64[D]").astype("datetime64[us]")
    days[nights == NO_DAY_START] = np.datetime64("NaT")
    alive = [name.lives == name.event_id for name in named]
    frame = pd.DataFrame(
        {
            "event_id": [name.event_id for name in named],
            "founder": [str(f.report_id[name.founder]) for name in named],
            "observed_at": days,
            "status": ["active" if yes else "merged" for yes in alive],
            "merged_into": [
                None if yes else name.lives for yes, name in zip(alive, named, strict=True)
            ],
        }
    ).astype(dict.fromkeys(("event_id", "founder", "status", "merged_into"), "str"))
    if previous is not None:
        old = previous.events["founder"].isin(f.report_id[touched])
        frame = pd.concat([previous.events[~old], frame])
    return frame.sort_values("event_id", ignore_index=True)


def _links(
    state: MergeState,
    done: list[Component],
    moved: Array,
    previous: MergeState | None,
) -> pd.DataFrame:
    near = moved[state.left] | moved[state.right]
    group = np.where(state.group >= 0, state.group, np.arange(len(state.group)))
    frame = make_links(
        state.features,
        state.left[near],
        state.right[near],
        state.score[near],
        group,
        [edge for component in done for edge in component.joined],
        {pair: why for component in done for pair, why in component.held.items()},
    )
    if previous is None:
        return frame
    mine = state.features.report_id[moved]
    old = previous.links["report_a"].isin(mine) | previous.links["report_b"].isin(mine)
    frame = pd.concat([previous.links[~old], frame])
    return frame.sort_values(["report_a", "report_b"], ignore_index=True)
