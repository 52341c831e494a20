"""Entries and pages to articles, and what becomes of each of them."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.boilerplate import without_headline, without_pointers
from transforms.cleaning import clean_text
from transforms.feeds import ENTRY_COLUMNS, Feed, empty_entries
from transforms.identity import hash_id
from transforms.normalise import (
    MAX_TEXT_CHARACTERS,
    TEXT_COLUMNS,
    join_normalised,
    normalise_entries,
)
from transforms.pages import DEFERRED, Page, PageProblem
from transforms.schema import empty_frame, to_arrow

FEED = Feed(
    id="desk",
    url="https://desk.example/rss",
    publisher="The Desk",
    language="sw",
    time_zone="Africa/Nairobi",
)
FETCHED = datetime(2026, 11, 16, 20, 0, tzinfo=UTC)
NIGHT = date(2026, 11, 16)
URL = "https://desk.example/a"


def entries(*rows):
    frame = pd.DataFrame(
        {name: [{"flags": [], **row}.get(name) for row in rows] for name in ENTRY_COLUMNS},
        dtype=object,
    )
    for name, kind in ENTRY_COLUMNS.items():
        if kind.startswith("datetime"):
            frame[name] = pd.to_datetime(frame[name], utc=True).astype(kind)
        elif kind != "object":
            frame[name] = frame[name].astype(kind)
    return frame


def normalise(*rows, pages=None):
    return normalise_entries(
        entries(*rows), pages or {}, FEED, night=NIGHT, run_id="run-1", fetched_at=FETCHED
    )


def only(*rows, pages=None):
    found = normalise(*rows, pages=pages)
    (article,), (text,) = found.articles.to_dict("records"), found.texts.to_dict("records")
    return article, text


def test_an_entry_becomes_an_article():
    article, text = only(
        {
            "guid": "g1",
            "url": "https://www.desk.example/a?utm_source=rss",
            "title": "Kiln  collapses",
            "summary": "Short.",
            "content": "A kiln collapsed.\n\nNobody was in it.",
            "published_at": "2026-11-16T22:30:00Z",
        }
    )
    assert article["article_id"] == hash_id(URL) == text["article_id"]
    assert article["url"] == "https://www.desk.example/a?utm_source=rss"
    assert article["canonical_url"] == URL
    assert article["title"] == "Kiln collapses"
    assert (article["feed_id"], article["publisher"]) == ("desk", "The Desk")
    assert article["published_at_source"] == "feed"
    assert article["report_date"] == pd.Timestamp("2026-11-17"), "half past one in Nairobi"
    assert article["night"] == pd.Timestamp("2026-11-16")
    assert article["word_count"] == 7
    assert article["language"] == "en"
    assert (article["version"], article["run_id"]) == (1, "run-1")
    assert (text["text"], text["text_source"]) == (
        "A kiln collapsed.\n\nNobody was in it.",
        "content",
    )


def test_tables_fit_their_schema():
    found = normalise(
        {"url": URL, "title": "Kiln collapses", "summary": "No one was hurt."},
        {"url": URL + "2"},
    )
    assert to_arrow("articles", found.articles).num_rows == 1
    assert to_arrow("rejects", found.rejects).num_rows == 1


def test_no_entries_give_empty_frames():
    found = normalise_entries(
        empty_entries(), {}, FEED, night=NIGHT, run_id="run-1", fetched_at=FETCHED
    )
    for frame, empty in ((found.articles, "articles"), (found.rejects, "rejects")):
        assert frame.empty
        assert frame.dtypes.equals(empty_frame(empty).dtypes)
    assert {n: str(t) for n, t in found.texts.dtypes.items()} == TEXT_COLUMNS
    assert (found.seen, found.deferred, found.rejected) == (0, 0, 0)


def test_every_entry_is_accounted_for():
    problem = PageProblem("no_article", "a paywall")
    found = normalise(
        {"url": URL + "1", "title": "One", "summary": "Text."},
        {"url": URL + "2", "title": "Two", "summary": "Text."},
        {"url": URL + "3", "title": "Three"},
        {},
        {"url": URL + "5", "title": "Long", "content": "x" * (MAX_TEXT_CHARACTERS + 1)},
        pages={URL + "2": problem, URL + "3": PageProblem(DEFERRED, "later")},
    )
    assert found.seen == 5
    assert (len(found.articles), found.rejected, found.deferred) == (2, 2, 1)
    reasons = list(zip(found.rejects["stage"], found.rejects["reason"], strict=True))
    assert reasons == [
        ("extract", "no_article"),
        ("normalise", "no_text"),
        ("normalise", "text_limits"),
    ]
    assert found.rejects["reject_id"].is_unique


@pytest.mark.parametrize(
    ("row", "page", "text", "source"),
    [
        ({"summary": "S.", "content": "C."}, Page("P."), "P.", "page"),
        ({"summary": "S.", "content": "C."}, None, "C.", "content"),
        ({"summary": "S."}, PageProblem("no_article", "consent"), "S.", "summary"),
        ({"summary": "S."}, None, "S.", "summary"),
        ({}, None, "", "title"),
        ({"content": "Read more"}, None, "", "title"),
    ],
)
def test_the_fullest_text_stands(row, page, text, source):
    pages = {} if page is None else {URL: page}
    _, got = only({"url": URL, "title": "Kiln collapses", **row}, pages=pages)
    assert (got["text"], got["text_source"]) == (text, source)


@pytest.mark.parametrize(
    ("published", "page", "at", "source"),
    [
        ("2026-11-15T10:00:00Z", None, "2026-11-15T10:00:00Z", "feed"),
        (None, datetime(2026, 11, 14, 9, tzinfo=UTC), "2026-11-14T09:00:00Z", "page"),
        ("2026-11-18T19:00:00Z", None, "2026-11-18T19:00:00Z", "feed"),
        ("2026-11-18T21:00:00Z", None, "2026-11-16T20:00:00Z", "clamped"),
        ("1899-12-31T00:00:00Z", None, "2026-11-16T20:00:00Z", "clamped"),
    ],
)
def test_dates(published, page, at, source):
    pages = {URL: Page("Words of it.", published_at=page)} if page else {}
    article, _ = only({"url": URL, "title": "T", "published_at": published}, pages=pages)
    assert article["published_at"] == pd.Timestamp(at)
    assert article["published_at_source"] == source


def test_no_date_is_no_date():
    article, _ = only({"url": URL, "title": "T"})
    assert pd.isna(article["published_at"])
    assert pd.isna(article["report_date"])
    assert pd.isna(article["published_at_source"])


def test_clamped_dates_and_flags_are_findings():
    found = normalise(
        {"url": URL, "title": "T", "published_at": "2030-01-01T00:00:00Z", "flags": ["bad_date"]},
        {"url": URL + "1", "title": "T", "published_at": "1850-01-01T00:00:00Z"},
    )
    assert found.findings == [
        "ancient_date: 1 entries of feed desk",
        "bad_date: 1 entries of feed desk",
        "future_date: 1 entries of feed desk",
    ]


def test_identity():
    article, _ = only({"guid": "g1", "title": "No address"})
    assert article["article_id"] == hash_id("desk", "g1")
    same_guid = normalise(
        {"guid": "g", "url": URL + "1", "title": "A"}, {"guid": "g", "url": URL + "2", "title": "B"}
    )
    assert same_guid.articles["article_id"].is_unique
    other_guid = normalise(
        {"guid": "g1", "url": URL, "title": "A"}, {"guid": "g2", "url": URL, "title": "A"}
    )
    assert len(set(other_guid.articles["article_id"])) == 1
    bare = normalise({"title": "Neither address nor guid"})
    assert bare.findings == ["no_identity: 1 entries of feed desk"]


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("a\x00b\x07c", "abc"),
        ("co\xadoperate\u200b now\ufeff", "cooperate now"),
        ("one\r\ntwo\u2028three", "one\ntwo\nthree"),
        ("one\n\n\n \n two", "one\n\ntwo"),
        ("  much\u00a0 \t space  ", "much space"),
        ("cafe\u0301", "café"),
        ("sanctions â€œhurtâ€\u009d", "sanctions “hurt”"),
        ("hidden from the repair: \xadÜ¯", "hidden from the repair: ܯ"),
        ("re\u0301sume\x90\u0301", "résumé"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\u200fעברית", "\u200fעברית"),
        ("plain", "plain"),
        ("", ""),
    ],
)
def test_clean_text(given, clean):
    assert clean_text(given) == clean
    assert clean_text(clean) == clean


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=100))
def test_cleaning_twice_is_cleaning_once(text):
    once = clean_text(text)
    assert clean_text(once) == once


def test_markup_in_titles_goes_once():
    article, _ = only({"url": URL, "title": "Fish &amp; <b>chips</b>"})
    assert article["title"] == "Fish & chips"
    article, _ = only({"url": URL, "title": "1 < 2 > 0"})
    assert article["title"] == "1 < 2 > 0"


@pytest.mark.parametrize(
    "pointer",
    [
        "Also read: Bus crash kills nine",
        "READ ALSO – Troops kill 40",
        "Related stories",
        "Related:",
        "Lire aussi : Dix morts à Bamba",
        "Lea también: Doce muertos en Río Manso",
        "Читайте также: Взрыв убил троих",
        "The post Bus crash kills nine appeared first on Lowland Ledger.",
        "Continue reading Bus crash kills nine at Lowland Ledger",
        "Advertisement",
        "Baca juga: Tiga tewas",
    ],
)
def test_paragraphs_that_point_elsewhere_go(pointer):
    assert without_pointers(f"One.\n\n{pointer}\n\nTwo.") == "One.\n\nTwo."


@pytest.mark.parametrize(
    "text",
    [
        "Related deaths rose to nine, the ministry said.",
        "Read more books, the governor told pupils.",
        "The post office was bombed on Monday.",
        "Trending downwards since May, murders rose again.",
        "Advertisement hoardings fell and killed two.",
        "Also read out in court: " + "a long list of names and ages of victims " * 10,
    ],
)
def test_sentences_that_only_start_like_pointers_stay(text):
    assert without_pointers(text) == text


def test_a_repeated_headline_is_no_paragraph():
    assert without_headline("Kiln collapses\n\nIt fell.", "Kiln Collapses") == "It fell."
    assert without_headline("Kiln collapses", "Kiln collapses") == "Kiln collapses"
    assert without_headline("It fell.\n\nAgain.", None) == "It fell.\n\nAgain."


def test_results_join():
    parts = [
        normalise({"url": URL, "title": "A"}),
        normalise({}),
        normalise({"url": URL, "title": "D"}, pages={URL: PageProblem(DEFERRED, "")}),
    ]
    joined = join_normalised(parts)
    assert (joined.seen, joined.deferred, joined.rejected, len(joined.articles)) == (3, 1, 1, 1)
    assert join_normalised([]).articles.dtypes.equals(empty_frame("articles").dtypes)


def test_strange_scripts_pass_unchanged():
    for title in (
        "ज़ोरदार धमाका",
        "انفجار في السوق",
        "爆発で三人死亡",
        "👩‍👩‍👧 rescued",
        "Ω≈ç√∫˜µ≤≥÷",
    ):
        article, _ = only({"url": URL, "title": title})
        assert article["title"] == title
