"""The quick reader of plain RSS reads what feedparser reads, or leaves the document to it."""

from __future__ import annotations

import random
from html import escape
from itertools import count

import pytest

from transforms.feeds.plain_rss import read_plain_rss
from transforms.feeds.syndication import _read_all, read_syndication

NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"'
    ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:x="http://feeds.example/x"'
    ' xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
    ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
)
TEXTS = (
    "", " ", "Market reopens", "  Two lines\n of text \t", "<p>One.</p><p>Two &amp; three.</p>",
    "Bread &amp;amp; salt", "R&#233;union d\u00e9cal\u00e9e", "R\u00c3\u00a9union",
    "\u0093Quoted\u0094 \u0096 so",
    "\u00a0edge\u00a0", "\u2028line", "مرحبا", "&lt;b&gt;bold&lt;/b&gt;", "1 < 2 & 3 > 2", "a]]b",
    "<script>x</script>after", "5 &euro; &nbsp; more", "\ud83d\ude00", "<div>open", "\ufeffmark",
)  # fmt: skip
LINKS = (
    "https://press.example/a/1", " https://press.example/a b ", "https://press.example/?a=1&b=2;c",
    "https://press.example/?a=1&amp;b=2", "http:///press.example/x", "/a/2", "", "HTTP://press.example",
    "https://press.example/\u00c3\u00a9", "https://press.example/\u0093", "https://[press.example/1",
)  # fmt: skip
DAYS = ("Mon, 16 Nov 2026 09:00:00 GMT", "2026-11-16", "", "yesterday")
ODD = (
    "<dc:date>2026-11-15</dc:date>", "<atom:updated>2026-11-15T00:00:00Z</atom:updated>",
    "<media:title>other</media:title>", "<itunes:summary>other</itunes:summary>",
    "<x:thing>a</x:thing>", "<source url='https://press.example/'>Press</source>",
    "<enclosure url='https://press.example/a.jpg' length='1' type='image/jpeg'/>",
    "<media:content url='https://press.example/b.jpg'/>",
    "<media:thumbnail url='c.jpg'>t</media:thumbnail>",
    "<category domain='d'>World</category>", "<dc:creator>A Writer</dc:creator>",
    "<comments>c</comments>",
    "<slash:comments>0</slash:comments>", "<author>desk@press.example (Desk)</author>",
    "stray text",
    "<media:group><media:content url='d'/></media:group>", "<!-- a note -->",
    "<title>again</title>",
    "<link href='https://press.example/self' rel='self'/>", "<image><title>t</title></image>",
    "<description type='text'>typed</description>", "<guid>https://press.example/again</guid>",
)  # fmt: skip
CHANNEL = (
    "", "<title>Press</title><link>https://press.example/</link><description>News</description>",
    "<image><url>i.png</url><title>Logo</title><link>https://press.example/</link></image>",
    "<language>en-GB</language><atom:link href='https://press.example/rss' rel='self'/>",
    "<textInput><title>s</title></textInput>", "<x:y/>", "<lastBuildDate>never</lastBuildDate>",
)  # fmt: skip


def an_item(pick: random.Random) -> str:
    """An item of some fields, in any order, with or without something odd."""
    chosen = {
        "title": pick.choice(TEXTS),
        "link": pick.choice(LINKS[:2] if pick.random() < 0.6 else LINKS),
        "description": pick.choice(TEXTS),
        "content:encoded": pick.choice(TEXTS),
        "pubDate": pick.choice(DAYS),
        "guid": pick.choice((*LINKS, "press-77")),
    }
    flags = ("", "", ' isPermaLink="true"', ' isPermaLink="false"', ' ispermalink="x"')
    parts = []
    for name, text in chosen.items():
        attribute = pick.choice(flags) if name == "guid" else ""
        quoted = escape(text) if pick.random() < 0.5 else f"<![CDATA[{text}]]>"
        if pick.random() < 0.85:
            parts.append(f"<{name}{attribute}>{quoted}</{name}>")
    parts += pick.choices(ODD, k=pick.choice((0, 0, 0, 1, 2)))
    pick.shuffle(parts)
    return f"<item>{''.join(parts)}</item>"


def document(*found: str, channel: str = "", version: str = ' version="2.0"') -> str:
    """An RSS document of some items."""
    return (
        f'<?xml version="1.0" encoding="iso-8859-1"?><rss{version} {NAMESPACES}>'
        f"<channel>{channel}{''.join(found)}</channel></rss>"
    )


def test_it_reads_what_feedparser_reads() -> None:
    pick = random.Random(20261116)
    versions = (' version="2.0"', "", ' version="0.91"', ' version="2.0" xml:lang="fr"')
    read = 0
    for _ in range(1200):
        found = [an_item(pick) for _ in range(pick.choice((1, 1, 2)))]
        version = versions[0] if pick.random() < 0.7 else pick.choice(versions)
        text = document(*found, channel=pick.choice(CHANNEL), version=version)
        plain = read_plain_rss(text)
        assert plain is None or plain == _read_all(text, None), text
        read += plain is not None
    assert read > 100


def test_feeds_as_most_write_them_are_read_by_it() -> None:
    number = count()
    found = [
        f"<item><title>Road closed {next(number)}</title><link>https://press.example/{at}</link>"
        f"<comments>https://press.example/{at}#c</comments><dc:creator><![CDATA[Desk]]></dc:creator>"
        "<pubDate>Mon, 16 Nov 2026 09:00:00 +0000</pubDate><category><![CDATA[World]]></category>"
        f'<guid isPermaLink="false">https://press.example/?p={at}</guid>'
        "<description><![CDATA[A bridge is closed [&#8230;]]]></description>"
        "<content:encoded><![CDATA[<p>A bridge is closed.</p>\n<p>It was old.</p>]]>"
        "</content:encoded>"
        "<slash:comments>0</slash:comments></item>"
        for at in range(3)
    ]
    text = document(*found, channel="".join(CHANNEL[1:4]))
    entries = read_plain_rss(text)
    assert entries == read_syndication(text)[0] == _read_all(text, None)
    assert entries is not None
    assert entries[1].content == "A bridge is closed.\n\nIt was old."


@pytest.mark.parametrize("odd", [*ODD[:5], *ODD[15:16], *ODD[17:]])
def test_what_is_not_plain_is_left_to_feedparser(odd: str) -> None:
    plain = "<title>A</title><link>https://press.example/1</link><description>B</description>"
    plain += "<guid>https://press.example/1</guid>"
    assert read_plain_rss(document(f"<item>{plain}</item>")) is not None
    assert read_plain_rss(document(f"<item>{plain}{odd}</item>")) is None


@pytest.mark.parametrize(
    "text",
    [
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry/></feed>",
        "<!DOCTYPE rss><rss version='2.0'><channel><item/></channel></rss>",
        "<rss version='2.0'><channel/><item/></rss>",
        "<rss version='2.0'><channel><item><title>no link</title></item></channel></rss>",
        "<rss version='2.0'><channel><item><title>a<b>c</b></title></item></channel></rss>",
        "<rss version='2.0'><channel>broken",
    ],
)
def test_other_documents_are_left_to_feedparser(text: str) -> None:
    assert read_plain_rss(text) is None
