"""Victims behind the verb: "among the dead were Ana Ruiz and Luis Mora", "also killed were two".

Read after a sentence's casualty words. The number of those who are named gives way to any other,
for they may be some of a total that is told elsewhere.
"""

from __future__ import annotations

from transforms.coding.groups.group import Group
from transforms.coding.mention import Mention, Reader, make_mention
from transforms.coding.victims.objects import objects_of
from transforms.coding.victims.subjects import subject_of
from transforms.coding.words.lexicon import BE, MODAL, REPORTING, VERB, Trigger

_LONGEST = 14
"""Tokens from the word for the dead to their names."""
_STATES = {
    "dead": "killed", "killed": "killed", "slain": "killed", "deceased": "killed",
    "murdered": "killed", "fatalities": "killed", "died": "killed", "injured": "injured",
    "wounded": "injured", "missing": "missing", "kidnapped": "abducted", "abducted": "abducted",
    "hostages": "abducted",
}  # fmt: skip
_STATED = frozenset("the those people victims soldiers men were".split())
_NAMES = frozenset(("identified", "named"))
_INCLUDE = frozenset(("include", "included", "includes"))


def read_named(reader: Reader, before: list[Mention]) -> list[Mention]:
    """The victims whom a sentence only names, as mentions that give way to other figures.

    Args:
        reader: the sentence.
        before: its other mentions; where one has a kind already, its victims are told.
    """
    low = reader.tokens.low
    found: list[Mention] = []
    for at, word in enumerate(low):
        kind = _STATES.get(word)
        if kind is None or any(mention.kind == kind for mention in [*before, *found]):
            continue
        start = _names_at(reader, at)
        if not start:
            continue
        victims = objects_of(reader, start)
        named = any(_is_named(reader, group) for group in victims) or _is_list(low, at, victims)
        if victims and (named or _is_inverted(reader, at)):
            trigger = Trigger(kind, "named", weak=named)
            rule = "named" if named else "inverted"
            for group in victims:
                group.additive = group.additive or low[at - 1 : at] == ["also"]
            found.append(make_mention(trigger, victims, at, at + 1, rule, False, False))
    return found


def read_only_death(reader: Reader, before: list[Mention]) -> list[Mention]:
    """As in "the cook was the only fatality", "the sole fatality was a boy of four".

    Args:
        reader: the sentence.
        before: its other mentions; where one counts dead, he is told.
    """
    low, flags = reader.tokens.low, reader.tokens.flags
    if any(mention.kind == "killed" for mention in before):
        return []
    dead = Trigger("killed", "named")
    for at in range(2, len(low)):
        if low[at] not in _FATALITY or low[at - 1] not in _ONLY:
            continue
        behind = at + 1 < len(low) and flags[at + 1] & BE
        if behind:
            victims = objects_of(reader, at + 2)
        else:
            verb = at - 2 - (low[at - 2] == "the")
            victims = subject_of(reader, verb) if verb > 0 and flags[verb] & BE else []
        if len(victims) == 1 and victims[0].value == 1:
            return [make_mention(dead, victims, at, at + 1, "named", False, False)]
    return []


_ONLY = frozenset(("only", "sole", "lone", "single"))
_FATALITY = frozenset(("fatality", "death"))


def _is_list(low: list[str], at: int, victims: list[Group]) -> bool:
    """Whether all are counted behind "those killed were" ("two nurses and a driver")."""
    all_of_them = low[at - 1] in ("those", "the") and "among" not in low[max(at - 3, 0) : at]
    counted = all(g.kind in ("number", "one") and g.head >= 0 and not g.definite for g in victims)
    return len(victims) > 1 and all_of_them and counted


def _names_at(reader: Reader, at: int) -> int:
    """Where the names of those begin for whom a word stands, or 0."""
    low, flags = reader.tokens.low, reader.tokens.flags
    stated = at > 0 and low[at - 1] in _STATED
    opens = _is_inverted(reader, at)
    identified = not _NAMES.isdisjoint(low[max(at - 3, 0) : at])
    if not stated and not opens:
        return 0
    index = at + 1
    while index < min(len(low), at + _LONGEST):
        if low[index] == ":":
            return index + 1
        if identified:
            if low[index] == "as":
                return index + 1
        elif flags[index] & BE or low[index] in _INCLUDE:
            return _past_identified(low, index + 1)
        if low[index] in (".", ";", ",") or flags[index] & (VERB | MODAL | REPORTING):
            return 0
        index += 1
    return 0


def _is_inverted(reader: Reader, at: int) -> bool:
    """Whether a word for the dead or the hurt opens its clause ("Also killed were two guards")."""
    low, flags = reader.tokens.low, reader.tokens.flags
    if at == 0 or (at == 1 and low[0] == "also"):
        return True
    joined = low[at - 1] in ("and", "also") and at + 1 < len(flags)
    return joined and bool(flags[at + 1] & BE)


def _past_identified(low: list[str], index: int) -> int:
    """Past "identified as" or "been named as" behind a form of "be"."""
    index += low[index : index + 1] == ["been"]
    index += low[index : index + 1] in (["later"], ["also"], ["officially"])
    if low[index : index + 1] and low[index] in _NAMES:
        return index + 1 + (low[index + 1 : index + 2] == ["as"])
    return index


def _is_named(reader: Reader, group: Group) -> bool:
    """Whether a group has a name, which a noun may stand before ("Mayor Ana Ruiz")."""
    return group.kind == "name" or (
        group.head >= 0 and group.kind == "one" and group.last > group.head + 1
    )
