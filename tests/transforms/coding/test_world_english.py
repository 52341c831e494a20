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


@pytest.mark.parametrize(
    ("sentence", "expected"), NUMBERS + SAYINGS + HOSPITAL + MARTYRS + TAKEN + NAMES + OTHERS
)
def test_sentence(sentence, expected, mentions):
    assert mentions(sentence) == expected
