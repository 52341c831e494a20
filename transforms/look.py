"""The first look at a page: can it carry casualties at all? Only then it is worth extracting.

Linear scans only, so that no page, however hostile, costs more than its length: the parts that no
reader sees are cut out, and Arrow's RE2 looks for the casualty vocabulary in the rest of all pages
of a batch at once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from html import unescape
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import re2
from numpy.typing import NDArray

from transforms.charset import as_utf8
from transforms.coding.words.lexicon import Lexicon
from transforms.identity import hash_id

GAP = " ... "
"""Stands in a phrase for up to `GAP_CHARACTERS` of anything: "claimed ... lives"."""
GAP_CHARACTERS = 60

SEARCH_MEMORY_MB = 32
"""What RE2 may keep of the vocabulary, which needs 5; where it is too little, a search takes ten
times as long and RE2 complains at every page. Arrow's has 8 and can't be given more."""

_RAW = frozenset({b"script", b"style"})
_HIDDEN = _RAW | {b"svg", b"noscript", b"template", b"iframe", b"select"}
_FURNITURE = _HIDDEN | {b"nav", b"footer", b"aside", b"button", b"title"}
"""Elements whose text trafilatura never counts as the article's."""
_ELEMENT = re.compile(
    # most tags are out by their first letter
    rb"(?i)<(?=[sntifab!])(?:!--|(" + b"|".join(sorted(_FURNITURE)) + rb")(?=[\s/>]))"
)
_ENDS = {name: re.compile(rb"(?i)</" + name + rb"(?=[\s/>])[^<>]*>?") for name in _FURNITURE}
_COMMENT_END = b"-->"
_LINKED_DATA = b"ld+json"
_LINKED_DATA_WITHIN = 200
"""Bytes of a script's tag in which it says that it holds data."""
_TAG = r"<[^<>]*>"
_LETTER_NAME = rb"shy|[A-Za-z](?:acute|grave|circ|uml|tilde|cedil|slash)"
_SOFT_HYPHEN = "\xad".encode()
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


def can_carry_casualties(
    pages: Sequence[bytes], words: Sequence[str], content_types: Sequence[str | None] | None = None
) -> NDArray[np.bool_]:
    """Whether the visible text of each page holds a word of the casualty vocabulary.

    Args:
        pages: raw pages.
        words: the vocabulary, lower case; a word that ends in `*` is a stem. Phrases are allowed,
            with `GAP` where other words may stand between.
        content_types: Content-Type header of each page, where known.

    Returns:
        One truth value per page.
    """
    return hold_words(visible_markup(pages, content_types), words)


def visible_markup(
    pages: Sequence[bytes], content_types: Sequence[str | None] | None = None
) -> list[bytes]:
    """The pages without what trafilatura never takes for the article: scripts, menus, titles.

    Args:
        pages: raw pages.
        content_types: Content-Type header of each page, where known.

    Returns:
        What is left of each, as UTF-8.
    """
    kinds = content_types or [None] * len(pages)
    return [
        unfolded(_without(as_utf8(page, kind), _FURNITURE))
        for page, kind in zip(pages, kinds, strict=True)
    ]


def hold_words(markup: Sequence[bytes] | Sequence[str], words: Sequence[str]) -> NDArray[np.bool_]:
    """Whether a word of the vocabulary stands outside the tags of each page.

    Args:
        markup: pages as `visible_markup` gives them, or texts.
        words: as for `can_carry_casualties`.
    """
    spaced = pc.replace_substring_regex(pa.array(markup, pa.large_string()), _TAG, " ")
    found = pc.match_substring_regex(spaced, look_pattern(words))
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.bool_)


def look_pattern(words: Sequence[str]) -> str:
    """The vocabulary as one RE2 pattern, case left aside.

    Args:
        words: as for `can_carry_casualties`.
    """
    return _look_pattern(tuple(words))


@lru_cache(maxsize=8)
def _look_pattern(words: tuple[str, ...]) -> str:
    # what stands around the words stands there once for all of them: a gap of its own for each verb
    # that needs "lives" is more than RE2 has memory for, and it says so at every page
    around: dict[tuple[str, str], list[str]] = {}
    for word in sorted(set(words)):
        stem = word.rstrip("*")
        # RE2 knows word borders between ASCII characters only
        before = r"\b" if stem[:1].isascii() else ""
        after = r"\b" if stem == word and stem[-1:].isascii() else ""
        first, *more = (re.escape(part).replace(r"\ ", r"\s+") for part in stem.split(GAP))
        after = "".join(rf"\b.{{0,{GAP_CHARACTERS}}}\b{part}" for part in more) + after
        around.setdefault((before, after), []).append(first)
    parts = [f"{before}(?:{'|'.join(w)}){after}" for (before, after), w in around.items()]
    return f"(?is)(?:{'|'.join(parts)})" if parts else r"[^\x00-\x{10FFFF}]"


@lru_cache(maxsize=8)
def look_searcher(pattern: str | bytes) -> Any:
    """A pattern of `look_pattern` compiled by RE2, for texts or for their UTF-8."""
    options = re2.Options()
    options.max_mem = SEARCH_MEMORY_MB * 2**20
    return re2.compile(pattern, options)


def look_words(lexicon: Lexicon) -> list[str]:
    """The words of the coder's lexicon by which a page is looked at.

    Verbs that need "lives" ("took", "cost") count only shortly before it, and phrases that hold
    another word of the list are left out: the list stays short and catches the same pages. So are
    common words that kill only beside others (`Lexicon.seen`): the coder reads them in articles
    that have a word of the list as well.

    Args:
        lexicon: what the coder knows.
    """
    bound = {w for w, rs in lexicon.triggers.items() if {r.takes for r in rs} == {"lives"}}
    alone = lexicon.triggers.keys() - bound - lexicon.seen.keys()
    phrases = {" ".join(p) for p in lexicon.phrase_triggers if alone.isdisjoint(p)}
    phrases -= lexicon.seen.keys()
    return sorted({*alone, *phrases, *(f"{w}{GAP}lives" for w in bound)})


def audit_sample(urls: Sequence[str], share: float) -> NDArray[np.bool_]:
    """Which of the pages passed over are extracted all the same, as a standing audit.

    Args:
        urls: addresses of the pages; the choice depends on nothing else.
        share: part to choose, 0 to 1.

    Returns:
        One truth value per page.
    """
    bound = int(share * 2**32)
    return np.array([int(hash_id("audit", url)[:8], 16) < bound for url in urls], dtype=np.bool_)


def without_hidden(markup: bytes) -> bytes:
    """The page without scripts (but for JSON-LD), styles, drawings and the like; for the parser.

    Args:
        markup: the page as UTF-8.
    """
    return _without(markup, _HIDDEN)


def unfolded(markup: bytes) -> bytes:
    """Text in which words stand as a reader sees them: no references, escapes or soft hyphens.

    Args:
        markup: text or markup as UTF-8.
    """
    if _reference_searcher().search(markup):
        markup = unescape(markup.decode("utf-8", "replace")).encode("utf-8", "replace")
    if b"\\" in markup and b"\\u" in markup:  # a single byte is found ten times as fast
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), markup.decode("utf-8", "replace"))
        markup = text.encode("utf-8", "replace")
    return markup.replace(_SOFT_HYPHEN, b"") if _SOFT_HYPHEN[-1:] in markup else markup


@lru_cache(maxsize=1)
def _reference_searcher() -> Any:
    """Finds what stands for a letter: RE2 leaps from `&` to `&`, ten times as fast as re."""
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1  # bytes, whatever they stand for
    return re2.compile(rb"&(?:#|(?:" + _LETTER_NAME + rb");)", options)


def _without(markup: bytes, names: frozenset[bytes]) -> bytes:
    """The page without comments and some elements: one way from left to right, closed or not."""
    kept: list[bytes] = []
    since = at = 0  # what is not kept yet, and what was not read yet
    last_closed = markup.rfind(_COMMENT_END)
    opened: _Opened | None = None
    while True:
        tag = _ELEMENT.search(markup, at)
        if opened:
            # with another element in it, or never closed: better too much than too little
            end = _ENDS[opened.name].search(markup, at, tag.start() if tag else len(markup))
            if end:
                kept[opened.kept :] = [markup[opened.since : opened.start]]
                since, opened = end.end(), None
        if tag is None:
            return b" ".join([*kept, markup[since:]])
        at = tag.end()
        if tag[1] is None:
            begun = tag.start() + len(b"<!")  # "<!-->" ends itself
            if last_closed >= begun:
                kept.append(markup[since : tag.start()])
                since = at = markup.find(_COMMENT_END, begun) + len(_COMMENT_END)
            continue
        name, opened = tag[1].lower(), None
        if name in _RAW:
            if not _is_data(markup, at):
                # a script may write tags of its own: nothing counts until it ends
                kept.append(markup[since : tag.start()])
                end = _ENDS[name].search(markup, at)
                since = at = end.end() if end else len(markup)
        elif name in names:
            opened = _Opened(name, tag.start(), len(kept), since)


class _Opened(NamedTuple):
    """An element that may end before the next one begins: what was kept when its tag began."""

    name: bytes
    start: int
    kept: int
    since: int


def _is_data(markup: bytes, inner: int) -> bool:
    """Whether the script whose tag goes on at `inner` is JSON-LD, which may hold the article."""
    return _LINKED_DATA in markup[inner : inner + _LINKED_DATA_WITHIN].partition(b"<")[0]
