"""JSON Feed 1.0 and 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json
from typing import Any

from transforms.errors import FeedError
from transforms.feeds.entry import RawEntry, marked
from transforms.feeds.feed import Feed
from transforms.feeds.limits import MAX_ITEMS
from transforms.markup import html_to_text, plain_text, tidy_text


def read_json_feed(text: str, feed: Feed) -> list[RawEntry]:
    """Read a JSON Feed.

    Args:
        text: the decoded document.
        feed: the feed it came from; one declared as `json` needs no version in its document.

    Returns:
        The entries in document order.

    Raises:
        FeedError: `not_a_feed`, `not_well_formed` or `xml_limits`.
    """
    try:
        document = json.loads(text, strict=False)
    except RecursionError as error:
        raise FeedError("xml_limits", "JSON nested too deep") from error
    except ValueError as error:
        raise FeedError("not_well_formed", f"no JSON: {error}") from error
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        raise FeedError("not_a_feed", "JSON without a list of items")
    version = document.get("version")
    named = isinstance(version, str) and "jsonfeed.org/version/" in version
    if not named and feed.kind != "json":
        raise FeedError("not_a_feed", "JSON that does not call itself a JSON Feed")
    items = document["items"]
    if len(items) > MAX_ITEMS:
        raise FeedError("xml_limits", f"{len(items)} items, at most {MAX_ITEMS} are read")
    return [_entry(item) if isinstance(item, dict) else RawEntry() for item in items]


def _entry(item: dict[str, Any]) -> RawEntry:
    html, text = _string(item.get("content_html")), _string(item.get("content_text"))
    return RawEntry(
        guid=_string(item.get("id")),
        link=_string(item.get("url")) or _string(item.get("external_url")),
        title=plain_text(_string(item.get("title")) or ""),
        summary=html_to_text(_string(item.get("summary")) or ""),
        content=html_to_text(html) if html else tidy_text(text or ""),
        published=_string(item.get("date_published")),
        updated=_string(item.get("date_modified")),
    )


def _string(value: object) -> str | None:
    """Version 1.0 asks readers to accept numbers as ids."""
    if isinstance(value, bool) or value is None:
        return None
    return marked(str(value)) if isinstance(value, str | int | float) else None
