"""HTML fragments to text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.markup import has_markup, html_to_text, plain_text, tidy_text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("One<br>two<br/><br/>three", "One\ntwo\n\nthree"),
        ("<div>a<div>b</div>c</div>", "a\n\nb\n\nc"),
        ("<ul><li>a<li>b</ul>", "a\n\nb"),
        ("<p>An <b>in</b>line <a href='x'>link</a>.</p>", "An inline link."),
        ("<p>line\nbroken\n by source</p>", "line broken by source"),
        ("<script>no()</script><style>p{}</style>yes", "yes"),
        ("<p>a<!-- no --> b</p>", "a b"),
        ("a &amp; b &lt; c", "a & b < c"),
        ("&lt;p&gt;twice &amp;amp; only once more&lt;/p&gt;", "twice & only once more"),
        ("plain\n\nparagraphs\nkept", "plain\n\nparagraphs\nkept"),
        ("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>", "1 2\n\n3"),
        ("5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
        ("<p>never closed", "never closed"),
        ("", ""),
        ("<img src=x>", ""),
    ],
)
def test_html_to_text(html, text):
    assert html_to_text(html) == text


def test_what_is_nested_too_deep_keeps_its_words():
    assert html_to_text("<div>" * 5000 + "deep" + "</div>" * 5000) == "deep"


@pytest.mark.parametrize(
    "html",
    ["<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">words", "<b>words</b> " * 30_000],
    ids=["attributes", "tags"],
)
def test_what_would_cost_too_much_keeps_its_words(html):
    started = time.process_time()
    assert html_to_text(html).startswith("words")
    assert time.process_time() - started < 1


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Fish &amp; <b>chips</b>", "Fish & chips"),
        ("a < b", "a < b"),
        ("x <y> z", "x <y> z"),
        ("AT&T", "AT&T"),
        ("R&amp;D", "R&D"),
        ("two\n lines", "two lines"),
    ],
)
def test_plain_text(value, text):
    assert plain_text(value) == text


def test_markup_has_to_prove_itself():
    assert has_markup("<br/>")
    assert has_markup("&eacute;")
    assert not has_markup("a < b > c & d; e")


@given(st.text(max_size=200))
def test_tidying_twice_is_tidying_once(text):
    once = tidy_text(text)
    assert tidy_text(once) == once
    assert "\n\n\n" not in once


@pytest.mark.parametrize(
    "piece", ["<", "&", "<p ", "<!--", "&amp", "a<b ", "</p>", "<br>", "&lt;p&gt;"]
)
def test_repeated_pieces_cost_linear_time(piece):
    def cost(times):
        started = time.process_time()
        html_to_text(piece * times)
        plain_text(piece * times)
        return time.process_time() - started

    assert cost(40_000) < 15 * cost(4_000) + 0.3
