"""What of a sentence's mentions stands once all are read, and who of them did it.

Source: codebook section 3.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from transforms.coding.groups.group import Group
from transforms.coding.mention import Mention, Reader
from transforms.coding.text.tokens import Tokens
from transforms.coding.words.lexicon import BE, HAVE, MODAL, REPORTING, SUBORDINATOR, Lexicon


def mark_attackers(mentions: list[Mention], tokens: Tokens, lexicon: Lexicon) -> None:
    """As in "killed two women before he was shot dead by police": who killed dies himself."""
    low = tokens.low
    for before, mention in pairwise(mentions):
        doers = set(low[before.last : mention.first])
        him = len(mention.groups) == 1 and low[mention.groups[0].first] in ("him", "her")
        if him and mention.kind == "killed" == before.kind and mention.rule == "active":
            stopped = "before" in doers and _DOERS.isdisjoint(doers)
            mention.attackers |= stopped or not lexicon.words.defenders.isdisjoint(doers)
    for position, mention in enumerate(mentions):
        if mention.kind != "killed" or mention.rule != "passive" or len(mention.groups) != 1:
            continue
        first = mention.groups[0].first
        if low[first] not in ("he", "she") or low[first - 1] not in ("before", "until", "and"):
            continue
        did = [m for m in mentions[:position] if m.rule in ("active", "participle")]
        several = all(group.value != 1 for m in did for group in m.groups)
        if several or low[first - 1] != "and":  # "killed two women and he was shot dead"
            mention.attackers = any(m.kind in ("killed", "injured") for m in did)


_DOERS = frozenset(("he", "she", "they"))
"""Who goes on with what was told ("killed a guard before they shot him dead")."""


def mark_breakdown(mentions: list[Mention], tokens: Tokens) -> None:
    """As in "killed five: three by gunfire and two by a grenade": the five, told once more."""
    for position, whole in enumerate(mentions):
        parts = [m for m in mentions[position + 1 :] if m.kind == whole.kind]
        if len(parts) < _PARTS or ":" not in tokens.low[whole.last : parts[0].first]:
            continue
        told = sum(group.best or 0 for group in whole.groups)
        if told and told == sum(group.best or 0 for part in parts for group in part.groups):
            for part in parts:
                part.subset = True


_PARTS = 2


def mark_fallen(mentions: list[Mention], tokens: Tokens) -> None:
    """As in "died in hospital after shooting dead two colleagues": who died had killed."""
    low, flags = tokens.low, tokens.flags
    for before, mention in pairwise(mentions):
        if before.kind != "killed" or before.rule not in _FALLEN or len(before.groups) != 1:
            continue
        if mention.rule not in _DEEDS or not low[mention.first].endswith("ing"):
            continue
        opens = next((at for at in range(before.last, mention.first) if low[at] == "after"), -1)
        deeds = low[opens + 1].endswith("ing") and not any(
            flags[at] & (BE | HAVE | MODAL | SUBORDINATOR) for at in range(opens + 1, mention.first)
        )
        before.attackers |= opens >= 0 and deeds and mention.kind in ("killed", "injured")


_DEEDS = frozenset(("active", "participle", "phrase"))
_FALLEN = frozenset(("passive", "subject", "predicate", "phrase", "active"))
"""Readings that tell of the death of somebody who had killed."""


def stand_alone(mention: Mention, reader: Reader) -> None:
    """Let a part count where the whole was not hurt ("168 survivors, 19 of whom were injured").

    Or where it has a name, until the whole is told ("Ana Ruiz was one of those killed").
    """
    low, groups = reader.tokens.low, mention.groups
    if len(groups) != 1:
        return
    some = groups[0]
    named = reader.ends.get(some.first - 1)
    is_one = low[some.first : some.first + 2] == ["one", "of"] and low[some.first - 1] in _IS
    if is_one and named is not None and named.kind == "name":
        mention.groups, mention.weak, mention.subset = [named], True, False
    elif low[some.last - 1] == "whom" or low[some.first - 2 : some.first] == ["of", "whom"]:
        mention.subset = some.subset = False


_IS = frozenset(("is", "was"))


def says_little(mention: Mention, reader: Reader) -> bool:
    """Bare plurals count only as victims of a finite verb of a main clause, or of a headline's."""
    if reader.tokens.low[mention.first] in _OF_THINGS_TOO and not _counts_people(mention, reader):
        return True
    if not mention.groups or any(g.kind != "plural" for g in mention.groups):
        return False
    tokens = reader.tokens
    if reader.headline and mention.rule == "reduced" and mention.groups[0].first == 0:
        return any(flag & (BE | HAVE | REPORTING) for flag in tokens.flags[mention.last :])
    if mention.rule in ("nominal", "attributive", "reduced", "shared", "infinitive"):
        return True
    first = mention.groups[0].first
    before = tokens.low[first - 1] if first else ""
    if before in ("which", "that", "where", "whose"):
        return True
    if mention.rule == "participle":
        left = tokens.low[mention.first - 1] if mention.first else ""
        return left != ","
    if mention.kind != "injured":
        return False
    after = tokens.low[mention.groups[-1].last : mention.first]
    return bool(after) and after[0] in ("who", "that")


def _counts_people(mention: Mention, reader: Reader) -> bool:
    """Whether a number of people or a household is told of."""
    low, households = reader.tokens.low, reader.lexicon.words.households
    return any(
        group.kind == "number" or not households.isdisjoint(low[group.first : group.last])
        for group in mention.groups
    )


_OF_THINGS_TOO = ("wiped", "wiping")
"""What is done to crops, savings and rivals as well ("bandits were wiped out in the exercise")."""


def without_hurt_dead(mentions: list[Mention], tokens: Tokens) -> list[Mention]:
    """The dead are not hurt as well ("Two people hurt in the blast died")."""
    dead = {g.first for m in mentions if m.kind == "killed" for g in m.groups}
    return [
        m
        for m in mentions
        if not (
            m.kind in ("injured", "missing")
            and m.groups
            and m.groups[0].first in dead
            and _is_aside(m, tokens)
            and not _is_told_as_well(m, mentions, tokens)
        )
        and not any(
            other.kind == "casualties" and other.first < m.first < other.last for other in mentions
        )
    ]


def _is_told_as_well(mention: Mention, mentions: list[Mention], tokens: Tokens) -> bool:
    """As in "a number of civilians killed and wounded": some were the one, some the other."""
    joined = tokens.low[mention.first - 1] == "and" and mention.groups[0].best is None
    return joined and any(m.kind == "killed" and m.last == mention.first - 1 for m in mentions)


def _is_aside(mention: Mention, tokens: Tokens) -> bool:
    """Whether an injury only says which people the sentence speaks of ("who were wounded")."""
    behind = mention.groups[-1].last
    after = tokens.low[behind : behind + 1]
    beside = mention.kind == "missing" and mention.first == behind + (after == ["reported"])
    return beside or mention.rule in ("reduced", "attributive") or after in (["who"], ["that"])


def leave_out_nobody(mention: Mention) -> None:
    """Leave those out who were not hurt beside those who were ("two gunmen and no policemen")."""
    nobody = [g for g in mention.groups if g.convention in ("none_of", "zero")]
    counted = [g for g in mention.groups if g not in nobody and _is_told_apart(g, nobody)]
    if nobody and counted:
        mention.groups = counted


def _is_told_apart(group: Group, nobody: list[Group]) -> bool:
    """Whether a "no" does not stand for the group too ("no soldiers or policemen")."""
    return group.kind == "number" or any(group.first < none.first for none in nobody)


def each_of_none(mentions: list[Mention]) -> list[Mention]:
    """As in "no casualties": nobody was killed, and nobody hurt."""
    return [
        own
        for mention in mentions
        for own in (
            [replace(mention, kind="killed"), replace(mention, kind="injured")]
            if mention.kind == "casualties"
            and mention.groups
            and all(group.value == 0 for group in mention.groups)
            else [mention]
        )
    ]


def without_doubles(mentions: list[Mention]) -> list[Mention]:
    """One mention per kind and figure: the stronger reading wins."""
    kept: list[Mention] = []
    for mention in mentions:
        twin = next(
            (
                m
                for m in kept
                if m.kind == mention.kind
                and m.groups
                and mention.groups
                and {g.first for g in m.groups} & {g.first for g in mention.groups}
            ),
            None,
        )
        if twin is None:
            kept.append(mention)
        elif len(mention.groups) > len(twin.groups) or (twin.weak and not mention.weak):
            kept[kept.index(twin)] = mention
    return kept
