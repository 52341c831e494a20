"""What an article opens with is a total where it goes on to tell the events one by one."""

import pytest

TOLD = [
    (
        "Gunmen killed at least 11 people in two attacks in northern Burkina Faso. On Monday they"
        " raided the village of Tiao, killing seven civilians. On Tuesday a patrol hit a mine near"
        " Titao; four soldiers died.",
        "aggregate killed 11/11/- | killed 7/7/7 | killed 4/4/4",
    ),
    (
        "Fourteen people died in Uganda over the weekend. Nine were killed when a minibus hit a"
        " truck near Masaka on Saturday. Five died on Sunday in a crash in Gulu.",
        "aggregate killed 14/14/14 | killed 9/9/9 | killed 5/5/5",
    ),
    (
        "Air strikes killed 18 people across the Gaza Strip on Tuesday. In Khan Younis a strike on"
        " a camp killed seven people. Another hit a house in Nuseirat, killing five members of one"
        " family.",
        "aggregate killed 18/18/18 | killed 7/7/7 | killed 5/5/5",
    ),
    # what happened before makes no sum of what is news
    (
        "Rebels killed 13 soldiers in Sirnak province on Sunday. A rebel was killed there in"
        " earlier fighting. Last week rebels ambushed a bus in Hakkari and killed 12 passengers.",
        "killed 13/13/13 | killed 1/1/1 | killed 12/12/12",
    ),
    # what was told before is none of its own
    (
        "The number of people killed by the storm in Luzon has climbed to 27, officials said on"
        " Thursday. The agency had reported 19 deaths on Wednesday.",
        "killed 27/27/27",
    ),
    (
        "Floods in Kerala have killed 27 people, officials said on Friday. On Thursday the toll"
        " stood at 12.",
        "killed 27/27/27",
    ),
    (
        "The death toll from the blast in Lagos reached 17 on Wednesday. State media had said on"
        " Tuesday that 11 people were killed.",
        "killed 17/17/17",
    ),
    # one event, told in parts
    (
        "A bomb killed nine people in Quetta on Monday. Six died at once and three in hospital.",
        "killed 9/9/9",
    ),
]


@pytest.mark.parametrize(("text", "told"), TOLD)
def test_events_told_one_by_one_are_summed_up_before(outcome, text, told):
    assert outcome(text) == told
