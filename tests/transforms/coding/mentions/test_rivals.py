"""A second source's figure, given by its number alone."""

import pytest


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("An air strike killed 14 people in Saada. Residents said 20.", "killed 14/14/20"),
        ("Police said nine people died in Quetta; hospital officials said 12.", "killed 9/9/12"),
        ("The army said 12 rebels were killed near Sake. The rebels said four.", "killed 4/12/12"),
        ("Medics counted 22 dead in El Fasher. Activists spoke of at least 60.", "killed 22/22/-"),
        ("Police put the number of dead at nine, witnesses at 14, in Fez.", "killed 9/9/14"),
        ("The fire in Cali killed nine, the mayor said. Earlier, police had said 19.",
         "killed 9/9/19"),
        ("The quake killed 40 people in Herat. The UN put it at 100.", "killed 40/40/100"),
        ("Rebels abducted 30 pupils in Kaduna; parents said 50.", "abducted 30/30/50"),
        ("Six soldiers died in an ambush near Diffa. Boko Haram said it had killed 30 soldiers.",
         "killed 6/6/30"),
        # something else is counted, or nobody who is named says it
        ("A bomb killed nine people in Quetta. He said 12.", "killed 9/9/9"),
        ("A bomb killed nine people in Quetta. Police made arrests, and officials said five.",
         "killed 9/9/9"),
        ("A crash killed nine people in Kano. The hotel has 40 rooms, its owner said 32.",
         "killed 9/9/9"),
        ("A bomb killed nine people in Quetta. The mayor said 12 shops burned.", "killed 9/9/9"),
        # of which kind it is nobody can tell
        ("A bomb killed nine and hurt 30 in Quetta. Medics said 45.",
         "killed 9/9/9, injured 30/30/30"),
    ],
)  # fmt: skip
def test_a_number_alone_is_a_rival_figure(outcome, text, told):
    assert outcome(text) == told
