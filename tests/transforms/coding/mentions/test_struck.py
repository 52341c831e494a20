"""People whom shots or vehicles hit."""

import pytest

STRUCK = [
    ("Gunmen opened fire on a queue in Kano on Monday, striking three people.", "injured 3/3/3"),
    ("A gunman fired in a bar in Ghent, hitting two patrons.", "injured 2/2/2"),
    ("Bullets hit three people outside a club in Ghent.", "injured 3/3/3"),
    ("A stray bullet struck a woman in her kitchen in Ghent.", "injured 1/1/1"),
    ("The guards returned fire, hitting the man in the chest, in Ghent.", "injured 1/1/1"),
    ("Four people were hit as shots rang out at a fair in Ghent.", "injured 4/4/4"),
    ("The robber was hit by return fire in Ghent.", "injured 1/1/1"),
    ("A car jumped the curb in Ghent, striking four pedestrians.", "injured 4/4/4"),
    ("A driver struck a cyclist in Ghent and fled.", "injured 1/1/1"),
    # until their deaths are told
    ("A driver struck and killed a cyclist in Ghent.", "killed 1/1/1"),
    ("A man fired into a queue in Ghent, hitting three people. One of them died.",
     "killed 1/1/1, injured 2/2/2"),
    ("A pickup ploughed into a stall in Ghent, hitting four people and killing one of them.",
     "killed 1/1/1, injured 3/3/3"),
    ("Gunmen opened fire in Ghent, hitting five people, two of them fatally.",
     "killed 2/2/2, injured 3/3/3"),
    # things, sides and figures of speech
    ("Police fired at the van in Ghent, hitting its tyres.", ""),
    ("A gunman fired at a house in Ghent, hitting nobody.", ""),
    ("Striking teachers in Ghent marched past the car of the mayor.", ""),
    ("The two sides struck a deal after rebels opened fire in Ghent.", ""),
    ("His shots hit the post twice in Ghent.", ""),
    ("He fired two managers and hit the chairman with a lawsuit.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), STRUCK, ids=[t for t, _ in STRUCK])
def test_who_was_hit_by_shots_or_vehicles_is_hurt(outcome, text, told):
    assert outcome(text) == told
