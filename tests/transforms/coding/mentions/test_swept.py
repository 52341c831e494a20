"""People whom water, earth or snow took, until their deaths are told."""

import pytest

SWEPT = [
    ("Five women were swept away by floodwaters in Nashik on Sunday.", "missing 5/5/5"),
    ("A mother and her two sons were washed away in floods in Bongaon.", "missing 3/3/3"),
    ("A flash flood swept away 11 tourists in a canyon.", "missing 11/11/11"),
    ("A wave washed two anglers off the rocks.", "missing 2/2/2"),
    ("Floodwaters carried off two children.", "missing 2/2/2"),
    ("Ali Khan, 12, was washed away by the current.", "missing 1/1/1"),
    ("A landslide buried 20 people in Mocoa on Saturday.", "missing 20/20/20"),
    ("An avalanche killed two skiers and buried three others.", "killed 2/2/2, missing 3/3/3"),
    # until their deaths are told, or the missing in so many words
    ("Six boys were swept away by a river. Four bodies were found.", "killed 4/4/4, missing 2/2/2"),
    (
        "Six boys were swept away by a river. Four boys died and two are missing.",
        "killed 4/4/4, missing 2/2/2",
    ),
    ("Six boys were swept away by a river and drowned.", "killed 6/6/6"),
    # saved, buried by others, or nobody
    ("Six boys were swept away by a river, but all were rescued.", ""),
    ("After the flood, the family buried two sons.", ""),
    ("Nine people were buried in a mass grave after the flood.", ""),
    ("Villagers tended 12 graves beside the river.", ""),
    ("A car was swept away by the river. The driver escaped.", ""),
    ("The flood swept away 200 homes and a bridge.", ""),
    ("A tide of voters swept 12 ministers out of office.", ""),
    ("The bandits carried off two children.", "abducted 2/2/2"),
]


@pytest.mark.parametrize(("text", "told"), SWEPT, ids=[t for t, _ in SWEPT])
def test_who_was_swept_away_is_missing_until_the_dead_are_told(outcome, text, told):
    assert outcome(text) == told
