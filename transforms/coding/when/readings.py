"""What a sentence says of each time that it names: how well the words around it fit an event.

The day on which somebody said, was arrested or will be buried is not the day of the event.

Source: codebook section 6.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from transforms.coding.model import Sentence
from transforms.coding.when.cues import (
    CLOCK_BEFORE,
    DATELINE_AFTER,
    DATELINE_BEFORE,
    DATELINE_HYPHEN,
    LONGEST_CLOCK,
    LONGEST_GATHERING,
    LONGEST_NOTICE,
    LONGEST_RELATIVE,
    WhenCues,
    clause_ends,
    find_cues,
)
from transforms.coding.when.times import TimeExpression, find_times

# Scores order the expressions; they were set on muc4_dev and gvc_dev, and only their order matters.
CUES = {
    "happened": 45.0,
    "violence": 26.0,
    "aftermath": -18.0,
    "near": 8.0,
    "none": -6.0,
    "said": -80.0,
    "deed": -75.0,
}
BEFORE_NOUN, YEAR_ONLY, SINCE, NEVER = 12.0, -60.0, -25.0, -1000.0
VAGUE = {1: 0.0, 2: -2.0, 3: -6.0, 4: -24.0, 5: -50.0}
LONG_AGO = ((365, -24.0), (60, -16.0), (14, -6.0))
MOST = max(CUES.values()) + BEFORE_NOUN + max(VAGUE.values())
"""What the words around an expression add at most where no casualty word stands."""

NEARLY_A_YEAR, COMING = 300, -50.0
"""A day and month without a year that lies this long back is more often a day to come."""
AFTER_MALUS = 6
_LOOK_BACK = 160
"""Characters before an expression that are read; a sentence may be hostile and very long."""

NEAR_CUE = 90
"""Characters beyond which a word no longer says what an expression of time is about."""


class Reading(NamedTuple):
    """An expression, how well the words around it fit any event, and the clause that it is in."""

    expression: TimeExpression
    score: float
    first: int = 0
    last: int = 0
    recalled: bool = False


class Anchor(NamedTuple):
    """What the times of one article are read by: the day that anchors relative words, and words."""

    report: date | None
    cues: WhenCues


@lru_cache(maxsize=256)  # the accounts of one article read the same sentences again
def readings_of(sentence: Sentence, anchor: Anchor) -> tuple[Reading, ...]:
    """The times that a sentence names, those without days only where there is no report day.

    Args:
        sentence: the sentence.
        anchor: the report day, and the words that tell what a time is about.
    """
    return tuple(
        _reading(expression, sentence, anchor)
        for expression in find_times(sentence.text, anchor.report)
        if anchor.report is None or expression.date_start is not None
    )


def _reading(expression: TimeExpression, sentence: Sentence, anchor: Anchor) -> Reading:
    """How well the words around an expression say that the event happened then."""
    text, first, last = sentence.text, expression.start, expression.end
    report, cues = anchor
    if (
        cues.notice_before.search(text, max(0, first - LONGEST_NOTICE), first)
        or cues.name_after.match(text, last)
        or (sentence.ordinal <= 1 and _is_dateline(text, first, last))
    ):
        return Reading(expression, NEVER)
    start, end = _clause(text, expression, cues)
    score = VAGUE[expression.precision or 1] + _age(expression, report)
    cue = _nearest_cue(text, expression, (start, end), cues)
    if cue == "none" and _nearest_cue(text, expression, (0, len(text)), cues) in (
        "violence",
        "happened",
    ):
        cue = "near"
    score += CUES[cue]
    if cues.noun_after.match(text, last) or CLOCK_BEFORE.search(
        text, max(0, first - LONGEST_CLOCK), first
    ):
        score += BEFORE_NOUN
    if expression.rule in ("since", "past"):
        score += SINCE
    if expression.rule == "year":
        score += YEAR_ONLY
    near = max(0, first - _LOOK_BACK)
    before = text[near:first].lower()
    signed = any(sign in before for sign in cues.recalled)
    recalled = signed and cues.recalled_before.search(text, near, first) is not None
    return Reading(expression, score, start, end, recalled)


def _age(expression: TimeExpression, report: date | None) -> float:
    """News is mostly about the last days."""
    if report is None or expression.date_end is None:
        return 0.0
    days = (report - expression.date_end).days
    if NEARLY_A_YEAR < days <= 366 and expression.rule in ("day_month", "month_day", "holiday"):
        return COMING
    return next((score for limit, score in LONG_AGO if days > limit), 0.0)


def _nearest_cue(
    text: str, expression: TimeExpression, clause: tuple[int, int], cues: WhenCues
) -> str:
    """What the nearest word in the clause is about; one before the expression is preferred."""
    start, end = clause
    nearest, distance = "none", NEAR_CUE
    relative = cues.relative_before.search(text, max(0, start - LONGEST_RELATIVE), start)
    verb = None if relative else cues.verb_after.match(text, expression.end)
    if verb or cues.other_noun_after.match(text, expression.end):
        nearest, distance = "deed", AFTER_MALUS + 2
    for first, last, kind in find_cues(text, cues):
        if first < start or last > end:
            continue
        begin = max(0, first - LONGEST_GATHERING)
        if kind == "deed" and cues.at_gathering.search(text, begin, last):
            continue
        if last <= expression.start:
            gap = expression.start - last
        elif first >= expression.end:
            gap = first - expression.end + AFTER_MALUS
            if kind == "said" and gap > AFTER_MALUS + 1:
                continue  # "..., police said" speaks of the whole sentence
        else:
            continue
        if gap < distance:
            nearest, distance = kind, gap
    return nearest


def _is_dateline(text: str, first: int, last: int) -> bool:
    if first >= 60 or "." in text[:first]:
        return False
    placed = DATELINE_BEFORE.fullmatch(text, 0, first) and DATELINE_HYPHEN.match(text, last)
    return bool(placed or DATELINE_AFTER.match(text, last))


def _clause(text: str, expression: TimeExpression, cues: WhenCues) -> tuple[int, int]:
    """Bounds of the clause that an expression stands in."""
    start, end = 0, len(text)
    for first, last in clause_ends(text, cues):
        if last <= expression.start:
            start = last
        elif first >= expression.end:
            end = first
            break
    return start, end
