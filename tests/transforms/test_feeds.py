"""Feed documents: every file in cases/feeds has the entries, findings or error beside it."""

import contextlib
import json
import time
import tomllib
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.errors import FeedError, ReferenceDataError
from transforms.feeds import (
    ENTRY_COLUMNS,
    Feed,
    empty_entries,
    feeds_from_opml,
    feeds_to_opml,
    feeds_to_toml,
    parse_feed,
    read_feeds,
)

CASES = Path(__file__).parent / "cases" / "feeds"
FEED = Feed(
    id="case",
    url="https://feeds.example/desk/rss.xml",
    publisher="Case",
    language="en",
    time_zone="Africa/Nairobi",
)


def documents():
    return sorted(p for p in CASES.iterdir() if not p.name.endswith(".expected.json"))


def said(entries):
    """Rows with what they say, nulls left out."""
    rows = []
    for row in entries.drop(columns="feed_id").to_dict("records"):
        flags = row.pop("flags")
        row = {k: v for k, v in row.items() if not pd.isna(v)}
        row = {k: v if isinstance(v, str) else v.isoformat() for k, v in row.items()}
        rows.append({**row, **({"flags": flags} if flags else {})})
    return rows


@pytest.mark.parametrize("path", documents(), ids=lambda p: p.stem)
def test_a_document_gives_what_stands_beside_it(path):
    expected = json.loads(path.with_suffix(".expected.json").read_text("utf-8"))
    feed = Feed(
        **{
            **{f: getattr(FEED, f) for f in ("id", "url", "publisher", "language", "time_zone")},
            **expected.get("feed", {}),
        }
    )
    if "error" in expected:
        with pytest.raises(FeedError) as caught:
            parse_feed(path.read_bytes(), expected.get("content_type"), feed)
        assert caught.value.reason == expected["error"]
        return
    parsed = parse_feed(path.read_bytes(), expected.get("content_type"), feed)
    assert said(parsed.entries) == expected["entries"]
    assert [f.split(":")[0] for f in parsed.findings] == expected.get("findings", [])
    assert list(parsed.children) == expected.get("children", [])


def test_every_case_is_there_with_its_answer():
    assert len(documents()) >= 40
    assert all(p.with_suffix(".expected.json").exists() for p in documents())


@pytest.mark.parametrize("path", documents(), ids=lambda p: p.stem)
def test_the_frame_has_the_declared_columns_and_types(path):
    try:
        entries = parse_feed(path.read_bytes(), None, FEED).entries
    except FeedError:
        entries = empty_entries()
    assert {n: str(t) for n, t in entries.dtypes.items()} == ENTRY_COLUMNS
    assert all(isinstance(flags, list) for flags in entries["flags"])


def rss(items):
    return f"<rss version='2.0'><channel>{items}</channel></rss>".encode()


HOSTILE = {
    "attributes": (
        b"<rss><item " + b" ".join(b'a%d="1"' % i for i in range(200_000)) + b"/></rss>",
        "xml_limits",
    ),
    "nesting": (rss("<item>" + "<a>" * 150_000 + "</a>" * 150_000 + "</item>"), "xml_limits"),
    "moderate-nesting": (rss("<item>" + "<a>" * 600 + "</a>" * 600 + "</item>"), "xml_limits"),
    "items": (rss("<item><title>x</title></item>" * 100_000), "xml_limits"),
    "items-few-tags": (rss("<item/>" * 12_000), "xml_limits"),
    "text-node": (rss("<item><title>" + "x" * 20_000_000 + "</title></item>"), "too_large"),
    "json-nesting": (b'{"items":' + b"[" * 200_000, "xml_limits"),
    "json-items": (
        b'{"version":"https://jsonfeed.org/version/1","items":[' + b"{}," * 20_000 + b"{}]}",
        "xml_limits",
    ),
    "sitemap": (
        b"<urlset>" + b"<url><loc>https://x.example/a</loc></url>" * 60_000 + b"</urlset>",
        "xml_limits",
    ),
    "billion-laughs": (
        b"<!DOCTYPE z [<!ENTITY a0 'ha'>"
        + b"".join(b"<!ENTITY a%d '%s'>" % (i, b"&a%d;" % (i - 1) * 10) for i in range(1, 10))
        + b"]>" + rss("<item><title>&a9;</title></item>"),
        "xml_entity",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_refused_before_it_costs_much(name):
    body, reason = HOSTILE[name]
    started = time.process_time()
    with pytest.raises(FeedError) as caught:
        parse_feed(body, None, FEED)
    assert caught.value.reason == reason
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "piece",
    [
        "<![CDATA[",
        "<!--",
        "&",
        "&#",
        "&a",
        "<",
        "<a ",
        "]]>",
        "<item>",
        "<?xml",
        "\x00",
        "&#xD800;",
    ],
)
def test_a_repeated_piece_costs_linear_time(piece):
    def cost(times):
        started = time.process_time()
        with contextlib.suppress(FeedError):
            parse_feed(rss(f"<item><title>a</title></item>{piece * times}"), None, FEED)
        return time.process_time() - started

    small, large = cost(3_000), cost(30_000)
    assert large < 15 * small + 0.5


def test_a_large_but_honest_feed_is_read():
    items = "".join(f"<item><title>t{i}</title></item>" for i in range(2_000))
    assert len(parse_feed(rss(items), None, FEED).entries) == 2_000


def test_html_left_open_in_many_entries_is_no_nesting():
    items = "".join(
        f"<item><title>t{i}</title><description>a<br>b<p>c</description></item>" for i in range(400)
    )
    assert len(parse_feed(rss(items), None, FEED).entries) == 400


def test_the_bytes_are_never_taken_for_a_file_or_an_address(tmp_path):
    named = tmp_path / "feed.xml"
    named.write_bytes(rss("<item><title>secret</title></item>"))
    for body in (str(named).encode(), b"http://127.0.0.1:9/feed.xml"):
        with pytest.raises(FeedError, match="not_a_feed"):
            parse_feed(body, None, FEED)


def test_a_title_literally_without_markup_stays():
    title = parse_feed(
        rss("<item><title>a &lt; b &gt; c &amp; d</title></item>"), None, FEED
    ).entries
    assert title["title"].tolist() == ["a < b > c & d"]


@given(st.binary(max_size=300))
@settings(max_examples=150, deadline=None)
def test_no_bytes_raise_anything_but_a_feed_error(body):
    for content in (body, b"<rss><channel><item>" + body, b'{"items": [' + body):
        with contextlib.suppress(FeedError):
            assert list(parse_feed(content, None, FEED).entries.columns) == list(ENTRY_COLUMNS)


# U+0080 to U+00FF stay out: a field of nothing else may be UTF-8 read twice, and is put right
@given(st.text(st.characters(exclude_characters=[chr(c) for c in range(128, 256)]), max_size=80))
@settings(max_examples=100, deadline=None)
def test_a_title_that_was_escaped_comes_back(title):
    wanted = " ".join("".join(c for c in title if c.isprintable() and c not in "<&").split())
    body = rss(f"<item><title>{wanted.replace('>', '&gt;')}</title></item>".replace("\ufdd0", ""))
    got = parse_feed(body, "text/xml; charset=utf-8", FEED).entries["title"].iloc[0]
    assert (got if isinstance(got, str) else "") == wanted


GOOD = {"id": "a", "url": "https://a.example/f", "publisher": "A"}


def test_feeds_are_read_with_their_defaults():
    (feed,) = read_feeds({"feed": [GOOD]}, "feeds.toml")
    assert feed == Feed(id="a", url="https://a.example/f", publisher="A")
    assert read_feeds({}, "feeds.toml") == ()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"colour": "red"}, "feeds.toml: feed 'a': unknown key 'colour'"),
        ({"id": "A b"}, "feeds.toml: feed 'A b': id"),
        ({"url": "ftp://a.example"}, "url 'ftp://a.example' is no http"),
        ({"url": "//a.example"}, "is no http"),
        ({"country": "UK"}, "country 'UK' is no ISO"),
        ({"language": "english"}, "language 'english'"),
        ({"time_zone": "Mars/Base"}, "time_zone 'Mars/Base' is no IANA"),
        ({"time_zone": "../../etc/passwd"}, "is no IANA"),
        ({"kind": "podcast"}, "kind 'podcast' is none of"),
        ({"full_text": "yes"}, "full_text must be of type bool"),
        ({"entries_expected": True}, "entries_expected must be of type int"),
        ({"max_pages": -1}, "max_pages -1 must not be negative"),
        ({"publisher": ""}, "publisher '' must not be empty"),
        ({"publisher": None}, "publisher must be of type str"),
    ],
)
def test_a_wrong_key_is_named_with_file_and_feed(change, message):
    with pytest.raises(ReferenceDataError) as caught:
        read_feeds({"feed": [{**GOOD, **change}]}, "feeds.toml")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"feed": [{"id": "a", "url": "https://a.example"}]}, "feed 'a': publisher is missing"),
        ({"feed": [{"url": "https://a.example"}]}, "feed number 1: id is missing"),
        ({"feed": [GOOD, {**GOOD, "url": "https://b.example"}]}, "id 'a' stands twice"),
        ({"feed": [GOOD, {**GOOD, "id": "b"}]}, "url 'https://a.example/f' stands twice"),
        ({"feeds": []}, "unknown key 'feeds'"),
        ({"feed": "x"}, "must be an array"),
    ],
)
def test_a_wrong_list_is_refused(document, message):
    with pytest.raises(ReferenceDataError, match=message):
        read_feeds(document, "feeds.toml")


def test_opml_there_and_back():
    feeds = (
        Feed(
            id="a", url="https://a.example/f?x=1&y=2", publisher='A "quoted" <press>', language="fr"
        ),
        Feed(id="b-2", url="https://b.example/f", publisher="B"),
    )
    assert feeds_from_opml(feeds_to_opml(feeds), "x.opml") == feeds


def test_toml_there_and_back():
    feeds = (
        Feed(id="a", url="https://a.example/f", publisher='Back\\slash "q" \t é', internal=True),
        Feed(id="b", url="https://b.example/f", publisher="B", max_pages=3, country="KEN"),
    )
    assert read_feeds(tomllib.loads(feeds_to_toml(feeds)), "x") == feeds


def test_opml_of_other_programs_is_read():
    text = """<?xml version="1.0"?><opml version="1.0"><body><outline text="Folder">
    <outline type="rss" text="Daily" xmlUrl="https://d.example/rss"/>
    <outline type="rss" text="Daily" xmlUrl="https://e.example/rss"/>
    <outline type="rss" text="Again" xmlUrl="https://d.example/rss"/>
    <outline type="rss" text="Bad" xmlUrl="file:///etc/passwd"/></outline></body></opml>"""
    feeds = feeds_from_opml(text, "x.opml")
    assert [(f.id, f.url) for f in feeds] == [
        ("daily", "https://d.example/rss"),
        ("daily-2", "https://e.example/rss"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no xml",
        "<opml/>",
        "<html/>",
        "<!DOCTYPE o [<!ENTITY a 'b'>]><opml><outline xmlUrl='&a;'/></opml>",
    ],
)
def test_what_is_no_opml_is_refused(text):
    with pytest.raises(ReferenceDataError, match=r"x\.opml"):
        feeds_from_opml(text, "x.opml")
