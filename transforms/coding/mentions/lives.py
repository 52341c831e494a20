"""Lives that something took ("claimed 70 lives").

They are told with verbs that mean much else too, so that the object must leave no doubt.
"""

from __future__ import annotations

from transforms.coding.groups.group import Group
from transforms.coding.mention import Mention, Reader, make_mention, unreal_before
from transforms.coding.victims.objects import objects_of
from transforms.coding.words.lexicon import Trigger


def read_lives(reader: Reader, first: int, last: int, trigger: Trigger) -> list[Mention]:
    """As in "claimed more than 70 lives"."""
    low = reader.tokens.low
    objects = _lives(reader, objects_of(reader, last))
    told = [] if objects else objects_of(reader, last)
    if told:  # "cost four men their lives"
        after = told[-1].last
        objects = told if low[after : after + 2] in _THEIR_LIVES else []
    left = reader.skip_adverbs_left(first - 1)
    known = any(group.definite for group in objects)  # "what made him take those two lives"
    unreal = unreal_before(reader, left) or (_is_intended(low, left) and not known)
    return [make_mention(trigger, objects, first, last, "active", unreal, False)]


def _is_intended(low: list[str], left: int) -> bool:
    """Whether somebody means to take lives, and it did not go on happening."""
    return left > 0 and low[left] == "to" and not low[left - 1].startswith("continu")


def _lives(reader: Reader, groups: list[Group]) -> list[Group]:
    """Those that count lives, and bare numbers behind them ("five lives in Gao and two in Ber")."""
    low = reader.tokens.low
    found: list[Group] = []
    for group in groups:
        bare = group.head < 0 and group.kind == "number" and found
        if bare or (group.head >= 0 and low[group.head] in ("lives", "life")):
            found.append(group)
    return found


_THEIR_LIVES = (["their", "lives"], ["his", "life"], ["her", "life"])
