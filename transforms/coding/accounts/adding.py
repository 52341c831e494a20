"""What comes on top of the figures that stand: other people, and attackers who die too.

Source: codebook section 3, "inside one article".
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import re2

from transforms.coding.accounts.comparing import counted_apart
from transforms.coding.accounts.settle import RELIABILITY
from transforms.coding.items.item import Item


def attacker_among_hurt(item: Item, kin: list[Item], account: Sequence[Item]) -> bool:
    """Whether an attacker dies who also hurt somebody, so that he is not the one who was killed."""
    if item.kind != "killed" or not item.heads() & item.words.attackers or item.mention.weak:
        return False
    hurt = any(other.kind == "injured" and other.beside_dead for other in account)
    who = frozenset().union(*(other.heads() for other in kin))
    return hurt and not who & (item.words.attackers | _ANYBODY)


_ANYBODY = frozenset(("person", "people", "persons", "victim", "victims"))
"""Nouns for a dead person who may be the attacker."""


def tells_other_people(item: Item, others: list[Item]) -> bool:
    """Whether its victims and all before them were told one by one, and none was told before."""
    helpers = item.words.helpers
    if item.heads() & helpers and not any(other.heads() & helpers for other in others):
        return all(other.people or other.adds for other in others)  # "two firefighters were hurt"
    if not item.people or not all(other.people for other in others):
        return False
    if not item.adds and any(_sums_up(other) for other in others):
        return False
    if item.value == 1 and any(_stands_for_one(other) for other in others):
        return False  # "Teen killed, another injured": he says who the other is
    if item.mention.toll:
        return False  # "... and the woman died. 1 fatality"
    if item.mention.groups[0].definite and item.additive and others[0].sentence == 0:
        return False  # "Teen killed ... the other victim was pronounced dead"
    if item.tokens.low[item.mention.groups[0].first] == "him":
        return False  # "by killing him": nobody new
    return item.people.isdisjoint(frozenset().union(*(other.people for other in others)))


def is_hit_next(item: Item, others: list[Item]) -> bool:
    """Whether the doer went on to somebody else ("killed three ... He then stabbed an officer")."""
    if item.sentence - others[-1].sentence != 1 or others[-1].mention.rule == "toll":
        return False
    if item.mention.rule not in ("active", "participle", "possessive") or item.by_pronoun:
        return False
    if not item.fresh:  # "He later killed the school's principal"
        told = frozenset().union(*(other.heads() for other in others))
        return (
            item.follows and bool(item.heads()) and item.heads().isdisjoint(told | item.words.plain)
        )
    return item.follows or _LATER.match(item.tokens.text) is not None


_LATER = re2.compile(
    r"(?i)(?:\w+ )?(?:seconds|minutes|moments|(?:half an |an )?hours?) (?:later|after(?:wards)?)\b"
)
"""A deed that is told to come after the one before ("An hour later a second bomb killed a boy")."""


def _stands_for_one(item: Item) -> bool:
    """Whether a headline leaves open who it is ("another injured")."""
    groups = item.mention.groups
    return item.sentence == 0 and len(groups) == 1 and groups[0].additive and groups[0].head < 0


def _sums_up(item: Item) -> bool:
    """Whether a headline counts them all, be they one ("3 dead, 1 hurt in farm shooting")."""
    return item.sentence == 0 and any(g.kind == "number" for g in item.mention.groups)


def settle_attacker(item: Item, others: list[Item], kin: list[Item]) -> bool:
    """Settle an attacker's own death: it adds, unless a figure already holds it."""
    if item.mention.attackers and len(item.mention.groups) == 1:
        if any(other.mention.attackers for other in kin):
            item.relation = "superseded"
        elif any(other.suicide and other.value > 1 for other in others):
            item.relation = "subset"  # "two dead in a murder-suicide": the attacker is one of them
        elif len(others) == 1 and _makes_up(item, others[0], kin):
            item.relation = "subset"
        else:
            add_to(item, others)
        return True
    if item.heads() & item.words.attackers and not any(
        other.heads() & item.words.attackers or other.mention.attackers for other in others
    ):
        add_to(item, others)
        return True
    return False


def _makes_up(item: Item, total: Item, kin: list[Item]) -> bool:
    """Whether an attacker and those told before him are as many as a number says.

    As in "Shooting kills two ... He killed his brother and himself", "Four dead ... killed three
    pupils before taking his own life".
    """
    told = [k for k in kin if k is not total and k.people]
    people = frozenset().union(*(k.people for k in told))
    beside = [k for k in kin if k is not total and not k.people and k.sentence == item.sentence]
    victims = len(people) + sum(k.value for k in beside)
    return bool(told or beside) and not total.people and victims + item.value == total.value


def adds_to(item: Item, others: list[Item], kin: list[Item]) -> bool:
    """Whether the figure comes on top of what stands."""
    if item.adds:
        return not item.mention.attackers and not _covered(item, others, kin)
    return any(counted_apart(other, item) for other in others)


def _covered(item: Item, others: list[Item], kin: list[Item]) -> bool:
    """Whether one total for all sorts of people already holds an added figure."""
    if len(others) != 1:
        return False
    total = others[0]
    if counted_apart(total, item) or is_of_doers(item, total):
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


def is_of_doers(item: Item, total: Item) -> bool:
    """Whether its victims are of those who killed the others ("police shot dead nine").

    As in "An officer was wounded", "Two of its men died", "One member of the force was killed".
    """
    group = item.mention.groups[0]
    if group.kind == "name" or total.armed == {"state_force"} or total.mention.rule != "active":
        return False
    words = item.tokens.low[group.first : group.last + 3]
    own = words[-3:] == ["of", "the", "force"] or _OWN_MEN.intersection(pairwise(words))
    if not own and (item.armed != {"state_force"} or total.armed):
        return False
    return not item.words.forces.isdisjoint(total.tokens.low[: total.mention.first])


_OWN_MEN = frozenset((whose, "men") for whose in ("its", "their", "our"))


def add_to(item: Item, others: list[Item]) -> None:
    """Add an item to what stands; of rival totals, to the one of the most reliable source."""
    totals = [other for other in others if other.relation == "total"]
    sum_of = min(totals, key=_reliability, default=None)
    item.relation = "part"
    for other in others:
        rival = other.relation == "total" and other is not sum_of
        other.relation = "superseded" if rival else "part"


def _reliability(item: Item) -> int:
    return RELIABILITY[item.speaker.role]
