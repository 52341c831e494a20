"""Noun groups without determiner: plurals, titles, names, and what headlines leave out.

Beside readers.py, which asks for them where no number and no determiner opens a group.
"""

from __future__ import annotations

from transforms.coding.groups.counted import unit_group
from transforms.coding.groups.group import Group
from transforms.coding.groups.heads import find_head
from transforms.coding.groups.numbers import read_quantity
from transforms.coding.text.tokens import Tokens, is_aged
from transforms.coding.words.lexicon import (
    ADDITIVE,
    BE,
    CAPITAL,
    HAVE,
    MANY,
    MONTH,
    NUMBER,
    ONE,
    POSSESSIVE,
    PREPOSITION,
    TRIGGER,
    VERB,
    WEEKDAY,
    Lexicon,
)


def _is_surname(tokens: Tokens, lexicon: Lexicon) -> bool:
    """Whether the first word is a name of one word before its verb ("Moreno died on the way")."""
    if len(tokens.low) < _SHORTEST or tokens.low[0] in lexicon.ordinary:
        return False
    if tokens.capitals:  # "FERREYROS WAS KIDNAPPED", where a town is hit or destroyed
        return tokens.low[1] == "was" and tokens.low[2] in lexicon.words.personal
    if tokens.low[1:3] == [",", "who"]:
        return tokens.text[0].isupper()
    verb = tokens.flags[1] & (TRIGGER | BE | HAVE | VERB) and tokens.low[1] not in _PLURAL_VERBS
    return tokens.text[0].isupper() and bool(verb)


_PLURAL_VERBS = frozenset("are were have do aren't weren't haven't".split())
"""After the name of a team or a town's people, and of no person."""


_SHORTEST = 3
"""Tokens of a sentence with a verb."""


def _is_telegraphic(tokens: Tokens, index: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a noun without article opens a note ("Police: driver killed"), its verb after it."""
    low, flags = tokens.low, tokens.flags
    opens = index == 0 or low[index - 1] in _NOTES
    if low[last - 1] in lexicon.words.multiples:
        return True
    if index == 0 and low[last : last + 1] in ([","], ["and"]) and last + 1 < len(low):
        return bool(flags[last + 1] & (NUMBER | POSSESSIVE))  # "Imam, two sons shot dead"
    return opens and last < len(low) and bool(flags[last] & (BE | HAVE | TRIGGER))


def _is_killed(tokens: Tokens, index: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a noun without article is whom somebody killed ("Gunmen killed village chief")."""
    low, flags = tokens.low, tokens.flags
    verb = index - 1
    if verb > 1 and low[verb] == "dead" and low[verb - 1] in ("shot", "shoot"):
        verb -= 1
    elif verb < 1 or not flags[verb] & TRIGGER or low[verb] not in lexicon.words.personal:
        return False
    who = flags[verb - 1] & (MANY | CAPITAL) and not flags[verb - 1] & (VERB | WEEKDAY | MONTH)
    return bool(who) and low[verb].endswith(("ed", "shot", "ll")) and not _is_in_name(tokens, last)


_NOTES = frozenset((":", "|", "–", "—", "-", ";"))


def follows_body(tokens: Tokens, index: int, lexicon: Lexicon) -> bool:
    """Whether "body of" stands before a token."""
    low = tokens.low
    return index > 1 and low[index - 1] == "of" and low[index - 2] in lexicon.words.bodies


def _is_in_name(tokens: Tokens, at: int) -> bool:
    flag = tokens.flags[at] if at < len(tokens.flags) else 0
    return bool(flag & CAPITAL) and not flag & (PREPOSITION | WEEKDAY | MONTH | TRIGGER)


def _is_another(tokens: Tokens, head: int, last: int, lexicon: Lexicon) -> bool:
    """Whether a noun that "and" joins without an article is somebody else ("a woman and girl").

    The pilot and co-pilot are two, the president and commander is one.
    """
    word = tokens.low[head]
    if word in lexicon.sexes or word in lexicon.years or word in lexicon.words.retinue:
        return True
    plural = tokens.low[last : last + 1] in (["were"], ["are"], ["have"])
    return bool(tokens.flags[head] & ONE) and (plural or word.startswith("co-"))


def bare_group(tokens: Tokens, index: int, lexicon: Lexicon, headline: bool) -> Group | None:
    """A group without determiner: a plural ("Iraqi soldiers"), a title or a name."""
    low, flags = tokens.low, tokens.flags
    head, last, thing = find_head(tokens, index, lexicon)
    if thing:
        return None
    if head >= 0 and flags[head] & MANY and low[head] not in lexicon.words.multiples:
        additive = any(flags[i] & ADDITIVE for i in range(index, head + 1))
        return Group(
            index, last, 2, None, None, "plural", index, last, head, "plural", additive=additive
        )
    bare = tokens.capitals or headline or _is_telegraphic(tokens, index, last, lexicon)
    bare = bare or follows_body(tokens, index, lexicon)  # "body of kidnapped teacher found"
    bare = bare or _is_killed(tokens, index, last, lexicon)
    if bare and head >= 0 and flags[head] & ONE:
        count = lexicon.collective.get(low[head], 1)
        return Group(index, last, count, count, count, "exact", index, last, head, "one")
    shares = index > 0 and index <= head <= index + 1 and low[index - 1] in ("and", "&")
    if shares and _is_another(tokens, head, last, lexicon):
        return Group(index, last, 1, 1, 1, "exact", index, last, head, "one")
    unit = low[index] in lexicon.words.units and low[index + 1 : index + 2] == ["of"]
    if headline and unit and (quantity := read_quantity(tokens, index + 2, lexicon)):
        return unit_group(index, quantity, index)
    end = index + (low[index] in lexicon.words.before_names and _is_in_name(tokens, index + 1))
    while end < len(low) and (
        _is_in_name(tokens, end) or (end > index and low[end] in lexicon.words.name_particles)
    ):
        end += 1
    if head >= 0 and flags[head] & ONE and any(flags[i] & CAPITAL for i in range(index, last)):
        many = lexicon.collective.get(low[head], 1) if last == max(last, end) else 1
        stop = max(last, end)
        return Group(index, stop, many, many, many, "exact", index, stop, head, "name")
    if end - index >= 2 or (
        end == index + 1
        and len(low[index]) > 1
        and (index > 0 or is_aged(tokens, end) or _is_surname(tokens, lexicon))
    ):
        return Group(index, end, 1, 1, 1, "exact", index, end, -1, "name")
    return None
