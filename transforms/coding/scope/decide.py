"""The scope of a mention: news, recalled, a total over many events, or not real.

Source: codebook section 2. The cues are regular expressions in data/reference/lexicon/scope.toml,
tried on the clause of the mention with RE2, so that no text can make them slow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Any

import re2

from transforms.coding.mention import Mention
from transforms.coding.scope.bounds import clause_of, joined_to
from transforms.coding.text.tokens import Tokens
from transforms.coding.words.lexicon import (
    ADVERB,
    PUNCTUATION,
    REPORTING,
    SUBORDINATOR,
    TRIGGER,
    Lexicon,
)


@dataclass(frozen=True, slots=True)
class ScopeCues:
    """The compiled cues of scope.toml, under the names of its lists."""

    aggregate: Any
    background: Any
    unreal: Any
    denied: Any
    denied_that: Any
    disaster: Any
    one_town: Any
    lasting: Any
    since_day: Any
    day_range: Any
    one_deed: Any
    one_cause: Any
    since_one: Any
    dated_event: Any
    inquiry: Any
    reaction: Any
    month: Any
    taking: Any
    legal: Any
    baton_charge: Any
    year: Any
    fiction: Any
    sport: Any
    athletic: Any
    fictional: Any
    unnatural: Any
    elderly: Any
    natural: Any
    forced: Any
    doubtful: Any
    of_age: Any
    of_illness: Any
    turned_up: Any
    corrected: Any
    rank: Any
    ranked_time: Any
    announced: Any
    still_held: Any
    disputed: Any
    feared: Any
    counted_attacks: Any
    no_attack_name: Any
    invented: Any
    review: Any
    attested: Any
    drill: Any
    idiom: Any
    bodily: Any
    spread: Any
    murder_suicide: Any
    murder_tried: Any
    plural_events: frozenset[str]


@dataclass(frozen=True, slots=True)
class Setting:
    """What the whole article says: whether it opens with a disaster, whether its day is known."""

    disaster: bool
    year: int | None

    @property
    def dated(self) -> bool:
        """Whether the article's day is known."""
        return self.year is not None


def compile_scope(lexicon: Lexicon) -> ScopeCues:
    """Compile the cue lists once."""
    lists = {field.name: lexicon.cues[field.name] for field in fields(ScopeCues)}
    plural_events = frozenset(lists.pop("plural_events"))
    compiled = {
        name: re2.compile("|".join(f"(?:{pattern})" for pattern in patterns))
        for name, patterns in lists.items()
    }
    return ScopeCues(**compiled, plural_events=plural_events)


_RECOVERED = re2.compile(
    r"\b(?:recovered|found|pulled|retrieved|brought|received|treat(?:ed|ing)|admitted|took in"
    r"|evacuated|airlifted|transported) (?:\S+ ){0,3}$"
)
"""Before the dead themselves, who are then no victims recalled."""

_CARED_FOR = re2.compile(
    r" (?:who )?(?:were|are|was|is|have been|had been) (?:now |still |all |being ){0,2}(?:receiving"
    r"|treated|taken|admitted|evacuated|airlifted|transported|rushed|brought|found|recovered"
    r"|in (?:the |a )?(?:\S+ )?(?:hospitals?|clinics?|care)|undergoing|hospitali[sz]ed)\b"
)
"""Behind those who were hurt, who are then no victims recalled either."""

_MASSES = frozenset(("thousands", "tens_of_thousands", "hundreds_of_thousands", "millions"))
"""Words that no single attack's toll is told with; only disasters have such tolls."""

_LEAD = 2
"""Up to this sentence "the murder of the mayor" is the news itself; further down it is recalled."""

_LARGE_HURT = 10_000
"""A crash or a blast in a port hurts thousands."""
_LARGE = 1000
"""A toll from here on is a war's or a plague's, not an attack's (the largest attack in the tuning
sets counts 350), unless a disaster is named."""


def scope_of(
    tokens: Tokens,
    mention: Mention,
    mentions: list[Mention],
    cues: ScopeCues,
    ordinal: int,
    setting: Setting,
) -> str:
    """The scope of one mention: incident, background, aggregate or hypothetical."""
    joined = joined_to(tokens, mention, mentions) or _told_with(mention, mentions)
    if joined is not None:
        return scope_of(tokens, joined, mentions, cues, ordinal, setting)
    if mention.unreal or mention.negated or _conditional(tokens, mention):
        return "hypothetical"
    if mention.toll and _adds_to_many(tokens, mention, mentions, cues, ordinal, setting):
        return "aggregate"
    begin, end = clause_of(tokens, mention, mentions)
    clause = _without_rank(tokens.text[begin:end].lower(), tokens.end[mention.first] - begin, cues)
    if (
        cues.unreal.finds(clause)
        and mention.rule in ("active", "possessive", "nominal")
        and mention.groups
        and mention.groups[0].kind != "number"
    ):
        return "hypothetical"
    if cues.denied.finds(clause) or cues.fiction.finds(clause) or cues.feared.finds(clause):
        return "hypothetical"
    if mention.rule in ("subject", "passive", "predicate") and cues.denied_that.finds(clause):
        return "hypothetical"
    dated = cues.dated_event.search(clause)
    if dated and (setting.year is None or str(setting.year) not in dated.group()):
        return "background"
    if _sums_up(mention, _one_of_many(clause, tokens.start[mention.first] - begin), cues, setting):
        return "aggregate"
    if (
        not mention.piece
        and mention.rule in ("active", "participle", "left")
        and _plural_agent(tokens, mention, cues)
    ):
        return "aggregate"
    before = tokens.text[begin : max(begin, tokens.start[mention.first])].lower()
    if cues.background.finds(clause) or _other_year(clause, cues, setting):
        return "background"
    if (
        cues.legal.finds(clause)
        and cues.legal.search(before)
        and not cues.baton_charge.finds(before)
    ):
        mention.court = mention.rule != "counted"  # "convicted of four murders" tells no victims
        return "background"
    if mention.rule == "counted" and tokens.low[mention.first] in _DEEDS and _counts_many(mention):
        return "aggregate"
    if ordinal > 1 and not setting.dated and cues.month.finds(clause):
        return "background"  # no day to reckon from: a bare month is an earlier one
    if ordinal > 1 and (_indefinite_past(tokens, mention) or _habitual(tokens, mention)):
        return "aggregate"
    if mention.kind == "abducted" and ordinal > _LEAD and cues.still_held.finds(clause):
        return "background"
    if mention.kind == "abducted" and mention.rule == "counted" and not cues.taking.finds(clause):
        return "background"
    if mention.rule in ("possessive", "nominal") and _is_one(tokens, mention):
        inquiry = cues.inquiry.finds(clause)
        mention.recalled = True
        mention.court = inquiry
        recalled = ordinal > _LEAD or mention.rule == "possessive" or inquiry
        if cues.announced.finds(before):
            return "incident"
        if cues.reaction.finds(clause):
            mention.recalled, recalled = True, ordinal > _LEAD
        return "background" if recalled else "incident"
    if mention.rule == "attributive" and mention.kind in ("killed", "injured"):
        after = tokens.text[tokens.end[mention.groups[0].last - 1] : end]
        counted = mention.groups[0].kind == "number"
        if _RECOVERED.search(before) or (counted and _CARED_FOR.match(after)):
            return "incident"  # "recovered one deceased crew member"
        return "background"
    return "incident"


def _is_one(tokens: Tokens, mention: Mention) -> bool:
    """Whether its first victim is one person ("the mayor", "one of its students")."""
    group = mention.groups[0]
    one_of = group.value == 1 and tokens.low[group.figure_last : group.figure_last + 1] == ["of"]
    return group.kind in ("one", "name") or one_of


def _told_with(mention: Mention, mentions: list[Mention]) -> Mention | None:
    """The piece before, whose verb is this one's ("In 2023 it killed 18 here and 12 in Gao")."""
    before = mentions[mentions.index(mention) - 1]
    return before if mention.piece > 1 and before.piece == mention.piece - 1 else None


def _without_rank(clause: str, told: int, cues: ScopeCues) -> str:
    """A clause without what ranks its event among others ("the deadliest attack since 2019").

    Args:
        clause: in lower case.
        told: where its casualty word ends; what stands before a rank is the news itself.
        cues: the compiled cues.
    """
    if not cues.rank.finds(clause):
        return clause
    head, tail = clause[:told], clause[told:]
    rank = cues.rank.search(tail)
    if rank is None or cues.ranked_time.finds(rank.group()):
        return clause
    return head + tail[: rank.start()] + tail[rank.end() :]


def _counts_many(mention: Mention) -> bool:
    return sum(group.value or 0 for group in mention.groups) > _FEW_DEEDS


_DEEDS = frozenset("killings murders homicides executions assassinations slayings suicides".split())
_FEW_DEEDS = 2
"""More deeds than this are more than one event ("links him to almost 200 killings")."""


def _one_of_many(clause: str, told: int) -> str:
    """A clause from the one event on that it picks out ("several attacks, including a blast").

    Args:
        clause: in lower case.
        told: where its casualty word begins.
    """
    picked = [match.end() for match in _INCLUDING.finditer(clause[: max(told, 0)])]
    return clause[picked[-1] :] if picked else clause


_INCLUDING = re2.compile(r"\b(?:including|notably|among them) (?:an?|one|last|the|\w+day's) ")


def _conditional(tokens: Tokens, mention: Mention) -> bool:
    """Whether a condition holds a mention ("if five people die, the alarm sounds")."""
    if mention.rule not in ("subject", "passive", "active", "predicate"):
        return False
    if any(tokens.low[group.first] == "the" for group in mention.groups):
        return False
    first = min([mention.first, *(group.first for group in mention.groups)])
    for index in range(first - 1, -1, -1):
        if tokens.low[index] in ("if", "unless"):
            return not _WHETHER.intersection(tokens.low[max(index - 1, 0) : index])
        if tokens.low[index] in ("when", "whenever"):
            anybody = tokens.low[mention.groups[0].first] in _ANYBODY if mention.groups else False
            now = tokens.low[mention.first - 1] in ("is", "gets", "are", "get")
            return anybody and (now or tokens.low[mention.first] in ("dies", "die"))
        if tokens.flags[index] & (SUBORDINATOR | PUNCTUATION | REPORTING | TRIGGER):
            return False
    return False


_ANYBODY = frozenset("a an any anyone somebody someone people".split())
_WHETHER = frozenset("even as determine know known ask asked asking clear unclear sure see".split())
"""Before an "if" that sets no condition."""


def _adds_to_many(
    tokens: Tokens,
    mention: Mention,
    mentions: list[Mention],
    cues: ScopeCues,
    ordinal: int,
    setting: Setting,
) -> bool:
    """Whether a figure over many events leads to a toll ("..., bringing the toll to 203")."""
    position = mentions.index(mention)
    if not position or not _LEADING.intersection(
        tokens.low[max(mention.first - 3, 0) : mention.last]
    ):
        return False
    before = mentions[position - 1]
    return scope_of(tokens, before, mentions, cues, ordinal, setting) == "aggregate"


_LEADING = frozenset(("bringing", "taking", "pushing", "raising", "lifting"))


def _sums_up(mention: Mention, clause: str, cues: ScopeCues, setting: Setting) -> bool:
    """Whether the clause gives a total over many events."""
    if cues.since_one.finds(clause):
        return False
    counted = cues.counted_attacks.search(clause)
    if counted and _SURGERY.search(clause[: counted.start()]):
        counted = None  # "has undergone four operations"
    if cues.aggregate.finds(clause) or (
        counted and not cues.no_attack_name.search(counted.group())
    ):
        return (
            not cues.one_town.finds(clause)
            or cues.spread.finds(clause)
            or cues.lasting.finds(clause)
        )
    if _spans_days(clause, cues) and not cues.one_cause.finds(clause):
        return True
    if mention.kind == "killed" and cues.since_day.finds(clause):
        return not cues.one_cause.finds(clause)
    large = sum(g.value or 0 for g in mention.groups) >= (
        _LARGE_HURT if mention.kind == "injured" else _LARGE
    )
    massive = any(g.convention in _MASSES for g in mention.groups)
    return (large or massive) and not setting.disaster and not cues.disaster.finds(clause)


def _spans_days(clause: str, cues: ScopeCues) -> bool:
    """Whether the clause counts over the days between two that it names, and no one deed."""
    span = cues.day_range.search(clause)
    if span is None or cues.one_deed.finds(clause):
        return False
    first, last = (int(day) for day in _NUMBER.findall(span.group())[:2])
    return last - first >= _MANY_DAYS or last < first


_SURGERY = re.compile(r"\bunder(?:gone|went|go|goes|going) $")
_NUMBER = re.compile(r"\d+")
_MANY_DAYS = 5
"""Days from the first to the last, from where what happened is more than one event."""


def _plural_agent(tokens: Tokens, mention: Mention, cues: ScopeCues) -> bool:
    """As in "bombings last week killed 34": several attacks are the subject."""
    low = tokens.low
    index = mention.first - 1
    while index >= 0 and index > mention.first - 14:
        if low[index] in cues.plural_events:
            if _DROPPED.intersection(low[max(index - 4, 0) : index]):
                return False  # "dropped three bombs on the town, killing": one raid
            relative = low[index + 1 : index + 2] in (["that"], ["which"], [","])
            return not (relative and "the" in low[max(index - 4, 0) : index])
        if low[index] in _PARTING or (low[index] in _RELATIVE and index < mention.first - 2):
            return False
        index -= 1
    return False


_PARTING = frozenset((";", "including"))
_RELATIVE = frozenset(("that", "which"))
_DROPPED = frozenset("dropped drops dropping threw throwing hurled lobbed detonated".split())


def _other_year(clause: str, cues: ScopeCues, setting: Setting) -> bool:
    """Whether the clause names a year that is not the article's own."""
    if not cues.year.finds(clause):
        return False
    return setting.year is None or str(setting.year) not in clause


def _habitual(tokens: Tokens, mention: Mention) -> bool:
    """As in "women are killed by their husbands": what goes on all the time."""
    nobody = all(g.best is None and not g.definite and g.head >= 0 for g in mention.groups)
    if mention.rule == "subject" and tokens.low[mention.first] == "die":
        return nobody and all(g.kind == "plural" for g in mention.groups)  # "As people die, ..."
    at = mention.first - 1
    while at > 0 and (tokens.flags[at] & ADVERB or tokens.low[at] == "being"):
        at -= 1
    present = tokens.low[at] == "are" and tokens.low[mention.first].endswith(
        ("ed", "shot", "slain")
    )
    return nobody and present and mention.rule == "passive" and mention.kind != "missing"


def _indefinite_past(tokens: Tokens, mention: Mention) -> bool:
    """As in "have killed several clerics": the perfect with vague figures tells no single event."""
    vague = all(g.best is None and g.convention not in ("dozens", "scores") for g in mention.groups)
    told = mention.groups[-1].last if mention.groups else mention.first
    start = told if told <= mention.first <= told + _VERB_GROUP else mention.first - 3
    near = tokens.low[max(start, 0) : mention.first]
    perfect = {"have", "has"} & set(near) and "to" not in near
    return vague and bool(perfect) and mention.rule in ("active", "passive", "subject")


_VERB_GROUP = 7
"""Tokens of a verb group up to its last word ("have also similarly been captured or killed")."""
