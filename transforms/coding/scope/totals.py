"""Totals over many events, and what goes on all the time: no single event is told.

Source: codebook section 2, `aggregate`.
"""

from __future__ import annotations

import re

import re2

from transforms.coding.mention import Mention
from transforms.coding.scope.cues import ScopeCues, Setting
from transforms.coding.text.tokens import Tokens
from transforms.coding.words.lexicon import ADVERB, PERSON, PUNCTUATION

_MASSES = frozenset(("thousands", "tens_of_thousands", "hundreds_of_thousands", "millions"))
"""Words that no single attack's toll is told with; only disasters have such tolls."""

_LARGE_HURT = 10_000
"""A crash or a blast in a port hurts thousands."""
_LARGE = 1000
"""A toll from here on is a war's or a plague's, not an attack's (the largest attack in the tuning
sets counts 350), unless a disaster is named."""


def counts_deeds(tokens: Tokens, mention: Mention, cues: ScopeCues) -> bool:
    """Whether it counts deeds, each an event of its own ("links him to almost 200 killings")."""
    if mention.rule != "counted" or tokens.low[mention.first] not in cues.deeds:
        return False
    return sum(group.value or 0 for group in mention.groups) > _FEW_DEEDS


_FEW_DEEDS = 2
"""More deeds than this are more than one event."""


def one_of_many(clause: str, told: int) -> str:
    """A clause from the one event on that it picks out ("several attacks, including a blast").

    Args:
        clause: in lower case.
        told: where its casualty word begins.
    """
    if not any(word in clause for word in _PICKING):
        return clause
    picked = [match.end() for match in _INCLUDING.finditer(clause[: max(told, 0)])]
    return clause[picked[-1] :] if picked else clause


_PICKING = ("including", "notably", "among them")
_INCLUDING = re2.compile(r"\b(?:including|notably|among them) (?:an?|one|last|the|\w+day's) ")


def sums_up(mention: Mention, clause: str, cues: ScopeCues, setting: Setting) -> bool:
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
    if large and not (massive or mention.toll) and _is_of_one_day(clause, cues):
        return False  # "Gunmen killed more than 1,000 people on Saturday"
    return (large or massive) and not setting.disaster and not cues.disaster.finds(clause)


def _is_of_one_day(clause: str, cues: ScopeCues) -> bool:
    """Whether the clause says on which day all died, and not on which somebody said so."""
    if _PERFECT.search(clause):
        return False
    days = (match.start() for match in cues.one_day.finditer(clause))
    return any(not _SAID.search(clause[:at]) for at in days)


_PERFECT = re2.compile(r"\b(?:has|have|had)\b")
_SAID = re2.compile(
    r"\b(?:said|says|say|told \w+|announced|reported|confirmed|statement|officials|ministry)"
    r" (?:late |early )?$"
)


def _spans_days(clause: str, cues: ScopeCues) -> bool:
    """Whether the clause counts over the days between two that it names, and no one deed."""
    span = cues.day_range.search(clause)
    if span is None or cues.one_deed.finds(clause):
        return False
    first, last = (int(day) for day in _NUMBER.findall(span.group())[:2])
    return last - first >= _MANY_DAYS or last < first


_SURGERY = re.compile(
    r"\bunder(?:gone|went|go|goes|going) $"
    r"|\b(?:master-?mind(?:ed|ing)|wanted (?:for|over|in)"
    r"|(?:convicted|accused|tried|sentenced) (?:of|for|over|in))\b[^,.;]{0,40}$"
)
"""Before operations on somebody, and before deeds for which somebody is known."""
_NUMBER = re.compile(r"\d+")
_MANY_DAYS = 5
"""Days from the first to the last, from where what happened is more than one event."""


def is_of_campaign(tokens: Tokens, mention: Mention) -> bool:
    """Whether a toll is that of a side in a country ("raised Turkey's death toll in Syria to 58").

    No toll of one event: "brought Monday's toll in Kano to 12" is one.
    """
    begin = tokens.start[max(mention.first - _OWNER, 0)]
    found = _OF_A_SIDE.search(tokens.text, begin)
    return found is not None and found.start() <= tokens.start[mention.first]


_OWNER = 4
"""Tokens from a toll back to whose it is."""
_OF_A_SIDE = re.compile(
    r"\b(?:(?!\w{3,6}day's)[A-Z]\w{1,30}'s|(?:[Aa]rmy|[Nn]avy|[Cc]oalition|[Aa]lliance|[Mm]ission"
    r"|[Ff]orce|[Cc]ontingent|[Mm]ilitary|[Cc]ountry)'s|American|British|Canadian|French"
    r"|Australian|US|UN|U\.S\.|NATO|coalition|military)"
    r" (?:\w+ ){0,2}(?:toll|losses|fatalities|deaths) in (?!\w{3,6}day)[A-Z]"
)


def plural_agent(tokens: Tokens, mention: Mention, cues: ScopeCues) -> bool:
    """As in "bombings last week killed 34": several attacks are the subject."""
    low = tokens.low
    index = mention.first - 1
    while index >= 0 and index > mention.first - 14:
        if low[index] in cues.plural_events and not _is_verb_of_one(tokens, index):
            if _DROPPED.intersection(low[max(index - 4, 0) : index]):
                return False  # "dropped three bombs on the town, killing": one raid
            few = _FEW.intersection(low[max(index - 3, 0) : index])
            if few and low[index] in _AT_ONCE and low[index + 1] in _GO_OFF:
                return False  # "Two bombs exploded in Kano, killing nine": one attack
            relative = low[index + 1 : index + 2] in (["that"], ["which"], [","])
            return not (relative and "the" in low[max(index - 4, 0) : index])
        if low[index] in _PARTING or (low[index] in _RELATIVE and index < mention.first - 2):
            return False
        if low[index] == "," and _brings_up_doers(tokens, index + 1, mention.first):
            return False
        index -= 1
    return False


def _is_verb_of_one(tokens: Tokens, index: int) -> bool:
    """Whether a word is what one now does ("A gunman attacks a church"), and no plural."""
    low = tokens.low
    following = low[index + 1 : index + 2]
    crashes = low[index] == "crashes"
    if following and following[0] not in (_WHERE if crashes else _DEPENDENT):
        return False
    begin = index - 1
    while begin >= 0 and not tokens.flags[begin] & PUNCTUATION:
        if low[begin] in _MADE_UP or (not crashes and low[begin].endswith("s")):
            return False
        begin -= 1
    return low[begin + 1] in _ONE and index - begin > _SHORTEST_SUBJECT


_WHERE = frozenset(
    "in into near on onto off at over during outside while after as shortly between".split()
)
_DEPENDENT = frozenset("a an the several two three his her its".split())
_MADE_UP = frozenset("of series two three from in".split())
_ONE = frozenset(("a", "an", "one"))
_SHORTEST_SUBJECT = 2
"""Tokens of the shortest subject, its determiner among them ("A gunman")."""


def _brings_up_doers(tokens: Tokens, index: int, end: int) -> bool:
    """Whether people are the subject from a token on ("two bombs failed, the boys began to")."""
    return index + 2 < end and any(flag & PERSON for flag in tokens.flags[index : index + 2])


_PARTING = frozenset((";", "including"))
_AT_ONCE = frozenset(("bombs", "blasts", "explosions"))
_GO_OFF = frozenset("exploded detonated went ripped rocked hit struck tore shook".split())
_FEW = frozenset(("two", "three", "2", "3", "twin", "both", "pair"))
_RELATIVE = frozenset(("that", "which"))
_DROPPED = frozenset("dropped drops dropping threw throwing hurled lobbed detonated".split())


def habitual(tokens: Tokens, mention: Mention) -> bool:
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


def indefinite_past(tokens: Tokens, mention: Mention) -> bool:
    """As in "have killed several clerics": the perfect with vague figures tells no single event."""
    vague = all(g.best is None and g.convention not in ("dozens", "scores") for g in mention.groups)
    told = mention.groups[-1].last if mention.groups else mention.first
    start = told if told <= mention.first <= told + _VERB_GROUP else mention.first - 3
    near = tokens.low[max(start, 0) : mention.first]
    perfect = {"have", "has"} & set(near) and "to" not in near
    return vague and bool(perfect) and mention.rule in ("active", "passive", "subject")


_VERB_GROUP = 7
"""Tokens of a verb group up to its last word ("have also similarly been captured or killed")."""
