"""Several events in one sentence, each with a figure of its own."""

import pytest

APART = [
    ("Bombs in Kano and Jos killed five and seven people respectively on Monday.",
     ["killed 5/5/5", "killed 7/7/7"]),
    ("An ambush killed four soldiers and a raid nearby six civilians on Monday.",
     ["killed 4/4/4", "killed 6/6/6"]),
    ("An ambush near Gao killed four soldiers and a raid in Mopti killed six civilians on Monday.",
     ["killed 4/4/4", "killed 6/6/6"]),
    ("A bomb in Kano killed four people and another in Jos six on Monday.",
     ["killed 4/4/4", "killed 6/6/6"]),
    ("A bomb in Kano killed four people and another in Jos killed six on Monday.",
     ["killed 4/4/4", "killed 6/6/6"]),
    ("Four people died in Kano and six in Jos when bombs went off on Monday.",
     ["killed 4/4/4", "killed 6/6/6"]),
    ("In Kano a bomb killed four people on Monday, and in Jos six died in a shooting.",
     ["killed 4/4/4", "killed 6/6/6"]),
    ("Bombs killed four people in Kano, six in Jos and two in Kaduna on Monday.",
     ["killed 4/4/4", "killed 6/6/6", "killed 2/2/2"]),
]  # fmt: skip
TOGETHER = [
    ("A bomb killed four soldiers and six civilians on Monday.", "killed 10/10/10"),
    ("The fire killed four people and another in a van on Monday.", "killed 5/5/5"),
    ("A bomb killed four people and wounded six in Jos on Monday.",
     "killed 4/4/4, injured 6/6/6"),
    ("A bomb killed four people and a fire burned six houses on Monday.", "killed 4/4/4"),
    ("Ten people were killed in Kano and six were hurt.", "killed 10/10/10, injured 6/6/6"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), APART, ids=[text for text, _ in APART])
def test_each_attack_keeps_its_figure(outcome, text, told):
    assert outcome(text).split(" | ") == told


@pytest.mark.parametrize(("text", "told"), TOGETHER, ids=[text for text, _ in TOGETHER])
def test_one_attack_is_not_split(outcome, text, told):
    assert outcome(text) == told
