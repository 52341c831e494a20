"""Names in runs of capitalised words: which of them are places, given what stands beside them.

In text that is all capitals a run is a stretch of words that are no ordinary English words.
"""

from __future__ import annotations

from dataclasses import dataclass

from transforms.coding.where.gazetteer import Candidate, Gazetteer
from transforms.coding.where.names import fold_name
from transforms.coding.where.tokens import Tokens

_LONGEST_RUN = 12
_NAME_WORDS = 7

SOFT = ("people", "country")
"""Kinds that say a country even as part of another name."""


@dataclass(slots=True)
class Match:
    """A name at tokens `first` to `last` (exclusive), before its surroundings are read.

    Attributes:
        candidates: what it may stand for; empty for names that nobody knows.
        weak: whether it is part of the name of something else.
        special: "capital" or "side" for "the capital" and "the south", else "".
    """

    first: int
    last: int
    candidates: tuple[Candidate, ...]
    weak: bool = False
    special: str = ""

    @property
    def kind(self) -> str:
        """Kind of the likeliest candidate; place for unknown names."""
        return self.special or (self.candidates[0].kind if self.candidates else "place")


Piece = Match | int


def run_end(tokens: Tokens, start: int) -> int:
    """One past the last token of the run that begins at `start`.

    A run is of capitals, joined by spaces, hyphens and words such as "de", "of", "al".
    """
    at, last = start + 1, start + 1
    while at < len(tokens) and at - start < _LONGEST_RUN:
        if tokens.joins(at):
            at += 1
        elif tokens.starts_name(at) or (tokens.cap[at] and tokens.text[at - 1] == "-"):
            at += 1
            last = at
        else:
            break
    return last


def read_run(tokens: Tokens, start: int, end: int, gazetteer: Gazetteer) -> list[Match]:
    """The places among the tokens `start` to `end` of one run, in order."""
    start = _skip_opening(tokens, start, end)
    pieces: list[Piece] = []
    at = start
    while at < end:
        found = _longest(tokens, at, end, gazetteer)
        pieces.append(found or at)
        at = found.last if found else at + 1
    return _judge(tokens, start, end, pieces, gazetteer)


def _skip_opening(tokens: Tokens, start: int, end: int) -> int:
    """Skips words that are capitals only because a sentence begins with them."""
    function_words = tokens.words.function_words
    while start < end and tokens.opens(start) and tokens.low[start] in function_words:
        start += 1
    while start < end and not tokens.cap[start] and not tokens.starts_name(start):
        start += 1
    return start


def _longest(tokens: Tokens, at: int, end: int, gazetteer: Gazetteer) -> Match | None:
    """The longest name that begins at this token."""
    if not tokens.starts_name(at):
        return None
    if tokens.word(at - 1) == ",":
        for text in (tokens.text[at], tokens.text[at] + "."):
            short = gazetteer.abbreviated(text)
            if short and tokens.cap[at - 2] and (tokens.word(at + 1) == "." or text.isupper()):
                return Match(at, at + 1, (short,))
    longest = gazetteer.longest(tokens.low[at])
    if tokens.possessive[at]:
        longest = max(longest, gazetteer.longest(tokens.low[at] + "s"))  # "Cox's Bazar"
    limit = min(longest, _NAME_WORDS)
    for last in range(min(end, at + 2 * limit), at, -1):
        if not tokens.ends_name(last - 1):
            continue
        folded = fold_name(tokens.span(at, last))
        candidates = gazetteer.lookup(folded) if folded.count(" ") < limit else ()
        if candidates and _allows(tokens, at, last, folded, gazetteer):
            return Match(at, last, candidates)
    if limit and tokens.low[at] in tokens.words.articles and at + 1 < end:
        bare = _longest(tokens, at + 2 if tokens.text[at + 1] == "-" else at + 1, end, gazetteer)
        return Match(at, bare.last, bare.candidates) if bare else None
    return None


def _allows(tokens: Tokens, first: int, last: int, folded: str, gazetteer: Gazetteer) -> bool:
    """Whether a gazetteer name may be meant: no ordinary words, acronyms as they are written."""
    words, low = tokens.words, tokens.low[first]
    if folded in gazetteer.acronyms:
        text = tokens.span(first, last)
        return "." in text or (text.isupper() and not (tokens.caps and folded in words.wordlike))
    if last - first > 1:
        owned = tokens.possessive[first] and last - first == 2
        return tokens.caps or not owned or _told(tokens, first, last)
    if len(low) < 3 or words.dated(low) or low in words.no_places:
        return False
    if tokens.caps or tokens.opens(first):
        return not tokens.plain(first)
    if tokens.noun_kind(first) and not tokens.noun_after(last):
        return False
    return low not in words.function_words and low not in words.titles


def _judge(
    tokens: Tokens, start: int, end: int, pieces: list[Piece], gazetteer: Gazetteer
) -> list[Match]:
    """Which names of a run are places, given what stands beside them in it."""
    kept: list[Match] = []
    placed: bool | None = None
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        if not isinstance(piece, Match):
            stop = at
            while stop < len(pieces) and not isinstance(pieces[stop], Match):
                stop += 1
            unknown = _unknown_before(tokens, piece, pieces[stop : stop + 1], end, gazetteer)
            kept += [unknown] if unknown and (at == 0 or tokens.noun_after(unknown.last)) else []
            at = stop
            continue
        if placed is None:
            placed = _told(tokens, start, end)
        sides = _neighbour(tokens, pieces, at - 1), _neighbour(tokens, pieces, at + 1)
        verdict = _verdict(tokens, piece, *sides, placed)
        if verdict == "whole":
            kept.append(_whole(tokens, start if at and not kept else piece.first, end))
            break
        if verdict != "no":
            piece.weak = verdict == "weak"
            kept.append(piece)
        at += 1
    return kept


def _told(tokens: Tokens, first: int, last: int) -> bool:
    """Whether the words around say that a name is a place."""
    return tokens.placed(first) or tokens.named_place(first) or bool(tokens.noun_after(last))


def _whole(tokens: Tokens, first: int, last: int) -> Match:
    """The whole run as one unknown name, without words that are no part of it."""
    words = tokens.words
    while last - first > 1 and (
        words.dated(tokens.low[last - 1])
        or tokens.noun_kind(last - 1)
        or tokens.joins(last - 1)  # the "on" of "Miami-Dade on Sunday"
    ):
        last -= 1
    while last - first > 1 and (
        tokens.low[first] in words.no_places
        or tokens.low[first] in words.sides
        or tokens.joins(first)
    ):
        first += 1
    return Match(first, last, ())


def _neighbour(tokens: Tokens, pieces: list[Piece], at: int) -> Piece | None:
    """The piece of the run at this index; None outside it and at "and", "of", "the"."""
    if not 0 <= at < len(pieces):
        return None
    piece = pieces[at]
    if isinstance(piece, int) and tokens.low[piece] in tokens.words.loose_links:
        return None
    return piece


def _verdict(
    tokens: Tokens, match: Match, before: Piece | None, after: Piece | None, placed: bool
) -> str:
    """place, weak (evidence of a country only), whole (the run is one unknown name) or no."""
    soft = match.kind in SOFT
    if tokens.word(match.last) in tokens.words.currencies and not tokens.possessive[match.last - 1]:
        return "no"  # "50,000 US dollars"
    if tokens.is_titled(match.first) and match.kind != "people":
        return "no"
    if tokens.is_compound(match.last):
        return "weak"
    if isinstance(before, int) and tokens.adjoins(before, match.first):
        low = tokens.low[before]
        known = low in tokens.words.sides or tokens.noun_kind(before) or tokens.words.dated(low)
        if not known and not tokens.opens(before):
            return "weak" if soft else "whole" if placed else "no"
    if isinstance(after, int) and tokens.adjoins(match.last - 1, after):
        return _verdict_after(tokens, match, after, placed)
    if not soft and _doubled(tokens, match, before, after):
        return "whole" if placed and isinstance(after, Match) else "place" if placed else "no"
    return "no" if tokens.is_aged(match.last) and not placed else "place"


def _verdict_after(tokens: Tokens, match: Match, after: int, placed: bool) -> str:
    """The verdict where a capitalised word that is no place follows: "Paris Hilton"."""
    low = tokens.low[after]
    owns = tokens.possessive[match.last - 1]
    if low in tokens.words.name_nouns and not owns:
        return "weak"
    if low in _OF_CARE and not owns and not tokens.placed(match.first):
        return "weak"  # "Mosul Hospital received nine bodies"
    if owns or tokens.noun_kind(after) or tokens.words.dated(low) or match.kind == "people":
        return "place"
    if low in _OF_AIRPORTS and tokens.noun_kind(after + 1) == "site":
        return "place"  # "at Kuala Lumpur International Airport"
    if low in tokens.words.events and not tokens.adjoins_name(after):
        return "place"  # "in Little Rock Shooting"
    if match.kind in SOFT:
        return "weak" if tokens.possessive[after] or match.last - match.first > 1 else "no"
    return "whole" if placed else "no"


_OF_CARE = frozenset(("hospital", "clinic", "infirmary"))
_OF_AIRPORTS = frozenset(("international", "regional", "municipal"))


def _doubled(tokens: Tokens, match: Match, before: Piece | None, after: Piece | None) -> bool:
    """Whether two names that might be places stand side by side, as those of persons do."""
    if isinstance(before, Match) and before.kind not in SOFT:
        beside = tokens.adjoins(before.last - 1, match.first)
        if beside and not tokens.possessive[match.first - 1]:
            return True
    if isinstance(after, Match) and after.kind != "people":
        beside = tokens.adjoins(match.last - 1, after.first)
        return beside and not tokens.possessive[match.last - 1]
    return False


def _unknown_before(
    tokens: Tokens, first: int, following: list[Piece], end: int, gazetteer: Gazetteer
) -> Match | None:
    """A place that nobody knows, up to the next name of the run or its end."""
    last = end
    for match in following:
        if isinstance(match, Match):
            if match.kind not in SOFT:
                return None
            last = match.first
    words = tokens.words
    while last > first and (words.dated(tokens.low[last - 1]) or tokens.joins(last - 1)):
        last -= 1
    while first < last and (words.dated(tokens.low[first]) or tokens.low[first] in words.no_places):
        first += 1
    if first >= last or tokens.is_titled(first):
        return None
    return _unknown(tokens, first, last, gazetteer)


def _unknown(tokens: Tokens, first: int, last: int, gazetteer: Gazetteer) -> Match | None:
    """A name that nobody knows as a place, if the words around say that it is one."""
    words = tokens.words
    if "channel" in tokens.low[first : last + 1]:
        return None  # "the Weather Channel": who broadcasts; waters are known
    telling = bool(tokens.noun_after(last))
    if tokens.noun_kind(last - 1) and last - first > 1:
        last -= 1
        telling = True
        if tokens.joins(last - 1):
            return None  # "the Heirs of the Delta" are no delta
    if not (telling or tokens.named_place(first) or tokens.placed(first)):
        return None
    names = tokens.low[first:last]
    if not (words.no_places.isdisjoint(names) and words.name_nouns.isdisjoint(names)):
        return None
    if all(name in words.nouns or name in words.sides for name in names):
        return None
    return Match(first, last, gazetteer.lookup_skeleton(fold_name(tokens.span(first, last))))
