"""Words that single rules of the coder ask for, as lexicon/rules.toml has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from transforms.errors import ReferenceDataError

_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RuleWords:
    """The lists of rules.toml, whose comments say what each is for."""

    units: frozenset[str] = _NONE
    multiples: frozenset[str] = _NONE
    person_endings: tuple[str, ...] = ()
    people_endings: tuple[str, ...] = ()
    name_particles: frozenset[str] = _NONE
    before_names: frozenset[str] = _NONE
    named_things: frozenset[str] = _NONE
    seats: frozenset[str] = _NONE
    held_there: frozenset[str] = _NONE
    honorifics: frozenset[str] = _NONE
    numbered: frozenset[str] = _NONE
    measures: frozenset[str] = _NONE
    parents: frozenset[str] = _NONE
    nationals: frozenset[str] = _NONE
    deadly_blows: frozenset[str] = _NONE
    hurts: frozenset[str] = _NONE
    fractions: frozenset[str] = _NONE
    players: frozenset[str] = _NONE
    households: frozenset[str] = _NONE
    guessed: frozenset[str] = _NONE
    forces: frozenset[str] = _NONE
    retinue: frozenset[str] = _NONE
    helpers: frozenset[str] = _NONE
    personal: frozenset[str] = _NONE
    fatal: frozenset[str] = _NONE
    shot_dead: frozenset[str] = _NONE
    deadly_events: frozenset[str] = _NONE
    held: frozenset[str] = _NONE
    copulas: frozenset[str] = _NONE
    bodies: frozenset[str] = _NONE
    body_states: frozenset[str] = _NONE
    found: frozenset[str] = _NONE
    risen: frozenset[str] = _NONE
    yielded: frozenset[str] = _NONE
    seen: frozenset[str] = _NONE
    takes: frozenset[str] = _NONE
    toll_leads: frozenset[str] = _NONE
    counts: frozenset[str] = _NONE
    grave: frozenset[str] = _NONE
    suffers: frozenset[str] = _NONE
    had: frozenset[str] = _NONE
    treated: frozenset[str] = _NONE
    body_parts: frozenset[str] = _NONE
    vapours: frozenset[str] = _NONE
    beasts: frozenset[str] = _NONE
    blades: frozenset[str] = _NONE
    deals: frozenset[str] = _NONE
    hospitals: frozenset[str] = _NONE
    dying_spots: frozenset[str] = _NONE
    defenders: frozenset[str] = _NONE
    carers: frozenset[str] = _NONE
    cares: frozenset[str] = _NONE
    rescuers: frozenset[str] = _NONE
    unknown: frozenset[str] = _NONE
    negations: frozenset[str] = _NONE
    weapons: frozenset[str] = _NONE
    illnesses: frozenset[str] = _NONE
    sends: frozenset[str] = _NONE
    states: frozenset[str] = _NONE
    gentle: frozenset[str] = _NONE
    of_them: frozenset[str] = _NONE
    sick_too: frozenset[str] = _NONE
    moved: frozenset[str] = _NONE
    killing: frozenset[str] = _NONE
    captures: frozenset[str] = _NONE
    captors: frozenset[str] = _NONE
    detainers: frozenset[str] = _NONE
    police_words: frozenset[str] = _NONE
    soldiery: frozenset[str] = _NONE
    hideouts: frozenset[str] = _NONE
    sweeps: frozenset[str] = _NONE
    buries: frozenset[str] = _NONE
    buriers: frozenset[str] = _NONE
    hits: frozenset[str] = _NONE
    gunshots: frozenset[str] = _NONE
    colliders: frozenset[str] = _NONE
    torrents: frozenset[str] = _NONE
    vehicles: frozenset[str] = _NONE
    captured: frozenset[str] = _NONE
    takers: frozenset[str] = _NONE
    drags: frozenset[str] = _NONE
    by_force: frozenset[str] = _NONE
    disguised: frozenset[str] = _NONE
    wrecks: frozenset[str] = _NONE
    saved: frozenset[str] = _NONE
    mourners: frozenset[str] = _NONE
    foiled: frozenset[str] = _NONE
    deeds: frozenset[str] = _NONE
    young: frozenset[str] = _NONE
    several_young: frozenset[str] = _NONE
    grown: frozenset[str] = _NONE
    figures: frozenset[str] = _NONE
    of_some: frozenset[str] = _NONE
    hoped: frozenset[str] = _NONE
    unforced: frozenset[str] = _NONE
    labelled: frozenset[str] = _NONE
    beside: frozenset[str] = _NONE
    attackers: frozenset[str] = _NONE
    athletes: frozenset[str] = _NONE
    brings: frozenset[str] = _NONE
    generic: frozenset[str] = _NONE
    plain: frozenset[str] = _NONE
    no_targets: frozenset[str] = _NONE
    deed_sorts: frozenset[str] = _NONE
    belonging: frozenset[str] = _NONE
    roleless: frozenset[str] = _NONE
    off_duty: frozenset[str] = _NONE
    gives: frozenset[str] = _NONE
    no_saying: frozenset[str] = _NONE
    disputes: frozenset[str] = _NONE


NO_RULE_WORDS = RuleWords()
"""Before anything is read."""


def read_rule_words(table: Mapping[str, Any]) -> RuleWords:
    """The words of a parsed rules.toml.

    Args:
        table: list name -> words one space apart, in lower case.

    Raises:
        ReferenceDataError: a list is missing or unknown, no text, empty or not in lower case.
    """
    names = {field.name for field in fields(RuleWords)}
    if table.keys() != names:
        odd = ", ".join(sorted(table.keys() ^ names))
        raise ReferenceDataError(f"lexicon/rules.toml: missing or unknown lists: {odd}")
    for name, listed in table.items():
        if not isinstance(listed, str) or not listed.split() or listed != listed.lower():
            raise ReferenceDataError(
                f"lexicon/rules.toml: {name}: expected words in lower case, one space apart"
            )
    lists: dict[str, Any] = {name: listed.split() for name, listed in table.items()}
    for name, words in lists.items():
        lists[name] = tuple(words) if name.endswith("_endings") else frozenset(words)
    return RuleWords(**lists)
