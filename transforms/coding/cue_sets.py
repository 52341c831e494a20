"""Many cues looked for in one pass over a clause.

A clause is asked for dozens of cues and holds one or two. RE2 can tell in one linear pass which
patterns of a set find anything; only those are then searched for by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from functools import lru_cache
from typing import Any

import re2

_MEMORY = 1 << 26  # bytes that the automaton of a set may take; the lexicon's takes a tenth
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


def join_cues(*bundles: Any) -> Iterator[Any]:
    """The bundles with one set over all their compiled patterns.

    Args:
        bundles: dataclasses; every field that is a compiled pattern, or a dict of such, takes part.

    Returns:
        The bundles in order, with a `Cue` in place of each pattern.
    """
    cues: list[Cue] = []
    joined = [replace(bundle, **dict(_changes(bundle, cues))) for bundle in bundles]
    options = re2.Options()
    options.max_mem = _MEMORY
    patterns = re2.Set.SearchSet(options)
    for cue in cues:
        patterns.Add(cue.pattern)
    patterns.Compile()

    @lru_cache(maxsize=_REMEMBERED)
    def found(text: str) -> frozenset[int]:
        return frozenset(patterns.Match(text) or ())

    for place, cue in enumerate(cues):
        cue.join(place, found)
    return iter(joined)


def _changes(bundle: Any, cues: list[Cue]) -> Iterator[tuple[str, Any]]:
    for field in fields(bundle):
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
