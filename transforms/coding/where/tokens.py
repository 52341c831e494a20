"""The tokens of one sentence, with what the place finder asks of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from transforms.coding.where import words as w
from transforms.coding.where.gazetteer import Gazetteer

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_](?:\w|['’‘ʻ`](?=\w))*|\d(?:[\w.,]*\w)?|[^\s]")
_POSSESSIVE = re.compile(r"['’`][sS]$")
_SUFFIXES = (
    "ing", "ed", "tion", "tions", "sion", "ment", "ments", "ly", "ness", "ists", "ism", "ious", "able", "ible", "ings", "ities", "ships",
)  # fmt: skip
"""Endings of ordinary English words; only used on all-capital text, where nothing else tells them from names."""


@dataclass(slots=True)
class Tokens:
    """Tokens as parallel lists: offsets, text, lower-case text, whether it is a capitalised word, possessive."""

    source: str
    ordinary: frozenset[str]
    caps: bool
    start: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    low: list[str] = field(default_factory=list)
    cap: list[bool] = field(default_factory=list)
    possessive: list[bool] = field(default_factory=list)

    def __len__(self) -> int:
        """How many tokens."""
        return len(self.text)

    def word(self, at: int) -> str:
        """Lower-case token, or "" outside the sentence."""
        return self.low[at] if 0 <= at < len(self.low) else ""

    def plain(self, at: int) -> bool:
        """Whether, in all-capital text, the token is an ordinary word."""
        low = self.low[at]
        return low in w.FUNCTION_WORDS or low in self.ordinary or (low.endswith(_SUFFIXES) and len(low) > 6)

    def starts_name(self, at: int) -> bool:
        """Whether a name may begin here."""
        low = self.low[at]
        if self.caps:
            if low in w.SPANISH_HEADS:
                return at + 1 < len(self) and self.cap[at + 1] and not self.plain(at + 1)
            return self.cap[at] and not self.plain(at)
        if self.cap[at]:
            return not (len(low) == 1 and self.word(at + 1) != "-" and low in "ai")
        return low in w.ARTICLES and self.word(at + 1) == "-" and at + 2 < len(self) and self.cap[at + 2]

    def ends_name(self, at: int) -> bool:
        """Whether a name may end here."""
        return self.cap[at] or (at > 1 and self.text[at - 1] == "-" and self.text[at].isalpha())

    def joins(self, at: int) -> bool:
        """Whether the token may stand inside a name without being one of its main words."""
        text = self.text[at]
        if text == "-":
            return self.start[at] == self.end[at - 1] and self.adjoins(at, at + 1)
        if text == ".":
            return self.low[at - 1] in ("st", "ste", "mt", "ft", "sta", "sto") and not self.caps
        if not self.adjoins(at - 1, at):
            return False
        if self.possessive[at - 1]:
            return False
        return self.low[at] in w.LINKS and not (self.low[at] in ("and", "of", "on", "upon", "the", "in") and not self.caps and self.cap[at])

    def adjoins(self, left: int, right: int) -> bool:
        """Whether two tokens stand next to each other with at most a space or hyphen between them."""
        return right < len(self) and self.start[right] - self.end[left] <= 1 and right - left <= 1

    def opens(self, at: int) -> bool:
        """Whether a sentence or quotation begins with the token."""
        if self.caps:
            return False
        return at == 0 or (self.text[at - 1] in "\"“”':;(—–-…." and not (self.text[at - 1] == "-" and self.start[at] == self.end[at - 1]))

    def span(self, first: int, last: int) -> str:
        """The words of tokens `first` to `last`, possessive endings dropped."""
        return self.source[self.start[first] : self.name_end(last - 1)]

    def name_end(self, at: int) -> int:
        """Offset of the end of a token without its possessive ending."""
        return self.end[at] - (2 if self.possessive[at] else 0)

    def allows(self, first: int, last: int, folded: str, gazetteer: Gazetteer) -> bool:
        """Whether a gazetteer name may be meant: no ordinary words, acronyms as they are written."""
        if folded in gazetteer.acronyms:
            text = self.span(first, last)
            return "." in text or (text.isupper() and not (self.caps and folded in w.WORDLIKE))
        if last - first > 1:
            return self.caps or not (self.possessive[first] and last - first == 2)
        low = self.low[first]
        if self.word(first - 1) in w.GIVEN_NAMES and self.adjoins(first - 1, first):
            return False
        if len(low) < 3 or low in w.DAYS or low in w.MONTHS or low in w.NO_PLACES:
            return False
        if self.caps or self.opens(first):
            return not self.plain(first)
        return not (low in w.FUNCTION_WORDS or low in w.PLACE_NOUNS or low in w.TITLES)

    def is_titled(self, first: int) -> bool:
        """Whether a title stands before the name: it is a person's."""
        at = first - 1
        if self.word(at) == "." and at:
            at -= 1
        return self.word(at) in w.TITLES and self.adjoins(at, first if self.word(first - 1) != "." else first - 1)

    def is_compound(self, first: int, last: int) -> bool:
        """Whether the name is half of a compound: London-based, U.S.-led, pro-Iran."""
        if self.word(last) == "-" and self.start[last] == self.end[last - 1] and last + 1 < len(self):
            return not self.cap[last + 1] or (self.caps and self.low[last + 1] in w.HYPHENATED)
        return self.word(first - 1) == "-" and self.word(first - 2) in ("pro", "anti", "non", "ex", "trans", "un")

    def is_aged(self, last: int) -> bool:
        """Whether an age follows: "Jordan, 34,"."""
        return self.word(last) == "," and self.word(last + 1).isdigit() and len(self.word(last + 1)) <= 2 and self.word(last + 2) in (",", "", ".", ")")

    def placed(self, first: int) -> bool:
        """Whether a preposition of place stands right before, articles and sides aside."""
        at = first - 1
        while at >= 0 and (self.low[at] in w.SIDES or self.low[at] == "nearby"):
            at -= 1
        return self.word(at) in w.STRICT_AT

    def named_place(self, first: int) -> bool:
        """Whether "town of", "the village" or the like stands right before."""
        at = first - 1
        if self.word(at) in (",", "("):
            return self.word(at - 1) in w.TOWN_NOUNS and self.word(first - 1) != "capital"
        if self.word(at) == "of":
            return self.word(at - 1) in w.PLACE_NOUNS or self.word(at - 1) in w.DIRECTIONS
        return self.word(at) in w.TOWN_NOUNS and (not self.cap[at] or self.caps) and self.adjoins(at, first)

    def noun_after(self, last: int) -> str:
        """The noun for a kind of place that follows a name, at most one adjective between; "" where none does."""
        if last >= len(self) or not self.adjoins(last - 1, last) or self.possessive[last - 1]:
            return ""
        if self.low[last] in w.PLACE_NOUNS:
            return self.low[last]
        if self.low[last] in w.PLACE_ADJECTIVES and self.word(last + 1) in w.PLACE_NOUNS:
            return self.low[last + 1]
        return ""


def tokenise(text: str, ordinary: frozenset[str]) -> Tokens:
    """The tokens of a sentence.

    Args:
        text: the sentence.
        ordinary: lower-case words that are no names, for text in capitals.
    """
    upper = sum(map(str.isupper, text))
    lower = sum(map(str.islower, text))
    tokens = Tokens(text, ordinary, caps=upper > 2 * lower)
    for found in _TOKEN.finditer(text):
        word = found.group()
        possessive = bool(_POSSESSIVE.search(word))
        tokens.start.append(found.start())
        tokens.end.append(found.end())
        tokens.text.append(word)
        tokens.low.append((word[:-2] if possessive else word).lower())
        tokens.cap.append(word[0].isupper())
        tokens.possessive.append(possessive)
    return tokens
