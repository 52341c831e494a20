"""From archives to a release: every page is an article, a reject or known, and nothing is lost."""

import gzip
import json
from datetime import date
from io import BytesIO
from urllib.parse import urlsplit

import pandas as pd
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import flows.reading as reading_module
from flows.ingesting.archives import ArchiveOptions, ingest_archives
from flows.release import open_release, read_tables

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
