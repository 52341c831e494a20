"""Each stage beside its named peer, on the same input, at any size: what the table is made of.

A stage makes its input, then gives what is to be timed: ours and, where there is one, the peer.
"""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import trafilatura

from benchmarks import chain, coding, duplicates, merge, nightpages, pages
from flows.ingesting.archives import ArchiveOptions, ingest_archives
from flows.reference import load_knowledge
from flows.samplepress import list_nights, read_articles
from flows.settings import CHECKOUT
from transforms.coding.code import code_articles
from transforms.coding.signs import find_carrying
from transforms.deduplicate import deduplicate_articles
from transforms.history import relate
from transforms.merge import merge_reports
from transforms.sketches import sketch_texts
from transforms.versions import KNOWN_COLUMNS, assign_versions

REFERENCE = CHECKOUT / "data" / "reference"
AT = datetime(2026, 11, 16, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Work:
    """What is timed.

    Attributes:
        items: how many there are.
        size: bytes of the input; 0 where bytes say nothing.
        ours: our stage.
        peer: the peer, or None.
        share: part of the items that the peer is given, the first ones; its time is scaled.
    """

    items: int
    size: int
    ours: Callable[[], Any]
    peer: Callable[[], Any] | None = None
    share: float = 1.0


@cache
def knowledge() -> Any:
    """The compiled reference data."""
    return load_knowledge(REFERENCE)


def read_feeds(size: int, _: Path | None) -> Work:
    """Feed documents of 50 entries, beside feedparser alone with the same switches."""
    bodies = chain.write_feeds(size, knowledge())
    held = sum(map(len, bodies))
    return Work(size, held, lambda: chain.parse(bodies), lambda: chain.parse_alone(bodies))


def feeds_to_events(size: int, _: Path | None) -> Work:
    """The whole chain in memory over feeds with full text, beside feedparser alone."""
    bodies = chain.write_feeds(size, knowledge())
    held = sum(map(len, bodies))
    ours = lambda: chain.measure(bodies, knowledge(), peers=False)  # noqa: E731
    return Work(size, held, ours, lambda: chain.parse_alone(bodies))


def _articles(size: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    done = chain.normalise(chain.parse(chain.write_feeds(size, knowledge())))
    known = pd.DataFrame({n: pd.Series(dtype=t) for n, t in KNOWN_COLUMNS.items()})
    versions = assign_versions(done.articles, done.texts, known)
    return deduplicate_articles(versions.articles, versions.texts), versions.texts


def normalise(size: int, _: Path | None) -> Work:
    """Entries to articles."""
    bodies = chain.write_feeds(size, knowledge())
    entries = chain.parse(bodies)
    return Work(size, sum(map(len, bodies)), lambda: chain.normalise(entries))


def import_pages(size: int, source: Path | None) -> Work:
    """Pages of a WARC archive into the raw store."""
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    archives = nightpages.write_archives(folder, _night(size, source), archive_pages=size)
    held = sum(len(page) for page in pages.read_warc(archives[0]).values())

    def ours() -> None:
        with tempfile.TemporaryDirectory(prefix="bench-") as root:
            ingest_archives(Path(root), archives, ArchiveOptions(night=chain.NIGHT))

    return Work(size, held, ours)


def read_pages(size: int, source: Path | None) -> Work:
    """Pages to texts: the looks, then what passes; beside trafilatura fast on every page."""
    read = dict(_night(size, source))
    held = sum(len(page) for page in read.values())
    part = list(read.values())[: max(1, size // 4)]

    def peer() -> None:
        for page in part:
            trafilatura.extract(page, fast=True, include_comments=False)

    def ours() -> object:
        return pages.look_and_read(read, knowledge(), "words")

    return Work(size, held, ours, peer, len(part) / size)


def _night(size: int, source: Path | None) -> Any:
    if source:
        return nightpages.make_pages(source, size, REFERENCE)
    return invent_pages(size)


def invent_pages(size: int) -> Any:
    """Articles of the sample press among menus, scripts and teasers as large as news pages'."""
    pick = random.Random(7)
    sample = chain.SAMPLE
    listed = list(read_articles(sample, list_nights(sample)[-1]).values())
    script = f"<script>{'var setting = { track: 0, banner: 1 };' * 1500}</script>"
    menu = "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(120))
    teasers = "".join(
        f'<div class="teaser"><a href="/t{n}"><h3>{listed[n % len(listed)].headline}</h3></a></div>'
        for n in range(80)
    )
    for number in range(size):
        article = pick.choice(listed)
        texts = article.paragraphs
        if pick.random() >= chain.LOUD:
            texts = [knowledge().gate.sub("harvest", text) for text in texts]
        body = "".join(f"<p>{text} {number}</p>" for text in texts)
        page = (
            f"<html><head><title>{article.headline}</title>{script}</head><body><nav><ul>{menu}"
            f"</ul></nav><article><h1>{number}</h1>{body}</article>{teasers}</body></html>"
        )
        yield f"https://bench.example/{number}", page.encode()


def scan(size: int, _: Path | None) -> Work:
    """The gate over texts, beside Python's re with IGNORECASE; both find the same texts."""
    texts = [row["text"] for row in _corpus(size)]
    gate = knowledge().gate.pattern
    searcher = re.compile(gate.removeprefix("(?i)"), re.IGNORECASE)
    part = texts[::10]
    peer = lambda: [at for at, text in enumerate(part) if searcher.search(text)]  # noqa: E731
    assert find_carrying(part, knowledge()) == peer()
    ours = lambda: find_carrying(texts, knowledge())  # noqa: E731
    return Work(size, sum(map(len, texts)), ours, peer, len(part) / size)


def _corpus(size: int) -> coding.Rows:
    """A night's mix of articles of 500 words."""
    pick = random.Random(4)
    loud = round(size * coding.CARRYING)
    return [
        *coding.invent_articles(pick, knowledge(), coding.DENSE, loud),
        *coding.invent_articles(pick, knowledge(), 0.0, size - loud),
    ]


def code(size: int, _: Path | None) -> Work:
    """A night's mix of articles coded, beside spaCy's blank tokenizer with sentencizer."""
    rows = _corpus(size)
    held = sum(len(row["text"]) for row in rows)
    return Work(size, held, coding.coder(rows, knowledge()), coding.peer(rows))


def code_beside_scan(size: int, _: Path | None) -> Work:
    """The same, beside a plain scan for the casualty vocabulary with Arrow."""
    rows = _corpus(size)
    column = pa.array([row["text"] for row in rows], pa.large_string())
    gate = knowledge().gate.pattern
    held = sum(len(row["text"]) for row in rows)
    peer = lambda: pc.match_substring_regex(column, pattern=gate)  # noqa: E731
    return Work(size, held, coding.coder(rows, knowledge()), peer)


def deduplicate(size: int, _: Path | None) -> Work:
    """Near duplicates found, beside datasketch's MinHash and LSH."""
    texts, _origin, _made = duplicates.invent(size)
    articles, bodies = duplicates.frames(texts)
    part = texts[: max(1, size // 4)]

    def ours() -> object:
        return deduplicate_articles(articles, bodies, sketches=sketch_texts(bodies["text"]))

    held = sum(map(len, texts))
    return Work(size, held, ours, lambda: duplicates.peer(part), len(part) / size)


def join_reports(size: int, _: Path | None) -> Work:
    """Reports of many nights merged into events, from nothing."""
    made = merge.invent(size)
    ours = lambda: merge_reports(made["reports"], made["claims"], made["articles"])  # noqa: E731
    return Work(size, 0, ours)


def settle(size: int, _: Path | None) -> Work:
    """What follows coding: merge, settle, tolls by night; articles of a feed."""
    articles, texts = _articles(size)
    coded = code_articles(articles, texts, knowledge()).tables()
    return Work(size, 0, lambda: relate({**coded, "articles": articles}))


STAGES = {
    "import WARC": (import_pages, (100, 300, 900), "", None),
    "read feeds": (read_feeds, (300, 900, 2700), "feedparser alone", None),
    "read pages": (read_pages, (100, 300, 900), "trafilatura fast", 2.0),
    "normalise": (normalise, (300, 900, 2700), "", None),
    "deduplicate": (deduplicate, (500, 1500, 4500), "datasketch", 4.0),
    "gate": (scan, (300, 900, 2700), "re.IGNORECASE", 50.0),
    "code": (code, (60, 180, 540), "spaCy's tokenizer", 4.0),
    "code ": (code_beside_scan, (60, 180, 540), "a plain scan", None),
    "merge": (join_reports, (2000, 6000, 18000), "", None),
    "relate": (settle, (300, 900, 2700), "", None),
    "feeds to events": (feeds_to_events, (500, 2000, 8000), "feedparser alone", 0.4),
}
"""Name -> what makes it, three sizes, the peer's name, the least that the ratio may be."""
