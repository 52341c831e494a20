"""How a request ended, as the row that the raw store keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import pandas as pd

from flows.fetch import REASONS, Fetched
from flows.fetching.addresses import redact_url
from flows.fetching.answers import http_date
from flows.ingesting.history import FeedPast
from flows.ingesting.keys import entry_json
from flows.ingesting.plan import FeedPlan, PagePlan, last_try
from flows.rawstore import Outcome
from flows.rawstore.index import FEED
from transforms.errors import FetchError, ReasonedError
from transforms.feeds import Feed, Parsed

WELL = ("fetched", "unchanged")
"""Outcomes of a request that did what it should."""

_LONGEST_DETAIL = 500


@dataclass(frozen=True, slots=True)
class Task:
    """One planned request: a feed document, a part of one, or a page.

    Attributes:
        kind: `feed`, `part` or `page`.
        feed: the feed that it belongs to.
        url: address to ask.
        page: for a page, what it was planned for.
        waits: how often it was put back because its host asked for time.
    """

    kind: str
    feed: Feed
    url: str
    page: PagePlan | None = None
    waits: int = 0


def answer_outcome(task: Task, got: Fetched, moved_to: str | None, at: datetime) -> Outcome:
    """The row of a request that got an answer.

    Args:
        task: the request.
        got: the answer, 200 or 304.
        moved_to: address that was asked in place of the feed's own, or None.
        at: when the answer was there.
    """
    permanent = got.permanent_url or moved_to
    row = Outcome(
        kind=task.kind,
        outcome="unchanged" if got.unchanged else "fetched",
        feed_id=task.feed.id,
        url=_row_url(task),
        final_url=redact_url(got.final_url),
        permanent_url=redact_url(permanent) if permanent else None,
        http_status=got.status,
        content_type=got.content_type,
        etag=got.etag,
        last_modified=got.last_modified,
        wire_bytes=got.wire_bytes,
        seconds=got.seconds,
        fetched_at=at,
        clock_skew=_clock_skew(got, at),
        detail=", ".join(got.notes) or None,
    )
    return _with_page(row, task.page)


def failure_outcome(task: Task, error: FetchError, at: datetime) -> Outcome:
    """The row of a request that brought nothing; a page that failed on its last night is given up.

    Args:
        task: the request.
        error: why.
        at: when that was known.
    """
    outcome = REASONS.get(error.reason, "rejected")
    if task.page and last_try(task.page):
        outcome = "rejected"
    row = Outcome(
        kind=task.kind,
        outcome=outcome,
        feed_id=task.feed.id,
        url=_row_url(task),
        reason=error.reason,
        detail=error.detail[:_LONGEST_DETAIL],
        wire_bytes=None if error.body is None else len(error.body),
        fetched_at=at,
        unread=error.body is not None,
    )
    return _with_page(row, task.page)


def unusable_outcome(row: Outcome, error: ReasonedError) -> Outcome:
    """The row of an answer that came and can't be read as what it should be."""
    return replace(
        row, outcome="rejected", reason=error.reason, detail=error.detail[:_LONGEST_DETAIL]
    )


def skipped_outcome(feed: Feed, reason: str, past: FeedPast) -> Outcome:
    """The row of a retired feed, which is not asked any more."""
    return Outcome(
        kind=FEED,
        outcome="skipped",
        feed_id=feed.id,
        url=redact_url(feed.url),
        reason=reason,
        detail="retired: the server said on earlier nights that it is gone",
        consecutive_failures=past.failures + 1,
        last_success=past.last_success,
    )


def with_entries(row: Outcome, parsed: Parsed, plan: FeedPlan) -> Outcome:
    """The row of a feed document with what was read in it; a list of documents has no entries."""
    entries = parsed.entries
    newest = entries["published_at"].max()
    said = "; ".join([*([row.detail] if row.detail else []), *parsed.findings])
    return replace(
        row,
        entries=None if parsed.children and entries.empty else len(entries),
        newest_entry=None if pd.isna(newest) else newest.to_pydatetime(),
        bare_entries=int((entries["summary"].isna() & entries["content"].isna()).sum()),
        known=plan.known,
        entry_keys=plan.entry_keys,
        detail=said[:_LONGEST_DETAIL] or None,
    )


def with_health(row: Outcome, past: FeedPast, night: date) -> Outcome:
    """The row of a feed with its failures in a row and its last success, tonight included."""
    well = row.outcome in WELL
    return replace(
        row,
        consecutive_failures=0 if well else past.failures + 1,
        last_success=night if well else past.last_success,
    )


def failed_feeds(rows: Sequence[Outcome]) -> tuple[str, ...]:
    """The feeds whose document could not be had, sorted."""
    failed = {r.feed_id for r in rows if r.kind == FEED and r.outcome in ("rejected", "deferred")}
    return tuple(sorted(failed))


def _clock_skew(got: Fetched, at: datetime) -> float | None:
    said = http_date(got.header("date") or "")
    return None if said is None else (said - at).total_seconds()


def _row_url(task: Task) -> str:
    """A feed's row bears the address of the feed list, wherever it has moved since."""
    return redact_url(task.feed.url if task.kind == FEED else task.url)


def _with_page(row: Outcome, page: PagePlan | None) -> Outcome:
    if page is None:
        return row
    return replace(
        row,
        url=page.url,
        page_key=page.page_key,
        entry_key=page.entry_key,
        entry=entry_json(page.entry),
        tries=page.tries,
    )


def put_off(task: Task, reason: str, at: datetime) -> Outcome:
    """The row of a page that is not asked tonight."""
    return failure_outcome(task, FetchError(reason, "more pages than the feed may ask for"), at)
