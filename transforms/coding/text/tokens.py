"""Sentence to tokens: first stage of the cascade."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass

from transforms.coding.text.age_words import age_tokens
from transforms.coding.words.lexicon import (
    ADVERB,
    CAPITAL,
    NUMBER,
    PERSON,
    PUNCTUATION,
    SURNAME,
    Lexicon,
)
from transforms.coding.words.scan import Faces, compile_scan

# Abbreviations with stops, numbers (with grouping, decimals, and what is glued on with a hyphen, so
# that "22-year-old" is one word and no number), words (with inner hyphens and apostrophes), a
# possessive 's by itself, any other sign. No two alternatives start alike, so the scan is linear.
_TOKEN = compile_scan(
    r"(?:[A-Za-z]\.){2,}(?:-[a-z]+)?"
    r"|(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|Capt|Maj|Gov|Sen|Rep|Rev|St|Jr|Sr|Prof|Cpl|Brig|Adm)\."
    r"|\d{1,2}:\d\d\b"
    r"|\d+(?:[,.]\d+)*(?:yo\b|st\b|nd\b|rd\b|th\b|ST\b|ND\b|RD\b|TH\b|s\b|(?:-[A-Za-z]+)+)?"
    r"|[^\W\d_]+(?:-[^\W\d_]+|['’](?!s\b|S\b)[^\W\d_]+)*"
    r"|['’][sS]\b"
    r"|[^\w\s]|_"
)

_OF_AGE = re.compile(r"(?:man|woman|boy|girl|child) of [a-z]")
_DIGIT = re.compile(r"\d")
_ADVERB, _SHOUTED = 6, 8
"""Letters; longer words in -ly that no list knows are adverbs ("family" and "rally" are short; in
capitals, names as "CONNOLLY" too)."""

_ARTICLES = (
    "al-",
    "el-",
    "ul-",
    "as-",
    "ar-",
    "ad-",
    "an-",
    "at-",
    "az-",
    "ash-",
    "ben-",
    "bin-",
    "abu-",
)


@dataclass(slots=True)
class Tokens:
    """The tokens of a sentence as parallel lists.

    Attributes:
        text: the sentence.
        low: the words in lower case, with straight apostrophes.
        start: their offsets in the sentence; `end`: the offsets after them.
        flags: what each can be (`Flag`).
        capitals: whether nearly the whole sentence is in capitals; then only words that are no
            English ones have the flag CAPITAL.
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
    known, starts, ends = _faces_of(lexicon).scan(text)
    if not known:
        return Tokens(text, [], [], [], [], capitals=True)
    folded, flagged, small, shapes = known
    low, flags = list(folded), list(flagged)
    capitals = True not in small or _title_case(shapes)
    tokens = Tokens(text, low, starts, ends, flags, capitals)
    if True in small and _SPELT.search(text):
        _read_initials(tokens)
    if tokens.capitals:
        _keep_names(tokens, lexicon)
    if _DIGIT.search(text) or "aged" in text or _OF_AGE.search(text):
        _leave_out(tokens, age_tokens(low, flags, lexicon))
    if '"' in text or "“" in text:
        _leave_out(tokens, _quotes_of_numbers(low, flags))
    if not tokens.capitals:
        _read_surnames(tokens, lexicon)
    return tokens


def _quotes_of_numbers(low: list[str], flags: list[int]) -> set[int]:
    """The quotation marks around one word for a number (left “dozens” dead)."""
    opened = [at for at in range(len(low) - 2) if low[at] in _QUOTES and low[at + 2] in _QUOTES]
    numbers = [at for at in opened if flags[at + 1] & NUMBER and low[at + 1].isalpha()]
    return {quote for at in numbers for quote in (at, at + 2)}


_QUOTES = frozenset(('"', "“", "”"))


def _read_initials(tokens: Tokens) -> None:
    """Take "US", "WHO" and "IT" for the names that they are where not all is in capitals."""
    for index, word in enumerate(tokens.low):
        if word in _INITIALS and tokens.text[tokens.start[index] : tokens.end[index]].isupper():
            tokens.low[index], tokens.flags[index] = _INITIALS[word], CAPITAL


_SPELT = re.compile(r"\b(?:US|WHO|IT)\b")
_INITIALS = {"us": "u.s.", "who": "w.h.o.", "it": "i.t."}


def _leave_out(tokens: Tokens, gone: Set[int]) -> None:
    if gone:
        for name in ("low", "start", "end", "flags"):
            setattr(tokens, name, [v for i, v in enumerate(getattr(tokens, name)) if i not in gone])


_SHORT, _LONG, _LONG_CAPITAL = range(3)
"""Shapes of words: a longer one with a capital speaks for a headline In Title Case."""

_Face = tuple[str, int, bool, int]
"""A word in lower case with straight apostrophes, its flags, whether it is small, its shape.

Small words are those that show that a sentence is not in capitals.
"""


def _face(word: str, known: dict[str, int]) -> _Face:
    """What can be told of a word by itself."""
    folded = word.lower().replace("’", "'")
    flag, small, first = known.get(folded, 0), False, word[0]
    if first.isupper():
        flag |= CAPITAL
    elif first.islower():
        if "-" in word and word.startswith(_ARTICLES) and word.partition("-")[2][:1].isupper():
            flag |= CAPITAL  # "al-Nuimei"
        else:
            small = len(word) > 2
    elif not first.isalnum() and folded != "'s":
        flag |= PUNCTUATION
    if folded[-2:] == "ly" and not known.get(folded):
        shouted = word.isupper()
        if len(folded) > (_ADVERB if small else _SHOUTED) and (small or shouted):
            flag |= ADVERB  # "grievously", "moderately"
    shape = _SHORT
    if len(folded) > 3 and folded[0].isalpha():
        shape = _LONG_CAPITAL if flag & CAPITAL else _LONG
    return folded, flag, small, shape


_faces: list[tuple[dict[str, int], Faces]] = []


def _faces_of(lexicon: Lexicon) -> Faces:
    """The faces of words under the lexicon in use; there is hardly ever a second one."""
    if not _faces or _faces[0][0] is not lexicon.flags:
        flags = lexicon.flags
        _faces[:] = [(flags, Faces(_TOKEN, lambda word: _face(word, flags)))]
    return _faces[0][1]


def _keep_names(tokens: Tokens, lexicon: Lexicon) -> None:
    """Where all is in capitals, a capital tells a name only in a word that is no English one."""
    ordinary, flags = lexicon.ordinary, tokens.flags
    unsure: list[int] = []
    for index, word in enumerate(tokens.low):
        flag = flags[index]
        if flag & CAPITAL and (flag != CAPITAL or word in ordinary or len(word) < 3):
            flags[index] = flag & ~CAPITAL
            if flag == CAPITAL and word in lexicon.given:
                unsure.append(index)
    for index in unsure:
        if any(near & CAPITAL for near in flags[max(index - 1, 0) : index + 2]):
            flags[index] |= CAPITAL  # "VICTOR HUGO RODRIGUEZ"


def _read_surnames(tokens: Tokens, lexicon: Lexicon) -> None:
    """Take a thing or a casualty word for the surname it is ("Ana Wolf", "Lynch, 34, told")."""
    low, flags = tokens.low, tokens.flags
    for index, flag in enumerate(flags):
        if flag & SURNAME and flag & CAPITAL:
            before = low[index - 1] if index and flags[index - 1] & CAPITAL else ""
            follows = before and (before not in lexicon.ordinary or before in lexicon.given)
            if follows or is_aged(tokens, index + 1):
                flags[index] = CAPITAL | (flag & PERSON)


def is_aged(tokens: Tokens, index: int) -> bool:
    """Whether an age stood before a token, as behind a person's name only ("Salinas, 45, and")."""
    if index >= len(tokens.low):
        return False
    left_out = tokens.text[tokens.end[index - 1] : tokens.start[index]]
    return left_out.strip(", ").isdecimal()


def _title_case(shapes: tuple[int, ...]) -> bool:
    """Whether nearly every longer word has a capital, as in many headlines."""
    capitals = shapes.count(_LONG_CAPITAL)
    long = capitals + shapes.count(_LONG)
    return long > 3 and capitals >= 0.85 * long


def phrase_at(tokens: Tokens, index: int, lexicon: Lexicon, prefix: str) -> tuple[int, str] | None:
    """The longest phrase of one meaning (of `MEANINGS`) at a token: its length and meaning."""
    low = tokens.low
    after = lexicon.phrases_by[prefix].get(low[index])
    if after is None:
        return None
    second = low[index + 1] if index + 1 < len(low) else ""
    for rest, meaning in after.get(second, after[""]):
        stop = index + 1 + len(rest)
        if tuple(low[index + 1 : stop]) == rest:
            return stop - index, meaning
    return None
