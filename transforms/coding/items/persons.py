"""One person under many names: "a teenager", "the 17-year-old", "John Smith", "his son", "he".

Between the mentions of an article and its accounts. What the words tell of a victim (name, age,
sex, the years that a noun leaves open) is held against the persons known so far: they may be told
apart, may be one, or are one beyond doubt.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from transforms.coding.groups.group import Group
from transforms.coding.items.item import PRONOUNS, Item
from transforms.coding.text.tokens import Tokens
from transforms.coding.words.lexicon import CAPITAL, ONE, PERSON, SUBORDINATOR, Lexicon

_NAME = r"[A-Z][\w'’-]+(?: (?:[A-Z]\.|[A-Z][\w'’-]+)){1,3}"
_AGE_INSIDE = re.compile(
    r"(\d{1,3}|[a-z]{3,9}) ?-? ?(years?|yr|months?|weeks?|days?)s?[- ]?old|(\d{1,3})yo\b"
)
_AGE_AFTER = re.compile(
    r",? \(?(?:also |now |just )?(\d{1,3})(?=[,.;:)]|$| (?:of|and|was|is|who|from|died|dies)\b)"
)
_NAME_AFTER = re.compile(
    rf",? (?:(?:who was |later |since )?identified (?:\w+ ){{0,3}}as (?:\d+-year-old )?)?({_NAME})"
    r"(?=[,.;:)]|$| (?:of|and|was|is|who|from|died|dies)\b)"
)
_NAME_BEFORE = re.compile(rf"({_NAME}), (?:\d{{1,3}}, )?$")
_SAID_TO_BE = re.compile(
    r"(\w+), (?:(?:who was|later|since) )?(?:identified|named)(?: \w+){0,3} as $"
)
"""The noun for somebody before the name ("The man, identified by police as Ann Lee, died")."""
_NO_PERSON = re.compile(r"\b(?:the|in|at|near|outside|from|to|on|around) $", re.IGNORECASE)
"""Before the name of a place or an office ("In Fort Wayne, a 14-year-old ...")."""
_ARMED = frozenset(("state_force", "armed_group"))
_LOOK = 70
"""Characters after a noun group within which its name or age stands."""

_OWN_DEATH = frozenset(("own", "suicide"))
"""Words that tell of somebody's own death and stand for the person."""

_WITH_DOER = ("active", "participle")
"""Rules of words whose victims somebody else hit."""

_OLDEST = 120
_NEAR = 4
"""Sentences over which a pronoun reaches back."""


@dataclass(slots=True)
class Person:
    """What an article has told of one person so far.

    Attributes:
        names: parts of the name, lower case, the first name first.
        age: in months, or None; `years`: the span of years that the nouns leave open.
        sex: male, female, or "" where the words do not say.
        last: ordinal of the sentence that spoke last of the person.
        pronoun: nothing but a pronoun speaks of the person.
        role: state_force or armed_group where the noun says so, else "".
        nouns: what the person was called, lower case.
    """

    names: tuple[str, ...] = ()
    age: int | None = None
    years: tuple[int, int] = (0, _OLDEST)
    sex: str = ""
    last: int = -1
    pronoun: bool = False
    role: str = ""
    nouns: frozenset[str] = frozenset()

    def learn(self, other: Person) -> None:
        """Take over what another mention of the same person tells."""
        if len(other.names) > len(self.names):
            self.names = other.names
        self.age = other.age if self.age is None else self.age
        self.sex = self.sex or other.sex
        self.role = self.role or other.role
        self.nouns |= other.nouns
        low, high = max(self.years[0], other.years[0]), min(self.years[1], other.years[1])
        self.years = (low, high) if low <= high else self.years
        self.last = max(self.last, other.last)


@dataclass(slots=True)
class People:
    """The persons of one article."""

    known: list[Person] = field(default_factory=list)

    def find(
        self,
        person: Person,
        apart: Collection[int],
        *,
        adds: bool = False,
        beside: Collection[int] = (),
    ) -> tuple[int, bool]:
        """Number of the person that a mention speaks of, and whether that is beyond doubt.

        Args:
            person: what the words tell.
            apart: numbers of the persons told in the same sentence; without a sign of their own
                two nouns of one sentence are two persons.
            adds: the words bring up somebody else ("another", "was also killed").
            beside: numbers of persons who cannot be meant, whatever the words.
        """
        fits: list[int] = []
        for number, known in enumerate(() if adds else self.known):
            if number in beside:
                continue
            likeness = compare(known, person)
            if likeness > 0:
                known.learn(person)
                return number, True
            if likeness == 0 and (person.pronoun or number not in apart):
                fits.append(number)
        if not fits:
            self.known.append(person)
            return len(self.known) - 1, True
        nearest = max(fits, key=lambda number: self.known[number].last)
        known = self.known[nearest]
        sure = person.pronoun and person.last - known.last <= _NEAR
        if sure or len(fits) == 1:
            known.learn(person)
        known.last = max(known.last, person.last)
        return nearest, sure

    def called(self, nouns: frozenset[str]) -> set[int]:
        """The numbers of the persons whom one of the nouns was said of."""
        return {n for n, known in enumerate(self.known) if nouns & known.nouns}

    def but(self, number: int | None) -> set[int]:
        """The numbers of all persons but one."""
        return set(range(len(self.known))) - {number}


def identify(items: Iterable[Item], lexicon: Lexicon) -> None:
    """Set the persons of items whose victims are told one by one."""
    people = People()
    seen: dict[int, int] = {}
    retinue: dict[str, tuple[int, int]] = {}
    kinds: set[str] = set()
    hit: dict[int, int] = {}
    sentence = -1
    for item in items:
        if item.sentence != sentence:
            sentence, seen, kinds, hit = item.sentence, {}, set(), {}
        numbers: list[int] = []
        sure = True
        for group in item.mention.groups:
            person = read_person(item.tokens, group, lexicon, item.sentence)
            fresh = is_fresh(item.tokens, group)
            told = item.mention.rule in _WITH_DOER and group.kind != "number"
            told = told and ";" not in item.tokens.low[: group.first]
            again = fresh and item.kind in kinds and not told
            if person is None or again:
                numbers.clear()  # "the third killing of a child": nobody new, and nobody known
                break
            words = (group.antecedent or group).first
            certain = True
            if words not in seen:
                named = group.kind == "name" and item.kind in kinds
                apart = {*numbers, *(() if group.definite or named else seen.values())}
                if item.kind in kinds and item.mention.rule in _WITH_DOER and not item.by_pronoun:
                    apart.update(hit)  # "killed a clerk, and then fatally shot the guard"
                adds = group.additive or item.additive
                beside = _told_beside(item.tokens, group, lexicon)
                if beside:
                    number, last = retinue.get(beside, (None, sentence))
                    if group.additive and sentence - last <= _LISTED:
                        number = None
                    adds = number is None
                    apart = people.but(number)
                beside_him = _beside_oneself(group, hit) if item.oneself else ()
                if item.mention.rule in _WITH_DOER and group.definite and group.head >= 0:
                    beside_him = people.called(_doer_of(item)) - people.called(person.nouns)
                seen[words], certain = people.find(person, apart, adds=adds, beside=beside_him)
                if beside:
                    retinue[beside] = (seen[words], sentence)
            numbers.append(seen[words])
            sure = sure and certain
            item.fresh = item.fresh or (fresh and item.mention.rule != "nominal")
        kinds.add(item.kind)
        item.people = frozenset(numbers)
        item.known_again = sure
        if item.mention.rule in _WITH_DOER and not item.oneself:
            hit.update(dict.fromkeys(numbers, item.mention.groups[0].first))


def _doer_of(item: Item) -> frozenset[str]:
    """The noun for one person before a verb, who hits somebody else ("the deputy hit the man")."""
    tokens = item.tokens
    for at in range(item.mention.first - 1, 0, -1):
        if tokens.flags[at] & PERSON:
            one = tokens.flags[at] & ONE and tokens.low[at - 1] == "the"
            return frozenset((tokens.low[at],)) if one else frozenset()
        if tokens.flags[at] & SUBORDINATOR:
            break
    return frozenset()


def _told_beside(tokens: Tokens, group: Group, lexicon: Lexicon) -> str:
    """The words for somebody beside a victim, which mean the same person when they come again.

    As in "his driver"; and "another child", but not from one sentence of a list to the next.
    """
    noun = tokens.low[group.head] if group.head >= 0 else ""
    if group.possessive and noun in lexicon.words.retinue:
        return noun
    return f"another {noun}" if noun and tokens.low[group.first] == "another" else ""


_LISTED = 2
"""Sentences within which "another man" is a further one."""


def _beside_oneself(group: Group, hit: Mapping[int, int]) -> Collection[int]:
    """Whom somebody hit who then hit himself ("killed his son before shooting himself").

    Not so in "shot the boy and claimed that the boy shot himself".
    """
    doer = group.antecedent.first if group.antecedent else -1
    return [number for number, first in hit.items() if doer < first]


def is_fresh(tokens: Tokens, group: Group) -> bool:
    """Whether the words bring somebody up instead of pointing back ("a man", "one man")."""
    word = tokens.low[group.first]
    return (
        not group.definite
        and not group.possessive
        and (group.kind == "number" or word in ("a", "an", "another"))
    )


def compare(known: Person, person: Person) -> int:
    """-1: two persons; 0: may be one; 1: one beyond doubt."""
    if known.sex and person.sex and known.sex != person.sex:
        return -1
    if known.role and person.role and known.role != person.role:
        return -1
    named = _compare_names(known.names, person.names)
    if named < 0:
        return -1
    if known.age is not None and person.age is not None:
        if known.age != person.age and (known.age >= _TWO_YEARS or person.age >= _TWO_YEARS):
            return -1 if named <= 0 else 0
        return 1
    years = [_years(known), _years(person)]
    if max(low for low, _ in years) > min(high for _, high in years):
        return -1 if named <= 0 else 0
    return named


_TWO_YEARS = 24


def _years(person: Person) -> tuple[int, int]:
    if person.age is None:
        return person.years
    return person.age // 12, person.age // 12


def _compare_names(first: tuple[str, ...], second: tuple[str, ...]) -> int:
    """1 where one name holds the other, 0 where one is not known, else -1."""
    if not first or not second:
        return 0
    if len(first) > 1 and len(second) > 1:
        return 1 if first[0] == second[0] or first[-2:] == second[-2:] else -1
    return 1 if set(first) & set(second) else 0  # "Nugget" may be anybody's nickname


def read_person(tokens: Tokens, group: Group, lexicon: Lexicon, sentence: int) -> Person | None:
    """What the words of a group tell of one person; None where it is not one person."""
    if group.value != 1 or group.low != group.best or group.kind == "plural":
        return None
    if group.head >= 0 and tokens.low[group.head] in lexicon.collective:
        return None
    low = tokens.low
    if low[group.first] in PRONOUNS or low[group.first : group.last] in (["him"], ["her"]):
        sex = lexicon.sexes.get(low[group.first], "")
        named = group.antecedent
        person = read_person(tokens, named, lexicon, sentence) if named else None
        if person is None:
            return Person(sex=sex, last=sentence, pronoun=True)
        person.sex = person.sex or sex
        return person
    if group.head < 0 and _OWN_DEATH.intersection(
        low[group.first : group.last]
    ):  # "before taking his own life"
        return (
            read_person(tokens, group.antecedent, lexicon, sentence) if group.antecedent else None
        )
    text = tokens.text
    words = text[tokens.start[group.first] : tokens.end[group.last - 1]]
    stop = tokens.end[group.last - 1]
    after = text[stop : stop + _LOOK]
    before = text[max(tokens.start[group.first] - _LOOK, 0) : tokens.start[group.first]]
    head = low[group.head] if group.head >= 0 else ""
    if not head and (noun := _SAID_TO_BE.search(before)):
        head = noun.group(1).lower()
    names = _names(tokens, group, lexicon)
    if not names and not tokens.capitals and (found := _NAME_AFTER.match(after)):
        names = tuple(found.group(1).lower().replace("’", "'").split())
        after = after[found.end() :]
    if not names and not tokens.capitals and (found := _named_before(before)):
        names = tuple(found.group(1).lower().replace("’", "'").split())
    return Person(
        names,
        _age(words, after, lexicon),
        _decade(words, after) or lexicon.years.get(head, (0, _OLDEST)),
        lexicon.sexes.get(head, ""),
        sentence,
        role=role if (role := lexicon.roles.get(head, "")) in _ARMED else "",
        nouns=frozenset((head,) if head else ()),
    )


def _named_before(before: str) -> re.Match[str] | None:
    """The person's name right before a noun in apposition ("Ann Lee, 34, a teacher")."""
    found = _NAME_BEFORE.search(before)
    if found is None or _NO_PERSON.search(before[: found.start(1)]):
        return None
    opens = found.group(1).split(" ", 1)[0].lower()
    return None if opens in _OPENS_PLACE else found


_OPENS_PLACE = frozenset("in at near outside from to on around after before inside across".split())
"""First words that open a sentence with a place ("In Wexford, a man died")."""


def _names(tokens: Tokens, group: Group, lexicon: Lexicon) -> tuple[str, ...]:
    """The parts of the name that a group holds: its capitals after the head, or all of them."""
    low, first = tokens.low, group.first
    # "Adam King": a surname that is a noun for people too
    noun = group.kind == "name" and first < group.head == group.last - 1
    noun = noun and not tokens.flags[first] & PERSON and low[first] not in lexicon.ordinary
    return tuple(
        low[i]
        for i in range(first if noun else max(first, group.head + 1), group.last)
        if tokens.flags[i] & CAPITAL
        and (noun or not tokens.flags[i] & PERSON)
        and "-" not in tokens.low[i]
        and tokens.low[i] not in lexicon.words.honorifics
    )


def _decade(words: str, after: str) -> tuple[int, int] | None:
    """The years that "in his 20s" leaves open."""
    found = _DECADE.search(words) or _DECADE.match(after)
    return (int(found.group(1)), int(found.group(1)) + 9) if found else None


_DECADE = re.compile(
    r"(?:^|,? )(?:aged )?in (?:his|her) (?:early |mid-?|late |mid |late-)?(\d0)s\b"
)


def _age(words: str, after: str, lexicon: Lexicon) -> int | None:
    """The age in months that stands inside the words or right after them."""
    found = _AGE_INSIDE.search(words.lower()) or _AGE_INSIDE.match(after[2:].removeprefix("a "))
    if found:
        if found.group(3):
            return int(found.group(3)) * 12
        number = found.group(1)
        value = int(number) if number.isdecimal() else lexicon.numbers.get(number)
        if value is None:
            return None
        unit = found.group(2)
        return value * 12 if unit.startswith("y") else value if unit.startswith("m") else 0
    behind = _AGE_AFTER.match(after)
    return int(behind.group(1)) * 12 if behind and int(behind.group(1)) < _OLDEST else None
