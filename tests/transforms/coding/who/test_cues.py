"""Cues are looked for only where they may be, and found as by a search of the whole text."""

import json
import tomllib
from pathlib import Path

import pytest

from flows.reference import load_actors
from transforms.coding.who.cues import LONGEST_AGAINST, LONGEST_SUBJECT, compile_who_cues
from transforms.coding.who.sayings import last_words
from transforms.errors import ReferenceDataError

DATA = Path(__file__).parents[4] / "data"
CUES = load_actors(DATA / "reference").cues
TABLE = tomllib.loads((DATA / "reference" / "lexicon" / "attribution.toml").read_text("utf-8"))
GOLD = DATA / "gold"
SENTENCES = [
    line
    for path in sorted(GOLD.glob("*.jsonl"))
    for row in map(json.loads, path.read_text("utf-8").splitlines())
    for line in row["text"].split(". ")
]


@pytest.mark.parametrize(
    ("text", "count", "last"),
    [("a b c", 2, " b c"), ("a b c", 3, "a b c"), ("", 2, ""), ("a  b \n", 1, "  b \n")],
)
def test_last_words_come_with_the_spaces_before_them(text, count, last):
    assert last_words(text, count) == last


def test_a_search_near_a_name_finds_what_a_search_from_further_back_finds():
    found = 0
    for sentence in SENTENCES:
        starts = [at for at, sign in enumerate(sentence) if sign.isupper()]
        for before in (sentence[:at] for at in starts):
            hit = bool(CUES.against_before.search(before))
            subject = bool(CUES.subject_before.search(before))
            assert hit == bool(CUES.against_before.search(last_words(before, LONGEST_AGAINST)))
            assert subject == bool(CUES.subject_before.search(before[-LONGEST_SUBJECT:]))
            found += hit + subject
    assert found > 100


def test_a_target_stands_only_where_one_of_its_signs_does():
    found = 0
    for text in SENTENCES:
        told = bool(CUES.target.search(text))
        assert not told or any(sign in text.lower() for sign in CUES.target_signs), text
        found += told
    assert found > 30


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"by_before": None}, "missing or unknown cues: by_before"),
        ({"by_befor": "x"}, "missing or unknown cues: by_befor"),
        ({"held_by": "(by"}, "held_by: .*unterminated subpattern"),
        ({"held_by": "@nowhere by"}, "held_by: .*nowhere"),
    ],
)
def test_a_broken_list_of_phrases_is_named(changed, words):
    cues = {k: v for k, v in {**TABLE["cues"], **changed}.items() if v is not None}
    with pytest.raises(ReferenceDataError, match=words):
        compile_who_cues({**TABLE, "cues": cues})
