"""Verbs of loss, which kill only with the right people around them: "lost three men", "fell".

Beside `verbs`.
"""

from __future__ import annotations

from transforms.coding.mention import Mention, Reader, make_mention, unreal_before
from transforms.coding.victims.objects import objects_of
from transforms.coding.victims.subjects import subject_of
from transforms.coding.words.lexicon import PUNCTUATION, Trigger

_ARMED = frozenset(("state_force", "armed_group"))


def read_lost(reader: Reader, first: int, last: int, trigger: Trigger) -> list[Mention]:
    """As in "the army lost three men", "the rebels lost 20 fighters", "we have lost five people".

    Whoever loses people otherwise has only mislaid them, or buried a relative.
    """
    low = reader.tokens.low
    victims = objects_of(reader, last)
    if not victims or any(group.kind == "name" or group.head < 0 for group in victims):
        return []
    left = reader.skip_adverbs_left(first - 1)
    left -= low[left] in ("have", "has", "had")
    left = reader.skip_adverbs_left(left)
    heads = {low[group.head] for group in victims}
    armed = {
        word for word in heads if reader.lexicon.roles.get(word) in _ARMED
    } - reader.lexicon.words.players
    if not heads <= armed:
        counted = all(group.kind == "number" for group in victims)
        ours = counted and low[left] == "we" if left >= 0 else False
        theirs = heads == {"men"} and any(
            reader.lexicon.words.forces.intersection(low[g.first : g.last])
            for g in reader.groups
            if g.last <= first
        )
        opens = low[max(left - _BEFORE, 0) : left + 1]
        theirs = theirs or (heads == {"men"} and bool(reader.lexicon.words.forces & set(opens)))
        if not ours and not theirs:
            return []
    unreal = unreal_before(reader, left)
    return [make_mention(trigger, victims, first, last, "active", unreal, False)]


_BEFORE = 4
"""Tokens before the verb in which those who lose are named."""


def read_fell(reader: Reader, first: int, last: int, trigger: Trigger) -> list[Mention]:
    """As in "three guerrillas fell in the clash": fighters, who do not fall back or into a trap."""
    low, flags = reader.tokens.low, reader.tokens.flags
    ends = last >= len(low) or flags[last] & PUNCTUATION or low[last] in _ENDS
    if not ends:
        return []
    victims = subject_of(reader, first)
    left = reader.skip_adverbs_left(first - 1)
    return [
        make_mention(trigger, victims, first, last, "subject", unreal_before(reader, left), False)
    ]


_ENDS = frozenset("in during while when and after fighting".split())
