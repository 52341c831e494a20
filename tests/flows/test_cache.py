"""The cache: what goes in comes out with its types, other code and damage are no hit."""

import pandas as pd
import pytest

from flows.cache import Cache, fingerprint
from transforms.schema import empty_frame, frame_of

TEXTS = pd.DataFrame({"article_id": ["a"], "version": [1], "text": ["x"]}).astype(
    {"article_id": "str", "version": "Int32", "text": "str"}
)


@pytest.mark.parametrize(
    "articles",
    [
        empty_frame("articles"),
        frame_of("articles", [{"article_id": "a", "version": 1}]),
        frame_of("articles", [{"article_id": "a", "night": pd.Timestamp("2026-11-02")}]),
    ],
    ids=["empty", "nearly all null", "without a version"],
)
def test_frames_come_back_as_they_were(tmp_path, articles):
    cache = Cache(tmp_path, "v1")
    cache.save("normalise", "shard", {"articles": articles, "texts": TEXTS})
    found = cache.load("normalise", "shard")
    pd.testing.assert_frame_equal(found["articles"], articles)
    pd.testing.assert_frame_equal(found["texts"], TEXTS)
    assert list(cache.load("normalise", "shard", only=["texts"])) == ["texts"]


def test_other_keys_stages_and_versions_are_not_seen(tmp_path):
    Cache(tmp_path, "v1").save("normalise", "shard", {"texts": TEXTS})
    assert Cache(tmp_path, "v1").has("normalise", "shard")
    assert not Cache(tmp_path, "v1").has("normalise", "other")
    assert Cache(tmp_path, "v1").load("normalise", "other") is None
    assert Cache(tmp_path, "v1").load("code", "shard") is None
    assert Cache(tmp_path, "v2").load("normalise", "shard") is None


def test_a_damaged_file_is_made_again(tmp_path):
    cache = Cache(tmp_path, "v1")
    cache.save("normalise", "../../etc", {"texts": TEXTS})
    (path,) = tmp_path.rglob("texts.arrow")
    path.write_bytes(path.read_bytes()[:40])
    assert cache.load("normalise", "../../etc") is None
    cache.save("normalise", "../../etc", {"texts": TEXTS})
    assert cache.load("normalise", "../../etc") is not None


def test_a_key_is_forgotten_with_the_keys_made_of_it(tmp_path):
    cache = Cache(tmp_path, "v1")
    for key in ("one", "one/-/more", "two"):
        cache.save("code", key, {"texts": TEXTS})
    cache.forget("code", "one")
    assert [cache.has("code", key) for key in ("one", "one/-/more", "two")] == [False, False, True]


def test_other_versions_can_be_forgotten(tmp_path):
    old, new = Cache(tmp_path, "old"), Cache(tmp_path, "new")
    old.save("code", "x", {"texts": TEXTS})
    new.save("code", "x", {"texts": TEXTS})
    new.forget_others()
    assert old.load("code", "x") is None
    assert new.load("code", "x") is not None


def test_the_fingerprint_follows_code_and_reference_data(tmp_path):
    code, reference = tmp_path / "code", tmp_path / "reference"
    code.mkdir()
    reference.mkdir()
    (code / "a.py").write_text("1")
    (reference / "words.toml").write_text("a = 1")
    first = fingerprint(reference, code=code)
    assert fingerprint(reference, code=code) == first
    (reference / "words.toml").write_text("a = 2")
    second = fingerprint(reference, code=code)
    (code / "a.py").write_text("2")
    assert len({first, second, fingerprint(reference, code=code)}) == 3


def test_who_saves_what_is_there_changes_nothing(tmp_path):
    """A task whose success was lost is run again, while its result may be read already."""
    cache = Cache(tmp_path, "v1")
    cache.save("code", "shard", {"texts": TEXTS})
    before = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*")}
    cache.save("code", "shard", {"texts": TEXTS})
    assert {p: p.stat().st_mtime_ns for p in before if p.is_file()} == {
        p: at for p, at in before.items() if p.is_file()
    }
    assert not list(tmp_path.rglob(".part-*"))


def test_many_keys_are_looked_up_at_once(tmp_path):
    cache = Cache(tmp_path, "v1")
    cache.save("code", "one/-/x", {"texts": TEXTS})
    kept = cache.keys("code")
    assert [kept(key) for key in ("one/-/x", "one", "two")] == [True, False, False]
    assert not cache.keys("normalise")("one/-/x")
