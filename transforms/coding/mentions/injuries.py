"""Injuries and wounds that somebody has: "suffered burns", "in critical condition"."""

from __future__ import annotations

from dataclasses import replace

from transforms.coding.groups.group import Group
from transforms.coding.mention import Mention, Reader, make_mention, told_by, unreal_before
from transforms.coding.victims.chains import adjacent_victims
from transforms.coding.victims.objects import objects_of
from transforms.coding.victims.subjects import subject_of
from transforms.coding.words.lexicon import (
    BE,
    HAVE,
    PREPOSITION,
    SUBORDINATOR,
    TRIGGER,
    VERB,
    Trigger,
)


def read_sustained(
    reader: Reader, first: int, last: int, trigger: Trigger, before: list[Mention]
) -> list[Mention]:
    """As in "suffered minor injuries", "escaped with burns", "was taken to hospital with wounds".

    A shot or stab wound gives way to what it led to, and a fatal one kills.
    """
    low, flags, words = reader.tokens.low, reader.tokens.flags, reader.lexicon.words
    if low[first] == "condition" and not words.grave.intersection(low[max(first - 3, 0) : first]):
        return []
    if low[first] in _STATES and "in" in low[max(first - 4, 0) : first]:
        opens = _last_in(low, first)
        if low[opens - 1] in words.hospitals and "in" in low[max(opens - 4, 0) : opens]:
            opens = _last_in(low, opens)  # "is in a local hospital in critical condition"
        if opens in reader.ends:  # "leaving 18 dead and six others in critical condition"
            victims = adjacent_victims(reader, opens)
            return [make_mention(trigger, victims, first, last, "left", False, False)]
        verb = reader.skip_adverbs_left(opens - 1)
        if verb >= 0 and (flags[verb] & BE or low[verb] in words.copulas):
            victims = subject_of(reader, verb)  # "remains in intensive care"
            return [make_mention(trigger, victims, first, last, "subject", False, False)]
    if victims := _moved_with(reader, first, last):
        return [make_mention(trigger, victims, first, last, "left", False, False)]
    for index in range(first - 1, max(first - _REACH, -1), -1):
        word = low[index]
        suffers = word in words.suffers and index > first - 7
        if flags[index] & HAVE and low[first] in words.had and index > first - 4:
            parted = any(flag & _PARTS for flag in flags[index + 1 : first])
            suffers = not (parted or _breaks_no_bone(reader, first))  # "had burns"
        if word in words.hospitals and low[index + 1 : index + 2] == ["with"]:
            verb = reader.skip_adverbs_left(_opening_in(low, index) - 1)
            if verb >= 0 and (flags[verb] & BE or low[verb] in words.copulas):
                victims = subject_of(reader, verb)  # "are in a local hospital with burns"
                return [make_mention(trigger, victims, first, last, "subject", False, False)]
        if word == "escaped" and low[index + 1 : index + 2] != ["with"]:
            return []  # "escaped injury"
        if word.startswith("succumb"):
            return []  # "brought to hospital, where he succumbed to injuries"
        if suffers or (word in words.treated and not words.illnesses.intersection(low)):
            if low[first] == "condition" and suffers:
                return []
            between = set(low[index:first])
            if word == "found" and between & _DEAD:
                return []
            kind = "killed" if "fatal" in between else trigger.kind
            found = replace(trigger, kind=kind, weak=bool(words.weapons & between))
            left = reader.skip_adverbs_left(index - 1)
            victims = _sufferers(reader, index)
            unreal = unreal_before(reader, left)
            return [make_mention(found, victims, first, last, "subject", unreal, False)]
        if word in ("no", "without", ";", "whose") or flags[index] & SUBORDINATOR:
            break
        if word == "," and low[index + 1 : index + 2] != ["with"] and index < first - 4:
            break
    return []


def _opening_in(low: list[str], end: int) -> int:
    """The "in" that a hospital stands behind, or the hospital itself."""
    before = low[max(end - 4, 0) : end]
    return _last_in(low, end) if "in" in before else end


def _moved_with(reader: Reader, first: int, last: int) -> list[Group]:
    """Those who have injuries before a verb of care ("Two men with burns were evacuated")."""
    low, flags = reader.tokens.low, reader.tokens.flags
    opens = next((at for at in range(first - 1, max(first - 4, 0), -1) if low[at] == "with"), 0)
    if not opens or opens not in reader.ends or last >= len(low):
        return []
    some = reader.ends[opens]
    if some.kind == "number" and some.head < 0 and low[some.first - 1] == ",":
        return [some]  # "a dozen were brought down, several with burns"
    moved = last + bool(flags[last] & HAVE)  # "had been admitted"
    if moved >= len(low) or not flags[moved] & BE:
        return []
    told = reader.lexicon.words.treated | reader.lexicon.words.moved
    return adjacent_victims(reader, opens) if told.intersection(low[moved + 1 : moved + 4]) else []


def _last_in(low: list[str], end: int) -> int:
    """The nearest "in" before a token, which stands there."""
    return end - 1 - low[max(end - 4, 0) : end][::-1].index("in")


_STATES = frozenset(("condition", "intensive", "icu"))
"""Words for how the hurt are, after "in"."""

_DEAD = frozenset(("dead", "deceased", "lifeless", "unresponsive"))

_PARTS = PREPOSITION | TRIGGER | VERB
"""What stands behind "have" where it only helps another verb ("have died of wounds")."""

_REACH = 12
"""Tokens from an injury back to the verb that tells who has it."""


def read_sent(reader: Reader, before: list[Mention]) -> list[Mention]:
    """As in "a shooting that sent four men to the hospital", "left two children in hospital"."""
    low, words = reader.tokens.low, reader.lexicon.words
    told = told_by(before)
    found: list[Mention] = []
    hurt = Trigger("injured", "sent")
    for last, word in enumerate(low):
        if word == "critical" and reader.headline:  # "3 dead, 1 critical in farm shooting"
            group = reader.ends.get(last - (low[last - 1] == "in")) or reader.ends.get(last + 1)
            if group is not None and group.kind == "number" and group.head < 0:
                found.append(make_mention(hurt, [group], last, last + 1, "sent", False, False))
        if word not in ("hospital", "hospitals"):
            continue
        into = (at for at in range(last - 1, max(last - 5, 0), -1) if low[at] in ("in", "to"))
        first = next(into, 0)
        if first and low[first] == "in" and low[first - 1] in _ARE:
            victims = subject_of(reader, first - 1)  # "38 people are in hospital"
            ill = words.illnesses.intersection(low)
            if victims and not ill and not told & {group.first for group in victims}:
                there = replace(hurt, weak=True)
                found.append(make_mention(there, victims, first, last + 1, "sent", False, False))
            continue
        victims = adjacent_victims(reader, first) if first else []
        sent = low[victims[0].first - 1] if victims and victims[0].first else ""
        # "left 15 dead and five in hospital"
        beside = sent == "and" and any(
            m.rule == "left" and m.last < victims[0].first for m in before
        )
        if not (sent in words.sends or beside) or told & {group.first for group in victims}:
            continue
        roles = {reader.lexicon.roles.get(low[g.head]) for g in victims if g.head >= 0}
        if not ("state_force" in roles and sent.startswith("sen")):  # "sent officers to the ..."
            found.append(make_mention(hurt, victims, first, last + 1, "sent", False, False))
    return found


_ARE = frozenset(("is", "are", "was", "were", "remain", "remains"))


def _breaks_no_bone(reader: Reader, index: int) -> bool:
    """Whether something else than bones is broken ("have broken the record")."""
    low, parts = reader.tokens.low, reader.lexicon.words.body_parts
    broken = low[index] in ("broken", "fractured")
    return broken and parts.isdisjoint(low[index + 1 : index + 3])


def _left_beside(reader: Reader, start: int) -> Group | None:
    """Those with injuries beside the dead ("left five recruits dead and three with wounds")."""
    low = reader.tokens.low
    for at in range(start + 2, min(start + _REACH, len(low))):
        if low[at] == "with" and (group := reader.ends.get(at)) is not None:
            joined = low[group.first - 2 : group.first] == ["dead", "and"]
            return group if joined and group.kind == "number" else None
    return None


def _sufferers(reader: Reader, verb: int) -> list[Group]:
    """Who has the injuries after a verb: its subject, what "treating" takes, or who is found."""
    low, flags = reader.tokens.low, reader.tokens.flags
    left = reader.skip_adverbs_left(verb - 1)
    active = low[verb] == "treated" and left >= 0 and not flags[left] & BE
    if low[verb] == "treating" or (active and verb + 1 in reader.starts):
        return objects_of(reader, verb + 1)  # "doctors treated 26 people for burns"
    if low[verb] in ("left", "leaving") and not (left >= 0 and flags[left] & BE):
        after = objects_of(reader, verb + 1)  # "left his partner with a broken leg"
        beside = _left_beside(reader, verb + 1)
        if beside is not None:
            return [beside]
        return after if after and low[after[-1].last : after[-1].last + 1] == ["with"] else []
    if low[verb] == "found" and not (left >= 0 and flags[left] & BE):
        return objects_of(reader, verb + 1)  # "police found a boy with a bullet wound"
    if low[left] == "left" and left > 0 and flags[reader.skip_adverbs_left(left - 1)] & BE:
        return subject_of(reader, reader.skip_adverbs_left(left - 1))  # "were left nursing wounds"
    if low[verb - 2 : verb] in ([",", "both"], [",", "all"]):
        return adjacent_victims(reader, verb - 2)  # "a man and a woman, both suffering from"
    if low[verb].endswith("ing") and left >= 0 and not flags[left] & (BE | HAVE):
        return adjacent_victims(reader, verb)
    return subject_of(reader, verb)
