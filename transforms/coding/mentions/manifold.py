"""Deeds that their adjective counts the victims of: "a double murder", "the triple shooting"."""

from __future__ import annotations

from transforms.coding.groups.group import Group
from transforms.coding.mention import Mention, Reader, make_mention
from transforms.coding.words.lexicon import Trigger

_MANIFOLD = {"double": 2, "triple": 3, "quadruple": 4, "quintuple": 5, "sextuple": 6}


def read_manifold(reader: Reader, first: int, last: int, trigger: Trigger) -> Mention | None:
    """The victims that an adjective before the noun of a deed counts; None where it counts none.

    Args:
        reader: the sentence.
        first: first token of the noun.
        last: the token behind it.
        trigger: what the noun tells; those who were shot in it may be dead.
    """
    low = reader.tokens.low
    at = first - 1
    while at >= 0 and low[at] in reader.lexicon.words.deed_sorts:
        at -= 1
    count = _MANIFOLD.get(low[at]) if at >= 0 else None
    if count is None:
        return None
    group = Group(at, last, count, count, count, "exact", at, at + 1, first, "number")
    group.definite = at > 0 and low[at - 1] != "a"  # a house turned double murder scene
    return make_mention(trigger, [group], first, last, "manifold", False, False)
