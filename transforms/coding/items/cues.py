"""What tells one event of an article from another: the cues of incidents.toml, compiled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import re2

from transforms.coding.words.lexicon import Lexicon

_OPENING = (
    r"^(?:and |but |also |meanwhile, )?(?:in|at|near|outside|to the \w+, in) (?:the )?(?:\w+ern )?"
    r"(?:city of |town of )?\w"
)
_SAYING = re.compile(
    r"\b(?:(?:said|says|say|told \w+|announced|reported|confirmed|issued|statement)"
    r" (?:late |early |on )?|(?:as of|by) (?:late |early )?)$",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class IncidentCues:
    """The compiled cues of incidents.toml.

    Attributes:
        another, same, new, taken_up, follows_on, when, rival, other_version: patterns of its lists.
        opening: a clause that opens with a place; saying: a verb of saying right before a day.
        families: kind of event -> pattern of its words.
        weights: evidence that an item belongs to an account -> what it counts.
    """

    another: Any
    same: Any
    new: Any
    taken_up: Any
    follows_on: Any
    when: Any
    rival: Any
    other_version: Any
    update: Any
    opening: Any
    saying: Any
    families: dict[str, Any]
    weights: dict[str, float]


def compile_incidents(lexicon: Lexicon) -> IncidentCues:
    """Compile the cue lists once."""

    def union(name: str) -> Any:
        return re2.compile("|".join(f"(?:{p})" for p in lexicon.cues[name]))

    families = {
        name.removeprefix("family_"): re2.compile(r"\b(?:" + "|".join(words) + r")\b")
        for name, words in lexicon.cues.items()
        if name.startswith("family_")
    }
    return IncidentCues(
        union("another_event"),
        union("same_event"),
        union("new_event"),
        union("taken_up"),
        union("follows_on"),
        union("when"),
        union("rival"),
        union("other_version"),
        union("update"),
        re2.compile(_OPENING),
        _SAYING,
        families,
        dict(lexicon.weights),
    )
