"""WARC archives made by others, as Common Crawl makes them."""

import gzip
import hashlib
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, date, datetime
from io import BytesIO

import pandas as pd
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import flows.ingesting.archives as archives_module
from flows.ingesting.archives import ArchiveOptions, ingest_archives
from flows.lock import hold_lock
from flows.rawstore import iter_shards, read_index, read_shard, shard_reject_rows
from flows.rawstore.foreign import read_archive
from flows.workers import BoundedPool, Bounds
from transforms import schema
from transforms.errors import LockedError, StoreError
from transforms.feeds import Feed

HTML = [("Content-Type", "text/html; charset=utf-8")]


def write_archive(path, pages, *, packed=True):
    """An archive with an info record and a request before each response, as crawlers write it."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=packed)
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "crawler"}))
        for n, page in enumerate(pages):
            page = {
                "url": f"https://h{n % 3}.example/{n}",
                "status": "200 OK",
                "headers": HTML,
                **page,
            }
            body = page.get("body", b"<html><p>Page %d</p></html>" % n)
            http = StatusAndHeaders(page["status"], page["headers"], protocol="HTTP/1.1")
            ask = StatusAndHeaders("GET / HTTP/1.1", [("Host", "h")], is_http_request=True)
            fields = {"WARC-Date": "2026-10-05T23:10:00Z"}
            for kind, payload, head in (("request", b"", ask), ("response", body, http)):
                writer.write_record(
                    writer.create_warc_record(
                        page["url"], kind, payload=BytesIO(payload), length=len(payload),
                        warc_headers_dict=dict(fields), http_headers=head,
                    )
                )  # fmt: skip
    return path


def run(root, *archives, **options):
    return ingest_archives(root, archives, ArchiveOptions(**options))


def bodies(root):
    return [r.body for s in iter_shards(root) for r in read_shard(s)]


@pytest.mark.parametrize("packed", [True, False])
def test_pages_come_into_the_raw_store(tmp_path, packed):
    archive = write_archive(tmp_path / "news.warc", [{}] * 7, packed=packed)
    result = run(tmp_path / "raw", archive, shard_records=3)
    assert (result.responses, result.fetched, result.rejected) == (7, 7, 0)
    shards = iter_shards(tmp_path / "raw")
    assert [s.batch for s in shards] == [0, 1, 2]
    assert {s.night for s in shards} == {date(2026, 10, 5)}
    records = [r for s in shards for r in read_shard(s)]
    assert [r.body for r in records] == [b"<html><p>Page %d</p></html>" % n for n in range(7)]
    first = records[0]
    assert (first.kind, first.url, first.feed.publisher) == (
        "page",
        "https://h0.example/0",
        "h0.example",
    )
    assert first.fetched_at == datetime(2026, 10, 5, 23, 10, tzinfo=UTC)
    assert first.content_type == "text/html; charset=utf-8"
    assert first.entry["url"] == first.url
    assert first.entry["title"] is None


def test_an_import_once_done_is_not_done_again(tmp_path):
    archive = write_archive(tmp_path / "news.warc.gz", [{}] * 4)
    first = run(tmp_path / "raw", archive)
    second = run(tmp_path / "raw", archive)
    assert first.run_ids == second.run_ids
    assert second.responses == 0
    assert len(iter_shards(tmp_path / "raw")) == 1


def test_a_killed_import_goes_on_where_it_was(tmp_path, monkeypatch):
    archive = write_archive(tmp_path / "news.warc.gz", [{}] * 10)
    write = archives_module.write_shard

    def dying(*args, batch, **kwargs):
        if batch == 2:
            raise KeyboardInterrupt
        return write(*args, batch=batch, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(archives_module, "write_shard", dying)
        with pytest.raises(KeyboardInterrupt):
            run(tmp_path / "raw", archive, shard_records=3)
    assert len(bodies(tmp_path / "raw")) == 6
    rest = run(tmp_path / "raw", archive, shard_records=3)
    assert rest.responses == 4
    run(tmp_path / "whole", archive, shard_records=3)
    assert bodies(tmp_path / "raw") == bodies(tmp_path / "whole")
    names = [[s.name for s in iter_shards(tmp_path / root)] for root in ("raw", "whole")]
    assert names[0] == names[1]


def test_what_is_no_page_is_rejected_with_a_reason(tmp_path):
    archive = write_archive(
        tmp_path / "news.warc.gz",
        [
            {},
            {"status": "404 Not Found"},
            {"status": "404 Not Found", "url": "https://h1.example/1"},
            {"headers": [("Content-Type", "image/png")]},
            {"headers": []},
            {"body": b"x" * 3000},
            {
                "headers": [*HTML, ("Content-Encoding", "gzip")],
                "body": gzip.compress(b"<p>" * 2000),
            },
            {"headers": [*HTML, ("Content-Encoding", "gzip")], "body": gzip.compress(b"<p>fine")},
            {"headers": [*HTML, ("Content-Encoding", "br")], "body": b"<html>was decoded already"},
        ],
    )
    result = run(tmp_path / "raw", archive, page_bytes=2500)
    [shard] = iter_shards(tmp_path / "raw")
    reasons = [r["reason"] for r in read_index(shard).to_pylist()]
    assert reasons == [
        *(None, "http_status", "http_status", "not_a_page", "not_a_page"),
        *("too_large", "bomb", None, None),
    ]  # fmt: skip
    assert (result.fetched, result.rejected) == (3, 6)
    assert bodies(tmp_path / "raw")[1:] == [b"<p>fine", b"<html>was decoded already"]
    schema.to_arrow("rejects", shard_reject_rows(shard))


def test_pages_of_a_known_feed_bear_its_settings(tmp_path):
    feed = Feed(id="h1", url="https://h1.example/rss", publisher="House One", country="KEN")
    archive = write_archive(tmp_path / "news.warc.gz", [{}] * 3)
    run(tmp_path / "raw", archive, feeds=[feed], night=date(2026, 11, 1))
    [shard] = iter_shards(tmp_path / "raw")
    assert shard.night == date(2026, 11, 1)
    assert [r.feed.publisher for r in read_shard(shard)] == [
        "h0.example",
        "House One",
        "h2.example",
    ]


def test_an_archive_that_breaks_off_gives_what_it_has(tmp_path):
    archive = write_archive(tmp_path / "news.warc.gz", [{"body": bytes(range(256)) * 500}] * 5)
    data = archive.read_bytes()
    archive.write_bytes(data[: int(len(data) * 0.7)])
    with suppress(StoreError):
        run(tmp_path / "raw", archive, shard_records=1)
    kept = bodies(tmp_path / "raw")
    assert 1 <= len(kept) < 5
    assert set(kept) == {bytes(range(256)) * 500}


@pytest.mark.parametrize("content", [b"", b"no archive", b"\x1f\x8bno gzip", b"PAR1" * 1000])
def test_what_is_no_archive_gives_nothing_or_a_clear_line(tmp_path, content):
    path = tmp_path / "odd.warc.gz"
    path.write_bytes(content)
    said = "odd.warc.gz: nothing"
    try:
        assert run(tmp_path / "raw", path).responses == 0
    except StoreError as error:
        said = str(error)
    assert "odd.warc.gz" in said


def test_a_missing_archive_is_named(tmp_path):
    with pytest.raises(StoreError, match=r"none\.warc"):
        run(tmp_path / "raw", tmp_path / "none.warc")


def test_one_writer_at_a_time(tmp_path):
    (tmp_path / "raw").mkdir()
    with hold_lock(tmp_path / "raw" / ".lock", purpose="test"), pytest.raises(LockedError):
        run(tmp_path / "raw")


def whole_archive(path, count=10, **more):
    """An archive of pages of 3,000 bytes that do not compress, and where each response lies."""
    write_archive(path, [{"body": random.Random(n).randbytes(3000)} for n in range(count)], **more)
    return path.read_bytes(), [(r.start, r.end) for r in read_archive(path)]


def fates(root):
    rows = [r for s in iter_shards(root) for r in read_index(s).to_pylist()]
    return [(r["url"][-1], r["reason"]) for r in rows]


@pytest.mark.parametrize("at", [0.05, 0.5, 0.95])
@pytest.mark.parametrize("hurt", ["flipped", "missing", "foreign", "cut"])
def test_damage_costs_only_the_record_it_strikes(tmp_path, hurt, at):
    archive = tmp_path / "news.warc.gz"
    data, places = whole_archive(archive)
    start, end = places[4]
    struck = start + int((end - start) * at)
    changed = {
        "flipped": data[:struck] + bytes([data[struck] ^ 0xFF]) + data[struck + 1 :],
        "missing": data[:struck] + data[struck + 40 :],
        "foreign": data[:end] + b"\x1f\x8b\x08 no record at all" * 30 + data[end:],
        "cut": data[:struck],
    }
    archive.write_bytes(changed[hurt])
    run(tmp_path / "raw", archive, shard_records=3)
    found = fates(tmp_path / "raw")
    fine = [f"{n}" for n in range(10) if hurt == "foreign" or n != 4]
    assert [url for url, reason in found if reason is None] == (fine[:4] if hurt == "cut" else fine)
    assert [reason for _, reason in found if reason] == [
        "truncated" if hurt == "cut" else "damaged"
    ]
    rejects = pd.concat([shard_reject_rows(s) for s in iter_shards(tmp_path / "raw")])
    assert rejects["raw_ref"].tolist() == [f"news.warc.gz#{end if hurt == 'foreign' else start}"]


def test_damage_in_an_archive_without_compression(tmp_path):
    archive = tmp_path / "news.warc"
    data, places = whole_archive(archive, packed=False)
    archive.write_bytes(data[: places[2][0] + 900] + data[places[2][0] + 950 :])
    run(tmp_path / "raw", archive)
    reasons = [reason for _, reason in fates(tmp_path / "raw")]
    assert reasons == [None, None, "damaged", *[None] * 7]


def test_padding_between_records_is_nothing(tmp_path):
    archive = tmp_path / "news.warc.gz"
    data, places = whole_archive(archive)
    cut = places[4][1]
    archive.write_bytes(data[:cut] + b"\0" * 9000 + b"\r\n" + data[cut:] + b"\0" * 600_000)
    assert run(tmp_path / "raw", archive).fetched == 10
    assert {reason for _, reason in fates(tmp_path / "raw")} == {None}


def test_an_archive_compressed_as_a_whole_is_refused_with_the_remedy(tmp_path):
    archive = tmp_path / "news.warc.gz"
    data, _ = whole_archive(tmp_path / "plain.warc", packed=False)
    archive.write_bytes(gzip.compress(data))
    with pytest.raises(StoreError, match=r"news\.warc\.gz.*record by record"):
        run(tmp_path / "raw", archive)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, None),
        ({"WARC-Block-Digest": "sha1:" + "A" * 32}, "digest"),
        ({"WARC-Payload-Digest": "sha1:" + "A" * 32}, "digest"),
        ({"WARC-Payload-Digest": "sha256:" + "0" * 64}, "digest"),
        ({"WARC-Payload-Digest": "sha1:" + hashlib.sha1(b"<p>page").hexdigest()}, None),
        ({"WARC-Payload-Digest": "sha-256:" + hashlib.sha256(b"<p>page").hexdigest()}, None),
        ({"WARC-Payload-Digest": "crc32:00000000"}, None),
        ({"WARC-Payload-Digest": "no digest at all"}, None),
        ({"WARC-Truncated": "length"}, "truncated"),
    ],
)
def test_digests_and_what_the_crawler_cut(tmp_path, fields, reason):
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>page"
    head = {
        "WARC-Type": "response",
        "WARC-Target-URI": "<https://a.example/1>",
        "WARC-Date": "2026-10-05T23:10:00Z",
        "Content-Length": str(len(block)),
        **fields,
    }
    lines = "".join(f"{k}: {v}\r\n" for k, v in head.items()).encode()
    archive = tmp_path / "news.warc.gz"
    archive.write_bytes(gzip.compress(b"WARC/1.0\r\n" + lines + b"\r\n" + block + b"\r\n\r\n"))
    run(tmp_path / "raw", archive)
    assert fates(tmp_path / "raw") == [("1", reason)]


@pytest.mark.parametrize(
    ("body", "read"),
    [
        (b"3\r\n<p>\r\n4;x=y\r\nfine\r\n0\r\n\r\n", b"<p>fine"),
        (b"<p>put together already", b"<p>put together already"),
        (b"3\r\n<p>\r\nbroken", b"3\r\n<p>\r\nbroken"),
    ],
)
def test_chunks_are_put_together_where_there_are_any(tmp_path, body, read):
    headers = [*HTML, ("Transfer-Encoding", "chunked")]
    run(
        tmp_path / "raw",
        write_archive(tmp_path / "a.warc.gz", [{"headers": headers, "body": body}]),
    )
    assert bodies(tmp_path / "raw") == [read]


@pytest.mark.parametrize("url", ["ftp://a.example/x", "file:///etc/passwd", "https:///x", "dns:a"])
def test_a_record_of_no_web_address_is_rejected(tmp_path, url):
    run(tmp_path / "raw", write_archive(tmp_path / "a.warc.gz", [{"url": url}, {}]))
    assert [reason for _, reason in fates(tmp_path / "raw")] == ["bad_url", None]


@pytest.mark.parametrize("size", [1, 262_143, 262_144, 262_145, 700_000, 3_000_000])
def test_records_of_every_size_are_cut_where_they_end(tmp_path, size):
    pages = [{"body": b"<div>killed" * (size // 11)}, {"body": random.Random(1).randbytes(size)}]
    archive = write_archive(tmp_path / "news.warc.gz", [*pages, *pages])
    run(tmp_path / "raw", archive)
    assert bodies(tmp_path / "raw") == [page["body"] for page in (*pages, *pages)]


def test_a_record_larger_than_any_page_is_passed_over(tmp_path, monkeypatch):
    monkeypatch.setattr("flows.rawstore.pieces.MAX_RECORD_BYTES", 300_000)
    pages = [{}, {"body": b"x" * 1_000_000}, {"body": random.Random(1).randbytes(700_000)}, {}]
    for name, packed in (("packed", True), ("plain", False)):
        archive = write_archive(tmp_path / f"{name}.warc", pages, packed=packed)
        run(tmp_path / name, archive)
        reasons = [reason for _, reason in fates(tmp_path / name)]
        assert reasons == [None, "too_large", "too_large", None]


IMPORT = """
import resource, sys
from pathlib import Path
from flows.ingesting.archives import ArchiveOptions, ingest_archives
root, records, *archives = sys.argv[1:]
options = ArchiveOptions(shard_records=int(records), workers=2)
done = ingest_archives(Path(root), map(Path, archives), options)
print(done.fetched, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def start_import(root, records, *archives):
    return subprocess.Popen(
        [sys.executable, "-c", IMPORT, str(root), str(records), *map(str, archives)],
        stdout=subprocess.PIPE,
        text=True,
    )


def stored(root):
    return {p.relative_to(root): p.read_bytes() for p in root.rglob("*-b*") if p.is_file()}


@pytest.mark.parametrize("count", [1, 3])
def test_an_import_killed_at_any_moment_ends_as_an_undisturbed_one(tmp_path, count):
    archives, root = [tmp_path / f"news{n}.warc.gz" for n in range(count)], tmp_path / "raw"
    for archive in archives:
        whole_archive(archive, 600)
    run(tmp_path / "whole", *archives, shard_records=5)
    killed = 0
    for goal in (3, 40, 80):
        process = start_import(root, 5, *archives)
        while process.poll() is None and len(list(root.rglob("*.index.parquet"))) < goal:
            time.sleep(0.001)
        process.kill()
        killed += process.wait() == -signal.SIGKILL
        process.stdout.close()
    assert killed
    rest = run(root, *archives, shard_records=5, workers=2)
    assert rest.responses < 600 * count
    assert stored(root) == stored(tmp_path / "whole")


def test_archives_side_by_side_give_what_they_give_one_after_the_other(tmp_path):
    archives = [tmp_path / f"{name}.warc.gz" for name in "cab"]
    for n, archive in enumerate(archives):
        whole_archive(archive, 4 + 3 * n)
    twice = [*archives, archives[0]]
    alone = run(tmp_path / "alone", *twice, shard_records=3)
    beside = run(tmp_path / "beside", *twice, shard_records=3, workers=3)
    assert beside == alone
    assert beside.responses == 4 + 7 + 10
    assert stored(tmp_path / "beside") == stored(tmp_path / "alone")
    again = run(tmp_path / "beside", *twice, shard_records=3, workers=3)
    assert (again.run_ids, again.responses) == (alone.run_ids, 0)


def test_a_bad_archive_beside_others_is_named_and_can_be_left_out(tmp_path):
    good, bad = tmp_path / "good.warc.gz", tmp_path / "bad.warc.gz"
    whole_archive(good, 6)
    bad.write_bytes(b"no archive at all")
    with pytest.raises(StoreError, match=r"bad\.warc\.gz: is no WARC"):
        run(tmp_path / "raw", bad, good, workers=2)
    run(tmp_path / "raw", good, workers=2)
    assert len(bodies(tmp_path / "raw")) == 6


def lose_a_worker(errand):
    if errand.archive.name.startswith("bad"):
        os.kill(os.getpid(), signal.SIGKILL)
    return archives_module._ingest_archive(errand)


def test_a_worker_that_is_killed_costs_its_archive_and_says_what_to_do(tmp_path, monkeypatch):
    good, bad = tmp_path / "good.warc.gz", tmp_path / "bad.warc.gz"
    for archive in (good, bad):
        whole_archive(archive, 6)
    with monkeypatch.context() as patch:
        patch.setattr(archives_module, "_ingest_aside", lose_a_worker)
        with pytest.raises(StoreError, match=r"bad\.warc\.gz: .*crashed.* run it again"):
            run(tmp_path / "raw", good, bad, workers=2)
    assert len(bodies(tmp_path / "raw")) == 6
    run(tmp_path / "raw", good, bad, workers=2)
    assert len(bodies(tmp_path / "raw")) == 12


def test_no_other_import_begins_while_a_worker_of_a_dead_one_still_writes(tmp_path):
    """A worker holds the store's lock with the process that started it."""
    (tmp_path / "raw").mkdir()
    path = tmp_path / "raw" / ".lock"
    with BoundedPool(time.sleep, Bounds(1, 60.0, 200)) as pool:
        with hold_lock(path, purpose="ingest archives") as lock:
            pool._keep = (lock,)
            list(pool.run([0]))
        with pytest.raises(LockedError):
            run(tmp_path / "raw")
    run(tmp_path / "raw")


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_memory_does_not_grow_with_the_archive(tmp_path):
    body = b"<html><p>" + b"The council met and spoke of roads. " * 2800 + b"</p></html>"
    peaks = []
    for count in (2_000, 20_000):  # 0.2 and 2 GB of pages
        archive = tmp_path / f"{count}.warc.gz"
        with archive.open("wb") as file:
            for n in range(count):
                block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
                head = (
                    f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/{n}\r\n"
                    f"WARC-Date: 2026-10-05T23:10:00Z\r\nContent-Length: {len(block)}\r\n\r\n"
                )
                file.write(gzip.compress(head.encode() + block + b"\r\n\r\n", 1))
        process = start_import(tmp_path / f"raw{count}", 1000, archive)
        said, _ = process.communicate(timeout=300)
        fetched, peak = map(int, said.split())
        assert fetched == count
        peaks.append(peak)
    assert peaks[1] - peaks[0] < 40
