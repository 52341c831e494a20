"""The whole chain in memory, stage by stage: articles per CPU second, ratio to a peer, growth.

The sample press's articles are repeated with changed words, 15% of them with casualties, 40 a day,
as feeds with full text. CPU seconds of one process, median of interleaved rounds.
The peer of reading feeds is feedparser alone with the same switches; the peer of coding is one
scan for the casualty vocabulary with Arrow. Growth is the slope of log cost over log size.

    python -m benchmarks.chain [--sizes 500 2000 8000] [--rounds 3] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import math
import platform
import random
import statistics
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import Any

import feedparser
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from flows.reference import load_knowledge
from flows.samplepress import list_nights, read_articles
from flows.settings import CHECKOUT, load_settings
from transforms.coding.code import code_articles
from transforms.deduplicate import deduplicate_articles
from transforms.feeds import Feed, parse_feed
from transforms.history import relate
from transforms.normalise import FeedBatch, Normalised, normalise_batches
from transforms.versions import KNOWN_COLUMNS, assign_versions

SAMPLE = CHECKOUT / "data" / "sample"
NIGHT = date(2026, 11, 16)
FEED = Feed(id="bench", url="http://bench.example/rss.xml", publisher="Bench", full_text=True)
LOUD = 0.15
FIRST = datetime(2016, 1, 4, 10, tzinfo=UTC)
PER_DAY = 40
"""Articles a day: an archive grows in nights; reports of one day are compared with each other."""
CHARACTERS = 3800
"""Of an article's text. A million articles of news feeds were 6.8 GB of XML with 3.8 GB of text."""
ENTRIES = 50
"""Of a feed document: 300 kB, at the upper end of real ones."""
_NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:slash="http://purl.org/rss/1.0/modules/slash/"'
    ' xmlns:wfw="http://wellformedweb.org/CommentAPI/"'
)


def write_feeds(size: int, knowledge: Any, seed: int = 1) -> list[bytes]:
    """Feed documents of so many articles, no two alike; the quiet ones hold no casualty word.

    They are written as most feeds with full text are, by WordPress: a summary beside the content,
    and a dozen elements that say nothing of it. A telling article has one report of the sample
    press, the rest of its 3,800 characters is quiet.
    """
    rng = random.Random(seed)
    listed = list(read_articles(SAMPLE, list_nights(SAMPLE)[-1]).values())
    texts = [(article.headline, list(article.paragraphs)) for article in listed]
    loud = [pair for pair in texts if "kill" in " ".join(pair[1])]
    quiet = [
        (knowledge.gate.sub("harvest", headline), [knowledge.gate.sub("harvest", p) for p in text])
        for headline, text in texts
    ]
    items = []
    for number in range(size):
        headline, first = rng.choice(loud if rng.random() < LOUD else quiet)
        paragraphs = list(first)
        while sum(map(len, paragraphs)) < CHARACTERS:
            paragraphs += rng.choice(quiet)[1]
        items.append(_item(number, headline, [_reworded(p, rng) for p in paragraphs]))
    return [
        f'<rss version="2.0" {_NAMESPACES}><channel><title>b</title>'
        f"{''.join(items[at : at + ENTRIES])}</channel></rss>".encode()
        for at in range(0, size, ENTRIES)
    ]


def _reworded(paragraph: str, rng: random.Random) -> str:
    """One word in four with another ending."""
    words = paragraph.split(" ")
    for at in rng.sample(range(len(words)), len(words) // 4):
        words[at] = f"{words[at]}{rng.choice('abcdefgh')}" if words[at].islower() else words[at]
    return " ".join(words)


def _item(number: int, headline: str, paragraphs: list[str]) -> str:
    link = f"http://bench.example/2026/11/{number}/as-the-headline-says/"
    content = "\n".join(f"<p>{escape(text, quote=False)}</p>" for text in paragraphs)
    return (
        f"<item><title>{escape(headline)} {number}</title><link>{link}</link>"
        f"<comments>{link}#respond</comments><dc:creator><![CDATA[Newsroom]]></dc:creator>"
        f"<pubDate>{format_datetime(FIRST + timedelta(days=number // PER_DAY))}</pubDate>"
        "<category><![CDATA[World]]></category><category><![CDATA[News]]></category>"
        f'<guid isPermaLink="false">http://bench.example/?p={number}</guid>'
        f"<description><![CDATA[{paragraphs[0][:300]} [&#8230;]]]></description>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded>"
        f"<wfw:commentRss>{link}feed/</wfw:commentRss><slash:comments>0</slash:comments></item>"
    )


def parse_alone(bodies: Sequence[bytes]) -> None:
    """The peer: feedparser with the same switches as ours."""
    for body in bodies:
        feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)


def normalise(parsed: Sequence[pd.DataFrame]) -> Normalised:
    """The entries of all documents normalised, as a build does it with a shard."""
    at = datetime(2026, 11, 16, 12, tzinfo=UTC)
    batches = [FeedBatch(FEED, entries, {}, at) for entries in parsed]
    return normalise_batches(batches, night=NIGHT, run_id="b")


def parse(bodies: Sequence[bytes]) -> list[pd.DataFrame]:
    """The entries of each document."""
    return [parse_feed(body, "application/rss+xml", FEED).entries for body in bodies]


def measure(bodies: Sequence[bytes], knowledge: Any, *, peers: bool = True) -> dict[str, float]:
    """CPU seconds of each stage and peer, one round."""
    spent: dict[str, float] = {}

    def timed(name: str, run: Callable[[], Any]) -> Any:
        start = time.process_time()
        result = run()
        spent[name] = time.process_time() - start
        return result

    if peers:
        timed("feedparser alone", lambda: parse_alone(bodies))
    parsed = timed("read feed", lambda: parse(bodies))
    done = timed("normalise", lambda: normalise(parsed))
    known = pd.DataFrame({n: pd.Series(dtype=t) for n, t in KNOWN_COLUMNS.items()})
    versions = timed("versions", lambda: assign_versions(done.articles, done.texts, known))
    articles = timed("deduplicate", lambda: deduplicate_articles(versions.articles, versions.texts))
    column = pa.array(versions.texts["text"], pa.large_string())
    if peers:
        timed(
            "plain scan", lambda: pc.match_substring_regex(column, pattern=knowledge.gate.pattern)
        )
    coded = timed("code", lambda: code_articles(articles, versions.texts, knowledge).tables())
    timed("relate", lambda: relate({**coded, "articles": articles}))
    return spent


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 2000, 8000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    knowledge = load_knowledge(load_settings({}, CHECKOUT).paths.reference)
    costs: dict[str, dict[int, float]] = {}
    for size in options.sizes:
        bodies = write_feeds(size, knowledge)
        rounds = [measure(bodies, knowledge) for _ in range(options.rounds)]
        for name in rounds[0]:
            costs.setdefault(name, {})[size] = statistics.median(r[name] for r in rounds)
    largest, smallest = max(options.sizes), min(options.sizes)
    peers = {"read feed": "feedparser alone", "code": "plain scan"}
    print(f"{'stage':18} {'articles/s':>10} {'ratio':>7}  {'peer':18} {'growth':>6}")
    for name, by_size in costs.items():
        ratio = costs[peers[name]][largest] / by_size[largest] if name in peers else math.nan
        slope = math.nan
        if largest > smallest:
            grown = max(by_size[largest], 1e-4) / max(by_size[smallest], 1e-4)
            slope = math.log(grown) / math.log(largest / smallest)
        rate = largest / max(by_size[largest], 1e-6)
        shown = "" if math.isnan(ratio) else f"{ratio:.3f}"
        print(f"{name:18} {rate:10.0f} {shown:>7}  {peers.get(name, ''):18} {slope:6.2f}")
    ours = [n for n in costs if n not in peers.values()]
    whole = sum(costs[name][largest] for name in ours)
    alone = costs["feedparser alone"][largest]
    print(f"end to end: {largest / whole:.0f} articles/s, {alone / whole:.2f} of feedparser alone")
    if options.json:
        about = {"machine": platform.machine(), "python": platform.python_version()}
        options.json.write_text(json.dumps({"about": about, "cpu_seconds": costs}, indent=1) + "\n")


if __name__ == "__main__":
    main()
