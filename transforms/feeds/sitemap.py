"""News sitemaps and sitemap indexes (sitemaps.org; Google's news extension)."""

from __future__ import annotations

from lxml import etree

from transforms.dates import parse_date
from transforms.errors import FeedError
from transforms.feeds.entry import RawEntry
from transforms.markup import plain_text

MAX_ADDRESSES = 50_000
"""The protocol's own bound for one document."""


def read_sitemap(text: str) -> tuple[list[RawEntry], tuple[str, ...]]:
    """Read a sitemap.

    Args:
        text: the document, decoded and within the limits of `feeds/limits.py`.

    Returns:
        The entries, in document order, and the addresses of further sitemaps, newest first.

    Raises:
        FeedError: `not_well_formed` or `xml_limits`.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=False
    )
    # an encoding that the document names no longer holds
    start = text.find("?>") + 2 if text.startswith("<?xml") else 0
    root = etree.fromstring(text[start:].encode("utf-8", "replace"), parser)
    if root is None:
        raise FeedError("not_well_formed", "a sitemap that can't be read")
    nodes = [node for node in root if _name(node) in ("url", "sitemap")]
    if len(nodes) > MAX_ADDRESSES:
        raise FeedError("xml_limits", f"{len(nodes)} addresses, at most {MAX_ADDRESSES} are read")
    fields = [_fields(node) for node in nodes]
    if _name(root) == "sitemapindex":
        return [], _newest_first(fields)
    return [_entry(values) for values in fields], ()


def _name(node: etree._Element) -> str:
    return etree.QName(node).localname.lower() if isinstance(node.tag, str) else ""


def _fields(node: etree._Element) -> dict[str, str]:
    """Local names to texts, of the node and of its news extension; images and videos left out."""
    values: dict[str, str] = {}
    for child in node:
        name = _name(child)
        if name == "news":
            values.update({_name(c): (c.text or "").strip() for c in child if _name(c)})
        elif name in ("loc", "lastmod"):
            values[name] = (child.text or "").strip()
    return values


def _entry(values: dict[str, str]) -> RawEntry:
    return RawEntry(
        guid=values.get("loc"),
        link=values.get("loc"),
        title=plain_text(values.get("title", "")),
        published=values.get("publication_date"),
        updated=values.get("lastmod"),
    )


def _newest_first(fields: list[dict[str, str]]) -> tuple[str, ...]:
    def age(values: dict[str, str]) -> float:
        moment = parse_date(values.get("lastmod"))
        return -moment.at.timestamp() if moment else 0.0

    return tuple(values["loc"] for values in sorted(fields, key=age) if values.get("loc"))
