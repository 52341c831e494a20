"""Murder-suicides: who was only said to be shot is dead."""

from __future__ import annotations

from transforms.coding.mention import Mention
from transforms.coding.scope.cues import ScopeCues


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
    here = bool(cues.murder_suicide.finds(sentence))
    if not (here or cues.murder_suicide.finds(opening)):
        return False
    with_gun = [m for m in mentions if m.kind == "killed" and m.weak and m.rule == "phrase"]
    if cues.murder_tried.finds(f"{opening} {sentence}"):
        for mention in with_gun:
            mention.kind = "injured"  # an attempt, that may have failed
        return False
    for mention in with_gun:
        mention.weak, mention.attackers = False, True
    oneself = any(mention.attackers or mention.rule == "phrase" for mention in mentions)
    alive = [m for m in mentions if m.kind == "injured" and not m.weak and m.groups]
    for mention in mentions:
        if mention.kind == "injured" and mention.weak and (here or oneself):
            if mention.rule == "phrase" and not mention.attackers:
                continue  # "was taken to hospital" tells of no shot
            if any(_is_same(mention, other) for other in alive):
                continue  # "is fighting for her life after her father shot her"
            mention.kind, mention.weak = "killed", False
            mention.attackers = mention.attackers or mention.rule == "phrase"
    return here


def _is_same(mention: Mention, known: Mention) -> bool:
    """Whether a pronoun stands for the person of another mention of its sentence."""
    named = [group.antecedent for group in mention.groups]
    return any(group is not None and group.first == known.groups[0].first for group in named)
