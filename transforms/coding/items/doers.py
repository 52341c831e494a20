"""Whose death is told after a deed: who did it ("Moreno shot four people. He was found dead").

The pronoun that opens the next sentence cannot stand for several victims; a surname may come later.
Source: codebook section 3, an attacker whose "death stands as a death of its own".
"""

from __future__ import annotations

from collections.abc import Sequence

from transforms.coding.groups.group import Group
from transforms.coding.groups.readers import read_groups
from transforms.coding.items.item import Item
from transforms.coding.words.lexicon import CAPITAL, Lexicon


def is_doer(item: Item, before: Sequence[Item], lexicon: Lexicon) -> bool:
    """Whether an item tells the death of who did what the sentences before told.

    Args:
        item: a mention in its place.
        before: the items of the article before it.
        lexicon: the words, for the noun groups of the sentence of the deed.
    """
    groups = item.mention.groups
    if item.kind != "killed" or len(groups) != 1 or groups[0].value != 1 or not before:
        return False
    if item.scope != "incident" or item.mention.rule not in _DIES:
        return False
    low, first = item.tokens.low, groups[0].first
    if low[first] in _PRONOUNS and first <= _OPENING:
        deed = [other for other in before if other.sentence == item.sentence - 1]
        return _by_one(deed, lexicon, low[first]) and _doer(deed[0], lexicon) is not None
    if groups[0].kind != "name" or item.tokens.capitals:
        return False
    name = low[groups[0].last - 1]
    deed = [other for other in before if 0 < item.sentence - other.sentence <= _FAR]
    deed = [other for other in deed if other.sentence and name in other.tokens.low]
    doer = _doer(deed[0], lexicon) if _by_one(deed[:1], lexicon) else None
    return doer is not None and name in deed[0].tokens.low[doer.first : doer.last]


def _by_one(deed: Sequence[Item], lexicon: Lexicon, pronoun: str = "") -> bool:
    """Whether all that a sentence tells is whom somebody hit, none of whom the pronoun can mean."""
    return any(item.value > 1 for item in deed) and all(
        item.mention.rule in _DEEDS
        and item.kind in ("killed", "injured")
        and item.scope == "incident"
        and (not pronoun or not any(_fits(pronoun, g, item, lexicon) for g in item.mention.groups))
        for item in deed
    )


def _fits(pronoun: str, victim: Group, item: Item, lexicon: Lexicon) -> bool:
    """Whether a pronoun may stand for a victim: for one of its sex ("his wife" is no "he")."""
    noun = item.tokens.low[victim.head] if victim.head >= 0 else ""
    sex = lexicon.sexes.get(pronoun)
    return victim.value == 1 and lexicon.sexes.get(noun, sex) == sex


def _doer(deed: Item, lexicon: Lexicon) -> Group | None:
    """The one person who opens the sentence of a deed, its subject."""
    for group in read_groups(deed.tokens, lexicon):
        if group.governed or group.uncertain:
            continue
        opens = group.first <= _OPENING or deed.tokens.low[group.first - 1] == ","
        whole = group.last <= deed.mention.first and opens
        person = group.kind == "one" or bool(deed.tokens.flags[group.first] & CAPITAL)
        return group if whole and person and group.value == 1 else None
    return None


_DIES = frozenset(("passive", "subject", "predicate", "phrase", "reduced", "relative", "bodies"))
_DEEDS = frozenset(("active", "participle", "shared"))
_PRONOUNS = frozenset(("he", "she"))
_OPENING = 3
"""Tokens in which a sentence brings up whom it is about."""
_FAR = 6
"""Sentences over which a surname tells who did it."""
