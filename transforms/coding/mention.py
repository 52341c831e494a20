"""What the readings of a sentence work on and what they find: the reader and the mention."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from transforms.coding.groups.group import Group
from transforms.coding.groups.readers import read_groups
from transforms.coding.text.tokens import Tokens
from transforms.coding.words.lexicon import (
    ADVERB,
    BE,
    CONJUNCTION,
    HAVE,
    MODAL,
    REPORTING,
    SUBORDINATOR,
    TRIGGER,
    VERB,
    Lexicon,
    Trigger,
)


@dataclass(slots=True)
class Mention:
    """Victims of one casualty word: groups that add up, and how the words hold them.

    Attributes:
        kind: killed, injured, abducted, missing, casualties.
        groups: the victims; their figures add up.
        first, last: tokens of the casualty word.
        rule: name of the reading that found them.
        weak: gives way to any other figure of its account.
        unreal: threatened, planned, attempted, feared.
        negated: the words say that it did not happen; `zero`: that nobody was hurt.
        toll: a running total ("the death toll rose to").
        attackers: the attackers themselves are in the figure ("killing himself and five others").
        subset: part of a total given elsewhere.
        recalled: background only because nothing says that it is news ("the murder of the mayor");
            a recent day beside it does.
        court: background only because a court or a prosecutor speaks of it.
        piece: ordinal from 1 where several events are told in one breath ("three in Peshawar
            and two in Bannu"), else 0.
    """

    kind: str
    groups: list[Group]
    first: int
    last: int
    rule: str
    weak: bool = False
    unreal: bool = False
    negated: bool = False
    zero: bool = False
    toll: bool = False
    attackers: bool = False
    subset: bool = False
    piece: int = 0
    recalled: bool = False
    court: bool = False


_INSERTS = frozenset((",", "–", "—"))
_LONGEST_SAYING = 12
"""Tokens of a saying that is put in between."""
_BRACKETS = {")": "(", "]": "["}
_LONGEST_BRACKETS = 16
"""Tokens between two brackets."""


@dataclass
class Reader:
    """One sentence being read, or a headline.

    Its noun groups are read when the first casualty word asks for them: most words that may tell
    of casualties are parts of phrases that are not there.

    Attributes:
        counting: the kind that the sentences before counted last, if it was of an event.
    """

    tokens: Tokens
    lexicon: Lexicon
    headline: bool = False
    counting: str | None = None

    @cached_property
    def groups(self) -> list[Group]:
        """All noun groups of the sentence."""
        return read_groups(self.tokens, self.lexicon, headline=self.headline)

    @cached_property
    def starts(self) -> dict[int, Group]:
        """The groups by their first token."""
        return {group.first: group for group in self.groups}

    @cached_property
    def ends(self) -> dict[int, Group]:
        """The groups by the token after them."""
        return {group.last: group for group in self.groups}

    def skip_adverbs_left(self, index: int) -> int:
        """The nearest token at or left of index that is no adverb and in no inserted saying."""
        flags, low = self.tokens.flags, self.tokens.low
        while index >= 0:
            if (flags[index] & ADVERB and not flags[index] & (BE | CONJUNCTION)) or low[index] in (
                "not",
                "never",
            ):
                index -= 1
            elif low[index] == "to" and index and flags[index - 1] & flags[index + 1] & ADVERB:
                index -= 2  # "were lightly to moderately hurt"
            elif opening := self.saying_inserted(index):
                index = opening - 1
            else:
                break
        return index

    def saying_inserted(self, closing: int) -> int:
        """Where the saying opens that a comma closes ("Five people, police said, were killed").

        0 where the comma closes none.
        """
        low, flags = self.tokens.low, self.tokens.flags
        if low[closing] not in _INSERTS:
            return 0
        says = False
        for index in range(closing - 1, max(closing - _LONGEST_SAYING, 0), -1):
            if low[index] == low[closing]:
                return index if says and index + 1 < closing else 0
            if flags[index] & (TRIGGER | SUBORDINATOR) or low[index] in (";", ":", "."):
                return 0
            says = says or bool(flags[index] & REPORTING) or low[index] == "according"
        return 0

    def bracket_opened(self, closing: int) -> int:
        """Where the brackets open that close at a token ("Several people (unarmed) were"); else 0.

        What stands in them is no subject of what follows.
        """
        low = self.tokens.low
        if closing < 1 or low[closing] not in _BRACKETS:
            return 0
        for index in range(closing - 1, max(closing - _LONGEST_BRACKETS, 0), -1):
            if low[index] == _BRACKETS[low[closing]]:
                return index
        return 0

    def is_held(self, index: int) -> bool:
        """Whether a form of "be" makes it a saying ("are known to have died")."""
        if self.tokens.low[index] not in self.lexicon.words.held:
            return False
        before = self.skip_adverbs_left(index - 1)
        return before >= 0 and bool(self.tokens.flags[before] & BE)


def antecedent_of(reader: Reader, index: int) -> Group | None:
    """Whom a pronoun at a token stands for: the nearest subject before it who may be meant."""
    low, flags = reader.tokens.low, reader.tokens.flags
    sexes = reader.lexicon.sexes
    sex = sexes.get(low[index])
    found: Group | None = None
    object_end = -1
    for group in reader.groups:
        if group.last > index:
            break
        before = group.first - 1
        while before >= max(object_end, 0) and (
            low[before] in ("and", ",", "&") or flags[before] & ADVERB
        ):
            before -= 1
        if before + 1 == object_end or (before >= 0 and flags[before] & (VERB | TRIGGER)):
            object_end = group.last  # "killed his wife and son": neither is the subject
            continue
        if group.kind not in ("one", "name") or group.value != 1:
            continue
        if group.governed or group.uncertain:
            continue
        if low[group.last] == "'s" or sexes.get(low[group.head], sex) != sex:
            continue
        after = group.last
        while flags[after] & ADVERB and after < index:
            after += 1
        if not flags[after] & REPORTING:
            found = group
    return found


def pronoun_at(reader: Reader, index: int) -> Group:
    """Him or her, whoever that is, at a token."""
    return Group(
        index, index + 1, 1, 1, 1, "exact", index, index + 1, -1, "one",
        definite=True, antecedent=antecedent_of(reader, index),
    )  # fmt: skip


def _without_apposition(groups: list[Group]) -> list[Group]:
    """As in "The two journalists, a man and a woman, were shot": the rest spells out the first."""
    if (
        len(groups) > 2
        and groups[0].best
        and all(group.best is not None for group in groups)  # "kills wife, sons, self" adds up
        and groups[0].best == sum(g.best or 0 for g in groups[1:])
    ):
        return groups[:1]
    return groups


def make_mention(
    trigger: Trigger,
    groups: list[Group],
    first: int,
    last: int,
    rule: str,
    unreal: bool,
    negated: bool,
) -> Mention:
    """A mention of victims by one reading; appositions among them count once."""
    groups = _without_apposition(groups)
    return Mention(
        trigger.kind, groups, first, last, rule, weak=trigger.weak, unreal=unreal, negated=negated,
        subset=bool(groups) and all(g.subset for g in groups),
    )  # fmt: skip


def verb_at(reader: Reader, index: int) -> Trigger | None:
    """The casualty verb in past or -ing form that stands at a token, or None."""
    if index >= len(reader.tokens.low):
        return None
    for trigger in reader.lexicon.triggers.get(reader.tokens.low[index], ()):
        if trigger.form in ("past", "ing"):
            return trigger
    return None


def told_by(mentions: Iterable[Mention]) -> set[int]:
    """The first tokens of the groups that mentions tell of, whom no other is to tell of again."""
    return {group.first for mention in mentions for group in mention.groups}


def unreal_before(reader: Reader, left: int) -> bool:
    """Whether a modal, "feared" or "to be" governs the verb whose auxiliary stands at left."""
    low, flags = reader.tokens.low, reader.tokens.flags
    index = left
    while index >= 0 and index > left - 4:
        if flags[index] & MODAL:
            return True
        if low[index] == "to" and low[index + 1 : index + 2] in (["be"], ["have"]):
            return low[index - 1] not in reader.lexicon.words.held if index else True
        if not flags[index] & (BE | HAVE | ADVERB) and low[index] not in ("not",):
            return False
        index -= 1
    return False


PARTICLES = frozenset(("down", "over", "up", "off"))
"""What may stand behind a verb and belong to it."""


def follows_passive(reader: Reader, left: int) -> bool:
    """As in "... were shot and killed": the conjunction at left follows a passive verb."""
    back = reader.skip_adverbs_left(left - 1)
    low = reader.tokens.low
    back -= back > 0 and low[back] in PARTICLES  # "was knocked down and killed"
    if back < 0:
        return False
    if not reader.tokens.flags[back] & (TRIGGER | VERB) and not low[back].endswith("ed"):
        return False
    before = reader.skip_adverbs_left(back - 1)
    return before >= 0 and bool(reader.tokens.flags[before] & BE)
