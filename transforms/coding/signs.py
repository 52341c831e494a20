"""Which texts and sentences are worth reading, and for what: one scan of a batch for each sign.

Comes before and after `sentences`. Arrow runs RE2 over a whole column at hundreds of megabytes a
second, in linear time on any text; so what holds nothing costs the later stages nothing. Articles
and sentences are asked for the large vocabulary of casualties one by one, as fast. A sentence that
nobody scanned has every sign: every stage reads it, with the same result.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from transforms.coding.knowledge import Knowledge
from transforms.coding.model import (
    BLAME,
    CASUALTY,
    CORRECTED,
    DISPUTED,
    GANG,
    NEW_EVENT,
    OTHER_VERSION,
    TIME,
    Document,
    Sentence,
)
from transforms.coding.when.words import SIGN
from transforms.coding.who.actors import GANG_SIGN
from transforms.coding.words.cue_sets import keep_pattern


def find_carrying(texts: Iterable[str], knowledge: Knowledge) -> list[int]:
    """Positions of the texts that hold a word of the casualty vocabulary, in order.

    By the automaton that is kept: the vocabulary is more than Arrow's RE2 has memory for, and then
    it reads a twelfth as fast.
    """
    holds = _kept(knowledge.gate.pattern)
    return [at for at, text in enumerate(texts) if holds(text)]


def mark_signs(documents: Sequence[Document], knowledge: Knowledge) -> list[Document]:
    """The documents, their sentences marked with what they may hold.

    Args:
        documents: articles as sentences.
        knowledge: the compiled reference data.
    """
    sentences = [sentence for document in documents for sentence in document.sentences]
    texts = _column(sentence.text for sentence in sentences)
    lowered = _column(sentence.text.lower() for sentence in sentences)
    signs = _casualties(sentences, knowledge)
    for sign, column, pattern in (
        (NEW_EVENT, lowered, knowledge.incidents.new.pattern),
        (TIME, texts, SIGN),
        (GANG, texts, GANG_SIGN),
        (BLAME, lowered, knowledge.actors.cues.blame_sign),
        (DISPUTED, lowered, knowledge.scope.disputed.pattern),
        (CORRECTED, lowered, knowledge.scope.corrected.pattern),
        (OTHER_VERSION, lowered, knowledge.incidents.other_version.pattern),
    ):
        for at in _scan(column, pattern):
            signs[at] |= sign
    return _marked(documents, sentences, signs)


def mark_casualties(documents: Sequence[Document], knowledge: Knowledge) -> list[Document]:
    """The documents, marked with casualties alone: `item_reader.holds_items` asks for no more.

    Args:
        documents: articles as sentences.
        knowledge: the compiled reference data.
    """
    sentences = [sentence for document in documents for sentence in document.sentences]
    return _marked(documents, sentences, _casualties(sentences, knowledge))


def _casualties(sentences: Iterable[Sentence], knowledge: Knowledge) -> list[int]:
    """For each sentence the sign of casualties, or no sign."""
    holds = _kept(knowledge.gate.pattern)
    return [CASUALTY if holds(sentence.text) else 0 for sentence in sentences]


_kept = lru_cache(maxsize=2)(keep_pattern)
"""The vocabulary in use; there is hardly ever a second one."""


def _marked(
    documents: Sequence[Document], sentences: Iterable[Sentence], signs: Iterable[int]
) -> list[Document]:
    """The documents with the signs of their sentences, which come one after the other."""
    marked = iter(
        [
            Sentence(ordinal, text, start, paragraph, found)
            for (ordinal, text, start, paragraph, _), found in zip(sentences, signs, strict=True)
        ]
    )
    return [
        replace(document, sentences=tuple([next(marked) for _ in document.sentences]))
        for document in documents
    ]


def _column(texts: Iterable[str]) -> Any:
    listed = list(texts)
    try:
        return pa.array(listed, pa.large_string())
    except UnicodeEncodeError:  # half of a surrogate pair, which Arrow has no bytes for
        return pa.array([t.encode(errors="replace").decode() for t in listed], pa.large_string())


def _scan(column: Any, pattern: str) -> list[int]:
    found: list[int] = pc.indices_nonzero(
        pc.match_substring_regex(column, pattern=pattern)
    ).to_pylist()
    return found
