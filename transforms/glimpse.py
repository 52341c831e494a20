"""The second look at a page: would the coder find anything in the places that hold its words?

Most casualty words mean nothing where they stand ("a shot of the harbour", "the body of the text").
So the coder reads the few stretches of a page around them; where it finds no claim, the page is
not worth extracting. After `look`, which sees the words alone; before `pages`, which extracts.
Searches are linear, and what the coder reads here has a bound, so hostile pages cost little.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

import numpy as np
from numpy.typing import NDArray

from transforms.coding.item_reader import holds_items
from transforms.coding.knowledge import Knowledge
from transforms.coding.signs import mark_casualties
from transforms.coding.text.sentences import read_document
from transforms.look import look_pattern, look_searcher

MAX_STRETCHES = 30
MAX_HITS = 500
"""A page with more stretches or casualty words than this is worth extracting, whatever they say."""
MAX_STRETCH = 2000
MAX_LINK = 20_000
"""Bytes of markup in which the borders of a stretch, and of a link around it, are looked for."""
LINK_SHARE = 0.9
"""A stretch with at least this share of its text in a link leads to another story."""

_BREAK = re.compile(
    rb"(?i)<(?!/?(?:a|abbr|b|bdi|big|cite|del|em|font|i|ins|mark|q|s|small|span|strong|sub|sup|time"
    rb"|u|wbr)[\s/>])[a-z!/][^<>]*>"
)
_LINK = re.compile(rb"(?i)<a\s[^<>]*>(.*?)(?:</a\s*>|\Z)", re.DOTALL)
_TAG = re.compile(rb"<[^<>]*>")
_HEADING = re.compile(rb"(?is)<h1[\s>](.{1,2000}?)</h1")


def tell_casualties(
    markup: Sequence[bytes], words: Sequence[str], knowledge: Knowledge
) -> NDArray[np.bool_]:
    """Whether the coder finds a claim in the running text of each page.

    Args:
        markup: pages as `look.visible_markup` gives them.
        words: the casualty vocabulary, from `look.look_words`.
        knowledge: the compiled reference data.

    Returns:
        One truth value per page; true as well where there is too much to read to be sure.
    """
    pattern = look_pattern(words).encode()
    stretches = [_stretches(page, pattern) for page in markup]
    documents = [
        read_document("", 1, _headline(page) if found else None, "\n\n".join(found or ()))
        for page, found in zip(markup, stretches, strict=True)
    ]
    seen = [
        found is None or bool(found and holds_items(document, knowledge))
        for found, document in zip(stretches, mark_casualties(documents, knowledge), strict=True)
    ]
    return np.array(seen, dtype=np.bool_)


def _stretches(markup: bytes, pattern: bytes) -> list[str] | None:
    """The running text around casualty words, without links to elsewhere; None if it is much."""
    found: list[str] = []
    ended = 0
    for hits, hit in enumerate(look_searcher(pattern).finditer(markup)):
        start, end = hit.span()
        if hits == MAX_HITS or len(found) == MAX_STRETCHES:
            return None
        if start < ended or _in_tag(markup, start):
            continue
        first, ended = _borders(markup, start, end)
        if not _leads_elsewhere(markup, first, ended):
            found.append(_plain(markup[first:ended]))
    return found


def _headline(markup: bytes) -> str | None:
    found = _HEADING.search(markup)
    return _plain(found[1]) or None if found else None


def _plain(markup: bytes) -> str:
    return " ".join(unescape(_TAG.sub(b"", markup).decode("utf-8", "ignore")).split())


def _in_tag(markup: bytes, at: int) -> bool:
    before = max(0, at - MAX_STRETCH)
    return markup.rfind(b"<", before, at) > markup.rfind(b">", before, at)


def _borders(markup: bytes, start: int, end: int) -> tuple[int, int]:
    """From the last tag before the word that breaks a line to the first one after it."""
    at = max(0, start - MAX_STRETCH)
    first = at
    for tag in _BREAK.finditer(markup, at, start):
        first = tag.end()
    after = _BREAK.search(markup, end, end + MAX_STRETCH)
    return first, after.start() if after else min(len(markup), end + MAX_STRETCH)


def _leads_elsewhere(markup: bytes, first: int, last: int) -> bool:
    before = max(0, first - MAX_LINK)
    if markup.rfind(b"<a ", before, first) > markup.rfind(b"</a", before, first):
        return True  # the whole stretch stands in a link
    stretch = markup[first:last]
    if b"<a" not in stretch and b"<A" not in stretch:
        return False
    linked = sum(len(_TAG.sub(b"", inner)) for inner in _LINK.findall(stretch))
    return linked >= LINK_SHARE * len(_TAG.sub(b"", stretch).strip())
