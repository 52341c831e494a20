"""Names of persons that look like places: an article gives their age, or tells that they died."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from transforms.coding.model import Document
from transforms.coding.where.mentions import PlaceMention

_NAME = r"(?:[A-Z][\w'\u2019-]+ )(?:[A-Z]\. )?(?P<last>[A-Z][\w'\u2019-]+)"
_AGED = re.compile(rf"\b{_NAME}, \d{{1,2}}[,.;]|\byear-old {_NAME.replace('last', 'other')}\b")
_AGE = re.compile(r", \d")
"""A quick look for sentences in which `_AGED` may find anything."""

_BODIED = re.compile(
    r"(?:['’]s (?:body|corpse|eyes|face|head|wife|husband|widow|mother|father|lawyer|attorney"
    r"|killers?|(?:death|murder|killing)(?! (?:tolls?|rates?|row|penalty|certificate)))\b"
    r"|(?:, an? [^,]{3,40},| [A-Z][a-z]+,)? (?:died|was (?:shot|stabbed|killed|murdered|pronounced"
    r"|buried|strangled|poisoned|born)))\b"
)
"""Behind a name: places have no bodies."""

_OFFICE = re.compile(
    r"\b(?:mayor|governor|prefect|bishop|imam|emir|king|chief|head|commander|residents?|people"
    r"|natives?|citizens?|inhabitants?|city|town|village) of (?:the )?$"
)
"""Before a name: who holds an office, or lives there, does so in a place."""
_LONGEST_OFFICE = 24

_WHOLE = frozenset({"place", "unknown", "admin1", "admin2"})
"""Kinds that a surname may be taken for; countries and regions are seldom surnames."""


def with_surnames(
    found: Mapping[int, Sequence[PlaceMention]],
    document: Document,
    victims: frozenset[str] = frozenset(),
) -> dict[int, list[PlaceMention]]:
    """The places of each sentence; a surname of somebody in the article is marked as a mere name.

    A name is somebody's where it is introduced with an age ("Ann Parker, 24," or "24-year-old Ann
    Parker") or has a body ("Parker died", "Parker's wife"); "in Parker" stays a place all the same.

    Args:
        found: the places of the article's sentences, by ordinal.
        document: the article.
        victims: last names that are known already.
    """
    surnames = {
        name
        for sentence in document.sentences
        if _AGE.search(sentence.text) or "year-old" in sentence.text
        for match in _AGED.finditer(sentence.text)
        for name in match.groups()
    }
    surnames |= victims | {
        mention.text
        for ordinal, mentions in found.items()
        for mention in mentions
        if mention.kind in _WHOLE
        and mention.tie not in ("at", "near")
        and _BODIED.match(text := document.by_ordinal[ordinal].text, mention.end)
        and not _OFFICE.search(text, max(0, mention.start - _LONGEST_OFFICE), mention.start)
    }
    return {
        ordinal: [
            m._replace(relation="name", tie="") if _is_surname(m, surnames) else m for m in mentions
        ]
        for ordinal, mentions in found.items()
    }


def _is_surname(mention: PlaceMention, surnames: set[str | None]) -> bool:
    bare = mention.kind in _WHOLE and mention.tie not in ("at", "near") and not mention.noun
    return bare and mention.text in surnames
