"""Items that tell once more of somebody whose death the article lays to nature.

Source: codebook section 3, "a natural death of a public figure is not an event".
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from transforms.coding.items.item import Item
from transforms.coding.scope.cues import ScopeCues
from transforms.coding.scope.natural import names_in, tells_no_force


def without_natural(items: Sequence[Item], names: Collection[str], cues: ScopeCues) -> list[Item]:
    """The items but those that only say of somebody who died of age or illness that he is dead.

    Who is not named ("the ambassador died on duty") may be meant where the article has no other
    dead.

    Args:
        items: those of an article, in text order.
        names: parts of the names of all whom age or illness took, in lower case.
        cues: the compiled cues.

    Returns:
        All items where somebody of such a name was killed with force.
    """
    dead = [item for item in items if item.kind == "killed"]
    known = set(names)
    quiet = [item for item in dead if _is_quiet(item, cues)]
    if not known or any(item not in quiet and names_of(item) & known for item in dead):
        return list(items)
    again = [item for item in quiet if names_of(item) & known]
    news = [item for item in dead if item.scope == "incident" and item not in again]
    if all(item in quiet and not item.fresh and not names_of(item) for item in news):
        again += news
    return [item for item in items if item not in again]


def _is_quiet(item: Item, cues: ScopeCues) -> bool:
    clause = item.tokens.text[item.begin : item.end].lower()
    return tells_no_force(item.tokens, item.mention) and not cues.bodily.finds(clause)


def names_of(item: Item) -> frozenset[str]:
    """Parts of the names of an item's victims, in lower case."""
    return frozenset().union(*(names_in(item.tokens, group) for group in item.mention.groups))
