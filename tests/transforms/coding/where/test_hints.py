"""Hints: what the letters of a sentence pass over names no place."""

import json
import re
from pathlib import Path

import pytest

from transforms.coding.where import mentions
from transforms.coding.where.hints import letters_in
from transforms.coding.where.mentions import find_places
from transforms.coding.where.tokens import tokenise

GOLD = Path(__file__).parents[4] / "data" / "gold"
LINES = [
    line
    for path in sorted(GOLD.glob("*.jsonl"))
    for row in map(json.loads, path.read_text("utf-8").splitlines())
    for line in (row["title"] or "", *row["text"].split(". "))
    if line.strip()
]
ODD = [
    "Gunmen fled to al- Bab and to al -Bab, he said.",
    "THE VILLAGE OF QUX, IN THE FAR SOUTH, WAS HIT.",
    "Two died in nearby Quxville and in far southern central Quxburg.",
    "They met at the Quxmore Heirs of the Delta hall, near Fla. Street.",
    "In the town (Quxton) and in another village, Quxham, nobody was hurt.",
    "Quxford old district was shelled; so was the capital.",
    "“Mobile homes burned,” he said. Mobile burned.",
    "— Paris , Texas",
]


@pytest.mark.parametrize("write", [str, str.upper, str.title], ids=["as is", "capitals", "title"])
def test_what_is_passed_over_names_no_place(write, gazetteer, monkeypatch):
    lines = [write(line) for line in [*LINES, *ODD]]
    found = [find_places(line, gazetteer) for line in lines]
    passed = sum(not letters_in(line, gazetteer) for line in lines)
    monkeypatch.setattr(mentions, "letters_in", lambda text, gazetteer: "K")
    monkeypatch.setattr(mentions, "may_be_place", lambda letters, first, last: True)
    assert [find_places(line, gazetteer) for line in lines] == found
    assert write is not str or passed > len(lines) // 4


def test_each_token_has_a_letter(gazetteer):
    for line in [*LINES, *ODD]:
        letters = letters_in(line, gazetteer)
        tokens = tokenise(line, gazetteer.words, gazetteer.ordinary)
        assert len(letters) in (0, len(tokens)), line


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("He bought Stuff and left.", False),
        ("Police said so.", False),
        ("He left Stuff village.", True),
        ("He died in Stuff.", True),
        ("He died in the north.", True),
        ("He left Peru.", True),
    ],
)
def test_a_capital_needs_a_name_or_words_of_place(line, names, gazetteer):
    assert bool(letters_in(line, gazetteer)) == names


def test_sentences_that_may_name_a_country_are_those_with_a_word_of_one(gazetteer):
    words = re.compile(r"[^\W\d_]+")
    lines = [*LINES, *ODD, "exIran", "Iran's", "3Iran", "mainland China", "çIran", "_Iran"]
    known = gazetteer.country_words
    told = [not known.isdisjoint(words.findall(line)) for line in lines]
    assert [gazetteer.names_country(line) for line in lines] == told
    assert set(told) == {True, False}
