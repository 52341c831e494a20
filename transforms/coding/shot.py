"""Whether "shot" and "stabbed" without an object tell of who was hit ("Man shot in the leg").

Headlines leave out the verb "was"; in a sentence the words behind must leave no doubt, since
"a guard shot in the air" too.
"""

from __future__ import annotations

from transforms.coding.lexicon import MONTH, NUMBER, PERSON, TRIGGER, WEEKDAY
from transforms.coding.mentions import Reader

_TIMES = frozenset("multiple several twice once repeatedly".split())
_PLACES = frozenset("in inside outside near during while on behind along early late".split())
_BREAKS = frozenset("| - – —".split())
_REACH = 4
"""Tokens from "in" to the part of the body."""


def was_hit(reader: Reader, last: int) -> bool:
    """Whether those before the verb were hit.

    Args:
        reader: the sentence.
        last: the token behind the verb.
    """
    low, flags, body = reader.tokens.low, reader.tokens.flags, reader.lexicon.words.body_parts
    if last >= len(low):
        return reader.headline
    word = low[last]
    ahead = low[last + 1 : last + 1 + _REACH]
    if word in ("by", "through") or (word == "in" and body.intersection(ahead)):
        return word != "through" or bool(body.intersection(ahead))
    if word in _TIMES or (flags[last] & NUMBER and low[last + 1 : last + 2] == ["times"]):
        return True
    if not reader.headline or reader.lexicon.words.no_targets.intersection(ahead):
        return False
    if word == "at":
        return not any(flag & PERSON for flag in flags[last + 1 : last + 1 + _REACH])
    if word == ",":  # "Father shot, killed his son" has an object
        return not any(flag & TRIGGER for flag in flags[last + 1 : last + 2])
    return word in _PLACES or word in _BREAKS or bool(flags[last] & (WEEKDAY | MONTH))
