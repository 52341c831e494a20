import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.coding.groups.numbers import read_quantity
from transforms.coding.text.tokens import tokenise

EXACT = [
    ("22 people", "22/22/22 people"),
    ("zero people", "0/0/0 people"),
    ("one", "1/1/1"),
    ("twenty-two people", "22/22/22 people"),
    ("twenty two people", "22/22/22 people"),
    ("nineteen people", "19/19/19 people"),
    ("ninety-nine people", "99/99/99 people"),
    ("1,200 people", "1200/1200/1200 people"),
    ("1.200 people", "1200/1200/1200 people"),
    ("12.345.678 people", "12345678/12345678/12345678 people"),
    ("1,00,000 people", "100000/100000/100000 people"),
    ("1.2 million people", "1200000/1200000/1200000 people"),
    ("2 lakh people", "200000/200000/200000 people"),
    ("1.5 crore people", "15000000/15000000/15000000 people"),
    ("a hundred people", "100/100/100 people"),
    ("one hundred people", "100/100/100 people"),
    ("one hundred and five people", "105/105/105 people"),
    ("one hundred five people", "105/105/105 people"),
    ("two hundred and twenty-two men", "222/222/222 men"),
    ("three thousand people", "3000/3000/3000 people"),
    ("three thousand two hundred people", "3200/3200/3200 people"),
    ("a thousand people", "1000/1000/1000 people"),
    ("one million people", "1000000/1000000/1000000 people"),
    ("half a million people", "500000/500000/500000 people"),
    ("one and a half million people", "1500000/1500000/1500000 people"),
    ("a dozen people", "12/12/12 people"),
    ("two dozen people", "24/24/24 people"),
    ("3 dozen people", "36/36/36 people"),
    ("half a dozen people", "6/6/6 people"),
    ("a score of people", "20/20/20 people"),
    ("three score people", "60/60/60 people"),
    ("a couple of people", "2/2/2 people"),
    ("a total of 22 people", "22/22/22 people"),
    ("exactly 22 people", "22/22/22 people"),
    ("only 22 people", "22/22/22 people"),
    ("all 22 people", "22/22/22 people"),
    ("a combined 22 people", "22/22/22 people"),
]
AT_LEAST = [
    (f"{hedge} 22 people", "22/22/- people")
    for hedge in (
        "at least", "more than", "over", "no fewer than", "no less than", "not less than",
        "upwards of", "in excess of", "a minimum of", "well over", "a total of at least",
        "just over",
    )
]  # fmt: skip
AT_LEAST += [
    ("22 or more people", "22/22/- people"),
    ("22 at least", "22/22/-"),
    ("22 and counting", "22/22/-"),
    ("more than two dozen people", "24/24/- people"),
    ("at least a dozen people", "12/12/- people"),
    ("over a hundred people", "100/100/- people"),
    ("at least twenty-two people", "22/22/- people"),
]
ABOUT = [
    (f"{hedge} 22 people", "-/22/- people")
    for hedge in (
        "about", "some", "around", "roughly", "approximately", "an estimated", "circa",
        "in the region of", "something like",
    )
]  # fmt: skip
ABOUT += [
    ("22 or so people", "-/22/- people"),
    ("22 or thereabouts", "-/22/-"),
    ("some two dozen people", "-/24/- people"),
    ("about half a dozen people", "-/6/- people"),
    ("roughly one hundred people", "-/100/- people"),
]
UP_TO = [
    (f"{hedge} 22 people", "-/22/22 people")
    for hedge in (
        "nearly", "almost", "up to", "as many as", "close to", "under", "fewer than", "less than",
        "just under", "no more than", "at most", "a maximum of", "not more than", "nearly all",
    )
]  # fmt: skip
UP_TO += [
    ("22 at most", "-/22/22"),
    ("22 or fewer people", "-/22/22 people"),
    ("nearly two dozen people", "-/24/24 people"),
    ("almost a hundred people", "-/100/100 people"),
]
RANGES = [
    ("20 to 30 people", "20/20/30 people"),
    ("20-30 people", "20/20/30 people"),
    ("20–30 people", "20/20/30 people"),
    ("20 or 30 people", "20/20/30 people"),
    ("between 20 and 30 people", "20/20/30 people"),
    ("between twenty and thirty people", "20/20/30 people"),
    ("two or three people", "2/2/3 people"),
    ("five to six people", "5/5/6 people"),
    ("about 20 to 30 people", "20/20/30 people"),
]
VAGUE = [
    ("several people", "2/-/- people"),
    ("some people", "2/-/- people"),
    ("many people", "2/-/- people"),
    ("a number of people", "2/-/- people"),
    ("numerous people", "2/-/- people"),
    ("a few people", "3/-/- people"),
    ("a handful of people", "2/-/- people"),
    ("dozens of people", "24/-/- of people"),
    ("scores of people", "40/-/- of people"),
    ("tens of people", "20/-/- of people"),
    ("hundreds of people", "200/-/- of people"),
    ("thousands of people", "2000/-/- of people"),
    ("tens of thousands of people", "20000/-/- of people"),
    ("hundreds of thousands of people", "200000/-/- of people"),
    ("millions of people", "2000000/-/- of people"),
    ("several dozen people", "24/-/- people"),
    ("several hundred people", "200/-/- people"),
    ("several thousand people", "2000/-/- people"),
    ("dozens more people", "24/-/- more people"),
    ("hundreds", "200/-/-"),
]
NONE = [
    "people",
    "the third soldier",
    "3rd Brigade",
    "22-year-old teacher",
    "2.3 kilometres",
    "1980s war",
    "as many",
    "someone",
    "99999999999 people",
    "",
]


def loose(found):
    """Vague words may keep their "of" or pass over it: both read the same figure."""
    return found.replace(" of people", " people") if found else found


@pytest.mark.parametrize(("words", "expected"), EXACT)
def test_exact(words, expected, quantity):
    assert quantity(words) == expected


@pytest.mark.parametrize(("words", "expected"), AT_LEAST)
def test_at_least(words, expected, quantity):
    assert quantity(words) == expected


@pytest.mark.parametrize(("words", "expected"), ABOUT)
def test_about(words, expected, quantity):
    assert quantity(words) == expected


@pytest.mark.parametrize(("words", "expected"), UP_TO)
def test_up_to(words, expected, quantity):
    assert quantity(words) == expected


@pytest.mark.parametrize(("words", "expected"), RANGES)
def test_range(words, expected, quantity):
    assert quantity(words) == expected


@pytest.mark.parametrize(("words", "expected"), VAGUE)
def test_vague_words_have_only_a_low(words, expected, quantity):
    assert loose(quantity(words)) == loose(expected)


@pytest.mark.parametrize("words", NONE)
def test_no_quantity(words, quantity):
    assert quantity(words) is None


@pytest.mark.parametrize(
    ("words", "convention"),
    [
        ("22 people", "exact"),
        ("at least 22 people", "at_least"),
        ("about 22 people", "about"),
        ("up to 22 people", "up_to"),
        ("20 to 30 people", "range"),
        ("dozens of people", "dozens"),
        ("a few people", "a_few"),
        ("several hundred people", "several_hundred"),
    ],
)
def test_convention_names_the_rule(words, convention, lexicon):
    found = read_quantity(tokenise(words, lexicon), 0, lexicon)
    assert found.convention == convention


@given(st.integers(1, 999_999))
def test_grouped_and_plain_digits_are_one_number(value):
    from transforms.coding.words.lexicon import Lexicon

    for words in (str(value), f"{value:,}"):
        found = read_quantity(tokenise(words, Lexicon()), 0, Lexicon())
        assert (found.low, found.best, found.high) == (value, value, value)


def test_numbers_in_words_count_as_their_digits(quantity):
    from itertools import product

    tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
    units = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    for (i, ten), (j, unit) in product(enumerate(tens, 2), enumerate(units, 1)):
        value = 10 * i + j
        assert quantity(f"{ten}-{unit}") == f"{value}/{value}/{value}"
        assert quantity(f"six hundred and {ten}-{unit}") == "/".join([str(600 + value)] * 3)


def test_bounds_are_ordered_where_known(quantity):
    for words, _ in EXACT + AT_LEAST + ABOUT + UP_TO + RANGES + VAGUE:
        found = quantity(words)
        if found:
            known = [int(v) for v in found.split(" ")[0].split("/") if v != "-"]
            assert known == sorted(known)


def test_nothing_past_the_end(lexicon):
    assert read_quantity(tokenise("two", lexicon), 5, lexicon) is None
