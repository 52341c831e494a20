"""People taken away without a word of kidnapping, and those who were only led somewhere."""

import pytest

TAKEN = [
    # those who take people captive as subject, whatever the verb of taking
    ("Gunmen took 12 villagers on Monday.", "abducted 12/12/12"),
    ("Bandits raided the hamlet and took away nine women.", "abducted 9/9/9"),
    ("Bandits herded nine women into the bush.", "abducted 9/9/9"),
    ("Militants marched four teachers off into the hills.", "abducted 4/4/4"),
    ("Gunmen kidnapped a king's two sons.", "abducted 2/2/2"),
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
    # who is held
    ("The rebels are holding two engineers.", "abducted 2/2/2"),
    ("The group is holding two engineers captured on Monday.", "abducted 2/2/2"),
    ("The club is holding two engineers to their word.", ""),
    ("Rebels were holding a nurse and two Ukrainians.", "abducted 3/3/3"),
    ("Four nurses remain in captivity after the raid on Monday.", "abducted 4/4/4"),
    ("Two pandas were born in captivity.", ""),
    ("Robbers held two cashiers at gunpoint and fled.", ""),
    ("Five pilots held hostage for a month were released.", "abducted 5/5/5"),
    # captured in a fight, or detained by those who may not
    ("Five soldiers were captured in Monday's ambush.", "abducted 5/5/5"),
    ("Five soldiers were captured by the army.", ""),
    ("Two officers were captured on video.", ""),
    ("Workers at a U.S.-run mill have detained three managers.", "abducted 3/3/3"),
    ("Police said protesters were detained.", ""),
    ("As workers marched, police detained 12 people.", ""),
    ("Two drivers were beaten but not taken away by the gunmen.", ""),
    ("Ten people were taken away when gunmen raided Dogo.", "abducted 10/10/10"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "told"), TAKEN, ids=[s for s, _ in TAKEN])
def test_people_are_taken_away_by_captors_or_by_force(outcome, sentence, told):
    assert outcome(sentence) == told


def test_unaccounted_for_since_an_event_is_no_total(outcome):
    text = "Five people have been unaccounted for since the landslide on Monday."
    assert outcome(text) == "missing 5/5/5"


OTHERWISE = [
    # told of the same people in one sentence
    ("Inmates took four guards hostage and killed them.", "killed 4/4/4, abducted 4/4/4"),
    ("Soldiers shot three rebels and killed them.", "killed 3/3/3"),
    ("Four guards were killed after inmates took them hostage.", "killed 4/4/4, abducted 4/4/4"),
    ("The gunmen wounded four guards before police killed them.", "injured 4/4/4"),
    # a state, a disappearance that somebody does
    ("Six students remain kidnapped after the raid.", "abducted 6/6/6"),
    ("Seven men were disappeared by the police last week.", "abducted 7/7/7"),
    ("Seven men have disappeared since Monday.", "missing 7/7/7"),
    # what did not come about, and what did before a threat
    ("Police foiled the kidnapping of a banker.", "hypothetical abducted 1/1/1"),
    ("Gunmen kidnapped a judge on Monday and threatened to kill her.",
     "abducted 1/1/1 | hypothetical killed 1/1/1"),
    ("Patrols look for six missing sailors believed to be kidnapped by pirates.",
     "missing 6/6/6 | hypothetical abducted 6/6/6"),
    # hostages of whom somebody tells that they are free
    ("Four hostages were freed on Monday after two weeks.", "abducted 4/4/4"),
    ("An armed man is barricaded in a bank in Lyon with eight hostages.", "abducted 8/8/8"),
    ("The team gave three hostages to fortune.", ""),
    ("The nurses whom they seized on Friday, six in all, were seized with fear.", ""),
    ("A ransom was asked for four nurses they seized on Friday.", "abducted 4/4/4"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "told"), OTHERWISE, ids=[s for s, _ in OTHERWISE])
def test_captives_are_told_in_other_ways(outcome, sentence, told):
    assert outcome(sentence) == told


GONE = [
    ("A ship sank with 27 aboard. Ten died and the others are missing.",
     "killed 10/10/10, missing 17/17/17"),
    ("A slide on Monday killed 14. The number of missing fell from 11 to eight.",
     "killed 14/14/14, missing 8/8/8"),
    ("A house fell, killing 20. Officials fear the toll will rise as seven people are missing.",
     "killed 20/20/20, missing 7/7/7"),
    ("Some 60 migrants are feared drowned after a boat sank.", "hypothetical killed -/60/-"),
    # whom a search is for
    ("A search was under way on Monday for six crew of a trawler that sank.", "missing 6/6/6"),
    ("Helicopters searched late on Monday for the six crew of a trawler.", "missing 6/6/6"),
    ("Two bodies were found and the search continued for four more workers.",
     "killed 2/2/2, missing 4/4/4"),
    ("The search for six crew for the film took a year.", ""),
    ("A search went on at sea for six missing sailors.", "missing 6/6/6"),
    ("Rescuers searched for survivors.", ""),
    ("The search for two new judges goes on.", ""),
    ("Police searched for three gunmen who fled by boat.", ""),
    ("Three hikers missing since Sunday turned up at a hut.", ""),
    ("Two defenders are missing from the squad for Sunday.", ""),
    ("Fans are missing a chance to see two stars.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), GONE, ids=[s for s, _ in GONE])
def test_who_is_missing_and_who_is_not(outcome, text, told):
    assert outcome(text) == told
