from dataclasses import fields

import pytest

from transforms.coding.words.rules import RuleWords, read_rule_words
from transforms.errors import ReferenceDataError


def table(**changed):
    return {field.name: "quiet calm" for field in fields(RuleWords)} | changed


def test_lists_become_sets_and_endings_become_tuples():
    words = read_rule_words(table(units="crew\nteam", person_endings="er or"))
    assert words.units == {"crew", "team"}
    assert words.person_endings == ("er", "or")
    assert "sailor".endswith(words.person_endings)


@pytest.mark.parametrize("wrong", ["", " \n", "Crew", ["crew"], 3])
def test_a_list_that_is_no_list_of_words_is_named(wrong):
    with pytest.raises(ReferenceDataError, match=r"rules\.toml: units"):
        read_rule_words(table(units=wrong))


def test_a_list_nobody_asks_for_is_named():
    with pytest.raises(ReferenceDataError, match="unknown lists: quietly"):
        read_rule_words(table(quietly="calm"))


def test_a_list_left_out_is_named():
    short = table()
    del short["gives"]
    with pytest.raises(ReferenceDataError, match="missing or unknown lists: gives"):
        read_rule_words(short)
