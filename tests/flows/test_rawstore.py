"""The raw store: what is written is read, and only what was committed."""

import gzip
import os
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.rawstore import (
    Outcome,
    collect_leftovers,
    iter_shards,
    next_run_id,
    read_feeds,
    read_index,
    read_shard,
    shard_feed_rows,
    shard_reject_rows,
    write_shard,
)
from transforms import schema
from transforms.errors import StoreError
from transforms.feeds import Feed

NIGHT = date(2026, 11, 20)
FEED = Feed(id="courier", url="https://courier.example/rss", publisher="The Courier", country="KEN")
AT = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
BODY = b"<rss><channel><item><title>Quiet day in Kisumu</title></item></channel></rss>"


def page(n, **fields):
    return Outcome(
        **{
            "kind": "page", "outcome": "fetched", "feed_id": "courier", "http_status": 200,
            "url": f"https://courier.example/{n}", "page_key": n, "entry_key": n, "tries": 1,
            "entry": '{"title": "Quiet"}', "content_type": "text/html", "fetched_at": AT, **fields,
        }
    )  # fmt: skip


def feed_row(**fields):
    return Outcome(
        **{
            "kind": "feed", "outcome": "fetched", "feed_id": "courier", "url": FEED.url,
            "http_status": 200, "fetched_at": AT, "entries": 1, "consecutive_failures": 0,
            "last_success": NIGHT, "wire_bytes": 77, "seconds": 0.5, **fields,
        }
    )  # fmt: skip


def fill(root, *, night=NIGHT, run_id="2026-11-20-01", batch=0, pages=2, feed=FEED):
    with write_shard(root, night=night, run_id=run_id, batch=batch, feeds=[feed]) as writer:
        writer.add(
            feed_row(), BODY, [("Content-Type", "application/rss+xml"), ("Set-Cookie", "a=1")]
        )
        for n in range(pages):
            writer.add(page(n), b"<html>%d</html>" % n, [("Content-Encoding", "br")])
        writer.add(
            page(99, outcome="deferred", reason="deadline", detail="stopped", http_status=None)
        )
    return iter_shards(root, night, night)[-1]


def test_records_come_back_with_their_feed_and_their_bytes(tmp_path):
    shard = fill(tmp_path)
    first, *rest = list(read_shard(shard))
    assert (first.kind, first.body, first.feed, first.fetched_at) == ("feed", BODY, FEED, AT)
    assert first.raw_ref.startswith("2026-11-20/2026-11-20-01-b000#")
    assert [r.body for r in rest] == [b"<html>0</html>", b"<html>1</html>"]
    assert rest[0].entry == {"title": "Quiet"}
    assert read_feeds(shard) == {"courier": FEED}


def test_a_shard_without_records_is_a_shard(tmp_path):
    with write_shard(tmp_path, night=NIGHT, run_id="r", batch=0, feeds=[]):
        pass
    [shard] = iter_shards(tmp_path)
    assert list(read_shard(shard)) == []
    assert read_index(shard).num_rows == 0
    for name, frame in (("feeds", shard_feed_rows(shard)), ("rejects", shard_reject_rows(shard))):
        schema.to_arrow(name, frame)
        assert frame.empty


def test_the_tables_of_a_shard_fit_their_declaration(tmp_path):
    shard = fill(tmp_path)
    feeds, rejects = shard_feed_rows(shard), shard_reject_rows(shard)
    schema.to_arrow("feeds", feeds)
    schema.to_arrow("rejects", rejects)
    assert feeds[["feed_id", "entries", "bytes", "consecutive_failures"]].values.tolist() == [
        ["courier", 1, 77, 0]
    ]
    assert rejects[["stage", "reason", "url"]].values.tolist() == [
        ["fetch", "deadline", "https://courier.example/99"]
    ]


def test_the_entries_of_a_sitemap_index_are_those_of_its_parts(tmp_path):
    with write_shard(tmp_path, night=NIGHT, run_id="r", batch=0, feeds=[FEED]) as writer:
        writer.add(feed_row(entries=None), BODY)
        writer.add(feed_row(kind="part", url="https://courier.example/1.xml", entries=3), BODY)
        writer.add(feed_row(kind="part", url="https://courier.example/2.xml", entries=4), BODY)
    frame = shard_feed_rows(iter_shards(tmp_path)[0])
    assert frame["entries"].tolist() == [7]


def test_rejected_answers_with_bytes_are_left_to_the_build(tmp_path):
    with write_shard(tmp_path, night=NIGHT, run_id="r", batch=0, feeds=[FEED]) as writer:
        ref = writer.add(feed_row(outcome="rejected", reason="not_a_feed"), b"<html>login</html>")
    [shard] = iter_shards(tmp_path)
    [record] = read_shard(shard)
    assert (record.outcome, record.raw_ref) == ("rejected", ref)
    assert shard_reject_rows(shard).empty
    assert shard_feed_rows(shard)["error_class"].tolist() == ["not_a_feed"]


def test_the_same_records_give_the_same_bytes(tmp_path):
    a, b = fill(tmp_path / "a"), fill(tmp_path / "b")
    assert a.warc_path.read_bytes() == b.warc_path.read_bytes()
    assert a.index_path.read_bytes() == b.index_path.read_bytes()


def test_other_tools_read_the_warc(tmp_path):
    from warcio.archiveiterator import ArchiveIterator

    shard = fill(tmp_path)
    with shard.warc_path.open("rb") as file:
        seen = [
            (
                r.rec_type,
                r.http_headers and r.http_headers.get_statuscode(),
                r.content_stream().read(),
            )
            for r in ArchiveIterator(file, check_digests="raise")
        ]
    assert [kind for kind, _, _ in seen] == ["warcinfo", "response", "response", "response"]
    assert seen[1][1:] == ("200", BODY)
    text = gzip.decompress(shard.warc_path.read_bytes())
    assert b"X-Crawl-Content-Encoding: br" in text
    assert b"Set-Cookie" not in text


def test_each_record_can_be_read_from_its_offset(tmp_path):
    shard = fill(tmp_path)
    offset = read_index(shard).to_pylist()[1]["offset"]
    with shard.warc_path.open("rb") as file:
        file.seek(offset)
        assert gzip.GzipFile(fileobj=file).readline() == b"WARC/1.1\r\n"


@pytest.mark.parametrize(
    "header",
    [("X-Evil", "a\r\nContent-Length: 0\r\n\r\nHTTP/1.1"), ("X\r\nY", "v"), ("X", "é\udcff\x00")],
)
def test_a_hostile_header_stays_one_line(tmp_path, header):
    with write_shard(tmp_path, night=NIGHT, run_id="r", batch=0, feeds=[FEED]) as writer:
        writer.add(feed_row(), BODY, [header])
    [record] = read_shard(iter_shards(tmp_path)[0])
    assert record.body == BODY


def test_secrets_in_a_feed_address_are_not_stored(tmp_path):
    feed = Feed(id="paid", url="https://paid.example/rss?token=CANARY&x=1", publisher="Paid")
    with write_shard(tmp_path, night=NIGHT, run_id="r", batch=0, feeds=[feed]):
        pass
    [shard] = iter_shards(tmp_path)
    assert read_feeds(shard)["paid"].url == "https://paid.example/rss?token=***&x=1"
    assert b"CANARY" not in gzip.decompress(shard.warc_path.read_bytes())
    assert b"CANARY" not in shard.index_path.read_bytes()


@pytest.mark.parametrize("feed_id", ["../../etc/x", "con", "x" * 300, "a\x00b", "-rf", "ü/ö", ".."])
def test_a_feed_id_never_becomes_a_file_name(tmp_path, feed_id):
    root = tmp_path / "raw"
    with write_shard(
        root, night=NIGHT, run_id="r", batch=0, feeds=[Feed(feed_id, "u", "p")]
    ) as writer:
        writer.add(feed_row(feed_id=feed_id, url="../../x"), BODY)
    assert sorted(p.name for p in tmp_path.rglob("*") if p.is_file()) == [
        "r-b000.index.parquet",
        "r-b000.warc.gz",
    ]
    assert [r.feed.id for r in read_shard(iter_shards(root)[0])] == [feed_id]


@pytest.mark.parametrize("run_id", ["", "../x", "a/b", "-a", "a\n", "a" * 400, "..", "a."])
def test_a_run_id_that_can_name_no_file_is_refused(tmp_path, run_id):
    with (
        pytest.raises(StoreError, match="run_id"),
        write_shard(tmp_path, night=NIGHT, run_id=run_id, batch=0, feeds=[]),
    ):
        pass


def test_ranges_and_run_ids(tmp_path):
    assert iter_shards(tmp_path / "none") == []
    assert next_run_id(tmp_path / "none", NIGHT) == "2026-11-20-01"
    for day in (19, 20, 21):
        for batch in (1, 0):
            fill(tmp_path, night=date(2026, 11, day), run_id=f"2026-11-{day}-01", batch=batch)
    (tmp_path / "notes").mkdir()
    names = [s.name for s in iter_shards(tmp_path, date(2026, 11, 20))]
    assert names == [f"2026-11-{d}/2026-11-{d}-01-b00{b}" for d in (20, 21) for b in (0, 1)]
    assert len(iter_shards(tmp_path, None, date(2026, 11, 19))) == 2
    assert next_run_id(tmp_path, NIGHT) == "2026-11-20-02"


def test_a_run_is_stored_once(tmp_path):
    before = fill(tmp_path).warc_path.read_bytes()
    with pytest.raises(StoreError, match="exists"):
        fill(tmp_path, pages=1)
    assert iter_shards(tmp_path)[0].warc_path.read_bytes() == before


def test_a_block_that_fails_leaves_nothing(tmp_path):
    def break_off():
        with write_shard(tmp_path, night=NIGHT, run_id="r", batch=0, feeds=[FEED]) as writer:
            writer.add(feed_row(), BODY)
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        break_off()
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


def test_what_killed_runs_left_is_ignored_and_collected(tmp_path):
    kept = fill(tmp_path)
    folder = tmp_path / NIGHT.isoformat()
    (folder / "2026-11-20-02-b000.warc.gz").write_bytes(b"half")
    (folder / "2026-11-20-02-b000.warc.gz.tmp").write_bytes(b"")
    (folder / "2026-11-20-03-b000.index.parquet.tmp").write_bytes(b"PAR1")
    assert iter_shards(tmp_path) == [kept]
    assert next_run_id(tmp_path, NIGHT) == "2026-11-20-02"
    assert len(collect_leftovers(tmp_path)) == 3
    assert sorted(p.name for p in folder.iterdir()) == [kept.index_path.name, kept.warc_path.name]
    assert collect_leftovers(tmp_path) == []


@pytest.mark.parametrize("at", [0.1, 0.5, 0.9])
def test_a_damaged_record_is_found(tmp_path, at):
    shard = fill(tmp_path, pages=20)
    data = bytearray(shard.warc_path.read_bytes())
    data[int(len(data) * at)] ^= 0x40
    shard.warc_path.write_bytes(data)
    with pytest.raises(StoreError, match=r"b000\.warc\.gz"):
        list(read_shard(shard))


def test_a_truncated_or_missing_file_is_found(tmp_path):
    shard = fill(tmp_path)
    data = shard.warc_path.read_bytes()
    shard.warc_path.write_bytes(data[: len(data) - 400])
    with pytest.raises(StoreError, match=r"b000\.warc\.gz"):
        list(read_shard(shard))
    shard.warc_path.unlink()
    with pytest.raises(StoreError, match=r"b000\.warc\.gz"):
        list(read_shard(shard))


def test_a_record_that_was_replaced_is_found(tmp_path):
    shard = fill(tmp_path)
    other = fill(tmp_path / "other", pages=2, feed=FEED)
    with write_shard(tmp_path / "other", night=NIGHT, run_id="r", batch=0, feeds=[FEED]) as writer:
        writer.add(
            feed_row(), BODY.replace(b"Quiet", b"Riots"), [("Content-Type", "application/rss+xml")]
        )
    forged = iter_shards(tmp_path / "other")[-1].warc_path.read_bytes()
    assert other.warc_path.exists()
    shard.warc_path.write_bytes(forged)
    with pytest.raises(StoreError):
        list(read_shard(shard))


@pytest.mark.parametrize("damage", ["missing", "empty", "other table", "no feeds"])
def test_a_broken_index_names_its_file(tmp_path, damage):
    shard = fill(tmp_path)
    table = pq.read_table(shard.index_path)
    if damage == "missing":
        shard.index_path.unlink()
    elif damage == "empty":
        shard.index_path.write_bytes(b"")
    elif damage == "other table":
        pq.write_table(pa.table({"a": [1]}), shard.index_path)
    else:
        pq.write_table(table.replace_schema_metadata({}), shard.index_path)
    with pytest.raises(StoreError, match="index"):
        list(read_shard(shard))


def test_a_folder_that_can_not_be_written_is_told(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(StoreError, match="can't be written"):
        fill(blocked)


def run_python(code, root):
    """Run code that knows the raw store and `root` in its own process; gives what it prints."""
    start = f"""
import os, resource, signal
from datetime import date
from pathlib import Path
from flows.rawstore import Outcome, iter_shards, read_shard, write_shard
from transforms.errors import StoreError
from transforms.feeds import Feed
root = Path({str(root)!r})
row = Outcome(kind="page", outcome="fetched", feed_id="f", url="http://x/")
def shard():
    return write_shard(
        root, night=date(2026, 11, 20), run_id="r", batch=0, feeds=[Feed("f", "u", "p")]
    )
"""
    done = subprocess.run(
        [sys.executable, "-c", start + code],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    return done.stdout


def test_a_full_disk_leaves_no_half_shard(tmp_path):
    code = """
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    with shard() as writer:
        for _ in range(40):
            writer.add(row, os.urandom(10_000))
except StoreError as error:
    print(error)
"""
    assert "can't be written" in run_python(code, tmp_path)
    assert [p for p in tmp_path.rglob("*") if p.is_file()] == []


@pytest.mark.slow
def test_memory_is_that_of_one_record(tmp_path):
    code = """
def rss():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
with shard() as writer:
    writer.add(row, os.urandom(1 << 20))
    before = rss()
    for _ in range(60):
        writer.add(row, os.urandom(1 << 20))
n = sum(len(r.body) for r in read_shard(iter_shards(root)[0]))
print(n >> 20, rss() - before)
"""
    read, grown = map(int, run_python(code, tmp_path).split())
    assert read == 61
    assert grown < 30


@pytest.mark.slow
def test_killed_at_any_moment_a_shard_is_whole_or_absent(tmp_path):
    code = """
calls = 0
def dying(call):
    def wrapped(*args, **kwargs):
        global calls
        calls += 1
        if calls == at:
            os._exit(0)
        return call(*args, **kwargs)
    return wrapped
os.fsync, os.replace, os.rename = dying(os.fsync), dying(os.replace), dying(os.rename)
Path.replace = dying(Path.replace)
with shard() as writer:
    writer.add(row, b"x" * 1000)
print("done")
"""
    outcomes = []
    for at in range(1, 30):
        root = tmp_path / str(at)
        said = run_python(f"at = {at}\n{code}", root)
        shards = iter_shards(root)
        outcomes.append(len(shards))
        assert [len(list(read_shard(s))) for s in shards] == [1] * len(shards)
        collect_leftovers(root)
        with write_shard(root, night=NIGHT, run_id="again", batch=0, feeds=[FEED]) as writer:
            writer.add(feed_row(), BODY)
        assert len(iter_shards(root)) == len(shards) + 1
        if said:
            break
    assert said == "done\n"
    assert outcomes == sorted(outcomes)
    assert {0, 1} == set(outcomes)


@pytest.mark.slow
def test_a_hundred_thousand_shards_are_listed_in_the_time_of_a_few_looks(tmp_path):
    for day in range(1000):
        night = date(2024, 1, 1) + timedelta(days=day)
        folder = tmp_path / str(night)
        folder.mkdir()
        for batch in range(100):
            (folder / f"{night}-01-b{batch:03d}.index.parquet").touch()
    started = time.process_time()
    names = [e.name for folder in os.scandir(tmp_path) for e in os.scandir(folder)]
    bare = time.process_time() - started
    assert len(names) == 100_000
    started = time.process_time()
    assert len(iter_shards(tmp_path)) == 100_000
    assert time.process_time() - started < 20 * bare
    started = time.process_time()
    assert len(iter_shards(tmp_path, date(2026, 9, 1), date(2026, 9, 1))) == 100
    assert time.process_time() - started < bare
