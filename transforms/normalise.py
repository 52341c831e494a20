"""Entries and pages to articles: clean text, one identity, one date, one day of report.

Stands between `feeds`, `pages` and `versions`. Every entry comes out exactly once: as an article,
as a reject or as deferred.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import pandas as pd

from transforms.boilerplate import without_headline, without_pointers
from transforms.cleaning import clean_text, count_words
from transforms.dates import day_in
from transforms.feeds import Feed, entry_rows
from transforms.identity import hash_id
from transforms.language import detect_language
from transforms.markup import plain_text
from transforms.nights import MAX_AHEAD, is_of_later_night, start_of
from transforms.pages import DEFERRED, PASSED_OVER, Page, PageProblem
from transforms.schema import frame_of
from transforms.urls import canonical_url

MAX_TEXT_CHARACTERS = 500_000
"""Above the longest news texts (live blogs of a day have some 200,000), far below a data dump."""
MAX_TITLE_CHARACTERS = 1000
FIRST_DAY = datetime(1900, 1, 1, tzinfo=UTC)

TEXT_COLUMNS = {"article_id": "str", "version": "Int32", "text": "str", "text_source": "str"}
"""Columns of the private texts frame. `text_source` is page, content, summary or title."""


@dataclass(frozen=True, slots=True)
class Normalised:
    """What became of some entries.

    Attributes:
        articles: table articles; version is 1 until `assign_versions` has seen the rows.
        texts: `TEXT_COLUMNS`; row for row the texts of articles.
        rejects: table rejects: entries (stage normalise), pages without a text (stage extract).
        findings: what was odd, one line a kind, starting with a reason code.
        seen: entries that came in.
        deferred: entries that are left to a later night, or whose page is.
    """

    articles: pd.DataFrame
    texts: pd.DataFrame
    rejects: pd.DataFrame
    findings: list[str] = field(default_factory=list)
    seen: int = 0
    deferred: int = 0

    @property
    def rejected(self) -> int:
        """Entries that were rejected."""
        return int((self.rejects["stage"] == "normalise").sum())


@dataclass(frozen=True, slots=True)
class FeedBatch:
    """What one run has of one feed.

    Attributes:
        feed: the feed.
        entries: its entries frame, one row per entry, in document order.
        led: further entries, as `entry_rows` gives them.
        pages: what was read from the entries' pages, by the entry's url. An entry whose page is not
            in it (not wanted), or is passed over, takes the text that its feed gives.
        fetched_at: when the bytes were fetched, UTC.
        raw_ref: where the bytes of the feed's document are, for rejects.
    """

    feed: Feed
    entries: pd.DataFrame
    pages: Mapping[str, Page | PageProblem]
    fetched_at: datetime
    raw_ref: str | None = None
    led: Sequence[dict[str, Any]] = ()


def normalise_batches(batches: Iterable[FeedBatch], *, night: date, run_id: str) -> Normalised:
    """Make articles of the entries of many feeds.

    Args:
        batches: one per feed.
        night: logical date of the run.
        run_id: the ingest run.

    Returns:
        One article per entry that has a text, in the order of the batches and their entries.
    """
    work = _Work(night, run_id)
    for batch in batches:
        rows = _BatchWork(work, batch)
        entries = [*(entry_rows(batch.entries) if len(batch.entries) else ()), *batch.led]
        for entry in entries:
            rows.take(entry, batch.pages.get(entry["url"] or ""))
        work.findings += rows.findings()
        work.seen += len(entries)
    return work.result()


def normalise_entries(
    entries: pd.DataFrame,
    pages: Mapping[str, Page | PageProblem],
    feed: Feed,
    *,
    night: date,
    run_id: str,
    fetched_at: datetime,
    raw_ref: str | None = None,
) -> Normalised:
    """Make articles of the entries of one feed; see `FeedBatch` and `normalise_batches`."""
    batch = FeedBatch(feed, entries, pages, fetched_at, raw_ref)
    return normalise_batches([batch], night=night, run_id=run_id)


def join_normalised(parts: Iterable[Normalised]) -> Normalised:
    """Several results as one, in order."""
    listed = list(parts)
    if not listed:
        return Normalised(frame_of("articles", []), texts_frame([]), frame_of("rejects", []))
    return Normalised(
        pd.concat([p.articles for p in listed], ignore_index=True),
        pd.concat([p.texts for p in listed], ignore_index=True),
        pd.concat([p.rejects for p in listed], ignore_index=True),
        [line for p in listed for line in p.findings],
        sum(p.seen for p in listed),
        sum(p.deferred for p in listed),
    )


def texts_frame(rows: list[tuple[str, int, str, str]]) -> pd.DataFrame:
    """The texts frame from rows in the order of `TEXT_COLUMNS`."""
    return pd.DataFrame(rows, columns=list(TEXT_COLUMNS), dtype=object).astype(TEXT_COLUMNS)


def text_digest(title: str | None, text: str | None) -> str:
    """SHA-256 of headline and text: what makes a version."""
    return sha256(f"{title or ''}\n{text or ''}".encode("utf-8", "replace")).hexdigest()


class _Work:
    """The rows that grow while the feeds of a run are gone through."""

    def __init__(self, night: date, run_id: str) -> None:
        self.day = night
        self.night = datetime(night.year, night.month, night.day)  # noqa: DTZ001 - a day has no zone
        self.run_id = run_id
        self.articles: list[dict[str, Any]] = []
        self.texts: list[tuple[str, int, str, str]] = []
        self.rejects: list[dict[str, Any]] = []
        self.findings: list[str] = []
        self.seen = 0
        self.deferred = 0

    def result(self) -> Normalised:
        """All rows as frames."""
        return Normalised(
            frame_of("articles", self.articles),
            texts_frame(self.texts),
            frame_of("rejects", self.rejects),
            self.findings,
            self.seen,
            self.deferred,
        )


class _BatchWork:
    """Goes through the entries of one feed and adds to the rows of its run."""

    def __init__(self, work: _Work, batch: FeedBatch) -> None:
        self._work = work
        self._batch = batch
        self._feed = batch.feed
        self._findings: Counter[str] = Counter()

    def findings(self) -> list[str]:
        """What was odd, one line a kind."""
        listed = sorted(self._findings.items())
        return [f"{reason}: {n} entries of feed {self._feed.id}" for reason, n in listed]

    def take(self, entry: dict[str, Any], read: Page | PageProblem | None) -> None:
        """Make an article, a reject or a deferral of an entry."""
        if isinstance(read, PageProblem) and read.reason == DEFERRED:
            self._work.deferred += 1
            return
        if is_of_later_night(entry["published_at"], self._work.day, self._batch.fetched_at):
            self._work.deferred += 1
            self._findings["later_night"] += 1
            return
        page = read if isinstance(read, Page) else None
        passed_over = isinstance(read, PageProblem) and read.reason == PASSED_OVER
        where = read.raw_ref if read else None
        if isinstance(read, PageProblem) and not passed_over:
            self._reject("extract", read.reason, read.detail, entry, where)
        self._findings.update(entry["flags"] or ())
        title = _title(entry["title"] or (page.title if page else None))
        text, source = _body(entry, page, title)
        if not title and not text:
            reason = PASSED_OVER if passed_over else "no_text"
            detail = "no casualty word in the page" if passed_over else "neither headline nor text"
            self._reject("normalise", reason, detail, entry, where)
        elif len(text) > MAX_TEXT_CHARACTERS:
            detail = f"{len(text)} characters, at most {MAX_TEXT_CHARACTERS} are read"
            self._reject("normalise", "text_limits", detail, entry, where)
        else:
            self._keep(entry, page, title, text, source)

    def _keep(
        self, entry: dict[str, Any], page: Page | None, title: str | None, text: str, source: str
    ) -> None:
        canonical = canonical_url(entry["url"])
        article_id = self._article_id(entry, canonical, title, text)
        published_at, date_source = self._published(entry, page)
        language = (page.language if page else None) or detect_language(f"{title or ''}. {text}")
        self._work.articles.append(
            {
                "article_id": article_id,
                "version": 1,
                "feed_id": self._feed.id,
                "publisher": self._feed.publisher,
                "url": entry["url"],
                "canonical_url": canonical,
                "title": title,
                "language": language or self._feed.language,
                "published_at": published_at,
                "report_date": day_in(published_at, self._feed.time_zone) if published_at else None,
                "published_at_source": date_source,
                "updated_at": entry["updated_at"] or (page.updated_at if page else None),
                "fetched_at": self._batch.fetched_at,
                "night": self._work.night,
                "word_count": count_words(text),
                "text_sha256": text_digest(title, text),
                "run_id": self._work.run_id,
            }
        )
        self._work.texts.append((article_id, 1, text, source))

    def _article_id(
        self, entry: dict[str, Any], canonical: str | None, title: str | None, text: str
    ) -> str:
        if canonical:
            return hash_id(canonical)
        if entry["guid"]:
            return hash_id(self._feed.id, entry["guid"])
        # nothing else is left to know it by; an edit will make another article of it
        self._findings["no_identity"] += 1
        return hash_id(self._feed.id, "", title or text)

    def _published(
        self, entry: dict[str, Any], page: Page | None
    ) -> tuple[datetime | None, str | None]:
        at, source = entry["published_at"], "feed"
        if at is None:
            at, source = (page.published_at if page else None), "page"
        if at is None:
            return None, None
        # a machine whose clock is behind must not make errors of true dates
        seen_at = max(self._batch.fetched_at, start_of(self._work.day))
        if at > seen_at + MAX_AHEAD or at < FIRST_DAY:
            self._findings["future_date" if at > seen_at else "ancient_date"] += 1
            return seen_at, "clamped"
        return at, source

    def _reject(
        self, stage: str, reason: str, detail: str, entry: dict[str, Any], where: str | None
    ) -> None:
        rejects = self._work.rejects
        key = entry["url"] or entry["guid"] or ""
        rejects.append(
            {
                "run_id": self._work.run_id,
                "reject_id": hash_id(self._work.run_id, stage, self._feed.id, key, len(rejects)),
                "night": self._work.night,
                "stage": stage,
                "reason": reason,
                "feed_id": self._feed.id,
                "url": entry["url"],
                "detail": detail,
                "raw_ref": where or self._batch.raw_ref,
            }
        )


def _title(title: str | None) -> str | None:
    if not title:
        return None
    return " ".join(clean_text(plain_text(title)).split())[:MAX_TITLE_CHARACTERS] or None


def _body(entry: dict[str, Any], page: Page | None, title: str | None) -> tuple[str, str]:
    """The best text there is, and where it comes from."""
    found = {
        "page": page.text if page else None,
        "content": entry["content"],
        "summary": entry["summary"],
    }
    for source, text in found.items():
        if text:
            cleaned = without_headline(without_pointers(clean_text(text)), title)
            if cleaned:
                return cleaned, source
    return "", "title"
