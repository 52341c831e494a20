"""Lists of victims to the right: what a comma, "and" or "as well as" adds to a group.

Called with the first victim behind a word (objects.py) or the subject of a clause (subjects.py).
"""

from __future__ import annotations

from dataclasses import replace

from transforms.coding.groups.group import Group
from transforms.coding.mention import Reader, antecedent_of
from transforms.coding.victims.rosters import (
    DASHES,
    is_name_with_title,
    is_of_the_named,
    is_title,
    is_titled_name,
    past_dashes,
    past_honorific,
)
from transforms.coding.words.lexicon import (
    ADVERB,
    BE,
    DETERMINER,
    HAVE,
    MODAL,
    PREPOSITION,
    PUNCTUATION,
    REPORTING,
    SUBORDINATOR,
    TRIGGER,
    VERB,
)


def self_at(reader: Reader, first: int, last: int) -> Group:
    """One person, told of by words that say only what was done ("before committing suicide")."""
    who = antecedent_of(reader, first)
    return Group(first, last, 1, 1, 1, "exact", first, last, -1, "one", antecedent=who)


def oneself_at(reader: Reader, index: int) -> Group:
    """Who "himself" or "themselves" stands for at a token."""
    word = reader.tokens.low[index]
    count = None if word == "themselves" else 1
    low = 2 if word == "themselves" else 1
    subject = reader.ends.get(index - 1)  # "claimed that the boy shot himself"
    who = subject if subject and subject.value == 1 else antecedent_of(reader, index)
    return Group(
        index, index + 1, low, count, count, "exact" if count else "plural", index, index + 1, -1,
        "one", definite=True, antecedent=who,
    )  # fmt: skip


def joint_before(low: list[str], index: int) -> int:
    """How many tokens up to one join what stands on both sides of them ("as well as"); 0: none."""
    if low[index] in (",", "and", "&", "plus") or low[index : index + 2] == ["but", "no"]:
        return 1
    if low[index] == "as" and low[max(index - 2, 0) : index] == ["as", "well"]:
        return 3
    return 2 * (low[max(index - 1, 0) : index + 1] in (["along", "with"], ["together", "with"]))


_ONESELF = (["himself"], ["herself"], ["self"])
_LONGEST_LIST = 20
"""Members; longer lists of victims are no prose."""


def extend_coordinated(reader: Reader, group: Group, found: list[Group]) -> None:
    """Add a group and what is coordinated with it to the right."""
    tokens = reader.tokens
    low, flags = tokens.low, tokens.flags
    while len(found) < _LONGEST_LIST:
        found.append(group)
        stopped = index = skip_modifiers(reader, group.last)
        joined = False
        while index < len(low) and (
            low[index] in (",", "and", "&", "plus")
            or low[index : index + 3] == ["as", "well", "as"]
            or low[index : index + 2] == ["along", "with"]
            or (flags[index] & ADVERB and joined)
        ):
            joined = True
            index += 3 if low[index] == "as" else 2 if low[index] == "along" else 1
        if joined and low[index : index + 1] == ["of"] == low[found[0].first - 1 : found[0].first]:
            index += 1  # "the murder of a judge and of her driver"
        following = reader.starts.get(past_honorific(reader, index)) if joined else None
        if following and following.kind == "name" and low[index - 1] == "," and group.kind == "one":
            # "a tribal leader, Ibrahim Ali, and his son": the name says who the first is
            if group.best and group.best > 1:
                return  # "a couple, Eva Soto and Luis Mora"
            index = skip_modifiers(reader, following.last)
            while index < len(low) and low[index] in (",", "and"):
                index += 1
            following = reader.starts.get(index)
        if joined and following is None and is_full_name(group) and low[index - 1] == ",":
            index = _past_aside(reader, index)  # "Luis Mora, leader of the party, and Ana Ruiz"
            following = reader.starts.get(past_honorific(reader, index))
        if joined and following is None and low[index : index + 1] == ["then"]:
            index += 1
        if low[index - 2 : index] == [",", "also"] and following and following.kind == "one":
            return  # "her husband, also a police officer,"
        if low[index : index + 1] == ["then"] and low[index + 1 : index + 2] in _ONESELF:
            index, joined = index + 1, True  # "kills wife then himself"
        if joined and low[index : index + 1] in (["himself"], ["herself"], ["self"]):
            if index + 1 in reader.starts and low[index - 1] == ",":
                return  # "his brother, himself a policeman, was"
            found.append(oneself_at(reader, index))
            return
        if (
            following is None
            or following.subset
            or not _is_another_victim(
                reader, found, following, low[index - 1], stopped == group.last
            )
        ):
            return
        if is_title(reader, group) and is_titled_name(reader, following):
            found.pop()  # "senator and candidate Luis Mena" is one man
        if is_name_with_title(reader, group) and is_title(reader, following):
            return  # "LUIS MENA, PRESIDENT OF THE UNION AND MAYOR OF GAO"
        if following.kind == "name" and opens_names(group):
            if group.kind == "number":
                return  # "two teachers Ana Ruiz and Eva Soto": the names say who the two are
            found[-1] = first_named(group)
        owned = is_of_the_named(reader, following) and _list_goes_on(reader, following.last)
        if (
            group.kind == "name"
            and low[index - 1] == ","
            and following.kind != "name"
            and not owned
        ):
            # "Raul Reyes, a rebel commander": the second group says who the first is
            following.subset = True
            after = skip_modifiers(reader, following.last)
            after += low[after : after + 1] == [","]
            if low[after : after + 1] != ["and"] or after + 1 not in reader.starts:
                return
            says_who, following = following, reader.starts[after + 1]
            if is_title(reader, says_who) and is_title(reader, following):
                return  # "Luis Mena, president of the union and mayor of Gao"
        group = following


def _past_aside(reader: Reader, index: int) -> int:
    """Past what is said of a name up to ", and"; the same token where that does not follow."""
    low, flags = reader.tokens.low, reader.tokens.flags
    for at in range(index, min(index + _ASIDE, len(low) - 2)):
        if low[at] == ",":
            return at + 2 if low[at + 1] == "and" else index
        if flags[at] & (VERB | BE | HAVE | MODAL | REPORTING | SUBORDINATOR | TRIGGER):
            return index
    return index


_ASIDE = 9
"""Tokens of what is said of a name between commas."""


def opens_names(group: Group) -> bool:
    """Whether the first of their names stands beside a noun for several ("teachers Ana Ruiz")."""
    return group.kind in ("plural", "number") and group.last > group.head + 1 > 0


def first_named(group: Group) -> Group:
    """The first of the people that a plural opens the names of."""
    return replace(group, low=1, best=1, high=1, convention="exact", kind="name")


def is_full_name(group: Group) -> bool:
    """Whether it is a name of two words or more."""
    return group.kind == "name" and group.last - group.first > 1


def _is_another_victim(
    reader: Reader, before: list[Group], group: Group, link: str, adjacent: bool
) -> bool:
    """Whether a group after a comma or "and" goes on with the list, and is not a new subject."""
    tokens = reader.tokens
    after = group.last
    flags = tokens.flags
    follow = flags[after] if after < len(tokens.low) else PUNCTUATION
    if group.kind == "name" and link == ",":
        listed = is_full_name(group) and adjacent and _list_goes_on(reader, after)
        return listed and (is_full_name(before[-1]) or opens_names(before[-1]))
    if group.definite and group.kind == "plural":
        return False
    if group.kind == "plural" and link != "and":
        return _ends_with_self(reader, after)
    if group.kind == "name" and not adjacent:
        return False
    if _is_attack(reader, group):
        return False
    if follow & (BE | HAVE) and _are_bodies(reader, before, link):
        return True
    if follow & (BE | HAVE | MODAL | REPORTING):
        return False
    if _speaks(reader, after):
        return False
    if link == "," and _is_subject(reader, before[0], group):
        return False
    if link == "," and not (_list_goes_on(reader, after) or _list_ends(reader, before, group)):
        return _ends_headline_list(reader, before[-1], group)
    return not (follow & (TRIGGER | VERB) and not tokens.low[after].endswith("ing"))


def _is_attack(reader: Reader, group: Group) -> bool:
    """Whether it is the subject of a deed of its own ("and a raid nearby six", "another six")."""
    low, flags = reader.tokens.low, reader.tokens.flags
    if group.last == group.first + 1 and low[group.first] in ("another", "one"):
        told = range(group.last, min(group.last + _PLACED, len(low)))
        numbers = (reader.starts[at].kind == "number" for at in told if at in reader.starts)
        does = any(numbers) or any(flags[at] & TRIGGER for at in told)
        return does and low[group.last : group.last + 1] in (["in"], ["at"], ["near"])
    deeds = reader.lexicon.words.deadly_events
    return group.uncertain and not deeds.isdisjoint(low[group.first : group.last])


_PLACED = 6
"""Tokens from "another" to what it did in its place."""


def _are_bodies(reader: Reader, before: list[Group], link: str) -> bool:
    """As in "the bodies of a woman and her son were found": the verb's subject is the bodies."""
    low, first = reader.tokens.low, before[0].first
    several = first > 1 and low[first - 1] == "of" and low[first - 2] in ("bodies", "remains")
    return several and link == "and"


def _ends_with_self(reader: Reader, index: int) -> bool:
    """Whether the list ends with the killer, as headlines do ("kills wife, sons, self")."""
    return reader.tokens.low[index : index + 2] == [",", "self"]


def _ends_headline_list(reader: Reader, before: Group, group: Group) -> bool:
    """As in "Avalanche kills 7 students, teacher in Japan": a comma stands for "and"."""
    low, flags, after = reader.tokens.low, reader.tokens.flags, group.last
    several = before.kind == "number" and (before.value or 0) > 1
    if not reader.headline or not several or group.kind != "one" or before.head < 0:
        return False
    ends = after == len(low) or (flags[after] & PREPOSITION and low[after] != "among")
    bare = not flags[group.first] & DETERMINER
    return bool(ends) and bare and low[before.head] != low[group.head]


def _speaks(reader: Reader, index: int) -> bool:
    """Whether a verb of saying follows before the next stop ("a spokesman for him said")."""
    flags = reader.tokens.flags
    for at in range(index, min(index + 9, len(flags))):
        if flags[at] & REPORTING:
            return True
        if flags[at] & (PUNCTUATION | SUBORDINATOR | TRIGGER):
            return False
    return False


def _list_goes_on(reader: Reader, index: int) -> bool:
    """Whether another member of a list follows ("a soldier, a nurse and a child")."""
    low = reader.tokens.low
    for at in range(index, min(index + 12, len(low))):
        if low[at] in ("and", "&"):
            return at + 1 in reader.starts or low[at - 1] == ","
        if _ends_with_self(reader, at):
            return True
        if low[at] == "," and at + 1 in reader.starts:
            return True
        if low[at] in (".", ";"):
            return False
    return False


def _is_subject(reader: Reader, first: Group, group: Group) -> bool:
    """As in "After killing two nuns, a boy of the town fled": who did what the clause before tells.

    Args:
        reader: the sentence.
        first: the first of the victims.
        group: what stands behind a comma.
    """
    low, at = reader.tokens.low, first.first - 1
    opened = at > 0 and low[at - 1] in _OPENS and low[at].endswith("ing")
    return opened and low[group.last : group.last + 1] not in ([","], ["and"])


_OPENS = frozenset(("after", "before", "while", "by"))
"""Words that open a clause with a verb in -ing, whose subject follows it."""


def _list_ends(reader: Reader, before: list[Group], group: Group) -> bool:
    """As in "killed a nun, a cook, a guard and wounded two": "and" joins the verbs."""
    low, after = reader.tokens.low, group.last
    joined = low[after : after + 1] == ["and"] and after + 1 < len(low)
    told = joined and bool(reader.tokens.flags[after + 1] & TRIGGER)
    return told and (len(before) > 1 or (group.kind == "number" and group.additive))


def skip_modifiers(reader: Reader, index: int) -> int:
    """Past place and time phrases, relative insertions and brackets, up to a comma or "and"."""
    tokens = reader.tokens
    low, flags = tokens.low, tokens.flags
    start = index
    while index < len(low) and index < start + 14:
        flag = flags[index]
        if low[index] == "," or low[index] in ("and", "&", "plus"):
            return index
        if low[index : index + 3] == ["as", "well", "as"] or low[index : index + 2] == [
            "along",
            "with",
        ]:
            return index
        if low[index] == "(":
            while index < len(low) and low[index] != ")":
                index += 1
            index += 1
            continue
        if low[index] in DASHES:
            closed = past_dashes(low, index)
            if closed == index:
                return start  # "seven people - two parents and five children"
            index = closed
            continue
        if flag & (SUBORDINATOR | BE | HAVE | MODAL | REPORTING) or low[index] in (";", ".", ":"):
            return start
        if flag & TRIGGER:
            return start
        index += 1
    return start
