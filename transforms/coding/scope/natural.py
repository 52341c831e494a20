"""Deaths that nature brought: no claims, wherever the article tells of them again.

Source: codebook section 3, "a natural death of a public figure is not an event".
"""

from __future__ import annotations

from transforms.coding.groups.group import Group
from transforms.coding.mention import Mention
from transforms.coding.scope.matter import Matter
from transforms.coding.text.tokens import Tokens
from transforms.coding.words.lexicon import CAPITAL, DETERMINER, PERSON

_BY_ITSELF = frozenset(("die", "dies", "died", "dying", "dead", "death", "deaths", "demise"))
"""Casualty words that tell of no force."""

_COUPLE = 2

_OF_ONE = frozenset(("subject", "predicate", "left", "nominal", "possessive"))
"""Rules of words that may tell of a death which nobody brought about."""


def is_natural(tokens: Tokens, mention: Mention, matter: Matter, ordinal: int) -> bool:
    """Whether one person died as people do, of age or illness.

    Args:
        tokens: the sentence.
        mention: the death.
        matter: what the article is about.
        ordinal: of the sentence.
    """
    cues, text = matter.cues, tokens.text.lower()
    few = sum(group.value or 0 for group in mention.groups) <= _COUPLE
    if few and mention.kind == "killed" and cues.of_illness.finds(text):
        return not cues.bodily.finds(text)
    if mention.rule == "phrase" and tokens.low[mention.last - 1] == "dead":
        return _is_one_death(mention) and matter.is_obituary  # "was found dead at his home"
    if not _is_one_death(mention) or mention.rule not in _OF_ONE:
        return False
    group = mention.groups[0]
    pronoun = tokens.low[group.first] in ("he", "she", "his", "her")
    named = any(
        flag & CAPITAL and not flag & (DETERMINER | PERSON)
        for flag in tokens.flags[group.first : group.last]
    )
    known = (pronoun or named or group.definite) and not cues.mishap.finds(text)
    by_itself = tells_no_force(tokens, mention)
    if by_itself and known and not tokens.capitals and matter.is_peaceful(ordinal):
        return True
    if by_itself and (named or pronoun) and not tokens.capitals and matter.is_obituary:
        return True
    if by_itself and cues.elderly.finds(text) and not cues.unnatural.finds(text):
        return True
    if mention.rule == "left" and not by_itself:
        return False
    if mention.rule != "subject":
        return bool(cues.natural.finds(text)) and not cues.bodily.finds(text)
    again = pronoun and not cues.bodily.finds(matter.opening)
    return bool(cues.natural.finds(f"{matter.opening} {text}" if again else text))


def _is_one_death(mention: Mention) -> bool:
    group = mention.groups[0] if len(mention.groups) == 1 else None
    few = group is not None and (group.value == 1 or (group.value == 2 and group.kind == "one"))
    return few and mention.kind == "killed"  # "a couple"


def tells_no_force(tokens: Tokens, mention: Mention) -> bool:
    """Whether a casualty word says no more than that one person is dead ("died")."""
    return _is_one_death(mention) and tokens.low[mention.first] in _BY_ITSELF


def names_in(tokens: Tokens, group: Group) -> frozenset[str]:
    """The words of a group that may be parts of a person's name, in lower case."""
    return frozenset(
        tokens.low[at]
        for at in range(group.first, group.last)
        if tokens.flags[at] & CAPITAL and len(tokens.low[at]) >= _SHORTEST
    )


_SHORTEST = 3
"""Letters of a name that tells one person from another."""
