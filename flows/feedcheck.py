"""The `feeds check` command: fetch every feed once, store nothing, say how each answered."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass

from flows.fetch import Fetcher
from flows.fetching.addresses import host_of
from flows.ingesting.night import fetch_policy
from flows.reading import ReadFeed, feed_reader
from flows.settings import Settings
from transforms.errors import ReasonedError
from transforms.feeds import Feed


@dataclass(frozen=True, slots=True)
class Answer:
    """How a feed answered: entries and oddities, or the reason why it could not be read."""

    feed: Feed
    entries: int = 0
    notes: tuple[str, ...] = ()
    reason: str | None = None

    def __str__(self) -> str:
        said = "; ".join(self.notes)
        if self.reason:
            return f"{self.feed.id}: {self.reason}: {said}"
        return f"{self.feed.id}: {self.entries} entries{f' ({said})' if said else ''}"


def check_feeds(feeds: Sequence[Feed], settings: Settings) -> list[Answer]:
    """Fetch and read every feed.

    Args:
        feeds: the feeds.
        settings: rules of fetching.

    Returns:
        One answer per feed, in order.
    """
    with (
        closing(Fetcher(fetch_policy(settings.ingest))) as fetcher,
        feed_reader() as read_feed,
        ThreadPoolExecutor(settings.ingest.connections) as pool,
    ):
        return list(pool.map(lambda feed: _check(feed, fetcher, read_feed), feeds))


def _check(feed: Feed, fetcher: Fetcher, read_feed: ReadFeed) -> Answer:
    own = frozenset({host_of(feed.url)}) if feed.internal else frozenset[str]()
    try:
        got = fetcher.fetch(feed.url, limit=fetcher.policy.feed_bytes, internal_hosts=own)
        parsed = read_feed(got.body, got.content_type, feed)
    except ReasonedError as error:
        return Answer(feed, notes=(error.detail,), reason=error.reason)
    notes = list(parsed.findings)
    if parsed.children:
        notes.append(f"lists {len(parsed.children)} sitemaps")
    elif feed.entries_expected and len(parsed.entries) < feed.entries_expected / 2:
        notes.append(f"{feed.entries_expected} were expected")
    if got.permanent_url:
        notes.append(f"moved for good to {got.permanent_url}")
    return Answer(feed, len(parsed.entries), tuple(notes))
