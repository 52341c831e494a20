"""Noun groups that a quantity opens: "two oil workers", "five of them", "a crew of five"."""

from __future__ import annotations

from transforms.coding.groups.group import Group
from transforms.coding.groups.heads import find_head, stands_before_head
from transforms.coding.groups.numbers import Quantity
from transforms.coding.text.tokens import Tokens
from transforms.coding.words.lexicon import (
    ADDITIVE,
    ADVERB,
    BE,
    CAPITAL,
    DEFINITE,
    DETERMINER,
    HAVE,
    MONTH,
    PERSON,
    POSSESSIVE,
    PRONOUN,
    SUBORDINATOR,
    TRIGGER,
    Lexicon,
)


def counted_group(tokens: Tokens, quantity: Quantity, lexicon: Lexicon) -> Group | None:
    """The people that a quantity counts, or None where it counts things or is a date."""
    low, flags = tokens.low, tokens.flags
    start, subset = _past_of(tokens, quantity)
    head, last, thing = find_head(tokens, start, lexicon)
    if head < 0 and last > start and low[last - 1] in lexicon.never_people:
        thing = True
    if low[quantity.last : quantity.last + 1] in (["°"], ["%"]):
        thing = True
    if thing or (head < 0 and _counts_nobody(tokens, quantity, start, last, lexicon)):
        return None
    around = [
        *range(max(quantity.first - 1, 0), quantity.first),
        *range(quantity.last, min(last, len(low))),
        *(at for at in range(quantity.first, quantity.last) if low[at] == "another"),
    ]
    lower, best, upper = quantity.low, quantity.best, quantity.high
    if head >= 0 and low[head] in lexicon.collective and best == 1:
        lower = best = upper = lexicon.collective[low[head]]
    group = Group(
        quantity.first, max(last, quantity.last), lower, best, upper, quantity.convention,
        quantity.first, quantity.last, head, "number",
        definite=_is_definite(tokens, quantity, head, max(last, quantity.last)),
        additive=any(flags[i] & ADDITIVE for i in around), subset=subset,
        uncertain=head < 0
        and not _is_of_people(low, start, last)
        and last > start
        and not flags[last - 1] & ADDITIVE
        and not low[last - 1].endswith(lexicon.words.people_endings)
        and (tokens.capitals or not flags[last - 1] & CAPITAL),
    )  # fmt: skip
    if group.definite and group.first and low[quantity.first] != "all":
        group.first -= 1
    return group


def _is_of_people(low: list[str], start: int, last: int) -> bool:
    """As in "three of a family", "seven of the hostages": members, whatever is said of them."""
    return low[start - 2 : start - 1] == ["of"] and low[last - 1] in _MADE_OF_PEOPLE


_TAKEN = frozenset(("hostages", "captives", "abductees", "prisoners", "injured", "wounded"))
_MADE_OF_PEOPLE = _TAKEN | {"family", "families", "household", "clan", "village", "crew"}


def _is_definite(tokens: Tokens, quantity: Quantity, head: int, last: int) -> bool:
    """Whether the number is of people already named ("the three", "all three victims")."""
    low, first = tokens.low, quantity.first
    if low[first] == "all":
        aboard = low[last : last + 1] and low[last] in _WITHIN
        return not aboard and (head < 0 or low[head] in _ANYBODY)
    return first > 0 and bool(tokens.flags[first - 1] & DEFINITE) and low[first - 1] != "that"


_WITHIN = frozenset(("on", "aboard", "in", "inside", "at"))
_ANYBODY = frozenset(("people", "victims", "men", "women", "children", "persons"))


def _past_of(tokens: Tokens, quantity: Quantity) -> tuple[int, bool]:
    """Where the counted noun may begin, past "of them", "of the"; whether that makes a subset."""
    low, flags = tokens.low, tokens.flags
    start = quantity.last
    if low[start : start + 1] == ["of"]:
        inner = low[start + 1] if start + 1 < len(low) else ""
        at = start + 2
        if inner == "them" and at + 1 < len(low) and flags[at] & ADVERB:
            at += 1  # "two of them later died"
        after = flags[at] if at < len(low) else 0
        if inner in ("them", "whom", "these", "those") and flags[start + 1] & (
            PRONOUN | DETERMINER
        ):
            return start + 2, (
                inner == "whom"
                or (bool(after & (PRONOUN | SUBORDINATOR | TRIGGER)) and inner != "them")
                or (inner == "them" and not after & (TRIGGER | BE | HAVE))
            )
        if inner and flags[start + 1] & (DETERMINER | POSSESSIVE):
            told = after & TRIGGER and low[start + 2] not in _TAKEN
            return start + 2, bool(told) and not stands_before_head(tokens, start + 2)
    elif (
        start < len(low)
        and flags[start] & (POSSESSIVE | DEFINITE)
        and low[quantity.last - 1] == "of"
    ):
        return start + 1, False  # "a number of the"
    return start, False


def _counts_nobody(
    tokens: Tokens, quantity: Quantity, start: int, last: int, lexicon: Lexicon
) -> bool:
    """Whether a quantity without a person noun after it, start..last-1, stands for no people."""
    if quantity.convention == "exact":
        return quantity.bare and _looks_like_date(tokens, quantity, lexicon)
    if quantity.convention not in _VAGUE or last != start or start >= len(tokens.low):
        return False
    first = quantity.first
    if first and tokens.flags[first - 1] & TRIGGER and not tokens.flags[first - 1] & PERSON:
        return False  # "killing one and injuring several"
    told = tokens.flags[start] & (BE | HAVE | TRIGGER | ADDITIVE)
    return not told and tokens.low[start] != "with"  # "several with burns"


_VAGUE = frozenset(("some", "many", "several", "numerous", "various", "multiple"))
"""Conventions of words that count people by themselves only before a verb ("several died")."""


_LAST_DAY = 31


def _looks_like_date(tokens: Tokens, quantity: Quantity, lexicon: Lexicon) -> bool:
    """Whether a plain number is a year, a day of a month or one of a row ("Route 9")."""
    low, flags = tokens.low, tokens.flags
    first = quantity.first
    if quantity.is_year:
        return True
    before = flags[first - 1] if first else 0
    digits = low[first][0].isdigit()
    value_is_day = quantity.best is not None and quantity.best <= _LAST_DAY
    if first and low[first - 1] in lexicon.words.numbered:
        return True
    if digits and first > 2 and low[first - 1] == "of" and low[first - 3] in lexicon.words.numbered:
        return True  # "Image 2 of 9"
    if (
        digits
        and first > 1
        and low[first - 1] == ":"
        and tokens.end[first - 1] == tokens.start[first]
    ):
        return True  # "14:40:51"
    if (
        digits
        and first
        and low[first - 1].isalpha()
        and tokens.end[first - 1] == tokens.start[first]
    ):
        return True  # "an S92"
    if digits and low[quantity.last : quantity.last + 1] == ["/"]:
        return True  # "1 / 3"
    after = flags[quantity.last] if quantity.last < len(low) else 0
    if first > 1 and low[first - 1] == ".":
        before = flags[first - 2]  # "Nov. 6"
    return digits and bool(
        before & MONTH or after & MONTH or (first and low[first - 1] == "may" and value_is_day)
    )


def with_determiner(group: Group | None, index: int, flag: int) -> Group | None:
    """The counted group with its determiner ("his two sons")."""
    if group is not None:
        group.first = index
        group.definite = group.definite or bool(flag & DEFINITE)
        group.possessive = bool(flag & POSSESSIVE)
    return group


def unit_group(index: int, quantity: Quantity, head: int) -> Group:
    """As in "its crew of five", "family of four"."""
    return Group(
        index, quantity.last, quantity.low, quantity.best, quantity.high, quantity.convention,
        quantity.first, quantity.last, head, "number",
    )  # fmt: skip
