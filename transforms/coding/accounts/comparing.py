"""Two figures of one kind side by side: may they be of the same people, do their sources disagree.

Asked where an item finds its account (belonging.py) and its relation there (relations.py).

Source: codebook section 3.
"""

from __future__ import annotations

from transforms.coding.items.item import Item


def shares_state(item: Item, others: list[Item]) -> bool:
    """Whether a sentence tells how some fared and how others ("two in critical condition")."""
    known = [other for other in others if other.sentence == item.sentence]
    return bool(known) and (
        tells_state(item)
        and len(known) == len(others)
        and all(tells_state(other) for other in known)
        and all(other.people.isdisjoint(item.people) for other in known)
    )


def tells_state(item: Item) -> bool:
    """Whether its casualty word says how somebody fares ("in critical condition")."""
    return item.tokens.low[item.mention.first] in item.words.states


def is_state(item: Item) -> bool:
    """Whether it says how those who were hurt fare."""
    return item.kind == "injured" and item.tells_condition


def goes_beside(item: Item, others: list[Item]) -> bool:
    """Whether it tells of somebody else who was hit, as little as is known of how they fared.

    As in "A woman was shot in the chest, and three men were also wounded".
    """
    if not item.mention.weak and not any(other.mention.weak for other in others):
        return False
    if item.people and all(other.people for other in others):
        apart = item.people.isdisjoint(frozenset().union(*(other.people for other in others)))
        near = any(item.sentence - o.sentence <= BESIDE or not o.sentence for o in others)
        return apart and (item.also or (near and (not item.by_pronoun or item.oneself)))
    if item.oneself and any(_by_himself(item, other) for other in others):
        return True
    if item.pointing and any(other.value == item.value > 1 for other in others):
        return False  # "two are in hospital ... the two other passengers were airlifted"
    first = item.mention.groups[0]  # "shot his wife and two others" adds nobody
    opens = first.additive or item.also or len(item.mention.groups) == 1
    return item.adds and opens and not any(other.value > item.value for other in others)


def _by_himself(item: Item, other: Item) -> bool:
    """As in "wounds two before shooting himself", where he hurt others in the same sentence."""
    hit = other.mention.rule in ("active", "participle") and not other.oneself
    return hit and other.sentence == item.sentence and other.people.isdisjoint(item.people)


BESIDE = 2
"""Sentences within which others who were hit are told."""


def told_again(item: Item, kin: list[Item]) -> bool:
    """Whether all its victims were told before, under whatever names."""
    return bool(item.people) and item.people <= frozenset().union(*(k.people for k in kin))


def sources_disagree(known: Item, item: Item) -> bool:
    """Whether two sources give two figures of one thing; both stand, and settling chooses."""
    first, second = known.speaker, item.speaker
    if known.mention.weak and not item.mention.weak:
        return False  # "shot two girls ... wounded the older one"
    if item.vague or known.vague or item.adds or known.relation == "part":
        return False
    if known.mention.weak and item.value > known.value:
        return False  # a fuller figure
    if item.value < known.value and is_state(item):
        return False  # "while five remain in intensive care"
    named = first.words is not None and second.words is not None
    named = named and (first.role != second.role or _speak_for_sides(known, item))
    held_against = (
        item.rival
        and second.words not in (None, first.words)
        and item.heads() <= known.heads() | item.words.generic
    )
    return (named or held_against) and not counted_apart(known, item)


def _speak_for_sides(known: Item, item: Item) -> bool:
    """Whether two states speak of one sort of people ("Kyiv said 200 soldiers ... Moscow said")."""
    if any(_OWN.intersection(_words_of(told)) for told in (known, item)):
        return False  # "71 of its soldiers": each tells of his own
    words = known.speaker.words or "", item.speaker.words or ""
    states = all(name[:1].isupper() and " " not in name for name in words)
    return states and words[0] != words[1] and bool(known.roles()) and known.roles() == item.roles()


def _words_of(item: Item) -> list[str]:
    groups = item.mention.groups
    return item.tokens.low[groups[0].first - (groups[0].first > 0) : groups[-1].last]


_OWN = frozenset(("its", "their", "our"))


def contrasts(item: Item, known: Item) -> bool:
    """Whether "while" sets it beside one before ("23 were killed, while five soldiers were")."""
    first = item.mention.groups[0]
    if known.tokens is not item.tokens or not first.first or first.additive or first.subset:
        return False
    opened = item.tokens.low[first.first - 1] == "while"
    return opened and known.mention.first < first.first


def counted_apart(known: Item, item: Item) -> bool:
    """Whether two figures count different sorts of people, so that they add up."""
    if contrasts(item, known):
        return True
    if known.side and item.side and known.side != item.side:
        return True
    first, second = known.roles(), item.roles()
    if not first or not second or ((known.heads() | item.heads()) - _CIVIL) & item.words.generic:
        return False
    return not first & second


_CIVIL = frozenset(("civilians",))
"""Generic among civilians; never a word for fighters."""


def made_up_otherwise(known: Item, item: Item) -> bool:
    """Whether one size is made up of other people ("14 inmates", "13 inmates and a guard")."""
    if len(known.mention.groups) == len(item.mention.groups) == 1:
        return False
    first, second = _by_noun(known), _by_noun(item)
    return any(first[noun] != second[noun] for noun in first.keys() & second.keys())


def _by_noun(item: Item) -> dict[str, int | None]:
    low = item.tokens.low
    return {low[g.head]: g.best for g in item.mention.groups if g.head >= 0}


def counted_alike(known: Item, item: Item) -> bool:
    """Whether two mentions of one size may be of the same people."""
    first, second = known.heads(), item.heads()
    generic = not first or not second or bool((first | second) & item.words.generic)
    return generic or bool(first & second) or (item.value == 1 and not counted_apart(known, item))
