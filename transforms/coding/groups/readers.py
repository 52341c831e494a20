"""Tokens to noun groups: a reader for each way in which a group opens.

With a number ("five soldiers", in counted.py), an age ("7-year-old boy"), a word for nobody
("no one"), a determiner ("the driver") or with nothing before it ("Iraqi soldiers", "Raul Reyes").
"""

from __future__ import annotations

from itertools import pairwise

from transforms.coding.groups.ages import count_ages
from transforms.coding.groups.bare import (
    bare_group,
    follows_body,
)
from transforms.coding.groups.counted import counted_group, unit_group, with_determiner
from transforms.coding.groups.group import Group, mark_context
from transforms.coding.groups.heads import ENDS, ends_group, find_head, stands_before_head
from transforms.coding.groups.numbers import Quantity, read_quantity
from transforms.coding.groups.portions import read_portion
from transforms.coding.text.tokens import Tokens
from transforms.coding.words.lexicon import (
    ADDITIVE,
    ADVERB,
    BE,
    CAPITAL,
    CONJUNCTION,
    DEFINITE,
    DETERMINER,
    HAVE,
    MANY,
    MONTH,
    NUMBER,
    ONE,
    PERSON,
    POSSESSIVE,
    PREPOSITION,
    PUNCTUATION,
    THING,
    TRIGGER,
    VERB,
    WEEKDAY,
    Lexicon,
)

_CLOSED = ENDS | ADVERB
_OPENING = NUMBER | DETERMINER | PERSON | CAPITAL | ADDITIVE
_NONE = frozenset(("no", "none", "nobody", "no-one", "between", "everyone", "everybody"))
"""A word of the closed classes opens a group only if it is of the others too, or one of these."""

_ORDINALS = frozenset(
    ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "eleventh")
)


def read_groups(tokens: Tokens, lexicon: Lexicon, *, headline: bool = False) -> list[Group]:
    """All noun groups of a sentence, from left to right, not overlapping.

    In a headline a person needs no article ("Man killed").
    """
    groups: list[Group] = []
    index = 0
    size = len(tokens.low)
    flags, low = tokens.flags, tokens.low
    while index < size:
        flag = flags[index]
        if (
            flag & _CLOSED
            and not flag & _OPENING
            and low[index].isalpha()
            and low[index] not in _NONE
        ):
            index += 1  # most words: nothing but an end of groups
            continue
        group = _read_group(tokens, index, lexicon, headline) or _as_many(tokens, index, groups)
        if group is None:
            index += 1
            continue
        if _stands_for_others(group, tokens, lexicon):
            index = max(group.last, index + 1)
            continue
        count_ages(group, tokens, lexicon)
        mark_context(group, tokens, groups, lexicon)
        groups.append(group)
        index = max(group.last, index + 1)
    return groups


def _as_many(tokens: Tokens, index: int, before: list[Group]) -> Group | None:
    """As in "seven men were killed and as many injured": the number told before."""
    low, flags = tokens.low, tokens.flags
    follows = _AS_MANY.get(low[index])
    if follows is None or low[index + 1 : index + 1 + len(follows)] != follows:
        return None
    end = index + 1 + len(follows)
    end += follows[-1] == "number" and low[end : end + 1] == ["of"]
    if end >= len(low) or low[end] in ("as", "of") or not before or before[-1].kind != "number":
        return None
    if index and low[index - 1] in _TIMES:
        return None
    end += bool(flags[end] & ADDITIVE)
    told = before[-1]
    figure, head = end, -1
    if end < len(low) and flags[end] & MANY:  # "five soldiers and as many rebels"
        head, end = end, end + 1
    return Group(
        index, end, told.low, told.best, told.high, told.convention, index, figure, head,
        "number", additive=True,
    )  # fmt: skip


_TIMES = frozenset(("twice", "times", "half", "thrice", "almost", "nearly", "just"))
"""Before "as many", which is then another number."""
_AS_MANY = {"as": ["many"], "an": ["equal", "number"], "equal": ["number"]}


def _stands_for_others(group: Group, tokens: Tokens, lexicon: Lexicon) -> bool:
    """Whether its figure is not that of victims: an unborn child, "a third of the 90 people"."""
    low, first = tokens.low, group.first
    if "unborn" in low[first : group.last] or low[max(first - 2, 0) : first] == ["all", "but"]:
        return True
    opens = max(first - _SHARE_OF, 0)
    stops = (at for at in range(first - 1, opens - 1, -1) if tokens.flags[at] & _ENDS_SHARE)
    before = low[next(stops, opens) : first]
    return group.kind == "number" and any(
        word in lexicon.words.fractions and follows == "of" for word, follows in pairwise(before)
    )


_ENDS_SHARE = PUNCTUATION | TRIGGER
_SHARE_OF = 5
"""Tokens from a fraction to the number that it is of ("a third of the village's 90 people")."""


def _read_group(tokens: Tokens, index: int, lexicon: Lexicon, headline: bool) -> Group | None:
    """The group that opens at a token, by what opens it, or None."""
    flags = tokens.flags
    flag = flags[index]
    low = tokens.low
    word = low[index]
    if flag & PUNCTUATION or (index > 1 and low[index - 1] == "many" and low[index - 2] == "how"):
        return None
    if word in _EVERYBODY and (end := _past_aboard(low, index + 1)):
        return Group(index, end, 2, None, None, "everybody", index, end, -1, "number")
    if flag & NUMBER and low[index + 1 : index + 3] in _OLD:
        return _aged_group(tokens, index, lexicon)
    if flag & NUMBER or word[0].isdigit() or "-" in word or word == "between":
        quantity = read_portion(tokens, index, lexicon) or read_quantity(tokens, index, lexicon)
        if quantity and not (quantity.convention == "some" and word != "some"):
            return counted_group(tokens, quantity, lexicon)
        if word[0].isdigit():
            return _aged_group(tokens, index, lexicon)
    if word in ("no", "none", "nobody", "no-one"):
        return _empty_group(tokens, index, lexicon)
    if flag & DETERMINER and word not in ("neither", "any"):
        return _determined_group(tokens, index, lexicon)
    if flag & TRIGGER and not flag & PERSON and not stands_before_head(tokens, index):
        return None
    if flag & PERSON or (flag & (CAPITAL | ADDITIVE) and not flag & ENDS):
        return bare_group(tokens, index, lexicon, headline)
    before_person = index + 1 < len(flags) and flags[index + 1] & PERSON
    if flag & THING and not before_person:
        return None
    told = flag & TRIGGER and not follows_body(tokens, index, lexicon)
    if not flag & (ENDS | ADVERB) and not told and not word.endswith("ing"):
        return bare_group(tokens, index, lexicon, headline)
    return None


_EVERYBODY = frozenset(("everyone", "everybody", "all"))


def _past_aboard(low: list[str], index: int) -> int:
    """Past "aboard" or "on board" behind a word for everybody, or 0."""
    index += low[index : index + 1] in (["those"], ["people"], ["passengers"])
    if low[index : index + 1] in (["aboard"], ["onboard"]):
        return index + 1
    return index + 2 if low[index : index + 2] == ["on", "board"] else 0


_OLD = (["year", "old"], ["years", "old"], ["month", "old"], ["months", "old"])


def _aged_group(tokens: Tokens, index: int, lexicon: Lexicon) -> Group | None:
    """As in "7-year-old boy", "12-year-old Ava Castillo": one person, without an article too."""
    low, flags = tokens.low, tokens.flags
    spelt = low[index + 1 : index + 3] in _OLD  # "Four year old girl"
    if not spelt and "-year" not in low[index] and not low[index].endswith("yo"):
        return None
    start = index + 3 if spelt else index + 1 + (low[index + 1 : index + 2] == ["old"])
    head, last, thing = find_head(tokens, start, lexicon)
    if thing or (head >= 0 and not flags[head] & ONE):
        return None
    if head >= 0:
        return Group(index, last, 1, 1, 1, "exact", index, last, head, "one")
    end = start
    while end < len(low) and flags[end] & CAPITAL and not flags[end] & (WEEKDAY | MONTH | TRIGGER):
        end += 1
    if end == start:
        if (spelt or start == index + 1) and ends_group(tokens, start):
            return Group(index, start, 1, 1, 1, "exact", index, start, start - 1, "one")
        return None
    return Group(index, end, 1, 1, 1, "exact", index, end, -1, "name")


def _empty_group(tokens: Tokens, index: int, lexicon: Lexicon) -> Group | None:
    """As in "no one" (zero), "none of the passengers", "no soldiers" (says nothing of others)."""
    low = tokens.low
    everybody = True
    if low[index] in ("none", "nobody", "no-one") or low[index + 1 : index + 2] == ["one"]:
        last = index + 1 + (low[index] == "no")
        if low[last : last + 1] == ["of"] and last + 1 < len(low):
            _, last, _ = find_head(tokens, last + 2, lexicon)
            everybody = False
    else:
        head, last, _ = find_head(tokens, index + 1, lexicon)
        if head < 0:
            return None
        everybody = low[head] in ("people", "person", "persons", "others", "victims")
    convention = "zero" if everybody else "none_of"
    return Group(index, last, 0, 0, 0, convention, index, index + 1, -1, "number")


def _determined_group(tokens: Tokens, index: int, lexicon: Lexicon) -> Group | None:
    """As in "the driver", "his two sons", "another soldier", "a crew of five"."""
    low, flags = tokens.low, tokens.flags
    word, start = low[index], index + 1
    if word == "that":
        return None
    if low[start + 1 : start + 3] in _OLD and flags[start] & NUMBER:
        aged = _aged_group(tokens, start, lexicon)  # "the three year old"
        return with_determiner(aged, index, flags[index])
    following = low[start] if start < len(low) else ""
    if word == "the" and following in _REST:
        return _rest_group(tokens, index, lexicon)
    if quantity := _after_determiner(tokens, index, lexicon):
        return with_determiner(counted_group(tokens, quantity, lexicon), index, flags[index])
    if word == "the" and (following == "first" or following in _ORDINALS):
        verb = flags[start + 1] if start + 1 < len(low) else 0
        if verb & (BE | HAVE) and following != "first":  # "the sixth was found dead"
            return Group(
                index, start + 1, 1, 1, 1, "exact", index, start + 1, -1, "one", True, True
            )
        return None  # "the third soldier killed this week" counts nobody
    if (word, following) == ("the", "other") and (
        start + 1 == len(low) or _ends_pronoun(tokens, start + 1)
    ):
        beside = not index or bool(flags[index - 1] & (CONJUNCTION | PUNCTUATION))
        return Group(  # "one died and the other was hurt", but "one brother stabbed the other"
            index, start + 1, 1, 1, 1, "exact", index, start + 1, -1, "one", True, beside
        )
    if word == "another" and (start == len(low) or _ends_pronoun(tokens, start)):
        return Group(index, start, 1, 1, 1, "exact", index, start, -1, "one", additive=True)
    ordinal = word in ("a", "an") and following in _ORDINALS
    if ordinal and ends_group(tokens, start + 1):
        return Group(index, start + 1, 1, 1, 1, "exact", index, start + 1, -1, "one", additive=True)
    alone = index == 0 or low[index - 1] in ("and", "but", ";")
    if word == "both" and alone and start < len(low) and flags[start] & (BE | HAVE | TRIGGER):
        return Group(index, start, 2, 2, 2, "exact", index, start, -1, "number", definite=True)
    head, last, thing = find_head(tokens, start, lexicon)
    if word == "both" and head >= 0 and flags[head] & MANY:
        return Group(index, last, 2, 2, 2, "exact", index, last, head, "number", definite=True)
    if last > start and low[last - 1] in lexicon.words.units and low[last : last + 1] == ["of"]:
        quantity = read_quantity(tokens, last + 1, lexicon)
        if quantity and (not quantity.bare or ends_group(tokens, quantity.last)):
            return unit_group(index, quantity, last - 1)
    uncertain = False
    if head < 0 and not thing and last > start and word in ("a", "an", "another", "his", "her"):
        head = last - 1
        if low[head] in lexicon.never_people:
            return None
        if low[head] in lexicon.words.households:
            return Group(index, last, 2, None, None, "plural", index, last, head, "number")
        uncertain = not low[head].endswith(lexicon.words.person_endings)
    if head < 0 or thing:
        return None
    count = lexicon.collective.get(low[head])
    national = word in _ONE and low[head] in lexicon.words.nationals  # "an Iraqi"
    one = (
        flags[head] & ONE
        or not flags[head]
        or national
        or (word in _ONE and not flags[head] & MANY and (tokens.capitals or not uncertain))
    )
    if count is None and one:
        count = 1
    return Group(
        index, last, count, count, count, "exact", index, last, head,
        "plural" if count is None else "one",
        definite=bool(flags[index] & DEFINITE),
        additive=word == "another"
        or ordinal
        or any(flags[i] & ADDITIVE for i in range(index, head + 1)),
        possessive=bool(flags[index] & POSSESSIVE),
        uncertain=uncertain and not national,
    )  # fmt: skip


def _rest_group(tokens: Tokens, index: int, lexicon: Lexicon) -> Group | None:
    """As in "12 were saved and the rest drowned", "the rest of the passengers": those left."""
    low, flags = tokens.low, tokens.flags
    last = index + 2
    if low[last : last + 1] == ["of"]:
        head, last, _ = find_head(tokens, last + 2, lexicon)
        if head < 0:
            return None
    elif last < len(low) and not flags[last] & (BE | HAVE | TRIGGER | VERB | ADVERB):
        return None
    others = low[index + 1] == "others"
    return Group(
        index, last, None if others else 2, None, None, "rest", index, index + 2, -1,
        "plural" if others else "number", definite=others, additive=others,
    )  # fmt: skip


_REST = frozenset(("rest", "remainder", "others"))
_ONE = frozenset(("a", "an", "another"))
"""Determiners that make a noun one person, of whatever kind ("a uniformed Maoist")."""


def _after_determiner(tokens: Tokens, index: int, lexicon: Lexicon) -> Quantity | None:
    """The quantity after a determiner ("the five", "his two"), past "other" ("some other 20")."""
    low, flags = tokens.low, tokens.flags
    word, start = low[index], index + 1
    if start >= len(low):
        return None
    quantity = None
    if word not in ("a", "an") and (low[start][0].isdigit() or flags[start] & NUMBER):
        quantity = read_quantity(tokens, start, lexicon)
    other = word in ("another", "the", "some") and low[start] == "other"
    further = word in ("a", "an") and low[start] in ("further", "additional")  # "a further six"
    if quantity is None and (other or further):
        quantity = read_quantity(tokens, start + 1, lexicon)
    return quantity


def _ends_pronoun(tokens: Tokens, index: int) -> bool:
    """Whether "another" stands for somebody: its verb or an end follows, and no noun."""
    flag, word = tokens.flags[index], tokens.low[index]
    counts = flag & NUMBER and not flag & PREPOSITION  # "in" opens "in excess of"
    if word == "'s" or flag & DETERMINER or counts:
        return False
    if flag & TRIGGER:
        return not stands_before_head(tokens, index)
    return bool(flag & (BE | HAVE | ADVERB | PUNCTUATION | PREPOSITION | CONJUNCTION | VERB))
