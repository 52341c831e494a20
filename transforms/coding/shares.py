"""Shares of a total: figures told one by one that add up to a number given before.

"The quake killed 132 people. In the north 92 died, and 40 were killed in the west": two shares of
one toll, not two further events. Comes after items.py and before incidents.py; arithmetic alone
tells, so only an exact sum counts.

Source: codebook section 3, "inside one article".
"""

from __future__ import annotations

from collections.abc import Sequence

from transforms.coding.items import Item

_REACH = 4
"""Sentences after a total in which its shares are told."""

_LEAST = 5
"""Totals below this are made up by chance too often."""

_WITH_DOER = ("active", "participle")


def mark_shares(items: Sequence[Item]) -> None:
    """Set `whole` of the items that make up the total of one before them.

    Args:
        items: the items of an article in text order.
    """
    for position, total in enumerate(items):
        if total.scope == "incident" and total.value >= _LEAST and _counts(total):
            _mark(total, items[position + 1 :])


def _mark(total: Item, following: Sequence[Item]) -> None:
    shares: list[Item] = []
    left = total.value
    for item in following:
        if item.sentence - total.sentence > _REACH:
            return
        if item.kind != total.kind or item.scope != "incident" or item.whole is not None:
            continue
        if item.value == total.value:
            continue  # the total once more
        if not _counts(item) or _own_deed(item) or item.value > left:
            return
        if not (item.places or shares):
            return
        shares.append(item)
        left -= item.value
        if not left:
            for share in shares:
                share.whole = total
            return


def _own_deed(item: Item) -> bool:
    """Whether its words name a doer or cause, or another event: it is no share of one before."""
    return item.mention.rule in _WITH_DOER or item.another or item.new


def _counts(item: Item) -> bool:
    """Whether its number is one of its own, that a sum can be made of."""
    return not (item.vague or item.additive or item.mention.subset or item.corrected)
