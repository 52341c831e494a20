"""Chronologies: earlier events under their days, and live blogs, told entry by entry.

As in "County homicides: Jan. 5: Two men were shot ... Feb. 11: A woman was found dead ..." and
"14:20 The governor says that eleven died. ... 12:05 The fire brigade confirms seven dead.".

Source: codebook section 2, "background".
"""

from __future__ import annotations

import re
from datetime import date, timedelta

import re2

from transforms.coding.model import Document

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_ENTRY = re.compile(
    r"(?:^|(?<=\s))(January|February|March|April|May|June|July|August|September|October|November"
    r"|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.? (\d{1,2})(?:, (\d{4}))? ?[:–—] ?"
    r"(?=[A-Z\d])"
)
_ENTRIES = 3
"""Fewer days at the head of a sentence are no list."""
_NEWS = timedelta(days=6)
"""An entry no older than this may be the news itself."""


def recalled_entries(document: Document) -> frozenset[int]:
    """The ordinals of the sentences that tell earlier events in a list under their days.

    Args:
        document: the article.

    Returns:
        The sentences of entries more than six days before the article, to the end of their
        paragraphs; none without the article's day or with fewer than three entries.
    """
    report = document.report_date
    if report is None:
        return frozenset()
    heads = {
        s.ordinal: match
        for s in document.sentences
        if (":" in s.text or "–" in s.text or "—" in s.text) and (match := _ENTRY.search(s.text))
    }
    if len(heads) < _ENTRIES:
        return frozenset()
    recalled: set[int] = set()
    old, paragraph = False, -1
    for sentence in document.sentences:
        if sentence.ordinal in heads:
            day = _day(heads[sentence.ordinal], report)
            old, paragraph = day is not None and report - day > _NEWS, sentence.paragraph
        elif sentence.paragraph != paragraph:
            old = False
        if old:
            recalled.add(sentence.ordinal)
    return frozenset(recalled)


def names_old_day(clause: str, report: date | None) -> bool:
    """Whether a clause names a day of the year long before the article ("On April 7, a boy")."""
    if report is None:
        return False
    match = _DAY_NAMED.search(clause)
    day = _day(match, report) if match is not None else _month_end(clause, report)
    return day is not None and report - day > _OLD


def _month_end(clause: str, report: date) -> date | None:
    """The end of the month that a clause names without day or year ("a lorry attack in July")."""
    match = _MONTH_NAMED.search(clause)
    if match is None:
        return None
    month = _MONTHS.index(match[1][:3].lower()) + 1
    year = report.year if month <= report.month else report.year - 1
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


_MONTH_NAMED = re.compile(
    r"\b(?:in|last) (January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\b(?!,? (?:of )?\d|,? (?:of )?(?:this|last) year)"
)


_DAY_NAMED = re.compile(
    r"\b(January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.? (\d{1,2})\b(?:, (\d{4}))?"
)


def is_framed(document: Document, ordinal: int) -> bool:
    """Whether a sentence goes on with what one before it told of a year long past.

    As in "In 1976 farmers protested against the dam. Six were killed when troops moved in."

    Args:
        document: the article.
        ordinal: of the sentence.
    """
    year = (document.report_date - _OLD).year if document.report_date else None
    if _goes_on(document, ordinal, year):
        return True
    for at in range(ordinal, max(ordinal - _FRAME, 0) - 1, -1):
        sentence = document.by_ordinal.get(at)
        if sentence is None:
            return False
        again = at == ordinal - 1 and _TAKEN_UP.match(document.by_ordinal[ordinal].text)
        frame = (YEAR if again else _FRAMED).search(sentence.text) if at < ordinal else None
        if frame:
            return year is None or int(frame[1]) < year
        if _NEAR_DAY.search(sentence.text):
            day = names_old_day(sentence.text, document.report_date)
            if not day or at < ordinal:
                return day and at < ordinal
    return False


def _goes_on(document: Document, ordinal: int, year: int | None) -> bool:
    """Whether a sentence points at the time of one before it that names a year long past.

    As in "The base fell to rebels in June 2014. Shortly afterwards they killed 200 soldiers."
    """
    here = document.by_ordinal[ordinal].text
    if not _THEN.search(here) or _NEAR_DAY.search(here):
        return False
    for at in range(ordinal - 1, ordinal - _FRAME - 1, -1):
        sentence = document.by_ordinal.get(at)
        if sentence is None:
            return False
        if years := [int(named) for named in YEAR.findall(sentence.text)]:
            return year is None or max(years) < year
        if _NEAR_DAY.search(sentence.text):
            return False
    return False


def later_datelines(document: Document) -> frozenset[int]:
    """Ordinals of the sentences that open a further report ("KIRKUK - Police found ...").

    Args:
        document: the article; its first dateline is its own.
    """
    found = [s.ordinal for s in document.sentences if _DATELINE.match(s.text)]
    return frozenset(found[1:])


_DATELINE = re.compile(
    r"[A-Z][A-Z'’.]+(?:[ -][A-Z][A-Z'’.]+){0,2}(?:, [A-Z][A-Za-z]+)? ?[-–—] ?[A-Z][a-z]*\b",
    re.ASCII,
)


_THEN = re2.compile(
    r"(?i)(?:^\W{0,2}(?:(?:shortly|soon|immediately|hours|days|weeks|months) (?:after|later)"
    r"|(?:an?|one|two|three|four) (?:hour|day|week|month|year)s? (?:after|later)"
    r"|the (?:next|same|following) (?:day|night|morning|week|month|year))"
    r"|\b(?:at the time|back then"
    r"|that (?:same )?(?:day|night|month|year|spring|summer|autumn|winter))(?:[,.;]|$))"
)
"""Words that point at a time told before."""

_FRAME = 3
"""Sentences that go on with a year which opens one."""

_FRAMED = re2.compile(
    r"(?:^\W{0,2}|\) )"
    r"(?i:(?:early|late|later|back|also|then|and|but|morning|evening|night|,) ?){0,3}"
    r"(?i:in|on|during|throughout|around) (?:[\w'’-]+,? ){0,6}?((?:1[5-9]|20)\d\d)\b"
)
"""A sentence that opens with its year ("During the first march in 1976, ...")."""

_TAKEN_UP = re.compile(r"(?i)(?:in|during) (?:the|that) [a-z]+\b", re.ASCII)
"""Opens a sentence that goes on with an event of the one before."""

YEAR = re2.compile(r"\b((?:19|20)\d\d)\b")
"""A year of the last hundred and more, in a group."""

_NEAR_DAY = re2.compile(
    r"(?i)\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tonight|yesterday|overnight|now|ago"
    r"|this (?:\w+ )?(?:morning|afternoon|evening|week|month|year)|last (?:night|week|month|year)"
    r"|recently|latest|(?:january|february|march|april|june|july|august|september|october|november"
    r"|december|jan\.|feb\.|mar\.|apr\.|jun\.|jul\.|aug\.|sept?\.|oct\.|nov\.|dec\.) \d)"
)
"""Words of time that end it."""

_OLD = timedelta(days=45)
"""What happened longer ago is recalled, beside something that is news (as in when/rescope.py)."""


def _day(match: re.Match[str], report: date) -> date | None:
    """The day of an entry: the last one of that name up to the article, where no year is told."""
    month = _MONTHS.index(match[1][:3].lower()) + 1
    try:
        if match[3]:
            return date(int(match[3]), month, int(match[2]))
        day = date(report.year, month, int(match[2]))
        return day if day <= report else date(report.year - 1, month, int(match[2]))
    except ValueError:  # no such day
        return None


_CLOCK = re.compile(
    r"(?:[•*] ?)?(\d{1,2})[:.](\d\d)(?: ?([ap])\.?m\.?)?"
    r"(?: ?(?:GMT|BST|CES?T|E[SD]?T|IST|UTC|local time))?"
    r"(?: ?[-–—:|]+ ?| )(?=\W?[A-Z\d])"
)


def live_entries(document: Document) -> dict[int, int]:
    """The entries of a live blog, newest first: ordinal of a sentence -> number of its entry.

    Args:
        document: the article.

    Returns:
        Empty without three entries that open with a time of day, or where a time is later than
        the one before: a log that goes on in time tells one thing after another.
    """
    heads = {s.ordinal: m for s in document.sentences if (m := _CLOCK.match(s.text))}
    times = [_minutes(match) for match in heads.values()]
    if len(times) < _ENTRIES or times != sorted(times, reverse=True):
        return {}
    entries: dict[int, int] = {}
    number = 0
    for sentence in document.sentences:
        number += sentence.ordinal in heads
        entries[sentence.ordinal] = number
    return entries


def _minutes(match: re.Match[str]) -> int:
    """The time of day of an entry in minutes."""
    hour = int(match[1]) % 12 + 12 * (match[3] == "p") if match[3] else int(match[1])
    return hour * 60 + int(match[2])
