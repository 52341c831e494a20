"""Sentence to tokens: first stage of the cascade."""

from __future__ import annotations

import re
from dataclasses import dataclass

from transforms.coding.lexicon import CAPITAL, PUNCTUATION, Lexicon

# Abbreviations with stops, numbers (with grouping, decimals, and what is glued on with a hyphen, so
# that "22-year-old" is one word and no number), words (with inner hyphens and apostrophes), a
# possessive 's by itself, any other sign. No two alternatives start alike, so the scan is linear.
_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}(?:-[a-z]+)?"
    r"|(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|Capt|Maj|Gov|Sen|Rep|Rev|St|Jr|Sr|Prof|Cpl|Brig|Adm)\."
    r"|\d+(?:[,.]\d+)*(?:st\b|nd\b|rd\b|th\b|s\b|(?:-[A-Za-z]+)+)?"
    r"|[^\W\d_]+(?:-[^\W\d_]+|['’](?!s\b|S\b)[^\W\d_]+)*"
    r"|['’][sS]\b"
    r"|[^\w\s]|_"
)


@dataclass(slots=True)
class Tokens:
    """The tokens of a sentence as parallel lists.

    Attributes:
        text: the sentence.
        low: the words in lower case, with straight apostrophes.
        start: their offsets in the sentence; `end`: the offsets after them.
        flags: what each can be (`Flag`).
        capitals: whether the whole sentence is in capital letters, so that case says nothing.
    """

    text: str
    low: list[str]
    start: list[int]
    end: list[int]
    flags: list[int]
    capitals: bool

    def words(self, first: int, last: int) -> str:
        """The words of the tokens first..last-1 as the sentence has them."""
        return self.text[self.start[first] : self.end[last - 1]] if last > first else ""


def tokenise(text: str, lexicon: Lexicon) -> Tokens:
    """The tokens of one sentence with their flags."""
    low: list[str] = []
    start: list[int] = []
    end: list[int] = []
    flags: list[int] = []
    known = lexicon.flags
    lower_case = False
    for match in _TOKEN.finditer(text):
        word = match.group()
        first = word[0]
        folded = word.lower()
        if "’" in folded:
            folded = folded.replace("’", "'")
        flag = known.get(folded, 0)
        if first.isupper():
            flag |= CAPITAL
        elif first.islower():
            if len(word) > 2:
                lower_case = True
        elif not first.isalnum() and folded != "'s":
            flag |= PUNCTUATION
        low.append(folded)
        start.append(match.start())
        end.append(match.end())
        flags.append(flag)
    return Tokens(text, low, start, end, flags, not lower_case)


def phrase_at(tokens: Tokens, index: int, lexicon: Lexicon, prefix: str) -> tuple[int, str] | None:
    """The longest phrase of one meaning that starts at a token: its length and meaning."""
    low = tokens.low
    for words, meaning in lexicon.phrases.get(low[index], ()):
        if meaning.startswith(prefix):
            size = len(words)
            if size == 1 or tuple(low[index : index + size]) == words:
                return size, meaning
    return None
