"""What the words before and after a place name say of it: preposition, noun, side, distance, containing place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.coding.where import words as w
from transforms.coding.where.tokens import Tokens

_REACH = 9
_UNITS = {"km": 1.0, "kms": 1.0, "kilometers": 1.0, "kilometres": 1.0, "kilometer": 1.0, "kilometre": 1.0,
          "miles": 1.609, "mile": 1.609, "meters": 0.001, "metres": 0.001}  # fmt: skip

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
    ends = {span[1]: n for n, span in enumerate(spans[:number])}
    context = Context(noun=tokens.noun_after(last))
    _walk_back(tokens, spans, ends, first, kind, context)
    if not context.relation:
        context.relation = _without_preposition(tokens, first, last, kind)
    _containers(tokens, spans, number, context)
    return context


def _walk_back(
    tokens: Tokens, spans: Sequence[Span], ends: dict[int, int], first: int, own: str, context: Context
) -> None:
    at = first - 1
    foreign = 0
    for _ in range(_REACH):
        if at < 0:
            return
        low = tokens.low[at]
        if at + 1 in ends:  # another name stands before: step over it
            other = ends[at + 1]
            kind = spans[other][2]
            if kind in ("people", "country") or tokens.possessive[at] or context.noun:
                if kind != "people" and own not in ("admin1", "country") and (tokens.possessive[at] or context.noun):
                    context.within = other
                at = spans[other][0] - 1
                continue
            return
        if low == "of":
            if not _step_over_of(tokens, at, context):
                return
            at -= 2
        elif low in w.AT or low in w.TOWARDS:
            context.relation = low
            context.talk = bool({tokens.word(at - 1), tokens.word(at - 2)} & w.TALK)
            return
        elif low in w.SIDES:
            context.side = context.side or low
            at -= 1
        elif low in w.PLACE_NOUNS:
            context.noun = context.noun or low
            at -= 1
        elif low in (",", "(") and tokens.word(at - 1) in w.PLACE_NOUNS and at == first - 1:
            at -= 1  # "in another town, X,"; "a town (X)"
        elif low in w.SAYING or not tokens.text[at].isalpha() and low not in ("-", "'s"):
            return
        else:
            foreign += low not in ("the", "a", "an", "its", "this", "that", "their")
            if foreign > 3 or (tokens.cap[at] and not tokens.caps and not tokens.opens(at)):
                return
            at -= 1


def _step_over_of(tokens: Tokens, at: int, context: Context) -> bool:
    """Reads "south of", "town of", "outskirts of"; False where the walk ends here."""
    before = tokens.word(at - 1)
    if before in w.DIRECTIONS:
        context.relation = f"{before} of"
        context.distance = _distance(tokens, at - 2)
        return False
    if before in w.PARTS and before not in w.TOWN_NOUNS | w.ADMIN2_NOUNS:
        if before in ("outskirts", "suburb", "suburbs", "vicinity", "edge"):
            context.relation = f"{before} of"
            return False
        return True
    if before in w.PLACE_NOUNS:
        context.noun = context.noun or before
        return True
    context.relation = "of"
    return False


def _distance(tokens: Tokens, at: int) -> float | None:
    while at >= 0 and tokens.low[at] in ("to", "the", "due"):
        at -= 1
    factor = _UNITS.get(tokens.word(at))
    if factor is None or at < 1:
        return None
    try:
        return float(tokens.low[at - 1].replace(",", "")) * factor
    except ValueError:
        return None


def _without_preposition(tokens: Tokens, first: int, last: int, kind: str) -> str:
    following = tokens.word(last)
    if following in w.SAYING:
        return "subject"
    if following == "border" or following == "frontier":
        return "border"
    if kind != "people" and last < len(tokens) and following.isalpha() and tokens.adjoins(last - 1, last):
        return "adjunct"
    return ""


def _containers(tokens: Tokens, spans: Sequence[Span], number: int, context: Context) -> None:
    """Marks "X, Y", "X in Y" and "X (Y)": the earlier name lies in the later one."""
    if context.within is not None:
        return
    last = spans[number][1]
    if tokens.noun_after(last):
        last += 1 if tokens.word(last) in w.PLACE_NOUNS else 2
    following = number + 1
    if following < len(spans) and spans[following][2] == "people":
        following += 1  # "in Hamrin in the Iraqi province of Diyala"
    if following >= len(spans):
        return
    first = spans[following][0]
    gap = [t for t in tokens.low[last:first] if t not in w.SIDES and t not in w.PLACE_NOUNS]
    if gap[:1] == ["of"] and (spans[following][2] not in ("admin1", "country") or spans[number][2] == "admin1"):
        return  # "the Baghdad district of X" is the other way round
    described = tokens.word(first - 1) == "of" or bool(tokens.noun_after(spans[following][1]))
    if not gap or gap[0] not in (",", "(", "in", "of") or len(gap) > (6 if described else 3):
        return
    if any(t in w.SAYING or t in ("and", "with", "while", "near", "from") for t in gap[1:]):
        return
    if described or set(gap) <= {",", "(", "in", "of", "the", "a"}:
        context.within = following
