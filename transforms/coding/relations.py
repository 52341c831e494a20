"""How the figures of one account add up: totals, parts, subsets, and what they replace.

Source: codebook section 3, "inside one article".
"""

from __future__ import annotations

from collections.abc import Sequence

from transforms.coding.items import Item

_ATTACKERS = frozenset(
    (
        "gunman gunmen attacker attackers assailant assailants bomber bombers shooter shooters"
        " hijacker hijackers"
    ).split()
)
_GENERIC = frozenset(
    (
        "people persons person others other victims victim dead lives more civilians men man"
        " women bodies deaths fatalities casualties members passengers individuals residents"
    ).split()
)


def relate_item(item: Item, account: Sequence[Item]) -> None:
    """Set the relation of an item to the others of its kind, and theirs where it changes.

    Args:
        item: the item that joined last.
        account: all items of its account, itself included.
    """
    kin = [other for other in account if other is not item and other.kind == item.kind]
    others = [other for other in kin if other.relation in ("total", "part")]
    if item.mention.subset:
        item.relation = "subset"
    elif item.corrected:
        item.relation = "superseded"
    elif others:
        _relate(item, others, kin)


def _relate(item: Item, others: list[Item], kin: list[Item]) -> None:
    if _gives_way(item, others):
        item.relation = "subset"
    elif _adds_attacker(item, others, kin):
        pass
    elif item.disputes or (len(others) == 1 and sources_disagree(others[0], item)):
        item.relation = "total"
    elif item.mention.toll or _replaces(item, others):
        for other in others:
            other.relation = "superseded"
    elif _repeats(item, others):
        item.relation = "superseded"
    elif _adds(item, others, kin):
        _add(item, others)
    elif not item.additive and item.value > sum(other.value for other in others):
        for other in others:
            other.relation = "superseded"
    else:
        item.relation = "subset"


def _gives_way(item: Item, others: list[Item]) -> bool:
    """Whether better figures stand already."""
    return item.mention.weak or (item.vague and any(not other.vague for other in others))


def _adds_attacker(item: Item, others: list[Item], kin: list[Item]) -> bool:
    """Settle an attacker's own death: it adds, unless a figure already holds it."""
    if item.mention.attackers and len(item.mention.groups) == 1:
        if any(other.mention.attackers for other in kin):
            item.relation = "superseded"
        else:
            _add(item, others)
        return True
    if item.heads() & _ATTACKERS and not any(
        other.heads() & _ATTACKERS or other.mention.attackers for other in others
    ):
        _add(item, others)
        return True
    return False


def _replaces(item: Item, others: list[Item]) -> bool:
    """Whether what stands is weaker: only shot at, or only vague words."""
    if any(other.mention.weak for other in others):
        return True
    return all(other.vague for other in others) and not item.vague and not item.additive


def _repeats(item: Item, others: list[Item]) -> bool:
    """Whether the figure was given before."""
    if item.additive:
        return False
    values = {other.value for other in others} | {sum(other.value for other in others)}
    return item.value in values and not any(
        counted_apart(other, item) for other in others if other.value == item.value
    )


def _adds(item: Item, others: list[Item], kin: list[Item]) -> bool:
    """Whether the figure comes on top of what stands."""
    if item.additive:
        return not item.mention.attackers and not _covered(item, others, kin)
    return any(counted_apart(other, item) for other in others)


def _covered(item: Item, others: list[Item], kin: list[Item]) -> bool:
    """Whether one total for all sorts of people already holds an added figure."""
    if len(others) != 1:
        return False
    total = others[0]
    parts = [k for k in kin if k is not total and k.relation == "subset"]
    if parts and sum(part.value for part in parts) + item.value <= total.value:
        return True
    return item.also and total.value > item.value and bool(total.heads() & _GENERIC)


def sources_disagree(known: Item, item: Item) -> bool:
    """Whether two sources give two figures of one thing; both stand, and settling chooses."""
    first, second = known.speaker, item.speaker
    named = first.words is not None and second.words is not None and first.role != second.role
    exact = not item.vague and not known.vague
    return named and exact and not item.additive and not counted_apart(known, item)


def counted_apart(known: Item, item: Item) -> bool:
    """Whether two figures count different sorts of people, so that they add up."""
    first, second = known.roles(), item.roles()
    if not first or not second or known.heads() & _GENERIC or item.heads() & _GENERIC:
        return False
    return not first & second


def counted_alike(known: Item, item: Item) -> bool:
    """Whether two mentions of one size may be of the same people."""
    first, second = known.heads(), item.heads()
    generic = not first or not second or bool((first | second) & _GENERIC)
    return generic or bool(first & second) or (item.value == 1 and not counted_apart(known, item))


def drop_weaker_kinds(account: Sequence[Item]) -> None:
    """Drop "shot the man" of one who died, "the three disappeared" of three who were abducted."""
    standing = [item for item in account if item.relation in ("total", "part")]
    dead = sum(item.value for item in standing if item.kind == "killed")
    gone = dead or sum(item.value for item in account if item.kind == "abducted")
    for item in account:
        only_shot = item.kind == "injured" and item.mention.weak and dead > 0
        if only_shot and (item.pointing or item.value <= dead):
            item.relation = "superseded"
        if item.kind == "missing" and gone and item.pointing:
            item.relation = "superseded"


def _add(item: Item, others: list[Item]) -> None:
    for other in (*others, item):
        other.relation = "part"
