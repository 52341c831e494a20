"""What figures of one kind say of another in one account: who was shot and then died, and the like.

After `relations`, which relates the figures of each kind. Source: codebook section 3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from transforms.coding.accounts.dying import (
    all_die,
    died_there,
    is_first_word,
    is_the_one,
    one_of_them,
    parted_in,
)
from transforms.coding.groups.group import Group
from transforms.coding.items.item import Item


def drop_weaker_kinds(account: Sequence[Item]) -> None:
    """Drop "shot the man" of one who died, "the three disappeared" of three who were abducted."""
    standing = [item for item in account if item.relation in ("total", "part")]
    killed = [item for item in standing if item.kind == "killed"]
    dead = _count(killed)
    victims = _count([item for item in killed if not _is_doer(item)])
    taken = sum(item.value for item in account if item.kind == "abducted")
    gone = dead or taken
    found = frozenset().union(*(item.people for item in killed))
    for item in account:
        if item.mention.rule == "swept":
            _let_be_found(item, dead, account)
            continue
        if item.kind == "injured" and len(item.mention.groups) > 1:
            _leave_dead(item, killed)
        if item.kind == "injured" and dead and _is_of_dead(item, killed, dead, account):
            item.relation = "superseded"
        elif item in standing and (left := died_there(item, account)):
            item.mention.groups = [_without(item.mention.groups[0], left)]
        elif item in standing and _holds_dead(item, killed, victims, account):
            item.mention.groups = [_without(item.mention.groups[0], victims)]
        elif item in standing and item.kind == "injured" and item.mention.rule != "manifold":
            _let_die(item, killed)
        again = item.pointing and (item.value <= max(dead, taken) or not is_still_gone(item))
        again = again or (bool(item.people) and item.people <= found)
        if item.kind == "missing" and (taken if item.mention.weak else gone and again):
            item.relation = "superseded"


def _is_doer(item: Item) -> bool:
    """Whether it tells only of the death of who hit the others."""
    groups = item.mention.groups
    heads = (g.antecedent.head if g.antecedent else g.head for g in groups)
    nouns = {item.tokens.low[head] for head in heads if head >= 0}
    return (bool(nouns) and nouns <= item.words.attackers) or (
        item.mention.attackers and len(groups) == 1
    )


def _is_told_missing(item: Item, account: Sequence[Item]) -> bool:
    """Whether the account says in so many words who is missing."""
    return any(
        other.kind == "missing"
        and other.mention.rule != "swept"
        and other.relation in ("total", "part")
        for other in account
        if other is not item
    )


def _let_be_found(item: Item, dead: int, account: Sequence[Item]) -> None:
    """Take the dead out of those who were swept away; none where the missing are told."""
    group = item.mention.groups[0]
    if _is_told_missing(item, account) or (dead >= item.value and not item.additive):
        item.relation = "superseded"
    elif dead and not (item.additive or _are_further(account)) and group.best is not None:
        item.mention.groups = [_without(group, dead), *item.mention.groups[1:]]


def _are_further(account: Sequence[Item]) -> bool:
    """Whether who died is counted on from those before ("two are buried; a third was dug out")."""
    firsts = [
        item.tokens.low[group.first : group.first + 2]
        for item in account
        if item.kind == "killed"
        for group in item.mention.groups
    ]
    return bool(firsts) and all(words[-1] in _NEXT for words in firsts)


_NEXT = frozenset(("third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"))


def _leave_dead(item: Item, killed: Sequence[Item]) -> None:
    """Take those out of the hurt whose deaths are told by their nouns ("The clerk died")."""
    dead = {
        other.tokens.low[group.head]
        for other in killed
        for group in other.mention.groups
        if group.definite and group.value == 1 and group.head >= 0
        if (other.sentence, other.mention.first) > (item.sentence, item.mention.first)
    } | {noun for other in killed if (noun := _noun_before_name(other))}
    groups, low = item.mention.groups, item.tokens.low
    left = [g for g in groups if g.value != 1 or g.head < 0 or low[g.head] not in dead]
    if 0 < len(left) < len(groups):
        item.mention.groups = left


def _noun_before_name(item: Item) -> str:
    """The noun for somebody before the name ("The man, identified as Ann Lee, died"), or ""."""
    low, first = item.tokens.low, item.mention.groups[0].first
    for at in range(first - 1, max(first - _NAMED, 1), -1):
        if low[at] in ("identified", "named"):
            return low[at - 2] if low[at - 1] == "," else ""
    return ""


_NAMED = 6
"""Tokens from a name back to who is identified so."""


def _let_die(item: Item, killed: Sequence[Item]) -> None:
    """Take those who "of the injured" died later out of the injured."""
    later = [other for other in killed if _of_the_injured(other)]
    died = sum(other.value for other in later if other.sentence >= item.sentence)
    group = item.mention.groups[0]
    if 0 < died < (group.best or 0) and group.low == group.best == group.high:
        item.mention.groups = [_without(group, died), *item.mention.groups[1:]]


def _of_the_injured(item: Item) -> bool:
    """As in "two of the injured died", "one of the passengers later died"."""
    group = item.mention.groups[0]
    words = item.tokens.low[group.first : group.last + 1]
    later = "later" in item.tokens.low[group.last : item.mention.first]
    hurt = not _HURT.isdisjoint(words)
    return item.mention.rule == "subject" and "of" in words and (hurt or later)


_HURT = frozenset(("injured", "wounded"))


def _count(items: Sequence[Item]) -> int:
    """How many the items of one kind are: their parts together, or a total, told once or again."""
    parts = sum(item.value for item in items if item.relation == "part")
    return max([parts, *(item.value for item in items if item.relation == "total")])


def is_still_gone(item: Item) -> bool:
    """Whether others than the dead are meant ("the 27 still missing"), by the words."""
    told = item.tokens.low[item.mention.groups[0].first : item.mention.last]
    return not _STILL.isdisjoint(told)


_STILL = frozenset(
    ("still", "remain", "remains", "remained", "remaining", "yet", "other", "others")
)


def _holds_dead(item: Item, killed: list[Item], dead: int, account: Sequence[Item]) -> bool:
    """Whether the dead are among those who were shot ("Four people were shot. One died.").

    Of those who were hurt or taken to hospital they are where the words say so ("one of the victims
    has died").
    """
    groups = item.mention.groups
    if item.tokens.low[item.mention.first] in _LIGHT:
        return False
    of_them = any(
        other.kind == "killed"
        and (other.sentence == 0 or _is_behind(other, item))
        and (one_of_them(other) or is_the_one(other, item))
        for other in account
    ) or parted_in(item, account)
    first = groups[0].first
    of_them = of_them or item.tokens.low[max(first - 2, 0) : first] == ["one", "of"]
    shot = item.mention.weak and not _in_hospital(item)
    return (
        0 < dead < item.value
        and (shot or of_them)
        and len(groups) == 1
        and groups[0].low == groups[0].best == groups[0].high
        and not item.additive
        and (
            item.mention.rule == "manifold"
            or all(other.sentence != item.sentence or one_of_them(other) for other in killed)
        )
    )


def _is_behind(item: Item, before: Item) -> bool:
    """Whether an item is told later in the text than another."""
    return (item.sentence, item.mention.first) > (before.sentence, before.mention.last)


def _in_hospital(item: Item) -> bool:
    """Whether it tells of no wound but of a hospital ("31 people were taken to hospital")."""
    return item.mention.rule == "phrase" and item.tokens.low[item.mention.first] in (
        item.words.sick_too
    )


def _without(group: Group, dead: int) -> Group:
    """The group with the dead taken out of its figure."""
    left = (group.best or 0) - dead
    return replace(group, low=left, best=left, high=left, convention="without_dead")


def _is_of_dead(item: Item, killed: list[Item], dead: int, account: Sequence[Item]) -> bool:
    """Whether the hurt of an item are those who died."""
    if item.tokens.low[item.mention.first] in _LIGHT:
        return False
    deaths = [other for other in account if other.kind == "killed"]
    if item.oneself and item.mention.weak and any(other.with_oneself for other in deaths):
        return True  # "Man kills wife, self": "shot her before turning the gun on himself"
    if any(all_die(other, item) for other in deaths):
        return True
    if _is_doer(item) and not _TAKEN.isdisjoint(item.tokens.low[item.mention.last :]):
        return False  # "The attacker was shot and arrested"
    if item.value <= dead and is_first_word(item, killed):
        return True
    people = frozenset().union(*(other.people for other in deaths))
    if _beside(item, killed):
        return False  # "Two were shot dead and their cousin sustained bullet wounds"
    if _joined_to_dead(item, killed):
        return False  # "leaving three herders dead and a guard nursing a gunshot wound"
    if item.people and item.people <= people:
        told = [other for other in deaths if other.people & item.people]
        sure = any(_later(item, other).known_again for other in told)
        return item.mention.weak or sure or _is_plain(item) or _only_one(item, killed)
    if item.people and people and all(other.people for other in killed):
        near = any(abs(other.sentence - item.sentence) <= 1 for other in deaths)
        near = near or any(_hits_back(other, item) and other.people <= people for other in account)
        if near or item.also or not item.mention.weak or _in_hospital(item):
            return False  # somebody else was hurt
    words = item.tokens.low[item.mention.first : item.mention.last]
    in_hospital = _in_hospital(item) or any(word.startswith("hospital") for word in words)
    if not item.mention.weak or item.additive or (in_hospital and item.value > _FEW_HURT):
        return False
    return item.value <= dead or (item.pointing and item.vague)  # not all of "the four were shot"


def _hits_back(item: Item, before: Item) -> bool:
    """As in "An officer was shot. He fired back and hit the man": another one, told later."""
    struck = item.kind == "injured" and item.mention.rule == "active" and bool(item.people)
    return struck and item.sentence > before.sentence and item.people.isdisjoint(before.people)


_TAKEN = frozenset("arrested detained captured apprehended custody charged surrendered".split())
"""Behind a wounded attacker who lives."""


def _later(first: Item, second: Item) -> Item:
    return max(first, second, key=lambda item: (item.sentence, item.mention.first))


_FEW_HURT = 2
"""More who were taken to hospital are not those who died."""

_LIGHT = frozenset(("grazed", "scalded"))
"""Verbs of injuries that nobody dies of."""


def _beside(item: Item, killed: list[Item]) -> bool:
    """Whether a dead person's sentence goes on to somebody else of his own."""
    group = item.mention.groups[0]
    counted = group.kind == "number" and not group.definite  # "one died, while two have wounds"
    if not group.possessive and not group.additive and not counted:
        return False
    return any(
        other.sentence == item.sentence and other.mention.groups[-1].last <= group.first
        for other in killed
    )


def _joined_to_dead(item: Item, killed: list[Item]) -> bool:
    """Whether "and" or "while" brings somebody up after the dead of his sentence."""
    group, low = item.mention.groups[0], item.tokens.low
    if not item.fresh or low[group.first - 1] not in _JOINING:
        return False
    return any(other.sentence == item.sentence and other.begin <= item.begin for other in killed)


_JOINING = frozenset(("and", "while", "but"))


def _only_one(item: Item, killed: list[Item]) -> bool:
    """Whether a noun tells of the only one who died and a name of who was hurt."""
    dead = [group for other in killed for group in other.mention.groups]
    nouns = len(dead) == 1 and dead[0].kind == "one" and not killed[0].tokens.capitals
    named = item.mention.groups[0].kind == "name" and not item.tokens.capitals
    return nouns and named and not item.additive and not item.beside_dead


def _is_plain(item: Item) -> bool:
    """Whether it points back with a noun that tells nobody apart ("the only person injured")."""
    plain = all(head in item.words.plain or "-of-" in head for head in item.heads())
    return item.pointing and plain  # "the mother-of-three"


def revive_gunned_down(items: Sequence[Item]) -> None:
    """Make those hurt who were only said to be "gunned down", where the rest tells of no death.

    Args:
        items: all items of an article; those change that are as many, or the same people, as the
            hurt of another sentence.
    """
    told = [item for item in items if item.scope == "incident"]
    dead = [item for item in told if item.kind == "killed"]
    if not dead or not all(_is_gunned_down(item) for item in dead):
        return
    hurt = [item for item in told if item.kind == "injured" and not item.mention.weak]
    for item in dead:
        if any(
            other.sentence != item.sentence
            and (item.people == other.people if item.people else item.value == other.value)
            for other in hurt
        ):
            item.mention.kind, item.mention.weak = "injured", True


def _is_gunned_down(item: Item) -> bool:
    return item.tokens.low[item.mention.first] == "gunned"


def counts_dead_too(item: Item, account: Sequence[Item]) -> bool:
    """Whether the hurt are an account's dead and hurt together ("killed one, hurt four": five)."""
    few = item.value <= _FEW and item.mention.rule != "manifold"
    more = item.additive and len(item.mention.groups) == 1  # but "he and four others" are five
    if item.kind != "injured" or few or item.vague or more:
        return False
    first = item.mention.groups[0].first
    with_dead = item.tokens.low[first] in ("he", "she")  # "died after he and four were wounded"
    if item.beside_dead and not with_dead and item.mention.rule not in ("phrase", "manifold"):
        return False  # "left one dead and three injured": the dead are told apart
    standing = [other for other in account if other.relation in ("total", "part")]
    dead = sum(other.value for other in standing if other.kind == "killed")
    hurt = sum(other.value for other in standing if other.kind == "injured")
    vague = any(other.vague for other in standing if other.kind in ("killed", "injured"))
    return bool(dead) and bool(hurt) and dead + hurt == item.value and not vague


_FEW = 2
"""Up to this many hurt may as well be others."""
