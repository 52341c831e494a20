from dataclasses import fields

import pytest

from transforms.coding.words.lexicon import (
    ADDITIVE,
    MANY,
    NUMBER,
    ONE,
    PHRASE,
    THING,
    TRIGGER,
    build_lexicon,
)
from transforms.coding.words.rules import RuleWords
from transforms.errors import ReferenceDataError


def tables(**changed):
    """The smallest word lists that make a lexicon."""
    empty = {"one": [], "many": []}
    whole = {
        "grammar": {"be": ["was"]},
        "numbers": {
            "units": {"two": 2},
            "scales": {"hundred": 100},
            "collectives": {"dozen": 12},
            "hedges": {"at_least": ["at least", "over"]},
            "hedges_after": {"about": ["or so"]},
            "vague": {"several": 2, "a few": 3},
        },
        "persons": {
            "civilian": {"one": ["baker"], "many": ["bakers"]},
            "state_force": empty,
            "armed_group": empty,
            "collective": {"trio": 3},
        },
        "things": {"words": ["bridge"]},
        "casualties": {
            "verb": [{"kind": "killed", "takes": "object", "past": ["killed"], "ing": ["killing"]}],
            "adjective": [{"kind": "killed", "words": ["dead"]}],
            "noun": [],
            "counted": [],
            "sustained": [],
            "phrase": [{"kind": "killed", "takes": "object", "words": ["shot dead"]}],
            "toll": [{"kind": "killed", "words": ["toll", "death toll"]}],
        },
        "rules": {field.name: "quiet calm" for field in fields(RuleWords)},
    }
    return whole | changed


def test_every_word_gets_its_flags():
    lexicon = build_lexicon(tables())
    assert lexicon.flags["baker"] == ONE
    assert lexicon.flags["bakers"] == MANY
    assert lexicon.flags["bridge"] == THING
    assert lexicon.flags["two"] & NUMBER
    assert lexicon.flags["at"] & NUMBER
    assert lexicon.flags["at"] & PHRASE
    assert lexicon.flags["killed"] & TRIGGER
    assert lexicon.roles == {"baker": "civilian", "bakers": "civilian"}
    assert lexicon.collective == {"trio": 3}


def test_trigger_readings_say_kind_form_and_side():
    lexicon = build_lexicon(tables())
    (past,) = lexicon.triggers["killed"]
    assert (past.kind, past.form, past.takes, past.weak) == ("killed", "past", "object", False)
    assert lexicon.phrase_triggers[("shot", "dead")].kind == "killed"
    assert lexicon.triggers["toll"][0].form == "toll"


def test_longer_phrases_stand_first():
    table = tables()
    table["numbers"]["hedges"]["at_least"] = ["well", "well over", "well more than"]
    found = [words for words, _ in build_lexicon(table).phrases["well"]]
    assert found == [("well", "more", "than"), ("well", "over"), ("well",)]


def test_vocabulary_is_lower_case_and_holds_every_casualty_word(lexicon):
    words = lexicon.vocabulary()
    assert words == sorted(set(words))
    assert all(word == word.lower() for word in words)
    assert {"killed", "abducted", "missing", "wounded", "death toll", "casualties"} <= set(words)
    assert "said" not in words


@pytest.mark.parametrize("name", ["grammar", "numbers", "persons", "things", "casualties", "rules"])
def test_missing_list_is_named(name):
    table = tables()
    del table[name]
    with pytest.raises(ReferenceDataError, match=rf"{name}\.toml"):
        build_lexicon(table)


def test_unknown_class_of_grammar_is_refused():
    with pytest.raises(ReferenceDataError, match="adjectival"):
        build_lexicon(tables(grammar={"adjectival": ["quiet"]}))


def test_cue_lists_are_kept_by_name():
    lexicon = build_lexicon(tables(scope={"aggregate": ["since"]}, speakers={"x": ["police"]}))
    assert lexicon.cues == {"aggregate": ("since",), "x": ("police",)}


def test_committed_words_stand_for_the_numbers_of_the_codebook(lexicon):
    assert lexicon.vague == lexicon.vague | {
        "several": 2, "some": 2, "many": 2, "a number of": 2, "a few": 3, "dozens": 24,
        "scores": 40, "tens": 20, "hundreds": 200, "thousands": 2000, "tens of thousands": 20_000,
        "hundreds of thousands": 200_000, "millions": 2_000_000,
    }  # fmt: skip
    assert lexicon.collectives["dozen"] == 12
    assert lexicon.collectives["score"] == 20
    assert lexicon.collective["couple"] == lexicon.collective["twins"] == 2


def test_committed_people_have_a_role_and_are_no_things(lexicon):
    roles = {"civilian", "state_force", "armed_group"}
    people = [w for w, f in lexicon.flags.items() if f & (ONE | MANY)]
    assert len(people) > 500
    assert set(lexicon.roles.values()) == roles
    for word, role in {
        "soldier": "state_force", "policeman": "state_force", "peacekeepers": "state_force",
        "rebels": "armed_group", "militiamen": "armed_group", "gunman": "armed_group",
        "teacher": "civilian", "mayor": "civilian", "children": "civilian",
    }.items():  # fmt: skip
        assert lexicon.roles[word] == role


def test_committed_words_that_add(lexicon):
    assert all(lexicon.flags[word] & ADDITIVE for word in ("another", "other", "others", "more"))
