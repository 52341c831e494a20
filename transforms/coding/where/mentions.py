"""Place names in one sentence, and what the words around them say.

Inside a run the longest names win; what remains beside a name decides whether it is one ("Paris
Hilton", "New York Times"), and a run that no one knows is still a place where the words around it
say so ("the village of X", "in X", "X district").
"""

from __future__ import annotations

from typing import NamedTuple

from transforms.coding.where.context import Context, read_context
from transforms.coding.where.gazetteer import Candidate, Gazetteer
from transforms.coding.where.hints import letters_in, may_be_place
from transforms.coding.where.runs import Match, read_run, run_end
from transforms.coding.where.tokens import Tokens, tokenise
from transforms.coding.where.words import side_of

_SPECIAL = ("people", "country", "capital", "side")
_SEATS = ("capital", "city")


class PlaceMention(NamedTuple):
    """One place name in a sentence.

    Attributes:
        start: offset in the sentence of the first letter of `text`; `end` is one past the last.
        text: the name in the article's words, without "town of", "province" and the like.
        kind: country, admin1, admin2, place, region, water, people (a demonym), capital ("the
            capital", "this city"), side ("the country's south"); of a name that may be several,
            the kind of the largest.
        relation: the words that tie the event to it: "in", "near", "south of", "from", ...;
            "adjunct" ("a Beirut bombing"), "subject" ("Washington said"), "name" (part of the name
            of something else), "border", "" (none seen).
        tie: what sort of relation: at, near (close by), towards, or "" (any other).
        noun: the noun that says what it is ("town", "province", "district"), or "".
        noun_kind: what the noun is for: admin1, admin2, inner (part of a town), town, site, area,
            water, or "".
        side: "northern", "central", ..., or "".
        distance: kilometres from it, where the sentence says how many.
        within: index in the sentence's mentions of the one that this one lies in ("X, Y"; "Y's
            X"), or None.
        joined: whether "and", "or" or a dash joins it to the mention before ("in X and Y").
        talk: whether the words before speak of a meeting, a speaker or a hospital there, and not
            of the event.
        candidates: what the name may stand for, likeliest by itself first; empty for names that
            nobody knows.
    """

    start: int
    end: int
    text: str
    kind: str
    relation: str = ""
    tie: str = ""
    noun: str = ""
    noun_kind: str = ""
    side: str = ""
    distance: float | None = None
    within: int | None = None
    joined: bool = False
    talk: bool = False
    candidates: tuple[Candidate, ...] = ()


def find_places(text: str, gazetteer: Gazetteer) -> list[PlaceMention]:
    """The place names of one sentence, in order.

    Args:
        text: the sentence; may be all capitals.
        gazetteer: the names to look for.

    Returns:
        One mention per name; demonyms and countries included, names of persons, papers and bodies
        left out.
    """
    letters = letters_in(text, gazetteer)
    if not letters:
        return []
    words = gazetteer.words
    tokens = tokenise(text, words, gazetteer.ordinary)
    matches: list[Match] = []
    low, past, openers = tokens.low, 0, words.openers
    marks = zip(tokens.cap, low, strict=True)
    for at in [n for n, (capital, word) in enumerate(marks) if capital or word in openers]:
        if at < past:
            continue
        if low[at] in _SEATS and _is_seat(tokens, at):
            matches.append(Match(at, at + 1, (), special="capital"))
        elif low[at] in words.directions and _is_side(tokens, at):
            matches.append(Match(at, at + 1, (), special="side"))
        if not tokens.starts_name(at):
            continue
        past = run_end(tokens, at)
        if may_be_place(letters, at, past):
            matches += read_run(tokens, at, past, gazetteer)
    return _mentions(tokens, matches) if matches else []


def _is_seat(tokens: Tokens, at: int) -> bool:
    """Whether "the capital", "this city" stands for a place and does not introduce its name."""
    if tokens.word(at - 1) in tokens.words.seat_ranks:
        return False
    if tokens.possessive[at] or tokens.word(at + 1) == "of":
        return False
    named = at + 1 < len(tokens) and tokens.starts_name(at + 1)
    if named and not tokens.words.dated(tokens.low[at + 1]):
        return False
    if tokens.low[at] == "city":
        return tokens.word(at - 1) == "this" and tokens.word(at - 2) in tokens.words.at
    return tokens.word(at + 1) not in tokens.words.not_after_capital


def _is_side(tokens: Tokens, at: int) -> bool:
    """Whether "the south", "the country's restive northwest" is a part of the country."""
    words, before, after = tokens.words, tokens.word(at - 1), tokens.word(at + 1)
    opened = before in words.side_openers
    opened = opened or (before == "the" and tokens.word(at - 2) in words.at)
    return opened and (not after or after in words.side_closers or words.dated(after))


def _mentions(tokens: Tokens, matches: list[Match]) -> list[PlaceMention]:
    spans = [(m.first, m.last, m.kind) for m in matches]
    contexts: list[Context] = []
    mentions = []
    for number, match in enumerate(matches):
        context = read_context(tokens, spans, number)
        if number and (context.relation in ("", "adjunct") or _is_end(context, contexts[-1])):
            _inherit(tokens, matches[number - 1], match, contexts[-1], context)
        contexts.append(context)
        if match.weak or _bare(tokens, match, context):
            context.relation = "name"
        mentions.append(_mention(tokens, match, context))
    return mentions


def _mention(tokens: Tokens, match: Match, context: Context) -> PlaceMention:
    start, end = tokens.start[match.first], tokens.name_end(match.last - 1)
    # "Colonia Rosales in Culiacan": a part of that town, and none of the towns of its name
    part = context.within is not None and tokens.noun_kind(match.first - 1) == "inner"
    return PlaceMention(
        start=start,
        end=end,
        text=tokens.source[start:end],
        kind=match.kind,
        relation=context.relation,
        tie=_tie(tokens, context.relation),
        noun=context.noun,
        noun_kind=tokens.words.nouns.get(context.noun, ""),
        side=side_of(tokens.low[match.first]) if match.special == "side" else context.side,
        distance=context.distance,
        within=context.within,
        joined=context.joined,
        talk=context.talk,
        candidates=() if part else match.candidates,
    )


def _tie(tokens: Tokens, relation: str) -> str:
    words = tokens.words
    if relation in words.near or relation.endswith((" of", " from")):
        return "near"
    return "at" if relation in words.at else "towards" if relation in words.towards else ""


def _is_end(context: Context, previous: Context) -> bool:
    """Whether a name is the second of "the road from X to Y"."""
    return context.relation == "to" and previous.relation == "between"


def _inherit(
    tokens: Tokens, left: Match, right: Match, previous: Context, context: Context
) -> None:
    """Gives the second name of "in X and Y" the relation of the first."""
    between = list(tokens.low[left.last : right.first])
    linked = 0 < len(between) <= 2 and set(between) <= {"and", "or", "-", "--", ",", "to"}
    if left.kind in _SPECIAL or right.kind in _SPECIAL or not linked or between == [","]:
        return
    context.joined = True
    context.relation, context.talk = previous.relation, previous.talk
    context.within = previous.within if context.within is None else context.within


def _bare(tokens: Tokens, match: Match, context: Context) -> bool:
    """Whether, in all-capital text, nothing but its letters speaks for a place.

    As like as not it is a surname.
    """
    if not tokens.caps or match.kind in _SPECIAL or context.noun or context.within is not None:
        return False
    owner = tokens.possessive[match.last - 1] and _tie(tokens, context.relation) != "at"
    return owner or context.relation in ("", "adjunct", "subject")
