"""What only headlines leave out: the verb "was", and what stands between it and its subject."""

from __future__ import annotations

from transforms.coding.groups.group import Group
from transforms.coding.mention import Reader
from transforms.coding.words.lexicon import PUNCTUATION, REPORTING, TRIGGER, VERB


def opening_victims(reader: Reader, first: int) -> list[Group]:
    """Those a headline opens with and counts ("All 62 aboard Brazil plane killed").

    Args:
        reader: the sentence.
        first: the participle.
    """
    if not reader.headline:
        return []
    flags = reader.tokens.flags
    opening = next((g for g in reader.groups if g.last <= first), None)
    if opening is None or opening.kind != "number" or opening.uncertain:
        return []
    if opening.first and not flags[opening.first - 1] & PUNCTUATION:
        return []
    closed = VERB | TRIGGER | REPORTING | PUNCTUATION
    return [] if any(flag & closed for flag in flags[opening.last : first]) else [opening]
