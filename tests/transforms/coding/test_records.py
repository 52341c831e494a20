"""Event notes, incident summaries, registers and reports: how data sets and offices write."""

import pytest

BESIDE = [
    ("In addition to the assailant, at least two guards were killed.", "killed 3/3/-"),
    ("Four people, in addition to the driver, were killed.", "killed 5/5/5"),
    ("Besides the two attackers, five soldiers died in the raid.", "killed 7/7/7"),
    ("The blast killed four clerks in addition to the bomber.", "killed 5/5/5"),
    ("In addition to the driver, four passengers were injured.", "injured 5/5/5"),
    ("In addition to soldiers, five policemen were killed.", "killed 5/5/5"),
    ("Together with police, troops killed five militants.", "killed 5/5/5"),
    ("Two men were arrested along with a clerk, and three guards were killed.", "killed 3/3/3"),
    ("In addition to the 12 killed, 30 people were injured.", "killed 12/12/12; injured 30/30/30"),
]
BOUNDS = [
    ("A minimum of two and a maximum of five people were killed.", "killed 2/2/5"),
    ("At least three and up to nine civilians were killed.", "killed 3/3/9"),
    ("Minimum 3, maximum 7 civilians killed.", "killed 3/3/7"),
    ("At least 3 killed and up to 9 injured in Gao.", "killed 3/3/-; injured -/9/9"),
    ("One clerk was killed and an unknown number were wounded.", "killed 1/1/1; injured 2/-/-"),
]
BRACKETS = [
    ("Several people (coded as 3) were killed in Gao.", "killed 2/-/-"),
    ("Three civilians (2 men, 1 woman) killed by shelling in Gao.", "killed 3/3/3"),
    ("3 soldiers (one an officer) and 2 civilians were killed.", "killed 5/5/5"),
]
PRESENT = [
    (
        "Militants raid a village, kill three men and abduct a woman.",
        "killed 3/3/3; abducted 1/1/1",
    ),
    ("Two gunmen storm a bar, kill four and wound 6.", "killed 4/4/4; injured 6/6/6"),
    ("Dozens of passengers trapped inside die as a bus sinks.", "killed 24/-/-"),
    ("Militiamen stop a bus and execute 22 of them.", "killed 22/22/22"),
    ("They plan to enter the town and kill 20 people.", ""),
    ("Doctors and nurses treat patients, kill germs.", ""),
    ("Raid kills 4, 12 hospitalised with burns.", "killed 4/4/4; injured 12/12/12"),
    ("Shelling kills 6 civilians; 15 hospitalised.", "killed 6/6/6; injured 15/15/15"),
]
MEMBERS = [
    ("Three of a family were charred to death.", "killed 3/3/3"),
    ("Seven of the hostages were killed.", "killed 7/7/7"),
    ("Clashes leave 9 dead, among them 2 minors, and 23 hurt.", "killed 9/9/9; injured 23/23/23"),
    ("Six injured people and 11 people missing.", "injured 6/6/6; missing 11/11/11"),
    ("Two men were abducted in Niger State, Nigeria, and their driver was wounded.",
     "abducted 2/2/2; injured 1/1/1"),
]  # fmt: skip
LABELS = [
    ("Civilians reported killed: 5–8.", "killed 5/5/8"),
    ("Number of missing: 3.", "missing 3/3/3"),
    ("Deaths 31 | Injured 58 | Missing 4", "killed 31/31/31; injured 58/58/58; missing 4/4/4"),
    ("4 reported fatalities.", "killed 4/4/4"),
    ("There were two confirmed deaths.", "killed 2/2/2"),
    ("Three hospitals reported deaths.", ""),
    ("Two fatal and three serious injuries.", "injured 3/3/3; killed 2/2/2"),
    ("There were two fatalities and one serious injury.", "killed 2/2/2; injured 1/1/1"),
    ("Tal Afar: body of teacher found.", "killed 1/1/1"),
    ("The Coast Guard suspended its search for two people.", "missing 2/2/2"),
    ("The search goes on for the remaining eight.", "missing 8/8/8"),
    ("Seven workers were under treatment on Sunday.", "injured 7/7/7"),
    ("A child survives with machete wounds.", "injured 1/1/1"),
]


@pytest.mark.parametrize(
    ("sentence", "expected"), BESIDE + BOUNDS + BRACKETS + PRESENT + MEMBERS + LABELS
)
def test_sentence(sentence, expected, mentions):
    assert mentions(sentence) == expected


ARTICLES = [
    ("Rebels came to Gao on Monday. They separated the men and killed seven of them.",
     "killed 7/7/7"),
    ("The army killed 20 fighters on Monday. Troops killed 12 of them in Gao.", "killed 20/20/20"),
    ("A strike killed four rebels in Gao on Monday. Residents said that a farmer and his son were"
     " among the dead.", "killed 4/4/4"),
    ("Two soldiers were killed by a mine near Gao on Monday. During a search later, the body of a"
     " uniformed rebel was recovered.", "killed 3/3/3"),
    ("Police in Gao charged with batons on Monday, injuring 12 people.", "injured 12/12/12"),
    ("Rain fell on Gao on Monday. It fell for hours. A man charged with injuring 12 people there"
     " walked free.", "background injured 12/12/12"),
    ("Six policemen were hurt by stones in Gao on Monday.", "injured 6/6/6"),
    ("Between 1 and 28 February, the mission verified 98 deaths in Mali.",
     "aggregate killed 98/98/98"),
    ("In February, the office documented 12 killings in Mali.", "aggregate killed 12/12/12"),
    ("In the reporting week, four deaths were notified in Gao.", "aggregate killed 4/4/4"),
    ("The clinic recorded three deaths after the blast on Monday.", "killed 3/3/3"),
    ("The scenario assumes a fire on a ferry with 12 dead.", "hypothetical killed 12/12/12"),
    ("EXERCISE EXERCISE EXERCISE. A ferry burns off Aarhus; 12 dead.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ARTICLES)
def test_article(text, expected, outcome):
    assert outcome(text) == expected


def test_a_day_of_taking_office_is_no_day_of_the_deed(accounts):
    (account,) = accounts(
        "The minister was shot dead in Gao with two guards, only a week after taking office"
        " on 1 March."
    )
    assert account.dating.date_text != "on 1 March"


ROWS = [
    ("Mosul: 3 by gunfire; 2 bodies found.", "killed 3/3/3 | killed 2/2/2"),
    ("Two cars were seen by drone; one man was killed in Gao.", "killed 1/1/1"),
    ("The gunmen took 20 women away in trucks on Monday.", "abducted 20/20/20"),
    ("The ambulance took two men away from Gao on Monday.", ""),
    ("Lightning claimed five lives in Gao and three in Kidal.", "killed 5/5/5 | killed 3/3/3"),
    ("Elderly couple burnt alive by neighbours in Gao.", "killed 2/2/2"),
    ("No fewer than 11 lose their lives in Gao.", "killed 11/11/-"),
    ("Crews continue to search for the 27 still unaccounted for.", "missing 27/27/27"),
    ("A boat sank on Monday, killing four. Crews search for the 27 still missing.",
     "killed 4/4/4, missing 27/27/27"),
]  # fmt: skip
TWO_FIGURES = [
    ("Seventeen soldiers and 4 civilians were killed in Gao on Monday. Seven rebels were also"
     " reported killed.", "killed 28/28/28"),
    ("Initial reports indicated four deaths; as of today, the ministry has confirmed 11 dead.",
     "killed 11/11/11"),
    ("Two or three hundred people were killed, first estimates of the ministry said on Monday."
     " Only 64 bodies had been recovered.", "killed 200/200/300"),
    ("One man was killed in Gao on Monday. Two guards were taken to hospital; one is in critical"
     " condition.", "killed 1/1/1, injured 2/2/2"),
    ("The quake left 2,800 people injured. Helicopters have flown out 420 wounded.",
     "injured 2800/2800/2800"),
    ("The clinic in Gao received 420 wounded after the blast.", "injured 420/420/420"),
    ("Ten rebels were killed in Gao on Monday. Two guards with bullet injuries were evacuated.",
     "killed 10/10/10, injured 2/2/2"),
]  # fmt: skip
SPANS = [
    ("Between 1 and 9 March, soldiers killed three men, including one child, and hurt 31 others.",
     "aggregate killed 3/3/3 | aggregate injured 31/31/31"),
    ("From 28 February to 5 March, monitors counted 40 deaths.", "aggregate killed 40/40/40"),
    ("Between 11 and 12 March, gunmen killed three men in Gao.", "killed 3/3/3"),
    ("Fighting in Gao between 1 and 9 March killed 40 people.", "killed 40/40/40"),
    ("Floods killed 12 people in Gao on 3-9 March.", "killed 12/12/12"),
    ("Gunmen held a hotel on Monday. At least 19 people died in the siege.",
     "killed 19/19/-"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ROWS + TWO_FIGURES + SPANS)
def test_row_or_report(text, expected, outcome):
    assert outcome(text) == expected


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On 5 March 2026, suspected rebels attacked Gao. Two men were killed.", "2026-03-05"),
        ("On 5 March 2026, armed men raided Gao. Two men were killed.", "2026-03-05"),
        ("03/05/2026: Two men were killed by a mine in Gao.", "2026-03-05"),
        ("A dam broke in Gao on 5 March. As of 9 March, 40 people were killed.", "2026-03-05"),
    ],
)
def test_day_of_a_note(text, day, accounts):
    assert accounts(text)[0].dating.date_start.isoformat() == day


MODIFIED = [
    ("The mayor of Gao and a driver were killed.", "killed 2/2/2"),
    ("A constable of the special force and a home guard sustained injuries.", "injured 2/2/2"),
    ("The leader of the group and 12 fighters were killed.", "killed 13/13/13"),
    ("Police arrested a member of the gang and two men were killed.", "killed 2/2/2"),
    ("A spokesman for the police and two aides were killed.", "killed 2/2/2"),
]
AS_MANY = [
    ("Seven men were killed and as many injured in Gao.", "killed 7/7/7; injured 7/7/7"),
    ("Three men died and as many others were wounded.", "killed 3/3/3; injured 3/3/3"),
    ("As many as nine people were killed.", "killed -/9/9"),
]
FATES = [
    ("The sixth was found dead.", "killed 1/1/1"),
    ("The sixth soldier killed this week was named.", ""),
    ("Troops storm a campus; 6 students shot, 40 arrested.", "injured 6/6/6"),
    ("The guard fired one shot, police said.", ""),
    ("Two policemen shot, killing a looter.", "killed 1/1/1"),
    ("Over 100 feared killed in Gao.", "unreal killed 100/100/-"),
    ("A bullet-riddled body was found in Gao.", "killed 1/1/1"),
    ("A body of water was found in Gao.", ""),
    ("He saw the bodies of seven neighbours in the street.", "killed 7/7/7"),
    (
        "By these figures, 25 have been injured and 7 are missing.",
        "injured 25/25/25; missing 7/7/7",
    ),
    ("Of the 14 paintings that disappeared, five are still missing.", ""),
    ("A soldier sacrificed his life.", "killed 1/1/1"),
]


@pytest.mark.parametrize(("sentence", "expected"), MODIFIED + AS_MANY + FATES)
def test_people_and_fates(sentence, expected, mentions):
    assert mentions(sentence) == expected


OF_THE_INJURED = [
    ("Five clerks were killed and 16 others wounded in Gao. Two of the injured died later.",
     "killed 7/7/7, injured 14/14/14"),
    ("Six sailors suffered burns on Monday; one of the sailors later died.",
     "killed 1/1/1, injured 5/5/5"),
    ("Nine people were killed and 12 injured in Gao on Monday. One of the wounded is in critical"
     " condition.", "killed 9/9/9, injured 12/12/12"),
    ("Two bandits were killed in Gao on Monday. Sadly, one guard paid the ultimate price, while two"
     " sustained gunshot wounds.", "killed 3/3/3, injured 2/2/2"),
    ("Gunmen shot dead a reporter in Gao on Monday. His daughter was grazed by a bullet.",
     "killed 1/1/1, injured 1/1/1"),
    ("A dozen climbers were brought down from the peak on Monday, several with burns.",
     "injured 2/-/-"),
]  # fmt: skip
TOTALS = [
    ("Week 8: nine deaths were reported in Gao.", "aggregate killed 9/9/9"),
    ("Between the afternoons of 8 and 11 March, 145 people were killed in Gao.",
     "aggregate killed 145/145/145"),
    ("On 13 March 2026, clashes between rival gangs in Gao left 11 people dead.",
     "killed 11/11/11"),
    ("Eleven attacks in Mali left 40 people dead.", "aggregate killed 40/40/40"),
    ("Ten men were wounded in Gao, among them a clerk who has undergone four operations.",
     "injured 10/10/10"),
]  # fmt: skip
TOGETHER = [
    ("Imam, two of his sons shot dead by masked men in Gao.", "killed 3/3/3"),
    ("Chief assassinated with his nephew in Gao.", "killed 2/2/2"),
    ("A man was killed with his own gun in Gao.", "killed 1/1/1"),
    ("Troops rescued 17 kidnap victims in Gao.", "abducted 17/17/17"),
    ("Youths block a road and burn five travellers to death in Gao.", "killed 5/5/5"),
]


@pytest.mark.parametrize(("text", "expected"), OF_THE_INJURED + TOTALS + TOGETHER)
def test_note_or_release(text, expected, outcome):
    assert outcome(text) == expected
