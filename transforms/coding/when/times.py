"""Expressions of time in one sentence, as spans of days anchored to the report day.

`find_times` reads the words, `dating` decides which of them belong to an account.
Everything is arithmetic on days; times of day are no dates.

Source: codebook section 6, after the rules for relative dates in the UCDP GED codebook's appendix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from transforms.coding.when.spans import RESOLVERS, Span
from transforms.coding.when.words import LONGEST_BEFORE, OPENERS, PATTERNS, PIECES, SIGNS
from transforms.coding.words.scan import Memory, compile_scan, scan_pieces, scan_words

EARLIEST = date(1900, 1, 1)
"""Days before this one are read as not said: no feed reports them as news."""


class TimeExpression(NamedTuple):
    """One expression of time; its days are None without a report day and in the future.

    Attributes:
        start: offset of its first character in the sentence; `end` is one past its last.
        rule: which pattern read it, for `explain` and for judging how it may be used.
    """

    start: int
    end: int
    text: str
    date_start: date | None
    date_end: date | None
    precision: int | None
    rule: str


def precision_of(date_start: date, date_end: date) -> int:
    """The codebook's precision of a span of days, both ends counted.

    1 exact day; 2 two to six days; 3 a week; 4 eight to thirty days or a month; 5 longer.
    """
    days = (date_end - date_start).days + 1
    for precision, longest in ((1, 1), (2, 6), (3, 7), (4, 31)):
        if days <= longest:
            return precision
    return 5


def find_times(text: str, report_date: date | None) -> list[TimeExpression]:
    """Every expression of time in one sentence, in text order, none overlapping.

    Args:
        text: the sentence, in any case.
        report_date: the article's day in its own time zone; None leaves all days None.

    Returns:
        Expressions whose days, where known, never lie after `report_date`.
    """
    found: list[TimeExpression] = []
    for match in _matches(text):
        rule = match.lastgroup or ""
        span = None
        if report_date is not None:
            # the alternation holds no inner names, so the rule's own pattern reads the parts
            parts = _RULES[rule].match(text, match.start())
            span = _clamp(_resolve(rule, parts, report_date), report_date) if parts else None
        found.append(
            TimeExpression(
                match.start(),
                match.end(),
                match.group(),
                span[0] if span else None,
                span[1] if span else None,
                precision_of(*span) if span else None,
                rule,
            )
        )
    return found


def _matches(text: str) -> Iterator[re.Match[str]]:
    """The expressions from left to right, tried only where one may begin: not far before a sign."""
    told = [
        (face, word, first + at)
        for first, found in scan_pieces(_faces, text)
        for face, word, at in found
    ]
    signs = [
        at for (sign, _), word, at in told if sign or (word <= ":" and _is_sign(text, at, word))
    ]
    if not signs:
        return
    done, ahead, last = 0, 0, signs[-1]
    for (_, reader), _, at in told:
        if reader is None or at < done:
            continue
        if at > last:
            return
        while signs[ahead] < at:
            ahead += 1
        match = reader.match(text, at) if signs[ahead] - at <= LONGEST_BEFORE else None
        if match:
            yield match
            done = match.end()


def _is_sign(text: str, at: int, digits: str) -> bool:
    """Whether a number may be a year, or part of a day: "1990", "5/13", "5th"."""
    after = text[at + len(digits) : at + len(digits) + 2].lower()
    return len(digits) == 4 or after[:1] == "/" or after in ("st", "nd", "rd", "th")


def _resolve(rule: str, match: re.Match[str], report: date) -> Span | None:
    words = {name: value.lower() if value else None for name, value in match.groupdict().items()}
    try:
        # a month in small letters may be a verb, so "since" goes on in the text's own
        return _since(match["since"], report) if rule == "since" else RESOLVERS[rule](words, report)
    except (ValueError, OverflowError):  # 31 February, 900 years ago
        return None


def _clamp(span: Span | None, report: date) -> Span | None:
    if span is None or span[0] > report or span[0] < EARLIEST or span[1] < span[0]:
        return None
    return span[0], min(span[1], report)


def _since(told: str, report: date) -> Span | None:
    by_day = any(letter.isdecimal() for letter in told)
    inner = find_times(told if by_day else f"in {told}", report)
    first = inner[0].date_start if inner else None
    return (first, report) if first else None


def _expand(pattern: str) -> str:
    pieces = re.sub(r"@(\w+)", lambda m: PIECES[m.group(1)], pattern)
    return pieces.replace("[ -]", r"[\s-]").replace(" ", r"(?:\s{1,3})")


_WORD = compile_scan(r"[^\W\d_]+|\d+")
_RULES = {name: re.compile(_expand(pattern), re.IGNORECASE) for name, pattern in PATTERNS.items()}
_RULES_FROM = {
    word: tuple(name for name in PATTERNS if word in OPENERS[name].split())
    for word in sorted({word for words in OPENERS.values() for word in words.split()})
}
"""First word of an expression -> the patterns that it may belong to, the longer readings first."""


@lru_cache(maxsize=64)
def _reader(rules: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for these, whose groups have their names."""
    return re.compile(
        r"(?<![\w-])(?:"
        + "|".join(
            f"(?P<{name}>{re.sub(r'[(][?]P<[a-z0-9]+>', '(?:', _expand(PATTERNS[name]))})"
            for name in rules
        )
        + ")",
        re.IGNORECASE,
    )


_Face = tuple[bool, re.Pattern[str] | None]
"""Whether a word is a sign of time, and what reads the expressions that may begin with it."""


def _face(word: str) -> _Face | None:
    """What a word may be in an expression of time; None for the many that are nothing there."""
    low = word.lower()
    rules = _RULES_FROM.get("0" if low[0].isdecimal() else low)
    sign = low in SIGNS
    return (sign, _reader(rules) if rules else None) if sign or rules else None


def _faces_in(piece: str) -> tuple[tuple[_Face, str, int], ...]:
    """The words of a piece that are anything in an expression of time, with their offsets."""
    words, starts, _ = scan_words(_WORD, piece)
    told = zip(map(_face, words), words, starts, strict=True)
    return tuple((face, word, at) for face, word, at in told if face is not None)


_faces = Memory(_faces_in)
