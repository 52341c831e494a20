"""Whole nights over a loopback server: what is asked, what is stored, and the balance."""

import gzip
import time
from datetime import date, timedelta

import pytest
from fastwarc.warc import ArchiveIterator, WarcRecordType

import flows.rawstore.write as write_module
import flows.reading as reading_module
from flows.fetch import FetchPolicy
from flows.ingesting.night import batches_of, ingest_feeds, workers_for
from flows.rawstore import iter_shards, read_index, read_shard, shard_feed_rows, shard_reject_rows
from transforms.errors import LockedError, NothingReachedError, StoreError
from transforms.feeds import Feed

NIGHT = date(2026, 11, 20)


def item(n, title=None, link=None):
    link = link or f"/page/{n}"
    return (
        f"<item><title>{title or f'Story {n}'}</title><link>BASE{link}</link><guid>{link}</guid>"
        f"<description>Short {n}</description>"
        f"<pubDate>Thu, 19 Nov 2026 {n % 24:02d}:00:00 GMT</pubDate></item>"
    )


def rss(server, *items):
    text = f"<rss version='2.0'><channel><title>t</title>{''.join(items)}</channel></rss>"
    return text.replace("BASE", server.url("")).encode()


@pytest.fixture
def press(server, http):
    """A server with one feed of three stories and their pages, at /rss."""
    server.routes["/rss"] = http.answer(rss(server, *map(item, range(3))), ETag='"1"')
    for n in range(10):
        server.routes[f"/page/{n}"] = http.answer(b"<html>Story %d</html>" % n)
    return server


def make_feed(server, path="/rss", *, name="courier", **fields):
    return Feed(
        **{
            "id": name,
            "url": server.url(path),
            "publisher": "The Courier",
            "internal": True,
            **fields,
        }
    )


@pytest.fixture
def run(tmp_path):
    """Run one night's ingest; every night uses the same raw store."""

    def run(*feeds, night=0, **policy):
        rules = FetchPolicy(**{"delay": 0, "deadline": 2, "retry_wait": 0.01, **policy})
        result = ingest_feeds(tmp_path, NIGHT + timedelta(days=night), feeds, rules)
        requests = dict(result.requests)
        planned = requests.pop("planned")
        assert planned == sum(requests.values())
        stored = [r for s in run_shards(tmp_path, result) for r in read_index(s).to_pylist()]
        for outcome, count in requests.items():
            assert count == sum(r["outcome"] == outcome for r in stored)
        return result

    run.root = tmp_path
    return run


def run_shards(root, result):
    return [s for s in iter_shards(root) if s.run_id == result.run_id]


def rows(root, result, kind=None):
    found = [r for s in run_shards(root, result) for r in read_index(s).to_pylist()]
    return [r for r in found if kind in (None, r["kind"])]


def page_hits(server):
    return sum(r.path.startswith("/page/") for r in server.requests)


def feed_row(root, result, feed_id="courier"):
    return next(r for r in rows(root, result, "feed") if r["feed_id"] == feed_id)


def test_a_night_stores_feeds_and_pages(press, run):
    result = run(make_feed(press))
    assert result.requests == {
        "planned": 4,
        "fetched": 4,
        "unchanged": 0,
        "rejected": 0,
        "deferred": 0,
    }
    assert (result.entries, result.known, result.failed_feeds) == (3, 0, ())
    [shard] = iter_shards(run.root)
    records = list(read_shard(shard))
    assert [r.kind for r in records] == ["feed", "page", "page", "page"]
    assert sorted(r.body for r in records[1:]) == [b"<html>Story %d</html>" % n for n in range(3)]
    assert {r.entry["title"] for r in records[1:]} == {"Story 0", "Story 1", "Story 2"}
    assert records[1].entry["published_at"].startswith("2026-11-19T")
    assert records[0].feed == make_feed(press)
    frame = shard_feed_rows(shard)
    assert frame["consecutive_failures"].tolist() == [0]
    assert shard_reject_rows(shard).empty


def test_a_feed_with_full_text_needs_no_pages(press, run):
    result = run(make_feed(press, full_text=True))
    assert result.requests["planned"] == 1
    assert page_hits(press) == 0


def test_a_night_without_feeds_is_a_night(run):
    result = run()
    assert result.requests["planned"] == 0
    assert iter_shards(run.root) == []


def test_an_empty_feed_is_a_feed(press, run, http):
    press.routes["/rss"] = http.answer(rss(press))
    result = run(make_feed(press))
    assert result.requests["fetched"] == 1
    assert feed_row(run.root, result)["entries"] == 0


def test_the_same_night_again_fetches_no_page_again(press, run, http):
    feed = make_feed(press)
    first = run(feed)
    second = run(feed)
    assert (first.run_id, second.run_id) == ("2026-11-20-01", "2026-11-20-02")
    assert second.requests["unchanged"] == second.requests["planned"] == 1
    assert page_hits(press) == 3


def test_a_document_with_the_same_bytes_is_unchanged_without_validators(press, run, http):
    press.routes["/rss"] = http.answer(rss(press, item(1)))
    run(make_feed(press))
    result = run(make_feed(press), night=1)
    assert result.requests["unchanged"] == 1


def test_a_second_run_of_a_night_is_less_patient(press, run):
    press.routes["/stuck"] = lambda connection, request: time.sleep(3)
    feeds = make_feed(press), make_feed(press, "/stuck", name="stuck")
    run(*feeds, deadline=0.9)
    started = time.monotonic()
    assert run(*feeds, deadline=0.9).failed_feeds == ("stuck",)
    assert time.monotonic() - started < 0.8


def test_only_new_and_edited_entries_are_fetched(press, run, http):
    run(make_feed(press))
    press.routes["/rss"] = http.answer(
        rss(press, item(3), item(0, title="Story 0, corrected"), item(1), item(2)), ETag='"2"'
    )
    result = run(make_feed(press), night=1)
    assert result.pages["fetched"] == 2
    assert (result.entries, result.known) == (4, 2)
    assert [press.hits(f"/page/{n}") for n in range(4)] == [2, 1, 1, 1]


def test_tracking_parameters_make_no_new_page(press, run, http):
    run(make_feed(press))
    press.routes["/rss"] = http.answer(rss(press, item(1, link="/page/1?utm_source=rss")))
    result = run(make_feed(press), night=1)
    assert result.pages == {"fetched": 0, "unchanged": 0, "rejected": 0, "deferred": 0}


def test_a_page_in_two_feeds_is_fetched_once(press, run, http):
    press.routes["/copy"] = http.answer(rss(press, item(0), item(4)))
    result = run(make_feed(press), make_feed(press, "/copy", name="digest"))
    assert result.pages["fetched"] == 4
    assert press.hits("/page/0") == 1


def test_pages_beyond_the_bound_are_put_off_and_the_newest_come_first(press, run):
    result = run(make_feed(press, max_pages=1))
    assert result.pages == {"fetched": 1, "unchanged": 0, "rejected": 0, "deferred": 2}
    assert press.hits("/page/2") == 1
    later = run(make_feed(press, max_pages=1), night=1)
    assert later.pages == {"fetched": 1, "unchanged": 0, "rejected": 0, "deferred": 1}
    assert press.hits("/page/1") == 1


def test_pages_put_off_are_taken_up_though_the_feed_has_forgotten_them(press, run, http):
    press.routes["/page/1"] = http.answer(b"", status="500 Oh")
    first = run(make_feed(press))
    assert first.pages["deferred"] == 1
    press.routes["/rss"] = http.answer(rss(press, item(5)))
    press.routes["/page/1"] = http.answer(b"<html>late</html>")
    second = run(make_feed(press), night=1)
    assert second.pages["fetched"] == 2
    late = next(r for s in run_shards(run.root, second) for r in read_shard(s) if b"late" in r.body)
    assert late.entry["title"] == "Story 1"
    third = run(make_feed(press), night=2)
    assert third.requests == {
        "planned": 1,
        "fetched": 0,
        "unchanged": 1,
        "rejected": 0,
        "deferred": 0,
    }


def test_pages_put_off_are_taken_up_though_the_feed_fails(press, run, http):
    press.routes["/page/1"] = http.answer(b"", status="500 Oh")
    run(make_feed(press), make_feed(press, "/other", name="other"))
    press.routes["/page/1"] = http.answer(b"<html>late</html>")
    press.routes["/rss"] = http.answer(b"", status="500 Oh")
    press.routes["/other"] = http.answer(rss(press))
    result = run(make_feed(press), make_feed(press, "/other", name="other"), night=1)
    assert result.pages["fetched"] == 1
    assert result.failed_feeds == ("courier",)


def test_a_page_is_given_up_on_the_third_night(press, run, http):
    press.routes["/page/1"] = http.answer(b"", status="500 Oh")
    ends = [run(make_feed(press), night=n).pages for n in range(4)]
    assert [e["deferred"] for e in ends] == [1, 1, 0, 0]
    assert [e["rejected"] for e in ends] == [0, 0, 1, 0]


def test_a_second_run_of_a_night_does_not_use_up_a_page_s_nights(press, run, http):
    press.routes["/page/1"] = http.answer(b"", status="500 Oh")
    for _ in range(4):
        result = run(make_feed(press))
    assert result.pages["deferred"] == 1


def test_a_page_that_is_gone_is_not_asked_again(press, run, http):
    press.routes["/page/1"] = http.answer(b"", status="404 Not Found")
    first = run(make_feed(press))
    assert first.pages == {"fetched": 2, "unchanged": 0, "rejected": 1, "deferred": 0}
    press.routes["/rss"] = http.answer(rss(press, *map(item, range(4))))
    run(make_feed(press), night=1)
    assert press.hits("/page/1") == 1
    rejects = shard_reject_rows(run_shards(run.root, first)[0])
    assert rejects[["stage", "reason"]].values.tolist() == [["fetch", "not_found"]]


# N01, N02, N05, N08: one bad feed among good ones


def test_bad_feeds_leave_the_others_alone_and_their_failures_are_counted(press, run, http):
    press.routes["/drip"] = http.drip(b"HTTP/1.1 200 OK\r\n", 0.05)
    press.routes["/cut"] = http.closing(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n<rss>")
    press.routes["/ten"] = http.answer(b"x", Content_Encoding=",".join(["gzip"] * 10))
    feeds = [
        make_feed(press, full_text=True),
        *(make_feed(press, f"/{name}", name=name) for name in ("drip", "cut", "ten")),
        Feed(id="closed", url="http://127.0.0.1:1024/rss", publisher="p", internal=True),
        Feed(id="nonsense", url="gopher://x", publisher="p"),
    ]
    result = run(*feeds, deadline=0.4)
    assert result.failed_feeds == ("closed", "cut", "drip", "nonsense", "ten")
    reasons = {r["feed_id"]: (r["outcome"], r["reason"]) for r in rows(run.root, result, "feed")}
    assert reasons == {
        "courier": ("fetched", None), "drip": ("deferred", "deadline"),
        "cut": ("deferred", "truncated"), "ten": ("rejected", "encoding"),
        "closed": ("deferred", "refused"), "nonsense": ("rejected", "bad_url"),
    }  # fmt: skip
    assert [r.feed.id for s in iter_shards(run.root) for r in read_shard(s)] == ["courier"]
    for night in (1, 2):
        result = run(*feeds, deadline=0.4, night=night)
    assert feed_row(run.root, result, "closed")["consecutive_failures"] == 3
    assert feed_row(run.root, result, "closed")["last_success"] is None
    assert feed_row(run.root, result)["last_success"] == NIGHT + timedelta(days=2)
    assert any(f.startswith("failing: feed closed: failed on 3 nights") for f in result.findings)


def test_the_same_night_again_is_one_failure(press, run, http):
    good = make_feed(press, full_text=True)
    bad = make_feed(press, "/bad", name="bad")
    press.routes["/bad"] = http.answer(b"", status="500 Oh")
    run(good, bad)
    again = run(good, bad)
    assert feed_row(run.root, again, "bad")["consecutive_failures"] == 1


def test_success_ends_a_row_of_failures(press, run, http):
    good = make_feed(press, name="good", full_text=True)
    press.routes["/bad"] = http.sequence(http.answer(b"", status="403 No"), http.answer(rss(press)))
    run(good, make_feed(press, "/bad"))
    result = run(good, make_feed(press, "/bad"), night=1)
    assert feed_row(run.root, result)["consecutive_failures"] == 0


def test_when_nothing_can_be_reached_it_says_so(run):
    feed = Feed(id="closed", url="http://127.0.0.1:1024/rss", publisher="p", internal=True)
    with pytest.raises(NothingReachedError, match="not one of 1 feeds"):
        run(feed)
    assert [r["reason"] for s in iter_shards(run.root) for r in read_index(s).to_pylist()] == [
        "refused"
    ]


# N11, N12: moved and gone


def redirect(http, target, status):
    return http.answer(b"", status=f"{status} Moved", Location=target)


@pytest.mark.parametrize(("status", "followed"), [(301, True), (308, True), (302, False)])
def test_a_move_is_believed_after_three_nights(press, run, http, status, followed):
    feed = make_feed(press, "/old", full_text=True)
    press.routes["/old"] = redirect(http, press.url("/rss"), status)
    for night in range(3):
        result = run(feed, night=night)
    assert press.hits("/old") == 3
    assert any(f.startswith("moved: feed courier") for f in result.findings) is followed
    run(feed, night=3)
    assert press.hits("/old") == (3 if followed else 4)
    assert press.hits("/rss") == 4
    # the new address fails: the old one is asked again the night after
    press.routes["/rss"] = http.answer(b"", status="404 Not Found")
    with pytest.raises(NothingReachedError):
        run(feed, night=4)
    press.routes["/old"] = http.answer(rss(press))
    run(feed, night=5)
    assert press.hits("/old") == (4 if followed else 6)


def test_a_move_that_changes_its_mind_is_not_followed(press, run, http):
    feed = make_feed(press, "/old", full_text=True)
    press.routes["/two"] = press.routes["/rss"]
    for night, target in enumerate(["/rss", "/two", "/rss", "/two"]):
        press.routes["/old"] = redirect(http, press.url(target), 301)
        run(feed, night=night)
    assert press.hits("/old") == 4


def test_validators_follow_a_redirect(press, run, http):
    def conditional(connection, request):
        known = request.headers.get("if-none-match") == '"7"'
        status = "304 Not Modified" if known else "200 OK"
        connection.sendall(http.answer(b"" if known else rss(press), status=status, ETag='"7"'))

    press.routes["/old"] = redirect(http, press.url("/new"), 302)
    press.routes["/new"] = conditional
    feed = make_feed(press, "/old")
    assert run(feed).requests["fetched"] == 1
    result = run(feed, night=1)
    assert result.requests["unchanged"] == 1
    assert feed_row(run.root, result)["http_status"] == 304


def test_410_retires_a_feed_at_once_and_404_after_three_nights(press, run, http):
    good = make_feed(press, name="good", full_text=True)
    gone, lost = make_feed(press, "/gone", name="gone"), make_feed(press, "/lost", name="lost")
    press.routes["/gone"] = http.answer(b"", status="410 Gone")
    press.routes["/lost"] = http.answer(b"", status="404 Not Found")
    results = [run(good, gone, lost, night=n) for n in range(5)]
    assert press.hits("/gone") == 1
    assert press.hits("/lost") == 3
    assert [r.requests["planned"] for r in results] == [3, 2, 2, 1, 1]
    assert any(f.startswith("gone: feed gone") for f in results[0].findings)
    assert not any(f.startswith("gone: feed lost") for f in results[2].findings)
    assert any(f.startswith("gone: feed lost") for f in results[3].findings)
    row = feed_row(run.root, results[4], "lost")
    assert (row["outcome"], row["reason"], row["consecutive_failures"]) == (
        "skipped",
        "not_found",
        5,
    )
    moved = make_feed(press, "/rss", name="lost", full_text=True)
    assert run(good, moved, night=5).requests["planned"] == 2


# N13: hosts that ask for time


def test_a_host_that_asks_for_a_second_gets_it(press, run, http):
    press.routes["/page/1"] = http.sequence(
        http.answer(b"", status="429 Slow", Retry_After="1"), http.answer(b"<html>1</html>")
    )
    result = run(make_feed(press), deadline=5)
    assert result.pages["fetched"] == 3


def test_a_host_that_asks_for_more_than_the_night_has_is_put_off(make_server, press, run, http):
    other = make_server()
    other.routes["/rss"] = http.answer(rss(press, item(7)))
    press.routes["/page/2"] = http.answer(b"", status="503 Busy", Retry_After="3600")
    result = run(make_feed(press), make_feed(other, name="other"), window=30)
    assert result.pages["deferred"] >= 1
    assert {r["reason"] for r in rows(run.root, result, "page") if r["reason"]} == {"rate_limited"}
    assert "other" not in result.failed_feeds


def test_the_night_ends_in_time_and_the_rest_is_put_off(press, run, http):
    def slow(connection, request):
        time.sleep(0.3)
        connection.sendall(http.answer(b"<html></html>"))

    for n in range(3):
        press.routes[f"/page/{n}"] = slow
    result = run(make_feed(press), window=0.45, per_host=1)
    assert result.pages["deferred"] >= 1
    assert "window" in {r["reason"] for r in rows(run.root, result, "page")}
    later = run(make_feed(press), night=1)
    assert later.pages["fetched"] == result.pages["deferred"]


# N15, crash: nothing is known that is not stored


def test_a_run_that_dies_before_the_commit_never_was(press, run, monkeypatch):
    def die(*args):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(write_module, "_commit", die)
        with pytest.raises(StoreError, match="No space left"):
            run(make_feed(press))
    assert iter_shards(run.root) == []
    result = run(make_feed(press))
    assert result.requests["fetched"] == 4
    assert "if-none-match" not in press.requests[-4].headers
    assert press.hits("/rss") == 2
    assert press.hits("/page/0") == 2


def test_one_run_at_a_time(press, run):
    from flows.lock import hold_lock

    with hold_lock(run.root / ".lock", purpose="test"), pytest.raises(LockedError):
        run(make_feed(press))
    assert press.requests == []


def test_leftovers_of_a_killed_run_are_removed(press, run):
    folder = run.root / NIGHT.isoformat()
    folder.mkdir()
    (folder / "2026-11-20-01-b000.warc.gz.tmp").write_bytes(b"half")
    run(make_feed(press))
    assert len(list(folder.iterdir())) == 2


# N17: no feed where a feed should be


@pytest.mark.parametrize("body", [b"<html><title>Maintenance</title></html>", b"", b"\x00" * 50])
def test_a_page_in_place_of_a_feed_is_kept_and_not_believed(press, run, http, body):
    feed = make_feed(press, full_text=True)
    good = make_feed(press, "/good", name="good", full_text=True)
    press.routes["/good"] = press.routes["/rss"]
    for night in range(7):
        items = [item(night), item(night + 1)]
        press.routes["/rss"] = http.answer(rss(press, *items), ETag=f'"{night}"')
        run(feed, good, night=night)
    press.routes["/rss"] = http.answer(body, Content_Type="application/rss+xml", ETag='"x"')
    result = run(feed, good, night=7)
    row = feed_row(run.root, result)
    assert (row["outcome"], row["http_status"]) == ("rejected", 200)
    assert row["reason"] in ("not_a_feed", "empty")
    kept = [
        r for s in run_shards(run.root, result) for r in read_shard(s) if r.feed.id == "courier"
    ]
    assert [(r.outcome, r.body) for r in kept] == [("rejected", body)]
    assert any(f.startswith("silent: feed courier") for f in result.findings)
    # its validators are not kept: the next night asks for the document itself
    run(feed, good, night=8)
    asked = [r for r in press.requests if r.path == "/rss"][-1]
    assert asked.headers["if-none-match"] == '"6"'


def test_a_parser_that_breaks_costs_one_feed(press, run, http, monkeypatch):
    parse = reading_module.parse_feed

    def breaking(body, content_type, feed):
        if feed.id == "bad":
            raise RecursionError("too deep\nby far")
        return parse(body, content_type, feed)

    monkeypatch.setattr(reading_module, "parse_feed", breaking)
    press.routes["/bad"] = http.answer(rss(press, item(4)))
    result = run(make_feed(press), make_feed(press, "/bad", name="bad"))
    assert result.failed_feeds == ("bad",)
    row = feed_row(run.root, result, "bad")
    assert row["reason"] == "internal_error"
    assert "\n" not in row["detail"]
    assert result.pages["fetched"] == 3


# N04, N07, N08: what is refused is kept as it was sent


def test_bytes_that_are_refused_stay_in_the_store_and_are_not_read(press, run, http):
    packed = gzip.compress(b"<p>" * 3_000_000)
    press.routes["/page/0"] = http.answer(packed, Content_Encoding="gzip")
    press.routes["/page/1"] = http.answer(b"x" * 60_000)
    press.routes["/page/2"] = http.answer(b"\x00noise" * 9, Content_Encoding="br")
    press.routes["/feed"] = http.answer(b"<rss>" * 20_000)
    feeds = make_feed(press), make_feed(press, "/feed", name="endless")
    result = run(*feeds, page_bytes=50_000, feed_bytes=70_000)
    [shard] = run_shards(run.root, result)
    refused = {
        row["reason"]: row for row in read_index(shard).to_pylist() if row["outcome"] == "rejected"
    }
    assert set(refused) == {"bomb", "too_large", "encoding"}
    rejects = shard_reject_rows(shard).set_index("url")
    assert len(rejects) == 4
    kept = {}
    with shard.warc_path.open("rb") as file:
        for record in ArchiveIterator(file, record_types=WarcRecordType.response):
            url, body = record.headers["WARC-Target-URI"], record.reader.read()
            kept[url] = (f"{shard.name}#{record.stream_pos}", body)
            cut = url in (press.url("/page/1"), press.url("/feed"))
            assert record.headers.get("WARC-Truncated") == ("length" if cut else None)
    for url, raw_ref in rejects["raw_ref"].items():
        assert kept[url][0] == raw_ref
    assert kept[press.url("/page/0")][1] == packed
    assert kept[press.url("/page/2")][1] == b"\x00noise" * 9
    assert 50_000 < len(kept[press.url("/page/1")][1]) <= 60_000
    assert 70_000 < len(kept[press.url("/feed")][1]) <= 100_000
    assert [(r.kind, r.url) for r in read_shard(shard)] == [("feed", press.url("/rss"))]


def test_a_body_that_may_come_whole_another_night_is_not_kept(press, run, http):
    press.routes["/page/0"] = http.closing(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n<p>half")
    result = run(make_feed(press))
    [row] = [r for r in rows(run.root, result, "page") if r["outcome"] != "fetched"]
    assert (row["reason"], row["offset"], row["unread"]) == ("truncated", None, False)


# N18: many feeds of one host


def test_one_host_with_many_feeds_keeps_its_pace(press, run, http):
    def slow(connection, request):
        time.sleep(0.01)
        connection.sendall(http.answer(rss(press, item(1)) + request.path.encode()[:0]))

    feeds = []
    for n in range(40):
        press.routes[f"/feed/{n}"] = slow
        feeds.append(make_feed(press, f"/feed/{n}", name=f"f{n}", full_text=True))
    press.most_active = 0
    result = run(*feeds, per_host=2)
    assert result.requests["fetched"] == 40
    assert press.most_active <= 2
    assert press.hits("/robots.txt") == 1


def test_feeds_of_one_host_share_a_batch():
    feeds = [
        Feed(id=f"{h}-{n}", url=f"https://h{h}.example/{n}", publisher="p")
        for n in range(10)
        for h in range(20)
    ]
    batches = batches_of(feeds)
    assert sorted(f.id for b in batches for f in b) == sorted(f.id for f in feeds)
    assert [len(b) for b in batches] == [50, 50, 50, 50]
    homes = [{f.url.split("/")[2] for f in b} for b in batches]
    assert sum(map(len, homes)) == 20
    assert batches_of([]) == []
    many = [Feed(id=str(n), url=f"https://h{n}.example/", publisher="p") for n in range(12_000)]
    assert len(batches_of(many)) <= 100


def test_connections_are_shared_between_batches_at_work():
    assert [workers_for(n, 16) for n in (0, 1, 2, 4, 100)] == [16, 16, 8, 4, 4]
    assert workers_for(4, 1) == 1


# robots.txt and addresses of one's own network


def test_what_robots_txt_forbids_is_rejected(press, run, http):
    press.routes["/robots.txt"] = http.answer(b"User-agent: *\nDisallow: /page/1\n")
    result = run(make_feed(press))
    assert result.pages == {"fetched": 2, "unchanged": 0, "rejected": 1, "deferred": 0}
    assert press.hits("/page/1") == 0


def test_a_feed_that_is_not_internal_may_not_lead_home(press, run, http):
    good = make_feed(press, full_text=True, name="good")
    result = run(good, make_feed(press, internal=False))
    assert feed_row(run.root, result)["reason"] == "ssrf"


def test_an_internal_feed_leads_to_its_own_host_only(press, run, http):
    evil = [
        f"<item><title>x</title><link>http://{host}:{press.port}/page/5</link></item>"
        for host in ("localhost", "127.0.0.2", "[::1]", "169.254.169.254", "0x7f.1", "10.0.0.1")
    ]
    press.routes["/rss"] = http.answer(rss(press, *evil))
    result = run(make_feed(press), retries=0)
    assert result.pages["fetched"] == 0
    assert press.hits("/page/5") == 0
    assert {r["reason"] for r in rows(run.root, result, "page")} <= {"ssrf", "dns", "bad_url"}


def test_secrets_of_a_feed_address_stay_out_of_the_store(press, run, http, caplog):
    press.routes["/rss?token=CANARY"] = press.routes["/rss"]
    feed = make_feed(press, "/rss?token=CANARY")
    bad = make_feed(press, "/none?api_key=CANARY", name="bad")
    with caplog.at_level("DEBUG"):
        run(feed, bad)
        result = run(feed, bad, night=1)
    assert result.requests["unchanged"] == 1
    assert "CANARY" not in caplog.text + repr(result)
    for path in run.root.rglob("*"):
        if path.name.endswith(".parquet"):
            assert b"CANARY" not in path.read_bytes()
    for shard in iter_shards(run.root):
        assert "CANARY" not in repr(read_index(shard).to_pylist())
        assert "CANARY" not in repr([r.feed for r in read_shard(shard)])


# formats with parts


def test_a_sitemap_index_is_followed_to_its_newest_sitemaps(press, run, http):
    def sitemap(n):
        return (
            "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"
            f"<url><loc>{press.url(f'/page/{n}')}</loc><lastmod>2026-11-19</lastmod></url></urlset>"
        ).encode()

    index = "".join(
        f"<sitemap><loc>{press.url(f'/map/{n}')}</loc><lastmod>2026-11-1{n}</lastmod></sitemap>"
        for n in range(5)
    )
    press.routes["/rss"] = http.answer(
        f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{index}</sitemapindex>".encode()
    )
    for n in range(5):
        press.routes[f"/map/{n}"] = http.answer(sitemap(n))
    result = run(make_feed(press, kind="sitemap"))
    assert result.requests["planned"] == 1 + 3 + 3
    assert [press.hits(f"/map/{n}") for n in range(5)] == [0, 0, 1, 1, 1]
    [shard] = run_shards(run.root, result)
    assert shard_feed_rows(shard)["entries"].tolist() == [3]


# feed health over nights


def test_a_hole_between_two_nights_is_told(press, run, http):
    feed = make_feed(press, full_text=True)
    run(feed)
    press.routes["/rss"] = http.answer(rss(press, *map(item, range(2, 6))))
    assert run(feed, night=1).findings == ()
    press.routes["/rss"] = http.answer(rss(press, *map(item, range(7, 10))))
    assert any(f.startswith("gap: feed courier") for f in run(feed, night=2).findings)


def test_a_feed_that_shrinks_and_starts_over_brings_nothing_twice(press, run, http):
    feed = make_feed(press)
    held = [range(8), range(6, 8), range(8), [7, 0, 3, 9]]
    asked = []
    for night, numbers in enumerate(held):
        press.routes["/rss"] = http.answer(rss(press, *map(item, numbers)), ETag=f'"{night}"')
        before = page_hits(press)
        run(feed, night=night)
        asked.append(page_hits(press) - before)
    assert asked == [8, 0, 0, 1]


def test_a_guid_that_changes_with_every_fetch_makes_no_new_page(press, run, http):
    def numbered(connection, request):
        text = rss(press, *map(item, range(3)))
        number = str(press.hits("/rss")).encode()
        connection.sendall(http.answer(text.replace(b"<guid>", b"<guid>" + number)))

    press.routes["/rss"] = numbered
    for night in range(3):
        run(make_feed(press), night=night)
    assert page_hits(press) == 3


def test_a_server_whose_clock_is_off_is_told(press, run, http):
    press.routes["/rss"] = http.answer(rss(press, item(1)), Date="Mon, 01 Jan 2024 00:00:00 GMT")
    result = run(make_feed(press, full_text=True))
    assert any(f.startswith("clock_skew: feed courier") for f in result.findings)


# the flow


def test_the_flow_does_the_same(press, settings, prefect_server):
    from flows.ingest import ingest

    quick = settings.ingest.model_copy(update={"host_delay_seconds": 0})
    settings = settings.model_copy(update={"ingest": quick})
    first = ingest(settings, NIGHT, [make_feed(press)])
    assert first.requests["fetched"] == 4
    assert ingest(settings, NIGHT, [make_feed(press)]).requests["unchanged"] == 1
    assert len(iter_shards(settings.paths.raw)) == 2
