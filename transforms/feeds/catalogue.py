"""The list of feeds: from the tables of feeds.toml, from and to OPML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields
from typing import Any
from xml.sax.saxutils import quoteattr
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from transforms.errors import ReferenceDataError
from transforms.feeds.feed import FEED_KINDS, Feed
from transforms.urls import absolute_url

_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_COUNTRY = re.compile(r"[A-Z]{3}")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_TYPES: dict[str, type] = {
    "full_text": bool, "internal": bool, "entries_expected": int, "max_pages": int,
}  # fmt: skip
"""Types of the keys that are not strings."""
_REQUIRED = frozenset(f.name for f in fields(Feed) if f.default is MISSING)
_KEYS = tuple(f.name for f in fields(Feed))
_SLUG = re.compile(r"[^a-z0-9]+")


def read_feeds(document: Mapping[str, Any], source: str) -> tuple[Feed, ...]:
    """The feeds of a parsed feeds.toml, strictly checked.

    Args:
        document: a table with the array `feed`, each with keys of `Feed`.
        source: name of the file, for messages.

    Raises:
        ReferenceDataError: a key is unknown, missing or has an impossible value; an id or address
            stands twice. The message names file, feed and key.
    """
    for key in document:
        if key != "feed":
            raise ReferenceDataError(f"{source}: unknown key {key!r}; feeds are [[feed]] tables")
    tables = document.get("feed", [])
    if not isinstance(tables, list) or not all(isinstance(t, dict) for t in tables):
        raise ReferenceDataError(f"{source}: feed must be an array of tables, [[feed]]")
    feeds = tuple(_read_feed(table, at, source) for at, table in enumerate(tables, start=1))
    for key in ("id", "url"):
        seen: set[str] = set()
        for feed in feeds:
            value = getattr(feed, key)
            if value in seen:
                raise ReferenceDataError(
                    f"{source}: feed {feed.id!r}: {key} {value!r} stands twice"
                )
            seen.add(value)
    return feeds


def _read_feed(table: dict[str, Any], at: int, source: str) -> Feed:
    name = table.get("id")
    where = f"{source}: feed {name!r}" if isinstance(name, str) else f"{source}: feed number {at}"
    for key, value in table.items():
        if key not in _KEYS:
            raise ReferenceDataError(f"{where}: unknown key {key!r}; known are {', '.join(_KEYS)}")
        kind = _TYPES.get(key, str)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise ReferenceDataError(f"{where}: {key} must be of type {kind.__name__}")
        problem = _problem(key, value)
        if problem:
            raise ReferenceDataError(f"{where}: {key} {value!r} {problem}")
    for key in sorted(_REQUIRED - table.keys()):
        raise ReferenceDataError(f"{where}: {key} is missing")
    return Feed(**table)


def _problem(key: str, value: Any) -> str | None:
    """What is wrong with a value of the right type, or None."""
    if key == "id" and not _ID.fullmatch(value):
        return "must be lower case letters, digits, - and _"
    if key == "url" and absolute_url(value) != value:
        return "is no http or https address"
    if key == "kind" and value not in FEED_KINDS:
        return f"is none of {', '.join(FEED_KINDS)}"
    if key == "country" and not _COUNTRY.fullmatch(value):
        return "is no ISO 3166-1 alpha-3 code"
    if key == "language" and not _LANGUAGE.fullmatch(value):
        return "is no ISO 639-1 code"
    if key == "time_zone" and not _is_zone(value):
        return "is no IANA time zone"
    if key in ("entries_expected", "max_pages") and value < 0:
        return "must not be negative"
    return "must not be empty" if value == "" else None


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def feeds_from_opml(text: str, source: str) -> tuple[Feed, ...]:
    """The subscriptions of an OPML file.

    Args:
        text: the file.
        source: its name, for messages.

    Returns:
        One feed per outline with an address, in order, without repeats. What OPML does not say
        (country, time zone) is left at its default, for a person to fill in.

    Raises:
        ReferenceDataError: it is no OPML, or holds no subscription.
    """
    try:
        root = fromstring(text.lstrip("\ufeff \r\n\t"))
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise ReferenceDataError(f"{source}: no OPML: {error}") from error
    feeds: dict[str, Feed] = {}
    names: set[str] = set()
    for outline in root.iter("outline"):
        url = absolute_url(outline.get("xmlUrl") or outline.get("xmlurl"))
        if url is None or url in feeds:
            continue
        title = " ".join((outline.get("title") or outline.get("text") or url).split())
        feeds[url] = _subscription(outline.attrib, title, url, names)
    if root.tag.lower() != "opml" or not feeds:
        raise ReferenceDataError(f"{source}: no OPML with outlines that have an xmlUrl")
    return tuple(feeds.values())


def _subscription(attributes: Mapping[str, str], title: str, url: str, names: set[str]) -> Feed:
    base = attributes.get("ledgerId") or _SLUG.sub("-", title.lower()).strip("-")[:50] or "feed"
    base = base if _ID.fullmatch(base) else _SLUG.sub("-", url.lower()).strip("-")[:50]
    name = next(n for n in (base, *(f"{base}-{i}" for i in range(2, 10**6))) if n not in names)
    names.add(name)
    language = (attributes.get("language") or "")[:2].lower()
    return Feed(
        id=name,
        url=url,
        publisher=title,
        language=language if _LANGUAGE.fullmatch(language) else None,
    )


def feeds_to_opml(feeds: Iterable[Feed]) -> str:
    """The feeds as OPML 2.0, for feed readers.

    Args:
        feeds: the feeds, in the order in which they are to stand.
    """
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        "  <head><title>casualty-ledger</title></head>",
        "  <body>",
    ]
    for feed in feeds:
        values = {
            "type": "rss",
            "text": feed.publisher,
            "title": feed.publisher,
            "xmlUrl": feed.url,
            "language": feed.language,
            "ledgerId": feed.id,
        }
        listed = " ".join(f"{name}={quoteattr(value)}" for name, value in values.items() if value)
        lines.append(f"    <outline {listed}/>")
    return "\n".join([*lines, "  </body>", "</opml>", ""])


def feeds_to_toml(feeds: Iterable[Feed]) -> str:
    """The feeds as [[feed]] tables, without the keys that stand at their default.

    Args:
        feeds: the feeds, in the order in which they are to stand.
    """
    tables = []
    for feed in feeds:
        lines = ["[[feed]]"]
        for field in fields(Feed):
            value = getattr(feed, field.name)
            if value is not None and (field.name in _REQUIRED or value != field.default):
                lines.append(f"{field.name} = {_toml(value)}")
        tables.append("\n".join(lines))
    return "\n\n".join(tables) + "\n"


def _toml(value: str | bool | int) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return (
        '"' + "".join(c if c >= " " and c != "\x7f" else f"\\u{ord(c):04x}" for c in escaped) + '"'
    )
