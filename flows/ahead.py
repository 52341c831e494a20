"""Reads ahead of who takes the items: reading and what is done with them go on at the same time.

For readers that spend their time in C, in decompression above all, which lets other threads run.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def read_ahead(items: Iterator[T], count: int) -> Iterator[T]:
    """The same items in the same order, up to `count` of them made in a thread before they are due.

    Args:
        items: used by one thread at a time; what it raises is raised where the item was due.
        count: items that may wait; all are held in memory.
    """
    end: Any = object()
    pool = ThreadPoolExecutor(1, thread_name_prefix="read-ahead")
    try:
        waiting = deque(pool.submit(next, items, end) for _ in range(count))
        while (item := waiting.popleft().result()) is not end:
            waiting.append(pool.submit(next, items, end))
            yield item
    finally:
        pool.shutdown(cancel_futures=True)
