"""Joining reports into events: the strongest pairs first, and never across a contradiction.

A chain of good pairs may lead from one town to another or from one day to the next. So what stands
together already is kept as a whole: two groups are joined only where no member of one contradicts a
member of the other. The outcome depends on the set of reports alone, not on their order.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial

from transforms.merging.features import Array, Features
from transforms.merging.scores import CLEAR, FAR_KM, NEAR_KM

Towns = dict[int, tuple[float, float]]
Edge = tuple[float, int, int]


@dataclass(frozen=True, slots=True)
class Edges:
    """Pairs of rows that may be joined, the strongest first: arrays, and triples only when read.

    As Python objects pairs take ten times the room, and mostly the first few decide.
    """

    score: Array
    left: Array
    right: Array

    def __len__(self) -> int:
        """Number of pairs."""
        return len(self.score)

    def __iter__(self) -> Iterator[Edge]:
        """The pairs as (score, row, row)."""
        parts = (self.score.tolist(), self.left.tolist(), self.right.tolist())
        return zip(*parts, strict=True)

    def among(self, features: Features, night: int) -> Edges:
        """Those between reports seen up to a night."""
        seen = (features.night[self.left] <= night) & (features.night[self.right] <= night)
        return Edges(self.score[seen], self.left[seen], self.right[seen])


@dataclass(slots=True)
class Group:
    """What stands together: its rows and what a further member must not contradict."""

    rows: list[int]
    versions: set[tuple[int, int]] = field(default_factory=set)
    countries: set[int] = field(default_factory=set)
    days: set[int] = field(default_factory=set)
    towns: Towns = field(default_factory=dict)
    provinces: set[int] = field(default_factory=set)


def group_rows(
    features: Features, rows: Iterable[int], edges: Edges
) -> tuple[list[Group], list[Edge], dict[tuple[int, int], str]]:
    """Groups of rows.

    Args:
        features: the reports.
        rows: those to group, incidents all of them.
        edges: the pairs that may be joined, the strongest first.

    Returns:
        The groups; the edges that joined two groups; and the edges that a contradiction held
        back, with the contradiction.
    """
    groups = {row: _group(features, row) for row in rows}
    alone = cache(partial(_group, features))
    left = len(groups)
    clear: set[tuple[int, int]] = set()
    joined: list[Edge] = []
    held: dict[tuple[int, int], str] = {}
    for edge in edges:
        one, other = groups[edge[1]], groups[edge[2]]
        if one is other:
            continue
        if may_clash(one, other):
            clear = clear or {edge[1:] for edge in edges if edge[0] >= CLEAR}
            reason = contradiction(features, one, other, clear, alone)
            if reason:
                held[edge[1:]] = reason
                continue
        if len(one.rows) < len(other.rows):
            one, other = other, one
        _absorb(one, other)
        for row in other.rows:
            groups[row] = one
        joined.append(edge)
        left -= 1
        if left == 1:
            break
    return list({id(group): group for group in groups.values()}.values()), joined, held


def may_clash(one: Group, other: Group) -> bool:
    """Whether two groups differ in anything that can't be two ways in one event."""
    return (
        not one.versions.isdisjoint(other.versions)
        or _countries(one, other)
        or _days(one, other)
        or _towns(one, other)
        or _provinces(one, other)
    )


def contradiction(
    features: Features,
    one: Group,
    other: Group,
    clear: set[tuple[int, int]],
    alone: Callable[[int], Group],
) -> str | None:
    """Why two groups can't be one event, or None.

    Places and days are read from texts, and may be read wrongly: they don't contradict where at
    least half of the pairs that they hold apart agree beyond doubt in everything else. Pairs in two
    countries meet only where their places are named alike (candidates.py). Another day
    with another toll is another attack, whoever is named: who bombs the rescuers meets the same
    officials at the same place.

    Args:
        features: the reports.
        one: a group.
        other: another one.
        clear: pairs of rows that agree beyond doubt.
        alone: the group of a row by itself.
    """
    if not one.versions.isdisjoint(other.versions):
        return "two accounts of one article"
    for reason, clash in (
        ("two countries", _countries),
        ("two days", _days),
        ("two towns", _towns),
        ("two provinces", _provinces),
    ):
        if clash(one, other):
            mine = [(row, alone(row)) for row in one.rows]
            theirs = [(row, alone(row)) for row in other.rows]
            apart = [(x, y) for x, here in mine for y, there in theirs if clash(here, there)]
            good = sum(
                (pair in clear or pair[::-1] in clear)
                and (clash is not _days or _toll_fits(features, *pair))
                for pair in apart
            )
            if not apart or 2 * good < len(apart):
                return reason
    return None


def _toll_fits(f: Features, one: int, other: int) -> bool:
    """Whether the killed of two rows may be the same number; unknown ones may."""
    low, high = f.low.item, f.high.item
    return not (low(one, 0) > high(other, 0) or low(other, 0) > high(one, 0))


def _countries(one: Group, other: Group) -> bool:
    return bool(one.countries) and bool(other.countries) and one.countries != other.countries


def _days(one: Group, other: Group) -> bool:
    return bool(one.days) and bool(other.days) and len(one.days | other.days) > 1


def _towns(one: Group, other: Group) -> bool:
    return any(
        not _near(here, there, same=town == twin)
        for town, here in one.towns.items()
        for twin, there in other.towns.items()
    )


def _provinces(one: Group, other: Group) -> bool:
    return (
        bool(one.provinces) and bool(other.provinces) and one.provinces.isdisjoint(other.provinces)
    )


def _group(f: Features, row: int) -> Group:
    group = Group([row], {(int(f.article[row]), int(f.version[row]))})
    if f.country[row]:
        group.countries.add(int(f.country[row]))
    if f.exact[row]:
        group.days.add(int(f.day_start[row]))
    if f.level[row] == 1:
        group.towns[int(f.place[row])] = (float(f.latitude[row]), float(f.longitude[row]))
    if f.admin1[row]:
        group.provinces.add(int(f.admin1[row]))
    return group


def _absorb(one: Group, other: Group) -> None:
    one.rows += other.rows
    one.versions |= other.versions
    one.countries |= other.countries
    one.days |= other.days
    one.provinces |= other.provinces
    for town, at in sorted(other.towns.items()):
        known = one.towns.get(town)
        if known is None or (math.isnan(known[0]) and not math.isnan(at[0])):
            one.towns[town] = at


def _near(here: tuple[float, float], there: tuple[float, float], *, same: bool) -> bool:
    """Whether two towns are one or neighbours; without coordinates only their names tell."""
    if math.isnan(here[0]) or math.isnan(there[0]):
        return same
    one, other = math.radians(here[0]), math.radians(there[0])
    turn = math.radians(there[1] - here[1])
    half = math.sin((other - one) / 2) ** 2
    half += math.cos(one) * math.cos(other) * math.sin(turn / 2) ** 2
    return 12742.0 * math.asin(math.sqrt(min(half, 1.0))) <= (FAR_KM if same else NEAR_KM)
