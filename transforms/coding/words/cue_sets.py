"""Many cues looked for in one pass over a clause.

A clause is asked for dozens of cues and holds one or two. RE2 can tell in one linear pass which
patterns of a set find anything; only those are then searched for by themselves. Gaps ("no more than
five words") multiply the states of a set's automaton, so the patterns that have any are spread over
several sets.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import fields, replace
from functools import lru_cache
from typing import Any

import re2

_MEMORY = 1 << 26  # bytes that the automaton of a set may take; the lexicon's takes a tenth
_GAPS = 16
"""Gaps of the patterns of one set. One set of all took four times as long (2026-11)."""

_REMEMBERED = 512  # clauses; the stages ask for the cues of one clause right after another


class Cue:
    """A compiled pattern that answers at once where a set that it belongs to says no."""

    __slots__ = ("_found", "_own", "_place")

    def __init__(self, own: Any) -> None:
        self._own = own
        self._found: Any = None
        self._place = -1

    @property
    def pattern(self) -> str:
        """The pattern as RE2 reads it."""
        return str(self._own.pattern)

    def join(self, place: int, found: Any) -> None:
        """Make it a member of a set; `found` gives the places of the members that a text has."""
        self._place, self._found = place, found

    def finds(self, text: str) -> bool:
        """Whether it is anywhere in a text; all that most stages ask."""
        return self._place in self._found(text)

    def search(self, text: str) -> Any:
        """As a compiled pattern's."""
        return self._own.search(text) if self._place in self._found(text) else None

    def match(self, text: str) -> Any:
        """As a compiled pattern's."""
        return self._own.match(text) if self._place in self._found(text) else None

    def findall(self, text: str) -> list[Any]:
        """As a compiled pattern's."""
        return list(self._own.findall(text)) if self._place in self._found(text) else []

    def finditer(self, text: str) -> Iterator[Any]:
        """As a compiled pattern's."""
        return iter(self._own.finditer(text) if self._place in self._found(text) else ())


def join_cues(*bundles: Any, apart: Collection[str] = ()) -> Iterator[Any]:
    """The bundles with sets over all their compiled patterns.

    Args:
        bundles: dataclasses; every field that is a compiled pattern, or a dict of such, takes part.
        apart: names of fields that stay as they are: patterns that are asked of texts of their own
            (what stands before a verb), for which a set would be asked one question.

    Returns:
        The bundles in order, with a `Cue` in place of each pattern that takes part.
    """
    cues: list[Cue] = []
    joined = [replace(bundle, **dict(_changes(bundle, cues, apart))) for bundle in bundles]
    for members in _sets_of(cues):
        _join(members)
    return iter(joined)


def _sets_of(cues: Iterable[Cue]) -> Iterator[list[Cue]]:
    """All cues without gaps together, the others as they come, up to `_GAPS` gaps together."""
    plain: list[Cue] = []
    members: list[Cue] = []
    gaps = 0
    for cue in cues:
        own = cue.pattern.count("{")
        if not own:
            plain.append(cue)
            continue
        if members and gaps + own > _GAPS:
            yield members
            members, gaps = [], 0
        members.append(cue)
        gaps += own
    yield from (found for found in (plain, members) if found)


def keep_pattern(pattern: str) -> Callable[[str], bool]:
    """What tells whether a text holds anything that a pattern finds.

    Its automaton is kept from text to text. Arrow's scans build theirs anew each time, which for a
    large vocabulary costs more than reading the sentences of some hundred articles.
    """
    patterns = _compile_set([pattern])

    def holds(text: str) -> bool:
        try:
            return patterns.Match(text) is not None
        except UnicodeEncodeError:  # half of a surrogate pair, which RE2 has no bytes for
            return patterns.Match(text.encode(errors="replace")) is not None

    return holds


def compile_large(pattern: str) -> Any:
    """A pattern of a large vocabulary compiled by RE2, with the memory that it takes."""
    return re2.compile(pattern, _options())


def _options() -> Any:
    options = re2.Options()
    options.max_mem = _MEMORY
    return options


def _compile_set(listed: Iterable[str]) -> Any:
    """A set of patterns that tells in one pass which of them find anything in a text."""
    patterns = re2.Set.SearchSet(_options())
    for pattern in listed:
        patterns.Add(pattern)
    patterns.Compile()
    return patterns


def _join(members: list[Cue]) -> None:
    """Make one set of some cues."""
    patterns = _compile_set(cue.pattern for cue in members)

    @lru_cache(maxsize=_REMEMBERED)
    def found(text: str) -> frozenset[int]:
        return frozenset(patterns.Match(text) or ())

    for place, cue in enumerate(members):
        cue.join(place, found)


def _changes(bundle: Any, cues: list[Cue], apart: Collection[str]) -> Iterator[tuple[str, Any]]:
    for field in fields(bundle):
        if field.name in apart:
            continue
        value = getattr(bundle, field.name)
        if hasattr(value, "pattern"):
            yield field.name, _cue(value, cues)
        elif isinstance(value, dict) and _patterns(value.values()):
            yield field.name, {name: _cue(own, cues) for name, own in value.items()}


def _patterns(values: Iterable[Any]) -> bool:
    return any(hasattr(value, "pattern") for value in values)


def _cue(own: Any, cues: list[Cue]) -> Cue:
    cues.append(Cue(own))
    return cues[-1]
