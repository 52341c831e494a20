import pandas as pd

from transforms import schema
from transforms.mentions import read_mentions
from transforms.merging.words import pack_hashes, place_hash, read_words, unpack_hashes, word_hash


def names_of(text, title=""):
    return set(read_words(title, [text]).names)


def hashes(*names):
    return {word_hash(name) for name in names}


def test_names_are_capitalised_words_inside_sentences():
    found = names_of("Gunmen fled. Neighbours knew Samir Hallaq of Tel Rahma, a baker.")
    assert found == hashes("samir", "hallaq", "tel", "rahma")


def test_names_that_stand_together_are_pairs():
    words = read_words("", ["The mayor, Samir Hallaq, fled."])
    assert set(words.pairs) == hashes("samir hallaq")


def test_titles_days_and_offices_are_no_names():
    assert names_of("On Monday the Police Department and President wept.") == set()


def test_a_text_in_capitals_has_words_and_no_names():
    words = read_words("", ["THE BAKER SAMIR HALLAQ FLED"])
    assert words.names == []
    assert set(words.words) == hashes("baker", "samir", "hallaq", "fled")


def test_a_place_is_known_by_the_hash_that_it_has_in_a_text():
    words = read_words("", ["They fled from Tel Rahma to Hit."])
    assert place_hash("Tel Rahma") in words.pairs
    assert place_hash("Hit") in words.names
    assert place_hash("the") == 0


def test_hashes_survive_packing():
    assert unpack_hashes(pack_hashes([3, 2**32 - 1])) == [3, 2**32 - 1]
    assert unpack_hashes(pack_hashes([])) == []


def test_mentions_of_articles():
    articles = schema.frame_of(
        "articles",
        [{"article_id": "a", "version": 1}, {"article_id": "b", "version": 1, "title": "News"}],
    )
    texts = articles[["article_id", "version"]].assign(text=["We saw Samir Hallaq.", None])
    mentions = read_mentions(articles, texts)
    assert list(mentions) == ["article_id", "version", "names", "pairs", "sketch"]
    assert set(unpack_hashes(mentions["names"][0])) == hashes("samir", "hallaq")
    assert mentions["names"][1] == b""
    assert read_mentions(articles.iloc[:0], texts.iloc[:0]).empty
    assert isinstance(mentions, pd.DataFrame)
