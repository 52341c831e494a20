"""What long articles tell beside their event: ranks, earlier figures, shares, rivals, states."""

import pytest

ONE = [
    (
        "Shells killed 14 people in Gao in one of the deadliest attacks since the truce broke.",
        "killed 14/14/14",
    ),
    (
        "Jets dropped two bombs on a market in Gao, killing 14 people, hours before envoys met for"
        " the first time in five weeks.",
        "killed 14/14/14",
    ),
    (
        "A quake near Gao killed 31 people on Monday. In its Sunday bulletin the office had given"
        " 19 deaths.",
        "killed 31/31/31",
    ),
    (
        "At least 31 inmates died in a riot in Gao. The governor said that 27 of them had been"
        " strangled and four suffocated.",
        "killed 31/31/-",
    ),
    (
        "A stampede in Gao killed 11 pilgrims and injured 47. Of the injured, 31 were sent home"
        " and 16 are in a serious condition.",
        "killed 11/11/11, injured 47/47/47",
    ),
    ("A man who had gone in to fetch a neighbour was killed in Gao.", "killed 1/1/1"),
    ("A girl of eleven and a woman who was selling fruit died in a blast.", "killed 2/2/2"),
    ("A woman of 67 was hit by a stray bullet in Gao.", "injured 1/1/1"),
    (
        "In Gao 31 farmers, six of them women, and 19 herders had been killed, officials said.",
        "killed 50/50/50",
    ),
    ("A drone hit a car in Gao, leaving two members of a militia dead.", "killed 2/2/2"),
    ("The office listed 31 people as injured after the quake in Gao.", "injured 31/31/31"),
    ("Mali put ten men to death in Gao on Monday.", "killed 10/10/10"),
    ("Two women who had been on the late shift in Gao remained untraced.", "missing 2/2/2"),
    ("More than 20 people are nowhere to be found after the flood in Gao.", "missing 20/20/-"),
    ("Seventeen people are feared trapped beneath the mud in Gao.", "missing 17/17/17"),
    (
        "A monitor said that 58 people were killed in Gao. The health ministry gave lower figures,"
        " speaking of 37 dead.",
        "killed 37/37/58",
    ),
    (
        "The number of dead in a landslide in Gao rose to 31 on Monday. Rescuers found five more"
        " bodies in the mud.",
        "killed 31/31/31",
    ),
]


@pytest.mark.parametrize(("text", "expected"), ONE)
def test_one_account(text, expected, outcome):
    assert outcome(text) == expected


def test_hostages_still_held_are_no_news(outcome):
    text = (
        "A strike on a school in Gao killed 17 people on Monday. A doctor spoke of children."
        " The army did not comment. Fifty hostages are still being held in the desert."
    )
    assert outcome(text) == "killed 17/17/17 | background abducted 50/50/50"


def test_piece_has_the_scope_of_the_verb_before_it(outcome):
    text = (
        "A storm killed three people in Gao on Monday. The roads are cut. A cyclone in 2012"
        " killed 180 people in Mozambique and 1,200 in Malawi."
    )
    expected = "background killed 180/180/180 | background killed 1200/1200/1200"
    assert outcome(text) == f"killed 3/3/3 | {expected}"


BETWEEN = "The mayor went there. Shops stayed shut. Roads were closed. Schools, too. It rained. "
TOLD_AGAIN = [
    (
        f"A fire in a school in Gao killed 21 girls on Monday. {BETWEEN}"
        "A spokeswoman said at least 21 children and teenagers perished.",
        "killed 21/21/21",
    ),
    (
        f"All ten victims of a fire in Gao died of the fumes, a court heard. {BETWEEN}"
        "The judge said all ten deaths will be looked at as one.",
        "killed 10/10/10",
    ),
]


@pytest.mark.parametrize(("text", "expected"), TOLD_AGAIN)
def test_larger_figure_that_comes_again_is_the_same(text, expected, outcome):
    assert outcome(text) == expected


def test_what_also_goes_with(accounts):
    text = "A bomb went off in Gao. A shop burned. Two people also died, police said."
    [account] = accounts(text, title="Two dead after blast in Gao")
    assert [claim.relation for claim in account.claims] == ["total", "superseded"]
    [account] = accounts("A bomb killed two soldiers in Gao. Two civilians also died.")
    assert [claim.relation for claim in account.claims] == ["part", "part"]
