"""The actor list: armed groups and states by their names, generic words for perpetrators.

Built once from data/reference/actors, then only looked up by `transforms.coding.who.actors`.

Source: codebook section 5; the names are facts, gathered by hand for this project.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from transforms.coding.who.cues import WhoCues, compile_who_cues
from transforms.coding.words.scan import (
    Memory,
    by_second_word,
    compile_scan,
    scan_pieces,
    scan_words,
)
from transforms.errors import ReferenceDataError

_TOKEN = compile_scan(r"[^\W_]+(?:['’.][^\W_]+)*\.?")


@dataclass(frozen=True, slots=True)
class Actor:
    """One listed actor.

    Attributes:
        name: as published.
        kind: group or state.
        countries: ISO 3166-1 alpha-3 codes where it is at home.
        ucdp: UCDP's actor id, where certain.
    """

    name: str
    kind: str
    countries: tuple[str, ...] = ()
    ucdp: int | None = None


Entry = tuple[tuple[str, ...], str, Actor | None]
"""The words after the first, what the entry is (a key of a group, country, people), whose it is."""


@dataclass(frozen=True, slots=True, eq=False)  # known by itself, so that what it finds is cached
class ActorList:
    """The actors by the first two words of their names (`by_second_word`), the longest first.

    `cues` are the phrases that tie an actor to a deed.
    """

    cues: WhoCues
    entries: Mapping[str, Mapping[str, tuple[Entry, ...]]] = field(default_factory=dict)
    force_words: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    between: frozenset[str] = frozenset()
    not_after: frozenset[str] = frozenset()
    modifiers: frozenset[str] = frozenset()
    speakers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    actors: tuple[Actor, ...] = ()


def compile_actors(
    groups: Mapping[str, Mapping[str, Any]],
    states: Mapping[str, Any],
    generic: Mapping[str, Any],
    countries: Mapping[str, Mapping[str, Any]],
    speakers: Mapping[str, Any],
    attribution: Mapping[str, Any],
) -> ActorList:
    """The actor list, made ready to be looked up.

    Args:
        groups: name -> `also`, `acronyms`, `short`, `countries`, `ucdp`.
        states: `states.toml`: forces, weapons, between, not_after, seats.
        generic: `generic.toml`: words, modifiers.
        countries: `countries.toml`: ISO code -> names, people.
        speakers: `speakers.toml`: words of speakers by role.
        attribution: `attribution.toml`: what ties an actor to a deed.

    Raises:
        ReferenceDataError: an entry has an unknown key or is malformed.
    """
    entries: dict[str, list[Entry]] = {}
    actors = []

    def add(words: str, what: str, actor: Actor | None) -> None:
        tokens = tuple(word for word, _, _ in name_words(words))
        if not tokens:
            raise ReferenceDataError(f"actors: {words!r} is no name")
        entries.setdefault(tokens[0], []).append((tokens[1:], what, actor))

    for name, table in groups.items():
        actor = _group(name, table)
        actors.append(actor)
        if "(" not in name:
            add(name, "name", actor)
        for other in table.get("also", []):
            add(other, "name", actor)
        for what in ("acronyms", "short"):
            for acronym in table.get(what, []):
                add(acronym, what, actor)
    for code, table in countries.items():
        if not table.get("names"):
            continue
        state = Actor(table["names"][0], "state", (code,))
        actors.append(state)
        for word in table["names"]:
            add(word, "country", state)
        for word in table.get("people", []):
            add(word, "people", state)
        for word in states.get("seats", {}).get(code, []):
            add(word, "seat", state)
    for word in generic.get("words", []):
        add(word, "generic", None)
    return ActorList(
        compile_who_cues(attribution),
        {first: by_second_word(sorted(found, key=_rank)) for first, found in entries.items()},
        _force_words(states),
        frozenset(states.get("between", [])),
        frozenset(states.get("not_after", [])),
        frozenset(generic.get("modifiers", [])),
        {
            k.removeprefix("speaker_"): tuple(v)
            for k, v in speakers.items()
            if k.startswith("speaker_")
        },
        tuple(actors),
    )


_WHAT = ("name", "acronyms", "short", "country", "people", "seat", "generic")


def _rank(entry: Entry) -> tuple[int, int, tuple[str, ...]]:
    return -len(entry[0]), _WHAT.index(entry[1]), entry[0]


def _group(name: str, table: Mapping[str, Any]) -> Actor:
    extra = set(table) - {"also", "acronyms", "short", "countries", "ucdp"}
    codes = table.get("countries")
    if extra or not isinstance(codes, list) or not all(len(code) == 3 for code in codes):
        raise ReferenceDataError(f"actors: {name!r}: unknown keys {sorted(extra)} or no countries")
    return Actor(name, "group", tuple(codes), table.get("ucdp"))


def _force_words(states: Mapping[str, Any]) -> dict[str, tuple[tuple[str, ...], ...]]:
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for words in (*states.get("forces", []), *states.get("weapons", [])):
        first, *rest = words.split()
        by_first.setdefault(first, []).append(tuple(rest))
    return {
        first: tuple(sorted(rests, key=lambda r: (-len(r), r))) for first, rests in by_first.items()
    }


@lru_cache(maxsize=256)  # the accounts of one article read the same sentences again
def name_words(text: str) -> list[tuple[str, int, int]]:
    """Words folded to bare lower case without accents, each with its first and last offset."""
    return [
        (word, at + start, at + end)
        for at, found in scan_pieces(_bare, text)
        for word, start, end in found
    ]


def _bared_in(piece: str) -> tuple[tuple[str, int, int], ...]:
    """The words of a piece without spaces, folded, each with its first and last offset."""
    words, starts, ends = scan_words(_TOKEN, piece)
    told = zip(map(_bared, words), starts, ends, strict=True)
    return tuple((word, start, end - stop) for (word, stop), start, end in told)


def _bared(word: str) -> tuple[str, int]:
    """A word folded, and how many characters of a full stop are no part of it."""
    word, stop = word.lower(), 0
    if not word.isascii():
        plain = unicodedata.normalize("NFKD", word.replace("’", "'"))
        word = "".join(c for c in plain if not unicodedata.combining(c))
    if not word.isalnum():
        if word.endswith(".") and word.count(".") == 1:
            word, stop = word[:-1], 1
        word = word.removesuffix("'s").replace(".", "")
    return word, stop


_bare = Memory(_bared_in)
