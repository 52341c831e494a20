"""Paths in a bucket do what the stores ask of a path on a disk, against a server on loopback."""

import pickle
from datetime import date

import pandas as pd
import pytest

from flows.bucket import BucketPath, as_path
from flows.cache import Cache
from flows.ingesting.history import read_past
from flows.rawstore import (
    Outcome,
    collect_leftovers,
    iter_shards,
    read_index,
    read_shard,
    write_shard,
)
from flows.settings import Settings
from transforms.errors import StoreError
from transforms.feeds import Feed

NIGHT = date(2026, 11, 20)
FEED = Feed(id="courier", url="https://courier.example/rss", publisher="The Courier")


@pytest.fixture
def root(bucket):
    return BucketPath.parse(bucket("some/raw"))


def put(path, data, folder):
    source = folder / "source"
    source.write_bytes(data)
    path.upload(source)


def fill(root, batch=0, body=b"<rss/>"):
    run_id = "2026-11-20-01"
    with write_shard(root, night=NIGHT, run_id=run_id, batch=batch, feeds=[FEED]) as writer:
        row = Outcome(kind="feed", outcome="fetched", feed_id="courier", url=FEED.url, tries=1)
        writer.add(row, body, [("Content-Type", "application/rss+xml")])
    return writer.shard


def test_an_address_is_read_and_written():
    path = BucketPath.parse("s3://news/ledger/raw/?region=eu-west-1")
    assert (path.key, path.options) == ("news/ledger/raw", "region=eu-west-1")
    assert (path / "a.b").address == "s3://news/ledger/raw/a.b?region=eu-west-1"
    assert str(path / "a.b") == "s3://news/ledger/raw/a.b"
    assert ((path / "a.b").name, (path / "a.b").stem, (path / "a.b").parent) == ("a.b", "a", path)
    assert pickle.loads(pickle.dumps(path)) == path


def test_settings_take_an_address_and_give_it_back():
    settings = Settings.model_validate({"paths": {"raw": "s3://news/raw?region=eu-west-1"}})
    assert settings.paths.raw == BucketPath("news/raw", "region=eu-west-1")
    again = Settings.model_validate_json(settings.model_dump_json())
    assert again == settings
    assert as_path("data/raw") == "data/raw"
    assert Settings.model_json_schema()


def test_objects_are_put_whole_read_and_removed(root, tmp_path):
    data = bytes(range(256)) * 50_000  # more than one part
    path = root / "2026-11-20" / "a.bin"
    put(path, data, tmp_path)
    put(root / "b.bin", b"", tmp_path)
    assert path.exists()
    assert root.is_dir()
    assert not (root / "c.bin").exists()
    assert path.read_bytes() == data
    with path.open() as file:
        file.seek(1000)
        assert file.read(10) == data[1000:1010]
        assert file.seek(0, 2) == len(data)
    assert root.tree_size() == len(data)
    assert [p.name for p in root.glob("*/*.bin")] == ["a.bin"]
    path.unlink()
    path.unlink(missing_ok=True)
    with pytest.raises(FileNotFoundError):
        path.unlink()
    with pytest.raises(FileNotFoundError):
        path.read_bytes()
    root.remove_tree()
    assert list(root.glob("*")) == []


def test_an_upload_that_breaks_off_leaves_the_object_as_it_was(root, tmp_path, monkeypatch):
    put(root / "a", b"old", tmp_path)
    monkeypatch.setattr(BucketPath, "size", lambda self: 1)
    monkeypatch.setattr("flows.bucket._ONE_PUT", 1)
    with pytest.raises(OSError, match="only a part"):
        put(root / "a", b"newer", tmp_path)
    monkeypatch.undo()
    assert (root / "a").read_bytes() == b"old"


def test_shards_are_the_same_as_on_a_disk(root, tmp_path):
    here = [fill(tmp_path, n) for n in (0, 1)]
    there = [fill(root, n) for n in (0, 1)]
    assert iter_shards(root) == there
    assert [s.name for s in here] == [s.name for s in there]
    for one, other in zip(here, there, strict=True):
        assert one.warc_path.read_bytes() == other.warc_path.read_bytes()
        assert one.index_path.read_bytes() == other.index_path.read_bytes()
        assert read_index(one).equals(read_index(other))
        assert [r.body for r in read_shard(one)] == [r.body for r in read_shard(other)]
    assert iter_shards(root, date(2026, 11, 21)) == []
    past = read_past(root, date(2026, 11, 21), {"courier": FEED.url})
    assert past.feed("courier").sha256
    with pytest.raises(StoreError, match="exists"):
        fill(root)


def test_what_killed_runs_left_in_a_bucket_is_ignored_and_collected(root, tmp_path):
    kept = fill(root)
    put(root / "2026-11-20" / "2026-11-20-02-b000.warc.gz", b"half", tmp_path)
    put(root / "2026-11-20" / "2026-11-20-03-b000.index.parquet.tmp", b"PAR1", tmp_path)
    assert iter_shards(root) == [kept]
    assert len(collect_leftovers(root)) == 2
    assert collect_leftovers(root) == []
    assert len(list(read_shard(kept))) == 1


def test_a_damaged_object_is_found(root, tmp_path):
    shard = fill(root, body=b"<rss>" * 100)
    data = bytearray(shard.warc_path.read_bytes())
    data[len(data) // 2] ^= 0x40
    put(shard.warc_path, bytes(data), tmp_path)
    with pytest.raises(StoreError, match=r"b000\.warc\.gz"):
        list(read_shard(shard))
    put(shard.index_path, b"PAR1", tmp_path)
    with pytest.raises(StoreError, match="the index can't be read"):
        read_index(shard)


def test_a_store_in_no_bucket_is_one_clear_error(s3_server):
    options = f"endpoint_override={s3_server}&scheme=http&region=us-east-1"
    nowhere = BucketPath.parse(f"s3://no-such-bucket/raw?{options}")
    with pytest.raises(StoreError, match="raw shard"):
        fill(nowhere)


def test_the_cache_in_a_bucket(bucket):
    cache = Cache(BucketPath.parse(bucket("state/cache")), "v1")
    frame = pd.DataFrame({"a": [1, 2]})
    for key in ("one", "one/-/x", "two"):
        cache.save("code", key, {"frame": frame, "other": frame})
    pd.testing.assert_frame_equal(cache.load("code", "one")["frame"], frame)
    assert list(cache.load("code", "one", only=["other"])) == ["other"]
    assert cache.has("code", "one")
    kept = cache.keys("code")
    assert [kept(key) for key in ("one", "one/-/x", "three")] == [True, True, False]
    cache.forget("code", "one")
    assert not cache.has("code", "one")
    assert not cache.has("code", "one/-/x")
    assert cache.load("code", "one") is None
    assert cache.has("code", "two")
    newer = Cache(BucketPath.parse(bucket("state/cache")), "v2")
    newer.save("code", "two", {"frame": frame})
    newer.forget_others()
    assert newer.has("code", "two")
    assert not cache.has("code", "two")


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_nights_on_s3_give_the_data_files_that_nights_on_a_disk_give(
    bucket, tmp_path, prefect_server, monkeypatch
):
    """Two nights of the sample press, with all stores in a bucket, from any working directory."""
    from flows.demo import SAMPLE, demo_settings
    from flows.nightly import run_night
    from flows.release import open_release, verify_release
    from flows.samplepress import list_nights, serve
    from flows.settings import load_settings
    from flows.status import describe_status

    found = {}
    for place in ("disk", "bucket"):
        away = tmp_path / place / "elsewhere"
        away.mkdir(parents=True)
        monkeypatch.chdir(away)
        with serve(SAMPLE) as press:
            settings = demo_settings(load_settings({}, away), tmp_path / place, proxy=press.proxy)
            if place == "bucket":
                stores = {n: bucket(n) for n in ("raw", "published", "state")}
                moved = settings.paths.model_dump(mode="json") | stores
                settings = settings.model_copy(
                    update={"paths": type(settings.paths).model_validate(moved)}
                )
            for night in list_nights(SAMPLE)[:2]:
                press.show_night(night)
                result = run_night(night, settings, SAMPLE / "feeds.toml")
                assert result.built.release.changed
            again = run_night(night, settings, SAMPLE / "feeds.toml")
            assert again.ingested.pages["fetched"] == 0
        release = open_release(settings.paths.published)
        assert verify_release(release) == []
        found[place] = release.manifest["files"]
        assert "2 nights" in describe_status(settings)
        assert list(away.iterdir()) == []
    assert [f["path"] for f in found["disk"]] == [f["path"] for f in found["bucket"]]
    timed = {"articles", "feeds", "runs"}  # the moment of a fetch stands in them
    for one, other in zip(found["disk"], found["bucket"], strict=True):
        if one["table"] not in timed:
            assert one == other
        assert one["rows"] == other["rows"]
