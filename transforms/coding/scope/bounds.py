"""The stretch of a sentence that speaks of one mention, apart from those of the other mentions."""

from __future__ import annotations

from transforms.coding.mention import Mention
from transforms.coding.text.tokens import Tokens
from transforms.coding.words.lexicon import PUNCTUATION, REPORTING, SUBORDINATOR

_ORDINALS = frozenset(("another", "second", "third", "fourth", "fifth", "sixth"))


def clause_of(tokens: Tokens, mention: Mention, mentions: list[Mention]) -> tuple[int, int]:
    """First and last character of the stretch that speaks of a mention.

    It ends where another clause with another mention begins, so that "killed two on Monday, while
    five have died since 2003" is told apart.
    """
    position = mentions.index(mention)
    begin, end = 0, len(tokens.low)
    first, last = _extent(mention)
    before = [stop for other in mentions[:position] if (stop := _extent(other)[1]) <= first]
    after = [(_extent(other)[0], other.piece > 1) for other in mentions[position + 1 :]]
    after = [(start, split) for start, split in after if last <= start]
    if before:
        opens = _break(tokens, min(before), first, last_one=True)
        begin = max(before) if mention.piece > 1 else (opens or 0)
    if after:
        closes = _break(tokens, last, max(start for start, _ in after), last_one=False)
        cuts = [start for start, split in after if split]
        end = min([end, *cuts, *([] if closes is None else [closes])])
    if begin == 0 and ":" in tokens.low[: min(_LONGEST_LABEL, first)]:
        begin = _behind_label(tokens, min(_extent(other)[0] for other in mentions))
    return tokens.start[begin], tokens.end[end - 1]


def _behind_label(tokens: Tokens, told: int) -> int:
    """The token behind the name of a conflict that a sentence is filed under, or 0.

    As in "Somali Civil War: Eleven rebels are killed"; `told` is where its first mention begins.
    """
    colon = tokens.low.index(":")
    label = tokens.low[:colon]
    return colon + 1 if colon < told and not _CONFLICTS.isdisjoint(label) else 0


_LONGEST_LABEL = 12
_CONFLICTS = frozenset("war wars insurgency conflict crisis uprising rebellion invasion".split())


def _extent(mention: Mention) -> tuple[int, int]:
    """First token and the one after the last of a mention's victims and casualty word."""
    first = [group.first for group in mention.groups]
    last = [group.last for group in mention.groups]
    if not mention.piece > 1:
        first.append(mention.first)
        last.append(mention.last)
    return min(first), max(last)


def _break(tokens: Tokens, start: int, stop: int, *, last_one: bool) -> int | None:
    """The token at which a new clause begins between two mentions, or None."""
    low, flags = tokens.low, tokens.flags
    order = range(stop - 1, start - 1, -1) if last_one else range(start, stop)
    for i in order:
        if (
            (flags[i] & SUBORDINATOR and low[i] not in ("that", "since"))
            or flags[i] & REPORTING
            or (low[i] in _ORDINALS and i and low[i - 1] in ("a", "the", "and"))
            or (low[i] == "," and i + 1 < stop and low[i + 1].endswith("ing"))
            or (flags[i] & PUNCTUATION and low[i] in (";", "-", "–", "—", ":"))
        ):
            return i
    return None


def _without_aside(words: list[str]) -> list[str]:
    """Without an aside as in "killed three, including one child, and injured 31"."""
    if words[:2] in ([",", "including"], [",", "among"]) and len(words) <= _LONGEST_ASIDE:
        return words[-1:] if words[-1] == "and" and "," in words[2:] else words
    return words


_LONGEST_ASIDE = 10
"""Words between the two commas of an aside, with them."""


def joined_to(tokens: Tokens, mention: Mention, mentions: list[Mention]) -> Mention | None:
    """The mention before, where only "and" stands between ("killing one and wounding eleven")."""
    position = mentions.index(mention)
    if position == 0 or mention.unreal or mention.negated or mention.zero:
        return None
    before = mentions[position - 1]
    feared = before.unreal and before.rule in ("predicate", "left")
    if feared and mention.groups and mention.groups[0] not in before.groups:
        return None  # "five are feared dead and 20 missing"
    start = min([mention.first, *(g.first for g in mention.groups)])
    stop = max([before.last, *(g.last for g in before.groups)])
    between = _without_aside(tokens.low[stop:start])
    joined = 0 < len(between) <= 2 and all(word in ("and", ",", "or") for word in between)
    if not joined and not (between[-1:] == ["and"] and _shares_verb(tokens, mention, before)):
        return None
    return before if before.kind != mention.kind and not before.zero else None


def _shares_verb(tokens: Tokens, mention: Mention, before: Mention) -> bool:
    """As in "300 have been killed, the agency said on Tuesday, and more than 3,000 hurt"."""
    end = mention.last
    closes = end >= len(tokens.low) or tokens.low[end] in (".", ";")
    return mention.rule == "reduced" and before.rule == "passive" and closes
