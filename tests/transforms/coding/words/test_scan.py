import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.coding.words.scan import (
    Faces,
    Memory,
    by_second_word,
    compile_scan,
    scan_pieces,
    scan_words,
)

WORDS = r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+|[^\w\s]"


def test_words_come_with_the_offsets_before_and_after_them():
    assert scan_words(compile_scan(WORDS), " Two dead, 5 hurt") == (
        ["Two", "dead", ",", "5", "hurt"],
        [1, 5, 9, 11, 13],
        [4, 9, 10, 12, 17],
    )


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_no_words(text):
    assert scan_words(compile_scan(WORDS), text) == ([], [], [])


@given(st.text())
def test_words_are_those_of_a_plain_search(text):
    found = [(match.group(), *match.span()) for match in re.finditer(WORDS, text)]
    assert list(zip(*scan_words(compile_scan(WORDS), text), strict=True)) == found


def test_a_memory_looks_once_at_a_word_and_is_bounded():
    asked = []

    def look(word):
        asked.append(word)
        return word.upper()

    memory = Memory(look, size=2)
    assert [memory[word] for word in "aabab"] == list("AABAB")
    assert asked == ["a", "b"]
    assert memory["c"] == "C"
    assert len(memory) == 1


LETTERS = Memory(lambda piece: sum(map(str.isalpha, piece)))


@given(st.text())
def test_pieces_are_those_between_spaces_of_which_something_is_known(text):
    found = [(m.start(), LETTERS[m.group()]) for m in re.finditer(r"\S+", text)]
    assert scan_pieces(LETTERS, text) == [(at, value) for at, value in found if value]


def test_phrases_are_found_by_their_second_word():
    phrases = [(("grey", "heron"), 1), (("grey",), 2), (("red",), 3), ((), 4)]
    assert by_second_word(phrases) == {
        "grey": ((("grey", "heron"), 1), (("grey",), 2), ((), 4)),
        "red": ((("red",), 3), ((), 4)),
        "": (((), 4),),
    }


SIGNS = compile_scan(r"\w+|[^\s]")


@given(st.text())
def test_faces_of_a_text_are_those_of_its_words(text):
    known, starts, ends = Faces(SIGNS, lambda word: (word, word.upper())).scan(text)
    words, firsts, lasts = scan_words(SIGNS, text)
    assert (starts, ends) == (firsts, lasts)
    assert list(map(list, known)) == ([words, [w.upper() for w in words]] if words else [])
