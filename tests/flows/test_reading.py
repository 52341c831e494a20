"""Documents from outside, read where a parser can be stopped; and the audit of the look."""

import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import flows.reading as reading_module
from flows.rawstore import RawRecord
from flows.reading import LookAudit, end_page_workers, feed_reader, page_reader
from flows.reference import load_knowledge
from transforms.errors import FeedError
from transforms.feeds import Feed
from transforms.pages import Page

FEED = Feed("courier", "https://courier.example/rss", "The Courier")
REFERENCE = Path(__file__).parents[2] / "data" / "reference"
FILLER = "The council of the town met on Monday and spoke of roads, water and the school. " * 6


def rss(*items):
    listed = "".join(f"<item><title>{i}</title></item>" for i in items)
    return f"<rss version='2.0'><channel><title>t</title>{listed}</channel></rss>".encode()


def entities(size):
    """A document within all limits whose character entities cost feedparser a second per MB."""
    doctype = b"<!DOCTYPE rss [<!ENTITY a 'b'>]>"
    return doctype + rss("&a;" * (size // 3))


def test_a_small_document_needs_no_worker(monkeypatch):
    monkeypatch.setattr(reading_module, "FEED_SECONDS", 0.0)
    with feed_reader() as read:
        assert read(rss("A", "B"), None, FEED).entries["title"].tolist() == ["A", "B"]
        with pytest.raises(FeedError, match="not_a_feed"):
            read(b"<html>Maintenance</html>", None, FEED)


def test_a_large_document_is_read_and_refused_as_a_small_one(monkeypatch):
    monkeypatch.setattr(reading_module, "SMALL_FEED_BYTES", 0)
    with feed_reader() as read:
        parsed = read(rss("A & B"), None, FEED)
        assert parsed.entries["title"].tolist() == ["A & B"]
        assert parsed.findings[0].startswith("recovered")
        with pytest.raises(FeedError) as refused:
            read(b"<html>Maintenance</html>", None, FEED)
    assert refused.value.reason == "not_a_feed"


def test_a_document_that_takes_too_long_is_stopped_and_the_next_is_read(monkeypatch):
    monkeypatch.setattr(reading_module, "FEED_SECONDS", 1.0)
    with feed_reader() as read:
        read(rss("A" * reading_module.SMALL_FEED_BYTES), None, FEED)  # the worker starts
        started = time.monotonic()
        with pytest.raises(FeedError) as stopped:
            read(entities(14_000_000), None, FEED)
        assert time.monotonic() - started < 5
        assert (stopped.value.reason, "deadline" in stopped.value.detail) == ("xml_limits", True)
        assert len(read(rss("A" * reading_module.SMALL_FEED_BYTES), None, FEED).entries) == 1


def test_a_document_that_takes_too_much_memory_is_stopped(monkeypatch):
    monkeypatch.setattr(reading_module, "FEED_MEMORY_MB", 40)
    with feed_reader() as read, pytest.raises(FeedError) as stopped:
        read(rss("word " * 2_500_000), None, FEED)
    assert stopped.value.reason == "xml_limits"


def record(url, html):
    return RawRecord(
        kind="page",
        outcome="fetched",
        feed=FEED,
        url=url,
        final_url=url,
        content_type="text/html",
        fetched_at=datetime(2026, 11, 20, tzinfo=UTC),
        night=date(2026, 11, 20),
        run_id="2026-11-20-01",
        raw_ref="shard#0",
        entry=None,
        body=f"<html><body><article><p>{html}</p></article></body></html>".encode(),
    )


PAGES = [
    record("https://a.example/told", f"Three people were killed. {FILLER}"),
    record("https://a.example/quiet", FILLER),
    # the look takes tags for gaps between words; the extraction does not
    record("https://a.example/split", f"Three people were kil<b>led</b> here. {FILLER}"),
    record("https://a.example/short", "Nothing."),
    record("https://a.example/words", f"The body of it was shot through with doubt. {FILLER}"),
    record("https://a.example/related", f"{FILLER}</p><div class='related'>Two killed</div><p>"),
]


@pytest.fixture(scope="module")
def knowledge():
    return load_knowledge(REFERENCE)


@pytest.mark.parametrize(
    ("look", "read_pages"),
    [
        ("words", [True, False, False, False, True, False]),
        ("claims", [True, False, False, False, False, False]),
    ],
)
def test_without_an_audit_only_what_the_look_finds_is_read(
    knowledge, monkeypatch, look, read_pages
):
    monkeypatch.setattr(reading_module, "AUDITED_SHARE", 0.0)
    with page_reader(knowledge, look) as read:
        pages = read(PAGES)
        assert [page is not None for page in pages] == read_pages
        assert read.audit == LookAudit(pages=6, passed_over=read_pages.count(False))


def test_the_audit_reads_what_was_passed_over_and_tells_what_was_missed(knowledge, monkeypatch):
    monkeypatch.setattr(reading_module, "AUDITED_SHARE", 1.0)
    with page_reader(knowledge, "claims") as read:
        pages = read(PAGES)
        read([])
        audit = read.audit
    assert [isinstance(page, Page) for page in pages] == [True, True, True, False, True, True]
    assert [page.passed_over for page in pages if isinstance(page, Page)] == [
        False, True, False, False, True
    ]  # fmt: skip
    assert "killed here" in pages[2].text
    assert (audit.pages, audit.passed_over, audit.audited) == (6, 5, 5)
    assert audit.carrying == 2
    assert audit.missed == ["https://a.example/split"]


def page_workers(read):
    return [worker.process.pid for worker in read._pool._workers]


def test_a_worker_reads_shard_after_shard_and_a_dead_one_is_replaced_at_no_cost(knowledge):
    end_page_workers()
    with page_reader(knowledge) as read:
        pages = read(PAGES)
        [worker] = page_workers(read)
    with page_reader(knowledge) as read:
        assert read(PAGES) == pages
        assert page_workers(read) == [worker]
        assert read.audit.pages == len(PAGES)
        pool = read._pool
    pool._workers[0].process.kill()
    pool._workers[0].process.wait()
    with page_reader(knowledge) as read:
        assert read(PAGES) == pages
        assert page_workers(read) != [worker]
    end_page_workers()
    assert not pool._workers


def test_a_worker_is_ended_where_a_shard_fails_and_shared_by_no_two(knowledge):
    end_page_workers()
    with page_reader(knowledge) as first, page_reader(knowledge) as second:
        assert first._pool is not second._pool
        first(PAGES)
        second(PAGES)
    with pytest.raises(KeyError), page_reader(knowledge) as third:
        raise KeyError("shard")
    assert not third._pool._workers
    assert len(reading_module._spare) == 1
    end_page_workers()
