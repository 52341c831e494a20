"""Noun groups and casualty words to mentions: who was killed, injured, abducted, is missing.

For every casualty word of a sentence the reader decides its voice (passive, active, participle,
noun, count, running total) and then looks for the victims where that voice has them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from transforms.coding.groups.group import Group
from transforms.coding.mention import (
    Mention,
    Reader,
    antecedent_of,
    make_mention,
    unreal_before,
)
from transforms.coding.mentions.again import read_them
from transforms.coding.mentions.buried import may_bury, read_buried
from transforms.coding.mentions.captures import may_take, read_captures
from transforms.coding.mentions.cared import may_care, read_cared
from transforms.coding.mentions.counted import read_counted, read_remains
from transforms.coding.mentions.injuries import read_sent, read_sustained
from transforms.coding.mentions.labels import read_label
from transforms.coding.mentions.lives import read_lives
from transforms.coding.mentions.losses import read_fell, read_lost
from transforms.coding.mentions.named import read_named, read_only_death
from transforms.coding.mentions.nominals import read_adjective, read_noun
from transforms.coding.mentions.notes import read_register
from transforms.coding.mentions.present import read_base, read_ing, read_third
from transforms.coding.mentions.rivals import may_differ, read_rivals
from transforms.coding.mentions.sifting import (
    each_of_none,
    leave_out_nobody,
    mark_attackers,
    mark_breakdown,
    mark_fallen,
    says_little,
    stand_alone,
    without_doubles,
    without_hurt_dead,
)
from transforms.coding.mentions.sought import may_seek, read_sought
from transforms.coding.mentions.struck import may_strike, read_struck
from transforms.coding.mentions.survivors import read_survivors, tells_survivors
from transforms.coding.mentions.swept import may_sweep, read_swept
from transforms.coding.mentions.tolls import counted_by_number, may_stand, read_standing, read_toll
from transforms.coding.mentions.verbs import read_past
from transforms.coding.mentions.wholes import count_wholes
from transforms.coding.text.tokens import Tokens, phrase_at
from transforms.coding.victims.additions import add_those_beside, add_those_elsewhere
from transforms.coding.victims.breaths import mark_breaths, split_by_place
from transforms.coding.victims.chains import adjacent_victims
from transforms.coding.victims.coordination import self_at
from transforms.coding.victims.objects import companions_of, objects_of
from transforms.coding.victims.subjects import shared_subject, subject_of
from transforms.coding.words.lexicon import (
    BE,
    HAVE,
    MODAL,
    TRIGGER,
    Lexicon,
    Trigger,
)

_AFTERWARDS = (
    read_captures, read_survivors, read_swept, read_cared, read_standing, read_rivals, read_named,
    read_sought, read_buried, read_struck, read_only_death,
)  # fmt: skip
"""Readings beside the casualty words, which take what those have not told."""

_MAY_TELL = (
    may_take, tells_survivors, may_sweep, may_care, may_stand, may_differ, may_seek, may_bury,
    may_strike,
)  # fmt: skip
"""Whether they may find something in a sentence without casualty words."""


def read_mentions(
    tokens: Tokens,
    lexicon: Lexicon,
    *,
    headline: bool = False,
    earlier: Callable[[], Group | None] = lambda: None,
    counting: str | None = None,
) -> list[Mention]:
    """The casualty mentions of one sentence, from left to right.

    Args:
        tokens: the sentence.
        lexicon: the words.
        headline: whether it is one.
        earlier: finds how many people were there in the sentences before; asked for "the rest".
        counting: the kind that they counted last, if it was of an event.
    """
    told = any(flag & TRIGGER for flag in tokens.flags)
    if not told and not any(may(tokens, lexicon) for may in _MAY_TELL):
        return []
    reader = Reader(tokens, lexicon, headline, counting)
    mentions: list[Mention] = []
    index = 0
    size = len(tokens.low)
    while index < size:
        if not tokens.flags[index] & TRIGGER:
            index += 1
            continue
        phrase = phrase_at(tokens, index, lexicon, "trigger")
        if labelled := read_label(reader, index):
            found = labelled
            index += 1
        elif phrase:
            length = phrase[0]
            trigger = lexicon.phrase_triggers[tuple(tokens.low[index : index + length])]
            found = _read_phrase(reader, index, index + length, trigger, mentions)
            if trigger.only:
                found = [told for told in found if _victims_are(told, trigger.only, reader)]
            index += length if found or trigger.form != "toll" else 1
        else:
            found = _read_word(reader, index, mentions)
            index += 1
        for mention in split_by_place(found, reader):
            add_those_beside(reader, mention, mentions)
            add_those_elsewhere(reader, mention)
            leave_out_nobody(mention)
            conventions = {group.convention for group in mention.groups}
            if "none_of" in conventions:
                continue
            if conventions == {"zero"}:
                badly = {"seriously", "badly", "critically"} & set(tokens.low[: mention.first])
                mention.zero = not badly
                before = tokens.low[: mention.groups[0].first]
                mention.unreal |= not lexicon.words.hoped.isdisjoint(before[-_HOPED:])
                if badly:
                    continue
            if all(g.head < 0 and tokens.low[g.first] == "both" for g in mention.groups):
                mention.weak = True  # "both were killed": two who were told of before
            if mention.subset and not any(m.kind == mention.kind for m in mentions):
                stand_alone(mention, reader)
            if (mention.groups or mention.zero) and not says_little(mention, reader):
                mentions.append(mention)
    mentions = mark_breaths(mentions, reader)
    mentions.extend(read_sent(reader, mentions))
    if more := [m for reading in _AFTERWARDS for m in reading(reader, mentions)]:
        mentions = sorted([*mentions, *more], key=lambda mention: mention.first)
    if "them" in tokens.low and (back := read_them(reader, mentions)):
        mentions = sorted([*mentions, *back], key=lambda mention: mention.first)
    mentions = count_wholes(mentions, reader, earlier)
    if rows := read_register(reader, mentions):
        mentions = sorted([*mentions, *rows], key=lambda mention: mention.first)
    mark_attackers(mentions, tokens, lexicon)
    mark_fallen(mentions, tokens)
    mark_breakdown(mentions, tokens)
    return each_of_none(without_hurt_dead(without_doubles(mentions), tokens))


_HOPED = 8
"""Tokens from a word of hope or care to the nobody that it is for ("to ensure nobody is hurt")."""


def _read_word(reader: Reader, index: int, before: list[Mention]) -> list[Mention]:
    word = reader.tokens.low[index]
    fatal = index > 0 and reader.tokens.low[index - 1] in reader.lexicon.words.fatal
    if (number := counted_by_number(reader, index)) >= 0:
        known = reader.lexicon.triggers.get(word, ())
        kind = next((t.kind for t in known if not t.weak and t.takes not in _BY_TAKES), None)
        found = read_toll(reader, number, index + 1, Trigger(kind, "toll"), before) if kind else []
        if found:
            return found
    for trigger in reader.lexicon.triggers.get(word, ()):
        if fatal and trigger.kind == "injured":
            trigger = Trigger("killed", trigger.form, trigger.takes)
        if (special := _BY_TAKES.get(trigger.takes)) is not None:
            found = special(reader, index, index + 1, trigger)
        else:
            found = _READINGS[trigger.form](reader, index, index + 1, trigger, before)
        if trigger.only:
            found = [mention for mention in found if _victims_are(mention, trigger.only, reader)]
        if any(mention.groups or mention.zero for mention in found):
            return found
    return []


def _victims_are(mention: Mention, roles: tuple[str, ...], reader: Reader) -> bool:
    """Whether the nouns for all victims have one of the roles ("neutralised two militants")."""
    low, known = reader.tokens.low, reader.lexicon.roles
    return all(
        known.get(low[g.head]) in roles
        if g.head >= 0
        else _REST.intersection(low[g.first : g.last])
        for g in mention.groups
    )


_REST = frozenset(("remaining", "others", "other", "more"))
"""Words for those of a number who are left ("the search goes on for the remaining eight")."""


def _read_phrase(
    reader: Reader, first: int, last: int, trigger: Trigger, before: list[Mention]
) -> list[Mention]:
    if trigger.form == "toll" and trigger.kind == "same":
        kind = before[-1].kind if before else reader.counting
        if kind is None:
            return []
        return read_toll(reader, first, last - 1, replace(trigger, kind=kind), before)
    if trigger.form == "toll":
        return read_toll(reader, first, last, trigger, before)
    low = reader.tokens.low
    if low[last : last + 1] == ["captivity"]:
        return []  # "remain in captivity" is read in captures
    if "among" in low[first:last] and low[last : last + 1] == ["or"]:
        return []  # "many were among those killed or captured"
    reach = last + (_FURTHER if low[first] == "whereabouts" else _BESIDE)
    beyond = low[last:reach]
    if trigger.then and not trigger.then.intersection(beyond):
        return []  # "hit in the" what?
    if trigger.then and _ON_THE_SPOT.intersection(beyond[:2]):
        return []  # "people rushed to the spot took her to hospital"
    if trigger.after and not trigger.after.intersection(low[max(first - _BESIDE, 0) : first]):
        return []
    if trigger.takes == "object" and low[last - 1] == "for":
        some = make_mention(trigger, objects_of(reader, last), first, last, "phrase", False, False)
        counted = any(group.kind != "plural" for group in some.groups)  # no "survivors"
        return [some] if counted and _victims_are(some, trigger.only, reader) else []
    if trigger.takes == "object" and not low[first].endswith("ing") and low[last - 1] != "of":
        found = read_past(reader, first, last, replace(trigger, form="past"), before)
        return [mention for mention in found if not _is_a_noun(mention, reader.tokens)]
    if trigger.takes == "object":
        return [
            make_mention(trigger, objects_of(reader, last), first, last, "phrase", False, False)
        ]
    left = reader.skip_adverbs_left(first - 1)
    flag = reader.tokens.flags[left] if left >= 0 else 0
    at = left if flag & (BE | HAVE | MODAL) else first
    negated = not trigger.after and "not" in low[max(first - 2, 0) : first] and low[first] != "not"
    oneself = low[last - 1] in ("himself", "herself")
    if oneself and not reader.lexicon.words.hospitals.isdisjoint(low[last:]):
        trigger = replace(trigger, kind="injured")  # "turned the gun on himself and is in hospital"
    victims = objects_of(reader, last - 1) if oneself else subject_of(reader, at)
    suicide = bool({"suicide", "own"}.intersection(low[first:last]))
    joined = left >= 0 and (low[left] in _JOINING or "then" in low[left + 1 : first])
    coordinated = joined or (low[first].endswith("ing") and not flag & BE)
    if trigger.kind == "missing" and not flag & BE:
        victims = adjacent_victims(reader, first) or victims  # "search for the 27 still unseen"
    unknown = not victims and not flag & BE
    if suicide and (coordinated or unknown) and any(m.groups for m in before):
        # "killed two colleagues before taking his own life": whoever killed or hurt them
        victims = [self_at(reader, first, last)]
    elif suicide and not victims and left > 0 and low[left] in _BEFORE:
        who = antecedent_of(reader, first)  # "opened fire at work before committing suicide"
        victims = [self_at(reader, first, last)] if who is not None else []
    elif not victims and flag & BE and trigger.kind == "killed" and _goes_on_with(reader, left):
        victims = shared_subject(reader, left - 1)  # "was found with wounds and was found dead"
    elif not victims and joined and before and before[-1].rule == "passive":
        victims = before[-1].groups  # "was shot twice and pronounced dead"
    elif not victims and joined and trigger.kind == "killed":
        victims = shared_subject(reader, left)
    elif victims and trigger.kind == "killed":
        victims = [*victims, *companions_of(reader, last)]
    unreal = not trigger.after and unreal_before(reader, left)
    mention = make_mention(trigger, victims, first, last, "phrase", unreal, negated)
    mention.attackers = oneself or suicide
    return [mention]


def _goes_on_with(reader: Reader, verb: int) -> bool:
    """Whether a verb stands right behind "and" ("and was (later) pronounced dead")."""
    return verb > 1 and reader.tokens.low[verb - 1] == "and"


def _is_a_noun(mention: Mention, tokens: Tokens) -> bool:
    """Whether somebody has what the casualty word names ("had a small cut on his arm")."""
    return mention.rule == "reduced" and all(
        group.uncertain and bool(tokens.flags[group.first - 1] & HAVE) for group in mention.groups
    )


_ON_THE_SPOT = frozenset(("spot", "scene", "site"))

_BESIDE = 6
"""Tokens from a phrase to a word that must stand beside it."""
_FURTHER = 16
"""And from "the whereabouts of" somebody, of whom more may be said first, to "unknown"."""

_JOINING = frozenset(("then", "and", "later"))
"""Words before a verb whose subject another verb has told."""


_BEFORE = frozenset(("before", "then", "and"))
"""Between what somebody did and the end that he made."""


_BY_TAKES = {
    "lives": read_lives,
    "lost": read_lost,
    "fallen": read_fell,
    "remains": read_remains,
}
"""Common words, that tell of deaths with the right people around them only."""

_READINGS = {
    "past": read_past,
    "ing": read_ing,
    "base": read_base,
    "third": read_third,
    "adjective": read_adjective,
    "noun": read_noun,
    "counted": read_counted,
    "sustained": read_sustained,
    "toll": read_toll,
    "phrase": _read_phrase,
}
