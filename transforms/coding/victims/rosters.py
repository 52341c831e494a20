"""Lists of victims whose members are told at some length: titles, asides, semicolons.

The reading of objects and subjects goes from one member to the next; here stands what belongs to a
member and where a member of a list ends.
"""

from __future__ import annotations

from itertools import pairwise

from transforms.coding.groups.group import Group
from transforms.coding.mention import Reader
from transforms.coding.words.lexicon import (
    BE,
    DETERMINER,
    HAVE,
    MODAL,
    PREPOSITION,
    PUNCTUATION,
    REPORTING,
    TRIGGER,
    VERB,
)

_TELLS = BE | HAVE | MODAL | REPORTING | TRIGGER | VERB
_RELATIVE = frozenset(("who", "whose", "whom", "which", "known"))
"""Words that open what is told of a member ("a minor known as Tomas")."""
DASHES = frozenset(("-", "--", "–", "—"))
_LONGEST_ASIDE = 14
"""Tokens between two dashes that spell out a victim."""


def past_honorific(reader: Reader, index: int) -> int:
    """Past a form of address that is no part of the name's group ("Dr. Amina Diallo")."""
    low = reader.tokens.low
    if index in reader.starts or index >= len(low):
        return index
    after = index
    while after < len(low) and low[after].rstrip(".") in reader.lexicon.words.honorifics:
        after += 1 + (low[after + 1 : after + 2] == ["."])  # "Rev. Fr. Paul Anene"
    if after == index:
        return index
    named = reader.starts.get(after)
    return after if named is not None and named.value == 1 else index


def is_title(reader: Reader, group: Group) -> bool:
    """Whether a group is one person's title without article or name ("senator")."""
    return _is_bare(reader, group) and "," not in reader.tokens.low[group.first : group.last]


def is_name_with_title(reader: Reader, group: Group) -> bool:
    """Whether a group is a name with a bare title behind it ("LUIS MENA, PRESIDENT OF")."""
    return _is_bare(reader, group) and "," in reader.tokens.low[group.first : group.last]


def _is_bare(reader: Reader, group: Group) -> bool:
    """Whether a group is one person and ends with a noun, without article or possessor."""
    words = reader.tokens.low[group.first : group.last]
    bare = not reader.tokens.flags[group.first] & DETERMINER and "'s" not in words
    return group.kind == "one" and bare and group.last == group.head + 1


def is_titled_name(reader: Reader, group: Group) -> bool:
    """Whether a group is a title with the name behind it ("mayor Luis Mena")."""
    bare = not reader.tokens.flags[group.first] & DETERMINER
    return group.kind in ("one", "name") and bare and group.last > group.head + 1 > 0


def is_of_the_named(reader: Reader, group: Group) -> bool:
    """Whether a group belongs to somebody named before it ("Luis Mena, his wife and a guard")."""
    low, flags = reader.tokens.low, reader.tokens.flags
    owned = low[group.first] in ("his", "her", "their") and group.head >= 0
    after = flags[group.last] if group.last < len(low) else 0
    # "Luis Mena, her husband and partner, was": what is said of one man
    return owned and group.kind in ("one", "number") and not after & _TELLS


def says_one(reader: Reader, index: int) -> bool:
    """Whether the verb behind a list has one person as its subject."""
    low = reader.tokens.low
    index += low[index : index + 1] == [","]
    return low[index : index + 1] in (["was"], ["is"], ["has"])


def is_aged_name(reader: Reader, index: int) -> bool:
    """Whether a name ends before a token, with its age between commas, which is no token."""
    text, named = reader.tokens.text, reader.ends.get(index)
    if named is None or named.kind != "name":
        return False
    return "," in text[reader.tokens.end[index - 1] : reader.tokens.start[index]]


def members_after(reader: Reader, index: int) -> list[Group]:
    """The first group of each member that a list goes on with behind semicolons.

    A member has no verb, save in a relative clause; one semicolon makes a list only with "and"
    behind it.

    Args:
        reader: the sentence.
        index: a token behind a group of the member before.
    """
    low = reader.tokens.low
    found: list[Group] = []
    listed = 0
    end = _member_end(reader, index)
    while 0 <= end < len(low) and low[end] == ";":
        links = low[end + 1 : end + 2] == ["and"]
        group = reader.starts.get(end + 1 + links)
        if group is None or group.subset or group.governed:
            break
        if group.uncertain and group.kind != "one":
            break
        end = _member_end(reader, group.last)
        if end < 0:
            break
        listed += 1 + links
        found.append(group)
    return found if listed > 1 else []


def members_before(reader: Reader, group: Group) -> list[Group]:
    """The first group of each member before the last of a list ("the mayor; Ana Ruiz; and X")."""
    low = reader.tokens.low
    found: list[Group] = []
    stop = group.first - 2
    if stop < 1 or low[stop : stop + 2] != [";", "and"]:
        return found
    while stop > 0:
        begin = stop
        while begin > 0 and low[begin - 1] not in (";", ":"):
            begin -= 1
        member = reader.starts.get(begin)
        if member is None or member.governed or _member_end(reader, member.last) != stop:
            break
        found.insert(0, member)
        stop = begin - 1
    return found


def _member_end(reader: Reader, index: int) -> int:
    """The semicolon or the end of the sentence behind a member; -1 where a verb makes it a clause.

    A relative clause belongs to its member.
    """
    low, flags = reader.tokens.low, reader.tokens.flags
    relative = False
    while index < len(low) and low[index] not in (";", "."):
        relative = relative or low[index] in _RELATIVE
        if flags[index] & _TELLS and not flags[index] & PREPOSITION and not relative:
            return -1
        index += 1
    return index


def before_aside(reader: Reader, index: int) -> int:
    """The token before an aside that closes at a token; else the same token.

    As in "six priests -- five Spaniards and one Salvadoran -- and two women", "31 farmers, six of
    them women, and 19 herders".
    """
    low = reader.tokens.low
    if opening := reader.bracket_opened(index):
        return opening - 1 if opening in reader.ends else index
    if index < 1 or low[index] not in DASHES:
        return _before_commas(reader, index)
    opening = _dash_opened(low, index)
    return opening if opening + 1 in reader.ends else index


def _dash_opened(low: list[str], index: int) -> int:
    """The token before the dashes that a dash closes; the dash itself where it closes none."""
    at = _before_dash(low, index)
    while at > 0 and at > index - _LONGEST_ASIDE and low[at] not in DASHES:
        at -= 1
    opening = _before_dash(low, at)
    return opening if opening < at else index


def _before_commas(reader: Reader, index: int) -> int:
    """The token before an aside between commas that tells of some of a group before it."""
    low = reader.tokens.low
    if low[index + 1 : index + 2] != [","]:
        return index
    at = index
    while at > 0 and at > index - _LONGEST_ASIDE and low[at] != ",":
        at -= 1
    words = low[at + 1 : index + 1]
    some = words[:1] == ["including"] or _OF_THEM.intersection(pairwise(words))
    return at - 1 if low[at] == "," and some and at in reader.ends else index


_OF_THEM = frozenset((("of", "them"), ("of", "whom"), ("among", "them")))


def _before_dash(low: list[str], index: int) -> int:
    while index >= 0 and low[index] in DASHES:
        index -= 1
    return index


def past_dashes(low: list[str], index: int) -> int:
    """Past an aside that a dash opens; the same token where no dash closes it."""
    opened = _behind_dash(low, index)
    for at in range(opened, min(opened + _LONGEST_ASIDE, len(low))):
        if low[at] in DASHES:
            return _behind_dash(low, at)
    return index


def _behind_dash(low: list[str], index: int) -> int:
    """Past a dash, which may be written with two."""
    while index < len(low) and low[index] in DASHES:
        index += 1
    return index


def before_dashes(reader: Reader, left: int) -> int:
    """Past who they are, told between dashes ("four people — three women and a child — died")."""
    if left < 1 or reader.tokens.low[left] not in DASHES:
        return left
    outside = _before_origin(reader, _dash_opened(reader.tokens.low, left))
    told = reader.ends.get(outside + 1)
    if told is None or told.kind == "plural" or told.subset:
        return left
    return outside if told.head >= 0 or told.kind == "name" else left


def _before_origin(reader: Reader, left: int) -> int:
    """Past whose or from where a number of people are ("four members of one family", "of Gao")."""
    low, flags = reader.tokens.low, reader.tokens.flags
    for at in range(left, max(left - _LONGEST_ORIGIN, 0), -1):
        group = reader.ends.get(at)
        if group is not None and group.kind == "number" and low[at] in _ORIGINS:
            return at - 1
        if flags[at] & (_TELLS | PUNCTUATION) and low[at] not in _ORIGINS:
            break
    return left


_ORIGINS = frozenset(("of", "from", "in"))
_LONGEST_ORIGIN = 7


def those_aboard(reader: Reader, left: int, verb: int) -> Group | None:
    """Who was in what went missing ("a helicopter with six people on board disappeared").

    Args:
        reader: the sentence.
        left: the token before the verb and its adverbs.
        verb: where the verb begins.
    """
    low = reader.tokens.low
    left -= low[left] == ","
    last = left if low[left] == "aboard" else left - 1 if low[left - 1 : left + 1] == _BOARD else -1
    group = reader.ends.get(last)
    if group is None or group.kind != "number" or low[group.first - 1] != "with":
        return None
    return group if _LOST.intersection(low[verb : verb + 3]) else None


_BOARD = ["on", "board"]
_LOST = frozenset(("missing", "disappeared", "vanished"))
