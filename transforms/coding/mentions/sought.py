"""Those whom a search is for: "a search was under way on Tuesday for six crew of a trawler".

Read after a sentence's casualty words: who searches, or what befell those searched for, must stand
in the sentence, for police search for suspects and clubs for strikers.

Source: codebook section 2.
"""

from __future__ import annotations

from collections.abc import Sequence

from transforms.coding.groups.group import Group
from transforms.coding.mention import Mention, Reader, make_mention
from transforms.coding.text.tokens import Tokens
from transforms.coding.victims.objects import objects_of
from transforms.coding.words.lexicon import Lexicon, Trigger

_SEARCH = frozenset(("search", "searched", "searches", "searching"))
_NEAR = 8
"""Tokens from the word for the search to "for"."""
_SAVED = "rescued"
_GONE = Trigger("missing", "phrase", weak=True)


def may_seek(tokens: Tokens, lexicon: Lexicon) -> bool:
    """Whether a sentence tells of a search by rescuers, or after what people are lost in."""
    if _SEARCH.isdisjoint(tokens.low):
        return False
    words = lexicon.words
    near = words.rescuers - _SEARCH | words.torrents | words.vehicles | words.wrecks
    return "for" in tokens.low and not near.isdisjoint(tokens.low)


def read_sought(reader: Reader, before: Sequence[Mention]) -> list[Mention]:
    """The people whom a search is for, unless another word says that they are missing.

    Args:
        reader: the sentence.
        before: its other mentions.
    """
    low = reader.tokens.low
    kinds = {mention.kind for mention in before}
    if _SEARCH.isdisjoint(low) or "missing" in kinds:
        return []
    if "killed" not in kinds and not may_seek(reader.tokens, reader.lexicon):
        return []
    for index, word in enumerate(low):
        if word not in _SEARCH or "for" not in low[index + 1 : index + _NEAR]:
            continue
        at = low.index("for", index + 1)
        people = objects_of(reader, at + 1)
        if people and all(_is_sought(reader, group) for group in people):
            return [make_mention(_GONE, people, index, at + 1, "phrase", False, False)]
    return []


def _is_sought(reader: Reader, group: Group) -> bool:
    """Whether they are counted, and people whom nobody wants for what they did."""
    if group.kind != "number":
        return False
    if group.head < 0:  # "rescued 13 and was searching for the remaining 30"
        return _SAVED in reader.tokens.low or group.definite
    return reader.lexicon.roles.get(reader.tokens.low[group.head]) == "civilian"
