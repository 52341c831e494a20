"""Casualty verbs in the past: active, passive, participle. Other forms are in present.py."""

from __future__ import annotations

from dataclasses import replace

from transforms.coding.groups.group import Group
from transforms.coding.groups.heads import find_head
from transforms.coding.groups.numbers import read_quantity
from transforms.coding.mention import (
    PARTICLES,
    Mention,
    Reader,
    follows_passive,
    make_mention,
    unreal_before,
    verb_at,
)
from transforms.coding.mentions.nominals import is_attributive, read_attributive
from transforms.coding.mentions.shot import fatally_hit, leaves_bodies, read_fatally, was_hit
from transforms.coding.victims.chains import adjacent_victims, coordinated_before, left_so
from transforms.coding.victims.coordination import self_at
from transforms.coding.victims.headlines import opening_victims
from transforms.coding.victims.objects import (
    companions_of,
    known_people,
    objects_and_attackers,
    objects_of,
    takes_people,
)
from transforms.coding.victims.subjects import shared_subject, subject_of
from transforms.coding.words.lexicon import (
    ADVERB,
    BE,
    CAPITAL,
    CONJUNCTION,
    HAVE,
    MODAL,
    NUMBER,
    PREPOSITION,
    PUNCTUATION,
    REPORTING,
    SUBORDINATOR,
    TRIGGER,
    VERB,
    Trigger,
)

_OBJECT_OPENS = frozenset("the a an his her their its my our your".split())


def read_past(
    reader: Reader, first: int, last: int, trigger: Trigger, before: list[Mention]
) -> list[Mention]:
    """As in "killed", "have killed", "were killed", "people killed", "who died"."""
    flags, low = reader.tokens.flags, reader.tokens.low
    if is_attributive(reader, first):
        return read_attributive(reader, first, last, trigger)
    left = reader.skip_adverbs_left(first - 1)
    beside = {*low[left + 1 : first], *low[last : last + 1]}
    if trigger.kind == "injured" and {"fatally", "mortally"} & beside:
        trigger = Trigger("killed", trigger.form, trigger.takes)
    negated = any(w in ("not", "never") or w.endswith("n't") for w in low[max(left - 1, 0) : first])
    unreal = unreal_before(reader, left) or "feared" in low[max(first - 2, 0) : first]
    if trigger.takes == "subject":
        if trigger.kind == "missing" and left >= 0 and flags[left] & BE:
            trigger = replace(trigger, kind="abducted")  # "were disappeared by the police"
        victims = subject_of(reader, first)
        if not takes_people(reader, first) and not _in_an_event(reader, last):
            victims = known_people(victims)
        while left > 0 and (flags[left] & HAVE or low[left] == "since"):
            left = reader.skip_adverbs_left(left - 1)  # "was stabbed and has since died"
        victims = victims or _carried_on(reader, left, before)
        joined = left > 0 and low[left] in ("and", "but")
        if joined and all(g.kind == "plural" for g in victims):
            victims = shared_subject(reader, left) or victims  # "Nine were trampled and died"
        victims = [*victims, *companions_of(reader, last)] if victims else []
        return [make_mention(trigger, victims, first, last, "subject", unreal, negated)]
    span = last
    if end := _either(reader, first, last, trigger, left):
        trigger, span = Trigger("casualties", trigger.form), end
    other = _verb_after(reader, last, "and") if trigger.weak else None
    if other and not other.weak:
        return []  # "shot and killed five": the second verb says it
    left = _auxiliary(reader, left)
    if left > 0 and low[left] == "and" and not objects_of(reader, span):
        left = _passive_before(reader, left) or left
    flag = flags[left] if left >= 0 else 0
    ended = low[left] == "was" and _doer_is_hit(reader, left, before)
    if ended or (low[left] == "being" and low[left - 1] in _UNTIL):
        return [_in_the_end(reader, trigger, left, span, before)]
    if low[max(left - 1, 0) : left + 1] == ["to", "be"] and _is_only_held(reader, left - 2):
        victims = adjacent_victims(reader, left - 2)  # "the six sailors believed to be kidnapped"
        return [make_mention(trigger, victims, first, span, "passive", True, negated)]
    if flag & BE or (left >= 0 and low[left] in reader.lexicon.words.copulas):
        # also "five resulted wounded", "six remain kidnapped"
        victims = _passive_victims(reader, first, span, left)
        freed = trigger.kind == "abducted" and low[max(left - 1, 0) : left + 1] == [
            "after",
            "being",
        ]
        if freed and not victims:
            victims = shared_subject(reader, left - 1)  # "was freed 13 days after being abducted"
        told = make_mention(trigger, victims, first, span, "passive", unreal, negated)
        return [told, *read_fatally(reader, told, trigger)]
    objects, attackers = objects_and_attackers(reader, span)
    if low[first].startswith("burn") and any(_may_be_town(g) for g in objects):
        return []
    if objects and trigger.kind == "injured":
        end = objects[-1].last
        alive = low[first].startswith("burn") and low[end : end + 1] == ["alive"]
        end = _past_origin(reader, end)
        if alive or low[end : end + 1] == ["dead"] or low[end : end + 2] == ["to", "death"]:
            trigger = Trigger("killed", trigger.form)  # "stabbed a priest to death"
    if objects or attackers:
        if trigger.weak and trigger.kind == "injured" and leaves_bodies(reader):
            trigger = replace(trigger, kind="killed", weak=False)
        found = make_mention(trigger, objects, first, span, "active", unreal, negated)
        found.attackers = attackers
        return [found, *read_fatally(reader, found, trigger)]
    other = _verb_after(reader, span, "and")
    if other and other.form == trigger.form and (shared := objects_of(reader, span + 2)):
        return [make_mention(trigger, shared, first, span, "shared", unreal, negated)]
    if shared := _objects_of_next(reader, span):
        return [make_mention(trigger, shared, first, span, "shared", unreal, negated)]
    subject = reader.skip_adverbs_left(left - 1) if flag & HAVE else left
    whose = subject - (subject > 0 and low[subject - 1] in ("whom", "that", "who"))
    doer = subject > 0 and low[subject] in ("it", "they", "he", "she")
    if doer and whose in reader.ends and not _is_told(reader, reader.ends[whose], span):
        # "a soldier it kidnapped last month", "four engineers whom they seized"
        victims = coordinated_before(reader, reader.ends[whose])
        return [make_mention(trigger, victims, first, span, "relative", unreal, negated)]
    if him := left_so(reader, left):
        return [make_mention(trigger, him, first, span, "left", unreal, negated)]
    if flag & HAVE or _has_other_object(reader, span):
        return []
    if trigger.weak and not was_hit(reader, span) and fatally_hit(reader, span) is None:
        return []
    victims = adjacent_victims(reader, first) or _told_aside(reader, first, span)
    if not victims and left >= 0 and low[left] in _FOUND:
        victims = adjacent_victims(reader, left)  # "Two men found stabbed to death"
    elif not victims and reader.headline and low[first - 1 : first] == [","]:
        # "Teen shot, killed at party"
        victims = adjacent_victims(reader, first - 2) if flags[first - 2] & TRIGGER else []
    elif not victims and left > 0 and low[left] == "and" and flags[left - 1] & TRIGGER:
        victims = adjacent_victims(reader, left - 1)  # "a boy shot and killed by an officer"
    victims = victims or _carried_on(reader, left, before) or opening_victims(reader, first)
    if not victims:
        return []
    if low[span : span + 1] == ["with"]:
        victims = [*victims, *companions_of(reader, span)]
    found = make_mention(trigger, victims, first, span, "reduced", unreal, negated)
    if low[victims[0].first + 1 : victims[0].first + 3] == ["of", "the"]:
        found.subset = True  # "one of the men injured in the attack has been charged"
    return [found, *read_fatally(reader, found, trigger)]


def _past_origin(reader: Reader, end: int) -> int:
    """Past where somebody is from, told behind him ("shot a man of Malian origin dead")."""
    low, flags = reader.tokens.low, reader.tokens.flags
    if low[end : end + 1] not in (["of"], ["from"], ["in"], ["with"]):
        return end
    for at in range(end + 1, min(end + _ORIGIN, len(low))):
        if (low[at] == "dead" and not flags[at] & CAPITAL) or low[at : at + 2] == ["to", "death"]:
            return at
        if flags[at] & (PUNCTUATION | SUBORDINATOR | REPORTING | BE | HAVE | MODAL | TRIGGER):
            break
    return end


_ORIGIN = 6
"""Tokens of an origin or a place behind a victim."""


def _may_be_town(group: Group) -> bool:
    """Whether it is a name of one word, which villages that are burned have."""
    return group.kind == "name" and group.head < 0 and group.last - group.first == 1


def _is_told(reader: Reader, group: Group, last: int) -> bool:
    """Whether somebody is only spoken to ("told the Daily Star that he shot the clip")."""
    spoken = reader.tokens.flags[max(group.first - 2, 0) : group.first]
    return _has_other_object(reader, last) or any(flag & REPORTING for flag in spoken)


def _is_only_held(reader: Reader, index: int) -> bool:
    """Whether a participle right behind people says that it is only held to be so."""
    if index < 1 or reader.tokens.low[index] not in reader.lexicon.words.held:
        return False
    people = reader.ends.get(index)
    return people is not None and people.governed and people.kind != "name"


_UNTIL = frozenset(("before", "until"))


def _in_the_end(
    reader: Reader, trigger: Trigger, left: int, last: int, before: list[Mention]
) -> Mention:
    """As in "were tortured before being shot"; who "killed two before being shot" dies himself."""
    harmed = any(
        mention.kind in ("killed", "injured") and mention.rule in ("active", "participle")
        for mention in before
    )
    victims = [self_at(reader, left, last)] if harmed else shared_subject(reader, left - 1)
    told = make_mention(trigger, victims, left + 1, last, "passive", False, False)
    told.attackers = harmed
    return told


def _doer_is_hit(reader: Reader, verb: int, before: list[Mention]) -> bool:
    """As in "killed two guards and was then shot dead": who did it, not whom he hit."""
    low, flags = reader.tokens.low, reader.tokens.flags
    joint = reader.skip_adverbs_left(verb - 1)
    if not before or joint < 1 or not (low[joint] == "and" or "then" in low[joint:verb]):
        return False
    deed = before[-1]
    if deed.rule not in ("active", "participle") or deed.unreal or not deed.groups:
        return False
    between = flags[deed.groups[-1].last : joint]
    return not any(flag & (BE | HAVE | MODAL | SUBORDINATOR | REPORTING) for flag in between)


def _carried_on(reader: Reader, left: int, before: list[Mention]) -> list[Group]:
    """The victims that a verb before "and" has told ("was shot in the head and killed").

    Also of "shot himself and died", where the victim is who did it.
    """
    if not before or left < 0 or reader.tokens.low[left] != "and":
        return []
    last = before[-1]
    oneself = last.attackers and len(last.groups) == 1
    if last.kind != "injured" or not (oneself or last.rule == "passive"):
        return []
    begin = max([last.last, *(group.last for group in last.groups)])
    parts = reader.lexicon.words.body_parts
    others = [g for g in reader.groups if begin <= g.first < left and not g.governed]
    told = all(reader.tokens.low[g.last - 1] in parts for g in others)
    return list(last.groups) if told else []


def _verb_after(reader: Reader, index: int, conjunction: str) -> Trigger | None:
    """The casualty verb after a conjunction at a token."""
    joined = reader.tokens.low[index : index + 1] == [conjunction]
    return verb_at(reader, index + 1) if joined else None


def _objects_of_next(reader: Reader, joint: int) -> list[Group]:
    """The objects that a verb has with the one behind "and" ("stabbed and robbed two nuns")."""
    low = reader.tokens.low
    if low[joint : joint + 1] != ["and"] or joint + 2 >= len(low):
        return []
    if not low[joint + 1].endswith("ed") and low[joint + 1] != "ran":
        return []
    victims = objects_of(reader, joint + 2 + (low[joint + 2] in PARTICLES))
    return [] if any(group.uncertain for group in victims) else victims


def _either(reader: Reader, first: int, last: int, trigger: Trigger, left: int) -> int:
    """Behind "killed or (badly) wounded", which can't be split; 0 where it is not that."""
    low, flags = reader.tokens.low, reader.tokens.flags
    if low[last : last + 1] != ["or"] or last + 2 >= len(low):
        return 0
    at = last + 1 + bool(flags[last + 1] & ADVERB)
    other = verb_at(reader, at)
    if not other or other.form != trigger.form:
        return 0
    if {trigger.kind, other.kind} != {"killed", "injured"}:
        return 0
    told = left >= 0 and flags[left] & BE
    return at + 1 if told or objects_of(reader, at + 1) or adjacent_victims(reader, first) else 0


def _auxiliary(reader: Reader, left: int) -> int:
    """What governs a participle: past "were found", "were shot and", else what stands before it."""
    low, flags = reader.tokens.low, reader.tokens.flags
    if left > 0 and low[left] in _HELD_TO_BE:
        before_it = reader.skip_adverbs_left(left - 1)
        if before_it >= 0 and flags[before_it] & BE:
            left = before_it
    if left >= 0 and flags[left] & CONJUNCTION and follows_passive(reader, left):
        verb = reader.skip_adverbs_left(left - 1)
        left = reader.skip_adverbs_left(verb - 1 - (low[verb] in PARTICLES))
    return left


def _passive_before(reader: Reader, joint: int) -> int:
    """The "be" of a passive that "and" goes on with ("were caught in the crossfire and killed").

    0 where none of the last words before it is one, or who did it stands between.
    """
    low, flags = reader.tokens.low, reader.tokens.flags
    groups = [g for g in reader.groups if g.first < joint]
    for at in range(joint - 2, max(joint - _GOES_ON, 0), -1):
        if flags[at] & (PUNCTUATION | SUBORDINATOR | REPORTING | HAVE | MODAL):
            return 0
        if flags[at] & BE:
            told = low[at + 1].endswith("ed") or low[at + 1] in _PARTICIPLES
            between = [g for g in groups if g.first > at]
            return at if told and all(g.governed for g in between) else 0
    return 0


_GOES_ON = 14
"""Tokens from "and" back to the passive that it goes on with."""
_PARTICIPLES = frozenset("caught hit shot struck beaten thrown taken dragged run set swept".split())


_HELD_TO_BE = frozenset(
    ("found", "reported", "feared", "presumed", "believed", "confirmed", "left")
)
"""Between a form of "be" and a participle ("were found killed")."""


def _in_an_event(reader: Reader, last: int) -> bool:
    """Whether what stands behind a verb says what bodies die of ("died in the blast")."""
    words = reader.lexicon.words
    ahead = reader.tokens.low[last : last + _CLOSE]
    return not (words.deadly_events | words.illnesses).isdisjoint(ahead)


_CLOSE = 6
"""Tokens from a verb to its cause."""


def _passive_victims(reader: Reader, first: int, last: int, verb: int) -> list[Group]:
    """The victims of a passive verb: its subject, and who was with them."""
    victims = subject_of(reader, verb)
    if not takes_people(reader, first) and not takes_people(reader, last - 1):
        victims = known_people(victims)
    single = reader.tokens.low[verb] in ("was", "is")
    if len(victims) > 1 and single and all(group.value == 1 for group in victims):
        victims = victims[:1]  # "the publisher and parliamentarian was killed": one person
    return [*victims, *companions_of(reader, last)] if victims else []


def _has_other_object(reader: Reader, start: int) -> bool:
    """Whether a verb's object is nobody ("killed the pace", "executed 14 court orders")."""
    opens = reader.tokens.low[start : start + 1]
    return (bool(opens) and opens[0] in _OBJECT_OPENS) or _counts_things(reader, start)


def _told_aside(reader: Reader, first: int, last: int) -> list[Group]:
    """The victims before a participle between commas ("Two nuns, seized by rebels, are alive")."""
    low, flags = reader.tokens.low, reader.tokens.flags
    if low[first - 1 : first] != [","] or last >= len(low):
        return []
    if low[last] not in _ASIDES and not low[last].isdecimal() and not flags[last] & NUMBER:
        return []
    close = next((at for at in range(last, min(last + _ASIDE, len(low))) if low[at] == ","), 0)
    named = reader.ends.get(first - 1)
    if named is not None and named.kind == "name" and _ends_sentence(reader, last):
        return [named]  # "the release of Juan Mir, kidnapped by rebels on Monday."
    if not close or not any(
        flag & (BE | HAVE | MODAL) or word.startswith("remain")
        for word, flag in zip(low[close + 1 : close + 2], flags[close + 1 : close + 2], strict=True)
    ):
        return []
    return adjacent_victims(reader, first - 1)


def _ends_sentence(reader: Reader, index: int) -> bool:
    """Whether a sentence ends with what a participle tells, without another verb."""
    low, flags = reader.tokens.low, reader.tokens.flags
    rest = range(index, len(low))
    verbs = any(
        flags[at] & (BE | HAVE | MODAL | VERB) and not flags[at] & PREPOSITION for at in rest
    )
    return len(rest) < _ASIDE and not verbs and "," not in low[index:]


_FOUND = frozenset(("found", "discovered"))
_ASIDES = frozenset("by in on at near last from since yesterday while during".split())
_ASIDE = 14
"""Tokens of what a participle between commas tells."""


def _counts_things(reader: Reader, start: int) -> bool:
    """Whether a number of things follows, and no measure as in "killed 20 miles from here"."""
    low = reader.tokens.low
    quantity = read_quantity(reader.tokens, start, reader.lexicon) if start < len(low) else None
    if quantity is None:
        return False
    _, last, thing = find_head(reader.tokens, quantity.last, reader.lexicon)
    return thing and not reader.lexicon.words.measures.intersection(low[quantity.last : last])
