"""Shares of a total: figures told one by one that add up to a number given before.

"The quake killed 132 people. In the north 92 died, and 40 were killed in the west": two shares of
one toll, not two further events. Comes after `items` and before incidents.py. Arithmetic tells:
the sum must be exact, but for the toll of a force of nature, or one counted over several places.

Source: codebook section 3, "inside one article".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import re2

from transforms.coding.items.item import Item

_REACH = 4
"""Sentences after a total in which its shares are told."""

_NEAR = 2
"""Sentences after a total in which shares without places are told ("Six died there, two later")."""

_MANY = 8
"""Totals from here on have shares without places."""

_LEAST = 5
"""Totals below this are made up by chance too often."""

_PLACES = re2.compile(
    r"\b(?:\w+|\d+) (?:districts|provinces|states|regions|counties|municipalities|prefectures"
    r"|governorates|departments|divisions|villages|islands|communities|hamlets|settlements)\b"
)
"""Places that a toll is counted over."""

_PLACED = re2.compile(r"\b(?:in|from|at|near) (?:the )?[A-Z]|\bthere\b")
"""Opens the name of a place, also of one that no gazetteer has."""

_WITH_DOER = ("active", "participle")


def mark_shares(items: Sequence[Item]) -> None:
    """Set `whole` of the items that are shares of one before them; shares told before are subsets.

    Args:
        items: the items of an article in text order.
    """
    _follow_lead(items)
    _take_as_one(items)
    _sum_deeds(items)
    totals = [
        (position, item)
        for position, item in enumerate(items)
        if item.scope == "incident" and item.value >= _LEAST and _counts(item)
    ]
    for position, total in totals:
        _mark_before(total, items[:position])
    _mark_pointed(items)
    for position, total in totals:
        if not total.mention.subset:
            _mark(total, items[position + 1 :])


def _follow_lead(items: Sequence[Item]) -> None:
    """Give a headline's figure the scope of the lead that sums up events told one by one."""
    if not items or items[0].sentence or items[0].scope != "incident":
        return
    if items[0].value < _LEAST:
        return
    total, kind = items[0], items[0].kind
    lead = any(
        (item.kind, item.value, item.scope) == (kind, total.value, "aggregate")
        for item in items[1:]
        if item.sentence <= _NEAR
    )
    told = [i for i in items[1:] if i.kind == kind and i.scope == "incident"]
    if lead and len(told) > 1 and all(item.value < total.value for item in told):
        total.scope = "aggregate"


def _take_as_one(items: Sequence[Item]) -> None:
    """Make twin attacks that the article never tells apart one incident ("twin blasts kill 12")."""
    for item in items:
        if item.scope != "aggregate" or item.sentence > _NEAR or item.value < 1:
            continue
        if not _TWINS.search(item.tokens.text[item.begin : item.end].lower()):
            continue
        others = [o for o in items if o.kind == item.kind and o.sentence != item.sentence]
        if any(o.scope == "incident" and o.value < item.value for o in others):
            continue
        for other in items:
            same = other.sentence == item.sentence and other.begin == item.begin
            if same and other.scope == "aggregate":
                other.scope = "incident"


def _sum_deeds(items: Sequence[Item]) -> None:
    """Make a number of deeds a total where they are told one by one ("two homicides ... On")."""
    for position, item in enumerate(items):
        deeds = item.tokens.low[item.mention.first] in item.words.deeds
        if not deeds or item.scope != "incident" or item.sentence > _NEAR or item.value < 2:
            continue
        told = [
            other.value
            for other in items[position + 1 :]
            if other.kind == item.kind and other.scope == "incident" and other.days
        ]
        if len(told) > 1 and sum(told) == item.value:
            item.scope = "aggregate"


_TWINS = re2.compile(
    r"\b(?:twin|double|dual|simultaneous) (?:\S+ ){0,3}(?:attacks|bombings|blasts|explosions|bombs"
    r"|strikes|airstrikes|shootings)\b"
)


def _mark_pointed(items: Sequence[Item]) -> None:
    """Shares that say of whom they are ("27 of them suffocated and four were shot")."""
    shared: Item | None = None
    for position, item in enumerate(items):
        goes_on = shared is not None and shared.sentence == item.sentence and _counts(item)
        of_number = _whole_number(item)
        if not goes_on and not of_number and not _of_those(item):
            continue
        total = next(
            (
                known
                for known in reversed(items[:position])
                if known.kind == item.kind
                and known.scope == item.scope == "incident"
                and known.sentence < item.sentence
                and known.whole is None
                and known.value > item.value
                and of_number in (0, known.value)
                and not (known.vague or known.mention.subset or known.corrected)
            ),
            None,
        )
        if total is None or item.another or _own_deed(item):
            continue
        if item.sentence - total.sentence <= _REACH:
            item.whole, shared = total, item


def _of_those(item: Item) -> bool:
    """Whether it counts some of people brought up before, by the words."""
    group = item.mention.groups[0]
    words = item.tokens.low[group.first : group.last + 2]
    if group.kind == "number" and any(pair in _THEM for pair in pairwise(words)):
        return True
    return _OPENS_SHARE.match(item.tokens.text[item.begin :].lower()) is not None


def _whole_number(item: Item) -> int:
    """The number that it counts some of ("eight of the 14 were killed in Yangon"); 0 for none."""
    group, low = item.mention.groups[0], item.tokens.low
    at = group.figure_last
    if low[at : at + 2] != ["of", "the"] or at + 2 >= len(low):
        return 0
    return int(low[at + 2]) if low[at + 2].isdecimal() else 0


_THEM = (("of", "them"), ("of", "those"), ("of", "these"))
_OPENS_SHARE = re.compile(
    r"of (?:these|those|them"
    r"|the (?:\S+ )?(?:dead|deceased|victims|injured|wounded|hurt|missing)),? ",
    re.ASCII,
)


def _mark(total: Item, following: Sequence[Item]) -> None:
    """Shares after a total: an exact sum, or some of those of a disaster in many places."""
    shares: list[Item] = []
    left, placed = total.value, False
    for item in following:
        if item.sentence - total.sentence > _REACH:
            break
        if item.kind != total.kind or item.scope != "incident" or item.whole is not None:
            continue
        if item.value == total.value:
            continue  # the total once more
        apart = _own_deed(item) and not (total.sentence == 0 and item.mention.piece)
        if not _counts(item) or apart or item.value > left:
            break
        placed = placed or bool(item.places or _PLACED.search(item.tokens.text))
        if not placed and (item.sentence - total.sentence > _NEAR or total.value < _MANY):
            break
        shares.append(item)
        left -= item.value
        if not left:
            break
    several = placed and _in_many_places(total) and not any(_own_deed(item) for item in shares)
    if shares and ((not left and (placed or len(shares) > 1)) or several):
        for share in shares:
            share.whole = total


def _mark_before(total: Item, before: Sequence[Item]) -> None:
    """Shares that a total sums up ("212 dead in the east, 38 in the west; a total of 250")."""
    shares: list[Item] = []
    left = total.value
    for item in reversed(before):
        if total.sentence - item.sentence > _REACH or not left:
            break
        if item.kind != total.kind or item.scope != "incident":
            continue
        if not _counts(item) or _own_deed(item) or item.whole is not None or item.value > left:
            return
        shares.append(item)
        left -= item.value
    if not left and len(shares) > 1:
        for share in shares:
            share.mention.subset = True


def _in_many_places(total: Item) -> bool:
    """Whether a force of nature killed in places that its clause counts ("in nine districts")."""
    text = total.tokens.text[total.begin : total.end].lower()
    return "nature" in {name.rpartition("_")[2] for name in total.families} or bool(
        _PLACES.search(text)
    )


def _own_deed(item: Item) -> bool:
    """Whether its words name a doer or cause, or another event: it is no share of one before."""
    return item.mention.rule in _WITH_DOER or item.another or item.new


def _counts(item: Item) -> bool:
    """Whether its number is one of its own, that a sum can be made of."""
    return not (item.vague or item.additive or item.mention.subset or item.corrected)
