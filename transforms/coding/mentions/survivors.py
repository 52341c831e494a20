"""The dead told by who lived: "three of the 60 aboard survived", "killing everyone on board".

Read after a sentence's casualty words. How many were there must be told: in the sentence, or (of
"everyone on board") in one before it, which `item_reader` looks into.

Source: codebook section 3, `num-share`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from transforms.coding.groups.group import Group
from transforms.coding.mention import Mention, Reader, make_mention
from transforms.coding.text.tokens import Tokens
from transforms.coding.words.lexicon import REPORTING, TRIGGER, VERB, Trigger

_WORDS = frozenset(("survived", "survivors", "survive"))
_LINKS = frozenset("of out the its their a an those".split())
_ABOARD = ("aboard", "onboard")
_CARRIES = frozenset("with carrying carried".split())
_AT_SURVIVED = 8
"""Tokens from those counted to the verb that says that some of them lived."""


def tells_survivors(tokens: Tokens) -> bool:
    """Whether a sentence has a word for those who lived."""
    return not _WORDS.isdisjoint(tokens.low)


def read_survivors(reader: Reader, before: list[Mention]) -> list[Mention]:
    """The dead of a sentence that counts who lived, as one mention that gives way to other figures.

    Args:
        reader: the sentence.
        before: its other mentions; where one tells of dead, they are told.
    """
    low = reader.tokens.low
    if not tells_survivors(reader.tokens) or any(m.kind == "killed" for m in before):
        return []
    dead = Trigger("killed", "survived", weak=True)
    for at, word in enumerate(low):
        if word == "survivors" and "no" in low[max(at - 3, 0) : at]:
            everybody = _everybody(at - 1, at + 1)
            return [make_mention(dead, [everybody], at, at + 1, "survived", False, False)]
        if word in ("survived", "survive") and _is_of_life(reader, at):
            nobody = reader.ends.get(at)
            if nobody is not None and nobody.convention == "zero":
                lost: Group | None = _everybody(nobody.first, at)  # "no one survived"
            else:
                lost = _lost_of_whole(reader, at)
            if lost is not None:
                return [make_mention(dead, [lost], at, at + 1, "survived", False, False)]
    return []


def _everybody(first: int, last: int) -> Group:
    return Group(first, last, 2, None, None, "everybody", first, last, -1, "number")


def _is_of_life(reader: Reader, at: int) -> bool:
    """Whether what was survived kills, or is not told ("survived the first round" is a contest)."""
    low = reader.tokens.low
    if low[at + 1 : at + 2] and low[at + 1] in ("the", "a", "an", "its", "his", "their"):
        return not reader.lexicon.words.deadly_events.isdisjoint(low[at + 1 : at + 5])
    return True


def _lost_of_whole(reader: Reader, at: int) -> Group | None:
    """The whole less those of it who lived."""
    flags = reader.tokens.flags
    some, there = reader.ends.get(at), those_there(reader)
    beside = [(some, there)] if some and there and some.kind == "number" else []
    for some, whole in [*_parts(reader), *beside]:
        if some.best is None or not whole.best or some.best >= whole.best:
            continue
        near = max(some.last, whole.last) <= at < max(some.last, whole.last) + _AT_SURVIVED
        between = flags[max(some.last, whole.last) : at]
        behind = whole.first > at >= some.last
        only = some.last == at and whole.last < some.first  # "only 20 survived"
        if behind or only or (near and not any(f & (VERB | TRIGGER | REPORTING) for f in between)):
            lost = whole.best - some.best
            first, last = min(some.first, whole.first), max(some.last, whole.last)
            return replace(
                whole, first=first, last=last, low=lost, best=lost, high=lost, convention="share",
                figure_first=first, figure_last=last, governed=False, definite=False,
            )  # fmt: skip
    return None


def _parts(reader: Reader) -> list[tuple[Group, Group]]:
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
        if group.kind != "number" or group.best is None or group.convention == "everybody":
            continue
        aboard = low[group.last : group.last + 1] and (
            low[group.last] in _ABOARD or low[group.last : group.last + 2] == ["on", "board"]
        )
        carried = group.first > 0 and low[group.first - 1] in _CARRIES
        people = group.head >= 0 and low[group.head] in reader.lexicon.roles
        if (aboard and (people or group.head < 0)) or (carried and people):
            return group
    return None


def of_everybody(mention: Mention) -> bool:
    """Whether it is of "everyone on board", however many these are."""
    return any(group.convention == "everybody" for group in mention.groups)


def count_everybody(mentions: Sequence[Mention], there: Group | None) -> None:
    """Let "everyone on board" be as many as were there."""
    if there is None:
        return
    for mention in mentions:
        mention.groups = [
            replace(g, low=there.low, best=there.best, high=there.high, convention="share")
            if g.convention == "everybody"
            else g
            for g in mention.groups
        ]
