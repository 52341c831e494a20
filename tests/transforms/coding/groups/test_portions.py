"""Numbers told as a part of a whole, and the dead told by who lived."""

import pytest

from transforms.coding.groups.portions import read_portion
from transforms.coding.text.tokens import tokenise

QUANTITIES = [
    ("half of the 30 pupils", "15/15/15 pupils"),
    ("half the 30 pupils", "15/15/15 pupils"),
    ("two thirds of the 90 guests", "60/60/60 guests"),
    ("two-thirds of its 90 guests", "60/60/60 guests"),
    ("a quarter of the village's 100 people", "25/25/25 people"),
    ("more than half of the 40 passengers", "20/20/- passengers"),
    ("nearly three quarters of the 40 passengers", "-/30/30 passengers"),
    ("a third of the 100 guests", "-/33/- guests"),
    ("40 percent of the 50 guests", "20/20/20 guests"),
    ("all but two of the 14 passengers", "12/12/12 passengers"),
    ("all but two of the passengers", "2/-/- of the passengers"),
]


@pytest.mark.parametrize(("words", "expected"), QUANTITIES)
def test_a_part_of_a_counted_whole_is_a_quantity(lexicon, words, expected):
    tokens = tokenise(words, lexicon)
    found = read_portion(tokens, 0, lexicon)
    rest = " ".join(tokens.low[found.last :])
    assert f"{bounds(found)} {rest}" == expected


@pytest.mark.parametrize("words", ["half the village", "a third man", "two of the 14", "all 14"])
def test_a_part_of_what_nobody_counted_is_none(lexicon, words):
    assert read_portion(tokenise(words, lexicon), 0, lexicon) is None


TOLD = [
    ("Half of the 30 pupils were killed.", "killed 15/15/15"),
    ("Gunmen abducted a third of the 90 pupils.", "abducted 30/30/30"),
    ("A blast killed all but two of the 14 passengers.", "killed 12/12/12"),
    # who lived tells who died
    ("Only three of the 60 people aboard survived the crash.", "killed 57/57/57"),
    ("None of the 60 passengers survived when the ferry sank.", "killed 60/60/60"),
    ("Of the eight crew members, only one survived.", "killed 7/7/7"),
    ("Two people survived out of 60 people on board.", "killed 58/58/58"),
    ("A boat with 100 migrants sank and only 20 survived.", "killed 80/80/80"),
    ("Twelve of the 40 passengers died and 28 survived.", "killed 12/12/12"),
    ("Only three of the 12 candidates survived the first round.", ""),
    ("Only three of the 60 dogs survived the fire.", ""),
    # everybody aboard, where it is told how many they were
    ("A plane with 40 people aboard crashed, killing everyone on board.", "killed 40/40/40"),
    ("A plane carrying 40 people crashed. All on board were killed.", "killed 40/40/40"),
    ("A plane with 40 people on board crashed. There were no survivors.", "killed 40/40/40"),
    ("A plane with 40 people aboard crashed. No one survived.", "killed 40/40/40"),
    ("A plane crashed, killing everyone on board.", "killed 2/-/-"),
    ("There are no survivors of the old band.", ""),
]


@pytest.mark.parametrize(("text", "told"), TOLD, ids=[text for text, _ in TOLD])
def test_the_dead_are_told_by_a_part_or_by_who_lived(outcome, text, told):
    assert outcome(text) == told


def bounds(figure):
    return "/".join("-" if n is None else str(n) for n in (figure.low, figure.best, figure.high))
