"""Nobody was hurt ("no casualties"): what that says beside a figure of people who were.

Told after a figure it is of a part of what happened ("later fire caused no casualties"); told
before one it is what was known then. Only two sources of one sentence contradict each other.

Source: codebook section 3, "inside one article".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from transforms.coding.accounts.comparing import sources_disagree
from transforms.coding.items.item import Item


def tells_none(item: Item) -> bool:
    """Whether it says that there was nobody."""
    return not item.value and not item.vague


def relate_none(item: Item, others: Sequence[Item], account: Sequence[Item]) -> None:
    """Set the relations of an item and of others of its kind of which one tells of nobody.

    Args:
        item: the item that joined last.
        others: those of its kind that count.
        account: all items of its account.
    """
    if tells_none(item):
        _join_none(item, others, account)
        return
    for other in others:
        if tells_none(other) and not _contradict(other, item):
            other.relation = "superseded"
            for twin in _twins(other, account):
                twin.relation = "superseded"


def _join_none(item: Item, others: Sequence[Item], account: Sequence[Item]) -> None:
    """Relate that there was nobody to what was told before."""
    if others and all(other.initial for other in others):
        for other in others:
            other.relation = "superseded"
    elif others and not any(_contradict(other, item) for other in others):
        item.relation = "superseded" if all(map(tells_none, others)) else "subset"
    elif any(twin.relation == "subset" for twin in _twins(item, account)):
        item.relation = "subset"


def _contradict(known: Item, item: Item) -> bool:
    """As in "Police said nobody was hurt, but medics said two were"."""
    return known.sentence == item.sentence and sources_disagree(known, item)


def _twins(item: Item, account: Sequence[Item]) -> Iterator[Item]:
    """The same nobody told of in another way ("nobody was killed or hurt")."""
    group = item.mention.groups[0]
    return (
        other
        for other in account
        if other is not item and other.mention.groups and other.mention.groups[0] is group
    )
