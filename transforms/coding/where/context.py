"""What the words around a place name say: preposition, noun, side, distance, containing place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.coding.where.tokens import Tokens

_REACH = 9
_FOREIGN_WORDS = 3
"""Words between a preposition and its place that may be neither noun for a place nor a side."""

_UNITS = {
    **dict.fromkeys(("km", "kms", "kilometers", "kilometres", "kilometer", "kilometre"), 1.0),
    **dict.fromkeys(("miles", "mile"), 1.609),
    **dict.fromkeys(("meters", "metres"), 0.001),
}
"""Kilometres."""

_ROADS = frozenset(("road", "highway", "motorway", "route", "railway", "line", "track"))

_PEOPLE = frozenset(("people", "residents", "inhabitants"))

_BREAKING = frozenset(("and", "with", "while", "near", "from"))
_SMALL = frozenset(("the", "a", "an", "its", "this", "that", "their"))

Span = tuple[int, int, str]


@dataclass(slots=True)
class Context:
    """The surroundings of one name; see `PlaceMention`."""

    relation: str = ""
    noun: str = ""
    side: str = ""
    distance: float | None = None
    within: int | None = None
    joined: bool = False
    talk: bool = False


def read_context(tokens: Tokens, spans: Sequence[Span], number: int) -> Context:
    """Reads the words around name `number` of the sentence.

    Args:
        tokens: the sentence.
        spans: all its names: first token, one past the last token, kind.
        number: which of them.
    """
    first, last, kind = spans[number]
    context = Context(noun=tokens.noun_after(last))
    _walk_back(tokens, spans, number, context)
    if not context.relation:
        context.relation = _without_preposition(tokens, first, last, kind)
    if context.within is None:
        context.within = _container(tokens, spans, number)
    return context


def _walk_back(tokens: Tokens, spans: Sequence[Span], number: int, context: Context) -> None:
    """Goes back to the preposition, over nouns, sides, other names and a few other words."""
    first, words = spans[number][0], tokens.words
    ends = {span[1]: n for n, span in enumerate(spans[:number])}
    at, foreign = first - 1, 0
    for _ in range(_REACH):
        if at < 0:
            return
        low = tokens.low[at]
        if at + 1 in ends:
            if not _step_over_name(tokens, spans, number, ends[at + 1], context):
                return
            at = spans[ends[at + 1]][0]
        elif low == "of":
            if not _step_over_of(tokens, at, context):
                return
            at -= 1
        elif low in words.at or low in words.towards:
            _read_preposition(tokens, at, context)
            return
        elif low in words.sides:
            context.side = context.side or low
        elif low in words.nouns:
            context.noun = context.noun or low
        elif low in (",", "(") and tokens.noun_kind(at - 1) and at == first - 1:
            pass  # "in another town, X,"; "a town (X)"
        elif low in words.saying or not (low[0].isalpha() or low == "-"):
            return
        else:
            foreign += low not in _SMALL
            named = tokens.cap[at] and not tokens.caps and not tokens.opens(at)
            if foreign > _FOREIGN_WORDS or named:
                return
        at -= 1


def _read_preposition(tokens: Tokens, at: int, context: Context) -> None:
    low, before = tokens.low[at], {tokens.word(at - 1), tokens.word(at - 2)}
    context.relation = low
    if tokens.word(at - 1) in tokens.words.houses:
        before = set()  # "at a funeral home in X"
    context.talk = not before.isdisjoint(tokens.words.talk)
    if low == "with" and before & tokens.words.borders:
        context.relation = "border"
    elif low == "from" and tokens.word(at - 1) in _ROADS:
        context.relation = "between"  # "the road from X to Y"
    elif low == "from" and tokens.word(at - 1) in _UNITS:
        context.relation = "away from"
        context.distance = _distance(tokens, at - 1)


def _step_over_name(
    tokens: Tokens, spans: Sequence[Span], number: int, other: int, context: Context
) -> bool:
    """Whether the walk goes on before another name: "the Iraqi X", "Y's X", "the Y town of X"."""
    kind, own = spans[other][2], spans[number][2]
    possessive = tokens.possessive[spans[other][1] - 1]
    if kind not in ("people", "country") and not possessive and not context.noun:
        return False
    larger = kind == "country" or own not in ("admin1", "country")
    if kind != "people" and larger and (possessive or context.noun):
        context.within = other
    return True


def _step_over_of(tokens: Tokens, at: int, context: Context) -> bool:
    """Reads "south of", "town of", "outskirts of"; False where the walk ends here."""
    before, words = tokens.word(at - 1), tokens.words
    kind = tokens.noun_kind(at - 1)
    if before in words.directions:
        context.relation = f"{before} of"
        context.distance = _distance(tokens, at - 2)
        return False
    if before in _PEOPLE:
        context.relation = "of"  # "residents of X were dead"
        return False
    if before in words.parts and kind not in ("town", "admin2", "inner"):
        if before in words.fringes:
            context.relation = f"{before} of"
        return before not in words.fringes
    if before in words.fringes:
        context.relation = f"{before} of"
        return False
    if kind:
        context.noun = context.noun or before
        return True
    named = at > 0 and tokens.starts_name(at - 1) and not tokens.opens(at - 1)
    context.relation = "from" if named else "of"  # "Jane Doe of X" may have died anywhere
    return False


def _distance(tokens: Tokens, at: int) -> float | None:
    while at >= 0 and tokens.low[at] in ("to", "the", "due"):
        at -= 1
    factor = _UNITS.get(tokens.word(at))
    number = tokens.word(at - 1).replace(",", "")
    return float(number) * factor if factor and number.replace(".", "", 1).isdigit() else None


def _without_preposition(tokens: Tokens, first: int, last: int, kind: str) -> str:
    following = tokens.word(last)
    if tokens.word(first - 1) in tokens.words.bordering or following in tokens.words.borders:
        return "border"
    if following in tokens.words.saying:
        return "subject"
    if kind != "people" and following.isalpha() and tokens.adjoins(last - 1, last):
        return "adjunct"
    return ""


def _container(tokens: Tokens, spans: Sequence[Span], number: int) -> int | None:
    """The later name in which this one lies: "X, Y", "X in Y", "X (Y)"."""
    last, words = spans[number][1], tokens.words
    if tokens.noun_after(last):
        last += 1 if tokens.noun_kind(last) else 2
    following = number + 1
    if following + 1 < len(spans) and (
        spans[following][2] == "people" or tokens.possessive[spans[following][1] - 1]
    ):
        following += 1  # "in X in the Iraqi province of Y", "in X in Iraq's Y province"
    if following >= len(spans):
        return None
    first, end, kind = spans[following]
    gap = [t for t in tokens.low[last:first] if t not in words.sides and t not in words.nouns]
    if not gap or gap[0] not in (",", "(", "in", "of"):
        return None
    if gap == ["of"] and (kind not in ("admin1", "country") or spans[number][2] == "admin1"):
        return None  # "the X district of Y" is the other way round
    described = tokens.word(first - 1) == "of" or bool(tokens.noun_after(end))
    if len(gap) > (6 if described else 3) or any(
        word in _BREAKING or word in words.saying for word in gap[1:]
    ):
        return None
    return following if described or set(gap) <= {",", "(", "in", "of", "the", "a"} else None
