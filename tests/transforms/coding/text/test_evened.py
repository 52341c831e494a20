"""Odd white space is evened out, and every character is found again where it stood."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.coding.code import code_articles
from transforms.coding.text.evened import even_out
from transforms.corpus import read_corpus

PLAIN = (
    "Five people were killed in Gao on Monday. Twenty-two others were hurt, a U.N. official said."
)


@pytest.mark.parametrize(
    ("text", "evened"),
    [
        ("no-break\u00a0space", "no-break space"),
        ("two  spaces,\t a tab", "two spaces, a tab"),
        ("soft\u00adhyphen", "softhyphen"),
        ("join\u200b\u2060ers", "joiners"),
        ("twenty\u2011two", "twenty-two"),
        ("line\r\nend\rand\u2028another", "line\nend\nand\nanother"),
        ("a\u00a0\u200b b", "a b"),
        ("bell\x07 and \ufeffmark", "bell and mark"),
    ],
)
def test_evens_out(text, evened):
    found, offsets = even_out(text)
    assert found == evened
    assert offsets is not None
    assert len(offsets) == len(found) + 1


def test_a_text_in_order_is_left_alone():
    assert even_out(PLAIN) == (PLAIN, None)


@given(st.text(alphabet="ab 1.\n\r\t\u00a0\u00ad\u200b\u2011\x00", max_size=60))
def test_offsets_lead_back(text):
    evened, offsets = even_out(text)
    assert even_out(evened) == (evened, None)
    if offsets is not None:
        assert offsets[-1] == len(text)
        assert list(offsets) == sorted(set(offsets))
        kept = [(sign, text[at]) for sign, at in zip(evened, offsets, strict=False)]
        assert all(sign == stood for sign, stood in kept if sign not in " \n-")


ODD = {
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "doubled spaces": lambda text: text.replace(" ", "  "),
    "joiners": lambda text: text.replace(" ", " \u200b"),
    "soft hyphens": lambda text: text.replace("ill", "i\u00adll").replace("urt", "u\u00adrt"),
    "hyphens that do not break": lambda text: text.replace("-", "\u2011"),
    "thin spaces": lambda text: text.replace(" ", "\u2009"),
    "direction marks": lambda text: "\u200e" + text.replace(" ", " \u200f"),
}


@pytest.mark.parametrize("name", ODD)
def test_the_same_is_read_and_offsets_hold_in_the_text_as_given(name, knowledge):
    texts = [PLAIN, ODD[name](PLAIN)]
    lines = (
        (number, json.dumps({"id": str(number), "title": text, "text": text}).encode())
        for number, text in enumerate(texts)
    )
    corpus = read_corpus(lines, run_id="test", known=())
    coded = code_articles(corpus.articles, corpus.texts, knowledge, keep_duplicates=True)
    figures = ["kind", "low", "best", "high", "scope", "relation", "sentence", "quote", "figure"]
    plain, odd = (coded.claims[coded.claims["article_id"] == at] for at in ("0", "1"))
    assert len(plain) > 2
    assert odd[figures].values.tolist() == plain[figures].values.tolist()
    for row in odd.itertuples():
        assert even_out(texts[1][row.char_start : row.char_end])[0] == row.figure
