"""Nobody was hurt: alone, beside figures of people who were, and told by another source."""

import pytest


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "A shell hit a school in Gao on Monday. There were no casualties.",
            "killed 0/0/0, injured 0/0/0",
        ),
        (
            "A fire hit a hotel in Fez. No deaths were reported, but 14 people were injured.",
            "killed 0/0/0, injured 14/14/14",
        ),
        # of a part of what happened
        (
            "Clashes killed several people in Gao on Monday. The army said it suffered no"
            " casualties.",
            "killed 2/-/-",
        ),
        (
            "Nine people died in shelling near Gao. Later fire caused no casualties.",
            "killed 9/9/9 | killed 0/0/0, injured 0/0/0",
        ),
        # before more was known
        (
            "Gunmen raided Bosso on Monday. No casualties were immediately reported. Residents"
            " later counted nine bodies.",
            "killed 9/9/9",
        ),
        # taken back
        (
            "Initial reports said three people died in a fire in Leeds on Monday. Police later said"
            " nobody was killed or hurt.",
            "killed 0/0/0, injured 0/0/0",
        ),
        # two sources of one sentence
        (
            "Police said nobody was hurt in the blast in Quetta, but medics said two people were"
            " wounded.",
            "injured 0/0/2",
        ),
    ],
)
def test_nobody_gives_way_to_somebody(outcome, text, told):
    assert outcome(text) == told
