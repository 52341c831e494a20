"""Ways of telling casualties that newsrooms of many kinds use, class by class."""

import pytest

HURT = [
    ("A waiter was hit in the left thigh.", "injured 1/1/1"),
    ("His cousin was cut on both hands.", "injured 1/1/1"),
    ("A porter was slashed across the back.", "injured 1/1/1"),
    ("The film was hit in the box office.", ""),
    ("The wage was cut on Monday.", ""),
    ("A boy suffered a broken leg in the crash.", "injured 1/1/1"),
    ("Another seven were left wounded by bullets.", "injured 7/7/7"),
    ("A fourth miner remains in intensive care after the blast.", "injured 1/1/1"),
    ("Two guards are in the ICU after the shooting.", "injured 2/2/2"),
    ("Nine people are being treated in two hospitals after the crash.", "injured 9/9/9"),
    ("Three wardens are receiving treatment after the attack.", "injured 3/3/3"),
    ("Eleven tenants sought medical aid after the blast.", "injured 11/11/11"),
    ("Four sailors were hospitalised after the collision.", "injured 4/4/4"),
    ("Two hens were treated in the yard.", ""),
]
LOST = [
    ("Ten passengers were yet to be accounted for.", "missing 10/10/10"),
    ("Ten passengers have not been accounted for.", "missing 10/10/10"),
    ("Another 64 people are listed as missing.", "missing 64/64/64"),
    ("A search was on for two sailors listed as missing.", "missing 2/2/2"),
    ("The three nurses have not been seen since.", "missing 3/3/3"),
    ("All ten passengers were accounted for.", ""),
]
DEAD = [
    ("Seven bandits were sent to hell.", "killed 7/7/7"),
    ("Floods raised to 63 on Wednesday the number of deaths.", "killed 63/63/63"),
    ("A court heard on Monday that she died two days later.", "killed 1/1/1"),
]


@pytest.mark.parametrize(("sentence", "expected"), HURT + LOST + DEAD)
def test_sentence(sentence, expected, mentions):
    assert mentions(sentence) == expected


ARTICLES = [
    ("Two brothers were shot dead in Gao on Monday and their cousin sustained bullet injuries.",
     "killed 2/2/2, injured 1/1/1"),
    ("The army said of the battle at Gao: on the friendly side, 5 dead and 10 wounded; on the enemy"
     " side, 46 dead.", "killed 51/51/51, injured 10/10/10"),
    ("A bus crash killed four people in Gao. Five passengers were hurt.",
     "killed 4/4/4, injured 5/5/5"),
    ("Four pupils were hospitalised with flu in Gao.", ""),
    ("Two batters retired hurt in Gao.", ""),
    ("Gunmen kill 6 in Gao bakery\nBus plunge in Peru leaves 19 dead\nThree firemen"
     " hurt in Dakar blaze\nRand hits low\n", "killed 6/6/6 | killed 19/19/19 | injured 3/3/3"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ARTICLES)
def test_article(text, expected, outcome):
    assert outcome(text) == expected
