from datetime import date

import pytest

from transforms.coding.article import read_accounts
from transforms.coding.item_reader import holds_items
from transforms.coding.model import BLAME, CASUALTY, NEW_EVENT, OTHER_VERSION, TIME
from transforms.coding.signs import find_carrying, mark_casualties, mark_signs
from transforms.coding.text.sentences import read_document

TEXT = (
    "Gunmen killed four traders in Kano in Nigeria on Tuesday. The market was closed. A bus crash"
    " is a different matter. Nobody claimed responsibility. The governor did not confirm the toll."
    " İstanbul'da bir şey yok. Two guards died of their wounds late last night."
)


def read(text, title="Four killed in Kano"):
    return read_document("a", 1, title, text, report_date=date(2026, 9, 16))


def signs_of(text, knowledge):
    (document,) = mark_signs([read(text, None)], knowledge)
    return document.sentences[0].signs


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Two shepherds were killed.", CASUALTY),
        ("A bomb exploded at noon on Friday.", TIME),
        ("Gunmen came.", NEW_EVENT),
        ("The rebels denied it.", BLAME),
        ("The rebels claimed it.", BLAME),
        ("Doctors gave a different toll.", OTHER_VERSION),
    ],
)
def test_a_sentence_with_a_sign_has_it(text, sign, knowledge):
    assert signs_of(text, knowledge) & sign


def test_a_plain_sentence_has_none(knowledge):
    assert signs_of("The bridge is green.", knowledge) == 0


def test_marks_change_nothing_but_the_time_it_takes(knowledge):
    plain = read(TEXT)
    (marked,) = mark_signs([plain], knowledge)
    assert read_accounts(marked, knowledge) == read_accounts(plain, knowledge)


def test_marks_of_casualties_are_all_that_the_look_asks_for(knowledge):
    texts = (TEXT, "The bridge is green.", "He took a shot of it.")
    documents = [read(text, None) for text in texts]
    asked = [holds_items(document, knowledge) for document in documents]
    marked = mark_casualties(documents, knowledge)
    assert asked == [True, False, False]
    assert [holds_items(document, knowledge) for document in marked] == asked
    assert [s.signs for s in marked[1].sentences] == [0]
    assert mark_casualties([], knowledge) == []


def test_sentences_keep_their_articles(knowledge):
    documents = [read("One. Two. Three."), read("", None), read("Four were killed.", None)]
    marked = mark_signs(documents, knowledge)
    assert [[s.text for s in d.sentences] for d in marked] == [
        [s.text for s in d.sentences] for d in documents
    ]


def test_no_documents(knowledge):
    assert mark_signs([], knowledge) == []
    assert find_carrying([], knowledge) == []


def test_the_vocabulary_fits_into_what_its_automaton_may_keep(knowledge, capfd):
    """RE2 says on the standard error when it does not, and then takes ten times as long."""
    words = sorted(knowledge.lexicon.vocabulary())
    near = " ".join(word[:-1] for word in words if len(word) > 3)
    assert find_carrying([near[:100], " ".join(words), "calm"], knowledge)[-1] == 1
    assert len(knowledge.gate.findall(" ".join(words))) > len(words) / 2
    assert "out of memory" not in capfd.readouterr().err


def test_half_of_a_surrogate_pair_is_read_over(knowledge):
    assert find_carrying(["a \ud800 killed", "b"], knowledge) == [0]
