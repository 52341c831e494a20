"""Those of the hurt who died of it, by the words that tell of their deaths.

Read by `hurt_and_dead`. Source: codebook section 3, "those who died later of their wounds".
"""

from __future__ import annotations

from collections.abc import Sequence

import re2

from transforms.coding.items.item import Item


def parted_in(item: Item, account: Sequence[Item]) -> bool:
    """Whether one later sentence parts the hurt ("Three were hurt. One died, two are stable")."""
    for other in account:
        if other.kind != "killed" or other.sentence <= item.sentence or other.vague:
            continue
        left = [i for i in account if i.kind == "injured" and i.sentence == other.sentence]
        if left and other.value + sum(i.value for i in left) == item.value:
            return True
    return False


def died_there(item: Item, account: Sequence[Item]) -> int:
    """How many of the hurt died where they were taken ("nine ..., where one more succumbed")."""
    groups = item.mention.groups
    if item.kind != "injured" or len(groups) > 1 or item.vague:
        return 0
    low = item.tokens.low
    died = sum(
        other.value
        for other in account
        if other.kind == "killed"
        and other.sentence == item.sentence
        and other.mention.first > item.mention.first
        and low[other.mention.groups[0].first - 1] == "where"
        and item.words.hospitals.intersection(low[item.mention.first : other.mention.first])
    )
    return died if died < item.value else 0


def one_of_them(item: Item) -> bool:
    """As in "one of the victims has died", "one of the wounded died in hospital"."""
    group = item.mention.groups[0]
    words = item.tokens.low[group.first : group.last]
    if item.mention.rule == "fatally" or (item.sentence == 0 and words == ["victim"]):
        return True  # "Shooting victim dies"
    return (
        "of" in words
        and bool(item.words.of_them.intersection(words))
        and item.mention.rule in ("subject", "phrase", "participle")
    ) or _some_die_later(item)


def _some_die_later(item: Item) -> bool:
    """As in "Nine were wounded; six did not survive": a bare number of those told of before."""
    group, low = item.mention.groups[0], item.tokens.low
    bare = group.kind == "number" and group.head < 0 and not group.additive
    if not bare or (group.first and low[group.first - 1] not in _OPENS):
        return False
    return not _LATER.isdisjoint(low[group.last : item.mention.last + 1])


_OPENS = frozenset((";", ",", "and", "but", "of"))
_LATER = frozenset("later survive since succumbed subsequently eventually".split())


def is_the_one(dead: Item, hurt: Item) -> bool:
    """As in "Three soldiers were wounded, one of them gravely. The soldier later died"."""
    one, several = dead.mention.groups[0], hurt.mention.groups[0]
    if not (one.definite and one.value == 1 and one.head >= 0 and several.head >= 0):
        return False
    if dead.mention.rule != "subject" or several.value == 1:
        return False
    noun, many = dead.tokens.low[one.head], hurt.tokens.low[several.head]
    words = dead.words
    return (
        many in (f"{noun}s", f"{noun}es", _SEVERAL.get(noun))
        or (noun in words.young and many in words.several_young)
        or (noun in words.young and many == "pair")
        or (noun in words.grown and many in _TWO)
    )


_TWO = ("couple", "pair")
_SEVERAL = {"man": "men", "woman": "women", "child": "children", "policeman": "policemen"}


def is_first_word(item: Item, killed: Sequence[Item]) -> bool:
    """Whether it is what helpers were called to before anybody was known to be dead."""
    if item.additive or any(other.sentence == item.sentence for other in killed):
        return False
    before = item.tokens.text[: item.tokens.start[item.mention.first]]
    called = _CALLED.search(before)
    return called is not None and not _FOUND.search(before, called.end())


_CALLED = re2.compile(
    r"(?i)\b(?:reports? (?:of|that|about)|dispatch\w*|called (?:to|about)|responded to|alerted"
    r"|calls? (?:of|about|reporting|to report)|9-?1-?1|scanner)\b"
)
_FOUND = re2.compile(r"\b(?:found|discovered|located|took|treated|where|which|who)\b")


def all_die(dead: Item, hurt: Item) -> bool:
    """As in "Two pupils were found wounded. Both died later"."""
    group = dead.mention.groups[0]
    return (
        dead.tokens.low[group.first] in _ALL
        and len(dead.mention.groups) == 1
        and dead.value == hurt.value
        and 0 <= dead.sentence - hurt.sentence <= _SOON
        and (dead.sentence, dead.mention.first) > (hurt.sentence, hurt.mention.first)
    )


_ALL = frozenset(("both", "all", "they"))
_SOON = 2
"""Sentences from those who were hurt to their deaths."""
