"""Ways of telling casualties in the press of many countries, class by class."""

import pytest

SENTENCES = [
    ("A MUM-OF-FOUR was stabbed to death in a car park.", "killed 1/1/1"),
    ("A grandfather-of-nine drowned in the canal.", "killed 1/1/1"),
    ("The garrison lost nine men.", "killed 9/9/9"),
    ("The rebels have lost 40 fighters.", "killed 40/40/40"),
    ("We have lost four miners.", "killed 4/4/4"),
    ("The club lost two players on Monday.", ""),
    ("The party lost 40 members to its rival.", ""),
    ("Two guerrillas fell in the clash.", "killed 2/2/2"),
    ("The soldiers fell back to the river.", ""),
    ("The guerrillas fell into a trap.", ""),
    ("Five insurgents were annihilated.", "killed 5/5/5"),
    ("A crowd kicked the burglar to death.", "killed 1/1/1"),
    ("He clubbed his aunt and her alleged lover to death.", "killed 2/2/2"),
    ("A court sentenced three men to death.", ""),
    ("Six people were left dead and nine were left wounded.", "killed 6/6/6; injured 9/9/9"),
    ("Four villagers resulted injured.", "injured 4/4/4"),
    ("The porter was trapped in the lift and did not survive.", "killed 1/1/1"),
    ("The wall collapsed and a mason did not make it.", "killed 1/1/1"),
    ("His mother lost her battle for life in hospital.", "killed 1/1/1"),
    ("A cyclist was crushed under the wheels of a bus.", "killed 1/1/1"),
    ("A waiter needed 30 stitches.", "injured 1/1/1"),
    ("Medics found a girl with a gunshot wound.", "injured 1/1/1"),
    ("A clerk was pistol-whipped by the robbers.", "injured 1/1/1"),
    ("At least 30 others remain in two hospitals.", "injured 30/30/-"),
    ("Two sisters, 19 and 23, were wounded by gunfire.", "injured 2/2/2"),
    ("The attacker, a native of Gao, was shot dead.", "killed 1/1/1"),
    ("They buried six people, and nine girls were kidnapped.", "abducted 9/9/9"),
]


@pytest.mark.parametrize(("sentence", "expected"), SENTENCES)
def test_sentence(sentence, expected, mentions):
    assert mentions(sentence) == expected


HURT_AND_DEAD = [
    ("A blast in Gao killed two traders. Twelve people were taken to hospital.",
     "killed 2/2/2, injured 12/12/12"),
    ("Two died in a crash near Gao. Six who were nursing injuries were taken to a hospital, where"
     " one more succumbed.", "killed 3/3/3, injured 5/5/5"),
    ("Raiders struck Gao on Monday, leaving two traders dead and a watchman nursing a bullet"
     " wound.", "killed 2/2/2, injured 1/1/1"),
    ("Five people were gunned down at a party in Gary on Monday. All five injured are expected to"
     " survive, the hospital said; the five injured are students.", "injured 5/5/5"),
    ("Police in Gary called it a murder-suicide. A girl is fighting for her life after her uncle"
     " shot her and then killed himself on Monday.", "killed 1/1/1, injured 1/1/1"),
    ("A nurse was killed and four people were injured in a stabbing in Gary on Monday. The"
     " attacker was shot dead by police.", "killed 2/2/2, injured 4/4/4"),
]  # fmt: skip
SUMS = [
    ("At least nine people were killed in a bar in Gao on Monday. Seven died there; two men lost"
     " their lives on the way.", "killed 9/9/-"),
    ("Six soldiers were killed by a bomb in Gao on Monday. In the ensuing firefight, three"
     " terrorists were shot dead.", "killed 9/9/9"),
    ("A minister said on Monday that two students had died in a riot in Gao. The union gave a very"
     " different account. Its leader Ali Baba said that seven youths were dead.", "killed 2/2/7"),
    ("The mayor of Gao was shot dead on Monday. Her driver was hit by the bullets and did not"
     " survive.", "killed 2/2/2"),
    ("Three people died in a crash at Gao on Monday. One more died later. We have lost four"
     " people, the mayor said.", "killed 4/4/4"),
    ("It was only an exercise: in Gao 40 soldiers were killed by an imagined bomb on Monday.", ""),
]  # fmt: skip
TABLES = [
    ("Floods in Mali\nDistrict | Dead | Injured\nGao | 4 | 9\nKidal | 3 | 2\nTotal | 7 | 11",
     "killed 7/7/7, injured 11/11/11"),
    ("Floods in Mali\nDistrict | Dead | Missing\n--- | --- | ---\nGao | 4 | 1\nKidal | 3 | 2",
     "killed 7/7/7, missing 3/3/3"),
    ("Fleet | Buses | Drivers\nGao | 4 | 9\nKidal | 3 | 2", ""),
    ("Goals | Wins | Points\nGao | 4 | 9", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), HURT_AND_DEAD + SUMS + TABLES)
def test_article(text, expected, outcome):
    assert outcome(text) == expected


def test_headline_s_figure_is_not_added_to_itself(outcome):
    told = outcome("The bus left the road near Gao on Monday. The 21 others on board escaped with"
                   " injuries.", title="9 dead, 21 hurt as bus plunges")  # fmt: skip
    assert told == "killed 9/9/9, injured 21/21/21"


def test_older_version_of_the_story_tells_of_no_other_event(outcome):
    told = outcome(
        "GARY, Ind. - A man was arrested on Monday. Police spoke to him. He said little. His"
        " lawyer was silent. A clerk, Eva Soto, was shot dead in the shop on Sunday. The shop is"
        " closed.\nGARY, Ind. (WXYZ) - A shooting at a shop left one woman dead on Sunday."
    )
    assert told == "killed 1/1/1"
