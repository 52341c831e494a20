"""Notes in few words: verbs in the present, victims "by gunfire", as registers have them."""

from __future__ import annotations

from transforms.coding.mention import Mention, Reader, make_mention
from transforms.coding.victims.subjects import subject_of
from transforms.coding.words.lexicon import BE, DO, HAVE, MANY, MODAL, Trigger


def read_present(reader: Reader, first: int, last: int, trigger: Trigger) -> list[Mention]:
    """As in "Dozens of passengers trapped inside die": a note's present, with words between."""
    if trigger.takes != "subject":
        return []
    victims = [g for g in subject_of(reader, first) if g.kind == "number" and (g.value or 0) > 1]
    told = reader.tokens.low[victims[-1].last : first] if victims else ["who"]
    if {"who", "that", "to"}.intersection(told):
        return []
    return [make_mention(trigger, victims, first, last, "subject", False, False)]


def is_present(reader: Reader, left: int) -> bool:
    """Whether verbs told as present lead to a token ("Gunmen stop a bus and kill four")."""
    low, flags = reader.tokens.low, reader.tokens.flags
    begin = max((at for at in range(left) if low[at] in (";", ":")), default=-1) + 1
    opens = next((at for at in range(begin, min(begin + _OPENING, left)) if flags[at] & MANY), -1)
    group = next((g for g in reader.groups if g.first >= begin), None)
    counted = group is not None and group.kind == "number" and group.first == begin
    told = flags[begin:left]
    return (opens >= 0 or counted) and not (
        any(flag & (MODAL | DO | BE | HAVE) for flag in told) or "to" in low[begin:left]
    )


_OPENING = 3
"""Tokens in which a clause brings up who does it."""


def read_register(reader: Reader, before: list[Mention]) -> list[Mention]:
    """As in "Mosul: 3 by gunfire; 2 bodies found": numbers of dead with what killed them.

    Args:
        reader: the sentence.
        before: its other mentions; without any that tells of dead it is no row of a register.
    """
    if not any(mention.kind == "killed" for mention in before):
        return []
    low = reader.tokens.low
    found = []
    for group in reader.groups:
        opens = group.first == 0 or low[group.first - 1] in _ROWS
        by = low[group.last : group.last + 1] == ["by"]
        if not (opens and by and group.kind == "number" and group.head < 0):
            continue
        if reader.lexicon.words.killing.intersection(low[group.last + 1 : group.last + 4]):
            killed = Trigger("killed", "past")
            at = group.last
            found.append(make_mention(killed, [group], at, at + 1, "left", False, False))
    return found


_ROWS = frozenset((":", ";", ",", "and", "|", "–", "-"))
"""What a number of a register's row stands behind."""
