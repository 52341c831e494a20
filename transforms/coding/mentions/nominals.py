"""Casualty words that are no verbs: dead, missing, the deaths of, the murder of.

Nouns that are counted are read in counted.py, injuries in injuries.py, running tolls in tolls.py.
"""

from __future__ import annotations

import re

from transforms.coding.groups.group import Group
from transforms.coding.mention import Mention, Reader, make_mention, unreal_before
from transforms.coding.mentions.manifold import read_manifold
from transforms.coding.mentions.shot import beaten_to_death
from transforms.coding.victims.chains import adjacent_victims, left_so
from transforms.coding.victims.objects import companions_of, objects_of
from transforms.coding.victims.rosters import past_honorific
from transforms.coding.victims.subjects import subject_of
from transforms.coding.words.lexicon import (
    BE,
    CAPITAL,
    CONJUNCTION,
    DETERMINER,
    MONTH,
    REPORTING,
    THING,
    WEEKDAY,
    Trigger,
)


def is_attributive(reader: Reader, index: int) -> bool:
    """Whether the casualty word stands inside a noun group, before its head."""
    for group in reader.groups:
        if group.first <= index < group.last and group.head > index:
            return True
        if group.first > index:
            break
    return False


def read_attributive(reader: Reader, first: int, last: int, trigger: Trigger) -> list[Mention]:
    """As in "two kidnapped soldiers"."""
    for group in reader.groups:
        if group.first <= first < group.last:
            return [make_mention(trigger, [group], first, last, "attributive", False, False)]
    return []


def read_adjective(
    reader: Reader, first: int, last: int, trigger: Trigger, before: list[Mention]
) -> list[Mention]:
    """As in "are dead", "left ten people dead", "five dead", "two dead soldiers", "are missing"."""
    tokens = reader.tokens
    low, flags = tokens.low, tokens.flags
    if is_attributive(reader, first):
        return read_attributive(reader, first, last, trigger)
    if last < len(flags) and flags[last] & THING:
        return []  # "two missing paintings"
    if low[last : last + 1] == ["or"] and low[last + 1 : last + 2] in _OR_ELSE:
        trigger, last = Trigger("casualties", "adjective"), last + 2
    left = reader.skip_adverbs_left(first - 1)
    while left > 0 and (low[left] in ("as", "to", "be") or reader.is_held(left)):
        left = reader.skip_adverbs_left(left - 1)
    if left > 0 and low[left] == "left" and flags[left - 1] & BE:
        left -= 1  # "eight people were left dead"
    if left > 0 and low[left] == "listed":  # "two men listed as missing", "are listed as missing"
        left = reader.skip_adverbs_left(left - 1)
        if listed := reader.ends.get(left + 1):
            return [make_mention(trigger, [listed], first, last, "left", False, False)]
    flag = flags[left] if left >= 0 else 0
    joined = left >= 0 and low[left] in reader.lexicon.words.copulas
    if flag & (BE | REPORTING) or joined or "listed" in low[max(left, 0) : first]:
        verb = left if flag & BE or joined else first
        found = _read_predicate(reader, first, last, trigger, left, verb)
        told = any(mention.groups for mention in before)
        return [] if not told and _may_be_things(reader, found) else found
    unreal = _is_feared(reader, first)
    if victims := left_so(reader, left) or adjacent_victims(reader, first):
        unreal = unreal or _would_leave(reader, victims[0].first - 1)
        return [make_mention(trigger, victims, first, last, "left", unreal, False)]
    if not flag & CONJUNCTION or not before or before[-1].kind == "casualties":
        return []
    if before[-1].last >= left - 1 and before[-1].rule in ("predicate", "passive"):
        victims = list(before[-1].groups)
        return [make_mention(trigger, victims, first, last, "shared", unreal, False)]
    return []


def _would_leave(reader: Reader, at: int) -> bool:
    """Whether a verb that has not come true leaves them so ("would leave 5,000 dead")."""
    return reader.tokens.low[at] in ("leave", "see") and unreal_before(reader, at - 1)


_OR_ELSE = (["missing"], ["dead"], ["wounded"], ["injured"], ["hurt"])
"""After "or": the figure tells the two apart no more ("40 are dead or missing")."""


def _read_predicate(
    reader: Reader, first: int, last: int, trigger: Trigger, left: int, verb: int
) -> list[Mention]:
    """As in "five are dead", "two remain missing": a state is said of the subject of a verb.

    Args:
        reader: the sentence.
        first: the word for the state.
        last: the token after it.
        trigger: its reading.
        left: what stands before it, adverbs and the like left out.
        verb: whose subject has the state.
    """
    low = reader.tokens.low
    unreal = (
        _is_feared(reader, first)
        or unreal_before(reader, reader.skip_adverbs_left(left - 1))
        or unreal_before(reader, left)
    )
    victims = subject_of(reader, verb)
    if victims and trigger.kind == "killed":
        victims = [*victims, *companions_of(reader, last)]
    negated = "not" in low[left:first]
    return [make_mention(trigger, victims, first, last, "predicate", unreal, negated)]


def _may_be_things(reader: Reader, found: list[Mention]) -> bool:
    """As in "of 14 objects that disappeared, five are still missing"; no people are told of."""
    low, flags = reader.tokens.low, reader.tokens.flags
    if any(group.head >= 0 and low[group.head] in reader.lexicon.roles for group in reader.groups):
        return False
    return any(
        mention.kind == "missing"
        and all(group.head < 0 for group in mention.groups)
        and any(flag & THING for flag in flags[: mention.first])
        for mention in found
    )


def _is_feared(reader: Reader, first: int) -> bool:
    """Whether the state is not known ("are feared dead")."""
    near = reader.tokens.low[max(first - 3, 0) : first]
    return "feared" in near or "presumed" in near


def read_noun(
    reader: Reader, first: int, last: int, trigger: Trigger, before: list[Mention]
) -> list[Mention]:
    """As in "the deaths of 87 protesters", "his father's assassination", "the murder of X"."""
    tokens = reader.tokens
    low = tokens.low
    if (manifold := read_manifold(reader, first, last, trigger)) is not None:
        return [manifold]
    if low[first] == "death" and low[first - 1 : first] == ["to"]:
        victims = beaten_to_death(reader, first - 1)
        return [make_mention(trigger, victims, first, last, "active", False, False)]
    if of := _victims_at(reader, _past_other_deed(reader, last, trigger)):
        if low[first - 1] in ("attempted", "failed", "foiled"):
            return []
        victims = objects_of(reader, of)
        if low[first] in _OF_MANY and len(victims) == 1 and _is_name(victims[0]):
            return []  # "the massacre of Lidice"
        foiled = not reader.lexicon.words.foiled.isdisjoint(low[max(first - 2, 0) : first])
        counted = reader.ends.get(first)
        if counted is not None and counted.kind == "number" and not victims:
            return []
        return (
            [make_mention(trigger, victims, first, last, "nominal", foiled, False)]
            if victims
            else []
        )
    if first >= 2 and low[first - 1] == "'s":
        owner = [g for g in reader.groups if g.last == first - 1]
        many = low[first] in _OF_MANY
        if owner and owner[0].kind in ("name", "one") and not many:
            return [make_mention(trigger, owner, first, last, "possessive", False, False)]
    return []


_OF_MANY = frozenset(("massacre", "genocide", "pogrom", "bloodbath"))
"""Deeds that have no single victim: one name with them is that of a place."""


def _is_name(group: Group) -> bool:
    return group.kind == "name" and group.value == 1


"""Before a deed that did not come about ("foiled the kidnapping of a banker")."""


def _past_other_deed(reader: Reader, index: int, trigger: Trigger) -> int:
    """Past another deed that the same people suffered ("the kidnapping and murder of")."""
    low = reader.tokens.low
    if low[index : index + 1] != ["and"]:
        return index
    for at in range(index + 1, min(index + 3, len(low))):  # "and subsequent murder"
        for other in reader.lexicon.triggers.get(low[at], ()):
            if other.form == "noun" and other.kind != trigger.kind:
                return at + 1
    return index


def _victims_at(reader: Reader, index: int) -> int:
    """Where the victims of a noun stand, past the place or the day of the deed; else 0.

    As in "the murder in Guatemala of two teachers", "the kidnapping last week of Ana Ruiz".
    """
    low, flags = reader.tokens.low, reader.tokens.flags
    index += low[index : index + 2] == ["[", "of"]  # "the massacre [of six priests]"
    if low[index : index + 1] == ["of"]:
        return index + 1
    of = next((at for at in range(index, min(index + _ASIDE, len(low))) if low[at] == "of"), 0)
    if not of:
        return 0
    told = [at for at in range(index, of) if not _tells_day(reader, at)]
    if not told or (len(told) == 1 and low[index] in _PLACES_IT):
        return of + 1
    victims = reader.starts.get(past_honorific(reader, of + 1))
    known = victims is not None and victims.head >= 0 and not victims.uncertain
    placed = low[told[0]] in _PLACES_IT and 1 < len(told) <= _PLACE_WORDS + 1
    common = DETERMINER | (THING if reader.tokens.capitals else 0)
    held = reader.lexicon.words.held_there
    named = all(
        (flags[at] & CAPITAL and not flags[at] & common) or low[at] in held for at in told[1:]
    )
    return of + 1 if placed and named and known else 0


def _tells_day(reader: Reader, at: int) -> bool:
    """Whether a token tells when, or leads to a day ("late on Sunday")."""
    low, flags = reader.tokens.low, reader.tokens.flags
    if low[at] == "on" and at + 1 < len(low):
        at += 1
    return bool(flags[at] & (WEEKDAY | MONTH) or _DAY.fullmatch(low[at]))


_ASIDE = 7
"""Tokens between a deed and its victims that may tell where and when."""
_PLACE_WORDS = 3
_PLACES_IT = frozenset(("in", "on", "at", "near", "outside"))
_DAY = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)?|(?:19|20)\d\d|last|this|early|late|earlier|yesterday|today|tonight"
    r"|night|morning|week|month|year|weekend|the|day|ago|a|one|two|three|few|days|weeks|months"
)
