"""What a feed is: one row of data/reference/feeds.toml."""

from __future__ import annotations

from dataclasses import dataclass

FEED_KINDS = ("auto", "rss", "atom", "json", "sitemap")
"""What a feed may be declared as; `auto` looks at the bytes."""


@dataclass(frozen=True, slots=True)
class Feed:
    """One subscription.

    Attributes:
        id: short name, lower case; names the feed in every table.
        url: address of the feed document.
        publisher: who publishes it, as the articles table names it.
        country: country of the publisher, ISO 3166-1 alpha-3, or None where it belongs to none.
        language: language of its articles, ISO 639-1, or None where it is mixed or not known.
        licence: terms of use in a few words, or None where they are not known.
        time_zone: IANA zone in which the publisher's day begins; decides `report_date`.
        kind: one of `FEED_KINDS`.
        full_text: True where the entries carry the whole text, so that no page is fetched.
        entries_expected: entries that a healthy document has, or None where that is not known.
        internal: True allows a private or loopback address; for feeds of one's own network.
        max_pages: most pages fetched for one document, newest entries first.
    """

    id: str
    url: str
    publisher: str
    country: str | None = None
    language: str | None = None
    licence: str | None = None
    time_zone: str = "UTC"
    kind: str = "auto"
    full_text: bool = False
    entries_expected: int | None = None
    internal: bool = False
    max_pages: int = 100
