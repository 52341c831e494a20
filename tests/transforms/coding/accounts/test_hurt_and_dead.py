"""The dead, the hurt and the missing of one event, told apart and kept in step."""

import pytest

TOLD = [
    ("A mother stabbed her three children, two fatally.", "killed 2/2/2, injured 1/1/1"),
    ("The pilot and co-pilot died in the crash.", "killed 2/2/2"),
    ("The mayor and police chief were killed.", "killed 2/2/2"),
    ("The president and commander in chief was killed.", "killed 1/1/1"),
    ("Police opened fire, killing one and injuring several.", "killed 1/1/1, injured 2/-/-"),
    ("The blast killed many hopes.", ""),
    ("Seven civilians were caught in the crossfire and killed.", "killed 7/7/7"),
    ("The van was hit by a train and killed its driver.", "killed 1/1/1"),
    (
        "Thirty people were killed and dozens injured in the crash. Officials said 28 bodies had"
        " been taken to a hospital. More than 100 injured were being treated, they added.",
        "killed 30/30/30, injured 100/100/-",
    ),
    (
        "Eleven people died and 14 were taken to hospital. By evening the toll had risen to 21.",
        "killed 21/21/21, injured 14/14/14",
    ),
    (
        "A slide hit the town. Forty people are missing. By evening 12 bodies had been found and"
        " 28 people were still missing.",
        "killed 12/12/12, missing 28/28/28",
    ),
    ("A hundred and twenty people were killed.", "killed 120/120/120"),
    ("Ten people died. A further six were injured.", "killed 10/10/10, injured 6/6/6"),
    ("Gunmen killed 1,200 people near Gao on Saturday.", "killed 1200/1200/1200"),
    (
        "The war has killed 1,200 people, the ministry said on Saturday.",
        "aggregate killed 1200/1200/1200",
    ),
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


@pytest.mark.parametrize(("text", "told"), TOLD, ids=[t for t, _ in TOLD])
def test_the_dead_and_the_hurt_are_told_apart(outcome, text, told):
    assert outcome(text) == told
