"""Bodies told with whose they are, and who of those hit died."""

import pytest

BODIES = [
    ("A woman's body was found in a canal.", "killed 1/1/1"),
    ("Villagers found a man's body near the road.", "killed 1/1/1"),
    ("Two missing girls' bodies were found in the river.", "killed 2/2/2"),
    ("Ana Ruiz's body was recovered from the river.", "killed 1/1/1"),
    ("His body was found in the river.", "killed 1/1/1"),
    ("Police found her body near the road.", "killed 1/1/1"),
    ("His body has never been found.", ""),
    ("She suffered burns to her body and is recovering at home.", "injured 1/1/1"),
    ("The bodies of 32 soldiers lay on the ground.", "killed 32/32/32"),
    ("The body of the president lay in state.", ""),
    ("The attackers slit the throats of three herders.", "killed 3/3/3"),
    ("Sixty-three bodies had been recovered by Monday.", "killed 63/63/63"),
    ("Traces of poison were found on Omar Sule's body.", ""),
    ("The president's body is lying in state.", ""),
    ("A dog's body was found in the river.", ""),
    ("The union's body was found to be at fault.", ""),
]


@pytest.mark.parametrize(("text", "told"), BODIES, ids=[t for t, _ in BODIES])
def test_a_body_is_somebodys(outcome, text, told):
    assert outcome(text) == told


FATALLY = [
    ("Four shot, one fatally, outside a club in Leeds", "killed 1/1/1, injured 3/3/3"),
    ("3 shot, 1 fatally, in Oakland", "killed 1/1/1, injured 2/2/2"),
    ("Two stabbed, one critically, in Leeds", "injured 2/2/2"),
]


@pytest.mark.parametrize(("title", "told"), FATALLY, ids=[t for t, _ in FATALLY])
def test_a_headline_tells_who_of_those_hit_died(accounts, outcome, title, told):
    assert outcome("The incident happened on Monday.", title=title) == told
