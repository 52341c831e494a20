"""Numbers told as a part of a whole: "half of the 30 pupils", "all but two of the 14 passengers".

Beside `numbers`, whose quantities they are: a share of a known whole, and the whole less those who
are left out. A share of people that nobody counted ("half the village") is no number.

Source: codebook section 3, `num-share`.
"""

from __future__ import annotations

from fractions import Fraction

from transforms.coding.groups.numbers import Quantity, read_hedges, read_quantity
from transforms.coding.text.tokens import Tokens
from transforms.coding.words.lexicon import DETERMINER, POSSESSIVE, Lexicon

_PARTS = {
    "half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5,
}  # fmt: skip
_LONGEST = 5
"""Tokens from the opening to the word for the part ("well over two thirds")."""
_PERCENT = frozenset(("percent", "%"))


def read_portion(tokens: Tokens, index: int, lexicon: Lexicon) -> Quantity | None:
    """The quantity told as a part of a counted whole that opens at a token, or None.

    Args:
        tokens: the sentence.
        index: where to look; nothing before it is looked at.
        lexicon: number words and hedges.
    """
    low = tokens.low
    if low[index : index + 2] == ["all", "but"]:
        return _all_but(tokens, index, lexicon)
    for word in low[index : index + _LONGEST]:
        if _is_part(word):
            break
    else:
        return None
    hedge, at = read_hedges(tokens, index, lexicon)
    share = _read_share(low, at, lexicon)
    if share is None:
        return None
    part, end = share
    whole = _read_whole(tokens, end, lexicon, half=part == Fraction(1, 2))
    if whole is None or whole.best is None or not 0 < part < 1:
        return None
    value = part * whole.best
    best = round(value)
    exact = value == best and hedge in (None, "exact")
    lower = best if exact or hedge == "at_least" else None
    upper = best if exact or hedge == "up_to" else None
    return Quantity(index, whole.last, lower, best, upper, "share")


def _is_part(word: str) -> bool:
    if word in _PARTS or word in _PERCENT:
        return True
    return "-" in word and word.rpartition("-")[2] in _PARTS


def _read_share(low: list[str], at: int, lexicon: Lexicon) -> tuple[Fraction, int] | None:
    """The part and the token after it: "half", "a third", "two-thirds", "40 %"."""
    word, after = low[at] if at < len(low) else "", low[at + 1] if at + 1 < len(low) else ""
    if word == "half":
        return Fraction(1, 2), at + 1
    first, _, second = word.rpartition("-")
    if first and second in _PARTS:
        count = lexicon.numbers.get(first)
        return (Fraction(count, _PARTS[second]), at + 1) if count else None
    count = 1 if word in ("a", "one") else lexicon.numbers.get(word)
    if after in _PARTS and count:
        return Fraction(count, _PARTS[after]), at + 2
    if after in _PERCENT or low[at + 1 : at + 3] == ["per", "cent"]:
        percent = int(word) if word.isdecimal() and len(word) < 3 else count
        return (Fraction(percent, 100), at + 2 + (after == "per")) if percent else None
    return None


def _read_whole(
    tokens: Tokens, at: int, lexicon: Lexicon, *, half: bool = False
) -> Quantity | None:
    """The counted whole behind "of" ("of the village's 90"); "half the 30" needs none."""
    low, flags = tokens.low, tokens.flags
    if low[at : at + 1] == ["of"]:
        at += 1
    elif not half:
        return None
    while at < len(low) and flags[at] & (DETERMINER | POSSESSIVE) and low[at] not in ("a", "an"):
        at += 1
    if low[at + 1 : at + 2] == ["'s"]:
        at += 2
    return read_quantity(tokens, at, lexicon) if at < len(low) else None


def _all_but(tokens: Tokens, index: int, lexicon: Lexicon) -> Quantity | None:
    """As in "all but two of the 14": the whole less those left out; several where it is unknown."""
    left = read_quantity(tokens, index + 2, lexicon)
    if left is None or left.best is None or tokens.low[left.last : left.last + 1] != ["of"]:
        return None
    whole = _read_whole(tokens, left.last, lexicon)
    if whole is None:
        return Quantity(index, left.last, 2, None, None, "plural")
    if whole.best is None or whole.best <= left.best:
        return None
    value = whole.best - left.best
    exact = whole.low == whole.high and left.low == left.high
    return Quantity(
        index, whole.last, value if exact else None, value, value if exact else None, "share"
    )
