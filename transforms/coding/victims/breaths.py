"""Several events told in one breath: "three in Gao and two in Ber", "and a raid six".

After the readings of a sentence's casualty words; each further event is a piece of its own, so that
its figure is neither added to the one before nor replaces it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from transforms.coding.groups.group import Group
from transforms.coding.mention import Mention, Reader
from transforms.coding.words.lexicon import (
    BE,
    CAPITAL,
    DETERMINER,
    HAVE,
    MODAL,
    THING,
    TRIGGER,
    VERB,
)

_PLACING = frozenset(("in", "at", "near", "outside"))
_LINKS = frozenset(("and", ",", "while", ";", "but"))
_ANOTHER = frozenset(("another", "one"))
_THE_OTHER = (["the", "second"], ["the", "third"], ["the", "other"])
_INDEFINITE = frozenset(("a", "an", "another", "one"))
_VOICES = frozenset(("active", "passive", "subject"))
_SUBJECT = 6
"""Tokens from "a raid" or "another" to the figure or verb of what it did."""


def split_by_place(found: list[Mention], reader: Reader) -> list[Mention]:
    """As in "killed three people in Peshawar and two in Bannu" tells two events."""
    flags, low = reader.tokens.flags, reader.tokens.low
    out: list[Mention] = []
    for mention in found:
        groups = mention.groups
        placed = all(
            _is_placed(reader, g.last) and not flags[min(g.last + 1, len(low) - 1)] & TRIGGER
            for g in groups
        )
        each = "respectively" in low and all(g.kind == "number" for g in groups)
        if len(groups) > 1 and (placed or each):
            for number, group in enumerate(groups, start=1):
                out.append(replace(mention, groups=[group], piece=number))
        else:
            out.append(mention)
    return out


def _is_placed(reader: Reader, index: int) -> bool:
    low = reader.tokens.low
    return index < len(low) and low[index] in _PLACING


def mark_breaths(mentions: list[Mention], reader: Reader) -> list[Mention]:
    """The mentions, those of a further event marked, with figures whose verb is left out added."""
    out: list[Mention] = []
    for position, mention in enumerate(mentions):
        before = next((m for m in reversed(mentions[:position]) if m.kind == mention.kind), None)
        opened = before is not None and any(m.piece > 1 and m.first > before.first for m in out)
        if before is not None and not mention.piece and not opened:
            apart = _is_another_event(before, mention, reader)
            mention = replace(mention, piece=2) if apart else mention
        out.append(mention)
        told = mention.groups and mention.kind in ("killed", "injured")
        noted = mention.rule == "left" and told and mention.groups[0].first == 0
        if told and (mention.rule in _VOICES or noted):  # "Three dead in Gao, two in Mopti."
            out.extend(_left_out(mention, reader))
    return out


def _is_another_event(before: Mention, mention: Mention, reader: Reader) -> bool:
    """Whether it has a clause of its own: "and a raid killed six", "and in Jos six died"."""
    if mention.rule not in _VOICES or not before.groups or not mention.groups:
        return False
    low, flags = reader.tokens.low, reader.tokens.flags
    start = max(before.last, before.groups[-1].last)
    stop = min(mention.first, mention.groups[0].first)
    for at in range(start, min(stop, len(low) - 1)):
        if low[at] not in _LINKS:
            continue
        if low[at + 1] in _INDEFINITE and mention.rule == "active":
            return _names_attack(reader, at + 1, stop)
        if low[at + 1] in _PLACING and at + 2 < stop and flags[at + 2] & CAPITAL:
            opens = [i for i in range(before.groups[0].first) if low[i] in _PLACING]
            return mention.rule != "active" and opens[:1] == [0]
    return False


def _names_attack(reader: Reader, at: int, stop: int) -> bool:
    """Whether a subject with an indefinite article is an attack or what attacks are made with."""
    low, words = reader.tokens.low, reader.lexicon.words
    window = low[at + 1 : min(at + _SUBJECT, stop)]
    if low[at : at + 2] in _THE_OTHER:
        return window == low[at + 1 : at + 2] or not words.deadly_events.isdisjoint(window)
    if low[at] in _ANOTHER and (not window or window[0] in _PLACING):
        return True
    return not (words.deadly_events | words.killing).isdisjoint(window)


def _left_out(mention: Mention, reader: Reader) -> Iterator[Mention]:
    """What a verb that is left out tells: "and a raid six", "died in Gao and six in Ber"."""
    low, number = reader.tokens.low, mention.piece or 1
    end = max(mention.last, mention.groups[-1].last)
    for group in reader.groups:
        if group.first < end or group.kind != "number" or group.governed or group.subset:
            continue
        if not _is_bare(reader, group):
            return
        left = low[end : group.first]
        by_place = (
            mention.rule != "active"
            and left[-1:] and left[-1] in ("and", ",") and len(left) <= _SUBJECT
            and _names_place(reader, end) and _names_place(reader, group.last)
        )  # fmt: skip
        opens = next((at for at in range(end, group.first - 1) if low[at] in _LINKS), -1) + 1
        by_attack = (
            mention.rule == "active" and opens > 0
            and (low[opens : opens + 2] in _THE_OTHER or low[opens] in _INDEFINITE)
            and _names_attack(reader, opens, group.first)
        )  # fmt: skip
        if not by_place and not by_attack:
            return
        number += 1
        yield replace(mention, groups=[group], piece=number, first=group.first, last=group.last)
        end = group.last


def _names_place(reader: Reader, index: int) -> bool:
    """Whether "in" and a name stand at a token."""
    flags = reader.tokens.flags
    named = index + 1 < len(flags) and flags[index + 1] & CAPITAL
    return bool(named) and not flags[index + 1] & (DETERMINER | THING) and _is_placed(reader, index)


def _is_bare(reader: Reader, group: Group) -> bool:
    """Whether no verb of its own follows a figure."""
    flags, last = reader.tokens.flags, group.last
    return last >= len(flags) or not flags[last] & (TRIGGER | VERB | BE | HAVE | MODAL)
