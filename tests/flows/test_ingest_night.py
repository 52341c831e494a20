"""A night of ordinary size: 200 feeds of 50 entries with pages, 5% of the feeds faulty."""

import time
from datetime import date
from pathlib import Path

import pytest

from flows.fetch import FetchPolicy
from flows.ingesting.night import ingest_feeds
from flows.rawstore import iter_shards, read_index
from transforms.feeds import Feed

FEEDS, ENTRIES, HOSTS = 200, 50, 20
PAGE = (
    b"<html><body>"
    + b"<p>The council of the town met and spoke of roads.</p>" * 200
    + b"</body></html>"
)


def document(server, feed):
    items = "".join(
        f"<item><title>Story {feed} {n}</title><link>{server.url(f'/page/{feed}/{n}')}</link>"
        f"<pubDate>Thu, 19 Nov 2026 {n % 24:02d}:00:00 GMT</pubDate></item>"
        for n in range(ENTRIES)
    )
    return f"<rss version='2.0'><channel><title>t</title>{items}</channel></rss>".encode()


@pytest.fixture
def world(make_server, http):
    """Feeds on twenty hosts; one in twenty is broken, in five ways."""
    faults = [
        http.answer(b"", status="500 Oh"),
        http.answer(b"<html>Maintenance</html>"),
        http.closing(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n<rss>"),
        http.drip(b"HTTP/1.1 200 OK\r\n", 0.2),
        http.answer(b"<rss", Content_Encoding="gzip, gzip, gzip"),
    ]
    servers = [make_server() for _ in range(HOSTS)]
    page = http.answer(PAGE, Content_Type="text/html")
    feeds = []
    for n in range(FEEDS):
        server = servers[n % HOSTS]
        fault = faults[n // 20 % 5] if n % 20 == 7 else None
        server.routes[f"/feed/{n}"] = fault or http.answer(document(server, n))
        for entry in range(ENTRIES):
            server.routes[f"/page/{n}/{entry}"] = page
        feeds.append(Feed(f"f{n}", server.url(f"/feed/{n}"), "p", internal=True))
    return servers, feeds


_PROCESS = Path("/proc/self")


def _memory(name):
    """What Linux says of this process, in MiB: whatever tests ran before it counts in a peak."""
    lines = _PROCESS.joinpath("status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith(f"{name}:"))


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.skipif(not _PROCESS.exists(), reason="memory is measured as Linux tells it")
def test_a_night_of_two_hundred_feeds(world, tmp_path):
    servers, feeds = world
    policy = FetchPolicy(delay=0, deadline=20)
    started, before = time.monotonic(), _memory("VmRSS")
    _PROCESS.joinpath("clear_refs").write_text("5")  # the peak counts from here
    first = ingest_feeds(tmp_path, date(2026, 11, 20), feeds, policy)
    assert time.monotonic() - started < 240
    assert _memory("VmHWM") - before < 512
    assert len(first.failed_feeds) == 10
    assert first.pages["fetched"] == 190 * ENTRIES
    assert first.requests["planned"] == 200 + 190 * ENTRIES
    asked = sum(r.path.startswith("/page/") for s in servers for r in s.requests)
    assert asked == 190 * ENTRIES

    started = time.monotonic()
    second = ingest_feeds(tmp_path, date(2026, 11, 20), feeds, policy)
    assert time.monotonic() - started < 20
    assert second.pages == {"fetched": 0, "unchanged": 0, "rejected": 0, "deferred": 0}
    assert asked == sum(r.path.startswith("/page/") for s in servers for r in s.requests)
    for result in (first, second):
        rows = [
            row["outcome"]
            for shard in iter_shards(tmp_path)
            if shard.run_id == result.run_id
            for row in read_index(shard, ["outcome"]).to_pylist()
        ]
        counted = {
            name: rows.count(name) for name in ("fetched", "unchanged", "rejected", "deferred")
        }
        assert result.requests == {"planned": len(rows), **counted}
