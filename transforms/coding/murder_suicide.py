"""Murder-suicides: who was only said to be shot is dead."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from transforms.coding.mentions import Mention
from transforms.coding.scope import ScopeCues


def mark_murder_suicide(
    mentions: list[Mention], sentence: str, opening: str, cues: ScopeCues
) -> bool:
    """Make those who were shot in a murder-suicide dead, where the words only say "shot".

    Args:
        mentions: those of one sentence.
        sentence: the sentence in lower case.
        opening: the first sentences of the article in lower case.
        cues: the compiled cues.

    Returns:
        Whether the sentence itself calls it a murder-suicide.
    """
    here = cues.murder_suicide.search(sentence)
    if not (here or _opens_so(opening, cues.murder_suicide)):
        return False
    if cues.murder_tried.search(f"{opening} {sentence}"):
        return False
    oneself = any(mention.attackers or mention.rule == "phrase" for mention in mentions)
    alive = [m for m in mentions if m.kind == "injured" and not m.weak and m.groups]
    for mention in mentions:
        if mention.kind == "injured" and mention.weak and (here or oneself):
            if any(_is_same(mention, other) for other in alive):
                continue  # "is fighting for her life after her father shot her"
            mention.kind, mention.weak = "killed", False
            mention.attackers = mention.attackers or mention.rule == "phrase"
    return bool(here)


@lru_cache(maxsize=1)  # every sentence of an article asks for it
def _opens_so(opening: str, cue: Any) -> bool:
    return bool(cue.search(opening))


def _is_same(mention: Mention, known: Mention) -> bool:
    """Whether a pronoun stands for the person of another mention of its sentence."""
    named = [group.antecedent for group in mention.groups]
    return any(group is not None and group.first == known.groups[0].first for group in named)
