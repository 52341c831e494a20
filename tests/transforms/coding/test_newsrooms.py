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
    ("A woman in her late 70s and her grandson lost their lives.", "killed 2/2/2"),
    ("The blast resulted in the loss of life of four miners.", "killed 4/4/4"),
    (
        "Eleven migrants, two of them children, suffocated in a van.",
        "killed 11/11/11",
    ),
    ("Two boys who had gone bathing with five friends drowned.", "killed 2/2/2"),
    ("A court heard on Monday that she died two days later.", "killed 1/1/1"),
]


WAYS = [
    ("The blast cost four firefighters their lives.", "killed 4/4/4"),
    ("Rescuers recovered five more bodies.", "killed 5/5/5"),
    ("Fifteen miners were brought out dead.", "killed 15/15/15"),
    ("At least five farmers were hacked down with axes.", "killed 5/5/-"),
    ("A cyclist was knocked down and killed by a lorry.", "killed 1/1/1"),
    ("Five from one family killed as car hits tree.", "killed 5/5/5"),
    ("Death toll 9 after the blast.", "killed 9/9/9"),
    ("Some 40 pupils were herded into the bush.", "abducted -/40/-"),
    ("There is no trace of the five sailors.", "missing 5/5/5"),
    ("The fate of 14 passengers was unknown.", "missing 14/14/14"),
    ("Rescuers are still looking for 14 people.", "missing 14/14/14"),
    ("Police are still looking for two men.", ""),
    ("Doctors treated 26 people for burns.", "injured 26/26/26"),
    ("A hiker who had been missing since Sunday was found dead.", "killed 1/1/1"),
]


@pytest.mark.parametrize(("sentence", "expected"), HURT + LOST + DEAD + WAYS)
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


TOLLS = [
    ("At least 19 people were killed by lightning in nine districts of Gao on Monday. Five deaths"
     " were reported in Kidal, four persons died in Mopti.", "killed 19/19/-"),
    ("The quake in Mali: 212 people died in Gao. In Kidal 38 died. That makes a total of 250 dead.",
     "killed 250/250/250"),
    ("14:20 Eleven people are dead in the blast at Gao, the mayor says.\n\n12:05 The fire brigade"
     " confirms seven dead.\n\n10:40 We hear of three dead in Gao.", "killed 11/11/11"),
    ("10:40 A blast at Gao killed three.\n\n12:05 Gunmen killed seven people in Kidal.\n\n14:20 A"
     " crash near Bamako killed two.", "killed 3/3/3 | killed 7/7/7 | killed 2/2/2"),
    ("Five people were killed in a raid on Gao on Monday. They are: Ana Ruiz, 34; Eva Soto, 51; and"
     " Luz Mora, 17, who died in hospital.", "killed 5/5/5"),
    ("Deaths: 57\nMissing: 13\nInjured: 241\nThe cyclone struck Gao on Monday.",
     "killed 57/57/57, injured 241/241/241, missing 13/13/13"),
    ("Bridges: 4\nSchools: 31\nThe cyclone struck Gao on Monday.", ""),
    ("A drone hit a yard in Gao on Monday. Tetiana died at the scene, along with a porter.",
     "killed 2/2/2"),
    ("The singer Ana Ruiz has died at the age of 79. She died as she lived.", ""),
    ("A woman reported her husband missing in Gao; he was found asleep.", ""),
    ("The Gao region closed March with 187 intentional homicides.", "aggregate killed 187/187/187"),
    ("Rain that has lashed Gao since the weekend has left 12 people dead.", "killed 12/12/12"),
    ("Cholera has claimed 14 more lives in Gao in the past week, bringing the toll to 203.",
     "aggregate killed 14/14/14 | aggregate killed 203/203/203"),
    ("Nine people died in Monday's crash in Gao, not seven as first reported.", "killed 9/9/9"),
    ("Divers recovered one deceased crew member off Gao on Monday.", "killed 1/1/1"),
    ("Speed was the cause of one fatal accident in four in Gao.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ARTICLES + TOLLS)
def test_article(text, expected, outcome):
    assert outcome(text) == expected
