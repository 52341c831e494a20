"""Victims told as the rest of a number that stands elsewhere."""

import pytest

REST = [
    (
        "The bus was carrying 50 people when it fell into a river; 12 survived and the rest died.",
        "killed 38/38/38",
    ),
    (
        "A dinghy with 30 people aboard sank. Coast guards saved 11, and the rest are missing.",
        "missing 19/19/19",
    ),
    (
        "Of the 30 people aboard the boat, eleven were saved, five bodies were found and the rest"
        " are missing.",
        "killed 5/5/5, missing 14/14/14",
    ),
    (
        "The boat was carrying 45 migrants when it capsized; 20 were rescued and the others"
        " drowned.",
        "killed 25/25/25",
    ),
    (
        "Ten of the 40 passengers were killed and the rest were injured.",
        "killed 10/10/10, injured 30/30/30",
    ),
    ("A boat carrying 60 migrants sank; 23 were rescued and 37 are missing.", "missing 37/37/37"),
    (
        "There were 157 people on the plane that crashed on Sunday. There were no survivors.",
        "killed 157/157/157",
    ),
    # no whole, no figure
    ("Four people died and the rest of the passengers were injured.", "killed 4/4/4"),
    ("Two men were killed. The rest of the village fled.", "killed 2/2/2"),
    ("Of 14 objects that disappeared, five are still missing.", ""),
]


@pytest.mark.parametrize(("text", "told"), REST, ids=[t for t, _ in REST])
def test_the_rest_are_those_who_are_left_of_the_whole(outcome, text, told):
    assert outcome(text) == told
