"""Whom a blow hit: "shot" without an object ("Man shot in the leg"), "beat a clerk to death".

Headlines leave out the verb "was"; in a sentence the words behind must leave no doubt, since
"a guard shot in the air" too.
"""

from __future__ import annotations

from dataclasses import replace

from transforms.coding.groups.group import Group
from transforms.coding.mention import Mention, Reader, make_mention
from transforms.coding.victims.objects import objects_of
from transforms.coding.words.lexicon import BE, MONTH, NUMBER, PERSON, TRIGGER, WEEKDAY, Trigger

_TIMES = frozenset("multiple several twice once repeatedly".split())
_PLACES = frozenset("in inside outside near during while on behind along early late".split())
_STOPS = frozenset((",", ";", "."))
_BREAKS = frozenset("| - – —".split())
_IN_HOSPITAL = frozenset(("hospitalised", "hospitalized"))
_REACH = 4
"""Tokens from "in" to the part of the body."""


def was_hit(reader: Reader, last: int) -> bool:
    """Whether those before the verb were hit.

    Args:
        reader: the sentence.
        last: the token behind the verb.
    """
    low, flags, body = reader.tokens.low, reader.tokens.flags, reader.lexicon.words.body_parts
    if low[last - 1] in _IN_HOSPITAL:
        return True
    if last >= len(low):
        return reader.headline
    word = low[last]
    ahead = low[last + 1 : last + 1 + _REACH]
    if word in ("by", "through") or (word == "in" and body.intersection(ahead)):
        return word != "through" or bool(body.intersection(ahead))
    if word in _TIMES or (flags[last] & NUMBER and low[last + 1 : last + 2] == ["times"]):
        return True
    counted = reader.ends.get(last - 1)
    people = counted is not None and counted.kind == "number" and counted.head >= 0
    if people and word in _STOPS:  # "6 students shot, 40"
        return not any(flag & TRIGGER for flag in flags[last + 1 : last + 2])
    if not reader.headline or reader.lexicon.words.no_targets.intersection(ahead):
        return False
    if word == "at":
        return not any(flag & PERSON for flag in flags[last + 1 : last + 1 + _REACH])
    if word == ",":  # "Father shot, killed his son" has an object
        return not any(flag & TRIGGER for flag in flags[last + 1 : last + 2])
    return word in _PLACES or word in _BREAKS or bool(flags[last] & (WEEKDAY | MONTH))


def leaves_bodies(reader: Reader) -> bool:
    """Whether a sentence says of those who were shot that they died ("and threw the bodies")."""
    return not reader.lexicon.words.shot_dead.isdisjoint(reader.tokens.low)


def fatally_hit(reader: Reader, last: int) -> Group | None:
    """Those of the hit who died of it ("ten were shot, two of them fatally").

    Args:
        reader: the sentence.
        last: the token behind the verb.
    """
    low = reader.tokens.low
    if reader.lexicon.words.fatal.isdisjoint(low):
        return None
    for at in range(last + 2, min(last + _SOON, len(low))):
        if low[at] in reader.lexicon.words.fatal:
            told = next((g for g in reader.groups if last < g.first < g.last == at), None)
            return replace(told, subset=False) if told else None
    return None


def read_fatally(reader: Reader, hit: Mention, trigger: Trigger) -> list[Mention]:
    """The dead among those who were hit, as a mention of their own, or none."""
    if not trigger.weak or hit.unreal or (dead := fatally_hit(reader, hit.last)) is None:
        return []
    fatal = replace(trigger, kind="killed", weak=False)
    return [make_mention(fatal, [dead], dead.last, dead.last + 1, "fatally", False, False)]


_SOON = 12
"""Tokens from "shot" to how it ended for some."""


def beaten_to_death(reader: Reader, to: int) -> list[Group]:
    """Those whom a verb with "to death" behind them killed ("beat a clerk and his son to death").

    Args:
        reader: the sentence.
        to: the token of the "to".
    """
    low, flags = reader.tokens.low, reader.tokens.flags
    for at in range(to - 2, max(to - _FAR, 0) - 1, -1):
        if low[at] in reader.lexicon.words.deadly_blows and not flags[at - 1] & BE:
            return [group for group in objects_of(reader, at + 1) if group.last <= to]
    return []


_FAR = 14
"""Tokens from the verb to the "to death" behind its victims."""
