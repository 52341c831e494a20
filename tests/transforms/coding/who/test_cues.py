"""Cues are looked for only where they may be, and found as by a search of the whole text."""

import json
from pathlib import Path

import pytest

from transforms.coding.when import cues as when_cues
from transforms.coding.who import cues as cue
from transforms.coding.who.sayings import last_words

GOLD = Path(__file__).parents[4] / "data" / "gold"
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
            hit = bool(cue.AGAINST_BEFORE.search(before))
            subject = bool(cue.SUBJECT_BEFORE.search(before))
            assert hit == bool(cue.AGAINST_BEFORE.search(last_words(before, cue.LONGEST_AGAINST)))
            assert subject == bool(cue.SUBJECT_BEFORE.search(before[-cue.LONGEST_SUBJECT :]))
            found += hit + subject
    assert found > 100


@pytest.mark.parametrize(
    ("pattern", "signs", "ends"),
    [
        (cue.TARGET, cue.TARGET_SIGNS, False),
        (when_cues.RECALLED_BEFORE, when_cues.RECALLED_SIGNS, True),
    ],
)
def test_a_cue_stands_only_where_one_of_its_signs_does(pattern, signs, ends):
    found = 0
    for sentence in SENTENCES:
        cuts = [at for at, sign in enumerate(sentence) if sign == " "] if ends else [len(sentence)]
        for text in (sentence[: at + 1] for at in cuts):
            told = bool(pattern.search(text))
            assert not told or any(sign in text.lower() for sign in signs), text
            found += told
    assert found > 30
