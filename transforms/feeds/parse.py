"""From the bytes of a feed document to entries: one row per entry, nothing left out silently."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd

from transforms.charset import decode_document
from transforms.errors import FeedError
from transforms.feeds.entry import REMOVED, RawEntry, entries_frame, marked
from transforms.feeds.feed import Feed
from transforms.feeds.jsonfeed import read_json_feed
from transforms.feeds.limits import check_limits, check_size, count_items, without_cdata
from transforms.feeds.sitemap import read_sitemap
from transforms.feeds.syndication import read_syndication

_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,12})|(\d{1,12}));?")
_ROOT = re.compile(r"<(?:[A-Za-z][\w.-]*:)?([A-Za-z][\w.-]*)[\s/>]")
_SYNDICATION = {"rss": "rss", "rdf": "rss", "channel": "rss", "feed": "atom"}
_SITEMAPS = ("urlset", "sitemapindex")
_START = re.compile(r"<(?:\?xml|rss|feed|rdf:RDF|urlset|sitemapindex)[\s>]", re.I)
JUNK_CHARACTERS = 65_536
"""How far a root element is looked for behind what a broken server wrote before it."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a feed document held.

    Attributes:
        entries: one row per entry, in document order, with `ENTRY_COLUMNS`.
        findings: what was odd about the document, one line each, starting with a reason code.
        children: addresses of the documents that a sitemap index lists, newest first.
    """

    entries: pd.DataFrame
    findings: list[str] = field(default_factory=list)
    children: tuple[str, ...] = ()


def parse_feed(body: bytes, content_type: str | None, feed: Feed) -> Parsed:
    """Read a feed document: RSS 0.9x to 2.0, RDF, Atom, JSON Feed, news sitemap or sitemap index.

    Args:
        body: the document as it came, content encodings already undone.
        content_type: value of the Content-Type header, or None.
        feed: the feed it came from.

    Raises:
        FeedError: the document can't be read; the reason is `empty`, `too_large`, `not_a_feed`,
            `not_well_formed`, `xml_entity` or `xml_limits`.
    """
    check_size(body)
    decoded = decode_document(body, content_type, feed.language)
    text = _cleaned(decoded.text)
    findings = [f"charset_guess: read as {decoded.encoding}"] if decoded.guessed else []
    raws: Iterable[RawEntry]
    children: tuple[str, ...] = ()
    if text[:1] in ("{", "["):
        raws = read_json_feed(text, feed)
    else:
        check_limits(text)
        root, start = _root(text)
        if start:
            findings.append(f"junk_before: {start} characters before the document")
        text = text[start:]
        if root in _SITEMAPS:
            raws, children = read_sitemap(text)
        else:
            raws = _syndicated(text, findings)
    entries = entries_frame(raws, feed, guessed=decoded.guessed)
    if not len(entries) and not children:
        findings.append("no_entries: the document is a feed and holds no entry")
    return Parsed(entries, findings, children)


def _syndicated(text: str, findings: list[str]) -> list[RawEntry]:
    raws, trouble = read_syndication(text)
    if trouble is None:
        return raws
    items = count_items(without_cdata(text))
    if items and not raws:
        raise FeedError("not_well_formed", f"none of {items} entries can be read: {trouble}")
    findings.append(f"recovered: {len(raws)} of {items} entries read from broken XML: {trouble}")
    return raws


def _cleaned(text: str) -> str:
    """Without characters, and references to characters, that no parser agrees about."""
    text = marked(text.lstrip("\ufeff\x00 \t\r\n"))
    return _REFERENCE.sub(_checked_reference, text) if "&#" in text else text


def _checked_reference(found: re.Match[str]) -> str:
    code = int(found[1], 16) if found[1] else int(found[2])
    if code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD:
        return found[0]
    return found[0] if 0x10000 <= code <= 0x10FFFF else REMOVED


def _root(text: str) -> tuple[str, int]:
    """The name of the root element, and where the document starts behind what is none of it."""
    start = 0
    for _ in range(5):
        found = _ROOT.search(without_cdata(text[start : start + JUNK_CHARACTERS]))
        name = found[1].lower() if found else ""
        if text.startswith("<", start) and (name in _SITEMAPS or name in _SYNDICATION):
            return name, start
        following = _START.search(text, start + 1, JUNK_CHARACTERS)
        if following is None or name in ("html", "head", "body"):
            break
        start = following.start()
    raise FeedError("not_a_feed", f"it starts with {text[:60]!r}, which is no feed")
