"""Whether a sentence may name a place at all, told by one letter for each of its tokens.

Comes before `mentions`: most capitals begin no place, and a look at the letters around them costs a
fraction of reading them. What the letters pass over names no place; what they let through may still
name none.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from transforms.coding.where.names import fold_name
from transforms.coding.where.tokens import faces_of, is_plain
from transforms.coding.words.scan import pieces_of

if TYPE_CHECKING:
    from transforms.coding.where.gazetteer import Gazetteer

NAME = "K"
"""A capital that is enough: a name by itself, an abbreviation, a noun for a place."""
TELLING = "T"
"""A word that is enough without a capital: a seat ("the capital"), a direction."""
ORDINARY_NAME = "E"
"""A name by itself that is an ordinary word too, and no name where a sentence begins with it."""
BEGINS_NAME, CAPITAL = "M", "C"
"""A capital with which a longer name begins, and any other."""
IN, IN_CAPITAL = "A", "B"
"""A preposition of place, and one with a capital."""
NOUN, ADJECTIVE = "N", "S"
"""Nouns for places, and adjectives that may stand beside a name."""
LINK, COMMA, HYPHEN, OTHER = "L", "P", "H", "x"
"""Words inside names ("of", "de"), signs after a noun ("a town, X"), hyphens, all else."""

_CAPITALS = f"[{CAPITAL}{BEGINS_NAME}{ORDINARY_NAME}{IN_CAPITAL}]"
_NOUNS = f"[{NOUN}{NAME}{TELLING}]"
_HINT = re.compile(
    f"{NAME}|{TELLING}|.{ORDINARY_NAME}"
    f"|[{BEGINS_NAME}{ORDINARY_NAME}{IN_CAPITAL}][{LINK}{HYPHEN}]*{_CAPITALS}"
    f"|[{IN}{IN_CAPITAL}]{ADJECTIVE}*{_CAPITALS}"  # "in X"
    f"|{_NOUNS}[{LINK}{COMMA}]?{_CAPITALS}"  # "the village of X", "a town, X"
    f"|{_CAPITALS}{ADJECTIVE}?{_NOUNS}"  # "X district"
)
_BEFORE, _AFTER = 2, 2
"""Tokens before a name, adjectives aside, and after it that say that it is a place."""

_SAINTS = frozenset(("st", "ste", "mt", "ft", "sta", "sto"))


def letters_in(text: str, gazetteer: Gazetteer) -> str:
    """A letter for each token of a sentence; "" where they say that it names no place."""
    letters = "".join(map(gazetteer.letters.__getitem__, pieces_of(text)))
    return letters if _HINT.search(letters) else ""


def may_be_place(letters: str, first: int, last: int) -> bool:
    """Whether the letters of a run of capitals, and those around it, let it name a place."""
    while first and letters[first - 1] == ADJECTIVE:
        first -= 1
    return _HINT.search(letters, max(first - _BEFORE, 0), last + _AFTER) is not None


def letters_of(piece: str, gazetteer: Gazetteer) -> str:
    """A letter for each token of a piece of text without spaces."""
    faces = faces_of(piece)
    articles = gazetteer.words.articles
    joined = any(face[0] in articles and after[0] == "-" for face, after in pairwise(faces))
    if joined or piece[0] == "-" or piece[-1] == "-":
        return NAME * len(faces)  # "al-X", and what belongs to the pieces beside it: "al- X"
    return "".join([_letter(low, capital, gazetteer) for low, capital in faces])


def _letter(low: str, capital: bool, gazetteer: Gazetteer) -> str:
    words = gazetteer.words
    if capital:
        return _letter_of_capital(low, gazetteer)
    if low in ("capital", "city") or low in words.directions or low in words.spanish_heads:
        return TELLING
    if low in words.nouns:
        return NOUN
    if low in words.strict_at:
        return IN
    if low in words.sides or low in words.place_adjectives or low == "nearby":
        return ADJECTIVE
    if low in words.links:
        return LINK
    return COMMA if low in (",", "(") else HYPHEN if low == "-" else OTHER


def _letter_of_capital(low: str, gazetteer: Gazetteer) -> str:
    words, folded = gazetteer.words, fold_name(low)
    if low in words.nouns or low in words.directions or low in _SAINTS or " " in folded:
        return NAME
    if gazetteer.abbreviates(low) or folded in gazetteer.acronyms:
        return NAME
    if low in words.strict_at:
        return IN_CAPITAL
    if not gazetteer.longest(folded):
        return CAPITAL
    barred = len(low) < 3 or words.dated(low) or low in words.no_places
    if barred or low in words.function_words or not gazetteer.names(folded):
        return BEGINS_NAME
    return ORDINARY_NAME if is_plain(low, words, gazetteer.ordinary) else NAME
