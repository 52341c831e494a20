"""The dead told by those who bury them: "residents buried 20 people the next day".

Read after a sentence's casualty words. The figure gives way to any other, for it may be some of the
dead only, and without a number it is a funeral.

Source: codebook section 2.
"""

from __future__ import annotations

from collections.abc import Sequence

from transforms.coding.mention import Mention, Reader, make_mention, told_by, unreal_before
from transforms.coding.text.tokens import Tokens
from transforms.coding.victims.objects import objects_of
from transforms.coding.words.lexicon import HAVE, Lexicon, Trigger

_BURIED = frozenset(("buried", "burying"))
_DEAD = Trigger("killed", "past", weak=True)
_NEAR = 6
"""Tokens from those who bury to the verb ("Residents of the village later buried")."""


def may_bury(tokens: Tokens, lexicon: Lexicon) -> bool:
    """Whether a sentence has those who bury their dead and the verb."""
    low = tokens.low
    return not (_BURIED.isdisjoint(low) or lexicon.words.buriers.isdisjoint(low))


def read_buried(reader: Reader, before: Sequence[Mention]) -> list[Mention]:
    """A number of people whom their own bury.

    Args:
        reader: the sentence.
        before: its other mentions; whom they tell of is not told again.
    """
    if not may_bury(reader.tokens, reader.lexicon):
        return []
    low, flags, buriers = reader.tokens.low, reader.tokens.flags, reader.lexicon.words.buriers
    told = told_by(before)
    found: list[Mention] = []
    for index in (at for at, word in enumerate(low) if word in _BURIED):
        if buriers.isdisjoint(low[max(index - _NEAR, 0) : index]):
            continue
        victims = objects_of(reader, index + 1)
        counted = all(group.kind == "number" for group in victims)
        if not victims or not counted or told.intersection(group.first for group in victims):
            continue
        left = reader.skip_adverbs_left(index - 1)
        left -= left >= 0 and bool(flags[left] & HAVE)
        unreal = unreal_before(reader, left)
        found.append(make_mention(_DEAD, victims, index, index + 1, "active", unreal, False))
    return found
