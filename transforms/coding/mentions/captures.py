"""People taken away by those who keep them: "the gunmen took 12 villagers into the forest".

Read after a sentence's casualty words, for its verbs are common ones: somebody who takes people
captive must stand in the sentence, or the way in which it was done must leave no doubt.

Source: codebook section 2; an arrest is no abduction.
"""

from __future__ import annotations

from collections.abc import Iterator

from transforms.coding.groups.group import Group
from transforms.coding.mention import Mention, Reader, make_mention, told_by, unreal_before
from transforms.coding.text.tokens import Tokens
from transforms.coding.victims.chains import adjacent_victims
from transforms.coding.victims.objects import objects_of
from transforms.coding.victims.subjects import subject_of
from transforms.coding.words.lexicon import (
    BE,
    MODAL,
    PREPOSITION,
    REPORTING,
    SUBORDINATOR,
    Lexicon,
    Trigger,
)

_TAIL = 16
"""Tokens behind the verb in which the way is told."""
_SAYING = 5
"""Tokens from a comma to a word of saying that belongs to another clause."""
_AWAY = frozenset(("away", "off", "along", "up"))
_PEOPLE = frozenset("men man persons people individuals".split())


def may_take(tokens: Tokens, lexicon: Lexicon) -> bool:
    """Whether a sentence has a verb that people may be taken away with."""
    return not lexicon.words.captures.isdisjoint(tokens.low)


def read_captures(reader: Reader, before: list[Mention]) -> list[Mention]:
    """The people whom a verb of taking says were taken away against their will.

    Args:
        reader: the sentence.
        before: its other mentions; whose kidnapping they tell is not told again.
    """
    low, words = reader.tokens.low, reader.lexicon.words
    if not may_take(reader.tokens, reader.lexicon):
        return []
    told = told_by(before)
    found: list[Mention] = []
    for index, word in enumerate(low):
        if word not in words.captures:
            continue
        if word == "captivity":
            mention = _read_captivity(reader, index)
        else:
            mention = _read_capture(reader, index)
        if mention is None or not mention.groups:
            continue
        if not told.intersection(group.first for group in mention.groups):
            told |= {group.first for group in mention.groups}
            found.append(mention)
    return found


def _read_captivity(reader: Reader, index: int) -> Mention | None:
    """As in "four nurses remain in captivity", "are being held in captivity"."""
    low, flags = reader.tokens.low, reader.tokens.flags
    left = reader.skip_adverbs_left(index - 2)
    if low[index - 1 : index] != ["in"] or left < 0:
        return None
    if low[left] == "held":
        left = reader.skip_adverbs_left(left - 1)
    if not flags[left] & BE and low[left] not in reader.lexicon.words.copulas:
        return None
    victims = subject_of(reader, left)
    if _are_bare(victims) or not _are_people(reader, victims):
        return None
    unreal = unreal_before(reader, left)
    return make_mention(_taken(victims), victims, index, index + 1, "passive", unreal, False)


def _read_capture(reader: Reader, index: int) -> Mention | None:
    low, flags = reader.tokens.low, reader.tokens.flags
    left = reader.skip_adverbs_left(index - 1)
    start = index + 1 + (low[index + 1 : index + 2] != [] and low[index + 1] in _AWAY)
    if low[index] == "made":
        if low[index + 1 : index + 3] != ["off", "with"]:
            return None
        start = index + 3
    passive = left >= 0 and bool(flags[left] & BE) and not low[index].endswith("ing")
    if not _NOT.isdisjoint(low[max(left, 0) : index]):
        return None
    objects = [] if passive else objects_of(reader, start)
    if objects:
        if _are_bare(objects) and not reader.headline:
            return None  # "dragged passengers from two buses and took away 50 of them"
        tail = [*low[index + 1 : start], *_tail(reader, objects[-1].last)]
        if not _are_people(reader, objects) or not _is_taking(reader, index, tail):
            return None
        unreal = unreal_before(reader, left) or (left >= 0 and bool(flags[left] & MODAL))
        return make_mention(_taken(objects), objects, index, index + 1, "active", unreal, False)
    if low[index] in ("took", "made") or low[index].endswith("ing"):
        return None
    tail = _tail(reader, index + 1)
    by = "by" in tail and any(
        low[index] not in _LAWFUL or low[at] not in reader.lexicon.words.soldiery
        for at in _captors(reader, index + 1, index + 1 + len(tail))
    )
    if _is_benign(reader, tail):
        return None
    victims = subject_of(reader, left) if passive else adjacent_victims(reader, index)
    raided = tail[:1] == ["away"] and any(_captors(reader, 0, len(low)))
    fought = low[index] == "captured" and "by" not in tail and _are_soldiers(reader, victims)
    if not (by or raided or fought or _is_by_force(reader, low[index], tail)):
        return None
    known = all(group.definite and group.kind == "one" for group in victims)
    aside = not passive and (_are_bare(victims) or known or low[index] == "held")
    if aside or not _are_people(reader, victims):  # "those held by rebels" tells no event
        return None
    unreal = unreal_before(reader, left)
    rule = "passive" if passive else "reduced"
    return make_mention(_taken(victims), victims, index, index + 1, rule, unreal, False)


_NOT = frozenset(("not", "never", "n't"))


def _are_bare(groups: list[Group]) -> bool:
    return all(group.kind == "plural" for group in groups)


def _taken(victims: list[Group]) -> Trigger:
    """The reading; who was brought up before may have been kidnapped in other words."""
    return Trigger("abducted", "past", weak=all(group.definite for group in victims))


def _tail(reader: Reader, start: int) -> list[str]:
    """The words behind a verb or its object up to the end of the clause."""
    low, flags = reader.tokens.low, reader.tokens.flags
    end = start
    while end < min(len(low), start + _TAIL):
        stops = flags[end] & (REPORTING | SUBORDINATOR) and not flags[end] & PREPOSITION
        says = low[end] == "," and any(flag & REPORTING for flag in flags[end : end + _SAYING])
        if low[end] in (".", ";", ":") or stops or says:
            break
        end += 1
    return low[start:end]


def _are_people(reader: Reader, groups: list[Group]) -> bool:
    """Whether all are people, and none of those who take people captive."""
    low, roles = reader.tokens.low, reader.lexicon.roles
    return all(
        group.kind == "name" or low[group.first] in _PRONOUNS
        if group.head < 0
        else low[group.head] in roles
        and low[group.head] not in _NOBODY
        and not group.uncertain
        and roles[low[group.head]] != "armed_group"
        for group in groups
    )


_NOBODY = frozenset(("lives", "life", "police"))
_PRONOUNS = frozenset(("him", "her", "he", "she"))


def _captors(reader: Reader, start: int, stop: int) -> Iterator[int]:
    """The tokens between two that name those who take people captive."""
    low, words = reader.tokens.low, reader.lexicon.words
    for at in range(start, stop):
        known = low[at] in words.captors or reader.lexicon.roles.get(low[at]) == "armed_group"
        if known or (low[at] in _PEOPLE and words.disguised.intersection(low[max(at - 3, 0) : at])):
            yield at


def _doers(reader: Reader, verb: int) -> Iterator[int]:
    """Those of them who may be the subject of a verb: no preposition leads to them."""
    flags = reader.tokens.flags
    for at in _captors(reader, 0, verb):
        if not any(flag & PREPOSITION for flag in flags[max(at - _ADJECTIVES, 0) : at]):
            yield at


_ADJECTIVES = 3
"""Tokens between a preposition and the noun that it leads to."""


def _are_soldiers(reader: Reader, groups: list[Group]) -> bool:
    """Whether all are of a state's forces, whom nobody captures by law."""
    low, roles = reader.tokens.low, reader.lexicon.roles
    heads = [low[group.head] for group in groups if group.head >= 0]
    return (
        bool(groups)
        and len(heads) == len(groups)
        and all(roles.get(head) == "state_force" for head in heads)
    )


def _by_detainers(reader: Reader, verb: int) -> bool:
    """Whether those who have no right to it detain people ("workers have detained a manager")."""
    low, flags, words = reader.tokens.low, reader.tokens.flags, reader.lexicon.words
    at = next((at for at in range(verb - 1, -1, -1) if low[at] in words.detainers), -1)
    if at < 0 or words.police_words.intersection(low[at:verb]):
        return False
    return not (at and flags[at - 1] & PREPOSITION)


def _is_taking(reader: Reader, index: int, tail: list[str]) -> bool:
    """Whether an active verb with people as its object tells of a kidnapping."""
    low, words = reader.tokens.low, reader.lexicon.words
    doers = list(_doers(reader, index))
    if _is_benign(reader, tail):
        return False
    if low[index] in _DETAINS and _by_detainers(reader, index):
        return True
    if low[index] == "holding" and not words.captured.isdisjoint(tail):
        return True  # "it is holding two engineers captured in an ambush"
    if not doers:
        return False
    sure = any(low[at] not in words.soldiery for at in doers)
    return (
        (sure and low[index] in words.takers)
        or bool(_AWAY.intersection(tail))
        or (low[index] != "held" and _tells_force(reader, tail))
        or "from" in tail[:1]
    )


_DETAINS = frozenset(("detained", "detaining"))


def _is_by_force(reader: Reader, verb: str, tail: list[str]) -> bool:
    """Whether a passive without captors is told so that no doubt is left."""
    if verb == "held":
        return "ransom" in tail  # whom robbers hold at gunpoint they do not take away
    forced = verb in reader.lexicon.words.drags or "away" in tail[:1]
    return (forced and _tells_force(reader, tail)) or bool(
        reader.lexicon.words.by_force.intersection(tail)
    )


_LAWFUL = frozenset(("held", "rounded", "picked", "detained"))
"""Verbs that soldiers arrest with as well."""


def _tells_force(reader: Reader, tail: list[str]) -> bool:
    words = reader.lexicon.words
    if words.by_force.intersection(tail) or tail[:2] == ["with", "them"]:
        return True
    into = next((at for at, word in enumerate(tail) if word in ("into", "onto", "to")), -1)
    return into >= 0 and bool(words.hideouts.intersection(tail[into + 1 : into + 5]))


def _is_benign(reader: Reader, tail: list[str]) -> bool:
    """Whether they were taken to safety, to hospital or into custody."""
    return (tail[:1] == ["for"] and tail[1:2] != ["ransom"]) or bool(
        reader.lexicon.words.unforced.intersection(tail)
    )
