"""What is looked at before a feed meets a parser: size, entities, depth, attributes, items.

Every check is a linear scan, for a parser that has started can't be interrupted. The bounds stand
far above any real feed: they were set in November 2026 so that a document which passes costs
feedparser about a second.
"""

from __future__ import annotations

import re

import numpy as np

from transforms.errors import FeedError

MAX_BYTES = 15 * 2**20
MAX_ITEMS = 5_000
MAX_TAGS = 200_000
MAX_DEPTH = 500
MAX_ATTRIBUTES = 200

_ENTITY = re.compile(r"<!ENTITY\s", re.I)
_PLAIN_ENTITY = re.compile(
    r"""<!ENTITY\s+[\w.-]{1,40}\s+(?:"(?:&\#\w{1,8};|[^"&%<]){0,100}"|'(?:&\#\w{1,8};|[^'&%<]){0,100}')\s*>""",
    re.I,
)
_OUTSIDE = re.compile(r"""<!DOCTYPE\s[^<>\[]{0,500}?["'](?P<uri>[a-z]+:[^"']*)["']""", re.I)
_KNOWN_DTD = re.compile(
    r"(?i)https?://(?:my\.netscape\.com|www\.rssboard\.org|www\.w3\.org|purl\.org|www\.silmaril\.ie)/"
)
_LONG_TAG = re.compile(r"<[^!?<>][^<>]{800,}")
_ITEM = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>/]")
_UNCLOSED_BY_HABIT = re.compile(
    r"(?i)<(?!/?(?:br|img|hr|p|li|link|meta|input|col|source|wbr|area|td|tr|th|dd|dt|option)[\s>/])"
    r"(/?)\w[^<>]*?(/?)>"
)


def check_size(body: bytes) -> None:
    """Refuse a document that is empty or too large.

    Raises:
        FeedError: `empty` or `too_large`.
    """
    if not body.strip():
        raise FeedError("empty", "the document has no content; look whether the feed has moved")
    if len(body) > MAX_BYTES:
        raise FeedError("too_large", f"{len(body)} bytes, at most {MAX_BYTES} are read")


def check_limits(text: str) -> None:
    """Refuse what would cost a parser too much, or would make it open something.

    Args:
        text: the decoded document.

    Raises:
        FeedError: `xml_entity` or `xml_limits`.
    """
    bare = without_cdata(text)
    _check_entities(bare)
    tags = bare.count("<")
    if tags > MAX_TAGS:
        raise FeedError("xml_limits", f"{tags} tags, at most {MAX_TAGS} are read")
    attributes = max((tag[0].count("=") for tag in _LONG_TAG.finditer(bare)), default=0)
    if attributes > MAX_ATTRIBUTES:
        raise FeedError("xml_limits", f"a tag with some {attributes} attributes")
    items = count_items(bare)
    if items > MAX_ITEMS:
        raise FeedError("xml_limits", f"{items} items, at most {MAX_ITEMS} are read")
    depth = _depth(bare)
    if depth > MAX_DEPTH:
        raise FeedError("xml_limits", f"elements {depth} deep, at most {MAX_DEPTH} are read")


def count_items(bare: str) -> int:
    """How many items the markup opens, readable or not."""
    return sum(1 for _ in _ITEM.finditer(bare))


def without_cdata(text: str) -> str:
    """The document without its CDATA sections and comments; linear, also where none is closed."""
    for opening, closing in (("<![CDATA[", "]]>"), ("<!--", "-->")):
        if opening in text:
            text = "".join(part.partition(opening)[0] + " " for part in text.split(closing))
    return text


def _check_entities(bare: str) -> None:
    declared = sum(1 for _ in _ENTITY.finditer(bare))
    plain = sum(1 for _ in _PLAIN_ENTITY.finditer(bare)) if 0 < declared <= 300 else 0
    if declared != plain:
        raise FeedError("xml_entity", f"{declared} entity declarations; entities are not expanded")
    outside = _OUTSIDE.search(bare)
    if outside and not _KNOWN_DTD.match(outside["uri"]):
        raise FeedError("xml_entity", f"a document type from outside: {outside['uri'][:200]}")


def _depth(bare: str) -> int:
    """Deepest nesting: first a fast count of all tags, then, where that alarms, an exact one."""
    data = np.frombuffer(bare.encode("utf-8", "replace") + b" ", dtype=np.uint8)
    opens = np.flatnonzero(data[:-1] == ord("<"))
    after = data[opens + 1]
    step = np.where(after == ord("/"), -1, np.where(np.isin(after, list(b"!? <")), 0, 1))
    ends = np.flatnonzero((data[:-1] == ord("/")) & (data[1:] == ord(">")))
    where = np.concatenate([opens, ends])
    steps = np.concatenate([step, np.full(len(ends), -1)])
    if not len(where):
        return 0
    depth = int(np.cumsum(steps[np.argsort(where, kind="stable")]).max())
    return depth if depth <= MAX_DEPTH else _exact_depth(bare)


def _exact_depth(bare: str) -> int:
    """Nesting without the HTML tags that writers leave open."""
    depth = deepest = 0
    for found in _UNCLOSED_BY_HABIT.finditer(bare):
        if found[1]:
            depth = max(0, depth - 1)
        elif not found[2]:
            depth += 1
            deepest = max(deepest, depth)
    return deepest
