"""Nobody counts twice, and what is no victim or no event of its own does not count at all."""

import pytest

TOLD = [
    # a total of a side in a country is none of one event
    (
        "An air strike near Idlib killed two Turkish soldiers on Thursday. It raised Turkey's"
        " death toll in Syria to 58.",
        "killed 2/2/2 | aggregate killed 58/58/58",
    ),
    (
        "A bomb killed a French soldier on Monday, bringing the French death toll in Mali to 12.",
        "killed 1/1/1 | aggregate killed 12/12/12",
    ),
    ("A blast killed three in Kano. Monday's death toll in Kano rose to 12.", "killed 12/12/12"),
    (
        "A blast hit a market in Kano. On Tuesday the blast's death toll in Kano rose to 12.",
        "killed 12/12/12",
    ),
    (
        "A commander was shot dead in Luhansk on Wednesday. It followed an upsurge in fighting"
        " between troops and rebels that claimed 30 lives.",
        "killed 1/1/1 | aggregate killed 30/30/30",
    ),
    ("Two soldiers were killed on Monday amid an upsurge of violence.", "killed 2/2/2"),
    ("An escalation of fighting in Tripoli on Saturday left 18 people dead.", "killed 18/18/18"),
    # nor is what all events so far have cost
    (
        "Gunmen killed two teachers near Bambari on Monday. The government has promised an inquiry."
        " Soldiers and rebels have clashed there for months. More than 350 people have been killed,"
        " aid groups say.",
        "killed 2/2/2 | aggregate killed 350/350/-",
    ),
    (
        "Two girls blew themselves up in Maiduguri on Wednesday, killing two people. A road was"
        " shut. A shop was looted. More than 300 women have lost their lives in the attacks.",
        "killed 2/2/2 | aggregate killed 300/300/-",
    ),
    (
        "Fighting broke out in Juba. Two aid workers were killed. More than 150 people have died.",
        "killed 2/2/2 | killed 150/150/-",
    ),
    (
        "A ferry sank off Zanzibar on Saturday. Two Dutch tourists were killed. They were 40. They"
        " liked the sea. The town mourns. More than 140 people have died, officials said.",
        "killed 2/2/2 | killed 140/140/-",
    ),
    (
        "A bomb killed two policemen in Kabul on Monday. The road is shut. The mayor spoke. On"
        " Sunday more than 120 people had been killed by a truck bomb in Herat.",
        "killed 2/2/2 | killed 120/120/-",
    ),
    # titles of other stories between the lines
    (
        "A bus fell into a ravine near Puno on Monday, killing 11 people.\nPolice came.\n"
        "Truck falls into river in Cusco, killing seven\nThe road is narrow.",
        "killed 11/11/11 | background killed 7/7/7",
    ),
    (
        "Two girls blew themselves up on Wednesday, killing two people.\nPolice closed the road.\n"
        "Strike on refugee camp kills at least 76\nThe town is poor.",
        "killed 2/2/2 | background killed 76/76/-",
    ),
    (
        "A bomb killed 11 people in Kano on Monday.\nPolice closed the road.\n"
        "Six farmers killed in attack near Jos\nThe attack in Jos came at dawn.",
        "killed 11/11/11 | killed 6/6/6",
    ),
    (
        "A bus fell into a ravine near Puno, killing 11 people.\nPolice blamed the driver.\n"
        "Death toll climbs to 13 in hospital\nThe road is narrow.",
        "killed 13/13/13",
    ),
    # another who speaks tells of the same event
    (
        "Five people were hurt in a blast at a school. A second source said that a teacher, who had"
        " been injured, fled.",
        "injured 5/5/5",
    ),
    (
        "Eight people were injured in a shooting. A third witness said that two pupils were hurt.",
        "injured 8/8/8",
    ),
    (
        "Gunmen killed two people in Gao. A second bomb killed three people in Kidal.",
        "killed 2/2/2 | killed 3/3/3",
    ),
    # both of those whom "of" governs
    ("The funerals of a woman and three boys who died in a fire took place.", "killed 4/4/4"),
    ("A vigil was held for a mother and two girls who died in the blast.", "killed 3/3/3"),
    ("The families of two pilots and a guard who were killed were told.", "killed 3/3/3"),
    ("The wife of a minister and three guards who died in the attack were named.", "killed 4/4/4"),
    (
        "The funerals of a man and four boys who died in a fire took place today. Ann Quill, 27,"
        " died along with her son Paul and their cousins, Tom, four, and Luke, three.",
        "killed 5/5/5",
    ),
    # the hurt who died
    (
        "The twins were found with critical injuries. The boy died and the girl remains in"
        " a critical condition.",
        "killed 1/1/1, injured 1/1/1",
    ),
    (
        "A couple were found injured in their home in Derby. The woman died and the man fled.",
        "killed 1/1/1, injured 1/1/1",
    ),
    (
        "A crash injured twelve people in York. Two people died and ten are in hospital.",
        "killed 2/2/2, injured 10/10/10",
    ),
    ("Two pupils were found wounded in Gao. Both died later.", "killed 2/2/2"),
    (
        "Four people were injured in a crash. Two of them later died.",
        "killed 2/2/2, injured 2/2/2",
    ),
    (
        "A man died after a stabbing. Officers were called to reports of one person injured.",
        "killed 1/1/1",
    ),
    (
        "A woman died after a crash in Hull. Officers were called to reports of a crash and found a"
        " man injured.",
        "killed 1/1/1, injured 1/1/1",
    ),
    # no victims
    ("Ben Lopez, 20, told the Daily Star that he shot the video of the crash.", ""),
    ("The rebels released a soldier they kidnapped on Monday.", "abducted 1/1/1"),
    ("The president spoke of the massacre of Lidice.", ""),
    ("The massacre of 40 villagers shocked the country.", "killed 40/40/40"),
    ('"Let\'s see if he dies," the message read.', ""),
]


@pytest.mark.parametrize(("text", "told"), TOLD, ids=[t for t, _ in TOLD])
def test_every_victim_is_told_once(outcome, text, told):
    assert outcome(text) == told
