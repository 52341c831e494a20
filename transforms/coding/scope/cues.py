"""The cues of scope, as scope.toml has them, and what an article as a whole says of its scope.

All are regular expressions for RE2, so that no text can make them slow.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import re2

from transforms.coding.words.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class ScopeCues:
    """The compiled cues of scope.toml, under the names of its lists."""

    aggregate: Any
    background: Any
    unreal: Any
    denied: Any
    denied_that: Any
    disaster: Any
    one_town: Any
    lasting: Any
    since_day: Any
    day_range: Any
    one_deed: Any
    one_day: Any
    one_cause: Any
    since_one: Any
    dated_event: Any
    inquiry: Any
    reaction: Any
    month: Any
    taking: Any
    legal: Any
    baton_charge: Any
    year: Any
    fiction: Any
    sport: Any
    assailed: Any
    avenged: Any
    athletic: Any
    fictional: Any
    unnatural: Any
    elderly: Any
    natural: Any
    forced: Any
    mishap: Any
    doubtful: Any
    of_age: Any
    of_illness: Any
    turned_up: Any
    corrected: Any
    rank: Any
    ranked_time: Any
    announced: Any
    still_held: Any
    disputed: Any
    feared: Any
    counted_attacks: Any
    no_attack_name: Any
    invented: Any
    review: Any
    attested: Any
    drill: Any
    idiom: Any
    bodily: Any
    spread: Any
    murder_suicide: Any
    murder_tried: Any
    plural_events: frozenset[str]
    deeds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Setting:
    """What the whole article says: whether it opens with a disaster, whether its day is known."""

    disaster: bool
    year: int | None

    @property
    def dated(self) -> bool:
        """Whether the article's day is known."""
        return self.year is not None


def compile_scope(lexicon: Lexicon) -> ScopeCues:
    """Compile the cue lists once."""
    names = [f.name for f in fields(ScopeCues) if f.name not in ("plural_events", "deeds")]
    compiled = {
        name: re2.compile("|".join(f"(?:{pattern})" for pattern in lexicon.cues[name]))
        for name in names
    }
    plural_events = frozenset(lexicon.cues["plural_events"])
    return ScopeCues(**compiled, plural_events=plural_events, deeds=lexicon.words.deeds)
