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
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import re2
from numpy.typing import NDArray

from transforms.charset import decode_document
from transforms.coding.lexicon import Lexicon
from transforms.identity import hash_id

GAP = " ... "
"""Stands in a phrase for up to `GAP_CHARACTERS` of anything: "claimed ... lives"."""
GAP_CHARACTERS = 60

SEARCH_MEMORY_MB = 32
"""What RE2 may keep of the vocabulary, which needs 5; where it is too little, a search takes ten
times as long and RE2 complains at every page. Arrow's has 8 and can't be given more."""

_RAW = frozenset({"script", "style"})
_ELEMENT = re.compile(
    # most tags are out by their first letter
    r"(?i)<(?=[sntifab])(script|style|svg|noscript|template|iframe|select|nav|footer|aside|button"
    r"|title)(?=[\s/>])"
)
_ENDS = {
    name: re.compile(rf"(?i)</{name}(?=[\s/>])[^<>]*>?")
    for name in (
        *("script", "style", "svg", "noscript", "template", "iframe", "select"),
        *("nav", "footer", "aside", "button", "title"),
    )
}
_HIDDEN = frozenset({"script", "style", "svg", "noscript", "template", "iframe", "select"})
_FURNITURE = _HIDDEN | {"nav", "footer", "aside", "button", "title"}
"""Elements whose text trafilatura never counts as the article's."""
_TAG = r"<[^<>]*>"
_LETTER_NAME = re.compile(r"&(?:shy|[A-Za-z](?:acute|grave|circ|uml|tilde|cedil|slash));")
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
) -> list[str]:
    """The pages without what trafilatura never takes for the article: scripts, menus, titles."""
    kinds = content_types or [None] * len(pages)
    decoded = (decode_document(p, k).text for p, k in zip(pages, kinds, strict=True))
    return [unfolded(_without(text, _FURNITURE)) for text in decoded]


def hold_words(markup: Sequence[str], words: Sequence[str]) -> NDArray[np.bool_]:
    """Whether a word of the vocabulary stands outside the tags of each page.

    Args:
        markup: pages as `visible_markup` gives them.
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
    another word of the list are left out: the list stays short and catches the same pages.

    Args:
        lexicon: what the coder knows.
    """
    bound = {w for w, rs in lexicon.triggers.items() if {r.takes for r in rs} == {"lives"}}
    alone = lexicon.triggers.keys() - bound
    phrases = {" ".join(p) for p in lexicon.phrase_triggers if alone.isdisjoint(p)}
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


def without_hidden(html: str) -> str:
    """The page without scripts (but for JSON-LD), styles, drawings and the like; for the parser."""
    return _without(html, _HIDDEN)


def unfolded(text: str) -> str:
    """Text in which words stand as a reader sees them: no references, escapes or soft hyphens."""
    if "&#" in text or _LETTER_NAME.search(text):
        text = unescape(text)
    if "\\u" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        text = text.encode("utf-8", "replace").decode("utf-8")
    return text.replace("\xad", "")


def _without(html: str, names: frozenset[str]) -> str:
    """The page without some elements: every piece is looked at once, closed or not."""
    pieces = _ELEMENT.split(_without_comments(html))
    kept = [pieces[0]]
    inside = ""
    for name, piece in zip(map(str.lower, pieces[1::2]), pieces[2::2], strict=True):
        if not inside and (name not in names or (name == "script" and "ld+json" in piece[:200])):
            kept += ["<", name, piece]
            continue
        end = _ENDS[inside or name].search(piece)
        if end:
            kept += [" ", piece[end.end() :]]
            inside = ""
        elif inside or name in _RAW:
            # a script may write tags of its own: nothing counts until it ends
            inside = inside or name
        else:
            # never closed, or another element stands in it: better too much than too little
            kept += ["<", name, piece]
    return "".join(kept)


def _without_comments(html: str) -> str:
    if "<!--" not in html:
        return html
    first, *rest = html.split("<!--")
    return first + " ".join(part.partition("-->")[2] if "-->" in part else part for part in rest)
