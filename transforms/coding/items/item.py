"""A mention in its place, as `context` fills it, and the places that clauses name.

Comes after `scope` and before `accounts`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from transforms.coding.groups.group import Group
from transforms.coding.items.roles import NARRATOR, Speaker
from transforms.coding.mention import Mention
from transforms.coding.text.tokens import Tokens
from transforms.coding.words.rules import NO_RULE_WORDS, RuleWords

ONESELF = frozenset(("himself", "herself", "self"))
PRONOUNS = ONESELF | {"he", "she"}

_TOLD_BEFORE = (["victims"], ["dead"], ["injured"], ["wounded"], ["deceased"], ["casualties"])
"""Those whom "two of the ..." points back at."""


class Spot(NamedTuple):
    """A place that a clause names, as far as it tells events apart."""

    name: str
    kind: str
    country: str | None
    admin1: str | None


@dataclass(slots=True)
class Item:
    """A mention in its sentence, with what the clause says of time, place and event.

    Attributes:
        begin, end: first and last character of its clause.
        places, days, families: the places, times and kinds of events that the clause names.
        another, same, new: the clause turns to another event, points back at one, or brings one up.
        rival: the words hold the figure against another ("while doctors counted 14").
        update: they say that it is a later count ("By nightfall ...").
        was_told: they say that it was told before ("had reported 19 deaths on Wednesday").
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
    was_told: bool = False
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
