"""People whom shots or vehicles hit: "opened fire, striking three people", "a van hit two women".

Read after a sentence's casualty words. The verbs are said of much else, so what hit people must
stand in the sentence, and the people must be told as such. Their figure gives way to any other.

Source: codebook section 3.
"""

from __future__ import annotations

from collections.abc import Sequence

from transforms.coding.groups.group import Group
from transforms.coding.mention import Mention, Reader, make_mention, told_by, unreal_before
from transforms.coding.mentions.shot import read_fatally
from transforms.coding.text.tokens import Tokens
from transforms.coding.victims.objects import objects_of
from transforms.coding.victims.subjects import subject_of
from transforms.coding.words.lexicon import BE, HAVE, SUBORDINATOR, Lexicon, Trigger

_HURT = Trigger("injured", "past", weak=True)
_AGENT = 6
"""Tokens from "hit by" to the car or the bullet that did it."""


def may_strike(tokens: Tokens, lexicon: Lexicon) -> bool:
    """Whether a sentence has a verb of hitting and what hits people."""
    words, low = lexicon.words, tokens.low
    if words.hits.isdisjoint(low):
        return False
    return not (words.gunshots.isdisjoint(low) and words.colliders.isdisjoint(low))


def read_struck(reader: Reader, before: Sequence[Mention]) -> list[Mention]:
    """Those whom a verb of hitting has as its victims, and the dead among them.

    Args:
        reader: the sentence.
        before: its other mentions; whom they tell of is not told again.
    """
    if not may_strike(reader.tokens, reader.lexicon):
        return []
    low, flags = reader.tokens.low, reader.tokens.flags
    told = told_by(before)
    hurt = any(mention.kind == "injured" for mention in before)
    found: list[Mention] = []
    for index, word in enumerate(low):
        if word not in reader.lexicon.words.hits:
            continue
        left = reader.skip_adverbs_left(index - 1)
        passive = left >= 0 and bool(flags[left] & BE) and word in _PASSIVE
        if passive:
            victims = subject_of(reader, left) if _is_hit_by(reader, index + 1) else []
        else:
            victims = objects_of(reader, index + 1) if _something_hits(reader, index) else []
        if not victims or not _are_people(reader, victims):
            continue
        if told.intersection(group.first for group in victims) or _is_figure(reader, victims):
            continue
        if hurt and all(group.value == 1 for group in victims):
            continue  # "The other man wounded, Luis Mora, was hit by three bullets"
        told |= {group.first for group in victims}
        left -= left >= 0 and bool(flags[left] & (BE | HAVE))
        rule = "passive" if passive else "active"
        unreal = unreal_before(reader, left)
        struck = make_mention(_HURT, victims, index, index + 1, rule, unreal, False)
        found += [struck, *(read_fatally(reader, struck, _HURT) if not before else ())]
    return found


_PASSIVE = frozenset(("hit", "struck"))


def _something_hits(reader: Reader, verb: int) -> bool:
    """Whether what hits people stands before a verb."""
    words, low = reader.lexicon.words, reader.tokens.low
    return not (words.gunshots | words.colliders).isdisjoint(low[:verb])


def _is_hit_by(reader: Reader, start: int) -> bool:
    """Whether shots or a vehicle are told behind a passive ("by a car", "when police fired")."""
    words, low, flags = reader.lexicon.words, reader.tokens.low, reader.tokens.flags
    if low[start : start + 1] == ["by"]:
        return not (words.gunshots | words.colliders).isdisjoint(low[start : start + _AGENT])
    for at in range(start, len(low)):
        if flags[at] & SUBORDINATOR or low[at] in _MEANWHILE:
            return not words.gunshots.isdisjoint(low[at:])
    return False


_MEANWHILE = frozenset(("when", "as", "after", "during", "while"))


def _is_figure(reader: Reader, victims: Sequence[Group]) -> bool:
    """As in "fired two managers and hit the chairman with a lawsuit": no shot is told behind."""
    behind = reader.tokens.low[victims[-1].last :]
    return behind[:1] == ["with"] and reader.lexicon.words.gunshots.isdisjoint(behind)


def _are_people(reader: Reader, groups: Sequence[Group]) -> bool:
    """Whether they are persons, one by one or counted, by their nouns."""
    low, lexicon = reader.tokens.low, reader.lexicon
    return all(
        group.kind in ("number", "one")
        and not group.uncertain
        and (group.antecedent is not None or group.head >= 0 or low[group.first] in _HIM)
        and (group.head < 0 or low[group.head] in lexicon.roles)
        for group in groups
    )


_HIM = frozenset(("him", "her", "he", "she"))
