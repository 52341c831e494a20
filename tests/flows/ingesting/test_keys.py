"""What an entry is known by."""

import json

import pandas as pd

from flows.ingesting.keys import entry_json, entry_key, entry_records, page_key
from transforms.feeds import Feed, empty_entries, parse_feed

FEED = Feed(id="courier", url="https://courier.example/rss", publisher="The Courier")
DOCUMENT = b"""<rss version="2.0"><channel><title>t</title>
<item><title>Harvest fair opens</title><link>https://courier.example/1</link>
<pubDate>Thu, 19 Nov 2026 05:00:00 GMT</pubDate></item>
<item><description>Nothing else</description></item></channel></rss>"""


def test_a_page_is_known_by_its_canonical_address():
    a = page_key("https://courier.example/1?utm_source=x#top", "courier", "g1")
    assert a == page_key("http://courier.example/1", "digest", "g2")
    assert a != page_key("https://courier.example/2", "courier", "g1")
    assert -(2**63) <= a < 2**63


def test_an_entry_without_address_is_known_by_feed_and_guid():
    assert page_key(None, "courier", "g1") != page_key(None, "digest", "g1")
    assert page_key(None, "courier", None) == page_key("", "courier", "")


def test_an_entry_changes_with_its_title_or_date_and_not_with_its_summary():
    entry = {"title": "A", "published_at": None, "updated_at": None, "summary": "1"}
    assert entry_key(entry) == entry_key({**entry, "summary": "2"})
    assert entry_key(entry) != entry_key({**entry, "title": "B"})
    assert entry_key(entry) != entry_key({**entry, "updated_at": "2026-11-20T00:00:00Z"})


def test_entries_survive_json():
    entries = parse_feed(DOCUMENT, None, FEED).entries
    records = [json.loads(entry_json(e)) for e in entry_records(entries)]
    assert records[0]["published_at"] == "2026-11-19T05:00:00.000000Z"
    assert records[1]["url"] is None
    back = pd.DataFrame(records)
    for name in ("title", "url", "summary"):
        assert back[name].astype("str").equals(entries[name].astype("str"))
    assert pd.to_datetime(back["published_at"]).equals(entries["published_at"])


def test_no_entries_no_records():
    assert entry_records(empty_entries()) == []
