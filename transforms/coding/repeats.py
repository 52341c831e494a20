"""Sentences of an article that tell nothing of their own: copies, and titles of other stories.

Pages on the web give a caption once for every picture, the headline again above the text, and the
titles of other stories between the paragraphs. Before items are read.
"""

from __future__ import annotations

import re
from collections import Counter

from transforms.coding.model import Document

_LETTERS = re.compile(r"[^\W_]+")
_WORDS = 4
"""Fewer words may stand twice for other reasons."""
_LINK = re.compile(
    r"\W{0,3}(?:(?:RELATED|Related)(?: (?:ARTICLES?|STOR(?:Y|IES)|LINKS?|COVERAGE|NEWS|CONTENT"
    r"|[Aa]rticles?|[Ss]tor(?:y|ies)|[Ll]inks?|[Cc]overage|[Nn]ews|[Cc]ontent))?"
    r"|(?:READ|Read)(?: (?:MORE|ALSO|NEXT|[Mm]ore|[Aa]lso|[Nn]ext))?|(?:SEE|See|ALSO|Also)"
    r" (?:ALSO|[Aa]lso|READ|[Rr]ead)|MORE|STORY|STORIES|PREVIOUS(?:LY)?|ALSO|TRENDING|RECOMMENDED"
    r"|MOST READ|PICTURES|PHOTOS|VIDEO|WATCH) ?(?::|>>|»)"
)


def told_before(document: Document) -> frozenset[int]:
    """Ordinals of the sentences whose words all stood before as one sentence."""
    # copies have as many e's, a's and t's: most sentences are told apart by counting alone
    lowered = [sentence.text.lower() for sentence in document.sentences]
    counts = [(text.count("e"), text.count("a"), text.count("t")) for text in lowered]
    alike = Counter(counts)
    seen: set[tuple[str, ...]] = set()
    again: set[int] = set()
    for sentence, text, count in zip(document.sentences, lowered, counts, strict=True):
        if alike[count] == 1:
            continue
        words = tuple(_LETTERS.findall(text))
        if len(words) < _WORDS:
            continue
        if words in seen:
            again.add(sentence.ordinal)
        seen.add(words)
    return frozenset(again)


def titles_of_others(document: Document) -> frozenset[int]:
    """Ordinals of the sentences that open as links to other stories do ("RELATED: ...")."""
    return frozenset(s.ordinal for s in document.sentences[1:] if _LINK.match(s.text))
