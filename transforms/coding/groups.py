"""Tokens to noun groups: who might be a victim, and how many they are.

A noun group is a run of tokens with a person as its head ("two Nigerian oil workers"), a quantity
that stands for people by itself ("five were killed"), or a name ("Raul Reyes").
"""

from __future__ import annotations

from dataclasses import dataclass

from transforms.coding.heads import ENDS, ends_group, find_head, stands_before_head
from transforms.coding.lexicon import (
    ADDITIVE,
    ADVERB,
    BE,
    CAPITAL,
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
    PRONOUN,
    PUNCTUATION,
    SUBORDINATOR,
    THING,
    TRIGGER,
    VERB,
    WEEKDAY,
    Lexicon,
)
from transforms.coding.numbers import Quantity, read_quantity
from transforms.coding.tokens import Tokens

_CLOSED = ENDS | ADVERB
_OPENING = NUMBER | DETERMINER | PERSON | CAPITAL | ADDITIVE
_NONE = frozenset(("no", "none", "nobody", "between"))
"""A word of the closed classes opens a group only if it is of the others too, or one of these."""

UNITS = frozenset(("crew", "family", "team", "group", "party", "patrol"))
_BRACKETED = frozenset((("name", "("), ("name", "["), ("plural", ")"), ("plural", "]")))
_CALLED = frozenset("known described called listed".split())
_ORDINALS = frozenset(("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"))
_PEOPLE_ENDINGS = (
    "ers",
    "ors",
    "ists",
    "ians",
    "men",
    "women",
    "ees",
    "ants",
    "eers",
    "folk",
    "kers",
)
_PERSON_ENDINGS = ("er", "or", "ist", "ian", "man", "woman", "eer", "ant", "ee", "smith", "wright")
"""Endings of nouns for people; things with these endings are in things.toml."""


@dataclass(slots=True)
class Group:
    """A noun group.

    Attributes:
        first, last: its tokens are first..last-1, quantity and determiner included.
        low, best, high, convention: how many they are; all None where the words do not say.
        figure_first, figure_last: tokens that say how many.
        head: index of the head noun, or -1.
        kind: number (has a quantity), one (one person), plural (bare or definite), name.
        definite: "the", "these", "both": points back at people already named.
        additive: "another", "other", "more".
        subset: part of a total given elsewhere ("including five", "three of them").
        governed: a preposition stands before it.
        possessive: "his driver".
        uncertain: the head is a word that nobody knows; people only where the verb leaves no doubt.
        antecedent: whom a pronoun stands for, where its sentence names one.
    """

    first: int
    last: int
    low: int | None
    best: int | None
    high: int | None
    convention: str
    figure_first: int
    figure_last: int
    head: int
    kind: str
    definite: bool = False
    additive: bool = False
    subset: bool = False
    governed: bool = False
    possessive: bool = False
    uncertain: bool = False
    antecedent: Group | None = None

    @property
    def value(self) -> int | None:
        """Best, else low."""
        return self.low if self.best is None else self.best


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
        group = _read_group(tokens, index, lexicon, headline)
        if group is None:
            index += 1
            continue
        _mark_context(group, tokens, groups)
        groups.append(group)
        index = max(group.last, index + 1)
    return groups


def _mark_context(group: Group, tokens: Tokens, before: list[Group]) -> None:
    """Set what the words before and after a group say of it."""
    low, flags = tokens.low, tokens.flags
    at = group.first
    if at and group.kind == "name" and low[at - 1][0].isdigit():
        group.governed = True  # "of West 36th Street"
    if at > 1 and low[at - 1] == "as" and low[at - 2] in _CALLED:
        group.governed = True  # "hunters, known as dozos,"
    if at and (group.kind, low[at - 1]) in _BRACKETED:
        group.governed = True  # "by Liberation Army (ELN) guerrillas"
    if at and flags[at - 1] & PREPOSITION and not flags[at - 1] & VERB:
        group.governed = True
    if group.kind == "name" and _is_dateline(group, tokens):
        group.governed = True
    if (
        before
        and group.kind == "name"
        and before[-1].governed
        and before[-1].last in (at - 1, at - 2)
    ):
        group.governed |= low[at - 1] in (",", "'s", "and")  # "in Quetta, Pakistan"
    if at > 1 and flags[at - 1] & DETERMINER and flags[at - 2] & PREPOSITION:
        group.governed = True
    back = at - 1
    while back >= 0 and (
        flags[back] & (ADVERB | DETERMINER) or low[back] in ("least", "most", "number", "of")
    ):
        back -= 1
    if back >= 0 and low[back] in ("including", "include", "includes", "included", "among"):
        group.subset = low[back] != "among" or (back > 0 and flags[back - 1] & PUNCTUATION != 0)
    if low[at : at + 2] == ["among", "them"]:
        group.subset = True
    after = low[group.last : group.last + 2]
    if after and after[0] == "of" and after[1:] and after[1] in ("them", "whom", "these", "those"):
        group.subset = True
    if before and before[-1].subset and before[-1].last == at - 1 and low[at - 1] == "and":
        group.subset = True  # "including four children and four women"
    if before and low[at - 2 : at] == ["of", "whom"]:
        group.subset = True


def _read_group(tokens: Tokens, index: int, lexicon: Lexicon, headline: bool) -> Group | None:
    flags = tokens.flags
    flag = flags[index]
    low = tokens.low
    word = low[index]
    if flag & PUNCTUATION:
        return None
    if flag & NUMBER or word[0].isdigit() or "-" in word or word == "between":
        quantity = read_quantity(tokens, index, lexicon)
        if quantity and not (quantity.convention == "some" and word != "some"):
            return _counted_group(tokens, quantity, lexicon)
        if word[0].isdigit():
            return _aged_group(tokens, index, lexicon)
    if word in ("no", "none", "nobody"):
        return _empty_group(tokens, index, lexicon)
    if flag & DETERMINER and word not in ("neither", "any"):
        return _determined_group(tokens, index, lexicon)
    if flag & TRIGGER and not flag & PERSON and not stands_before_head(tokens, index):
        return None
    if flag & PERSON or (flag & (CAPITAL | ADDITIVE) and not flag & ENDS):
        return _bare_group(tokens, index, lexicon, headline)
    before_person = index + 1 < len(flags) and flags[index + 1] & PERSON
    if flag & THING and not before_person:
        return None
    if not flag & (ENDS | TRIGGER | ADVERB) and not word.endswith("ing"):
        return _bare_group(tokens, index, lexicon, headline)
    return None


def _is_dateline(group: Group, tokens: Tokens) -> bool:
    """As in "TOLEDO, Ohio -- Two men were killed": where an older story starts below the news."""
    if tokens.capitals or group.first > _DATELINE or group.last >= len(tokens.low):
        return False
    opens = tokens.text[: tokens.end[0]]
    return tokens.low[group.last] in ("-", "—", "–", ">") and opens.isupper() and len(opens) > 2


_DATELINE = 4
"""Tokens of a town before the name of its state."""


def _aged_group(tokens: Tokens, index: int, lexicon: Lexicon) -> Group | None:
    """As in "7-year-old boy", "12-year-old Ava Castillo": one person, without an article too."""
    low, flags = tokens.low, tokens.flags
    if "-year" not in low[index] and not low[index].endswith("yo"):
        return None
    start = index + 1 + (low[index + 1 : index + 2] == ["old"])
    head, last, thing = find_head(tokens, start, lexicon)
    if thing or (head >= 0 and not flags[head] & ONE):
        return None
    if head >= 0:
        return Group(index, last, 1, 1, 1, "exact", index, last, head, "one")
    end = start
    while end < len(low) and flags[end] & CAPITAL and not flags[end] & (WEEKDAY | MONTH | TRIGGER):
        end += 1
    if end == start:
        if start == index + 1 and ends_group(tokens, start):
            return Group(index, start, 1, 1, 1, "exact", index, start, index, "one")
        return None
    return Group(index, end, 1, 1, 1, "exact", index, end, -1, "name")


def _is_aged(tokens: Tokens, index: int) -> bool:
    """Whether an age stood before a token, as behind a person's name only ("Salinas, 45, and")."""
    if index >= len(tokens.low):
        return False
    left_out = tokens.text[tokens.end[index - 1] : tokens.start[index]]
    return left_out.strip(", ").isdecimal()


def _counted_group(tokens: Tokens, quantity: Quantity, lexicon: Lexicon) -> Group | None:
    low, flags = tokens.low, tokens.flags
    start = quantity.last
    subset = False
    if low[start : start + 1] == ["of"]:
        inner = low[start + 1] if start + 1 < len(low) else ""
        after = flags[start + 2] if start + 2 < len(low) else 0
        if inner in ("them", "whom", "these", "those") and flags[start + 1] & (
            PRONOUN | DETERMINER
        ):
            subset = (
                inner == "whom"
                or (bool(after & (PRONOUN | SUBORDINATOR | TRIGGER)) and inner != "them")
                or (inner == "them" and not after & (TRIGGER | BE | HAVE))
            )
            start += 2
        elif inner and flags[start + 1] & (DETERMINER | POSSESSIVE):
            subset = bool(after & TRIGGER) and not stands_before_head(tokens, start + 2)
            start += 2
    elif (
        start < len(low)
        and flags[start] & (POSSESSIVE | DEFINITE)
        and low[quantity.last - 1] == "of"
    ):
        start += 1
    head, last, thing = find_head(tokens, start, lexicon)
    if thing:
        return None
    if (
        quantity.convention == "exact"
        and quantity.bare
        and head < 0
        and _looks_like_date(tokens, quantity, last)
    ):
        return None
    if (
        head < 0
        and quantity.convention
        in (
            "some",
            "many",
            "several",
            "numerous",
            "various",
            "multiple",
        )
        and (
            last == start
            and start < len(low)
            and not flags[start] & (BE | HAVE | TRIGGER | ADDITIVE)
        )
    ):
        return None
    around = [
        *range(max(quantity.first - 1, 0), quantity.first),
        *range(quantity.last, min(last, len(low))),
    ]
    additive = any(flags[i] & ADDITIVE for i in around)
    value = quantity
    lower, best, upper = value.low, value.best, value.high
    if head >= 0 and low[head] in lexicon.collective and value.best == 1:
        lower = best = upper = lexicon.collective[low[head]]
    group = Group(
        quantity.first, max(last, quantity.last), lower, best, upper, quantity.convention,
        quantity.first, quantity.last, head, "number",
        definite=quantity.first > 0
        and bool(flags[quantity.first - 1] & DEFINITE)
        and low[quantity.first - 1] != "that",
        additive=additive, subset=subset,
        uncertain=head < 0
        and last > start
        and not flags[last - 1] & ADDITIVE
        and not low[last - 1].endswith(_PEOPLE_ENDINGS)
        and (tokens.capitals or not flags[last - 1] & CAPITAL),
    )  # fmt: skip
    if group.definite and group.first:
        group.first -= 1
    return group


_NUMBERED = frozenset(
    (
        "number no no. route highway interstate article section phase age aged ages image photo"
        " picture slide page figure grade room unit apartment channel precinct step game season"
    ).split()
)
"""Words whose number names one of a row."""

_LAST_DAY = 31


def _looks_like_date(tokens: Tokens, quantity: Quantity, last: int) -> bool:
    low, flags = tokens.low, tokens.flags
    first = quantity.first
    if quantity.best and 1900 <= quantity.best <= 2100:
        return True
    before = flags[first - 1] if first else 0
    digits = low[first][0].isdigit()
    value_is_day = quantity.best is not None and quantity.best <= _LAST_DAY
    if first and low[first - 1] in _NUMBERED:
        return True
    if digits and first > 2 and low[first - 1] == "of" and low[first - 3] in _NUMBERED:
        return True  # "Image 2 of 9"
    after = flags[quantity.last] if quantity.last < len(low) else 0
    if first > 1 and low[first - 1] == ".":
        before = flags[first - 2]  # "Nov. 6"
    return digits and bool(
        before & MONTH or after & MONTH or (first and low[first - 1] == "may" and value_is_day)
    )


def _empty_group(tokens: Tokens, index: int, lexicon: Lexicon) -> Group | None:
    """As in "no one" (zero), "none of the passengers", "no soldiers" (says nothing of others)."""
    low = tokens.low
    everybody = True
    if low[index] in ("none", "nobody") or low[index + 1 : index + 2] == ["one"]:
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
    low, flags = tokens.low, tokens.flags
    uncertain = False
    word = low[index]
    if word == "that":
        return None
    start = index + 1
    if (
        start < len(low)
        and (low[start][0].isdigit() or flags[start] & NUMBER)
        and word not in ("a", "an")
    ):
        quantity = read_quantity(tokens, start, lexicon)
        if quantity:
            return _from_determiner(_counted_group(tokens, quantity, lexicon), index, flags[index])
    if word in ("another", "the", "some") and start < len(low) and low[start] in ("other",):
        quantity = read_quantity(tokens, start + 1, lexicon)
        if quantity:
            return _from_determiner(_counted_group(tokens, quantity, lexicon), index, flags[index])
    if word == "the" and low[start : start + 1] and low[start] in (*_ORDINALS, "first"):
        return None  # "the third soldier killed this week" counts nobody
    ordinal = word == "a" and low[start : start + 1] and low[start] in _ORDINALS
    if ordinal and ends_group(tokens, start + 1):
        return Group(index, start + 1, 1, 1, 1, "exact", index, start + 1, -1, "one", additive=True)
    head, last, thing = find_head(tokens, start, lexicon)
    if word == "both" and head >= 0 and flags[head] & MANY:
        return Group(index, last, 2, 2, 2, "exact", index, last, head, "number", definite=True)
    if last > start and low[last - 1] in UNITS and low[last : last + 1] == ["of"]:
        quantity = read_quantity(tokens, last + 1, lexicon)
        if (quantity and not quantity.bare) or (quantity and ends_group(tokens, quantity.last)):
            return _unit_group(index, quantity, last - 1)
    if head < 0 and not thing and last > start and word in ("a", "an", "another", "his", "her"):
        head = last - 1
        uncertain = not low[head].endswith(_PERSON_ENDINGS)
    if head < 0 or thing:
        return None
    flag = flags[head] or ONE
    additive = word == "another" or any(flags[i] & ADDITIVE for i in range(index, head + 1))
    definite = bool(flags[index] & DEFINITE)
    count: int | None
    if low[head] in lexicon.collective:
        count, kind = lexicon.collective[low[head]], "one"
    elif flag & ONE and not (flag & MANY and definite and not flag & ONE):
        count, kind = 1, "one"
    else:
        count, kind = None, "plural"
    return Group(
        index, last, count, count, count, "exact", index, last, head, kind,
        definite=definite, additive=additive, possessive=bool(flags[index] & POSSESSIVE),
        uncertain=uncertain,
    )  # fmt: skip


def _from_determiner(group: Group | None, index: int, flag: int) -> Group | None:
    """The counted group with its determiner ("his two sons")."""
    if group is not None:
        group.first = index
        group.definite = group.definite or bool(flag & DEFINITE)
        group.possessive = bool(flag & POSSESSIVE)
    return group


def _unit_group(index: int, quantity: Quantity, head: int) -> Group:
    """As in "its crew of five", "family of four"."""
    return Group(
        index, quantity.last, quantity.low, quantity.best, quantity.high, quantity.convention,
        quantity.first, quantity.last, head, "number",
    )  # fmt: skip


def _is_telegraphic(tokens: Tokens, index: int, last: int) -> bool:
    """Whether a noun without article opens a note ("Police: driver killed"), its verb after it."""
    low, flags = tokens.low, tokens.flags
    opens = index == 0 or low[index - 1] in _NOTES
    if low[last - 1] in _MULTIPLE:
        return True
    return opens and last < len(low) and bool(flags[last] & (BE | HAVE | TRIGGER))


_MULTIPLE = frozenset(("twins", "triplets"))
_NOTES = frozenset((":", "|", "–", "—", "-", ";"))


def _bare_group(tokens: Tokens, index: int, lexicon: Lexicon, headline: bool) -> Group | None:
    """A group without determiner: a plural ("Iraqi soldiers"), a title or a name."""
    low, flags = tokens.low, tokens.flags
    head, last, thing = find_head(tokens, index, lexicon)
    if thing:
        return None
    if head >= 0 and flags[head] & MANY and low[head] not in _MULTIPLE:
        additive = any(flags[i] & ADDITIVE for i in range(index, head + 1))
        return Group(
            index, last, 2, None, None, "plural", index, last, head, "plural", additive=additive
        )
    bare = tokens.capitals or headline or _is_telegraphic(tokens, index, last)
    if bare and head >= 0 and flags[head] & ONE:
        count = lexicon.collective.get(low[head], 1)
        return Group(index, last, count, count, count, "exact", index, last, head, "one")
    shares = index > 0 and index <= head <= index + 1 and low[index - 1] in ("and", "&")
    if shares and (low[head] in lexicon.sexes or low[head] in lexicon.years):
        return Group(index, last, 1, 1, 1, "exact", index, last, head, "one")  # "a woman and girl"
    unit = low[index] in UNITS and low[index + 1 : index + 2] == ["of"]
    if headline and unit and (quantity := read_quantity(tokens, index + 2, lexicon)):
        return _unit_group(index, quantity, index)
    end = index
    while end < len(low) and (
        (flags[end] & CAPITAL and not flags[end] & (PREPOSITION | WEEKDAY | MONTH | TRIGGER))
        or (
            low[end] in ("al", "bin", "de", "van", "von", "der", "da", "el", "la", "ibn")
            and end > index
        )
    ):
        end += 1
    if head >= 0 and flags[head] & ONE and any(flags[i] & CAPITAL for i in range(index, last)):
        return Group(index, max(last, end), 1, 1, 1, "exact", index, max(last, end), head, "name")
    if end - index >= 2 or (end == index + 1 and (index > 0 or _is_aged(tokens, end))):
        return Group(index, end, 1, 1, 1, "exact", index, end, -1, "name")
    return None
