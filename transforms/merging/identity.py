"""Which id an event bears: the derived history of a component, night after night.

An id belongs to the report for which it was minted, its founder. A night that brings a new event
mints the id of its first report; a night that joins two events leaves the older id alive and makes
the other a tombstone, whose founder stands in the living event. Nothing of this is stored: it
follows from the night on which each report was first seen.

Source: codebook section 10; design section 2, "Identity".
"""

from __future__ import annotations

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
    minted: dict[int, tuple[int, str]] = {}
    taken: set[str] = set()
    order = partial(_first_seen, features)
    nights = sorted({int(features.night[row]) for row in rows})
    groups: list[Group] = []
    joined: list[Edge] = []
    held: dict[tuple[int, int], str] = {}
    for night in nights:
        seen = {row for row in rows if features.night[row] <= night}
        inside = [edge for edge in edges if edge[1] in seen and edge[2] in seen]
        groups, joined, held = group_rows(features, sorted(seen), inside)
        for group in sorted(groups, key=lambda group: min(map(order, group.rows))):
            if minted.keys().isdisjoint(group.rows):
                founder = min(group.rows, key=order)
                minted[founder] = (night, _mint(features, founder, taken))
    named: list[Named] = []
    out: list[tuple[str, list[int]]] = []
    for group in groups:
        owned = {row: minted[row] for row in group.rows if row in minted}
        alive = min(owned.values())[1]
        named += [Named(name, row, night, alive) for row, (night, name) in owned.items()]
        out.append((alive, sorted(group.rows)))
    return Component(out, named, joined, held)


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
