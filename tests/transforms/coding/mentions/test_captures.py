"""People taken away without a word of kidnapping, and those who were only led somewhere."""

import pytest

TAKEN = [
    # those who take people captive as subject, whatever the verb of taking
    ("Gunmen took 12 villagers on Monday.", "abducted 12/12/12"),
    ("Bandits raided the hamlet and took away nine women.", "abducted 9/9/9"),
    ("Bandits herded nine women into the bush.", "abducted 9/9/9"),
    ("Militants marched four teachers off into the hills.", "abducted 4/4/4"),
    ("Rebels led two nurses away at gunpoint.", "abducted 2/2/2"),
    ("Masked men forced a priest into a car.", "abducted 1/1/1"),
    ("The kidnappers made off with three pupils.", "abducted 3/3/3"),
    ("Pirates boarded a tanker and took four sailors with them.", "abducted 4/4/4"),
    ("Pirates captured four sailors.", "abducted 4/4/4"),
    ("Armed men dragged a judge from her house.", "abducted 1/1/1"),
    # soldiers only where the words behind leave no doubt
    ("Soldiers took two brothers from their home.", "abducted 2/2/2"),
    ("Soldiers took two brothers to hospital.", ""),
    ("Troops took 12 villagers to safety.", ""),
    ("Troops captured four rebels.", ""),
    # passives
    ("Six pupils were taken from a hostel by gunmen.", "abducted 6/6/6"),
    ("Six pupils were led away by gunmen.", "abducted 6/6/6"),
    ("A priest was forced into a van by masked men.", "abducted 1/1/1"),
    ("Six nuns are being held by a gang, police said.", "abducted 6/6/6"),
    ("Six nuns are held for ransom.", "abducted 6/6/6"),
    ("Six men are being held by soldiers.", ""),
    ("Two suspects were taken into custody by officers.", ""),
    # whoever is not taken away
    ("Gunmen took 12 cows from the village.", ""),
    ("Gunmen took 12 minutes to reach the gate.", ""),
    ("The rebels took him for a spy.", ""),
    ("The mayor is taking a risk by talking to the rebels.", ""),
    ("Villagers attacked by gunmen took nine children to hospital.", ""),
    ("Guides led 12 tourists into the mountains.", ""),
    ("Police rounded up 40 protesters.", ""),
    ("The rebels may have taken four nurses away.", "hypothetical abducted 4/4/4"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "told"), TAKEN, ids=[s for s, _ in TAKEN])
def test_people_are_taken_away_by_captors_or_by_force(outcome, sentence, told):
    assert outcome(sentence) == told


def test_unaccounted_for_since_an_event_is_no_total(outcome):
    text = "Five people have been unaccounted for since the landslide on Monday."
    assert outcome(text) == "missing 5/5/5"
