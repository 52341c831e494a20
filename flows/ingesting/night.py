"""A whole night's ingest around its batches: what it starts from and what it adds up to."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from flows.bucket import StorePath
from flows.fetch import Fetcher, FetchPolicy
from flows.fetching.addresses import redact_url
from flows.ingesting.gather import BatchResult, Run, gather_batch
from flows.ingesting.history import read_past
from flows.ingesting.plan import plan_batches
from flows.ingesting.standing import feed_nights
from flows.lock import hold_lock, lock_path
from flows.rawstore import collect_leftovers, iter_shards, make_root, next_run_id, read_index
from flows.reading import feed_reader
from flows.settings import Ingest
from transforms.errors import CheckError, NothingReachedError
from transforms.feeds import Feed
from transforms.health import judge_feeds

logger = logging.getLogger(__name__)

BATCH_FEEDS = 50
SECOND_RUN_SHARE = 1 / 3
PARALLEL_BATCHES = 4
"""Batches at a time: one that waits for a slow host does not hold up the others."""


@dataclass(frozen=True, slots=True)
class IngestResult:
    """What a night's ingest did.

    Attributes:
        run_id: the run, as in every shard it wrote.
        night: logical date.
        feeds: feeds in the list.
        requests: the balance of requests: planned = fetched + unchanged + rejected + deferred.
        pages: pages by class of the same balance.
        entries: entries seen in feed documents.
        known: those of them whose page was settled before.
        failed_feeds: feeds whose document could not be had, sorted.
        findings: what people should know, one line each.
        seconds: by the clock.
    """

    run_id: str
    night: date
    feeds: int
    requests: dict[str, int]
    pages: dict[str, int]
    entries: int
    known: int
    failed_feeds: tuple[str, ...]
    findings: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def failed_share(self) -> float:
        """The share of the feeds that failed, 0 to 1."""
        return len(self.failed_feeds) / self.feeds if self.feeds else 0.0


def fetch_policy(settings: Ingest) -> FetchPolicy:
    """The rules of fetching that the settings give."""
    mib = 1024 * 1024
    return FetchPolicy(
        user_agent=settings.user_agent,
        contact=settings.contact,
        deadline=settings.deadline_seconds,
        feed_bytes=settings.feed_mib * mib,
        page_bytes=settings.page_mib * mib,
        retries=settings.retries,
        per_host=settings.host_connections,
        delay=settings.host_delay_seconds,
        workers=settings.connections,
        window=settings.night_seconds,
        proxy=settings.proxy or None,
        ca_file=Path(settings.ca_file) if settings.ca_file else None,
    )


@contextmanager
def open_run(
    root: StorePath, night: date, feeds: Sequence[Feed], policy: FetchPolicy
) -> Iterator[Run]:
    """A run with the raw store to itself, after what killed runs left there has been removed.

    Args:
        root: folder or bucket of the raw store; made where it is missing.
        night: logical date.
        feeds: the feeds of the night.
        policy: how polite and how bounded.

    Raises:
        LockedError: another run has the store.
        StoreError: the store can't be written or a shard in it can't be read.
    """
    make_root(root)
    with hold_lock(lock_path(root), purpose=f"ingest {night.isoformat()}"):
        collect_leftovers(root)
        past = read_past(root, night, {feed.id: redact_url(feed.url) for feed in feeds})
        if iter_shards(root, night, night):
            # what used up the deadline once tonight must not make a second run as long as the first
            policy = replace(policy, deadline=policy.deadline * SECOND_RUN_SHARE)
        with closing(Fetcher(policy)) as fetcher, feed_reader() as read_feed:
            yield Run(root, night, next_run_id(root, night), fetcher, past, read_feed)


def unasked_feeds(root: StorePath, night: date, feeds: Sequence[Feed]) -> list[Feed]:
    """The feeds that no run of a night has asked, as far as its shards tell.

    Args:
        root: folder or bucket of the raw store.
        night: logical date.
        feeds: the feeds of the night.
    """
    asked: set[str] = set()
    for shard in iter_shards(root, night, night):
        asked.update(read_index(shard, ["feed_id"])["feed_id"].to_pylist())
    return [feed for feed in feeds if feed.id not in asked]


def batches_of(feeds: Sequence[Feed]) -> list[list[Feed]]:
    """The feeds in batches, each a shard and a task run."""
    return plan_batches(feeds, BATCH_FEEDS)


def workers_for(batches: int, connections: int) -> int:
    """Threads for each batch, so that those at work together make the connections allowed."""
    return max(1, connections // max(1, min(batches, PARALLEL_BATCHES)))


def sum_up(run: Run, feeds: Sequence[Feed], results: Iterable[BatchResult]) -> IngestResult:
    """The night's result.

    Raises:
        CheckError: the balance of requests does not hold.
        NothingReachedError: there were feeds, and not one of them answered.
    """
    listed = list(results)
    outcomes = sum((result.outcomes for result in listed), Counter[tuple[str, str]]())
    planned = sum(result.planned for result in listed)
    if planned != outcomes.total():
        raise CheckError(
            f"balance of requests: {planned} planned, {outcomes.total()} accounted for"
        )
    classes = ("fetched", "unchanged", "rejected", "deferred")
    by_class = {c: sum(n for (_, o), n in outcomes.items() if o == c) for c in classes}
    result = IngestResult(
        run_id=run.run_id,
        night=run.night,
        feeds=len(feeds),
        requests={"planned": planned, **by_class},
        pages={c: outcomes["page", c] for c in classes},
        entries=sum(r.entries for r in listed),
        known=sum(r.known for r in listed),
        failed_feeds=tuple(sorted(f for r in listed for f in r.failed_feeds)),
        findings=tuple(_findings(run, feeds)),
    )
    logger.info(
        "ingest %s: %s, %d feeds failed", run.run_id, result.requests, len(result.failed_feeds)
    )
    if feeds and len(result.failed_feeds) == len(feeds):
        raise NothingReachedError(
            f"not one of {len(feeds)} feeds could be reached; the log has the reasons; is"
            " there a network?"
        )
    return result


def _findings(run: Run, feeds: Sequence[Feed]) -> list[str]:
    shards = [s for s in iter_shards(run.root, run.night, run.night) if s.run_id == run.run_id]
    findings = judge_feeds(feed_nights(run.past, feeds, shards))
    for line in findings:
        logger.warning("%s", line)
    return findings


def ingest_feeds(
    root: StorePath, night: date, feeds: Sequence[Feed], policy: FetchPolicy
) -> IngestResult:
    """A night's ingest without Prefect, batch after batch.

    Args:
        root: folder of the raw store.
        night: logical date.
        feeds: the feeds of the night.
        policy: how polite and how bounded.

    Raises:
        LockedError: another run has the store.
        StoreError: the store can't be written.
        NothingReachedError: there were feeds, and not one of them answered.
    """
    with open_run(root, night, feeds, policy) as run:
        results = [
            gather_batch(run, batch, number, workers=policy.workers)
            for number, batch in enumerate(batches_of(feeds))
        ]
        return sum_up(run, feeds, results)
