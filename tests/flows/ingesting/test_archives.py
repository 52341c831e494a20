"""WARC archives made by others, as Common Crawl makes them."""

import gzip
from contextlib import suppress
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import flows.ingesting.archives as archives_module
from flows.ingesting.archives import ArchiveOptions, ingest_archives
from flows.rawstore import iter_shards, read_index, read_shard, shard_reject_rows
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
        *(None, "http_status", "http_status", "not_a_page", "http_status"),
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
    from flows.lock import hold_lock

    (tmp_path / "raw").mkdir()
    with hold_lock(tmp_path / "raw" / ".lock", purpose="test"), pytest.raises(LockedError):
        run(tmp_path / "raw")
