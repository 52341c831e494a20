"""Tables in the text: cells between bars, under headings of which some name a kind of casualty.

A row says nothing of its own that a casualty word would show, so the headings are read first and
the rows with them. Beside `clauses`, which reads prose; called by item_reader.py.

    District | Dead | Injured
    Dadu | 14 | 22
    Total | 20 | 31
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from transforms.coding.groups.group import Group
from transforms.coding.mention import Mention
from transforms.coding.model import Document
from transforms.coding.text.tokens import Tokens
from transforms.coding.words.lexicon import Lexicon

_CELLS = 3
"""Cells of a row at least: fewer are two headlines, or a link beside another."""

_FORMS = ("counted", "adjective", "past")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,6}")
_WORD = re.compile(r"[a-z]+")
_RULE = re.compile(r"[\s|:—–-]+")

_EVENTS = frozenset(("date", "day", "incident", "event", "when", "attack"))
"""Headings of tables in which each row tells of an event of its own."""

Rows = dict[int, dict[int, str]]
"""Ordinal of a sentence that is a row -> offset of a cell with a figure -> its kind."""


def find_tables(document: Document, lexicon: Lexicon) -> tuple[Rows, frozenset[int]]:
    """The rows whose figures count: that of the totals, where a table has one, else all.

    Args:
        document: the article.
        lexicon: the casualty words, that headings are known by.

    Returns:
        The rows, and the ordinals of those that tell of an event each.
    """
    found: Rows = {}
    events: set[int] = set()
    apart = False
    kinds: dict[int, str] = {}
    width = 0
    rows: Rows = {}
    whole: Rows = {}
    for sentence in document.sentences:
        cells = _cells(sentence.text)
        if not cells and not kinds:
            continue  # most sentences: no row, and no headings above it
        if kinds and len(cells) == width:
            if figures := _figures(cells, kinds):
                (whole if _is_total(cells) else rows)[sentence.ordinal] = figures
                events.update((sentence.ordinal,) if apart else ())
        elif kinds and _RULE.fullmatch(sentence.text):
            continue
        else:
            found |= whole if whole and not apart else rows
            rows, whole, kinds, width = {}, {}, _headings(cells, lexicon), len(cells)
            apart = any(_EVENTS.intersection(_WORD.findall(text.lower())) for _, text in cells)
    return found | (whole if whole and not apart else rows), frozenset(events)


def read_row(
    tokens: Tokens, figures: dict[int, str], *, further: bool, apart: bool
) -> list[Mention]:
    """The casualty figures of one row.

    Args:
        tokens: the row.
        figures: offset of a cell with a figure -> its kind.
        further: a row of the same table stood before it, so that its figures add up with those.
        apart: it tells of an event of its own.
    """
    mentions = []
    for at, start in enumerate(tokens.start):
        if start not in figures:
            continue
        found = _NUMBER.match(tokens.text, start)
        value = int(found.group().replace(",", "")) if found else 0
        group = Group(
            at, at + 1, value, value, value, "exact", at, at + 1, -1, "number",
            additive=further and not apart,
        )  # fmt: skip
        rule = "entry" if apart else "table"
        mentions.append(Mention(figures[start], [group], at, at + 1, rule))
    return mentions


def _cells(text: str) -> list[tuple[int, str]]:
    """The cells between the bars of a line, with their offsets; empty where it is no row."""
    if text.count("|") < _CELLS - 1:
        return []
    line = text.rstrip().rstrip("|")
    first = len(line) - len(line.lstrip("| "))
    cells, at = [], first
    for part in line[first:].split("|"):
        cells.append((at + len(part) - len(part.lstrip()), part.strip()))
        at += len(part) + 1
    return cells if len(cells) >= _CELLS else []


def _headings(cells: Sequence[tuple[int, str]], lexicon: Lexicon) -> dict[int, str]:
    """Which column counts what; of several for one kind, the first."""
    kinds: dict[int, str] = {}
    for number, (_, heading) in enumerate(cells):
        if _NUMBER.search(heading):
            return {}
        for word in _WORD.findall(heading.lower()):
            triggers = lexicon.triggers.get(word, ())
            kind = next((t.kind for t in triggers if t.form in _FORMS and not t.weak), None)
            if kind and kind not in kinds.values():
                kinds[number] = kind
    return kinds


def _figures(cells: Sequence[tuple[int, str]], kinds: dict[int, str]) -> dict[int, str]:
    return {
        start: kinds[number]
        for number, (start, text) in enumerate(cells)
        if number in kinds and _NUMBER.fullmatch(text)
    }


def _is_total(cells: Sequence[tuple[int, str]]) -> bool:
    return bool({"total", "totals", "overall", "all"} & set(_WORD.findall(cells[0][1].lower())))
