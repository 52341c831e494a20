"""Who was hurt and who says so, by role. Source: codebook section 5."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from transforms.coding.groups.group import Group
from transforms.coding.mention import Mention
from transforms.coding.text.tokens import Tokens
from transforms.coding.words.lexicon import (
    BE,
    CONJUNCTION,
    DETERMINER,
    NUMBER,
    PUNCTUATION,
    REPORTING,
    SUBORDINATOR,
    VERB,
    Lexicon,
)
from transforms.coding.words.rules import RuleWords

_SPEAKER_ORDER = (
    "armed_group",
    "medical",
    "un_or_aid",
    "police",
    "military",
    "witness",
    "media",
    "official",
)
_NO_SPEAKERS = frozenset(("it he she they there this that which who we i you").split())
_ASIDES = tuple([",", word, ","] for word in ("however", "meanwhile", "though", "too"))
_NO_WORDS: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says something: the words (None for the article itself) and the role."""

    words: str | None
    role: str


NARRATOR = Speaker(None, "narrator")


def victim_role(tokens: Tokens, group: Group, lexicon: Lexicon) -> str:
    """civilian, state_force, armed_group or unknown for one group of victims."""
    first, last = group.first, group.last
    words = tokens.low[first : min(last + 4, len(tokens.low))]
    own = words[: last - first]
    head = tokens.low[group.head] if group.head >= 0 else ""
    role = lexicon.roles.get(head, "unknown")
    if lexicon.words.off_duty.intersection(own):
        return "civilian"
    if role in ("state_force", "armed_group"):
        return role
    of = words[last - first :]
    beside = [*own, *(of if of[:1] == ["of"] else [])]
    if beside and (not head or head in lexicon.words.belonging) and {"its", "their"} & set(beside):
        beside = [*beside, *tokens.low[:first]]
    text = f" {' '.join(beside)} "
    for name in ("role_armed_group", "role_state_force"):
        if not lexicon.role_words.get(name, _NO_WORDS).isdisjoint(beside):
            return name[5:]
        for phrase in lexicon.role_phrases.get(name, ()):
            if phrase in text:
                return name[5:]
    if not head or head in lexicon.words.roleless:
        return "unknown"
    return role if role != "unknown" or group.kind != "name" else "civilian"


def find_speaker(tokens: Tokens, mention: Mention, lexicon: Lexicon) -> Speaker:
    """Who the sentence says the figure comes from; the narrator where it names nobody."""
    low = tokens.low
    for index in range(mention.first - (not mention.toll), -1, -1):
        gives = mention.toll and low[index] in ("put", "puts")
        own = mention.rule == "rival" and index == mention.first  # "witnesses at 14"
        if gives or own or _says(tokens, index, lexicon.words):
            speaker = _before(tokens, index, lexicon)
            if speaker:
                return speaker
        if low[index : index + 2] == ["according", "to"]:
            return _after(tokens, index + 2, lexicon)
    for index in range(mention.last, len(low)):
        if low[index : index + 2] == ["according", "to"]:
            return _after(tokens, index + 2, lexicon)
        if _says(tokens, index, lexicon.words) and "," in low[mention.last : index]:
            speaker = _before(tokens, index, lexicon)
            if speaker:
                return speaker
    return NARRATOR


def _says(tokens: Tokens, index: int, words: RuleWords) -> bool:
    """Whether it is a verb of saying, and not "claimed responsibility", "an alleged strike"."""
    low, flags = tokens.low, tokens.flags
    if low[index] in words.gives:
        told = low[index + 1 : index + 2]
        after = flags[index + 1] if told else 0
        gives = told == ["of"] if low[index].startswith("sp") else after & (NUMBER | DETERMINER)
        digit = bool(told) and told[0][0].isdigit()
        return bool(gives or digit) and not (index and flags[index - 1] & BE)
    if not flags[index] & REPORTING or low[index] in words.no_saying:
        return False
    return low[index + 1 : index + 2] != ["responsibility"]


def _before(tokens: Tokens, verb: int, lexicon: Lexicon) -> Speaker | None:
    """The speaker left of a verb of saying."""
    flags, low = tokens.flags, tokens.low
    index = verb - 1
    if low[max(verb - 3, 0) : verb] in _ASIDES:
        index = verb - 4  # "The police, however, said"
    while (
        index >= 0
        and flags[index] & BE == 0
        and low[index] in ("have", "has", "had", "also", "later")
    ):
        index -= 1
    opens = _before_aside(tokens, index)
    if opens < index and flags[opens + 2] & DETERMINER:
        told = _speaker(tokens, opens + 2, index, lexicon)  # "Ana Ruiz, the head of the clinic,"
        if told.role != "unknown":
            return told
    index = opens
    end = index + 1
    while index >= 0:
        flag = flags[index]
        if flag & (SUBORDINATOR | REPORTING) or (
            flag & PUNCTUATION and low[index] not in ('"', "'", "”", "’", "(", ")", "-")
        ):
            break
        if flag & CONJUNCTION and index + 1 < end and flags[index - 1] & (VERB | BE):
            break
        index -= 1
    first = index + 1
    first += first < end and bool(flags[first] & CONJUNCTION)  # "but activists"
    if first < end and flags[end - 1] & CONJUNCTION:
        return _second_verb(tokens, end - 1, lexicon)
    if first >= end and low[verb].endswith("ing") and index > 0:
        return _main_speaker(tokens, index, lexicon)
    if first >= end or (end - first == 1 and low[first] in _NO_SPEAKERS):
        return None
    return _speaker(tokens, first, end, lexicon)


def _main_speaker(tokens: Tokens, comma: int, lexicon: Lexicon) -> Speaker | None:
    """Who says it where a participle does ("The ministry rejected that figure, saying ...")."""
    flags, low = tokens.flags, tokens.low
    for at in range(1, comma):
        if flags[at] & (SUBORDINATOR | PUNCTUATION):
            return None
        known = low[at] in lexicon.words.disputes or low[at] in lexicon.words.gives
        if known or flags[at] & (REPORTING | VERB):
            return _before(tokens, at, lexicon)
    return None


def _before_aside(tokens: Tokens, index: int) -> int:
    """Past what is told of the speaker ("A doctor, who asked not to be named, said")."""
    low = tokens.low
    if low[index] != ",":
        return index
    for at in range(index - 2, max(index - _LONGEST_ASIDE, 0), -1):
        if low[at] == ",":
            told = low[at + 1] in ("who", "which", "speaking", "whose")
            return at - 1 if told or tokens.flags[at + 1] & DETERMINER else index
    return index


_LONGEST_ASIDE = 20
"""Tokens that are told of a speaker between commas."""


def _second_verb(tokens: Tokens, conjunction: int, lexicon: Lexicon) -> Speaker | None:
    """The speaker of a second verb is that of the first ("Residents dispute it and say")."""
    flags, low = tokens.flags, tokens.low
    for index in range(conjunction - 1, 0, -1):
        if flags[index] & SUBORDINATOR and low[index] != "that":
            return None
        if flags[index - 1] & DETERMINER:
            continue  # "confirmed the attack but said": a noun here
        if flags[index] & (REPORTING | VERB) or low[index] in lexicon.words.disputes:
            return _before(tokens, index, lexicon)
    return None


def _after(tokens: Tokens, first: int, lexicon: Lexicon) -> Speaker:
    flags, low = tokens.flags, tokens.low
    end = first
    while (
        end < len(low)
        and not flags[end] & (SUBORDINATOR | VERB | BE)
        and not (flags[end] & PUNCTUATION and low[end] in (",", ".", ";", ":"))
    ):
        end += 1
    return _speaker(tokens, first, end, lexicon) if end > first else NARRATOR


def _speaker(tokens: Tokens, first: int, end: int, lexicon: Lexicon) -> Speaker:
    words = tokens.words(first, end).strip("\"'“”’ ")
    return Speaker(words or None, speaker_role(words, lexicon)) if words else NARRATOR


_UNARMED = re.compile(r"(?i)\b(fire|rescue|medical|ambulance|first[- ]aid)[- ]brigades?\b")
"""Brigades that bear no arms."""


@lru_cache(maxsize=4096)  # the news quotes the same few sorts of people
def speaker_role(words: str, lexicon: Lexicon) -> str:
    """The role of a speaker from the words for him; unknown where none is known."""
    words = _UNARMED.sub(r"\1 service", words)
    text = f" {' '.join(words.lower().replace('-', ' - ').split())} "
    plain = f" {words.lower()} "
    for role in _SPEAKER_ORDER:
        for cue in lexicon.cues.get(f"speaker_{role}", ()):
            if (cue in plain or cue in text) and (
                f" {cue} " in plain or f" {cue}'s " in plain or f" {cue} " in text
            ):
                return role
    return "unknown"
