"""From pages to articles: what is taken, what is left, what is refused."""

import time
from types import SimpleNamespace

import pytest

from transforms.errors import PageError
from transforms.look import (
    GAP,
    audit_sample,
    can_carry_casualties,
    look_pattern,
    look_words,
    without_hidden,
)
from transforms.pages import PageItem, extract_page, read_page

WORDS = ["killed", "died", "wound*", "shot dead", f"claimed{GAP}lives", "murió", "взрыв*"]

BODY = """<p>A barge overturned on the Kasumbe river on Sunday evening, killing four traders,
the harbour master of the town of Lokweni said.</p>
<p>Eleven others swam ashore. The barge had carried maize and <b>charcoal</b>.</p>
<p>Boats searched the reeds until nightfall and will go out again on Monday, he said.</p>"""

RELATED = """<div class="related-stories"><h3>More from the river</h3>
<p>Ferry fire killed 19 at Port Amani last year, a report says.</p>
<ul><li><a href="/x">Gunmen shot dead nine at wedding</a></li></ul></div>"""


def page(body=BODY, head="", around=""):
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
    <title>Barge overturns on the Kasumbe | Lokweni Times</title>{head}
    <style>p {{ color: black }}</style><script>var related = "bomb killed 40";</script></head>
    <body><nav><ul><li><a href="/">Home</a></li>
    <li><a href="/dead">Sixty died in quake</a></li></ul></nav>
    <header><a href="/">Lokweni Times</a></header>
    <main><article><h1>Barge overturns on the Kasumbe</h1>{body}</article>{around}</main>
    <aside><p>Opinion: why so many were killed on the roads this year.</p></aside>
    <footer><p>© Lokweni Times. Imprint.</p></footer></body></html>""".encode()


def test_the_article_comes_out_in_paragraphs():
    text = extract_page(page()).text
    assert text.split("\n\n")[-3:] == [
        "A barge overturned on the Kasumbe river on Sunday evening, killing four traders,"
        " the harbour master of the town of Lokweni said.",
        "Eleven others swam ashore. The barge had carried maize and charcoal.",
        "Boats searched the reeds until nightfall and will go out again on Monday, he said.",
    ]


@pytest.mark.parametrize(
    "foreign", ["Sixty died", "bomb killed", "on the roads", "Ferry fire", "wedding"]
)
def test_what_stands_around_the_article_stays_out(foreign):
    assert foreign not in extract_page(page(around=RELATED)).text
    assert foreign not in extract_page(page(body=BODY + RELATED)).text


def test_links_inside_sentences_stay():
    body = BODY.replace("four traders", '<a href="/t">four traders</a>')
    assert "killing four traders, the" in extract_page(page(body)).text


META = '<meta {}="{}" content="{}">'.format
LINKED = (
    '<script type="application/ld+json">{{"datePublished": "{}", "dateModified": "{}"}}</script>'
)
SIX, HALF_PAST_SEVEN = "2026-11-16T06:00:00+00:00", "2026-11-16T07:30:00+00:00"


@pytest.mark.parametrize(
    ("head", "published", "updated"),
    [
        (META("property", "article:published_time", "2026-11-16T09:00:00+03:00"), SIX, None),
        (META("name", "date", "2026-11-16"), "2026-11-15T21:00:00+00:00", None),
        (META("property", "og:updated_time", "1794814200"), None, HALF_PAST_SEVEN),
        (LINKED.format("2026-11-16T06:00:00Z", "2026-11-16T07:30Z"), SIX, HALF_PAST_SEVEN),
        (META("name", "date", "soon"), None, None),
        ("", None, None),
    ],
)
def test_dates_of_publication_and_change(head, published, updated):
    found = extract_page(page(head=head), time_zone="Africa/Nairobi")
    assert (found.published_at and found.published_at.isoformat()) == published
    assert (found.updated_at and found.updated_at.isoformat()) == updated


def test_title_and_language():
    found = extract_page(page())
    assert found.title == "Barge overturns on the Kasumbe"
    assert found.language == "en"
    named = page(head='<meta property="og:title" content="Barge &amp;amp; traders">')
    assert extract_page(named).title == "Barge & traders"


def test_the_character_set_is_found_in_header_and_page():
    russian = (
        "<p>Баржа перевернулась на реке в воскресенье вечером, сообщила полиция города.</p>" * 3
    )
    raw = f"<html><head><title>т</title></head><body>{russian}</body></html>".encode("cp1251")
    assert "Баржа" in extract_page(raw, content_type="text/html; charset=windows-1251").text
    declared = raw.replace(b"<head>", b'<head><meta charset="windows-1251">')
    assert "Баржа" in extract_page(declared).text
    assert "Баржа" in extract_page(raw, language="ru").text


STUBS = {
    "cookie-wall": "We value your privacy. We and our 841 partners store and access information.",
    "javascript": "Please enable JavaScript to view this site in your browser window now.",
    "captcha": "Please verify you are human by completing the action below, thank you.",
    "paywall": "A barge overturned on Sunday and some people are said to be in the water."
    "</p><p>Subscribe to continue reading. Already a subscriber? Log in here.",
    "soft-404": "The page you are looking for could not be found, it may have been moved.",
    "denied": "Access to this page has been denied because we believe you use a robot.",
    "nothing": "",
    "few-words": "Loading now",
}


@pytest.mark.parametrize("name", STUBS)
def test_a_page_without_an_article_is_refused(name):
    html = f"<html><title>News</title><body><main><p>{STUBS[name]}</p></main></body></html>"
    with pytest.raises(PageError) as caught:
        extract_page(html.encode())
    assert caught.value.reason == "no_article"


def test_a_title_alone_can_show_that_there_is_no_article():
    body = "<p>Here are some other things that you might like to look at today instead.</p>"
    html = f"<html><head><title>404 Not Found</title></head><body>{body}</body></html>"
    with pytest.raises(PageError, match="404"):
        extract_page(html.encode())


def test_an_article_that_asks_for_a_subscription_is_one():
    long = BODY * 3 + "<p>Subscribe to continue reading our river desk.</p>"
    assert "Kasumbe" in extract_page(page(long)).text


@pytest.mark.parametrize(
    ("html", "reason"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"x" * (5 * 2**20 + 1), "text_limits"),
        (b"<p>" * 70_000, "text_limits"),
        (b"<div>" * 30_000 + b"deep" + b"</div>" * 30_000, "text_limits"),
        (b"<body><p>" + b"word " * 200_000 + b"</p></body>", "text_limits"),
        (b"<p " + b" ".join(b"a%d=1" % n for n in range(200_000)) + b">x", "text_limits"),
        (b"plain words only", "no_article"),
        (b"\x00\xff\xfe\x00", "no_article"),
    ],
)
def test_what_can_not_be_read_is_refused_quickly(html, reason):
    started = time.process_time()
    with pytest.raises(PageError) as caught:
        extract_page(html)
    assert caught.value.reason == reason
    assert time.process_time() - started < 2


def test_the_look_sees_what_a_reader_sees():
    pages = [
        b"<p>Two people were killed.</p>",
        b"<p>Nobody came.</p>",
        b"<script>killed()</script><style>.killed{}</style><p>Calm.</p>",
        b'<a title="killed" href="/killed">Calm</a>',
        b"<nav><a>killed</a></nav><aside>killed</aside><footer>killed</footer>",
        b"<!-- killed --><p>Calm</p>",
        b"<p>He was overkilled</p>",
        b"<p>KILLED</p>",
        b"<p>The wounded</p>",
        b"<p>shot\n dead</p>",
        b"<p>The fire claimed at least nine lives</p>",
        b"<p>He claimed that</p><p>" + b"x " * 100 + b"lives</p>",
        b"<p>muri&oacute; ayer</p>",
        "<p>МОЩНЫЙ ВЗРЫВЫ</p>".encode("cp1251"),
        b'<script type="application/ld+json">{"articleBody": "One man died"}</script>',
        b"<p>kil&shy;led</p>",
        b"",
    ]
    types = [None] * len(pages)
    types[13] = "text/html; charset=windows-1251"
    seen = can_carry_casualties(pages, WORDS, types).tolist()
    assert [n for n, yes in enumerate(seen) if yes] == [0, 7, 8, 9, 10, 12, 13, 14, 15]


def test_an_empty_vocabulary_or_no_pages():
    assert can_carry_casualties([b"killed"], []).tolist() == [False]
    assert can_carry_casualties([], WORDS).tolist() == []


@pytest.mark.parametrize(
    "piece",
    [
        *(b"<", b"<script>", b"<script><style></style>", b"<!--", b"<div ", b"<nav></aside>"),
        *(b"&#1", b"&oacute;", b"\\u0041", b"killed ", b"claimed ", b"</script"),
    ],
)
def test_the_look_is_linear_whatever_the_page(piece):
    def cost(size):
        started = time.process_time()
        can_carry_casualties([piece * (size // len(piece))], WORDS)
        return time.process_time() - started

    cost(1000)
    assert cost(1_000_000) < 15 * cost(100_000) + 0.3


def test_the_second_look_passes_over_what_only_points_elsewhere():
    quiet = BODY.replace("killing four traders", "and no one came to harm")
    carrying = look_pattern(["killed", "killing", "died", "shot dead"])
    assert read_page(PageItem(page(quiet, around=RELATED), pattern=carrying)) is None
    assert (
        read_page(PageItem(page(around=RELATED), pattern=carrying)).text
        == extract_page(page()).text
    )


def test_scripts_that_write_tags_do_not_swallow_the_page():
    html = b"<script>document.write('<iframe src=x>'); var a = '<script>';</script><p>Here.</p>"
    assert without_hidden(html).split() == [b"<p>Here.</p>"]
    kept = b'<script type="application/ld+json">{}</script>'
    assert without_hidden(kept) == kept


@pytest.mark.parametrize(
    ("html", "left"),
    [
        (b"<p>One.</p><!-- <p>No.</p> --><p>Two.</p>", b"<p>One.</p> <p>Two.</p>"),
        (b"<!--[if !IE]><!--><p>One.</p><!--<![endif]-->", b" <p>One.</p> "),
        (b"<!--><p>One.</p><!-- no -->", b" <p>One.</p> "),
        (b"<p>One.</p><!-- never closed <p>Two.</p>", b"<p>One.</p><!-- never closed <p>Two.</p>"),
        (b"<script>a = '<!--';</script><p>One.</p><!-- b -->", b" <p>One.</p> "),
        (b"<svg>a<!-- </svg> -->b</svg><p>One.</p>", b" <p>One.</p>"),
        (b"<!-- <script> --><p>One.</p>", b" <p>One.</p>"),
        (b"<select>a<p>One.</p>", b"<select>a<p>One.</p>"),
        (b"<SVG>a</svg >b<template>c</TEMPLATE>d", b" b d"),
        (b"<p>One.</p><style>p {}", b"<p>One.</p> "),
        (b"<svgs>a</svgs>", b"<svgs>a</svgs>"),
    ],
)
def test_what_no_reader_sees_is_cut_out(html, left):
    assert without_hidden(html) == left


def test_the_words_of_the_look():
    def readings(*takes):
        return tuple(SimpleNamespace(takes=taken) for taken in takes)

    lexicon = SimpleNamespace(
        triggers={
            "killed": readings("object"),
            "cost": readings("lives", "lives"),
            "shot": readings("object", "lives"),
        },
        phrase_triggers={("shot", "dead"): None, ("lost", "at", "sea"): None, ("fell", "in"): None},
        seen={"fell in": "fell in (?:battle|combat)"},
    )
    assert look_words(lexicon) == [f"cost{GAP}lives", "killed", "lost at sea", "shot"]


def test_the_audit_depends_on_the_address_alone():
    urls = [f"https://a.example/{n}" for n in range(5000)]
    chosen = audit_sample(urls, 0.01)
    assert 20 < chosen.sum() < 90
    assert audit_sample(urls[::-1], 0.01)[::-1].tolist() == chosen.tolist()
    assert audit_sample([], 0.5).tolist() == []
    assert not audit_sample(urls, 0.0).any()
    assert audit_sample(urls, 1.0).all()
