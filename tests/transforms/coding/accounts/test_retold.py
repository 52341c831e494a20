"""One event told twice, oneself among the dead, and the hurt of whom some died: local news."""

import pytest

TOLD = [
    # the dead by name, after their number: one event
    ("Three dead in farm shooting near Fargo",
     "Three people were shot dead on a farm near Fargo on Monday. The sheriff asked for patience."
     " Neighbours brought flowers. The road stayed shut. It was a long night. Ana Weller, 60, and"
     " Jon Brom, 26, died at the scene.", "killed 3/3/3"),
    # but not those of another day, place, number or deed
    ("Three dead in farm shooting near Fargo",
     "Three people were shot dead on a farm near Fargo on Monday. The sheriff asked for patience."
     " Neighbours brought flowers. The road stayed shut. It was a long night. Ana"
     " Weller, 60, and Jon Brom, 26, died in a crash in Bismarck on Friday.",
     "killed 3/3/3 | killed 2/2/2"),
    ("Three dead in farm shooting near Fargo",
     "Three people were shot dead on a farm near Fargo on Monday. The sheriff asked for patience."
     " Neighbours brought flowers. The road stayed shut. A gunman killed two clerks in a shop.",
     "killed 3/3/3 | killed 2/2/2"),
    ("Two dead in farm shooting near Fargo",
     "Two people were shot dead on a farm near Fargo on Monday. The sheriff asked for patience."
     " Neighbours brought flowers. The road stayed shut. Four climbers died on a glacier.",
     "killed 2/2/2 | killed 4/4/4"),
    # how one of them fares is told of a day that is not the event's
    ("All five victims of Reno shooting expected to live",
     "All five victims of a shooting in Reno on Wednesday night are expected to survive. A woman,"
     " 29, who was shot in both legs was in stable condition as of Thursday. The report said that"
     " a man of 38 was shot in the back.", "injured 5/5/5"),
    # once more, and who else is in custody
    ("Salem teen held in shooting death of 15-year-old",
     "The 15-year-old boy was hit in the head and pronounced dead at a clinic on Friday. One teen"
     " is dead and another behind bars after a shooting at this block of flats, police"
     " said.", "killed 1/1/1"),
    # oneself is none of those whom he hit
    ("Family of three found dead in Erie",
     "Police found a family of three dead in a house in Erie on Friday. Tom Brandt killed his wife"
     " and son before shooting himself, they said. All three had suffered gunshot wounds.",
     "killed 3/3/3"),
    (None,
     "A man shot his brother of ten in the head on Friday and lied about it, claiming the child"
     " shot himself. The brother is in hospital.", "injured 1/1/1"),
    # a number that holds the killer, and one that does not
    ("Shooting kills two in Dover",
     "A boy shot his six-year-old brother to death and killed himself in Dover on Sunday.",
     "killed 2/2/2"),
    ("Shooting kills two in Dover",
     "A man shot dead a guard and a nurse in Dover on Sunday and then killed himself.",
     "killed 3/3/3"),
    # of all who were shot some died
    ("Three dead in farm shooting near Fargo",
     "Ana Weller, 60, and two others died at the scene on Monday. Court records say that the man"
     " admitted that he shot all four people.", "killed 3/3/3, injured 1/1/1"),
    ("Three dead in farm shooting near Fargo",
     "Ana Weller, 60, and two others died at the scene on Monday. Court records say that the man"
     " admitted that he shot all three people.", "killed 3/3/3"),
    # who was taken to hospital and died there is known by another name
    ("Man shot and killed son, himself in Provo",
     "A man shot and killed his 8-year-old son before fatally shooting himself in Provo on Tuesday."
     " The boy's father was dead. Xavier was taken to hospital, where he died.", "killed 2/2/2"),
    # who is told of right after an earlier event is its victim; not who was hit on a day of his own
    ("Boy of seven hit by stray bullet in Akron",
     "A boy of seven was wounded by a stray bullet in Akron on Monday. It happened near a July 2014"
     " shooting that left a 12-year-old girl dead. Eva Lund was shot in the head and killed as she"
     " rode a scooter.", "injured 1/1/1 | background killed 1/1/1"),
    ("Boy of seven hit by stray bullet in Akron",
     "A boy of seven was wounded by a stray bullet in Akron on Monday. It happened near a July 2014"
     " shooting that left a 12-year-old girl dead. A man was shot and killed there on Sunday.",
     "injured 1/1/1 | background killed 1/1/1 | killed 1/1/1"),
    # another one who comes again is the same, but not in a list
    (None,
     "Three people were shot dead in flats in Waco on Sunday, police said. Another child was"
     " hospitalized. The street is shut. Candles burn there. It was cold. Another child had been"
     " taken to hospital.", "killed 3/3/3, injured 1/1/1"),
    (None,
     "A man was wounded at a fair in Waco on Sunday. Another man was wounded in the arm. Another"
     " man was wounded in the leg.", "injured 3/3/3"),
    # who hurts others and then himself is hurt too, if he does not die
    ("Man wounds two before shooting himself in Plano",
     "A man wounded his wife and a baby in Plano on Monday. They are in hospital.",
     "injured 3/3/3"),
    ("Man kills two before shooting himself in Plano",
     "A man killed his wife and a baby in Plano on Monday.", "killed 2/2/2"),
    # an office before a noun is not its name
    ("Teen dead after shooting self",
     "According to the Posey County Coroner's Office, a 14-year-old is dead after an accident with"
     " a gun. Troopers say 14-year-old Owen Lund shot himself. He was taken to a clinic, where he"
     " later died.", "killed 1/1/1"),
    # a headline that lists them all holds whoever is added
    ("3 adults, 1 child found shot to death in Juneau hotel room",
     "Mark Hall and his baby daughter died in a murder-suicide that also claimed the life of his"
     " wife, Emily Hall, on Friday.", "killed 4/4/4"),
    # the name of a victim is no place where something happened
    ("Four shot at Salem party",
     "Four people were shot in Salem on Sunday. Police asked for help. The street was shut. It was"
     " cold. Allen, Daniels and Williams were injured. A fourth victim was struck by a bullet.",
     "injured 4/4/4"),
    # who is known again is no other event's victim, whenever it was
    ("15-year-old killed in Dayton shooting",
     "A 15-year-old was shot dead in Dayton, police said. The mayor was shocked. The school is"
     " closed. It was cold. Owen Lund, 15, was pronounced dead less than 24 hours after police were"
     " called there.", "killed 1/1/1"),
    # a charge beside its crime is no second one
    ("Dover teen charged in shooting of friend",
     "A Dover teenager was charged on Wednesday with shooting a friend in a block of flats. The"
     " friend is in hospital.", "injured 1/1/1 | background injured 1/1/1"),
    # in a murder-suicide whoever was taken to hospital lives
    ("Coroner confirms murder-suicide in Easton",
     "The coroner says that it was a murder-suicide. The daughter, Ann Powell, 9, died of her"
     " wounds. Police ask for help. They were known there. The mother, Eva Powell, was taken to"
     " hospital.", "killed 1/1/1, injured 1/1/1"),
    # a headline that names the killer among the dead, where the text counts the others alone
    ("Man kills wife, two sons, self in Salem",
     "A man killed his wife and two sons before turning the gun on himself in Salem on Sunday.",
     "killed 4/4/4"),
    ("Grandmother kills daughter, grandchildren, self",
     "A woman of 53 killed her daughter and two young grandchildren before turning the gun on"
     " herself in Dover on Sunday.", "killed 4/4/4"),
    ("Man killed wife, himself in Salem, police say",
     "Tom Lund, 40, killed his wife and two guests in Salem on Sunday. The house is shut.",
     "killed 4/4/4"),
    ("Man kills wife, self",
     "A man shot his wife before turning the gun on himself in Salem on Sunday. The wife, Ann"
     " Lund, 40, died at the scene.", "killed 2/2/2"),
    ("Man kills three in Salem",
     "A man killed his wife and two sons before turning the gun on himself in Salem on Sunday."
     " He is in hospital.", "killed 3/3/3"),
    ("Boy wounded in Akron",
     "A boy of seven was wounded in Akron on Monday. A year and a half ago a girl was killed"
     " there.",
     "injured 1/1/1 | background killed 1/1/1"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "text", "expected"), TOLD)
def test_told_again(title, text, expected, outcome):
    assert outcome(text, title) == expected
