from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.coding.text.evened import even_out
from transforms.coding.text.sentences import read_document


def texts(text, title=None):
    return [sentence.text for sentence in read_document("a", 1, title, text).sentences]


SPLITS = [
    (
        "Six men were hurt.- READ MORE: A leader died.-The army left U.S.-Iran talks.",
        ["Six men were hurt.-", "READ MORE: A leader died.-", "The army left U.S.-Iran talks."],
    ),
    ("One died. Two fled.", ["One died.", "Two fled."]),
    ("One died! Two fled? Three hid.", ["One died!", "Two fled?", "Three hid."]),
    ("Gen. Adamu died. Two fled.", ["Gen. Adamu died.", "Two fled."]),
    ("Mr. and Mrs. Farah died. Two fled.", ["Mr. and Mrs. Farah died.", "Two fled."]),
    ("The U.S. army fled. Two died.", ["The U.S. army fled.", "Two died."]),
    ("J. Diallo died. Two fled.", ["J. Diallo died.", "Two fled."]),
    ("It fell on Jan. 12 in Gao. Two fled.", ["It fell on Jan. 12 in Gao.", "Two fled."]),
    ("“One died.” Two fled.", ["“One died.”", "Two fled."]),
    ("One died (in Gao). Two fled.", ["One died (in Gao).", "Two fled."]),
    ("It was 2.5 metres. Two died.", ["It was 2.5 metres.", "Two died."]),
    ("One died.\n\nTwo fled.", ["One died.", "Two fled."]),
    ("One died\n\nTwo fled", ["One died", "Two fled"]),
    ("One died\nTwo fled", ["One died", "Two fled"]),
    ("No end", ["No end"]),
    ("x", ["x"]),
    ("", []),
    (" \n\n \t ", []),
    ("…", ["…"]),
]


@pytest.mark.parametrize(("text", "expected"), SPLITS)
def test_sentences(text, expected):
    assert texts(text) == expected


DATELINES = [
    ("GAO, Mali (AGN) — Two died.", "GAO, Mali (AGN)", "Two died."),
    ("GAO -- Two died.", "GAO", "Two died."),
    ("LIMA, 9 JAN 90 (AGN) -- TWO DIED.", "LIMA, 9 JAN 90 (AGN)", "TWO DIED."),
    ("GAO: Two died.", "GAO", "Two died."),
    ("IRBIL: Two died.", "IRBIL", "Two died."),
    ("Two died in Gao.", None, "Two died in Gao."),
    ("Two men - both armed - died.", None, "Two men - both armed - died."),
]


@pytest.mark.parametrize(("text", "dateline", "first"), DATELINES)
def test_dateline_is_taken_off(text, dateline, first):
    document = read_document("a", 1, None, text)
    assert document.dateline == dateline
    assert document.sentences[0].text == first
    assert text[document.sentences[0].start :] == first


def test_headline_is_sentence_0():
    document = read_document("a", 3, "Two die", "Two died in Gao. One fled.")
    assert [(s.ordinal, s.start) for s in document.sentences] == [(0, 0), (1, 0), (2, 17)]
    assert (document.article_id, document.version) == ("a", 3)


def test_without_headline_the_text_still_begins_at_1():
    for title in (None, "", "  "):
        document = read_document("a", 1, title, "Two died.")
        assert [s.ordinal for s in document.sentences] == [1]


def test_only_a_headline():
    assert texts("", "Two die") == ["Two die"]


def test_paragraphs_are_counted():
    document = read_document("a", 1, None, "One died. Two fled.\n\nThree hid.\n\nFour sat.")
    assert [s.paragraph for s in document.sentences] == [1, 1, 2, 3]


def test_wrapped_lines_are_one_sentence():
    line = "the rebels said that they had taken the bridge and would hold it for"
    text = f"At dawn {line}\nmany days while {line}\nas long as {line}\nthey could, and left."
    assert len(texts(text)) == 1
    assert "\n" not in texts(text)[0]


def test_what_is_known_of_the_article_goes_along():
    document = read_document(
        "a",
        1,
        None,
        "x",
        report_date=date(2026, 3, 17),
        publisher="Gazette",
        publisher_country="MLI",
    )
    assert document.report_date == date(2026, 3, 17)
    assert (document.publisher, document.publisher_country) == ("Gazette", "MLI")


def test_endless_sentence_is_cut_at_a_space():
    text = "word " * 5000
    found = texts(text)
    assert len(found) > 1
    assert max(len(sentence) for sentence in found) <= 4000
    assert " ".join(found).split() == text.split()


def test_endless_word_is_cut_too():
    found = texts("x" * 10_000)
    assert "".join(found) == "x" * 10_000
    assert max(len(sentence) for sentence in found) <= 4000


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("aB1 .!?\n\t“”()'’-—:,…\u200f\x00é"), max_size=400))
def test_sentences_lie_in_the_text_in_order_and_lose_no_word(text):
    document = read_document("a", 1, None, text)
    at = 0
    for sentence in document.sentences:
        start, end = document.span(sentence, 0, len(sentence.text))
        assert even_out(text[start:end])[0].replace("\n", " ") == sentence.text
        assert start >= at
        at = end
    kept = "".join("".join(s.text.split()) for s in document.sentences)
    whole = "".join(even_out(text)[0].split())
    assert whole.endswith(kept)
    if document.dateline is None:
        assert kept == whole


def test_wrapped_paragraphs_of_two_lines_go_on():
    text = (
        "Five people were killed when a bus fell from the road above\nthe river, police said.\n\n"
        "Nobody knows why its driver left the road on so clear\na morning in Gao."
    )
    document = read_document("a", 1, None, text)
    assert [s.text.split()[-1] for s in document.sentences] == ["said.", "Gao."]
