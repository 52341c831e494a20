"""Figures behind labels, as key figures and tables of updates have them: "Deaths: 57"."""

from __future__ import annotations

from transforms.coding.groups.group import Group
from transforms.coding.groups.numbers import read_quantity
from transforms.coding.mention import Mention, Reader, make_mention
from transforms.coding.words.lexicon import PUNCTUATION

_MARKS = frozenset((":", "–", "—", "=", "("))
_OPENS = frozenset((":", ";", ",", "|", "/", "(", "*", "-", "–", "—", "•", "."))
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
    if index + 1 >= len(low):
        return []
    marked = low[index + 1] in _MARKS
    opens = index
    while opens and low[opens - 1] in reader.lexicon.words.labelled:
        opens -= 1
    if opens and low[opens - 1] not in _OPENS:
        return []
    if not marked and not _stands_in_row(reader, opens):
        return []
    quantity = read_quantity(reader.tokens, index + 1 + marked, reader.lexicon)
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


def _stands_in_row(reader: Reader, opens: int) -> bool:
    """Whether a label without a mark opens a field of a table's row ("Deaths 31 | Injured 58")."""
    low = reader.tokens.low
    return "|" in low and (opens == 0 or low[opens - 1] in ("|", ":"))
