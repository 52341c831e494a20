import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.coding.text.tokens import phrase_at, tokenise
from transforms.coding.words.lexicon import CAPITAL, PUNCTUATION, Lexicon


def words(text, lexicon):
    return tokenise(text, lexicon).low


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two men died.", ["two", "men", "died", "."]),
        ("the U.S. army", ["the", "u.s.", "army"]),
        ("Gen. Adamu", ["gen.", "adamu"]),
        ("1,200 people", ["1,200", "people"]),
        ("1.2 million", ["1.2", "million"]),
        ("1,00,000 people", ["1,00,000", "people"]),
        ("a 22-year-old", ["a", "22-year-old"]),
        ("the 3rd bomb", ["the", "3rd", "bomb"]),
        ("twenty-two", ["twenty-two"]),
        ("the mayor’s wife", ["the", "mayor", "'s", "wife"]),
        ("the mayor's wife", ["the", "mayor", "'s", "wife"]),
        ("didn’t die", ["didn't", "die"]),
        ("al-Nuimei", ["al-nuimei"]),
        ("“Killed”, he said", ["“", "killed", "”", ",", "he", "said"]),
        ("20-30", ["20", "-", "30"]),
        ("20–30", ["20", "–", "30"]),
        ("", []),
        ("   \t ", []),
        ("7", ["7"]),
    ],
)
def test_words(text, expected, lexicon):
    assert words(text, lexicon) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Omar Farah, 34, was killed",
        "Omar Farah (34) was killed",
        "Omar Farah, aged 34, was killed",
        "Omar Farah, age 34, was killed",
        "Omar Farah, 34 years old, was killed",
        "Omar Farah, a man of 34 years old, was killed",
        "the boy, 9, died",
        "the sisters, both 35, died",
        "twins aged 3 and 5 died",
        "a 9-year-old died",
        "a 9 - year - old died",
    ],
)
def test_ages_are_no_numbers(text, lexicon):
    assert not any(word.isdigit() for word in words(text, lexicon))


def test_numbers_that_are_no_ages_stay(lexicon):
    assert "34" in words("In Gao, 34 people were killed", lexicon)
    assert "12" in words("killing 12, police said", lexicon)


def test_offsets_point_at_the_words(lexicon):
    text = "  In Gao’s market, “at least 22” traders (aged 30) were killed."
    tokens = tokenise(text, lexicon)
    pieces = [text[a:b] for a, b in zip(tokens.start, tokens.end, strict=True)]
    assert [piece.lower().replace("’", "'") for piece in pieces] == tokens.low
    assert tokens.words(0, 2) == "In Gao"
    assert tokens.words(3, 3) == ""


@pytest.mark.parametrize(
    ("text", "capitals"),
    [
        ("GUNMEN KILL FIVE IN GAO", True),
        ("Gunmen kill five in Gao market", False),
        ("Gunmen Kill Five Traders At Market In Gao", True),
        ("Five die", False),
        ("22", True),
    ],
)
def test_capitals_are_seen(text, capitals, lexicon):
    assert tokenise(text, lexicon).capitals is capitals


def test_in_capitals_only_uncommon_words_are_names(lexicon):
    tokens = tokenise("THE MARKET IN TIMBUKTUVILLE BURNED", lexicon)
    names = [w for w, f in zip(tokens.low, tokens.flags, strict=True) if f & CAPITAL]
    assert names == ["timbuktuville"]


def test_signs_are_punctuation_and_possessives_are_not(lexicon):
    tokens = tokenise("Gao's, (1)", lexicon)
    signs = [w for w, f in zip(tokens.low, tokens.flags, strict=True) if f & PUNCTUATION]
    assert signs == [",", "(", ")"]


def test_phrase_is_the_longest_of_its_meaning(lexicon):
    tokens = tokenise("tens of thousands of people", lexicon)
    assert phrase_at(tokens, 0, lexicon, "vague") == (3, "vague")
    assert phrase_at(tokens, 0, lexicon, "hedge:") is None
    assert phrase_at(tokens, 4, lexicon, "vague") is None


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_has_tokens_in_order_within_it(text):
    tokens = tokenise(text, Lexicon())
    ends = [0, *tokens.end]
    for start, end, before in zip(tokens.start, tokens.end, ends, strict=False):
        assert before <= start < end <= len(text)
    assert len(tokens.low) == len(tokens.flags) == len(tokens.start) == len(tokens.end)
