"""Who counts: nouns that no list knows, animals, surnames that are nouns, families."""

import pytest

UNKNOWN_NOUNS = [
    ("Gunmen shot dead a thurifer outside Bari.", "killed 1/1/1"),
    ("Three thurifers drowned off Bari.", "killed 3/3/3"),
    ("Three thurifers died in a blast in Bari.", "killed 3/3/3"),
    ("Three thurifers were shot dead in Bari.", "killed 3/3/3"),
    ("Three amendments died in committee.", ""),
    ("Three guards repairing a sluice were shot dead.", "killed 3/3/3"),
]
ANIMALS = [
    ("Hunters shot dead a leopard near Bari.", ""),
    ("Three foals were found dead in Bari.", ""),
    ("Three puppies drowned in Bari.", ""),
    ("The fire killed 40 piglets and a farmer.", "killed 1/1/1"),
    ("The flood killed hundreds of cattle and 12 people.", "killed 12/12/12"),
    ("The blaze killed nine horses, and three guards are missing.", "missing 3/3/3"),
    ("The frost killed 40 lambs and a farmer was fined.", ""),
]
SURNAMES = [
    ("Tessa Banks was shot dead in Gary.", "killed 1/1/1"),
    ("Gunmen killed Tessa Swan in Gary.", "killed 1/1/1"),
    ("Tessa Lynch suffered a gunshot wound to the arm.", "injured 1/1/1"),
    ("Wolf, 23, was shot dead in Gary.", "killed 1/1/1"),
    ("A wolf was shot dead near Gary.", ""),
    ("The Wolf was killed by hunters.", ""),
]
FAMILIES = [
    ("A bomb killed a family in Gao.", "killed 2/-/-"),
    ("He killed his family in Gao.", "killed 2/-/-"),
    ("A family of four was killed in Gao.", "killed 4/4/4"),
    ("An entire family was killed in Gao.", "killed 2/-/-"),
]
TO_DEATH = [
    ("A mob beat two traders to death.", "killed 2/2/2"),
    ("A man beat his wife and her mother to death.", "killed 2/2/2"),
    ("He hacked a neighbour and two children to death with a machete.", "killed 3/3/3"),
    ("Elephants trampled a farmer to death.", "killed 1/1/1"),
    ("Villagers are accused of stoning a herder to death.", "killed 1/1/1"),
    ("He was bored to death.", ""),
    ("A court sentenced three men to death.", ""),
    ("The clowns scared the villagers to death.", ""),
]


@pytest.mark.parametrize(
    ("text", "expected"), UNKNOWN_NOUNS + ANIMALS + SURNAMES + FAMILIES + TO_DEATH
)
def test_read(mentions, text, expected):
    assert mentions(text) == expected


@pytest.mark.parametrize(
    "who", ["An Iraqi", "A Kenyan", "An Afghan", "A Chinese", "A Swiss", "A Mexican", "A Thai"]
)
def test_somebody_of_a_country_is_one_person(who, mentions):
    assert mentions(f"{who} was killed.") == "killed 1/1/1"
    assert mentions(f"{who} and two Poles were taken hostage.") == "abducted 3/3/3"


@pytest.mark.parametrize("sentence", ["A Cessna was shot down.", "A Tesla was hit by a train."])
def test_a_make_is_nobody(sentence, mentions):
    assert mentions(sentence) == ""
