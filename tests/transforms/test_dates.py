"""Dates as feeds and pages write them."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.dates import day_in, parse_date

TEN = "2026-11-16T10:00:00+00:00"


@pytest.mark.parametrize(
    ("raw", "at"),
    [
        ("Mon, 16 Nov 2026 10:00:00 GMT", TEN),
        ("Mon, 16 Nov 2026 13:00:00 +0300", TEN),
        ("16 Nov 26 10:00 -0000", TEN),
        ("Mon, 16 Nov 2026 05:00:00 EST", TEN),
        ("Mon, 16 Nov 2026 15:30:00 IST", TEN),
        ("Mon, 16 Nov 2026 13:00:00 GMT+3", TEN),
        ("Mon, 16 Nov 2026 13:30:00 +0330 (IRST)", TEN),
        ("2026-11-16T10:00:00Z", TEN),
        ("2026-11-16T12:00:00.000+02:00", TEN),
        ("20261116T100000Z", TEN),
        ("2026-11-16 12:00:00 +0200", TEN),
        ("1794823200", TEN),
        ("1794823200000", TEN),
        ("lun, 16 nov 2026 11:00:00 +0100", TEN),
        ("Пн, 16 ноя 2026 13:00:00 +0300", TEN),
        ("16 novembre 2026 à 11:00 +01:00", TEN),
        ("November 16, 2026 5:00 AM EST", TEN),
        ("2026-11-16T24:00:00Z", "2026-11-17T00:00:00+00:00"),
        ("Tue, 31 Dec 2024 24:00:00 GMT", "2025-01-01T00:00:00+00:00"),
        ("Mon, 16 Nov 2026 10:00:60 GMT", "2026-11-16T10:00:59+00:00"),
    ],
)
def test_forms_that_name_their_zone(raw, at):
    moment = parse_date(raw, "Asia/Tokyo")
    assert moment.at.isoformat() == at
    assert moment.has_zone


@pytest.mark.parametrize(
    "raw",
    [
        "2026-11-16T13:00",
        "Mon, 16 Nov 2026 13:00:00",
        "16.11.2026 13:00",
        "2026/11/16 13:00",
        "16 Nov 2026 1:00 PM",
        "٢٠٢٦-١١-١٦ 13:00",
        "2026年11月16日 13:00",
        "Mon, 16 Nov 2026 13:00:00 QQQ",
    ],
)
def test_the_feed_decides_where_no_zone_is_named(raw):
    moment = parse_date(raw, "Africa/Nairobi")
    assert moment.at.isoformat() == TEN
    assert not moment.has_zone


@pytest.mark.parametrize(
    "raw",
    [
        None,
        "",
        "tomorrow",
        "31 Feb 2026",
        "2026-02-31",
        "Mon, 16 Nov 2026 25:00:00 GMT",
        "01 Jan 0001 00:00:00 GMT",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59-12:00",
        "10000-01-01",
        "05/06/2026",
        "1 " * 40,
        "x" * 500,
        "Mon, 16 Nov 2026 10:00:00 +9999",
    ],
)
def test_what_can_not_be_read_is_nothing(raw):
    assert parse_date(raw, "Africa/Nairobi") is None


def test_a_day_alone_is_that_day_in_the_feeds_zone():
    moment = parse_date("2026-11-16", "Pacific/Auckland")
    assert day_in(moment.at, "Pacific/Auckland") == datetime(2026, 11, 16)  # noqa: DTZ001
    assert not moment.has_time
    assert parse_date("2026-11-16T23:30:00-05:00").local_day == datetime(2026, 11, 16)  # noqa: DTZ001


def test_an_unknown_zone_is_utc():
    assert parse_date("2026-11-16T10:00", "Not/AZone").at.isoformat() == TEN


@given(st.datetimes(datetime(1971, 1, 1), datetime(2500, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_what_is_written_comes_back(at):
    at = at.replace(microsecond=0)
    for form in ("%a, %d %b %Y %H:%M:%S +0000", "%Y-%m-%dT%H:%M:%SZ", "%d %B %Y %H:%M:%S UTC"):
        assert parse_date(at.strftime(form), "Asia/Tokyo").at == at


@given(st.text(max_size=120))
def test_any_text_is_a_moment_or_nothing(text):
    moment = parse_date(text, "Asia/Kabul")
    assert moment is None or moment.at.tzinfo is UTC


def test_no_date_costs_more_than_a_few_milliseconds():
    for raw in (
        "1:" * 50,
        "a" * 100,
        "+" * 100,
        "(" * 100,
        "9" * 100,
        "Nov " * 25,
        "1 Nov 2026 (" * 8,
    ):
        parse_date(raw)
        started = time.process_time()
        for _ in range(20):
            parse_date(raw)
        assert time.process_time() - started < 0.1  # 20 of them, and room for a busy machine
