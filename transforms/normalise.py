"""Entries and pages to articles: clean text, one identity, one date, one day of report.

Stands between `feeds`, `pages` and `versions`. Every entry comes out exactly once: as an article,
as a reject or as deferred.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

import ftfy
import pandas as pd
from ftfy.badness import is_bad

from transforms.boilerplate import without_headline, without_pointers
from transforms.dates import day_in
from transforms.feeds import Feed
from transforms.identity import hash_id
from transforms.language import detect_language
from transforms.markup import plain_text, tidy_text
from transforms.pages import DEFERRED, Page, PageProblem
from transforms.schema import frame_of
from transforms.urls import canonical_url

MAX_TEXT_CHARACTERS = 500_000
"""Above the longest news texts (live blogs of a day have some 200,000), far below a data dump."""
MAX_TITLE_CHARACTERS = 1000
MAX_AHEAD = timedelta(hours=48)
FIRST_DAY = datetime(1900, 1, 1, tzinfo=UTC)

TEXT_COLUMNS = {"article_id": "str", "version": "Int32", "text": "str", "text_source": "str"}
"""Columns of the private texts frame. `text_source` is page, content, summary or title."""

_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\ufff9-\ufffb]"
)
_LINE_ENDS = re.compile("\r\n?|[\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Normalised:
    """What became of some entries.

    Attributes:
        articles: table articles; version is 1 until `assign_versions` has seen the rows.
        texts: `TEXT_COLUMNS`; row for row the texts of articles.
        rejects: table rejects: entries (stage normalise), pages without a text (stage extract).
        findings: what was odd, one line a kind, starting with a reason code.
        seen: entries that came in.
        deferred: entries whose page is left to a later night.
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
    """Make articles of the entries of one feed.

    Args:
        entries: entries frame of the feed, one row per entry, in document order.
        pages: what was read from the entries' pages, by the entry's url. An entry whose page is not
            in it (not wanted, passed over by the first look) takes the text that its feed gives.
        feed: the feed.
        night: logical date of the run.
        run_id: the ingest run.
        fetched_at: when the bytes were fetched, UTC.
        raw_ref: where the bytes are, for rejects.

    Returns:
        One article per entry that has a text, in the order of the entries.
    """
    work = _Work(feed, night, run_id, fetched_at, raw_ref)
    for entry in _records(entries):
        work.take(entry, pages.get(entry["url"] or ""))
    return work.result(len(entries))


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


def clean_text(text: str) -> str:
    """Text as it is stored: NFC, no control characters, soft hyphens or mojibake, tidy paragraphs.

    Joiners and direction marks stay, for scripts need them.
    """
    if not text.isascii():
        if is_bad(text):
            text = ftfy.fix_encoding(text)
        text = unicodedata.normalize("NFC", text)
    return tidy_text(_CONTROLS.sub("", _LINE_ENDS.sub("\n", text)))


def text_digest(title: str | None, text: str | None) -> str:
    """SHA-256 of headline and text: what makes a version."""
    return sha256(f"{title or ''}\n{text or ''}".encode("utf-8", "replace")).hexdigest()


def _records(entries: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as dicts, with None for every null."""
    plain = entries.astype(object).where(entries.notna(), None)
    return [{str(k): v for k, v in row.items()} for row in plain.to_dict("records")]


class _Work:
    """The rows that grow while the entries of one feed are gone through."""

    def __init__(
        self, feed: Feed, night: date, run_id: str, fetched_at: datetime, raw_ref: str | None
    ) -> None:
        self._feed = feed
        self._night = datetime(night.year, night.month, night.day)  # noqa: DTZ001 - a day has no zone
        self._run_id = run_id
        self._fetched_at = fetched_at
        self._raw_ref = raw_ref
        self._articles: list[dict[str, Any]] = []
        self._texts: list[tuple[str, int, str, str]] = []
        self._rejects: list[dict[str, Any]] = []
        self._findings: Counter[str] = Counter()
        self._deferred = 0

    def take(self, entry: dict[str, Any], read: Page | PageProblem | None) -> None:
        """Make an article, a reject or a deferral of an entry."""
        if isinstance(read, PageProblem) and read.reason == DEFERRED:
            self._deferred += 1
            return
        page = read if isinstance(read, Page) else None
        if isinstance(read, PageProblem):
            self._reject("extract", read.reason, read.detail, entry)
        self._findings.update(entry["flags"] or ())
        title = _title(entry["title"] or (page.title if page else None))
        text, source = _body(entry, page, title)
        if not title and not text:
            self._reject("normalise", "no_text", "neither headline nor text", entry)
        elif len(text) > MAX_TEXT_CHARACTERS:
            detail = f"{len(text)} characters, at most {MAX_TEXT_CHARACTERS} are read"
            self._reject("normalise", "text_limits", detail, entry)
        else:
            self._keep(entry, page, title, text, source)

    def result(self, seen: int) -> Normalised:
        """All rows as frames."""
        findings = [
            f"{reason}: {count} entries of feed {self._feed.id}"
            for reason, count in sorted(self._findings.items())
        ]
        return Normalised(
            frame_of("articles", self._articles),
            texts_frame(self._texts),
            frame_of("rejects", self._rejects),
            findings,
            seen,
            self._deferred,
        )

    def _keep(
        self, entry: dict[str, Any], page: Page | None, title: str | None, text: str, source: str
    ) -> None:
        canonical = canonical_url(entry["url"])
        article_id = self._article_id(entry, canonical, title, text)
        published_at, date_source = self._published(entry, page)
        language = (page.language if page else None) or detect_language(f"{title or ''}. {text}")
        self._articles.append(
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
                "fetched_at": self._fetched_at,
                "night": self._night,
                "word_count": len(text.split()),
                "text_sha256": text_digest(title, text),
                "run_id": self._run_id,
            }
        )
        self._texts.append((article_id, 1, text, source))

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
        if at > self._fetched_at + MAX_AHEAD or at < FIRST_DAY:
            self._findings["future_date" if at > self._fetched_at else "ancient_date"] += 1
            return self._fetched_at, "clamped"
        return at, source

    def _reject(self, stage: str, reason: str, detail: str, entry: dict[str, Any]) -> None:
        key = entry["url"] or entry["guid"] or len(self._rejects)
        self._rejects.append(
            {
                "run_id": self._run_id,
                "reject_id": hash_id(self._run_id, stage, self._feed.id, key, len(self._rejects)),
                "night": self._night,
                "stage": stage,
                "reason": reason,
                "feed_id": self._feed.id,
                "url": entry["url"],
                "detail": detail,
                "raw_ref": self._raw_ref,
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
