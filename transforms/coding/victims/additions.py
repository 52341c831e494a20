"""Victims told beside the others: "in addition to the assailant, three people were killed".

Comes after the readings of verbs and nouns, which find the others.
"""

from __future__ import annotations

from collections.abc import Sequence

from transforms.coding.groups.group import Group
from transforms.coding.mention import Mention, Reader
from transforms.coding.words.lexicon import BE, HAVE, MODAL, SUBORDINATOR, TRIGGER, VERB

_VERBAL = frozenset(("passive", "active", "participle", "subject", "predicate", "left", "reduced"))
"""Readings whose victims others can stand beside."""

_STOPS = frozenset((";", ".", ":"))
_OPENS = frozenset((",", ";", ":", "and", "but", "that", "–", "—"))
_LINKS = (["to"], ["from"], ["with"])


def add_those_beside(reader: Reader, mention: Mention, before: Sequence[Mention]) -> None:
    """Add to a mention the victims that "in addition to" and the like put beside its own.

    Args:
        reader: the sentence.
        mention: its groups grow by those told before its victims ("Besides the bomber, two ...")
            or behind them ("four people, in addition to the driver, ...").
        before: the mentions to its left, whose victims are theirs.
    """
    if mention.rule not in _VERBAL or not mention.groups or mention.subset:
        return
    opening = min(group.first for group in mention.groups)
    told = [*mention.groups, *(group for other in before for group in other.groups)]
    for at, after in _openings(reader):
        group = reader.starts.get(after)
        if group is None or group in told or not _is_victim(reader, group):
            continue
        if at < opening:
            joined = _opens_clause(reader, at) and _is_one_clause(reader, group.last, opening)
        else:
            behind = _behind(mention, at)
            told_apart = not _joins(reader, at) and "," in reader.tokens.low[behind : at - 1]
            joined = not told_apart and _is_one_clause(reader, behind, at)
        if joined:
            mention.groups = [*mention.groups, group]
            known = group.head >= 0 and reader.tokens.low[group.head]
            mention.attackers |= known in reader.lexicon.words.attackers
            return


def _openings(reader: Reader) -> list[tuple[int, int]]:
    """First token of every phrase for "beside", and the token behind it."""
    low = reader.tokens.low
    found = []
    for at, word in enumerate(low):
        if low[at : at + 3] == _AS_WELL_AS:
            found.append((at, at + 3))
        elif word in reader.lexicon.words.beside:
            after = at + 1 + (low[at + 1 : at + 2] in _LINKS)
            found.append((at - (at > 0 and low[at - 1] == "in"), after))
    return found


def add_those_elsewhere(reader: Reader, mention: Mention) -> None:
    """Add those of whom the verb is left out: "died at the scene and three more in hospital".

    Args:
        reader: the sentence.
        mention: its groups grow by the number that follows "and" and stands before a place or time
            of dying.
    """
    if mention.kind != "killed" or mention.rule not in _DYING or not mention.groups:
        return
    low, flags = reader.tokens.low, reader.tokens.flags
    end = max(mention.last, mention.groups[-1].last)
    group = next((g for g in reader.groups if g.first >= end), None)
    if group is None or group.kind not in ("number", "one") or group.governed or group.subset:
        return
    behind = low[group.last : group.last + _SPOT]
    if low[group.first - 1] not in ("and", ",") or not behind or behind[0] not in _AT:
        return
    if "with" in behind or reader.lexicon.words.dying_spots.isdisjoint(behind):
        return
    verbal = TRIGGER | BE | HAVE | SUBORDINATOR | VERB | MODAL
    between = range(end, group.first)
    after = range(group.last, min(group.last + _SPOT, len(low)))
    if any(flags[at] & verbal for at in (*between, *after)) or len(between) > _SPOT:
        return
    mention.groups = [*mention.groups, group]


_DYING = frozenset(("passive", "active", "subject"))
"""Readings with a verb that can be left out ("left 15 dead and five in hospital" has none)."""
_AT = frozenset(("in", "at", "on", "later", "en", "while"))
"""Opens the place or time of a death."""
_SPOT = 7
"""Tokens of such a phrase."""

_AS_WELL_AS = ["as", "well", "as"]


def _joins(reader: Reader, at: int) -> bool:
    """Whether what follows is joined to the victims whatever is said of them between."""
    return reader.tokens.low[at + 1 : at + 2] in (["with"], ["well"])


def _opens_clause(reader: Reader, at: int) -> bool:
    """Whether nothing of its clause stands before a token."""
    low = reader.tokens.low
    return at == 0 or (low[at - 1] in _OPENS and low[at] != "as")


def _is_victim(reader: Reader, group: Group) -> bool:
    """Whether a group is somebody of his own, not those already counted ("the ten wounded")."""
    low, flags = reader.tokens.low, reader.tokens.flags
    if group.head < 0 or group.uncertain or group.kind == "plural" or group.subset:
        return False
    follow = flags[group.last] if group.last < len(flags) else 0
    told = any(flag & TRIGGER for flag in flags[group.first : group.last])
    return not told and not follow & TRIGGER and low[group.head] not in ("victims", "victim")


def _behind(mention: Mention, at: int) -> int:
    """The last token of a mention before another one."""
    ends = [mention.last, *(group.last for group in mention.groups)]
    return max((end for end in ends if end <= at), default=at)


def _is_one_clause(reader: Reader, begin: int, end: int) -> bool:
    """Whether nothing between two tokens opens a clause of its own."""
    low, flags = reader.tokens.low, reader.tokens.flags
    return not any(
        flags[at] & (TRIGGER | BE | HAVE | SUBORDINATOR) or low[at] in _STOPS
        for at in range(begin, end)
    )
