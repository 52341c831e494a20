"""Mentions to accounts: which figures of an article speak of the same event, and how they add up.

The article is read from top to bottom. Each mention joins the account that it agrees with best, or
opens a new one; inside its account it becomes the total, a part, a subset or superseded.

Source: codebook sections 2, 3 and 8.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import re2

from transforms.coding.clauses import Mention
from transforms.coding.lexicon import MANY, Lexicon
from transforms.coding.roles import NARRATOR, Speaker
from transforms.coding.tokens import Tokens

_ATTACKERS = frozenset(
    "gunman gunmen attacker attackers assailant assailants bomber bombers shooter shooters hijacker hijackers".split()
)
_GENERIC = frozenset(
    "people persons person others other victims victim dead lives more civilians men man women bodies deaths"
    " fatalities casualties members passengers individuals residents".split()
)


class Spot(NamedTuple):
    """A place that a clause names, as far as it tells events apart."""

    name: str
    kind: str
    country: str | None
    admin1: str | None


@dataclass(frozen=True, slots=True)
class IncidentCues:
    """The compiled cues of incidents.toml."""

    another: Any
    same: Any
    new: Any
    when: Any
    opening: Any
    saying: Any
    families: dict[str, Any]


def compile_incidents(lexicon: Lexicon) -> IncidentCues:
    """Compile the cue lists once."""

    def union(name: str) -> Any:
        return re2.compile("|".join(f"(?:{p})" for p in lexicon.cues[name]))

    return IncidentCues(union("another_event"), union("same_event"), union("new_event"), union("when"),
        re2.compile(r"(?:and |but |also |meanwhile, )?(?:in|at|near|outside|to the \w+, in) (?:the )?(?:\w+ern )?(?:city of |town of )?\w"),
        re2.compile(r"\b(said|says|say|told \w+|announced|reported|confirmed|issued|statement) (late |early |on )?$"),
        {
            name.removeprefix("family_"): re2.compile(r"\b(?:" + "|".join(words) + r")\b")
            for name, words in lexicon.cues.items()
            if name.startswith("family_")
        },
    )


@dataclass(slots=True)
class Item:
    """A mention in its sentence, with what the sentence says of time and place."""

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
    pointed: frozenset[str] = frozenset()
    roles_of: dict[str, str] = field(default_factory=dict)
    told_between: int = -1
    corrected: bool = False
    opens_place: bool = False
    families: frozenset[str] = frozenset()
    speaker: Speaker = NARRATOR
    relation: str = "total"
    reasons: list[str] = field(default_factory=list)

    @property
    def value(self) -> int:
        """Sum of its groups' figures, best else low; 0 where they say nothing."""
        return sum(g.value or 0 for g in self.mention.groups)

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
        return self.mention.split

    @property
    def pointing(self) -> bool:
        """Whether it points back at people already named ("the soldiers", "the three")."""
        first = self.mention.groups[0]
        return all(g.definite for g in self.mention.groups) or (first.definite and first.kind == "number")

    @property
    def additive(self) -> bool:
        """Whether it adds to people already named ("another", "others")."""
        return any(g.additive for g in self.mention.groups) or (self.also and not self.new)

    @property
    def also(self) -> bool:
        """Whether the verb says that it goes with what was told before ("were also killed")."""
        first = self.mention.first
        return "also" in self.tokens.low[max(first - 3, 0) : first]

    @property
    def own(self) -> bool:
        """Whether a victim belongs to somebody named before ("his driver")."""
        return self.mention.groups[0].possessive

    def roles(self) -> frozenset[str]:
        """What the victims are, by their head nouns."""
        return frozenset(self.roles_of[h] for h in self.heads() if h in self.roles_of)

    def heads(self) -> frozenset[str]:
        """The head nouns, lower case."""
        return frozenset(self.tokens.low[g.head] for g in self.mention.groups if g.head >= 0)


@dataclass(slots=True)
class Thread:
    """An account being built."""

    items: list[Item]
    scope: str
    places: set[Spot] = field(default_factory=set)
    days: set[str] = field(default_factory=set)

    def of(self, kind: str) -> list[Item]:
        """Its items of one kind."""
        return [item for item in self.items if item.kind == kind]

    def heads(self) -> frozenset[str]:
        """The head nouns of all its victims."""
        return frozenset().union(*(item.heads() for item in self.items))

    @property
    def last(self) -> Item:
        """The item that joined last."""
        return self.items[-1]


def read_context(item: Item, cues: IncidentCues, lexicon: Lexicon) -> None:
    """Set the places, days and turns of phrase of an item's clause."""
    tokens = item.tokens
    item.roles_of = lexicon.roles
    clause = tokens.text[item.begin : item.end]
    lowered = clause.lower()
    item.another = bool(cues.another.search(lowered))
    item.same = bool(cues.same.search(lowered))
    item.new = bool(cues.new.search(lowered))
    low, flags = tokens.low, tokens.flags
    item.pointed = frozenset(
        low[i + 1] for i in range(len(low) - 1) if low[i] == "the" and flags[i + 1] & MANY
    )
    if clause_start := cues.opening.match(lowered):
        item.opens_place = tokens.text[item.begin + clause_start.end() - 1].isupper() or tokens.capitals
    item.families = frozenset(name for name, cue in cues.families.items() if cue.search(lowered))
    item.days = frozenset(
        match.group() for match in cues.when.finditer(lowered) if not _day_of_saying(lowered, match, cues)
    )


def _day_of_saying(clause: str, match: Any, cues: IncidentCues) -> bool:
    """ "said Monday", "an accusation on Monday that": the day of the words, not of the deed."""
    return clause[match.end() :].startswith(" that ") or bool(
        cues.saying.search(clause[max(match.start() - 24, 0) : match.start()])
    )


def thread_items(items: list[Item]) -> list[Thread]:
    """The accounts of an article from its items in text order."""
    threads: list[Thread] = []
    for item in items:
        thread = _best_thread(item, threads)
        if thread is None:
            thread = Thread([], item.scope)
            threads.append(thread)
        thread.items.append(item)
        if not thread.places or item.places:
            thread.places |= item.places
        thread.days |= item.days
        _relate(item, thread)
    for thread in threads:
        _drop_weaker_kinds(thread)
    return threads


def _drop_weaker_kinds(thread: Thread) -> None:
    """ "shot the man" of a man who died, "the three disappeared" of three who were abducted."""
    dead = sum(i.value for i in thread.of("killed") if i.relation in ("total", "part"))
    gone = dead or sum(i.value for i in thread.of("abducted"))
    for item in thread.items:
        if item.kind == "injured" and item.mention.weak and dead and (item.pointing or item.value <= dead):
            item.relation = "superseded"
        if item.kind == "missing" and gone and item.pointing:
            item.relation = "superseded"


def _best_thread(item: Item, threads: list[Thread]) -> Thread | None:
    best: Thread | None = None
    best_score = 0.0
    parted = _parted_by_total(item, threads)
    for recency, thread in enumerate(reversed(threads)):
        if thread.scope != item.scope:
            continue
        score = _agreement(item, thread, recency) - 2.5 * (parted and bool(thread.of(item.kind)))
        if score > best_score:
            best, best_score = thread, score
    return best


def places_apart(first: Collection[Spot], second: Collection[Spot]) -> bool:
    """Whether no place of the one can be, hold or lie in a place of the other."""
    return bool(first) and bool(second) and all(_apart(a, b) for a in first for b in second)


def _apart(a: Spot, b: Spot) -> bool:
    if a.country and b.country and a.country != b.country:
        return True
    kinds = {a.kind, b.kind}
    if kinds & {"country", "region", "water", "unknown"}:
        return False
    if a.admin1 and b.admin1 and a.admin1 != b.admin1:
        return True
    return kinds == {"place"} and a.name != b.name


def _shared(first: Collection[Spot], second: Collection[Spot]) -> bool:
    return any(a.name == b.name and a.kind != "country" for a in first for b in second)


def _parted_by_total(item: Item, threads: list[Thread]) -> bool:
    """Whether a total over separate events was given before, whose parts are now told one by one."""
    if not item.additive or item.scope != "incident":
        return False
    told = sum(i.value for t in threads if t.scope == "incident" for i in t.of(item.kind))
    return any(
        i.value >= told + item.value for t in threads if t.scope == "aggregate" for i in t.of(item.kind)
        if item.sentence - i.sentence <= 4
    )


def _agreement(item: Item, thread: Thread, recency: int) -> float:
    """How well an item fits a thread; above 0 it joins."""
    last = thread.last
    same_sentence = last.sentence == item.sentence
    same_clause = same_sentence and item.begin == last.begin
    known = thread.of(item.kind)
    values = {i.value for i in known}
    score = 0.0
    if item.scope != "incident":
        if not same_sentence or item.begin != last.begin or known:
            return -1.0
        return 1.0
    if same_clause:
        score += 2.5
    elif same_sentence:
        score -= 0.5
    distance = item.sentence - last.sentence
    if recency == 0:
        score += 0.8
    elif item.another:
        score -= 1
    score -= 0.3 * min(max(distance - 1, 0), 4)
    if last.sentence == 0 and recency == 0:
        score += 3.0  # the headline tells what the lead tells
    if item.corrected and recency == 0:
        score += 3.0
    if item.split and same_sentence:
        score -= 4.0
    if known and not item.vague and all(i.vague for i in known):
        score += 2.0
    if item.value and not item.additive and any(i.value == item.value and _alike(i, item) for i in known):
        score += 2.5 if item.value > 2 or item.pointing else 0.7
    if item.pointing or item.mention.toll:
        score += 1.5
    if item.same:
        score += 1.0
    if item.additive:
        score += 1.2
    if item.vague and recency == 0 and known and not item.new and not item.another:
        score += 1.5
    if item.own and not same_sentence:
        score += 1.5
    if thread.heads() & item.pointed:
        score += 1.0
    kinds = {i.kind for i in thread.items}
    if (item.kind == "abducted") != ("abducted" in kinds) and not item.pointing and not same_clause:
        score -= 1.5
    if not known:
        score += 0.6
    elif item.value not in values and not same_clause and not item.pointing and not item.additive:
        score -= 1.0
    if item.new and not same_clause:
        score -= 1.2
    if item.told_between > last.sentence and not same_sentence:
        score -= 2.0
    if item.another and not same_clause:
        score -= 3.0
    apart = places_apart(item.places, thread.places) and not same_clause
    if apart:
        score -= 2.4 if item.additive else 1.8
    elif item.places and _shared(item.places, thread.places):
        score += 0.8
    if item.opens_place and known and not same_sentence and item.value not in values:
        score -= 1.2
    families = frozenset().union(*(i.families for i in thread.items))
    if item.families and families and not same_clause:
        score += (0.9 if item.same else 0.4) if item.families & families else -1.0
    if item.days and thread.days and not item.days & thread.days:
        score -= 1.5
    return score


def _relate(item: Item, thread: Thread) -> None:
    """Set the relation of a new item to the others of its kind in the thread."""
    if item.mention.subset:
        item.relation = "subset"
        return
    if item.corrected:
        item.relation = "superseded"
        return
    others = [i for i in thread.of(item.kind) if i is not item and i.relation in ("total", "part")]
    if not others:
        return
    if item.mention.weak or (item.vague and any(not o.vague for o in others)):
        item.relation = "subset"
        return
    total = sum(o.value for o in others)
    if item.mention.attackers and len(item.mention.groups) == 1:
        if any(o.mention.attackers for o in thread.of(item.kind) if o is not item):
            item.relation = "superseded"
        else:
            _add(item, others)
        return
    if item.heads() & _ATTACKERS and not any(o.heads() & _ATTACKERS or o.mention.attackers for o in others):
        _add(item, others)
        return
    if len(others) == 1 and _disagree(others[0], item):
        return
    if item.mention.toll:
        _supersede(others)
        return
    if any(o.mention.weak for o in others) or all(o.vague for o in others) and not item.vague and not item.additive:
        _supersede(others)
        return
    if item.value in {o.value for o in others} | {total} and not item.additive and not any(
        _typed_apart(o, item) for o in others if o.value == item.value
    ):
        item.relation = "superseded"
        return
    if item.additive and not item.mention.attackers:
        if len(others) == 1 and _covers(others[0], item, thread):
            item.relation = "subset"
            return
        if item.also and total > item.value and any(o.heads() & _GENERIC for o in others):
            item.relation = "subset"
            return
        _add(item, others)
        return
    if item.value > total:
        if any(_typed_apart(o, item) for o in others):
            _add(item, others)
            return
        _supersede(others)
        return
    if any(_typed_apart(o, item) for o in others):
        _add(item, others)
        return
    item.relation = "subset"


def _disagree(known: Item, item: Item) -> bool:
    """Whether two sources give two figures of one thing; both stand, and settling chooses."""
    roles = {known.speaker.role, item.speaker.role}
    told = "narrator" not in roles and "unknown" not in roles and len(roles) == 2
    return told and not item.additive and not item.vague and not known.vague and not _typed_apart(known, item)


def _covers(total: Item, item: Item, thread: Thread) -> bool:
    """Whether a generic total already holds the parts told so far and this one."""
    parts = [i for i in thread.of(item.kind) if i is not item and i is not total and i.relation == "subset"]
    return bool(parts) and sum(p.value for p in parts) + item.value <= total.value


def _typed_apart(known: Item, item: Item) -> bool:
    """Whether two figures count different sorts of people, so that they add up."""
    first, second = known.roles(), item.roles()
    if not first or not second or known.heads() & _GENERIC or item.heads() & _GENERIC:
        return False
    return not first & second


def _alike(known: Item, item: Item) -> bool:
    """Whether two mentions of one size may be of the same people."""
    first, second = known.heads(), item.heads()
    generic = not first or not second or bool((first | second) & _GENERIC)
    return generic or bool(first & second) or (item.value == 1 and not _typed_apart(known, item))


def _supersede(items: list[Item]) -> None:
    for item in items:
        item.relation = "superseded"


def _add(item: Item, others: list[Item]) -> None:
    for other in others:
        other.relation = "part"
    item.relation = "part"
