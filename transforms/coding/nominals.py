"""Casualty words that are no verbs: dead, missing, deaths of, bodies, injuries, running tolls."""

from __future__ import annotations

import re
from dataclasses import replace

from transforms.coding.groups import Group
from transforms.coding.lexicon import (
    ADVERB,
    BE,
    CAPITAL,
    CONJUNCTION,
    DEFINITE,
    DETERMINER,
    HAVE,
    MONTH,
    NUMBER,
    PREPOSITION,
    PUNCTUATION,
    REPORTING,
    SUBORDINATOR,
    THING,
    VERB,
    WEEKDAY,
    Trigger,
)
from transforms.coding.mentions import Mention, Reader, make_mention, unreal_before
from transforms.coding.numbers import read_quantity
from transforms.coding.objects import companions_of, objects_of
from transforms.coding.rosters import past_honorific
from transforms.coding.subjects import adjacent_victims, subject_of

_FOUND = frozenset(
    (
        "found finding find discovered discovering recovering recovered uncovered unearthed"
        " retrieved identified dumped pulled washed exhumed"
    ).split()
)
_STAYS = frozenset(("remain", "remains", "remained", "went"))
_TAKES = frozenset(("took take takes taking taken held holds holding").split())


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
    other = low[last + 1 : last + 2]
    if (
        low[last : last + 1] == ["or"]
        and other
        and other[0] in ("missing", "dead", "wounded", "injured", "hurt")
    ):
        trigger, last = Trigger("casualties", "adjective"), last + 2
    left = reader.skip_adverbs_left(first - 1)
    while left > 0 and (low[left] in ("as", "to", "be") or reader.is_held(left)):
        left = reader.skip_adverbs_left(left - 1)
    flag = flags[left] if left >= 0 else 0
    unreal = (
        "feared" in low[max(first - 3, 0) : first] or "presumed" in low[max(first - 3, 0) : first]
    )
    if (
        flag & (BE | REPORTING)
        or (left >= 0 and low[left] in _STAYS)
        or "listed" in low[max(left, 0) : first]
    ):
        at = left if flag & BE or low[left] in _STAYS else first
        unreal = (
            unreal
            or unreal_before(reader, reader.skip_adverbs_left(left - 1))
            or unreal_before(reader, left)
        )
        victims = subject_of(reader, at)
        if victims and trigger.kind == "killed":
            victims = [*victims, *companions_of(reader, last)]
        bare = trigger.kind == "missing" and all(group.head < 0 for group in victims)
        if bare and any(flag & THING for flag in flags[:first]):
            return []  # "of 14 objects that disappeared, five are still missing"
        return [
            make_mention(
                trigger,
                victims,
                first,
                last,
                "predicate",
                unreal,
                "not" in low[left:first],
            )
        ]
    victims = adjacent_victims(reader, first)
    if victims:
        return [make_mention(trigger, victims, first, last, "left", unreal, False)]
    if flag & CONJUNCTION and before and before[-1].kind == "casualties":
        return []
    if (
        flag & CONJUNCTION
        and before
        and before[-1].last >= left - 1
        and before[-1].rule in ("predicate", "passive")
    ):
        return [
            make_mention(trigger, list(before[-1].groups), first, last, "shared", unreal, False)
        ]
    return []


def read_noun(
    reader: Reader, first: int, last: int, trigger: Trigger, before: list[Mention]
) -> list[Mention]:
    """As in "the deaths of 87 protesters", "his father's assassination", "the murder of X"."""
    tokens = reader.tokens
    low = tokens.low
    if of := _victims_at(reader, _past_other_deed(reader, last, trigger)):
        victims = objects_of(reader, of)
        counted = reader.ends.get(first)
        if counted is not None and counted.kind == "number" and not victims:
            return []
        return (
            [make_mention(trigger, victims, first, last, "nominal", False, False)]
            if victims
            else []
        )
    if first >= 2 and low[first - 1] == "'s":
        owner = [g for g in reader.groups if g.last == first - 1]
        if owner and owner[0].kind in ("name", "one"):
            return [make_mention(trigger, owner, first, last, "possessive", False, False)]
    return []


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
    if low[index : index + 1] == ["of"]:
        return index + 1
    of = next((at for at in range(index, min(index + _ASIDE, len(low))) if low[at] == "of"), 0)
    if not of:
        return 0
    told = range(index + (low[index] in _PLACES_IT), of)
    if all(flags[at] & (WEEKDAY | MONTH) or _DAY.fullmatch(low[at]) for at in told):
        return of + 1
    victims = reader.starts.get(past_honorific(reader, of + 1))
    known = victims is not None and victims.head >= 0 and not victims.uncertain
    placed = low[index] == "in" and len(told) <= _PLACE_WORDS
    common = DETERMINER | (THING if reader.tokens.capitals else 0)
    named = all(flags[at] & CAPITAL and not flags[at] & common for at in told)
    return of + 1 if told and placed and named and known else 0


_ASIDE = 7
"""Tokens between a deed and its victims that may tell where and when."""
_PLACE_WORDS = 3
_PLACES_IT = frozenset(("in", "on", "at"))
_DAY = re.compile(
    r"\d{1,2}(?:st|nd|rd|th)?|(?:19|20)\d\d|last|this|early|late|earlier|yesterday|today|tonight"
    r"|night|morning|week|month|year|weekend|the|day|ago|a|one|two|three|few|days|weeks|months"
)


def read_counted(
    reader: Reader, first: int, last: int, trigger: Trigger, before: list[Mention]
) -> list[Mention]:
    """As in "more than 800 deaths", "seven bodies", "no casualties"."""
    tokens = reader.tokens
    low, flags = tokens.low, tokens.flags
    if low[first] in ("hostage", "captive"):
        taken = reader.ends.get(first)
        if taken and _TAKES.intersection(low[max(taken.first - 4, 0) : taken.first]):
            return [make_mention(trigger, [taken], first, last, "taken", False, False)]
    follow = flags[last] if last < len(low) else PUNCTUATION
    if low[first] in ("death", "body", "hostage", "corpse", "fatality") and not follow & (
        PUNCTUATION | PREPOSITION | CONJUNCTION | BE | HAVE | VERB | ADVERB | SUBORDINATOR
    ):
        return []
    start = first
    while start > 0 and start > first - 5:
        flag = flags[start - 1]
        if low[start - 1] == "no":
            return _zero(reader, first, last, trigger)
        if flag & NUMBER or low[start - 1][0].isdigit():
            break
        if flag & (
            PREPOSITION | VERB | BE | HAVE | PUNCTUATION | CONJUNCTION | SUBORDINATOR | REPORTING
        ):
            break
        start -= 1
    quantity = None
    for at in range(max(start - 7, 0), start):
        candidate = read_quantity(tokens, at, reader.lexicon)
        if candidate and start - 1 <= candidate.last <= first and candidate.last > start - 1:
            quantity = candidate
            break
    if quantity is None or _year(quantity.best, quantity.bare):
        found_words = _FOUND.intersection(low)
        if (
            low[first] in ("bodies", "body", "corpse", "corpses")
            and found_words
            and low[last : last + 1] == ["of"]
        ):
            return [
                make_mention(
                    trigger, objects_of(reader, last + 1), first, last, "bodies", False, False
                )
            ]
        return []
    if low[first] == "injuries" and quantity.best is None:
        return []  # "multiple injuries" are one person's
    value = quantity
    group = Group(
        value.first, last, value.low, value.best, value.high, value.convention,
        value.first, value.last, first, "number",
        additive="more" in low[value.first : first] or "other" in low[value.first : first],
        definite=value.first > 0 and bool(flags[value.first - 1] & DEFINITE),
    )  # fmt: skip
    if low[first] in ("bodies", "body") and low[value.first : value.last] in (["a"], ["an"]):
        return []
    victims = [group]
    if low[last : last + 1] == ["of"]:
        inner = objects_of(reader, last + 1)
        if inner and inner[0].kind == "number":
            victims = inner
    return [make_mention(trigger, victims, first, last, "counted", False, False)]


def read_sustained(
    reader: Reader, first: int, last: int, trigger: Trigger, before: list[Mention]
) -> list[Mention]:
    """As in "suffered minor injuries", "escaped with burns", "was taken to hospital with wounds".

    A shot or stab wound gives way to what it led to, and a fatal one kills.
    """
    low, flags = reader.tokens.low, reader.tokens.flags
    if low[first] == "condition" and not _BAD.intersection(low[max(first - 3, 0) : first]):
        return []
    if low[first] == "condition" and "in" in low[max(first - 4, 0) : first]:
        opens = first - 1 - low[max(first - 4, 0) : first][::-1].index("in")
        if opens in reader.ends:  # "leaving 18 dead and six others in critical condition"
            victims = adjacent_victims(reader, opens)
            return [make_mention(trigger, victims, first, last, "left", False, False)]
    for index in range(first - 1, max(first - _REACH, -1), -1):
        word = low[index]
        suffers = word in _SUFFERS and index > first - 7
        if word == "escaped" and low[index + 1 : index + 2] != ["with"]:
            return []  # "escaped injury"
        if suffers or (word in _TREATED and not _SICK.intersection(low)):
            if low[first] == "condition" and suffers:
                return []
            between = set(low[index:first])
            kind = "killed" if "fatal" in between else trigger.kind
            found = replace(trigger, kind=kind, weak=bool(_BY_WEAPON & between))
            left = reader.skip_adverbs_left(index - 1)
            victims = _sufferers(reader, index)
            unreal = unreal_before(reader, left)
            return [make_mention(found, victims, first, last, "subject", unreal, False)]
        if word in ("no", "without", ";", "whose") or flags[index] & SUBORDINATOR:
            break
        if word == "," and low[index + 1 : index + 2] != ["with"] and index < first - 4:
            break
    return []


_REACH = 12
"""Tokens from an injury back to the verb that tells who has it."""
_BAD = frozenset(("critical", "serious", "grave", "severe"))
_SUFFERS = frozenset(
    (
        "suffered sustained suffering sustaining received suffer sustain suffers receiving nursing"
        " nursed incurred bore bearing"
    ).split()
)
_TREATED = frozenset(
    (
        "taken rushed airlifted flown transported admitted hospitalised hospitalized evacuated"
        " conveyed treated treating escaped survived rescued recovering brought transferred"
        " ferried moved remain remains remained listed"
    ).split()
)
"""Verbs that send people to hospital; with an injury after them."""
_BY_WEAPON = frozenset("gunshot bullet stab knife stabbing shotgun handgun rifle".split())
_SICK = frozenset(
    (
        "illness poisoning fever symptoms virus infection disease cholera dengue hypertension"
        " stroke cancer pneumonia surgery"
    ).split()
)


def _sufferers(reader: Reader, verb: int) -> list[Group]:
    """Who has the injuries after a verb: its subject, what "treating" takes, or who is found."""
    low, flags = reader.tokens.low, reader.tokens.flags
    if low[verb] == "treating":
        return objects_of(reader, verb + 1)
    left = reader.skip_adverbs_left(verb - 1)
    if low[verb].endswith("ing") and left >= 0 and not flags[left] & (BE | HAVE):
        return adjacent_victims(reader, verb)
    return subject_of(reader, verb)


def _zero(reader: Reader, first: int, last: int, trigger: Trigger) -> list[Mention]:
    low = reader.tokens.low
    if "no" not in low[max(first - 4, 0) : first]:
        return []
    at = max(i for i in range(max(first - 4, 0), first) if low[i] == "no")
    group = Group(at, last, 0, 0, 0, "zero", at, at + 1, first, "number")
    found = make_mention(trigger, [group], first, last, "zero", False, False)
    found.zero = True
    return [found]


def read_toll(
    reader: Reader, first: int, last: int, trigger: Trigger, before: list[Mention]
) -> list[Mention]:
    """As in "the death toll rose to 32", "raising the toll from 12 to 14", "put the toll at 20"."""
    tokens = reader.tokens
    low, flags = tokens.low, tokens.flags
    best: Group | None = None
    stop = min(len(low), last + 18)
    index = last
    while index < stop:
        word = low[index]
        if word in (".", ";") or (flags[index] & SUBORDINATOR and best):
            break
        if word in (
            "to",
            "at",
            "of",
            "is",
            "was",
            "in",
            "reached",
            "stands",
            "near",
            "hit",
            "passed",
            "topped",
            "exceeded",
            "exceeds",
            "surpassed",
            "above",
            "past",
            "beyond",
            "around",
            "over",
            "between",
            "tops",
            "hits",
            "reaches",
            "now",
            "currently",
        ):
            at = index if word in ("exceeded", "over", "around", "between") else index + 1
            at += low[at : at + 1] == ["the"]
            while at < stop and (flags[at] & ADVERB or low[at] in ("now", "stood")):
                at += 1
            quantity = read_quantity(tokens, at, reader.lexicon) if at < len(low) else None
            if word == "in" and quantity and quantity.best is not None:
                quantity = None
            if (
                quantity
                and quantity.last < len(low)
                and (flags[quantity.last] & MONTH or low[quantity.last] in ("percent", "%"))
            ):
                quantity = None
            if quantity and not _year(quantity.best, quantity.bare):
                best = Group(
                    quantity.first, quantity.last, quantity.low, quantity.best, quantity.high,
                    quantity.convention, quantity.first, quantity.last, -1, "number",
                )  # fmt: skip
                if word != "of" and word not in ("is", "was"):
                    break
                index = quantity.last
                continue
        if best and flags[index] & PUNCTUATION:
            break
        index += 1
    best = best or _toll_before(reader, first)
    if best is None:
        return []
    found = make_mention(trigger, [best], first, last, "toll", False, False)
    found.toll = True
    return [found]


def _toll_before(reader: Reader, first: int) -> Group | None:
    """As in "raising to 14 the number of dead"."""
    low = reader.tokens.low
    if first < 3 or low[first - 1] != "the":
        return None
    for at in range(max(first - 5, 1), first - 1):
        quantity = read_quantity(reader.tokens, at, reader.lexicon) if low[at - 1] == "to" else None
        if quantity and quantity.last == first - 1:
            bounds = (quantity.low, quantity.best, quantity.high, quantity.convention)
            return Group(at, quantity.last, *bounds, at, quantity.last, -1, "number")
    return None


def _year(value: int | None, bare: bool) -> bool:
    return bare and value is not None and 1900 <= value <= 2100
