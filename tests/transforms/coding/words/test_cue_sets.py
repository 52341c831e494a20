from dataclasses import dataclass
from typing import Any

import pytest
import re2
from hypothesis import given
from hypothesis import strategies as st

from transforms.coding.words.cue_sets import join_cues, keep_pattern


@dataclass(frozen=True)
class Bundle:
    first: Any
    second: Any
    named: dict[str, Any]
    words: frozenset[str]


PATTERNS = (r"^a+b", r"\bend$", "cc")


def bundle():
    first, second, third = map(re2.compile, PATTERNS)
    return Bundle(first, second, {"third": third}, frozenset({"kept"}))


@pytest.fixture(scope="module")
def joined():
    return next(join_cues(bundle()))


def test_other_fields_are_kept(joined):
    assert joined.words == {"kept"}
    assert (joined.first.pattern, joined.named["third"].pattern) == (PATTERNS[0], PATTERNS[2])


@given(text=st.text(alphabet="abcend ^é", max_size=12))
def test_answers_are_those_of_the_patterns_alone(joined, text):
    alone = bundle()
    for cue, own in (
        (joined.first, alone.first),
        (joined.second, alone.second),
        (joined.named["third"], alone.named["third"]),
    ):
        assert bool(cue.search(text)) == bool(own.search(text))
        assert bool(cue.match(text)) == bool(own.match(text))
        assert cue.findall(text) == list(own.findall(text))
        assert len(list(cue.finditer(text))) == len(list(own.finditer(text)))


def test_where_something_is_found(joined):
    assert joined.named["third"].search("a cc").span() == (2, 4)


GAPS = r"\b{0} (?:\S+ ){{0,5}}(?:\S+ ){{0,5}}(?:\S+ ){{0,5}}{0}\b"
"""Three gaps; a few of these are more than one set takes."""


@dataclass(frozen=True)
class Gapped:
    named: dict[str, Any]


@given(text=st.lists(st.sampled_from("abcdefgh"), max_size=20).map(" ".join))
def test_patterns_of_several_sets_answer_as_if_alone(gapped, text):
    for name, cue in gapped.named.items():
        assert bool(cue.search(text)) == bool(re2.compile(GAPS.format(name)).search(text))


@pytest.fixture(scope="module")
def gapped():
    named = {name: re2.compile(GAPS.format(name)) for name in "abcdefgh"}
    return next(join_cues(Gapped(named)))


def test_a_kept_pattern_tells_what_holds_it_of_any_text():
    holds = keep_pattern(r"(?i)\b(?:killed|dead)\b")
    assert [holds(text) for text in ("Two KILLED.", "", "deadly", "half \ud83d dead")] == [
        True, False, False, True,
    ]  # fmt: skip
