"""The noun group: who might be a victim, how many they are, and what the words around say of it.

A noun group is a run of tokens with a person as its head ("two Nigerian oil workers"), a quantity
that stands for people by itself ("five were killed"), or a name ("Raul Reyes"). What opens it is
read in readers.py and counted.py.
"""

from __future__ import annotations

from dataclasses import dataclass

from transforms.coding.text.tokens import Tokens
from transforms.coding.words.lexicon import (
    ADVERB,
    CAPITAL,
    DETERMINER,
    PREPOSITION,
    PUNCTUATION,
    TRIGGER,
    VERB,
    Lexicon,
)

_BRACKETED = frozenset((("name", "("), ("name", "["), ("plural", ")"), ("plural", "]")))
_CALLED = frozenset("known described called listed".split())


@dataclass(slots=True)
class Group:
    """A noun group.

    Attributes:
        first, last: its tokens are first..last-1, quantity and determiner included.
        low, best, high, convention: how many they are; all None where the words do not say.
        figure_first, figure_last: tokens that say how many.
        head: index of the head noun, or -1.
        kind: number (has a quantity), one (one person), plural (bare or definite), name.
        definite: "the", "these", "both": points back at people already named.
        additive: "another", "other", "more".
        subset: part of a total given elsewhere ("including five", "three of them").
        governed: a preposition stands before it.
        possessive: "his driver".
        uncertain: the head is a word that nobody knows; people only where the verb leaves no doubt.
        antecedent: whom a pronoun stands for, where its sentence names one.
    """

    first: int
    last: int
    low: int | None
    best: int | None
    high: int | None
    convention: str
    figure_first: int
    figure_last: int
    head: int
    kind: str
    definite: bool = False
    additive: bool = False
    subset: bool = False
    governed: bool = False
    possessive: bool = False
    uncertain: bool = False
    antecedent: Group | None = None

    @property
    def value(self) -> int | None:
        """Best, else low."""
        return self.low if self.best is None else self.best


def mark_context(group: Group, tokens: Tokens, before: list[Group], lexicon: Lexicon) -> None:
    """Set what the words before and after a group say of it."""
    low, flags = tokens.low, tokens.flags
    at = group.first
    if at and group.kind == "name" and low[at - 1][0].isdigit():
        group.governed = True  # "of West 36th Street"
    if at > 1 and low[at - 1] == "as" and low[at - 2] in _CALLED:
        group.governed = True  # "hunters, known as dozos,"
    if at and (group.kind, low[at - 1]) in _BRACKETED:
        group.governed = True  # "by Liberation Army (ELN) guerrillas"
    if at and flags[at - 1] & PREPOSITION and not flags[at - 1] & VERB:
        group.governed = True
    if at and group.kind == "name" and group.head < 0 and low[at - 1] in lexicon.words.seats:
        group.governed = True  # "in the capital Niamey"
    if group.kind == "name" and _is_dateline(group, tokens):
        group.governed = True
    if (
        before
        and group.kind == "name"
        and before[-1].governed
        and before[-1].last in (at - 1, at - 2)
    ):
        group.governed |= low[at - 1] in (",", "'s", "and")  # "in Quetta, Pakistan"
    if group.kind == "name" and group.last == at + 1 and _goes_on_place(tokens, at):
        group.governed = True
    if at > 2 and group.kind == "name" and low[at - 1] == "and" and flags[at - 3] & PREPOSITION:
        group.governed |= low[at - 2][0].isdigit()  # "at 22nd and Bragg"
    if at > 1 and flags[at - 1] & DETERMINER and flags[at - 2] & PREPOSITION:
        group.governed = True
    back = at - 1
    while back >= 0 and (
        flags[back] & (ADVERB | DETERMINER) or low[back] in ("least", "most", "number", "of")
    ):
        back -= 1
    if back >= 0 and low[back] in ("including", "include", "includes", "included", "among"):
        group.subset = low[back] != "among" or (back > 0 and flags[back - 1] & PUNCTUATION != 0)
    after = low[group.last : group.last + 2]
    if low[max(at - 2, 0) : at] in _AMONG or _AMONG[0] in (low[at : at + 2], after):
        group.subset = True  # "lost 18 soldiers, a colonel among them"
    if len(after) > 1 and after[0] == "of" and after[1] in ("them", "whom", "these", "those"):
        group.subset = True
    goes_on = before and before[-1].subset and before[-1].last == at - 1 and low[at - 1] == "and"
    apart = group.additive and after and flags[group.last] & TRIGGER  # "and 9 others injured"
    if goes_on and not apart:
        group.subset = True  # "including four children and four women"


def _goes_on_place(tokens: Tokens, at: int) -> bool:
    """Whether a name of one word goes on a place after a comma ("in Borno State, Nigeria")."""
    low, flags = tokens.low, tokens.flags
    if at < _PLACED or low[at - 1] != ",":
        return False
    back = at - 2
    while back > 0 and flags[back] & CAPITAL and not flags[back] & PREPOSITION:
        back -= 1
    return back < at - 2 and low[back] in ("in", "at", "near", "of", "from", "outside")


_PLACED = 3
"""Tokens of a preposition, a place and a comma."""

_AMONG = (["among", "them"], ["among", "whom"], ["amongst", "them"], ["of", "whom"])


def _is_dateline(group: Group, tokens: Tokens) -> bool:
    """As in "TOLEDO, Ohio -- Two men were killed": where an older story starts below the news."""
    if tokens.capitals or group.first > _DATELINE or group.last >= len(tokens.low):
        return False
    opens = tokens.text[: tokens.end[0]]
    return tokens.low[group.last] in ("-", "—", "–", ">") and opens.isupper() and len(opens) > 2


_DATELINE = 4
"""Tokens of a town before the name of its state."""
