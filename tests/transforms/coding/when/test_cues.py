"""Words about times are looked for only where they may be, and found as in the whole text."""

import json
import tomllib
from pathlib import Path

import pytest

from transforms.coding.when.cues import KINDS, compile_when_cues, find_cues
from transforms.errors import ReferenceDataError

DATA = Path(__file__).parents[4] / "data"
TABLE = tomllib.loads((DATA / "reference" / "lexicon" / "dating.toml").read_text("utf-8"))
CUES = compile_when_cues(TABLE)
SENTENCES = [
    line
    for path in sorted((DATA / "gold").glob("*.jsonl"))
    for row in map(json.loads, path.read_text("utf-8").splitlines())
    for line in row["text"].split(". ")
]


def test_what_is_recalled_stands_only_where_one_of_its_signs_does():
    found = 0
    for sentence in SENTENCES:
        for text in (sentence[: at + 1] for at, sign in enumerate(sentence) if sign == " "):
            told = bool(CUES.recalled_before.search(text))
            assert not told or any(sign in text.lower() for sign in CUES.recalled), text
            found += told
    assert found > 30


def test_every_word_is_found_that_a_search_of_the_whole_text_finds():
    kinds = set()
    for text in SENTENCES:
        told = [(*match.span(), match.lastgroup) for match in CUES.kinds.finditer(text)]
        assert find_cues(text, CUES) == told
        kinds.update(kind for _, _, kind in told)
    assert kinds == set(KINDS)


@pytest.mark.parametrize(
    ("where", "changed", "words"),
    [
        ("kinds", {"said": None}, r"\[kinds\] missing or unknown: said"),
        ("patterns", {"after_noun": "x"}, r"\[patterns\] missing or unknown: after_noun"),
        ("signs", {"starts": None}, r"\[signs\] missing or unknown: starts"),
        ("patterns", {"clause_end": "(but"}, "clause_end: .*unterminated subpattern"),
    ],
)
def test_a_broken_list_of_words_is_named(where, changed, words):
    lists = {k: v for k, v in {**TABLE[where], **changed}.items() if v is not None}
    with pytest.raises(ReferenceDataError, match=words):
        compile_when_cues({**TABLE, where: lists})
