"""Which id an event bears: the derived history of a component, night after night.

An id belongs to the report for which it was minted, its founder. A night that brings a new event
mints the id of its first report; a night that joins two events leaves the older id alive and makes
the other a tombstone, whose founder stands in the living event. Nothing of this is stored: it
follows from the night on which each report was first seen.

Source: codebook section 10; design section 2, "Identity".
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from transforms.identity import hash_id
from transforms.merging.clusters import Edge, Edges, group_rows
from transforms.merging.features import NO_DAY_START, Features

MOST_ACCOUNTS = 200
"""Accounts of one article among which the ordinal of a report is looked for."""


@dataclass(frozen=True, slots=True)
class Named:
    """An event id: its founder's row, the night on which it was minted and where it stands now.

    Attributes:
        lives: the living id of the founder's event, the id itself where it is alive.
    """

    event_id: str
    founder: int
    night: int
    lives: str


@dataclass(frozen=True, slots=True)
class Component:
    """Reports that good pairs connect, as grouped now: events, ids and what was held apart."""

    groups: list[tuple[str, list[int]]]
    names: list[Named]
    joined: list[Edge]
    held: dict[tuple[int, int], str]


def settle_component(features: Features, rows: list[int], edges: Edges) -> Component:
    """The events of one component and their ids.

    Args:
        features: the reports.
        rows: the incident reports of the component.
        edges: the pairs inside it that may be joined, the strongest first.
    """
    groups, joined, held = group_rows(features, rows, edges)
    minted: dict[int, tuple[int, str]] = {}
    taken: set[str] = set()
    order = sorted(rows, key=partial(_first_seen, features))
    founders = _founders_of_groups if held else _founders_of_chains
    for night, founder in founders(features, order, edges):
        minted[founder] = (night, _mint(features, founder, taken))
    named: list[Named] = []
    out: list[tuple[str, list[int]]] = []
    for group in groups:
        owned = {row: minted[row] for row in group.rows if row in minted}
        alive = min(owned.values())[1]
        named += [Named(name, row, night, alive) for row, (night, name) in owned.items()]
        out.append((alive, sorted(group.rows)))
    return Component(out, named, joined, held)


def _founders_of_groups(
    features: Features, order: list[int], edges: Edges
) -> Iterator[tuple[int, int]]:
    """Night by night the first reports of the groups that stood then and had no founder yet.

    Args:
        features: the reports.
        order: the rows of a component, in the order in which they were first seen.
        edges: the pairs that may be joined.
    """
    place = {row: n for n, row in enumerate(order)}
    night_of = [int(features.night[row]) for row in order]
    known: set[int] = set()
    for night in sorted(set(night_of)):
        seen = order[: bisect_right(night_of, night)]
        groups, _, _ = group_rows(features, seen, edges.among(features, night))
        firsts = [
            min(group.rows, key=place.__getitem__)
            for group in groups
            if known.isdisjoint(group.rows)
        ]
        known.update(firsts)
        for first in sorted(firsts, key=place.__getitem__):
            yield night, first


def _founders_of_chains(
    features: Features, order: list[int], edges: Edges
) -> Iterator[tuple[int, int]]:
    """The same where nothing was ever held apart: what good pairs connect stood together."""
    if len(order) == 1:
        yield int(features.night[order[0]]), order[0]
        return
    rows = np.array(order)
    by_row = np.argsort(rows)
    night_of = features.night[rows].tolist()
    night = np.maximum(features.night[edges.left], features.night[edges.right])
    turn = np.argsort(night, kind="stable")
    night, left, right = (
        night[turn],
        by_row[np.searchsorted(rows, edges.left[turn], sorter=by_row)].tolist(),
        by_row[np.searchsorted(rows, edges.right[turn], sorter=by_row)].tolist(),
    )
    # by place in the order seen: the number of the chain, and for each number its places
    chain = list(range(len(order)))
    members = [[place] for place in chain]
    founded: set[int] = set()
    start = chains = 0
    for now in sorted(set(night_of)):
        begin, end = bisect_left(night_of, now), bisect_right(night_of, now)
        chains += end - begin
        stop = int(np.searchsorted(night, now, "right"))
        for one, other in zip(left[start:stop], right[start:stop], strict=True):
            if chains == 1:
                break
            more, less = chain[one], chain[other]
            if more != less:
                if len(members[more]) < len(members[less]):
                    more, less = less, more
                for place in members[less]:
                    chain[place] = more
                members[more] += members[less]
                if less in founded:
                    founded.add(more)
                chains -= 1
        start = stop
        fresh = {chain[place] for place in range(begin, end)} - founded
        founded |= fresh
        for first in sorted(min(members[number]) for number in fresh):
            yield now, order[first]


def _first_seen(features: Features, row: int) -> tuple[int, bool, int, int]:
    """Sort key of rows: by the night first seen, then by report day, then by rank."""
    told = int(features.told[row])
    return int(features.night[row]), told == NO_DAY_START, told, int(features.rank[row])


def _mint(features: Features, founder: int, taken: set[str]) -> str:
    """The id of an event founded by a report; versions of an article can't both found one id."""
    article, version = str(features.article_id[founder]), int(features.version[founder])
    report = str(features.report_id[founder])
    name = event_name(article, version, report)
    if name in taken:
        name = hash_id(article, report, version)
    taken.add(name)
    return name


def event_name(article_id: str, version: int, report_id: str) -> str:
    """The id of an event that a report founds: hash of its article and its ordinal in it."""
    for ordinal in range(MOST_ACCOUNTS):
        if hash_id(article_id, version, ordinal) == report_id:
            return hash_id(article_id, ordinal)
    return hash_id(article_id, report_id)
