import json
from pathlib import Path

import pytest

from transforms.coding.article import read_accounts
from transforms.coding.explain import explain_accounts
from transforms.coding.explaining.words import CONVENTIONS, LISTS, RELATIONS, RULES
from transforms.coding.text.sentences import read_document
from transforms.schema import RELATIONS as KNOWN_RELATIONS

GOLD = sorted((Path(__file__).parents[3] / "data" / "gold").glob("*.jsonl"))


@pytest.fixture(scope="module")
def explain(knowledge):
    def run(text, title=None):
        document = read_document("a", 1, title, text)
        accounts = read_accounts(document, knowledge)
        return explain_accounts(document, accounts, knowledge, title=title, text=text)

    return run


def figure(told, number=1):
    notes = {n.number: n for account in told.accounts for n in account.figures}
    return notes[number].heading, dict(notes[number].lines)


def shown(pieces):
    """The text with figures in brackets and triggers in braces."""
    signs = {"figure": "[{}]", "trigger": "{{{}}}"}
    return "".join(signs[p.mark.role].format(p.text) if p.mark else p.text for p in pieces)


def test_figures_and_triggers_are_marked(explain):
    told = explain("A bomb killed at least 5 people in Gao.", "Five dead in Gao")
    assert shown(told.title) == "[Five] {dead} in Gao"
    assert shown(told.text) == "A bomb {killed} [at least 5 people] in Gao."


def test_a_figure_has_its_words_rule_entry_and_hedge(explain):
    heading, lines = figure(explain("A bomb killed at least 5 people in Gao, police said."))
    assert heading == "killed 5/5/unknown"
    assert lines["words"] == "“at least 5 people”"
    assert lines["rule"].startswith("active: ")
    assert lines["trigger"] == "“killed”: killed, past, victims as object"
    assert lines["convention"].startswith("at_least: ")
    assert lines["lexicon"] == "“at least”: hedge at_least"
    assert lines["scope"] == "incident"
    assert lines["relation"].startswith("total: ")
    assert lines["victims"] == "“at least 5 people” (unknown)"
    assert lines["speaker"] == "police (police)"


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Five people were shot dead in Gao.", "“shot dead”: killed, phrase"),
        ("The death toll in Gao rose to 14.", "“death toll”: killed, toll"),
        ("Five people are missing in Gao.", "“missing”: missing, adjective"),
        ("Gunmen shot five people in Gao.", "“shot”: injured, past, victims as object, weak"),
        ("Five people drowned in Gao.", "“drowned”: killed, past, victims as subject"),
    ],
)
def test_the_lexicon_entry_of_the_trigger(text, trigger, explain):
    assert figure(explain(text))[1]["trigger"] == trigger


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        (
            "More than 900 people have been killed since January.",
            "aggregate: cue list “aggregate”, words “since january”",
        ),
        (
            "A bomb killed 19 people there last year.",
            "background: cue list “background”, words “last year”",
        ),
        (
            "The bomb could have killed 19 people.",
            "hypothetical: cue list “unreal”, words “could”",
        ),
        ("Five people were not killed.", "hypothetical: the verb is negated"),
    ],
)
def test_the_cue_that_set_the_scope(text, scope, explain):
    assert figure(explain(text))[1]["scope"] == scope


def test_vague_words_say_what_they_stand_for(explain):
    heading, lines = figure(explain("A storm killed dozens of people in Gao."))
    assert heading == "killed 24/unknown/unknown"
    assert lines["convention"] == "dozens: a vague word: at least 24, the rest unknown"
    assert lines["lexicon"] == "“dozens”: vague word"


def test_accounts_have_their_toll_and_description(explain):
    told = explain(
        "A bomb killed five people and wounded nine in Gao. Elsewhere, gunmen killed two nuns in"
        " Kidal."
    )
    assert [account.heading for account in told.accounts] == [
        "1. incident: killed 5/5/5, injured 9/9/9",
        "2. incident: killed 2/2/2",
    ]
    lines = dict(told.accounts[0].lines)
    assert lines["type"] == "bombing (conflict)"
    assert "Gao" in lines["place"]
    assert lines["actor"] == "none named"


def test_numbers_run_through_in_text_order(explain):
    told = explain("Gunmen killed two nuns in Kidal. A bomb killed five people in Lima.", "X")
    numbers = [p.mark.number for p in told.text if p.mark and p.mark.role == "figure"]
    assert numbers == [1, 2]
    assert figure(told, 2)[1]["words"] == "“five people”"


@pytest.mark.parametrize("text", ["", "x", "The fair opened on Monday.", "killed " * 50])
def test_nothing_to_explain(text, explain):
    told = explain(text)
    assert told.accounts == ()
    assert shown(told.text) == text


def test_all_gold_articles_can_be_explained_and_no_word_is_lost(explain):
    rules, conventions = set(), set()
    for path in GOLD:
        for article in map(json.loads, path.read_text("utf-8").splitlines()):
            told = explain(article["text"], article["title"])
            assert "".join(piece.text for piece in told.text) == article["text"]
            assert "".join(piece.text for piece in told.title) == (article["title"] or "")
            for account in told.accounts:
                for note in account.figures:
                    lines = dict(note.lines)
                    rules.add(lines["rule"].partition(":")[0])
                    conventions.add(lines["convention"])
    assert rules <= RULES.keys()
    assert len(rules) > 10
    assert not any(line.endswith("as the words say") for line in conventions)


def test_words_are_there_for_every_name(knowledge):
    assert set(RELATIONS) == set(KNOWN_RELATIONS)
    assert {"exact", "at_least", "about", "up_to", "range", "plural", "zero"} <= set(CONVENTIONS)
    for names in LISTS.values():
        assert all(hasattr(knowledge.scope, name) for name in names)
