"""Casualty words that tell of no casualty: names, fiction, sport, near misses, natural deaths."""

import pytest

NEAR_MISSES = [
    "The blast nearly killed the governor.",
    "The man whose duvet nearly killed him was a baker.",
    "A bullet narrowly missed killing the mayor.",
]
FIGURES_OF_SPEECH = [
    "The bank drowned its rivals in paperwork.",
    "A poorly executed plan left the club in debt.",
    "Fans succumbed to temptation.",
    "The party shot itself in the foot.",
    "He had to see what he was missing.",
    "Two big bridges are missing from the plan.",
    "It was the murder of a tragedy.",
    "That means a slaughter of some significance.",
    "The army seized control of the airport.",
    "Kano seized control of the territory in a war.",
    "The report gives the amount of money being seized at the border.",
    "He is dead wrong about that.",
    "They supervise the execution of a comprehensive plan.",
    "The minister has not accounted for the money.",
    "The country is held hostage by a small elite.",
    "A guard who took a bullet, almost died, and was back at work has retired.",
    "History is no captive of fate.",
    "Some Government body is given more power.",
    "No legislative body has had a fuller report.",
    "Two regulatory bodies and three sports bodies met.",
    "Lake Erie was dead, and now it thrives.",
    "The two bodies have until 16 May to prepare their reports.",
    "Lions were also missing their captain.",
    "Lions were also missing Emil Forde and two others.",
    "The drug will be used to prevent children dying from the disease.",
    "Rebels seized Mosul.",
    "Watches worth over $10 mln seized.",
    "Blacktips have not been found responsible for any fatal attacks in the bay.",
    "Conservatives have been badly hurt by the minister's scandal.",
    "Now the room is empty, and even Cole's famous desk is missing.",
    "Activists slaughtered a sheep beneath the gate.",
    "Boy who suffered injuries at birth awarded damages.",
    "Unlike many other celestial bodies in space, Mars is dead and dusty.",
    "The children of a couple who died of cancer thanked the town.",
    "Guards watched her to keep her from taking her own life.",
    "She lay still, hoping that he thought she was dead.",
    "As Musa Bello's execution date closes in, his lawyers prepare an appeal.",
]
NAMES = [
    "The port of Red Dead Fortune runs badly on this console.",
    "Half Past Dead is a bad film.",
    "The drama How I Killed My Uncle opens in Lagos next week.",
    "The city opened a Death Records Office for its residents.",
]
NATURAL = [
    "Joan Barlow, who died on Sunday at 87, was a painter.",
    "Tom Verrel, who died last week, wrote eleven novels.",
    "Ana Bohl died Tuesday after an operation. She was 70.",
    "A vigil was held for the singer Jon Harris, who died last week.",
    "Carl Homan, who died this week at age 69, bridged many worlds.",
    "The senate adjourned over Musa Bello's death.",
]
OBITUARIES = [
    ("Freedom campaigner Musa Bello dies",
     "Freedom campaigner Musa Bello, who spent nine years in jail, died in Gao on Monday at the "
     "age of 91. He was jailed again in 1974."),
    ("Beloved Columnist Tom Verrel Dead At 88",
     "Tom Verrel, a columnist, died Sunday. He was 88. He wrote of the town and of its people. He "
     "once wrote of a killing in 1980."),
    ("Pioneer musician and composer Tom Verrel dies",
     "The composer Tom Verrel has died at 90. He was found dead at his home, police said."),
    ("Ada Cole's body arrives home",
     "A plane with the body of the envoy Ada Cole landed in Abuja on Friday. Cole died on Monday, "
     "a day before her birthday. The ministry said that the envoy died at her desk."),
]  # fmt: skip
SERIES = (
    "Fans of the hit series ask whether Otis Bell lived. In the final episode he fires a gun in a "
    "villain's hideout. Was Otis Bell killed? The showrunner and the actor keep the secret."
)
SHOW = (
    "Fans of the drama will learn who killed Otis. The hit series returns with two episodes, and "
    "its characters grieve. The actor who plays the sheriff hopes that nobody spoils the finale."
)
UNNATURAL = [
    ("Ade Cole, the actor, was shot dead in Gao. The film star of two movies had a role in a hit "
     "series. Police said that Cole was killed by a stranger.", "killed 1/1/1"),
    ("Musa Bello died on Monday at the age of 19. He was found dead in a ditch, police said.",
     "killed 1/1/1"),
    ("Tom Verrel, who died last week, was shot by his brother.", "killed 1/1/1"),
    ("A man died when a wall fell on him in Gao.", "killed 1/1/1"),
    ("Musa Bello, 87, died in a fire in Kano.", "killed 1/1/1"),
    ("Ana Bohl died after the operation against rebels in Gao on Monday.", "killed 1/1/1"),
    ("A woman has died of cholera, taking the toll from the disease to 31.", "killed 31/31/31"),
    ("Soldier Killed in the attack on a camp near Gao.", "killed 1/1/1"),
]  # fmt: skip
SPORT = (
    "The coach changed his line-up again. Ade Cole's injury in the opener left a gap, and the "
    "quarterback threw two touchdowns."
)
REVIEW = (
    "The film has a fine plot and a great actress. Its villain kills 12 people in the first act. "
    "The director keeps the pace."
)
STORY = (
    "The game is a sequel, and its trailer promised more. The characters are soldiers. "
    "Many of them die in the first episode, and aliens kill the rest. The console version is slow."
)
AGES = [
    ("Two boys aged three and 13 died when a wall collapsed in Gao.", "killed 2/2/2"),
    ("Two sisters aged four and nine were killed in a fire.", "killed 2/2/2"),
    ("Six people aged between 17 and 70 were killed.", "killed 6/6/6"),
    ("Two men, aged 20 and 25, 3 women and a boy were killed.", "killed 6/6/6"),
    ("A woman aged 30, two men and a child were killed.", "killed 4/4/4"),
    ("Three girls aged 4, 6 and nine drowned in the river.", "killed 3/3/3"),
]
INITIALS = [
    ("Two US soldiers were killed in Gao.", "killed 2/2/2"),
    ("Two US special forces soldiers were killed in Gao.", "killed 2/2/2"),
    ("The WHO said 12 people had died of cholera.", "killed 12/12/12"),
    ("An IT worker was killed in Gao.", "killed 1/1/1"),
    ("They told us soldiers were killed in Gao.", "killed 2/-/-"),
    ("Tariq murdered little Aisha in Gao.", "killed 1/1/1"),
    ("Rebels seized Rosa Diaz in Goma.", "abducted 1/1/1"),
    ("'In our village they killed hundreds of people'", "killed 200/-/-"),
    ("Roads flooded in the capital Niamey and a soldier died in the town.", "killed 1/1/1"),
    ("Two sailors were missing Tuesday.", "missing 2/2/2"),
    ("Nearly 250 killed in floods.", "killed -/250/250"),
    ("The blast left five people dead last Friday.", "killed 5/5/5"),
    ("Twelve people were found dead right after the quake.", "killed 12/12/12"),
    ("Three hikers were missing two days after the storm.", "missing 3/3/3"),
    ("Gunmen seized soldiers and weapons.", "abducted 2/-/-"),
    ("Two government officials were held hostage.", "abducted 2/2/2"),
    ("Some found the body of a man in the river.", "killed 1/1/1"),
    ("The killing of the party leader shocked the town.", "killed 1/1/1"),
    ("The weekend bombing toll rose to 12.", "killed 12/12/12"),
    ("Nine people were killed on one of the country's busiest highways.", "killed 9/9/9"),
    (
        "An actor fired a prop gun on the set of a film, killing a cinematographer and wounding the"
        " director, police said. The movie has a small cast.",
        "killed 1/1/1, injured 1/1/1",
    ),
    ("Nine sailors have not been accounted for.", "missing 9/9/9"),
    ("Several bodies were found in the river.", "killed 2/-/-"),
]
QUIET = "The council met on the new school. It will have six rooms. Parents were glad of it. "
FAR_DOWN = [
    (QUIET * 3 + "Its founder's brother was killed by a stray bullet in Gao.", "background"),
    (QUIET * 3 + "On Monday two pupils were killed by a stray bullet in Gao.", "incident"),
    (QUIET + "Two pupils were killed by a stray bullet in Gao.", "incident"),
    ("A bomb went off in Gao. " + QUIET * 3 + "Two pupils were killed.", "incident"),
]
HABITS = [
    ("Aid is late. Rain has failed. Children are being killed and schools ruined.", "aggregate"),
    ("The arena is old. It is vast. The rebels used it for numerous executions.", "aggregate"),
    ("An officer tied the mayor of Gao to almost 200 killings.", "aggregate"),
    ("An athlete died last year in Gao, one of eleven deaths tied to stun guns.", "aggregate"),
    ("The sea is rough. It is cold. 300 sailors died over the first nine weeks of 2026.",
     "aggregate"),
    ("Musa Bello, whose face was badly burned during his childhood, wants to work.", "background"),
    ("Aid is late. Rain has failed. As people die, donors meet.", "aggregate"),
    ("A shop burned down in Gao. The rain came late. Women are killed by their husbands there.",
     "aggregate"),
    ("When a workman is injured he needs a lawyer.", "hypothetical"),
    ("The police foiled plots that threatened to take many lives.", "hypothetical"),
]  # fmt: skip
MOURNED = [
    "Some students rationalized his death.",
    "Several rivals exploited her killing.",
]


@pytest.mark.parametrize(
    "text",
    [
        *NEAR_MISSES,
        *FIGURES_OF_SPEECH,
        *NAMES,
        *NATURAL,
        SPORT,
        STORY,
        SHOW,
        SERIES,
        REVIEW,
        *MOURNED,
    ],
)
def test_nobody(text, outcome):
    assert outcome(text) == ""


@pytest.mark.parametrize(("title", "text"), OBITUARIES)
def test_obituaries_tell_no_event(title, text, accounts):
    assert [a for a in accounts(text, title) if a.scope == "incident"] == []


@pytest.mark.parametrize(("text", "expected"), [*UNNATURAL, *AGES, *INITIALS])
def test_somebody(text, expected, outcome):
    assert outcome(text) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "The road toll for the holiday period stands at 45.",
        "Seven people have died on Queensland roads since Friday.",
        "The nation's road toll has risen to 37, after another death.",
    ],
)
def test_road_tolls_are_totals(sentence, accounts):
    assert {account.scope for account in accounts(sentence)} == {"aggregate"}


@pytest.mark.parametrize(("text", "scope"), [*HABITS, *FAR_DOWN])
def test_what_goes_on_is_no_event(text, scope, accounts):
    assert {account.scope for account in accounts(text)} == {scope}
