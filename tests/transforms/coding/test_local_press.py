"""What articles of local papers on the web ask for: copies, states, names, the hurt who died."""

from datetime import date

import pytest

from transforms.coding.repeats import titles_of_others, told_before
from transforms.coding.text.sentences import read_document

READ = [
    # "shot" without an object tells of who was hit, where headline or words behind leave no doubt
    ("A man shot in the leg is at home.", "injured 1/1/1"),
    ("Two women stabbed several times were found there.", "injured 2/2/2"),
    ("The guard shot in the air.", ""),
    ("The guard shot at the crowd.", ""),
    # "another" alone is somebody
    ("The blast killed one and wounded another.", "killed 1/1/1; injured 1/1/1"),
    ("One man was killed and another was wounded.", "killed 1/1/1; injured 1/1/1"),
    ("Another nurse was wounded.", "injured 1/1/1"),
    # states and hospitals
    ("Two men are in critical condition after a shooting.", "injured 2/2/2"),
    ("Three others are in stable condition after a shooting.", "injured 3/3/3"),
    ("A shooting at a club sent four men to the hospital.", "injured 4/4/4"),
    ("Gunfire killed one and left two boys in hospital.", "killed 1/1/1; injured 2/2/2"),
    ("The shooting sent officers to the hospital.", ""),
    ("Four people were hospitalized after the shooting.", "injured 4/4/4"),
    ("She was hit in the head and killed.", "injured 1/1/1; killed 1/1/1"),
    ("He was hit in the head and killed two others.", "injured 1/1/1; killed 2/2/2"),
    # ages in a row tell the number of a bare plural
    ("She killed her daughters, ages 3 and 4.", "killed 2/2/2"),
    ("She killed her daughters, aged 2, 4 and 9.", "killed 3/3/3"),
    ("She killed her three daughters, aged 2, 4 and 9.", "killed 3/3/3"),
    ("The four year old girl was wounded.", "injured 1/1/1"),
    ("A boy who was hurt after the car crashed has died.", "killed 1/1/1"),
    ("Moreno died on the way to hospital.", "killed 1/1/1"),
    ("Rovers were dead and buried by noon.", ""),
    # lists of names of one word, pronouns as objects, deeds counted by their adjective
    ("Michael, Connor and Kay West were shot dead.", "killed 3/3/3"),
    ("Ortiz, Daniels and Weller were injured.", "injured 3/3/3"),
    ("On Monday, Connor and Kay West were shot dead.", "killed 2/2/2"),
    ("The robber killed her and her mother.", "killed 2/2/2"),
    ("The robber killed her husband.", "killed 1/1/1"),
    ("Police look into a double homicide.", "killed 2/2/2"),
    ("A triple stabbing shook the town.", "injured 3/3/3"),
    ("A double room was the scene of a murder.", ""),
    ("Three adults, one child found shot to death.", "killed 4/4/4"),
    ("One of the men injured in the raid has been charged.", "injured 1/1/1"),
    ("All 5 victims are expected to survive.", "injured 5/5/5"),
    # who is still in hospital
    ("Two riders remain in the hospital after the blast.", "injured 2/2/2"),
    ("A boy died and his mother remains in hospital.", "killed 1/1/1; injured 1/1/1"),
    ("Two hikers were in a local hospital in serious condition.", "injured 2/2/2"),
    ("Two singers remain in the top ten.", ""),
]  # fmt: skip
HEADLINES = [
    ("Four people shot outside Clayton nightclub", "injured 4/4/4"),
    ("16-Year-Old Accidentally Shot", "injured 1/1/1"),
    ("Woman shot in face at gun range", "injured 1/1/1"),
    ("Teen shot, killed at party", "killed 1/1/1"),
    ("Deputy shot at fleeing man", ""),
    ("3 dead, 1 critical in farm shooting", "killed 3/3/3; injured 1/1/1"),
    ("Council critical of police after shooting", ""),
    ("Teen Killed, Another Wounded in Oak Street Shooting", "killed 1/1/1; injured 1/1/1"),
]


@pytest.mark.parametrize(("sentence", "expected"), READ)
def test_sentences(sentence, expected, mentions):
    assert mentions(sentence) == expected


@pytest.mark.parametrize(("headline", "expected"), HEADLINES)
def test_headlines(headline, expected, mentions):
    assert mentions(headline, headline=True) == expected


SETTLED = [
    # who died was hurt before, and is not both
    ("A boy was shot and killed on Sunday. His neighbour Ann Weller was also shot in the chest and"
     " is in hospital.", None, "killed 1/1/1, injured 1/1/1"),
    ("The boy's death is under investigation. Adam King was shot dead in a car on Monday. A woman"
     " noticed Adam was wounded.", None, "killed 1/1/1"),
    ("A toddler who was badly wounded after shooting himself in the face has died.", None,
     "killed 1/1/1"),
    ("Police found the three dead in a flat in Erie. All three had suffered gunshot wounds.",
     None, "killed 3/3/3"),
    ("She was shot twice and pronounced dead at a clinic.", None, "killed 1/1/1"),
    ("Kendal Park was badly injured in the shooting on Monday.",
     "2-year-old dies after shooting in flat", "killed 1/1/1"),
    # some of those who were hurt have died
    ("All four victims were taken to a clinic with serious injuries after a shooting.",
     "Victim dies after shooting", "killed 1/1/1, injured 3/3/3"),
    ("Four people were wounded in a shooting on Sunday. One of the victims died on Monday.", None,
     "killed 1/1/1, injured 3/3/3"),
    ("A man wounded in a shooting has died. Duhart was one of five people injured there.", None,
     "killed 1/1/1, injured 4/4/4"),
    # how some fared, and how others, is told in one breath
    ("One woman is dead, two people are in critical condition and three are being treated for"
     " minor wounds after a shooting.", None, "killed 1/1/1, injured 5/5/5"),
    ("A woman was shot in the chest, and three men were also wounded.", None, "injured 4/4/4"),
    ("Five people were shot at a party on Sunday. Reyes remains in critical condition.", None,
     "injured 5/5/5"),
    # told twice, or counted before
    ("Two people were killed and three others were wounded in Reno on Sunday. The three other men"
     " were also wounded in the legs.", None, "killed 2/2/2, injured 3/3/3"),
    ("One of the victims was taken to a clinic. The other victim was pronounced dead.",
     "Teen Killed, Another Wounded in Oak Street Shooting", "killed 1/1/1, injured 1/1/1"),
    ("A shooting left four people dead in Fargo. The man shot dead the other three.", None,
     "killed 4/4/4"),
    ("Three men were hurt in a shooting. A fourth man was wounded as well.", None,
     "injured 4/4/4"),
    ("A house turned double homicide scene stood open.",
     "Mother and son shot dead in Salem", "killed 2/2/2"),
    # what only takes the event up again opens no other
    ("An officer shot a man dead in Boise on Friday. Police were called there after reports of a"
     " shooting. The man died at the scene.", None, "killed 1/1/1"),
    ("The arrest came a week after Adam King was shot dead in Reno.",
     "Man held in shooting death of boy", "killed 1/1/1"),
    # gentle words count only beside what hurts bodies
    ("A man was shot on his farm. He passed away at a clinic.", None, "killed 1/1/1"),
    ("The mayor passed away at home on Tuesday.", None, ""),
    # totals of a weekend or of a town
    ("A girl was shot in the head and killed on Monday.", None, "killed 1/1/1"),
    ("The man was shot in the head and killed two others.", None, "killed 2/2/2"),
    ("He shot himself on Sunday and died.", None, "killed 1/1/1"),
    ("The family of a 17-year-old shot and killed by an officer sued.", None, "killed 1/1/1"),
    ("Ana Ruiz, who was expecting her first child, died of her wounds.", None, "killed 1/1/1"),
    ("A boy was shot dead in Sarasota on Monday. He died at Sarasota Memorial Hospital.", None,
     "killed 1/1/1"),
    ("A memorial for the 12 killed there was unveiled.", None, "background killed 12/12/12"),
    ("Five were wounded in a club in Salem. Jake Brom, a 29-year-old Dover resident, remains in"
     " critical condition.", None, "injured 5/5/5"),
    ("Two children were shot dead in Salem in one week.", None, "aggregate killed 2/2/2"),
    ("Two people were killed and two wounded in a violent 24 hours in Tulsa.", None,
     "aggregate killed 2/2/2, injured 2/2/2"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "title", "expected"), SETTLED)
def test_articles(text, title, expected, outcome):
    assert outcome(text, title) == expected


def test_day_long_past_is_recalled_beside_the_news(outcome):
    text = (
        "A girl of four was shot dead in Salem on Monday. Police asked for help. It was a hard"
        " year. On January 7, a boy shot himself in the hand. He was treated for his wounds."
    )
    assert outcome(text) == "killed 1/1/1 | background injured 1/1/1 | background injured 1/1/1"


def read(*sentences):
    text = "\n\n".join(sentences[1:])
    return read_document("a", 1, sentences[0], text, report_date=date(2026, 3, 17))


def test_sentence_told_twice_is_read_once(outcome):
    caption = "A woman was found dead in a house on Elm Street on Sunday."
    assert outcome(f"{caption}\n\n{caption}\n\n{caption}") == "killed 1/1/1"
    assert told_before(read("Woman found dead in house", caption, "So it is.", caption)) == {3}
    assert told_before(read("Two dead", "Yes.", "Yes.")) == frozenset()


def test_titles_of_other_stories_are_recalled(outcome):
    text = "A man was shot dead in Reno on Sunday.\n\nRELATED: Six killed in Tulsa fire"
    assert outcome(text) == "killed 1/1/1 | background killed 6/6/6"
    assert outcome("RELATED: Six killed in Tulsa fire") == "killed 6/6/6"
    links = read("Fair", "It rained.", "READ MORE: Man hurt", "Read it by noon.", "STORY: Boy shot")
    assert titles_of_others(links) == {2, 4}
