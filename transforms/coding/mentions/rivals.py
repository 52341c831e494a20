"""Another source's figure of what was counted before, by its number alone: "Residents said 20".

Read after a sentence's casualty words and tolls. The number must end its clause, and stand beside a
verb of saying whose subject is no pronoun; it counts what the figure before it counted.

Source: codebook section 3, "sources in the article disagree".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from transforms.coding.groups.group import Group
from transforms.coding.groups.numbers import read_quantity
from transforms.coding.mention import Mention, Reader, make_mention
from transforms.coding.text.tokens import Tokens
from transforms.coding.words.lexicon import (
    HAVE,
    NUMBER,
    PRONOUN,
    PUNCTUATION,
    Lexicon,
    Trigger,
)


def differs(text: str, lexicon: Lexicon) -> bool:
    """Whether a sentence without casualty words may give a source's number alone."""
    return _pattern(lexicon).search(text) is not None


@lru_cache(maxsize=2)
def _pattern(lexicon: Lexicon) -> re.Pattern[str]:
    verbs = "|".join(sorted(lexicon.words.figures))
    numbers = "|".join(sorted({*lexicon.numbers, *lexicon.vague} - {"a", "an"}))
    return re.compile(
        rf"\b(?:{verbs})\s(?:[\w-]+\s){{0,3}}?(?:\d[\d,]*|{numbers})(?:[.;,]|$)", re.IGNORECASE
    )


def may_differ(tokens: Tokens, lexicon: Lexicon) -> bool:
    """Whether a sentence may hold a source's number without a noun."""
    return not lexicon.words.figures.isdisjoint(tokens.low)


def read_rivals(reader: Reader, before: Sequence[Mention]) -> list[Mention]:
    """As in "... killed 14 people; residents said 20", "witnesses at 14".

    Args:
        reader: the sentence; its `counting` is the kind of the figures before it.
        before: its other mentions.
    """
    words, low = reader.lexicon.words, reader.tokens.low
    found: list[Mention] = []
    for at in range(1, len(low) - 1):
        if low[at] not in words.figures or not _opens_number(reader, at + 1):
            continue
        known = _counted_before(reader, at, before)
        figure = _number_after(reader, at) if known and _is_said(reader, at, before) else None
        if known and figure and not any(m.first <= figure.first < m.last for m in before):
            mention = make_mention(
                Trigger(known, "toll"), [figure], at, at + 1, "rival", False, False
            )
            mention.toll = True
            found.append(mention)
    return found


def _opens_number(reader: Reader, at: int) -> bool:
    """Whether a number may stand at a token, or behind one or two words that lead to it."""
    leads = reader.tokens.low[at] in _LEADS
    return leads or bool(reader.tokens.flags[at] & NUMBER) or reader.tokens.low[at][0].isdigit()


_LEADS = frozenset(("of", "to", "only", "just", "it", "them"))


def _counted_before(reader: Reader, at: int, before: Sequence[Mention]) -> str | None:
    """The kind of the figure that a source may give anew at a token."""
    told = [mention for mention in before if mention.last <= at]
    if not told:
        opens = at <= _OPENING and "," not in reader.tokens.low[_ADVERB:at]
        return reader.counting if opens and not before else None
    last = told[-1]
    counts = last.groups and not last.unreal and not last.negated and not last.zero
    return last.kind if counts else None


_OPENING = 6
"""Tokens from the start of a sentence to the verb with which it may give a source's number."""
_ADVERB = 2
"""Tokens of what may stand before such a sentence ("Earlier, officials had said 19")."""


def _is_said(reader: Reader, at: int, before: Sequence[Mention]) -> bool:
    """Whether somebody who is named says it there."""
    low, flags = reader.tokens.low, reader.tokens.flags
    if low[at] == "at":  # "put the number of dead at nine, witnesses at 14"
        tolled = any(mention.toll for mention in before if mention.last < at)
        return tolled and at > 1 and low[at - 2] in (",", "and", "while", "but")
    subject = reader.skip_adverbs_left(at - 1)
    while subject > 0 and flags[subject] & HAVE:
        subject = reader.skip_adverbs_left(subject - 1)
    return subject >= 0 and not flags[subject] & (PRONOUN | PUNCTUATION | NUMBER)


def _number_after(reader: Reader, verb: int) -> Group | None:
    """The number that a verb of saying gives, where nothing follows that it could count."""
    tokens = reader.tokens
    low, flags = tokens.low, tokens.flags
    at = verb + 1
    at += low[at : at + 1] in (["of"], ["to"], ["only"], ["just"])
    if low[verb].startswith("put"):
        at += 2 if low[at : at + 2] in (["it", "at"], ["them", "at"]) else len(low)
    quantity = read_quantity(tokens, at, reader.lexicon) if at < len(low) else None
    if quantity is None or quantity.is_year:
        return None
    after = flags[quantity.last] if quantity.last < len(low) else PUNCTUATION
    if not after & PUNCTUATION:
        return None
    return Group(
        quantity.first, quantity.last, quantity.low, quantity.best, quantity.high,
        quantity.convention, quantity.first, quantity.last, -1, "number",
    )  # fmt: skip
