"""Running tolls: "the death toll rose to 32", "raising to 14 the number of dead"."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.coding.groups.group import Group
from transforms.coding.groups.heads import ends_group
from transforms.coding.groups.numbers import Quantity, read_quantity
from transforms.coding.mention import Mention, Reader, make_mention
from transforms.coding.text.tokens import Tokens
from transforms.coding.words.lexicon import (
    ADVERB,
    BE,
    HAVE,
    MONTH,
    PUNCTUATION,
    SUBORDINATOR,
    THING,
    WEEKDAY,
    Lexicon,
    Trigger,
)


def read_toll(
    reader: Reader, first: int, last: int, trigger: Trigger, before: list[Mention]
) -> list[Mention]:
    """As in "the death toll rose to 32", "raising the toll from 12 to 14", "put the toll at 20"."""
    best = _toll_after(reader, last) or _toll_before(reader, first)
    if best is None or _counts_living(reader, best):
        return []
    found = make_mention(trigger, [best], first, last, "toll", False, False)
    found.toll = True
    return [found, *_others_put(reader, best.figure_last)]


def _others_put(reader: Reader, joint: int) -> list[Mention]:
    """What "put the dead at 17" goes on with: "and (that of) the wounded at 50".

    Args:
        reader: the sentence.
        joint: the token behind the figure.
    """
    low = reader.tokens.low
    at = joint + (low[joint : joint + 1] == ["and"])
    at += 2 * (low[at : at + 2] in (["that", "of"], ["those", "of"]))
    at += 3 * (low[at : at + 3] == ["the", "number", "of"])
    at += low[at : at + 1] == ["the"]
    if at == joint or at + 2 >= len(low) or low[at + 1] not in ("at", "to"):
        return []
    known = reader.lexicon.triggers.get(low[at], ())
    kind = next((t.kind for t in known if t.form in ("past", "adjective") and not t.weak), None)
    quantity = _figure_after(reader, at + 1, len(low)) if kind else None
    if kind is None or quantity is None or not ends_group(reader.tokens, quantity.last):
        return []
    figure = _figure(reader, quantity)
    found = make_mention(Trigger(kind, "toll"), [figure], at, at + 1, "toll", False, False)
    found.toll = True
    return [found]


def may_stand(tokens: Tokens, lexicon: Lexicon) -> bool:
    """Whether a sentence may say how far a number told before has risen."""
    return not _STANDS.isdisjoint(tokens.low) and not lexicon.words.counts.isdisjoint(tokens.low)


def read_standing(reader: Reader, before: Sequence[Mention]) -> list[Mention]:
    """As in "By Sunday it stood at 112", of what the sentences before counted.

    Args:
        reader: the sentence; its `counting` is the kind of the figures before it.
        before: its other mentions; beside them the number may be of anything.
    """
    tokens = reader.tokens
    if before or reader.counting is None or not may_stand(tokens, reader.lexicon):
        return []
    low, flags = tokens.low, tokens.flags
    for at in range(1, len(low) - 2):
        if low[at] not in _STANDS or low[at + 1] not in ("at", "to"):
            continue
        subject = reader.skip_adverbs_left(at - 1)
        while subject > 0 and flags[subject] & HAVE:
            subject = reader.skip_adverbs_left(subject - 1)
        if subject < 0 or low[subject] not in reader.lexicon.words.counts:
            continue
        quantity = _figure_after(reader, at + 1, len(low))
        if quantity is None or not quantity.bare or not ends_group(tokens, quantity.last):
            continue
        figure = _figure(reader, quantity)
        found = make_mention(
            Trigger(reader.counting, "toll"), [figure], at, at + 1, "stood", False, False
        )
        found.toll = True
        return [found]
    return []


_STANDS = frozenset(("stood", "stands", "rose", "risen", "climbed", "jumped"))


def _counts_living(reader: Reader, figure: Group) -> bool:
    """Whether the words behind a figure say that it counts no dead ("17 people injured")."""
    low = reader.tokens.low
    at = figure.figure_last
    while at < len(low) and (low[at] in _ANYBODY or reader.tokens.flags[at] & ADVERB):
        at += 1
    return low[at : at + 1] in _LIVING


_ANYBODY = frozenset(("person", "people", "persons", "others", "more"))
_LIVING = (["injured"], ["wounded"], ["hurt"], ["missing"])


def counted_by_number(reader: Reader, word: int) -> int:
    """The token of "number" that a casualty word belongs to, else -1.

    As in "the number of confirmed deaths", "the number of pupils who have died".
    """
    low, flags = reader.tokens.low, reader.tokens.flags
    for at in range(word - 2, max(word - _LONGEST_NAME, -1), -1):
        if low[at : at + 2] == ["number", "of"]:
            return at if low[at - 1 : at] == ["the"] else -1
        if flags[at] & (PUNCTUATION | BE) or low[at] in ("and", "to", "in"):
            return -1
    return -1


_LONGEST_NAME = 8
"""Tokens from "number" to the casualty word."""


def _toll_after(reader: Reader, start: int) -> Group | None:
    """As in "rose to 32", "from 12 to 14", "of 20": the last figure that the words lead to."""
    low, flags = reader.tokens.low, reader.tokens.flags
    leads = reader.lexicon.words.toll_leads
    best: Group | None = None
    stop = min(len(low), start + _REACH)
    index = start
    last = read_quantity(reader.tokens, len(low) - 1, reader.lexicon) if reader.headline else None
    if last and last.bare and not last.is_year and stop == len(low):
        best = _figure(reader, last)  # "Toll in bus fire 25"
    while index < stop:
        word = low[index]
        if word in (".", ";") or (flags[index] & SUBORDINATOR and best):
            break
        if word in leads and (quantity := _figure_after(reader, index, stop)):
            if _FORMERLY.intersection(low[max(index - 2, start) : index]):
                index = quantity.last
                continue  # "initially put at 10, has been revised to eight"
            best = _figure(reader, quantity)
            if word not in ("of", "is", "was"):
                break
            index = quantity.last
            continue
        if best and flags[index] & PUNCTUATION:
            break
        quantity = read_quantity(reader.tokens, start, reader.lexicon) if index == start else None
        stands = quantity and quantity.bare and ends_group(reader.tokens, quantity.last)
        if quantity and stands and not quantity.is_year:
            return _figure(reader, quantity)  # "Blast toll 9"
        index += 1
    return best


_FORMERLY = frozenset("initially earlier previously originally first formerly".split())
_REACH = 18
"""Tokens after the word for the toll in which its figure is looked for."""


def _figure_after(reader: Reader, index: int, stop: int) -> Quantity | None:
    """The figure that a leading word leads to; no year, share, day of a month or price."""
    tokens = reader.tokens
    low, flags = tokens.low, tokens.flags
    word = low[index]
    at = index if word in ("exceeded", "over", "around", "between") else index + 1
    at += low[at : at + 1] == ["the"]
    while at < stop and (flags[at] & ADVERB or low[at] in ("now", "stood")):
        at += 1
    quantity = read_quantity(tokens, at, reader.lexicon) if at < len(low) else None
    if quantity is None or quantity.is_year or (word == "in" and quantity.best is not None):
        return None
    if word == "as" and not (quantity.bare and ends_group(tokens, quantity.last)):
        return None  # "could rise as several people are missing"
    dated = quantity.last < len(low) and flags[quantity.last] & (MONTH | THING)
    return None if dated or low[quantity.last : quantity.last + 1] in _SHARES else quantity


def _armed(reader: Reader) -> frozenset[str]:
    """The heads of the sentence's groups that are fighters of either side."""
    roles = reader.lexicon.roles
    heads = (reader.tokens.low[group.head] for group in reader.groups if group.head >= 0)
    return frozenset(h for h in heads if roles.get(h) in ("state_force", "armed_group"))


_SHARES = (["percent"], ["%"], ["per"])


def _toll_before(reader: Reader, first: int) -> Group | None:
    """As in "raising to 14 the number of dead"."""
    low, flags = reader.tokens.low, reader.tokens.flags
    if first < 3 or low[first - 1] != "the":
        return None
    for at in range(max(first - _BEFORE, 1), first - 1):
        quantity = read_quantity(reader.tokens, at, reader.lexicon) if low[at - 1] == "to" else None
        if quantity is None:
            continue
        between = range(quantity.last, first - 1)
        if all(low[i] in ("on", "late", "early") or flags[i] & WEEKDAY for i in between):
            return _figure(reader, quantity)  # "raised to 63 on Wednesday the number of deaths"
    return None


_BEFORE = 8
"""Tokens from the word for the toll back to the figure that it was raised to."""


def _figure(reader: Reader, quantity: Quantity) -> Group:
    """A quantity that stands for people by itself, or for the fighters behind it."""
    group = reader.starts.get(quantity.first)
    if group is not None and group.head >= 0 and reader.tokens.low[group.head] in _armed(reader):
        return group  # "with a toll of five guards dead"
    return Group(
        quantity.first, quantity.last, quantity.low, quantity.best, quantity.high,
        quantity.convention, quantity.first, quantity.last, -1, "number",
    )  # fmt: skip
