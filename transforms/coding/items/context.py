"""What the clause of an item says of where, when and which event, and how it is put.

Comes after `scope`, when an item is made.
"""

from __future__ import annotations

import re
from typing import Any

import re2

from transforms.coding.items.cues import IncidentCues
from transforms.coding.items.item import Item
from transforms.coding.items.roles import victim_role
from transforms.coding.words.lexicon import ADVERB, MANY, REPORTING, Lexicon

_SIDES = frozenset(("armed_group", "state_force"))
_OPENS_REGION = re.compile(
    r"(?:and |but |also |meanwhile, )?(?:further |farther )?(?:in|to) the (?:far |deep )?"
    r"(?:south|north|east|west)\w*(?: of the country)?, ",
    re.ASCII,
)
_SIDE = re2.compile(r"\bon (?:the|our|their) (\w+) side\b")


def read_context(item: Item, cues: IncidentCues, lexicon: Lexicon) -> None:
    """Set the places, days and turns of phrase of an item's clause."""
    tokens = item.tokens
    item.roles_of = lexicon.roles
    item.words = lexicon.words
    first = item.mention.first
    item.also = "also" in tokens.low[max(first - 3, 0) : first]
    item.follows = _NEXT.match(tokens.text.lower()) is not None
    sides = {victim_role(tokens, group, lexicon) for group in item.mention.groups}
    item.armed = frozenset(sides & _SIDES)
    clause = tokens.text[item.begin : item.end]
    lowered = clause.lower()
    told = _without_counts(item, lowered)
    item.another = (
        cues.another.finds(told)
        and cues.another.finds(_ANOTHER_SPEAKER.sub("", told))
        and not cues.follows_on.finds(tokens.text.lower())
    )
    item.same = cues.same.finds(lowered)
    item.new = cues.new.finds(lowered[_past_cause(item, lowered) :])
    item.rival = item.mention.rule == "rival" or cues.rival.finds(lowered)
    item.update = cues.update.finds(lowered)
    item.was_told = "had" in tokens.low and _was_told(item)
    if " side" in tokens.text or " SIDE" in tokens.text:
        before = tokens.text[: tokens.start[item.mention.first]].lower()
        item.side = next(iter(_SIDE.findall(before)[-1:]), "")
    low, flags = tokens.low, tokens.flags
    item.pointed = frozenset(
        low[i + 1] for i in range(len(low) - 1) if low[i] == "the" and flags[i + 1] & MANY
    )
    if clause_start := cues.opening.match(lowered):
        at = clause_start.end() - 1
        named = lowered[at:].split(maxsplit=1)[0].strip(",.;:") not in lexicon.ordinary
        item.opens_place = named if tokens.capitals else clause[at].isupper()
    item.opens_place = item.opens_place or _OPENS_REGION.match(lowered) is not None
    item.families = frozenset(name for name, cue in cues.families.items() if cue.finds(lowered))
    item.days = frozenset(
        match.group()
        for match in cues.when.finditer(lowered)
        if not item.tells_condition and not _day_of_saying(lowered, match, cues)
    )


_ANOTHER_SPEAKER = re2.compile(
    r"^(?:a |an |the )?(?:second|third|fourth|another|separate) (?:[^\s,]+ ){0,3}(?:of the \w+ )?"
    r"(?:said|says|told \w+|added|recalled)\b"
)
"""Somebody else who speaks of the same event ("A second source said")."""

_NEXT = re.compile(
    r"(?:he|she|they|the (?:gunm[ae]n|attackers?|suspects?|shooters?|assailants?|m[ae]n|driver)) "
    r"(?:then|later|subsequently|went on to|proceeded to) ",
    re.ASCII,
)


def _without_counts(item: Item, clause: str) -> str:
    """An item's clause without what counts people on ("a second girl" is of the same event)."""
    for group in item.mention.groups:
        if group.additive and group.head > group.first and item.tokens.low[group.first] == "a":
            first = item.tokens.start[group.first] - item.begin
            return clause[: max(first, 0)] + clause[item.tokens.start[group.head] - item.begin :]
    return clause


def _past_cause(item: Item, clause: str) -> int:
    """Where an item's own words begin, if its clause opens with the cause of what is before it.

    As in "nine were killed when a bus overturned in Gao and five were hurt".
    """
    if not item.begin or not clause.startswith(_CAUSES):
        return 0
    first = min([item.mention.first, *(group.first for group in item.mention.groups)])
    return item.tokens.start[first] - item.begin


_CAUSES = ("when ", "after ", "as ")


def _day_of_saying(clause: str, match: Any, cues: IncidentCues) -> bool:
    """Whether it is the day of the words and not of the deed ("said Monday", "as of Monday")."""
    return clause[match.end() :].startswith(" that ") or bool(
        cues.saying.search(clause[max(match.start() - 24, 0) : match.start()])
    )


def _was_told(item: Item) -> bool:
    """As in "It had reported 19 deaths on Wednesday", "They had earlier put the toll at nine"."""
    low, flags = item.tokens.low, item.tokens.flags
    for at in range(item.mention.groups[-1].last):
        if low[at] != "had":
            continue
        verb = at + 1
        while verb < len(low) and flags[verb] & ADVERB and not flags[verb] & REPORTING:
            verb += 1
        if verb < len(low) and (flags[verb] & REPORTING or low[verb] == "put"):
            return True
    return False
