"""A shard of the raw store becomes articles and texts: first step of `build`.

Feed documents are read again, pages are looked at and extracted, and both meet in
`transforms/normalise.py`. Nothing here asks the network.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

import pandas as pd

from flows.rawstore import RawRecord, Shard, read_index, read_shard
from flows.rawstore.index import PAGE
from flows.workers import BoundedPool, Bounds, Outcome
from transforms.coding.knowledge import Knowledge
from transforms.errors import FeedError
from transforms.feeds import ENTRY_COLUMNS, Feed, empty_entries, parse_feed
from transforms.glimpse import tell_casualties
from transforms.identity import hash_id
from transforms.look import audit_sample, look_pattern, look_words, visible_markup
from transforms.normalise import FeedBatch, Normalised, normalise_batches
from transforms.pages import DEFERRED, Page, PageItem, PageProblem, read_page
from transforms.schema import frame_of

logger = logging.getLogger(__name__)

PAGES_AT_A_TIME = 64
"""Pages whose bytes are held together: the look scans them as one column."""

AUDITED_SHARE = 0.01
"""Part of the pages passed over that is extracted all the same, as a standing audit of the look."""

PAGE_SECONDS = 3.0
PAGE_MEMORY_MB = 500
"""What one page may take; real ones take a fiftieth of it."""

_TIMES = [name for name, kind in ENTRY_COLUMNS.items() if kind.startswith("datetime")]

ReadPages = Callable[[Sequence[RawRecord]], list[Page | PageProblem | None]]
"""From stored pages to their articles; None for a page that the first look passes over."""


@dataclass(slots=True)
class _Answers:
    """What a shard holds of one feed."""

    feed: Feed
    fetched_at: datetime
    raw_ref: str | None = None
    documents: list[pd.DataFrame] = field(default_factory=list)
    led: list[dict[str, object]] = field(default_factory=list)
    pages: dict[str, Page | PageProblem] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)


def normalise_shard(shard: Shard, read_pages: ReadPages) -> Normalised:
    """The articles and texts of a shard; versions are still to be numbered.

    Args:
        shard: a committed shard.
        read_pages: reads pages, a batch at a time.

    Returns:
        Articles, texts and rejects, feed after feed in the order of their ids.

    Raises:
        StoreError: the shard can't be read or was changed.
    """
    feeds: dict[str, _Answers] = {}
    refused: list[dict[str, object]] = []
    pages: list[RawRecord] = []
    for record in read_shard(shard):
        answers = feeds.setdefault(record.feed.id, _Answers(record.feed, record.fetched_at))
        if record.kind == PAGE:
            pages.append(record)
        else:
            _take_document(answers, record, refused)
        if len(pages) == PAGES_AT_A_TIME:
            _take_pages(feeds, pages, read_pages)
            pages = []
    _take_pages(feeds, pages, read_pages)
    _put_off(feeds, shard)
    none = empty_entries()
    batches = (_batch_of(feeds[name], none) for name in sorted(feeds))
    done = normalise_batches(batches, night=shard.night, run_id=shard.run_id)
    logger.info("shard %s: %d entries, %d articles", shard.name, done.seen, len(done.articles))
    said = [line for name in sorted(feeds) for line in feeds[name].findings]
    return replace(
        done,
        rejects=pd.concat([frame_of("rejects", refused), done.rejects], ignore_index=True),
        findings=[*said, *done.findings],
    )


def _take_document(answers: _Answers, record: RawRecord, refused: list[dict[str, object]]) -> None:
    answers.fetched_at = record.fetched_at
    answers.raw_ref = record.raw_ref
    try:
        parsed = parse_feed(record.body, record.content_type, record.feed)
    except FeedError as error:
        refused.append(
            {
                "run_id": record.run_id,
                "reject_id": hash_id(record.run_id, "parse", record.raw_ref),
                "night": record.night,
                "stage": "parse",
                "reason": error.reason,
                "feed_id": record.feed.id,
                "url": record.url,
                "detail": error.detail,
                "raw_ref": record.raw_ref,
            }
        )
    else:
        answers.documents.append(parsed.entries)
        answers.findings += [f"{line} (feed {record.feed.id})" for line in parsed.findings]


def _take_pages(
    feeds: dict[str, _Answers], records: Sequence[RawRecord], read_pages: ReadPages
) -> None:
    for record, page in zip(records, read_pages(records), strict=True):
        entry = record.entry or {"url": record.url}
        answers = feeds[record.feed.id]
        answers.led.append(entry)
        if page is not None:
            answers.pages[str(entry["url"])] = page


def _put_off(feeds: dict[str, _Answers], shard: Shard) -> None:
    """Mark the entries whose page could not be had tonight and will be asked for again."""
    problem = PageProblem(DEFERRED, "left to a later night")
    for row in read_index(shard, ["kind", "outcome", "feed_id", "entry"]).to_pylist():
        if row["kind"] == PAGE and row["outcome"] == "deferred" and row["feed_id"] in feeds:
            url = json.loads(row["entry"])["url"]
            feeds[row["feed_id"]].pages.setdefault(url, problem)


def _batch_of(answers: _Answers, none: pd.DataFrame) -> FeedBatch:
    entries = (
        pd.concat([none, *answers.documents], ignore_index=True) if answers.documents else none
    )
    known = set(entries["url"].dropna())
    led = [_entry_row(e) for e in answers.led if e.get("url") not in known]
    return FeedBatch(answers.feed, entries, answers.pages, answers.fetched_at, answers.raw_ref, led)


def _entry_row(stored: dict[str, object]) -> dict[str, object]:
    """An entry that an earlier night's document held, as `entry_rows` would give it."""
    row = {name: stored.get(name) for name in ENTRY_COLUMNS}
    for name in _TIMES:
        row[name] = pd.Timestamp(str(row[name])).tz_convert("UTC") if row[name] else None
    return row


@contextmanager
def page_reader(knowledge: Knowledge) -> Iterator[ReadPages]:
    """A reader of pages that looks before it extracts, and extracts where it can be stopped.

    Args:
        knowledge: what the coder knows; a page in whose running text it finds no claim is passed
            over, but for a small sample that is extracted all the same.
    """
    words = look_words(knowledge.lexicon)
    pattern = look_pattern(words)
    with BoundedPool(read_page, Bounds(1, PAGE_SECONDS, PAGE_MEMORY_MB)) as pool:

        def read(records: Sequence[RawRecord]) -> list[Page | PageProblem | None]:
            bodies = [record.body for record in records]
            markup = visible_markup(bodies, [record.content_type for record in records])
            worth = tell_casualties(markup, words, knowledge)
            audited = audit_sample([record.url for record in records], AUDITED_SHARE)
            chosen = [
                _item(record, None if audit else pattern)
                for record, good, audit in zip(records, worth, audited, strict=True)
                if good or audit
            ]
            found = (_page_of(outcome) for outcome in pool.run(chosen))
            return [next(found) if good else None for good in worth | audited]

        yield read


def _item(record: RawRecord, pattern: str | None) -> PageItem:
    return PageItem(
        html=record.body,
        url=record.final_url,
        content_type=record.content_type,
        time_zone=record.feed.time_zone,
        language=record.feed.language,
        pattern=pattern,
    )


def _page_of(outcome: Outcome[Page | None]) -> Page | PageProblem | None:
    if outcome.reason is None:
        return outcome.value
    return PageProblem(outcome.reason, outcome.detail)
