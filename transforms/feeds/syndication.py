"""RSS 0.9x to 2.0, RDF and Atom, by feedparser.

feedparser gets text whose character set is settled, and neither cleans HTML nor resolves the links
in it: that is three times faster, and the text is taken out of the HTML anyway.
"""

from __future__ import annotations

import io
import re
from html.entities import html5
from typing import Any

import feedparser
from lxml import etree

from transforms.feeds.entry import RawEntry
from transforms.feeds.feed import Feed
from transforms.markup import html_to_text, plain_text

_AMPERSAND = re.compile(r"&(?:([A-Za-z][A-Za-z0-9]{1,31});|(?!#\d+;|#[xX][0-9a-fA-F]+;))")


def read_syndication(text: str, feed: Feed) -> tuple[list[RawEntry], str | None]:
    """Read an RSS, RDF or Atom document.

    Args:
        text: the document, decoded and within the limits of `feeds/limits.py`.
        feed: the feed it came from; relative links are read against its address.

    Returns:
        The entries in document order, and what was wrong with the XML, or None.
    """
    parsed, trouble = _parsed(text, feed)
    if trouble is not None:
        # mending the commonest faults loses less than a parser that guesses; which of the two
        # parsers guesses better depends on the fault
        mended = _mended(text)
        tries = [parsed, _parsed(mended, feed)[0], _parsed(_rewritten(mended), feed)[0]]
        parsed = max(tries, key=_wealth)
    return [_entry(dict(entry)) for entry in parsed], trouble


def _wealth(entries: list[dict[str, Any]]) -> int:
    """How much was read."""
    wanted = ("title", "link", "summary", "content", "published", "updated", "id")
    return sum(bool(dict.get(entry, name)) for entry in entries for name in wanted)


def _rewritten(text: str) -> str:
    """The document as libxml2 mends it: a wrong end tag closes what stands open."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False
    )
    start = text.find("?>") + 2 if text.startswith("<?xml") else 0
    root = etree.fromstring(text[start:].encode("utf-8", "replace"), parser)
    return "" if root is None else etree.tostring(root, encoding="unicode")


def _parsed(text: str, feed: Feed) -> tuple[list[dict[str, Any]], str | None]:
    """The entries as feedparser gives them, and its complaint about the XML, or None."""
    # a plain string or bytes would be tried as an address and as a file name
    parsed = feedparser.parse(
        io.BytesIO(text.encode("utf-8", "replace")),
        response_headers={
            "content-type": "application/xml; charset=utf-8",
            "content-location": feed.url,
        },
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    harmless = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
    if not parsed.bozo or isinstance(parsed.bozo_exception, harmless):
        return parsed.entries, None
    return parsed.entries, " ".join(str(parsed.bozo_exception).split())[:200]


def _mended(text: str) -> str:
    """Bare ampersands escaped and HTML's character names turned into numbers, CDATA left alone."""
    before, *sections = text.split("<![CDATA[")
    pieces = [_AMPERSAND.sub(_as_reference, before)]
    for section in sections:
        inside, closing, after = section.partition("]]>")
        pieces += ["<![CDATA[", inside, closing, _AMPERSAND.sub(_as_reference, after)]
    return "".join(pieces)


def _as_reference(found: re.Match[str]) -> str:
    name = found[1]
    if name is None:
        return "&amp;"
    if name in ("amp", "lt", "gt", "quot", "apos"):
        return found[0]
    characters = html5.get(f"{name};")
    return "".join(f"&#{ord(c)};" for c in characters) if characters else f"&amp;{name};"


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
