"""The form of the sample press: its articles, what it serves and what it is expected to give."""

from __future__ import annotations

import re
import tomllib
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import requests

from flows.samplepress import HOST, list_nights, read_articles, render_night, serve
from transforms import schema
from transforms.errors import ReferenceDataError
from transforms.feeds import Feed, parse_feed

SAMPLE = Path(__file__).parents[1] / "data" / "sample"
EXPECTED = tomllib.loads((SAMPLE / "expected.toml").read_text(encoding="utf-8"))
NIGHTS = list_nights(SAMPLE)
ARTICLES = read_articles(SAMPLE, NIGHTS[-1])
ROWS = tomllib.loads((SAMPLE / "feeds.toml").read_text(encoding="utf-8"))["feed"]
FEEDS = {row["id"]: Feed(**row) for row in ROWS}
TOLL = re.compile(r"(\d+|-)/(\d+|-)/(\d+|-)")


def bounds(toll: str) -> list[int | None]:
    match = TOLL.fullmatch(toll)
    assert match, toll
    return [None if part == "-" else int(part) for part in match.groups()]


def sources(row: dict) -> list[str]:
    return row["articles"] + row.get("recalled_in", [])


def test_the_press_is_as_large_as_it_must_be():
    assert len({key.split("/")[0] for key in ARTICLES}) >= 5
    assert len(EXPECTED["event"]) >= 14
    assert len({event["country"] for event in EXPECTED["event"]}) >= 8
    quiet = EXPECTED["quiet"]["articles"]
    assert len(quiet) >= 20
    assert len(ARTICLES) - len(quiet) >= 36
    assert EXPECTED["nights"] == NIGHTS


@pytest.mark.parametrize("key", ARTICLES)
def test_article_is_of_a_natural_length(key):
    words = " ".join(ARTICLES[key].paragraphs).split()
    assert 90 <= len(words) <= 350


def test_every_article_is_accounted_for():
    quiet = EXPECTED["quiet"]["articles"]
    loud = {a for e in EXPECTED["event"] for a in sources(e)}
    loud |= {a for e in EXPECTED["withdrawn"] for a in e["articles"]}
    loud |= {f["article"] for f in EXPECTED["figure"]}
    copies = [c["article"] for c in EXPECTED["copy"]]
    assert len(set(quiet)) == len(quiet)
    assert not loud & set(quiet)
    assert not loud & set(copies)
    assert loud | set(quiet) | set(copies) == set(ARTICLES)
    assert all(c["of"] in loud for c in EXPECTED["copy"])


@pytest.mark.parametrize("event", EXPECTED["event"], ids=lambda e: e["key"])
def test_event_is_well_formed(event):
    assert event["event_type"] in schema.EVENT_TYPES
    assert event.get("domain", "other") in schema.DOMAINS
    assert event.get("attribution", "weak") in schema.GRADES
    assert event.get("responsibility", "denied") in schema.ATTRIBUTION_STANCES
    assert event["date_start"] <= event["date_end"]
    span = (event["date_end"] - event["date_start"]).days + 1
    assert event["date_precision"] == (1 if span == 1 else 2 if span <= 6 else 3)
    outlets = {a.split("/")[0] for a in event["articles"]}
    assert event["n_independent"] == len(outlets)
    assert not set(event.get("unchecked", [])) - {c.name for c in schema.TABLES["events"].columns}


@pytest.mark.parametrize("event", EXPECTED["event"], ids=lambda e: e["key"])
def test_tolls_are_ordered_and_change(event):
    tolls = {date.fromisoformat(night): toll for night, toll in event["tolls"].items()}
    assert sorted(tolls) == list(tolls)
    assert set(tolls) <= set(NIGHTS)
    assert min(tolls) == min(ARTICLES[a].first_night for a in event["articles"])
    for toll in tolls.values():
        assert set(toll) <= set(schema.KINDS)
        for value in toll.values():
            known = [b for b in bounds(value) if b is not None]
            assert known
            assert known == sorted(known)
    states = list(tolls.values())
    assert all(a != b for a, b in pairwise(states))
    roles = event.get("roles", {})
    assert set(roles) <= set(schema.ROLES)
    if roles:
        best = bounds(states[-1]["killed"])[1]
        assert best is not None
        assert sum(roles.values()) <= best


@pytest.mark.parametrize("event", EXPECTED["event"], ids=lambda e: e["key"])
def test_no_event_lies_after_its_first_report(event):
    zones = {feed.id: ZoneInfo(feed.time_zone) for feed in FEEDS.values()}
    days = [
        ARTICLES[a].published_at.astimezone(zones[a.split("/")[0]]).date()
        for a in event["articles"]
    ]
    assert event["date_end"] <= max(days)
    assert event["date_start"] >= min(days) - timedelta(days=8)


def test_articles_name_the_expected_place_and_figures_are_scoped():
    for figure in EXPECTED["figure"]:
        assert figure["scope"] in schema.SCOPES[1:]
        assert figure["kind"] in schema.KINDS
        assert bounds(figure["value"])[0] is not None
    for copy in EXPECTED["copy"]:
        original, repeated = ARTICLES[copy["of"]], ARTICLES[copy["article"]]
        assert repeated.headline != original.headline
        assert set(original.paragraphs) & set(repeated.paragraphs)


def test_weekdays_of_the_week():
    assert date(2026, 11, 15).strftime("%A") == "Sunday"
    assert [date(2026, 11, day) for day in (16, 17, 18)] == NIGHTS


def entries_of(feed, night):
    document = render_night(SAMPLE, night)[feed.url.removeprefix(f"http://{HOST}")]
    parsed = parse_feed(document.body, document.content_type, feed)
    assert parsed.findings == []
    return parsed.entries


def test_feeds_grow_from_night_to_night_and_keep_their_bytes():
    for night in NIGHTS:
        first, second = (render_night(SAMPLE, night) for _ in range(2))
        assert first == second
    counts = [sum(len(entries_of(feed, night)) for feed in FEEDS.values()) for night in NIGHTS]
    assert counts == sorted(set(counts))
    assert counts[-1] == len(ARTICLES)


@pytest.mark.parametrize("feed", FEEDS.values(), ids=lambda f: f.id)
def test_entries_say_what_the_articles_say(feed):
    entries = entries_of(feed, NIGHTS[-1]).set_index("url")
    own = [a for a in ARTICLES.values() if a.outlet == feed.id]
    assert len(own) == len(entries)
    for article in own:
        entry = entries.loc[f"http://{HOST}{article.path}"]
        assert entry["title"] == article.headline
        assert entry["published_at"] == article.published_at
        assert isinstance(entry["content"], str) == feed.full_text
        if feed.full_text:
            assert "".join(entry["content"].split()) == "".join("".join(article.paragraphs).split())


def test_an_edit_shows_from_its_night_on():
    (edited,) = EXPECTED["edited"]
    before, after = (read_articles(SAMPLE, night)[edited["article"]] for night in NIGHTS[:2])
    assert before.paragraphs != after.paragraphs
    assert before.published_at == after.published_at
    assert before.updated_at < after.updated_at


def test_the_formats_of_the_trade_are_there():
    assert {feed.kind for feed in FEEDS.values()} == {"rss", "atom", "json", "sitemap"}
    assert {feed.full_text for feed in FEEDS.values()} == {True, False}
    herald = render_night(SAMPLE, NIGHTS[0])["/herald/atom.xml"]
    assert "Toribío".encode("windows-1252") in herald.body
    assert "Toribío".encode() not in herald.body


def test_server_serves_pages_validators_and_robots():
    with serve(SAMPLE, NIGHTS[0]) as press:

        def get(path, host=HOST, headers=None):
            proxies = {"http": press.proxy}
            return requests.get(f"http://{host}{path}", proxies=proxies, headers=headers, timeout=5)

        assert "Allow: /" in get("/robots.txt").text
        page = get("/courier/kontagora-engineers-abducted.html")
        assert "Ferry disaster on the Niger" in page.text
        assert get("/courier/nothing.html").status_code == 404
        assert get("/robots.txt", host="elsewhere.example").status_code == 502
        feed = get("/herald/atom.xml")
        tag = {"If-None-Match": feed.headers["ETag"]}
        since = {"If-Modified-Since": feed.headers["Last-Modified"]}
        for known in (tag, since):
            assert get("/herald/atom.xml", headers=known).status_code == 304
        press.show_night(NIGHTS[1])
        changed = get("/herald/atom.xml", headers=tag)
        assert changed.status_code == 200
        assert "governor says" in changed.text


def test_a_slip_in_an_article_names_file_and_key(tmp_path):
    (tmp_path / "articles").mkdir()
    (tmp_path / "feeds.toml").write_text(
        '[[feed]]\nid = "one"\npublisher = "One"\nlanguage = "en"\ntime_zone = "UTC"\n'
    )
    (tmp_path / "articles" / "one.toml").write_text(
        'outlet = "one"\nform = "rss-full"\n[[article]]\nslug = "a"\nheadlin = "slip"\n'
    )
    with pytest.raises(ReferenceDataError, match=r"one\.toml, article a: unknown keys headlin"):
        list_nights(tmp_path)
