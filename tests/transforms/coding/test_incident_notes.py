"""Short notes on incidents, as registers of conflicts and local agencies write them."""

from datetime import date

import pytest

SENTENCES = [
    # joined to the left
    ("At least four people (including a cook) as well as two guards were killed in Gao.",
     "killed 6/6/-"),
    ("Four people, including a child, as well as two guards were killed.", "killed 6/6/6"),
    ("Five soldiers along with a driver were killed near Gao.", "killed 6/6/6"),
    # as somebody else put it
    ('The strikes killed "rebels and civilians".', "killed 2/-/-"),
    ("The raid killed “nine civilians”, the mayor said.", "killed 9/9/9"),
    ('The band killed "three songs" at the show.', ""),
    # without articles
    ("Armed men killed former union leader as he left a mosque.", "killed 1/1/1"),
    ("Militants shot dead retired teacher in Gwoza.", "killed 1/1/1"),
    ("Gunmen kidnapped aid worker's car.", ""),
    ("Police said killed soldier was from Gao.", ""),
    ("Gunmen murder Musa Bello in Ado.", "killed 1/1/1"),
    ("Policemen murder two traders in Ado.", "killed 2/2/2"),
    # in what state somebody is left
    ("Officers beat the driver, leaving him unconscious and badly injured.", "injured 1/1/1"),
    ("The attack left her badly wounded.", "injured 1/1/1"),
    ("Three men sustained injures in the blast.", "injured 3/3/3"),
    # nobody
    ("A bomb went off in Gao. Neither deaths nor injuries were reported.",
     "injured 0/0/0, killed 0/0/0"),
    ("Soldiers shelled Gao. No deaths or injuries were reported.", "injured 0/0/0, killed 0/0/0"),
    ("Soldiers shelled Gao. No deaths and 12 injuries were reported.",
     "injured 12/12/12, killed 0/0/0"),
    ("Armed men stopped a bus in Gao. 0 fatalities.", "killed 0/0/0"),
    # a number that somebody else gave
    ("Clashes in Gao left “dozens” dead and 12 injured.", "injured 12/12/12, killed 24/-/-"),
    ('The army took the village, killing "several".', "killed 2/-/-"),
    # some of the dead, and others who were hurt
    (
        "A raid on Gao left 4 people dead among them 1 officer and 3 traders and 9 others hurt.",
        "injured 9/9/9, killed 4/4/4",
    ),
    ("At least one civilian, a young man Musa Bello, was killed in Gao.", "killed 1/1/-"),
    ("Jets hit Gao, with an unknown number of women killed and wounded.",
     "injured 2/-/-, killed 2/-/-"),
    # a note at the end says it all again
    ("A boy and a girl were shot in Gao. The girl died. 1 fatality, 1 injured.",
     "injured 1/1/1, killed 1/1/1"),
    ("Two men were killed in Gao and a boy died. 3 fatalities.", "killed 3/3/3"),
    ("A man was shot dead in Gao. 1 fatality.", "killed 1/1/1"),
    # injuries that somebody deals
    ("Police charged, leading to injuries to marchers and reporters.", "injured 2/-/-"),
    ("The blast in Gao caused serious injuries to five traders.", "injured 5/5/5"),
    ("The fall caused injuries to his head.", ""),
    ("An official was hacked with a machete in Masvingo.", "injured 1/1/1"),
    ("The militia burned Tur.", ""),
    # deaths that a deed answers, or that nobody is sure of
    (
        "Herders burned huts in retaliation because a boy was killed. Five men died in the raid.",
        "background killed 1/1/1 | killed 5/5/5",
    ),
    ("It is unclear whether a herder was killed.", "hypothetical killed 1/1/1"),
    # the accused, and what comes between
    (
        "A crowd was holding two men accused of theft when police opened fire, killing a woman.",
        "killed 1/1/1",
    ),
    ("Gunmen fired at a polling place in Gao. No reported injuries, fatalities.",
     "injured 0/0/0, killed 0/0/0"),
    ("A bomb went off in Kohlu. It caused no casualty.", "injured 0/0/0, killed 0/0/0"),
    ("The casualty figures rose.", ""),
    # injuries of several people, and of one
    ("Fighting broke out at a rally in Gao. Several injuries reported.", "injured 2/-/-"),
    ("He suffered several injuries in the crash.", "injured 1/1/1"),
    # the verb is left out
    ("Gunmen raided two villages. Three dead in Gao, two in Mopti.",
     "killed 2/2/2 | killed 3/3/3"),
    # for what somebody is known is no total
    ("A commander and his aide, wanted for two bombings, were killed in a raid in Quetta.",
     "killed 2/2/2"),
    # several of whom one is known
    ("Attackers shot two clerks near Gao.", "injured 2/2/2"),
    ("Gunmen shot dead three senators in Cali.", "killed 3/3/3"),
    ("Attackers stabbed two bursars near Gao.", "injured 2/2/2"),
    ("He stabbed two melons in Gao.", ""),
    # no sport
    ("Four reporters were injured as members of a youth league attacked them in Khulna.",
     "injured 4/4/4"),
    ("Ten fans were injured when riot police clashed with them after a league match in Oran.",
     "injured 10/10/10"),
    ("The midfielder was injured in a league match on Sunday.", ""),
    # who helps is not hurt
    ("People who rushed to the spot took him to hospital, where he succumbed to injuries.",
     "killed 1/1/1"),
    ("Neighbours rushed to the scene and took her to hospital.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_note(text, expected, outcome):
    told = outcome(text)
    events = sorted(", ".join(sorted(event.split(", "))) for event in told.split(" | "))
    assert " | ".join(events) == expected


def test_the_year_behind_a_death_is_its_year(accounts):
    text = (
        "On 14 June 2018, a bomb went off at the tomb of a judge who was killed by rebels in 1909."
        " One guard was injured."
    )
    found = {
        (a.scope, c.kind, c.best) for a in accounts(text, day=date(2018, 6, 15)) for c in a.claims
    }
    assert found == {("background", "killed", 1), ("incident", "injured", 1)}


def test_what_happens_during_a_meeting_happens_on_its_day(accounts):
    text = "A man was killed in a bomb attack during a party meeting in the Lalbagh area on Sunday."
    [news] = accounts(text, day=date(2018, 6, 26))
    assert str(news.dating.date_start) == "2018-06-24"


def test_a_hearing_is_no_day_of_the_deed(accounts):
    text = "The guard shot two men, prosecutors said during a court hearing on Sunday."
    [news] = accounts(text, day=date(2018, 6, 26))
    assert str(news.dating.date_start) != str(news.dating.date_end)


@pytest.mark.parametrize(
    ("text", "country", "place"),
    [
        # a group or a district that only one country has says where
        ("Boko Haram gunmen killed 25 people in Buratay.", "NGA", "Buratay"),
        ("Al Shabaab fighters killed four herders in Mahadaay.", "SOM", "Mahadaay"),
        ("Ten people were hurt in a clash in Bishwanath upazila.", "BGD", "Bishwanath"),
        # money, hospitals and names of groups do not
        ("A robber wounded two clerks in Selaata and took 90,000 US dollars.", None, "Selaata"),
        (
            "Fighters overran a plant in Sirte. Misrata Hospital treated four injured fighters.",
            "LBY", "Sirte",
        ),
        (
            "A raid on a post in Tall Safouk, Iraq, killed nine guards. The Islamic State of Iraq"
            " and the Levant (ISIL) was blamed.", "IRQ", "Tall Safouk",
        ),
    ],
)  # fmt: skip
def test_where_a_note_plays(text, country, place, accounts):
    found = [a.placing for a in accounts(text, day=date(2018, 6, 26)) if a.scope == "incident"]
    assert [(p.country, p.place_name) for p in found] == [(country, place)]
