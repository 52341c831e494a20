from itertools import pairwise

import pytest


def bounds(group):
    return "/".join("-" if v is None else str(v) for v in (group.low, group.best, group.high))


def first(groups, sentence, **options):
    found = groups(sentence, **options)
    return found[0] if found else None


COUNTS = [
    ("two Nigerian oil workers", "2/2/2"),
    ("at least 22 traders", "22/22/-"),
    ("a policeman", "1/1/1"),
    ("the mayor", "1/1/1"),
    ("his wife", "1/1/1"),
    ("her two sons", "2/2/2"),
    ("a dozen villagers", "12/12/12"),
    ("a couple", "2/2/2"),
    ("the couple", "2/2/2"),
    ("a married couple", "2/2/2"),
    ("his parents", "2/2/2"),
    ("a trio", "3/3/3"),
    ("soldiers", "2/-/-"),
    ("Malian soldiers", "2/-/-"),
    ("several soldiers", "2/-/-"),
    ("dozens of soldiers", "24/-/-"),
    ("a few soldiers", "3/-/-"),
    ("men, women and children", "2/-/-"),
    ("five men and boys", "5/5/5"),
    ("a crew of at least nine", "9/9/-"),
    ("both drivers", "2/2/2"),
    ("no one", "0/0/0"),
    ("nobody", "0/0/0"),
    ("none of the passengers", "0/0/0"),
    ("no soldiers", "0/0/0"),
    ("a senior army officer", "1/1/1"),
    ("an off-duty policeman", "1/1/1"),
    ("a 22-year-old woman", "1/1/1"),
    ("a 22-year-old", "1/1/1"),
    ("President Idris Maal", "1/1/1"),
    ("three 9-year-old girls", "3/3/3"),
    ("another five people", "5/5/5"),
    ("five others", "5/5/5"),
    ("the other two", "2/2/2"),
    ("the employee's wife", "1/1/1"),
    ("one of the drivers", "1/1/1"),
    ("5 people", "5/5/5"),
    ("two suspected rebels", "2/2/2"),
    ("the twins", "2/2/2"),
    ("a pair of nurses", "2/2/2"),
    ("a mother of three", "1/1/1"),
    ("two or three men", "2/2/3"),
]
NO_PEOPLE = [
    "two bridges",
    "12 houses",
    "a market",
    "three trucks",
    "six miles",
    "two days",
    "1987",
    "phase 3",
    "12 June",
    "June 12",
    "the third time",
    "of the",
    "",
]


@pytest.mark.parametrize(("words", "expected"), COUNTS)
def test_how_many(words, expected, groups):
    found = groups(words)
    assert [bounds(group) for group in found[:1]] == [expected]
    assert found[0].first == 0


@pytest.mark.parametrize("words", NO_PEOPLE)
def test_no_people(words, groups):
    assert not [g for g in groups(words) if not g.uncertain and g.kind != "name"]


@pytest.mark.parametrize(
    ("words", "attribute", "expected"),
    [
        ("the three men", "definite", True),
        ("three men", "definite", False),
        ("these men", "definite", True),
        ("another man", "additive", True),
        ("five other men", "additive", True),
        ("two more", "additive", True),
        ("five men", "additive", False),
        ("his driver", "possessive", True),
        ("their three sons", "possessive", True),
        ("a driver", "possessive", False),
        ("three of them", "subset", True),
        ("five men", "subset", False),
    ],
)
def test_what_words_around_say(words, attribute, expected, groups):
    assert getattr(first(groups, words), attribute) is expected


@pytest.mark.parametrize(
    ("sentence", "part"),
    [
        ("Nine people died, including three nurses.", 1),
        ("Nine people, three of them nurses, died.", 1),
        ("Nine people, three of whom were nurses, died.", 1),
    ],
)
def test_parts_of_a_total_are_subsets(sentence, part, groups):
    found = groups(sentence)
    assert not found[0].subset
    assert any(group.subset for group in found[part:])


def test_preposition_governs(groups):
    found = groups("Rebels shot at three soldiers.")
    assert [g.governed for g in found] == [False, True]


def test_headline_needs_no_article(groups):
    assert first(groups, "Man killed in Gao", headline=True).best == 1
    assert first(groups, "Teacher, two pupils killed", headline=True).best == 1


def test_names_are_one_person(groups):
    found = first(groups, "Gunmen shot Amina Diallo in Gao.")
    assert found.kind == "plural"
    name = groups("Gunmen shot Amina Diallo in Gao.")[1]
    assert (name.kind, name.best) == ("name", 1)


def test_groups_stand_in_order_and_do_not_overlap(groups):
    found = groups(
        "The mayor, his wife and at least two of their four sons, aged 3 to 9, were shot dead by"
        " three masked gunmen as some 20 or 30 guests and a dozen policemen looked on, Omar said."
    )
    assert len(found) > 6
    for one, following in pairwise(found):
        assert one.first < one.last <= following.first
