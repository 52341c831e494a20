"""What an article is about besides casualties: sport, fiction, a death that nature brought.

Looked for in all of an article, and only when a casualty word asks.
"""

from __future__ import annotations

import re
from functools import cached_property

from transforms.coding.model import Document
from transforms.coding.scope.cues import ScopeCues

_OPENING = 3
"""Sentences, the headline included, that say what an article is about."""

_REVIEW_WORDS = 2
"""More different words of film and fiction than this open only reviews (and no article of the gold
sets that has casualties)."""

_ATHLETIC = 3
_FICTIONAL = 4
"""Different words of sport, of fiction, from which on an article is about it."""

_NEAR = 4
"""Sentences before and after one that tell how somebody died."""

_NAME = re.compile(r"\b[A-Z][^\W\d_]{2,}")


class Matter:
    """What one article is about.

    Args:
        document: the article.
        cues: the words that tell.

    Attributes:
        taken_by_nature: parts of the names of those who died of age or illness, as far as it is
            read.
    """

    def __init__(self, document: Document, cues: ScopeCues) -> None:
        self._document = document
        self.cues = cues
        self.taken_by_nature = self._named_in_headline()

    def _named_in_headline(self) -> set[str]:
        """The words with capitals of a headline that tells of a death in old age."""
        headline = self._document.sentences[0].text if self._document.sentences else ""
        told = headline.lower()
        if not self.cues.elderly.finds(told) or self.cues.unnatural.finds(told):
            return set()
        return {name.lower() for name in _NAME.findall(headline)}

    @cached_property
    def opening(self) -> str:
        """The headline and the first sentences, lower case."""
        return " ".join(s.text for s in self._document.sentences[:_OPENING]).lower()

    @cached_property
    def _text(self) -> str:
        return " ".join(s.text for s in self._document.sentences).lower()

    @cached_property
    def is_invented(self) -> bool:
        """Whether it is a review or a drill: what it tells is invented."""
        opening, cues = self.opening, self.cues
        if cues.invented.match(opening) or cues.drill.finds(opening):
            return True
        told = len(set(cues.review.findall(opening))) > _REVIEW_WORDS
        return told and not cues.attested.finds(opening)

    @cached_property
    def opens_quietly(self) -> bool:
        """Whether its opening tells nothing violent."""
        return not self.cues.unnatural.finds(self.opening)

    @cached_property
    def is_obituary(self) -> bool:
        """Whether its opening tells of a death that nature brought, and of nothing that hurts."""
        opening, cues = self.opening, self.cues
        quiet = not (cues.bodily.finds(opening) or cues.forced.finds(opening))
        old = cues.of_age.finds(opening)
        return quiet and (old or (cues.natural.finds(opening) and not cues.doubtful.finds(opening)))

    @cached_property
    def is_sport(self) -> bool:
        """Whether it reports on games and athletes."""
        return len(set(self.cues.athletic.findall(self._text))) >= _ATHLETIC

    @cached_property
    def is_fiction(self) -> bool:
        """Whether it is about films, books or games, and nobody speaks of what happened."""
        told = len(set(self.cues.fictional.findall(self._text))) >= _FICTIONAL
        return told and not self.cues.attested.finds(self._text)

    def is_peaceful(self, ordinal: int) -> bool:
        """Whether nothing that its opening and the sentences around one tell ends lives but nature.

        Args:
            ordinal: of the sentence.
        """
        around = range(ordinal - _NEAR, ordinal + _NEAR + 1)
        near = " ".join(s.text for s in self._document.sentences if s.ordinal in around)
        return self.opens_quietly and not self.cues.unnatural.finds(near.lower())
