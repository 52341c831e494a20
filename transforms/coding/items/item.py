"""A mention in its place: what its clause says of where, when and which event.

Comes after `scope` and before `accounts`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import re2

from transforms.coding.groups.group import Group
from transforms.coding.items.roles import NARRATOR, Speaker, victim_role
from transforms.coding.mention import Mention
from transforms.coding.text.tokens import Tokens
from transforms.coding.words.lexicon import MANY, Lexicon
from transforms.coding.words.rules import NO_RULE_WORDS, RuleWords

_SIDES = frozenset(("armed_group", "state_force"))
ONESELF = frozenset(("himself", "herself", "self"))
PRONOUNS = ONESELF | {"he", "she"}

_TOLD_BEFORE = (["victims"], ["dead"], ["injured"], ["wounded"], ["deceased"], ["casualties"])
"""Those whom "two of the ..." points back at."""

_OPENING = (
    r"^(?:and |but |also |meanwhile, )?(?:in|at|near|outside|to the \w+, in) (?:the )?(?:\w+ern )?"
    r"(?:city of |town of )?\w"
)
_OPENS_REGION = re2.compile(
    r"(?:and |but |also |meanwhile, )?(?:further |farther )?(?:in|to) the (?:far |deep )?"
    r"(?:south|north|east|west)\w*(?: of the country)?, "
)
_SIDE = re2.compile(r"\bon (?:the|our|their) (\w+) side\b")
_SAYING = re.compile(
    r"\b(?:(?:said|says|say|told \w+|announced|reported|confirmed|issued|statement)"
    r" (?:late |early |on )?|as of (?:late |early )?)$",
    re.ASCII,
)


class Spot(NamedTuple):
    """A place that a clause names, as far as it tells events apart."""

    name: str
    kind: str
    country: str | None
    admin1: str | None


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


@dataclass(slots=True)
class Item:
    """A mention in its sentence, with what the clause says of time, place and event.

    Attributes:
        begin, end: first and last character of its clause.
        places, days, families: the places, times and kinds of events that the clause names.
        another, same, new: the clause turns to another event, points back at one, or brings one up.
        rival: the words hold the figure against another ("while doctors counted 14").
        update: they say that it is a later count ("By nightfall ...").
        pointed: people pointed back at ("the soldiers").
        armed: what its victims are of the two sides of a fight.
        told_between: ordinal of the last sentence before that brought up an event without figures.
        corrected: the article takes the figure back; initial: it says at once that it is an early
            one ("Initial reports indicated four"); disputes: it is held against another figure.
        opens_place: the clause opens with a place ("In Mosul, ...").
        side: whose losses it tells, by the words ("on the enemy side, 12 dead").
        relation: total, part, subset or superseded; set when it joins an account.
        people: numbers of its victims among the persons of the article, where all are told one by
            one; `known_again`: that they are those persons is beyond doubt; `fresh`: the words
            bring somebody up ("a man").
        beside_dead: its sentence tells of dead before ("killed one and wounded four others").
        whole: the total before it of which it tells a share, or what is recalled that it goes on
            with.
        suicide: its sentence calls it a murder-suicide, and no attacker is told of apart.
        follows: its sentence goes on with what the doer did next ("He then stabbed an officer").
        also: the verb says that it goes with what was told before ("were also killed").
    """

    mention: Mention
    sentence: int
    tokens: Tokens
    scope: str
    begin: int
    end: int
    places: frozenset[Spot] = frozenset()
    days: frozenset[str] = frozenset()
    another: bool = False
    same: bool = False
    new: bool = False
    rival: bool = False
    update: bool = False
    pointed: frozenset[str] = frozenset()
    roles_of: dict[str, str] = field(default_factory=dict)
    armed: frozenset[str] = frozenset()
    words: RuleWords = NO_RULE_WORDS
    told_between: int = -1
    corrected: bool = False
    initial: bool = False
    disputes: bool = False
    opens_place: bool = False
    side: str = ""
    families: frozenset[str] = frozenset()
    speaker: Speaker = NARRATOR
    relation: str = "total"
    people: frozenset[int] = frozenset()
    known_again: bool = False
    fresh: bool = False
    beside_dead: bool = False
    suicide: bool = False
    whole: Item | None = None
    also: bool = False
    follows: bool = False

    @property
    def value(self) -> int:
        """Sum of its groups' figures, best else low; 0 where they say nothing."""
        value = 0
        for group in self.mention.groups:
            value += group.value or 0
        return value

    @property
    def kind(self) -> str:
        """What it counts."""
        return self.mention.kind

    @property
    def vague(self) -> bool:
        """Whether no group has a number."""
        return all(g.best is None for g in self.mention.groups)

    @property
    def split(self) -> bool:
        """Whether it was told in one breath with another event."""
        return self.mention.piece > 1

    @property
    def pointing(self) -> bool:
        """Whether it points back at people already named ("the soldiers", "the three")."""
        first = self.mention.groups[0]
        return all(g.definite for g in self.mention.groups) or (
            (first.definite or self._of_those(first)) and first.kind == "number"
        )

    def _of_those(self, group: Group) -> bool:
        """Whether it counts some of those already told ("two of the victims")."""
        low, at = self.tokens.low, group.figure_last
        return low[at : at + 2] == ["of", "the"] and low[at + 2 : at + 3] in _TOLD_BEFORE

    @property
    def additive(self) -> bool:
        """Whether it adds to people already named ("another", "others")."""
        for group in self.mention.groups:
            if group.additive:
                return True
        return self.also and not self.new

    @property
    def adds(self) -> bool:
        """Whether it adds to figures of its own kind, and not to the dead of its sentence."""
        row = self.mention.rule == "table"
        return self.additive and (self.also or row or not self.beside_dead)

    @property
    def by_pronoun(self) -> bool:
        """Whether nothing but a pronoun says who it was ("he was shot", "shot herself")."""
        group = self.mention.groups[0]
        words = self.tokens.low[group.first : group.last]
        return words[0] in PRONOUNS or words in (["him"], ["her"])

    @property
    def oneself(self) -> bool:
        """Whether somebody did it to himself ("turned the gun on himself")."""
        group = self.mention.groups[0]
        return self.tokens.low[group.first] in ONESELF

    @property
    def with_oneself(self) -> bool:
        """Whether somebody is among those whom he hit himself ("kills wife, self")."""
        return any(self.tokens.low[group.first] in ONESELF for group in self.mention.groups)

    @property
    def tells_condition(self) -> bool:
        """Whether it only says how somebody fares ("is listed in critical condition")."""
        return self.tokens.low[self.mention.first] in ("condition", "intensive", "icu")

    @property
    def own(self) -> bool:
        """Whether a victim belongs to somebody named before ("his driver")."""
        return self.mention.groups[0].possessive

    def roles(self) -> frozenset[str]:
        """What the victims are, by their head nouns."""
        told = self.heads() - self.words.roleless
        return frozenset(self.roles_of[h] for h in told if h in self.roles_of)

    def heads(self) -> frozenset[str]:
        """The head nouns, lower case."""
        return frozenset(self.tokens.low[g.head] for g in self.mention.groups if g.head >= 0)


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
    item.another = cues.another.finds(_without_counts(item, lowered)) and not cues.follows_on.finds(
        tokens.text.lower()
    )
    item.same = cues.same.finds(lowered)
    item.new = cues.new.finds(lowered[_past_cause(item, lowered) :])
    item.rival = cues.rival.finds(lowered)
    item.update = cues.update.finds(lowered)
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


_NEXT = re2.compile(
    r"(?:he|she|they|the (?:gunm[ae]n|attackers?|suspects?|shooters?|assailants?|m[ae]n|driver)) "
    r"(?:then|went on to|proceeded to) "
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


def places_apart(first: Collection[Spot], second: Collection[Spot]) -> bool:
    """Whether no place of the one can be, hold or lie in a place of the other."""
    return bool(first) and bool(second) and all(_apart(a, b) for a in first for b in second)


def _apart(a: Spot, b: Spot) -> bool:
    if a.country and b.country and a.country != b.country:
        return True
    kinds = {a.kind, b.kind}
    provinces = kinds == {"region", "place"} and a.country == b.country
    if provinces and a.admin1 and b.admin1 and a.admin1 != b.admin1:
        return True
    if kinds & {"country", "region", "water", "unknown"}:
        return False
    if a.admin1 and b.admin1 and a.admin1 != b.admin1:
        return True
    return kinds == {"place"} and a.name != b.name


def places_shared(first: Collection[Spot], second: Collection[Spot]) -> bool:
    """Whether both name the same place, smaller than a country."""
    return any(a.name == b.name and a.kind != "country" for a in first for b in second)
