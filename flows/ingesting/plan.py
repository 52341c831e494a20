"""What to ask: feeds in batches, and the pages of one feed document."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from flows.fetching.addresses import authority_of
from flows.ingesting.history import NIGHTS_TO_BELIEVE, KnownPages, Pending
from flows.ingesting.keys import entry_key, entry_records, page_key
from transforms.feeds import Feed

MOST_BATCHES = 100
"""A batch is a task run and a shard; a night stays under 200 task runs."""


def plan_batches(feeds: Sequence[Feed], size: int) -> list[list[Feed]]:
    """Feeds in batches of about that size; those of one host stay together, for its pace.

    Args:
        feeds: the feeds of the night.
        size: feeds in a batch; more where there would be too many batches.
    """
    size = max(size, -(-len(feeds) // MOST_BATCHES))
    by_host: dict[str, list[Feed]] = {}
    for feed in feeds:
        by_host.setdefault(_host(feed.url), []).append(feed)
    batches: list[list[Feed]] = []
    for group in sorted(by_host.values(), key=len, reverse=True):
        if not batches or len(batches[-1]) + len(group) > size:
            batches.append([])
        batches[-1].extend(group)
    return batches


def _host(url: str) -> str:
    try:
        return authority_of(url)
    except ValueError:
        return ""


@dataclass(frozen=True, slots=True)
class PagePlan:
    """One page to fetch: the entry that leads to it and on how many nights it was planned.

    `refused` is a reason code where it is put off without being asked.
    """

    url: str
    page_key: int
    entry_key: int
    entry: dict[str, Any]
    tries: int
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class FeedPlan:
    """What follows from one feed document: pages to fetch, and how its entries stand."""

    pages: list[PagePlan]
    entry_keys: tuple[int, ...]
    known: int


def plan_pages(
    feed: Feed,
    entries: pd.DataFrame,
    known: KnownPages,
    pending: Iterable[Pending],
    *,
    later: Collection[int] = (),
) -> FeedPlan:
    """The pages that a feed document and earlier nights leave to be fetched, newest first.

    Args:
        feed: the feed; one with full text needs no pages.
        entries: its entries frame, perhaps empty.
        known: pages that are settled.
        pending: pages of this feed put off by earlier nights.
        later: positions of entries that belong to a later night.
    """
    records = entry_records(entries)
    keys = tuple(page_key(e["url"], feed.id, e["guid"]) for e in records)
    waiting = {one.page_key: one for one in pending}
    pages: dict[int, PagePlan] = {}
    seen_before = 0
    for at, (key, entry) in enumerate(zip(keys, records, strict=True)):
        if at in later:
            continue
        said = entry_key(entry)
        if known.entry_key(key) == said:
            seen_before += 1
        elif not feed.full_text and entry["url"] and key not in pages:
            tries = waiting[key].tries if key in waiting else 0
            pages[key] = PagePlan(entry["url"], key, said, entry, tries + 1)
    for key, one in waiting.items():
        if key not in pages and key not in keys:
            said = entry_key(one.entry)
            pages[key] = PagePlan(one.url, key, said, one.entry, one.tries + 1)
    newest = sorted(pages.values(), key=lambda p: p.entry["published_at"] or "", reverse=True)
    return FeedPlan([_bounded(p, at, feed) for at, p in enumerate(newest)], keys, seen_before)


def _bounded(page: PagePlan, at: int, feed: Feed) -> PagePlan:
    if at < feed.max_pages:
        return page
    return PagePlan(page.url, page.page_key, page.entry_key, page.entry, page.tries, "max_pages")


def last_try(page: PagePlan) -> bool:
    """Whether a page that fails once more is given up."""
    return page.tries >= NIGHTS_TO_BELIEVE
