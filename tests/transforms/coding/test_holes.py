"""Sentences that real wires told of casualties with, and whose words stood in the way."""

import pytest

READ = [
    # what an editor puts in square brackets is no part of the sentence
    ("Three officials of Petrox [Petroleum Corporation] have been kidnapped.", "abducted 3/3/3"),
    ("A guard and seven [number as heard] other people were killed.", "killed 8/8/8"),
    ("The murder of [retired] General Luis Mora shook the town.", "killed 1/1/1"),
    ("The massacre [of six priests] shook the town.", "killed 6/6/6"),
    ("At least [9] persons died.", "killed 9/9/9"),
    # the subject behind a relative clause that ends with a pronoun
    ("Six priests and two women who worked with them were murdered.", "killed 8/8/8"),
    # "both", a name of one word, "but"
    ("Both were kidnapped by rebels.", "abducted 2/2/2"),
    ("Two brothers both died.", "killed 2/2/2"),
    ("Bandemer, who lived in the west, was pronounced dead.", "killed 1/1/1"),
    ("FERREYROS WAS KIDNAPPED YESTERDAY.", "abducted 1/1/1"),
    ("The boy was taken to a clinic but died of burns.", "injured 1/1/1; killed 1/1/1"),
    # a participle that ends the sentence
    ("They asked for the release of Juan Mir, kidnapped by rebels.", "abducted 1/1/1"),
    # victims behind the verb
    ("Also wounded were four patrons.", "injured 4/4/4"),
    ("Killed in the ambush were five soldiers.", "killed 5/5/5"),
    ("Killed were five soldiers and wounded were three.", "killed 5/5/5; injured 3/3/3"),
    ("Killed in action is a phrase.", ""),
]


@pytest.mark.parametrize(("sentence", "expected"), READ)
def test_what_stands_between_hides_nobody(mentions, sentence, expected):
    assert mentions(sentence) == expected


def test_both_gives_way_to_those_told_before(outcome):
    text = "A man killed his two sons and himself on Monday. Both were shot dead at home."
    assert outcome(text) == "killed 3/3/3"


TOLD = [
    # "also" and a verb before its subject go on with the same event
    ("A gunman killed a guard in a bar on Monday. Also wounded were four patrons.",
     "killed 1/1/1, injured 4/4/4"),
    ("The victim was taken to a clinic on Monday, but succumbed to his injuries during surgery.",
     "killed 1/1/1"),
    ("He succumbed to gambling.", ""),
    # with the gun on oneself
    ("The man killed his wife on Monday and then turned the gun on himself.", "killed 2/2/2"),
    ("The gunman killed a clerk on Monday before turning the gun on himself.", "killed 2/2/2"),
    ("The gunman turned the gun on himself on Monday and is in hospital.", "injured 1/1/1"),
    ("A man shot his wife on Monday before turning the gun on himself in an attempted"
     " murder-suicide.", "injured 2/2/2"),
    # shot, with words for the dead beside
    ("Soldiers lined up and shot 16 peasants on Monday.", "killed 16/16/16"),
    ("Rebels shot nine men on Monday and threw the bodies into a ravine.", "killed 9/9/9"),
    ("Rebels shot nine men on Monday.", "injured 9/9/9"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), TOLD, ids=[text for text, _ in TOLD])
def test_who_died_of_shots_and_who_goes_on(outcome, text, told):
    assert outcome(text) == told


ASIDES = [
    ("Luis Mora, leader of the union, and Ana Ruiz, a teacher, were killed.", "killed 2/2/2"),
    ("Luis Mora, leader of the union, and Ana Ruiz were killed.", "killed 2/2/2"),
    ("Gunmen killed Luis Mora, leader of the union, and Ana Ruiz.", "killed 2/2/2"),
    ("Gunmen killed Luis Mora, leader of the union, and the army sent troops.", "killed 1/1/1"),
    ("Gunmen killed Luis Mora, leader of the union, and Ana Ruiz said it was war.", "killed 1/1/1"),
    ("Corporal Luis Mora, who served in Gao until 2019, was shot to death.", "killed 1/1/1"),
]


@pytest.mark.parametrize(("sentence", "expected"), ASIDES)
def test_names_go_on_behind_what_is_said_of_the_first(mentions, sentence, expected):
    assert mentions(sentence) == expected
