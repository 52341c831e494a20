"""Bodies told with whose they are; who of those hit died, and who is hurt beside the dead."""

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


MORE = [
    ("A mother stabbed her three children, two fatally.", "killed 2/2/2, injured 1/1/1"),
    ("The pilot and co-pilot died in the crash.", "killed 2/2/2"),
    ("The mayor and police chief were killed.", "killed 2/2/2"),
    ("The president and commander in chief was killed.", "killed 1/1/1"),
    ("Police opened fire, killing one and injuring several.", "killed 1/1/1, injured 2/-/-"),
    ("The blast killed many hopes.", ""),
    ("The fire left 15 dead and five in hospital.", "killed 15/15/15, injured 5/5/5"),
    ("A man died when his motorcycle hit a lamp post.", "killed 1/1/1"),
    (
        "A 19-year-old died and his passenger was hurt when their car hit a wall.",
        "killed 1/1/1, injured 1/1/1",
    ),
    ("The singer Ana Ruiz died on Monday when her boat sank off Lima.", "killed 1/1/1"),
    ("The singer Ana Ruiz died on Monday at her home in Lima.", ""),
    (
        "Fifteen people with gunshot wounds had been admitted since the attack.",
        "injured 15/15/15",
    ),
    (
        "The toll of the crash rose to 29 on Monday. Seventeen people remain in hospital.",
        "killed 29/29/29, injured 17/17/17",
    ),
    (
        "A gunman shot a clerk and a customer in Oakland. The clerk died.",
        "killed 1/1/1, injured 1/1/1",
    ),
    (
        "Three soldiers were wounded, one of them gravely. The soldier later died.",
        "killed 1/1/1, injured 2/2/2",
    ),
    (
        "A father and his son died in a house fire. Their mother is in a critical condition. Two"
        " firefighters were treated for smoke inhalation.",
        "killed 2/2/2, injured 3/3/3",
    ),
    (
        "Two trains collided on Friday, leaving 275 people dead. More than 1,000 people were hurt.",
        "killed 275/275/275, injured 1000/1000/-",
    ),
    (
        "A blast hit a market. Police said four people had died. By nightfall the hospital had"
        " counted nine dead.",
        "killed 9/9/9",
    ),
]


@pytest.mark.parametrize(("text", "told"), MORE, ids=[t for t, _ in MORE])
def test_the_dead_and_the_hurt_are_told_apart(outcome, text, told):
    assert outcome(text) == told
