"""Reads what came from outside, feed documents and pages, where a parser can be stopped.

Between the bytes of the raw store and the parsers of `transforms`; used by `ingest` and `build`.
"""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from flows.rawstore import RawRecord
from flows.workers import BoundedPool, Bounds, Outcome
from transforms.coding.item_reader import holds_items
from transforms.coding.knowledge import Knowledge
from transforms.coding.text.sentences import read_document
from transforms.errors import FeedError, ReasonedError
from transforms.feeds import Feed, Parsed, parse_feed
from transforms.glimpse import tell_casualties
from transforms.look import (
    audit_sample,
    hold_words,
    look_pattern,
    look_searcher,
    look_words,
    visible_markup,
)
from transforms.pages import Page, PageItem, PageProblem, read_page

AUDITED_SHARE = 0.01
"""Part of the pages that is extracted whatever the look says, as a standing audit of the look."""

PAGE_SECONDS = 3.0
PAGE_MEMORY_MB = 500
"""What one page may take; real ones take a fiftieth of it."""

SMALL_FEED_BYTES = 512 * 1024
"""Up to this a feed is parsed where it stands, as real feeds are, which have 10 to 300 kB. Within
the limits of `transforms/feeds/limits.py` the costliest documents found took a second per MB
(November 2026: character entities, escaped markup, nested XHTML)."""

FEED_SECONDS = 10.0
FEED_MEMORY_MB = 1000
"""What a larger feed may take in a worker, which is killed then; an honest 15 MB take 2 seconds."""

Look = Literal["words", "claims"]
"""What a page must have to be extracted: a word of the casualty vocabulary in its text, or running
text around such words in which the coder finds a claim. The first loses no page with the words, the
second none with claims in its sentences, at half the cost."""

ReadPages = Callable[[Sequence[RawRecord]], list[Page | PageProblem | None]]
"""From stored pages to their articles; None for a page that the first look passes over."""

ReadFeed = Callable[[bytes, str | None, Feed], Parsed]
"""From a feed document, its Content-Type and its feed to its entries, as `parse_feed`."""


class FeedReader:
    """Reads feed documents; large ones in a worker that can be killed. Safe to share by threads."""

    def __init__(self) -> None:
        bounds = Bounds(1, FEED_SECONDS, FEED_MEMORY_MB)
        self._pool: BoundedPool[_FeedItem, Parsed] = BoundedPool(_parse, bounds)
        self._lock = threading.Lock()

    def __call__(self, body: bytes, content_type: str | None, feed: Feed) -> Parsed:
        """As `parse_feed`.

        Raises:
            FeedError: as there, or `xml_limits` where the worker had to be stopped.
            ReasonedError: `internal_error`, where the parser broke.
        """
        if len(body) <= SMALL_FEED_BYTES:
            return parse_feed(body, content_type, feed)
        with self._lock:
            [outcome] = self._pool.run([_FeedItem(body, content_type, feed)])
        if outcome.value is not None:
            return outcome.value
        reason = outcome.reason or ""
        if reason in ("deadline", "memory", "crashed"):
            raise FeedError("xml_limits", f"the parser was stopped: {reason}, {outcome.detail}")
        kind = ReasonedError if reason == "internal_error" else FeedError
        raise kind(reason, outcome.detail)

    def close(self) -> None:
        """End the worker."""
        self._pool.close()


@dataclass(frozen=True, slots=True)
class _FeedItem:
    body: bytes = field(repr=False)
    content_type: str | None
    feed: Feed


def _parse(item: _FeedItem) -> Parsed:
    return parse_feed(item.body, item.content_type, item.feed)


@contextmanager
def feed_reader() -> Iterator[FeedReader]:
    """A reader of feed documents whose worker ends with the block."""
    reader = FeedReader()
    try:
        yield reader
    finally:
        reader.close()


@dataclass(slots=True)
class LookAudit:
    """How the looks did on the pages of a shard.

    Attributes:
        pages: pages that were looked at.
        passed_over: those that no look took for worth reading.
        audited: those of them that were extracted all the same.
        carrying: how many of the audited hold a casualty word in their text.
        missed: addresses of the audited in whose text the coder reads a claim: the looks' mistakes.
    """

    pages: int = 0
    passed_over: int = 0
    audited: int = 0
    carrying: int = 0
    missed: list[str] = field(default_factory=list)


class PageReader:
    """Reads pages, a batch at a time, and keeps count of what the looks do with them.

    Args:
        knowledge: what the coder knows.
        pool: workers that run `read_page`.
        look: what a page must have to be extracted.
    """

    def __init__(
        self, knowledge: Knowledge, pool: BoundedPool[PageItem, Page | None], look: Look
    ) -> None:
        self.audit = LookAudit()
        self._knowledge = knowledge
        self._words = look_words(knowledge.lexicon)
        self._pattern = look_pattern(self._words)
        self._pool = pool
        self._look = look

    def __call__(self, records: Sequence[RawRecord]) -> list[Page | PageProblem | None]:
        """The articles of some pages; None for a page that a look passes over."""
        markup = visible_markup([r.body for r in records], [r.content_type for r in records])
        if self._look == "claims":
            worth = tell_casualties(markup, self._words, self._knowledge)
        else:
            worth = hold_words(markup, self._words)
        audited = audit_sample([record.url for record in records], AUDITED_SHARE)
        chosen = [
            _item(record, self._pattern, audited=bool(audit))
            for record, good, audit in zip(records, worth, audited, strict=True)
            if good or audit
        ]
        found = (_page_of(outcome) for outcome in self._pool.run(chosen))
        read = [next(found) if good else None for good in worth | audited]
        self._note(records, worth, audited, read)
        return read

    def _note(
        self,
        records: Sequence[RawRecord],
        worth: NDArray[np.bool_],
        audited: NDArray[np.bool_],
        read: Sequence[Page | PageProblem | None],
    ) -> None:
        sample: list[tuple[str, Page]] = []
        self.audit.pages += len(records)
        for record, good, audit, page in zip(records, worth, audited, read, strict=True):
            over = not good or page is None or (isinstance(page, Page) and page.passed_over)
            self.audit.passed_over += over
            self.audit.audited += bool(over and audit)
            if over and isinstance(page, Page):
                sample.append((record.url, page))
        words = look_searcher(self._pattern.encode())
        for url, page in sample:
            self.audit.carrying += words.search(page.text.encode("utf-8", "replace")) is not None
            document = read_document("", 1, page.title, page.text)
            if holds_items(document, self._knowledge):
                self.audit.missed.append(url)


@contextmanager
def page_reader(knowledge: Knowledge, look: Look = "words") -> Iterator[PageReader]:
    """A reader of pages that looks before it extracts, and extracts where it can be stopped.

    Args:
        knowledge: what the coder knows.
        look: what a page must have; one without it is passed over, but for a small sample that is
            extracted all the same.
    """
    pool = _take_pool()
    try:
        yield PageReader(knowledge, pool, look)
    except BaseException:
        pool.close()
        raise
    _spare.append(pool)


_spare: list[BoundedPool[PageItem, Page | None]] = []
"""Pools that have read a shard and wait for the next: a worker takes half a second to start."""


def _take_pool() -> BoundedPool[PageItem, Page | None]:
    with suppress(IndexError):  # another thread may have taken the last one just now
        return _spare.pop()
    return BoundedPool(read_page, Bounds(1, PAGE_SECONDS, PAGE_MEMORY_MB))


@atexit.register
def end_page_workers() -> None:
    """End the workers that wait for a shard; those of another process end with it."""
    while _spare:
        _spare.pop().close()


def _item(record: RawRecord, pattern: str, *, audited: bool) -> PageItem:
    return PageItem(
        html=record.body,
        url=record.final_url,
        content_type=record.content_type,
        time_zone=record.feed.time_zone,
        language=record.feed.language,
        pattern=pattern,
        audited=audited,
    )


def _page_of(outcome: Outcome[Page | None]) -> Page | PageProblem | None:
    if outcome.reason is None:
        return outcome.value
    return PageProblem(outcome.reason, outcome.detail)
