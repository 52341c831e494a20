"""An event told by its distance from another one: "on Tuesday, two days after a bomb killed nine".

Read by `transforms.coding.when.dating`.

Source: codebook section 6.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from transforms.coding.when.times import TimeExpression

_APART = re.compile(
    r"\b(?P<count>an?|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2})"
    r" (?P<unit>day|week)s? after\b",
    re.IGNORECASE,
)
_COUNTS = {
    word: number
    for number, words in enumerate(
        ("", "a an one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
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
