"""Everything the coder knows, compiled once from data/reference."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from transforms.coding.event_types import EventTypes
from transforms.coding.items.cues import IncidentCues, compile_incidents
from transforms.coding.scope.cues import ScopeCues, compile_scope
from transforms.coding.when.cues import WhenCues, compile_when_cues
from transforms.coding.where.gazetteer import Gazetteer
from transforms.coding.who.actor_list import ActorList
from transforms.coding.words.cue_sets import compile_large, join_cues
from transforms.coding.words.lexicon import Lexicon, build_lexicon

_APART = ("saying", "no_attack_name")
"""Cues that are asked of a few words of a sentence."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The compiled reference data.

    Attributes:
        lexicon: words and phrases of the casualty cascade.
        gate: RE2 pattern of the casualty vocabulary; what it does not find carries no claim.
        scope, incidents, when: compiled cues.
        event_types: words that tell the kind of event.
        gazetteer: places.
        actors: states, armed groups and their names.
        fingerprint: hash of the word lists, part of the coder's version.
    """

    lexicon: Lexicon
    gate: Any
    scope: ScopeCues
    incidents: IncidentCues
    when: WhenCues
    event_types: EventTypes
    gazetteer: Gazetteer
    actors: ActorList
    fingerprint: str


def build_knowledge(
    tables: Mapping[str, Mapping[str, Any]],
    *,
    event_types: EventTypes,
    gazetteer: Gazetteer,
    actors: ActorList,
) -> Knowledge:
    """Compile the reference data.

    Args:
        tables: the parsed TOML files of data/reference/lexicon, by name without ending.
        event_types: as `compile_event_types` gives it.
        gazetteer: the places.
        actors: as `compile_actors` gives them.

    Raises:
        ReferenceDataError: a word list is missing or malformed.
    """
    lexicon = build_lexicon(tables, ordinary=gazetteer.ordinary)
    digest = hashlib.sha256(json.dumps(tables, sort_keys=True).encode()).hexdigest()[:8]
    scope, incidents = join_cues(compile_scope(lexicon), compile_incidents(lexicon), apart=_APART)
    return Knowledge(
        lexicon,
        compile_large(gate_pattern(lexicon)),
        scope,
        incidents,
        compile_when_cues(tables.get("dating", {})),
        event_types,
        gazetteer,
        actors,
        digest,
    )


def gate_pattern(lexicon: Lexicon) -> str:
    """The casualty vocabulary as one RE2 pattern, case folded.

    The same pattern serves the scan of articles and the look at single sentences.
    """
    words = [*lexicon.vocabulary(), *sorted(set(lexicon.seen.values()))]
    return r"(?i)\b(?:" + "|".join(w.replace(" ", r"\s+") for w in words) + r")\b"
