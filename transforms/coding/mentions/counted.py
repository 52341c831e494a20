"""Casualty nouns that are counted: "more than 800 deaths", "seven bodies", "no injuries"."""

from __future__ import annotations

from dataclasses import replace

from transforms.coding.groups.group import Group
from transforms.coding.groups.numbers import Quantity, read_quantity
from transforms.coding.mention import Mention, Reader, make_mention, pronoun_at
from transforms.coding.victims.coordination import is_full_name
from transforms.coding.victims.objects import OWNS, objects_of
from transforms.coding.words.lexicon import (
    ADVERB,
    BE,
    CONJUNCTION,
    DEFINITE,
    HAVE,
    MODAL,
    NUMBER,
    ONE,
    PERSON,
    POSSESSIVE,
    PREPOSITION,
    PUNCTUATION,
    REPORTING,
    SUBORDINATOR,
    VERB,
    Trigger,
)


def read_counted(
    reader: Reader, first: int, last: int, trigger: Trigger, before: list[Mention]
) -> list[Mention]:
    """As in "more than 800 deaths", "seven bodies", "no casualties"."""
    low, flags, words = reader.tokens.low, reader.tokens.flags, reader.lexicon.words
    if low[first] in ("hostage", "captive"):
        taken = reader.ends.get(first)
        if taken and words.takes.intersection(low[max(taken.first - 4, 0) : taken.first]):
            return [make_mention(trigger, [taken], first, last, "taken", False, False)]
    follow = flags[last] if last < len(low) else PUNCTUATION
    if low[first] in _SINGULAR and not follow & (
        PUNCTUATION | PREPOSITION | CONJUNCTION | BE | HAVE | VERB | ADVERB | SUBORDINATOR
    ):
        return []
    start = _opening(reader, first)
    denied = _denied(reader, start, first, before) or _none_counted(reader, first)
    if denied:
        nobody = make_mention(trigger, denied, first, last, "zero", False, False)
        nobody.zero = True
        return [nobody]
    quantity = _count_before(reader, start, first)
    if quantity is None or quantity.is_year:
        found = low[first] in words.bodies and low[last : last + 1] == ["of"]
        if found and "state" in low and not _LYING.isdisjoint(low):
            return []  # "the body of the president lay in state"
        victims = objects_of(reader, last + 1) if found else []
        several = any(group.kind == "number" for group in victims)
        if found and not (words.found | (words.yielded if several else _NOTHING)).isdisjoint(low):
            return [make_mention(trigger, victims, first, last, "bodies", False, False)]
        if low[first] in _INJURIES:
            return _read_dealt(reader, first, last, trigger)
        return _read_possessed(reader, first, last, trigger) or _read_body(
            reader, first, last, trigger
        )
    if low[first] in _INJURIES:
        return _count_injuries(reader, quantity, first, last, trigger)
    if (
        low[first] in words.bodies
        and follow & (MODAL | HAVE)
        and low[last + 1 : last + 2] != ["been"]
    ):
        return []  # "the two bodies have until May"
    counted = low[quantity.first : quantity.last]
    if low[first] in ("bodies", "body") and counted in (["a"], ["an"]):
        return _read_body(reader, first, last, trigger)
    told = low[quantity.first : first]
    group = Group(
        quantity.first, last, quantity.low, quantity.best, quantity.high, quantity.convention,
        quantity.first, quantity.last, first, "number",
        additive="more" in told or "other" in told,
        definite=low[quantity.first] == "all"
        or (quantity.first > 0 and bool(flags[quantity.first - 1] & DEFINITE)),
    )  # fmt: skip
    victims = [group]
    if low[last : last + 1] == ["of"]:
        inner = objects_of(reader, last + 1)
        if inner and inner[0].kind == "number":
            victims = inner
    told_of = make_mention(trigger, victims, first, last, "counted", False, False)
    told_of.toll = low[first] in _NOTED and group.first == 0 and _tells_nothing_else(reader)
    return [told_of]


def _tells_nothing_else(reader: Reader) -> bool:
    """Whether a sentence is a note of numbers without a verb ("3 fatalities, 2 injured.")."""
    flags = reader.tokens.flags
    return not any(flag & (BE | HAVE | MODAL | SUBORDINATOR | REPORTING) for flag in flags)


_NOTED = frozenset(("fatality", "fatalities"))


def _read_dealt(reader: Reader, first: int, last: int, trigger: Trigger) -> list[Mention]:
    """As in "causing injuries to policemen": people who got them, and no part of a body."""
    low, words = reader.tokens.low, reader.lexicon.words
    dealt = not words.deals.isdisjoint(low[max(first - _LONGEST, 0) : first])
    if not dealt or low[last : last + 1] not in (["to"], ["on"]):
        return []
    victims = objects_of(reader, last + 1)
    known = all(g.head >= 0 and not g.uncertain for g in victims)
    if not known or any(low[g.head] in words.body_parts for g in victims):
        return []
    return [make_mention(trigger, victims, first, last, "active", False, False)]


_SINGULAR = frozenset(("death", "body", "hostage", "corpse", "fatality", "casualty"))
"""Counted words that stand before other nouns too ("casualty figures")."""
_NOTHING: frozenset[str] = frozenset()


def _read_body(reader: Reader, first: int, last: int, trigger: Trigger) -> list[Mention]:
    """As in "a bullet-riddled body was found": a body that says itself that somebody was killed."""
    low, words = reader.tokens.low, reader.lexicon.words
    if whose := _whose(reader, first, last):
        return [make_mention(trigger, whose, first, last, "bodies", False, False)]
    opens = next((at for at in range(first - 1, max(first - 5, -1), -1) if low[at] in _A), first)
    violent = words.body_states.intersection(low[opens:first])
    if low[first] not in ("body", "corpse") or not violent or not words.found & set(low[last:]):
        return []
    body = Group(opens, last, 1, 1, 1, "exact", opens, opens + 1, first, "one")
    return [make_mention(trigger, [body], first, last, "bodies", False, False)]


def _whose(reader: Reader, first: int, last: int) -> list[Group]:
    """Who a body was, as told behind it ("has been identified as that of a local reporter")."""
    low, words = reader.tokens.low, reader.lexicon.words
    if low[first] not in words.bodies or words.found.isdisjoint(low[last:]):
        return []
    opens = [at for at in range(last, len(low) - 1) if low[at : at + 2] in _WHOSE]
    if not opens:
        return []
    at = opens[-1] + 2
    whose = objects_of(reader, at + (low[at : at + 1] == ["missing"]))
    return whose if all(group.kind in ("one", "number", "name") for group in whose) else []


_WHOSE = (["that", "of"], ["those", "of"], ["identified", "as"])
"""Between a body and who it was."""


def _read_possessed(reader: Reader, first: int, last: int, trigger: Trigger) -> list[Mention]:
    """As in "a woman's body was found", "two girls' bodies", "Ana Ruiz's body", "his body"."""
    low, flags, words = reader.tokens.low, reader.tokens.flags, reader.lexicon.words
    tail = low[last : last + _FOUND_SOON]
    if low[first] not in words.bodies or words.found.isdisjoint(low):
        return []
    if "state" in tail or not words.negations.isdisjoint(tail):
        return []  # "has never been found"
    if not _is_found(reader, first, last):
        return []  # "has burns on her body and is recovering"
    if first and low[first] == "body" and low[first - 1] in ("his", "her"):
        him = pronoun_at(reader, first - 1)
        return [make_mention(trigger, [him], first, last, "bodies", False, False)]
    if first < _OWNED or low[first - 1] not in OWNS:
        return []
    named = reader.ends.get(first - 1)
    if named is not None and is_full_name(named):
        return [make_mention(trigger, [named], first, last, "bodies", False, False)]
    head = first - _OWNED
    if not flags[head] & PERSON:
        return []
    whose = reader.ends.get(first) or reader.ends.get(first - 1)
    opens = whose.first if whose is not None else head
    count = 1 if flags[head] & ONE else whose.best if whose is not None else None
    if count is None or (count == 1 and low[first] in ("bodies", "corpses")):
        return []
    group = Group(
        opens, first - 1, count, count, count, "exact", opens, opens + 1, head,
        "one" if count == 1 else "number", definite=bool(flags[opens] & DEFINITE),
    )  # fmt: skip
    return [make_mention(trigger, [group], first, last, "bodies", False, False)]


def _is_found(reader: Reader, first: int, last: int) -> bool:
    """Whether a body is what is found: subject of a passive, or object right behind the verb."""
    low, flags, words = reader.tokens.low, reader.tokens.flags, reader.lexicon.words
    at = last
    while at < len(low) and flags[at] & (BE | HAVE | ADVERB):
        at += 1
    if at < len(low) and low[at] in words.found:
        behind = flags[at + 1] if at + 1 < len(low) else PUNCTUATION
        return at > last or reader.headline or bool(behind & PREPOSITION)
    before = range(first - 1, max(first - _FOUND_SOON, 0), -1)
    opens = next((at for at in before if at in reader.starts), first - 1)
    return opens > 0 and low[opens - 1] in words.found


_FOUND_SOON = 6
"""Tokens behind a body that say what became of it."""
_OWNED = 2
"""Tokens from whose body it is to the body."""


def read_remains(reader: Reader, first: int, last: int, trigger: Trigger) -> list[Mention]:
    """As in "the remains of four climbers were found"."""
    low, words = reader.tokens.low, reader.lexicon.words
    if low[last : last + 1] != ["of"] or words.found.isdisjoint(low):
        return []
    victims = objects_of(reader, last + 1)
    if any(g.head < 0 or g.uncertain for g in victims if g.kind != "name"):
        return []
    return [make_mention(trigger, victims, first, last, "bodies", False, False)]


_A = ("a", "an", "another")
_LYING = frozenset(("lay", "lying", "lie", "lies"))


_INJURIES = frozenset(("injuries", "injury"))


def _count_injuries(
    reader: Reader, quantity: Quantity, first: int, last: int, trigger: Trigger
) -> list[Mention]:
    """As in "three serious injuries", "two fatal and three serious injuries"."""
    low = reader.tokens.low
    vague = quantity.best is None and "reported" not in low[quantity.last :][:_TOLD_OF]
    if vague or low[quantity.first : quantity.last] in (["a"], ["an"]):
        return []  # "multiple injuries" are one person's
    if low[first] == "injury" and (quantity.best != 1 or low[last : last + 1] == ["to"]):
        return []
    counts = [(quantity, first)]
    link = quantity.first - 1
    if link > 0 and low[link] in ("and", ",") and low[link - 1] in _DEGREES:
        before = _count_before(reader, link - 1, link - 1)
        counts += [(before, link)] if before else []
    found = []
    for counted, end in counts:
        group = Group(
            counted.first, end, counted.low, counted.best, counted.high, counted.convention,
            counted.first, counted.last, first, "number",
        )  # fmt: skip
        degree = reader.lexicon.words.fatal.intersection(low[counted.last : end])
        kind = replace(trigger, kind="killed") if degree else trigger
        found.append(make_mention(kind, [group], first, last, "counted", False, False))
    return found


_TOLD_OF = 5
"""Tokens from a number of injuries to "were reported", which makes them several people's."""
_DEGREES = frozenset(("fatal", "serious", "minor", "critical", "severe", "slight", "grave"))


_DENIES = ("no", "neither")
_LONGEST = 5
"""Tokens from a counted noun back to its number."""


def _opening(reader: Reader, noun: int) -> int:
    """The token from which words belong to a counted noun; its number may end before it."""
    low, flags = reader.tokens.low, reader.tokens.flags
    start = noun
    while start > 0 and start > noun - _LONGEST:
        flag = flags[start - 1]
        if low[start - 1] == "more" and low[start - 2 : start - 1] != ["no"]:
            flag &= ~NUMBER  # "five more bodies"
        if low[start - 1] in _DENIES or flag & NUMBER or low[start - 1][0].isdigit():
            break
        if "-" in low[start - 1] and read_quantity(reader.tokens, start - 1, reader.lexicon):
            break  # "sixty-three bodies"
        if low[start - 1].endswith("ed") and _is_counted_so(reader, start - 1):
            flag &= ~REPORTING  # "four reported deaths"
        if flag & _BEFORE_COUNTED:
            break
        start -= 1
    return start


_BEFORE_COUNTED = (
    PREPOSITION | VERB | BE | HAVE | PUNCTUATION | CONJUNCTION | SUBORDINATOR | REPORTING
    | POSSESSIVE
)  # fmt: skip


def _is_counted_so(reader: Reader, at: int) -> bool:
    """Whether a number stands before a word like "reported", with nothing between."""
    low, flags = reader.tokens.low, reader.tokens.flags
    return at > 0 and bool(low[at - 1][0].isdigit() or flags[at - 1] & NUMBER)


def _count_before(reader: Reader, start: int, noun: int) -> Quantity | None:
    """The quantity that ends between a token and the counted noun that it opens."""
    for at in range(max(start - 7, 0), start):
        quantity = read_quantity(reader.tokens, at, reader.lexicon)
        if quantity and start <= quantity.last <= noun:
            return quantity
    return None


def _none_counted(reader: Reader, noun: int) -> list[Group]:
    """As in "0 fatalities", which notes end with."""
    if not noun or reader.tokens.low[noun - 1] != "0":
        return []
    return [Group(noun - 1, noun + 1, 0, 0, 0, "zero", noun - 1, noun, noun, "number")]


def _denied(reader: Reader, start: int, noun: int, before: list[Mention]) -> list[Group]:
    """Nobody, where the words say so ("no deaths or injuries", "neither ... nor")."""
    low, words = reader.tokens.low, reader.lexicon.words
    at = start - 1
    if at < 0 or start <= max(noun - _LONGEST, 0):
        return []
    shared = low[at] in ("or", "and", "nor", ",", "/") and bool(before) and before[-1].zero
    if shared and before[-1].last == at:
        return before[-1].groups
    if low[at] in _DENIES or (low[at] == "nor" and "neither" in low[:at]):
        some = not words.of_some.isdisjoint(low[at + 1 : noun])
        told = "none_of" if some else "zero"  # "no civilian deaths" says nothing of soldiers
        return [Group(at, noun + 1, 0, 0, 0, told, at, at + 1, noun, "number")]
    return []
