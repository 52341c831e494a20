"""From archives to a release: every page is an article, a reject or known, and nothing is lost."""

import gzip
import json
from datetime import date, timedelta
from io import BytesIO
from urllib.parse import urlsplit

import pandas as pd
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import flows.reading as reading_module
from flows.fetch import FetchPolicy
from flows.ingesting.archives import ArchiveOptions, ingest_archives
from flows.ingesting.night import ingest_feeds
from flows.release import open_release, read_tables
from transforms.feeds import Feed
from transforms.schema import to_arrow

NIGHT = date(2026, 10, 5)
TOWNS = [
    *("Maiduguri, Nigeria", "Kano, Nigeria", "Jos, Nigeria", "Basra, Iraq", "Mosul, Iraq"),
    *("Kirkuk, Iraq", "Quetta, Pakistan", "Peshawar, Pakistan", "Karachi, Pakistan"),
]
QUIET = "The council met on Monday and spoke of roads, water and the school of the district. " * 5


def page(title, body, day="2026-10-05T08:00:00Z"):
    return (
        f"<html><head><title>{title}</title>"
        f"<meta property='article:published_time' content='{day}'></head>"
        f"<body><article><h1>{title}</h1><p>{body}</p></article></body></html>"
    ).encode()


def attack(n):
    return page(
        f"Bomb kills {n + 3} in {TOWNS[n].partition(',')[0]}",
        f"A bomb killed {n + 3} people and injured {n + 5} at a market in {TOWNS[n]}, on"
        f" Sunday, police said. Number {n} of the market's traders said that {QUIET.lower()}",
    )


@pytest.fixture
def archive(tmp_path):
    """Nine attacks, five quiet pages, and eight records that bring no page."""
    html = [("Content-Type", "text/html")]
    pages = [(f"https://h{n % 2}.example/a{n}", "200 OK", html, attack(n)) for n in range(9)]
    pages += [
        (f"https://h1.example/q{n}", "200 OK", html, page(f"Council {n}", QUIET)) for n in range(5)
    ]
    changed = attack(0).replace(b"Sunday, police said", b"Sunday, two medics said")
    pages += [
        ("https://h0.example/a0", "200 OK", html, changed),
        ("https://h1.example/a1", "200 OK", html, attack(1)),
        ("https://h0.example/i", "200 OK", [("Content-Type", "image/png")], b"\x89PNG killed"),
        ("https://h0.example/m", "301 Moved", [("Location", "/a1")], b"killed"),
        ("https://h0.example/e", "200 OK", html, b""),
        ("https://h0.example/z", "200 OK", [*html, ("Content-Encoding", "gzip")], gzip.compress(
            b"<p>killed " * 10**6)),
        ("https://h0.example/d", "200 OK", html, b"<div>killed" * 70_000),
    ]  # fmt: skip
    path = tmp_path / "news.warc.gz"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for url, status, headers, body in pages:
            http = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
            fields = {"WARC-Date": "2026-10-05T23:10:00Z"}
            writer.write_record(
                writer.create_warc_record(
                    url, "response", payload=BytesIO(body), length=len(body),
                    warc_headers_dict=fields, http_headers=http,
                )
            )  # fmt: skip
    data = path.read_bytes()
    path.write_bytes(data + data[: len(data) // 50])  # the next record breaks off
    return path


def test_an_archive_becomes_a_release(archive, settings, monkeypatch, prefect_server):
    from flows.build import build

    monkeypatch.setattr(reading_module, "AUDITED_SHARE", 1.0)
    options = ArchiveOptions(shard_records=8, page_bytes=2_000_000)
    told = ingest_archives(settings.paths.raw, [archive], options)
    build(settings)
    tables = read_tables(open_release(settings.paths.published))

    [run] = tables["runs"].to_dict("records")
    requests, entries = (json.loads(run["balances"])[n] for n in ("requests", "entries"))
    assert (told.responses, told.fetched, told.rejected) == (22, 18, 4)
    assert requests == {
        "planned": 22, "fetched": 18, "unchanged": 0, "rejected": 4, "deferred": 0
    }  # fmt: skip
    assert entries.pop("seen") == sum(entries.values()) == 18
    assert (entries["known"], entries["rejected"]) == (1, 2)
    assert json.loads(run["counts"])["look"] == {
        "pages": 18, "passed_over": 6, "audited": 6, "carrying": 0, "missed": 0
    }  # fmt: skip

    articles = tables["articles"]
    assert articles["version"].value_counts().to_dict() == {1: 14, 2: 1}
    assert set(articles["publisher"]) == {"h0.example", "h1.example"}
    assert articles["report_date"].eq(pd.Timestamp(NIGHT)).all()
    rejects = tables["rejects"]
    assert sorted(zip(rejects["stage"], rejects["reason"], strict=True)) == [
        ("extract", "empty"), ("extract", "text_limits"), ("fetch", "bomb"),
        ("fetch", "http_status"), ("fetch", "not_a_page"), ("fetch", "truncated"),
        ("normalise", "no_text"), ("normalise", "no_text"),
    ]  # fmt: skip
    assert rejects["raw_ref"].notna().all()
    assert {urlsplit(url).hostname for url in rejects["url"]} == {"h0.example"}

    events = tables["events"]
    attacks = events[events["event_type"] == "bombing"]
    assert sorted(attacks["killed_best"]) == list(range(3, 12))
    assert attacks["date_start"].eq(pd.Timestamp(2026, 10, 4)).all()
    assert set(attacks["country"]) == {"NGA", "IRQ", "PAK"}


def test_a_page_passed_over_is_told_as_such(archive, settings, monkeypatch, prefect_server):
    from flows.build import build

    monkeypatch.setattr(reading_module, "AUDITED_SHARE", 0.0)
    ingest_archives(settings.paths.raw, [archive], ArchiveOptions(page_bytes=2_000_000))
    build(settings)
    tables = read_tables(open_release(settings.paths.published))
    rejects = tables["rejects"]
    over = rejects[rejects["reason"] == "passed_over"]
    assert sorted(over["url"].str[-2:]) == ["/e", "q0", "q1", "q2", "q3", "q4"]
    assert over["raw_ref"].notna().all()
    [run] = tables["runs"].to_dict("records")
    entries = json.loads(run["balances"])["entries"]
    assert entries.pop("seen") == sum(entries.values())
    assert not any(line.startswith("look_audit") for line in run["findings"])


STRANGE = [
    "\u0627\u0646\u0641\u062c\u0627\u0631 \u0641\u064a \u0627\u0644\u0633\u0648\u0642",
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 \u05e9\u05dc\u05d5\u05dd mixed",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 rescued \u03a9\u2248\u00e7\u221a",
    "'; DROP TABLE events; -- =1+1 \\ %s {0}",
    "\u0915\u094d\u0937\u0924\u093f \u7206\u767a\u3067\u4e09\u4eba\u6b7b\u4ea1",
]
FEED_NIGHT = date(2026, 11, 20)


def entry(server, n, title, dated="Thu, 19 Nov 2026 08:00:00 GMT"):
    at = f"<pubDate>{dated}</pubDate>" if dated else ""
    link = server.url(f"/page/{n}")
    return f"<item><title><![CDATA[{title}]]></title><link>{link}</link>{at}</item>"


DATES = {
    6: ("Goma", "Democratic Republic of the Congo", None),
    7: ("Basra", "Iraq", "Fri, 20 Nov 2099 08:00:00 GMT"),
    8: ("Quetta", "Pakistan", "Tue, 20 Nov 1849 08:00:00 GMT"),
}
"""Pages whose feed gives no date, one to come and one of long ago."""


def three_nights(server, http, root):
    """An article that is edited and then withdrawn, among faulty feeds and pages."""
    toll = (
        "A bomb killed {} people at a market in Kano, Nigeria, on Thursday, police said. " + QUIET
    )
    html = {"Content_Type": "text/html"}
    server.routes["/page/2"] = http.answer(b"", status="404 Not Found")
    server.routes["/page/3"] = http.answer(gzip.compress(b"<p>" * 9**7), Content_Encoding="gzip")
    server.routes["/page/4"] = http.closing(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n<p>")
    wall = "Two soldiers were killed. Subscribe to continue reading. Already a subscriber? Log in."
    server.routes["/page/5"] = http.answer(page("Clash", wall), **html)
    server.routes["/busy"] = http.answer(b"", status="500 Oh")
    server.routes["/moved"] = http.answer(b"<html>Maintenance</html>", **html)
    feeds = [
        Feed(name, server.url(f"/{name}"), "The Courier", internal=True)
        for name in ("rss", "busy", "moved")
    ]
    dated = [entry(server, n, f"Fire in {DATES[n][0]}", DATES[n][2]) for n in DATES]
    for n, (town, country, _) in DATES.items():
        rest = f"Neighbours in {town} fetched water, and number {n} of the street stood empty. " * n
        text = f"A fire killed four people in {town}, {country}, on Monday, police said. {rest}"
        body = f"<html><body><article><p>{text}</p></article></body></html>"
        server.routes[f"/page/{n}"] = http.answer(body.encode(), **html)
    strange = [entry(server, 10 + n, title) for n, title in enumerate(STRANGE)]
    told = [("Three killed in Kano", 3), ("Seven killed in Kano", 7), None]
    for night, said in enumerate(told):
        entries = [entry(server, n, f"Story {n}") for n in range(2, 6)] + dated + strange
        if said:
            title, killed = said
            server.routes["/page/1"] = http.answer(page(title, toll.format(killed) + QUIET), **html)
            entries.insert(0, entry(server, 1, title))
        text = f"<rss version='2.0'><channel>{''.join(entries)}</channel></rss>"
        server.routes["/rss"] = http.answer(text.encode())
        policy = FetchPolicy(delay=0, deadline=2, retry_wait=0.01)
        ingest_feeds(root, FEED_NIGHT + timedelta(days=night), feeds, policy)


def test_nights_of_faults_balance_and_lose_nothing(server, http, settings, prefect_server):
    from flows.build import build

    three_nights(server, http, settings.paths.raw)
    build(settings)
    tables = read_tables(open_release(settings.paths.published))

    runs = tables["runs"].sort_values("night")
    for said in runs["balances"]:
        for name, whole in (("requests", "planned"), ("entries", "seen")):
            counts = json.loads(said)[name]
            assert counts.pop(whole) == sum(counts.values()) > 0
    assert runs["outcome"].tolist() == ["partial"] * 3

    articles = tables["articles"]
    edited = articles[articles["url"] == server.url("/page/1")].sort_values("version")
    assert edited["version"].tolist() == [1, 2]
    assert edited["night"].dt.day.tolist() == [20, 21]
    events = tables["events"].set_index("place_name")
    kano = events.loc["Kano"]
    assert (kano["killed_best"], kano["n_articles"]) == (7, 1)
    tolls = tables["tolls"].sort_values("observed_at")
    assert tolls.loc[tolls["event_id"] == kano["event_id"], "killed_best"].tolist() == [3, 7]

    # no date gives no day; one that can't be is that of the fetch, told as such
    by_title = articles.set_index("title")
    undated = by_title.loc["Fire in Goma"]
    assert undated[["published_at", "report_date", "published_at_source"]].isna().all()
    assert events.loc["Goma", ["date_start", "date_end", "date_precision"]].isna().all()
    assert events.loc["Goma", "killed_best"] == 4
    for town in ("Basra", "Quetta"):
        clamped = by_title.loc[f"Fire in {town}"]
        assert clamped["published_at_source"] == "clamped"
        assert clamped["published_at"] == clamped["fetched_at"]
        monday = clamped["report_date"] - pd.Timedelta(days=clamped["report_date"].weekday())
        assert events.loc[town, "date_start"] == monday
    found = [line for line in runs["findings"].iloc[-1] if "_date:" in line]
    assert found == [
        "ancient_date: 1 entries of feed rss",
        "future_date: 1 entries of feed rss",
        "no_date: 1 entries of feed rss",
    ]

    titles = set(articles["title"])
    assert titles >= {" ".join(title.split()) for title in STRANGE}
    assert {f"Story {n}" for n in (2, 3, 5)} <= titles
    rejects = tables["rejects"]
    reasons = set(zip(rejects["stage"], rejects["reason"], strict=True))
    assert reasons >= {
        ("fetch", "not_found"), ("fetch", "bomb"), ("fetch", "truncated"),
        ("fetch", "server_error"), ("parse", "not_a_feed"), ("extract", "no_article"),
    }  # fmt: skip
    kept = rejects["reason"].isin(["bomb", "not_a_feed", "no_article"])
    assert rejects.loc[kept, "raw_ref"].notna().all()
    for name, frame in tables.items():
        to_arrow(name, frame)
