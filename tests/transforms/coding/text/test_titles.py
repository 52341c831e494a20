"""Headlines and the names of sites that stand behind them."""

import pytest

from transforms.coding.text.sentences import read_document
from transforms.coding.text.titles import without_site


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Two men hurt in fire - Channel 5 News, Springfield", "Two men hurt in fire"),
        ("Two men hurt in fire - WXYZ News 7 - Springfield, Ohio", "Two men hurt in fire"),
        ("Two men hurt in fire | springfieldpress.com", "Two men hurt in fire"),
        ("Two men hurt in fire: News", "Two men hurt in fire: News"),
        ("Two men hurt in fire : News", "Two men hurt in fire"),
        ("Two men hurt in fire - one dies", "Two men hurt in fire - one dies"),
        ("Fire - News", "Fire - News"),
        ("TWO MEN HURT - CHANNEL 5 NEWS", "TWO MEN HURT - CHANNEL 5 NEWS"),
        ("", ""),
    ],
)
def test_site_behind_a_headline(title, expected):
    assert without_site(title) == expected


def test_document_keeps_the_site_apart():
    document = read_document("a", 1, "Two men hurt in fire - Channel 5 News, Springfield", "Yes.")
    assert document.sentences[0].text == "Two men hurt in fire"
    assert document.site == " - Channel 5 News, Springfield"
    assert read_document("a", 1, "Two men hurt", "Yes.").site is None


def test_place_of_the_site_is_no_place_of_the_event(accounts):
    (account,) = accounts("One man was killed.", "Man killed in fire - WKYC News, Cleveland, Ohio")
    assert account.placing.country == "USA"
    assert account.placing.place_name != "Cleveland"
