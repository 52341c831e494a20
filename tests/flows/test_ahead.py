"""Reading ahead: the same items and the same troubles, made in a thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from flows.ahead import read_ahead


def test_items_come_in_order_and_end() -> None:
    assert list(read_ahead(iter(range(50)), 4)) == list(range(50))
    assert list(read_ahead(iter(()), 4)) == []
    assert list(read_ahead(iter([None, 0, ""]), 2)) == [None, 0, ""]


def test_no_more_than_the_count_are_made_before_they_are_due() -> None:
    made: list[int] = []

    def count() -> Iterator[int]:
        for number in range(100):
            made.append(number)
            yield number

    items = read_ahead(count(), 3)
    assert next(items) == 0
    assert len(made) <= 4
    items.close()
    assert len(made) <= 5


def test_an_error_is_raised_where_its_item_was_due() -> None:
    def broken() -> Iterator[int]:
        yield 1
        yield 2
        raise ValueError("the third is broken")

    items = read_ahead(broken(), 4)
    assert [next(items), next(items)] == [1, 2]
    with pytest.raises(ValueError, match="third"):
        next(items)


def test_who_stops_listening_ends_the_thread() -> None:
    items = read_ahead(iter(range(1000)), 4)
    next(items)
    items.close()
    assert not [t for t in threading.enumerate() if t.name.startswith("read-ahead")]
