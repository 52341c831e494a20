"""Words that tell what an expression of time is about: the deed, its aftermath, or something else.

Compiled from data/reference/lexicon/dating.toml, whose comments say what each is for. Read by
`readings` and `dating`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from transforms.coding.words.scan import Memory, compile_scan, scan_pieces, scan_words
from transforms.errors import ReferenceDataError

KINDS = ("happened", "aftermath", "violence", "said", "deed")
"""What a word can be about; a word of several lists is of the first."""

LONGEST_NOTICE = 40
"""Characters that `notice_before` may take."""

LONGEST_RELATIVE = 10
"""Characters that `relative_before` may take."""

LONGEST_GATHERING = 30
"""Characters of `at_gathering` before the last word."""

CLOCK_BEFORE = re.compile(r"\b\d{1,2}(?::\d\d)? ?[ap]\.?m\.?,?(?: on)? ?$", re.IGNORECASE)
"""An hour tells of a deed more often than of a saying."""
LONGEST_CLOCK = 20

DATELINE_AFTER = re.compile(r"\W{0,3}(?:\([^)]{1,60}\))?\W{0,3}(?:--|—|–)")
DATELINE_HYPHEN = re.compile(r"\s{0,2}(?:\([^)]{1,60}\))?\s{1,2}-\s")
DATELINE_BEFORE = re.compile(r"[A-Z][\w .'’/-]{1,40}, ?")
"""A single hyphen ends a dateline only where nothing but a place stands before the day."""

_WORD = compile_scan(r"\w+")


@dataclass(frozen=True, slots=True, eq=False)  # known by itself, so that what it finds is cached
class WhenCues:
    """The compiled words.

    Attributes:
        kinds: any word that says what something is about, each of `KINDS` in a group of its name.
        words: word -> whether such a one may begin with it, remembered piece by piece of a text.
        recalled: lower case; where none of them stands, `recalled_before` finds nothing.
    """

    kinds: re.Pattern[str]
    words: Memory[tuple[int, ...]]
    recalled: tuple[str, ...]
    clause_end: re.Pattern[str]
    recalled_before: re.Pattern[str]
    notice_before: re.Pattern[str]
    name_after: re.Pattern[str]
    noun_after: re.Pattern[str]
    other_noun_after: re.Pattern[str]
    relative_before: re.Pattern[str]
    verb_after: re.Pattern[str]
    at_gathering: re.Pattern[str]


_PATTERNS = tuple(
    field.name for field in fields(WhenCues) if field.name not in ("kinds", "words", "recalled")
)


def compile_when_cues(table: Mapping[str, Mapping[str, Any]]) -> WhenCues:
    """The words of a parsed dating.toml.

    Args:
        table: `kinds`, each a list of regular expressions; `patterns`; `signs`, lists of words.

    Raises:
        ReferenceDataError: a list or pattern is missing or unknown, or no regular expression.
    """
    for name, known in (("kinds", KINDS), ("patterns", _PATTERNS), ("signs", _SIGNS)):
        if table.get(name, {}).keys() != set(known):
            odd = ", ".join(sorted(table.get(name, {}).keys() ^ set(known)))
            raise ReferenceDataError(f"lexicon/dating.toml: [{name}] missing or unknown: {odd}")
    groups = (f"(?P<{kind}>{'|'.join(table['kinds'][kind])})" for kind in KINDS)
    kinds = _compile("kinds", rf"\b(?:{'|'.join(groups)})\b")
    starts = frozenset(table["signs"]["starts"])

    def places(piece: str) -> tuple[int, ...]:
        """The offsets in a piece at which a word that says something may begin."""
        words, at, _ = scan_words(_WORD, piece)
        lowered = [word.lower() for word in words]
        return tuple(
            start
            for word, start in zip(lowered, at, strict=True)
            if word in starts or kinds.fullmatch(word)
        )

    return WhenCues(
        kinds,
        Memory(places, size=20_000),
        tuple(table["signs"]["recalled"]),
        **{name: _compile(name, table["patterns"][name]) for name in _PATTERNS},
    )


_SIGNS = ("starts", "recalled")


def _compile(name: str, pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern.replace("\n", ""), re.IGNORECASE)
    except re.error as error:
        raise ReferenceDataError(f"lexicon/dating.toml: {name}: {error}") from error


@lru_cache(maxsize=256)
def find_cues(text: str, cues: WhenCues) -> list[tuple[int, int, str]]:
    """First and last character and kind of the words that say what something is about."""
    found: list[tuple[int, int, str]] = []
    done = 0
    for first in [start + at for start, found in scan_pieces(cues.words, text) for at in found]:
        if first < done:
            continue
        match = cues.kinds.match(text, first)
        if match:
            done = match.end()
            found.append((first, done, match.lastgroup or ""))
    return found


@lru_cache(maxsize=256)
def clause_ends(text: str, cues: WhenCues) -> list[tuple[int, int]]:
    """First and last character of the words that end a clause or begin one."""
    return [match.span() for match in cues.clause_end.finditer(text)]
