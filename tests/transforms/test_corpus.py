"""A corpus of JSON lines: what is read, what is rejected, and that every line is one of the two."""

import json

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.corpus import read_corpus
from transforms.schema import empty_frame

LINE = {
    "id": "a-1",
    "title": "Market blast",
    "text": "Five people died.",
    "published_at": "2026-11-02T23:30:00+03:00",
    "url": "https://Example.org/a?utm_source=x",
    "publisher": "Lafia Courier",
    "incidents": [1, 2],
}


def read(*given, known=()):
    lines = [x if isinstance(x, bytes) else json.dumps(x).encode() for x in given]
    return read_corpus(enumerate(lines, start=1), run_id="test", known=known)


def test_a_line_becomes_an_article_and_its_text():
    corpus = read(LINE)
    row = corpus.articles.iloc[0]
    assert row["article_id"] == "a-1"
    assert row["version"] == 1
    assert row["publisher"] == "Lafia Courier"
    assert row["url"] == LINE["url"]
    assert "utm_source" not in row["canonical_url"]
    assert row["published_at"] == pd.Timestamp("2026-11-02T20:30Z")
    assert row["report_date"] == pd.Timestamp("2026-11-02")
    assert row["published_at_source"] == "given"
    assert corpus.texts.to_dict("records") == [
        {"article_id": "a-1", "version": 1, "text": "Five people died."}
    ]
    assert corpus.rejects.empty


def test_unknown_stays_null():
    row = read({"id": 7, "text": "Rain."}).articles.iloc[0]
    assert row["article_id"] == "7"
    names = ["title", "published_at", "report_date", "published_at_source", "url", "publisher"]
    assert row[names].isna().all()


def test_an_article_without_id_is_known_by_its_url():
    first, second = (
        read({"text": "x", "url": url}).articles["article_id"].iloc[0]
        for url in ("https://example.org/a", "https://example.org/a#top")
    )
    assert first == second


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not_json"),
        (b"\xff\xfe{}", "not_json"),
        (b"[" * 100_000, "not_json"),
        (b"[1]", "not_an_object"),
        ({"id": "a", "text": ["x"]}, "wrong_type"),
        ({"id": True, "text": "x"}, "wrong_type"),
        ({"id": {"a": 1}, "text": "x"}, "wrong_type"),
        ({"text": "x"}, "no_id"),
        ({"id": "a"}, "no_text"),
        ({"id": "a", "title": " ", "text": None}, "no_text"),
        ({"id": "a", "title": "\ufeff", "text": "\x00\x1b\u200d\u2028 \x85"}, "no_text"),
        ({"id": "a", "text": "killed " * 100_000}, "text_limits"),
        ({"id": "a", "text": "x" * 5_000_000}, "text_limits"),
        ({"id": "a" * 1025, "text": "x"}, "text_limits"),
        (b'{"id": "a", "text": "x", "own": "' + b"x" * 2**24 + b'"}', "text_limits"),
    ],
)
def test_a_line_that_cannot_be_read_is_rejected(line, reason):
    corpus = read(LINE, line)
    assert len(corpus.articles) == 1
    assert corpus.rejects["reason"].tolist() == [reason]
    assert corpus.rejects["detail"].iloc[0].startswith("line 2: ")
    assert corpus.rejects["raw_ref"].tolist() == ["line 2"]


def test_control_characters_inside_a_text_stay_where_they_are():
    text = "Five\x00 died\x1b[31m in Lafia\u200d."
    assert read({"id": "a", "text": text}).texts["text"].tolist() == [text]


def test_an_id_that_comes_again_is_rejected():
    corpus = read(LINE, {**LINE, "text": "Six died."}, {**LINE, "id": "b"}, known={"b"})
    assert corpus.articles["article_id"].tolist() == ["a-1"]
    assert corpus.rejects["reason"].tolist() == ["repeated_id", "repeated_id"]


def test_no_lines_give_empty_tables():
    corpus = read(b"", b"  \n")
    assert corpus.articles.dtypes.equals(empty_frame("articles").dtypes)
    assert corpus.rejects.dtypes.equals(empty_frame("rejects").dtypes)
    assert len(corpus.texts) == 0


def test_half_a_surrogate_pair_is_replaced_in_its_place():
    corpus = read(b'{"id": "a", "text": "x\\ud800y \\ud83d\\ude00"}')
    assert corpus.texts["text"].iloc[0] == "x\ufffdy \U0001f600"


@given(st.lists(st.binary(max_size=40) | st.just(json.dumps(LINE).encode()), max_size=6))
def test_every_line_is_an_article_or_a_reject(lines):
    corpus = read(*lines)
    filled = [line for line in lines if line.strip()]
    assert len(corpus.articles) + len(corpus.rejects) == len(filled)
