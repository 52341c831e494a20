"""How far from its claims an article is read for places, days and names.

Between the items of an article and its accounts; a short article is read whole.
"""

from __future__ import annotations

from collections.abc import Sequence

from transforms.coding.model import Document, Sentence
from transforms.coding.where.gazetteer import Gazetteer

_LEAD, _REACH = range(5), range(-3, 4)
"""Sentences of the lead, and those before and after a claim, that may describe it."""

_SHORT, LONG = 14, 60
"""Sentences up to which all of an article is searched for places, and beyond which only the lead
and what is near claims is read at all. Set on gvc_dev and muc4_dev, 2026-11."""


def near_claims(document: Document, own: set[int]) -> tuple[Sentence, ...]:
    """The lead and the sentences near claims."""
    reach = {o + step for o in own for step in _REACH} | set(_LEAD)
    return tuple([s for s in document.sentences if s.ordinal in reach])


def placing_sentences(
    document: Document, near: tuple[Sentence, ...], gazetteer: Gazetteer
) -> Sequence[Sentence]:
    """Sentences that may say where: of a longer article those near claims or naming a country."""
    sentences = document.sentences
    if len(sentences) <= _SHORT:
        return sentences
    if len(sentences) > LONG:
        return near
    known = {s.ordinal for s in near}
    return [s for s in sentences if s.ordinal in known or gazetteer.names_country(s.text)]
