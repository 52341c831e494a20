"""Figures behind labels, as key figures and tables of updates have them: "Deaths: 57"."""

from __future__ import annotations

from transforms.coding.groups import Group
from transforms.coding.lexicon import PUNCTUATION
from transforms.coding.mentions import Mention, Reader, make_mention
from transforms.coding.numbers import read_quantity

_MARKS = frozenset((":", "–", "—", "="))
_OPENS = frozenset((":", ";", ",", "|", "/", "(", "*", "-", "–", "—", "•"))
_FORMS = frozenset(("counted", "adjective", "past", "noun"))


def read_label(reader: Reader, index: int) -> list[Mention]:
    """The figure behind a casualty word that stands alone as a label.

    Args:
        reader: the sentence.
        index: the casualty word.

    Returns:
        One mention ("Deaths: 57", "Dead – 12, injured – 30"), or nothing where the word is none.
    """
    low, flags = reader.tokens.low, reader.tokens.flags
    if low[index + 1 : index + 2] == [] or low[index + 1] not in _MARKS:
        return []
    opens = index
    while opens and low[opens - 1] in ("people", "persons", "civilians", "total", "and"):
        opens -= 1
    if opens and low[opens - 1] not in _OPENS:
        return []
    quantity = read_quantity(reader.tokens, index + 2, reader.lexicon)
    trigger = next(
        (t for t in reader.lexicon.triggers.get(low[index], ()) if t.form in _FORMS), None
    )
    if quantity is None or trigger is None or trigger.takes == "lives":
        return []
    if quantity.last < len(low) and not flags[quantity.last] & PUNCTUATION:
        return []  # "Killed: two brothers from Gao"
    group = Group(
        quantity.first, quantity.last, quantity.low, quantity.best, quantity.high,
        quantity.convention, quantity.first, quantity.last, -1, "number",
    )  # fmt: skip
    return [make_mention(trigger, [group], index, index + 1, "label", False, False)]
