"""Victims who are only named, remains and bodies, and bare plurals of headlines."""

import pytest

NAMED = [
    ("Among the dead in Monday's crash were Ana Ruiz, Luis Paz and Luz Mora.", "killed 3/3/3"),
    ("Those killed in Monday's crash were Ana Ruiz and Luis Paz.", "killed 2/2/2"),
    ("Killed in Monday's crash were Ana Ruiz and Luis Paz.", "killed 2/2/2"),
    ("The dead were identified as Ana Ruiz and Luis Paz.", "killed 2/2/2"),
    ("The dead have been named as Ana Ruiz, 34, and Luis Paz, 41.", "killed 2/2/2"),
    ("Police identified the dead as Ana Ruiz and Luis Paz.", "killed 2/2/2"),
    ("The following people were killed: Luis Mora, Juan Paz and Ivan Rey.", "killed 3/3/3"),
    ("Luis Paz was one of those killed in Monday's crash.", "killed 1/1/1"),
    ("The dead are Ana Ruiz, Luis Paz and Luz Mora, police said.", "killed 3/3/3"),
    # a number told elsewhere stands, before or behind
    ("Ten people died in a crash on Monday. Among the dead were Ana Ruiz and Luis Paz.",
     "killed 10/10/10"),
    ("Among the dead in Monday's crash were Ana Ruiz and Luis Paz. Ten people died in the crash.",
     "killed 10/10/10"),
    ("The dead were among friends.", ""),
    ("The dead are buried on the hill.", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), NAMED, ids=[text for text, _ in NAMED])
def test_names_count_until_a_number_is_told(outcome, text, told):
    assert outcome(text) == told


BODIES = [
    ("The remains of four climbers were found on Monday.", "killed 4/4/4"),
    ("Searchers recovered the remains of a pilot.", "killed 1/1/1"),
    ("The bodies of Ana Ruiz and Luis Paz were found in a ditch.", "killed 2/2/2"),
    ("The bodies of a woman and her two sons were found in a well.", "killed 3/3/3"),
    ("The remains of four temples were found.", ""),
    ("The remains of four climbers lie there.", ""),
]


@pytest.mark.parametrize(("sentence", "expected"), BODIES)
def test_bodies_and_remains_tell_who_died(mentions, sentence, expected):
    assert mentions(sentence) == expected


HEADLINES = [
    ("Soldiers killed in ambush", "killed 2/-/-"),
    ("Nuns kidnapped in Haiti", "abducted 2/-/-"),
    ("Officers shot in Memphis", "injured 2/-/-"),
    ("Soldiers killed in ambush were drunk", ""),
    ("Families of soldiers killed in ambush protest", ""),
]


@pytest.mark.parametrize(("headline", "expected"), HEADLINES)
def test_a_bare_plural_opens_a_headline(mentions, headline, expected):
    assert mentions(headline, headline=True) == expected
