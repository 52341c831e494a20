from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.coding.when.times import find_times, precision_of

TUESDAY = date(2018, 6, 26)


def only(text, report=TUESDAY):
    found = find_times(text, report)
    assert len(found) == 1, found
    return found[0]


def span(text, report=TUESDAY):
    time = only(text, report)
    return str(time.date_start), str(time.date_end), time.precision


# UCDP's relative dates, as codebook section 6 has them, anchored to Tuesday 26 June 2018
@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("on Monday", "2018-06-25", "2018-06-25", 1),
        ("Monday night", "2018-06-25", "2018-06-25", 1),
        ("Tuesday's attack", "2018-06-26", "2018-06-26", 1),
        ("late on Wednesday", "2018-06-20", "2018-06-20", 1),
        ("today", "2018-06-26", "2018-06-26", 1),
        ("this morning", "2018-06-26", "2018-06-26", 1),
        ("yesterday", "2018-06-25", "2018-06-25", 1),
        ("last night", "2018-06-25", "2018-06-25", 1),
        ("the day before yesterday", "2018-06-24", "2018-06-24", 1),
        ("overnight", "2018-06-25", "2018-06-26", 2),
        ("the night between Sunday and Monday", "2018-06-24", "2018-06-25", 2),
        ("between Saturday and Sunday", "2018-06-23", "2018-06-24", 2),
        ("over the weekend", "2018-06-23", "2018-06-24", 2),
        ("last week", "2018-06-18", "2018-06-24", 3),
        ("this week", "2018-06-25", "2018-06-26", 2),
        ("last Friday", "2018-06-22", "2018-06-22", 1),
        ("last Monday", "2018-06-18", "2018-06-25", 4),
        ("Friday of last week", "2018-06-22", "2018-06-22", 1),
        ("in the past 24 hours", "2018-06-25", "2018-06-26", 2),
        ("over the past 48 hours", "2018-06-24", "2018-06-26", 2),
        ("recently", "2018-06-23", "2018-06-25", 2),
        ("in the past few days", "2018-06-23", "2018-06-25", 2),
        ("a few days ago", "2018-06-23", "2018-06-25", 2),
        ("a fortnight ago", "2018-06-12", "2018-06-12", 1),
        ("three days ago", "2018-06-23", "2018-06-23", 1),
        ("8 days ago", "2018-06-18", "2018-06-18", 1),
        ("two hours ago", "2018-06-26", "2018-06-26", 1),
        ("early March", "2018-03-01", "2018-03-10", 4),
        ("mid-March", "2018-03-10", "2018-03-20", 4),
        ("late March", "2018-03-15", "2018-03-31", 4),
        ("the first week of August", "2017-08-01", "2017-08-07", 3),
        ("around 2 July", "2017-07-01", "2017-07-03", 2),
        ("last month", "2018-05-01", "2018-05-31", 4),
        ("earlier this month", "2018-06-01", "2018-06-26", 4),
        ("two months ago", "2018-04-01", "2018-04-30", 4),
        ("in May", "2018-05-01", "2018-05-31", 4),
        ("in July", "2017-07-01", "2017-07-31", 4),
        ("last year", "2017-01-01", "2017-12-31", 5),
        ("in 2003", "2003-01-01", "2003-12-31", 5),
        ("since Thursday", "2018-06-21", "2018-06-26", 2),
        ("since January", "2018-01-01", "2018-06-26", 5),
        ("since 10 June", "2018-06-10", "2018-06-26", 4),
        ("since June 22", "2018-06-22", "2018-06-26", 2),
    ],
)
def test_relative_dates(text, start, end, precision):
    assert span(text) == (start, end, precision)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("on 5 January 2017", "2017-01-05", "2017-01-05"),
        ("on 5 January, 2017", "2017-01-05", "2017-01-05"),
        ("on January 5, 2017", "2017-01-05", "2017-01-05"),
        ("Jan. 5", "2018-01-05", "2018-01-05"),
        ("January 5th", "2018-01-05", "2018-01-05"),
        ("the 5th of January", "2018-01-05", "2018-01-05"),
        ("5 Jan 90", "1990-01-05", "1990-01-05"),
        ("2017-01-05", "2017-01-05", "2017-01-05"),
        ("Saturday, Jan. 24, 2015", "2015-01-24", "2015-01-24"),
        ("Feb. 29", "2016-02-29", "2016-02-29"),
        ("12/31/2017", "2017-12-31", "2017-12-31"),
        ("31/12/2017", "2017-12-31", "2017-12-31"),
        ("on 11/06/2018", "2018-06-11", "2018-06-11"),
        ("on 06/11/2018", "2018-06-11", "2018-06-11"),
        ("on 05/03/2018", "2018-03-05", "2018-05-03"),
        ("on the night of 3-4 May", "2018-05-03", "2018-05-04"),
        ("May 3-4", "2018-05-03", "2018-05-04"),
        ("from 28 April to 2 May", "2018-04-28", "2018-05-02"),
        ("in May 2016", "2016-05-01", "2016-05-31"),
        ("in May, 14 soldiers died", "2018-05-01", "2018-05-31"),
        ("New Year's Eve", "2017-12-31", "2017-12-31"),
        ("ON 5 JANUARY", "2018-01-05", "2018-01-05"),
        ("BETWEEN 3 AND 5 MAY", "2018-05-03", "2018-05-05"),
        ("THIS MORNING", "2018-06-26", "2018-06-26"),
        ("killed on Wed. near the port", "2018-06-20", "2018-06-20"),
    ],
)
def test_absolute_dates(text, start, end):
    assert span(text)[:2] == (start, end)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "on 5/1 or 1/5",
        "at 5:38 a.m.",
        "a 22-year-old",
        "THE ARMY SAID 20 MAY BE DEAD",
        "he may march on",
        "the Sunday Times wrote",
        "20 people in 31 villages",
    ],
)
def test_no_dates(text):
    assert find_times(text, TUESDAY) == []


@pytest.mark.parametrize(
    "text",
    ["next Friday", "tomorrow", "on 1 July 2018", "31 February 2018", "31/02/2018", "5 March 1812"],
)
def test_the_future_and_the_impossible_keep_their_words_only(text):
    time = only(text)
    assert (time.date_start, time.date_end, time.precision) == (None, None, None)
    assert time.text in text


def test_without_a_report_day_only_words():
    time = only("shot dead on Friday night in the port", None)
    assert (time.text, time.date_start, time.precision) == ("Friday night", None, None)


def test_a_sunday_is_its_own_weekend():
    sunday, saturday = date(2018, 6, 24), date(2018, 6, 23)
    assert span("over the weekend", sunday)[:2] == ("2018-06-23", "2018-06-24")
    assert span("over the weekend", saturday)[:2] == ("2018-06-16", "2018-06-17")


def test_month_of_the_report_day_is_cut_at_it():
    assert span("in June", date(2018, 6, 3)) == ("2018-06-01", "2018-06-03", 2)


VOCABULARY = """
on last this since early late mid- the of in past ago Monday Friday night 5 12 31 24 hours days
week weekend month year May March Jan. 2017 1990 today yesterday overnight and to - , first few
fortnight recently between around three last-half 2018-02-30 99 weeks months years next
"""
WORDS = st.sampled_from(VOCABULARY.split())


@given(st.lists(WORDS, max_size=12), st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_never_after_the_report_day_and_precision_fits_the_span(words, report):
    text = " ".join(words)
    times = find_times(text, report)
    for time in times:
        assert text[time.start : time.end] == time.text
        if time.date_start is None:
            assert time.date_end is None
            assert time.precision is None
        else:
            assert time.date_start <= time.date_end <= report
            assert time.precision == precision_of(time.date_start, time.date_end)
    assert all(a.end <= b.start for a, b in pairwise(times))


@given(st.dates(date(1950, 1, 1), date(2050, 1, 1)), st.integers(0, 6))
def test_weekdays_are_exact(report, days):
    then = report - timedelta(days=days)
    assert only(f"on {then:%A}", report).date_start == then
    assert only(f"on {then:%d %B %Y}", report).date_start == then


def test_hostile_text_takes_linear_time():
    for piece in ("5 January ", "last ", "between Monday and ", "1 " * 5, "the first ", "   "):
        assert len(find_times(piece * 3000, TUESDAY)) >= 0
