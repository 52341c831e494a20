"""How the figures of one account add up: totals, parts, subsets, and what they replace.

Source: codebook section 3, "inside one article".
"""

from __future__ import annotations

from collections.abc import Sequence

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
from transforms.coding.accounts.settle import RELIABILITY
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
    elif item.mention.subset and not kin and _is_of_them(item):
        item.mention.subset = False
    among = _is_among(item) and item.value < sum(other.value for other in others)
    if item.mention.subset or among or any(item.whole is other for other in kin):
        item.relation = "subset"
    elif item.corrected or (
        counts_dead_too(item, [i for i in account if i is not item])
        and not shares_state(item, others)
    ):
        item.relation = "superseded"
    elif others and _attacker_among_hurt(item, kin, account):
        _adds_attacker(item, others, kin)
    elif others:
        _relate(item, others, kin)


def _is_among(item: Item) -> bool:
    """As in "a farmer and his son were among the dead"."""
    return "among" in item.tokens.low[item.mention.first : item.mention.last]


def _is_of_them(item: Item) -> bool:
    """Whether it counts some of people brought up before ("and executed 22 of them")."""
    group = item.mention.groups[0]
    return item.mention.rule == "active" and "them" in item.tokens.low[group.first : group.last + 2]


def _attacker_among_hurt(item: Item, kin: list[Item], account: Sequence[Item]) -> bool:
    """Whether an attacker dies who also hurt somebody, so that he is not the one who was killed."""
    if item.kind != "killed" or not item.heads() & item.words.attackers or item.mention.weak:
        return False
    hurt = any(other.kind == "injured" and other.beside_dead for other in account)
    who = frozenset().union(*(other.heads() for other in kin))
    return hurt and not who & (item.words.attackers | _ANYBODY)


_ANYBODY = frozenset(("person", "people", "persons", "victim", "victims"))
"""Nouns for a dead person who may be the attacker."""


def _relate(item: Item, others: list[Item], kin: list[Item]) -> None:
    updates = item.update or all(other.initial for other in others)
    if (updates and _outgrows(item, others)) or _are_fewer_gone(item):
        for other in others:
            other.relation = "superseded"
    elif _dies_again(item, kin):
        item.relation = "superseded"
    elif _dies_later(item, others) or goes_beside(item, others) or shares_state(item, others):
        _add(item, others)
    elif _gives_way(item, others):
        item.relation = "subset"
    elif told_again(item, kin) and not any(other.mention.weak for other in others):
        item.relation = "superseded"
    elif _other_people(item, others) or _is_hit_next(item, others):
        _add(item, others)
    elif _more_beside_self(item, others):
        _leave_self(others[0])
        _add(item, others)
    elif _adds_attacker(item, others, kin):
        pass
    elif item.disputes or all(sources_disagree(other, item) for other in others):
        item.relation = "total"
    elif _is_earlier_toll(item, others):
        item.relation = "superseded"
    elif item.mention.toll or _replaces(item, others):
        for other in others:
            other.relation = "superseded"
    elif _repeats(item, others):
        item.relation = "superseded"
        _take_over(item, others)
    elif _adds(item, others, kin):
        _add(item, others)
    elif not item.adds and item.value > sum(other.value for other in others):
        for other in others:
            other.relation = "superseded"
    else:
        item.relation = "subset"


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


def _other_people(item: Item, others: list[Item]) -> bool:
    """Whether its victims and all before them were told one by one, and none was told before."""
    helpers = item.words.helpers
    if item.heads() & helpers and not any(other.heads() & helpers for other in others):
        return all(other.people or other.adds for other in others)  # "two firefighters were hurt"
    if not item.people or not all(other.people for other in others):
        return False
    if not item.adds and any(_sums_up(other) for other in others):
        return False
    if item.mention.groups[0].definite and item.additive and others[0].sentence == 0:
        return False  # "Teen killed ... the other victim was pronounced dead"
    if item.tokens.low[item.mention.groups[0].first] == "him":
        return False  # "by killing him": nobody new
    return item.people.isdisjoint(frozenset().union(*(other.people for other in others)))


def _is_hit_next(item: Item, others: list[Item]) -> bool:
    """Whether the doer went on to somebody else ("killed three ... He then stabbed an officer")."""
    told = others[-1].sentence
    fresh = item.fresh and item.mention.rule in ("active", "participle", "possessive")
    return (
        item.follows and fresh and item.sentence - told == 1 and others[-1].mention.rule != "toll"
    )


def _sums_up(item: Item) -> bool:
    """Whether a headline counts them all, be they one ("3 dead, 1 hurt in farm shooting")."""
    return item.sentence == 0 and any(g.kind == "number" for g in item.mention.groups)


def _adds_attacker(item: Item, others: list[Item], kin: list[Item]) -> bool:
    """Settle an attacker's own death: it adds, unless a figure already holds it."""
    if item.mention.attackers and len(item.mention.groups) == 1:
        if any(other.mention.attackers for other in kin):
            item.relation = "superseded"
        elif any(other.suicide and other.value > 1 for other in others):
            item.relation = "subset"  # "two dead in a murder-suicide": the attacker is one of them
        elif len(others) == 1 and _makes_up(item, others[0], kin):
            item.relation = "subset"
        else:
            _add(item, others)
        return True
    if item.heads() & item.words.attackers and not any(
        other.heads() & item.words.attackers or other.mention.attackers for other in others
    ):
        _add(item, others)
        return True
    return False


def _makes_up(item: Item, total: Item, kin: list[Item]) -> bool:
    """Whether an attacker and those told before him are as many as a number says.

    As in "Shooting kills two ... He killed his brother and himself".
    """
    told = [k for k in kin if k is not total and k.people]
    people = frozenset().union(*(k.people for k in told))
    return bool(told) and not total.people and len(people) + item.value == total.value


def _is_earlier_toll(item: Item, others: list[Item]) -> bool:
    """Whether a toll is said to rise to less than stands ("soars to 82" below "climbs to 113")."""
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


def _adds(item: Item, others: list[Item], kin: list[Item]) -> bool:
    """Whether the figure comes on top of what stands."""
    if item.adds:
        return not item.mention.attackers and not _covered(item, others, kin)
    return any(counted_apart(other, item) for other in others)


def _covered(item: Item, others: list[Item], kin: list[Item]) -> bool:
    """Whether one total for all sorts of people already holds an added figure."""
    if len(others) != 1:
        return False
    total = others[0]
    if counted_apart(total, item):
        return False
    listed = total.sentence == 0 and len(total.mention.groups) > 1  # "3 adults, 1 child dead"
    generic = listed or not total.heads() or bool(total.heads() & total.words.generic)
    if generic and total.sentence == 0 and total.value > item.value:
        return True  # the headline sums up what the text tells piece by piece
    if total.sentence == 0 and item.value == 1 and item.mention.groups[0].definite:
        return True  # "Teen killed ... the other victim was pronounced dead"
    if generic and item.mention.groups[0].definite and total.value > item.value:
        return True  # "left four dead ... shot the other three"
    if total.mention.toll and item.sentence - total.sentence <= 1:
        return True  # "has reached 40, after four more died"
    parts = [k for k in kin if k is not total and k.relation == "subset"]
    told = sum(part.value for part in parts)
    if parts and told + item.value <= total.value:
        return True
    if parts and told == total.value and item.value < parts[-1].value:
        return True  # all are told of: the others are some of the last
    return item.also and total.value > item.value and generic


def _add(item: Item, others: list[Item]) -> None:
    """Add an item to what stands; of rival totals, to the one of the most reliable source."""
    totals = [other for other in others if other.relation == "total"]
    sum_of = min(totals, key=_reliability, default=None)
    item.relation = "part"
    for other in others:
        rival = other.relation == "total" and other is not sum_of and other.rival
        other.relation = "superseded" if rival else "part"


def _reliability(item: Item) -> int:
    return RELIABILITY[item.speaker.role]
