"""Lists of victims told at length, and deeds told beside their day, their place or another deed."""

import pytest

SEMICOLONS = [
    ("The blast killed Rosa Mejia, 42; Pilar Soto, 19; a baker, Tomas Ruiz; and two policemen.",
     "killed 5/5/5"),
    ("THE BOMB KILLED ROSA LINDA MEJIA, 42; PILAR SOTO, 19; A MINOR KNOWN"
     " AS TOMAS; EFREN SALDANA, AND A GUARD WHO DIED LATER.", "killed 5/5/5"),
    ("The mayor's son, Omar; Idris Maal, the treasurer; and Amina Diallo were killed.",
     "killed 3/3/3"),
    ("MEJIA'S SON, OMAR; GUSTAVO LUNA, THE PROVINCIAL SECRETARY; AND BODYGUARD JAIRO MENA, WERE"
     " KILLED.", "killed 3/3/3"),
    ("A raid killed Ana Ruiz; and Eva Soto.", "killed 2/2/2"),
    ("Two men were killed; five houses burned; and a woman was arrested.", "killed 2/2/2"),
    ("The blast killed two men; five were hurt; and a woman is missing.",
     "killed 2/2/2; injured 5/5/5; missing 1/1/1"),
    ("The blast killed two men; a spokesman for the clinic.", "killed 2/2/2"),
]  # fmt: skip
TITLES = [
    ("GUNMEN KILLED SENATOR AND PARTY CANDIDATE LUIS MENA.", "killed 1/1/1"),
    ("GUNMEN KILLED A SENATOR AND CANDIDATE LUIS MENA.", "killed 2/2/2"),
    ("GUNMEN KILLED LUIS MENA, PRESIDENT OF THE UNION AND MAYOR OF GAO.", "killed 1/1/1"),
    ("GUNMEN KILLED LUIS MENA, PRESIDENT OF THE UNION, AND HIS DRIVER.", "killed 2/2/2"),
    ("Police look into the murder of Dr. Amina Diallo.", "killed 1/1/1"),
    ("Police look into the murder of Mr Omar Diallo and Mrs Awa Diallo.", "killed 2/2/2"),
]
ASIDES = [
    ("Six monks -- five Spaniards and one Basque -- and two women were murdered.", "killed 8/8/8"),
    ("Six monks, five of them Spaniards, who were killed in May were buried.", "killed 6/6/6"),
    ("Salinas, 45, and Gloria Mena, a member of the party, were kidnapped.", "abducted 2/2/2"),
    ("Two nuns, seized by rebels last week, are alive.", "abducted 2/2/2"),
    ("SEVEN OTHER STUDENTS, KIDNAPPED BY DEATH SQUADS, REMAIN IN THE HILLS.", "abducted 7/7/7"),
    ("Two nuns, seized by fear, prayed.", ""),
]
KIN = [
    ("Ana Ruiz, her driver and a guard were shot dead.", "killed 3/3/3"),
    ("Councillor Ana Ruiz, her driver and two guards were shot dead.", "killed 4/4/4"),
    ("Gunmen killed Ana Ruiz, her driver and a guard.", "killed 3/3/3"),
    ("Peter Obi, his wife Ada and their two children died in the fire.", "killed 4/4/4"),
    ("John Mwangi, 54, his wife and a neighbour died in the fire.", "killed 3/3/3"),
    ("Raul Reyes, a rebel commander, and two of his men were killed.", "killed 3/3/3"),
    ("Raul Reyes, her husband of ten years, was killed.", "killed 1/1/1"),
    ("Gunmen killed Raul Reyes, her husband.", "killed 1/1/1"),
    ("Raul Reyes, father of three, was killed.", "killed 1/1/1"),
]
DEEDS = [
    ("The union deplored the murder in Guatemala City of two teachers.", "killed 2/2/2"),
    ("The union deplored the murder on Monday of two teachers.", "killed 2/2/2"),
    ("The union deplored the kidnapping last week of Ana Ruiz.", "abducted 1/1/1"),
    ("The union deplored the murder on 15 September of Ana Ruiz.", "killed 1/1/1"),
    ("The union deplored the murder of a judge and of her driver.", "killed 2/2/2"),
    ("The union deplored the murders in the suburbs of San Salvador.", ""),
    ("THE UNION DEPLORED THE MURDERS IN DOWNTOWN AREAS OF SAN SALVADOR.", ""),
    ("The kidnapping and subsequent murder of two nurses shook the town.",
     "abducted 2/2/2; killed 2/2/2"),
    ("The kidnapping and release of two nurses shook the town.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), SEMICOLONS + TITLES + ASIDES + KIN + DEEDS)
def test_lists_and_deeds(sentence, expected, mentions):
    assert mentions(sentence) == expected
