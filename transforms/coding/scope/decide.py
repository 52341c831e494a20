"""The scope of a mention: news, recalled, a total over many events, or not real.

Source: codebook section 2. The cues are regular expressions in data/reference/lexicon/scope.toml,
tried on the clause of the mention with RE2, so that no text can make them slow.
"""

from __future__ import annotations

import re2

from transforms.coding.mention import Mention
from transforms.coding.scope.bounds import clause_of, joined_to
from transforms.coding.scope.cues import ScopeCues, Setting
from transforms.coding.scope.totals import (
    counts_deeds,
    habitual,
    indefinite_past,
    is_of_campaign,
    one_of_many,
    plural_agent,
    sums_up,
)
from transforms.coding.text.tokens import Tokens
from transforms.coding.words.lexicon import PUNCTUATION, REPORTING, SUBORDINATOR, TRIGGER

_RECOVERED = re2.compile(
    r"\b(?:recovered|found|pulled|retrieved|brought|received|treat(?:ed|ing)|admitted|took in"
    r"|evacuated|airlifted|transported) (?:\S+ ){0,3}$"
)
"""Before the dead themselves, who are then no victims recalled."""

_CARED_FOR = re2.compile(
    r" (?:who )?(?:were|are|was|is|have been|had been) (?:now |still |all |being ){0,2}(?:receiving"
    r"|treated|taken|admitted|evacuated|airlifted|transported|rushed|brought|found|recovered"
    r"|in (?:the |a )?(?:\S+ )?(?:hospitals?|clinics?|care)|undergoing|hospitali[sz]ed)\b"
    r"| (?:had |have |has )?(?:arrived|come|came|were lying|lay|lying|streamed|poured)\b"
)
"""Behind those who were hurt, who are then no victims recalled either."""

_LEAD = 2
"""Up to this sentence "the murder of the mayor" is the news itself; further down it is recalled."""


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
    if mention.toll and (
        _adds_to_many(tokens, mention, mentions, cues, ordinal, setting)
        or (is_of_campaign(tokens, mention) and not setting.disaster)
    ):
        return "aggregate"
    begin, end = clause_of(tokens, mention, mentions)
    clause = _without_rank(tokens.text[begin:end].lower(), tokens.end[mention.first] - begin, cues)
    told = tokens.start[mention.first] - begin
    if (
        _is_unreal(clause, told, cues)
        and mention.rule in ("active", "possessive", "nominal")
        and mention.groups
        and mention.groups[0].kind != "number"
    ):
        return "hypothetical"
    if cues.denied.finds(clause) or cues.fiction.finds(clause):
        return "hypothetical"
    if _is_feared(clause, told, mention, cues):
        return "hypothetical"
    if mention.rule in ("subject", "passive", "predicate") and cues.denied_that.finds(clause):
        return "hypothetical"
    dated = cues.dated_event.search(clause)
    if dated and (setting.year is None or str(setting.year) not in dated.group()):
        return "background"
    if sums_up(mention, one_of_many(clause, told), cues, setting):
        return "aggregate"
    if (
        not mention.piece
        and mention.rule in ("active", "participle", "left")
        and plural_agent(tokens, mention, cues)
    ):
        return "aggregate"
    before = tokens.text[begin : max(begin, tokens.start[mention.first])].lower()
    before = _WHEN_FORCES.sub("", before)  # "caught a man accused of theft when police"
    if cues.background.finds(clause) or _other_year(clause, told, cues, setting):
        return "background"
    if cues.avenged.finds(before):
        return "background"
    if (
        cues.legal.finds(clause)
        and cues.legal.search(before)
        and not cues.baton_charge.finds(before)
    ):
        mention.court = mention.rule != "counted"  # "convicted of four murders" tells no victims
        return "background"
    if counts_deeds(tokens, mention, cues):
        return "aggregate"
    if ordinal > 1 and not setting.dated and cues.month.finds(clause):
        return "background"  # no day to reckon from: a bare month is an earlier one
    if ordinal > 1 and (indefinite_past(tokens, mention) or habitual(tokens, mention)):
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


def _is_unreal(clause: str, told: int, cues: ScopeCues) -> bool:
    """Whether it is only planned; not so where a threat follows it ("took her and vowed to")."""
    planned = cues.unreal.search(clause) if cues.unreal.finds(clause) else None
    if planned is None:
        return False
    return planned.start() < told or " and " not in clause[told : planned.start() + 1]


def _is_feared(clause: str, told: int, mention: Mention, cues: ScopeCues) -> bool:
    """Whether it is only feared; the missing may be why ("fear more, as six are missing")."""
    fear = cues.feared.search(clause)
    if fear is None or " and " in clause[max(told, 0) : fear.start()]:
        return False  # "Five are missing, and rescuers fear that they are dead"
    if mention.kind != "missing":
        return True
    return _WHY.search(clause[fear.end() : max(told, fear.end())]) is None


_WHY = re2.compile(r"\b(?:as|because|since|with)\b")


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


def _conditional(tokens: Tokens, mention: Mention) -> bool:
    """Whether a condition holds a mention ("if five people die, the alarm sounds")."""
    if mention.rule not in ("subject", "passive", "active", "predicate"):
        return False
    if any(tokens.low[group.first] == "the" for group in mention.groups):
        return False
    first = min([mention.first, *(group.first for group in mention.groups)])
    for index in range(first - 1, -1, -1):
        if tokens.low[index] == "whether":
            return bool(mention.groups) and tokens.low[mention.groups[0].first] in _ANYBODY
        if tokens.low[index] in ("if", "unless"):
            if tokens.low[mention.first] in ("dies", "die"):
                return tokens.low[index - 1 : index] != ["even"]  # "let's see if he dies"
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


def _other_year(clause: str, told: int, cues: ScopeCues, setting: Setting) -> bool:
    """Whether the clause names a year that is not the article's own.

    Where it names both, the one right behind the casualty word is its year ("On 4 May 2018, a bomb
    went off at the tomb of a judge who was killed in 1909").
    """
    if not cues.year.finds(clause):
        return False
    if setting.year is None or str(setting.year) not in clause:
        return True
    behind = _IN_YEAR.match(clause, told)
    return behind is not None and int(behind.group(1)) < setting.year - 1


_WHEN_FORCES = re2.compile(
    r"^.* when (?:the |an? |several |some |armed )?(?:\w+ )?(?:police|army|soldiers|troops|forces"
    r"|officers|guards|gunmen|rebels|militants)\b"
)
"""Up to a turn at which somebody else begins to act."""

_IN_YEAR = re2.compile(r"\w+[^,;.:]{0,60}? (?:in|of|during) (?:the )?(?:\w+ )?((?:19|20)\d\d)\b")
