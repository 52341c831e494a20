"""Victims told beside the others: "in addition to the assailant, three people were killed".

Comes after the readings of verbs and nouns, which find the others.
"""

from __future__ import annotations

from transforms.coding.groups.group import Group
from transforms.coding.mention import Mention, Reader
from transforms.coding.words.lexicon import BE, HAVE, SUBORDINATOR, TRIGGER

_VERBAL = frozenset(("passive", "active", "participle", "subject", "predicate", "left", "reduced"))
"""Readings whose victims others can stand beside."""

_STOPS = frozenset((";", ".", ":"))
_OPENS = frozenset((",", ";", ":", "and", "but", "that", "–", "—"))
_LINKS = (["to"], ["from"], ["with"])


def add_those_beside(reader: Reader, mention: Mention) -> None:
    """Add to a mention the victims that "in addition to" and the like put beside its own.

    Args:
        reader: the sentence.
        mention: its groups grow by those told before its victims ("Besides the bomber, two ...")
            or behind them ("four people, in addition to the driver, ...").
    """
    if mention.rule not in _VERBAL or not mention.groups or mention.subset:
        return
    opening = min(group.first for group in mention.groups)
    for at, after in _openings(reader):
        group = reader.starts.get(after)
        if group is None or group in mention.groups or not _is_victim(reader, group):
            continue
        if at < opening:
            joined = _opens_clause(reader, at) and _is_one_clause(reader, group.last, opening)
        else:
            behind = _behind(mention, at)
            told_apart = "," in reader.tokens.low[behind : at - 1]
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
        if word in reader.lexicon.words.beside:
            after = at + 1 + (low[at + 1 : at + 2] in _LINKS)
            found.append((at - (at > 0 and low[at - 1] == "in"), after))
    return found


def _opens_clause(reader: Reader, at: int) -> bool:
    """Whether nothing of its clause stands before a token."""
    return at == 0 or reader.tokens.low[at - 1] in _OPENS


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
