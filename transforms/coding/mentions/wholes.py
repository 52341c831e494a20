"""Victims told by a number of people that stands elsewhere: "everyone on board", "the rest died".

How many there were is told in the sentence or in one before it.

Source: codebook section 3, `num-share`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from transforms.coding.groups.group import Group
from transforms.coding.mention import Mention, Reader

_LINKS = frozenset("of out the its their a an those".split())
_ABOARD = ("aboard", "onboard")
_CARRIES = frozenset("with carrying carried".split())
_CONVENTIONS = frozenset(("everybody", "rest"))


def count_wholes(
    mentions: Sequence[Mention], reader: Reader, earlier: Callable[[], Group | None]
) -> list[Mention]:
    """The mentions, those of "everyone on board" and "the rest" with their figures.

    Args:
        mentions: of the sentence.
        reader: the sentence.
        earlier: finds how many were there in the sentences before.

    Returns:
        Without those of "the rest" and of no survivors whose whole is not told.
    """
    found: list[Mention] = []
    for mention in mentions:
        if any(group.convention in _CONVENTIONS for group in mention.groups):
            whole = _whole_of(reader) or earlier()
            if whole is not None:
                mention.groups = [_count(g, whole, reader) for g in mention.groups]
            left = {g.convention for g in mention.groups if g.kind == "number"}
            if "rest" in left or ("everybody" in left and mention.rule == "survived"):
                continue
            mention.groups = [  # "the others" may be others than those of a whole
                replace(g, convention="exact") if g.convention == "rest" else g
                for g in mention.groups
            ]
        found.append(mention)
    return found


def _whole_of(reader: Reader) -> Group | None:
    parts = parts_of(reader)
    return those_there(reader) or (parts[0][1] if parts else None)


def _count(group: Group, whole: Group, reader: Reader) -> Group:
    """A group of everybody or of the rest, with its figure where arithmetic gives one."""
    if group.convention == "everybody":
        return replace(group, low=whole.low, best=whole.best, high=whole.high, convention="share")
    if group.convention != "rest" or whole.best is None:
        return group
    others = [
        other.best
        for other in reader.groups
        if other.kind == "number"
        and other is not group
        and (other.first, other.best) != (whole.first, whole.best)
        and reader.tokens.low[other.first - 1] not in ("including", "among")
        and not other.uncertain
    ]
    left = whole.best - sum(best or 0 for best in others)
    if not others or None in others or left <= 0:
        return group
    return replace(group, low=left, best=left, high=left, convention="share")


def parts_of(reader: Reader) -> list[tuple[Group, Group]]:
    """Those of a number and the number: "three of the 60 people", "of the 60 people, three"."""
    low = reader.tokens.low
    counted = [g for g in reader.groups if g.kind == "number"]
    found = []
    for whole in counted:
        if whole.head < 0 or low[whole.head] not in reader.lexicon.roles:
            continue
        opens = whole.figure_first
        while opens and low[opens - 1] in ("the", "its", "their", "a", "an", "those"):
            opens -= 1
        if opens < 1 or low[opens - 1] != "of":
            continue
        for some in counted:
            linked = some.figure_last <= opens and _LINKS.issuperset(
                low[some.figure_last : whole.figure_first]
            )
            after = opens == 1 and some.first > whole.last and low[some.first - 1] in (",", "only")
            out = low[opens - 2] == "out" and some.last < whole.first
            if some is not whole and (linked or after or out):
                found.append((some, whole))
    return found


def those_there(reader: Reader) -> Group | None:
    """The number of people whom a sentence puts aboard ("with 60 people on board"), or None."""
    low = reader.tokens.low
    for group in reader.groups:
        if group.kind != "number" or group.best is None or group.convention in _CONVENTIONS:
            continue
        aboard = low[group.last : group.last + 1] and (
            low[group.last] in _ABOARD or low[group.last : group.last + 2] == ["on", "board"]
        )
        aboard = aboard or (
            low[group.last : group.last + 1] in (["on"], ["in"], ["inside"])
            and not reader.lexicon.words.vehicles.isdisjoint(low[group.last + 1 : group.last + 4])
        )
        carried = group.first > 0 and low[group.first - 1] in _CARRIES
        people = group.head >= 0 and low[group.head] in reader.lexicon.roles
        if (aboard and (people or group.head < 0)) or (carried and people):
            return group
    return None
