"""Tokens to quantities: digits, words, hedges, ranges and vague words with low, best and high.

Source: codebook section 3. A figure that is an age, a date, an ordinal or a rank is no quantity;
most of these never get here, because the tokeniser keeps "22-year-old" and "3rd" whole.
"""

from __future__ import annotations

from typing import NamedTuple

from transforms.coding.groups.cardinals import (
    SHORT_SCALES,
    read_glued,
    read_grouped,
    read_number,
    read_short,
)
from transforms.coding.text.tokens import Tokens, phrase_at
from transforms.coding.words.lexicon import NUMBER, PERSON, Lexicon

_TOO_MANY = 2_000_000_000  # counts are 32-bit integers
_CLOCK = frozenset(("a.m.", "p.m.", "am", "pm", "o'clock"))
_DASHES = ("-", "–", "—")


class Quantity(NamedTuple):
    """A number of something: tokens `first`..`last`-1, its bounds and the convention that set them.

    `bare` says that it is one plain number without hedge, so that it might be a year or a date;
    `grouped` that its digits are grouped ("2,000"), as those of years are not.
    """

    first: int
    last: int
    low: int | None
    best: int | None
    high: int | None
    convention: str
    bare: bool = False
    grouped: bool = False

    @property
    def is_year(self) -> bool:
        """Whether it may name a year rather than count."""
        plain = self.bare and not self.grouped
        return plain and self.best is not None and 1900 <= self.best <= 2100


def read_quantity(tokens: Tokens, index: int, lexicon: Lexicon) -> Quantity | None:
    """The quantity that starts at a token, or None.

    Args:
        tokens: the sentence.
        index: where to look; nothing before it is looked at but a sign of money.
        lexicon: number words, hedges and vague words.
    """
    low = tokens.low
    size = len(low)
    if index >= size:
        return None
    word = low[index]
    if not (tokens.flags[index] & NUMBER or word[0].isdigit() or "-" in word or word == "between"):
        return None
    hedge, at = read_hedges(tokens, index, lexicon)
    if at >= size or (at and low[at - 1] in _MONEY):
        return None
    glued = read_glued(low[at], lexicon)
    if low[at + 1 : at + 2] in SHORT_SCALES and tokens.end[at] == tokens.start[at + 1]:
        number = read_short(tokens, at)
        if number is None:
            return None  # money or a measure
    else:
        number = read_grouped(tokens, at) or (
            (glued[0], at + 1) if glued else read_number(low, at, lexicon)
        )
    if number is None:
        return _read_vague(tokens, index, at, hedge, lexicon)
    value, end = number
    if value > _TOO_MANY or (end < size and low[end] in _CLOCK):
        return None
    if low[end : end + 1] == ["in"] and _is_ratio(tokens, value, end + 1, lexicon):
        return None
    upper = _read_range(low, index, end, value, lexicon)
    if upper is None and hedge == "at_least":
        upper = _read_most(tokens, end, value, lexicon)
    if upper:
        value, top, end = upper
        return Quantity(index, end, value, value, top, "range")
    if glued:
        hedge = glued[1]
    elif low[end : end + 1] == ["+"]:
        end, hedge = end + 1, "at_least"
    elif end < size and (after := phrase_at(tokens, end, lexicon, "after:")):
        end += after[0]
        hedge = after[1][6:]
    bounds = {
        "at_least": (value, value, None),
        "about": (None, value, None),
        "up_to": (None, value, value),
    }.get(hedge or "", (value, value, value))
    convention = hedge if hedge and hedge != "exact" else "exact"
    bare = hedge is None and end - at == 1
    return Quantity(index, end, *bounds, convention, bare=bare, grouped="," in tokens.low[at])


_MONEY = frozenset("$£€")


def _is_ratio(tokens: Tokens, part: int, index: int, lexicon: Lexicon) -> bool:
    """Whether a number is a share of those behind "in" ("one in five soldiers")."""
    number = read_number(tokens.low, index, lexicon) if index < len(tokens.low) else None
    if number is None:
        return False
    whole, end = number
    people = end < len(tokens.flags) and tokens.flags[end] & PERSON
    return part < whole < _WHOLE and bool(people)


_WHOLE = 1000
"""Shares are told of fewer than this many."""


def read_hedges(tokens: Tokens, index: int, lexicon: Lexicon) -> tuple[str | None, int]:
    """The hedge that opens at a token ("more than"), or None, and the token after it."""
    hedge = None
    at = index
    while at < len(tokens.low):
        found = phrase_at(tokens, at, lexicon, "hedge:")
        if found is None:
            break
        if hedge is None or hedge == "exact":
            hedge = found[1][6:]
        at += found[0]
    if at < len(tokens.low) and tokens.low[at] == "between":
        at += 1
    if index < at < len(tokens.low) - 1 and tokens.low[at] == "another":
        after = tokens.low[at + 1]  # "at least another four"
        at += bool(tokens.flags[at + 1] & NUMBER or after[0].isdigit())
    return hedge, at


def _read_range(
    low: list[str], index: int, end: int, value: int, lexicon: Lexicon
) -> tuple[int, int, int] | None:
    """Bounds and end of "20 to 30", "20-30", "20 or 30", "between 20 and 30".

    In "two to three hundred" the lower number is short for hundreds too.
    """
    if end + 1 >= len(low):
        return None
    link = low[end]
    if link == "," and low[end + 1] in _PERHAPS and (most := read_number(low, end + 2, lexicon)):
        top, stop = most  # "seven, possibly eight, people"
        return (value, top, stop + (low[stop : stop + 1] == [","])) if top > value else None
    if link in ("to", "or", *_DASHES) or (link == "and" and "between" in low[index:end]):
        upper = read_number(low, end + 1, lexicon)
        if upper is None:
            return None
        top, stop = upper
        unit = lexicon.scales.get(low[stop - 1]) or lexicon.collectives.get(low[stop - 1]) or 1
        if low[end - 1] not in lexicon.scales and value * unit < top:
            value *= unit
        if top > value and (link != "or" or top <= 3 * value + 3):
            return value, top, stop
    return None


_PERHAPS = frozenset(("possibly", "perhaps", "maybe"))


def _read_most(
    tokens: Tokens, end: int, value: int, lexicon: Lexicon
) -> tuple[int, int, int] | None:
    """Bounds and end of "at least three and at most nine", "a minimum of 3, a maximum of 9"."""
    low = tokens.low
    at = end
    while low[at : at + 1] and low[at] in _BOUND_LINKS:
        at += 1
    if at == end:
        return None
    hedge, at = read_hedges(tokens, at, lexicon)
    number = read_number(low, at, lexicon) if hedge == "up_to" and at < len(low) else None
    return (value, number[0], number[1]) if number and number[0] > value else None


_BOUND_LINKS = frozenset((",", "and", "but", "to"))


def _read_vague(
    tokens: Tokens, index: int, at: int, hedge: str | None, lexicon: Lexicon
) -> Quantity | None:
    """Words that stand for a low only: several, dozens, tens of thousands."""
    low = tokens.low
    if low[index] == "many" and index and low[index - 1] in ("as", "how", "so", "too"):
        return None
    for start in (at, index) if at != index else (at,):
        found = phrase_at(tokens, start, lexicon, "vague")
        if found is None:
            continue
        words = " ".join(low[start : start + found[0]])
        value = lexicon.vague[words]
        end = start + found[0]
        convention = words
        follower = low[end] if end < len(low) else ""
        if words in ("several", "a few", "many", "some"):
            unit = lexicon.scales.get(follower) or lexicon.collectives.get(follower)
            if unit:
                value, end, convention = 2 * unit, end + 1, f"{words} {follower}"
                follower = low[end] if end < len(low) else ""
        if low[end : end + 3] == [",", "if", "not"] and low[end + 4 : end + 5] == [","]:
            end += 5  # "hundreds, if not thousands, of"
            follower = low[end] if end < len(low) else ""
        if follower == "of" and words not in ("many", "some"):
            end += 1
            nested = low[end : end + 1]
            if nested and nested[0] in ("the", "its", "his", "their", "them", "those"):
                end -= 1
        return Quantity(index, end, value, None, None, convention.replace(" ", "_"))
    return None
