"""One canonical address per article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.urls import absolute_url, canonical_url

BASE = "https://news.example/feeds/all.xml"


@pytest.mark.parametrize(
    ("link", "canonical"),
    [
        ("https://news.example/a", "https://news.example/a"),
        ("http://WWW.News.Example:80/a/", "https://news.example/a"),
        ("https://news.example:443/a#top", "https://news.example/a"),
        ("https://news.example/a?utm_source=rss&utm_medium=feed", "https://news.example/a"),
        ("https://news.example/a?fbclid=1&b=2&a=1&gclid=3", "https://news.example/a?a=1&b=2"),
        (
            "https://news.example/story.php?id=7&at_medium=RSS",
            "https://news.example/story.php?id=7",
        ),
        ("https://m.news.example/a", "https://news.example/a"),
        ("https://mobile.news.example/a", "https://news.example/a"),
        ("https://amp.news.example/a.amp.html", "https://news.example/a.html"),
        ("https://news.example/a/amp/", "https://news.example/a"),
        ("https://news.example/amp/a", "https://news.example/a"),
        ("https://news.example/a?amp=1", "https://news.example/a"),
        ("https://www.google.com/amp/s/news.example/a/amp", "https://news.example/a"),
        ("https://news-example.cdn.ampproject.org/c/s/news.example/a", "https://news.example/a"),
        ("/a;jsessionid=0A1B?x=", "https://news.example/a?x="),
        ("../b", "https://news.example/b"),
        ("//news.example/c", "https://news.example/c"),
        ("  https://news.example/a b\n", "https://news.example/a%20b"),
        ("https://news.example/%7euser/%e4%b8%ad", "https://news.example/~user/%E4%B8%AD"),
        ("https://news.example/中", "https://news.example/%E4%B8%AD"),
        ("https://münze.example/a", "https://xn--mnze-0ra.example/a"),
        ("https://user:secret@news.example/a", "https://news.example/a"),
        ("https://news.example./a", "https://news.example/a"),
        ("http://127.0.0.1:8642/agency/a", "http://127.0.0.1:8642/agency/a"),
        ("http://[::1]:8080/a", "http://[::1]:8080/a"),
        ("https://m.example/a", "https://m.example/a"),
        ("https://news.example/ampère", "https://news.example/amp%C3%A8re"),
    ],
)
def test_canonical_form(link, canonical):
    assert canonical_url(link, BASE) == canonical
    assert canonical_url(canonical) == canonical


@pytest.mark.parametrize(
    "link",
    [
        None,
        "",
        "  ",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://a.example/x",
        "mailto:a@b.c",
        "data:text/html,x",
        "http://",
        "http://[bad/",
        "http://a.example:99999/",
        "http://a b.example/",
        "https://news.example/" + "a" * 5000,
    ],
)
def test_what_is_no_web_address(link):
    assert canonical_url(link) is None
    assert absolute_url(link) is None


def test_control_characters_can_not_split_a_request():
    assert absolute_url("https://news.example/a\r\nHost: evil.example") == (
        "https://news.example/aHost:%20evil.example"
    )


def test_parameters_that_choose_the_article_stay():
    one, two = (canonical_url(f"https://news.example/story?id={n}&ref=rss") for n in (1, 2))
    assert one != two


@given(
    st.text("abAB01-._~!$&'()*+,;=:@%/ é中?#", max_size=40),
    st.sampled_from(["https://www.news.example/", "http://m.news.example:8080/amp/", "/", ""]),
)
def test_twice_is_once(path, start):
    once = canonical_url(start + path, BASE)
    assert once is None or canonical_url(once) == once


@given(st.text(max_size=60))
def test_any_text_is_an_address_or_none(text):
    found = canonical_url(text)
    assert found is None or found.startswith(("https://", "http://"))
