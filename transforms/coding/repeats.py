"""Sentences of an article that tell nothing of their own: copies, older versions, other titles.

Pages on the web give a caption once for every picture, the headline again above the text, and the
titles of other stories between the paragraphs. Before items are read.
"""

from __future__ import annotations

import re
from collections import Counter

from transforms.coding.model import CASUALTY, Document

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


def titles_between(document: Document) -> frozenset[int]:
    """Ordinals of the lines that stand between sentences without a stop, as a title does.

    As in "Police blamed the driver. / Truck falls into river, killing seven / The road is narrow."
    What stands above its own story is none: the next sentence has a word of it.
    """
    told = document.sentences
    return frozenset(
        line.ordinal
        for before, line, after in zip(told, told[1:], told[2:], strict=False)
        if line.ordinal > _LEAD
        and line.signs & CASUALTY
        and line.text[-1].isalnum()
        and before.text[-1] in _STOPS
        and after.text[-1] in _STOPS
        and before.paragraph != line.paragraph != after.paragraph
        and _WORDS < line.text.count(" ") < _LONG_TITLE
        and _telling(line.text).isdisjoint(_telling(after.text))
    )


def _telling(text: str) -> set[str]:
    """The words of a text by which it may be known: names and long words."""
    words = (word.group() for word in _LETTERS.finditer(text))
    return {w.lower() for w in words if len(w) >= _LONG_WORD or w[0].isupper()} - {"the", "in"}


_LONG_WORD = 5


_LEAD = 2
"""Up to this sentence a line without a stop tells of the news itself."""
_LONG_TITLE = 16
_STOPS = frozenset('.!?"”’')


_DATELINE = re.compile(
    r"[A-Z][A-Z.'’ -]{3,30}(?:, [A-Z][A-Za-z.]{1,12})?(?: ?\([A-Z][\w/ .-]{1,24}\))?"
    r" ?(?:--|–|—|>>| -) ?(?=[A-Z])"
)
_OPENING = 3
"""Sentences of an older version that tell its event as news."""


def older_versions(document: Document) -> frozenset[int]:
    """Ordinals of the sentences that open a text again below its end, with a dateline of its own.

    Pages of local news keep the first report below the later one. What it tells anew is told again.
    """
    told: set[int] = set()
    for sentence in document.sentences[_AFTER:]:
        if _DATELINE.match(sentence.text) and not sentence.text.isupper():
            told.update(range(sentence.ordinal, sentence.ordinal + _OPENING))
        elif "pic.twitter.com/" in sentence.text:  # what was said before, shown below the text
            told.add(sentence.ordinal)
    return frozenset(told)


_AFTER = 5
"""Sentences that an older version cannot stand before."""
