"""Who says that an actor did it: the words before "said", or after "according to", and his role.

Read by `transforms.coding.who.sayings`.

Source: codebook section 5.
"""

from __future__ import annotations

import re

from transforms.coding.who.actor_list import ActorList
from transforms.coding.who.actors import ActorMention

NAMED = ("group", "state", "unlisted")
REACH = 240
"""Characters before a name that are read; a sentence may be hostile and very long."""

_SPEAKER_WORDS = 9


def find_voice(
    text: str, mention: ActorMention, mentions: list[ActorMention], actors: ActorList
) -> tuple[str | None, str]:
    """Who says that an actor did it, in the article's words and by role; or the narrator.

    Args:
        text: the sentence.
        mention: the actor.
        mentions: all actors of the sentence.
        actors: the actor list, with the words of roles and of saying.
    """
    according = actors.cues.according.search(text)
    if according:
        return _named(
            re.split(r"\s(?:on|in|that|who|for)\s", according.group(1))[0], mentions, actors
        )
    said = list(actors.cues.spoke.finditer(text, max(0, mention.start - REACH), mention.start))
    spoke = said[-1] if said else actors.cues.spoke.search(text, mention.end)
    if spoke is None:
        return None, "narrator"
    subject = _CLAUSE_START.split(text[max(0, spoke.start() - REACH) : spoke.start()])[-1]
    parts = [part for part in subject.split(",") if part.strip() and not _ADVERBIAL.match(part)]
    if not parts:
        return None, "narrator"
    words = parts[0] if len(parts) > 1 and said else parts[-1]
    if mention.text in words:
        return None, "narrator"
    return _named(words, mentions, actors)


_CLAUSE_START = re.compile(r"[;:“”\"]|\b(?:but|that|which|while|as|after|when)\b")
_ADVERBIAL = re.compile(
    r"\s*(?:earlier|later|meanwhile|also|on|in|at|elsewhere|separately|after|before|late|early"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|however|then|and|but|for|to|with|near)\b",
    re.IGNORECASE,
)


def _named(words: str, mentions: list[ActorMention], actors: ActorList) -> tuple[str | None, str]:
    cleaned = re.sub(
        r"^(?:(?:and|but|meanwhile|separately|however|earlier|later|the|also|in [A-Z]\w+)\b\W*)+",
        "",
        words.strip(" \t\n-—–'’"),
        flags=re.IGNORECASE,
    )
    cleaned = re.sub(r"\s+(?:has|have|had|also|later|is|are|was|were)$", "", cleaned).strip()
    cleaned = re.sub(r"\s+(?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$", "", cleaned)
    if cleaned.count("(") > cleaned.count(")"):
        cleaned = cleaned[: cleaned.rindex("(")].strip()
    parts = cleaned.split()
    if not parts or len(parts) > _SPEAKER_WORDS or parts[0].lower() in ("it", "he", "she", "they"):
        return None, "narrator"
    inside = next((m for m in mentions if m.text in cleaned and m.kind in NAMED), None)
    if inside:
        return cleaned, own_role(inside) if inside.kind != "state" else _role(cleaned, actors)
    return cleaned, _role(cleaned, actors)


def _role(words: str, actors: ActorList) -> str:
    padded = f" {words.lower()} "
    for role, hints in actors.speakers.items():
        if any(f" {hint} " in padded for hint in hints):
            return role
    return "unknown"


def own_role(mention: ActorMention) -> str:
    """The role of an actor who speaks for himself."""
    return "party" if mention.kind in ("state", "country") else "armed_group"
