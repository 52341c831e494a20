"""The victims left of a casualty word: its subject, or what stands right before it."""

from __future__ import annotations

from transforms.coding.groups.group import Group
from transforms.coding.mention import Reader, pronoun_at
from transforms.coding.victims.chains import coordinated_before
from transforms.coding.victims.coordination import extend_coordinated, joint_before
from transforms.coding.victims.rosters import before_dashes, members_before, those_aboard
from transforms.coding.words.lexicon import (
    ADVERB,
    BE,
    HAVE,
    MODAL,
    PREPOSITION,
    PRONOUN,
    PUNCTUATION,
    REPORTING,
    SUBORDINATOR,
    TRIGGER,
    VERB,
)


def subject_of(reader: Reader, at: int) -> list[Group]:
    """The victims whose verb group starts at a token: the subject of its clause."""
    found = _nearest_subject(reader, at)
    return [*members_before(reader, found[0]), *found] if found else found


def _nearest_subject(reader: Reader, at: int) -> list[Group]:
    tokens = reader.tokens
    low, flags = tokens.low, tokens.flags
    left = at - 1
    while left >= 0 and left + 1 not in reader.ends:
        if (
            flags[left] & (ADVERB | HAVE | MODAL | BE)
            or low[left] in ("not", "never", "yet")
            or (low[left] == "since" and left and flags[left - 1] & HAVE)
            or (low[left] == "to" and flags[left + 1] & (HAVE | BE))
            or (flags[left] & REPORTING and left and (flags[left - 1] & BE or left in reader.ends))
            or reader.is_held(left)
        ):
            left -= 1
        elif opening := reader.saying_inserted(left) or reader.bracket_opened(left):
            left = opening - 1
        elif low[left] in ("total", "all") and left and low[left - 1] == "in":
            left -= 2  # "16 people in total have died"
        elif low[left] in _HIMSELF and left and (low[left - 1] in _HE or left in reader.ends):
            left -= 1  # "he himself was wounded"
        else:
            break
    if left < 0:
        return []
    left = before_dashes(reader, _before_saying(reader, left))
    if low[left] in ("who", "that", "which") and left > 0:
        antecedent = reader.ends.get(left - (low[left - 1] == ","))
        if antecedent is None and low[left - 1] in _OBJECTIVE and low[left - 2].endswith("ing"):
            antecedent = reader.ends.get(left - 2)  # "two soldiers guarding him who were shot"
        if antecedent and antecedent.subset and low[antecedent.first - 1] == ",":
            # "six priests, five of them Spaniards, who": the whole is meant
            antecedent = reader.ends.get(antecedent.first - 1, antecedent)
        if antecedent and low[left] == "who":
            antecedent = _person_before(reader, antecedent)
        return coordinated_before(reader, antecedent) if antecedent else []
    if low[left] == "whom" and left + 1 not in reader.ends:
        return []
    if low[left] in ("he", "she"):
        return [pronoun_at(reader, left)]
    if flags[left] & PRONOUN and left + 1 not in reader.ends:
        if low[left] in _OBJECTIVE and left and flags[left - 1] & PREPOSITION:
            return _first_of_clause(reader, left + 1)  # "two women who worked with them were"
        if (
            low[left] in _OBJECTIVE
            and (saved := reader.ends.get(_who_before(reader, left))) is not None
        ):
            return coordinated_before(reader, saved)  # "a guard who tried to save him was hurt"
        return []
    group = reader.ends.get(left + 1)
    if group is not None and low[max(group.first - 2, 0) : group.first] == ["of", "whom"]:
        return [group]  # "40 passengers, of whom 27 died"
    if group is not None and (person := _person_of(reader, group, at)) is not None:
        return coordinated_before(reader, person, subject=True)
    if group is not None and (
        (not group.governed and not group.subset)
        or low[group.last - 1] == "whom"  # "168 survivors, 19 of whom were hurt"
        or joint_before(low, group.first - 1) > 1  # "five soldiers along with a driver"
        or (low[group.first - 1] == "with" and _is_state(reader, at))
    ):
        if low[group.last - 1] == "whom":
            return [group]  # "40 passengers, 27 of whom died"
        if group.uncertain and group.kind == "one" and low[at] in ("were", "are", "have"):
            return _first_of_clause(reader, left + 1)  # "five men at work on a dyke were killed"
        return coordinated_before(reader, group, subject=True)
    if lost := those_aboard(reader, left, at):
        return [lost]
    return _first_of_clause(reader, left + 1)


def _person_of(reader: Reader, group: Group, at: int) -> Group | None:
    """Of whom a relative clause tells that ends with a group ("a man who met a friend was shot").

    Args:
        reader: the sentence.
        group: what stands right before the verb group.
        at: where the verb group starts; a finite verb, so that it is none of that clause.
    """
    low, flags = reader.tokens.low, reader.tokens.flags
    if low[group.first - 1] in ("and", "or", ",") or group.kind == "number":
        return None
    who = _who_before(reader, group.first)
    told = who > 0 and flags[who + 1] & (HAVE | BE | VERB | MODAL)
    person = reader.ends.get(who) if told else None
    return person if person is not None and not person.governed else None


def _who_before(reader: Reader, index: int) -> int:
    """The "who" of the relative clause that reaches to a token; -1 where there is none."""
    low, flags = reader.tokens.low, reader.tokens.flags
    for at in range(index - 1, max(index - _RELATIVE, 0), -1):
        if low[at] == "who":
            return at
        if flags[at] & (SUBORDINATOR | REPORTING | PUNCTUATION) or low[at] == "and":
            return -1
    return -1


_RELATIVE = 12
"""Tokens of a relative clause before the group that ends it."""


_HIMSELF = frozenset(("himself", "herself", "themselves"))
_HE = frozenset(("he", "she", "they"))
_OBJECTIVE = frozenset(("them", "him", "her", "us"))


def _is_state(reader: Reader, at: int) -> bool:
    """Whether a state stands at a token ("with three people missing"), and no verb."""
    if reader.tokens.flags[at] & (BE | HAVE | MODAL):
        return False
    triggers = reader.lexicon.triggers.get(reader.tokens.low[at], ())
    return not triggers or any(trigger.form == "adjective" for trigger in triggers)


def _before_saying(reader: Reader, left: int) -> int:
    """Past who says it, inside a relative clause ("a man who police say was shot")."""
    teller = reader.ends.get(left + 1)
    if teller is None or teller.first < 2 or reader.tokens.low[teller.first - 1] != "who":
        return left
    says = any(flag & REPORTING for flag in reader.tokens.flags[teller.last : teller.last + 2])
    return teller.first - 1 if says else left


def shared_subject(reader: Reader, joint: int) -> list[Group]:
    """The subject that "and" lets a verb share ("was hit by the shots and did not survive").

    Args:
        reader: the sentence.
        joint: the conjunction before the verb.
    """
    flags, low = reader.tokens.flags, reader.tokens.low
    for at in range(joint - 1, max(joint - _SHARED, 0), -1):
        if flags[at] & SUBORDINATOR or low[at] in (";", ".", ":"):
            return []
        if flags[at] & BE:
            return subject_of(reader, at)
    return []


_SHARED = 12
"""Tokens from a conjunction back to the verb before it."""

_TURNS = frozenset(
    "when after as while because before until if although though whereas unless once".split()
)
"""Words that open a clause of their own; its subject stands right of them."""


def _first_of_clause(reader: Reader, at: int) -> list[Group]:
    """The first ungoverned group of the nearest stretch left of a verb that has one."""
    low, flags = reader.tokens.low, reader.tokens.flags
    right = at
    candidates: list[Group] = []
    for group in reversed(reader.groups):
        if group.last > at:
            continue
        opens = group.last + _is_said_missing(reader, group.last)
        between = flags[opens:right]
        words = low[opens:right]
        if any(f & (REPORTING | MODAL | BE | HAVE) for f in between) and not _inside_relative(
            reader, group.last, right
        ):
            break
        if ";" in words or "." in words:
            break
        if group.governed and not candidates and _TURNS.intersection(words):
            continue  # "a corporal, who served in Gao until 2019, was shot"
        if _TURNS.intersection(words) and (
            candidates or not _inside_relative(reader, group.last, right)
        ):
            break  # "a boy who was hurt when the car hit him has died" is one clause
        owner = words[:1] == ["'s"]  # "Luther's desk is missing"
        if not (group.governed or group.subset or group.uncertain or owner):
            candidates.append(group)
        right = group.first if not _inside_relative(reader, group.last, right) else right
    candidates = [g for g in candidates if not _says_who(reader, g)]
    if not candidates:
        return _pronoun_of_clause(reader, at)
    outer = candidates[-1]
    if low[at - 1] == "," and low[outer.last : outer.last + 2] == [",", "who"]:
        candidates = [outer]  # "Ana Ruiz, who was expecting her first child, died"
    counted = [
        g
        for g in candidates
        if g.kind in ("number", "one") and not (g.definite and g.kind == "one")
    ]
    chosen = counted[-1] if counted else candidates[-1]
    if any(f & (VERB | TRIGGER) for f in flags[chosen.last : at]) and not _inside_relative(
        reader, chosen.last, at
    ):
        nearer = [g for g in candidates if g.first > chosen.last]
        if nearer:
            chosen = nearer[-1]
    found: list[Group] = []
    extend_coordinated(reader, chosen, found)
    beside = low[chosen.first - 1] == "and"  # "a girl and a woman who was on her way died"
    before = coordinated_before(reader, chosen, subject=True)[:-1] if beside else []
    if before and low[before[0].first - 1] == ",":
        before = []  # "Rene Lopez, an official and leader of the party, was shot"
    return [*before, *(g for g in found if g.last <= at)]


def _is_said_missing(reader: Reader, at: int) -> bool:
    """Whether "reported" only opens what is said of somebody ("a girl reported missing was")."""
    low = reader.tokens.low
    return low[at : at + 1] == ["reported"] and low[at + 1 : at + 2] == ["missing"]


def _pronoun_of_clause(reader: Reader, at: int) -> list[Group]:
    """Him or her who opens a clause that "and" goes on with ("She stepped on a mine and was")."""
    low, flags = reader.tokens.low, reader.tokens.flags
    if low[at - 1] != "and":
        return []
    for index in range(at - 2, max(at - _SHARED, 0) - 1, -1):
        if low[index] in ("he", "she"):
            opens = index == 0 or flags[index - 1] & (PUNCTUATION | SUBORDINATOR)
            return [pronoun_at(reader, index)] if opens else []
        if flags[index] & (PUNCTUATION | SUBORDINATOR | REPORTING | MODAL):
            return []
    return []


def _person_before(reader: Reader, group: Group) -> Group:
    """The person beside a place that a relative clause seems to follow ("a boy from Gao, who")."""
    low, flags = reader.tokens.low, reader.tokens.flags
    placed = low[group.first - 1] in _PLACING or low[group.first - 2 : group.first] == [",", "of"]
    if group.kind != "name" or group.head >= 0 or not placed:
        return group
    for other in reversed(reader.groups):
        named = other.kind == "name" and not other.governed
        if other.last < group.first and (other.head >= 0 or named):
            between = flags[other.last : group.first]
            return group if any(f & (VERB | BE | HAVE | REPORTING) for f in between) else other
    return group


_PLACING = frozenset("in at from near outside".split())


def _says_who(reader: Reader, group: Group) -> bool:
    """Whether a group only says who a name is ("Gilda Flores, a member of the party,")."""
    low = reader.tokens.low
    says = group.kind in ("one", "plural") or low[group.first : group.first + 2] == ["one", "of"]
    if not says or group.first < 2 or low[group.first - 1] != ",":
        return False
    before = reader.ends.get(group.first - 1)
    if before is None or before.governed:
        return False
    known = before.kind == "one" and before.definite and not group.definite
    return before.kind == "name" or known  # "The attacker, a resident of Gao, was"


def _inside_relative(reader: Reader, start: int, stop: int) -> bool:
    """Whether the words between open with a relative or bracketed insertion."""
    low, flags = reader.tokens.low, reader.tokens.flags
    window = low[start:stop]
    if not window:
        return False
    if flags[start] & PREPOSITION and "," in window:
        # "the mayor of Gao, who was on his way home,"
        comma = start + window.index(",")
        if not any(f & (REPORTING | MODAL | BE | HAVE | VERB) for f in flags[start:comma]):
            window = low[comma:stop]
    return window[0] in ("who", "that", "which", "(", "whose") or (
        window[0] == "," and len(window) > 2 and (window[-1] == "," or window[1] in _ASIDE_OPENS)
    )


_ASIDE_OPENS = frozenset("who whose which including most some many among".split())


def infinitive_subject(reader: Reader, at: int) -> list[Group]:
    """The victims left of "to die", unless they are an ordinal ("the third person to die")."""
    group = reader.ends.get(at)
    if group is None:
        return []
    low = reader.tokens.low
    ordinals = (
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
    )
    if any(w in ordinals or w[0].isdigit() for w in low[group.first : group.last]):
        return []
    return [group]
