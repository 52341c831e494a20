"""From the bytes of a feed document to entries: one row per entry, nothing left out silently."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from transforms.feeds.feed import Feed

ENTRY_COLUMNS: dict[str, str] = {
    "feed_id": "str",
    "guid": "str",
    "url": "str",
    "title": "str",
    "summary": "str",
    "content": "str",
    "published_at": "datetime64[us, UTC]",
    "updated_at": "datetime64[us, UTC]",
    "published_raw": "str",
    "flags": "object",
}
"""Columns and pandas types of the entries frame; `flags` holds a list of words per row."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a feed document held.

    Attributes:
        entries: one row per entry, in document order, with `ENTRY_COLUMNS`.
        findings: what was odd about the document, one line each, starting with a reason code.
    """

    entries: pd.DataFrame
    findings: list[str] = field(default_factory=list)


def empty_entries() -> pd.DataFrame:
    """An entries frame of no rows."""
    return pd.DataFrame({n: pd.Series(dtype=t) for n, t in ENTRY_COLUMNS.items()})


def parse_feed(body: bytes, content_type: str | None, feed: Feed) -> Parsed:
    """Read a feed document.

    Args:
        body: the document as it came, content encodings already undone.
        content_type: value of the Content-Type header, or None.
        feed: the feed it came from.

    Raises:
        FeedError: the document can't be read; the reason is `empty`, `too_large`, `not_a_feed`,
            `xml_entity` or `xml_limits`.
    """
    raise NotImplementedError
