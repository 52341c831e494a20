"""One number in digits, words or both: "1,200", "1 200", "1.2 million", "two dozen", "70-plus".

Read by `numbers`, which adds hedges, ranges and vague words. Source: codebook section 3.
"""

from __future__ import annotations

import re

from transforms.coding.text.tokens import Tokens
from transforms.coding.words.lexicon import ADDITIVE, MONTH, PERSON, Lexicon

_LONGEST = 24  # characters of a number; Python refuses to read thousands of digits
_GLUED = {"-plus": "at_least", "-odd": "about"}
"""What is glued on a number with a hyphen ("70-plus", "twenty-odd") -> the hedge that it is."""
_GROUP_SPACES = frozenset(" \u00a0\u2009\u202f")
"""Spaces that group digits ("1 200"): plain, no-break, thin, narrow no-break."""


def read_number(low: list[str], at: int, lexicon: Lexicon) -> tuple[int, int] | None:
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


def read_glued(word: str, lexicon: Lexicon) -> tuple[int, str] | None:
    """Value and hedge of "70-plus" or "twenty-odd"."""
    if "-" not in word:
        return None
    for ending, hedge in _GLUED.items():
        if word.endswith(ending):
            number = word.removesuffix(ending)
            value = int(number) if number.isdecimal() else _word_value(number, lexicon)
            return None if value is None or len(number) > _LONGEST else (value, hedge)
    return None


def read_short(tokens: Tokens, at: int) -> tuple[int, int] | None:
    """Value and end of a number of people with a letter for its scale ("1.2m people")."""
    low, end = tokens.low, at + 2
    counts = end < len(low) and tokens.flags[end] & (PERSON | ADDITIVE)
    if not counts or not _PLAIN.fullmatch(low[at]):
        return None
    return round(float(low[at]) * _SCALES[low[at + 1]]), end


_SCALES = {"k": 1_000, "m": 1_000_000, "mn": 1_000_000, "bn": 1_000_000_000}
SHORT_SCALES = [[letters] for letters in _SCALES]
_PLAIN = re.compile(r"\d{1,4}(?:\.\d{1,3})?")


def read_grouped(tokens: Tokens, at: int) -> tuple[int, int] | None:
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
