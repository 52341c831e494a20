"""RSS 0.9x to 2.0, RDF and Atom, by feedparser, unless `plain_rss` can read them.

feedparser gets text whose character set is settled, and neither cleans HTML nor resolves the links
in it: that is three times faster, and the text is taken out of the HTML anyway.
"""

from __future__ import annotations

import io
from typing import Any

import feedparser

from transforms.feeds.entry import RawEntry
from transforms.feeds.limits import count_items, without_cdata
from transforms.feeds.mending import find_fault, mend, rewrite
from transforms.feeds.plain_rss import read_plain_rss
from transforms.markup import html_to_text, plain_text


def read_syndication(text: str) -> tuple[list[RawEntry], str | None]:
    """Read an RSS, RDF or Atom document.

    Args:
        text: the document, decoded and within the limits of `feeds/limits.py`.

    Returns:
        The entries in document order, and what was wrong with the XML, or None.
    """
    fault = find_fault(text)
    plain = None if fault else read_plain_rss(text)
    if plain is not None:
        return plain, None
    return _read_all(text, fault), fault


def _read_all(text: str, fault: str | None) -> list[RawEntry]:
    """The entries by feedparser, which reads whatever calls itself a feed."""
    entries = _parsed(_mended(text) if fault else text)
    if fault and len(entries) < count_items(without_cdata(text)):
        entries = max((entries, _parsed(text)), key=_wealth)
    return [_entry(dict(entry)) for entry in entries]


def _mended(text: str) -> str:
    mended = mend(text)
    return rewrite(mended) if find_fault(mended) else mended


def _wealth(entries: list[dict[str, Any]]) -> int:
    """How much was read."""
    wanted = ("title", "link", "summary", "content", "published", "updated", "id")
    return sum(bool(dict.get(entry, name)) for entry in entries for name in wanted)


def _parsed(text: str) -> list[dict[str, Any]]:
    """The entries as feedparser gives them."""
    # a plain string or bytes would be tried as an address and as a file name
    parsed = feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        # told the address, feedparser joins it at every tag; `entry` does that once for the link
        response_headers={"content-type": "application/xml; charset=utf-8"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    entries: list[dict[str, Any]] = parsed.entries
    return entries


def _entry(entry: dict[str, Any]) -> RawEntry:
    guid = entry.get("id")
    link = entry.get("feedburner_origlink") or entry.get("link") or _first_link(entry)
    if not link and entry.get("guidislink"):
        link = guid
    summary = entry.get("summary")
    content = _longest_content(entry)
    if content is not None and content == summary:
        summary = None
    return RawEntry(
        guid=guid,
        link=link,
        title=plain_text(entry.get("title") or ""),
        summary=html_to_text(summary) if summary else None,
        content=html_to_text(content) if content else None,
        published=_text(entry.get("published") or entry.get("created")),
        updated=_text(entry.get("updated")),
    )


def _first_link(entry: dict[str, Any]) -> str | None:
    links = [link for link in entry.get("links", ()) if link.get("href")]
    best = [link for link in links if link.get("rel", "alternate") == "alternate"]
    return best[0]["href"] if best else None


def _longest_content(entry: dict[str, Any]) -> str | None:
    values = [
        part.get("value") or ""
        for part in entry.get("content", ())
        if (part.get("type") or "text/html").startswith(("text/", "application/xhtml"))
    ]
    return max(values, key=len) if any(values) else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
