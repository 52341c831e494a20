"""An item beside those before it: recalled with them, more of a total, some of those told.

Source: codebook sections 2 and 3.
"""

from __future__ import annotations

import re2

from transforms.coding.items.item import Item
from transforms.coding.model import Document
from transforms.coding.text.chronicle import YEAR, is_framed, names_old_day

_OPENING = 2
"""Up to this sentence an article tells its news."""


def is_recalled(item: Item, before: list[Item], document: Document) -> bool:
    """Whether its clause names a day long past, or goes on about somebody just recalled."""
    if item.sentence > _OPENING and is_framed(document, item.sentence):
        return True
    if item.sentence <= _OPENING or not any(other.scope == "incident" for other in before):
        return False
    last = before[-1]
    if item.sentence - last.sentence == 1 and last.scope == "background":
        others = item.additive and YEAR.search(last.tokens.text)
        if item.by_pronoun or others:  # "... in 2011. Six others died"
            return not item.mention.attackers
    return names_old_day(item.tokens.text[item.begin : item.end], document.report_date)


def goes_on_total(item: Item, last: Item) -> bool:
    """Whether it adds to a total over many events ("583 soldiers have also been killed")."""
    total = last.scope == "aggregate" and last.kind == item.kind
    goes_on = item.also and not (item.days or item.new or item.another)
    return total and goes_on and item.sentence - last.sentence == 1


def own_version(sentence: str) -> str:
    """A sentence without the earlier version that its figure corrects ("after reports had put")."""
    lowered = sentence.lower()
    told = any(word in lowered for word in _EARLIER)
    return str(_EARLIER_ONE.sub("", sentence)) if told else sentence


_EARLIER = ("earlier", "previous", "initial")
_EARLIER_ONE = re2.compile(
    r"(?i),? (?:after|while|whereas|although|though) (?:an? |the )?(?:earlier|previous|initial)\b.*"
)


def is_share(item: Item, before: list[Item]) -> bool:
    """Whether it only counts some of those whom a figure before it holds.

    Args:
        item: the item.
        before: the items of the article before it.
    """
    return _is_moved(item, before) or _is_counted(item, before) or _is_seen(item, before)


def _is_moved(item: Item, before: list[Item]) -> bool:
    """Whether it counts some of the wounded told before ("helicopters flew out 40 wounded")."""
    if item.kind != "injured" or item.mention.rule not in ("counted", "reduced") or item.additive:
        return False
    first = item.mention.groups[0].first
    moved = item.words.moved.intersection(item.tokens.low[max(first - 4, 0) : first])
    return bool(moved) and any(
        other.kind == "injured" and other.scope == item.scope and other.value > item.value
        for other in before
    )


def _is_seen(item: Item, before: list[Item]) -> bool:
    """Whether somebody saw some of the dead told before ("he counted about 30 bodies")."""
    low, words = item.tokens.low, item.words
    if low[item.mention.first] not in words.bodies or words.seen.isdisjoint(low):
        return False
    clause = item.tokens.text[item.begin : min(item.end, item.tokens.end[item.mention.first] + 40)]
    if item.additive or item.another or item.new or _IN_PLACE.search(clause):
        return False
    told = [k for k in before if k.kind == "killed" and k.scope == item.scope == "incident"]
    more = next((k for k in reversed(told) if k.value > item.value), None)
    return more is not None and not (more.days and item.days - more.days)


_IN_PLACE = re2.compile(r"(?i:\b(?:in|at|near|around)) [A-Z]")


def _is_counted(item: Item, before: list[Item]) -> bool:
    """Whether the words say that a figure given before holds it ("is counted among the 19")."""
    known = any(k.kind == item.kind and k.value > item.value for k in before)
    return known and _COUNTED_IN.search(item.tokens.text.lower()) is not None


_COUNTED_IN = re2.compile(
    r"\b(?:(?:is|are|was|were) (?:already )?(?:counted|included|reflected) (?:among|in|with)"
    r" (?:the|that|this|those)"
    r"|^(?:also )?among (?:them|the (?:dead|injured|wounded|hurt|victims)) (?:is|are|was|were)"
    r"|among (?:those|the \S+) already (?:counted|reported|announced|included|given))\b"
)
