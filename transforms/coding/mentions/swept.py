"""People whom water, earth or snow took: "five were swept away by the river", "a slide buried 20".

Read after a sentence's casualty words: the verbs are common ones, so what took them must stand in
the sentence. They are missing until the article tells of their deaths.

Source: codebook section 2.
"""

from __future__ import annotations

from collections.abc import Sequence

from transforms.coding.groups.group import Group
from transforms.coding.mention import Mention, Reader, make_mention, told_by, unreal_before
from transforms.coding.text.tokens import Tokens
from transforms.coding.victims.chains import adjacent_victims
from transforms.coding.victims.coordination import is_full_name
from transforms.coding.victims.objects import objects_of
from transforms.coding.victims.subjects import subject_of
from transforms.coding.words.lexicon import BE, MODAL, PERSON, PRONOUN, Lexicon, Trigger

_AWAY = frozenset(("away", "off", "out", "overboard", "downstream"))
_UNDER = frozenset(("under", "beneath", "by", "in", "alive"))
_NEAR = 9
"""Tokens from "buried" to what people are buried under."""
_TAKEN = Trigger("missing", "past", weak=True)


def may_sweep(tokens: Tokens, lexicon: Lexicon) -> bool:
    """Whether a sentence has a verb of sweeping or burying and what may do so."""
    words = lexicon.words
    low = tokens.low
    if words.sweeps.isdisjoint(low) and words.buries.isdisjoint(low):
        return False
    return not words.torrents.isdisjoint(low)


def read_swept(reader: Reader, before: Sequence[Mention]) -> list[Mention]:
    """Those whom a verb of sweeping or burying has as its victims.

    Args:
        reader: the sentence.
        before: its other mentions; those whose deaths or rescue they tell are not told again.
    """
    if not may_sweep(reader.tokens, reader.lexicon):
        return []
    low, words = reader.tokens.low, reader.lexicon.words
    for mention in before:
        carried = mention.kind == "abducted" and low[mention.first].startswith("carr")
        if carried and _torrent_before(reader, mention.first, set()):
            # "the flood carried off two children"
            mention.kind, mention.weak, mention.rule = "missing", True, "swept"
    told = told_by(before)
    found: list[Mention] = []
    if not words.saved.isdisjoint(low):
        return found
    for index, word in enumerate(low):
        if word not in words.sweeps and word not in words.buries:
            continue
        swept = _read_verb(reader, index, told)
        if swept is None or told.intersection(group.first for group in swept.groups):
            continue
        told |= {group.first for group in swept.groups}
        found.append(swept)
    return found


def _read_verb(reader: Reader, index: int, told: set[int]) -> Mention | None:
    low, flags = reader.tokens.low, reader.tokens.flags
    sweeps = low[index] in reader.lexicon.words.sweeps
    left = reader.skip_adverbs_left(index - 1)
    passive = left >= 0 and bool(flags[left] & BE)
    after = low[index + 1 : index + 2]
    away = sweeps and after != [] and after[0] in _AWAY
    objects = [] if passive else objects_of(reader, index + 1 + away)
    if objects:
        carried = not sweeps or away or not _AWAY.isdisjoint(low[objects[-1].last :][:2])
        if not carried or not _torrent_before(reader, index, told):
            return None
        victims = objects
    else:
        if not after or not (away or after[0] in (("by", "into") if sweeps else _UNDER)):
            return None
        if not sweeps and not _is_under(reader, index + 1):
            return None  # "buried in a mass grave after the flood"
        victims = subject_of(reader, left) if passive else adjacent_victims(reader, index)
    if not victims or not _are_people(reader, victims):
        return None
    unreal = unreal_before(reader, left) or (left >= 0 and bool(flags[left] & MODAL))
    return make_mention(_TAKEN, victims, index, index + 1, "swept", unreal, False)


def _is_under(reader: Reader, start: int) -> bool:
    """Whether what buried people is told from a token on, up to the next phrase of time."""
    low = reader.tokens.low
    for at in range(start, min(start + _NEAR, len(low))):
        if low[at] in reader.lexicon.words.torrents:
            return True
        if low[at] in ("after", "following", ",", "grave", "graves"):
            return False
    return False


def _torrent_before(reader: Reader, verb: int, told: set[int]) -> bool:
    """Whether what takes people may be the subject of a verb.

    No person stands between, but those whose deaths are told ("killed two and buried three").
    """
    low, flags, words = reader.tokens.low, reader.tokens.flags, reader.lexicon.words
    left = reader.skip_adverbs_left(verb - 1)
    if left >= 0 and (flags[left] & (PERSON | PRONOUN) or low[left] in words.households):
        return False
    at = next((at for at in range(verb - 1, -1, -1) if low[at] in words.torrents), -1)
    if at < 0 or low[at + 1] == "of":  # "a tide of voters"
        return False
    people = (g for g in reader.groups if at < g.first < verb and not g.governed)
    return not any(g.head >= 0 or g.kind == "name" for g in people if g.first not in told)


def _are_people(reader: Reader, groups: Sequence[Group]) -> bool:
    low, roles = reader.tokens.low, reader.lexicon.roles
    return all(
        group.kind in ("name", "number", "one") and (group.head < 0 or low[group.head] in roles)
        for group in groups
    ) and any(group.head >= 0 or group.kind != "name" or is_full_name(group) for group in groups)
