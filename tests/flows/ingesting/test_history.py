"""What earlier nights left, from shards written here."""

from datetime import date

import pytest

from flows.fetching.policy import Validators
from flows.ingesting.history import read_past
from flows.rawstore import Outcome, write_shard

URL = "https://courier.example/rss"
TONIGHT = date(2026, 11, 20)


@pytest.fixture
def store(tmp_path):
    """Write the rows of one night."""

    def add(day, *rows, run=1):
        night = date(2026, 11, day)
        with write_shard(
            tmp_path, night=night, run_id=f"{night}-{run:02d}", batch=0, feeds=[]
        ) as w:
            for row in rows:
                w.add(row)

    add.past = lambda: read_past(tmp_path, TONIGHT, {"courier": URL})
    return add


def feed(outcome="fetched", **fields):
    row = {"kind": "feed", "feed_id": "courier", "url": URL, "final_url": URL, "outcome": outcome}
    return Outcome(**{**row, "consecutive_failures": 0, **fields})


def page(key, outcome="fetched", *, said=1, tries=1):
    return Outcome(
        kind="page", feed_id="courier", url=f"https://courier.example/{key}", outcome=outcome,
        page_key=key, entry_key=said, entry='{"title": "x"}', tries=tries,
    )  # fmt: skip


def test_an_empty_store_knows_nothing(store):
    past = store.past()
    assert past.feed("courier").validators is None
    assert past.pages.entry_key(1) is None
    assert past.pending == {}


def test_validators_are_those_of_the_newest_good_answer(store):
    store(17, feed(etag='"1"'))
    store(18, feed("unchanged"))
    store(19, feed("deferred", reason="dns", etag='"no"'))
    assert store.past().feed("courier").validators == Validators(URL, '"1"', None)


def test_a_newer_document_without_validators_ends_older_ones(store):
    store(17, feed(etag='"1"'))
    store(18, feed())
    assert store.past().feed("courier").validators is None


def test_a_document_that_could_not_be_read_gives_no_validators(store):
    store(17, feed(etag='"1"'))
    store(18, feed("rejected", reason="not_a_feed", etag='"2"'))
    assert store.past().feed("courier").validators == Validators(URL, '"1"', None)


def test_another_address_is_another_past(store):
    store(19, feed(etag='"1"', url="https://courier.example/old"))
    assert store.past().feed("courier").validators is None


def test_later_nights_and_nights_long_ago_do_not_count(store):
    store(21, feed(etag='"future"'))
    assert store.past().feed("courier").validators is None


def test_the_newest_word_on_a_page_counts(store):
    store(17, page(1, said=5), page(2, "rejected", said=6), page(3, "deferred"))
    store(18, page(1, said=7), page(-4, said=-8))
    pages = store.past().pages
    assert [pages.entry_key(k) for k in (1, 2, 3, -4, 9)] == [7, 6, None, -8, None]


def test_pending_pages_are_those_whose_last_word_was_to_wait(store):
    store(18, page(1, "deferred"), page(2, "deferred"), page(3))
    store(19, page(2), page(3, "deferred", said=2), page(4, "deferred", tries=2))
    pending = {p.page_key: p.tries for p in store.past().pending["courier"]}
    assert pending == {1: 1, 3: 1, 4: 2}


def test_pending_pages_of_an_earlier_run_of_tonight_have_not_used_up_the_night(store):
    store(20, page(1, "deferred", tries=1))
    assert [p.tries for p in store.past().pending["courier"]] == [0]


def test_the_best_run_of_a_night_stands_for_it(store):
    store(18, feed("fetched", entries=5))
    store(18, feed("deferred", reason="dns", consecutive_failures=1), run=2)
    past = store.past().feed("courier")
    assert [(r["outcome"], r["entries"]) for r in past.nights] == [("fetched", 5)]
    assert past.failures == 0


@pytest.mark.parametrize(
    ("targets", "moved"), [("aaa", "a"), ("aa", None), ("aab", None), ("baaa", "a")]
)
def test_moves(store, targets, moved):
    for day, target in enumerate(targets, start=20 - len(targets)):
        store(day, feed(permanent_url=target))
    assert store.past().feed("courier").moved_to == moved


def test_a_failure_between_ends_a_move(store):
    store(16, feed(permanent_url="a"))
    store(17, feed(permanent_url="a"))
    store(18, feed("deferred", reason="dns"))
    store(19, feed(permanent_url="a"))
    assert store.past().feed("courier").moved_to is None
