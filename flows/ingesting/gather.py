"""One batch of feeds: fetch them, read them, fetch their pages, store all of it as one shard."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from hashlib import sha256

import pandas as pd

from flows.bucket import StorePath
from flows.fetch import Fetched, Fetcher
from flows.fetching.addresses import authority_of, check_url, host_of, plain
from flows.ingesting.history import FeedPast, Past
from flows.ingesting.outcomes import (
    Task,
    answer_outcome,
    failed_feeds,
    failure_outcome,
    put_off,
    skipped_outcome,
    unusable_outcome,
    with_entries,
    with_health,
)
from flows.ingesting.plan import FeedPlan, PagePlan, plan_pages
from flows.ingesting.schedule import Job, run_jobs
from flows.rawstore import Outcome, ShardWriter, write_shard
from flows.rawstore.index import FEED, PAGE, PART
from flows.reading import ReadFeed
from transforms.errors import FeedError, FetchError, ReasonedError
from transforms.feeds import Feed, Parsed, empty_entries, parse_feed
from transforms.nights import is_of_later_night

logger = logging.getLogger(__name__)

_MOST_PARTS = 3
"""Sitemaps of a sitemap index that are read, newest first; older ones hold old news."""

_MOST_WAITS = 2
"""How often one request waits in one night for a host that asks for time."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Run:
    """What all batches of a run share.

    Attributes:
        root: folder of the raw store.
        night: logical date.
        run_id: the run.
        fetcher: does the requests.
        past: what earlier nights left.
        read_feed: reads a feed document.
        clock: the time, for `fetched_at`.
        stopped: set where the run is interrupted: no batch asks for more, none is stored.
    """

    root: StorePath
    night: date
    run_id: str
    fetcher: Fetcher
    past: Past
    read_feed: ReadFeed = parse_feed
    clock: Callable[[], datetime] = _utc_now
    stopped: threading.Event = field(default_factory=threading.Event)
    _claimed: set[int] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def claim(self, pages: Iterable[PagePlan]) -> list[PagePlan]:
        """Those pages that no other feed of this run has taken; they are taken now."""
        with self._lock:
            won = [page for page in pages if page.page_key not in self._claimed]
            self._claimed.update(page.page_key for page in won)
        return won


@dataclass(frozen=True, slots=True)
class BatchResult:
    """How a batch ended.

    Attributes:
        planned: requests that were planned.
        outcomes: requests by kind and class of the balance.
        entries: entries seen in feed documents.
        known: those of them whose page was settled before.
        failed_feeds: feeds whose document could not be had.
    """

    planned: int
    outcomes: Counter[tuple[str, str]]
    entries: int
    known: int
    failed_feeds: tuple[str, ...]


def gather_batch(run: Run, feeds: Sequence[Feed], batch: int, *, workers: int) -> BatchResult:
    """Ingest one batch of feeds and commit its shard.

    Args:
        run: what all batches share.
        feeds: the feeds of the batch.
        batch: its number.
        workers: requests at a time.

    Raises:
        StoreError: the shard can't be written. No feed and no page raises anything.
        InterruptedError: the run was stopped; nothing of the batch is stored.
    """
    with write_shard(
        run.root, night=run.night, run_id=run.run_id, batch=batch, feeds=feeds
    ) as writer:
        gathering = _Gathering(run, writer)
        jobs = [job for feed in feeds for job in gathering.start(feed)]
        hosts = run.fetcher.hosts
        run_jobs(jobs, gathering.work, hosts, workers=workers, stopped=run.stopped)
    return gathering.result()


class _Gathering:
    """The work on one batch; its methods run on several threads."""

    def __init__(self, run: Run, writer: ShardWriter) -> None:
        self._run = run
        self._writer = writer
        self._planned = 0
        self._lock = threading.Lock()

    def start(self, feed: Feed) -> list[Job[Task]]:
        """The first jobs of a feed: its document, or for a retired one what is left to do."""
        past = self._past(feed)
        if past.retired is None:
            return [self._plan(Task(FEED, feed, past.moved_to or feed.url))]
        self._writer.add(skipped_outcome(feed, past.retired, past))
        return self._follow_pages(feed, empty_entries(), pending=True)[1]

    def work(self, job: Job[Task], refusal: FetchError | None) -> list[Job[Task]]:
        """Do one request, store how it ended, and return what follows from it."""
        task = job.task
        try:
            if refusal:
                raise refusal
            got = self._fetch(task)
        except FetchError as error:
            if self._worth_waiting(job, error):
                return [Job(job.host, replace(task, waits=task.waits + 1))]
            return self._fail(task, error)
        except Exception as error:
            logger.exception("fetching a %s of feed %s broke", task.kind, task.feed.id)
            return self._fail(task, FetchError("internal_error", plain(repr(error))))
        row = answer_outcome(task, got, self._past(task.feed).moved_to, self._run.clock())
        if task.kind == PAGE:
            self._writer.add(row, got.body, got.headers)
            return []
        return self._take_document(task, row, got)

    def result(self) -> BatchResult:
        """The balance of what was planned and what was stored."""
        rows = [row for row, _ in self._writer.rows]
        return BatchResult(
            planned=self._planned,
            outcomes=Counter((r.kind, r.outcome) for r in rows if r.outcome != "skipped"),
            entries=sum(r.entries or 0 for r in rows),
            known=sum(r.known or 0 for r in rows),
            failed_feeds=failed_feeds(rows),
        )

    def _past(self, feed: Feed) -> FeedPast:
        return self._run.past.feed(feed.id)

    def _plan(self, task: Task) -> Job[Task]:
        with self._lock:
            self._planned += 1
        try:
            return Job(authority_of(check_url(task.url)), task)
        except FetchError:
            # an address without a usable host waits for nobody; fetching it says what is wrong
            return Job("", task)

    def _fetch(self, task: Task) -> Fetched:
        policy = self._run.fetcher.policy
        own = frozenset({host_of(task.feed.url)}) if task.feed.internal else frozenset()
        return self._run.fetcher.fetch(
            task.url,
            limit=policy.page_bytes if task.kind == PAGE else policy.feed_bytes,
            validators=self._past(task.feed).validators if task.kind == FEED else None,
            internal_hosts=own,
            admitted=True,
        )

    def _worth_waiting(self, job: Job[Task], error: FetchError) -> bool:
        waits = error.reason == "rate_limited" and job.task.waits < _MOST_WAITS
        return waits and self._run.fetcher.hosts.blocked_for(job.host) is not None

    def _fail(self, task: Task, error: FetchError) -> list[Job[Task]]:
        row = failure_outcome(task, error, self._run.clock())
        if task.kind != PAGE:
            return self._end_document(task, row, error)
        self._writer.add(row, error.body, error.headers)
        return []

    def _take_document(self, task: Task, row: Outcome, got: Fetched) -> list[Job[Task]]:
        """Read a feed document, unless it is the one of an earlier night."""
        same = task.kind == FEED and self._past(task.feed).sha256 == sha256(got.body).hexdigest()
        if got.unchanged or same:
            return self._end_document(task, replace(row, outcome="unchanged"))
        try:
            parsed = self._run.read_feed(got.body, got.content_type, task.feed)
        except FeedError as error:
            return self._end_document(task, unusable_outcome(row, error), got)
        except Exception as error:
            logger.exception("reading feed %s broke", task.feed.id)
            broken = ReasonedError("internal_error", plain(repr(error)))
            return self._end_document(task, unusable_outcome(row, broken), got)
        return self._end_document(task, row, got, parsed)

    def _end_document(
        self,
        task: Task,
        row: Outcome,
        got: Fetched | FetchError | None = None,
        parsed: Parsed | None = None,
    ) -> list[Job[Task]]:
        """Store how a feed document ended; the pages that earlier nights put off follow anyway."""
        entries = parsed.entries if parsed else empty_entries()
        plan, jobs = self._follow_pages(task.feed, entries, pending=task.kind == FEED)
        if parsed:
            row = with_entries(row, parsed, plan)
        if task.kind == FEED:
            row = with_health(row, self._past(task.feed), self._run.night)
        self._writer.add(row, got.body if got else None, got.headers if got else ())
        parts = parsed.children[:_MOST_PARTS] if parsed and task.kind == FEED else ()
        return [*jobs, *(self._plan(Task(PART, task.feed, url)) for url in parts)]

    def _follow_pages(
        self, feed: Feed, entries: pd.DataFrame, *, pending: bool
    ) -> tuple[FeedPlan, list[Job[Task]]]:
        """Plan the pages of a document; those beyond the feed's bound are put off at once."""
        waiting = self._run.past.pending.get(feed.id, []) if pending else []
        later = _of_later_nights(entries, self._run.night, self._run.clock())
        plan = plan_pages(feed, entries, self._run.past.pages, waiting, later=later)
        jobs = []
        for page in self._run.claim(plan.pages):
            task = Task(PAGE, feed, page.url, page)
            job = self._plan(task)
            if page.refused:
                self._writer.add(put_off(task, page.refused, self._run.clock()))
            else:
                jobs.append(job)
        return plan, jobs


def _of_later_nights(entries: pd.DataFrame, night: date, now: datetime) -> set[int]:
    """Positions of the entries that a night caught up later leaves to those after it."""
    moments = [None if pd.isna(at) else at for at in entries["published_at"]]
    return {n for n, at in enumerate(moments) if is_of_later_night(at, night, now)}
