"""Victims right before a participle or "dead", and those coordinated with a group to its left."""

from __future__ import annotations

from transforms.coding.groups.group import Group
from transforms.coding.mention import Reader, pronoun_at
from transforms.coding.victims.coordination import (
    first_named,
    is_full_name,
    joint_before,
    opens_names,
)
from transforms.coding.victims.objects import takes_people
from transforms.coding.victims.rosters import (
    before_aside,
    is_aged_name,
    is_of_the_named,
    says_one,
)
from transforms.coding.words.lexicon import (
    ADVERB,
    BE,
    CAPITAL,
    DETERMINER,
    HAVE,
    MODAL,
    MONTH,
    PERSON,
    PREPOSITION,
    PUNCTUATION,
    REPORTING,
    SUBORDINATOR,
    TRIGGER,
    VERB,
    WEEKDAY,
)


def adjacent_victims(reader: Reader, first: int) -> list[Group]:
    """The victims directly left of a participle or "dead", with those coordinated before them."""
    left = first
    ends = reader.ends
    flags = reader.tokens.flags
    while left > 0 and left not in ends:
        if flags[left - 1] & ADVERB:
            left -= 1
        elif opening := reader.bracket_opened(left - 1):
            left = opening
        elif reader.tokens.low[left - 1] == "as" and _is_listed(reader, left - 1):
            left -= 1
        else:
            break
    group = ends.get(left)
    if group is None or (group.governed and group.kind == "name"):
        return []
    if group.governed:
        low, words = reader.tokens.low, reader.lexicon.words
        joint = low[group.last - 1] in words.households | words.units
        joint = joint or (group.kind == "one" and low[group.last - 1] in words.forces)
        link = low[group.first - 1]
        if link == "from" or (link == "of" and joint):  # "two members of a militia dead"
            group = reader.ends.get(group.first - 1, group)  # "five from one family killed"
    victims = coordinated_before(reader, group)
    while len(victims) > 1 and _has_own_state(reader, victims[0]):
        victims = victims[1:]  # "six injured people and 11 people missing"
    return victims


def left_so(reader: Reader, at: int) -> list[Group]:
    """Him or her whom a verb leaves in the state that follows ("left him badly wounded").

    Args:
        reader: the sentence.
        at: what stands before the state and its adverbs, past another state ("unconscious and").
    """
    low, flags = reader.tokens.low, reader.tokens.flags
    if at > 2 and low[at] == "and" and not flags[at - 1] & (VERB | PUNCTUATION):
        at = reader.skip_adverbs_left(at - 2)
    if at < 1 or low[at] not in ("him", "her") or low[at - 1] not in _LEAVES:
        return []
    return [pronoun_at(reader, at)]


_LEAVES = frozenset(("leave", "leaves", "left", "leaving"))


def _is_listed(reader: Reader, at: int) -> bool:
    """Whether a number of people is given as what follows ("listed 40 people as injured")."""
    group = reader.ends.get(at)
    if group is None or group.kind != "number" or not group.first:
        return False
    return reader.tokens.low[group.first - 1] in reader.lexicon.words.gives


def _has_own_state(reader: Reader, group: Group) -> bool:
    """Whether a counted group says itself what became of its people ("six injured people")."""
    flags = reader.tokens.flags[group.figure_last : group.head]
    return group.kind == "number" and any(flag & TRIGGER for flag in flags)


def coordinated_before(reader: Reader, group: Group, *, subject: bool = False) -> list[Group]:
    """A group and those coordinated with it to the left.

    The subject of a verb has no part in the object of one before it ("killed nine and 12 were
    hurt"); what stands before "dead" may have ("left nine people and a guard dead").
    """
    chain = [group]
    low = reader.tokens.low
    while True:
        index = chain[0].first - 1
        joined = False
        while index >= 0 and (length := joint_before(low, index)):
            joined = True
            index -= length
        if not joined and is_of_the_named(reader, chain[0]) and len(chain) > 1:
            joined = is_aged_name(reader, index + 1)  # "Luis Mena, 54, his wife and a guard"
        index = before_aside(reader, index) if joined else index
        previous = reader.ends.get(index + 1) if joined else None
        if low[chain[0].first - 1] == "and" and (previous is None or previous.governed):
            named = _whose_aside(reader, index) if low[index + 1] == "," else None
            previous = named or _whose_modifier(reader, index) or previous
        governed = previous is not None and previous.governed
        if governed and (
            _is_governed_alike(reader, previous, chain[0]) or _is_said_of_one(reader, chain[0])
        ):
            governed = False
        if previous is None or governed or previous.subset:
            before = [pronoun_at(reader, index)] if joined and _speaks_of_one(reader, index) else []
            return [*before, *_given_names(reader, chain), *chain]
        if previous.kind == "one" and _is_said_of_one(reader, chain[0]):
            chain[0] = previous  # "an engineer and father of two"
            continue
        if (subject or low[chain[0].first - 1] == ",") and _is_object(reader, previous):
            return chain  # "kills four, 12 hospitalised"
        if previous.uncertain and previous.kind == "one":
            return chain
        if previous.uncertain and low[chain[0].first - 1] == ",":
            return chain  # "As a result, fifteen people"
        if previous.head >= 0 and low[previous.head] in ("lives", "life"):
            return chain  # "lost their lives and one is missing"
        if previous.kind == "name" and low[chain[0].first - 1] not in ("and", "&", "plus"):
            listed = len(chain) > 1 and chain[1].kind == "name"
            if listed and is_full_name(chain[0]) and is_full_name(previous):
                chain.insert(0, previous)  # "Ana Ruiz, Eva Soto and Luz Mora"
                continue
            several = len(chain) > 1 and not says_one(reader, chain[-1].last)
            if several and is_of_the_named(reader, chain[0]):
                chain.insert(0, previous)  # "Ana Ruiz, her driver and a guard"
                continue
            return chain
        if chain[0].kind == "name" and previous.kind == "one" and low[chain[0].first - 1] == ",":
            chain[0] = previous  # "the shop's owner, James Baker": the name says who he is
            continue
        if chain[0].kind == "name" and opens_names(previous):
            if previous.kind == "number":
                return [previous]
            previous = first_named(previous)
        chain.insert(0, previous)


def _is_said_of_one(reader: Reader, group: Group) -> bool:
    """Whether a parent without an article says more of the person before ("and father of two")."""
    low, words = reader.tokens.low, reader.lexicon.words
    bare = group.first == group.head and low[group.first] in words.parents
    return bare and low[group.first - 1] == "and" and low[group.head + 1 : group.head + 2] == ["of"]


def _is_governed_alike(reader: Reader, group: Group | None, beside: Group) -> bool:
    """As in "the funerals of a woman and three children who died": "of" governs both."""
    if group is None or group.kind not in ("one", "number") or group.head < 0 or group.uncertain:
        return False
    low, flags, of = reader.tokens.low, reader.tokens.flags, group.first - 1
    relative = low[beside.first - 1] == "and" and low[beside.last : beside.last + 1] == ["who"]
    if low[of] not in ("of", "for", "to") or not relative:
        return False
    owner = reader.ends.get(of)
    kept = owner is None or owner.head < 0 or low[of - 1] in reader.lexicon.words.mourners
    own = beside.kind == "number" or bool(flags[beside.first] & DETERMINER)  # "and mother of two"
    return beside.kind in ("one", "number") and own and kept


def _whose_modifier(reader: Reader, index: int) -> Group | None:
    """The person whose modifier ends at a token ("the mayor of Gao and a driver")."""
    low, flags = reader.tokens.low, reader.tokens.flags
    for at in range(index, max(index - _MODIFIER, 0), -1):
        if low[at] in _ADDS:
            person = reader.ends.get(at)
            if person is None or person.head < 0 or person.uncertain or person.governed:
                return None
            return person if person.kind in ("one", "number") and not person.subset else None
        if flags[at] & (_ENDS_MODIFIER | TRIGGER):
            return None
    return None


def _whose_aside(reader: Reader, index: int) -> Group | None:
    """Who is named before an aside that ends at a token ("Luis Mora, leader of the party, and")."""
    low, flags = reader.tokens.low, reader.tokens.flags
    for at in range(index, max(index - _ASIDE, 0), -1):
        if low[at] == ",":
            named = reader.ends.get(at)
            return named if named is not None and is_full_name(named) else None
        if flags[at] & (VERB | BE | HAVE | MODAL | REPORTING | SUBORDINATOR | TRIGGER):
            return None
    return None


_ASIDE = 9
"""Tokens of what is said of a name between commas."""
_MODIFIER = 6
"""Tokens of what a preposition adds to a person."""
_ENDS_MODIFIER = VERB | BE | HAVE | MODAL | REPORTING | PUNCTUATION | SUBORDINATOR | PREPOSITION
_ADDS = frozenset(("of", "from", "in"))


def _speaks_of_one(reader: Reader, index: int) -> bool:
    """Whether a pronoun opens the list ("she and her two children")."""
    return reader.tokens.low[index] in ("he", "she") and index + 1 not in reader.ends


def _is_object(reader: Reader, group: Group) -> bool:
    """Whether a group is the object of a verb in the active."""
    at = reader.skip_adverbs_left(group.first - 1)
    if at < 0 or takes_people(reader, at):
        return at >= 0
    flag, word = reader.tokens.flags[at], reader.tokens.low[at]
    triggers = reader.lexicon.triggers.get(word, ())
    if not triggers:  # also of words that open phrases only ("buried")
        return bool(flag & VERB) or (not flag & ~TRIGGER and word.endswith("ed"))
    return any(trigger.takes == "object" and trigger.form in _VERBS for trigger in triggers)


_VERBS = frozenset(("past", "ing", "third", "base"))


def _given_names(reader: Reader, chain: list[Group]) -> list[Group]:
    """The first of a list of names of one word ("Michael, Connor and Kay West")."""
    low, flags = reader.tokens.low, reader.tokens.flags
    found: list[Group] = []
    if len(chain) < _TWO or any(group.kind != "name" for group in chain[:_TWO]):
        return found
    at = chain[0].first
    while at > 1 and low[at - 1] == "," and flags[at - 2] & CAPITAL:
        if flags[at - 2] & (PREPOSITION | WEEKDAY | MONTH | TRIGGER | PERSON):
            break
        before = at - 3
        if before >= 0 and low[before] not in (",", ":", "—", "–", "-"):
            break  # "In Gao, Connor and Kay West"
        found.insert(0, Group(at - 2, at - 1, 1, 1, 1, "exact", at - 2, at - 1, -1, "name"))
        at -= 2
    return found


_TWO = 2
