import random

import pandas as pd
import pytest

from transforms import schema
from transforms.deduplicate import deduplicate_articles, independent_groups
from transforms.sketches import join_sketches, sketch_texts

NOUNS = [
    "river",
    "market",
    "school",
    "bridge",
    "convoy",
    "village",
    "hospital",
    "station",
    "harbour",
    "valley",
    "garrison",
    "mosque",
    "orchard",
    "quarry",
    "factory",
    "border",
    "council",
    "witness",
    "driver",
    "teacher",
    "farmer",
    "soldier",
    "mayor",
]
VERBS = [
    "reached",
    "left",
    "crossed",
    "guarded",
    "searched",
    "rebuilt",
    "watched",
    "followed",
    "entered",
    "closed",
]


def story(seed, sentences=12):
    """Invented prose, the same for the same seed."""
    pick = random.Random(seed)
    return " ".join(
        f"The {pick.choice(NOUNS)} {pick.choice(VERBS)} the {pick.choice(NOUNS)} near"
        f" {pick.choice(NOUNS)} number {pick.randrange(9999)} while the {pick.choice(NOUNS)}"
        f" {pick.choice(VERBS)} a {pick.choice(NOUNS)}."
        for _ in range(sentences)
    )


def press(*rows):
    """Articles and texts from rows of (article_id, text[, more columns])."""
    full = [
        {"article_id": r[0], "version": 1, "night": "2026-11-01", "text": r[1]}
        | (r[2] if len(r) > 2 else {})
        for r in rows
    ]
    articles = schema.frame_of(
        "articles", [{k: v for k, v in row.items() if k != "text"} for row in full]
    )
    texts = articles[["article_id", "version"]].assign(text=[row["text"] for row in full])
    return articles, texts


def found(articles, texts, **options):
    out = deduplicate_articles(articles, texts, **options)
    return {
        row.article_id: (row.duplicate_of, row.duplicate_kind)
        for row in out.itertuples()
        if isinstance(row.duplicate_of, str)
    }


def test_an_empty_table_stays_empty():
    articles, texts = press()
    assert deduplicate_articles(articles, texts).empty
    assert independent_groups(articles).empty
    assert len(join_sketches([])) == 0


def test_articles_without_text_date_or_url_are_no_duplicates():
    articles, texts = press(("a", None), ("b", None), ("c", ""))
    assert found(articles, texts) == {}


def test_the_same_url_the_same_text_and_nearly_the_same_text():
    body = story(1)
    articles, texts = press(
        ("a", body, {"canonical_url": "https://herald.example/1"}),
        ("b", story(2), {"canonical_url": "https://herald.example/1"}),
        ("c", body, {"title": "Another headline"}),
        ("d", body + " This story first appeared elsewhere."),
        ("e", story(3)),
    )
    assert found(articles, texts) == {"b": ("a", "url"), "c": ("a", "text"), "d": ("a", "near")}


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text[: int(len(text) * 0.7)],
        lambda text: text[int(len(text) * 0.3) :],
        lambda text: "HILLTOWN, Nov 2 (Meridian Wire) - " + text,
        lambda text: text.upper(),
        lambda text: text.replace(" the ", "\n\nthe  ", 5),
        lambda text: " ".join(w for i, w in enumerate(text.split()) if i % 50),
    ],
)
def test_light_changes_are_seen_through(change):
    body = story(4, 20)
    articles, texts = press(("a", body), ("b", change(body)))
    assert found(articles, texts) == {"b": ("a", "near")}


def test_a_copy_with_a_figure_of_its_own_is_news():
    body = story(5, 20)
    articles, texts = press(
        ("a", body + " The blast killed 12 people."),
        ("b", body + " The blast killed 14 people."),
        ("c", body),
    )
    assert found(articles, texts) == {"c": ("a", "near")}


def test_the_same_told_of_another_town_is_news():
    body = story(6, 20)
    articles, texts = press(
        ("a", f"Shells that hit a house in Kherson killed one person on Monday. {body}"),
        ("b", f"Shells that hit a house in Nikopol killed one person on Monday. {body}"),
        ("c", f"Shells that hit a house in Kherson killed one person. {body} Edited in Oslo."),
    )
    assert found(articles, texts) == {"c": ("a", "near")}


def test_short_texts_are_duplicates_only_where_equal():
    articles, texts = press(
        ("a", "Police found two men dead in the old harbour on Monday night."),
        ("b", "Police found two men dead in the old harbour on Monday evening."),
        ("c", "Police found two men dead in the old harbour on Monday night."),
    )
    assert found(articles, texts) == {"c": ("a", "text")}


def test_the_original_is_the_one_seen_first():
    body = story(6)
    late, early = {"night": "2026-11-03"}, {"night": "2026-11-02"}
    articles, texts = press(
        ("a", body, late | {"published_at": "2026-11-01T05:00Z"}),
        ("b", body, early | {"published_at": "2026-11-02T09:00Z"}),
        ("c", body, early | {"published_at": "2026-11-02T08:00Z"}),
        ("d", body, early),
    )
    assert {of for of, _ in found(articles, texts).values()} == {"c"}


def test_versions_of_an_article_are_not_duplicates_of_themselves():
    body = story(7)
    articles, texts = press(("a", body), ("a", body + " More soon.", {"version": 2}), ("b", body))
    out = deduplicate_articles(articles, texts)
    assert out["duplicate_of"].tolist()[2] == "a"
    assert out["duplicate_of"].isna().tolist() == [True, True, False]


def test_later_nights_do_not_change_earlier_answers():
    rows = [(f"n{i}", story(i % 7, 15)[: 900 + 13 * i]) for i in range(30)]
    rows = [(a, t, {"night": f"2026-11-{1 + i // 10:02d}"}) for i, (a, t) in enumerate(rows)]
    whole = found(*press(*rows))
    assert whole
    first = found(*press(*rows[:20]))
    assert first == {k: v for k, v in whole.items() if k in {a for a, *_ in rows[:20]}}
    mixed = list(rows)
    random.Random(3).shuffle(mixed)
    assert found(*press(*mixed)) == whole


def test_sketches_made_in_batches_give_the_same():
    rows = [(f"n{i}", story(i % 4)) for i in range(12)]
    articles, texts = press(*rows)
    parts = [sketch_texts(texts["text"].iloc[i : i + 5], key=9) for i in range(0, 12, 5)]
    assert found(articles, texts, sketches=join_sketches(parts)) == found(articles, texts, key=9)


def test_independent_sources_are_counted_over_groups_and_publishers():
    articles, texts = press(
        ("a", story(8), {"publisher": "Meridian Wire"}),
        ("b", story(8), {"publisher": "Valley Post"}),
        ("c", story(9), {"publisher": "Valley Post"}),
        ("d", story(10), {"publisher": "Valley Post"}),
        ("e", story(11)),
    )
    source = independent_groups(deduplicate_articles(articles, texts))
    assert source.tolist() == [
        "Meridian Wire",
        "Meridian Wire",
        "Valley Post",
        "Valley Post",
        "article:e",
    ]
    assert isinstance(source, pd.Series)
