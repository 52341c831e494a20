"""The scope of a mention: news, recalled, a total over many events, or not real.

Source: codebook section 2. The cues are regular expressions in data/reference/lexicon/scope.toml,
tried on the clause of the mention with RE2, so that no text can make them slow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import re2

from transforms.coding.lexicon import PUNCTUATION, REPORTING, SUBORDINATOR, Lexicon
from transforms.coding.mentions import Mention
from transforms.coding.tokens import Tokens


@dataclass(frozen=True, slots=True)
class ScopeCues:
    """The compiled cues of scope.toml."""

    aggregate: Any
    background: Any
    unreal: Any
    denied: Any
    denied_that: Any
    disaster: Any
    one_town: Any
    lasting: Any
    since_day: Any
    one_cause: Any
    since_one: Any
    dated_event: Any
    inquiry: Any
    reaction: Any
    month: Any
    taking: Any
    legal: Any
    year: Any
    fiction: Any
    sport: Any
    natural: Any
    corrected: Any
    disputed: Any
    feared: Any
    counted_attacks: Any
    no_attack_name: Any
    invented: Any
    review: Any
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

    def union(name: str) -> Any:
        return re2.compile("|".join(f"(?:{p})" for p in lexicon.cues[name]))

    return ScopeCues(
        union("aggregate"),
        union("background"),
        union("unreal"),
        union("denied"),
        union("denied_that"),
        union("disaster"),
        union("one_town"),
        union("lasting"),
        union("since_day"),
        union("one_cause"),
        union("since_one"),
        union("dated_event"),
        union("inquiry"),
        union("reaction"),
        union("month"),
        union("taking"),
        union("legal"),
        union("year"),
        union("fiction"),
        union("sport"),
        union("natural"),
        union("corrected"),
        union("disputed"),
        union("feared"),
        union("counted_attacks"),
        union("no_attack_name"),
        union("invented"),
        union("review"),
        union("idiom"),
        union("bodily"),
        union("spread"),
        union("murder_suicide"),
        union("murder_tried"),
        frozenset(lexicon.cues["plural_events"]),
    )


_MASSES = frozenset(("thousands", "tens_of_thousands", "hundreds_of_thousands", "millions"))
"""Words that no single attack's toll is told with; only disasters have such tolls."""


_ORDINALS = frozenset(("another", "second", "third", "fourth", "fifth", "sixth"))

_LEAD = 2
"""Up to this sentence "the murder of the mayor" is the news itself; further down it is recalled."""

_LARGE = 1000
"""A toll from here on is a war's or a plague's, not an attack's (the largest attack in the tuning
sets counts 350), unless a disaster is named."""


def clause_of(tokens: Tokens, mention: Mention, mentions: list[Mention]) -> tuple[int, int]:
    """First and last character of the stretch that speaks of a mention.

    It ends where another clause with another mention begins, so that "killed two on Monday, while
    five have died since 2003" is told apart.
    """
    position = mentions.index(mention)
    begin, end = 0, len(tokens.low)
    first, last = _extent(mention)
    before = [stop for other in mentions[:position] if (stop := _extent(other)[1]) <= first]
    after = [(_extent(other)[0], other.piece > 1) for other in mentions[position + 1 :]]
    after = [(start, split) for start, split in after if last <= start]
    if before:
        opens = _break(tokens, min(before), first, last_one=True)
        begin = max(before) if mention.piece > 1 else (opens or 0)
    if after:
        closes = _break(tokens, last, max(start for start, _ in after), last_one=False)
        cuts = [start for start, split in after if split]
        end = min([end, *cuts, *([] if closes is None else [closes])])
    return tokens.start[begin], tokens.end[end - 1]


def _extent(mention: Mention) -> tuple[int, int]:
    """First token and the one after the last of a mention's victims and casualty word."""
    first = [group.first for group in mention.groups]
    last = [group.last for group in mention.groups]
    if not mention.piece > 1:
        first.append(mention.first)
        last.append(mention.last)
    return min(first), max(last)


def _break(tokens: Tokens, start: int, stop: int, *, last_one: bool) -> int | None:
    """The token at which a new clause begins between two mentions, or None."""
    low, flags = tokens.low, tokens.flags
    order = range(stop - 1, start - 1, -1) if last_one else range(start, stop)
    for i in order:
        if (
            (flags[i] & SUBORDINATOR and low[i] != "that")
            or flags[i] & REPORTING
            or (low[i] in _ORDINALS and i and low[i - 1] in ("a", "the", "and"))
            or (low[i] == "," and i + 1 < stop and low[i + 1].endswith("ing"))
            or (flags[i] & PUNCTUATION and low[i] in (";", "-", "–", "—", ":"))
        ):
            return i
    return None


def scope_of(
    tokens: Tokens,
    mention: Mention,
    mentions: list[Mention],
    cues: ScopeCues,
    ordinal: int,
    setting: Setting,
) -> str:
    """The scope of one mention: incident, background, aggregate or hypothetical."""
    joined = _joined_to(tokens, mention, mentions)
    if joined is not None:
        return scope_of(tokens, joined, mentions, cues, ordinal, setting)
    if mention.unreal or mention.negated:
        return "hypothetical"
    begin, end = clause_of(tokens, mention, mentions)
    clause = tokens.text[begin:end].lower()
    if (
        cues.unreal.search(clause)
        and mention.rule in ("active", "possessive", "nominal")
        and mention.groups
        and mention.groups[0].kind != "number"
    ):
        return "hypothetical"
    if any(cue.search(clause) for cue in (cues.denied, cues.fiction, cues.feared)):
        return "hypothetical"
    if mention.rule in ("subject", "passive", "predicate") and cues.denied_that.search(clause):
        return "hypothetical"
    dated = cues.dated_event.search(clause)
    if dated and (setting.year is None or str(setting.year) not in dated.group()):
        return "background"
    if _sums_up(mention, clause, cues, setting):
        return "aggregate"
    if (
        not mention.piece
        and mention.rule in ("active", "participle", "left")
        and _plural_agent(tokens, mention, cues)
    ):
        return "aggregate"
    before = tokens.text[begin : max(begin, tokens.start[mention.first])].lower()
    if cues.background.search(clause) or _other_year(clause, cues, setting):
        return "background"
    if cues.legal.search(before):
        mention.court = mention.rule != "counted"  # "convicted of four murders" tells no victims
        return "background"
    if ordinal > 1 and not setting.dated and cues.month.search(clause):
        return "background"  # no day to reckon from: a bare month is an earlier one
    if ordinal > 1 and _indefinite_past(tokens, mention):
        return "aggregate"
    if mention.kind == "abducted" and mention.rule == "counted" and not cues.taking.search(clause):
        return "background"
    if mention.rule in ("possessive", "nominal") and mention.groups[0].kind in ("one", "name"):
        inquiry = bool(cues.inquiry.search(clause))
        mention.recalled = True
        mention.court = inquiry
        recalled = ordinal > _LEAD or mention.rule == "possessive" or inquiry
        if cues.reaction.search(clause):
            mention.recalled, recalled = True, ordinal > _LEAD
        return "background" if recalled else "incident"
    if mention.rule == "attributive" and mention.kind in ("killed", "injured"):
        return "background"
    return "incident"


def _sums_up(mention: Mention, clause: str, cues: ScopeCues, setting: Setting) -> bool:
    """Whether the clause gives a total over many events."""
    if cues.since_one.search(clause):
        return False
    counted = cues.counted_attacks.search(clause)
    if cues.aggregate.search(clause) or (
        counted and not cues.no_attack_name.search(counted.group())
    ):
        return (
            not cues.one_town.search(clause)
            or bool(cues.spread.search(clause))
            or cues.lasting.search(clause)
        )
    if mention.kind == "killed" and cues.since_day.search(clause):
        return not cues.one_cause.search(clause)
    large = sum(g.value or 0 for g in mention.groups) >= _LARGE
    massive = any(g.convention in _MASSES for g in mention.groups)
    return (large or massive) and not setting.disaster and not cues.disaster.search(clause)


def _plural_agent(tokens: Tokens, mention: Mention, cues: ScopeCues) -> bool:
    """As in "bombings last week killed 34": several attacks are the subject."""
    low = tokens.low
    index = mention.first - 1
    while index >= 0 and index > mention.first - 14:
        if low[index] in cues.plural_events:
            relative = low[index + 1 : index + 2] in (["that"], ["which"], [","])
            return not (relative and "the" in low[max(index - 4, 0) : index])
        if low[index] in (";",) or (low[index] in ("that", "which") and index < mention.first - 2):
            return False
        index -= 1
    return False


def _other_year(clause: str, cues: ScopeCues, setting: Setting) -> bool:
    """Whether the clause names a year that is not the article's own."""
    if not cues.year.search(clause):
        return False
    return setting.year is None or str(setting.year) not in clause


def mark_murder_suicide(
    mentions: list[Mention], sentence: str, opening: str, cues: ScopeCues
) -> bool:
    """Make those who were shot in a murder-suicide dead, where the words only say "shot".

    Args:
        mentions: those of one sentence.
        sentence: the sentence in lower case.
        opening: the first sentences of the article in lower case.
        cues: the compiled cues.

    Returns:
        Whether the sentence itself calls it a murder-suicide.
    """
    here, tried = cues.murder_suicide.search(sentence), cues.murder_tried.search
    if not (here or cues.murder_suicide.search(opening)) or tried(f"{opening} {sentence}"):
        return False
    oneself = any(mention.attackers or mention.rule == "phrase" for mention in mentions)
    for mention in mentions:
        if mention.kind == "injured" and mention.weak and (here or oneself):
            mention.kind, mention.weak = "killed", False
            mention.attackers = mention.attackers or mention.rule == "phrase"
    return bool(here)


def is_no_casualty(
    tokens: Tokens, mention: Mention, mentions: list[Mention], cues: ScopeCues, opening: str
) -> bool:
    """Figures of speech, fiction, sports injuries and natural deaths: no claim at all."""
    text = tokens.text.lower()
    if cues.invented.search(text):
        return True
    for match in cues.idiom.finditer(text):
        if match.start() <= tokens.start[mention.first] < match.end():
            return True
    if mention.kind == "injured":
        word = tokens.low[mention.first]
        vague = all(group.best is None for group in mention.groups)
        around = text if vague else f"{opening} {text}"
        beside_dead = any(other.kind == "killed" for other in mentions)
        unsure = word.startswith("hurt") or word in _HOSPITAL
        if unsure and not beside_dead and not cues.bodily.search(around):
            return True
        return bool(cues.sport.search(text))
    single = len(mention.groups) == 1 and mention.groups[0].value == 1
    return mention.rule == "subject" and single and bool(cues.natural.search(text))


def speaks_generally(tokens: Tokens, mention: Mention, lexicon: Lexicon) -> bool:
    """As in "nobody wants to see a child killed": somebody quoted speaks of anybody's child."""
    if len(mention.groups) != 1 or mention.groups[0].value != 1:
        return False
    text, at = tokens.text, tokens.start[mention.first]
    quoted = text.rfind("“", 0, at) > text.rfind("”", 0, at) or text.count('"', 0, at) % 2 == 1
    first = mention.groups[0].first
    if not quoted or tokens.low[first] not in ("a", "an", "another"):
        return False
    return tokens.low[first + 1] in lexicon.years


_HOSPITAL = frozenset(("condition", "fighting", "battling", "clinging"))
"""Openings of what is said of the sick too ("in critical condition", "fighting for his life")."""


def _indefinite_past(tokens: Tokens, mention: Mention) -> bool:
    """As in "have killed several clerics": the perfect with vague figures tells no single event."""
    vague = all(g.best is None and g.convention not in ("dozens", "scores") for g in mention.groups)
    near = tokens.low[max(mention.first - 3, 0) : mention.first]
    perfect = {"have", "has"} & set(near) and "to" not in near
    return vague and bool(perfect) and mention.rule in ("active", "passive", "subject")


def _joined_to(tokens: Tokens, mention: Mention, mentions: list[Mention]) -> Mention | None:
    """The mention before, where only "and" stands between ("killing one and wounding eleven")."""
    position = mentions.index(mention)
    if position == 0 or mention.unreal or mention.negated or mention.zero:
        return None
    before = mentions[position - 1]
    start = min([mention.first, *(g.first for g in mention.groups)])
    stop = max([before.last, *(g.last for g in before.groups)])
    between = tokens.low[stop:start]
    if not 0 < len(between) <= 2 or any(word not in ("and", ",", "or") for word in between):
        return None
    return before if before.kind != mention.kind and not before.zero else None
