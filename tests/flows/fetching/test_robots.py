"""robots.txt after RFC 9309."""

import time

import pytest

from flows.fetching.robots import Robots, parse_robots

US = "casualty-ledger"


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/a", True),
        ("User-agent: *\nDisallow:\n", "/a", True),
        ("User-agent: *\nDisallow: /\n", "/a", False),
        ("User-agent: *\nDisallow: /\n", "/robots.txt", True),
        ("User-agent: *\nDisallow: /a\n", "/ab/c", False),
        ("User-agent: *\nDisallow: /a\n", "/b/a", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b\n", "/a/b/c", True),
        ("User-agent: *\nAllow: /a\nDisallow: /a\n", "/a", True),
        ("User-agent: *\nDisallow: /*.pdf$\n", "/x/y.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$\n", "/x/y.pdf?z", True),
        ("User-agent: *\nDisallow: /*?print=\n", "/x?print=1", False),
        ("User-agent: *\nDisallow: /a$\n", "/a", False),
        ("User-agent: *\nDisallow: /a$\n", "/ab", True),
        ("User-agent: *\nDisallow: /a*$\n", "/ab", False),
        ("User-agent: *\nDisallow: /%C3%A9t%C3%A9\n", "/été", False),
        ("User-agent: other\nDisallow: /\n", "/a", True),
        ("User-agent: other\nUser-agent: *\nDisallow: /\n", "/a", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Casualty-Ledger\nDisallow: /b\n", "/a", True),
        ("User-agent: *\nAllow: /\nUser-agent: casualty-ledger\nDisallow: /\n", "/a", False),
        ("user-AGENT : * # all\nDISALLOW: /a # not this\n", "/a", False),
        ("\ufeffUser-agent: *\r\nDisallow: /a\r\n", "/a", False),
        ("Disallow: /\n", "/a", True),
        ("<html><body>404</body></html>", "/a", True),
        ("User-agent: *\nSitemap: /s.xml\nDisallow: /a\n", "/a", False),
    ],
)
def test_the_longest_rule_of_our_group_decides(text, path, allowed):
    assert parse_robots(text, US).allows(f"https://news.example{path}") is allowed


@pytest.mark.parametrize(
    ("value", "delay"),
    [("5", 5.0), ("0.5", 0.5), ("-1", None), ("inf", None), ("nan", None), ("x", None)],
)
def test_crawl_delay(value, delay):
    assert parse_robots(f"User-agent: *\nCrawl-delay: {value}\n", US).crawl_delay == delay


def test_a_hostile_pattern_costs_no_time():
    rules = Robots(tuple((("/" + "*a" * 500 + "$"), False) for _ in range(50)))
    started = time.process_time()
    assert rules.allows("https://news.example/" + "a" * 499 + "b")
    assert time.process_time() - started < 1
