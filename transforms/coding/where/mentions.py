"""Place names in one sentence: capitalised runs matched against the gazetteer, and the words around them.

A run is a stretch of capitalised words. In text that is all capitals a run is a stretch of words that are no ordinary
English words. Inside a run the longest names win; what remains beside a name decides whether it is one
("Paris Hilton", "New York Times"), and a run that no one knows is still a place where the words around it say so
("the village of X", "in X", "X district").
"""

from __future__ import annotations

from dataclasses import dataclass, field

from transforms.coding.where import words as w
from transforms.coding.where.context import Context, read_context
from transforms.coding.where.gazetteer import Candidate, Gazetteer
from transforms.coding.where.names import fold_name
from transforms.coding.where.tokens import Tokens, tokenise

_LONGEST_RUN = 12
_NAME_WORDS = 7


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """One place name in a sentence.

    Attributes:
        start: offset in the sentence of the first letter of `text`; `end` is one past the last.
        text: the name in the article's words, without "town of", "province" and the like.
        kind: country, admin1, admin2, place, region, water, people (a demonym), capital ("the capital", "this city");
            of a name that may be several, the kind of the largest.
        relation: how the sentence ties the event to it: "in", "near", "south of", "from", ...; "adjunct" ("a Beirut
            bombing"), "subject" ("Washington said"), "name" (part of the name of something else), "" (none seen).
        noun: the noun that says what it is ("town", "province", "district"), or "".
        side: "northern", "central", ..., or "".
        distance: kilometres from it, where the sentence says how many.
        joined: whether "and", "or" or a dash joins it to the mention before ("in X and Y").
        talk: whether the words before speak of a meeting, a speaker or a hospital there, and not of the event.
        within: index in the sentence's mentions of the one that this one lies in ("X, Y"; "Y's X"), or None.
        candidates: what the name may stand for, likeliest by itself first; empty for names that nobody knows.
    """

    start: int
    end: int
    text: str
    kind: str
    relation: str = ""
    noun: str = ""
    side: str = ""
    distance: float | None = None
    within: int | None = None
    joined: bool = False
    talk: bool = False
    candidates: tuple[Candidate, ...] = field(default=(), repr=False)

    @property
    def known(self) -> bool:
        """Whether the gazetteer has the name."""
        return bool(self.candidates)


@dataclass(slots=True)
class Match:
    """A name at tokens `first` to `last` (exclusive), before its surroundings are read."""

    first: int
    last: int
    candidates: tuple[Candidate, ...]
    weak: bool = False
    seat: bool = False

    @property
    def kind(self) -> str:
        """Kind of the likeliest candidate; place for unknown names."""
        if self.seat:
            return "capital"
        return self.candidates[0].kind if self.candidates else "place"


def find_places(text: str, gazetteer: Gazetteer) -> list[PlaceMention]:
    """The place names of one sentence, in order.

    Args:
        text: the sentence; may be all capitals.
        gazetteer: the names to look for.

    Returns:
        One mention per name; demonyms and countries included, names of persons, papers and bodies left out.
    """
    tokens = tokenise(text, gazetteer.ordinary)
    matches: list[Match] = []
    at = 0
    while at < len(tokens):
        if tokens.low[at] in ("capital", "city") and _is_seat(tokens, at):
            matches.append(Match(at, at + 1, (), seat=True))
        if not tokens.starts_name(at):
            at += 1
            continue
        end = _run_end(tokens, at)
        matches += _read_run(tokens, at, end, gazetteer)
        at = end
    return _mentions(tokens, matches)


def _is_seat(tokens: Tokens, at: int) -> bool:
    """Whether "the capital", "this city" stands for a place of its own and does not introduce its name."""
    if tokens.word(at - 1) in ("provincial", "regional", "state", "district", "commercial") or tokens.possessive[at]:
        return False
    if tokens.word(at + 1) == "of" or (at + 1 < len(tokens) and tokens.starts_name(at + 1) and not _dated(tokens, at + 1)):
        return False
    if tokens.low[at] == "city":
        return tokens.word(at - 1) == "this" and tokens.word(at - 2) in w.AT
    return tokens.word(at + 1) not in w.NOT_AFTER_CAPITAL


def _dated(tokens: Tokens, at: int) -> bool:
    return tokens.low[at] in w.DAYS or tokens.low[at] in w.MONTHS


def _run_end(tokens: Tokens, start: int) -> int:
    """One past the last token of the run that begins at `start`: capitals, joined by spaces, hyphens and "de", "of", "al"."""
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


def _read_run(tokens: Tokens, start: int, end: int, gazetteer: Gazetteer) -> list[Match]:
    start = _skip_opening(tokens, start, end)
    pieces: list[Match | int] = []
    at = start
    while at < end:
        found = _longest(tokens, at, end, gazetteer)
        if found:
            pieces.append(found)
            at = found.last
        else:
            pieces.append(at)
            at += 1
    return _judge(tokens, start, end, pieces, gazetteer)


def _skip_opening(tokens: Tokens, start: int, end: int) -> int:
    """Skips the word that is a capital only because a sentence begins with it."""
    while start < end and tokens.opens(start) and tokens.low[start] in w.FUNCTION_WORDS:
        start += 1
    while start < end and not tokens.cap[start] and not tokens.starts_name(start):
        start += 1
    return start


def _longest(tokens: Tokens, at: int, end: int, gazetteer: Gazetteer) -> Match | None:
    """The longest name that begins at this token."""
    limit = min(gazetteer.longest(fold_name(tokens.low[at])), _NAME_WORDS)
    if not limit or not tokens.starts_name(at):
        return None
    for last in range(min(end, at + 2 * limit), at, -1):
        if not tokens.ends_name(last - 1):
            continue
        folded = fold_name(tokens.span(at, last))
        if folded.count(" ") >= limit:
            continue
        candidates = gazetteer.lookup(folded)
        if candidates and tokens.allows(at, last, folded, gazetteer):
            return Match(at, last, candidates)
    if tokens.low[at] in w.ARTICLES and at + 1 < end:
        skip = at + 2 if tokens.text[at + 1] == "-" else at + 1
        bare = _longest(tokens, skip, end, gazetteer) if skip < end else None
        return Match(at, bare.last, bare.candidates) if bare else None
    return None


def _judge(
    tokens: Tokens, start: int, end: int, pieces: list[Match | int], gazetteer: Gazetteer
) -> list[Match]:
    """Which names of a run are places, given what stands beside them in it."""
    kept: list[Match] = []
    placed = tokens.placed(start)
    at = 0
    while at < len(pieces):
        piece = pieces[at]
        if isinstance(piece, Match):
            before = _neighbour(tokens, pieces, at - 1)
            after = _neighbour(tokens, pieces, at + 1)
            verdict = _verdict(tokens, piece, before, after, placed)
            if verdict == "place":
                kept.append(piece)
            elif verdict == "weak":
                piece.weak = True
                kept.append(piece)
            elif verdict == "whole":
                kept.append(Match(start if at and not kept else piece.first, end, ()))
                break
            at += 1
            continue
        stop = at
        while stop < len(pieces) and not isinstance(pieces[stop], Match):
            stop += 1
        following = pieces[stop] if stop < len(pieces) else None
        first = piece
        last = following.first if isinstance(following, Match) else end
        unknown = _unknown(tokens, first, last, gazetteer, at > 0)
        if unknown and not (isinstance(following, Match) and following.kind not in ("people", "country")):
            kept.append(unknown)
        at = stop
    return kept


def _neighbour(tokens: Tokens, pieces: list[Match | int], at: int) -> Match | int | None:
    """The piece of the run at this index; None outside it and at "and", "of", "the"."""
    if not 0 <= at < len(pieces):
        return None
    piece = pieces[at]
    return None if isinstance(piece, int) and tokens.low[piece] in w.LOOSE_LINKS else piece


def _verdict(
    tokens: Tokens, match: Match, before: Match | int | None, after: Match | int | None, placed: bool
) -> str:
    """place, weak (evidence of a country only), whole (the run is one unknown name) or no."""
    soft = match.kind in ("people", "country")
    if tokens.is_titled(match.first) and match.kind != "people":
        return "no"
    if tokens.is_compound(match.first, match.last):
        return "weak"
    if isinstance(before, int) and tokens.adjoins(before, match.first):
        low = tokens.low[before]
        if low in w.SIDES or low in w.PLACE_NOUNS or low in w.DAYS or low in w.MONTHS or tokens.opens(before):
            pass
        elif soft:
            return "weak"
        else:
            return "whole" if placed else "no"
    if isinstance(after, int) and tokens.adjoins(match.last - 1, after):
        low = tokens.low[after]
        if low in w.PLACE_NOUNS or low in w.DAYS or low in w.MONTHS or tokens.possessive[match.last - 1]:
            return "place"
        if match.kind == "people":
            return "place"
        if low in w.NAME_NOUNS or soft:
            return "weak"
        return "whole" if placed else "no"
    if not placed and not soft and _doubled(tokens, match, before, after):
        return "no"
    if placed and not soft and isinstance(after, Match) and _doubled(tokens, match, None, after):
        return "whole"
    return "no" if tokens.is_aged(match.last) and not placed else "place"


def _doubled(
    tokens: Tokens, match: Match, before: Match | int | None, after: Match | int | None
) -> bool:
    """Whether two names that might be places stand side by side, as given names and surnames do."""
    left = isinstance(before, Match) and before.kind not in ("people", "country") and tokens.adjoins(before.last - 1, match.first)
    right = isinstance(after, Match) and after.kind != "people" and tokens.adjoins(match.last - 1, after.first)
    return (left and not tokens.possessive[match.first - 1]) or (right and not tokens.possessive[match.last - 1])


def _unknown(
    tokens: Tokens, first: int, last: int, gazetteer: Gazetteer, inner: bool
) -> Match | None:
    """A place that nobody knows, where the words around say that it is one."""
    while last > first and (tokens.low[last - 1] in w.DAYS | w.MONTHS or tokens.joins(last - 1)):
        last -= 1
    while first < last and (tokens.low[first] in w.DAYS | w.MONTHS):
        first += 1
    if first >= last or tokens.is_titled(first):
        return None
    names = tokens.low[first:last]
    if names[-1] in w.PLACE_NOUNS and len(names) > 1:
        last -= 1
        names = names[:-1]
        telling = True
    else:
        telling = tokens.noun_after(last) in w.PLACE_NOUNS
    if any(name in w.NO_PLACES or name in w.NAME_NOUNS for name in names) or all(n in w.PLACE_NOUNS | w.SIDES for n in names):
        return None
    if not (telling or tokens.named_place(first) or (tokens.placed(first) and not inner)):
        return None
    return Match(first, last, _transliterated(tokens, first, last, gazetteer))


def _transliterated(
    tokens: Tokens, first: int, last: int, gazetteer: Gazetteer
) -> tuple[Candidate, ...]:
    return gazetteer.lookup_skeleton(fold_name(tokens.span(first, last)))


def _bare(tokens: Tokens, match: Match, context: Context) -> bool:
    """Whether, in all-capital text, nothing but its letters speaks for a place: as like as not it is a surname."""
    soft = match.kind in ("people", "country", "capital")
    return tokens.caps and not soft and context.relation in ("", "adjunct", "subject") and not context.noun and context.within is None


def _mentions(tokens: Tokens, matches: list[Match]) -> list[PlaceMention]:
    spans = [(m.first, m.last, m.kind) for m in matches]
    mentions: list[PlaceMention] = []
    for number, match in enumerate(matches):
        context = read_context(tokens, spans, number)
        before = matches[number - 1] if number else None
        if before and not (context.relation and context.relation != "adjunct") and _joined(tokens, before, match):
            previous = mentions[-1]
            context.joined = True
            context.relation, context.talk = previous.relation, previous.talk
            context.within = previous.within if context.within is None else context.within
        start, end = tokens.start[match.first], tokens.name_end(match.last - 1)
        mentions.append(
            PlaceMention(
                start=start,
                end=end,
                text=tokens.source[start:end],
                kind=match.kind,
                relation="name" if match.weak or _bare(tokens, match, context) else context.relation,
                noun=context.noun,
                side=context.side,
                distance=context.distance,
                within=context.within,
                joined=context.joined,
                talk=context.talk,
                candidates=match.candidates,
            )
        )
    return mentions


def _joined(tokens: Tokens, before: Match, match: Match) -> bool:
    """Whether only "and", "or", a comma or a spaced dash stands between two names of places."""
    if {before.kind, match.kind} & {"people", "country", "capital"}:
        return False
    between = tokens.low[before.last : match.first]
    return 0 < len(between) <= 2 and set(between) <= {"and", "or", "-", "--", ","} and between != [","]
