"""The dead told by who lived: "three of the 60 aboard survived", "killing everyone on board".

Read after a sentence's casualty words. How many were there must be told: in the sentence, or (of
"everyone on board") in one before it (`wholes`).

Source: codebook section 3, `num-share`.
"""

from __future__ import annotations

from dataclasses import replace

from transforms.coding.groups.group import Group
from transforms.coding.mention import Mention, Reader, make_mention
from transforms.coding.mentions.wholes import parts_of, those_there
from transforms.coding.text.tokens import Tokens
from transforms.coding.words.lexicon import REPORTING, TRIGGER, VERB, Lexicon, Trigger

_WORDS = frozenset(("survived", "survivors", "survive"))
_AT_SURVIVED = 8
"""Tokens from those counted to the verb that says that some of them lived."""


def tells_survivors(tokens: Tokens, _: Lexicon) -> bool:
    """Whether a sentence has a word for those who lived."""
    return not _WORDS.isdisjoint(tokens.low)


def read_survivors(reader: Reader, before: list[Mention]) -> list[Mention]:
    """The dead of a sentence that counts who lived, as one mention that gives way to other figures.

    Args:
        reader: the sentence.
        before: its other mentions; where one tells of dead, they are told.
    """
    low = reader.tokens.low
    told = any(mention.kind == "killed" for mention in before)
    if told or not tells_survivors(reader.tokens, reader.lexicon):
        return []
    dead = Trigger("killed", "survived", weak=True)
    for at, word in enumerate(low):
        if word == "survivors" and "no" in low[max(at - 3, 0) : at]:
            everybody = _everybody(at - 1, at + 1)
            return [make_mention(dead, [everybody], at, at + 1, "survived", False, False)]
        if word in ("survived", "survive") and _is_of_life(reader, at):
            nobody = reader.ends.get(at)
            if (whole := _none_of(reader, at)) is not None:
                lost: Group | None = whole
            elif nobody is not None and nobody.convention == "zero":
                lost = _everybody(nobody.first, at)  # "no one survived"
            else:
                lost = _lost_of_whole(reader, at)
            if lost is not None:
                return [make_mention(dead, [lost], at, at + 1, "survived", False, False)]
    return []


def _none_of(reader: Reader, at: int) -> Group | None:
    """The whole of which none lived ("neither of the two pilots", "not one of the 44")."""
    low, whole = reader.tokens.low, reader.ends.get(at)
    if whole is None or whole.kind != "number" or not whole.best:
        return None
    before = range(max(at - _AT_SURVIVED, 0), at)
    none = any(
        low[i : i + 2] == ["neither", "of"] or low[i : i + 3] == ["not", "one", "of"]
        for i in before
    )
    return whole if none else None


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
    for some, whole in [*parts_of(reader), *beside]:
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
