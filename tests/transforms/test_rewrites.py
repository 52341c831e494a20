"""The second look for heavy copies, among the articles of one event."""

import random

import pandas as pd

from transforms import schema
from transforms.mentions import read_mentions
from transforms.rewrites import mark_rewrites

STEMS = "har mar cli bri rum pil lan orc con fer gra spa tim vel wil cop mab saf thu mea".split()
WORDS = [a + b + c for a in STEMS for b in STEMS for c in ("", "et", "on")]


def story(seed, length=220):
    pick = random.Random(seed)
    return pick.choices(WORDS, k=length)


def rewritten(words, seed, share=0.25):
    pick = random.Random(seed)
    return ["fresh", "lead", *(pick.choice(WORDS) if pick.random() < share else w for w in words)]


def marked(*rows, same_event=True):
    """Rows (article, night, words[, options]) -> article to what it repeats."""
    articles, texts, reports = [], [], []
    for number, (article, night, words, *rest) in enumerate(rows):
        options = rest[0] if rest else {}
        keys = {"article_id": article, "version": options.get("version", 1)}
        articles.append(keys | {"night": f"2026-11-{night:02d}"} | options)
        texts.append(keys | {"text": " ".join(words)})
        event = "e" if same_event else f"e{number}"
        reports.append(keys | {"report_id": f"r{number}", "scope": "incident", "event_id": event})
    frame = schema.frame_of("articles", articles)
    body = pd.DataFrame(texts, columns=["article_id", "version", "text"])
    body = body.astype({"article_id": "str", "version": "Int32", "text": "str"})
    out = mark_rewrites(frame, schema.frame_of("reports", reports), read_mentions(frame, body))
    pd.testing.assert_index_equal(out.index, frame.index)
    named = out["duplicate_of"].notna()
    assert (out.loc[named, "duplicate_kind"] == "near").all()
    return dict(
        zip(out["article_id"], out["duplicate_of"].astype(object).where(named, None), strict=True)
    )


def test_nothing_to_look_at():
    assert marked() == {}


def test_a_rewritten_article_points_to_its_original():
    first = story(1)
    found = marked(("a", 1, first), ("b", 2, rewritten(first, 5)), ("c", 2, story(2)))
    assert found == {"a": None, "b": "a", "c": None}


def test_only_articles_of_one_event_are_compared():
    first = story(1)
    rows = [("a", 1, first), ("b", 2, rewritten(first, 5))]
    assert marked(*rows, same_event=False) == {"a": None, "b": None}


def test_the_original_is_the_one_seen_first_whatever_the_order_of_rows():
    first = story(1)
    rows = [("b", 2, rewritten(first, 5)), ("z", 1, first), ("a", 3, rewritten(first, 6))]
    assert marked(*rows) == {"z": None, "b": "z", "a": "z"}


def test_a_copy_of_a_copy_points_to_the_original():
    first = story(1)
    second = rewritten(first, 5, 0.3)
    rows = [("a", 1, first), ("b", 2, second), ("c", 3, rewritten(second, 6, 0.3))]
    assert set(marked(*rows).values()) == {None, "a"}


def test_a_light_copy_keeps_what_the_first_look_said():
    first = story(1)
    known = {"duplicate_of": "a", "duplicate_kind": "near"}
    rows = [("a", 1, first), ("b", 2, rewritten(first, 5), known), ("c", 3, rewritten(first, 6))]
    assert marked(*rows) == {"a": None, "b": "a", "c": "a"}


def test_versions_of_one_article_are_no_copies_of_it():
    first = story(1)
    assert marked(("a", 1, first), ("a", 2, rewritten(first, 5), {"version": 2})) == {"a": None}


def test_briefs_share_their_phrases():
    brief = story(1, length=20)
    assert marked(("a", 1, brief), ("b", 2, rewritten(brief, 5))) == {"a": None, "b": None}
