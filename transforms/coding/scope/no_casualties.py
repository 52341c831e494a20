"""Casualty words that tell of no casualty: figures of speech, films, sport, old age, anybody."""

from __future__ import annotations

from transforms.coding.mention import Mention
from transforms.coding.scope.matter import Matter
from transforms.coding.scope.natural import is_natural, names_in
from transforms.coding.text.tokens import Tokens
from transforms.coding.where.gazetteer import Gazetteer
from transforms.coding.where.names import fold_name
from transforms.coding.words.lexicon import (
    CAPITAL,
    DETERMINER,
    MONTH,
    NUMBER,
    PERSON,
    PREPOSITION,
    WEEKDAY,
    Lexicon,
)
from transforms.coding.words.rules import RuleWords


def is_no_casualty(
    tokens: Tokens,
    mention: Mention,
    mentions: list[Mention],
    matter: Matter,
    lexicon: Lexicon,
    *,
    ordinal: int,
    after_dead: bool = False,
) -> bool:
    """Figures of speech, names, fiction, sports injuries and natural deaths: no claim at all.

    `ordinal` is the sentence's; `after_dead` says that the article has told of dead before.
    """
    text, cues = tokens.text.lower(), matter.cues
    if cues.invented.finds(text) and not cues.attested.finds(text):
        return True
    if mention.kind == "missing" and cues.turned_up.finds(text):
        return True
    if _is_name(tokens, mention) or (_is_of_story(mention, tokens, ordinal) and matter.is_fiction):
        return True
    if _has_no_victim(tokens, mention, lexicon):
        return True
    for match in cues.idiom.finditer(text):
        if match.start() <= tokens.start[mention.first] < match.end():
            return True
    if mention.kind == "injured":
        return _is_no_injury(tokens, mention, mentions, matter, lexicon, after_dead)
    ends = {tokens.low[mention.first], tokens.low[mention.last - 1]}
    gentle = mention.rule == "phrase" and ends <= lexicon.words.gentle
    if gentle and not cues.bodily.finds(f"{matter.opening} {text}"):
        return True
    if is_natural(tokens, mention, matter, ordinal):
        matter.taken_by_nature |= names_in(tokens, mention.groups[0])
        return True
    return False


def _has_no_victim(tokens: Tokens, mention: Mention, lexicon: Lexicon) -> bool:
    """Whether it tells of a lake, of what is carried out or whom a team does without."""
    low, flags, last = tokens.low, tokens.flags, mention.last
    if low[mention.first] == "missing" and mention.rule == "predicate" and last < len(low):
        return bool(flags[last] & CAPITAL) and not flags[last] & (WEEKDAY | MONTH | PREPOSITION)
    if any(low[group.first] in _EACH and group.kind != "number" for group in mention.groups):
        return True  # "paid for each suspect killed"
    carried_out = low[mention.first] == "execution" and mention.rule == "nominal"
    return bool(mention.groups) and all(
        (group.kind == "name" and low[group.first] in lexicon.words.named_things)
        or (carried_out and group.uncertain)
        for group in mention.groups
    )


_EACH = frozenset(("each", "every"))


def _is_no_injury(
    tokens: Tokens,
    mention: Mention,
    mentions: list[Mention],
    matter: Matter,
    lexicon: Lexicon,
    after_dead: bool,
) -> bool:
    text, known, cues = tokens.text.lower(), lexicon.words, matter.cues
    nouns = [tokens.low[group.last - 1 : group.last + 1] for group in mention.groups]
    if any(not known.bodies.isdisjoint(noun) for noun in nouns):
        return True  # "28 bodies had been taken to a hospital"
    word = tokens.low[mention.first]
    vague = all(group.best is None for group in mention.groups)
    around = text if vague else f"{matter.opening} {text}"
    beside_dead = after_dead or any(other.kind == "killed" for other in mentions)
    if word in known.sick_too and _names_illness(tokens, known):
        return True
    hurt = not known.hurts.isdisjoint(
        tokens.low[mention.last :]
    )  # "taken to hospital with injuries"
    sick = word in known.sick_too and not hurt
    unsure = word.startswith("hurt") or sick or mention.rule == "sent"
    if unsure and not beside_dead and not cues.bodily.finds(around):
        return True
    if _are_athletes(mention, tokens, lexicon) and _plays(mention, tokens, matter, lexicon):
        told = any(g.head >= 0 or g.kind == "number" for g in mention.groups)
        return not (told and cues.assailed.finds(text))
    named = all(group.kind == "name" for group in mention.groups)
    return named and matter.is_sport and not cues.bodily.finds(text)


def _are_athletes(mention: Mention, tokens: Tokens, lexicon: Lexicon) -> bool:
    """Whether those hurt in a sentence about sport may be who plays, and no spectators."""
    athletes, low = lexicon.words.athletes, tokens.low
    return all(
        group.head < 0 or low[group.head] in athletes or low[group.head] not in lexicon.roles
        for group in mention.groups
    )


def _plays(mention: Mention, tokens: Tokens, matter: Matter, lexicon: Lexicon) -> bool:
    """Whether a sentence tells of sport, or an article that opens with it tells of an athlete."""
    if matter.cues.sport.finds(tokens.text.lower()):
        return True
    heads = {tokens.low[group.head] for group in mention.groups if group.head >= 0}
    named = heads & lexicon.words.athletes and not heads & lexicon.sexes.keys()
    return bool(named) and matter.cues.sport.finds(matter.opening)


def _is_of_story(mention: Mention, tokens: Tokens, ordinal: int) -> bool:
    """Whether it tells what happens in a story or a game: in the present, or to first names."""
    word = tokens.low[mention.first]
    if ordinal and mention.rule in ("subject", "active") and word in _PRESENT:
        return True
    return all(group.kind == "name" for group in mention.groups)


_PRESENT = frozenset("die dies kill kills murder murders drown drowns wounds shoots stabs".split())


def _is_name(tokens: Tokens, mention: Mention) -> bool:
    """Whether a casualty word is part of a name ("Half Past Dead", "the Wounded Heart Fund")."""
    at, flags = mention.first, tokens.flags
    if not at or tokens.capitals or not flags[at] & CAPITAL or mention.last != at + 1:
        return False
    small = sum(w.isalpha() and not f & CAPITAL for w, f in zip(tokens.low, flags, strict=True))
    if small < _SMALL:
        return False  # a headline or a note
    before = _is_capital(flags[at - 1]) and tokens.end[at - 1] + 1 == tokens.start[at]
    after = (
        at + 1 < len(flags)
        and not flags[at + 1] & (PERSON | NUMBER | WEEKDAY)
        and tokens.text[tokens.end[at] + 1 : tokens.end[at] + 2].isupper()
        and tokens.end[at] + 1 == tokens.start[at + 1]
    )
    told = tokens.low[at].endswith("ed") or tokens.low[at] in ("shot", "slain")
    told = told or tokens.low[at + 1 : at + 2] == ["of"]
    return after or (before and at > 1 and not told)  # "Mayor Tom Diallo Killed in Gao"


def _is_capital(flag: int) -> bool:
    return flag & (CAPITAL | PERSON | NUMBER | DETERMINER | WEEKDAY) == CAPITAL


_SMALL = 3
"""Words without a capital that a sentence has in which capitals are names."""


def _names_illness(tokens: Tokens, words: RuleWords) -> bool:
    """Whether a sentence names what nobody did to anybody, outside of the names of hospitals."""
    return any(
        word in words.illnesses
        and not (at and tokens.flags[at] & tokens.flags[at - 1] & CAPITAL and not tokens.capitals)
        for at, word in enumerate(tokens.low)
    )


def is_capture_of_place(tokens: Tokens, mention: Mention, gazetteer: Gazetteer) -> bool:
    """Whether a town or a country is told to be taken ("rebels seized Goma")."""
    if mention.kind != "abducted" or len(mention.groups) != 1:
        return False
    group = mention.groups[0]
    if group.kind != "name" or group.head >= 0 or tokens.low[mention.first] in _OF_PEOPLE_ONLY:
        return False
    name = fold_name(tokens.text[tokens.start[group.first] : tokens.end[group.last - 1]])
    return any(
        place.kind != "people" and (place.kind != "place" or place.population >= _CITY)
        for place in gazetteer.lookup(name)
    )


_CITY = 50_000
"""People of a town whose name is no person's where it is told to be seized."""
_OF_PEOPLE_ONLY = frozenset(
    "abducted abducting abduct kidnapped kidnaped kidnapping kidnap kidnaps abducts".split()
)


def speaks_generally(tokens: Tokens, mention: Mention, lexicon: Lexicon) -> bool:
    """As in "nobody wants to see a child killed": somebody quoted speaks of anybody's child."""
    if len(mention.groups) != 1:
        return False
    low = tokens.low
    text, at = tokens.text, tokens.start[mention.first]
    quoted = text.rfind("“", 0, at) > text.rfind("”", 0, at) or text.count('"', 0, at) % 2 == 1
    first = mention.groups[0].first
    if quoted and low[first] == "people" and _IF.intersection(low[max(first - 2, 0) : first]):
        return True  # "when people get shot"
    anybody = mention.groups[0].value == 1 and low[first] in ("a", "an", "another")
    return quoted and anybody and low[first + 1] in lexicon.years


_IF = frozenset(("when", "if", "whenever", "see"))
