"""Whole articles of web news: deaths that nature brought, what is recalled, one event told on."""

import pytest

NATURAL = [
    ("Boris Welland, chronicler of the docks, dies\n\nBoris Welland, who died on Sunday at 88, once"
     " wrote of torture by the police. Welland died at his home of pneumonia.", ""),
    ("Famed Comic Artist Boris Welland Dead At 68\n\nFans met in Lima on Monday.", ""),
    ("Boris Welland, singer, dead at 90\n\nPolice in Lima said that officers responded to a call."
     " The police sadly confirm the death of Boris Carl Welland.", ""),
    ("The envoy Boris Welland died on Sunday, a day before he turned 65. Lima named a new envoy."
     " The ambassador died while on duty.", ""),
    ("Boris Welland died on Sunday at the age of 88. His son Karl Welland was killed in a crash in"
     " Lima on Monday.", "killed 1/1/1"),
]  # fmt: skip
ONE_OF_MANY = [
    ("The group has claimed responsibility for a suicide bombing in Quetta which has left 72 dead.",
     "killed 72/72/72"),
    ("It has claimed several attacks this week, including a bombing in Lahore which killed 13"
     " people.", "killed 13/13/13"),
    ("It has claimed several attacks this year, which have killed 13 people.",
     "aggregate killed 13/13/13"),
]  # fmt: skip
FOUND = [
    ("Body of woman missing for a month found\n\nThe body of a Maine woman who had been missing for"
     " more than a month was found on Sunday, police said. A missing person poster showed her; she"
     " was last seen in Portland.", "killed 1/1/1"),
    ("The body of a guild master was found on a bank of the Drina on Sunday. Karl Welland, 51, was"
     " found dead by anglers. On Friday the sheriff learned of the disappearance of Karl Welland.",
     "killed 1/1/1"),
    ("A hiker was found dead on Sunday near Gao. Two sailors are still missing off Conakry.",
     "killed 1/1/1 | missing 2/2/2"),
]  # fmt: skip
TOGETHER = [
    ("Separatists have handed over the bodies of five Georgian soldiers, two days after they were"
     " killed near Gori.", "killed 5/5/5"),
    ("The body of the envoy Ada Cole was handed over to her family in Abuja on Sunday.", ""),
    ("The colonel and his guards were gunned down on Friday in Gulu. The colonel had two soldiers"
     " guarding him who were also killed.", "killed 3/-/-"),
    ("The army said that 23 of them had been killed and six arrested while five army troops were"
     " killed and six wounded.", "killed 28/28/28, injured 6/6/6"),
    ("Five people were killed in Basra while three were killed in Mosul.",
     "killed 5/5/5 | killed 3/3/3"),
    ("Ella Brandt was murdered in Cork on Monday. The mother-of-three had sustained head injuries.",
     "killed 1/1/1"),
    ('At least 49 people were killed in an air strike on Idlib on Sunday. "There were four bodies'
     ' lying in the street," a teacher said. He counted about 30 bodies.', "killed 49/49/-"),
    ("At least 49 people were killed in a raid on Idlib on Sunday. On Monday nine bodies were seen"
     " in Homs.", "killed 49/49/- | killed 9/9/9"),
    ("Police charged a man with the murder of a Danish woman in Goa on Monday. The mayor spoke. A"
     " college was shocked to hear of the death of one of its former students.", "killed 1/1/1"),
]  # fmt: skip
NOT_NEWS = [
    ("At least 15 deaths and 150 injuries have been linked to the airbags, the firm said in Lima.",
     "aggregate killed 15/15/-, injured 150/150/150"),
    ("Two men died at the mill in Gao. Police are paid for each suspect killed.", "killed 2/2/2"),
    ("Medic dies in Lima\n\nFans met Yara Ortiz, Station 26, who was killed in the line of duty on"
     " Sunday.", "killed 1/1/1"),
]  # fmt: skip
RECALLED = [
    ("Rebels lost Kidal base on Sunday, the army said. The base fell to them in August 2014 after a"
     " siege. Shortly afterwards they announced that they had killed 200 soldiers there. An air"
     " strike killed 30 people in Gao on Monday.",
     "background killed 200/200/200 | killed 30/30/30"),
    ("A court sentenced 13 men on Monday over riots at a mill in Gao. Four others were jailed for"
     " the riots that broke out there in July 2019. The owner sells steel. A day after the violence"
     " erupted, the body of the manager Karl Brom was found charred. Dozens of clerks were also"
     " injured, the mill had said at the time.",
     "background killed 1/1/1 | background injured 24/-/-"),
    ("Video may shed light on shooting of Boris Welland\n\nWhen Boris Welland was killed in Salem,"
     " Oregon, in 2014, police shared a video. A film now doubts that he robbed the store before he"
     " was fatally shot.", "background injured 1/1/1 | background killed 1/1/1"),
    ("A senator spoke of a raid on Kidal that hurt Ada Cole in 2011. Two guards were shot dead in"
     " Gao on Sunday. Cole, a judge, was shot in the head in 2011. She survived, but six others"
     " died in the tragedy.",
     "background injured 1/1/1 | killed 2/2/2 | background injured 1/1/1 |"
     " background killed 6/6/6"),
    ("A bomb killed five people in Kabul on Tuesday. The police cordoned off the street. A tailor"
     " said he fled. Last month a bomber killed 20 people outside the court in Kabul.",
     "killed 5/5/5 | background killed 20/20/20"),
]  # fmt: skip
ODD_ENDS = [
    ("The driver left the car at 14:40:51 and was shot by an officer in Lima.",
     "injured 1/1/1"),
    ("Since the launch in 2014 of an operation in Kidal, the army says it has killed over 3,500"
     " fighters. At least 583 soldiers have also been killed.",
     "aggregate killed 3500/3500/- | aggregate killed 583/583/-"),
    ("Gunmen killed two people in Gao on Sunday. The mayor spoke. Militant leaders have also"
     " similarly been captured or killed on Afghan soil.",
     "killed 2/2/2 | aggregate killed 2/-/-"),
    ("The wreck of a ferry reached the port of Gao on Friday. Nearly three years after it went down"
     " killing more than 300 people, it was put on a ship.", "background killed 300/300/-"),
    ("A helicopter crash killed five people in Wales. This was the model that vanished from radar"
     " over Caernarfon Bay.", "killed 5/5/5"),
    ("Another four refugees died on Friday, bringing the 2017 death toll to 525 people.",
     "killed 4/4/4 | aggregate killed 525/525/525"),
    ("525 refugees died at sea in the first few weeks of 2017.", "aggregate killed 525/525/525"),
    ("A sum has been raised in Lima for the children of a couple who died of cancer within days of"
     " each other.", ""),
    ("Refugees killed near Berbera\n\nA helicopter shot at a boat near Berbera on Thursday. A"
     " spokesman said that 42 bodies had been recovered, after earlier reports on Friday had put"
     " the fatalities at more than 30.", "killed 42/42/42"),
]  # fmt: skip
COUNTS = [
    ("The plane slid off the runway in Gao on Monday. No-one was injured in the incident.",
     "injured 0/0/0"),
    ("In Wexford, a man in his 20s died when a quad bike overturned on Monday. In Birr, a farmer in"
     " his 70s died after he was struck by a tractor.", "killed 1/1/1 | killed 1/1/1"),
    ("Rebels killed two guards in Gao on Sunday. A report is standard when a deployed medic dies.",
     "killed 2/2/2 | hypothetical killed 1/1/1"),
    ("Four citizens travelling with the pair - two drivers and two cooks - were also abducted.",
     "abducted 4/4/4"),
    ("A retired officer links the mayor to almost 200 killings.", "aggregate killed -/200/200"),
    ("Some 94 people died of bites over the course of a decade.", "aggregate killed -/94/-"),
    ("A blast killed seven people in Gao on Monday. There may be one or two more bodies under the"
     " rubble.", "killed 7/7/7 | hypothetical killed 1/1/2"),
    ("Two inmates killed in a riot in Gao\n\nOfficers found the bodies of two inmates in a cell on"
     " Monday. Two inmates also died during the riot.", "killed 2/2/2"),
    ("The toll in the landslide near Gao climbed to 113 on Wednesday. The toll soared to 82 in"
     " the landslide, a site said.", "killed 113/113/113"),
    ("Brom killed three people in Lima when he drove into a crowd on Monday. He then stabbed an"
     " officer to death before being shot dead.", "killed 5/5/5"),
]  # fmt: skip
LAST = [
    ("Three migrants drowned off Gao on Thursday. At least another four migrants died on Friday in"
     " the same boat.", "killed 7/7/-"),
    ("Six aid workers were killed in an ambush near Gao on Saturday. At least 79 have been killed"
     " in Mali since the conflict began, including at least 12 killed this year.",
     "killed 6/6/6 | aggregate killed 79/79/-"),
    ("A Sikorsky S92 vanished off Mayo on Tuesday.", ""),
    ("Two clerks were kidnapped in Kasai on Monday. The violence has since spilled over its"
     " borders, leaving at least 400 people dead.",
     "abducted 2/2/2 | aggregate killed 400/400/-"),
    ("The inquiry into the fire that killed four people in Clondalkin resumes on Monday. It was led"
     " by a judge. All sat. A street was shut. The mill closed. A priest spoke. Ada Brom, 27, died"
     " along with her two-year-old daughter Eva. Three-year-old Holly was also killed in the fire."
     " Her four-year-old brother Jordan died yesterday evening.", "killed 4/4/4"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    NATURAL + ONE_OF_MANY + FOUND + TOGETHER + NOT_NEWS + RECALLED + ODD_ENDS + COUNTS + LAST,
)
def test_article(text, expected, outcome):
    title, _, body = text.rpartition("\n\n")
    assert outcome(body, title or None) == expected
