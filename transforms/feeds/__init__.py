"""Feeds: what a feed is, and from the bytes of a feed document to entries.

Stands between `ingest`, which stores the bytes, and `transforms/normalise.py`.
"""

from transforms.feeds.catalogue import (
    feeds_from_opml,
    feeds_to_opml,
    feeds_to_toml,
    read_feeds,
)
from transforms.feeds.entry import ENTRY_COLUMNS, empty_entries, entry_rows
from transforms.feeds.feed import FEED_KINDS, Feed
from transforms.feeds.parse import Parsed, parse_feed

__all__ = [
    "ENTRY_COLUMNS",
    "FEED_KINDS",
    "Feed",
    "Parsed",
    "empty_entries",
    "entry_rows",
    "feeds_from_opml",
    "feeds_to_opml",
    "feeds_to_toml",
    "parse_feed",
    "read_feeds",
]
