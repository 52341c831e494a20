"""The victims right of a casualty word: its objects, oneself among them, and their lists."""

from __future__ import annotations

from transforms.coding.groups.group import Group
from transforms.coding.groups.heads import find_head, past_insertion
from transforms.coding.groups.numbers import read_quantity
from transforms.coding.mention import Reader, pronoun_at
from transforms.coding.victims.coordination import (
    extend_coordinated,
    oneself_at,
)
from transforms.coding.victims.rosters import (
    members_after,
    past_honorific,
)
from transforms.coding.words.lexicon import (
    ADVERB,
    BE,
    CONJUNCTION,
    HAVE,
    MODAL,
    POSSESSIVE,
    PREPOSITION,
    PUNCTUATION,
    REPORTING,
    SUBORDINATOR,
    TRIGGER,
    VERB,
    WEEKDAY,
)


def takes_people(reader: Reader, index: int) -> bool:
    """Whether a word's object is a person or an animal, whatever the noun ("killed 12 welders")."""
    word = reader.tokens.low[index]
    return word == "of" or word in reader.lexicon.words.personal


def known_people(groups: list[Group]) -> list[Group]:
    """The groups, unless the only one has a head that nobody knows ("12 amendments died")."""
    return [] if len(groups) == 1 and groups[0].uncertain else groups


def objects_of(reader: Reader, start: int) -> list[Group]:
    """The victims right of a token: the first group and those coordinated with it."""
    return objects_and_attackers(reader, start)[0]


def objects_and_attackers(reader: Reader, start: int) -> tuple[list[Group], bool]:
    """The victims right of a verb: the first group and those coordinated with it."""
    tokens = reader.tokens
    low, flags = tokens.low, tokens.flags
    index = start
    while index < len(low) and flags[index] & ADVERB and index not in reader.starts:
        index += 1
    if low[index : index + 1] == ["["]:
        index = past_insertion(low, index) or index  # "the murder of [retired] General Mora"
    if low[index : index + 1] and low[index] in _OPENS_QUOTE and _counts(reader, index + 1):
        index += 1  # "killed “several civilians”"
    attackers = False
    found: list[Group] = []
    if index < len(low) and low[index] in ("himself", "herself", "themselves", "itself", "self"):
        attackers = True
        found.append(oneself_at(reader, index))
        index += 1
        if low[index : index + 2] == ["as", "well"]:
            index += 2 + (low[index + 2 : index + 3] == ["as"])
        elif index < len(low) and (flags[index] & CONJUNCTION or low[index] in ("along",)):
            index += 1 + (low[index] == "along")
        while index < len(low) and flags[index] & ADVERB and index not in reader.starts:
            index += 1
    if (someone := _pronoun_at(reader, index)) is not None:
        extend_coordinated(reader, someone, found)
        return found, attackers
    group = reader.starts.get(past_honorific(reader, index)) or _beside_animals(reader, index)
    if group is not None and low[group.last - 1] == "'s":
        group = reader.starts.get(group.last)  # "killed a king's two sons"
    if group is not None and low[group.last : group.last + 1] and low[group.last] in OWNS:
        owned = reader.starts.get(group.last + 1)  # "killed Ada Long's 9-year-old grandson"
        quoted = low[group.last] != "'s" and not (owned and low[group.last - 1].endswith("s"))
        group = group if quoted else owned  # "'They killed nine people', says the mayor"
    if group is None or low[group.last : group.last + 1] == ["'s"]:
        return found, attackers
    if group.subset and not is_of_them(reader, group):
        return found, attackers
    if group.uncertain and not takes_people(reader, start - 1):
        return found, attackers
    extend_coordinated(reader, group, found)
    for member in members_after(reader, found[-1].last):
        extend_coordinated(reader, member, found)
    return found, attackers


def _counts(reader: Reader, index: int) -> bool:
    """Whether several people open at a token, and no name of a book or a game."""
    group = reader.starts.get(index)
    return group is not None and group.kind in ("number", "plural") and not group.uncertain


_OPENS_QUOTE = frozenset(('"', "“", "‘"))


def _beside_animals(reader: Reader, index: int) -> Group | None:
    """The people told with animals or things ("killed 40 goats and a farmer")."""
    tokens, lexicon = reader.tokens, reader.lexicon
    quantity = read_quantity(tokens, index, lexicon)
    start = quantity.last if quantity else index + 1
    if start >= len(tokens.low):
        return None
    _, last, thing = find_head(tokens, start, lexicon)
    if not thing or tokens.low[last : last + 1] != ["and"]:
        return None
    people = reader.starts.get(last + 1)
    if people is None or people.kind not in ("number", "one") or people.head < 0:
        return None
    after = tokens.flags[people.last] if people.last < len(tokens.low) else PUNCTUATION
    return None if after & (BE | HAVE | MODAL | REPORTING | VERB | TRIGGER) else people


def is_of_them(reader: Reader, group: Group) -> bool:
    """As in "stopped the men and killed seven of them": some of those brought up before."""
    low = reader.tokens.low
    return "of" in low[group.first : group.last + 1] and "them" in low[group.first : group.last + 2]


def _pronoun_at(reader: Reader, index: int) -> Group | None:
    """Him or her as an object ("shot her and her mother", "killed him")."""
    low, flags = reader.tokens.low, reader.tokens.flags
    if index >= len(low) or low[index] not in ("him", "her") or index in reader.starts:
        return None
    after = flags[index + 1] if index + 1 < len(low) else PUNCTUATION
    closed = PUNCTUATION | CONJUNCTION | PREPOSITION | SUBORDINATOR | ADVERB | WEEKDAY
    if low[index] == "her" and not after & closed:
        return None  # "killed her husband"
    return pronoun_at(reader, index)


def companions_of(reader: Reader, last: int) -> list[Group]:
    """Those told behind a passive: "along with their father", "as were three children"."""
    low, flags = reader.tokens.low, reader.tokens.flags
    if low[last : last + 1] == ["with"] and last + 1 < len(low) and flags[last + 1] & POSSESSIVE:
        kin = objects_of(reader, last + 1)  # "was shot dead with his nephew"
        return [g for g in kin if g.head >= 0 and low[g.head] in reader.lexicon.roles]
    for at in range(last, min(last + _REACH, len(low) - 1)):
        if low[at : at + 2] in (["along", "with"], ["together", "with"]) or (
            low[at] == "as" and low[at + 1] in ("was", "were")
        ):
            return objects_of(reader, at + 2)
        if low[at] in (".", ";", "and", "who", "after", "when"):
            break
    return []


_REACH = 8
"""Tokens behind a verb within which its companions are told."""


OWNS = frozenset(("'s", "'", "’"))
"""What stands behind an owner."""
