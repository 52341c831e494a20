"""Days that the words of a time expression stand for: arithmetic on the calendar, no reading.

Read by `transforms.coding.when.times`, whose patterns name the parts that arrive here as `Words`.

Source: codebook section 6, after the rules for relative dates in the UCDP GED codebook's appendix.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from transforms.coding.when.words import COUNTS, HOLIDAYS, MONTHS, WEEKDAYS, month_key

Span = tuple[date, date]
Words = dict[str, str | None]


def _day(when: date) -> Span:
    return when, when


def _back(report: date, days: int) -> date:
    return report - timedelta(days=days)


def _count(words: str | None) -> int:
    if not words:
        return 1
    return int(words) if words.isdigit() else COUNTS[words.replace("-", " ")]


def _number(words: str | None) -> int:
    """The number of `5`, `5th` or `05`."""
    return int((words or "0").rstrip("stndrh"))


# -- days ------------------------------------------------------------------------------------------


def _year_of(words: str, report: date) -> int:
    year = int(words)
    if year > 99:
        return year
    century = report.year - report.year % 100
    return century + year if century + year <= report.year + 1 else century + year - 100


def _calendar_day(day: int, month: int, year: str | None, report: date) -> date:
    """The day; without a year the last one not after the report day."""
    if year:
        return date(_year_of(year, report), month, day)
    for candidate in range(report.year, report.year - 9, -1):  # 29 February may be eight years off
        if day <= monthrange(candidate, month)[1] and date(candidate, month, day) <= report:
            return date(candidate, month, day)
    raise ValueError(f"no day {day} in month {month}")


def _absolute(words: Words, report: date) -> Span:
    year = words["year"] or words.get("year2")
    return _day(
        _calendar_day(_number(words["day"]), MONTHS[month_key(words["month"])], year, report)
    )


def _near_absolute(words: Words, report: date) -> Span:
    when = _absolute(words, report)[0]
    return _back(when, 1), _back(when, -1)


def _absolute_span(words: Words, report: date) -> Span:
    last_month = MONTHS[month_key(words["month2"] or words["month"])]
    first_month = MONTHS[month_key(words["month"] or words["month2"])]
    end = _calendar_day(_number(words["day2"]), last_month, words["year"], report)
    start = date(end.year, first_month, _number(words["day"]))
    return (start.replace(year=end.year - 1) if start > end else start), end


def _iso(words: Words, _report: date) -> Span:
    return _day(date(_number(words["year"]), _number(words["month"]), _number(words["day"])))


def _american(words: Words, report: date) -> Span:
    year = _year_of(words["year"] or "0", report)
    return _day(date(year, _number(words["month"]), _number(words["day"])))


def _numeric(words: Words, report: date) -> Span:
    """As in "12/09/2026": the day, or from one to the other where both orders may be meant.

    The day is not after the report day.
    """
    first, second, year = (_number(words[part]) for part in ("first", "second", "year"))
    days = {
        when
        for day, month in ((first, second), (second, first))
        if month <= _MONTHS
        and day <= monthrange(year, month)[1]
        and (when := date(year, month, day)) <= report
    }
    if not days:
        raise ValueError(f"{first}/{second}/{year} is no day up to the report day")
    return min(days), max(days)


_MONTHS = 12


def _ordinal_day(words: Words, report: date) -> Span:
    day = _number(words["day"])
    if day <= report.day:
        return _day(report.replace(day=day))
    before = report.replace(day=1) - timedelta(days=1)
    return _day(before.replace(day=day))


def _holiday(words: Words, report: date) -> Span:
    month, day = HOLIDAYS[re.sub(r"[’'\s]+", " ", words["holiday"] or "").replace(" s ", "s ")]
    return _day(_calendar_day(day, month, words["year"], report))


# -- days of the week ------------------------------------------------------------------------------


def _weekday(words: str | None) -> int:
    return WEEKDAYS[(words or "")[:3]]


def _latest(weekday: int, report: date) -> date:
    """The last such day of the week on or before the report day."""
    return _back(report, (report.weekday() - weekday) % 7)


def _monday(report: date) -> date:
    return _back(report, report.weekday())


def _this_weekday(words: Words, report: date) -> Span:
    return _day(_latest(_weekday(words["weekday"]), report))


def _last_weekday(words: Words, report: date) -> Span:
    """Ambiguous once this week has had its own such day: then both are kept as a span."""
    weekday = _weekday(words["weekday"])
    nearest = _latest(weekday, _back(report, 1))
    if nearest >= _monday(report):
        return _back(nearest, 7), nearest
    return _day(nearest)


def _weekday_of_week(words: Words, report: date) -> Span:
    monday = _back(_monday(report), 7 if words["which"] in ("last", "past") else 0)
    return _day(_back(monday, -_weekday(words["weekday"])))


def _weekday_pair(words: Words, report: date) -> Span:
    end = _latest(_weekday(words["weekday2"]), report)
    return _latest(_weekday(words["weekday"]), end), end


def _overnight_weekday(words: Words, report: date) -> Span:
    start = _latest(_weekday(words["weekday"]), report)
    return start, _back(start, -1)


# -- relative to the report day --------------------------------------------------------------------

_RELATIVE: dict[str, tuple[int, int]] = {
    "today": (0, 0),
    "yesterday": (1, 1),
    "last night": (1, 1),
    "overnight": (1, 0),
    "before yesterday": (2, 2),
    "fortnight": (14, 14),
    "recently": (3, 1),
}


def _relative(name: str) -> Callable[[Words, date], Span]:
    first, last = _RELATIVE[name]
    return lambda _words, report: (_back(report, first), _back(report, last))


def _future(_words: Words, _report: date) -> None:
    return None


def _weekend(_words: Words, report: date) -> Span:
    sunday = _latest(6, report)
    return _back(sunday, 1), sunday


def _week(words: Words, report: date) -> Span:
    monday = _monday(report)
    if words["which"] in ("last", "previous"):
        return _back(monday, 7), _back(monday, 1)
    return monday, report


def _ago(words: Words, report: date) -> Span:
    unit, several = words["unit"] or "", words["count"] in ("several", "some", "a few", "few")
    if unit.startswith(("hour", "minute")):
        return _day(report)
    count = 3 if several else _count(words["count"])
    if unit.startswith("day"):
        return (_back(report, 3), _back(report, 1)) if several else _day(_back(report, count))
    if unit.startswith("week"):
        return (_back(report, 30), _back(report, 14)) if several else _day(_back(report, 7 * count))
    if unit.startswith("month"):
        return _months_before(report, count)
    return date(report.year - count, 1, 1), date(report.year - count, 12, 31)


def _past(words: Words, report: date) -> Span:
    if words["lone"]:
        return _back(report, 1), report
    unit, count = words["unit"] or "", words["count"]
    if unit.startswith("hour"):
        hours = _count(count) if count not in ("several", "some", "few", "a few") else 0
        return _back(report, -(-hours // 24)), report
    if unit.startswith("day"):
        if count in ("several", "some", "few", "a few", None):
            return _back(report, 3), _back(report, 1)
        return _back(report, _count(count)), report
    length = {"week": 7, "month": 30, "year": 365}[unit.rstrip("s")]
    number = 3 if count in ("several", "some", "few", "a few") else _count(count)
    return _back(report, length * number), _back(report, 1)


# -- months and years ------------------------------------------------------------------------------


def _month_span(year: int, month: int) -> Span:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _months_before(report: date, count: int) -> Span:
    months = report.year * 12 + report.month - 1 - count
    return _month_span(months // 12, months % 12 + 1)


def _part_of_month(part: str | None, span: Span) -> Span:
    """Early, mid and late as UCDP cuts a month; `first week` to `last days` by their length."""
    first, last = span
    words = (part or "").removeprefix("the ")
    if not words:
        return span
    if words.startswith(("early", "begin", "start")):
        return first, first.replace(day=10)
    if words.startswith("mid"):
        return first.replace(day=10), first.replace(day=20)
    if words.startswith(("late", "end")):
        return first.replace(day=15), last
    if words.endswith("half"):
        return (first, first.replace(day=15)) if "first" in words else (first.replace(day=16), last)
    if "last" in words:
        return _back(last, 6), last
    week = next(
        n for n, name in enumerate(("first", "second", "third", "fourth")) if words.startswith(name)
    )
    return first.replace(day=7 * week + 1), first.replace(day=7 * week + 7)


def _named_month(words: Words, report: date) -> Span:
    month = MONTHS[month_key(words["month"])]
    if words["year"]:
        year = _year_of(words["year"], report)
    else:
        year = report.year if month <= report.month else report.year - 1
        if words["last"] and month == report.month:
            year -= 1
        part = _part_of_month(words["part"], _month_span(year, month))
        if part[0] > report:
            year -= 1
    return _part_of_month(words["part"], _month_span(year, month))


def _relative_month(words: Words, report: date) -> Span:
    last = words["which"] in ("last", "previous")
    span = _months_before(report, 1 if last else 0)
    part = _part_of_month(words["part"], span)
    return part if part[0] <= report else span


def _relative_year(words: Words, report: date) -> Span:
    year = report.year - (1 if words["which"] in ("last", "previous") else 0)
    return date(year, 1, 1), date(year, 12, 31)


def _named_year(words: Words, _report: date) -> Span:
    year = _number(words["year"])
    return date(year, 1, 1), date(year, 12, 31)


RESOLVERS: dict[str, Callable[[Words, date], Span | None]] = {
    "iso": _iso,
    "american": _american,
    "numeric": _numeric,
    "around": _near_absolute,
    "span_day_month": _absolute_span,
    "span_month_day": _absolute_span,
    "day_month": _absolute,
    "month_day": _absolute,
    "holiday": _holiday,
    "relative_month": _relative_month,
    "relative_year": _relative_year,
    "named_month": _named_month,
    "weekday_of_week": _weekday_of_week,
    "weekday_pair": _weekday_pair,
    "overnight_weekday": _overnight_weekday,
    "next": _future,
    "last_weekday": _last_weekday,
    "weekday": _this_weekday,
    "weekend": _weekend,
    "week": _week,
    "ago": _ago,
    "fortnight": _relative("fortnight"),
    "past": _past,
    "recently": _relative("recently"),
    "before_yesterday": _relative("before yesterday"),
    "yesterday": _relative("yesterday"),
    "last_night": _relative("last night"),
    "overnight": _relative("overnight"),
    "today": _relative("today"),
    "ordinal_day": _ordinal_day,
    "year": _named_year,
}
"""Which days a pattern's parts stand for, by the pattern's name; None where they lie ahead."""
