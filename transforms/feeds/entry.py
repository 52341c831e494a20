"""One entry, from whatever format it came, and the frame of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from transforms.dates import Moment, parse_date
from transforms.feeds.feed import Feed
from transforms.urls import absolute_url

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

REMOVED = "\ufdd0"
"""Stands where a character was that no text may hold. A Unicode noncharacter: no feed has it."""

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

MAX_GUID_CHARACTERS = 2048

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_NO_TIME = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True)
class RawEntry:
    """An entry as read, still with its dates as written. All fields are plain text."""

    guid: str | None = None
    link: str | None = None
    title: str | None = None
    summary: str | None = None
    content: str | None = None
    published: str | None = None
    updated: str | None = None


def marked(text: str) -> str:
    """The text with `REMOVED` for every character that no parser or table agrees about."""
    return _FORBIDDEN.sub(REMOVED, text) if _FORBIDDEN.search(text) else text


def empty_entries() -> pd.DataFrame:
    """An entries frame of no rows."""
    return pd.DataFrame({n: pd.Series(dtype=t) for n, t in ENTRY_COLUMNS.items()})


def entries_frame(raws: Iterable[RawEntry], feed: Feed, *, guessed: bool) -> pd.DataFrame:
    """The entries frame of a document.

    Args:
        raws: the entries, in document order.
        feed: the feed they came from.
        guessed: True where the character set was a guess; flags entries that are not ASCII.

    Returns:
        One row per entry with `ENTRY_COLUMNS`.
    """
    rows = [_row(raw, feed, guessed) for raw in raws]
    if not rows:
        return empty_entries()
    columns = zip(ENTRY_COLUMNS.items(), zip(*rows, strict=True), strict=True)
    return pd.DataFrame({name: _column(list(values), kind) for (name, kind), values in columns})


def _column(values: list[Any], kind: str) -> pd.Series:
    if kind == "datetime64[us, UTC]":
        counts = [_NO_TIME if v is None else (v - _EPOCH) // _MICROSECOND for v in values]
        moments = np.array(counts, dtype=np.int64).view("M8[us]")
        return pd.Series(pd.DatetimeIndex(moments, tz="UTC"))
    return pd.Series(values, dtype=kind)


def entry_rows(entries: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of an entries frame as dicts, with None for every null.

    Args:
        entries: columns of `ENTRY_COLUMNS`.
    """
    columns = []
    for name, kind in ENTRY_COLUMNS.items():
        series = entries[name]
        if kind == "str":
            columns.append(pa.array(series, pa.large_string()).to_pylist())
            continue
        values = series.tolist() if kind == "object" else series.astype(object).tolist()
        if series.hasnans:
            values = [None if lost else v for v, lost in zip(values, series.isna(), strict=True)]
        columns.append(values)
    return [dict(zip(ENTRY_COLUMNS, row, strict=True)) for row in zip(*columns, strict=True)]


def _row(raw: RawEntry, feed: Feed, guessed: bool) -> tuple[object, ...]:
    flags: list[str] = []
    texts = [_cleaned(t, flags, guessed) for t in (raw.title, raw.summary, raw.content)]
    title, summary, content = texts
    guid = _cleaned(raw.guid, flags, guessed=False)
    url = absolute_url((raw.link or "").replace(REMOVED, ""), feed.url)
    published, updated = (
        parse_date(raw.published, feed.time_zone),
        parse_date(raw.updated, feed.time_zone),
    )
    flags += _date_flags(raw, published or updated)
    flags += [f"no_{name}" for name, value in (("title", title), ("url", url)) if value is None]
    if summary is None and content is None:
        flags.append("no_body")
    at = published or updated
    return (
        feed.id,
        guid[:MAX_GUID_CHARACTERS] if guid else None,
        url,
        title,
        summary,
        content,
        at.at if at else None,
        updated.at if updated else None,
        (raw.published or raw.updated or "").replace(REMOVED, "") or None,
        list(dict.fromkeys(flags)),
    )


def _date_flags(raw: RawEntry, at: Moment | None) -> list[str]:
    if at is None:
        return ["bad_date" if raw.published or raw.updated else "no_date"]
    return [] if at.has_zone else ["zone_guess"]


def _cleaned(text: str | None, flags: list[str], guessed: bool) -> str | None:
    if not text:
        return None
    if REMOVED in text:
        flags.append("characters_removed")
        text = text.replace(REMOVED, "")
    if "\ufffd" in text or (guessed and not text.isascii()):
        flags.append("charset_guess")
    return text.strip() or None
