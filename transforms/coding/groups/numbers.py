"""Tokens to quantities: digits, words, hedges, ranges and vague words with low, best and high.

Source: codebook section 3. A figure that is an age, a date, an ordinal or a rank is no quantity;
most of these never get here, because the tokeniser keeps "22-year-old" and "3rd" whole.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from transforms.coding.text.tokens import Tokens, phrase_at
from transforms.coding.words.lexicon import ADDITIVE, MONTH, NUMBER, PERSON, Lexicon

_TOO_MANY = 2_000_000_000  # counts are 32-bit integers
_LONGEST = 24  # characters of a number; Python refuses to read thousands of digits
_CLOCK = frozenset(("a.m.", "p.m.", "am", "pm", "o'clock"))
_DASHES = ("-", "–", "—")
_GLUED = {"-plus": "at_least", "-odd": "about"}
"""What is glued on a number with a hyphen ("70-plus", "twenty-odd") -> the hedge that it is."""
_GROUP_SPACES = frozenset(" \u00a0\u2009\u202f")
"""Spaces that group digits ("1 200"): plain, no-break, thin, narrow no-break."""


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
    glued = _read_glued(low[at], lexicon)
    if low[at + 1 : at + 2] in _SHORT_SCALES and tokens.end[at] == tokens.start[at + 1]:
        number = _read_short(tokens, at)
        if number is None:
            return None  # money or a measure
    else:
        number = _read_grouped(tokens, at) or (
            (glued[0], at + 1) if glued else _read_number(low, at, lexicon)
        )
    if number is None:
        return _read_vague(tokens, index, at, hedge, lexicon)
    value, end = number
    if value > _TOO_MANY or (end < size and low[end] in _CLOCK):
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


def _read_number(low: list[str], at: int, lexicon: Lexicon) -> tuple[int, int] | None:
    """Value and end of the cardinal number at a token."""
    word = low[at]
    if word[0].isdigit():
        return _read_digits(low, at, lexicon)
    if word == "half" and low[at + 1 : at + 3] == ["a", "dozen"]:
        return 6, at + 3
    if word in ("half-a-dozen", "half-dozen"):
        return 6, at + 1
    if word == "a" and low[at + 1 : at + 2] == ["half-dozen"]:
        return 6, at + 2
    if word == "half" and low[at + 1 : at + 3] == ["a", "million"]:
        return 500_000, at + 3
    if word in ("a", "an"):
        follower = low[at + 1] if at + 1 < len(low) else ""
        if follower == "couple" and low[at + 2 : at + 3] == ["of"]:
            return 2, at + 3
        if follower == "score" and low[at + 2 : at + 3] != ["of"]:
            return None
        unit = lexicon.scales.get(follower) or lexicon.collectives.get(follower)
        if unit is None:
            return None
        end = at + 2
        if follower in lexicon.scales and low[end : end + 1] == ["and"]:
            more = _read_words(low, end + 1, lexicon)  # "a hundred and twenty"
            if more is not None and more[0] < unit:
                return unit + more[0], more[1]
        return unit, end + (low[end : end + 1] == ["of"])
    return _read_words(low, at, lexicon)


def _read_glued(word: str, lexicon: Lexicon) -> tuple[int, str] | None:
    """Value and hedge of "70-plus" or "twenty-odd"."""
    if "-" not in word:
        return None
    for ending, hedge in _GLUED.items():
        if word.endswith(ending):
            number = word.removesuffix(ending)
            value = int(number) if number.isdecimal() else _word_value(number, lexicon)
            return None if value is None or len(number) > _LONGEST else (value, hedge)
    return None


def _read_short(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """Value and end of a number of people with a letter for its scale ("1.2m people")."""
    low, end = tokens.low, at + 2
    counts = end < len(low) and tokens.flags[end] & (PERSON | ADDITIVE)
    if not counts or not _PLAIN.fullmatch(low[at]):
        return None
    return round(float(low[at]) * _SCALES[low[at + 1]]), end


_SCALES = {"k": 1_000, "m": 1_000_000, "mn": 1_000_000, "bn": 1_000_000_000}
_SHORT_SCALES = [[letters] for letters in _SCALES]
_PLAIN = re.compile(r"\d{1,4}(?:\.\d{1,3})?")


def _read_grouped(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """Value and end of a number whose thousands are set apart by spaces ("1 200")."""
    low = tokens.low
    if not _is_group(low, at, 1) or low[at][0] == "0" or (at and tokens.flags[at - 1] & MONTH):
        return None
    end = at + 1
    while (
        end < len(low)
        and _is_group(low, end, 3)
        and tokens.text[tokens.end[end - 1] : tokens.start[end]] in _GROUP_SPACES
    ):
        end += 1
    return (int("".join(low[at:end])), end) if at + 1 < end < at + 5 else None


def _is_group(low: list[str], at: int, fewest: int) -> bool:
    return low[at].isdecimal() and fewest <= len(low[at]) <= 3


def _read_digits(low: list[str], at: int, lexicon: Lexicon) -> tuple[int, int] | None:
    word = low[at]
    if not word[-1].isdecimal() or len(word) > _LONGEST or ":" in word:
        return None
    parts = word.split(".")
    whole = parts[0].replace(",", "")
    end = at + 1
    scale = lexicon.scales.get(low[end]) if end < len(low) else None
    if len(parts) == 2 and scale is None:
        # "1.200" groups as in much of Europe and Latin America; anything else with a point
        # ("2.3") is a measure, not a count of people
        if len(parts[1]) == 3 and len(parts[0]) <= 3:
            return int(parts[0] + parts[1]), end
        return None
    if len(parts) > 2:
        return (int("".join(parts)), end) if all(len(p) == 3 for p in parts[1:]) else None
    if len(whole) > 10:
        return None
    if scale:
        fraction = parts[1] if len(parts) == 2 else ""
        value = int(whole) * scale + (
            int(fraction) * scale // 10 ** len(fraction) if fraction else 0
        )
        return value, end + 1
    if end < len(low) and low[end] == "dozen":
        return int(whole) * 12, end + 1
    return int(whole), end


def _read_words(low: list[str], at: int, lexicon: Lexicon) -> tuple[int, int] | None:
    total = current = 0
    seen = False
    end = at
    while end < len(low):
        word = low[end]
        value = _word_value(word, lexicon)
        if value is not None:
            if seen and (value >= 100 or current % 10 or (value >= 10 and current % 100)):
                break
            current += value
            seen = True
        elif word in lexicon.scales and seen:
            scale = lexicon.scales[word]
            if scale == 100:
                current *= 100
            else:
                total += (current or 1) * scale
                current = 0
        elif (
            word == "and"
            and seen
            and low[end + 1 : end + 3] == ["a", "half"]
            and (low[end + 3 : end + 4] and low[end + 3] in lexicon.scales)
        ):
            scale = lexicon.scales[low[end + 3]]
            return total + current * scale + scale // 2, end + 4
        elif word in ("dozen", "score") and seen:
            current *= lexicon.collectives[word]
            end += 1
            break
        elif word == "and" and seen and current and current % 100 == 0 and end + 1 < len(low):
            follow = _word_value(low[end + 1], lexicon)
            if follow is None or follow >= 100:
                break
        else:
            break
        end += 1
    return (total + current, end) if seen else None


def _word_value(word: str, lexicon: Lexicon) -> int | None:
    value = lexicon.numbers.get(word)
    if value is None and "-" in word:
        tens, _, unit = word.partition("-")
        first, second = lexicon.numbers.get(tens), lexicon.numbers.get(unit)
        if first and second and first >= 20 and second < 10:
            return first + second
    return value


def _read_range(
    low: list[str], index: int, end: int, value: int, lexicon: Lexicon
) -> tuple[int, int, int] | None:
    """Bounds and end of "20 to 30", "20-30", "20 or 30", "between 20 and 30".

    In "two to three hundred" the lower number is short for hundreds too.
    """
    if end + 1 >= len(low):
        return None
    link = low[end]
    if link == "," and low[end + 1] in _PERHAPS and (most := _read_number(low, end + 2, lexicon)):
        top, stop = most  # "seven, possibly eight, people"
        return (value, top, stop + (low[stop : stop + 1] == [","])) if top > value else None
    if link in ("to", "or", *_DASHES) or (link == "and" and "between" in low[index:end]):
        upper = _read_number(low, end + 1, lexicon)
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
    number = _read_number(low, at, lexicon) if hedge == "up_to" and at < len(low) else None
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
