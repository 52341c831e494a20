"""Ages told in a row behind people: how many they are ("his sons, ages 3 and 4").

Called where noun groups are read; the tokens leave ages out, so that the text is looked at.
"""

from __future__ import annotations

import re

from transforms.coding.groups.group import Group
from transforms.coding.text.tokens import Tokens
from transforms.coding.words.lexicon import Lexicon

_AGE = r"(?:\d{1,3}|[a-z]{3,9})"
_ROW = re.compile(rf",? \(?(?:both |all )?age[sd] ({_AGE}(?:, {_AGE})*,? (?:and|&) {_AGE})\b")
_LOOK = 60
"""Characters behind a group in which the row is looked for."""
_OLDEST = 120


def count_ages(group: Group, tokens: Tokens, lexicon: Lexicon) -> None:
    """Let a row of ages behind a bare plural tell its number.

    Args:
        group: a group just read; it changes.
        tokens: the sentence.
        lexicon: the numbers in words.
    """
    if group.kind != "plural":
        return
    stop = tokens.end[group.last - 1]
    row = _ROW.match(tokens.text, stop, stop + _LOOK)
    if row is None:
        return
    words = re.findall(_AGE, row.group(1).replace(" and ", " "))
    ages = [int(word) if word.isdecimal() else lexicon.numbers.get(word) for word in words]
    if all(age is not None and age < _OLDEST for age in ages):
        group.low = group.best = group.high = len(ages)
        group.convention = "exact"
