"""The hurt told by those who care for them: "medics treated 30 others", "ambulances took nine to".

Read after a sentence's casualty words. The verbs are said of the sick too, so that the sentence
must tell of injuries, of casualties or of what hurts people.

Source: codebook section 3, "treated in hospital".
"""

from __future__ import annotations

from collections.abc import Sequence

from transforms.coding.groups.group import Group
from transforms.coding.mention import Mention, Reader, make_mention, told_by, unreal_before
from transforms.coding.text.tokens import Tokens
from transforms.coding.victims.objects import objects_of
from transforms.coding.words.lexicon import BE, HAVE, TRIGGER, Lexicon, Trigger

_HURT = Trigger("injured", "sent", weak=True)
_WITH = 3
"""Tokens from the victims to the "with" of their injuries."""
_NEAR = 8
"""And to the hospital that they are taken to, or to the injuries that they have."""


def may_care(tokens: Tokens, lexicon: Lexicon) -> bool:
    """Whether a sentence has those who care for the hurt and a verb of care."""
    words = lexicon.words
    low = tokens.low
    return not (words.carers.isdisjoint(low) or words.cares.isdisjoint(low))


def read_cared(reader: Reader, before: Sequence[Mention]) -> list[Mention]:
    """Those whom a verb of care has as its objects, as figures that give way to any other.

    Args:
        reader: the sentence.
        before: its other mentions; whom they tell of is not told again.
    """
    words, low, flags = reader.lexicon.words, reader.tokens.low, reader.tokens.flags
    if not may_care(reader.tokens, reader.lexicon) or not words.illnesses.isdisjoint(low):
        return []
    told = told_by(before)
    found: list[Mention] = []
    for index, word in enumerate(low):
        left = reader.skip_adverbs_left(index - 1)
        if word not in words.cares or (left >= 0 and flags[left] & BE):
            continue
        victims = objects_of(reader, index + 1 + (low[index + 1 : index + 2] == ["in"]))
        if not victims or told.intersection(group.first for group in victims):
            continue
        last = victims[-1].last
        wounded = _have_injuries(reader, last)
        moved = low[last : last + 1] == ["to"] and not words.hospitals.isdisjoint(
            low[last + 1 : last + _NEAR]
        )
        treats = words.carers.intersection(low[:index]) and (word in ("treated", "treating"))
        hurting = before or not words.deadly_events.isdisjoint(low)
        if not (wounded or ((moved or treats) and hurting)) or not _are_new(reader, victims):
            continue
        told |= {group.first for group in victims}
        left -= left >= 0 and bool(flags[left] & HAVE)
        unreal = unreal_before(reader, left)
        found.append(make_mention(_HURT, victims, index, index + 1, "sent", unreal, False))
    return found


def _have_injuries(reader: Reader, last: int) -> bool:
    """Whether "with" and injuries follow ("with gunshot wounds", ", all with burns")."""
    low, sustained = reader.tokens.low, reader.lexicon.triggers
    opens = next((at for at in range(last, last + _WITH) if low[at : at + 1] == ["with"]), -1)
    return opens >= 0 and any(
        reader.tokens.flags[at] & TRIGGER
        and any(trigger.form == "sustained" for trigger in sustained.get(low[at], ()))
        for at in range(opens, min(opens + _NEAR, len(low)))
    )


def _are_new(reader: Reader, groups: Sequence[Group]) -> bool:
    """Whether they are people, and not somebody told of before ("took the girl to hospital")."""
    low, roles = reader.tokens.low, reader.lexicon.roles
    return all(
        (group.kind == "number" or (group.kind == "one" and not group.definite))
        and (group.head < 0 or low[group.head] in roles)
        for group in groups
    )
