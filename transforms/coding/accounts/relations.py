"""How the figures of one account add up: totals, parts, subsets, and what they replace.

Source: codebook section 3, "inside one article".
"""

from __future__ import annotations

from collections.abc import Sequence

from transforms.coding.accounts.adding import (
    add_to,
    adds_to,
    attacker_among_hurt,
    is_hit_next,
    settle_attacker,
    tells_other_people,
)
from transforms.coding.accounts.comparing import (
    BESIDE,
    counted_apart,
    goes_beside,
    is_state,
    shares_state,
    sources_disagree,
    tells_state,
    told_again,
)
from transforms.coding.accounts.hurt_and_dead import counts_dead_too, is_still_gone
from transforms.coding.accounts.nobody import relate_none, tells_none
from transforms.coding.groups.group import Group
from transforms.coding.items.item import ONESELF, Item
from transforms.coding.words.lexicon import NUMBER


def relate_item(item: Item, account: Sequence[Item]) -> None:
    """Set the relation of an item to the others of its kind, and theirs where it changes.

    Args:
        item: the item that joined last.
        account: all items of its account, itself included.
    """
    kin = [other for other in account if other is not item and other.kind == item.kind]
    others = [other for other in kin if other.relation in ("total", "part")]
    if item.mention.rule == "named":
        item.mention.subset = bool(kin)
    elif item.mention.subset and not kin and (_is_of_them(item) or _is_of_hurt(item)):
        item.mention.subset = False
    among = _is_among(item) and item.value < sum(other.value for other in others)
    if item.mention.subset or among or any(item.whole is other for other in kin):
        item.relation = "subset"
    elif item.corrected or (
        counts_dead_too(item, [i for i in account if i is not item])
        and not shares_state(item, others)
    ):
        item.relation = "superseded"
    elif tells_none(item) or any(tells_none(other) for other in others):
        relate_none(item, others, account)
    elif others and attacker_among_hurt(item, kin, account):
        settle_attacker(item, others, kin)
    elif others:
        _relate(item, others, kin)


def _is_among(item: Item) -> bool:
    """As in "a farmer and his son were among the dead"."""
    return "among" in item.tokens.low[item.mention.first : item.mention.last]


def _is_of_hurt(item: Item) -> bool:
    """Whether it tells of the dead among those who were hurt ("Of those injured, five died")."""
    before = item.tokens.low[: item.mention.groups[0].first]
    return item.kind == "killed" and before[:1] == ["of"] and not _HURT.isdisjoint(before)


_HURT = frozenset(("injured", "wounded", "hurt"))


def _is_of_them(item: Item) -> bool:
    """Whether it counts some of those told before ("executed 22 of them", "two of them died")."""
    group = item.mention.groups[0]
    told = item.mention.rule in ("active", "participle", "subject", "passive")
    return told and "them" in item.tokens.low[group.first : group.last + 2]


def _relate(item: Item, others: list[Item], kin: list[Item]) -> None:
    updates = item.update or all(other.initial for other in others)
    if (updates and _outgrows(item, others)) or _are_fewer_gone(item):
        for other in others:
            other.relation = "superseded"
    elif _dies_again(item, kin) or _notes_the_sum(item, others) or _is_earlier_toll(item, others):
        item.relation = "superseded"
    elif _goes_with(item, others):
        add_to(item, others)
    elif _gives_way(item, others):
        item.relation = "subset"
    elif (
        _is_told_again(item, kin)
        and not any(other.mention.weak for other in others)
        and not is_hit_next(item, others)
    ):
        item.relation = "superseded"
    elif tells_other_people(item, others) or is_hit_next(item, others):
        add_to(item, others)
    elif _more_beside_self(item, others):
        _leave_self(others[0])
        add_to(item, others)
    elif settle_attacker(item, others, kin):
        pass
    elif item.disputes or all(sources_disagree(other, item) for other in others):
        item.relation = "total"
    elif item.mention.toll or _replaces(item, others):
        for other in others:
            other.relation = "superseded"
    elif _repeats(item, others):
        item.relation = "superseded"
        _take_over(item, others)
    elif adds_to(item, others, kin):
        add_to(item, others)
    elif not item.adds and item.value > sum(other.value for other in others):
        for other in others:
            other.relation = "superseded"
    else:
        item.relation = "subset"


def _is_told_again(item: Item, kin: list[Item]) -> bool:
    """Whether all its victims were told before; an attacker is none of those he killed."""
    attacker = item.mention.attackers and len(item.mention.groups) == 1
    if attacker or item.heads() & item.words.attackers:
        kin = [other for other in kin if not _is_of_attack(other)]
    return told_again(item, kin)


def _is_of_attack(item: Item) -> bool:
    """Whether a doer killed its victims, who is none of those who shoot back."""
    rule, low = item.mention.rule, item.tokens.low
    told = low[:_OPENING] if rule == "participle" else low[: item.mention.first]
    deed = rule in ("active", "participle") and not item.oneself
    return deed and item.words.defenders.isdisjoint(told)


_OPENING = 3
"""Tokens that open a sentence, before whom somebody hits ("After wounding two officers and")."""


def _goes_with(item: Item, others: list[Item]) -> bool:
    """Whether its people are none of those told, by what happened to them."""
    did = all(_did_it(other, item) for other in others)
    dies = did or _dies_later(item, others)
    return dies or goes_beside(item, others) or shares_state(item, others)


def _notes_the_sum(item: Item, others: list[Item]) -> bool:
    """Whether a note of numbers says in the end what was told before ("3 fatalities.")."""
    told = sum(other.value for other in others if other.relation in ("total", "part"))
    return item.mention.toll and item.mention.rule == "counted" and item.value == told


def _did_it(attacker: Item, item: Item) -> bool:
    """Whether it was he who killed them ("died after shooting dead two colleagues")."""
    alone = (
        attacker.mention.attackers and len(attacker.mention.groups) == 1 and not attacker.oneself
    )
    return alone and attacker.sentence == item.sentence and not item.mention.attackers


def _dies_later(item: Item, others: list[Item]) -> bool:
    """Whether it tells of the injured who died after a number of dead was given."""
    group = item.mention.groups[0]
    words = item.tokens.low[group.first : group.last + 1]
    told = any(other.mention.toll or other.sentence == 0 for other in others)
    return (
        item.kind == "killed"
        and not told
        and words[-3:-1] == ["of", "the"]
        and (words[-1] in ("injured", "wounded") and item.value < max(o.value for o in others))
    )


def _are_fewer_gone(item: Item) -> bool:
    """Whether it tells how many are missing still; those before have been found since."""
    return item.kind == "missing" and not item.additive and is_still_gone(item)


def _outgrows(item: Item, others: list[Item]) -> bool:
    """Whether it tells more than early reports had ("only 40 bodies were found" does not)."""
    more = item.value > sum(other.value for other in others)
    return not item.additive and (more or item.mention.toll)


def _gives_way(item: Item, others: list[Item]) -> bool:
    """Whether better figures stand already."""
    if is_state(item) and any(o.value > item.value and not o.people for o in others):
        return True  # "five others were shot. Another victim is in critical condition"
    return item.mention.weak or (item.vague and any(not other.vague for other in others))


def _dies_again(item: Item, kin: list[Item]) -> bool:
    """Whether an attacker's own death was told in the headline ("kills wife, self")."""
    if not item.mention.attackers or len(item.mention.groups) > 1:
        return False
    headline = (k for k in kin if k.sentence == 0)
    return any(known.with_oneself for known in headline)


def _more_beside_self(item: Item, others: list[Item]) -> bool:
    """Whether it counts more than a headline did beside the killer ("kills wife, self")."""
    headline = others[0]
    if len(others) > 1 or headline.sentence or item.mention.attackers or item.additive:
        return False
    if item.with_oneself:
        return False
    held = [group for group in headline.mention.groups if not _is_self(headline, group)]
    victims = sum(group.value or 0 for group in held)
    fuller = item.value > victims - any(group.best is None for group in held)
    deed = item.mention.rule in ("active", "participle")
    return 0 < len(held) < len(headline.mention.groups) and deed and fuller


def _leave_self(headline: Item) -> None:
    """Take all but the killer out of a headline's figure."""
    groups = headline.mention.groups
    headline.mention.groups = [group for group in groups if _is_self(headline, group)]


def _is_self(item: Item, group: Group) -> bool:
    return item.tokens.low[group.first] in ONESELF


def _is_earlier_toll(item: Item, others: list[Item]) -> bool:
    """Whether a toll is said to rise to less than stands ("soars to 82" below "climbs to 113").

    Or to have stood at less, or to have been reported ("had put it at nine").
    """
    at = item.sentence, item.mention.first
    lower = any(o.value > item.value and (o.sentence, o.mention.first) < at for o in others)
    if lower and (item.was_told or "stood" in item.tokens.low):
        return item.mention.toll or item.was_told
    low = item.tokens.low[max(item.mention.first - 2, 0) : item.mention.last + 3]
    rises = item.mention.toll and not item.words.risen.isdisjoint(low)
    return rises and any(other.mention.toll and other.value > item.value for other in others)


def _replaces(item: Item, others: list[Item]) -> bool:
    """Whether what stands is weaker: only shot at, or only vague words."""
    if any(other.mention.weak for other in others):
        return not (_one_of_those_shot(item, others) or _tells_of_some(item, others))
    sharper = all(other.vague for other in others) and not item.vague
    return sharper and (not item.adds or _beside_number(item))


def _beside_number(item: Item) -> bool:
    """As in "eight pupils were found and 40 others hurt": others than those, not than "several"."""
    first = item.mention.groups[0].first
    return not item.also and any(flag & NUMBER for flag in item.tokens.flags[:first])


def _tells_of_some(item: Item, others: list[Item]) -> bool:
    """As in "two men were taken to hospital; one is in critical condition"."""
    group = item.mention.groups[0]
    fewer = item.value < sum(other.value for other in others)
    near = item.sentence - others[-1].sentence <= 1
    return fewer and near and group.head < 0 and group.kind == "number" and tells_state(item)


def _one_of_those_shot(item: Item, others: list[Item]) -> bool:
    """As in "The three were shot. Reyes remains in critical condition"."""
    counted = not any(other.vague for other in others)
    return counted and bool(item.people) and item.value < sum(other.value for other in others)


def _repeats(item: Item, others: list[Item]) -> bool:
    """Whether the figure was given before."""
    if item.adds:
        return item.value > 1 and any(
            (other.additive or _is_headline(other, item))
            and other.value == item.value
            and other.sentence != item.sentence
            for other in others
        )  # "three others were hurt ... the three other men were taken to hospital"
    values = {other.value for other in others} | {sum(other.value for other in others)}
    return item.value in values and not any(
        counted_apart(other, item) for other in others if other.value == item.value
    )


def _take_over(item: Item, others: list[Item]) -> None:
    """Let a figure whose source the text names stand for the headline's, which names none."""
    if len(others) > 1 or others[0].sentence or item.value < _COUNTED:
        return
    if item.value == others[0].value and item.speaker.words and not others[0].speaker.words:
        item.relation, others[0].relation = "total", "superseded"


_COUNTED = 3
"""Fewer are told person by person."""


def _is_headline(known: Item, item: Item) -> bool:
    """Whether the figure is pointed at ("two hurt": "the two others"), or was a headline's."""
    return item.pointing or (known.sentence == 0 and item.value > BESIDE)
