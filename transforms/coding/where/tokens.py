"""The tokens of one sentence, with what the place finder asks of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase

from transforms.coding.where.words import PlaceWords
from transforms.coding.words.scan import Faces, compile_scan

_TOKEN = compile_scan(r"[^\W\d_](?:\.(?:[^\W\d_]\.)+|\w*(?:['’‘ʻ`]\w+)*)|\d(?:[\w.,]*\w)?|[^\s]")
_POSSESSIVE = re.compile(r"['’`][sS]$")
_OPENERS = frozenset("\"“”':;(—–-….")
_SUFFIXES = (
    *("ing", "ed", "tion", "tions", "sion", "ment", "ments", "ly", "ness"),
    *("ists", "ism", "ious", "able", "ible", "ings", "ities", "ships"),
)
"""Endings of ordinary English words; only used on all-capital text, where nothing else tells them
from names."""


_LOWER, _UPPER = ascii_lowercase.encode(), ascii_uppercase.encode()
_LONG = 4
_TITLE_SHARE = 0.8
"""Share of the words of more than four letters that are capitalised in a headline In Title Case."""


@dataclass(slots=True)
class Tokens:
    """Tokens as parallel sequences.

    Attributes:
        source: the sentence.
        words: the words around place names.
        ordinary: lower-case words that are no names.
        caps: whether capitals tell nothing: text in capitals, headlines In Title Case.
        start: offset of each token; `end` is one past its last character.
        text: each token; `low` is it in lower case and without a possessive ending.
        cap: whether it begins with a capital.
        possessive: whether it ends in 's.
    """

    source: str
    words: PlaceWords
    ordinary: frozenset[str]
    caps: bool
    start: Sequence[int] = ()
    end: Sequence[int] = ()
    text: Sequence[str] = ()
    low: Sequence[str] = ()
    cap: Sequence[bool] = ()
    possessive: Sequence[bool] = ()

    def __len__(self) -> int:
        """How many tokens."""
        return len(self.text)

    def word(self, at: int) -> str:
        """Lower-case token, or "" outside the sentence."""
        low = self.low
        return low[at] if 0 <= at < len(low) else ""

    def plain(self, at: int) -> bool:
        """Whether, in all-capital text, the token is an ordinary word."""
        return is_plain(self.low[at], self.words, self.ordinary)

    def starts_name(self, at: int) -> bool:
        """Whether a name may begin here."""
        low = self.low[at]
        if self.caps:
            if low in self.words.spanish_heads:
                return at + 1 < len(self) and self.cap[at + 1] and not self.plain(at + 1)
            return self.cap[at] and not self.plain(at)
        if self.cap[at]:
            return low not in ("a", "i") or self.word(at + 1) == "-"
        if low not in self.words.articles:
            return False
        return self.word(at + 1) == "-" and at + 2 < len(self) and self.cap[at + 2]

    def ends_name(self, at: int) -> bool:
        """Whether a name may end here."""
        return self.cap[at] or (at > 1 and self.text[at - 1] == "-" and self.text[at].isalpha())

    def joins(self, at: int) -> bool:
        """Whether the token may stand inside a name without being one of its main words."""
        text = self.text[at]
        if text == "-":
            return self.start[at] == self.end[at - 1] and self.adjoins(at, at + 1)
        if text == ".":
            return self.low[at - 1] in ("st", "ste", "mt", "ft", "sta", "sto", "co")
        low = self.low[at]
        if low not in self.words.links:
            return False
        loose = low in self.words.loose_links and self.cap[at] and not self.caps
        return not loose and self.adjoins(at - 1, at) and not self.possessive[at - 1]

    def adjoins(self, left: int, right: int) -> bool:
        """Whether two tokens stand next to each other with at most a space or hyphen between."""
        near = right < len(self.text) and right - left <= 1
        return near and self.start[right] - self.end[left] <= 1

    def adjoins_name(self, at: int) -> bool:
        """Whether a capitalised word stands right behind a token."""
        return at + 1 < len(self) and self.cap[at + 1] and self.adjoins(at, at + 1)

    def opens(self, at: int) -> bool:
        """Whether a sentence or quotation begins with the token."""
        if self.caps:
            return False
        if at == 0:
            return True
        inside = self.text[at - 1] == "-" and self.start[at] == self.end[at - 1]
        return self.text[at - 1] in _OPENERS and not inside

    def span(self, first: int, last: int) -> str:
        """The words of tokens `first` to `last`, the last possessive ending dropped."""
        return self.source[self.start[first] : self.name_end(last - 1)]

    def name_end(self, at: int) -> int:
        """Offset of the end of a token without its possessive ending."""
        return self.end[at] - (2 if self.possessive[at] else 0)

    def is_titled(self, first: int) -> bool:
        """Whether a title or given name stands before the name: it is a person's."""
        at = first - 1
        if self.word(at) == "." and at:
            return self.word(at - 1) in self.words.titles and self.adjoins(at - 1, at)
        low = self.word(at)
        person = low in self.words.titles or low in self.words.given_names
        return person and self.adjoins(at, first)

    def is_compound(self, last: int) -> bool:
        """Whether the name is the first half of a compound: London-based, U.S.-led."""
        if self.word(last) != "-" or self.start[last] != self.end[last - 1]:
            return False
        if last + 1 >= len(self):
            return False
        return not self.cap[last + 1] or self.low[last + 1] in self.words.compounds

    def is_aged(self, last: int) -> bool:
        """Whether an age follows: "Jordan, 34,"."""
        age = self.word(last + 1)
        closed = self.word(last + 2) in (",", "", ".", ")")
        return self.word(last) == "," and age.isdigit() and len(age) <= 2 and closed

    def placed(self, first: int) -> bool:
        """Whether a preposition of place stands right before, "northern" and the like aside."""
        at = first - 1
        while at >= 0 and (self.low[at] in self.words.sides or self.low[at] == "nearby"):
            at -= 1
        return self.word(at) in self.words.strict_at

    def named_place(self, first: int) -> bool:
        """Whether "town of", "the village", "a town (" or the like stands right before."""
        at = first - 1
        if self.word(at) in (",", "("):
            return self.noun_kind(at - 1) == "town" and self.word(at - 1) != "capital"
        if self.word(at) == "of":
            return bool(self.noun_kind(at - 1)) or self.word(at - 1) in self.words.directions
        lower = at >= 0 and (not self.cap[at] or self.caps)
        return lower and self.noun_kind(at) in ("town", "inner") and self.adjoins(at, first)

    def noun_kind(self, at: int) -> str:
        """The kind of place that the token is a noun for, or ""."""
        return self.words.nouns.get(self.word(at), "")

    def noun_after(self, last: int) -> str:
        """The noun for a kind of place that follows a name, at most one adjective between."""
        noun = self.word(last)
        if noun in self.words.place_adjectives and noun not in self.words.nouns:
            noun = self.word(last + 1)
        if noun not in self.words.nouns:
            return ""
        return noun if self.adjoins(last - 1, last) and not self.possessive[last - 1] else ""


def is_plain(low: str, words: PlaceWords, ordinary: frozenset[str]) -> bool:
    """Whether a lower-case word is an ordinary one and no name."""
    if low in words.function_words or low in ordinary:
        return True
    return len(low) > 6 and low.endswith(_SUFFIXES)


def _is_capitals(text: str) -> bool:
    if text.isascii():
        letters = text.encode()
        rest = len(letters.translate(None, _LOWER))
        lower = len(letters) - rest
        upper = rest - len(letters.translate(None, _UPPER + _LOWER)) if rest > 2 * lower else 0
    else:
        upper, lower = sum(map(str.isupper, text)), sum(map(str.islower, text))
    if upper > 2 * lower:
        return True
    if text.rstrip().endswith((".", "”", '"')):
        return False  # headlines have no full stop
    long = [word for word in text.split() if len(word) > _LONG and word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in long)
    return len(long) >= _LONG and capitals > _TITLE_SHARE * len(long)


def tokenise(text: str, words: PlaceWords, ordinary: frozenset[str]) -> Tokens:
    """The tokens of a sentence.

    Args:
        text: the sentence.
        words: the words around place names.
        ordinary: lower-case words that are no names, for text in capitals.
    """
    known, starts, ends = _faces.scan(text)
    if not known:
        return Tokens(text, words, ordinary, caps=False)
    written, low, capital, possessive = known
    caps = _is_capitals(text)
    return Tokens(text, words, ordinary, caps, starts, ends, written, low, capital, possessive)


def _face(word: str) -> tuple[str, str, bool, bool]:
    """A word, in lower case without possessive ending, whether it has a capital, and the ending."""
    possessive = bool(_POSSESSIVE.search(word))
    return word, (word[:-2] if possessive else word).lower(), word[0].isupper(), possessive


_faces = Faces(_TOKEN, _face)


def faces_of(piece: str) -> list[tuple[str, bool]]:
    """Of each token of a piece without spaces: it in lower case, and whether it has a capital."""
    return [(low, capital) for _, low, capital, *_ in _faces[piece]]
