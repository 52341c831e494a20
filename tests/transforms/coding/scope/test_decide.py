import pytest

LEAD = "Officials met in Gao on Monday to talk about the road to Kidal."

INCIDENT = [
    ("A bomb killed five people in Gao on Monday.", "killed 5/5/5"),
    ("At least five people were killed in fighting in Gao.", "killed 5/5/-"),
    ("Five people were killed in Gao, the army said.", "killed 5/5/5"),
    ("The army denied killing five people in Gao.", "killed 5/5/5"),
    ("A quake killed 3,200 people in Nepal on Monday.", "killed 3200/3200/3200"),
    ("The quake in Nepal killed thousands of people.", "killed 2000/-/-"),
    ("Ten people died of cholera in Goma on Monday.", "killed 10/10/10"),
    ("Gunmen killed a judge who had threatened to quit.", "killed 1/1/1"),
]
BACKGROUND = [
    "The house stands near where Omar Kone was killed by police last November.",
    "At least one candidate was killed before the vote.",
    "A bomb killed 19 people in the same market last year.",
    "Five years ago a fire killed 30 people there.",
    "A similar crash in 2011 killed 14 people.",
    "Monday was the anniversary of a blast that killed 40 people.",
    "He was convicted of killing five people in a Gao cafe.",
    "She is on trial for the murder of two nuns.",
    "A memorial was unveiled to the 12 people who were killed.",
    "In May 2019 rebels kidnapped six engineers.",
    "A ferry sank there three months earlier, killing 24 people.",
    "He was sentenced to 30 years for killing two guards.",
    "During the dictatorship soldiers killed 40 students there.",
]
AGGREGATE = [
    "Omar Kone was the first of two teenagers killed by gunfire over the weekend in the county.",
    "More than 1,000 people have been killed since January.",
    "Clashes have killed 29 people in six days of fighting.",
    "Some 300 people have been killed in the past two months.",
    "The conflict has killed 40,000 people.",
    "Attacks across the country killed 34 people.",
    "At least 20 people were killed in separate attacks.",
    "The insurgency has claimed 12,000 lives.",
    "A series of bombings killed 60 people in Iraq.",
    "Four attacks in the province killed 19 people.",
    "So far this year 212 people have been killed.",
    "The civil war has left 90,000 people dead.",
    "Between 1996 and 2006 rebels killed 13,000 people.",
    "The virus has killed 4,000 people worldwide.",
    "Suicide bombings last week killed 34 people.",
    "In recent weeks gunmen have killed 14 teachers.",
    "Since 2014 the group has abducted 900 schoolgirls.",
]
HYPOTHETICAL = [
    "The bomb could have killed thousands of people.",
    "The group threatened to kill three teachers.",
    "Police foiled a plot to kill the mayor.",
    "The storm might kill hundreds of people.",
    "If the dam breaks, 5,000 people would be killed.",
    "The army denied reports that five people were killed.",
    "Reports that five people were killed were false.",
    "He was charged with plotting to murder two judges.",
    "In the film gunmen killed five people.",
    "In the drill a mock bomb killed 40 people.",
    "Doctors warned that 400 children may die.",
    "He called on his men to kill five traders.",
]
NOTHING = [
    "The committee killed the bill in a vote of 12 to 4.",
    "The court confirmed the death penalty for four men.",
    "The race between the two parties is a dead heat.",
    "The midfielder missed the final after he was injured.",
    "Two players were injured in training before the match.",
    "The singer died at the age of 91.",
    "The former president died of cancer on Monday.",
    "The poet died peacefully in her sleep.",
    "The old minister died after a long illness.",
    "The writer died of natural causes.",
    "The frost killed 300 sheep.",
    "The storm destroyed 40 houses and killed the power.",
    "Three prisoners were released on Monday.",
    "Police arrested 22 people.",
    "He is 22 and lives in Gao.",
    "The team was missing five players.",
    "Soldiers killed time at the border.",
    "Some 400 people were treated for the flu.",
    "The deadline killed the deal.",
    "Her dead-end job paid 400 dollars.",
    "It was a killer blow to 12 rivals.",
    "Body cameras were given to 40 officers.",
    "The company cut 400 jobs.",
    "Two buses were hit.",
    "He shot two films in Gao.",
    "Five people were sick.",
]


@pytest.mark.parametrize(("sentence", "expected"), INCIDENT)
def test_incident(sentence, expected, outcome):
    assert outcome(sentence) == expected


@pytest.mark.parametrize("sentence", BACKGROUND)
def test_background(sentence, accounts):
    assert [account.scope for account in accounts(f"{LEAD} {sentence}")] == ["background"]


@pytest.mark.parametrize("sentence", AGGREGATE)
def test_aggregate(sentence, accounts):
    assert [account.scope for account in accounts(f"{LEAD} {sentence}")] == ["aggregate"]


@pytest.mark.parametrize("sentence", HYPOTHETICAL)
def test_hypothetical(sentence, accounts):
    assert {account.scope for account in accounts(f"{LEAD} {sentence}")} <= {"hypothetical"}


@pytest.mark.parametrize("sentence", NOTHING)
def test_no_claim(sentence, outcome):
    assert outcome(sentence) == ""
    assert outcome(f"{LEAD} {sentence}") == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A bomb killed five people in Gao on Monday. A similar bomb killed 19 people there"
            " last year.",
            ["incident", "background"],
        ),
        (
            "Gunmen killed two teachers in Gao on Monday. More than 900 people have been killed"
            " in the region since January.",
            ["incident", "aggregate"],
        ),
        (
            "Gunmen killed two teachers in Gao on Monday. The group had threatened to kill more"
            " teachers.",
            ["incident"],
        ),
        (
            "The report came as gunmen killed two people in Gao, while at least 400 have died in"
            " the region since 2019.",
            ["incident", "aggregate"],
        ),
    ],
)
def test_scope_is_the_clause_s_own(text, expected, accounts):
    found = [account.scope for account in accounts(text)]
    assert [scope for scope in found if scope != "hypothetical"] == expected


def test_claims_have_the_scope_of_their_account(accounts):
    for account in accounts(f"{LEAD} A bomb killed 19 people there last year."):
        assert {claim.scope for claim in account.claims} == {account.scope}


FRAMED = "The march sets out at noon. Its route is long. Thousands are expected. "


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("During the first march in 1976 farmers held the square. Six were killed by troops.",
         "background"),
        ("In 2011, as the regime shook, tanks rolled. Police fired into the crowd, killing nine.",
         "background"),
        ("Early on August 3, 2014, they came. Her mother and six brothers were shot dead.",
         "background"),
        ("She marched in 2011. Friends fled. That same year, her brother was killed by guards.",
         "background"),
        ("The march marks the battle of 9 February 1904. An officer and two sailors were killed.",
         "background"),
        ("In 1976 troops held the square. On Monday nine farmers were killed there.", "incident"),
        ("In 2026 troops held the square. Nine farmers were killed there.", "incident"),
        ("The first march was held in 1976. A bomb blew up a bus, killing nine.", "incident"),
    ],
)  # fmt: skip
def test_a_year_that_opens_a_sentence_frames_those_after_it(text, scope, accounts):
    assert {account.scope for account in accounts(FRAMED + text)} == {scope}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A shelter burned in Gao, killing nine. Two clinics said they received 41 injured girls.",
         "killed 9/9/9, injured 41/41/41"),
        ("A bomb in Gao killed one man and wounded several people. Medics said that six wounded "
         "people were receiving care.", "killed 1/1/1, injured 6/6/6"),
        ("A roof fell in Gao. A girl is in hospital with grave injuries. About 40 pupils were in "
         "the hall and a second girl suffered minor injuries.", "injured 2/2/2"),
    ],
)  # fmt: skip
def test_those_cared_for_are_of_the_news(text, expected, outcome):
    assert outcome(text) == expected


def test_a_month_long_past_recalls_beside_news(outcome):
    text = "Two pupils were hurt in a shooting in Gao. It began at noon. Police came. The town is "
    text += "near Ber, where a lorry attack in October killed 86 people."
    assert outcome(text) == "injured 2/2/2 | background killed 86/86/86"


@pytest.mark.parametrize(
    "text",
    [
        "The rules were made after a blast at a plant in Gao in 2013 killed 15 people. Talks go "
        "on. They are long. Twelve of the 15 people who died at the plant were firemen.",
        "The gas was used in 1995 on trains in Gao. In the attack, members of a cult killed 12 "
        "people. The gas has no colour.",
        "The army met in Gao. It will meet again. READ MORE: Nine guards killed in Ber.",
    ],
)
def test_what_was_recalled_stays_recalled(text, accounts):
    scopes = [a.scope for a in accounts("The council met. It was late. " + text)]
    assert scopes
    assert "incident" not in scopes
