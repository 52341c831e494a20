"""Versions of articles over the nights."""

import time
from datetime import UTC, datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.normalise import text_digest, texts_frame
from transforms.schema import frame_of
from transforms.versions import KNOWN_COLUMNS, assign_versions, known_versions

NOTHING = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in KNOWN_COLUMNS.items()})


def rows(*listed):
    """Articles and texts from (article, text, night, feed, source, updated hour)."""
    articles, texts = [], []
    for article, text, night, feed, source, hour in listed:
        articles.append(
            {
                "article_id": article,
                "version": 1,
                "feed_id": feed,
                "night": f"2026-11-{night:02}",
                "run_id": f"run-{night}",
                "fetched_at": datetime(2026, 11, night, 20, ord(feed) % 60, tzinfo=UTC),
                "updated_at": None if hour is None else datetime(2026, 11, night, hour, tzinfo=UTC),
                "word_count": len(text.split()),
                "text_sha256": text_digest("", text),
            }
        )
        texts.append((article, 1, text, source))
    return frame_of("articles", articles), texts_frame(texts)


def row(article, text, night=1, feed="f", source="page", hour=None):
    return article, text, night, feed, source, hour


def versions(*listed, known=NOTHING):
    found = assign_versions(*rows(*listed), known)
    assert found.articles["version"].tolist() == found.texts["version"].tolist()
    assert len(found.articles) + found.already_known == len(listed)
    return [tuple(v) for v in found.texts[["article_id", "version", "text"]].to_numpy()]


def test_the_same_text_is_known():
    assert versions(row("a", "three killed"), row("a", "three killed", 2)) == [
        ("a", 1, "three killed")
    ]


def test_changed_text_is_the_next_version():
    assert versions(row("a", "seven killed", 3), row("a", "three killed", 1)) == [
        ("a", 1, "three killed"),
        ("a", 2, "seven killed"),
    ]


def test_a_text_that_comes_back_is_known():
    listed = [row("a", "three", 1), row("a", "seven", 2), row("a", "three", 3)]
    assert [v for _, v, _ in versions(*listed)] == [1, 2]


def test_a_run_takes_the_fullest_text_of_several_feeds():
    listed = [
        row("a", "short", feed="b", source="summary"),
        row("a", "the whole of it", feed="c", source="content"),
        row("a", "short too", feed="d", source="summary"),
    ]
    assert versions(*listed) == [("a", 1, "the whole of it")]


def test_a_summary_never_edits_a_full_text():
    listed = [row("a", "the whole of it", 1), row("a", "short", 2, source="summary")]
    assert versions(*listed) == [("a", 1, "the whole of it")]
    later = [row("a", "short", 1, source="summary"), row("a", "the whole of it", 2)]
    assert [v for _, v, _ in versions(*later)] == [1, 2]


def test_summaries_edit_summaries():
    listed = [row("a", f"{n} killed", n, source="summary") for n in (1, 2)]
    assert [v for _, v, _ in versions(*listed)] == [1, 2]


def test_one_feed_with_two_texts_of_an_article_gives_both_oldest_first():
    listed = [row("a", "newer", hour=9), row("a", "older", hour=8)]
    assert versions(*listed) == [("a", 1, "older"), ("a", 2, "newer")]
    undated = [row("a", "on top"), row("a", "below")]
    assert versions(*undated) == [("a", 1, "below"), ("a", 2, "on top")]


def test_what_is_stored_counts():
    articles, texts = rows(row("a", "three"), row("b", "calm", source="summary"))
    first = assign_versions(articles, texts, NOTHING)
    known = known_versions(first.articles, first.texts)
    assert {n: str(t) for n, t in known.dtypes.items()} == KNOWN_COLUMNS
    assert versions(row("a", "three", 2), row("b", "calm", 2), known=known) == []
    assert versions(row("a", "seven", 2), known=known) == [("a", 2, "seven")]


def test_articles_without_their_text_count_as_full():
    articles, texts = rows(row("a", "three"))
    known = known_versions(articles, texts.iloc[:0])
    assert versions(row("a", "less", 2, source="summary"), known=known) == []


def test_empty_in_empty_out():
    articles, texts = rows()
    found = assign_versions(articles, texts, NOTHING)
    assert (len(found.articles), found.already_known) == (0, 0)
    assert known_versions(articles, texts).empty


LISTS = st.lists(
    st.builds(
        row,
        st.sampled_from("ab"),
        st.sampled_from(["x", "y y", "z z z"]),
        st.integers(1, 4),
        st.sampled_from("fgh"),
        st.sampled_from(["page", "summary"]),
    ),
    max_size=12,
)


@given(LISTS)
@settings(max_examples=20, deadline=None)
def test_night_by_night_is_the_same_as_all_at_once(listed):
    at_once = versions(*listed)
    known, stepwise = NOTHING, []
    for night in range(1, 5):
        tonight = [r for r in listed if r[2] == night]
        found = assign_versions(*rows(*tonight), known)
        stepwise += [tuple(v) for v in found.texts[["article_id", "version", "text"]].to_numpy()]
        known = pd.concat([known, known_versions(found.articles, found.texts)], ignore_index=True)
    assert stepwise == at_once


@pytest.mark.parametrize("size", [20_000])
def test_many_articles_are_numbered_quickly(size):
    articles, texts = rows(
        *(row(str(n % 15_000), f"text {n}", 1 + n // 15_000) for n in range(size))
    )
    started = time.process_time()
    found = assign_versions(articles, texts, NOTHING)
    assert time.process_time() - started < 2
    assert found.articles["version"].max() == 2
