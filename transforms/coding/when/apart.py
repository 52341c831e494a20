"""An event told by its distance from another day: "on Tuesday, two days after a bomb killed nine".

"It had struck the previous evening", "on the eve of the vote on Sunday" and "a day later soldiers
killed two" are such distances as well.

Read by `transforms.coding.when.dating`.

Source: codebook section 6.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from transforms.coding.when.times import TimeExpression

_APART = re.compile(
    r"\b(?P<count>an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})"
    r" (?P<unit>day|week)s? after\b",
    re.IGNORECASE,
)
_COUNT = r"(?P<{}>an?|the|one|two|three|four|five|six|seven|eight|nine|ten|\d{{1,2}})"
_PART = r"(?:day|night|evening|afternoon|morning)"
_SHIFTED = re.compile(
    rf"\b(?:(?P<back>{_COUNT.format('earlier')} (?P<span>{_PART}|week)s? "
    r"(?:earlier|before(?=[,.;]|$| (?:in|at|near|and|by|when|rose|has|had|was|were|killed|left"
    r"|police|officials)\b))"
    rf"|the (?:previous|preceding) {_PART})"
    rf"|(?P<eve>(?:on )?the eve of|{_COUNT.format('days')} (?P<length>day|week)s? before(?= ))"
    rf"|(?P<ahead>{_COUNT.format('later')} (?P<unit>{_PART}|week)s? later"
    rf"|(?:on )?the (?:next|following) {_PART}))(?!\w)",
    re.IGNORECASE,
)
_SHIFTED_SIGNS = (
    "earlier",
    "before",
    "previous",
    "preceding",
    "eve of",
    "later",
    "next",
    "following",
)
"""Lower case: where none of these stands, `_SHIFTED` finds nothing."""

_NEXT_TO = 70
"""Characters behind "the eve of" within which the day of that which comes is named."""

_OUTLIVED = ("died", "dies", "succumbed")
"""Whom it takes days to die was hurt before."""

_COUNTS = {
    word: number
    for number, words in enumerate(
        ("", "a an the one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    )
    for word in words.split()
}


@dataclass(frozen=True, slots=True)
class Gap:
    """How long before the day of its sentence an event was; `start` is the offset of the words."""

    start: int
    words: str
    length: timedelta


def find_gap(text: str, triggers: Sequence[int]) -> Gap | None:
    """The distance that stands before all of an account's casualty words in a sentence, if any.

    Args:
        text: the sentence.
        triggers: offsets of the account's casualty words in it.
    """
    if not triggers or "after" not in text.lower():
        return None
    first = min(triggers)
    found = [match for match in _APART.finditer(text) if match.end() <= first]
    if not found:
        return None
    count, unit = found[-1]["count"].lower(), found[-1]["unit"].lower()
    days = (_COUNTS.get(count) or int(count)) * (7 if unit == "week" else 1)
    return Gap(found[-1].start(), found[-1].group(), timedelta(days=days))


def day_before(expression: TimeExpression, gap: Gap) -> TimeExpression | None:
    """The day that lies so long before a day named in front of the words; None for other spans."""
    first, last = expression.date_start, expression.date_end
    if expression.end > gap.start or expression.precision != 1 or not first or not last:
        return None
    days = first - gap.length, last - gap.length
    return expression._replace(date_start=days[0], date_end=days[1], text=gap.words)


def find_shifted(
    text: str,
    triggers: Sequence[int],
    days: Sequence[tuple[float, TimeExpression]],
    before: Callable[[], Sequence[TimeExpression]],
) -> TimeExpression | None:
    """The day that a sentence tells by its distance from another day, or None.

    Args:
        text: the sentence.
        triggers: offsets of the account's casualty words in it.
        days: the days that it names, each with how well it fits an event; below 0 it is that of
            a saying.
        before: gives the days that the sentence before it names.
    """
    low = text.lower()
    if not any(sign in low for sign in _SHIFTED_SIGNS):
        return None
    exact = [(score, day) for score, day in days if day.precision == 1]
    for found in _SHIFTED.finditer(text):
        told, anchor = _told(found), None
        if found["back"]:
            said = [day for score, day in exact if score < 0]
            anchor = said[-1] if said else _last(before()) if not exact else None
        elif found["eve"]:
            ahead = [d for _, d in exact if 0 <= d.start - found.end() <= _NEXT_TO]
            own = any(score > 0 and day.end <= found.start() for score, day in exact)
            anchor = ahead[0] if ahead and not own else None
        elif _opens(found, text, triggers):
            named = [day for _, day in exact if day.end <= found.start()]
            anchor = named[-1] if named else _last(before())
        if anchor and anchor.date_start:
            day = anchor.date_start + told
            return anchor._replace(date_start=day, date_end=day, text=found.group())
    return None


def _told(found: re.Match[str]) -> timedelta:
    """How far the words lead from the day that they start from."""
    word = found["earlier"] or found["days"] or found["later"] or "one"
    count = _COUNTS.get(word.lower()) or int(word)
    length = (
        7 * count
        if "week" in (found["span"] or found["unit"] or found["length"] or "").lower()
        else count
    )
    return timedelta(days=length if found["ahead"] else -length)


def _last(days: Sequence[TimeExpression]) -> TimeExpression | None:
    exact = [day for day in days if day.precision == 1]
    return exact[-1] if exact else None


def _opens(found: re.Match[str], text: str, triggers: Sequence[int]) -> bool:
    """Whether what follows the words is what the casualty words tell, and no late death."""
    return bool(triggers) and all(
        found.end() <= at and not text.lower().startswith(_OUTLIVED, at) for at in triggers
    )
