"""Which id an event bears: the derived history of a component, night after night.

An id belongs to the report for which it was minted, its founder. A night that brings a new event
mints the id of its first report; a night that joins two events leaves the older id alive and makes
the other a tombstone, whose founder stands in the living event. Nothing of this is stored: it
follows from the night on which each report was first seen.

Source: codebook section 10; design section 2, "Identity".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from transforms.identity import hash_id
from transforms.merging.clusters import Edge, Group, group_rows
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


def settle_component(features: Features, rows: list[int], edges: list[Edge]) -> Component:
    """The events of one component and their ids.

    Args:
        features: the reports.
        rows: the incident reports of the component.
        edges: (score, row, row) inside it that may be joined, the strongest first.
    """
    groups, joined, held = group_rows(features, rows, edges)
    minted: dict[int, tuple[int, str]] = {}
    taken: set[str] = set()
    for night, standing in _nights(features, rows, edges, groups, held):
        for members in sorted(standing, key=lambda some: _first_seen(features, some[0])):
            if minted.keys().isdisjoint(members):
                minted[members[0]] = (night, _mint(features, members[0], taken))
    named: list[Named] = []
    out: list[tuple[str, list[int]]] = []
    for group in groups:
        owned = {row: minted[row] for row in group.rows if row in minted}
        alive = min(owned.values())[1]
        named += [Named(name, row, night, alive) for row, (night, name) in owned.items()]
        out.append((alive, sorted(group.rows)))
    return Component(out, named, joined, held)


def _nights(
    features: Features,
    rows: list[int],
    edges: list[Edge],
    groups: list[Group],
    held: dict[tuple[int, int], str],
) -> Iterator[tuple[int, list[list[int]]]]:
    """Night by night the groups that stood then, each in the order in which it was first seen."""
    order = sorted(rows, key=partial(_first_seen, features))
    place = {row: n for n, row in enumerate(order)}
    night_of = {row: int(features.night[row]) for row in rows}
    nights = sorted(set(night_of.values()))
    if len(nights) == 1:
        yield nights[0], [sorted(group.rows, key=place.__getitem__) for group in groups]
    elif not held:
        # nothing was ever held apart: what the good pairs of a night connect stood together
        yield from _growth(order, night_of, edges)
    else:
        for night in nights:
            seen = {row for row in rows if night_of[row] <= night}
            inside = [edge for edge in edges if edge[1] in seen and edge[2] in seen]
            then, _, _ = group_rows(features, sorted(seen), inside)
            yield night, [sorted(group.rows, key=place.__getitem__) for group in then]


def _growth(
    order: list[int], night_of: dict[int, int], edges: list[Edge]
) -> Iterator[tuple[int, list[list[int]]]]:
    """The same where good pairs alone decide: night by night the groups that a new report is in."""
    standing = {row: [row] for row in order}
    meet: dict[int, list[tuple[int, int]]] = {}
    for _, one, other in edges:
        meet.setdefault(max(night_of[one], night_of[other]), []).append((one, other))
    place = {row: n for n, row in enumerate(order)}
    for night in sorted(set(night_of.values())):
        for one, other in meet.get(night, ()):
            more, less = standing[one], standing[other]
            if more is not less:
                if len(more) < len(less):
                    more, less = less, more
                more += less
                for row in less:
                    standing[row] = more
        new = {id(standing[row]): standing[row] for row in order if night_of[row] == night}
        yield night, [sorted(rows, key=place.__getitem__) for rows in new.values()]


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
