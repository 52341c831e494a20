"""RSS 2.0 as most feeds write it, read by lxml in a fraction of feedparser's time.

Before `syndication`, which gives feedparser all that is not as plain as this: an element that may
mean something and is not listed here, an attribute, one of the fields twice, markup that is not
escaped. What is read here is what feedparser reads; a test holds the two beside each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress

from lxml import etree

from transforms.feeds.entry import RawEntry
from transforms.markup import html_to_text, plain_text

_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
_FIELDS = frozenset({"title", "link", "description", "guid", "pubDate", _CONTENT})
_SAYS_NOTHING = frozenset(
    [
        *("category", "author", "comments", "enclosure", "source"),
        "{http://purl.org/dc/elements/1.1/}creator",
        "{http://purl.org/rss/1.0/modules/slash/}comments",
        "{http://wellformedweb.org/CommentAPI/}commentRss",
        "{http://wellformedweb.org/CommentAPI/}comment",
        "{http://search.yahoo.com/mrss/}content",
        "{http://search.yahoo.com/mrss/}thumbnail",
        "{http://search.yahoo.com/mrss/}credit",
        "{com-wordpress:feed-additions:1}post-id",
    ]
)
"""Elements of an item that say nothing of what an entry holds, whatever stands in them."""

_OF_CHANNEL = frozenset(
    [
        *("title", "link", "description", "language", "copyright", "managingEditor", "webMaster"),
        *("pubDate", "lastBuildDate", "category", "generator", "docs", "ttl", "rating"),
        "{http://www.w3.org/2005/Atom}link",
        "{http://purl.org/rss/1.0/modules/syndication/}updatePeriod",
        "{http://purl.org/rss/1.0/modules/syndication/}updateFrequency",
        "{http://purl.org/rss/1.0/modules/syndication/}updateBase",
    ]
)
_OF_IMAGE = frozenset({"url", "title", "link", "width", "height", "description"})

_ADDRESS = re.compile(r"https?://[^/\s][^\s\x80-\x9f]*")
_LOOSE_REFERENCE = re.compile("&([A-Za-z0-9_]+);")
_WINDOWS = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_CONTROLS = re.compile("[\x80-\x9f]")
"""Control characters that stand where somebody took Windows-1252 for Latin-1."""


class _NotPlainError(Exception):
    """The document is for feedparser."""


def read_plain_rss(text: str) -> list[RawEntry] | None:
    """Read an RSS document that is as plain as most.

    Args:
        text: the document, decoded, well-formed and within the limits of `feeds/limits.py`.

    Returns:
        The entries in document order; None where feedparser is to read it.
    """
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        return None
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False,
        remove_comments=True, remove_pis=True, huge_tree=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
        return [_read_item(item) for item in _items(root)]
    except (etree.XMLSyntaxError, _NotPlainError):
        return None


def _items(root: etree._Element) -> Iterator[etree._Element]:
    if root.tag != "rss" or len(root) != 1 or root[0].tag != "channel":
        raise _NotPlainError
    if root.attrib.keys() not in ([], ["version"]) or root[0].attrib:
        raise _NotPlainError
    for child in root[0]:
        if child.tag == "item":
            if child.attrib:
                raise _NotPlainError
            yield child
        elif child.tag == "image":
            if any(part.tag not in _OF_IMAGE or len(part) for part in child):
                raise _NotPlainError
        elif child.tag not in _OF_CHANNEL or len(child):
            raise _NotPlainError


def _read_item(item: etree._Element) -> RawEntry:
    found: dict[str, str] = {}
    permanent = True
    for child in item:
        tag = child.tag
        if len(child) or (tag not in _FIELDS and tag not in _SAYS_NOTHING):
            raise _NotPlainError
        if tag not in _FIELDS:
            continue
        if tag in found:
            raise _NotPlainError
        if child.attrib:
            if tag != "guid" or child.attrib.keys() != ["isPermaLink"]:
                raise _NotPlainError
            permanent = child.attrib["isPermaLink"] == "true"
        found[tag] = _as_text(child.text)
    link, guid = found.get("link", ""), found.get("guid")
    if not _ADDRESS.fullmatch(link) or (permanent and guid and ":///" in guid):
        raise _NotPlainError
    content = found.get(_CONTENT) or None
    summary = found.get("description")
    return RawEntry(
        guid=guid,
        link=_LOOSE_REFERENCE.sub(r"&\g<1>", link.replace("&amp;", "&")) if "&" in link else link,
        title=plain_text(found.get("title", "")),
        summary=html_to_text(summary) if summary and summary != content else None,
        content=html_to_text(content) if content else None,
        published=found.get("pubDate") or None,
    )


def _as_text(text: str | None) -> str:
    """The text of an element, with the same repairs of its characters that feedparser makes."""
    stripped = (text or "").strip()
    if stripped.isascii():
        return stripped
    with suppress(UnicodeError):
        # UTF-8 that was taken for Latin-1 and encoded once more
        stripped = stripped.encode("iso-8859-1").decode("utf-8")
    return stripped.translate(_WINDOWS) if _CONTROLS.search(stripped) else stripped
