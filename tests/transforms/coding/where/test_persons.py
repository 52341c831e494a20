"""Surnames and streets that bear the names of towns."""

import pytest


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Police in Dayton, Ohio, mourned 5-year-old Nils Parker. Four bullets struck the house."
            " Officers spoke of the incident that resulted in the death of Parker.",
            "Dayton",
        ),
        (
            "Ross Woodruff, 44, of Tulsa was charged on Monday. Woodruff shot and killed two"
            " hunters, police said.",
            "Tulsa",
        ),
        (
            "A jury heard of Carl Lamar, 31, in Little Rock. Two brothers were killed by Lamar,"
            " police said.",
            "Little Rock",
        ),
        (
            "Officers in Tulsa arrested Leon Colbert, 22. Colbert killed two men, they said.",
            "Tulsa",
        ),
        (
            "The trial of Leon Cash, 24, went on. Two boys were shot dead in Parker, Arizona.",
            "Parker",
        ),
        (
            "Ann Parker, 30, spoke of it. Two boys were shot dead in Parker, Arizona.",
            "Parker",
        ),
        ("Kim died in Kano in July. Tests on Kim's eyes showed a poison, police said.", "Kano"),
        (
            "In Kano, the brother of Nils Hayden was killed. Hayden was shot near the school.",
            "Kano",
        ),
        ("Rosa Ferguson was found dead in Gao. Ferguson, a nurse, had lived there.", "Gao"),
        ("Two men were killed at Kuala Lumpur International Airport.", "Kuala Lumpur"),
        (
            "Officer Rosa Cortez was shot on Monday in Houston. Cortez's condition is grave, and"
            " Cortez is awake.",
            "Houston",
        ),
        ("A bomb killed two men in Damascus, SANA reported.", "Damascus"),
        ("Two Boys Killed in Little Rock Shooting", "Little Rock"),
        ("Two boys were shot dead on Wallace Avenue in Detroit.", "Detroit"),
        ("Two traders were shot dead on Haifa Street in Baghdad.", "Baghdad"),
        ("Two boys were shot dead around Noon in Detroit.", "Detroit"),
    ],
)
def test_a_surname_or_street_is_no_town(accounts, text, name):
    assert [account.placing.place_name for account in accounts(text)] == [name]


def test_a_county_of_that_name_stays_a_place(accounts):
    text = "Ann Parker, 30, spoke of it. Two boys were shot dead in Parker County, Texas."
    [account] = accounts(text)
    assert account.placing.place_name == "Parker County"
