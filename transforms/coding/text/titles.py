"""Headlines without the name of the site that pages write behind them.

As in "Two hurt in fire - Channel 5 News, Springfield": what stands there is no part of the story.
"""

from __future__ import annotations

import re

_SEGMENT = re.compile(r"\s(?:[-–—|:»]|\|\|)\s")
_SITE = re.compile(
    r"\b(?:News|NEWS|Weather|Sports|TV|Television|Channel|Radio|Herald|Tribune|Gazette|Chronicle"
    r"|Examiner|Courier|Observer|Sentinel|Newspaper|Online|Media|Headlines)\b|\w\.(?:com|org|net)\b"
    r"|\b[KW][A-Z]{2,3}(?:-TV|-FM)?\b|\w(?:News|NEWS|TV)\b|\b[A-Z]{4}\d{1,2}\b"
)
_SHORTEST = 3
"""Words of a headline that may stand before the name of a site."""


def without_site(title: str) -> str:
    """A headline up to the first part that names a site; as it is where none does."""
    if title.isupper():
        return title
    for gap in _SEGMENT.finditer(title):
        following = _SEGMENT.search(title, gap.end())
        segment = title[gap.end() : following.start() if following else len(title)]
        if _SITE.search(segment) and len(title[: gap.start()].split()) >= _SHORTEST:
            return title[: gap.start()]
    return title
