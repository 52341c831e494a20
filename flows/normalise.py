"""A shard of the raw store becomes articles and texts: first step of `build`.

Feed documents are read again, pages are looked at and extracted, and both meet in
`transforms/normalise.py`. Nothing here asks the network.
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import pandas as pd

from flows.rawstore import RawRecord, Shard, read_index, read_shard
from flows.rawstore.index import PAGE
from flows.reading import ReadFeed, ReadPages
from transforms.errors import FeedError
from transforms.feeds import ENTRY_COLUMNS, Feed, empty_entries
from transforms.identity import hash_id
from transforms.normalise import FeedBatch, Normalised, normalise_batches
from transforms.pages import DEFERRED, PASSED_OVER, Page, PageProblem
from transforms.schema import frame_of

logger = logging.getLogger(__name__)

PAGES_AT_A_TIME = 64
"""Pages whose bytes are held together: the look scans them as one column."""


_TIMES = [name for name, kind in ENTRY_COLUMNS.items() if kind.startswith("datetime")]


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


def normalise_shard(shard: Shard, read_feed: ReadFeed, read_pages: ReadPages) -> Normalised:
    """The articles and texts of a shard; versions are still to be numbered.

    Args:
        shard: a committed shard.
        read_feed: reads a feed document.
        read_pages: reads pages, a batch at a time.

    Returns:
        Articles, texts and rejects, feed after feed in the order of their ids.

    Raises:
        StoreError: the shard can't be read or was changed.
    """
    feeds: dict[tuple[str, int], _Answers] = {}
    repeats: Counter[tuple[str, str]] = Counter()
    refused: list[dict[str, object]] = []
    pages: list[tuple[_Answers, RawRecord]] = []
    for record in read_shard(shard):
        which = 0
        if record.kind == PAGE:
            # an archive may hold an address twice: each answer is an entry of its own
            which = repeats[record.feed.id, record.url]
            repeats[record.feed.id, record.url] += 1
        answers = feeds.setdefault(
            (record.feed.id, which), _Answers(record.feed, record.fetched_at)
        )
        if record.kind == PAGE:
            pages.append((answers, record))
        else:
            _take_document(answers, record, read_feed, refused)
        if len(pages) == PAGES_AT_A_TIME:
            _take_pages(pages, read_pages)
            pages = []
    _take_pages(pages, read_pages)
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


def _take_document(
    answers: _Answers,
    record: RawRecord,
    read_feed: ReadFeed,
    refused: list[dict[str, object]],
) -> None:
    answers.fetched_at = record.fetched_at
    answers.raw_ref = record.raw_ref
    try:
        parsed = read_feed(record.body, record.content_type, record.feed)
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


def _take_pages(pages: Sequence[tuple[_Answers, RawRecord]], read_pages: ReadPages) -> None:
    read = read_pages([record for _, record in pages])
    for (answers, record), page in zip(pages, read, strict=True):
        entry = record.entry or {"url": record.url}
        answers.led.append(entry)
        found = page or PageProblem(PASSED_OVER, "no casualty word in the page")
        answers.pages[str(entry["url"])] = replace(found, raw_ref=record.raw_ref)


def _put_off(feeds: dict[tuple[str, int], _Answers], shard: Shard) -> None:
    """Mark the entries whose page could not be had tonight and will be asked for again."""
    problem = PageProblem(DEFERRED, "left to a later night")
    for row in read_index(shard, ["kind", "outcome", "feed_id", "entry"]).to_pylist():
        answers = feeds.get((row["feed_id"], 0))
        if row["kind"] == PAGE and row["outcome"] == "deferred" and answers:
            answers.pages.setdefault(json.loads(row["entry"])["url"], problem)


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
