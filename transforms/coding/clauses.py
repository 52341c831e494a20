"""Noun groups and casualty words to mentions: who was killed, injured, abducted or is missing.

For every casualty word of a sentence the reader decides its voice (passive, active, participle, noun,
count, running total) and then looks for the victims where that voice has them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from transforms.coding.groups import Group, read_groups
from transforms.coding.lexicon import (
    ADVERB,
    BE,
    CAPITAL,
    CONJUNCTION,
    DEFINITE,
    DETERMINER,
    DO,
    HAVE,
    MODAL,
    MONTH,
    NUMBER,
    POSSESSIVE,
    PREPOSITION,
    PRONOUN,
    PUNCTUATION,
    REPORTING,
    SUBORDINATOR,
    TRIGGER,
    VERB,
    WEEKDAY,
    Lexicon,
    Trigger,
)
from transforms.coding.numbers import read_quantity
from transforms.coding.tokens import Tokens, phrase_at

_FOUND = frozenset(
    "found finding find discovered discovering recovering recovered uncovered unearthed retrieved identified dumped pulled washed exhumed".split()
)
_SURE = frozenset(
    "kill kills killed killing murdered wounded wounding injured injuring kidnapped kidnapping abducted abducting of".split()
)
"""Verbs whose object is a person or an animal, whatever the noun."""
_FINITE = VERB | REPORTING | BE | HAVE | MODAL | DO


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
        split: told in one breath with another event ("three in Peshawar and two in Bannu").
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
    split: bool = False
    recalled: bool = False


@dataclass(slots=True)
class Reader:
    """One sentence being read."""

    tokens: Tokens
    lexicon: Lexicon
    groups: list[Group]
    starts: dict[int, Group]
    ends: dict[int, Group]

    def skip_adverbs_left(self, index: int) -> int:
        """The nearest token at or left of index that is no adverb."""
        flags, low = self.tokens.flags, self.tokens.low
        while index >= 0 and (
            (flags[index] & ADVERB and not flags[index] & (BE | CONJUNCTION)) or low[index] in ("not", "never")
        ):
            index -= 1
        return index


_PLACING = frozenset(("in", "at", "near", "outside"))
_TAKES = frozenset("took take takes taking taken held holds holding".split())
_STAYS = frozenset(("remain", "remains", "remained", "went"))


def read_mentions(tokens: Tokens, lexicon: Lexicon, *, headline: bool = False) -> list[Mention]:
    """The casualty mentions of one sentence, from left to right."""
    groups = read_groups(tokens, lexicon, headline=headline)
    reader = Reader(
        tokens, lexicon, groups, {g.first: g for g in groups}, {g.last: g for g in groups}
    )
    mentions: list[Mention] = []
    index = 0
    size = len(tokens.low)
    while index < size:
        if not tokens.flags[index] & TRIGGER:
            index += 1
            continue
        phrase = phrase_at(tokens, index, lexicon, "trigger")
        if phrase:
            length = phrase[0]
            trigger = lexicon.phrase_triggers[tuple(tokens.low[index : index + length])]
            found = _read_phrase(reader, index, index + length, trigger, mentions)
            index += length
        else:
            found = _read_word(reader, index, mentions)
            index += 1
        for mention in _split_by_place(found, tokens):
            if mention.groups and all(g.convention == "zero" for g in mention.groups):
                mention.zero = True
            if (mention.groups or mention.zero) and not _says_little(mention, tokens):
                mentions.append(mention)
    return _without_hurt_dead(_without_doubles(mentions))


def _split_by_place(found: list[Mention], tokens: Tokens) -> list[Mention]:
    """ "killed three people in Peshawar and two in Bannu" tells two events."""
    flags, low = tokens.flags, tokens.low
    out: list[Mention] = []
    for mention in found:
        groups = mention.groups
        placed = [
            g.last < len(low) and low[g.last] in _PLACING and not flags[min(g.last + 1, len(low) - 1)] & TRIGGER
            for g in groups
        ]
        if len(groups) > 1 and all(placed):
            for number, group in enumerate(groups):
                out.append(replace(mention, groups=[group], split=number > 0))
        else:
            out.append(mention)
    return out


def _without_hurt_dead(mentions: list[Mention]) -> list[Mention]:
    """ "Two people hurt in the blast died": the dead are not hurt as well."""
    dead = {g.first for m in mentions if m.kind == "killed" for g in m.groups}
    return [
        m
        for m in mentions
        if not (m.kind == "injured" and m.rule in ("reduced", "attributive") and m.groups and m.groups[0].first in dead)
    ]


def _read_word(reader: Reader, index: int, before: list[Mention]) -> list[Mention]:
    word = reader.tokens.low[index]
    for trigger in reader.lexicon.triggers.get(word, ()):
        if trigger.takes == "lives":
            found = _read_lives(reader, index, index + 1, trigger)
        else:
            found = _READINGS[trigger.form](reader, index, index + 1, trigger, before)
        if any(mention.groups or mention.zero for mention in found):
            return found
    return []


# --- voices --------------------------------------------------------------------------------------


def _read_past(
    reader: Reader, first: int, last: int, trigger: Trigger, before: list[Mention]
) -> list[Mention]:
    """ "killed", "have killed", "were killed", "people killed", "who died"."""
    tokens = reader.tokens
    flags, low = tokens.flags, tokens.low
    if _attributive(reader, first):
        return _read_attributive(reader, first, last, trigger)
    left = reader.skip_adverbs_left(first - 1)
    if trigger.kind == "injured" and {"fatally", "mortally"} & {*low[left + 1 : first], *low[last : last + 1]}:
        trigger = Trigger("killed", trigger.form, trigger.takes)
    flag = flags[left] if left >= 0 else 0
    negated = any(w in ("not", "never") or w.endswith("n't") for w in low[max(left - 1, 0) : first])
    unreal = _unreal_before(reader, left)
    if trigger.takes == "subject":
        return [_mention(trigger, _known(_subject(reader, first)), first, last, "subject", unreal, negated)]
    kind, span = trigger.kind, last
    # "killed or wounded" can't be split; "killed and wounded" shares its victims
    if low[last : last + 1] in (["or"], ["and"]) and last + 1 < len(low):
        other = _verb(reader, last + 1)
        if other and other.form == trigger.form and {kind, other.kind} == {"killed", "injured"}:
            joined = low[last] == "or"
            objects = _objects(reader, last + 2) if not flag & BE else []
            if joined and (objects or flag & BE or _adjacent(reader, first)):
                kind, span = "casualties", last + 2
                trigger = Trigger(kind, trigger.form)
    if trigger.weak and low[last : last + 1] == ["and"] and last + 1 < len(low):
        other = _verb(reader, last + 1)
        if other and not other.weak:
            return []  # "shot and killed five": the second verb says it
    if left > 0 and low[left] in ("found", "reported", "feared", "presumed", "believed", "confirmed"):
        before_it = reader.skip_adverbs_left(left - 1)
        if before_it >= 0 and flags[before_it] & BE:
            left, flag = before_it, flags[before_it]
    if flag & CONJUNCTION and _after_passive(reader, left):
        left = reader.skip_adverbs_left(reader.skip_adverbs_left(left - 1) - 1)
        flag = flags[left]
    if flag & BE:
        victims = _known(_subject(reader, left))
        if len(victims) > 1 and low[left] in ("was", "is") and all(g.kind == "one" for g in victims):
            victims = victims[:1]  # "the publisher and parliamentarian was killed": one person
        return [_mention(trigger, victims, first, span, "passive", unreal, negated)]
    objects, attackers = _objects_and_attackers(reader, span)
    if objects or attackers:
        found = _mention(trigger, objects, first, span, "active", unreal, negated)
        found.attackers = attackers
        return [found]
    if low[span : span + 1] == ["and"] and span + 1 < len(low):
        other = _verb(reader, span + 1)
        if other and other.form == trigger.form and not flag & BE:
            shared = _objects(reader, span + 2)
            if shared:
                return [_mention(trigger, shared, first, span, "shared", unreal, negated)]
    subject = reader.skip_adverbs_left(left - 1) if flag & HAVE else left
    if subject > 0 and low[subject] in ("it", "they", "he", "she") and subject in reader.ends:
        # "a soldier it kidnapped last month"
        victims = _chain_left(reader, reader.ends[subject])
        return [_mention(trigger, victims, first, span, "relative", unreal, negated)]
    if flag & HAVE:
        return []
    if trigger.weak:
        return []
    victims = _adjacent(reader, first)
    return [_mention(trigger, victims, first, span, "reduced", unreal, negated)] if victims else []


def _read_ing(
    reader: Reader, first: int, last: int, trigger: Trigger, before: list[Mention]
) -> list[Mention]:
    """ "killing five", "killing himself and five others", "the killing of five", "people dying"."""
    tokens = reader.tokens
    low, flags = tokens.low, tokens.flags
    if low[last : last + 1] == ["of"]:
        return _read_noun(reader, first, last, trigger, before)
    if trigger.takes == "subject":
        victims = _adjacent(reader, first)
        return [_mention(trigger, victims, first, last, "subject", False, False)]
    left = reader.skip_adverbs_left(first - 1)
    unreal = left >= 0 and (
        low[left] in reader.lexicon.cues.get("unreal_before_ing", ())
        or bool(flags[left] & BE) and low[left] in ("be",)
    )
    span, kind = last, trigger.kind
    if low[last : last + 1] == ["or"]:
        other = _verb(reader, last + 1)
        if other and {kind, other.kind} == {"killed", "injured"}:
            trigger, span = Trigger("casualties", "ing"), last + 2
    if low[span : span + 1] == ["and"]:
        other = _verb(reader, span + 1)
        if other and other.form == "ing":
            shared = _objects(reader, span + 2)
            return [_mention(trigger, shared, first, last, "shared", unreal, False)]
    objects, attackers = _objects_and_attackers(reader, span)
    found = _mention(trigger, objects, first, span, "participle", unreal, False)
    found.attackers = attackers
    if trigger.weak and not objects:
        return []
    return [found] if objects or attackers else []


def _read_base(
    reader: Reader, first: int, last: int, trigger: Trigger, before: list[Mention]
) -> list[Mention]:
    """ "to kill", "could kill", "Gunmen kill five" (headlines)."""
    tokens = reader.tokens
    left = reader.skip_adverbs_left(first - 1)
    flag = tokens.flags[left] if left >= 0 else 0
    word = tokens.low[left] if left >= 0 else ""
    real = word == "to" and left > 0 and tokens.low[left - 1] in ("managed", "continued", "went", "continue", "continues")
    unreal = (word == "to" and not real) or bool(flag & (MODAL | DO))
    if not unreal and not real and left >= 0 and left + 1 not in reader.ends:
        return []
    if trigger.takes == "subject":
        victims = _subject(reader, left if flag & MODAL else first)
        if word == "to":
            victims = _infinitive_subject(reader, left)
            ordinal = bool(victims) and victims[0].convention == "ordinal"
            return [_mention(trigger, victims, first, last, "infinitive", not ordinal, False)]
        return [_mention(trigger, victims, first, last, "subject", unreal, False)]
    objects = _objects(reader, last)
    negated = flag & DO and tokens.low[left].endswith("n't")
    return [_mention(trigger, objects, first, last, "active", unreal, bool(negated))]


def _read_third(
    reader: Reader, first: int, last: int, trigger: Trigger, before: list[Mention]
) -> list[Mention]:
    """ "Blast kills five"."""
    if trigger.takes == "subject":
        return [_mention(trigger, _subject(reader, first), first, last, "subject", False, False)]
    objects = _objects(reader, last)
    return [_mention(trigger, objects, first, last, "active", False, False)]


def _read_adjective(
    reader: Reader, first: int, last: int, trigger: Trigger, before: list[Mention]
) -> list[Mention]:
    """ "are dead", "left ten people dead", "five dead", "two dead soldiers", "are missing"."""
    tokens = reader.tokens
    low, flags = tokens.low, tokens.flags
    if _attributive(reader, first):
        return _read_attributive(reader, first, last, trigger)
    other = low[last + 1 : last + 2]
    if low[last : last + 1] == ["or"] and other and other[0] in ("missing", "dead", "wounded", "injured", "hurt"):
        trigger, last = Trigger("casualties", "adjective"), last + 2
    left = reader.skip_adverbs_left(first - 1)
    while left >= 0 and low[left] in ("as", "to", "be") and left:
        left = reader.skip_adverbs_left(left - 1)
    flag = flags[left] if left >= 0 else 0
    unreal = "feared" in low[max(first - 3, 0) : first] or "presumed" in low[max(first - 3, 0) : first]
    if flag & (BE | REPORTING) or (left >= 0 and low[left] in _STAYS) or "listed" in low[max(left, 0) : first]:
        at = left if flag & BE or low[left] in _STAYS else first
        unreal = unreal or _unreal_before(reader, reader.skip_adverbs_left(left - 1)) or _unreal_before(reader, left)
        return [_mention(trigger, _subject(reader, at), first, last, "predicate", unreal, "not" in low[left:first])]
    victims = _adjacent(reader, first)
    if victims:
        return [_mention(trigger, victims, first, last, "left", unreal, False)]
    if flag & CONJUNCTION and before and before[-1].kind == "casualties":
        return []
    if flag & CONJUNCTION and before and before[-1].last >= left - 1 and before[-1].rule in ("predicate", "passive"):
        return [_mention(trigger, list(before[-1].groups), first, last, "shared", unreal, False)]
    return []


def _read_lives(reader: Reader, first: int, last: int, trigger: Trigger) -> list[Mention]:
    """ "claimed more than 70 lives"."""
    low = reader.tokens.low
    objects = [g for g in _objects(reader, last) if g.head >= 0 and low[g.head] in ("lives", "life")]
    left = reader.skip_adverbs_left(first - 1)
    return [_mention(trigger, objects, first, last, "active", _unreal_before(reader, left), False)]


def _read_noun(
    reader: Reader, first: int, last: int, trigger: Trigger, before: list[Mention]
) -> list[Mention]:
    """ "the deaths of 87 protesters", "his father's assassination", "the murder of X"."""
    tokens = reader.tokens
    low, flags = tokens.low, tokens.flags
    if low[last : last + 1] == ["of"]:
        victims = _objects(reader, last + 1)
        counted = reader.ends.get(first)
        if counted is not None and counted.kind == "number" and not victims:
            return []
        return [_mention(trigger, victims, first, last, "nominal", False, False)] if victims else []
    if first >= 2 and low[first - 1] == "'s":
        owner = [g for g in reader.groups if g.last == first - 1]
        if owner and owner[0].kind in ("name", "one"):
            return [_mention(trigger, owner, first, last, "possessive", False, False)]
    return []


def _read_counted(
    reader: Reader, first: int, last: int, trigger: Trigger, before: list[Mention]
) -> list[Mention]:
    """ "more than 800 deaths", "seven bodies", "no casualties"."""
    tokens = reader.tokens
    low, flags = tokens.low, tokens.flags
    if low[first] in ("hostage", "captive"):
        taken = reader.ends.get(first)
        if taken and _TAKES.intersection(low[max(taken.first - 4, 0) : taken.first]):
            return [_mention(trigger, [taken], first, last, "taken", False, False)]
    follow = flags[last] if last < len(low) else PUNCTUATION
    if low[first] in ("death", "body", "hostage", "corpse", "fatality") and not follow & (
        PUNCTUATION | PREPOSITION | CONJUNCTION | BE | HAVE | VERB | ADVERB | SUBORDINATOR
    ):
        return []
    start = first
    while start > 0 and start > first - 5:
        flag = flags[start - 1]
        if flags[start - 1] & NUMBER or low[start - 1][0].isdigit():
            break
        if low[start - 1] == "no":
            return _zero(reader, first, last, trigger)
        if flag & (PREPOSITION | VERB | BE | HAVE | PUNCTUATION | CONJUNCTION | SUBORDINATOR | REPORTING):
            break
        start -= 1
    quantity = None
    for at in range(max(start - 7, 0), start):
        candidate = read_quantity(tokens, at, reader.lexicon)
        if candidate and start - 1 <= candidate.last <= first and candidate.last > start - 1:
            quantity = candidate
            break
    if quantity is None or _year(quantity.best, quantity.bare):
        found_words = _FOUND.intersection(low)
        if low[first] in ("bodies", "body", "corpse", "corpses") and found_words and low[last : last + 1] == ["of"]:
            return [_mention(trigger, _objects(reader, last + 1), first, last, "bodies", False, False)]
        return []
    value = quantity
    group = Group(
        value.first, last, value.low, value.best, value.high, value.convention,
        value.first, value.last, first, "number",
        additive="more" in low[value.first : first] or "other" in low[value.first : first],
        definite=value.first > 0 and bool(flags[value.first - 1] & DEFINITE),
    )  # fmt: skip
    if low[first] in ("bodies", "body") and low[value.first : value.last] in (["a"], ["an"]):
        return []
    victims = [group]
    if low[last : last + 1] == ["of"]:
        inner = _objects(reader, last + 1)
        if inner and inner[0].kind == "number":
            victims = inner
    return [_mention(trigger, victims, first, last, "counted", False, False)]


def _read_sustained(
    reader: Reader, first: int, last: int, trigger: Trigger, before: list[Mention]
) -> list[Mention]:
    """ "suffered minor injuries", "escaped with burns"."""
    low = reader.tokens.low
    for index in range(first - 1, max(first - 6, -1), -1):
        if low[index] in ("suffered", "sustained", "suffering", "sustaining", "received", "suffer"):
            left = reader.skip_adverbs_left(index - 1)
            unreal = _unreal_before(reader, left)
            return [_mention(trigger, _subject(reader, index), first, last, "subject", unreal, False)]
        if low[index] in (",", "no", "without"):
            break
    return []


def _zero(reader: Reader, first: int, last: int, trigger: Trigger) -> list[Mention]:
    low = reader.tokens.low
    if "no" not in low[max(first - 4, 0) : first]:
        return []
    at = max(i for i in range(max(first - 4, 0), first) if low[i] == "no")
    group = Group(at, last, 0, 0, 0, "zero", at, at + 1, first, "number")
    found = _mention(trigger, [group], first, last, "zero", False, False)
    found.zero = True
    return [found]


def _read_toll(
    reader: Reader, first: int, last: int, trigger: Trigger, before: list[Mention]
) -> list[Mention]:
    """ "the death toll rose to 32", "raising the toll from 12 to 14", "put the toll at 20"."""
    tokens = reader.tokens
    low, flags = tokens.low, tokens.flags
    best: Group | None = None
    stop = min(len(low), last + 18)
    index = last
    while index < stop:
        word = low[index]
        if word in (".", ";") or (flags[index] & SUBORDINATOR and best):
            break
        if word in ("to", "at", "of", "is", "was", "in", "reached", "stands", "near", "hit", "passed", "topped", "exceeded", "exceeds", "surpassed", "above", "past", "beyond", "around", "over", "between", "tops", "hits", "reaches", "now", "currently"):
            at = index if word in ("exceeded", "over", "around", "between") else index + 1
            at += low[at : at + 1] == ["the"]
            while at < stop and (flags[at] & ADVERB or low[at] in ("now", "stood")):
                at += 1
            quantity = read_quantity(tokens, at, reader.lexicon) if at < len(low) else None
            if word == "in" and quantity and quantity.best is not None:
                quantity = None
            if quantity and quantity.last < len(low) and (flags[quantity.last] & MONTH or low[quantity.last] in ("percent", "%")):
                quantity = None
            if quantity and not _year(quantity.best, quantity.bare):
                best = Group(
                    quantity.first, quantity.last, quantity.low, quantity.best, quantity.high,
                    quantity.convention, quantity.first, quantity.last, -1, "number",
                )  # fmt: skip
                if word != "of" and word not in ("is", "was"):
                    break
                index = quantity.last
                continue
        if best and flags[index] & PUNCTUATION:
            break
        index += 1
    if best is None:
        return []
    found = _mention(trigger, [best], first, last, "toll", False, False)
    found.toll = True
    return [found]


def _year(value: int | None, bare: bool) -> bool:
    return bare and value is not None and 1900 <= value <= 2100


def _read_phrase(
    reader: Reader, first: int, last: int, trigger: Trigger, before: list[Mention]
) -> list[Mention]:
    if trigger.form == "toll":
        return _read_toll(reader, first, last, trigger, before)
    low = reader.tokens.low
    if trigger.takes == "object" and not low[first].endswith("ing") and low[last - 1] != "of":
        return _read_past(reader, first, last, Trigger(trigger.kind, "past", "object"), before)
    if trigger.takes == "object":
        return [_mention(trigger, _objects(reader, last), first, last, "phrase", False, False)]
    left = reader.skip_adverbs_left(first - 1)
    flag = reader.tokens.flags[left] if left >= 0 else 0
    at = left if flag & (BE | HAVE | MODAL) else first
    negated = "not" in low[max(first - 2, 0) : first] and low[first] != "not"
    return [_mention(trigger, _subject(reader, at), first, last, "phrase", _unreal_before(reader, left), negated)]


_READINGS = {
    "past": _read_past,
    "ing": _read_ing,
    "base": _read_base,
    "third": _read_third,
    "adjective": _read_adjective,
    "noun": _read_noun,
    "counted": _read_counted,
    "sustained": _read_sustained,
    "toll": _read_toll,
    "phrase": _read_phrase,
}


# --- victims -------------------------------------------------------------------------------------


def _without_apposition(groups: list[Group]) -> list[Group]:
    """ "The two journalists, a man and a woman, were shot": the rest spells out the first."""
    if len(groups) > 2 and groups[0].best and groups[0].best == sum(g.best or 0 for g in groups[1:]):
        return groups[:1]
    return groups


def _mention(
    trigger: Trigger, groups: list[Group], first: int, last: int, rule: str, unreal: bool, negated: bool
) -> Mention:
    groups = _without_apposition(groups)
    return Mention(
        trigger.kind, groups, first, last, rule, weak=trigger.weak, unreal=unreal, negated=negated,
        subset=bool(groups) and all(g.subset for g in groups),
    )  # fmt: skip


def _verb(reader: Reader, index: int) -> Trigger | None:
    if index >= len(reader.tokens.low):
        return None
    for trigger in reader.lexicon.triggers.get(reader.tokens.low[index], ()):
        if trigger.form in ("past", "ing"):
            return trigger
    return None


def _attributive(reader: Reader, index: int) -> bool:
    """Whether the casualty word stands inside a noun group, before its head."""
    for group in reader.groups:
        if group.first <= index < group.last and group.head > index:
            return True
        if group.first > index:
            break
    return False


def _read_attributive(reader: Reader, first: int, last: int, trigger: Trigger) -> list[Mention]:
    for group in reader.groups:
        if group.first <= first < group.last:
            return [_mention(trigger, [group], first, last, "attributive", False, False)]
    return []


def _unreal_before(reader: Reader, left: int) -> bool:
    """Whether a modal, "feared" or "to be" governs the verb whose auxiliary stands at left."""
    low, flags = reader.tokens.low, reader.tokens.flags
    index = left
    while index >= 0 and index > left - 4:
        if flags[index] & MODAL:
            return True
        if low[index] == "to" and low[index + 1 : index + 2] in (["be"], ["have"]):
            return low[index - 1] not in ("believed", "known", "thought", "said", "reported", "presumed") if index else True
        if not flags[index] & (BE | HAVE | ADVERB) and low[index] not in ("not",):
            return False
        index -= 1
    return False


def _after_passive(reader: Reader, left: int) -> bool:
    """ "... were shot and killed": the conjunction at left follows a passive verb."""
    back = reader.skip_adverbs_left(left - 1)
    if back < 0 or not reader.tokens.flags[back] & (TRIGGER | VERB):
        return False
    before = reader.skip_adverbs_left(back - 1)
    return before >= 0 and bool(reader.tokens.flags[before] & BE)


def _objects(reader: Reader, start: int) -> list[Group]:
    return _objects_and_attackers(reader, start)[0]


def _objects_and_attackers(reader: Reader, start: int) -> tuple[list[Group], bool]:
    """The victims right of a verb: the first group and those coordinated with it."""
    tokens = reader.tokens
    low, flags = tokens.low, tokens.flags
    index = start
    while index < len(low) and flags[index] & ADVERB and index not in reader.starts:
        index += 1
    attackers = False
    found: list[Group] = []
    if index < len(low) and low[index] in ("himself", "herself", "themselves", "itself"):
        attackers = True
        found.append(_oneself(index, low[index]))
        index += 1
        if low[index : index + 2] == ["as", "well"]:
            index += 2 + (low[index + 2 : index + 3] == ["as"])
        elif index < len(low) and (flags[index] & CONJUNCTION or low[index] in ("along",)):
            index += 1 + (low[index] == "along")
        while index < len(low) and flags[index] & ADVERB and index not in reader.starts:
            index += 1
    group = reader.starts.get(index)
    if group is None or group.subset or low[group.last : group.last + 1] == ["'s"]:
        return found, attackers
    if group.uncertain and low[start - 1] not in _SURE:
        return found, attackers
    _extend_coordinated(reader, group, found)
    return found, attackers


def _known(groups: list[Group]) -> list[Group]:
    """The groups, unless the only one has a head that nobody knows ("12 amendments died")."""
    return [] if len(groups) == 1 and groups[0].uncertain else groups


def _oneself(index: int, word: str) -> Group:
    count = None if word == "themselves" else 1
    low = 2 if word == "themselves" else 1
    return Group(
        index, index + 1, low, count, count, "exact" if count else "plural", index, index + 1, -1, "one",
        definite=True,
    )


def _extend_coordinated(reader: Reader, group: Group, found: list[Group]) -> None:
    """Add a group and what is coordinated with it to the right."""
    tokens = reader.tokens
    low, flags = tokens.low, tokens.flags
    while True:
        found.append(group)
        stopped = index = _skip_modifiers(reader, group.last)
        joined = False
        while index < len(low) and (
            low[index] in (",", "and", "&", "plus") or low[index : index + 3] == ["as", "well", "as"]
            or low[index : index + 2] == ["along", "with"] or flags[index] & ADVERB and joined
        ):
            joined = True
            index += 3 if low[index] == "as" else 2 if low[index] == "along" else 1
        following = reader.starts.get(index) if joined else None
        if following and following.kind == "name" and low[index - 1] == "," and group.kind == "one":
            # "a tribal leader, Ibrahim Ali, and his son": the name says who the first is
            index = _skip_modifiers(reader, following.last)
            while index < len(low) and low[index] in (",", "and"):
                index += 1
            following = reader.starts.get(index)
        if joined and following is None and low[index : index + 1] == ["then"]:
            index += 1
        if joined and low[index : index + 1] in (["himself"], ["herself"]):
            found.append(_oneself(index, low[index]))
            return
        if following is None or following.subset or not _is_another_victim(
            reader, following, low[index - 1], stopped == group.last
        ):
            return
        if group.kind == "name" and low[index - 1] == "," and following.kind != "name":
            # "Raul Reyes, a rebel commander": the second group says who the first is
            following.subset = True
            after = _skip_modifiers(reader, following.last)
            if low[after : after + 1] == ["and"] and after + 1 in reader.starts:
                following = reader.starts[after + 1]
            else:
                return
        group = following


def _is_another_victim(reader: Reader, group: Group, link: str, adjacent: bool) -> bool:
    """Whether a group after a comma or "and" goes on with the list, and is not a new subject."""
    tokens = reader.tokens
    after = group.last
    flags = tokens.flags
    follow = flags[after] if after < len(tokens.low) else PUNCTUATION
    if group.kind == "name" and link == ",":
        return False
    if group.definite and group.kind == "plural":
        return False
    if group.kind == "plural" and link != "and":
        return False
    if group.kind == "name" and not adjacent:
        return False
    if follow & (BE | HAVE | MODAL | REPORTING):
        return False
    if _speaks(reader, after):
        return False
    if link == "," and not _list_goes_on(reader, after):
        return False
    if follow & (TRIGGER | VERB) and not tokens.low[after].endswith("ing"):
        return False
    return True


def _speaks(reader: Reader, index: int) -> bool:
    """Whether a verb of saying follows before the next stop ("a spokesman for the governor said")."""
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
        if low[at] == "," and at + 1 in reader.starts:
            return True
        if low[at] in (".", ";"):
            return False
    return False


def _skip_modifiers(reader: Reader, index: int) -> int:
    """Past place and time phrases, relative insertions and brackets, up to a comma or "and"."""
    tokens = reader.tokens
    low, flags = tokens.low, tokens.flags
    start = index
    while index < len(low) and index < start + 14:
        flag = flags[index]
        if low[index] == "," or low[index] in ("and", "&", "plus"):
            return index
        if low[index : index + 3] == ["as", "well", "as"] or low[index : index + 2] == ["along", "with"]:
            return index
        if low[index] == "(":
            while index < len(low) and low[index] != ")":
                index += 1
            index += 1
            continue
        if flag & (SUBORDINATOR | BE | HAVE | MODAL | REPORTING) or low[index] in (";", ".", ":"):
            return start
        if flag & TRIGGER:
            return start
        index += 1
    return start


def _adjacent(reader: Reader, first: int) -> list[Group]:
    """The victims directly left of a participle or "dead", with those coordinated before them."""
    left = first
    ends = reader.ends
    flags = reader.tokens.flags
    while left > 0 and left not in ends and flags[left - 1] & ADVERB:
        left -= 1
    if left > 0 and reader.tokens.low[left - 1] in (",",) and left - 1 in ends and False:
        left -= 1
    group = ends.get(left)
    if group is None or group.last <= 0:
        return []
    return _chain_left(reader, group)


def _chain_left(reader: Reader, group: Group) -> list[Group]:
    """A group and those coordinated with it to the left."""
    chain = [group]
    low, flags = reader.tokens.low, reader.tokens.flags
    while True:
        index = chain[0].first - 1
        joined = False
        while index >= 0 and low[index] in (",", "and", "&", "plus"):
            joined = True
            index -= 1
        previous = reader.ends.get(index + 1) if joined else None
        if previous is None or previous.governed or previous.subset:
            return chain
        if previous.kind == "name" and low[chain[0].first - 1] == ",":
            return chain
        if chain[0].kind == "name" and previous.kind == "one" and low[chain[0].first - 1] == ",":
            chain[0] = previous  # "the shop's owner, James Baker": the name says who he is
            continue
        chain.insert(0, previous)


def _subject(reader: Reader, at: int) -> list[Group]:
    """The victims whose verb group starts at a token: the subject of its clause."""
    tokens = reader.tokens
    low, flags = tokens.low, tokens.flags
    left = at - 1
    while left >= 0 and (
        flags[left] & (ADVERB | HAVE | MODAL | BE)
        or low[left] in ("not", "never")
        or (low[left] == "to" and flags[left + 1] & (HAVE | BE))
        or (flags[left] & REPORTING and left and (flags[left - 1] & BE or left in reader.ends))
    ):
        if left + 1 in reader.ends:
            break
        left -= 1
    if left < 0:
        return []
    if low[left] in ("who", "that", "which") and left > 0:
        antecedent = reader.ends.get(left - (low[left - 1] == ","))
        if antecedent:
            return _chain_left(reader, antecedent)
        return []
    if low[left] == "whom":
        return []
    if low[left] in ("he", "she"):
        return [Group(left, left + 1, 1, 1, 1, "exact", left, left + 1, -1, "one", definite=True)]
    if flags[left] & PRONOUN and left + 1 not in reader.ends:
        return []
    group = reader.ends.get(left + 1)
    if group is not None and not group.governed and not group.subset:
        return _chain_left(reader, group)
    return _first_of_clause(reader, left + 1)


def _first_of_clause(reader: Reader, at: int) -> list[Group]:
    """The first ungoverned group of the nearest stretch left of a verb that has one."""
    low, flags = reader.tokens.low, reader.tokens.flags
    right = at
    candidates: list[Group] = []
    for group in reversed(reader.groups):
        if group.last > at:
            continue
        between = flags[group.last : right]
        words = low[group.last : right]
        if any(f & (REPORTING | MODAL | BE | HAVE) for f in between) and not _inside_relative(reader, group.last, right):
            break
        if ";" in words or "." in words:
            break
        if not group.governed and not group.subset and not group.uncertain:
            candidates.append(group)
        right = group.first if not _inside_relative(reader, group.last, right) else right
    if not candidates:
        return []
    counted = [g for g in candidates if g.kind in ("number", "one") and not (g.definite and g.kind == "one")]
    chosen = counted[-1] if counted else candidates[-1]
    if any(f & (VERB | TRIGGER) for f in flags[chosen.last : at]) and not _inside_relative(reader, chosen.last, at):
        nearer = [g for g in candidates if g.first > chosen.last]
        if nearer:
            chosen = nearer[-1]
    found: list[Group] = []
    _extend_coordinated(reader, chosen, found)
    return [g for g in found if g.last <= at]


def _inside_relative(reader: Reader, start: int, stop: int) -> bool:
    """Whether the words between open with a relative or bracketed insertion."""
    low = reader.tokens.low
    window = low[start:stop]
    if not window:
        return False
    return window[0] in ("who", "that", "which", "(", "whose") or (
        window[0] == "," and len(window) > 2 and (window[-1] == "," or window[1] in ("who", "which", "including", "most", "some", "many", "among"))
    )


def _infinitive_subject(reader: Reader, at: int) -> list[Group]:
    group = reader.ends.get(at)
    if group is None:
        return []
    low = reader.tokens.low
    ordinals = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
    if any(w in ordinals or w[0].isdigit() for w in low[group.first : group.last]):
        return []
    return [group]


def _says_little(mention: Mention, tokens: Tokens) -> bool:
    """Bare plurals count only as victims of a finite verb of a main clause."""
    if not mention.groups or any(g.kind != "plural" for g in mention.groups):
        return False
    if mention.rule in ("nominal", "attributive", "reduced", "shared", "infinitive"):
        return True
    first = mention.groups[0].first
    before = tokens.low[first - 1] if first else ""
    if before in ("which", "that", "where", "whose"):
        return True
    if mention.rule == "participle":
        left = tokens.low[mention.first - 1] if mention.first else ""
        return left != ","
    after = tokens.low[mention.groups[-1].last : mention.first]
    return bool(after) and after[0] in ("who", "that")


def _without_doubles(mentions: list[Mention]) -> list[Mention]:
    """One mention per kind and figure: the stronger reading wins."""
    kept: list[Mention] = []
    for mention in mentions:
        twin = next(
            (
                m
                for m in kept
                if m.kind == mention.kind
                and m.groups
                and mention.groups
                and {g.first for g in m.groups} & {g.first for g in mention.groups}
            ),
            None,
        )
        if twin is None:
            kept.append(mention)
        elif len(mention.groups) > len(twin.groups) or (twin.weak and not mention.weak):
            kept[kept.index(twin)] = mention
    return kept
