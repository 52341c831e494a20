"""Where a noun group ends and which of its words is the head: the last noun for people."""

from __future__ import annotations

from transforms.coding.text.tokens import Tokens
from transforms.coding.words.lexicon import (
    ADDITIVE,
    ADVERB,
    BE,
    CAPITAL,
    CONJUNCTION,
    DETERMINER,
    DO,
    HAVE,
    MANY,
    MODAL,
    MONTH,
    NUMBER,
    PERSON,
    PREPOSITION,
    PRONOUN,
    PUNCTUATION,
    REPORTING,
    STOP,
    SUBORDINATOR,
    THING,
    TRIGGER,
    VERB,
    WEEKDAY,
    Lexicon,
)

ENDS = (
    PREPOSITION | CONJUNCTION | SUBORDINATOR | BE | HAVE | DO | MODAL | REPORTING | STOP | VERB
    | PRONOUN | WEEKDAY | MONTH
)  # fmt: skip
_LONGEST = 9  # tokens between a determiner and its head; longer runs are not noun groups


_FINITE = frozenset(("base", "third"))
_SAID_TO_BE = frozenset(("alleged", "reported", "believed"))


def find_head(tokens: Tokens, start: int, lexicon: Lexicon) -> tuple[int, int, bool]:
    """Head of the run of tokens from start: its index, the end of the group, whether it is a thing.

    The head is the last person noun of the run; -1 where there is none.
    """
    low, flags = tokens.low, tokens.flags
    head, last, thing = -1, start, False
    index = start
    stop = min(len(low), start + _LONGEST)
    while index < stop:
        flag = flags[index]
        if low[index] in _SAID_TO_BE and index == start and start and flags[start - 1] & DETERMINER:
            index += 1  # "her alleged lover"
            continue
        if low[index] == "[" and head < 0 and (end := past_insertion(low, index)):
            index = end  # "seven [number as heard] other people", "six [Jesuit] priests"
            continue
        if flag & PUNCTUATION:
            if (
                low[index] == ","
                and head < 0
                and not thing
                and index > start
                and _adjective_list(tokens, index)
            ):
                index += 1
                continue
            if low[index] in ('"', "“", "”") and head < 0:
                index += 1
                continue
            break
        if (
            "-old" in low[index]
            and low[index][0].isdigit()
            and head < 0
            and ends_group(tokens, index + 1)
        ):
            return index, index + 1, False
        if head >= 0 and low[index] in ("hostage", "captive", "prisoner"):
            break  # "took seven of its crew hostage"
        if flag & PERSON and not (flag & THING and head >= 0):
            head, last, thing = index, index + 1, False
        elif flag & THING:
            thing = True
            if head < 0 or index == head + 1:
                head = -1
                last = index + 1
            else:
                break
        elif flag & TRIGGER:
            if head >= 0 or not stands_before_head(tokens, index):
                break
            forms = {trigger.form for trigger in lexicon.triggers.get(low[index], ())}
            if forms <= _FINITE and low[index] != "kidnap":  # "17 kidnap victims"
                break  # "13-year-old kills 6-year-old brother"
            if "past" in forms and _is_verb(tokens, start, index):
                break
        elif flag & ENDS or (flag & ADVERB and head >= 0):
            break
        elif low[index] == "'s":
            if head >= 0:
                # "the employee's wife": the possessor is no victim, the next noun is
                head, last = -1, index + 1
        elif head >= 0 and index == head + 1 and flag & CAPITAL:
            # "President Hugo Chavez", "Sister Leonella": the name belongs to the person
            end = index
            while (
                end < len(low)
                and flags[end] & CAPITAL
                and not flags[end] & (WEEKDAY | MONTH | PREPOSITION)
            ):
                end += 1
            return head, end, False
        elif (
            low[index][-1].isdigit()
            or low[index] in lexicon.numbers
            or low[index].endswith(("-plus", "-odd"))
            or flag & DETERMINER
        ):
            break
        elif head < 0 and not flag & ADVERB:
            last = index + 1
            thing = False  # "a tax collector": the last noun is the head
        index += 1
    if head >= 0:
        last = head + 1
        last = _absorb_coordinated_plural(tokens, last)
        if (
            low[head] in lexicon.words.parents
            and low[last : last + 1] == ["of"]
            and last + 1 < len(low)
        ):
            count = low[last + 1]
            if count.isdecimal() or count in lexicon.numbers:
                last += 2  # "a father of four": the four are no victims
    return head, last, thing and head < 0


def past_insertion(low: list[str], index: int) -> int:
    """Past the brackets that open at a token, in which an editor says something, or 0."""
    stop = min(index + _INSERTION, len(low))
    end = next((at + 1 for at in range(index + 1, stop) if low[at] == "]"), 0)
    return 0 if any(word[0].isdigit() for word in low[index:end]) else end  # "[9] persons"


_INSERTION = 6
"""Tokens between the square brackets of an editor."""


def _is_verb(tokens: Tokens, start: int, index: int) -> bool:
    """Whether a noun before a casualty word makes it a verb ("the army murdered peasants")."""
    if index == start:
        return False
    low, flags = tokens.low, tokens.flags
    before = flags[index - 1]
    return not before & (ADVERB | CONJUNCTION | PUNCTUATION | NUMBER) and "-" not in low[index - 1]


def ends_group(tokens: Tokens, index: int) -> bool:
    """Whether no noun can follow at a token."""
    if index >= len(tokens.low):
        return True
    flag = tokens.flags[index]
    return bool(flag & (ENDS | PUNCTUATION | TRIGGER | ADVERB) and not flag & PERSON)


def _adjective_list(tokens: Tokens, comma: int) -> bool:
    """Whether an adjective follows a comma as one stands before it ("a tall, thin man")."""
    if tokens.low[comma - 1].isdecimal():
        return False  # "Abdul Rahim, 35, sons of"
    if tokens.flags[comma - 1] & CAPITAL and not tokens.capitals:
        return False  # "Luz Mora, police said"
    after = tokens.flags[comma + 1] if comma + 1 < len(tokens.low) else PUNCTUATION
    return not after & (ENDS | PUNCTUATION | DETERMINER | NUMBER | CAPITAL)


def stands_before_head(tokens: Tokens, index: int) -> bool:
    """Whether a casualty word stands before a noun as its attribute ("two kidnapped soldiers")."""
    following = index + 1
    if following >= len(tokens.low):
        return False
    flag = tokens.flags[following]
    if flag & PERSON:
        return True
    if flag & (ENDS | PUNCTUATION | DETERMINER | ADVERB | NUMBER):
        return False
    return any(f & PERSON for f in tokens.flags[following + 1 : following + 3])


def _absorb_coordinated_plural(tokens: Tokens, last: int) -> int:
    """As in "men and boys", "soldiers and suspected rebels": one figure counts both."""
    low, flags = tokens.low, tokens.flags
    if last + 1 < len(low) and low[last] in ("and", "or") and flags[last - 1] & MANY:
        index = last + 1
        while index < len(low) and index < last + 4:
            flag = flags[index]
            if flag & MANY and not flag & ADDITIVE:
                return index + 1
            if (
                flag & (ENDS | DETERMINER | NUMBER | TRIGGER | PUNCTUATION)
                or low[index][0].isdigit()
            ):
                break
            index += 1
    return last
