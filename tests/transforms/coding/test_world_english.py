"""Ways of telling casualties that wires and papers of many countries use, class by class."""

import pytest

NUMBERS = [
    ("The blast killed 22+ people in Gao.", "killed 22/22/-"),
    ("The blast killed 22-plus people and wounded 70-plus.", "killed 22/22/-; injured 70/70/-"),
    ("The crash injured twenty-odd pilgrims.", "injured -/20/-"),
    ("The quake killed 1 240 people.", "killed 1240/1240/1240"),
    ("The quake killed 12\u202f500 people and injured 30\u00a0000.", "killed 12500/12500/12500; "
     "injured 30000/30000/30000"),
    ("On July 1 200 miners were killed.", "killed 200/200/200"),
    ("Two to three hundred people were killed.", "killed 200/200/300"),
    ("Between two and three thousand people died.", "killed 2000/2000/3000"),
    ("Five or six dozen traders were killed.", "killed 60/60/72"),
    ("Five to 100 people were killed.", "killed 5/5/100"),
    ("At the very least six miners died.", "killed 6/6/-"),
    ("Some 1.2m people died in the war.", "killed -/1200000/-"),
    ("The storm killed 3k people.", "killed 3000/3000/3000"),
    ("Police said £14m and two guards were missing.", "missing 2/2/2"),
    ("A 5m wall killed two men.", "killed 2/2/2"),
    ("The raid killed an unknown number of rebels.", "killed 2/-/-"),
    ("An undisclosed number of inmates were wounded.", "injured 2/-/-"),
]  # fmt: skip
SAYINGS = [
    ("Five people, police said, were killed.", "killed 5/5/5"),
    ("Five people – officials say – were killed.", "killed 5/5/5"),
    ("Nine miners, according to the governor, died.", "killed 9/9/9"),
    ("Nine miners were, the union said, killed by gas.", "killed 9/9/9"),
    ("Five people are known to have been killed.", "killed 5/5/5"),
    ("Five people are now confirmed to have died.", "killed 5/5/5"),
    ("Five people are believed to have died.", "killed 5/5/5"),
    ("Five people are known to be dead.", "killed 5/5/5"),
    ("Five people are confirmed dead.", "killed 5/5/5"),
    ("Five people were said to be missing.", "missing 5/5/5"),
]
HOSPITAL = [
    ("A passer-by received bullet wounds in the raid.", "injured 1/1/1"),
    ("Four others, the driver among them, were rushed to hospital in critical condition after the"
     " crash.", "injured 4/4/4"),
    ("34 people were hospitalised with wounds after the blast.", "injured 34/34/34"),
    ("A chief is nursing bullet wounds after the raid.", "injured 1/1/1"),
    ("13 tenants were rescued with injuries.", "injured 13/13/13"),
    ("The hospital is treating three people with gunshot wounds.", "injured 3/3/3"),
    ("A woman is fighting for her life after the crash.", "injured 1/1/1"),
    ("The raid caused the injury of nine others.", "injured 9/9/9"),
    ("Two shepherds lost limbs when the mine went off.", "injured 2/2/2"),
    ("A boy was hit by a stray bullet.", "injured 1/1/1"),
    ("Four gunners were moderately wounded.", "injured 4/4/4"),
    ("A guard suffered a fatal gunshot wound.", "killed 1/1/1"),
    ("The governor escaped injury in the blast.", ""),
    ("Three children are in hospital with fever and treated for their condition.", ""),
]  # fmt: skip
MARTYRS = [
    ("Two jawans attained martyrdom.", "killed 2/2/2"),
    ("A captain laid down his life.", "killed 1/1/1"),
    ("Three policemen paid the supreme price.", "killed 3/3/3"),
    ("The strike led to the martyrdom of two nurses.", "killed 2/2/2"),
    ("Troops neutralised eight bandits.", "killed 8/8/8"),
    ("Three of the attackers were liquidated.", "killed 3/3/3"),
    ("The striker eliminated two defenders with one pass.", ""),
    ("Rain eliminated two teams.", ""),
]
TOLLS = [
    ("The toll from a shooting in Gao has risen to 17 people injured and one dead.",
     "injured 17/17/17; killed 1/1/1"),
    ("The toll now stands at 40 injured.", "injured 40/40/40"),
    ("The toll rose to 12 dead and 30 wounded.", "killed 12/12/12; injured 30/30/30"),
]  # fmt: skip
BETWEEN = [
    ("A judge, whose car was stolen in Kano, was shot dead.", "killed 1/1/1"),
    ("Musa Bello, whose death was reported last week from Gao, was murdered.", "killed 1/1/1"),
    ("It follows the death in Gaza City last night of a party member.", "killed 1/1/1"),
    ("The killing in Gao on Monday of two nurses shocked the town.", "killed 2/2/2"),
    ("The murder late on Sunday in Karachi of three lawyers led to protests.", "killed 3/3/3"),
    ("The abduction near Jos on Friday of 20 pupils is being probed.", "abducted 20/20/20"),
    ("The death in police custody of a student led to protests.", "killed 1/1/1"),
    ("The murder in broad daylight of a nurse shocked Gao.", "killed 1/1/1"),
]
TAKEN = [
    ("Separatists took three health workers captive.", "abducted 3/3/3"),
    ("Gunmen whisked away a ruler and his wife.", "abducted 2/2/2"),
    ("The raiders carried off nine girls.", "abducted 9/9/9"),
    ("Bandits snatched 12 travellers.", "abducted 12/12/12"),
    ("The thieves carried off nine paintings.", ""),
]
NAMES = [
    ("Gunmen killed teachers Ana Ruiz, Eva Soto and Luz Mora.", "killed 3/3/3"),
    ("Ana Ruiz, Eva Soto and Luz Mora were killed.", "killed 3/3/3"),
    ("TEACHERS ANA RUIZ, EVA SOTO, AND LUZ MORA WERE MURDERED.", "killed 3/3/3"),
    ("Gunmen killed the two teachers Ana Ruiz and Eva Soto.", "killed 2/2/2"),
    ("Gunmen killed a judge, Ana Ruiz, and her clerk.", "killed 2/2/2"),
]
OTHERS = [
    ("The bailiff executed 14 court orders.", ""),
    ("No deaths were reported.", "killed 0/0/0"),
]


COUNTS = [
    ("The number of persons who perished in the flood has risen to 22.", "killed 22/22/22"),
    ("The blast raised to 11 the number of dead.", "killed 11/11/11"),
    ("The storm killed four more, taking the count to 18.", "killed 4/4/4; killed 18/18/18"),
    ("Officials put the number of dead at 29.", "killed 29/29/29"),
    ("Police arrested five men, bringing the total to 18.", ""),
]
APPOSITIONS = [
    ("ANA RUIZ, 45, AND EVA SOTO, A MEMBER OF THE COUNCIL, WERE KIDNAPPED.", "abducted 2/2/2"),
    ("Ana Ruiz, a nurse, and Eva Soto, a cook, were killed.", "killed 2/2/2"),
    ("THE GUERRILLAS KIDNAPPED BUSINESSMAN SERGIO ALARCON.", "abducted 1/1/1"),
    ("The army murdered peasants.", "killed 2/-/-"),
    ("As a result, fifteen citizens were killed.", "killed 15/15/15"),
    ("Nine died, including four girls and two boys, and ten men were hurt.",
     "killed 9/9/9; injured 10/10/10"),
]  # fmt: skip
NOTES = [
    ("Police: attacker has been shot dead.", "killed 1/1/1"),
    ("Victim was pronounced deceased at the scene.", "killed 1/1/1"),
    ("Twins aged three drowned in a dam.", "killed 2/2/2"),
    ("A man (50s) was killed by shelling.", "killed 1/1/1"),
    ("On Saturday, 10 of our citizens lost their lives.", "killed 10/10/10"),
    ("The ferry sank; 168 survivors came ashore, 19 of whom were injured.", "injured 19/19/19"),
    ("The crash left 18 people dead and six others in critical condition.",
     "killed 18/18/18; injured 6/6/6"),
    ("16 people in total have died.", "killed 16/16/16"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "expected"),
    COUNTS + APPOSITIONS + NOTES,
)
def test_more_sentences(sentence, expected, mentions):
    assert mentions(sentence) == expected


ARTICLES = [
    ("Police said nine villagers were killed in Gao, while doctors said 14 died.", "killed 9/9/14"),
    ("A strike killed 31 people in Gao, residents said. The Doctors Network gave a figure of 26"
     " dead.", "killed 26/26/31"),
    ("A blast killed 12 people in Gao, a union said. The police, however, said that only nine"
     " people died.", "killed 9/9/12"),
    ("A raid killed 12 people in Gao. Police said two children were among the dead.",
     "killed 12/12/12"),
    ("Twelve rebels were killed in a fight in Gao on Monday. Two soldiers lost their lives.",
     "killed 14/14/14"),
    ("A bus crash killed 15 people in Gao and injured five others. The police said 15 people died"
     " and five others sustained injuries.", "killed 15/15/15, injured 5/5/5"),
    ("The toll of a bus crash in Gao has reached 40, after four more people died in hospital.",
     "killed 40/40/40"),
    ("Eighteen people died in a bus crash in Gao. Rescuers recovered six bodies at once, and two"
     " injured passengers died in hospital.", "killed 18/18/18"),
    ("The 2002 bombings that killed 119 people in Gao are still on many minds.",
     "background killed 119/119/119"),
    ("Floods have claimed 34 lives in Gao since Friday.", "killed 34/34/34"),
    ("Gunmen have killed 14 people in Gao since Friday.", "aggregate killed 14/14/14"),
    ("The rebels threatened to kill five villagers in Gao.", "hypothetical killed 5/5/5"),
    ("Nearly 30 percent of the bees in Gao died.", ""),
    ("A quake shook Gao. No deaths were reported.", "killed 0/0/0"),
    ("LIMA, 15 MAR 26 -- TEACHERS TODAY PROTESTED THE MURDER OF MAYOR LUIS PONCE IN PUNO ON 14"
     " MARCH.", "killed 1/1/1"),
    ("HEADLINES • Blast in Gao kills 7 • Ferry sinks off Lome, 12 dead", "killed 7/7/7 | killed"
     " 12/12/12"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ARTICLES)
def test_article(text, expected, outcome):
    assert outcome(text) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    NUMBERS + SAYINGS + HOSPITAL + MARTYRS + TOLLS + BETWEEN + TAKEN + NAMES + OTHERS,
)
def test_sentence(sentence, expected, mentions):
    assert mentions(sentence) == expected
