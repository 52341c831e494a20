"""Casualty verbs that are no past forms: "killing five", "to kill", "Gunmen kill five".

Beside verbs.py, which reads the past and the passive.
"""

from __future__ import annotations

from dataclasses import replace

from transforms.coding.mention import (
    Mention,
    Reader,
    make_mention,
    verb_at,
)
from transforms.coding.mentions.manifold import read_manifold
from transforms.coding.mentions.nominals import is_attributive, read_attributive, read_noun
from transforms.coding.mentions.notes import is_present, read_present
from transforms.coding.victims.chains import adjacent_victims
from transforms.coding.victims.objects import (
    objects_and_attackers,
    objects_of,
)
from transforms.coding.victims.subjects import infinitive_subject, subject_of
from transforms.coding.words.lexicon import (
    BE,
    CAPITAL,
    CONJUNCTION,
    DO,
    HAVE,
    MANY,
    MODAL,
    PREPOSITION,
    THING,
    VERB,
    Trigger,
)


def read_ing(
    reader: Reader, first: int, last: int, trigger: Trigger, before: list[Mention]
) -> list[Mention]:
    """As in "killing himself and five others", "the killing of five", "people dying"."""
    tokens = reader.tokens
    low, flags = tokens.low, tokens.flags
    if (counted := read_manifold(reader, first, last, trigger)) is not None:
        return [counted]
    if low[last : last + 1] == ["of"]:
        return read_noun(reader, first, last, trigger, before)
    if trigger.takes == "subject":
        victims = adjacent_victims(reader, first)
        return [make_mention(trigger, victims, first, last, "subject", False, False)]
    left = reader.skip_adverbs_left(first - 1)
    unreal = left >= 0 and (
        low[left] in reader.lexicon.cues.get("unreal_before_ing", ())
        or (bool(flags[left] & BE) and low[left] in ("be",))
    )
    span, kind = last, trigger.kind
    if low[last : last + 1] == ["or"]:
        other = verb_at(reader, last + 1)
        if other and {kind, other.kind} == {"killed", "injured"}:
            trigger, span = Trigger("casualties", "ing"), last + 2
    if low[span : span + 1] == ["and"]:
        other = verb_at(reader, span + 1)
        if other and other.form == "ing":
            shared = objects_of(reader, span + 2)
            return [make_mention(trigger, shared, first, last, "shared", unreal, False)]
    if first and low[first - 1] in _NOUN_BEFORE:
        return []  # "called the shooting a crime"
    objects, attackers = objects_and_attackers(reader, span)
    if objects and low[objects[-1].last : objects[-1].last + 2] == ["to", "death"]:
        trigger = replace(trigger, kind="killed", weak=False)  # "stabbing two people to death"
    found = make_mention(trigger, objects, first, span, "participle", unreal, False)
    found.attackers = attackers
    if trigger.weak and not objects:
        return []
    return [found] if objects or attackers else []


_NOUN_BEFORE = frozenset(("the", "this", "that", "a", "each", "every", "another"))
"""Before a form in -ing that is a noun."""


def read_base(
    reader: Reader, first: int, last: int, trigger: Trigger, before: list[Mention]
) -> list[Mention]:
    """As in "to kill", "could kill", "Gunmen kill five" (headlines)."""
    tokens = reader.tokens
    if trigger.kind == "abducted" and is_attributive(reader, first):
        return read_attributive(reader, first, last, trigger)  # "17 kidnap victims"
    left = reader.skip_adverbs_left(first - 1)
    flag = tokens.flags[left] if left >= 0 else 0
    word = tokens.low[left] if left >= 0 else ""
    real = (
        word == "to"
        and left > 0
        and (
            tokens.low[left - 1] in ("managed", "continued", "went", "continue", "continues")
            or tokens.low[left - 2 : left] == ["went", "on"]
            or _is_brought_to(reader, left)
        )
    )
    unreal = (word == "to" and not real) or bool(flag & (MODAL | DO))
    verb = flag & VERB and not flag & THING  # "strikes" is a noun too
    many = word.endswith("s") or bool(flag & MANY)  # "gunmen"
    plural = left >= 0 and many and not verb and not flag & (BE | HAVE | PREPOSITION)
    told_last = before[-1] if before and before[-1].rule == "active" else None
    comma = word == "and" and tokens.low[left - 1] == ","  # "to shoot her, kill a boy, and injure"
    listed = (
        told_last is not None and told_last.groups and told_last.groups[-1].last == left - comma
    )
    goes_on = (
        word in ("and", ",")
        and trigger.takes == "object"
        and (listed or is_present(reader, left))  # "Strikes kill five, injure 20"
    )
    told = real or plural or goes_on or (left >= 0 and left + 1 in reader.ends)
    named = reader.headline and flag & CAPITAL and not flag & (VERB | PREPOSITION | CONJUNCTION)
    if not unreal and not told and not named:  # "Taliban kill policemen"
        return read_present(reader, first, last, trigger)
    if trigger.takes == "subject":
        victims = subject_of(reader, left if flag & MODAL else first)
        if word == "to":
            victims = infinitive_subject(reader, left)
            ordinal = bool(victims) and victims[0].convention == "ordinal"
            return [make_mention(trigger, victims, first, last, "infinitive", not ordinal, False)]
        return [make_mention(trigger, victims, first, last, "subject", unreal, False)]
    objects = objects_of(reader, last)
    unreal = unreal or bool(goes_on and listed and told_last and told_last.unreal)
    negated = flag & DO and tokens.low[left].endswith("n't")
    return [make_mention(trigger, objects, first, last, "active", unreal, bool(negated))]


def _is_brought_to(reader: Reader, to: int) -> bool:
    """As in "the quarrel led him to kill two neighbours": it was done."""
    low = reader.tokens.low
    doer = reader.ends.get(to)
    start = doer.first if doer else to - 1 if low[to - 1] in _HIM else 0
    return start > 0 and low[start - 1] in reader.lexicon.words.brings


_HIM = frozenset(("him", "her", "them"))


def read_third(
    reader: Reader, first: int, last: int, trigger: Trigger, before: list[Mention]
) -> list[Mention]:
    """As in "Blast kills five"."""
    if trigger.takes == "subject":
        victims = subject_of(reader, first)
        if len(victims) > 1 and all(group.kind in ("one", "name") for group in victims):
            victims = victims[-1:]  # "Composer and singer Ana Ruiz dies": one person
        return [make_mention(trigger, victims, first, last, "subject", False, False)]
    objects = objects_of(reader, last)
    return [make_mention(trigger, objects, first, last, "active", False, False)]
